//! Codes, credit codes, and the taxonomy's labels.

use crate::arrow::{Batches, Values, Wanted};
use crate::convert::{lang, whole};
use crate::error::{Answered, Told};
use crate::table::{Column, Table};
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use yicha::citation::article as article_of;
use yicha::code::CodeError;
use yicha::explain::{Explain, Lang};
use yicha::result::{InspectionResult, Polarity};
use yicha::risk::RiskClass;
use yicha::uscc::UsccError;

/// A unified social credit code (统一社会信用代码, GB 32100-2015) that keeps all rules of the standard.
#[pyclass(frozen, eq, ord, hash, str, module = "yicha._yicha")]
#[derive(PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Uscc(yicha::uscc::Uscc);

impl std::fmt::Display for Uscc {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

#[pymethods]
impl Uscc {
    /// Reads a code. Nothing is trimmed or folded.
    #[new]
    fn new(text: &str) -> Answered<Self> {
        Ok(Self(yicha::uscc::Uscc::parse(text)?))
    }

    /// Registering authority and category, such as `91` for an enterprise.
    #[getter]
    fn category(&self) -> &str {
        self.0.category()
    }

    /// Division of the registering authority (GB/T 2260), six digits.
    #[getter]
    fn division(&self) -> &str {
        self.0.division()
    }

    /// The subject's own part, nine characters.
    #[getter]
    fn organisation(&self) -> &str {
        self.0.organisation()
    }

    fn __repr__(&self) -> String {
        format!("Uscc('{}')", self.0)
    }

    fn __getnewargs__(&self) -> (String,) {
        (self.0.to_string(),)
    }
}

/// Gives a code back, or refuses it with position and reason.
#[pyfunction]
pub(crate) fn check_code(text: &str) -> Answered<String> {
    Ok(yicha::code::check(text.as_bytes())?.into())
}

/// Whether each row is good, and the faulty rows, numbered from 1.
type Checked<E> = (Vec<bool>, Vec<(usize, E)>);

/// Goes over a column of texts.
fn faults<E: Told + Send>(
    py: Python<'_>,
    column: &Bound<'_, PyAny>,
    check: impl Fn(&[u8]) -> Result<(), E> + Sync,
) -> Answered<Checked<E>> {
    let mut batches = Batches::of_column("column", column, Wanted::Text)?;
    let (mut good, mut faults) = (Vec::new(), Vec::new());
    while let Some(part) = batches.next(py, &[])? {
        for column in &part.columns {
            py.detach(|| {
                good.reserve(column.len());
                column.each_text(|text| {
                    let checked = check(text);
                    good.push(checked.is_ok());
                    if let Err(error) = checked {
                        faults.push((good.len(), error)); // the number of the row
                    }
                })
            })?;
        }
    }
    Ok((good, faults))
}

fn fault_table<E: Explain>(faults: &[(usize, E)]) -> Table {
    let told = |lang| Values::texts(faults.iter().map(|(_, error)| error.message(lang)));
    Table::new([
        ("row", Values::Numbers(faults.iter().map(|(row, _)| *row as i64).collect())),
        ("code", Values::texts(faults.iter().map(|(_, error)| error.code()))),
        ("zh", told(Lang::Zh)),
        ("en", told(Lang::En)),
    ])
}

fn uscc(text: &[u8]) -> Result<(), UsccError> {
    yicha::uscc::Uscc::from_bytes(text).map(drop)
}

/// For each text of a column whether it is a valid credit code.
#[pyfunction]
pub(crate) fn uscc_valid(py: Python<'_>, column: &Bound<'_, PyAny>) -> Answered<Column> {
    let (good, _) = faults(py, column, uscc)?;
    Ok(Column::new("valid", Values::flags(good)))
}

/// The rows of a column that are no valid credit code: row (from 1), code, and the reason in Chinese and English.
#[pyfunction]
pub(crate) fn uscc_faults(py: Python<'_>, column: &Bound<'_, PyAny>) -> Answered<Table> {
    let (_, faults) = faults(py, column, uscc)?;
    Ok(py.detach(|| fault_table(&faults)))
}

/// The rows of a column that are no codes of the draw specification, with the reason.
#[pyfunction]
pub(crate) fn code_faults(py: Python<'_>, column: &Bound<'_, PyAny>) -> Answered<Table> {
    let check = |text: &[u8]| -> Result<(), CodeError> { yicha::code::check(text).map(drop) };
    let (_, faults) = faults(py, column, check)?;
    Ok(py.detach(|| fault_table(&faults)))
}

/// Article 21's results: (code, Chinese label, English label, polarity, needs a text).
#[pyfunction]
pub(crate) fn inspection_results()
-> Vec<(&'static str, &'static str, &'static str, &'static str, bool)> {
    let told = |result: InspectionResult| {
        let polarity = match result.polarity() {
            Polarity::NotNegative => "not-negative",
            Polarity::Negative => "negative",
            Polarity::ToBeSaid => "to-be-said",
        };
        (
            result.code(),
            result.label(Lang::Zh),
            result.label(Lang::En),
            polarity,
            result.needs_text(),
        )
    };
    InspectionResult::ALL.into_iter().map(told).collect()
}

/// The credit-risk classes, ascending: (code, Chinese label, English label, rate of Henan 2021 in basis points).
#[pyfunction]
pub(crate) fn risk_classes() -> Vec<(&'static str, &'static str, &'static str, u64)> {
    let told = |class: RiskClass| {
        (class.code(), class.label(Lang::Zh), class.label(Lang::En), class.henan_2021_rate().get())
    };
    RiskClass::ALL.into_iter().map(told).collect()
}

/// The paragraphs of an article of 宛区双随机办〔2026〕3号, in our words; the text itself is the law.
#[pyfunction]
#[pyo3(signature = (number, language=None))]
pub(crate) fn article(
    #[pyo3(from_py_with = whole)] number: i32,
    language: Option<&str>,
) -> PyResult<Vec<&'static str>> {
    let lang = lang(language)?;
    let article = u8::try_from(number).ok().and_then(article_of).ok_or_else(|| {
        PyValueError::new_err(format!("{number} is no article; 1 to 28 would be right"))
    })?;
    Ok(article.paragraphs.iter().map(|said| lang.pick(said.zh, said.en)).collect())
}
