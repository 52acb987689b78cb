//! What a scheme, its draw and its matchings come to for one target.

use super::{Drawing, DrawingRefusal};
use crate::by_id::ById;
use crate::code::{DepartmentId, InspectorId, SchemeId, TargetId};
use crate::draw::matching::{Problem, Slot};
use crate::inspection::team::{Assignment, Member};
use crate::plan::scheme::Scheme;
use crate::refusal::Refusal;
use crate::world::World;
use alloc::collections::BTreeSet;
use alloc::sync::Arc;
use alloc::vec::Vec;

impl World {
    /// Everybody whom the departments of a scheme have matched to a target, with the items to inspect there. The leader
    /// is the initiator's inspector in the first place. A department that has matched nobody to the target does not
    /// come, and neither do its items.
    ///
    /// # Errors
    /// The scheme is not known, its targets are not drawn, a department with a part in it has not matched its
    /// inspectors, the target is not one of those to which the initiator has matched some, or a file is not fed.
    pub fn assignment(&self, id: &SchemeId, target: &TargetId) -> Result<Assignment, Refusal> {
        let scheme = self.scheme(id)?;
        let drawing = self.drawings.get(id);
        let Some(drawing) = drawing.filter(|drawing| drawing.drawn().is_some()) else {
            return Err(DrawingRefusal::BeforeDraw { scheme: id.clone() }.into());
        };
        if let Some(department) = drawing.unmatched(scheme).next() {
            let (scheme, department) = (id.clone(), department.clone());
            return Err(DrawingRefusal::Unmatched { scheme, department }.into());
        }
        let (team, recused) = self.members(scheme, drawing, target)?;
        if !team.iter().any(|member| member.leader) {
            let (scheme, target) = (id.clone(), target.clone());
            return Err(DrawingRefusal::NotAssigned { scheme, target }.into());
        }
        let comes =
            |department: &DepartmentId| team.iter().any(|member| member.department == *department);
        let items = scheme.items.iter().filter(|(_, part)| comes(&part.department));
        let items: ById<_, _> =
            items.map(|(item, part)| (item.clone(), part.department.clone())).collect();
        let (initiator, window) = (scheme.initiator.clone(), scheme.window);
        Ok(Assignment { initiator, items: Arc::new(items), recused, team, window })
    }

    /// The place at a target to which a department has matched somebody, with the problem that it was a part of.
    pub(crate) fn place_of(
        &self,
        scheme: &SchemeId,
        target: &TargetId,
        department: &DepartmentId,
        inspector: &InspectorId,
    ) -> Result<Option<(&Problem, &Slot)>, DrawingRefusal> {
        let drawing = self.drawings.get(scheme);
        let Some((problem, matched)) = drawing.and_then(|drawing| drawing.matched(department))
        else {
            return Ok(None);
        };
        let (problem, matched) = (self.files.problem(&problem)?, self.files.matched(&matched)?);
        let place = matched.at(target).iter().find(|place| place.inspector == *inspector);
        let number = problem.targets().binary_search(target).ok();
        Ok(place.zip(number).and_then(|(place, number)| {
            let slot = problem.slots(number).nth(usize::try_from(place.slot).ok()?)?;
            Some((problem, slot))
        }))
    }

    /// The matched inspectors of all departments, and who is recused from the target.
    fn members(
        &self,
        scheme: &Scheme,
        drawing: &Drawing,
        target: &TargetId,
    ) -> Result<(Vec<Member>, BTreeSet<InspectorId>), DrawingRefusal> {
        let (mut team, mut recused) = (Vec::new(), BTreeSet::new());
        for department in scheme.departments() {
            let Some((problem, matched)) = drawing.matched(department) else { continue };
            for place in self.files.matched(&matched)?.at(target) {
                team.push(Member {
                    department: department.clone(),
                    inspector: place.inspector.clone(),
                    leader: *department == scheme.initiator && place.slot == 0,
                });
            }
            recused.extend(self.files.problem(&problem)?.recused_from(target).cloned());
        }
        Ok((team, recused))
    }
}
