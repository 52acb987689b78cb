//! The office over the host's own store: it decides what is asked, and takes over what the host has stored.
//!
//! The host decides, stores the entries and swaps its head in one transaction of its own, and commits. Whatever fails in
//! between, nothing here has changed.

use crate::border::{answer, free, need, need_mut, owned, perform};
use crate::calendar::Calendar;
use crate::edition::Edition;
use crate::error::{Fault, in_file, in_ledger, refused, ruled};
use crate::hash::suite;
use crate::head::{Head, Tip, entries};
use crate::json;
use crate::text::Text;
use crate::view::{Bytes, Str};
use std::mem::MaybeUninit;
use yicha::code::DepartmentId;
use yicha::office;
use yicha::refusal::Refusal;
use yicha::register::RegisterKind;

/// All cases of a ledger, and how far it has come. What is const may be asked by any number of threads at once; commit,
/// catch up and feed with no other thread at it, as behind a lock for readers and writers.
#[derive(Debug)]
pub struct Office(office::Office);

/// What a request leads to: entries to be stored, or the receipt of a request that was followed before. Immutable.
#[derive(Debug)]
pub struct Decision(pub(crate) office::Answer);

/// An office whose ledger has no entries. `suite` is YICHA_SHA256 or YICHA_SM3 and stays that of the ledger. Edition and
/// calendar are copied. The handle is the caller's.
#[unsafe(no_mangle)]
pub extern "C" fn yicha_office_new(
    suite: i32,
    edition: Option<&Edition>,
    calendar: Option<&Calendar>,
    out: Option<&mut MaybeUninit<Box<Office>>>,
    error: Option<&mut MaybeUninit<Box<crate::error::Error>>>,
) -> i32 {
    answer(error, out, || {
        let (edition, calendar) = rules(edition, calendar)?;
        Ok(Box::new(Office(office::Office::new(self::suite(suite)?, edition, calendar))))
    })
}

/// The office that a whole ledger leads to: `count` entries as they were stored, in order, and the head that the host has.
/// The handle is the caller's. Refused as yicha_office_catch_up.
#[unsafe(no_mangle)]
pub extern "C" fn yicha_office_replay(
    suite: i32,
    edition: Option<&Edition>,
    calendar: Option<&Calendar>,
    entries: *const Bytes,
    count: usize,
    head: Option<&Head>,
    out: Option<&mut MaybeUninit<Box<Office>>>,
    error: Option<&mut MaybeUninit<Box<crate::error::Error>>>,
) -> i32 {
    answer(error, out, || {
        let (suite, (edition, calendar)) = (self::suite(suite)?, rules(edition, calendar)?);
        let (entries, head) = (self::entries(entries, count)?, need(head, "head")?.core());
        let office = office::Office::replay(suite, edition, calendar, &entries, &head);
        Ok(Box::new(Office(office.map_err(in_ledger)?)))
    })
}

/// The office of a snapshot, at the tip at which it was made: a cache, of which the ledger is the truth. Afterwards
/// yicha_office_catch_up takes it to the head of the store, and rows and files are fed again. The handle is the caller's.
/// Refused: `snapshot-unreadable`, `snapshot-damaged`; replay the ledger then.
#[unsafe(no_mangle)]
pub extern "C" fn yicha_office_restore(
    snapshot: Bytes,
    edition: Option<&Edition>,
    calendar: Option<&Calendar>,
    out: Option<&mut MaybeUninit<Box<Office>>>,
    error: Option<&mut MaybeUninit<Box<crate::error::Error>>>,
) -> i32 {
    answer(error, out, || {
        let (edition, calendar) = rules(edition, calendar)?;
        let office = office::Office::restore(snapshot.get("snapshot")?, edition, calendar);
        Ok(Box::new(Office(office.map_err(ruled)?)))
    })
}

/// The office as bytes, without what the host feeds: rows of registers and files of draws, some of which may have to be
/// erased. The text is the caller's.
#[unsafe(no_mangle)]
pub extern "C" fn yicha_office_snapshot(
    office: Option<&Office>,
    out: Option<&mut MaybeUninit<Box<Text>>>,
    error: Option<&mut MaybeUninit<Box<crate::error::Error>>>,
) -> i32 {
    answer(error, out, || json::written(need(office, "office")?.0.snapshot().map_err(ruled)?))
}

