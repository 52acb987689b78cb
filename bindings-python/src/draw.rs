//! The order of a draw, the draw of targets, and its files.

use crate::announcement::{Announcement, SeedFile, VoidNotice, nonces, refused};
use crate::arrow::{Batches, Part, Values};
use crate::convert::{At, FileBytes, Secret, digest, hash_of, hex, suite};
use crate::error::{Answered, Refused};
use crate::matching::{Matched, Problem};
use crate::roster::{CommittedRoster, Salts};
use crate::rows::{Names, Rows, RowsError, renumbered};
use crate::table::Table;
use crate::text_file::text_file;
use crate::work::{Watch, interruptible, watched};
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::types::PyCapsule;
use std::collections::BTreeMap;
use std::panic::resume_unwind;
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use yicha::code::{PersonCode, Stratum, TargetId};
use yicha::draw::announcement::Stage;
use yicha::draw::ceremony::{self as core, Drawn as DrawnAttempt, Inspectors, Targets};
use yicha::draw::roster::{RosterError, RosterKey};
use yicha::draw::seed::Seed;
use yicha::draw::target::{self, Salts as SaltSource, TargetDrawError, TargetOutcome, TargetTerms};
use yicha::threads::Threads;

/// An announced attempt: rule and roster are fixed, the randomness does not exist yet.
#[pyclass(frozen, eq, module = "yicha._yicha")]
#[derive(PartialEq, Eq)]
pub(crate) struct Announced(Either<core::Announced<Targets>, core::Announced<Inspectors>>);

/// An attempt whose seed is known, and with it the result.
#[pyclass(frozen, eq, module = "yicha._yicha")]
#[derive(PartialEq, Eq)]
pub(crate) struct Sealed(Either<core::Sealed<Targets>, core::Sealed<Inspectors>>);

/// A finished draw of targets.
#[pyclass(frozen, eq, module = "yicha._yicha")]
#[derive(PartialEq, Eq)]
pub(crate) struct Drawn(pub(crate) Arc<DrawnAttempt<Targets, TargetOutcome>>);

/// An attempt that was given up.
#[pyclass(frozen, eq, module = "yicha._yicha")]
#[derive(PartialEq, Eq)]
pub(crate) struct Voided(Either<core::Voided<Targets>, core::Voided<Inspectors>>);

/// The same of either stage.
#[derive(Clone, PartialEq, Eq)]
enum Either<T, I> {
    Targets(T),
    Inspectors(I),
}

macro_rules! either {
    ($value:expr, $name:ident => $body:expr) => {
        match $value {
            Either::Targets($name) => $body,
            Either::Inspectors($name) => $body,
        }
    };
    ($value:expr, $name:ident => wrap $body:expr) => {
        match $value {
            Either::Targets($name) => Either::Targets($body),
            Either::Inspectors($name) => Either::Inspectors($body),
        }
    };
}

#[pymethods]
impl Announced {
    /// The first attempt of a draw.
    #[staticmethod]
    fn first(announcement: &Announcement) -> Answered<Self> {
        let announcement = announcement.0.clone();
        Ok(Self(match announcement.stage() {
            Stage::Targets => Either::Targets(core::Announced::first(announcement)?),
            Stage::Inspectors(_) => Either::Inspectors(core::Announced::first(announcement)?),
        }))
    }

    /// Goes on with an attempt that was stored.
    #[staticmethod]
    fn resume(announcement: &Announcement) -> Answered<Self> {
        let announcement = announcement.0.clone();
        Ok(Self(match announcement.stage() {
            Stage::Targets => Either::Targets(core::Announced::resume(announcement)?),
            Stage::Inspectors(_) => Either::Inspectors(core::Announced::resume(announcement)?),
        }))
    }

    /// The announcement.
    #[getter]
    fn announcement(&self) -> Announcement {
        either!(&self.0, a => a.announcement().clone().into())
    }

