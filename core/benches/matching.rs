//! The matching of 500,000 targets of two places with 2,000 inspectors on one core, against a bare loop that draws one
//! number and scans the bits of all inspectors twice for each place, which no even choice among candidates can do without.
//!
//! `cargo bench -p yicha --bench matching -- 50000` takes fewer targets, `-- 500000 1` only the problems in which one
//! place of each target asks for the district.
#![allow(clippy::print_stdout, clippy::unwrap_used)]

use std::collections::BTreeSet;
use std::hint::black_box;
use std::time::Instant;
use yicha::code::Qualification;
use yicha::draw::matching::{Candidate, Matched, Problem, Recusal, Slot, TargetPlaces};
use yicha::draw::seed::Seed;
use yicha::draw::stream::Stream;
use yicha::hash::Digest;

const TARGETS: usize = 500_000;
const INSPECTORS: usize = 2_000;
const DISTRICTS: u64 = 200;
/// Different sets of qualifications.
const SETS: usize = 300;
const QUALIFICATIONS: u64 = 12;
const SEEDS: u8 = 3;
const ROUNDS: usize = 3;

fn main() {
    let mut numbers = std::env::args().skip(1).filter_map(|arg| arg.parse().ok());
    let (targets, only) = (numbers.next().unwrap_or(TARGETS), numbers.next());
    println!("{targets} targets of two places, {INSPECTORS} inspectors, one core");
    println!("ms: best of {ROUNDS} interleaved rounds, for solve the slowest of {SEEDS} seeds");
    for (near, places) in
        ["no place asks", "one of the two places asks", "both places ask"].iter().enumerate()
    {
        if only.is_some_and(|only| only != near) {
            continue;
        }
        for (slack, width) in [(Some(1), "tight, 1 % spare"), (None, "wide")] {
            let problem = problem(targets, near, slack);
            println!("\n{places} for the district; capacities {width}");
            report(&problem);
        }
    }
}

fn report(problem: &Problem) {
    let seeds: Vec<Seed> = (0..SEEDS).map(|i| Seed::new(Digest::new([i; 32]))).collect();
    let matchings: Vec<_> = seeds.iter().map(|seed| problem.solve(seed).unwrap()).collect();
    let matched = Matched::new(Digest::ZERO, seeds[0], problem, &matchings[0]);
    let solve =
        |i: usize| move || drop(black_box(problem.solve(&Seed::new(Digest::new([i as u8; 32])))));
    let (first, second, third) = (solve(0), solve(1), solve(2));
    let works: [(&str, &dyn Fn()); 6] = [
        ("bare loop", &|| bare(problem.places())),
        ("solve", &first),
        ("", &second),
        ("", &third),
        ("shortage", &|| assert_eq!(black_box(problem.shortage()), None)),
        ("check", &|| assert_eq!(problem.check(&matched), Ok(()))),
    ];
    let mut best = [f64::MAX; 6];
    for _ in 0..ROUNDS {
        for ((_, work), best) in works.iter().zip(&mut best) {
            let start = Instant::now();
            work();
            *best = best.min(start.elapsed().as_secs_f64() * 1e3);
        }
    }
    best[1] = best[1].max(best[2]).max(best[3]);
    for ((name, _), ms) in works.iter().zip(best).filter(|((name, _), _)| !name.is_empty()) {
        println!("  {name:<12}{ms:>9.1} ms{:>8.2} x bare", ms / best[0]);
    }
    for matching in matchings {
        println!("  {:?}", matching.steps());
    }
}

/// For each place a number, and two passes over a set of all inspectors and the candidates among them.
fn bare(places: usize) {
    let mut stream = Stream::new(&Seed::new(Digest::ZERO));
    let mut sets: Vec<[u64; INSPECTORS.div_ceil(64)]> = vec![[0; _]; SETS];
    for word in sets.iter_mut().flatten() {
        *word = stream.next_u64() & stream.next_u64();
    }
    let level = sets[0];
    for place in 0..places {
        let set = &sets[place % SETS];
        let both = || level.iter().zip(set).map(|(a, b)| a & b);
        let count: u32 = both().map(u64::count_ones).sum();
        let mut left = stream.uniform(u64::from(count)) as u32;
        let chosen = both().position(|word| {
            let here = left < word.count_ones();
            left = left.saturating_sub(word.count_ones());
            here
        });
        black_box(chosen);
    }
}

