//! Registers, joint lists, the annual plan and the scheme: articles 3, 5, 6 and 13 to 17.

use super::super::act::{Scene, Who, code};
use super::super::registers;
use super::Script;
use crate::job::{JobError, store};
use crate::register::{Department, Industry, Item, PlanEntry};
use std::collections::BTreeSet;
use yicha::actor::Purpose;
use yicha::by_id::ById;
use yicha::code::{DepartmentId, IndustryCode, ItemId};
use yicha::date::Date;
use yicha::event::Command;
use yicha::plan::Window;
use yicha::plan::annual::{Entry, PlanCommand, Publicised, Reviewed, Verdict};
use yicha::plan::call::{CallCommand, Made, Stage};
use yicha::plan::joint_list::{JointListCommand, Listed, ListedItem};
use yicha::plan::scheme::{ItemPart, Scheme, SchemeCommand};
use yicha::register::guide::GuideCommand;
use yicha::register::inspector::InspectorCommand;
use yicha::register::item::ItemCommand;
use yicha::register::shelf::Imported;
use yicha::register::target::TargetCommand;
use yicha::register::{Guide, RegisterKind};
use yicha::risk::RiskClass;

/// The platform takes in the registers that it was given: each is one entry, and its rows stay with the host.
pub(super) fn registers(script: &mut Script<'_>) -> Result<(), JobError> {
    let (all, day) = (script.registers(), script.exported);
    let suite = script.suite;
    for department in &all.departments {
        let items = registers::items(all, &department.id, suite)?;
        let people = registers::inspectors(all, &department.id, suite)?;
        import(script, RegisterKind::Items, department, items)?;
        import(script, RegisterKind::Inspectors, department, people)?;
    }
    let targets = registers::targets(all, day)?;
    import(script, RegisterKind::Targets, script.initiator(), targets)
}

fn import<'a>(
    script: &mut Script<'a>,
    register: RegisterKind,
    department: &'a Department,
    rows: String,
) -> Result<(), JobError> {
    if rows.is_empty() {
        return Ok(());
    }
    let id = &department.id;
    let imported = Imported::of_json(script.suite, register, id.clone(), rows.as_bytes());
    let imported = imported.map_err(|e| JobError::refused(&e))?;
    let number = format!("import-{register}-{id}");
    let (day, purpose, all_rows) = (script.exported, Purpose::Registers, &script.outcome.import);
    script.act(day, number, Who::Platform, purpose, move |scene: &mut Scene<'_, 'a>| {
        let (rows, department) = (rows.clone(), id.as_str());
        scene.also(move |all| {
            let add = "INSERT OR REPLACE INTO register_rows VALUES (?, ?, ?)";
            all.execute(add, [register.code(), department, &rows]).map(|_| ())
        });
        if register == RegisterKind::Targets {
            // The last one: what people look things up in.
            scene.also(move |all| store::registers(all, all_rows));
        }
        let imported = imported.clone();
        Ok(match register {
            RegisterKind::Items => ItemCommand::Import(imported).into(),
            RegisterKind::Targets => TargetCommand::Import(imported).into(),
            RegisterKind::Inspectors => InspectorCommand::Import(imported).into(),
        })
    })
}

/// The joint office issues the joint list, the departments that lead industries propose, and the joint office reviews and
/// issues the year's plan. The last proposal goes back for a better text and comes again.
pub(super) fn plan(script: &mut Script<'_>) -> Result<(), JobError> {
    let (proposed, reviewed) = (script.early(1)?, script.early(2)?);
    let entries: Vec<_> = script.registers().plan.iter().collect();
    let returned = entries.last().map(|entry| entry.number);
    for planned in entries {
        let Some((industry, lead)) = industry(script, planned) else { continue };
        issue_list(script, industry, lead)?;
        propose(script, planned, proposed, "")?;
        if returned == Some(planned.number) {
            review(script, planned, proposed, true)?;
            propose(script, planned, reviewed, "-again")?;
        }
        review(script, planned, reviewed, false)?;
    }
    issue(script, reviewed)
}

/// The industry of a plan's entry with the department that leads it, where the registers have both.
fn industry<'a>(
    script: &Script<'a>,
    planned: &PlanEntry,
) -> Option<(&'a Industry, &'a Department)> {
    let all = script.registers();
    let industry = all.industries.iter().find(|industry| industry.name == planned.industry)?;
    let lead = all.departments.iter().find(|found| found.name == industry.initiator)?;
    let departments: BTreeSet<_> = items(script, industry).map(|row| &row.department).collect();
    (departments.len() > 1).then_some((industry, lead))
}

