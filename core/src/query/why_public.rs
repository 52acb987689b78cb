//! Why a result is still public, when or on what it stops, and what the target or the department can do about it.
//!
//! The rules are those of [`crate::publication`]; here they are told with what they rest on.

use super::View;
use super::known::known;
use crate::case::CaseId;
use crate::citation::Basis;
use crate::code::{CaseCode, DepartmentId, ItemId, TargetId};
use crate::date::Date;
use crate::explain::{Lang, Said};
use crate::follow_up::listing::{self, Listing, ListingForm};
use crate::follow_up::penalty::{self, Penalty, Severity};
use crate::follow_up::rectification;
use crate::inspection;
use crate::ledger::Cited;
use crate::order::gather;
use crate::publication::{self, Finding, Origin, Publicity, Version};
use crate::refusal::Refusal;
use crate::world::World;
use alloc::collections::BTreeSet;
use alloc::format;
use alloc::vec::Vec;
use serde::{Deserialize, Serialize};

/// Asks why results are public. Each field that is given leaves fewer of them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct AskWhyPublic {
    /// The day.
    pub day: Date,
    /// Results of this department.
    pub department: Option<DepartmentId>,
    /// Results of this inspection.
    pub inspection: Option<CaseCode>,
    /// Results of this item.
    pub item: Option<ItemId>,
    /// Results about this target.
    pub target: Option<TargetId>,
}

/// Why results are public.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct WhyPublic {
    /// The day.
    pub day: Date,
    /// The results, by inspection and item.
    pub results: Vec<Explained>,
}

/// Why a result is public or is not.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Explained {
    /// By which rules.
    pub basis: Vec<Cited>,
    /// Listings and penalties that follow from the result, whether or not they count.
    pub consequences: Vec<Consequence>,
    /// The department whose item it is.
    pub department: DepartmentId,
    /// The inspection.
    pub inspection: CaseCode,
    /// Whether its investigation is open. The end of branch A does not wait for it.
    pub investigating: bool,
    /// The item.
    pub item: ItemId,
    /// How it came in: entered, or inherited from before the regulation. None: it is recorded, and not entered yet.
    pub origin: Option<Origin>,
    /// Whether the public sees it.
    pub public: bool,
    /// Why, as a code with its days and cases.
    pub publicity: Publicity,
    /// The same as a sentence.
    pub said: Said,
    /// What can be done.
    pub steps: Vec<Step>,
    /// The recorded first day on which it is not public. What the public sees does not depend on it.
    pub stop_recorded: Option<Date>,
    /// The first day on which it is not public, where that is known.
    pub stops: Option<Date>,
    /// The target.
    pub target: TargetId,
    /// What was public up to the day, the last one at the end; a correction names its order.
    pub versions: Vec<Version>,
}

/// A listing or penalty that follows from a result.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Consequence {
    /// Its case.
    pub case: CaseId,
    /// The day on which it takes effect; none while it is proposed.
    pub from: Option<Date>,
    /// Whether the result is public because of it on the day.
    pub holds: bool,
    /// What it is.
    pub kind: ConsequenceKind,
    /// The first day without it, where that is known.
    pub until: Option<Date>,
}

/// What follows from a result.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum ConsequenceKind {
    /// A listing that nobody has decided yet. It holds nothing up.
    Proposed,
    /// 列入.
    Listed,
    /// 标记, of an individual business (our decision `marked-is-listed`).
    Marked,
    /// A minor penalty, which leaves branch A.
    MinorPenalty,
    /// A penalty that is neither minor nor heavier.
    Penalty,
    /// A heavier penalty.
    HeavierPenalty,
}

/// Something that can be done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Step {
    /// On what it rests.
    pub basis: Cited,
    /// The case that it is about, if it is about one.
    pub case: Option<CaseId>,
    /// What.
    pub kind: StepKind,
    /// The same as a sentence.
    pub said: Said,
    /// Who can do it.
    pub who: Who,
}

/// Who can do something.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Who {
    /// The department whose result it is.
    Department,
    /// 检查对象.
    Target,
}

/// What can be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum StepKind {
    /// Enter and publish the result.
    Publish,
    /// Give the statutory period of branch A, or ask the department for it.
    GivePeriod,
    /// Wait: it stops by itself.
    Wait,
    /// Correct what was ordered to be, and report it.
    Correct,
    /// Apply for removal from the list.
    ApplyForRemoval,
    /// Apply for the end of the publicity of a penalty.
    ApplyForStop,
    /// Ask for a review of what is wrong.
    SeekReview,
    /// Record the stop.
    RecordStop,
}

