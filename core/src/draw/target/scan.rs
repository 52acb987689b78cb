//! A batch of the roster's lines turned into tickets.

use super::pool::Bin;
use super::{Tally, TargetDrawError, TargetTerms};
use crate::code::is_code;
use crate::draw::columns::Columns;
use crate::draw::roster::{RosterError, RosterKey, RowFault, RowProblem, Standing};
use crate::hash::{Prefix, TextHasher, Texts};
use alloc::string::ToString;
use alloc::vec::Vec;
use core::array;
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
pub(super) const BLOCK: usize = Texts::MAX;

/// A batch with what all of its rows need.
pub(super) struct Batch<'a> {
    columns: &'a Columns<'a>,
    rows: usize,
    salts: Salts<'a>,
    key: Option<Prefix>,
    seed: Prefix,
    /// The bin of each number of stratum; none for one without a rule.
    bins: Vec<Option<usize>>,
    /// Whether all numbers of strata have a rule.
    ruled: bool,
    /// All bits of each number of standing that is eligible.
    eligible: Vec<u32>,
}

/// A block of rows, and then those of them of which tickets are made.
struct Block<'a> {
    first: usize,
    ids: Texts<'a>,
    /// The first bits that a ticket has at most if it can be drawn, 0 if none is needed.
    limits: [u32; BLOCK],
    /// Their rows, counted from the first one of the block.
    rows: [u8; BLOCK],
}

impl Block<'_> {
    const EMPTY: Self = Self { first: 0, ids: Texts::EMPTY, limits: [0; BLOCK], rows: [0; BLOCK] };

    /// Counts rows and finds those of which a ticket is needed, unless one has no stratum or no standing. A function of its
    /// own, so that its few values stay in registers.
    #[inline(never)]
    fn classify(
        &mut self,
        strata: &[u16],
        standings: &[u16],
        kinds: &mut [Kind],
        eligible: &[u32],
    ) -> bool {
        let mut one = |limit: &mut u32, stratum: &u16, standing: &u16, turn: usize| {
            let kind = kinds.get_mut(usize::from(*stratum));
            let (Some(kind), Some(mask)) = (kind, eligible.get(usize::from(*standing))) else {
                return false;
            };
            // No memory holds so many rows that a count would wrap.
            kind.eligible[turn] = kind.eligible[turn].wrapping_add(u64::from(mask & 1));
            *limit = kind.most & mask;
            true
        };
        let (strata, rest) = strata.as_chunks::<TURNS>();
        let (standings, others) = standings.as_chunks::<TURNS>();
        let (limits, left) = self.limits.as_chunks_mut::<TURNS>().0.split_at_mut(strata.len());
        let mut fours = limits.iter_mut().zip(strata).zip(standings);
        let all = fours.all(|((limits, strata), standings)| {
            (0..TURNS).all(|i| one(&mut limits[i], &strata[i], &standings[i], i))
        });
        let mut ones = left.as_flattened_mut().iter_mut().zip(rest).zip(others);
        all && ones.all(|((limit, stratum), standing)| one(limit, stratum, standing, 0))
    }

    /// Decides of which of so many rows tickets are made: of all where nearly all are needed, since to sort out the
    /// others would take longer than to hash them.
    fn choose(&mut self) {
        let rows = self.ids.len;
        let count = |sum: u32, limit: &u32| sum.wrapping_add(u32::from(*limit > 0));
        if self.limits[..rows].iter().fold(0, count) as usize >= rows - rows / 8 {
            self.rows = array::from_fn(|row| row as u8);
            return;
        }
        let mut chosen = 0;
        for row in 0..rows {
            // What is not needed is written over by the next one.
            self.ids.starts[chosen] = self.ids.starts[row];
            self.ids.lens[chosen] = self.ids.lens[row];
            self.limits[chosen] = self.limits[row];
            self.rows[chosen] = row as u8;
            chosen += usize::from(self.limits[row] > 0);
        }
        self.ids.len = chosen;
    }
}

/// Counts that take turns, so that one row need not wait for those before.
const TURNS: usize = 4;

