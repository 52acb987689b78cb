//! The main job, from the district's registers to the folder that it leaves.
#![allow(clippy::unwrap_used, missing_docs)]

mod counts;
mod industries;
mod office;
mod repeat;
mod secrecy;
mod selection;
mod slips;
mod steps;
mod unusable;
