//! Suites and digests. Draw specification, section 1.

use crate::border::{answer, need};
use crate::error::{Fault, refused};
use crate::text::Text;
use crate::view::{Bytes, Str};
use std::mem::MaybeUninit;
use yicha::hash;

/// Suite: SHA-256 (FIPS 180-4).
pub const YICHA_SHA256: i32 = 1;
/// Suite: SM3 (GB/T 32905-2016).
pub const YICHA_SM3: i32 = 2;

/// 32 bytes: a digest, a root, a seed.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct Digest {
    /// The bytes.
    pub bytes: [u8; 32],
}

/// 32 secret bytes: a roster's key or a department's nonce, from the system's source of randomness.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct Secret {
    /// The bytes.
    pub bytes: [u8; 32],
}

/// 16 secret bytes: a target's salt, or that of a matching problem.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct Salt {
    /// The bytes.
    pub bytes: [u8; 16],
}

impl Digest {
    pub(crate) const fn of(digest: &hash::Digest) -> Self {
        Self { bytes: *digest.as_bytes() }
    }

    pub(crate) const fn core(&self) -> hash::Digest {
        hash::Digest::new(self.bytes)
    }
}

/// The suite of a number.
pub(crate) fn suite(number: i32) -> Result<hash::Suite, Fault> {
    match number {
        YICHA_SHA256 => Ok(hash::Suite::Sha256),
        YICHA_SM3 => Ok(hash::Suite::Sm3),
        _ => {
            let en = "YICHA_SHA256 or YICHA_SM3";
            Err(Fault::range("suite", "YICHA_SHA256或YICHA_SM3", en))
        }
    }
}

/// The number of a suite.
pub(crate) const fn number(suite: hash::Suite) -> i32 {
    match suite {
        hash::Suite::Sha256 => YICHA_SHA256,
        hash::Suite::Sm3 => YICHA_SM3,
    }
}

/// Digest of bytes, for example of a whole text file. `suite` is YICHA_SHA256 or YICHA_SM3.
#[unsafe(no_mangle)]
pub extern "C" fn yicha_digest_of(
    suite: i32,
    bytes: Bytes,
    out: Option<&mut MaybeUninit<Digest>>,
    error: Option<&mut MaybeUninit<Box<crate::error::Error>>>,
) -> i32 {
    answer(error, out, || Ok(Digest::of(&self::suite(suite)?.digest(&[bytes.get("bytes")?]))))
}

/// A digest as 64 lower-case hexadecimal digits. The text is the caller's.
#[unsafe(no_mangle)]
pub extern "C" fn yicha_digest_to_text(
    digest: Option<&Digest>,
    out: Option<&mut MaybeUninit<Box<Text>>>,
    error: Option<&mut MaybeUninit<Box<crate::error::Error>>>,
) -> i32 {
    answer(error, out, || Ok(Text::new(need(digest, "digest")?.core().to_string())))
}

/// Reads 64 lower-case hexadecimal digits. Refused: `digest-form`.
#[unsafe(no_mangle)]
pub extern "C" fn yicha_digest_parse(
    text: Str,
    out: Option<&mut MaybeUninit<Digest>>,
    error: Option<&mut MaybeUninit<Box<crate::error::Error>>>,
) -> i32 {
    answer(error, out, || {
        let digest: hash::Digest = text.text("text")?.parse().map_err(refused)?;
        Ok(Digest::of(&digest))
    })
}
