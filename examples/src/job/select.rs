//! What is inspected, by whom and when: the plan's entry, held against the lists. Articles 2, 3, 5, 10, 16, 17.

use super::error::JobError;
use super::options::JobOptions;
use crate::register::{Department, Item, PlanEntry, Registers, Target, TargetStatus};
use yicha::calendar::Calendar;
use yicha::citation::Basis;
use yicha::code::SchemeId;
use yicha::date::{Date, Instant};
use yicha::draw::quota::Rule;
use yicha::draw::roster::Standing;
use yicha::edition::Edition;
use yicha::explain::Said;

/// A task of the plan with everything that belongs to it.
#[derive(Clone, Debug)]
pub struct Task {
    /// When the draw of targets is announced.
    pub announced: Instant,
    /// Code of the scheme.
    pub scheme: SchemeId,
    /// The plan's entry.
    pub plan: PlanEntry,
    /// The departments that inspect, the initiator first, each with its items.
    pub departments: Vec<(Department, Vec<Item>)>,
    /// The industry's targets with their standing, sorted by code.
    pub roster: Vec<(Target, Standing)>,
    /// One rule a risk class.
    pub rules: Vec<Rule>,
    /// First day of the visits; the last one is the plan's.
    pub first_day: Date,
    /// Enforcement inspectors of each department at a target, at least.
    pub minimum: u8,
    /// People that the departments have, with recusals.
    pub registers: Registers,
}

impl Task {
    /// The task of an industry. Where nobody says when the draw is announced, it is a working week after the registers.
    ///
    /// # Errors
    /// An industry that the plan does not have, or what the regulation refuses.
    pub fn select(
        registers: &Registers,
        options: &JobOptions,
        announced: Option<Instant>,
    ) -> Result<Self, JobError> {
        let plan = find_plan(registers, &options.industry)?.clone();
        let first_day = options.date.unwrap_or(plan.from);
        let announced = match announced {
            Some(at) => at,
            None => working_week_later(options.import.exported, first_day)?,
        };
        check_days(&plan, first_day, announced)?;
        let departments = find_departments(registers, &plan, first_day)?;
        let edition = Edition::wancheng_2026();
        let minimum = edition.value(|e| &e.minimum_inspectors, day_of(announced)?);
        let minimum = minimum.map_err(|e| JobError::refused(&e))?.value;
        let year = plan.from.year();
        let scheme = format!("{}-{year}-{:04}", options.import.district, plan.number);
        let scheme = scheme.parse().map_err(|e| JobError::refused(&e))?;
        let roster = roster(registers, &plan, options.annual_cap)?;
        let rules = plan.rates.map(|(class, rate)| {
            let stratum = class.code().parse().map_err(|e| JobError::refused(&e))?;
            Ok(Rule { stratum, rate, floor: 0, cap: None })
        });
        let rules = rules.into_iter().collect::<Result<_, JobError>>()?;
        let registers = registers.clone();
        Ok(Self {
            announced,
            scheme,
            plan,
            departments,
            roster,
            rules,
            first_day,
            minimum,
            registers,
        })
    }

    /// The initiator (牵头发起部门).
    pub fn initiator(&self) -> &Department {
        &self.departments[0].0
    }

    /// A target of the roster.
    pub fn target(&self, id: &str) -> Option<&Target> {
        let at = self.roster.binary_search_by(|(target, _)| target.id.as_str().cmp(id));
        at.ok().map(|i| &self.roster[i].0)
    }
}

/// Nine in the morning a working week after the registers, on the eve of the first visit at the latest.
fn working_week_later(exported: Date, first_day: Date) -> Result<Instant, JobError> {
    let week = Calendar::china().add_workdays(exported, 5).map_err(|e| JobError::refused(&e))?;
    let eve = first_day.plus_days(-1).unwrap_or(first_day);
    nine_in_the_morning(week.value.min(eve).max(exported))
}

/// The visits lie in the plan's window, and the draw before them.
fn check_days(plan: &PlanEntry, first_day: Date, announced: Instant) -> Result<(), JobError> {
    let (from, to) = (plan.from, plan.to);
    let (zh, en) = if first_day < from || first_day > to {
        (
            format!("检查开始日{first_day}不在计划的时间{from}至{to}之内"),
            format!("the visits begin on {first_day}, outside of the plan's window {from} to {to}"),
        )
    } else if day_of(announced)? >= first_day {
        (
            format!("抽取公告的时间{announced}应早于检查开始日{first_day}"),
            format!(
                "announced at {announced}; it has to be before the visits begin on {first_day}"
            ),
        )
    } else {
        return Ok(());
    };
    Err(JobError::Refused { said: Said::new(zh, en), basis: Basis::Article(17) })
}

fn find_plan<'a>(registers: &'a Registers, industry: &str) -> Result<&'a PlanEntry, JobError> {
    registers.plan.iter().find(|entry| entry.industry == industry).ok_or_else(|| {
        let known: Vec<&str> = registers.plan.iter().map(|entry| &*entry.industry).collect();
        JobError::unusable(
            format!("年度计划中没有行业“{industry}”；有：{}", known.join("、")),
            format!("the plan has no industry {industry:?}; it has {}", known.join(", ")),
        )
    })
}

