//! Days and instants: where they end, how they count, and the one form of text that each has.
#![allow(clippy::unwrap_used, missing_docs)]

use proptest::prelude::*;
use yicha::date::{Date, Instant};
use yicha_tests::speaks_both_languages;

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

#[test]
fn the_first_and_the_last_day_are_those_of_four_digits() {
    assert_eq!(
        (Date::MIN.to_string(), Date::MAX.to_string()),
        ("0001-01-01".into(), "9999-12-31".into())
    );
    assert_eq!((day("0001-01-01"), day("9999-12-31")), (Date::MIN, Date::MAX));
    let (first, last) = (Date::MIN.days(), Date::MAX.days());
    assert_eq!([first, last].map(Date::from_days), [Some(Date::MIN), Some(Date::MAX)]);
    for outside in [first - 1, last + 1, i32::MIN, i32::MAX] {
        assert_eq!(Date::from_days(outside), None);
    }
    assert_eq!(Date::MIN.plus_days(last - first), Some(Date::MAX));
    assert_eq!(Date::MAX.plus_days(first - last), Some(Date::MIN));
    assert_eq!([Date::MIN.plus_days(-1), Date::MAX.plus_days(1)], [None; 2]);
    assert_eq!([Date::MIN.plus_days(i32::MIN), Date::MAX.plus_days(i32::MAX)], [None; 2]);
}

#[test]
fn the_first_and_the_last_second_are_those_of_these_days() {
    for (seconds, text) in [
        (-62_135_596_800, "0001-01-01T00:00:00Z"),
        (-1, "1969-12-31T23:59:59Z"),
        (0, "1970-01-01T00:00:00Z"),
        (1_774_400_400, "2026-03-25T01:00:00Z"),
        (253_402_300_799, "9999-12-31T23:59:59Z"),
    ] {
        let instant = Instant::from_unix(seconds).unwrap();
        assert_eq!((instant.to_string(), instant.unix()), (text.into(), seconds));
        assert_eq!(text.parse(), Ok(instant));
    }
    for outside in [-62_135_596_801, 253_402_300_800, i64::MIN, i64::MAX] {
        assert_eq!(Instant::from_unix(outside), None);
    }
}

#[test]
fn a_day_is_one_of_the_calendar() {
    for (year, month, last) in
        [(2026, 2, 28), (2024, 2, 29), (2000, 2, 29), (1900, 2, 28), (2026, 4, 30)]
    {
        let found = Date::from_ymd(year, month, last).unwrap();
        assert_eq!((found.ymd(), found.year()), ((year, month, last), year));
        assert_eq!(Date::from_ymd(year, month, last + 1), None);
        assert_eq!(found.plus_days(1), Date::from_ymd(year, month + 1, 1));
    }
    for (year, month, day) in
        [(0, 12, 31), (10_000, 1, 1), (2026, 0, 1), (2026, 13, 1), (2026, 1, 0)]
    {
        assert_eq!(Date::from_ymd(year, month, day), None, "{year}-{month}-{day}");
    }
    assert_eq!((day("1970-01-01").days(), day("2026-03-20").days()), (0, 20_532));
}

#[test]
fn weeks_begin_on_monday() {
    // The first day of the year 1 is a Monday, the epoch a Thursday.
    for (date, wanted) in [
        ("0001-01-01", 0),
        ("1970-01-01", 3),
        ("2000-02-29", 1),
        ("2026-03-20", 4),
        ("9999-12-31", 4),
    ] {
        assert_eq!(day(date).weekday(), wanted, "{date}");
    }
    let mut date = day("1969-12-29");
    for wanted in (0..7).cycle().take(1_000) {
        assert_eq!(date.weekday(), wanted, "{date}");
        date = date.plus_days(1).unwrap();
    }
}

