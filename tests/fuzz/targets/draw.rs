//! The text files of a draw.
#![no_main]

use libfuzzer_sys::fuzz_target;
use yicha_c::announcement::{yicha_announcement_parse, yicha_announcement_to_text};
use yicha_c::files::{
    yicha_drawn_file_parse, yicha_drawn_file_to_text, yicha_list_parse, yicha_list_to_text,
    yicha_slip_parse, yicha_slip_to_text,
};
use yicha_c::folder::{yicha_folder_add, yicha_folder_new, yicha_folder_verify};
use yicha_c::matching::{yicha_matched_parse, yicha_matched_to_text, yicha_shortage_parse};
use yicha_c::problem::{yicha_problem_parse, yicha_problem_to_text};
use yicha_c::roster::{yicha_roster_parse, yicha_roster_to_text};
use yicha_c::sealed::{
    yicha_sealed_parse, yicha_sealed_seed_text, yicha_void_parse, yicha_void_to_text,
};
use yicha_fuzz::{bytes, call, inverse, pick, str, text};

/// One target for each file that is read and written by functions of the same names.
macro_rules! files {
    ($($name:ident: $parse:ident, $write:ident;)*) => {$(
        fn $name(data: &[u8]) {
            let parse = |data: &[u8], out: yicha_fuzz::Out<'_, _>, error: yicha_fuzz::Out<'_, _>| {
                $parse(bytes(data), out, error)
            };
            inverse(data, parse, |read, out, error| $write(Some(read), out, error));
        }
    )*};
}

files! {
    announcement: yicha_announcement_parse, yicha_announcement_to_text;
    drawn: yicha_drawn_file_parse, yicha_drawn_file_to_text;
    list: yicha_list_parse, yicha_list_to_text;
    matched: yicha_matched_parse, yicha_matched_to_text;
    problem: yicha_problem_parse, yicha_problem_to_text;
    slip: yicha_slip_parse, yicha_slip_to_text;
    void: yicha_void_parse, yicha_void_to_text;
}

/// A report can be written only beside its problem.
fn shortage(data: &[u8]) {
    call(|out, error| yicha_shortage_parse(bytes(data), out, error));
}

/// Rows may come in any order, and are written in theirs.
fn roster(data: &[u8]) {
    let read = |data: &[u8]| call(|out, error| yicha_roster_parse(bytes(data), out, error));
    if let Some(roster) = read(data) {
        let write = |roster: &_| call(|out, error| yicha_roster_to_text(Some(roster), out, error));
        let written = write(&roster).expect("a roster");
        let again = read(text(&written)).expect("what was written is read");
        assert_eq!(text(&write(&again).expect("a roster")), text(&written));
    }
}

/// An announcement, an empty line, and a seed file for it.
fn seed(data: &[u8]) {
    let Some(at) = data.windows(2).position(|two| two == b"\n\n") else { return };
    let (announcement, file) = (&data[..=at], &data[at + 2..]);
    let parse = |out: yicha_fuzz::Out<'_, _>, error: yicha_fuzz::Out<'_, _>| {
        yicha_announcement_parse(bytes(announcement), out, error)
    };
    let Some(announcement) = call(parse) else { return };
    let sealed =
        call(|out, error| yicha_sealed_parse(Some(&announcement), bytes(file), out, error));
    if let Some(sealed) = sealed {
        let written = call(|out, error| yicha_sealed_seed_text(Some(&sealed), out, error));
        assert_eq!(text(&written.expect("a seed file")), file);
    }
}

/// Files of a folder: a name, a line feed and the file, one behind the other with NUL between them.
fn folder(data: &[u8]) {
    let mut folder = call(|out, error| yicha_folder_new(out, error)).expect("a folder");
    for named in data.split(|byte| *byte == 0) {
        if let Some(at) = named.iter().position(|byte| *byte == b'\n') {
            let (name, file) = (str(&named[..at]), bytes(&named[at + 1..]));
            call(|out, error| yicha_folder_add(Some(&mut folder), name, file, out, error));
        }
    }
    call(|out, error| yicha_folder_verify(Some(&folder), str(b"evidence"), out, error));
}

fuzz_target!(|data: &[u8]| pick(
    data,
    &[
        &announcement,
        &drawn,
        &list,
        &matched,
        &problem,
        &shortage,
        &slip,
        &void,
        &roster,
        &seed,
        &folder,
    ],
));
