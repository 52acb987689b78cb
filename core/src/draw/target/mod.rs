//! The target draw, section 6 of the specification: in each stratum the eligible targets with the
//! smallest tickets.
//!
//! Whoever has the whole roster in memory calls [`Sealed::draw`](super::ceremony::Sealed::draw), or
//! [`TargetTerms::draw`] on columns of his own. Otherwise a [`TargetDraw`] takes the roster in batches, in any order and on any number of machines,
//! and its parts are merged: the smallest of a union are the smallest of the parts' smallest.

mod drawn;
mod fault;
mod outcome;
mod partial;
mod pool;
mod scan;
mod sort;
mod terms;
#[cfg(test)]
mod tests;

pub use drawn::{DrawnFile, DrawnTarget};
pub(crate) use drawn::{read_head, twice, write_head};
pub use fault::TargetDrawError;
pub use outcome::TargetOutcome;
pub use scan::Salts;
pub use terms::TargetTerms;

use super::columns::Columns;
use super::quota::StratumQuota;
use super::roster::CommittedRoster;
use crate::threads::Threads;
use alloc::vec::Vec;
use pool::Bin;
use scan::Batch;

/// A target draw that is being made: what was fed so far, and the targets that can still be drawn.
///
/// It keeps at most 5/4 of each quota (and 512) besides the batch in hand. Since the announcement
/// names how many targets are eligible, a ticket far above where the cutoff must lie is dropped as soon
/// as its leading bits are known. That leaves fewer than the quota less than once in 2^64 draws of a
/// stratum; [`finish`](Self::finish) notices and asks for an [`exact`](Self::exact) draw.
#[derive(Clone, Debug)]
pub struct TargetDraw {
    terms: TargetTerms,
    tally: Tally,
}

/// What was fed, and one bin a stratum in the order of the terms.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Tally {
    lines: u64,
    bins: Vec<Bin>,
}

impl TargetDraw {
    /// A draw to which nothing was fed yet.
    pub fn new(terms: TargetTerms) -> Self {
        Self::with_bound(terms, pool::expected_bound)
    }

    /// The same without the bound on leading bits, after [`TargetDrawError::NeedsExact`].
    /// Every batch is fed again.
    pub fn exact(terms: TargetTerms) -> Self {
        Self::with_bound(terms, |_| u64::MAX)
    }

    fn with_bound(terms: TargetTerms, bound: impl Fn(&StratumQuota) -> u64) -> Self {
        let bins = terms.strata().iter().map(|rule| Bin::new(rule, bound(rule))).collect();
        Self { terms, tally: Tally { lines: 0, bins } }
    }

    /// What is drawn.
    pub const fn terms(&self) -> &TargetTerms {
        &self.terms
    }

    /// Feeds a batch of the roster's lines, excluded ones included. Each line is fed once in all.
    ///
    /// The ids of targets that can still be drawn are checked to be codes, of the others the length.
    ///
    /// # Errors
    /// Columns of unequal lengths, a row that no roster has, a stratum without a rule, another number of
    /// salts. Nothing of the batch is taken then.
    pub fn feed(
        &mut self,
        columns: &Columns<'_>,
        salts: Salts<'_>,
        threads: Threads,
    ) -> Result<(), TargetDrawError> {
        let batch = Batch::new(&self.terms, columns, salts)?;
        let pieces = threads.map_ranges(batch.rows(), scan::BLOCK, |range| {
            let mut tally = self.tally.emptied(range.len(), self.terms.lines());
            batch.scan(range, &mut tally).map(|()| tally)
        });
        let pieces = pieces.into_iter().collect::<Result<Vec<_>, _>>()?;
        pieces.into_iter().for_each(|piece| self.tally.absorb(piece));
        Ok(())
    }

    /// Takes over what another draw of the same terms was fed.
    ///
    /// # Errors
    /// The other draw has other terms.
    pub fn merge(&mut self, other: Self) -> Result<(), TargetDrawError> {
        other.check_terms(&self.terms)?;
        self.tally.absorb(other.tally);
        Ok(())
    }

