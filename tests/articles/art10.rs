//! 第十条 分级分类: a target's risk class, changed with day and reason, decides how often it is inspected.

use crate::desk::{Desk, MARKET, code, day, kept};
use crate::registered::{register_target, target};
use yicha::actor::Role;
use yicha::citation::Basis::Article;
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
