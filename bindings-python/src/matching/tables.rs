//! What a problem consists of, out of dicts and pairs or out of tables.

use crate::arrow::{Batches, Column, TableError, Texts, Wanted};
use crate::error::{Answered, Refused};
use pyo3::prelude::*;
use pyo3::types::PyDict;
use std::collections::BTreeMap;
use yicha::code::{CodeError, InspectorId, Qualification, TargetId};
use yicha::draw::matching::{Candidate, Recusal, Slot, TargetPlaces};

/// The places at each target.
pub(super) fn targets(py: Python<'_>, targets: &Bound<'_, PyAny>) -> Answered<Vec<TargetPlaces>> {
    let mut slots: BTreeMap<String, Vec<String>> = BTreeMap::new();
    match targets.cast::<PyDict>() {
        Ok(dict) => slots = dict.extract()?,
        Err(_) => each_row(py, targets, &["target", "slot"], |row| {
            slots.entry(row.text(0)?).or_default().push(row.text(1)?);
            Ok(())
        })?,
    }
    let places = |(target, slots): (String, Vec<String>)| -> Answered<_> {
        let slots = slots.iter().map(|text| slot(text)).collect::<Result<_, _>>()?;
        Ok(TargetPlaces { target: TargetId::new(target)?, slots })
    };
    slots.into_iter().map(places).collect()
}

/// `*`, or codes joined by `+`.
fn slot(text: &str) -> Result<Slot, CodeError> {
    match text {
        "*" => Ok(Slot::ANY),
        codes => Ok(Slot::requiring(
            codes.split('+').map(Qualification::new).collect::<Result<Vec<_>, _>>()?,
        )),
    }
}

/// Capacity and codes.
type Of = (u64, Vec<String>);

/// The inspectors with what they can do.
pub(super) fn inspectors(
    py: Python<'_>,
    inspectors: &Bound<'_, PyAny>,
) -> Answered<Vec<Candidate>> {
    let mut all: Vec<(String, Of)> = Vec::new();
    match inspectors.cast::<PyDict>() {
        Ok(dict) => all.extend(dict.extract::<BTreeMap<String, Of>>()?),
        Err(_) => each_row(py, inspectors, &["inspector", "capacity", "codes"], |row| {
            let codes = row.text(2)?;
            let codes = codes.split(',').filter(|code| !code.is_empty());
            all.push((row.text(0)?, (row.number(1)?, codes.map(Into::into).collect())));
            Ok(())
        })?,
    }
    let candidate = |(inspector, (capacity, codes)): (String, Of)| -> Answered<_> {
        let codes = codes.iter().map(Qualification::new).collect::<Result<_, _>>()?;
        Ok(Candidate { inspector: InspectorId::new(inspector)?, capacity, codes })
    };
    all.into_iter().map(candidate).collect()
}

/// Who must not inspect whom.
pub(super) fn recusals(py: Python<'_>, recusals: &Bound<'_, PyAny>) -> Answered<Vec<Recusal>> {
    let mut all = Vec::new();
    each_row(py, recusals, &["inspector", "target"], |row| {
        let inspector = InspectorId::new(row.text(0)?)?;
        all.push(Recusal { inspector, target: TargetId::new(row.text(1)?)? });
        Ok(())
    })?;
    Ok(all)
}

/// A row of a table.
struct Row<'a> {
    names: &'a [&'a str],
    cells: &'a [Cells],
    row: usize,
}

enum Cells {
    Texts(Texts),
    Numbers(Column),
}

fn each_row(
    py: Python<'_>,
    table: &Bound<'_, PyAny>,
    names: &[&str],
    mut take: impl FnMut(&Row<'_>) -> Answered<()>,
) -> Answered<()> {
    let mut batches = Batches::of_table(table, names)?;
    while let Some(part) = batches.next(py, names)? {
        let cells = part.columns.iter().map(|column| match column.is_integer() {
            true => Ok(Cells::Numbers(column.clone())),
            false => column.texts().map(Cells::Texts),
        });
        let cells: Vec<Cells> = cells.collect::<Result<_, _>>()?;
        for row in 0..part.rows() {
            take(&Row { names, cells: &cells, row })?;
        }
    }
    Ok(())
}

impl Row<'_> {
    fn text(&self, column: usize) -> Answered<String> {
        match &self.cells[column] {
            Cells::Texts(texts) => Ok(String::from_utf8_lossy(texts.get(self.row)).into_owned()),
            Cells::Numbers(_) => Err(self.unlike(column, Wanted::Text)),
        }
    }

    /// A whole number, as one or in digits.
    fn number(&self, column: usize) -> Answered<u64> {
        let number = match &self.cells[column] {
            Cells::Texts(_) => self.text(column)?.parse().ok(),
            Cells::Numbers(numbers) => numbers.number(self.row).and_then(|n| u64::try_from(n).ok()),
        };
        number.ok_or_else(|| self.unlike(column, Wanted::Numbers))
    }

    fn unlike(&self, column: usize, wanted: Wanted) -> Refused {
        let column = self.names[column].to_string();
        TableError::Layout {
            column,
            found: format!("something else in row {}", self.row + 1),
            wanted,
        }
        .into()
    }
}
