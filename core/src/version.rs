//! The version that every document in JSON names.

use core::fmt;
use serde::de::{Deserializer, Error};
use serde::{Deserialize, Serialize, Serializer};

/// Version 1, `"v": 1`, the only one that is written and read. Another one is a hard error: what it means is not
/// known here.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct V1;

impl fmt::Display for V1 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("1")
    }
}

impl Serialize for V1 {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_u64(1)
    }
}

impl<'de> Deserialize<'de> for V1 {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        match u64::deserialize(deserializer)? {
            1 => Ok(Self),
            other => Err(Error::custom(format_args!("version {other} is not known, only 1 is"))),
        }
    }
}
