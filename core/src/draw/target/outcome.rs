//! The target draw as a step of the ceremony.

use super::{DrawnFile, TargetDraw, TargetDrawError, TargetTerms};
use crate::code::TargetId;
use crate::draw::ceremony::{Drawn, Refused, Sealed, Targets};
use crate::draw::list::PublicList;
use crate::draw::roster::{CommittedRoster, RosterKey};
use crate::draw::slip::Slip;
use crate::threads::Threads;
use alloc::boxed::Box;

/// What a target draw leaves behind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TargetOutcome {
    terms: TargetTerms,
    drawn: DrawnFile,
    list: PublicList,
}

impl TargetOutcome {
    fn new(
        terms: TargetTerms,
        drawn: DrawnFile,
        key: &RosterKey,
        threads: Threads,
    ) -> Result<Self, TargetDrawError> {
        let list = PublicList::new(&terms, &drawn, key, threads)?;
        Ok(Self { terms, drawn, list })
    }

    /// What was drawn from what, with which seed.
    pub const fn terms(&self) -> &TargetTerms {
        &self.terms
    }

    /// The drawn file, for the office and auditors.
    pub const fn drawn(&self) -> &DrawnFile {
        &self.drawn
    }

    /// The public list.
    pub const fn list(&self) -> &PublicList {
        &self.list
    }

    /// The slip of a target; nothing when it does not stand on the roster.
    ///
    /// # Errors
    /// Another roster than announced: no slip made of it would hold.
    pub fn slip(
        &self,
        roster: &CommittedRoster,
        id: &TargetId,
    ) -> Result<Option<Slip>, TargetDrawError> {
        self.terms.check_roster(roster)?;
        Ok(Slip::new(&self.terms, roster, &self.drawn, id))
    }
}

impl Sealed<Targets> {
    /// The terms of the draw, for a [`TargetDraw`] that is fed in batches.
    ///
    /// # Errors
    /// None: an attempt at this stage announces targets.
    pub fn terms(&self) -> Result<TargetTerms, TargetDrawError> {
        TargetTerms::new(self.announcement(), *self.seed())
    }

    /// Draws the targets from the roster announced.
    ///
    /// # Errors
    /// Another roster than announced, together with the attempt.
    pub fn draw(
        self,
        roster: &CommittedRoster,
        threads: Threads,
    ) -> Result<Drawn<Targets, TargetOutcome>, Refused<Self, TargetDrawError>> {
        let outcome = self.terms().and_then(|terms| {
            let drawn = terms.draw_roster(roster, threads)?;
            TargetOutcome::new(terms, drawn, roster.key(), threads)
        });
        self.end(outcome)
    }

    /// Ends a draw that was fed in batches. `key` is the roster's. Nobody checks here that the batches
    /// were those of the root announced; an auditor does.
    ///
    /// # Errors
    /// A draw of other terms, or as [`TargetDraw::finish`], together with the attempt.
    pub fn draw_fed(
        self,
        draw: TargetDraw,
        key: &RosterKey,
        threads: Threads,
    ) -> Result<Drawn<Targets, TargetOutcome>, Refused<Self, TargetDrawError>> {
        let outcome = self.terms().and_then(|terms| {
            draw.check_terms(&terms)?;
            TargetOutcome::new(terms, draw.finish(threads)?, key, threads)
        });
        self.end(outcome)
    }

    fn end(
        self,
        outcome: Result<TargetOutcome, TargetDrawError>,
    ) -> Result<Drawn<Targets, TargetOutcome>, Refused<Self, TargetDrawError>> {
        match outcome {
            Ok(outcome) => Ok(self.finish(outcome)),
            Err(error) => Err(Box::new((self, error))),
        }
    }
}
