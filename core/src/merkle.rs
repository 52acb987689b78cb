//! The one Merkle tree, RFC 9162 section 2.1, for the roster and the ledger.

use crate::citation::Basis;
use crate::explain::{Explain, Lang};
use crate::hash::{Digest, FEW, PairHasher, Prefix, Suite, hash_pair, many_slices};
use crate::threads::Threads;
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec;
use alloc::vec::Vec;

/// Why a proof does not hold, or cannot be given.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ProofError {
    /// A leaf number that is not below the tree's size.
    #[error("leaf {index} is not in a tree of {size} leaves; they are numbered from 0")]
    NoSuchLeaf {
        /// Leaf number from 0.
        index: u64,
        /// Number of leaves.
        size: u64,
    },
    /// An older size of a consistency proof that is zero or larger than the newer one.
    #[error(
        "an earlier tree of {old} leaves is not between 1 and the {new} leaves of the later one"
    )]
    NoSuchSize {
        /// Number of leaves of the earlier tree.
        old: u64,
        /// Number of leaves of the later tree.
        new: u64,
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

impl Explain for ProofError {
    fn code(&self) -> &'static str {
        match self {
            Self::NoSuchLeaf { .. } => "merkle-no-such-leaf",
            Self::NoSuchSize { .. } => "merkle-no-such-size",
            Self::Length { .. } => "merkle-path-length",
            Self::Root { .. } => "merkle-root",
        }
    }

    fn basis(&self) -> Basis {
        Basis::DrawSpec(2)
    }

    fn message(&self, lang: Lang) -> String {
        if lang == Lang::En {
            return self.to_string();
        }
        match self {
            Self::NoSuchLeaf { index, size } => {
                format!("树中共有{size}个叶子，从0起编号，没有第{index}号")
            }
            Self::NoSuchSize { old, new } => {
                format!("较早的树的叶子数应在1至{new}之间，读到{old}")
            }
            Self::Length { found, wanted } => format!("路径应有{wanted}个摘要，读到{found}个"),
            Self::Root { found, wanted } => format!("路径所得的根为{found}，应为{wanted}"),
        }
    }
}

/// The hash of a leaf: H(0x00 || data).
pub fn leaf_hash(suite: Suite, data: &[u8]) -> Digest {
    suite.digest(&[&[0], data])
}

/// The leaf hashes of all entries, in their order, many at once.
pub fn leaf_hashes<T: AsRef<[u8]>>(suite: Suite, entries: &[T]) -> Vec<Digest> {
    let mut hashes = vec![Digest::ZERO; entries.len()];
    many_slices(&Prefix::new(suite, &[0]), entries, |i, lane| hashes[i] = lane.digest());
    hashes
}

/// What an inner node begins with.
const NODE: u8 = 1;

/// The hash of an inner node: H(0x01 || left || right).
pub fn node_hash(suite: Suite, left: &Digest, right: &Digest) -> Digest {
    hash_pair(suite, NODE, left, right)
}

/// Leaves taken at a time while appending: few enough for the processor's second nearest memory, and the lanes wait seldom for
/// the first ones, which nobody has fetched before.
const BATCH: usize = 4096;

/// The right edge of a growing tree: all that appending and the root need, at most 64 hashes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Frontier {
    suite: Suite,
    size: u64,
    /// Roots of the full subtrees, one for each bit of `size`, the largest first.
    nodes: Vec<Digest>,
}

impl Frontier {
    /// A tree without leaves.
    pub const fn new(suite: Suite) -> Self {
        Self { suite, size: 0, nodes: Vec::new() }
    }

    /// A frontier that was stored as [`size`](Self::size) and [`nodes`](Self::nodes).
    ///
    /// # Errors
    /// [`ProofError::Length`] when a tree of that size has another number of nodes.
    pub fn from_parts(suite: Suite, size: u64, nodes: Vec<Digest>) -> Result<Self, ProofError> {
        let wanted = size.count_ones() as usize;
        if nodes.len() == wanted {
            Ok(Self { suite, size, nodes })
        } else {
            Err(ProofError::Length { found: nodes.len(), wanted })
        }
    }

    /// The suite of all its hashes.
    pub const fn suite(&self) -> Suite {
        self.suite
    }

    /// Number of leaves.
    pub const fn size(&self) -> u64 {
        self.size
    }

