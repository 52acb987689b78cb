//! Reading and checking stored entries: a whole log, what came later, a single one.

use super::entry::{CommandPart, Entry};
use super::fault::{Fault, LedgerError};
use super::head::{Head, Tip};
use super::proof::InclusionProof;
use crate::case::Stamp;
use crate::hash::Suite;
use crate::merkle::{leaf_hash, verify_inclusion};
use alloc::collections::BTreeSet;
use alloc::vec::Vec;

/// Entries read before they are hashed together.
const BATCH: usize = 256;

/// The entries of a file with one entry a line.
///
/// # Errors
/// [`Fault::Newline`] at the first line that is empty or does not end.
pub fn lines(file: &[u8]) -> Result<Vec<&[u8]>, LedgerError> {
    let line = |(i, line): (usize, &'_ [u8])| match line {
        [entry @ .., b'\n'] if !entry.is_empty() => Ok(entry.len()),
        _ => Err(LedgerError::Line { line: i as u64 + 1, fault: Fault::Newline }),
    };
    let mut rest = file;
    let mut entries = Vec::new();
    for length in file.split_inclusive(|byte| *byte == b'\n').enumerate().map(line) {
        let (entry, after) = rest.split_at(length?);
        entries.push(entry);
        rest = &after[1..];
    }
    Ok(entries)
}

/// Checks a whole log against a head, and gives the tip to go on from.
///
/// # Errors
/// The first line that is wrong, or the head that the entries lead to instead.
pub fn verify_log<T: AsRef<[u8]>>(
    suite: Suite,
    entries: &[T],
    head: &Head,
) -> Result<Tip, LedgerError> {
    verify_suffix(&Tip::new(suite), entries, head)
}

/// Checks the entries behind a tip against a later head, and gives its tip.
///
/// # Errors
/// The first line that is wrong, or the head that the entries lead to instead.
pub fn verify_suffix<T: AsRef<[u8]>>(
    tip: &Tip,
    entries: &[T],
    head: &Head,
) -> Result<Tip, LedgerError> {
    let mut reader = Reader::new(tip.clone());
    let mut ids = BTreeSet::new();
    reader.read(entries, |Entry { command: CommandPart { id, index, .. }, .. }| {
        if index == 0 && ids.contains(&id) {
            return Err(Fault::Twice { id });
        }
        ids.insert(id);
        Ok(())
    })?;
    reader.finish(Some(head))
}

/// Checks one entry by its proof against a head, and reads it.
///
/// # Errors
/// What is wrong with the entry or its proof.
pub fn verify_entry(
    suite: Suite,
    bytes: &[u8],
    proof: &InclusionProof,
    head: &Head,
) -> Result<Entry, Fault> {
    let entry = Entry::parse(bytes)?;
    if entry.sequence != proof.index {
        return Err(Fault::Sequence { found: entry.sequence, wanted: proof.index });
    }
    let leaf = leaf_hash(suite, bytes);
    verify_inclusion(suite, &leaf, proof.index, head.size, &proof.path, &head.root)?;
    Ok(entry)
}

/// Reads entries one behind the other, and holds each to what stands in front of it.
pub(crate) struct Reader {
    tip: Tip,
    /// The last entry of a command that has more of them, and who asked for it.
    open: Option<(CommandPart, Stamp)>,
    line: u64,
}

impl Reader {
    pub(crate) const fn new(tip: Tip) -> Self {
        Self { tip, open: None, line: 0 }
    }

    /// Reads more entries, and hands each on to somebody who may find another fault in it.
    pub(crate) fn read<T: AsRef<[u8]>>(
        &mut self,
        entries: &[T],
        mut take: impl FnMut(Entry) -> Result<(), Fault>,
    ) -> Result<(), LedgerError> {
        for batch in entries.chunks(BATCH) {
            let (mut sequence, mut recorded) = (self.tip.head().size, self.tip.recorded());
            for bytes in batch {
                self.line += 1;
                let at = |fault| LedgerError::Line { line: self.line, fault };
                let entry = Entry::parse(bytes.as_ref()).map_err(at)?;
                self.open = follows(&entry, sequence, self.open.as_ref()).map_err(at)?;
                if let Some(last) = recorded.filter(|last| *last > entry.recorded) {
                    return Err(at(Fault::Backwards { found: entry.recorded, last }));
                }
                (sequence, recorded) = (sequence + 1, Some(entry.recorded));
                take(entry).map_err(at)?;
            }
            self.tip = self.tip.with(batch, recorded);
        }
        Ok(())
    }

    /// The tip, if all commands are whole and it has the head that is wanted.
    pub(crate) fn finish(self, wanted: Option<&Head>) -> Result<Tip, LedgerError> {
        if let Some((CommandPart { id, .. }, _)) = self.open {
            return Err(LedgerError::Unfinished { id });
        }
        let found = self.tip.head();
        match wanted {
            Some(wanted) if *wanted != found => Err(LedgerError::Head { found, wanted: *wanted }),
            _ => Ok(self.tip),
        }
    }
}

/// Whether an entry stands at its place, behind `open` if a command has begun. Gives what has begun then.
fn follows(
    entry: &Entry,
    sequence: u64,
    open: Option<&(CommandPart, Stamp)>,
) -> Result<Option<(CommandPart, Stamp)>, Fault> {
    if entry.sequence != sequence {
        return Err(Fault::Sequence { found: entry.sequence, wanted: sequence });
    }
    let part = &entry.command;
    let wanted = open.map_or(0, |(before, _)| before.index + 1);
    let same = open.is_none_or(|(before, stamp)| {
        (&before.id, &before.digest, before.count) == (&part.id, &part.digest, part.count)
            && *stamp == entry.stamp()
    });
    if part.index != wanted || part.index >= part.count || !same {
        let CommandPart { id, index, count, .. } = part.clone();
        return Err(Fault::Part { id, index, count });
    }
    Ok((part.index + 1 < part.count).then(|| (part.clone(), entry.stamp())))
}
