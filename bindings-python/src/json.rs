//! JSON between Python and the core: texts as they are, everything else through `yicha._json`.

use crate::convert::FileBytes;
use crate::error::Answered;
use crate::unreadable::said;
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyString};
use yicha::code::DepartmentId;
use yicha::register::RegisterKind;

/// JSON, given as text, as bytes, or as dicts and lists.
pub(crate) struct Json {
    pub(crate) bytes: Vec<u8>,
    /// Whether the text was made here of the user's values.
    pub(crate) made: bool,
}

impl<'py> FromPyObject<'_, 'py> for Json {
    type Error = PyErr;

    fn extract(object: Borrowed<'_, 'py, PyAny>) -> PyResult<Self> {
        Self::of(&object, "dumps")
    }
}

impl Json {
    /// Text as it is, or what a function of `yicha._json` makes of anything else.
    fn of(object: &Bound<'_, PyAny>, writer: &str) -> PyResult<Self> {
        let made = !object.is_instance_of::<PyBytes>() && !object.is_instance_of::<PyString>();
        let FileBytes(bytes) = match made {
            true => {
                object.py().import("yicha._json")?.call_method1(writer, (object,))?.extract()?
            }
            false => object.extract()?,
        };
        Ok(Self { bytes, made })
    }
}

/// The rows of one department's register.
pub(crate) struct RegisterRows {
    pub(crate) register: RegisterKind,
    pub(crate) department: DepartmentId,
    pub(crate) json: Json,
}

impl RegisterRows {
    /// Rows out of JSON with one a line, dicts, or a table of any library.
    pub(crate) fn read(
        register: &str,
        department: &str,
        rows: &Bound<'_, PyAny>,
    ) -> Answered<Self> {
        let kind = RegisterKind::from_code(register).ok_or_else(|| {
            PyValueError::new_err(format!("{register:?} is not items, targets or inspectors"))
        })?;
        let json = Json::of(rows, "lines")?;
        Ok(Self { register: kind, department: DepartmentId::new(department)?, json })
    }
}

/// JSON as dicts and lists.
pub(crate) fn object<'py>(py: Python<'py>, json: &[u8]) -> PyResult<Bound<'py, PyAny>> {
    py.import("json")?.call_method1("loads", (PyBytes::new(py, json),))
}

/// A value that is read strictly from its form in JSON.
pub(crate) fn parse<T: for<'de> serde::Deserialize<'de>>(json: &Json) -> Answered<T> {
    yicha::json::from_json(&json.bytes).map_err(|fault| {
        let said = said(&fault.to_string(), json.made.then_some(&json.bytes));
        PyValueError::new_err(format!("not of this form: {}", said.en)).into()
    })
}

/// A value in its form in JSON.
pub(crate) fn text(value: &impl serde::Serialize) -> String {
    // Codes, numbers and digests can always be written.
    let json = yicha::json::to_json(value).unwrap_or_default();
    String::from_utf8(json).unwrap_or_default()
}
