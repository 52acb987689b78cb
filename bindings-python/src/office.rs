//! The office: it decides what is asked against the head of a ledger, and answers questions.

use crate::calendar::Calendar;
use crate::convert::hash_of;
use crate::edition::{Edition, or_built_in};
use crate::error::Answered;
use crate::json::{RegisterRows, object, text};
use crate::ledger::{Head, HeadOf, Log, Tip};
use crate::unreadable::refused;
use crate::work::interruptible;
use pyo3::prelude::*;
use pyo3::types::PyBytes;
use std::sync::{PoisonError, RwLock};
use yicha::calendar::Calendar as CoreCalendar;
use yicha::office::{self as core, Answer, Decided, Reply};
use yicha::refusal::Refusal;
use yicha::register::shelf::Imported;

/// The cases of a ledger: decides requests, takes over what the host has stored, answers questions.
#[pyclass(frozen, module = "yicha._yicha")]
pub(crate) struct Office(RwLock<core::Office>);

/// A lawful request, which has changed nothing yet.
#[pyclass(frozen, module = "yicha._yicha")]
pub(crate) struct Decision(pub(crate) core::Decision);

/// Where a command stands in the ledger.
#[pyclass(frozen, eq, module = "yicha._yicha")]
#[derive(PartialEq, Eq)]
pub(crate) struct Receipt(pub(crate) core::Receipt);

/// The calendar that is asked for, or that of the State Council's notices.
pub(crate) fn or_china(calendar: Option<&Bound<'_, Calendar>>) -> CoreCalendar {
    calendar.map_or_else(CoreCalendar::china, |calendar| calendar.get().0.clone())
}

/// A decision, or the receipt for what was followed before.
pub(crate) fn answered(py: Python<'_>, answer: Answer) -> PyResult<Bound<'_, PyAny>> {
    Ok(match answer {
        Answer::Decided(decision) => Bound::new(py, Decision(decision))?.into_any(),
        Answer::Repeated(receipt) => Bound::new(py, Receipt(receipt))?.into_any(),
    })
}

#[pymethods]
impl Decision {
    /// The entries, whose bytes are to be stored as they are.
    #[getter]
    fn entries<'py>(&self, py: Python<'py>) -> Vec<Bound<'py, PyBytes>> {
        self.0.entries().iter().map(|entry| PyBytes::new(py, entry)).collect()
    }

    /// The head that the store must still have.
    #[getter]
    fn builds_on(&self) -> Head {
        Head(self.0.builds_on())
    }

    /// The head with the entries.
    #[getter]
    fn next(&self) -> Head {
        Head(self.0.next().head())
    }

    /// The tip with the entries, to be stored beside the head.
    #[getter]
    fn tip(&self) -> Tip {
        Tip(self.0.next().clone())
    }

    /// What the one who asked is given once the entries are stored.
    #[getter]
    fn receipt(&self) -> Receipt {
        Receipt(self.0.receipt().clone())
    }

    /// The decision as JSON, for a host in another process.
    #[getter]
    fn json(&self) -> String {
        text(&Reply::Decided(Decided::from(&self.0)))
    }

    fn __len__(&self) -> usize {
        self.0.entries().len()
    }

    fn __iter__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.entries(py).into_pyobject(py)?.call_method0("__iter__")
    }

    fn __repr__(&self) -> String {
        let (id, count) = (&self.0.receipt().command, self.0.entries().len());
        format!("<Decision on {id}: {count} entries behind {}>", self.0.builds_on().size)
    }
}

#[pymethods]
impl Receipt {
    /// The id of the command.
    #[getter]
    fn command(&self) -> &str {
        self.0.command.as_str()
    }

    /// The number of its first entry.
    #[getter]
    fn first(&self) -> u64 {
        self.0.first
    }

    /// How many entries it has.
    #[getter]
    fn count(&self) -> u64 {
        self.0.count
    }

    /// The form in JSON.
    #[getter]
    fn json(&self) -> String {
        text(&self.0)
    }

    fn __hash__(&self) -> u64 {
        hash_of(&(self.0.command.as_str(), self.0.first))
    }

    fn __repr__(&self) -> String {
        format!("<Receipt of {}: {} entries from {}>", self.0.command, self.0.count, self.0.first)
    }
}

