//! Errors of the core as exceptions of `yicha.errors`: code, basis and both sentences are carried over as they are.

use crate::unreadable::Unreadable;
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyList};
use yicha::calendar::{NoticeError, OutOfRange};
use yicha::citation::Basis;
use yicha::code::CodeError;
use yicha::date::DateError;
use yicha::draw::announcement::{FreeTextError, StageError};
use yicha::draw::ceremony::CeremonyError;
use yicha::draw::matching::{MatchError, MatchedError, ProblemError, ShortageError};
use yicha::draw::roster::{AbsenceError, MAX_FAULTS, RosterError};
use yicha::draw::seed::SeedError;
use yicha::draw::slip::SlipError;
use yicha::draw::target::TargetDrawError;
use yicha::draw::text::FileError;
use yicha::draw::verify::Failure;
use yicha::edition::{EditionFault, OutsideEdition};
use yicha::explain::{Explain, Lang};
use yicha::hash::DigestError;
use yicha::ledger::{Fault, LedgerError, NoteError};
use yicha::merkle::ProofError;
use yicha::refusal::{Refusal, Refuse};
use yicha::register::RowFault;
use yicha::uscc::UsccError;

/// An error that has a class in `yicha.errors`.
pub(crate) trait Told: Explain {
    /// The name of the class.
    const CLASS: &'static str;

    /// The offending values, by name.
    fn values(&self, _values: &Bound<'_, PyDict>) -> PyResult<()> {
        Ok(())
    }
}

/// An exception, made of any error with a class or of another exception.
pub(crate) struct Refused(PyErr);

pub(crate) type Answered<T> = Result<T, Refused>;

impl<E: Told> From<E> for Refused {
    fn from(error: E) -> Self {
        Self(Python::attach(|py| exception(py, &error).unwrap_or_else(|failed| failed)))
    }
}

impl From<PyErr> for Refused {
    fn from(error: PyErr) -> Self {
        Self(error)
    }
}

impl From<pyo3::CastError<'_, '_>> for Refused {
    fn from(error: pyo3::CastError<'_, '_>) -> Self {
        Self(error.into())
    }
}

impl From<Refused> for PyErr {
    fn from(refused: Refused) -> Self {
        refused.0
    }
}

fn exception<E: Told>(py: Python<'_>, error: &E) -> PyResult<PyErr> {
    let class = py.import("yicha.errors")?.getattr(E::CLASS)?;
    let values = PyDict::new(py);
    error.values(&values)?;
    let basis = error.basis();
    let article = match basis {
        Basis::Article(number) => Some(number),
        _ => None,
    };
    let cited = |lang| basis.cite(lang).to_string();
    let said = (error.message(Lang::Zh), error.message(Lang::En));
    let arguments =
        (error.code(), said.0, said.1, article, cited(Lang::Zh), cited(Lang::En), values);
    Ok(PyErr::from_value(class.call1(arguments)?))
}

/// Several errors of one kind as one exception: the first, and the rest of them in `.values["others"]`, of very many only
/// some, and how many `"more"` there are.
pub(crate) fn all<E: Told>(errors: Vec<E>) -> Refused {
    Python::attach(|py| {
        let exceptions: PyResult<Vec<PyErr>> =
            errors.iter().take(MAX_FAULTS).map(|error| exception(py, error)).collect();
        let told = exceptions.and_then(|exceptions| {
            let values: Vec<_> = exceptions.iter().map(|error| error.value(py)).collect();
            let Some(first) = values.first() else {
                return Ok(pyo3::exceptions::PyRuntimeError::new_err("refused without a reason"));
            };
            if let others @ [_, ..] = &values[1..] {
                first.getattr("values")?.set_item("others", PyList::new(py, others)?)?;
            }
            if let more @ 1.. = errors.len().saturating_sub(MAX_FAULTS) {
                first.getattr("values")?.set_item("more", more)?;
            }
            Ok(PyErr::from_value((*first).clone().into_any()))
        });
        Refused(told.unwrap_or_else(|failed| failed))
    })
}

macro_rules! told {
    ($($error:ty => $class:literal $(, |$this:ident, $values:ident| $body:expr)?;)*) => {$(
        impl Told for $error {
            const CLASS: &'static str = $class;
            $(
                fn values(&self, $values: &Bound<'_, PyDict>) -> PyResult<()> {
                    let $this = self;
                    $body
                }
            )?
        }
    )*};
}

