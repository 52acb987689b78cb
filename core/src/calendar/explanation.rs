//! Why a period ends when it ends: every day of it, counted or skipped, with the reason.

use super::{Calendar, DayKind, Deadline};
use crate::date::Date;
use crate::explain::Lang;
use alloc::format;
use alloc::string::String;

/// A day of a period.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ExplainedDay<'a> {
    /// The day.
    pub date: Date,
    /// Its number among the working days of the period, from 1; nothing when it is skipped.
    pub number: Option<u16>,
    /// Why it counts or not.
    pub reason: DayReason<'a>,
}

/// Why a day is a working day or not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DayReason<'a> {
    /// Monday to Friday, and the year's notice changes nothing.
    Weekday,
    /// Saturday or Sunday, and the year's notice changes nothing.
    Weekend,
    /// A notice makes it a day off (放假).
    DayOff {
        /// The festival.
        festival: &'a str,
        /// The notice.
        notice: &'a str,
    },
    /// A notice makes it a working day (调休上班).
    MakeUpDay {
        /// The festival.
        festival: &'a str,
        /// The notice.
        notice: &'a str,
    },
    /// Monday to Friday of a year whose notice is not known.
    AssumedWeekday,
    /// Saturday or Sunday of a year whose notice is not known.
    AssumedWeekend,
}

impl DayReason<'_> {
    /// Whether the day is a working day.
    pub const fn is_workday(self) -> bool {
        matches!(self, Self::Weekday | Self::MakeUpDay { .. } | Self::AssumedWeekday)
    }

    /// The reason in words.
    pub fn in_words(self, lang: Lang) -> String {
        let zh = lang == Lang::Zh;
        match self {
            Self::Weekday => lang.pick("星期一至星期五", "Monday to Friday").into(),
            Self::Weekend => lang.pick("星期六或星期日", "Saturday or Sunday").into(),
            Self::DayOff { festival, notice } if zh => format!("{festival}放假（{notice}）"),
            Self::DayOff { festival, notice } => format!("day off for {festival} ({notice})"),
            Self::MakeUpDay { festival, notice } if zh => {
                format!("{festival}调休上班（{notice}）")
            }
            Self::MakeUpDay { festival, notice } => {
                format!("make-up working day for {festival} ({notice})")
            }
            Self::AssumedWeekday => lang
                .pick(
                    "星期一至星期五；该年放假通知尚不掌握，暂按工作日计",
                    "Monday to Friday; no notice is known for the year, assumed to be a working day",
                )
                .into(),
            Self::AssumedWeekend => lang
                .pick(
                    "星期六或星期日；该年放假通知尚不掌握，暂按休息日计",
                    "Saturday or Sunday; no notice is known for the year, assumed to be a day off",
                )
                .into(),
        }
    }
}

impl Calendar {
    /// Why a day is a working day or not.
    pub fn reason(&self, date: Date) -> DayReason<'_> {
        if let Some((notice, day)) = self.named.get(&date) {
            let (festival, notice) = (&*day.festival, &*self.notices[*notice].source);
            return match day.kind {
                DayKind::Off => DayReason::DayOff { festival, notice },
                DayKind::Work => DayReason::MakeUpDay { festival, notice },
            };
        }
        let known = self.notices.iter().any(|notice| notice.year == date.year());
        match (date.weekday() < 5, known) {
            (true, true) => DayReason::Weekday,
            (false, true) => DayReason::Weekend,
            (true, false) => DayReason::AssumedWeekday,
            (false, false) => DayReason::AssumedWeekend,
        }
    }

    /// Every day of a period, from the one after its start to its last.
    pub fn explain(&self, deadline: &Deadline) -> impl Iterator<Item = ExplainedDay<'_>> {
        let days = deadline.start.days() + 1..=deadline.last_day.days();
        let mut counted = 0;
        days.filter_map(Date::from_days).map(move |date| {
            let reason = self.reason(date);
            let number = reason.is_workday().then(|| {
                counted += 1;
                counted
            });
            ExplainedDay { date, number, reason }
        })
    }
}
