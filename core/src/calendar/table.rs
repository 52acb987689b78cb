//! Working days as numbers: how many lie before a day, and which is the k-th. Constant time, whatever the distance.

use alloc::vec::Vec;

/// Rank and select over the days that notices speak of, continued on both sides by plain weekends.
/// Days are counted from 1970-01-01.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Table {
    /// The first day of the table.
    first: i64,
    /// Working days of the table before its i-th day; one entry more than days.
    before: Vec<u32>,
    /// The working days of the table.
    workdays: Vec<i32>,
    /// For each day of the table the first day from it on that no notice speaks of.
    unknown_from: Vec<i32>,
}

impl Table {
    /// A table of days that follow each other from `first` on: is it a working day, is it known?
    pub(super) fn new(
        first: i32,
        days: impl DoubleEndedIterator<Item = (bool, bool)> + Clone,
    ) -> Self {
        let mut before = alloc::vec![0];
        let mut workdays = Vec::new();
        for ((works, _), day) in days.clone().zip(first..) {
            if works {
                workdays.push(day);
            }
            before.push(workdays.len() as u32);
        }
        let end = first + before.len() as i32 - 1;
        let mut unknown = end;
        let mut unknown_from: Vec<i32> = days
            .rev()
            .zip((first..end).rev())
            .map(|((_, known), day)| {
                if !known {
                    unknown = day;
                }
                unknown
            })
            .collect();
        unknown_from.reverse();
        Self { first: first.into(), before, workdays, unknown_from }
    }

    /// The day after the table's last.
    fn end(&self) -> i64 {
        self.first + self.unknown_from.len() as i64
    }

    /// How many working days lie before `day`, counted from the table's first day (negative before it).
    pub(super) fn rank(&self, day: i64) -> i64 {
        let days = self.unknown_from.len();
        match usize::try_from(day - self.first) {
            Ok(i) if i <= days => i64::from(self.before[i]),
            Ok(_) => {
                self.workdays.len() as i64 + weekdays_before(day) - weekdays_before(self.end())
            }
            Err(_) => weekdays_before(day) - weekdays_before(self.first),
        }
    }

    /// The working day that `rank` others precede: the inverse of [`Table::rank`] on working days.
    pub(super) fn select(&self, rank: i64) -> i64 {
        let known = self.workdays.len() as i64;
        match usize::try_from(rank) {
            Ok(i) if i < self.workdays.len() => i64::from(self.workdays[i]),
            Ok(_) => weekday_after(weekdays_before(self.end()) + rank - known),
            Err(_) => weekday_after(weekdays_before(self.first) + rank),
        }
    }

    /// The first of the days `low..=high` that no notice speaks of.
    pub(super) fn first_unknown(&self, low: i64, high: i64) -> Option<i64> {
        let unknown = match usize::try_from(low - self.first) {
            Ok(i) if i < self.unknown_from.len() => i64::from(self.unknown_from[i]),
            _ => low,
        };
        (unknown <= high).then_some(unknown)
    }
}

/// Mondays to Fridays before a day, counted from 1969-12-29, a Monday.
const fn weekdays_before(day: i64) -> i64 {
    let from_monday = day + 3;
    let (week, weekday) = (from_monday.div_euclid(7), from_monday.rem_euclid(7));
    5 * week + if weekday < 5 { weekday } else { 5 }
}

/// The Monday to Friday that `count` others precede since 1969-12-29.
const fn weekday_after(count: i64) -> i64 {
    7 * count.div_euclid(5) + count.rem_euclid(5) - 3
}
