//! Documents in JSON, read as the specifications write them: what is an object there is an object.
//!
//! `serde_json` by itself would also take the list of a struct's values for the struct, so that two documents of different
//! bytes would say the same. And it is compiled into the reading of every type: with hundreds of commands, events and cases
//! that was a quarter of the library. So its syntax stands behind a few traits that are called, and is compiled once.

use alloc::string::ToString;
use core::fmt;
use serde::de::value::StrDeserializer;
use serde::de::{
    Deserialize, DeserializeSeed, Deserializer, EnumAccess, Error as _, IgnoredAny,
    IntoDeserializer, MapAccess, SeqAccess, VariantAccess, Visitor,
};
use serde_json::{Error, Result};

/// Reads a document.
///
/// # Errors
/// What is wrong with it, and where: no JSON, an unknown field or value, something behind its end.
pub fn from_json<'de, T: Deserialize<'de>>(json: &'de [u8]) -> Result<T> {
    let mut json = serde_json::Deserializer::from_slice(json);
    let document = T::deserialize(Reader(&mut Once(Some(&mut json))))?;
    json.end()?;
    Ok(document)
}

/// A value of the document.
struct Reader<'r, 'de>(&'r mut dyn Syntax<'de>);

/// The syntax of a value. It is read once, as one of these kinds, into what wants it.
trait Syntax<'de> {
    fn boolean(&mut self, wanted: &mut dyn Wanted<bool>) -> Result<()>;
    fn choice(&mut self, wanted: &mut dyn for<'r> Wanted<Choice<'r, 'de>>) -> Result<()>;
    fn list(&mut self, wanted: &mut dyn for<'r> Wanted<List<'r, 'de>>) -> Result<()>;
    fn number(&mut self, wanted: &mut dyn Wanted<Number>) -> Result<()>;
    fn object(&mut self, wanted: &mut dyn for<'r> Wanted<Object<'r, 'de>>) -> Result<()>;
    fn option(&mut self, wanted: &mut dyn for<'r> Wanted<Option<Reader<'r, 'de>>>) -> Result<()>;
    fn pass_over(&mut self) -> Result<()>;
    fn text(&mut self, wanted: &mut dyn for<'r> Wanted<&'r str>) -> Result<()>;
}

/// What takes a value of one kind, or says what it would rather have.
trait Wanted<T> {
    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result;
    fn take(&mut self, found: T) -> Result<()>;
}

/// What reads a value that stands within another one.
type Within<'w, 'de> = &'w mut dyn FnMut(Reader<'_, 'de>) -> Result<()>;

/// A number as it stands there: which of them it takes, a type says itself.
enum Number {
    Float(f64),
    Negative(i64),
    Positive(u64),
}

/// The values of a list.
struct List<'r, 'de>(&'r mut dyn Values<'de>);

trait Values<'de> {
    fn next(&mut self, read: Within<'_, 'de>) -> Result<bool>;
}

/// The fields of an object.
struct Object<'r, 'de>(&'r mut dyn Fields<'de>);

trait Fields<'de> {
    fn name(&mut self, wanted: &mut dyn for<'r> Wanted<&'r str>) -> Result<bool>;
    fn value(&mut self, read: Within<'_, 'de>) -> Result<()>;
}

/// A name that stands for one of several, alone or with a value.
struct Choice<'r, 'de>(&'r mut dyn Variant<'de>);

trait Variant<'de> {
    fn name(&mut self, wanted: &mut dyn for<'r> Wanted<&'r str>) -> Result<()>;
    fn alone(&mut self) -> Result<()>;
    fn value(&mut self, read: Within<'_, 'de>) -> Result<()>;
}

// What types call: kinds of values instead of types.

/// A visitor and then what it made.
struct Slot<V, T> {
    made: Option<T>,
    visitor: Option<V>,
}

impl<'de, V: Visitor<'de>> Slot<V, V::Value> {
    const fn new(visitor: V) -> Self {
        Self { made: None, visitor: Some(visitor) }
    }

    fn visit(&mut self, visit: impl FnOnce(V) -> Result<V::Value>) -> Result<()> {
        self.made = Some(visit(self.visitor.take().ok_or_else(twice)?)?);
        Ok(())
    }

