//! Proofs from a roster's root: who stands on it, and who does not. Draw specification, section 2.

use crate::border::{answer, free, need, perform};
use crate::calendar::no_place;
use crate::error::{Fault, refused};
use crate::hash::{Digest, Salt, suite};
use crate::merkle::digests;
use crate::roster::Committed;
use crate::view::Str;
use std::mem::MaybeUninit;
use yicha::code::{Stratum, TargetId};
use yicha::draw::roster::{self, Neighbour, leaf, seal};

/// Where a leaf stands in the tree, and the hashes from there to the root. Immutable: threads may share it.
#[derive(Debug)]
pub struct Inclusion {
    proof: roster::Inclusion,
    path: Vec<Digest>,
}

/// The proof that an id does not stand on a roster. Immutable: threads may share it.
#[derive(Debug)]
pub struct Absence(roster::Absence);

impl Inclusion {
    fn new(proof: roster::Inclusion) -> Box<Self> {
        let path = proof.path.iter().map(Digest::of).collect();
        Box::new(Self { proof, path })
    }
}

/// The leaf of a target: H(0x00 || id || 0x09 || seal) with seal = H(salt || stratum || 0x09 || standing). `standing` is
/// `eligible` or `excluded:<reason code>`.
#[unsafe(no_mangle)]
pub extern "C" fn yicha_roster_leaf(
    suite: i32,
    id: Str,
    salt: Option<&Salt>,
    stratum: Str,
    standing: Str,
    out: Option<&mut MaybeUninit<Digest>>,
    error: Option<&mut MaybeUninit<Box<crate::error::Error>>>,
) -> i32 {
    answer(error, out, || {
        let suite = self::suite(suite)?;
        let id = TargetId::new(id.bytes("id")?).map_err(refused)?;
        let salt = roster::Salt::new(need(salt, "salt")?.bytes);
        let stratum = Stratum::new(stratum.bytes("stratum")?).map_err(refused)?;
        let standing = standing.text("standing")?.parse().map_err(refused)?;
        Ok(Digest::of(&leaf(suite, id.as_str(), &seal(suite, &salt, &stratum, &standing))))
    })
}

/// The proof that the target at a place (from 0) stands on the roster. The handle is the caller's. Refused: there is no such
/// place.
#[unsafe(no_mangle)]
pub extern "C" fn yicha_committed_inclusion(
    committed: Option<&Committed>,
    place: u64,
    out: Option<&mut MaybeUninit<Box<Inclusion>>>,
    error: Option<&mut MaybeUninit<Box<crate::error::Error>>>,
) -> i32 {
    answer(error, out, || {
        let place = usize::try_from(place).map_err(|_| no_place())?;
        let proof = need(committed, "committed")?.0.inclusion(place).map_err(refused)?;
        Ok(Inclusion::new(proof))
    })
}

/// A proof that somebody gave: leaf number `index` of `rows`, and the `count` hashes of its path, the leaf's own neighbour
/// first. The handle is the caller's; whether it holds is for yicha_inclusion_check.
#[unsafe(no_mangle)]
pub extern "C" fn yicha_inclusion_new(
    index: u64,
    rows: u64,
    path: *const Digest,
    count: usize,
    out: Option<&mut MaybeUninit<Box<Inclusion>>>,
    error: Option<&mut MaybeUninit<Box<crate::error::Error>>>,
) -> i32 {
    answer(error, out, || {
        let path = digests(path, count)?;
        Ok(Inclusion::new(roster::Inclusion { index, lines: rows, path }))
    })
}

/// The leaf's number, from 0; 0 for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn yicha_inclusion_index(inclusion: Option<&Inclusion>) -> u64 {
    inclusion.map_or(0, |inclusion| inclusion.proof.index)
}

/// Number of leaves; 0 for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn yicha_inclusion_rows(inclusion: Option<&Inclusion>) -> u64 {
    inclusion.map_or(0, |inclusion| inclusion.proof.lines)
}

/// The hashes of the path, which live as long as the proof; NULL for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn yicha_inclusion_path(inclusion: Option<&Inclusion>) -> *const Digest {
    inclusion.map_or(std::ptr::null(), |inclusion| inclusion.path.as_ptr())
}

/// How many hashes the path has; 0 for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn yicha_inclusion_path_len(inclusion: Option<&Inclusion>) -> usize {
    inclusion.map_or(0, |inclusion| inclusion.path.len())
}

/// Checks that `leaf` stands at the proof's place under `root`. A refusal says what is wrong.
#[unsafe(no_mangle)]
pub extern "C" fn yicha_inclusion_check(
    inclusion: Option<&Inclusion>,
    suite: i32,
    leaf: Option<&Digest>,
    root: Option<&Digest>,
    error: Option<&mut MaybeUninit<Box<crate::error::Error>>>,
) -> i32 {
    perform(error, || {
        let (leaf, root) = (need(leaf, "leaf")?.core(), need(root, "root")?.core());
        let proof = &need(inclusion, "inclusion")?.proof;
        proof.check(self::suite(suite)?, &leaf, &root).map_err(refused)
    })
}

