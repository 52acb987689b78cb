//! 行政处罚, article 12: a penalty for what an inspection has found, with the deciding body's document, where it is shown,
//! and how it ends. Unless it is minor, the result stays public with it (article 25).

use super::consequence::{EndCause, Ended, Found, Ruling};
use crate::case::{CaseId, CaseKind, Context, Fact, Stamp};
use crate::citation::Basis;
use crate::code::CaseCode;
use crate::date::Date;
use crate::publication::publicity::Link;
use crate::refusal::{Common, Refusal};
use alloc::vec::Vec;
use serde::{Deserialize, Serialize};

const ART: Basis = Basis::Article(12);

/// What can be done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub enum PenaltyCommand {
    /// The body that has imposed it, or the platform, records a penalty.
    Record {
        /// What happened.
        penalised: Penalised,
        /// Its number.
        penalty: CaseCode,
    },
    /// The same records its end.
    End {
        /// What happened.
        ended: Ended,
        /// The penalty.
        penalty: CaseCode,
    },
}

/// A penalty was imposed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Penalised {
    /// For what.
    pub found: Found,
    /// By which ruling.
    pub ruling: Ruling,
    /// How severe it is.
    pub severity: Severity,
}

/// How severe a penalty is; the law of the field says which one it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Severity {
    /// 轻微行政处罚.
    Minor,
    /// Neither minor nor heavier.
    Ordinary,
    /// 较重行政处罚: what the serious violations list asks for.
    Heavier,
}

/// What happened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum PenaltyEvent {
    /// A penalty was imposed.
    Penalised(Penalised),
    /// It ended.
    Ended(Ended),
}

/// A penalty.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Penalty {
    /// How it ends, once that is known.
    pub ended: Option<Ended>,
    /// What was recorded.
    pub penalised: Penalised,
}

impl Penalty {
    /// Whether it is in effect on a day.
    pub fn in_effect(&self, day: Date) -> bool {
        self.penalised.ruling.in_effect(self.ended.as_ref(), day)
    }

    /// What it means for the publicity of the results; nothing where it is minor.
    pub(crate) fn link(&self, id: &CaseCode) -> Option<(&Found, Link)> {
        let Penalised { found, ruling, severity } = &self.penalised;
        let until = self.ended.as_ref().map(|ended| ended.on);
        let link = Link { case: case(id), from: ruling.from, until };
        (*severity != Severity::Minor).then_some((found, link))
    }

    /// Takes over what happened to it. Gives it where it begins with that.
    pub(crate) fn apply(case: Option<&mut Self>, event: &PenaltyEvent, _: &Stamp) -> Option<Self> {
        match (event, case) {
            (PenaltyEvent::Penalised(penalised), _) => {
                return Some(Self { ended: None, penalised: penalised.clone() });
            }
            (PenaltyEvent::Ended(ended), Some(case)) => case.ended = Some(ended.clone()),
            (PenaltyEvent::Ended(_), None) => {}
        }
        None
    }
}

/// The case of a number.
pub fn case(id: &CaseCode) -> CaseId {
    CaseId { id: id.clone(), kind: CaseKind::Penalty }
}

/// Decides a command.
pub(crate) fn decide(
    command: &PenaltyCommand,
    context: &Context<'_>,
) -> Result<Vec<Fact>, Refusal> {
    match command {
        PenaltyCommand::Record { penalised, penalty } => record(penalty, penalised, context),
        PenaltyCommand::End { ended, penalty } => end(penalty, ended, context),
    }
}

fn record(
    id: &CaseCode,
    penalised: &Penalised,
    context: &Context<'_>,
) -> Result<Vec<Fact>, Refusal> {
    if context.world.penalties.contains_key(id) {
        return Err(Common::CaseExists { case: case(id) }.into());
    }
    penalised.ruling.check(case(id), context)?;
    penalised.found.findings(context)?;
    Ok([Fact::new(case(id), &[ART], PenaltyEvent::Penalised(penalised.clone()))].into())
}

fn end(id: &CaseCode, ended: &Ended, context: &Context<'_>) -> Result<Vec<Fact>, Refusal> {
    let Some(penalty) = context.world.penalties.get(id) else {
        return Err(Common::NoSuchCase { case: case(id) }.into());
    };
    let causes = [EndCause::Stopped, EndCause::Annulled, EndCause::RunOut];
    let ruling = &penalty.penalised.ruling;
    ruling.check_end(ended, penalty.ended.as_ref(), &causes, case(id), context)?;
    let basis = [ART, Basis::Article(25)];
    Ok([Fact::new(case(id), &basis, PenaltyEvent::Ended(ended.clone()))].into())
}
