//! 随机抽查事项清单, article 13: what a department checks, on what basis, and how.

use super::law::LegalBasis;
use super::shelf::{Changed, Imported, KEEPERS, Row, Shelf, may_import, of_department};
use super::{RegisterKind, Registers, another, rows};
use crate::by_id::ById;
use crate::case::{CaseId, CaseKind, Context, Fact, Stamp};
use crate::citation::Basis;
use crate::code::{DepartmentId, ItemId, Qualification};
use crate::date::Date;
use crate::draw::announcement::FreeText;
use crate::hash::Digest;
use crate::refusal::{Refusal, refusals};
use alloc::collections::{BTreeMap, BTreeSet};
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;
use serde::{Deserialize, Serialize};

const ART: Basis = Basis::Article(13);

/// Whether an item is checked as a matter of routine or with priority.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum ItemKind {
    /// 一般检查事项.
    General,
    /// 重点检查事项.
    Key,
}

/// How something is checked: article 20.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
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
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
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

/// What can be done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum ItemCommand {
    /// A department records a bulk import in place of its list.
    Import(Imported),
    /// A department changes its list.
    Change(ItemChange),
    /// A department has published its list as it stands.
    Publish(ListPublished),
}

/// A change of a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum ItemChange {
    /// A new item or a new version of one. One with the same first day takes the place of the other.
    Set(Item),
    /// An item was taken off.
    Withdrawn(ItemWithdrawn),
}

/// An item was taken off the list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct ItemWithdrawn {
    /// Whose list.
    pub department: DepartmentId,
    /// The item.
    pub item: ItemId,
    /// The last day on which it is in force. Versions that would begin later fall away.
    pub until: Date,
}

/// A list was published.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct ListPublished {
    /// Whose list.
    pub department: DepartmentId,
    /// Digest of what was published.
    pub digest: Digest,
    /// The websites and platforms where it is shown, at least one.
    pub platforms: Vec<FreeText>,
}

/// What happened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum ItemEvent {
    /// A bulk import was recorded.
    Imported(Imported),
    /// The list was changed.
    Changed(ItemChange),
    /// The list was published.
    Published(ListPublished),
}

refusals! {
    /// What is refused of item lists.
    ItemRefusal {
        NoBasis { item: ItemId } = "item-without-basis", Article(13),
            "事项{item}没有抽查依据；应逐项写明所依据的法律法规规章",
            "item {item} has no legal basis; each item names the law that it rests on";
        NoMethod { item: ItemId } = "item-without-method", Article(13),
            "事项{item}没有检查方式；应至少确定一种",
            "item {item} has no method; each item has one at least";
        EndsBeforeItBegins { item: ItemId, from: Date, until: Date } = "item-ends-before-it-begins", Article(13),
            "事项{item}自{from}起、至{until}止；截止日应为起始日或以后",
            "item {item} is in force from {from} until {until}; it ends on its first day or later";
        OfAnother { item: ItemId, department: DepartmentId } = "item-of-another-department", Article(13),
            "编号{item}已在{department}的清单上；本部门的事项应使用自己的编号",
            "{item} is on the list of {department}; an item of another department needs a number of its own";
        Backdated { item: ItemId, from: Date, day: Date } = "item-backdated", Article(13),
            "事项{item}的新版本自{from}起，早于{day}；已生效的版本不得倒改，新版本自当日或以后生效",
            "the new version of {item} would be in force from {from}, before {day}; what was in force stays, a version begins today or later";
        NotListed { item: ItemId, day: Date } = "item-not-on-list", Article(13),
            "事项{item}在{day}不在本部门清单上；应填写该事项有效期内的一天",
            "{item} is not on the department's list on {day}; name a day on which it is in force";
        WithdrawnBackwards { item: ItemId, until: Date, day: Date } = "item-withdrawn-backwards", Article(13),
            "事项{item}不得倒退至{until}止（今日为{day}）；最早自今日止",
            "{item} cannot end on {until}, before {day}; it ends today or later";
        NothingToPublish { department: DepartmentId } = "item-list-empty", Article(13),
            "{department}的清单没有事项或没有写明公开的平台；公开的是有事项的清单，并写明平台",
            "the list of {department} is empty or no platform is named; what is published has items and is shown somewhere";
    }
}

impl Item {
    /// What no version may be.
    fn check(&self) -> Result<(), Refusal> {
        let (item, from) = (self.id.clone(), self.from);
        if self.basis.is_empty() {
            return Err(ItemRefusal::NoBasis { item }.into());
        }
        if self.methods.is_empty() {
            return Err(ItemRefusal::NoMethod { item }.into());
        }
        match self.until {
            Some(until) if until < from => {
                Err(ItemRefusal::EndsBeforeItBegins { item, from, until }.into())
            }
            _ => Ok(()),
        }
    }
}

impl ItemChange {
    /// Whose list is changed.
    pub const fn department(&self) -> &DepartmentId {
        match self {
            Self::Set(item) => &item.department,
            Self::Withdrawn(withdrawn) => &withdrawn.department,
        }
    }
}

impl Row for Item {
    const REGISTER: RegisterKind = RegisterKind::Items;
    type Key = (ItemId, Date);
    type Change = ItemChange;

