//! An office with single cases, for a server that has to do with a few inspections of a large district.
//!
//! Inspections, their results, closings and dossiers, and disclosures are loaded one by one; of every other kind all cases
//! are loaded. What is not loaded is never taken for what is not there.

use crate::border::{answer, free, need, need_mut, perform};
use crate::calendar::Calendar;
use crate::edition::Edition;
use crate::error::{Fault, in_file, in_ledger, refused, ruled};
use crate::head::{Head, Tip, entries};
use crate::json;
use crate::office::{Decision, commit, decided, feed_rows, rules};
use crate::text::Text;
use crate::view::{Bytes, Str, array};
use std::collections::BTreeSet;
use std::mem::MaybeUninit;
use yicha::case::CaseId;
use yicha::code::CaseCode;
use yicha::ledger::InclusionProof;
use yicha::office;

/// An office with single cases. Looking at it may note that something is not loaded, so that one thread at a time uses it,
/// also to decide and to ask.
#[derive(Debug)]
pub struct CaseOffice(office::CaseOffice);

/// Loads what has the numbers of `inspection_count` inspections (themselves, their results, and that they are closed) from
/// the `count` entries of the store that concern them, and all entries of kinds that are not loaded one by one, in order. An
/// inspection may be named that has no entry yet. `tip` is that of the store. `proofs` has for each entry the proof, as
/// JSON, that it stands under the head of the tip; NULL where the host vouches for its store. That no entry of a case is
/// missing is always the host's word. The handle is the caller's. Refused as yicha_office_catch_up, with the place of the
/// entry, and what yicha_ledger_verify_entry refuses.
#[unsafe(no_mangle)]
pub extern "C" fn yicha_case_office_new(
    edition: Option<&Edition>,
    calendar: Option<&Calendar>,
    tip: Option<&Tip>,
    inspections: *const Str,
    inspection_count: usize,
    entries: *const Bytes,
    proofs: *const Str,
    count: usize,
    out: Option<&mut MaybeUninit<Box<CaseOffice>>>,
    error: Option<&mut MaybeUninit<Box<crate::error::Error>>>,
) -> i32 {
    answer(error, out, || {
        let (edition, calendar) = rules(edition, calendar)?;
        let tip = need(tip, "tip")?.0.clone();
        let named = self::named(array(inspections, inspection_count, "inspections")?)?;
        let entries = self::entries(entries, count)?;
        let office = if proofs.is_null() {
            office::CaseOffice::vouched(edition, calendar, tip, named, entries)
        } else {
            let proofs = array(proofs, count, "proofs")?.iter();
            let proofs = proofs.map(|proof| json::read(proof.bytes("proofs")?, "proof"));
            let proofs = proofs.collect::<Result<Vec<InclusionProof>, Fault>>()?;
            let proved = entries.into_iter().zip(&proofs);
            office::CaseOffice::proved(edition, calendar, tip, named, proved)
        };
        Ok(Box::new(CaseOffice(office.map_err(in_ledger)?)))
    })
}

fn named(inspections: &[Str]) -> Result<BTreeSet<CaseId>, Fault> {
    let mut named = BTreeSet::new();
    for inspection in inspections {
        let inspection = CaseCode::new(inspection.bytes("inspections")?).map_err(refused)?;
        named.extend(office::CaseOffice::cases_of(&inspection));
    }
    Ok(named)
}

/// As yicha_office_decide. Refused besides: `case-not-loaded`, when the rules had to look at what is not loaded.
#[unsafe(no_mangle)]
pub extern "C" fn yicha_case_office_decide(
    office: Option<&mut CaseOffice>,
    request: Bytes,
    out: Option<&mut MaybeUninit<Box<Decision>>>,
    error: Option<&mut MaybeUninit<Box<crate::error::Error>>>,
) -> i32 {
    answer(error, out, || {
        let (office, request) = (need_mut(office, "office")?, request.get("request")?);
        decided(office.0.decide_json(request))
    })
}

/// As yicha_office_commit.
#[unsafe(no_mangle)]
pub extern "C" fn yicha_case_office_commit(
    office: Option<&mut CaseOffice>,
    decision: Option<&mut Option<Box<Decision>>>,
    error: Option<&mut MaybeUninit<Box<crate::error::Error>>>,
) -> i32 {
    perform(error, || {
        let office = need_mut(office, "office")?;
        commit(decision, |decision| office.0.commit(decision))
    })
}

/// As yicha_office_catch_up: all entries behind its tip are given. Those of cases that it does not have are checked as well,
/// and passed over.
#[unsafe(no_mangle)]
pub extern "C" fn yicha_case_office_catch_up(
    office: Option<&mut CaseOffice>,
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

/// As yicha_office_feed_file.
#[unsafe(no_mangle)]
pub extern "C" fn yicha_case_office_feed_file(
    office: Option<&mut CaseOffice>,
    file: Str,
    error: Option<&mut MaybeUninit<Box<crate::error::Error>>>,
) -> i32 {
    perform(error, || {
        let office = need_mut(office, "office")?;
        office.0.feed_file(file.text("file")?).map_err(in_file)
    })
}

/// As yicha_office_feed_rows.
#[unsafe(no_mangle)]
pub extern "C" fn yicha_case_office_feed_rows(
    office: Option<&mut CaseOffice>,
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

/// As yicha_office_ask. Refused besides: `case-not-loaded`, when the answer would rest on what is not loaded.
#[unsafe(no_mangle)]
pub extern "C" fn yicha_case_office_ask(
    office: Option<&mut CaseOffice>,
    question: Bytes,
    out: Option<&mut MaybeUninit<Box<Text>>>,
    error: Option<&mut MaybeUninit<Box<crate::error::Error>>>,
) -> i32 {
    answer(error, out, || {
        let (office, question) = (need_mut(office, "office")?, question.get("question")?);
        json::written(office.0.look(|office| office.ask_json(question)).map_err(ruled)?)
    })
}

/// The tip of the office. The handle is the caller's.
#[unsafe(no_mangle)]
pub extern "C" fn yicha_case_office_tip(
    office: Option<&CaseOffice>,
    out: Option<&mut MaybeUninit<Box<Tip>>>,
    error: Option<&mut MaybeUninit<Box<crate::error::Error>>>,
) -> i32 {
    answer(error, out, || Ok(Box::new(Tip(need(office, "office")?.0.tip().clone()))))
}

/// Frees an office and sets the pointer to NULL. NULL, and a pointer to NULL, are let be.
#[unsafe(no_mangle)]
pub extern "C" fn yicha_case_office_free(office: Option<&mut Option<Box<CaseOffice>>>) {
    free(office);
}
