//! An office that was asked for what a desk has taken.

use crate::desk::{Desk, code};
use std::error::Error;
use yicha::calendar::Calendar;
use yicha::case::Stamp;
use yicha::edition::Edition;
use yicha::hash::Suite;
use yicha::office::{Answer, Office, Request};
use yicha::version::V1;

/// An office and what its host has stored.
#[derive(Clone)]
pub(crate) struct Kept {
    pub(crate) office: Office,
    pub(crate) entries: Vec<Vec<u8>>,
}

/// Asks in the order of recording: two departments match on the same days.
pub(crate) fn office_of(desk: &Desk, suite: Suite) -> Result<Kept, Box<dyn Error>> {
    let mut office = Office::new(suite, Edition::wancheng_2026(), Calendar::china());
    for file in &desk.files {
        office.feed_file(file)?;
    }
    let mut taken = desk.taken.clone();
    taken.sort_by_key(|(_, stamp)| stamp.recorded);
    let mut entries = vec![];
    for (number, (command, stamp)) in taken.into_iter().enumerate() {
        let Stamp { actor, effective, purpose, recorded } = stamp;
        let id = code(&format!("c-{number}"));
        let request = Request { actor, command, effective, id, purpose, recorded, v: V1 };
        let Answer::Decided(decision) = office.decide(request)? else { return Err("twice".into()) };
        entries.extend_from_slice(decision.entries());
        office.commit(decision)?;
    }
    Ok(Kept { office, entries })
}
