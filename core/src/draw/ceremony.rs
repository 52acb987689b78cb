//! The order of a draw as types: announced → sealed → drawn. Draw-spec section 5.
//!
//! Each step consumes the one before. What is out of order does not compile, and there is no second draw: the only
//! way on from an attempt that failed is [`Announced::void`] (or that of a later state) and [`Voided::announce`].
//!
//! ```compile_fail,E0599
//! # use yicha::draw::ceremony::{Announced, Targets};
//! fn draw_before_the_seed(announced: Announced<Targets>) {
//!     announced.seed(); // only a sealed attempt has a seed
//! }
//! ```
//! ```compile_fail,E0382
//! # use yicha::draw::ceremony::{Announced, Targets};
//! fn a_second_seed(announced: Announced<Targets>) {
//!     let first = announced.seal(&[], &[]);
//!     let second = announced.seal(&[], &[]); // the attempt was used up by the first
//! }
//! ```
//! ```compile_fail,E0308
//! # use yicha::draw::ceremony::{Inspectors, Sealed, Targets};
//! fn the_seed_of_another_stage(sealed: Sealed<Inspectors>) -> Sealed<Targets> {
//!     sealed
//! }
//! ```

use super::announcement::{Announcement, FreeText, Nonce, Subject};
use super::seed::{Seed, SeedError, SeedFile};
use super::void::{Progress, VoidNotice};
use crate::citation::Basis;
use crate::code::{DepartmentId, PersonCode};
use crate::date::Instant;
use crate::explain::{Explain, Lang};
use crate::hash::Digest;
use alloc::boxed::Box;
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::marker::PhantomData;

/// The initiator's draw of targets, as a stage of [`Announced`] and its followers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Targets;

/// A department's matching of its inspectors, as a stage of [`Announced`] and its followers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Inspectors;

/// [`Targets`] or [`Inspectors`].
pub trait DrawStage: sealed::Stage {}
impl DrawStage for Targets {}
impl DrawStage for Inspectors {}

mod sealed {
    use super::{Inspectors, Subject, Targets};

    pub trait Stage {
        const NAME: &'static str;
        fn fits(subject: &Subject) -> bool;
    }
    impl Stage for Targets {
        const NAME: &'static str = "targets";
        fn fits(subject: &Subject) -> bool {
            matches!(subject, Subject::Targets { .. })
        }
    }
    impl Stage for Inspectors {
        const NAME: &'static str = "inspectors";
        fn fits(subject: &Subject) -> bool {
            matches!(subject, Subject::Inspectors { .. })
        }
    }
}

/// An announced attempt: rule and roster are fixed, the randomness does not exist yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Announced<S> {
    announcement: Announcement,
    stage: PhantomData<S>,
}

/// An attempt whose seed is known, and with it the result.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sealed<S> {
    announcement: Announcement,
    seed_file: SeedFile,
    seed: Seed,
    stage: PhantomData<S>,
}

/// A finished attempt with its outcome.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Drawn<S, O> {
    sealed: Sealed<S>,
    outcome: O,
}

/// An attempt that was given up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Voided<S> {
    announcement: Announcement,
    notice: VoidNotice,
    stage: PhantomData<S>,
}

/// An announcement that cannot be taken at this point.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum CeremonyError {
    /// An announcement of the other stage.
    #[error("this is an announcement of stage {found}, {wanted} would be right")]
    OtherStage {
        /// Stage found.
        found: String,
        /// Stage that would be right.
        wanted: &'static str,
    },
    /// A first attempt that does not have the number 1.
    #[error("attempt {found} needs the void notice of attempt {}", found - 1)]
    NeedsVoid {
        /// Attempt found.
        found: u64,
    },
    /// A further attempt that does not follow from the void one.
    #[error("{what} is {found}; after the void attempt {wanted} would be right")]
    NotNext {
        /// Which line of the announcement.
        what: &'static str,
        /// What stands there.
        found: String,
        /// What would be right.
        wanted: String,
    },
    /// A void notice of another announcement.
    #[error("the notice voids the announcement {found}, this one is {announced}")]
    OtherNotice {
        /// Announcement that the notice names.
        found: Digest,
        /// Digest of the announcement.
        announced: Digest,
    },
}

