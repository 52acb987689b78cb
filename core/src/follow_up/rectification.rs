//! 责令改正, article 22: the responsible department orders a problem to be corrected at once or by a date, takes the
//! target's report, and checks again. What is not corrected gets another date, or goes on as a clue, listing or penalty.
//!
//! A re-check is neither drawn nor counted for the frequency cap: our decision `recheck-outside-the-draw`.

use super::consequence::Found;
use crate::actor::{KEEPERS, Role, with_keepers};
use crate::case::{CaseId, CaseKind, Context, Fact, Stamp};
use crate::citation::Basis;
use crate::code::{CaseCode, DepartmentId, InspectorId, ItemId};
use crate::date::Date;
use crate::hash::Digest;
use crate::refusal::{Common, List, Refusal, refusals};
use alloc::collections::BTreeSet;
use alloc::vec::Vec;
use core::fmt;
use serde::{Deserialize, Serialize};

const ART: Basis = Basis::Article(22);

/// What can be done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub enum RectificationCommand {
    /// The department orders a correction.
    Order {
        /// What happened.
        ordered: Ordered,
        /// Its number.
        rectification: CaseCode,
    },
    /// The department, or the platform, takes the target's report.
    Report {
        /// The rectification.
        rectification: CaseCode,
        /// What happened.
        reported: Reported,
    },
    /// The department checks again.
    Recheck {
        /// What happened.
        rechecked: Rechecked,
        /// The rectification.
        rectification: CaseCode,
    },
    /// What was not corrected gets another date.
    Extend {
        /// What happened.
        extended: Extended,
        /// The rectification.
        rectification: CaseCode,
    },
    /// What was not corrected goes on as another case.
    Refer {
        /// The rectification.
        rectification: CaseCode,
        /// What happened.
        referred: Referred,
    },
}

/// A correction was ordered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Ordered {
    /// The responsible department.
    pub department: DepartmentId,
    /// The problems, all of its own items.
    pub found: Found,
    /// Salted digest of the order.
    pub order: Digest,
    /// Until when.
    pub term: Term,
}

/// Until when something is corrected.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Term {
    /// 立即改正: on the day of the order.
    AtOnce,
    /// 限期改正: on this day at the latest.
    By(Date),
}

/// The target has reported.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Reported {
    /// Salted digest of the report.
    pub report: Digest,
}

/// The department has checked again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Rechecked {
    /// Whether everything is corrected.
    pub corrected: bool,
    /// Who checked.
    pub inspectors: BTreeSet<InspectorId>,
    /// Salted digest of the record.
    pub record: Digest,
}

/// There is another date.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Extended {
    /// The last day.
    pub due: Date,
    /// Salted digest of the reason.
    pub reason: Digest,
}

/// It goes on as another case.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Referred {
    /// The clue, listing or penalty.
    pub to: CaseId,
}

/// What happened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum RectificationEvent {
    /// A correction was ordered.
    Ordered(Ordered),
    /// The target has reported.
    Reported(Reported),
    /// The department has checked again.
    Rechecked(Rechecked),
    /// There is another date.
    Extended(Extended),
    /// It goes on as another case.
    Referred(Referred),
}

refusals! {
    /// What is refused of rectifications.
    RectificationRefusal {
        AnothersItem { item: ItemId, department: DepartmentId } = "rectification-of-another", Article(22),
            "事项{item}由{department}负责；谁监管、谁负责，属于其他部门的应作为线索移交",
            "item {item} is for {department}; each department follows up its own, and hands on the rest as a clue";
        DueBeforeOrdered { due: Date, ordered: Date } = "rectification-due-before-ordered", Article(22),
            "期限{due}早于{ordered}；期限应为当日或以后",
            "it is due on {due}, before {ordered}; it is due then or later";
        Step { found: RectificationStage, wanted: List<RectificationStage> } = "rectification-step", Article(22),
            "整改的状态为{found}；本步骤应在{wanted}之后",
            "the rectification is {found}; this step follows {wanted}";
        TooFew { found: u64, wanted: u8 } = "recheck-too-few", Decision("minimum-inspectors"),
            "复查人员中有效的执法人员为{found}名，不足{wanted}名",
            "{found} certified inspectors of the department checked again; it takes {wanted}";
        ReferredToNothing { to: CaseId } = "rectification-referred-to-nothing", Article(22),
            "{to}不是针对同一事项的线索、列入或处罚；应先立案再移交",
            "{to} is no clue, listing or penalty about the same items; open one first";
    }
}

