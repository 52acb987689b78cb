//! The draw as a statistician sees it, beside procedures that published systems use.
//!
//! Every measure is passed by the draw of this library and failed by a procedure of that kind; a measure that both
//! pass would prove nothing. Seeds are fixed. A fair draw fails a measure with a chance of one in a million.
#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs)]

#[path = "statistics/measure.rs"]
mod measure;
#[path = "statistics/seen_in_practice.rs"]
mod seen_in_practice;

use measure::{LIMIT, at_least, first_order, overlap, second_order, subsets, uniform};
use seen_in_practice::{list_order, next_in_list, skip_sampling};
use std::collections::BTreeSet;
use yicha::code::Qualification;
use yicha::draw::announcement::{Announcement, Commitment, Subject, Terms};
use yicha::draw::columns::Row;
use yicha::draw::matching::{Candidate, Problem, Recusal, Slot, TargetPlaces};
use yicha::draw::quota::{BasisPoints, Rule};
use yicha::draw::roster::{Roster, RosterKey};
use yicha::draw::seed::Seed;
use yicha::draw::target::TargetTerms;
use yicha::hash::{Digest, Suite};
use yicha::threads::Threads;

/// Independent seeds.
fn seed(round: u64) -> Seed {
    Seed::new(Suite::Sha256.digest(&[b"statistics", &round.to_le_bytes()]))
}

/// The library's draw of k targets out of n.
fn fair_targets(n: usize, k: usize) -> impl Fn(u64) -> Vec<usize> {
    let ids: Vec<String> = (0..n).map(|i| format!("T{i:04}")).collect();
    let rows = ids.iter().map(|id| Row { id, stratum: "A", standing: "eligible" });
    let key = RosterKey::new([7; 32]);
    let roster = Roster::from_rows(rows).unwrap().commit(Suite::Sha256, key, Threads::ONE);
    let rule = Rule {
        stratum: "A".parse().unwrap(),
        rate: BasisPoints::new(0).unwrap(),
        floor: k as u64,
        cap: None,
    };
    let subject = Subject::Targets {
        root: roster.root(),
        lines: roster.lines(),
        strata: vec![rule.apply(n as u64)],
    };
    let department = "D1".parse().unwrap();
    let terms = Terms {
        suite: Suite::Sha256,
        scheme: "S1".parse().unwrap(),
        attempt: 1,
        previous: Digest::ZERO,
        contributions: vec![Commitment { department, digest: Digest::ZERO }],
        randomness: Vec::new(),
        announced: "2026-03-25T01:00:00Z".parse().unwrap(),
        reveal_by: "2026-03-25T02:00:00Z".parse().unwrap(),
    };
    let announcement = Announcement::new(terms, subject).unwrap();
    move |round| {
        let terms = TargetTerms::new(&announcement, seed(round)).unwrap();
        let drawn = terms.draw_roster(&roster, Threads::ONE).unwrap();
        let mut numbers: Vec<usize> =
            drawn.ids().iter().map(|id| id[1..].parse().unwrap()).collect();
        numbers.sort_unstable();
        numbers
    }
}

/// The library's matching of alike inspectors to the places of one target.
fn fair_inspectors(inspectors: usize, places: usize) -> impl Fn(u64) -> Vec<usize> {
    let problem = problem(inspectors, |_| true, 1, places, &[]);
    move |round| {
        let mut team: Vec<usize> =
            problem.solve(&seed(round)).unwrap().filled_by().iter().map(|&i| i as usize).collect();
        team.sort_unstable();
        team
    }
}

/// `targets` targets with `places` places for `food`, and inspectors of whom those named have it.
fn problem(
    inspectors: usize,
    has_food: impl Fn(usize) -> bool,
    targets: usize,
    places: usize,
    recusals: &[(usize, usize)],
) -> Problem {
    let food: Qualification = "food".parse().unwrap();
    let target = |t: usize| format!("T{t:04}").parse().unwrap();
    let inspector = |i: usize| format!("I{i:04}").parse().unwrap();
    let slots = vec![Slot::requiring([food.clone()]); places];
    let targets = (0..targets).map(|t| TargetPlaces { target: target(t), slots: slots.clone() });
    let people = (0..inspectors).map(|i| Candidate {
        inspector: inspector(i),
        capacity: 100,
        codes: BTreeSet::from_iter(has_food(i).then(|| food.clone())),
    });
    let recusals =
        recusals.iter().map(|&(i, t)| Recusal { inspector: inspector(i), target: target(t) });
    let department = "D1".parse().unwrap();
    Problem::new(department, [1; 16], targets.collect(), people.collect(), recusals.collect())
        .unwrap()
}

