//! One department's register: what is recorded of it, and its rows, which are the host's.
//!
//! Recorded are the last bulk import (count and digest) and the single changes since. Rows are not part of a
//! snapshot: after loading, the host feeds the rows of the import (see [`rows`](super::rows)), and the changes are made to them in the order
//! in which they were recorded (our decision `rows-are-the-hosts`). So it makes no difference when a register is
//! fed.

use super::{RegisterKind, Registers};
use crate::actor::Role;
use crate::by_id::ById;
use crate::case::Context;
use crate::code::DepartmentId;
use crate::date::Date;
use crate::hash::Digest;
use crate::refusal::{Refusal, refusals};
use alloc::collections::BTreeMap;
use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

/// A row of a register.
pub trait Row: Sized + Serialize + DeserializeOwned {
    /// The register.
    const REGISTER: RegisterKind;
    /// What tells a row from the others of its register.
    type Key: Clone + fmt::Debug + Ord;
    /// A single change.
    type Change: Clone + fmt::Debug;

    /// The row's key.
    fn key(&self) -> Self::Key;

    /// The key as a sentence names it.
    fn shown(&self) -> String;

    /// Whether it can stand in a department's register.
    ///
    /// # Errors
    /// What would be refused if it came in by itself, apart from the day.
    fn fits(&self, department: &DepartmentId) -> Result<(), Refusal>;

    /// The registers of all departments.
    fn shelves(registers: &mut Registers) -> &mut ById<DepartmentId, Shelf<Self>>;

    /// Makes a change.
    fn change(rows: &mut BTreeMap<Self::Key, Self>, change: &Changed<Self::Change>);
}

/// A bulk import, as it is recorded.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Imported {
    /// How many rows.
    pub count: u64,
    /// Whose register.
    pub department: DepartmentId,
    /// The digest of the rows.
    pub digest: Digest,
}

/// A change with its day of effect.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Changed<C> {
    /// The day.
    pub on: Date,
    /// What was changed.
    pub what: C,
}

/// Who keeps a department's registers: the department, or the platform that takes its data in for it.
pub(super) const KEEPERS: [Role; 3] = [Role::Officer, Role::DepartmentHead, Role::Platform];

refusals! {
    /// What is refused because of a register's rows.
    RowsRefusal {
        ImportedAlready { register: RegisterKind, digest: Digest } = "register-imported-already", Decision("rows-are-the-hosts"),
            "内容为{digest}的{register}名录已导入，此后没有变动；变动后方可再次导入",
            "the register of {register} with digest {digest} is imported and unchanged since; import again when something has changed";
        NotFed { register: RegisterKind, department: DepartmentId } = "register-not-fed", Decision("rows-are-the-hosts"),
            "{department}的{register}名录已有导入记录而尚未载入；应先载入所记录的各行",
            "the import of {department}'s register of {register} is recorded, its rows are not fed; feed the rows recorded first";
        NotImported { register: RegisterKind, department: DepartmentId } = "register-not-imported", Decision("rows-are-the-hosts"),
            "{department}的{register}名录没有导入记录；应先记录导入，再载入各行",
            "no import of {department}'s register of {register} is recorded; record it, then feed its rows";
        OtherRows { register: RegisterKind, department: DepartmentId, count: u64, digest: Digest, wanted_count: u64, wanted: Digest } = "register-rows-differ", Decision("rows-are-the-hosts"),
            "载入的{department}{register}名录为{count}行、内容{digest}，所记录的导入为{wanted_count}行、{wanted}；应载入所记录的各行，或重新记录导入",
            "{count} rows with the digest {digest} are not the {wanted_count} rows with {wanted} recorded of {department}'s register of {register}; feed those, or record another import";
        Unreadable { found: String } = "register-row-unreadable", Decision("rows-are-the-hosts"),
            "不是该名录的一行：{found:?}；每行应为一个JSON对象，字段齐全且无多余",
            "not a row of that register: {found}; each line is one JSON object with all of its fields and no others";
        Twice { register: RegisterKind, id: String } = "register-row-twice", Decision("rows-are-the-hosts"),
            "{register}名录中{id}出现两次；每一编号应只有一行",
            "{id} stands twice in the register of {register}; each has one row";
        OfAnother { department: DepartmentId, id: String, wanted: DepartmentId } = "register-row-of-another", Decision("rows-are-the-hosts"),
            "{id}属{department}，不应在{wanted}的名录中；各部门的名录只列本部门的行",
            "{id} is of {department} and cannot stand in the register of {wanted}; each register has its own department's rows";
    }
}

