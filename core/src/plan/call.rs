//! 吹哨响应, article 6: the initiator calls at each stage, and each department called answers by a date.

use super::annual::PlanYear;
use crate::actor::Role;
use crate::by_id::ById;
use crate::case::{CaseId, CaseKind, Context, Fact, Stamp};
use crate::citation::Basis;
use crate::code::{CaseCode, DepartmentId, SchemeId};
use crate::date::Date;
use crate::hash::Digest;
use crate::refusal::{Common, Refusal, refusals};
use crate::world::World;
use alloc::collections::BTreeSet;
use alloc::vec::Vec;
use serde::{Deserialize, Serialize};

const ART: Basis = Basis::Article(6);

/// The stage of a call (环节), with what it is about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub enum Stage {
    /// 方案制定: the scheme that will carry out this entry of the plan.
    Scheme {
        /// The entry.
        entry: CaseCode,
        /// The year of the plan.
        year: PlanYear,
    },
    /// 随机抽取.
    Draw {
        /// The scheme.
        scheme: SchemeId,
    },
    /// 实地检查.
    OnSite {
        /// The scheme.
        scheme: SchemeId,
    },
    /// 公示处理.
    Publication {
        /// The scheme.
        scheme: SchemeId,
    },
}

/// What can be done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub enum CallCommand {
    /// The initiator calls departments.
    Make {
        /// The number of the call.
        id: CaseCode,
        /// What happened.
        made: Made,
    },
    /// A department called answers, or adds to its answer.
    Answer {
        /// The salted digest of the answer.
        answer: Digest,
        /// The department.
        department: DepartmentId,
        /// The number of the call.
        id: CaseCode,
    },
    /// The initiator takes a call back.
    Withdraw {
        /// The number of the call.
        id: CaseCode,
        /// What happened.
        withdrawn: Withdrawn,
    },
}

/// The initiator called departments.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Made {
    /// Who calls.
    pub by: DepartmentId,
    /// The departments called, at least one.
    pub called: BTreeSet<DepartmentId>,
    /// The last day for an answer.
    pub due: Date,
    /// The stage.
    pub stage: Stage,
    /// The salted digest of what is asked.
    pub text: Digest,
}

/// A department answered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Answered {
    /// The salted digest of the answer.
    pub answer: Digest,
    /// Days after the due day; nothing when it was in time.
    pub days_late: Option<u32>,
    /// The department.
    pub department: DepartmentId,
}

/// The initiator took a call back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Withdrawn {
    /// The salted digest of the reason.
    pub reason: Digest,
}

/// What happened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum CallEvent {
    /// The initiator called.
    Made(Made),
    /// A department answered.
    Answered(Answered),
    /// The call was taken back.
    Withdrawn(Withdrawn),
}

refusals! {
    /// What is refused of calls.
    CallRefusal {
        NoEntry { year: PlanYear, entry: CaseCode } = "call-without-plan", Article(6),
            "{year}年度计划没有已印发或已批准的条目{entry}；方案制定环节应就这样的条目召集",
            "{year} has no entry {entry} in force; a call at the stage of the scheme is about one";
        NotInitiator { by: DepartmentId, initiator: DepartmentId } = "call-not-initiator", Article(6),
            "{by}不是发起部门；应由发起部门{initiator}牵头吹哨",
            "{by} is not the initiator; {initiator} calls";
        Nobody { id: CaseCode } = "call-nobody", Article(6),
            "吹哨{id}没有写明要求响应的其他部门；应至少有一个",
            "call {id} names no other department; it calls at least one";
        WithoutPart { id: CaseCode, department: DepartmentId } = "call-without-part", Article(6),
            "{department}不是参与部门；吹哨{id}只能要求参与部门响应",
            "{department} takes no part; call {id} is for those that do";
        DueBeforeCall { id: CaseCode, due: Date, day: Date } = "call-due-before-call", Article(6),
            "吹哨{id}的响应期限{due}早于{day}；应为当日或以后",
            "call {id} asks for answers by {due}, before {day}; they are due then or later";
        NotCalled { id: CaseCode, department: DepartmentId } = "call-not-called", Article(6),
            "吹哨{id}没有要求{department}响应；由被要求的部门响应",
            "call {id} did not call {department}; those answer that were called";
        Closed { id: CaseCode, on: Date } = "call-withdrawn", Article(6),
            "吹哨{id}已于{on}撤回",
            "call {id} was withdrawn on {on}";
    }
}

/// A call and its answers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Call {
    /// The day of the call.
    pub on: Date,
    /// What was called for.
    pub made: Made,
    /// The day on which each department first answered, and what it said last.
    pub answers: ById<DepartmentId, (Date, Digest)>,
    /// The day on which it was taken back.
    pub withdrawn: Option<Date>,
}

impl Call {
    /// The departments that have not answered yet.
    pub fn open(&self) -> impl Iterator<Item = &DepartmentId> {
        let asked = self.made.called.iter().filter(|_| self.withdrawn.is_none());
        asked.filter(|department| !self.answers.contains_key(*department))
    }

    /// Whether somebody has not answered although the due day is over.
    pub fn overdue(&self, day: Date) -> bool {
        day > self.made.due && self.open().next().is_some()
    }

