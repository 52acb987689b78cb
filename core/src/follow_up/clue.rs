//! 问题线索, article 11: a clue to a problem is raised, assigned (分办), handed on to the competent department
//! (转办), investigated and concluded (查处). Where several departments are concerned the initiator coordinates.

use crate::actor::{Role, with_keepers};
use crate::by_id::ById;
use crate::case::{CaseId, CaseKind, Context, Fact, Stamp};
use crate::citation::Basis;
use crate::code::{CaseCode, DepartmentId, ItemId, TargetId};
use crate::date::Date;
use crate::hash::Digest;
use crate::order::gather;
use crate::refusal::{Common, List, NotEntitled, Refusal, refusals};
use alloc::collections::BTreeSet;
use alloc::vec::Vec;
use core::fmt;
use serde::{Deserialize, Serialize};

const ART: Basis = Basis::Article(11);

/// What can be done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub enum ClueCommand {
    /// A department, one of its inspectors or the joint office raises a clue.
    Raise {
        /// Its number.
        clue: CaseCode,
        /// What happened.
        raised: Raised,
    },
    /// The joint office names who coordinates, for a clue that turns out to concern several departments.
    Coordinate {
        /// The clue.
        clue: CaseCode,
        /// What happened.
        named: CoordinatorNamed,
    },
    /// 分办: whoever leads the clue assigns it to a department, or gives it another date.
    Assign {
        /// What happened.
        assigned: Assigned,
        /// The clue.
        clue: CaseCode,
    },
    /// The department takes its part.
    Accept {
        /// What happened.
        accepted: Accepted,
        /// The clue.
        clue: CaseCode,
    },
    /// 转办: the department hands its part on to the competent one.
    Transfer {
        /// The clue.
        clue: CaseCode,
        /// What happened.
        transferred: Transferred,
    },
    /// 查处: the department reports what its investigation found.
    Investigate {
        /// The clue.
        clue: CaseCode,
        /// What happened.
        investigated: Investigated,
    },
    /// The department concludes its part.
    Conclude {
        /// The clue.
        clue: CaseCode,
        /// What happened.
        concluded: Concluded,
    },
    /// Whoever leads the clue closes it.
    Close {
        /// What happened.
        closed: Closed,
        /// The clue.
        clue: CaseCode,
    },
}

/// A clue was raised.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Raised {
    /// The departments concerned, as far as they are known.
    pub concerned: BTreeSet<DepartmentId>,
    /// Who coordinates: the initiator of the scheme. Needed where several departments are concerned.
    pub coordinator: Option<DepartmentId>,
    /// The inspection in which it came up, if one.
    pub inspection: Option<CaseCode>,
    /// The item with which it came up, if one.
    pub item: Option<ItemId>,
    /// The target, if it is known.
    pub target: Option<TargetId>,
    /// Salted digest of what was found.
    pub text: Digest,
}

impl Raised {
    /// Whether it came up with this item of this inspection.
    pub fn comes_from(&self, inspection: &CaseCode, item: &ItemId) -> bool {
        self.inspection.as_ref() == Some(inspection) && self.item.as_ref() == Some(item)
    }
}

/// A coordinator was named.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct CoordinatorNamed {
    /// The department.
    pub coordinator: DepartmentId,
}

/// A department was assigned the clue.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Assigned {
    /// The department.
    pub department: DepartmentId,
    /// The last day for its conclusion.
    pub due: Date,
}

/// A department took its part.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Accepted {
    /// The department.
    pub department: DepartmentId,
}

/// A department handed its part on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Transferred {
    /// The department that hands it on.
    pub department: DepartmentId,
    /// Salted digest of why the other one is competent.
    pub reason: Digest,
    /// The competent department.
    pub to: DepartmentId,
}

/// A department investigated.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Investigated {
    /// The department.
    pub department: DepartmentId,
    /// Salted digest of the report.
    pub report: Digest,
}

