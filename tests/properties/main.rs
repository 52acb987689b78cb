//! Random sequences of lawful and unlawful acts, against a model of the law.
//!
//! The models are written from the regulation and from the decisions listed in `core/docs/deviations.md`, apart from
//! the core: a model says of each act whether it is allowed, and the office has to agree. What holds of every sequence,
//! whatever it is about, stands in `sequence`.
#![allow(clippy::unwrap_used, missing_docs, dead_code)]

#[path = "../articles/completed.rs"]
mod completed;
#[path = "../articles/desk.rs"]
mod desk;
#[path = "../articles/drawn.rs"]
mod drawn;
#[path = "../articles/host.rs"]
mod host;
#[path = "../articles/inspected.rs"]
mod inspected;
#[path = "../articles/planned.rs"]
mod planned;
#[path = "../articles/registered.rs"]
mod registered;

mod calls;
mod clues;
mod frequency;
mod publicity;
mod rectification;
mod replacement;
mod sequence;
