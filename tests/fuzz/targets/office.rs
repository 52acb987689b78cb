//! Requests, questions, rows, files and snapshots.
#![no_main]

use libfuzzer_sys::fuzz_target;
use std::sync::LazyLock;
use yicha_c::calendar::{Calendar, yicha_calendar_china};
use yicha_c::edition::{Edition, yicha_edition_wancheng_2026};
use yicha_c::hash::YICHA_SM3;
use yicha_c::head::yicha_head_parse;
use yicha_c::head::yicha_tip_head;
use yicha_c::office::{
    Office, yicha_office_ask, yicha_office_commit, yicha_office_decide, yicha_office_feed_file,
    yicha_office_feed_rows, yicha_office_new, yicha_office_replay, yicha_office_restore,
    yicha_office_snapshot, yicha_office_tip,
};
use yicha_c::view::Bytes;
use yicha_fuzz::{bytes, call, done, pick, str, text};

static RULES: LazyLock<(Box<Edition>, Box<Calendar>)> = LazyLock::new(|| {
    let edition = call(|out, error| yicha_edition_wancheng_2026(out, error));
    let calendar = call(|out, error| yicha_calendar_china(out, error));
    (edition.expect("an edition"), calendar.expect("a calendar"))
});

/// The session that the other tests have, as a snapshot.
static SNAPSHOT: LazyLock<Vec<u8>> = LazyLock::new(|| {
    let mut office = empty();
    for request in include_bytes!("../../data/session/requests.jsonl").split(|byte| *byte == b'\n')
    {
        // Some rest on files of the draw, which are not fed here.
        decide(&mut office, request);
    }
    let snapshot = call(|out, error| yicha_office_snapshot(Some(&office), out, error));
    text(&snapshot.expect("a snapshot")).to_vec()
});

fn empty() -> Box<Office> {
    let (edition, calendar) = &*RULES;
    call(|out, error| yicha_office_new(YICHA_SM3, Some(edition), Some(calendar), out, error))
        .expect("an office")
}

fn restored(snapshot: &[u8]) -> Option<Box<Office>> {
    let (edition, calendar) = &*RULES;
    call(|out, error| {
        yicha_office_restore(bytes(snapshot), Some(edition), Some(calendar), out, error)
    })
}

fn busy() -> Box<Office> {
    restored(&SNAPSHOT).expect("the office of the session")
}

/// The same as an office that is only asked.
static BUSY: LazyLock<Box<Office>> = LazyLock::new(busy);

/// What is lawful can be taken over.
fn decide(office: &mut Office, request: &[u8]) {
    let decision = call(|out, error| yicha_office_decide(Some(office), bytes(request), out, error));
    if let Some(decision) = decision {
        let mut decision = Some(decision);
        assert!(done(|error| yicha_office_commit(Some(office), Some(&mut decision), error)));
    }
}

fn request(data: &[u8]) {
    if call(|out, error| yicha_office_decide(Some(&BUSY), bytes(data), out, error)).is_some() {
        decide(&mut busy(), data);
    }
}

fn question(data: &[u8]) {
    call(|out, error| yicha_office_ask(Some(&BUSY), bytes(data), out, error));
}

fn file(data: &[u8]) {
    done(|error| yicha_office_feed_file(Some(&mut empty()), str(data), error));
}

fn rows(data: &[u8]) {
    for register in ["items", "targets", "inspectors"] {
        let (register, department) = (str(register.as_bytes()), str(b"market"));
        let mut office = empty();
        done(|error| {
            yicha_office_feed_rows(Some(&mut office), register, department, bytes(data), error)
        });
    }
}

/// A head, a line feed, and the entries of a ledger, one on each line.
fn ledger(data: &[u8]) {
    let mut lines = data.split(|byte| *byte == b'\n');
    let head = str(lines.next().unwrap_or_default());
    let Some(head) = call(|out, error| yicha_head_parse(head, out, error)) else { return };
    let entries: Vec<Bytes> = lines.map(bytes).collect();
    let (edition, calendar) = &*RULES;
    let (entries, count) = (entries.as_ptr(), entries.len());
    call(|out, error| {
        let (edition, calendar) = (Some(&**edition), Some(&**calendar));
        yicha_office_replay(YICHA_SM3, edition, calendar, entries, count, Some(&head), out, error)
    });
}

/// A snapshot's digest is made right, so that what stands in it is reached; what is read is asked and written again.
fn snapshot(data: &[u8]) {
    let state = data.strip_suffix(b"\n").unwrap_or(data);
    let digest =
        call(|out, error| yicha_c::hash::yicha_digest_of(YICHA_SM3, bytes(state), out, error));
    let digest =
        call(|out, error| yicha_c::hash::yicha_digest_to_text(digest.as_ref(), out, error))
            .expect("a digest");
    let digest = String::from_utf8(text(&digest).to_vec()).expect("hexadecimal");
    let title = format!("{{\"digest\":\"{digest}\",\"suite\":\"sm3\",\"v\":1}}\n");
    if let Some(office) = restored(&[title.as_bytes(), state, b"\n"].concat()) {
        let tip = call(|out, error| yicha_office_tip(Some(&office), out, error)).expect("a tip");
        call(|out, error| yicha_tip_head(Some(&tip), out, error)).expect("a head");
        for day in ["2026-05-12", "2027-05-12"] {
            let question = format!("{{\"question\":{{\"due\":{{\"day\":\"{day}\"}}}},\"v\":1}}");
            call(|out, error| {
                yicha_office_ask(Some(&office), bytes(question.as_bytes()), out, error)
            });
        }
    }
}

fuzz_target!(|data: &[u8]| pick(data, &[&request, &question, &file, &rows, &ledger, &snapshot]));
