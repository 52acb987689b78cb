//! How an industry is watched.

pub mod frequency;
pub mod limit;
pub mod training;
pub mod warning;
