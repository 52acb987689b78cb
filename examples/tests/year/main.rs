//! The year of the main job: what happens in it, and what no failure may do to it.
#![allow(clippy::unwrap_used, missing_docs)]

mod dossiers;
mod failures;
mod folder;
mod host;
mod small;
mod stories;
mod verified;
