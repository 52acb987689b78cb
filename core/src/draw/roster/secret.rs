//! The secrets of a roster: its key, and the salt of each target.

use crate::hash::{Digest, DigestError, Prefix, Suite, from_hex};
use core::fmt;
use core::str::FromStr;

/// The 32 secret random bytes of a roster, used for one roster only. `Debug` does not show them.
#[derive(Clone, PartialEq, Eq)]
pub struct RosterKey([u8; 32]);

impl RosterKey {
    /// A key of these bytes, which the host takes from its system's source of randomness.
    pub const fn new(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// The bytes, to be kept as secret as the roster.
    pub const fn expose(&self) -> &[u8; 32] {
        &self.0
    }

    /// The salt of a target: the first 16 bytes of H(roster key || id).
    pub fn salt(&self, suite: Suite, id: &str) -> Salt {
        Salt::cut(&suite.digest(&[&self.0, id.as_bytes()]))
    }

    /// The 16 bytes that seal a stratum's cutoff in the public list:
    /// the first of H(roster key || 0x09 || stratum).
    pub fn cutoff_salt(&self, suite: Suite, stratum: &str) -> Salt {
        Salt::cut(&suite.digest(&[&self.0, b"\t", stratum.as_bytes()]))
    }

    /// The key as the beginning of what is hashed to salts.
    pub(crate) fn prefix(&self, suite: Suite) -> Prefix {
        Prefix::new(suite, &self.0)
    }
}

impl FromStr for RosterKey {
    type Err = DigestError;
    fn from_str(text: &str) -> Result<Self, DigestError> {
        from_hex(text).map(Self)
    }
}

impl fmt::Debug for RosterKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("RosterKey(secret)")
    }
}

/// 16 secret bytes that keep a target's class, or a stratum's cutoff, from being guessed.
/// `Debug` does not show them.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Salt([u8; 16]);

impl Salt {
    /// A salt of these bytes.
    pub const fn new(bytes: [u8; 16]) -> Self {
        Self(bytes)
    }

    /// The bytes. A target sees its own.
    pub const fn expose(&self) -> &[u8; 16] {
        &self.0
    }

    fn cut(digest: &Digest) -> Self {
        let mut bytes = [0; 16];
        bytes.copy_from_slice(&digest.as_bytes()[..16]);
        Self(bytes)
    }
}

impl fmt::Debug for Salt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Salt(secret)")
    }
}
