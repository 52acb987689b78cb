//! What an inspection has left in writing, sound and picture: what the dossiers of its departments have to hold.

use super::command::{Confirmation, Evidence};
use super::state::Inspection;
use crate::code::{DepartmentId, ItemId};
use crate::hash::Digest;
use crate::order::gather;
use alloc::collections::BTreeSet;

impl Inspection {
    /// The documents and recordings of a department: its preparation and the records of its items, and, for the
    /// initiator, who leads the team, what concerns everybody: notices, evidence, confirmations and why there was
    /// another visit. Reasons of a recusal or a replacement are personnel matters and no part of it.
    pub fn documents_of(&self, department: &DepartmentId) -> BTreeSet<Digest> {
        let own = |item: &ItemId| self.assignment.items.get(item) == Some(department);
        let prepared = self.prepared.iter().filter(|(_, part)| part.department == *department);
        let consulted = prepared.flat_map(|(_, part)| &part.consulted).map(|one| one.digest);
        let records = self.records.iter().filter(|(item, _)| own(item)).map(|(_, record)| record);
        let earlier = self.superseded.iter().filter(|earlier| own(&earlier.item));
        let corrected = earlier.clone().map(|earlier| earlier.reason);
        let records = records.chain(earlier.map(|earlier| &earlier.record));
        let records = records.flat_map(|record| [Some(record.record), record.text]).flatten();
        let mut documents: BTreeSet<_> = gather(consulted.chain(records).chain(corrected));
        if *department == self.assignment.initiator {
            documents.extend(self.common_documents());
        }
        documents
    }

    fn common_documents(&self) -> impl Iterator<Item = Digest> {
        let notices = self.notices.iter().map(|(_, notice)| notice.text);
        let visits = self.visits.iter().filter_map(|visit| visit.reason);
        let evidence = self.evidence.iter().flat_map(|(_, evidence)| evidence.digests());
        let confirmed = self.confirmations.iter().flat_map(|(_, by)| by.digests());
        notices.chain(visits).chain(evidence).chain(confirmed)
    }
}

impl Evidence {
    fn digests(&self) -> BTreeSet<Digest> {
        gather(self.attempts.iter().map(|made| made.digest))
    }
}

impl Confirmation {
    fn digests(&self) -> BTreeSet<Digest> {
        match self {
            Self::Target { document, .. } => gather([*document]),
            Self::Refused { attestation, note, recordings } => {
                let recordings = recordings.iter().map(|recording| recording.digest);
                gather(recordings.chain([*note]).chain(*attestation))
            }
            Self::Unavailable { note } => gather([*note]),
        }
    }
}
