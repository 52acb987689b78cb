//! The unified social credit code (统一社会信用代码), GB 32100-2015.

use crate::citation::Basis;
use crate::explain::{Explain, Lang};
use alloc::format;
use alloc::string::{String, ToString};
use core::fmt;

/// Characters of a code.
pub const USCC_LEN: usize = 18;

/// The 31 characters, each at the place of its value.
const ALPHABET: &[u8; 31] = b"0123456789ABCDEFGHJKLMNPQRTUWXY";

/// Weights 3^(i-1) mod 31 of the first 17 characters. The check character stands for what is left to a multiple of 31, and
/// so has the weight 1.
const WEIGHTS: [u16; USCC_LEN] = {
    let mut weights = [1; USCC_LEN];
    let mut i = 1;
    while i < USCC_LEN - 1 {
        weights[i] = weights[i - 1] * 3 % 31;
        i += 1;
    }
    weights
};

/// Value of each byte; [`NONE`] for what no code has.
const VALUES: [u8; 256] = {
    let mut values = [NONE; 256];
    let mut i = 0;
    while i < ALPHABET.len() {
        values[ALPHABET[i] as usize] = i as u8;
        i += 1;
    }
    values
};
const NONE: u8 = u8::MAX;

/// What a byte at each place adds to the sum, modulo 31, or [`WRONG`] where it may not stand. Columns of millions of codes
/// are checked, so that each character is one look-up without a branch.
static TERMS: [[u16; 256]; USCC_LEN] = {
    let mut terms = [[WRONG; 256]; USCC_LEN];
    let mut i = 0;
    while i < USCC_LEN {
        let mut byte = 0;
        while byte < 256 {
            if may_stand(i, byte as u8) {
                terms[i][byte] = VALUES[byte] as u16 * WEIGHTS[i] % 31;
            }
            byte += 1;
        }
        i += 1;
    }
    terms
};
/// More than 18 lawful terms come to.
const WRONG: u16 = 1024;

/// The sum over the characters of a code or of its beginning.
#[inline]
fn sum(bytes: &[u8]) -> u16 {
    bytes.iter().zip(&TERMS).map(|(&byte, terms)| terms[usize::from(byte)]).sum()
}

/// A code that keeps all rules of the standard, the check character included.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Uscc([u8; USCC_LEN]);

/// Why a text is not a code.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum UsccError {
    /// Not 18 characters.
    #[error("a unified social credit code has 18 characters, this text has {found}")]
    Length {
        /// Characters found.
        found: usize,
    },
    /// A character that may not stand at its place.
    #[error("character {position} is {found:?}; {} would be right", place(*.position).0)]
    Character {
        /// Place, counted from 1.
        position: usize,
        /// The character found.
        found: char,
    },
    /// The last character does not follow from the others. A few codes in use are like that.
    #[error("the check character is {found:?}; {wanted:?} would be right")]
    Check {
        /// The 18th character found.
        found: char,
        /// The one that follows from the first 17.
        wanted: char,
    },
}

/// What may stand at a place, in English and Chinese.
const fn place(position: usize) -> (&'static str, &'static str) {
    match position {
        1 => {
            ("a digit, A, N or Y (the registering authority)", "数字或A、N、Y（登记管理部门代码）")
        }
        2 => ("a digit (the category)", "数字（机构类别代码）"),
        3..=8 => ("a digit (the division)", "数字（登记管理机关行政区划码）"),
        _ => (
            "one of 0-9 A-H J-N P-R T U W X Y",
            "统一社会信用代码字符集内的字符（无I、O、S、V、Z）",
        ),
    }
}

impl Explain for UsccError {
    fn code(&self) -> &'static str {
        match self {
            Self::Length { .. } => "uscc-length",
            Self::Character { .. } => "uscc-character",
            Self::Check { .. } => "uscc-check",
        }
    }

    fn basis(&self) -> Basis {
        Basis::Other("GB 32100-2015")
    }

    fn message(&self, lang: Lang) -> String {
        if lang == Lang::En {
            return self.to_string();
        }
        match self {
            Self::Length { found } => format!("统一社会信用代码应为18位，读到{found}位"),
            Self::Character { position, found } => {
                format!("第{position}个字符为{found:?}，应为{}", place(*position).1)
            }
            Self::Check { wanted, .. } => format!("校验位应为{wanted}"),
        }
    }
}

impl Uscc {
    /// Reads a code. Nothing is trimmed or folded.
    ///
    /// # Errors
    /// The length, the first character that is wrong, or the check character, in this order.
    ///
    /// ```
    /// use yicha::uscc::{Uscc, UsccError};
    /// assert!(Uscc::parse("91110000600037341L").is_ok());
    /// let wrong = Uscc::parse("91110000600037341M");
    /// assert_eq!(wrong, Err(UsccError::Check { found: 'M', wanted: 'L' }));
    /// ```
    pub fn parse(text: &str) -> Result<Self, UsccError> {
        Self::from_bytes(text.as_bytes())
    }

