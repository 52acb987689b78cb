//! Tables of other libraries, through the Arrow PyCapsule interface, and plain lists and dicts for small ones.

mod column;
mod export;
mod ffi;
mod plain;

pub(crate) use column::{Column, Field, Layout, TOO_LARGE, Texts};
pub(crate) use export::{Batch, Values, array_capsules, stream_capsule};

use crate::error::{Answered, Told};
use ffi::{ArrowArray, ArrowArrayStream, ArrowSchema, Released};
use pyo3::exceptions::{PyTypeError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::{PyCapsule, PyDict};
use std::sync::Arc;
use yicha::citation::Basis;
use yicha::code::CodeError;
use yicha::explain::{Explain, Lang};

/// What a column should have been.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Wanted {
    Text,
    Days,
    Numbers,
}

impl Wanted {
    const fn words(self, lang: Lang) -> &'static str {
        match self {
            Self::Text => lang.pick("文字", "text"),
            Self::Days => lang.pick("日期", "dates"),
            Self::Numbers => lang.pick(
                "0至9223372036854775807的整数",
                "whole numbers from 0 to 9223372036854775807",
            ),
        }
    }
}

/// A table that cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum TableError {
    NoColumn { column: String, row: Option<usize>, found: Vec<String> },
    Layout { column: String, found: String, wanted: Wanted },
    Null { column: String, row: usize },
    Value { column: String, row: usize, found: String, wanted: Wanted },
    Code { column: String, row: usize, found: String, fault: CodeError },
    Fields { row: usize, found: usize, wanted: Vec<String> },
    NotMidnight { column: String, row: usize },
    Producer { said: String },
    Lengths { column: String, found: usize, wanted: usize },
}

impl std::fmt::Display for TableError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.message(Lang::En))
    }
}

impl std::error::Error for TableError {}

impl Explain for TableError {
    fn code(&self) -> &'static str {
        match self {
            Self::NoColumn { .. } => "table-no-column",
            Self::Layout { .. } => "table-layout",
            Self::Null { .. } => "table-null",
            Self::Value { .. } => "table-value",
            Self::Code { fault, .. } => fault.code(),
            Self::Fields { .. } => "table-fields",
            Self::NotMidnight { .. } => "table-not-midnight",
            Self::Producer { .. } => "table-producer",
            Self::Lengths { .. } => "table-lengths",
        }
    }

    fn basis(&self) -> Basis {
        match self {
            Self::Code { fault, .. } => fault.basis(),
            _ => Basis::Other("Arrow C data interface"),
        }
    }

    fn message(&self, lang: Lang) -> String {
        let zh = lang == Lang::Zh;
        match self {
            Self::NoColumn { column, row: Some(row), found } if zh => {
                format!("第{row}行没有{column}；该行有：{}", found.join("、"))
            }
            Self::NoColumn { column, row: Some(row), found } => {
                format!("there is no {column:?} in row {row}, which has {}", found.join(", "))
            }
            Self::NoColumn { column, row: None, found } if zh => {
                format!("没有{column}列；表中有：{}", found.join("、"))
            }
            Self::NoColumn { column, row: None, found } => {
                format!("there is no column {column:?}; the table has {}", found.join(", "))
            }
            Self::Layout { column, found, wanted } if zh => {
                format!("{column}列为{found}，应为{}", wanted.words(lang))
            }
            Self::Layout { column, found, wanted } => {
                format!("column {column:?} is {found}, {} would be right", wanted.words(lang))
            }
            Self::Null { column, row } if zh => format!("{column}列第{row}行没有值；每行都应有值"),
            Self::Null { column, row } => {
                format!("column {column:?} has no value in row {row}; every row needs one")
            }
            Self::Value { column, row, found, wanted } if zh => {
                format!("{column}列第{row}行为{found}，应为{}", wanted.words(lang))
            }
            Self::Value { column, row, found, wanted } => {
                format!(
                    "column {column:?} has {found} in row {row}, {} would be right",
                    wanted.words(lang)
                )
            }
            Self::Code { column, row, found, fault } if zh => {
                format!("{column}列第{row}行{found:?}：{}", fault.message(lang))
            }
            Self::Code { column, row, found, fault } => {
                format!("column {column:?} has {found:?} in row {row}: {}", fault.message(lang))
            }
            Self::Fields { row, found, wanted } if zh => {
                format!("第{row}行有{found}个值，应有{}个：{}", wanted.len(), wanted.join("、"))
            }
            Self::Fields { row, found, wanted } => {
                format!(
                    "row {row} has {found} values, {} would be right: {}",
                    wanted.len(),
                    wanted.join(", ")
                )
            }
            Self::NotMidnight { column, row } if zh => {
                format!("{column}列第{row}行不是整日，应为日期")
            }
            Self::NotMidnight { column, row } => {
                format!("column {column:?} has a time of day in row {row}; a day would be right")
            }
            Self::Producer { said } if zh => format!("表的来源报错：{said}"),
            Self::Producer { said } => format!("the table's producer failed: {said}"),
            Self::Lengths { column, found, wanted } if zh => {
                format!("{column}列有{found}个值，其他列有{wanted}个")
            }
            Self::Lengths { column, found, wanted } => {
                format!("column {column:?} has {found} values, the others have {wanted}")
            }
        }
    }
}

