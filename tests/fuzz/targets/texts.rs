//! Codes, days, digests, notices and editions.
#![no_main]

use libfuzzer_sys::fuzz_target;
use yicha_c::calendar::{yicha_calendar_plain, yicha_calendar_with_notice};
use yicha_c::code::{yicha_code_check, yicha_uscc_check};
use yicha_c::date::{
    yicha_date_parse, yicha_date_to_text, yicha_instant_parse, yicha_instant_to_text,
};
use yicha_c::edition::{yicha_edition_parse, yicha_edition_to_text};
use yicha_c::hash::{yicha_digest_parse, yicha_digest_to_text};
use yicha_fuzz::{call, done, pick, str, text};

fn code(data: &[u8]) {
    done(|error| yicha_code_check(str(data), error));
}

fn uscc(data: &[u8]) {
    done(|error| yicha_uscc_check(str(data), error));
}

fn date(data: &[u8]) {
    if let Some(day) = call(|out, error| yicha_date_parse(str(data), out, error)) {
        let written = call(|out, error| yicha_date_to_text(day, out, error)).expect("a day");
        assert_eq!(text(&written), data);
    }
}

fn instant(data: &[u8]) {
    if let Some(seconds) = call(|out, error| yicha_instant_parse(str(data), out, error)) {
        let written = call(|out, error| yicha_instant_to_text(seconds, out, error)).expect("one");
        assert_eq!(text(&written), data);
    }
}

fn digest(data: &[u8]) {
    if let Some(digest) = call(|out, error| yicha_digest_parse(str(data), out, error)) {
        let written = call(|out, error| yicha_digest_to_text(Some(&digest), out, error));
        assert_eq!(text(&written.expect("a digest")), data);
    }
}

fn notice(data: &[u8]) {
    let plain = call(|out, error| yicha_calendar_plain(out, error)).expect("a calendar");
    call(|out, error| {
        yicha_calendar_with_notice(Some(&plain), 2027, str(b"source"), str(data), out, error)
    });
}

/// What is read may be written otherwise than it was, but then always the same.
fn edition(data: &[u8]) {
    let write = |edition: &_| call(|out, error| yicha_edition_to_text(Some(edition), out, error));
    if let Some(read) = call(|out, error| yicha_edition_parse(str(data), out, error)) {
        let written = write(&read).expect("an edition");
        let again = call(|out, error| yicha_edition_parse(str(text(&written)), out, error));
        let again = write(&again.expect("what was written is read"));
        assert_eq!(text(&again.expect("an edition")), text(&written));
    }
}

fuzz_target!(|data: &[u8]| pick(
    data,
    &[&code, &uscc, &date, &instant, &digest, &notice, &edition]
));
