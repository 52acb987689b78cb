//! Articles 18 and 19: a scheme's draw of targets and each department's matching of inspectors, from announcement to
//! void, the handing down of lists, and the release of files.
//!
//! The files of a draw (`core/docs/draw-spec.md`) do not stand in the ledger (our decision `files-are-the-hosts`): the host keeps them, feeds them with
//! [`World::feed_file`](crate::world::World::feed_file), and commands name them by digest. What a command names is
//! checked here against what is recorded, line by line and in the order of the specification, so that what an entry
//! says of a file has been seen to hold. Nobody draws twice: another attempt needs the void notice of the one before.

mod assignment;
mod attempt;
mod files;
mod hand_down;
mod matching;
mod refusal;
mod release;
mod state;
mod targets;

pub use files::{FileKind, Files};
pub use refusal::DrawingRefusal;
pub use state::{Attempt, Drawing, Outcome};

use crate::case::{CaseId, CaseKind, Context, Fact};
use crate::citation::Basis;
use crate::code::{DepartmentId, SchemeId};
use crate::date::Instant;
use crate::draw::announcement::{FreeText, Stage};
use crate::hash::{Digest, Suite};
use crate::refusal::Refusal;
use crate::register::Level;
use alloc::vec::Vec;
use serde::{Deserialize, Serialize};

/// What can be done with the draw of a scheme. Digests are those of files that were fed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub enum DrawingCommand {
    /// The initiator announces the draw of targets, or a department its matching: the announcement says which.
    Announce {
        /// The announcement.
        announcement: Digest,
        /// The scheme.
        scheme: SchemeId,
    },
    /// Who announced takes the seed file, once everything is revealed.
    Seal {
        /// The scheme.
        scheme: SchemeId,
        /// The seed file, whose digest is the seed.
        seed: Digest,
        /// Which draw.
        stage: Stage,
    },
    /// The initiator draws.
    Draw {
        /// The public list.
        list: Digest,
        /// The scheme.
        scheme: SchemeId,
    },
    /// A department matches its inspectors.
    Match {
        /// The department.
        department: DepartmentId,
        /// The matched file.
        matched: Digest,
        /// The scheme.
        scheme: SchemeId,
    },
    /// A department shows that it has too few inspectors, which is known before anything is announced.
    FindShortage {
        /// The department.
        department: DepartmentId,
        /// The scheme.
        scheme: SchemeId,
        /// The shortage file.
        shortage: Digest,
    },
    /// The department head gives an attempt up.
    Void {
        /// The void notice.
        notice: Digest,
        /// The scheme.
        scheme: SchemeId,
        /// Which draw.
        stage: Stage,
    },
    /// The initiator hands a list of drawn targets to a lower initiator or a department with a part.
    Dispatch {
        /// What happened.
        dispatched: Dispatched,
        /// The scheme.
        scheme: SchemeId,
    },
    /// The initiator takes a list that a higher level has drawn.
    Receive {
        /// What was handed down.
        handed: Handed,
        /// The scheme here.
        scheme: SchemeId,
    },
    /// Somebody is given a file.
    Release {
        /// What happened.
        released: Released,
        /// The scheme.
        scheme: SchemeId,
    },
}

/// A list that a higher level has drawn and handed down.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Handed {
    /// Who has drawn it.
    pub from: DepartmentId,
    /// The level of who has drawn it.
    pub level: Level,
    /// The public list of the whole draw.
    pub list: Digest,
    /// The digest of the list of those targets that were handed down.
    pub part: Digest,
    /// The seed file.
    pub seed: Digest,
    /// How many targets were handed down.
    pub targets: u64,
}

/// What happened.
#[allow(clippy::large_enum_variant)] // an event is taken over at once, and never kept
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum DrawingEvent {
    /// An attempt was announced.
    Announced(Announced),
    /// The seed of an attempt is known.
    Sealed(Sealed),
    /// Targets were drawn.
    Drawn(Drawn),
    /// Inspectors were matched.
    Matched(Matched),
    /// A department was found to have too few inspectors.
    ShortageFound(ShortageFound),
    /// An attempt was given up.
    Voided(Voided),
    /// A list was handed down.
    Dispatched(Dispatched),
    /// A list came from above.
    Received(Received),
    /// A file was given to somebody.
    Released(Released),
}

