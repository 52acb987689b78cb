//! Proofs from the roster's root: that a target stands on it as told, and that an id does not.

use super::{Salt, Standing};
use crate::citation::Basis;
use crate::code::{Stratum, TargetId};
use crate::explain::{Explain, Lang};
use crate::hash::{Digest, Suite};
use crate::merkle::{ProofError, verify_inclusion};
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

/// The seal of a target: H(salt || stratum || 0x09 || standing).
pub fn seal(suite: Suite, salt: &Salt, stratum: &Stratum, standing: &Standing) -> Digest {
    let standing = standing.to_string();
    suite.digest(&[salt.expose(), stratum.as_str().as_bytes(), b"\t", standing.as_bytes()])
}

/// The leaf of a target: H(0x00 || id || 0x09 || seal).
pub fn leaf(suite: Suite, id: &str, seal: &Digest) -> Digest {
    suite.digest(&[&[0], id.as_bytes(), b"\t", seal.as_bytes()])
}

/// Where a leaf stands in the tree, and the hashes from there to the root.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Inclusion {
    /// Leaf number, counted from 0.
    pub index: u64,
    /// Number of leaves, the lines of the roster.
    pub lines: u64,
    /// The neighbours on the way to the root, the leaf's own first.
    pub path: Vec<Digest>,
}

impl Inclusion {
    /// Checks that `leaf` stands at this place under `root`.
    ///
    /// # Errors
    /// What is wrong with the path.
    pub fn check(&self, suite: Suite, leaf: &Digest, root: &Digest) -> Result<(), ProofError> {
        verify_inclusion(suite, leaf, self.index, self.lines, &self.path, root)
    }
}

/// A target next to the place where another one would stand. Its seal does not tell its class.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Neighbour {
    /// The neighbour's id.
    pub id: TargetId,
    /// Its seal.
    pub seal: Digest,
    /// The proof that it stands on the roster.
    pub inclusion: Inclusion,
}

/// The proof that an id does not stand on a roster: its two neighbours stand next to each other,
/// or its only neighbour is the first or the last.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Absence {
    /// The last target before the id; none before the first.
    pub before: Option<Neighbour>,
    /// The first target after the id; none after the last.
    pub after: Option<Neighbour>,
}

/// A proof of absence that does not hold.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum AbsenceError {
    /// No neighbour is given.
    #[error("no neighbour of {id} is given; one stands before it or after it")]
    NoNeighbour {
        /// The id in question.
        id: TargetId,
    },
    /// A neighbour that stands on the wrong side, or is the target itself.
    #[error("{neighbour} does not stand on its side of {id}")]
    Side {
        /// The id in question.
        id: TargetId,
        /// The neighbour given.
        neighbour: TargetId,
    },
    /// Another target could stand between the neighbours, or beyond the only one.
    #[error("leaf {found} leaves a gap, leaf {wanted} of {lines} would close it")]
    Gap {
        /// Leaf number of the neighbour given.
        found: u64,
        /// Leaf number that would be right.
        wanted: u64,
        /// Lines of the roster.
        lines: u64,
    },
    /// The proof is about a roster of another length.
    #[error("the proof is about a roster of {found} lines, the announced one has {announced}")]
    Lines {
        /// Lines that the proof assumes.
        found: u64,
        /// Lines announced.
        announced: u64,
    },
    /// A neighbour is not on the roster.
    #[error("{neighbour} is not shown to stand on the roster: {fault}")]
    NotIncluded {
        /// The neighbour given.
        neighbour: TargetId,
        /// What is wrong with its path.
        fault: ProofError,
    },
}

impl Absence {
    /// Checks that `id` does not stand on the roster with this root and number of lines.
    ///
    /// # Errors
    /// Why the proof does not show it.
    pub fn check(
        &self,
        suite: Suite,
        id: &TargetId,
        root: &Digest,
        lines: u64,
    ) -> Result<(), AbsenceError> {
        let side = |neighbour: &Neighbour| AbsenceError::Side {
            id: id.clone(),
            neighbour: neighbour.id.clone(),
        };
        let place = |neighbour: &Neighbour, wanted: u64| {
            neighbour.shown(suite, root, lines)?;
            match neighbour.inclusion.index {
                found if found == wanted => Ok(()),
                found => Err(AbsenceError::Gap { found, wanted, lines }),
            }
        };
        match (&self.before, &self.after) {
            (Some(before), _) if before.id >= *id => Err(side(before)),
            (_, Some(after)) if after.id <= *id => Err(side(after)),
            (Some(before), Some(after)) => {
                before.shown(suite, root, lines)?;
                place(after, before.inclusion.index.saturating_add(1))
            }
            (Some(last), None) => place(last, lines.saturating_sub(1)),
            (None, Some(first)) => place(first, 0),
            (None, None) => Err(AbsenceError::NoNeighbour { id: id.clone() }),
        }
    }
}

impl Neighbour {
    fn shown(&self, suite: Suite, root: &Digest, lines: u64) -> Result<(), AbsenceError> {
        if self.inclusion.lines != lines {
            return Err(AbsenceError::Lines { found: self.inclusion.lines, announced: lines });
        }
        let leaf = leaf(suite, self.id.as_str(), &self.seal);
        self.inclusion
            .check(suite, &leaf, root)
            .map_err(|fault| AbsenceError::NotIncluded { neighbour: self.id.clone(), fault })
    }
}

impl Explain for AbsenceError {
    fn code(&self) -> &'static str {
        match self {
            Self::NoNeighbour { .. } => "absence-no-neighbour",
            Self::Side { .. } => "absence-side",
            Self::Gap { .. } => "absence-gap",
            Self::Lines { .. } => "absence-lines",
            Self::NotIncluded { .. } => "absence-not-included",
        }
    }

    fn basis(&self) -> Basis {
        Basis::DrawSpec(2)
    }

    fn message(&self, lang: Lang) -> String {
        if lang == Lang::En {
            return self.to_string();
        }
        match self {
            Self::NoNeighbour { id } => format!("未给出{id}的相邻对象；其前或其后应有一个"),
            Self::Side { id, neighbour } => format!("{neighbour}不在{id}的应在一侧"),
            Self::Gap { found, wanted, lines } => {
                format!("第{found}号叶之间尚有空位；共{lines}行，应为第{wanted}号叶")
            }
            Self::Lines { found, announced } => {
                format!("证明所据名录有{found}行，公告为{announced}行")
            }
            Self::NotIncluded { neighbour, fault } => {
                format!("未能证明{neighbour}在名录上：{}", fault.message(lang))
            }
        }
    }
}
