//! The drawn file, for the office and auditors.

use super::TargetTerms;
use super::pool::{Bin, Pool};
use crate::code::{Stratum, TargetId};
use crate::draw::text::{FileError, FileFault, Reader, Writer};
use crate::explain::Said;
use crate::hash::{Digest, Suite};
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;
use yicha_lanes::hex;

/// The targets drawn, with stratum and ticket.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DrawnFile {
    announcement: Digest,
    seed: Digest,
    /// The strata of which a target was drawn, sorted; within each the targets in their order.
    strata: Vec<(Stratum, Pool)>,
}

/// A target that was drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DrawnTarget<'a> {
    /// Its stratum.
    pub stratum: &'a Stratum,
    /// Its ticket.
    pub ticket: &'a Digest,
    /// Its id.
    pub id: &'a str,
}

impl DrawnFile {
    /// Puts closed bins together.
    pub(super) fn new(terms: &TargetTerms, bins: Vec<Bin>) -> Self {
        let strata = terms.strata().iter().map(|rule| rule.stratum().clone());
        let pools = bins.into_iter().map(|bin| bin.pool);
        Self {
            announcement: terms.announcement(),
            seed: *terms.seed().digest(),
            strata: strata.zip(pools).filter(|(_, pool)| pool.len() > 0).collect(),
        }
    }

    /// The digest of the announcement.
    pub const fn announcement(&self) -> Digest {
        self.announcement
    }

    /// The seed.
    pub const fn seed(&self) -> Digest {
        self.seed
    }

    /// Number of targets drawn.
    pub fn len(&self) -> usize {
        self.strata.iter().map(|(_, pool)| pool.len()).sum()
    }

    /// Whether none was drawn.
    pub fn is_empty(&self) -> bool {
        self.strata.is_empty()
    }

    /// The targets drawn: strata sorted, within a stratum by ticket and id.
    pub fn targets(&self) -> impl Iterator<Item = DrawnTarget<'_>> {
        self.strata.iter().flat_map(|(stratum, pool)| {
            pool.iter().map(move |(ticket, id)| DrawnTarget { stratum, ticket, id })
        })
    }

    /// The ids of the targets drawn, sorted.
    pub fn ids(&self) -> Vec<&str> {
        // As numbers, many bytes are compared at once; those behind what all begin with tell most ids apart.
        let ids = || self.targets().map(|target| target.id);
        let start = common_start(ids());
        let mut keyed = Vec::with_capacity(self.len());
        keyed.extend(ids().map(|id| (first_bytes(&id.as_bytes()[start..]), id)));
        keyed
            .sort_unstable_by(|(one, id), (other, than)| one.cmp(other).then_with(|| id.cmp(than)));
        keyed.into_iter().map(|(_, id)| id).collect()
    }

    /// The largest ticket drawn of a stratum; nothing when none was.
    pub fn cutoff(&self, stratum: &Stratum) -> Option<Digest> {
        let place = self.strata.binary_search_by(|(code, _)| code.cmp(stratum)).ok()?;
        let pool = &self.strata[place].1;
        pool.last().copied()
    }

    /// Reads a drawn file.
    ///
    /// # Errors
    /// The first line that is not as the specification writes it.
    pub fn parse(file: &[u8]) -> Result<Self, FileError> {
        let mut reader = Reader::new(file, Some("yicha-drawn/1"))?;
        let (announcement, seed) = read_head(&mut reader)?;
        let mut strata: Vec<(Stratum, Pool)> = Vec::new();
        let mut before = None;
        while reader.at("target") {
            let line = read_target(&mut reader, &mut before)?;
            if strata.last().is_none_or(|(stratum, _)| *stratum != line.0) {
                strata.push((line.0.clone(), Pool::default()));
            }
            if let Some((_, pool)) = strata.last_mut() {
                pool.push(line.1, line.2.as_str().as_bytes());
            }
        }
        let drawn = Self { announcement, seed, strata };
        if let Some(id) = twice(&drawn.ids()) {
            return Err(reader.fault(FileFault::Contradiction(Said::new(
                format!("对象{id}被抽中两次；每个对象只属一个分层"),
                format!("target {id} is drawn twice; it stands in one stratum"),
            ))));
        }
        reader.end()?;
        Ok(drawn)
    }

    /// Writes the file.
    pub fn to_text(&self) -> String {
        let mut writer = Writer::new();
        self.write(&mut writer);
        writer.finish()
    }

    fn write(&self, writer: &mut Writer<'_>) {
        writer.line(&[&"yicha-drawn/1"]);
        write_head(writer, &self.announcement, &self.seed);
        for (stratum, pool) in &self.strata {
            write_targets(writer, stratum, pool);
        }
    }

    /// The digest of the file.
    pub fn digest(&self, suite: Suite) -> Digest {
        Writer::digest(suite, |writer| self.write(writer))
    }
}

