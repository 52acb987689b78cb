//! Credit repair, article 25: the period of branch A, and the record that a result has stopped being public.

use super::{
    Ceased, Decided, Period, PeriodSet, PublicationEvent, PublicationRefusal, Publicity, Published,
};
use crate::actor::{Role, with_keepers};
use crate::case::Context;
use crate::citation::Basis;
use crate::code::{CaseCode, ItemId};
use crate::refusal::{List, Refusal};

const ART: Basis = Basis::Article(25);

/// A department may put its period right; what that comes to is told by [`Publicity`], and both are in the ledger.
pub(super) fn set_period(
    id: &CaseCode,
    item: &ItemId,
    period: &Period,
    context: &Context<'_>,
) -> Decided {
    negative(id, item, context)?;
    let (item, period) = (item.clone(), period.clone());
    Ok((PublicationEvent::PeriodSet(PeriodSet { item, period }), ART))
}

/// Nothing stops early. What has stopped is recorded with the day on which it did.
pub(super) fn cease(id: &CaseCode, item: &ItemId, context: &Context<'_>) -> Decided {
    let (published, day) = (negative(id, item, context)?, context.day());
    let (on, ground) = match published.publicity(&context.world.links(id, item), day) {
        Publicity::Stopped { on, ground } => (on, ground),
        other => return Err(early(item, other, context)),
    };
    match &published.ceased {
        // Another day is possible where a decision that took effect before it became known later.
        Some(ceased) if ceased.on == on => {
            Err(PublicationRefusal::CeasedAlready { item: item.clone(), on }.into())
        }
        _ => {
            let item = item.clone();
            Ok((PublicationEvent::Ceased(Ceased { ground, item, on }), ART))
        }
    }
}

fn early(item: &ItemId, publicity: Publicity, context: &Context<'_>) -> Refusal {
    let (item, day) = (item.clone(), context.day());
    match publicity {
        Publicity::UntilPeriodEnds { last_day } => {
            PublicationRefusal::PeriodNotOver { item, day, last_day }
        }
        Publicity::UntilConsequencesEnd { cases, .. } => {
            PublicationRefusal::StillInEffect { item, day, cases: List(cases) }
        }
        _ => PublicationRefusal::PeriodUnknown { item, day },
    }
    .into()
}

/// The result of an item, which is public or was, and is negative; the actor keeps its department's part.
fn negative<'a>(
    id: &CaseCode,
    item: &ItemId,
    context: &Context<'a>,
) -> Result<&'a Published, Refusal> {
    let published = context.world.published_before(id, item, context.day())?;
    context.acts_for(&published.department, &with_keepers([Role::Platform]), ART)?;
    match published.version(context.day()) {
        Some(version) if !version.negative => {
            let (item, result) = (item.clone(), version.result);
            Err(PublicationRefusal::NotNegative { item, result }.into())
        }
        _ => Ok(published),
    }
}
