//! What follows from a result: clues (article 11), consequences (12), rectification (22) and listing (23).

pub mod closing;
pub mod clue;
pub mod consequence;
pub mod listing;
pub mod penalty;
pub mod rectification;
pub mod sanction;
