//! RFC 8785: there is one way to write a value as JSON, and nothing else is taken.
//!
//! Entries have no fractions, and integers up to 2^53 - 1 only, so that every reader of JSON reads the same number.

use crate::explain::Lang;
use alloc::vec::Vec;
use core::cmp::Ordering;
use core::fmt;
use core::str::Utf8Error;

/// The largest integer that every reader of JSON reads exactly (RFC 7493, section 2.2).
const LARGEST: u64 = (1 << 53) - 1;
/// Deeper values are refused, so that no input can exhaust the stack.
const DEEPEST: usize = 64;

/// Where a text is not canonical JSON, and what should stand there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("byte {position}: expected {rule}")]
pub struct NotCanonical {
    /// The byte, counted from 1.
    pub position: usize,
    /// What it breaks.
    pub rule: Rule,
}

/// A rule of canonical JSON.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rule {
    /// UTF-8.
    Utf8,
    /// A value, without white space around it.
    Value,
    /// An integer without sign or zeros in front, at most 2^53 - 1.
    Integer,
    /// Characters as they are; escapes for what has to be escaped, each in its one form.
    Text,
    /// Keys sorted by UTF-16 code units, each of them once.
    Keys,
    /// At most 64 values within each other.
    Depth,
    /// Nothing behind the value.
    End,
}

impl Rule {
    /// What should stand there.
    pub const fn label(self, lang: Lang) -> &'static str {
        match self {
            Self::Utf8 => lang.pick("合法的UTF-8", "UTF-8"),
            Self::Value => lang.pick("不带空白的值", "a value without white space"),
            Self::Integer => lang.pick("不大于2^53-1的整数", "an integer of at most 2^53 - 1"),
            Self::Text => lang.pick("按规范转义的文字", "text in the one form of its characters"),
            Self::Keys => lang.pick("按序且不重复的键", "keys in their order, each of them once"),
            Self::Depth => lang.pick("不超过64层的嵌套", "at most 64 values within each other"),
            Self::End => lang.pick("结尾", "the end"),
        }
    }
}

impl fmt::Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.label(Lang::En))
    }
}

/// Checks that a text is one value of canonical JSON with integers only.
///
/// # Errors
/// The first place that is not.
pub fn check_canonical(json: &[u8]) -> Result<(), NotCanonical> {
    canonical_text(json).map(|_| ())
}

/// The same, and gives the text that the bytes are.
pub(super) fn canonical_text(json: &[u8]) -> Result<&str, NotCanonical> {
    let utf8 = |e: Utf8Error| NotCanonical { position: e.valid_up_to() + 1, rule: Rule::Utf8 };
    let text = core::str::from_utf8(json).map_err(utf8)?;
    check_text(text)?;
    Ok(text)
}

/// Checks that a text is one value of canonical JSON.
pub(super) fn check_text(json: &str) -> Result<(), NotCanonical> {
    let mut reader = Reader { json: json.as_bytes(), at: 0 };
    reader.value(0)?;
    if reader.at == json.len() { Ok(()) } else { Err(reader.breaks(Rule::End)) }
}

struct Reader<'a> {
    json: &'a [u8],
    at: usize,
}

impl<'a> Reader<'a> {
    const fn breaks(&self, rule: Rule) -> NotCanonical {
        NotCanonical { position: self.at + 1, rule }
    }

    fn peek(&self) -> Option<u8> {
        self.json.get(self.at).copied()
    }

    fn takes(&mut self, byte: u8) -> bool {
        let found = self.peek() == Some(byte);
        self.at += usize::from(found);
        found
    }

    fn wants(&mut self, byte: u8, rule: Rule) -> Result<(), NotCanonical> {
        if self.takes(byte) { Ok(()) } else { Err(self.breaks(rule)) }
    }

    fn value(&mut self, depth: usize) -> Result<(), NotCanonical> {
        match self.peek() {
            Some(b'"') => self.text().map(|_| ()),
            Some(b'{' | b'[') if depth == DEEPEST => Err(self.breaks(Rule::Depth)),
            Some(b'{') => self.object(depth + 1),
            Some(b'[') => self.array(depth + 1),
            Some(b'0'..=b'9') => self.integer(),
            _ => self.word(),
        }
    }

    fn word(&mut self) -> Result<(), NotCanonical> {
        let rest = &self.json[self.at..];
        let word = ["null", "true", "false"].into_iter().find(|w| rest.starts_with(w.as_bytes()));
        self.at += word.ok_or_else(|| self.breaks(Rule::Value))?.len();
        Ok(())
    }

