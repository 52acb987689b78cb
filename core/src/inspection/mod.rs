//! Articles 19 and 20: the visit of one target by its joint team.

pub mod team;
