//! Many messages of any length that lie in memory, hashed side by side.

use super::many::{BLOCK, blocks_of, copy_short, pad};
use super::{Lane, Prefix};
use yicha_lanes::{LANES, States, prefetch};

/// Hashes every slice, of any length, after the prefix. `digest` is called once with each index,
/// **in no particular order**: a lane whose slice has ended takes the next one.
pub fn many_slices<T: AsRef<[u8]>>(
    prefix: &Prefix,
    slices: &[T],
    mut digest: impl FnMut(usize, Lane<'_>),
) {
    let fresh = States::all(&prefix.state);
    let mut states = [fresh.clone(), fresh.clone()];
    let [mut now, mut next] = states.each_mut();
    let mut waiting = slices.iter().map(AsRef::as_ref).enumerate();
    let mut work: [Work<'_>; LANES] = core::array::from_fn(|_| Work::new(prefix, waiting.next()));
    let mut round = 0;
    while let Some(end) = work.iter().filter_map(Work::end).min() {
        for round in round..end {
            // Put where they are read: copied as a whole, they would be read before they are all written.
            let mut blocks = [&[0; BLOCK]; LANES];
            blocks.iter_mut().zip(&work).for_each(|(block, work)| *block = work.block(round));
            prefix.backend.compress(now, &blocks, next);
            core::mem::swap(&mut now, &mut next);
        }
        round = end;
        let ended = work.each_ref().map(|work| work.end() == Some(round));
        let lanes = || (0..LANES).filter(|&lane| ended[lane]);
        for lane in lanes() {
            let work = &mut work[lane];
            let Some(index) = work.index else { continue };
            digest(index, Lane { states: now, lane });
            work.begin(prefix, waiting.next(), round);
            work.later = slices.get(index + 2 * LANES).map_or(&[], AsRef::as_ref);
        }
        if ended == [true; LANES] {
            // Written one by one, they would be read before they are all written.
            now.clone_from(&fresh);
        } else {
            lanes().for_each(|lane| now.copy_lane(lane, &fresh));
        }
    }
}

/// One lane's slice. Whole blocks are read where they lie; only the first, which begins with the
/// prefix's tail, and the last with the padding are put together.
struct Work<'a> {
    /// Nothing when there are no slices left.
    index: Option<usize>,
    /// The rounds in which the first of `inner` is compressed, and after the last block.
    inner_from: usize,
    end: usize,
    has_first: bool,
    first: [u8; BLOCK],
    inner: &'a [[u8; BLOCK]],
    last: [[u8; BLOCK]; 2],
    /// What a lane will read later, of which a line is fetched in each round. Each lane reads at a place of its own, which
    /// no processor foresees: without the hint a third of the time is waiting, and with many hints at once a tenth.
    later: &'a [u8],
}

impl<'a> Work<'a> {
    fn new(prefix: &Prefix, slice: Option<(usize, &'a [u8])>) -> Self {
        let (first, last) = ([0; BLOCK], [[0; BLOCK]; 2]);
        let mut work = Self {
            index: None,
            inner_from: 0,
            end: 0,
            has_first: true,
            first,
            inner: &[],
            last,
            later: &[],
        };
        work.first[..prefix.tail().len()].copy_from_slice(prefix.tail());
        work.begin(prefix, slice, 0);
        work
    }

    /// Begins a slice in a round.
    fn begin(&mut self, prefix: &Prefix, slice: Option<(usize, &'a [u8])>, round: usize) {
        let tail = prefix.tail();
        let (index, slice) = slice.unzip();
        let slice = slice.unwrap_or_default();
        let len = tail.len() + slice.len();
        self.has_first = !tail.is_empty() && len >= BLOCK;
        let (head, rest) = slice.split_at(if self.has_first { BLOCK - tail.len() } else { 0 });
        copy_short(&mut self.first[BLOCK - head.len()..], head);
        let (inner, rest) = rest.as_chunks();
        (self.index, self.inner) = (index, inner);
        (self.inner_from, self.end) = (round + usize::from(self.has_first), round + blocks_of(len));

        let begin = if self.has_first { &[] } else { tail };
        let end = begin.len() + rest.len();
        let last = &mut self.last.as_flattened_mut()[..blocks_of(end) * BLOCK];
        copy_short(&mut last[..begin.len()], begin);
        copy_short(&mut last[begin.len()..end], rest);
        pad(&mut last[end..], prefix.len + slice.len() as u64);
    }

    /// The round after its last block.
    fn end(&self) -> Option<usize> {
        self.index.map(|_| self.end)
    }

    /// The block of a round, and a hint for later; some block when there are no slices left.
    #[inline]
    fn block(&self, round: usize) -> &[u8; BLOCK] {
        let at = round.wrapping_sub(self.inner_from);
        let done = at.wrapping_add(usize::from(self.has_first));
        if let Some(rest) = self.later.get(done.wrapping_mul(BLOCK)..) {
            prefetch(rest);
        }
        let last = || &self.last[usize::from(at > self.inner.len())];
        let edge = || if round < self.inner_from { &self.first } else { last() };
        self.inner.get(at).unwrap_or_else(edge)
    }
}
