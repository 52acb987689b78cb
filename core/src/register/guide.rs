//! 抽查工作指引, article 16: how an item is checked, in versions that follow the law.

use super::item::{Method, versions};
use super::law::LegalBasis;
use super::{Registers, rows};
use crate::actor::Role;
use crate::case::{CaseId, CaseKind, Context, Fact, Stamp};
use crate::citation::Basis;
use crate::code::{CaseCode, DepartmentId, ItemId};
use crate::date::Date;
use crate::draw::announcement::FreeText;
use crate::hash::Digest;
use crate::refusal::{Refusal, refusals};
use alloc::collections::BTreeSet;
use alloc::vec::Vec;
use serde::{Deserialize, Serialize};

const ART: Basis = Basis::Article(16);

/// Who of a department keeps its guides.
const WRITERS: [Role; 2] = [Role::Officer, Role::DepartmentHead];

/// A version of a guide.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Guide {
    /// The department that it guides.
    pub department: DepartmentId,
    /// The first day on which this version is in force.
    pub from: Date,
    /// The item.
    pub item: ItemId,
    /// The laws that it cites, at least one.
    pub laws: Vec<LegalBasis>,
    /// 方法, at least one.
    pub methods: BTreeSet<Method>,
    /// Digest of 项目, the points to check.
    pub points: Digest,
    /// Digest of 程序, the procedure.
    pub procedure: Digest,
}

/// A law was made, revised, repealed or interpreted (立改废释).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct LawChange {
    /// The document by which it was changed.
    pub document: FreeText,
    /// The law's title, as guides cite it.
    pub law: FreeText,
}

/// What can be done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum GuideCommand {
    /// A department issues a guide, or a new version of one in place of those that would begin on its first day
    /// or later.
    Issue(Guide),
    /// The joint office, or a department for its own guides, reports that a law has changed: every guide that
    /// cites it is marked for review.
    MarkLaw(LawChange),
    /// A department has reviewed a guide and found that it stands.
    Keep(GuideKept),
}

/// A guide was reviewed and stands as it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct GuideKept {
    /// The item.
    pub item: ItemId,
    /// Salted digest of the reasons.
    pub reasons: Digest,
}

/// What happened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum GuideEvent {
    /// A version was issued.
    Issued(Guide),
    /// The guide was marked for review.
    Marked(LawChange),
    /// The guide was reviewed and stands.
    Kept(GuideKept),
}

refusals! {
    /// What is refused of guides.
    GuideRefusal {
        NoLaw { item: ItemId } = "guide-without-law", Article(16),
            "事项{item}的指引没有写明法律法规规章；应写明，以便随其立改废释更新",
            "the guide of {item} cites no law; it names what it follows, so that it can follow a change";
        NoMethod { item: ItemId } = "guide-without-method", Article(16),
            "事项{item}的指引没有检查方法；应至少明确一种",
            "the guide of {item} has no method; it says one at least";
        NoItem { item: ItemId, department: DepartmentId } = "guide-without-item", Article(16),
            "事项{item}不在{department}的抽查事项清单上；指引应对照本部门清单逐项制定",
            "{item} is not on the item list of {department}; a guide is made for an item of the department's list";
        Backdated { item: ItemId, from: Date, day: Date } = "guide-backdated", Article(16),
            "事项{item}指引的新版本自{from}起，早于{day}；已生效的版本不得倒改，新版本自当日或以后生效",
            "the new version of the guide of {item} would be in force from {from}, before {day}; what was in force stays, a version begins today or later";
        NotCited { law: FreeText } = "law-not-cited", Article(16),
            "没有尚待标注的指引引用《{law}》；应填写指引所引的法律名称",
            "no guide that is not marked for it already cites {law}; give the title as guides cite it";
        NotMarked { item: ItemId } = "guide-not-under-review", Article(16),
            "事项{item}没有待复核的指引",
            "no guide of {item} is marked for review";
    }
}

/// The versions of an item's guide.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct GuideBook {
    /// The changes of law for which it is to be reviewed, each with the day of the mark. A new version settles
    /// them, and so does the finding that the guide stands.
    pub marks: Vec<(Date, LawChange)>,
    /// The versions, by first day.
    pub versions: Vec<Guide>,
}

