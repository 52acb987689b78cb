//! The office: it decides what is asked, and takes over what the host has stored.
//!
//! A host asks [`Office::decide`], stores the entries and swaps its head from [`Decision::builds_on`] to
//! [`Decision::next`] in one step, then calls [`Office::commit`]. If another server was faster, it feeds what that
//! one stored to [`Office::catch_up`] and asks again. So it does for a refusal, which holds for the head of
//! [`Office::tip`] alone. Whatever fails in between, nothing here has changed.
//!
//! How a host embeds it is told in `core/docs/office.md`.

mod followed;
mod refusal;
mod reply;
mod request;
mod single;
mod snapshot;

pub use refusal::OfficeRefusal;
pub use reply::{Decided, Refused, Reply};
pub use request::{Receipt, Request};
pub use single::CaseOffice;

use crate::calendar::Calendar;
use crate::case::{Fact, Stamp};
use crate::code::DepartmentId;
use crate::draw::text::FileError;
use crate::edition::Edition;
use crate::hash::{Digest, Suite};
use crate::ledger::{Cited, CommandPart, Entry, Head, LedgerError, Reader, Tip};
use crate::query::View;
use crate::refusal::Refusal;
use crate::register::shelf::Row;
use crate::register::{RegisterKind, Rows, RowsRefusal};
use crate::version::V1;
use crate::world::World;
use alloc::string::ToString;
use alloc::vec::Vec;
use followed::{Followed, Mark};

/// All cases of a ledger, and how far it has come.
#[derive(Clone, Debug)]
pub struct Office {
    calendar: Calendar,
    edition: Edition,
    followed: Followed,
    tip: Tip,
    world: World,
}

/// What a request leads to.
#[allow(clippy::large_enum_variant)] // an answer is taken apart at once, and never kept
#[derive(Clone, Debug)]
pub enum Answer {
    /// It is lawful; the entries are to be stored.
    Decided(Decision),
    /// It was followed before, and nothing is to be done.
    Repeated(Receipt),
}

/// A lawful request, which has changed nothing yet.
#[derive(Clone, Debug)]
pub struct Decision {
    builds_on: Head,
    entries: Vec<Entry>,
    mark: Mark,
    next: Tip,
    receipt: Receipt,
    stored: Vec<Vec<u8>>,
}

impl Decision {
    /// The head on which it rests; the host stores the entries only if its own is the same.
    pub const fn builds_on(&self) -> Head {
        self.builds_on
    }

    /// The entries, as they are to be stored.
    pub fn entries(&self) -> &[Vec<u8>] {
        &self.stored
    }

    /// The head with the entries, and what is needed to go on from there.
    pub const fn next(&self) -> &Tip {
        &self.next
    }

    /// What the one who asked is given.
    pub const fn receipt(&self) -> &Receipt {
        &self.receipt
    }
}

impl Office {
    /// An office whose ledger has no entries.
    pub fn new(suite: Suite, edition: Edition, calendar: Calendar) -> Self {
        let (followed, tip, world) = (Followed::new(suite), Tip::new(suite), World::default());
        Self { calendar, edition, followed, tip, world }
    }

    /// The cases.
    pub const fn world(&self) -> &World {
        &self.world
    }

