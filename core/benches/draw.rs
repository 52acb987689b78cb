//! The target draw and the roster's root over 10 million ids, against a bare loop of one compression
//! an id with the same backend, and the memory that a draw needs besides its input.
//!
//! `cargo bench -p yicha --bench draw -- 1000000` takes fewer rows.
#![allow(clippy::print_stdout, clippy::unwrap_used)]

use std::alloc::{GlobalAlloc, Layout, System};
use std::hint::black_box;
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
use std::time::Instant;
use yicha::draw::announcement::{Announcement, Commitment, Nonce, Stage, Subject, Terms};
use yicha::draw::columns::{Columns, Offsets};
use yicha::draw::quota::{BasisPoints, Rule};
use yicha::draw::roster::{RosterKey, RosterRoot, Standing};
use yicha::draw::seed::Seed;
use yicha::draw::target::{Salts, TargetDraw, TargetTerms};
use yicha::hash::{Backend, Digest, LANES, States, Suite};
use yicha::threads::Threads;

const ROWS: usize = 10_000_000;
const ROUNDS: usize = 7;
/// Rows of a batch where rows come in batches.
const BATCH: usize = 1 << 17;
const ID: usize = 18;
/// Stratum, its share of the rows in per cent, its rate in basis points.
const STRATA: [(&str, usize, u64); 4] =
    [("A", 60, 100), ("B", 25, 300), ("C", 12, 1000), ("D", 3, 3000)];

fn main() {
    let rows = std::env::args().skip(1).find_map(|arg| arg.parse().ok()).unwrap_or(ROWS);
    let input = Input::new(rows);
    println!("{rows} rows of {ID} characters; ns a row, best of {ROUNDS} interleaved rounds");
    println!("ratio: to one bare compression a row with the same backend and cores");
    for suite in [Suite::Sha256, Suite::Sm3] {
        let terms = input.terms(suite);
        let drawn: u64 = terms.strata().iter().map(|rule| rule.quota()).sum();
        println!("\n{} ({}), {drawn} drawn", suite.code(), best_backend(suite).name());
        for cores in [1, 2] {
            report(&input, &terms, cores);
        }
        let (peak, allowed) = (peak_of_batches(&input, &terms), (16 << 20) + 100 * drawn as usize);
        println!(
            "  peak memory beyond the input, batch by batch: {} KiB, {:.2} of the {} KiB allowed",
            peak >> 10,
            peak as f64 / allowed as f64,
            allowed >> 10
        );
    }
}

fn report(input: &Input, terms: &TargetTerms, cores: usize) {
    let threads = Threads::at_most(cores);
    let works: [(&str, &dyn Fn()); 4] = [
        ("bare compression", &|| bare(terms.suite(), input.rows(), cores)),
        ("target draw, salts at hand", &|| salts_at_hand(input, terms, threads)),
        ("target draw from the key, in batches", &|| from_the_key(input, terms, threads)),
        ("roster root with salts, in batches", &|| roster_root(input, terms.suite(), threads)),
    ];
    let mut best = [f64::MAX; 4];
    for _ in 0..ROUNDS {
        for ((_, work), best) in works.iter().zip(&mut best) {
            let start = Instant::now();
            work();
            *best = best.min(start.elapsed().as_nanos() as f64 / input.rows() as f64);
        }
    }
    let line = |name: &str, ns: f64| println!("  {name:<40}{ns:>8.2}{:>8.2}", ns / best[0]);
    println!("  {:<40}{:>8}{:>8}", format!("cores: {cores}"), "ns/row", "ratio");
    for ((name, _), ns) in works.iter().zip(best) {
        line(name, ns);
    }
    line("root, then draw with its salts", best[1] + best[3]);
}

fn best_backend(suite: Suite) -> Backend {
    Backend::all_available(suite).next().unwrap()
}

fn bare(suite: Suite, rows: usize, cores: usize) {
    let backend = best_backend(suite);
    let blocks: Vec<[u8; 64]> =
        (0..1 << 12).map(|i| std::array::from_fn(|at| (i + at) as u8)).collect();
    std::thread::scope(|scope| {
        for _ in 0..cores {
            scope.spawn(|| {
                let fresh = States::all(&[0x6a09_e667; 8]);
                let mut states = fresh.clone();
                let groups = blocks.as_chunks::<LANES>().0;
                for group in groups.iter().cycle().take(rows / cores / LANES) {
                    backend.compress(&fresh, &group.each_ref(), &mut states);
                    black_box(&states);
                }
            });
        }
    });
}

fn salts_at_hand(input: &Input, terms: &TargetTerms, threads: Threads) {
    let drawn = terms.draw(&input.columns(), Salts::Given(&input.salts), threads).unwrap();
    black_box(&drawn);
}

fn from_the_key(input: &Input, terms: &TargetTerms, threads: Threads) {
    let mut draw = TargetDraw::new(terms.clone());
    for batch in input.batches() {
        draw.feed(&batch, Salts::Key(&key()), threads).unwrap();
    }
    black_box(&draw.finish(threads).unwrap());
}

