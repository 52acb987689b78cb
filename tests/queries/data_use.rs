//! Articles 8 and 26: who saw which data for what purpose.

use crate::asked::{ask, refuses};
use crate::desk::{Desk, FIRE, HEALTH, MARKET, code, day, kept};
use crate::inspected::opened;
use crate::planned::{SCHEME, window};
use crate::registered::{inspector, register_inspector, register_target, target};
use yicha::actor::{Actor, Purpose, Role};
use yicha::disclosure::*;
use yicha::drawing::{Audience, DrawingCommand, FileKind, Released};
use yicha::query::{Answer, AskDataUse, DataUse};
use yicha::register::Level;
use yicha::sharing::*;

fn all() -> AskDataUse {
    let period = window("2026-03-20", "2026-12-31");
    AskDataUse { department: None, inspector: None, period, purpose: None, target: None }
}

fn told(desk: &Desk, asked: AskDataUse) -> DataUse {
    match ask(desk, asked).unwrap() {
        Answer::DataUse(told) => told,
        other => panic!("{other:?}"),
    }
}

/// The numbers of the disclosures.
fn shown(desk: &Desk, asked: AskDataUse) -> Vec<String> {
    told(desk, asked).disclosures.iter().map(|it| it.disclosure.to_string()).collect()
}

/// An officer of a department is shown data on that day.
fn show(desk: &mut Desk, id: &str, on: &str, department: &str, purpose: Purpose, about: About) {
    let actor = Actor { department: Some(code(department)), id: code("u1"), role: Role::Officer };
    let shown = Shown {
        about,
        count: 1,
        data: [DataKind::Targets, DataKind::Inspectors].into(),
        digest: kept("名单"),
        reader: Reader::Person(actor),
    };
    desk.on(on).by(Role::Officer, department).stamp.purpose = purpose;
    desk.takes(DisclosureCommand::Show { disclosure: code(id), shown });
}

#[test]
fn each_use_is_told_with_reader_day_and_purpose() {
    let mut desk = Desk::new();
    show(&mut desk, "D1", "2026-04-01", MARKET, Purpose::Draw, About::Target(code("T1")));
    show(&mut desk, "D2", "2026-04-02", FIRE, Purpose::Inspection, About::Inspector(code("m1")));
    assert_eq!(shown(&desk, all()), ["D1", "D2"]);
    let period = |from, until| AskDataUse { period: window(from, until), ..all() };
    assert_eq!(shown(&desk, period("2026-04-01", "2026-04-01")), ["D1"]);
    assert_eq!(shown(&desk, period("2026-04-02", "2026-04-30")), ["D2"]);
    let by = |department| AskDataUse { department: Some(code(department)), ..all() };
    assert_eq!(shown(&desk, by(FIRE)), ["D2"]);
    assert!(shown(&desk, by(HEALTH)).is_empty());
    let purpose = AskDataUse { purpose: Some(Purpose::Draw), ..all() };
    assert_eq!(shown(&desk, purpose), ["D1"]);
    let first = &told(&desk, all()).disclosures[0];
    assert_eq!((first.on, first.purpose), (day("2026-04-01"), Purpose::Draw));
    let reversed = period("2026-04-02", "2026-04-01");
    refuses(&desk, "question-period-reversed", reversed);
}

#[test]
fn whoever_saw_a_scheme_or_a_register_saw_those_in_it() {
    let mut field = opened();
    let (known, team) = (field.target.to_string(), field.market[0].to_string());
    let desk = &mut field.desk;
    let purpose = Purpose::Draw;
    show(desk, "D1", "2026-05-01", MARKET, purpose, About::Scheme(code(SCHEME)));
    show(desk, "D2", "2026-05-01", MARKET, purpose, About::Register(code(MARKET)));
    show(desk, "D3", "2026-05-01", MARKET, purpose, About::Target(code(&known)));
    show(desk, "D4", "2026-05-01", MARKET, purpose, About::Inspector(code(&team)));
    show(desk, "D5", "2026-05-01", MARKET, purpose, About::Register(code(FIRE)));
    desk.by(Role::Officer, MARKET).takes(register_target(MARKET, target("T99")));
    desk.by(Role::Officer, MARKET).takes(register_inspector(inspector("m99", MARKET)));
    let about = |target| AskDataUse { target: Some(code(target)), ..all() };
    assert_eq!(shown(desk, about(&known)), ["D1", "D2", "D3"]);
    assert_eq!(shown(desk, about("T99")), ["D2"]);
    let of = |inspector| AskDataUse { inspector: Some(code(inspector)), ..all() };
    assert_eq!(shown(desk, of(&team)), ["D1", "D2", "D4"]);
    assert_eq!(shown(desk, of("m99")), ["D2"]);
    assert_eq!(shown(desk, of("f1")).last().unwrap(), "D5");
}

