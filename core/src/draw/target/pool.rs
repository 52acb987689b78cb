//! The smallest tickets of a stratum, as few as can be.

use super::TargetDrawError;
use crate::draw::quota::StratumQuota;
use crate::hash::Digest;
use alloc::string::String;
use alloc::vec;
use alloc::vec::Vec;
use core::cmp::Ordering;

/// Tickets and ids, 40 bytes and the id for each.
#[derive(Clone, Debug, Default)]
pub(super) struct Pool {
    entries: Vec<Entry>,
    ids: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Entry {
    ticket: Digest,
    /// Where the id begins in the buffer of ids, and in the lowest byte its length.
    id: u64,
}

impl Entry {
    fn id(self, ids: &str) -> &str {
        let start = (self.id >> 8) as usize;
        &ids[start..start + (self.id & 0xff) as usize]
    }

    /// The order of the draw: by ticket, then id.
    fn order(&self, other: &Self, ids: &str) -> Ordering {
        let bits = leading(&self.ticket).cmp(&leading(&other.ticket));
        let rest = || self.ticket.cmp(&other.ticket).then_with(|| self.id(ids).cmp(other.id(ids)));
        bits.then_with(rest)
    }
}

impl Pool {
    pub(super) fn len(&self) -> usize {
        self.entries.len()
    }

    pub(super) fn get(&self, i: usize) -> Option<(&Digest, &str)> {
        self.entries.get(i).map(|entry| (&entry.ticket, entry.id(&self.ids)))
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = (&Digest, &str)> + Clone {
        self.entries.iter().map(|entry| (&entry.ticket, entry.id(&self.ids)))
    }

    /// Appends a ticket. `most` bounds the room that is set aside. An id has at most 64 bytes.
    pub(super) fn push(&mut self, ticket: Digest, id: &str, most: usize) {
        if self.entries.len() == self.entries.capacity() {
            let room = (self.len() * 2).min(most).max(self.len() + 16);
            self.reserve(room - self.len(), id.len());
        }
        let place = (self.ids.len() as u64) << 8 | id.len() as u64;
        self.entries.push(Entry { ticket, id: place });
        self.ids.push_str(id);
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
            let mut ids = String::with_capacity(self.ids.capacity());
            for entry in &mut self.entries {
                let place = (ids.len() as u64) << 8 | entry.id & 0xff;
                ids.push_str(entry.id(&self.ids));
                entry.id = place;
            }
            self.ids = ids;
        }
    }

    /// Sorts by ticket and id. Tickets are spread evenly below the largest, so each is first dealt to
    /// where its leading bits say, and only neighbours are compared: a tenth of the draw is saved.
    fn sort(&mut self) {
        let unused = self.entries.iter().fold(0, |bits, entry| bits | leading(&entry.ticket));
        let (unused, places) = (unused.leading_zeros(), self.len() as u128);
        let place = |entry: &Entry| {
            let fraction = leading(&entry.ticket).checked_shl(unused).unwrap_or(0);
            ((u128::from(fraction) * places) >> 64) as usize
        };
        let mut ends = vec![0_usize; self.len()];
        self.entries.iter().for_each(|entry| ends[place(entry)] += 1);
        let mut sum = 0;
        for end in &mut ends {
            sum += *end;
            *end = sum;
        }
        let mut sorted = vec![Entry { ticket: Digest::ZERO, id: 0 }; self.len()];
        for entry in &self.entries {
            let end = &mut ends[place(entry)];
            *end -= 1;
            sorted[*end] = *entry;
        }
        // Each end is now the start of its place.
        let ids = &self.ids;
        for (i, &start) in ends.iter().enumerate() {
            let end = ends.get(i + 1).copied().unwrap_or(sorted.len());
            if end - start > 1 {
                sorted[start..end].sort_unstable_by(|a, b| a.order(b, ids));
            }
        }
        self.entries = sorted;
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
    pub(super) pool: Pool,
}

impl Bin {
    pub(super) fn new(rule: &StratumQuota, bound: u64) -> Self {
        // A quota beyond the address space could not be kept in any case.
        let quota = usize::try_from(rule.quota()).unwrap_or(usize::MAX);
        Self { eligible: 0, bound, limit: bound, quota, pool: Pool::default() }
    }

    pub(super) fn emptied(&self) -> Self {
        Self { eligible: 0, pool: Pool::default(), ..*self }
    }

    /// Whether any ticket of the stratum needs to be looked at.
    pub(super) const fn draws(&self) -> bool {
        self.quota > 0
    }

    pub(super) fn offer(&mut self, ticket: Digest, id: &str) {
        let most = self.quota.saturating_add(self.quota / 4).saturating_add(512);
        if self.pool.len() >= most {
            self.pool.keep_smallest(self.quota);
            let largest = self.pool.iter().map(|(ticket, _)| leading(ticket)).max();
            self.limit = self.limit.min(largest.unwrap_or(self.limit));
        }
        self.pool.push(ticket, id, most);
    }

    pub(super) fn absorb(&mut self, other: Self) {
        self.eligible = self.eligible.saturating_add(other.eligible);
        self.bound = self.bound.min(other.bound);
        self.limit = self.limit.min(other.limit);
        if self.pool.len() == 0 {
            self.pool = other.pool;
            return;
        }
        for (ticket, id) in other.pool.iter() {
            if leading(ticket) <= self.limit {
                self.offer(*ticket, id);
            }
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
        let found = self.pool.iter().take(self.quota);
        let below = found.take_while(|(ticket, _)| leading(ticket) <= self.bound).count();
        if below < self.quota {
            let (found, wanted) = (below as u64, rule.quota());
            return Err(TargetDrawError::NeedsExact { stratum: stratum(), found, wanted });
        }
        // One more than is drawn, to see whether a target on the edge stands twice.
        let ids = self.pool.iter().map(|(_, id)| id).take(self.quota.saturating_add(1));
        if let Some((id, _)) = ids.clone().zip(ids.skip(1)).find(|(id, next)| id == next) {
            return Err(TargetDrawError::Duplicate { id: id.into() });
        }
        self.pool.entries.truncate(self.quota);
        Ok(())
    }
}

/// The first 64 bits of a ticket.
pub(super) fn leading(ticket: &Digest) -> u64 {
    ticket.as_bytes().first_chunk().map_or(0, |bytes| u64::from_be_bytes(*bytes))
}