    fn made(self) -> Result<V::Value> {
        self.made.ok_or_else(twice)
    }
}

#[cold]
fn twice() -> Error {
    Error::custom("a value is read once")
}

/// Hands a kind of value to a visitor.
macro_rules! wanted {
    ($($kind:ty, $found:ident, $visitor:ident => $visit:expr;)*) => {$(
        impl<'de, V: Visitor<'de>> Wanted<$kind> for Slot<V, V::Value> {
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.visitor.as_ref().map_or(Ok(()), |visitor| visitor.expecting(f))
            }

            fn take(&mut self, $found: $kind) -> Result<()> {
                self.visit(|$visitor| $visit)
            }
        }
    )*};
}

wanted! {
    bool, found, visitor => visitor.visit_bool(found);
    Choice<'_, 'de>, found, visitor => visitor.visit_enum(found);
    List<'_, 'de>, found, visitor => visitor.visit_seq(found);
    Number, found, visitor => match found {
        Number::Float(number) => visitor.visit_f64(number),
        Number::Negative(number) => visitor.visit_i64(number),
        Number::Positive(number) => visitor.visit_u64(number),
    };
    Object<'_, 'de>, found, visitor => visitor.visit_map(found);
    Option<Reader<'_, 'de>>, found, visitor => match found {
        Some(value) => visitor.visit_some(value),
        None => visitor.visit_none(),
    };
    &str, found, visitor => visitor.visit_str(found);
}

/// What types ask a deserialiser for, by the kind of value that it is.
macro_rules! kinds {
    ($($kind:ident: $($method:ident($($argument:ty),*)),*;)*) => {$($(
        fn $method<V: Visitor<'de>>(self, $(_: $argument,)* visitor: V) -> Result<V::Value> {
            let mut slot = Slot::new(visitor);
            self.0.$kind(&mut slot)?;
            slot.made()
        }
    )*)*};
}

impl<'de> Deserializer<'de> for Reader<'_, 'de> {
    type Error = Error;

    kinds! {
        boolean: deserialize_bool();
        choice: deserialize_enum(&'static str, &'static [&'static str]);
        list: deserialize_seq(), deserialize_tuple(usize), deserialize_tuple_struct(&'static str, usize);
        number: deserialize_u8(), deserialize_u16(), deserialize_u32(), deserialize_u64(), deserialize_u128(),
            deserialize_i8(), deserialize_i16(), deserialize_i32(), deserialize_i64(), deserialize_i128(),
            deserialize_f32(), deserialize_f64();
        object: deserialize_map(), deserialize_struct(&'static str, &'static [&'static str]);
        option: deserialize_option();
        text: deserialize_str(), deserialize_string(), deserialize_char(), deserialize_identifier();
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        self.0.pass_over()?;
        visitor.visit_unit()
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value> {
        visitor.visit_newtype_struct(self)
    }

    /// No type of the crate asks what stands there, or for something else.
    fn deserialize_any<V: Visitor<'de>>(self, _: V) -> Result<V::Value> {
        Err(Error::custom("a value is read as what it has to be"))
    }

    serde::forward_to_deserialize_any! { bytes byte_buf unit unit_struct }
}

impl<'de> SeqAccess<'de> for List<'_, 'de> {
    type Error = Error;

    fn next_element_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<Option<S::Value>> {
        let (mut seed, mut made) = (Some(seed), None);
        self.0.next(&mut |value| read(&mut seed, value, &mut made))?;
        Ok(made)
    }
}

impl<'de> MapAccess<'de> for Object<'_, 'de> {
    type Error = Error;

    fn next_key_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<Option<S::Value>> {
        let mut slot = Slot::new(Name(seed));
        Ok(if self.0.name(&mut slot)? { slot.made } else { None })
    }

    fn next_value_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<S::Value> {
        let (mut seed, mut made) = (Some(seed), None);
        self.0.value(&mut |value| read(&mut seed, value, &mut made))?;
        made.ok_or_else(twice)
    }
}

impl<'de> EnumAccess<'de> for Choice<'_, 'de> {
    type Error = Error;
    type Variant = Self;

    fn variant_seed<S: DeserializeSeed<'de>>(self, seed: S) -> Result<(S::Value, Self)> {
        let mut slot = Slot::new(Name(seed));
        self.0.name(&mut slot)?;
        Ok((slot.made()?, self))
    }
}

impl<'de> VariantAccess<'de> for Choice<'_, 'de> {
    type Error = Error;

    fn unit_variant(self) -> Result<()> {
        self.0.alone()
    }

    fn newtype_variant_seed<S: DeserializeSeed<'de>>(self, seed: S) -> Result<S::Value> {
        let (mut seed, mut made) = (Some(seed), None);
        self.0.value(&mut |value| read(&mut seed, value, &mut made))?;
        made.ok_or_else(twice)
    }

    fn tuple_variant<V: Visitor<'de>>(self, _: usize, visitor: V) -> Result<V::Value> {
        let mut slot = Slot::new(visitor);
        self.0.value(&mut |value| value.0.list(&mut slot))?;
        slot.made()
    }

    fn struct_variant<V: Visitor<'de>>(
        self,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value> {
        let mut slot = Slot::new(visitor);
        self.0.value(&mut |value| value.0.object(&mut slot))?;
        slot.made()
    }
}

fn read<'de, S: DeserializeSeed<'de>>(
    seed: &mut Option<S>,
    value: Reader<'_, 'de>,
    made: &mut Option<S::Value>,
) -> Result<()> {
    *made = Some(seed.take().ok_or_else(twice)?.deserialize(value)?);
    Ok(())
}

/// Reads a name into what a seed makes of it.
struct Name<S>(S);

impl<'de, S: DeserializeSeed<'de>> Visitor<'de> for Name<S> {
    type Value = S::Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a name")
    }

