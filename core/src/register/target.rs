//! 检查对象名录库, article 14: what can be inspected. Its risk class is that of article 10.

use super::shelf::{Changed, Imported, KEEPERS, Row, Shelf, may_import};
use super::{RegisterKind, Registers};
use crate::by_id::ById;
use crate::case::{CaseId, CaseKind, Context, Fact, Stamp};
use crate::citation::Basis;
use crate::code::{DepartmentId, Division, Industry, Label, ReasonCode, TargetId};
use crate::date::Date;
use crate::hash::Digest;
use crate::refusal::{Refusal, refusals};
use crate::risk::RiskClass;
use alloc::collections::{BTreeMap, BTreeSet};
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use serde::{Deserialize, Serialize};

const ART: Basis = Basis::Article(14);

/// The kinds of targets: a closed list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum TargetKind {
    /// 企业.
    Enterprise,
    /// 个体工商户.
    IndividualBusiness,
    /// 其他主体.
    OtherBody,
    /// 产品.
    Product,
    /// 项目.
    Project,
    /// 行为.
    Behaviour,
}

/// A target as a department has it in its register. Name and address are the host's.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Target {
    /// Its credit-risk class, internal (our decision `class-not-public`). None: not classified yet.
    pub class: Option<RiskClass>,
    /// Where it is.
    pub division: Option<Division>,
    /// The day from which it is registered no more.
    pub ended: Option<Date>,
    /// Its code.
    pub id: TargetId,
    /// What it does.
    pub industry: Option<Industry>,
    /// What it is.
    pub kind: TargetKind,
    /// 分类标注.
    pub labels: BTreeSet<Label>,
}

impl Target {
    /// Whether it stands in the register on that day.
    pub fn registered(&self, day: Date) -> bool {
        self.ended.is_none_or(|ended| day < ended)
    }
}

/// What can be done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum TargetCommand {
    /// A department records a bulk import in place of its register.
    Import(Imported),
    /// A department changes its register.
    Change(TargetChange),
}

/// A change of a register.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum TargetChange {
    /// A target came in, or came back.
    Registered(TargetRegistered),
    /// What is said of a target changed.
    Revised(TargetRevised),
    /// Its risk class changed: article 10.
    Classed(TargetClassed),
    /// A target was deregistered on the day of effect.
    Deregistered(TargetDeregistered),
}

/// A target came in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct TargetRegistered {
    /// Whose register.
    pub department: DepartmentId,
    /// The target.
    pub target: Target,
}

/// What is said of a target from the day of effect on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct TargetRevised {
    /// Whose register.
    pub department: DepartmentId,
    /// Where it is.
    pub division: Option<Division>,
    /// What it does.
    pub industry: Option<Industry>,
    /// 分类标注.
    pub labels: BTreeSet<Label>,
    /// The target.
    pub target: TargetId,
}

/// The risk class of a target from the day of effect on, with the reason.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct TargetClassed {
    /// The class.
    pub class: RiskClass,
    /// Whose register.
    pub department: DepartmentId,
    /// Salted digest of the assessment that it rests on.
    pub grounds: Digest,
    /// Why, as a code of the host.
    pub reason: ReasonCode,
    /// The target.
    pub target: TargetId,
}

/// A target was deregistered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct TargetDeregistered {
    /// Whose register.
    pub department: DepartmentId,
    /// Why, as a code of the host.
    pub reason: ReasonCode,
    /// The target.
    pub target: TargetId,
}

/// What happened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum TargetEvent {
    /// A bulk import was recorded.
    Imported(Imported),
    /// The register was changed.
    Changed(TargetChange),
}

refusals! {
    /// What is refused of target registers.
    TargetRefusal {
        RegisteredAlready { target: TargetId, department: DepartmentId } = "target-registered-already", Article(14),
            "{target}已在{department}的检查对象名录库中；信息有变时应变更，不重复入库",
            "{target} is in the register of {department} already; revise what is said of it";
        NotRegistered { target: TargetId, department: DepartmentId, day: Date } = "target-not-registered", Article(14),
            "{target}在{day}不在{department}的检查对象名录库中；应先入库",
            "{target} is not in the register of {department} on {day}; register it first";
        EndsBeforeItBegins { target: TargetId, ended: Date, day: Date } = "target-ended-already", Article(14),
            "{target}已于{ended}注销或关闭，不得于{day}入库；入库的对象应在册",
            "{target} ended on {ended} and cannot come in on {day}; what comes in is there";
        SameClass { target: TargetId, class: RiskClass } = "class-unchanged", Article(10),
            "{target}已是{class}类；只有改变风险分类才作变更",
            "{target} is of class {class} already; only another class is a change";
    }
}

