//! The notice of a void attempt: the only thing that opens another one. Draw-spec section 5.

use super::announcement::FreeText;
use super::text::{FileError, Reader, Writer};
use crate::code::PersonCode;
use crate::date::Instant;
use crate::explain::Said;
use crate::hash::{Digest, Suite};
use alloc::string::String;

const TITLE: &str = "yicha-void/1";

/// How far an attempt had come when it was given up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Progress {
    /// The seed was not known yet.
    Announced,
    /// The seed was known.
    Sealed,
    /// The result was known.
    Drawn,
}

impl Progress {
    /// The word in the notice.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Announced => "announced",
            Self::Sealed => "sealed",
            Self::Drawn => "drawn",
        }
    }
}

/// Why an attempt was given up, and who approved that.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VoidNotice {
    /// Digest of the attempt's announcement.
    pub announcement: Digest,
    /// How far it had come.
    pub after: Progress,
    /// Why; a department that did not reveal its nonce is named here.
    pub reason: FreeText,
    /// Who approved it.
    pub approved_by: PersonCode,
    /// When.
    pub at: Instant,
}

impl VoidNotice {
    /// Digest of the text file: the next attempt's `previous`.
    pub fn digest(&self, suite: Suite) -> Digest {
        suite.digest(&[self.to_text().as_bytes()])
    }

    /// The text file.
    pub fn to_text(&self) -> String {
        let mut file = Writer::new();
        file.line(&[&TITLE])
            .line(&[&"announcement", &self.announcement])
            .line(&[&"after", &self.after.code()])
            .line(&[&"reason", &self.reason])
            .line(&[&"approved-by", &self.approved_by])
            .line(&[&"at", &self.at]);
        file.finish()
    }

    /// Reads the text file.
    ///
    /// # Errors
    /// The first line that the specification would not have written, with the reason.
    pub fn parse(bytes: &[u8]) -> Result<Self, FileError> {
        let mut file = Reader::new(bytes, Some(TITLE))?;
        let [announcement] = file.fields("announcement")?;
        let announcement = file.parse(2, announcement)?;
        let [after] = file.fields("after")?;
        let after = [Progress::Announced, Progress::Sealed, Progress::Drawn]
            .into_iter()
            .find(|progress| progress.code() == after)
            .ok_or_else(|| {
                let wanted = Said::new("announced、sealed或drawn", "announced, sealed or drawn");
                file.field_fault(2, after, wanted)
            })?;
        let [reason] = file.fields("reason")?;
        let reason = file.parse(2, reason)?;
        let [approved_by] = file.fields("approved-by")?;
        let approved_by = file.parse(2, approved_by)?;
        let [at] = file.fields("at")?;
        let at = file.parse(2, at)?;
        file.end()?;
        Ok(Self { announcement, after, reason, approved_by, at })
    }
}
