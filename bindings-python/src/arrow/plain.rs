//! Tables of plain Python objects, for small things.

use super::{Batches, Column, Layout, TableError, Wanted};
use crate::convert::Day;
use crate::error::{Answered, all};
use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use pyo3::types::{PyBool, PyBytes, PyDate, PyInt, PyMapping, PySequence, PyString};

/// So much is told of a wrong value.
const SHOWN: usize = 60;

/// A value of a table.
type Value<'py> = Bound<'py, PyAny>;

/// The columns of these names, of a mapping of columns or of rows.
pub(super) fn columns(data: &Value<'_>, names: &[&str]) -> Answered<Vec<Column>> {
    match data.cast::<PyMapping>() {
        Ok(columns) => of_mapping(columns, names),
        Err(_) => of_rows(data, names),
    }
}

fn of_mapping(table: &Bound<'_, PyMapping>, names: &[&str]) -> Answered<Vec<Column>> {
    let mut columns: Vec<Column> = Vec::new();
    for name in names {
        let values = if table.contains(name)? {
            table.get_item(name)?
        } else {
            return Err(no_column(table, name)?.into());
        };
        let column = match Batches::of_arrow_column(&values)? {
            Some(batches) => all_of(batches, values.py(), name)?,
            None => column(name, &values)?,
        };
        let wanted = columns.first().map_or(column.len(), Column::len);
        if column.len() != wanted {
            let (column, found) = ((*name).into(), column.len());
            return Err(TableError::Lengths { column, found, wanted }.into());
        }
        columns.push(column);
    }
    Ok(columns)
}

/// All batches of a column as one.
fn all_of(mut batches: Batches, py: Python<'_>, name: &str) -> Answered<Column> {
    let mut parts = Vec::new();
    while let Some(part) = batches.next(py, &[])? {
        parts.extend(part.columns);
    }
    Ok(Column::joined(name, &parts)?)
}

fn of_rows(rows: &Value<'_>, names: &[&str]) -> Answered<Vec<Column>> {
    if is_text(rows) {
        let told =
            "a text is no table; a data frame, a dict of columns or a list of rows would be right";
        return Err(PyTypeError::new_err(told).into());
    }
    let mut columns: Vec<Vec<Value<'_>>> = names.iter().map(|_| Vec::new()).collect();
    for (number, row) in rows.try_iter()?.enumerate() {
        let row = row?;
        let values = match row.cast::<PyMapping>() {
            Ok(row) => of_mapped_row(row, names)?,
            Err(_) => of_sequence(&row, number + 1, names)?,
        };
        columns.iter_mut().zip(values).for_each(|(column, value)| column.push(value));
    }
    names.iter().zip(&columns).map(|(name, values)| of_values(name, values)).collect()
}

fn of_mapped_row<'py>(row: &Bound<'py, PyMapping>, names: &[&str]) -> Answered<Vec<Value<'py>>> {
    let value = |name: &&str| match row.contains(name)? {
        true => Ok(row.get_item(name)?),
        false => Err(no_column(row, name)?.into()),
    };
    names.iter().map(value).collect()
}

fn of_sequence<'py>(row: &Value<'py>, number: usize, names: &[&str]) -> Answered<Vec<Value<'py>>> {
    let Some(values) = row.cast::<PySequence>().ok().filter(|_| !is_text(row)) else {
        let told = format!("row {number} is a {}; a dict or a tuple would be right", kind(row)?);
        return Err(PyTypeError::new_err(told).into());
    };
    let found = values.len()?;
    if found < names.len() {
        let wanted = names.iter().map(ToString::to_string).collect();
        return Err(TableError::Fields { row: number, found, wanted }.into());
    }
    (0..names.len()).map(|place| Ok(values.get_item(place)?)).collect()
}

fn no_column(table: &Bound<'_, PyMapping>, name: &str) -> PyResult<TableError> {
    let found = table.keys()?.iter().map(|key| key.to_string()).collect();
    Ok(TableError::NoColumn { column: name.into(), found })
}

/// An iterable of texts, of dates, or of whole numbers.
pub(super) fn column(name: &str, values: &Value<'_>) -> Answered<Column> {
    if is_text(values) {
        return Err(PyTypeError::new_err("one text is no column; a list would be right").into());
    }
    of_values(name, &values.try_iter()?.collect::<PyResult<Vec<_>>>()?)
}

/// A column of what its first value is.
fn of_values(name: &str, values: &[Value<'_>]) -> Answered<Column> {
    let whole =
        |value: &Value<'_>| value.is_instance_of::<PyInt>() && !value.is_instance_of::<PyBool>();
    match values.first() {
        Some(first) if first.is_instance_of::<PyDate>() => {
            let days = each(name, values, Wanted::Days, |value| {
                value.extract::<Day>().ok().map(|day| day.0.days().into())
            })?;
            Ok(Column::of_numbers(name, Layout::Days, days))
        }
        Some(first) if whole(first) => {
            let numbers = each(name, values, Wanted::Numbers, |value| {
                Some(value).filter(|value| whole(value))?.extract().ok()
            })?;
            Ok(Column::of_numbers(name, Layout::Integer { bytes: 8, signed: true }, numbers))
        }
        _ => {
            let texts = each(name, values, Wanted::Text, |value| match value.cast::<PyBytes>() {
                Ok(bytes) => Some(bytes.as_bytes().to_vec()),
                Err(_) => value.extract::<String>().ok().map(String::into_bytes),
            })?;
            Ok(Column::of_texts(name, texts.iter().map(Vec::as_slice)))
        }
    }
}

/// What each value is, unless some are missing or something else.
fn each<T>(
    name: &str,
    values: &[Value<'_>],
    wanted: Wanted,
    read: impl Fn(&Value<'_>) -> Option<T>,
) -> Answered<Vec<T>> {
    let mut faults = Vec::new();
    let mut found = Vec::with_capacity(values.len());
    for (number, value) in values.iter().enumerate() {
        let (column, row) = (name.to_string(), number + 1);
        match read(value) {
            Some(value) => found.push(value),
            None if value.is_none() => faults.push(TableError::Null { column, row }),
            None => {
                let said: String = value.repr()?.to_string().chars().take(SHOWN).collect();
                let found = format!("{said} ({})", kind(value)?);
                faults.push(TableError::Value { column, row, found, wanted });
            }
        }
    }
    if faults.is_empty() { Ok(found) } else { Err(all(faults)) }
}

fn is_text(value: &Value<'_>) -> bool {
    value.is_instance_of::<PyString>() || value.is_instance_of::<PyBytes>()
}

fn kind(value: &Value<'_>) -> PyResult<String> {
    Ok(value.get_type().name()?.to_string())
}