/// Decides a request: JSON as section 5 of the ledger specification writes it. Nothing is changed; the decision is the
/// caller's. Refused by the rule that stands against it, with the article (yicha_error_article) and the offending values
/// (yicha_error_values), and by the office itself: `request-unreadable`, `command-id-taken`, `recorded-backwards`. A refusal
/// holds for the head of this office: if the store has moved on, catch up and decide again.
#[unsafe(no_mangle)]
pub extern "C" fn yicha_office_decide(
    office: Option<&Office>,
    request: Bytes,
    out: Option<&mut MaybeUninit<Box<Decision>>>,
    error: Option<&mut MaybeUninit<Box<crate::error::Error>>>,
) -> i32 {
    answer(error, out, || {
        let (office, request) = (need(office, "office")?, request.get("request")?);
        decided(office.0.decide_json(request))
    })
}

/// Takes over a decision whose entries the host has stored. The decision is taken and its pointer becomes NULL, also when
/// it is refused, since it is of no use then: `head-moved` when the office has moved on from the head that the decision
/// builds on, which changes nothing. One that was followed before changes nothing either.
#[unsafe(no_mangle)]
pub extern "C" fn yicha_office_commit(
    office: Option<&mut Office>,
    decision: Option<&mut Option<Box<Decision>>>,
    error: Option<&mut MaybeUninit<Box<crate::error::Error>>>,
) -> i32 {
    perform(error, || {
        let office = need_mut(office, "office")?;
        commit(decision, |decision| office.0.commit(decision))
    })
}

/// Takes over the `count` entries that stand in the store behind the office's head, up to the head that the store has: all
/// of them, or none. Refused, with the place among the entries (yicha_error_place): `entry-not-canonical`, `entry-unknown`,
/// `entry-without-basis`, `entry-actor`, `entry-sequence`, `entry-backwards`, `entry-part`, `entry-command-twice`; and
/// `ledger-unfinished`, `ledger-head`.
#[unsafe(no_mangle)]
pub extern "C" fn yicha_office_catch_up(
    office: Option<&mut Office>,
    entries: *const Bytes,
    count: usize,
    head: Option<&Head>,
    error: Option<&mut MaybeUninit<Box<crate::error::Error>>>,
) -> i32 {
    perform(error, || {
        let office = need_mut(office, "office")?;
        let (entries, head) = (self::entries(entries, count)?, need(head, "head")?.core());
        office.0.catch_up(&entries, &head).map_err(in_ledger)
    })
}

/// Feeds a file of a draw, whose digest the ledger has or will have: drawn, problem and matched files, as the draw wrote
/// them. It is no part of the ledger and of no snapshot. Refused: the first line that is not as the specification writes it.
#[unsafe(no_mangle)]
pub extern "C" fn yicha_office_feed_file(
    office: Option<&mut Office>,
    file: Str,
    error: Option<&mut MaybeUninit<Box<crate::error::Error>>>,
) -> i32 {
    perform(error, || {
        let office = need_mut(office, "office")?;
        office.0.feed_file(file.text("file")?).map_err(in_file)
    })
}

/// Feeds the rows of an import that the ledger has, as JSON, one row on each line: section 6 of the ledger specification.
/// `register` is `items`, `targets` or `inspectors`; `department` is the one whose register it is. Refused when they are
/// not what was imported, or a row is not as it should be.
#[unsafe(no_mangle)]
pub extern "C" fn yicha_office_feed_rows(
    office: Option<&mut Office>,
    register: Str,
    department: Str,
    rows: Bytes,
    error: Option<&mut MaybeUninit<Box<crate::error::Error>>>,
) -> i32 {
    perform(error, || {
        let office = need_mut(office, "office")?;
        feed_rows(register, department, rows, |register, department, json| {
            office.0.feed_rows_json(register, department, json)
        })
    })
}

