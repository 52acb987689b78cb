//! What a run can be told.

use crate::register;
use std::path::PathBuf;
use yicha::code::TargetId;
use yicha::date::{Date, Instant};
use yicha::draw::announcement::Randomness;
use yicha::explain::Lang;
use yicha::hash::Suite;

/// What a run can be told.
#[derive(Clone, Debug)]
pub struct JobOptions {
    /// The folder with the registers.
    pub registers: PathBuf,
    /// How to read them.
    pub import: register::Options,
    /// The folder to write.
    pub out: PathBuf,
    /// The industry, as the plan names it.
    pub industry: String,
    /// New assignments that an inspector takes at most.
    pub capacity: u64,
    /// Visits of a target in a year at most.
    pub annual_cap: u64,
    /// First day of the visits; nothing: that of the plan's window.
    pub date: Option<Date>,
    /// The hash function of all draws.
    pub suite: Suite,
    /// When this step happens; nothing: 09:00 in Beijing a working week after the registers.
    pub at: Option<Instant>,
    /// Until when nonces are revealed; nothing: an hour after the announcement.
    pub reveal_by: Option<Instant>,
    /// Public values that the announcements of this step name. None in a single run.
    pub randomness: Vec<Randomness>,
    /// The values that were published since the last step, in the order announced.
    pub values: Vec<Vec<u8>>,
    /// Slips besides those of the drawn targets.
    pub slips: SlipChoice,
    /// Language of the summary and of words in it.
    pub lang: Lang,
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
