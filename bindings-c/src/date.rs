//! Days as int32 since 1970-01-01, instants as int64 seconds since 1970-01-01T00:00:00Z, of the years 1 to 9999.

use crate::border::answer;
use crate::error::{Fault, refused};
use crate::text::Text;
use crate::view::Str;
use std::mem::MaybeUninit;
use yicha::date::{Date, Instant};

pub(crate) fn date(days: i32, name: &'static str) -> Result<Date, Fault> {
    let en = "days since 1970-01-01 of the years 1 to 9999";
    Date::from_days(days)
        .ok_or_else(|| Fault::range(name, "公元1至9999年的日期（自1970-01-01起的天数）", en))
}

pub(crate) fn instant(seconds: i64, name: &'static str) -> Result<Instant, Fault> {
    let en = "seconds since 1970-01-01T00:00:00Z of the years 1 to 9999";
    Instant::from_unix(seconds)
        .ok_or_else(|| Fault::range(name, "公元1至9999年的时间（自1970年起的秒数）", en))
}

/// Reads `YYYY-MM-DD` as days since 1970-01-01. Refused: `date-form`.
#[unsafe(no_mangle)]
pub extern "C" fn yicha_date_parse(
    text: Str,
    out: Option<&mut MaybeUninit<i32>>,
    error: Option<&mut MaybeUninit<Box<crate::error::Error>>>,
) -> i32 {
    answer(error, out, || Ok(text.text("text")?.parse::<Date>().map_err(refused)?.days()))
}

/// Writes a day as `YYYY-MM-DD`. The text is the caller's.
#[unsafe(no_mangle)]
pub extern "C" fn yicha_date_to_text(
    days: i32,
    out: Option<&mut MaybeUninit<Box<Text>>>,
    error: Option<&mut MaybeUninit<Box<crate::error::Error>>>,
) -> i32 {
    answer(error, out, || Ok(Text::new(date(days, "days")?.to_string())))
}

/// Reads `YYYY-MM-DDThh:mm:ssZ` as seconds since 1970-01-01T00:00:00Z. Refused: `date-form`.
#[unsafe(no_mangle)]
pub extern "C" fn yicha_instant_parse(
    text: Str,
    out: Option<&mut MaybeUninit<i64>>,
    error: Option<&mut MaybeUninit<Box<crate::error::Error>>>,
) -> i32 {
    answer(error, out, || Ok(text.text("text")?.parse::<Instant>().map_err(refused)?.unix()))
}

/// Writes an instant as `YYYY-MM-DDThh:mm:ssZ`. The text is the caller's.
#[unsafe(no_mangle)]
pub extern "C" fn yicha_instant_to_text(
    seconds: i64,
    out: Option<&mut MaybeUninit<Box<Text>>>,
    error: Option<&mut MaybeUninit<Box<crate::error::Error>>>,
) -> i32 {
    answer(error, out, || Ok(Text::new(instant(seconds, "seconds")?.to_string())))
}