    /// Makes the seed from every nonce announced and every public value, in the order announced.
    #[pyo3(signature = (nonces=BTreeMap::new(), values=Vec::new()))]
    fn seal(&self, nonces: BTreeMap<String, Secret<32>>, values: Vec<Vec<u8>>) -> Answered<Sealed> {
        let nonces = self::nonces(nonces)?;
        Ok(Sealed(either!(self.0.clone(), a => wrap a.seal(&nonces, &values).map_err(refused)?)))
    }

    /// Takes a seed file that somebody has put together.
    fn seal_with(&self, seed_file: &SeedFile) -> Answered<Sealed> {
        Ok(Sealed(
            either!(self.0.clone(), a => wrap a.seal_with(seed_file.0.clone()).map_err(refused)?),
        ))
    }

    /// Gives the attempt up before its seed is known.
    fn void(&self, reason: &str, approved_by: &str, at: At) -> Answered<Voided> {
        let (reason, by) = (reason.parse()?, PersonCode::new(approved_by)?);
        Ok(Voided(either!(self.0.clone(), a => wrap a.void(reason, by, at.0))))
    }

    fn __hash__(&self) -> u64 {
        hash_of(&either!(&self.0, a => a.announcement().digest().to_string()))
    }

    fn __repr__(&self) -> String {
        either!(&self.0, a => format!("<Announced {} {}>", a.announcement().stage(), a.announcement().digest()))
    }
}

#[pymethods]
impl Voided {
    /// The notice.
    #[getter]
    fn notice(&self) -> VoidNotice {
        either!(&self.0, v => v.notice().clone().into())
    }

    /// The digest that the next announcement has as its `previous`.
    #[getter]
    fn digest(&self) -> String {
        either!(&self.0, v => v.digest().to_string())
    }

    /// The number of the attempt that may follow.
    #[getter]
    fn next_attempt(&self) -> u64 {
        either!(&self.0, v => v.next_attempt())
    }

    /// Announces the attempt that follows.
    fn announce(&self, announcement: &Announcement) -> Answered<Announced> {
        let next = announcement.0.clone();
        Ok(Announced(either!(&self.0, v => wrap v.announce(next)?)))
    }

    fn __hash__(&self) -> u64 {
        hash_of(&self.digest())
    }

    fn __repr__(&self) -> String {
        format!("<Voided, attempt {} may follow>", self.next_attempt())
    }
}

#[pymethods]
impl Sealed {
    /// The announcement.
    #[getter]
    fn announcement(&self) -> Announcement {
        either!(&self.0, s => s.announcement().clone().into())
    }

    /// The public file of everything revealed.
    #[getter]
    fn seed_file(&self) -> SeedFile {
        either!(&self.0, s => s.seed_file().clone().into())
    }

    /// The seed.
    #[getter]
    fn seed(&self) -> String {
        either!(&self.0, s => hex(s.seed().as_bytes()))
    }

    /// Gives the attempt up after its seed is known.
    fn void(&self, reason: &str, approved_by: &str, at: At) -> Answered<Voided> {
        let (reason, by) = (reason.parse()?, PersonCode::new(approved_by)?);
        Ok(Voided(either!(self.0.clone(), s => wrap s.void(reason, by, at.0))))
    }

    /// Draws the targets from the roster announced.
    fn draw(&self, py: Python<'_>, roster: &CommittedRoster) -> Answered<Drawn> {
        let (sealed, roster) = (self.targets()?.clone(), Arc::clone(&roster.0));
        let drawn = interruptible(py, move || sealed.draw(&roster, Threads::available()))?;
        Ok(Drawn(Arc::new(drawn.map_err(refused)?)))
    }

