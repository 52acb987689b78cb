//! What a run can be told.

use crate::register;
use std::path::PathBuf;
use yicha::code::TargetId;
use yicha::date::Instant;
use yicha::draw::announcement::Randomness;
use yicha::explain::Lang;
use yicha::hash::Suite;

/// What a run can be told.
#[derive(Clone, Debug)]
pub struct JobOptions {
    /// The folder with the registers.
    pub data: PathBuf,
    /// How to read them.
    pub import: register::Options,
    /// The folder to write.
    pub out: PathBuf,
    /// The industry, as the plan names it.
    pub industry: String,
    /// New assignments that an inspector takes at most.
    pub capacity: u64,
    /// Visits of a target in a year at most.
    pub visits: u64,
    /// The hash function of all draws.
    pub suite: Suite,
    /// When the draw of targets is announced; nothing: 09:00 in Beijing, five working days before the visits begin.
    pub at: Option<Instant>,
    /// Public randomness for the draw of targets, with its value.
    pub randomness: Vec<PublicRandomness>,
    /// Slips besides those of the drawn targets.
    pub slips: SlipChoice,
    /// Language of the summary and of words in it.
    pub lang: Lang,
}

/// A public value that the announcement names, and what it came to be.
#[derive(Clone, Debug)]
pub struct PublicRandomness {
    /// What is announced.
    pub line: Randomness,
    /// The bytes as published.
    pub value: Vec<u8>,
}

/// For which targets besides the drawn ones a slip is written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum SlipChoice {
    /// None.
    #[default]
    Drawn,
    /// Those asked for.
    Also(Vec<TargetId>),
    /// Everybody on the roster.
    All,
}
