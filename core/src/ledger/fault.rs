//! What is wrong with a stored ledger.

use super::canonical::NotCanonical;
use super::head::Head;
use crate::actor::Role;
use crate::citation::Basis;
use crate::code::CommandId;
use crate::date::Instant;
use crate::explain::{Explain, Lang};
use crate::merkle::ProofError;
use alloc::format;
use alloc::string::{String, ToString};

/// Why entries are not taken, with their place.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum LedgerError {
    /// An entry is wrong.
    #[error("line {line}: {fault}")]
    Line {
        /// The place among the lines given, from 1.
        line: u64,
        /// What is wrong there.
        fault: Fault,
    },
    /// The last command lacks entries.
    #[error(
        "the last entries of the command {id} are missing; the entries of a command are stored together"
    )]
    Unfinished {
        /// The command.
        id: CommandId,
    },
    /// The entries lead to another head than the one given.
    #[error("the entries lead to {found}, not to {wanted}")]
    Head {
        /// Where they lead.
        found: Head,
        /// The head that was given.
        wanted: Head,
    },
}

/// What is wrong with one entry.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Fault {
    /// It is not canonical JSON.
    #[error(transparent)]
    NotCanonical(#[from] NotCanonical),
    /// A version, event or field that is not known, or one that is missing.
    #[error("not an entry of version 1: {found}")]
    Unknown {
        /// What was found.
        found: String,
    },
    /// It names no rule.
    #[error("the entry names no rule; each names at least one")]
    NoBasis,
    /// Its actor's role and department do not fit.
    #[error(
        "the role {} {}", role.code(), if role.has_department() { "acts for a department, and none is named" } else { "acts for no department, and one is named" }
    )]
    Actor {
        /// The role.
        role: Role,
    },
    /// It has another number than its place.
    #[error("the entry has the number {found}, its place is {wanted}")]
    Sequence {
        /// The number found.
        found: u64,
        /// The number that would be right.
        wanted: u64,
    },
    /// It was recorded before the entry in front of it.
    #[error("recorded at {found}, before the entry in front of it at {last}")]
    Backwards {
        /// The instant found.
        found: Instant,
        /// The instant of the entry in front of it.
        last: Instant,
    },
    /// It is not the entry of its command that should stand here.
    #[error(
        "entry {index} of {count} of the command {id} does not belong here; the entries of a command follow each other from 0"
    )]
    Part {
        /// The command.
        id: CommandId,
        /// The number found.
        index: u64,
        /// How many it says there are.
        count: u64,
    },
    /// Its command stands there already.
    #[error("the command {id} stands there already; each stands there once")]
    Twice {
        /// The command.
        id: CommandId,
    },
    /// The line does not end, or is empty.
    #[error("every line holds an entry and ends with one newline")]
    Newline,
    /// The proof does not lead to the head.
    #[error(transparent)]
    Proof(#[from] ProofError),
}

impl Explain for LedgerError {
    fn code(&self) -> &'static str {
        match self {
            Self::Line { fault, .. } => fault.code(),
            Self::Unfinished { .. } => "ledger-unfinished",
            Self::Head { .. } => "ledger-head",
        }
    }

    fn basis(&self) -> Basis {
        match self {
            Self::Line { fault, .. } => fault.basis(),
            Self::Unfinished { .. } => Basis::LedgerSpec(2),
            Self::Head { .. } => Basis::LedgerSpec(3),
        }
    }

    fn message(&self, lang: Lang) -> String {
        match self {
            _ if lang == Lang::En => self.to_string(),
            Self::Line { line, fault } => format!("第{line}行：{}", fault.message(lang)),
            Self::Unfinished { id } => format!("命令{id}的末尾各条缺失；同一命令的各条应一并保存"),
            Self::Head { found, wanted } => {
                format!("各条所得为{}，应为{}", found.message(lang), wanted.message(lang))
            }
        }
    }
}

impl Explain for Fault {
    fn code(&self) -> &'static str {
        match self {
            Self::NotCanonical(_) => "entry-not-canonical",
            Self::Unknown { .. } => "entry-unknown",
            Self::NoBasis => "entry-without-basis",
            Self::Actor { .. } => "entry-actor",
            Self::Twice { .. } => "entry-command-twice",
            Self::Sequence { .. } => "entry-sequence",
            Self::Backwards { .. } => "entry-backwards",
            Self::Part { .. } => "entry-part",
            Self::Newline => "entry-newline",
            Self::Proof(error) => error.code(),
        }
    }

    fn basis(&self) -> Basis {
        match self {
            Self::NotCanonical(_) | Self::Unknown { .. } => Basis::LedgerSpec(1),
            Self::NoBasis | Self::Actor { .. } => Basis::Article(4),
            Self::Sequence { .. }
            | Self::Backwards { .. }
            | Self::Part { .. }
            | Self::Twice { .. }
            | Self::Newline => Basis::LedgerSpec(2),
            Self::Proof(_) => Basis::LedgerSpec(3),
        }
    }

    fn message(&self, lang: Lang) -> String {
        match self {
            Self::Proof(error) => error.message(lang),
            _ if lang == Lang::En => self.to_string(),
            Self::NotCanonical(NotCanonical { position, rule }) => {
                format!("第{position}个字节处应为{}", rule.label(lang))
            }
            Self::Unknown { found } => format!("不是第1版的条目：{found:?}"),
            Self::NoBasis => "未写明依据；每条至少写明一项".into(),
            Self::Actor { role } if role.has_department() => {
                format!("{}应写明所属部门", role.label(lang))
            }
            Self::Actor { role } => format!("{}不应写所属部门", role.label(lang)),
            Self::Twice { id } => format!("命令{id}已在前文；同一命令只记一次"),
            Self::Sequence { found, wanted } => format!("序号为{found}，此处应为{wanted}"),
            Self::Backwards { found, last } => {
                format!("记录时间{found}早于前一条的{last}；记录时间不得倒退")
            }
            Self::Part { id, index, count } => {
                format!("命令{id}的第{index}条（共{count}条）不应在此；同一命令的各条从0起相连")
            }
            Self::Newline => "每行一条，以一个换行符结尾".into(),
        }
    }
}
