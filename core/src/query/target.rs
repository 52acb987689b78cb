//! What happened to a target: every visit of every department, against the frequency cap.

use super::View;
use super::refusal::QueryRefusal;
use crate::case::CaseId;
use crate::code::{CaseCode, DepartmentId, IndustryCode, InspectorId, ItemId, SchemeId, TargetId};
use crate::date::Date;
use crate::follow_up::{clue, listing, penalty, rectification};
use crate::inspection::Inspection;
use crate::order::{gather, sort_by};
use crate::plan::annual::PlanYear;
use crate::publication::{Origin, Publication};
use crate::refusal::Refusal;
use crate::register::TargetKind;
use crate::result::InspectionResult;
use crate::risk::RiskClass;
use alloc::collections::BTreeSet;
use alloc::format;
use alloc::vec::Vec;
use serde::{Deserialize, Serialize};

/// Asks what happened to a target.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct AskTarget {
    /// What happened up to this day.
    pub day: Date,
    /// The target.
    pub target: TargetId,
}

/// What happened to a target. It is for the office and not for the public: the caps tell its class.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct TargetHistory {
    /// What followed: clues, rectifications, listings, penalties.
    pub cases: Vec<CaseId>,
    /// The day.
    pub day: Date,
    /// Results from before the regulation.
    pub inherited: Vec<ResultOf>,
    /// Its inspections, by day of opening.
    pub inspections: Vec<InspectionOf>,
    /// Re-checks, which are outside of the cap.
    pub rechecks: Vec<RecheckOf>,
    /// Where it is registered.
    pub registered: Vec<RegisteredBy>,
    /// The target.
    pub target: TargetId,
    /// The years with a visit and the year of the day, each against the caps.
    pub years: Vec<YearOf>,
}

/// An inspection of a target.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct InspectionOf {
    /// The day it was abandoned.
    pub abandoned: Option<Date>,
    /// The day it was completed.
    pub completed: Option<Date>,
    /// The inspection.
    pub inspection: CaseCode,
    /// The day it was opened.
    pub opened: Date,
    /// What came out of it.
    pub results: Vec<ResultOf>,
    /// The scheme.
    pub scheme: SchemeId,
    /// The visits, in their order.
    pub visits: Vec<VisitOf>,
}

/// A visit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct VisitOf {
    /// The departments that came.
    pub departments: BTreeSet<DepartmentId>,
    /// The inspectors present.
    pub inspectors: Vec<InspectorId>,
    /// The day.
    pub on: Date,
}

/// The result of an item.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ResultOf {
    /// The department whose item it is.
    pub department: DepartmentId,
    /// The inspection, or its number of that time.
    pub inspection: CaseCode,
    /// The item.
    pub item: ItemId,
    /// Whether it speaks against the target.
    pub negative: bool,
    /// Whether the public sees it on the day.
    pub public: bool,
    /// The result.
    pub result: InspectionResult,
}

/// A re-check.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct RecheckOf {
    /// Whether everything was corrected.
    pub corrected: bool,
    /// The department that checked.
    pub department: DepartmentId,
    /// The day.
    pub on: Date,
    /// The rectification.
    pub rectification: CaseCode,
}

/// A register in which a target stands or stood.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct RegisteredBy {
    /// Whose register.
    pub department: DepartmentId,
    /// The day from which it is registered no more.
    pub ended: Option<Date>,
    /// What it is there.
    pub kind: TargetKind,
}

/// A year of a target.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct YearOf {
    /// The caps that the year's plan sets for its class, entry by entry.
    pub caps: Vec<Cap>,
    /// The visits that count.
    pub visits: u64,
    /// The year.
    pub year: PlanYear,
}

/// The cap that an entry of a plan sets.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Cap {
    /// So many visits in the year at most, of all departments together.
    pub cap: u16,
    /// The entry.
    pub entry: CaseCode,
    /// Its industry.
    pub industry: IndustryCode,
    /// Whether the target is not to be visited again this year for it.
    pub reached: bool,
}