/// A department concluded its part.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Concluded {
    /// With what.
    pub conclusion: Conclusion,
    /// The department.
    pub department: DepartmentId,
    /// Salted digest of the reasons.
    pub report: Digest,
}

/// A clue was closed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Closed {
    /// Salted digest of the report on all parts.
    pub report: Digest,
}

/// How a department's part ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Conclusion {
    /// There is no violation.
    NoViolation,
    /// The problem was corrected.
    Corrected,
    /// A penalty was decided; it is recorded as a case of its own, article 12.
    Penalised,
    /// It went to the judicial authorities.
    Prosecuted,
    /// Something else, as the report says.
    Other,
}

/// What happened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum ClueEvent {
    /// A clue was raised.
    Raised(Raised),
    /// A coordinator was named.
    CoordinatorNamed(CoordinatorNamed),
    /// It was assigned.
    Assigned(Assigned),
    /// A department took its part.
    Accepted(Accepted),
    /// A department handed its part on.
    Transferred(Transferred),
    /// A department investigated.
    Investigated(Investigated),
    /// A department concluded its part.
    Concluded(Concluded),
    /// It was closed.
    Closed(Closed),
}

refusals! {
    /// What is refused of clues.
    ClueRefusal {
        WithoutCoordinator { departments: List<DepartmentId> } = "clue-without-coordinator", Article(11),
            "线索涉及{departments}多个部门；应写明由发起部门牵头协同",
            "the clue concerns {departments}; name the initiator, who coordinates them";
        AlreadyClosed { clue: CaseCode, on: Date } = "clue-already-closed", Article(11),
            "线索{clue}已于{on}办结；新的情况应另立线索",
            "clue {clue} was closed on {on}; what is new is a clue of its own";
        DueBeforeAssigned { due: Date, assigned: Date } = "clue-due-before-assigned", Article(11),
            "期限{due}早于分办日{assigned}；期限应为分办日或以后",
            "it is due on {due}, before it is assigned on {assigned}; it is due then or later";
        Step { department: DepartmentId, found: Stage, wanted: List<Stage> } = "clue-step", Article(11),
            "{department}的办理状态为{found}；本步骤应在{wanted}之后",
            "the part of {department} is {found}; this step follows {wanted}";
        TransferToOneself { department: DepartmentId } = "clue-transfer-to-oneself", Article(11),
            "{department}不得将线索转给自己；应转给有权处理的其他部门，或自行办理",
            "{department} cannot hand the clue on to itself; it goes to another, competent department, or stays";
        TransferBack { to: DepartmentId } = "clue-transfer-back", Decision("clue-not-handed-back"),
            "{to}已将线索转出，不得再转回；有争议的由联席办重新分办",
            "{to} handed the clue on and does not get it back this way; in a dispute the joint office assigns it anew";
        NotConcluded { departments: List<DepartmentId> } = "clue-not-concluded", Article(11),
            "{departments}尚未办结；有关部门均办结后方可关闭线索",
            "{departments} did not conclude yet; a clue is closed when each competent department has";
        Unassigned { clue: CaseCode } = "clue-unassigned", Article(11),
            "线索{clue}未经任何部门办理；应先分办，由有权部门办结",
            "no department has dealt with clue {clue}; assign it, and a competent one concludes it";
    }
}

/// How far a department's part is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Stage {
    /// It is concerned and was not assigned the clue yet.
    Concerned,
    /// It has to accept it or hand it on.
    Assigned,
    /// It investigates.
    Accepted,
    /// It has to conclude.
    Investigated,
    /// It is done.
    Concluded,
    /// It handed it on to the competent department.
    HandedOn,
}

impl fmt::Display for Stage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Concerned => "concerned",
            Self::Assigned => "assigned",
            Self::Accepted => "accepted",
            Self::Investigated => "investigated",
            Self::Concluded => "concluded",
            Self::HandedOn => "handed-on",
        })
    }
}

