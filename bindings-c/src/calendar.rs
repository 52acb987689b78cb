//! Working days and deadlines. Article 21; 民法典 201.

use crate::border::{answer, free, need, perform};
use crate::date::date;
use crate::error::{Fault, all_refused, refused};
use crate::taxonomy::lang;
use crate::view::{Str, array, array_mut};
use std::mem::MaybeUninit;
use yicha::calendar::{self, Answer, Certainty, Notice};
use yicha::date::Date;

/// The working days of mainland China as the notices known have them. Immutable: threads may share it.
#[derive(Debug)]
pub struct Calendar(pub(crate) calendar::Calendar);

/// Stands where there is no day.
pub const YICHA_NO_DATE: i32 = i32::MIN;

/// An answer of the calendar and how sure it is.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct DayAnswer {
    /// Days since 1970-01-01, a number of working days, or 0 and 1 for no and yes, as the function says.
    pub value: i32,
    /// 0: firm. 1: provisional, since it assumes plain weekends on days that no notice known speaks of.
    pub provisional: i32,
    /// The first of these days; YICHA_NO_DATE when firm.
    pub missing: i32,
    /// The last day of the years known; YICHA_NO_DATE when firm or nothing is known.
    pub last_known: i32,
}

impl DayAnswer {
    fn new(value: i32, certainty: Certainty) -> Self {
        match certainty {
            Certainty::Firm => {
                Self { value, provisional: 0, missing: YICHA_NO_DATE, last_known: YICHA_NO_DATE }
            }
            Certainty::Provisional { missing, last_known } => Self {
                value,
                provisional: 1,
                missing: missing.days(),
                last_known: last_known.map_or(YICHA_NO_DATE, Date::days),
            },
        }
    }

    fn of<T>(answer: Answer<T>, value: impl FnOnce(T) -> i32) -> Self {
        Self::new(value(answer.value), answer.certainty)
    }
}

/// The calendar of 2007 to 2026 that is built in. The handle is the caller's.
#[unsafe(no_mangle)]
pub extern "C" fn yicha_calendar_china(
    out: Option<&mut MaybeUninit<Box<Calendar>>>,
    error: Option<&mut MaybeUninit<Box<crate::error::Error>>>,
) -> i32 {
    answer(error, out, || Ok(Box::new(Calendar(calendar::Calendar::china()))))
}

/// A calendar of plain weekends, of which nothing is known. The handle is the caller's.
#[unsafe(no_mangle)]
pub extern "C" fn yicha_calendar_plain(
    out: Option<&mut MaybeUninit<Box<Calendar>>>,
    error: Option<&mut MaybeUninit<Box<crate::error::Error>>>,
) -> i32 {
    answer(error, out, || Ok(Box::new(Calendar(calendar::Calendar::plain()))))
}

/// The same calendar with a further notice: a new year, or an amendment of a known one. `source` says where the notice can
/// be read; `days` has a line `date,kind,festival` for each day, kind `off` or `work`. The handle is the caller's, the old
/// one stays. Refused, all faults at once: `notice-no-source`, `notice-other-year`, `notice-day-twice`, `notice-year`,
/// `notice-line`.
#[unsafe(no_mangle)]
pub extern "C" fn yicha_calendar_with_notice(
    calendar: Option<&Calendar>,
    year: i32,
    source: Str,
    days: Str,
    out: Option<&mut MaybeUninit<Box<Calendar>>>,
    error: Option<&mut MaybeUninit<Box<crate::error::Error>>>,
) -> i32 {
    answer(error, out, || {
        let calendar = need(calendar, "calendar")?;
        let days = Notice::parse_days(days.text("days")?).map_err(all_refused)?;
        let notice = Notice { year, source: source.text("source")?.into(), days };
        Ok(Box::new(Calendar(calendar.0.with_notice(notice).map_err(all_refused)?)))
    })
}

/// Frees a calendar and sets the pointer to NULL. NULL, and a pointer to NULL, are let be.
#[unsafe(no_mangle)]
pub extern "C" fn yicha_calendar_free(calendar: Option<&mut Option<Box<Calendar>>>) {
    free(calendar);
}

/// Whether a day is a working day: `value` 1 or 0. Days outside of the years 1 to 9999: YICHA_RANGE.
#[unsafe(no_mangle)]
pub extern "C" fn yicha_calendar_is_workday(
    calendar: Option<&Calendar>,
    day: i32,
    out: Option<&mut MaybeUninit<DayAnswer>>,
    error: Option<&mut MaybeUninit<Box<crate::error::Error>>>,
) -> i32 {
    answer(error, out, || {
        Ok(DayAnswer::of(need(calendar, "calendar")?.0.is_workday(date(day, "day")?), i32::from))
    })
}

/// The `workdays`-th working day after `day`, or before it when negative; `day` itself does not count, and zero gives it
/// back. So 1 is the next and -1 the previous working day. Refused: `calendar-out-of-range`.
#[unsafe(no_mangle)]
pub extern "C" fn yicha_calendar_add_workdays(
    calendar: Option<&Calendar>,
    day: i32,
    workdays: i32,
    out: Option<&mut MaybeUninit<DayAnswer>>,
    error: Option<&mut MaybeUninit<Box<crate::error::Error>>>,
) -> i32 {
    answer(error, out, || {
        let found = need(calendar, "calendar")?.0.add_workdays(date(day, "day")?, workdays);
        Ok(DayAnswer::of(found.map_err(refused)?, Date::days))
    })
}

