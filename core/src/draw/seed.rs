//! The seed: the digest of the public file of everything that was revealed. Draw-spec section 5.

use super::announcement::{Announcement, Nonce, Stage, named_twice};
use super::text::{FileError, Reader, Writer};
use crate::citation::Basis;
use crate::code::DepartmentId;
use crate::explain::{Explain, Lang, Said};
use crate::hash::{Digest, Hex, Suite, from_hex_any};
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

const TITLE: &str = "yicha-seed/1";

/// The longest public value, in bytes.
pub const MAX_VALUE_LEN: usize = 1024;

/// The file whose digest is the seed. It is read as it stands; [`SeedFile::check`] holds it against
/// its announcement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SeedFile {
    announcement: Digest,
    contributions: Vec<(DepartmentId, [u8; 32])>,
    randomness: Vec<Revealed>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Revealed {
    source: String,
    round: String,
    value: Vec<u8>,
}

/// The 32 bytes that everything drawn follows from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Seed(Digest);

impl Seed {
    /// The seed of that digest.
    pub const fn new(digest: Digest) -> Self {
        Self(digest)
    }

    /// The digest of the seed file.
    pub const fn digest(&self) -> &Digest {
        &self.0
    }

    /// The 32 bytes.
    pub const fn as_bytes(&self) -> &[u8; 32] {
        self.0.as_bytes()
    }
}

/// Why there is no seed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum SeedError {
    /// A department has not revealed its nonce. When the time is over this voids the attempt.
    #[error(
        "{department} has not revealed its nonce for {stage}; past the reveal-by instant the attempt is void"
    )]
    NotRevealed {
        /// The department that owes its nonce.
        department: DepartmentId,
        /// Which draw.
        stage: Stage,
    },
    /// A nonce that does not match its commitment.
    #[error(
        "the nonce of {department} does not match its commitment: it makes {found}, announced is {announced}"
    )]
    WrongNonce {
        /// The department.
        department: DepartmentId,
        /// The commitment that its nonce makes.
        found: Digest,
        /// The commitment announced.
        announced: Digest,
    },
    /// A nonce of a department that announced none, or a second one.
    #[error("{department} announced no contribution, or revealed twice")]
    NotAnnounced {
        /// The department.
        department: DepartmentId,
    },
    /// The public value of a randomness line is missing. It is waited for.
    #[error(
        "the value of {source_name:?}, {round:?} is missing; a late round is waited for, another one is never taken"
    )]
    NoValue {
        /// Source announced.
        source_name: String,
        /// Round announced.
        round: String,
    },
    /// A public value of another source, round or order than announced.
    #[error("{found} stands where {announced} was announced")]
    OtherValue {
        /// Source and round found.
        found: String,
        /// Source and round announced, or "nothing".
        announced: String,
    },
    /// A public value that is empty or longer than 1024 bytes.
    #[error("the value of {source_name:?}, {round:?} has {len} bytes; 1 to 1024 would be right")]
    ValueLength {
        /// Source announced.
        source_name: String,
        /// Round announced.
        round: String,
        /// Bytes found.
        len: usize,
    },
    /// The seed file names another announcement.
    #[error("the seed file names the announcement {found}, this one is {announced}")]
    OtherAnnouncement {
        /// Digest that the seed file names.
        found: Digest,
        /// Digest of the announcement.
        announced: Digest,
    },
}

