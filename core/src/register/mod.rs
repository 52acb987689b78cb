//! Chapter 3: what the departments keep for drawing and inspecting. Items (article 13), targets (14), inspectors
//! (15) and the guide of each item (16).
//!
//! A register comes in by one bulk import, of which the ledger has count and digest only; afterwards each
//! change is an entry of its own. The rows are the host's: it feeds them after the import is recorded, and again
//! whenever it loads the office. See [`rows`] and [`shelf`].

pub mod guide;
pub mod inspector;
pub mod item;
mod law;
pub mod rows;
pub mod shelf;
pub mod target;

pub use guide::{Guide, GuideBook};
pub use inspector::{Certificate, Inspector, Level, Staff};
pub use item::{Item, ItemKind, Method, Publicity};
pub use law::LegalBasis;
pub use rows::{RowFault, Rows};
pub use shelf::{RowsRefusal, Shelf};
pub use target::{Target, TargetKind};

use crate::by_id::ById;
use crate::citation::Basis;
use crate::code::{DepartmentId, InspectorId, ItemId, TargetId};
use crate::date::Date;
use alloc::collections::BTreeMap;
use serde::{Deserialize, Serialize};
use shelf::Row;

/// The registers whose rows are imported in bulk.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RegisterKind {
    /// 抽查事项清单, article 13.
    Items,
    /// 检查对象名录库, article 14.
    Targets,
    /// 执法检查人员名录库, article 15.
    Inspectors,
}

impl RegisterKind {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Items, Self::Targets, Self::Inspectors];

    /// The stable code.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Items => "items",
            Self::Targets => "targets",
            Self::Inspectors => "inspectors",
        }
    }

    /// The article that asks for it.
    pub const fn basis(self) -> Basis {
        match self {
            Self::Items => Basis::Article(13),
            Self::Targets => Basis::Article(14),
            Self::Inspectors => Basis::Article(15),
        }
    }

    /// The register with that code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }
}

impl core::fmt::Display for RegisterKind {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(self.code())
    }
}

/// All registers of a district, each department's by itself.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Registers {
    /// The guides, by item.
    pub guides: ById<ItemId, GuideBook>,
    /// The inspectors of each department.
    pub inspectors: ById<DepartmentId, Shelf<Inspector>>,
    /// The items of each department.
    pub items: ById<DepartmentId, Shelf<Item>>,
    /// How far each department's item list is public.
    pub publicity: ById<DepartmentId, Publicity>,
    /// The targets that each department keeps. A target may stand in the registers of several.
    pub targets: ById<DepartmentId, Shelf<Target>>,
}

impl Registers {
    /// The version of an item that is in force on that day.
    ///
    /// # Errors
    /// [`RowsRefusal::NotFed`] when it could stand in a register whose rows the host has not fed.
    pub fn item(&self, id: &ItemId, day: Date) -> Result<Option<&Item>, RowsRefusal> {
        find(&self.items, |items| item::in_force(items, id, day), |_| true)
    }

    /// Whether a guide of that item is in force on that day. One that is marked for review still is.
    pub fn guide_in_force(&self, id: &ItemId, day: Date) -> bool {
        self.guides.get(id).is_some_and(|book| book.on(day).is_some())
    }

    /// An inspector; one who has left is given when nobody else has the code.
    ///
    /// # Errors
    /// [`RowsRefusal::NotFed`] when it could stand in a register whose rows the host has not fed.
    pub fn inspector(&self, id: &InspectorId) -> Result<Option<&Inspector>, RowsRefusal> {
        find(&self.inspectors, |inspectors| inspectors.get(id), |found| found.ended.is_none())
    }

    /// A target as a department has it that has not deregistered it, else as it was deregistered.
    ///
    /// # Errors
    /// [`RowsRefusal::NotFed`] when it could stand in a register whose rows the host has not fed.
    pub fn target(&self, id: &TargetId) -> Result<Option<&Target>, RowsRefusal> {
        find(&self.targets, |targets| targets.get(id), |found| found.ended.is_none())
    }

    /// A target as one department has it.
    ///
    /// # Errors
    /// [`RowsRefusal::NotFed`] when the host has not fed that department's rows.
    pub fn target_of(
        &self,
        department: &DepartmentId,
        id: &TargetId,
    ) -> Result<Option<&Target>, RowsRefusal> {
        Ok(rows(&self.targets, department)?.and_then(|rows| rows.get(id)))
    }
}

/// The rows of one department, if it has a register.
fn rows<'a, R: Row>(
    shelves: &'a ById<DepartmentId, Shelf<R>>,
    department: &DepartmentId,
) -> Result<Option<&'a BTreeMap<R::Key, R>>, RowsRefusal> {
    shelves.get(department).map(|shelf| shelf.fed(department)).transpose()
}

/// Looks in the register of each department for a row that is `best`, else for any.
fn find<'a, R: Row>(
    shelves: &'a ById<DepartmentId, Shelf<R>>,
    look: impl Fn(&'a BTreeMap<R::Key, R>) -> Option<&'a R>,
    best: impl Fn(&R) -> bool,
) -> Result<Option<&'a R>, RowsRefusal> {
    let (mut found, mut unfed) = (None, None);
    for (department, shelf) in shelves {
        match shelf.fed(department).map(&look) {
            Ok(Some(row)) if best(row) => return Ok(Some(row)),
            Ok(row) => found = found.or(row),
            Err(refusal) => unfed = Some(refusal),
        }
    }
    match unfed {
        Some(refusal) => Err(refusal),
        None => Ok(found),
    }
}

/// Another department in whose register, as far as it is fed, something stands.
fn another<R: Row>(
    shelves: &ById<DepartmentId, Shelf<R>>,
    department: &DepartmentId,
    stands: impl Fn(&BTreeMap<R::Key, R>) -> bool,
) -> Option<DepartmentId> {
    let mut others = shelves.iter().filter(|(other, _)| *other != department);
    let found = others.find(|(other, shelf)| shelf.fed(other).is_ok_and(&stands));
    found.map(|(other, _)| other.clone())
}