/// Numbers for making the problem (SplitMix64).
struct Dice(u64);

impl Dice {
    fn below(&mut self, n: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let z = (self.0 ^ self.0 >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let z = (z ^ z >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
        (z ^ z >> 31) % n
    }
}

/// A problem that has a solution: a hidden one is made along with it, and with `slack` the capacities are what each
/// inspector fills there and so many per cent more. `near` places of each target ask for the district.
fn problem(targets: usize, near: usize, slack: Option<u64>) -> Problem {
    let mut dice = Dice(7);
    let qualifications =
        |dice: &mut Dice| -> BTreeSet<u64> { (0..4).map(|_| dice.below(QUALIFICATIONS)).collect() };
    let sets: Vec<BTreeSet<u64>> = (0..SETS).map(|_| qualifications(&mut dice)).collect();
    // The smaller of two numbers: the first districts are the largest.
    let uneven = |dice: &mut Dice| dice.below(DISTRICTS).min(dice.below(DISTRICTS));
    let people: Vec<(u64, &BTreeSet<u64>)> = (0..INSPECTORS)
        .map(|_| (uneven(&mut dice), &sets[dice.below(SETS as u64) as usize]))
        .collect();
    let at_home: Vec<Vec<usize>> =
        (0..DISTRICTS).map(|d| (0..INSPECTORS).filter(|&i| people[i].0 == d).collect()).collect();
    let mut hidden = vec![0; INSPECTORS];
    let mut recusals = vec![];
    let mut places = Vec::with_capacity(targets);
    for t in 0..targets {
        let home = loop {
            let home = &at_home[uneven(&mut dice) as usize];
            if home.len() >= 2 {
                break home;
            }
        };
        let mut team = vec![];
        let mut slots = vec![];
        for s in 0..2 {
            let inspector = loop {
                let i = if s < near {
                    home[dice.below(home.len() as u64) as usize]
                } else {
                    dice.below(INSPECTORS as u64) as usize
                };
                if !team.contains(&i) {
                    break i;
                }
            };
            team.push(inspector);
            hidden[inspector] += 1;
            let (district, has) = people[inspector];
            let asked = has.iter().filter(|_| dice.below(3) == 0).map(|q| format!("skill{q:02}"));
            let district = (s < near).then(|| format!("district.{district:03}"));
            slots.push(Slot::requiring(asked.chain(district).map(|code| code.parse().unwrap())));
        }
        // One in a hundred pairs, apart from the hidden solution.
        let recused: BTreeSet<usize> =
            (0..INSPECTORS / 100).map(|_| dice.below(INSPECTORS as u64) as usize).collect();
        let recused = recused.into_iter().filter(|i| !team.contains(i));
        recusals
            .extend(recused.map(|i| Recusal { inspector: inspector_id(i), target: target_id(t) }));
        places.push(TargetPlaces { target: target_id(t), slots });
    }
    let inspectors = (0..INSPECTORS).map(|i| {
        let (district, has) = people[i];
        let codes =
            has.iter().map(|q| format!("skill{q:02}")).chain([format!("district.{district:03}")]);
        let codes: BTreeSet<Qualification> = codes.map(|code| code.parse().unwrap()).collect();
        let capacity = slack.map_or(targets as u64, |slack| hidden[i] + hidden[i] * slack / 100);
        Candidate { inspector: inspector_id(i), capacity, codes }
    });
    let inspectors = inspectors.collect();
    let department = "11411302MB0001".parse().unwrap();
    Problem::new(department, [1; 16], places, inspectors, recusals).unwrap()
}

fn target_id(t: usize) -> yicha::code::TargetId {
    format!("91411302MA{t:08}").parse().unwrap()
}

fn inspector_id(i: usize) -> yicha::code::InspectorId {
    format!("4113{i:08}").parse().unwrap()
}
