//! 第二十五条 信用修复: when the publicity of a negative result stops, by either branch.

use crate::completed::*;
use crate::desk::{Desk, FIRE, MARKET, code, day, kept};
use crate::planned::FOOD;
use crate::registered::law;
use yicha::actor::Role;
use yicha::citation::Basis::Article;
use yicha::explain::Lang;
use yicha::follow_up::consequence::EndCause::{self, *};
use yicha::follow_up::penalty::Severity::{self, *};
use yicha::publication::publicity::StopGround;
use yicha::publication::{
    Correction, CorrectionOrder, CorrectionReason, Period, PublicationCommand, Publicity,
};
use yicha::result::InspectionResult::{self, *};

fn set_period(months: u16, start: &str) -> PublicationCommand {
    let period = Period {
        months: months.try_into().unwrap(),
        source: law("市场监督管理信用修复管理办法"),
        start: day(start),
    };
    PublicationCommand::SetPeriod { inspection: code(VISIT), item: code(FOOD), period }
}

fn cease() -> PublicationCommand {
    PublicationCommand::Cease { inspection: code(VISIT), item: code(FOOD) }
}

fn publicity(desk: &Desk, on: &str) -> Publicity {
    desk.world.publicity(&code(VISIT), &code(FOOD), day(on)).unwrap()
}

/// Whether the public sees the result; what is asked for one and found in the whole record is the same.
fn public(desk: &Desk, on: &str) -> bool {
    let asked = publicity(desk, on).is_public();
    let listed = desk.world.public_record(day(on)).any(|it| it.item.as_str() == FOOD);
    assert_eq!(asked, listed, "{on}");
    asked
}

#[test]
fn branch_a_the_last_public_day_is_that_of_the_same_number() {
    // 公示期起算日, 月数, 最后公示日, 停止公示日.
    for (start, months, last, stops) in [
        ("2026-11-30", 3, "2027-02-28", "2027-03-01"), // no 30th: the end of the month, a Sunday, and no rolling
        ("2026-11-28", 3, "2027-02-28", "2027-03-01"),
        ("2026-12-01", 3, "2027-03-01", "2027-03-02"),
        ("2027-11-30", 3, "2028-02-29", "2028-03-01"), // a leap year
        ("2026-08-31", 1, "2026-09-30", "2026-10-01"), // a holiday, and no rolling
        ("2026-03-31", 6, "2026-09-30", "2026-10-01"),
        ("2028-02-29", 12, "2029-02-28", "2029-03-01"),
        ("2028-02-29", 48, "2032-02-29", "2032-03-01"),
    ] {
        let mut desk = published(ProblemToBeCorrected, "2026-03-31");
        desk.takes(set_period(months, start));
        let last_day = day(last);
        assert_eq!(publicity(&desk, last), Publicity::UntilPeriodEnds { last_day }, "{start}");
        let (on, ground) = (day(stops), StopGround::PeriodOver);
        assert_eq!(publicity(&desk, stops), Publicity::Stopped { ground, on }, "{start}");
        assert!(public(&desk, last) && !public(&desk, stops));
    }
}

/// A penalty: severity, day of effect, how and when it ends.
type Penalised = (Severity, &'static str, Option<(EndCause, &'static str)>);

/// One line of the table.
struct Line {
    what: &'static str,
    penalties: &'static [Penalised],
    /// The first day on which the result is not public.
    stops: Option<&'static str>,
}

