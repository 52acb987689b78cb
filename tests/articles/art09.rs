//! 第九条 风险监测: indicators over time with a statistical limit, warnings, and the joint assessment of major ones.

use crate::desk::{Desk, FIRE, HEALTH, MARKET, code, day, kept};
use crate::planned::{CATERING, window, with_list};
use yicha::actor::Role;
use yicha::case::Fact;
use yicha::citation::Basis::{Article, Decision};
use yicha::edition::{Dated, Parameter, Source};
use yicha::oversight::limit::Share;
use yicha::oversight::warning::*;
use yicha::plan::conference::{ConferenceCommand, Held, Occasion, Resolution, ResolutionDone};

const LIMIT: yicha::citation::Basis = Decision("warning-limit");

fn observe(days: [&str; 2], count: u32, of: u32) -> IndicatorCommand {
    let [from, until] = days;
    IndicatorCommand::Observe {
        industry: code(CATERING),
        observation: Observation {
            indicator: Indicator::Problems,
            period: window(from, until),
            share: Share { count, of },
        },
        correction: None,
        warning: code(&format!("W-{from}")),
    }
}

fn corrected(mut command: IndicatorCommand) -> IndicatorCommand {
    let IndicatorCommand::Observe { correction, .. } = &mut command;
    *correction = Some(kept("重复计数"));
    command
}

const MONTHS: [[&str; 2]; 5] = [
    ["2026-01-01", "2026-01-31"],
    ["2026-02-01", "2026-02-28"],
    ["2026-03-01", "2026-03-31"],
    ["2026-04-01", "2026-04-30"],
    ["2026-05-01", "2026-05-31"],
];

/// What an observation led to: the limit, and the numbers of warnings.
fn outcome(facts: &[Fact]) -> (Option<u32>, Vec<String>) {
    use yicha::event::Event;
    let mut limit = None;
    let mut warnings = Vec::new();
    for fact in facts {
        match &fact.event {
            Event::Indicator(IndicatorEvent::Observed(observed)) => limit = observed.limit,
            Event::Warning(WarningEvent::Raised(_)) => warnings.push(fact.case.id.to_string()),
            other => panic!("{other:?}"),
        }
    }
    (limit, warnings)
}

/// Three months of 5 in 100 each, with the next act in June.
fn three_months() -> Desk {
    let mut desk = with_list();
    desk.on("2026-06-01").by(Role::Officer, MARKET);
    for month in &MONTHS[..3] {
        assert_eq!(outcome(&desk.takes(observe(*month, 5, 100))).0, None, "too few before");
    }
    desk
}

#[test]
fn only_a_value_above_the_limit_raises_a_warning() {
    // Share before: 15 in 300. The limit is ⌊n·p + 3·√(n·p·(1−p))⌋.
    let cases = [
        // of, count, limit, warned
        (100, 11, 11, false), // 5 + 3·√4.75 = 11.54
        (100, 12, 11, true),
        (20, 3, 3, false), // 1 + 3·√0.95 = 3.92
        (20, 4, 3, true),
        (1_000, 70, 70, false), // 50 + 3·√47.5 = 70.68
        (1_000, 71, 70, true),
        (1, 1, 0, true), // 0.05 + 3·√0.0475 = 0.70
        (0, 0, 0, false),
    ];
    for (of, count, limit, warned) in cases {
        let facts = three_months().takes(observe(MONTHS[3], count, of));
        let warnings = if warned { vec!["W-2026-04-01".to_string()] } else { vec![] };
        assert_eq!(outcome(&facts), (Some(limit), warnings), "{count} of {of}");
    }
}

#[test]
fn the_limit_follows_the_last_periods_before_and_no_later_ones() {
    let mut desk = three_months();
    let from = desk.edition.from;
    let two = || Parameter::new(Dated { value: 2, from, source: Source::Basis(LIMIT) });
    desk.edition.warning_periods = two();
    desk.edition.warning_periods_least = two();
    desk.takes(observe(MONTHS[4], 20, 100)); // May is known before April
    let (limit, _) = outcome(&desk.takes(observe(MONTHS[3], 10, 100)));
    assert_eq!(limit, Some(11), "April's rests on February and March");
    let (limit, _) = outcome(&desk.takes(corrected(observe(MONTHS[4], 19, 100))));
    assert_eq!(limit, Some(15), "May's on March and April: 7.5 + 3·√6.94 = 15.4");
}

#[test]
fn a_corrected_value_warns_once() {
    let mut desk = three_months();
    desk.takes(observe(MONTHS[3], 10, 100));
    let (_, warnings) = outcome(&desk.takes(corrected(observe(MONTHS[3], 13, 100))));
    assert_eq!(warnings, ["W-2026-04-01"]);
    let (_, warnings) = outcome(&desk.takes(corrected(observe(MONTHS[3], 14, 100))));
    assert_eq!(warnings, [""; 0]);
    // The next period has a warning of its own.
    let (_, warnings) = outcome(&desk.takes(observe(MONTHS[4], 60, 100)));
    assert_eq!(warnings, ["W-2026-05-01"]);
}

