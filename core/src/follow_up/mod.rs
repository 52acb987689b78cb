//! What follows from a result: clues (article 11), consequences (12), rectification (22) and listing (23).

pub mod clue;

use crate::actor::Role;
use alloc::vec::Vec;

/// Who keeps a department's part of a case.
pub(crate) const KEEPERS: [Role; 2] = [Role::Officer, Role::DepartmentHead];

/// The same with others.
pub(crate) fn with_keepers<const N: usize>(others: [Role; N]) -> Vec<Role> {
    KEEPERS.into_iter().chain(others).collect()
}
