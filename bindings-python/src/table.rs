//! Results as tables and columns that every library with the Arrow interface takes.

use crate::arrow::{Batch, TableError, Values, array_capsules, stream_capsule};
use crate::convert::{At, Day, html};
use crate::error::Answered;
use pyo3::exceptions::{PyIndexError, PyKeyError};
use pyo3::prelude::*;
use pyo3::types::{PyBool, PyCapsule, PyDate, PyDict, PyFloat, PyInt, PyList, PyMapping, PySlice};
use std::sync::Arc;
use yicha::date::Date;

/// Rows that are printed before the rest is only counted.
const SHOWN: usize = 10;
/// How wide a cell is printed at most.
const WIDE: usize = 60;
/// How a cell without a value is printed.
const NULL: &str = "–";

/// A table of results: hand it to pandas, Polars, PyArrow or DuckDB, or read it as it is.
#[pyclass(frozen, eq, module = "yicha._yicha")]
#[derive(PartialEq)]
pub(crate) struct Table(pub(crate) Batch);

/// A column of results: a sequence of Python values.
#[pyclass(frozen, eq, sequence, module = "yicha._yicha")]
#[derive(PartialEq)]
pub(crate) struct Column(pub(crate) Batch);

impl Table {
    pub(crate) fn new(columns: impl IntoIterator<Item = (&'static str, Values)>) -> Self {
        Self(Batch::new(columns))
    }
}

impl Column {
    pub(crate) fn new(name: &'static str, values: Values) -> Self {
        Self(Batch::new([(name, values)]))
    }

    fn values(&self) -> Option<&Arc<Values>> {
        self.0.columns.first()
    }
}

fn value<'py>(py: Python<'py>, values: &Values, row: usize) -> PyResult<Bound<'py, PyAny>> {
    if values.is_null(row) {
        return Ok(py.None().into_bound(py));
    }
    let values = values.inner();
    Ok(match values {
        Values::Texts { .. } => values.text(row).into_pyobject(py)?,
        Values::Numbers(numbers) => numbers[row].into_pyobject(py)?.into_any(),
        Values::Days(days) => Date::from_days(days[row]).map(Day).into_pyobject(py)?,
        Values::Instants(_) => values.instant(row).map(At).into_pyobject(py)?,
        Values::Flags(_) => values.flag(row).into_pyobject(py)?,
        Values::Fractions(fractions) => fractions[row].into_pyobject(py)?.into_any(),
        Values::Optional { .. } => py.None().into_bound(py),
    })
}

/// A column of what the first value that is not `None` is.
fn of_list(values: &[Bound<'_, PyAny>]) -> PyResult<Values> {
    fn column<'a, 'py: 'a, T: FromPyObject<'a, 'py, Error: Into<PyErr>>, V: Default>(
        values: &'a [Bound<'py, PyAny>],
        plain: impl Fn(T) -> V,
        make: impl FnOnce(Vec<V>) -> Values,
    ) -> PyResult<Values> {
        let plain = |value: &'a Bound<'py, PyAny>| {
            value.extract::<Option<T>>().map(|v| v.map(&plain)).map_err(Into::into)
        };
        let rows: Vec<Option<V>> = values.iter().map(plain).collect::<PyResult<_>>()?;
        Ok(match rows.iter().all(Option::is_some) {
            true => make(rows.into_iter().flatten().collect()),
            false => Values::optional(rows, make),
        })
    }
    match values.iter().find(|value| !value.is_none()) {
        Some(first) if first.is_instance_of::<PyBool>() => {
            column(values, |flag: bool| flag, Values::flags)
        }
        Some(first) if first.is_instance_of::<PyInt>() => {
            column(values, |n: i64| n, Values::Numbers)
        }
        Some(first) if first.is_instance_of::<PyFloat>() => {
            column(values, |n: f64| n, Values::Fractions)
        }
        Some(first) if first.is_instance_of::<PyDate>() => {
            column(values, |day: Day| day.0.days(), Values::Days)
        }
        _ => column(values, |text: String| text, Values::texts),
    }
}

