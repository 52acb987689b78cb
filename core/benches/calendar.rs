//! Working-day operations over a million dates, beside one table look-up each and beside a binary search.
#![allow(clippy::print_stdout, clippy::unwrap_used, missing_docs)]

use std::hint::black_box;
use std::time::Instant;
use yicha::calendar::Calendar;
use yicha::date::Date;

/// Best of several rounds, in nanoseconds for each date.
fn best(dates: &[Date], mut work: impl FnMut(&[Date]) -> i64) -> f64 {
    (0..9)
        .map(|_| {
            let start = Instant::now();
            black_box(work(black_box(dates)));
            start.elapsed().as_nanos() as f64 / dates.len() as f64
        })
        .fold(f64::INFINITY, f64::min)
}

fn main() {
    let calendar = Calendar::china();
    let first = Date::from_ymd(2007, 1, 1).unwrap().days();
    // Days of 2007 to 2026 in an order that no cache line foresees.
    let days = (0..1_000_000u64).map(|i| first + (i * 2_654_435_761 % 7_200) as i32);
    let dates: Vec<Date> = days.map(|d| Date::from_days(d).unwrap()).collect();
    let table: Vec<i32> = (0..7_305).collect();
    let workdays: Vec<Date> = (first..first + 7_305)
        .filter_map(Date::from_days)
        .filter(|&d| calendar.is_workday(d).value)
        .collect();

    let bare = best(&dates, |dates| {
        dates.iter().map(|d| i64::from(table[(d.days() - first) as usize])).sum()
    });
    let search = best(&dates, |dates| {
        let at = |d: &Date| workdays.partition_point(|w| w <= d) + 19;
        dates.iter().map(|d| i64::from(workdays[at(d).min(workdays.len() - 1)].days())).sum()
    });
    println!("a million dates of 2007 to 2026, ns each (best of 9)");
    println!("{:<34}{bare:>8.2}", "bare limit: one table look-up");
    println!("{:<34}{search:>8.2}", "peer: binary search of working days");
    let report = |name, ns: f64| {
        println!("{name:<34}{ns:>8.2}   {:>5.1} x bare   {:>5.2} x peer", ns / bare, ns / search);
    };
    let add = |n: i32| {
        best(&dates, |dates| {
            let days = dates.iter().map(|&d| calendar.add_workdays(d, n).unwrap());
            days.map(|a| i64::from(a.value.days())).sum()
        })
    };
    report(
        "is_workday",
        best(&dates, |dates| dates.iter().map(|&d| i64::from(calendar.is_workday(d).value)).sum()),
    );
    report("next_workday", add(1));
    report("previous_workday", add(-1));
    report("add_workdays 20", add(20));
    report("add_workdays -20", add(-20));
    report("add_workdays 100000 (provisional)", add(100_000));
    report(
        "deadline 20",
        best(&dates, |dates| {
            let deadlines = dates.iter().map(|&d| calendar.deadline(d, 20).unwrap());
            deadlines.map(|d| i64::from(d.last_day.days())).sum()
        }),
    );
    report(
        "workdays_between",
        best(&dates, |dates| {
            let pairs = dates.iter().zip(dates.iter().rev());
            pairs.map(|(&a, &b)| i64::from(calendar.workdays_between(a, b).value)).sum()
        }),
    );
}
