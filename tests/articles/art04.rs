//! 第四条 全程留痕: every act leaves who did it, when, under which article and for what.

use crate::desk::{Desk, FIRE, MARKET, code, kept};
use yicha::actor::{Actor, Role};
use yicha::citation::Basis::Article;
use yicha::plan::conference::*;

fn hold() -> ConferenceCommand {
    let held = Held {
        agenda: vec![kept("agenda")],
        attended: vec![code(MARKET)],
        occasion: Occasion::AdHoc,
        resolutions: vec![],
    };
    ConferenceCommand::Hold { conference: code("2026-1"), held }
}

fn finish() -> ConferenceCommand {
    let done = ResolutionDone { report: kept("report"), resolution: code("1") };
    ConferenceCommand::FinishResolution { conference: code("2026-1"), done }
}

#[test]
fn who_acts_for_a_department_names_it_and_others_name_none() {
    let mut desk = Desk::new();
    desk.stamp.actor =
        Actor { department: Some(code(FIRE)), id: code("x"), role: Role::JointOffice };
    desk.refuses("actor-without-department", Article(4), hold());
    desk.stamp.actor = Actor { department: None, id: code("x"), role: Role::Officer };
    desk.refuses("actor-without-department", Article(4), finish());
    desk.by_joint_office().takes(hold());
}

#[test]
fn a_case_is_recorded_once_and_before_anything_happens_to_it() {
    let mut desk = Desk::new();
    desk.by(Role::Officer, FIRE).refuses("case-unknown", Article(4), finish());
    desk.by_joint_office().takes(hold());
    desk.refuses("case-exists", Article(4), hold());
    // The case is known now, so the act is refused for what it is.
    desk.by(Role::Officer, FIRE).refuses("resolution-unknown", Article(7), finish());
}
