//! A span of days.

use crate::date::Date;
use core::fmt;
use serde::{Deserialize, Serialize};

/// The days from `from` to `until`, both of them included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Window {
    /// The first day.
    pub from: Date,
    /// The last day.
    pub until: Date,
}

impl Window {
    /// Whether a day lies in it.
    pub fn contains(&self, day: Date) -> bool {
        (self.from..=self.until).contains(&day)
    }

    /// Whether it has a day, and all of its days lie in another one.
    pub fn lies_in(&self, outer: &Self) -> bool {
        self.from <= self.until && outer.from <= self.from && self.until <= outer.until
    }
}

impl fmt::Display for Window {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}..{}", self.from, self.until)
    }
}
