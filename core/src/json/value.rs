//! What `serde` asks of the reader for every type. There is one form of each: a struct is an object.

use super::fault::JsonFault;
use super::members::Members;
use super::reader::{Bracket, Kind, Number, Parts, Reader, number_of};
use serde::de::value::U64Deserializer;
use serde::de::{
    DeserializeSeed, Deserializer, EnumAccess, Error, IntoDeserializer, MapAccess, SeqAccess,
    Unexpected, VariantAccess, Visitor,
};
use serde::forward_to_deserialize_any;

type Read<T> = Result<T, JsonFault>;

/// Numbers and texts, whatever they are wanted as: the type says what it takes.
macro_rules! all {
    ($as:ident: $($method:ident)*) => {$(
        fn $method<V: Visitor<'de>>(self, visitor: V) -> Read<V::Value> {
            self.$as(visitor)
        }
    )*};
}

impl Reader<'_> {
    fn read_number<'de, V: Visitor<'de>>(&mut self, visitor: V) -> Read<V::Value> {
        match self.number(&visitor)? {
            Number::Natural(number) => visitor.visit_u64(number),
            Number::Negative(number) => visitor.visit_i64(number),
            Number::Fraction(number) => visitor.visit_f64(number),
        }
    }

    fn read_text<'de, V: Visitor<'de>>(&mut self, visitor: V) -> Read<V::Value> {
        let text = self.text(&visitor)?;
        visitor.visit_str(text)
    }
}

impl<'a> Reader<'a> {
    /// Opens an object or a list, lets the visitor have what stands within, and closes it.
    fn within<'de, V: Visitor<'de>>(
        &mut self,
        bracket: Bracket,
        visitor: V,
        visit: impl FnOnce(V, &mut Within<'_, 'a>) -> Read<V::Value>,
    ) -> Read<V::Value> {
        let parts = self.open(bracket, &visitor)?;
        let mut within = Within { reader: self, parts };
        let value = visit(visitor, &mut within)?;
        within.reader.close(within.parts, bracket);
        Ok(value)
    }
}

