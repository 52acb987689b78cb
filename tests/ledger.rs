//! The ledger: what was stored is found as it was, and every change to it is found too.
#![allow(clippy::unwrap_used, missing_docs, dead_code)]

#[path = "articles/desk.rs"]
mod desk;

use desk::{Desk, MARKET, code, kept};
use std::collections::{BTreeMap, BTreeSet};
use yicha::case::CaseKind;
use yicha::event::Event;
use yicha::explain::{Explain, Lang};
use yicha::hash::Suite;
use yicha::ledger::*;
use yicha::plan::conference::*;
use yicha::threads::Threads;
use yicha::version::V1;

/// A ledger of that many conferences, an hour of recording for each.
fn entries(count: u64) -> Vec<Vec<u8>> {
    (0..count).map(|sequence| entry(sequence).to_bytes().unwrap()).collect()
}

fn entry(sequence: u64) -> Entry {
    let mut desk = Desk::new();
    desk.stamp.recorded = format!("2026-03-20T{:02}:00:00Z", sequence % 24).parse().unwrap();
    let held = Held {
        agenda: vec![kept("agenda")],
        attended: vec![code(MARKET)],
        occasion: Occasion::AdHoc,
        resolutions: vec![],
    };
    let conference = code(&format!("2026-{sequence}"));
    let fact = desk.takes(ConferenceCommand::Hold { conference, held }).remove(0);
    let id = code(&format!("command-{sequence}"));
    Entry {
        actor: desk.stamp.actor,
        basis: fact.basis.into_iter().map(Cited::from).collect(),
        case: fact.case,
        command: CommandPart { count: 1, digest: kept("request"), id, index: 0 },
        effective: desk.stamp.effective,
        event: fact.event,
        purpose: desk.stamp.purpose,
        recorded: desk.stamp.recorded,
        sequence,
        v: V1,
    }
}

fn head(entries: &[Vec<u8>], suite: Suite) -> Head {
    Proofs::new(suite, entries, Threads::at_most(1)).head()
}

/// The fault of the last of these entries, which stands at the line that is given.
#[track_caller]
fn refused(entries: &[Vec<u8>], code: &str) {
    let head = head(entries, Suite::Sha256);
    let error = verify_log(Suite::Sha256, entries, &head).unwrap_err();
    assert_eq!(error.code(), code, "{error}");
    let line = entries.len() as u64;
    assert!(matches!(error, LedgerError::Line { line: found, .. } if found == line), "{error}");
    assert!(error.message(Lang::Zh).contains('第') && error.to_string().contains("line"));
}

/// An entry after something in its text was replaced.
fn edited(entry: &[u8], from: &str, to: &str) -> Vec<u8> {
    let text = core::str::from_utf8(entry).unwrap();
    assert!(text.contains(from), "{text}");
    text.replacen(from, to, 1).into_bytes()
}

