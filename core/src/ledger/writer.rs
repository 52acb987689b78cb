//! Writes a value as JSON. Where it is to be canonical (RFC 8785), one that has no such form is refused, so that what was
//! written need not be read again.
//!
//! Values bring their fields in the order of their names. What no entry has is refused: fractions, negative numbers,
//! numbers above 2^53 - 1.

use super::canonical::{
    DEEPEST, LARGEST, NotCanonical, Rule, behind_plain, bytes_behind, stands_behind,
};
use alloc::boxed::Box;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::fmt::{self, Write};
use core::ops::Range;
use serde::Serialize;
use serde::ser::{self, Serializer};

/// Room for most entries, so that they are written to one place.
const ROOM: usize = 1024;

/// A value as canonical JSON.
///
/// # Errors
/// Where it would not be canonical, or what else the value says.
pub(super) fn write_canonical(value: &impl Serialize) -> Done<Vec<u8>> {
    Writer::new(true).write(value)
}

/// A value as JSON, whatever the order of its fields.
///
/// # Errors
/// For fractions, keys that are no texts, values too deep within each other, or what else the value says.
pub(crate) fn write(value: &impl Serialize) -> Done<Vec<u8>> {
    Writer::new(false).write(value)
}

/// Why a value was not written.
#[derive(Debug, thiserror::Error)]
pub(crate) enum WriteError {
    #[error(transparent)]
    NotCanonical(#[from] NotCanonical),
    #[error("{0}")]
    Other(String),
}

impl ser::Error for Box<WriteError> {
    #[cold]
    fn custom<T: fmt::Display>(message: T) -> Self {
        Self::new(WriteError::Other(message.to_string()))
    }
}

/// An error is as large as a pointer, since every step hands one on.
type Done<T = ()> = Result<T, Box<WriteError>>;

#[cold]
#[inline(never)]
fn breaks<T>(position: usize, rule: Rule) -> Done<T> {
    Err(Box::new(NotCanonical { position, rule }.into()))
}

struct Writer {
    bytes: Vec<u8>,
    depth: usize,
    canonical: bool,
}

impl Writer {
    fn new(canonical: bool) -> Self {
        Self { bytes: Vec::with_capacity(ROOM), depth: 0, canonical }
    }

    fn write(mut self, value: &impl Serialize) -> Done<Vec<u8>> {
        value.serialize(&mut self)?;
        Ok(self.bytes)
    }

    fn breaks<T>(&self, rule: Rule) -> Done<T> {
        breaks(self.bytes.len() + 1, rule)
    }

    fn open(&mut self, bracket: u8) -> Done {
        if self.depth == DEEPEST {
            return self.breaks(Rule::Depth);
        }
        self.depth += 1;
        self.bytes.push(bracket);
        Ok(())
    }

    fn close(&mut self, bracket: u8) {
        self.depth -= 1;
        self.bytes.push(bracket);
    }

    /// Opens an object whose only field is named so.
    fn open_variant(&mut self, name: &'static str) -> Done {
        self.open(b'{')?;
        self.name(name);
        self.bytes.push(b':');
        Ok(())
    }

    /// The name of a field or a variant: ASCII that stands for itself, since it is one in Rust or made of one.
    fn name(&mut self, name: &'static str) {
        debug_assert!(name.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_".contains(&b)));
        self.bytes.push(b'"');
        self.bytes.extend_from_slice(name.as_bytes());
        self.bytes.push(b'"');
    }

    fn text(&mut self, text: &str) {
        self.bytes.push(b'"');
        self.characters(text);
        self.bytes.push(b'"');
    }

    /// Characters as they are, and escapes for what has to be escaped.
    fn characters(&mut self, text: &str) {
        let mut rest = text.as_bytes();
        while !rest.is_empty() {
            let behind = behind_plain(rest);
            self.bytes.extend_from_slice(&rest[..rest.len() - behind.len()]);
            let Some((special, behind)) = behind.split_first() else { return };
            self.escape(*special);
            rest = behind;
        }
    }

    fn escape(&mut self, special: u8) {
        let short = match special {
            0x08 => b'b',
            b'\t' => b't',
            b'\n' => b'n',
            0x0c => b'f',
            b'\r' => b'r',
            b'"' | b'\\' => special,
            control => {
                let low = b"0123456789abcdef"[usize::from(control & 15)];
                return self.bytes.extend_from_slice(&[
                    b'\\',
                    b'u',
                    b'0',
                    b'0',
                    b'0' + (control >> 4),
                    low,
                ]);
            }
        };
        self.bytes.extend_from_slice(&[b'\\', short]);
    }

    fn integer(&mut self, number: u64) -> Done {
        if self.canonical && number > LARGEST {
            return self.breaks(Rule::Integer);
        }
        self.word(itoa::Buffer::new().format(number))
    }

    fn signed(&mut self, number: i64) -> Done {
        match u64::try_from(number) {
            Ok(number) => self.integer(number),
            Err(_) if self.canonical => self.breaks(Rule::Integer),
            Err(_) => self.word(itoa::Buffer::new().format(number)),
        }
    }

    fn word(&mut self, word: &str) -> Done {
        self.bytes.extend_from_slice(word.as_bytes());
        Ok(())
    }

    fn list(&mut self, ends_variant: bool) -> Done<List<'_>> {
        self.open(b'[')?;
        Ok(List { writer: self, empty: true, ends_variant })
    }

