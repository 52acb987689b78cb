//! What becomes of each target that was drawn: whom it is visited by, on which day, and what is found. The first ones drawn
//! from the seed have stories of their own, in which every result of article 21 occurs; the others go by chance.

use super::super::act::code;
use super::super::registers;
use super::{Script, out_of_range};
use crate::job::{DepartmentResult, JobError, Placement};
use crate::register::{Department, Item};
use yicha::code::{CaseCode, InspectorId, ItemId, TargetId};
use yicha::date::Date;
use yicha::draw::stream::Stream;
use yicha::register::Method;
use yicha::result::{InspectionResult as Found, Polarity};

/// What an inspection is told for. Those that several results hang on come first, in case few targets are drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Story {
    /// 无法联系: two attempts with evidence, listed or marked as abnormal, removed, and with that repaired (branch B).
    Unreachable,
    /// 不配合检查情节严重: a heavier penalty, the serious list, and public as long as that lasts (branch B).
    Uncooperative,
    /// 未发现开展…经营活动.
    NoSuchBusiness,
    /// 责令改正, with a refused signature: corrected at the second re-check, repaired when the period has run (branch A).
    RefusedSignature,
    /// 未按规定公示: listed or marked, and removed.
    NotPublished,
    /// 待后续调查处理: a clue that goes to the competent department.
    Investigated,
    /// 不合格 and 合格: a penalty, whose publicity stops (branch B).
    Failed,
    /// 其他情况.
    Otherwise,
    /// A published result that a review decision corrects.
    Corrected,
    /// A member declares a recusal and is replaced.
    Replaced,
    /// One department publishes late, the others do not wait for it.
    Late,
    /// Completed in December: the working days reach into a year whose holidays are not known.
    Lasting,
    /// What happens most of the time.
    Ordinary,
}

impl Story {
    /// Those that are told once.
    pub const SPECIAL: [Self; 12] = [
        Self::Unreachable,
        Self::Uncooperative,
        Self::NoSuchBusiness,
        Self::RefusedSignature,
        Self::NotPublished,
        Self::Investigated,
        Self::Failed,
        Self::Otherwise,
        Self::Corrected,
        Self::Replaced,
        Self::Late,
        Self::Lasting,
    ];

    /// Whether the target has to be somebody who can be listed.
    const fn lists(self) -> bool {
        matches!(self, Self::Unreachable | Self::Uncooperative | Self::NotPublished)
    }

    /// What is found of the story's item, which is the first one of the department at that place; or of all items.
    const fn finds(self) -> Option<(Place, Found)> {
        use Place::{All, First, Last, Second};
        Some(match self {
            Self::Unreachable => (All, Found::Unreachable),
            Self::Uncooperative => (All, Found::SeriouslyUncooperative),
            Self::NoSuchBusiness => (All, Found::NoSuchBusiness),
            Self::RefusedSignature => (Second, Found::ProblemToBeCorrected),
            Self::NotPublished => (First, Found::InformationNotPublished),
            Self::Investigated => (First, Found::ProblemUnderInvestigation),
            Self::Failed => (First, Found::Failed),
            Self::Otherwise => (Second, Found::Other),
            Self::Corrected => (Last, Found::ProblemToBeCorrected),
            Self::Replaced | Self::Late | Self::Lasting | Self::Ordinary => return None,
        })
    }
}

/// Whose item a story is about.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    All,
    First,
    Second,
    Last,
}

/// The inspection of one target.
pub(super) struct Course<'a> {
    pub(super) id: CaseCode,
    pub(super) target: &'a TargetId,
    pub(super) story: Story,
    pub(super) opened: Date,
    /// Whether the target is told of the visit.
    pub(super) notified: bool,
    pub(super) replaced: Option<Replacement<'a>>,
    pub(super) visit: Date,
    pub(super) completed: Date,
    pub(super) parts: Vec<Part<'a>>,
}

/// A department's part of it.
pub(super) struct Part<'a> {
    pub(super) department: &'a Department,
    pub(super) entered: Date,
    pub(super) published: Date,
    pub(super) findings: Vec<Finding>,
}

