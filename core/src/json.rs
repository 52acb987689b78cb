//! Documents in JSON, read as the specifications write them: what is an object there is an object.
//!
//! `serde_json` by itself would also take the list of a struct's values for the struct, so that two documents of different
//! bytes would say the same. Everything of the crate that is read as JSON is read here.

use core::fmt;
use serde::de::{
    Deserialize, DeserializeSeed, Deserializer, EnumAccess, Error as _, MapAccess, SeqAccess,
    VariantAccess, Visitor,
};

/// Reads a document.
///
/// # Errors
/// What is wrong with it, and where: no JSON, an unknown field or value, something behind its end.
pub fn from_json<'de, T: Deserialize<'de>>(json: &'de [u8]) -> serde_json::Result<T> {
    // Checked here, once and for all texts within.
    let json = core::str::from_utf8(json).map_err(serde_json::Error::custom)?;
    let mut json = serde_json::Deserializer::from_str(json);
    let document = T::deserialize(Objects(&mut json))?;
    json.end()?;
    Ok(document)
}

/// What `serde_json` calls or is called by, with structs as objects in all that stands within.
struct Objects<T>(T);

/// Values that stand alone are read as they are.
macro_rules! alone {
    ($($method:ident),*) => {$(
        fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, D::Error> {
            self.0.$method(visitor)
        }
    )*};
}

impl<'de, D: Deserializer<'de>> Deserializer<'de> for Objects<D> {
    type Error = D::Error;

    alone!(
        deserialize_any,
        deserialize_bool,
        deserialize_byte_buf,
        deserialize_bytes,
        deserialize_char,
        deserialize_f32,
        deserialize_f64,
        deserialize_i8,
        deserialize_i16,
        deserialize_i32,
        deserialize_i64,
        deserialize_i128,
        deserialize_identifier,
        deserialize_ignored_any,
        deserialize_str,
        deserialize_string,
        deserialize_u8,
        deserialize_u16,
        deserialize_u32,
        deserialize_u64,
        deserialize_u128,
        deserialize_unit
    );

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        _fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, D::Error> {
        self.0.deserialize_map(Objects(visitor))
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, D::Error> {
        self.0.deserialize_map(Objects(visitor))
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        name: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, D::Error> {
        self.0.deserialize_enum(name, variants, Objects(visitor))
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        visitor: V,
    ) -> Result<V::Value, D::Error> {
        self.0.deserialize_newtype_struct(name, Objects(visitor))
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, D::Error> {
        self.0.deserialize_option(Objects(visitor))
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, D::Error> {
        self.0.deserialize_seq(Objects(visitor))
    }

    fn deserialize_tuple<V: Visitor<'de>>(
        self,
        len: usize,
        visitor: V,
    ) -> Result<V::Value, D::Error> {
        self.0.deserialize_tuple(len, Objects(visitor))
    }

    fn deserialize_tuple_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        len: usize,
        visitor: V,
    ) -> Result<V::Value, D::Error> {
        self.0.deserialize_tuple_struct(name, len, Objects(visitor))
    }

    fn deserialize_unit_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        visitor: V,
    ) -> Result<V::Value, D::Error> {
        self.0.deserialize_unit_struct(name, visitor)
    }
}

impl<'de, V: Visitor<'de>> Visitor<'de> for Objects<V> {
    type Value = V::Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.expecting(f)
    }

    fn visit_enum<A: EnumAccess<'de>>(self, access: A) -> Result<V::Value, A::Error> {
        self.0.visit_enum(Objects(access))
    }

    fn visit_map<A: MapAccess<'de>>(self, access: A) -> Result<V::Value, A::Error> {
        self.0.visit_map(Objects(access))
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, value: D) -> Result<V::Value, D::Error> {
        self.0.visit_newtype_struct(Objects(value))
    }

    fn visit_none<E: serde::de::Error>(self) -> Result<V::Value, E> {
        self.0.visit_none()
    }

    fn visit_seq<A: SeqAccess<'de>>(self, access: A) -> Result<V::Value, A::Error> {
        self.0.visit_seq(Objects(access))
    }

    fn visit_some<D: Deserializer<'de>>(self, value: D) -> Result<V::Value, D::Error> {
        self.0.visit_some(Objects(value))
    }
}

impl<'de, S: DeserializeSeed<'de>> DeserializeSeed<'de> for Objects<S> {
    type Value = S::Value;

    fn deserialize<D: Deserializer<'de>>(self, value: D) -> Result<S::Value, D::Error> {
        self.0.deserialize(Objects(value))
    }
}

impl<'de, A: SeqAccess<'de>> SeqAccess<'de> for Objects<A> {
    type Error = A::Error;

    fn next_element_seed<S: DeserializeSeed<'de>>(
        &mut self,
        seed: S,
    ) -> Result<Option<S::Value>, A::Error> {
        self.0.next_element_seed(Objects(seed))
    }
}

impl<'de, A: MapAccess<'de>> MapAccess<'de> for Objects<A> {
    type Error = A::Error;

    fn next_key_seed<S: DeserializeSeed<'de>>(
        &mut self,
        seed: S,
    ) -> Result<Option<S::Value>, A::Error> {
        self.0.next_key_seed(seed)
    }

    fn next_value_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<S::Value, A::Error> {
        self.0.next_value_seed(Objects(seed))
    }
}

