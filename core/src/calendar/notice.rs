//! What the State Council's notices say of single days, and which notice says it.

use crate::citation::Basis;
use crate::date::{Date, DateError};
use crate::explain::{Explain, Lang};
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

/// What a notice makes of a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum DayKind {
    /// A day off (放假).
    Off,
    /// A working day, as a rule on a Saturday or Sunday (调休上班), or a day off that was given back.
    Work,
}

/// A day that a notice speaks of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoticeDay {
    /// The day.
    pub date: Date,
    /// What the notice makes of it.
    pub kind: DayKind,
    /// The festival, such as 国庆节.
    pub festival: String,
}

/// A notice for one year. A later notice for the same year amends the days that it names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// The year whose holidays it arranges.
    pub year: i32,
    /// Where it can be read: address or number.
    pub source: String,
    /// The days it speaks of; they lie in its year or within a month of it.
    pub days: Vec<NoticeDay>,
}

/// One fault of a notice.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum NoticeError {
    /// The source is empty.
    #[error("the notice for {year} names no source; a year is known only by its notice")]
    NoSource {
        /// Year of the notice.
        year: i32,
    },
    /// A day that is neither in the year nor within a month of it.
    #[error("{date} is not within a month of {year}")]
    OtherYear {
        /// Year of the notice.
        year: i32,
        /// The day.
        date: Date,
    },
    /// A day that stands there twice.
    #[error("{date} stands in the notice twice")]
    Twice {
        /// The day.
        date: Date,
    },
    /// A year for which there cannot be a notice.
    #[error("{year} is not a year from 1949 to 9998")]
    Year {
        /// The year.
        year: i32,
    },
    /// A line that is not a day of a notice.
    #[error("line {line}: {found:?} is not date,kind,festival with kind off or work")]
    Line {
        /// Line, counted from 1.
        line: usize,
        /// The line.
        found: String,
    },
}

impl Explain for NoticeError {
    fn code(&self) -> &'static str {
        match self {
            Self::NoSource { .. } => "notice-no-source",
            Self::OtherYear { .. } => "notice-other-year",
            Self::Twice { .. } => "notice-day-twice",
            Self::Year { .. } => "notice-year",
            Self::Line { .. } => "notice-line",
        }
    }

    fn basis(&self) -> Basis {
        Basis::Other("《全国年节及纪念日放假办法》")
    }

    fn message(&self, lang: Lang) -> String {
        match self {
            _ if lang == Lang::En => self.to_string(),
            Self::NoSource { year } => format!("{year}年的放假通知没有写明出处"),
            Self::OtherYear { year, date } => format!("{date}不在{year}年及其前后一个月之内"),
            Self::Twice { date } => format!("{date}在通知中重复出现"),
            Self::Year { year } => format!("{year}不是1949至9998之间的年份"),
            Self::Line { line, found } => {
                format!("第{line}行{found:?}应为“日期,off或work,节日”")
            }
        }
    }
}

impl Notice {
    /// Checks the notice.
    ///
    /// # Errors
    /// All faults.
    pub fn check(&self) -> Result<(), Vec<NoticeError>> {
        let year = self.year;
        if !(1949..=9998).contains(&year) {
            return Err(alloc::vec![NoticeError::Year { year }]);
        }
        let mut faults = Vec::new();
        if self.source.trim().is_empty() {
            faults.push(NoticeError::NoSource { year });
        }
        let bounds = (Date::from_ymd(year - 1, 12, 1), Date::from_ymd(year + 1, 1, 31));
        for (i, NoticeDay { date, .. }) in self.days.iter().enumerate() {
            if Some(*date) < bounds.0 || Some(*date) > bounds.1 {
                faults.push(NoticeError::OtherYear { year, date: *date });
            }
            if self.days[..i].iter().any(|other| other.date == *date) {
                faults.push(NoticeError::Twice { date: *date });
            }
        }
        if faults.is_empty() { Ok(()) } else { Err(faults) }
    }

    /// Reads days as lines `date,kind,festival` with kind `off` or `work`; lines that begin with `#` and the
    /// header `date,kind,festival` are passed over.
    ///
    /// # Errors
    /// All lines that are something else.
    pub fn parse_days(text: &str) -> Result<Vec<NoticeDay>, Vec<NoticeError>> {
        let mut days = Vec::new();
        let mut faults = Vec::new();
        for (i, line) in text.lines().enumerate() {
            if line.starts_with('#') || line == "date,kind,festival" {
                continue;
            }
            match parse_day(line) {
                Some(day) => days.push(day),
                None => faults.push(NoticeError::Line { line: i + 1, found: line.into() }),
            }
        }
        if faults.is_empty() { Ok(days) } else { Err(faults) }
    }
}

fn parse_day(line: &str) -> Option<NoticeDay> {
    let mut fields = line.split(',');
    let date: Result<Date, DateError> = fields.next()?.parse();
    let kind = match fields.next()? {
        "off" => DayKind::Off,
        "work" => DayKind::Work,
        _ => return None,
    };
    let festival = fields.next()?.into();
    match fields.next() {
        None => Some(NoticeDay { date: date.ok()?, kind, festival }),
        Some(_) => None,
    }
}
