//! What a target draw needs to know of its announcement and seed.

use super::TargetDrawError;
use crate::draw::announcement::{Announcement, Subject};
use crate::draw::quota::StratumQuota;
use crate::draw::seed::Seed;
use crate::hash::{Digest, Suite};
use alloc::vec::Vec;

/// What is drawn, from what, with which seed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TargetTerms {
    suite: Suite,
    announcement: Digest,
    seed: Seed,
    root: Digest,
    lines: u64,
    strata: Vec<StratumQuota>,
}

impl TargetTerms {
    /// The terms of an announcement and of the seed that followed from it. A draw that is to count
    /// takes them from the ceremony, which does not give a seed that did not follow:
    /// [`Sealed::terms`](crate::draw::ceremony::Sealed::terms).
    ///
    /// # Errors
    /// [`TargetDrawError::OtherStage`] when the announcement is of a matching of inspectors.
    pub fn new(announcement: &Announcement, seed: Seed) -> Result<Self, TargetDrawError> {
        let Subject::Targets { root, lines, strata } = announcement.subject() else {
            return Err(TargetDrawError::OtherStage { found: announcement.stage() });
        };
        Ok(Self {
            suite: announcement.terms().suite,
            announcement: announcement.digest(),
            seed,
            root: *root,
            lines: *lines,
            strata: strata.clone(),
        })
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
    pub const fn seed(&self) -> Seed {
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

    /// The numbers of each stratum with a rule, sorted by stratum.
    pub fn strata(&self) -> &[StratumQuota] {
        &self.strata
    }

    /// The place of a stratum among them.
    pub(crate) fn place(&self, stratum: &str) -> Option<usize> {
        self.strata.binary_search_by(|rule| rule.stratum().as_str().cmp(stratum)).ok()
    }
}
