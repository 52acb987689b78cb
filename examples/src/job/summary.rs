//! What the run says at its end.

use super::Outcome;
use super::matching::Placement;
use super::options::JobOptions;
use crate::register::Level;
use std::fmt::Write;
use std::path::PathBuf;
use yicha::explain::Lang;

/// What the run says at its end, as text.
pub struct Summary(String);

impl Summary {
    pub(super) fn new(outcome: &Outcome, options: &JobOptions, moved: Option<PathBuf>) -> Self {
        let mut text = String::new();
        // Writing to a String cannot fail.
        let _ = write_summary(&mut text, outcome, options, moved);
        Self(text)
    }

    /// The text.
    pub fn text(&self) -> &str {
        &self.0
    }
}

/// Why a target is kept out of a draw, for people.
pub(super) fn reason_label(code: &str, lang: Lang) -> &'static str {
    match code {
        "deregistered" => lang.pick("已注销", "deregistered"),
        "revoked" => lang.pick("已吊销", "revoked"),
        "under-investigation" => lang.pick("立案调查中", "under investigation"),
        "frequency-cap" => lang.pick("已达年度检查次数上限", "at the yearly cap of visits"),
        _ => lang.pick("其他原因", "another reason"),
    }
}

fn write_summary(
    to: &mut String,
    outcome: &Outcome,
    options: &JobOptions,
    moved: Option<PathBuf>,
) -> std::fmt::Result {
    let lang = options.lang;
    let zh = lang == Lang::Zh;
    let task = &outcome.task;
    let faults = |level| outcome.import.faults.iter().filter(|f| f.level == level).count();
    let (refused, warned) = (faults(Level::Refused), faults(Level::Warning));
    let aside = outcome.import.set_aside.len();
    let list = outcome.targets.drawn.outcome().list();
    let (lines, drawn) = (outcome.targets.roster.lines(), list.targets().len());
    let announcement = outcome.targets.drawn.announcement();
    writeln!(to, "{}", task.plan.task)?;
    if zh {
        writeln!(to, "  方案 {}，检查时间 {} 至 {}", task.scheme, task.plan.from, task.plan.to)?;
        writeln!(
            to,
            "  名录：拒绝{refused}处，警告{warned}处，未导入{aside}行（见 internal/faults.csv）"
        )?;
        writeln!(to, "  抽取：名录{lines}户，抽中{drawn}户")?;
    } else {
        writeln!(
            to,
            "  scheme {}, visits from {} to {}",
            task.scheme, task.plan.from, task.plan.to
        )?;
        writeln!(
            to,
            "  registers: {refused} refusals, {warned} warnings, {aside} rows set aside (see internal/faults.csv)"
        )?;
        writeln!(to, "  draw: {lines} targets on the roster, {drawn} drawn")?;
    }
    for department in &outcome.departments {
        let name = &department.department.name;
        let places = department.problem.places();
        match &department.placement {
            Placement::Matched { drawn, .. } => {
                let most = drawn.outcome().assigned().iter().max().copied().unwrap_or(0);
                let people = department.problem.inspectors().len();
                if zh {
                    writeln!(to, "  {name}：{places}个岗位，{people}人可派，最多一人{most}次")?;
                } else {
                    writeln!(
                        to,
                        "  {name}: {places} places, {people} inspectors, {most} visits at most for one"
                    )?;
                }
            }
            Placement::Short { summary, .. } => {
                writeln!(to, "  {name}{}", lang.pick("：人员不足", ": not enough inspectors"))?;
                for line in summary.in_words(lang).lines() {
                    writeln!(to, "    {line}")?;
                }
            }
        }
    }
    let assurance = announcement.assurance();
    writeln!(to, "{}{}", lang.pick("保证程度：", "Assurance: "), assurance.in_words(lang))?;
    writeln!(to, "{}", lang.pick(
        "注意：本次演示由一个程序代表所有部门，不能证明随机数由谁掌握。",
        "Note: in this demonstration one program plays all departments; it proves nothing about who held the nonces.",
    ))?;
    if let Some(moved) = moved {
        let moved = moved.display();
        writeln!(
            to,
            "{}{moved}",
            lang.pick("原有结果已移至 ", "The earlier result was moved to ")
        )?;
    }
    let out = options.out.display();
    writeln!(to, "{}{out}", lang.pick("结果：", "Result: "))?;
    let command = format!("cargo run --release --bin verify_draw -- {out}");
    writeln!(to, "{}{command}", lang.pick("验证：", "Verify: "))?;
    if !outcome.can_start() {
        writeln!(
            to,
            "{}",
            lang.pick(
                "联合检查不能开始：有部门人员不足。",
                "The joint inspection cannot start: a department has not enough inspectors.",
            )
        )?;
    }
    Ok(())
}
