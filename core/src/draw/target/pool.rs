//! The smallest tickets of a stratum, as few as can be.

use super::TargetDrawError;
use super::sort::sort;
use crate::draw::quota::StratumQuota;
use crate::hash::Digest;
use alloc::string::String;
use alloc::vec::Vec;
use core::cmp::Ordering;
use core::ops::Range;
use yicha_lanes::prefetch;

/// An id is fetched while so many before it are read.
const AHEAD: usize = 16;

/// Tickets and ids, 40 bytes and the id for each.
#[derive(Clone, Debug, Default)]
pub(super) struct Pool {
    entries: Vec<Entry>,
    /// Codes, one behind the other. They are made a text when all of it is asked for.
    ids: Vec<u8>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Entry {
    ticket: Digest,
    /// Where the id begins in the buffer of ids, and in the lowest byte its length.
    id: u64,
}

impl Entry {
    fn place(self) -> Range<usize> {
        let start = (self.id >> 8) as usize;
        start..start + (self.id & 0xff) as usize
    }

    /// The order of the draw: by ticket, then id.
    fn order(&self, other: &Self, ids: &[u8]) -> Ordering {
        let bits = leading(&self.ticket).cmp(&leading(&other.ticket));
        let id = |entry: &Self| &ids[entry.place()];
        let rest = || self.ticket.cmp(&other.ticket).then_with(|| id(self).cmp(id(other)));
        bits.then_with(rest)
    }
}

impl Pool {
    pub(super) fn len(&self) -> usize {
        self.entries.len()
    }

    pub(super) fn last(&self) -> Option<&Digest> {
        self.entries.last().map(|entry| &entry.ticket)
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = (&Digest, &str)> + Clone {
        // Nothing but codes is pushed, so all of it is text.
        let ids = str::from_utf8(&self.ids).unwrap_or_default();
        self.places().map(|(ticket, place)| (ticket, ids.get(place).unwrap_or_default()))
    }

    /// The same, with ids as bytes.
    pub(super) fn bytes(&self) -> impl Iterator<Item = (&Digest, &[u8])> {
        self.places().map(|(ticket, place)| (ticket, &self.ids[place]))
    }

    /// Tickets, and where the ids are. They lie in no order, so that they are fetched some time before they are read.
    fn places(&self) -> impl Iterator<Item = (&Digest, Range<usize>)> + Clone {
        self.entries.iter().enumerate().map(|(i, entry)| {
            if let Some(later) = self.entries.get(i + AHEAD) {
                prefetch(&self.ids[later.place()]);
            }
            (&entry.ticket, entry.place())
        })
    }

    /// Appends the ticket of a code, which has at most 64 bytes.
    pub(super) fn push(&mut self, ticket: Digest, code: &[u8]) {
        debug_assert!(code.is_ascii(), "not a code");
        let id = (self.ids.len() as u64) << 8 | code.len() as u64;
        self.entries.push(Entry { ticket, id });
        match code.last_chunk::<16>() {
            // Two copies of fixed length spare a call.
            Some(last) if code.len() < 32 => {
                let len = self.ids.len() + code.len();
                self.ids.extend_from_slice(code.first_chunk::<16>().unwrap_or(last));
                self.ids.truncate(len - 16);
                self.ids.extend_from_slice(last);
            }
            _ => self.ids.extend_from_slice(code),
        }
    }

    /// Appends all of another pool.
    fn append(&mut self, other: &Self) {
        let behind = (self.ids.len() as u64) << 8;
        self.ids.extend_from_slice(&other.ids);
        let moved = |entry: &Entry| Entry { id: entry.id + behind, ..*entry };
        self.entries.extend(other.entries.iter().map(moved));
    }

    /// How many more tickets there is room for.
    fn room(&self) -> usize {
        self.entries.capacity() - self.len()
    }

    /// Sets room aside for so many more tickets with ids of about this length.
    fn reserve(&mut self, more: usize, id_len: usize) {
        self.entries.reserve_exact(more);
        self.ids.reserve_exact(more.saturating_mul(id_len));
    }

    /// Leaves the `n` smallest, in no order.
    fn keep_smallest(&mut self, n: usize) {
        if n == 0 {
            *self = Self::default();
        } else if n < self.len() {
            let ids = &self.ids;
            self.entries.select_nth_unstable_by(n - 1, |a, b| a.order(b, ids));
            self.entries.truncate(n);
            let mut ids = Vec::with_capacity(self.ids.capacity());
            for entry in &mut self.entries {
                let place = (ids.len() as u64) << 8 | entry.id & 0xff;
                ids.extend_from_slice(&self.ids[entry.place()]);
                entry.id = place;
            }
            self.ids = ids;
        }
    }

    /// Sorts by ticket and id.
    fn sort(&mut self) {
        let ids = &self.ids;
        sort(&mut self.entries, |entry| leading(&entry.ticket), |a, b| a.order(b, ids));
    }
}

/// Pools with the same tickets and ids in the same order are alike.
impl PartialEq for Pool {
    fn eq(&self, other: &Self) -> bool {
        self.iter().eq(other.iter())
    }
}

impl Eq for Pool {}

/// The bound on leading bits below which `quota + 90 + 9.5 sqrt(quota)` of the eligible targets are
/// expected. By Chernoff's inequality, with `d = 90 + 9.5 sqrt(k)` and `mu = k + d`, fewer than k fall
/// below it with probability at most `exp(-d^2 / 2mu) < 2^-64`.
pub(super) fn expected_bound(rule: &StratumQuota) -> u64 {
    let quota = u128::from(rule.quota());
    // 9.5 squared is 361/4; both divisions round so that the bound never becomes too low.
    let expected = quota + 91 + (quota * 361 / 4).isqrt();
    match (expected << 64).checked_div(u128::from(rule.eligible())) {
        Some(bound) => u64::try_from(bound).unwrap_or(u64::MAX),
        None => u64::MAX,
    }
}

/// A stratum of a draw that is being made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Bin {
    /// Eligible targets fed.
    pub(super) eligible: u64,
    /// Tickets whose leading bits are above were never looked at.
    pub(super) bound: u64,
    /// Tickets whose leading bits are above need not be looked at: the bound, or lower since as many as
    /// the quota lie below.
    pub(super) limit: u64,
    quota: usize,
    /// So many tickets are likely to be kept, for which room is set aside at once.
    likely: usize,
    pub(super) pool: Pool,
}

impl Bin {
    pub(super) fn new(rule: &StratumQuota, bound: u64) -> Self {
        // A quota beyond the address space could not be kept in any case.
        let quota = usize::try_from(rule.quota()).unwrap_or(usize::MAX);
        Self { eligible: 0, bound, limit: bound, quota, likely: 16, pool: Pool::default() }
    }