/// How many bytes all texts begin with.
fn common_start<'a>(mut texts: impl Iterator<Item = &'a str>) -> usize {
    let first = texts.next().unwrap_or_default().as_bytes();
    texts.fold(first.len(), |most, text| {
        let (first, text) = (&first[..most], text.as_bytes());
        if text.starts_with(first) {
            return most;
        }
        first.iter().zip(text).take_while(|(one, other)| one == other).count()
    })
}

/// The first sixteen bytes as a number, in the order of the bytes.
fn first_bytes(bytes: &[u8]) -> u128 {
    let first = bytes.first_chunk().copied().unwrap_or_else(|| {
        let mut first = [0_u8; 16];
        first[..bytes.len()].copy_from_slice(bytes);
        first
    });
    u128::from_be_bytes(first)
}

/// The first of sorted ids that stands there twice.
pub(crate) fn twice<'a>(ids: &[&'a str]) -> Option<&'a str> {
    ids.windows(2).find(|pair| pair[0] == pair[1]).map(|pair| pair[0])
}

/// Reads the two lines that name announcement and seed.
pub(crate) fn read_head(reader: &mut Reader<'_>) -> Result<(Digest, Digest), FileError> {
    let [announcement] = reader.fields("announcement")?;
    let announcement = Digest::new(reader.hex(2, announcement)?);
    let [seed] = reader.fields("seed")?;
    Ok((announcement, Digest::new(reader.hex(2, seed)?)))
}

pub(crate) fn write_head(writer: &mut Writer<'_>, announcement: &Digest, seed: &Digest) {
    writer.line(&[&"announcement", announcement]).line(&[&"seed", seed]);
}

/// Stratum, ticket and id, in the order of the file.
pub(super) type Line = (Stratum, Digest, TargetId);

/// Reads a target line, which comes after the one before it.
pub(super) fn read_target(
    reader: &mut Reader<'_>,
    before: &mut Option<Line>,
) -> Result<Line, FileError> {
    let [stratum, ticket, id] = reader.fields("target")?;
    let line: Line =
        (reader.parse(2, stratum)?, Digest::new(reader.hex(3, ticket)?), reader.parse(4, id)?);
    if let Some(before) = before.as_ref().filter(|before| **before >= line) {
        let words = |(stratum, ticket, id): &Line| format!("{stratum} {ticket} {id}");
        let fault = FileFault::Order { found: words(&line), before: words(before) };
        return Err(reader.fault(fault));
    }
    *before = Some(line.clone());
    Ok(line)
}

pub(super) fn write_targets(writer: &mut Writer<'_>, stratum: &Stratum, pool: &Pool) {
    let start = format!("target\t{stratum}\t");
    for (ticket, id) in pool.bytes() {
        let ticket = hex(ticket.as_bytes());
        writer.pieces(&[start.as_bytes(), ticket.as_flattened(), b"\t", id]);
    }
}
