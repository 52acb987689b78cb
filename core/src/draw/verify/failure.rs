//! Why a verification fails.

use crate::citation::Basis;
use crate::draw::text::FileError;
use crate::explain::{Explain, Lang, Said};
use alloc::format;
use alloc::string::{String, ToString};

/// Why a verification fails.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Failure {
    /// A file without which nothing can be verified, or without which another one has no meaning.
    #[error("{file} is missing")]
    Missing {
        /// Name of the file.
        file: String,
    },
    /// A file that the specification would not have written.
    #[error("{file}, {error}")]
    File {
        /// Name of the file.
        file: String,
        /// The first line that is wrong.
        error: FileError,
    },
    /// Something that does not hold.
    #[error("{file}: {}", said.en)]
    Differs {
        /// The file in which it stands.
        file: String,
        /// What, in words.
        said: Said,
    },
}

impl Failure {
    pub(super) fn differs(file: &str, zh: &str, en: &str) -> Self {
        Self::Differs { file: file.into(), said: Said::new(zh, en) }
    }

    /// What an error of the draw says of a file.
    pub(crate) fn explained(file: &str, error: &dyn Explain) -> Self {
        Self::Differs { file: file.into(), said: error.said() }
    }

    /// Whether the input cannot be used, rather than that it was found wrong.
    pub const fn is_unusable(&self) -> bool {
        matches!(self, Self::Missing { .. })
    }
}

impl Explain for Failure {
    fn code(&self) -> &'static str {
        match self {
            Self::Missing { .. } => "verify-missing",
            Self::File { .. } => "verify-file",
            Self::Differs { .. } => "verify-differs",
        }
    }

    fn basis(&self) -> Basis {
        match self {
            Self::File { error, .. } => error.basis(),
            Self::Missing { .. } | Self::Differs { .. } => Basis::DrawSpec(6),
        }
    }

    fn message(&self, lang: Lang) -> String {
        match self {
            _ if lang == Lang::En => self.to_string(),
            Self::Missing { file } => format!("缺少文件{file}"),
            Self::File { file, error } => format!("{file}，{}", error.message(lang)),
            Self::Differs { file, said } => format!("{file}：{}", said.zh),
        }
    }
}
