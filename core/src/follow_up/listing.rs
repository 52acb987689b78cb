//! Article 23: a listing is proposed from a result and decided by a person, never automatic.
//!
//! Which result can lead to which list is [`ListingGround`]. An individual business is marked as abnormal, not listed as
//! such. A listing ends by a removal with its own decision; until then the result stays public (article 25).

use super::consequence::{EndCause, Ended, Found, Ruling};
use super::penalty::Severity;
use super::rectification;
use crate::actor::KEEPERS;
use crate::case::{CaseId, CaseKind, Context, Fact, Stamp};
use crate::citation::Basis;
use crate::code::{CaseCode, DepartmentId, ItemId, TargetId};
use crate::date::Date;
use crate::hash::Digest;
use crate::publication::Finding;
use crate::publication::publicity::Link;
use crate::refusal::{Common, Refusal, refusals};
use crate::register::{LegalBasis, TargetKind};
use crate::result::InspectionResult;
use alloc::collections::BTreeSet;
use alloc::vec::Vec;
use core::fmt;
use serde::{Deserialize, Serialize};

const ART: Basis = Basis::Article(23);

/// What can be done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub enum ListingCommand {
    /// A department proposes a listing.
    Propose {
        /// Its number.
        listing: CaseCode,
        /// What happened.
        proposed: Proposed,
    },
    /// Somebody of the department decides that the target is listed.
    List {
        /// The listing.
        listing: CaseCode,
        /// By which ruling.
        ruling: Ruling,
    },
    /// Somebody of the department decides that it is not.
    Decline {
        /// What happened.
        declined: Declined,
        /// The listing.
        listing: CaseCode,
    },
    /// The body that has listed the target, or the platform, records that it is removed.
    Remove {
        /// The listing.
        listing: CaseCode,
        /// What happened.
        removed: Ended,
    },
}

/// A listing was proposed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Proposed {
    /// The department that proposes and decides.
    pub department: DepartmentId,
    /// Salted digests of the evidence, such as of the attempts to reach the target.
    pub evidence: BTreeSet<Digest>,
    /// The results, all with that of the ground.
    pub found: Found,
    /// On what ground.
    pub ground: ListingGround,
}

/// On what ground a target is listed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum ListingGround {
    /// 经营异常名录 1: the annual report was not published in time.
    ReportNotPublished,
    /// 经营异常名录 2: other information was not published by the date of an order, which has passed.
    OrderNotFollowed,
    /// 经营异常名录 4: not reachable at the registered address, with evidence of the attempts.
    Unreachable,
    /// 严重违法失信名单: seriously uncooperative, and penalised for it more heavily.
    HeavierPenalty,
    /// 不合格: the list of a sector, by its own rule.
    SectorRule(LegalBasis),
}

impl ListingGround {
    /// The result that it asks for.
    pub const fn result(&self) -> InspectionResult {
        match self {
            Self::ReportNotPublished | Self::OrderNotFollowed => {
                InspectionResult::InformationNotPublished
            }
            Self::Unreachable => InspectionResult::Unreachable,
            Self::HeavierPenalty => InspectionResult::SeriouslyUncooperative,
            Self::SectorRule(_) => InspectionResult::Failed,
        }
    }

    /// Whether it is one of the abnormal operations list.
    pub const fn abnormal(&self) -> bool {
        matches!(self, Self::ReportNotPublished | Self::OrderNotFollowed | Self::Unreachable)
    }

    const fn code(&self) -> &'static str {
        match self {
            Self::ReportNotPublished => "report-not-published",
            Self::OrderNotFollowed => "order-not-followed",
            Self::Unreachable => "unreachable",
            Self::HeavierPenalty => "heavier-penalty",
            Self::SectorRule(_) => "sector-rule",
        }
    }
}

impl fmt::Display for ListingGround {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

/// A listing was decided.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Listed {
    /// How.
    pub form: ListingForm,
    /// By which ruling.
    pub ruling: Ruling,
}

/// How a target is listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum ListingForm {
    /// 列入.
    Listed,
    /// 标记为经营异常状态: an individual business.
    Marked,
}

/// A listing was declined.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Declined {
    /// Salted digest of the reason.
    pub reason: Digest,
}

/// What happened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum ListingEvent {
    /// A listing was proposed.
    Proposed(Proposed),
    /// It was decided.
    Listed(Listed),
    /// It was declined.
    Declined(Declined),
    /// The target was removed.
    Removed(Ended),
}