    fn integer(&mut self) -> Result<(), NotCanonical> {
        let start = self.at;
        let mut value = 0_u64;
        while let Some(digit @ b'0'..=b'9') = self.peek() {
            // Sixteen digits at most are multiplied, since the value is checked at once.
            value = value * 10 + u64::from(digit - b'0');
            let zero_in_front = self.at > start && self.json[start] == b'0';
            if value > LARGEST || zero_in_front {
                return Err(self.breaks(Rule::Integer));
            }
            self.at += 1;
        }
        match self.peek() {
            Some(b'.' | b'e' | b'E') => Err(self.breaks(Rule::Integer)),
            _ => Ok(()),
        }
    }

    fn array(&mut self, depth: usize) -> Result<(), NotCanonical> {
        self.at += 1;
        if self.takes(b']') {
            return Ok(());
        }
        loop {
            self.value(depth)?;
            if !self.takes(b',') {
                return self.wants(b']', Rule::Value);
            }
        }
    }

    fn object(&mut self, depth: usize) -> Result<(), NotCanonical> {
        self.at += 1;
        if self.takes(b'}') {
            return Ok(());
        }
        let mut before = None;
        loop {
            let start = self.at;
            let key = Key::new(self.text()?);
            if before.is_some_and(|before| key.order_behind(&before) != Ordering::Greater) {
                return Err(NotCanonical { position: start + 1, rule: Rule::Keys });
            }
            before = Some(key);
            self.wants(b':', Rule::Value)?;
            self.value(depth)?;
            if !self.takes(b',') {
                return self.wants(b'}', Rule::Value);
            }
        }
    }

    /// A text in quotes; gives what stands between them.
    fn text(&mut self) -> Result<&'a [u8], NotCanonical> {
        self.wants(b'"', Rule::Value)?;
        let start = self.at;
        loop {
            self.at += plain_len(&self.json[self.at..]);
            match self.peek() {
                Some(b'"') => break,
                Some(b'\\') => self.escape()?,
                _ => return Err(self.breaks(Rule::Text)),
            }
        }
        self.at += 1;
        Ok(&self.json[start..self.at - 1])
    }

    fn escape(&mut self) -> Result<(), NotCanonical> {
        let length = match &self.json[self.at + 1..] {
            [b'"' | b'\\' | b'b' | b'f' | b'n' | b'r' | b't', ..] => 2,
            [b'u', b'0', b'0', high @ b'0'..=b'1', low, ..] if has_no_short_form(*high, *low) => 6,
            _ => return Err(self.breaks(Rule::Text)),
        };
        self.at += length;
        Ok(())
    }
}

/// Whether U+00`high``low`, a control character, has no escape of two characters.
fn has_no_short_form(high: u8, low: u8) -> bool {
    let short = high == b'0' && matches!(low, b'8' | b'9' | b'a' | b'c' | b'd');
    matches!(low, b'0'..=b'9' | b'a'..=b'f') && !short
}

/// How many bytes in front stand for themselves: up to a quote, a backslash or a control character. Most of an entry is
/// such text, so it is looked at in eights.
fn plain_len(text: &[u8]) -> usize {
    let (eights, rest) = text.as_chunks();
    for (number, eight) in eights.iter().enumerate() {
        let special = special(u64::from_le_bytes(*eight));
        if special != 0 {
            return 8 * number + special.trailing_zeros() as usize / 8;
        }
    }
    let plain = |byte: &&u8| !matches!(byte, ..0x20 | b'"' | b'\\');
    8 * eights.len() + rest.iter().take_while(plain).count()
}

/// The lowest bit that is set stands in the first byte that is a quote, a backslash or a control character. A borrow may
/// set bits above it.
const fn special(eight: u64) -> u64 {
    const ONES: u64 = u64::MAX / 0xff;
    const fn below(eight: u64, bound: u64) -> u64 {
        eight.wrapping_sub(ONES * bound) & !eight
    }
    let quote = below(eight ^ ONES * b'"' as u64, 1);
    let backslash = below(eight ^ ONES * b'\\' as u64, 1);
    (below(eight, 0x20) | quote | backslash) & ONES * 0x80
}

/// A key as it stands between its quotes.
#[derive(Clone, Copy)]
struct Key<'a> {
    text: &'a [u8],
    /// Whether its bytes are in the order of its code units: ASCII without escapes.
    plain: bool,
}

impl<'a> Key<'a> {
    fn new(text: &'a [u8]) -> Self {
        Self { text, plain: text.is_ascii() && !text.contains(&b'\\') }
    }

    /// Its order behind the one in front of it.
    fn order_behind(&self, before: &Self) -> Ordering {
        match self.plain && before.plain {
            true => self.text.cmp(before.text),
            false => units(self.text).cmp(&units(before.text)),
        }
    }
}

