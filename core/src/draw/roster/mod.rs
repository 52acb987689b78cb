//! The roster of a draw (检查对象名录), section 2 of the specification: every target with its stratum
//! and standing, its root, and proofs of who stands on it and who does not.

mod arrange;
mod commit;
mod fault;
mod proof;
mod secret;
mod standing;

pub use commit::{CommittedRoster, RosterRoot};
pub(crate) use fault::Faults;
pub use fault::{MAX_FAULTS, RosterError, RowFault, RowProblem, StandingError};
pub use proof::{Absence, AbsenceError, Inclusion, Neighbour, leaf, seal};
pub use secret::{RosterKey, Salt};
pub use standing::Standing;

use super::columns::{Columns, Row, RowBuffer};
use super::text::{FileError, FileFault, Reader, Writer};
use crate::code::Stratum;
use crate::explain::Explain;
use crate::hash::Suite;
use crate::threads::Threads;
use alloc::string::String;
use alloc::vec::Vec;
use arrange::Parts;
use core::cmp::Ordering;
use core::fmt;

/// A roster in memory: sorted by id, each id once, never empty.
#[derive(Clone, PartialEq, Eq)]
pub struct Roster {
    parts: Parts,
    counts: Vec<StratumCount>,
}

/// How many targets a stratum has on a roster.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StratumCount {
    /// The stratum.
    pub stratum: Stratum,
    /// Targets that can be drawn.
    pub eligible: u64,
    /// Targets that are kept out of the draw.
    pub excluded: u64,
}

/// A target on the roster.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RosterRow<'a> {
    /// The target's id.
    pub id: &'a str,
    /// Its stratum.
    pub stratum: &'a Stratum,
    /// Its standing.
    pub standing: &'a Standing,
}

impl Roster {
    /// A roster of rows in any order.
    ///
    /// # Errors
    /// All rows that are refused, up to [`MAX_FAULTS`]: bad codes and standings, second rows of a
    /// target; or that there is no row.
    pub fn from_rows<'a>(rows: impl IntoIterator<Item = Row<'a>>) -> Result<Self, RosterError> {
        let mut buffer = RowBuffer::new();
        let mut faults = Faults::default();
        let mut left_out = Vec::new();
        for (number, row) in (0..).zip(rows) {
            if let Err(problem) = buffer.try_push(row) {
                faults.note(number, problem);
                left_out.push(buffer.len());
            }
        }
        // Each row that was left out before a row moved it forward by one.
        let number = |row| (row + left_out.partition_point(|&before| before <= row)) as u64;
        Self::arrange(buffer.into(), faults, number)
    }

    /// A roster of columns in any order. They are copied once.
    ///
    /// # Errors
    /// As [`Self::from_rows`]; also columns of unequal lengths, and numbers outside of them.
    pub fn from_columns(columns: &Columns<'_>) -> Result<Self, RosterError> {
        let mut faults = Faults::default();
        let parts = Parts::copy(columns, &mut faults)?;
        Self::arrange(parts, faults, |row| row as u64)
    }

    /// Reads `roster.tsv`.
    ///
    /// # Errors
    /// The first line that is not as the specification writes it.
    pub fn parse(file: &[u8]) -> Result<Self, FileError> {
        let mut reader = Reader::new(file, None)?;
        let mut buffer = RowBuffer::new();
        let mut before = None;
        while let Some([id, stratum, standing]) = reader.row()? {
            reader.ascending(before.as_ref(), &id)?;
            before = Some(id);
            buffer.try_push(Row { id, stratum, standing }).map_err(|problem| {
                let (field, found) = match problem {
                    RowProblem::Stratum { .. } => (2, stratum),
                    RowProblem::Standing { .. } => (3, standing),
                    _ => (1, id),
                };
                reader.unlike(field, found, &problem)
            })?;
        }
        Self::arrange(buffer.into(), Faults::default(), |row| row as u64)
            .map_err(|e| reader.fault(FileFault::Contradiction(e.said())))
    }

    /// Sorts what was taken, and refuses second rows of a target; `number` gives the place of a row
    /// among those that were offered.
    fn arrange(
        mut parts: Parts,
        mut faults: Faults,
        number: impl Fn(usize) -> u64,
    ) -> Result<Self, RosterError> {
        parts.sort(|id, first, second| {
            let problem = RowProblem::Duplicate { id: id.into(), first: number(first) + 1 };
            faults.note(number(second), problem);
        });
        faults.refuse()?;
        if parts.strata.is_empty() {
            return Err(RosterError::Empty);
        }
        parts.renumber();
        Ok(Self { counts: parts.counts(), parts })
    }

    /// Number of targets, never 0.
    #[allow(clippy::len_without_is_empty)] // it never is
    pub fn len(&self) -> usize {
        self.parts.strata.len()
    }

    /// How many targets each stratum has that occurs, sorted by stratum.
    pub fn counts(&self) -> &[StratumCount] {
        &self.counts
    }

    /// The target at a place, counted from 0.
    pub fn row(&self, place: usize) -> Option<RosterRow<'_>> {
        let stratum = *self.parts.strata.get(place)?;
        let standing = *self.parts.standings.get(place)?;
        Some(RosterRow {
            id: self.parts.id(place),
            stratum: self.parts.stratum_codes.get(usize::from(stratum))?,
            standing: self.parts.standing_codes.get(usize::from(standing))?,
        })
    }

    /// All targets in their order.
    pub fn iter(&self) -> impl Iterator<Item = RosterRow<'_>> {
        (0..self.len()).filter_map(|place| self.row(place))
    }

    /// The place of a target counted from 0, or else the place where it would stand.
    pub fn find(&self, id: &str) -> Result<usize, usize> {
        let (mut low, mut high) = (0, self.len());
        while low < high {
            let middle = low.midpoint(high);
            match self.parts.id(middle).cmp(id) {
                Ordering::Less => low = middle + 1,
                Ordering::Equal => return Ok(middle),
                Ordering::Greater => high = middle,
            }
        }
        Err(low)
    }

    /// The rows as columns.
    pub fn columns(&self) -> Columns<'_> {
        self.parts.columns()
    }

    /// Fixes the roster under a key; see [`CommittedRoster`].
    pub fn commit(self, suite: Suite, key: RosterKey, threads: Threads) -> CommittedRoster {
        CommittedRoster::new(self, suite, key, threads)
    }

    /// Writes `roster.tsv`.
    pub fn to_text(&self) -> String {
        let mut writer = Writer::new();
        for row in self.iter() {
            writer.line(&[&row.id, row.stratum, row.standing]);
        }
        writer.finish()
    }
}

impl fmt::Debug for Roster {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Roster({} targets)", self.len())
    }
}
