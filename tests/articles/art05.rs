//! 第五条 计划统筹: the departments propose by the end of February; the joint office reviews, merges, issues and
//! publicises.

use crate::desk::{Desk, FIRE, MARKET, code, day, kept, named};
use crate::planned::{
    CATERING, entry, issue_list, listed, make, scheme, window, with_list, with_plan,
};
use std::collections::BTreeSet;
use yicha::actor::Role;
use yicha::citation::Basis::{Article, Decision};
use yicha::draw::quota::BasisPoints;
use yicha::edition::{Dated, Parameter, Source};
use yicha::event::Event;
use yicha::plan::annual::*;
use yicha::plan::scheme::Scheme;
use yicha::risk::RiskClass;

fn propose_for(year: &str, id: &str) -> PlanCommand {
    PlanCommand::Propose { entry: entry(id, year), year: code(year) }
}

fn propose(id: &str) -> PlanCommand {
    propose_for("2026", id)
}

fn proposing(entry: Entry) -> PlanCommand {
    PlanCommand::Propose { entry, year: code("2026") }
}

fn withdraw(id: &str) -> PlanCommand {
    PlanCommand::Withdraw { entry: code(id), year: code("2026") }
}

fn review(id: &str, verdict: Verdict) -> PlanCommand {
    PlanCommand::Review { reviewed: Reviewed { entry: code(id), verdict }, year: code("2026") }
}

fn accept(id: &str) -> PlanCommand {
    review(id, Verdict::Accepted)
}

fn give_back(id: &str) -> PlanCommand {
    review(id, Verdict::Returned { reason: kept("时间安排与其他任务重叠") })
}

fn merge(of: &[&str], into: &str) -> PlanCommand {
    let entries = of.iter().map(|id| code(id)).collect();
    PlanCommand::Merge { merged: Merged { entries, into: entry(into, "2026") }, year: code("2026") }
}

fn issue(document: &str) -> PlanCommand {
    PlanCommand::Issue { document: code(document), year: code("2026") }
}

fn amend(entry: Entry, document: &str) -> PlanCommand {
    let amended = Amended { document: code(document), entry, reason: kept("防汛") };
    PlanCommand::Amend { amended, year: code("2026") }
}

fn publicise(document: &str, place: &str) -> PlanCommand {
    let publicised = Publicised { document: code(document), place: code(place) };
    PlanCommand::Publicise { publicised, year: code("2026") }
}

fn ad_hoc(id: &str) -> PlanCommand {
    let approved = AdHocApproved { entry: entry(id, "2026"), reason: kept("投诉集中") };
    PlanCommand::ApproveAdHoc { approved, year: code("2026") }
}

fn plan(desk: &Desk) -> &AnnualPlan {
    &desk.world.plans["2026"]
}

/// At the market supervision department, with a list.
fn at_market() -> Desk {
    let mut desk = with_list();
    desk.by(Role::Officer, MARKET);
    desk
}

/// A plan with entry 1 issued under 5号, at the joint office.
fn issued() -> Desk {
    let mut desk = at_market();
    desk.takes(propose("1"));
    desk.by_joint_office().takes(accept("1"));
    desk.takes(issue("5号"));
    desk
}

#[test]
fn proposals_are_due_on_the_last_day_of_february_and_late_ones_are_recorded() {
    // The day of the proposal, the plan's year, the due day, and how many days late it is.
    for (on, year, due, late) in [
        // No duty yet: the regulation was issued after the end of February 2026.
        ("2026-03-20", "2026", None, None),
        ("2026-12-31", "2026", None, None),
        ("2026-11-02", "2027", Some("2027-02-28"), None),
        // A Sunday. It is a date, so it does not move to the Monday.
        ("2027-02-28", "2027", Some("2027-02-28"), None),
        ("2027-03-01", "2027", Some("2027-02-28"), Some(1)),
        ("2027-04-01", "2027", Some("2027-02-28"), Some(32)),
        // A leap year.
        ("2028-02-29", "2028", Some("2028-02-29"), None),
        ("2028-03-01", "2028", Some("2028-02-29"), Some(1)),
    ] {
        let mut desk = at_market();
        let facts = desk.on(on).takes(propose_for(year, "1"));
        let Event::AnnualPlan(PlanEvent::Proposed(proposed)) = &facts[0].event else {
            panic!("{facts:?}")
        };
        let found = proposed.due.map(|day| day.to_string());
        assert_eq!((found.as_deref(), proposed.days_late), (due, late), "{on} for {year}");
    }
}