    fn visit_str<E: serde::de::Error>(self, name: &str) -> core::result::Result<S::Value, E> {
        let name: StrDeserializer<'_, E> = name.into_deserializer();
        self.0.deserialize(name)
    }
}

// What `serde_json` is called with: one visitor and seed for each kind.

/// What can be taken once.
struct Once<T>(Option<T>);

impl<T> Once<T> {
    fn take(&mut self) -> Result<T> {
        self.0.take().ok_or_else(twice)
    }
}

/// An error of one deserialiser as that of another. Here all are those of `serde_json`, which finds the place again in the text.
#[cold]
fn told<E: serde::de::Error>(error: impl fmt::Display) -> E {
    E::custom(error.to_string())
}

/// Visits nothing but values of one kind, for what wants one.
struct Only<W>(W);

macro_rules! syntax {
    ($($kind:ident, $wanted:ty, $value:ident => $read:expr;)*) => {
        impl<'de, D: Deserializer<'de>> Syntax<'de> for Once<D> {
            $(fn $kind(&mut self, wanted: &mut $wanted) -> Result<()> {
                let ($value, wanted) = (self.take()?, Only(wanted));
                $read(wanted).map_err(told)
            })*

            fn pass_over(&mut self) -> Result<()> {
                self.take()?.deserialize_ignored_any(IgnoredAny).map_err(told)?;
                Ok(())
            }
        }
    };
}

syntax! {
    boolean, dyn Wanted<bool>, value => |wanted| value.deserialize_bool(wanted);
    choice, dyn for<'r> Wanted<Choice<'r, 'de>>, value => |wanted| value.deserialize_enum("", &[], wanted);
    list, dyn for<'r> Wanted<List<'r, 'de>>, value => |wanted| value.deserialize_seq(wanted);
    number, dyn Wanted<Number>, value => |wanted| value.deserialize_u64(wanted);
    object, dyn for<'r> Wanted<Object<'r, 'de>>, value => |wanted| value.deserialize_map(wanted);
    option, dyn for<'r> Wanted<Option<Reader<'r, 'de>>>, value => |wanted| value.deserialize_option(wanted);
    text, dyn for<'r> Wanted<&'r str>, value => |wanted| value.deserialize_str(wanted);
}

macro_rules! only {
    ($($wanted:ty { $($visit:item)* })*) => {$(
        impl<'de> Visitor<'de> for Only<&mut $wanted> {
            type Value = ();

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.expecting(f)
            }

            $($visit)*
        }
    )*};
}

type Read<E> = core::result::Result<(), E>;

