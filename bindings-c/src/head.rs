//! How far a ledger has come: its head names that, its tip is enough to go on. Ledger specification, section 3.

use crate::border::{answer, free, need};
use crate::calendar::no_place;
use crate::error::Fault;
use crate::hash::{Digest, number, suite};
use crate::json;
use crate::text::Text;
use crate::view::{Bytes, Str, array};
use std::mem::MaybeUninit;
use yicha::ledger;

/// A state of a ledger, which fixes every entry before it. A host compares heads and nothing else.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct Head {
    /// The root of the tree over the entries.
    pub root: Digest,
    /// How many entries.
    pub size: u64,
}

/// What is needed to append entries, to be stored beside the head. Immutable: threads may share it.
#[derive(Debug)]
pub struct Tip(pub(crate) ledger::Tip);

impl Head {
    pub(crate) const fn of(head: &ledger::Head) -> Self {
        Self { root: Digest::of(&head.root), size: head.size }
    }

    pub(crate) const fn core(&self) -> ledger::Head {
        ledger::Head { root: self.root.core(), size: self.size }
    }
}

/// A head as JSON, always in the same bytes, so that a column of a database can hold and compare it. The text is the
/// caller's.
#[unsafe(no_mangle)]
pub extern "C" fn yicha_head_to_text(
    head: Option<&Head>,
    out: Option<&mut MaybeUninit<Box<Text>>>,
    error: Option<&mut MaybeUninit<Box<crate::error::Error>>>,
) -> i32 {
    answer(error, out, || json::text(&need(head, "head")?.core()))
}

/// Reads a head. Refused: `ledger-json-form`.
#[unsafe(no_mangle)]
pub extern "C" fn yicha_head_parse(
    text: Str,
    out: Option<&mut MaybeUninit<Head>>,
    error: Option<&mut MaybeUninit<Box<crate::error::Error>>>,
) -> i32 {
    answer(error, out, || Ok(Head::of(&json::read(text.bytes("text")?, "head")?)))
}

/// The tip of a ledger without entries. `suite` is YICHA_SHA256 or YICHA_SM3. The handle is the caller's.
#[unsafe(no_mangle)]
pub extern "C" fn yicha_tip_new(
    suite: i32,
    out: Option<&mut MaybeUninit<Box<Tip>>>,
    error: Option<&mut MaybeUninit<Box<crate::error::Error>>>,
) -> i32 {
    answer(error, out, || Ok(Box::new(Tip(ledger::Tip::new(self::suite(suite)?)))))
}

/// Reads a tip. The handle is the caller's. Refused: `ledger-json-form`.
#[unsafe(no_mangle)]
pub extern "C" fn yicha_tip_parse(
    text: Str,
    out: Option<&mut MaybeUninit<Box<Tip>>>,
    error: Option<&mut MaybeUninit<Box<crate::error::Error>>>,
) -> i32 {
    answer(error, out, || Ok(Box::new(Tip(json::read(text.bytes("text")?, "tip")?))))
}

/// The tip as JSON. The text is the caller's.
#[unsafe(no_mangle)]
pub extern "C" fn yicha_tip_to_text(
    tip: Option<&Tip>,
    out: Option<&mut MaybeUninit<Box<Text>>>,
    error: Option<&mut MaybeUninit<Box<crate::error::Error>>>,
) -> i32 {
    answer(error, out, || json::text(&need(tip, "tip")?.0))
}

/// The head of a tip.
#[unsafe(no_mangle)]
pub extern "C" fn yicha_tip_head(
    tip: Option<&Tip>,
    out: Option<&mut MaybeUninit<Head>>,
    error: Option<&mut MaybeUninit<Box<crate::error::Error>>>,
) -> i32 {
    answer(error, out, || Ok(Head::of(&need(tip, "tip")?.0.head())))
}

/// The suite of the ledger's hashes, YICHA_SHA256 or YICHA_SM3; 0 for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn yicha_tip_suite(tip: Option<&Tip>) -> i32 {
    tip.map_or(0, |tip| number(tip.0.suite()))
}

/// When the last entry was recorded, in seconds since 1970. YICHA_NOT_FOUND when there is none.
#[unsafe(no_mangle)]
pub extern "C" fn yicha_tip_recorded(
    tip: Option<&Tip>,
    out: Option<&mut MaybeUninit<i64>>,
    error: Option<&mut MaybeUninit<Box<crate::error::Error>>>,
) -> i32 {
    answer(error, out, || {
        let recorded = need(tip, "tip")?.0.recorded();
        recorded.map(yicha::date::Instant::unix).ok_or_else(no_place)
    })
}

/// Frees a tip and sets the pointer to NULL. NULL, and a pointer to NULL, are let be.
#[unsafe(no_mangle)]
pub extern "C" fn yicha_tip_free(tip: Option<&mut Option<Box<Tip>>>) {
    free(tip);
}

/// The entries that C lends.
pub(crate) fn entries<'a>(entries: *const Bytes, count: usize) -> Result<Vec<&'a [u8]>, Fault> {
    array(entries, count, "entries")?.iter().map(|entry| entry.get("entries")).collect()
}
