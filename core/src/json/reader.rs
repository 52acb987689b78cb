//! The syntax of JSON (RFC 8259), a step at a time.

use super::fault::JsonFault;
use crate::ledger::behind_plain;
use alloc::string::String;
use serde::de::{Error, Expected, Unexpected};

/// Deeper values are refused, so that no input can exhaust the stack.
const DEEPEST: u8 = 127;

/// Where a document is read.
pub(super) struct Reader<'a> {
    json: &'a str,
    /// Bytes that were read.
    pub(super) at: usize,
    /// How many objects and lists are open.
    depth: u8,
    /// A text whose escapes were replaced.
    unescaped: String,
    /// A field that the object does not have, while it is read, and where reading goes on.
    missing: Option<(&'static str, usize)>,
    /// What was wrong where no step could be refused any more, and how much was read then.
    fault: Option<(JsonFault, usize)>,
}

/// A number as JSON has them.
#[derive(Clone, Copy)]
pub(super) enum Number {
    Natural(u64),
    Negative(i64),
    Fraction(f64),
}

/// What a value begins as.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Null,
    Bool,
    Number,
    Text,
    List,
    Object,
}

/// An object or a list.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Bracket {
    Object,
    List,
}

impl Bracket {
    const fn opens(self) -> u8 {
        match self {
            Self::Object => b'{',
            Self::List => b'[',
        }
    }

    const fn closes(self) -> u8 {
        match self {
            Self::Object => b'}',
            Self::List => b']',
        }
    }
}

/// Whether there is another part of an object or list.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Parts {
    /// None was read yet.
    First,
    Further,
    Ended,
}

impl<'a> Reader<'a> {
    pub(super) const fn new(json: &'a str) -> Self {
        Self { json, at: 0, depth: 0, unescaped: String::new(), missing: None, fault: None }
    }

    /// Nothing comes any more, and nothing was wrong behind a value.
    pub(super) fn end(&mut self) -> Result<(), JsonFault> {
        match self.peek() {
            None if self.fault.is_none() => Ok(()),
            _ => Err(JsonFault::syntax("the end")),
        }
    }

    /// The first fault of a document: one that was noticed behind a value explains what follows from it.
    #[cold]
    pub(super) fn first(&mut self, fault: JsonFault) -> JsonFault {
        let Some((first, at)) = self.fault.take() else { return fault };
        self.at = at;
        first
    }

    /// The fault with the place up to which was read.
    #[cold]
    pub(super) fn place(&self, fault: &JsonFault) -> serde_json::Error {
        let read = &self.json.as_bytes()[..self.at];
        let line = 1 + read.iter().filter(|byte| **byte == b'\n').count();
        let column = read.iter().rev().take_while(|byte| **byte != b'\n').count();
        serde_json::Error::custom(format_args!("{fault} at line {line} column {column}"))
    }