/// The items of an industry that stand on a department's list.
fn items<'a>(
    script: &Script<'a>,
    industry: &'a Industry,
) -> impl Iterator<Item = &'a Item> + use<'a> {
    let all = script.registers();
    industry.items.iter().filter_map(|id| all.items.iter().find(|row| row.id == *id))
}

/// An industry's number on the joint list: its codes of GB/T 4754.
fn number(industry: &Industry) -> Result<IndustryCode, JobError> {
    code(industry.codes.join("-"))
}

fn listed_item(script: &Script<'_>, row: &Item) -> Result<(ItemId, ListedItem), JobError> {
    let body = registers::body(row, script.registers()).clone();
    Ok((code(&row.id)?, ListedItem { body, department: row.department.clone() }))
}

fn issue_list<'a>(
    script: &mut Script<'a>,
    industry: &'a Industry,
    lead: &'a Department,
) -> Result<(), JobError> {
    let items = items(script, industry).map(|row| listed_item(script, row));
    let listed = Listed {
        document: script.document("双随机办", 4)?,
        items: items.collect::<Result<_, _>>()?,
        lead: lead.id.clone(),
    };
    let number = number(industry)?;
    let (day, id) = (script.exported, format!("joint-list-{number}"));
    script.act(day, id, Who::JointOffice, Purpose::Planning, move |_| {
        let (industry, listed) = (number.clone(), listed.clone());
        Ok(JointListCommand::Issue { industry, listed }.into())
    })
}

fn propose<'a>(
    script: &mut Script<'a>,
    planned: &'a PlanEntry,
    day: Date,
    again: &str,
) -> Result<(), JobError> {
    let Some((industry, lead)) = industry(script, planned) else { return Ok(()) };
    let (number, year) = (number(industry)?, script.year()?);
    let visits = u16::try_from(script.annual_cap).unwrap_or(u16::MAX);
    let id = format!("plan-{}-propose{again}", planned.number);
    script.act(day, id, Who::Officer(lead), Purpose::Planning, move |scene| {
        let PlanEntry { base, rates, from, to, .. } = planned;
        let entry = Entry {
            base: Some(*base),
            department: lead.id.clone(),
            id: code(planned.number.to_string())?,
            industry: number.clone(),
            rates: rates.iter().copied().collect(),
            text: scene.keep("计划任务", plan_text(planned)),
            visits: RiskClass::ALL.map(|class| (class, visits)).into(),
            window: Window { from: *from, until: *to },
        };
        Ok(PlanCommand::Propose { entry, year: year.clone() }.into())
    })
}

fn plan_text(planned: &PlanEntry) -> String {
    let PlanEntry { task, departments, items, duties, remark, .. } = planned;
    let (departments, items) = (departments.join("；"), items.join("；"));
    format!(
        "任务名称\t{task}\n联查部门\t{departments}\n抽查事项\t{items}\n责任分工\t{duties}\n备注\t{remark}"
    )
}

fn review<'a>(
    script: &mut Script<'a>,
    planned: &'a PlanEntry,
    day: Date,
    back: bool,
) -> Result<(), JobError> {
    let year = script.year()?;
    let verdict = if back { "return" } else { "accept" };
    let id = format!("plan-{}-{verdict}", planned.number);
    script.act(day, id, Who::JointOffice, Purpose::Planning, move |scene| {
        let verdict = match back {
            true => {
                Verdict::Returned { reason: scene.keep("退回理由", "请补充责任分工") }
            }
            false => Verdict::Accepted,
        };
        let reviewed = Reviewed { entry: code(planned.number.to_string())?, verdict };
        Ok(PlanCommand::Review { reviewed, year: year.clone() }.into())
    })
}

fn issue(script: &mut Script<'_>, day: Date) -> Result<(), JobError> {
    let (year, document) = (script.year()?, script.document("双随机办", 5)?);
    let office = Who::JointOffice;
    let command = PlanCommand::Issue { document: document.clone(), year: year.clone() };
    script.act(day, "plan-issue", office.clone(), Purpose::Planning, command_of(command))?;
    let place = code("南阳市宛城区人民政府网站")?;
    let command = PlanCommand::Publicise { publicised: Publicised { document, place }, year };
    script.act(day, "plan-publicise", office, Purpose::Planning, command_of(command))
}

