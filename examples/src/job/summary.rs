//! What each step says at its end.

use super::matching::{Call, Called, Placement};
use super::options::JobOptions;
use super::select::Task;
use super::targets::TargetDrawn;
use super::{DepartmentResult, Outcome};
use crate::register::{Import, Level};
use std::path::PathBuf;
use yicha::draw::announcement::Announcement;
use yicha::explain::Lang;

/// What a run says at its end, as text.
pub struct Summary(String);

impl Summary {
    pub(crate) fn new(outcome: &Outcome, options: &JobOptions, moved: Option<PathBuf>) -> Self {
        let lang = options.lang;
        let mut lines = vec![outcome.task.plan.task.clone()];
        lines.extend(numbers(outcome, lang).into_iter().map(|line| format!("  {line}")));
        for department in &outcome.departments {
            lines.extend(department_lines(outcome, department, lang));
        }
        let announcement = outcome.targets.drawn.announcement();
        lines.push(assurance(announcement, lang));
        if outcome.demonstration {
            lines.push(DEMONSTRATION.pick(lang));
        }
        if let Some(moved) = moved {
            let moved = moved.display();
            lines.push(
                Text("原有结果已移至 ", "The earlier result was moved to ").with(lang, &moved),
            );
        }
        let out = options.out.display();
        lines.push(Text("结果：", "Result: ").with(lang, &out));
        let report = options.out.join("internal/report.html");
        lines.push(Text("报告：", "Report: ").with(lang, &report.display()));
        lines.push(
            Text("核对：", "Verify: ")
                .with(lang, &format_args!("cargo run --release --bin verify_draw -- {out}")),
        );
        lines.push(match outcome.can_start() {
            true => Text("联合检查可以开始。", "The joint inspection can start.").pick(lang),
            false => Text(
                "联合检查不能开始：有部门人员不足（其余部门的匹配已经完成）。",
                "The joint inspection CANNOT START: a department has not enough inspectors (the others are matched).",
            )
            .pick(lang),
        });
        lines.push(String::new());
        Self(lines.join("\n"))
    }

    /// The text.
    pub fn text(&self) -> &str {
        &self.0
    }
}

/// What has to be said of a run in which one program plays everybody.
pub(super) const DEMONSTRATION: Text = Text(
    "注意：这是演示。一个程序代表了所有部门，因此完全不能证明随机数由谁掌握。",
    "Note: this is a demonstration. One program played all departments, so it proves nothing about who held the nonces.",
);

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

/// After the announcement of the draw of targets.
pub(super) fn announced(
    announcement: &Announcement,
    task: &Task,
    import: &Import,
    options: &JobOptions,
) -> String {
    let lang = options.lang;
    let mut lines = vec![task.plan.task.clone(), format!("  {}", imported(import, lang))];
    lines.push(
        Text("已公告抽取检查对象，摘要：", "The draw of targets is announced, digest: ")
            .with(lang, &announcement.digest()),
    );
    lines.push(assurance(announcement, lang));
    lines.extend(next_step(announcement, options));
    lines.join("\n") + "\n"
}

/// After the draw of targets and the announcement of the matchings.
pub(super) fn drawn(targets: &TargetDrawn, calls: &[Called], options: &JobOptions) -> String {
    let lang = options.lang;
    let count = targets.drawn.outcome().list().targets().len();
    let mut lines = vec![match lang {
        Lang::Zh => format!("已抽取检查对象{count}户。"),
        Lang::En => format!("{count} targets are drawn."),
    }];
    let mut next = Vec::new();
    for call in calls {
        let name = &call.department.name;
        match &call.call {
            Call::Announced(announced) => {
                lines.push(Text("  已公告人员匹配：", "  matching announced: ").with(lang, name));
                next = next_step(announced.announcement(), options);
            }
            Call::Short(_) => {
                lines.push(
                    Text("  人员不足，不公告：", "  not enough inspectors: ").with(lang, name),
                );
            }
        }
    }
    lines.extend(next);
    lines.join("\n") + "\n"
}