/// Whether an import can be recorded in place of what `shelf` has.
pub(super) fn may_import<R: Row>(
    import: &Imported,
    shelf: Option<&Shelf<R>>,
    context: &Context<'_>,
) -> Result<(), Refusal> {
    context.acts_for(&import.department, &KEEPERS, R::REGISTER.basis())?;
    match shelf {
        Some(Shelf { import: Some(last), changes, .. })
            if last.digest == import.digest && changes.is_empty() =>
        {
            let (register, digest) = (R::REGISTER, import.digest);
            Err(RowsRefusal::ImportedAlready { register, digest }.into())
        }
        _ => Ok(()),
    }
}

/// Refuses a row of another department than the one whose register it is.
pub(super) fn of_department<R: Row>(
    found: &DepartmentId,
    wanted: &DepartmentId,
    row: &R,
) -> Result<(), RowsRefusal> {
    if found == wanted {
        return Ok(());
    }
    let (department, wanted) = (found.clone(), wanted.clone());
    Err(RowsRefusal::OfAnother { department, id: row.shown(), wanted })
}

/// One department's register. Two are the same if the same is recorded of them, whether or not rows are fed.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(
    from = "Recorded<R::Change>",
    bound(serialize = "R::Change: Serialize", deserialize = "R: Row, R::Change: Deserialize<'de>")
)]
pub struct Shelf<R: Row> {
    import: Option<Imported>,
    changes: Vec<Changed<R::Change>>,
    /// Nothing between an import and the feeding of its rows.
    #[serde(skip)]
    rows: Option<BTreeMap<R::Key, R>>,
}

/// What a snapshot has of a register.
#[derive(Deserialize)]
struct Recorded<C> {
    import: Option<Imported>,
    changes: Vec<Changed<C>>,
}

impl<R: Row> From<Recorded<R::Change>> for Shelf<R> {
    fn from(recorded: Recorded<R::Change>) -> Self {
        let Recorded { import, changes } = recorded;
        // What was never imported consists of its changes alone.
        let rows = import.is_none().then(|| with_changes(BTreeMap::new(), &changes));
        Self { import, changes, rows }
    }
}

impl<R: Row<Change: PartialEq>> PartialEq for Shelf<R> {
    fn eq(&self, other: &Self) -> bool {
        (&self.import, &self.changes) == (&other.import, &other.changes)
    }
}

impl<R: Row<Change: Eq>> Eq for Shelf<R> {}

impl<R: Row> Default for Shelf<R> {
    fn default() -> Self {
        Self { import: None, changes: Vec::new(), rows: Some(BTreeMap::new()) }
    }
}

impl<R: Row> Shelf<R> {
    /// The last bulk import.
    pub fn import(&self) -> Option<&Imported> {
        self.import.as_ref()
    }

    /// Takes over that an import was recorded. What was there before is superseded, rows and changes.
    pub(crate) fn record_import(&mut self, import: Imported) {
        *self = Self { import: Some(import), changes: Vec::new(), rows: None };
    }

    /// Takes the rows of the recorded import, and makes the changes since to them.
    pub(super) fn feed(&mut self, rows: BTreeMap<R::Key, R>) {
        self.rows = Some(with_changes(rows, &self.changes));
    }

    /// Takes over a change.
    pub(crate) fn record_change(&mut self, change: Changed<R::Change>) {
        if let Some(rows) = &mut self.rows {
            R::change(rows, &change);
        }
        self.changes.push(change);
    }

    /// The changes since the last import, in the order in which they were recorded.
    pub fn changes(&self) -> &[Changed<R::Change>] {
        &self.changes
    }

    /// The rows, by key. `department` is whose register it is.
    ///
    /// # Errors
    /// [`RowsRefusal::NotFed`].
    pub fn fed(&self, department: &DepartmentId) -> Result<&BTreeMap<R::Key, R>, RowsRefusal> {
        self.rows.as_ref().ok_or_else(|| RowsRefusal::NotFed {
            register: R::REGISTER,
            department: department.clone(),
        })
    }
}

fn with_changes<R: Row>(
    mut rows: BTreeMap<R::Key, R>,
    changes: &[Changed<R::Change>],
) -> BTreeMap<R::Key, R> {
    changes.iter().for_each(|change| R::change(&mut rows, change));
    rows
}
