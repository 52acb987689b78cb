//! Many tickets, hashed side by side: salts in hexadecimal, and a short text behind each.

use super::Prefix;
use super::lanes::{Endings, LANES, Salted, States};
use super::many::{Group, Lane, Message, pad};

/// A message of a salt and a text.
#[derive(Clone, Copy)]
pub struct SaltedText<'a> {
    /// The salt.
    pub salt: &'a [u8; 16],
    /// A buffer that begins with the text. What lies behind the text may be read and is ignored: it spares copies.
    pub text: &'a [u8],
    /// Bytes of the text, 1 to [`SaltedText::MAX`].
    pub len: usize,
}

impl<'a> SaltedText<'a> {
    /// The longest text, in bytes.
    pub const MAX: usize = Message::MAX - 32;

    /// The text, unless it is too short or too long or is not in the buffer.
    fn text(&self) -> Option<&'a [u8]> {
        if self.len == 0 || self.len > Self::MAX { None } else { self.text.get(..self.len) }
    }
}

/// The outcomes of a group of messages.
#[derive(Clone, Copy)]
pub struct Outcomes<'a> {
    states: &'a States,
    used: usize,
}

impl<'a> Outcomes<'a> {
    /// The outcomes whose first 32 bits are at most the limit of the same place, with their places in the group.
    #[inline]
    pub fn at_most(self, limits: &[u32; LANES]) -> impl Iterator<Item = (usize, Lane<'a>)> {
        let first = &self.states.0[0];
        let bit = |lane: usize| u32::from(first[lane] <= limits[lane]) << lane;
        let mut left = (0..LANES).fold(0, |bits, lane| bits | bit(lane)) & ((1 << self.used) - 1);
        core::iter::from_fn(move || {
            let lane = left.trailing_zeros() as usize;
            left &= left.wrapping_sub(1);
            (lane < LANES).then_some((lane, Lane { states: self.states, lane }))
        })
    }
}

/// Hashes messages after a prefix; made once for as many as there are.
pub struct SaltedHasher<'p> {
    prefix: &'p Prefix,
    endings: Endings,
    group: Group,
}

impl<'p> SaltedHasher<'p> {
    /// A hasher of messages after `prefix`.
    pub fn new(prefix: &'p Prefix) -> Self {
        let endings = Endings::new(|len, rest| pad(rest, prefix.len + 32 + len as u64));
        Self { prefix, endings, group: Group::new(prefix) }
    }

    /// Hashes `count` messages. `message` gives the i-th, and may be asked for it twice; `outcomes` takes those of
    /// up to [`LANES`] at a time with the number of the first of them, in their order.
    ///
    /// # Errors
    /// The number of the first message that there is none of. Those before it are hashed.
    #[inline]
    pub fn hash<'a>(
        &mut self,
        count: usize,
        message: impl Fn(usize) -> Option<SaltedText<'a>>,
        mut outcomes: impl FnMut(usize, Outcomes<'_>),
    ) -> Result<(), usize> {
        let Self { prefix, endings, group } = self;
        let mut salted = Salted::new(endings);
        for start in (0..count).step_by(LANES) {
            let wanted = LANES.min(count - start);
            let message = |lane| message(start + lane);
            let (used, states) = if prefix.tail().is_empty()
                && (0..wanted).all(|lane| salted.put(lane, message(lane), endings))
            {
                (wanted, group.compress_salted(prefix.backend, &salted))
            } else {
                let write = |lane| group.write_salted(prefix, lane, &message(lane)?);
                let used = (0..wanted).map_while(write).count();
                (used, group.compress(prefix.backend))
            };
            outcomes(start, Outcomes { states, used });
            if used < wanted {
                return Err(start + used);
            }
        }
        Ok(())
    }
}

impl Group {
    fn write_salted(
        &mut self,
        prefix: &Prefix,
        lane: usize,
        message: &SaltedText<'_>,
    ) -> Option<()> {
        let text = message.text()?;
        self.write(prefix, lane, |written| {
            written.push_hex(message.salt);
            written.push(text);
        });
        Some(())
    }
}

impl<'a> Salted<'a> {
    fn new(endings: &'a Endings) -> Self {
        Self { salts: [&[0; 16]; LANES], texts: [&[0; 32]; LANES], endings: [endings.any(); LANES] }
    }

    /// Whether a message could be put into a lane: it fits into a block, and as much as a block can be read.
    #[inline]
    fn put(&mut self, lane: usize, message: Option<SaltedText<'a>>, endings: &'a Endings) -> bool {
        let Some(SaltedText { salt, text, len }) = message else { return false };
        let (Some(ending), Some(text)) = (endings.get(len), text.first_chunk()) else {
            return false;
        };
        self.salts[lane] = salt;
        self.texts[lane] = text;
        self.endings[lane] = ending;
        true
    }
}
