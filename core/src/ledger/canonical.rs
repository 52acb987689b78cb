//! RFC 8785: there is one way to write a value as JSON, and nothing else is taken.
//!
//! Entries have no fractions, and integers up to 2^53 - 1 only, so that every reader of JSON reads the same number.

use crate::explain::Lang;
use alloc::vec::Vec;
use core::fmt;

/// The largest integer that every reader of JSON reads exactly (RFC 7493, section 2.2).
pub(super) const LARGEST: u64 = (1 << 53) - 1;
/// Deeper values are refused, so that no input can exhaust the stack.
pub(super) const DEEPEST: usize = 64;

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
    let plain = json.is_ascii();
    if !plain && let Err(e) = core::str::from_utf8(json) {
        return Err(NotCanonical { position: e.valid_up_to() + 1, rule: Rule::Utf8 });
    }
    let mut reader = Reader { json, rest: json, plain };
    reader.value(0)?;
    if reader.rest.is_empty() { Ok(()) } else { Err(reader.breaks(Rule::End)) }
}

struct Reader<'a> {
    json: &'a [u8],
    /// What is still to be read of it.
    rest: &'a [u8],
    /// Whether its bytes up to here are its characters: all of it is ASCII, and there was no escape yet.
    plain: bool,
}

impl<'a> Reader<'a> {
    const fn breaks(&self, rule: Rule) -> NotCanonical {
        NotCanonical { position: self.json.len() - self.rest.len() + 1, rule }
    }

    const fn takes(&mut self, byte: u8) -> bool {
        match self.rest {
            [first, rest @ ..] if *first == byte => {
                self.rest = rest;
                true
            }
            _ => false,
        }
    }

    #[inline(always)]
    fn wants(&mut self, byte: u8, rule: Rule) -> Result<(), NotCanonical> {
        if self.takes(byte) { Ok(()) } else { Err(self.breaks(rule)) }
    }

    fn value(&mut self, depth: usize) -> Result<(), NotCanonical> {
        match self.rest {
            [b'"', ..] => self.text().map(|_| ()),
            [b'{' | b'[', ..] if depth == DEEPEST => Err(self.breaks(Rule::Depth)),
            [b'{', rest @ ..] => {
                self.rest = rest;
                self.object(depth + 1)
            }
            [b'[', rest @ ..] => {
                self.rest = rest;
                self.array(depth + 1)
            }
            [b'0'..=b'9', ..] => self.integer(),
            _ => self.word(),
        }
    }

    fn word(&mut self) -> Result<(), NotCanonical> {
        let words = ["null", "true", "false"];
        let rest = words.into_iter().find_map(|word| self.rest.strip_prefix(word.as_bytes()));
        self.rest = rest.ok_or_else(|| self.breaks(Rule::Value))?;
        Ok(())
    }

    fn integer(&mut self) -> Result<(), NotCanonical> {
        let zero_in_front = self.rest.first() == Some(&b'0');
        let (mut value, mut first) = (0_u64, true);
        while let [digit @ b'0'..=b'9', rest @ ..] = self.rest {
            // Sixteen digits at most are multiplied, since the value is checked at once.
            value = value * 10 + u64::from(digit - b'0');
            if value > LARGEST || zero_in_front && !first {
                return Err(self.breaks(Rule::Integer));
            }
            (self.rest, first) = (rest, false);
        }
        match self.rest {
            [b'.' | b'e' | b'E', ..] => Err(self.breaks(Rule::Integer)),
            _ => Ok(()),
        }
    }

    /// A list behind its bracket.
    fn array(&mut self, depth: usize) -> Result<(), NotCanonical> {
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

    /// An object behind its brace.
    fn object(&mut self, depth: usize) -> Result<(), NotCanonical> {
        if self.takes(b'}') {
            return Ok(());
        }
        let mut before = None;
        loop {
            let start = self.breaks(Rule::Keys);
            let key = self.text()?;
            let behind = if self.plain { bytes_behind } else { stands_behind };
            if before.is_some_and(|before| !behind(before, key)) {
                return Err(start);
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
    #[inline(always)]
    fn text(&mut self) -> Result<&'a [u8], NotCanonical> {
        self.wants(b'"', Rule::Value)?;
        let text = self.rest;
        loop {
            self.rest = behind_plain(self.rest);
            match self.rest {
                [b'"', rest @ ..] => {
                    let text = &text[..text.len() - self.rest.len()];
                    self.rest = rest;
                    return Ok(text);
                }
                [b'\\', rest @ ..] => self.rest = self.behind_escape(rest)?,
                _ => return Err(self.breaks(Rule::Text)),
            }
            self.plain = false;
        }
    }

    fn behind_escape(&self, rest: &'a [u8]) -> Result<&'a [u8], NotCanonical> {
        match rest {
            [b'"' | b'\\' | b'b' | b'f' | b'n' | b'r' | b't', rest @ ..] => Ok(rest),
            [b'u', b'0', b'0', high @ b'0'..=b'1', low, rest @ ..]
                if has_no_short_form(*high, *low) =>
            {
                Ok(rest)
            }
            _ => Err(self.breaks(Rule::Text)),
        }
    }
}

/// Whether U+00`high``low`, a control character, has no escape of two characters.
fn has_no_short_form(high: u8, low: u8) -> bool {
    let short = high == b'0' && matches!(low, b'8' | b'9' | b'a' | b'c' | b'd');
    matches!(low, b'0'..=b'9' | b'a'..=b'f') && !short
}

/// What comes behind the bytes that stand for themselves: a quote, a backslash, a control character or nothing. Most of
/// an entry is such bytes, so eight are looked at together.
#[inline(always)]
pub(crate) fn behind_plain(mut text: &[u8]) -> &[u8] {
    while let Some((eight, rest)) = text.split_first_chunk() {
        let special = special(u64::from_le_bytes(*eight));
        if special != 0 {
            return &text[special.trailing_zeros() as usize / 8..];
        }
        text = rest;
    }
    while let [0x20..=0x21 | 0x23..=0x5b | 0x5d.., rest @ ..] = text {
        text = rest;
    }
    text
}

/// The lowest bit that is set stands in the first byte that is a quote, a backslash or a control character. A borrow may
/// set bits above it.
const fn special(eight: u64) -> u64 {
    const ONES: u64 = u64::MAX / 0xff;
    const fn below(eight: u64, bound: u64) -> u64 {
        eight.wrapping_sub(ONES * bound) & !eight
    }
    let quote = below(eight ^ (ONES * b'"' as u64), 1);
    let backslash = below(eight ^ (ONES * b'\\' as u64), 1);
    (below(eight, 0x20) | quote | backslash) & (ONES * 0x80)
}

/// Whether a key comes later than the one in front of it, both as they stand between their quotes.
pub(super) fn stands_behind(before: &[u8], key: &[u8]) -> bool {
    let plain = |text: &[u8]| text.iter().all(|b| b.is_ascii() && *b != b'\\');
    match plain(before) && plain(key) {
        true => bytes_behind(before, key),
        false => units(key) > units(before),
    }
}

/// The same of keys whose bytes are their characters. Keys differ early, so that looking at byte after byte is faster
/// than a call.
pub(super) fn bytes_behind(before: &[u8], key: &[u8]) -> bool {
    key.iter().gt(before)
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
                assert_eq!(
                    text.len() - behind_plain(&text).len(),
                    place + wanted,
                    "{byte} at {place}, at the end"
                );
                text.extend(&around);
                let all = if wanted == 0 { place } else { text.len() };
                assert_eq!(text.len() - behind_plain(&text).len(), all, "{byte} at {place}");
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
