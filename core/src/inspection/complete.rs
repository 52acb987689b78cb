//! 现场确认, and the end of an inspection.

use super::refusal::InspectionRefusal as R;
use super::*;
use crate::actor::Role;
use crate::case::Context;
use crate::code::ItemId;
use crate::refusal::{List, Refusal};
use crate::register::Method;
use alloc::vec::Vec;

pub(super) fn confirm(
    id: &CaseCode,
    confirmed: &Confirmed,
    context: &Context<'_>,
) -> Result<InspectionEvent, Refusal> {
    let found = still_open(id, context)?;
    acts_for_team(found, context)?;
    in_order(found, context.day())?;
    let inspection = id.clone();
    if confirmed.items.is_empty() {
        return Err(R::NothingConfirmed { inspection }.into());
    }
    for item in &confirmed.items {
        check_item(item, &confirmed.by, found)?;
    }
    match &confirmed.by {
        Confirmation::Refused { recordings, .. } if recordings.is_empty() => {
            Err(R::RefusalNotRecorded { inspection }.into())
        }
        Confirmation::Unavailable { .. } if found.evidence.is_empty() => {
            Err(R::UnavailableUnproved { inspection }.into())
        }
        _ => Ok(InspectionEvent::Confirmed(confirmed.clone())),
    }
}

/// The item has a record that waits for it, and what was seen on site is signed or sealed.
fn check_item(item: &ItemId, by: &Confirmation, inspection: &Inspection) -> Result<(), R> {
    let item = item.clone();
    let Some(record) = inspection.records.get(&item) else {
        return Err(R::NotRecorded { item });
    };
    if record.confirmed {
        return Err(R::ConfirmedAlready { item });
    }
    match by {
        Confirmation::Target {
            form: form @ (ConfirmationForm::Written | ConfirmationForm::Electronic),
            ..
        } if record.method == Method::OnSite => Err(R::OtherForm { item, form: *form }),
        _ => Ok(()),
    }
}

pub(super) fn complete(id: &CaseCode, context: &Context<'_>) -> Result<InspectionEvent, Refusal> {
    let inspection = still_open(id, context)?;
    acts_for_team(inspection, context)?;
    in_order(inspection, context.day())?;
    let unrecorded = unrecorded(inspection, context)?;
    if !unrecorded.is_empty() {
        return Err(R::Unrecorded { items: List(unrecorded) }.into());
    }
    let unconfirmed: Vec<ItemId> = inspection.unconfirmed().cloned().collect();
    if !unconfirmed.is_empty() {
        return Err(R::Unconfirmed { items: List(unconfirmed) }.into());
    }
    Ok(InspectionEvent::Completed)
}

/// The items that wait for a record. One that is in force no more cannot be inspected, and does not hold up the others.
fn unrecorded(inspection: &Inspection, context: &Context<'_>) -> Result<Vec<ItemId>, Refusal> {
    let mut items = Vec::new();
    for item in inspection.unrecorded() {
        let in_force = context.world.registers.item(item, context.day())?.is_some();
        if in_force || inspection.records.is_empty() {
            items.push(item.clone());
        }
    }
    Ok(items)
}

/// Nothing was found yet, and there is nothing to inspect any more or there never was.
pub(super) fn abandon(
    id: &CaseCode,
    abandoned: &Abandoned,
    context: &Context<'_>,
) -> Result<InspectionEvent, Refusal> {
    let inspection = still_open(id, context)?;
    context.acts_for(&inspection.assignment.initiator, &[Role::DepartmentHead], ART)?;
    if !inspection.records.is_empty() {
        return Err(R::Begun { inspection: id.clone() }.into());
    }
    let target = context.world.registers.target(&inspection.target)?;
    let ended = target.and_then(|row| row.ended).is_some_and(|ended| ended <= context.day());
    if abandoned.ground == AbandonGround::TargetEnded && !ended {
        return Err(R::TargetThere { target: inspection.target.clone() }.into());
    }
    Ok(InspectionEvent::Abandoned(abandoned.clone()))
}
