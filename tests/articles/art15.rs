//! 第十五条 执法检查人员名录库: by level, division and category; qualification and expertise labelled.

use crate::desk::{Desk, FIRE, MARKET, code, day};
use crate::inspected::{opened, visit};
use crate::registered::{KEEPERS, inspector, register_inspector};
use yicha::actor::Role;
use yicha::citation::Basis::Article;
use yicha::register::Certificate;
use yicha::register::inspector::*;

const ID: &str = "41130200001";

fn revise(inspector: Inspector) -> InspectorCommand {
    InspectorCommand::Change(InspectorChange::Revised(inspector))
}

fn leave(department: &str) -> InspectorCommand {
    let (department, reason) = (code(department), code("transfer"));
    let left = InspectorLeft { department, inspector: code(ID), reason };
    InspectorCommand::Change(InspectorChange::Left(left))
}

#[test]
fn enforcement_staff_has_a_certificate_and_support_staff_need_not() {
    let mut desk = Desk::new();
    desk.by(Role::Officer, FIRE);
    let without = Inspector { certificate: None, ..inspector(ID, FIRE) };
    let enforcement = register_inspector(without.clone());
    desk.refuses("enforcement-without-certificate", Article(15), enforcement);
    desk.takes(register_inspector(Inspector { staff: Staff::Support, ..without.clone() }));
    desk.refuses("enforcement-without-certificate", Article(15), revise(without));
    // The certificate has been awarded.
    desk.takes(revise(inspector(ID, FIRE)));
    let found = desk.world.registers.inspector(&code(ID)).unwrap().unwrap();
    assert_eq!((found.staff, found.level), (Staff::Enforcement, Level::County));
}

#[test]
fn a_department_keeps_its_own_register() {
    for role in Role::ALL {
        let mut desk = Desk::new();
        desk.by(role, FIRE);
        let command = register_inspector(inspector(ID, FIRE));
        match KEEPERS.contains(&role) {
            true => _ = desk.takes(command),
            false => _ = desk.refuses("not-entitled-role", Article(15), command),
        }
    }
    let mut desk = Desk::new();
    desk.by(Role::DepartmentHead, MARKET);
    let command = register_inspector(inspector(ID, FIRE));
    desk.refuses("not-entitled-department", Article(15), command);
}

#[test]
fn somebody_is_in_one_register_at_a_time() {
    let mut desk = Desk::new();
    desk.by(Role::Officer, FIRE).takes(register_inspector(inspector(ID, FIRE)));
    let again = register_inspector(inspector(ID, FIRE));
    desk.refuses("inspector-registered-already", Article(15), again);
    let moved = || register_inspector(inspector(ID, MARKET));
    desk.on("2026-05-01").by(Role::Officer, MARKET);
    desk.refuses("inspector-registered-already", Article(15), moved());
    desk.refuses("inspector-not-registered", Article(15), leave(MARKET));
    desk.by(Role::Officer, FIRE).takes(leave(FIRE));
    desk.refuses("inspector-not-registered", Article(15), leave(FIRE));
    desk.refuses("inspector-not-registered", Article(15), revise(inspector(ID, FIRE)));
    desk.by(Role::Officer, MARKET).takes(moved());
    let found = desk.world.registers.inspector(&code(ID)).unwrap().unwrap();
    assert_eq!(found.department, code(MARKET));
}

#[test]
fn whoever_comes_in_is_there() {
    let mut desk = Desk::new();
    desk.by(Role::Officer, FIRE).on("2026-05-01");
    let until = |text| Inspector { ended: Some(day(text)), ..inspector(ID, FIRE) };
    let gone = register_inspector(until("2026-05-01"));
    desk.refuses("inspector-ended-already", Article(15), gone);
    // Lent until the end of the month.
    desk.takes(register_inspector(until("2026-06-01")));
    desk.refuses("inspector-ended-already", Article(15), revise(until("2026-04-30")));
    desk.takes(revise(until("2026-07-01")));
}

#[test]
fn who_may_inspect_until_when() {
    let certified = |until| {
        let certificate = inspector(ID, FIRE).certificate.map(|c| Certificate { until, ..c });
        Inspector { certificate, ..inspector(ID, FIRE) }
    };
    let support = Inspector { staff: Staff::Support, ..inspector(ID, FIRE) };
    let left = Inspector { ended: Some(day("2026-06-30")), ..inspector(ID, FIRE) };
    let cases = [
        ("a certificate for longer", certified(day("2026-07-01")), true),
        ("a certificate until the last day", certified(day("2026-06-30")), true),
        ("a certificate until the day before", certified(day("2026-06-29")), false),
        ("support staff, certificate or not", support, false),
        ("has left on the last day", left, false),
    ];
    for (what, inspector, may) in cases {
        assert_eq!(inspector.may_inspect(day("2026-06-30")), may, "{what}");
    }
}

#[test]
fn a_certificate_is_valid_on_the_day_of_the_visit() {
    let mut field = opened();
    let (team, last) = (field.team(), field.fire[1].clone());
    let row = field.desk.world.registers.inspector(&last).unwrap().unwrap().clone();
    let revised = |until| {
        let mut row = row.clone();
        row.certificate.as_mut().unwrap().until = day(until);
        InspectorCommand::Change(InspectorChange::Revised(row))
    };
    field.desk.by(Role::Officer, FIRE).takes(revised("2026-05-05"));
    field.at("2026-05-06", MARKET, 0).refuses(
        "visit-not-certified",
        Article(15),
        visit(team.clone()),
    );
    field.desk.by(Role::Officer, FIRE).takes(revised("2026-05-06"));
    field.at("2026-05-06", MARKET, 0).takes(visit(team));
}
