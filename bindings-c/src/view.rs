//! What C lends for the time of a call: texts, bytes and arrays. The only `unsafe` of the crate.

use crate::error::Fault;
use std::ffi::c_char;

/// A text: pointer and length in bytes, UTF-8, no NUL needed. `data` may be NULL when `len` is 0. As an argument it is
/// read during the call only; as a result it says how long it lives.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct Str {
    /// The first byte.
    pub data: *const c_char,
    /// Number of bytes.
    pub len: usize,
}

/// Bytes: pointer and length. `data` may be NULL when `len` is 0. As Str in everything else.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct Bytes {
    /// The first byte.
    pub data: *const u8,
    /// Number of bytes.
    pub len: usize,
}

impl Str {
    /// A text that lives as long as `text`.
    pub(crate) const fn of(text: &str) -> Self {
        Self { data: text.as_ptr().cast(), len: text.len() }
    }

    /// The bytes.
    #[inline]
    pub(crate) fn bytes(&self, name: &'static str) -> Result<&[u8], Fault> {
        array(self.data.cast(), self.len, name)
    }

    /// The text.
    #[inline]
    pub(crate) fn text(&self, name: &'static str) -> Result<&str, Fault> {
        let bytes = self.bytes(name)?;
        str::from_utf8(bytes).map_err(|error| Fault::not_utf8(name, error.valid_up_to() + 1))
    }
}

impl Bytes {
    /// The bytes.
    pub(crate) fn get(&self, name: &'static str) -> Result<&[u8], Fault> {
        array(self.data, self.len, name)
    }
}

/// An array that C lends. NULL is refused unless it is empty, and so is what no array of Rust can be.
#[inline]
pub(crate) fn array<'a, T: Plain>(
    data: *const T,
    len: usize,
    name: &'static str,
) -> Result<&'a [T], Fault> {
    if len == 0 {
        return Ok(&[]);
    }
    lendable(data, len, name)?;
    // SAFETY: not NULL, aligned and not too long, as was just seen; any bits are a T; and the header asks that pointers
    // lead to as many entries as are named, which nobody changes during the call. `'a` is that of the call: every use is
    // an argument of an entry.
    Ok(unsafe { std::slice::from_raw_parts(data, len) })
}

/// An array of C that results are written to.
pub(crate) fn array_mut<'a, T: Plain>(
    data: *mut T,
    len: usize,
    name: &'static str,
) -> Result<&'a mut [std::mem::MaybeUninit<T>], Fault> {
    if len == 0 {
        return Ok(&mut []);
    }
    lendable(data, len, name)?;
    // SAFETY: as for `array`; the header asks that nobody else reads or writes it during the call, and entries need not
    // have a value.
    Ok(unsafe { std::slice::from_raw_parts_mut(data.cast(), len) })
}

#[inline]
fn lendable<T>(data: *const T, len: usize, name: &'static str) -> Result<(), Fault> {
    if data.is_null() {
        return Err(Fault::null(name));
    }
    if !data.is_aligned() {
        let (zh, en) = ("按其类型对齐的指针", "a pointer aligned for its type");
        return Err(Fault::range(name, zh, en));
    }
    if len > isize::MAX as usize / size_of::<T>().max(1) {
        return Err(Fault::range(name, "内存容得下的长度", "a length that memory can have"));
    }
    Ok(())
}

/// Types of which any bits are a value.
pub(crate) trait Plain: Copy {}
impl Plain for u8 {}
impl Plain for u16 {}
impl Plain for u32 {}
impl Plain for i32 {}
impl Plain for i64 {}
impl Plain for crate::calendar::DayAnswer {}
impl Plain for Str {}
impl Plain for Bytes {}
impl Plain for crate::hash::Digest {}
impl Plain for crate::announcement::Rule {}
impl Plain for crate::sealed::Reveal {}
impl Plain for crate::ledger::NoteSignature {}

/// The first member of structs that may grow: `sizeof` the struct as the caller knows it.
pub(crate) fn struct_size<T>(found: usize, name: &'static str) -> Result<(), Fault> {
    if found == size_of::<T>() { Ok(()) } else { Err(Fault::struct_size(name, found)) }
}