#[test]
fn the_limit_of_a_corrected_value_does_not_rest_on_the_value_itself() {
    // A period of one day begins on the day on which it ends.
    for days in [MONTHS[3], ["2026-04-30", "2026-04-30"]] {
        let mut desk = three_months();
        let (first, _) = outcome(&desk.takes(observe(days, 50, 100)));
        let (again, _) = outcome(&desk.takes(corrected(observe(days, 5, 100))));
        assert_eq!((first, again), (Some(11), Some(11)));
    }
}

#[test]
fn a_period_is_over_apart_from_others_and_corrected_with_a_reason() {
    let mut desk = three_months();
    let april = MONTHS[3];
    desk.on("2026-04-30").refuses("indicator-period-not-over", LIMIT, observe(april, 5, 100));
    desk.refuses("indicator-period-not-over", LIMIT, observe(["2026-04-02", "2026-04-01"], 5, 100));
    desk.on("2026-05-01");
    desk.refuses("indicator-period-overlaps", LIMIT, observe(["2026-03-31", "2026-04-29"], 5, 100));
    desk.refuses("indicator-nothing-to-correct", LIMIT, corrected(observe(april, 5, 100)));
    desk.refuses("indicator-count-above-total", Article(9), observe(april, 101, 100));
    desk.takes(observe(april, 5, 100));
    desk.refuses("indicator-period-overlaps", LIMIT, observe(april, 6, 100));
    desk.refuses(
        "indicator-period-overlaps",
        LIMIT,
        corrected(observe(["2026-04-02", "2026-04-30"], 6, 100)),
    );
    desk.takes(corrected(observe(april, 6, 100)));
    let watch = &desk.world.indicators[CATERING];
    let shares: Vec<_> =
        watch.periods(Indicator::Problems).map(|period| period.observation.share.count).collect();
    assert_eq!(shares, [5, 5, 5, 6]);
    assert_eq!(watch.periods(Indicator::Complaints).count(), 0);
    // A period of one day, which begins right behind another.
    desk.on("2026-05-02").takes(observe(["2026-05-01", "2026-05-01"], 5, 100));
}

#[test]
fn a_warning_gets_a_number_of_its_own() {
    let mut desk = three_months();
    desk.takes(raise("W-2026-04-01"));
    desk.refuses("case-exists", Article(4), observe(MONTHS[3], 50, 100));
    desk.refuses("case-exists", Article(4), raise("W-2026-04-01"));
    // Below the limit none is needed.
    desk.takes(observe(MONTHS[3], 5, 100));
}

fn raise(warning: &str) -> WarningCommand {
    let text = kept("三家餐饮单位接连发生燃气泄漏");
    WarningCommand::Raise { warning: code(warning), industry: code(CATERING), text }
}

fn grade(grade: Grade, concerned: &[&str]) -> WarningCommand {
    let concerned = concerned.iter().map(|id| code(id)).collect();
    let graded = Graded { concerned, grade, reason: kept("研判") };
    WarningCommand::Grade { warning: code("W1"), graded }
}

fn assess(conference: &str, measures: &[&str]) -> WarningCommand {
    let assessed = Assessed {
        assessment: kept("综合研判意见"),
        conference: code(conference),
        measures: measures.iter().map(|id| code(id)).collect(),
    };
    WarningCommand::Assess { warning: code("W1"), assessed }
}

fn close() -> WarningCommand {
    WarningCommand::Close {
        warning: code("W1"), closed: WarningClosed { report: kept("已消除") }
    }
}

/// A conference on `on` with two resolutions, of which the first deals with the risk.
fn hold(desk: &mut Desk, conference: &str, on: &str, attended: &[&str]) {
    let resolution = |id: &str, owner: &str| Resolution {
        due: day("2026-12-31"),
        id: code(id),
        owner: code(owner),
        text: kept(id),
    };
    let held = Held {
        agenda: vec![kept("燃气风险")],
        attended: attended.iter().map(|id| code(id)).collect(),
        occasion: Occasion::AdHoc,
        resolutions: vec![resolution("1", FIRE), resolution("2", HEALTH)],
    };
    let command = ConferenceCommand::Hold { conference: code(conference), held };
    desk.on(on).by_joint_office().takes(command);
    desk.by(Role::Officer, MARKET);
}

/// A warning of 1 June, with the next act by the lead on 2 June.
fn warned() -> Desk {
    let mut desk = with_list();
    desk.on("2026-06-01").by(Role::Inspector, FIRE).takes(raise("W1"));
    desk.on("2026-06-02").by(Role::Officer, MARKET);
    desk
}