/// 公示日 2026-04-01, 公示期三个月: by branch A the last public day is 2026-07-01, and it stops on 2026-07-02.
const LINES: &[Line] = &[
    Line { what: "没有处罚：期满", penalties: &[], stops: Some("2026-07-02") },
    Line {
        what: "轻微处罚：期满",
        penalties: &[(Minor, "2026-04-10", None)],
        stops: Some("2026-07-02"),
    },
    Line {
        what: "其他处罚：未了", penalties: &[(Ordinary, "2026-04-10", None)], stops: None
    },
    Line {
        what: "较重处罚：未了", penalties: &[(Heavier, "2026-04-10", None)], stops: None
    },
    Line {
        what: "处罚停止公示：同日，早于期满",
        penalties: &[(Ordinary, "2026-04-10", Some((Stopped, "2026-05-20")))],
        stops: Some("2026-05-20"),
    },
    Line {
        what: "处罚停止公示：同日，晚于期满",
        penalties: &[(Ordinary, "2026-04-10", Some((Stopped, "2026-10-20")))],
        stops: Some("2026-10-20"),
    },
    Line {
        what: "处罚被撤销：同日",
        penalties: &[(Ordinary, "2026-04-10", Some((Annulled, "2026-08-03")))],
        stops: Some("2026-08-03"),
    },
    Line {
        what: "处罚期满：同日",
        penalties: &[(Ordinary, "2026-04-10", Some((RunOut, "2027-04-10")))],
        stops: Some("2027-04-10"),
    },
    Line {
        what: "两项处罚：以最后一项为准",
        penalties: &[
            (Ordinary, "2026-04-10", Some((Stopped, "2026-10-20"))),
            (Ordinary, "2026-05-10", Some((RunOut, "2026-09-20"))),
        ],
        stops: Some("2026-10-20"),
    },
    Line {
        what: "两项处罚：一项未了",
        penalties: &[
            (Ordinary, "2026-04-10", Some((Stopped, "2026-10-20"))),
            (Ordinary, "2026-05-10", None),
        ],
        stops: None,
    },
    Line {
        what: "期满前一日生效的处罚：计",
        penalties: &[(Ordinary, "2026-07-01", Some((Stopped, "2026-08-01")))],
        stops: Some("2026-08-01"),
    },
    Line {
        what: "停止之日生效的处罚：不计",
        penalties: &[(Ordinary, "2026-07-02", Some((Stopped, "2026-08-01")))],
        stops: Some("2026-07-02"),
    },
    Line {
        what: "停止之后生效的处罚：不计",
        penalties: &[(Ordinary, "2026-07-03", None)],
        stops: Some("2026-07-02"),
    },
    Line {
        what: "前一项终止之日生效的处罚：不计",
        penalties: &[
            (Ordinary, "2026-04-10", Some((Stopped, "2026-05-20"))),
            (Ordinary, "2026-05-20", None),
        ],
        stops: Some("2026-05-20"),
    },
    Line {
        what: "前一项终止前一日生效的处罚：计",
        penalties: &[
            (Ordinary, "2026-05-19", None),
            (Ordinary, "2026-04-10", Some((Stopped, "2026-05-20"))),
        ],
        stops: None,
    },
    Line {
        what: "同日生效，长短不一：以长者为准",
        penalties: &[
            (Ordinary, "2026-07-01", Some((Stopped, "2026-07-02"))),
            (Ordinary, "2026-07-01", Some((Stopped, "2026-09-01"))),
        ],
        stops: Some("2026-09-01"),
    },
    Line {
        what: "公示前已终止的处罚：不计",
        penalties: &[(Ordinary, "2026-03-20", Some((Stopped, "2026-04-01")))],
        stops: Some("2026-07-02"),
    },
    Line {
        what: "公示后一日终止的处罚：计",
        penalties: &[(Ordinary, "2026-03-20", Some((Stopped, "2026-04-02")))],
        stops: Some("2026-04-02"),
    },
    Line {
        what: "自始撤销的处罚：不计",
        penalties: &[(Ordinary, "2026-04-10", Some((Annulled, "2026-04-10")))],
        stops: Some("2026-07-02"),
    },
];

