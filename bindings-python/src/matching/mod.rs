//! The matching of inspectors: problem, result, shortage.

mod tables;

use crate::arrow::Values;
use crate::convert::{FileBytes, Secret, hash_of, lang, suite};
use crate::draw::seed;
use crate::error::{Answered, all};
use crate::table::Table;
use crate::text_file::{text_file, text_form};
use crate::work::interruptible;
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyCapsule};
use std::collections::BTreeMap;
use std::sync::Arc;
use yicha::code::{DepartmentId, InspectorId, Qualification, TargetId};
use yicha::draw::matching::{self as core, Candidate};

/// A department's matching problem: places at targets, inspectors with capacity and codes, recusals.
///
/// `targets` maps each target to its slots (`*` or codes joined by `+`), or is a table of `target` and `slot` with a row
/// for each place. `inspectors` maps each inspector to capacity and codes, or is a table of `inspector`, `capacity` and
/// `codes` (joined by `,`). `recusals` are pairs of inspector and target, or a table of both. `salt` is 16 secret random
/// bytes.
#[pyclass(frozen, eq, module = "yicha._yicha")]
#[derive(PartialEq, Eq)]
pub(crate) struct Problem(pub(crate) Arc<core::Problem>);

/// Who fills which place, for the office and auditors.
#[pyclass(frozen, module = "yicha._yicha")]
pub(crate) struct Matched(core::Matched);

/// The proof that the places of a problem cannot all be filled.
#[pyclass(frozen, eq, module = "yicha._yicha")]
#[derive(PartialEq, Eq)]
pub(crate) struct Shortage(core::Shortage, yicha::hash::Digest);

text_form!(Problem(core::Problem), Arc::new, {
    #[new]
    #[pyo3(signature = (department, *, salt, targets, inspectors, recusals=None))]
    fn new(
        py: Python<'_>,
        department: &str,
        salt: Secret<16>,
        targets: &Bound<'_, PyAny>,
        inspectors: &Bound<'_, PyAny>,
        recusals: Option<&Bound<'_, PyAny>>,
    ) -> Answered<Self> {
        let problem = core::Problem::new(
            DepartmentId::new(department)?,
            salt.0,
            tables::targets(py, targets)?,
            tables::inspectors(py, inspectors)?,
            recusals.map_or_else(|| Ok(Vec::new()), |recusals| tables::recusals(py, recusals))?,
        );
        problem.map(|problem| Self(Arc::new(problem))).map_err(all)
    }

    /// The department.
    #[getter]
    fn department(&self) -> &str {
        self.0.department().as_str()
    }

    /// The targets with their slots.
    #[getter]
    fn targets(&self) -> BTreeMap<&str, Vec<String>> {
        let slots = |i| self.0.slots(i).map(ToString::to_string).collect();
        self.0.targets().iter().enumerate().map(|(i, target)| (target.as_str(), slots(i))).collect()
    }

    /// The inspectors: inspector, capacity, codes (joined by `,`).
    #[getter]
    fn inspectors(&self) -> Table {
        let all = self.0.inspectors();
        let codes =
            |c: &Candidate| c.codes.iter().map(Qualification::as_str).collect::<Vec<_>>().join(",");
        let capacity = |c: &Candidate| i64::try_from(c.capacity).unwrap_or(i64::MAX);
        Table::new([
            ("inspector", Values::texts(all.iter().map(|c| c.inspector.as_str()))),
            ("capacity", Values::Numbers(all.iter().map(capacity).collect())),
            ("codes", Values::texts(all.iter().map(codes))),
        ])
    }

    /// The recusals: pairs of inspector and target.
    #[getter]
    fn recusals(&self) -> Vec<(String, String)> {
        self.0.recusals().map(|r| (r.inspector.to_string(), r.target.to_string())).collect()
    }

    /// The digest of the file under the suite of its draw.
    fn digest(&self, suite: &str) -> PyResult<String> {
        Ok(self.0.digest(self::suite(suite)?).to_string())
    }

    /// The shortage, if there is one: known before anything is announced. `whole` tells all that is missing, where the
    /// file of the specification tells the first. `suite` is that of the draw.
    #[pyo3(signature = (suite, *, whole=false))]
    fn shortage(&self, py: Python<'_>, suite: &str, whole: bool) -> PyResult<Option<Shortage>> {
        let (problem, suite) = (Arc::clone(&self.0), self::suite(suite)?);
        let short = interruptible(py, move || {
            let short = if whole { problem.whole_shortage() } else { problem.shortage() };
            short.map(|short| Shortage(short, problem.digest(suite)))
        })?;
        Ok(short)
    }

    /// How much each step of the algorithm has to do for a seed: open places, repairs, moves.
    fn steps(&self, py: Python<'_>, seed: &str) -> Answered<(usize, usize, usize)> {
        let (problem, seed) = (Arc::clone(&self.0), self::seed(seed)?);
        let solved =
            interruptible(py, move || problem.solve(&seed).map(|matching| matching.steps()))?;
        let steps = solved.map_err(core::MatchError::Shortage)?;
        Ok((steps.open_places, steps.repairs, steps.moves))
    }

    fn __len__(&self) -> usize {
        self.0.places()
    }

    fn __hash__(&self) -> u64 {
        hash_of(&self.0.to_text())
    }

    fn __repr__(&self) -> String {
        format!(
            "<Problem of {}: {} places at {} targets, {} inspectors>",
            self.0.department(),
            self.0.places(),
            self.0.targets().len(),
            self.0.inspectors().len()
        )
    }
});