/// What is asked for as it is.
pub(super) fn command_of<'a>(
    command: impl Into<Command>,
) -> impl Fn(&mut Scene<'_, 'a>) -> Result<Command, JobError> + 'a {
    let command = command.into();
    move |_| Ok(command.clone())
}

/// The departments have guides for their items; the initiator calls, the others answer, one of them late; and the initiator
/// makes the scheme.
pub(super) fn scheme(script: &mut Script<'_>) -> Result<(), JobError> {
    let task = &script.outcome.task;
    let made = script.draw_day()?;
    for (department, items) in &task.departments {
        for item in items {
            guide(script, department, item)?;
        }
    }
    call(script)?;
    let Some((industry, _)) = industry(script, &task.plan) else { return Ok(()) };
    let parts = task.departments.iter().flat_map(|(_, items)| items);
    let part = |item| {
        let (id, ListedItem { body, department }) = listed_item(script, item)?;
        Ok((id, ItemPart { body, department, duties: None }))
    };
    let items = parts.map(part).collect::<Result<ById<_, _>, JobError>>()?;
    let (industry, year) = (number(industry)?, script.year()?);
    let initiator = script.initiator();
    let who = Who::Officer(initiator);
    script.act(made, "scheme", who, Purpose::Planning, move |scene| {
        let scheme = Scheme {
            entry: code(task.plan.number.to_string())?,
            industry: industry.clone(),
            initiator: initiator.id.clone(),
            items: items.clone(),
            level: registers::level(&initiator.level),
            lower: [].into(),
            requirements: scene.keep("工作方案", "进一次门、查多项事"),
            window: Window { from: task.first_day, until: task.plan.to },
            year: year.clone(),
        };
        Ok(SchemeCommand::Make { id: task.scheme.clone(), scheme }.into())
    })
}

fn guide<'a>(
    script: &mut Script<'a>,
    department: &'a Department,
    item: &'a Item,
) -> Result<(), JobError> {
    let (laws, methods) = (registers::laws(item)?, registers::methods(item));
    let (day, id) = (script.exported, format!("guide-{}", item.id));
    script.act(day, id, Who::Officer(department), Purpose::Registers, move |scene| {
        let guide = Guide {
            department: department.id.clone(),
            from: item.in_force,
            item: code(&item.id)?,
            laws: laws.clone(),
            methods: methods.iter().copied().collect(),
            points: scene.keep("指引项目", &item.content),
            procedure: scene.keep("指引程序", item.guide.as_deref().unwrap_or_default()),
        };
        Ok(GuideCommand::Issue(guide).into())
    })
}

fn call(script: &mut Script<'_>) -> Result<(), JobError> {
    let (day, due, late) = (script.early(2)?, script.early(4)?, script.early(5)?);
    let (initiator, year) = (script.initiator(), script.year()?);
    let entry = script.outcome.task.plan.number.to_string();
    let others: Vec<_> = script.inspecting().skip(1).collect();
    let called: Vec<DepartmentId> = others.iter().map(|department| department.id.clone()).collect();
    let who = Who::Officer(initiator);
    script.act(day, "call", who, Purpose::Coordination, move |scene| {
        let made = Made {
            by: initiator.id.clone(),
            called: called.iter().cloned().collect(),
            due,
            stage: Stage::Scheme { entry: code(&entry)?, year: year.clone() },
            text: scene.keep("吹哨事项", "请会商工作方案"),
        };
        Ok(CallCommand::Make { id: code("call-scheme")?, made }.into())
    })?;
    for (place, department) in others.iter().enumerate() {
        // The last one answers a working day late, where the draw leaves the time for it.
        let last = place + 1 == others.len();
        let day = if last { late } else { due };
        let id = format!("call-answer-{}", department.id);
        let department = *department;
        script.act(day, id, Who::Officer(department), Purpose::Coordination, move |scene| {
            let answer = scene.keep("响应", "同意，按分工参加");
            let department = department.id.clone();
            Ok(CallCommand::Answer { answer, department, id: code("call-scheme")? }.into())
        })?;
    }
    Ok(())
}
