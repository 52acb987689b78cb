//! The year of the main job: what happens in it, and what no failure may do to it.
#![allow(clippy::unwrap_used, missing_docs)]

mod dossiers;
mod failures;
mod folder;
mod host;
#[allow(dead_code, reason = "it has more than a year needs")]
#[path = "../main_job/office.rs"]
mod office;
mod small;
mod stories;
mod verified;