#[test]
fn a_major_warning_is_closed_after_a_joint_assessment_and_its_measures() {
    let mut desk = warned();
    desk.takes(grade(Grade::Major, &[MARKET, FIRE]));
    desk.refuses("warning-not-assessed", Article(9), close());
    hold(&mut desk, "K1", "2026-06-05", &[MARKET, FIRE]);
    desk.takes(assess("K1", &["1"]));
    desk.refuses("warning-measures-open", Article(9), close());
    let done = ResolutionDone { report: kept("done"), resolution: code("1") };
    let finish = ConferenceCommand::FinishResolution { conference: code("K1"), done };
    desk.by(Role::Officer, FIRE).takes(finish);
    // The other resolution has nothing to do with the risk and holds up nothing.
    assert!(desk.world.warnings["W1"].is_open());
    desk.by(Role::Officer, MARKET).takes(close());
    assert!(!desk.world.warnings["W1"].is_open());
    desk.refuses("warning-already-closed", Article(9), close());
    desk.refuses("warning-already-closed", Article(9), grade(Grade::General, &[MARKET]));
}

#[test]
fn a_general_warning_needs_a_grade_and_no_assessment() {
    let mut desk = warned();
    desk.refuses("warning-not-graded", Article(9), close());
    desk.takes(grade(Grade::General, &[MARKET]));
    desk.takes(close());
}

#[test]
fn a_major_warning_concerns_several_departments() {
    let mut desk = warned();
    desk.refuses("warning-major-alone", Article(9), grade(Grade::Major, &[MARKET]));
    desk.takes(grade(Grade::Major, &[MARKET, FIRE]));
}

#[test]
fn all_departments_concerned_assess_it_together_after_it_was_raised() {
    let mut desk = warned();
    hold(&mut desk, "K0", "2026-05-29", &[MARKET, FIRE]);
    hold(&mut desk, "K1", "2026-06-05", &[MARKET, HEALTH]);
    hold(&mut desk, "K2", "2026-06-08", &[MARKET, FIRE, HEALTH]);
    desk.refuses("warning-not-graded", Article(9), assess("K2", &[]));
    desk.takes(grade(Grade::Major, &[MARKET, FIRE]));
    desk.refuses("assessment-before-warning", Article(9), assess("K0", &[]));
    desk.refuses("assessment-incomplete", Article(9), assess("K1", &[]));
    desk.refuses("assessment-measure-unknown", Article(9), assess("K2", &["1", "3"]));
    desk.refuses("case-unknown", Article(4), assess("K9", &[]));
    desk.by(Role::Officer, FIRE);
    desk.refuses("not-entitled-department", Article(9), assess("K2", &[]));
    desk.by(Role::Officer, MARKET).takes(assess("K2", &[]));
    desk.takes(close());
}

#[test]
fn an_assessment_without_a_department_added_later_is_not_enough() {
    let mut desk = warned();
    desk.takes(grade(Grade::Major, &[MARKET, FIRE]));
    hold(&mut desk, "K1", "2026-06-01", &[MARKET, FIRE]);
    desk.takes(assess("K1", &[]));
    desk.takes(grade(Grade::Major, &[MARKET, FIRE, HEALTH]));
    desk.refuses("warning-not-assessed", Article(9), close());
    hold(&mut desk, "K2", "2026-06-08", &[MARKET, FIRE, HEALTH]);
    desk.takes(assess("K2", &[]));
    desk.takes(close());
}

#[test]
fn the_lead_or_the_joint_office_deals_with_a_warning() {
    let mut desk = warned();
    desk.by(Role::Officer, FIRE);
    desk.refuses("not-entitled-department", Article(9), grade(Grade::General, &[MARKET]));
    desk.by(Role::Platform, "");
    desk.refuses("not-entitled-role", Article(9), grade(Grade::General, &[MARKET]));
    desk.refuses("not-entitled-role", Article(9), raise("W2"));
    desk.by_joint_office().takes(grade(Grade::General, &[MARKET]));
    assert_eq!(desk.world.warnings["W1"].raised.lead, code(MARKET));
    desk.by(Role::Officer, FIRE).refuses("not-entitled-department", Article(9), close());
    // Values come from the platform, the joint office or the lead.
    desk.refuses("not-entitled-department", Article(9), observe(MONTHS[0], 1, 10));
    desk.by(Role::Platform, "").takes(observe(MONTHS[0], 1, 10));
}

#[test]
fn an_industry_is_one_of_the_joint_list() {
    let mut desk = Desk::new();
    desk.on("2026-06-01").by_joint_office();
    desk.refuses("joint-list-not-in-force", Article(3), observe(MONTHS[0], 1, 10));
    desk.refuses("joint-list-not-in-force", Article(3), raise("W1"));
}
