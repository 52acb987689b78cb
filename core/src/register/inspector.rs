//! 执法检查人员名录库, article 15: who may inspect, by level, division, category and expertise.

use super::shelf::{Changed, Imported, KEEPERS, Row, Shelf, may_import, of_department};
use super::{RegisterKind, Registers, another, rows};
use crate::by_id::ById;
use crate::case::{CaseId, CaseKind, Context, Fact, Stamp};
use crate::citation::Basis;
use crate::code::{DepartmentId, Division, InspectorId, Label, Qualification, ReasonCode};
use crate::date::Date;
use crate::hash::Digest;
use crate::refusal::{Refusal, refusals};
use alloc::collections::{BTreeMap, BTreeSet};
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use serde::{Deserialize, Serialize};

const ART: Basis = Basis::Article(15);

/// 执法层级, from the lowest to the highest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Level {
    /// 乡镇、街道.
    Township,
    /// 县级.
    County,
    /// 市级.
    City,
    /// 省级.
    Province,
}

impl Level {
    /// The stable code.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Township => "township",
            Self::County => "county",
            Self::City => "city",
            Self::Province => "province",
        }
    }
}

impl core::fmt::Display for Level {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(self.code())
    }
}

/// What somebody of the register may do (our decision `support-staff`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Staff {
    /// 执法人员: has a certificate, is matched and counts.
    Enforcement,
    /// 辅助人员 without certificate, institutes, experts: named in the record, neither matched nor counted.
    Support,
}

/// 行政执法证.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Certificate {
    /// Salted digest of its number.
    pub number: Digest,
    /// The last day on which it is valid.
    pub until: Date,
}

/// Somebody of the register. The name is the host's.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Inspector {
    /// 执法类别: what the inspector is qualified for.
    pub categories: BTreeSet<Qualification>,
    /// The certificate; support staff may have none.
    pub certificate: Option<Certificate>,
    /// The department.
    pub department: DepartmentId,
    /// 行政区域: where the inspector may inspect.
    pub divisions: BTreeSet<Division>,
    /// The day from which the inspector is in the register no more.
    pub ended: Option<Date>,
    /// 业务专长.
    pub expertise: BTreeSet<Label>,
    /// The code.
    pub id: InspectorId,
    /// 执法层级.
    pub level: Level,
    /// Enforcement or support.
    pub staff: Staff,
}

impl Inspector {
    /// Whether the inspector stands in the register on that day.
    pub fn registered(&self, day: Date) -> bool {
        self.ended.is_none_or(|ended| day < ended)
    }

    /// The last day on which the certificate is valid.
    pub fn certificate_until(&self) -> Option<Date> {
        self.certificate.as_ref().map(|certificate| certificate.until)
    }

    /// Whether the inspector may be matched for days up to `until`: enforcement staff of the register, with a
    /// certificate that is valid on every one of them (our decision `certificate-window`).
    pub fn may_inspect(&self, until: Date) -> bool {
        self.staff == Staff::Enforcement
            && self.registered(until)
            && self.certificate_until().is_some_and(|valid| until <= valid)
    }
}

/// What can be done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum InspectorCommand {
    /// A department records a bulk import in place of its register.
    Import(Imported),
    /// A department changes its register.
    Change(InspectorChange),
}

/// A change of a register.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum InspectorChange {
    /// Somebody came in, or came back.
    Registered(Inspector),
    /// What is said of somebody changed, such as a renewed certificate.
    Revised(Inspector),
    /// Somebody left on the day of effect.
    Left(InspectorLeft),
}

/// Somebody left the register.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct InspectorLeft {
    /// Whose register.
    pub department: DepartmentId,
    /// Who.
    pub inspector: InspectorId,
    /// Why, as a code of the host.
    pub reason: ReasonCode,
}

/// What happened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum InspectorEvent {
    /// A bulk import was recorded.
    Imported(Imported),
    /// The register was changed.
    Changed(InspectorChange),
}

refusals! {
    /// What is refused of inspector registers.
    InspectorRefusal {
        NoCertificate { inspector: InspectorId } = "enforcement-without-certificate", Article(15),
            "{inspector}列为执法人员而没有执法证；应登记执法证，或列为辅助人员",
            "{inspector} is enforcement staff without a certificate; record the certificate, or register as support staff";
        RegisteredAlready { inspector: InspectorId, department: DepartmentId } = "inspector-registered-already", Article(15),
            "{inspector}已在{department}的执法检查人员名录库中；信息有变时应变更，调动时应先离库",
            "{inspector} is in the register of {department} already; revise what is said, or let the inspector leave there first";
        NotRegistered { inspector: InspectorId, department: DepartmentId, day: Date } = "inspector-not-registered", Article(15),
            "{inspector}在{day}不在{department}的执法检查人员名录库中；应先入库",
            "{inspector} is not in the register of {department} on {day}; register first";
        EndedAlready { inspector: InspectorId, ended: Date, day: Date } = "inspector-ended-already", Article(15),
            "{inspector}的离库日{ended}不在{day}之后；离库应作离库变更",
            "{inspector} would have left on {ended}, not after {day}; whoever leaves is recorded as leaving";
    }
}

