//! What follows from a problem: articles 11, 12, 22 and 23.

use super::super::act::{Scene, Who, code, team};
use super::course::{Course, Finding, Part, Story};
use super::publicity::Branch;
use super::{Script, clue, consequence, dossier};
use crate::job::JobError;
use std::collections::BTreeSet;
use yicha::actor::Purpose;
use yicha::code::{CaseCode, DepartmentId, InspectorId, ItemId};
use yicha::date::Date;
use yicha::event::Command;
use yicha::follow_up::consequence::Found;
use yicha::follow_up::listing::ListingGround;
use yicha::follow_up::penalty::Severity;
use yicha::follow_up::rectification::*;
use yicha::result::InspectionResult;

/// Days after the completion on which a listing or penalty ends that ends in this year.
pub(super) const ENDS_AFTER: i32 = 75;

pub(super) fn follow_up<'a>(script: &mut Script<'a>, course: &Course<'a>) -> Result<(), JobError> {
    match course.story {
        // One listing for all items, by the initiator.
        Story::Unreachable => {
            consequence::listing(script, course, &all_items(course), ListingGround::Unreachable)?
        }
        Story::Uncooperative => {
            consequence::penalty(
                script,
                course,
                &course.parts[0],
                &all_items(course),
                Severity::Heavier,
            )?;
            consequence::listing(
                script,
                course,
                &all_items(course),
                ListingGround::HeavierPenalty,
            )?;
        }
        _ => {
            for part in &course.parts {
                let problems = part.findings.iter().filter(|finding| finding.negative());
                problems.clone().try_for_each(|found| one(script, course, part, found))?;
            }
        }
    }
    dossier::close(script, course)
}

fn all_items(course: &Course<'_>) -> BTreeSet<ItemId> {
    let findings = course.parts.iter().flat_map(|part| &part.findings);
    findings.map(|finding| finding.item.clone()).collect()
}

/// What follows from one problem.
fn one<'a>(
    script: &mut Script<'a>,
    course: &Course<'a>,
    part: &Part<'a>,
    finding: &Finding,
) -> Result<(), JobError> {
    let items = BTreeSet::from([finding.item.clone()]);
    match finding.result {
        InspectionResult::InformationNotPublished => {
            consequence::listing(script, course, &items, ListingGround::ReportNotPublished)
        }
        InspectionResult::ProblemUnderInvestigation => clue::clue(script, course, part, finding),
        InspectionResult::Failed => {
            let severity = severity(course.story);
            consequence::penalty(script, course, part, &items, severity)
        }
        _ => rectification(script, course, part, finding),
    }
}

/// A penalty for what fails by chance is a minor one.
fn severity(story: Story) -> Severity {
    if story == Story::Failed { Severity::Ordinary } else { Severity::Minor }
}

/// How a problem's result stops being public. Branch B prevails where something is listed or penalised.
pub(super) fn branch(
    script: &Script<'_>,
    course: &Course<'_>,
    finding: &Finding,
) -> Result<Branch, JobError> {
    let ends = || Ok(Branch::Consequences(Some(script.days(course.completed, ENDS_AFTER)?)));
    match finding.result {
        InspectionResult::Unreachable | InspectionResult::InformationNotPublished => ends(),
        InspectionResult::Failed if course.story == Story::Failed => ends(),
        InspectionResult::SeriouslyUncooperative => Ok(Branch::Consequences(None)),
        _ => Ok(Branch::Period),
    }
}

