//! What a problem consists of, out of dicts and pairs or out of tables.

use crate::arrow::{Batches, Column, TOO_LARGE, TableError, Texts, Wanted};
use crate::error::{Answered, all};
use pyo3::prelude::*;
use pyo3::types::PyMapping;
use std::collections::BTreeMap;
use yicha::code::{CodeError, InspectorId, Qualification, TargetId};
use yicha::draw::matching::{Candidate, Recusal, Slot, TargetPlaces};

/// The columns of a table of places.
const PLACES: [(&str, Wanted); 2] = [("target", Wanted::Text), ("slot", Wanted::Text)];
/// The columns of a table of inspectors.
const INSPECTORS: [(&str, Wanted); 3] =
    [("inspector", Wanted::Text), ("capacity", Wanted::Numbers), ("codes", Wanted::Text)];
/// The columns of a table of recusals.
const RECUSALS: [(&str, Wanted); 2] = [("inspector", Wanted::Text), ("target", Wanted::Text)];

/// The places at each target.
pub(super) fn targets(py: Python<'_>, targets: &Bound<'_, PyAny>) -> Answered<Vec<TargetPlaces>> {
    let mut places: BTreeMap<TargetId, Vec<Slot>> = BTreeMap::new();
    if let Some(of_each) = by_name(targets, &PLACES)? {
        for item in of_each.items()?.iter() {
            let (target, slots): (String, Vec<String>) = item.extract()?;
            let slots = slots.iter().map(|text| slot(text)).collect::<Result<_, _>>()?;
            places.insert(TargetId::new(target)?, slots);
        }
    } else {
        each_row(py, targets, &PLACES, |row| {
            let target = row.code(0, TargetId::new)?;
            places.entry(target).or_default().push(row.code(1, |text| slot(&text))?);
            Ok(())
        })?;
    }
    Ok(places.into_iter().map(|(target, slots)| TargetPlaces { target, slots }).collect())
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

/// The inspectors with what they can do.
pub(super) fn inspectors(
    py: Python<'_>,
    inspectors: &Bound<'_, PyAny>,
) -> Answered<Vec<Candidate>> {
    let mut taken = Vec::new();
    if let Some(of_each) = by_name(inspectors, &INSPECTORS)? {
        for item in of_each.items()?.iter() {
            let (inspector, of): (String, Bound<'_, PyAny>) = item.extract()?;
            let (capacity, codes): (u64, Vec<String>) =
                (of.get_item(0)?.extract()?, of.get_item(1)?.extract()?);
            let codes = codes.iter().map(Qualification::new).collect::<Result<_, _>>()?;
            taken.push(Candidate { inspector: InspectorId::new(inspector)?, capacity, codes });
        }
    } else {
        each_row(py, inspectors, &INSPECTORS, |row| {
            let codes = |text: String| {
                text.split(',').filter(|code| !code.is_empty()).map(Qualification::new).collect()
            };
            taken.push(Candidate {
                inspector: row.code(0, InspectorId::new)?,
                capacity: row.number(1)?,
                codes: row.code(2, codes)?,
            });
            Ok(())
        })?;
    }
    Ok(taken)
}

/// Who must not inspect whom.
pub(super) fn recusals(py: Python<'_>, recusals: &Bound<'_, PyAny>) -> Answered<Vec<Recusal>> {
    let mut taken = Vec::new();
    each_row(py, recusals, &RECUSALS, |row| {
        let (inspector, target) = (row.code(0, InspectorId::new)?, row.code(1, TargetId::new)?);
        taken.push(Recusal { inspector, target });
        Ok(())
    })?;
    Ok(taken)
}

/// A mapping from each target or inspector; nothing when it has a column of a table.
fn by_name<'a, 'py>(
    data: &'a Bound<'py, PyAny>,
    columns: &[(&str, Wanted)],
) -> PyResult<Option<&'a Bound<'py, PyMapping>>> {
    let Ok(mapping) = data.cast::<PyMapping>() else { return Ok(None) };
    let mut is_table = false;
    for (name, _) in columns {
        is_table |= mapping.contains(name)?;
    }
    Ok((!is_table).then_some(mapping))
}

/// A row of a table.
struct Row<'a> {
    columns: &'a [(&'a str, Wanted)],
    cells: &'a [Cells],
    /// Its place in its batch, counted from 0.
    row: usize,
    /// Rows that came in earlier batches.
    before: usize,
}

enum Cells {
    Texts(Texts),
    Numbers(Column),
}

fn each_row(
    py: Python<'_>,
    table: &Bound<'_, PyAny>,
    columns: &[(&str, Wanted)],
    mut take: impl FnMut(&Row<'_>) -> Result<(), TableError>,
) -> Answered<()> {
    let names: Vec<&str> = columns.iter().map(|(name, _)| *name).collect();
    let (mut batches, mut faults) = (Batches::of_table(table, &names)?, Vec::new());
    while let Some(part) = batches.next(py, &names)? {
        let cells = part.columns.iter().zip(columns).map(|(column, (_, wanted))| {
            // A number may stand there in digits.
            match column.is_integer() && *wanted == Wanted::Numbers {
                true => Ok(Cells::Numbers(column.clone())),
                false => column.texts().map(Cells::Texts).map_err(|_| column.unlike(*wanted)),
            }
        });
        let cells: Vec<Cells> = cells.collect::<Result<_, _>>()?;
        let rows =
            (0..part.rows()).map(|row| Row { columns, cells: &cells, row, before: part.before });
        faults.extend(rows.filter_map(|row| take(&row).err()));
    }
    if faults.is_empty() { Ok(()) } else { Err(all(faults)) }
}

impl Row<'_> {
    fn text(&self, column: usize) -> String {
        match &self.cells[column] {
            Cells::Texts(texts) => String::from_utf8_lossy(texts.get(self.row)).into_owned(),
            Cells::Numbers(numbers) => {
                numbers.number(self.row).map_or_else(|| TOO_LARGE.into(), |n| n.to_string())
            }
        }
    }

    /// What a code or several make.
    fn code<T>(
        &self,
        column: usize,
        read: impl FnOnce(String) -> Result<T, CodeError>,
    ) -> Result<T, TableError> {
        let found = self.text(column);
        read(found.clone()).map_err(|fault| {
            let (column, row) = self.place(column);
            TableError::Code { column, row, found, fault }
        })
    }

    /// A whole number, as one or in digits.
    fn number(&self, column: usize) -> Result<u64, TableError> {
        let found = self.text(column);
        found.parse().map_err(|_| {
            let (column, row) = self.place(column);
            TableError::Value { column, row, found, wanted: Wanted::Numbers }
        })
    }

    /// The column's name, and the row of the table, counted from 1.
    fn place(&self, column: usize) -> (String, usize) {
        (self.columns[column].0.into(), self.before + self.row + 1)
    }
}
