//! Status codes, and the error object that explains itself.

use crate::border::{free, value};
use crate::taxonomy::lang;
use std::ffi::{CStr, CString, c_char};
use yicha::citation::Basis;
use yicha::draw::roster::{RosterError, RowFault};
use yicha::draw::text::FileError;
use yicha::explain::{Explain, Lang};
use yicha::json::to_json;
use yicha::ledger::{LedgerError, NoteError};
use yicha::office::Refused;
use yicha::refusal::Refusal;

/// It is done, and the results are written.
pub const YICHA_OK: i32 = 0;
/// A rule refuses it; the error says which and what would be right. Nothing was changed.
pub const YICHA_REFUSED: i32 = 1;
/// What was asked for is not there.
pub const YICHA_NOT_FOUND: i32 = 2;
/// A pointer is NULL that must not be, or the handle was freed or taken already.
pub const YICHA_NULL: i32 = 3;
/// A text is not UTF-8.
pub const YICHA_NOT_UTF8: i32 = 4;
/// A length, number, day or alignment out of range, or an unknown value of an enumeration.
pub const YICHA_RANGE: i32 = 5;
/// A struct has a `struct_size` that this library does not know.
pub const YICHA_STRUCT_SIZE: i32 = 6;
/// The library has a fault of its own. Free the handles that this call was to change, and report it.
pub const YICHA_PANIC: i32 = 100;

/// What is wrong, on what that rests, and what would be right. Immutable; freed with yicha_error_free.
#[derive(Debug)]
pub struct Error {
    status: i32,
    code: CString,
    messages: [CString; 2],
    bases: [CString; 2],
    article: i32,
    place: u64,
    values: CString,
    parts: Vec<Error>,
}

/// Why an entry gives no result. As large as a pointer and made out of line: every entry hands some on, and hardly one is made.
pub(crate) struct Fault(Box<Cause>);

