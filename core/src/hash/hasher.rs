//! The digest of one message, piece by piece.

use super::{Digest, Suite};
use sha2::Digest as _;

/// Hashes pieces one behind the other.
#[derive(Debug)]
pub(crate) enum Hasher {
    Sha256(sha2::Sha256),
    Sm3(sm3::Sm3),
}

impl Hasher {
    /// A hasher of nothing yet.
    pub(crate) fn new(suite: Suite) -> Self {
        match suite {
            Suite::Sha256 => Self::Sha256(sha2::Sha256::new()),
            Suite::Sm3 => Self::Sm3(sm3::Sm3::new()),
        }
    }

    /// Hashes one more piece.
    pub(crate) fn update(&mut self, piece: &[u8]) {
        match self {
            Self::Sha256(hasher) => hasher.update(piece),
            Self::Sm3(hasher) => hasher.update(piece),
        }
    }

    /// The digest of all pieces.
    pub(crate) fn digest(self) -> Digest {
        Digest::new(match self {
            Self::Sha256(hasher) => hasher.finalize().into(),
            Self::Sm3(hasher) => hasher.finalize().into(),
        })
    }
}
