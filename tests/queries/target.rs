//! What happened to a target: every visit of every department, against the frequency cap.

use crate::asked::{ask, named, refuses};
use crate::completed::*;
use crate::desk::{Desk, FIRE, HEALTH, MARKET, code, day, kept};
use crate::inspected::{self, Field, visited};
use crate::planned::{FIRE_SAFETY, FOOD, SCHEME, entry};
use crate::registered::{register_target, target};
use yicha::actor::Role;
use yicha::code::TargetId;
use yicha::follow_up::penalty::Severity;
use yicha::follow_up::rectification::*;
use yicha::inspection::{InspectionCommand, Visited};
use yicha::plan::annual::{Amended, Entry, PlanCommand};
use yicha::publication::{Inherited, PublicationCommand};
use yicha::query::{Answer, AskTarget, Cap, TargetHistory};
use yicha::register::shelf::Imported;
use yicha::register::target::*;
use yicha::register::{Target, TargetKind};
use yicha::result::InspectionResult::*;
use yicha::risk::RiskClass;

fn history(desk: &Desk, target: &str, on: &str) -> TargetHistory {
    let asked = AskTarget { day: day(on), target: code(target) };
    match ask(desk, asked).unwrap() {
        Answer::Target(history) => history,
        other => panic!("{other:?}"),
    }
}

/// The next acts are those of a target of high risk, whose class is visited so many times a year at most.
fn with_cap(mut field: Field, cap: u16) -> Field {
    let classed = TargetClassed {
        class: RiskClass::High,
        department: code(MARKET),
        grounds: kept("评定"),
        reason: code("complaints"),
        target: field.target.clone(),
    };
    let visits = [(RiskClass::High, cap)].into();
    let amended = Amended {
        document: code("宛区双随机办〔2026〕9号"),
        entry: Entry { visits, ..entry("1", "2026") },
        reason: kept("明确频次"),
    };
    field.desk.by(Role::Officer, MARKET);
    field.desk.takes(TargetCommand::Change(TargetChange::Classed(classed)));
    field.desk.by_joint_office().takes(PlanCommand::Amend { amended, year: code("2026") });
    field
}

fn visits(desk: &Desk, target: &TargetId, on: &str) -> (u64, Vec<Cap>) {
    let mut years = history(desk, target.as_str(), on).years;
    let year = years.pop().unwrap();
    assert!(years.is_empty() && year.year == code("2026"));
    (year.visits, year.caps)
}

#[test]
fn a_joint_visit_counts_once_against_the_cap_and_another_one_again() {
    let mut field = with_cap(visited(), 2);
    let target = field.target.clone();
    let cap = |reached| [Cap { cap: 2, entry: code("1"), industry: code("62"), reached }];
    assert_eq!(visits(&field.desk, &target, "2026-05-05"), (0, cap(false).to_vec()));
    assert_eq!(visits(&field.desk, &target, "2026-05-06"), (1, cap(false).to_vec()));
    let present = field.team().into_iter().collect();
    let again = Visited { present, reason: Some(kept("抽样检测")) };
    field.at("2026-05-07", MARKET, 0);
    field.desk.takes(InspectionCommand::Visit { inspection: inspected::id(), visited: again });
    assert_eq!(visits(&field.desk, &target, "2026-05-06"), (1, cap(false).to_vec()));
    assert_eq!(visits(&field.desk, &target, "2026-05-07"), (2, cap(true).to_vec()));
    let by_world =
        field.desk.world.visits(&target, crate::planned::window("2026-05-07", "2026-12-31"));
    assert_eq!(by_world.count(), 1);
    // The next year begins anew, and no cap is known for it.
    let next = history(&field.desk, target.as_str(), "2027-01-01").years;
    let told: Vec<_> =
        next.iter().map(|it| (it.year.to_string(), it.visits, it.caps.len())).collect();
    assert_eq!(told, [("2026".into(), 2, 1), ("2027".into(), 0, 0)]);
    // Without a class there is none either.
    assert_eq!(visits(&visited().desk, &target, "2026-05-06"), (1, vec![]));
}

