//! What is due or overdue on a day, by which article, and how its last day was counted.

use super::View;
use super::duty::{Act, Duty, Part};
use super::known::known;
use super::open;
use crate::case::CaseId;
use crate::code::{DepartmentId, IndustryCode, SchemeId};
use crate::date::Date;
use crate::drawing::Drawing;
use crate::follow_up::rectification::{self, RectificationStage};
use crate::inspection::{self, AbandonGround, Inspection};
use crate::order::sort_by;
use crate::plan::annual::{self, PlanYear};
use crate::plan::scheme;
use crate::publication;
use crate::refusal::Refusal;
use alloc::collections::BTreeMap;
use alloc::format;
use alloc::vec::Vec;
use serde::{Deserialize, Deserializer, Serialize};

/// Asks what is due.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct AskDue {
    /// Only what belongs to this case or, where it is an inspection, is about it.
    pub case: Option<CaseId>,
    /// Whether the working days are to be told one by one.
    #[serde(default, deserialize_with = "yes_or_nothing")]
    pub count: bool,
    /// The day.
    pub day: Date,
    /// Only what this department has to do.
    pub department: Option<DepartmentId>,
    /// Only what is due on this day or before; without it, whatever has a last day.
    pub until: Option<Date>,
}

fn yes_or_nothing<'de, D: Deserializer<'de>>(deserializer: D) -> Result<bool, D::Error> {
    Option::deserialize(deserializer).map(Option::unwrap_or_default)
}

/// What is due.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Due {
    /// The day.
    pub day: Date,
    /// The duties that have a last day, the earliest first.
    pub duties: Vec<Duty>,
}

pub(super) fn ask(asked: &AskDue, view: &View<'_>) -> Result<Due, Refusal> {
    let AskDue { case, day, department, until, .. } = asked;
    if let Some(case) = case {
        known(case, view.world)?;
    }
    let mut duties = results(asked, view)?;
    duties.extend(open::duties(view));
    duties.extend(rectifications(view));
    duties.extend(proposals(*day, view)?);
    duties.extend(inspections(view));
    duties.extend(drawn(view));
    duties.extend(investigations(*day, view));
    let wanted = |duty: &Duty| {
        duty.due.is_some_and(|due| until.is_none_or(|until| due <= until))
            && duty.is_of(department.as_ref())
            && duty.is_about(case.as_ref())
    };
    let mut duties: Vec<_> = duties.into_iter().filter(wanted).map(|duty| duty.on(*day)).collect();
    sort_by(&mut duties, Duty::order);
    Ok(Due { day: *day, duties })
}

/// Article 21: results of completed inspections that are not public.
fn results(asked: &AskDue, view: &View<'_>) -> Result<Vec<Duty>, Refusal> {
    let duty = |open: publication::Unpublished<'_>| {
        let deadline = publication::deadline(open.completed, view.edition, view.calendar)?;
        let act = if open.entered { Act::PublishResult } else { Act::EnterResult };
        let duty = Duty::new(act, inspection::case(open.inspection), Some(open.department));
        let duty = duty.part(Part::Item(open.item.clone())).inspection(open.inspection);
        Ok(duty.within(&deadline, asked.count, view))
    };
    view.world.unpublished(asked.day).map(duty).collect()
}

/// Article 22: what was ordered and is not corrected yet.
fn rectifications<'a>(view: &View<'a>) -> impl Iterator<Item = Duty> + use<'a> {
    let open = view.world.rectifications.iter().filter(|(_, it)| it.open());
    open.map(|(id, it)| {
        let act = match it.stage {
            RectificationStage::NotCorrected => Act::DealWithUncorrected,
            _ => Act::Recheck,
        };
        let duty = Duty::new(act, rectification::case(id), Some(&it.ordered.department));
        duty.inspection(&it.ordered.found.inspection).until(it.due)
    })
}

/// Article 5: the industries for which nobody has proposed anything, for the year of the day and the next one.
fn proposals(day: Date, view: &View<'_>) -> Result<Vec<Duty>, Refusal> {
    let mut duties = Vec::new();
    for year in [day.year(), day.year() + 1] {
        let Ok(year) = format!("{year:04}").parse::<PlanYear>() else { continue };
        let Some(due) = annual::due(&year, view.edition, day)? else { continue };
        for (industry, lead) in view.world.not_proposed(&year, day) {
            // An industry that came onto the list after the last day did not owe a proposal.
            let list = view.world.joint_lists.get(industry);
            if list.is_none_or(|list| list.on(due).is_none()) {
                continue;
            }
            let duty = Duty::new(Act::ProposeTask, annual::case(&year), Some(lead));
            duties.push(duty.part(Part::Industry(IndustryCode::from(industry))).until(due));
        }
    }
    Ok(duties)
}

/// Article 17: inspections with an item that is to be inspected within the window.
fn inspections<'a>(view: &View<'a>) -> impl Iterator<Item = Duty> + use<'a> {
    let open = view.world.inspections.iter();
    let open = open.filter(|(_, it)| it.open() && it.unrecorded().next().is_some());
    open.map(|(id, it)| {
        let case = inspection::case(id);
        let duty = Duty::new(Act::Inspect, case, Some(&it.assignment.initiator));
        duty.inspection(id).until(it.assignment.window.until)
    })
}

/// Article 17: targets drawn whose inspection is not opened yet. Those on lists handed down are somebody else's.
fn drawn<'a>(view: &View<'a>) -> impl Iterator<Item = Duty> + use<'a> {
    let world = view.world;
    let mut opened: BTreeMap<&SchemeId, u64> = BTreeMap::new();
    for it in world.inspections.values().filter(|it| !mistaken(it)) {
        *opened.entry(&it.scheme).or_default() += 1;
    }
    world.schemes.iter().filter_map(move |(id, it)| {
        let drawing = world.drawings.get(id).filter(|drawing| drawing.dispatched.is_empty())?;
        let missing = targets(drawing)?.checked_sub(opened.get(id).copied().unwrap_or_default());
        let missing = missing.filter(|missing| *missing > 0)?;
        let duty = Duty::new(Act::OpenInspections, scheme::case(id), Some(&it.initiator));
        Some(duty.part(Part::Targets(missing)).until(it.window.until))
    })
}

/// Whether the target of an inspection is still to be inspected.
fn mistaken(inspection: &Inspection) -> bool {
    let abandoned = inspection.abandoned.as_ref();
    abandoned.is_some_and(|abandoned| abandoned.1.ground == AbandonGround::OpenedByMistake)
}

/// How many targets are inspected here: those drawn, or those that were handed down.
fn targets(drawing: &Drawing) -> Option<u64> {
    let handed = drawing.received.as_ref().map(|handed| handed.targets);
    handed.or_else(|| drawing.drawn().map(|(_, drawn)| drawn.targets))
}

/// Article 25: the publicity of a result ends although its investigation is open.
fn investigations<'a>(day: Date, view: &View<'a>) -> impl Iterator<Item = Duty> + use<'a> {
    view.world.investigations_ending(day, Date::MAX).map(|(result, last_day)| {
        let case = publication::case(result.inspection);
        let duty = Duty::new(Act::ConcludeInvestigation, case, Some(result.department));
        let duty = duty.part(Part::Item(result.item.clone())).inspection(result.inspection);
        duty.until(last_day)
    })
}