    /// Takes over what happened to it. Gives it where it begins with that.
    pub(crate) fn apply(case: Option<&mut Self>, event: &CallEvent, stamp: &Stamp) -> Option<Self> {
        let on = stamp.effective;
        match (event, case) {
            (CallEvent::Made(made), _) => {
                let answers = ById::new();
                return Some(Self { on, made: made.clone(), answers, withdrawn: None });
            }
            (CallEvent::Answered(Answered { answer, department, .. }), Some(call)) => {
                match call.answers.get_mut(department) {
                    Some((_, said)) => *said = *answer,
                    None => call.answers.insert(department.clone(), (on, *answer)),
                }
            }
            (CallEvent::Withdrawn(_), Some(call)) => call.withdrawn = Some(on),
            (_, None) => {}
        }
        None
    }
}

impl World {
    /// The calls to which somebody has not answered yet.
    pub fn open_calls(&self) -> impl Iterator<Item = (&CaseCode, &Call)> {
        self.calls.iter().filter(|(_, call)| call.open().next().is_some())
    }

    /// The calls to which somebody has not answered although the due day is over.
    pub fn overdue_calls(&self, day: Date) -> impl Iterator<Item = (&CaseCode, &Call)> {
        self.calls.iter().filter(move |(_, call)| call.overdue(day))
    }
}

/// The case of a call.
pub fn case(id: &CaseCode) -> CaseId {
    CaseId { kind: CaseKind::Call, id: id.clone() }
}

/// Decides a command.
pub(crate) fn decide(command: &CallCommand, context: &Context<'_>) -> Result<Vec<Fact>, Refusal> {
    match command {
        CallCommand::Make { id, made } => make(id, made, context),
        CallCommand::Answer { answer, department, id } => answered(id, department, answer, context),
        CallCommand::Withdraw { id, withdrawn } => withdraw(id, withdrawn, context),
    }
}

fn make(id: &CaseCode, made: &Made, context: &Context<'_>) -> Result<Vec<Fact>, Refusal> {
    context.acts_for(&made.by, &[Role::Officer, Role::DepartmentHead], ART)?;
    if context.world.calls.contains_key(id) {
        return Err(Common::CaseExists { case: case(id) }.into());
    }
    let (initiator, participants) = concerned(&made.stage, context)?;
    if made.by != *initiator {
        let (by, initiator) = (made.by.clone(), initiator.clone());
        return Err(CallRefusal::NotInitiator { by, initiator }.into());
    }
    if made.called.iter().all(|department| *department == made.by) {
        return Err(CallRefusal::Nobody { id: id.clone() }.into());
    }
    if let Some(other) = made.called.iter().find(|called| !participants.contains(called)) {
        let (id, department) = (id.clone(), other.clone());
        return Err(CallRefusal::WithoutPart { id, department }.into());
    }
    if made.due < context.day() {
        let (id, due, day) = (id.clone(), made.due, context.day());
        return Err(CallRefusal::DueBeforeCall { id, due, day }.into());
    }
    fact(id, CallEvent::Made(made.clone()))
}

/// The initiator, and who takes part: at first all on the industry's joint list, then those with an item in the scheme.
fn concerned<'a>(
    stage: &Stage,
    context: &Context<'a>,
) -> Result<(&'a DepartmentId, BTreeSet<&'a DepartmentId>), Refusal> {
    match stage {
        Stage::Scheme { entry, year } => {
            let plan = context.world.plans.get(year.as_str());
            let Some(planned) = plan.and_then(|plan| plan.in_force(entry)) else {
                let (year, entry) = (year.clone(), entry.clone());
                return Err(CallRefusal::NoEntry { year, entry }.into());
            };
            let listed = context.world.joint_list(&planned.industry, context.day())?;
            Ok((&listed.lead, listed.departments()))
        }
        Stage::Draw { scheme } | Stage::OnSite { scheme } | Stage::Publication { scheme } => {
            let scheme = context.world.scheme(scheme)?;
            Ok((&scheme.initiator, scheme.departments()))
        }
    }
}

fn answered(
    id: &CaseCode,
    department: &DepartmentId,
    answer: &Digest,
    context: &Context<'_>,
) -> Result<Vec<Fact>, Refusal> {
    context.acts_for(department, &[Role::Officer, Role::DepartmentHead], ART)?;
    let call = standing(id, context)?;
    let (answer, department) = (*answer, department.clone());
    if !call.made.called.contains(&department) {
        return Err(CallRefusal::NotCalled { id: id.clone(), department }.into());
    }
    let late = context.day().days() - call.made.due.days();
    // What is added later does not make a first answer late.
    let first = !call.answers.contains_key(&department);
    let days_late = u32::try_from(late).ok().filter(|&days| days > 0 && first);
    fact(id, CallEvent::Answered(Answered { answer, days_late, department }))
}

fn withdraw(
    id: &CaseCode,
    withdrawn: &Withdrawn,
    context: &Context<'_>,
) -> Result<Vec<Fact>, Refusal> {
    let call = standing(id, context)?;
    context.acts_for(&call.made.by, &[Role::Officer, Role::DepartmentHead], ART)?;
    fact(id, CallEvent::Withdrawn(withdrawn.clone()))
}

/// The call, if it was not taken back.
fn standing<'a>(id: &CaseCode, context: &Context<'a>) -> Result<&'a Call, Refusal> {
    let Some(call) = context.world.calls.get(id) else {
        return Err(Common::NoSuchCase { case: case(id) }.into());
    };
    match call.withdrawn {
        Some(on) => Err(CallRefusal::Closed { id: id.clone(), on }.into()),
        None => Ok(call),
    }
}

fn fact(id: &CaseCode, event: CallEvent) -> Result<Vec<Fact>, Refusal> {
    Ok([Fact::new(case(id), &[ART], event)].into())
}