/// The UTF-16 code units of a text that was read.
fn units(text: &[u8]) -> Vec<u16> {
    let mut units = Vec::new();
    let mut chars = core::str::from_utf8(text).unwrap_or_default().chars();
    while let Some(c) = chars.next() {
        let c = if c == '\\' { unescaped(&mut chars) } else { c };
        units.extend_from_slice(c.encode_utf16(&mut [0; 2]));
    }
    units
}

fn unescaped(chars: &mut core::str::Chars<'_>) -> char {
    match chars.next() {
        Some('b') => '\u{8}',
        Some('f') => '\u{c}',
        Some('n') => '\n',
        Some('r') => '\r',
        Some('t') => '\t',
        Some('u') => {
            let code =
                chars.by_ref().take(4).fold(0, |code, c| code * 16 + c.to_digit(16).unwrap_or(0));
            char::from_u32(code).unwrap_or_default()
        }
        other => other.unwrap_or_default(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rule(json: &str) -> Result<(), (usize, Rule)> {
        check_canonical(json.as_bytes()).map_err(|e| (e.position, e.rule))
    }

    #[test]
    fn what_is_canonical_is_taken() {
        for json in [
            "null",
            "true",
            "[false,0,9007199254740991,\"\"]",
            r#"{"":[],"a":{},"b":"\"\\\b\f\n\r\t\u0000\u001f/é€😀","é":1}"#,
            // By UTF-16 code units the pair of U+1F600 comes before U+FF61, by bytes after it.
            "{\"😀\":1,\"｡\":2}",
            r#"{"\n":1,"\u000b":2," ":3}"#,
        ] {
            assert_eq!(rule(json), Ok(()), "{json}");
        }
    }

    #[test]
    fn the_first_flaw_is_named_with_its_place() {
        for (json, position, wanted) in [
            ("", 1, Rule::Value),
            (" 1", 1, Rule::Value),
            ("1 ", 2, Rule::End),
            ("01", 2, Rule::Integer),
            ("9007199254740992", 16, Rule::Integer),
            ("99999999999999999999999", 16, Rule::Integer),
            ("1.0", 2, Rule::Integer),
            ("1e2", 2, Rule::Integer),
            ("-1", 1, Rule::Value),
            ("[1, 2]", 4, Rule::Value),
            ("[1", 3, Rule::Value),
            ("[1,]", 4, Rule::Value),
            (r#"{"a":1"#, 7, Rule::Value),
            (r#"{"a" :1}"#, 5, Rule::Value),
            (r#"{"b":1,"a":2}"#, 8, Rule::Keys),
            (r#"{"a":1,"a":2}"#, 8, Rule::Keys),
            ("{\"｡\":1,\"😀\":2}", 10, Rule::Keys),
            (r#"{"\u000b":1,"\n":2}"#, 13, Rule::Keys),
            ("\"\n\"", 2, Rule::Text),
            ("\"", 2, Rule::Text),
            (r#""\/""#, 2, Rule::Text),
            (r#""\u000a""#, 2, Rule::Text),
            (r#""\u001F""#, 2, Rule::Text),
            (r#""\u0020""#, 2, Rule::Text),
            (r#""\"#, 2, Rule::Text),
        ] {
            assert_eq!(rule(json), Err((position, wanted)), "{json}");
        }
        assert_eq!(check_canonical(b"\"\xff\"").map_err(|e| e.rule), Err(Rule::Utf8));
    }

    /// Whatever stands in front of it and behind it, since texts are looked at in eights.
    #[test]
    fn a_character_that_has_to_be_escaped_is_found_at_every_place() {
        for byte in 0..0x80 {
            let wanted = if byte < 0x20 || byte == b'"' || byte == b'\\' { 0 } else { 1 };
            for place in 0..20 {
                let around = [b"\x7f!#[]~ ".as_slice(), "é€".as_bytes()].concat().repeat(3);
                let mut text = around[..place].to_vec();
                text.push(byte);
                assert_eq!(plain_len(&text), place + wanted, "{byte} at {place}, at the end");
                text.extend(&around);
                let all = if wanted == 0 { place } else { text.len() };
                assert_eq!(plain_len(&text), all, "{byte} at {place}");
            }
        }
    }

    #[test]
    fn depth_is_bounded() {
        let nested = |depth| [&b"[".repeat(depth)[..], &b"]".repeat(depth)].concat();
        assert_eq!(check_canonical(&nested(DEEPEST)), Ok(()));
        let deeper = check_canonical(&nested(DEEPEST + 1)).map_err(|e| e.rule);
        assert_eq!(deeper, Err(Rule::Depth));
    }
}
