//! What a period came to, in integers.

use crate::asked::{ask, refuses};
use crate::desk::{Desk, FIRE, HEALTH, MARKET, code, day, kept};
use crate::drawn::{draw_targets, feed, first, with_scheme};
use crate::inspected::*;
use crate::planned::{CATERING, FIRE_SAFETY, FOOD, SCHEME, window};
use crate::registered::{inspector, law, register_inspector};
use yicha::actor::Role;
use yicha::drawing::{DrawingCommand, Handed};
use yicha::oversight::limit::Share;
use yicha::plan::Window;
use yicha::publication::PublicationCommand;
use yicha::query::{Answer, AskEvaluation, Coverage, Evaluation, Joining, Load, Ratio};
use yicha::register::Level;
use yicha::register::inspector::InspectorCommand;
use yicha::register::shelf::Imported;
use yicha::result::InspectionResult::{self, *};
use yicha::withholding::{Withheld, WithholdingCommand};

fn asked(on: &str, period: Window) -> AskEvaluation {
    AskEvaluation { day: day(on), period }
}

fn evaluate(desk: &Desk, on: &str, period: Window) -> Evaluation {
    match ask(desk, asked(on, period)).unwrap() {
        Answer::Evaluation(told) => told,
        other => panic!("{other:?}"),
    }
}

fn spring() -> Window {
    window("2026-04-01", "2026-06-30")
}

/// An inspection of the one target drawn of class A, opened on 2026-04-20 and completed on 2026-05-06, whose results are
/// due on 2026-06-02. Of class D two are drawn.
fn inspected(food: InspectionResult, fire: InspectionResult) -> Desk {
    let mut field = recorded(food, fire);
    assert!(field.target.as_str() < "T09", "of class A");
    field.desk.takes(confirm(signed(), &[FOOD, FIRE_SAFETY]));
    field.desk.by(Role::Officer, MARKET).takes(complete());
    field.desk
}

fn publish(desk: &mut Desk, on: &str, department: &str, item: &str, result: InspectionResult) {
    desk.on(on).by(Role::Officer, department);
    let (inspection, receipt) = (id(), code("SJ-1"));
    desk.takes(PublicationCommand::Enter { inspection, item: code(item), receipt, result });
    let places = vec![code("国家企业信用信息公示系统（河南）")];
    desk.takes(PublicationCommand::Publish { inspection: id(), item: code(item), places });
}

#[test]
fn coverage_is_of_the_eligible_targets_of_each_class() {
    let desk = inspected(Passed, Passed);
    let cell = |class, eligible, quota, inspected| Coverage {
        class: Some(code(class)),
        eligible: Some(eligible),
        industry: code(CATERING),
        inspected,
        quota,
    };
    // 1 % of 8 and 30 % of 4, rounded up.
    let wanted = |inspected| [cell("A", 8, 1, inspected), cell("D", 4, 2, 0)];
    assert_eq!(evaluate(&desk, "2026-06-30", spring()).coverage, wanted(1));
    // Completed on 2026-05-06; the visits' window is from then to 2026-06-30.
    let until = |text| evaluate(&desk, "2026-06-30", window("2026-04-01", text)).coverage;
    assert_eq!(until("2026-05-06"), wanted(1));
    assert!(until("2026-05-05").is_empty());
    let from = |text| evaluate(&desk, "2026-12-31", window(text, "2026-12-31")).coverage;
    assert_eq!(from("2026-05-07"), wanted(0));
    assert_eq!(from("2026-06-30"), wanted(0));
    assert!(from("2026-07-01").is_empty());
}

#[test]
fn a_list_that_was_drawn_above_tells_no_classes() {
    let mut desk = with_scheme();
    let files = draw_targets(crate::drawn::Round { scheme: code("2026-63"), ..first() });
    feed(&mut desk, &files.announcement);
    feed(&mut desk, &files.drawn);
    let handed = Handed {
        from: code("11411300MB0001"),
        level: Level::City,
        list: feed(&mut desk, &files.list),
        part: kept("part"),
        seed: feed(&mut desk, &files.seed),
        targets: 2,
    };
    desk.on("2026-04-15").takes(DrawingCommand::Receive { handed, scheme: code(SCHEME) });
    let cell =
        Coverage { class: None, eligible: None, industry: code(CATERING), inspected: 0, quota: 2 };
    assert_eq!(evaluate(&desk, "2026-06-30", spring()).coverage, [cell]);
}

#[test]
fn problems_are_counted_by_inspection_and_results_by_item() {
    for (food, fire, problems) in [
        (ProblemToBeCorrected, Failed, 1),
        (ProblemToBeCorrected, Passed, 1),
        (NoProblemFound, Passed, 0),
    ] {
        let told = evaluate(&inspected(food, fire), "2026-06-30", spring());
        let share = Share { count: problems, of: 1 };
        assert_eq!((told.problems, &told.industries), (share, &[(code(CATERING), share)].into()));
        assert_eq!(told.results, [(food, 1), (fire, 1)].into());
    }
    let twice = evaluate(&inspected(Passed, Passed), "2026-06-30", spring());
    assert_eq!(twice.results, [(Passed, 2)].into());
    // An inspection belongs to the period in which it was completed.
    let after =
        evaluate(&inspected(Failed, Passed), "2026-06-30", window("2026-05-07", "2026-06-30"));
    assert_eq!((after.problems, after.results.len()), (Share::default(), 0));
}