#[test]
fn the_first_day_of_the_regulation_may_be_a_due_day() {
    for (from, due) in [("2027-02-28", Some("2027-02-28")), ("2027-03-01", None)] {
        let mut desk = at_market();
        desk.edition.from = day(from);
        let facts = desk.on(from).takes(propose_for("2027", "1"));
        let Event::AnnualPlan(PlanEvent::Proposed(proposed)) = &facts[0].event else {
            panic!("{facts:?}")
        };
        assert_eq!(proposed.due.map(|day| day.to_string()).as_deref(), due, "{from}");
    }
}

#[test]
fn another_place_can_set_another_month() {
    for (month, due) in [(1, "2027-01-31"), (3, "2027-03-31"), (12, "2027-12-31")] {
        let mut desk = at_market();
        let from = desk.edition.from;
        desk.edition.plan_due_month =
            Parameter::new(Dated { value: month, from, source: Source::Basis(Article(5)) });
        let facts = desk.takes(propose_for("2027", "1"));
        let Event::AnnualPlan(PlanEvent::Proposed(proposed)) = &facts[0].event else {
            panic!("{facts:?}")
        };
        assert_eq!(proposed.due.unwrap().to_string(), due);
    }
}

#[test]
fn the_department_that_leads_an_industry_proposes_its_tasks() {
    let mut desk = with_list();
    let of_fire = || Entry { department: code(FIRE), ..entry("1", "2026") };
    desk.by(Role::Officer, FIRE).refuses("plan-not-lead", Article(5), proposing(of_fire()));
    desk.refuses("not-entitled-department", Article(5), propose("1"));
    desk.by(Role::Inspector, MARKET).refuses("not-entitled-role", Article(5), propose("1"));
    desk.by(Role::DepartmentHead, MARKET).takes(propose("1"));
    // The lead is the one of the list that is in force on the day.
    let mut list = listed();
    list.lead = code(FIRE);
    desk.on("2026-04-01").by_joint_office().takes(issue_list(list));
    desk.by(Role::Officer, MARKET).refuses("plan-not-lead", Article(5), propose("2"));
    let of_fire = Entry { id: code("2"), ..of_fire() };
    desk.by(Role::Officer, FIRE).takes(proposing(of_fire));
}

#[test]
fn a_task_is_of_an_industry_on_the_joint_list() {
    let mut desk = at_market();
    let other = Entry { industry: code("5265"), ..entry("1", "2026") };
    desk.refuses("joint-list-not-in-force", Article(3), proposing(other));
    desk.takes(propose("1"));
}

#[test]
fn a_task_has_its_window_in_the_year() {
    let mut desk = at_market();
    for (from, until) in
        [("2026-05-01", "2026-04-30"), ("2025-12-31", "2026-04-30"), ("2026-05-01", "2027-01-01")]
    {
        let wrong = Entry { window: window(from, until), ..entry("1", "2026") };
        desk.refuses("plan-window-outside-year", Article(5), proposing(wrong));
    }
    for (id, from, until) in [("1", "2026-05-01", "2026-05-01"), ("2", "2026-01-01", "2026-12-31")]
    {
        desk.takes(proposing(Entry { window: window(from, until), ..entry(id, "2026") }));
    }
}

