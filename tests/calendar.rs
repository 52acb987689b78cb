//! The working-day calendar against the facts published for it and against counting day by day.
#![allow(clippy::unwrap_used, missing_docs)]

use yicha::calendar::{
    Answer, Calendar, Certainty, DayKind, DayReason, Notice, NoticeDay, NoticeError,
};
use yicha::date::Date;
use yicha::explain::{Explain, Lang};

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

fn firm<T>(value: T) -> Answer<T> {
    Answer { value, certainty: Certainty::Firm }
}

/// 2027 with a New Year that reaches back into 2026.
fn notice_2027() -> Notice {
    let days =
        [("2026-12-27", DayKind::Work), ("2027-01-01", DayKind::Off), ("2027-01-04", DayKind::Off)];
    let days =
        days.map(|(date, kind)| NoticeDay { date: day(date), kind, festival: "元旦".into() });
    Notice { year: 2027, source: "通知甲".into(), days: days.into() }
}

/// Walks day by day and asks for each day's reason: what the constant-time operations have to equal.
fn walk(calendar: &Calendar, from: Date, workdays: i32) -> Date {
    let mut date = from;
    let mut left = workdays.abs();
    while left > 0 {
        date = date.plus_days(workdays.signum()).unwrap();
        left -= i32::from(calendar.reason(date).is_workday());
    }
    date
}

#[test]
fn twenty_working_days_end_where_the_notices_make_them_end() {
    let calendar = Calendar::china();
    for (start, last) in [
        ("2019-04-15", "2019-05-14"),
        ("2020-01-20", "2020-02-25"),
        ("2026-01-30", "2026-03-05"),
        ("2026-02-13", "2026-03-19"),
        ("2026-03-20", "2026-04-20"),
        ("2026-04-20", "2026-05-20"),
        ("2026-09-15", "2026-10-19"),
        ("2026-09-18", "2026-10-22"),
        ("2026-11-23", "2026-12-21"),
        ("2026-11-30", "2026-12-28"),
    ] {
        let deadline = calendar.deadline(day(start), 20).unwrap();
        assert_eq!(
            (deadline.last_day, deadline.certainty),
            (day(last), Certainty::Firm),
            "{start}"
        );
    }
}

#[test]
fn the_years_have_the_working_days_that_were_published() {
    let calendar = Calendar::china();
    for (year, count) in (2019..).zip([250, 249, 250, 249, 249, 251, 248, 248]) {
        let from = Date::from_ymd(year - 1, 12, 31).unwrap();
        let to = Date::from_ymd(year, 12, 31).unwrap();
        assert_eq!(calendar.workdays_between(from, to), firm(count), "{year}");
        assert_eq!(calendar.workdays_between(to, from).value, -count_from(&calendar, from, to));
    }
}

/// Working days from `from` on and before `to`.
fn count_from(calendar: &Calendar, from: Date, to: Date) -> i32 {
    (from.days()..to.days())
        .filter(|&d| calendar.is_workday(Date::from_days(d).unwrap()).value)
        .count() as i32
}

#[test]
fn the_built_in_data_are_all_read() {
    let calendar = Calendar::china();
    let lines = include_str!("../core/data/china_calendar.csv").lines();
    let days: usize = calendar.notices().iter().map(|n| n.days.len()).sum();
    assert_eq!(days, lines.filter(|l| l.starts_with("20")).count());
    assert_eq!(
        calendar.notices().iter().map(|n| n.year).collect::<Vec<_>>(),
        Vec::from_iter(2007..=2026)
    );
    for notice in calendar.notices() {
        assert_eq!(notice.check(), Ok(()), "{}", notice.year);
        assert!(notice.source.contains("gov.cn"), "{}", notice.year);
    }
    let amended: Vec<_> =
        calendar.notices().iter().filter(|n| n.source.contains(' ')).map(|n| n.year).collect();
    assert_eq!(amended, [2015, 2019, 2020]);
}

#[test]
fn each_operation_equals_walking_day_by_day() {
    let china = Calendar::china();
    let mut notice_2030 = notice_2027();
    notice_2030.year = 2030;
    notice_2030.days.clear();
    let gap = china.with_notice(notice_2030).unwrap();
    for calendar in [&china, &gap, &Calendar::plain()] {
        for start in
            ["2006-12-01", "2007-01-05", "2015-08-20", "2026-12-01", "2028-12-20", "1969-12-20"]
        {
            for offset in 0..45 {
                let from = day(start).plus_days(offset).unwrap();
                assert_eq!(
                    calendar.is_workday(from).value,
                    calendar.reason(from).is_workday(),
                    "{from}"
                );
                for n in [-600, -23, -2, -1, 0, 1, 2, 5, 20, 23, 600] {
                    let to = calendar.add_workdays(from, n).unwrap();
                    assert_eq!(to.value, walk(calendar, from, n), "{from} {n}");
                    let between = calendar.workdays_between(from, to.value);
                    assert_eq!(between, Answer { value: n, certainty: to.certainty }, "{from} {n}");
                }
                let next = calendar.next_workday(from).unwrap();
                assert_eq!(next.value, walk(calendar, from, 1));
                assert_eq!(
                    calendar.previous_workday(from).unwrap().value,
                    walk(calendar, from, -1)
                );
            }
        }
    }
}