impl Explain for CeremonyError {
    fn code(&self) -> &'static str {
        match self {
            Self::OtherStage { .. } => "ceremony-other-stage",
            Self::NeedsVoid { .. } => "ceremony-needs-void",
            Self::NotNext { .. } => "ceremony-not-next",
            Self::OtherNotice { .. } => "ceremony-other-notice",
        }
    }

    fn basis(&self) -> Basis {
        Basis::DrawSpec(5)
    }

    fn message(&self, lang: Lang) -> String {
        if lang == Lang::En {
            return self.to_string();
        }
        match self {
            Self::OtherStage { found, wanted } => {
                format!("这是{found}阶段的公告，此处应为{wanted}阶段")
            }
            Self::NeedsVoid { found } => {
                format!("第{found}次抽取须附第{}次的作废通知", found - 1)
            }
            Self::NotNext { what, found, wanted } => {
                format!("公告的{what}为{found}；作废之后应为{wanted}")
            }
            Self::OtherNotice { found, announced } => {
                format!("作废通知所指的公告为{found}，而本公告的摘要为{announced}")
            }
        }
    }
}

/// A step that was refused, with the attempt as it was before.
pub type Refused<State, Error> = Box<(State, Error)>;

impl<S: DrawStage> Announced<S> {
    /// The first attempt of a draw.
    ///
    /// # Errors
    /// An announcement of the other stage, or not of attempt 1.
    pub fn first(announcement: Announcement) -> Result<Self, CeremonyError> {
        match announcement.terms().attempt {
            1 => Self::resume(announcement),
            found => Err(CeremonyError::NeedsVoid { found }),
        }
    }

    /// Goes on with an attempt that the host has stored.
    ///
    /// # Errors
    /// An announcement of the other stage.
    pub fn resume(announcement: Announcement) -> Result<Self, CeremonyError> {
        if S::fits(announcement.subject()) {
            return Ok(Self { announcement, stage: PhantomData });
        }
        let found = announcement.stage().to_string();
        Err(CeremonyError::OtherStage { found, wanted: S::NAME })
    }

    /// Makes the seed from every nonce announced (in any order) and every public value (in the order announced).
    ///
    /// # Errors
    /// What does not fit or is missing, together with the attempt: it waits for a late value, and a contribution that
    /// stays away is a reason to void it.
    pub fn seal(
        self,
        nonces: &[(DepartmentId, Nonce)],
        values: &[Vec<u8>],
    ) -> Result<Sealed<S>, Refused<Self, SeedError>> {
        match SeedFile::reveal(&self.announcement, nonces, values) {
            Ok(seed_file) => Ok(Sealed::with(self.announcement, seed_file)),
            Err(error) => Err(Box::new((self, error))),
        }
    }

    /// Takes a seed file that somebody has put together.
    ///
    /// # Errors
    /// The first of its lines that does not follow from the announcement, together with the attempt.
    pub fn seal_with(self, seed_file: SeedFile) -> Result<Sealed<S>, Refused<Self, SeedError>> {
        match seed_file.check(&self.announcement) {
            Ok(()) => Ok(Sealed::with(self.announcement, seed_file)),
            Err(error) => Err(Box::new((self, error))),
        }
    }

    /// Gives the attempt up before its seed is known.
    pub fn void(self, reason: FreeText, approved_by: PersonCode, at: Instant) -> Voided<S> {
        Voided::new(self.announcement, Progress::Announced, reason, approved_by, at)
    }

    /// The announcement.
    pub const fn announcement(&self) -> &Announcement {
        &self.announcement
    }
}

impl<S: DrawStage> Sealed<S> {
    fn with(announcement: Announcement, seed_file: SeedFile) -> Self {
        let seed = seed_file.seed(announcement.terms().suite);
        Self { announcement, seed_file, seed, stage: PhantomData }
    }

