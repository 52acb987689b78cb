//! 第十七条 抽查工作方案: the initiator writes it after the plan, with items, duties, window and requirements.

use crate::desk::{FIRE, MARKET, code, kept};
use crate::inspected::{opened, visit};
use crate::planned::{SCHEME, make, scheme, window, with_plan};
use yicha::actor::Role;
use yicha::citation::Basis::Article;
use yicha::plan::scheme::*;

fn revise(scheme: Scheme) -> SchemeCommand {
    SchemeCommand::Revise { id: code(SCHEME), scheme }
}

#[test]
fn the_initiator_makes_the_scheme() {
    let mut desk = with_plan();
    desk.by(Role::Officer, FIRE).refuses("not-entitled-department", Article(17), make(scheme()));
    desk.by(Role::Inspector, MARKET).refuses("not-entitled-role", Article(17), make(scheme()));
    desk.by(Role::DepartmentHead, MARKET).takes(make(scheme()));
    desk.refuses("case-exists", Article(4), make(scheme()));
}

#[test]
fn the_window_lies_in_that_of_the_plan() {
    // The plan has 2026-04-20 to 2026-10-31.
    for (from, until, lawful) in [
        ("2026-04-20", "2026-10-31", true),
        ("2026-05-06", "2026-05-06", true),
        ("2026-04-19", "2026-05-06", false),
        ("2026-05-06", "2026-11-01", false),
        ("2026-05-06", "2026-05-05", false),
    ] {
        let mut desk = with_plan();
        let scheme = Scheme { window: window(from, until), ..scheme() };
        match lawful {
            true => drop(desk.takes(make(scheme))),
            false => drop(desk.refuses("scheme-window-outside-plan", Article(17), make(scheme))),
        }
    }
}

#[test]
fn the_scheme_is_for_the_industry_of_its_entry() {
    let mut desk = with_plan();
    let other = Scheme { industry: code("5265"), ..scheme() };
    desk.refuses("scheme-other-industry", Article(17), make(other));
    desk.takes(make(scheme()));
}

#[test]
fn the_initiator_revises_the_scheme() {
    let mut desk = with_plan();
    let later = || Scheme { window: window("2026-07-01", "2026-08-31"), ..scheme() };
    desk.refuses("case-unknown", Article(4), revise(later()));
    desk.takes(make(scheme()));
    desk.by(Role::Officer, FIRE).refuses("not-entitled-department", Article(17), revise(later()));
    desk.by(Role::Officer, MARKET);
    let beyond = Scheme { window: window("2026-07-01", "2026-12-31"), ..scheme() };
    desk.refuses("scheme-window-outside-plan", Article(17), revise(beyond));
    desk.takes(revise(later()));
    assert_eq!(desk.world.schemes[SCHEME], later());
    let other = Scheme { requirements: kept("分组"), ..later() };
    desk.takes(revise(other));
}

#[test]
fn a_visit_lies_in_the_window_of_the_scheme_as_it_is_now() {
    let mut field = opened();
    let team = field.team();
    for outside in ["2026-05-05", "2026-07-01"] {
        field.at(outside, MARKET, 0).refuses(
            "visit-outside-window",
            Article(17),
            visit(team.clone()),
        );
    }
    let later = Scheme { window: window("2026-05-06", "2026-07-31"), ..scheme() };
    let revise = SchemeCommand::Revise { id: code(SCHEME), scheme: later };
    field.desk.on("2026-06-30").by(Role::Officer, MARKET).takes(revise);
    field.at("2026-07-01", MARKET, 0).takes(visit(team));
}
