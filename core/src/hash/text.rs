//! The digest of a text that is written piece by piece and not kept.

use super::{Digest, Suite};
use sha2::Digest as _;

/// Hashes texts one behind the other.
#[derive(Debug)]
pub(crate) enum TextHasher {
    Sha256(sha2::Sha256),
    Sm3(sm3::Sm3),
}

impl TextHasher {
    /// A hasher of the empty text.
    pub(crate) fn new(suite: Suite) -> Self {
        match suite {
            Suite::Sha256 => Self::Sha256(sha2::Sha256::new()),
            Suite::Sm3 => Self::Sm3(sm3::Sm3::new()),
        }
    }

    /// Hashes one more text.
    pub(crate) fn update(&mut self, text: &str) {
        match self {
            Self::Sha256(hasher) => hasher.update(text),
            Self::Sm3(hasher) => hasher.update(text),
        }
    }

    /// The digest of all texts.
    pub(crate) fn digest(self) -> Digest {
        Digest::new(match self {
            Self::Sha256(hasher) => hasher.finalize().into(),
            Self::Sm3(hasher) => hasher.finalize().into(),
        })
    }
}
