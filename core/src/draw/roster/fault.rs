//! What is refused of a roster.

use crate::citation::Basis;
use crate::code::CodeError;
use crate::explain::{Explain, Lang};
use crate::order::sort_by;
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

/// A row that is refused.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("row {row}: {problem}")]
pub struct RowFault {
    /// Row, counted from 1.
    pub row: u64,
    /// What is wrong with it.
    #[source]
    pub problem: RowProblem,
}

/// What is wrong with a row.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum RowProblem {
    /// The id is not a code.
    #[error("target id {found:?}: {fault}")]
    Id {
        /// The id found.
        found: String,
        /// Why it is not a code.
        fault: CodeError,
    },
    /// The stratum is not a code.
    #[error("stratum {found:?}: {fault}")]
    Stratum {
        /// The stratum found.
        found: String,
        /// Why it is not a code.
        fault: CodeError,
    },
    /// The standing is none.
    #[error("standing {found:?}: {fault}")]
    Standing {
        /// The standing found.
        found: String,
        /// Why it is none.
        fault: StandingError,
    },
    /// The id stands on the roster already.
    #[error("target id {id} stands in row {first} already; a target has one row")]
    Duplicate {
        /// The id.
        id: String,
        /// The earlier row, counted from 1.
        first: u64,
    },
    /// The id does not come after the one before it, where rows are to be sorted.
    #[error("target id {id} does not come after {before}; rows ascend by the bytes of the id")]
    Order {
        /// The id.
        id: String,
        /// The id of the row before.
        before: String,
    },
    /// The offsets of the row do not lie in the buffer of ids, or descend.
    #[error("the offsets of the id descend or lie outside of the buffer")]
    Offsets,
    /// A number that its dictionary does not have.
    #[error("{column} has the number {found}, its dictionary has {known} entries")]
    Number {
        /// `strata` or `standings`.
        column: &'static str,
        /// The number found.
        found: u16,
        /// Entries of the dictionary.
        known: usize,
    },
    /// More different codes than numbers of 16 bits.
    #[error("{column} has more than {most} different codes")]
    TooManyCodes {
        /// `strata` or `standings`.
        column: &'static str,
        /// How many there may be.
        most: usize,
    },
}

/// A text that is no standing.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum StandingError {
    /// Neither of the two forms.
    #[error("a standing is eligible or excluded:<reason code>")]
    Form,
    /// What follows `excluded:` is not a code.
    #[error("the reason is not a code: {0}")]
    Reason(CodeError),
}

/// A roster that is refused.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum RosterError {
    /// There is no row.
    #[error("the roster is empty; a draw needs at least one target on it")]
    Empty,
    /// Columns of unequal lengths.
    #[error("column {column} has {found} entries, {wanted} would be right")]
    Columns {
        /// The column.
        column: &'static str,
        /// Its entries.
        found: usize,
        /// How many there should be.
        wanted: usize,
    },
    /// Rows that are refused, the first ones in their order.
    #[error("{} rows are refused; {}", faults.len() as u64 + more, first(faults, Lang::En))]
    Rows {
        /// At most [`MAX_FAULTS`] of them.
        faults: Vec<RowFault>,
        /// How many more there are.
        more: u64,
    },
}

/// How many faulty rows are told one by one.
pub const MAX_FAULTS: usize = 1000;

fn first(faults: &[RowFault], lang: Lang) -> String {
    faults.first().map(|fault| fault.message(lang)).unwrap_or_default()
}

impl From<RowFault> for RosterError {
    fn from(fault: RowFault) -> Self {
        Self::Rows { faults: [fault].into(), more: 0 }
    }
}

/// Gathers the faults of many rows.
#[derive(Default)]
pub(crate) struct Faults {
    faults: Vec<RowFault>,
    more: u64,
}

impl Faults {
    /// Notes that row number `row`, counted from 0, is refused.
    pub(crate) fn note(&mut self, row: u64, problem: RowProblem) {
        if self.faults.len() < MAX_FAULTS {
            self.faults.push(RowFault { row: row + 1, problem });
        } else {
            self.more += 1;
        }
    }

    pub(crate) fn refuse(mut self) -> Result<(), RosterError> {
        if self.faults.is_empty() {
            return Ok(());
        }
        sort_by(&mut self.faults, |a, b| a.row.cmp(&b.row));
        Err(RosterError::Rows { faults: self.faults, more: self.more })
    }
}

impl Explain for RowProblem {
    fn code(&self) -> &'static str {
        match self {
            Self::Id { .. } => "roster-id",
            Self::Stratum { .. } => "roster-stratum",
            Self::Standing { .. } => "roster-standing",
            Self::Duplicate { .. } => "roster-duplicate",
            Self::Order { .. } => "roster-order",
            Self::Offsets => "roster-offsets",
            Self::Number { .. } => "roster-number",
            Self::TooManyCodes { .. } => "roster-too-many-codes",
        }
    }

    fn basis(&self) -> Basis {
        Basis::DrawSpec(2)
    }

    fn message(&self, lang: Lang) -> String {
        if lang == Lang::En {
            return self.to_string();
        }
        match self {
            Self::Id { found, fault } => format!("对象代码{found:?}：{}", fault.message(lang)),
            Self::Stratum { found, fault } => format!("分层{found:?}：{}", fault.message(lang)),
            Self::Standing { found, fault } => format!("状态{found:?}：{}", fault.message(lang)),
            Self::Duplicate { id, first } => {
                format!("对象代码{id}已见于第{first}行；每个对象只列一行")
            }
            Self::Order { id, before } => {
                format!("对象代码{id}不在{before}之后；各行应按代码字节升序")
            }
            Self::Offsets => "代码的偏移量递减或超出缓冲区".into(),
            Self::Number { column, found, known } => {
                format!("列{column}的编号为{found}，字典只有{known}项")
            }
            Self::TooManyCodes { column, most } => format!("列{column}的不同代码超过{most}个"),
        }
    }
}

impl Explain for RowFault {
    fn code(&self) -> &'static str {
        self.problem.code()
    }

    fn basis(&self) -> Basis {
        self.problem.basis()
    }

    fn message(&self, lang: Lang) -> String {
        match lang {
            Lang::En => self.to_string(),
            Lang::Zh => format!("第{}行：{}", self.row, self.problem.message(lang)),
        }
    }
}

impl Explain for StandingError {
    fn code(&self) -> &'static str {
        match self {
            Self::Form => "standing-form",
            Self::Reason(_) => "standing-reason",
        }
    }

    fn basis(&self) -> Basis {
        Basis::DrawSpec(2)
    }

    fn message(&self, lang: Lang) -> String {
        match self {
            _ if lang == Lang::En => self.to_string(),
            Self::Form => "状态应为eligible或excluded:<原因代码>".into(),
            Self::Reason(fault) => format!("原因不是代码：{}", fault.message(lang)),
        }
    }
}

impl Explain for RosterError {
    fn code(&self) -> &'static str {
        match self {
            Self::Empty => "roster-empty",
            Self::Columns { .. } => "roster-columns",
            Self::Rows { .. } => "roster-rows",
        }
    }

    fn basis(&self) -> Basis {
        Basis::DrawSpec(2)
    }

    fn message(&self, lang: Lang) -> String {
        if lang == Lang::En {
            return self.to_string();
        }
        match self {
            Self::Empty => "名录为空；抽取至少需要一个对象".into(),
            Self::Columns { column, found, wanted } => {
                format!("列{column}有{found}项，应有{wanted}项")
            }
            Self::Rows { faults, more } => {
                format!("{}行有误；{}", faults.len() as u64 + more, first(faults, lang))
            }
        }
    }
}