    /// Ends the attempt with what follows from its seed.
    #[allow(dead_code, reason = "called by the draws of both stages")]
    pub(crate) fn finish<O>(self, outcome: O) -> Drawn<S, O> {
        Drawn { sealed: self, outcome }
    }

    /// Gives the attempt up after its seed is known.
    pub fn void(self, reason: FreeText, approved_by: PersonCode, at: Instant) -> Voided<S> {
        Voided::new(self.announcement, Progress::Sealed, reason, approved_by, at)
    }

    /// The announcement.
    pub const fn announcement(&self) -> &Announcement {
        &self.announcement
    }

    /// The public file of everything revealed.
    pub const fn seed_file(&self) -> &SeedFile {
        &self.seed_file
    }

    /// The seed.
    pub const fn seed(&self) -> &Seed {
        &self.seed
    }
}

impl<S: DrawStage, O> Drawn<S, O> {
    /// Gives the attempt up after its result is known.
    pub fn void(self, reason: FreeText, approved_by: PersonCode, at: Instant) -> Voided<S> {
        Voided::new(self.sealed.announcement, Progress::Drawn, reason, approved_by, at)
    }

    /// The announcement.
    pub const fn announcement(&self) -> &Announcement {
        &self.sealed.announcement
    }

    /// The public file of everything revealed.
    pub const fn seed_file(&self) -> &SeedFile {
        &self.sealed.seed_file
    }

    /// The seed.
    pub const fn seed(&self) -> &Seed {
        &self.sealed.seed
    }

    /// What was drawn.
    pub const fn outcome(&self) -> &O {
        &self.outcome
    }
}

impl<S: DrawStage> Voided<S> {
    fn new(
        announcement: Announcement,
        after: Progress,
        reason: FreeText,
        approved_by: PersonCode,
        at: Instant,
    ) -> Self {
        let digest = announcement.digest();
        let notice = VoidNotice { announcement: digest, after, reason, approved_by, at };
        Self { announcement, notice, stage: PhantomData }
    }

    /// Goes on from a void attempt that the host has stored.
    ///
    /// # Errors
    /// An announcement of the other stage, or a notice of another announcement.
    pub fn resume(announcement: Announcement, notice: VoidNotice) -> Result<Self, CeremonyError> {
        let Announced { announcement, stage } = Announced::resume(announcement)?;
        let announced = announcement.digest();
        if notice.announcement != announced {
            let found = notice.announcement;
            return Err(CeremonyError::OtherNotice { found, announced });
        }
        Ok(Self { announcement, notice, stage })
    }

    /// The notice.
    pub const fn notice(&self) -> &VoidNotice {
        &self.notice
    }

    /// Number of the attempt that may follow.
    pub const fn next_attempt(&self) -> u64 {
        self.announcement.terms().attempt.saturating_add(1)
    }

    /// The digest that the next announcement has as its `previous`.
    pub fn digest(&self) -> Digest {
        self.notice.digest(self.announcement.terms().suite)
    }

    /// Announces the attempt that follows.
    ///
    /// # Errors
    /// An announcement of another scheme or stage, another attempt, or one that does not name this notice.
    pub fn announce(&self, next: Announcement) -> Result<Announced<S>, CeremonyError> {
        let pairs = [
            (
                "scheme",
                next.terms().scheme.to_string(),
                self.announcement.terms().scheme.to_string(),
            ),
            ("stage", next.stage().to_string(), self.announcement.stage().to_string()),
            ("attempt", next.terms().attempt.to_string(), self.next_attempt().to_string()),
            ("previous", next.terms().previous.to_string(), self.digest().to_string()),
        ];
        match pairs.into_iter().find(|(_, found, wanted)| found != wanted) {
            Some((what, found, wanted)) => Err(CeremonyError::NotNext { what, found, wanted }),
            None => Announced::resume(next),
        }
    }
}
