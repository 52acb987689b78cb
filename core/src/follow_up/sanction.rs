//! 失信联合惩戒, article 12: a measure of the list of joint sanctions, which rests on a listing or penalty in effect. The
//! publicity of a result does not depend on it (article 25).

use super::consequence::{EndCause, Ended, Ruling};
use crate::case::{CaseId, CaseKind, Context, Fact, Stamp};
use crate::citation::Basis;
use crate::code::CaseCode;
use crate::date::Date;
use crate::draw::announcement::FreeText;
use crate::refusal::{Common, Refusal, refusals};
use crate::world::World;
use alloc::vec::Vec;
use serde::{Deserialize, Serialize};

const ART: Basis = Basis::Article(12);

/// What can be done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub enum SanctionCommand {
    /// The department that applies it, or the platform, records a measure.
    Apply {
        /// What happened.
        applied: Applied,
        /// Its number.
        sanction: CaseCode,
    },
    /// The same records its end.
    End {
        /// What happened.
        ended: Ended,
        /// The measure.
        sanction: CaseCode,
    },
}

/// A measure was applied.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Applied {
    /// The measure as the list of joint sanctions (失信联合惩戒措施清单) has it.
    pub measure: FreeText,
    /// The listing or penalty.
    pub rests_on: CaseId,
    /// By which ruling.
    pub ruling: Ruling,
}

/// What happened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum SanctionEvent {
    /// A measure was applied.
    Applied(Applied),
    /// It ended.
    Ended(Ended),
}

refusals! {
    /// What is refused of joint sanctions.
    SanctionRefusal {
        RestsOnNothing { rests_on: CaseId, day: Date } = "sanction-rests-on-nothing", Article(12),
            "{rests_on}在{day}没有生效的列入或处罚决定；联合惩戒应以生效的列入或处罚为前提",
            "{rests_on} is no listing or penalty in effect on {day}; a joint sanction rests on one";
    }
}

/// A measure.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sanction {
    /// What was recorded.
    pub applied: Applied,
    /// How it ends, once that is known.
    pub ended: Option<Ended>,
}

impl Sanction {
    /// Takes over what happened to it. Gives it where it begins with that.
    pub(crate) fn apply(case: Option<&mut Self>, event: &SanctionEvent, _: &Stamp) -> Option<Self> {
        match (event, case) {
            (SanctionEvent::Applied(applied), _) => {
                return Some(Self { applied: applied.clone(), ended: None });
            }
            (SanctionEvent::Ended(ended), Some(case)) => case.ended = Some(ended.clone()),
            (SanctionEvent::Ended(_), None) => {}
        }
        None
    }
}

impl World {
    /// Measures in effect on a day on which that on which they rest is not any more, so that they have to end.
    pub fn sanctions_without_ground(&self, day: Date) -> impl Iterator<Item = &CaseCode> {
        let groundless = move |sanction: &Sanction| {
            let Applied { rests_on, ruling, .. } = &sanction.applied;
            ruling.in_effect(sanction.ended.as_ref(), day) && !self.consequence(rests_on, day)
        };
        self.sanctions.iter().filter(move |(_, sanction)| groundless(sanction)).map(|(id, _)| id)
    }

    /// Whether a case is a listing or penalty in effect.
    fn consequence(&self, case: &CaseId, day: Date) -> bool {
        match case.kind {
            CaseKind::Listing => self.listings.get(&case.id).is_some_and(|it| it.in_effect(day)),
            CaseKind::Penalty => self.penalties.get(&case.id).is_some_and(|it| it.in_effect(day)),
            _ => false,
        }
    }
}

/// The case of a number.
pub fn case(id: &CaseCode) -> CaseId {
    CaseId { id: id.clone(), kind: CaseKind::Sanction }
}

/// Decides a command.
pub(crate) fn decide(
    command: &SanctionCommand,
    context: &Context<'_>,
) -> Result<Vec<Fact>, Refusal> {
    match command {
        SanctionCommand::Apply { applied, sanction } => apply_measure(sanction, applied, context),
        SanctionCommand::End { ended, sanction } => end(sanction, ended, context),
    }
}

fn apply_measure(
    id: &CaseCode,
    applied: &Applied,
    context: &Context<'_>,
) -> Result<Vec<Fact>, Refusal> {
    if context.world.sanctions.contains_key(id) {
        return Err(Common::CaseExists { case: case(id) }.into());
    }
    applied.ruling.check(case(id), context)?;
    let day = applied.ruling.from;
    if !context.world.consequence(&applied.rests_on, day) {
        let rests_on = applied.rests_on.clone();
        return Err(SanctionRefusal::RestsOnNothing { rests_on, day }.into());
    }
    Ok([Fact::new(case(id), &[ART], SanctionEvent::Applied(applied.clone()))].into())
}

fn end(id: &CaseCode, ended: &Ended, context: &Context<'_>) -> Result<Vec<Fact>, Refusal> {
    let Some(sanction) = context.world.sanctions.get(id) else {
        return Err(Common::NoSuchCase { case: case(id) }.into());
    };
    let causes = [EndCause::Stopped, EndCause::Annulled, EndCause::RunOut];
    let ruling = &sanction.applied.ruling;
    ruling.check_end(ended, sanction.ended.as_ref(), &causes, case(id), context)?;
    Ok([Fact::new(case(id), &[ART], SanctionEvent::Ended(ended.clone()))].into())
}