#[test]
fn both_branches_line_by_line() {
    for Line { what, penalties, stops } in LINES {
        // Whoever records everything after the fact, or in another order, sees the same.
        for (recorded, reversed) in [("2026-04-01", false), ("2027-12-01", true)] {
            let mut desk = published(ProblemToBeCorrected, "2026-04-01");
            desk.takes(set_period(3, "2026-04-01"));
            desk.on(recorded);
            let mut numbered: Vec<_> = penalties.iter().enumerate().collect();
            if reversed {
                numbered.reverse();
            }
            for (i, (severity, from, ended)) in numbered {
                let id = format!("P{}", if reversed { 9 - i } else { i });
                desk.takes(penalise(&id, *severity, from));
                if let Some((cause, on)) = ended {
                    desk.takes(end_penalty(&id, *cause, on));
                }
            }
            match stops {
                Some(stops) => {
                    let before = day(stops).plus_days(-1).unwrap().to_string();
                    assert!(
                        public(&desk, &before),
                        "{what}: {}",
                        publicity(&desk, &before).said().zh
                    );
                    assert!(!public(&desk, stops), "{what}: {}", publicity(&desk, stops).said().zh);
                    assert!(!public(&desk, "2030-01-01"), "{what}");
                }
                None => assert!(public(&desk, "2030-01-01"), "{what}"),
            }
            assert!(!public(&desk, "2026-03-31") && public(&desk, "2026-04-01"), "{what}");
        }
    }
}

#[test]
fn nothing_stops_early() {
    let mut desk = published(ProblemToBeCorrected, "2026-04-01");
    desk.on("2026-05-01").refuses("cessation-without-period", Article(25), cease());
    desk.takes(set_period(3, "2026-04-01"));
    desk.on("2026-07-01").refuses("cessation-before-period-end", Article(25), cease());
    desk.on("2026-07-02").takes(cease());
    desk.on("2026-07-03").refuses("ceased-already", Article(25), cease());
    // A record made late says when it did stop.
    let mut desk = published(ProblemToBeCorrected, "2026-04-01");
    desk.takes(set_period(3, "2026-04-01"));
    desk.on("2026-12-01").takes(cease());
    let ceased = desk.world.publications[VISIT].items[FOOD].ceased.clone().unwrap();
    assert_eq!((ceased.on, ceased.ground), (day("2026-07-02"), StopGround::PeriodOver));
}

#[test]
fn while_a_penalty_is_in_effect_nothing_stops_and_then_it_does_on_the_same_day() {
    let mut desk = published(ProblemToBeCorrected, "2026-04-01");
    desk.takes(set_period(3, "2026-04-01"));
    desk.takes(penalise("P1", Ordinary, "2026-04-10"));
    desk.on("2026-09-30").refuses("cessation-while-in-effect", Article(25), cease());
    desk.takes(end_penalty("P1", Stopped, "2026-10-12"));
    desk.on("2026-10-11").refuses("cessation-while-in-effect", Article(25), cease());
    let stops = Some(day("2026-10-12"));
    let cases = vec![yicha::follow_up::penalty::case(&code("P1"))];
    let until = Publicity::UntilConsequencesEnd { cases: cases.clone(), stops };
    assert_eq!(publicity(&desk, "2026-10-11"), until);
    assert_eq!((until.holding(), publicity(&desk, "2026-10-12").holding()), (&cases[..], &[][..]));
    desk.on("2026-10-12").takes(cease());
    let ceased = desk.world.publications[VISIT].items[FOOD].ceased.clone().unwrap();
    assert_eq!(ceased.ground, StopGround::Ended(cases[0].clone()));
}

#[test]
fn a_department_may_put_its_period_right() {
    let mut desk = published(ProblemToBeCorrected, "2026-04-01");
    desk.takes(set_period(1, "2026-04-01"));
    assert!(public(&desk, "2026-05-01") && !public(&desk, "2026-05-02"));
    desk.on("2026-04-20").takes(set_period(3, "2026-04-01"));
    assert!(public(&desk, "2026-07-01") && !public(&desk, "2026-07-02"));
}

#[test]
fn a_short_penalty_within_a_long_one_does_not_shorten_it() {
    let mut desk = published(ProblemToBeCorrected, "2026-04-01");
    for (id, from, ends) in [
        ("P1", "2026-04-10", "2026-08-03"),
        ("P2", "2026-04-20", "2026-05-06"),
        // Before P1 ends, and behind the end of P2.
        ("P3", "2026-06-01", "2026-10-12"),
    ] {
        desk.takes(penalise(id, Ordinary, from));
        desk.takes(end_penalty(id, Stopped, ends));
    }
    assert!(public(&desk, "2026-10-11") && !public(&desk, "2026-10-12"));
}

