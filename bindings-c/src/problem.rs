//! The matching problem of a department. Draw specification, section 7; article 19.

use crate::border::{answer, free, need, need_mut, owned, perform};
use crate::error::{Fault, all_refused, in_file, refused};
use crate::hash::{Digest, Salt, suite};
use crate::text::Text;
use crate::view::{Bytes, Str, array};
use std::collections::BTreeSet;
use std::mem::MaybeUninit;
use yicha::code::{DepartmentId, InspectorId, Qualification, TargetId};
use yicha::draw::matching::{self, Candidate, Recusal, Slot, TargetPlaces};

/// A problem that is put together. One thread at a time changes it.
#[derive(Debug)]
pub struct ProblemBuilder {
    department: DepartmentId,
    salt: [u8; 16],
    targets: Vec<TargetPlaces>,
    inspectors: Vec<Candidate>,
    recusals: Vec<Recusal>,
}

/// A department's matching problem. Immutable: threads may share it.
#[derive(Debug)]
pub struct Problem(pub(crate) matching::Problem);

fn codes(codes: *const Str, count: usize) -> Result<Vec<Qualification>, Fault> {
    let codes = array(codes, count, "codes")?.iter();
    codes.map(|code| Qualification::new(code.bytes("codes")?).map_err(refused)).collect()
}

/// Begins a problem. `salt` are 16 secret random bytes that keep its digest from being guessed. The handle is the caller's.
#[unsafe(no_mangle)]
pub extern "C" fn yicha_problem_builder_new(
    department: Str,
    salt: Option<&Salt>,
    out: Option<&mut MaybeUninit<Box<ProblemBuilder>>>,
    error: Option<&mut MaybeUninit<Box<crate::error::Error>>>,
) -> i32 {
    answer(error, out, || {
        let department = DepartmentId::new(department.bytes("department")?).map_err(refused)?;
        let salt = need(salt, "salt")?.bytes;
        let (targets, inspectors, recusals) = (Vec::new(), Vec::new(), Vec::new());
        Ok(Box::new(ProblemBuilder { department, salt, targets, inspectors, recusals }))
    })
}

/// Adds a target. Its places follow with yicha_problem_builder_slot, one at least.
#[unsafe(no_mangle)]
pub extern "C" fn yicha_problem_builder_target(
    builder: Option<&mut ProblemBuilder>,
    id: Str,
    error: Option<&mut MaybeUninit<Box<crate::error::Error>>>,
) -> i32 {
    perform(error, || {
        let builder = need_mut(builder, "builder")?;
        let target = TargetId::new(id.bytes("id")?).map_err(refused)?;
        builder.targets.push(TargetPlaces { target, slots: Vec::new() });
        Ok(())
    })
}

/// Adds a place at the target added last, for an inspector who has all of `count` codes; with none, for any inspector.
/// YICHA_NOT_FOUND before the first target.
#[unsafe(no_mangle)]
pub extern "C" fn yicha_problem_builder_slot(
    builder: Option<&mut ProblemBuilder>,
    codes: *const Str,
    count: usize,
    error: Option<&mut MaybeUninit<Box<crate::error::Error>>>,
) -> i32 {
    perform(error, || {
        let slot = Slot::requiring(self::codes(codes, count)?);
        let target = need_mut(builder, "builder")?.targets.last_mut();
        let (zh, en) = ("尚未加入检查对象", "no target was added yet");
        target.ok_or_else(|| Fault::not_found(zh, en))?.slots.push(slot);
        Ok(())
    })
}

/// Adds an inspector with the number of new assignments at most and `count` codes (qualifications and districts).
#[unsafe(no_mangle)]
pub extern "C" fn yicha_problem_builder_inspector(
    builder: Option<&mut ProblemBuilder>,
    id: Str,
    capacity: u64,
    codes: *const Str,
    count: usize,
    error: Option<&mut MaybeUninit<Box<crate::error::Error>>>,
) -> i32 {
    perform(error, || {
        let builder = need_mut(builder, "builder")?;
        let inspector = InspectorId::new(id.bytes("id")?).map_err(refused)?;
        let mut candidate = Candidate { inspector, capacity, codes: BTreeSet::new() };
        candidate.codes.extend(self::codes(codes, count)?);
        builder.inspectors.push(candidate);
        Ok(())
    })
}

