//! A ledger checked by whoever did not write it: whole, in part, one entry; and checkpoints for the host's module to sign.
//! Ledger specification, sections 2 to 4.

use crate::border::{answer, free, need, perform};
use crate::error::{Fault, in_ledger, in_note, refused};
use crate::hash::{number, suite};
use crate::head::{Head, Tip, entries};
use crate::json;
use crate::roster::threads;
use crate::text::Text;
use crate::view::{Bytes, Str, array};
use std::mem::MaybeUninit;
use yicha::ledger;

/// The tree over a whole ledger, which can prove anything about it: 64 bytes an entry. Immutable: threads may share it.
#[derive(Debug)]
pub struct Proofs(ledger::Proofs);

/// A text with signatures, none of which is verified here. Immutable: threads may share it.
#[derive(Debug)]
pub struct Note(ledger::Note);

/// A signature of a note.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct NoteSignature {
    /// The name of the key.
    pub name: Str,
    /// The first four bytes of the key's hash.
    pub key: [u8; 4],
    /// The signature.
    pub signature: Bytes,
}

/// Checks the `count` entries that stand behind a tip against a later head, and gives the tip there; behind a new tip that
/// is the whole ledger. The handle is the caller's. Refused as yicha_office_catch_up.
#[unsafe(no_mangle)]
pub extern "C" fn yicha_ledger_verify(
    tip: Option<&Tip>,
    entries: *const Bytes,
    count: usize,
    head: Option<&Head>,
    out: Option<&mut MaybeUninit<Box<Tip>>>,
    error: Option<&mut MaybeUninit<Box<crate::error::Error>>>,
) -> i32 {
    answer(error, out, || {
        let (tip, head) = (need(tip, "tip")?, need(head, "head")?.core());
        let checked = ledger::verify_suffix(&tip.0, &self::entries(entries, count)?, &head);
        Ok(Box::new(Tip(checked.map_err(in_ledger)?)))
    })
}

/// yicha_ledger_verify for a file with one entry on each line. Refused besides: `entry-newline`.
#[unsafe(no_mangle)]
pub extern "C" fn yicha_ledger_verify_file(
    tip: Option<&Tip>,
    file: Bytes,
    head: Option<&Head>,
    out: Option<&mut MaybeUninit<Box<Tip>>>,
    error: Option<&mut MaybeUninit<Box<crate::error::Error>>>,
) -> i32 {
    answer(error, out, || {
        let (tip, head) = (need(tip, "tip")?, need(head, "head")?.core());
        let entries = ledger::lines(file.get("file")?).map_err(in_ledger)?;
        let checked = ledger::verify_suffix(&tip.0, &entries, &head);
        Ok(Box::new(Tip(checked.map_err(in_ledger)?)))
    })
}

/// Checks that one entry stands in the ledger of `head` by its inclusion proof in JSON, and that it is as section 1 of the
/// specification writes it. A refusal says what is wrong.
#[unsafe(no_mangle)]
pub extern "C" fn yicha_ledger_verify_entry(
    suite: i32,
    entry: Bytes,
    proof: Str,
    head: Option<&Head>,
    error: Option<&mut MaybeUninit<Box<crate::error::Error>>>,
) -> i32 {
    perform(error, || {
        let (suite, head) = (self::suite(suite)?, need(head, "head")?.core());
        let proof = json::read(proof.bytes("proof")?, "proof")?;
        ledger::verify_entry(suite, entry.get("entry")?, &proof, &head).map_err(refused)?;
        Ok(())
    })
}

/// Checks by a consistency proof in JSON that the ledger of `new_head` begins with the ledger of `old_head`, so that nothing
/// before was changed. A refusal says what is wrong.
#[unsafe(no_mangle)]
pub extern "C" fn yicha_ledger_verify_consistency(
    suite: i32,
    proof: Str,
    old_head: Option<&Head>,
    new_head: Option<&Head>,
    error: Option<&mut MaybeUninit<Box<crate::error::Error>>>,
) -> i32 {
    perform(error, || {
        let (old, new) = (need(old_head, "old_head")?.core(), need(new_head, "new_head")?.core());
        let proof: ledger::ConsistencyProof = json::read(proof.bytes("proof")?, "proof")?;
        proof.verify(self::suite(suite)?, &old, &new).map_err(refused)
    })
}

