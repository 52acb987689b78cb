//! What a period came to: coverage, problems, publication in time, visits saved, and how the load was spread. The
//! measures are our decision `evaluation-measures`; all of them are integers and fractions of integers.

use super::View;
use super::inspector::{counts, in_order};
use crate::by_id::ById;
use crate::code::{CaseCode, DepartmentId, IndustryCode, InspectorId, ItemId, Stratum};
use crate::date::Date;
use crate::draw::announcement::Subject;
use crate::drawing::{Attempt, Drawn};
use crate::inspection::Inspection;
use crate::order::gather;
use crate::oversight::limit::Share;
use crate::plan::Window;
use crate::publication;
use crate::refusal::Refusal;
use crate::result::InspectionResult;
use alloc::collections::{BTreeMap, BTreeSet};
use alloc::vec::Vec;
use serde::{Deserialize, Serialize};

/// Asks what a period came to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct AskEvaluation {
    /// The day as of which publication is looked at.
    pub day: Date,
    /// The period. An inspection belongs to that in which it was completed, a place in a team to that in which it began.
    pub period: Window,
}

/// What a period came to. It is for the office: the coverage tells classes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Evaluation {
    /// By industry and class, of the schemes drawn for whose window lies in the period, at least in part.
    pub coverage: Vec<Coverage>,
    /// The day.
    pub day: Date,
    /// Completed inspections by industry; those with a problem among them.
    pub industries: ById<IndustryCode, Share>,
    /// How the load was spread, by department.
    pub load: ById<DepartmentId, Load>,
    /// The period.
    pub period: Window,
    /// Completed inspections; those with a problem among them.
    pub problems: Share,
    /// How the results of completed inspections were published.
    pub publication: Timing,
    /// How often each result was found.
    pub results: BTreeMap<InspectionResult, u64>,
    /// The visits of completed inspections.
    pub visits: Joining,
}

/// How far the targets of a class were inspected.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Coverage {
    /// The class; none for targets on a list that was drawn above.
    pub class: Option<Stratum>,
    /// The targets of the class that could be drawn.
    pub eligible: Option<u64>,
    /// The industry.
    pub industry: IndustryCode,
    /// Those drawn whose inspection was completed in the period.
    pub inspected: u64,
    /// Those drawn, or handed down.
    pub quota: u64,
}

/// How results were published.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Timing {
    /// Published after the last day.
    pub late: u64,
    /// Published by the last day, of those published or overdue.
    pub on_time: Share,
    /// Neither published nor overdue.
    pub open: u64,
    /// Not published although the last day is over.
    pub overdue: u64,
    /// Of those published, how many rest on a year whose holidays were not known.
    pub provisional: u64,
    /// Withheld by law.
    pub withheld: u64,
}

/// How many visits joining has saved.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Joining {
    /// The visits that the departments present would have made one by one.
    pub alone: u64,
    /// The visits that took place.
    pub joint: u64,
    /// The difference.
    pub saved: u64,
}

/// How the places in teams were spread over the inspectors of a department.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Load {
    /// How many inspectors: all that may be matched on the last day, and whoever else had a place.
    pub inspectors: u64,
    /// The fewest places of one of them.
    pub least: u64,
    /// The mean.
    pub mean: Ratio,
    /// The most places of one of them.
    pub most: u64,
    /// The variance.
    pub variance: Ratio,
}

/// A fraction, not reduced.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Ratio {
    /// Below the line, never zero.
    pub denominator: u64,
    /// Above the line.
    pub numerator: u64,
}

/// A completed inspection of the period.
type Completed<'a> = (&'a CaseCode, &'a Inspection, Date);

pub(super) fn ask(asked: &AskEvaluation, view: &View<'_>) -> Result<Evaluation, Refusal> {
    let (day, period) = (asked.day, in_order(asked.period)?);
    let completed: Vec<Completed<'_>> = view
        .world
        .inspections
        .iter()
        .filter_map(|(id, it)| Some((id, it, it.completed?)))
        .filter(|(_, _, on)| period.contains(*on))
        .collect();
    let industries = industries(&completed, view)?;
    let mut publication = Timing::default();
    for it in &completed {
        publication.add(it, day, view)?;
    }
    Ok(Evaluation {
        coverage: coverage(&completed, period, view)?,
        day,
        load: load(period, view)?,
        period,
        problems: industries.values().fold(Share::default(), sum),
        industries,
        publication,
        results: results(&completed, view)?,
        visits: joining(&completed),
    })
}

fn sum(one: Share, other: &Share) -> Share {
    Share { count: one.count + other.count, of: one.of + other.of }
}

