//! The announcement (抽取公告). Draw specification, sections 3 and 4; article 18.

use crate::border::{answer, free, need, need_mut, perform};
use crate::date::instant;
use crate::error::{Fault, in_file, refused};
use crate::hash::{Digest, Secret, number, suite};
use crate::taxonomy::{assurance_number, basis_points};
use crate::text::Text;
use crate::view::{Bytes, Str, array};
use std::mem::MaybeUninit;
use yicha::code::{DepartmentId, SchemeId, Stratum};
use yicha::draw::announcement::{self as core, Commitment, Nonce, Randomness, Subject};
use yicha::draw::quota;

/// What an announcement is to say, while it is put together. One thread at a time changes it.
#[derive(Debug)]
pub struct Terms(core::Terms);

/// An announcement that keeps all rules of the specification. Immutable: threads may share it.
#[derive(Debug)]
pub struct Announcement(pub(crate) core::Announcement);

/// What is to be drawn of one stratum.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct Rule {
    /// The stratum.
    pub stratum: Str,
    /// Eligible targets of the stratum on the roster; 0 for a stratum that does not occur.
    pub eligible: u64,
    /// Share of them in basis points (万分比), 0 to 10000, rounded up.
    pub rate: u64,
    /// At least so many, as far as there are.
    pub floor: u64,
    /// At most so many, if `has_cap` is not 0.
    pub cap: u64,
    /// Whether there is a cap: 1 or 0.
    pub has_cap: i32,
}

/// Begins an announcement. `attempt` counts from 1; `previous` is NULL for attempt 1, else the digest of the void notice of
/// the attempt before. Instants in seconds since 1970-01-01T00:00:00Z. The handle is the caller's; it may serve again.
#[unsafe(no_mangle)]
pub extern "C" fn yicha_terms_new(
    suite: i32,
    scheme: Str,
    attempt: u64,
    previous: Option<&Digest>,
    announced: i64,
    reveal_by: i64,
    out: Option<&mut MaybeUninit<Box<Terms>>>,
    error: Option<&mut MaybeUninit<Box<crate::error::Error>>>,
) -> i32 {
    answer(error, out, || {
        Ok(Box::new(Terms(core::Terms {
            suite: self::suite(suite)?,
            scheme: SchemeId::new(scheme.bytes("scheme")?).map_err(refused)?,
            attempt,
            previous: previous.map_or(yicha::hash::Digest::ZERO, Digest::core),
            contributions: Vec::new(),
            randomness: Vec::new(),
            announced: instant(announced, "announced")?,
            reveal_by: instant(reveal_by, "reveal_by")?,
        })))
    })
}

/// Adds the commitment of a department; see yicha_nonce_commit. They may come in any order.
#[unsafe(no_mangle)]
pub extern "C" fn yicha_terms_contribution(
    terms: Option<&mut Terms>,
    department: Str,
    commitment: Option<&Digest>,
    error: Option<&mut MaybeUninit<Box<crate::error::Error>>>,
) -> i32 {
    perform(error, || {
        let terms = need_mut(terms, "terms")?;
        let department = DepartmentId::new(department.bytes("department")?).map_err(refused)?;
        let digest = need(commitment, "commitment")?.core();
        // The file has them sorted; that one has two is seen when it is announced.
        let others = &mut terms.0.contributions;
        let at = others.partition_point(|other| other.department <= department);
        others.insert(at, Commitment { department, digest });
        Ok(())
    })
}

/// Adds a public value that nobody can know before `due` (seconds since 1970), with `bits` unpredictable bits. The order is
/// kept. Refused: `free-text`.
#[unsafe(no_mangle)]
pub extern "C" fn yicha_terms_randomness(
    terms: Option<&mut Terms>,
    source: Str,
    round: Str,
    bits: u64,
    due: i64,
    error: Option<&mut MaybeUninit<Box<crate::error::Error>>>,
) -> i32 {
    perform(error, || {
        let terms = need_mut(terms, "terms")?;
        let source = source.text("source")?.parse().map_err(refused)?;
        let round = round.text("round")?.parse().map_err(refused)?;
        terms.0.randomness.push(Randomness { source, round, bits, due: instant(due, "due")? });
        Ok(())
    })
}

/// Frees the terms and sets the pointer to NULL. NULL, and a pointer to NULL, are let be.
#[unsafe(no_mangle)]
pub extern "C" fn yicha_terms_free(terms: Option<&mut Option<Box<Terms>>>) {
    free(terms);
}

/// The commitment that a nonce makes for one attempt. `stage` is `targets` or `inspectors:<department id>`. Draw
/// specification, section 4.
#[unsafe(no_mangle)]
pub extern "C" fn yicha_nonce_commit(
    suite: i32,
    scheme: Str,
    stage: Str,
    attempt: u64,
    department: Str,
    nonce: Option<&Secret>,
    out: Option<&mut MaybeUninit<Digest>>,
    error: Option<&mut MaybeUninit<Box<crate::error::Error>>>,
) -> i32 {
    answer(error, out, || {
        let scheme = SchemeId::new(scheme.bytes("scheme")?).map_err(refused)?;
        let stage = stage.text("stage")?.parse().map_err(refused)?;
        let department = DepartmentId::new(department.bytes("department")?).map_err(refused)?;
        let nonce = Nonce::new(need(nonce, "nonce")?.bytes);
        Ok(Digest::of(&nonce.commit(self::suite(suite)?, &scheme, &stage, attempt, &department)))
    })
}

