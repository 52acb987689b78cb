//! The one Merkle tree, RFC 9162 section 2.1, for the roster and the ledger.

use crate::hash::{Digest, Suite};
use alloc::vec::Vec;

/// A path that does not lead to the root.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ProofError {
    /// The leaf number is not below the tree's size, or the sizes do not fit.
    #[error("leaf {index} is not in a tree of {size} leaves")]
    OutOfRange {
        /// Leaf number from 0, or the older size of a consistency proof.
        index: u64,
        /// Number of leaves.
        size: u64,
    },
    /// The path has too few or too many hashes for its place in the tree.
    #[error("the path has {found} hashes, {wanted} would be right")]
    Length {
        /// Hashes found.
        found: usize,
        /// Hashes that the place in the tree asks for.
        wanted: usize,
    },
    /// The path leads to another root.
    #[error("the path leads to the root {found}, not to {wanted}")]
    Root {
        /// Root that follows from leaf and path.
        found: Digest,
        /// Root that was given.
        wanted: Digest,
    },
}

/// The hash of an inner node: H(0x01 || left || right).
pub fn node_hash(suite: Suite, left: &Digest, right: &Digest) -> Digest {
    suite.digest(&[&[1], left.as_bytes(), right.as_bytes()])
}

/// The right edge of a growing tree: all that appending and the root need, at most 64 hashes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Frontier {
    suite: Suite,
    size: u64,
    nodes: Vec<Digest>,
}

impl Frontier {
    /// A tree without leaves.
    pub const fn new(suite: Suite) -> Self {
        Self { suite, size: 0, nodes: Vec::new() }
    }

    /// Number of leaves.
    pub const fn size(&self) -> u64 {
        self.size
    }

    /// Appends leaf hashes in order.
    pub fn extend(&mut self, leaves: &[Digest]) {
        for leaf in leaves {
            let mut node = *leaf;
            for _ in 0..self.size.trailing_ones() {
                if let Some(left) = self.nodes.pop() {
                    node = node_hash(self.suite, &left, &node);
                }
            }
            self.nodes.push(node);
            self.size += 1;
        }
    }

    /// The root; of an empty tree the digest of nothing.
    pub fn root(&self) -> Digest {
        let fold = |right, left: &Digest| node_hash(self.suite, left, &right);
        match self.nodes.split_last() {
            Some((last, others)) => others.iter().rev().fold(*last, fold),
            None => self.suite.digest(&[]),
        }
    }
}