impl TargetChange {
    /// Whose register is changed.
    pub const fn department(&self) -> &DepartmentId {
        match self {
            Self::Registered(change) => &change.department,
            Self::Revised(change) => &change.department,
            Self::Classed(change) => &change.department,
            Self::Deregistered(change) => &change.department,
        }
    }

    /// Which target is concerned.
    pub const fn target(&self) -> &TargetId {
        match self {
            Self::Registered(change) => &change.target.id,
            Self::Revised(change) => &change.target,
            Self::Classed(change) => &change.target,
            Self::Deregistered(change) => &change.target,
        }
    }

    /// The article that asks for it.
    const fn basis(&self) -> Basis {
        match self {
            Self::Classed(_) => Basis::Article(10),
            _ => ART,
        }
    }
}

impl Row for Target {
    const REGISTER: RegisterKind = RegisterKind::Targets;
    type Key = TargetId;
    type Change = TargetChange;

    fn key(&self) -> TargetId {
        self.id.clone()
    }

    fn shown(&self) -> String {
        self.id.to_string()
    }

    /// Any target can: its code is all that it has to have.
    fn fits(&self, _: &DepartmentId) -> Result<(), Refusal> {
        Ok(())
    }

    fn shelves(registers: &mut Registers) -> &mut ById<DepartmentId, Shelf<Self>> {
        &mut registers.targets
    }

    fn change(rows: &mut BTreeMap<TargetId, Self>, change: &Changed<TargetChange>) {
        if let TargetChange::Registered(TargetRegistered { target, .. }) = &change.what {
            rows.insert(target.id.clone(), target.clone());
        }
        let Some(target) = rows.get_mut(change.what.target()) else { return };
        match &change.what {
            TargetChange::Registered(_) => {}
            TargetChange::Revised(TargetRevised { division, industry, labels, .. }) => {
                target.division.clone_from(division);
                target.industry.clone_from(industry);
                target.labels.clone_from(labels);
            }
            TargetChange::Classed(classed) => target.class = Some(classed.class),
            TargetChange::Deregistered(_) => target.ended = Some(change.on),
        }
    }
}

/// Takes over what happened.
pub(crate) fn apply(registers: &mut Registers, event: &TargetEvent, stamp: &Stamp) {
    let targets = &mut registers.targets;
    match event {
        TargetEvent::Imported(import) => {
            targets.get_or_default(import.department.clone()).record_import(import.clone());
        }
        TargetEvent::Changed(change) => {
            let shelf = targets.get_or_default(change.department().clone());
            shelf.record_change(Changed { on: stamp.effective, what: change.clone() });
        }
    }
}

/// The case of a department's register.
pub fn case(department: &DepartmentId) -> CaseId {
    CaseId { id: department.into(), kind: CaseKind::TargetRegister }
}

/// Decides a command.
pub(crate) fn decide(command: &TargetCommand, context: &Context<'_>) -> Result<Vec<Fact>, Refusal> {
    let (department, basis, event) = match command {
        TargetCommand::Import(import) => {
            let shelf = context.world.registers.targets.get(&import.department);
            may_import(import, shelf, context)?;
            (&import.department, ART, TargetEvent::Imported(import.clone()))
        }
        TargetCommand::Change(change) => {
            context.acts_for(change.department(), &KEEPERS, change.basis())?;
            may_change(change, context)?;
            (change.department(), change.basis(), TargetEvent::Changed(change.clone()))
        }
    };
    Ok([Fact::new(case(department), &[basis], event)].into())
}

fn may_change(change: &TargetChange, context: &Context<'_>) -> Result<(), Refusal> {
    let (department, target) = (change.department().clone(), change.target().clone());
    let day = context.day();
    let row = context.world.registers.target_of(&department, &target)?;
    let row = row.filter(|row| row.registered(day));
    match (change, row) {
        (TargetChange::Registered(_), Some(_)) => {
            Err(TargetRefusal::RegisteredAlready { target, department }.into())
        }
        (TargetChange::Registered(new), None) => match new.target.ended {
            Some(ended) if ended <= day => {
                Err(TargetRefusal::EndsBeforeItBegins { target, ended, day }.into())
            }
            _ => Ok(()),
        },
        (_, None) => Err(TargetRefusal::NotRegistered { target, department, day }.into()),
        (TargetChange::Classed(TargetClassed { class, .. }), Some(row))
            if row.class == Some(*class) =>
        {
            Err(TargetRefusal::SameClass { target, class: *class }.into())
        }
        _ => Ok(()),
    }
}