refusals! {
    /// What is refused of listings.
    ListingRefusal {
        OtherGround { item: ItemId, result: InspectionResult, ground: ListingGround } = "listing-other-ground", Article(23),
            "事项{item}的结果“{result}”不符合列入情形“{ground}”；只有符合列入情形的方可提请列入",
            "the result \"{result}\" of item {item} is not what the ground \"{ground}\" asks for; only what meets a ground is proposed";
        NoOrder { item: ItemId, day: Date } = "listing-without-order", Article(23),
            "至{day}，事项{item}没有逾期未改的责令；应先责令限期公示，逾期仍未公示的方可提请列入",
            "no order about item {item} has passed undone by {day}; order publication by a date first";
        NoEvidence { ground: ListingGround } = "listing-without-evidence", Article(23),
            "列入情形“{ground}”没有联系未果的证据；应附联系过程的证据",
            "the ground \"{ground}\" has no evidence of the attempts; add it to the proposal";
        NoHeavierPenalty { item: ItemId, day: Date } = "listing-without-heavier-penalty", Article(23),
            "事项{item}在{day}没有生效的较重行政处罚；受到较重行政处罚的方可提请列入严重违法失信名单",
            "no heavier penalty for item {item} is in effect on {day}; the serious list is only for those who have one";
        NotRegistered { target: TargetId } = "listing-target-unknown", Article(23),
            "{target}不在检查对象名录库中，不能判断应列入还是标记；应先入库",
            "{target} is in no register, so nobody can tell whether it is listed or marked; register it first";
        NoBody { target: TargetId } = "listing-target-no-body", Article(23),
            "{target}是产品、项目或行为，不能列入名录；应提请列入有关的经营主体",
            "{target} is a product, project or behaviour and cannot be listed; propose the body behind it";
        DecidedAlready { listing: CaseCode } = "listing-decided-already", Article(23),
            "{listing}已作出决定；新的情况应另行提请",
            "listing {listing} is decided already; what is new is a proposal of its own";
        NotListed { listing: CaseCode } = "listing-not-listed", Article(23),
            "{listing}没有列入决定；只有已列入或标记的方可移出",
            "by {listing} nothing is listed; only what is can be removed";
    }
}

/// A listing, from its proposal on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Listing {
    /// What was decided.
    pub decision: Option<Decision>,
    /// What was proposed.
    pub proposed: Proposed,
    /// The removal.
    pub removed: Option<Ended>,
}

/// What was decided.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Decision {
    /// The target is listed or marked.
    Listed(Listed),
    /// It is not.
    Declined(Declined),
}

impl Listing {
    /// By what the target is listed.
    pub fn listed(&self) -> Option<&Listed> {
        match &self.decision {
            Some(Decision::Listed(listed)) => Some(listed),
            Some(Decision::Declined(_)) | None => None,
        }
    }

    /// Whether the target is listed by it on a day.
    pub fn in_effect(&self, day: Date) -> bool {
        self.listed().is_some_and(|listed| listed.ruling.in_effect(self.removed.as_ref(), day))
    }

    /// What it means for the publicity of the results; a mark is a listing there (our decision `marked-is-listed`).
    pub(crate) fn link(&self, id: &CaseCode) -> Option<(&Found, Link)> {
        let until = self.removed.as_ref().map(|removed| removed.on);
        let link = |listed: &Listed| Link { case: case(id), from: listed.ruling.from, until };
        self.listed().map(|listed| (&self.proposed.found, link(listed)))
    }

    /// Takes over what happened to it. Gives it where it begins with that.
    pub(crate) fn apply(case: Option<&mut Self>, event: &ListingEvent, _: &Stamp) -> Option<Self> {
        match (event, case) {
            (ListingEvent::Proposed(proposed), _) => {
                return Some(Self { decision: None, proposed: proposed.clone(), removed: None });
            }
            (ListingEvent::Listed(listed), Some(case)) => {
                case.decision = Some(Decision::Listed(listed.clone()));
            }
            (ListingEvent::Declined(declined), Some(case)) => {
                case.decision = Some(Decision::Declined(declined.clone()));
            }
            (ListingEvent::Removed(removed), Some(case)) => case.removed = Some(removed.clone()),
            (_, None) => {}
        }
        None
    }
}

/// The case of a number.
pub fn case(id: &CaseCode) -> CaseId {
    CaseId { id: id.clone(), kind: CaseKind::Listing }
}

/// Decides a command.
pub(crate) fn decide(
    command: &ListingCommand,
    context: &Context<'_>,
) -> Result<Vec<Fact>, Refusal> {
    let (id, event) = match command {
        ListingCommand::Propose { listing, proposed } => {
            (listing, propose(listing, proposed, context)?)
        }
        ListingCommand::List { listing, ruling } => (listing, list(listing, ruling, context)?),
        ListingCommand::Decline { declined, listing } => {
            undecided(listing, context)?;
            (listing, ListingEvent::Declined(declined.clone()))
        }
        ListingCommand::Remove { listing, removed } => {
            (listing, remove(listing, removed, context)?)
        }
    };
    Ok([Fact::new(case(id), &[ART], event)].into())
}

