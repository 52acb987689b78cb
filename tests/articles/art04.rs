//! 第四条 全程留痕: every act leaves who did it, when, under which article and for what.

use crate::desk::{Desk, FIRE, MARKET, code, day_at, kept, named};
use crate::drawn::{announce, feed, match_inspectors, with_draw};
use crate::host::stored;
use crate::planned::{SCHEME, with_plan};
use crate::registered::law_changed;
use yicha::actor::{Actor, Role};
use yicha::calendar::Calendar;
use yicha::citation::Basis::Article;
use yicha::drawing::{Audience, DrawingCommand, Released};
use yicha::edition::Edition;
use yicha::explain::{Explain, Lang};
use yicha::hash::Suite;
use yicha::ledger::Entry;
use yicha::office::{Answer, Decision, Office, Refused, Request};
use yicha::plan::conference::*;
use yicha::refusal::Refusal;
use yicha::version::V1;
use yicha::world::World;

fn hold() -> ConferenceCommand {
    let held = Held {
        agenda: vec![kept("agenda")],
        attended: vec![code(MARKET)],
        occasion: Occasion::AdHoc,
        resolutions: vec![],
    };
    ConferenceCommand::Hold { conference: code("2026-1"), held }
}

fn finish() -> ConferenceCommand {
    let done = ResolutionDone { report: kept("report"), resolution: code("1") };
    ConferenceCommand::FinishResolution { conference: code("2026-1"), done }
}

#[test]
fn who_acts_for_a_department_names_it_and_others_name_none() {
    let mut desk = Desk::new();
    desk.stamp.actor =
        Actor { department: Some(code(FIRE)), id: code("x"), role: Role::JointOffice };
    desk.refuses("actor-without-department", Article(4), hold());
    desk.stamp.actor = Actor { department: None, id: code("x"), role: Role::Officer };
    desk.refuses("actor-without-department", Article(4), finish());
    let refusal = desk.by(Role::Officer, MARKET).refuses("not-entitled-role", Article(7), hold());
    assert_eq!(["found", "wanted"].map(|name| named(&refusal, name)), ["officer", "joint-office"]);
    desk.by_joint_office().takes(hold());
}

#[test]
fn a_case_is_recorded_once_and_before_anything_happens_to_it() {
    let mut desk = Desk::new();
    desk.by(Role::Officer, FIRE).refuses("case-unknown", Article(4), finish());
    desk.by_joint_office().takes(hold());
    desk.refuses("case-exists", Article(4), hold());
    // The case is known now, so the act is refused for what it is.
    desk.by(Role::Officer, FIRE).refuses("resolution-unknown", Article(7), finish());
}

#[test]
fn what_is_released_of_a_draw_is_on_record_and_recorded_once() {
    let (mut desk, files) = with_draw();
    let release = |file, place: &str| {
        let released = Released { audience: Audience::Public, file, place: code(place) };
        DrawingCommand::Release { released, scheme: code(SCHEME) }
    };
    let list = files.round.digest(&files.list);
    desk.refuses("release-unknown-file", Article(4), release(kept("list"), "区政府网站"));
    desk.takes(release(list, "区政府网站"));
    desk.refuses("release-twice", Article(4), release(list, "区政府网站"));
    desk.takes(release(list, "省级平台"));
    // A problem is one of the files from its announcement on.
    let matching = match_inspectors(FIRE, &files);
    let problem = feed(&mut desk, &matching.problem);
    let to_auditors = || {
        let (audience, place) = (Audience::Auditors, code("审计局"));
        let released = Released { audience, file: problem, place };
        DrawingCommand::Release { released, scheme: code(SCHEME) }
    };
    desk.refuses("release-unknown-file", Article(4), to_auditors());
    let announcement = feed(&mut desk, &matching.announcement);
    desk.on("2026-04-15").by(Role::Officer, FIRE).takes(announce(announcement));
    desk.takes(to_auditors());
}

fn office() -> Office {
    Office::new(Suite::Sha256, Edition::wancheng_2026(), Calendar::china())
}

/// The joint office holds a conference of that number.
fn request(id: &str, conference: &str) -> Request {
    let ConferenceCommand::Hold { held, .. } = hold() else { panic!() };
    let stamp = Desk::new().stamp;
    Request {
        actor: stamp.actor,
        command: ConferenceCommand::Hold { conference: code(conference), held }.into(),
        effective: stamp.effective,
        id: code(id),
        purpose: stamp.purpose,
        recorded: stamp.recorded,
        v: V1,
    }
}

#[track_caller]
fn decided(office: &Office, request: &Request) -> Decision {
    let json = serde_json::to_vec(request).unwrap();
    match office.decide_json(&json).unwrap() {
        Answer::Decided(decision) => decision,
        Answer::Repeated(receipt) => panic!("followed before: {receipt:?}"),
    }
}

/// The office refuses this, and is as before.
#[track_caller]
fn office_refuses(
    office: &mut Office,
    code: &str,
    act: impl FnOnce(&mut Office) -> Result<Answer, Refusal>,
) {
    let (tip, world) = (office.tip().clone(), office.world().clone());
    let refusal = act(office).unwrap_err();
    assert_eq!(refusal.code(), code, "{refusal}");
    assert_eq!((office.tip(), office.world()), (&tip, &world));
    let json = serde_json::to_value(Refused::from(&refusal)).unwrap();
    assert_eq!((&json["code"], &json["v"]), (&code.into(), &1.into()));
    assert_eq!(json["en"], refusal.to_string());
    assert_eq!(json["zh"], refusal.message(Lang::Zh));
    assert!(json["basis"].is_object() && !json["values"].as_object().unwrap().is_empty());
}

