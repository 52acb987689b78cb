//! Blocks of short texts, hashed side by side: tickets, which have a salt in hexadecimal before the text, and the salts
//! themselves.

use super::Prefix;
use super::many::{BLOCK, Group, Lane};
use crate::code::MAX_CODE_LEN;
use core::ops::Range;
use yicha_lanes::{self as lanes, Endings, Heads, LANES, States};

/// A block of short texts that stand in one buffer.
#[derive(Clone, Debug)]
pub struct Texts<'a> {
    /// The buffer. What lies behind a text in it may be read and is ignored: it spares copies.
    pub bytes: &'a [u8],
    /// Where each text begins in it.
    pub starts: [u32; Texts::MAX],
    /// How many bytes it has, 1 to [`Texts::LONGEST`].
    pub lens: [u32; Texts::MAX],
    /// How many texts there are.
    pub len: usize,
}

impl<'a> Texts<'a> {
    /// Texts in a block.
    pub const MAX: usize = lanes::ROWS;
    /// The longest text, in bytes: as long as a code.
    pub const LONGEST: usize = MAX_CODE_LEN;
    /// No texts.
    pub const EMPTY: Self =
        Self { bytes: &[], starts: [0; Self::MAX], lens: [0; Self::MAX], len: 0 };

    /// The i-th text, unless there is none, or it is empty or too long or not in the buffer.
    pub fn get(&self, i: usize) -> Option<&'a [u8]> {
        let (start, len) = (*self.starts.get(i)? as usize, *self.lens.get(i)? as usize);
        let fits = i < self.len && (1..=Self::LONGEST).contains(&len);
        if fits { self.bytes.get(start..start.checked_add(len)?) } else { None }
    }
}

/// What the messages of a block come to, in their order.
#[derive(Clone, Copy)]
pub struct Outcomes<'a> {
    states: &'a [States; GROUPS],
    len: usize,
}

impl<'a> Outcomes<'a> {
    /// How many messages were hashed: all before the first text that there is none of.
    pub const fn len(&self) -> usize {
        self.len
    }

    /// Whether not even the first message was hashed.
    pub const fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// All outcomes.
    #[inline]
    pub fn iter(self) -> impl Iterator<Item = Lane<'a>> {
        (0..self.len).map(move |place| self.lane(place))
    }

    /// The outcomes whose first 32 bits are at most the limit of the same place, with their places.
    #[inline]
    pub fn at_most(self, limits: &[u32; Texts::MAX]) -> impl Iterator<Item = (usize, Lane<'a>)> {
        const WORD: usize = 64;
        // First found for all, then taken one by one: there is nothing to guess for the processor in between.
        let mut found = [0_u64; Texts::MAX / WORD];
        let groups = self.states.iter().zip(limits.as_chunks::<LANES>().0);
        for (place, (states, limits)) in (0..self.len).step_by(LANES).zip(groups) {
            let bit = |lane: usize| u64::from(states.0[0][lane] <= limits[lane]) << lane;
            let used = (1 << LANES.min(self.len - place)) - 1;
            let bits = (0..LANES).fold(0, |bits, lane| bits | bit(lane)) & used;
            found[place / WORD] |= bits << (place % WORD);
        }
        found.into_iter().zip((0..).step_by(WORD)).flat_map(move |(mut left, first)| {
            core::iter::from_fn(move || {
                let place = first + left.trailing_zeros() as usize;
                let one = left != 0;
                left &= left.wrapping_sub(1);
                one.then(|| (place, self.lane(place)))
            })
        })
    }

    #[inline]
    fn lane(self, place: usize) -> Lane<'a> {
        Lane { states: &self.states[place / LANES % GROUPS], lane: place % LANES }
    }
}

/// Groups in a block.
const GROUPS: usize = Texts::MAX / LANES;

/// Hashes texts after a prefix, a block of them at a time; made once for as many as there are.
pub struct TextHasher<'p> {
    prefix: &'p Prefix,
    endings: Endings,
    group: Group,
    states: [States; GROUPS],
}

/// Salts, and which of them stands before each text.
type Salts<'a> = (&'a [[u8; 16]; Texts::MAX], &'a [u8; Texts::MAX]);

impl<'p> TextHasher<'p> {
    /// A hasher of messages after `prefix`.
    pub fn new(prefix: &'p Prefix) -> Self {
        let states = core::array::from_fn(|_| States::all(&prefix.state));
        // For texts that are the second half of a block: behind a salt, or half a block of the prefix.
        let whole_blocks = prefix.len - prefix.tail().len() as u64;
        let endings = Endings::new(whole_blocks + BLOCK as u64 / 2);
        Self { prefix, endings, group: Group::new(prefix), states }
    }

    /// Hashes the prefix with each of the texts.
    #[inline]
    pub fn hash(&mut self, texts: &Texts<'_>) -> Outcomes<'_> {
        self.run(texts, None)
    }

    /// Hashes the prefix with a salt in hexadecimal and the text behind it, for each of the texts; `rows` says which salt.
    #[inline]
    pub fn hash_salted(
        &mut self,
        texts: &Texts<'_>,
        salts: &[[u8; 16]; Texts::MAX],
        rows: &[u8; Texts::MAX],
    ) -> Outcomes<'_> {
        self.run(texts, Some((salts, rows)))
    }

    /// No outcome is looked at before all of them are hashed: to wait for each group's would leave the processor without
    /// work as often as one of them is to be kept.
    #[inline]
    fn run(&mut self, texts: &Texts<'_>, salts: Option<Salts<'_>>) -> Outcomes<'_> {
        let Self { prefix, endings, group, states } = self;
        let tail = prefix.tail();
        let heads = |number: usize| match salts {
            Some((salts, rows)) if tail.is_empty() => {
                Some(Heads::Salts(salts, &rows.as_chunks().0[number]))
            }
            Some(_) => None,
            None => tail.try_into().ok().map(Heads::Same),
        };
        let columns = texts.starts.as_chunks::<LANES>().0.iter().zip(texts.lens.as_chunks().0);
        let groups = states.iter_mut().zip(columns).take(texts.len.div_ceil(LANES)).enumerate();
        let mut len = 0;
        for (number, (states, columns)) in groups {
            let first = number * LANES;
            let used = LANES.min(texts.len - first);
            let halves = heads(number)
                .and_then(|heads| lanes::Texts::new(heads, texts.bytes, columns, endings));
            let written = match halves {
                Some(halves) => {
                    prefix.backend.compress_texts(&prefix.state, &halves, states);
                    used
                }
                None => {
                    let written = group.write_texts(prefix, texts, salts, first..first + used);
                    states.clone_from(group.compress(prefix.backend));
                    written
                }
            };
            len += written;
            if written < used {
                break;
            }
        }
        Outcomes { states, len }
    }
}

impl Group {
    /// Writes texts up to the first that there is none of, and gives how many.
    fn write_texts(
        &mut self,
        prefix: &Prefix,
        texts: &Texts<'_>,
        salts: Option<Salts<'_>>,
        places: Range<usize>,
    ) -> usize {
        let write = |(lane, place): (usize, usize)| {
            let text = texts.get(place)?;
            self.write(prefix, lane, |message| {
                if let Some((salts, rows)) = salts {
                    message.push_hex(&salts[usize::from(rows[place])]);
                }
                message.push(text);
            });
            Some(())
        };
        places.enumerate().map_while(write).count()
    }
}
