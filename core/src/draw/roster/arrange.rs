//! Owned columns on their way to a roster: copied, sorted by id, their codes numbered in order.

use super::{Faults, RosterError, Standing, StratumCount};
use crate::code::Stratum;
use crate::draw::columns::{Columns, Offsets, RowBuffer};
use crate::order::sort_by;
use alloc::string::String;
use alloc::vec;
use alloc::vec::Vec;

/// Owned columns.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct Parts {
    ids: String,
    offsets: Vec<u64>,
    pub(super) strata: Vec<u16>,
    pub(super) stratum_codes: Vec<Stratum>,
    pub(super) standings: Vec<u16>,
    pub(super) standing_codes: Vec<Standing>,
}

impl From<RowBuffer> for Parts {
    fn from(buffer: RowBuffer) -> Self {
        Self {
            ids: buffer.ids,
            offsets: buffer.offsets,
            strata: buffer.strata,
            stratum_codes: buffer.stratum_codes.codes,
            standings: buffer.standings,
            standing_codes: buffer.standing_codes.codes,
        }
    }
}

impl Parts {
    /// Copies columns and notes every fault; a bad id becomes an empty one.
    pub(super) fn copy(columns: &Columns<'_>, faults: &mut Faults) -> Result<Self, RosterError> {
        let rows = columns.rows()?;
        let mut parts = Self {
            ids: String::with_capacity(columns.ids.len()),
            offsets: Vec::with_capacity(rows + 1),
            strata: columns.strata.to_vec(),
            stratum_codes: columns.stratum_codes.to_vec(),
            standings: columns.standings.to_vec(),
            standing_codes: columns.standing_codes.to_vec(),
        };
        parts.offsets.push(0);
        for row in 0..rows {
            match columns.id(row) {
                Ok(id) => parts.ids.push_str(id),
                Err(problem) => faults.note(row as u64, problem),
            }
            parts.offsets.push(parts.ids.len() as u64);
            let others = [columns.stratum(row).err(), columns.standing(row).err()];
            others.into_iter().flatten().for_each(|problem| faults.note(row as u64, problem));
        }
        Ok(parts)
    }

    pub(super) fn id(&self, row: usize) -> &str {
        // Offsets ascend within the buffer, and ids are ASCII: see `copy` and `RowBuffer`.
        &self.ids[self.offsets[row] as usize..self.offsets[row + 1] as usize]
    }

    pub(super) fn columns(&self) -> Columns<'_> {
        Columns {
            ids: self.ids.as_bytes(),
            offsets: Offsets::U64(&self.offsets),
            strata: &self.strata,
            stratum_codes: &self.stratum_codes,
            standings: &self.standings,
            standing_codes: &self.standing_codes,
        }
    }

    /// Sorts by id. `duplicate` is told each id that stands twice, with its first and a later row.
    pub(super) fn sort(&mut self, mut duplicate: impl FnMut(&str, usize, usize)) {
        let rows = self.strata.len();
        if (1..rows).all(|row| self.id(row - 1) < self.id(row)) {
            return;
        }
        let mut order: Vec<usize> = (0..rows).collect();
        order.sort_unstable_by_key(|&row| (self.id(row), row));
        for same in order.chunk_by(|&a, &b| self.id(a) == self.id(b)) {
            // An empty id is one that was refused.
            if let [first, later @ ..] = same
                && !self.id(*first).is_empty()
            {
                later.iter().for_each(|&row| duplicate(self.id(row), *first, row));
            }
        }
        let mut ids = String::with_capacity(self.ids.len());
        let mut offsets = Vec::with_capacity(rows + 1);
        offsets.push(0);
        for &row in &order {
            ids.push_str(self.id(row));
            offsets.push(ids.len() as u64);
        }
        (self.ids, self.offsets) = (ids, offsets);
        self.strata = order.iter().map(|&row| self.strata[row]).collect();
        self.standings = order.iter().map(|&row| self.standings[row]).collect();
    }

    /// Numbers strata and standings in their own order, those alone that occur.
    pub(super) fn renumber(&mut self) {
        renumber(&mut self.strata, &mut self.stratum_codes);
        renumber(&mut self.standings, &mut self.standing_codes);
    }

    /// Counts the targets of each stratum.
    pub(super) fn counts(&self) -> Vec<StratumCount> {
        let mut counts: Vec<StratumCount> = self
            .stratum_codes
            .iter()
            .map(|stratum| StratumCount { stratum: stratum.clone(), eligible: 0, excluded: 0 })
            .collect();
        for (&stratum, &standing) in self.strata.iter().zip(&self.standings) {
            let count = &mut counts[usize::from(stratum)];
            match self.standing_codes[usize::from(standing)].is_eligible() {
                true => count.eligible += 1,
                false => count.excluded += 1,
            }
        }
        counts
    }
}

fn renumber<T: Ord + Clone>(numbers: &mut [u16], codes: &mut Vec<T>) {
    let mut occurs = vec![false; codes.len()];
    numbers.iter().for_each(|&number| occurs[usize::from(number)] = true);
    let mut sorted: Vec<T> = codes
        .iter()
        .zip(&occurs)
        .filter(|(_, occurs)| **occurs)
        .map(|(code, _)| code.clone())
        .collect();
    sort_by(&mut sorted, T::cmp);
    sorted.dedup();
    // A code that does not occur gets a number that is never looked up.
    let new: Vec<u16> =
        codes.iter().map(|code| sorted.binary_search(code).unwrap_or(0) as u16).collect();
    numbers.iter_mut().for_each(|number| *number = new[usize::from(*number)]);
    *codes = sorted;
}
