//! The draw of targets by the initiator: commitments, announcement, reveals, seed, draw. Article 18.

use super::Entropy;
use super::error::JobError;
use super::options::{JobOptions, SlipChoice};
use super::progress::Progress;
use super::select::{Task, later};
use yicha::code::{DepartmentId, TargetId};
use yicha::date::Instant;
use yicha::draw::announcement::{Announcement, Commitment, Nonce, Stage, Subject, Terms};
use yicha::draw::ceremony::{Announced, Drawn, Targets};
use yicha::draw::columns::Row;
use yicha::draw::quota::Rule;
use yicha::draw::roster::{CommittedRoster, Roster, RosterKey};
use yicha::draw::slip::Slip;
use yicha::draw::target::TargetOutcome;
use yicha::hash::Digest;
use yicha::threads::Threads;

/// The finished draw of targets.
pub struct TargetDrawn {
    /// The roster with its key.
    pub roster: CommittedRoster,
    /// The attempt with its result.
    pub drawn: Drawn<Targets, TargetOutcome>,
    /// Slips of the drawn targets and of those asked for.
    pub slips: Vec<(TargetId, Slip)>,
}

pub(super) fn draw(
    task: &Task,
    options: &JobOptions,
    entropy: Entropy<'_>,
    progress: &Progress,
) -> Result<TargetDrawn, JobError> {
    let suite = options.suite;
    let standings: Vec<String> = task.roster.iter().map(|(_, s)| s.to_string()).collect();
    let rows = task.roster.iter().zip(&standings).map(|((target, _), standing)| Row {
        id: target.id.as_str(),
        stratum: target.risk.code(),
        standing,
    });
    let roster = Roster::from_rows(rows).map_err(|e| JobError::refused(&e))?;
    let mut key = [0; 32];
    entropy(&mut key)?;
    let roster = progress.step("生成名录承诺", "committing to the roster", || {
        roster.commit(suite, RosterKey::new(key), Threads::available())
    });
    let counts = roster.roster().counts();
    let quotas = task.rules.iter().map(|rule: &Rule| {
        let eligible = counts.iter().find(|count| count.stratum == rule.stratum);
        rule.clone().apply(eligible.map_or(0, |count| count.eligible))
    });
    let subject =
        Subject::Targets { root: roster.root(), lines: roster.lines(), strata: quotas.collect() };
    let (announcement, nonces) =
        announce(task, options, &Stage::Targets, subject, task.announced, entropy)?;
    let announced = Announced::<Targets>::first(announcement).map_err(|e| JobError::refused(&e))?;
    let values: Vec<Vec<u8>> = options.randomness.iter().map(|r| r.value.clone()).collect();
    let sealed = announced.seal(&nonces, &values).map_err(|e| JobError::refused(&e.1))?;
    let drawn = progress.step("抽取检查对象", "drawing targets", || {
        sealed.draw(&roster, Threads::available()).map_err(|e| JobError::refused(&e.1))
    })?;
    let slips = slips(task, &roster, &drawn, &options.slips, progress)?;
    Ok(TargetDrawn { roster, drawn, slips })
}

/// Lets every department commit to a nonce and writes the announcement. The nonces are what they reveal later; in this
/// demonstration one program holds them all.
pub(super) fn announce(
    task: &Task,
    options: &JobOptions,
    stage: &Stage,
    subject: Subject,
    announced: Instant,
    entropy: Entropy<'_>,
) -> Result<(Announcement, Vec<(DepartmentId, Nonce)>), JobError> {
    let mut nonces = Vec::new();
    for (department, _) in &task.departments {
        let mut nonce = [0; 32];
        entropy(&mut nonce)?;
        nonces.push((department.id.clone(), Nonce::new(nonce)));
    }
    nonces.sort_by(|a, b| a.0.cmp(&b.0));
    let commit = |(department, nonce): &(DepartmentId, Nonce)| Commitment {
        department: department.clone(),
        digest: nonce.commit(options.suite, &task.scheme, stage, 1, department),
    };
    let randomness = match stage {
        Stage::Targets => options.randomness.iter().map(|r| r.line.clone()).collect(),
        Stage::Inspectors(_) => Vec::new(),
    };
    let terms = Terms {
        suite: options.suite,
        scheme: task.scheme.clone(),
        attempt: 1,
        previous: Digest::ZERO,
        contributions: nonces.iter().map(commit).collect(),
        randomness,
        announced,
        reveal_by: later(announced, 3_600)?,
    };
    let announcement = Announcement::new(terms, subject);
    announcement.map(|a| (a, nonces)).map_err(|e| JobError::refused(&e))
}

fn slips(
    task: &Task,
    roster: &CommittedRoster,
    drawn: &Drawn<Targets, TargetOutcome>,
    choice: &SlipChoice,
    progress: &Progress,
) -> Result<Vec<(TargetId, Slip)>, JobError> {
    let mut ids: Vec<TargetId> = drawn.outcome().list().targets().to_vec();
    match choice {
        SlipChoice::Drawn => {}
        SlipChoice::Also(others) => ids.extend(others.iter().cloned()),
        SlipChoice::All => ids = task.roster.iter().map(|(target, _)| target.id.clone()).collect(),
    }
    ids.sort();
    ids.dedup();
    progress.many(ids.len(), "制作告知单", "writing slips", |done| {
        let slip = |id: TargetId| {
            let slip = drawn.outcome().slip(roster, &id);
            done();
            match slip {
                Some(slip) => Ok((id, slip)),
                None => Err(JobError::unusable(
                    format!("{id}不在本次抽取的名录上，没有告知单"),
                    format!("{id} is not on the roster of this draw, so there is no slip"),
                )),
            }
        };
        ids.into_iter().map(slip).collect()
    })
}

/// The last instant by which the target seed is complete.
pub(super) fn sealed_at(drawn: &TargetDrawn) -> Instant {
    let terms = drawn.drawn.announcement().terms();
    terms.randomness.iter().map(|r| r.due).fold(terms.reveal_by, Instant::max)
}
