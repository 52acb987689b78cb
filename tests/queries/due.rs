//! What is due or overdue on a day, why, and how its last day was counted.

use crate::asked::{ask, named, refuses, said};
use crate::completed::*;
use crate::desk::{Desk, FIRE, MARKET, code, day, kept};
use crate::drawn::with_draw;
use crate::inspected;
use crate::planned::*;
use crate::registered::law;
use yicha::actor::Role;
use yicha::calendar::Certainty;
use yicha::case::{CaseId, CaseKind};
use yicha::follow_up::rectification::*;
use yicha::ledger::Cited;
use yicha::publication::{Period, PublicationCommand};
use yicha::query::{Act, Answer, AskDue, Duty, Part, Standing};
use yicha::result::InspectionResult::*;

fn on(text: &str) -> AskDue {
    AskDue { case: None, count: false, day: day(text), department: None, until: None }
}

fn due(desk: &Desk, asked: AskDue) -> Vec<Duty> {
    let Answer::Due(due) = ask(desk, asked.clone()).unwrap() else { panic!() };
    assert!(due.duties.is_sorted_by_key(|duty| duty.due));
    assert!(due.duties.iter().all(|duty| duty.due.is_some() && duty.certainty.is_some()));
    due.duties.iter().for_each(|duty| said(&duty.said));
    due.duties
}

/// Act, case, last day and standing of each.
fn told(duties: &[Duty]) -> Vec<(Act, String, String, Standing)> {
    let told =
        |duty: &Duty| (duty.act, named(&duty.case), duty.due.unwrap().to_string(), duty.standing);
    duties.iter().map(told).collect()
}

#[test]
fn results_are_due_within_twenty_working_days_of_completion() {
    let mut desk = completed(Passed, NoProblemFound, "2026-09-18");
    assert!(due(&desk, on("2026-09-17")).is_empty());
    // The week of National Day and its make-up days lie in between.
    for (asked, standing) in [
        ("2026-09-18", Standing::Open),
        ("2026-10-21", Standing::Open),
        ("2026-10-22", Standing::DueToday),
        ("2026-10-23", Standing::Overdue),
    ] {
        let duties = due(&desk, on(asked));
        let line = || (Act::EnterResult, "inspection JC-1".into(), "2026-10-22".into(), standing);
        assert_eq!(told(&duties), [line(), line()], "{asked}");
        assert!(duties.iter().all(|duty| duty.basis == Cited::Article(21)));
        assert!(duties.iter().all(|duty| duty.certainty == Some(Certainty::Firm)));
        let of: Vec<_> = duties.iter().map(|duty| duty.department.clone().unwrap()).collect();
        assert_eq!(of, [code(MARKET), code(FIRE)]);
        assert_eq!(duties[0].part, Some(Part::Item(code(FOOD))));
    }
    desk.takes(enter(FOOD, Passed));
    let acts = |desk: &Desk, asked| -> Vec<Act> {
        due(desk, on(asked)).iter().map(|duty| duty.act).collect()
    };
    assert_eq!(acts(&desk, "2026-09-18"), [Act::PublishResult, Act::EnterResult]);
    desk.on("2026-10-23").takes(publish(FOOD));
    // On the day before it was still owed.
    assert_eq!(acts(&desk, "2026-10-22"), [Act::PublishResult, Act::EnterResult]);
    assert_eq!(acts(&desk, "2026-10-23"), [Act::EnterResult]);
}

#[test]
fn the_working_days_are_told_one_by_one() {
    let desk = completed(Passed, NoProblemFound, "2026-09-18");
    let counted = due(&desk, AskDue { count: true, ..on("2026-09-18") });
    let count = counted[0].count.as_ref().unwrap();
    assert_eq!((count.start, count.workdays), (day("2026-09-18"), 20));
    assert_eq!(count.days.len(), 34);
    assert_eq!((count.days[0].date, count.days[0].number), (day("2026-09-19"), None));
    let find = |text| count.days.iter().find(|it| it.date == day(text)).unwrap();
    // A Sunday of work, a Thursday off, and the last day.
    assert_eq!(find("2026-09-20").number, Some(1));
    assert_eq!(find("2026-10-01").number, None);
    assert!(find("2026-10-01").reason.zh.contains("国庆节放假"));
    assert_eq!(count.days.last().unwrap().number, Some(20));
    count.days.iter().for_each(|it| assert!(it.reason.zh.chars().any(|c| c > '\u{2e80}')));
    let short = due(&desk, on("2026-09-18"));
    assert!(short.iter().all(|duty| duty.count.is_none()));
}

