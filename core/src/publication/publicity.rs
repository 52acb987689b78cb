//! Why a result is public on a day, and when or on what it stops (article 25).
//!
//! - **Branch A**, no penalty or only a minor one: it is public until the statutory period has run.
//! - **Branch B**, listed or penalised otherwise: it is public until every listing and penalty linked to it has ended, and
//!   stops on the day on which the last one does. B prevails over A.
//!
//! Listings and penalties count by the day on which they take effect, whenever they were recorded: one that takes effect
//! while the result is public counts, one on or after the day on which the result stops does not revive it, and one that
//! had ended before the result was published is none of its consequences (our decision `repair-by-effect`).

use super::{Period, Published};
use crate::case::CaseId;
use crate::citation::Basis;
use crate::code::CaseCode;
use crate::date::Date;
use crate::explain::{Lang, Said};
use crate::order::sort_by;
use crate::refusal::List;
use alloc::format;
use alloc::vec::Vec;
use core::cmp::Reverse;
use serde::{Deserialize, Serialize};

/// Why a result is public on a day or is not.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub enum Publicity {
    /// It is not published yet.
    NotYet,
    /// A law forbids it (article 3).
    Withheld {
        /// The withholding.
        by: CaseCode,
    },
    /// It is public and does not stop, since it is not negative.
    NeverStops,
    /// It is public by branch A, and its department has not said how long.
    UntilPeriodIsSet,
    /// It is public by branch A until the statutory period has run.
    UntilPeriodEnds {
        /// The last day on which it is public.
        last_day: Date,
    },
    /// It is public by branch B until these listings and penalties have ended.
    UntilConsequencesEnd {
        /// Those that have not ended yet.
        cases: Vec<CaseId>,
        /// The day on which the last one ends and the result stops, where that is known.
        stops: Option<Date>,
    },
    /// It is public no more.
    Stopped {
        /// Why.
        ground: StopGround,
        /// The first day on which it is not public.
        on: Date,
    },
}

/// Why a result stopped being public.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum StopGround {
    /// Branch A: the statutory period has run.
    PeriodOver,
    /// Branch B: the last listing or penalty has ended.
    Ended(CaseId),
}

/// A listing or penalty, other than a minor one, that is linked to a result.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// Its case.
    pub case: CaseId,
    /// The day on which it takes effect.
    pub from: Date,
    /// The day on which it ends: the first one without it.
    pub until: Option<Date>,
}

impl Link {
    /// A day that never comes stands for no end.
    fn end(&self) -> Date {
        self.until.unwrap_or(Date::MAX)
    }
}

impl Period {
    /// The last day of publicity: the start day is excluded, months are those of the calendar, and nothing rolls over days
    /// off (民法典 201, 202; our decision `repair-period-months`).
    pub fn last_day(&self) -> Date {
        self.start.plus_months(self.months.get()).unwrap_or(Date::MAX)
    }

    /// The first day on which the result is not public.
    fn stops(&self) -> Date {
        let last_day = self.last_day();
        last_day.plus_days(1).unwrap_or(last_day)
    }
}

impl Publicity {
    /// Whether the public sees the result.
    pub const fn is_public(&self) -> bool {
        match self {
            Self::NotYet | Self::Withheld { .. } | Self::Stopped { .. } => false,
            Self::NeverStops
            | Self::UntilPeriodIsSet
            | Self::UntilPeriodEnds { .. }
            | Self::UntilConsequencesEnd { .. } => true,
        }
    }

    /// The first day on which the result is not public, where that is known.
    pub fn stops(&self) -> Option<Date> {
        match self {
            Self::UntilPeriodEnds { last_day } => last_day.plus_days(1),
            Self::UntilConsequencesEnd { stops, .. } => *stops,
            Self::Stopped { on, .. } => Some(*on),
            Self::NotYet | Self::Withheld { .. } | Self::NeverStops | Self::UntilPeriodIsSet => {
                None
            }
        }
    }

    /// The listings and penalties because of which the result is public.
    pub fn holding(&self) -> &[CaseId] {
        match self {
            Self::UntilConsequencesEnd { cases, .. } => cases,
            _ => &[],
        }
    }

