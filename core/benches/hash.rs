//! Ticket-shaped messages through `hash::TextHasher`, against a bare loop of one compression per id over
//! blocks that lie ready, with the same backend.
#![allow(clippy::print_stdout)]

use std::hint::black_box;
use std::time::Instant;
use yicha::hash::{Backend, LANES, Prefix, States, Suite, TextHasher, Texts};

/// Ids hashed in a round, by each thread.
const IDS: usize = 1 << 20;
/// Characters of an id.
const ID: usize = 18;
/// Rounds of each kind, one after the other; the best one counts.
const ROUNDS: usize = 7;

fn main() {
    let input = Input::new();
    println!(
        "{:<8}{:<8}{:>6}{:>12}{:>16}{:>8}",
        "suite", "backend", "cores", "bare ns/id", "tickets ns/id", "ratio"
    );
    for suite in [Suite::Sha256, Suite::Sm3] {
        for backend in Backend::all_available(suite) {
            for cores in [1, 2] {
                let (mut bare, mut tickets) = (f64::MAX, f64::MAX);
                for _ in 0..ROUNDS {
                    bare = bare.min(nanoseconds_per_id(cores, || bare_loop(backend, &input)));
                    tickets =
                        tickets.min(nanoseconds_per_id(cores, || ticket_loop(backend, &input)));
                }
                println!(
                    "{:<8}{:<8}{cores:>6}{bare:>12.2}{tickets:>16.2}{:>8.2}",
                    suite.code(),
                    backend.name(),
                    tickets / bare
                );
            }
        }
    }
}

/// Ids with their salts, and blocks to compare with.
struct Input {
    ids: Vec<u8>,
    salts: Vec<[u8; 16]>,
    blocks: Vec<[u8; 64]>,
}

impl Input {
    fn new() -> Self {
        let id = |i: usize| format!("91411302MA{i:08}").into_bytes();
        let salt = |i: usize| {
            (i as u128).wrapping_mul(0x9e37_79b9_7f4a_7c15_f39c_c060_5ced_c835).to_le_bytes()
        };
        let block = |i: usize| std::array::from_fn(|at| (i + at) as u8);
        Self {
            ids: (0..IDS).flat_map(id).collect(),
            salts: (0..IDS).map(salt).collect(),
            blocks: (0..IDS).map(block).collect(),
        }
    }
}

fn bare_loop(backend: Backend, input: &Input) {
    let fresh = States::all(&[0x6a09_e667; 8]);
    let mut states = fresh.clone();
    for group in input.blocks.as_chunks::<LANES>().0 {
        backend.compress(&fresh, &group.each_ref(), &mut states);
        black_box(&states);
    }
}

fn ticket_loop(backend: Backend, input: &Input) {
    let prefix = Prefix::with_backend(backend, &[b'5'; 64]);
    // One id in 32 passes, as at the rates of a usual draw.
    let (mut passed, limits) = (0, [u32::MAX / 32; Texts::MAX]);
    let mut hasher = TextHasher::new(&prefix);
    let starts = std::array::from_fn(|i| (ID * i) as u32);
    let mut texts = Texts { bytes: &[], starts, lens: [ID as u32; Texts::MAX], len: Texts::MAX };
    let rows = std::array::from_fn(|row| row as u8);
    for (salts, ids) in input.salts.as_chunks().0.iter().zip(input.ids.chunks(ID * Texts::MAX)) {
        texts.bytes = ids;
        for (_, lane) in hasher.hash_salted(&texts, salts, &rows).at_most(&limits) {
            passed += usize::from(lane.digest().as_bytes()[31]);
        }
    }
    black_box(passed);
}

/// Wall time of the slowest of so many threads that all do the work, shared among all ids.
fn nanoseconds_per_id(threads: usize, work: impl Fn() + Sync) -> f64 {
    let start = Instant::now();
    std::thread::scope(|scope| {
        for _ in 1..threads {
            scope.spawn(&work);
        }
        work();
    });
    start.elapsed().as_nanos() as f64 / (IDS * threads) as f64
}