/// The departments of a task with their items, the initiator first.
fn find_departments(
    registers: &Registers,
    plan: &PlanEntry,
    first_day: Date,
) -> Result<Vec<(Department, Vec<Item>)>, JobError> {
    let refused = |article, zh: String, en: String| {
        Err(JobError::Refused { said: Said::new(zh, en), basis: Basis::Article(article) })
    };
    let Some(industry) = registers.industries.iter().find(|i| i.name == plan.industry) else {
        return refused(
            3,
            format!("行业“{}”没有可用的联合抽查事项清单", plan.industry),
            format!("there is no usable joint list for {}", plan.industry),
        );
    };
    let names = plan.departments.iter().filter(|name| **name != industry.initiator);
    let mut departments: Vec<(Department, Vec<Item>)> = Vec::new();
    for name in std::iter::once(&industry.initiator).chain(names) {
        match registers.departments.iter().find(|d| d.name == *name) {
            Some(department) if department.inspects => {
                departments.push((department.clone(), Vec::new()));
            }
            _ => {
                return refused(
                    3,
                    format!("“{name}”不在部门名录中，或不承担检查"),
                    format!("{name} is not in the register of departments, or does not inspect"),
                );
            }
        }
    }
    for id in &plan.items {
        let Some(item) = registers.items.iter().find(|item| item.id == *id) else {
            return refused(
                3,
                format!("事项{id}不在抽查事项清单中"),
                format!("item {id} is not on the list"),
            );
        };
        check_item(item, first_day)?;
        match departments.iter_mut().find(|(department, _)| department.id == item.department) {
            Some((_, items)) => items.push(item.clone()),
            None => {
                return refused(
                    3,
                    format!("事项{id}所属部门不参加本次联合抽查"),
                    format!("item {id} belongs to a department that does not take part"),
                );
            }
        }
    }
    departments.retain(|(_, items)| !items.is_empty());
    if departments.len() < 2 {
        return refused(
            2,
            "一业一查至少两个部门有检查事项".into(),
            "a joint inspection has items of at least two departments".into(),
        );
    }
    if departments[0].0.name != industry.initiator {
        return refused(
            2,
            format!("牵头发起部门{}在本任务中没有检查事项", industry.initiator),
            format!("the initiator {} has no item in this task", industry.initiator),
        );
    }
    Ok(departments)
}

fn check_item(item: &Item, first_day: Date) -> Result<(), JobError> {
    let id = &item.id;
    let (article, zh, en) = if !item.joint {
        (3, format!("事项{id}不适用一业一查"), format!("item {id} is not fit for joint inspection"))
    } else if item.in_force > first_day {
        (
            3,
            format!("事项{id}自{}生效，检查开始日为{first_day}", item.in_force),
            format!(
                "item {id} is in force from {}, the visits begin on {first_day}",
                item.in_force
            ),
        )
    } else if item.guide.is_none() {
        (16, format!("事项{id}没有工作指引"), format!("item {id} has no guide"))
    } else {
        return Ok(());
    };
    Err(JobError::Refused { said: Said::new(zh, en), basis: Basis::Article(article) })
}

/// The industry's targets of the kinds that the plan names, sorted, each with its standing.
fn roster(
    registers: &Registers,
    plan: &PlanEntry,
    annual_cap: u64,
) -> Result<Vec<(Target, Standing)>, JobError> {
    let codes = registers.industries.iter().find(|i| i.name == plan.industry);
    let codes = codes.map_or(&[][..], |industry| &industry.codes);
    let belongs = |target: &&Target| {
        codes.iter().any(|code| target.industry.starts_with(code.as_str()))
            && plan.kinds.contains(&target.kind)
    };
    let rows = registers.targets.iter().filter(belongs);
    let mut rows = rows
        .map(|target| Ok((target.clone(), standing(target, annual_cap)?)))
        .collect::<Result<Vec<_>, JobError>>()?;
    rows.sort_by(|a, b| a.0.id.cmp(&b.0.id));
    if rows.is_empty() {
        return Err(JobError::unusable(
            format!("行业“{}”没有检查对象", plan.industry),
            format!("there are no targets of {}", plan.industry),
        ));
    }
    Ok(rows)
}

/// Whether a target can be drawn, and if not, why not; one at its yearly cap cannot (our decision `frequency-cap`).
fn standing(target: &Target, annual_cap: u64) -> Result<Standing, JobError> {
    let reason = match target.status {
        TargetStatus::Deregistered => "deregistered",
        TargetStatus::Revoked => "revoked",
        TargetStatus::Active if target.under_investigation => "under-investigation",
        TargetStatus::Active if target.visits >= annual_cap => "frequency-cap",
        TargetStatus::Active => return Ok(Standing::Eligible),
    };
    reason.parse().map(Standing::Excluded).map_err(|e| JobError::refused(&e))
}

/// 09:00 in Beijing is 01:00 UTC.
pub(crate) fn nine_in_the_morning(day: Date) -> Result<Instant, JobError> {
    later_by(Instant::from_unix(i64::from(day.days()) * 86_400), 3_600)
}

/// The instant so many seconds later.
pub(crate) fn later(instant: Instant, seconds: i64) -> Result<Instant, JobError> {
    later_by(Some(instant), seconds)
}

fn later_by(instant: Option<Instant>, seconds: i64) -> Result<Instant, JobError> {
    instant.and_then(|instant| Instant::from_unix(instant.unix() + seconds)).ok_or_else(|| {
        JobError::unusable("时间超出公元1至9999年", "an instant outside of the years 1 to 9999")
    })
}

/// The day in Beijing.
pub(crate) fn day_of(instant: Instant) -> Result<Date, JobError> {
    let days = (instant.unix() + 8 * 3_600).div_euclid(86_400);
    i32::try_from(days).ok().and_then(Date::from_days).ok_or_else(|| {
        JobError::unusable("时间超出公元1至9999年", "an instant outside of the years 1 to 9999")
    })
}