impl Told for TableError {
    const CLASS: &'static str = "TableError";

    fn values(&self, values: &Bound<'_, PyDict>) -> PyResult<()> {
        match self {
            Self::NoColumn { column, row, found } => {
                values.set_item("column", column)?;
                if let Some(row) = row {
                    values.set_item("row", row)?;
                }
                values.set_item("found", found)
            }
            Self::Null { column, row } | Self::NotMidnight { column, row } => {
                values.set_item("column", column)?;
                values.set_item("row", row)
            }
            Self::Value { column, row, found, .. } | Self::Code { column, row, found, .. } => {
                values.set_item("column", column)?;
                values.set_item("row", row)?;
                values.set_item("found", found)
            }
            Self::Fields { row, found, wanted } => {
                values.set_item("row", row)?;
                values.set_item("found", found)?;
                values.set_item("wanted", wanted)
            }
            Self::Layout { column, found, .. } => {
                values.set_item("column", column)?;
                values.set_item("found", found)
            }
            Self::Lengths { column, found, wanted } => {
                values.set_item("column", column)?;
                values.set_item("found", found)?;
                values.set_item("wanted", wanted)
            }
            Self::Producer { said } => values.set_item("said", said),
        }
    }
}

/// Batches of columns, one after the other.
pub(crate) struct Batches {
    source: Source,
    field: Field,
    /// Rows given so far.
    pub(crate) rows: usize,
}

enum Source {
    Stream(ArrowArrayStream),
    Once(Option<Arc<ArrowArray>>),
    Own(Option<Vec<Column>>),
}

/// The columns asked for, of one batch.
pub(crate) struct Part {
    pub(crate) columns: Vec<Column>,
    /// Rows that came in earlier batches.
    pub(crate) before: usize,
}

impl Part {
    pub(crate) fn rows(&self) -> usize {
        self.columns.first().map_or(0, Column::len)
    }

    /// Up to so many rows at a time: what is copied of them stays in the caches.
    pub(crate) fn slices(&self, rows: usize) -> impl Iterator<Item = Self> {
        (0..self.rows()).step_by(rows).map(move |start| Self {
            columns: self.columns.iter().map(|column| column.slice(start..start + rows)).collect(),
            before: self.before + start,
        })
    }
}

impl Batches {
    /// A table: whatever has the Arrow interface, a mapping of columns, or rows that are mappings or sequences.
    pub(crate) fn of_table(data: &Bound<'_, PyAny>, columns: &[&str]) -> Answered<Self> {
        if let Some(batches) = Self::of_arrow(data)? {
            return match batches.field.layout {
                Layout::Struct => Ok(batches),
                _ => Err(PyTypeError::new_err("this is one column, a table would be right").into()),
            };
        }
        Ok(Self::own(plain::columns(data, columns)?))
    }

    /// One column, the argument of that name: whatever has the Arrow interface, also as a table of one column, or any
    /// iterable of texts or dates.
    pub(crate) fn of_column(name: &str, data: &Bound<'_, PyAny>, wanted: Wanted) -> Answered<Self> {
        match Self::of_arrow_column(name, data)? {
            Some(batches) => Ok(batches),
            None => Ok(Self::own(vec![plain::column(name, data, wanted)?])),
        }
    }

