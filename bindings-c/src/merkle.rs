//! The tree of RFC 9162, for rosters and ledgers.

use crate::border::{answer, free, need, need_mut, perform};
use crate::error::refused;
use crate::hash::{Digest, suite};
use crate::view::{Bytes, array};
use std::mem::MaybeUninit;
use yicha::merkle;

/// The right edge of a growing tree. One thread at a time changes it.
#[derive(Debug)]
pub struct Frontier(merkle::Frontier);

/// A tree without leaves. The handle is the caller's.
#[unsafe(no_mangle)]
pub extern "C" fn yicha_frontier_new(
    suite: i32,
    out: Option<&mut MaybeUninit<Box<Frontier>>>,
    error: Option<&mut MaybeUninit<Box<crate::error::Error>>>,
) -> i32 {
    answer(error, out, || Ok(Box::new(Frontier(merkle::Frontier::new(self::suite(suite)?)))))
}

/// Appends `count` entries in order; each becomes the leaf H(0x00 || entry).
#[unsafe(no_mangle)]
pub extern "C" fn yicha_frontier_append(
    frontier: Option<&mut Frontier>,
    entries: *const Bytes,
    count: usize,
    error: Option<&mut MaybeUninit<Box<crate::error::Error>>>,
) -> i32 {
    perform(error, || {
        let frontier = need_mut(frontier, "frontier")?;
        let entries = array(entries, count, "entries")?.iter().map(|entry| entry.get("entries"));
        frontier.0.append(&entries.collect::<Result<Vec<_>, _>>()?);
        Ok(())
    })
}

/// Number of leaves; 0 for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn yicha_frontier_size(frontier: Option<&Frontier>) -> u64 {
    frontier.map_or(0, |frontier| frontier.0.size())
}

/// The root; of an empty tree the digest of nothing.
#[unsafe(no_mangle)]
pub extern "C" fn yicha_frontier_root(
    frontier: Option<&Frontier>,
    out: Option<&mut MaybeUninit<Digest>>,
    error: Option<&mut MaybeUninit<Box<crate::error::Error>>>,
) -> i32 {
    answer(error, out, || Ok(Digest::of(&need(frontier, "frontier")?.0.root())))
}

/// Frees a tree and sets the pointer to NULL. NULL, and a pointer to NULL, are let be.
#[unsafe(no_mangle)]
pub extern "C" fn yicha_frontier_free(frontier: Option<&mut Option<Box<Frontier>>>) {
    free(frontier);
}

/// The leaf hash of an entry: H(0x00 || entry).
#[unsafe(no_mangle)]
pub extern "C" fn yicha_merkle_leaf(
    suite: i32,
    entry: Bytes,
    out: Option<&mut MaybeUninit<Digest>>,
    error: Option<&mut MaybeUninit<Box<crate::error::Error>>>,
) -> i32 {
    answer(error, out, || {
        Ok(Digest::of(&merkle::leaf_hash(self::suite(suite)?, entry.get("entry")?)))
    })
}

/// The hash of an inner node: H(0x01 || left || right).
#[unsafe(no_mangle)]
pub extern "C" fn yicha_merkle_node(
    suite: i32,
    left: Option<&Digest>,
    right: Option<&Digest>,
    out: Option<&mut MaybeUninit<Digest>>,
    error: Option<&mut MaybeUninit<Box<crate::error::Error>>>,
) -> i32 {
    answer(error, out, || {
        let (left, right) = (need(left, "left")?.core(), need(right, "right")?.core());
        Ok(Digest::of(&merkle::node_hash(self::suite(suite)?, &left, &right)))
    })
}

/// Checks that `leaf` is leaf hash number `index` (from 0) of the tree of `size` leaves with this root; `path` has the
/// `count` neighbours on the way, the leaf's own first. RFC 9162 section 2.1.3.2. A refusal says what is wrong.
#[unsafe(no_mangle)]
pub extern "C" fn yicha_merkle_verify_inclusion(
    suite: i32,
    leaf: Option<&Digest>,
    index: u64,
    size: u64,
    path: *const Digest,
    count: usize,
    root: Option<&Digest>,
    error: Option<&mut MaybeUninit<Box<crate::error::Error>>>,
) -> i32 {
    perform(error, || {
        let (leaf, root) = (need(leaf, "leaf")?.core(), need(root, "root")?.core());
        let path = digests(path, count)?;
        merkle::verify_inclusion(self::suite(suite)?, &leaf, index, size, &path, &root)
            .map_err(refused)
    })
}

/// Checks that the tree of `new_size` leaves begins with that of `old_size`. RFC 9162 section 2.1.4.2. A refusal says what
/// is wrong.
#[unsafe(no_mangle)]
pub extern "C" fn yicha_merkle_verify_consistency(
    suite: i32,
    old_size: u64,
    new_size: u64,
    old_root: Option<&Digest>,
    new_root: Option<&Digest>,
    path: *const Digest,
    count: usize,
    error: Option<&mut MaybeUninit<Box<crate::error::Error>>>,
) -> i32 {
    perform(error, || {
        let (old, new) = (need(old_root, "old_root")?.core(), need(new_root, "new_root")?.core());
        let path = digests(path, count)?;
        merkle::verify_consistency(self::suite(suite)?, old_size, new_size, &old, &new, &path)
            .map_err(refused)
    })
}

pub(crate) fn digests(
    path: *const Digest,
    count: usize,
) -> Result<Vec<yicha::hash::Digest>, crate::error::Fault> {
    Ok(array(path, count, "path")?.iter().map(Digest::core).collect())
}