/// How far a rectification is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RectificationStage {
    /// The target has to correct it.
    Ordered,
    /// The target says that it has.
    Reported,
    /// The re-check found that it has.
    Corrected,
    /// The re-check found that it has not.
    NotCorrected,
    /// It went on as another case.
    Referred,
}

impl fmt::Display for RectificationStage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Ordered => "ordered",
            Self::Reported => "reported",
            Self::Corrected => "corrected",
            Self::NotCorrected => "not-corrected",
            Self::Referred => "referred",
        })
    }
}

/// A rectification.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rectification {
    /// The last day for the correction.
    pub due: Date,
    /// What was ordered.
    pub ordered: Ordered,
    /// The re-checks with their days.
    pub rechecks: Vec<(Date, Rechecked)>,
    /// The case as which it went on.
    pub referred: Option<CaseId>,
    /// How far it is.
    pub stage: RectificationStage,
}

impl Rectification {
    /// Whether the target, or the department, has to do something yet.
    pub const fn open(&self) -> bool {
        !matches!(self.stage, RectificationStage::Corrected | RectificationStage::Referred)
    }

    /// Whether its date has passed without a correction.
    pub fn overdue(&self, day: Date) -> bool {
        self.open() && self.due < day
    }

    /// The day on which a re-check found everything corrected.
    pub fn corrected(&self) -> Option<Date> {
        self.rechecks.iter().find(|(_, check)| check.corrected).map(|(on, _)| *on)
    }

    /// Takes over what happened to it. Gives it where it begins with that.
    pub(crate) fn apply(
        case: Option<&mut Self>,
        event: &RectificationEvent,
        stamp: &Stamp,
    ) -> Option<Self> {
        match (event, case) {
            (RectificationEvent::Ordered(ordered), _) => return Some(Self::new(ordered, stamp)),
            (event, Some(case)) => case.change(event, stamp),
            (_, None) => {}
        }
        None
    }

    fn new(ordered: &Ordered, stamp: &Stamp) -> Self {
        let due = match ordered.term {
            Term::AtOnce => stamp.effective,
            Term::By(due) => due,
        };
        let stage = RectificationStage::Ordered;
        Self { due, ordered: ordered.clone(), rechecks: Vec::new(), referred: None, stage }
    }

    fn change(&mut self, event: &RectificationEvent, stamp: &Stamp) {
        use RectificationStage as S;
        match event {
            RectificationEvent::Ordered(_) => {}
            RectificationEvent::Reported(_) => self.stage = S::Reported,
            RectificationEvent::Rechecked(rechecked) => {
                self.stage = if rechecked.corrected { S::Corrected } else { S::NotCorrected };
                self.rechecks.push((stamp.effective, rechecked.clone()));
            }
            RectificationEvent::Extended(extended) => {
                (self.due, self.stage) = (extended.due, S::Ordered);
            }
            RectificationEvent::Referred(referred) => {
                (self.referred, self.stage) = (Some(referred.to.clone()), S::Referred);
            }
        }
    }
}

/// Whether an order about an item's result has passed undone.
pub(super) fn failed(id: &CaseCode, item: &ItemId, context: &Context<'_>) -> bool {
    context.world.rectifications.values().any(|rectification| {
        let failed = rectification.stage == RectificationStage::NotCorrected;
        rectification.ordered.found.covers(id, item)
            && (failed || rectification.overdue(context.day()))
    })
}

/// The case of a number.
pub fn case(id: &CaseCode) -> CaseId {
    CaseId { id: id.clone(), kind: CaseKind::Rectification }
}

/// Decides a command.
pub(crate) fn decide(
    command: &RectificationCommand,
    context: &Context<'_>,
) -> Result<Vec<Fact>, Refusal> {
    use RectificationCommand as C;
    let (id, event) = match command {
        C::Order { ordered, rectification: id } => (id, order(id, ordered, context)?),
        C::Report { rectification: id, reported } => (id, report(id, reported, context)?),
        C::Recheck { rechecked, rectification: id } => (id, recheck(id, rechecked, context)?),
        C::Extend { extended, rectification: id } => (id, extend(id, extended, context)?),
        C::Refer { rectification: id, referred } => (id, refer(id, referred, context)?),
    };
    Ok([Fact::new(case(id), &[ART], event)].into())
}

