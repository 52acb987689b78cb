//! Questions to an office: what is due, what is open, why a result is still public, what happened to a target, what an
//! inspector did, who saw which data, what a period came to, where a risk shows, and what the public sees.
//!
//! A question is typed, and has a form in JSON; so has its answer. Asking changes nothing. What is recorded up to the
//! office's head counts, and every fact by its own day of effect; the examples of [`crate::docs::queries`] are tested.
//!
//! ```
//! use yicha::{calendar::Calendar, edition::Edition, hash::Suite, office::Office};
//! let office = Office::new(Suite::Sha256, Edition::wancheng_2026(), Calendar::china());
//! let answer = office.ask_json(br#"{"v":1,"question":{"due":{"day":"2026-04-20"}}}"#).unwrap();
//! assert!(answer.starts_with(br#"{"answer":{"due":{"day":"2026-04-20","duties":[]}},"head":{"#));
//! ```

mod data_use;
mod due;
mod duty;
mod evaluation;
mod inspector;
mod known;
mod open;
mod public_record;
mod refusal;
mod risk;
mod target;
mod why_public;

pub use data_use::{AskDataUse, DataUse, DisclosureOf, ReceiverOf, ReleaseOf, SharedOf, VersionOf};
pub use due::{AskDue, Due};
pub use duty::{Act, Count, CountedDay, Duty, Part, Standing};
pub use evaluation::{AskEvaluation, Coverage, Evaluation, Joining, Load, Ratio, Timing};
pub use inspector::{
    AskInspector, InspectorWork, Place, RecheckBy, RecusalOf, ReplacementOf, VisitBy,
};
pub use open::{AskOpen, Open};
pub use public_record::{AskPublicRecord, CodeTable, Line, NationalTask, PublicRecord, Sheet};
pub use refusal::QueryRefusal;
pub use risk::{AskRisk, PeriodOf, Risk, Waits, WarningOf};
pub use target::{
    AskTarget, Cap, InspectionOf, RecheckOf, RegisteredBy, ResultOf, TargetHistory, VisitOf, YearOf,
};
pub use why_public::{
    AskWhyPublic, Consequence, ConsequenceKind, Explained, Step, StepKind, Who, WhyPublic,
};

use crate::calendar::Calendar;
use crate::edition::Edition;
use crate::json::{from_json, to_json};
use crate::ledger::Head;
use crate::office::Office;
use crate::refusal::Refusal;
use crate::version::V1;
use crate::world::World;
use alloc::string::ToString;
use alloc::vec::Vec;
use serde::{Deserialize, Serialize};

/// What a question looks at.
#[derive(Clone, Copy, Debug)]
pub struct View<'a> {
    /// The working days.
    pub calendar: &'a Calendar,
    /// The rules' numbers.
    pub edition: &'a Edition,
    /// The cases.
    pub world: &'a World,
}

/// A question as the host sends it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Asked {
    /// What is asked.
    pub question: Question,
    /// The version of this form.
    pub v: V1,
}

/// An answer as it is sent back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Answered {
    /// The answer.
    pub answer: Answer,
    /// The head as of which it holds.
    pub head: Head,
    /// The version of this form.
    pub v: V1,
}

/// Lists each question once, with its answer and what answers it.
macro_rules! questions {
    ($($(#[$doc:meta])* $name:ident($asked:ty) -> $answer:ty = $ask:path;)*) => {
        /// What can be asked.
        #[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
        #[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
        #[serde(rename_all = "kebab-case")]
        pub enum Question {
            $($(#[$doc])* $name($asked),)*
        }

        /// What is answered, under the name of the question.
        #[derive(Clone, Debug, PartialEq, Eq, Serialize)]
        #[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
        #[serde(rename_all = "kebab-case")]
        pub enum Answer {
            $($(#[$doc])* $name($answer),)*
        }

        impl View<'_> {
            /// Answers a question.
            ///
            /// # Errors
            /// A [`Refusal`] where something is asked of that is not known, or of rows that are not fed.
            pub fn ask(&self, question: &Question) -> Result<Answer, Refusal> {
                Ok(match question {
                    $(Question::$name(asked) => Answer::$name($ask(asked, self)?),)*
                })
            }
        }

        $(impl From<$asked> for Question {
            fn from(asked: $asked) -> Self {
                Self::$name(asked)
            }
        })*
    };
}

questions! {
    /// What is due or overdue on a day, and why.
    Due(AskDue) -> Due = due::ask;
    /// Which calls, resolutions and clues are open, and who has to act.
    Open(AskOpen) -> Open = open::ask;
    /// Why a result is still public, and when or on what it stops.
    WhyPublic(AskWhyPublic) -> WhyPublic = why_public::ask;
    /// What happened to a target, against the frequency cap.
    Target(AskTarget) -> TargetHistory = target::ask;
    /// What an inspector did.
    Inspector(AskInspector) -> InspectorWork = inspector::ask;
    /// Who saw which data, and for what purpose.
    DataUse(AskDataUse) -> DataUse = data_use::ask;
    /// What a period came to.
    Evaluation(AskEvaluation) -> Evaluation = evaluation::ask;
    /// Indicators with their limits, and warnings.
    Risk(AskRisk) -> Risk = risk::ask;
    /// What the public sees, in the shape of the national system.
    PublicRecord(AskPublicRecord) -> PublicRecord = public_record::ask;
}

impl Office {
    /// Answers a question as of the office's head. Nothing is changed.
    ///
    /// # Errors
    /// As [`View::ask`].
    pub fn ask(&self, question: &Question) -> Result<Answer, Refusal> {
        self.view().ask(question)
    }

    /// Answers a question in JSON with an answer in JSON, which names the head as of which it holds.
    ///
    /// # Errors
    /// As [`ask`](Self::ask); [`QueryRefusal::Unreadable`] when it is none.
    pub fn ask_json(&self, question: &[u8]) -> Result<Vec<u8>, Refusal> {
        let unreadable = |e: serde_json::Error| QueryRefusal::Unreadable { found: e.to_string() };
        let Asked { question, .. } = from_json(question).map_err(unreadable)?;
        let (answer, head) = (self.ask(&question)?, self.tip().head());
        let answered = Answered { answer, head, v: V1 };
        Ok(to_json(&answered).map_err(unreadable)?)
    }
}
