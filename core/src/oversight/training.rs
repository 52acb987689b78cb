//! 业务指导、教育培训和监督管理, article 27: what the departments in charge of an industry do for those that inspect
//! in it.

use crate::actor::Role;
use crate::case::{CaseId, CaseKind, Context, Fact, Stamp};
use crate::citation::Basis;
use crate::code::{CaseCode, DepartmentId, IndustryCode, PersonCode};
use crate::date::Date;
use crate::hash::Digest;
use crate::refusal::{Common, Refusal, refusals};
use alloc::collections::BTreeSet;
use alloc::vec::Vec;
use serde::{Deserialize, Serialize};

const ART: Basis = Basis::Article(27);

/// What was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum TrainingKind {
    /// 业务指导.
    Guidance,
    /// 教育培训.
    Training,
    /// 监督管理.
    Supervision,
}

/// What can be done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub enum TrainingCommand {
    /// The department in charge of an industry, or the joint office, records what was done on the day of effect.
    Record {
        /// What happened.
        given: Given,
        /// Its number.
        training: CaseCode,
    },
}

/// Departments were guided, trained or supervised.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Given {
    /// The departments it was for, at least one.
    pub departments: BTreeSet<DepartmentId>,
    /// The industry.
    pub industry: IndustryCode,
    /// What was done.
    pub kind: TrainingKind,
    /// The people who took part; a training has some.
    pub participants: BTreeSet<PersonCode>,
    /// Salted digest of what was taught, advised or found.
    pub text: Digest,
}

/// What happened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum TrainingEvent {
    /// Departments were guided, trained or supervised.
    Given(Given),
}

refusals! {
    /// What is refused of guidance and training.
    TrainingRefusal {
        NotLead { department: DepartmentId, industry: IndustryCode, lead: DepartmentId } = "guidance-not-by-lead", Article(27),
            "行业{industry}的主管部门是{lead}；{department}不得以主管部门身份记录",
            "{lead} is in charge of industry {industry}, not {department}; the department in charge guides the others";
        ForNobody { training: CaseCode } = "training-for-nobody", Article(27),
            "{training}没有写明受指导的部门，或培训没有参加人员",
            "{training} names no department, or is a training in which nobody took part";
    }
}

/// What was done for the departments.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Training {
    /// Who gave it; none for the joint office.
    pub by: Option<DepartmentId>,
    /// What was done.
    pub given: Given,
    /// The day.
    pub on: Date,
}

impl Training {
    /// Takes over what happened to it. Gives it where it begins with that.
    pub(crate) fn apply(
        _: Option<&mut Self>,
        event: &TrainingEvent,
        stamp: &Stamp,
    ) -> Option<Self> {
        let TrainingEvent::Given(given) = event;
        let (by, on) = (stamp.actor.department.clone(), stamp.effective);
        Some(Self { by, given: given.clone(), on })
    }
}

/// The case of a number.
pub fn case(id: &CaseCode) -> CaseId {
    CaseId { id: id.clone(), kind: CaseKind::Training }
}

/// Decides a command.
pub(crate) fn decide(
    command: &TrainingCommand,
    context: &Context<'_>,
) -> Result<Vec<Fact>, Refusal> {
    let TrainingCommand::Record { given, training } = command;
    context.role(&[Role::Officer, Role::DepartmentHead, Role::JointOffice], ART)?;
    if context.world.trainings.contains_key(training) {
        return Err(Common::CaseExists { case: case(training) }.into());
    }
    let lead = &context.world.joint_list(&given.industry, context.day())?.lead;
    match &context.stamp.actor.department {
        Some(department) if department != lead => {
            let (department, lead) = (department.clone(), lead.clone());
            let industry = given.industry.clone();
            return Err(TrainingRefusal::NotLead { department, industry, lead }.into());
        }
        _ => {}
    }
    let nobody = given.kind == TrainingKind::Training && given.participants.is_empty();
    if given.departments.is_empty() || nobody {
        return Err(TrainingRefusal::ForNobody { training: training.clone() }.into());
    }
    Ok([Fact::new(case(training), &[ART], TrainingEvent::Given(given.clone()))].into())
}
