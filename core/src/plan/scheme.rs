//! 抽查工作方案, article 17: what one campaign inspects, who does what, and when. It joins the items of at least two
//! departments for one industry (article 2), out of the joint list in force (article 3), each with a guide (article 16).

use super::Window;
use super::annual::PlanYear;
use super::joint_list::Listed;
use crate::actor::Role;
use crate::by_id::ById;
use crate::case::{CaseId, CaseKind, Context, Fact, Stamp};
use crate::citation::Basis;
use crate::code::{CaseCode, DepartmentId, IndustryCode, ItemId, SchemeId};
use crate::date::Date;
use crate::drawing::Attempt;
use crate::hash::Digest;
use crate::order::gather;
use crate::refusal::{Common, Refusal, refusals};
use crate::register::Level;
use crate::world::World;
use alloc::collections::BTreeSet;
use alloc::vec::Vec;
use serde::{Deserialize, Serialize};

const ART: Basis = Basis::Article(17);

/// A scheme as it holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Scheme {
    /// The entry of the year's plan, or the task approved ad hoc, that it carries out.
    pub entry: CaseCode,
    /// The industry.
    pub industry: IndustryCode,
    /// 发起部门: who leads it and draws.
    pub initiator: DepartmentId,
    /// What is inspected, and by whom.
    pub items: ById<ItemId, ItemPart>,
    /// The initiator's level.
    pub level: Level,
    /// 下级发起部门: departments of lower levels that may be given a list of targets (article 18).
    pub lower: ById<DepartmentId, Level>,
    /// The salted digest of what else is required.
    pub requirements: Digest,
    /// When the visits take place.
    pub window: Window,
    /// The year of the plan.
    pub year: PlanYear,
}

/// Who inspects an item.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct ItemPart {
    /// 检查主体.
    pub body: DepartmentId,
    /// The department whose item it is.
    pub department: DepartmentId,
    /// The salted digest of what it has to do, where more is said than that it inspects the item.
    pub duties: Option<Digest>,
}

impl Scheme {
    /// The departments with a part in it: all that have an item.
    pub fn departments(&self) -> BTreeSet<&DepartmentId> {
        gather(self.items.values().map(|part| &part.department))
    }

    /// Whether a department has an item in it.
    pub fn has_part(&self, department: &DepartmentId) -> bool {
        self.items.values().any(|part| part.department == *department)
    }

    /// The items of a department.
    pub fn items_of<'a>(
        &'a self,
        department: &'a DepartmentId,
    ) -> impl Iterator<Item = &'a ItemId> {
        let own = self.items.iter().filter(move |(_, part)| part.department == *department);
        own.map(|(id, _)| id)
    }
}

/// What can be done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub enum SchemeCommand {
    /// The initiator makes a scheme.
    Make {
        /// Its number.
        id: SchemeId,
        /// What it says.
        scheme: Scheme,
    },
    /// The initiator revises a scheme. While an attempt to draw for it stands, only window, requirements and duties change.
    Revise {
        /// Its number.
        id: SchemeId,
        /// What it says from now on.
        scheme: Scheme,
    },
}

/// What happened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum SchemeEvent {
    /// A scheme was made.
    Made(Scheme),
    /// It was revised.
    Revised(Scheme),
}