#[test]
fn a_decision_changes_nothing_before_it_is_stored() {
    let mut office = office();
    let empty = office.tip().clone();
    // The host could not store it.
    drop(decided(&office, &request("a", "2026-1")));
    assert_eq!((office.tip(), office.world()), (&empty, &World::default()));

    let decision = decided(&office, &request("a", "2026-1"));
    assert_eq!(decision.builds_on(), empty.head());
    let next = decision.next().clone();
    let receipt = decision.receipt().clone();
    assert_eq!((receipt.first, receipt.count), (0, decision.entries().len() as u64));
    assert_eq!(office.commit(decision).unwrap(), receipt);
    assert_eq!(office.tip(), &next);
    assert_eq!(office.world().conferences.len(), 1);
}

#[test]
fn a_lost_race_is_caught_up_with() {
    let (mut fast, mut slow) = (office(), office());
    let mine = decided(&slow, &request("slow", "2026-2"));
    let first = decided(&fast, &request("fast", "2026-1"));
    let entries = first.entries().to_vec();
    fast.commit(first).unwrap();

    // What leads elsewhere is not taken, nor half of it.
    let elsewhere = slow.tip().head();
    assert_eq!(slow.catch_up(&entries, &elsewhere).unwrap_err().code(), "ledger-head");
    assert_eq!((slow.tip(), slow.world()), (office().tip(), &World::default()));
    slow.catch_up(&entries, &fast.tip().head()).unwrap();
    assert_eq!((slow.tip(), slow.world()), (fast.tip(), fast.world()));

    office_refuses(&mut slow, "head-moved", |slow| slow.commit(mine).map(Answer::Repeated));
    let again = decided(&slow, &request("slow", "2026-2"));
    assert_eq!(again.builds_on(), fast.tip().head());
    slow.commit(again).unwrap();
    assert_eq!(slow.world().conferences.len(), 2);
}

#[test]
fn what_is_replayed_is_what_was() {
    let mut live = office();
    let mut stored = Vec::new();
    for i in 0..5 {
        let decision = decided(&live, &request(&format!("c{i}"), &format!("2026-{i}")));
        stored.extend_from_slice(decision.entries());
        live.commit(decision).unwrap();
    }
    let (edition, calendar) = (Edition::wancheng_2026(), Calendar::china());
    let head = live.tip().head();
    let replayed = Office::replay(Suite::Sha256, edition, calendar, &stored, &head).unwrap();
    assert_eq!((replayed.tip(), replayed.world()), (live.tip(), live.world()));
    for entry in &stored {
        let entry = Entry::parse(entry).unwrap();
        assert!(!entry.basis.is_empty());
        assert_eq!(entry.recorded, Desk::new().stamp.recorded);
    }
    // The ids are known again.
    let answer = replayed.decide(request("c3", "2026-3")).unwrap();
    assert!(matches!(answer, Answer::Repeated(receipt) if receipt.first == 3));
}

#[test]
fn the_entries_of_one_command_stand_one_behind_the_other() {
    let mut desk = with_plan();
    let changed = law_changed("中华人民共和国消防法", "主席令第八十一号");
    assert_eq!(desk.by_joint_office().takes(changed).len(), 2);
    let (_, store) = stored(&desk, Suite::Sha256);
    let sequences = store.entries.iter().map(|bytes| Entry::parse(bytes).unwrap().sequence);
    assert!(sequences.eq(0..store.head().size));
    assert_eq!(store.replayed().tip(), &store.tip);
}

#[test]
fn a_command_that_is_sent_twice_happens_once() {
    let mut office = office();
    let decision = decided(&office, &request("a", "2026-1"));
    let receipt = office.commit(decision).unwrap();

    let later = Request { recorded: day_at("2026-03-21"), ..request("a", "2026-1") };
    let answer = office.decide(later).unwrap();
    assert!(matches!(answer, Answer::Repeated(again) if again == receipt));

    office_refuses(&mut office, "command-id-taken", |office| office.decide(request("a", "2026-2")));
    decided(&office, &request("b", "2026-2"));
    // A rule's refusal reaches the host as it is.
    office_refuses(&mut office, "case-exists", |office| office.decide(request("b", "2026-1")));
}

#[test]
fn the_record_does_not_go_back_in_time() {
    let mut office = office();
    let decision = decided(&office, &request("a", "2026-1"));
    office.commit(decision).unwrap();
    decided(&office, &request("b", "2026-2"));
    office_refuses(&mut office, "recorded-backwards", |office| {
        let recorded = "2026-03-20T01:59:59Z".parse().unwrap();
        office.decide(Request { recorded, ..request("b", "2026-2") })
    });
}

#[test]
fn a_request_is_read_strictly() {
    let mut office = office();
    let good = serde_json::to_string(&request("a", "2026-1")).unwrap();
    assert!(office.decide_json(good.as_bytes()).is_ok());
    for (from, to) in
        [("\"v\":1", "\"v\":2"), ("\"v\":1", "\"v\":1,\"w\":1"), ("\"id\":\"a\",", "")]
    {
        let wrong = good.replacen(from, to, 1);
        assert_ne!(wrong, good);
        office_refuses(&mut office, "request-unreadable", |o| o.decide_json(wrong.as_bytes()));
    }
}
