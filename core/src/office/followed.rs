//! Which commands were followed, so that one that is sent again happens once.

use super::request::Receipt;
use crate::code::CommandId;
use crate::hash::Digest;
use crate::ledger::{CommandPart, Entry, Fault};
use crate::version::V1;
use alloc::collections::BTreeMap;
use serde::{Deserialize, Serialize};

/// Commands by their ids: what was asked, and where it stands.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Followed(BTreeMap<CommandId, Asked>);

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Asked {
    count: u64,
    digest: Digest,
    first: u64,
}

impl Followed {
    /// The digest of what was asked under an id, and the receipt for it.
    pub(super) fn get(&self, id: &CommandId) -> Option<(Digest, Receipt)> {
        let Asked { count, digest, first } = *self.0.get(id)?;
        Some((digest, Receipt { command: id.clone(), count, first, v: V1 }))
    }

    /// Notes the command of an entry behind those that it has among `later` ones.
    ///
    /// # Errors
    /// [`Fault::Twice`] when it has that command, or another one has its id.
    pub(super) fn note_behind(&self, entry: &Entry, later: &mut Self) -> Result<(), Fault> {
        match self.0.get_key_value(&entry.command.id) {
            Some((id, _)) => Err(Fault::Twice { id: id.clone() }),
            None => later.note(entry),
        }
    }

    /// Notes the command of any of its entries.
    ///
    /// # Errors
    /// [`Fault::Twice`] when another command has its id.
    pub(super) fn note(&mut self, entry: &Entry) -> Result<(), Fault> {
        let CommandPart { count, digest, ref id, index } = entry.command;
        let asked = Asked { count, digest, first: entry.sequence.saturating_sub(index) };
        match self.0.insert(id.clone(), asked) {
            Some(other) if other != asked => Err(Fault::Twice { id: id.clone() }),
            _ => Ok(()),
        }
    }

    pub(super) fn note_receipt(&mut self, receipt: &Receipt, digest: Digest) {
        let Receipt { command, count, first, .. } = receipt;
        self.0.insert(command.clone(), Asked { count: *count, digest, first: *first });
    }

    /// Takes over what others have followed.
    pub(super) fn extend(&mut self, others: Self) {
        match self.0.is_empty() {
            true => *self = others,
            false => self.0.extend(others.0),
        }
    }
}
