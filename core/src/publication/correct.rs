//! 公开后不得擅自更改: a published result is corrected by a department head's order, and what was public before stays in
//! the history.

use super::{Corrected, Correction, Decided, PublicationEvent, PublicationRefusal};
use crate::actor::Role;
use crate::case::Context;
use crate::citation::Basis;
use crate::code::{CaseCode, ItemId};
use crate::hash::Digest;
use crate::refusal::Refusal;
use crate::result::InspectionResult;

pub(super) fn correct(id: &CaseCode, correction: &Correction, context: &Context<'_>) -> Decided {
    let Correction { item, negative, order, result, text } = correction;
    let published = context.world.published_before(id, item, context.day())?;
    context.acts_for(&published.department, &[Role::DepartmentHead], Basis::Article(21))?;
    if order.document.is_none() {
        return Err(PublicationRefusal::NotByOrder { item: item.clone() }.into());
    }
    let negative = polarity(item, *result, *negative, text.as_ref())?;
    if let Some(last) = published.versions.last() {
        if (last.result, last.negative, last.text) == (*result, negative, *text) {
            let (item, result) = (item.clone(), *result);
            return Err(PublicationRefusal::NothingCorrected { item, result }.into());
        }
        if context.day() < last.published {
            let (item, day, last) = (item.clone(), context.day(), last.published);
            return Err(PublicationRefusal::CorrectedBefore { item, day, last }.into());
        }
    }
    let (item, order) = (item.clone(), order.clone());
    let corrected = Corrected { item, negative, order, result: *result, text: *text };
    Ok((PublicationEvent::Corrected(corrected), Basis::Article(21)))
}

/// Whether the result is negative; other circumstances need a text and somebody who says so.
pub(super) fn polarity(
    item: &ItemId,
    result: InspectionResult,
    said: Option<bool>,
    text: Option<&Digest>,
) -> Result<bool, Refusal> {
    if result.needs_text() && text.is_none() {
        return Err(PublicationRefusal::NoText { item: item.clone(), result }.into());
    }
    let open = || PublicationRefusal::PolarityOpen { item: item.clone(), result };
    Ok(result.negative(said).ok_or_else(open)?)
}