refusals! {
    /// What is refused of schemes.
    SchemeRefusal {
        OneDepartment { scheme: SchemeId } = "scheme-one-department", Article(2),
            "方案{scheme}只有一个部门的事项；联合抽查应含至少两个部门的事项",
            "scheme {scheme} has items of one department only; a joint inspection joins two or more";
        NotLead { scheme: SchemeId, industry: IndustryCode, initiator: DepartmentId, lead: DepartmentId }
            = "scheme-not-lead", Article(2),
            "方案{scheme}由{initiator}发起，而行业{industry}的主管部门是{lead}；应由主管部门牵头发起",
            "scheme {scheme} is initiated by {initiator}; {lead} leads industry {industry} and initiates";
        InitiatorWithoutItem { scheme: SchemeId, initiator: DepartmentId } = "scheme-initiator-without-item", Article(2),
            "发起部门{initiator}在方案{scheme}中没有事项；牵头部门应参加联合检查",
            "initiator {initiator} has no item in scheme {scheme}; the one who leads takes part";
        NotListed { item: ItemId, industry: IndustryCode } = "scheme-item-not-listed", Article(3),
            "事项{item}不在行业{industry}施行中的联合抽查事项清单内；应照单开展",
            "item {item} is not on the joint list of industry {industry}; only listed items are inspected together";
        OtherPart { item: ItemId, department: DepartmentId, body: DepartmentId, listed: DepartmentId, listed_body: DepartmentId }
            = "scheme-item-other-part", Article(3),
            "事项{item}在清单上属{listed}、检查主体为{listed_body}，方案写为{department}、{body}；应与清单一致",
            "item {item} is listed for {listed}, inspected by {listed_body}; the scheme has {department} and {body}";
        NotInForce { item: ItemId, day: Date } = "scheme-item-not-in-force", Article(3),
            "事项{item}在{day}不是施行中的抽查事项；应为施行中的事项",
            "item {item} is not in force on {day}; only items in force are inspected";
        OtherDepartment { item: ItemId, department: DepartmentId, owner: DepartmentId } = "scheme-item-of-another", Article(3),
            "事项{item}是{owner}的事项，不在{department}的抽查事项清单内；各部门只检查本部门的事项",
            "item {item} is on the list of {owner}, not of {department}; each department inspects its own";
        NotJoint { item: ItemId } = "scheme-item-not-joint", Article(3),
            "事项{item}未标明适用于联合抽查；应先由其部门标明",
            "item {item} is not marked as fit for joint inspection; its department marks it first";
        NoPlan { scheme: SchemeId, year: PlanYear, entry: CaseCode } = "scheme-without-plan", Article(5),
            "{year}年度计划没有已印发或已批准的条目{entry}；方案{scheme}应依据已印发的计划或经批准的临时任务",
            "{year} has no entry {entry} in force; scheme {scheme} rests on an issued entry or an approved ad-hoc task";
        NoGuide { item: ItemId, day: Date } = "scheme-item-without-guide", Article(16),
            "事项{item}在{day}没有施行中的抽查工作指引；应先制定指引",
            "item {item} has no guide in force on {day}; it is written first";
        OtherIndustry { scheme: SchemeId, industry: IndustryCode, planned: IndustryCode } = "scheme-other-industry", Article(17),
            "方案{scheme}的行业为{industry}，计划条目的行业为{planned}；应一致",
            "scheme {scheme} is for industry {industry}, the entry for {planned}; they agree";
        OutsidePlan { scheme: SchemeId, window: Window, planned: Window } = "scheme-window-outside-plan", Article(17),
            "方案{scheme}的时间安排{window}应起止有序，且在计划的{planned}之内",
            "the window {window} of scheme {scheme} has to begin before it ends and to lie in the plan's {planned}";
        LowerIsNotLower { scheme: SchemeId, department: DepartmentId } = "scheme-lower-is-not-lower", Article(18),
            "方案{scheme}所列下级发起部门{department}的层级不低于发起部门；名单只能向下派发",
            "{department} is not of a lower level than the initiator of scheme {scheme}; lists are handed down only";
        FixedByDraw { scheme: SchemeId } = "scheme-fixed-by-draw", Article(18),
            "方案{scheme}的抽取已公告且有效，其发起部门、行业、事项和部门不得变动；可以调整时间安排、工作要求和分工说明",
            "the draw of scheme {scheme} is announced; its initiator, industry, items and departments stand, its window, requirements and duties may change";
    }
}

/// The case of a scheme.
pub fn case(id: &SchemeId) -> CaseId {
    CaseId { kind: CaseKind::Scheme, id: id.into() }
}

impl Scheme {
    /// Takes over what happened to it. Gives it where it begins with that.
    pub(crate) fn apply(_: Option<&mut Self>, event: &SchemeEvent, _: &Stamp) -> Option<Self> {
        let (SchemeEvent::Made(scheme) | SchemeEvent::Revised(scheme)) = event;
        Some(scheme.clone())
    }
}

impl World {
    /// The scheme of a number.
    ///
    /// # Errors
    /// [`Common::NoSuchCase`]
    pub fn scheme(&self, id: &SchemeId) -> Result<&Scheme, Common> {
        self.schemes.get(id).ok_or_else(|| Common::NoSuchCase { case: case(id) })
    }
}

/// Decides a command.
pub(crate) fn decide(command: &SchemeCommand, context: &Context<'_>) -> Result<Vec<Fact>, Refusal> {
    match command {
        SchemeCommand::Make { id, scheme } => make(id, scheme, context),
        SchemeCommand::Revise { id, scheme } => revise(id, scheme, context),
    }
}

fn make(id: &SchemeId, scheme: &Scheme, context: &Context<'_>) -> Result<Vec<Fact>, Refusal> {
    context.acts_for(&scheme.initiator, &[Role::Officer, Role::DepartmentHead], ART)?;
    if context.world.schemes.contains_key(id) {
        return Err(Common::CaseExists { case: case(id) }.into());
    }
    check(id, scheme, context)?;
    Ok([Fact::new(case(id), &[ART], SchemeEvent::Made(scheme.clone()))].into())
}