    fn of_arrow_column(name: &str, data: &Bound<'_, PyAny>) -> Answered<Option<Self>> {
        let mut batches = Self::of_arrow(data)?;
        if let Some(batches) = &mut batches
            && batches.field.layout != Layout::Struct
        {
            batches.field.name = name.into();
        }
        let several = |batches: &Self| {
            batches.field.layout == Layout::Struct && batches.field.fields.len() != 1
        };
        if batches.as_ref().is_some_and(several) {
            return Err(PyTypeError::new_err("this is a table, one column would be right").into());
        }
        Ok(batches)
    }

    fn own(columns: Vec<Column>) -> Self {
        let field = Field { name: String::new(), layout: Layout::Struct, fields: Vec::new() };
        Self { source: Source::Own(Some(columns)), field, rows: 0 }
    }

    fn of_arrow(data: &Bound<'_, PyAny>) -> Answered<Option<Self>> {
        let py = data.py();
        if let Some(method) = data.getattr_opt("__arrow_c_stream__")? {
            let capsule = method.call0()?;
            let mut stream: ArrowArrayStream = take(&capsule)?;
            let schema = py.detach(|| stream.schema().map(|schema| (Field::read(&schema), stream)));
            let (field, stream) = schema.map_err(|said| TableError::Producer { said })?;
            return Ok(Some(Self { source: Source::Stream(stream), field, rows: 0 }));
        }
        if let Some(method) = data.getattr_opt("__arrow_c_array__")? {
            let (schema, array): (Bound<'_, PyAny>, Bound<'_, PyAny>) =
                method.call0()?.extract()?;
            let schema: ArrowSchema = take(&schema)?;
            let source = Source::Once(Some(Arc::new(take(&array)?)));
            return Ok(Some(Self { source, field: Field::read(&schema), rows: 0 }));
        }
        Ok(None)
    }

    /// The next batch of a table, its columns of these names (all without names) and without nulls. The lock is released meanwhile: a producer
    /// may need it.
    pub(crate) fn next(
        &mut self,
        py: Python<'_>,
        names: &[&str],
    ) -> Result<Option<Part>, TableError> {
        py.detach(|| self.next_part(names))
    }

    fn next_part(&mut self, names: &[&str]) -> Result<Option<Part>, TableError> {
        let before = self.rows;
        let columns = match &mut self.source {
            Source::Own(columns) => columns.take(),
            Source::Once(batch) => {
                batch.take().map(|batch| pick(&self.field, &batch, names)).transpose()?
            }
            Source::Stream(stream) => {
                let batch = stream.next().map_err(|said| TableError::Producer { said })?;
                batch.map(|batch| pick(&self.field, &Arc::new(batch), names)).transpose()?
            }
        };
        let Some(columns) = columns else { return Ok(None) };
        let columns: Vec<Column> = columns
            .into_iter()
            .map(|column| column.without_nulls(before))
            .collect::<Result<_, _>>()?;
        self.rows += columns.first().map_or(0, Column::len);
        Ok(Some(Part { columns, before }))
    }
}

fn pick(field: &Field, batch: &Arc<ArrowArray>, names: &[&str]) -> Result<Vec<Column>, TableError> {
    if field.layout != Layout::Struct {
        return Ok(vec![Column::whole(Arc::clone(batch), field)]);
    }
    let column = |name: &&str| {
        let number = field.fields.iter().position(|field| field.name == **name);
        let column =
            number.and_then(|number| Column::of_batch(batch, number, &field.fields[number]));
        column.ok_or_else(|| TableError::NoColumn {
            column: (*name).into(),
            row: None,
            found: field.fields.iter().map(|field| field.name.clone()).collect(),
        })
    };
    if names.is_empty() {
        return field.fields.iter().map(|field| column(&field.name.as_str())).collect();
    }
    names.iter().map(column).collect()
}

/// Takes the structure out of a capsule.
fn take<T: Released>(capsule: &Bound<'_, PyAny>) -> PyResult<T> {
    let capsule = capsule.cast::<PyCapsule>()?;
    let place = capsule.pointer_checked(Some(T::CAPSULE))?.cast::<T>();
    // SAFETY: a capsule of this name holds such a structure, and the interpreter's lock is held.
    let taken = unsafe { T::take(place.as_ptr()) };
    if taken.is_live() {
        Ok(taken)
    } else {
        Err(PyValueError::new_err("the table was taken already"))
    }
}
