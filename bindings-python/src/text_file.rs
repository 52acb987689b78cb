//! What all text files of the specification can do in Python.

/// The methods of a text file: read, write, compare, print, pickle; and those of its own.
macro_rules! text_file {
    ($name:ident($core:ty), $title:literal, { $($methods:tt)* }) => {
        impl From<$core> for $name {
            fn from(file: $core) -> Self {
                Self(file)
            }
        }

        crate::text_file::text_form!($name($core), std::convert::identity, {
            fn __str__(&self) -> String {
                self.0.to_text()
            }

            fn __eq__(&self, other: &Self) -> bool {
                self.0 == other.0
            }

            fn __hash__(&self) -> u64 {
                crate::convert::hash_of(&self.0.to_text())
            }

            fn __repr__(&self) -> String {
                let lines = self.0.to_text().lines().count();
                format!(concat!("<", $title, ", {} lines>"), lines)
            }

            fn _repr_html_(&self) -> String {
                format!("<pre>{}</pre>", crate::convert::html(&self.0.to_text()))
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
            fn parse(file: crate::convert::FileBytes) -> crate::error::Answered<Self> {
                Ok(Self($wrap(<$core>::parse(&file.0)?)))
            }

            /// The text of the file.
            #[getter]
            fn text(&self) -> String {
                self.0.to_text()
            }

            fn __bytes__<'py>(&self, py: Python<'py>) -> Bound<'py, pyo3::types::PyBytes> {
                pyo3::types::PyBytes::new(py, self.0.to_text().as_bytes())
            }

            fn __reduce__<'py>(&self, py: Python<'py>) -> PyResult<(Bound<'py, PyAny>, (String,))> {
                Ok((py.get_type::<Self>().getattr("parse")?, (self.0.to_text(),)))
            }

            $($methods)*
        }
    };
}

pub(crate) use {text_file, text_form};