fn given(text: &str) -> Version {
    let document = code("宛区消行罚决字〔2026〕第0007号");
    Version { content: kept(text), document, kind: SharedKind::Penalty }
}

#[test]
fn what_was_shared_is_told_with_receivers_versions_and_receipts() {
    let mut desk = Desk::new();
    for (receiver, purpose) in [(MARKET, Purpose::Inspection), (HEALTH, Purpose::FollowUp)] {
        let stated = PurposeStated {
            division: code("411302"),
            kind: SharedKind::Penalty,
            level: Level::County,
            purpose,
            receiver: code(receiver),
        };
        desk.by(Role::Officer, receiver).takes(SharingCommand::StatePurpose { stated });
    }
    desk.on("2026-04-01").by(Role::Officer, FIRE).takes(SharingCommand::Share {
        given: given("罚款"),
        record: code("GX-1"),
        receivers: [code(MARKET), code(HEALTH)].into(),
        sender: code(FIRE),
        target: code("T1"),
    });
    let received = Received { receipt: code("HZ-1"), receiver: code(MARKET), version: 1 };
    desk.on("2026-04-03").by(Role::Officer, MARKET);
    desk.takes(SharingCommand::Acknowledge { received, record: code("GX-1") });
    desk.on("2026-05-01").by(Role::Officer, FIRE);
    desk.takes(SharingCommand::Revise { given: given("撤销"), record: code("GX-1") });

    let shared = |asked| told(&desk, asked).shared;
    let [it] = &shared(all())[..] else { panic!() };
    let days: Vec<_> = it.versions.iter().map(|version| version.on).collect();
    assert_eq!(days, [day("2026-04-01"), day("2026-05-01")]);
    let receivers: Vec<_> =
        it.receivers.iter().map(|it| (it.receiver.as_str(), it.purpose, it.version)).collect();
    assert_eq!(
        receivers,
        [(MARKET, Purpose::Inspection, Some(1)), (HEALTH, Purpose::FollowUp, None)]
    );
    assert_eq!(it.receivers[0].received, Some(day("2026-04-03")));

    let april = AskDataUse { period: window("2026-04-02", "2026-04-30"), ..all() };
    assert!(shared(april).is_empty());
    let may = AskDataUse { period: window("2026-05-01", "2026-05-01"), ..all() };
    assert_eq!(shared(may)[0].versions.len(), 1);
    let health = AskDataUse { department: Some(code(HEALTH)), ..all() };
    assert_eq!(shared(health)[0].receivers.len(), 1);
    assert!(shared(AskDataUse { department: Some(code(FIRE)), ..all() }).is_empty());
    assert_eq!(shared(AskDataUse { target: Some(code("T1")), ..all() }).len(), 1);
    assert!(shared(AskDataUse { target: Some(code("T2")), ..all() }).is_empty());
    assert!(shared(AskDataUse { inspector: Some(code("m1")), ..all() }).is_empty());
    assert_eq!(
        shared(AskDataUse { purpose: Some(Purpose::FollowUp), ..all() })[0].receivers.len(),
        1
    );
}

#[test]
fn the_files_of_a_draw_that_were_released_are_told() {
    let (mut desk, files) = crate::drawn::with_draw();
    let file = files.round.digest(&files.list);
    let released = Released { audience: Audience::Public, file, place: code("区政府网站") };
    desk.on("2026-04-15");
    desk.takes(DrawingCommand::Release { released: released.clone(), scheme: code(SCHEME) });
    let [it] = &told(&desk, all()).released[..] else { panic!() };
    assert_eq!(
        (it.kind, it.on, &it.released),
        (Some(FileKind::List), day("2026-04-15"), &released)
    );
    let before = AskDataUse { period: window("2026-03-20", "2026-04-14"), ..all() };
    assert!(told(&desk, before).released.is_empty());
    let of_market = AskDataUse { department: Some(code(MARKET)), ..all() };
    assert!(told(&desk, of_market).released.is_empty());
}
