//! Identifiers: the codes of the draw specification, section 1, one type for each kind of thing.

use crate::citation::Basis;
use crate::explain::{Explain, Lang};
use alloc::format;
use alloc::string::String;
use core::fmt;
use smol_str::SmolStr;

/// The longest code, in characters.
pub const MAX_CODE_LEN: usize = 64;

/// Why a text is not a code.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum CodeError {
    /// The text is empty.
    #[error("a code has 1 to 64 characters, this one is empty")]
    Empty,
    /// The text is longer than 64 bytes.
    #[error("a code has at most 64 characters, this one has {len} bytes")]
    TooLong {
        /// Length found, in bytes.
        len: usize,
    },
    /// A character that no code has, or a first character that is neither digit nor letter.
    #[error("character {position} is {found:?}; {}", if *.position == 1 { "a code begins with a digit or a letter" } else { "a code has only 0-9 A-Z a-z . _ # -" })]
    Character {
        /// Place of the character, counted from 1 in characters.
        position: usize,
        /// The character found.
        found: char,
    },
    /// The bytes are not UTF-8.
    #[error("byte {position} is not UTF-8")]
    NotUtf8 {
        /// Place of the first wrong byte, counted from 1.
        position: usize,
    },
}

impl Explain for CodeError {
    fn code(&self) -> &'static str {
        match self {
            Self::Empty => "code-empty",
            Self::TooLong { .. } => "code-too-long",
            Self::Character { .. } => "code-character",
            Self::NotUtf8 { .. } => "code-not-utf8",
        }
    }

    fn basis(&self) -> Basis {
        Basis::DrawSpec(1)
    }

    fn message(&self, lang: Lang) -> String {
        if lang == Lang::En {
            return format!("{self}");
        }
        match self {
            Self::Empty => "代码为空；应为1至64个字符".into(),
            Self::TooLong { len } => format!("代码长{len}字节；至多64个字符"),
            Self::Character { position: 1, found } => {
                format!("第1个字符为{found:?}；代码应以数字或英文字母开头")
            }
            Self::Character { position, found } => {
                format!("第{position}个字符为{found:?}；代码只能含 0-9 A-Z a-z . _ # -")
            }
            Self::NotUtf8 { position } => format!("第{position}个字节不是合法的UTF-8"),
        }
    }
}

/// A case has the number of what it is about.
macro_rules! case_codes {
    ($($name:ident),*) => {$(
        impl From<&$name> for CaseCode {
            fn from(code: &$name) -> Self {
                Self(code.0.clone())
            }
        }

        impl From<&CaseCode> for $name {
            fn from(code: &CaseCode) -> Self {
                Self(code.0.clone())
            }
        }
    )*};
}

case_codes!(DepartmentId, IndustryCode, InspectorId, ItemId, PersonCode, SchemeId);

const FIRST: u8 = 1;
const LATER: u8 = 2;
const CLASS: [u8; 256] = {
    let mut class = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        let c = byte as u8;
        if c.is_ascii_alphanumeric() {
            class[byte] = FIRST | LATER;
        } else if matches!(c, b'.' | b'_' | b'#' | b'-') {
            class[byte] = LATER;
        }
        byte += 1;
    }
    class
};

/// Checks that `bytes` are a code and gives them as text. Nothing is trimmed or folded.
///
/// # Errors
/// [`CodeError`] with the first place that is wrong.
pub fn check(bytes: &[u8]) -> Result<&str, CodeError> {
    match core::str::from_utf8(bytes) {
        Ok(text) if is_code(bytes) => Ok(text),
        Ok(text) => Err(fault(text)),
        Err(e) => Err(CodeError::NotUtf8 { position: e.valid_up_to() + 1 }),
    }
}

/// Whether `bytes` are a code.
pub(crate) fn is_code(bytes: &[u8]) -> bool {
    // To the end in any case: to stop where a byte is wrong takes longer for all the codes that are right.
    let common = |bytes: &[u8]| bytes.iter().fold(LATER, |all, &b| all & CLASS[usize::from(b)]);
    bytes.len() <= MAX_CODE_LEN
        && bytes.first().is_some_and(|&b| CLASS[usize::from(b)] & FIRST != 0)
        && common(bytes) != 0
}

fn fault(text: &str) -> CodeError {
    let wrong = text.chars().enumerate().find(|&(i, c)| {
        let wanted = if i == 0 { FIRST } else { LATER };
        u8::try_from(c).map_or(true, |b| CLASS[usize::from(b)] & wanted == 0)
    });
    match wrong {
        Some((i, found)) => CodeError::Character { position: i + 1, found },
        None if text.is_empty() => CodeError::Empty,
        None => CodeError::TooLong { len: text.len() },
    }
}

macro_rules! code_types {
    ($($(#[$doc:meta])* $name:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(SmolStr);

        impl $name {
            /// Takes a code as it stands; see [`check`] for what is refused.
            ///
            /// # Errors
            /// [`CodeError`] with the first place that is wrong.
            pub fn new(code: impl AsRef<[u8]>) -> Result<Self, CodeError> {
                check(code.as_ref()).map(|text| Self(text.into()))
            }

            /// The code as text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!(stringify!($name), "({})"), self.0)
            }
        }

        impl core::str::FromStr for $name {
            type Err = CodeError;
            fn from_str(text: &str) -> Result<Self, CodeError> {
                if is_code(text.as_bytes()) { Ok(Self(text.into())) } else { Err(fault(text)) }
            }
        }

        impl core::borrow::Borrow<str> for $name {
            fn borrow(&self) -> &str {
                &self.0
            }
        }

        #[cfg(feature = "serde")]
        crate::wire::as_str!($name);

        #[cfg(feature = "schema")]
        crate::schema::by_hand!($name, crate::schema::text(crate::schema::CODE));
    )*};
}

code_types! {
    /// An inspection target (检查对象): a USCC, or a platform's own code for a product, project or behaviour.
    TargetId;
    /// An inspector (执法检查人员).
    InspectorId;
    /// A department (部门).
    DepartmentId;
    /// A scheme (抽查工作方案).
    SchemeId;
    /// A stratum of the draw, as a rule a credit-risk class.
    Stratum;
    /// Why a target is kept out of a draw, as a short code.
    ReasonCode;
    /// A qualification or district that an inspector has and a place asks for.
    Qualification;
    /// An item of an item list (抽查事项).
    ItemId;
    /// An industry (行业) of the joint list, as the list numbers it: one or more industries of GB/T 4754.
    IndustryCode;
    /// A case, as the host numbers it.
    CaseCode;
    /// A person or system that acts, as a code.
    PersonCode;
    /// A command, as the host numbers it; sent twice, it happens once.
    CommandId;
    /// A division (行政区划, GB/T 2260), such as `411302`.
    Division;
    /// An industry (行业, GB/T 4754), such as `62`.
    Industry;
    /// A label in a register (分类标注).
    Label;
}

impl TargetId {
    /// A code that was looked at before: draws have many.
    pub(crate) fn seen(code: &str) -> Self {
        debug_assert!(is_code(code.as_bytes()), "not a code");
        Self(code.into())
    }
}
