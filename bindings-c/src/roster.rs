//! Rosters (检查对象名录) and their roots. Draw specification, section 2.

use crate::border::{answer, free, need, need_mut, owned, perform};
use crate::calendar::no_place;
use crate::columns::RosterColumns;
use crate::error::{Fault, in_file, in_rows, refused};
use crate::hash::{Digest, Secret, number, suite};
use crate::text::Text;
use crate::view::{Bytes, Str, array_mut};
use std::mem::MaybeUninit;
use yicha::draw::roster::{self, RosterKey, StratumCount};
use yicha::threads::Threads;

/// A roster in memory, sorted by id. Immutable: threads may share it.
#[derive(Debug)]
pub struct Roster(pub(crate) roster::Roster);

/// A roster fixed under a key, with every salt and the whole tree. Immutable: threads may share it.
#[derive(Debug)]
pub struct Committed(pub(crate) roster::CommittedRoster);

/// The root of a roster whose rows come in sorted batches. One thread at a time changes it.
#[derive(Debug)]
pub struct Root {
    root: roster::RosterRoot,
    counts: Vec<StratumCount>,
}

/// How many targets a stratum has on a roster.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct Stratum {
    /// Its code; lives until the roster is changed or freed.
    pub code: Str,
    /// Targets that can be drawn.
    pub eligible: u64,
    /// Targets that are kept out of the draw.
    pub excluded: u64,
}

pub(crate) fn key(key: Option<&Secret>) -> Result<RosterKey, Fault> {
    Ok(RosterKey::new(need(key, "key")?.bytes))
}

/// How many threads a call may use; 0 means as many as the machine has.
pub(crate) fn threads(threads: u32) -> Threads {
    match threads {
        0 => Threads::available(),
        n => Threads::at_most(n as usize),
    }
}

fn stratum(counts: &[StratumCount], place: usize) -> Result<Stratum, Fault> {
    let count = counts.get(place).ok_or_else(no_place)?;
    let code = Str::of(count.stratum.as_str());
    Ok(Stratum { code, eligible: count.eligible, excluded: count.excluded })
}

/// A roster of columns in any order, which are copied once. The handle is the caller's. Refused, up to 1000 rows at once
/// with their places: `roster-id`, `roster-duplicate`, `roster-offsets`, `roster-number`; and `roster-empty`.
#[unsafe(no_mangle)]
pub extern "C" fn yicha_roster_new(
    columns: Option<&RosterColumns>,
    out: Option<&mut MaybeUninit<Box<Roster>>>,
    error: Option<&mut MaybeUninit<Box<crate::error::Error>>>,
) -> i32 {
    answer(error, out, || {
        let rows = need(columns, "columns")?.get()?;
        let roster = roster::Roster::from_columns(&rows.columns()).map_err(in_rows)?;
        Ok(Box::new(Roster(roster)))
    })
}

/// Reads `roster.tsv`. The handle is the caller's. Refused: the first line that is not as the specification writes it.
#[unsafe(no_mangle)]
pub extern "C" fn yicha_roster_parse(
    file: Bytes,
    out: Option<&mut MaybeUninit<Box<Roster>>>,
    error: Option<&mut MaybeUninit<Box<crate::error::Error>>>,
) -> i32 {
    answer(error, out, || {
        Ok(Box::new(Roster(roster::Roster::parse(file.get("file")?).map_err(in_file)?)))
    })
}

/// Writes `roster.tsv`. The text is the caller's; it is for the office and auditors.
#[unsafe(no_mangle)]
pub extern "C" fn yicha_roster_to_text(
    roster: Option<&Roster>,
    out: Option<&mut MaybeUninit<Box<Text>>>,
    error: Option<&mut MaybeUninit<Box<crate::error::Error>>>,
) -> i32 {
    answer(error, out, || Ok(Text::new(need(roster, "roster")?.0.to_text())))
}

/// Number of rows; 0 for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn yicha_roster_rows(roster: Option<&Roster>) -> u64 {
    roster.map_or(0, |roster| roster.0.len() as u64)
}

/// A stratum of the roster by its place, from 0, sorted by code; YICHA_NOT_FOUND behind the last.
#[unsafe(no_mangle)]
pub extern "C" fn yicha_roster_stratum(
    roster: Option<&Roster>,
    place: usize,
    out: Option<&mut MaybeUninit<Stratum>>,
    error: Option<&mut MaybeUninit<Box<crate::error::Error>>>,
) -> i32 {
    answer(error, out, || stratum(need(roster, "roster")?.0.counts(), place))
}

/// Frees a roster and sets the pointer to NULL. NULL, and a pointer to NULL, are let be.
#[unsafe(no_mangle)]
pub extern "C" fn yicha_roster_free(roster: Option<&mut Option<Box<Roster>>>) {
    free(roster);
}

/// Fixes a roster under a key that serves for no other. The roster is taken: its pointer becomes NULL. The new handle is
/// the caller's. `threads`: how many to use, 0 for as many as the machine has.
#[unsafe(no_mangle)]
pub extern "C" fn yicha_roster_commit(
    roster: Option<&mut Option<Box<Roster>>>,
    suite: i32,
    key: Option<&Secret>,
    threads: u32,
    out: Option<&mut MaybeUninit<Box<Committed>>>,
    error: Option<&mut MaybeUninit<Box<crate::error::Error>>>,
) -> i32 {
    answer(error, out, || {
        let (suite, key) = (self::suite(suite)?, self::key(key)?);
        let roster = owned(roster, "roster")?.take().ok_or_else(|| Fault::null("roster"))?;
        Ok(Box::new(Committed(roster.0.commit(suite, key, self::threads(threads)))))
    })
}

