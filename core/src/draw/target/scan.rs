//! A batch of the roster's lines turned into tickets.

use super::pool::Bin;
use super::{Tally, TargetDrawError, TargetTerms};
use crate::code::check;
use crate::draw::columns::Columns;
use crate::draw::roster::{RosterError, RosterKey, RowFault, RowProblem, Standing};
use crate::hash::{Prefix, SaltedHasher, SaltedText};
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
pub(super) const BLOCK: usize = SaltedHasher::MAX;

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

/// A block of rows, and then those of them of which tickets are made.
struct Block<'a> {
    first: usize,
    /// The buffer of ids from the first one on.
    ids: &'a [u8],
    /// Where the ids begin in it, and the last one ends.
    starts: [u32; BLOCK + 1],
    /// How long they are.
    lens: [u32; BLOCK],
    /// The first bits that a ticket has at most if it can be drawn, 0 if none is needed.
    limits: [u32; BLOCK],
    /// Their rows, counted from the first one of the block.
    rows: [u16; BLOCK],
    /// How many there are.
    len: usize,
}

impl<'a> Block<'a> {
    const EMPTY: Self = Self {
        first: 0,
        ids: &[],
        starts: [0; BLOCK + 1],
        lens: [0; BLOCK],
        limits: [0; BLOCK],
        rows: [0; BLOCK],
        len: 0,
    };

    /// The id of the i-th ticket.
    fn id(&self, i: usize) -> Option<&'a [u8]> {
        let (ids, len) = self.ids_from(i)?;
        ids.get(..len)
    }

    /// The ids from that of the i-th ticket on, and its length, if the offsets are in order.
    #[inline]
    fn ids_from(&self, i: usize) -> Option<(&'a [u8], usize)> {
        Some((self.ids.get(self.starts[i % BLOCK] as usize..)?, self.lens[i % BLOCK] as usize))
    }

    /// Counts rows and finds those of which a ticket is needed, unless one has no rule or no standing. A function of its
    /// own, so that its few values stay in registers.
    #[inline(never)]
    fn classify(
        &mut self,
        strata: &[u16],
        standings: &[u16],
        kinds: &mut [Kind],
        eligible: &[bool],
    ) -> bool {
        let rows = strata.len();
        let (limits, standings) = (&mut self.limits[..rows], &standings[..rows]);
        let mut ruled = true;
        let mut one = |row: usize, turn: usize| {
            let kind = kinds.get_mut(usize::from(strata[row]));
            let eligible = eligible.get(usize::from(standings[row]));
            let (Some(kind), Some(&eligible)) = (kind, eligible) else { return false };
            ruled &= kind.ruled;
            // No memory holds so many rows that a count would wrap.
            let count = &mut kind.eligible[turn];
            *count = count.wrapping_add(u64::from(eligible));
            limits[row] = kind.most & u32::from(eligible).wrapping_neg();
            true
        };
        let (whole, rest) = (rows / TURNS, rows % TURNS);
        let all = (0..whole).all(|i| (0..TURNS).all(|turn| one(i * TURNS + turn, turn)));
        all && (0..rest).all(|turn| one(whole * TURNS + turn, turn)) && ruled
    }

    /// Decides of which of so many rows tickets are made: of all where nearly all are needed, since to sort out the
    /// others would take longer than to hash them.
    fn choose(&mut self, rows: usize) {
        self.lens = array::from_fn(|row| self.starts[row + 1].wrapping_sub(self.starts[row]));
        let count = |sum: u32, limit: &u32| sum.wrapping_add(u32::from(*limit > 0));
        if self.limits[..rows].iter().fold(0, count) as usize >= rows - rows / 8 {
            self.rows = array::from_fn(|row| row as u16);
            self.len = rows;
            return;
        }
        self.len = 0;
        for row in 0..rows {
            // What is not needed is written over by the next one.
            let (to, needed) = (self.len, self.limits[row] > 0);
            self.starts[to] = self.starts[row];
            self.lens[to] = self.lens[row];
            self.limits[to] = self.limits[row];
            self.rows[to] = row as u16;
            self.len += usize::from(needed);
        }
    }
}

/// Counts that take turns, so that one row need not wait for those before.
const TURNS: usize = 4;

/// What is known of a number of stratum while rows are scanned.
struct Kind {
    /// Eligible rows.
    eligible: [u64; TURNS],
    /// The bin's limit.
    limit: u64,
    /// Its first bits, never 0; 0 if no ticket is needed.
    most: u32,
    /// Whether there is a rule for it.
    ruled: bool,
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
        let mut hasher = SaltedHasher::new(&self.seed);
        let mut block = Block::EMPTY;
        let mut made = [[0; 16]; BLOCK];
        for start in range.clone().step_by(BLOCK) {
            let rows = start..range.end.min(start + BLOCK);
            self.sort_out(rows.clone(), &mut block, &mut kinds)?;
            let salts = match (self.salts, &self.key) {
                (Salts::Given(salts), _) => &salts[rows],
                (Salts::Key(_), None) => &made,
                (Salts::Key(_), Some(key)) => {
                    let id = |i| block.id(i).unwrap_or_default();
                    let salts = &mut made;
                    RosterKey::salts(key, block.len, id, |i, salt| {
                        salts[usize::from(block.rows[i])] = *salt.expose();
                    });
                    &made
                }
            };
            self.hash(&block, salts, &mut hasher, &mut kinds, tally)?;
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
        let ids = self.columns.ids_from(rows.start, &mut block.starts[..=rows.len()]);
        block.ids = ids.ok_or_else(|| self.no_id(rows.start))?;
        let (strata, standings) = (&self.columns.strata, &self.columns.standings);
        let (strata, standings) = (&strata[rows.clone()], &standings[rows.clone()]);
        if !block.classify(strata, standings, kinds, &self.eligible) {
            return Err(self.refusal(rows));
        }
        block.choose(rows.len());
        Ok(())
    }

    /// Makes tickets, and offers those that can be drawn.
    fn hash(
        &self,
        block: &Block<'_>,
        salts: &[[u8; 16]],
        hasher: &mut SaltedHasher<'_>,
        kinds: &mut [Kind],
        tally: &mut Tally,
    ) -> Result<(), TargetDrawError> {
        let row = |i: usize| block.first + usize::from(block.rows[i]);
        let outcomes = hasher.hash(block.len, |i| {
            let (text, len) = block.ids_from(i)?;
            Some(SaltedText { salt: &salts[usize::from(block.rows[i % BLOCK])], text, len })
        });
        for (i, outcome) in outcomes.at_most(&block.limits) {
            let stratum = usize::from(self.columns.strata[row(i)]);
            let kind = &mut kinds[stratum];
            if outcome.leading() > kind.limit || block.limits[i] == 0 {
                continue;
            }
            match (self.bins[stratum], block.id(i).map(check)) {
                (Some(bin), Some(Ok(id))) => {
                    let bin = &mut tally.bins[bin];
                    bin.offer(outcome.digest(), id);
                    kind.lower(bin.limit);
                }
                _ => return Err(self.no_id(row(i))),
            }
        }
        match outcomes.len() {
            hashed if hashed == block.len => Ok(()),
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
        let mut kind = Self { eligible: [0; TURNS], limit: 0, most: 0, ruled: bin.is_some() };
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
