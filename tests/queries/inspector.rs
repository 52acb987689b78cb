//! What an inspector did: load, visits, replacements, recusals, re-checks.

use crate::asked::{ask, refuses};
use crate::completed;
use crate::desk::{Desk, FIRE, MARKET, code, day, kept};
use crate::inspected::{Field, VISIT, id, opened, visited};
use crate::planned::{FOOD, SCHEME, window};
use yicha::actor::Role;
use yicha::code::InspectorId;
use yicha::follow_up::rectification::*;
use yicha::inspection::*;
use yicha::plan::Window;
use yicha::query::{Answer, AskInspector, InspectorWork};
use yicha::result::InspectionResult::ProblemToBeCorrected;

fn work(desk: &Desk, inspector: &InspectorId, period: Window) -> InspectorWork {
    match ask(desk, AskInspector { inspector: inspector.clone(), period }).unwrap() {
        Answer::Inspector(work) => work,
        other => panic!("{other:?}"),
    }
}

fn spring() -> Window {
    window("2026-04-01", "2026-06-30")
}

#[test]
fn places_count_when_they_begin_and_visits_when_they_take_place() {
    let field = visited();
    let leader = &field.market[0];
    let told = work(&field.desk, leader, spring());
    let [place] = &told.places[..] else { panic!("{told:?}") };
    assert!(place.leader && place.opened == day("2026-04-20") && place.target == field.target);
    assert_eq!((&place.scheme, &told.department), (&code(SCHEME), &Some(code(MARKET))));
    assert_eq!((told.visits[0].on, &told.visits[0].inspection), (day("2026-05-06"), &code(VISIT)));
    assert!(!work(&field.desk, &field.fire[0], spring()).places[0].leader);
    // Opened on 2026-04-20, visited on 2026-05-06.
    for (period, places, visits) in [
        (window("2026-04-01", "2026-04-19"), 0, 0),
        (window("2026-04-01", "2026-04-20"), 1, 0),
        (window("2026-04-20", "2026-05-05"), 1, 0),
        (window("2026-04-21", "2026-05-06"), 0, 1),
        (window("2026-05-07", "2026-12-31"), 0, 0),
    ] {
        let told = work(&field.desk, leader, period);
        assert_eq!((told.places.len(), told.visits.len()), (places, visits), "{period}");
    }
    // Nobody who was not matched.
    let told = work(&field.desk, &field.spare(MARKET), spring());
    assert!(told.places.is_empty() && told.visits.is_empty());
}

/// The last inspector of the fire department is recused, and replaced by the one who was not matched.
fn replaced() -> (Field, InspectorId, InspectorId) {
    let mut field = opened();
    let (gone, successor) = (field.fire[1].clone(), field.spare(FIRE));
    let desk = field.desk.on("2026-04-22").by(Role::DepartmentHead, FIRE);
    let decided = RecusalDecided {
        granted: true,
        inspector: gone.clone(),
        origin: RecusalOrigin::Requested,
        reason: kept("亲属"),
    };
    desk.takes(InspectionCommand::DecideRecusal { decided, inspection: id() });
    let replaced = Replaced {
        inspector: gone.clone(),
        reason: kept("回避"),
        selection: Selection::Named,
        successor: successor.clone(),
    };
    desk.on("2026-04-23").takes(InspectionCommand::Replace { inspection: id(), replaced });
    (field, gone, successor)
}

#[test]
fn a_replacement_moves_the_place_and_both_are_told() {
    let (field, gone, successor) = replaced();
    let left = work(&field.desk, &gone, spring());
    assert!(left.places.is_empty() && left.succeeded.is_empty());
    let [it] = &left.replaced[..] else { panic!("{left:?}") };
    assert_eq!((&it.other, it.on), (&successor, day("2026-04-23")));
    let came = work(&field.desk, &successor, spring());
    assert_eq!((came.places.len(), came.replaced.len()), (1, 0));
    assert_eq!((&came.succeeded[0].other, came.succeeded[0].on), (&gone, day("2026-04-23")));
    let before = work(&field.desk, &gone, window("2026-04-01", "2026-04-22"));
    assert!(before.replaced.is_empty());
}

#[test]
fn a_recusal_is_told_without_its_reason() {
    let (field, gone, successor) = replaced();
    let told = work(&field.desk, &gone, spring());
    let [it] = &told.recusals[..] else { panic!("{told:?}") };
    assert!(it.granted && it.on == day("2026-04-22") && it.origin == RecusalOrigin::Requested);
    let json = serde_json::to_string(&told).unwrap();
    assert!(!json.contains("reason") && !json.contains(&kept("亲属").to_string()));
    assert!(work(&field.desk, &successor, spring()).recusals.is_empty());
    assert!(work(&field.desk, &gone, window("2026-04-23", "2026-12-31")).recusals.is_empty());
}

#[test]
fn rechecks_are_told_for_whoever_was_there() {
    let mut desk = completed::published(ProblemToBeCorrected, "2026-04-01");
    let ordered = Ordered {
        department: code(MARKET),
        found: completed::found(FOOD),
        order: kept("责令改正通知书"),
        term: Term::AtOnce,
    };
    desk.takes(RectificationCommand::Order { ordered, rectification: code("Z1") });
    let inspectors = [code("m1"), code("m2")].into();
    let rechecked = Rechecked { corrected: true, inspectors, record: kept("复查记录") };
    desk.on("2026-04-20");
    desk.takes(RectificationCommand::Recheck { rechecked, rectification: code("Z1") });
    let rechecks = |id, from| work(&desk, &code(id), window(from, "2026-06-30")).rechecks.len();
    assert_eq!([rechecks("m1", "2026-04-20"), rechecks("m1", "2026-04-21")], [1, 0]);
    assert_eq!(rechecks("m3", "2026-04-20"), 0);
}

#[test]
fn somebody_whom_nobody_knows_is_refused_and_so_is_a_period_without_days() {
    let field = visited();
    let of = |inspector, period| AskInspector { inspector: code(inspector), period };
    refuses(&field.desk, "inspector-unknown", of("m9", spring()));
    let reversed = window("2026-05-02", "2026-05-01");
    refuses(&field.desk, "question-period-reversed", of("m1", reversed));
    work(&field.desk, &code("m1"), window("2026-05-02", "2026-05-02"));
}
