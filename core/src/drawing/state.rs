//! The draw of a scheme and its matchings, as they are recorded.

use super::*;
use crate::by_id::ById;
use crate::case::Stamp;
use crate::date::Date;
use crate::draw::void::Progress;
use crate::few::FewByKey;
use crate::plan::scheme::Scheme;

/// Everything drawn for a scheme.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Drawing {
    /// The last attempt to draw targets, here or above.
    pub targets: Option<Attempt>,
    /// The list that came from above, if the targets were not drawn here.
    pub received: Option<Handed>,
    /// The lists that were handed down, the last one for each department.
    pub dispatched: ById<DepartmentId, Dispatched>,
    /// The last attempt of each department to match its inspectors.
    pub matchings: ById<DepartmentId, Attempt>,
    /// The shortages that departments have found since their last attempt.
    pub shortages: ById<DepartmentId, ShortageFound>,
    /// Every file recorded, with what it is and which draw it belongs to.
    pub files: FewByKey<Digest, (FileKind, Stage)>,
    /// What was released, with the days.
    pub releases: Vec<(Date, Released)>,
}

/// An attempt to draw targets or to match inspectors.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attempt {
    /// What was announced.
    pub announced: Announced,
    /// The seed, once it is known.
    pub seed: Option<Digest>,
    /// The result.
    pub outcome: Option<Outcome>,
    /// The void notice, if it was given up.
    pub void: Option<Digest>,
}

/// The result of an attempt.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    /// Targets.
    Drawn(Drawn),
    /// Inspectors.
    Matched(Matched),
}

impl Attempt {
    const fn new(announced: Announced) -> Self {
        Self { announced, seed: None, outcome: None, void: None }
    }

    /// How far it has come; nothing when it is void.
    pub const fn progress(&self) -> Option<Progress> {
        match self {
            Self { void: Some(_), .. } => None,
            Self { outcome: Some(_), .. } => Some(Progress::Drawn),
            Self { seed: Some(_), .. } => Some(Progress::Sealed),
            _ => Some(Progress::Announced),
        }
    }

    /// Whether it counts.
    pub const fn stands(&self) -> bool {
        self.void.is_none()
    }
}

impl Drawing {
    /// The last attempt of a draw.
    pub fn attempt(&self, stage: &Stage) -> Option<&Attempt> {
        match stage {
            Stage::Targets => self.targets.as_ref(),
            Stage::Inspectors(department) => self.matchings.get(department),
        }
    }

    fn attempt_mut(&mut self, stage: &Stage) -> Option<&mut Attempt> {
        match stage {
            Stage::Targets => self.targets.as_mut(),
            Stage::Inspectors(department) => self.matchings.get_mut(department),
        }
    }

    /// What was drawn, if it stands, with the attempt.
    pub fn drawn(&self) -> Option<(&Attempt, &Drawn)> {
        let attempt = self.targets.as_ref().filter(|attempt| attempt.stands())?;
        match &attempt.outcome {
            Some(Outcome::Drawn(drawn)) => Some((attempt, drawn)),
            _ => None,
        }
    }

    /// What a department has matched, if it stands: the matching problem and the matched file.
    pub fn matched(&self, department: &DepartmentId) -> Option<(Digest, Digest)> {
        let attempt = self.matchings.get(department).filter(|attempt| attempt.stands())?;
        match (&attempt.outcome, &attempt.announced.subject) {
            (Some(Outcome::Matched(matched)), Subject::Problem { problem, .. }) => {
                Some((*problem, matched.matched))
            }
            _ => None,
        }
    }

    /// The departments of its scheme that have not matched their inspectors yet.
    pub fn unmatched<'a>(&'a self, scheme: &'a Scheme) -> impl Iterator<Item = &'a DepartmentId> {
        let departments = scheme.departments().into_iter();
        departments.filter(|department| self.matched(department).is_none())
    }

    /// A matching that stands and rests on the draw of targets.
    pub fn rests_on_draw(&self) -> Option<&DepartmentId> {
        self.matchings.iter().find(|(_, attempt)| attempt.stands()).map(|(id, _)| id)
    }

    /// Takes over what happened to it.
    pub(crate) fn apply(&mut self, event: &DrawingEvent, stamp: &Stamp) {
        match event {
            DrawingEvent::Announced(announced) => self.announced(announced),
            DrawingEvent::Sealed(Sealed { seed, stage }) => {
                self.note(*seed, FileKind::Seed, stage);
                if let Some(attempt) = self.attempt_mut(stage) {
                    attempt.seed = Some(*seed);
                }
            }
            DrawingEvent::Drawn(drawn) => self.was_drawn(drawn),
            DrawingEvent::Matched(matched) => {
                let stage = Stage::Inspectors(matched.department.clone());
                self.note(matched.matched, FileKind::Matched, &stage);
                if let Some(attempt) = self.attempt_mut(&stage) {
                    attempt.outcome = Some(Outcome::Matched(matched.clone()));
                }
            }
            DrawingEvent::ShortageFound(found) => {
                let stage = Stage::Inspectors(found.department.clone());
                self.note(found.problem, FileKind::Problem, &stage);
                self.note(found.shortage, FileKind::Shortage, &stage);
                self.shortages.insert(found.department.clone(), found.clone());
            }
            DrawingEvent::Voided(Voided { notice, stage }) => {
                self.note(*notice, FileKind::Void, stage);
                if let Some(attempt) = self.attempt_mut(stage) {
                    attempt.void = Some(*notice);
                }
            }
            DrawingEvent::Dispatched(dispatched) => {
                self.dispatched.insert(dispatched.to.clone(), dispatched.clone());
            }
            DrawingEvent::Received(Received { announced, drawn, handed }) => {
                self.received = Some(handed.clone());
                self.announced(announced);
                self.note(handed.seed, FileKind::Seed, &Stage::Targets);
                if let Some(attempt) = &mut self.targets {
                    attempt.seed = Some(handed.seed);
                }
                self.was_drawn(drawn);
            }
            DrawingEvent::Released(released) => {
                self.releases.push((stamp.effective, released.clone()));
            }
        }
    }

    fn announced(&mut self, announced: &Announced) {
        let Announced { announcement, stage, subject, .. } = announced;
        self.note(*announcement, FileKind::Announcement, stage);
        if let Subject::Problem { problem, .. } = subject {
            self.note(*problem, FileKind::Problem, stage);
        }
        let attempt = Attempt::new(announced.clone());
        match stage {
            Stage::Targets => self.targets = Some(attempt),
            Stage::Inspectors(department) => {
                self.shortages.remove(department);
                self.matchings.insert(department.clone(), attempt);
            }
        }
    }

    fn was_drawn(&mut self, drawn: &Drawn) {
        self.note(drawn.list, FileKind::List, &Stage::Targets);
        self.note(drawn.drawn, FileKind::Drawn, &Stage::Targets);
        if let Some(attempt) = &mut self.targets {
            attempt.outcome = Some(Outcome::Drawn(drawn.clone()));
        }
    }

    fn note(&mut self, file: Digest, kind: FileKind, stage: &Stage) {
        self.files.insert(file, (kind, stage.clone()));
    }
}
