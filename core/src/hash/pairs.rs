//! Pairs of digests hashed side by side, as the inner nodes of a tree are.

use super::many::{BLOCK, pad};
use super::{Digest, Suite};
use alloc::vec::Vec;
use yicha_lanes::{self as lanes, Backend, LANES, States};

/// Fewer messages than this are hashed one by one, because the lanes would be mostly empty.
pub(crate) const FEW: usize = 8;

/// The digest of `first`, left and right.
pub(crate) fn hash_pair(suite: Suite, first: u8, left: &Digest, right: &Digest) -> Digest {
    suite.digest(&[&[first], left.as_bytes(), right.as_bytes()])
}

/// Hashes pairs of digests after a byte: the two blocks of such a message in each lane, and the states before and after
/// them.
pub(crate) struct PairHasher {
    first: u8,
    backend: Backend,
    blocks: [[[u8; BLOCK]; LANES]; 2],
    states: [States; 3],
}

impl PairHasher {
    /// A hasher of `first`, left and right.
    pub(crate) fn new(suite: Suite, first: u8) -> Self {
        let (mut begin, mut end) = ([0; BLOCK], [0; BLOCK]);
        begin[0] = first;
        pad(&mut end[1..], BLOCK as u64 + 1);
        let backend = Backend::best(suite.into());
        let fresh = States::all(&lanes::single(suite.into()).0);
        let states = [fresh.clone(), fresh.clone(), fresh];
        Self { first, backend, blocks: [[begin; LANES], [end; LANES]], states }
    }

    /// The digest of each pair.
    pub(crate) fn hash(&mut self, pairs: &[[Digest; 2]]) -> Vec<Digest> {
        let mut digests = Vec::with_capacity(pairs.len());
        for group in pairs.chunks(LANES) {
            if group.len() < FEW {
                let (suite, first) = (self.backend.function().into(), self.first);
                let one = |[left, right]: &[Digest; 2]| hash_pair(suite, first, left, right);
                digests.extend(group.iter().map(one));
            } else {
                self.hash_group(group, &mut digests);
            }
        }
        digests
    }

    /// Hashes at most sixteen pairs. The other lanes hash what stands there, and nobody asks for it.
    fn hash_group(&mut self, pairs: &[[Digest; 2]], digests: &mut Vec<Digest>) {
        let [begins, ends] = &mut self.blocks;
        for ((begin, end), [left, right]) in begins.iter_mut().zip(&mut *ends).zip(pairs) {
            let (right, last) = right.as_bytes().split_at(31);
            begin[1..33].copy_from_slice(left.as_bytes());
            begin[33..].copy_from_slice(right);
            end[..1].copy_from_slice(last);
        }
        let [fresh, half, whole] = &mut self.states;
        self.backend.compress(fresh, &begins.each_ref(), half);
        self.backend.compress(half, &ends.each_ref(), whole);
        digests.extend((0..pairs.len()).map(|lane| Digest::new(whole.digest(lane))));
    }
}