#[test]
fn what_has_ended_is_not_waited_for() {
    let mut desk = published(ProblemToBeCorrected, "2026-04-01");
    for (id, ends) in [("P1", "2026-06-01"), ("P2", "2026-08-03")] {
        desk.takes(penalise(id, Ordinary, "2026-04-10"));
        desk.takes(end_penalty(id, Stopped, ends));
    }
    let waits = |on| match publicity(&desk, on) {
        Publicity::UntilConsequencesEnd { cases, stops } => {
            assert_eq!(stops, Some(day("2026-08-03")));
            cases.iter().map(|case| case.id.to_string()).collect::<Vec<_>>()
        }
        other => panic!("{other:?}"),
    };
    assert_eq!(waits("2026-05-31"), ["P1", "P2"]);
    assert_eq!(waits("2026-06-01"), ["P2"]);
    assert_eq!(waits("2026-08-02"), ["P2"]);
}

#[test]
fn a_stop_recorded_before_an_earlier_decision_became_known_is_recorded_anew() {
    let mut desk = published(ProblemToBeCorrected, "2026-04-01");
    desk.takes(set_period(3, "2026-04-01"));
    desk.on("2026-07-02").takes(cease());
    desk.on("2026-07-10").takes(penalise("P1", Ordinary, "2026-06-20"));
    assert!(public(&desk, "2026-07-10"));
    desk.takes(end_penalty("P1", Stopped, "2026-08-03"));
    desk.on("2026-08-03").takes(cease());
    desk.refuses("ceased-already", Article(25), cease());
}

#[test]
fn what_is_not_negative_neither_stops_nor_has_a_period() {
    let mut desk = published(Passed, "2026-04-01");
    desk.on("2027-04-01");
    desk.refuses("cessation-not-negative", Article(25), cease());
    desk.refuses("cessation-not-negative", Article(25), set_period(3, "2026-04-01"));
    assert_eq!(publicity(&desk, "2030-01-01"), Publicity::NeverStops);
    let mut desk = completed(Failed, Passed, "2026-04-01");
    desk.refuses("result-not-published", Article(21), cease());
    assert_eq!(publicity(&desk, "2026-04-01"), Publicity::NotYet);
    desk.takes(enter(FOOD, Failed));
    assert_eq!(publicity(&desk, "2026-04-01"), Publicity::NotYet);
    desk.refuses("result-not-published", Article(21), set_period(3, "2026-04-01"));
    desk.takes(publish(FOOD));
    desk.takes(set_period(3, "2026-04-01"));
}

#[test]
fn each_department_repairs_its_own_results_and_the_platform_may_record_it() {
    let mut desk = published(Failed, "2026-04-01");
    desk.by(Role::Officer, FIRE);
    desk.refuses("not-entitled-department", Article(25), set_period(3, "2026-04-01"));
    desk.by_joint_office();
    desk.refuses("not-entitled-role", Article(25), set_period(3, "2026-04-01"));
    desk.by(Role::Officer, MARKET).takes(set_period(3, "2026-04-01"));
    desk.on("2026-07-02").by(Role::DepartmentHead, FIRE);
    desk.refuses("not-entitled-department", Article(25), cease());
    desk.by(Role::Platform, "").takes(cease());
}

#[test]
fn a_penalty_is_not_removed() {
    let mut desk = published(Failed, "2026-04-01");
    desk.takes(penalise("P1", Ordinary, "2026-04-10"));
    desk.refuses("consequence-other-end", Article(25), end_penalty("P1", Removed, "2026-05-20"));
    desk.takes(end_penalty("P1", RunOut, "2026-05-20"));
}

