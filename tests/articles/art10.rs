//! 第十条 分级分类: a target's risk class, changed with day and reason, decides how often it is inspected.

use crate::desk::{Desk, MARKET, code, day, kept};
use crate::planned::{entry, with_list};
use crate::registered::{register_target, target};
use yicha::actor::Role;
use yicha::citation::Basis::{Article, Decision};
use yicha::draw::quota::BasisPoints;
use yicha::edition::{Dated, Parameter, Source};
use yicha::plan::annual::*;
use yicha::register::target::*;
use yicha::risk::RiskClass;

const ID: &str = "91411302XN42U3W14X";

fn class(class: RiskClass) -> TargetCommand {
    let classed = TargetClassed {
        class,
        department: code(MARKET),
        grounds: kept("2026年第二季度评定"),
        reason: code("complaints"),
        target: code(ID),
    };
    TargetCommand::Change(TargetChange::Classed(classed))
}

#[test]
fn a_class_changes_with_its_day_and_reason() {
    let mut desk = Desk::new();
    desk.by(Role::Officer, MARKET).on("2026-04-01");
    desk.refuses("target-not-registered", Article(14), class(RiskClass::High));
    let low = Target { class: Some(RiskClass::Low), ..target(ID) };
    desk.takes(register_target(MARKET, low));
    desk.refuses("class-unchanged", Article(10), class(RiskClass::Low));
    let facts = desk.on("2026-07-01").takes(class(RiskClass::High));
    assert_eq!(facts[0].basis, [Article(10)]);
    desk.by(Role::Inspector, MARKET);
    desk.refuses("not-entitled-role", Article(10), class(RiskClass::Medium));
    let registers = &desk.world.registers;
    let found = registers.target(&code(ID)).unwrap().unwrap();
    assert_eq!(found.class, Some(RiskClass::High));
    let changes = registers.targets[MARKET].changes().last().unwrap();
    assert_eq!(changes.on, day("2026-07-01"));
}

/// Somebody of the market supervision department proposes an entry with these rates and caps for low and high risk.
fn propose(rates: [u64; 2], visits: &[(RiskClass, u16)]) -> PlanCommand {
    let rate = |class, points| (class, BasisPoints::new(points).unwrap());
    let [low, high] = rates;
    let rates = [rate(RiskClass::Low, low), rate(RiskClass::High, high)].into();
    let visits = visits.iter().copied().collect();
    let entry = Entry { rates, visits, ..entry("1", "2026") };
    PlanCommand::Propose { entry, year: code("2026") }
}

/// A desk of an edition with other bounds.
fn bounded() -> Desk {
    let mut desk = with_list();
    let since = |value| {
        Parameter::new(Dated {
            value, from: day("2026-03-20"), source: Source::Text("§ 3".into())
        })
    };
    desk.edition.rate_least = since(50);
    desk.edition.rate_most = since(5_000);
    desk.edition.visits_most = since(4);
    desk.by(Role::Officer, MARKET);
    desk
}

#[test]
fn rates_lie_within_the_bounds_of_the_edition() {
    let basis = Decision("rates-lawful");
    for (low, high, lawful) in
        [(49, 3_000, false), (50, 3_000, true), (50, 5_000, true), (50, 5_001, false)]
    {
        let mut desk = bounded();
        match lawful {
            true => _ = desk.takes(propose([low, high], &[])),
            false => _ = desk.refuses("rate-outside-bounds", basis, propose([low, high], &[])),
        }
    }
    // The district has no other bounds than that no class is exempt.
    with_list().by(Role::Officer, MARKET).takes(propose([1, 10_000], &[]));
}

#[test]
fn no_class_is_inspected_less_often_than_one_with_less_risk_or_never() {
    let basis = Decision("frequency-cap");
    let caps = |low, high| [(RiskClass::Low, low), (RiskClass::High, high)];
    for (low, high, wanted) in [
        (0, 2, Some("visits-outside-bounds")),
        (1, 5, Some("visits-outside-bounds")),
        (2, 1, Some("visits-falling")),
        (1, 4, None),
        (2, 2, None),
    ] {
        let mut desk = bounded();
        match wanted {
            Some(code) => _ = desk.refuses(code, basis, propose([100, 3_000], &caps(low, high))),
            None => _ = desk.takes(propose([100, 3_000], &caps(low, high))),
        }
    }
}