/// Why, before it is put into words.
enum Cause {
    Null(&'static str),
    NotUtf8 { name: &'static str, byte: usize },
    Range { name: &'static str, zh: &'static str, en: &'static str },
    StructSize { name: &'static str, found: usize },
    NotFound { zh: &'static str, en: &'static str },
    Refused(Box<dyn Explain>),
    Ruled(Refusal),
    Ledger(LedgerError),
    Note(NoteError),
    File(FileError),
    Rows(RosterError),
    Many(Vec<Fault>),
    Panic,
}

/// A refusal of the core.
pub(crate) fn refused(error: impl Explain + 'static) -> Fault {
    Cause::Refused(Box::new(error)).into()
}

/// A refusal of the office, which has its values.
pub(crate) fn ruled(refusal: impl Into<Refusal>) -> Fault {
    Cause::Ruled(refusal.into()).into()
}

/// Entries that are not taken.
pub(crate) fn in_ledger(error: LedgerError) -> Fault {
    Cause::Ledger(error).into()
}

/// A note or checkpoint that is none.
pub(crate) fn in_note(error: NoteError) -> Fault {
    Cause::Note(error).into()
}

/// A file that is not as the specification writes it.
pub(crate) fn in_file(error: FileError) -> Fault {
    Cause::File(error).into()
}

/// Rows that are refused.
pub(crate) fn in_rows(error: RosterError) -> Fault {
    Cause::Rows(error).into()
}

/// All refusals of the core at once.
pub(crate) fn all_refused(errors: Vec<impl Explain + 'static>) -> Fault {
    Cause::Many(errors.into_iter().map(refused).collect()).into()
}

impl From<Cause> for Fault {
    #[cold]
    #[inline(never)]
    fn from(cause: Cause) -> Self {
        Self(Box::new(cause))
    }
}

impl Fault {
    /// A pointer that must not be NULL.
    #[cold]
    #[inline(never)]
    pub(crate) fn null(name: &'static str) -> Self {
        Cause::Null(name).into()
    }

    /// A text, and the byte of it, counted from 1, that is wrong.
    #[cold]
    #[inline(never)]
    pub(crate) fn not_utf8(name: &'static str, byte: usize) -> Self {
        Cause::NotUtf8 { name, byte }.into()
    }

    /// A value out of range, and what it should be, in Chinese and English.
    #[cold]
    #[inline(never)]
    pub(crate) fn range(name: &'static str, zh: &'static str, en: &'static str) -> Self {
        Cause::Range { name, zh, en }.into()
    }

    /// A struct of another size.
    #[cold]
    #[inline(never)]
    pub(crate) fn struct_size(name: &'static str, found: usize) -> Self {
        Cause::StructSize { name, found }.into()
    }

    /// What is not there, in Chinese and English.
    #[cold]
    #[inline(never)]
    pub(crate) fn not_found(zh: &'static str, en: &'static str) -> Self {
        Cause::NotFound { zh, en }.into()
    }

    /// A fault of the library.
    #[cold]
    #[inline(never)]
    pub(crate) fn panic() -> Self {
        Cause::Panic.into()
    }

    pub(crate) const fn status(&self) -> i32 {
        match &*self.0 {
            Cause::Null(_) => YICHA_NULL,
            Cause::NotUtf8 { .. } => YICHA_NOT_UTF8,
            Cause::Range { .. } => YICHA_RANGE,
            Cause::StructSize { .. } => YICHA_STRUCT_SIZE,
            Cause::NotFound { .. } => YICHA_NOT_FOUND,
            Cause::Refused(_) | Cause::Ruled(_) | Cause::Ledger(_) | Cause::Note(_) => {
                YICHA_REFUSED
            }
            Cause::File(_) | Cause::Rows(_) | Cause::Many(_) => YICHA_REFUSED,
            Cause::Panic => YICHA_PANIC,
        }
    }
}

impl Error {
    pub(crate) fn of(fault: Fault) -> Self {
        let status = fault.status();
        match *fault.0 {
            Cause::Refused(error) => Self::explained(&*error, 0, Vec::new()),
            Cause::Ruled(refusal) => Self {
                values: values(&refusal),
                ..Self::explained(&refusal, row(&refusal), Vec::new())
            },
            Cause::Ledger(error) => {
                let line = if let LedgerError::Line { line, .. } = error { line } else { 0 };
                Self::explained(&error, line, Vec::new())
            }
            Cause::Note(error) => Self::explained(&error, error.line, Vec::new()),
            Cause::File(error) => Self::explained(&error, error.line as u64, Vec::new()),
            Cause::Rows(error) => {
                let rows = if let RosterError::Rows { faults, .. } = &error { &**faults } else { &[] };
                let row = |fault: &RowFault| Self::explained(fault, fault.row, Vec::new());
                let place = rows.first().map_or(0, |fault| fault.row);
                Self::explained(&error, place, rows.iter().map(row).collect())
            }
            Cause::Many(faults) => {
                let mut parts = faults.into_iter().map(Self::of).collect::<Vec<_>>();
                // The first speaks for all of them.
                let first = parts.first_mut().map(|first| first.copy());
                match first {
                    Some(first) => Self { parts, ..first },
                    None => Self::of(Fault::panic()),
                }
            }
            Cause::Null(name) => Self::misuse(
                status,
                "misuse-null",
                format!("参数{name}为NULL，或者句柄已经释放或交出"),
                format!("{name} is NULL, or was freed or taken already"),
            ),
            Cause::NotUtf8 { name, byte } => Self::misuse(
                status,
                "misuse-not-utf8",
                format!("参数{name}的第{byte}个字节不是合法的UTF-8"),
                format!("byte {byte} of {name} is not UTF-8"),
            ),
            Cause::Range { name, zh, en } => Self::misuse(
                status,
                "misuse-range",
                format!("参数{name}应为{zh}"),
                format!("{name} should be {en}"),
            ),
            Cause::StructSize { name, found } => Self::misuse(
                status,
                "misuse-struct-size",
                format!("参数{name}的struct_size为{found}，应为sizeof该结构"),
                format!("struct_size of {name} is {found}; sizeof the struct would be right"),
            ),
            Cause::NotFound { zh, en } => {
                Self::misuse(status, "not-found", zh.into(), en.into())
            }
            Cause::Panic => Self::misuse(
                status,
                "panic",
                "程序库自身出错；请报告，本次调用所改动的句柄只能释放".into(),
                "the library has a fault of its own; report it, and free the handles that the call was to change".into(),
            ),
        }
    }

    fn explained(error: &dyn Explain, place: u64, parts: Vec<Self>) -> Self {
        let basis = error.basis();
        let article = if let Basis::Article(number) = basis { number.into() } else { 0 };
        Self {
            status: YICHA_REFUSED,
            code: c_text(error.code()),
            messages: [Lang::Zh, Lang::En].map(|lang| c_text(&error.message(lang))),
            bases: [Lang::Zh, Lang::En].map(|lang| c_text(&basis.cite(lang).to_string())),
            article,
            place,
            values: NO_VALUES.into(),
            parts,
        }
    }

    fn misuse(status: i32, code: &str, zh: String, en: String) -> Self {
        Self {
            status,
            code: c_text(code),
            messages: [c_text(&zh), c_text(&en)],
            bases: [c_text("yicha.h"), c_text("yicha.h")],
            article: 0,
            place: 0,
            values: NO_VALUES.into(),
            parts: Vec::new(),
        }
    }

    fn copy(&self) -> Self {
        let Self { status, code, messages, bases, article, place, values, .. } = self;
        let (code, messages, bases) = (code.clone(), messages.clone(), bases.clone());
        Self {
            status: *status,
            code,
            messages,
            bases,
            article: *article,
            place: *place,
            values: values.clone(),
            parts: Vec::new(),
        }
    }
}

/// An object in JSON without values.
const NO_VALUES: &CStr = c"{}";

/// The offending values as JSON.
fn values(refusal: &Refusal) -> CString {
    // Texts can always be written.
    let json = to_json(&Refused::from(refusal).values).unwrap_or_default();
    CString::new(json).unwrap_or_else(|_| NO_VALUES.into())
}

/// The line of rows that is refused, from 1; 0 for what is no row.
fn row(refusal: &Refusal) -> u64 {
    if let Refusal::Row(fault) = refusal { fault.row } else { 0 }
}

/// A text of C. Messages quote what was found with escapes, so a NUL does not occur; one that does is left out.
fn c_text(text: &str) -> CString {
    CString::new(text.replace('\0', "")).unwrap_or_default()
}

/// What an accessor gives for NULL.
fn nothing() -> *const c_char {
    c"".as_ptr()
}

/// The status with which the call returned; YICHA_OK for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn yicha_error_status(error: Option<&Error>) -> i32 {
    error.map_or(YICHA_OK, |error| error.status)
}

/// The stable code for programs, kebab-case, such as `uscc-check`; codes are never reused for another meaning. Lives as
/// long as the error; "" for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn yicha_error_code(error: Option<&Error>) -> *const c_char {
    error.map_or_else(nothing, |error| error.code.as_ptr())
}

/// The sentence for people: what is wrong and what would be right. `language` is YICHA_ZH or YICHA_EN; another value
/// counts as YICHA_ZH. Lives as long as the error; "" for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn yicha_error_message(error: Option<&Error>, language: i32) -> *const c_char {
    error.map_or_else(nothing, |error| error.messages[place(language)].as_ptr())
}

/// On what the refusal rests, cited in words: an article, another law, the draw specification, or a decision of ours.
/// `language` as for yicha_error_message. Lives as long as the error; "" for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn yicha_error_basis(error: Option<&Error>, language: i32) -> *const c_char {
    error.map_or_else(nothing, |error| error.bases[place(language)].as_ptr())
}

