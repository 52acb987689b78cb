//! 风险监测, article 9: indicators of each industry over time, warnings, and the joint assessment of major ones.

use super::limit::{Share, upper_limit};
use crate::actor::{Role, with_keepers};
use crate::case::{CaseId, CaseKind, Context, Fact, Stamp};
use crate::citation::Basis;
use crate::code::{CaseCode, DepartmentId, IndustryCode};
use crate::date::Date;
use crate::few::FewByKey;
use crate::hash::Digest;
use crate::plan::Window;
use crate::plan::conference::{self, Conference};
use crate::refusal::{Common, List, NotEntitled, Refusal, refusals};
use crate::world::World;
use alloc::collections::BTreeSet;
use alloc::vec::Vec;
use serde::{Deserialize, Serialize};

const ART: Basis = Basis::Article(9);
const LIMIT: Basis = Basis::Decision("warning-limit");

/// What is watched.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Indicator {
    /// Inspections with a problem, of the inspections of the period.
    Problems,
    /// Targets with a complaint, of the targets registered.
    Complaints,
}

/// How grave a warning is. A person says so.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Grade {
    /// 一般.
    General,
    /// 重大: assessed jointly before it is closed.
    Major,
}

/// What can be done about an industry's indicators.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub enum IndicatorCommand {
    /// An indicator's value over a period that is over. Above the limit it raises a warning.
    Observe {
        /// Salted digest of why the value that is recorded for this period was wrong.
        correction: Option<Digest>,
        /// The industry.
        industry: IndustryCode,
        /// What was observed.
        observation: Observation,
        /// The number for a warning.
        warning: CaseCode,
    },
}

/// An indicator's value over a period.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Observation {
    /// Which indicator.
    pub indicator: Indicator,
    /// The days.
    pub period: Window,
    /// The value.
    pub share: Share,
}

/// An indicator was observed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Observed {
    /// Salted digest of why an earlier value was wrong.
    pub correction: Option<Digest>,
    /// The highest count within the limit; none while too few periods came before.
    pub limit: Option<u32>,
    /// What was observed.
    pub observation: Observation,
}

/// What happened to an industry's indicators.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum IndicatorEvent {
    /// An indicator was observed.
    Observed(Observed),
}

/// What can be done about a warning.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub enum WarningCommand {
    /// A department or the joint office raises one, whatever the indicators say.
    Raise {
        /// The industry.
        industry: IndustryCode,
        /// Salted digest of what was noticed.
        text: Digest,
        /// Its number.
        warning: CaseCode,
    },
    /// The lead says how grave it is and whom it concerns.
    Grade {
        /// What happened.
        graded: Graded,
        /// The warning.
        warning: CaseCode,
    },
    /// The departments concerned assessed it (综合研判), at a conference that the joint office recorded.
    Assess {
        /// What happened.
        assessed: Assessed,
        /// The warning.
        warning: CaseCode,
    },
    /// The lead closes it.
    Close {
        /// What happened.
        closed: WarningClosed,
        /// The warning.
        warning: CaseCode,
    },
}

/// A warning was raised.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct WarningRaised {
    /// The observation above its limit; none for a warning that a person raised.
    pub breach: Option<Observation>,
    /// The industry.
    pub industry: IndustryCode,
    /// The department that leads it, and deals with the warning.
    pub lead: DepartmentId,
    /// Salted digest of what was noticed; none where the breach says it.
    pub text: Option<Digest>,
}

/// A warning was graded.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Graded {
    /// The departments concerned.
    pub concerned: BTreeSet<DepartmentId>,
    /// The grade.
    pub grade: Grade,
    /// Salted digest of the reason.
    pub reason: Digest,
}

/// A warning was assessed jointly.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Assessed {
    /// Salted digest of the assessment.
    pub assessment: Digest,
    /// The conference.
    pub conference: CaseCode,
    /// Those of its resolutions that deal with the risk (协同处置).
    pub measures: BTreeSet<CaseCode>,
}

