//! Days, instants, bytes and digests between Python and the core.

use crate::error::{Answered, Refused};
use pyo3::exceptions::{PyOverflowError, PyTypeError, PyValueError};
use pyo3::ffi;
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::{PyBytes, PyDate, PyDateTime, PyString, PyType};
use std::collections::hash_map::DefaultHasher;
use std::ffi::CStr;
use std::hash::{Hash, Hasher};
use yicha::date::{Date, Instant};
use yicha::explain::Lang;
use yicha::hash::{Digest, Suite};

/// 1970-01-01 as Python counts days.
const EPOCH: i32 = 719_163;

/// A `datetime.date`, and no `datetime.datetime`, which has a time of day.
pub(crate) struct Day(pub(crate) Date);

impl<'py> FromPyObject<'_, 'py> for Day {
    type Error = PyErr;

    fn extract(object: Borrowed<'_, 'py, PyAny>) -> PyResult<Self> {
        let py = object.py();
        let class = date_type(py)?;
        // The class itself is by far the usual case and spares a look at its bases.
        let ordinal = if object.get_type_ptr() == class.as_type_ptr() {
            ordinal(class, &object)?
        } else if object.is_instance_of::<PyDate>() && !object.is_instance_of::<PyDateTime>() {
            object.call_method0("toordinal")?.extract()?
        } else {
            let found = object.get_type().name()?;
            let said = format!("a datetime.date would be right, not {found}");
            return Err(PyTypeError::new_err(said));
        };
        let date = Date::from_days(ordinal - EPOCH);
        date.map(Self)
            .ok_or_else(|| PyValueError::new_err("a day of the years 1 to 9999 would be right"))
    }
}

/// `date.toordinal()` of a date of the class itself. A call by name takes longer than all of the work on a date, so that
/// the function behind the name is looked up once and called as it is.
fn ordinal(class: &Bound<'_, PyType>, date: &Bound<'_, PyAny>) -> PyResult<i32> {
    static FUNCTION: PyOnceLock<Option<ffi::PyCFunction>> = PyOnceLock::new();
    let ordinal = match FUNCTION.get_or_init(date.py(), || function(class, c"toordinal")) {
        // SAFETY: the function takes a date and nothing else, and gives an object or null and an exception.
        Some(function) => unsafe {
            Bound::from_owned_ptr_or_err(date.py(), function(date.as_ptr(), std::ptr::null_mut()))?
        },
        None => date.call_method0("toordinal")?,
    };
    ordinal.extract()
}

/// A method without arguments of a class that is written in C, as the stable interface tells it (`PyType_GetSlot`).
fn function(class: &Bound<'_, PyType>, name: &CStr) -> Option<ffi::PyCFunction> {
    // SAFETY: the slot holds the methods of the class or null, and the one behind the last has no name.
    unsafe {
        let methods = ffi::PyType_GetSlot(class.as_type_ptr(), ffi::Py_tp_methods);
        let mut method = methods.cast::<ffi::PyMethodDef>().as_ref()?;
        while !method.ml_name.is_null() {
            if CStr::from_ptr(method.ml_name) == name && method.ml_flags == ffi::METH_NOARGS {
                return Some(method.ml_meth.PyCFunction);
            }
            method = &*std::ptr::from_ref(method).add(1);
        }
    }
    None
}

impl<'py> IntoPyObject<'py> for Day {
    type Target = PyAny;
    type Output = Bound<'py, PyAny>;
    type Error = PyErr;

    fn into_pyobject(self, py: Python<'py>) -> PyResult<Self::Output> {
        static FROM: PyOnceLock<Py<PyAny>> = PyOnceLock::new();
        let from = FROM.get_or_try_init(py, || {
            Ok::<_, PyErr>(date_type(py)?.getattr("fromordinal")?.unbind())
        })?;
        from.bind(py).call1((self.0.days() + EPOCH,))
    }
}

fn date_type(py: Python<'_>) -> PyResult<&Bound<'_, PyType>> {
    static DATE: PyOnceLock<Py<PyType>> = PyOnceLock::new();
    DATE.import(py, "datetime", "date")
}

/// An instant: an aware `datetime.datetime` with whole seconds, or RFC 3339 text in UTC.
pub(crate) struct At(pub(crate) Instant);

impl<'py> FromPyObject<'_, 'py> for At {
    type Error = PyErr;

    fn extract(object: Borrowed<'_, 'py, PyAny>) -> PyResult<Self> {
        if object.is_instance_of::<PyString>() {
            let instant: Instant = object.extract::<String>()?.parse().map_err(Refused::from)?;
            return Ok(Self(instant));
        }
        if object.is_instance_of::<PyDateTime>() {
            let found = object.str()?;
            if object.getattr("tzinfo")?.is_none() {
                let said = format!("{found} has no time zone; a datetime with one would be right");
                return Err(PyValueError::new_err(said));
            }
            if object.getattr("microsecond")?.extract::<u32>()? != 0 {
                let said = format!("{found} has parts of a second; whole seconds would be right");
                return Err(PyValueError::new_err(said));
            }
            let seconds = object.call_method0("timestamp")?.extract::<f64>()?;
            // Whole seconds of the years 1 to 9999 are exact in a float.
            return Instant::from_unix(seconds as i64).map(Self).ok_or_else(|| {
                let said = format!("{found} is no instant of the years 1 to 9999 in UTC");
                PyValueError::new_err(said)
            });
        }
        Err(PyTypeError::new_err(
            "an aware datetime.datetime or RFC 3339 text in UTC would be right",
        ))
    }
}

