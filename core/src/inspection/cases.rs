//! All inspections that are loaded, and what those of a scheme share.

use super::command::InspectionEvent;
use super::state::Inspection;
use crate::by_id::ById;
use crate::case::Stamp;
use crate::cases::Cases;
use crate::code::{CaseCode, DepartmentId, ItemId, SchemeId, TargetId};
use crate::few::read_map;
use alloc::collections::{BTreeMap, BTreeSet};
use alloc::sync::Arc;
use core::ops::Deref;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// The inspections by their numbers. To read it is a map; beside that it knows the inspection of a target, and keeps
/// what the inspections of a scheme have in common once.
#[derive(Clone, Debug, Default)]
pub struct Inspections {
    cases: Cases<Inspection>,
    /// Follows from the cases.
    schemes: ById<SchemeId, OfScheme>,
}

/// What is known of the inspections of a scheme.
#[derive(Clone, Debug, Default)]
struct OfScheme {
    /// The items of inspections to which the same departments come.
    items: BTreeSet<Arc<ById<ItemId, DepartmentId>>>,
    /// The inspection of each target that is not abandoned.
    targets: BTreeMap<TargetId, CaseCode>,
}

impl Inspections {
    /// The inspection of a target for a scheme that is not abandoned.
    pub fn of_target(&self, scheme: &SchemeId, target: &TargetId) -> Option<&CaseCode> {
        let found = self.schemes.get(scheme).and_then(|of_scheme| of_scheme.targets.get(target));
        if found.is_none() {
            self.cases.looked_at_all();
        }
        found
    }

    /// The inspections for a scheme that are not abandoned, by their targets.
    pub fn of_scheme(&self, scheme: &SchemeId) -> impl Iterator<Item = (&TargetId, &CaseCode)> {
        self.cases.looked_at_all();
        self.schemes.get(scheme).into_iter().flat_map(|of_scheme| &of_scheme.targets)
    }

    /// Takes over what happened to one of them.
    pub(crate) fn apply(&mut self, id: &CaseCode, event: &InspectionEvent, stamp: &Stamp) {
        if let InspectionEvent::Opened(opened) = event {
            self.add(id.clone(), Inspection::new(opened, stamp));
            return;
        }
        let Some(inspection) = self.cases.get_mut(id) else { return };
        inspection.change(event, stamp);
        if let InspectionEvent::Abandoned(_) = event
            && let Some(of_scheme) = self.schemes.get_mut(&inspection.scheme)
        {
            of_scheme.targets.remove(&inspection.target);
        }
    }

    /// See [`Cases::keep_only`].
    pub(crate) fn keep_only(&mut self, loaded: BTreeSet<CaseCode>) {
        for of_scheme in self.schemes.values_mut() {
            of_scheme.targets.retain(|_, id| loaded.contains(id));
        }
        self.cases.keep_only(loaded);
    }

    /// See [`Cases::was_missed`].
    pub(crate) fn was_missed(&mut self) -> bool {
        self.cases.was_missed()
    }

    fn add(&mut self, id: CaseCode, mut inspection: Inspection) {
        let of_scheme = self.schemes.get_or_default(inspection.scheme.clone());
        let items = &mut inspection.assignment.items;
        match of_scheme.items.get(items) {
            Some(shared) => *items = Arc::clone(shared),
            None => drop(of_scheme.items.insert(Arc::clone(items))),
        }
        if inspection.abandoned.is_none() {
            of_scheme.targets.insert(inspection.target.clone(), id.clone());
        }
        self.cases.insert(id, inspection);
    }
}

impl Deref for Inspections {
    type Target = Cases<Inspection>;

    fn deref(&self) -> &Self::Target {
        &self.cases
    }
}

impl PartialEq for Inspections {
    fn eq(&self, other: &Self) -> bool {
        self.cases == other.cases
    }
}

impl Eq for Inspections {}

impl Extend<(CaseCode, Inspection)> for Inspections {
    fn extend<I: IntoIterator<Item = (CaseCode, Inspection)>>(&mut self, inspections: I) {
        inspections.into_iter().for_each(|(id, inspection)| self.add(id, inspection));
    }
}

impl Serialize for Inspections {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.cases.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Inspections {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        read_map(deserializer)
    }
}