/// A warning was closed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct WarningClosed {
    /// Salted digest of what became of the risk.
    pub report: Digest,
}

/// What happened to a warning.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum WarningEvent {
    /// It was raised.
    Raised(WarningRaised),
    /// It was graded.
    Graded(Graded),
    /// It was assessed jointly.
    Assessed(Assessed),
    /// It was closed.
    Closed(WarningClosed),
}

refusals! {
    /// What is refused of indicators and warnings.
    WarningRefusal {
        CountAboveTotal { count: u32, of: u32 } = "indicator-count-above-total", Article(9),
            "数值为{of}中的{count}；前者应不小于后者",
            "{count} of {of}: no more than all can have it";
        PeriodNotOver { period: Window, day: Date } = "indicator-period-not-over", Decision("warning-limit"),
            "{period}至{day}尚未结束或首尾颠倒；一期结束后方可记录",
            "the period {period} is not over on {day}, or ends before it begins; it is recorded when it is over";
        PeriodOverlaps { period: Window, recorded: Window } = "indicator-period-overlaps", Decision("warning-limit"),
            "{period}与已记录的{recorded}重叠；各期应相接不相交，更正应用同一期并说明理由",
            "the period {period} overlaps {recorded}; periods are apart, and a correction names the same one and says why";
        NothingToCorrect { period: Window } = "indicator-nothing-to-correct", Decision("warning-limit"),
            "{period}尚无记录，无可更正；首次记录不写更正理由",
            "nothing is recorded for {period} that could be corrected; a first value has no such reason";
        Closed { warning: CaseCode, on: Date } = "warning-already-closed", Article(9),
            "预警{warning}已于{on}解除；新的风险应另行预警",
            "warning {warning} was closed on {on}; a new risk is a warning of its own";
        NotGraded { warning: CaseCode } = "warning-not-graded", Article(9),
            "预警{warning}尚未定级；应先由人判定是一般还是重大",
            "warning {warning} has no grade; a person says first whether it is major";
        Alone { concerned: List<DepartmentId> } = "warning-major-alone", Article(9),
            "重大预警应由有关部门综合研判；所列部门为{concerned}，至少两个",
            "a major warning is assessed by the departments concerned, at least two; named are {concerned}";
        AssessedBefore { conference: CaseCode, held: Date, raised: Date } = "assessment-before-warning", Article(9),
            "会议{conference}于{held}召开，早于预警日{raised}；应在预警后研判",
            "conference {conference} was held on {held}, before the warning of {raised}; it is assessed after that";
        Absent { departments: List<DepartmentId> } = "assessment-incomplete", Article(9),
            "{departments}未参加会商；有关部门应全部参加综合研判",
            "{departments} did not attend; all departments concerned assess a warning together";
        NoSuchMeasure { measure: CaseCode, conference: CaseCode } = "assessment-measure-unknown", Article(9),
            "会议{conference}没有编号为{measure}的决议；处置措施应为该会议的决议",
            "conference {conference} has no resolution {measure}; measures are resolutions of it";
        NotAssessed { warning: CaseCode, concerned: List<DepartmentId> } = "warning-not-assessed", Article(9),
            "重大预警{warning}未经{concerned}综合研判；研判后方可解除",
            "the major warning {warning} was not assessed by {concerned} together; it is closed after that";
        MeasuresOpen { measures: List<CaseCode> } = "warning-measures-open", Article(9),
            "处置措施{measures}尚未完成；完成后方可解除预警",
            "the measures {measures} are not done; a warning is closed when they are";
    }
}

/// An industry's indicators.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Watch {
    /// What was observed, by the first day of the period.
    pub observed: FewByKey<Indicator, FewByKey<Date, Observed>>,
}

impl Watch {
    /// The periods of an indicator in their order.
    pub fn periods(&self, indicator: Indicator) -> impl DoubleEndedIterator<Item = &Observed> {
        self.observed.get(&indicator).into_iter().flat_map(FewByKey::values)
    }

