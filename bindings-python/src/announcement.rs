//! Rules, announcements, seeds and void notices.

use crate::convert::{At, Secret, digest, hash_of, hex, lang, suite, whole};
use crate::draw::{Drawn, DrawnFile};
use crate::error::{Answered, Refused};
use crate::matching::Problem;
use crate::roster::{CommittedRoster, RosterRoot};
use crate::table::Table;
use crate::text_file::text_file;
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use std::collections::BTreeMap;
use yicha::code::{DepartmentId, SchemeId, Stratum};
use yicha::draw::announcement::{self as core, Commitment, Nonce, Stage, Subject, Terms};
use yicha::draw::quota::{self, BasisPoints};
use yicha::draw::roster::StratumCount;
use yicha::hash::{Digest, Suite};

/// What is drawn of one stratum: a rate in basis points, a floor, and optionally a cap.
#[pyclass(frozen, eq, module = "yicha._yicha")]
#[derive(PartialEq, Eq)]
pub(crate) struct Rule(quota::Rule);

#[pymethods]
impl Rule {
    #[new]
    #[pyo3(signature = (stratum, rate, floor=0, cap=None))]
    fn new(
        stratum: &str,
        #[pyo3(from_py_with = whole)] rate: i32,
        #[pyo3(from_py_with = whole)] floor: u64,
        #[pyo3(from_py_with = whole)] cap: Option<u64>,
    ) -> Answered<Self> {
        let told = || format!("a rate has 0 to 10000 basis points (万分比), this one has {rate}");
        let points = u64::try_from(rate).ok().and_then(BasisPoints::new);
        let rate = points.ok_or_else(|| PyValueError::new_err(told()))?;
        Ok(Self(quota::Rule { stratum: Stratum::new(stratum)?, rate, floor, cap }))
    }

    /// The stratum.
    #[getter]
    fn stratum(&self) -> &str {
        self.0.stratum.as_str()
    }

    /// Basis points.
    #[getter]
    fn rate(&self) -> u64 {
        self.0.rate.get()
    }

    /// At least so many, as far as there are.
    #[getter]
    fn floor(&self) -> u64 {
        self.0.floor
    }

    /// At most so many.
    #[getter]
    fn cap(&self) -> Option<u64> {
        self.0.cap
    }

    /// How many are drawn of so many eligible targets.
    fn quota(&self, #[pyo3(from_py_with = whole)] eligible: u64) -> u64 {
        self.0.quota(eligible)
    }

    fn __hash__(&self) -> u64 {
        hash_of(&(self.stratum(), self.rate(), self.floor(), self.cap()))
    }

    fn __repr__(&self) -> String {
        let cap = self.0.cap.map(|cap| format!(", cap={cap}")).unwrap_or_default();
        format!("Rule('{}', {}, floor={}{cap})", self.0.stratum, self.0.rate, self.0.floor)
    }
}

/// A public value that nobody can know before its due instant.
#[pyclass(frozen, eq, module = "yicha._yicha")]
#[derive(PartialEq, Eq)]
pub(crate) struct Randomness(core::Randomness);

#[pymethods]
impl Randomness {
    #[new]
    fn new(
        source: &str,
        round: &str,
        #[pyo3(from_py_with = whole)] bits: u64,
        due: At,
    ) -> Answered<Self> {
        Ok(Self(core::Randomness {
            source: source.parse()?,
            round: round.parse()?,
            bits,
            due: due.0,
        }))
    }

    /// Who publishes it.
    #[getter]
    fn source(&self) -> &str {
        self.0.source.as_str()
    }

    /// Which one it will be.
    #[getter]
    fn round(&self) -> &str {
        self.0.round.as_str()
    }

    /// How many bits of it are unpredictable.
    #[getter]
    fn bits(&self) -> u64 {
        self.0.bits
    }

    /// Before this instant nobody can know it.
    #[getter]
    fn due(&self) -> At {
        At(self.0.due)
    }

    fn __hash__(&self) -> u64 {
        hash_of(&(self.source(), self.round()))
    }

    fn __repr__(&self) -> String {
        format!(
            "Randomness({:?}, {:?}, {}, '{}')",
            self.source(),
            self.round(),
            self.bits(),
            self.0.due
        )
    }
}