#[test]
fn every_subset_is_equally_likely() {
    let z = subsets(8, 3, 28_000, fair_targets(8, 3));
    assert!(z < LIMIT, "fair: {z}");
    let z = subsets(8, 3, 28_000, skip_sampling(8, 3));
    assert!(z > LIMIT, "skip sampling: {z}");
}

#[test]
fn everybody_is_drawn_equally_often() {
    let z = first_order(100, 30, 4_000, fair_targets(100, 30));
    assert!(z < LIMIT, "fair: {z}");
    // 100 / 30 is 3: positions 91 to 100 are never drawn.
    let z = first_order(100, 30, 4_000, skip_sampling(100, 30));
    assert!(z > LIMIT, "skip sampling: {z}");
}

#[test]
fn every_pair_is_drawn_equally_often() {
    let z = second_order(40, 8, 8_000, fair_targets(40, 8));
    assert!(z < LIMIT, "fair: {z}");
    let z = second_order(40, 8, 8_000, skip_sampling(40, 8));
    assert!(z > LIMIT, "skip sampling: {z}");
    // Everybody is drawn equally often here, so that the pairs alone give it away.
    let z = first_order(40, 8, 8_000, skip_sampling(40, 8));
    assert!(z < LIMIT, "skip sampling, first order: {z}");
}

#[test]
fn independent_draws_share_as_many_as_chance_lets_them() {
    let z = overlap(40, 8, 4_000, fair_targets(40, 8));
    assert!(z < LIMIT, "fair: {z}");
    let z = overlap(40, 8, 4_000, skip_sampling(40, 8));
    assert!(z > LIMIT, "skip sampling: {z}");
}

#[test]
fn alike_inspectors_are_chosen_alike() {
    let z = subsets(8, 3, 28_000, fair_inspectors(8, 3));
    assert!(z < LIMIT, "fair, teams of three: {z}");
    let z = second_order(12, 2, 20_000, fair_inspectors(12, 2));
    assert!(z < LIMIT, "fair, pairs: {z}");
    // Neighbours are always together.
    let z = second_order(12, 2, 20_000, list_order(12, 2));
    assert!(z > LIMIT, "list order: {z}");
    let z = first_order(12, 2, 20_000, list_order(12, 2));
    assert!(z < LIMIT, "list order, first order: {z}");
}

#[test]
fn nobody_knows_who_goes_where_from_the_rest_of_the_day() {
    // Six targets with two places and twelve inspectors: everybody goes once. Who goes to the last target together?
    let problem = problem(12, |_| true, 6, 2, &[]);
    let mut counts = vec![0; 66];
    for round in 0..13_200 {
        let matching = problem.solve(&seed(round)).unwrap();
        assert!(matching.assigned().iter().all(|&n| n == 1));
        let (a, b) = (matching.filled_by()[10] as usize, matching.filled_by()[11] as usize);
        let (low, high) = (a.min(b), a.max(b));
        counts[high * (high - 1) / 2 + low] += 1;
    }
    let z = uniform(&counts);
    assert!(z < LIMIT, "fair: {z}");
}

#[test]
fn no_eligible_inspector_is_out_of_reach() {
    // Of ten inspectors 0, 1, 2 and 9 have the qualification, and 1 is recused: three are left.
    let eligible = |i: usize| matches!(i, 0 | 2 | 9);
    let problem = problem(10, |i| eligible(i) || i == 1, 1, 1, &[(1, 0)]);
    let rounds = 6_000;
    let count = |draw: &dyn Fn(u64) -> usize| {
        let mut counts = [0u64; 10];
        (0..rounds).for_each(|round| counts[draw(round)] += 1);
        counts
    };
    let fair = count(&|round| problem.solve(&seed(round)).unwrap().filled_by()[0] as usize);
    let practice = count(&|round| next_in_list(round, 10, eligible));
    for (i, &n) in fair.iter().enumerate() {
        if eligible(i) {
            let z = at_least(n, rounds, 0.3);
            assert!(z < LIMIT, "fair, inspector {i}: {z}");
        } else {
            assert_eq!(n, 0, "inspector {i} may not");
        }
    }
    let worst = (0..10).filter(|&i| eligible(i)).map(|i| at_least(practice[i], rounds, 0.3));
    assert!(worst.fold(0.0, f64::max) > LIMIT, "list order: {practice:?}");
}

#[test]
fn no_position_of_the_list_is_out_of_reach() {
    let rounds = 3_000;
    let least = |draw: &dyn Fn(u64) -> Vec<usize>| {
        let mut counts = vec![0u64; 100];
        (0..rounds).for_each(|round| draw(round).into_iter().for_each(|i| counts[i] += 1));
        *counts.iter().min().unwrap()
    };
    let fair = least(&fair_targets(100, 30));
    assert!(at_least(fair, rounds, 0.3) < LIMIT, "fair: {fair}");
    assert_eq!(least(&skip_sampling(100, 30)), 0, "positions 91 to 100");
}