#[test]
fn a_period_that_reaches_into_an_unknown_year_is_provisional() {
    let firm = completed(Passed, NoProblemFound, "2026-11-30");
    let duties = due(&firm, on("2026-12-01"));
    assert_eq!(duties[0].due, Some(day("2026-12-28")));
    assert_eq!(duties[0].certainty, Some(Certainty::Firm));
    let desk = completed(Passed, NoProblemFound, "2026-12-20");
    let [market, _] = <[_; 2]>::try_from(due(&desk, on("2026-12-20"))).unwrap();
    let (missing, last_known) = (day("2027-01-01"), Some(day("2026-12-31")));
    assert_eq!(market.certainty, Some(Certainty::Provisional { last_known, missing }));
    assert!(market.said.zh.contains("暂定") && market.said.en.contains("provisional"));
}

#[test]
fn a_case_or_a_department_is_asked_about() {
    let desk = completed(Passed, NoProblemFound, "2026-04-20");
    let all = || on("2026-04-20");
    let of = |department| AskDue { department: Some(code(department)), ..all() };
    assert_eq!(due(&desk, of(FIRE)).len(), 1);
    assert_eq!(due(&desk, of("11411302MB0009")).len(), 0);
    let about = |kind, id| AskDue { case: Some(CaseId { id: code(id), kind }), ..all() };
    assert_eq!(due(&desk, about(CaseKind::Inspection, VISIT)).len(), 2);
    refuses(&desk, "case-unknown", about(CaseKind::Inspection, "JC-9"));
    refuses(&desk, "case-unknown", about(CaseKind::Publication, VISIT));
    // 2026-05-20 is the last day.
    let until = |text| AskDue { until: Some(day(text)), ..all() };
    assert_eq!(due(&desk, until("2026-05-19")).len(), 0);
    assert_eq!(due(&desk, until("2026-05-20")).len(), 2);
    refuses(&desk, "outside-edition", on("2026-03-19"));
}

#[test]
fn what_was_ordered_is_checked_again_by_its_day() {
    let mut desk = published(ProblemToBeCorrected, "2026-04-01");
    let ordered = Ordered {
        department: code(MARKET),
        found: found(FOOD),
        order: kept("责令改正通知书"),
        term: Term::By(day("2026-04-15")),
    };
    desk.takes(RectificationCommand::Order { ordered, rectification: code("Z1") });
    let asked = |on_day| AskDue { until: Some(day("2026-04-15")), ..on(on_day) };
    let line = |act, standing| [(act, "rectification Z1".into(), "2026-04-15".into(), standing)];
    assert_eq!(told(&due(&desk, asked("2026-04-14"))), line(Act::Recheck, Standing::Open));
    assert_eq!(told(&due(&desk, asked("2026-04-15"))), line(Act::Recheck, Standing::DueToday));
    assert_eq!(told(&due(&desk, asked("2026-04-16"))), line(Act::Recheck, Standing::Overdue));
    // It is about the inspection, too.
    let case = Some(yicha::inspection::case(&code(VISIT)));
    assert_eq!(due(&desk, AskDue { case, ..asked("2026-04-14") }).len(), 1);
    let recheck = |corrected| {
        let inspectors = [code("m1"), code("m2")].into();
        let rechecked = Rechecked { corrected, inspectors, record: kept("复查记录") };
        RectificationCommand::Recheck { rechecked, rectification: code("Z1") }
    };
    desk.on("2026-04-15").takes(recheck(false));
    let late = told(&due(&desk, asked("2026-04-16")));
    assert_eq!(late, line(Act::DealWithUncorrected, Standing::Overdue));
    let extended = Extended { due: day("2026-04-30"), reason: kept("延期") };
    desk.takes(RectificationCommand::Extend { extended, rectification: code("Z1") });
    assert!(due(&desk, asked("2026-04-16")).is_empty());
    desk.on("2026-04-20").takes(recheck(true));
    assert!(due(&desk, AskDue { department: Some(code(MARKET)), ..on("2026-05-01") }).is_empty());
}