#[test]
fn the_plan_of_a_year_that_is_over_is_closed() {
    let mut desk = at_market();
    desk.on("2027-01-01").refuses("plan-year-over", Article(5), propose("1"));
    desk.by_joint_office().refuses("plan-year-over", Article(5), ad_hoc("1"));
    desk.on("2026-12-31").takes(ad_hoc("1"));
    desk.by(Role::Officer, MARKET).takes(propose("2"));
}

#[test]
fn no_class_is_exempt_and_a_class_that_is_not_named_has_the_rate_of_the_province() {
    let mut desk = at_market();
    let rates = |rates: &[(RiskClass, u64)]| {
        rates.iter().map(|&(class, rate)| (class, BasisPoints::new(rate).unwrap())).collect()
    };
    let with = |id, pairs| Entry { rates: rates(pairs), ..entry(id, "2026") };
    let lawful = Decision("rates-lawful");
    desk.refuses("rate-zero", lawful, proposing(with("1", &[(RiskClass::Low, 0)])));
    // 低5% is more than the 中2% that the province sets.
    let low = proposing(with("1", &[(RiskClass::Low, 500)]));
    let falling = desk.refuses("rate-falling", lawful, low);
    assert_eq!(["class", "lower"].map(|name| named(&falling, name)), ["B", "A"]);
    desk.takes(proposing(with("1", &[(RiskClass::Low, 500), (RiskClass::Medium, 500)])));
    let (entry, _) = &plan(&desk).entries["1"];
    assert_eq!(RiskClass::ALL.map(|class| entry.rate(class).get()), [500, 500, 1000, 3000]);
}

#[test]
fn what_is_returned_or_withdrawn_can_be_proposed_again_under_its_number() {
    let mut desk = at_market();
    desk.takes(propose("1"));
    desk.refuses("plan-entry-exists", Article(5), propose("1"));
    desk.by_joint_office().takes(give_back("1"));
    desk.by(Role::Officer, MARKET).takes(propose("1"));
    desk.takes(withdraw("1"));
    // Another department does not take the number over.
    let mut list = listed();
    list.lead = code(FIRE);
    desk.by_joint_office().takes(issue_list(list));
    let of_fire = Entry { department: code(FIRE), ..entry("1", "2026") };
    desk.by(Role::Officer, FIRE).refuses("plan-entry-exists", Article(5), proposing(of_fire));
    desk.by_joint_office().takes(issue_list(listed()));
    desk.by(Role::Officer, MARKET).takes(propose("1"));
    desk.by_joint_office().takes(accept("1"));
    desk.by(Role::Officer, MARKET).refuses("plan-entry-exists", Article(5), propose("1"));
}

#[test]
fn only_the_department_withdraws_and_only_before_the_review() {
    let mut desk = at_market();
    desk.refuses("case-unknown", Article(4), withdraw("1"));
    desk.takes(propose("1"));
    desk.takes(propose("2"));
    desk.refuses("plan-entry-unknown", Article(5), withdraw("3"));
    desk.by(Role::Officer, FIRE).refuses("not-entitled-department", Article(5), withdraw("1"));
    desk.by(Role::Officer, MARKET).takes(withdraw("1"));
    desk.refuses("plan-already-reviewed", Article(5), withdraw("1"));
    desk.by_joint_office().takes(accept("2"));
    desk.by(Role::Officer, MARKET).refuses("plan-already-reviewed", Article(5), withdraw("2"));
}

#[test]
fn the_joint_office_reviews_each_proposal_once() {
    let mut desk = at_market();
    desk.takes(propose("1"));
    desk.takes(propose("2"));
    assert_eq!(plan(&desk).unreviewed().count(), 2);
    desk.refuses("not-entitled-role", Article(5), accept("1"));
    desk.by_joint_office().refuses("plan-entry-unknown", Article(5), accept("3"));
    desk.takes(accept("1"));
    let again = desk.refuses("plan-already-reviewed", Article(5), give_back("1"));
    assert_eq!(named(&again, "status"), "accepted");
    desk.takes(give_back("2"));
    let again = desk.refuses("plan-already-reviewed", Article(5), accept("2"));
    assert_eq!(named(&again, "status"), "returned");
    assert_eq!(plan(&desk).unreviewed().count(), 0);
}