/// 谁监管、谁负责.
fn order(
    id: &CaseCode,
    ordered: &Ordered,
    context: &Context<'_>,
) -> Result<RectificationEvent, Refusal> {
    context.acts_for(&ordered.department, &with_keepers([Role::Inspector]), ART)?;
    if context.world.rectifications.contains_key(id) {
        return Err(Common::CaseExists { case: case(id) }.into());
    }
    for (item, finding) in ordered.found.findings(context)? {
        if *finding.department != ordered.department {
            let (item, department) = (item.clone(), finding.department.clone());
            return Err(RectificationRefusal::AnothersItem { item, department }.into());
        }
    }
    if let Term::By(due) = ordered.term {
        ahead(due, context)?;
    }
    Ok(RectificationEvent::Ordered(ordered.clone()))
}

fn report(
    id: &CaseCode,
    reported: &Reported,
    context: &Context<'_>,
) -> Result<RectificationEvent, Refusal> {
    at(id, &[RectificationStage::Ordered], &with_keepers([Role::Platform]), context)?;
    Ok(RectificationEvent::Reported(reported.clone()))
}

fn recheck(
    id: &CaseCode,
    rechecked: &Rechecked,
    context: &Context<'_>,
) -> Result<RectificationEvent, Refusal> {
    let stages = [RectificationStage::Ordered, RectificationStage::Reported];
    let case = at(id, &stages, &with_keepers([Role::Inspector]), context)?;
    let day = context.day();
    let wanted = context.edition.value(|edition| &edition.minimum_inspectors, day)?.value;
    let mut found = 0;
    for inspector in &rechecked.inspectors {
        let row = context.world.registers.inspector(inspector)?;
        let counts = row
            .is_some_and(|row| row.department == case.ordered.department && row.may_inspect(day));
        found += u64::from(counts);
    }
    if found < u64::from(wanted) {
        return Err(RectificationRefusal::TooFew { found, wanted }.into());
    }
    Ok(RectificationEvent::Rechecked(rechecked.clone()))
}

fn extend(
    id: &CaseCode,
    extended: &Extended,
    context: &Context<'_>,
) -> Result<RectificationEvent, Refusal> {
    at(id, &[RectificationStage::NotCorrected], &KEEPERS, context)?;
    ahead(extended.due, context)?;
    Ok(RectificationEvent::Extended(extended.clone()))
}

fn refer(
    id: &CaseCode,
    referred: &Referred,
    context: &Context<'_>,
) -> Result<RectificationEvent, Refusal> {
    let case = at(id, &[RectificationStage::NotCorrected], &KEEPERS, context)?;
    let (world, CaseId { id, kind }) = (context.world, &referred.to);
    let Found { inspection, items } = &case.ordered.found;
    let same = |found: &Found| items.iter().any(|item| found.covers(inspection, item));
    let lead = match kind {
        CaseKind::Clue => world
            .clues
            .get(id)
            .is_some_and(|clue| items.iter().any(|item| clue.raised.comes_from(inspection, item))),
        CaseKind::Listing => world.listings.get(id).is_some_and(|it| same(&it.proposed.found)),
        CaseKind::Penalty => world.penalties.get(id).is_some_and(|it| same(&it.penalised.found)),
        _ => false,
    };
    match lead {
        true => Ok(RectificationEvent::Referred(referred.clone())),
        false => {
            let to = referred.to.clone();
            Err(RectificationRefusal::ReferredToNothing { to }.into())
        }
    }
}

fn ahead(due: Date, context: &Context<'_>) -> Result<(), RectificationRefusal> {
    let ordered = context.day();
    match due < ordered {
        true => Err(RectificationRefusal::DueBeforeOrdered { due, ordered }),
        false => Ok(()),
    }
}

/// The rectification of that number, at one of these stages, where the actor keeps its department's part.
fn at<'a>(
    id: &CaseCode,
    wanted: &[RectificationStage],
    roles: &[Role],
    context: &Context<'a>,
) -> Result<&'a Rectification, Refusal> {
    let Some(found) = context.world.rectifications.get(id) else {
        return Err(Common::NoSuchCase { case: case(id) }.into());
    };
    context.acts_for(&found.ordered.department, roles, ART)?;
    match wanted.contains(&found.stage) {
        true => Ok(found),
        false => {
            let (found, wanted) = (found.stage, List(wanted.to_vec()));
            Err(RectificationRefusal::Step { found, wanted }.into())
        }
    }
}
