//! The verifiable draw, version 1 (`core/docs/draw-spec.md`).

pub mod text;
