//! What follows from a result: clues (article 11), consequences (12), rectification (22) and listing (23).

pub mod closing;
pub mod clue;
pub mod consequence;
pub mod listing;
pub mod penalty;
pub mod rectification;
pub mod sanction;

use crate::actor::Role;
use alloc::vec::Vec;

/// Who keeps a department's part of a case.
pub(crate) const KEEPERS: [Role; 2] = [Role::Officer, Role::DepartmentHead];

/// The same with others.
pub(crate) fn with_keepers<const N: usize>(others: [Role; N]) -> Vec<Role> {
    KEEPERS.into_iter().chain(others).collect()
}
