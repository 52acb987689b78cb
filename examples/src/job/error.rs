//! Why a run stops.

use crate::register::Fault;
use std::path::{Path, PathBuf};
use yicha::citation::Basis;
use yicha::explain::{Explain, Lang, Said};

/// Why a run stops.
#[derive(Debug, thiserror::Error)]
pub enum JobError {
    /// The regulation, or a rule of ours, does not allow it.
    #[error("{} ({basis})", said.en)]
    Refused {
        /// What, and what would be right.
        said: Said,
        /// On what it rests.
        basis: Basis,
    },
    /// Something that the user gave cannot be used.
    #[error("{}", .0.en)]
    Unusable(Said),
    /// Something else, beside which the registers have faults; as a rule it comes of them.
    #[error("{}", with_faults(error, faults, written.as_deref(), Lang::En))]
    Registers {
        /// Why the run stops.
        error: Box<JobError>,
        /// All that is wrong with the registers.
        faults: Vec<Fault>,
        /// Where they stand as a table, if that could be written.
        written: Option<PathBuf>,
    },
    /// A file that cannot be read or written.
    #[error("{}: {error}", path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// What is wrong.
        error: Box<dyn std::error::Error + Send + Sync>,
    },
}

impl JobError {
    /// What the core refuses.
    pub fn refused(error: &dyn Explain) -> Self {
        Self::Refused { said: error.said(), basis: error.basis() }
    }

    /// Input that cannot be used, in words.
    pub fn unusable(zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self::Unusable(Said::new(zh, en))
    }

    /// A file that cannot be read or written.
    pub fn file<E: Into<Box<dyn std::error::Error + Send + Sync>>>(
        path: &Path,
    ) -> impl Fn(E) -> Self {
        move |error| Self::File { path: path.into(), error: error.into() }
    }

    /// The error in the user's language.
    pub fn message(&self, lang: Lang) -> String {
        match (self, lang) {
            (Self::Refused { said, basis }, Lang::Zh) => {
                format!("{}（{}）", said.zh, basis.cite(lang))
            }
            (Self::Unusable(said), Lang::Zh) => said.zh.clone(),
            (Self::Registers { error, faults, written }, Lang::Zh) => {
                with_faults(error, faults, written.as_deref(), lang)
            }
            _ => self.to_string(),
        }
    }

    /// The exit status: 1 for a refusal, 2 for input that cannot be used.
    pub const fn exit_code(&self) -> u8 {
        match self {
            Self::Registers { error, .. } => error.exit_code(),
            Self::Refused { .. } => 1,
            Self::Unusable(_) | Self::File { .. } => 2,
        }
    }
}

fn with_faults(error: &JobError, faults: &[Fault], written: Option<&Path>, lang: Lang) -> String {
    let mut lines = vec![error.message(lang)];
    let count = faults.len();
    lines.push(match lang {
        Lang::Zh => format!("名录有{count}处缺陷："),
        Lang::En => format!("the registers have {count} faults:"),
    });
    lines.extend(faults.iter().map(|fault| format!("  {}", fault.in_words(lang))));
    if let Some(path) = written {
        lines.push(format!("{}{}", lang.pick("缺陷表：", "as a table: "), path.display()));
    }
    lines.join("\n")
}
