//! Checking a slip against the public files.

use super::{Outcome, Slip, SlipError};
use crate::draw::list::{PublicList, seal_cutoff};
use crate::draw::roster::{leaf, seal};
use crate::draw::target::TargetTerms;
use crate::hash::Digest;

/// What a slip that holds shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SlipFacts {
    /// The target's ticket.
    pub ticket: Digest,
    /// What the draw did with it.
    pub outcome: Outcome,
}

impl Slip {
    /// Checks the slip against the announcement and seed (as terms) and the public list: the target
    /// stood on the announced roster as the slip says, the cutoff is the one sealed in the list, and
    /// the outcome follows.
    ///
    /// # Errors
    /// The first thing that does not hold.
    pub fn check(&self, terms: &TargetTerms, list: &PublicList) -> Result<SlipFacts, SlipError> {
        self.check_origin(terms, list)?;
        self.check_place(terms)?;
        self.check_cutoff(terms, list)?;
        self.check_outcome(terms, list)
    }

    fn check_origin(&self, terms: &TargetTerms, list: &PublicList) -> Result<(), SlipError> {
        for (found, wanted) in
            [(self.announcement, terms.announcement()), (list.announcement(), terms.announcement())]
        {
            if found != wanted {
                return Err(SlipError::Announcement { found, wanted });
            }
        }
        let wanted = *terms.seed().digest();
        for found in [self.seed, list.seed()] {
            if found != wanted {
                return Err(SlipError::Seed { found, wanted });
            }
        }
        Ok(())
    }

    fn check_place(&self, terms: &TargetTerms) -> Result<(), SlipError> {
        if self.inclusion.lines != terms.lines() {
            let (found, announced) = (self.inclusion.lines, terms.lines());
            return Err(SlipError::Lines { found, announced });
        }
        let suite = terms.suite();
        let seal = seal(suite, &self.salt, &self.stratum, &self.standing);
        let leaf = leaf(suite, self.target.as_str(), &seal);
        self.inclusion.check(suite, &leaf, &terms.root()).map_err(SlipError::NotOnRoster)
    }

    fn check_cutoff(&self, terms: &TargetTerms, list: &PublicList) -> Result<(), SlipError> {
        let stratum = || self.stratum.clone();
        let Some(place) = terms.place(self.stratum.as_str()) else {
            return Err(SlipError::NoRule { stratum: stratum() });
        };
        let quota = terms.strata()[place].quota();
        if (quota > 0) != self.cutoff.is_some() {
            return Err(SlipError::Quota { stratum: stratum(), quota });
        }
        let found = seal_cutoff(terms.suite(), &self.cutoff_salt, self.cutoff.as_ref());
        match list.cutoff(&self.stratum) {
            Some(listed) if listed == found => Ok(()),
            listed => Err(SlipError::Cutoff { stratum: stratum(), found, listed }),
        }
    }

    fn check_outcome(
        &self,
        terms: &TargetTerms,
        list: &PublicList,
    ) -> Result<SlipFacts, SlipError> {
        let ticket = self.ticket(terms.suite());
        let outcome = Outcome::of(&self.standing, &ticket, self.cutoff.as_ref());
        if self.outcome != outcome {
            return Err(SlipError::Outcome { found: self.outcome, wanted: outcome, ticket });
        }
        let listed = list.contains(&self.target);
        if listed != (outcome == Outcome::Drawn) {
            return Err(SlipError::Listed { target: self.target.clone(), listed, outcome });
        }
        Ok(SlipFacts { ticket, outcome })
    }
}