    fn object(&mut self, ends_variant: bool) -> Done<Object<'_>> {
        self.open(b'{')?;
        Ok(Object { writer: self, before: None, ends_variant })
    }
}

/// A text that comes in pieces.
impl Write for Writer {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        self.characters(text);
        Ok(())
    }
}

impl<'a> Serializer for &'a mut Writer {
    type Ok = ();
    type Error = Box<WriteError>;
    type SerializeSeq = List<'a>;
    type SerializeTuple = List<'a>;
    type SerializeTupleStruct = List<'a>;
    type SerializeTupleVariant = List<'a>;
    type SerializeMap = Object<'a>;
    type SerializeStruct = Object<'a>;
    type SerializeStructVariant = Object<'a>;

    fn serialize_bool(self, value: bool) -> Done {
        self.word(if value { "true" } else { "false" })
    }

    fn serialize_i8(self, value: i8) -> Done {
        self.signed(value.into())
    }

    fn serialize_i16(self, value: i16) -> Done {
        self.signed(value.into())
    }

    fn serialize_i32(self, value: i32) -> Done {
        self.signed(value.into())
    }

    fn serialize_i64(self, value: i64) -> Done {
        self.signed(value)
    }

    fn serialize_u8(self, value: u8) -> Done {
        self.integer(value.into())
    }

    fn serialize_u16(self, value: u16) -> Done {
        self.integer(value.into())
    }

    fn serialize_u32(self, value: u32) -> Done {
        self.integer(value.into())
    }

    fn serialize_u64(self, value: u64) -> Done {
        self.integer(value)
    }

    fn serialize_f32(self, _: f32) -> Done {
        self.breaks(Rule::Integer)
    }

    fn serialize_f64(self, _: f64) -> Done {
        self.breaks(Rule::Integer)
    }

    fn serialize_char(self, value: char) -> Done {
        self.serialize_str(value.encode_utf8(&mut [0; 4]))
    }

    fn serialize_str(self, value: &str) -> Done {
        self.text(value);
        Ok(())
    }

    fn serialize_bytes(self, value: &[u8]) -> Done {
        self.collect_seq(value)
    }

    fn serialize_none(self) -> Done {
        self.word("null")
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Done {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Done {
        self.word("null")
    }

    fn serialize_unit_struct(self, _: &'static str) -> Done {
        self.word("null")
    }

    fn serialize_unit_variant(self, _: &'static str, _: u32, variant: &'static str) -> Done {
        self.name(variant);
        Ok(())
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(self, _: &'static str, value: &T) -> Done {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        value: &T,
    ) -> Done {
        self.open_variant(variant)?;
        value.serialize(&mut *self)?;
        self.close(b'}');
        Ok(())
    }

    fn serialize_seq(self, _: Option<usize>) -> Done<List<'a>> {
        self.list(false)
    }

    fn serialize_tuple(self, _: usize) -> Done<List<'a>> {
        self.list(false)
    }

    fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Done<List<'a>> {
        self.list(false)
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Done<List<'a>> {
        self.open_variant(variant)?;
        self.list(true)
    }

    fn serialize_map(self, _: Option<usize>) -> Done<Object<'a>> {
        self.object(false)
    }

    fn serialize_struct(self, _: &'static str, _: usize) -> Done<Object<'a>> {
        self.object(false)
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Done<Object<'a>> {
        self.open_variant(variant)?;
        self.object(true)
    }

    fn collect_str<T: fmt::Display + ?Sized>(self, value: &T) -> Done {
        self.bytes.push(b'"');
        // The writer takes every piece; if a value fails, it says so itself.
        write!(self, "{value}").map_err(<Box<WriteError> as ser::Error>::custom)?;
        self.bytes.push(b'"');
        Ok(())
    }
}

