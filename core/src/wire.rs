//! Types that stand in JSON as one text or number, read as strictly as everywhere.

use crate::draw::quota::BasisPoints;
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

macro_rules! from_text {
    ($type:ty) => {
        impl<'de> serde::Deserialize<'de> for $type {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                $crate::wire::read(deserializer)
            }
        }
    };
}

pub(crate) use from_text;

/// `Serialize` by `Display` and `Deserialize` by `FromStr`.
macro_rules! as_text {
    ($($type:ty),* $(,)?) => {$(
        impl serde::Serialize for $type {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }

        $crate::wire::from_text!($type);
    )*};
}

pub(crate) use as_text;

/// The same for what is kept as text, by `as_str`.
macro_rules! as_str {
    ($($type:ty),* $(,)?) => {$(
        impl serde::Serialize for $type {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }

        $crate::wire::from_text!($type);
    )*};
}

pub(crate) use as_str;

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

        #[cfg(feature = "schema")]
        $crate::schema::by_hand!($type, $crate::schema::codes(&<$type>::ALL.map(<$type>::code)));
    )*};
}

as_text!(
    crate::date::Date,
    crate::date::Instant,
    crate::draw::announcement::Stage,
    crate::hash::Digest,
);
as_str!(crate::draw::announcement::FreeText, crate::uscc::Uscc);
as_code!(crate::hash::Suite, crate::result::InspectionResult, crate::risk::RiskClass);

/// A rate is the one number among them.
impl serde::Serialize for BasisPoints {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_u64(self.get())
    }
}

impl<'de> serde::Deserialize<'de> for BasisPoints {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let points = u64::deserialize(deserializer)?;
        Self::new(points)
            .ok_or_else(|| Error::custom(format_args!("{points} is more than 10000 basis points")))
    }
}

#[cfg(feature = "office")]
as_code!(
    crate::actor::Role,
    crate::actor::Purpose,
    crate::case::CaseKind,
    crate::disclosure::DataKind,
    crate::register::RegisterKind,
);
#[cfg(test)]
mod tests {
    use crate::code::TargetId;
    use crate::date::{Date, Instant};
    use crate::draw::quota::BasisPoints;
    use crate::hash::{Digest, Suite};
    use crate::result::InspectionResult;
    use crate::risk::RiskClass;
    use crate::uscc::Uscc;
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
        assert!(!stays::<Digest>(&format!("\"{}\"", "0a".repeat(31))));
        assert!(stays::<Uscc>("\"91110000600037341L\""));
        assert!(
            !stays::<Uscc>("\"91110000600037341M\"") && !stays::<Uscc>("\"91110000600037341l\"")
        );
        assert!(stays::<TargetId>("\"T.1\"") && !stays::<TargetId>("\" T.1\""));
    }

    #[test]
    fn a_closed_list_names_what_would_be_right() {
        assert!(stays::<InspectionResult>("\"passed\""));
        assert!(
            stays::<RiskClass>("\"C\"") && !stays::<RiskClass>("\"c\"") && !stays::<RiskClass>("2")
        );
        assert!(stays::<Suite>("\"sm3\"") && !stays::<Suite>("\"SM3\""));
        let refused = serde_json::from_str::<InspectionResult>("\"合格\"").unwrap_err();
        assert!(format!("{refused}").starts_with("\"合格\" is none of no-problem-found, "));
    }

    #[test]
    fn a_rate_is_a_whole_number_of_basis_points() {
        assert!(
            stays::<BasisPoints>("0")
                && stays::<BasisPoints>("250")
                && stays::<BasisPoints>("10000")
        );
        for json in ["10001", "-1", "2.5", "250.0", "\"250\"", "null"] {
            assert!(serde_json::from_str::<BasisPoints>(json).is_err(), "{json}");
        }
        let refused = serde_json::from_str::<BasisPoints>("10001").unwrap_err();
        assert!(format!("{refused}").starts_with("10001 is more than 10000 basis points"));
    }
}