/// The commitment that a department announces in place of its nonce of 32 secret random bytes.
#[pyfunction]
#[pyo3(signature = (nonce, *, scheme, stage, department, attempt=1, suite="sha256"))]
pub(crate) fn commit_nonce(
    nonce: Secret<32>,
    scheme: &str,
    stage: &str,
    department: &str,
    attempt: u64,
    suite: &str,
) -> Answered<String> {
    let (suite, stage) = (self::suite(suite)?, stage.parse::<Stage>()?);
    let (scheme, department) = (SchemeId::new(scheme)?, DepartmentId::new(department)?);
    Ok(Nonce::new(nonce.0).commit(suite, &scheme, &stage, attempt, &department).to_string())
}

/// A roster, or the root of one that was fed in batches.
#[derive(FromPyObject)]
pub(crate) enum Fixed<'py> {
    #[pyo3(annotation = "CommittedRoster")]
    Roster(Bound<'py, CommittedRoster>),
    #[pyo3(annotation = "RosterRoot")]
    Root(Bound<'py, RosterRoot>),
}

impl Fixed<'_> {
    fn told(&self) -> Answered<(Suite, Digest, u64, Vec<StratumCount>)> {
        Ok(match self {
            Self::Roster(roster) => {
                let roster = &roster.get().0;
                (roster.suite(), roster.root(), roster.lines(), roster.roster().counts().to_vec())
            }
            Self::Root(root) => {
                let root = root.get().lock();
                (root.suite(), root.root()?, root.lines(), root.counts())
            }
        })
    }
}

/// A draw, its drawn file, or the digest of that.
#[derive(FromPyObject)]
pub(crate) enum DrawnOr<'py> {
    #[pyo3(annotation = "Drawn")]
    Draw(Bound<'py, Drawn>),
    #[pyo3(annotation = "DrawnFile")]
    File(Bound<'py, DrawnFile>),
    #[pyo3(annotation = "str")]
    Digest(String),
}

impl DrawnOr<'_> {
    /// The suite of the draw, which has to be the one given.
    fn suite(&self, given: Option<Suite>) -> PyResult<Suite> {
        let own = match self {
            Self::Draw(draw) => Some(draw.get().0.announcement().terms().suite),
            Self::File(_) | Self::Digest(_) => None,
        };
        match (own, given) {
            (Some(own), Some(given)) if own != given => Err(PyValueError::new_err(format!(
                "the suite is {}, {} would be right: the targets were drawn with it",
                given.code(),
                own.code()
            ))),
            (Some(suite), _) | (None, Some(suite)) => Ok(suite),
            (None, None) => Err(PyValueError::new_err(
                "a drawn file does not say under which suite it was made; give the suite, or the draw itself",
            )),
        }
    }
}

/// A matching problem, or its digest.
#[derive(FromPyObject)]
pub(crate) enum ProblemOr<'py> {
    #[pyo3(annotation = "Problem")]
    File(Bound<'py, Problem>),
    #[pyo3(annotation = "str")]
    Digest(String),
}

/// The announcement (抽取公告): what is fixed in public before any of the randomness exists.
#[pyclass(frozen, module = "yicha._yicha")]
pub(crate) struct Announcement(pub(crate) core::Announcement);

/// The public file of everything revealed; its digest is the seed.
#[pyclass(frozen, module = "yicha._yicha")]
pub(crate) struct SeedFile(pub(crate) yicha::draw::seed::SeedFile);

/// The notice of a void attempt: the only thing that opens another one.
#[pyclass(frozen, module = "yicha._yicha")]
pub(crate) struct VoidNotice(pub(crate) yicha::draw::void::VoidNotice);

#[allow(clippy::too_many_arguments, reason = "the lines of an announcement")]
fn terms(
    suite: Suite,
    scheme: &str,
    attempt: u64,
    previous: Option<&str>,
    contributions: BTreeMap<String, String>,
    randomness: Vec<Bound<'_, Randomness>>,
    announced: At,
    reveal_by: At,
) -> Answered<Terms> {
    let contribution = |(department, digest): (String, String)| -> Answered<Commitment> {
        Ok(Commitment {
            department: DepartmentId::new(department)?,
            digest: self::digest(&digest)?,
        })
    };
    Ok(Terms {
        suite,
        scheme: SchemeId::new(scheme)?,
        attempt,
        previous: previous.map_or(Ok(Digest::ZERO), digest)?,
        contributions: contributions.into_iter().map(contribution).collect::<Answered<_>>()?,
        randomness: randomness.iter().map(|line| line.get().0.clone()).collect(),
        announced: announced.0,
        reveal_by: reveal_by.0,
    })
}