/// A list that is being written.
struct List<'a> {
    writer: &'a mut Writer,
    empty: bool,
    /// Whether it is all that the field of a variant has.
    ends_variant: bool,
}

impl List<'_> {
    fn part<T: Serialize + ?Sized>(&mut self, value: &T) -> Done {
        if !core::mem::take(&mut self.empty) {
            self.writer.bytes.push(b',');
        }
        value.serialize(&mut *self.writer)
    }

    fn finish(self) -> Done {
        self.writer.close(b']');
        if self.ends_variant {
            self.writer.close(b'}');
        }
        Ok(())
    }
}

/// Whatever is a list in JSON.
macro_rules! lists {
    ($($kind:ident::$part:ident),*) => {$(
        impl ser::$kind for List<'_> {
            type Ok = ();
            type Error = Box<WriteError>;

            fn $part<T: Serialize + ?Sized>(&mut self, value: &T) -> Done {
                self.part(value)
            }

            fn end(self) -> Done {
                self.finish()
            }
        }
    )*};
}

lists!(
    SerializeSeq::serialize_element,
    SerializeTuple::serialize_element,
    SerializeTupleStruct::serialize_field,
    SerializeTupleVariant::serialize_field
);

/// An object that is being written.
struct Object<'a> {
    writer: &'a mut Writer,
    /// Where the last key stands, up to its closing quote, which would count where one key begins another.
    before: Option<Range<usize>>,
    /// Whether it is all that the field of a variant has.
    ends_variant: bool,
}

impl Object<'_> {
    /// Writes a key, and holds it to the one in front of it.
    fn key(
        &mut self,
        behind: fn(&[u8], &[u8]) -> bool,
        write: impl FnOnce(&mut Writer) -> Done,
    ) -> Done {
        if self.before.is_some() {
            self.writer.bytes.push(b',');
        }
        let start = self.writer.bytes.len();
        write(self.writer)?;
        let bytes = &self.writer.bytes;
        let key = start..bytes.len() - 1;
        if let Some(before) = self.before.replace(key.clone())
            && self.writer.canonical
            && !behind(&bytes[before], &bytes[key])
        {
            return breaks(start + 1, Rule::Keys);
        }
        Ok(())
    }

    fn text_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Done {
        self.key(stands_behind, |writer| {
            let start = writer.bytes.len();
            key.serialize(&mut *writer)?;
            match writer.bytes.get(start) {
                Some(b'"') => Ok(()),
                _ => breaks(start + 1, Rule::Value),
            }
        })
    }

    fn value<T: Serialize + ?Sized>(&mut self, value: &T) -> Done {
        self.writer.bytes.push(b':');
        value.serialize(&mut *self.writer)
    }

    fn field<T: Serialize + ?Sized>(&mut self, key: &'static str, value: &T) -> Done {
        self.name(key)?;
        value.serialize(&mut *self.writer)
    }

    /// Writes the name of a field with its colon.
    #[inline(never)]
    fn name(&mut self, name: &'static str) -> Done {
        self.key(bytes_behind, |writer| {
            writer.name(name);
            Ok(())
        })?;
        self.writer.bytes.push(b':');
        Ok(())
    }

    fn finish(self) -> Done {
        self.writer.close(b'}');
        if self.ends_variant {
            self.writer.close(b'}');
        }
        Ok(())
    }
}

impl ser::SerializeMap for Object<'_> {
    type Ok = ();
    type Error = Box<WriteError>;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Done {
        self.text_key(key)
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Done {
        self.value(value)
    }

    fn end(self) -> Done {
        self.finish()
    }
}

impl ser::SerializeStruct for Object<'_> {
    type Ok = ();
    type Error = Box<WriteError>;

    fn serialize_field<T: Serialize + ?Sized>(&mut self, key: &'static str, value: &T) -> Done {
        self.field(key, value)
    }

    fn end(self) -> Done {
        self.finish()
    }
}

impl ser::SerializeStructVariant for Object<'_> {
    type Ok = ();
    type Error = Box<WriteError>;

    fn serialize_field<T: Serialize + ?Sized>(&mut self, key: &'static str, value: &T) -> Done {
        self.field(key, value)
    }

    fn end(self) -> Done {
        self.finish()
    }
}

