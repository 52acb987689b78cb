//! 第十一条 问题处置: clues are assigned, handed on, investigated and concluded; the initiator coordinates.

use crate::desk::{Desk, FIRE, HEALTH, MARKET, code, day, kept};
use yicha::actor::Role;
use yicha::citation::Basis::{Article, Decision};
use yicha::follow_up::clue::*;

fn raised(concerned: &[&str], coordinator: Option<&str>) -> Raised {
    Raised {
        concerned: concerned.iter().map(|id| code(id)).collect(),
        coordinator: coordinator.map(code),
        inspection: None,
        item: None,
        target: Some(code("T1")),
        text: kept("消防通道堵塞，无证经营"),
    }
}

fn raise(clue: &str, raised: Raised) -> ClueCommand {
    ClueCommand::Raise { clue: code(clue), raised }
}

fn assign(department: &str, due: &str) -> ClueCommand {
    let assigned = Assigned { department: code(department), due: day(due) };
    ClueCommand::Assign { clue: code("C1"), assigned }
}

fn accept(department: &str) -> ClueCommand {
    ClueCommand::Accept { clue: code("C1"), accepted: Accepted { department: code(department) } }
}

fn transfer(department: &str, to: &str) -> ClueCommand {
    let transferred =
        Transferred { department: code(department), reason: kept("职责"), to: code(to) };
    ClueCommand::Transfer { clue: code("C1"), transferred }
}

fn investigate(department: &str) -> ClueCommand {
    let investigated = Investigated { department: code(department), report: kept("核查报告") };
    ClueCommand::Investigate { clue: code("C1"), investigated }
}

fn conclude(department: &str) -> ClueCommand {
    let concluded = Concluded {
        conclusion: Conclusion::Corrected,
        department: code(department),
        report: kept("办结报告"),
    };
    ClueCommand::Conclude { clue: code("C1"), concluded }
}

fn coordinate(coordinator: &str) -> ClueCommand {
    let named = CoordinatorNamed { coordinator: code(coordinator) };
    ClueCommand::Coordinate { clue: code("C1"), named }
}

fn close() -> ClueCommand {
    ClueCommand::Close { clue: code("C1"), closed: Closed { report: kept("总结") } }
}

fn open(desk: &Desk) -> Vec<(&str, Stage)> {
    desk.world.clues["C1"].open().map(|(id, part)| (id.as_str(), part.stage)).collect()
}

/// A clue of the fire department, assigned to it by itself.
fn one_department() -> Desk {
    let mut desk = Desk::new();
    desk.on("2026-04-01").by(Role::Inspector, FIRE).takes(raise("C1", raised(&[FIRE], None)));
    desk.by(Role::Officer, FIRE).takes(assign(FIRE, "2026-04-15"));
    desk
}

/// Raised by the fire department about itself and health, with the initiator to coordinate.
fn two_departments() -> Desk {
    let mut desk = Desk::new();
    let raised = raised(&[FIRE, HEALTH], Some(MARKET));
    desk.on("2026-04-01").by(Role::Inspector, FIRE).takes(raise("C1", raised));
    desk
}

#[test]
fn a_clue_is_accepted_investigated_and_concluded_in_this_order() {
    let mut desk = one_department();
    assert_eq!(open(&desk), [(FIRE, Stage::Assigned)]);
    desk.refuses("clue-step", Article(11), investigate(FIRE));
    desk.refuses("clue-step", Article(11), conclude(FIRE));
    desk.takes(accept(FIRE));
    desk.refuses("clue-step", Article(11), accept(FIRE));
    desk.refuses("clue-step", Article(11), conclude(FIRE));
    desk.takes(investigate(FIRE));
    desk.refuses("clue-step", Article(11), investigate(FIRE));
    desk.takes(conclude(FIRE));
    assert_eq!(open(&desk), []);
    // What is concluded is neither assigned nor handed on any more.
    desk.refuses("clue-step", Article(11), assign(FIRE, "2026-05-15"));
    desk.refuses("clue-step", Article(11), transfer(FIRE, HEALTH));
    desk.takes(close());
}

