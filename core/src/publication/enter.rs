//! 谁检查、谁录入、谁负责: each department enters and publishes the results of its own items, each once.

use super::{
    Decided, Entered, Origin, PublicationEvent, PublicationRefusal, Published, PublishedNow,
    Timeliness,
};
use crate::actor::{KEEPERS, Role, with_keepers};
use crate::calendar::{Calendar, Certainty, Deadline};
use crate::case::Context;
use crate::citation::Basis;
use crate::code::{CaseCode, ItemId};
use crate::date::Date;
use crate::draw::announcement::FreeText;
use crate::edition::Edition;
use crate::refusal::Refusal;
use crate::result::InspectionResult;

const ART: Basis = Basis::Article(21);

/// The period in which the results of an inspection completed on that day are entered and published.
///
/// # Errors
/// The edition was not in force on that day, or the period leaves the calendar.
pub fn deadline(
    completed: Date,
    edition: &Edition,
    calendar: &Calendar,
) -> Result<Deadline, Refusal> {
    let workdays = edition.value(|edition| &edition.publication_workdays, completed)?.value;
    Ok(calendar.deadline(completed, workdays)?)
}

pub(super) fn enter(
    id: &CaseCode,
    item: &ItemId,
    receipt: &FreeText,
    result: InspectionResult,
    context: &Context<'_>,
) -> Decided {
    let finding = context.world.finding(id, item)?;
    context.acts_for(finding.department, &with_keepers([Role::Inspector]), ART)?;
    if let Some(published) = context.world.published(id, item) {
        return Err(entered_already(item, published));
    }
    if result != finding.result {
        let (item, found, entered) = (item.clone(), finding.result, result);
        return Err(PublicationRefusal::OtherResult { item, found, entered }.into());
    }
    let entered = Entered {
        department: finding.department.clone(),
        item: item.clone(),
        receipt: receipt.clone(),
        result,
        target: finding.target.clone(),
        timeliness: timeliness(id, context)?,
    };
    Ok((PublicationEvent::Entered(entered), ART))
}

fn entered_already(item: &ItemId, published: &Published) -> Refusal {
    let item = item.clone();
    match (&published.origin, published.versions.first()) {
        (Origin::Entered { on, .. }, _) => PublicationRefusal::EnteredAlready { item, on: *on },
        (Origin::Inherited { .. }, first) => {
            let on = first.map_or(Date::MIN, |first| first.published);
            PublicationRefusal::PublishedAlready { item, on }
        }
    }
    .into()
}

pub(super) fn publish(
    id: &CaseCode,
    item: &ItemId,
    places: &[FreeText],
    context: &Context<'_>,
) -> Decided {
    let finding = context.world.finding(id, item)?;
    context.acts_for(finding.department, &KEEPERS, ART)?;
    let published = context.world.published(id, item);
    if let Some(first) = published.and_then(|published| published.versions.first()) {
        let (item, on) = (item.clone(), first.published);
        return Err(PublicationRefusal::PublishedAlready { item, on }.into());
    }
    let entered = match published.map(|published| &published.origin) {
        Some(Origin::Entered { on, .. }) => Some(*on),
        _ => None,
    };
    if entered.is_none_or(|entered| context.day() < entered) {
        let (item, day) = (item.clone(), context.day());
        return Err(PublicationRefusal::NotEntered { item, day }.into());
    }
    if let Some(by) = context.world.item_withheld(id, item, context.day()) {
        let (item, by) = (item.clone(), by.clone());
        return Err(PublicationRefusal::Withheld { item, by }.into());
    }
    if places.is_empty() {
        return Err(PublicationRefusal::NowhereToBeSeen { item: item.clone() }.into());
    }
    let published = PublishedNow {
        item: item.clone(),
        negative: finding.negative,
        places: places.to_vec(),
        result: finding.result,
        text: finding.text,
        timeliness: timeliness(id, context)?,
    };
    Ok((PublicationEvent::Published(published), ART))
}

/// Late is recorded and never blocks; before completion nothing is entered.
fn timeliness(id: &CaseCode, context: &Context<'_>) -> Result<Timeliness, Refusal> {
    let (day, calendar) = (context.day(), context.calendar);
    let completed = context.world.inspection(id)?.completed;
    let Some(completed) = completed.filter(|completed| *completed <= day) else {
        let inspection = id.clone();
        return Err(PublicationRefusal::BeforeCompletion { inspection, day }.into());
    };
    let deadline = deadline(completed, context.edition, calendar)?;
    let due = deadline.last_day;
    let since = calendar.workdays_between(due, day);
    let firm = [deadline.certainty, since.certainty].iter().all(|of| *of == Certainty::Firm);
    let late = (day > due).then(|| u16::try_from(since.value).unwrap_or(u16::MAX));
    Ok(Timeliness { due, late, provisional: !firm })
}
