//! Article 19: a member of the team is replaced by somebody whom the department head names, and not drawn again.

use super::refusal::InspectionRefusal as R;
use super::*;
use crate::actor::Role;
use crate::case::Context;
use crate::code::{DepartmentId, InspectorId};
use crate::refusal::{List, Refusal};
use team::Member;

const ART_19: Basis = Basis::Article(19);

/// 回避, once inspectors are matched. Who is recused is replaced before the visit.
pub(super) fn decide_recusal(
    id: &CaseCode,
    decided: &RecusalDecided,
    context: &Context<'_>,
) -> Result<InspectionEvent, Refusal> {
    let member = member(&decided.inspector, still_open(id, context)?)?;
    context.acts_for(&member.department, &[Role::DepartmentHead], RECUSAL)?;
    Ok(InspectionEvent::RecusalDecided(decided.clone()))
}

pub(super) fn replace(
    id: &CaseCode,
    replaced: &Replaced,
    context: &Context<'_>,
) -> Result<InspectionEvent, Refusal> {
    let Replaced { inspector, selection, successor, .. } = replaced;
    let inspection = still_open(id, context)?;
    let department = &member(inspector, inspection)?.department;
    context.acts_for(department, &[Role::DepartmentHead], ART_19)?;
    let (inspector, successor) = (inspector.clone(), successor.clone());
    if *selection == Selection::Drawn {
        return Err(R::DrawnSuccessor { inspector, successor }.into());
    }
    if inspection.assignment.member(&successor).is_some() {
        return Err(R::SuccessorInTeam { successor }.into());
    }
    if inspection.assignment.recused.contains(&successor) {
        let target = inspection.target.clone();
        return Err(R::SuccessorRecused { successor, target }.into());
    }
    check_certificate(&successor, department, inspection, context)?;
    check_qualification(&inspector, &successor, department, inspection, context)?;
    Ok(InspectionEvent::Replaced(replaced.clone()))
}

fn member<'a>(inspector: &InspectorId, inspection: &'a Inspection) -> Result<&'a Member, R> {
    let found = inspection.assignment.member(inspector);
    found.ok_or_else(|| R::NotMatched { inspector: inspector.clone() })
}

/// The successor could have been matched: of the department, with a certificate through the whole window.
fn check_certificate(
    successor: &InspectorId,
    department: &DepartmentId,
    inspection: &Inspection,
    context: &Context<'_>,
) -> Result<(), Refusal> {
    let world = context.world;
    let (successor, department) = (successor.clone(), department.clone());
    let found = world.registers.inspector(&successor)?;
    let Some(row) = found.filter(|row| row.department == department) else {
        return Err(R::SuccessorElsewhere { successor, department }.into());
    };
    let until = world.scheme(&inspection.scheme)?.window.until;
    if !row.may_inspect(until) {
        return Err(R::SuccessorNotCertified { successor, until }.into());
    }
    Ok(())
}

/// The successor has what the place asks for, by the matching problem or else by the register.
fn check_qualification(
    inspector: &InspectorId,
    successor: &InspectorId,
    department: &DepartmentId,
    inspection: &Inspection,
    context: &Context<'_>,
) -> Result<(), Refusal> {
    let (world, first) = (context.world, first_matched(inspector, inspection));
    let Inspection { scheme, target, .. } = inspection;
    let Some((problem, slot)) = world.place_of(scheme, target, department, first)? else {
        return Ok(());
    };
    let candidate = problem.inspectors().iter().find(|row| row.inspector == *successor);
    let registered = world.registers.inspector(successor)?;
    let codes = candidate.map(|row| &row.codes).or(registered.map(|row| &row.categories));
    let lacks = |code: &&_| !codes.is_some_and(|codes| codes.contains(*code));
    let missing: alloc::vec::Vec<_> = slot.codes().filter(lacks).cloned().collect();
    if missing.is_empty() {
        return Ok(());
    }
    Err(R::SuccessorUnqualified { successor: successor.clone(), missing: List(missing) }.into())
}

/// Who was matched to the place that somebody has now.
fn first_matched<'a>(inspector: &'a InspectorId, inspection: &'a Inspection) -> &'a InspectorId {
    let replacements = inspection.replacements.iter().rev();
    replacements.fold(
        inspector,
        |now, (_, replaced)| {
            if replaced.successor == *now { &replaced.inspector } else { now }
        },
    )
}
