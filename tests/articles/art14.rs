//! 第十四条 检查对象名录库: targets of all kinds, labelled, every change with its day.

use crate::desk::{Desk, FIRE, MARKET, code, day};
use crate::registered::{KEEPERS, register_target, target};
use yicha::actor::Role;
use yicha::citation::Basis::Article;
use yicha::register::target::*;

const ID: &str = "91411302XN42U3W14X";

fn revise(labels: &[&str]) -> TargetCommand {
    let revised = TargetRevised {
        department: code(MARKET),
        division: Some(code("411302001")),
        industry: None,
        labels: labels.iter().map(|label| code(label)).collect(),
        target: code(ID),
    };
    TargetCommand::Change(TargetChange::Revised(revised))
}

fn deregister() -> TargetCommand {
    let (department, reason, target) = (code(MARKET), code("zhuxiao"), code(ID));
    TargetCommand::Change(TargetChange::Deregistered(TargetDeregistered {
        department,
        reason,
        target,
    }))
}

#[test]
fn bodies_are_targets_and_so_are_products_projects_and_behaviours() {
    use TargetKind::*;
    let mut desk = Desk::new();
    desk.by(Role::Officer, MARKET);
    let kinds = [Enterprise, IndividualBusiness, OtherBody, Product, Project, Behaviour];
    for (n, kind) in kinds.into_iter().enumerate() {
        let id = format!("411302-XW-2026-{n}");
        desk.takes(register_target(MARKET, Target { kind, ..target(&id) }));
        let found = desk.world.registers.target(&code(&id)).unwrap();
        assert_eq!(found.map(|target| target.kind), Some(kind));
    }
}

#[test]
fn a_department_keeps_its_own_register() {
    for role in Role::ALL {
        let mut desk = Desk::new();
        desk.by(role, MARKET);
        match KEEPERS.contains(&role) {
            true => _ = desk.takes(register_target(MARKET, target(ID))),
            false => {
                let command = register_target(MARKET, target(ID));
                _ = desk.refuses("not-entitled-role", Article(14), command);
            }
        }
    }
    let mut desk = Desk::new();
    desk.by(Role::Officer, FIRE);
    desk.refuses("not-entitled-department", Article(14), register_target(MARKET, target(ID)));
}

#[test]
fn a_target_comes_in_once_and_may_stand_in_several_registers() {
    let mut desk = Desk::new();
    desk.by(Role::Officer, MARKET).takes(register_target(MARKET, target(ID)));
    let again = register_target(MARKET, target(ID));
    desk.refuses("target-registered-already", Article(14), again);
    desk.by(Role::Officer, FIRE).takes(register_target(FIRE, target(ID)));
}

#[test]
fn what_is_said_of_a_target_changes_and_each_change_keeps_its_day() {
    let mut desk = Desk::new();
    desk.by(Role::Officer, MARKET).on("2026-04-01");
    desk.refuses("target-not-registered", Article(14), revise(&["large"]));
    desk.takes(register_target(MARKET, target(ID)));
    desk.on("2026-05-01").takes(revise(&["large", "school"]));
    let registers = &desk.world.registers;
    let found = registers.target(&code(ID)).unwrap().unwrap();
    assert_eq!((found.labels.len(), &found.industry), (2, &None));
    let days: Vec<_> = registers.targets[MARKET].changes().iter().map(|change| change.on).collect();
    assert_eq!(days, [day("2026-04-01"), day("2026-05-01")]);
}

#[test]
fn a_deregistered_target_is_one_no_more_and_may_come_back() {
    let mut desk = Desk::new();
    desk.by(Role::Officer, MARKET).on("2026-04-01").takes(register_target(MARKET, target(ID)));
    desk.on("2026-05-01").takes(deregister());
    let found = desk.world.registers.target(&code(ID)).unwrap().unwrap();
    assert!(found.registered(day("2026-04-30")) && !found.registered(day("2026-05-01")));
    desk.on("2026-05-02").refuses("target-not-registered", Article(14), revise(&[]));
    desk.refuses("target-not-registered", Article(14), deregister());
    let ended = |text| Target { ended: Some(day(text)), ..target(ID) };
    let gone = register_target(MARKET, ended("2026-05-02"));
    desk.refuses("target-ended-already", Article(14), gone);
    // A project is known to end.
    desk.takes(register_target(MARKET, ended("2026-12-31")));
    desk.on("2026-06-01").takes(deregister());
}

#[test]
fn a_department_that_still_has_a_target_counts_before_one_that_has_not() {
    let mut desk = Desk::new();
    desk.by(Role::Officer, FIRE).takes(register_target(FIRE, target(ID)));
    desk.by(Role::Officer, MARKET).takes(register_target(MARKET, target(ID)));
    desk.on("2026-05-01").takes(deregister());
    let registers = &desk.world.registers;
    let ended = |found: Option<&Target>| found.unwrap().ended;
    assert_eq!(ended(registers.target(&code(ID)).unwrap()), None);
    let own = registers.target_of(&code(MARKET), &code(ID)).unwrap();
    assert_eq!(ended(own), Some(day("2026-05-01")));
}