text_file!(Announcement(core::Announcement), "Announcement", {
    /// Announces a draw of targets from a roster that is fixed. A rule for each stratum of the roster.
    #[staticmethod]
    #[pyo3(signature = (roster, rules, *, scheme, announced, reveal_by, contributions=BTreeMap::new(),
        randomness=Vec::new(), attempt=1, previous=None))]
    #[allow(clippy::too_many_arguments, reason = "the lines of an announcement")]
    fn targets(
        roster: Fixed<'_>,
        rules: Vec<Bound<'_, Rule>>,
        scheme: &str,
        announced: At,
        reveal_by: At,
        contributions: BTreeMap<String, String>,
        randomness: Vec<Bound<'_, Randomness>>,
        #[pyo3(from_py_with = whole)] attempt: u64,
        previous: Option<&str>,
    ) -> Answered<Self> {
        let (suite, root, lines, counts) = roster.told()?;
        let rules = rules.iter().map(|rule| rule.get().0.clone()).collect();
        let subject = Subject::targets(root, lines, &counts, rules)?;
        let terms = terms(
            suite,
            scheme,
            attempt,
            previous,
            contributions,
            randomness,
            announced,
            reveal_by,
        )?;
        Ok(Self(core::Announcement::new(terms, subject)?))
    }

    /// Announces the matching of a department's inspectors to the drawn targets. `drawn` is the draw, its drawn file or
    /// that file's digest; only the draw itself says under which `suite` it was made.
    #[staticmethod]
    #[pyo3(signature = (department, *, drawn, problem, scheme, announced, reveal_by, contributions=BTreeMap::new(),
        randomness=Vec::new(), attempt=1, previous=None, suite=None))]
    #[allow(clippy::too_many_arguments, reason = "the lines of an announcement")]
    fn inspectors(
        department: &str,
        drawn: DrawnOr<'_>,
        problem: ProblemOr<'_>,
        scheme: &str,
        announced: At,
        reveal_by: At,
        contributions: BTreeMap<String, String>,
        randomness: Vec<Bound<'_, Randomness>>,
        #[pyo3(from_py_with = whole)] attempt: u64,
        previous: Option<&str>,
        suite: Option<&str>,
    ) -> Answered<Self> {
        let suite = drawn.suite(suite.map(self::suite).transpose()?)?;
        let department = DepartmentId::new(department)?;
        let drawn = match drawn {
            DrawnOr::Draw(draw) => draw.get().0.outcome().drawn().digest(suite),
            DrawnOr::File(file) => file.get().0.digest(suite),
            DrawnOr::Digest(text) => digest(&text)?,
        };
        let problem = match problem {
            ProblemOr::File(file) => {
                let problem = &file.get().0;
                problem.check_department(&department)?;
                problem.digest(suite)
            }
            ProblemOr::Digest(text) => digest(&text)?,
        };
        let subject = Subject::Inspectors { department, drawn, problem };
        let terms = terms(
            suite,
            scheme,
            attempt,
            previous,
            contributions,
            randomness,
            announced,
            reveal_by,
        )?;
        Ok(Self(core::Announcement::new(terms, subject)?))
    }

    /// The digest of the file.
    #[getter]
    fn digest(&self) -> String {
        self.0.digest().to_string()
    }

    /// `sha256` or `sm3`.
    #[getter]
    fn suite(&self) -> &'static str {
        self.0.terms().suite.code()
    }

    /// `targets` or `inspectors:<department>`.
    #[getter]
    fn stage(&self) -> String {
        self.0.stage().to_string()
    }

    /// The scheme.
    #[getter]
    fn scheme(&self) -> &str {
        self.0.terms().scheme.as_str()
    }

    /// The attempt, from 1.
    #[getter]
    fn attempt(&self) -> u64 {
        self.0.terms().attempt
    }

    /// When the announcement was published.
    #[getter]
    fn announced(&self) -> At {
        At(self.0.terms().announced)
    }

    /// Until when departments reveal their nonces.
    #[getter]
    fn reveal_by(&self) -> At {
        At(self.0.terms().reveal_by)
    }

    /// The public values named.
    #[getter]
    fn randomness(&self) -> Vec<Randomness> {
        self.0.terms().randomness.iter().cloned().map(Randomness).collect()
    }

    /// The commitment of each contributing department.
    #[getter]
    fn contributions(&self) -> BTreeMap<String, String> {
        let line = |line: &Commitment| (line.department.to_string(), line.digest.to_string());
        self.0.terms().contributions.iter().map(line).collect()
    }

    /// Root and number of lines of the roster; nothing for a matching.
    #[getter]
    fn roster(&self) -> Option<(String, u64)> {
        match self.0.subject() {
            Subject::Targets { root, lines, .. } => Some((root.to_string(), *lines)),
            Subject::Inspectors { .. } => None,
        }
    }

    /// The strata: stratum, eligible, rate, floor, cap (-1 for none), quota. Empty for a matching.
    #[getter]
    fn strata(&self) -> Table {
        use crate::arrow::Values;
        let strata = match self.0.subject() {
            Subject::Targets { strata, .. } => strata.as_slice(),
            Subject::Inspectors { .. } => &[],
        };
        let numbers = |number: fn(&quota::StratumQuota) -> i64| {
            Values::Numbers(strata.iter().map(number).collect())
        };
        Table::new([
            ("stratum", Values::texts(strata.iter().map(|line| line.stratum().as_str()))),
            ("eligible", numbers(|line| line.eligible() as i64)),
            ("rate", numbers(|line| line.rule().rate.get() as i64)),
            ("floor", numbers(|line| line.rule().floor as i64)),
            ("cap", numbers(|line| line.rule().cap.map_or(-1, |cap| cap as i64))),
            ("quota", numbers(|line| line.quota() as i64)),
        ])
    }

    /// Who would have had to collude: `operator`, `shared` or `public`.
    #[getter]
    fn assurance(&self) -> &'static str {
        self.0.assurance().code()
    }

    /// What the assurance means.
    #[pyo3(signature = (language=None))]
    fn assurance_in_words(&self, language: Option<&str>) -> PyResult<&'static str> {
        Ok(self.0.assurance().in_words(lang(language)?))
    }
});

