//! The matching of inspectors and its shortage. Draw specification, section 7; article 19.

use crate::border::{answer, free, need, owned, perform, step};
use crate::columns::{Strings, gather};
use crate::error::{Fault, in_file, refused};
use crate::hash::{Digest, suite};
use crate::problem::Problem;
use crate::sealed::{AnySealed, Sealed};
use crate::taxonomy::lang;
use crate::text::Text;
use crate::view::Bytes;
use std::mem::MaybeUninit;
use yicha::draw::ceremony::CeremonyError;
use yicha::draw::matching;

/// Who fills which place: the matched file, for the office and auditors. Immutable: threads may share it.
#[derive(Debug)]
pub struct Matched {
    file: matching::Matched,
    steps: matching::Steps,
    columns: Places,
}

#[derive(Debug)]
struct Places {
    targets: (Vec<u8>, Vec<i64>),
    inspectors: (Vec<u8>, Vec<i64>),
    slots: Vec<u64>,
}

/// A matching as columns, sorted by target, then slot. They live as long as the matching.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct MatchedColumns {
    /// The target of each place.
    pub targets: Strings,
    /// The inspector who fills it.
    pub inspectors: Strings,
    /// The number of the slot at the target, from 0.
    pub slots: *const u64,
}

/// How much each step of a matching had to do; all 0 for one that was read.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct MatchSteps {
    /// Places that the deal left open.
    pub open_places: u64,
    /// Open places that were filled by moving others.
    pub repairs: u64,
    /// Moves that made the loads more even.
    pub moves: u64,
}

/// A shortage and its proof. Immutable: threads may share it.
#[derive(Debug)]
pub struct Shortage {
    shortage: matching::Shortage,
    problem: Option<yicha::hash::Digest>,
}

/// Matches the inspectors of the problem announced. The sealed attempt is taken, and its pointer becomes NULL, unless it is
/// refused. The handle is the caller's. Refused: `matching-other-problem`, `matching-shortage`, `ceremony-other-stage`.
#[unsafe(no_mangle)]
pub extern "C" fn yicha_sealed_match(
    sealed: Option<&mut Option<Box<Sealed>>>,
    problem: Option<&Problem>,
    out: Option<&mut MaybeUninit<Box<Matched>>>,
    error: Option<&mut MaybeUninit<Box<crate::error::Error>>>,
) -> i32 {
    answer(error, out, || {
        let problem = &need(problem, "problem")?.0;
        step(owned(sealed, "sealed")?, "sealed", |sealed| match sealed.0 {
            AnySealed::Inspectors(sealed) => match sealed.match_inspectors(problem) {
                Ok(drawn) => Ok(Matched::new(drawn.matched(problem), drawn.outcome().steps())),
                Err(back) => {
                    Err((Box::new(Sealed(AnySealed::Inspectors(back.0))), refused(back.1)))
                }
            },
            AnySealed::Targets(sealed) => {
                let found = sealed.announcement().stage().to_string();
                let fault = refused(CeremonyError::OtherStage { found, wanted: "inspectors" });
                Err((Box::new(Sealed(AnySealed::Targets(sealed))), fault))
            }
        })
    })
}

impl Matched {
    fn new(file: matching::Matched, steps: matching::Steps) -> Box<Self> {
        let matches = file.matches();
        let columns = Places {
            targets: gather(matches.iter().map(|place| place.target.as_str())),
            inspectors: gather(matches.iter().map(|place| place.inspector.as_str())),
            slots: matches.iter().map(|place| place.slot).collect(),
        };
        Box::new(Self { file, steps, columns })
    }
}

/// Reads a matched file. The handle is the caller's. Refused: the first line that is not as the specification writes it.
#[unsafe(no_mangle)]
pub extern "C" fn yicha_matched_parse(
    file: Bytes,
    out: Option<&mut MaybeUninit<Box<Matched>>>,
    error: Option<&mut MaybeUninit<Box<crate::error::Error>>>,
) -> i32 {
    answer(error, out, || {
        let file = matching::Matched::parse(file.get("file")?).map_err(in_file)?;
        Ok(Matched::new(file, matching::Steps::default()))
    })
}

/// The text file. The text is the caller's; it is for the office and auditors.
#[unsafe(no_mangle)]
pub extern "C" fn yicha_matched_to_text(
    matched: Option<&Matched>,
    out: Option<&mut MaybeUninit<Box<Text>>>,
    error: Option<&mut MaybeUninit<Box<crate::error::Error>>>,
) -> i32 {
    answer(error, out, || Ok(Text::new(need(matched, "matched")?.file.to_text())))
}

/// How much each step had to do.
#[unsafe(no_mangle)]
pub extern "C" fn yicha_matched_get_steps(
    matched: Option<&Matched>,
    out: Option<&mut MaybeUninit<MatchSteps>>,
    error: Option<&mut MaybeUninit<Box<crate::error::Error>>>,
) -> i32 {
    answer(error, out, || {
        let matching::Steps { open_places, repairs, moves } = need(matched, "matched")?.steps;
        let [open_places, repairs, moves] = [open_places, repairs, moves].map(|n| n as u64);
        Ok(MatchSteps { open_places, repairs, moves })
    })
}

/// The matching as columns. They live as long as the matching.
#[unsafe(no_mangle)]
pub extern "C" fn yicha_matched_get_columns(
    matched: Option<&Matched>,
    out: Option<&mut MaybeUninit<MatchedColumns>>,
    error: Option<&mut MaybeUninit<Box<crate::error::Error>>>,
) -> i32 {
    answer(error, out, || {
        let columns = &need(matched, "matched")?.columns;
        Ok(MatchedColumns {
            targets: Strings::of(&columns.targets.0, &columns.targets.1),
            inspectors: Strings::of(&columns.inspectors.0, &columns.inspectors.1),
            slots: columns.slots.as_ptr(),
        })
    })
}

