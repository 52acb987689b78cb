//! What all text files of the specification can do in Python.

use crate::convert::FileBytes;
use crate::work::interruptible;
use pyo3::prelude::*;

/// What is read sooner than a thread is started for it.
const SMALL: usize = 1 << 16;

/// Reads a file, which may be that of a large roster.
pub(crate) fn read<T: Send + 'static>(
    py: Python<'_>,
    file: FileBytes,
    parse: impl FnOnce(&[u8]) -> T + Send + 'static,
) -> PyResult<T> {
    match file.0.len() {
        ..=SMALL => Ok(parse(&file.0)),
        _ => interruptible(py, move || parse(&file.0)),
    }
}

/// The methods of a text file: read, write, compare, print, pickle; and those of its own.
macro_rules! text_file {
    ($name:ident($core:ty), $title:literal, { $($methods:tt)* }) => {
        impl From<$core> for $name {
            fn from(file: $core) -> Self {
                Self(file)
            }
        }

        crate::text_file::text_form!($name($core), std::convert::identity, {
            fn __str__(&self, py: Python<'_>) -> String {
                self.text(py)
            }

            fn __eq__(&self, py: Python<'_>, other: &Self) -> bool {
                py.detach(|| self.0 == other.0)
            }

            fn __hash__(&self, py: Python<'_>) -> u64 {
                py.detach(|| crate::convert::hash_of(&self.0.to_text()))
            }

            fn __repr__(&self, py: Python<'_>) -> String {
                let lines = py.detach(|| self.0.to_text().lines().count());
                format!(concat!("<", $title, ", {} lines>"), lines)
            }

            fn _repr_html_(&self, py: Python<'_>) -> String {
                let text = py.detach(|| crate::convert::html(&self.0.to_text()));
                format!("<pre>{text}</pre>")
            }

            $($methods)*
        });
    };
}

/// The same for what prints and compares itself in its own way: read, write, pickle; `wrap` makes what is kept of a file.
macro_rules! text_form {
    ($name:ident($core:ty), $wrap:expr, { $($methods:tt)* }) => {
        #[pymethods]
        impl $name {
            /// Reads the text file, strictly.
            #[staticmethod]
            fn parse(
                py: Python<'_>,
                file: crate::convert::FileBytes,
            ) -> crate::error::Answered<Self> {
                let read = crate::text_file::read(py, file, |file| <$core>::parse(file))?;
                Ok(Self($wrap(read?)))
            }

            /// The text of the file.
            #[getter]
            fn text(&self, py: Python<'_>) -> String {
                py.detach(|| self.0.to_text())
            }

            fn __bytes__<'py>(&self, py: Python<'py>) -> Bound<'py, pyo3::types::PyBytes> {
                pyo3::types::PyBytes::new(py, self.text(py).as_bytes())
            }

            fn __reduce__<'py>(&self, py: Python<'py>) -> PyResult<(Bound<'py, PyAny>, (String,))> {
                Ok((py.get_type::<Self>().getattr("parse")?, (self.text(py),)))
            }

            $($methods)*
        }
    };
}

pub(crate) use {text_file, text_form};