/// The tree over `count` stored entries, which are hashed and not read. `threads` cores at most, 0 for all. The handle is the
/// caller's.
#[unsafe(no_mangle)]
pub extern "C" fn yicha_proofs_new(
    suite: i32,
    entries: *const Bytes,
    count: usize,
    threads: u32,
    out: Option<&mut MaybeUninit<Box<Proofs>>>,
    error: Option<&mut MaybeUninit<Box<crate::error::Error>>>,
) -> i32 {
    answer(error, out, || {
        let (suite, entries) = (self::suite(suite)?, self::entries(entries, count)?);
        Ok(Box::new(Proofs(ledger::Proofs::new(suite, &entries, self::threads(threads)))))
    })
}

/// The head of these entries.
#[unsafe(no_mangle)]
pub extern "C" fn yicha_proofs_head(
    proofs: Option<&Proofs>,
    out: Option<&mut MaybeUninit<Head>>,
    error: Option<&mut MaybeUninit<Box<crate::error::Error>>>,
) -> i32 {
    answer(error, out, || Ok(Head::of(&need(proofs, "proofs")?.0.head())))
}

/// The proof, as JSON, that entry number `index` (from 0) stands in the ledger. The text is the caller's. Refused: there is
/// no such entry.
#[unsafe(no_mangle)]
pub extern "C" fn yicha_proofs_inclusion(
    proofs: Option<&Proofs>,
    index: u64,
    out: Option<&mut MaybeUninit<Box<Text>>>,
    error: Option<&mut MaybeUninit<Box<crate::error::Error>>>,
) -> i32 {
    answer(error, out, || json::text(&need(proofs, "proofs")?.0.inclusion(index).map_err(refused)?))
}

/// The proof, as JSON, that the first `old_size` entries are the beginning of the ledger. The text is the caller's. Refused
/// when `old_size` is 0 or more than there are.
#[unsafe(no_mangle)]
pub extern "C" fn yicha_proofs_consistency(
    proofs: Option<&Proofs>,
    old_size: u64,
    out: Option<&mut MaybeUninit<Box<Text>>>,
    error: Option<&mut MaybeUninit<Box<crate::error::Error>>>,
) -> i32 {
    answer(error, out, || {
        json::text(&need(proofs, "proofs")?.0.consistency(old_size).map_err(refused)?)
    })
}

/// Frees a tree and sets the pointer to NULL. NULL, and a pointer to NULL, are let be.
#[unsafe(no_mangle)]
pub extern "C" fn yicha_proofs_free(proofs: Option<&mut Option<Box<Proofs>>>) {
    free(proofs);
}

/// The text of a C2SP checkpoint, which the host's module signs: section 4 of the specification. `origin` names the ledger,
/// such as `wancheng.example/yicha`. The text is the caller's. Refused: `note-form`.
#[unsafe(no_mangle)]
pub extern "C" fn yicha_checkpoint_to_text(
    origin: Str,
    head: Option<&Head>,
    suite: i32,
    out: Option<&mut MaybeUninit<Box<Text>>>,
    error: Option<&mut MaybeUninit<Box<crate::error::Error>>>,
) -> i32 {
    answer(error, out, || {
        let (head, suite) = (need(head, "head")?.core(), self::suite(suite)?);
        let checkpoint = ledger::Checkpoint::new(origin.text("origin")?, head, suite);
        Ok(Text::new(checkpoint.map_err(in_note)?.to_string()))
    })
}

/// Reads the text of a checkpoint, which is the text of a note whose signatures the host has verified. Any of the three
/// results may be NULL; the origin is the caller's. Refused: `note-form`, at the first line that is wrong.
#[unsafe(no_mangle)]
pub extern "C" fn yicha_checkpoint_parse(
    text: Str,
    origin: Option<&mut MaybeUninit<Box<Text>>>,
    head: Option<&mut MaybeUninit<Head>>,
    suite: Option<&mut MaybeUninit<i32>>,
    error: Option<&mut MaybeUninit<Box<crate::error::Error>>>,
) -> i32 {
    perform(error, || {
        let read = ledger::Checkpoint::parse(text.text("text")?).map_err(in_note)?;
        if let Some(origin) = origin {
            origin.write(Text::new(read.origin().into()));
        }
        if let Some(head) = head {
            head.write(Head::of(&read.head));
        }
        if let Some(suite) = suite {
            suite.write(number(read.suite));
        }
        Ok(())
    })
}

