//! The slip of one target: with it and the public files the target checks its own fate.

mod check;
mod fault;

pub use check::SlipFacts;
pub use fault::SlipError;

use super::roster::{CommittedRoster, Inclusion, Salt, Standing};
use super::target::{DrawnFile, TargetTerms, read_head, write_head};
use super::text::{FileError, FileFault, Reader, Writer, hex};
use crate::citation::Basis;
use crate::code::{Stratum, TargetId};
use crate::explain::{Explain, Lang, Said};
use crate::hash::{Digest, Suite};
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::fmt;
use core::str::FromStr;

/// What a draw did with a target.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Outcome {
    /// It was drawn.
    Drawn,
    /// It took part and was not drawn.
    NotDrawn,
    /// It was kept out of the draw.
    Excluded,
}

impl Outcome {
    /// What follows from standing, ticket and cutoff.
    pub fn of(standing: &Standing, ticket: &Digest, cutoff: Option<&Digest>) -> Self {
        match (standing, cutoff) {
            (Standing::Excluded(_), _) => Self::Excluded,
            (Standing::Eligible, Some(cutoff)) if ticket <= cutoff => Self::Drawn,
            (Standing::Eligible, _) => Self::NotDrawn,
        }
    }

    /// The word in the slip.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Drawn => "drawn",
            Self::NotDrawn => "not-drawn",
            Self::Excluded => "excluded",
        }
    }
}

impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// A word that is no outcome.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("an outcome is drawn, not-drawn or excluded")]
pub struct OutcomeError;

impl Explain for OutcomeError {
    fn code(&self) -> &'static str {
        "slip-no-outcome"
    }

    fn basis(&self) -> Basis {
        Basis::DrawSpec(6)
    }

    fn message(&self, lang: Lang) -> String {
        match lang {
            Lang::En => self.to_string(),
            Lang::Zh => "结果应为drawn、not-drawn或excluded".into(),
        }
    }
}

impl FromStr for Outcome {
    type Err = OutcomeError;
    fn from_str(text: &str) -> Result<Self, OutcomeError> {
        [Self::Drawn, Self::NotDrawn, Self::Excluded]
            .into_iter()
            .find(|outcome| outcome.as_str() == text)
            .ok_or(OutcomeError)
    }
}

/// The ticket of a target: H( hex(seed) || hex(salt) || id ).
pub fn ticket(suite: Suite, seed: &Digest, salt: &Salt, id: &TargetId) -> Digest {
    let text = format!("{seed}{}{id}", hex(salt.expose()));
    suite.digest(&[text.as_bytes()])
}

/// A slip. It tells its target's class and is for the target alone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Slip {
    announcement: Digest,
    seed: Digest,
    target: TargetId,
    salt: Salt,
    stratum: Stratum,
    standing: Standing,
    inclusion: Inclusion,
    cutoff: Option<Digest>,
    cutoff_salt: Salt,
    outcome: Outcome,
}

impl Slip {
    /// The slip of a target; nothing when it does not stand on the roster, for which
    /// [`CommittedRoster::absence`] is the proof.
    pub fn new(
        terms: &TargetTerms,
        roster: &CommittedRoster,
        drawn: &DrawnFile,
        id: &TargetId,
    ) -> Option<Self> {
        let suite = terms.suite();
        let place = roster.roster().find(id.as_str()).ok()?;
        let row = roster.roster().row(place)?;
        let salt = Salt::new(*roster.salts().get(place)?);
        let cutoff = drawn.cutoff(row.stratum);
        let ticket = ticket(suite, terms.seed().digest(), &salt, id);
        Some(Self {
            announcement: terms.announcement(),
            seed: *terms.seed().digest(),
            target: id.clone(),
            salt,
            stratum: row.stratum.clone(),
            standing: row.standing.clone(),
            inclusion: roster.inclusion(place).ok()?,
            cutoff,
            cutoff_salt: roster.key().cutoff_salt(suite, row.stratum.as_str()),
            outcome: Outcome::of(row.standing, &ticket, cutoff.as_ref()),
        })
    }

    /// The digest of the announcement.
    pub const fn announcement(&self) -> Digest {
        self.announcement
    }

    /// The seed.
    pub const fn seed(&self) -> Digest {
        self.seed
    }

    /// The target.
    pub const fn target(&self) -> &TargetId {
        &self.target
    }

    /// Its salt.
    pub const fn salt(&self) -> Salt {
        self.salt
    }

