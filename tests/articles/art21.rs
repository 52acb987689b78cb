//! 第二十一条 公示抽查检查结果: who inspects enters, once, within 20 working days, and nothing public changes silently.

use crate::completed::*;
use crate::desk::{Desk, FIRE, MARKET, code, day, kept, named};
use crate::inspected;
use crate::planned::{FIRE_SAFETY, FOOD};
use yicha::actor::Role;
use yicha::calendar::Certainty;
use yicha::citation::Basis::{Article, Decision};
use yicha::edition::{Dated, Parameter, Source};
use yicha::explain::Explain;
use yicha::follow_up::closing::ClosingCommand;
use yicha::publication::*;
use yicha::result::InspectionResult::{self, *};

/// Both results are fine, completed on 2026-09-18.
fn both() -> Desk {
    completed(NoProblemFound, Passed, "2026-09-18")
}

fn versions(desk: &Desk, item: &str) -> Vec<Version> {
    desk.world.publications[VISIT].items[item].versions.clone()
}

#[test]
fn a_last_day_lies_within_the_years_that_can_be_written() {
    let mut desk = completed(NoProblemFound, Passed, "9999-12-20");
    let basis = Decision("years-1-to-9999");
    let refusal = desk.refuses("calendar-out-of-range", basis, enter(FOOD, NoProblemFound));
    assert_eq!(["date", "workdays"].map(|name| named(&refusal, name)), ["9999-12-20", "20"]);
    completed(NoProblemFound, Passed, "9999-11-20").takes(enter(FOOD, NoProblemFound));
}

#[test]
fn only_what_was_inspected_is_public_or_not() {
    let desk = both();
    let asked = |inspection: &str, item: &str| {
        let asked = desk.world.publicity(&code(inspection), &code(item), day("2026-09-18"));
        asked.map_err(|refusal| refusal.code())
    };
    assert_eq!(asked(VISIT, FOOD), Ok(Publicity::NotYet));
    assert_eq!(asked("JC-9", FOOD), Err("case-unknown"));
    assert!(asked(VISIT, "411302-SX-0999").is_err());
}

#[test]
fn late_is_recorded_with_its_working_days_and_never_blocked() {
    // Published on, late by; completed on 2026-09-18, and the National Day week lies in between.
    for (on, late) in [
        ("2026-09-18", None),
        ("2026-10-22", None),
        ("2026-10-23", Some(1)),
        ("2026-10-24", Some(1)),
        ("2026-10-26", Some(2)),
        ("2026-12-31", Some(50)),
    ] {
        let mut desk = both();
        desk.on(on).takes(enter(FOOD, NoProblemFound));
        desk.takes(publish(FOOD));
        let wanted = Timeliness { due: day("2026-10-22"), late, provisional: false };
        assert_eq!(versions(&desk, FOOD)[0].timeliness, Some(wanted), "{on}");
        let origin = &desk.world.publications[VISIT].items[FOOD].origin;
        let entered = Origin::Entered { on: day(on), receipt: code("SJ-0001"), timeliness: wanted };
        assert_eq!(*origin, entered);
    }
}

#[test]
fn right_after_the_deadline_a_day_off_is_late_by_no_working_day() {
    // 2026-06-26 and 20 working days end on a Friday.
    let mut desk = completed(NoProblemFound, Passed, "2026-06-26");
    desk.on("2026-07-25").takes(enter(FOOD, NoProblemFound));
    desk.takes(publish(FOOD));
    let timeliness = versions(&desk, FOOD)[0].timeliness.unwrap();
    assert_eq!((timeliness.due, timeliness.late), (day("2026-07-24"), Some(0)));
}

#[test]
fn a_deadline_in_a_year_whose_holidays_are_not_known_is_provisional() {
    let mut desk = completed(NoProblemFound, Passed, "2026-12-10");
    desk.on("2026-12-11").takes(enter(FOOD, NoProblemFound));
    desk.takes(publish(FOOD));
    let timeliness = versions(&desk, FOOD)[0].timeliness.unwrap();
    assert_eq!((timeliness.late, timeliness.provisional), (None, true));
    // A firm deadline, and a delay counted into the unknown year.
    let mut desk = both();
    desk.on("2027-01-04").takes(enter(FOOD, NoProblemFound));
    desk.takes(publish(FOOD));
    assert!(versions(&desk, FOOD)[0].timeliness.unwrap().provisional);
    let deadline = deadline(day("2026-12-10"), &desk.edition, &desk.calendar).unwrap();
    assert!(matches!(deadline.certainty, Certainty::Provisional { .. }));
}

