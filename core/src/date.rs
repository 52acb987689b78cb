//! Days and instants: a day is a count from 1970-01-01, an instant a count of seconds, both without a clock.

use crate::citation::Basis;
use crate::explain::{Explain, Lang, Said};
use alloc::format;
use alloc::string::{String, ToString};
use chrono::{Datelike, Months, NaiveDate};
use core::fmt;

/// A calendar day, stored as days since 1970-01-01 (Arrow `date32`), from 0001-01-01 to 9999-12-31 (our
/// decision `years-1-to-9999`).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date(i32);

const MIN_DAYS: i32 = -719_162;
const MAX_DAYS: i32 = 2_932_896;
const EPOCH_FROM_CE: i32 = 719_163;

/// A text or number that is not a day or an instant of the years 1 to 9999.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{found:?} is not {}", wanted.en)]
pub struct DateError {
    /// What was found.
    pub found: String,
    /// The form that would be right.
    pub wanted: Said,
}

impl Explain for DateError {
    fn code(&self) -> &'static str {
        "date-form"
    }

    fn basis(&self) -> Basis {
        Basis::Other("RFC 3339")
    }

    fn message(&self, lang: Lang) -> String {
        match lang {
            Lang::En => self.to_string(),
            Lang::Zh => format!("{:?}不是{}", self.found, self.wanted.zh),
        }
    }
}

impl Date {
    /// The first day that can be said, 0001-01-01.
    pub const MIN: Self = Self(MIN_DAYS);
    /// The last day that can be said, 9999-12-31.
    pub const MAX: Self = Self(MAX_DAYS);

    /// The day `days` after 1970-01-01, or `None` outside of the years 1 to 9999.
    pub const fn from_days(days: i32) -> Option<Self> {
        if days >= MIN_DAYS && days <= MAX_DAYS { Some(Self(days)) } else { None }
    }

    /// The day of a year, month (1 to 12) and day, or `None` when there is no such day.
    pub fn from_ymd(year: i32, month: u32, day: u32) -> Option<Self> {
        NaiveDate::from_ymd_opt(year, month, day).and_then(|d| d.try_into().ok())
    }

    /// Days since 1970-01-01.
    pub const fn days(self) -> i32 {
        self.0
    }

    /// Year, month (1 to 12) and day (1 to 31).
    pub fn ymd(self) -> (i32, u32, u32) {
        let date = NaiveDate::from(self);
        (date.year(), date.month(), date.day())
    }

    /// The year.
    pub fn year(self) -> i32 {
        self.ymd().0
    }

    /// The day of the week, Monday 0 to Sunday 6.
    pub const fn weekday(self) -> u8 {
        (self.0 + 3).rem_euclid(7) as u8
    }

    /// The day `days` later (earlier when negative), or `None` outside of the years 1 to 9999.
    pub const fn plus_days(self, days: i32) -> Option<Self> {
        match self.0.checked_add(days) {
            Some(days) => Self::from_days(days),
            None => None,
        }
    }

    /// The day of the same number `months` later, or the last day of that month when it has none (民法典 202), or `None`
    /// outside of the years 1 to 9999.
    ///
    /// ```
    /// use yicha::date::Date;
    /// let day: Date = "2026-11-30".parse().unwrap();
    /// assert_eq!(day.plus_months(3).unwrap().to_string(), "2027-02-28");
    /// ```
    pub fn plus_months(self, months: u16) -> Option<Self> {
        let later = NaiveDate::from(self).checked_add_months(Months::new(months.into()))?;
        later.try_into().ok()
    }
}

impl From<Date> for NaiveDate {
    fn from(date: Date) -> Self {
        // In range by construction.
        Self::from_num_days_from_ce_opt(date.0 + EPOCH_FROM_CE).unwrap_or_default()
    }
}

impl TryFrom<NaiveDate> for Date {
    type Error = DateError;
    fn try_from(date: NaiveDate) -> Result<Self, DateError> {
        Self::from_days(date.num_days_from_ce() - EPOCH_FROM_CE).ok_or_else(|| DateError {
            found: format!("{date}"),
            wanted: Said::new("公元1至9999年的日期", "a day of the years 1 to 9999"),
        })
    }
}

