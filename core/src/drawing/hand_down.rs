//! 派发, article 18: a higher level draws once and hands lists down.

use super::attempt::{Desk, announced, check_seed};
use super::targets::{check_list, quota, roster, summary};
use super::*;
use crate::actor::KEEPERS;
use crate::draw::announcement::Announcement;

pub(super) fn dispatch(id: &SchemeId, dispatched: &Dispatched, context: &Context<'_>) -> Decided {
    let desk = Desk::new(id, context)?;
    desk.acts(&Stage::Targets, &KEEPERS, context)?;
    let (_, drawn) = desk.drawn()?;
    let Dispatched { level, list, targets, to } = dispatched.clone();
    let (department, own) = (to, desk.scheme.level);
    if level > own {
        return Err(DrawingRefusal::Upwards { department, level, own }.into());
    }
    if !desk.scheme.lower.contains_key(&department) && !desk.scheme.has_part(&department) {
        return Err(DrawingRefusal::WithoutPart { scheme: id.clone(), department }.into());
    }
    if !(1..=drawn.targets).contains(&targets) {
        return Err(DrawingRefusal::Count { department, targets, drawn: drawn.targets }.into());
    }
    let earlier = desk.drawing.and_then(|drawing| drawing.dispatched.get(&department));
    // Another list corrects the one before.
    if earlier.is_some_and(|earlier| earlier.list == list) {
        return Err(DrawingRefusal::DispatchTwice { department, list }.into());
    }
    Ok((DrawingEvent::Dispatched(dispatched.clone()), rule(&Stage::Targets)))
}

pub(super) fn receive(id: &SchemeId, handed: &Handed, context: &Context<'_>) -> Decided {
    let desk = Desk::new(id, context)?;
    desk.acts(&Stage::Targets, &KEEPERS, context)?;
    let (department, level, own) = (handed.from.clone(), handed.level, desk.scheme.level);
    if level <= own {
        return Err(DrawingRefusal::Upwards { department, level, own }.into());
    }
    let taken = desk.drawing.is_some_and(|drawing| {
        let own_draw = drawing.received.is_none() && drawing.targets.iter().any(Attempt::stands);
        own_draw || drawing.rests_on_draw().is_some()
    });
    if taken {
        return Err(DrawingRefusal::OwnDraw { scheme: id.clone() }.into());
    }
    let announcement = desk.files.announcement(&desk.files.list(&handed.list)?.announcement())?;
    let (announced, drawn) = drawn_above(handed, announcement, desk.files)?;
    if !(1..=drawn.targets).contains(&handed.targets) {
        let (targets, drawn) = (handed.targets, drawn.targets);
        return Err(DrawingRefusal::Count { department, targets, drawn }.into());
    }
    let received = Received { announced, drawn, handed: handed.clone() };
    Ok((DrawingEvent::Received(received), rule(&Stage::Targets)))
}

/// Seed and list follow from what was announced above.
fn drawn_above(
    handed: &Handed,
    announcement: &Announcement,
    files: &Files,
) -> Result<(Announced, Drawn), Refusal> {
    let (lines, root, strata) = roster(announcement)?;
    check_seed(&handed.seed, announcement, files)?;
    let list = check_list(&handed.list, announcement, handed.seed, files)?;
    let subject = Subject::Roster { lines, quota: quota(strata), root };
    Ok((announced(announcement, subject), summary(&handed.list, list)))
}
