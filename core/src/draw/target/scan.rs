//! A batch of the roster's lines turned into tickets.

use super::pool::Bin;
use super::{Tally, TargetDrawError, TargetTerms};
use crate::code::{MAX_CODE_LEN, check};
use crate::draw::columns::Columns;
use crate::draw::roster::{RosterError, RosterKey, RowFault, RowProblem};
use crate::hash::{Prefix, many};
use alloc::string::ToString;
use alloc::vec::Vec;
use core::fmt;
use core::ops::Range;

/// Where the salts of a batch come from.
#[derive(Clone, Copy)]
pub enum Salts<'a> {
    /// One salt a row, kept from when the roster was fixed.
    Given(&'a [[u8; 16]]),
    /// Made anew from the roster's key: one more hash a row.
    Key(&'a RosterKey),
}

impl fmt::Debug for Salts<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Given(salts) => write!(f, "Given({} secrets)", salts.len()),
            Self::Key(key) => write!(f, "Key({key:?})"),
        }
    }
}

/// How many rows are sorted out, salted and hashed together.
pub(super) const BLOCK: usize = 512;

/// A batch with what all of its rows need.
pub(super) struct Batch<'a> {
    columns: &'a Columns<'a>,
    rows: usize,
    salts: Salts<'a>,
    key: Option<Prefix>,
    seed: Prefix,
    /// The bin of each number of stratum; none for one without a rule.
    bins: Vec<Option<usize>>,
    /// Whether each number of standing is eligible.
    eligible: Vec<bool>,
}

impl<'a> Batch<'a> {
    pub(super) fn new(
        terms: &TargetTerms,
        columns: &'a Columns<'a>,
        salts: Salts<'a>,
    ) -> Result<Self, TargetDrawError> {
        let rows = columns.rows()?;
        let key = match salts {
            Salts::Given(salts) if salts.len() != rows => {
                let (column, found, wanted) = ("salts", salts.len(), rows);
                return Err(RosterError::Columns { column, found, wanted }.into());
            }
            Salts::Given(_) => None,
            Salts::Key(key) => Some(key.prefix(terms.suite())),
        };
        let seed = Prefix::new(terms.suite(), terms.seed().digest().to_string().as_bytes());
        let bins = columns.stratum_codes.iter().map(|code| terms.place(code.as_str())).collect();
        let eligible = columns.standing_codes.iter().map(|code| code.is_eligible()).collect();
        Ok(Self { columns, rows, salts, key, seed, bins, eligible })
    }

    pub(super) const fn rows(&self) -> usize {
        self.rows
    }

    /// Counts the rows of a range and offers their tickets.
    pub(super) fn scan(
        &self,
        range: Range<usize>,
        tally: &mut Tally,
    ) -> Result<(), TargetDrawError> {
        let mut block = Block { rows: [0; BLOCK], ids: [&[]; BLOCK], bins: [0; BLOCK], len: 0 };
        let mut salts = [[0; 16]; BLOCK];
        for start in range.clone().step_by(BLOCK) {
            let rows = start..range.end.min(start + BLOCK);
            tally.lines += rows.len() as u64;
            self.sort_out(rows, &mut block, tally)?;
            let salts = &mut salts[..block.len];
            match (&self.key, self.salts) {
                (Some(key), _) => RosterKey::salts(key, |i| block.ids[i], salts),
                (None, Salts::Given(given)) => {
                    salts.iter_mut().zip(block.rows).for_each(|(salt, row)| *salt = given[row]);
                }
                (None, Salts::Key(_)) => {}
            }
            self.hash(&block, salts, tally)?;
        }
        Ok(())
    }

    /// Counts rows and gathers those of which a ticket is needed.
    fn sort_out(
        &self,
        rows: Range<usize>,
        block: &mut Block<'a>,
        tally: &mut Tally,
    ) -> Result<(), TargetDrawError> {
        block.len = 0;
        for row in rows {
            let bin = match self.bins.get(usize::from(self.columns.strata[row])) {
                Some(Some(bin)) => *bin,
                _ => return Err(self.no_rule(row)),
            };
            match self.eligible.get(usize::from(self.columns.standings[row])) {
                Some(true) => {}
                Some(false) => continue,
                None => return Err(refuse(row, self.columns.standing(row).err())),
            }
            let id = match self.columns.id_bytes(row) {
                Some(id) if (1..=MAX_CODE_LEN).contains(&id.len()) => id,
                _ => return Err(refuse(row, self.columns.id(row).err())),
            };
            tally.bins[bin].eligible += 1;
            if tally.bins[bin].draws() {
                block.rows[block.len] = row;
                block.ids[block.len] = id;
                block.bins[block.len] = bin;
                block.len += 1;
            }
        }
        Ok(())
    }

    fn hash(
        &self,
        block: &Block<'_>,
        salts: &[[u8; 16]],
        tally: &mut Tally,
    ) -> Result<(), TargetDrawError> {
        let mut refused = None;
        many(
            &self.seed,
            block.len,
            |i, message| {
                message.push_hex(&salts[i]);
                message.push(block.ids[i]);
            },
            |i, lane| {
                let bin: &mut Bin = &mut tally.bins[block.bins[i]];
                if lane.leading() <= bin.limit {
                    match check(block.ids[i]) {
                        Ok(id) => bin.offer(lane.digest(), id),
                        Err(_) => refused = refused.or(Some(block.rows[i])),
                    }
                }
            },
        );
        match refused {
            None => Ok(()),
            Some(row) => Err(refuse(row, self.columns.id(row).err())),
        }
    }

    fn no_rule(&self, row: usize) -> TargetDrawError {
        match self.columns.stratum(row) {
            Ok(stratum) => {
                TargetDrawError::NoRule { row: row as u64 + 1, stratum: stratum.clone() }
            }
            Err(problem) => refuse(row, Some(problem)),
        }
    }
}

fn refuse(row: usize, problem: Option<RowProblem>) -> TargetDrawError {
    // Only called for a row that has a problem.
    let problem = problem.unwrap_or(RowProblem::Offsets);
    TargetDrawError::Roster(RowFault { row: row as u64 + 1, problem }.into())
}

/// Rows of which a ticket is needed.
struct Block<'a> {
    rows: [usize; BLOCK],
    ids: [&'a [u8]; BLOCK],
    bins: [usize; BLOCK],
    len: usize,
}
