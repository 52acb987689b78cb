//! Verification by somebody who was not there.

use crate::convert::lang;
use crate::error::Answered;
use crate::work::interruptible;
use pyo3::prelude::*;
use std::collections::BTreeMap;
use yicha::draw::verify::{self as core, Folder};
use yicha::explain::{Lang, Said};

/// What a verification has shown: what holds, what that rests on, and what could not be checked.
#[pyclass(frozen, eq, module = "yicha._yicha")]
#[derive(PartialEq, Eq)]
pub(crate) struct Statement(core::Statement);

fn texts(said: &[Said], language: Option<&str>) -> PyResult<Vec<String>> {
    let lang = lang(language)?;
    Ok(said.iter().map(|said| said.text(lang).to_string()).collect())
}

#[pymethods]
impl Statement {
    /// What was checked and holds.
    #[pyo3(signature = (language=None))]
    fn checked(&self, language: Option<&str>) -> PyResult<Vec<String>> {
        texts(&self.0.checked, language)
    }

    /// What that rests on.
    #[pyo3(signature = (language=None))]
    fn rests_on(&self, language: Option<&str>) -> PyResult<Vec<String>> {
        texts(&self.0.rests_on, language)
    }

    /// What could not be checked, and what would be needed for it.
    #[pyo3(signature = (language=None))]
    fn not_checked(&self, language: Option<&str>) -> PyResult<Vec<String>> {
        texts(&self.0.not_checked, language)
    }

    /// The statement in words.
    #[pyo3(signature = (language=None))]
    fn in_words(&self, language: Option<&str>) -> PyResult<String> {
        Ok(self.0.in_words(lang(language)?))
    }

    fn __hash__(&self) -> u64 {
        crate::convert::hash_of(&self.0.in_words(Lang::En))
    }

    fn __repr__(&self) -> String {
        format!(
            "<Statement: {} hold, {} could not be checked>",
            self.0.checked.len(),
            self.0.not_checked.len()
        )
    }
}

/// Verifies files by name. Gives the statement and the names that are not of a draw.
#[pyfunction]
#[pyo3(signature = (files, evidence=None))]
pub(crate) fn verify_files(
    py: Python<'_>,
    files: BTreeMap<String, Vec<u8>>,
    evidence: Option<String>,
) -> Answered<(Statement, Vec<String>)> {
    let verified = interruptible(py, move || {
        let (mut folder, mut passed_over) = (Folder::new(), Vec::new());
        for (name, bytes) in &files {
            if !folder.add(name, bytes)? {
                passed_over.push(name.clone());
            }
        }
        folder.verify(evidence.as_deref()).map(|statement| (statement, passed_over))
    })?;
    let (statement, passed_over) = verified?;
    Ok((Statement(statement), passed_over))
}
