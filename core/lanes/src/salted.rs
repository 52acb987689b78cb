//! A group of blocks that each hold a salt in hexadecimal, a short text, and the padding: what a ticket is made of.

use super::LANES;
use core::array;

/// The longest text: half a block without the least padding.
const MOST: usize = 32 - 9;

/// Salts and texts of a group. Each text is read with what lies behind it, which is then cut off.
pub struct Salted<'a> {
    pub(crate) salts: [&'a [u8; 16]; LANES],
    pub(crate) texts: [&'a [u8; 32]; LANES],
    pub(crate) endings: [&'a Ending; LANES],
}

/// What a text of some length ends with.
pub(crate) struct Ending {
    /// All bits where the text stands.
    pub(crate) text: [u8; 32],
    pub(crate) padding: [u8; 32],
}

/// The endings of the texts of all lengths.
pub struct Endings([Ending; MOST]);

impl Endings {
    /// `pad` writes the padding behind a text of some length.
    pub fn new(pad: impl Fn(usize, &mut [u8])) -> Self {
        let ending = |i: usize| {
            let len = i + 1;
            let mut ending = Ending { text: [0; 32], padding: [0; 32] };
            ending.text[..len].fill(0xff);
            pad(len, &mut ending.padding[len..]);
            ending
        };
        Self(array::from_fn(ending))
    }

    /// Some ending.
    const fn any(&self) -> &Ending {
        &self.0[0]
    }

    /// The ending of a text of this length, if there is one and it fits.
    #[inline]
    fn get(&self, len: usize) -> Option<&Ending> {
        self.0.get(len.wrapping_sub(1))
    }
}

impl<'a> Salted<'a> {
    /// Salts of zeros and texts of any kind.
    pub fn new(endings: &'a Endings) -> Self {
        Self { salts: [&[0; 16]; LANES], texts: [&[0; 32]; LANES], endings: [endings.any(); LANES] }
    }

    /// Puts a salt and the text of some length with which a buffer begins into a lane. Whether it could be done: the
    /// text fits into a block, and as much as a block can be read of the buffer.
    #[inline(always)]
    pub fn put(
        &mut self,
        lane: usize,
        (salt, text, len): (&'a [u8; 16], &'a [u8], usize),
        endings: &'a Endings,
    ) -> bool {
        let (Some(ending), Some(text)) = (endings.get(len), text.first_chunk()) else {
            return false;
        };
        self.salts[lane] = salt;
        self.texts[lane] = text;
        self.endings[lane] = ending;
        true
    }

    /// The blocks.
    pub(crate) fn blocks(&self) -> [[u8; 64]; LANES] {
        let mut blocks = [[0; 64]; LANES];
        for (lane, block) in blocks.iter_mut().enumerate() {
            let (text, ending) = (self.texts[lane], self.endings[lane]);
            block[..32].copy_from_slice(hex(self.salts[lane]).as_flattened());
            for (i, byte) in block[32..].iter_mut().enumerate() {
                *byte = text[i] & ending.text[i] | ending.padding[i];
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