#[test]
fn a_clue_is_closed_after_every_competent_department_concluded() {
    let mut desk = two_departments();
    desk.by(Role::Officer, MARKET).refuses("clue-not-concluded", Article(11), close());
    desk.takes(assign(FIRE, "2026-04-15"));
    desk.takes(assign(HEALTH, "2026-04-20"));
    for department in [FIRE, HEALTH] {
        let refusal =
            desk.by(Role::Officer, MARKET).refuses("clue-not-concluded", Article(11), close());
        assert!(refusal.to_string().contains(HEALTH), "{refusal}");
        desk.by(Role::Officer, department).takes(accept(department));
        desk.takes(investigate(department));
        desk.takes(conclude(department));
    }
    desk.on("2026-04-18").by(Role::DepartmentHead, MARKET).takes(close());
    desk.refuses("clue-already-closed", Article(11), close());
    desk.refuses("clue-already-closed", Article(11), assign(FIRE, "2026-05-15"));
    desk.by_joint_office().refuses("clue-already-closed", Article(11), coordinate(MARKET));
}

#[test]
fn a_clue_that_nobody_dealt_with_is_not_closed() {
    let mut desk = Desk::new();
    desk.by_joint_office().takes(raise("C1", raised(&[], None)));
    desk.refuses("clue-unassigned", Article(11), close());
    desk.takes(assign(FIRE, "2026-04-15"));
    desk.refuses("clue-not-concluded", Article(11), close());
}

#[test]
fn the_initiator_coordinates_where_several_departments_are_concerned() {
    let mut desk = Desk::new();
    desk.on("2026-04-01").by(Role::Inspector, FIRE);
    let alone = raise("C1", raised(&[FIRE, HEALTH], None));
    desk.refuses("clue-without-coordinator", Article(11), alone);
    let mut desk = two_departments();
    // Who raised it does not lead it then.
    desk.by(Role::Officer, FIRE);
    desk.refuses("not-entitled-department", Article(11), assign(HEALTH, "2026-04-15"));
    desk.refuses("not-entitled-department", Article(11), close());
    desk.by(Role::Officer, MARKET).takes(assign(HEALTH, "2026-04-15"));
}

#[test]
fn a_second_department_needs_a_coordinator_too_and_the_joint_office_names_one() {
    let mut desk = one_department();
    desk.refuses("clue-without-coordinator", Article(11), assign(HEALTH, "2026-04-20"));
    desk.refuses("not-entitled-role", Article(11), coordinate(MARKET));
    desk.by_joint_office().takes(coordinate(MARKET));
    desk.by(Role::Officer, MARKET).takes(assign(HEALTH, "2026-04-20"));
    assert_eq!(open(&desk), [(FIRE, Stage::Assigned), (HEALTH, Stage::Assigned)]);
}

#[test]
fn the_competent_department_takes_over_with_the_same_date() {
    let mut desk = one_department();
    desk.refuses("clue-transfer-to-oneself", Article(11), transfer(FIRE, FIRE));
    desk.takes(transfer(FIRE, HEALTH));
    assert_eq!(open(&desk), [(HEALTH, Stage::Assigned)]);
    assert_eq!(desk.world.clues["C1"].parts[HEALTH].due, Some(day("2026-04-15")));
    desk.by(Role::Officer, FIRE).refuses("clue-step", Article(11), accept(FIRE));
    desk.by(Role::Officer, HEALTH).takes(accept(HEALTH));
    desk.takes(investigate(HEALTH));
    desk.takes(conclude(HEALTH));
    desk.by(Role::Officer, FIRE).takes(close());
}

#[test]
fn a_department_that_is_at_it_already_keeps_its_part_when_another_hands_on_to_it() {
    let mut desk = two_departments();
    desk.by(Role::Officer, MARKET).takes(assign(FIRE, "2026-04-15"));
    desk.takes(assign(HEALTH, "2026-04-20"));
    desk.by(Role::Officer, HEALTH).takes(accept(HEALTH));
    desk.by(Role::Officer, FIRE).takes(transfer(FIRE, HEALTH));
    assert_eq!(open(&desk), [(HEALTH, Stage::Accepted)]);
    assert_eq!(desk.world.clues["C1"].parts[HEALTH].due, Some(day("2026-04-20")));
}