/// Checks from the result alone that it fills every place lawfully and as evenly as possible. Refused: `matched-...`, the
/// first place that is wrong, or the inspector whose load could be smaller.
#[unsafe(no_mangle)]
pub extern "C" fn yicha_problem_check(
    problem: Option<&Problem>,
    matched: Option<&Matched>,
    error: Option<&mut MaybeUninit<Box<crate::error::Error>>>,
) -> i32 {
    perform(error, || {
        let matched = need(matched, "matched")?;
        need(problem, "problem")?.0.check(&matched.file).map_err(refused)
    })
}

/// Frees a matching and sets the pointer to NULL. NULL, and a pointer to NULL, are let be.
#[unsafe(no_mangle)]
pub extern "C" fn yicha_matched_free(matched: Option<&mut Option<Box<Matched>>>) {
    free(matched);
}

/// The shortage of a problem, known before anything is announced. The handle is the caller's. YICHA_NOT_FOUND when there is
/// none: the problem can be announced.
#[unsafe(no_mangle)]
pub extern "C" fn yicha_problem_shortage(
    problem: Option<&Problem>,
    out: Option<&mut MaybeUninit<Box<Shortage>>>,
    error: Option<&mut MaybeUninit<Box<crate::error::Error>>>,
) -> i32 {
    answer(error, out, || short(need(problem, "problem")?.0.shortage()))
}

/// All that is missing, where yicha_problem_shortage stops at the first place that cannot be filled. As there in all else.
#[unsafe(no_mangle)]
pub extern "C" fn yicha_problem_whole_shortage(
    problem: Option<&Problem>,
    out: Option<&mut MaybeUninit<Box<Shortage>>>,
    error: Option<&mut MaybeUninit<Box<crate::error::Error>>>,
) -> i32 {
    answer(error, out, || short(need(problem, "problem")?.0.whole_shortage()))
}

fn short(shortage: Option<matching::Shortage>) -> Result<Box<Shortage>, Fault> {
    let (zh, en) = ("人员充足", "there is no shortage");
    let shortage = shortage.ok_or_else(|| Fault::not_found(zh, en))?;
    Ok(Box::new(Shortage { shortage, problem: None }))
}

/// Reads a shortage. The handle is the caller's. Refused: the first line that is not as the specification writes it.
#[unsafe(no_mangle)]
pub extern "C" fn yicha_shortage_parse(
    file: Bytes,
    out: Option<&mut MaybeUninit<Box<Shortage>>>,
    error: Option<&mut MaybeUninit<Box<crate::error::Error>>>,
) -> i32 {
    answer(error, out, || {
        let (digest, shortage) = matching::Shortage::parse(file.get("file")?).map_err(in_file)?;
        Ok(Box::new(Shortage { shortage, problem: Some(digest) }))
    })
}

/// The digest of the problem that a shortage which was read names; YICHA_NOT_FOUND for one that was computed.
#[unsafe(no_mangle)]
pub extern "C" fn yicha_shortage_problem(
    shortage: Option<&Shortage>,
    out: Option<&mut MaybeUninit<Digest>>,
    error: Option<&mut MaybeUninit<Box<crate::error::Error>>>,
) -> i32 {
    answer(error, out, || {
        let digest = &need(shortage, "shortage")?.problem;
        digest.as_ref().map(Digest::of).ok_or_else(crate::calendar::no_place)
    })
}

/// The text file, for the problem that it is a shortage of. The text is the caller's.
#[unsafe(no_mangle)]
pub extern "C" fn yicha_shortage_to_text(
    shortage: Option<&Shortage>,
    suite: i32,
    problem: Option<&Problem>,
    out: Option<&mut MaybeUninit<Box<Text>>>,
    error: Option<&mut MaybeUninit<Box<crate::error::Error>>>,
) -> i32 {
    answer(error, out, || {
        let problem = &need(problem, "problem")?.0;
        let shortage = &need(shortage, "shortage")?.shortage;
        Ok(Text::new(shortage.to_text(self::suite(suite)?, problem)))
    })
}

/// Checks that the proof holds for the problem. Refused: `shortage-...`.
#[unsafe(no_mangle)]
pub extern "C" fn yicha_shortage_check(
    shortage: Option<&Shortage>,
    problem: Option<&Problem>,
    error: Option<&mut MaybeUninit<Box<crate::error::Error>>>,
) -> i32 {
    perform(error, || {
        let problem = need(problem, "problem")?;
        need(shortage, "shortage")?.shortage.check(&problem.0).map_err(refused)
    })
}

/// The shortage in words: what is missing where, and who is at capacity. `language` is YICHA_ZH or YICHA_EN. The text is
/// the caller's. Refused: as yicha_shortage_check.
#[unsafe(no_mangle)]
pub extern "C" fn yicha_shortage_in_words(
    shortage: Option<&Shortage>,
    problem: Option<&Problem>,
    language: i32,
    out: Option<&mut MaybeUninit<Box<Text>>>,
    error: Option<&mut MaybeUninit<Box<crate::error::Error>>>,
) -> i32 {
    answer(error, out, || {
        let (shortage, problem) = (need(shortage, "shortage")?, need(problem, "problem")?);
        let summary = shortage.shortage.summary(&problem.0).map_err(refused)?;
        Ok(Text::new(summary.in_words(lang(language)?)))
    })
}

/// Frees a shortage and sets the pointer to NULL. NULL, and a pointer to NULL, are let be.
#[unsafe(no_mangle)]
pub extern "C" fn yicha_shortage_free(shortage: Option<&mut Option<Box<Shortage>>>) {
    free(shortage);
}
