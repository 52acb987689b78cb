//! 第四条 全程留痕: a snapshot is the office as it was, or nothing at all; the ledger is the truth.

use crate::host::*;
use yicha::citation::Basis::Decision;
use yicha::explain::Explain;
use yicha::hash::Suite;
use yicha::office::{Answer, Office, OfficeRefusal, Reply};
use yicha::refusal::Refusal;
use yicha_tests::speaks_both_languages;

fn restore(snapshot: &[u8]) -> Result<Office, OfficeRefusal> {
    let (edition, calendar) = rules();
    Office::restore(snapshot, edition, calendar)
}

#[track_caller]
fn refused(code: &str, snapshot: &[u8]) {
    let refusal = restore(snapshot).map(|office| office.tip().head()).unwrap_err();
    let wanted = (code, Decision("snapshot-is-a-cache"));
    assert_eq!((refusal.code(), refusal.basis()), wanted, "{refusal}");
    speaks_both_languages(&refusal);
}

#[test]
fn what_is_restored_is_what_is_replayed() {
    for suite in Suite::ALL {
        let (live, store) = stored(&history(), suite);
        let snapshot = live.snapshot().unwrap();
        let (restored, replayed) = (store.restored(&snapshot), store.replayed());
        for office in [&restored, &replayed] {
            assert_eq!((office.tip(), office.world()), (live.tip(), live.world()));
            assert_eq!(office.snapshot().unwrap(), snapshot);
        }
        assert_eq!(restore(&snapshot).unwrap().tip().head(), store.head());
    }
}

#[test]
fn entries_go_on_behind_a_snapshot_wherever_it_was_made() {
    let desk = history();
    let all = requests(&desk);
    let (live, whole) = stored(&desk, Suite::Sm3);
    let mut store = Store { files: desk.files.clone(), ..Store::new(Suite::Sm3) };
    let mut office = store.restored(&office(Suite::Sm3).snapshot().unwrap());
    for (number, request) in all.iter().enumerate() {
        handle(&mut office, &mut store, request).unwrap();
        if number % 16 == 0 {
            office = store.restored(&office.snapshot().unwrap());
        }
    }
    assert_eq!(store.entries, whole.entries);
    assert_eq!((office.tip(), office.world()), (live.tip(), live.world()));
    // What was followed before the snapshot is known behind it.
    let office = store.restored(&office.snapshot().unwrap());
    for (number, request) in all.into_iter().enumerate() {
        let answer = office.decide(request).unwrap();
        assert!(matches!(answer, Answer::Repeated(receipt) if receipt.first == number as u64));
    }
}

#[test]
fn what_the_host_feeds_is_in_no_snapshot_and_is_fed_again() {
    let desk = history();
    let mut store = Store { files: desk.files.clone(), ..Store::new(Suite::Sha256) };
    let mut office = store.restored(&office(Suite::Sha256).snapshot().unwrap());
    // The first command that needs a file of a draw.
    let needs = |request: &&_| {
        matches!(request, yicha::office::Request { command, .. }
        if matches!(command, yicha::event::Command::Drawing(_)))
    };
    let all = requests(&desk);
    let announce = all.iter().find(needs).unwrap();
    for request in all.iter().take_while(|request| *request != announce) {
        handle(&mut office, &mut store, request).unwrap();
    }
    let snapshot = office.snapshot().unwrap();
    let unfed = restore(&snapshot).unwrap();
    assert_eq!(unfed.decide(announce.clone()).unwrap_err().code(), "file-not-fed");
    assert_eq!(unfed.snapshot().unwrap(), snapshot);
    decided(store.restored(&snapshot).decide(announce.clone()));
}

#[test]
fn one_flipped_bit_in_any_byte_of_a_snapshot_is_found() {
    let mut desk = crate::desk::Desk::new();
    desk.takes(crate::planned::issue_list(crate::planned::listed()));
    for suite in Suite::ALL {
        let mut snapshot = stored(&desk, suite).0.snapshot().unwrap();
        assert!(restore(&snapshot).is_ok());
        for at in 0..snapshot.len() {
            let bit = 1 << (at % 8);
            snapshot[at] ^= bit;
            assert!(restore(&snapshot).is_err(), "byte {at}");
            snapshot[at] ^= bit;
        }
    }
}