#[test]
fn an_entry_is_read_as_it_was_written() {
    let entry = entry(0);
    let bytes = entry.to_bytes().unwrap();
    let text = core::str::from_utf8(&bytes).unwrap();
    assert!(text.starts_with(r#"{"actor":{"department":null,"id":"joint-office-1","#), "{text}");
    assert!(text.ends_with(r#""recorded":"2026-03-20T00:00:00Z","sequence":0,"v":1}"#), "{text}");
    assert_eq!(Entry::parse(&bytes), Ok(entry));
}

#[test]
fn many_values_one_behind_the_other_are_no_deeper_than_one() {
    let many = Entry { basis: vec![Cited::Article(7); 100], ..entry(0) };
    assert_eq!(Entry::parse(&many.to_bytes().unwrap()), Ok(many));
}

#[test]
fn what_is_not_known_is_a_hard_error_with_its_line() {
    let [first, second] = <[_; 2]>::try_from(entries(2)).unwrap();
    for (from, to) in [
        (r#""v":1}"#, r#""v":2}"#),
        (r#""v":1}"#, r#""v":1,"w":0}"#),
        (r#"{"conference":"#, r#"{"concert":"#),
        (r#""purpose":"supervision""#, r#""purpose":"curiosity""#),
        (r#""recorded":"2026-03-20T01:00:00Z","#, ""),
        (r#""actor":{"department":null,"id":"joint-office-1","role":"joint-office"},"#, ""),
    ] {
        refused(&[first.clone(), edited(&second, from, to)], "entry-unknown");
    }
    for (from, to) in [
        ("article\":7", "article\":0"),
        ("article\":7", "article\":29"),
        ("article\":7", "section\":7"),
    ] {
        refused(&[first.clone(), edited(&second, from, to)], "entry-unknown");
    }
    for (from, to) in [
        (r#""department":null"#, r#""department":"11411302MB0001""#),
        (r#""role":"joint-office""#, r#""role":"officer""#),
    ] {
        refused(&[first.clone(), edited(&second, from, to)], "entry-actor");
    }
    let no_basis = Entry { basis: vec![], ..entry(1) }.to_bytes().unwrap();
    refused(&[first.clone(), no_basis], "entry-without-basis");
    refused(&[first.clone(), edited(&second, ",", ", ")], "entry-not-canonical");
    verify_log(
        Suite::Sha256,
        &[&first, &second],
        &head(&[first.clone(), second.clone()], Suite::Sha256),
    )
    .unwrap();
}

#[test]
fn keys_stand_in_the_order_of_their_characters_however_those_are_written() {
    let place = |json: &str| check_canonical(json.as_bytes()).map_err(|e| (e.position, e.rule));
    for [first, second] in [[r"\t", r"\n"], [r"\u000b", r"\u0010"], [r"\u001f", "é"], ["é", "é1"]]
    {
        assert_eq!(place(&format!(r#"{{"{first}":1,"{second}":2}}"#)), Ok(()));
        for [before, key] in [[second, first], [first, first], [second, second]] {
            let (_, rule) = place(&format!(r#"{{"{before}":1,"{key}":2}}"#)).unwrap_err();
            assert_eq!(rule, Rule::Keys, "{before} {key}");
        }
    }
    let flaw = check_canonical(b"\"\xff\"").unwrap_err();
    assert_eq!((flaw.position, flaw.rule), (2, Rule::Utf8));
}

#[test]
fn objects_are_no_deeper_than_lists() {
    let nested = |depth| [r#"{"a":"#.repeat(depth), "0".into(), "}".repeat(depth)].concat();
    assert_eq!(check_canonical(nested(64).as_bytes()), Ok(()));
    assert_eq!(check_canonical(nested(65).as_bytes()).map_err(|e| e.rule), Err(Rule::Depth));
}

#[test]
fn each_entry_follows_the_one_before() {
    let first = entry(0);
    let bytes = |entry: &Entry| entry.to_bytes().unwrap();
    let same_instant = Entry { recorded: first.recorded, ..entry(1) };
    let good = [bytes(&first), bytes(&same_instant)];
    verify_log(Suite::Sha256, &good, &head(&good, Suite::Sha256)).unwrap();

    refused(&[bytes(&first), bytes(&entry(2))], "entry-sequence");
    refused(&[bytes(&first), bytes(&first)], "entry-sequence");
    let back = Entry { recorded: "2026-03-19T23:59:59Z".parse().unwrap(), ..entry(1) };
    refused(&[bytes(&first), bytes(&back)], "entry-backwards");
}

#[test]
fn the_entries_of_a_command_stand_together_and_whole() {
    let part = |sequence, index, count, id: &str| {
        let command = CommandPart { count, index, id: code(id), ..entry(0).command };
        Entry { command, sequence, ..entry(1) }.to_bytes().unwrap()
    };
    let whole = [part(0, 0, 2, "a"), part(1, 1, 2, "a"), part(2, 0, 1, "b")];
    verify_log(Suite::Sha256, &whole, &head(&whole, Suite::Sha256)).unwrap();

    refused(&[part(0, 1, 2, "a")], "entry-part");
    refused(&[part(0, 0, 0, "a")], "entry-part");
    refused(&[part(0, 0, 2, "a"), part(1, 0, 2, "a")], "entry-part");
    refused(&[part(0, 0, 2, "a"), part(1, 1, 2, "b")], "entry-part");
    refused(&[part(0, 0, 2, "a"), part(1, 1, 3, "a")], "entry-part");
    refused(&[part(0, 0, 1, "a"), part(1, 0, 1, "a")], "entry-command-twice");
    for (from, to) in [
        ("joint-office-1", "joint-office-2"),
        (r#""effective":"2026-03-20""#, r#""effective":"2026-03-21""#),
        ("supervision", "coordination"),
        ("T01:00:00Z", "T01:00:01Z"),
    ] {
        refused(&[part(0, 0, 2, "a"), edited(&part(1, 1, 2, "a"), from, to)], "entry-part");
    }
    let open = [part(0, 0, 2, "a")];
    let error = verify_log(Suite::Sha256, &open, &head(&open, Suite::Sha256)).unwrap_err();
    assert_eq!(error.code(), "ledger-unfinished");
}

#[test]
fn a_file_has_an_entry_a_line() {
    assert_eq!(lines(b""), Ok(vec![]));
    assert_eq!(lines(b"a\nbc\n"), Ok(vec![&b"a"[..], b"bc"]));
    for (file, line) in [(&b"a\nb"[..], 2), (b"a\n\nb\n", 2), (b"\n", 1)] {
        assert_eq!(lines(file), Err(LedgerError::Line { line, fault: Fault::Newline }));
    }
}

#[test]
fn a_suffix_is_checked_from_a_tip_alone() {
    for suite in [Suite::Sha256, Suite::Sm3] {
        let all = entries(9);
        for cut in 0..=all.len() {
            let (begun, rest) = all.split_at(cut);
            let tip = verify_log(suite, begun, &head(begun, suite)).unwrap();
            let stored = serde_json::to_string(&tip).unwrap();
            let tip: Tip = serde_json::from_str(&stored).unwrap();
            let end = verify_suffix(&tip, rest, &head(&all, suite)).unwrap();
            assert_eq!((end.head(), end.suite()), (head(&all, suite), suite));
            assert_eq!(end.recorded(), Some(entry(8).recorded));
        }
        let tip = verify_log(suite, &all[..4], &head(&all[..4], suite)).unwrap();
        let error = verify_suffix(&tip, &all[4..8], &head(&all, suite)).unwrap_err();
        assert_eq!(error.code(), "ledger-head");
        assert!(error.to_string().contains(&head(&all, suite).to_string()), "{error}");
        assert!(head(&all, suite).to_string().contains("9 entries"));
    }
}

#[test]
fn one_entry_is_proved_against_a_head() {
    let all = entries(7);
    let proofs = Proofs::new(Suite::Sm3, &all, Threads::at_most(1));
    let head = proofs.head();
    for (i, bytes) in all.iter().enumerate() {
        let proof = proofs.inclusion(i as u64).unwrap();
        let json = serde_json::to_string(&proof).unwrap();
        let proof: InclusionProof = serde_json::from_str(&json).unwrap();
        assert_eq!(verify_entry(Suite::Sm3, bytes, &proof, &head), Ok(entry(i as u64)));
        let other = edited(bytes, "ad-hoc", "annual");
        assert!(verify_entry(Suite::Sm3, &other, &proof, &head).is_err());
        let moved = InclusionProof { index: proof.index + 1, ..proof };
        assert!(matches!(
            verify_entry(Suite::Sm3, bytes, &moved, &head),
            Err(Fault::Sequence { .. })
        ));
    }
    assert!(proofs.inclusion(7).is_err());
}

#[test]
fn a_log_that_only_grew_proves_it() {
    let all = entries(7);
    let proofs = Proofs::new(Suite::Sha256, &all, Threads::at_most(1));
    for old in 1..=7 {
        let before = head(&all[..old], Suite::Sha256);
        let proof = proofs.consistency(old as u64).unwrap();
        proof.verify(Suite::Sha256, &before, &proofs.head()).unwrap();
        let other = Head { root: kept("another"), ..before };
        assert!(proof.verify(Suite::Sha256, &other, &proofs.head()).is_err());
    }
    assert!(proofs.consistency(0).is_err() && proofs.consistency(8).is_err());
}

const ORIGIN: &str = "wancheng.example/yicha";

#[test]
fn a_checkpoint_is_read_in_its_one_form() {
    for (suite, last) in [(Suite::Sha256, ""), (Suite::Sm3, "suite sm3\n")] {
        let head = Head { root: kept("root"), size: 12 };
        let checkpoint = Checkpoint::new(ORIGIN, head, suite).unwrap();
        let text = checkpoint.to_string();
        assert!(text.starts_with("wancheng.example/yicha\n12\n") && text.ends_with(last));
        assert_eq!(checkpoint.origin(), ORIGIN);
        assert_eq!(Checkpoint::parse(&text), Ok(checkpoint));
        for (line, wrong) in [
            (1, text.replacen(ORIGIN, "", 1)),
            (1, text.replacen(ORIGIN, "a b", 1)),
            (1, text.replacen(ORIGIN, "a+b", 1)),
            (2, text.replacen("12", "012", 1)),
            (2, text.replacen("12", "+12", 1)),
            (2, text.replacen("12", "18446744073709551616", 1)),
            (3, text.replacen("=\n", "\n", 1)),
            (3, text.replacen("=\n", "==\n", 1)),
            (4, text.replacen("=\n", "=\nsuite md5\n", 1)),
        ] {
            let error = Checkpoint::parse(&wrong).unwrap_err();
            assert_eq!((error.code(), error.line), ("note-form", line), "{wrong}");
        }
        for wrong in [text.trim_end(), &format!("{text}\n"), &text.replace('\n', "\r\n")] {
            assert!(Checkpoint::parse(wrong).is_err(), "{wrong:?}");
        }
    }
    let head = Head { root: kept("root"), size: 0 };
    assert!(Checkpoint::new("", head, Suite::Sm3).is_err());
}

#[test]
fn a_note_is_read_without_judging_its_signatures() {
    let note = "text\n\nmore\n\n\u{2014} key AAECAwQ=\n\u{2014} other /////w4=\n";
    let read = Note::parse(note).unwrap();
    assert_eq!(read.text, "text\n\nmore\n");
    assert_eq!(read.signatures.len(), 2);
    assert_eq!(
        (read.signatures[0].key, &read.signatures[0].signature[..]),
        ([0, 1, 2, 3], &[4][..])
    );
    assert_eq!(read.to_string(), note);
    for (line, wrong) in [
        (1, "text\n"),
        (3, "text\n\n"),
        (3, "text\n\n- key AAECAwQ=\n"),
        (3, "text\n\n\u{2014} key AAECAw==\n"),
        (3, "text\n\n\u{2014} a+b AAECAwQ=\n"),
        (3, "text\n\n\u{2014} key AAECAwQ\n"),
        (4, "text\n\n\u{2014} key AAECAwQ=\n\u{2014} key AAECAwQ="),
    ] {
        assert_eq!(Note::parse(wrong).unwrap_err().line, line, "{wrong}");
    }
}

#[test]
fn one_flipped_bit_anywhere_is_found() {
    for suite in Suite::ALL {
        let entries = entries(3);
        let head = head(&entries, suite);
        let mut file: Vec<u8> = entries.iter().flat_map(|e| [e, &b"\n"[..]].concat()).collect();
        let check = |file: &[u8]| lines(file).and_then(|e| verify_log(suite, &e, &head));
        check(&file).unwrap();
        for at in 0..file.len() {
            for bit in 0..8 {
                file[at] ^= 1 << bit;
                assert!(check(&file).is_err(), "bit {bit} of byte {at}");
                file[at] ^= 1 << bit;
            }
        }
        check(&file).unwrap();
    }
}

/// The names that an event may have where this JSON has one that does not exist.
fn names(json: &str) -> Vec<String> {
    let error = serde_json::from_str::<Event>(json).unwrap_err().to_string();
    let names = error.split('`').skip(3).step_by(2).map(String::from).collect();
    assert!(error.starts_with("unknown variant `unknown`"), "{error}");
    names
}

/// What stands in the second cell of the rows of a section, by what stands in the first; the words in backticks.
fn rows(section: &str) -> BTreeMap<String, BTreeSet<String>> {
    let page = include_str!("../core/docs/ledger-spec.md");
    let (_, section) = page.split_once(section).unwrap();
    let section = section.split("\n## ").next().unwrap();
    let words = |cell: &str| cell.split('`').skip(1).step_by(2).map(String::from).collect();
    let row = |line: &str| {
        let (first, second) = line.strip_prefix("| `")?.split_once("` | ")?;
        Some((first.to_string(), words(second)))
    };
    section.lines().filter_map(row).collect()
}

#[test]
fn the_page_says_every_word_that_an_entry_may_have() {
    let all = |names: Vec<String>| names.into_iter().collect::<BTreeSet<_>>();
    let areas = all(names(r#"{"unknown":null}"#)).into_iter();
    let mut said: BTreeMap<_, _> = areas
        .map(|area| (area.clone(), all(names(&format!(r#"{{"{area}":{{"unknown":null}}}}"#)))))
        .collect();
    let kinds = CaseKind::ALL.iter().map(|kind| kind.code().to_string());
    said.insert("kind".into(), kinds.collect());
    let table: String = said
        .iter()
        .map(|(area, words)| {
            let words: Vec<_> = words.iter().map(|word| format!("`{word}`")).collect();
            format!("| `{area}` | {} |\n", words.join(", "))
        })
        .collect();
    assert_eq!(rows("## Appendix: words"), said, "the appendix of the page should have:\n{table}");
}