/// Working days after `from` up to and including `to`; negative, and `from` not counted, when `to` lies before.
#[unsafe(no_mangle)]
pub extern "C" fn yicha_calendar_workdays_between(
    calendar: Option<&Calendar>,
    from: i32,
    to: i32,
    out: Option<&mut MaybeUninit<DayAnswer>>,
    error: Option<&mut MaybeUninit<Box<crate::error::Error>>>,
) -> i32 {
    answer(error, out, || {
        let calendar = need(calendar, "calendar")?;
        Ok(DayAnswer::of(calendar.0.workdays_between(date(from, "from")?, date(to, "to")?), |n| n))
    })
}

/// The last day of a period of `workdays` that begins on the day after `start`, such as the 20 working days of article 21.
/// Refused: `calendar-out-of-range`.
#[unsafe(no_mangle)]
pub extern "C" fn yicha_calendar_deadline(
    calendar: Option<&Calendar>,
    start: i32,
    workdays: u16,
    out: Option<&mut MaybeUninit<DayAnswer>>,
    error: Option<&mut MaybeUninit<Box<crate::error::Error>>>,
) -> i32 {
    answer(error, out, || {
        let found = need(calendar, "calendar")?.0.deadline(date(start, "start")?, workdays);
        let found = found.map_err(refused)?;
        Ok(DayAnswer::new(found.last_day.days(), found.certainty))
    })
}

/// Whether each of `rows` days is a working day: `out[i].value` 1 or 0. `out` has room for `rows` answers. At the first
/// day that is refused the rest of `out` stays as it was.
#[unsafe(no_mangle)]
pub extern "C" fn yicha_calendar_is_workday_column(
    calendar: Option<&Calendar>,
    days: *const i32,
    rows: usize,
    out: *mut DayAnswer,
    error: Option<&mut MaybeUninit<Box<crate::error::Error>>>,
) -> i32 {
    perform(error, || {
        let calendar = need(calendar, "calendar")?;
        column(days, rows, out, |day| Ok(DayAnswer::of(calendar.0.is_workday(day), i32::from)))
    })
}

/// yicha_calendar_add_workdays for each of `rows` days; `out` as for yicha_calendar_is_workday_column.
#[unsafe(no_mangle)]
pub extern "C" fn yicha_calendar_add_workdays_column(
    calendar: Option<&Calendar>,
    days: *const i32,
    rows: usize,
    workdays: i32,
    out: *mut DayAnswer,
    error: Option<&mut MaybeUninit<Box<crate::error::Error>>>,
) -> i32 {
    perform(error, || {
        let calendar = need(calendar, "calendar")?;
        column(days, rows, out, |day| {
            let found = calendar.0.add_workdays(day, workdays).map_err(refused)?;
            Ok(DayAnswer::of(found, Date::days))
        })
    })
}

fn column(
    days: *const i32,
    rows: usize,
    out: *mut DayAnswer,
    work: impl Fn(Date) -> Result<DayAnswer, Fault>,
) -> Result<(), Fault> {
    let days = array(days, rows, "days")?;
    for (out, &day) in array_mut(out, rows, "out")?.iter_mut().zip(days) {
        out.write(work(date(day, "days")?)?);
    }
    Ok(())
}

/// Why a period ends when it ends: each of its days, counted or skipped, with the reason. Immutable.
#[derive(Debug)]
pub struct Explanation(Vec<(Date, Option<u16>, String)>);

/// A day of an explanation.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct ExplainedDay {
    /// Days since 1970-01-01.
    pub day: i32,
    /// Its number among the working days of the period, from 1; 0 when it is skipped.
    pub number: i32,
    /// The reason in words; lives as long as the explanation.
    pub reason: Str,
}

/// Explains a deadline day by day. `language` is YICHA_ZH or YICHA_EN. The handle is the caller's. Refused:
/// `calendar-out-of-range`.
#[unsafe(no_mangle)]
pub extern "C" fn yicha_calendar_explain(
    calendar: Option<&Calendar>,
    start: i32,
    workdays: u16,
    language: i32,
    out: Option<&mut MaybeUninit<Box<Explanation>>>,
    error: Option<&mut MaybeUninit<Box<crate::error::Error>>>,
) -> i32 {
    answer(error, out, || {
        let (calendar, lang) = (need(calendar, "calendar")?, lang(language)?);
        let deadline = calendar.0.deadline(date(start, "start")?, workdays).map_err(refused)?;
        let days = calendar.0.explain(&deadline);
        let day =
            |day: calendar::ExplainedDay<'_>| (day.date, day.number, day.reason.in_words(lang));
        Ok(Box::new(Explanation(days.map(day).collect())))
    })
}

/// Number of days of an explanation; 0 for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn yicha_explanation_len(explanation: Option<&Explanation>) -> usize {
    explanation.map_or(0, |explanation| explanation.0.len())
}

/// A day of an explanation, counted from 0. YICHA_NOT_FOUND behind the last.
#[unsafe(no_mangle)]
pub extern "C" fn yicha_explanation_day(
    explanation: Option<&Explanation>,
    place: usize,
    out: Option<&mut MaybeUninit<ExplainedDay>>,
    error: Option<&mut MaybeUninit<Box<crate::error::Error>>>,
) -> i32 {
    answer(error, out, || {
        let days = &need(explanation, "explanation")?.0;
        let (day, number, reason) = days.get(place).ok_or_else(no_place)?;
        let number = number.map_or(0, i32::from);
        Ok(ExplainedDay { day: day.days(), number, reason: Str::of(reason) })
    })
}

/// Frees an explanation and sets the pointer to NULL. NULL, and a pointer to NULL, are let be.
#[unsafe(no_mangle)]
pub extern "C" fn yicha_explanation_free(explanation: Option<&mut Option<Box<Explanation>>>) {
    free(explanation);
}

/// There is nothing at that place.
pub(crate) fn no_place() -> Fault {
    Fault::not_found("没有这一项", "there is no such place")
}
