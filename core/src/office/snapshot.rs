//! Snapshots: an office as bytes, so that a server that starts need not replay the whole ledger.
//!
//! Two lines of JSON. The first has the version, the suite and the digest of the second, which has the cases, the
//! commands followed and the tip. What the host feeds, rows of registers and files of draws, is no part of it and is
//! fed again: some of it may have to be erased, which no copy should outlive.
//!
//! A snapshot is a cache, the ledger is the truth (our decision `snapshot-is-a-cache`). Its digest finds damage, not
//! malice; that it belongs to a ledger shows when [`Office::catch_up`] takes it to the head of the store.

use super::followed::Followed;
use super::{Office, OfficeRefusal};
use crate::calendar::Calendar;
use crate::edition::Edition;
use crate::hash::{Digest, Suite};
use crate::json::{from_json, to_json};
use crate::ledger::Tip;
use crate::version::V1;
use crate::world::World;
use alloc::string::ToString;
use alloc::vec::Vec;
use serde::{Deserialize, Serialize};

/// The first line.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Title {
    digest: Digest,
    suite: Suite,
    v: V1,
}

/// The second line, as it is written.
#[derive(Serialize)]
struct Written<'a> {
    followed: &'a Followed,
    tip: &'a Tip,
    world: &'a World,
}

/// The second line, as it is read.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Read {
    followed: Followed,
    tip: Tip,
    world: World,
}

impl Office {
    /// The office as bytes, with the tip at which it stands.
    ///
    /// # Errors
    /// [`OfficeRefusal::SnapshotUnreadable`] when it cannot be written.
    pub fn snapshot(&self) -> Result<Vec<u8>, OfficeRefusal> {
        let Self { followed, tip, world, .. } = self;
        let state = to_json(&Written { followed, tip, world }).map_err(unreadable)?;
        let suite = tip.suite();
        let title = Title { digest: suite.digest(&[&state]), suite, v: V1 };
        let title = to_json(&title).map_err(unreadable)?;
        Ok([&title[..], b"\n", &state, b"\n"].concat())
    }

    /// The office of a snapshot, at the tip at which it was made. [`catch_up`](Self::catch_up) takes it to the head of
    /// the store, and rows and files are fed again.
    ///
    /// # Errors
    /// [`OfficeRefusal::SnapshotUnreadable`] for what is none of version 1, [`OfficeRefusal::SnapshotDamaged`].
    pub fn restore(
        snapshot: &[u8],
        edition: Edition,
        calendar: Calendar,
    ) -> Result<Self, OfficeRefusal> {
        let (title, state) = lines(snapshot).ok_or_else(|| unreadable("not two lines"))?;
        let Title { digest: wanted, suite, .. } = from_json(title).map_err(unreadable)?;
        let found = suite.digest(&[state]);
        if found != wanted {
            return Err(OfficeRefusal::SnapshotDamaged { found, wanted });
        }
        let Read { followed, tip, world } = from_json(state).map_err(unreadable)?;
        Ok(Self { calendar, edition, followed, tip, world })
    }
}

/// Two lines, the second of which ends as the first does.
fn lines(snapshot: &[u8]) -> Option<(&[u8], &[u8])> {
    let at = snapshot.iter().position(|byte| *byte == b'\n')?;
    let (title, state) = snapshot.split_at(at);
    Some((title, state[1..].strip_suffix(b"\n")?))
}

fn unreadable(fault: impl ToString) -> OfficeRefusal {
    OfficeRefusal::SnapshotUnreadable { found: fault.to_string() }
}