    /// The cases with the rules' numbers and the working days, as questions look at them.
    pub const fn view(&self) -> View<'_> {
        View { calendar: &self.calendar, edition: &self.edition, world: &self.world }
    }

    /// How far the ledger has come.
    pub const fn tip(&self) -> &Tip {
        &self.tip
    }

    /// Feeds a file of a draw: see [`World::feed_file`].
    ///
    /// # Errors
    /// As there.
    pub fn feed_file(&mut self, text: &str) -> Result<(), FileError> {
        self.world.feed_file(text)
    }

    /// Feeds the rows of a recorded import: see [`World::feed_rows`].
    ///
    /// # Errors
    /// As there.
    pub fn feed_rows<R: Row>(&mut self, rows: Rows<R>) -> Result<(), RowsRefusal> {
        self.world.feed_rows(self.tip.suite(), rows)
    }

    /// Feeds the rows of a recorded import as JSON, one on each line: see [`World::feed_rows_json`].
    ///
    /// # Errors
    /// As there.
    pub fn feed_rows_json(
        &mut self,
        register: RegisterKind,
        department: DepartmentId,
        json: &[u8],
    ) -> Result<(), Refusal> {
        self.world.feed_rows_json(self.tip.suite(), register, department, json)
    }

    /// Decides a request in JSON. Whatever comes of it can be sent as a [`Reply`].
    ///
    /// # Errors
    /// As [`decide`](Self::decide); [`OfficeRefusal::Unreadable`] when it is none.
    pub fn decide_json(&self, request: &[u8]) -> Result<Answer, Refusal> {
        self.decide(Request::parse(request)?)
    }

    /// Decides a request. Nothing is changed.
    ///
    /// # Errors
    /// A [`Refusal`] of the rules, or an [`OfficeRefusal`].
    pub fn decide(&self, request: Request) -> Result<Answer, Refusal> {
        let digest = request.digest(self.tip.suite())?;
        let mark = match self.followed.get(&request.id) {
            Ok(before) if before.asked(&digest) => return Ok(Answer::Repeated(before.receipt)),
            Ok(_) => return Err(OfficeRefusal::SameId { id: request.id }.into()),
            Err(mark) => mark,
        };
        let (found, last) = (request.recorded, self.tip.recorded());
        if let Some(last) = last.filter(|last| *last > found) {
            return Err(OfficeRefusal::Backwards { found, last }.into());
        }
        let Request { actor, command, effective, id, purpose, recorded, .. } = request;
        let stamp = Stamp { actor, effective, purpose, recorded };
        let facts = self.world.decide(&command, &stamp, &self.edition, &self.calendar)?;
        let builds_on = self.tip.head();
        let (count, first) = (facts.len() as u64, builds_on.size);
        let receipt = Receipt { command: id, count, first, v: V1 };
        let entries = entries(facts, &stamp, &receipt, digest);
        let stored = entries.iter().map(stored_bytes).collect::<Result<Vec<_>, _>>()?;
        let next = self.tip.with(&stored, Some(recorded));
        Ok(Answer::Decided(Decision { builds_on, entries, mark, next, receipt, stored }))
    }

    /// Takes over a decision whose entries the host has stored.
    ///
    /// # Errors
    /// [`OfficeRefusal::Moved`] when it rests on another head.
    pub fn commit(&mut self, decision: Decision) -> Result<Receipt, Refusal> {
        let Decision { builds_on, entries, mark, next, receipt, .. } = decision;
        let head = self.tip.head();
        if builds_on != head {
            return Err(OfficeRefusal::Moved { builds_on, head }.into());
        }
        if let Some(first) = entries.first() {
            self.followed.note_decided(mark, first);
        }
        entries.iter().for_each(|entry| self.world.take_over(entry));
        self.tip = next;
        Ok(receipt)
    }

    /// Takes over stored entries behind its tip, up to the head that the host has: all of them, or none.
    ///
    /// # Errors
    /// The first line that is wrong, or the head that the entries lead to instead.
    pub fn catch_up<T: AsRef<[u8]>>(
        &mut self,
        entries: &[T],
        head: &Head,
    ) -> Result<(), LedgerError> {
        let read = self.read_on(entries, head)?;
        read.iter().for_each(|entry| self.world.take_over(entry));
        Ok(())
    }

    /// Moves its tip over entries, and gives them to be applied.
    fn read_on<T: AsRef<[u8]>>(
        &mut self,
        entries: &[T],
        head: &Head,
    ) -> Result<Vec<Entry>, LedgerError> {
        let mut reader = Reader::new(self.tip.clone());
        let (mut read, mut later) =
            (Vec::with_capacity(entries.len()), Followed::new(self.tip.suite()));
        reader.read(entries, |entry| {
            self.followed.note_behind(&entry, &mut later)?;
            read.push(entry);
            Ok(())
        })?;
        self.tip = reader.finish(Some(head))?;
        self.followed.extend(later);
        Ok(read)
    }

    /// An office from a whole log.
    ///
    /// # Errors
    /// As [`catch_up`](Self::catch_up).
    pub fn replay<T: AsRef<[u8]>>(
        suite: Suite,
        edition: Edition,
        calendar: Calendar,
        entries: &[T],
        head: &Head,
    ) -> Result<Self, LedgerError> {
        let mut office = Self::new(suite, edition, calendar);
        let mut reader = Reader::new(Tip::new(suite));
        // Nobody has this office before everything is read, so no entry waits for those behind it.
        reader.read(entries, |entry| {
            office.followed.note_next(&entry)?;
            office.world.take_over(&entry);
            Ok(())
        })?;
        office.tip = reader.finish(Some(head))?;
        Ok(office)
    }
}

/// The entries of a command, one for each fact.
fn entries(facts: Vec<Fact>, stamp: &Stamp, receipt: &Receipt, digest: Digest) -> Vec<Entry> {
    let Receipt { command, count, first, .. } = receipt;
    let entry = |(index, fact): (u64, Fact)| Entry {
        actor: stamp.actor.clone(),
        basis: fact.basis.into_iter().map(Cited::from).collect(),
        case: fact.case,
        command: CommandPart { count: *count, digest, id: command.clone(), index },
        effective: stamp.effective,
        event: fact.event,
        purpose: stamp.purpose,
        recorded: stamp.recorded,
        sequence: first + index,
        v: V1,
    };
    (0..).zip(facts).map(entry).collect()
}

fn stored_bytes(entry: &Entry) -> Result<Vec<u8>, OfficeRefusal> {
    entry.to_bytes().map_err(|fault| OfficeRefusal::Unreadable { found: fault.to_string() })
}
