//! The regulation's numbers, each with the day from which it holds.

use crate::border::{answer, free, need};
use crate::error::all_refused;
use crate::text::Text;
use crate::view::Str;
use std::mem::MaybeUninit;
use yicha::edition;

/// The numbers of a place's regulation. Immutable: threads may share it.
#[derive(Debug)]
pub struct Edition(pub(crate) edition::Edition);

/// 宛区双随机办〔2026〕3号, in force from 2026-03-20, which is built in. The handle is the caller's.
#[unsafe(no_mangle)]
pub extern "C" fn yicha_edition_wancheng_2026(
    out: Option<&mut MaybeUninit<Box<Edition>>>,
    error: Option<&mut MaybeUninit<Box<crate::error::Error>>>,
) -> i32 {
    answer(error, out, || Ok(Box::new(Edition(edition::Edition::wancheng_2026()))))
}

/// Reads another place's numbers from a JSON file as yicha_edition_to_text writes it. The handle is the caller's. Refused,
/// all faults at once: `edition-not-json`, `edition-version`, `edition-missing`, `edition-unknown`, `edition-not-text`,
/// `edition-not-day`, `edition-ends`, `edition-no-values`, `edition-out-of-bounds`, `edition-not-ascending`.
#[unsafe(no_mangle)]
pub extern "C" fn yicha_edition_parse(
    file: Str,
    out: Option<&mut MaybeUninit<Box<Edition>>>,
    error: Option<&mut MaybeUninit<Box<crate::error::Error>>>,
) -> i32 {
    answer(error, out, || {
        let read = edition::Edition::parse(file.text("file")?).map_err(all_refused)?;
        Ok(Box::new(Edition(read)))
    })
}

/// The edition as a JSON file. The text is the caller's.
#[unsafe(no_mangle)]
pub extern "C" fn yicha_edition_to_text(
    edition: Option<&Edition>,
    out: Option<&mut MaybeUninit<Box<Text>>>,
    error: Option<&mut MaybeUninit<Box<crate::error::Error>>>,
) -> i32 {
    answer(error, out, || Ok(Text::new(need(edition, "edition")?.0.to_json())))
}

/// Frees an edition and sets the pointer to NULL. NULL, and a pointer to NULL, are let be.
#[unsafe(no_mangle)]
pub extern "C" fn yicha_edition_free(edition: Option<&mut Option<Box<Edition>>>) {
    free(edition);
}
