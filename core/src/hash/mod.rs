//! Digests of the two suites, one at a time and many at once.

mod digest;
pub use digest::{Digest, DigestError};
pub(crate) use digest::{Hex, from_hex, from_hex_any};

use alloc::string::String;
use alloc::vec::Vec;

/// The hash function of a draw.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Suite {
    /// SHA-256, FIPS 180-4.
    Sha256,
    /// SM3, GB/T 32905-2016.
    Sm3,
}

impl Suite {
    /// The name that stands in an announcement.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Sha256 => "sha256",
            Self::Sm3 => "sm3",
        }
    }

    /// The suite of that name.
    pub fn from_name(name: &str) -> Option<Self> {
        [Self::Sha256, Self::Sm3].into_iter().find(|suite| suite.name() == name)
    }

    /// The digest of the parts, one after the other.
    pub fn digest(self, parts: &[&[u8]]) -> Digest {
        fn run<H: sha2::Digest>(parts: &[&[u8]]) -> [u8; 32]
        where
            [u8; 32]: From<sha2::digest::Output<H>>,
        {
            let mut hasher = H::new();
            for part in parts {
                hasher.update(part);
            }
            hasher.finalize().into()
        }
        Digest::new(match self {
            Self::Sha256 => run::<sha2::Sha256>(parts),
            Self::Sm3 => run::<sm3::Sm3>(parts),
        })
    }
}

/// A beginning that many messages share, absorbed once.
#[derive(Clone)]
pub struct Prefix {
    suite: Suite,
    bytes: Vec<u8>,
}

impl Prefix {
    /// Absorbs `bytes`.
    pub fn new(suite: Suite, bytes: &[u8]) -> Self {
        Self { suite, bytes: bytes.into() }
    }
}

/// A short message that is being put together, at most [`Message::MAX`] bytes after the prefix.
pub struct Message {
    bytes: Vec<u8>,
}

impl Message {
    /// The longest message, in bytes.
    pub const MAX: usize = 183;

    /// Appends bytes.
    pub fn push(&mut self, bytes: &[u8]) {
        self.bytes.extend_from_slice(bytes);
    }

    /// Appends bytes as lower-case hexadecimal.
    pub fn push_hex(&mut self, bytes: &[u8]) {
        for byte in bytes {
            let text: String = alloc::format!("{byte:02x}");
            self.push(text.as_bytes());
        }
    }
}

/// Hashes `count` messages: `message` writes the i-th after the prefix, `digest` takes its digest.
///
/// Calls come with i ascending, but the digests of a group follow after its messages.
pub fn many(
    prefix: &Prefix,
    count: usize,
    mut message: impl FnMut(usize, &mut Message),
    mut digest: impl FnMut(usize, &Digest),
) {
    for i in 0..count {
        let mut text = Message { bytes: Vec::new() };
        message(i, &mut text);
        digest(i, &prefix.suite.digest(&[&prefix.bytes, &text.bytes]));
    }
}
