//! Each department matches its own inspectors: problem, shortage test, announcement, matching. Article 19.

use super::ceremony::{self, Times};
use super::error::JobError;
use super::options::JobOptions;
use super::progress::Progress;
use super::secrets::Secrets;
use super::select::Task;
use super::shortfall::Shortfall;
use super::targets::TargetDrawn;
use crate::register::{Department, Inspector, Item, StaffKind};
use std::collections::{BTreeSet, HashSet};
use yicha::code::Qualification;
use yicha::date::Date;
use yicha::draw::announcement::{Stage, Subject};
use yicha::draw::ceremony::{Announced, Drawn, Inspectors, Sealed};
use yicha::draw::matching::{
    Candidate, Matched, Matching, Problem, Recusal, Shortage, Slot, TargetPlaces,
};

/// One department's matching before its randomness exists.
pub(super) struct Called {
    /// The department.
    pub(super) department: Department,
    /// Its items in this task.
    pub(super) items: Vec<Item>,
    /// People of the department who are not in the problem, and why.
    pub(super) left_out: LeftOut,
    /// The problem.
    pub(super) problem: Problem,
    /// The announcement, or why there is none.
    pub(super) call: Call,
}

/// The announcement of a matching, or why there is none.
pub(super) enum Call {
    /// The attempt.
    Announced(Box<Announced<Inspectors>>),
    /// The proof that there is no assignment.
    Short(Shortage),
}

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
        /// All that is missing.
        shortfall: Shortfall,
    },
}

/// The problem of each department, and either its announcement or its shortage.
pub(super) fn announce_all(
    task: &Task,
    targets: &TargetDrawn,
    options: &JobOptions,
    secrets: &mut Secrets,
    times: Times,
    progress: &Progress,
) -> Result<Vec<Called>, JobError> {
    let count = task.departments.len();
    progress.many(count, "公告各部门的人员匹配", "announcing the matchings", |done| {
        let mut calls = Vec::new();
        for (department, items) in &task.departments {
            let salt = secrets.take(&format!("salt {}", department.id))?;
            let (problem, left_out) = problem(task, targets, department, items, options, salt)?;
            let call = match problem.shortage() {
                Some(shortage) => Call::Short(shortage),
                None => {
                    let subject = Subject::Inspectors {
                        department: department.id.clone(),
                        drawn: targets.drawn.outcome().drawn().digest(options.suite),
                        problem: problem.digest(options.suite),
                    };
                    let stage = Stage::Inspectors(department.id.clone());
                    let announcement =
                        ceremony::announce(task, options, secrets, &stage, subject, times)?;
                    let announced = Announced::first(announcement);
                    Call::Announced(Box::new(announced.map_err(|e| JobError::refused(&e))?))
                }
            };
            let (department, items) = (department.clone(), items.clone());
            calls.push(Called { department, items, left_out, problem, call });
            done();
        }
        Ok(calls)
    })
}

/// The inspectors of each department, as its seed has it. `seal` makes the seeds.
pub(super) fn match_all(
    calls: Vec<Called>,
    seal: impl Fn(Announced<Inspectors>) -> Result<Sealed<Inspectors>, JobError>,
    progress: &Progress,
) -> Result<Vec<DepartmentResult>, JobError> {
    progress.many(calls.len(), "匹配执法检查人员", "matching inspectors", |done| {
        let mut results = Vec::new();
        for Called { department, items, left_out, problem, call } in calls {
            let placement = match call {
                Call::Announced(announced) => {
                    let drawn = seal(*announced)?.match_inspectors(&problem);
                    let drawn = drawn.map_err(|refused| JobError::refused(&refused.1))?;
                    let matched = drawn.matched(&problem);
                    Placement::Matched { drawn: Box::new(drawn), matched }
                }
                Call::Short(shortage) => {
                    let shortfall = Shortfall::of(&problem)?;
                    Placement::Short { shortage, shortfall }
                }
            };
            results.push(DepartmentResult { department, items, left_out, problem, placement });
            done();
        }
        Ok(results)
    })
}

/// The problem of a department, and who of its people is not in it.
fn problem(
    task: &Task,
    targets: &TargetDrawn,
    department: &Department,
    items: &[Item],
    options: &JobOptions,
    salt: [u8; 16],
) -> Result<(Problem, LeftOut), JobError> {
    let (candidates, left_out) = candidates(task, department, options.capacity);
    let slots = slots(items, usize::from(task.minimum));
    let drawn = targets.drawn.outcome().list().targets();
    let places =
        drawn.iter().map(|id| TargetPlaces { target: id.clone(), slots: slots.clone() }).collect();
    let recusals = recusals(task, &candidates, drawn.iter().map(|id| id.as_str()));
    let problem = Problem::new(department.id.clone(), salt, places, candidates, recusals);
    problem.map(|problem| (problem, left_out)).map_err(|faults| match faults.first() {
        Some(fault) => JobError::refused(fault),
        None => JobError::unusable("匹配问题有误", "the matching problem is faulty"),
    })
}

/// The places of a department at each target: the qualifications that its items ask for, sorted, dealt onto the places
/// in turn. A single one stands on all, so that no place is without it (our decision `places-dealt`).
fn slots(items: &[Item], places: usize) -> Vec<Slot> {
    let codes: BTreeSet<&Qualification> = items.iter().flat_map(|i| &i.qualifications).collect();
    if let (1, Some(&only)) = (codes.len(), codes.first()) {
        return vec![Slot::requiring([only.clone()]); places];
    }
    let dealt = |place| codes.iter().skip(place).step_by(places).map(|&code| code.clone());
    (0..places).map(|place| Slot::requiring(dealt(place))).collect()
}

/// The people of a department who can be matched; support staff are not (our decision `support-staff`).
pub(super) fn candidates(
    task: &Task,
    department: &Department,
    capacity: u64,
) -> (Vec<Candidate>, LeftOut) {
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

/// A certificate that is valid on the last day of the window is valid on every day of it (our
/// decision `certificate-window`): registers hold only ends.
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
