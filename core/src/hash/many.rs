//! Many messages with a common beginning, hashed side by side.

use super::{Digest, Suite};
use alloc::vec::Vec;

/// A beginning that many messages share, absorbed once.
#[derive(Clone, Debug)]
pub struct Prefix {
    suite: Suite,
    bytes: Vec<u8>,
}

impl Prefix {
    /// Absorbs `bytes`.
    pub fn new(suite: Suite, bytes: &[u8]) -> Self {
        Self { suite, bytes: bytes.into() }
    }

    /// The suite that absorbed it.
    pub const fn suite(&self) -> Suite {
        self.suite
    }
}

/// A short message that is being put together, at most [`Message::MAX`] bytes after the prefix.
pub struct Message<'a> {
    bytes: &'a mut Vec<u8>,
}

impl Message<'_> {
    /// The longest message, in bytes.
    pub const MAX: usize = 183;

    /// Appends bytes.
    ///
    /// # Panics
    /// The message becomes longer than [`Message::MAX`].
    pub fn push(&mut self, bytes: &[u8]) {
        self.bytes.extend_from_slice(bytes);
    }

    /// Appends bytes as lower-case hexadecimal.
    ///
    /// # Panics
    /// The message becomes longer than [`Message::MAX`].
    pub fn push_hex(&mut self, bytes: &[u8]) {
        let digit = |nibble: u8| b"0123456789abcdef"[usize::from(nibble)];
        self.bytes.extend(bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]));
    }
}

/// The outcome of one message: its leading bits at no cost, the whole digest on demand.
#[derive(Clone, Copy)]
pub struct Lane<'a> {
    digest: &'a Digest,
}

impl Lane<'_> {
    /// The first 64 bits of the digest as a big-endian number: of two digests, the one with the
    /// smaller number is the smaller one; equal numbers leave it open.
    pub fn leading(self) -> u64 {
        self.digest.as_bytes().first_chunk().map_or(0, |bytes| u64::from_be_bytes(*bytes))
    }

    /// The digest.
    pub fn digest(self) -> Digest {
        *self.digest
    }
}

/// Hashes `count` short messages: `message` writes the i-th after the prefix, `digest` takes its
/// outcome. Both are called with i ascending, `digest` some messages behind.
pub fn many(
    prefix: &Prefix,
    count: usize,
    mut message: impl FnMut(usize, &mut Message<'_>),
    mut digest: impl FnMut(usize, Lane<'_>),
) {
    let mut bytes = Vec::new();
    for i in 0..count {
        bytes.clear();
        message(i, &mut Message { bytes: &mut bytes });
        digest(i, Lane { digest: &prefix.suite.digest(&[&prefix.bytes, &bytes]) });
    }
}

/// Hashes every slice, of any length, after the prefix. `digest` is called once with each index,
/// **in no particular order**.
pub fn many_slices<T: AsRef<[u8]>>(
    prefix: &Prefix,
    slices: &[T],
    mut digest: impl FnMut(usize, Lane<'_>),
) {
    for (i, slice) in slices.iter().enumerate() {
        digest(i, Lane { digest: &prefix.suite.digest(&[&prefix.bytes, slice.as_ref()]) });
    }
}