    /// Takes over what happened to it.
    pub(crate) fn apply(&mut self, event: &IndicatorEvent, _: &Stamp) {
        let IndicatorEvent::Observed(observed) = event;
        let Observation { indicator, period, .. } = observed.observation;
        let periods = self.observed.get_or_default(indicator);
        periods.insert(period.from, observed.clone());
    }
}

/// A warning.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Warning {
    /// The last joint assessment.
    pub assessed: Option<Assessed>,
    /// The day it was closed.
    pub closed: Option<Date>,
    /// The last grading.
    pub graded: Option<Graded>,
    /// The day it was raised.
    pub on: Date,
    /// What was recorded.
    pub raised: WarningRaised,
}

impl Warning {
    /// Whether something is to be done yet.
    pub const fn is_open(&self) -> bool {
        self.closed.is_none()
    }

    /// Whether it can be closed.
    ///
    /// # Errors
    /// What is to be done before: it is graded; a major one is assessed by all concerned; the measures are carried out.
    pub fn can_be_closed(&self, id: &CaseCode, world: &World) -> Result<(), Refusal> {
        let graded = graded(id, self)?;
        let assessed = match &self.assessed {
            Some(assessed) => Some((assessed, conference(&assessed.conference, world)?)),
            None => None,
        };
        // Departments may have been added to those concerned after the assessment.
        let all_assessed = assessed.is_some_and(|(_, held)| absent(graded, held).next().is_none());
        if graded.grade == Grade::Major && !all_assessed {
            let concerned = List(graded.concerned.iter().cloned().collect());
            return Err(WarningRefusal::NotAssessed { warning: id.clone(), concerned }.into());
        }
        let measures: Vec<_> = assessed
            .into_iter()
            .flat_map(|(assessed, held)| held.open().filter(|r| assessed.measures.contains(&r.id)))
            .map(|measure| measure.id.clone())
            .collect();
        match measures.is_empty() {
            true => Ok(()),
            false => Err(WarningRefusal::MeasuresOpen { measures: List(measures) }.into()),
        }
    }

    /// Takes over what happened to it. Gives it where it begins with that.
    pub(crate) fn apply(
        case: Option<&mut Self>,
        event: &WarningEvent,
        stamp: &Stamp,
    ) -> Option<Self> {
        match (event, case) {
            (WarningEvent::Raised(raised), _) => {
                let (on, raised) = (stamp.effective, raised.clone());
                return Some(Self { assessed: None, closed: None, graded: None, on, raised });
            }
            (WarningEvent::Graded(graded), Some(case)) => case.graded = Some(graded.clone()),
            (WarningEvent::Assessed(assessed), Some(case)) => {
                case.assessed = Some(assessed.clone());
            }
            (WarningEvent::Closed(_), Some(case)) => case.closed = Some(stamp.effective),
            (_, None) => {}
        }
        None
    }
}

/// The case of an industry's indicators.
pub fn indicator_case(industry: &IndustryCode) -> CaseId {
    CaseId { kind: CaseKind::Indicator, id: industry.into() }
}

/// The case of a warning.
pub fn case(id: &CaseCode) -> CaseId {
    CaseId { kind: CaseKind::Warning, id: id.clone() }
}

/// Decides a command about indicators.
pub(crate) fn decide_indicator(
    command: &IndicatorCommand,
    context: &Context<'_>,
) -> Result<Vec<Fact>, Refusal> {
    let IndicatorCommand::Observe { industry, observation, correction, warning } = command;
    let lead = &context.world.joint_list(industry, context.day())?.lead;
    context.acts_for(lead, &with_keepers([Role::JointOffice, Role::Platform]), ART)?;
    let none = Watch::default();
    let watch = context.world.indicators.get(industry.as_str()).unwrap_or(&none);
    check_observation(watch, observation, *correction, context)?;
    let limit = limit(watch, observation, context)?;
    let observed = Observed { correction: *correction, limit, observation: *observation };
    let event = IndicatorEvent::Observed(observed);
    let mut facts = Vec::from([Fact::new(indicator_case(industry), &[ART, LIMIT], event)]);
    let above = limit.is_some_and(|limit| observation.share.count > limit);
    if above && !warned(industry, observation, context) {
        fresh(warning, context)?;
        let (industry, lead) = (industry.clone(), lead.clone());
        let raised = WarningRaised { breach: Some(*observation), industry, lead, text: None };
        facts.push(Fact::new(case(warning), &[ART, LIMIT], WarningEvent::Raised(raised)));
    }
    Ok(facts)
}