/// A department's part of a clue.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Part {
    /// The last day for its conclusion, once it is assigned.
    pub due: Option<Date>,
    /// How far it is.
    pub stage: Stage,
}

/// A clue.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Clue {
    /// The department that raised it; none for the joint office.
    pub by: Option<DepartmentId>,
    /// The day it was closed.
    pub closed: Option<Date>,
    /// Who coordinates.
    pub coordinator: Option<DepartmentId>,
    /// The departments' parts.
    pub parts: ById<DepartmentId, Part>,
    /// What was recorded.
    pub raised: Raised,
}

impl Clue {
    /// The departments that have to do something yet, with their dates.
    pub fn open(&self) -> impl Iterator<Item = (&DepartmentId, &Part)> {
        let done = |part: &Part| matches!(part.stage, Stage::Concluded | Stage::HandedOn);
        let open = self.closed.is_none();
        self.parts.iter().filter(move |(_, part)| open && !done(part))
    }

    /// The departments whose date is before `day`.
    pub fn overdue(&self, day: Date) -> impl Iterator<Item = (&DepartmentId, &Part)> {
        self.open().filter(move |(_, part)| part.due.is_some_and(|due| due < day))
    }

    /// Who leads it: the coordinator, or else who raised it; none for the joint office.
    pub fn lead(&self) -> Option<&DepartmentId> {
        self.coordinator.as_ref().or(self.by.as_ref())
    }

    /// The departments that it concerns; who handed it on is not one of them any more.
    fn concerned(&self) -> impl Iterator<Item = &DepartmentId> {
        self.parts.iter().filter(|(_, part)| part.stage != Stage::HandedOn).map(|(id, _)| id)
    }

    fn stage(&self, department: &DepartmentId) -> Option<Stage> {
        self.parts.get(department).map(|part| part.stage)
    }

    /// Takes over what happened to it. Gives it where it begins with that.
    pub(crate) fn apply(case: Option<&mut Self>, event: &ClueEvent, stamp: &Stamp) -> Option<Self> {
        match (event, case) {
            (ClueEvent::Raised(raised), _) => return Some(Self::new(raised, stamp)),
            (event, Some(case)) => case.change(event, stamp),
            (_, None) => {}
        }
        None
    }

    fn new(raised: &Raised, stamp: &Stamp) -> Self {
        let part = Part { due: None, stage: Stage::Concerned };
        Self {
            by: stamp.actor.department.clone(),
            closed: None,
            coordinator: raised.coordinator.clone(),
            parts: raised.concerned.iter().map(|id| (id.clone(), part.clone())).collect(),
            raised: raised.clone(),
        }
    }

    fn change(&mut self, event: &ClueEvent, stamp: &Stamp) {
        match event {
            ClueEvent::Raised(_) => {}
            ClueEvent::CoordinatorNamed(named) => {
                self.coordinator = Some(named.coordinator.clone());
            }
            ClueEvent::Assigned(event) => self.assign(event),
            ClueEvent::Accepted(event) => self.moves(&event.department, Stage::Accepted),
            ClueEvent::Transferred(event) => self.hand_on(event),
            ClueEvent::Investigated(event) => self.moves(&event.department, Stage::Investigated),
            ClueEvent::Concluded(event) => self.moves(&event.department, Stage::Concluded),
            ClueEvent::Closed(_) => self.closed = Some(stamp.effective),
        }
    }

    fn moves(&mut self, department: &DepartmentId, stage: Stage) {
        if let Some(part) = self.parts.get_mut(department) {
            part.stage = stage;
        }
    }

    /// A department that is at it already gets another date only.
    fn assign(&mut self, event: &Assigned) {
        let stage = match self.stage(&event.department) {
            None | Some(Stage::Concerned | Stage::HandedOn) => Stage::Assigned,
            Some(stage) => stage,
        };
        self.parts.insert(event.department.clone(), Part { due: Some(event.due), stage });
    }

