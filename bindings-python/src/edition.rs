//! Editions: the dated numbers of a regulation.

use crate::arrow::Values;
use crate::convert::{Day, FileText, hash_of, html};
use crate::error::{Answered, all};
use crate::table::Table;
use pyo3::exceptions::PyKeyError;
use pyo3::prelude::*;
use yicha::edition as core;

/// One place's regulation with its numbers, each with the day from which it holds and its source.
#[pyclass(frozen, eq, module = "yicha._yicha")]
#[derive(PartialEq, Eq)]
pub(crate) struct Edition(pub(crate) core::Edition);

/// The edition that is asked for, or the built-in one.
pub(crate) fn or_built_in(edition: Option<&Bound<'_, Edition>>) -> core::Edition {
    edition.map_or_else(core::Edition::wancheng_2026, |edition| edition.get().0.clone())
}

#[pymethods]
impl Edition {
    /// 宛区双随机办〔2026〕3号, in force from 2026-03-20.
    #[staticmethod]
    fn wancheng_2026() -> Self {
        Self(core::Edition::wancheng_2026())
    }

    /// Reads the JSON file of a host's own edition. `EditionError` names the first fault, and the others as well.
    #[staticmethod]
    fn parse(file: FileText) -> Answered<Self> {
        core::Edition::parse(&file.0).map(Self).map_err(all)
    }

    /// The JSON file.
    #[getter]
    fn text(&self) -> String {
        self.0.to_json()
    }

    /// The number under which it was issued.
    #[getter]
    fn document(&self) -> &str {
        &self.0.document
    }

    /// The first day in force.
    #[getter]
    fn first_day(&self) -> Day {
        Day(self.0.from)
    }

    /// The last day in force, if it has one.
    #[getter]
    fn last_day(&self) -> Option<Day> {
        self.0.until.map(Day)
    }

    /// All numbers: name, first day, value, source. A name that stands there twice has changed.
    #[getter]
    fn parameters(&self) -> Table {
        let rows: Vec<(&str, core::Dated<u32>)> = self
            .0
            .parameters()
            .flat_map(|(name, of)| of.values().to_vec().into_iter().map(move |dated| (name, dated)))
            .collect();
        Table::new([
            ("name", Values::texts(rows.iter().map(|(name, _)| name))),
            ("from", Values::Days(rows.iter().map(|(_, dated)| dated.from.days()).collect())),
            ("value", Values::Numbers(rows.iter().map(|(_, dated)| dated.value.into()).collect())),
            ("source", Values::texts(rows.iter().map(|(_, dated)| dated.source.to_string()))),
        ])
    }

    /// The value of a number on a day. `EditionError` on a day outside of the edition, `KeyError` for another name.
    fn value(&self, name: &str, day: Day) -> Answered<u32> {
        let found = self.0.value_of(name, day.0);
        let found = found.ok_or_else(|| PyKeyError::new_err(name.to_string()))?;
        Ok(found?.value)
    }

    fn __str__(&self) -> String {
        self.0.to_json()
    }

    fn __hash__(&self) -> u64 {
        hash_of(&self.0.to_json())
    }

    fn __reduce__<'py>(&self, py: Python<'py>) -> PyResult<(Bound<'py, PyAny>, (String,))> {
        Ok((py.get_type::<Self>().getattr("parse")?, (self.0.to_json(),)))
    }

    fn __repr__(&self) -> String {
        format!("<Edition {} from {}>", self.0.document, self.0.from)
    }

    fn _repr_html_(&self) -> String {
        format!("<p>{}</p>{}", html(&self.__repr__()), self.parameters()._repr_html_())
    }
}
