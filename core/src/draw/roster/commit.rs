//! Fixing a roster under a secret key: salts, seals, leaves, root.

use super::proof::{Absence, Inclusion, Neighbour, seal};
use super::{Roster, RosterError, RosterKey, RowFault, RowProblem, Salt, StratumCount};
use crate::code::{Stratum, TargetId, is_code};
use crate::draw::columns::Columns;
use crate::hash::{Digest, Lane, Prefix, Suite, TextHasher, Texts, many};
use crate::merkle::{Frontier, ProofError, Tree};
use crate::threads::Threads;
use alloc::collections::BTreeMap;
use alloc::string::{String, ToString};
use alloc::vec;
use alloc::vec::Vec;
use core::fmt;
use core::ops::Range;

/// A roster in memory with its key, the salt of every target and the whole tree:
/// 80 bytes a target beyond the roster. [`RosterRoot`] does without.
#[derive(Clone)]
pub struct CommittedRoster {
    roster: Roster,
    suite: Suite,
    key: RosterKey,
    salts: Vec<[u8; 16]>,
    tree: Tree,
}

impl fmt::Debug for CommittedRoster {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "CommittedRoster({} targets, root {})", self.lines(), self.root())
    }
}

impl CommittedRoster {
    /// Fixes a roster. The key must not have served for another one.
    pub fn new(roster: Roster, suite: Suite, key: RosterKey, threads: Threads) -> Self {
        let hasher = LeafHasher::new(suite, &key, &roster.columns());
        let columns = roster.columns();
        let pieces = threads.map_ranges(roster.len(), BLOCK, |range| {
            let (mut salts, mut leaves) = (Vec::new(), Vec::new());
            hasher.hash(&columns, range, &mut salts, &mut leaves);
            (salts, leaves)
        });
        let (salts, leaves) = concat(pieces);
        let tree = Tree::new(suite, leaves, threads);
        Self { roster, suite, key, salts, tree }
    }

    /// The roster.
    pub const fn roster(&self) -> &Roster {
        &self.roster
    }

    /// The suite of all its hashes.
    pub const fn suite(&self) -> Suite {
        self.suite
    }

    /// The key.
    pub const fn key(&self) -> &RosterKey {
        &self.key
    }

    /// The root, which the announcement names.
    pub fn root(&self) -> Digest {
        self.tree.root()
    }

    /// Number of lines, which the announcement names.
    pub fn lines(&self) -> u64 {
        self.roster.len() as u64
    }

    /// The salts of all targets, in the order of the roster.
    pub fn salts(&self) -> &[[u8; 16]] {
        &self.salts
    }

    /// The proof that the target at a place stands on the roster.
    ///
    /// # Errors
    /// There is no such place.
    pub fn inclusion(&self, place: usize) -> Result<Inclusion, ProofError> {
        let index = place as u64;
        Ok(Inclusion { index, lines: self.lines(), path: self.tree.inclusion_proof(index)? })
    }

    /// The proof that an id does not stand on the roster; nothing when it does.
    pub fn absence(&self, id: &TargetId) -> Option<Absence> {
        let place = self.roster.find(id.as_str()).err()?;
        let before = place.checked_sub(1).and_then(|place| self.neighbour(place));
        Some(Absence { before, after: self.neighbour(place) })
    }

    fn neighbour(&self, place: usize) -> Option<Neighbour> {
        let row = self.roster.row(place)?;
        let salt = Salt::new(*self.salts().get(place)?);
        Some(Neighbour {
            id: TargetId::new(row.id).ok()?,
            seal: seal(self.suite, &salt, row.stratum, row.standing),
            inclusion: self.inclusion(place).ok()?,
        })
    }
}

/// The root of a roster that is never in memory as a whole: its rows come in sorted batches, and only
/// the edge of the tree and the counts are kept.
#[derive(Clone, Debug)]
pub struct RosterRoot {
    suite: Suite,
    key: RosterKey,
    edge: Frontier,
    counts: BTreeMap<Stratum, (u64, u64)>,
    last: String,
}

