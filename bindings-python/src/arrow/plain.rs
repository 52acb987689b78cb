//! Tables of plain Python objects, for small things.

use super::{Batches, Column, Layout, TableError, Wanted};
use crate::convert::Day;
use crate::error::{Answered, all};
use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use pyo3::types::{
    PyBool, PyBytes, PyDate, PyFrozenSet, PyMapping, PySequence, PySet, PyString, PyTuple,
};

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
        if !table.contains(name)? {
            let found = table.keys()?.iter().map(|key| key.to_string()).collect();
            return Err(TableError::NoColumn { column: (*name).into(), row: None, found }.into());
        }
        let values = table.get_item(name)?;
        let column = match Batches::of_arrow_column(name, &values)? {
            Some(batches) => all_of(batches, values.py(), name)?,
            None => column(name, &values, Wanted::Text)?,
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
        let values = match names_of(&row)? {
            Some(found) => of_named_row(&row, number + 1, &found, names)?,
            None => of_sequence(&row, number + 1, names)?,
        };
        columns.iter_mut().zip(values).for_each(|(column, value)| column.push(value));
    }
    let column = |(name, values): (&&str, &Vec<_>)| of_values(name, values, Wanted::Text);
    names.iter().zip(&columns).map(column).collect()
}

/// The names in a row that has some: a mapping, a row of a database, or a named tuple.
fn names_of(row: &Value<'_>) -> PyResult<Option<Vec<String>>> {
    let names = match row.getattr_opt("keys")? {
        Some(keys) => Some(keys.call0()?),
        None => row.getattr_opt("_fields")?,
    };
    names.map(|names| names.try_iter()?.map(|name| Ok(name?.to_string())).collect()).transpose()
}

fn of_named_row<'py>(
    row: &Value<'py>,
    number: usize,
    found: &[String],
    names: &[&str],
) -> Answered<Vec<Value<'py>>> {
    let tuple = row.is_instance_of::<PyTuple>();
    let value = |name: &&str| match found.iter().any(|found| found == name) {
        true if tuple => Ok(row.getattr(*name)?),
        true => Ok(row.get_item(*name)?),
        false => {
            let (column, found) = (name.to_string(), found.to_vec());
            Err(TableError::NoColumn { column, row: Some(number), found }.into())
        }
    };
    names.iter().map(value).collect()
}

fn of_sequence<'py>(row: &Value<'py>, number: usize, names: &[&str]) -> Answered<Vec<Value<'py>>> {
    let Some(values) = row.cast::<PySequence>().ok().filter(|_| !is_text(row)) else {
        let told = format!("row {number} is a {}; a dict or a tuple would be right", kind(row)?);
        return Err(PyTypeError::new_err(told).into());
    };
    let found = values.len()?;
    if found != names.len() {
        let wanted = names.iter().map(ToString::to_string).collect();
        return Err(TableError::Fields { row: number, found, wanted }.into());
    }
    (0..names.len()).map(|place| Ok(values.get_item(place)?)).collect()
}

/// An iterable of texts, of dates, or of whole numbers.
pub(super) fn column(name: &str, values: &Value<'_>, wanted: Wanted) -> Answered<Column> {
    // NumPy and Pandas make Python's own values of theirs.
    let values = match values.getattr_opt("tolist")? {
        Some(tolist) => &tolist.call0()?,
        None => values,
    };
    let unordered = values.cast::<PyMapping>().is_ok()
        || values.is_instance_of::<PySet>()
        || values.is_instance_of::<PyFrozenSet>();
    if unordered || is_text(values) {
        let told = format!("column {name:?} is a {}; a list would be right", kind(values)?);
        return Err(PyTypeError::new_err(told).into());
    }
    of_values(name, &values.try_iter()?.collect::<PyResult<Vec<_>>>()?, wanted)
}

/// A column of what its first value is, or of what is wanted where that is nothing of the kind.
fn of_values(name: &str, values: &[Value<'_>], wanted: Wanted) -> Answered<Column> {
    let wanted = match values.iter().find(|value| !value.is_none()) {
        Some(first) if first.is_instance_of::<PyDate>() => Wanted::Days,
        Some(first) if whole(first) => Wanted::Numbers,
        Some(first) if is_text(first) => Wanted::Text,
        _ => wanted,
    };
    match wanted {
        Wanted::Days => {
            let days = each(name, values, wanted, |value| {
                value.extract::<Day>().ok().map(|day| day.0.days().into())
            })?;
            Ok(Column::of_numbers(name, Layout::Days, days))
        }
        Wanted::Numbers => {
            let numbers = each(name, values, wanted, |value| {
                Some(value).filter(|value| whole(value))?.extract().ok()
            })?;
            Ok(Column::of_numbers(name, Layout::Integer { bytes: 8, signed: true }, numbers))
        }
        Wanted::Text => {
            let texts = each(name, values, wanted, |value| match value.cast::<PyBytes>() {
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
    let (mut found, mut faults) = (Vec::with_capacity(values.len()), Vec::new());
    for (number, value) in values.iter().enumerate() {
        let (column, row) = (name, number + 1);
        match read(value) {
            Some(value) => found.push(value),
            None if value.is_none() => {
                faults.push(TableError::Null { column: column.into(), row });
            }
            None => {
                let (column, found) = (column.into(), shown(value)?);
                faults.push(TableError::Value { column, row, found, wanted });
            }
        }
    }
    if faults.is_empty() { Ok(found) } else { Err(all(faults)) }
}

/// The beginning of a value as Python writes it, and its type.
fn shown(value: &Value<'_>) -> PyResult<String> {
    // Python writes no number of very many digits.
    let said = value.repr().map_or_else(|_| "…".into(), |said| said.to_string());
    Ok(format!("{} ({})", said.chars().take(SHOWN).collect::<String>(), kind(value)?))
}

/// Whether a value is a whole number, of Python or of NumPy.
fn whole(value: &Value<'_>) -> bool {
    !value.is_instance_of::<PyBool>() && value.hasattr("__index__").unwrap_or(false)
}

fn is_text(value: &Value<'_>) -> bool {
    value.is_instance_of::<PyString>() || value.is_instance_of::<PyBytes>()
}

fn kind(value: &Value<'_>) -> PyResult<String> {
    Ok(value.get_type().name()?.to_string())
}