#[test]
fn every_inspection_is_told_with_its_visits_departments_and_results() {
    let mut field = inspected::recorded(ProblemToBeCorrected, Passed);
    field.desk.takes(inspected::confirm(inspected::signed(), &[FOOD, FIRE_SAFETY]));
    field.desk.on("2026-05-07").by(Role::Officer, MARKET).takes(inspected::complete());
    let id = field.target.to_string();
    assert!(history(&field.desk, &id, "2026-04-19").inspections.is_empty());
    let [opened] = &history(&field.desk, &id, "2026-04-20").inspections[..] else { panic!() };
    assert_eq!((opened.opened, opened.completed), (day("2026-04-20"), None));
    assert!(opened.visits.is_empty() && opened.results.is_empty());
    let [done] = &history(&field.desk, &id, "2026-05-07").inspections[..] else { panic!() };
    assert_eq!((done.completed, &done.scheme), (Some(day("2026-05-07")), &code(SCHEME)));
    let [visit] = &done.visits[..] else { panic!() };
    assert_eq!(visit.departments, [code(MARKET), code(FIRE)].into());
    assert_eq!((visit.on, visit.inspectors.len()), (day("2026-05-06"), 4));
    let results: Vec<_> = done
        .results
        .iter()
        .map(|it| (it.item.as_str(), it.result, it.negative, it.public))
        .collect();
    assert_eq!(
        results,
        [(FOOD, ProblemToBeCorrected, true, false), (FIRE_SAFETY, Passed, false, false)]
    );
    assert_eq!(history(&field.desk, &id, "2026-05-06").inspections[0].completed, None);
}

#[test]
fn a_recheck_is_no_visit_and_what_followed_is_named() {
    let mut desk = published(ProblemToBeCorrected, "2026-04-01");
    let ordered = Ordered {
        department: code(MARKET),
        found: found(FOOD),
        order: kept("责令改正通知书"),
        term: Term::AtOnce,
    };
    desk.takes(RectificationCommand::Order { ordered, rectification: code("Z1") });
    desk.takes(clue("X1", FIRE_SAFETY));
    desk.takes(penalise("P1", Severity::Minor, "2026-04-10"));
    let inspectors = [code("m1"), code("m2")].into();
    let rechecked = Rechecked { corrected: true, inspectors, record: kept("复查记录") };
    desk.on("2026-04-20");
    desk.takes(RectificationCommand::Recheck { rechecked, rectification: code("Z1") });
    assert!(history(&desk, TARGET, "2026-04-19").rechecks.is_empty());
    let told = history(&desk, TARGET, "2026-04-20");
    let [recheck] = &told.rechecks[..] else { panic!() };
    assert!(recheck.corrected && recheck.on == day("2026-04-20"));
    assert_eq!(told.years[0].visits, 0);
    let cases: Vec<_> = told.cases.iter().map(named).collect();
    assert_eq!(cases, ["clue X1", "rectification Z1", "penalty P1"]);
    assert!(told.inspections[0].results[0].public);
    // Of another target nothing of this is told.
    desk.by(Role::Officer, MARKET).takes(register_target(MARKET, target("T2")));
    let other = history(&desk, "T2", "2026-04-20");
    assert!(other.cases.is_empty() && other.rechecks.is_empty() && other.inspections.is_empty());
}

#[test]
fn it_is_told_where_a_target_is_registered_and_what_is_inherited() {
    let mut desk = Desk::new();
    desk.by(Role::Officer, MARKET).takes(register_target(MARKET, target("T1")));
    let shop = Target { kind: TargetKind::IndividualBusiness, ..target("T1") };
    desk.by(Role::Officer, FIRE).takes(register_target(FIRE, shop));
    let inherited = Inherited {
        department: code(FIRE),
        item: code(FIRE_SAFETY),
        negative: None,
        published: day("2025-11-30"),
        result: Failed,
        source: code("省级平台2025年度抽查结果"),
        target: code("T1"),
        text: None,
    };
    desk.takes(PublicationCommand::Inherit { inherited, inspection: code("2025-7") });
    let told = history(&desk, "T1", "2026-03-20");
    let kinds: Vec<_> = told.registered.iter().map(|it| (&it.department, it.kind)).collect();
    let (market, fire) = (code(MARKET), code(FIRE));
    use TargetKind::*;
    assert_eq!(kinds, [(&market, Enterprise), (&fire, IndividualBusiness)]);
    let [result] = &told.inherited[..] else { panic!("{told:?}") };
    assert!(result.public && result.negative && result.inspection == code("2025-7"));
    assert!(!history(&desk, "T1", "2025-11-29").inherited[0].public);
}

#[test]
fn a_target_that_nobody_knows_is_refused_and_so_is_one_of_rows_not_fed() {
    let mut desk = Desk::new();
    let asked = || AskTarget { day: day("2026-04-01"), target: code("T1") };
    refuses(&desk, "target-unknown", asked());
    let import = Imported { count: 1, department: code(HEALTH), digest: kept("rows") };
    desk.by(Role::Officer, HEALTH).takes(TargetCommand::Import(import));
    refuses(&desk, "register-not-fed", asked());
    // It stands in a register that is fed.
    desk.by(Role::Officer, MARKET).takes(register_target(MARKET, target("T1")));
    assert_eq!(history(&desk, "T1", "2026-04-01").registered.len(), 1);
}