/// Copies of the edition and the calendar that an office keeps.
pub(crate) fn rules(
    edition: Option<&Edition>,
    calendar: Option<&Calendar>,
) -> Result<(yicha::edition::Edition, yicha::calendar::Calendar), Fault> {
    Ok((need(edition, "edition")?.0.clone(), need(calendar, "calendar")?.0.clone()))
}

/// What an office has answered.
pub(crate) fn decided(answer: Result<office::Answer, Refusal>) -> Result<Box<Decision>, Fault> {
    Ok(Box::new(Decision(answer.map_err(ruled)?)))
}

/// Takes a decision out of its pointer, and has it committed unless it was followed before.
pub(crate) fn commit(
    decision: Option<&mut Option<Box<Decision>>>,
    commit: impl FnOnce(office::Decision) -> Result<office::Receipt, Refusal>,
) -> Result<(), Fault> {
    let taken = owned(decision, "decision")?.take().ok_or_else(|| Fault::null("decision"))?;
    match taken.0 {
        office::Answer::Decided(decision) => commit(decision).map(drop).map_err(ruled),
        office::Answer::Repeated(_) => Ok(()),
    }
}

/// Reads what names a register, and has its rows fed.
pub(crate) fn feed_rows(
    register: Str,
    department: Str,
    rows: Bytes,
    feed: impl FnOnce(RegisterKind, DepartmentId, &[u8]) -> Result<(), Refusal>,
) -> Result<(), Fault> {
    let register = self::register(register)?;
    let department = DepartmentId::new(department.bytes("department")?).map_err(refused)?;
    feed(register, department, rows.get("rows")?).map_err(ruled)
}

fn register(code: Str) -> Result<RegisterKind, Fault> {
    RegisterKind::from_code(code.text("register")?).ok_or_else(|| {
        Fault::range("register", "items、targets或inspectors", "items, targets or inspectors")
    })
}

/// Answers a question in JSON with an answer in JSON that names the head as of which it holds: core/docs/queries.md. Nothing
/// is changed. The text is the caller's. Refused: `question-unreadable`, `question-period-reversed`, `target-unknown`,
/// `inspector-unknown`, `national-code-missing`, or that rows are needed which were not fed.
#[unsafe(no_mangle)]
pub extern "C" fn yicha_office_ask(
    office: Option<&Office>,
    question: Bytes,
    out: Option<&mut MaybeUninit<Box<Text>>>,
    error: Option<&mut MaybeUninit<Box<crate::error::Error>>>,
) -> i32 {
    answer(error, out, || {
        let office = need(office, "office")?;
        json::written(office.0.ask_json(question.get("question")?).map_err(ruled)?)
    })
}

/// The head of the office.
#[unsafe(no_mangle)]
pub extern "C" fn yicha_office_head(
    office: Option<&Office>,
    out: Option<&mut MaybeUninit<Head>>,
    error: Option<&mut MaybeUninit<Box<crate::error::Error>>>,
) -> i32 {
    answer(error, out, || Ok(Head::of(&need(office, "office")?.0.tip().head())))
}

/// The tip of the office. The handle is the caller's.
#[unsafe(no_mangle)]
pub extern "C" fn yicha_office_tip(
    office: Option<&Office>,
    out: Option<&mut MaybeUninit<Box<Tip>>>,
    error: Option<&mut MaybeUninit<Box<crate::error::Error>>>,
) -> i32 {
    answer(error, out, || Ok(Box::new(Tip(need(office, "office")?.0.tip().clone()))))
}

/// Frees an office and sets the pointer to NULL. NULL, and a pointer to NULL, are let be.
#[unsafe(no_mangle)]
pub extern "C" fn yicha_office_free(office: Option<&mut Option<Box<Office>>>) {
    free(office);
}

impl Decision {
    fn decided(&self) -> Result<&office::Decision, Fault> {
        match &self.0 {
            office::Answer::Decided(decision) => Ok(decision),
            office::Answer::Repeated(_) => Err(Fault::not_found(
                "该请求此前已办理，没有新的条目，只有回执",
                "the request was followed before: there is nothing new, only the receipt",
            )),
        }
    }
}

