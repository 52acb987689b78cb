//! What both draws have in common: the departments commit, the announcement is written, the departments reveal.
//!
//! Where nobody brings anything, this program plays all departments. A department that brings a commitment (a line
//! `commitment STAGE DEPARTMENT` of the nonces file) keeps its nonce to itself until the reveal (`nonce STAGE DEPARTMENT`).

use super::error::JobError;
use super::options::JobOptions;
use super::secrets::Secrets;
use super::select::Task;
use yicha::code::DepartmentId;
use yicha::date::Instant;
use yicha::draw::announcement::{Announcement, Commitment, Nonce, Stage, Subject, Terms};
use yicha::draw::ceremony::{Announced, DrawStage, Sealed};
use yicha::hash::Digest;

/// When a draw is announced, and until when nonces are revealed.
#[derive(Clone, Copy, Debug)]
pub(super) struct Times {
    pub(super) announced: Instant,
    pub(super) reveal_by: Instant,
}

/// Lets every department commit to a nonce, and writes the announcement of the first attempt.
pub(super) fn announce(
    task: &Task,
    options: &JobOptions,
    secrets: &mut Secrets,
    stage: &Stage,
    subject: Subject,
    times: Times,
) -> Result<Announcement, JobError> {
    let (suite, scheme) = (options.suite, &task.scheme);
    let mut contributions = Vec::new();
    for (department, _) in &task.departments {
        let digest = match secrets.known(&format!("commitment {stage} {}", department.id))? {
            Some(brought) => Digest::new(brought),
            None => {
                let nonce = Nonce::new(secrets.take(&name(stage, &department.id))?);
                nonce.commit(suite, scheme, stage, 1, &department.id)
            }
        };
        contributions.push(Commitment { department: department.id.clone(), digest });
    }
    contributions.sort_by(|a, b| a.department.cmp(&b.department));
    let Times { announced, reveal_by } = times;
    let terms = Terms {
        suite,
        scheme: scheme.clone(),
        attempt: 1,
        previous: Digest::ZERO,
        contributions,
        randomness: options.randomness.clone(),
        announced,
        reveal_by,
    };
    Announcement::new(terms, subject).map_err(|e| JobError::refused(&e))
}

/// Makes the seed of the nonces revealed and the values published. A department that did not reveal is named.
pub(super) fn seal<S: DrawStage>(
    announced: Announced<S>,
    secrets: &Secrets,
    values: &[Vec<u8>],
) -> Result<Sealed<S>, JobError> {
    let announcement = announced.announcement();
    let stage = announcement.stage();
    let mut nonces = Vec::new();
    for Commitment { department, .. } in &announcement.terms().contributions {
        if let Some(nonce) = secrets.known(&name(&stage, department))? {
            nonces.push((department.clone(), Nonce::new(nonce)));
        }
    }
    announced.seal(&nonces, values).map_err(|refused| JobError::refused(&refused.1))
}

/// Whether every department brought its commitment and kept the nonce to itself.
pub(super) fn kept_apart(announcement: &Announcement, secrets: &Secrets) -> Result<bool, JobError> {
    let stage = announcement.stage();
    for Commitment { department, .. } in &announcement.terms().contributions {
        if secrets.known::<32>(&format!("commitment {stage} {department}"))?.is_none() {
            return Ok(false);
        }
    }
    Ok(true)
}

fn name(stage: &Stage, department: &DepartmentId) -> String {
    format!("nonce {stage} {department}")
}
