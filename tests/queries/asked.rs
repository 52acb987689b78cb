//! Questions asked of a desk's cases, and of an office with the same history.

use crate::desk::{Desk, code, kept};
use yicha::calendar::Calendar;
use yicha::case::CaseId;
use yicha::edition::Edition;
use yicha::explain::{Explain, Said};
use yicha::hash::Suite;
use yicha::ledger::{CommandPart, Entry, Proofs, Tip};
use yicha::office::Office;
use yicha::query::*;
use yicha::refusal::{Refusal, Refuse};
use yicha::threads::Threads;
use yicha::version::V1;
use yicha_tests::schemas::assert_holds;

/// The answer to a question, which is the same after it went through JSON.
pub(crate) fn ask(desk: &Desk, question: impl Into<Question>) -> Result<Answer, Refusal> {
    let question = question.into();
    let json = serde_json::to_string(&question).unwrap();
    assert_eq!(serde_json::from_str::<Question>(&json).unwrap(), question);
    assert_holds("question", &Asked { question: question.clone(), v: V1 });
    let before = desk.world.clone();
    let view = View { calendar: &desk.calendar, edition: &desk.edition, world: &desk.world };
    let answer = view.ask(&question);
    assert_eq!(desk.world, before, "asking changes nothing");
    if let Ok(answer) = answer.clone() {
        assert_holds("answer", &Answered { answer, head: Tip::new(Suite::Sha256).head(), v: V1 });
    }
    answer
}

/// The question is refused with this code.
#[track_caller]
pub(crate) fn refuses(desk: &Desk, code: &str, question: impl Into<Question>) -> Refusal {
    let refusal = ask(desk, question).unwrap_err();
    assert_eq!(refusal.code(), code, "{refusal}");
    assert!(refusal.said().zh.chars().any(|c| c > '\u{2e80}') && !refusal.values().is_empty());
    refusal
}

/// A sentence in both languages.
#[track_caller]
pub(crate) fn said(said: &Said) {
    assert!(said.zh.chars().any(|c| c > '\u{2e80}') && said.en != said.zh, "{said:?}");
    assert!(!said.en.chars().any(|c| c > '\u{2e80}'), "{said:?}");
}

/// An office to which the same happened.
pub(crate) fn office(desk: &Desk) -> Office {
    let mut recorded = desk.history[0].1.recorded;
    let mut entries = Vec::new();
    for (sequence, (fact, stamp)) in (0..).zip(&desk.history) {
        // Whatever day it takes effect, it is recorded after the one before.
        recorded = recorded.max(stamp.recorded);
        let id = code(&format!("command-{sequence}"));
        let [entry] = yicha_tests::entries(std::slice::from_ref(fact), stamp).try_into().unwrap();
        let command = CommandPart { count: 1, digest: kept("request"), id, index: 0 };
        entries.push(Entry { command, recorded, sequence, ..entry }.to_bytes().unwrap());
    }
    let head = Proofs::new(Suite::Sha256, &entries, Threads::ONE).head();
    let (edition, calendar) = (Edition::wancheng_2026(), Calendar::china());
    Office::replay(Suite::Sha256, edition, calendar, &entries, &head).unwrap()
}

/// The case as a text.
pub(crate) fn named(case: &CaseId) -> String {
    case.to_string()
}