pub(super) fn ask(asked: &AskTarget, view: &View<'_>) -> Result<TargetHistory, Refusal> {
    let AskTarget { day, target } = asked;
    let (world, day) = (view.world, *day);
    let row = world.registers.target(target)?;
    let inspections = inspections(target, view);
    let about = about(target, &inspections, view);
    if row.is_none() && about.is_empty() {
        return Err(QueryRefusal::NoTarget { target: target.clone() }.into());
    }
    let opened = inspections.iter().filter(|(_, it)| it.opened <= day);
    Ok(TargetHistory {
        cases: cases(target, &about, view),
        day,
        inherited: inherited(target, day, view),
        inspections: opened.map(|(id, it)| inspection_of(id, it, day, view)).collect(),
        rechecks: rechecks(&about, day, view),
        registered: registered(target, view),
        target: target.clone(),
        years: years(target, &inspections, row.and_then(|row| row.class), day, view),
    })
}

/// By day of opening and number.
fn inspections<'a>(target: &TargetId, view: &View<'a>) -> Vec<(&'a CaseCode, &'a Inspection)> {
    let all = view.world.inspections.iter();
    let mut own: Vec<_> = all.filter(|(_, it)| it.target == *target).collect();
    sort_by(&mut own, |(a, one), (b, other)| (one.opened, a).cmp(&(other.opened, b)));
    own
}

fn publications<'a>(
    target: &'a TargetId,
    view: &View<'a>,
) -> impl Iterator<Item = (&'a CaseCode, &'a Publication)> {
    view.world.publications.iter().filter(move |(_, it)| it.target == *target)
}

/// The inspections that are about it, known here or by their results alone.
fn about<'a>(
    target: &'a TargetId,
    inspections: &[(&'a CaseCode, &'a Inspection)],
    view: &View<'a>,
) -> BTreeSet<&'a CaseCode> {
    let inspections = inspections.iter().map(|(id, _)| *id);
    gather(inspections.chain(publications(target, view).map(|(id, _)| id)))
}

fn inspection_of(id: &CaseCode, it: &Inspection, day: Date, view: &View<'_>) -> InspectionOf {
    let by = |on: &Date| *on <= day;
    let visits = it.visits.iter().filter(|visit| visit.on <= day).map(|visit| VisitOf {
        departments: gather(it.departments_at(visit).into_iter().cloned()),
        inspectors: visit.present.to_vec(),
        on: visit.on,
    });
    let recorded = it.records.iter().filter(|(_, record)| record.on <= day);
    InspectionOf {
        abandoned: it.abandoned.as_ref().map(|abandoned| abandoned.0).filter(by),
        completed: it.completed.filter(by),
        inspection: id.clone(),
        opened: it.opened,
        results: recorded.filter_map(|(item, _)| result_of(id, item, day, view)).collect(),
        scheme: it.scheme.clone(),
        visits: visits.collect(),
    }
}

/// As it is public or recorded now.
fn result_of(id: &CaseCode, item: &ItemId, day: Date, view: &View<'_>) -> Option<ResultOf> {
    let finding = view.world.finding(id, item).ok()?;
    let public = view.world.publicity(id, item, day).is_ok_and(|publicity| publicity.is_public());
    Some(ResultOf {
        department: finding.department.clone(),
        inspection: id.clone(),
        item: item.clone(),
        negative: finding.negative,
        public,
        result: finding.result,
    })
}

fn inherited(target: &TargetId, day: Date, view: &View<'_>) -> Vec<ResultOf> {
    let items = publications(target, view).flat_map(|(id, publication)| {
        let items = publication.items.iter();
        let inherited = items.filter(|(_, it)| matches!(it.origin, Origin::Inherited { .. }));
        inherited.map(move |(item, _)| (id, item))
    });
    items.filter_map(|(id, item)| result_of(id, item, day, view)).collect()
}

