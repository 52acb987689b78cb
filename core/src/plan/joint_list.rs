//! 照单履职, article 3: the joint list (一业一查事项清单) says for each industry who leads it and which items of
//! which departments are inspected together.

use crate::actor::Role;
use crate::by_id::ById;
use crate::case::{CaseId, CaseKind, Context, Fact, Stamp};
use crate::citation::Basis;
use crate::code::{DepartmentId, IndustryCode, ItemId};
use crate::date::Date;
use crate::draw::announcement::FreeText;
use crate::order::gather;
use crate::refusal::{Common, Refusal, refusals};
use crate::world::World;
use alloc::collections::BTreeSet;
use alloc::vec::Vec;
use serde::{Deserialize, Serialize};

const ART: Basis = Basis::Article(3);

/// An industry's part of the joint list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Listed {
    /// The number of the document that it was issued under.
    pub document: FreeText,
    /// What is inspected together.
    pub items: ById<ItemId, ListedItem>,
    /// 行业主管部门: the department that leads the industry.
    pub lead: DepartmentId,
}

/// An item of the joint list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct ListedItem {
    /// 检查主体: the body that inspects it, the department itself or one of its own.
    pub body: DepartmentId,
    /// 联查部门: the department whose item it is.
    pub department: DepartmentId,
}

impl Listed {
    /// The departments that have an item on it.
    pub fn departments(&self) -> BTreeSet<&DepartmentId> {
        gather(self.items.values().map(|item| &item.department))
    }
}

/// What can be done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub enum JointListCommand {
    /// The joint office issues an industry's list, in force from the day of effect in place of an earlier one.
    Issue {
        /// The industry.
        industry: IndustryCode,
        /// What happened.
        listed: Listed,
    },
    /// The joint office takes an industry off the list from the day of effect.
    Repeal {
        /// The industry.
        industry: IndustryCode,
        /// What happened.
        repealed: Repealed,
    },
}

/// An industry was taken off the list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Repealed {
    /// The number of the document.
    pub document: FreeText,
}

/// What happened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum JointListEvent {
    /// The list was issued.
    Issued(Listed),
    /// The industry was taken off.
    Repealed(Repealed),
}

refusals! {
    /// What is refused of the joint list.
    JointListRefusal {
        OneDepartment { industry: IndustryCode } = "joint-list-one-department", Article(2),
            "行业{industry}的清单应含至少两个部门的事项",
            "the list of industry {industry} needs items of at least two departments";
        Backdated { industry: IndustryCode, day: Date, last: Date } = "joint-list-backdated", Article(3),
            "行业{industry}的清单已有自{last}起施行的版本；新版本的施行日不得早于该日，现为{day}",
            "the list of industry {industry} has a version in force from {last}; the next takes effect then or later, not on {day}";
        NotInForce { industry: IndustryCode, day: Date } = "joint-list-not-in-force", Article(3),
            "{day}没有行业{industry}的施行中的联合抽查事项清单；应先发布清单",
            "no joint list of industry {industry} is in force on {day}; it is issued first";
    }
}

/// The versions of an industry's list.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct JointList {
    /// What holds from each of these days on, in the order of the days; nothing after a repeal.
    pub versions: Vec<(Date, Option<Listed>)>,
}

impl JointList {
    /// What holds on a day.
    pub fn on(&self, day: Date) -> Option<&Listed> {
        self.versions.iter().rev().find(|(from, _)| *from <= day)?.1.as_ref()
    }

    /// Takes over what happened to it.
    pub(crate) fn apply(&mut self, event: &JointListEvent, stamp: &Stamp) {
        let version = match event {
            JointListEvent::Issued(listed) => Some(listed.clone()),
            JointListEvent::Repealed(_) => None,
        };
        self.versions.push((stamp.effective, version));
    }
}

impl World {
    /// An industry's joint list on a day.
    ///
    /// # Errors
    /// [`JointListRefusal::NotInForce`]
    pub fn joint_list(&self, industry: &IndustryCode, day: Date) -> Result<&Listed, Refusal> {
        let listed = self.joint_lists.get(industry.as_str()).and_then(|list| list.on(day));
        listed
            .ok_or_else(|| JointListRefusal::NotInForce { industry: industry.clone(), day }.into())
    }
}

/// The case of an industry.
pub fn case(industry: &IndustryCode) -> CaseId {
    CaseId { kind: CaseKind::JointList, id: industry.into() }
}

/// Decides a command.
pub(crate) fn decide(
    command: &JointListCommand,
    context: &Context<'_>,
) -> Result<Vec<Fact>, Refusal> {
    context.role(&[Role::JointOffice], ART)?;
    match command {
        JointListCommand::Issue { industry, listed } => issue(industry, listed, context),
        JointListCommand::Repeal { industry, repealed } => repeal(industry, repealed, context),
    }
}

fn issue(
    industry: &IndustryCode,
    listed: &Listed,
    context: &Context<'_>,
) -> Result<Vec<Fact>, Refusal> {
    if listed.departments().len() < 2 {
        return Err(JointListRefusal::OneDepartment { industry: industry.clone() }.into());
    }
    in_order(industry, context)?;
    Ok([Fact::new(case(industry), &[ART], JointListEvent::Issued(listed.clone()))].into())
}

fn repeal(
    industry: &IndustryCode,
    repealed: &Repealed,
    context: &Context<'_>,
) -> Result<Vec<Fact>, Refusal> {
    if !context.world.joint_lists.contains_key(industry.as_str()) {
        return Err(Common::NoSuchCase { case: case(industry) }.into());
    }
    in_order(industry, context)?;
    context.world.joint_list(industry, context.day())?;
    Ok([Fact::new(case(industry), &[ART], JointListEvent::Repealed(repealed.clone()))].into())
}

/// Versions follow each other. A second one on the same day corrects the first.
fn in_order(industry: &IndustryCode, context: &Context<'_>) -> Result<(), JointListRefusal> {
    let list = context.world.joint_lists.get(industry.as_str());
    let (industry, day) = (industry.clone(), context.day());
    match list.and_then(|list| list.versions.last()) {
        Some(&(last, _)) if day < last => Err(JointListRefusal::Backdated { industry, day, last }),
        _ => Ok(()),
    }
}