/// What is known of a number of stratum while rows are scanned.
#[repr(align(64))] // found by a shift
struct Kind {
    /// Eligible rows.
    eligible: [u64; TURNS],
    /// The bin's limit.
    limit: u64,
    /// Its first bits, never 0; 0 if no ticket is needed.
    most: u32,
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
        let bins: Vec<Option<usize>> =
            columns.stratum_codes.iter().map(|code| terms.place(code.as_str())).collect();
        let ruled = bins.iter().all(Option::is_some);
        let mask = |standing: &Standing| u32::from(standing.is_eligible()).wrapping_neg();
        let eligible = columns.standing_codes.iter().map(mask).collect();
        Ok(Self { columns, rows, salts, key, seed, bins, ruled, eligible })
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
        let mut tickets = TextHasher::new(&self.seed);
        let mut salter = self.key.as_ref().map(TextHasher::new);
        let mut block = Block::EMPTY;
        let mut made = [[0; 16]; BLOCK];
        for start in range.clone().step_by(BLOCK) {
            let rows = start..range.end.min(start + BLOCK);
            self.sort_out(rows.clone(), &mut block, &mut kinds)?;
            let given = match self.salts {
                Salts::Given(salts) => &salts[rows],
                Salts::Key(_) => &[],
            };
            if let Some(salter) = &mut salter {
                let rows = block.rows.iter().map(|row| usize::from(*row));
                salter
                    .hash(&block.ids)
                    .iter()
                    .zip(rows)
                    .for_each(|(salt, row)| made[row] = salt.half());
            }
            let salts = given.first_chunk().unwrap_or_else(|| {
                made[..given.len()].copy_from_slice(given);
                &made
            });
            self.hash(&block, salts, &mut tickets, &mut kinds, tally)?;
        }
        tally.lines += range.len() as u64;
        for (bin, kind) in self.bins.iter().zip(&kinds) {
            if let Some(bin) = bin {
                tally.bins[*bin].eligible += kind.eligible.iter().sum::<u64>();
            }
        }
        Ok(())
    }

    /// Counts rows and gathers those of which tickets are made.
    fn sort_out(
        &self,
        rows: Range<usize>,
        block: &mut Block<'a>,
        kinds: &mut [Kind],
    ) -> Result<(), TargetDrawError> {
        block.first = rows.start;
        self.columns.texts(rows.clone(), &mut block.ids).ok_or_else(|| self.no_id(rows.start))?;
        let (strata, standings) = (&self.columns.strata, &self.columns.standings);
        let (strata, standings) = (&strata[rows.clone()], &standings[rows.clone()]);
        let has_rule =
            |stratum: &u16| self.bins.get(usize::from(*stratum)).is_some_and(Option::is_some);
        let ruled = self.ruled || strata.iter().all(has_rule);
        if !ruled || !block.classify(strata, standings, kinds, &self.eligible) {
            return Err(self.refusal(rows));
        }
        block.choose();
        Ok(())
    }

    /// Makes tickets, and offers those that can be drawn.
    fn hash(
        &self,
        block: &Block<'_>,
        salts: &[[u8; 16]; BLOCK],
        hasher: &mut TextHasher<'_>,
        kinds: &mut [Kind],
        tally: &mut Tally,
    ) -> Result<(), TargetDrawError> {
        let row = |i: usize| block.first + usize::from(block.rows[i]);
        let outcomes = hasher.hash_salted(&block.ids, salts, &block.rows);
        for (i, outcome) in outcomes.at_most(&block.limits) {
            let stratum = usize::from(self.columns.strata[row(i)]);
            let kind = &mut kinds[stratum];
            if outcome.leading() > kind.limit || block.limits[i] == 0 {
                continue;
            }
            match (self.bins[stratum], block.ids.get(i).filter(|id| is_code(id))) {
                (Some(bin), Some(id)) => {
                    let bin = &mut tally.bins[bin];
                    bin.offer(outcome.digest(), id);
                    kind.lower(bin.limit);
                }
                _ => return Err(self.no_id(row(i))),
            }
        }
        match outcomes.len() {
            hashed if hashed == block.ids.len => Ok(()),
            hashed => Err(self.no_id(row(hashed))),
        }
    }

    /// The refusal of a row that has no id.
    fn no_id(&self, row: usize) -> TargetDrawError {
        refuse(row, self.columns.id(row).err())
    }

    /// The refusal of the first of these rows that no roster or no rule has.
    fn refusal(&self, mut rows: Range<usize>) -> TargetDrawError {
        let refusal = rows.find_map(|row| match self.columns.stratum(row) {
            Ok(stratum) if self.bins[usize::from(self.columns.strata[row])].is_none() => {
                Some(TargetDrawError::NoRule { row: row as u64 + 1, stratum: stratum.clone() })
            }
            Ok(_) => self.columns.standing(row).err().map(|problem| refuse(row, Some(problem))),
            Err(problem) => Some(refuse(row, Some(problem))),
        });
        refusal.unwrap_or_else(|| refuse(0, None))
    }
}

impl Kind {
    /// The kind of a stratum with this bin, or without a rule.
    fn new(bin: Option<&Bin>) -> Self {
        let mut kind = Self { eligible: [0; TURNS], limit: 0, most: 0 };
        if let Some(bin) = bin.filter(|bin| bin.draws()) {
            kind.lower(bin.limit);
        }
        kind
    }

    /// Takes over the limit of the bin, from which tickets are drawn.
    fn lower(&mut self, limit: u64) {
        self.limit = limit;
        self.most = ((limit >> 32) as u32).max(1);
    }
}

fn refuse(row: usize, problem: Option<RowProblem>) -> TargetDrawError {
    // Only called for a row that has a problem.
    let problem = problem.unwrap_or(RowProblem::Offsets);
    TargetDrawError::Roster(RowFault { row: row as u64 + 1, problem }.into())
}