/// An attempt was announced.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Announced {
    /// The announcement.
    pub announcement: Digest,
    /// The number of the attempt, from 1.
    pub attempt: u64,
    /// The instant before which nobody can know the result.
    pub known_from: Instant,
    /// Until when nonces are revealed.
    pub reveal_by: Instant,
    /// Which draw.
    pub stage: Stage,
    /// From what is drawn.
    pub subject: Subject,
    /// The hash function.
    pub suite: Suite,
}

/// From what is drawn.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub enum Subject {
    /// Targets of a roster.
    Roster {
        /// Its rows.
        lines: u64,
        /// How many are drawn.
        quota: u64,
        /// Its root.
        root: Digest,
    },
    /// Inspectors for the targets drawn.
    Problem {
        /// The drawn file.
        drawn: Digest,
        /// How many inspectors may be matched.
        inspectors: u64,
        /// How many places they fill.
        places: u64,
        /// The matching problem.
        problem: Digest,
    },
}

/// The seed of an attempt is known.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Sealed {
    /// The seed: the digest of the seed file.
    pub seed: Digest,
    /// Which draw.
    pub stage: Stage,
}

/// Targets were drawn.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Drawn {
    /// The drawn file, which is internal.
    pub drawn: Digest,
    /// The public list.
    pub list: Digest,
    /// How many.
    pub targets: u64,
}

/// Inspectors were matched.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Matched {
    /// The department.
    pub department: DepartmentId,
    /// The matched file, which is internal.
    pub matched: Digest,
}

/// A department was found to have too few inspectors.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct ShortageFound {
    /// The department.
    pub department: DepartmentId,
    /// How many of the places cannot be filled at least.
    pub missing: u64,
    /// How many places the proof is about.
    pub places: u64,
    /// The matching problem.
    pub problem: Digest,
    /// The shortage file.
    pub shortage: Digest,
}

/// An attempt was given up.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Voided {
    /// The void notice.
    pub notice: Digest,
    /// Which draw.
    pub stage: Stage,
}

/// A list was handed down.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Dispatched {
    /// The level of who gets it.
    pub level: Level,
    /// The digest of the list of those targets that are handed down.
    pub list: Digest,
    /// How many.
    pub targets: u64,
    /// Who gets it.
    pub to: DepartmentId,
}

/// A list came from above.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Received {
    /// What was announced above.
    pub announced: Announced,
    /// What was drawn above.
    pub drawn: Drawn,
    /// What was handed down.
    pub handed: Handed,
}

/// A file was given to somebody.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Released {
    /// To whom.
    pub audience: Audience,
    /// The file.
    pub file: Digest,
    /// Where: a site, a platform, a gazette, a body.
    pub place: FreeText,
}

/// Who gets a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Audience {
    /// Anybody.
    Public,
    /// Those who audit the draw.
    Auditors,
}

/// The case of a scheme's draw.
pub fn case(scheme: &SchemeId) -> CaseId {
    CaseId { kind: CaseKind::Drawing, id: scheme.into() }
}

/// Decides a command.
pub(crate) fn decide(
    command: &DrawingCommand,
    context: &Context<'_>,
) -> Result<Vec<Fact>, Refusal> {
    use DrawingCommand as C;
    let (id, (event, basis)) = match command {
        C::Announce { announcement, scheme } => {
            (scheme, attempt::announce(scheme, announcement, context)?)
        }
        C::Seal { scheme, seed, stage } => (scheme, attempt::seal(scheme, stage, seed, context)?),
        C::Draw { list, scheme } => (scheme, targets::draw(scheme, list, context)?),
        C::Match { department, matched, scheme } => {
            (scheme, matching::matched(scheme, department, matched, context)?)
        }
        C::FindShortage { department, scheme, shortage } => {
            (scheme, matching::shortage(scheme, department, shortage, context)?)
        }
        C::Void { notice, scheme, stage } => {
            (scheme, attempt::void(scheme, stage, notice, context)?)
        }
        C::Dispatch { dispatched, scheme } => {
            (scheme, hand_down::dispatch(scheme, dispatched, context)?)
        }
        C::Receive { handed, scheme } => (scheme, hand_down::receive(scheme, handed, context)?),
        C::Release { released, scheme } => (scheme, release::release(scheme, released, context)?),
    };
    Ok([Fact::new(case(id), &[basis], event)].into())
}

/// What a decision comes to: the event and the rule.
type Decided = Result<(DrawingEvent, Basis), Refusal>;

/// The rule for a draw: targets are drawn by article 18, inspectors matched by article 19.
const fn rule(stage: &Stage) -> Basis {
    match stage {
        Stage::Targets => Basis::Article(18),
        Stage::Inspectors(_) => Basis::Article(19),
    }
}
