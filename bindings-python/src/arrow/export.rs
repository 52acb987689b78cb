//! Our own columns, given to other libraries.

use super::ffi::{ArrowArray, ArrowArrayStream, ArrowSchema, Released};
use pyo3::prelude::*;
use pyo3::types::PyCapsule;
use std::ffi::{CString, c_char, c_int, c_void};
use std::ptr;
use std::sync::Arc;
use yicha::date::Instant;

/// The values of one of our columns.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Values {
    Texts {
        offsets: Vec<i64>,
        bytes: Vec<u8>,
    },
    Numbers(Vec<i64>),
    Days(Vec<i32>),
    /// Milliseconds since 1970-01-01 in UTC.
    Instants(Vec<i64>),
    Flags(Bits),
    /// Measures of the audit.
    Fractions(Vec<f64>),
    /// Of these values those count that have a bit; the others are null. Columns of all other kinds have no nulls.
    Optional {
        values: Box<Values>,
        valid: Bits,
    },
}

/// A bit for each row, the lowest of a byte first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Bits {
    bytes: Vec<u8>,
    len: usize,
}

impl Bits {
    fn get(&self, row: usize) -> Option<bool> {
        self.bytes.get(row / 8).map(|byte| byte >> (row % 8) & 1 == 1)
    }
}

impl FromIterator<bool> for Bits {
    fn from_iter<T: IntoIterator<Item = bool>>(bits: T) -> Self {
        let bits = bits.into_iter();
        let mut bytes = Vec::with_capacity(bits.size_hint().0.div_ceil(8));
        let (mut byte, mut len) = (0, 0);
        for bit in bits {
            byte |= u8::from(bit) << (len % 8);
            len += 1;
            if len % 8 == 0 {
                bytes.push(std::mem::take(&mut byte));
            }
        }
        if len % 8 > 0 {
            bytes.push(byte);
        }
        Self { bytes, len }
    }
}

impl Values {
    pub(crate) fn texts<T: AsRef<str>>(texts: impl IntoIterator<Item = T>) -> Self {
        let (mut offsets, mut bytes) = (vec![0], Vec::new());
        for text in texts {
            bytes.extend_from_slice(text.as_ref().as_bytes());
            offsets.push(bytes.len() as i64);
        }
        Self::Texts { offsets, bytes }
    }

    pub(crate) fn flags(flags: impl IntoIterator<Item = bool>) -> Self {
        Self::Flags(flags.into_iter().collect())
    }

    /// Values of which some are null; `make` makes the column of them all, with something in the place of each null.
    pub(crate) fn optional<T: Default>(
        rows: impl IntoIterator<Item = Option<T>>,
        make: impl FnOnce(Vec<T>) -> Self,
    ) -> Self {
        let (valid, values): (Vec<bool>, Vec<T>) =
            rows.into_iter().map(|row| (row.is_some(), row.unwrap_or_default())).unzip();
        Self::Optional { values: Box::new(make(values)), valid: valid.into_iter().collect() }
    }

    pub(crate) fn instants(instants: impl IntoIterator<Item = Instant>) -> Self {
        Self::Instants(instants.into_iter().map(|instant| instant.unix() * 1000).collect())
    }

    /// The instant of a row.
    pub(crate) fn instant(&self, row: usize) -> Option<Instant> {
        let Self::Instants(instants) = self else { return None };
        Instant::from_unix(instants.get(row)? / 1000)
    }

    pub(crate) fn len(&self) -> usize {
        match self {
            Self::Texts { offsets, .. } => offsets.len() - 1,
            Self::Numbers(numbers) => numbers.len(),
            Self::Days(days) => days.len(),
            Self::Instants(instants) => instants.len(),
            Self::Flags(bits) => bits.len,
            Self::Fractions(fractions) => fractions.len(),
            Self::Optional { values, .. } => values.len(),
        }
    }

    /// What the rows have that are not null.
    pub(crate) fn inner(&self) -> &Self {
        match self {
            Self::Optional { values, .. } => values,
            values => values,
        }
    }

    pub(crate) fn is_null(&self, row: usize) -> bool {
        matches!(self, Self::Optional { valid, .. } if valid.get(row) != Some(true))
    }

    pub(crate) fn text(&self, row: usize) -> Option<&str> {
        let Self::Texts { offsets, bytes } = self else { return None };
        let (start, end) = (*offsets.get(row)? as usize, *offsets.get(row + 1)? as usize);
        std::str::from_utf8(bytes.get(start..end)?).ok()
    }

