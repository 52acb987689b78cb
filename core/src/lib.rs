//! Joint "double random" inspections as a pure library: no files, no clock, no entropy.
#![no_std]
#![cfg_attr(test, allow(clippy::unwrap_used))]
#![deny(unsafe_code)] // allowed only in the lanes of `hash`

extern crate alloc;

pub mod calendar;
pub mod citation;
pub mod code;
pub mod date;
pub mod draw;
pub mod edition;
pub mod explain;
pub mod hash;
pub mod merkle;
pub mod result;
pub mod risk;
pub mod threads;
pub mod uscc;
