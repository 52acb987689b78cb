//! JSON between Python and the core: texts as they are, everything else through `yicha._json`.

use crate::convert::FileBytes;
use crate::error::{Answered, Refused};
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyString};
use yicha::code::DepartmentId;
use yicha::register::RegisterKind;

/// JSON, given as text, as bytes, or as dicts and lists.
pub(crate) struct Json(pub(crate) Vec<u8>);

impl<'py> FromPyObject<'_, 'py> for Json {
    type Error = PyErr;

    fn extract(object: Borrowed<'_, 'py, PyAny>) -> PyResult<Self> {
        let written = object.is_instance_of::<PyBytes>() || object.is_instance_of::<PyString>();
        let bytes: FileBytes = match written {
            true => object.extract()?,
            false => helper(object.py(), "dumps", &object)?.extract()?,
        };
        Ok(Self(bytes.0))
    }
}

/// The rows of one department's register.
pub(crate) struct RegisterRows {
    pub(crate) register: RegisterKind,
    pub(crate) department: DepartmentId,
    pub(crate) json: Vec<u8>,
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
        let FileBytes(json) = helper(rows.py(), "lines", rows)?.extract()?;
        Ok(Self { register: kind, department: DepartmentId::new(department)?, json })
    }
}

fn helper<'py>(
    py: Python<'py>,
    name: &str,
    object: &Bound<'py, PyAny>,
) -> PyResult<Bound<'py, PyAny>> {
    py.import("yicha._json")?.call_method1(name, (object,))
}

/// JSON as dicts and lists.
pub(crate) fn object<'py>(py: Python<'py>, json: &[u8]) -> PyResult<Bound<'py, PyAny>> {
    py.import("json")?.call_method1("loads", (PyBytes::new(py, json),))
}

/// A value that is read strictly from its form in JSON.
pub(crate) fn parse<T: for<'de> serde::Deserialize<'de>>(json: &Json) -> Answered<T> {
    yicha::json::from_json(&json.0)
        .map_err(|e| Refused::from(PyValueError::new_err(format!("not of this form: {e}"))))
}

/// A value in its form in JSON.
pub(crate) fn text(value: &impl serde::Serialize) -> String {
    // Codes, numbers and digests can always be written.
    let json = yicha::json::to_json(value).unwrap_or_default();
    String::from_utf8(json).unwrap_or_default()
}
