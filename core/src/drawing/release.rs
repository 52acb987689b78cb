//! The release of files: when each of them is shown is the host's decision, and recorded.

use super::attempt::Desk;
use super::*;
use crate::actor::{KEEPERS, Role};

pub(super) fn release(id: &SchemeId, released: &Released, context: &Context<'_>) -> Decided {
    let desk = Desk::new(id, context)?;
    let file = released.file;
    let found = desk.drawing.and_then(|drawing| drawing.files.get(&file));
    let Some((kind, stage)) = found else {
        return Err(DrawingRefusal::NoSuchFile { scheme: id.clone(), file }.into());
    };
    if context.stamp.actor.role != Role::Platform {
        desk.acts(stage, &KEEPERS, context)?;
    }
    if released.audience == Audience::Public && !kind.is_public() {
        return Err(DrawingRefusal::Internal { kind: *kind, file }.into());
    }
    let twice = |(_, earlier): &(_, Released)| earlier == released;
    if desk.drawing.is_some_and(|drawing| drawing.releases.iter().any(twice)) {
        let place = released.place.clone();
        return Err(DrawingRefusal::ReleasedTwice { file, place }.into());
    }
    Ok((DrawingEvent::Released(released.clone()), rule(stage)))
}
