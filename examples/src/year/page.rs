//! What the pages say of the year, as the office answers it: what happened when, what is due, what it came to, and why a
//! result is still public. The public part names no inspector and no class of a target.

use super::Year;
use super::timeline::{self, Track};
use crate::job::{JobError, Task, chart};
use yicha::calendar::Certainty;
use yicha::code::{DepartmentId, ItemId, TargetId};
use yicha::date::Date;
use yicha::explain::Lang;
use yicha::ledger::Entry;
use yicha::plan::Window;
use yicha::publication::Publicity;
use yicha::query::{
    Answer, AskDue, AskEvaluation, AskWhyPublic, Coverage, Duty, Evaluation, Explained, Question,
};

/// What anybody may see.
#[derive(Clone)]
pub(crate) struct PublicYear {
    pub(crate) until: String,
    pub(crate) timeline: String,
    pub(crate) tracks: Vec<Row<4>>,
    pub(crate) inspections: u32,
    pub(crate) problems: u32,
    pub(crate) results: String,
    pub(crate) timing: Vec<Row<2>>,
    pub(crate) saved: u64,
    pub(crate) joint: u64,
    pub(crate) checkpoint: String,
    /// Negative results that are public: target, item, result, since when, why and until when.
    pub(crate) still_public: Vec<Row<5>>,
}

/// What the departments see beside that.
pub(crate) struct InternalYear {
    pub(crate) open: PublicYear,
    pub(crate) coverage: Vec<Row<5>>,
    pub(crate) load: Vec<Row<5>>,
    pub(crate) duties: Vec<DutyView>,
    /// What was published late: inspection and item, due, published, working days.
    pub(crate) late: Vec<Row<4>>,
    /// Negative results: what can be done, or since when they are public no more.
    pub(crate) explained: Vec<ExplainedView>,
}

/// The cells of a row.
pub(crate) type Row<const N: usize> = [String; N];

/// Something that is due.
pub(crate) struct DutyView {
    pub(crate) due: String,
    pub(crate) said: String,
    pub(crate) certainty: String,
    /// Day, number among the working days, why it counts or not.
    pub(crate) days: Vec<Row<3>>,
}

/// Why a result is public or is not.
pub(crate) struct ExplainedView {
    pub(crate) result: String,
    pub(crate) target: String,
    pub(crate) public: bool,
    pub(crate) said: String,
    pub(crate) steps: Vec<String>,
}

/// What both pages say.
pub(super) fn pages(
    year: &Year,
    entries: &[String],
) -> Result<(PublicYear, InternalYear), JobError> {
    let read = |entry: &String| Entry::parse(entry.as_bytes()).map_err(|e| JobError::refused(&e));
    let entries: Vec<Entry> = entries.iter().map(read).collect::<Result<_, _>>()?;
    let answers = Answers::ask(year)?;
    let tracks = timeline::tracks(&entries);
    let open = public(year, &answers, &tracks)?;
    Ok((open.clone(), internal(year, &answers, open)))
}

/// What the office answers.
struct Answers {
    duties: Vec<Duty>,
    evaluation: Evaluation,
    explained: Vec<Explained>,
}

impl Answers {
    fn ask(year: &Year) -> Result<Self, JobError> {
        let (day, from) = (year.until, first_day(year));
        let ask = |question: Question| {
            year.host.office().ask(&question).map_err(|e| JobError::refused(&e))
        };
        let due = AskDue { case: None, count: true, day, department: None, until: None };
        let period = Window { from, until: day };
        let why =
            AskWhyPublic { day, department: None, inspection: None, item: None, target: None };
        let questions = [due.into(), AskEvaluation { day, period }.into(), Question::from(why)];
        match questions.map(ask) {
            [
                Ok(Answer::Due(due)),
                Ok(Answer::Evaluation(evaluation)),
                Ok(Answer::WhyPublic(why)),
            ] => Ok(Self { duties: due.duties, evaluation, explained: why.results }),
            answers => Err(answers.into_iter().find_map(Result::err).unwrap_or_else(|| {
                JobError::unusable("答非所问", "another question was answered")
            })),
        }
    }

    /// The results that speak against a target.
    fn negative(&self) -> impl Iterator<Item = &Explained> {
        self.explained
            .iter()
            .filter(|result| !matches!(result.publicity, Publicity::NeverStops | Publicity::NotYet))
    }
}

/// The day of the registers, on which the year begins.
fn first_day(year: &Year) -> Date {
    let recorded =
        year.host.office().world().plans.values().flat_map(|plan| plan.documents.values());
    let opened = year.host.office().world().joint_lists.values();
    let issued = opened.flat_map(|list| list.versions.iter().map(|(from, _)| from));
    issued.chain(recorded).copied().min().unwrap_or(year.until)
}

fn public(year: &Year, answers: &Answers, tracks: &[Track]) -> Result<PublicYear, JobError> {
    let (task, evaluation) = (&year.outcome.task, &answers.evaluation);
    let results = evaluation.results.iter();
    let bars: Vec<_> = results
        .map(|(result, n)| {
            (result.label(Lang::Zh).to_owned(), u32::try_from(*n).unwrap_or(u32::MAX))
        })
        .collect();
    let row = |track: &Track| {
        [track.label.to_owned(), track.count().to_string(), track.first(), track.last()]
    };
    let still = answers.negative().filter(|result| result.public);
    Ok(PublicYear {
        until: year.until.to_string(),
        timeline: timeline::picture(tracks, first_day(year), year.until)?,
        tracks: tracks.iter().map(row).collect(),
        inspections: evaluation.problems.of,
        problems: evaluation.problems.count,
        results: chart::bars(&bars)?,
        timing: timing(evaluation),
        saved: evaluation.visits.saved,
        joint: evaluation.visits.joint,
        checkpoint: year.host.office().tip().head().root.to_string(),
        still_public: still.map(|result| still_public(result, task)).collect(),
    })
}