#[test]
fn who_is_concerned_and_not_assigned_yet_is_assigned_by_the_transfer() {
    let mut desk = two_departments();
    desk.by(Role::Officer, MARKET).takes(assign(FIRE, "2026-04-15"));
    desk.by(Role::Officer, FIRE).takes(transfer(FIRE, HEALTH));
    assert_eq!(open(&desk), [(HEALTH, Stage::Assigned)]);
    assert_eq!(desk.world.clues["C1"].parts[HEALTH].due, Some(day("2026-04-15")));
}

#[test]
fn nobody_gets_back_what_it_handed_on_but_from_the_joint_office() {
    let mut desk = one_department();
    desk.takes(transfer(FIRE, HEALTH));
    let back = Decision("clue-not-handed-back");
    desk.by(Role::Officer, HEALTH).refuses("clue-transfer-back", back, transfer(HEALTH, FIRE));
    let again = || assign(FIRE, "2026-04-30");
    desk.by(Role::Officer, FIRE).refuses("not-entitled-role", Article(11), again());
    let named = CoordinatorNamed { coordinator: code(MARKET) };
    desk.by_joint_office().takes(ClueCommand::Coordinate { clue: code("C1"), named });
    desk.takes(again());
    desk.by(Role::Officer, HEALTH).takes(transfer(HEALTH, FIRE));
    assert_eq!(open(&desk), [(FIRE, Stage::Assigned)]);
}

#[test]
fn a_part_has_a_date_ahead_that_can_be_moved() {
    let mut desk = one_department();
    desk.on("2026-04-02");
    desk.refuses("clue-due-before-assigned", Article(11), assign(FIRE, "2026-04-01"));
    desk.takes(accept(FIRE));
    let overdue = |desk: &Desk, on| desk.world.clues["C1"].overdue(day(on)).count();
    assert_eq!((overdue(&desk, "2026-04-15"), overdue(&desk, "2026-04-16")), (0, 1));
    desk.takes(assign(FIRE, "2026-04-16"));
    assert_eq!((overdue(&desk, "2026-04-16"), overdue(&desk, "2026-04-17")), (0, 1));
    // The department goes on where it was.
    assert_eq!(open(&desk), [(FIRE, Stage::Accepted)]);
    desk.takes(assign(FIRE, "2026-04-02"));
}

#[test]
fn each_department_keeps_its_own_part_and_the_platform_those_that_work_elsewhere() {
    let mut desk = one_department();
    desk.by(Role::Officer, HEALTH).refuses("not-entitled-department", Article(11), accept(FIRE));
    desk.by_joint_office().refuses("not-entitled-role", Article(11), accept(FIRE));
    desk.refuses("case-exists", Article(4), raise("C1", raised(&[], None)));
    desk.by(Role::Platform, "").refuses(
        "not-entitled-role",
        Article(11),
        raise("C2", raised(&[], None)),
    );
    desk.takes(accept(FIRE));
    // A department that was never assigned has no part to keep.
    desk.by(Role::Officer, HEALTH).refuses("clue-step", Article(11), accept(HEALTH));
    let unknown = ClueCommand::Close { clue: code("C9"), closed: Closed { report: kept("x") } };
    desk.refuses("case-unknown", Article(4), unknown);
}

#[test]
fn a_clue_of_the_joint_office_is_led_by_it() {
    let mut desk = Desk::new();
    desk.by_joint_office().takes(raise("C1", raised(&[FIRE], None)));
    desk.by(Role::DepartmentHead, FIRE);
    desk.refuses("not-entitled-role", Article(11), assign(FIRE, "2026-04-15"));
    desk.by_joint_office().takes(assign(FIRE, "2026-04-15"));
}