#[test]
fn the_number_of_working_days_is_the_editions() {
    let mut desk = both();
    let (from, source) = (day("2026-03-20"), Source::Text("another county".into()));
    desk.edition.publication_workdays = Parameter::new(Dated { value: 1, from, source });
    desk.on("2026-09-22").takes(enter(FOOD, NoProblemFound));
    desk.takes(publish(FOOD));
    let timeliness = versions(&desk, FOOD)[0].timeliness.unwrap();
    assert_eq!(timeliness.late.map(|late| (timeliness.due, late)), Some((day("2026-09-20"), 2)));
}

#[test]
fn each_department_enters_its_own_and_waits_for_nobody() {
    let mut desk = both();
    desk.by(Role::Officer, FIRE);
    desk.refuses("not-entitled-department", Article(21), enter(FOOD, NoProblemFound));
    desk.by_joint_office();
    desk.refuses("not-entitled-role", Article(21), enter(FOOD, NoProblemFound));
    desk.by(Role::Inspector, MARKET).takes(enter(FOOD, NoProblemFound));
    desk.refuses("not-entitled-role", Article(21), publish(FOOD));
    desk.by(Role::Officer, FIRE).refuses("not-entitled-department", Article(21), publish(FOOD));
    desk.by(Role::DepartmentHead, MARKET).takes(publish(FOOD));
    // The fire department is late with its own, and the other result is public all the same.
    let public: Vec<_> =
        desk.world.public_record(day("2026-09-18")).map(|it| it.item.to_string()).collect();
    assert_eq!(public, [FOOD]);
    let open = |on| -> Vec<String> {
        desk.world.unpublished(day(on)).map(|open| open.item.to_string()).collect()
    };
    assert_eq!((open("2026-09-17"), open("2026-09-18")), (vec![], vec![FIRE_SAFETY.into()]));
}

#[test]
fn what_was_found_is_entered_after_completion_and_once() {
    let mut desk = both();
    desk.on("2026-09-17");
    desk.refuses("entry-before-completion", Article(21), enter(FOOD, NoProblemFound));
    desk.on("2026-09-18").refuses("entry-other-result", Article(21), enter(FOOD, Passed));
    desk.refuses("result-unknown", Article(21), enter("411302-SX-9999", Passed));
    desk.refuses("result-not-entered", Article(21), publish(FOOD));
    desk.takes(enter(FOOD, NoProblemFound));
    desk.refuses("result-entered-already", Article(21), enter(FOOD, NoProblemFound));
    desk.on("2026-09-21").takes(publish(FOOD));
    let mut desk = both();
    desk.on("2026-09-21").takes(enter(FOOD, NoProblemFound));
    desk.on("2026-09-20").refuses("result-not-entered", Article(21), publish(FOOD));
    desk.on("2026-09-21").takes(publish(FOOD));
}

#[test]
fn a_result_is_published_once_and_somewhere() {
    let mut desk = both();
    desk.takes(enter(FOOD, NoProblemFound));
    let nowhere =
        PublicationCommand::Publish { inspection: code(VISIT), item: code(FOOD), places: vec![] };
    desk.refuses("publication-without-place", Article(21), nowhere);
    desk.takes(publish(FOOD));
    desk.refuses("result-published-already", Article(21), publish(FOOD));
    desk.on("2026-09-30").refuses("result-published-already", Article(21), publish(FOOD));
    desk.refuses("result-entered-already", Article(21), enter(FOOD, NoProblemFound));
    desk.by(Role::Officer, FIRE).takes(enter(FIRE_SAFETY, Passed));
    desk.takes(publish(FIRE_SAFETY));
}

fn correct(result: InspectionResult) -> Correction {
    let order = CorrectionOrder {
        document: Some(code("宛区府复决〔2026〕7号")),
        grounds: kept("行政复议决定"),
        reason: CorrectionReason::ReviewDecision,
    };
    Correction { item: code(FOOD), negative: None, order, result, text: None }
}

fn correcting(correction: Correction) -> PublicationCommand {
    PublicationCommand::Correct { correction, inspection: code(VISIT) }
}

