//! Single cases: an office for a server that has to do with a few inspections of a large district.
//!
//! Inspections, their publications, closings and dossiers, and disclosures are what a ledger has most of; of these it
//! has the ones that are named, and of every other kind it has all. It never takes what is not loaded for what is not
//! there: whatever looks at it is refused (our decision `single-cases`).
//!
//! What it rests on is either proved or the host's word. Each entry is shown to be in the ledger, or the host vouches
//! for its store. That no entry of a case is missing is always the host's word, for a ledger cannot prove what it does
//! not have. So is that no other command has the id of a new one; the host's store keeps ids unique.

use super::followed::Followed;
use super::{Answer, Decision, Office, OfficeRefusal, Receipt, Request};
use crate::calendar::Calendar;
use crate::case::{CaseId, CaseKind};
use crate::code::{CaseCode, DepartmentId};
use crate::draw::text::FileError;
use crate::edition::Edition;
use crate::follow_up::closing;
use crate::inspection;
use crate::ledger::{Entry, Fault, Head, InclusionProof, LedgerError, Tip, verify_entry};
use crate::merkle::ProofError;
use crate::publication;
use crate::refusal::Refusal;
use crate::register::shelf::Row;
use crate::register::{RegisterKind, Rows, RowsRefusal};
use crate::world::World;
use alloc::collections::BTreeSet;

/// An office with single cases. Looking at it may show that something is not loaded, so that it is looked at by one
/// caller at a time.
#[derive(Clone, Debug)]
pub struct CaseOffice {
    office: Office,
    named: BTreeSet<CaseId>,
}

impl CaseOffice {
    /// The kinds of cases that are loaded one by one; of all others everything is loaded.
    pub const KINDS: [CaseKind; 5] = World::IN_PART;

    /// The cases of those kinds that have the number of an inspection: itself, its results, and that it is closed.
    pub fn cases_of(inspection: &CaseCode) -> [CaseId; 3] {
        [inspection::case(inspection), publication::case(inspection), closing::case(inspection)]
    }

    /// Loads the cases that are named from entries that are proved to stand under the head of `tip`: all entries of
    /// these cases, and all of cases of other kinds, in their order. Entries of cases that are not named are passed
    /// over. A case may be named that has no entry yet, such as one to be opened.
    ///
    /// # Errors
    /// The first entry, by its place among those given, that is wrong, out of order or not proved.
    pub fn proved<'a>(
        edition: Edition,
        calendar: Calendar,
        tip: Tip,
        named: BTreeSet<CaseId>,
        entries: impl IntoIterator<Item = (&'a [u8], &'a InclusionProof)>,
    ) -> Result<Self, LedgerError> {
        let (suite, head) = (tip.suite(), tip.head());
        let read = |(bytes, proof)| verify_entry(suite, bytes, proof, &head);
        Self::load(edition, calendar, tip, named, entries.into_iter().map(read))
    }

    /// The same from entries of a store for which the host vouches.
    ///
    /// # Errors
    /// The first entry, by its place among those given, that is wrong or out of order.
    pub fn vouched<'a>(
        edition: Edition,
        calendar: Calendar,
        tip: Tip,
        named: BTreeSet<CaseId>,
        entries: impl IntoIterator<Item = &'a [u8]>,
    ) -> Result<Self, LedgerError> {
        Self::load(edition, calendar, tip, named, entries.into_iter().map(Entry::parse))
    }

    fn load(
        edition: Edition,
        calendar: Calendar,
        tip: Tip,
        named: BTreeSet<CaseId>,
        entries: impl Iterator<Item = Result<Entry, Fault>>,
    ) -> Result<Self, LedgerError> {
        let (mut followed, mut world) = (Followed::new(tip.suite()), World::default());
        world.keep_only(&named);
        let (mut least, size) = (0, tip.head().size);
        for (line, entry) in (1..).zip(entries) {
            let at = |fault| LedgerError::Line { line, fault };
            let entry = entry.map_err(at)?;
            let found = entry.sequence;
            if found >= size {
                return Err(at(ProofError::NoSuchLeaf { index: found, size }.into()));
            }
            if found < least {
                return Err(at(Fault::Sequence { found, wanted: least }));
            }
            least = found + 1;
            followed.note(&entry).map_err(at)?;
            apply(&mut world, &named, &entry);
        }
        Ok(Self { office: Office { calendar, edition, followed, tip, world }, named })
    }

    /// How far the ledger has come.
    pub const fn tip(&self) -> &Tip {
        self.office.tip()
    }

    /// Hands the office to somebody who looks at it, and refuses the answer if that one has looked at what is not
    /// loaded.
    ///
    /// # Errors
    /// [`OfficeRefusal::NotLoaded`], else the refusal of whoever looked.
    pub fn look<T>(
        &mut self,
        look: impl FnOnce(&Office) -> Result<T, Refusal>,
    ) -> Result<T, Refusal> {
        let answer = look(&self.office);
        match self.office.world.missed() {
            Some(kind) => Err(OfficeRefusal::NotLoaded { kind }.into()),
            None => answer,
        }
    }

    /// Decides a request. Nothing is changed.
    ///
    /// # Errors
    /// As [`Office::decide`] and [`look`](Self::look).
    pub fn decide(&mut self, request: Request) -> Result<Answer, Refusal> {
        self.look(|office| office.decide(request))
    }

    /// Decides a request in JSON.
    ///
    /// # Errors
    /// As [`Office::decide_json`] and [`look`](Self::look).
    pub fn decide_json(&mut self, request: &[u8]) -> Result<Answer, Refusal> {
        self.look(|office| office.decide_json(request))
    }

    /// Takes over a decision whose entries the host has stored.
    ///
    /// # Errors
    /// As [`Office::commit`].
    pub fn commit(&mut self, decision: Decision) -> Result<Receipt, Refusal> {
        self.office.commit(decision)
    }

    /// Takes over all entries behind its tip, up to the head that the host has: all of them, or none. Those of cases
    /// that it does not have are checked as well, and passed over.
    ///
    /// # Errors
    /// As [`Office::catch_up`].
    pub fn catch_up<T: AsRef<[u8]>>(
        &mut self,
        entries: &[T],
        head: &Head,
    ) -> Result<(), LedgerError> {
        for entry in &self.office.read_on(entries, head)? {
            apply(&mut self.office.world, &self.named, entry);
        }
        Ok(())
    }

    /// Feeds a file of a draw.
    ///
    /// # Errors
    /// As [`Office::feed_file`].
    pub fn feed_file(&mut self, text: &str) -> Result<(), FileError> {
        self.office.feed_file(text)
    }

    /// Feeds the rows of a recorded import.
    ///
    /// # Errors
    /// As [`Office::feed_rows`].
    pub fn feed_rows<R: Row>(&mut self, rows: Rows<R>) -> Result<(), RowsRefusal> {
        self.office.feed_rows(rows)
    }

    /// Feeds the rows of a recorded import as JSON.
    ///
    /// # Errors
    /// As [`Office::feed_rows_json`].
    pub fn feed_rows_json(
        &mut self,
        register: RegisterKind,
        department: DepartmentId,
        json: &[u8],
    ) -> Result<(), Refusal> {
        self.office.feed_rows_json(register, department, json)
    }
}

/// Takes an entry over if its case is loaded.
fn apply(world: &mut World, named: &BTreeSet<CaseId>, entry: &Entry) {
    if !CaseOffice::KINDS.contains(&entry.case.kind) || named.contains(&entry.case) {
        world.take_over(entry);
    }
}
