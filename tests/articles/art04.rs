//! 第四条 全程留痕: every act leaves who did it, when, under which article and for what.

use crate::desk::{Desk, FIRE, MARKET, code, kept};
use crate::drawn::with_draw;
use crate::planned::SCHEME;
use yicha::actor::{Actor, Role};
use yicha::citation::Basis::Article;
use yicha::drawing::{Audience, DrawingCommand, Released};
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

#[test]
fn what_is_released_of_a_draw_is_on_record_and_recorded_once() {
    let (mut desk, files) = with_draw();
    let release = |file, place: &str| {
        let released = Released { audience: Audience::Public, file, place: code(place) };
        DrawingCommand::Release { released, scheme: code(SCHEME) }
    };
    let list = files.round.digest(&files.list);
    desk.refuses("release-unknown-file", Article(4), release(kept("list"), "区政府网站"));
    desk.takes(release(list, "区政府网站"));
    desk.refuses("release-twice", Article(4), release(list, "区政府网站"));
    desk.takes(release(list, "省级平台"));
}
