//! 第二十八条 施行: acts before 2026-03-20 do not fall under this edition.

use crate::completed::*;
use crate::desk::{Desk, FIRE, MARKET, code, day, kept};
use crate::planned::{FIRE_SAFETY, FOOD};
use serde_json::json;
use yicha::actor::Role;
use yicha::citation::Basis::Article;
use yicha::edition::Edition;
use yicha::explain::Explain;
use yicha::follow_up::consequence::EndCause;
use yicha::follow_up::penalty::Severity;
use yicha::plan::conference::*;
use yicha::publication::{Inherited, PublicationCommand};
use yicha::result::InspectionResult;

fn hold(number: &str) -> ConferenceCommand {
    let held = Held {
        agenda: vec![kept("agenda")],
        attended: vec![code(MARKET)],
        occasion: Occasion::Regular,
        resolutions: vec![],
    };
    ConferenceCommand::Hold { conference: code(number), held }
}

#[test]
fn an_act_outside_of_the_edition_is_refused() {
    let mut desk = Desk::new();
    desk.on("2026-03-19").refuses("outside-edition", Article(28), hold("1"));
    desk.on("2026-03-20").takes(hold("1"));
    desk.edition.until = Some(day("2026-12-31"));
    desk.on("2027-01-01").refuses("outside-edition", Article(28), hold("2"));
    desk.on("2026-12-31").takes(hold("2"));
    // Nor has it a value for such a day.
    let days = |on| desk.edition.value(|e| &e.publication_workdays, day(on)).is_ok();
    assert_eq!(["2026-12-31", "2027-01-01"].map(days), [true, false]);
}

#[test]
fn an_edition_of_a_host_says_from_when_its_values_hold() {
    let mut file: serde_json::Value =
        serde_json::from_str(&Edition::wancheng_2026().to_json()).unwrap();
    let value = |from: &str, value: u32| json!({"from": from, "source": "x", "value": value});
    let values = json!([value("2026-03-20", 20), value("2026-07-01", 10)]);
    file["parameters"]["publication_workdays"] = values;
    let read = Edition::parse(&file.to_string()).unwrap().publication_workdays;
    let found: Vec<_> = read.values().iter().map(|dated| dated.value).collect();
    assert_eq!(found, [20, 10]);
    let on = |text| read.on(day(text)).map(|dated| dated.value);
    let days = ["2026-03-19", "2026-03-20", "2026-06-30", "2026-07-01"];
    assert_eq!(days.map(on), [None, Some(20), Some(20), Some(10)]);
    // It may hold for one day, and for no day less.
    file["until"] = file["from"].clone();
    Edition::parse(&file.to_string()).unwrap();
    file["until"] = json!("2026-03-19");
    assert_eq!(Edition::parse(&file.to_string()).unwrap_err()[0].code(), "edition-ends");
}

fn inherited() -> Inherited {
    Inherited {
        department: code(MARKET),
        item: code(FOOD),
        negative: None,
        published: day("2025-11-30"),
        result: InspectionResult::Failed,
        source: code("省级平台2025年度抽查结果"),
        target: code("T1"),
        text: None,
    }
}

fn inherit(inherited: Inherited) -> PublicationCommand {
    PublicationCommand::Inherit { inherited, inspection: code(VISIT) }
}

#[test]
fn a_result_from_before_the_regulation_comes_in_unjudged() {
    let mut desk = Desk::new();
    desk.on("2026-04-01").by(Role::Officer, FIRE);
    desk.refuses("not-entitled-department", Article(28), inherit(inherited()));
    desk.by(Role::Officer, MARKET);
    let under = Inherited { published: day("2026-03-20"), ..inherited() };
    desk.refuses("inherited-not-earlier", Article(28), inherit(under));
    let open = Inherited { result: InspectionResult::Other, ..inherited() };
    desk.refuses("result-without-text", Article(21), inherit(open));
    desk.takes(inherit(Inherited { published: day("2026-03-19"), ..inherited() }));
    desk.refuses("result-published-already", Article(21), inherit(inherited()));
    let elsewhere = Inherited { item: code(FIRE_SAFETY), target: code("T2"), ..inherited() };
    desk.refuses("case-exists", Article(4), inherit(elsewhere));
    desk.takes(inherit(Inherited { item: code(FIRE_SAFETY), ..inherited() }));
    // Nobody judges when it was published, and it is counted.
    let version = &desk.world.publications[VISIT].items[FOOD].versions[0];
    assert_eq!((version.timeliness, version.negative), (None, true));
    let count = |on| desk.world.public_record(day(on)).count();
    assert_eq!(["2025-11-29", "2025-11-30", "2026-03-19"].map(count), [0, 1, 2]);
}

#[test]
fn an_inspection_under_the_regulation_inherits_nothing() {
    let mut desk = completed(InspectionResult::Failed, InspectionResult::Passed, "2026-04-01");
    desk.refuses("case-exists", Article(4), inherit(inherited()));
    desk.takes(enter(FOOD, InspectionResult::Failed));
}

#[test]
fn an_inherited_result_is_repaired_with_the_penalties_of_its_time() {
    let mut desk = Desk::new();
    desk.by(Role::Officer, MARKET).takes(inherit(inherited()));
    desk.refuses("result-published-already", Article(21), enter(FOOD, InspectionResult::Failed));
    desk.takes(penalise("P1", Severity::Ordinary, "2025-12-15"));
    desk.takes(end_penalty("P1", EndCause::Stopped, "2026-05-06"));
    let public = |on| desk.world.publicity(&code(VISIT), &code(FOOD), day(on)).unwrap().is_public();
    assert!(public("2026-05-05") && !public("2026-05-06"));
}

#[test]
fn what_follows_from_one_inspection_is_nothing_to_another_of_the_same_item() {
    let mut desk = Desk::new();
    desk.by(Role::Officer, MARKET).takes(inherit(inherited()));
    let (this, other, item) = (code(VISIT), code("JC-0"), code(FOOD));
    let earlier = Inherited { published: day("2025-06-30"), ..inherited() };
    desk.takes(PublicationCommand::Inherit { inherited: earlier, inspection: code("JC-0") });
    desk.takes(penalise("P1", Severity::Ordinary, "2025-12-15"));
    desk.takes(clue("C1", FOOD));
    let linked = |id: &_| (desk.world.links(id, &item).len(), desk.world.followed_up(id, &item));
    assert_eq!(linked(&this), (1, true));
    assert_eq!(linked(&other), (0, false));
    // Nor is it to another item of the same one.
    assert!(!desk.world.followed_up(&code(VISIT), &code(FIRE_SAFETY)));
    let clues_of = |id: &_, item: &_| desk.world.clues["C1"].raised.comes_from(id, item);
    assert!(clues_of(&code(VISIT), &item) && !clues_of(&other, &item));
    assert!(!clues_of(&code(VISIT), &code(FIRE_SAFETY)));
}
