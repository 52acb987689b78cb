//! The ledger: heads and tips, checks of a log, proofs, checkpoints, and a log as a table.

use crate::arrow::Values;
use crate::convert::{At, FileBytes, FileText, hash_of, suite, whole};
use crate::error::{Answered, Refused};
use crate::json::{Json, object, parse, text};
use crate::table::Table;
use crate::work::interruptible;
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyString};
use serde_json::Value;
use yicha::ledger::{self as core, Entry, LedgerError};
use yicha::threads::Threads;

/// A state of a ledger: how many entries, and the root over them.
#[pyclass(frozen, eq, hash, module = "yicha._yicha")]
#[derive(PartialEq, Eq, Hash)]
pub(crate) struct Head(pub(crate) core::Head);

/// What is needed to go on from a head; to be stored beside it.
#[pyclass(frozen, eq, module = "yicha._yicha")]
#[derive(PartialEq, Eq)]
pub(crate) struct Tip(pub(crate) core::Tip);

/// A head in the form of C2SP tlog-checkpoint, whose text the host's module signs.
#[pyclass(frozen, eq, module = "yicha._yicha")]
#[derive(PartialEq, Eq)]
pub(crate) struct Checkpoint(core::Checkpoint);

/// A text with signatures, C2SP signed-note. None of them is verified here.
#[pyclass(frozen, eq, module = "yicha._yicha")]
#[derive(PartialEq, Eq)]
pub(crate) struct Note(core::Note);

/// The tree of a whole log, which can prove anything about it.
#[pyclass(frozen, module = "yicha._yicha")]
pub(crate) struct Proofs(core::Proofs);

/// A head as an argument: a `Head`, or its form in JSON.
pub(crate) struct HeadOf(pub(crate) core::Head);

impl<'py> FromPyObject<'_, 'py> for HeadOf {
    type Error = PyErr;

    fn extract(object: Borrowed<'_, 'py, PyAny>) -> PyResult<Self> {
        match object.cast::<Head>() {
            Ok(head) => Ok(Self(head.get().0)),
            Err(_) => Ok(Self(parse(&object.extract()?)?)),
        }
    }
}

/// Entries: a file with one a line, or each by itself.
pub(crate) struct Log(pub(crate) Vec<Vec<u8>>);

impl<'py> FromPyObject<'_, 'py> for Log {
    type Error = PyErr;

    fn extract(object: Borrowed<'_, 'py, PyAny>) -> PyResult<Self> {
        if object.is_instance_of::<PyBytes>() || object.is_instance_of::<PyString>() {
            let FileBytes(file) = object.extract()?;
            let lines = core::lines(&file).map_err(Refused::from)?;
            return Ok(Self(lines.into_iter().map(<[u8]>::to_vec).collect()));
        }
        let entry = |entry: PyResult<Bound<'_, PyAny>>| Ok(entry?.extract::<FileBytes>()?.0);
        Ok(Self(object.try_iter()?.map(entry).collect::<PyResult<_>>()?))
    }
}

#[pymethods]
impl Head {
    /// A head of so many entries and a root in hexadecimal.
    #[new]
    fn new(#[pyo3(from_py_with = whole)] size: u64, root: &str) -> Answered<Self> {
        Ok(Self(core::Head { root: crate::convert::digest(root)?, size }))
    }

    /// Reads the form in JSON, strictly.
    #[staticmethod]
    fn parse(json: Json) -> Answered<Self> {
        Ok(Self(parse(&json)?))
    }

    /// The form in JSON.
    #[getter]
    fn json(&self) -> String {
        text(&self.0)
    }

    /// How many entries.
    #[getter]
    fn size(&self) -> u64 {
        self.0.size
    }

    /// The root over them.
    #[getter]
    fn root(&self) -> String {
        self.0.root.to_string()
    }

    fn __getnewargs__(&self) -> (u64, String) {
        (self.0.size, self.root())
    }

    fn __repr__(&self) -> String {
        format!("Head({}, '{}')", self.0.size, self.0.root)
    }
}

