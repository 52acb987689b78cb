//! The verifiable draw, version 1 (`core/docs/draw-spec.md`).

pub mod announcement;
pub mod ceremony;
pub mod columns;
pub mod list;
pub mod matching;
pub mod quota;
pub mod roster;
pub mod seed;
pub mod slip;
pub mod stream;
pub mod target;
pub mod text;
pub mod verify;
pub mod void;
