//! The announcement (抽取公告): what is fixed in public before any of the randomness exists. Draw-spec section 4.

use super::quota::{BasisPoints, Rule, StratumQuota};
use super::roster::StratumCount;
use super::target::TargetDrawError;
use super::text::{FileError, FileFault, Reader, Writer};
use crate::citation::Basis;
use crate::code::{DepartmentId, SchemeId, Stratum};
use crate::date::Instant;
use crate::explain::{Explain, Lang, Said};
use crate::hash::{Digest, Suite};
use crate::order::sort_by;
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::fmt;

const TITLE: &str = "yicha-announcement/1";

/// The rule and the numbers of a draw, published before its randomness exists.
///
/// A value of this type keeps all rules of the specification; [`Announcement::new`] and
/// [`Announcement::parse`] refuse everything else.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Announcement {
    terms: Terms,
    subject: Subject,
}

/// What the announcements of both stages say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Terms {
    /// The hash function of the whole draw.
    pub suite: Suite,
    /// The scheme that is drawn for.
    pub scheme: SchemeId,
    /// 1, 2, ... for the same scheme and stage.
    pub attempt: u64,
    /// Digest of the previous attempt's void notice; [`Digest::ZERO`] for attempt 1.
    pub previous: Digest,
    /// A commitment of each contributing department, sorted by department.
    pub contributions: Vec<Commitment>,
    /// Public values that nobody can know yet, in the order chosen.
    pub randomness: Vec<Randomness>,
    /// When the announcement is published.
    pub announced: Instant,
    /// Until when the departments reveal their nonces.
    pub reveal_by: Instant,
}

/// What is drawn, and from what.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Subject {
    /// Inspection targets, from a roster that only its root describes in public.
    Targets {
        /// Root of the roster.
        root: Digest,
        /// Rows of the roster, at least 1.
        lines: u64,
        /// Rule, number of eligible targets and quota of each stratum, sorted by stratum.
        strata: Vec<StratumQuota>,
    },
    /// Inspectors of one department, for the targets drawn.
    Inspectors {
        /// The department that matches its inspectors.
        department: DepartmentId,
        /// Digest of the drawn file.
        drawn: Digest,
        /// Digest of the department's matching problem.
        problem: Digest,
    },
}

impl Subject {
    /// The draw from a roster with this root, of which `counts` tells the strata. Rules come in any order.
    ///
    /// # Errors
    /// A stratum with two rules, or one that occurs and has none: what was announced could never be drawn.
    pub fn targets(
        root: Digest,
        lines: u64,
        counts: &[StratumCount],
        mut rules: Vec<Rule>,
    ) -> Result<Self, TargetDrawError> {
        let ruled = |stratum: &Stratum| rules.iter().any(|rule| rule.stratum == *stratum);
        if let Some(count) = counts.iter().find(|count| !ruled(&count.stratum)) {
            let stratum = count.stratum.clone();
            return Err(TargetDrawError::StratumWithoutRule { stratum });
        }
        sort_by(&mut rules, |a, b| a.stratum.cmp(&b.stratum));
        if let Some(pair) = rules.windows(2).find(|pair| pair[0].stratum == pair[1].stratum) {
            let stratum = pair[0].stratum.clone();
            return Err(TargetDrawError::StratumWithTwoRules { stratum });
        }
        let apply = |rule: Rule| {
            let count = counts.iter().find(|count| count.stratum == rule.stratum);
            rule.apply(count.map_or(0, |count| count.eligible))
        };
        Ok(Self::Targets { root, lines, strata: rules.into_iter().map(apply).collect() })
    }
}

/// A department's promise to use the nonce that it hides.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Commitment {
    /// The department.
    pub department: DepartmentId,
    /// Digest of its nonce; see [`Nonce::commit`].
    pub digest: Digest,
}

/// 32 secret random bytes of one department, for one attempt of one draw. Not shown by `Debug`.
#[derive(Clone, PartialEq, Eq)]
pub struct Nonce([u8; 32]);

impl Nonce {
    /// A nonce of these bytes. They have to come from a source that nobody can guess.
    pub const fn new(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// The secret bytes.
    pub const fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// The commitment to this nonce for one attempt.
    pub fn commit(
        &self,
        suite: Suite,
        scheme: &SchemeId,
        stage: &Stage,
        attempt: u64,
        department: &DepartmentId,
    ) -> Digest {
        let head = format!("yicha-nonce/1\n{scheme}\t{stage}\t{attempt}\t{department}\n");
        suite.digest(&[head.as_bytes(), &self.0])
    }
}

impl fmt::Debug for Nonce {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Nonce(secret)")
    }
}