impl<'de, A: EnumAccess<'de>> EnumAccess<'de> for Objects<A> {
    type Error = A::Error;
    type Variant = Objects<A::Variant>;

    fn variant_seed<S: DeserializeSeed<'de>>(
        self,
        seed: S,
    ) -> Result<(S::Value, Self::Variant), A::Error> {
        let (name, variant) = self.0.variant_seed(seed)?;
        Ok((name, Objects(variant)))
    }
}

impl<'de, A: VariantAccess<'de>> VariantAccess<'de> for Objects<A> {
    type Error = A::Error;

    fn unit_variant(self) -> Result<(), A::Error> {
        self.0.unit_variant()
    }

    fn newtype_variant_seed<S: DeserializeSeed<'de>>(self, seed: S) -> Result<S::Value, A::Error> {
        self.0.newtype_variant_seed(Objects(seed))
    }

    fn tuple_variant<V: Visitor<'de>>(self, len: usize, visitor: V) -> Result<V::Value, A::Error> {
        self.0.tuple_variant(len, Objects(visitor))
    }

    fn struct_variant<V: Visitor<'de>>(
        self,
        _fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, A::Error> {
        /// Fields under the name of a variant; `struct_variant` would take a list of them.
        struct Fields<V>(V);
        impl<'de, V: Visitor<'de>> DeserializeSeed<'de> for Fields<V> {
            type Value = V::Value;

            fn deserialize<D: Deserializer<'de>>(self, value: D) -> Result<V::Value, D::Error> {
                value.deserialize_map(Objects(self.0))
            }
        }
        self.0.newtype_variant_seed(Fields(visitor))
    }
}

#[cfg(test)]
mod tests {
    use super::from_json;
    use crate::case::CaseId;
    use crate::publication::PublicationCommand;
    use crate::query::Question;
    use alloc::collections::BTreeMap;
    use alloc::format;
    use alloc::string::{String, ToString};
    use alloc::vec::Vec;
    use serde::Serialize;
    use serde::de::DeserializeOwned;

    const OBJECT: &str = r#"{"id":"K1","kind":"conference"}"#;
    const LIST: &str = r#"["K1","conference"]"#;

    fn stays<T: Serialize + DeserializeOwned>(json: &str) -> bool {
        from_json::<T>(json.as_bytes())
            .is_ok_and(|read| serde_json::to_string(&read).unwrap() == json)
    }

    fn refused<T: DeserializeOwned>(json: &str) -> Option<String> {
        from_json::<T>(json.as_bytes()).err().map(|e| e.to_string())
    }

    #[test]
    fn a_struct_is_an_object_and_no_list_of_its_values() {
        assert!(stays::<CaseId>(OBJECT));
        assert!(serde_json::from_str::<CaseId>(LIST).is_ok(), "why it is read here");
        let wanted = "invalid type: sequence, expected struct CaseId at line 1 column 0";
        assert_eq!(refused::<CaseId>(LIST).as_deref(), Some(wanted));
    }

    #[test]
    fn so_it_is_within_everything() {
        for (object, list) in [
            (r#"{"cease":{"inspection":"I1","item":"i-1"}}"#, r#"{"cease":["I1","i-1"]}"#),
            (
                r#"{"set-period":{"inspection":"I1","item":"i-1","period":{"months":3,"source":{"law":"L","place":"9"},"start":"2026-04-01"}}}"#,
                r#"{"set-period":{"inspection":"I1","item":"i-1","period":{"months":3,"source":["L","9"],"start":"2026-04-01"}}}"#,
            ),
        ] {
            assert!(
                stays::<PublicationCommand>(object),
                "{:?}",
                refused::<PublicationCommand>(object)
            );
            assert!(refused::<PublicationCommand>(list).is_some(), "{list}");
        }
        assert_eq!(refused::<Question>(r#"{"due":{"day":"2026-04-20"}}"#), None);
        assert!(refused::<Question>(r#"{"due":["2026-04-20"]}"#).is_some());
        type Containers = (Option<CaseId>, BTreeMap<String, Vec<CaseId>>);
        assert!(stays::<Containers>(&format!(r#"[{OBJECT},{{"K":[{OBJECT}]}}]"#)));
        assert!(stays::<Containers>(r#"[null,{}]"#));
        assert!(refused::<Containers>(&format!("[{LIST},{{}}]")).is_some());
        assert!(refused::<Containers>(&format!(r#"[null,{{"K":[{LIST}]}}]"#)).is_some());
    }

    #[test]
    fn white_space_and_order_are_free_and_the_end_is_the_end() {
        let read = from_json::<CaseId>(br#" { "kind" : "conference", "id" : "K1" } "#).unwrap();
        assert_eq!(read.id.as_str(), "K1");
        for json in [
            r#"{"id":"K1","kind":"conference"}1"#,
            r#"{"id":"K1","kind":"conference","other":1}"#,
            r#"{"id":"K1","id":"K1","kind":"conference"}"#,
            r#"{"id":"K1"}"#,
            "",
        ] {
            assert!(refused::<CaseId>(json).is_some(), "{json}");
        }
    }
}
