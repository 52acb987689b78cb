//! Rows of a roster out of tables: ids where they lie, strata and standings numbered.

use crate::arrow::{Batches, Column, Part, TableError, Texts};
use std::collections::HashMap;
use std::str::FromStr;
use yicha::code::Stratum;
use yicha::draw::columns::{Columns, Row};
use yicha::draw::roster::{Roster, RosterError, Standing};

/// The names of the columns to read.
pub(crate) struct Names<'a> {
    pub(crate) id: &'a str,
    pub(crate) stratum: &'a str,
    /// Without it every target is eligible.
    pub(crate) standing: Option<&'a str>,
}

impl<'a> Names<'a> {
    /// `standing` as the caller has it, or the column of that name if the table has one.
    pub(crate) fn of(id: &'a str, stratum: &'a str, standing: Option<&'a str>) -> Self {
        Self { id, stratum, standing }
    }

    pub(crate) fn list(&self) -> Vec<&'a str> {
        [Some(self.id), Some(self.stratum), self.standing].into_iter().flatten().collect()
    }
}

/// Codes numbered as they come.
struct Numbering<T> {
    codes: Vec<T>,
    numbers: HashMap<Vec<u8>, u16>,
    /// Codes of one character, which classes mostly are, by their byte.
    short: [Option<u16>; 256],
}

impl<T: FromStr> Numbering<T> {
    fn new() -> Self {
        Self { codes: Vec::new(), numbers: HashMap::new(), short: [None; 256] }
    }

    /// The number of a code; nothing when it is none, or when there are too many.
    #[inline]
    fn number(&mut self, text: &[u8]) -> Option<u16> {
        match text {
            [byte] => self.short[usize::from(*byte)].or_else(|| self.looked_up(text)),
            _ => self.looked_up(text),
        }
    }

    /// The same without the short way. Not inlined, so that the loops over rows stay small.
    #[inline(never)]
    fn looked_up(&mut self, text: &[u8]) -> Option<u16> {
        let number = match self.numbers.get(text) {
            Some(number) => *number,
            None => {
                let code = std::str::from_utf8(text).ok()?.parse().ok()?;
                let number = u16::try_from(self.codes.len()).ok()?;
                self.codes.push(code);
                self.numbers.insert(text.to_vec(), number);
                number
            }
        };
        if let [byte] = text {
            self.short[usize::from(*byte)] = Some(number);
        }
        Some(number)
    }

    /// The numbers of a column, unless one of its texts is no code.
    fn column(&mut self, column: &Column) -> Result<Option<Vec<u16>>, TableError> {
        if let Some(values) = column.dictionary() {
            // A value that no row has may be anything.
            let texts = values.texts()?;
            let numbers: Vec<Option<u16>> =
                (0..values.len()).map(|i| self.number(texts.get(i))).collect();
            return Ok(column.looked_up(&numbers));
        }
        let (mut numbers, mut all) = (Vec::with_capacity(column.len()), true);
        column.each_text(|text| {
            let number = self.number(text);
            all &= number.is_some();
            numbers.push(number.unwrap_or_default());
        })?;
        Ok(all.then_some(numbers))
    }
}

/// Rows of one batch, as the core takes them.
pub(crate) struct Rows {
    ids: Texts,
    strata: Vec<u16>,
    stratum_codes: Vec<Stratum>,
    standings: Vec<u16>,
    standing_codes: Vec<Standing>,
    /// Rows that came in earlier batches.
    pub(crate) before: usize,
}

/// Why rows cannot be taken.
pub(crate) enum RowsError {
    Table(TableError),
    Roster(RosterError),
}

impl From<TableError> for RowsError {
    fn from(error: TableError) -> Self {
        Self::Table(error)
    }
}

impl Rows {
    pub(crate) fn new(part: &Part) -> Result<Self, RowsError> {
        let [ids, strata, standings @ ..] = part.columns.as_slice() else {
            return Err(
                TableError::NoColumn { column: "id".into(), row: None, found: Vec::new() }.into()
            );
        };
        let texts = ids.texts()?;
        let (mut stratum_codes, mut standing_codes) =
            (Numbering::<Stratum>::new(), Numbering::<Standing>::new());
        let by_stratum = stratum_codes.column(strata)?;
        let by_standing = match standings.first() {
            Some(column) => standing_codes.column(column)?,
            None => {
                standing_codes.codes.push(Standing::Eligible);
                Some(vec![0; part.rows()])
            }
        };
        let (Some(strata), Some(standings)) = (by_stratum, by_standing) else {
            return Err(RowsError::Roster(faults(part)?));
        };
        Ok(Self {
            ids: texts,
            strata,
            stratum_codes: stratum_codes.codes,
            standings,
            standing_codes: standing_codes.codes,
            before: part.before,
        })
    }

    pub(crate) fn columns(&self) -> Columns<'_> {
        let (offsets, ids) = self.ids.parts();
        Columns {
            ids,
            offsets,
            strata: &self.strata,
            stratum_codes: &self.stratum_codes,
            standings: &self.standings,
            standing_codes: &self.standing_codes,
        }
    }
}

/// What the core says of rows of which some are known to be wrong: all that is.
fn faults(part: &Part) -> Result<RosterError, TableError> {
    let texts = part.columns.iter().map(Column::texts).collect::<Result<Vec<_>, _>>()?;
    let text = |place: usize, row| {
        let Some(texts) = texts.get(place) else { return "eligible" };
        str::from_utf8(texts.get(row)).unwrap_or("\u{fffd}")
    };
    let row = |row| Row { id: text(0, row), stratum: text(1, row), standing: text(2, row) };
    let told = Roster::from_rows((0..part.rows()).map(row)).err();
    Ok(renumbered(told.unwrap_or(RosterError::Empty), part.before))
}

/// Rows with the numbers of the whole table in place of those of a batch.
pub(crate) fn renumbered(error: RosterError, before: usize) -> RosterError {
    match error {
        RosterError::Rows { mut faults, more } => {
            faults.iter_mut().for_each(|fault| fault.row += before as u64);
            RosterError::Rows { faults, more }
        }
        other => other,
    }
}

/// All batches of a table as one.
pub(crate) fn gather(
    py: pyo3::Python<'_>,
    batches: &mut Batches,
    names: &Names<'_>,
) -> Result<Rows, RowsError> {
    let mut parts: Vec<Part> = Vec::new();
    while let Some(part) = batches.next(py, &names.list())? {
        parts.push(part);
    }
    py.detach(|| match parts.as_slice() {
        [part] => Rows::new(part),
        parts => Rows::new(&joined(parts, names)?),
    })
}

/// Copies batches behind each other.
fn joined(parts: &[Part], names: &Names<'_>) -> Result<Part, TableError> {
    let column = |(place, name): (usize, &str)| {
        let parts: Vec<Column> =
            parts.iter().filter_map(|part| part.columns.get(place)).cloned().collect();
        Column::joined(name, &parts)
    };
    let columns = names.list().into_iter().enumerate().map(column).collect::<Result<_, _>>()?;
    Ok(Part { columns, before: 0 })
}