    /// Roots of the full subtrees, one for each bit of the size, the largest first.
    pub fn nodes(&self) -> &[Digest] {
        &self.nodes
    }

    /// Appends one leaf hash.
    pub fn push(&mut self, leaf: Digest) {
        self.push_subtree(0, leaf);
    }

    /// Appends the root of 2^`height` leaves. The size must be a multiple of that.
    pub(crate) fn push_subtree(&mut self, height: u32, root: Digest) {
        let mut node = root;
        for _ in 0..(self.size >> height).trailing_ones() {
            if let Some(left) = self.nodes.pop() {
                node = node_hash(self.suite, &left, &node);
            }
        }
        self.nodes.push(node);
        self.size += 1 << height;
    }

    /// Appends leaf hashes in order.
    pub fn extend(&mut self, leaves: &[Digest]) {
        for batch in leaves.chunks(BATCH) {
            if batch.len() < FEW {
                batch.iter().for_each(|leaf| self.push(*leaf));
            } else {
                self.extend_by_levels(batch.to_vec());
            }
        }
    }

    /// Appends entries in order: the leaf hash of each.
    pub fn append<T: AsRef<[u8]>>(&mut self, entries: &[T]) {
        for batch in entries.chunks(BATCH) {
            if batch.len() < FEW {
                // A group of lanes would be mostly empty.
                batch.iter().for_each(|entry| self.push(leaf_hash(self.suite, entry.as_ref())));
            } else {
                self.extend_by_levels(leaf_hashes(self.suite, batch));
            }
        }
    }