fn industries(
    completed: &[Completed<'_>],
    view: &View<'_>,
) -> Result<ById<IndustryCode, Share>, Refusal> {
    let mut industries: ById<IndustryCode, Share> = ById::new();
    for (id, it, _) in completed {
        let industry = view.world.scheme(&it.scheme)?.industry.clone();
        let negative = |item| view.world.finding(id, item).is_ok_and(|found| found.negative);
        let problem = it.records.keys().any(negative);
        let share = industries.get_or_default(industry);
        *share = sum(*share, &Share { count: problem.into(), of: 1 });
    }
    Ok(industries)
}

fn results(
    completed: &[Completed<'_>],
    view: &View<'_>,
) -> Result<BTreeMap<InspectionResult, u64>, Refusal> {
    let mut results = BTreeMap::new();
    for (id, it, _) in completed {
        for item in it.records.keys() {
            *results.entry(view.world.finding(id, item)?.result).or_default() += 1;
        }
    }
    Ok(results)
}

impl Timing {
    fn add(
        &mut self,
        (id, it, completed): &Completed<'_>,
        day: Date,
        view: &View<'_>,
    ) -> Result<(), Refusal> {
        let due = publication::deadline(*completed, view.edition, view.calendar)?.last_day;
        for item in it.records.keys() {
            self.add_item(id, item, due, day, view);
        }
        Ok(())
    }

    fn add_item(&mut self, id: &CaseCode, item: &ItemId, due: Date, day: Date, view: &View<'_>) {
        let first = view.world.published(id, item).and_then(|published| published.versions.first());
        let first = first.filter(|first| first.published <= day);
        match first.and_then(|first| first.timeliness) {
            Some(timeliness) => {
                let late = timeliness.late.is_some();
                self.late += u64::from(late);
                self.provisional += u64::from(timeliness.provisional);
                self.on_time = sum(self.on_time, &Share { count: (!late).into(), of: 1 });
            }
            None if view.world.item_withheld(id, item, day).is_some() => self.withheld += 1,
            None if due < day => {
                self.overdue += 1;
                self.on_time.of += 1;
            }
            None => self.open += 1,
        }
    }
}

fn joining(completed: &[Completed<'_>]) -> Joining {
    let visits = completed
        .iter()
        .flat_map(|(_, it, _)| it.visits.iter().map(|visit| it.departments_at(visit).len() as u64));
    visits.fold(Joining::default(), |sum, departments| {
        let (alone, joint) = (sum.alone + departments.max(1), sum.joint + 1);
        Joining { alone, joint, saved: alone - joint }
    })
}

/// How many inspectors had how many places.
fn load(period: Window, view: &View<'_>) -> Result<ById<DepartmentId, Load>, Refusal> {
    let mut places: BTreeMap<&DepartmentId, BTreeMap<&InspectorId, u64>> = BTreeMap::new();
    for (department, shelf) in &view.world.registers.inspectors {
        let rows = shelf.fed(department)?.values().filter(|row| row.may_inspect(period.until));
        places.entry(department).or_default().extend(rows.map(|row| (&row.id, 0)));
    }
    for it in view.world.inspections.values().filter(|it| counts(it, period)) {
        for member in &it.assignment.team {
            let own = places.entry(&member.department).or_default();
            *own.entry(&member.inspector).or_default() += 1;
        }
    }
    let load = |(department, own): (&DepartmentId, BTreeMap<&InspectorId, u64>)| {
        Some((department.clone(), Load::of(own.values().copied())?))
    };
    Ok(places.into_iter().filter_map(load).collect())
}

impl Load {
    /// Nothing where there is nobody.
    fn of(places: impl Iterator<Item = u64> + Clone) -> Option<Self> {
        let (least, most) = (places.clone().min()?, places.clone().max()?);
        let n = places.clone().count() as u64;
        let (sum, squares) = places.fold((0, 0), |(sum, squares), x| (sum + x, squares + x * x));
        // n·Σx² is never less than (Σx)².
        let variance = Ratio { denominator: n * n, numerator: n * squares - sum * sum };
        let mean = Ratio { denominator: n, numerator: sum };
        Some(Self { inspectors: n, least, mean, most, variance })
    }
}

fn coverage(
    completed: &[Completed<'_>],
    period: Window,
    view: &View<'_>,
) -> Result<Vec<Coverage>, Refusal> {
    let mut cells = BTreeMap::new();
    for (id, scheme) in &view.world.schemes {
        let window = scheme.window;
        let drawing = view.world.drawings.get(id);
        let Some(drawing) =
            drawing.filter(|_| window.from <= period.until && period.from <= window.until)
        else {
            continue;
        };
        let of_scheme = completed.iter().filter(|(_, it, _)| it.scheme == *id);
        let inspected: BTreeSet<_> = gather(of_scheme.map(|(_, it, _)| it.target.as_str()));
        let industry = &scheme.industry;
        match (&drawing.received, drawing.drawn()) {
            (Some(handed), _) => {
                let cell = cell(&mut cells, industry, None);
                cell.quota = cell.quota.saturating_add(handed.targets);
                cell.inspected += inspected.len() as u64;
            }
            (None, Some(drawn)) => add_draw(&mut cells, industry, drawn, &inspected, view)?,
            (None, None) => {}
        }
    }
    Ok(cells.into_values().collect())
}

type Cells = BTreeMap<(IndustryCode, Option<Stratum>), Coverage>;

fn cell<'a>(
    cells: &'a mut Cells,
    industry: &IndustryCode,
    class: Option<&Stratum>,
) -> &'a mut Coverage {
    let key = (industry.clone(), class.cloned());
    cells.entry(key).or_insert_with(|| Coverage {
        class: class.cloned(),
        eligible: class.map(|_| 0),
        industry: industry.clone(),
        inspected: 0,
        quota: 0,
    })
}

/// The announcement tells how many were eligible, the drawn file who was drawn of which class.
fn add_draw(
    cells: &mut Cells,
    industry: &IndustryCode,
    (attempt, drawn): (&Attempt, &Drawn),
    inspected: &BTreeSet<&str>,
    view: &View<'_>,
) -> Result<(), Refusal> {
    let announcement = view.world.files.announcement(&attempt.announced.announcement)?;
    if let Subject::Targets { strata, .. } = announcement.subject() {
        for line in strata {
            let cell = cell(cells, industry, Some(line.stratum()));
            cell.eligible = cell.eligible.map(|before| before.saturating_add(line.eligible()));
            cell.quota = cell.quota.saturating_add(line.quota());
        }
    }
    for target in view.world.files.drawn(&drawn.drawn)?.targets() {
        let done = inspected.contains(target.id);
        cell(cells, industry, Some(target.stratum)).inspected += u64::from(done);
    }
    Ok(())
}
