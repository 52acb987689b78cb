//! Why a slip does not hold.

use super::Outcome;
use crate::citation::Basis;
use crate::code::{Stratum, TargetId};
use crate::explain::{Explain, Lang};
use crate::hash::Digest;
use crate::merkle::ProofError;
use alloc::format;
use alloc::string::{String, ToString};

/// A slip that does not hold.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum SlipError {
    /// Slip or list belong to another announcement.
    #[error("slip and list name the announcement {found}, this one is {wanted}")]
    Announcement {
        /// The digest found.
        found: Digest,
        /// The announcement's.
        wanted: Digest,
    },
    /// Slip or list belong to another seed.
    #[error("slip and list name the seed {found}, the draw's is {wanted}")]
    Seed {
        /// The seed found.
        found: Digest,
        /// The draw's.
        wanted: Digest,
    },
    /// A roster of another length.
    #[error("the slip is about a roster of {found} lines, {announced} are announced")]
    Lines {
        /// Lines on the slip.
        found: u64,
        /// Lines announced.
        announced: u64,
    },
    /// The target does not stand on the announced roster as the slip says.
    #[error("target, salt, stratum and standing are not in the announced roster: {0}")]
    NotOnRoster(#[source] ProofError),
    /// A stratum for which the announcement has no rule.
    #[error("stratum {stratum} has no rule in the announcement")]
    NoRule {
        /// The stratum.
        stratum: Stratum,
    },
    /// A cutoff where nothing is to be drawn, or none where something is.
    #[error(
        "{quota} targets of stratum {stratum} are to be drawn; a cutoff is there when at least one is"
    )]
    Quota {
        /// The stratum.
        stratum: Stratum,
        /// The quota announced.
        quota: u64,
    },
    /// Another cutoff than the one that was sealed.
    #[error("the cutoff of stratum {stratum} opens {found}, the list has {}", shown(listed))]
    Cutoff {
        /// The stratum.
        stratum: Stratum,
        /// What the slip's cutoff opens.
        found: Digest,
        /// What the list has.
        listed: Option<Digest>,
    },
    /// Another outcome than follows.
    #[error("the slip says {found}; from the ticket {ticket} follows {wanted}")]
    Outcome {
        /// The slip's outcome.
        found: Outcome,
        /// The outcome that follows.
        wanted: Outcome,
        /// The target's ticket.
        ticket: Digest,
    },
    /// The list says otherwise.
    #[error("the outcome is {outcome}, and {target} is {}in the list", if *.listed { "" } else { "not " })]
    Listed {
        /// The target.
        target: TargetId,
        /// Whether it stands in the list.
        listed: bool,
        /// The outcome that follows.
        outcome: Outcome,
    },
}

fn shown(listed: &Option<Digest>) -> String {
    listed.as_ref().map_or("none".into(), ToString::to_string)
}

impl Explain for SlipError {
    fn code(&self) -> &'static str {
        match self {
            Self::Announcement { .. } => "slip-announcement",
            Self::Seed { .. } => "slip-seed",
            Self::Lines { .. } => "slip-lines",
            Self::NotOnRoster(_) => "slip-not-on-roster",
            Self::NoRule { .. } => "slip-no-rule",
            Self::Quota { .. } => "slip-quota",
            Self::Cutoff { .. } => "slip-cutoff",
            Self::Outcome { .. } => "slip-outcome",
            Self::Listed { .. } => "slip-listed",
        }
    }

    fn basis(&self) -> Basis {
        Basis::DrawSpec(6)
    }

    fn message(&self, lang: Lang) -> String {
        if lang == Lang::En {
            return self.to_string();
        }
        match self {
            Self::Announcement { found, wanted } => {
                format!("凭条或名单所载公告为{found}，本公告为{wanted}")
            }
            Self::Seed { found, wanted } => format!("凭条或名单所载种子为{found}，应为{wanted}"),
            Self::Lines { found, announced } => {
                format!("凭条所据名录有{found}行，公告为{announced}行")
            }
            Self::NotOnRoster(e) => {
                format!("对象、盐值、分层、状态不在公告的名录中：{}", e.message(lang))
            }
            Self::NoRule { stratum } => format!("公告中没有分层{stratum}的规则"),
            Self::Quota { stratum, quota } => {
                format!("分层{stratum}应抽{quota}个；抽取数不为零时才有截止票号")
            }
            Self::Cutoff { stratum, found, listed } => {
                let listed = listed.map_or("无".into(), |seal| seal.to_string());
                format!("分层{stratum}的截止票号对应{found}，名单所载为{listed}")
            }
            Self::Outcome { found, wanted, ticket } => {
                format!("凭条称{found}；由票号{ticket}应为{wanted}")
            }
            Self::Listed { target, listed, outcome } => {
                let listed = if *listed { "在" } else { "不在" };
                format!("结果为{outcome}，而{target}{listed}名单中")
            }
        }
    }
}