only! {
    dyn Wanted<bool> {
        fn visit_bool<E: serde::de::Error>(self, found: bool) -> Read<E> {
            self.0.take(found).map_err(told)
        }
    }
    (dyn for<'r> Wanted<Choice<'r, 'de>> + '_) {
        fn visit_enum<A: EnumAccess<'de>>(self, access: A) -> Read<A::Error> {
            let mut chosen = Chosen { access: Once(Some(access)), variant: Once(None) };
            self.0.take(Choice(&mut chosen)).map_err(told)
        }
    }
    (dyn for<'r> Wanted<List<'r, 'de>> + '_) {
        fn visit_seq<A: SeqAccess<'de>>(self, mut access: A) -> Read<A::Error> {
            self.0.take(List(&mut Listed(&mut access))).map_err(told)
        }
    }
    dyn Wanted<Number> {
        fn visit_f64<E: serde::de::Error>(self, number: f64) -> Read<E> {
            self.0.take(Number::Float(number)).map_err(told)
        }

        fn visit_i64<E: serde::de::Error>(self, number: i64) -> Read<E> {
            self.0.take(Number::Negative(number)).map_err(told)
        }

        fn visit_u64<E: serde::de::Error>(self, number: u64) -> Read<E> {
            self.0.take(Number::Positive(number)).map_err(told)
        }
    }
    (dyn for<'r> Wanted<Object<'r, 'de>> + '_) {
        fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Read<A::Error> {
            self.0.take(Object(&mut Listed(&mut access))).map_err(told)
        }
    }
    (dyn for<'r> Wanted<Option<Reader<'r, 'de>>> + '_) {
        fn visit_none<E: serde::de::Error>(self) -> Read<E> {
            self.0.take(None).map_err(told)
        }

        fn visit_some<D: Deserializer<'de>>(self, value: D) -> Read<D::Error> {
            self.0.take(Some(Reader(&mut Once(Some(value))))).map_err(told)
        }
    }
    (dyn for<'r> Wanted<&'r str> + '_) {
        fn visit_str<E: serde::de::Error>(self, text: &str) -> Read<E> {
            self.0.take(text).map_err(told)
        }
    }
}

/// What `serde_json` gives out one by one.
struct Listed<'a, A>(&'a mut A);

impl<'de, A: SeqAccess<'de>> Values<'de> for Listed<'_, A> {
    fn next(&mut self, read: Within<'_, 'de>) -> Result<bool> {
        Ok(self.0.next_element_seed(Only(read)).map_err(told)?.is_some())
    }
}

impl<'de, A: MapAccess<'de>> Fields<'de> for Listed<'_, A> {
    fn name(&mut self, wanted: &mut dyn for<'r> Wanted<&'r str>) -> Result<bool> {
        Ok(self.0.next_key_seed(Only(wanted)).map_err(told)?.is_some())
    }

    fn value(&mut self, read: Within<'_, 'de>) -> Result<()> {
        self.0.next_value_seed(Only(read)).map_err(told)
    }
}

/// One of several, first its name and then the rest.
struct Chosen<A, V> {
    access: Once<A>,
    variant: Once<V>,
}

impl<'de, A: EnumAccess<'de>> Variant<'de> for Chosen<A, A::Variant> {
    fn name(&mut self, wanted: &mut dyn for<'r> Wanted<&'r str>) -> Result<()> {
        let ((), variant) = self.access.take()?.variant_seed(Only(wanted)).map_err(told)?;
        self.variant = Once(Some(variant));
        Ok(())
    }

    fn alone(&mut self) -> Result<()> {
        self.variant.take()?.unit_variant().map_err(told)
    }

    fn value(&mut self, read: Within<'_, 'de>) -> Result<()> {
        self.variant.take()?.newtype_variant_seed(Only(read)).map_err(told)
    }
}

impl<'de> DeserializeSeed<'de> for Only<Within<'_, 'de>> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, value: D) -> Read<D::Error> {
        (self.0)(Reader(&mut Once(Some(value)))).map_err(told)
    }
}

impl<'de> DeserializeSeed<'de> for Only<&mut (dyn for<'r> Wanted<&'r str> + '_)> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, name: D) -> Read<D::Error> {
        name.deserialize_str(self)
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
