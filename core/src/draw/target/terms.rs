//! What a target draw needs to know of its announcement and seed.

use super::TargetDrawError;
use crate::code::Stratum;
use crate::hash::{Digest, Suite};
use alloc::vec::Vec;

/// How many targets of a stratum are eligible, and how many of them are drawn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StratumShare {
    /// The stratum.
    pub stratum: Stratum,
    /// Eligible targets on the roster.
    pub eligible: u64,
    /// Targets to draw, at most `eligible`.
    pub quota: u64,
}

/// What is drawn, from what, with which seed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TargetTerms {
    suite: Suite,
    announcement: Digest,
    seed: Digest,
    root: Digest,
    lines: u64,
    strata: Vec<StratumShare>,
}

impl TargetTerms {
    /// The terms of an announcement (its digest, the roster's root and number of lines, one share for
    /// each rule, sorted by stratum) and of the seed that followed from it.
    ///
    /// # Errors
    /// [`TargetDrawError::Terms`] when the strata are not sorted, a quota is larger than its stratum, or
    /// the strata have more targets than the roster lines.
    pub fn new(
        suite: Suite,
        announcement: Digest,
        seed: Digest,
        root: Digest,
        lines: u64,
        strata: Vec<StratumShare>,
    ) -> Result<Self, TargetDrawError> {
        let sorted = strata.is_sorted_by(|a, b| a.stratum < b.stratum);
        let within = strata.iter().all(|share| share.quota <= share.eligible);
        let eligible = strata.iter().try_fold(0_u64, |sum, share| sum.checked_add(share.eligible));
        if sorted && within && eligible.is_some_and(|eligible| eligible <= lines) {
            Ok(Self { suite, announcement, seed, root, lines, strata })
        } else {
            Err(TargetDrawError::Terms)
        }
    }

    /// The suite of all hashes.
    pub const fn suite(&self) -> Suite {
        self.suite
    }

    /// The digest of the announcement.
    pub const fn announcement(&self) -> Digest {
        self.announcement
    }

    /// The seed.
    pub const fn seed(&self) -> Digest {
        self.seed
    }

    /// The roster's root.
    pub const fn root(&self) -> Digest {
        self.root
    }

    /// The roster's number of lines.
    pub const fn lines(&self) -> u64 {
        self.lines
    }

    /// One share for each rule, sorted by stratum.
    pub fn strata(&self) -> &[StratumShare] {
        &self.strata
    }

    /// The place of a stratum among the shares.
    pub(crate) fn place(&self, stratum: &str) -> Option<usize> {
        self.strata.binary_search_by(|share| share.stratum.as_str().cmp(stratum)).ok()
    }
}
