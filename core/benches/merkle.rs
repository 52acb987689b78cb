//! A million entries of 300 bytes appended to a tree, and its root, against the bare compressions
//! that this takes: five blocks for each entry and two for each inner node, with the same backend.
//!
//! `cargo bench -p yicha --bench merkle -- 100000` takes fewer entries.
#![allow(clippy::print_stdout)]

use std::hint::black_box;
use std::time::Instant;
use yicha::hash::{Backend, LANES, States, Suite};
use yicha::merkle::{Frontier, Tree, leaf_hashes};
use yicha::threads::Threads;

const ENTRIES: usize = 1_000_000;
const BYTES: usize = 300;
/// Blocks of an entry: one byte in front, at least nine of padding behind.
const BLOCKS: usize = (1 + BYTES + 9).div_ceil(64);
/// Blocks of an inner node: one byte, two digests and the padding.
const NODE_BLOCKS: usize = 2;
/// Rounds of each kind, one after the other; the best one counts.
const ROUNDS: usize = 7;

fn main() {
    let count = std::env::args().skip(1).find_map(|arg| arg.parse().ok()).unwrap_or(ENTRIES);
    let entries: Vec<[u8; BYTES]> =
        (0..count).map(|i| std::array::from_fn(|at| (i * 31 + at) as u8)).collect();
    let blocks = vec![[0x5a; 64]; count * BLOCKS];
    let nanoseconds_per_entry = |work: &dyn Fn()| nanoseconds(work) / count as f64;
    println!("{count} entries of {BYTES} bytes, one core, ns/entry");
    println!(
        "{:<8}{:>8}{:>15}{:>8}{:>12}{:>8}",
        "suite", "bare", "append, root", "ratio", "whole tree", "ratio"
    );
    for suite in [Suite::Sha256, Suite::Sm3] {
        let (mut bare, mut append, mut tree) = (f64::MAX, f64::MAX, f64::MAX);
        for _ in 0..ROUNDS {
            bare = bare.min(nanoseconds_per_entry(&|| bare_compressions(suite, &blocks)));
            append = append.min(nanoseconds_per_entry(&|| {
                let mut frontier = Frontier::new(suite);
                frontier.append(&entries);
                black_box(frontier.root());
            }));
            tree = tree.min(nanoseconds_per_entry(&|| {
                let leaves = leaf_hashes(suite, &entries);
                black_box(Tree::new(suite, leaves, Threads::ONE).root());
            }));
        }
        println!(
            "{:<8}{bare:>8.1}{append:>15.1}{:>8.2}{tree:>12.1}{:>8.2}",
            suite.code(),
            append / bare,
            tree / bare
        );
    }
}

/// Compresses as often as entries and nodes need; the entries' blocks lie ready, group by group.
fn bare_compressions(suite: Suite, blocks: &[[u8; 64]]) {
    let Some(backend) = Backend::all_available(suite).next() else { return };
    let mut states = [States::all(&[0x6a09_e667; 8]), States::all(&[0x6a09_e667; 8])];
    let [mut now, mut next] = states.each_mut();
    let node = [0x5a; 64];
    for group in blocks.chunks_exact(LANES * BLOCKS) {
        let nodes = [[node; LANES]; NODE_BLOCKS];
        for blocks in group.as_chunks::<LANES>().0.iter().chain(&nodes) {
            backend.compress(now, &blocks.each_ref(), next);
            std::mem::swap(&mut now, &mut next);
        }
    }
    black_box(&states);
}

fn nanoseconds(work: &dyn Fn()) -> f64 {
    let start = Instant::now();
    work();
    start.elapsed().as_nanos() as f64
}
