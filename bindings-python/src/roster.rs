//! The roster of a draw, and its root.

use crate::arrow::{Batches, Values};
use crate::convert::{Secret, hash_of, html, suite};
use crate::error::{Answered, Refused};
use crate::rows::{Names, Rows, RowsError, gather, renumbered};
use crate::table::Table;
use crate::text_file::text_form;
use crate::work::{interruptible, progress};
use pyo3::exceptions::{PyIndexError, PyKeyError, PyRuntimeError};
use pyo3::prelude::*;
use pyo3::types::PyCapsule;
use std::sync::{Arc, Mutex, PoisonError};
use yicha::code::TargetId;
use yicha::draw::roster::{self as core, RosterKey};
use yicha::threads::Threads;

/// Rows hashed between two looks at signals and two calls of a progress function.
const SLICE: usize = 1 << 18;

/// The roster (检查对象名录): every target with its stratum and standing, sorted by id.
#[pyclass(frozen, eq, module = "yicha._yicha")]
#[derive(PartialEq, Eq)]
pub(crate) struct Roster(Arc<core::Roster>);

/// A roster that is fixed under a secret key; its root goes into the announcement.
#[pyclass(frozen, module = "yicha._yicha")]
pub(crate) struct CommittedRoster(pub(crate) Arc<core::CommittedRoster>);

/// The root of a roster that is fed in sorted batches and never in memory as a whole.
#[pyclass(frozen, module = "yicha._yicha")]
pub(crate) struct RosterRoot(pub(crate) Mutex<core::RosterRoot>);

/// The salts of a batch of targets: secret, and only good for a draw of the same rows.
#[pyclass(frozen, module = "yicha._yicha")]
pub(crate) struct Salts(pub(crate) Vec<[u8; 16]>);

/// How many targets a stratum has: stratum, eligible, excluded.
pub(crate) fn counts(counts: &[core::StratumCount]) -> Table {
    let numbers = |number: fn(&core::StratumCount) -> u64| {
        Values::Numbers(counts.iter().map(|count| number(count) as i64).collect())
    };
    Table::new([
        ("stratum", Values::texts(counts.iter().map(|count| count.stratum.as_str()))),
        ("eligible", numbers(|count| count.eligible)),
        ("excluded", numbers(|count| count.excluded)),
    ])
}

impl From<RowsError> for Refused {
    fn from(error: RowsError) -> Self {
        match error {
            RowsError::Table(error) => error.into(),
            RowsError::Roster(error) => error.into(),
        }
    }
}

/// A row as three texts.
type RowTexts = (String, String, String);

fn row_texts(row: core::RosterRow<'_>) -> RowTexts {
    (row.id.into(), row.stratum.to_string(), row.standing.to_string())
}

text_form!(Roster(core::Roster), Arc::new, {
    /// A roster of a table in any order, or of rows as dicts or tuples. Without `standing` every target is eligible.
    #[new]
    #[pyo3(signature = (data, *, id="id", stratum="stratum", standing=Some("standing")))]
    fn new(
        py: Python<'_>,
        data: &Bound<'_, PyAny>,
        id: &str,
        stratum: &str,
        standing: Option<&str>,
    ) -> Answered<Self> {
        let names = Names::of(id, stratum, standing);
        let rows = gather(py, &mut Batches::of_table(data, &names.list())?, &names)?;
        let roster = interruptible(py, move || core::Roster::from_columns(&rows.columns()))?;
        Ok(Self(Arc::new(roster?)))
    }

    /// How many targets each stratum has: stratum, eligible, excluded.
    #[getter]
    fn counts(&self) -> Table {
        counts(self.0.counts())
    }

    /// The roster as a table of id, stratum and standing.
    fn to_table(&self, py: Python<'_>) -> Table {
        let rows = || self.0.iter();
        py.detach(|| {
            Table::new([
                ("id", Values::texts(rows().map(|row| row.id))),
                ("stratum", Values::texts(rows().map(|row| row.stratum.as_str()))),
                ("standing", Values::texts(rows().map(|row| row.standing.to_string()))),
            ])
        })
    }

    /// That table as an Arrow stream.
    #[pyo3(signature = (requested_schema=None))]
    fn __arrow_c_stream__<'py>(
        &self,
        py: Python<'py>,
        requested_schema: Option<Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyCapsule>> {
        self.to_table(py).__arrow_c_stream__(py, requested_schema)
    }

    /// The place of a target, counted from 0.
    fn index(&self, id: &str) -> PyResult<usize> {
        self.0.find(id).map_err(|_| PyKeyError::new_err(id.to_string()))
    }

    fn __contains__(&self, id: &str) -> bool {
        self.0.find(id).is_ok()
    }

    fn __len__(&self) -> usize {
        self.0.len()
    }

    fn __getitem__(&self, place: isize) -> PyResult<RowTexts> {
        let at = if place < 0 { place + self.0.len() as isize } else { place };
        let row = usize::try_from(at).ok().and_then(|at| self.0.row(at));
        row.map(row_texts).ok_or_else(|| PyIndexError::new_err("no such place on the roster"))
    }

    fn __iter__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        let rows: Vec<RowTexts> = self.0.iter().map(row_texts).collect();
        rows.into_pyobject(py)?.call_method0("__iter__")
    }

    fn __hash__(&self) -> u64 {
        hash_of(&(self.0.len(), self.0.row(0).map(|row| row.id.to_string())))
    }

    /// Fixes the roster under a key of 32 secret random bytes, which serves for this roster only.
    #[pyo3(signature = (key, suite="sha256"))]
    fn commit(&self, py: Python<'_>, key: Secret<32>, suite: &str) -> PyResult<CommittedRoster> {
        let (roster, suite) = (Arc::clone(&self.0), self::suite(suite)?);
        let commit = move || {
            let roster = Arc::unwrap_or_clone(roster);
            core::CommittedRoster::new(roster, suite, RosterKey::new(key.0), Threads::available())
        };
        Ok(CommittedRoster(Arc::new(interruptible(py, commit)?)))
    }

    fn __repr__(&self) -> String {
        format!("<Roster of {} targets>", self.0.len())
    }

    fn _repr_html_(&self) -> String {
        format!("<p>{}</p>{}", html(&self.__repr__()), self.counts()._repr_html_())
    }
});

