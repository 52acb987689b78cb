//! Texts that functions hand out.

use crate::border::free;
use std::ffi::c_char;

/// A text that the caller owns: UTF-8, followed by a NUL that does not count. Immutable; freed with yicha_text_free.
#[derive(Debug)]
pub struct Text(String);

impl Text {
    /// The text with its NUL.
    pub(crate) fn new(mut text: String) -> Box<Self> {
        text.push('\0');
        Box::new(Self(text))
    }
}

/// The bytes of the text, which live as long as it does; NULL for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn yicha_text_data(text: Option<&Text>) -> *const c_char {
    text.map_or(std::ptr::null(), |text| text.0.as_ptr().cast())
}

/// The length in bytes, without the NUL; 0 for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn yicha_text_len(text: Option<&Text>) -> usize {
    text.map_or(0, |text| text.0.len() - 1)
}

/// Frees a text and sets the pointer to NULL. NULL, and a pointer to NULL, are let be.
#[unsafe(no_mangle)]
pub extern "C" fn yicha_text_free(text: Option<&mut Option<Box<Text>>>) {
    free(text);
}
