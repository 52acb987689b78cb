//! 如实记录检查结果: one record for each item, by its own department; and what is recorded directly, after evidence.

use super::refusal::InspectionRefusal as R;
use super::*;
use crate::actor::{Role, with_keepers};
use crate::case::Context;
use crate::code::InspectorId;
use crate::plan::scheme::SchemeRefusal;
use crate::refusal::{List, Refusal};
use crate::register::Method;

pub(super) fn record(
    id: &CaseCode,
    recorded: &Recorded,
    context: &Context<'_>,
) -> Result<InspectionEvent, Refusal> {
    let inspection = check(id, recorded, context)?;
    if let Some(found) = inspection.records.get(&recorded.item) {
        return Err(R::RecordedAlready { item: recorded.item.clone(), on: found.on }.into());
    }
    Ok(InspectionEvent::Recorded(recorded.clone()))
}

pub(super) fn revise(
    id: &CaseCode,
    revised: &Revised,
    context: &Context<'_>,
) -> Result<InspectionEvent, Refusal> {
    let inspection = check(id, &revised.recorded, context)?;
    let item = revised.recorded.item.clone();
    match inspection.records.get(&item) {
        None => Err(R::NotRecorded { item }.into()),
        Some(found) if found.confirmed => Err(R::ConfirmedAlready { item }.into()),
        Some(_) => Ok(InspectionEvent::Revised(revised.clone())),
    }
}

/// What holds of a first record and of a correction.
fn check<'a>(
    id: &CaseCode,
    recorded: &Recorded,
    context: &Context<'a>,
) -> Result<&'a Inspection, Refusal> {
    let inspection = still_open(id, context)?;
    check_recorder(id, recorded, inspection, context)?;
    in_order(inspection, context.day())?;
    check_method(recorded, inspection, context)?;
    check_result(recorded)?;
    if let Some(ground) = Ground::of(recorded.result)
        && !inspection.evidence.iter().any(|(_, evidence)| evidence.ground == ground)
    {
        return Err(R::WithoutEvidence { item: recorded.item.clone(), ground }.into());
    }
    Ok(inspection)
}

/// A member of the item's own department. An inspector acts under the code that stands in the register.
fn check_recorder(
    id: &CaseCode,
    recorded: &Recorded,
    inspection: &Inspection,
    context: &Context<'_>,
) -> Result<(), Refusal> {
    let item = recorded.item.clone();
    let Some(department) = inspection.assignment.items.get(&item) else {
        return Err(R::OtherItem { item, inspection: id.clone() }.into());
    };
    context.acts_for(department, &[Role::Inspector], ART)?;
    let actor = InspectorId::from(&CaseCode::from(&context.stamp.actor.id));
    let recused = inspection.assignment.recused.contains(&actor);
    match inspection.assignment.member(&actor) {
        Some(member) if member.department == *department && !recused => Ok(()),
        _ => Err(R::NotMember { inspector: actor, department: department.clone() }.into()),
    }
}

/// The item is in force and inspected this way; where somebody has to go there, the team was there.
fn check_method(
    recorded: &Recorded,
    inspection: &Inspection,
    context: &Context<'_>,
) -> Result<(), Refusal> {
    let (item, method, day) = (recorded.item.clone(), recorded.method, context.day());
    let Some(row) = context.world.registers.item(&item, day)? else {
        return Err(SchemeRefusal::NotInForce { item, day }.into());
    };
    if !row.methods.contains(&method) {
        let methods = List(row.methods.iter().copied().collect());
        return Err(R::OtherMethod { item, method, methods }.into());
    }
    let on_site = matches!(method, Method::OnSite | Method::SamplingTest);
    if on_site && inspection.visits.is_empty() && Ground::of(recorded.result).is_none() {
        return Err(R::WithoutVisit { item, method }.into());
    }
    Ok(())
}

/// 其他情况 has a text and says whether it speaks against the target; of the others the list says so.
fn check_result(recorded: &Recorded) -> Result<(), R> {
    let Recorded { negative, result, text, .. } = recorded;
    let (item, code) = (recorded.item.clone(), result.code());
    let told = result.negative(*negative).is_some();
    if result.needs_text() && (text.is_none() || !told) {
        return Err(R::OtherUntold { item, result: code });
    }
    if !told {
        return Err(R::OtherwiseTold { item, result: code });
    }
    Ok(())
}

/// 取得相关证据, before a direct result.
pub(super) fn collect_evidence(
    id: &CaseCode,
    evidence: &Evidence,
    context: &Context<'_>,
) -> Result<InspectionEvent, Refusal> {
    let inspection = still_open(id, context)?;
    context.role(&with_keepers([Role::Inspector]), ART)?;
    if let Some(department) = &context.stamp.actor.department {
        comes(id, department, inspection)?;
    }
    let (ground, day) = (evidence.ground, context.day());
    if evidence.attempts.is_empty() {
        return Err(R::NoAttempt { ground }.into());
    }
    if let Some(&Attempt { kind, on, .. }) = evidence.attempts.iter().find(|made| made.on > day) {
        return Err(R::AttemptLater { kind, on, day }.into());
    }
    let there =
        |made: &Attempt| matches!(made.kind, AttemptKind::RegisteredAddress | AttemptKind::Letter);
    if ground == Ground::Unreachable && !evidence.attempts.iter().any(there) {
        let kinds = List(evidence.attempts.iter().map(|made| made.kind).collect());
        return Err(R::NotTriedThere { kinds }.into());
    }
    Ok(InspectionEvent::EvidenceCollected(evidence.clone()))
}
