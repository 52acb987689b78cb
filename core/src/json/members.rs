//! An object that is read as a struct: the fields in the order of the struct, wherever the object has them.
//!
//! So the code of a type is a list of its fields, and what keys there are, in which order and how often is found out here
//! for all types.

use super::fault::JsonFault;
use super::reader::{Bracket, Parts, Reader};
use alloc::vec;
use alloc::vec::Vec;
use serde::Deserialize;
use serde::de::{Error, Expected, IgnoredAny};

/// The members of an object.
pub(super) struct Members {
    fields: &'static [&'static str],
    /// How many fields were asked for.
    asked: usize,
    parts: Parts,
    /// Where the value of each field stands, if they are not in the order of the struct.
    places: Vec<Option<usize>>,
    /// Where the object ends, if that is known.
    end: usize,
}

impl Members {
    /// The number of the field that has that key and was not seen yet.
    fn number(&self, key: &str) -> Result<usize, JsonFault> {
        let Some(number) = self.fields.iter().position(|field| *field == key) else {
            return Err(JsonFault::unknown_field(key, self.fields));
        };
        let seen = number < self.asked || matches!(self.places.get(number), Some(Some(_)));
        if seen { Err(JsonFault::duplicate_field(self.fields[number])) } else { Ok(number) }
    }
}

impl Reader<'_> {
    #[inline(never)]
    pub(super) fn members(
        &mut self,
        fields: &'static [&'static str],
        wanted: &dyn Expected,
    ) -> Result<Members, JsonFault> {
        let parts = self.open(Bracket::Object, wanted)?;
        Ok(Members { fields, asked: 0, parts, places: Vec::new(), end: 0 })
    }

    /// Goes to the value of the next field of the struct.
    #[inline(never)]
    pub(super) fn field(&mut self, members: &mut Members) -> Result<(), JsonFault> {
        let number = members.asked;
        let Some(field) = members.fields.get(number) else {
            return Err(JsonFault::syntax("no more values"));
        };
        if members.places.is_empty() {
            if self.is_next(field, members)? {
                members.asked += 1;
                return Ok(());
            }
            self.find(members)?;
        }
        match members.places[number] {
            Some(place) => self.at = place,
            None => self.miss(field, members.end),
        }
        members.asked += 1;
        Ok(())
    }

    /// Whether the object has that field here. If so, it is read up to its value.
    fn is_next(&mut self, field: &str, members: &mut Members) -> Result<bool, JsonFault> {
        let before = (self.at, members.parts);
        let Some(key) = self.key(&mut members.parts)? else { return Ok(false) };
        if key == field {
            self.colon()?;
            return Ok(true);
        }
        (self.at, members.parts) = before;
        Ok(false)
    }

    /// Reads on to the end of the object and keeps where the values stand.
    #[cold]
    fn find(&mut self, members: &mut Members) -> Result<(), JsonFault> {
        members.places = vec![None; members.fields.len()];
        while let Some(key) = self.key(&mut members.parts)? {
            let number = members.number(key)?;
            self.colon()?;
            members.places[number] = Some(self.at);
            IgnoredAny::deserialize(&mut *self)?;
        }
        members.end = self.at;
        Ok(())
    }

    /// The end of the object, all fields of which were read.
    #[inline(never)]
    pub(super) fn close_members(&mut self, mut members: Members) {
        if !members.places.is_empty() {
            self.at = members.end;
            return;
        }
        let end = match self.key(&mut members.parts) {
            Ok(None) => return,
            Ok(Some(key)) => members.number(key).map(drop),
            Err(fault) => Err(fault),
        };
        self.fails(end.err().unwrap_or_else(|| JsonFault::syntax("`}`")));
    }
}
