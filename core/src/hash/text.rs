//! The digest of a text that is written piece by piece and not kept.

use super::{Digest, Suite};
use alloc::string::String;
use core::fmt;
use sha2::Digest as _;

/// So many bytes are gathered before they are hashed.
const PIECE: usize = 1 << 14;

/// Hashes what is written to it.
pub(crate) struct TextHasher {
    function: Function,
    /// What was written and not hashed yet.
    text: String,
}

enum Function {
    Sha256(sha2::Sha256),
    Sm3(sm3::Sm3),
}

impl TextHasher {
    /// A hasher of the empty text.
    pub(crate) fn new(suite: Suite) -> Self {
        let function = match suite {
            Suite::Sha256 => Function::Sha256(sha2::Sha256::new()),
            Suite::Sm3 => Function::Sm3(sm3::Sm3::new()),
        };
        Self { function, text: String::with_capacity(PIECE) }
    }

    fn hash_written(&mut self) {
        match &mut self.function {
            Function::Sha256(hasher) => hasher.update(&self.text),
            Function::Sm3(hasher) => hasher.update(&self.text),
        }
        self.text.clear();
    }

    /// The digest of all that was written.
    pub(crate) fn digest(mut self) -> Digest {
        self.hash_written();
        Digest::new(match self.function {
            Function::Sha256(hasher) => hasher.finalize().into(),
            Function::Sm3(hasher) => hasher.finalize().into(),
        })
    }
}

impl fmt::Write for TextHasher {
    #[inline]
    fn write_str(&mut self, text: &str) -> fmt::Result {
        if self.text.len() + text.len() > PIECE {
            self.hash_written();
        }
        self.text.push_str(text);
        Ok(())
    }
}
