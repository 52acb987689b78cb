//! 后续监管及后处理, article 22: an inspection is closed when each problem has a follow-up by the responsible department, or
//! went to the competent one.

use crate::actor::KEEPERS;
use crate::case::{CaseId, CaseKind, Context, Fact, Stamp};
use crate::citation::Basis;
use crate::code::{CaseCode, ItemId};
use crate::date::Date;
use crate::refusal::{Common, List, Refusal, refusals};
use crate::result::InspectionResult;
use crate::world::World;
use alloc::vec::Vec;
use serde::{Deserialize, Serialize};

const ART: Basis = Basis::Article(22);

/// What can be done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub enum ClosingCommand {
    /// The initiator closes an inspection. What follows from its results goes on.
    Close {
        /// The inspection.
        inspection: CaseCode,
    },
}

/// What happened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum ClosingEvent {
    /// It was closed.
    Closed,
}

refusals! {
    /// What is refused of closing an inspection.
    ClosingRefusal {
        BeforeCompletion { inspection: CaseCode, day: Date } = "closing-before-completion", Article(22),
            "检查{inspection}在{day}尚未完成；完成后方可办结",
            "inspection {inspection} is not complete on {day}; it is closed after its completion";
        Unpublished { items: List<ItemId> } = "closing-before-publication", Article(21),
            "事项{items}的结果尚未公示；公示或依法不予公开后方可办结",
            "the results of {items} are neither public nor withheld by law; an inspection is closed after that";
        NoFollowUp { items: List<ItemId> } = "problem-without-follow-up", Article(22),
            "事项{items}的问题没有后续处理；应责令改正、移交有权部门或依法处理后方可办结",
            "the problems of {items} have no follow-up; order a correction, hand on a clue, or record what was decided, then close";
    }
}

/// That an inspection is closed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Closing {
    /// The day.
    pub on: Date,
}

impl Closing {
    /// Takes over what happened to it. Gives it where it begins with that.
    pub(crate) fn apply(_: Option<&mut Self>, event: &ClosingEvent, stamp: &Stamp) -> Option<Self> {
        match event {
            ClosingEvent::Closed => Some(Self { on: stamp.effective }),
        }
    }
}

impl World {
    /// Whether something follows from an item's result: a rectification, a clue, a listing or its proposal, a penalty.
    pub fn followed_up(&self, id: &CaseCode, item: &ItemId) -> bool {
        self.rectifications.values().any(|it| it.ordered.found.covers(id, item))
            || self.clues.values().any(|it| it.raised.comes_from(id, item))
            || self.listings.values().any(|it| it.proposed.found.covers(id, item))
            || self.penalties.values().any(|it| it.penalised.found.covers(id, item))
    }

    /// Whether 发现问题，待后续调查处理 waits for its investigation on a day: until a re-check finds the problem corrected, a
    /// clue about it is closed, or a penalty takes effect. Branch A of article 25 does not wait for it.
    pub fn investigating(&self, id: &CaseCode, item: &ItemId, day: Date) -> bool {
        let by = |on: Option<Date>| on.is_some_and(|on| on <= day);
        let corrected = self
            .rectifications
            .values()
            .any(|it| it.ordered.found.covers(id, item) && by(it.corrected()));
        let cleared = self.clues.values().any(|it| it.raised.comes_from(id, item) && by(it.closed));
        let penalised = self
            .penalties
            .values()
            .any(|it| it.penalised.found.covers(id, item) && it.penalised.ruling.from <= day);
        let open = self
            .finding(id, item)
            .is_ok_and(|finding| finding.result == InspectionResult::ProblemUnderInvestigation);
        open && !corrected && !cleared && !penalised
    }
}

/// The case of a number.
pub fn case(inspection: &CaseCode) -> CaseId {
    CaseId { id: inspection.clone(), kind: CaseKind::Closing }
}

/// Decides a command.
pub(crate) fn decide(
    command: &ClosingCommand,
    context: &Context<'_>,
) -> Result<Vec<Fact>, Refusal> {
    let ClosingCommand::Close { inspection: id } = command;
    let (world, day) = (context.world, context.day());
    let inspection = world.inspection(id)?;
    context.acts_for(&inspection.assignment.initiator, &KEEPERS, ART)?;
    if world.closings.contains_key(id) {
        return Err(Common::CaseExists { case: case(id) }.into());
    }
    if inspection.completed.is_none_or(|completed| day < completed) {
        return Err(ClosingRefusal::BeforeCompletion { inspection: id.clone(), day }.into());
    }
    let items: Vec<_> = world.unpublished_of(id, day).map(|open| open.item.clone()).collect();
    if !items.is_empty() {
        return Err(ClosingRefusal::Unpublished { items: List(items) }.into());
    }
    let problem = |item: &&ItemId| world.finding(id, item).is_ok_and(|finding| finding.negative);
    let problems = inspection.records.keys().filter(problem);
    let items: Vec<_> = problems.filter(|item| !world.followed_up(id, item)).cloned().collect();
    if !items.is_empty() {
        return Err(ClosingRefusal::NoFollowUp { items: List(items) }.into());
    }
    Ok([Fact::new(case(id), &[ART], ClosingEvent::Closed)].into())
}
