//! What all targets share: calls over the border, and what must hold whatever they are given.

use std::ffi::{CStr, c_char};
use std::mem::MaybeUninit;
use yicha_c::error::{
    Error, YICHA_NOT_FOUND, YICHA_NOT_UTF8, YICHA_OK, YICHA_RANGE, YICHA_REFUSED, yicha_error_code,
    yicha_error_message, yicha_error_status,
};
use yicha_c::taxonomy::{YICHA_EN, YICHA_ZH};
use yicha_c::text::{Text, yicha_text_data, yicha_text_len};
use yicha_c::view::{Bytes, Str};

/// Where a result goes.
pub type Out<'a, T> = Option<&'a mut MaybeUninit<T>>;

/// Calls a function that parses. What it gives is there, or an error explains itself; it is no fault of the library's.
pub fn call<T>(function: impl FnOnce(Out<'_, T>, Out<'_, Box<Error>>) -> i32) -> Option<T> {
    let (mut out, mut error) = (MaybeUninit::uninit(), MaybeUninit::uninit());
    let status = function(Some(&mut out), Some(&mut error));
    if status == YICHA_OK {
        // SAFETY: results are written on YICHA_OK.
        return Some(unsafe { out.assume_init() });
    }
    // SAFETY: errors are written on any other status.
    explained(status, unsafe { error.assume_init() });
    None
}

/// The same for a function without a result.
pub fn done(function: impl FnOnce(Out<'_, Box<Error>>) -> i32) -> bool {
    call(|out: Out<'_, ()>, error| {
        let status = function(error);
        if let (YICHA_OK, Some(out)) = (status, out) {
            out.write(());
        }
        status
    })
    .is_some()
}

fn explained(status: i32, error: Box<Error>) {
    let said = [YICHA_REFUSED, YICHA_NOT_FOUND, YICHA_NOT_UTF8, YICHA_RANGE];
    assert!(said.contains(&status), "status {status}");
    assert_eq!(yicha_error_status(Some(&error)), status);
    assert!(!read(yicha_error_code(Some(&error))).is_empty());
    for language in [YICHA_ZH, YICHA_EN] {
        assert!(!read(yicha_error_message(Some(&error), language)).is_empty());
    }
}

fn read(text: *const c_char) -> String {
    // SAFETY: texts of an error end with NUL and live as long as it does.
    unsafe { CStr::from_ptr(text) }.to_str().expect("UTF-8").into()
}

/// The bytes as an argument.
pub fn bytes(data: &[u8]) -> Bytes {
    Bytes { data: data.as_ptr(), len: data.len() }
}

/// The same where a text is wanted.
pub fn str(data: &[u8]) -> Str {
    Str { data: data.as_ptr().cast(), len: data.len() }
}

/// What a text holds.
pub fn text(text: &Text) -> &[u8] {
    // SAFETY: a text has that many bytes, which live as long as it does.
    unsafe {
        std::slice::from_raw_parts(yicha_text_data(Some(text)).cast(), yicha_text_len(Some(text)))
    }
}

/// Reads bytes, and holds what was read to be written in the same bytes.
pub fn inverse<T>(
    data: &[u8],
    parse: impl Fn(&[u8], Out<'_, Box<T>>, Out<'_, Box<Error>>) -> i32,
    write: impl Fn(&T, Out<'_, Box<Text>>, Out<'_, Box<Error>>) -> i32,
) {
    if let Some(read) = call(|out, error| parse(data, out, error)) {
        let written = call(|out, error| write(&read, out, error)).expect("it can be written");
        assert_eq!(text(&written), data);
    }
}

/// The first byte of an input picks one of some targets, the others are what it is given.
pub fn pick(data: &[u8], targets: &[&dyn Fn(&[u8])]) {
    if let Some((first, data)) = data.split_first() {
        targets[usize::from(*first) % targets.len()](data);
    }
}