    pub(crate) fn flag(&self, row: usize) -> Option<bool> {
        let Self::Flags(bits) = self else { return None };
        bits.get(row)
    }

    const fn format(&self) -> &'static std::ffi::CStr {
        match self {
            Self::Texts { .. } => c"U",
            Self::Numbers(_) => c"l",
            Self::Days(_) => c"tdD",
            Self::Instants(_) => c"tsm:UTC",
            Self::Flags(_) => c"b",
            Self::Fractions(_) => c"g",
            Self::Optional { values, .. } => values.format(),
        }
    }

    fn buffers(&self) -> Vec<*const c_void> {
        let mut buffers = vec![ptr::null()];
        match self {
            Self::Texts { offsets, bytes } => {
                buffers.extend([offsets.as_ptr().cast(), bytes.as_ptr().cast()]);
            }
            Self::Numbers(numbers) | Self::Instants(numbers) => {
                buffers.push(numbers.as_ptr().cast());
            }
            Self::Days(days) => buffers.push(days.as_ptr().cast()),
            Self::Flags(bits) => buffers.push(bits.bytes.as_ptr().cast()),
            Self::Fractions(fractions) => buffers.push(fractions.as_ptr().cast()),
            Self::Optional { values, valid } => {
                buffers = values.buffers();
                buffers[0] = valid.bytes.as_ptr().cast();
            }
        }
        buffers
    }
}

/// Columns with their names, equally long.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Batch {
    pub(crate) names: Vec<String>,
    pub(crate) columns: Vec<Arc<Values>>,
}

