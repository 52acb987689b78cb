//! An entry: one event with who, when, why, and by which rules.

use super::canonical::check_canonical;
use super::fault::Fault;
use super::writer::{self, WriteError};
use crate::actor::{Actor, Purpose};
use crate::case::{CaseId, Stamp};
use crate::citation::{Basis, article};
use crate::code::CommandId;
use crate::date::{Date, Instant};
use crate::event::Event;
use crate::hash::Digest;
use crate::json::from_json;
use crate::version::V1;
use alloc::borrow::Cow;
use alloc::string::ToString;
use alloc::vec::Vec;
use serde::de::{Deserializer, Error};
use serde::{Deserialize, Serialize};

/// An entry of the ledger. The fields stand in the order of their names, so its JSON is canonical.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Entry {
    /// Who acted.
    pub actor: Actor,
    /// The rules, at least one.
    pub basis: Vec<Cited>,
    /// The case that was changed.
    pub case: CaseId,
    /// The command that was followed.
    pub command: CommandPart,
    /// The day on which the act takes effect.
    pub effective: Date,
    /// What happened.
    pub event: Event,
    /// For what.
    pub purpose: Purpose,
    /// When it was recorded. It never goes back from one entry to the next.
    pub recorded: Instant,
    /// The number of the entry, from 0.
    pub sequence: u64,
    /// The version of the entry's form.
    pub v: V1,
}

/// A command, and which of its entries this one is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct CommandPart {
    /// How many entries the command has; they follow each other.
    pub count: u64,
    /// The digest of what was asked, so that another one with the same id is found.
    pub digest: Digest,
    /// The host's id for the command.
    pub id: CommandId,
    /// The number of this entry among them, from 0.
    pub index: u64,
}

/// A rule as an entry names it: a [`Basis`] that was read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Cited {
    /// An article of the regulation.
    Article(#[serde(deserialize_with = "article_number")] u8),
    /// Our own decision.
    Decision(Cow<'static, str>),
    /// A section of the draw specification.
    DrawSpec(u8),
    /// A section of the ledger specification.
    LedgerSpec(u8),
    /// Another law.
    Other(Cow<'static, str>),
}

/// Reads the number of an article that exists.
fn article_number<'de, D: Deserializer<'de>>(deserializer: D) -> Result<u8, D::Error> {
    let number = u8::deserialize(deserializer)?;
    match article(number) {
        Some(_) => Ok(number),
        None => Err(D::Error::custom(format_args!("there is no article {number}"))),
    }
}

impl From<Basis> for Cited {
    fn from(basis: Basis) -> Self {
        use Basis as B;
        match basis {
            B::Article(number) => Self::Article(number),
            B::Decision(key) => Self::Decision(key.into()),
            B::DrawSpec(section) => Self::DrawSpec(section),
            B::LedgerSpec(section) => Self::LedgerSpec(section),
            B::Other(law) => Self::Other(law.into()),
        }
    }
}

/// A value whose fields stand in the order of their names, as canonical JSON.
///
/// # Errors
/// [`Fault::NotCanonical`] when a number is too large for JSON.
pub(crate) fn canonical_bytes(value: &impl Serialize) -> Result<Vec<u8>, Fault> {
    writer::write_canonical(value).map_err(|error| match *error {
        WriteError::NotCanonical(flaw) => flaw.into(),
        WriteError::Other(found) => Fault::Unknown { found },
    })
}

impl Entry {
    /// Reads an entry as it was stored.
    ///
    /// # Errors
    /// What is wrong with it: another version, an event or field that is not known, a form that is not canonical, an
    /// actor whose role and department do not fit.
    pub fn parse(bytes: &[u8]) -> Result<Self, Fault> {
        check_canonical(bytes)?;
        let entry: Self = from_json(bytes).map_err(|e| Fault::Unknown { found: e.to_string() })?;
        if entry.basis.is_empty() {
            return Err(Fault::NoBasis);
        }
        let Actor { department, role, .. } = &entry.actor;
        if role.has_department() != department.is_some() {
            return Err(Fault::Actor { role: *role });
        }
        Ok(entry)
    }

    /// The bytes to be stored, which are the bytes that are hashed.
    ///
    /// # Errors
    /// [`Fault::NotCanonical`] when a number is too large for JSON.
    pub fn to_bytes(&self) -> Result<Vec<u8>, Fault> {
        canonical_bytes(self)
    }

    /// Who asked for it, when and why.
    pub(crate) fn stamp(&self) -> Stamp {
        let Self { actor, effective, purpose, recorded, .. } = self;
        Stamp {
            actor: actor.clone(),
            effective: *effective,
            purpose: *purpose,
            recorded: *recorded,
        }
    }
}
