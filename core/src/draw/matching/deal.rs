//! Step 2 of the matching: each place in turn goes to one of those with the fewest places so far.

use super::bits::{Bits, nth_one};
use super::board::{Board, OPEN};
use crate::draw::stream::Stream;
use alloc::vec::Vec;

/// Where the choices come from: the seed, or always the first (for the shortage test).
#[expect(clippy::large_enum_variant, reason = "one exists in a matching, and it is not moved")]
pub(super) enum Choice {
    Seeded(Stream),
    First,
}

impl Choice {
    pub(super) fn shuffle(&mut self, n: usize) -> Vec<u32> {
        // A problem has fewer than 2^32 targets and inspectors.
        match self {
            Self::Seeded(stream) => stream.shuffle(n as u32),
            Self::First => (0..n as u32).collect(),
        }
    }

    fn uniform(&mut self, n: u64) -> u64 {
        match self {
            Self::Seeded(stream) => stream.uniform(n),
            Self::First => 0,
        }
    }
}

/// Deals all places, targets in the given order, and gives those that nobody could fill.
pub(super) fn deal(board: &mut Board<'_>, order: &[u32], choice: &mut Choice) -> Vec<u32> {
    let mut levels = Levels::new(board);
    let mut open = Vec::new();
    for &target in order {
        for place in board.problem.places_of(target) {
            match levels.choose(board, place, target, choice) {
                Some(inspector) => {
                    board.filled_by[place as usize] = inspector;
                    levels.raise(board, inspector);
                }
                None => open.push(place),
            }
        }
    }
    board.list_places();
    open
}

/// The inspectors with capacity left, by the number of places they fill.
struct Levels {
    /// Nothing where nobody stands, so that memory follows the inspectors and not the highest number.
    at: Vec<Option<Bits>>,
    /// For each kind of place the lowest level with a candidate. Nobody's number falls while dealing, so it never does.
    lowest: Vec<usize>,
}

impl Levels {
    fn new(board: &Board<'_>) -> Self {
        let inspectors = 0..board.assigned.len() as u32;
        let mut ground = Bits::empty(board.assigned.len());
        inspectors.filter(|&i| board.problem.capacity(i) > 0).for_each(|i| ground.insert(i));
        Self { at: alloc::vec![Some(ground)], lowest: alloc::vec![0; board.problem.kinds().len()] }
    }

    /// One of the candidates with the fewest places, or nobody.
    fn choose(
        &mut self,
        board: &Board<'_>,
        place: u32,
        target: u32,
        choice: &mut Choice,
    ) -> Option<u32> {
        let kind = board.problem.place_kinds()[place as usize];
        let holders = board.problem.holders(kind);
        let lowest = &mut self.lowest[kind as usize];
        while let Some(level) = self.at.get(*lowest) {
            let words = level.iter().flat_map(|level| level.words().iter().zip(holders.words()));
            if words.into_iter().any(|(level, holders)| level & holders != 0) {
                break;
            }
            *lowest += 1;
        }
        for level in self.at[(*lowest).min(self.at.len())..].iter().flatten() {
            let kept_out = |i: &u32| level.contains(*i) && holders.contains(*i);
            let there = board.problem.places_of(target).map(|p| board.filled_by[p as usize]);
            let there = there.filter(|&i| i != OPEN).filter(kept_out);
            let recused = board.problem.recused(target).iter().map(|&(_, i)| i).filter(kept_out);
            let mut except: Vec<u32> = there.chain(recused).collect();
            except.sort_unstable();
            except.dedup();
            if let Some(inspector) = pick(level, holders, &except, choice) {
                return Some(inspector);
            }
        }
        None
    }

    /// Writes down that an inspector fills one place more.
    fn raise(&mut self, board: &mut Board<'_>, inspector: u32) {
        let level = board.assigned[inspector as usize] as usize;
        board.assigned[inspector as usize] += 1;
        let slot = &mut self.at[level];
        if let Some(bits) = slot {
            bits.remove(inspector);
            if bits.words().iter().all(|&word| word == 0) {
                *slot = None;
            }
        }
        if board.assigned[inspector as usize] < board.problem.capacity(inspector) {
            if self.at.len() == level + 1 {
                self.at.push(None);
            }
            let inspectors = board.assigned.len();
            self.at[level + 1].get_or_insert_with(|| Bits::empty(inspectors)).insert(inspector);
        }
    }
}

/// One of `level` ∩ `holders` without `except` (sorted, all of them in both), each equally likely.
fn pick(level: &Bits, holders: &Bits, except: &[u32], choice: &mut Choice) -> Option<u32> {
    let both = || level.words().iter().zip(holders.words()).map(|(a, b)| a & b);
    let count: u64 = both().map(|word| u64::from(word.count_ones())).sum();
    let count = count - except.len() as u64;
    if count == 0 {
        return None;
    }
    let mut left = choice.uniform(count);
    for (i, mut word) in (0..).zip(both()) {
        for &inspector in except.iter().filter(|&&inspector| inspector / 64 == i) {
            word &= !(1 << (inspector % 64));
        }
        let ones = u64::from(word.count_ones());
        if left < ones {
            return Some(i * 64 + nth_one(word, left));
        }
        left -= ones;
    }
    None
}