/// Whether the period has its warning already, from a value that is corrected now.
fn warned(industry: &IndustryCode, observation: &Observation, context: &Context<'_>) -> bool {
    let period = |found: &Observation| (found.indicator, found.period);
    let mut raised = context.world.warnings.values().map(|warning| &warning.raised);
    raised.any(|raised| {
        raised.industry == *industry
            && raised.breach.as_ref().map(period) == Some(period(observation))
    })
}

fn check_observation(
    watch: &Watch,
    Observation { indicator, period, share }: &Observation,
    correction: Option<Digest>,
    context: &Context<'_>,
) -> Result<(), WarningRefusal> {
    let &Share { count, of } = share;
    if count > of {
        return Err(WarningRefusal::CountAboveTotal { count, of });
    }
    let (period, day) = (*period, context.day());
    if period.until < period.from || period.until >= day {
        return Err(WarningRefusal::PeriodNotOver { period, day });
    }
    let recorded = watch.periods(*indicator).map(|observed| observed.observation.period);
    let mut clashing =
        recorded.filter(|other| other.from <= period.until && period.from <= other.until);
    match (clashing.next(), correction) {
        (Some(recorded), Some(_)) if recorded == period => Ok(()),
        (Some(recorded), _) => Err(WarningRefusal::PeriodOverlaps { period, recorded }),
        (None, Some(_)) => Err(WarningRefusal::NothingToCorrect { period }),
        (None, None) => Ok(()),
    }
}

/// The limit from the periods before, once there are enough of them.
fn limit(
    watch: &Watch,
    Observation { indicator, period, share }: &Observation,
    context: &Context<'_>,
) -> Result<Option<u32>, Refusal> {
    let (edition, day) = (context.edition, context.day());
    let longest = edition.value(|e| &e.warning_periods, day)?.value;
    let shortest = edition.value(|e| &e.warning_periods_least, day)?.value;
    let sigmas = edition.value(|e| &e.warning_sigmas, day)?.value;
    let earlier = watch.periods(*indicator).rev().map(|observed| observed.observation);
    let before: Vec<Share> = earlier
        .filter(|observation| observation.period.until < period.from)
        .map(|observation| observation.share)
        .take(longest.into())
        .collect();
    if before.len() < usize::from(shortest) {
        return Ok(None);
    }
    let base = before.iter().fold(Share::default(), |sum, share| Share {
        count: sum.count.saturating_add(share.count),
        of: sum.of.saturating_add(share.of),
    });
    Ok(upper_limit(base, share.of, sigmas))
}

/// Decides a command about a warning.
pub(crate) fn decide(
    command: &WarningCommand,
    context: &Context<'_>,
) -> Result<Vec<Fact>, Refusal> {
    let (id, event) = match command {
        WarningCommand::Raise { warning, industry, text } => {
            (warning, raise(warning, industry, *text, context)?)
        }
        WarningCommand::Grade { warning, graded } => (warning, grade(warning, graded, context)?),
        WarningCommand::Assess { warning, assessed } => {
            (warning, assess(warning, assessed, context)?)
        }
        WarningCommand::Close { warning, closed } => (warning, close(warning, closed, context)?),
    };
    Ok([Fact::new(case(id), &[ART], event)].into())
}