/// Keeps an inspector away from a target (回避).
#[unsafe(no_mangle)]
pub extern "C" fn yicha_problem_builder_recusal(
    builder: Option<&mut ProblemBuilder>,
    inspector: Str,
    target: Str,
    error: Option<&mut MaybeUninit<Box<crate::error::Error>>>,
) -> i32 {
    perform(error, || {
        let builder = need_mut(builder, "builder")?;
        let inspector = InspectorId::new(inspector.bytes("inspector")?).map_err(refused)?;
        let target = TargetId::new(target.bytes("target")?).map_err(refused)?;
        builder.recusals.push(Recusal { inspector, target });
        Ok(())
    })
}

/// Makes the problem. The builder is taken and its pointer becomes NULL, also when the problem is refused, with all faults at
/// once: `matching-target-twice`, `matching-no-place`, `matching-inspector-twice`, `matching-recusal-twice`,
/// `matching-recusal-unknown`, `matching-too-large`. The handle is the caller's.
#[unsafe(no_mangle)]
pub extern "C" fn yicha_problem_builder_finish(
    builder: Option<&mut Option<Box<ProblemBuilder>>>,
    out: Option<&mut MaybeUninit<Box<Problem>>>,
    error: Option<&mut MaybeUninit<Box<crate::error::Error>>>,
) -> i32 {
    answer(error, out, || {
        let parts = owned(builder, "builder")?.take().ok_or_else(|| Fault::null("builder"))?;
        let ProblemBuilder { department, salt, targets, inspectors, recusals } = *parts;
        let problem = matching::Problem::new(department, salt, targets, inspectors, recusals);
        Ok(Box::new(Problem(problem.map_err(all_refused)?)))
    })
}

/// Frees a builder and sets the pointer to NULL. NULL, and a pointer to NULL, are let be.
#[unsafe(no_mangle)]
pub extern "C" fn yicha_problem_builder_free(builder: Option<&mut Option<Box<ProblemBuilder>>>) {
    free(builder);
}

/// Reads a problem. The handle is the caller's. Refused: the first line that is not as the specification writes it.
#[unsafe(no_mangle)]
pub extern "C" fn yicha_problem_parse(
    file: Bytes,
    out: Option<&mut MaybeUninit<Box<Problem>>>,
    error: Option<&mut MaybeUninit<Box<crate::error::Error>>>,
) -> i32 {
    answer(error, out, || {
        Ok(Box::new(Problem(matching::Problem::parse(file.get("file")?).map_err(in_file)?)))
    })
}

/// The text file. The text is the caller's; it is for the office and auditors.
#[unsafe(no_mangle)]
pub extern "C" fn yicha_problem_to_text(
    problem: Option<&Problem>,
    out: Option<&mut MaybeUninit<Box<Text>>>,
    error: Option<&mut MaybeUninit<Box<crate::error::Error>>>,
) -> i32 {
    answer(error, out, || Ok(Text::new(need(problem, "problem")?.0.to_text())))
}

/// The digest of the text file, which the announcement names.
#[unsafe(no_mangle)]
pub extern "C" fn yicha_problem_digest(
    problem: Option<&Problem>,
    suite: i32,
    out: Option<&mut MaybeUninit<Digest>>,
    error: Option<&mut MaybeUninit<Box<crate::error::Error>>>,
) -> i32 {
    answer(error, out, || Ok(Digest::of(&need(problem, "problem")?.0.digest(self::suite(suite)?))))
}

/// Frees a problem and sets the pointer to NULL. NULL, and a pointer to NULL, are let be.
#[unsafe(no_mangle)]
pub extern "C" fn yicha_problem_free(problem: Option<&mut Option<Box<Problem>>>) {
    free(problem);
}