#[pymethods]
impl Tip {
    /// The tip of a ledger without entries.
    #[new]
    #[pyo3(signature = (suite="sha256"))]
    fn new(suite: &str) -> PyResult<Self> {
        Ok(Self(core::Tip::new(self::suite(suite)?)))
    }

    /// Reads the form in JSON, strictly.
    #[staticmethod]
    fn parse(json: Json) -> Answered<Self> {
        Ok(Self(parse(&json)?))
    }

    /// The form in JSON.
    #[getter]
    fn json(&self) -> String {
        text(&self.0)
    }

    /// The head.
    #[getter]
    fn head(&self) -> Head {
        Head(self.0.head())
    }

    /// The suite of all hashes of the ledger.
    #[getter]
    fn suite(&self) -> &'static str {
        self.0.suite().code()
    }

    /// When the last entry was recorded.
    #[getter]
    fn recorded(&self) -> Option<At> {
        self.0.recorded().map(At)
    }

    fn __reduce__<'py>(&self, py: Python<'py>) -> PyResult<(Bound<'py, PyAny>, (String,))> {
        Ok((py.get_type::<Self>().getattr("parse")?, (self.json(),)))
    }

    fn __hash__(&self) -> u64 {
        hash_of(&self.0.head())
    }

    fn __repr__(&self) -> String {
        format!("<Tip at {} entries, {}>", self.0.head().size, self.0.suite().code())
    }
}

#[pymethods]
impl Checkpoint {
    /// The checkpoint of a head; `origin` names the log, best as a URL without a scheme.
    #[new]
    #[pyo3(signature = (origin, head, suite="sha256"))]
    fn new(origin: &str, head: HeadOf, suite: &str) -> Answered<Self> {
        Ok(Self(core::Checkpoint::new(origin, head.0, self::suite(suite)?)?))
    }

    /// Reads the text that is signed, strictly. A checkpoint with signatures is a `Note`.
    #[staticmethod]
    fn parse(file: FileText) -> Answered<Self> {
        Ok(Self(core::Checkpoint::parse(&file.0)?))
    }

    /// The text to be signed.
    #[getter]
    fn text(&self) -> String {
        self.0.to_string()
    }

    /// The name of the log.
    #[getter]
    fn origin(&self) -> &str {
        self.0.origin()
    }

    /// The head.
    #[getter]
    fn head(&self) -> Head {
        Head(self.0.head)
    }

    /// The suite of the ledger.
    #[getter]
    fn suite(&self) -> &'static str {
        self.0.suite.code()
    }

    /// Checks that a whole log leads to this checkpoint, and gives the tip to go on from.
    fn verify(&self, py: Python<'_>, log: Log) -> Answered<Tip> {
        let core::Checkpoint { head, suite, .. } = self.0;
        let tip = interruptible(py, move || core::verify_log(suite, &log.0, &head))?;
        Ok(Tip(tip?))
    }

    fn __bytes__<'py>(&self, py: Python<'py>) -> Bound<'py, PyBytes> {
        PyBytes::new(py, self.0.to_string().as_bytes())
    }

    fn __str__(&self) -> String {
        self.0.to_string()
    }

    fn __hash__(&self) -> u64 {
        hash_of(&self.0.to_string())
    }

    fn __repr__(&self) -> String {
        format!("<Checkpoint of {} at {} entries>", self.0.origin(), self.0.head.size)
    }
}

/// Name of the key, the first four bytes of its hash, signature.
type Signature = (String, Vec<u8>, Vec<u8>);

#[pymethods]
impl Note {
    /// A text, which ends with a newline, with signatures: name of the key, 4 bytes of its hash, signature.
    #[new]
    fn new(text: String, signatures: Vec<Signature>) -> Answered<Self> {
        let signature = |(name, key, signature): Signature| {
            let key = <[u8; 4]>::try_from(key).map_err(|key| {
                let said =
                    format!("{} bytes of the key's hash; the first 4 would be right", key.len());
                pyo3::exceptions::PyValueError::new_err(said)
            })?;
            Ok(core::NoteSignature { name, key, signature })
        };
        let signatures = signatures.into_iter().map(signature).collect::<PyResult<_>>()?;
        // What a reader would refuse is not written.
        let written = core::Note { text, signatures }.to_string();
        Ok(Self(core::Note::parse(&written)?))
    }

