//! Each department's matching of its inspectors, article 19.

use super::attempt::{Desk, same_digest};
use super::*;
use crate::actor::KEEPERS;
use crate::code::InspectorId;
use crate::draw::announcement::{Announcement, Subject as Announces};
use crate::draw::ceremony::CeremonyError;
use crate::draw::matching::{Matched as MatchedFile, Problem};
use crate::draw::seed::Seed;
use crate::draw::verify::{Failure, same, same_text};
use crate::register::Staff;
use alloc::format;
use alloc::string::ToString;

/// What is announced of a matching: for the drawn targets, with enough places, among the department's own certified
/// inspectors, and solvable.
pub(super) fn subject(
    announcement: &Announcement,
    desk: &Desk<'_>,
    context: &Context<'_>,
) -> Result<Subject, Refusal> {
    let Announces::Inspectors { department, drawn, problem } = announcement.subject() else {
        let found = announcement.stage().to_string();
        return Err(CeremonyError::OtherStage { found, wanted: "inspectors" }.into());
    };
    let (targets, list) = has_list(department, desk)?;
    let file = format!("announcement-inspectors-{department}.txt");
    let suite = announcement.terms().suite;
    same(&file, "算法", "the suite", &suite.code(), &targets.announced.suite.code())?;
    same(&file, "抽中文件的摘要", "the digest of the drawn file", drawn, &list.drawn)?;
    let (announced, known_from) = (announcement.terms().announced, targets.announced.known_from);
    if announced <= known_from {
        let department = department.clone();
        return Err(DrawingRefusal::MatchingTooEarly { department, announced, known_from }.into());
    }
    let found = desk.files.problem(problem)?;
    same_digest(problem, &found.digest(suite), suite)?;
    check_problem(department, found, &list.list, desk, context)?;
    if let Some(shortage) = found.shortage() {
        let (department, places) = (department.clone(), shortage.places().len() as u64);
        return Err(DrawingRefusal::Short { department, places }.into());
    }
    Ok(Subject::Problem {
        drawn: *drawn,
        inspectors: found.inspectors().len() as u64,
        places: found.places() as u64,
        problem: *problem,
    })
}

/// The department has a part, and the targets are drawn.
fn has_list<'a>(
    department: &DepartmentId,
    desk: &Desk<'a>,
) -> Result<(&'a Attempt, &'a Drawn), DrawingRefusal> {
    if !desk.scheme.has_part(department) {
        let (scheme, department) = (desk.id.clone(), department.clone());
        return Err(DrawingRefusal::MatchingWithoutPart { scheme, department });
    }
    desk.drawn()
}

/// The problem is the department's, for drawn targets, with enough places and lawful inspectors.
fn check_problem(
    department: &DepartmentId,
    problem: &Problem,
    list: &Digest,
    desk: &Desk<'_>,
    context: &Context<'_>,
) -> Result<(), Refusal> {
    let file = format!("problem-{department}.txt");
    same(&file, "部门", "the department", problem.department(), department)?;
    let list = desk.files.list(list)?;
    let minimum = context.edition.value(|edition| &edition.minimum_inspectors, context.day())?;
    let minimum = u64::from(minimum.value);
    for (i, target) in problem.targets().iter().enumerate() {
        let (department, target) = (department.clone(), target.clone());
        if !list.contains(&target) {
            return Err(DrawingRefusal::TargetNotDrawn { department, target }.into());
        }
        let places = problem.slots(i).len() as u64;
        if places < minimum {
            let refusal = DrawingRefusal::TooFewPlaces { department, target, places, minimum };
            return Err(refusal.into());
        }
    }
    for candidate in problem.inspectors() {
        check_inspector(&candidate.inspector, department, desk, context)?;
    }
    Ok(())
}

/// The inspector is enforcement staff of the department, certified on every day of the window.
fn check_inspector(
    id: &InspectorId,
    department: &DepartmentId,
    desk: &Desk<'_>,
    context: &Context<'_>,
) -> Result<(), Refusal> {
    let (inspector, day) = (id.clone(), context.day());
    let unknown = || {
        let (department, inspector) = (department.clone(), id.clone());
        DrawingRefusal::UnknownInspector { department, inspector, day }
    };
    let found = context.world.registers.inspector(id)?.ok_or_else(unknown)?;
    if found.department != *department || !found.registered(day) {
        return Err(unknown().into());
    }
    if found.staff == Staff::Support {
        return Err(DrawingRefusal::Support { inspector }.into());
    }
    let until = desk.scheme.window.until;
    match found.may_inspect(until) {
        true => Ok(()),
        false => Err(DrawingRefusal::Certificate { inspector, until }.into()),
    }
}

pub(super) fn matched(
    id: &SchemeId,
    department: &DepartmentId,
    matched: &Digest,
    context: &Context<'_>,
) -> Decided {
    let desk = Desk::new(id, context)?;
    let stage = Stage::Inspectors(department.clone());
    desk.acts(&stage, &KEEPERS, context)?;
    let (attempt, seed) = desk.sealed(&stage)?;
    let Announced { announcement, suite, ref subject, .. } = attempt.announced;
    let Subject::Problem { problem, .. } = subject else {
        return Err(DrawingRefusal::NotAnnounced { stage }.into());
    };
    let problem = desk.files.problem(problem)?;
    let found = desk.files.matched(matched)?.to_text();
    same_digest(matched, &suite.digest(&[found.as_bytes()]), suite)?;
    // Made again from the seed: nothing else is taken.
    let seed = Seed::new(seed);
    let matching = problem.solve(&seed).map_err(|shortage| DrawingRefusal::Short {
        department: department.clone(),
        places: shortage.places().len() as u64,
    })?;
    let wanted = MatchedFile::new(announcement, seed, problem, &matching).to_text();
    same_text(&format!("matched-{department}.txt"), found.as_bytes(), &wanted)?;
    let event = Matched { department: department.clone(), matched: *matched };
    Ok((DrawingEvent::Matched(event), rule(&stage)))
}

pub(super) fn shortage(
    id: &SchemeId,
    department: &DepartmentId,
    shortage: &Digest,
    context: &Context<'_>,
) -> Decided {
    let desk = Desk::new(id, context)?;
    let stage = Stage::Inspectors(department.clone());
    desk.acts(&stage, &KEEPERS, context)?;
    let (targets, list) = has_list(department, &desk)?;
    if let Some(last) = desk.attempt(&stage).filter(|last| last.stands()) {
        let attempt = last.announced.attempt;
        return Err(DrawingRefusal::Stands { stage, attempt }.into());
    }
    let suite = targets.announced.suite;
    let (digest, found) = desk.files.shortage(shortage)?;
    let problem = desk.files.problem(digest)?;
    same_digest(digest, &problem.digest(suite), suite)?;
    check_problem(department, problem, &list.list, &desk, context)?;
    let Some(told) = problem.shortage() else {
        let (department, problem) = (department.clone(), *digest);
        return Err(DrawingRefusal::NotShort { department, problem }.into());
    };
    // Which proof is told is fixed by the specification, so that nobody chooses whom to name.
    let file = format!("shortage-{department}.txt");
    let text = found.text_for(digest);
    same_text(&file, text.as_bytes(), &told.text_for(digest))?;
    same_digest(shortage, &suite.digest(&[text.as_bytes()]), suite)?;
    let summary = told.summary(problem).map_err(|e| Failure::explained(&file, &e))?;
    let event = ShortageFound {
        department: department.clone(),
        missing: summary.missing,
        places: summary.places,
        problem: *digest,
        shortage: *shortage,
    };
    Ok((DrawingEvent::ShortageFound(event), rule(&stage)))
}