impl<'py> IntoPyObject<'py> for At {
    type Target = PyAny;
    type Output = Bound<'py, PyAny>;
    type Error = PyErr;

    fn into_pyobject(self, py: Python<'py>) -> PyResult<Self::Output> {
        let datetime = py.import("datetime")?;
        let utc = datetime.getattr("timezone")?.getattr("utc")?;
        datetime.getattr("datetime")?.call_method1("fromtimestamp", (self.0.unix(), utc))
    }
}

/// The bytes of a text file, given as bytes or as text.
pub(crate) struct FileBytes(pub(crate) Vec<u8>);

impl<'py> FromPyObject<'_, 'py> for FileBytes {
    type Error = PyErr;

    fn extract(object: Borrowed<'_, 'py, PyAny>) -> PyResult<Self> {
        match object.cast::<PyBytes>() {
            Ok(bytes) => Ok(Self(bytes.as_bytes().to_vec())),
            Err(_) => Ok(Self(object.extract::<String>()?.into_bytes())),
        }
    }
}

/// The same where the core takes text.
pub(crate) struct FileText(pub(crate) String);

impl<'py> FromPyObject<'_, 'py> for FileText {
    type Error = PyErr;

    fn extract(object: Borrowed<'_, 'py, PyAny>) -> PyResult<Self> {
        let FileBytes(bytes) = object.extract()?;
        let text = String::from_utf8(bytes);
        text.map(Self).map_err(|_| PyValueError::new_err("text in UTF-8 would be right"))
    }
}

/// So many secret bytes.
pub(crate) struct Secret<const N: usize>(pub(crate) [u8; N]);

impl<'py, const N: usize> FromPyObject<'_, 'py> for Secret<N> {
    type Error = PyErr;

    fn extract(object: Borrowed<'_, 'py, PyAny>) -> PyResult<Self> {
        let object = object.cast::<PyBytes>()?;
        let bytes = object.as_bytes();
        let found = bytes.len();
        bytes.try_into().map(Self).map_err(|_| {
            PyValueError::new_err(format!(
                "{found} bytes are no secret of this kind; {N} would be right"
            ))
        })
    }
}

pub(crate) fn digest(text: &str) -> Answered<Digest> {
    Ok(text.parse()?)
}

pub(crate) fn suite(code: &str) -> PyResult<Suite> {
    Suite::from_code(code)
        .ok_or_else(|| PyValueError::new_err(format!("{code:?} is not sha256 or sm3")))
}

/// The language of words: the one asked for, else the one that is set, else Chinese.
pub(crate) fn lang(asked: Option<&str>) -> PyResult<Lang> {
    Python::attach(|py| {
        let chosen = py.import("yicha.errors")?.call_method1("chosen", (asked,))?;
        Ok(if chosen.eq("en")? { Lang::En } else { Lang::Zh })
    })
}

/// A whole number as an argument, with a sentence for one that is too large or too small.
pub(crate) fn whole<'py, T: Whole<'py>>(object: &Bound<'py, PyAny>) -> PyResult<T> {
    object.extract::<T>().map_err(Into::into).map_err(|fault: PyErr| {
        if !fault.is_instance_of::<PyOverflowError>(object.py()) {
            return fault;
        }
        let (least, most) = (T::LEAST, T::MOST);
        PyValueError::new_err(format!(
            "{object} is too large or too small; {least} to {most} would be right"
        ))
    })
}

/// A type of numbers with its bounds.
pub(crate) trait Whole<'py>: for<'a> FromPyObject<'a, 'py, Error: Into<PyErr>> {
    const LEAST: i128;
    const MOST: i128;
}

macro_rules! whole {
    ($($number:ty)*) => {$(
        impl Whole<'_> for $number {
            const LEAST: i128 = <$number>::MIN as i128;
            const MOST: i128 = <$number>::MAX as i128;
        }
    )*};
}
whole!(u16 i32 u64);

impl Whole<'_> for Option<u64> {
    const LEAST: i128 = 0;
    const MOST: i128 = u64::MAX as i128;
}

pub(crate) fn hash_of(value: &(impl Hash + ?Sized)) -> u64 {
    let mut hasher = DefaultHasher::new();
    value.hash(&mut hasher);
    hasher.finish()
}

pub(crate) fn hex(bytes: &[u8]) -> String {
    yicha::draw::text::hex(bytes).to_string()
}

/// Text as it may stand in HTML.
pub(crate) fn html(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
