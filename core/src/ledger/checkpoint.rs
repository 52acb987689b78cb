//! A head in the form of C2SP tlog-checkpoint, which the host's module signs.

use super::head::Head;
use super::note::{NoteError, from_base64};
use crate::explain::Said;
use crate::hash::{Digest, Suite};
use alloc::string::{String, ToString};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use core::fmt;

/// The extension line of a ledger whose hashes are SM3. With SHA-256, which tlog-checkpoint takes for granted, no
/// line stands there.
const SM3: &str = "suite sm3";

/// The body of a checkpoint: whose log, how many entries, which root.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checkpoint {
    origin: String,
    /// The head.
    pub head: Head,
    /// The suite of the ledger.
    pub suite: Suite,
}

impl Checkpoint {
    /// The checkpoint of a head. `origin` names the log, best as a URL without a scheme, such as
    /// `wancheng.example/yicha`.
    ///
    /// # Errors
    /// [`NoteError`] when the origin is empty, or has white space, a plus sign or control characters.
    pub fn new(origin: &str, head: Head, suite: Suite) -> Result<Self, NoteError> {
        if origin.is_empty()
            || origin.contains(|c: char| c.is_whitespace() || c.is_control() || c == '+')
        {
            return Err(NoteError::at(
                1,
                Said::new("不含空白和加号的来源名", "an origin without white space and plus sign"),
                origin,
            ));
        }
        Ok(Self { origin: origin.into(), head, suite })
    }

    /// The name of the log.
    pub fn origin(&self) -> &str {
        &self.origin
    }

    /// Reads the text of a note, the signed bytes. Whatever [`Display`](fmt::Display) would not write is refused.
    ///
    /// # Errors
    /// The first line that is wrong.
    pub fn parse(text: &str) -> Result<Self, NoteError> {
        let mut lines = text.split_terminator('\n');
        let mut line = || lines.next().unwrap_or_default();
        let (origin, size, root, extension) = (line(), line(), line(), line());
        let suite = if extension == SM3 { Suite::Sm3 } else { Suite::Sha256 };
        let size = size.parse().map_err(|_| {
            NoteError::at(2, Said::new("十进制的条数", "a number of entries in decimal"), size)
        })?;
        let root = from_base64(root)
            .and_then(|bytes| <[u8; 32]>::try_from(bytes).ok())
            .ok_or_else(|| NoteError::at(3, Said::new("根的Base64", "a root in base64"), root))?;
        let head = Head { root: Digest::new(root), size };
        let read = Self::new(origin, head, suite)?;
        match first_difference(text, &read.to_string()) {
            None => Ok(read),
            Some((line, found)) => {
                let wanted = Said::new("检查点规定的写法", "what a checkpoint has there");
                Err(NoteError::at(line, wanted, found))
            }
        }
    }
}

/// The first line, from 1, where a text is not as it should be, and what stands there.
fn first_difference<'a>(found: &'a str, wanted: &str) -> Option<(u64, &'a str)> {
    if found == wanted {
        return None;
    }
    let mut wanted = wanted.split_inclusive('\n');
    let mut line = 1;
    for found in found.split_inclusive('\n') {
        if wanted.next() != Some(found) {
            return Some((line, found.trim_end_matches('\n')));
        }
        line += 1;
    }
    Some((line, ""))
}

/// The bytes to be signed.
impl fmt::Display for Checkpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Head { root, size } = self.head;
        write!(f, "{}\n{size}\n{}\n", self.origin, STANDARD.encode(root.as_bytes()))?;
        match self.suite {
            Suite::Sha256 => Ok(()),
            Suite::Sm3 => writeln!(f, "{SM3}"),
        }
    }
}
