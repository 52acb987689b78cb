//! What an inspector did: load, visits, replacements, recusals, re-checks.

use super::View;
use super::refusal::QueryRefusal;
use crate::code::{CaseCode, DepartmentId, InspectorId, SchemeId, TargetId};
use crate::date::Date;
use crate::inspection::{Inspection, RecusalOrigin, Replaced};
use crate::plan::Window;
use crate::refusal::Refusal;
use alloc::vec::Vec;
use serde::{Deserialize, Serialize};

/// Asks what an inspector did.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct AskInspector {
    /// The inspector.
    pub inspector: InspectorId,
    /// From when to when.
    pub period: Window,
}

/// What an inspector did. It is for the office and not for the public; no reason stands in it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct InspectorWork {
    /// The department, as the register has it.
    pub department: Option<DepartmentId>,
    /// The inspector.
    pub inspector: InspectorId,
    /// The period.
    pub period: Window,
    /// The places in teams of inspections that were opened in the period; their number is the load.
    pub places: Vec<Place>,
    /// Re-checks.
    pub rechecks: Vec<RecheckBy>,
    /// Recusals asked for, granted or not.
    pub recusals: Vec<RecusalOf>,
    /// Places that somebody else took over.
    pub replaced: Vec<ReplacementOf>,
    /// Places taken over from somebody else.
    pub succeeded: Vec<ReplacementOf>,
    /// Visits at which the inspector was present.
    pub visits: Vec<VisitBy>,
}

/// A place in a team.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Place {
    /// The inspection.
    pub inspection: CaseCode,
    /// Whether as leader.
    pub leader: bool,
    /// The day it was opened.
    pub opened: Date,
    /// The scheme.
    pub scheme: SchemeId,
    /// The target.
    pub target: TargetId,
}

/// A re-check.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct RecheckBy {
    /// The day.
    pub on: Date,
    /// The rectification.
    pub rectification: CaseCode,
}

/// A recusal that was decided.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct RecusalOf {
    /// Whether it was granted.
    pub granted: bool,
    /// The inspection.
    pub inspection: CaseCode,
    /// The day.
    pub on: Date,
    /// Who asked for it.
    pub origin: RecusalOrigin,
}

/// A replacement.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ReplacementOf {
    /// The inspection.
    pub inspection: CaseCode,
    /// The day.
    pub on: Date,
    /// The other one: who came instead, or who was there before.
    pub other: InspectorId,
}

/// A visit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct VisitBy {
    /// The inspection.
    pub inspection: CaseCode,
    /// The day.
    pub on: Date,
}

pub(super) fn ask(asked: &AskInspector, view: &View<'_>) -> Result<InspectorWork, Refusal> {
    let AskInspector { inspector, period } = asked;
    let (world, period) = (view.world, in_order(*period)?);
    let row = world.registers.inspector(inspector)?;
    let teams = world.inspections.iter();
    let own: Vec<_> = teams.filter(|(_, it)| it.department_of(inspector).is_some()).collect();
    if row.is_none() && own.is_empty() {
        return Err(QueryRefusal::NoInspector { inspector: inspector.clone() }.into());
    }
    let replaced = replacements(&own, period).filter(|(_, _, it)| it.inspector == *inspector);
    let succeeded = replacements(&own, period).filter(|(_, _, it)| it.successor == *inspector);
    let other = |(id, on, other): (&CaseCode, Date, &InspectorId)| ReplacementOf {
        inspection: id.clone(),
        on,
        other: other.clone(),
    };
    Ok(InspectorWork {
        department: row.map(|row| row.department.clone()),
        inspector: inspector.clone(),
        places: own.iter().filter_map(|(id, it)| place(id, it, inspector, period)).collect(),
        period,
        rechecks: rechecks(inspector, period, view),
        recusals: recusals(&own, inspector, period),
        replaced: replaced.map(|(id, on, it)| other((id, on, &it.successor))).collect(),
        succeeded: succeeded.map(|(id, on, it)| other((id, on, &it.inspector))).collect(),
        visits: visits(&own, inspector, period),
    })
}

/// Refuses a period without days.
pub(super) fn in_order(period: Window) -> Result<Window, QueryRefusal> {
    match period.from <= period.until {
        true => Ok(period),
        false => Err(QueryRefusal::Reversed { period }),
    }
}

/// Whether an inspection counts for the load of a period.
pub(super) fn counts(it: &Inspection, period: Window) -> bool {
    it.abandoned.is_none() && period.contains(it.opened)
}

fn place(id: &CaseCode, it: &Inspection, inspector: &InspectorId, period: Window) -> Option<Place> {
    let member = it.assignment.member(inspector).filter(|_| counts(it, period))?;
    Some(Place {
        inspection: id.clone(),
        leader: member.leader,
        opened: it.opened,
        scheme: it.scheme.clone(),
        target: it.target.clone(),
    })
}

fn replacements<'a>(
    own: &[(&'a CaseCode, &'a Inspection)],
    period: Window,
) -> impl Iterator<Item = (&'a CaseCode, Date, &'a Replaced)> {
    let all = own.iter().flat_map(|(id, it)| it.replacements.iter().map(move |it| (*id, it)));
    let within = all.filter(move |(_, (on, _))| period.contains(*on));
    within.map(|(id, (on, replaced))| (id, *on, replaced))
}

fn recusals(
    own: &[(&CaseCode, &Inspection)],
    inspector: &InspectorId,
    period: Window,
) -> Vec<RecusalOf> {
    let all = own.iter().flat_map(|(id, it)| it.recusals.iter().map(move |it| (*id, it)));
    let within = all.filter(|(_, (on, it))| period.contains(*on) && it.inspector == *inspector);
    within
        .map(|(id, (on, it))| RecusalOf {
            granted: it.granted,
            inspection: id.clone(),
            on: *on,
            origin: it.origin,
        })
        .collect()
}

fn visits(
    own: &[(&CaseCode, &Inspection)],
    inspector: &InspectorId,
    period: Window,
) -> Vec<VisitBy> {
    let all = own.iter().flat_map(|(id, it)| it.visits.iter().map(move |it| (*id, it)));
    let within = all.filter(|(_, it)| period.contains(it.on) && it.present.contains(inspector));
    within.map(|(id, it)| VisitBy { inspection: id.clone(), on: it.on }).collect()
}

fn rechecks(inspector: &InspectorId, period: Window, view: &View<'_>) -> Vec<RecheckBy> {
    let all = view.world.rectifications.iter();
    let all = all.flat_map(|(id, it)| it.rechecks.iter().map(move |it| (id, it)));
    let own = all.filter(|(_, (on, it))| period.contains(*on) && it.inspectors.contains(inspector));
    own.map(|(id, (on, _))| RecheckBy { on: *on, rectification: id.clone() }).collect()
}
