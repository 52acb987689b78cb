//! Many short messages with a common beginning, hashed side by side.

use super::{Digest, Suite};
use yicha_lanes::{self as lanes, Backend, LANES, State, States, hex};

/// Bytes of a block.
pub(super) const BLOCK: usize = 64;

/// A beginning that many messages share, absorbed once.
#[derive(Clone, Debug)]
pub struct Prefix {
    pub(super) backend: Backend,
    /// The chaining value after the whole blocks of the beginning.
    pub(super) state: State,
    /// Bytes of the beginning, and among them those after its last whole block.
    pub(super) len: u64,
    tail: [u8; BLOCK],
}

impl Prefix {
    /// Absorbs `bytes`.
    pub fn new(suite: Suite, bytes: &[u8]) -> Self {
        Self::with_backend(Backend::best(suite.into()), bytes)
    }

    /// The same with a backend of choice, for tests and benchmarks: the digests do not differ.
    #[doc(hidden)]
    pub fn with_backend(backend: Backend, bytes: &[u8]) -> Self {
        let (mut state, compress) = lanes::single(backend.function());
        let (blocks, rest) = bytes.as_chunks::<BLOCK>();
        blocks.iter().for_each(|block| compress(&mut state, block));
        let mut tail = [0; BLOCK];
        tail[..rest.len()].copy_from_slice(rest);
        Self { backend, state, len: bytes.len() as u64, tail }
    }

    /// The suite that absorbed it.
    pub fn suite(&self) -> Suite {
        self.backend.function().into()
    }

    /// What of the beginning does not fill a block.
    pub(super) fn tail(&self) -> &[u8] {
        &self.tail[..(self.len % BLOCK as u64) as usize]
    }
}

/// A short message that is being put together, at most [`Message::MAX`] bytes after the prefix.
pub struct Message<'a> {
    bytes: &'a mut [u8; BUFFER],
    end: usize,
}

impl Message<'_> {
    /// The longest message, in bytes.
    pub const MAX: usize = 183;

    /// Appends bytes.
    ///
    /// # Panics
    /// The message becomes longer than [`Message::MAX`].
    #[inline(always)]
    pub fn push(&mut self, bytes: &[u8]) {
        let end = self.end + bytes.len();
        copy_short(&mut self.bytes[self.end..end], bytes);
        self.end = end;
    }

    /// Appends bytes as lower-case hexadecimal.
    ///
    /// # Panics
    /// The message becomes longer than [`Message::MAX`].
    #[inline]
    pub fn push_hex(&mut self, bytes: &[u8]) {
        let (chunks, rest) = bytes.as_chunks::<16>();
        chunks.iter().for_each(|chunk| self.push(hex::<16>(chunk).as_flattened()));
        rest.iter().for_each(|byte| self.push(hex::<1>(&[*byte]).as_flattened()));
    }
}

/// Copies few bytes by two copies of fixed length that may overlap, which spares a call.
#[inline(always)]
pub(super) fn copy_short(to: &mut [u8], from: &[u8]) {
    #[inline(always)]
    fn ends<const N: usize>(to: &mut [u8], from: &[u8]) {
        if let (Some(to), Some(from)) = (to.first_chunk_mut::<N>(), from.first_chunk()) {
            *to = *from;
        }
        if let (Some(to), Some(from)) = (to.last_chunk_mut::<N>(), from.last_chunk()) {
            *to = *from;
        }
    }
    match from.len() {
        33..=64 => ends::<32>(to, from),
        16..=32 => ends::<16>(to, from),
        8..=15 => ends::<8>(to, from),
        4..=7 => ends::<4>(to, from),
        0 => {}
        _ => to.copy_from_slice(from),
    }
}

/// The outcome of one message: its leading bits at no cost, the whole digest on demand.
#[derive(Clone, Copy)]
pub struct Lane<'a> {
    pub(super) states: &'a States,
    pub(super) lane: usize,
}

impl Lane<'_> {
    /// The first 64 bits of the digest as a big-endian number: of two digests, the one with the
    /// smaller number is the smaller one; equal numbers leave it open.
    #[inline]
    pub fn leading(self) -> u64 {
        self.states.leading(self.lane)
    }

    /// The first half of the digest.
    #[inline]
    pub fn half(self) -> [u8; 16] {
        self.states.half(self.lane)
    }

    /// The digest.
    #[inline]
    pub fn digest(self) -> Digest {
        Digest::new(self.states.digest(self.lane))
    }
}

/// Room for the prefix's tail, the longest message and its padding: 63 + 183 + 9 bytes.
const BUFFER: usize = 4 * BLOCK;