    /// The successor has the same date, and keeps its part where it has one already.
    fn hand_on(&mut self, event: &Transferred) {
        self.moves(&event.department, Stage::HandedOn);
        let due = self.parts.get(&event.department).and_then(|part| part.due);
        match self.parts.get_mut(&event.to) {
            Some(part) if part.stage != Stage::Concerned => {}
            _ => {
                self.parts.insert(event.to.clone(), Part { due, stage: Stage::Assigned });
            }
        }
    }
}

/// The case of a number.
pub fn case(id: &CaseCode) -> CaseId {
    CaseId { kind: CaseKind::Clue, id: id.clone() }
}

/// Decides a command.
pub(crate) fn decide(command: &ClueCommand, context: &Context<'_>) -> Result<Vec<Fact>, Refusal> {
    let (id, event) = match command {
        ClueCommand::Raise { clue, raised } => (clue, raise(clue, raised, context)?),
        ClueCommand::Coordinate { clue, named } => (clue, coordinate(clue, named, context)?),
        ClueCommand::Assign { clue, assigned } => (clue, assign(clue, assigned, context)?),
        ClueCommand::Accept { clue, accepted } => (clue, accept(clue, accepted, context)?),
        ClueCommand::Transfer { clue, transferred } => {
            (clue, transfer(clue, transferred, context)?)
        }
        ClueCommand::Investigate { clue, investigated } => {
            (clue, investigate(clue, investigated, context)?)
        }
        ClueCommand::Conclude { clue, concluded } => (clue, conclude(clue, concluded, context)?),
        ClueCommand::Close { clue, closed } => (clue, close(clue, closed, context)?),
    };
    Ok([Fact::new(case(id), &[ART], event)].into())
}

fn raise(id: &CaseCode, raised: &Raised, context: &Context<'_>) -> Result<ClueEvent, Refusal> {
    context.role(&with_keepers([Role::JointOffice, Role::Inspector]), ART)?;
    if context.world.clues.contains_key(id) {
        return Err(Common::CaseExists { case: case(id) }.into());
    }
    coordinated(raised.coordinator.as_ref(), raised.concerned.iter())?;
    Ok(ClueEvent::Raised(raised.clone()))
}

fn coordinate(
    id: &CaseCode,
    named: &CoordinatorNamed,
    context: &Context<'_>,
) -> Result<ClueEvent, Refusal> {
    context.role(&[Role::JointOffice], ART)?;
    open(id, context)?;
    Ok(ClueEvent::CoordinatorNamed(named.clone()))
}

fn assign(id: &CaseCode, assigned: &Assigned, context: &Context<'_>) -> Result<ClueEvent, Refusal> {
    let clue = open(id, context)?;
    let Assigned { department, due } = assigned;
    leads(clue, context)?;
    match clue.stage(department) {
        Some(Stage::HandedOn) => context.role(&[Role::JointOffice], ART)?,
        Some(found @ Stage::Concluded) => {
            return Err(step(department, found, &[Stage::Concerned, Stage::Assigned]));
        }
        _ => {}
    }
    if *due < context.day() {
        let (due, assigned) = (*due, context.day());
        return Err(ClueRefusal::DueBeforeAssigned { due, assigned }.into());
    }
    let concerned: BTreeSet<_> = gather(clue.concerned().chain([department]));
    coordinated(clue.coordinator.as_ref(), concerned.into_iter())?;
    Ok(ClueEvent::Assigned(assigned.clone()))
}

fn accept(id: &CaseCode, accepted: &Accepted, context: &Context<'_>) -> Result<ClueEvent, Refusal> {
    at(id, &accepted.department, &[Stage::Assigned], context)?;
    Ok(ClueEvent::Accepted(accepted.clone()))
}