fn timing(evaluation: &Evaluation) -> Vec<Row<2>> {
    let timing = &evaluation.publication;
    let row = |label: &str, n: u64| [label.to_owned(), n.to_string()];
    vec![
        row("按期公示", timing.on_time.count.into()),
        row("逾期公示", timing.late),
        row("尚未公示，未到期", timing.open),
        row("尚未公示，已逾期", timing.overdue),
        row("其中期限跨入节假日安排未知的年份", timing.provisional),
    ]
}

fn still_public(result: &Explained, task: &Task) -> Row<5> {
    let version = result.versions.last();
    [
        name_of(&result.target, task),
        item_name(&result.item, task),
        version.map_or("", |version| version.result.label(Lang::Zh)).to_owned(),
        version.map(|version| version.published.to_string()).unwrap_or_default(),
        result.said.zh.clone(),
    ]
}

fn name_of(target: &TargetId, task: &Task) -> String {
    task.target(target.as_str()).map_or_else(|| target.to_string(), |found| found.name.clone())
}

fn item_name(id: &ItemId, task: &Task) -> String {
    let mut items = task.departments.iter().flat_map(|(_, items)| items);
    let found = items.find(|item| item.id == id.as_str());
    found.map_or_else(|| id.to_string(), |item| item.name.clone())
}

fn internal(year: &Year, answers: &Answers, open: PublicYear) -> InternalYear {
    let task = &year.outcome.task;
    let load = answers.evaluation.load.iter().filter(|(_, load)| load.most > 0);
    let explained = answers.negative().map(|result| explain(result, task));
    InternalYear {
        open,
        coverage: answers.evaluation.coverage.iter().map(coverage).collect(),
        load: load
            .map(|(department, load)| {
                let mean = tenths(load.mean.numerator, load.mean.denominator);
                let numbers = [load.inspectors, load.least, load.most].map(|n| n.to_string());
                let [people, least, most] = numbers;
                [department_name(department, task), people, least, most, mean]
            })
            .collect(),
        duties: answers.duties.iter().map(duty).collect(),
        late: late(year),
        explained: explained.collect(),
    }
}

fn coverage(line: &Coverage) -> Row<5> {
    let class =
        line.class.as_ref().and_then(|class| yicha::risk::RiskClass::from_code(class.as_str()));
    let eligible = line.eligible.unwrap_or(0);
    let (quota, inspected) = (line.quota, line.inspected);
    [
        class.map_or("", |class| class.label(Lang::Zh)).to_owned(),
        eligible.to_string(),
        quota.to_string(),
        inspected.to_string(),
        format!("{}%", tenths(100 * inspected, eligible.max(1))),
    ]
}

/// A fraction with one decimal, cut off.
fn tenths(numerator: u64, denominator: u64) -> String {
    let tenths = 10 * numerator / denominator.max(1);
    format!("{}.{}", tenths / 10, tenths % 10)
}

fn department_name(id: &DepartmentId, task: &Task) -> String {
    let found = task.registers.departments.iter().find(|department| department.id == *id);
    found.map_or_else(|| id.to_string(), |department| department.name.clone())
}

fn duty(duty: &Duty) -> DutyView {
    let certainty = match duty.certainty {
        Some(Certainty::Provisional { missing, .. }) => {
            format!("暂定：{}年的节假日安排尚未公布，公布后可能变动", missing.year())
        }
        Some(Certainty::Firm) | None => "确定".to_owned(),
    };
    let days = duty.count.iter().flat_map(|count| &count.days).map(|day| {
        let number = day.number.map(|number| number.to_string()).unwrap_or_default();
        [day.date.to_string(), number, day.reason.zh.clone()]
    });
    DutyView {
        due: duty.due.map(|due| due.to_string()).unwrap_or_default(),
        said: duty.said.zh.clone(),
        certainty,
        days: days.collect(),
    }
}

fn late(year: &Year) -> Vec<Row<4>> {
    let task = &year.outcome.task;
    let world = year.host.office().world();
    let items = world.publications.iter().flat_map(|(id, publication)| {
        publication.items.iter().map(move |(item, published)| (id, item, published))
    });
    items
        .filter_map(|(id, item, published)| {
            let first = published.versions.first()?;
            let timeliness = first.timeliness?;
            let late = timeliness.late?;
            let what = format!("{id} {}", item_name(item, task));
            Some([what, timeliness.due.to_string(), first.published.to_string(), late.to_string()])
        })
        .collect()
}

fn explain(result: &Explained, task: &Task) -> ExplainedView {
    let [target, item, found, since, said] = still_public(result, task);
    ExplainedView {
        result: format!("{} {item}：{found}（{since}公示）", result.inspection),
        target,
        public: result.public,
        said,
        steps: result.steps.iter().map(|step| step.said.zh.clone()).collect(),
    }
}
