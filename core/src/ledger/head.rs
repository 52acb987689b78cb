//! How far a ledger has come: its head names that, its tip is enough to go on.

use crate::date::Instant;
use crate::explain::Lang;
use crate::hash::{Digest, Suite};
use crate::merkle::{Frontier, ProofError};
use crate::version::V1;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;
use serde::{Deserialize, Serialize};

/// A state of a ledger: how many entries, and the root of the tree over them. It fixes each of them, so a host
/// compares heads and nothing else.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Head {
    /// The root.
    pub root: Digest,
    /// How many entries.
    pub size: u64,
}

impl Head {
    pub(super) fn message(&self, lang: Lang) -> String {
        let Self { root, size } = self;
        match lang {
            Lang::En => format!("{size} entries with the root {root}"),
            Lang::Zh => format!("{size}条（根{root}）"),
        }
    }
}

impl fmt::Display for Head {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message(Lang::En))
    }
}

/// What is needed to append entries: the right edge of the tree and the last instant. A host stores it beside the
/// head, so that an office can be loaded with single cases.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(try_from = "StoredTip", into = "StoredTip")]
pub struct Tip {
    frontier: Frontier,
    head: Head,
    recorded: Option<Instant>,
}

impl Tip {
    /// A ledger without entries.
    pub fn new(suite: Suite) -> Self {
        Self::from_frontier(Frontier::new(suite), None)
    }

    fn from_frontier(frontier: Frontier, recorded: Option<Instant>) -> Self {
        let head = Head { root: frontier.root(), size: frontier.size() };
        Self { frontier, head, recorded }
    }

    /// The head.
    pub const fn head(&self) -> Head {
        self.head
    }

    /// The suite of all hashes of the ledger.
    pub const fn suite(&self) -> Suite {
        self.frontier.suite()
    }

    /// When the last entry was recorded; nothing when there is none.
    pub const fn recorded(&self) -> Option<Instant> {
        self.recorded
    }

    /// The tip with these entries behind it, the last one recorded at that instant. The caller has checked them.
    pub(crate) fn with<T: AsRef<[u8]>>(&self, entries: &[T], recorded: Option<Instant>) -> Self {
        let mut frontier = self.frontier.clone();
        frontier.append(entries);
        Self::from_frontier(frontier, recorded)
    }
}

/// A tip as it is stored.
#[derive(Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
struct StoredTip {
    nodes: Vec<Digest>,
    recorded: Option<Instant>,
    size: u64,
    suite: Suite,
    v: V1,
}

impl From<Tip> for StoredTip {
    fn from(tip: Tip) -> Self {
        let Tip { frontier, recorded, .. } = tip;
        Self {
            nodes: frontier.nodes().to_vec(),
            recorded,
            size: frontier.size(),
            suite: frontier.suite(),
            v: V1,
        }
    }
}

impl TryFrom<StoredTip> for Tip {
    type Error = ProofError;

    fn try_from(stored: StoredTip) -> Result<Self, ProofError> {
        let frontier = Frontier::from_parts(stored.suite, stored.size, stored.nodes)?;
        Ok(Self::from_frontier(frontier, stored.recorded))
    }
}
