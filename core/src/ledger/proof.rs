//! Proofs about a log for whoever does not have all of it.

use super::head::Head;
use crate::hash::{Digest, Suite};
use crate::merkle::{ProofError, Tree, leaf_hashes, verify_consistency};
use crate::threads::Threads;
use crate::version::V1;
use alloc::vec::Vec;
use serde::{Deserialize, Serialize};

/// The proof that an entry stands in a log: RFC 9162, section 2.1.3.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct InclusionProof {
    /// The number of the entry, from 0.
    pub index: u64,
    /// The hashes beside its way to the root, the leaf's neighbour first.
    pub path: Vec<Digest>,
    /// The version of this form.
    pub v: V1,
}

/// The proof that a log only grew since an earlier head: RFC 9162, section 2.1.4.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ConsistencyProof {
    /// The hashes.
    pub path: Vec<Digest>,
    /// The version of this form.
    pub v: V1,
}

impl ConsistencyProof {
    /// Checks that the log of `new` begins with the log of `old`.
    ///
    /// # Errors
    /// What is wrong with the proof.
    pub fn verify(&self, suite: Suite, old: &Head, new: &Head) -> Result<(), ProofError> {
        verify_consistency(suite, old.size, new.size, &old.root, &new.root, &self.path)
    }
}

/// The tree of a whole log, which can prove anything about it: 64 bytes an entry.
#[derive(Clone, Debug)]
pub struct Proofs(Tree);

impl Proofs {
    /// The tree over stored entries, which are not read.
    pub fn new<T: AsRef<[u8]>>(suite: Suite, entries: &[T], threads: Threads) -> Self {
        Self(Tree::new(suite, leaf_hashes(suite, entries), threads))
    }

    /// The head of the log.
    pub fn head(&self) -> Head {
        Head { root: self.0.root(), size: self.0.size() }
    }

    /// The proof of an entry.
    ///
    /// # Errors
    /// [`ProofError::NoSuchLeaf`].
    pub fn inclusion(&self, index: u64) -> Result<InclusionProof, ProofError> {
        Ok(InclusionProof { index, path: self.0.inclusion_proof(index)?, v: V1 })
    }

    /// The proof that the first `old` entries are the beginning of this log.
    ///
    /// # Errors
    /// [`ProofError::NoSuchSize`] when `old` is zero or more than there are.
    pub fn consistency(&self, old: u64) -> Result<ConsistencyProof, ProofError> {
        Ok(ConsistencyProof { path: self.0.consistency_proof(old)?, v: V1 })
    }
}