/// What is waited for, and the command that follows.
fn next_step(announcement: &Announcement, options: &JobOptions) -> Vec<String> {
    let lang = options.lang;
    let terms = announcement.terms();
    let mut lines = vec![
        Text("各部门揭示随机数的期限：", "Nonces are revealed by ").with(lang, &terms.reveal_by),
    ];
    let mut command = format!("joint_inspection proceed --out {}", options.out.display());
    for value in &terms.randomness {
        let (source, round, due) = (&value.source, &value.round, value.due);
        let text = Text("等待公开随机数：", "Public value to come: ");
        lines.push(text.with(lang, &format_args!("{source} {round} {due}")));
        command += " --value HEX";
    }
    lines.push(Text("下一步：", "Next: ").with(lang, &command));
    lines
}

fn numbers(outcome: &Outcome, lang: Lang) -> [String; 3] {
    let task = &outcome.task;
    let (lines, drawn) =
        (outcome.targets.roster.lines(), outcome.targets.drawn.outcome().list().targets().len());
    let eligible = task.roster.iter().filter(|(_, standing)| standing.is_eligible()).count();
    let (scheme, from, to) = (&task.scheme, task.first_day, task.plan.to);
    match lang {
        Lang::Zh => [
            format!("方案 {scheme}，检查时间 {from} 至 {to}"),
            imported(&outcome.import, lang),
            format!("抽取：名录{lines}户，可抽取{eligible}户，抽中{drawn}户"),
        ],
        Lang::En => [
            format!("scheme {scheme}, visits from {from} to {to}"),
            imported(&outcome.import, lang),
            format!("draw: {lines} targets on the roster, {eligible} can be drawn, {drawn} are"),
        ],
    }
}

fn imported(import: &Import, lang: Lang) -> String {
    let faults = |level| import.faults.iter().filter(|f| f.level == level).count();
    let (refused, warned) = (faults(Level::Refused), faults(Level::Warning));
    let aside = import.set_aside.len();
    match lang {
        Lang::Zh => format!(
            "名录导入：拒绝{refused}处，警告{warned}处，未导入{aside}行（见 internal/faults.csv）"
        ),
        Lang::En => format!(
            "registers: {refused} refusals, {warned} warnings, {aside} rows set aside (see internal/faults.csv)"
        ),
    }
}

fn department_lines(outcome: &Outcome, department: &DepartmentResult, lang: Lang) -> Vec<String> {
    let name = &department.department.name;
    match &department.placement {
        Placement::Matched { drawn, .. } => {
            let places = department.problem.places();
            let most = drawn.outcome().assigned().iter().max().copied().unwrap_or(0);
            let people = department.problem.inspectors().len();
            vec![match lang {
                Lang::Zh => format!("  {name}：{places}个岗位，{people}人可派，最多一人{most}次"),
                Lang::En => {
                    format!(
                        "  {name}: {places} places, {people} inspectors, at most {most} visits for one"
                    )
                }
            }]
        }
        Placement::Short { shortfall, .. } => {
            let mut lines =
                vec![format!("  {name}{}", lang.pick("：人员不足", ": not enough inspectors"))];
            let words = shortfall.in_words(lang, |id| format!("{} {id}", outcome.person(id)));
            lines.extend(words.into_iter().map(|line| format!("    {line}")));
            lines
        }
    }
}

fn assurance(announcement: &Announcement, lang: Lang) -> String {
    let words = announcement.assurance().in_words(lang);
    Text("保证程度：", "Assurance: ").with(lang, &words)
}

/// A text in both languages.
pub(super) struct Text(&'static str, &'static str);

impl Text {
    pub(super) fn pick(&self, lang: Lang) -> String {
        lang.pick(self.0, self.1).to_owned()
    }

    fn with(&self, lang: Lang, value: &dyn std::fmt::Display) -> String {
        format!("{}{value}", lang.pick(self.0, self.1))
    }
}