impl<'de> Deserializer<'de> for &mut Reader<'_> {
    type Error = JsonFault;

    all!(read_number: deserialize_i8 deserialize_i16 deserialize_i32 deserialize_i64 deserialize_u8 deserialize_u16
        deserialize_u32 deserialize_u64 deserialize_f32 deserialize_f64);
    all!(read_text: deserialize_char deserialize_str deserialize_string deserialize_identifier);
    all!(deserialize_any: deserialize_bytes deserialize_byte_buf deserialize_ignored_any);

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Read<V::Value> {
        match self.kind()? {
            Kind::Null => self.deserialize_unit(visitor),
            Kind::Bool => self.deserialize_bool(visitor),
            Kind::Number => self.read_number(visitor),
            Kind::Text => self.read_text(visitor),
            Kind::List => self.deserialize_seq(visitor),
            Kind::Object => self.deserialize_map(visitor),
        }
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Read<V::Value> {
        let value = self.bool(&visitor)?;
        visitor.visit_bool(value)
    }

    fn deserialize_unit<V: Visitor<'de>>(self, visitor: V) -> Read<V::Value> {
        self.unit(&visitor)?;
        visitor.visit_unit()
    }

    fn deserialize_unit_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        visitor: V,
    ) -> Read<V::Value> {
        self.deserialize_unit(visitor)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Read<V::Value> {
        if self.null() { visitor.visit_none() } else { visitor.visit_some(self) }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        visitor: V,
    ) -> Read<V::Value> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Read<V::Value> {
        self.within(Bracket::List, visitor, |visitor, parts| visitor.visit_seq(parts))
    }

    fn deserialize_tuple<V: Visitor<'de>>(self, _len: usize, visitor: V) -> Read<V::Value> {
        self.deserialize_seq(visitor)
    }

    fn deserialize_tuple_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        _len: usize,
        visitor: V,
    ) -> Read<V::Value> {
        self.deserialize_seq(visitor)
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Read<V::Value> {
        self.within(Bracket::Object, visitor, |visitor, parts| visitor.visit_map(parts))
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Read<V::Value> {
        let members = self.members(fields, &visitor)?;
        let mut fields = Fields { reader: self, members };
        let value = visitor.visit_seq(&mut fields)?;
        fields.reader.close_members(fields.members);
        Ok(value)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _name: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Read<V::Value> {
        let (object, number) = self.variant(variants)?;
        if !object {
            return visitor.visit_enum(Variant { number, reader: None });
        }
        let value = visitor.visit_enum(Variant { number, reader: Some(self) })?;
        self.close(Parts::Further, Bracket::Object);
        Ok(value)
    }
}

/// The fields of a struct.
struct Fields<'r, 'a> {
    reader: &'r mut Reader<'a>,
    members: Members,
}

impl<'de> SeqAccess<'de> for Fields<'_, '_> {
    type Error = JsonFault;

    // Where the caller sees that there is always a value, it has no code for one that is not: a hundredth of the C library.
    #[inline(always)]
    fn next_element_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Read<Option<S::Value>> {
        self.reader.field(&mut self.members)?;
        seed.deserialize(&mut *self.reader).map(Some)
    }
}

/// What stands within an object or a list.
struct Within<'r, 'a> {
    reader: &'r mut Reader<'a>,
    parts: Parts,
}

impl<'de> SeqAccess<'de> for Within<'_, '_> {
    type Error = JsonFault;

    fn next_element_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Read<Option<S::Value>> {
        if !self.reader.goes_on(&mut self.parts, Bracket::List)? {
            return Ok(None);
        }
        seed.deserialize(&mut *self.reader).map(Some)
    }
}

impl<'de> MapAccess<'de> for Within<'_, '_> {
    type Error = JsonFault;

    fn next_key_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Read<Option<S::Value>> {
        match self.reader.key(&mut self.parts)? {
            Some(key) => seed.deserialize(Key(key)).map(Some),
            None => Ok(None),
        }
    }

    fn next_value_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Read<S::Value> {
        self.reader.colon()?;
        seed.deserialize(&mut *self.reader)
    }
}

/// A key.
struct Key<'k>(&'k str);

impl<'de> Deserializer<'de> for Key<'_> {
    type Error = JsonFault;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Read<V::Value> {
        visitor.visit_str(self.0)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        visitor: V,
    ) -> Read<V::Value> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _name: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Read<V::Value> {
        let number = number_of(self.0, variants)?;
        visitor.visit_enum(Variant { number, reader: None })
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 u8 u16 u32 u64 f32 f64 char str string bytes byte_buf option unit unit_struct seq tuple
        tuple_struct map struct identifier ignored_any
    }
}

/// A variant by its number, and where what belongs to it stands, if it is not its name alone.
struct Variant<'r, 'a> {
    number: u64,
    reader: Option<&'r mut Reader<'a>>,
}

impl<'r, 'a> Variant<'r, 'a> {
    #[inline(never)]
    fn reader(self, wanted: &'static str) -> Read<&'r mut Reader<'a>> {
        self.reader.ok_or_else(|| JsonFault::invalid_type(Unexpected::UnitVariant, &wanted))
    }
}

impl<'de> EnumAccess<'de> for Variant<'_, '_> {
    type Error = JsonFault;
    type Variant = Self;

    fn variant_seed<S: DeserializeSeed<'de>>(self, seed: S) -> Read<(S::Value, Self)> {
        let number: U64Deserializer<JsonFault> = self.number.into_deserializer();
        Ok((seed.deserialize(number)?, self))
    }
}

impl<'de> VariantAccess<'de> for Variant<'_, '_> {
    type Error = JsonFault;

    fn unit_variant(self) -> Read<()> {
        match self.reader {
            None => Ok(()),
            Some(_) => Err(JsonFault::invalid_type(Unexpected::Map, &"the name alone")),
        }
    }

    fn newtype_variant_seed<S: DeserializeSeed<'de>>(self, seed: S) -> Read<S::Value> {
        seed.deserialize(self.reader("newtype variant")?)
    }

    fn tuple_variant<V: Visitor<'de>>(self, _len: usize, visitor: V) -> Read<V::Value> {
        self.reader("tuple variant")?.deserialize_seq(visitor)
    }

    fn struct_variant<V: Visitor<'de>>(
        self,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Read<V::Value> {
        self.reader("struct variant")?.deserialize_struct("", fields, visitor)
    }
}