    /// Ends a draw that was fed in batches; `key` is the roster's. That the batches were those of the root announced is
    /// not checked here.
    fn draw_fed(&self, py: Python<'_>, draw: &TargetDraw, key: Secret<32>) -> Answered<Drawn> {
        let (sealed, draw) = (self.targets()?.clone(), draw.lock().clone());
        let key = RosterKey::new(key.0);
        let drawn = interruptible(py, move || sealed.draw_fed(draw, &key, Threads::available()))?;
        Ok(Drawn(Arc::new(drawn.map_err(refused)?)))
    }

    /// Matches the inspectors of the problem announced.
    fn match_inspectors(&self, py: Python<'_>, problem: &Problem) -> Answered<Matched> {
        let Either::Inspectors(sealed) = &self.0 else {
            return Err(PyValueError::new_err("this attempt draws targets, not inspectors").into());
        };
        let (sealed, problem) = (sealed.clone(), Arc::clone(&problem.0));
        let matched = interruptible(py, move || {
            sealed.match_inspectors(&problem).map(|drawn| drawn.matched(&problem))
        })?;
        Ok(matched.map_err(refused)?.into())
    }

    fn __hash__(&self) -> u64 {
        hash_of(&self.seed())
    }

    fn __repr__(&self) -> String {
        format!("<Sealed, seed {}>", self.seed())
    }
}

impl Sealed {
    fn targets(&self) -> PyResult<&core::Sealed<Targets>> {
        match &self.0 {
            Either::Targets(sealed) => Ok(sealed),
            Either::Inspectors(_) => Err(PyValueError::new_err(
                "this attempt matches inspectors, it does not draw targets",
            )),
        }
    }
}

#[pymethods]
impl Drawn {
    /// The announcement.
    #[getter]
    fn announcement(&self) -> Announcement {
        self.0.announcement().clone().into()
    }

    /// The public file of everything revealed.
    #[getter]
    fn seed_file(&self) -> SeedFile {
        self.0.seed_file().clone().into()
    }

    /// The drawn file, for the office and auditors.
    #[getter]
    fn file(&self) -> DrawnFile {
        self.0.outcome().drawn().clone().into()
    }

    /// The public list.
    #[getter]
    fn public_list(&self) -> PublicList {
        self.0.outcome().list().clone().into()
    }

    /// The targets drawn: stratum, ticket, id.
    fn to_table(&self) -> Table {
        table(self.0.outcome().drawn())
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

    /// The slip of a target; nothing when it does not stand on the roster.
    fn slip(&self, roster: &CommittedRoster, id: &str) -> Answered<Option<Slip>> {
        let id = TargetId::new(id)?;
        Ok(self.0.outcome().slip(&roster.0, &id)?.map(Slip))
    }

    /// Gives the attempt up after its result is known.
    fn void(&self, reason: &str, approved_by: &str, at: At) -> Answered<Voided> {
        let (reason, by) = (reason.parse()?, PersonCode::new(approved_by)?);
        let drawn = Arc::clone(&self.0);
        Ok(Voided(Either::Targets(Arc::unwrap_or_clone(drawn).void(reason, by, at.0))))
    }

    fn __len__(&self) -> usize {
        self.0.outcome().drawn().len()
    }

    fn __iter__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.0.outcome().drawn().ids().into_pyobject(py)?.call_method0("__iter__")
    }

    fn __hash__(&self) -> u64 {
        hash_of(&self.0.announcement().digest().to_string())
    }

    fn __repr__(&self) -> String {
        format!("<Drawn: {} targets>", self.__len__())
    }

    fn _repr_html_(&self) -> String {
        self.to_table()._repr_html_()
    }
}

/// A draw that is fed in batches, in any order and on any number of machines.
#[pyclass(frozen, module = "yicha._yicha")]
pub(crate) struct TargetDraw(Mutex<target::TargetDraw>, bool);

impl TargetDraw {
    fn lock(&self) -> std::sync::MutexGuard<'_, target::TargetDraw> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A draw of the same kind to which nothing was fed.
    fn fresh(&self) -> target::TargetDraw {
        let terms = self.lock().terms().clone();
        if self.1 { target::TargetDraw::exact(terms) } else { target::TargetDraw::new(terms) }
    }
}

