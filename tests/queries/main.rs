//! The questions: each answer compared with what the facts say, on the days around each change.
#![allow(clippy::unwrap_used, missing_docs, dead_code)]

mod asked;
#[path = "../articles/completed.rs"]
mod completed;
#[path = "../articles/desk.rs"]
mod desk;
#[path = "../articles/drawn.rs"]
mod drawn;
mod due;
#[path = "../articles/inspected.rs"]
mod inspected;
mod json;
mod open;
#[path = "../articles/planned.rs"]
mod planned;
#[path = "../articles/registered.rs"]
mod registered;
mod why_public;