/// A note of a text, which ends with a newline, and the `count` signatures that the host's module has made over it. The
/// handle is the caller's. Refused: `note-form`, where what would be written could not be read again.
#[unsafe(no_mangle)]
pub extern "C" fn yicha_note_new(
    text: Str,
    signatures: *const NoteSignature,
    count: usize,
    out: Option<&mut MaybeUninit<Box<Note>>>,
    error: Option<&mut MaybeUninit<Box<crate::error::Error>>>,
) -> i32 {
    answer(error, out, || {
        let signature = |given: &NoteSignature| {
            let NoteSignature { name, key, signature } = given;
            let name = name.text("signatures")?.into();
            let signature = signature.get("signatures")?.into();
            Ok(ledger::NoteSignature { name, key: *key, signature })
        };
        let signatures = array(signatures, count, "signatures")?.iter().map(signature);
        let signatures = signatures.collect::<Result<_, Fault>>()?;
        let note = ledger::Note { text: text.text("text")?.into(), signatures };
        Ok(Box::new(Note(ledger::Note::parse(&note.to_string()).map_err(in_note)?)))
    })
}

/// Reads a note. The handle is the caller's; its signatures are the host's to verify. Refused: `note-form`, at the first line
/// that is wrong.
#[unsafe(no_mangle)]
pub extern "C" fn yicha_note_parse(
    note: Str,
    out: Option<&mut MaybeUninit<Box<Note>>>,
    error: Option<&mut MaybeUninit<Box<crate::error::Error>>>,
) -> i32 {
    answer(error, out, || {
        Ok(Box::new(Note(ledger::Note::parse(note.text("note")?).map_err(in_note)?)))
    })
}

/// The note with its signatures. The text is the caller's.
#[unsafe(no_mangle)]
pub extern "C" fn yicha_note_to_text(
    note: Option<&Note>,
    out: Option<&mut MaybeUninit<Box<Text>>>,
    error: Option<&mut MaybeUninit<Box<crate::error::Error>>>,
) -> i32 {
    answer(error, out, || Ok(Text::new(need(note, "note")?.0.to_string())))
}

/// The signed bytes, which end with a newline. They live as long as the note.
#[unsafe(no_mangle)]
pub extern "C" fn yicha_note_body(
    note: Option<&Note>,
    out: Option<&mut MaybeUninit<Str>>,
    error: Option<&mut MaybeUninit<Box<crate::error::Error>>>,
) -> i32 {
    answer(error, out, || Ok(Str::of(&need(note, "note")?.0.text)))
}

/// How many signatures a note has; 0 for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn yicha_note_signatures(note: Option<&Note>) -> usize {
    note.map_or(0, |note| note.0.signatures.len())
}

/// A signature, counted from 0, which lives as long as the note. YICHA_NOT_FOUND behind the last.
#[unsafe(no_mangle)]
pub extern "C" fn yicha_note_get_signature(
    note: Option<&Note>,
    place: usize,
    out: Option<&mut MaybeUninit<NoteSignature>>,
    error: Option<&mut MaybeUninit<Box<crate::error::Error>>>,
) -> i32 {
    answer(error, out, || {
        let signatures = &need(note, "note")?.0.signatures;
        let ledger::NoteSignature { name, key, signature } =
            signatures.get(place).ok_or_else(crate::calendar::no_place)?;
        let signature = Bytes { data: signature.as_ptr(), len: signature.len() };
        Ok(NoteSignature { name: Str::of(name), key: *key, signature })
    })
}

/// Frees a note and sets the pointer to NULL. NULL, and a pointer to NULL, are let be.
#[unsafe(no_mangle)]
pub extern "C" fn yicha_note_free(note: Option<&mut Option<Box<Note>>>) {
    free(note);
}
