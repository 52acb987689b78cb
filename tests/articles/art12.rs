//! 第十二条 失信惩戒: what follows from a result is recorded with the deciding body's document, and ends by one.

use crate::completed::*;
use crate::desk::{Desk, FIRE, HEALTH, MARKET, code, day};
use crate::planned::{FIRE_SAFETY, FOOD};
use yicha::actor::Role;
use yicha::case::{CaseId, CaseKind};
use yicha::citation::Basis::Article;
use yicha::follow_up::consequence::{EndCause::*, Ended, Found, Ruling};
use yicha::follow_up::listing::{self, ListingCommand, ListingGround};
use yicha::follow_up::penalty::{self, *};
use yicha::follow_up::sanction::*;
use yicha::result::InspectionResult::*;

fn by_ruling(ruling: Ruling) -> PenaltyCommand {
    let penalised = Penalised { found: found(FOOD), ruling, severity: Severity::Ordinary };
    PenaltyCommand::Record { penalised, penalty: code("P1") }
}

fn ending(ended: Ended) -> PenaltyCommand {
    PenaltyCommand::End { ended, penalty: code("P1") }
}

fn in_effect(desk: &Desk, on: &str) -> bool {
    desk.world.penalties["P1"].in_effect(day(on))
}

#[test]
fn a_penalty_has_a_document_and_a_day_of_effect() {
    let mut desk = published(Failed, "2026-04-01");
    desk.on("2026-05-06");
    let silent = by_ruling(Ruling { document: None, ..ruling("2026-04-28") });
    desk.refuses("consequence-without-document", Article(12), silent);
    desk.takes(by_ruling(ruling("2026-04-28")));
    desk.refuses("case-exists", Article(4), by_ruling(ruling("2026-04-28")));
    assert!(!in_effect(&desk, "2026-04-27") && in_effect(&desk, "2026-04-28"));
    let kept = &desk.world.penalties["P1"].penalised.ruling;
    assert_eq!(*kept, ruling("2026-04-28"));
}

#[test]
fn each_body_records_its_own_rulings_and_the_platform_those_of_others() {
    let mut desk = published(Failed, "2026-04-01");
    for (role, department, refused) in [
        (Role::Officer, FIRE, Some("not-entitled-department")),
        (Role::Inspector, MARKET, Some("not-entitled-role")),
        (Role::JointOffice, "", Some("not-entitled-role")),
        (Role::Platform, "", None),
    ] {
        desk.by(role, department);
        match refused {
            Some(refused) => {
                desk.refuses(refused, Article(12), by_ruling(ruling("2026-04-28")));
            }
            None => drop(desk.takes(by_ruling(ruling("2026-04-28")))),
        }
    }
    desk.by(Role::Officer, FIRE);
    let ended = || ending(end(Annulled, "2026-06-01"));
    desk.refuses("not-entitled-department", Article(12), ended());
    desk.by(Role::Officer, MARKET).takes(ended());
    // A body may penalise for what another department has found.
    let mut desk = completed(Failed, Passed, "2026-04-01");
    desk.by(Role::DepartmentHead, HEALTH);
    desk.takes(by_ruling(Ruling { body: code(HEALTH), ..ruling("2026-04-28") }));
}

#[test]
fn a_penalty_is_for_what_was_found_to_be_a_problem() {
    let mut desk = completed(Failed, Passed, "2026-04-01");
    let for_items = |items: &[&str]| {
        let items = items.iter().map(|item| code(item)).collect();
        let (found, ruling) = (Found { items, ..found(FOOD) }, ruling("2026-04-28"));
        let penalised = Penalised { found, ruling, severity: Severity::Ordinary };
        PenaltyCommand::Record { penalised, penalty: code("P1") }
    };
    desk.refuses("follow-up-of-nothing", Article(22), for_items(&[]));
    desk.refuses("follow-up-not-negative", Article(22), for_items(&[FIRE_SAFETY]));
    desk.refuses("follow-up-not-negative", Article(22), for_items(&[FOOD, FIRE_SAFETY]));
    desk.takes(for_items(&[FOOD]));
}

#[test]
fn an_end_has_a_document_unless_the_penalty_runs_out_and_lies_behind_its_beginning() {
    let mut desk = published(Failed, "2026-04-01");
    desk.refuses("case-unknown", Article(4), ending(end(Annulled, "2026-06-01")));
    desk.takes(by_ruling(ruling("2026-04-28")));
    for cause in [Stopped, Annulled] {
        let silent = ending(Ended { document: None, ..end(cause, "2026-06-01") });
        desk.refuses("consequence-without-document", Article(12), silent);
    }
    desk.refuses("consequence-end-before-begin", Article(12), ending(end(Annulled, "2026-04-27")));
    desk.takes(ending(Ended { document: None, ..end(RunOut, "2027-04-28") }));
    assert!(in_effect(&desk, "2027-04-27") && !in_effect(&desk, "2027-04-28"));
    desk.refuses("consequence-ended-already", Article(12), ending(end(Annulled, "2026-06-01")));
    let mut desk = published(Failed, "2026-04-01");
    desk.takes(by_ruling(ruling("2026-04-28")));
    desk.takes(ending(end(Annulled, "2026-04-28")));
    assert!(!in_effect(&desk, "2026-04-28"));
}