/// A public value that nobody can know before its due instant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Randomness {
    /// Who publishes it, such as `drand-quicknet`.
    pub source: FreeText,
    /// Which one it will be.
    pub round: FreeText,
    /// How many bits of it are unpredictable.
    pub bits: u64,
    /// Before this instant nobody can know it.
    pub due: Instant,
}

/// 1 to 128 bytes of UTF-8 without control characters.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct FreeText(String);

impl FreeText {
    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A text that is not 1 to 128 bytes of UTF-8 without control characters.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{found:?} is not a text of 1 to 128 bytes without control characters")]
pub struct FreeTextError {
    /// The text found.
    pub found: String,
}

impl Explain for FreeTextError {
    fn code(&self) -> &'static str {
        "free-text"
    }

    fn basis(&self) -> Basis {
        Basis::DrawSpec(1)
    }

    fn message(&self, lang: Lang) -> String {
        match lang {
            Lang::En => self.to_string(),
            Lang::Zh => format!("{:?}不是1至128字节、不含控制字符的文字", self.found),
        }
    }
}

impl core::borrow::Borrow<str> for FreeText {
    fn borrow(&self) -> &str {
        &self.0
    }
}

impl core::str::FromStr for FreeText {
    type Err = FreeTextError;
    fn from_str(text: &str) -> Result<Self, FreeTextError> {
        let legal = (1..=128).contains(&text.len()) && !text.contains(char::is_control);
        if legal { Ok(Self(text.into())) } else { Err(FreeTextError { found: text.into() }) }
    }
}

impl fmt::Display for FreeText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Which of the two draws of a scheme.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Stage {
    /// The initiator's draw of targets.
    Targets,
    /// A department's matching of its inspectors.
    Inspectors(DepartmentId),
}

impl fmt::Display for Stage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Targets => f.write_str("targets"),
            Self::Inspectors(department) => write!(f, "inspectors:{department}"),
        }
    }
}

/// A text that is not a stage.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{found:?} is not targets or inspectors:<department id>")]
pub struct StageError {
    /// The text found.
    pub found: String,
}

impl Explain for StageError {
    fn code(&self) -> &'static str {
        "stage"
    }

    fn basis(&self) -> Basis {
        Basis::DrawSpec(4)
    }

    fn message(&self, lang: Lang) -> String {
        match lang {
            Lang::En => self.to_string(),
            Lang::Zh => format!("{:?}不是targets或inspectors:<部门代码>", self.found),
        }
    }
}

impl core::str::FromStr for Stage {
    type Err = StageError;
    fn from_str(text: &str) -> Result<Self, StageError> {
        match text.strip_prefix("inspectors:").map(DepartmentId::new) {
            Some(Ok(department)) => Ok(Self::Inspectors(department)),
            None if text == "targets" => Ok(Self::Targets),
            _ => Err(StageError { found: text.into() }),
        }
    }
}

/// Who would have had to collude to steer the seed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Assurance {
    /// It rests on the word of the one who ran the draw.
    Operator,
    /// Steering needs all contributing departments together.
    Shared,
    /// Nobody can steer it.
    Public,
}

impl Assurance {
    /// The stable code: `operator`, `shared` or `public`.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Operator => "operator",
            Self::Shared => "shared",
            Self::Public => "public",
        }
    }

    /// What it means, in a sentence.
    pub const fn in_words(self, lang: Lang) -> &'static str {
        let (zh, en) = match self {
            Self::Operator => (
                "未经验证：结果是否公正，只凭组织抽取的一方的说法。",
                "Unverified: that it was fair rests on the word of the one who ran it.",
            ),
            Self::Shared => (
                "除非所有贡献随机数的部门串通，否则无法操纵结果。",
                "It cannot be steered unless all contributing departments collude.",
            ),
            Self::Public => (
                "采用事先指定的公开随机数，任何人都无法操纵结果。",
                "It uses public randomness named beforehand; nobody can steer it.",
            ),
        };
        lang.pick(zh, en)
    }
}

impl Announcement {
    /// Announces a draw.
    ///
    /// # Errors
    /// The rule of the specification that the terms break; the line is that of the text they would make.
    pub fn new(terms: Terms, subject: Subject) -> Result<Self, FileError> {
        let announcement = Self { terms, subject };
        // One place knows the rules: the parser.
        Self::parse(announcement.to_text().as_bytes())
    }

    /// What is said of either stage.
    pub const fn terms(&self) -> &Terms {
        &self.terms
    }

    /// What is drawn, and from what.
    pub const fn subject(&self) -> &Subject {
        &self.subject
    }