    fn key(&self) -> Self::Key {
        (self.id.clone(), self.from)
    }

    fn shown(&self) -> String {
        format!("{} ({})", self.id, self.from)
    }

    fn fits(&self, department: &DepartmentId) -> Result<(), Refusal> {
        of_department(&self.department, department, self)?;
        self.check()
    }

    fn shelves(registers: &mut Registers) -> &mut ById<DepartmentId, Shelf<Self>> {
        &mut registers.items
    }

    fn change(rows: &mut BTreeMap<Self::Key, Self>, change: &Changed<ItemChange>) {
        match &change.what {
            ItemChange::Set(item) => {
                rows.insert(item.key(), item.clone());
            }
            ItemChange::Withdrawn(ItemWithdrawn { item, until, .. }) => {
                rows.retain(|(id, from), _| id != item || from <= until);
                if let Some((_, last)) = rows.range_mut(versions(item)).next_back() {
                    last.until = Some(*until);
                }
            }
        }
    }
}

/// The keys of an item's versions.
pub(super) fn versions(id: &ItemId) -> core::ops::RangeInclusive<(ItemId, Date)> {
    (id.clone(), Date::MIN)..=(id.clone(), Date::MAX)
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

/// How far a list is public.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Publicity {
    /// The day of the last publication, and what was published.
    pub last: Option<(Date, ListPublished)>,
    /// The day of the first change that is not published yet.
    pub pending_since: Option<Date>,
}

/// Takes over what happened.
pub(crate) fn apply(registers: &mut Registers, event: &ItemEvent, stamp: &Stamp) {
    let (on, Registers { items, publicity, .. }) = (stamp.effective, registers);
    let mut pending = |department: &DepartmentId| {
        publicity.get_or_default(department.clone()).pending_since.get_or_insert(on);
    };
    match event {
        ItemEvent::Imported(import) => {
            pending(&import.department);
            items.get_or_default(import.department.clone()).record_import(import.clone());
        }
        ItemEvent::Changed(change) => {
            pending(change.department());
            let shelf = items.get_or_default(change.department().clone());
            shelf.record_change(Changed { on, what: change.clone() });
        }
        ItemEvent::Published(list) => {
            let published = Publicity { last: Some((on, list.clone())), pending_since: None };
            publicity.insert(list.department.clone(), published);
        }
    }
}

/// The case of a department's list.
pub fn case(department: &DepartmentId) -> CaseId {
    CaseId { id: department.into(), kind: CaseKind::ItemList }
}

/// Decides a command.
pub(crate) fn decide(command: &ItemCommand, context: &Context<'_>) -> Result<Vec<Fact>, Refusal> {
    let items = &context.world.registers.items;
    let (department, event) = match command {
        ItemCommand::Import(import) => {
            may_import(import, items.get(&import.department), context)?;
            (&import.department, ItemEvent::Imported(import.clone()))
        }
        ItemCommand::Change(change) => {
            context.acts_for(change.department(), &KEEPERS, ART)?;
            match change {
                ItemChange::Set(item) => may_set(item, context)?,
                ItemChange::Withdrawn(withdrawn) => may_withdraw(withdrawn, context)?,
            }
            (change.department(), ItemEvent::Changed(change.clone()))
        }
        ItemCommand::Publish(list) => {
            may_publish(list, context)?;
            (&list.department, ItemEvent::Published(list.clone()))
        }
    };
    Ok([Fact::new(case(department), &[ART], event)].into())
}

fn may_set(item: &Item, context: &Context<'_>) -> Result<(), Refusal> {
    item.check()?;
    let (id, items) = (&item.id, &context.world.registers.items);
    let listed = |rows: &BTreeMap<_, _>| rows.range(versions(id)).next().is_some();
    if let Some(department) = another(items, &item.department, listed) {
        return Err(ItemRefusal::OfAnother { item: id.clone(), department }.into());
    }
    // The first version may be older than its record; what was in force is not rewritten after that.
    let (from, day) = (item.from, context.day());
    if from < day && rows(items, &item.department)?.is_some_and(listed) {
        return Err(ItemRefusal::Backdated { item: id.clone(), from, day }.into());
    }
    Ok(())
}

fn may_withdraw(withdrawn: &ItemWithdrawn, context: &Context<'_>) -> Result<(), Refusal> {
    let (item, until, day) = (withdrawn.item.clone(), withdrawn.until, context.day());
    if until < day {
        return Err(ItemRefusal::WithdrawnBackwards { item, until, day }.into());
    }
    let listed = rows(&context.world.registers.items, &withdrawn.department)?;
    match listed.and_then(|rows| in_force(rows, &item, until)) {
        Some(_) => Ok(()),
        None => Err(ItemRefusal::NotListed { item, day: until }.into()),
    }
}

fn may_publish(list: &ListPublished, context: &Context<'_>) -> Result<(), Refusal> {
    let department = &list.department;
    context.acts_for(department, &KEEPERS, ART)?;
    let listed = rows(&context.world.registers.items, department)?;
    if list.platforms.is_empty() || listed.is_none_or(BTreeMap::is_empty) {
        return Err(ItemRefusal::NothingToPublish { department: department.clone() }.into());
    }
    Ok(())
}
