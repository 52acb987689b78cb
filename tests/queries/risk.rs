//! Article 9: indicators with their limits, and warnings with what they wait for.

use crate::asked::{ask, refuses, said};
use crate::desk::{Desk, FIRE, MARKET, code, day, kept};
use crate::planned::{CATERING, window, with_list};
use yicha::actor::Role;
use yicha::oversight::limit::Share;
use yicha::oversight::warning::*;
use yicha::plan::conference::{ConferenceCommand, Held, Occasion, Resolution, ResolutionDone};
use yicha::query::{Answer, AskRisk, Risk};

const MONTHS: [[&str; 2]; 4] = [
    ["2026-01-01", "2026-01-31"],
    ["2026-02-01", "2026-02-28"],
    ["2026-03-01", "2026-03-31"],
    ["2026-04-01", "2026-04-30"],
];

fn risk(desk: &Desk, on: &str) -> Risk {
    match ask(desk, AskRisk { day: day(on), industry: None }).unwrap() {
        Answer::Risk(risk) => risk,
        other => panic!("{other:?}"),
    }
}

fn observe(days: [&str; 2], count: u32, correction: Option<&str>) -> IndicatorCommand {
    IndicatorCommand::Observe {
        industry: code(CATERING),
        observation: Observation {
            indicator: Indicator::Problems,
            period: window(days[0], days[1]),
            share: Share { count, of: 100 },
        },
        correction: correction.map(kept),
        warning: code("W1"),
    }
}

/// Three months of 10 in 100 each, and a fourth with so many; its limit is 10 + 3·√9 = 19.
fn observed(count: u32) -> Desk {
    let mut desk = with_list();
    desk.on("2026-05-06").by(Role::Officer, MARKET);
    for month in &MONTHS[..3] {
        desk.takes(observe(*month, 10, None));
    }
    desk.takes(observe(MONTHS[3], count, None));
    desk
}

#[test]
fn each_period_is_told_with_its_limit() {
    let told = |count| {
        let periods = risk(&observed(count), "2026-05-06").periods;
        periods.iter().map(|it| (it.limit, it.share.count, it.above)).collect::<Vec<_>>()
    };
    let early = (None, 10, false);
    assert_eq!(told(19), [early, early, early, (Some(19), 19, false)]);
    assert_eq!(told(20), [early, early, early, (Some(19), 20, true)]);
    // A period is told when it is over.
    let desk = observed(19);
    assert_eq!(risk(&desk, "2026-04-30").periods.len(), 3);
    assert_eq!(risk(&desk, "2026-05-01").periods.len(), 4);
    assert!(risk(&desk, "2026-05-01").warnings.is_empty());
}

#[test]
fn a_corrected_value_is_told_as_such() {
    let mut desk = observed(19);
    desk.takes(observe(MONTHS[3], 18, Some("重复计数")));
    let periods = risk(&desk, "2026-05-06").periods;
    let told: Vec<_> = periods.iter().map(|it| (it.corrected, it.share.count)).collect();
    assert_eq!(told[2..], [(false, 10), (true, 18)]);
}

/// What the one warning waits for, as a code.
#[track_caller]
fn waits(desk: &Desk) -> Option<&'static str> {
    let [warning] = <[_; 1]>::try_from(risk(desk, "2026-06-30").warnings).unwrap();
    warning.waits.map(|waits| {
        said(&waits.said);
        waits.code
    })
}

#[test]
fn a_warning_is_told_with_what_it_waits_for() {
    let mut desk = observed(20);
    let id = || code("W1");
    let [warning] = &risk(&desk, "2026-05-06").warnings[..] else { panic!() };
    assert_eq!((warning.on, &warning.lead), (day("2026-05-06"), &code(MARKET)));
    assert_eq!(warning.breach.unwrap().share.count, 20);
    assert!(risk(&desk, "2026-05-05").warnings.is_empty());
    assert_eq!(waits(&desk), Some("warning-not-graded"));
    let graded = Graded {
        concerned: [code(MARKET), code(FIRE)].into(),
        grade: Grade::Major,
        reason: kept("集中出现"),
    };
    desk.takes(WarningCommand::Grade { graded, warning: id() });
    assert_eq!(waits(&desk), Some("warning-not-assessed"));
    let resolution =
        Resolution {
            due: day("2026-06-30"), id: code("1"), owner: code(FIRE), text: kept("措施")
        };
    let held = Held {
        agenda: vec![kept("研判")],
        attended: vec![code(MARKET), code(FIRE)],
        occasion: Occasion::AdHoc,
        resolutions: vec![resolution],
    };
    desk.on("2026-05-11").by_joint_office();
    desk.takes(ConferenceCommand::Hold { conference: code("K1"), held });
    let assessed = Assessed {
        assessment: kept("研判意见"),
        conference: code("K1"),
        measures: [code("1")].into(),
    };
    desk.by(Role::Officer, MARKET).takes(WarningCommand::Assess { assessed, warning: id() });
    assert_eq!(waits(&desk), Some("warning-measures-open"));
    let done = ResolutionDone { report: kept("report"), resolution: code("1") };
    desk.by(Role::Officer, FIRE);
    desk.takes(ConferenceCommand::FinishResolution { conference: code("K1"), done });
    assert_eq!(waits(&desk), None);
    let closed = WarningClosed { report: kept("风险已消除") };
    desk.on("2026-06-01").by(Role::Officer, MARKET);
    desk.takes(WarningCommand::Close { closed, warning: id() });
    let closed = |on| risk(&desk, on).warnings[0].closed;
    assert_eq!([closed("2026-05-31"), closed("2026-06-01")], [None, Some(day("2026-06-01"))]);
    let told = &risk(&desk, "2026-06-01").warnings[0];
    assert_eq!((told.grade, &told.assessed), (Some(Grade::Major), &Some(code("K1"))));
    assert_eq!(told.concerned, [code(MARKET), code(FIRE)].into());
}

#[test]
fn an_industry_is_asked_about() {
    let desk = observed(20);
    let of = |industry| AskRisk { day: day("2026-05-06"), industry: Some(code(industry)) };
    let Answer::Risk(risk) = ask(&desk, of(CATERING)).unwrap() else { panic!() };
    assert_eq!((risk.periods.len(), risk.warnings.len()), (4, 1));
    refuses(&desk, "case-unknown", of("63"));
}