    /// The same from bytes, as a column has them. What is not UTF-8 counts as the character U+FFFD.
    ///
    /// # Errors
    /// As [`parse`](Self::parse).
    #[inline]
    pub fn from_bytes(text: &[u8]) -> Result<Self, UsccError> {
        let bytes = <&[u8; USCC_LEN]>::try_from(text).ok();
        let good = bytes.filter(|bytes| {
            let sum = sum(*bytes);
            sum < WRONG && sum.is_multiple_of(31)
        });
        good.map(|bytes| Self(*bytes)).ok_or_else(|| fault(text))
    }

    /// The code as text.
    pub fn as_str(&self) -> &str {
        // Only characters of the alphabet, all ASCII.
        core::str::from_utf8(&self.0).unwrap_or_default()
    }

    /// Registering authority (登记管理部门代码) and category (机构类别代码): `91` an enterprise, `92` an
    /// individual business, ...
    pub fn category(&self) -> &str {
        &self.as_str()[..2]
    }

    /// Division of the registering authority (GB/T 2260), six digits.
    pub fn division(&self) -> &str {
        &self.as_str()[2..8]
    }

    /// The subject's own part (主体标识码), nine characters.
    pub fn organisation(&self) -> &str {
        &self.as_str()[8..17]
    }
}

/// Whether a byte may stand at a place, counted from 0.
const fn may_stand(i: usize, byte: u8) -> bool {
    match i {
        0 => byte.is_ascii_digit() || matches!(byte, b'A' | b'N' | b'Y'),
        1..=7 => byte.is_ascii_digit(),
        _ => VALUES[byte as usize] != NONE,
    }
}

/// The first thing that is wrong with a text that is known to be wrong.
#[cold]
fn fault(text: &[u8]) -> UsccError {
    let text = String::from_utf8_lossy(text);
    let wrong = text
        .chars()
        .enumerate()
        .take(USCC_LEN)
        .find(|&(i, c)| !u8::try_from(c).is_ok_and(|byte| may_stand(i, byte)));
    match (text.chars().count(), wrong) {
        (USCC_LEN, Some((i, found))) => UsccError::Character { position: i + 1, found },
        (USCC_LEN, None) => {
            // Each character may stand at its place, and so is one byte.
            let (others, found) = text.split_at(USCC_LEN - 1);
            let wanted = ALPHABET[usize::from((31 - sum(others.as_bytes()) % 31) % 31)];
            UsccError::Check {
                found: found.chars().next().unwrap_or_default(),
                wanted: wanted.into(),
            }
        }
        (found, _) => UsccError::Length { found },
    }
}

impl core::str::FromStr for Uscc {
    type Err = UsccError;
    fn from_str(text: &str) -> Result<Self, UsccError> {
        Self::parse(text)
    }
}

impl fmt::Display for Uscc {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Debug for Uscc {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Uscc({self})")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: &str = "91110000600037341L";

    #[test]
    fn a_good_code_tells_its_parts() {
        let code = Uscc::parse(GOOD).unwrap();
        assert_eq!(code.to_string(), GOOD);
        assert_eq!(
            [code.category(), code.division(), code.organisation()],
            ["91", "110000", "600037341"]
        );
    }

    #[test]
    fn a_refusal_says_position_and_reason() {
        let character = |position, found| Err(UsccError::Character { position, found });
        for (text, wanted) in [
            ("", Err(UsccError::Length { found: 0 })),
            ("91110000600037341", Err(UsccError::Length { found: 17 })),
            ("91110000600037341L ", Err(UsccError::Length { found: 19 })),
            ("91110000600037341l", character(18, 'l')),
            ("9111000060003734IL", character(17, 'I')),
            ("9111A000600037341L", character(5, 'A')),
            ("9N110000600037341L", character(2, 'N')),
            ("B1110000600037341L", character(1, 'B')),
            ("９1110000600037341L", character(1, '９')),
            ("91110000600037341M", Err(UsccError::Check { found: 'M', wanted: 'L' })),
        ] {
            assert_eq!(Uscc::parse(text), wanted, "{text}");
        }
        let zh = |text| Uscc::parse(text).unwrap_err().message(Lang::Zh);
        assert_eq!(zh("91110000600037341M"), "校验位应为L");
        assert!(zh("9111A000600037341L").starts_with("第5个字符为'A'，应为数字"));
    }

    #[test]
    fn bytes_that_are_no_text_are_refused_at_their_place() {
        let spoilt = |i: usize, byte| {
            let mut bytes = *GOOD.as_bytes().first_chunk::<USCC_LEN>().unwrap();
            bytes[i] = byte;
            Uscc::from_bytes(&bytes)
        };
        assert_eq!(spoilt(3, b'1').map(|code| code.to_string()).as_deref(), Ok(GOOD));
        for i in 0..USCC_LEN {
            let wanted = UsccError::Character { position: i + 1, found: '\u{fffd}' };
            assert_eq!(spoilt(i, 0xff), Err(wanted));
        }
    }

    #[test]
    fn the_first_letters_a_n_and_y_are_legal() {
        for first in ["A", "N", "Y"] {
            let body = [first, "1110000600037341"].concat();
            let check = ALPHABET.iter().find(|&&c| {
                Uscc::parse(&[&body, core::str::from_utf8(&[c]).unwrap()].concat()).is_ok()
            });
            assert!(check.is_some(), "{first}");
        }
    }
}
