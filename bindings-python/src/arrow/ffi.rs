//! The Arrow C data interface: three structures of a fixed layout, taken over from their producer and released once.
//!
//! Written here because the Arrow crates bring three versions of one dependency along, and because these structures
//! are all that the module needs of them. <https://arrow.apache.org/docs/format/CDataInterface.html>

use std::ffi::{CStr, c_char, c_int, c_void};
use std::ptr;

/// Type and name of a column, or of a table as a struct of columns.
#[repr(C)]
pub(crate) struct ArrowSchema {
    pub(super) format: *const c_char,
    pub(super) name: *const c_char,
    pub(super) metadata: *const c_char,
    pub(super) flags: i64,
    pub(super) n_children: i64,
    pub(super) children: *mut *mut ArrowSchema,
    pub(super) dictionary: *mut ArrowSchema,
    pub(super) release: Option<unsafe extern "C" fn(*mut ArrowSchema)>,
    pub(super) private_data: *mut c_void,
}

/// The buffers of a column, or the columns of a batch.
#[repr(C)]
pub(crate) struct ArrowArray {
    pub(super) length: i64,
    pub(super) null_count: i64,
    pub(super) offset: i64,
    pub(super) n_buffers: i64,
    pub(super) n_children: i64,
    pub(super) buffers: *mut *const c_void,
    pub(super) children: *mut *mut ArrowArray,
    pub(super) dictionary: *mut ArrowArray,
    pub(super) release: Option<unsafe extern "C" fn(*mut ArrowArray)>,
    pub(super) private_data: *mut c_void,
}

/// Batches one after the other.
#[repr(C)]
pub(crate) struct ArrowArrayStream {
    pub(super) get_schema: Option<unsafe extern "C" fn(*mut Self, *mut ArrowSchema) -> c_int>,
    pub(super) get_next: Option<unsafe extern "C" fn(*mut Self, *mut ArrowArray) -> c_int>,
    pub(super) get_last_error: Option<unsafe extern "C" fn(*mut Self) -> *const c_char>,
    pub(super) release: Option<unsafe extern "C" fn(*mut Self)>,
    pub(super) private_data: *mut c_void,
}

/// A structure that is released exactly once: by the one who holds it last.
pub(crate) trait Released: Sized {
    /// The structure after it was released, or before it was filled.
    const EMPTY: Self;
    /// The name of a capsule that holds one.
    const CAPSULE: &'static CStr;

    /// Whether there is anything to release.
    fn is_live(&self) -> bool;

    /// Takes the structure out of a place and leaves [`Self::EMPTY`] there, so that its former owner does not release it.
    ///
    /// # Safety
    /// `place` points to a valid structure that nobody else uses now.
    unsafe fn take(place: *mut Self) -> Self {
        // SAFETY: as promised by the caller.
        unsafe { ptr::replace(place, Self::EMPTY) }
    }
}

macro_rules! released {
    ($name:ident, $capsule:literal, $($field:ident: $empty:expr),*) => {
        impl Released for $name {
            const EMPTY: Self = Self { $($field: $empty,)* release: None, private_data: ptr::null_mut() };
            const CAPSULE: &'static CStr = $capsule;

            fn is_live(&self) -> bool {
                self.release.is_some()
            }
        }

        impl Drop for $name {
            fn drop(&mut self) {
                if let Some(release) = self.release {
                    // SAFETY: the structure is live, and this is its only owner.
                    unsafe { release(self) }
                }
            }
        }

        // SAFETY: the interface asks producers for structures that may move between threads.
        unsafe impl Send for $name {}
        // SAFETY: what is shared is only read.
        unsafe impl Sync for $name {}
    };
}

released!(ArrowSchema, c"arrow_schema", format: ptr::null(), name: ptr::null(), metadata: ptr::null(), flags: 0,
    n_children: 0, children: ptr::null_mut(), dictionary: ptr::null_mut());
released!(ArrowArray, c"arrow_array", length: 0, null_count: 0, offset: 0, n_buffers: 0, n_children: 0,
    buffers: ptr::null_mut(), children: ptr::null_mut(), dictionary: ptr::null_mut());
released!(ArrowArrayStream, c"arrow_array_stream", get_schema: None, get_next: None, get_last_error: None);

impl ArrowArrayStream {
    /// The schema, or the producer's words about why there is none.
    pub(super) fn schema(&mut self) -> Result<ArrowSchema, String> {
        let mut schema = ArrowSchema::EMPTY;
        let Some(get_schema) = self.get_schema else { return Err("a released stream".into()) };
        // SAFETY: the stream is live and `schema` is a place to write to.
        match unsafe { get_schema(self, &mut schema) } {
            0 => Ok(schema),
            code => Err(self.last_error(code)),
        }
    }

    /// The next batch, if there is one.
    pub(super) fn next(&mut self) -> Result<Option<ArrowArray>, String> {
        let mut array = ArrowArray::EMPTY;
        let Some(get_next) = self.get_next else { return Err("a released stream".into()) };
        // SAFETY: as above.
        match unsafe { get_next(self, &mut array) } {
            0 => Ok(array.is_live().then_some(array)),
            code => Err(self.last_error(code)),
        }
    }

    fn last_error(&mut self, code: c_int) -> String {
        // SAFETY: the stream is live, and what it gives is a C string or null.
        let text = self.get_last_error.map(|get| unsafe { get(self) });
        // SAFETY: valid until the next call on the stream; copied at once.
        text.and_then(|text| unsafe { owned(text) }).unwrap_or_else(|| format!("error {code}"))
    }
}

/// A C string as text; nothing when it is null.
///
/// # Safety
/// `text` is null or points to a C string.
pub(super) unsafe fn owned(text: *const c_char) -> Option<String> {
    // SAFETY: as promised by the caller.
    (!text.is_null()).then(|| unsafe { CStr::from_ptr(text) }.to_string_lossy().into_owned())
}