fn transfer(
    id: &CaseCode,
    transferred: &Transferred,
    context: &Context<'_>,
) -> Result<ClueEvent, Refusal> {
    let Transferred { department, to, .. } = transferred;
    let stages = [Stage::Assigned, Stage::Accepted, Stage::Investigated];
    let clue = at(id, department, &stages, context)?;
    if to == department {
        return Err(ClueRefusal::TransferToOneself { department: to.clone() }.into());
    }
    // Nobody gets back what it handed on, so a clue never goes round in circles.
    if clue.stage(to) == Some(Stage::HandedOn) {
        return Err(ClueRefusal::TransferBack { to: to.clone() }.into());
    }
    Ok(ClueEvent::Transferred(transferred.clone()))
}

fn investigate(
    id: &CaseCode,
    investigated: &Investigated,
    context: &Context<'_>,
) -> Result<ClueEvent, Refusal> {
    at(id, &investigated.department, &[Stage::Accepted], context)?;
    Ok(ClueEvent::Investigated(investigated.clone()))
}

fn conclude(
    id: &CaseCode,
    concluded: &Concluded,
    context: &Context<'_>,
) -> Result<ClueEvent, Refusal> {
    at(id, &concluded.department, &[Stage::Investigated], context)?;
    Ok(ClueEvent::Concluded(concluded.clone()))
}

fn close(id: &CaseCode, closed: &Closed, context: &Context<'_>) -> Result<ClueEvent, Refusal> {
    let clue = open(id, context)?;
    leads(clue, context)?;
    if clue.parts.is_empty() {
        return Err(ClueRefusal::Unassigned { clue: id.clone() }.into());
    }
    let open: Vec<_> = clue.open().map(|(department, _)| department.clone()).collect();
    if !open.is_empty() {
        return Err(ClueRefusal::NotConcluded { departments: List(open) }.into());
    }
    Ok(ClueEvent::Closed(closed.clone()))
}

/// The clue of that number, which is not closed.
fn open<'a>(id: &CaseCode, context: &Context<'a>) -> Result<&'a Clue, Refusal> {
    let Some(clue) = context.world.clues.get(id) else {
        return Err(Common::NoSuchCase { case: case(id) }.into());
    };
    match clue.closed {
        Some(on) => Err(ClueRefusal::AlreadyClosed { clue: id.clone(), on }.into()),
        None => Ok(clue),
    }
}

/// The same, where the actor keeps the department's part and it is at one of these stages. The platform
/// observes the parts of departments that work elsewhere.
fn at<'a>(
    id: &CaseCode,
    department: &DepartmentId,
    wanted: &[Stage],
    context: &Context<'a>,
) -> Result<&'a Clue, Refusal> {
    let clue = open(id, context)?;
    context.acts_for(department, &with_keepers([Role::Platform]), ART)?;
    match clue.stage(department) {
        Some(found) if wanted.contains(&found) => Ok(clue),
        found => Err(step(department, found.unwrap_or(Stage::Concerned), wanted)),
    }
}

fn step(department: &DepartmentId, found: Stage, wanted: &[Stage]) -> Refusal {
    let (department, wanted) = (department.clone(), List(wanted.to_vec()));
    ClueRefusal::Step { department, found, wanted }.into()
}

/// The joint office may always step in.
fn leads(clue: &Clue, context: &Context<'_>) -> Result<(), NotEntitled> {
    match clue.lead() {
        Some(lead) => context.acts_for(lead, &with_keepers([Role::JointOffice]), ART),
        None => context.role(&[Role::JointOffice], ART),
    }
}

/// Several departments need somebody who coordinates.
fn coordinated<'a>(
    coordinator: Option<&DepartmentId>,
    departments: impl Iterator<Item = &'a DepartmentId>,
) -> Result<(), ClueRefusal> {
    let departments = List(departments.cloned().collect());
    match coordinator {
        None if departments.0.len() > 1 => Err(ClueRefusal::WithoutCoordinator { departments }),
        _ => Ok(()),
    }
}
