//! 检查对象名录库, article 14: what can be inspected. Its risk class is that of article 10.

use super::RegisterKind;
use super::shelf::{Changed, Row};
use crate::code::{Division, Industry, Label, TargetId};
use crate::date::Date;
use crate::risk::RiskClass;
use alloc::collections::{BTreeMap, BTreeSet};
use serde::{Deserialize, Serialize};

/// The kinds of targets: a closed list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
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

/// A change of a register.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum TargetChange {
    /// A target came in.
    Registered(Target),
}

impl Row for Target {
    const REGISTER: RegisterKind = RegisterKind::Targets;
    type Key = TargetId;
    type Change = TargetChange;

    fn key(&self) -> TargetId {
        self.id.clone()
    }

    fn change(rows: &mut BTreeMap<TargetId, Self>, change: &Changed<TargetChange>) {
        match &change.what {
            TargetChange::Registered(target) => {
                rows.insert(target.id.clone(), target.clone());
            }
        }
    }
}
