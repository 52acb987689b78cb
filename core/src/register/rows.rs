//! The rows of a register, as a department hands them in and the host keeps them.
//!
//! An import is recorded with the number of its rows and one digest over them (`core/docs/ledger-spec.md`, section
//! 6): the root of the ledger's kind of tree over the rows in the order of their keys, each as canonical JSON. So it
//! makes no difference in which order a host keeps them, and one row can be proved while others are erased.

use super::shelf::{Imported, Row, RowsRefusal};
use super::{Inspector, Item, RegisterKind, Target};
use crate::citation::Basis;
use crate::code::DepartmentId;
use crate::explain::{Explain, Lang};
use crate::hash::Suite;
use crate::json::{from_json, to_json};
use crate::merkle::Frontier;
use crate::refusal::{Refusal, Refuse};
use crate::world::World;
use alloc::boxed::Box;
use alloc::collections::BTreeMap;
use alloc::collections::btree_map::Entry;
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

/// All rows of one department's register, each of which can stand in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rows<R: Row> {
    department: DepartmentId,
    rows: BTreeMap<R::Key, R>,
}

/// A row that cannot stand in a register, with its place.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("row {row}: {refusal}")]
pub struct RowFault {
    /// The row, from 1.
    pub row: u64,
    /// What is wrong with it, as if it were to come in by itself.
    pub refusal: Box<Refusal>,
}

impl<R: Row> Rows<R> {
    /// Rows in any order.
    ///
    /// # Errors
    /// The first row that cannot stand in that department's register, or has the key of one before it.
    pub fn new(
        department: DepartmentId,
        rows: impl IntoIterator<Item = R>,
    ) -> Result<Self, RowFault> {
        Self::read(department, rows.into_iter().map(Ok))
    }

    /// Rows as JSON, one on each line, in any order. White space within a line does not matter.
    ///
    /// # Errors
    /// As [`new`](Self::new), and the first line that is no row: see [`RowsRefusal::Unreadable`].
    pub fn parse(department: DepartmentId, json: &[u8]) -> Result<Self, RowFault> {
        let lines = json.split_inclusive(|byte| *byte == b'\n');
        Self::read(department, lines.map(|line| from_json(line).map_err(unreadable)))
    }

    fn read(
        department: DepartmentId,
        found: impl Iterator<Item = Result<R, Refusal>>,
    ) -> Result<Self, RowFault> {
        let mut read = Self { department, rows: BTreeMap::new() };
        for (row, found) in (1..).zip(found) {
            let fault = |refusal| RowFault { row, refusal: Box::new(refusal) };
            found.and_then(|found| read.add(found)).map_err(fault)?;
        }
        Ok(read)
    }

    fn add(&mut self, row: R) -> Result<(), Refusal> {
        row.fits(&self.department)?;
        match self.rows.entry(row.key()) {
            Entry::Vacant(place) => {
                place.insert(row);
                Ok(())
            }
            Entry::Occupied(_) => {
                Err(RowsRefusal::Twice { register: R::REGISTER, id: row.shown() }.into())
            }
        }
    }

    /// What the command for an import of these rows says, for a ledger of that suite.
    pub fn import(&self, suite: Suite) -> Imported {
        let mut tree = Frontier::new(suite);
        let mut rows = self.rows.values().peekable();
        while rows.peek().is_some() {
            // Codes, days and texts can always be written.
            let written = |row| to_json(row).unwrap_or_default();
            let batch: Vec<Vec<u8>> = rows.by_ref().take(BATCH).map(written).collect();
            tree.append(&batch);
        }
        let (count, department, digest) = (tree.size(), self.department.clone(), tree.root());
        Imported { count, department, digest }
    }
}

/// Rows written before they are hashed together.
const BATCH: usize = 1024;

fn unreadable(error: serde_json::Error) -> Refusal {
    RowsRefusal::Unreadable { found: error.to_string() }.into()
}

impl Imported {
    /// What the command for an import of rows in JSON says: see [`Rows::parse`] and [`Rows::import`].
    ///
    /// # Errors
    /// As [`Rows::parse`].
    pub fn of_json(
        suite: Suite,
        register: RegisterKind,
        department: DepartmentId,
        json: &[u8],
    ) -> Result<Self, RowFault> {
        Ok(match register {
            RegisterKind::Items => Rows::<Item>::parse(department, json)?.import(suite),
            RegisterKind::Targets => Rows::<Target>::parse(department, json)?.import(suite),
            RegisterKind::Inspectors => Rows::<Inspector>::parse(department, json)?.import(suite),
        })
    }
}

impl World {
    /// Feeds the rows of a recorded import, before or after changes are made to them, once or again.
    ///
    /// # Errors
    /// [`RowsRefusal`] when no import is recorded, or it is one of other rows.
    pub fn feed_rows<R: Row>(&mut self, suite: Suite, rows: Rows<R>) -> Result<(), RowsRefusal> {
        let found = rows.import(suite);
        let Rows { department, rows } = rows;
        let shelf = R::shelves(&mut self.registers).get_mut(&department);
        let register = R::REGISTER;
        match shelf.and_then(|shelf| Some((shelf.import().cloned()?, shelf))) {
            None => Err(RowsRefusal::NotImported { register, department }),
            Some((wanted, _)) if wanted != found => Err(RowsRefusal::OtherRows {
                register,
                department,
                count: found.count,
                digest: found.digest,
                wanted_count: wanted.count,
                wanted: wanted.digest,
            }),
            Some((_, shelf)) => {
                shelf.feed(rows);
                Ok(())
            }
        }
    }

    /// Feeds the rows of a recorded import as JSON: see [`Rows::parse`].
    ///
    /// # Errors
    /// A [`RowFault`] or a [`RowsRefusal`]; nothing is fed then.
    pub fn feed_rows_json(
        &mut self,
        suite: Suite,
        register: RegisterKind,
        department: DepartmentId,
        json: &[u8],
    ) -> Result<(), Refusal> {
        match register {
            RegisterKind::Items => {
                self.feed_rows(suite, Rows::<Item>::parse(department, json)?)?;
            }
            RegisterKind::Targets => {
                self.feed_rows(suite, Rows::<Target>::parse(department, json)?)?;
            }
            RegisterKind::Inspectors => {
                self.feed_rows(suite, Rows::<Inspector>::parse(department, json)?)?;
            }
        }
        Ok(())
    }
}

impl Explain for RowFault {
    fn code(&self) -> &'static str {
        self.refusal.code()
    }

    fn basis(&self) -> Basis {
        self.refusal.basis()
    }

    fn message(&self, lang: Lang) -> String {
        match lang {
            Lang::En => self.to_string(),
            Lang::Zh => format!("第{}行：{}", self.row, self.refusal.message(lang)),
        }
    }
}

impl Refuse for RowFault {
    fn values(&self) -> Vec<(&'static str, String)> {
        let mut values = self.refusal.values();
        values.push(("row", self.row.to_string()));
        values
    }
}
