//! 随机抽查事项清单, article 13: what a department checks, on what basis, and how.

use super::RegisterKind;
use super::law::LegalBasis;
use super::shelf::{Changed, Row};
use crate::code::{DepartmentId, ItemId, Qualification};
use crate::date::Date;
use crate::hash::Digest;
use alloc::collections::{BTreeMap, BTreeSet};
use alloc::vec::Vec;
use serde::{Deserialize, Serialize};

/// Whether an item is checked as a matter of routine or with priority.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ItemKind {
    /// 一般检查事项.
    General,
    /// 重点检查事项.
    Key,
}

/// How something is checked: article 20.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Method {
    /// 实地核查.
    OnSite,
    /// 书面检查.
    Written,
    /// 网络监测.
    OnlineMonitoring,
    /// 抽样检测.
    SamplingTest,
    /// 非现场监管: video, sensors, data comparison and the like.
    OffSite,
}

/// A version of an item.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Item {
    /// 抽查依据, at least one.
    pub basis: Vec<LegalBasis>,
    /// 检查主体: the body that inspects.
    pub body: DepartmentId,
    /// Digest of 检查内容, which the host keeps.
    pub content: Digest,
    /// The department whose list it is on.
    pub department: DepartmentId,
    /// The first day on which this version is in force.
    pub from: Date,
    /// The item.
    pub id: ItemId,
    /// 适用于“一业一查”: marked as fit for joint inspection.
    pub joint: bool,
    /// 一般 or 重点.
    pub kind: ItemKind,
    /// 检查方式, at least one.
    pub methods: BTreeSet<Method>,
    /// What inspectors of it have to be qualified for.
    pub qualifications: BTreeSet<Qualification>,
    /// The last day on which this version is in force, where it has one and no later version comes first.
    pub until: Option<Date>,
}

/// A change of a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ItemChange {
    /// A new item or a new version.
    Set(Item),
}

impl Row for Item {
    const REGISTER: RegisterKind = RegisterKind::Items;
    type Key = (ItemId, Date);
    type Change = ItemChange;

    fn key(&self) -> Self::Key {
        (self.id.clone(), self.from)
    }

    fn change(rows: &mut BTreeMap<Self::Key, Self>, change: &Changed<ItemChange>) {
        match &change.what {
            ItemChange::Set(item) => {
                rows.insert(item.key(), item.clone());
            }
        }
    }
}

/// The version of an item that is in force on that day.
pub(super) fn in_force<'a>(
    items: &'a BTreeMap<(ItemId, Date), Item>,
    id: &ItemId,
    day: Date,
) -> Option<&'a Item> {
    let (_, item) = items.range((id.clone(), Date::MIN)..=(id.clone(), day)).next_back()?;
    item.until.is_none_or(|until| day <= until).then_some(item)
}