impl GuideBook {
    /// The version in force on that day.
    pub fn on(&self, day: Date) -> Option<&Guide> {
        self.versions.iter().rev().find(|guide| guide.from <= day)
    }
}

/// Takes over what happened.
pub(crate) fn apply(registers: &mut Registers, id: &CaseCode, event: &GuideEvent, stamp: &Stamp) {
    match event {
        GuideEvent::Issued(guide) => {
            let book = registers.guides.get_or_default(guide.item.clone());
            book.marks.clear();
            book.versions.retain(|earlier| earlier.from < guide.from);
            book.versions.push(guide.clone());
        }
        GuideEvent::Marked(change) => {
            if let Some(book) = registers.guides.get_mut(id.as_str()) {
                book.marks.push((stamp.effective, change.clone()));
            }
        }
        GuideEvent::Kept(kept) => {
            if let Some(book) = registers.guides.get_mut(&kept.item) {
                book.marks.clear();
            }
        }
    }
}

/// The case of an item's guide.
pub fn case(item: &ItemId) -> CaseId {
    CaseId { id: item.into(), kind: CaseKind::Guide }
}

/// Decides a command.
pub(crate) fn decide(command: &GuideCommand, context: &Context<'_>) -> Result<Vec<Fact>, Refusal> {
    match command {
        GuideCommand::Issue(guide) => issue(guide, context),
        GuideCommand::MarkLaw(change) => mark(change, context),
        GuideCommand::Keep(kept) => keep(kept, context),
    }
}

fn issue(guide: &Guide, context: &Context<'_>) -> Result<Vec<Fact>, Refusal> {
    let (item, department) = (guide.item.clone(), guide.department.clone());
    context.acts_for(&department, &WRITERS, ART)?;
    if guide.laws.is_empty() {
        return Err(GuideRefusal::NoLaw { item }.into());
    }
    if guide.methods.is_empty() {
        return Err(GuideRefusal::NoMethod { item }.into());
    }
    let listed = rows(&context.world.registers.items, &department)?;
    if listed.is_none_or(|rows| rows.range(versions(&item)).next().is_none()) {
        return Err(GuideRefusal::NoItem { item, department }.into());
    }
    // The first version may be older than its record; what was in force is not rewritten after that.
    let (from, day) = (guide.from, context.day());
    if from < day && context.world.registers.guides.contains_key(&item) {
        return Err(GuideRefusal::Backdated { item, from, day }.into());
    }
    Ok([Fact::new(case(&item), &[ART], GuideEvent::Issued(guide.clone()))].into())
}

fn mark(change: &LawChange, context: &Context<'_>) -> Result<Vec<Fact>, Refusal> {
    context.role(&[Role::JointOffice, Role::Officer, Role::DepartmentHead], ART)?;
    let own = context.stamp.actor.department.as_ref();
    let cites = |book: &&GuideBook| {
        book.versions.last().is_some_and(|guide| {
            own.is_none_or(|own| *own == guide.department)
                && guide.laws.iter().any(|cited| cited.law == change.law)
        }) && book.marks.iter().all(|(_, mark)| mark != change)
    };
    let books = context.world.registers.guides.iter().filter(|(_, book)| cites(book));
    let marked = |item| Fact::new(case(item), &[ART], GuideEvent::Marked(change.clone()));
    let facts: Vec<Fact> = books.map(|(item, _)| marked(item)).collect();
    match facts.is_empty() {
        true => Err(GuideRefusal::NotCited { law: change.law.clone() }.into()),
        false => Ok(facts),
    }
}

fn keep(kept: &GuideKept, context: &Context<'_>) -> Result<Vec<Fact>, Refusal> {
    let book = context.world.registers.guides.get(&kept.item);
    let marked = book.filter(|book| !book.marks.is_empty());
    let Some(guide) = marked.and_then(|book| book.versions.last()) else {
        return Err(GuideRefusal::NotMarked { item: kept.item.clone() }.into());
    };
    context.acts_for(&guide.department, &WRITERS, ART)?;
    Ok([Fact::new(case(&kept.item), &[ART], GuideEvent::Kept(kept.clone()))].into())
}
