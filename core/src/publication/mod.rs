//! Articles 21 and 25: each result is entered and published once by its own department, corrected by order only, and
//! stops being public when its credit is repaired.
//!
//! Results are those of single items, so that no department waits for another. What the public sees on a day follows from
//! the days on which things take effect: see [`publicity`].

mod correct;
mod enter;
mod inherit;
pub mod publicity;
mod refusal;
mod repair;
mod state;
mod view;

pub use enter::deadline;
pub use publicity::Publicity;
pub use refusal::PublicationRefusal;
pub use state::{Origin, Publication, Published, Version};
pub use view::{Finding, PublicItem, Unpublished};

use crate::case::{CaseId, CaseKind, Context, Fact};
use crate::citation::Basis;
use crate::code::{CaseCode, DepartmentId, ItemId, TargetId};
use crate::date::Date;
use crate::draw::announcement::FreeText;
use crate::hash::Digest;
use crate::refusal::Refusal;
use crate::register::LegalBasis;
use crate::result::InspectionResult;
use alloc::vec::Vec;
use core::num::NonZeroU16;
use publicity::StopGround;
use serde::{Deserialize, Serialize};

/// What can be done with the results of an inspection.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub enum PublicationCommand {
    /// A department enters the result of one of its items into the provincial platform.
    Enter {
        /// The inspection.
        inspection: CaseCode,
        /// The item.
        item: ItemId,
        /// The provincial platform's receipt.
        receipt: FreeText,
        /// The result as it was entered, which is what the team has found.
        result: InspectionResult,
    },
    /// A department publishes what it has entered.
    Publish {
        /// The inspection.
        inspection: CaseCode,
        /// The item.
        item: ItemId,
        /// Where it is public, such as 国家企业信用信息公示系统（河南）.
        places: Vec<FreeText>,
    },
    /// A department head orders a correction of what is published.
    Correct {
        /// The correction.
        correction: Correction,
        /// The inspection.
        inspection: CaseCode,
    },
    /// A department gives the statutory period after which a negative result stops being public (branch A).
    SetPeriod {
        /// The inspection.
        inspection: CaseCode,
        /// The item.
        item: ItemId,
        /// The period.
        period: Period,
    },
    /// A department records that a result has stopped being public.
    Cease {
        /// The inspection.
        inspection: CaseCode,
        /// The item.
        item: ItemId,
    },
    /// A department brings in a result from before the regulation, as it is (article 28).
    Inherit {
        /// The result.
        inherited: Inherited,
        /// The number of the inspection of that time.
        inspection: CaseCode,
    },
}

/// What happened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum PublicationEvent {
    /// A result was entered.
    Entered(Entered),
    /// A result was published.
    Published(PublishedNow),
    /// A published result was corrected.
    Corrected(Corrected),
    /// The statutory period is known.
    PeriodSet(PeriodSet),
    /// A result stopped being public.
    Ceased(Ceased),
    /// A result came in from before the regulation.
    Inherited(Inherited),
}

/// A result was entered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Entered {
    /// The department whose item it is.
    pub department: DepartmentId,
    /// The item.
    pub item: ItemId,
    /// The provincial platform's receipt.
    pub receipt: FreeText,
    /// The result.
    pub result: InspectionResult,
    /// The target.
    pub target: TargetId,
    /// In time or late.
    pub timeliness: Timeliness,
}

/// A result was published.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct PublishedNow {
    /// The item.
    pub item: ItemId,
    /// Whether it speaks against the target.
    pub negative: bool,
    /// Where it is public.
    pub places: Vec<FreeText>,
    /// The result.
    pub result: InspectionResult,
    /// Salted digest of its text, where it has one.
    pub text: Option<Digest>,
    /// In time or late.
    pub timeliness: Timeliness,
}

/// How an act stands to its last day, as the calendar was known when it was recorded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Timeliness {
    /// The last day on which it is in time.
    pub due: Date,
    /// Working days after that day, zero on the days off right behind it. None: in time.
    pub late: Option<u16>,
    /// Whether the answer rests on a year whose holidays are not known yet.
    pub provisional: bool,
}

