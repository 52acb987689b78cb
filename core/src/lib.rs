//! Joint "double random" inspections (双随机、一公开 部门联合抽查) as a pure library.
//!
//! It has no files, no clock and no entropy: days, instants, nonces and register rows are arguments, text files,
//! results and errors that explain themselves are what comes back. Everything can be replayed by a stranger.
//!
//! | Layer | Modules |
//! |---|---|
//! | texts and numbers | [`code`], [`uscc`], [`date`], [`calendar`], [`result`], [`risk`], [`edition`], [`citation`], [`explain`] |
//! | hashing | [`hash`], [`merkle`], [`threads`] |
//! | the draw | [`draw`] |
//! | the cases | `register`, `plan`, `drawing`, `inspection`, `publication`, `follow_up`, `oversight` and others, in `world` |
//! | the record | `ledger`, `office`, `query`, their form in `json` |
//!
//! # Promises
//! - The same input gives the same bytes on every machine, with any number of threads and in any order of batches.
//! - Nothing panics on input. Each error has a stable code, a basis and a sentence in Chinese and English.
//! - No float and no hash map's order stands in anything that is hashed, drawn or decided.
//! - The crate is `no_std` with `alloc`; the feature `threads` (on by default) adds std for long calls on many cores.
//! - There is no `unsafe` but in the package of the lanes, which [`hash`] calls, each use with its reason.
//!
//! The documents of the project are in [`docs`].
#![no_std]
#![cfg_attr(test, allow(clippy::unwrap_used))]
#![forbid(unsafe_code)]

extern crate alloc;

#[cfg(feature = "office")]
pub mod actor;
#[cfg(feature = "office")]
pub mod archive;
#[cfg(feature = "office")]
pub mod by_id;
pub mod calendar;
#[cfg(feature = "office")]
pub mod case;
#[cfg(feature = "office")]
pub mod cases;
pub mod citation;
pub mod code;
pub mod date;
#[cfg(feature = "office")]
pub mod disclosure;
pub mod draw;
#[cfg(feature = "office")]
pub mod drawing;
pub mod edition;
#[cfg(feature = "office")]
pub mod event;
pub mod explain;
#[cfg(feature = "office")]
pub mod few;
#[cfg(feature = "office")]
pub mod follow_up;
pub mod hash;
#[cfg(feature = "office")]
pub mod inspection;
#[cfg(feature = "office")]
pub mod json;
#[cfg(feature = "office")]
pub mod ledger;
pub mod merkle;
#[cfg(feature = "office")]
pub mod office;
mod order;
#[cfg(feature = "office")]
pub mod oversight;
#[cfg(feature = "office")]
pub mod plan;
#[cfg(feature = "office")]
pub mod publication;
#[cfg(feature = "office")]
pub mod query;
#[cfg(feature = "office")]
pub mod refusal;
#[cfg(feature = "office")]
pub mod register;
pub mod result;
pub mod risk;
#[cfg(feature = "schema")]
pub mod schema;
#[cfg(feature = "office")]
pub mod sharing;
pub mod threads;
pub mod uscc;
#[cfg(feature = "office")]
pub mod version;
#[cfg(feature = "serde")]
mod wire;
#[cfg(feature = "office")]
pub mod withholding;
#[cfg(feature = "office")]
pub mod world;

/// The documents of the project, so that their examples are tested.
#[cfg(any(doc, doctest))]
pub mod docs {
    #[doc = include_str!("../docs/design.md")]
    pub mod design {}
    #[doc = include_str!("../docs/draw-spec.md")]
    pub mod draw_spec {}
    #[doc = include_str!("../docs/deviations.md")]
    pub mod deviations {}
    #[doc = include_str!("../docs/ledger-spec.md")]
    pub mod ledger_spec {}
    #[doc = include_str!("../docs/queries.md")]
    #[cfg(feature = "office")]
    pub mod queries {}
    #[cfg(feature = "office")]
    #[doc = include_str!("../docs/office.md")]
    pub mod office {}
    #[doc = include_str!("../docs/main-job.md")]
    pub mod main_job {}
    #[doc = include_str!("../docs/glossary.md")]
    pub mod glossary {}
    #[doc = include_str!("../docs/benchmarks.md")]
    pub mod benchmarks {}
}

#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
struct Readme;
