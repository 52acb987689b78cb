//! Which commands were followed, so that one that is sent again happens once.

use super::request::Receipt;
use crate::code::CommandId;
use crate::hash::{Digest, Hex, Suite, from_hex};
use crate::ledger::{CommandPart, Entry, Fault};
use crate::version::V1;
use crate::wire::as_text;
use alloc::collections::BTreeMap;
use core::fmt;
use core::str::FromStr;
use serde::{Deserialize, Serialize};

/// Commands by their ids: what was asked, and where it stands. There are many, and all are kept for as long as there is
/// a ledger, so only marks are kept of ids and of what was asked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Followed {
    commands: BTreeMap<Mark, Asked>,
    suite: Suite,
}

/// The first 128 bits of a digest: too many for two of them to be the same by accident.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Mark(u128);

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Asked {
    count: u64,
    first: u64,
    what: Mark,
}

/// A command that was followed.
pub(super) struct Before {
    pub(super) receipt: Receipt,
    what: Mark,
}

impl Before {
    /// Whether it asked for the same.
    pub(super) fn asked(&self, digest: &Digest) -> bool {
        self.what == Mark::of(digest)
    }
}

impl Followed {
    pub(super) const fn new(suite: Suite) -> Self {
        Self { commands: BTreeMap::new(), suite }
    }

    /// The command that was followed under an id, or else the mark under which to note one.
    pub(super) fn get(&self, id: &CommandId) -> Result<Before, Mark> {
        let mark = self.mark(id);
        let Asked { count, first, what } = *self.commands.get(&mark).ok_or(mark)?;
        Ok(Before { receipt: Receipt { command: id.clone(), count, first, v: V1 }, what })
    }

    /// Notes the command of an entry under the mark of its id.
    pub(super) fn note_decided(&mut self, mark: Mark, entry: &Entry) {
        self.commands.insert(mark, Asked::by(entry));
    }

    /// Notes the command of an entry behind those that it has among `later` ones, read as by [`Self::note_next`].
    ///
    /// # Errors
    /// [`Fault::Twice`] when either of them has a command with its id.
    pub(super) fn note_behind(&self, entry: &Entry, later: &mut Self) -> Result<(), Fault> {
        let id = &entry.command.id;
        if entry.command.index == 0 && self.commands.contains_key(&self.mark(id)) {
            return Err(Fault::Twice { id: id.clone() });
        }
        later.note_next(entry)
    }

    /// Notes the command of the next entry. All entries are read one behind the other, so the first one of a command is
    /// all that has to be looked at.
    ///
    /// # Errors
    /// [`Fault::Twice`] when it has a command with its id.
    pub(super) fn note_next(&mut self, entry: &Entry) -> Result<(), Fault> {
        if entry.command.index > 0 {
            return Ok(());
        }
        match self.insert(entry) {
            None => Ok(()),
            Some(_) => Err(Fault::Twice { id: entry.command.id.clone() }),
        }
    }

    /// Notes the command of an entry; others of the same command may come before it, after it, or not at all.
    ///
    /// # Errors
    /// [`Fault::Twice`] when another command has its id.
    pub(super) fn note(&mut self, entry: &Entry) -> Result<(), Fault> {
        match self.insert(entry) {
            Some(other) if other != Asked::by(entry) => {
                Err(Fault::Twice { id: entry.command.id.clone() })
            }
            _ => Ok(()),
        }
    }

    /// Takes over what others have followed.
    pub(super) fn extend(&mut self, others: Self) {
        match self.commands.is_empty() {
            true => *self = others,
            false => self.commands.extend(others.commands),
        }
    }

    fn insert(&mut self, entry: &Entry) -> Option<Asked> {
        self.commands.insert(self.mark(&entry.command.id), Asked::by(entry))
    }

    fn mark(&self, id: &CommandId) -> Mark {
        Mark::of(&self.suite.digest(&[id.as_str().as_bytes()]))
    }
}

impl Asked {
    fn by(entry: &Entry) -> Self {
        let CommandPart { count, digest, index, .. } = entry.command;
        Self { count, first: entry.sequence.saturating_sub(index), what: Mark::of(&digest) }
    }
}

impl Mark {
    fn of(digest: &Digest) -> Self {
        let first = digest.as_bytes().first_chunk().copied();
        Self(first.map_or(0, u128::from_be_bytes))
    }
}

as_text!(Mark);

impl fmt::Display for Mark {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        Hex(&self.0.to_be_bytes()).fmt(f)
    }
}

impl FromStr for Mark {
    type Err = crate::hash::DigestError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        from_hex(text).map(u128::from_be_bytes).map(Self)
    }
}