    /// Reads a note, strictly.
    #[staticmethod]
    fn parse(file: FileText) -> Answered<Self> {
        Ok(Self(core::Note::parse(&file.0)?))
    }

    /// The signed text.
    #[getter]
    fn text(&self) -> &str {
        &self.0.text
    }

    /// The signed text as a checkpoint.
    #[getter]
    fn checkpoint(&self) -> Answered<Checkpoint> {
        Ok(Checkpoint(core::Checkpoint::parse(&self.0.text)?))
    }

    /// The signatures: name of the key, 4 bytes of its hash, signature.
    #[getter]
    fn signatures<'py>(
        &self,
        py: Python<'py>,
    ) -> Vec<(&str, Bound<'py, PyBytes>, Bound<'py, PyBytes>)> {
        let bytes = |bytes: &[u8]| PyBytes::new(py, bytes);
        let all = self.0.signatures.iter();
        all.map(|s| (s.name.as_str(), bytes(&s.key), bytes(&s.signature))).collect()
    }

    fn __bytes__<'py>(&self, py: Python<'py>) -> Bound<'py, PyBytes> {
        PyBytes::new(py, self.0.to_string().as_bytes())
    }

    fn __str__(&self) -> String {
        self.0.to_string()
    }

    fn __hash__(&self) -> u64 {
        hash_of(&self.0.to_string())
    }

    fn __repr__(&self) -> String {
        format!("<Note with {} signatures>", self.0.signatures.len())
    }
}

#[pymethods]
impl Proofs {
    /// The tree over stored entries, which are not read.
    #[new]
    #[pyo3(signature = (log, suite="sha256"))]
    fn new(py: Python<'_>, log: Log, suite: &str) -> PyResult<Self> {
        let suite = self::suite(suite)?;
        let tree = move || core::Proofs::new(suite, &log.0, Threads::available());
        Ok(Self(interruptible(py, tree)?))
    }

    /// The head of the log.
    #[getter]
    fn head(&self) -> Head {
        Head(self.0.head())
    }

    /// The proof that an entry, numbered from 0, stands in the log.
    fn inclusion<'py>(
        &self,
        py: Python<'py>,
        #[pyo3(from_py_with = whole)] index: u64,
    ) -> Answered<Bound<'py, PyAny>> {
        Ok(object(py, text(&self.0.inclusion(index)?).as_bytes())?)
    }

    /// The proof that the first `old` entries are the beginning of this log.
    fn consistency<'py>(
        &self,
        py: Python<'py>,
        #[pyo3(from_py_with = whole)] old: u64,
    ) -> Answered<Bound<'py, PyAny>> {
        Ok(object(py, text(&self.0.consistency(old)?).as_bytes())?)
    }

    fn __len__(&self) -> usize {
        self.0.head().size as usize
    }

    fn __repr__(&self) -> String {
        format!("<Proofs of {} entries>", self.0.head().size)
    }
}

/// Checks a whole log against a head, and gives the tip to go on from.
#[pyfunction]
#[pyo3(signature = (log, head, suite="sha256"))]
pub(crate) fn verify_log(py: Python<'_>, log: Log, head: HeadOf, suite: &str) -> Answered<Tip> {
    let suite = self::suite(suite)?;
    Ok(Tip(interruptible(py, move || core::verify_log(suite, &log.0, &head.0))??))
}

/// Checks the entries behind a tip against a later head, and gives its tip.
#[pyfunction]
pub(crate) fn verify_suffix(
    py: Python<'_>,
    tip: &Bound<'_, Tip>,
    log: Log,
    head: HeadOf,
) -> Answered<Tip> {
    let tip = tip.get().0.clone();
    Ok(Tip(interruptible(py, move || core::verify_suffix(&tip, &log.0, &head.0))??))
}

