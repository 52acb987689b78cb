//! Article 9: the indicators of industries with their limits, and the warnings.

use super::View;
use super::known::known;
use crate::code::{CaseCode, DepartmentId, IndustryCode};
use crate::date::Date;
use crate::explain::{Explain, Said};
use crate::order::gather;
use crate::oversight::limit::Share;
use crate::oversight::warning::{Grade, Indicator, Observation, Observed, Warning};
use crate::plan::{Window, joint_list};
use crate::refusal::Refusal;
use alloc::collections::BTreeSet;
use alloc::vec::Vec;
use serde::{Deserialize, Serialize};

/// Asks about indicators and warnings.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct AskRisk {
    /// The day: periods that are over and warnings raised by then.
    pub day: Date,
    /// Only this industry.
    pub industry: Option<IndustryCode>,
}

/// What was observed, and the warnings.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Risk {
    /// The day.
    pub day: Date,
    /// What was observed, by industry, indicator and period.
    pub periods: Vec<PeriodOf>,
    /// The warnings, by number.
    pub warnings: Vec<WarningOf>,
}

/// An indicator over a period.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PeriodOf {
    /// Whether it is above the limit.
    pub above: bool,
    /// Whether an earlier value was corrected.
    pub corrected: bool,
    /// Which indicator.
    pub indicator: Indicator,
    /// The industry.
    pub industry: IndustryCode,
    /// The highest count within the limit; none while too few periods came before.
    pub limit: Option<u32>,
    /// The days.
    pub period: Window,
    /// The value.
    pub share: Share,
}

/// A warning.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct WarningOf {
    /// The conference that assessed it.
    pub assessed: Option<CaseCode>,
    /// The observation above its limit; none for a warning that a person raised.
    pub breach: Option<Observation>,
    /// The day it was closed.
    pub closed: Option<Date>,
    /// The departments concerned.
    pub concerned: BTreeSet<DepartmentId>,
    /// How grave it is; none before somebody says so.
    pub grade: Option<Grade>,
    /// The industry.
    pub industry: IndustryCode,
    /// The department that deals with it.
    pub lead: DepartmentId,
    /// The day it was raised.
    pub on: Date,
    /// What is to be done before it can be closed; none where it is closed, or nothing is.
    pub waits: Option<Waits>,
    /// The warning.
    pub warning: CaseCode,
}

/// What stands in the way of closing a warning.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Waits {
    /// The code of the refusal that closing it would meet.
    pub code: &'static str,
    /// Its sentence.
    pub said: Said,
}

pub(super) fn ask(asked: &AskRisk, view: &View<'_>) -> Result<Risk, Refusal> {
    let AskRisk { day, industry } = asked;
    let wanted = |id: &str| industry.as_ref().is_none_or(|industry| industry.as_str() == id);
    if let Some(industry) = industry {
        known(&joint_list::case(industry), view.world)?;
    }
    let watches = view.world.indicators.iter().filter(|(id, _)| wanted(id.as_str()));
    let periods = watches.flat_map(|(id, watch)| {
        let observed = watch.observed.values().flat_map(|periods| periods.values());
        observed.map(|observed| period_of(id, observed))
    });
    let warnings = view.world.warnings.iter();
    let warnings = warnings.filter(|(_, it)| it.on <= *day && wanted(it.raised.industry.as_str()));
    Ok(Risk {
        day: *day,
        periods: periods.filter(|it| it.period.until < *day).collect(),
        warnings: warnings.map(|(id, it)| warning_of(id, it, *day, view)).collect(),
    })
}

fn period_of(industry: &CaseCode, observed: &Observed) -> PeriodOf {
    let Observed { correction, limit, observation } = observed;
    let Observation { indicator, period, share } = *observation;
    PeriodOf {
        above: limit.is_some_and(|limit| share.count > limit),
        corrected: correction.is_some(),
        indicator,
        industry: industry.into(),
        limit: *limit,
        period,
        share,
    }
}

fn warning_of(id: &CaseCode, it: &Warning, day: Date, view: &View<'_>) -> WarningOf {
    let closed = it.closed.filter(|closed| *closed <= day);
    let waits = match closed {
        Some(_) => None,
        None => it.can_be_closed(id, view.world).err(),
    };
    WarningOf {
        assessed: it.assessed.as_ref().map(|assessed| assessed.conference.clone()),
        breach: it.raised.breach,
        closed,
        concerned: gather(it.graded.iter().flat_map(|graded| graded.concerned.clone())),
        grade: it.graded.as_ref().map(|graded| graded.grade),
        industry: it.raised.industry.clone(),
        lead: it.raised.lead.clone(),
        on: it.on,
        waits: waits.map(|refusal| Waits { code: refusal.code(), said: refusal.said() }),
        warning: id.clone(),
    }
}