fn list<'py>(py: Python<'py>, values: &Values) -> PyResult<Bound<'py, PyList>> {
    let list = PyList::empty(py);
    for row in 0..values.len() {
        list.append(value(py, values, row)?)?;
    }
    Ok(list)
}

fn shown(values: &Values, row: usize) -> String {
    if values.is_null(row) {
        return NULL.into();
    }
    let values = values.inner();
    match values {
        Values::Texts { .. } => values.text(row).unwrap_or_default().into(),
        Values::Numbers(numbers) => numbers[row].to_string(),
        Values::Days(days) => Date::from_days(days[row]).map(|d| d.to_string()).unwrap_or_default(),
        Values::Instants(_) => values.instant(row).map(|i| i.to_string()).unwrap_or_default(),
        Values::Flags(_) => values.flag(row).unwrap_or_default().to_string(),
        Values::Fractions(fractions) => fraction(fractions[row]),
        Values::Optional { .. } => NULL.into(),
    }
}

/// A fraction without the digits that no reader needs.
fn fraction(value: f64) -> String {
    if value != 0.0 && value.abs() < 1e-4 {
        return format!("{value:.2e}");
    }
    format!("{value:.6}").trim_end_matches('0').trim_end_matches('.').into()
}

fn place(index: isize, len: usize) -> PyResult<usize> {
    let place = if index < 0 { index + len as isize } else { index };
    usize::try_from(place)
        .ok()
        .filter(|&p| p < len)
        .ok_or_else(|| PyIndexError::new_err("no such row"))
}

/// How wide a text is where Chinese characters take two places.
fn width(text: &str) -> usize {
    text.chars().map(|c| if (c as u32) >= 0x1100 && !c.is_ascii() { 2 } else { 1 }).sum()
}

/// A text with so many places that it fits into a cell.
fn cut(text: String) -> String {
    if width(&text) <= WIDE {
        return text;
    }
    let mut short = String::new();
    for next in text.chars() {
        short.push(next);
        if width(&short) >= WIDE {
            short.pop();
            break;
        }
    }
    short + "…"
}

fn plain(batch: &Batch) -> String {
    let rows = batch.rows().min(SHOWN);
    let mut columns: Vec<Vec<String>> = Vec::new();
    for (name, values) in batch.names.iter().zip(&batch.columns) {
        columns.push(
            [name.clone()]
                .into_iter()
                .chain((0..rows).map(|row| cut(shown(values, row))))
                .collect(),
        );
    }
    let widths: Vec<usize> = columns
        .iter()
        .map(|column| column.iter().map(|text| width(text)).max().unwrap_or(0))
        .collect();
    let mut lines: Vec<String> = Vec::new();
    for row in 0..=rows {
        let cells = columns.iter().zip(&widths).map(|(column, &wide)| {
            let text = &column[row];
            format!("{text}{}", " ".repeat(wide - width(text)))
        });
        lines.push(cells.collect::<Vec<_>>().join("  ").trim_end().into());
    }
    lines.push(format!("({} rows)", batch.rows()));
    lines.join("\n")
}

fn html_table(batch: &Batch) -> String {
    let cells = |tag: &str, cells: &mut dyn Iterator<Item = String>| {
        let cells: String = cells.map(|cell| format!("<{tag}>{}</{tag}>", html(&cell))).collect();
        format!("<tr>{cells}</tr>")
    };
    let head = cells("th", &mut batch.names.iter().cloned());
    let rows = (0..batch.rows().min(SHOWN))
        .map(|row| cells("td", &mut batch.columns.iter().map(|values| shown(values, row))));
    let rows: String = rows.collect();
    format!("<table><thead>{head}</thead><tbody>{rows}</tbody></table><p>{} rows</p>", batch.rows())
}