fn propose(
    id: &CaseCode,
    proposed: &Proposed,
    context: &Context<'_>,
) -> Result<ListingEvent, Refusal> {
    context.acts_for(&proposed.department, &KEEPERS, ART)?;
    if context.world.listings.contains_key(id) {
        return Err(Common::CaseExists { case: case(id) }.into());
    }
    for (item, finding) in proposed.found.findings(context)? {
        meets_ground(item, &finding, proposed, context)?;
        kind(finding.target, context)?;
    }
    Ok(ListingEvent::Proposed(proposed.clone()))
}

fn meets_ground(
    item: &ItemId,
    finding: &Finding<'_>,
    proposed: &Proposed,
    context: &Context<'_>,
) -> Result<(), Refusal> {
    let Proposed { evidence, found, ground, .. } = proposed;
    let (id, day) = (&found.inspection, context.day());
    let refusal = match ground {
        _ if finding.result != ground.result() => {
            let ground = ground.clone();
            ListingRefusal::OtherGround { item: item.clone(), result: finding.result, ground }
        }
        ListingGround::OrderNotFollowed if !rectification::failed(id, item, context) => {
            ListingRefusal::NoOrder { item: item.clone(), day }
        }
        ListingGround::Unreachable if evidence.is_empty() => {
            ListingRefusal::NoEvidence { ground: ground.clone() }
        }
        ListingGround::HeavierPenalty if !penalised_heavily(id, item, context) => {
            ListingRefusal::NoHeavierPenalty { item: item.clone(), day }
        }
        _ => return Ok(()),
    };
    Err(refusal.into())
}

fn penalised_heavily(id: &CaseCode, item: &ItemId, context: &Context<'_>) -> bool {
    context.world.penalties.values().any(|penalty| {
        penalty.penalised.severity == Severity::Heavier
            && penalty.penalised.found.covers(id, item)
            && penalty.in_effect(context.day())
    })
}

/// What a target is that can be listed.
fn kind(target: &TargetId, context: &Context<'_>) -> Result<TargetKind, Refusal> {
    let Some(row) = context.world.registers.target(target)? else {
        return Err(ListingRefusal::NotRegistered { target: target.clone() }.into());
    };
    match row.kind {
        TargetKind::Product | TargetKind::Project | TargetKind::Behaviour => {
            Err(ListingRefusal::NoBody { target: target.clone() }.into())
        }
        kind => Ok(kind),
    }
}

/// Only a mark is made of an individual business, where the list is that of abnormal operations.
fn list(id: &CaseCode, ruling: &Ruling, context: &Context<'_>) -> Result<ListingEvent, Refusal> {
    let Proposed { found, ground, .. } = &undecided(id, context)?.proposed;
    ruling.check(case(id), context)?;
    let mut form = ListingForm::Listed;
    for (_, finding) in found.findings(context)? {
        if ground.abnormal() && kind(finding.target, context)? == TargetKind::IndividualBusiness {
            form = ListingForm::Marked;
        }
    }
    Ok(ListingEvent::Listed(Listed { form, ruling: ruling.clone() }))
}

fn remove(id: &CaseCode, removed: &Ended, context: &Context<'_>) -> Result<ListingEvent, Refusal> {
    let listing = known(id, context)?;
    let Some(listed) = listing.listed() else {
        return Err(ListingRefusal::NotListed { listing: id.clone() }.into());
    };
    let causes = [EndCause::Removed, EndCause::Annulled];
    listed.ruling.check_end(removed, listing.removed.as_ref(), &causes, case(id), context)?;
    Ok(ListingEvent::Removed(removed.clone()))
}

fn known<'a>(id: &CaseCode, context: &Context<'a>) -> Result<&'a Listing, Refusal> {
    let missing = || Common::NoSuchCase { case: case(id) };
    Ok(context.world.listings.get(id).ok_or_else(missing)?)
}

/// A proposal that somebody of its department decides; the platform never does.
fn undecided<'a>(id: &CaseCode, context: &Context<'a>) -> Result<&'a Listing, Refusal> {
    let listing = known(id, context)?;
    context.acts_for(&listing.proposed.department, &KEEPERS, ART)?;
    match listing.decision {
        Some(_) => Err(ListingRefusal::DecidedAlready { listing: id.clone() }.into()),
        None => Ok(listing),
    }
}