impl Batch {
    pub(crate) fn new(columns: impl IntoIterator<Item = (&'static str, Values)>) -> Self {
        let (names, columns) =
            columns.into_iter().map(|(name, values)| (name.to_string(), Arc::new(values))).unzip();
        Self { names, columns }
    }

    pub(crate) fn rows(&self) -> usize {
        self.columns.first().map_or(0, |column| column.len())
    }

    fn schema(&self) -> ArrowSchema {
        let children =
            self.names.iter().zip(&self.columns).map(|(name, values)| schema(name, values));
        parent_schema(children.collect())
    }

    fn array(&self) -> ArrowArray {
        let children: Vec<_> = self.columns.iter().map(array).collect();
        parent_array(self.rows(), vec![ptr::null()], children, None)
    }
}

/// The flag of a column that may have nulls.
const NULLABLE: i64 = 2;

/// What a schema keeps alive.
struct SchemaKept {
    name: CString,
    children: Vec<*mut ArrowSchema>,
}

fn schema(name: &str, values: &Values) -> ArrowSchema {
    // A name comes without the byte 0, or else without a name.
    let name = CString::new(name).unwrap_or_default();
    let mut schema = finish_schema(values.format(), name, Vec::new());
    if matches!(values, Values::Optional { .. }) {
        schema.flags = NULLABLE;
    }
    schema
}

fn parent_schema(children: Vec<ArrowSchema>) -> ArrowSchema {
    finish_schema(c"+s", CString::default(), children)
}

fn finish_schema(
    format: &'static std::ffi::CStr,
    name: CString,
    children: Vec<ArrowSchema>,
) -> ArrowSchema {
    let children = children.into_iter().map(|child| Box::into_raw(Box::new(child))).collect();
    let mut kept = Box::new(SchemaKept { name, children });
    let mut schema = ArrowSchema::EMPTY;
    schema.format = format.as_ptr();
    schema.name = kept.name.as_ptr();
    schema.n_children = kept.children.len() as i64;
    schema.children = kept.children.as_mut_ptr();
    schema.release = Some(release_schema);
    schema.private_data = Box::into_raw(kept).cast();
    schema
}

unsafe extern "C" fn release_schema(schema: *mut ArrowSchema) {
    // SAFETY: called once, with a schema that `finish_schema` made.
    unsafe {
        let kept = Box::from_raw((*schema).private_data.cast::<SchemaKept>());
        for child in kept.children {
            drop(Box::from_raw(child));
        }
        (*schema).release = None;
    }
}

/// What an array keeps alive.
struct ArrayKept {
    buffers: Vec<*const c_void>,
    children: Vec<*mut ArrowArray>,
    _values: Option<Arc<Values>>,
}

fn array(values: &Arc<Values>) -> ArrowArray {
    let kept = Some(Arc::clone(values));
    let mut array = parent_array(values.len(), values.buffers(), Vec::new(), kept);
    if matches!(**values, Values::Optional { .. }) {
        array.null_count = -1; // to be counted by whoever needs it
    }
    array
}

fn parent_array(
    rows: usize,
    buffers: Vec<*const c_void>,
    children: Vec<ArrowArray>,
    values: Option<Arc<Values>>,
) -> ArrowArray {
    let children = children.into_iter().map(|child| Box::into_raw(Box::new(child))).collect();
    let mut kept = Box::new(ArrayKept { buffers, children, _values: values });
    let mut array = ArrowArray::EMPTY;
    array.length = rows as i64;
    array.n_buffers = kept.buffers.len() as i64;
    array.buffers = kept.buffers.as_mut_ptr();
    array.n_children = kept.children.len() as i64;
    array.children = kept.children.as_mut_ptr();
    array.release = Some(release_array);
    array.private_data = Box::into_raw(kept).cast();
    array
}

unsafe extern "C" fn release_array(array: *mut ArrowArray) {
    // SAFETY: called once, with an array that `parent_array` made.
    unsafe {
        let kept = Box::from_raw((*array).private_data.cast::<ArrayKept>());
        for child in kept.children {
            drop(Box::from_raw(child));
        }
        (*array).release = None;
    }
}

/// A stream of one batch, or of one column.
struct StreamKept {
    batch: Batch,
    /// The one column alone, in place of a table.
    alone: bool,
    given: bool,
}

fn stream(batch: Batch, alone: bool) -> ArrowArrayStream {
    let mut stream = ArrowArrayStream::EMPTY;
    stream.get_schema = Some(stream_schema);
    stream.get_next = Some(stream_next);
    stream.get_last_error = Some(stream_error);
    stream.release = Some(release_stream);
    stream.private_data = Box::into_raw(Box::new(StreamKept { batch, alone, given: false })).cast();
    stream
}

fn single_schema(batch: &Batch) -> ArrowSchema {
    match (batch.names.first(), batch.columns.first()) {
        (Some(name), Some(values)) => schema(name, values),
        _ => batch.schema(),
    }
}

fn single_array(batch: &Batch) -> ArrowArray {
    batch.columns.first().map_or_else(|| batch.array(), array)
}

unsafe extern "C" fn stream_schema(stream: *mut ArrowArrayStream, out: *mut ArrowSchema) -> c_int {
    // SAFETY: the stream is one of ours, and `out` is a place to write to.
    unsafe {
        let kept = &*(*stream).private_data.cast::<StreamKept>();
        ptr::write(out, if kept.alone { single_schema(&kept.batch) } else { kept.batch.schema() });
    }
    0
}

unsafe extern "C" fn stream_next(stream: *mut ArrowArrayStream, out: *mut ArrowArray) -> c_int {
    // SAFETY: as above.
    unsafe {
        let kept = &mut *(*stream).private_data.cast::<StreamKept>();
        let next = match (std::mem::replace(&mut kept.given, true), kept.alone) {
            (true, _) => ArrowArray::EMPTY,
            (false, true) => single_array(&kept.batch),
            (false, false) => kept.batch.array(),
        };
        ptr::write(out, next);
    }
    0
}

unsafe extern "C" fn stream_error(_: *mut ArrowArrayStream) -> *const c_char {
    ptr::null()
}

unsafe extern "C" fn release_stream(stream: *mut ArrowArrayStream) {
    // SAFETY: called once, with a stream of ours.
    unsafe {
        drop(Box::from_raw((*stream).private_data.cast::<StreamKept>()));
        (*stream).release = None;
    }
}

fn capsule<T: Released + Send + 'static>(
    py: Python<'_>,
    value: T,
) -> PyResult<Bound<'_, PyCapsule>> {
    // Whoever takes the structure out leaves an empty one, which is not released again.
    PyCapsule::new_with_value(py, value, T::CAPSULE)
}

/// A capsule with a stream of the batch; `alone` gives its one column.
pub(crate) fn stream_capsule<'py>(
    py: Python<'py>,
    batch: &Batch,
    alone: bool,
) -> PyResult<Bound<'py, PyCapsule>> {
    capsule(py, stream(batch.clone(), alone))
}

/// Capsules with schema and array of the batch's one column.
pub(crate) fn array_capsules<'py>(
    py: Python<'py>,
    batch: &Batch,
) -> PyResult<(Bound<'py, PyCapsule>, Bound<'py, PyCapsule>)> {
    Ok((capsule(py, single_schema(batch))?, capsule(py, single_array(batch))?))
}