    /// Which of the two draws it is.
    pub fn stage(&self) -> Stage {
        match &self.subject {
            Subject::Targets { .. } => Stage::Targets,
            Subject::Inspectors { department, .. } => Stage::Inspectors(department.clone()),
        }
    }

    /// The commitment that a department's nonce makes under this announcement.
    pub fn commitment(&self, department: &DepartmentId, nonce: &Nonce) -> Digest {
        let Terms { suite, scheme, attempt, .. } = &self.terms;
        nonce.commit(*suite, scheme, &self.stage(), *attempt, department)
    }

    /// What the draw's fairness rests on; it follows from the announcement alone (section 5).
    pub fn assurance(&self) -> Assurance {
        let bits = self.terms.randomness.iter().fold(0u64, |sum, r| sum.saturating_add(r.bits));
        match self.terms.contributions.len() {
            _ if bits >= 20 => Assurance::Public,
            0 | 1 => Assurance::Operator,
            _ => Assurance::Shared,
        }
    }

    /// Digest of the text file.
    pub fn digest(&self) -> Digest {
        self.terms.suite.digest(&[self.to_text().as_bytes()])
    }

    /// The text file.
    pub fn to_text(&self) -> String {
        let terms = &self.terms;
        let mut file = Writer::new();
        file.line(&[&TITLE])
            .line(&[&"suite", &terms.suite.code()])
            .line(&[&"stage", &self.stage()])
            .line(&[&"scheme", &terms.scheme])
            .line(&[&"attempt", &terms.attempt])
            .line(&[&"previous", &terms.previous]);
        match &self.subject {
            Subject::Targets { root, lines, strata } => {
                file.line(&[&"roster", root, lines]);
                for line in strata {
                    let Rule { stratum, rate, floor, cap } = line.rule();
                    let cap = cap.map_or("-".into(), |cap| cap.to_string());
                    let (eligible, quota) = (line.eligible(), line.quota());
                    file.line(&[&"stratum", stratum, &eligible, rate, floor, &cap, &quota]);
                }
            }
            Subject::Inspectors { drawn, problem, .. } => {
                file.line(&[&"drawn", drawn]).line(&[&"problem", problem]);
            }
        }
        for Commitment { department, digest } in &terms.contributions {
            file.line(&[&"contribution", department, digest]);
        }
        for Randomness { source, round, bits, due } in &terms.randomness {
            file.line(&[&"randomness", source, round, bits, due]);
        }
        file.line(&[&"announced", &terms.announced]).line(&[&"reveal-by", &terms.reveal_by]);
        file.finish()
    }

    /// Reads the text file.
    ///
    /// # Errors
    /// The first line that the specification would not have written, with the reason.
    pub fn parse(bytes: &[u8]) -> Result<Self, FileError> {
        let mut file = Reader::new(bytes, Some(TITLE))?;
        let [name] = file.fields("suite")?;
        let suite = Suite::from_code(name)
            .ok_or_else(|| file.field_fault(2, name, Said::new("sha256或sm3", "sha256 or sm3")))?;
        let stage = parse_stage(&mut file)?;
        let [scheme] = file.fields("scheme")?;
        let scheme = file.parse(2, scheme)?;
        let (attempt, previous) = parse_attempt(&mut file)?;
        let subject = match stage {
            Stage::Targets => parse_targets(&mut file)?,
            Stage::Inspectors(department) => {
                let [drawn] = file.fields("drawn")?;
                let drawn = file.parse(2, drawn)?;
                let [problem] = file.fields("problem")?;
                let problem = file.parse(2, problem)?;
                Subject::Inspectors { department, drawn, problem }
            }
        };
        let contributions = parse_contributions(&mut file)?;
        let (randomness, first_due) = parse_randomness(&mut file)?;
        let [announced] = file.fields("announced")?;
        let announced: Instant = file.parse(2, announced)?;
        if contributions.is_empty() && randomness.is_empty() {
            let wanted = Said::new(
                "此前至少一行contribution或randomness",
                "at least one contribution or randomness line before this one",
            );
            return Err(file.expected(wanted, Some("announced")));
        }
        let [text] = file.fields("reveal-by")?;
        let reveal_by: Instant = file.parse(2, text)?;
        if announced >= reveal_by {
            return Err(file.field_fault(
                2,
                text,
                Said::new(format!("晚于{announced}"), format!("after {announced}")),
            ));
        }
        if let Some(due) = first_due.filter(|&due| reveal_by >= due) {
            let wanted = Said::new(
                format!("早于{due}，此后公开随机数即可为人所知"),
                format!("before {due}, when the public value may become known"),
            );
            return Err(file.field_fault(2, text, wanted));
        }
        file.end()?;
        let terms = Terms {
            suite,
            scheme,
            attempt,
            previous,
            contributions,
            randomness,
            announced,
            reveal_by,
        };
        Ok(Self { terms, subject })
    }
}

