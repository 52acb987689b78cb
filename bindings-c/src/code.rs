//! Codes and unified social credit codes. Draw specification, section 1; GB 32100-2015.

use crate::border::{answer, need, perform};
use crate::columns::Strings;
use crate::error::{Fault, refused};
use crate::view::{Str, array_mut};
use std::mem::MaybeUninit;
use yicha::code::check;
use yicha::explain::Explain;
use yicha::uscc::{Uscc, UsccError};

/// Checks that a text is a code: 1 to 64 of `0-9 A-Z a-z . _ # -`, beginning with a digit or letter; nothing is trimmed.
/// Refused: `code-empty`, `code-too-long`, `code-character`, `code-not-utf8`, with the place.
#[unsafe(no_mangle)]
pub extern "C" fn yicha_code_check(
    code: Str,
    error: Option<&mut MaybeUninit<Box<crate::error::Error>>>,
) -> i32 {
    perform(error, || check(code.bytes("code")?).map(|_| ()).map_err(refused))
}

/// Checks a unified social credit code (统一社会信用代码). In a code that holds, characters 1-2 are authority and category,
/// 3-8 the division, 9-17 the subject. Refused: `uscc-length`, `uscc-character`, `uscc-check`, with the place.
#[unsafe(no_mangle)]
pub extern "C" fn yicha_uscc_check(
    code: Str,
    error: Option<&mut MaybeUninit<Box<crate::error::Error>>>,
) -> i32 {
    perform(error, || Uscc::parse(code.text("code")?).map(|_| ()).map_err(refused))
}

/// The column's verdict on a row: it holds.
pub const YICHA_ROW_OK: u8 = 0;
/// It has the wrong length; for a code: it is empty or too long.
pub const YICHA_ROW_LENGTH: u8 = 1;
/// It has a character that may not stand there, or is not UTF-8.
pub const YICHA_ROW_CHARACTER: u8 = 2;
/// The check character does not follow from the others.
pub const YICHA_ROW_CHECK: u8 = 3;

/// Checks a column of codes. `verdicts` has room for one byte a row, which becomes a `YICHA_ROW_` value; `out` takes how
/// many rows do not hold. Ask yicha_code_check for the sentence of one row.
#[unsafe(no_mangle)]
pub extern "C" fn yicha_code_check_column(
    codes: Option<&Strings>,
    verdicts: *mut u8,
    out: Option<&mut MaybeUninit<u64>>,
    error: Option<&mut MaybeUninit<Box<crate::error::Error>>>,
) -> i32 {
    answer(error, out, || {
        verdicts_of(codes, verdicts, |bytes| check(bytes).err().map(|e| e.code()))
    })
}

/// Checks a column of unified social credit codes, as yicha_code_check_column does for codes.
#[unsafe(no_mangle)]
pub extern "C" fn yicha_uscc_check_column(
    codes: Option<&Strings>,
    verdicts: *mut u8,
    out: Option<&mut MaybeUninit<u64>>,
    error: Option<&mut MaybeUninit<Box<crate::error::Error>>>,
) -> i32 {
    answer(error, out, || {
        verdicts_of(codes, verdicts, |bytes| match str::from_utf8(bytes) {
            Ok(text) => Uscc::parse(text).err().map(|e: UsccError| e.code()),
            Err(_) => Some("code-not-utf8"),
        })
    })
}

fn verdicts_of(
    codes: Option<&Strings>,
    verdicts: *mut u8,
    code: impl Fn(&[u8]) -> Option<&'static str>,
) -> Result<u64, Fault> {
    let column = need(codes, "codes")?.get("codes")?;
    let verdicts = array_mut(verdicts, column.len(), "verdicts")?;
    let mut wrong = 0;
    for (row, verdict) in verdicts.iter_mut().enumerate() {
        let found = match code(column.row(row)?) {
            None => YICHA_ROW_OK,
            Some("uscc-length" | "code-empty" | "code-too-long") => YICHA_ROW_LENGTH,
            Some("uscc-check") => YICHA_ROW_CHECK,
            Some(_) => YICHA_ROW_CHARACTER,
        };
        wrong += u64::from(found != YICHA_ROW_OK);
        verdict.write(found);
    }
    Ok(wrong)
}