/// Checks one entry by its proof against a head, and reads it.
#[pyfunction]
#[pyo3(signature = (entry, proof, head, suite="sha256"))]
pub(crate) fn verify_entry<'py>(
    py: Python<'py>,
    entry: FileBytes,
    proof: Json,
    head: HeadOf,
    suite: &str,
) -> Answered<Bound<'py, PyAny>> {
    let proof: core::InclusionProof = parse(&proof)?;
    core::verify_entry(self::suite(suite)?, &entry.0, &proof, &head.0)?;
    Ok(object(py, &entry.0)?)
}

/// Checks that the log of `new` begins with the log of `old`.
#[pyfunction]
#[pyo3(signature = (proof, old, new, suite="sha256"))]
pub(crate) fn verify_consistency(
    proof: Json,
    old: HeadOf,
    new: HeadOf,
    suite: &str,
) -> Answered<()> {
    let proof: core::ConsistencyProof = parse(&proof)?;
    Ok(proof.verify(self::suite(suite)?, &old.0, &new.0)?)
}

/// A log, or a part of one, as a table with a row for each entry. The entries are read, and not held to a head.
#[pyfunction]
pub(crate) fn log_table(py: Python<'_>, log: Log) -> Answered<Table> {
    let read = move || {
        let entry = |(line, bytes): (u64, &Vec<u8>)| {
            Entry::parse(bytes).map_err(|fault| LedgerError::Line { line, fault })
        };
        (1..).zip(&log.0).map(entry).collect::<Result<Vec<Entry>, _>>().map(|all| table(&all))
    };
    Ok(interruptible(py, read)??)
}

fn table(entries: &[Entry]) -> Table {
    fn texts<T: AsRef<str>>(entries: &[Entry], text: impl Fn(&Entry) -> T) -> Values {
        Values::texts(entries.iter().map(text))
    }
    let names: Vec<(String, String)> = entries.iter().map(event_names).collect();
    let department =
        |e: &Entry| e.actor.department.as_ref().map_or(String::new(), |d| d.to_string());
    Table::new([
        ("sequence", Values::Numbers(entries.iter().map(|e| e.sequence as i64).collect())),
        ("recorded", Values::instants(entries.iter().map(|e| e.recorded))),
        ("effective", Values::Days(entries.iter().map(|e| e.effective.days()).collect())),
        ("actor", texts(entries, |e| e.actor.id.to_string())),
        ("department", texts(entries, department)),
        ("role", texts(entries, |e| e.actor.role.code())),
        ("purpose", texts(entries, |e| e.purpose.code())),
        ("case_kind", texts(entries, |e| e.case.kind.code())),
        ("case", texts(entries, |e| e.case.id.to_string())),
        ("area", Values::texts(names.iter().map(|(area, _)| area))),
        ("event", Values::texts(names.iter().map(|(_, event)| event))),
        ("basis", texts(entries, bases)),
        ("command", texts(entries, |e| e.command.id.to_string())),
    ])
}

/// The names under which the form of an event has its area and what happened.
fn event_names(entry: &Entry) -> (String, String) {
    let event = serde_json::to_value(&entry.event).unwrap_or_default();
    let (area, inside) = only_member(&event);
    let (event, _) = only_member(inside);
    (area.into(), event.into())
}

/// The rules of an entry.
fn bases(entry: &Entry) -> String {
    cited(&serde_json::to_value(&entry.basis).unwrap_or_default())
}

/// A rule or a list of rules in its form in JSON, as text: `article 21, decision own-edition`.
pub(crate) fn cited(basis: &Value) -> String {
    if let Value::Array(rules) = basis {
        return rules.iter().map(cited).collect::<Vec<_>>().join(", ");
    }
    let (kind, value) = only_member(basis);
    match value {
        Value::String(text) => format!("{kind} {text}"),
        number => format!("{kind} {number}"),
    }
}

/// The one member of an object with its name, or a text that stands for one without a value.
pub(crate) fn only_member(value: &Value) -> (&str, &Value) {
    match value {
        Value::Object(members) => {
            members.iter().next().map_or(("", &Value::Null), |(name, inside)| (name, inside))
        }
        Value::String(name) => (name, &Value::Null),
        _ => ("", &Value::Null),
    }
}
