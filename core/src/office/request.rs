//! What a host asks, as JSON, and the receipt for it.

use super::refusal::OfficeRefusal;
use crate::actor::{Actor, Purpose};
use crate::code::CommandId;
use crate::date::{Date, Instant};
use crate::event::Command;
use crate::hash::{Digest, Suite};
use crate::json::from_json;
use crate::ledger::canonical_bytes;
use crate::version::V1;
use alloc::string::ToString;
use serde::{Deserialize, Serialize};

/// A command with who asks for it, when and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Request {
    /// Who asks.
    pub actor: Actor,
    /// For what.
    pub command: Command,
    /// The day on which the act takes effect.
    pub effective: Date,
    /// The host's id for it. Sent again, it is answered as before and happens once.
    pub id: CommandId,
    /// For which purpose.
    pub purpose: Purpose,
    /// When the host records it.
    pub recorded: Instant,
    /// The version of this form.
    pub v: V1,
}

impl Request {
    /// Reads a request.
    ///
    /// # Errors
    /// [`OfficeRefusal::Unreadable`].
    pub fn parse(json: &[u8]) -> Result<Self, OfficeRefusal> {
        from_json(json).map_err(unreadable)
    }

    /// The digest of what was asked, whenever it was sent: all but `id`, `recorded` and `v`, as canonical JSON.
    ///
    /// # Errors
    /// [`OfficeRefusal::Unreadable`] when a number is too large for JSON.
    pub fn digest(&self, suite: Suite) -> Result<Digest, OfficeRefusal> {
        #[derive(Serialize)]
        struct Asked<'a> {
            actor: &'a Actor,
            command: &'a Command,
            effective: Date,
            purpose: Purpose,
        }
        let Self { actor, command, effective, purpose, .. } = self;
        let asked = Asked { actor, command, effective: *effective, purpose: *purpose };
        let json = canonical_bytes(&asked).map_err(unreadable)?;
        Ok(suite.digest(&[&json]))
    }
}

fn unreadable(error: impl ToString) -> OfficeRefusal {
    OfficeRefusal::Unreadable { found: error.to_string() }
}

/// Where a command stands in the ledger.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Receipt {
    /// The command.
    pub command: CommandId,
    /// How many entries it has.
    pub count: u64,
    /// The number of the first.
    pub first: u64,
    /// The version of this form.
    pub v: V1,
}
