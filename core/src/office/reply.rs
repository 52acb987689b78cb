//! What a host is answered, as JSON that any language reads.

use super::request::Receipt;
use super::{Answer, Decision};
use crate::by_id::ById;
use crate::explain::{Explain, Lang};
use crate::json::to_json;
use crate::ledger::{Cited, Head, Tip};
use crate::refusal::{Refusal, Refuse};
use crate::version::V1;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use serde::{Deserialize, Serialize};

/// One of three answers to a request, under its name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Reply {
    /// It is lawful; the entries are to be stored.
    Decided(Decided),
    /// It is refused, and nothing is changed.
    Refused(Refused),
    /// It was followed before, and nothing is to be done.
    Repeated(Receipt),
}

/// A decision to be sent. Whoever has stored it takes it over as another server's, by its entries and the head `next`,
/// where the decision itself is out of reach.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Decided {
    /// The head that the store must still have.
    pub builds_on: Head,
    /// The entries: the UTF-8 bytes of each text are the bytes to be stored.
    pub entries: Vec<String>,
    /// The head with the entries.
    pub next: Head,
    /// What the one who asked is given once they are stored.
    pub receipt: Receipt,
    /// The tip with the entries, to be stored beside the head.
    pub tip: Tip,
    /// The version of this form.
    pub v: V1,
}

/// A refusal to be sent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Refused {
    /// On what it rests.
    pub basis: Cited,
    /// The stable code.
    pub code: String,
    /// What would be lawful, in English.
    pub en: String,
    /// The version of this form.
    pub v: V1,
    /// The offending values by the names that the sentences use.
    pub values: ById<String, String>,
    /// What would be lawful, in Chinese.
    pub zh: String,
}

impl Reply {
    /// The reply as JSON.
    pub fn to_json(&self) -> Vec<u8> {
        // Codes, texts and numbers can always be written.
        to_json(self).unwrap_or_default()
    }
}

impl From<&Result<Answer, Refusal>> for Reply {
    fn from(answer: &Result<Answer, Refusal>) -> Self {
        match answer {
            Ok(answer) => answer.into(),
            Err(refusal) => Self::Refused(refusal.into()),
        }
    }
}

impl From<&Answer> for Reply {
    fn from(answer: &Answer) -> Self {
        match answer {
            Answer::Decided(decision) => Self::Decided(decision.into()),
            Answer::Repeated(receipt) => Self::Repeated(receipt.clone()),
        }
    }
}

impl From<&Decision> for Decided {
    fn from(decision: &Decision) -> Self {
        // Entries are JSON, so they are texts.
        let text = |bytes: &Vec<u8>| String::from_utf8_lossy(bytes).into_owned();
        Self {
            builds_on: decision.builds_on(),
            entries: decision.entries().iter().map(text).collect(),
            next: decision.next().head(),
            receipt: decision.receipt().clone(),
            tip: decision.next().clone(),
            v: V1,
        }
    }
}

impl From<&Refusal> for Refused {
    fn from(refusal: &Refusal) -> Self {
        let value = |(name, value): (&str, String)| (name.to_string(), value);
        Self {
            basis: refusal.basis().into(),
            code: refusal.code().into(),
            en: refusal.message(Lang::En),
            v: V1,
            values: refusal.values().into_iter().map(value).collect(),
            zh: refusal.message(Lang::Zh),
        }
    }
}