fn parse_stage(file: &mut Reader<'_>) -> Result<Stage, FileError> {
    let [text] = file.fields("stage")?;
    file.parse(2, text)
}

fn parse_attempt(file: &mut Reader<'_>) -> Result<(u64, Digest), FileError> {
    let [text] = file.fields("attempt")?;
    let attempt = file.number(2, text)?;
    if attempt == 0 {
        return Err(file.field_fault(2, text, Said::new("1或更大", "1 or more")));
    }
    let [text] = file.fields("previous")?;
    let previous = file.parse(2, text)?;
    let wanted = match (attempt == 1, previous == Digest::ZERO) {
        (true, false) => Said::new("64个零（第1次抽取）", "64 zeros in attempt 1"),
        (false, true) => Said::new(
            "上一次抽取作废通知的摘要",
            "the digest of the previous attempt's void notice",
        ),
        _ => return Ok((attempt, previous)),
    };
    Err(file.field_fault(2, text, wanted))
}

fn parse_targets(file: &mut Reader<'_>) -> Result<Subject, FileError> {
    let [root, text] = file.fields("roster")?;
    let root = file.parse(2, root)?;
    let lines = file.number(3, text)?;
    if lines == 0 {
        let wanted =
            Said::new("1或更大：空名录无从抽取", "1 or more: an empty roster cannot be drawn from");
        return Err(file.field_fault(3, text, wanted));
    }
    let mut strata: Vec<StratumQuota> = Vec::new();
    let mut eligible_sum = 0u64;
    while file.at("stratum") {
        let [stratum, eligible_text, rate_text, floor, cap, quota] = file.fields("stratum")?;
        let stratum: Stratum = file.parse(2, stratum)?;
        file.ascending(strata.last().map(StratumQuota::stratum), &stratum)?;
        let eligible = file.number(3, eligible_text)?;
        eligible_sum =
            eligible_sum.checked_add(eligible).filter(|&sum| sum <= lines).ok_or_else(|| {
                let wanted = Said::new(
                    format!("使各分层合计不超过{lines}的数"),
                    format!("such that all strata have at most {lines} together"),
                );
                file.field_fault(3, eligible_text, wanted)
            })?;
        let rate = BasisPoints::new(file.number(4, rate_text)?)
            .ok_or_else(|| file.field_fault(4, rate_text, Said::new("0至10000", "0 to 10000")))?;
        let floor = file.number(5, floor)?;
        let cap = if cap == "-" { None } else { Some(file.number(6, cap)?) };
        let line = Rule { stratum, rate, floor, cap }.apply(eligible);
        if file.number(7, quota)? != line.quota() {
            let right = line.quota();
            let wanted = Said::new(format!("名额{right}"), format!("the quota {right}"));
            return Err(file.field_fault(7, quota, wanted));
        }
        strata.push(line);
    }
    if strata.is_empty() {
        // A roster has rows, each row has a stratum, and each stratum has a rule.
        file.fields::<6>("stratum")?;
    }
    Ok(Subject::Targets { root, lines, strata })
}

fn parse_contributions(file: &mut Reader<'_>) -> Result<Vec<Commitment>, FileError> {
    let mut contributions: Vec<Commitment> = Vec::new();
    while file.at("contribution") {
        let [department, digest] = file.fields("contribution")?;
        let department = file.parse(2, department)?;
        file.ascending(contributions.last().map(|c| &c.department), &department)?;
        contributions.push(Commitment { department, digest: file.parse(3, digest)? });
    }
    Ok(contributions)
}

fn parse_randomness(
    file: &mut Reader<'_>,
) -> Result<(Vec<Randomness>, Option<Instant>), FileError> {
    let mut randomness: Vec<Randomness> = Vec::new();
    while file.at("randomness") {
        let [source, round, bits, due] = file.fields("randomness")?;
        let line = Randomness {
            source: file.parse(2, source)?,
            round: file.parse(3, round)?,
            bits: file.number(4, bits)?,
            due: file.parse(5, due)?,
        };
        if randomness.iter().any(|r| r.source == line.source && r.round == line.round) {
            return Err(file.fault(named_twice(source, round)));
        }
        randomness.push(line);
    }
    let first_due = randomness.iter().map(|r| r.due).min();
    Ok((randomness, first_due))
}

/// The same public value on two lines.
pub(super) fn named_twice(source: &str, round: &str) -> FileFault {
    FileFault::Contradiction(Said::new(
        format!("随机源{source:?}的{round:?}重复出现"),
        format!("source {source:?} with round {round:?} stands there twice"),
    ))
}
