//! The two pages. The public one carries no class of a named target and nothing of an inspector.

use super::error::JobError;
use super::matching::Placement;
use super::options::JobOptions;
use super::{Outcome, chart};
use crate::year::{InternalYear, PublicYear};
use askama::Template;
use std::collections::BTreeMap;
use yicha::draw::announcement::Subject;
use yicha::draw::roster::Standing;
use yicha::explain::Lang;
use yicha::risk::RiskClass;

/// What both pages say.
struct Common {
    task: String,
    scheme: String,
    industry: String,
    initiator: String,
    participants: Vec<String>,
    window: String,
    announced: String,
    suite: &'static str,
    tool: &'static str,
    assurance: &'static str,
    lines: u64,
    excluded: u64,
    drawn: usize,
    strata: Vec<Stratum>,
    files: Vec<FileDigest>,
    seed: String,
    /// Whether one program played the departments.
    demonstration: bool,
    /// Whether no department's inspectors are missing.
    can_start: bool,
}

/// A class with its numbers, which are public.
struct Stratum {
    label: &'static str,
    eligible: u64,
    rate: String,
    quota: u64,
    /// Drawn share of the eligible, for a bar, in percent.
    share: u64,
}

/// A public file with its digest.
struct FileDigest {
    name: String,
    digest: String,
}

#[derive(Template)]
#[template(path = "public.html")]
struct PublicPage {
    common: Common,
    /// What the year came to, where it was run.
    year: Option<PublicYear>,
    targets: Vec<(String, String)>,
}