    /// The rules by which it is so.
    pub const fn basis(&self) -> &'static [Basis] {
        use Basis::{Article, Decision};
        match self {
            Self::NotYet | Self::NeverStops => &[Article(21)],
            Self::Withheld { .. } => &[Article(3)],
            Self::UntilPeriodIsSet | Self::UntilPeriodEnds { .. } => {
                &[Article(25), Decision("repair-period-months")]
            }
            Self::UntilConsequencesEnd { .. } => &[Article(25), Decision("repair-by-effect")],
            Self::Stopped { ground: StopGround::PeriodOver, .. } => {
                &[Article(25), Decision("repair-period-months")]
            }
            Self::Stopped { ground: StopGround::Ended(_), .. } => {
                &[Article(25), Decision("repair-by-effect")]
            }
        }
    }

    /// The same as a sentence.
    pub fn said(&self) -> Said {
        match self {
            Self::NotYet => Said::new("结果尚未公示", "the result is not public yet"),
            Self::Withheld { by } => Said::new(
                format!("结果依法不予公开，见{by}"),
                format!("the result is withheld by law, see {by}"),
            ),
            Self::NeverStops => Said::new(
                "结果不是负面信息，持续公示",
                "the result is not negative, and its publicity does not stop",
            ),
            Self::UntilPeriodIsSet => Said::new(
                "未作出处罚或仅作出轻微处罚，公示满法定期限后停止；部门尚未给出期限",
                "without a penalty other than a minor one it stops after the statutory period, which the department has not given yet",
            ),
            Self::UntilPeriodEnds { last_day } => Said::new(
                format!("未作出处罚或仅作出轻微处罚，公示至{last_day}，法定期限届满后停止"),
                format!(
                    "without a penalty other than a minor one it is public until {last_day}, when the statutory period has run"
                ),
            ),
            Self::UntilConsequencesEnd { cases, stops } => consequences(cases, *stops),
            Self::Stopped { ground: StopGround::PeriodOver, on } => Said::new(
                format!("法定期限届满，自{on}起停止公示"),
                format!("the statutory period has run; it is not public from {on}"),
            ),
            Self::Stopped { ground: StopGround::Ended(case), on } => Said::new(
                format!(
                    "{}于{on}移出、停止公示、撤销或期满，自当日起同时停止公示",
                    case.in_words(Lang::Zh)
                ),
                format!("{case} ended on {on}, and on that same day the publicity of the result"),
            ),
        }
    }
}

fn consequences(cases: &[CaseId], stops: Option<Date>) -> Said {
    let named = |lang| List(cases.iter().map(|case| case.in_words(lang)).collect());
    let (zh, cases) = (named(Lang::Zh), named(Lang::En));
    match stops {
        Some(on) => Said::new(
            format!("因{zh}继续公示，其于{on}移出、停止公示、撤销或期满时同时停止"),
            format!("it is public because of {cases}, and stops with them on {on}"),
        ),
        None => Said::new(
            format!("因{zh}继续公示，全部移出、停止公示、撤销或期满之日同时停止"),
            format!(
                "it is public because of {cases}, and stops on the day on which all of them have ended"
            ),
        ),
    }
}

impl Published {
    /// Why the result is public on a day or is not, with the listings and penalties that are linked to it, each only once.
    pub fn publicity(&self, links: &[Link], day: Date) -> Publicity {
        let (Some(version), since) = (self.version(day), self.negative_since(day)) else {
            return Publicity::NotYet;
        };
        let (true, Some(since)) = (version.negative, since) else { return Publicity::NeverStops };
        // A period that is over before the publication stops nothing before that.
        let over = self.period.as_ref().map(|period| period.stops().max(since));
        let counted = counted(since, over, links);
        match (counted.iter().max_by_key(|link| link.end()), &self.period, over) {
            (Some(last), ..) => match last.until {
                Some(on) if on <= day => {
                    Publicity::Stopped { ground: StopGround::Ended(last.case.clone()), on }
                }
                stops => {
                    let open = counted.iter().filter(|link| link.end() > day);
                    let mut cases: Vec<_> = open.map(|link| link.case.clone()).collect();
                    sort_by(&mut cases, CaseId::cmp);
                    Publicity::UntilConsequencesEnd { cases, stops }
                }
            },
            (None, _, Some(on)) if on <= day => {
                Publicity::Stopped { ground: StopGround::PeriodOver, on }
            }
            (None, Some(period), _) => Publicity::UntilPeriodEnds { last_day: period.last_day() },
            (None, None, _) => Publicity::UntilPeriodIsSet,
        }
    }
}

/// The links that count, from the earliest on: each takes effect before the result stops by what came before it.
fn counted(since: Date, over: Option<Date>, links: &[Link]) -> Vec<&Link> {
    let mut links: Vec<_> = links.iter().filter(|link| link.end() > link.from.max(since)).collect();
    // Of those that take effect on one day the longest comes first, so that none is lost.
    sort_by(&mut links, |a, b| (a.from, Reverse(a.end())).cmp(&(b.from, Reverse(b.end()))));
    let mut stops = over.unwrap_or(Date::MAX);
    let mut counted: Vec<&Link> = Vec::new();
    for link in links {
        if link.from >= stops {
            break;
        }
        // The first one takes the place of the period, whichever is longer.
        stops = if counted.is_empty() { link.end() } else { stops.max(link.end()) };
        counted.push(link);
    }
    counted
}