/// The article of 宛区双随机办〔2026〕3号 on which the refusal rests, 1 to 28; 0 when it rests on something else, and for
/// NULL.
#[unsafe(no_mangle)]
pub extern "C" fn yicha_error_article(error: Option<&Error>) -> i32 {
    error.map_or(0, |error| error.article)
}

/// The line of a file, the row of columns or the entry that is refused, counted from 1; 0 when there is none, and for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn yicha_error_place(error: Option<&Error>) -> u64 {
    error.map_or(0, |error| error.place)
}

/// The offending values of a refusal of the office, as a JSON object of texts by the names that its sentences use, such as
/// `{"case":"...","found":"..."}`. Lives as long as the error; `{}` where there are none, and for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn yicha_error_values(error: Option<&Error>) -> *const c_char {
    error.map_or(NO_VALUES.as_ptr(), |error| error.values.as_ptr())
}

/// How many faults the error tells one by one, where all are told at once (rows of a roster, notices, problems); 0 for
/// an error that is one fault, and for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn yicha_error_parts(error: Option<&Error>) -> u64 {
    error.map_or(0, |error| error.parts.len() as u64)
}

/// One of these faults, counted from 0, as an error that lives as long as `error` and is not freed; NULL when there is no
/// such part.
#[unsafe(no_mangle)]
pub extern "C" fn yicha_error_part(error: Option<&Error>, part: u64) -> Option<&Error> {
    value(None, || error?.parts.get(usize::try_from(part).ok()?))
}

/// Frees an error and sets the pointer to NULL. NULL, and a pointer to NULL, are let be.
#[unsafe(no_mangle)]
pub extern "C" fn yicha_error_free(error: Option<&mut Option<Box<Error>>>) {
    free(error);
}

fn place(language: i32) -> usize {
    usize::from(lang(language).is_ok_and(|lang| lang == Lang::En))
}
