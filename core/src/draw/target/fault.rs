//! What is refused of a target draw.

use crate::citation::Basis;
use crate::code::Stratum;
use crate::draw::announcement::Stage;
use crate::draw::roster::RosterError;
use crate::explain::{Explain, Lang};
use crate::hash::{Digest, Suite};
use alloc::format;
use alloc::string::{String, ToString};

/// A target draw that is refused.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum TargetDrawError {
    /// An announcement of the other stage.
    #[error("this is an announcement of stage {found}, targets would be right")]
    OtherStage {
        /// Stage found.
        found: Stage,
    },
    /// A batch that is no part of a roster.
    #[error(transparent)]
    Roster(#[from] RosterError),
    /// A stratum for which the announcement has no rule.
    #[error("row {row}: stratum {stratum} has no rule in the announcement")]
    NoRule {
        /// Row of the batch, counted from 1.
        row: u64,
        /// The stratum.
        stratum: Stratum,
    },
    /// A stratum of the roster for which nobody says how much of it is drawn.
    #[error("stratum {stratum} has no rule; each stratum that occurs on the roster has one")]
    StratumWithoutRule {
        /// The stratum.
        stratum: Stratum,
    },
    /// A stratum with two rules.
    #[error("stratum {stratum} has two rules; each has one")]
    StratumWithTwoRules {
        /// The stratum.
        stratum: Stratum,
    },
    /// Another number of lines than announced.
    #[error("{found} lines were fed, the announced roster has {announced}; each is fed once")]
    Lines {
        /// Lines fed.
        found: u64,
        /// Lines announced.
        announced: u64,
    },
    /// Another number of eligible targets than announced.
    #[error("{found} eligible targets of stratum {stratum} were fed, {announced} are announced")]
    Eligible {
        /// The stratum.
        stratum: Stratum,
        /// Eligible targets fed.
        found: u64,
        /// Eligible targets announced.
        announced: u64,
    },
    /// A target that was fed twice.
    #[error("target {id} was fed twice; each line of the roster is fed once")]
    Duplicate {
        /// The target's id.
        id: String,
    },
    /// Fewer tickets than the quota lay below the bound on leading bits. That is as good as impossible
    /// for a roster fixed before its seed; nothing is lost: feed every batch again to an exact draw.
    #[error(
        "stratum {stratum}: {found} of {wanted} tickets lie below the bound; feed all batches again to an exact draw"
    )]
    NeedsExact {
        /// The stratum.
        stratum: Stratum,
        /// Tickets below the bound.
        found: u64,
        /// The quota.
        wanted: u64,
    },
    /// A part of another draw.
    #[error("this part belongs to the announcement {found} or another seed, not to {wanted}")]
    OtherTerms {
        /// Announcement of the part.
        found: Digest,
        /// Announcement of this draw.
        wanted: Digest,
    },
    /// A roster fixed with another suite than announced.
    #[error("the roster is fixed with {}, the announcement names {}", found.code(), announced.code())]
    OtherSuite {
        /// The roster's suite.
        found: Suite,
        /// The announced one.
        announced: Suite,
    },
    /// Another roster than announced.
    #[error("the roster's root is {found}, announced is {announced}")]
    OtherRoster {
        /// The roster's root.
        found: Digest,
        /// The announced one.
        announced: Digest,
    },
}

impl Explain for TargetDrawError {
    fn code(&self) -> &'static str {
        match self {
            Self::OtherStage { .. } => "draw-other-stage",
            Self::Roster(e) => e.code(),
            Self::NoRule { .. } => "draw-no-rule",
            Self::StratumWithoutRule { .. } => "draw-stratum-without-rule",
            Self::StratumWithTwoRules { .. } => "draw-stratum-with-two-rules",
            Self::Lines { .. } => "draw-lines",
            Self::Eligible { .. } => "draw-eligible",
            Self::Duplicate { .. } => "draw-duplicate",
            Self::NeedsExact { .. } => "draw-needs-exact",
            Self::OtherTerms { .. } => "draw-other-terms",
            Self::OtherSuite { .. } => "draw-other-suite",
            Self::OtherRoster { .. } => "draw-other-roster",
        }
    }

    fn basis(&self) -> Basis {
        match self {
            Self::Roster(e) => e.basis(),
            Self::NoRule { .. }
            | Self::StratumWithoutRule { .. }
            | Self::StratumWithTwoRules { .. } => Basis::DrawSpec(3),
            Self::OtherSuite { .. } => Basis::DrawSpec(1),
            Self::OtherStage { .. } | Self::OtherRoster { .. } => Basis::DrawSpec(4),
            _ => Basis::DrawSpec(6),
        }
    }

    fn message(&self, lang: Lang) -> String {
        if lang == Lang::En {
            return self.to_string();
        }
        match self {
            Self::OtherStage { found } => format!("这是{found}阶段的公告，应为targets阶段"),
            Self::Roster(e) => e.message(lang),
            Self::NoRule { row, stratum } => {
                format!("第{row}行：公告中没有分层{stratum}的规则")
            }
            Self::StratumWithoutRule { stratum } => {
                format!("分层{stratum}没有规则；名录中出现的每个分层都应有一条规则")
            }
            Self::StratumWithTwoRules { stratum } => {
                format!("分层{stratum}有两条规则；每个分层只有一条")
            }
            Self::Lines { found, announced } => {
                format!("共输入{found}行，公告名录为{announced}行；每行应输入一次")
            }
            Self::Eligible { stratum, found, announced } => {
                format!("分层{stratum}共输入可抽对象{found}个，公告为{announced}个")
            }
            Self::Duplicate { id } => format!("对象{id}输入了两次；名录每行应输入一次"),
            Self::NeedsExact { stratum, found, wanted } => format!(
                "分层{stratum}只有{found}个票号低于预筛界限，应有{wanted}个；请将各批重新输入精确抽取"
            ),
            Self::OtherTerms { found, wanted } => {
                format!("该部分属于公告{found}或另一种子，不属于{wanted}")
            }
            Self::OtherSuite { found, announced } => {
                format!("名录以{}固定，公告所载为{}", found.code(), announced.code())
            }
            Self::OtherRoster { found, announced } => {
                format!("名录的根为{found}，公告所载为{announced}")
            }
        }
    }
}
