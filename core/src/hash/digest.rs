//! 32 bytes and their hexadecimal form.

use crate::citation::Basis;
use crate::explain::{Explain, Lang};
use alloc::format;
use alloc::string::{String, ToString};
use core::fmt;
use yicha_lanes::hex;

/// A digest of a suite, ordered as a string of 32 bytes, shown as lower-case hexadecimal.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Digest([u8; 32]);

/// A text that is not the lower-case hexadecimal form of so many bytes.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{found:?} is not {wanted} lower-case hexadecimal digits")]
pub struct DigestError {
    /// What was found.
    pub found: String,
    /// How many digits there should be.
    pub wanted: usize,
}

impl Digest {
    /// 64 zeros in hexadecimal: what stands where there is no earlier attempt.
    pub const ZERO: Self = Self([0; 32]);

    /// A digest of these bytes.
    pub const fn new(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// The 32 bytes.
    pub const fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

impl Explain for DigestError {
    fn code(&self) -> &'static str {
        "digest-form"
    }

    fn basis(&self) -> Basis {
        Basis::DrawSpec(1)
    }

    fn message(&self, lang: Lang) -> String {
        match lang {
            Lang::En => self.to_string(),
            Lang::Zh => format!("{:?}不是{}位小写十六进制数字", self.found, self.wanted),
        }
    }
}

impl core::str::FromStr for Digest {
    type Err = DigestError;
    fn from_str(text: &str) -> Result<Self, DigestError> {
        from_hex(text).map(Self)
    }
}

impl fmt::Display for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(as_text(&hex(&self.0)))
    }
}

impl fmt::Debug for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// Bytes shown as lower-case hexadecimal.
pub(crate) struct Hex<'a>(pub(crate) &'a [u8]);

impl fmt::Display for Hex<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (pieces, rest) = self.0.as_chunks::<8>();
        pieces.iter().try_for_each(|bytes| f.write_str(as_text(&hex(bytes))))?;
        rest.iter().try_for_each(|byte| f.write_str(as_text(&hex(&[*byte]))))
    }
}

/// The digits of [`hex`] as text.
fn as_text<const N: usize>(digits: &[[u8; 2]; N]) -> &str {
    // Digits are ASCII.
    core::str::from_utf8(digits.as_flattened()).unwrap_or_default()
}

/// Reads exactly `N` bytes of lower-case hexadecimal.
pub(crate) fn from_hex<const N: usize>(text: &str) -> Result<[u8; N], DigestError> {
    let fault = || DigestError { found: text.into(), wanted: 2 * N };
    let (pairs, rest) = text.as_bytes().as_chunks::<2>();
    if pairs.len() != N || !rest.is_empty() {
        return Err(fault());
    }
    let mut bytes = [0; N];
    for (byte, &[high, low]) in bytes.iter_mut().zip(pairs) {
        *byte = hex_digit(high).ok_or_else(fault)? << 4 | hex_digit(low).ok_or_else(fault)?;
    }
    Ok(bytes)
}

/// Reads any whole number of bytes of lower-case hexadecimal.
pub(crate) fn from_hex_any(text: &str) -> Option<alloc::vec::Vec<u8>> {
    let (pairs, rest) = text.as_bytes().as_chunks::<2>();
    if !rest.is_empty() {
        return None;
    }
    pairs.iter().map(|&[high, low]| Some(hex_digit(high)? << 4 | hex_digit(low)?)).collect()
}

const fn hex_digit(c: u8) -> Option<u8> {
    match c {
        b'0'..=b'9' => Some(c - b'0'),
        b'a'..=b'f' => Some(c - b'a' + 10),
        _ => None,
    }
}
