//! Article 28: what was published before the regulation is not judged by it, and can be brought in as it is, so that its
//! credit can be repaired and it can be counted.

use super::correct::polarity;
use super::{Decided, Inherited, PublicationEvent, PublicationRefusal};
use crate::actor::{Role, with_keepers};
use crate::case::Context;
use crate::citation::Basis;
use crate::code::CaseCode;
use crate::inspection;
use crate::refusal::Common;

const ART: Basis = Basis::Article(28);

pub(super) fn inherit(id: &CaseCode, inherited: &Inherited, context: &Context<'_>) -> Decided {
    let Inherited { department, item, published, .. } = inherited;
    context.acts_for(department, &with_keepers([Role::Platform]), ART)?;
    // An inspection under the regulation has its own results.
    let known = context.world.inspections.contains_key(id);
    let other = context.world.publications.get(id).filter(|p| p.target != inherited.target);
    if known || other.is_some() {
        return Err(Common::CaseExists { case: inspection::case(id) }.into());
    }
    if let Some(first) = context.world.published(id, item).and_then(|p| p.versions.first()) {
        let (item, on) = (item.clone(), first.published);
        return Err(PublicationRefusal::PublishedAlready { item, on }.into());
    }
    let from = context.edition.from;
    if *published >= from {
        let (item, published) = (item.clone(), *published);
        return Err(PublicationRefusal::NotEarlier { item, published, from }.into());
    }
    polarity(item, inherited.result, inherited.negative, inherited.text.as_ref())?;
    Ok((PublicationEvent::Inherited(inherited.clone()), ART))
}
