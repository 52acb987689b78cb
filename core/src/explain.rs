//! What every error of the crate can say of itself.

use crate::citation::Basis;
use alloc::string::String;

/// The language of a text for people.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Lang {
    /// Chinese, the language of the regulation and of its users.
    #[default]
    Zh,
    /// English.
    En,
}

impl Lang {
    /// Picks one of two texts.
    pub const fn pick<'a>(self, zh: &'a str, en: &'a str) -> &'a str {
        match self {
            Self::Zh => zh,
            Self::En => en,
        }
    }
}

/// A sentence in both languages.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Said {
    /// English.
    pub en: String,
    /// Chinese.
    pub zh: String,
}

impl Said {
    /// A sentence.
    pub fn new(zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self { zh: zh.into(), en: en.into() }
    }

    /// A word that is the same in both languages, such as one of a file.
    pub fn word(text: impl Into<String>) -> Self {
        let text = text.into();
        Self { zh: text.clone(), en: text }
    }

    /// The sentence in that language.
    pub fn text(&self, lang: Lang) -> &str {
        lang.pick(&self.zh, &self.en)
    }
}

/// A refusal or error that explains itself: a stable code for programs, a sentence for people,
/// and the basis on which it rests.
///
/// `Display` of each error is its English sentence. Each is a [`core::error::Error`] as well; that is not asked for here, so
/// that whoever holds any of them needs no more of it than this.
pub trait Explain: core::fmt::Display {
    /// A stable kebab-case code. Codes are never reused for another meaning.
    fn code(&self) -> &'static str;

    /// What the refusal rests on.
    fn basis(&self) -> Basis;

    /// What is wrong and what would be right, with the offending values.
    fn message(&self, lang: Lang) -> String;

    /// The message in both languages.
    fn said(&self) -> Said {
        Said::new(self.message(Lang::Zh), self.message(Lang::En))
    }
}