#[test]
fn a_snapshot_is_taken_whole_and_in_its_one_version() {
    let mut desk = crate::desk::Desk::new();
    desk.takes(crate::planned::issue_list(crate::planned::listed()));
    let snapshot = stored(&desk, Suite::Sha256).0.snapshot().unwrap();
    let text = String::from_utf8(snapshot.clone()).unwrap();
    for unreadable in [
        text.replacen("\"v\":1}\n", "\"v\":2}\n", 1),
        text.replacen("\"v\":1}\n", "\"v\":1,\"w\":1}\n", 1),
        text.replacen('\n', "", 1),
        text.trim_end().into(),
        String::new(),
    ] {
        assert_ne!(unreadable, text);
        refused("snapshot-unreadable", unreadable.as_bytes());
    }
    for damaged in
        [text.replacen("plans", "plots", 1), format!("{text}\n"), text.replace("62", "63")]
    {
        assert_ne!(damaged, text);
        refused("snapshot-damaged", damaged.as_bytes());
    }
    // With its digest made anew, it is still no state of an office.
    let (_, state) = text.split_once('\n').unwrap();
    for state in
        [state.replacen("\"plans\"", "\"plots\"", 1), format!("{}{{}}\n", state.trim_end())]
    {
        let digest = Suite::Sha256.digest(&[state.trim_end().as_bytes()]);
        let made = format!("{{\"digest\":\"{digest}\",\"suite\":\"sha256\",\"v\":1}}\n{state}");
        refused("snapshot-unreadable", made.as_bytes());
    }
}

#[test]
fn a_snapshot_of_another_ledger_does_not_reach_the_head_of_the_store() {
    let desk = history();
    let (_, store) = stored(&desk, Suite::Sha256);
    let mut other = desk.taken.clone();
    other[0].1.actor.id = crate::desk::code("somebody-else");
    let foreign = crate::desk::Desk { taken: other, ..desk };
    let (foreign, its_store) = stored(&foreign, Suite::Sha256);
    assert_eq!(its_store.head().size, store.head().size);
    let mut office = restore(&foreign.snapshot().unwrap()).unwrap();
    let before = (office.tip().clone(), office.world().clone());
    let refused = office.catch_up(store.behind(office.tip().head()), &store.head()).unwrap_err();
    assert_eq!(refused.code(), "ledger-head");
    assert_eq!((office.tip(), office.world()), (&before.0, &before.1));
    assert_eq!(office.catch_up(its_store.behind(its_store.head()), &its_store.head()), Ok(()));
}

#[test]
fn answers_are_versioned_json_that_a_host_can_go_by() {
    let desk = history();
    let store = Store { files: desk.files.clone(), ..Store::new(Suite::Sha256) };
    let mut office = store.restored(&office(Suite::Sha256).snapshot().unwrap());
    let reply = |office: &Office, json: &[u8]| {
        let reply = Reply::from(&office.decide_json(json));
        let json = reply.to_json();
        assert_eq!(serde_json::from_slice::<Reply>(&json).unwrap(), reply);
        (reply, serde_json::from_slice::<serde_json::Value>(&json).unwrap())
    };
    let all = requests(&desk);
    for request in &all {
        let json = serde_json::to_vec(request).unwrap();
        let (Reply::Decided(decided), value) = reply(&office, &json) else { panic!("{request:?}") };
        let Answer::Decided(decision) = office.decide(request.clone()).unwrap() else { panic!() };
        assert_eq!(decided.builds_on, office.tip().head());
        assert_eq!((decided.next, &decided.tip), (decision.next().head(), decision.next()));
        let texts = decision.entries().iter().map(|bytes| core::str::from_utf8(bytes).unwrap());
        assert!(decided.entries.iter().map(String::as_str).eq(texts));
        assert_eq!(
            (&value["decided"]["v"], &value["decided"]["receipt"]["v"]),
            (&1.into(), &1.into())
        );
        // Whoever has the JSON alone takes it over as stored entries.
        office.catch_up(&decided.entries, &decided.next).unwrap();
        let (repeated, value) = reply(&office, &json);
        assert_eq!(repeated, Reply::Repeated(decided.receipt));
        assert_eq!(value["repeated"]["command"], request.id.as_str());
    }
    let (Reply::Refused(refused), value) = reply(&office, b"{}") else { panic!() };
    assert_eq!((refused.code.as_str(), &value["refused"]["v"]), ("request-unreadable", &1.into()));
    assert!(refused.values.contains_key("found"));
    let refusal: Refusal = office.decide_json(b"{}").unwrap_err();
    assert_eq!(refused.zh, refusal.message(yicha::explain::Lang::Zh));
}