#[derive(Template)]
#[template(path = "internal.html")]
struct InternalPage {
    common: Common,
    /// What the year came to, where it was run.
    year: Option<InternalYear>,
    capacity: u64,
    exclusions: Vec<(&'static str, u64)>,
    departments: Vec<DepartmentView>,
    targets: Vec<TargetView>,
    faults: Vec<(&'static str, usize)>,
    set_aside: usize,
}

struct DepartmentView {
    name: String,
    items: Vec<String>,
    slots: Vec<String>,
    inspectors: usize,
    left_out: super::matching::LeftOut,
    /// The chart, or nothing when there is a shortage.
    chart: String,
    steps: String,
    shortage: Vec<String>,
}

struct TargetView {
    id: String,
    name: String,
    class: &'static str,
    leader: String,
    /// Department and names.
    teams: Vec<(String, String)>,
}

pub(super) fn public(
    outcome: &Outcome,
    options: &JobOptions,
    year: Option<PublicYear>,
) -> Result<String, JobError> {
    let ids = outcome.targets.drawn.outcome().list().targets();
    let name = |id: &str| outcome.task.target(id).map_or(String::new(), |t| t.name.clone());
    let targets = ids.iter().map(|id| (id.to_string(), name(id.as_str()))).collect();
    render(&PublicPage { common: common(outcome, options), year, targets })
}

pub(super) fn internal(
    outcome: &Outcome,
    options: &JobOptions,
    year: Option<InternalYear>,
) -> Result<String, JobError> {
    let departments = outcome.departments.iter().map(|d| department(outcome, d, options));
    let mut faults: BTreeMap<_, usize> = BTreeMap::new();
    for fault in &outcome.import.faults {
        *faults.entry(fault.level).or_default() += 1;
    }
    render(&InternalPage {
        common: common(outcome, options),
        year,
        capacity: options.capacity,
        exclusions: exclusions(outcome),
        departments: departments.collect::<Result<_, _>>()?,
        targets: targets(outcome),
        faults: faults.into_iter().map(|(level, n)| (level.label(Lang::Zh), n)).collect(),
        set_aside: outcome.import.set_aside.len(),
    })
}

fn render(page: &impl Template) -> Result<String, JobError> {
    page.render().map_err(|e| {
        JobError::unusable(format!("无法生成页面：{e}"), format!("a page cannot be made: {e}"))
    })
}

fn common(outcome: &Outcome, options: &JobOptions) -> Common {
    let task = &outcome.task;
    let drawn = &outcome.targets.drawn;
    let announcement = drawn.announcement();
    let strata: Vec<Stratum> = match announcement.subject() {
        Subject::Targets { strata, .. } => strata
            .iter()
            .map(|line| Stratum {
                label: class(line.stratum().as_str()),
                eligible: line.eligible(),
                rate: percent(line.rule().rate.get()),
                quota: line.quota(),
                share: (100 * line.quota()).div_ceil(line.eligible().max(1)),
            })
            .collect(),
        Subject::Inspectors { .. } => Vec::new(),
    };
    let eligible: u64 = strata.iter().map(|s| s.eligible).sum();
    let file = |name: &str, text: String| FileDigest {
        name: name.to_owned(),
        digest: options.suite.digest(&[text.as_bytes()]).to_string(),
    };
    let mut files = vec![
        file("announcement-targets.txt", announcement.to_text()),
        file("seed-targets.txt", drawn.seed_file().to_text()),
        file("list.txt", drawn.outcome().list().to_text()),
    ];
    for department in &outcome.departments {
        if let Placement::Matched { drawn, .. } = &department.placement {
            let id = &department.department.id;
            files.push(file(
                &format!("announcement-inspectors-{id}.txt"),
                drawn.announcement().to_text(),
            ));
            files.push(file(&format!("seed-inspectors-{id}.txt"), drawn.seed_file().to_text()));
        }
    }
    let others = task.departments.iter().skip(1);
    Common {
        task: task.plan.task.clone(),
        scheme: task.scheme.to_string(),
        industry: task.plan.industry.clone(),
        initiator: task.initiator().name.clone(),
        participants: others.map(|(department, _)| department.name.clone()).collect(),
        window: format!("{} 至 {}", task.first_day, task.plan.to),
        announced: announcement.terms().announced.to_string(),
        suite: options.suite.code(),
        tool: match options.suite {
            yicha::hash::Suite::Sha256 => "sha256sum",
            yicha::hash::Suite::Sm3 => "openssl dgst -sm3",
        },
        assurance: announcement.assurance().in_words(Lang::Zh),
        lines: outcome.targets.roster.lines(),
        excluded: outcome.targets.roster.lines() - eligible,
        drawn: drawn.outcome().list().targets().len(),
        strata,
        files,
        seed: drawn.seed().digest().to_string(),
        demonstration: outcome.demonstration,
        can_start: outcome.can_start(),
    }
}

fn department(
    outcome: &Outcome,
    department: &super::DepartmentResult,
    options: &JobOptions,
) -> Result<DepartmentView, JobError> {
    let problem = &department.problem;
    let mut view = DepartmentView {
        name: department.department.name.clone(),
        items: department.items.iter().map(|i| format!("{} {}", i.id, i.name)).collect(),
        slots: match problem.targets().is_empty() {
            true => Vec::new(),
            false => problem.slots(0).map(|slot| slot.to_string()).collect(),
        },
        inspectors: problem.inspectors().len(),
        left_out: department.left_out,
        chart: String::new(),
        steps: String::new(),
        shortage: Vec::new(),
    };
    match &department.placement {
        Placement::Matched { drawn, .. } => {
            view.chart = chart::load(&outcome.load(department), options.capacity)?;
            let steps = drawn.outcome().steps();
            let (open, repairs, moves) = (steps.open_places, steps.repairs, steps.moves);
            view.steps = format!("初次分派后空缺{open}个，调整补足{repairs}个，均衡移动{moves}次");
        }
        Placement::Short { shortfall, .. } => {
            view.shortage = shortfall.in_words(Lang::Zh, |id| outcome.person(id));
        }
    }
    Ok(view)
}

fn exclusions(outcome: &Outcome) -> Vec<(&'static str, u64)> {
    let mut counts: BTreeMap<&str, u64> = BTreeMap::new();
    for (_, standing) in &outcome.task.roster {
        if let Standing::Excluded(reason) = standing {
            *counts.entry(reason.as_str()).or_default() += 1;
        }
    }
    counts
        .into_iter()
        .map(|(reason, n)| (super::summary::reason_label(reason, Lang::Zh), n))
        .collect()
}

fn targets(outcome: &Outcome) -> Vec<TargetView> {
    let ids = outcome.targets.drawn.outcome().list().targets().iter();
    ids.map(|id| {
        let known = outcome.task.target(id.as_str());
        let teams = outcome.departments.iter().map(|d| {
            let names: Vec<String> =
                outcome.team(d, id.as_str()).into_iter().map(|(_, name)| name).collect();
            let names = if names.is_empty() { "人员不足".into() } else { names.join("、") };
            (d.department.name.clone(), names)
        });
        TargetView {
            id: id.to_string(),
            name: known.map_or(String::new(), |t| t.name.clone()),
            class: known.map_or("", |t| t.risk.label(Lang::Zh)),
            leader: outcome.leader(id.as_str()).unwrap_or_else(|| "待定".into()),
            teams: teams.collect(),
        }
    })
    .collect()
}

fn class(code: &str) -> &'static str {
    RiskClass::from_code(code).map_or("", |class| class.label(Lang::Zh))
}

fn percent(points: u64) -> String {
    match (points / 100, points % 100) {
        (whole, 0) => format!("{whole}%"),
        (whole, part) if part % 10 == 0 => format!("{whole}.{}%", part / 10),
        (whole, part) => format!("{whole}.{part:02}%"),
    }
}
