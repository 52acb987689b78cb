//! The draw of targets by the initiator: roster, announcement, seed, draw, slips. Article 18.

use super::ceremony::{self, Times};
use super::error::JobError;
use super::options::{JobOptions, SlipChoice};
use super::progress::Progress;
use super::secrets::Secrets;
use super::select::Task;
use yicha::code::TargetId;
use yicha::draw::announcement::{Stage, Subject};
use yicha::draw::ceremony::{Announced, Drawn, Sealed, Targets};
use yicha::draw::columns::Row;
use yicha::draw::roster::{CommittedRoster, Roster, RosterKey};
use yicha::draw::slip::Slip;
use yicha::draw::target::TargetOutcome;
use yicha::threads::Threads;

/// A draw that is announced: roster and quotas are fixed, the randomness does not exist yet.
pub(super) struct TargetsAnnounced {
    /// The roster with its key.
    pub(super) roster: CommittedRoster,
    /// The attempt.
    pub(super) announced: Announced<Targets>,
}

/// The finished draw of targets.
pub struct TargetDrawn {
    /// The roster with its key.
    pub roster: CommittedRoster,
    /// The attempt with its result.
    pub drawn: Drawn<Targets, TargetOutcome>,
    /// Slips of the drawn targets and of those asked for.
    pub slips: Vec<(TargetId, Slip)>,
}

pub(super) fn announce(
    task: &Task,
    options: &JobOptions,
    secrets: &mut Secrets,
    times: Times,
    progress: &Progress,
) -> Result<TargetsAnnounced, JobError> {
    let standings: Vec<String> = task.roster.iter().map(|(_, s)| s.to_string()).collect();
    let rows = task.roster.iter().zip(&standings).map(|((target, _), standing)| Row {
        id: target.id.as_str(),
        stratum: target.risk.code(),
        standing,
    });
    let roster = Roster::from_rows(rows).map_err(|e| JobError::refused(&e))?;
    let key = RosterKey::new(secrets.take("roster-key")?);
    let roster = progress.step("固定检查对象名录", "fixing the roster", || {
        roster.commit(options.suite, key, Threads::available())
    });
    let (root, lines) = (roster.root(), roster.lines());
    let subject = Subject::targets(root, lines, roster.roster().counts(), task.rules.clone())
        .map_err(|e| JobError::refused(&e))?;
    let announcement = ceremony::announce(task, options, secrets, &Stage::Targets, subject, times)?;
    let announced = Announced::first(announcement).map_err(|e| JobError::refused(&e))?;
    Ok(TargetsAnnounced { roster, announced })
}

pub(super) fn draw(
    roster: CommittedRoster,
    sealed: Sealed<Targets>,
    slips: &SlipChoice,
    progress: &Progress,
) -> Result<TargetDrawn, JobError> {
    let drawn = progress.step("抽取检查对象", "drawing targets", || {
        sealed.draw(&roster, Threads::available()).map_err(|refused| JobError::refused(&refused.1))
    })?;
    let slips = make_slips(&roster, drawn.outcome(), slips, progress)?;
    Ok(TargetDrawn { roster, drawn, slips })
}

fn make_slips(
    roster: &CommittedRoster,
    outcome: &TargetOutcome,
    choice: &SlipChoice,
    progress: &Progress,
) -> Result<Vec<(TargetId, Slip)>, JobError> {
    let mut ids: Vec<TargetId> = outcome.list().targets().to_vec();
    match choice {
        SlipChoice::Drawn => {}
        SlipChoice::Also(others) => ids.extend(others.iter().cloned()),
        // What stands on a roster is a code.
        SlipChoice::All => ids = roster.roster().iter().flat_map(|row| row.id.parse()).collect(),
    }
    ids.sort();
    ids.dedup();
    progress.many(ids.len(), "制作告知单", "writing slips", |done| {
        let slip = |id: TargetId| {
            let slip = outcome.slip(roster, &id).map_err(|e| JobError::refused(&e));
            done();
            slip?.map(|slip| (id.clone(), slip)).ok_or_else(|| not_on_roster(&id))
        };
        ids.into_iter().map(slip).collect()
    })
}

fn not_on_roster(id: &TargetId) -> JobError {
    JobError::unusable(
        format!("{id}不在本次抽取的名录上，没有告知单"),
        format!("{id} is not on the roster of this draw, so there is no slip"),
    )
}
