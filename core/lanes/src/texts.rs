//! A group of blocks that each hold half a block of beginning, a short text, and the padding: what a ticket is made of, and
//! a salt.

use super::LANES;
use core::array;

/// The longest text: half a block without the least padding.
const MOST: usize = 32 - 9;

/// As much is read of each text, with what lies behind it, which is then cut off.
const READ: usize = 32;

/// The blocks of a group.
pub struct Texts<'a> {
    pub(crate) heads: Heads<'a>,
    /// [`Texts::new`] has seen that [`READ`] bytes stand behind each start.
    bytes: &'a [u8],
    starts: &'a [u32; LANES],
    /// 1 to [`MOST`] each.
    pub(crate) lens: &'a [u32; LANES],
    endings: &'a Endings,
}

/// What stands in the first half of each block.
#[derive(Clone, Copy)]
pub enum Heads<'a> {
    /// A salt in hexadecimal: that of each lane's row.
    Salts(&'a [[u8; 16]; ROWS], &'a [u8; LANES]),
    /// The same in all.
    Same(&'a [u8; 32]),
}

/// Salts among which each lane has one.
pub const ROWS: usize = 256;

/// What the texts of all lengths end with, by their length.
pub struct Endings([Ending; MOST + 1]);

/// What a text of some length ends with.
struct Ending {
    /// All bits where the text stands.
    text: [u8; READ],
    padding: [u8; READ],
}

impl Endings {
    /// The endings of messages of which so many bytes stand before the text: whole blocks and a half.
    pub fn new(before: u64) -> Self {
        let ending = |len: usize| {
            let mut ending = Ending { text: [0; READ], padding: [0; READ] };
            ending.text[..len].fill(0xff);
            ending.padding[len] = 0x80;
            ending.padding[READ - 8..].copy_from_slice(&(8 * (before + len as u64)).to_be_bytes());
            ending
        };
        Self(array::from_fn(ending))
    }
}

impl<'a> Texts<'a> {
    /// The texts of these lengths that begin in a buffer where `starts` says, unless one does not fit into its block or
    /// stands so near the end of the buffer that half a block cannot be read.
    #[inline]
    pub fn new(
        heads: Heads<'a>,
        bytes: &'a [u8],
        (starts, lens): (&'a [u32; LANES], &'a [u32; LANES]),
        endings: &'a Endings,
    ) -> Option<Self> {
        let last = u32::try_from(bytes.len().checked_sub(READ)?).unwrap_or(u32::MAX);
        let near = starts.iter().fold(true, |near, start| near & (*start <= last));
        let short =
            lens.iter().fold(true, |short, len| short & (len.wrapping_sub(1) < MOST as u32));
        (near && short).then_some(Self { heads, bytes, starts, lens, endings })
    }
}

/// How the loaders of this package see a group.
impl<'a> Texts<'a> {
    /// Bits before each text: all bits of a message without one.
    #[cfg(target_arch = "x86_64")]
    pub(crate) fn before(&self) -> u64 {
        self.endings.0[0].padding.last_chunk().map_or(0, |bits| u64::from_be_bytes(*bits))
    }

    /// A lane's text with what lies behind it. To look again whether it is there took 0.6 ns a salt.
    #[inline(always)]
    #[allow(unsafe_code)]
    pub(crate) fn text(&self, lane: usize) -> &'a [u8; READ] {
        // SAFETY: `new` has seen that so many bytes stand there, and a start that lies in memory fits a `usize`.
        unsafe { &*self.bytes.as_ptr().add(self.starts[lane] as usize).cast() }
    }

    /// What is kept of a lane's half block, and what stands behind it.
    #[inline(always)]
    pub(crate) fn ending(&self, lane: usize) -> (&'a [u8; READ], &'a [u8; READ]) {
        // `new` has seen that there is one; the remainder spares the question.
        let ending = &self.endings.0[self.lens[lane] as usize % (MOST + 1)];
        (&ending.text, &ending.padding)
    }

    /// The blocks, put together in memory.
    pub(crate) fn blocks(&self) -> [[u8; 64]; LANES] {
        let mut blocks = [[0; 64]; LANES];
        for (lane, block) in blocks.iter_mut().enumerate() {
            let (head, rest) = block.split_at_mut(32);
            match self.heads {
                Heads::Salts(salts, rows) => {
                    head.copy_from_slice(hex(&salts[usize::from(rows[lane])]).as_flattened());
                }
                Heads::Same(bytes) => head.copy_from_slice(bytes),
            }
            let (text, (kept, padding)) = (self.text(lane), self.ending(lane));
            for (i, byte) in rest.iter_mut().enumerate() {
                *byte = text[i] & kept[i] | padding[i];
            }
        }
        blocks
    }
}

