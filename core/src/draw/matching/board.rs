//! Who fills which place, while it is being worked out.

use super::problem::Problem;
use alloc::vec::Vec;

/// No inspector.
pub(super) const OPEN: u32 = u32::MAX;

/// An assignment that changes.
pub(super) struct Board<'a> {
    pub(super) problem: &'a Problem,
    /// The inspector who fills each place, or [`OPEN`].
    pub(super) filled_by: Vec<u32>,
    /// The target of each place.
    pub(super) target_of: Vec<u32>,
    /// How many places each inspector fills.
    pub(super) assigned: Vec<u32>,
    /// The places that each inspector fills, sorted. Kept from the end of the deal on.
    places_of: Vec<Vec<u32>>,
}

impl<'a> Board<'a> {
    pub(super) fn new(problem: &'a Problem) -> Self {
        let targets = 0..problem.targets().len() as u32;
        Self {
            problem,
            filled_by: alloc::vec![OPEN; problem.places()],
            target_of: targets.flat_map(|t| problem.places_of(t).map(move |_| t)).collect(),
            assigned: alloc::vec![0; problem.inspectors().len()],
            places_of: Vec::new(),
        }
    }

    /// Writes down which places each inspector fills, for the searches that follow.
    pub(super) fn list_places(&mut self) {
        let inspectors = self.assigned.iter();
        self.places_of = inspectors.map(|&n| Vec::with_capacity(n as usize + 1)).collect();
        for (place, &inspector) in (0..).zip(&self.filled_by) {
            if inspector != OPEN {
                self.places_of[inspector as usize].push(place);
            }
        }
    }

    /// The places that an inspector fills, in the order of targets and slots.
    pub(super) fn places_of(&self, inspector: u32) -> &[u32] {
        &self.places_of[inspector as usize]
    }

    /// Whether the inspector fills a place of the target.
    pub(super) fn is_at(&self, inspector: u32, target: u32) -> bool {
        self.problem.places_of(target).any(|place| self.filled_by[place as usize] == inspector)
    }

    /// Hands a place over, and says who had it.
    pub(super) fn hand_over(&mut self, place: u32, to: u32) -> u32 {
        let from = core::mem::replace(&mut self.filled_by[place as usize], to);
        if from != OPEN {
            let places = &mut self.places_of[from as usize];
            if let Ok(at) = places.binary_search(&place) {
                places.remove(at);
            }
            self.assigned[from as usize] -= 1;
        }
        let places = &mut self.places_of[to as usize];
        if let Err(at) = places.binary_search(&place) {
            places.insert(at, place);
        }
        self.assigned[to as usize] += 1;
        from
    }
}