#[cfg(test)]
mod tests {
    use super::super::check_canonical;
    use super::*;
    use alloc::collections::BTreeMap;
    use alloc::vec;
    use serde_json::{Value, json};

    #[derive(Serialize)]
    enum Kind {
        Unit,
        New(u8),
        Tuple(u8, bool),
        Struct { a: Option<char>, b: () },
    }

    /// As another writer has it, and as the reader wants it.
    #[test]
    fn every_kind_of_value_is_written_as_json() {
        let texts: Vec<String> = (0..0x90_u32)
            .chain(0x4e00..0x4e08)
            .filter_map(char::from_u32)
            .map(|c| alloc::format!("{c}12345{c}{c}678é😀{c}"))
            .collect();
        let kinds = [
            Kind::Unit,
            Kind::New(7),
            Kind::Tuple(1, true),
            Kind::Struct { a: None, b: () },
            Kind::Struct { a: Some('"'), b: () },
        ];
        let map: BTreeMap<&str, Vec<u64>> =
            [("", vec![]), ("a", vec![0]), ("a ", vec![]), ("b\n", vec![LARGEST, 10])].into();
        let value = (texts, kinds, map, (-0_i64, 5_i8, [b'x'; 2]));
        let bytes = write_canonical(&value).unwrap();
        assert_eq!(check_canonical(&bytes), Ok(()));
        assert_eq!(bytes, write(&value).unwrap());
        assert_eq!(String::from_utf8(bytes).unwrap(), serde_json::to_string(&value).unwrap());
    }

    #[test]
    fn fields_come_in_their_order_too() {
        #[derive(Serialize)]
        struct Wrong {
            b: u8,
            a: u8,
        }
        let wrong = NotCanonical { position: 8, rule: Rule::Keys };
        let found = write_canonical(&Wrong { b: 1, a: 2 }).unwrap_err();
        assert!(matches!(*found, WriteError::NotCanonical(it) if it == wrong), "{found}");
        assert_eq!(write(&Wrong { b: 1, a: 2 }).unwrap(), br#"{"b":1,"a":2}"#);
    }

    #[test]
    fn what_need_not_be_canonical_has_any_integers_in_any_order() {
        let value = BTreeMap::from([("z", (i64::MIN, u64::MAX)), ("é", (-1, LARGEST + 1))]);
        assert_eq!(write(&value).unwrap(), serde_json::to_vec(&value).unwrap());
        assert!(write(&0.5).is_err() && write(&BTreeMap::from([(1, 2)])).is_err());
    }

    #[test]
    fn what_is_not_canonical_is_not_written() {
        let rule = |value: &dyn Fn(&mut Writer) -> Done| {
            let mut writer = Writer::new(true);
            match value(&mut writer) {
                Ok(()) => Ok(()),
                Err(error) => match *error {
                    WriteError::NotCanonical(it) => Err((it.position, it.rule)),
                    other => panic!("{other}"),
                },
            }
        };
        assert_eq!(rule(&|w| (1_u8, LARGEST).serialize(w)), Ok(()));
        assert_eq!(rule(&|w| (1_u8, LARGEST + 1).serialize(w)), Err((4, Rule::Integer)));
        assert_eq!(rule(&|w| (-1_i32).serialize(w)), Err((1, Rule::Integer)));
        assert_eq!(rule(&|w| 1_f64.serialize(w)), Err((1, Rule::Integer)));
        // A number is no key, and the pair of U+1F600 comes before U+FF61.
        assert_eq!(rule(&|w| BTreeMap::from([(1, 2)]).serialize(w)), Err((2, Rule::Value)));
        let keys =
            |keys: [&'static str; 2]| move |w: &mut Writer| w.collect_map(keys.map(|key| (key, 1)));
        assert_eq!(rule(&keys(["a", "b"])), Ok(()));
        assert_eq!(rule(&keys(["😀", "｡"])), Ok(()));
        for wrong in [["b", "a"], ["a", "a"], ["｡", "😀"]] {
            assert!(matches!(rule(&keys(wrong)), Err((_, Rule::Keys))), "{wrong:?}");
        }
        let nested = |depth| (0..depth).fold(json!(1), |value: Value, _| json!([value]));
        assert_eq!(rule(&|w| nested(DEEPEST).serialize(w)), Ok(()));
        assert_eq!(rule(&|w| nested(DEEPEST + 1).serialize(w)), Err((DEEPEST + 1, Rule::Depth)));
    }
}