impl Inspector {
    /// What nobody of the register may be.
    fn check(&self) -> Result<(), Refusal> {
        match (self.staff, &self.certificate) {
            (Staff::Enforcement, None) => {
                Err(InspectorRefusal::NoCertificate { inspector: self.id.clone() }.into())
            }
            _ => Ok(()),
        }
    }

    /// Whoever comes in or is revised is there on that day.
    fn comes_in(&self, day: Date) -> Result<(), Refusal> {
        match self.ended {
            Some(ended) if ended <= day => {
                Err(InspectorRefusal::EndedAlready { inspector: self.id.clone(), ended, day }
                    .into())
            }
            _ => Ok(()),
        }
    }
}

impl InspectorChange {
    /// Whose register is changed.
    pub const fn department(&self) -> &DepartmentId {
        match self {
            Self::Registered(inspector) | Self::Revised(inspector) => &inspector.department,
            Self::Left(left) => &left.department,
        }
    }

    /// Who is concerned.
    pub const fn inspector(&self) -> &InspectorId {
        match self {
            Self::Registered(inspector) | Self::Revised(inspector) => &inspector.id,
            Self::Left(left) => &left.inspector,
        }
    }
}

impl Row for Inspector {
    const REGISTER: RegisterKind = RegisterKind::Inspectors;
    type Key = InspectorId;
    type Change = InspectorChange;

    fn key(&self) -> InspectorId {
        self.id.clone()
    }

    fn shown(&self) -> String {
        self.id.to_string()
    }

    fn fits(&self, department: &DepartmentId) -> Result<(), Refusal> {
        of_department(&self.department, department, self)?;
        self.check()
    }

    fn shelves(registers: &mut Registers) -> &mut ById<DepartmentId, Shelf<Self>> {
        &mut registers.inspectors
    }

    fn change(rows: &mut BTreeMap<InspectorId, Self>, change: &Changed<InspectorChange>) {
        match &change.what {
            InspectorChange::Registered(inspector) | InspectorChange::Revised(inspector) => {
                rows.insert(inspector.id.clone(), inspector.clone());
            }
            InspectorChange::Left(left) => {
                if let Some(inspector) = rows.get_mut(&left.inspector) {
                    inspector.ended = Some(change.on);
                }
            }
        }
    }
}

/// Takes over what happened.
pub(crate) fn apply(registers: &mut Registers, event: &InspectorEvent, stamp: &Stamp) {
    let inspectors = &mut registers.inspectors;
    match event {
        InspectorEvent::Imported(import) => {
            inspectors.get_or_default(import.department.clone()).record_import(import.clone());
        }
        InspectorEvent::Changed(change) => {
            let shelf = inspectors.get_or_default(change.department().clone());
            shelf.record_change(Changed { on: stamp.effective, what: change.clone() });
        }
    }
}

/// The case of a department's register.
pub fn case(department: &DepartmentId) -> CaseId {
    CaseId { id: department.into(), kind: CaseKind::InspectorRegister }
}

/// Decides a command.
pub(crate) fn decide(
    command: &InspectorCommand,
    context: &Context<'_>,
) -> Result<Vec<Fact>, Refusal> {
    let (department, event) = match command {
        InspectorCommand::Import(import) => {
            let shelf = context.world.registers.inspectors.get(&import.department);
            may_import(import, shelf, context)?;
            (&import.department, InspectorEvent::Imported(import.clone()))
        }
        InspectorCommand::Change(change) => {
            context.acts_for(change.department(), &KEEPERS, ART)?;
            may_change(change, context)?;
            (change.department(), InspectorEvent::Changed(change.clone()))
        }
    };
    Ok([Fact::new(case(department), &[ART], event)].into())
}

fn may_change(change: &InspectorChange, context: &Context<'_>) -> Result<(), Refusal> {
    let (department, id) = (change.department(), change.inspector());
    let (day, inspectors) = (context.day(), &context.world.registers.inspectors);
    let stands = |rows: &BTreeMap<InspectorId, Inspector>| {
        rows.get(id).is_some_and(|inspector| inspector.registered(day))
    };
    let here = rows(inspectors, department)?.is_some_and(stands).then(|| department.clone());
    match change {
        InspectorChange::Registered(new) => {
            new.check()?;
            new.comes_in(day)?;
            match here.or_else(|| another(inspectors, department, stands)) {
                Some(department) => {
                    let inspector = id.clone();
                    Err(InspectorRefusal::RegisteredAlready { inspector, department }.into())
                }
                None => Ok(()),
            }
        }
        _ if here.is_none() => {
            let (inspector, department) = (id.clone(), department.clone());
            Err(InspectorRefusal::NotRegistered { inspector, department, day }.into())
        }
        InspectorChange::Revised(new) => {
            new.check()?;
            new.comes_in(day)
        }
        InspectorChange::Left(_) => Ok(()),
    }
}
