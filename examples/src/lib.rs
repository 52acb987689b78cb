//! The host side of the examples: files, database, pages. The rules are in the `yicha` crate.

pub mod job;
pub mod register;
pub mod year;