/// Nonces by department.
pub(crate) fn nonces(given: BTreeMap<String, Secret<32>>) -> Answered<Vec<(DepartmentId, Nonce)>> {
    let nonce = |(department, nonce): (String, Secret<32>)| -> Answered<_> {
        Ok((DepartmentId::new(department)?, Nonce::new(nonce.0)))
    };
    given.into_iter().map(nonce).collect()
}

text_file!(SeedFile(yicha::draw::seed::SeedFile), "SeedFile", {
    /// The digest of the announcement that it names.
    #[getter]
    fn announcement(&self) -> String {
        self.0.announcement().to_string()
    }

    /// The seed: the digest of this file under the suite of its draw, which the announcement names.
    fn seed(&self, suite: &str) -> PyResult<String> {
        Ok(hex(self.0.seed(self::suite(suite)?).as_bytes()))
    }

    /// Refuses a seed file that does not follow from the announcement.
    fn check(&self, announcement: &Announcement) -> Answered<()> {
        Ok(self.0.check(&announcement.0)?)
    }
});

text_file!(VoidNotice(yicha::draw::void::VoidNotice), "VoidNotice", {
    /// The digest of the announcement that it voids.
    #[getter]
    fn announcement(&self) -> String {
        self.0.announcement.to_string()
    }

    /// How far the attempt had come: `announced`, `sealed` or `drawn`.
    #[getter]
    fn after(&self) -> &'static str {
        self.0.after.code()
    }

    /// Why.
    #[getter]
    fn reason(&self) -> &str {
        self.0.reason.as_str()
    }

    /// Who approved it.
    #[getter]
    fn approved_by(&self) -> &str {
        self.0.approved_by.as_str()
    }

    /// When.
    #[getter]
    fn at(&self) -> At {
        At(self.0.at)
    }

    /// The digest of the file under the suite of its draw: the next attempt's `previous`.
    fn digest(&self, suite: &str) -> PyResult<String> {
        Ok(self.0.digest(self::suite(suite)?).to_string())
    }
});

/// An exception of a step that was refused, without the attempt that comes back with it.
#[allow(clippy::boxed_local, reason = "as the core hands it out")]
pub(crate) fn refused<State, E: crate::error::Told>(
    refused: yicha::draw::ceremony::Refused<State, E>,
) -> Refused {
    refused.1.into()
}
