//! A clue that comes up in an inspection: article 11.

use super::super::act::{Who, code};
use super::Script;
use super::course::{Course, Finding, Part};
use super::follow_up::act;
use super::plan::command_of;
use crate::job::JobError;
use crate::register::Department;
use yicha::code::CaseCode;
use yicha::date::Date;
use yicha::follow_up::clue::{self, ClueCommand, Conclusion};

/// A clue that its department hands on to the competent one, which investigates and concludes it.
pub(super) fn clue<'a>(
    script: &mut Script<'a>,
    course: &Course<'a>,
    part: &Part<'a>,
    finding: &Finding,
) -> Result<(), JobError> {
    let case: CaseCode = code(course.number(format!("XS-{}", finding.item)))?;
    let competent = competent(script);
    raise(script, course, part, finding, &case)?;
    hand_on(script, course, part, &case, competent)?;
    conclude(script, course, part, &case, competent)
}

fn raise<'a>(
    script: &mut Script<'a>,
    course: &Course<'a>,
    part: &Part<'a>,
    finding: &Finding,
    case: &CaseCode,
) -> Result<(), JobError> {
    let (own, day) = (part.department, course.completed);
    let (inspection, item, target) = (course.id.clone(), finding.item.clone(), course.target);
    let (clue, officer) = (case.clone(), Who::Officer(own));
    act(script, day, case, "raise", officer.clone(), move |scene| {
        let raised = clue::Raised {
            concerned: [own.id.clone()].into(),
            coordinator: None,
            inspection: Some(inspection.clone()),
            item: Some(item.clone()),
            target: Some(target.clone()),
            text: scene.keep("问题线索", "检查中发现的情况需要继续调查"),
        };
        Ok(ClueCommand::Raise { clue: clue.clone(), raised }.into())
    })?;
    let (assigned, due) = (script.workdays(day, 1)?, script.workdays(day, 40)?);
    let to = clue::Assigned { department: own.id.clone(), due };
    let command = ClueCommand::Assign { assigned: to, clue: case.clone() };
    act(script, assigned, case, "assign", officer, command_of(command))?;
    accept(script, assigned, case, own)
}

fn hand_on<'a>(
    script: &mut Script<'a>,
    course: &Course<'a>,
    part: &Part<'a>,
    case: &CaseCode,
    competent: &'a Department,
) -> Result<(), JobError> {
    let (day, own, clue) = (script.workdays(course.completed, 3)?, part.department, case.clone());
    act(script, day, case, "transfer", Who::Officer(own), move |scene| {
        let reason = scene.keep("移交理由", "属有权部门职责");
        let (department, to) = (own.id.clone(), competent.id.clone());
        let transferred = clue::Transferred { department, reason, to };
        Ok(ClueCommand::Transfer { clue: clue.clone(), transferred }.into())
    })?;
    accept(script, day, case, competent)
}

/// The competent department investigates and concludes, and who has raised the clue closes it.
fn conclude<'a>(
    script: &mut Script<'a>,
    course: &Course<'a>,
    part: &Part<'a>,
    case: &CaseCode,
    competent: &'a Department,
) -> Result<(), JobError> {
    let day = |days| script.workdays(course.completed, days);
    let (investigated, concluded, closed) = (day(15)?, day(25)?, day(26)?);
    let (clue, officer) = (case.clone(), Who::Officer(competent));
    act(script, investigated, case, "investigate", officer.clone(), move |scene| {
        let report = scene.keep("调查报告", "经调查，问题属实，已改正");
        let investigated = clue::Investigated { department: competent.id.clone(), report };
        Ok(ClueCommand::Investigate { clue: clue.clone(), investigated }.into())
    })?;
    let clue = case.clone();
    act(script, concluded, case, "conclude", officer, move |scene| {
        let (department, report) = (competent.id.clone(), scene.keep("办结报告", "已改正"));
        let conclusion = Conclusion::Corrected;
        let concluded = clue::Concluded { conclusion, department, report };
        Ok(ClueCommand::Conclude { clue: clue.clone(), concluded }.into())
    })?;
    let clue = case.clone();
    act(script, closed, case, "close", Who::Officer(part.department), move |scene| {
        let closed = clue::Closed { report: scene.keep("线索办结", "各部门均已办结") };
        Ok(ClueCommand::Close { clue: clue.clone(), closed }.into())
    })
}

fn accept<'a>(
    script: &mut Script<'a>,
    day: Date,
    case: &CaseCode,
    department: &'a Department,
) -> Result<(), JobError> {
    let accepted = clue::Accepted { department: department.id.clone() };
    let command = ClueCommand::Accept { clue: case.clone(), accepted };
    let what = format!("accept-{}", department.id);
    act(script, day, case, &what, Who::Officer(department), command_of(command))
}

/// A department that has no part in the inspection, or else another one.
fn competent<'a>(script: &Script<'a>) -> &'a Department {
    let takes_part: Vec<_> = script.inspecting().map(|department| &department.id).collect();
    let mut others = script.registers().departments.iter().filter(|found| found.inspects);
    let other = others.find(|found| !takes_part.contains(&&found.id));
    other.or_else(|| script.inspecting().nth(1)).unwrap_or(script.initiator())
}