#[pymethods]
impl CommittedRoster {
    /// The root, as the announcement names it.
    #[getter]
    pub(crate) fn root(&self) -> String {
        self.0.root().to_string()
    }

    /// Number of lines.
    #[getter]
    fn lines(&self) -> u64 {
        self.0.lines()
    }

    /// The suite of all hashes.
    #[getter]
    fn suite(&self) -> &'static str {
        self.0.suite().code()
    }

    /// The roster.
    #[getter]
    fn roster(&self) -> Roster {
        Roster(Arc::new(self.0.roster().clone()))
    }

    /// How many targets each stratum has: stratum, eligible, excluded.
    #[getter]
    fn counts(&self) -> Table {
        counts(self.0.roster().counts())
    }

    /// The proof that a target stands on the roster: place from 0, number of lines, hashes from the leaf upwards.
    fn inclusion(&self, id: &str) -> Answered<(u64, u64, Vec<String>)> {
        let place = self.0.roster().find(id).map_err(|_| PyKeyError::new_err(id.to_string()))?;
        let proof = self.0.inclusion(place)?;
        Ok((proof.index, proof.lines, proof.path.iter().map(ToString::to_string).collect()))
    }

    /// Whether it can be proved that an id does not stand on the roster; the proof is checked here.
    fn proves_absence(&self, id: &str) -> Answered<bool> {
        let id = TargetId::new(id)?;
        let Some(proof) = self.0.absence(&id) else { return Ok(false) };
        proof.check(self.0.suite(), &id, &self.0.root(), self.0.lines())?;
        Ok(true)
    }

    fn __len__(&self) -> usize {
        self.0.roster().len()
    }

    fn __eq__(&self, other: &Self) -> bool {
        self.0.root() == other.0.root() && self.0.key() == other.0.key()
    }

    fn __hash__(&self) -> u64 {
        hash_of(&self.0.root())
    }

    fn __repr__(&self) -> String {
        format!("<CommittedRoster of {} targets, root {}>", self.0.lines(), self.0.root())
    }
}

#[pymethods]
impl RosterRoot {
    /// A roster without rows yet, under a key of 32 secret random bytes.
    #[new]
    #[pyo3(signature = (key, suite="sha256"))]
    fn new(key: Secret<32>, suite: &str) -> PyResult<Self> {
        Ok(Self(Mutex::new(core::RosterRoot::new(self::suite(suite)?, RosterKey::new(key.0)))))
    }

    /// Appends a table, its rows sorted by id and behind those before, and gives the salts of its rows.
    #[pyo3(signature = (data, *, id="id", stratum="stratum", standing=Some("standing"), progress=None))]
    fn extend(
        &self,
        py: Python<'_>,
        data: &Bound<'_, PyAny>,
        id: &str,
        stratum: &str,
        standing: Option<&str>,
        progress: Option<&Bound<'_, PyAny>>,
    ) -> Answered<Salts> {
        let names = Names::of(id, stratum, standing);
        let mut batches = Batches::of_table(data, &names.list())?;
        // What is refused half-way leaves the roster as it was.
        let mut root = self.lock().clone();
        let from = root.lines();
        let mut salts = Vec::new();
        while let Some(part) = batches.next(py, &names.list())? {
            for slice in part.slices(SLICE) {
                let rows = py.detach(|| Rows::new(&slice))?;
                let columns = rows.columns();
                let more = py.detach(|| root.extend(&columns, Threads::available()));
                salts.extend(more.map_err(|error| renumbered(error, rows.before))?);
                self::progress(py, progress, slice.rows())?;
            }
        }
        let mut own = self.lock();
        if own.lines() != from {
            return Err(
                PyRuntimeError::new_err("another thread extended this roster meanwhile").into()
            );
        }
        *own = root;
        Ok(Salts(salts))
    }

    /// Number of rows so far.
    #[getter]
    fn lines(&self) -> u64 {
        self.lock().lines()
    }

    /// The root of all rows.
    #[getter]
    fn root(&self) -> Answered<String> {
        Ok(self.lock().root()?.to_string())
    }

    /// How many targets each stratum has: stratum, eligible, excluded.
    #[getter]
    fn counts(&self) -> Table {
        counts(&self.lock().counts())
    }

    fn __len__(&self) -> usize {
        self.lock().lines() as usize
    }

    fn __repr__(&self) -> String {
        format!("<RosterRoot of {} targets>", self.lock().lines())
    }
}

impl RosterRoot {
    pub(crate) fn lock(&self) -> std::sync::MutexGuard<'_, core::RosterRoot> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[pymethods]
impl Salts {
    fn __len__(&self) -> usize {
        self.0.len()
    }

    fn __repr__(&self) -> String {
        format!("<Salts of {} targets, secret>", self.0.len())
    }
}