text_file!(Matched(core::Matched), "Matched", {
    /// The digest of the announcement.
    #[getter]
    fn announcement(&self) -> String {
        self.0.announcement().to_string()
    }

    /// The seed.
    #[getter]
    fn seed(&self) -> String {
        self.0.seed().to_string()
    }

    /// Who fills which place: target, slot, inspector.
    fn to_table(&self) -> Table {
        let all = self.0.matches();
        Table::new([
            ("target", Values::texts(all.iter().map(|m| m.target.as_str()))),
            ("slot", Values::Numbers(all.iter().map(|m| m.slot as i64).collect())),
            ("inspector", Values::texts(all.iter().map(|m| m.inspector.as_str()))),
        ])
    }

    /// That table as an Arrow stream.
    #[pyo3(signature = (requested_schema=None))]
    fn __arrow_c_stream__<'py>(
        &self,
        py: Python<'py>,
        requested_schema: Option<Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyCapsule>> {
        self.to_table().__arrow_c_stream__(py, requested_schema)
    }

    /// The inspectors at a target.
    fn at(&self, target: &str) -> Answered<Vec<&str>> {
        let target = TargetId::new(target)?;
        Ok(self.0.at(&target).iter().map(|m| m.inspector.as_str()).collect())
    }

    /// Refuses a result that does not fill every place lawfully and as evenly as possible.
    fn check(&self, problem: &Problem) -> Answered<()> {
        Ok(problem.0.check(&self.0)?)
    }

    fn __len__(&self) -> usize {
        self.0.matches().len()
    }

    fn __iter__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        let matches =
            self.0.matches().iter().map(|m| (m.target.as_str(), m.slot, m.inspector.as_str()));
        matches.collect::<Vec<_>>().into_pyobject(py)?.call_method0("__iter__")
    }
});

#[pymethods]
impl Shortage {
    /// Reads the text file, strictly.
    #[staticmethod]
    fn parse(file: FileBytes) -> Answered<Self> {
        let (problem, shortage) = core::Shortage::parse(&file.0)?;
        Ok(Self(shortage, problem))
    }

    /// The text of the file.
    #[getter]
    fn text(&self) -> String {
        self.0.text_for(&self.1)
    }

    fn __bytes__<'py>(&self, py: Python<'py>) -> Bound<'py, PyBytes> {
        PyBytes::new(py, self.text().as_bytes())
    }

    /// The digest of the problem.
    #[getter]
    fn problem(&self) -> String {
        self.1.to_string()
    }

    /// The places that cannot all be filled: pairs of target and slot.
    #[getter]
    fn places(&self) -> Vec<(&str, u64)> {
        self.0.places().iter().map(|(target, slot)| (target.as_str(), *slot)).collect()
    }

    /// The inspectors who are used up to their capacity.
    #[getter]
    fn inspectors(&self) -> Vec<&str> {
        self.0.inspectors().iter().map(InspectorId::as_str).collect()
    }

    /// Refuses a proof that does not hold for the problem.
    fn check(&self, problem: &Problem) -> Answered<()> {
        Ok(self.0.check(&problem.0)?)
    }

    /// The shortage in words.
    #[pyo3(signature = (problem, language=None))]
    fn summary(&self, problem: &Problem, language: Option<&str>) -> Answered<String> {
        let lang = lang(language)?;
        Ok(self.0.summary(&problem.0)?.in_words(lang))
    }

    fn __hash__(&self) -> u64 {
        hash_of(&self.text())
    }

    fn __repr__(&self) -> String {
        format!(
            "<Shortage: {} places, {} inspectors used up>",
            self.0.places().len(),
            self.0.inspectors().len()
        )
    }
}