/// The root, which the announcement names.
#[unsafe(no_mangle)]
pub extern "C" fn yicha_committed_root(
    committed: Option<&Committed>,
    out: Option<&mut MaybeUninit<Digest>>,
    error: Option<&mut MaybeUninit<Box<crate::error::Error>>>,
) -> i32 {
    answer(error, out, || Ok(Digest::of(&need(committed, "committed")?.0.root())))
}

/// Number of rows, which the announcement names; 0 for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn yicha_committed_rows(committed: Option<&Committed>) -> u64 {
    committed.map_or(0, |committed| committed.0.lines())
}

/// The suite, YICHA_SHA256 or YICHA_SM3; 0 for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn yicha_committed_suite(committed: Option<&Committed>) -> i32 {
    committed.map_or(0, |committed| number(committed.0.suite()))
}

/// A stratum by its place, from 0, sorted by code; YICHA_NOT_FOUND behind the last.
#[unsafe(no_mangle)]
pub extern "C" fn yicha_committed_stratum(
    committed: Option<&Committed>,
    place: usize,
    out: Option<&mut MaybeUninit<Stratum>>,
    error: Option<&mut MaybeUninit<Box<crate::error::Error>>>,
) -> i32 {
    answer(error, out, || stratum(need(committed, "committed")?.0.roster().counts(), place))
}

/// The place of a target, from 0 in the order of ids; YICHA_NOT_FOUND when it does not stand on the roster.
#[unsafe(no_mangle)]
pub extern "C" fn yicha_committed_find(
    committed: Option<&Committed>,
    id: Str,
    out: Option<&mut MaybeUninit<u64>>,
    error: Option<&mut MaybeUninit<Box<crate::error::Error>>>,
) -> i32 {
    answer(error, out, || {
        let found = need(committed, "committed")?.0.roster().find(id.text("id")?);
        found.map(|place| place as u64).map_err(|_| no_place())
    })
}

/// Writes `roster.tsv`. The text is the caller's; it is for the office and auditors.
#[unsafe(no_mangle)]
pub extern "C" fn yicha_committed_to_text(
    committed: Option<&Committed>,
    out: Option<&mut MaybeUninit<Box<Text>>>,
    error: Option<&mut MaybeUninit<Box<crate::error::Error>>>,
) -> i32 {
    answer(error, out, || Ok(Text::new(need(committed, "committed")?.0.roster().to_text())))
}

/// Frees a fixed roster and sets the pointer to NULL. NULL, and a pointer to NULL, are let be.
#[unsafe(no_mangle)]
pub extern "C" fn yicha_committed_free(committed: Option<&mut Option<Box<Committed>>>) {
    free(committed);
}

/// The root of a roster without rows yet. The key serves for no other roster. The handle is the caller's.
#[unsafe(no_mangle)]
pub extern "C" fn yicha_root_new(
    suite: i32,
    key: Option<&Secret>,
    out: Option<&mut MaybeUninit<Box<Root>>>,
    error: Option<&mut MaybeUninit<Box<crate::error::Error>>>,
) -> i32 {
    answer(error, out, || {
        let root = roster::RosterRoot::new(self::suite(suite)?, self::key(key)?);
        Ok(Box::new(Root { root, counts: Vec::new() }))
    })
}

/// Appends rows, sorted by id and behind those before. `salts`, unless NULL, has room for 16 bytes a row and takes the
/// salts, for a draw of the same rows. Refused, and nothing appended: the first row, with its place.
#[unsafe(no_mangle)]
pub extern "C" fn yicha_root_extend(
    root: Option<&mut Root>,
    columns: Option<&RosterColumns>,
    threads: u32,
    salts: *mut u8,
    error: Option<&mut MaybeUninit<Box<crate::error::Error>>>,
) -> i32 {
    perform(error, || {
        let (root, rows) = (need_mut(root, "root")?, need(columns, "columns")?.get()?);
        let room = if salts.is_null() { 0 } else { rows.len().saturating_mul(16) };
        let room = array_mut(salts, room, "salts")?;
        let made = root.root.extend(&rows.columns(), self::threads(threads)).map_err(in_rows)?;
        root.counts = root.root.counts();
        room.iter_mut().zip(made.as_flattened()).for_each(|(to, &salt)| _ = to.write(salt));
        Ok(())
    })
}

/// Number of rows so far; 0 for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn yicha_root_rows(root: Option<&Root>) -> u64 {
    root.map_or(0, |root| root.root.lines())
}

/// A stratum by its place, from 0, sorted by code; YICHA_NOT_FOUND behind the last.
#[unsafe(no_mangle)]
pub extern "C" fn yicha_root_stratum(
    root: Option<&Root>,
    place: usize,
    out: Option<&mut MaybeUninit<Stratum>>,
    error: Option<&mut MaybeUninit<Box<crate::error::Error>>>,
) -> i32 {
    answer(error, out, || stratum(&need(root, "root")?.counts, place))
}

/// The root of all rows so far. Refused: `roster-empty`.
#[unsafe(no_mangle)]
pub extern "C" fn yicha_root_digest(
    root: Option<&Root>,
    out: Option<&mut MaybeUninit<Digest>>,
    error: Option<&mut MaybeUninit<Box<crate::error::Error>>>,
) -> i32 {
    answer(error, out, || Ok(Digest::of(&need(root, "root")?.root.root().map_err(refused)?)))
}

/// Frees a root and sets the pointer to NULL. NULL, and a pointer to NULL, are let be.
#[unsafe(no_mangle)]
pub extern "C" fn yicha_root_free(root: Option<&mut Option<Box<Root>>>) {
    free(root);
}