fn apply(rests_on: CaseId, ruling: Ruling) -> SanctionCommand {
    let applied = Applied { measure: code("限制参加政府采购"), rests_on, ruling };
    SanctionCommand::Apply { applied, sanction: code("S1") }
}

fn end_sanction(ended: Ended) -> SanctionCommand {
    SanctionCommand::End { ended, sanction: code("S1") }
}

#[test]
fn a_joint_sanction_rests_on_a_listing_or_penalty_in_effect() {
    let on_penalty = || penalty::case(&code("P1"));
    let mut desk = published(Failed, "2026-04-01");
    desk.refuses(
        "sanction-rests-on-nothing",
        Article(12),
        apply(on_penalty(), ruling("2026-04-28")),
    );
    desk.takes(by_ruling(ruling("2026-04-28")));
    desk.takes(ending(end(Stopped, "2026-08-03")));
    for from in ["2026-04-27", "2026-08-03"] {
        desk.refuses("sanction-rests-on-nothing", Article(12), apply(on_penalty(), ruling(from)));
    }
    let other = CaseId { id: code("P1"), kind: CaseKind::Clue };
    desk.refuses("sanction-rests-on-nothing", Article(12), apply(other, ruling("2026-04-28")));
    let silent = Ruling { document: None, ..ruling("2026-04-28") };
    desk.refuses("consequence-without-document", Article(12), apply(on_penalty(), silent));
    desk.takes(apply(on_penalty(), ruling("2026-04-28")));
    desk.refuses("case-exists", Article(4), apply(on_penalty(), ruling("2026-04-28")));
    // With the penalty it has lost its ground, until it ends too.
    let groundless = |desk: &Desk, on| desk.world.sanctions_without_ground(day(on)).count();
    let days = ["2026-04-27", "2026-04-28", "2026-08-02", "2026-08-03"];
    assert_eq!(days.map(|on| groundless(&desk, on)), [0, 0, 0, 1]);
    desk.refuses("consequence-other-end", Article(25), end_sanction(end(Removed, "2026-08-10")));
    desk.takes(end_sanction(end(Stopped, "2026-08-10")));
    assert_eq!([groundless(&desk, "2026-08-09"), groundless(&desk, "2026-08-10")], [1, 0]);
    desk.refuses(
        "consequence-ended-already",
        Article(12),
        end_sanction(end(Stopped, "2026-08-11")),
    );
    let unknown = SanctionCommand::End { ended: end(Stopped, "2026-08-10"), sanction: code("S9") };
    desk.refuses("case-unknown", Article(4), unknown);
}

#[test]
fn a_joint_sanction_may_rest_on_a_listing() {
    let on_listing = || apply(listing::case(&code("L1")), ruling("2026-04-28"));
    let mut desk = completed(Unreachable, Passed, "2026-04-01");
    desk.takes(crate::art23::propose("L1", ListingGround::Unreachable));
    desk.on("2026-05-06");
    // It is only proposed.
    desk.refuses("sanction-rests-on-nothing", Article(12), on_listing());
    let (listing, ruling) = (code("L1"), ruling("2026-04-20"));
    desk.takes(ListingCommand::List { listing, ruling });
    desk.takes(on_listing());
    let removed = end(Removed, "2026-08-03");
    desk.takes(ListingCommand::Remove { listing: code("L1"), removed });
    let groundless = |on| desk.world.sanctions_without_ground(day(on)).count();
    assert_eq!(["2026-08-02", "2026-08-03"].map(groundless), [0, 1]);
}

#[test]
fn a_joint_sanction_does_not_hold_credit_repair_up() {
    let mut desk = published(Failed, "2026-04-01");
    desk.takes(penalise("P1", Severity::Ordinary, "2026-04-10"));
    desk.takes(apply(penalty::case(&code("P1")), ruling("2026-04-28")));
    desk.takes(end_penalty("P1", Stopped, "2026-05-20"));
    let public = |on| desk.world.publicity(&code(VISIT), &code(FOOD), day(on)).unwrap().is_public();
    assert!(public("2026-05-19") && !public("2026-05-20"));
}

#[test]
fn one_penalty_may_be_for_several_items() {
    let mut desk = completed(Failed, Failed, "2026-04-01");
    let mut both = found(FOOD);
    both.items.insert(code(FIRE_SAFETY));
    let penalised =
        Penalised { found: both, ruling: ruling("2026-04-28"), severity: Severity::Ordinary };
    desk.takes(PenaltyCommand::Record { penalised, penalty: code("P1") });
    for item in [FOOD, FIRE_SAFETY] {
        assert_eq!(desk.world.links(&code(VISIT), &code(item)).len(), 1);
    }
}
