//! Each department matches its own inspectors: problem, shortage test, announcement, matching. Article 19.

use super::Entropy;
use super::error::JobError;
use super::options::JobOptions;
use super::progress::Progress;
use super::select::{Task, later};
use super::targets::{TargetDrawn, announce, sealed_at};
use crate::register::{Department, Inspector, Item, StaffKind};
use std::collections::{BTreeSet, HashSet};
use yicha::code::Qualification;
use yicha::date::Date;
use yicha::draw::announcement::{Stage, Subject};
use yicha::draw::ceremony::{Announced, Drawn, Inspectors};
use yicha::draw::matching::{
    Candidate, Matched, Matching, Problem, Recusal, Shortage, ShortageSummary, Slot, TargetPlaces,
};

/// What came of one department's matching.
pub struct DepartmentResult {
    /// The department.
    pub department: Department,
    /// Its items in this task.
    pub items: Vec<Item>,
    /// People of the department who are not in the problem, and why.
    pub left_out: LeftOut,
    /// The problem.
    pub problem: Problem,
    /// The inspectors, or why there are not enough.
    pub placement: Placement,
}

/// People of a department who cannot be matched.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct LeftOut {
    /// 在岗 = 否.
    pub away: usize,
    /// The certificate is not valid on every day of the window.
    pub certificate: usize,
    /// Support staff and experts.
    pub support: usize,
}

/// The inspectors of a department, or why there are not enough.
pub enum Placement {
    /// Every place is filled.
    Matched {
        /// The attempt with its result.
        drawn: Box<Drawn<Inspectors, Matching>>,
        /// The matched file.
        matched: Matched,
    },
    /// Nothing was announced.
    Short {
        /// The proof.
        shortage: Shortage,
        /// What it means.
        summary: ShortageSummary,
    },
}

pub(super) fn match_all(
    task: &Task,
    targets: &TargetDrawn,
    options: &JobOptions,
    entropy: Entropy<'_>,
    progress: &Progress,
) -> Result<Vec<DepartmentResult>, JobError> {
    let count = task.departments.len();
    progress.many(count, "各部门匹配执法检查人员", "matching inspectors", |done| {
        let mut results = Vec::new();
        for (department, items) in &task.departments {
            results.push(match_one(task, targets, department, items, options, entropy)?);
            done();
        }
        Ok(results)
    })
}

fn match_one(
    task: &Task,
    targets: &TargetDrawn,
    department: &Department,
    items: &[Item],
    options: &JobOptions,
    entropy: Entropy<'_>,
) -> Result<DepartmentResult, JobError> {
    let (candidates, left_out) = candidates(task, department, options.capacity);
    let mut salt = [0; 16];
    entropy(&mut salt)?;
    let slots = slots(items, usize::from(task.minimum));
    let drawn = targets.drawn.outcome().list().targets();
    let places =
        drawn.iter().map(|id| TargetPlaces { target: id.clone(), slots: slots.clone() }).collect();
    let recusals = recusals(task, &candidates, drawn.iter().map(|id| id.as_str()));
    let problem = Problem::new(department.id.clone(), salt, places, candidates, recusals);
    let problem = problem.map_err(|faults| match faults.first() {
        Some(fault) => JobError::refused(fault),
        None => JobError::unusable("匹配问题有误", "the matching problem is faulty"),
    })?;
    let placement = match problem.shortage() {
        Some(shortage) => {
            let summary = shortage.summary(&problem).map_err(|e| JobError::refused(&e))?;
            Placement::Short { shortage, summary }
        }
        None => announce_and_match(task, targets, department, &problem, options, entropy)?,
    };
    let (department, items) = (department.clone(), items.to_vec());
    Ok(DepartmentResult { department, items, left_out, problem, placement })
}

fn announce_and_match(
    task: &Task,
    targets: &TargetDrawn,
    department: &Department,
    problem: &Problem,
    options: &JobOptions,
    entropy: Entropy<'_>,
) -> Result<Placement, JobError> {
    let subject = Subject::Inspectors {
        department: department.id.clone(),
        drawn: targets.drawn.outcome().drawn().digest(options.suite),
        problem: problem.digest(options.suite),
    };
    let stage = Stage::Inspectors(department.id.clone());
    // An hour after the targets are known.
    let at = later(sealed_at(targets), 3_600)?;
    let (announcement, nonces) = announce(task, options, &stage, subject, at, entropy)?;
    let announced =
        Announced::<Inspectors>::first(announcement).map_err(|e| JobError::refused(&e))?;
    let sealed = announced.seal(&nonces, &[]).map_err(|e| JobError::refused(&e.1))?;
    let drawn = sealed.match_inspectors(problem).map_err(|e| JobError::refused(&e.1))?;
    let matched = drawn.matched(problem);
    Ok(Placement::Matched { drawn: Box::new(drawn), matched })
}

/// The places of a department at each target: the qualifications that its items ask for, sorted, dealt onto the places
/// in turn. A single one stands on all, so that no place is without it.
fn slots(items: &[Item], places: usize) -> Vec<Slot> {
    let codes: BTreeSet<&Qualification> = items.iter().flat_map(|i| &i.qualifications).collect();
    if let (1, Some(&only)) = (codes.len(), codes.first()) {
        return vec![Slot::requiring([only.clone()]); places];
    }
    let dealt = |place| codes.iter().skip(place).step_by(places).map(|&code| code.clone());
    (0..places).map(|place| Slot::requiring(dealt(place))).collect()
}

/// The people of a department who can be matched.
fn candidates(task: &Task, department: &Department, capacity: u64) -> (Vec<Candidate>, LeftOut) {
    let mut left_out = LeftOut::default();
    let mut candidates = Vec::new();
    for person in task.registers.inspectors.iter().filter(|i| i.department == department.id) {
        if person.kind != StaffKind::Enforcement {
            left_out.support += 1;
        } else if !person.on_duty {
            left_out.away += 1;
        } else if !certified(person, task.plan.to) {
            left_out.certificate += 1;
        } else {
            candidates.push(Candidate {
                inspector: person.id.clone(),
                capacity,
                codes: person.qualifications.iter().cloned().collect(),
            });
        }
    }
    (candidates, left_out)
}

/// A certificate that is valid on the last day of the window is valid on every day of it: registers hold only ends.
fn certified(person: &Inspector, last: Date) -> bool {
    person.certificate.is_some() && person.valid_until.is_some_and(|until| until >= last)
}

/// The recusals between people and targets of the problem.
fn recusals<'a>(
    task: &Task,
    candidates: &[Candidate],
    targets: impl Iterator<Item = &'a str>,
) -> Vec<Recusal> {
    let people: HashSet<&str> = candidates.iter().map(|c| c.inspector.as_str()).collect();
    let targets: HashSet<&str> = targets.collect();
    let of_problem = task.registers.recusals.iter().filter(|recusal| {
        people.contains(recusal.inspector.as_str()) && targets.contains(recusal.target.as_str())
    });
    of_problem
        .map(|r| Recusal { inspector: r.inspector.clone(), target: r.target.clone() })
        .collect()
}