impl RosterRoot {
    /// A roster without rows yet. The key must not have served for another one.
    pub const fn new(suite: Suite, key: RosterKey) -> Self {
        let edge = Frontier::new(suite);
        Self { suite, key, edge, counts: BTreeMap::new(), last: String::new() }
    }

    /// Appends rows, sorted by id and behind those before, and gives their salts in the same order,
    /// for a draw of the same rows.
    ///
    /// # Errors
    /// Columns of unequal lengths, or the first row that is refused. Nothing is appended then.
    pub fn extend(
        &mut self,
        columns: &Columns<'_>,
        threads: Threads,
    ) -> Result<Vec<[u8; 16]>, RosterError> {
        let rows = columns.rows()?;
        let checked = threads.map_ranges(rows, 1, |range| self.check(columns, range));
        let mut counts = vec![(0, 0); columns.stratum_codes.len()];
        for piece in checked {
            for (count, (eligible, excluded)) in counts.iter_mut().zip(piece?) {
                *count = (count.0 + eligible, count.1 + excluded);
            }
        }
        let hasher = LeafHasher::new(self.suite, &self.key, columns);
        // Ranges are cut where subtrees of the whole roster begin, so that each is hashed by itself.
        let before = (self.edge.size() % SUBTREE as u64) as usize;
        let pieces = threads.map_ranges(before + rows, SUBTREE, |range| {
            let (mut salts, mut pieces) = (Vec::with_capacity(range.len()), Vec::new());
            for start in range.clone().step_by(SUBTREE) {
                let end = range.end.min(start + SUBTREE);
                let rows = start.saturating_sub(before)..end.saturating_sub(before);
                let mut leaves = Vec::with_capacity(rows.len());
                hasher.hash(columns, rows, &mut salts, &mut leaves);
                pieces.push(Piece::of(self.suite, leaves));
            }
            (salts, pieces)
        });
        let (salts, pieces) = concat(pieces);
        for piece in pieces {
            match piece {
                Piece::Subtree(root) => self.edge.push_subtree(SUBTREE.ilog2(), root),
                Piece::Leaves(leaves) => self.edge.extend(&leaves),
            }
        }
        for (stratum, (eligible, excluded)) in columns.stratum_codes.iter().zip(counts) {
            if eligible + excluded > 0 {
                let count = self.counts.entry(stratum.clone()).or_default();
                *count = (count.0 + eligible, count.1 + excluded);
            }
        }
        if let Some(last) = rows.checked_sub(1) {
            self.last = columns.id(last).unwrap_or_default().into();
        }
        Ok(salts)
    }

    /// Checks rows and counts the eligible and excluded ones of each number of stratum.
    fn check(
        &self,
        columns: &Columns<'_>,
        range: Range<usize>,
    ) -> Result<Vec<(u64, u64)>, RosterError> {
        let mut counts = vec![(0, 0); columns.stratum_codes.len()];
        let mut before = match range.start.checked_sub(1) {
            None => self.last.as_bytes(),
            // A fault of that row is told by the range that it belongs to.
            Some(row) => columns.id_bytes(row).unwrap_or_default(),
        };
        for row in range {
            let refuse = |problem| RosterError::from(RowFault { row: row as u64 + 1, problem });
            let id = match columns.id_bytes(row) {
                Some(id) if is_code(id) => id,
                _ => return Err(refuse(columns.id(row).err().unwrap_or(RowProblem::Offsets))),
            };
            if id <= before {
                let (id, before) = (lossy(id), lossy(before));
                return Err(refuse(RowProblem::Order { id, before }));
            }
            columns.stratum(row).map_err(refuse)?;
            let count = &mut counts[usize::from(columns.strata[row])];
            match columns.standing(row).map_err(refuse)?.is_eligible() {
                true => count.0 += 1,
                false => count.1 += 1,
            }
            before = id;
        }
        Ok(counts)
    }

    /// The suite of all its hashes.
    pub const fn suite(&self) -> Suite {
        self.suite
    }

    /// Number of rows so far.
    pub const fn lines(&self) -> u64 {
        self.edge.size()
    }

