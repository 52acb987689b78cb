//! 第七条 议事会商: conferences, and resolutions with an owner and a date that stay open until done.

use crate::desk::{Desk, FIRE, HEALTH, MARKET, code, day, kept};
use yicha::actor::Role;
use yicha::citation::Basis::Article;
use yicha::plan::conference::*;

fn held() -> Held {
    Held {
        agenda: vec![kept("第一季度抽查情况")],
        attended: vec![code(MARKET), code(FIRE)],
        occasion: Occasion::Regular,
        resolutions: vec![
            Resolution {
                due: day("2026-04-30"),
                id: code("1"),
                owner: code(FIRE),
                text: kept("a"),
            },
            Resolution {
                due: day("2026-04-10"),
                id: code("2"),
                owner: code(MARKET),
                text: kept("b"),
            },
        ],
    }
}

fn hold(held: Held) -> ConferenceCommand {
    ConferenceCommand::Hold { conference: code("2026-1"), held }
}

fn finish(conference: &str, resolution: &str) -> ConferenceCommand {
    let done = ResolutionDone { report: kept("report"), resolution: code(resolution) };
    ConferenceCommand::FinishResolution { conference: code(conference), done }
}

fn open(desk: &Desk) -> Vec<&str> {
    desk.world.conferences["2026-1"].open().map(|resolution| resolution.id.as_str()).collect()
}

#[test]
fn a_resolution_is_open_until_its_owner_reports_it_done() {
    let mut desk = Desk::new();
    desk.on("2026-04-10").takes(hold(held()));
    assert_eq!(open(&desk), ["1", "2"]);
    desk.on("2026-04-20").by(Role::Officer, HEALTH);
    desk.refuses("not-entitled-department", Article(7), finish("2026-1", "1"));
    desk.by(Role::Inspector, FIRE);
    desk.refuses("not-entitled-role", Article(7), finish("2026-1", "1"));
    desk.by(Role::Officer, FIRE).takes(finish("2026-1", "1"));
    assert_eq!(open(&desk), ["2"]);
    desk.on("2026-04-21").refuses("resolution-already-done", Article(7), finish("2026-1", "1"));
    desk.refuses("resolution-unknown", Article(7), finish("2026-1", "3"));
    desk.by(Role::DepartmentHead, MARKET).takes(finish("2026-1", "2"));
    assert!(open(&desk).is_empty());
}

#[test]
fn only_the_joint_office_records_conferences() {
    let mut desk = Desk::new();
    desk.on("2026-04-10").by(Role::DepartmentHead, MARKET);
    desk.refuses("not-entitled-role", Article(7), hold(held()));
    desk.by_joint_office().takes(hold(held()));
}

#[test]
fn a_conference_has_an_agenda_and_departments() {
    let mut desk = Desk::new();
    desk.on("2026-04-10");
    desk.refuses("conference-empty", Article(7), hold(Held { agenda: vec![], ..held() }));
    desk.refuses("conference-empty", Article(7), hold(Held { attended: vec![], ..held() }));
    // Not every conference resolves something.
    desk.takes(hold(Held { resolutions: vec![], ..held() }));
}

#[test]
fn resolutions_have_numbers_of_their_own_and_dates_ahead() {
    let mut desk = Desk::new();
    let mut twice = held();
    twice.resolutions[1].id = code("1");
    desk.on("2026-04-10").refuses("resolution-twice", Article(7), hold(twice));
    desk.on("2026-04-11").refuses("resolution-due-before-held", Article(7), hold(held()));
    // A date on the day of the conference itself is ahead enough.
    desk.on("2026-04-10").takes(hold(held()));
}