/// Announces a draw of targets from a roster with this root and number of rows, under `count` rules, one for each stratum
/// that occurs, in any order. The handle is the caller's. Refused: the line that the specification would not have written.
#[unsafe(no_mangle)]
pub extern "C" fn yicha_announcement_targets(
    terms: Option<&Terms>,
    root: Option<&Digest>,
    rows: u64,
    rules: *const Rule,
    count: usize,
    out: Option<&mut MaybeUninit<Box<Announcement>>>,
    error: Option<&mut MaybeUninit<Box<crate::error::Error>>>,
) -> i32 {
    answer(error, out, || {
        let (terms, root) = (need(terms, "terms")?, need(root, "root")?.core());
        let mut strata: Vec<quota::StratumQuota> = Vec::new();
        for given in array(rules, count, "rules")? {
            let one = rule(given)?;
            let at = strata.partition_point(|other| other.stratum() <= one.stratum());
            strata.insert(at, one);
        }
        announce(terms, Subject::Targets { root, lines: rows, strata })
    })
}

fn rule(rule: &Rule) -> Result<quota::StratumQuota, Fault> {
    let stratum = Stratum::new(rule.stratum.bytes("stratum")?).map_err(refused)?;
    let cap = (rule.has_cap != 0).then_some(rule.cap);
    let core = quota::Rule { stratum, rate: basis_points(rule.rate)?, floor: rule.floor, cap };
    Ok(core.apply(rule.eligible))
}

/// Announces a department's matching of its inspectors, with the digests of the drawn file and of its problem. The handle
/// is the caller's. Refused: the line that the specification would not have written. Article 19.
#[unsafe(no_mangle)]
pub extern "C" fn yicha_announcement_inspectors(
    terms: Option<&Terms>,
    department: Str,
    drawn: Option<&Digest>,
    problem: Option<&Digest>,
    out: Option<&mut MaybeUninit<Box<Announcement>>>,
    error: Option<&mut MaybeUninit<Box<crate::error::Error>>>,
) -> i32 {
    answer(error, out, || {
        let department = DepartmentId::new(department.bytes("department")?).map_err(refused)?;
        let (drawn, problem) = (need(drawn, "drawn")?.core(), need(problem, "problem")?.core());
        announce(need(terms, "terms")?, Subject::Inspectors { department, drawn, problem })
    })
}

fn announce(terms: &Terms, subject: Subject) -> Result<Box<Announcement>, Fault> {
    let announcement = core::Announcement::new(terms.0.clone(), subject).map_err(in_file)?;
    Ok(Box::new(Announcement(announcement)))
}

/// Reads an announcement. The handle is the caller's. Refused: the first line that is not as the specification writes it.
#[unsafe(no_mangle)]
pub extern "C" fn yicha_announcement_parse(
    file: Bytes,
    out: Option<&mut MaybeUninit<Box<Announcement>>>,
    error: Option<&mut MaybeUninit<Box<crate::error::Error>>>,
) -> i32 {
    answer(error, out, || {
        let file = core::Announcement::parse(file.get("file")?).map_err(in_file)?;
        Ok(Box::new(Announcement(file)))
    })
}

/// The text file, which is public. The text is the caller's.
#[unsafe(no_mangle)]
pub extern "C" fn yicha_announcement_to_text(
    announcement: Option<&Announcement>,
    out: Option<&mut MaybeUninit<Box<Text>>>,
    error: Option<&mut MaybeUninit<Box<crate::error::Error>>>,
) -> i32 {
    answer(error, out, || Ok(Text::new(need(announcement, "announcement")?.0.to_text())))
}

/// The digest of the text file.
#[unsafe(no_mangle)]
pub extern "C" fn yicha_announcement_digest(
    announcement: Option<&Announcement>,
    out: Option<&mut MaybeUninit<Digest>>,
    error: Option<&mut MaybeUninit<Box<crate::error::Error>>>,
) -> i32 {
    answer(error, out, || Ok(Digest::of(&need(announcement, "announcement")?.0.digest())))
}

/// The suite, YICHA_SHA256 or YICHA_SM3; 0 for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn yicha_announcement_suite(announcement: Option<&Announcement>) -> i32 {
    announcement.map_or(0, |announcement| number(announcement.0.terms().suite))
}

/// What the draw's fairness rests on: YICHA_OPERATOR, YICHA_SHARED or YICHA_PUBLIC. Draw specification, section 5.
#[unsafe(no_mangle)]
pub extern "C" fn yicha_announcement_assurance(
    announcement: Option<&Announcement>,
    out: Option<&mut MaybeUninit<i32>>,
    error: Option<&mut MaybeUninit<Box<crate::error::Error>>>,
) -> i32 {
    answer(error, out, || Ok(assurance_number(need(announcement, "announcement")?.0.assurance())))
}

/// How many are to be drawn of a stratum; YICHA_NOT_FOUND for a stratum without a rule and for inspectors.
#[unsafe(no_mangle)]
pub extern "C" fn yicha_announcement_quota(
    announcement: Option<&Announcement>,
    stratum: Str,
    out: Option<&mut MaybeUninit<u64>>,
    error: Option<&mut MaybeUninit<Box<crate::error::Error>>>,
) -> i32 {
    answer(error, out, || {
        let stratum = stratum.text("stratum")?;
        let found = match need(announcement, "announcement")?.0.subject() {
            Subject::Targets { strata, .. } => {
                strata.iter().find(|rule| rule.stratum().as_str() == stratum)
            }
            Subject::Inspectors { .. } => None,
        };
        found.map(quota::StratumQuota::quota).ok_or_else(crate::calendar::no_place)
    })
}

/// Frees an announcement and sets the pointer to NULL. NULL, and a pointer to NULL, are let be.
#[unsafe(no_mangle)]
pub extern "C" fn yicha_announcement_free(announcement: Option<&mut Option<Box<Announcement>>>) {
    free(announcement);
}