    /// How many targets each stratum has that occurs, sorted by stratum.
    pub fn counts(&self) -> Vec<StratumCount> {
        self.counts
            .iter()
            .map(|(stratum, &(eligible, excluded))| StratumCount {
                stratum: stratum.clone(),
                eligible,
                excluded,
            })
            .collect()
    }

    /// The root of all rows.
    ///
    /// # Errors
    /// [`RosterError::Empty`] when there is none.
    pub fn root(&self) -> Result<Digest, RosterError> {
        if self.lines() == 0 { Err(RosterError::Empty) } else { Ok(self.edge.root()) }
    }
}

/// How many rows go through the three hashes together, so that what lies between them stays near.
const BLOCK: usize = 1024;

/// Hashes rows to salts and leaves.
struct LeafHasher {
    key: Prefix,
    none: Prefix,
    leaf: Prefix,
    /// `<stratum> TAB` of each number.
    strata: Vec<Vec<u8>>,
    standings: Vec<Vec<u8>>,
}

impl LeafHasher {
    fn new(suite: Suite, key: &RosterKey, columns: &Columns<'_>) -> Self {
        let strata = columns.stratum_codes.iter().map(|code| [code.as_str(), "\t"].concat().into());
        let standings = columns.standing_codes.iter().map(|code| code.to_string().into());
        Self {
            key: key.prefix(suite),
            none: Prefix::new(suite, &[]),
            leaf: Prefix::new(suite, &[0]),
            strata: strata.collect(),
            standings: standings.collect(),
        }
    }

    /// Appends salts and leaves of rows that were checked before.
    fn hash(
        &self,
        columns: &Columns<'_>,
        rows: Range<usize>,
        salts: &mut Vec<[u8; 16]>,
        leaves: &mut Vec<Digest>,
    ) {
        let mut seals = [Digest::ZERO; BLOCK];
        let (mut salter, mut ids) = (TextHasher::new(&self.key), Texts::EMPTY);
        for start in rows.clone().step_by(BLOCK) {
            let (end, first) = (rows.end.min(start + BLOCK), salts.len());
            for start in (start..end).step_by(Texts::MAX) {
                // All of them are there: they were checked.
                let _ = columns.texts(start..end.min(start + Texts::MAX), &mut ids);
                salts.extend(salter.hash(&ids).iter().map(Lane::half));
            }
            let (salts, count) = (&salts[first..], end - start);
            let id = |i: usize| columns.id_bytes(start + i).unwrap_or_default();
            let stratum = |i: usize| &self.strata[usize::from(columns.strata[start + i])];
            let standing = |i: usize| &self.standings[usize::from(columns.standings[start + i])];
            many(
                &self.none,
                count,
                |i, message| {
                    message.push(&salts[i]);
                    message.push(stratum(i));
                    message.push(standing(i));
                },
                |i, seal| seals[i] = seal.digest(),
            );
            many(
                &self.leaf,
                count,
                |i, message| {
                    message.push(id(i));
                    message.push(b"\t");
                    message.push(seals[i].as_bytes());
                },
                |_, leaf| leaves.push(leaf.digest()),
            );
        }
    }
}

/// Leaves of a subtree that is hashed by itself.
const SUBTREE: usize = 1 << 12;

/// What becomes of the rows between two places where subtrees begin.
enum Piece {
    /// All of them: the subtree's root.
    Subtree(Digest),
    /// Those at the beginning or end of a batch.
    Leaves(Vec<Digest>),
}

impl Piece {
    fn of(suite: Suite, leaves: Vec<Digest>) -> Self {
        if leaves.len() < SUBTREE {
            return Self::Leaves(leaves);
        }
        let mut subtree = Frontier::new(suite);
        subtree.extend(&leaves);
        Self::Subtree(subtree.root())
    }
}

fn lossy(id: &[u8]) -> String {
    String::from_utf8_lossy(id).into_owned()
}

fn concat<A, B>(pieces: Vec<(Vec<A>, Vec<B>)>) -> (Vec<A>, Vec<B>) {
    let mut pieces = pieces.into_iter();
    let (mut a, mut b) = pieces.next().unwrap_or_default();
    for (mut more_a, mut more_b) in pieces {
        a.append(&mut more_a);
        b.append(&mut more_b);
    }
    (a, b)
}