fn rechecks(about: &BTreeSet<&CaseCode>, day: Date, view: &View<'_>) -> Vec<RecheckOf> {
    let ordered = view.world.rectifications.iter();
    let own = ordered.filter(|(_, it)| about.contains(&it.ordered.found.inspection));
    let mut rechecks: Vec<_> = own
        .flat_map(|(id, it)| {
            it.rechecks.iter().filter(|(on, _)| *on <= day).map(|(on, recheck)| RecheckOf {
                corrected: recheck.corrected,
                department: it.ordered.department.clone(),
                on: *on,
                rectification: id.clone(),
            })
        })
        .collect();
    sort_by(&mut rechecks, |a, b| a.on.cmp(&b.on));
    rechecks
}

fn cases(target: &TargetId, about: &BTreeSet<&CaseCode>, view: &View<'_>) -> Vec<CaseId> {
    let world = view.world;
    let clues = world.clues.iter().filter(|(_, it)| {
        it.raised.target.as_ref() == Some(target)
            || it.raised.inspection.as_ref().is_some_and(|id| about.contains(id))
    });
    let rectifications = world.rectifications.iter();
    let rectifications =
        rectifications.filter(|(_, it)| about.contains(&it.ordered.found.inspection));
    let listings = world.listings.iter();
    let listings = listings.filter(|(_, it)| about.contains(&it.proposed.found.inspection));
    let penalties = world.penalties.iter();
    let penalties = penalties.filter(|(_, it)| about.contains(&it.penalised.found.inspection));
    let clues = clues.map(|(id, _)| clue::case(id));
    let rectifications = rectifications.map(|(id, _)| rectification::case(id));
    let listings = listings.map(|(id, _)| listing::case(id));
    let penalties = penalties.map(|(id, _)| penalty::case(id));
    clues.chain(rectifications).chain(listings).chain(penalties).collect()
}

/// Every register is fed, or the row was not looked for before.
fn registered(target: &TargetId, view: &View<'_>) -> Vec<RegisteredBy> {
    let shelves = view.world.registers.targets.iter();
    let rows = shelves.filter_map(|(department, shelf)| {
        let row = shelf.fed(department).ok()?.get(target)?;
        Some(RegisteredBy { department: department.clone(), ended: row.ended, kind: row.kind })
    });
    rows.collect()
}

fn years(
    target: &TargetId,
    inspections: &[(&CaseCode, &Inspection)],
    class: Option<RiskClass>,
    day: Date,
    view: &View<'_>,
) -> Vec<YearOf> {
    let visited = inspections.iter().flat_map(|(_, it)| &it.visits);
    let visited = visited.filter(|visit| visit.on <= day).map(|visit| visit.on.year());
    let mut years: Vec<i32> = visited.chain([day.year()]).collect();
    sort_by(&mut years, i32::cmp);
    years.dedup();
    let years = years.into_iter().filter_map(|year| format!("{year:04}").parse::<PlanYear>().ok());
    years.map(|year| year_of(target, class, year, day, view)).collect()
}

fn year_of(
    target: &TargetId,
    class: Option<RiskClass>,
    year: PlanYear,
    day: Date,
    view: &View<'_>,
) -> YearOf {
    let mut days = year.days();
    days.until = days.until.min(day);
    let visits = view.world.visits(target, days).count() as u64;
    let plan = view.world.plans.get(year.as_code());
    let entries = plan
        .into_iter()
        .flat_map(|plan| plan.entries.keys().filter_map(|entry| plan.in_force(entry)));
    let caps = entries.filter_map(|entry| {
        let cap = *entry.visits.get(&class?)?;
        let (reached, industry) = (visits >= cap.into(), entry.industry.clone());
        Some(Cap { cap, entry: entry.id.clone(), industry, reached })
    });
    YearOf { caps: caps.collect(), visits, year }
}