#[test]
fn a_proposal_is_due_on_the_last_day_of_february_from_2027_on() {
    let mut desk = with_list();
    let line = |year: &str, due: &str, standing| {
        (Act::ProposeTask, format!("annual-plan {year}"), due.to_string(), standing)
    };
    // Nothing was owed for 2026, when the regulation came in March.
    let next = |standing| line("2027", "2027-02-28", standing);
    assert_eq!(told(&due(&desk, on("2026-12-31"))), [next(Standing::Open)]);
    let after = line("2028", "2028-02-29", Standing::Open);
    for (asked, standing) in [("2027-02-28", Standing::DueToday), ("2027-03-01", Standing::Overdue)]
    {
        let duties = due(&desk, on(asked));
        assert_eq!(told(&duties), [next(standing), after.clone()], "{asked}");
        assert_eq!(duties[0].part, Some(Part::Industry(code(CATERING))));
        assert_eq!(duties[0].basis, Cited::Article(5));
    }
    desk.on("2027-02-26").by(Role::Officer, MARKET);
    let (entry, year) = (entry("1", "2027"), code("2027"));
    desk.takes(yicha::plan::annual::PlanCommand::Propose { entry, year });
    assert_eq!(told(&due(&desk, on("2027-03-01"))), [after]);
}

#[test]
fn an_industry_that_came_onto_the_list_later_owed_nothing() {
    let mut desk = Desk::new();
    desk.on("2027-03-01").takes(issue_list(listed()));
    let years: Vec<_> = due(&desk, on("2027-03-01")).iter().map(|it| named(&it.case)).collect();
    assert_eq!(years, ["annual-plan 2028"]);
}

#[test]
fn targets_drawn_are_inspected_within_the_window() {
    let (desk, files) = with_draw();
    assert_eq!(files.targets.len(), 3);
    let asked = |text| AskDue { until: Some(day("2026-12-31")), ..on(text) };
    let duties = due(&desk, asked("2026-06-30"));
    let line =
        (Act::OpenInspections, "scheme 2026-62".into(), "2026-06-30".into(), Standing::DueToday);
    assert_eq!(told(&duties), [line]);
    assert_eq!(duties[0].part, Some(Part::Targets(3)));
    // One of them is opened: two are left, and it is to be inspected.
    let field = inspected::opened();
    let duties = due(&field.desk, asked("2026-07-01"));
    let acts: Vec<_> = duties.iter().map(|duty| (duty.act, duty.part.clone())).collect();
    let two = Some(Part::Targets(2));
    assert_eq!(acts, [(Act::OpenInspections, two.clone()), (Act::Inspect, None)]);
    assert!(duties.iter().all(|duty| duty.standing == Standing::Overdue));
    let done = inspected::recorded(Passed, Passed);
    let duties = due(&done.desk, asked("2026-07-01"));
    let acts: Vec<_> = duties.iter().map(|duty| (duty.act, duty.part.clone())).collect();
    assert_eq!(acts, [(Act::OpenInspections, two)]);
}

#[test]
fn an_investigation_is_due_before_the_publicity_ends() {
    let mut desk = published(ProblemUnderInvestigation, "2026-04-01");
    let period = Period {
        months: 3.try_into().unwrap(),
        source: law("市场监督管理信用修复管理办法"),
        start: day("2026-04-01"),
    };
    let (inspection, item) = (code(VISIT), code(FOOD));
    desk.takes(PublicationCommand::SetPeriod { inspection, item, period });
    let asked = |text| AskDue { department: Some(code(MARKET)), ..on(text) };
    let line = |standing| {
        [(
            Act::ConcludeInvestigation,
            "publication JC-1".to_string(),
            "2026-07-01".to_string(),
            standing,
        )]
    };
    assert_eq!(told(&due(&desk, asked("2026-06-30"))), line(Standing::Open));
    assert_eq!(told(&due(&desk, asked("2026-07-01"))), line(Standing::DueToday));
    // Then the publicity is over, whatever the investigation comes to.
    assert!(due(&desk, asked("2026-07-02")).is_empty());
}