/// Rows that a core converts and draws from before it takes the next ones: few enough for its own caches, and for memory
/// that need not be asked of the system again each time.
const BLOCK: usize = 1 << 14;

/// A draw for each core of the machine.
struct Shared(Vec<target::TargetDraw>);

/// Why rows cannot be fed.
enum FeedError {
    Rows(RowsError),
    Draw(TargetDrawError),
}

impl From<FeedError> for Refused {
    fn from(error: FeedError) -> Self {
        match error {
            FeedError::Rows(error) => error.into(),
            FeedError::Draw(TargetDrawError::Roster(error)) => error.into(),
            FeedError::Draw(error) => error.into(),
        }
    }
}

impl Shared {
    fn new(draw: &target::TargetDraw) -> Self {
        let cores = thread::available_parallelism().map_or(1, usize::from);
        Self(vec![draw.clone(); cores])
    }

    /// Feeds all rows to the draws: each takes the next block when it has done one. The first row that is wrong is told.
    fn feed(
        &mut self,
        part: &Part,
        key: Option<&RosterKey>,
        salts: Option<&Salts>,
        watch: &Watch,
    ) -> Result<(), FeedError> {
        let blocks = Mutex::new(part.slices(BLOCK).enumerate());
        let fed: Vec<_> = thread::scope(|scope| {
            let feed = |draw| scope.spawn(|| feed(draw, &blocks, key, salts, watch));
            let feeding: Vec<_> = self.0.iter_mut().map(feed).collect();
            let fed = feeding
                .into_iter()
                .map(|fed| fed.join().unwrap_or_else(|panic| resume_unwind(panic)));
            fed.collect()
        });
        let wrong = fed.into_iter().filter_map(Result::err).min_by_key(|(number, _)| *number);
        wrong.map_or(Ok(()), |(_, error)| Err(error))
    }
}

/// Feeds a draw block by block, so that what has to be copied of the rows is still at hand when it is drawn from. Refused
/// is the number of a block.
fn feed(
    draw: &mut target::TargetDraw,
    blocks: &Mutex<impl Iterator<Item = (usize, Part)>>,
    key: Option<&RosterKey>,
    salts: Option<&Salts>,
    watch: &Watch,
) -> Result<(), (usize, FeedError)> {
    let next = || blocks.lock().unwrap_or_else(PoisonError::into_inner).next();
    // What was taken is done, so that of all wrong rows the first is told.
    while !watch.is_given_up()
        && let Some((number, block)) = next()
    {
        let fed = feed_block(draw, &block, key, salts).inspect_err(|_| watch.give_up());
        fed.map_err(|error| (number, error))?;
        watch.advance(block.rows());
    }
    Ok(())
}

fn feed_block(
    draw: &mut target::TargetDraw,
    block: &Part,
    key: Option<&RosterKey>,
    salts: Option<&Salts>,
) -> Result<(), FeedError> {
    let rows = Rows::new(block).map_err(FeedError::Rows)?;
    let place = block.before..block.before + block.rows();
    let given = salts.and_then(|salts| salts.0.get(place)).unwrap_or_default();
    let source = key.map_or(SaltSource::Given(given), SaltSource::Key);
    let fed = draw.feed(&rows.columns(), source, Threads::ONE);
    fed.map_err(|error| FeedError::Draw(in_table(error, block.before)))
}

/// The row of a table in place of that of a batch.
fn in_table(error: TargetDrawError, before: usize) -> TargetDrawError {
    match error {
        TargetDrawError::NoRule { row, stratum } => {
            TargetDrawError::NoRule { row: row + before as u64, stratum }
        }
        TargetDrawError::Roster(error) => TargetDrawError::Roster(renumbered(error, before)),
        other => other,
    }
}