fn roster_root(input: &Input, suite: Suite, threads: Threads) {
    let mut root = RosterRoot::new(suite, key());
    for batch in input.batches() {
        black_box(&root.extend(&batch, threads).unwrap());
    }
    black_box(root.root().unwrap());
}

fn peak_of_batches(input: &Input, terms: &TargetTerms) -> usize {
    let before = Counting::start();
    from_the_key(input, terms, Threads::at_most(2));
    Counting::peak() - before
}

fn key() -> RosterKey {
    RosterKey::new([7; 32])
}

/// A roster in columns, sorted by id.
struct Input {
    ids: Vec<u8>,
    offsets: Vec<u32>,
    strata: Vec<u16>,
    stratum_codes: Vec<yicha::code::Stratum>,
    standings: Vec<u16>,
    salts: Vec<[u8; 16]>,
}

impl Input {
    fn new(rows: usize) -> Self {
        let salt =
            |i: usize| (i as u128 + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15_f39c_c060_5ced_c835);
        // Each hundred rows has the strata in their shares, in an order of its own.
        let stratum = |i: usize| {
            let place = (i % 100 * 37 + i / 100 * 61) % 100;
            let mut end = 0;
            STRATA.iter().position(|(_, share, _)| {
                end += share;
                place < end
            })
        };
        Self {
            ids: (0..rows).flat_map(|i| format!("91411302MA{i:08}").into_bytes()).collect(),
            offsets: (0..=rows).map(|i| (i * ID) as u32).collect(),
            strata: (0..rows).map(|i| stratum(i).unwrap() as u16).collect(),
            stratum_codes: STRATA.iter().map(|(code, ..)| code.parse().unwrap()).collect(),
            standings: vec![0; rows],
            salts: (0..rows).map(|i| salt(i).to_le_bytes()).collect(),
        }
    }

    fn rows(&self) -> usize {
        self.strata.len()
    }

    fn columns(&self) -> Columns<'_> {
        Columns {
            ids: &self.ids,
            offsets: Offsets::U32(&self.offsets),
            strata: &self.strata,
            stratum_codes: &self.stratum_codes,
            standings: &self.standings,
            standing_codes: &[Standing::Eligible],
        }
    }

    fn batches(&self) -> impl Iterator<Item = Columns<'_>> {
        let rows = self.rows();
        let ranges = (0..rows).step_by(BATCH).map(move |start| start..rows.min(start + BATCH));
        ranges.map(|range| self.columns().slice(range).unwrap())
    }

    fn terms(&self, suite: Suite) -> TargetTerms {
        let department: yicha::code::DepartmentId = "11411302MB0001".parse().unwrap();
        let scheme = "411302-2026-0017".parse().unwrap();
        let nonce = Nonce::new([3; 32]);
        let digest = nonce.commit(suite, &scheme, &Stage::Targets, 1, &department);
        let rule = |(number, (code, _, rate)): (usize, &(&str, usize, u64))| {
            let (rate, floor, cap) = (BasisPoints::new(*rate).unwrap(), 1, None);
            let eligible = self.strata.iter().filter(|&&s| usize::from(s) == number).count();
            Rule { stratum: code.parse().unwrap(), rate, floor, cap }.apply(eligible as u64)
        };
        let strata = STRATA.iter().enumerate().map(rule).collect();
        let lines = self.rows() as u64;
        let subject = Subject::Targets { root: Digest::ZERO, lines, strata };
        let terms = Terms {
            suite,
            scheme,
            attempt: 1,
            previous: Digest::ZERO,
            contributions: vec![Commitment { department, digest }],
            randomness: vec![],
            announced: "2026-03-25T01:00:00Z".parse().unwrap(),
            reveal_by: "2026-03-25T02:00:00Z".parse().unwrap(),
        };
        let announcement = Announcement::new(terms, subject).unwrap();
        TargetTerms::new(&announcement, Seed::new(Digest::new([9; 32]))).unwrap()
    }
}

/// The system's allocator with a count of the bytes in use.
struct Counting;

static USED: AtomicUsize = AtomicUsize::new(0);
static PEAK: AtomicUsize = AtomicUsize::new(0);

impl Counting {
    /// The bytes in use now, from which the peak is counted anew.
    fn start() -> usize {
        let used = USED.load(Relaxed);
        PEAK.store(used, Relaxed);
        used
    }

    fn peak() -> usize {
        PEAK.load(Relaxed)
    }
}

#[global_allocator]
static ALLOCATOR: Counting = Counting;

// SAFETY: every call goes to the system's allocator as it is. A reallocation is left to the default of
// the trait, which allocates, copies and frees, so that both places are counted while both are there.
#[allow(unsafe_code)]
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        let used = USED.fetch_add(layout.size(), Relaxed) + layout.size();
        PEAK.fetch_max(used, Relaxed);
        // SAFETY: the caller keeps the contract of `alloc`.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, place: *mut u8, layout: Layout) {
        USED.fetch_sub(layout.size(), Relaxed);
        // SAFETY: the caller keeps the contract of `dealloc`.
        unsafe { System.dealloc(place, layout) }
    }
}
