//! Sets of small numbers as bits, word by word.

use alloc::vec::Vec;

/// A set of numbers below a fixed bound.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Bits(Vec<u64>);

impl Bits {
    /// The empty set of numbers below `bound`.
    pub(super) fn empty(bound: usize) -> Self {
        Self(alloc::vec![0; bound.div_ceil(64)])
    }

    /// All numbers below `bound`.
    pub(super) fn full(bound: usize) -> Self {
        let mut bits = Self(alloc::vec![u64::MAX; bound.div_ceil(64)]);
        if let Some(last) = bits.0.last_mut().filter(|_| !bound.is_multiple_of(64)) {
            *last = (1 << (bound % 64)) - 1;
        }
        bits
    }

    pub(super) fn insert(&mut self, i: u32) {
        self.0[i as usize / 64] |= 1 << (i % 64);
    }

    pub(super) fn remove(&mut self, i: u32) {
        self.0[i as usize / 64] &= !(1 << (i % 64));
    }

    pub(super) fn contains(&self, i: u32) -> bool {
        self.0[i as usize / 64] >> (i % 64) & 1 != 0
    }

    /// The words, the smallest numbers first.
    pub(super) fn words(&self) -> &[u64] {
        &self.0
    }

    /// Adds all of `other`.
    pub(super) fn extend(&mut self, other: &Self) {
        self.0.iter_mut().zip(&other.0).for_each(|(word, other)| *word |= other);
    }

    /// Keeps what is in `other` too.
    pub(super) fn retain(&mut self, other: &Self) {
        self.0.iter_mut().zip(&other.0).for_each(|(word, other)| *word &= other);
    }

    /// Takes all of `other` away.
    pub(super) fn subtract(&mut self, other: &Self) {
        self.0.iter_mut().zip(&other.0).for_each(|(word, other)| *word &= !other);
    }

    /// The numbers, ascending.
    pub(super) fn iter(&self) -> impl Iterator<Item = u32> {
        (0..).zip(&self.0).flat_map(|(i, &word)| ones(word).map(move |bit| i * 64 + bit))
    }
}

/// The places of the ones of a word, ascending.
pub(super) fn ones(mut word: u64) -> impl Iterator<Item = u32> {
    core::iter::from_fn(move || {
        (word != 0).then(|| {
            let bit = word.trailing_zeros();
            word &= word - 1;
            bit
        })
    })
}

/// The place of the `n`-th one of a word, counted from 0. The word has more than `n` ones.
pub(super) fn nth_one(word: u64, n: u64) -> u32 {
    ones(word).nth(n as usize).unwrap_or(63)
}