/// 1 when the request was followed before, so that nothing is to be stored and only the receipt is given; 0 when its entries
/// are to be stored; 0 for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn yicha_decision_repeated(decision: Option<&Decision>) -> i32 {
    decision.is_some_and(|d| matches!(d.0, office::Answer::Repeated(_))).into()
}

/// How many entries are to be stored, one at least; 0 for one that was followed before, and for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn yicha_decision_count(decision: Option<&Decision>) -> usize {
    decision.and_then(|d| d.decided().ok()).map_or(0, |d| d.entries().len())
}

/// The bytes of an entry, counted from 0, exactly as they are to be stored. They live as long as the decision.
/// YICHA_NOT_FOUND behind the last.
#[unsafe(no_mangle)]
pub extern "C" fn yicha_decision_entry(
    decision: Option<&Decision>,
    place: usize,
    out: Option<&mut MaybeUninit<Bytes>>,
    error: Option<&mut MaybeUninit<Box<crate::error::Error>>>,
) -> i32 {
    answer(error, out, || {
        let entries = need(decision, "decision")?.decided()?.entries();
        let entry = entries.get(place).ok_or_else(crate::calendar::no_place)?;
        Ok(Bytes { data: entry.as_ptr(), len: entry.len() })
    })
}

/// The head on which the decision rests: the store takes the entries only if it still has this one. YICHA_NOT_FOUND for one
/// that was followed before.
#[unsafe(no_mangle)]
pub extern "C" fn yicha_decision_builds_on(
    decision: Option<&Decision>,
    out: Option<&mut MaybeUninit<Head>>,
    error: Option<&mut MaybeUninit<Box<crate::error::Error>>>,
) -> i32 {
    answer(error, out, || Ok(Head::of(&need(decision, "decision")?.decided()?.builds_on())))
}

/// The head with the entries, which the store has then. YICHA_NOT_FOUND for one that was followed before.
#[unsafe(no_mangle)]
pub extern "C" fn yicha_decision_next(
    decision: Option<&Decision>,
    out: Option<&mut MaybeUninit<Head>>,
    error: Option<&mut MaybeUninit<Box<crate::error::Error>>>,
) -> i32 {
    answer(error, out, || Ok(Head::of(&need(decision, "decision")?.decided()?.next().head())))
}

/// The tip with the entries, to be stored beside the head. The handle is the caller's. YICHA_NOT_FOUND for one that was
/// followed before.
#[unsafe(no_mangle)]
pub extern "C" fn yicha_decision_next_tip(
    decision: Option<&Decision>,
    out: Option<&mut MaybeUninit<Box<Tip>>>,
    error: Option<&mut MaybeUninit<Box<crate::error::Error>>>,
) -> i32 {
    answer(error, out, || Ok(Box::new(Tip(need(decision, "decision")?.decided()?.next().clone()))))
}

/// What the one who asked is given, as JSON. The text is the caller's.
#[unsafe(no_mangle)]
pub extern "C" fn yicha_decision_receipt(
    decision: Option<&Decision>,
    out: Option<&mut MaybeUninit<Box<Text>>>,
    error: Option<&mut MaybeUninit<Box<crate::error::Error>>>,
) -> i32 {
    answer(error, out, || {
        json::text(match &need(decision, "decision")?.0 {
            office::Answer::Decided(decision) => decision.receipt(),
            office::Answer::Repeated(receipt) => receipt,
        })
    })
}

/// The whole decision as JSON, to be sent to where it is stored: `decided` with entries, heads, tip and receipt, or
/// `repeated` with the receipt. The text is the caller's.
#[unsafe(no_mangle)]
pub extern "C" fn yicha_decision_to_text(
    decision: Option<&Decision>,
    out: Option<&mut MaybeUninit<Box<Text>>>,
    error: Option<&mut MaybeUninit<Box<crate::error::Error>>>,
) -> i32 {
    answer(error, out, || {
        json::written(office::Reply::from(&need(decision, "decision")?.0).to_json())
    })
}

/// Frees a decision and sets the pointer to NULL. NULL, and a pointer to NULL, are let be.
#[unsafe(no_mangle)]
pub extern "C" fn yicha_decision_free(decision: Option<&mut Option<Box<Decision>>>) {
    free(decision);
}
