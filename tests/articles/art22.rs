//! 第二十二条 后续监管: each problem gets a follow-up by the responsible department, or goes to the competent one.

use crate::completed::*;
use crate::desk::{Desk, FIRE, MARKET, code, day, kept};
use crate::planned::{FIRE_SAFETY, FOOD};
use crate::registered::{inspector, register_inspector};
use yicha::actor::Role;
use yicha::case::{CaseId, CaseKind};
use yicha::citation::Basis::{Article, Decision};
use yicha::follow_up::closing::ClosingCommand;
use yicha::follow_up::clue as clues;
use yicha::follow_up::consequence::Found;
use yicha::follow_up::listing::{self, ListingGround};
use yicha::follow_up::penalty::{self, Severity};
use yicha::follow_up::rectification::*;
use yicha::result::InspectionResult::*;

fn ordered(found: Found, term: Term) -> Ordered {
    Ordered { department: code(MARKET), found, order: kept("责令改正通知书"), term }
}

fn order(ordered: Ordered) -> RectificationCommand {
    RectificationCommand::Order { ordered, rectification: code("Z1") }
}

fn report() -> RectificationCommand {
    let reported = Reported { report: kept("整改报告") };
    RectificationCommand::Report { rectification: code("Z1"), reported }
}

fn recheck(corrected: bool, inspectors: &[&str]) -> RectificationCommand {
    let inspectors = inspectors.iter().map(|id| code(id)).collect();
    let rechecked = Rechecked { corrected, inspectors, record: kept("复查记录") };
    RectificationCommand::Recheck { rechecked, rectification: code("Z1") }
}

fn extend(due: &str) -> RectificationCommand {
    let extended = Extended { due: day(due), reason: kept("延期") };
    RectificationCommand::Extend { extended, rectification: code("Z1") }
}

fn refer(to: CaseId) -> RectificationCommand {
    RectificationCommand::Refer { rectification: code("Z1"), referred: Referred { to } }
}

/// A problem of the market supervision department, to be corrected by 2026-04-15.
fn with_order() -> Desk {
    let mut desk = completed(ProblemToBeCorrected, Passed, "2026-04-01");
    desk.takes(order(ordered(found(FOOD), Term::By(day("2026-04-15")))));
    desk
}

fn stage(desk: &Desk) -> RectificationStage {
    desk.world.rectifications["Z1"].stage
}

#[test]
fn a_problem_is_ordered_to_be_corrected_reported_and_checked_again() {
    let mut desk = with_order();
    desk.on("2026-04-10").takes(report());
    desk.refuses("rectification-step", Article(22), report());
    desk.by(Role::Inspector, MARKET).takes(recheck(true, &["m1", "m2"]));
    assert_eq!(stage(&desk), RectificationStage::Corrected);
    assert_eq!(desk.world.rectifications["Z1"].corrected(), Some(day("2026-04-10")));
    desk.refuses("rectification-step", Article(22), recheck(true, &["m1", "m2"]));
    desk.by(Role::Officer, MARKET).refuses("rectification-step", Article(22), extend("2026-05-01"));
    desk.refuses("case-exists", Article(4), order(ordered(found(FOOD), Term::AtOnce)));
    assert!(!desk.world.rectifications["Z1"].overdue(day("2026-12-31")));
}

#[test]
fn what_is_not_corrected_gets_another_date_or_goes_on_as_another_case() {
    let mut desk = with_order();
    desk.refuses("rectification-step", Article(22), extend("2026-05-06"));
    let to_penalty = || refer(penalty::case(&code("P1")));
    desk.refuses("rectification-step", Article(22), to_penalty());
    desk.on("2026-04-16").takes(recheck(false, &["m1", "m2"]));
    assert_eq!(stage(&desk), RectificationStage::NotCorrected);
    desk.refuses("rectification-due-before-ordered", Article(22), extend("2026-04-15"));
    desk.takes(extend("2026-04-16"));
    assert_eq!(stage(&desk), RectificationStage::Ordered);
    desk.on("2026-04-17").takes(recheck(false, &["m1", "m2"]));
    assert_eq!(desk.world.rectifications["Z1"].rechecks.len(), 2);
    desk.refuses("rectification-referred-to-nothing", Article(22), to_penalty());
    desk.takes(penalise("P1", Severity::Ordinary, "2026-04-17"));
    let other = CaseId { id: code("P1"), kind: CaseKind::Conference };
    desk.refuses("rectification-referred-to-nothing", Article(22), refer(other));
    desk.takes(to_penalty());
    assert_eq!(stage(&desk), RectificationStage::Referred);
    assert!(!desk.world.rectifications["Z1"].overdue(day("2026-12-31")));
}

