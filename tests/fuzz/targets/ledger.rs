//! Entries, heads, tips, proofs, checkpoints and notes.
#![no_main]

use libfuzzer_sys::fuzz_target;
use std::mem::MaybeUninit;
use yicha_c::hash::YICHA_SM3;
use yicha_c::head::{
    Tip, yicha_head_parse, yicha_head_to_text, yicha_tip_head, yicha_tip_new, yicha_tip_parse,
    yicha_tip_to_text,
};
use yicha_c::ledger::{
    yicha_checkpoint_parse, yicha_checkpoint_to_text, yicha_ledger_verify_consistency,
    yicha_ledger_verify_entry, yicha_ledger_verify_file, yicha_note_parse, yicha_note_to_text,
};
use yicha_fuzz::{bytes, call, done, inverse, pick, str, text};

fn empty() -> Box<Tip> {
    call(|out, error| yicha_tip_new(YICHA_SM3, out, error)).expect("a tip")
}

/// A file of entries. It leads to another head than that of nothing, unless it is empty.
fn log(data: &[u8]) {
    let tip = empty();
    let head = call(|out, error| yicha_tip_head(Some(&tip), out, error)).expect("a head");
    let checked = call(|out, error| {
        yicha_ledger_verify_file(Some(&tip), bytes(data), Some(&head), out, error)
    });
    assert_eq!(checked.is_some(), data.is_empty());
}

/// What is read is written in one form, which is read again.
fn head(data: &[u8]) {
    if let Some(head) = call(|out, error| yicha_head_parse(str(data), out, error)) {
        let written = call(|out, error| yicha_head_to_text(Some(&head), out, error)).expect("one");
        let again = call(|out, error| yicha_head_parse(str(text(&written)), out, error));
        assert_eq!(again.expect("it is read").size, head.size);
    }
}

fn tip(data: &[u8]) {
    if let Some(tip) = call(|out, error| yicha_tip_parse(str(data), out, error)) {
        let write = |tip: &_| call(|out, error| yicha_tip_to_text(Some(tip), out, error));
        let written = write(&tip).expect("a tip");
        let again = call(|out, error| yicha_tip_parse(str(text(&written)), out, error));
        assert_eq!(text(&write(&again.expect("it is read")).expect("a tip")), text(&written));
    }
}

/// A proof, a line feed, and the entry.
fn entry(data: &[u8]) {
    let head = call(|out, error| yicha_tip_head(Some(&empty()), out, error)).expect("a head");
    let at = data.iter().position(|byte| *byte == b'\n').unwrap_or(data.len());
    let (proof, entry) = (str(&data[..at]), bytes(data.get(at + 1..).unwrap_or_default()));
    // Nothing is in an empty ledger.
    assert!(!done(|error| yicha_ledger_verify_entry(YICHA_SM3, entry, proof, Some(&head), error)));
    done(|error| {
        yicha_ledger_verify_consistency(YICHA_SM3, proof, Some(&head), Some(&head), error)
    });
}

fn checkpoint(data: &[u8]) {
    let (mut origin, mut head) = (MaybeUninit::uninit(), MaybeUninit::uninit());
    let suite = call(|suite, error| {
        yicha_checkpoint_parse(str(data), Some(&mut origin), Some(&mut head), suite, error)
    });
    if let Some(suite) = suite {
        // SAFETY: all three are written when it is read.
        let (origin, head) = unsafe { (origin.assume_init(), head.assume_init()) };
        let written = call(|out, error| {
            yicha_checkpoint_to_text(str(text(&origin)), Some(&head), suite, out, error)
        });
        assert_eq!(text(&written.expect("a checkpoint")), data);
    }
}

fn note(data: &[u8]) {
    let parse = |data: &[u8], out: yicha_fuzz::Out<'_, _>, error: yicha_fuzz::Out<'_, _>| {
        yicha_note_parse(str(data), out, error)
    };
    inverse(data, parse, |note, out, error| yicha_note_to_text(Some(note), out, error));
}

fuzz_target!(|data: &[u8]| pick(data, &[&log, &head, &tip, &entry, &checkpoint, &note]));
