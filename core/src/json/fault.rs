//! What is wrong with a document.

use alloc::boxed::Box;
use alloc::format;
use alloc::string::{String, ToString};
use core::fmt::Display;
use serde::de::{Error, Expected, Unexpected};

/// A fault in words. It is made outside of what reads a type, which would otherwise consist of sentences, and as large as a
/// pointer, since every step hands one on.
#[derive(Debug, thiserror::Error)]
#[error("{}", .0.0)]
pub(super) struct JsonFault(Box<Words>);

#[derive(Debug)]
struct Words(String);

impl Error for JsonFault {
    #[cold]
    #[inline(never)]
    fn custom<T: Display>(message: T) -> Self {
        Self::of(message.to_string())
    }

    #[cold]
    #[inline(never)]
    fn invalid_type(found: Unexpected<'_>, wanted: &dyn Expected) -> Self {
        Self::of(format!("invalid type: {}, expected {wanted}", Found(found)))
    }

    #[cold]
    #[inline(never)]
    fn invalid_value(found: Unexpected<'_>, wanted: &dyn Expected) -> Self {
        Self::of(format!("invalid value: {}, expected {wanted}", Found(found)))
    }

    #[cold]
    #[inline(never)]
    fn invalid_length(len: usize, wanted: &dyn Expected) -> Self {
        Self::of(format!("invalid length {len}, expected {wanted}"))
    }

    #[cold]
    #[inline(never)]
    fn unknown_variant(found: &str, known: &'static [&'static str]) -> Self {
        Self::of(format!("unknown variant `{found}`, expected {}", OneOf(known)))
    }

    #[cold]
    #[inline(never)]
    fn unknown_field(found: &str, known: &'static [&'static str]) -> Self {
        Self::of(format!("unknown field `{found}`, expected {}", OneOf(known)))
    }

    #[cold]
    #[inline(never)]
    fn missing_field(field: &'static str) -> Self {
        Self::of(format!("missing field `{field}`"))
    }

    #[cold]
    #[inline(never)]
    fn duplicate_field(field: &'static str) -> Self {
        Self::of(format!("duplicate field `{field}`"))
    }
}

impl JsonFault {
    fn of(words: String) -> Self {
        Self(Box::new(Words(words)))
    }

    #[cold]
    #[inline(never)]
    pub(super) fn syntax(wanted: &str) -> Self {
        Self::of(format!("expected {wanted}"))
    }
}

/// What was found, in the words of JSON.
struct Found<'a>(Unexpected<'a>);

impl Display for Found<'_> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        match self.0 {
            Unexpected::Unit => f.write_str("null"),
            other => other.fmt(f),
        }
    }
}

/// Names that would be right.
struct OneOf(&'static [&'static str]);

impl Display for OneOf {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        match self.0 {
            [] => f.write_str("none"),
            [one] => write!(f, "`{one}`"),
            [one, other] => write!(f, "`{one}` or `{other}`"),
            [first, others @ ..] => {
                write!(f, "one of `{first}`")?;
                others.iter().try_for_each(|name| write!(f, ", `{name}`"))
            }
        }
    }
}