/// A correction.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Correction {
    /// The item.
    pub item: ItemId,
    /// Whether the result speaks against the target, where the list leaves that open.
    pub negative: Option<bool>,
    /// By what order.
    pub order: CorrectionOrder,
    /// The right result.
    pub result: InspectionResult,
    /// Salted digest of its text, where it has one.
    pub text: Option<Digest>,
}

/// The order by which a published result is corrected.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct CorrectionOrder {
    /// The number of the legal document.
    pub document: Option<FreeText>,
    /// Salted digest of the reasons.
    pub grounds: Digest,
    /// Why.
    pub reason: CorrectionReason,
}

/// Why a published result is corrected.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum CorrectionReason {
    /// 行政复议决定.
    ReviewDecision,
    /// 判决.
    Judgment,
    /// 笔误.
    ClericalError,
}

/// A published result was corrected.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Corrected {
    /// The item.
    pub item: ItemId,
    /// Whether the result speaks against the target.
    pub negative: bool,
    /// By what order.
    pub order: CorrectionOrder,
    /// The result from now on.
    pub result: InspectionResult,
    /// Salted digest of its text, where it has one.
    pub text: Option<Digest>,
}

/// The statutory period of publicity, by the department's own rules.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Period {
    /// Its length in calendar months.
    pub months: NonZeroU16,
    /// The rule that sets it.
    pub source: LegalBasis,
    /// The day from which it is counted, which does not count itself.
    pub start: Date,
}

/// The statutory period is known.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct PeriodSet {
    /// The item.
    pub item: ItemId,
    /// The period.
    pub period: Period,
}

/// A result stopped being public.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Ceased {
    /// Why.
    pub ground: StopGround,
    /// The item.
    pub item: ItemId,
    /// The first day on which it is not public, which may lie before the day of the record.
    pub on: Date,
}

/// A result from before the regulation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Inherited {
    /// The department whose item it was.
    pub department: DepartmentId,
    /// The item.
    pub item: ItemId,
    /// Whether it speaks against the target, where the list leaves that open.
    pub negative: Option<bool>,
    /// The day on which it was published.
    pub published: Date,
    /// The result.
    pub result: InspectionResult,
    /// Where it was found: a system, a file.
    pub source: FreeText,
    /// The target.
    pub target: TargetId,
    /// Salted digest of its text, where it has one.
    pub text: Option<Digest>,
}

/// The case of an inspection's results.
pub fn case(inspection: &CaseCode) -> CaseId {
    CaseId { id: inspection.clone(), kind: CaseKind::Publication }
}

/// Decides a command.
pub(crate) fn decide(
    command: &PublicationCommand,
    context: &Context<'_>,
) -> Result<Vec<Fact>, Refusal> {
    use PublicationCommand as C;
    let (inspection, (event, basis)) = match command {
        C::Enter { inspection, item, receipt, result } => {
            (inspection, enter::enter(inspection, item, receipt, *result, context)?)
        }
        C::Publish { inspection, item, places } => {
            (inspection, enter::publish(inspection, item, places, context)?)
        }
        C::Correct { correction, inspection } => {
            (inspection, correct::correct(inspection, correction, context)?)
        }
        C::SetPeriod { inspection, item, period } => {
            (inspection, repair::set_period(inspection, item, period, context)?)
        }
        C::Cease { inspection, item } => (inspection, repair::cease(inspection, item, context)?),
        C::Inherit { inherited, inspection } => {
            (inspection, inherit::inherit(inspection, inherited, context)?)
        }
    };
    // Article 21 forbids silent changes; that this one is lawful is our decision.
    let by_order = matches!(event, PublicationEvent::Corrected(_))
        .then_some(Basis::Decision("correction-by-order"));
    let basis: Vec<Basis> = [basis].into_iter().chain(by_order).collect();
    Ok([Fact::new(case(inspection), &basis, event)].into())
}

/// What a decision comes to: the event and the rule.
type Decided = Result<(PublicationEvent, Basis), Refusal>;
