//! The year of a plan.

use super::super::Window;
use crate::code::CaseCode;
use crate::date::Date;
use alloc::string::String;
use core::fmt;

/// The calendar year of a plan, as four digits. It is the number of the plan's case.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PlanYear {
    code: CaseCode,
    days: YearDays,
}

/// The year and its first and last day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
struct YearDays {
    year: i32,
    first: Date,
    last: Date,
}

/// A text that is not a year.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{found:?} is not a year as YYYY")]
pub struct PlanYearError {
    /// What was found.
    pub found: String,
}

impl PlanYear {
    /// The year as text.
    pub fn as_str(&self) -> &str {
        self.code.as_str()
    }

    /// The number of the plan's case.
    pub const fn as_code(&self) -> &CaseCode {
        &self.code
    }

    /// All days of the year.
    pub const fn days(&self) -> Window {
        Window { from: self.days.first, until: self.days.last }
    }

    /// The last day of a month (1 to 12) of the year. It is a date and not a period, so it does not move from a
    /// Saturday or Sunday to the next working day.
    pub fn month_end(&self, month: u8) -> Option<Date> {
        match month {
            12 => Some(self.days.last),
            _ => Date::from_ymd(self.days.year, u32::from(month) + 1, 1)?.plus_days(-1),
        }
    }
}

impl core::str::FromStr for PlanYear {
    type Err = PlanYearError;

    fn from_str(text: &str) -> Result<Self, PlanYearError> {
        let parse = || {
            let four_digits = text.len() == 4 && text.bytes().all(|b| b.is_ascii_digit());
            let year = text.parse().ok().filter(|_| four_digits)?;
            let (first, last) = (Date::from_ymd(year, 1, 1)?, Date::from_ymd(year, 12, 31)?);
            let days = YearDays { year, first, last };
            Some(Self { code: text.parse().ok()?, days })
        };
        parse().ok_or_else(|| PlanYearError { found: text.into() })
    }
}

impl fmt::Display for PlanYear {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

crate::wire::as_str!(PlanYear);
