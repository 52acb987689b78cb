//! Sixteen messages compressed side by side, by the widest means that the machine has.
//!
//! A compression is written once, over the operations of a vector, and compiled for each
//! kind of vector. Which of them run here is asked of the processor once.
//!
//! A package of its own, so that it can be compiled for speed where all else is compiled for size. It is a part of `yicha`
//! and promises nothing by itself.
#![no_std]
// Allowed only where vector instructions are called, and where they read what was seen to be there.
#![deny(unsafe_code)]

mod sha256;
mod sm3;
mod texts;
mod vector;

#[cfg(all(target_arch = "aarch64", target_feature = "neon", target_endian = "little"))]
#[allow(unsafe_code)]
mod neon;
#[cfg(target_arch = "x86_64")]
#[allow(unsafe_code)]
mod x86;

pub use texts::{Endings, Heads, ROWS, Texts, hex};

/// A hash function.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Function {
    /// SHA-256, FIPS 180-4.
    Sha256,
    /// SM3, GB/T 32905-2016.
    Sm3,
}

/// Messages in a group. Every backend takes this many, whatever the width of its vectors.
pub const LANES: usize = 16;

/// The chaining value of one message.
pub type State = [u32; 8];

/// The next block of every message of a group.
pub type Blocks<'a> = [&'a [u8; 64]; LANES];

type Compress = fn(&States, &Blocks<'_>, &mut States);
type CompressTexts = fn(&State, &Texts<'_>, &mut States);

/// The chaining values of a group, word by word: `0[word][lane]`.
#[derive(Clone)]
#[repr(align(64))]
pub struct States(
    /// `[word][lane]`.
    pub [[u32; LANES]; 8],
);

impl States {
    /// The same chaining value in every lane.
    #[inline]
    pub fn all(state: &[u32; 8]) -> Self {
        Self(state.map(|word| [word; LANES]))
    }

    /// Puts one lane back to what it is in `other`.
    #[inline]
    pub fn copy_lane(&mut self, lane: usize, other: &Self) {
        self.0.iter_mut().zip(&other.0).for_each(|(to, from)| to[lane] = from[lane]);
    }

    /// Begins a new message in one lane.
    #[inline]
    pub fn set_lane(&mut self, lane: usize, state: &State) {
        self.0.iter_mut().zip(state).for_each(|(words, word)| words[lane] = *word);
    }

    /// The first 64 bits of a lane's digest.
    #[inline]
    pub const fn leading(&self, lane: usize) -> u64 {
        (self.0[0][lane] as u64) << 32 | self.0[1][lane] as u64
    }

    /// The digest of a lane.
    #[inline]
    pub fn digest(&self, lane: usize) -> [u8; 32] {
        self.first_bytes(lane)
    }

    /// The first half of a lane's digest.
    #[inline]
    pub fn half(&self, lane: usize) -> [u8; 16] {
        self.first_bytes(lane)
    }

    #[inline(always)]
    fn first_bytes<const N: usize>(&self, lane: usize) -> [u8; N] {
        let mut bytes = [0; N];
        for (to, pair) in bytes.as_chunks_mut().0.iter_mut().zip(self.0.as_chunks::<2>().0) {
            *to = (u64::from(pair[0][lane]) << 32 | u64::from(pair[1][lane])).to_be_bytes();
        }
        bytes
    }
}

/// One way to compress a group. All ways give the same digests; tests and benchmarks compare them,
/// everybody else takes the best one without knowing.
#[derive(Clone, Copy, Debug)]
pub struct Backend {
    name: &'static str,
    function: Function,
    compress: Compress,
    /// Where blocks can be put together in registers; elsewhere that is done in memory.
    compress_texts: Option<CompressTexts>,
}

impl Backend {
    /// The backends that this machine has, the fastest first.
    pub fn all_available(function: impl Into<Function>) -> impl Iterator<Item = Self> {
        let function = function.into();
        #[cfg(target_arch = "x86_64")]
        let special = x86::available(function);
        #[cfg(all(target_arch = "aarch64", target_feature = "neon", target_endian = "little"))]
        let special = neon::available(function);
        #[cfg(not(any(
            target_arch = "x86_64",
            all(target_arch = "aarch64", target_feature = "neon", target_endian = "little")
        )))]
        let special = core::iter::empty();
        special.chain([Self::plain(function)])
    }

    /// The fastest backend of this machine.
    pub fn best(function: Function) -> Self {
        Self::all_available(function).next().unwrap_or(Self::plain(function))
    }

    const fn plain(function: Function) -> Self {
        let compress: Compress = match function {
            Function::Sha256 => {
                |before, blocks, after| one_by_one(sha256::compress, before, blocks, after)
            }
            Function::Sm3 => {
                |before, blocks, after| one_by_one(sm3::compress, before, blocks, after)
            }
        };
        Self { name: "plain", function, compress, compress_texts: None }
    }

    /// What it uses: `avx512`, `sha-ni`, `avx2`, `neon` or `plain`.
    pub const fn name(self) -> &'static str {
        self.name
    }

    /// The function whose compression it is.
    pub const fn function(self) -> Function {
        self.function
    }

    /// The chaining values after one more block of every message of a group.
    #[inline]
    pub fn compress(self, before: &States, blocks: &[&[u8; 64]; LANES], after: &mut States) {
        (self.compress)(before, blocks, after);
    }

    /// The chaining values after one more block of messages with the same beginning. The blocks are put together first,
    /// by the same instructions.
    #[inline]
    pub fn compress_texts(self, before: &State, texts: &Texts<'_>, after: &mut States) {
        match self.compress_texts {
            Some(compress) => compress(before, texts, after),
            None => (self.compress)(&States::all(before), &texts.blocks().each_ref(), after),
        }
    }
}

/// The chaining value of an empty message, and the compression of a single block.
pub const fn single(function: Function) -> (State, fn(&mut State, &[u8; 64])) {
    match function {
        Function::Sha256 => (sha256::INITIAL, |state, block| {
            *state = sha256::compress(*state, words(block));
        }),
        Function::Sm3 => (sm3::INITIAL, |state, block| {
            *state = sm3::compress(*state, words(block));
        }),
    }
}

/// A hint that the first of these bytes will be read soon; nothing on machines that take none.
#[inline]
pub fn prefetch(bytes: &[u8]) {
    #[cfg(target_arch = "x86_64")]
    x86::prefetch(bytes);
    #[cfg(not(target_arch = "x86_64"))]
    let _ = bytes;
}

fn one_by_one(
    compress: impl Fn(State, [u32; 16]) -> State,
    before: &States,
    blocks: &Blocks<'_>,
    after: &mut States,
) {
    for (lane, block) in blocks.iter().enumerate() {
        let state = before.0.map(|words| words[lane]);
        after.set_lane(lane, &compress(state, words(block)));
    }
}

fn words(block: &[u8; 64]) -> [u32; 16] {
    let mut words = [0; 16];
    for (word, bytes) in words.iter_mut().zip(block.as_chunks().0) {
        *word = u32::from_be_bytes(*bytes);
    }
    words
}