#[test]
fn accepted_entries_are_merged_into_one() {
    let mut desk = at_market();
    for id in ["1", "2", "3"] {
        desk.takes(propose(id));
    }
    desk.refuses("not-entitled-role", Article(5), merge(&["1", "2"], "12"));
    desk.by_joint_office().takes(accept("1"));
    desk.refuses("plan-entry-not-accepted", Article(5), merge(&["1", "2"], "12"));
    desk.takes(accept("2"));
    desk.takes(accept("3"));
    desk.refuses("plan-merge-of-one", Article(5), merge(&["1"], "12"));
    desk.refuses("plan-merge-of-one", Article(5), merge(&["1", "2", "1"], "12"));
    desk.refuses("plan-entry-unknown", Article(5), merge(&["1", "4"], "12"));
    desk.refuses("plan-entry-exists", Article(5), merge(&["1", "2"], "3"));
    let mut wrong = entry("12", "2026");
    wrong.department = code(FIRE);
    let wrong = Merged { entries: vec![code("1"), code("2")], into: wrong };
    let wrong = PlanCommand::Merge { merged: wrong, year: code("2026") };
    desk.refuses("plan-not-lead", Article(5), wrong);
    desk.takes(merge(&["1", "2"], "12"));
    desk.refuses("plan-entry-not-accepted", Article(5), merge(&["1", "3"], "13"));
    desk.takes(issue("5号"));
    let in_force: Vec<_> = ["1", "2", "3", "12"]
        .into_iter()
        .filter(|id| plan(&desk).in_force(&code(id)).is_some())
        .collect();
    assert_eq!(in_force, ["3", "12"]);
}

#[test]
fn the_plan_is_issued_when_every_proposal_is_reviewed() {
    let mut desk = at_market();
    desk.by_joint_office().refuses("case-unknown", Article(4), issue("5号"));
    desk.by(Role::Officer, MARKET).takes(propose("1"));
    desk.takes(propose("2"));
    desk.by_joint_office().takes(accept("1"));
    desk.refuses("plan-unreviewed", Article(5), issue("5号"));
    desk.takes(give_back("2"));
    desk.by(Role::DepartmentHead, MARKET).refuses("not-entitled-role", Article(5), issue("5号"));
    assert!(plan(&desk).in_force(&code("1")).is_none());
    desk.by_joint_office().takes(issue("5号"));
    assert!(plan(&desk).in_force(&code("1")).is_some());
    assert!(plan(&desk).in_force(&code("2")).is_none());
    desk.refuses("plan-nothing-to-issue", Article(5), issue("6号"));
}

#[test]
fn what_comes_late_is_issued_as_a_supplement() {
    let mut desk = issued();
    desk.on("2026-06-01").by(Role::Officer, MARKET).takes(propose("2"));
    desk.by_joint_office().takes(accept("2"));
    desk.refuses("plan-document-twice", Article(5), issue("5号"));
    desk.takes(issue("8号"));
    assert!(plan(&desk).in_force(&code("2")).is_some());
}

#[test]
fn an_entry_in_force_is_amended_by_a_document_of_its_own() {
    let mut desk = issued();
    let longer = || Entry { window: window("2026-04-20", "2026-11-30"), ..entry("1", "2026") };
    desk.by(Role::Officer, MARKET).refuses("not-entitled-role", Article(5), amend(longer(), "7号"));
    desk.takes(propose("2"));
    desk.by_joint_office();
    let proposed = Entry { id: code("2"), ..longer() };
    desk.refuses("plan-entry-not-in-force", Article(5), amend(proposed, "7号"));
    desk.refuses("plan-document-twice", Article(5), amend(longer(), "5号"));
    let other = Entry { industry: code("5265"), ..longer() };
    desk.refuses("plan-other-industry", Article(5), amend(other, "7号"));
    let beyond = Entry { window: window("2026-04-20", "2027-01-31"), ..longer() };
    desk.refuses("plan-window-outside-year", Article(5), amend(beyond, "7号"));
    desk.takes(amend(longer(), "7号"));
    assert_eq!(plan(&desk).in_force(&code("1")), Some(&longer()));
}

