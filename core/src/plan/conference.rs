//! 议事会商, article 7: conferences of the departments, and the resolutions that stay open until done.

use crate::actor::Role;
use crate::by_id::ById;
use crate::case::{CaseId, CaseKind, Context, Fact, Stamp};
use crate::citation::Basis;
use crate::code::{CaseCode, DepartmentId};
use crate::date::Date;
use crate::hash::Digest;
use crate::refusal::{Common, Refusal, refusals};
use alloc::collections::BTreeSet;
use alloc::vec::Vec;
use serde::{Deserialize, Serialize};

const ART: Basis = Basis::Article(7);

/// Why a conference meets.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Occasion {
    /// 定期.
    Regular,
    /// 临时, called for a special need.
    AdHoc,
}

/// What was resolved, by whom it is to be done and until when.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Resolution {
    /// The last day for it.
    pub due: Date,
    /// Its number within the conference.
    pub id: CaseCode,
    /// The department that is to do it.
    pub owner: DepartmentId,
    /// The salted digest of its text.
    pub text: Digest,
}

/// What can be done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub enum ConferenceCommand {
    /// The joint office records a conference that was held on the day of effect.
    Hold {
        /// Its number.
        conference: CaseCode,
        /// What happened.
        held: Held,
    },
    /// The owner reports a resolution done.
    FinishResolution {
        /// The conference.
        conference: CaseCode,
        /// What happened.
        done: ResolutionDone,
    },
}

/// A conference was held.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Held {
    /// Salted digests of the points of the agenda, at least one.
    pub agenda: Vec<Digest>,
    /// The departments that attended.
    pub attended: Vec<DepartmentId>,
    /// Regular or ad hoc.
    pub occasion: Occasion,
    /// What was resolved.
    pub resolutions: Vec<Resolution>,
}

/// A resolution was done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct ResolutionDone {
    /// Salted digest of the report.
    pub report: Digest,
    /// The number of the resolution.
    pub resolution: CaseCode,
}

/// What happened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum ConferenceEvent {
    /// A conference was held.
    Held(Held),
    /// A resolution was done.
    ResolutionDone(ResolutionDone),
}

refusals! {
    /// What is refused of conferences.
    ConferenceRefusal {
        Empty { conference: CaseCode } = "conference-empty", Article(7),
            "会议{conference}应有议题和参加部门",
            "conference {conference} needs an agenda and departments that attended";
        ResolutionTwice { resolution: CaseCode } = "resolution-twice", Article(7),
            "决议编号{resolution}出现两次；每项决议应有自己的编号",
            "resolution {resolution} stands twice; each needs a number of its own";
        DueBeforeHeld { resolution: CaseCode, due: Date, held: Date } = "resolution-due-before-held", Article(7),
            "决议{resolution}的期限{due}早于会议日{held}；期限应为会议日或以后",
            "resolution {resolution} is due on {due}, before the conference on {held}; it is due then or later";
        NoSuchResolution { resolution: CaseCode } = "resolution-unknown", Article(7),
            "会议没有编号为{resolution}的决议",
            "the conference has no resolution {resolution}";
        AlreadyDone { resolution: CaseCode, on: Date } = "resolution-already-done", Article(7),
            "决议{resolution}已于{on}办结",
            "resolution {resolution} was reported done on {on}";
    }
}

/// A conference and its resolutions.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Conference {
    /// The day it was held.
    pub on: Date,
    /// What was recorded.
    pub held: Held,
    /// The day on which each finished resolution was done.
    pub done: ById<CaseCode, Date>,
}

impl Conference {
    /// The resolutions that are not done yet.
    pub fn open(&self) -> impl Iterator<Item = &Resolution> {
        self.held.resolutions.iter().filter(|resolution| !self.done.contains_key(&resolution.id))
    }

    /// Takes over what happened to it. Gives it where it begins with that.
    pub(crate) fn apply(
        case: Option<&mut Self>,
        event: &ConferenceEvent,
        stamp: &Stamp,
    ) -> Option<Self> {
        match (event, case) {
            (ConferenceEvent::Held(held), _) => {
                return Some(Self { on: stamp.effective, held: held.clone(), done: ById::new() });
            }
            (ConferenceEvent::ResolutionDone(done), Some(case)) => {
                case.done.insert(done.resolution.clone(), stamp.effective);
            }
            (ConferenceEvent::ResolutionDone(_), None) => {}
        }
        None
    }
}

/// The case of a number.
pub fn case(id: &CaseCode) -> CaseId {
    CaseId { kind: CaseKind::Conference, id: id.clone() }
}

/// Decides a command.
pub(crate) fn decide(
    command: &ConferenceCommand,
    context: &Context<'_>,
) -> Result<Vec<Fact>, Refusal> {
    match command {
        ConferenceCommand::Hold { conference, held } => hold(conference, held, context),
        ConferenceCommand::FinishResolution { conference, done } => {
            finish(conference, done, context)
        }
    }
}

fn hold(id: &CaseCode, held: &Held, context: &Context<'_>) -> Result<Vec<Fact>, Refusal> {
    context.role(&[Role::JointOffice], ART)?;
    if context.world.conferences.contains_key(id) {
        return Err(Common::CaseExists { case: case(id) }.into());
    }
    if held.agenda.is_empty() || held.attended.is_empty() {
        return Err(ConferenceRefusal::Empty { conference: id.clone() }.into());
    }
    let mut numbers = BTreeSet::new();
    for Resolution { id, due, .. } in &held.resolutions {
        let (resolution, due, held) = (id.clone(), *due, context.day());
        if !numbers.insert(id) {
            return Err(ConferenceRefusal::ResolutionTwice { resolution }.into());
        }
        if due < held {
            return Err(ConferenceRefusal::DueBeforeHeld { resolution, due, held }.into());
        }
    }
    Ok([Fact::new(case(id), &[ART], ConferenceEvent::Held(held.clone()))].into())
}

fn finish(
    id: &CaseCode,
    done: &ResolutionDone,
    context: &Context<'_>,
) -> Result<Vec<Fact>, Refusal> {
    let resolution = done.resolution.clone();
    let Some(conference) = context.world.conferences.get(id) else {
        return Err(Common::NoSuchCase { case: case(id) }.into());
    };
    let Some(found) = conference.held.resolutions.iter().find(|found| found.id == resolution)
    else {
        return Err(ConferenceRefusal::NoSuchResolution { resolution }.into());
    };
    context.acts_for(&found.owner, &[Role::Officer, Role::DepartmentHead], ART)?;
    if let Some(&on) = conference.done.get(&resolution) {
        return Err(ConferenceRefusal::AlreadyDone { resolution, on }.into());
    }
    Ok([Fact::new(case(id), &[ART], ConferenceEvent::ResolutionDone(done.clone()))].into())
}