/// What is found of an item.
#[derive(Clone)]
pub(super) struct Finding {
    pub(super) item: ItemId,
    pub(super) name: String,
    pub(super) method: Method,
    pub(super) on: Date,
    pub(super) result: Found,
}

/// A member of the team who is recused, and the inspector who comes instead.
#[derive(Clone)]
pub(super) struct Replacement<'a> {
    pub(super) department: &'a Department,
    pub(super) inspector: InspectorId,
    pub(super) successor: InspectorId,
}

impl Course<'_> {
    /// The number of an act or of a case that follows.
    pub(super) fn number(&self, what: impl std::fmt::Display) -> String {
        format!("{}.{what}", self.id)
    }

    /// The day on which the last department publishes.
    pub(super) fn published(&self) -> Date {
        self.parts.iter().map(|part| part.published).fold(self.completed, Date::max)
    }
}

impl Finding {
    /// Whether it speaks against the target. 其他情况 is a shop that is closed for repairs here, which does not.
    pub(super) fn negative(&self) -> bool {
        self.result.polarity() == Polarity::Negative
    }
}

/// The courses of all targets drawn, in the order of their visits.
pub(super) fn courses<'a>(script: &Script<'a>) -> Result<Vec<Course<'a>>, JobError> {
    let targets = order(script);
    let count = targets.len();
    let stories = Story::SPECIAL.into_iter().chain(std::iter::repeat(Story::Ordinary));
    let numbered = targets.into_iter().zip(stories).enumerate();
    numbered.map(|(i, (target, story))| course(script, target, story, i, count)).collect()
}

/// The targets in the order in which they are visited: by chance, but for those that a story lists.
fn order<'a>(script: &Script<'a>) -> Vec<&'a TargetId> {
    let drawn = script.outcome.targets.drawn.outcome().list().targets();
    let shuffled = script.stream("order").shuffle(u32::try_from(drawn.len()).unwrap_or(u32::MAX));
    let mut targets: Vec<_> = shuffled.into_iter().map(|i| &drawn[i as usize]).collect();
    for (place, _) in Story::SPECIAL.iter().enumerate().filter(|(_, story)| story.lists()) {
        let body = |id: &&TargetId| is_body(script, id);
        if let Some(later) = targets.iter().skip(place).position(body) {
            targets.swap(place, place + later);
        }
    }
    targets
}

/// Whether it is somebody who can be listed, and not a product, project or behaviour.
fn is_body(script: &Script<'_>, id: &TargetId) -> bool {
    let known = script.outcome.task.target(id.as_str());
    known.is_some_and(|target| target.kind.has_credit_code())
}

fn course<'a>(
    script: &Script<'a>,
    target: &'a TargetId,
    story: Story,
    place: usize,
    count: usize,
) -> Result<Course<'a>, JobError> {
    let story = if story.lists() && !is_body(script, target) { Story::Ordinary } else { story };
    let mut chance = script.stream(target.as_str());
    let visit = visit_day(script, place, count)?;
    let opened = script.workdays(visit, -5)?.max(script.draw_day()?);
    let found = match story {
        // The letter to the registered address comes back.
        Story::Unreachable => script.workdays(visit, 10)?,
        _ => visit,
    };
    // A laboratory of the last department takes until December.
    let completed = match story {
        Story::Lasting => script.workdays(december(script)?, 0)?.max(visit),
        _ => found,
    };
    let departments = script.outcome.task.departments.len();
    let mut parts = Vec::new();
    for (place, (department, items)) in script.outcome.task.departments.iter().enumerate() {
        let last = place + 1 == departments;
        let finding = |(number, item): (usize, &Item)| {
            let on = if last { completed } else { found };
            let about = about(story, place, number, last);
            finding(item, on, story, about, &mut chance)
        };
        let findings = items.iter().enumerate().map(finding).collect::<Result<_, _>>()?;
        let (entered, published) = days(script, story, completed, last, &mut chance)?;
        parts.push(Part { department, entered, published, findings });
    }
    let id = code(format!("JC-{}-{:03}", script.until.year(), place + 1))?;
    let replaced = match story {
        Story::Replaced => script.outcome.departments.iter().find_map(|d| replacement(d, target)),
        _ => None,
    };
    let notified = chance.uniform(2) == 0;
    Ok(Course { id, target, story, opened, notified, replaced, visit, completed, parts })
}

