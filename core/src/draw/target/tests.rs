//! What only happens with a bound that is too tight, which no announcement leads to.
#![allow(clippy::unwrap_used)]

use super::pool::{Bin, expected_bound};
use super::*;
use crate::draw::announcement::{Announcement, Commitment, Subject, Terms};
use crate::draw::columns::{Row, RowBuffer};
use crate::draw::quota::{BasisPoints, Rule};
use crate::draw::roster::RosterKey;
use crate::draw::seed::Seed;
use crate::hash::{Digest, Suite};
use alloc::format;
use alloc::string::String;

const ROWS: u64 = 3_000;

fn buffer() -> RowBuffer {
    let mut buffer = RowBuffer::new();
    for i in 0..ROWS {
        let id = format!("T{i:05}");
        buffer.push(Row { id: &id, stratum: "A", standing: "eligible" }).unwrap();
    }
    buffer
}

fn rule(eligible: u64, quota: u64) -> StratumQuota {
    let (rate, cap) = (BasisPoints::ALL, Some(quota));
    Rule { stratum: "A".parse().unwrap(), rate, floor: 0, cap }.apply(eligible)
}

fn terms(quota: u64) -> TargetTerms {
    let strata = [rule(ROWS, quota)].into();
    let subject = Subject::Targets { root: Digest::ZERO, lines: ROWS, strata };
    let department = "D1".parse().unwrap();
    let terms = Terms {
        suite: Suite::Sha256,
        scheme: "S1".parse().unwrap(),
        attempt: 1,
        previous: Digest::ZERO,
        contributions: [Commitment { department, digest: Digest::ZERO }].into(),
        randomness: Vec::new(),
        announced: "2026-03-25T01:00:00Z".parse().unwrap(),
        reveal_by: "2026-03-25T02:00:00Z".parse().unwrap(),
    };
    let announcement = Announcement::new(terms, subject).unwrap();
    TargetTerms::new(&announcement, Seed::new(Digest::new([3; 32]))).unwrap()
}

fn draw(draw: &mut TargetDraw, key: &RosterKey) {
    draw.feed(&buffer().columns(), Salts::Key(key), Threads::ONE).unwrap();
}

#[test]
fn a_bound_that_is_too_tight_is_noticed_and_an_exact_draw_helps() {
    let (terms, key) = (terms(60), RosterKey::new([8; 32]));
    // About 1 in 100, that is 30 of the 3,000, for a quota of 60.
    let tight = |_: &StratumQuota| u64::MAX / 100;
    let mut short = TargetDraw::with_bound(terms.clone(), tight);
    draw(&mut short, &key);
    let refused = short.clone().finish(Threads::ONE).unwrap_err();
    let TargetDrawError::NeedsExact { found, wanted: 60, .. } = refused else { panic!() };
    assert!(found < 60);

    let mut exact = TargetDraw::exact(terms.clone());
    draw(&mut exact, &key);
    let exact = exact.finish(Threads::ONE).unwrap();
    assert_eq!(exact.len(), 60);

    // In memory the exact draw is made without being asked for.
    let short = TargetDraw::with_bound(terms.clone(), tight);
    let columns = buffer();
    let salts = Salts::Key(&key);
    let drawn = terms.draw_from(short, &columns.columns(), salts, Threads::ONE).unwrap();
    assert_eq!(drawn, exact);
    assert_eq!(terms.draw(&columns.columns(), salts, Threads::at_most(2)).unwrap(), exact);
}

#[test]
fn an_exact_part_does_not_hide_that_another_was_too_tight() {
    let (terms, key) = (terms(60), RosterKey::new([8; 32]));
    let buffer = buffer();
    let halves = [0..1_500, 1_500..3_000].map(|half| buffer.columns().slice(half).unwrap());
    let mut exact = TargetDraw::exact(terms.clone());
    exact.feed(&halves[0], Salts::Key(&key), Threads::ONE).unwrap();
    let mut short = TargetDraw::with_bound(terms, |_| u64::MAX / 100);
    short.feed(&halves[1], Salts::Key(&key), Threads::ONE).unwrap();
    exact.merge(short).unwrap();
    assert!(matches!(exact.finish(Threads::ONE), Err(TargetDrawError::NeedsExact { .. })));
}

#[test]
fn an_exact_draw_keeps_little_more_than_its_quota() {
    let key = RosterKey::new([8; 32]);
    let mut exact = TargetDraw::exact(terms(100));
    for _ in 0..4 {
        draw(&mut exact, &key);
        let bin = &exact.tally.bins[0];
        assert!(bin.pool.len() <= 100 + 25 + 512);
        assert!(bin.limit < u64::MAX, "the limit follows from what is kept");
    }
}

#[test]
fn the_bound_lies_where_more_than_the_quota_is_expected() {
    assert_eq!(expected_bound(&rule(100, 5)), u64::MAX);
    assert_eq!(expected_bound(&rule(0, 0)), u64::MAX);
    for (eligible, quota) in [(10_000_000, 345_000), (6_000_000, 1), (1 << 50, 1 << 40)] {
        let bound = u128::from(expected_bound(&rule(eligible, quota)));
        let expected = (u128::from(eligible) * bound) >> 64;
        let over = expected - u128::from(quota);
        // At most 2 more than 91 + 9.5 sqrt(k), and d^2 > 2 ln(2^64) (k + d): Chernoff's exponent.
        assert!(4 * over.saturating_sub(93).pow(2) <= 361 * u128::from(quota));
        assert!(over * over > 89 * expected);
    }
}

#[test]
fn equal_tickets_are_told_apart_by_their_ids() {
    let mut bin = Bin::new(&rule(3, 2), u64::MAX);
    for id in ["T3", "T1", "T2"] {
        bin.eligible += 1;
        bin.offer(Digest::new([4; 32]), id.as_bytes());
    }
    bin.close(&rule(3, 2)).unwrap();
    let ids: Vec<_> = bin.pool.iter().map(|(_, id)| id).collect();
    assert_eq!(ids, ["T1", "T2"]);
}

#[test]
fn a_code_of_any_length_is_kept_as_it_is() {
    let codes: Vec<String> = (1..=64).map(|len| "A1b2".repeat(16)[..len].into()).collect();
    let mut bin = Bin::new(&rule(64, 64), u64::MAX);
    for code in &codes {
        bin.offer(Digest::new([4; 32]), code.as_bytes());
    }
    assert!(bin.pool.iter().map(|(_, id)| id).eq(codes.iter().map(String::as_str)));
}
