//! The questions: each answer compared with what the facts say, on the days around each change.
#![allow(clippy::unwrap_used, missing_docs, dead_code)]

mod asked;
#[path = "../articles/completed.rs"]
mod completed;
mod data_use;
#[path = "../articles/desk.rs"]
mod desk;
#[path = "../articles/drawn.rs"]
mod drawn;
mod due;
mod evaluation;
#[path = "../articles/inspected.rs"]
mod inspected;
mod inspector;
mod json;
mod open;
#[path = "../articles/planned.rs"]
mod planned;
mod public_record;
#[path = "../articles/registered.rs"]
mod registered;
mod risk;
mod target;
mod why_public;