/// 责令限期改正, a report, and a re-check. Where the signature was refused, the first re-check finds it not corrected.
fn rectification<'a>(
    script: &mut Script<'a>,
    course: &Course<'a>,
    part: &Part<'a>,
    finding: &Finding,
) -> Result<(), JobError> {
    let (department, day) = (part.department, course.completed);
    let case: CaseCode = code(course.number(format!("ZG-{}", finding.item)))?;
    let due = script.days(day, 15)?;
    let (rectification, found) = (case.clone(), found(course, [finding.item.clone()].into()));
    act(script, day, &case, "order", Who::Officer(department), move |scene| {
        let (department, order) = (department.id.clone(), scene.keep("责令改正通知书", "限期改正"));
        let ordered = Ordered { department, found: found.clone(), order, term: Term::By(due) };
        let rectification = rectification.clone();
        Ok(RectificationCommand::Order { ordered, rectification }.into())
    })?;
    let again = course.story == Story::RefusedSignature;
    let mut day = script.workdays(due, -1)?;
    if again {
        report_and_recheck(script, course, part, &case, day, false)?;
        let extended = script.workdays(day, 2)?;
        let due = script.days(extended, 15)?;
        let rectification = case.clone();
        act(script, extended, &case, "extend", Who::Officer(department), move |scene| {
            let extended =
                Extended { due, reason: scene.keep("延期理由", "尚有一处未改") };
            let rectification = rectification.clone();
            Ok(RectificationCommand::Extend { extended, rectification }.into())
        })?;
        day = due;
    }
    report_and_recheck(script, course, part, &case, day, true)
}

fn report_and_recheck<'a>(
    script: &mut Script<'a>,
    course: &Course<'a>,
    part: &Part<'a>,
    case: &CaseCode,
    day: Date,
    corrected: bool,
) -> Result<(), JobError> {
    let (rectification, who) = (case.clone(), Who::Officer(part.department));
    let again = if corrected { "" } else { "-first" };
    act(script, day, case, &format!("report{again}"), who.clone(), move |scene| {
        let reported = Reported { report: scene.keep("整改报告", "已改正") };
        let rectification = rectification.clone();
        Ok(RectificationCommand::Report { rectification, reported }.into())
    })?;
    let (rectification, inspection) = (case.clone(), course.id.clone());
    let (day, id) = (script.workdays(day, 1)?, &part.department.id);
    let least = usize::from(script.outcome.task.minimum);
    act(script, day, case, &format!("recheck{again}"), who, move |scene| {
        let inspectors = certified(scene, &inspection, id, day, least)?;
        let record = scene.keep("复查记录", if corrected { "已改正" } else { "尚有一处未改" });
        let rechecked = Rechecked { corrected, inspectors, record };
        let rectification = rectification.clone();
        Ok(RectificationCommand::Recheck { rechecked, rectification }.into())
    })
}

/// As many inspectors of the department as it takes, each with a certificate on the day, those who were there before others.
fn certified(
    scene: &Scene<'_, '_>,
    inspection: &CaseCode,
    department: &DepartmentId,
    day: Date,
    least: usize,
) -> Result<BTreeSet<InspectorId>, JobError> {
    let team = team(scene.inspection(inspection)?, department);
    let shelf = scene.world.registers.inspectors.get(department);
    let rows = shelf.map(|shelf| shelf.fed(department)).transpose();
    let rows = rows.map_err(|e| JobError::refused(&e))?;
    let mut people: Vec<_> = rows.into_iter().flat_map(|rows| rows.values()).collect();
    people.retain(|person| person.may_inspect(day));
    people.sort_by_key(|person| !team.contains(&person.id));
    Ok(people.into_iter().take(least).map(|person| person.id.clone()).collect())
}

pub(super) fn found(course: &Course<'_>, items: BTreeSet<ItemId>) -> Found {
    Found { inspection: course.id.clone(), items }
}

/// An act of a case that follows.
pub(super) fn act<'a>(
    script: &mut Script<'a>,
    day: Date,
    case: &CaseCode,
    what: &str,
    who: Who<'a>,
    command: impl Fn(&mut Scene<'_, 'a>) -> Result<Command, JobError> + 'a,
) -> Result<(), JobError> {
    script.act(day, format!("{case}-{what}"), who, Purpose::FollowUp, command)
}