#[test]
fn what_rests_on_a_year_without_notice_is_provisional() {
    let calendar = Calendar::china();
    let last_known = Some(day("2026-12-31"));
    let missing = |date| Certainty::Provisional { missing: day(date), last_known };
    let certainty = |from, n| calendar.add_workdays(day(from), n).unwrap().certainty;
    assert_eq!(certainty("2026-12-30", 1), Certainty::Firm);
    assert_eq!(certainty("2026-12-31", 1), missing("2027-01-01"));
    assert_eq!(certainty("2026-12-31", 0), Certainty::Firm);
    assert_eq!(certainty("2027-01-05", -10), missing("2027-01-01"));
    assert_eq!(certainty("2027-01-01", -1), Certainty::Firm, "no day of 2027 is asked");
    assert_eq!(
        certainty("2007-01-02", -1),
        Certainty::Firm,
        "the notice for 2007 names 2006-12-30 and 31"
    );
    assert_eq!(certainty("2006-12-30", -1), missing("2006-12-29"));
    assert_eq!(certainty("2006-01-02", 1), missing("2006-01-03"));
    assert_eq!(calendar.is_workday(day("2027-01-04")).certainty, missing("2027-01-04"));
    assert_eq!(calendar.is_workday(day("2006-12-31")), firm(true), "a Sunday that was made up");
    let plain = Certainty::Provisional { missing: day("2026-05-01"), last_known: None };
    assert_eq!(
        Calendar::plain().is_workday(day("2026-05-01")),
        Answer { value: true, certainty: plain }
    );
}

#[test]
fn a_gap_between_known_years_is_not_passed_over() {
    let notice = Notice { year: 2028, source: "通知乙".into(), days: Vec::new() };
    let calendar = Calendar::china().with_notice(notice).unwrap();
    let certainty = |from, n| calendar.add_workdays(day(from), n).unwrap().certainty;
    let gap =
        Certainty::Provisional { missing: day("2027-01-01"), last_known: Some(day("2028-12-31")) };
    assert_eq!(certainty("2026-12-01", 300), gap);
    assert_eq!(certainty("2028-01-03", 20), Certainty::Firm);
    let near =
        Certainty::Provisional { missing: day("2027-12-06"), last_known: Some(day("2028-12-31")) };
    assert_eq!(certainty("2028-01-03", -20), near);
}

#[test]
fn a_provisional_deadline_hardens_when_its_year_is_added() {
    let calendar = Calendar::china();
    let before = calendar.deadline(day("2026-12-25"), 6).unwrap();
    let last_known = Some(day("2026-12-31"));
    assert_eq!(before.last_day, day("2027-01-04"));
    assert_eq!(before.certainty, Certainty::Provisional { missing: day("2027-01-01"), last_known });
    let after =
        calendar.with_notice(notice_2027()).unwrap().deadline(day("2026-12-25"), 6).unwrap();
    assert_eq!((after.last_day, after.certainty), (day("2027-01-05"), Certainty::Firm));
}

#[test]
fn a_later_notice_for_a_year_amends_the_days_that_it_names() {
    let calendar = Calendar::china().with_notice(notice_2027()).unwrap();
    let given_back =
        NoticeDay { date: day("2027-01-04"), kind: DayKind::Work, festival: "元旦".into() };
    let amendment = Notice { year: 2027, source: "通知丙".into(), days: vec![given_back] };
    let amended = calendar.with_notice(amendment).unwrap();
    assert_eq!(calendar.is_workday(day("2027-01-04")), firm(false));
    assert_eq!(amended.is_workday(day("2027-01-04")), firm(true));
    assert_eq!(amended.is_workday(day("2027-01-01")), firm(false));
    let reason = DayReason::MakeUpDay { festival: "元旦", notice: "通知丙" };
    assert_eq!(amended.reason(day("2027-01-04")), reason);
    assert_eq!(amended.notices().len(), calendar.notices().len() + 1);
}

