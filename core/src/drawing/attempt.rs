//! What both draws have in common: an attempt is announced, sealed, and perhaps given up.

use super::*;
use crate::actor::{KEEPERS, Role};
use crate::draw::announcement::Announcement;
use crate::draw::ceremony::CeremonyError;
use crate::draw::void::{Progress, VoidNotice};
use crate::plan::scheme::Scheme;
use crate::refusal::Common;
use alloc::string::ToString;

/// What a decision about a scheme's draw looks at.
pub(super) struct Desk<'a> {
    pub(super) id: &'a SchemeId,
    pub(super) scheme: &'a Scheme,
    /// Nothing when nothing has happened yet.
    pub(super) drawing: Option<&'a Drawing>,
    pub(super) files: &'a Files,
}

impl<'a> Desk<'a> {
    pub(super) fn new(id: &'a SchemeId, context: &Context<'a>) -> Result<Self, Common> {
        let world = context.world;
        let scheme = world.scheme(id)?;
        Ok(Self { id, scheme, drawing: world.drawings.get(id), files: &world.files })
    }

    /// Whose draw it is.
    pub(super) fn owner<'s>(&'s self, stage: &'s Stage) -> &'s DepartmentId {
        match stage {
            Stage::Targets => &self.scheme.initiator,
            Stage::Inspectors(department) => department,
        }
    }

    /// Refuses an act by others than whose draw it is.
    pub(super) fn acts(
        &self,
        stage: &Stage,
        roles: &[Role],
        context: &Context<'_>,
    ) -> Result<(), Refusal> {
        Ok(context.acts_for(self.owner(stage), roles, rule(stage))?)
    }

    pub(super) fn attempt(&self, stage: &Stage) -> Option<&'a Attempt> {
        self.drawing.and_then(|drawing| drawing.attempt(stage))
    }

    /// The attempt that stands.
    pub(super) fn standing(&self, stage: &Stage) -> Result<&'a Attempt, DrawingRefusal> {
        let attempt = self.attempt(stage).filter(|attempt| attempt.stands());
        attempt.ok_or_else(|| DrawingRefusal::NotAnnounced { stage: stage.clone() })
    }

    /// The attempt that has a seed and no result, with its seed.
    pub(super) fn sealed(&self, stage: &Stage) -> Result<(&'a Attempt, Digest), DrawingRefusal> {
        let attempt = self.standing(stage)?;
        let stage = stage.clone();
        match attempt {
            Attempt { outcome: Some(_), .. } => Err(DrawingRefusal::AlreadyDrawn { stage }),
            Attempt { seed: Some(seed), .. } => Ok((attempt, *seed)),
            _ => Err(DrawingRefusal::NotSealed { stage }),
        }
    }

    /// What was drawn, with the attempt.
    pub(super) fn drawn(&self) -> Result<(&'a Attempt, &'a Drawn), DrawingRefusal> {
        let drawn = self.drawing.and_then(Drawing::drawn);
        drawn.ok_or_else(|| DrawingRefusal::BeforeDraw { scheme: self.id.clone() })
    }
}

pub(super) fn announce(id: &SchemeId, file: &Digest, context: &Context<'_>) -> Decided {
    let desk = Desk::new(id, context)?;
    let announcement = desk.files.announcement(file)?;
    let stage = announcement.stage();
    desk.acts(&stage, &KEEPERS, context)?;
    check_announcement(id, file, announcement, &desk, context)?;
    let subject = match &stage {
        Stage::Targets => targets::subject(announcement, &desk, context)?,
        Stage::Inspectors(_) => matching::subject(announcement, &desk, context)?,
    };
    let announced = announced(announcement, subject);
    Ok((DrawingEvent::Announced(announced), rule(&stage)))
}

/// What the ledger says of an announcement.
pub(super) fn announced(announcement: &Announcement, subject: Subject) -> Announced {
    let terms = announcement.terms();
    let due = terms.randomness.iter().map(|line| line.due).max();
    Announced {
        announcement: announcement.digest(),
        attempt: terms.attempt,
        known_from: due.unwrap_or(terms.announced),
        reveal_by: terms.reveal_by,
        stage: announcement.stage(),
        subject,
        suite: terms.suite,
    }
}

/// The announcement is of this scheme, in time, and the next one.
fn check_announcement(
    id: &SchemeId,
    file: &Digest,
    announcement: &Announcement,
    desk: &Desk<'_>,
    context: &Context<'_>,
) -> Result<(), Refusal> {
    let terms = announcement.terms();
    same_digest(file, &announcement.digest(), terms.suite)?;
    if terms.scheme != *id {
        let (scheme, announced) = (id.clone(), terms.scheme.clone());
        return Err(DrawingRefusal::OtherScheme { scheme, announced }.into());
    }
    let (stage, recorded, reveal_by) =
        (announcement.stage(), context.stamp.recorded, terms.reveal_by);
    if recorded >= reveal_by {
        return Err(DrawingRefusal::TooLate { stage, recorded, reveal_by }.into());
    }
    follows(announcement, desk.attempt(&stage))
}

