//! Working days of mainland China: Monday to Friday, changed by the State Council's yearly notices.
//!
//! The calendar knows what it knows. An answer that rests on a day of a year without a notice is
//! [`Certainty::Provisional`]: plain weekends are assumed there, and it may change when a host adds the year.
//! Every operation but the explanation takes constant time, whatever the number of days.
//!
//! ```
//! use yicha::calendar::{Calendar, Certainty};
//! let calendar = Calendar::china();
//! let completed = "2026-09-18".parse().unwrap();
//! let deadline = calendar.deadline(completed, 20).unwrap();
//! assert_eq!(deadline.last_day.to_string(), "2026-10-22"); // the National Day week and its make-up days
//! assert_eq!(deadline.certainty, Certainty::Firm);
//!
//! let late = calendar.deadline("2026-12-20".parse().unwrap(), 20).unwrap();
//! assert!(matches!(late.certainty, Certainty::Provisional { missing, .. } if missing.year() == 2027));
//! ```

mod explanation;
mod notice;
mod table;

pub use explanation::{DayReason, ExplainedDay};
pub use notice::{DayKind, Notice, NoticeDay, NoticeError};

use crate::citation::Basis;
use crate::date::Date;
use crate::explain::{Explain, Lang};
use crate::order::sort_by;
use alloc::collections::BTreeMap;
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use table::Table;

/// The days of all notices that a host knows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Calendar {
    notices: Vec<Notice>,
    /// What the last notice that names a day makes of it, with the notice's number.
    named: BTreeMap<Date, (usize, NoticeDay)>,
    last_known: Option<Date>,
    table: Table,
}

/// How sure an answer is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "serde", derive(serde::Serialize), serde(rename_all = "kebab-case"))]
pub enum Certainty {
    /// A notice is known for every day that the answer rests on.
    Firm,
    /// The answer assumes plain weekends in a year whose notice is not known.
    Provisional {
        /// The last day of the calendar for which a notice is known, if there is any.
        last_known: Option<Date>,
        /// The first day that the answer rests on and that no notice speaks of.
        missing: Date,
    },
}

/// An answer and how sure it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Answer<T> {
    /// The answer.
    pub value: T,
    /// How sure it is.
    pub certainty: Certainty,
}

/// A period in working days.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Deadline {
    /// The day of the event, which does not count (民法典 201).
    pub start: Date,
    /// Length in working days.
    pub workdays: u16,
    /// The last day on which one is in time.
    pub last_day: Date,
    /// How sure `last_day` is.
    pub certainty: Certainty,
}

/// A result outside of the years 1 to 9999.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{workdays} working days from {date} leave the years 1 to 9999")]
pub struct OutOfRange {
    /// Day counted from.
    pub date: Date,
    /// Working days asked for.
    pub workdays: i32,
}

impl Explain for OutOfRange {
    fn code(&self) -> &'static str {
        "calendar-out-of-range"
    }

    fn basis(&self) -> Basis {
        Basis::Decision("years-1-to-9999")
    }

    fn message(&self, lang: Lang) -> String {
        match lang {
            Lang::En => self.to_string(),
            Lang::Zh => format!("自{}起{}个工作日超出公元1至9999年", self.date, self.workdays),
        }
    }
}

impl Calendar {
    /// 2007 to 2026, as the notices listed in `core/data/china_calendar_notices.csv` have them.
    pub fn china() -> Self {
        let sources = include_str!("../../data/china_calendar_notices.csv");
        let mut notices: Vec<Notice> = Vec::new();
        for (year, source) in sources.lines().filter_map(|line| line.split_once(',')) {
            match (year.parse(), notices.last_mut()) {
                // Which of a year's notices names a day is not in the data.
                (Ok(year), Some(last)) if last.year == year => last.source += &format!(" {source}"),
                (Ok(year), _) => {
                    notices.push(Notice { year, source: source.into(), days: Vec::new() });
                }
                (Err(_), _) => {} // the header
            }
        }
        let days = Notice::parse_days(include_str!("../../data/china_calendar.csv"));
        for day in days.unwrap_or_default() {
            let (year, month, _) = day.date.ymd();
            let of_next_year = month == 12 && day.festival == "元旦";
            let year = if of_next_year { year + 1 } else { year };
            notices.iter_mut().filter(|n| n.year == year).for_each(|n| n.days.push(day.clone()));
        }
        Self::from_notices(notices)
    }

    /// Plain weekends, nothing known: for places where no notice applies, and for tests.
    pub fn plain() -> Self {
        Self::from_notices(Vec::new())
    }

    /// The same calendar with a further notice: a new year, or an amendment of a known one.
    ///
    /// # Errors
    /// All faults of the notice.
    pub fn with_notice(&self, notice: Notice) -> Result<Self, Vec<NoticeError>> {
        notice.check()?;
        let mut notices = self.notices.clone();
        notices.push(notice);
        Ok(Self::from_notices(notices))
    }