pub(super) fn ask(asked: &AskWhyPublic, view: &View<'_>) -> Result<WhyPublic, Refusal> {
    let world = view.world;
    let results = match (&asked.inspection, &asked.item) {
        (Some(inspection), Some(item)) => {
            // Refused where there is no such result.
            world.publicity(inspection, item, asked.day)?;
            [(inspection, item)].into()
        }
        (Some(inspection), None) => {
            if !world.publications.contains_key(inspection) {
                known(&inspection::case(inspection), world)?;
            }
            items(inspection, view).map(|item| (inspection, item)).collect()
        }
        (None, _) => all(view),
    };
    let mut explained = Vec::new();
    for (inspection, item) in results {
        let finding = world.finding(inspection, item)?;
        if asked.department.as_ref().is_none_or(|department| finding.department == department)
            && asked.item.as_ref().is_none_or(|wanted| item == wanted)
            && asked.target.as_ref().is_none_or(|target| finding.target == target)
        {
            explained.push(explain(inspection, item, finding, asked.day, view)?);
        }
    }
    Ok(WhyPublic { day: asked.day, results: explained })
}

/// Every result that is recorded, entered or brought in.
fn all<'a>(view: &View<'a>) -> Vec<(&'a CaseCode, &'a ItemId)> {
    let World { inspections, publications, .. } = view.world;
    let ids: BTreeSet<_> = gather(inspections.keys().chain(publications.keys()));
    ids.into_iter().flat_map(|id| items(id, view).map(move |item| (id, item))).collect()
}

/// The items of an inspection that have a result.
fn items<'a>(id: &CaseCode, view: &View<'a>) -> impl Iterator<Item = &'a ItemId> + use<'a> {
    let recorded = view.world.inspections.get(id).into_iter().flat_map(|it| it.records.keys());
    let published = view.world.publications.get(id).into_iter().flat_map(|it| it.items.keys());
    gather::<BTreeSet<_>, _>(recorded.chain(published)).into_iter()
}

fn explain(
    inspection: &CaseCode,
    item: &ItemId,
    finding: Finding<'_>,
    day: Date,
    view: &View<'_>,
) -> Result<Explained, Refusal> {
    let world = view.world;
    let publicity = world.publicity(inspection, item, day)?;
    let published = world.published(inspection, item);
    let versions = published.into_iter().flat_map(|it| &it.versions);
    let consequences = consequences(inspection, item, &publicity, view);
    Ok(Explained {
        basis: publicity.basis().iter().copied().map(Cited::from).collect(),
        steps: steps(inspection, item, &publicity, &consequences, view),
        consequences,
        department: finding.department.clone(),
        inspection: inspection.clone(),
        investigating: world.investigating(inspection, item, day),
        item: item.clone(),
        origin: published.map(|published| published.origin.clone()),
        public: publicity.is_public(),
        said: publicity.said(),
        stop_recorded: published.and_then(|it| it.ceased.as_ref()).map(|ceased| ceased.on),
        stops: publicity.stops(),
        publicity,
        target: finding.target.clone(),
        versions: versions.filter(|version| version.published <= day).cloned().collect(),
    })
}

/// Listings, then penalties, each by its number.
fn consequences(
    inspection: &CaseCode,
    item: &ItemId,
    publicity: &Publicity,
    view: &View<'_>,
) -> Vec<Consequence> {
    let listings = view.world.listings.iter();
    let listings = listings.filter(|(_, it)| it.proposed.found.covers(inspection, item));
    let listings = listings.filter_map(|(id, it)| of_listing(id, it));
    let penalties = view.world.penalties.iter();
    let penalties = penalties.filter(|(_, it)| it.penalised.found.covers(inspection, item));
    let penalties = penalties.map(|(id, it)| of_penalty(id, it));
    let held = |consequence: Consequence| {
        let holds = publicity.holding().contains(&consequence.case);
        Consequence { holds, ..consequence }
    };
    listings.chain(penalties).map(held).collect()
}

/// Nothing where the listing was declined.
fn of_listing(id: &CaseCode, listing: &Listing) -> Option<Consequence> {
    let (kind, from) = match (listing.listed(), &listing.decision) {
        (Some(listed), _) if listed.form == ListingForm::Marked => {
            (ConsequenceKind::Marked, Some(listed.ruling.from))
        }
        (Some(listed), _) => (ConsequenceKind::Listed, Some(listed.ruling.from)),
        (None, None) => (ConsequenceKind::Proposed, None),
        (None, Some(_)) => return None,
    };
    let until = listing.removed.as_ref().map(|removed| removed.on);
    Some(Consequence { case: listing::case(id), from, holds: false, kind, until })
}

fn of_penalty(id: &CaseCode, penalty: &Penalty) -> Consequence {
    let kind = match penalty.penalised.severity {
        Severity::Minor => ConsequenceKind::MinorPenalty,
        Severity::Ordinary => ConsequenceKind::Penalty,
        Severity::Heavier => ConsequenceKind::HeavierPenalty,
    };
    let (from, until) =
        (Some(penalty.penalised.ruling.from), penalty.ended.as_ref().map(|ended| ended.on));
    Consequence { case: penalty::case(id), from, holds: false, kind, until }
}

