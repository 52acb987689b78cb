//! Whether there is a case at all, so that a question about nothing is not answered as if nothing were due.

use crate::case::{CaseId, CaseKind};
use crate::refusal::Common;
use crate::world::World;

/// Refuses a case of which nothing is recorded.
pub(super) fn known(case: &CaseId, world: &World) -> Result<(), Common> {
    match stands(case, world) {
        true => Ok(()),
        false => Err(Common::NoSuchCase { case: case.clone() }),
    }
}

fn stands(case: &CaseId, world: &World) -> bool {
    let (id, registers) = (&case.id, &world.registers);
    match case.kind {
        CaseKind::Conference => world.conferences.contains_key(id),
        CaseKind::JointList => world.joint_lists.contains_key(id),
        CaseKind::AnnualPlan => world.plans.contains_key(id),
        CaseKind::Clue => world.clues.contains_key(id),
        CaseKind::Indicator => world.indicators.contains_key(id),
        CaseKind::Warning => world.warnings.contains_key(id),
        CaseKind::ItemList => registers.items.contains_key(id.as_str()),
        CaseKind::TargetRegister => registers.targets.contains_key(id.as_str()),
        CaseKind::InspectorRegister => registers.inspectors.contains_key(id.as_str()),
        CaseKind::Guide => registers.guides.contains_key(id.as_str()),
        CaseKind::Scheme => world.schemes.contains_key(id.as_str()),
        CaseKind::Call => world.calls.contains_key(id),
        CaseKind::Drawing => world.drawings.contains_key(id.as_str()),
        CaseKind::Inspection => world.inspections.contains_key(id),
        CaseKind::Publication => world.publications.contains_key(id),
        CaseKind::Rectification => world.rectifications.contains_key(id),
        CaseKind::Listing => world.listings.contains_key(id),
        CaseKind::Penalty => world.penalties.contains_key(id),
        CaseKind::Sanction => world.sanctions.contains_key(id),
        CaseKind::Closing => world.closings.contains_key(id),
        CaseKind::Sharing => world.sharing.records.contains_key(id),
        CaseKind::SharingReceiver => world.sharing.purposes.contains_key(id.as_str()),
        CaseKind::Disclosure => world.disclosures.contains_key(id),
        CaseKind::Withholding => world.withholdings.contains_key(id),
        CaseKind::Training => world.trainings.contains_key(id),
        CaseKind::Dossier => world.dossiers.contains_key(id),
    }
}
