//! 实施检查: the team goes to the target, on a day of the scheme's window and if it can be at once.

use super::refusal::InspectionRefusal as R;
use super::*;
use crate::case::Context;
use crate::code::{DepartmentId, InspectorId};
use crate::order::gather;
use crate::refusal::Refusal;
use alloc::collections::{BTreeMap, BTreeSet};

pub(super) fn visit(
    id: &CaseCode,
    visited: &Visited,
    context: &Context<'_>,
) -> Result<InspectionEvent, Refusal> {
    let inspection = still_open(id, context)?;
    acts_for_team(inspection, context)?;
    check_day(inspection, context)?;
    if let (Some(first), None) = (inspection.visits.first(), visited.reason) {
        return Err(R::SecondVisit { first: first.on }.into());
    }
    for inspector in &visited.present {
        check_present(inspector, inspection, context)?;
    }
    check_numbers(&visited.present, inspection, context)?;
    match inspection.assignment.leader() {
        Some(leader) if !visited.present.contains(&leader.inspector) => {
            Err(R::LeaderAbsent { leader: leader.inspector.clone() }.into())
        }
        _ => Ok(InspectionEvent::Visited(visited.clone())),
    }
}

fn check_day(inspection: &Inspection, context: &Context<'_>) -> Result<(), Refusal> {
    let (day, window) = (context.day(), context.world.scheme(&inspection.scheme)?.window);
    if !window.contains(day) {
        return Err(R::OutsideWindow { day, window }.into());
    }
    Ok(in_order(inspection, day)?)
}

/// One of the team, not recused, with a certificate on the day.
fn check_present(
    inspector: &InspectorId,
    inspection: &Inspection,
    context: &Context<'_>,
) -> Result<(), Refusal> {
    let (inspector, day) = (inspector.clone(), context.day());
    let Some(member) = inspection.assignment.member(&inspector) else {
        return Err(R::NotMatched { inspector }.into());
    };
    if inspection.assignment.recused.contains(&inspector) {
        let target = inspection.target.clone();
        return Err(R::Recused { inspector, target }.into());
    }
    let row = context.world.registers.inspector(&inspector)?;
    if !row.is_some_and(|row| row.department == member.department && row.may_inspect(day)) {
        return Err(R::NotCertified { inspector, day }.into());
    }
    Ok(())
}

/// Every department with something to inspect yet is there with enough people.
fn check_numbers(
    present: &BTreeSet<InspectorId>,
    inspection: &Inspection,
    context: &Context<'_>,
) -> Result<(), Refusal> {
    let least = context.edition.value(|edition| &edition.minimum_inspectors, context.day())?.value;
    let assignment = &inspection.assignment;
    let mut numbers: BTreeMap<&DepartmentId, usize> =
        gather(inspection.unrecorded().map(|item| (&assignment.items[item], 0)));
    for member in assignment.team.iter().filter(|member| present.contains(&member.inspector)) {
        numbers.entry(&member.department).and_modify(|number| *number += 1);
    }
    let least = usize::from(least);
    match numbers.into_iter().find(|(_, found)| *found < least) {
        Some((department, found)) => {
            Err(R::TooFew { department: department.clone(), found, least }.into())
        }
        None => Ok(()),
    }
}
