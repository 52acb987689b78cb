//! How an industry is watched.

pub mod limit;
pub mod warning;
