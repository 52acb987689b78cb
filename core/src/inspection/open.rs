//! 成立联合检查小组、检查准备: an inspection is opened for a target drawn, and prepared.

use super::refusal::InspectionRefusal as R;
use super::*;
use crate::actor::{KEEPERS, Role, with_keepers};
use crate::case::Context;
use crate::code::InspectorId;
use crate::refusal::Refusal;
use team::{Assignment, Support};

pub(super) fn open(
    id: &CaseCode,
    opening: &Opening,
    context: &Context<'_>,
) -> Result<InspectionEvent, Refusal> {
    let Opening { leader, scheme, target } = opening.clone();
    let world = context.world;
    context.acts_for(&world.scheme(&scheme)?.initiator, &KEEPERS, ART)?;
    if world.inspections.contains_key(id) {
        return Err(Common::CaseExists { case: case(id) }.into());
    }
    let mut assignment = world.assignment(&scheme, &target)?;
    if let Some(inspection) = world.inspections.of_target(&scheme, &target).cloned() {
        return Err(R::OpenedAlready { scheme, target, inspection }.into());
    }
    check_leader(&leader, &assignment)?;
    for member in &mut assignment.team {
        member.leader = member.inspector == leader;
    }
    Ok(InspectionEvent::Opened(Opened { assignment, scheme, target }))
}

/// 由发起部门执法检查人员担任组长.
fn check_leader(leader: &InspectorId, assignment: &Assignment) -> Result<(), R> {
    let initiator = &assignment.initiator;
    match assignment.member(leader) {
        Some(member) if member.department == *initiator => Ok(()),
        _ => {
            let (leader, initiator) = (leader.clone(), initiator.clone());
            Err(R::LeaderNotInitiators { leader, initiator })
        }
    }
}

pub(super) fn name_leader(
    id: &CaseCode,
    named: &LeaderNamed,
    context: &Context<'_>,
) -> Result<InspectionEvent, Refusal> {
    let inspection = still_open(id, context)?;
    context.acts_for(&inspection.assignment.initiator, &KEEPERS, ART)?;
    check_leader(&named.leader, &inspection.assignment)?;
    Ok(InspectionEvent::LeaderNamed(named.clone()))
}

pub(super) fn prepare(
    id: &CaseCode,
    prepared: &Prepared,
    context: &Context<'_>,
) -> Result<InspectionEvent, Refusal> {
    let inspection = still_open(id, context)?;
    let department = &prepared.department;
    context.acts_for(department, &with_keepers([Role::Inspector]), ART)?;
    comes(id, department, inspection)?;
    if prepared.consulted.is_empty() {
        return Err(R::NothingConsulted { department: department.clone() }.into());
    }
    Ok(InspectionEvent::Prepared(prepared.clone()))
}

pub(super) fn notify(
    id: &CaseCode,
    notice: &Notice,
    context: &Context<'_>,
) -> Result<InspectionEvent, Refusal> {
    let inspection = still_open(id, context)?;
    acts_for_team(inspection, context)?;
    let (visit, day) = (notice.visit, context.day());
    let window = context.world.scheme(&inspection.scheme)?.window;
    if visit < day || !window.contains(visit) {
        return Err(R::NoticeDay { visit, day, window }.into());
    }
    Ok(InspectionEvent::Notified(notice.clone()))
}

/// Whoever assists is named, and changes nothing in who has to come.
pub(super) fn assist(
    id: &CaseCode,
    support: &Support,
    context: &Context<'_>,
) -> Result<InspectionEvent, Refusal> {
    let inspection = still_open(id, context)?;
    context.acts_for(&support.department, &KEEPERS, Basis::Article(19))?;
    comes(id, &support.department, inspection)?;
    Ok(InspectionEvent::Assisted(support.clone()))
}