    /// A bin of the stratum for so many of all rows, which has nothing in it.
    pub(super) fn emptied(&self, rows: usize, all: u64) -> Self {
        let share = (self.quota as u128 * rows as u128).checked_div(u128::from(all)).unwrap_or(0);
        let likely = (share + share / 16 + 64).min(rows as u128) as usize;
        Self { eligible: 0, likely, pool: Pool::default(), ..*self }
    }

    /// Whether any ticket of the stratum needs to be looked at.
    pub(super) const fn draws(&self) -> bool {
        self.quota > 0
    }

    /// Offers the ticket of a code.
    pub(super) fn offer(&mut self, ticket: Digest, code: &[u8]) {
        self.limit_pool();
        self.make_room(1, code.len());
        self.pool.push(ticket, code);
    }

    /// Takes over what was offered to another bin of the stratum.
    pub(super) fn absorb(&mut self, other: Self) {
        self.eligible = self.eligible.saturating_add(other.eligible);
        self.bound = self.bound.min(other.bound);
        self.limit = self.limit.min(other.limit);
        let more = other.pool.len();
        if self.pool.len() == 0 {
            self.pool = other.pool;
        } else if more > 0 {
            self.make_room(more, other.pool.ids.len().div_ceil(more));
            self.pool.append(&other.pool);
            self.limit_pool();
        }
    }

    /// So many tickets are kept at most.
    const fn most(&self) -> usize {
        self.quota.saturating_add(self.quota / 4).saturating_add(512)
    }

    /// Leaves the smallest of the quota when there are as many as can be kept.
    fn limit_pool(&mut self) {
        if self.pool.len() >= self.most() {
            self.pool.keep_smallest(self.quota);
            let largest = self.pool.entries.iter().map(|entry| leading(&entry.ticket)).max();
            self.limit = self.limit.min(largest.unwrap_or(self.limit));
        }
    }

    /// Sets room aside for as many tickets again, at least for `more`, with ids of about this length.
    fn make_room(&mut self, more: usize, id_len: usize) {
        if self.pool.room() < more {
            let len = self.pool.len();
            let room = (2 * len).max(self.likely).min(self.most()).max(len + more);
            self.pool.reserve(room - len, id_len);
        }
    }

    /// Leaves the smallest of the quota, sorted.
    pub(super) fn smallest(&mut self) -> &Pool {
        self.pool.keep_smallest(self.quota);
        self.pool.sort();
        &self.pool
    }

    /// Checks that what was fed is what was announced, and leaves the drawn targets, sorted.
    pub(super) fn close(&mut self, rule: &StratumQuota) -> Result<(), TargetDrawError> {
        let stratum = || rule.stratum().clone();
        if self.eligible != rule.eligible() {
            let (found, announced) = (self.eligible, rule.eligible());
            return Err(TargetDrawError::Eligible { stratum: stratum(), found, announced });
        }
        self.pool.sort();
        let entries = &self.pool.entries;
        let below = entries.partition_point(|entry| leading(&entry.ticket) <= self.bound);
        if below < self.quota {
            let (found, wanted) = (below as u64, rule.quota());
            return Err(TargetDrawError::NeedsExact { stratum: stratum(), found, wanted });
        }
        // One more than is drawn, to see whether a target on the edge stands twice. It has one ticket.
        let mut pairs = entries.windows(2).take(self.quota);
        let alike = |pair: &&[Entry]| pair[0].order(&pair[1], &self.pool.ids).is_eq();
        if let Some(pair) = pairs.find(alike) {
            let id = String::from_utf8_lossy(&self.pool.ids[pair[0].place()]).into();
            return Err(TargetDrawError::Duplicate { id });
        }
        self.pool.entries.truncate(self.quota);
        Ok(())
    }
}

/// The first 64 bits of a ticket.
pub(super) fn leading(ticket: &Digest) -> u64 {
    ticket.as_bytes().first_chunk().map_or(0, |bytes| u64::from_be_bytes(*bytes))
}