#[test]
fn what_was_issued_is_publicised() {
    let mut desk = at_market();
    desk.by_joint_office().refuses("case-unknown", Article(4), publicise("5号", "区政府网站"));
    let mut desk = issued();
    let open = |desk: &Desk| plan(desk).unpublicised().map(|d| d.to_string()).collect::<Vec<_>>();
    assert_eq!(open(&desk), ["5号"]);
    desk.refuses("plan-not-issued", Article(5), publicise("6号", "区政府网站"));
    desk.by(Role::Officer, MARKET);
    desk.refuses("not-entitled-role", Article(5), publicise("5号", "区政府网站"));
    desk.by_joint_office().takes(publicise("5号", "区政府网站"));
    assert!(open(&desk).is_empty());
    desk.refuses("plan-publicised-twice", Article(5), publicise("5号", "区政府网站"));
    desk.by(Role::Platform, "").takes(publicise("5号", "省级平台"));
    // An amendment is public as well.
    desk.by_joint_office().takes(amend(entry("1", "2026"), "7号"));
    assert_eq!(open(&desk), ["7号"]);
}

#[test]
fn the_joint_office_approves_what_is_not_planned() {
    let mut desk = at_market();
    desk.refuses("not-entitled-role", Decision("ad-hoc-approval"), ad_hoc("1"));
    desk.by_joint_office().takes(ad_hoc("1"));
    assert!(plan(&desk).in_force(&code("1")).is_some());
    desk.refuses("plan-entry-exists", Article(5), ad_hoc("1"));
    let of_fire = Entry { department: code(FIRE), ..entry("2", "2026") };
    let approved = AdHocApproved { entry: of_fire, reason: kept("投诉集中") };
    let of_fire = PlanCommand::ApproveAdHoc { approved, year: code("2026") };
    desk.refuses("plan-not-lead", Article(5), of_fire);
}

#[test]
fn who_has_not_proposed_yet_can_be_listed() {
    let mut desk = at_market();
    let missing = |desk: &Desk| -> BTreeSet<String> {
        let on = desk.stamp.effective;
        let missing = desk.world.not_proposed(&"2026".parse().unwrap(), on);
        missing.map(|(industry, lead)| format!("{industry} {lead}")).collect()
    };
    let catering = || BTreeSet::from([format!("{CATERING} {MARKET}")]);
    assert_eq!(missing(&desk), catering());
    desk.takes(propose("1"));
    assert!(missing(&desk).is_empty());
    desk.takes(withdraw("1"));
    assert_eq!(missing(&desk), catering());
}

#[test]
fn a_year_has_four_digits() {
    for wrong in ["", "26", "02026", "２０２６", "-026", "0000"] {
        assert!(wrong.parse::<PlanYear>().is_err(), "{wrong}");
    }
    assert_eq!("2026".parse::<PlanYear>().unwrap().days(), window("2026-01-01", "2026-12-31"));
}

#[test]
fn a_scheme_rests_on_an_entry_in_force() {
    let mut desk = with_plan();
    let of =
        |entry: &str, year: &str| make(Scheme { entry: code(entry), year: code(year), ..scheme() });
    desk.takes(propose("2"));
    // Only proposed, unknown, and of another year.
    for (entry, year) in [("2", "2026"), ("3", "2026"), ("1", "2027")] {
        desk.refuses("scheme-without-plan", Article(5), of(entry, year));
    }
    desk.by_joint_office().takes(ad_hoc("3"));
    desk.by(Role::Officer, MARKET).takes(of("3", "2026"));
}