impl core::str::FromStr for Date {
    type Err = DateError;

    /// Reads `YYYY-MM-DD` and nothing else.
    fn from_str(text: &str) -> Result<Self, DateError> {
        let wanted = || Said::new("形如YYYY-MM-DD的日期", "a day as YYYY-MM-DD");
        read_day(text.as_bytes()).ok_or_else(|| DateError { found: text.into(), wanted: wanted() })
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(core::str::from_utf8(&self.text()).unwrap_or_default())
    }
}

impl fmt::Debug for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// An instant in whole seconds of UTC since 1970-01-01T00:00:00Z, years 1 to 9999.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Instant(i64);

impl Instant {
    /// The instant `seconds` after 1970-01-01T00:00:00Z, or `None` outside of the years 1 to 9999.
    pub const fn from_unix(seconds: i64) -> Option<Self> {
        let day = seconds.div_euclid(86_400);
        if day >= MIN_DAYS as i64 && day <= MAX_DAYS as i64 { Some(Self(seconds)) } else { None }
    }

    /// Seconds since 1970-01-01T00:00:00Z.
    pub const fn unix(self) -> i64 {
        self.0
    }
}

impl core::str::FromStr for Instant {
    type Err = DateError;

    /// Reads `YYYY-MM-DDThh:mm:ssZ` and nothing else.
    fn from_str(text: &str) -> Result<Self, DateError> {
        let (zh, en) = ("形如YYYY-MM-DDThh:mm:ssZ的时间", "an instant as YYYY-MM-DDThh:mm:ssZ");
        read_instant(text.as_bytes())
            .ok_or_else(|| DateError { found: text.into(), wanted: Said::new(zh, en) })
    }
}

impl fmt::Display for Instant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (day, second) = (self.0.div_euclid(86_400) as i32, self.0.rem_euclid(86_400) as u32);
        let mut text = *b"0000-00-00T00:00:00Z";
        text[..10].copy_from_slice(&Date(day).text());
        put(&mut text[11..13], second / 3600);
        put(&mut text[14..16], second / 60 % 60);
        put(&mut text[17..19], second % 60);
        f.write_str(core::str::from_utf8(&text).unwrap_or_default())
    }
}

impl fmt::Debug for Instant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// Days and instants are in every entry and file, so both are read and written without a format that is interpreted.
impl Date {
    fn text(self) -> [u8; 10] {
        let (year, month, day) = self.ymd();
        let mut text = *b"0000-00-00";
        put(&mut text[..4], year.unsigned_abs());
        put(&mut text[5..7], month);
        put(&mut text[8..], day);
        text
    }
}

/// Writes a number with zeros in front.
fn put(place: &mut [u8], mut number: u32) {
    for digit in place.iter_mut().rev() {
        *digit = b'0' + (number % 10) as u8;
        number /= 10;
    }
}

fn read_day(text: &[u8]) -> Option<Date> {
    match text {
        [year @ .., b'-', m1, m2, b'-', d1, d2] if year.len() == 4 => {
            let year = i32::try_from(number(year)?).ok()?;
            Date::from_ymd(year, number(&[*m1, *m2])?, number(&[*d1, *d2])?)
        }
        _ => None,
    }
}

fn read_instant(text: &[u8]) -> Option<Instant> {
    let [day @ .., b'T', h1, h2, b':', m1, m2, b':', s1, s2, b'Z'] = text else { return None };
    let day = read_day(day)?;
    let (hour, minute) = (number(&[*h1, *h2])?, number(&[*m1, *m2])?);
    let second = number(&[*s1, *s2])?;
    let right = hour < 24 && minute < 60 && second < 60;
    let seconds = i64::from(3600 * hour + 60 * minute + second);
    right.then(|| Instant(i64::from(day.days()) * 86_400 + seconds))
}

/// Digits and nothing else.
fn number(digits: &[u8]) -> Option<u32> {
    digits.iter().try_fold(0, |number, digit| match digit {
        b'0'..=b'9' => Some(10 * number + u32::from(digit - b'0')),
        _ => None,
    })
}