    fn from_notices(notices: Vec<Notice>) -> Self {
        let mut named = BTreeMap::new();
        for (i, notice) in notices.iter().enumerate() {
            named.extend(notice.days.iter().map(|day| (day.date, (i, day.clone()))));
        }
        let years = || notices.iter().map(|notice| notice.year);
        let new_year = |year| Date::from_ymd(year, 1, 1);
        let year_start = years().min().and_then(new_year);
        let year_end = years().max().and_then(|year| Date::from_ymd(year, 12, 31));
        let ends = (named.keys().next().copied(), named.keys().next_back().copied());
        let first = year_start.into_iter().chain(ends.0).min();
        // Our decision `late-december`: the next year's notice is not waited for.
        let last = year_end.into_iter().chain(ends.1).max();
        let range = match (first, last) {
            (Some(first), Some(last)) => first.days()..last.days() + 1,
            _ => 0..0,
        };
        let mut known_years: Vec<i32> = years().collect();
        sort_by(&mut known_years, i32::cmp);
        let days = range.clone().filter_map(Date::from_days).map(|date| {
            let listed = named.get(&date).map(|(_, day)| day.kind);
            let works = listed.map_or(date.weekday() < 5, |kind| kind == DayKind::Work);
            (works, listed.is_some() || known_years.binary_search(&date.year()).is_ok())
        });
        let table = Table::new(range.start, days.collect::<Vec<_>>().into_iter());
        Self { notices, named, last_known: last, table }
    }

    /// The notices, in the order in which they became known.
    pub fn notices(&self) -> &[Notice] {
        &self.notices
    }

    /// Whether a day is a working day.
    pub fn is_workday(&self, date: Date) -> Answer<bool> {
        let day = i64::from(date.days());
        let value = self.table.rank(day + 1) > self.table.rank(day);
        Answer { value, certainty: self.certainty(day, day) }
    }

    /// The first working day after `date`.
    ///
    /// # Errors
    /// [`OutOfRange`]
    pub fn next_workday(&self, date: Date) -> Result<Answer<Date>, OutOfRange> {
        self.add_workdays(date, 1)
    }

    /// The last working day before `date`.
    ///
    /// # Errors
    /// [`OutOfRange`]
    pub fn previous_workday(&self, date: Date) -> Result<Answer<Date>, OutOfRange> {
        self.add_workdays(date, -1)
    }

    /// The `workdays`-th working day after `date`, or before it when negative; `date` itself does not count.
    /// Zero working days give `date` back, working day or not (our decision `zero-working-days`).
    ///
    /// # Errors
    /// [`OutOfRange`]
    pub fn add_workdays(&self, date: Date, workdays: i32) -> Result<Answer<Date>, OutOfRange> {
        let day = i64::from(date.days());
        let (found, low, high) = match i64::from(workdays) {
            0 => (day, day + 1, day),
            n if n > 0 => {
                let found = self.table.select(self.table.rank(day + 1) + n - 1);
                (found, day + 1, found)
            }
            n => {
                let found = self.table.select(self.table.rank(day) + n);
                (found, found, day - 1)
            }
        };
        match i32::try_from(found).ok().and_then(Date::from_days) {
            Some(value) => Ok(Answer { value, certainty: self.certainty(low, high) }),
            None => Err(OutOfRange { date, workdays }),
        }
    }

    /// Working days after `from` up to and including `to`; negative, and `from` not counted, when `to` lies before.
    /// So `workdays_between(d, add_workdays(d, n)) == n`.
    pub fn workdays_between(&self, from: Date, to: Date) -> Answer<i32> {
        let (a, b) = (i64::from(from.days()), i64::from(to.days()));
        let (value, low, high) = if a <= b {
            (self.table.rank(b + 1) - self.table.rank(a + 1), a + 1, b)
        } else {
            (self.table.rank(b) - self.table.rank(a), b, a - 1)
        };
        // At most the days of 9999 years.
        Answer { value: value as i32, certainty: self.certainty(low, high) }
    }

    /// The last day of a period of `workdays` that begins on the day after `start` (民法典 201; that article 21 counts
    /// so as well is our decision `workday-completion`).
    ///
    /// # Errors
    /// [`OutOfRange`]
    pub fn deadline(&self, start: Date, workdays: u16) -> Result<Deadline, OutOfRange> {
        let Answer { value, certainty } = self.add_workdays(start, workdays.into())?;
        Ok(Deadline { start, workdays, last_day: value, certainty })
    }

    /// How sure something is that rests on the days `low..=high`.
    fn certainty(&self, low: i64, high: i64) -> Certainty {
        match self.table.first_unknown(low, high) {
            None => Certainty::Firm,
            Some(day) => {
                // The days asked for lie between a date and a date.
                let missing =
                    i32::try_from(day).ok().and_then(Date::from_days).unwrap_or(Date::MAX);
                Certainty::Provisional { missing, last_known: self.last_known }
            }
        }
    }
}