    fn extend_by_levels(&mut self, leaves: Vec<Digest>) {
        let (before, mut level, mut odd) = (self.size, leaves, Vec::new());
        let mut nodes = PairHasher::new(self.suite, NODE);
        self.size += level.len() as u64;
        for height in 0.. {
            if level.is_empty() {
                break;
            }
            if before >> height & 1 == 1 {
                level.splice(0..0, self.nodes.pop());
            }
            if level.len() % 2 == 1 {
                odd.extend(level.pop());
            }
            level = nodes.hash(level.as_chunks().0);
        }
        self.nodes.extend(odd.into_iter().rev());
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

/// A whole tree in memory, for proofs: 64 bytes a leaf.
#[derive(Clone, Debug)]
pub struct Tree {
    suite: Suite,
    /// The leaves, then each level of nodes. A last node without a neighbour stands again one level up.
    levels: Vec<Vec<Digest>>,
}

impl Tree {
    /// The tree over these leaf hashes.
    pub fn new(suite: Suite, leaves: Vec<Digest>, threads: Threads) -> Self {
        let mut levels = vec![leaves];
        while let Some(below) = levels.last()
            && below.len() > 1
        {
            let level = level_above(suite, below, threads);
            levels.push(level);
        }
        Self { suite, levels }
    }

    /// Number of leaves.
    pub fn size(&self) -> u64 {
        self.leaves().len() as u64
    }

    /// The leaf hashes.
    pub fn leaves(&self) -> &[Digest] {
        self.levels.first().map_or(&[], Vec::as_slice)
    }

    /// The root; of an empty tree the digest of nothing.
    pub fn root(&self) -> Digest {
        self.levels
            .last()
            .and_then(|top| top.first())
            .copied()
            .unwrap_or_else(|| self.suite.digest(&[]))
    }

    /// The path from a leaf to the root, the leaf's neighbour first (RFC 9162 section 2.1.3.1).
    ///
    /// # Errors
    /// [`ProofError::NoSuchLeaf`].
    pub fn inclusion_proof(&self, index: u64) -> Result<Vec<Digest>, ProofError> {
        let size = self.size();
        if index >= size {
            return Err(ProofError::NoSuchLeaf { index, size });
        }
        // Below `size`, so it fits a usize.
        let neighbour = |(height, level): (usize, &Vec<Digest>)| {
            level.get((index >> height) as usize ^ 1).copied()
        };
        Ok(self.levels.iter().enumerate().filter_map(neighbour).collect())
    }

    /// The proof that the first `old` leaves are a beginning of this tree (RFC 9162 section 2.1.4.1).
    ///
    /// # Errors
    /// [`ProofError::NoSuchSize`] when `old` is zero or above the tree's size.
    pub fn consistency_proof(&self, old: u64) -> Result<Vec<Digest>, ProofError> {
        let new = self.size();
        if old == 0 || old > new {
            return Err(ProofError::NoSuchSize { old, new });
        }
        if old == new {
            return Ok(Vec::new());
        }
        // The path of the largest full subtree that ends at `old`, seen as a leaf of its level;
        // the verifier knows that subtree's root already when it is the whole earlier tree.
        let height = old.trailing_zeros() as usize;
        let index = (old >> height) - 1;
        let own = (!old.is_power_of_two()).then(|| self.levels[height][index as usize]);
        let neighbours = self.levels[height..]
            .iter()
            .enumerate()
            .filter_map(|(height, level)| level.get((index >> height) as usize ^ 1).copied());
        Ok(own.into_iter().chain(neighbours).collect())
    }
}

fn level_above(suite: Suite, below: &[Digest], threads: Threads) -> Vec<Digest> {
    // A thread costs more than it saves on less than a batch.
    let ranges = threads.map_ranges(below.len() / 2, BATCH, |pairs| {
        PairHasher::new(suite, NODE).hash(&below.as_chunks().0[pairs])
    });
    let mut level = ranges.concat();
    if below.len() % 2 == 1 {
        level.extend(below.last());
    }
    level
}

/// Checks that `leaf` is the leaf hash number `index` of the tree with this size and root
/// (RFC 9162 section 2.1.3.2).
///
/// # Errors
/// What is wrong with the path.
pub fn verify_inclusion(
    suite: Suite,
    leaf: &Digest,
    index: u64,
    size: u64,
    path: &[Digest],
    root: &Digest,
) -> Result<(), ProofError> {
    if index >= size {
        return Err(ProofError::NoSuchLeaf { index, size });
    }
    let wanted = path_length(index, size);
    if path.len() != wanted {
        return Err(ProofError::Length { found: path.len(), wanted });
    }
    let found = climb(suite, *leaf, index, size, path, |_| true);
    same_root(found, root)
}

/// Checks that the tree of `new` leaves begins with the tree of `old` leaves
/// (RFC 9162 section 2.1.4.2).
///
/// # Errors
/// What is wrong with the path.
pub fn verify_consistency(
    suite: Suite,
    old: u64,
    new: u64,
    old_root: &Digest,
    new_root: &Digest,
    path: &[Digest],
) -> Result<(), ProofError> {
    if old == 0 || old > new {
        return Err(ProofError::NoSuchSize { old, new });
    }
    let height = old.trailing_zeros();
    let (index, size) = ((old >> height) - 1, ((new - 1) >> height) + 1);
    let given = usize::from(!old.is_power_of_two() && old != new);
    let wanted = if old == new { 0 } else { given + path_length(index, size) };
    if path.len() != wanted {
        return Err(ProofError::Length { found: path.len(), wanted });
    }
    if old == new {
        return same_root(*old_root, new_root);
    }
    let (start, path) = match path.split_first() {
        Some((start, rest)) if given == 1 => (*start, rest),
        _ => (*old_root, path),
    };
    // In the earlier tree only what stands to the left counts.
    same_root(climb(suite, start, index, size, path, |is_left| is_left), old_root)?;
    same_root(climb(suite, start, index, size, path, |_| true), new_root)
}

/// How many neighbours a node has on its way to the root of `size` nodes.
fn path_length(index: u64, size: u64) -> usize {
    let (mut index, mut last, mut length) = (index, size - 1, 0);
    while last > 0 {
        length += usize::from(index ^ 1 <= last);
        (index, last) = (index >> 1, last >> 1);
    }
    length
}

/// Hashes upwards with those neighbours for which `counts(stands to the left)`.
fn climb(
    suite: Suite,
    start: Digest,
    index: u64,
    size: u64,
    path: &[Digest],
    counts: impl Fn(bool) -> bool,
) -> Digest {
    let (mut index, mut last, mut node) = (index, size - 1, start);
    for neighbour in path {
        while index ^ 1 > last && last > 0 {
            (index, last) = (index >> 1, last >> 1);
        }
        let is_left = index & 1 == 1;
        if counts(is_left) {
            node = if is_left {
                node_hash(suite, neighbour, &node)
            } else {
                node_hash(suite, &node, neighbour)
            };
        }
        (index, last) = (index >> 1, last >> 1);
    }
    node
}

fn same_root(found: Digest, wanted: &Digest) -> Result<(), ProofError> {
    if found == *wanted { Ok(()) } else { Err(ProofError::Root { found, wanted: *wanted }) }
}