told! {
    CodeError => "CodeError", |error, values| match error {
        CodeError::TooLong { len } => values.set_item("len", len),
        CodeError::Character { position, found } => {
            values.set_item("position", position)?;
            values.set_item("found", found)
        }
        CodeError::NotUtf8 { position } => values.set_item("position", position),
        _ => Ok(()),
    };
    UsccError => "UsccError", |error, values| match error {
        UsccError::Length { found } => values.set_item("found", found),
        UsccError::Character { position, found } => {
            values.set_item("position", position)?;
            values.set_item("found", found)
        }
        UsccError::Check { found, wanted } => {
            values.set_item("found", found)?;
            values.set_item("wanted", wanted)
        }
        _ => Ok(()),
    };
    DateError => "CalendarError", |error, values| values.set_item("found", &error.found);
    OutOfRange => "CalendarError", |error, values| {
        values.set_item("date", error.date.to_string())?;
        values.set_item("workdays", error.workdays)
    };
    NoticeError => "CalendarError";
    FileError => "FileError", |error, values| values.set_item("line", error.line);
    FreeTextError => "FileError", |error, values| values.set_item("found", &error.found);
    StageError => "FileError", |error, values| values.set_item("found", &error.found);
    DigestError => "FileError", |error, values| values.set_item("found", &error.found);
    RosterError => "RosterError", |error, values| roster_values(error, values);
    AbsenceError => "ProofError";
    ProofError => "ProofError";
    SeedError => "SeedError", |error, values| match error {
        SeedError::NotRevealed { department, .. }
        | SeedError::WrongNonce { department, .. }
        | SeedError::NotAnnounced { department } => values.set_item("department", department.as_str()),
        SeedError::NoValue { source_name, round } | SeedError::ValueLength { source_name, round, .. } => {
            values.set_item("source", source_name)?;
            values.set_item("round", round)
        }
        _ => Ok(()),
    };
    CeremonyError => "CeremonyError";
    TargetDrawError => "DrawError", |error, values| match error {
        TargetDrawError::Roster(error) => roster_values(error, values),
        TargetDrawError::NoRule { row, stratum } => {
            values.set_item("row", row)?;
            values.set_item("stratum", stratum.as_str())
        }
        TargetDrawError::StratumWithoutRule { stratum }
        | TargetDrawError::StratumWithTwoRules { stratum } => {
            values.set_item("stratum", stratum.as_str())
        }
        TargetDrawError::Lines { found, announced } => {
            values.set_item("found", found)?;
            values.set_item("announced", announced)
        }
        TargetDrawError::Eligible { stratum, found, announced } => {
            values.set_item("stratum", stratum.as_str())?;
            values.set_item("found", found)?;
            values.set_item("announced", announced)
        }
        TargetDrawError::Duplicate { id } => values.set_item("id", id),
        _ => Ok(()),
    };
    EditionFault => "EditionError", |error, values| {
        values.set_item("place", &error.place)?;
        values.set_item("found", &error.found)
    };
    OutsideEdition => "EditionError", |error, values| refused_values(error, values);
    Refusal => "Refusal", |error, values| refused_values(error, values);
    RowFault => "Refusal", |error, values| refused_values(error, values);
    Unreadable => "Refusal", |error, values| refused_values(&error.en, values);
    LedgerError => "LedgerError", |error, values| match error {
        LedgerError::Line { line, .. } => values.set_item("line", line),
        LedgerError::Unfinished { id } => values.set_item("command", id.as_str()),
        LedgerError::Head { found, wanted } => {
            values.set_item("found", (found.size, found.root.to_string()))?;
            values.set_item("wanted", (wanted.size, wanted.root.to_string()))
        }
        _ => Ok(()),
    };
    Fault => "LedgerError";
    NoteError => "LedgerError", |error, values| {
        values.set_item("line", error.line)?;
        values.set_item("found", &error.found)
    };
    ProblemError => "MatchingError";
    MatchError => "MatchingError", |error, values| match error {
        MatchError::OtherDepartment { found, announced } => {
            values.set_item("found", found.as_str())?;
            values.set_item("announced", announced.as_str())
        }
        MatchError::Shortage(shortage) => values.set_item("places", shortage.places().len()),
        _ => Ok(()),
    };
    MatchedError => "MatchingError";
    ShortageError => "MatchingError";
    SlipError => "SlipError";
    Failure => "VerificationError", |error, values| match error {
        Failure::Missing { file } | Failure::Differs { file, .. } => values.set_item("file", file),
        Failure::File { file, error } => {
            values.set_item("file", file)?;
            values.set_item("line", error.line)
        }
        _ => Ok(()),
    };
}

fn refused_values(error: &impl Refuse, values: &Bound<'_, PyDict>) -> PyResult<()> {
    // The core's refusals have texts; a row is a number here as in all other errors.
    error.values().into_iter().try_for_each(|(name, value)| match (name, value.parse::<u64>()) {
        ("row", Ok(row)) => values.set_item(name, row),
        _ => values.set_item(name, value),
    })
}

fn roster_values(error: &RosterError, values: &Bound<'_, PyDict>) -> PyResult<()> {
    let py = values.py();
    match error {
        RosterError::Rows { faults, more } => {
            let rows = PyList::empty(py);
            for fault in faults {
                let row = PyDict::new(py);
                row.set_item("row", fault.row)?;
                row.set_item("code", fault.problem.code())?;
                row.set_item("zh", fault.problem.message(Lang::Zh))?;
                row.set_item("en", fault.problem.message(Lang::En))?;
                rows.append(row)?;
            }
            values.set_item("rows", rows)?;
            values.set_item("more", more)
        }
        RosterError::Columns { column, found, wanted } => {
            values.set_item("column", column)?;
            values.set_item("found", found)?;
            values.set_item("wanted", wanted)
        }
        _ => Ok(()),
    }
}
