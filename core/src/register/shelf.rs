//! One department's register: what is recorded of it, and its rows, which are the host's.
//!
//! Recorded are the last bulk import (count and digest) and the single changes since. Rows are not part of a
//! snapshot: after loading, the host feeds the rows of the import, and the changes are made to them in the order
//! in which they were recorded (our decision `rows-are-the-hosts`). So it makes no difference when a register is
//! fed.

use super::RegisterKind;
use crate::actor::Role;
use crate::case::Context;
use crate::code::DepartmentId;
use crate::date::Date;
use crate::hash::Digest;
use crate::refusal::{Refusal, refusals};
use alloc::collections::BTreeMap;
use alloc::vec::Vec;
use serde::{Deserialize, Serialize};

/// A row of a register.
pub trait Row: Sized {
    /// The register.
    const REGISTER: RegisterKind;
    /// What tells a row from the others of its register.
    type Key: Clone + Ord;
    /// A single change.
    type Change;

    /// The row's key.
    fn key(&self) -> Self::Key;

    /// Makes a change.
    fn change(rows: &mut BTreeMap<Self::Key, Self>, change: &Changed<Self::Change>);
}

/// A bulk import, as it is recorded.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
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

/// One department's register.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
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
