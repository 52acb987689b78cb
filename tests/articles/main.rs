//! The regulation, article by article: a file for each, each test naming what it holds.
//!
//! Beside every refusal stands its lawful counterpart, so that a rule can be neither too weak nor too strict.
#![allow(clippy::unwrap_used, missing_docs)]

mod art02;
mod art03;
mod art04;
mod art04_counter;
mod art04_session;
mod art04_single;
mod art04_snapshot;
mod art05;
mod art06;
mod art07;
mod art08;
mod art09;
mod art10;
mod art11;
mod art12;
mod art13;
mod art13_rows;
mod art14;
mod art15;
mod art16;
mod art17;
mod art18;
mod art19;
mod art20;
mod art21;
mod art22;
mod art23;
mod art24;
mod art25;
mod art26;
mod art27;
mod art28;
mod complete;
mod completed;
mod desk;
mod drawn;
mod host;
mod inspected;
mod planned;
mod registered;
mod schemas;