#[pymethods]
impl Table {
    /// A table of columns by name: lists of texts, whole numbers, fractions, days or flags, `None` where there is nothing.
    #[new]
    fn of_columns(columns: &Bound<'_, PyMapping>) -> Answered<Self> {
        let mut batch = Batch::new([]);
        for item in columns.items()?.iter() {
            let (name, values): (String, Bound<'_, PyAny>) = item.extract()?;
            let values = of_list(&values.try_iter()?.collect::<PyResult<Vec<_>>>()?)?;
            if !batch.columns.is_empty() && values.len() != batch.rows() {
                let (found, wanted) = (values.len(), batch.rows());
                return Err(TableError::Lengths { column: name, found, wanted }.into());
            }
            batch.names.push(name);
            batch.columns.push(Arc::new(values));
        }
        Ok(Self(batch))
    }

    /// The table as an Arrow stream.
    #[pyo3(signature = (requested_schema=None))]
    pub(crate) fn __arrow_c_stream__<'py>(
        &self,
        py: Python<'py>,
        requested_schema: Option<Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyCapsule>> {
        let _ = requested_schema; // a wish that a producer may leave unfulfilled
        stream_capsule(py, &self.0, false)
    }

    /// The names of the columns.
    #[getter]
    fn column_names(&self) -> Vec<String> {
        self.0.names.clone()
    }

    fn __len__(&self) -> usize {
        self.0.rows()
    }

    fn __contains__(&self, name: &str) -> bool {
        self.0.names.iter().any(|n| n == name)
    }

    fn __getitem__(&self, name: &str) -> PyResult<Column> {
        let place = self.0.names.iter().position(|n| n == name);
        let place = place.ok_or_else(|| PyKeyError::new_err(name.to_string()))?;
        Ok(Column(Batch {
            names: vec![name.into()],
            columns: vec![Arc::clone(&self.0.columns[place])],
        }))
    }

    fn __iter__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.to_pylist(py)?.call_method0("__iter__")
    }

    /// The rows as dicts.
    fn to_pylist<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyList>> {
        let list = PyList::empty(py);
        for row in 0..self.0.rows() {
            let dict = PyDict::new(py);
            for (name, values) in self.0.names.iter().zip(&self.0.columns) {
                dict.set_item(name, value(py, values, row)?)?;
            }
            list.append(dict)?;
        }
        Ok(list)
    }

    /// The columns as lists.
    fn to_pydict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        let dict = PyDict::new(py);
        for (name, values) in self.0.names.iter().zip(&self.0.columns) {
            dict.set_item(name, list(py, values)?)?;
        }
        Ok(dict)
    }

    fn __repr__(&self) -> String {
        plain(&self.0)
    }

    pub(crate) fn _repr_html_(&self) -> String {
        html_table(&self.0)
    }
}

#[pymethods]
impl Column {
    /// The column as an Arrow stream.
    #[pyo3(signature = (requested_schema=None))]
    fn __arrow_c_stream__<'py>(
        &self,
        py: Python<'py>,
        requested_schema: Option<Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyCapsule>> {
        let _ = requested_schema;
        stream_capsule(py, &self.0, true)
    }

    /// The column as an Arrow array.
    #[pyo3(signature = (requested_schema=None))]
    fn __arrow_c_array__<'py>(
        &self,
        py: Python<'py>,
        requested_schema: Option<Bound<'py, PyAny>>,
    ) -> PyResult<(Bound<'py, PyCapsule>, Bound<'py, PyCapsule>)> {
        let _ = requested_schema;
        array_capsules(py, &self.0)
    }

    fn __len__(&self) -> usize {
        self.0.rows()
    }

    /// A value, or a list of those of a slice.
    fn __getitem__<'py>(
        &self,
        py: Python<'py>,
        index: &Bound<'py, PyAny>,
    ) -> PyResult<Bound<'py, PyAny>> {
        if index.is_instance_of::<PySlice>() {
            return self.to_pylist(py)?.as_any().get_item(index);
        }
        let place = place(index.extract()?, self.0.rows())?;
        let values = self.values().ok_or_else(|| PyIndexError::new_err("no such row"))?;
        value(py, values, place)
    }

    fn __iter__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.to_pylist(py)?.call_method0("__iter__")
    }

    /// The values as a list.
    fn to_pylist<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyList>> {
        self.values().map_or_else(|| Ok(PyList::empty(py)), |values| list(py, values))
    }

    fn __repr__(&self) -> String {
        plain(&self.0)
    }

    pub(crate) fn _repr_html_(&self) -> String {
        html_table(&self.0)
    }
}