#[test]
fn publication_is_in_time_late_overdue_open_or_withheld() {
    let mut desk = inspected(Failed, Passed);
    let timing = |desk: &Desk, on| {
        let told = evaluate(desk, on, spring()).publication;
        assert_eq!(told.provisional, 0);
        (told.on_time, told.late, told.overdue, told.open, told.withheld)
    };
    let share = |count, of| Share { count, of };
    assert_eq!(timing(&desk, "2026-06-02"), (share(0, 0), 0, 0, 2, 0));
    assert_eq!(timing(&desk, "2026-06-03"), (share(0, 2), 0, 2, 0, 0));
    publish(&mut desk, "2026-06-02", MARKET, FOOD, Failed);
    assert_eq!(timing(&desk, "2026-06-01"), (share(0, 0), 0, 0, 2, 0));
    assert_eq!(timing(&desk, "2026-06-02"), (share(1, 1), 0, 0, 1, 0));
    assert_eq!(timing(&desk, "2026-06-03"), (share(1, 2), 0, 1, 0, 0));
    let mut late = desk.world.clone();
    std::mem::swap(&mut late, &mut desk.world);
    publish(&mut desk, "2026-06-03", FIRE, FIRE_SAFETY, Passed);
    assert_eq!(timing(&desk, "2026-06-03"), (share(1, 2), 1, 0, 0, 0));
    // Instead of being published late, it is withheld by law.
    desk.world = late;
    let withheld = Withheld {
        item: Some(code(FIRE_SAFETY)),
        laws: vec![law("中华人民共和国保守国家秘密法")],
        scope: kept("结果"),
        subject: yicha::inspection::case(&id()),
    };
    desk.takes(WithholdingCommand::Withhold { withheld, withholding: code("B1") });
    assert_eq!(timing(&desk, "2026-06-03"), (share(1, 1), 0, 0, 0, 1));
}

#[test]
fn what_was_published_by_a_provisional_day_is_told() {
    let mut desk = inspected(Failed, Passed);
    // The last day lies in 2026, how late it was is known when the next year's notice is.
    publish(&mut desk, "2027-01-04", MARKET, FOOD, Failed);
    let told = evaluate(&desk, "2027-01-04", spring()).publication;
    assert_eq!((told.late, told.provisional), (1, 1));
}

#[test]
fn joining_saves_the_visits_of_the_others() {
    let desk = inspected(Passed, Passed);
    let told = |period| evaluate(&desk, "2026-06-30", period).visits;
    assert_eq!(told(spring()), Joining { alone: 2, joint: 1, saved: 1 });
    assert_eq!(told(window("2026-04-01", "2026-05-05")), Joining::default());
    // A second visit by one department alone saves nothing more.
    let mut field = recorded(Passed, Passed);
    let present = field.market.clone().into_iter().collect();
    let again = yicha::inspection::Visited { present, reason: Some(kept("抽样检测")) };
    field.at("2026-05-07", MARKET, 0);
    field
        .desk
        .takes(yicha::inspection::InspectionCommand::Visit { inspection: id(), visited: again });
    field.desk.takes(confirm(signed(), &[FOOD, FIRE_SAFETY]));
    field.desk.by(Role::Officer, MARKET).takes(complete());
    let told = evaluate(&field.desk, "2026-06-30", spring()).visits;
    assert_eq!(told, Joining { alone: 3, joint: 2, saved: 1 });
}

#[test]
fn the_load_is_spread_over_all_who_may_be_matched() {
    let mut desk = inspected(Passed, Passed);
    // Two of three have a place: the mean is 2/3, the variance (3·2 − 2²)/3².
    let load = Load {
        inspectors: 3,
        least: 0,
        mean: Ratio { denominator: 3, numerator: 2 },
        most: 1,
        variance: Ratio { denominator: 9, numerator: 2 },
    };
    let both = [(code(MARKET), load), (code(FIRE), load)].into();
    assert_eq!(evaluate(&desk, "2026-06-30", spring()).load, both);
    // Opened on 2026-04-20.
    let none = |period| evaluate(&desk, "2026-06-30", period).load[MARKET].mean.numerator;
    assert_eq!(none(window("2026-04-20", "2026-04-20")), 2);
    assert_eq!(none(window("2026-04-21", "2026-06-30")), 0);
    desk.by(Role::Officer, HEALTH).takes(register_inspector(inspector("h1", HEALTH)));
    let health = evaluate(&desk, "2026-06-30", spring()).load[HEALTH];
    assert_eq!((health.inspectors, health.most), (1, 0));
    assert_eq!(health.variance, Ratio { denominator: 1, numerator: 0 });
}

#[test]
fn what_is_not_fed_is_asked_for() {
    let mut desk = inspected(Passed, Passed);
    refuses(
        &desk,
        "question-period-reversed",
        asked("2026-06-30", window("2026-05-02", "2026-05-01")),
    );
    desk.world.forget_files();
    refuses(&desk, "file-not-fed", asked("2026-06-30", spring()));
    let mut desk = inspected(Passed, Passed);
    let import = Imported { count: 1, department: code(HEALTH), digest: kept("rows") };
    desk.by(Role::Officer, HEALTH).takes(InspectorCommand::Import(import));
    refuses(&desk, "register-not-fed", asked("2026-06-30", spring()));
}
