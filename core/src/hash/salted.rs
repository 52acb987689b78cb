//! Many tickets, hashed side by side: salts in hexadecimal, and a short text behind each.

use super::Prefix;
use super::many::{Group, Lane, pad};
use crate::code::MAX_CODE_LEN;
use yicha_lanes::{Endings, LANES, Salted, States};

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
    /// The longest text, in bytes: as long as a code.
    pub const MAX: usize = MAX_CODE_LEN;

    /// The text, unless it is too short or too long or is not in the buffer.
    fn text(&self) -> Option<&'a [u8]> {
        if self.len == 0 || self.len > Self::MAX { None } else { self.text.get(..self.len) }
    }
}

/// What the messages of a block come to, in their order.
#[derive(Clone, Copy)]
pub struct Outcomes<'a> {
    states: &'a [States; GROUPS],
    len: usize,
}

impl<'a> Outcomes<'a> {
    /// How many messages were hashed.
    pub const fn len(&self) -> usize {
        self.len
    }

    /// Whether not even the first message was hashed.
    pub const fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// The outcomes whose first 32 bits are at most the limit of the same place, with their places.
    #[inline]
    pub fn at_most(
        self,
        limits: &[u32; SaltedHasher::MAX],
    ) -> impl Iterator<Item = (usize, Lane<'a>)> {
        const WORD: usize = 64;
        // First found for all, then taken one by one: there is nothing to guess for the processor in between.
        let mut found = [0_u64; SaltedHasher::MAX / WORD];
        let groups = self.states.iter().zip(limits.as_chunks::<LANES>().0);
        for (place, (states, limits)) in (0..self.len).step_by(LANES).zip(groups) {
            let bit = |lane: usize| u32::from(states.0[0][lane] <= limits[lane]) << lane;
            let used = (1 << LANES.min(self.len - place)) - 1;
            let bits = (0..LANES).fold(0, |bits, lane| bits | bit(lane)) & used;
            found[place / WORD] |= u64::from(bits) << (place % WORD);
        }
        found.into_iter().zip((0..).step_by(WORD)).flat_map(move |(mut left, first)| {
            core::iter::from_fn(move || {
                let place = first + left.trailing_zeros() as usize;
                let one = left != 0;
                left &= left.wrapping_sub(1);
                let (group, lane) = (place / LANES % GROUPS, place % LANES);
                one.then(|| (place, Lane { states: &self.states[group], lane }))
            })
        })
    }
}

/// Groups in a block.
const GROUPS: usize = 16;

/// Hashes messages after a prefix, a block of them at a time; made once for as many as there are.
pub struct SaltedHasher<'p> {
    prefix: &'p Prefix,
    endings: Endings,
    group: Group,
    states: [States; GROUPS],
}

impl<'p> SaltedHasher<'p> {
    /// Messages in a block. No outcome is looked at before all of them are hashed: to wait for each group's
    /// would leave the processor without work as often as one of them is to be kept.
    pub const MAX: usize = GROUPS * LANES;

    /// A hasher of messages after `prefix`.
    pub fn new(prefix: &'p Prefix) -> Self {
        let endings = Endings::new(|len, rest| pad(rest, prefix.len + 32 + len as u64));
        let states = core::array::from_fn(|_| States::all(&prefix.state));
        Self { prefix, endings, group: Group::new(prefix), states }
    }

    /// Hashes `count` messages, of more than [`SaltedHasher::MAX`] the first ones. `message` gives the i-th,
    /// and may be asked for it twice. Before the first that there is none of it ends.
    #[inline]
    pub fn hash<'a>(
        &mut self,
        count: usize,
        message: impl Fn(usize) -> Option<SaltedText<'a>>,
    ) -> Outcomes<'_> {
        let Self { prefix, endings, group, states } = self;
        let mut salted = Salted::new(endings);
        let mut len = 0;
        for (states, start) in states.iter_mut().zip((0..count).step_by(LANES)) {
            let wanted = LANES.min(count - start);
            let message = |lane| message(start + lane);
            if prefix.tail().is_empty()
                && (0..wanted).all(|lane| put(&mut salted, lane, message(lane), endings))
            {
                prefix.backend.compress_salted(&prefix.state, &salted, states);
                len += wanted;
                continue;
            }
            let write = |lane| group.write_salted(prefix, lane, &message(lane)?);
            let used = (0..wanted).map_while(write).count();
            states.clone_from(group.compress(prefix.backend));
            len += used;
            if used < wanted {
                break;
            }
        }
        Outcomes { states, len }
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

/// Whether a message could be put into a lane: it fits into a block, and as much as a block can be read.
#[inline]
fn put<'a>(
    salted: &mut Salted<'a>,
    lane: usize,
    message: Option<SaltedText<'a>>,
    endings: &'a Endings,
) -> bool {
    let Some(SaltedText { salt, text, len }) = message else { return false };
    salted.put(lane, (salt, text, len), endings)
}
