//! A batch of the roster's lines turned into tickets.

use super::pool::Bin;
use super::{Tally, TargetDrawError, TargetTerms};
use crate::code::{MAX_CODE_LEN, check};
use crate::draw::columns::Columns;
use crate::draw::roster::{RosterError, RosterKey, RowFault, RowProblem, Standing};
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
pub(super) const BLOCK: usize = 4096;

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

/// A block of rows, and those of them of which a ticket is needed.
struct Block {
    first: usize,
    /// Where the ids begin, and the last one ends.
    starts: [u64; BLOCK + 1],
    /// Rows of which a ticket is needed, counted from the first one of the block.
    wanted: [u16; BLOCK],
    len: usize,
}

/// What is known of a number of stratum while rows are scanned.
struct Kind {
    /// Excluded and eligible rows. Two counts take turns, so that one row need not wait for the one
    /// before.
    rows: [[u64; 2]; 2],
    draws: bool,
    /// The bin's limit.
    limit: u64,
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
        let eligible = columns.standing_codes.iter().map(Standing::is_eligible).collect();
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
        let bins = self.bins.iter().map(|bin| bin.map(|bin| &tally.bins[bin]));
        let mut kinds: Vec<Kind> = bins.map(Kind::new).collect();
        let mut block = Block { first: 0, starts: [0; BLOCK + 1], wanted: [0; BLOCK], len: 0 };
        let mut made = [[0; 16]; BLOCK];
        for start in range.clone().step_by(BLOCK) {
            let rows = start..range.end.min(start + BLOCK);
            self.sort_out(rows.clone(), &mut block, &mut kinds)?;
            let salts = match (self.salts, &self.key) {
                (Salts::Given(salts), _) => &salts[rows],
                (Salts::Key(_), None) => &made,
                (Salts::Key(_), Some(key)) => {
                    let id = |i: usize| self.id(&block, block.wanted[i]).unwrap_or_default();
                    let salts = &mut made;
                    RosterKey::salts(key, block.len, id, |i, salt| {
                        salts[usize::from(block.wanted[i])] = *salt.expose();
                    });
                    &made
                }
            };
            self.hash(&block, salts, &mut kinds, tally)?;
        }
        tally.lines += range.len() as u64;
        for (bin, kind) in self.bins.iter().zip(&kinds) {
            match bin {
                Some(bin) => tally.bins[*bin].eligible += kind.eligible(),
                None if kind.is_empty() => {}
                None => return Err(self.no_rule(range)),
            }
        }
        Ok(())
    }

    /// Counts rows and gathers those of which a ticket is needed.
    fn sort_out(
        &self,
        rows: Range<usize>,
        block: &mut Block,
        kinds: &mut [Kind],
    ) -> Result<(), TargetDrawError> {
        block.first = rows.start;
        self.columns.starts(rows.start, &mut block.starts[..=rows.len()]);
        let strata = &self.columns.strata[rows.clone()];
        let standings = &self.columns.standings[rows];
        let mut len = 0;
        for (row, (&stratum, &standing)) in (0_u16..).zip(strata.iter().zip(standings)) {
            let kind = kinds.get_mut(usize::from(stratum));
            let eligible = self.eligible.get(usize::from(standing));
            let (Some(kind), Some(&eligible)) = (kind, eligible) else {
                let row = block.first + usize::from(row);
                let stratum = self.columns.stratum(row).err();
                return Err(refuse(row, stratum.or(self.columns.standing(row).err())));
            };
            kind.rows[usize::from(row % 2)][usize::from(eligible)] += 1;
            block.wanted[len] = row;
            // What is not wanted is written over by the next one.
            len += usize::from(eligible & kind.draws);
        }
        block.len = len;
        Ok(())
    }

    /// The id of a row of a block, if it can be one.
    #[inline]
    fn id(&self, block: &Block, row: u16) -> Option<&'a [u8]> {
        let row = usize::from(row);
        let (start, end) = (block.starts[row] as usize, block.starts[row + 1] as usize);
        self.columns.ids.get(start..end).filter(|id| (1..=MAX_CODE_LEN).contains(&id.len()))
    }

    /// Makes the tickets that are wanted, and offers those that can be drawn.
    fn hash(
        &self,
        block: &Block,
        salts: &[[u8; 16]],
        kinds: &mut [Kind],
        tally: &mut Tally,
    ) -> Result<(), TargetDrawError> {
        let strata = &self.columns.strata[block.first..];
        let (mut no_id, mut no_code) = (None, None);
        many(
            &self.seed,
            block.len,
            |i, message| {
                let row = block.wanted[i];
                message.push_hex(&salts[usize::from(row)]);
                match self.id(block, row) {
                    Some(id) => message.push(id),
                    None => no_id = no_id.or(Some(row)),
                }
            },
            |i, lane| {
                let row = block.wanted[i];
                let stratum = usize::from(strata[usize::from(row)]);
                if lane.leading() <= kinds[stratum].limit {
                    match (self.bins[stratum], self.id(block, row).map(check)) {
                        (Some(bin), Some(Ok(id))) => {
                            let bin = &mut tally.bins[bin];
                            bin.offer(lane.digest(), id);
                            kinds[stratum].limit = bin.limit;
                        }
                        _ => no_code = no_code.or(Some(row)),
                    }
                }
            },
        );
        match no_id.into_iter().chain(no_code).min() {
            None => Ok(()),
            Some(row) => {
                let row = block.first + usize::from(row);
                Err(refuse(row, self.columns.id(row).err()))
            }
        }
    }

    /// The refusal of the first row of a range whose stratum has no rule.
    fn no_rule(&self, mut range: Range<usize>) -> TargetDrawError {
        let bin = |row: usize| self.bins.get(usize::from(self.columns.strata[row]));
        let row = range.find(|&row| bin(row) == Some(&None)).unwrap_or_default();
        match self.columns.stratum(row) {
            Ok(code) => TargetDrawError::NoRule { row: row as u64 + 1, stratum: code.clone() },
            Err(problem) => refuse(row, Some(problem)),
        }
    }
}

impl Kind {
    /// The kind of a stratum with this bin, or without a rule.
    fn new(bin: Option<&Bin>) -> Self {
        Self {
            rows: [[0; 2]; 2],
            draws: bin.is_some_and(Bin::draws),
            limit: bin.map_or(0, |bin| bin.limit),
        }
    }

    const fn eligible(&self) -> u64 {
        self.rows[0][1] + self.rows[1][1]
    }

    fn is_empty(&self) -> bool {
        self.rows == [[0; 2]; 2]
    }
}

fn refuse(row: usize, problem: Option<RowProblem>) -> TargetDrawError {
    // Only called for a row that has a problem.
    let problem = problem.unwrap_or(RowProblem::Offsets);
    TargetDrawError::Roster(RowFault { row: row as u64 + 1, problem }.into())
}