/// The visits are spread over the window.
fn visit_day(script: &Script<'_>, place: usize, count: usize) -> Result<Date, JobError> {
    let task = &script.outcome.task;
    let length = usize::try_from(task.plan.to.days() - task.first_day.days()).unwrap_or(0);
    let days = i32::try_from(length * place / count.max(1)).unwrap_or(0);
    let day = script.days(task.first_day, days)?;
    match day <= task.plan.to {
        true => Ok(day),
        false => script.workdays(day, -1),
    }
}

fn december(script: &Script<'_>) -> Result<Date, JobError> {
    Date::from_ymd(script.until.year(), 12, 10).ok_or_else(out_of_range)
}

/// What a story says of an item, by the places of its department and of the item in it.
fn about(story: Story, department: usize, item: usize, last: bool) -> Option<Found> {
    let (place, result) = story.finds()?;
    let its_own = match place {
        Place::All => true,
        Place::First => department == 0 && item == 0,
        Place::Second => department == 1 && item == 0,
        Place::Last => last && item == 0,
    };
    match story {
        _ if its_own => Some(result),
        Story::Failed => Some(Found::Passed),
        _ => Some(Found::NoProblemFound),
    }
}

/// What is found of an item: what the story says of it, or else a problem now and then.
fn finding(
    item: &Item,
    on: Date,
    story: Story,
    about: Option<Found>,
    chance: &mut Stream,
) -> Result<Finding, JobError> {
    let methods = registers::methods(item);
    let other = story == Story::Ordinary && chance.uniform(4) == 0;
    let method = if other { methods.last() } else { methods.first() };
    let method = method.copied().unwrap_or(Method::OnSite);
    let result = match (about, chance.uniform(100)) {
        (Some(result), _) => result,
        (None, 0..5) => Found::ProblemToBeCorrected,
        (None, 5) => Found::Failed,
        (None, _) if method == Method::SamplingTest => Found::Passed,
        (None, _) => Found::NoProblemFound,
    };
    Ok(Finding { item: code(&item.id)?, name: item.name.clone(), method, on, result })
}

/// When a department enters and publishes its results.
fn days(
    script: &Script<'_>,
    story: Story,
    completed: Date,
    last: bool,
    chance: &mut Stream,
) -> Result<(Date, Date), JobError> {
    let mut within = |from: i32, to: u64| from + i32::try_from(chance.uniform(to)).unwrap_or(0);
    let (entered, published) = match story {
        Story::Late if last => (21, 24),
        // The first ones are in time in the old year; the last one has until the new one.
        Story::Lasting if last => (15, 17),
        _ => {
            let entered = within(2, 6);
            (entered, entered + within(1, 4))
        }
    };
    Ok((script.workdays(completed, entered)?, script.workdays(completed, published)?))
}

/// Somebody of the department who has what the place of a member asks for, and could come instead.
fn replacement<'a>(result: &'a DepartmentResult, target: &TargetId) -> Option<Replacement<'a>> {
    let Placement::Matched { matched, .. } = &result.placement else { return None };
    let problem = &result.problem;
    let place = problem.targets().binary_search(target).ok()?;
    let team = matched.at(target);
    team.iter().find_map(|member| {
        let slot = problem.slots(place).nth(usize::try_from(member.slot).ok()?)?;
        let free = problem.inspectors().iter().find(|candidate| {
            team.iter().all(|other| other.inspector != candidate.inspector)
                && problem.recused_from(target).all(|recused| *recused != candidate.inspector)
                && slot.codes().all(|code| candidate.codes.contains(code))
        })?;
        let (inspector, successor) = (member.inspector.clone(), free.inspector.clone());
        Some(Replacement { department: &result.department, inspector, successor })
    })
}