#[test]
fn a_published_result_is_corrected_by_order_only_and_the_old_one_stays() {
    let mut desk = published(Failed, "2026-09-18");
    desk.on("2026-10-12");
    desk.refuses("not-entitled-role", Article(21), correcting(correct(Passed)));
    desk.by(Role::DepartmentHead, FIRE);
    desk.refuses("not-entitled-department", Article(21), correcting(correct(Passed)));
    desk.by(Role::DepartmentHead, MARKET);
    let mut silent = correct(Passed);
    silent.order.document = None;
    let by_order = Decision("correction-by-order");
    desk.refuses("correction-without-document", by_order, correcting(silent));
    desk.refuses("correction-changes-nothing", by_order, correcting(correct(Failed)));
    desk.takes(correcting(correct(Passed)));
    let results: Vec<_> = versions(&desk, FOOD).iter().map(|v| v.result).collect();
    assert_eq!(results, [Failed, Passed]);
    let on = |on| desk.world.public_record(day(on)).next().map(|it| it.version.result);
    assert_eq!(
        [on("2026-09-17"), on("2026-09-18"), on("2026-10-11"), on("2026-10-12")],
        [None, Some(Failed), Some(Failed), Some(Passed)]
    );
    // The history is not rewritten: another correction begins with the last one or later.
    desk.on("2026-10-11");
    desk.refuses("correction-backdated", Article(21), correcting(correct(NoSuchBusiness)));
    desk.on("2026-10-12").takes(correcting(correct(NoSuchBusiness)));
}

#[test]
fn only_what_is_public_is_corrected() {
    let mut desk = completed(Failed, Passed, "2026-09-18");
    desk.by(Role::DepartmentHead, MARKET);
    desk.refuses("result-not-published", Article(21), correcting(correct(Passed)));
    desk.takes(enter(FOOD, Failed));
    desk.refuses("result-not-published", Article(21), correcting(correct(Passed)));
    desk.takes(publish(FOOD));
    desk.on("2026-09-17");
    desk.refuses("result-not-published", Article(21), correcting(correct(Passed)));
    desk.on("2026-09-18").takes(correcting(correct(Passed)));
    let mut elsewhere = correcting(correct(NoProblemFound));
    if let PublicationCommand::Correct { inspection, .. } = &mut elsewhere {
        *inspection = code("JC-9");
    }
    desk.refuses("case-unknown", Article(4), elsewhere);
}

#[test]
fn other_circumstances_have_a_text_and_somebody_says_whether_they_are_negative() {
    // Result, what is said of it, whether with a text, and what comes of it.
    let text = Some(kept("说明"));
    for (result, negative, text, wanted) in [
        (Other, Some(true), None, Err("result-without-text")),
        (Other, None, text, Err("result-polarity")),
        (Other, Some(true), text, Ok(true)),
        (Other, Some(false), text, Ok(false)),
        (Passed, Some(true), None, Err("result-polarity")),
        (Passed, Some(false), None, Ok(false)),
        (Passed, None, None, Ok(false)),
        (Unreachable, Some(false), None, Err("result-polarity")),
        (Unreachable, None, text, Ok(true)),
    ] {
        let mut desk = published(Failed, "2026-09-18");
        desk.by(Role::DepartmentHead, MARKET);
        let correction = correcting(Correction { negative, text, ..correct(result) });
        match wanted {
            Err(refused) => drop(desk.refuses(refused, Article(21), correction)),
            Ok(negative) => {
                desk.takes(correction);
                assert_eq!(versions(&desk, FOOD)[1].negative, negative, "{result}");
            }
        }
    }
}

#[test]
fn an_inspection_is_closed_after_the_publication_of_each_result() {
    let close = || ClosingCommand::Close { inspection: code(VISIT) };
    let mut desk = both();
    desk.refuses("closing-before-publication", Article(21), close());
    desk.takes(enter(FOOD, NoProblemFound));
    desk.takes(publish(FOOD));
    desk.refuses("closing-before-publication", Article(21), close());
    desk.by(Role::Officer, FIRE).takes(enter(FIRE_SAFETY, Passed));
    desk.by(Role::Officer, MARKET);
    desk.refuses("closing-before-publication", Article(21), close());
    desk.by(Role::Officer, FIRE).takes(publish(FIRE_SAFETY));
    desk.by(Role::Officer, MARKET).takes(close());
}

#[test]
fn other_circumstances_have_a_text_and_say_whether_they_are_negative() {
    let mut field = inspected::visited();
    let text = Some(kept("停业装修"));
    for (negative, text) in [(None, text), (Some(false), None)] {
        let untold = inspected::record(yicha::inspection::Recorded {
            negative,
            text,
            ..inspected::found(FOOD, InspectionResult::Other)
        });
        field.at("2026-05-06", MARKET, 0).refuses("record-other-untold", Article(21), untold);
    }
    let contrary = inspected::record(yicha::inspection::Recorded {
        negative: Some(false),
        ..inspected::found(FOOD, Failed)
    });
    field.desk.refuses("record-polarity-told", Article(21), contrary);
    let told = yicha::inspection::Recorded {
        negative: Some(true),
        text,
        ..inspected::found(FOOD, InspectionResult::Other)
    };
    field.desk.takes(inspected::record(told));
    assert!(field.inspection().records.get(FOOD).unwrap().negative);
}