/// The place of one message of a group: the prefix's tail, the message, and its padding.
struct Buffer {
    bytes: [u8; BUFFER],
    /// Where the message ends that the padding belongs to.
    end: usize,
}

impl Buffer {
    fn new(prefix: &Prefix) -> Self {
        let mut bytes = [0; BUFFER];
        let tail = prefix.tail();
        bytes[..tail.len()].copy_from_slice(tail);
        let mut buffer = Self { bytes, end: usize::MAX };
        buffer.pad(prefix, tail.len());
        buffer
    }

    /// Ends the message. After one of the same length the padding stands already.
    #[inline(always)]
    fn pad(&mut self, prefix: &Prefix, end: usize) {
        if end != self.end {
            assert!(end - prefix.tail().len() <= Message::MAX, "a message of more than 183 bytes");
            self.end = end;
            let blocks = self.blocks();
            pad(
                &mut self.bytes[end..blocks * BLOCK],
                prefix.len + (end - prefix.tail().len()) as u64,
            );
        }
    }

    const fn blocks(&self) -> usize {
        blocks_of(self.end)
    }

    fn block(&self, number: usize) -> &[u8; BLOCK] {
        &self.bytes.as_chunks().0[number]
    }
}

/// Blocks that so many bytes need with their padding.
pub(super) const fn blocks_of(len: usize) -> usize {
    (len + 9).div_ceil(BLOCK)
}

/// Writes the padding of a message of `len` bytes into the rest of its last block.
#[inline]
pub(super) fn pad(rest: &mut [u8], len: u64) {
    const ONE_BIT: [u8; BLOCK + 8] = {
        let mut bytes = [0; BLOCK + 8];
        bytes[0] = 0x80;
        bytes
    };
    copy_short(rest, &ONE_BIT[..rest.len()]);
    if let Some(bits) = rest.last_chunk_mut() {
        *bits = (len * 8).to_be_bytes();
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
    let mut group = Group::new(prefix);
    for start in (0..count).step_by(LANES) {
        // In the last group the other lanes hash what stands there, and nobody asks for it.
        let used = LANES.min(count - start);
        (0..used).for_each(|lane| group.write(prefix, lane, |text| message(start + lane, text)));
        let states = group.compress(prefix.backend);
        (0..used).for_each(|lane| digest(start + lane, Lane { states, lane }));
    }
}

/// The messages of a group, and what they come to.
pub(super) struct Group {
    buffers: [Buffer; LANES],
    /// The state after the prefix, and room for the states after this block and the one before.
    fresh: States,
    states: [States; 2],
}

impl Group {
    pub(super) fn new(prefix: &Prefix) -> Self {
        let fresh = States::all(&prefix.state);
        Self {
            buffers: core::array::from_fn(|_| Buffer::new(prefix)),
            states: [fresh.clone(), fresh.clone()],
            fresh,
        }
    }

    /// Writes the message of a lane.
    #[inline(always)]
    pub(super) fn write(
        &mut self,
        prefix: &Prefix,
        lane: usize,
        message: impl FnOnce(&mut Message<'_>),
    ) {
        let buffer = &mut self.buffers[lane];
        let mut text = Message { bytes: &mut buffer.bytes, end: prefix.tail().len() };
        message(&mut text);
        let end = text.end;
        buffer.pad(prefix, end);
    }

    /// Compresses all blocks of all messages.
    #[inline]
    pub(super) fn compress(&mut self, backend: Backend) -> &States {
        let [now, next] = &mut self.states;
        let buffers = &self.buffers;
        // A loop, which needs no call where the code is compiled for size.
        let block = |number| {
            let mut blocks = [buffers[0].block(number); LANES];
            for (block, buffer) in blocks.iter_mut().zip(buffers) {
                *block = buffer.block(number);
            }
            blocks
        };
        backend.compress(&self.fresh, &block(0), now);
        let longest = buffers.iter().map(Buffer::blocks).fold(1, usize::max);
        let blocks = |lane: usize| buffers[lane].blocks();
        if longest > 1 { compress_rest(backend, longest, blocks, block, now, next) } else { now }
    }
}

/// Compresses the blocks from the second; a lane whose message has ended keeps its state.
fn compress_rest<'a>(
    backend: Backend,
    longest: usize,
    blocks: impl Fn(usize) -> usize,
    block: impl Fn(usize) -> [&'a [u8; BLOCK]; LANES],
    mut now: &'a mut States,
    mut next: &'a mut States,
) -> &'a States {
    for number in 1..longest {
        backend.compress(now, &block(number), next);
        let ended = (0..LANES).filter(|&lane| blocks(lane) <= number);
        ended.for_each(|lane| next.copy_lane(lane, now));
        core::mem::swap(&mut now, &mut next);
    }
    now
}