/// Two digits for each byte, without branches or tables so that it becomes vector code.
#[inline(always)]
pub fn hex<const N: usize>(bytes: &[u8; N]) -> [[u8; 2]; N] {
    let mut digits = bytes.map(|byte| [byte >> 4, byte & 15]);
    for digit in digits.as_flattened_mut() {
        let letter = if *digit > 9 { b'a' - b'9' - 1 } else { 0 };
        *digit = digit.wrapping_add(b'0').wrapping_add(letter);
    }
    digits
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Backend, Function, States, single};

    #[test]
    fn every_backend_hashes_what_is_put_together_in_memory() {
        let bytes: [u8; 300] = array::from_fn(|i| (i * 37) as u8);
        let salts = array::from_fn(|i| array::from_fn(|j| (i * 31 + j * 7) as u8));
        let rows = array::from_fn(|lane| (255 - lane * 16) as u8);
        let same = array::from_fn(|i| i as u8);
        let starts = array::from_fn(|lane| (lane * 13 % 16 * 17) as u32);
        // Less and more than 2^32 bits stand before the text.
        for before in [32, (1 << 29) - 32, (1 << 29) + 32] {
            let endings = Endings::new(before);
            for first in 0..MOST {
                let lens = array::from_fn(|lane| ((first + lane) % MOST + 1) as u32);
                for heads in [Heads::Salts(&salts, &rows), Heads::Same(&same)] {
                    let texts = Texts::new(heads, &bytes, (&starts, &lens), &endings).unwrap();
                    let blocks = texts.blocks();
                    for (lane, block) in blocks.iter().enumerate() {
                        let (start, len) = (starts[lane] as usize, lens[lane] as usize);
                        assert_eq!(block[32..][..len], bytes[start..][..len]);
                        assert_eq!(block[32 + len], 0x80);
                        assert_eq!(block[56..], (8 * (before + len as u64)).to_be_bytes());
                    }
                    for function in [Function::Sha256, Function::Sm3] {
                        let begin = single(function).0;
                        let mut right = States::all(&begin);
                        Backend::plain(function).compress(
                            &States::all(&begin),
                            &blocks.each_ref(),
                            &mut right,
                        );
                        for backend in Backend::all_available(function) {
                            let mut found = States::all(&begin);
                            backend.compress_texts(&begin, &texts, &mut found);
                            assert_eq!(found.0, right.0, "{backend:?}, {lens:?}");
                        }
                    }
                }
            }
        }
    }

    #[test]
    fn a_text_that_does_not_fit_or_is_not_there_makes_no_group() {
        let (bytes, endings) = ([0; 100], Endings::new(32));
        let group = |start, len, bytes| {
            let (mut starts, mut lens) = ([0; LANES], [1; LANES]);
            (starts[5], lens[9]) = (start, len);
            Texts::new(Heads::Same(&[0; 32]), bytes, (&starts, &lens), &endings).is_some()
        };
        assert!(group(68, 23, &bytes) && group(0, 1, &bytes[..32]));
        assert!(!group(69, 23, &bytes) && !group(u32::MAX, 23, &bytes));
        assert!(!group(0, 1, &bytes[..31]) && !group(0, 1, &[]));
        assert!(!group(0, 0, &bytes) && !group(0, 24, &bytes) && !group(0, u32::MAX, &bytes));
    }
}