    fn rest(&self) -> &'a [u8] {
        self.json.as_bytes().get(self.at..).unwrap_or_default()
    }

    /// The next byte that is no white space.
    fn peek(&mut self) -> Option<u8> {
        loop {
            let byte = *self.json.as_bytes().get(self.at)?;
            if !matches!(byte, b' ' | b'\n' | b'\r' | b'\t') {
                return Some(byte);
            }
            self.at += 1;
        }
    }

    fn takes(&mut self, byte: u8) -> bool {
        let found = self.peek() == Some(byte);
        self.at += usize::from(found);
        found
    }

    #[inline(never)]
    pub(super) fn kind(&mut self) -> Result<Kind, JsonFault> {
        match self.peek() {
            Some(b'n') => Ok(Kind::Null),
            Some(b't' | b'f') => Ok(Kind::Bool),
            Some(b'-' | b'0'..=b'9') => Ok(Kind::Number),
            Some(b'"') => Ok(Kind::Text),
            Some(b'[') => Ok(Kind::List),
            Some(b'{') => Ok(Kind::Object),
            _ => Err(self.no_value()),
        }
    }

    #[cold]
    fn no_value(&mut self) -> JsonFault {
        match self.missing.take() {
            Some((field, at)) => {
                self.at = at;
                JsonFault::missing_field(field)
            }
            None => JsonFault::syntax("a value"),
        }
    }

    /// The refusal of a value of another kind.
    #[cold]
    #[inline(never)]
    fn other(&mut self, wanted: &dyn Expected) -> JsonFault {
        let found = match self.kind() {
            Err(fault) => return fault,
            Ok(Kind::Null) => Unexpected::Unit,
            Ok(Kind::Bool) => match self.bool(wanted) {
                Ok(bool) => Unexpected::Bool(bool),
                Err(fault) => return fault,
            },
            Ok(Kind::Number) => match self.number(wanted) {
                Ok(Number::Natural(number)) => Unexpected::Unsigned(number),
                Ok(Number::Negative(number)) => Unexpected::Signed(number),
                Ok(Number::Fraction(number)) => Unexpected::Float(number),
                Err(fault) => return fault,
            },
            Ok(Kind::Text) => match self.text(wanted) {
                Ok(text) => Unexpected::Str(text),
                Err(fault) => return fault,
            },
            Ok(Kind::List) => Unexpected::Seq,
            Ok(Kind::Object) => Unexpected::Map,
        };
        JsonFault::invalid_type(found, wanted)
    }

    fn word(&mut self, word: &str) -> bool {
        let found = self.rest().starts_with(word.as_bytes());
        self.at += if found { word.len() } else { 0 };
        found
    }

    /// Reads the field as one that the object, which ends there, does not have: nothing is there, which only an option
    /// takes.
    pub(super) fn miss(&mut self, field: &'static str, end: usize) {
        self.missing = Some((field, end));
        self.at = self.json.len();
    }

    /// Whether a null was there, and was read, or a field that is missing.
    #[inline(never)]
    pub(super) fn null(&mut self) -> bool {
        if let Some((_, at)) = self.missing.take() {
            self.at = at;
            return true;
        }
        self.peek() == Some(b'n') && self.word("null")
    }

    #[inline(never)]
    pub(super) fn unit(&mut self, wanted: &dyn Expected) -> Result<(), JsonFault> {
        if self.null() { Ok(()) } else { Err(self.other(wanted)) }
    }

    #[inline(never)]
    pub(super) fn bool(&mut self, wanted: &dyn Expected) -> Result<bool, JsonFault> {
        match self.peek() {
            Some(b't') if self.word("true") => Ok(true),
            Some(b'f') if self.word("false") => Ok(false),
            Some(b't' | b'f') => Err(JsonFault::syntax("a value")),
            _ => Err(self.other(wanted)),
        }
    }

    #[inline(never)]
    pub(super) fn number(&mut self, wanted: &dyn Expected) -> Result<Number, JsonFault> {
        if !matches!(self.peek(), Some(b'-' | b'0'..=b'9')) {
            return Err(self.other(wanted));
        }
        let part = |byte: &u8| matches!(byte, b'-' | b'+' | b'.' | b'e' | b'E' | b'0'..=b'9');
        let len = self.rest().iter().take_while(|byte| part(byte)).count();
        let number = self.json.get(self.at..self.at + len).unwrap_or_default();
        self.at += len;
        let zero_in_front = len > 1 && number.starts_with('0');
        match number.parse() {
            Ok(natural) if !zero_in_front => Ok(Number::Natural(natural)),
            _ => rare_number(number),
        }
    }

    #[inline(never)]
    pub(super) fn text(&mut self, wanted: &dyn Expected) -> Result<&str, JsonFault> {
        if self.peek() == Some(b'"') { self.string() } else { Err(self.other(wanted)) }
    }

    /// A text, of which the first quote comes next.
    fn string(&mut self) -> Result<&str, JsonFault> {
        let start = self.at + 1;
        let bytes = self.json.as_bytes();
        let end = bytes.len() - behind_plain(bytes.get(start..).unwrap_or_default()).len();
        if bytes.get(end) == Some(&b'"') {
            self.at = end + 1;
            return Ok(self.json.get(start..end).unwrap_or_default());
        }
        self.string_with_escapes(end)
    }

    /// The same of a text that does not end at `end`.
    #[cold]
    fn string_with_escapes(&mut self, mut end: usize) -> Result<&str, JsonFault> {
        let (start, bytes) = (self.at, self.json.as_bytes());
        while bytes.get(end) == Some(&b'\\') {
            let rest = bytes.get(end + 2..).unwrap_or_default();
            end = bytes.len() - behind_plain(rest).len();
        }
        self.at = end;
        if bytes.get(end) != Some(&b'"') {
            return Err(JsonFault::syntax(
                "a text without control characters, and a quote behind it",
            ));
        }
        self.at += 1;
        let quoted = self.json.get(start..self.at).unwrap_or_default();
        self.unescaped =
            serde_json::from_str(quoted).map_err(|_| JsonFault::syntax("an escape"))?;
        Ok(&self.unescaped)
    }

    #[inline(never)]
    pub(super) fn open(
        &mut self,
        bracket: Bracket,
        wanted: &dyn Expected,
    ) -> Result<Parts, JsonFault> {
        if !self.takes(bracket.opens()) {
            return Err(self.other(wanted));
        }
        self.depth += 1;
        if self.depth > DEEPEST {
            return Err(JsonFault::syntax("at most 127 values within each other"));
        }
        Ok(Parts::First)
    }

    /// Whether a list goes on.
    #[inline(never)]
    pub(super) fn goes_on(
        &mut self,
        parts: &mut Parts,
        bracket: Bracket,
    ) -> Result<bool, JsonFault> {
        if *parts == Parts::Ended {
            return Ok(false);
        }
        if self.takes(bracket.closes()) {
            self.depth -= 1;
            *parts = Parts::Ended;
            return Ok(false);
        }
        match (*parts, bracket) {
            (Parts::Further, _) if self.takes(b',') => Ok(true),
            (Parts::Further, Bracket::Object) => Err(JsonFault::syntax("`,` or `}`")),
            (Parts::Further, Bracket::List) => Err(JsonFault::syntax("`,` or `]`")),
            _ => {
                *parts = Parts::Further;
                Ok(true)
            }
        }
    }

    /// The key of the next part of an object, with its colon.
    #[inline(never)]
    pub(super) fn key(&mut self, parts: &mut Parts) -> Result<Option<&str>, JsonFault> {
        if !self.goes_on(parts, Bracket::Object)? {
            return Ok(None);
        }
        self.name().map(Some)
    }

    /// A text and the colon behind it.
    fn name(&mut self) -> Result<&str, JsonFault> {
        if self.peek() != Some(b'"') {
            return Err(JsonFault::syntax("a key"));
        }
        self.string()
    }

    /// The colon in front of a value.
    #[inline(never)]
    pub(super) fn colon(&mut self) -> Result<(), JsonFault> {
        if self.takes(b':') { Ok(()) } else { Err(JsonFault::syntax("`:`")) }
    }

    /// The end of what was read as far as its type asks for.
    #[inline(never)]
    pub(super) fn close(&mut self, mut parts: Parts, bracket: Bracket) {
        match self.goes_on(&mut parts, bracket) {
            Ok(false) => {}
            Ok(true) => self.fails(JsonFault::syntax("no more values")),
            Err(fault) => self.fails(fault),
        }
    }

    /// A fault behind what a type asks for: it is told at the [`end`](Self::end) of the document, because the value is
    /// there already.
    #[cold]
    pub(super) fn fails(&mut self, fault: JsonFault) {
        self.fault.get_or_insert((fault, self.at));
    }

    /// The variant whose name comes next, by its number, and whether the name is the key of an object, which was read up to
    /// the value then.
    #[inline(never)]
    pub(super) fn variant(
        &mut self,
        variants: &'static [&'static str],
    ) -> Result<(bool, u64), JsonFault> {
        let object = match self.peek() {
            Some(b'"') => false,
            Some(b'{') => {
                self.open(Bracket::Object, &"")?;
                true
            }
            _ => return Err(self.other(&"a variant, as a text or as the key of an object")),
        };
        let number = number_of(self.name()?, variants)?;
        if object {
            self.colon()?;
        }
        Ok((object, number))
    }
}

/// The number of the variant that has that name.
pub(super) fn number_of(name: &str, variants: &'static [&'static str]) -> Result<u64, JsonFault> {
    let mut numbered = (0..).zip(variants);
    let found = numbered.find(|(_, variant)| **variant == name);
    found.map(|(number, _)| number).ok_or_else(|| JsonFault::unknown_variant(name, variants))
}

/// A number that is no natural one, or none at all.
#[cold]
fn rare_number(number: &str) -> Result<Number, JsonFault> {
    let number: serde_json::Number =
        serde_json::from_str(number).map_err(|_| JsonFault::syntax("a number"))?;
    Ok(match (number.as_u64(), number.as_i64()) {
        (Some(natural), _) => Number::Natural(natural),
        (None, Some(negative)) => Number::Negative(negative),
        (None, None) => Number::Fraction(number.as_f64().unwrap_or_default()),
    })
}