fn revise(id: &SchemeId, scheme: &Scheme, context: &Context<'_>) -> Result<Vec<Fact>, Refusal> {
    let before = context.world.scheme(id)?;
    context.acts_for(&before.initiator, &[Role::Officer, Role::DepartmentHead], ART)?;
    let drawing = context.world.drawings.get(id);
    let announced = drawing.is_some_and(|drawing| drawing.targets.iter().any(Attempt::stands));
    if announced && !same_draw(before, scheme) {
        return Err(SchemeRefusal::FixedByDraw { scheme: id.clone() }.into());
    }
    check(id, scheme, context)?;
    Ok([Fact::new(case(id), &[ART], SchemeEvent::Revised(scheme.clone()))].into())
}

/// Whether two versions agree in all that draw and matchings rest on.
fn same_draw(before: &Scheme, after: &Scheme) -> bool {
    let parts = |scheme: &Scheme| -> Vec<_> {
        let part = |(id, part): (&ItemId, &ItemPart)| (id.clone(), part.department.clone());
        scheme.items.iter().map(part).collect()
    };
    let about = |scheme: &Scheme| {
        let Scheme { entry, year, industry, initiator, level, .. } = scheme;
        (entry.clone(), year.clone(), industry.clone(), initiator.clone(), *level)
    };
    about(before) == about(after) && parts(before) == parts(after)
}

/// What holds of every scheme.
fn check(id: &SchemeId, scheme: &Scheme, context: &Context<'_>) -> Result<(), Refusal> {
    check_plan(id, scheme, context)?;
    // Items are looked at as they will be on the first day of the visits: a law may take effect until then.
    let first = scheme.window.from.max(context.day());
    let listed = context.world.joint_list(&scheme.industry, first)?;
    check_departments(id, scheme, listed)?;
    for (item, part) in &scheme.items {
        check_listed(item, part, listed, &scheme.industry)?;
        check_item(item, part, first, context.world)?;
    }
    Ok(())
}

fn check_plan(id: &SchemeId, scheme: &Scheme, context: &Context<'_>) -> Result<(), SchemeRefusal> {
    let Scheme { entry, year, industry, window, .. } = scheme.clone();
    let plan = context.world.plans.get(year.as_str());
    let scheme = id.clone();
    let Some(planned) = plan.and_then(|plan| plan.in_force(&entry)) else {
        return Err(SchemeRefusal::NoPlan { scheme, year, entry });
    };
    if planned.industry != industry {
        let planned = planned.industry.clone();
        return Err(SchemeRefusal::OtherIndustry { scheme, industry, planned });
    }
    match window.lies_in(&planned.window) {
        true => Ok(()),
        false => Err(SchemeRefusal::OutsidePlan { scheme, window, planned: planned.window }),
    }
}

fn check_departments(id: &SchemeId, scheme: &Scheme, listed: &Listed) -> Result<(), SchemeRefusal> {
    let (number, initiator) = (id.clone(), scheme.initiator.clone());
    if listed.lead != initiator {
        let (industry, lead) = (scheme.industry.clone(), listed.lead.clone());
        return Err(SchemeRefusal::NotLead { scheme: number, industry, initiator, lead });
    }
    if scheme.departments().len() < 2 {
        return Err(SchemeRefusal::OneDepartment { scheme: number });
    }
    if !scheme.has_part(&initiator) {
        return Err(SchemeRefusal::InitiatorWithoutItem { scheme: number, initiator });
    }
    match scheme.lower.iter().find(|(_, level)| **level >= scheme.level) {
        Some((department, _)) => {
            let department = department.clone();
            Err(SchemeRefusal::LowerIsNotLower { scheme: number, department })
        }
        None => Ok(()),
    }
}

/// The item is on the joint list, for that department and body.
fn check_listed(
    item: &ItemId,
    part: &ItemPart,
    listed: &Listed,
    industry: &IndustryCode,
) -> Result<(), SchemeRefusal> {
    let Some(found) = listed.items.get(item) else {
        let (item, industry) = (item.clone(), industry.clone());
        return Err(SchemeRefusal::NotListed { item, industry });
    };
    if (&found.department, &found.body) == (&part.department, &part.body) {
        return Ok(());
    }
    let ItemPart { department, body, .. } = part.clone();
    let (listed, listed_body) = (found.department.clone(), found.body.clone());
    Err(SchemeRefusal::OtherPart { item: item.clone(), department, body, listed, listed_body })
}

/// The item is on the department's own list, in force, fit for joint inspection, and has a guide.
fn check_item(id: &ItemId, part: &ItemPart, day: Date, world: &World) -> Result<(), Refusal> {
    let item = id.clone();
    let Some(found) = world.registers.item(id, day)? else {
        return Err(SchemeRefusal::NotInForce { item, day }.into());
    };
    if found.department != part.department {
        let (department, owner) = (part.department.clone(), found.department.clone());
        return Err(SchemeRefusal::OtherDepartment { item, department, owner }.into());
    }
    if !found.joint {
        return Err(SchemeRefusal::NotJoint { item }.into());
    }
    if !world.registers.guide_in_force(id, day) {
        return Err(SchemeRefusal::NoGuide { item, day }.into());
    }
    Ok(())
}