#[test]
fn a_notice_is_refused_with_all_its_faults() {
    let mut notice = notice_2027();
    notice.source = " ".into();
    notice.days.push(NoticeDay {
        date: day("2027-02-01"),
        kind: DayKind::Off,
        festival: "春节".into(),
    });
    notice.days.push(NoticeDay {
        date: day("2027-01-01"),
        kind: DayKind::Off,
        festival: "元旦".into(),
    });
    notice.days.push(NoticeDay {
        date: day("2028-02-01"),
        kind: DayKind::Off,
        festival: "春节".into(),
    });
    notice.days.push(NoticeDay {
        date: day("2026-11-30"),
        kind: DayKind::Off,
        festival: "春节".into(),
    });
    let faults = Calendar::china().with_notice(notice).unwrap_err();
    assert_eq!(
        faults,
        [
            NoticeError::NoSource { year: 2027 },
            NoticeError::Twice { date: day("2027-01-01") },
            NoticeError::OtherYear { year: 2027, date: day("2028-02-01") },
            NoticeError::OtherYear { year: 2027, date: day("2026-11-30") },
        ]
    );
    assert_eq!(faults[1].message(Lang::Zh), "2027-01-01在通知中重复出现");
    let mut century = notice_2027();
    century.year = 1948;
    assert_eq!(century.check(), Err(vec![NoticeError::Year { year: 1948 }]));
}

#[test]
fn lines_that_are_no_days_are_all_named() {
    let text = "# days\ndate,kind,festival\n2027-01-01,off,元旦\n2027-02-30,off,春节\n2027-03-01,free,x\n2027-03-01,off\n2027-03-01,off,x,y\n";
    let faults = Notice::parse_days(text).unwrap_err();
    let lines: Vec<_> = faults
        .iter()
        .map(|fault| match fault {
            NoticeError::Line { line, .. } => *line,
            _ => 0,
        })
        .collect();
    assert_eq!(lines, [4, 5, 6, 7]);
    assert_eq!(Notice::parse_days("2027-01-01,off,元旦\n").unwrap().len(), 1);
}

#[test]
fn an_explanation_counts_every_day_of_the_period() {
    let calendar = Calendar::china();
    let deadline = calendar.deadline(day("2026-09-18"), 20).unwrap();
    let days: Vec<_> = calendar.explain(&deadline).collect();
    assert_eq!(days[0].date, day("2026-09-19"));
    assert_eq!(days.last().unwrap().date, deadline.last_day);
    assert_eq!(days.last().unwrap().number, Some(20));
    assert_eq!(days.iter().filter(|d| d.number.is_some()).count(), 20);
    assert!(days.iter().all(|d| d.number.is_some() == d.reason.is_workday()));
    let words = |text| {
        let found = days.iter().find(|d| d.date == day(text)).unwrap();
        (found.number, found.reason.in_words(Lang::Zh))
    };
    assert_eq!(words("2026-09-19"), (None, "星期六或星期日".into()));
    let (number, made_up) = words("2026-09-20");
    assert_eq!(number, Some(1));
    assert!(made_up.contains("调休上班（https://www.gov.cn/"), "{made_up}");
    let (number, off) = words("2026-10-01");
    assert_eq!(number, None);
    assert!(off.contains("放假"), "{off}");
    let (_, new_year) = (0, calendar.reason(day("2007-12-31")).in_words(Lang::En));
    assert!(new_year.contains("content_1645"), "the notice for 2008 names it: {new_year}");

    let provisional = calendar.deadline(day("2026-12-31"), 2).unwrap();
    let reasons: Vec<_> = calendar.explain(&provisional).map(|d| d.reason).collect();
    use DayReason::{AssumedWeekday, AssumedWeekend};
    assert_eq!(reasons, [AssumedWeekday, AssumedWeekend, AssumedWeekend, AssumedWeekday]);
}

#[test]
fn the_ends_of_time_are_refused_and_the_days_before_them_are_not() {
    let calendar = Calendar::china();
    assert_eq!(calendar.add_workdays(day("9999-12-30"), 1).unwrap().value, day("9999-12-31"));
    let refused = calendar.add_workdays(day("9999-12-30"), 2).unwrap_err();
    assert_eq!(refused.code(), "calendar-out-of-range");
    assert!(calendar.add_workdays(Date::MIN, -1).is_err());
    assert!(calendar.add_workdays(Date::MAX, i32::MIN).is_err());
    assert!(calendar.add_workdays(Date::MIN, i32::MAX).is_err());
    let (first, last) =
        (calendar.is_workday(Date::MIN).value, calendar.is_workday(Date::MAX).value);
    let forward = calendar.workdays_between(Date::MIN, Date::MAX).value;
    let backward = -calendar.workdays_between(Date::MAX, Date::MIN).value;
    assert_eq!(forward + i32::from(first), backward + i32::from(last), "each leaves out its start");
}
