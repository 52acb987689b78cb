//! Types that stand in JSON as one text, read as strictly as their `FromStr` reads.

use core::fmt;
use core::marker::PhantomData;
use core::str::FromStr;
use serde::de::{Deserializer, Error, Visitor};

/// Reads one text without copying it first.
pub(crate) fn read<'de, D, T>(deserializer: D) -> Result<T, D::Error>
where
    D: Deserializer<'de>,
    T: FromStr<Err: fmt::Display>,
{
    struct Text<T>(PhantomData<T>);
    impl<T: FromStr<Err: fmt::Display>> Visitor<'_> for Text<T> {
        type Value = T;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("a text")
        }

        fn visit_str<E: Error>(self, text: &str) -> Result<T, E> {
            text.parse().map_err(E::custom)
        }
    }
    deserializer.deserialize_str(Text(PhantomData))
}

/// `Serialize` by `Display` and `Deserialize` by `FromStr`.
macro_rules! as_text {
    ($($type:ty),* $(,)?) => {$(
        impl serde::Serialize for $type {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }

        impl<'de> serde::Deserialize<'de> for $type {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                $crate::wire::read(deserializer)
            }
        }
    )*};
}

pub(crate) use as_text;

/// The same for a closed list by its stable codes.
macro_rules! as_code {
    ($($type:ty),* $(,)?) => {$(
        impl serde::Serialize for $type {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.code())
            }
        }

        impl<'de> serde::Deserialize<'de> for $type {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let code = <alloc::borrow::Cow<'de, str>>::deserialize(deserializer)?;
                Self::from_code(&code).ok_or_else(|| {
                    let wanted = Self::ALL.map(Self::code).join(", ");
                    serde::de::Error::custom(alloc::format!("{code:?} is none of {wanted}"))
                })
            }
        }
    )*};
}

as_text!(
    crate::date::Date,
    crate::date::Instant,
    crate::draw::announcement::FreeText,
    crate::hash::Digest,
);
as_code!(crate::result::InspectionResult, crate::risk::RiskClass,);

#[cfg(feature = "office")]
as_code!(
    crate::actor::Role,
    crate::actor::Purpose,
    crate::case::CaseKind,
    crate::register::RegisterKind,
);

#[cfg(test)]
mod tests {
    use crate::date::{Date, Instant};
    use crate::hash::Digest;
    use crate::result::InspectionResult;
    use alloc::format;
    use serde::{Serialize, de::DeserializeOwned};

    fn stays<T: Serialize + DeserializeOwned>(json: &str) -> bool {
        serde_json::from_str::<T>(json)
            .is_ok_and(|value| serde_json::to_string(&value).unwrap() == json)
    }

    #[test]
    fn a_text_is_read_strictly_and_written_as_it_was() {
        assert!(stays::<Date>("\"2026-03-20\""));
        assert!(!stays::<Date>("\"2026-3-20\"") && !stays::<Date>("20532"));
        assert!(stays::<Instant>("\"2026-03-20T01:00:00Z\""));
        assert!(!stays::<Instant>("\"2026-03-20T01:00:00+08:00\""));
        assert!(stays::<Digest>(&format!("\"{}\"", "0a".repeat(32))));
        assert!(!stays::<Digest>(&format!("\"{}\"", "0A".repeat(32))));
    }

    #[test]
    fn a_closed_list_names_what_would_be_right() {
        assert!(stays::<InspectionResult>("\"passed\""));
        let refused = serde_json::from_str::<InspectionResult>("\"合格\"").unwrap_err();
        assert!(format!("{refused}").starts_with("\"合格\" is none of no-problem-found, "));
    }
}