#[test]
fn it_goes_on_only_as_a_case_about_the_same_problem() {
    let desk = || {
        let mut desk = completed(ProblemToBeCorrected, Failed, "2026-04-01");
        desk.takes(order(ordered(found(FOOD), Term::AtOnce)));
        desk.on("2026-04-16").takes(recheck(false, &["m1", "m2"]));
        desk
    };
    let to_clue = || refer(clues::case(&code("C1")));
    let mut other = desk();
    other.takes(clue("C1", FIRE_SAFETY));
    other.refuses("rectification-referred-to-nothing", Article(22), to_clue());
    let to_listing = refer(listing::case(&code("L1")));
    other.refuses("rectification-referred-to-nothing", Article(22), to_listing);
    let mut same = desk();
    same.takes(clue("C1", FOOD));
    same.takes(to_clue());

    let desk = |item| {
        let mut desk = completed(InformationNotPublished, Failed, "2026-04-01");
        desk.takes(order(ordered(found(item), Term::AtOnce)));
        desk.on("2026-04-16").takes(recheck(false, &["m1", "m2"]));
        desk
    };
    let mut same = desk(FOOD);
    same.takes(crate::art23::propose("L1", ListingGround::OrderNotFollowed));
    same.takes(refer(listing::case(&code("L1"))));
}

#[test]
fn an_order_is_due_at_once_or_by_a_date_ahead() {
    let desk = || completed(ProblemToBeCorrected, Passed, "2026-04-01");
    let term = |term| order(ordered(found(FOOD), term));
    let early = term(Term::By(day("2026-03-31")));
    desk().refuses("rectification-due-before-ordered", Article(22), early);
    for term_given in [Term::By(day("2026-04-01")), Term::AtOnce] {
        let mut desk = desk();
        desk.takes(term(term_given));
        let rectification = &desk.world.rectifications["Z1"];
        assert_eq!(rectification.due, day("2026-04-01"));
        assert!(!rectification.overdue(day("2026-04-01")));
        assert!(rectification.overdue(day("2026-04-02")));
    }
}

#[test]
fn each_department_follows_up_the_problems_of_its_own_items() {
    let mut desk = completed(ProblemToBeCorrected, Failed, "2026-04-01");
    let at_once = |item| order(ordered(found(item), Term::AtOnce));
    desk.refuses("rectification-of-another", Article(22), at_once(FIRE_SAFETY));
    desk.by(Role::Officer, FIRE).refuses("not-entitled-department", Article(22), at_once(FOOD));
    desk.by_joint_office().refuses("not-entitled-role", Article(22), at_once(FOOD));
    desk.by(Role::Inspector, MARKET).takes(at_once(FOOD));
    desk.by(Role::Officer, FIRE).refuses("not-entitled-department", Article(22), report());
    desk.by(Role::Platform, "").takes(report());
    desk.refuses("not-entitled-role", Article(22), recheck(true, &["m1", "m2"]));
    let unknown = RectificationCommand::Report {
        rectification: code("Z9"),
        reported: Reported { report: kept("整改报告") },
    };
    desk.refuses("case-unknown", Article(4), unknown);
}

#[test]
fn what_follows_does_so_from_a_problem() {
    let mut desk = completed(ProblemToBeCorrected, Passed, "2026-04-01");
    let fine = Ordered { department: code(FIRE), ..ordered(found(FIRE_SAFETY), Term::AtOnce) };
    desk.by(Role::Officer, FIRE).refuses("follow-up-not-negative", Article(22), order(fine));
    let nothing = Found { items: [].into(), ..found(FOOD) };
    desk.by(Role::Officer, MARKET);
    desk.refuses("follow-up-of-nothing", Article(22), order(ordered(nothing, Term::AtOnce)));
    desk.takes(order(ordered(found(FOOD), Term::AtOnce)));
}

#[test]
fn two_certified_inspectors_of_the_department_check_again() {
    let too_few = Decision("minimum-inspectors");
    let mut desk = with_order();
    let mut expired = inspector("m9", MARKET);
    expired.certificate.as_mut().unwrap().until = day("2026-04-09");
    desk.takes(register_inspector(expired));
    for inspectors in [&["m1"][..], &["m1", "f1"], &["m1", "nobody"], &[]] {
        desk.refuses("recheck-too-few", too_few, recheck(true, inspectors));
    }
    desk.on("2026-04-10").refuses("recheck-too-few", too_few, recheck(true, &["m1", "m9"]));
    desk.on("2026-04-09").takes(recheck(true, &["m1", "m9"]));
}

fn close() -> ClosingCommand {
    ClosingCommand::Close { inspection: code(VISIT) }
}