#[pymethods]
impl TargetDraw {
    /// A draw of a sealed attempt to which nothing was fed yet; `exact` after a refusal `draw-needs-exact`.
    #[new]
    #[pyo3(signature = (sealed, *, exact=false))]
    fn new(sealed: &Sealed, exact: bool) -> Answered<Self> {
        let terms = sealed.targets()?.terms()?;
        let draw =
            if exact { target::TargetDraw::exact(terms) } else { target::TargetDraw::new(terms) };
        Ok(Self(Mutex::new(draw), exact))
    }

    /// Feeds a table of roster rows, excluded ones included, with their `salts` or the roster's `key`. `progress` is
    /// told how many more rows are done. What is refused or interrupted leaves the draw as it was.
    #[pyo3(signature = (data, *, key=None, salts=None, id="id", stratum="stratum", standing=Some("standing"),
        progress=None))]
    #[allow(clippy::too_many_arguments, reason = "options by name")]
    fn feed(
        &self,
        py: Python<'_>,
        data: &Bound<'_, PyAny>,
        key: Option<Secret<32>>,
        salts: Option<&Salts>,
        id: &str,
        stratum: &str,
        standing: Option<&str>,
        progress: Option<&Bound<'_, PyAny>>,
    ) -> Answered<()> {
        let key = key.map(|key| RosterKey::new(key.0));
        if key.is_some() == salts.is_some() {
            return Err(PyValueError::new_err(
                "either the roster's key or the salts of these rows",
            )
            .into());
        }
        let names = Names::of(id, stratum, standing);
        let mut batches = Batches::of_table(data, &names.list())?;
        let mut shared = Shared::new(&self.fresh());
        while let Some(part) = batches.next(py, &names.list())? {
            // Rows without salts are only counted.
            if salts.is_none_or(|salts| batches.rows <= salts.0.len()) {
                watched(py, progress, |watch| shared.feed(&part, key.as_ref(), salts, watch))??;
            }
        }
        if let Some(salts) = salts.filter(|salts| salts.0.len() != batches.rows) {
            let (column, found, wanted) = ("salts", salts.0.len(), batches.rows);
            return Err(RosterError::Columns { column, found, wanted }.into());
        }
        for draw in shared.0 {
            self.lock().merge(draw)?;
        }
        Ok(())
    }

    /// Takes over what another draw of the same attempt was fed.
    fn merge(&self, other: &Self) -> Answered<()> {
        let other = other.lock().clone();
        Ok(self.lock().merge(other)?)
    }

    /// What was fed and can still be drawn, as text for another machine. Internal, like the drawn file.
    #[getter]
    fn text(&self) -> String {
        self.lock().to_text()
    }

    /// Reads a part of the draw of a sealed attempt.
    #[staticmethod]
    fn parse(sealed: &Sealed, file: FileBytes) -> Answered<Self> {
        Ok(Self(Mutex::new(target::TargetDraw::parse(sealed.targets()?.terms()?, &file.0)?), false))
    }

    fn __repr__(&self) -> String {
        format!("<TargetDraw of {}>", self.lock().terms().announcement())
    }
}

/// The drawn file, for the office and auditors: who was drawn, with stratum and ticket.
#[pyclass(frozen, module = "yicha._yicha")]
pub(crate) struct DrawnFile(pub(crate) target::DrawnFile);

/// The public list: who was drawn, and the sealed cutoffs.
#[pyclass(frozen, module = "yicha._yicha")]
pub(crate) struct PublicList(yicha::draw::list::PublicList);

/// The slip of one target (告知单).
#[pyclass(frozen, module = "yicha._yicha")]
pub(crate) struct Slip(yicha::draw::slip::Slip);