impl Explain for SeedError {
    fn code(&self) -> &'static str {
        match self {
            Self::NotRevealed { .. } => "seed-not-revealed",
            Self::WrongNonce { .. } => "seed-wrong-nonce",
            Self::NotAnnounced { .. } => "seed-not-announced",
            Self::NoValue { .. } => "seed-no-value",
            Self::OtherValue { .. } => "seed-other-value",
            Self::ValueLength { .. } => "seed-value-length",
            Self::OtherAnnouncement { .. } => "seed-other-announcement",
        }
    }

    fn basis(&self) -> Basis {
        Basis::DrawSpec(5)
    }

    fn message(&self, lang: Lang) -> String {
        if lang == Lang::En {
            return self.to_string();
        }
        match self {
            Self::NotRevealed { department, .. } => {
                format!("{department}尚未揭示随机数；逾期未揭示的，本次抽取作废")
            }
            Self::WrongNonce { department, found, announced } => {
                format!("{department}揭示的随机数与其承诺不符：由它算得{found}，公告为{announced}")
            }
            Self::NotAnnounced { department } => {
                format!("{department}未在公告中承诺随机数，或者重复揭示")
            }
            Self::NoValue { source_name, round } => {
                format!("缺少{source_name}（{round}）的公开随机数；应等待该期公布，不得改用其他期")
            }
            Self::OtherValue { found, announced } => format!("公告为{announced}，给出的是{found}"),
            Self::ValueLength { source_name, round, len } => {
                format!(
                    "{source_name}（{round}）的公开随机数为{len}字节；应为1至{MAX_VALUE_LEN}字节"
                )
            }
            Self::OtherAnnouncement { found, announced } => {
                format!("种子文件所指的公告为{found}，而本公告的摘要为{announced}")
            }
        }
    }
}

impl SeedFile {
    /// Puts the file together from what was revealed: nonces in any order, and the public values in the
    /// order announced, byte for byte as published.
    ///
    /// # Errors
    /// Whatever does not fit the announcement, and whatever is missing. Nothing is ever left out.
    pub fn reveal(
        announcement: &Announcement,
        nonces: &[(DepartmentId, Nonce)],
        values: &[Vec<u8>],
    ) -> Result<Self, SeedError> {
        let terms = announcement.terms();
        let mut left: Vec<_> = nonces.iter().collect();
        let mut contributions = Vec::new();
        for commitment in &terms.contributions {
            let department = &commitment.department;
            let at = left.iter().position(|(id, _)| id == department).ok_or_else(|| {
                SeedError::NotRevealed {
                    department: department.clone(),
                    stage: announcement.stage(),
                }
            })?;
            contributions.push((department.clone(), *left.swap_remove(at).1.as_bytes()));
        }
        if let Some((department, _)) = left.first() {
            return Err(SeedError::NotAnnounced { department: department.clone() });
        }
        if let Some(extra) = values.get(terms.randomness.len()) {
            let found = format!("a further value of {} bytes", extra.len());
            return Err(SeedError::OtherValue { found, announced: "nothing".into() });
        }
        let mut randomness = Vec::new();
        for (i, line) in terms.randomness.iter().enumerate() {
            let (source, round) = (line.source.to_string(), line.round.to_string());
            let value = values.get(i).ok_or_else(|| SeedError::NoValue {
                source_name: source.clone(),
                round: round.clone(),
            })?;
            randomness.push(Revealed { source, round, value: value.clone() });
        }
        let file = Self { announcement: announcement.digest(), contributions, randomness };
        file.check(announcement)?;
        Ok(file)
    }

    /// Whether the file is the one that follows from the announcement.
    ///
    /// # Errors
    /// The first line that does not.
    pub fn check(&self, announcement: &Announcement) -> Result<(), SeedError> {
        let announced = announcement.digest();
        if self.announcement != announced {
            return Err(SeedError::OtherAnnouncement { found: self.announcement, announced });
        }
        self.check_contributions(announcement)?;
        self.check_randomness(announcement)
    }