#[test]
fn an_open_investigation_does_not_hold_branch_a_up_and_is_warned_of() {
    let warned = |desk: &Desk, on: &str, until: &str| {
        desk.world.investigations_ending(day(on), day(until)).count()
    };
    let desk = |result: InspectionResult| {
        let mut desk = published(result, "2026-04-01");
        desk.takes(set_period(3, "2026-04-01"));
        desk
    };
    let mut open = desk(ProblemUnderInvestigation);
    assert!(public(&open, "2026-07-01") && !public(&open, "2026-07-02"));
    assert_eq!(warned(&open, "2026-06-20", "2026-06-30"), 0);
    assert_eq!(warned(&open, "2026-06-20", "2026-07-01"), 1);
    assert_eq!(warned(&open, "2026-07-02", "2026-07-31"), 0);
    assert_eq!(warned(&desk(ProblemToBeCorrected), "2026-06-20", "2026-07-01"), 0);
    // What the investigation has come to ends the warning.
    open.takes(penalise("P1", Minor, "2026-06-21"));
    assert_eq!(warned(&open, "2026-06-20", "2026-07-01"), 1);
    assert_eq!(warned(&open, "2026-06-21", "2026-07-01"), 0);
}

#[test]
fn every_answer_is_a_sentence_with_its_days_and_cases() {
    let mut desk = published(Failed, "2026-04-01");
    let said = |desk: &Desk, on| {
        let said = publicity(desk, on).said();
        assert!(said.zh.chars().any(|c| c > '\u{2e80}') && said.text(Lang::En).is_ascii());
        said.zh
    };
    assert!(said(&desk, "2026-03-31").contains("尚未公示"));
    assert!(said(&desk, "2026-04-01").contains("尚未给出期限"));
    desk.takes(set_period(3, "2026-04-01"));
    assert!(said(&desk, "2026-04-01").contains("公示至2026-07-01"));
    assert!(said(&desk, "2026-07-02").contains("自2026-07-02起停止公示"));
    desk.takes(penalise("P1", Heavier, "2026-04-10"));
    assert!(said(&desk, "2026-07-02").contains("因处罚P1继续公示"));
    desk.takes(end_penalty("P1", Annulled, "2026-08-03"));
    assert!(said(&desk, "2026-07-02").contains("2026-08-03"));
    assert!(said(&desk, "2026-08-03").contains("同时停止公示"));
}

/// The market supervision department's result becomes this one on that day, by order.
fn corrected(desk: &mut Desk, result: InspectionResult, on: &str) {
    let order = CorrectionOrder {
        document: Some(code("宛区市监更〔2026〕1号")),
        grounds: kept("判决"),
        reason: CorrectionReason::Judgment,
    };
    let correction = Correction { item: code(FOOD), negative: None, order, result, text: None };
    desk.on(on).by(Role::DepartmentHead, MARKET);
    desk.takes(PublicationCommand::Correct { correction, inspection: code(VISIT) });
}

#[test]
fn a_correction_is_repaired_as_what_it_says() {
    // What is not negative any more is public again, and does not stop.
    let mut desk = published(Failed, "2026-04-01");
    desk.takes(set_period(3, "2026-04-01"));
    assert!(!public(&desk, "2026-07-02"));
    corrected(&mut desk, Passed, "2026-08-03");
    assert!(public(&desk, "2026-07-01") && !public(&desk, "2026-08-02"));
    assert_eq!(publicity(&desk, "2026-08-03"), Publicity::NeverStops);
    // Another negative result goes on where the one before was.
    let mut desk = published(Failed, "2026-04-01");
    desk.takes(penalise("P1", Ordinary, "2026-04-10"));
    desk.takes(end_penalty("P1", Stopped, "2026-05-06"));
    corrected(&mut desk, ProblemToBeCorrected, "2026-06-01");
    assert!(public(&desk, "2026-05-05"));
    assert!(!public(&desk, "2026-05-06") && !public(&desk, "2026-06-01"));
    // A result that becomes negative begins on that day: what had ended before is none of its consequences.
    let mut desk = published(Passed, "2026-04-01");
    corrected(&mut desk, Failed, "2026-05-06");
    desk.takes(penalise("P1", Ordinary, "2026-04-10"));
    desk.takes(end_penalty("P1", Stopped, "2026-05-06"));
    assert_eq!(publicity(&desk, "2026-05-05"), Publicity::NeverStops);
    assert_eq!(publicity(&desk, "2026-05-06"), Publicity::UntilPeriodIsSet);
}