fn table(drawn: &target::DrawnFile) -> Table {
    Table::new([
        ("stratum", Values::texts(drawn.targets().map(|target| target.stratum.as_str()))),
        ("ticket", Values::texts(drawn.targets().map(|target| target.ticket.to_string()))),
        ("id", Values::texts(drawn.targets().map(|target| target.id))),
    ])
}

text_file!(DrawnFile(target::DrawnFile), "DrawnFile", {
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

    /// The ids, sorted.
    #[getter]
    fn ids(&self) -> Vec<&str> {
        self.0.ids()
    }

    /// The targets drawn: stratum, ticket, id.
    fn to_table(&self) -> Table {
        table(&self.0)
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

    /// The largest ticket drawn of a stratum.
    fn cutoff(&self, stratum: &str) -> Answered<Option<String>> {
        Ok(self.0.cutoff(&Stratum::new(stratum)?).map(|ticket| ticket.to_string()))
    }

    /// The digest of the file under the suite of its draw, which the announcement names.
    fn digest(&self, suite: &str) -> PyResult<String> {
        Ok(self.0.digest(self::suite(suite)?).to_string())
    }

    fn __len__(&self) -> usize {
        self.0.len()
    }

    fn __iter__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.0.ids().into_pyobject(py)?.call_method0("__iter__")
    }
});

text_file!(PublicList(yicha::draw::list::PublicList), "PublicList", {
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

    /// The targets drawn, sorted.
    #[getter]
    fn targets(&self) -> Vec<&str> {
        self.0.targets().iter().map(TargetId::as_str).collect()
    }

    /// The targets drawn as a table of their ids.
    fn to_table(&self) -> Table {
        Table::new([("id", Values::texts(self.targets()))])
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

    /// The sealed cutoff of each stratum.
    #[getter]
    fn cutoffs(&self) -> BTreeMap<&str, String> {
        self.0
            .cutoffs()
            .iter()
            .map(|(stratum, sealed)| (stratum.as_str(), sealed.to_string()))
            .collect()
    }

    /// The digest of the file under the suite of its draw, which the announcement names.
    fn digest(&self, suite: &str) -> PyResult<String> {
        Ok(self.0.digest(self::suite(suite)?).to_string())
    }

    fn __contains__(&self, id: &str) -> bool {
        TargetId::new(id).is_ok_and(|id| self.0.contains(&id))
    }

    fn __len__(&self) -> usize {
        self.0.targets().len()
    }

    fn __iter__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.targets().into_pyobject(py)?.call_method0("__iter__")
    }
});

text_file!(Slip(yicha::draw::slip::Slip), "Slip", {
    /// The target.
    #[getter]
    fn target(&self) -> &str {
        self.0.target().as_str()
    }

    /// Its stratum.
    #[getter]
    fn stratum(&self) -> &str {
        self.0.stratum().as_str()
    }

    /// `eligible` or `excluded:<reason>`.
    #[getter]
    fn standing(&self) -> String {
        self.0.standing().to_string()
    }

    /// `drawn`, `not-drawn` or `excluded`.
    #[getter]
    fn outcome(&self) -> &'static str {
        self.0.outcome().as_str()
    }

    /// Its ticket under the suite of its draw, which the announcement names.
    fn ticket(&self, suite: &str) -> PyResult<String> {
        Ok(self.0.ticket(self::suite(suite)?).to_string())
    }

    /// Refuses a slip that does not hold against the public files.
    fn check(
        &self,
        announcement: &Announcement,
        seed_file: &SeedFile,
        public_list: &PublicList,
    ) -> Answered<()> {
        seed_file.0.check(&announcement.0)?;
        let seed = seed_file.0.seed(announcement.0.terms().suite);
        let terms = TargetTerms::new(&announcement.0, seed)?;
        self.0.check(&terms, &public_list.0)?;
        Ok(())
    }
});

/// The seed of that digest, for trying a matching.
pub(crate) fn seed(text: &str) -> Answered<Seed> {
    Ok(Seed::new(digest(text)?))
}