    /// Its stratum.
    pub const fn stratum(&self) -> &Stratum {
        &self.stratum
    }

    /// Its standing.
    pub const fn standing(&self) -> &Standing {
        &self.standing
    }

    /// Its place on the roster, with the path to the root.
    pub const fn inclusion(&self) -> &Inclusion {
        &self.inclusion
    }

    /// The largest ticket drawn of its stratum; nothing when none was.
    pub const fn cutoff(&self) -> Option<Digest> {
        self.cutoff
    }

    /// The bytes that open the public list's sealed cutoff.
    pub const fn cutoff_salt(&self) -> Salt {
        self.cutoff_salt
    }

    /// What the slip says of the draw.
    pub const fn outcome(&self) -> Outcome {
        self.outcome
    }

    /// The target's ticket.
    pub fn ticket(&self, suite: Suite) -> Digest {
        ticket(suite, &self.seed, &self.salt, &self.target)
    }

    /// Reads a slip.
    ///
    /// # Errors
    /// The first line that is not as the specification writes it.
    pub fn parse(file: &[u8]) -> Result<Self, FileError> {
        let mut reader = Reader::new(file, Some("yicha-slip/1"))?;
        let (announcement, seed) = read_head(&mut reader)?;
        let [target] = reader.fields("target")?;
        let target = reader.parse(2, target)?;
        let [salt] = reader.fields("salt")?;
        let salt = Salt::new(reader.hex(2, salt)?);
        let [stratum] = reader.fields("stratum")?;
        let stratum = reader.parse(2, stratum)?;
        let [standing] = reader.fields("standing")?;
        let standing = reader.parse(2, standing)?;
        let inclusion = read_inclusion(&mut reader)?;
        let [cutoff, cutoff_salt] = reader.fields("cutoff")?;
        let cutoff = match cutoff {
            "-" => None,
            cutoff => Some(Digest::new(reader.hex(2, cutoff)?)),
        };
        let cutoff_salt = Salt::new(reader.hex(3, cutoff_salt)?);
        let [outcome] = reader.fields("outcome")?;
        let outcome = reader.parse(2, outcome)?;
        let possible = match &standing {
            Standing::Excluded(_) => outcome == Outcome::Excluded,
            Standing::Eligible if cutoff.is_none() => outcome == Outcome::NotDrawn,
            Standing::Eligible => outcome != Outcome::Excluded,
        };
        if !possible {
            return Err(reader.fault(FileFault::Contradiction(Said::new(
                format!("结果{outcome}与状态{standing}及截止票号不符"),
                format!("{outcome} does not follow from {standing} and the cutoff"),
            ))));
        }
        reader.end()?;
        Ok(Self {
            announcement,
            seed,
            target,
            salt,
            stratum,
            standing,
            inclusion,
            cutoff,
            cutoff_salt,
            outcome,
        })
    }

    /// Writes the file.
    pub fn to_text(&self) -> String {
        let mut writer = Writer::new();
        writer.line(&[&"yicha-slip/1"]);
        write_head(&mut writer, &self.announcement, &self.seed);
        writer
            .line(&[&"target", &self.target])
            .line(&[&"salt", &hex(self.salt.expose())])
            .line(&[&"stratum", &self.stratum])
            .line(&[&"standing", &self.standing])
            .line(&[&"index", &self.inclusion.index, &self.inclusion.lines]);
        for hash in &self.inclusion.path {
            writer.line(&[&"path", hash]);
        }
        let salt = hex(self.cutoff_salt.expose());
        match &self.cutoff {
            Some(cutoff) => writer.line(&[&"cutoff", cutoff, &salt]),
            None => writer.line(&[&"cutoff", &"-", &salt]),
        };
        writer.line(&[&"outcome", &self.outcome]);
        writer.finish()
    }
}

fn read_inclusion(reader: &mut Reader<'_>) -> Result<Inclusion, FileError> {
    let [index, lines] = reader.fields("index")?;
    let (index, lines) = (reader.number(2, index)?, reader.number(3, lines)?);
    if index >= lines {
        let wanted =
            Said::new(format!("小于{lines}的叶序号"), format!("a leaf number below {lines}"));
        return Err(reader.field_fault(2, &format!("{index}"), wanted));
    }
    let mut path = Vec::new();
    while reader.at("path") {
        let [hash] = reader.fields("path")?;
        path.push(Digest::new(reader.hex(2, hash)?));
    }
    Ok(Inclusion { index, lines, path })
}