#[test]
fn a_day_is_written_in_one_way() {
    assert_eq!(day("2026-03-05").ymd(), (2026, 3, 5));
    for text in [
        "",
        "2026-3-5",
        "2026-03-5",
        "26-03-05",
        "02026-03-05",
        "+2026-03-05",
        "-2026-03-05",
        "20260305",
        "2026/03/05",
        "2026-03-05 ",
        " 2026-03-05",
        "2026-03-05T00:00:00Z",
        "2026-02-29",
        "2026-13-01",
        "2026-00-10",
        "2026-03-00",
        "0000-12-31",
        "10000-01-01",
        "２０２６-03-05",
        "2026年3月5日",
        "\u{feff}2026-03-05",
        "2026‐03‐05",
    ] {
        let refused = text.parse::<Date>().unwrap_err();
        assert_eq!(refused.to_string(), format!("{text:?} is not a day as YYYY-MM-DD"));
        speaks_both_languages(&refused);
    }
}

#[test]
fn an_instant_is_written_in_one_way() {
    assert!("2026-03-05T23:59:59Z".parse::<Instant>().is_ok());
    for text in [
        "",
        "2026-03-05",
        "2026-03-05T23:59:59",
        "2026-03-05T23:59:59z",
        "2026-03-05t23:59:59Z",
        "2026-03-05 23:59:59Z",
        "2026-03-05T23:59:59+00:00",
        "2026-03-06T07:59:59+08:00",
        "2026-03-05T23:59:59.0Z",
        "2026-03-05T23:59Z",
        "2026-03-05T24:00:00Z",
        "2026-03-05T23:60:00Z",
        "2026-03-05T23:59:60Z",
        "2026-02-29T00:00:00Z",
        "0000-12-31T23:59:59Z",
        "2026-03-05T23:59:59Z ",
        "2026-3-5T23:59:59Z",
        "2026-03-05T9:00:00Z",
    ] {
        let refused = text.parse::<Instant>().unwrap_err();
        assert_eq!(
            refused.to_string(),
            format!("{text:?} is not an instant as YYYY-MM-DDThh:mm:ssZ")
        );
        speaks_both_languages(&refused);
    }
}

#[test]
fn months_end_on_the_same_number_or_the_months_last_day() {
    let day = |text: &str| text.parse::<Date>().unwrap();
    for (from, months, to) in [
        ("2026-11-30", 0, Some("2026-11-30")),
        ("2026-11-30", 1, Some("2026-12-30")),
        ("2026-11-30", 3, Some("2027-02-28")),
        ("2027-11-30", 3, Some("2028-02-29")),
        ("2028-02-29", 12, Some("2029-02-28")),
        ("2026-01-31", 13, Some("2027-02-28")),
        ("9999-11-30", 1, Some("9999-12-30")),
        ("9999-12-01", 1, None),
        ("0001-01-01", u16::MAX, Some("5462-04-01")),
    ] {
        assert_eq!(day(from).plus_months(months), to.map(day), "{from} + {months}");
    }
}

proptest! {
    #[test]
    fn every_day_comes_back_from_its_text_its_parts_and_its_number(days in Date::MIN.days()..=Date::MAX.days()) {
        let date = Date::from_days(days).unwrap();
        let (year, month, day) = date.ymd();
        prop_assert_eq!(date.to_string().parse(), Ok(date));
        prop_assert_eq!(Date::from_ymd(year, month, day), Some(date));
        prop_assert_eq!(date.days(), days);
    }

    #[test]
    fn texts_are_in_the_order_of_time(a in -62_135_596_800_i64..=253_402_300_799, b in -62_135_596_800_i64..=253_402_300_799) {
        let [a, b] = [a, b].map(|seconds| Instant::from_unix(seconds).unwrap());
        prop_assert_eq!(a.cmp(&b), a.to_string().cmp(&b.to_string()));
        prop_assert_eq!(a.to_string().parse(), Ok(a));
    }

    #[test]
    fn whatever_is_read_is_written_as_it_was(text in "[0-9+ -]{0,5}-[0-9]{1,2}-[0-9]{1,2}") {
        if let Ok(date) = text.parse::<Date>() {
            prop_assert_eq!(date.to_string(), text);
        }
    }
}