/// What an office and an office with single cases have in common: `look` and `change` hand out what is locked.
macro_rules! office_methods {
    ($name:ident, { $($own:tt)* }) => {
        #[pyo3::pymethods]
        impl $name {
            /// How far the ledger has come.
            #[getter]
            fn head(&self, py: Python<'_>) -> crate::ledger::Head {
                crate::ledger::Head(self.read_tip(py).head())
            }

            /// The same with what is needed to go on; to be stored beside the head.
            #[getter]
            fn tip(&self, py: Python<'_>) -> crate::ledger::Tip {
                crate::ledger::Tip(self.read_tip(py))
            }

            /// Decides a request (ledger specification, section 5). Nothing is changed.
            ///
            /// Gives a `Decision` whose entries are to be stored, or the `Receipt` of what was followed before. Raises
            /// `Refusal` with the rule and what would be lawful.
            fn decide<'py>(
                &self,
                py: Python<'py>,
                request: crate::json::Json,
            ) -> crate::error::Answered<Bound<'py, PyAny>> {
                let answer = self.look(py, |office| office.decide_json(&request.bytes));
                let answer = answer.map_err(|refusal| crate::unreadable::refused(refusal, &request))?;
                Ok(crate::office::answered(py, answer)?)
            }

            /// Takes over a decision whose entries the host has stored. Raises `Refusal` (`head-moved`) when it builds
            /// on another head.
            fn commit(
                &self,
                py: Python<'_>,
                decision: &Bound<'_, crate::office::Decision>,
            ) -> crate::error::Answered<crate::office::Receipt> {
                let decision = decision.get().0.clone();
                Ok(crate::office::Receipt(self.change(py, |office| office.commit(decision))?))
            }

            /// Takes over stored entries behind its tip, up to the head that the store has: all of them, or none.
            /// Raises `LedgerError`.
            fn catch_up(
                &self,
                py: Python<'_>,
                log: crate::ledger::Log,
                head: crate::ledger::HeadOf,
            ) -> crate::error::Answered<()> {
                Ok(self.change(py, |office| office.catch_up(&log.0, &head.0))?)
            }

            /// Feeds a file of a draw, whose digest the ledger has or will have.
            fn feed_file(
                &self,
                py: Python<'_>,
                file: crate::convert::FileText,
            ) -> crate::error::Answered<()> {
                Ok(self.change(py, |office| office.feed_file(&file.0))?)
            }

            /// Feeds the rows of a recorded import of `items`, `targets` or `inspectors`: JSON with one row a line,
            /// dicts, or a table of any library.
            fn feed_rows(
                &self,
                py: Python<'_>,
                register: &str,
                department: &str,
                rows: &Bound<'_, PyAny>,
            ) -> crate::error::Answered<()> {
                let rows = crate::json::RegisterRows::read(register, department, rows)?;
                let (register, department, json) = (rows.register, rows.department, rows.json);
                let fed = self.change(py, |office| {
                    office.feed_rows_json(register, department, &json.bytes)
                });
                fed.map_err(|refusal| crate::unreadable::refused(refusal, &json))
            }

            /// Answers a question (ledger specification, section 7) as of the head. Raises `Refusal`.
            fn ask<'py>(
                &self,
                py: Python<'py>,
                question: crate::json::Json,
            ) -> crate::error::Answered<Bound<'py, PyAny>> {
                let answer = self.look(py, |office| office.ask_json(&question.bytes));
                let answer = answer.map_err(|refusal| crate::unreadable::refused(refusal, &question))?;
                Ok(crate::json::object(py, &answer)?)
            }

            /// What an answer lists, as tables by name, whose columns are the same whatever is in them. Raises `Refusal`.
            fn ask_tables<'py>(
                &self,
                py: Python<'py>,
                question: crate::json::Json,
            ) -> crate::error::Answered<Bound<'py, pyo3::types::PyDict>> {
                let tables = self.look(py, |office| {
                    let answer = office.ask_json(&question.bytes)?;
                    Ok(crate::answers::tables(&answer))
                });
                let tables = tables.map_err(|refusal| crate::unreadable::refused(refusal, &question))?;
                let by_name = pyo3::types::PyDict::new(py);
                for (name, table) in tables {
                    by_name.set_item(name, table)?;
                }
                Ok(by_name)
            }

            fn __len__(&self, py: Python<'_>) -> usize {
                self.read_tip(py).head().size as usize
            }

            fn __repr__(&self, py: Python<'_>) -> String {
                let head = self.read_tip(py).head();
                format!(concat!("<", stringify!($name), " at {} entries, root {}>"), head.size, head.root)
            }

            $($own)*
        }
    };
}
pub(crate) use office_methods;