    fn check_terms(&self, wanted: &TargetTerms) -> Result<(), TargetDrawError> {
        if self.terms == *wanted {
            return Ok(());
        }
        let (found, wanted) = (self.terms.announcement(), wanted.announcement());
        Err(TargetDrawError::OtherTerms { found, wanted })
    }

    /// The targets drawn, once every line of the roster was fed.
    ///
    /// # Errors
    /// What was fed is not the roster announced: another number of lines, or of eligible targets of a
    /// stratum, or a target twice among the drawn. [`TargetDrawError::NeedsExact`], see there.
    pub fn finish(self, threads: Threads) -> Result<DrawnFile, TargetDrawError> {
        let Self { terms, mut tally } = self;
        if tally.lines != terms.lines() {
            let (found, announced) = (tally.lines, terms.lines());
            return Err(TargetDrawError::Lines { found, announced });
        }
        let closed = threads.map_parts(&mut tally.bins, |first, bins| {
            let rules = &terms.strata()[first..];
            bins.iter_mut().zip(rules).try_for_each(|(bin, rule)| bin.close(rule))
        });
        closed.into_iter().collect::<Result<(), _>>()?;
        Ok(DrawnFile::new(&terms, tally.bins))
    }
}

impl Tally {
    /// Bins of the same kind for so many of all rows, with nothing in them.
    fn emptied(&self, rows: usize, all: u64) -> Self {
        Self { lines: 0, bins: self.bins.iter().map(|bin| bin.emptied(rows, all)).collect() }
    }

    fn absorb(&mut self, other: Self) {
        self.lines = self.lines.saturating_add(other.lines);
        self.bins.iter_mut().zip(other.bins).for_each(|(bin, other)| bin.absorb(other));
    }
}

impl TargetTerms {
    /// Draws from a whole roster in memory.
    ///
    /// # Errors
    /// As [`TargetDraw::feed`] and [`TargetDraw::finish`], except that an exact draw is made where one
    /// is needed.
    pub fn draw(
        &self,
        columns: &Columns<'_>,
        salts: Salts<'_>,
        threads: Threads,
    ) -> Result<DrawnFile, TargetDrawError> {
        self.draw_from(TargetDraw::new(self.clone()), columns, salts, threads)
    }

    fn draw_from(
        &self,
        mut draw: TargetDraw,
        columns: &Columns<'_>,
        salts: Salts<'_>,
        threads: Threads,
    ) -> Result<DrawnFile, TargetDrawError> {
        draw.feed(columns, salts, threads)?;
        match draw.finish(threads) {
            Err(TargetDrawError::NeedsExact { .. }) => {
                let mut exact = TargetDraw::exact(self.clone());
                exact.feed(columns, salts, threads)?;
                exact.finish(threads)
            }
            drawn => drawn,
        }
    }

    /// Draws from a roster that was fixed before; its root must be the one announced.
    ///
    /// # Errors
    /// Another roster, or as [`Self::draw`].
    pub fn draw_roster(
        &self,
        roster: &CommittedRoster,
        threads: Threads,
    ) -> Result<DrawnFile, TargetDrawError> {
        self.check_roster(roster)?;
        self.draw(&roster.roster().columns(), Salts::Given(roster.salts()), threads)
    }

    /// Refuses another roster than announced.
    fn check_roster(&self, roster: &CommittedRoster) -> Result<(), TargetDrawError> {
        if roster.suite() != self.suite() {
            let (found, announced) = (roster.suite(), self.suite());
            return Err(TargetDrawError::OtherSuite { found, announced });
        }
        if roster.root() != self.root() {
            let (found, announced) = (roster.root(), self.root());
            return Err(TargetDrawError::OtherRoster { found, announced });
        }
        Ok(())
    }
}
