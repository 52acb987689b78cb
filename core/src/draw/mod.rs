//! The verifiable draw, version 1 (`core/docs/draw-spec.md`).

pub mod columns;
pub mod roster;
pub mod text;