/// The first attempt, or the one that the void notice of the last one opens.
fn follows(announcement: &Announcement, last: Option<&Attempt>) -> Result<(), Refusal> {
    let terms = announcement.terms();
    let found = terms.attempt;
    let Some(last) = last else {
        return match found {
            1 => Ok(()),
            _ => Err(CeremonyError::NeedsVoid { found }.into()),
        };
    };
    let Some(notice) = last.void else {
        let (stage, attempt) = (announcement.stage(), last.announced.attempt);
        return Err(DrawingRefusal::Stands { stage, attempt }.into());
    };
    let next = last.announced.attempt.saturating_add(1);
    let pairs = [
        ("attempt", found.to_string(), next.to_string()),
        ("previous", terms.previous.to_string(), notice.to_string()),
    ];
    match pairs.into_iter().find(|(_, found, wanted)| found != wanted) {
        Some((what, found, wanted)) => Err(CeremonyError::NotNext { what, found, wanted }.into()),
        None => Ok(()),
    }
}

pub(super) fn seal(id: &SchemeId, stage: &Stage, seed: &Digest, context: &Context<'_>) -> Decided {
    let desk = Desk::new(id, context)?;
    desk.acts(stage, &KEEPERS, context)?;
    let attempt = desk.standing(stage)?;
    if let Some(seed) = attempt.seed {
        return Err(DrawingRefusal::AlreadySealed { stage: stage.clone(), seed }.into());
    }
    let Announced { announcement, known_from, .. } = attempt.announced;
    let recorded = context.stamp.recorded;
    if recorded < known_from {
        let stage = stage.clone();
        return Err(DrawingRefusal::TooEarly { stage, recorded, known_from }.into());
    }
    check_seed(seed, desk.files.announcement(&announcement)?, desk.files)?;
    let sealed = Sealed { seed: *seed, stage: stage.clone() };
    Ok((DrawingEvent::Sealed(sealed), rule(stage)))
}

/// The seed file follows from the announcement.
pub(super) fn check_seed(
    seed: &Digest,
    announcement: &Announcement,
    files: &Files,
) -> Result<(), Refusal> {
    let file = files.seed(seed)?;
    file.check(announcement)?;
    let suite = announcement.terms().suite;
    Ok(same_digest(seed, file.seed(suite).digest(), suite)?)
}

pub(super) fn void(
    id: &SchemeId,
    stage: &Stage,
    notice: &Digest,
    context: &Context<'_>,
) -> Decided {
    let desk = Desk::new(id, context)?;
    desk.acts(stage, &[Role::DepartmentHead], context)?;
    let attempt = desk.standing(stage)?;
    if *stage == Stage::Targets {
        voidable(id, desk.drawing)?;
    }
    if let Stage::Inspectors(department) = stage
        && let Some((_, inspection)) = context.world.inspections.of_scheme(id).next()
    {
        let (scheme, department) = (id.clone(), department.clone());
        let inspection = inspection.clone();
        return Err(DrawingRefusal::VoidInspected { scheme, department, inspection }.into());
    }
    let file = desk.files.void(notice)?;
    same_digest(notice, &file.digest(attempt.announced.suite), attempt.announced.suite)?;
    check_notice(file, stage, attempt, context)?;
    let voided = Voided { notice: *notice, stage: stage.clone() };
    Ok((DrawingEvent::Voided(voided), rule(stage)))
}

/// What was drawn above, or is matched, is not given up here.
fn voidable(id: &SchemeId, drawing: Option<&Drawing>) -> Result<(), DrawingRefusal> {
    let scheme = id.clone();
    if let Some(handed) = drawing.and_then(|drawing| drawing.received.as_ref()) {
        return Err(DrawingRefusal::ReceivedFromAbove { scheme, from: handed.from.clone() });
    }
    match drawing.and_then(Drawing::rests_on_draw) {
        Some(department) => {
            Err(DrawingRefusal::VoidMatched { scheme, department: department.clone() })
        }
        None => Ok(()),
    }
}

/// The notice is of this attempt, says how far it had come, and is given by who approved it.
fn check_notice(
    notice: &VoidNotice,
    stage: &Stage,
    attempt: &Attempt,
    context: &Context<'_>,
) -> Result<(), Refusal> {
    let (found, announced) = (notice.announcement, attempt.announced.announcement);
    if found != announced {
        return Err(CeremonyError::OtherNotice { found, announced }.into());
    }
    let progress = attempt.progress().map_or("", Progress::code);
    let found = notice.after.code();
    if found != progress {
        let stage = stage.clone();
        return Err(DrawingRefusal::VoidOtherProgress { stage, found, progress }.into());
    }
    let (approved_by, actor) = (&notice.approved_by, &context.stamp.actor.id);
    if approved_by != actor {
        let (approved_by, actor) = (approved_by.clone(), actor.clone());
        return Err(DrawingRefusal::VoidByAnother { approved_by, actor }.into());
    }
    Ok(())
}

/// A file is named by its digest in the suite of the draw.
pub(super) fn same_digest(
    named: &Digest,
    digest: &Digest,
    suite: Suite,
) -> Result<(), DrawingRefusal> {
    match named == digest {
        true => Ok(()),
        false => Err(DrawingRefusal::OtherSuite { digest: *named, suite: suite.code() }),
    }
}