impl Office {
    fn of(office: core::Office) -> Self {
        Self(RwLock::new(office))
    }

    /// Whoever waits for the lock has let go of the interpreter's.
    fn look<T: Send>(
        &self,
        py: Python<'_>,
        look: impl FnOnce(&core::Office) -> Result<T, Refusal> + Send,
    ) -> Result<T, Refusal> {
        py.detach(|| look(&self.0.read().unwrap_or_else(PoisonError::into_inner)))
    }

    fn change<T: Send>(
        &self,
        py: Python<'_>,
        change: impl FnOnce(&mut core::Office) -> T + Send,
    ) -> T {
        py.detach(|| change(&mut self.0.write().unwrap_or_else(PoisonError::into_inner)))
    }

    fn read_tip(&self, py: Python<'_>) -> yicha::ledger::Tip {
        py.detach(|| self.0.read().unwrap_or_else(PoisonError::into_inner).tip().clone())
    }
}

office_methods!(Office, {
    /// An office whose ledger has no entries. Without an edition the one of 宛区双随机办〔2026〕3号 holds, without a
    /// calendar the State Council's notices.
    #[new]
    #[pyo3(signature = (suite="sha256", *, edition=None, calendar=None))]
    fn new(
        suite: &str,
        edition: Option<&Bound<'_, Edition>>,
        calendar: Option<&Bound<'_, Calendar>>,
    ) -> PyResult<Self> {
        let suite = crate::convert::suite(suite)?;
        Ok(Self::of(core::Office::new(suite, or_built_in(edition), or_china(calendar))))
    }

    /// The office of a whole log that leads to `head`. Raises `LedgerError`.
    #[staticmethod]
    #[pyo3(signature = (log, head, suite="sha256", *, edition=None, calendar=None))]
    fn replay(
        py: Python<'_>,
        log: Log,
        head: HeadOf,
        suite: &str,
        edition: Option<&Bound<'_, Edition>>,
        calendar: Option<&Bound<'_, Calendar>>,
    ) -> Answered<Self> {
        let suite = crate::convert::suite(suite)?;
        let (edition, calendar) = (or_built_in(edition), or_china(calendar));
        let replay = move || core::Office::replay(suite, edition, calendar, &log.0, &head.0);
        Ok(Self::of(interruptible(py, replay)??))
    }

    /// The office of a snapshot, at the tip at which it was made; rows and files are fed again. Raises `Refusal`.
    #[staticmethod]
    #[pyo3(signature = (snapshot, *, edition=None, calendar=None))]
    fn restore(
        py: Python<'_>,
        snapshot: crate::convert::FileBytes,
        edition: Option<&Bound<'_, Edition>>,
        calendar: Option<&Bound<'_, Calendar>>,
    ) -> Answered<Self> {
        let (edition, calendar) = (or_built_in(edition), or_china(calendar));
        let restored = py.detach(|| core::Office::restore(&snapshot.0, edition, calendar));
        Ok(Self::of(restored.map_err(Refusal::from)?))
    }

    /// The office as bytes, without rows and files. A snapshot is a cache; the ledger is the truth.
    fn snapshot<'py>(&self, py: Python<'py>) -> Answered<Bound<'py, PyBytes>> {
        let bytes = self.look(py, |office| Ok(office.snapshot()?))?;
        Ok(PyBytes::new(py, &bytes))
    }

    /// What the command for an import of these rows says: department, count and digest.
    fn imported<'py>(
        &self,
        py: Python<'py>,
        register: &str,
        department: &str,
        rows: &Bound<'py, PyAny>,
    ) -> Answered<Bound<'py, PyAny>> {
        let RegisterRows { register, department, json } =
            RegisterRows::read(register, department, rows)?;
        let suite = self.read_tip(py).suite();
        let imported = py.detach(|| Imported::of_json(suite, register, department, &json.bytes));
        let imported = imported.map_err(|fault| refused(fault.into(), &json))?;
        Ok(object(py, text(&imported).as_bytes())?)
    }
});