/// Frees a proof and sets the pointer to NULL. NULL, and a pointer to NULL, are let be.
#[unsafe(no_mangle)]
pub extern "C" fn yicha_inclusion_free(inclusion: Option<&mut Option<Box<Inclusion>>>) {
    free(inclusion);
}

/// The proof that an id does not stand on the roster. The handle is the caller's. YICHA_NOT_FOUND when it does stand there.
#[unsafe(no_mangle)]
pub extern "C" fn yicha_committed_absence(
    committed: Option<&Committed>,
    id: Str,
    out: Option<&mut MaybeUninit<Box<Absence>>>,
    error: Option<&mut MaybeUninit<Box<crate::error::Error>>>,
) -> i32 {
    answer(error, out, || {
        let id = TargetId::new(id.bytes("id")?).map_err(refused)?;
        let proof = need(committed, "committed")?.0.absence(&id).ok_or_else(no_place)?;
        Ok(Box::new(Absence(proof)))
    })
}

/// A neighbour of an absent id: `side` 0 is the one before, 1 the one after. Any of the three results may be NULL; the id
/// lives as long as the absence, the proof is the caller's. YICHA_NOT_FOUND at an end of the roster.
#[unsafe(no_mangle)]
pub extern "C" fn yicha_absence_neighbour(
    absence: Option<&Absence>,
    side: i32,
    id: Option<&mut MaybeUninit<Str>>,
    seal: Option<&mut MaybeUninit<Digest>>,
    inclusion: Option<&mut MaybeUninit<Box<Inclusion>>>,
    error: Option<&mut MaybeUninit<Box<crate::error::Error>>>,
) -> i32 {
    perform(error, || {
        let absence = &need(absence, "absence")?.0;
        let neighbour = match side {
            0 => &absence.before,
            1 => &absence.after,
            _ => return Err(Fault::range("side", "0或1", "0 or 1")),
        };
        let neighbour = neighbour.as_ref().ok_or_else(no_place)?;
        if let Some(id) = id {
            id.write(Str::of(neighbour.id.as_str()));
        }
        if let Some(seal) = seal {
            seal.write(Digest::of(&neighbour.seal));
        }
        if let Some(inclusion) = inclusion {
            inclusion.write(Inclusion::new(neighbour.inclusion.clone()));
        }
        Ok(())
    })
}

/// A proof of absence that somebody gave: each neighbour as its id, seal and proof, or NULL for all three where there is
/// none (`data` NULL for the id). The handle is the caller's; whether it holds is for yicha_absence_check.
#[unsafe(no_mangle)]
pub extern "C" fn yicha_absence_new(
    before_id: Str,
    before_seal: Option<&Digest>,
    before: Option<&Inclusion>,
    after_id: Str,
    after_seal: Option<&Digest>,
    after: Option<&Inclusion>,
    out: Option<&mut MaybeUninit<Box<Absence>>>,
    error: Option<&mut MaybeUninit<Box<crate::error::Error>>>,
) -> i32 {
    answer(error, out, || {
        let before = neighbour(before_id, before_seal, before)?;
        let after = neighbour(after_id, after_seal, after)?;
        Ok(Box::new(Absence(roster::Absence { before, after })))
    })
}

fn neighbour(
    id: Str,
    seal: Option<&Digest>,
    inclusion: Option<&Inclusion>,
) -> Result<Option<Neighbour>, Fault> {
    if id.data.is_null() {
        return Ok(None);
    }
    let id = TargetId::new(id.bytes("id")?).map_err(refused)?;
    let inclusion = need(inclusion, "inclusion")?.proof.clone();
    Ok(Some(Neighbour { id, seal: need(seal, "seal")?.core(), inclusion }))
}

/// Checks that `id` does not stand on the roster with this root and number of rows. A refusal says why the proof does not
/// show it.
#[unsafe(no_mangle)]
pub extern "C" fn yicha_absence_check(
    absence: Option<&Absence>,
    suite: i32,
    id: Str,
    root: Option<&Digest>,
    rows: u64,
    error: Option<&mut MaybeUninit<Box<crate::error::Error>>>,
) -> i32 {
    perform(error, || {
        let id = TargetId::new(id.bytes("id")?).map_err(refused)?;
        let (absence, root) = (need(absence, "absence")?, need(root, "root")?.core());
        absence.0.check(self::suite(suite)?, &id, &root, rows).map_err(refused)
    })
}

/// Frees a proof of absence and sets the pointer to NULL. NULL, and a pointer to NULL, are let be.
#[unsafe(no_mangle)]
pub extern "C" fn yicha_absence_free(absence: Option<&mut Option<Box<Absence>>>) {
    free(absence);
}
