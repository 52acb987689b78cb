//! A place in a law, as an item or a guide cites it.

use crate::draw::announcement::FreeText;
use core::fmt;
use serde::{Deserialize, Serialize};

/// A law with the place that is meant.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct LegalBasis {
    /// Its title, such as `中华人民共和国食品安全法`. A change of the law is found by it.
    pub law: FreeText,
    /// The place in it, such as `第一百一十条`.
    pub place: Option<FreeText>,
}

impl fmt::Display for LegalBasis {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "《{}》", self.law)?;
        self.place.iter().try_for_each(|place| write!(f, "{place}"))
    }
}
