//! Who goes where, by name. Article 20: the team is everybody who was matched, led by one of the initiator.

use super::matching::Placement;
use super::{DepartmentResult, Outcome};
use std::collections::BTreeMap;
use yicha::code::InspectorId;

impl Outcome {
    /// Code and name of the inspectors of a department at a target, in the order of its places.
    pub fn team(&self, department: &DepartmentResult, target: &str) -> Vec<(String, String)> {
        let Placement::Matched { matched, .. } = &department.placement else { return Vec::new() };
        let matches = matched.matches();
        let from = matches.partition_point(|m| m.target.as_str() < target);
        let here = matches[from..].iter().take_while(|m| m.target.as_str() == target);
        here.map(|m| (m.inspector.to_string(), self.person(&m.inspector))).collect()
    }

    /// The leader of the team at a target: the initiator's inspector in its first place.
    pub fn leader(&self, target: &str) -> Option<String> {
        self.team(self.departments.first()?, target).first().map(|(_, name)| name.clone())
    }

    /// How many places each inspector of a department fills, everybody in the problem included, most first.
    pub fn load(&self, department: &DepartmentResult) -> Vec<(String, u32)> {
        let mut load: BTreeMap<&InspectorId, u32> =
            department.problem.inspectors().iter().map(|c| (&c.inspector, 0)).collect();
        if let Placement::Matched { matched, .. } = &department.placement {
            for m in matched.matches() {
                *load.entry(&m.inspector).or_default() += 1;
            }
        }
        let mut load: Vec<_> = load.into_iter().map(|(id, n)| (self.person(id), n)).collect();
        load.sort_by_key(|(_, n)| std::cmp::Reverse(*n));
        load
    }

    /// The name of an inspector.
    pub(crate) fn person(&self, id: &InspectorId) -> String {
        let known = self.task.registers.inspectors.iter().find(|i| i.id == *id);
        known.map_or_else(|| id.to_string(), |i| i.name.clone())
    }
}