fn raise(
    id: &CaseCode,
    industry: &IndustryCode,
    text: Digest,
    context: &Context<'_>,
) -> Result<WarningEvent, Refusal> {
    context.role(&with_keepers([Role::JointOffice, Role::Inspector]), ART)?;
    fresh(id, context)?;
    let lead = context.world.joint_list(industry, context.day())?.lead.clone();
    let industry = industry.clone();
    Ok(WarningEvent::Raised(WarningRaised { breach: None, industry, lead, text: Some(text) }))
}

fn grade(id: &CaseCode, graded: &Graded, context: &Context<'_>) -> Result<WarningEvent, Refusal> {
    let warning = open(id, context)?;
    leads(warning, context)?;
    if graded.grade == Grade::Major && graded.concerned.len() < 2 {
        let concerned = List(graded.concerned.iter().cloned().collect());
        return Err(WarningRefusal::Alone { concerned }.into());
    }
    Ok(WarningEvent::Graded(graded.clone()))
}

fn assess(
    id: &CaseCode,
    assessed: &Assessed,
    context: &Context<'_>,
) -> Result<WarningEvent, Refusal> {
    let warning = open(id, context)?;
    leads(warning, context)?;
    let graded = graded(id, warning)?;
    let conference = conference(&assessed.conference, context.world)?;
    if conference.on < warning.on {
        let (held, raised) = (conference.on, warning.on);
        let conference = assessed.conference.clone();
        return Err(WarningRefusal::AssessedBefore { conference, held, raised }.into());
    }
    let absent: Vec<_> = absent(graded, conference).cloned().collect();
    if !absent.is_empty() {
        return Err(WarningRefusal::Absent { departments: List(absent) }.into());
    }
    let known = |measure: &&CaseCode| conference.held.resolutions.iter().any(|r| r.id == **measure);
    if let Some(measure) = assessed.measures.iter().find(|measure| !known(measure)) {
        let (measure, conference) = (measure.clone(), assessed.conference.clone());
        return Err(WarningRefusal::NoSuchMeasure { measure, conference }.into());
    }
    Ok(WarningEvent::Assessed(assessed.clone()))
}

fn close(
    id: &CaseCode,
    closed: &WarningClosed,
    context: &Context<'_>,
) -> Result<WarningEvent, Refusal> {
    let warning = open(id, context)?;
    leads(warning, context)?;
    warning.can_be_closed(id, context.world)?;
    Ok(WarningEvent::Closed(closed.clone()))
}

fn fresh(id: &CaseCode, context: &Context<'_>) -> Result<(), Common> {
    match context.world.warnings.contains_key(id) {
        true => Err(Common::CaseExists { case: case(id) }),
        false => Ok(()),
    }
}

fn open<'a>(id: &CaseCode, context: &Context<'a>) -> Result<&'a Warning, Refusal> {
    let Some(warning) = context.world.warnings.get(id) else {
        return Err(Common::NoSuchCase { case: case(id) }.into());
    };
    match warning.closed {
        Some(on) => Err(WarningRefusal::Closed { warning: id.clone(), on }.into()),
        None => Ok(warning),
    }
}

fn graded<'a>(id: &CaseCode, warning: &'a Warning) -> Result<&'a Graded, WarningRefusal> {
    warning.graded.as_ref().ok_or_else(|| WarningRefusal::NotGraded { warning: id.clone() })
}

fn conference<'a>(id: &CaseCode, world: &'a World) -> Result<&'a Conference, Common> {
    let found = world.conferences.get(id);
    found.ok_or_else(|| Common::NoSuchCase { case: conference::case(id) })
}

/// The departments concerned that did not attend.
fn absent<'a>(graded: &'a Graded, held: &Conference) -> impl Iterator<Item = &'a DepartmentId> {
    graded.concerned.iter().filter(|department| !held.held.attended.contains(department))
}

fn leads(warning: &Warning, context: &Context<'_>) -> Result<(), NotEntitled> {
    context.acts_for(&warning.raised.lead, &with_keepers([Role::JointOffice]), ART)
}