fn steps(
    inspection: &CaseCode,
    item: &ItemId,
    publicity: &Publicity,
    consequences: &[Consequence],
    view: &View<'_>,
) -> Vec<Step> {
    let published = view.world.published(inspection, item);
    match publicity {
        Publicity::NotYet => [Step::publish()].into(),
        Publicity::Withheld { .. } | Publicity::NeverStops => Vec::new(),
        Publicity::Stopped { on: stopped, .. } => {
            let recorded = published.and_then(|it| it.ceased.as_ref()).map(|ceased| ceased.on);
            let open = recorded != Some(*stopped);
            open.then(|| Step::record_stop(inspection, *stopped)).into_iter().collect()
        }
        Publicity::UntilPeriodIsSet
        | Publicity::UntilPeriodEnds { .. }
        | Publicity::UntilConsequencesEnd { .. } => {
            let mut steps = corrections(inspection, item, view);
            steps.extend(match publicity {
                Publicity::UntilPeriodIsSet => Some(Step::give_period()),
                _ => publicity.stops().map(Step::wait),
            });
            let open = consequences.iter().filter(|it| it.holds && it.until.is_none());
            steps.extend(open.map(Step::apply));
            steps.push(Step::seek_review());
            steps
        }
    }
}

/// What was ordered to be corrected and is not yet.
fn corrections(inspection: &CaseCode, item: &ItemId, view: &View<'_>) -> Vec<Step> {
    let orders = view.world.rectifications.iter();
    let open = orders.filter(|(_, it)| it.open() && it.ordered.found.covers(inspection, item));
    open.map(|(id, it)| Step::correct(rectification::case(id), it.due)).collect()
}

impl Step {
    fn publish() -> Self {
        let said = Said::new(
            "由部门在规定的期限内录入并公示",
            "the department enters and publishes it within the period set",
        );
        Self::new(StepKind::Publish, Who::Department, None, Basis::Article(21), said)
    }

    fn give_period() -> Self {
        let said = Said::new(
            "由部门给出法定公示期限及其依据；检查对象可以请求部门给出",
            "the department gives the statutory period and its source; the target may ask for it",
        );
        Self::new(StepKind::GivePeriod, Who::Department, None, Basis::Article(25), said)
    }

    fn wait(stops: Date) -> Self {
        let said = Said::new(
            format!("无需申请，自{stops}起停止公示"),
            format!("nothing has to be asked for: it is not public from {stops}"),
        );
        Self::new(StepKind::Wait, Who::Target, None, Basis::Article(25), said)
    }

    fn correct(case: CaseId, due: Date) -> Self {
        let said = Said::new(
            format!("按{}的要求在{due}前（含当日）改正并报告", case.in_words(Lang::Zh)),
            format!("correct what {case} orders by {due}, and report it"),
        );
        Self::new(StepKind::Correct, Who::Target, Some(case), Basis::Article(22), said)
    }

    /// What ends a consequence that has no end yet.
    fn apply(consequence: &Consequence) -> Self {
        let case = &consequence.case;
        let zh = case.in_words(Lang::Zh);
        let (kind, said) = match consequence.kind {
            ConsequenceKind::Proposed | ConsequenceKind::Listed | ConsequenceKind::Marked => (
                StepKind::ApplyForRemoval,
                Said::new(
                    format!(
                        "消除{zh}的列入或标记情形，向作出决定的机关申请移出；移出之日起同时停止公示"
                    ),
                    format!(
                        "remove the ground of {case} and apply to the deciding body for removal; the publicity ends with it"
                    ),
                ),
            ),
            ConsequenceKind::MinorPenalty
            | ConsequenceKind::Penalty
            | ConsequenceKind::HeavierPenalty => (
                StepKind::ApplyForStop,
                Said::new(
                    format!(
                        "履行{zh}并向作出决定的机关申请停止公示处罚信息；停止之日起同时停止公示"
                    ),
                    format!(
                        "fulfil {case} and apply to the deciding body for the end of its publicity; that of the result ends with it"
                    ),
                ),
            ),
        };
        Self::new(kind, Who::Target, Some(case.clone()), Basis::Article(25), said)
    }

    fn seek_review() -> Self {
        let said = Said::new(
            "认为结果或决定有错误的，依法申请复议、提起诉讼或请求更正；部门负责人依文书决定更正",
            "whoever holds the result or a ruling to be wrong asks for review, sues, or asks for a correction, which the department head orders by a legal document",
        );
        let basis = Basis::Decision("correction-by-order");
        Self::new(StepKind::SeekReview, Who::Target, None, basis, said)
    }

    fn record_stop(inspection: &CaseCode, on: Date) -> Self {
        let said = Said::new(
            format!("由部门记录自{on}起停止公示；是否记录不影响停止"),
            format!(
                "the department records that it is not public from {on}; it stopped all the same"
            ),
        );
        let case = Some(publication::case(inspection));
        Self::new(StepKind::RecordStop, Who::Department, case, Basis::Article(25), said)
    }

    fn new(kind: StepKind, who: Who, case: Option<CaseId>, basis: Basis, said: Said) -> Self {
        Self { basis: basis.into(), case, kind, said, who }
    }
}
