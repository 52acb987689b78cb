//! Digests of the two suites, one at a time and many at once.

mod digest;
mod hasher;
mod many;
mod pairs;
mod slices;
mod texts;
pub use digest::{Digest, DigestError};
pub(crate) use digest::{Hex, from_hex, from_hex_any};
pub(crate) use hasher::Hasher;
pub use many::{Lane, Message, Prefix, many};
pub(crate) use pairs::{FEW, PairHasher, hash_pair};
pub use slices::many_slices;
pub use texts::{Outcomes, TextHasher, Texts};
#[doc(hidden)]
pub use yicha_lanes::{Backend, Function, LANES, States};

/// The hash function of a draw.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Suite {
    /// SHA-256, FIPS 180-4.
    Sha256,
    /// SM3, GB/T 32905-2016.
    Sm3,
}

impl Suite {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Sha256, Self::Sm3];

    /// The name that stands in an announcement.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Sha256 => "sha256",
            Self::Sm3 => "sm3",
        }
    }

    /// The suite of that name.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|suite| suite.code() == code)
    }

    /// The digest of the parts, one after the other.
    pub fn digest(self, parts: &[&[u8]]) -> Digest {
        let mut hasher = Hasher::new(self);
        parts.iter().for_each(|part| hasher.update(part));
        hasher.digest()
    }
}

impl From<Suite> for Function {
    fn from(suite: Suite) -> Self {
        match suite {
            Suite::Sha256 => Self::Sha256,
            Suite::Sm3 => Self::Sm3,
        }
    }
}

impl From<Function> for Suite {
    fn from(function: Function) -> Self {
        match function {
            Function::Sha256 => Self::Sha256,
            Function::Sm3 => Self::Sm3,
        }
    }
}