    fn check_contributions(&self, announcement: &Announcement) -> Result<(), SeedError> {
        let commitments = &announcement.terms().contributions;
        for (i, commitment) in commitments.iter().enumerate() {
            let department = commitment.department.clone();
            match self.contributions.get(i) {
                Some((id, nonce)) if *id == department => {
                    let found = announcement.commitment(&department, &Nonce::new(*nonce));
                    let announced = commitment.digest;
                    if found != announced {
                        return Err(SeedError::WrongNonce { department, found, announced });
                    }
                }
                _ => {
                    let stage = announcement.stage();
                    return Err(SeedError::NotRevealed { department, stage });
                }
            }
        }
        match self.contributions.get(commitments.len()) {
            Some((id, _)) => Err(SeedError::NotAnnounced { department: id.clone() }),
            None => Ok(()),
        }
    }

    fn check_randomness(&self, announcement: &Announcement) -> Result<(), SeedError> {
        let lines = &announcement.terms().randomness;
        for (i, line) in lines.iter().enumerate() {
            let (source, round) = (line.source.as_str(), line.round.as_str());
            let Some(revealed) = self.randomness.get(i) else {
                let (source_name, round) = (source.into(), round.into());
                return Err(SeedError::NoValue { source_name, round });
            };
            if revealed.source != source || revealed.round != round {
                return Err(SeedError::OtherValue {
                    found: revealed.name(),
                    announced: format!("{source} {round}"),
                });
            }
            let len = revealed.value.len();
            if !(1..=MAX_VALUE_LEN).contains(&len) {
                let (source_name, round) = (source.into(), round.into());
                return Err(SeedError::ValueLength { source_name, round, len });
            }
        }
        match self.randomness.get(lines.len()) {
            Some(extra) => {
                Err(SeedError::OtherValue { found: extra.name(), announced: "nothing".into() })
            }
            None => Ok(()),
        }
    }

    /// The digest of the announcement that the file names.
    pub const fn announcement(&self) -> &Digest {
        &self.announcement
    }

    /// The seed: the digest of this file.
    pub fn seed(&self, suite: Suite) -> Seed {
        Seed(suite.digest(&[self.to_text().as_bytes()]))
    }

    /// The text file.
    pub fn to_text(&self) -> String {
        let mut file = Writer::new();
        file.line(&[&TITLE]).line(&[&"announcement", &self.announcement]);
        for (department, nonce) in &self.contributions {
            file.line(&[&"contribution", department, &Hex(nonce)]);
        }
        for Revealed { source, round, value } in &self.randomness {
            file.line(&[&"randomness", source, round, &Hex(value)]);
        }
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
        let mut contributions: Vec<(DepartmentId, _)> = Vec::new();
        while file.at("contribution") {
            let [department, nonce] = file.fields("contribution")?;
            let department = file.parse(2, department)?;
            file.ascending(contributions.last().map(|(id, _)| id), &department)?;
            contributions.push((department, file.hex(3, nonce)?));
        }
        let mut randomness: Vec<Revealed> = Vec::new();
        while file.at("randomness") {
            let [source, round, text] = file.fields("randomness")?;
            if randomness.iter().any(|r| r.source == source && r.round == round) {
                return Err(file.fault(named_twice(source, round)));
            }
            let source = file.parse::<super::announcement::FreeText>(2, source)?.to_string();
            let round = file.parse::<super::announcement::FreeText>(3, round)?.to_string();
            let value = from_hex_any(text)
                .filter(|value| (1..=MAX_VALUE_LEN).contains(&value.len()))
                .ok_or_else(|| {
                    let wanted = Said::new(
                        "1至1024字节的小写十六进制数字",
                        "1 to 1024 bytes as lower-case hexadecimal digits",
                    );
                    file.field_fault(4, text, wanted)
                })?;
            randomness.push(Revealed { source, round, value });
        }
        if contributions.is_empty() && randomness.is_empty() {
            let wanted =
                Said::new("contribution或randomness行", "a contribution or randomness line");
            return Err(file.expected(wanted, None));
        }
        file.end()?;
        Ok(Self { announcement, contributions, randomness })
    }
}

impl Revealed {
    fn name(&self) -> String {
        format!("{} {}", self.source, self.round)
    }
}