/// Both departments have found a problem and published it.
fn with_problems() -> Desk {
    let mut desk = completed(ProblemToBeCorrected, ProblemUnderInvestigation, "2026-04-01");
    desk.takes(enter(FOOD, ProblemToBeCorrected));
    desk.takes(publish(FOOD));
    desk.by(Role::Officer, FIRE).takes(enter(FIRE_SAFETY, ProblemUnderInvestigation));
    desk.takes(publish(FIRE_SAFETY));
    desk.by(Role::Officer, MARKET);
    desk
}

#[test]
fn an_inspection_is_closed_when_each_problem_has_a_follow_up() {
    let mut desk = with_problems();
    let refusal = desk.refuses("problem-without-follow-up", Article(22), close());
    assert!(refusal.to_string().contains(&format!("{FOOD}, {FIRE_SAFETY}")), "{refusal}");
    desk.takes(order(ordered(found(FOOD), Term::AtOnce)));
    let refusal = desk.refuses("problem-without-follow-up", Article(22), close());
    assert!(!refusal.to_string().contains(FOOD), "{refusal}");
    // It is for the health department, which gets it as a clue.
    desk.by(Role::Inspector, FIRE).takes(clue("C1", FIRE_SAFETY));
    desk.by(Role::Officer, FIRE).refuses("not-entitled-department", Article(22), close());
    desk.by(Role::Officer, MARKET).takes(close());
    desk.refuses("case-exists", Article(4), close());
    assert_eq!(desk.world.closings[VISIT].on, day("2026-04-01"));
}

#[test]
fn a_penalty_or_a_proposed_listing_is_a_follow_up_too() {
    let mut desk = completed(Unreachable, Passed, "2026-04-01");
    desk.takes(enter(FOOD, Unreachable));
    desk.takes(publish(FOOD));
    desk.by(Role::Officer, FIRE).takes(enter(FIRE_SAFETY, Passed));
    desk.takes(publish(FIRE_SAFETY));
    desk.by(Role::Officer, MARKET);
    let mut penalised =
        Desk { world: desk.world.clone(), stamp: desk.stamp.clone(), ..Desk::new() };
    desk.refuses("problem-without-follow-up", Article(22), close());
    desk.takes(crate::art23::propose("L1", listing::ListingGround::Unreachable));
    desk.takes(close());
    penalised.takes(penalise("P1", Severity::Minor, "2026-04-01"));
    penalised.takes(close());
}

#[test]
fn an_inspection_is_closed_after_its_completion() {
    let mut desk = with_problems();
    desk.takes(order(ordered(found(FOOD), Term::AtOnce)));
    desk.takes(clue("C1", FIRE_SAFETY));
    desk.on("2026-03-31").refuses("closing-before-completion", Article(22), close());
    desk.on("2026-04-01").takes(close());
    let unknown = ClosingCommand::Close { inspection: code("JC-9") };
    desk.refuses("case-unknown", Article(4), unknown);
}

#[test]
fn an_investigation_is_open_until_a_correction_or_a_closed_clue() {
    let open = |desk: &Desk, on| desk.world.investigating(&code(VISIT), &code(FOOD), day(on));
    let start = || completed(ProblemUnderInvestigation, Passed, "2026-04-01");
    let mut desk = start();
    assert!(open(&desk, "2026-04-01"));
    desk.takes(order(ordered(found(FOOD), Term::AtOnce)));
    desk.on("2026-04-03").takes(recheck(true, &["m1", "m2"]));
    assert!(open(&desk, "2026-04-02") && !open(&desk, "2026-04-03"));
    let mut desk = start();
    desk.takes(clue("C1", FOOD));
    let department = crate::desk::HEALTH;
    let assigned = clues::Assigned { department: code(department), due: day("2026-05-01") };
    desk.takes(clues::ClueCommand::Assign { assigned, clue: code("C1") });
    desk.on("2026-04-10").by(Role::Officer, department);
    let accepted = clues::Accepted { department: code(department) };
    desk.takes(clues::ClueCommand::Accept { accepted, clue: code("C1") });
    let investigated = clues::Investigated { department: code(department), report: kept("核查") };
    desk.takes(clues::ClueCommand::Investigate { clue: code("C1"), investigated });
    let concluded = clues::Concluded {
        conclusion: clues::Conclusion::NoViolation,
        department: code(department),
        report: kept("办结"),
    };
    desk.takes(clues::ClueCommand::Conclude { clue: code("C1"), concluded });
    assert!(open(&desk, "2026-04-10"));
    desk.by(Role::Officer, MARKET);
    let closed = clues::Closed { report: kept("总结") };
    desk.takes(clues::ClueCommand::Close { clue: code("C1"), closed });
    assert!(open(&desk, "2026-04-09") && !open(&desk, "2026-04-10"));
}
