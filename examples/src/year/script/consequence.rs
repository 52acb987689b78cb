//! Penalties and listings, by whom they are decided and how they end: articles 12 and 23.

use super::super::act::{Who, code};
use super::Script;
use super::course::{Course, Part};
use super::follow_up::{ENDS_AFTER, act, found};
use super::plan::command_of;
use crate::job::JobError;
use crate::register::Department;
use std::collections::BTreeSet;
use yicha::code::{CaseCode, ItemId};
use yicha::date::Date;
use yicha::draw::announcement::FreeText;
use yicha::follow_up::consequence::{EndCause, Ended, Ruling};
use yicha::follow_up::listing::{ListingCommand, ListingGround, Proposed};
use yicha::follow_up::penalty::{Penalised, PenaltyCommand, Severity};
use yicha::hash::Digest;

/// A penalty by a department, which ends in this year where it is an ordinary one.
pub(super) fn penalty<'a>(
    script: &mut Script<'a>,
    course: &Course<'a>,
    part: &Part<'a>,
    items: &BTreeSet<ItemId>,
    severity: Severity,
) -> Result<(), JobError> {
    let Some(first) = items.first() else { return Ok(()) };
    let case: CaseCode = code(course.number(format!("CF-{first}")))?;
    let day = script.workdays(course.completed, 3)?;
    let ruling = ruling(script, course, part.department, "罚", day)?;
    let penalised = Penalised { found: found(course, items.clone()), ruling, severity };
    let (penalty, who) = (case.clone(), Who::Officer(part.department));
    let command = PenaltyCommand::Record { penalised, penalty: penalty.clone() };
    act(script, day, &case, "record", who.clone(), command_of(command))?;
    if severity != Severity::Ordinary {
        return Ok(());
    }
    let on = script.days(course.completed, ENDS_AFTER)?;
    let document = Some(document(script, course, "停止公示")?);
    let command =
        PenaltyCommand::End { ended: Ended { cause: EndCause::Stopped, document, on }, penalty };
    act(script, on, &case, "end", who, command_of(command))
}

/// A listing that the initiator proposes, somebody of it decides, and that ends in this year unless it is a serious one.
pub(super) fn listing<'a>(
    script: &mut Script<'a>,
    course: &Course<'a>,
    items: &BTreeSet<ItemId>,
    ground: ListingGround,
) -> Result<(), JobError> {
    let (initiator, case) = (script.initiator(), code::<CaseCode>(course.number("LR"))?);
    let (proposed, decided) =
        (script.workdays(course.completed, 4)?, script.workdays(course.completed, 5)?);
    let (found, id, who) = (found(course, items.clone()), case.clone(), Who::Officer(initiator));
    let on = ground.clone();
    act(script, proposed, &case, "propose", who.clone(), move |scene| {
        let evidence = &scene.inspection(&found.inspection)?.evidence;
        let attempts = evidence.iter().flat_map(|(_, evidence)| &evidence.attempts);
        let evidence: BTreeSet<Digest> = attempts.map(|attempt| attempt.digest).collect();
        let (department, found, ground) = (initiator.id.clone(), found.clone(), on.clone());
        let proposed = Proposed { department, evidence, found, ground };
        Ok(ListingCommand::Propose { listing: id.clone(), proposed }.into())
    })?;
    let ruling = ruling(script, course, initiator, "列", decided)?;
    let command = ListingCommand::List { listing: case.clone(), ruling };
    let head = Who::Head(initiator);
    act(script, decided, &case, "list", head, command_of(command))?;
    if !ground.abnormal() {
        return Ok(());
    }
    let on = script.days(course.completed, ENDS_AFTER)?;
    let document = Some(document(script, course, "移出")?);
    let removed = Ended { cause: EndCause::Removed, document, on };
    let command = ListingCommand::Remove { listing: case.clone(), removed };
    act(script, on, &case, "remove", who, command_of(command))
}

fn ruling(
    script: &Script<'_>,
    course: &Course<'_>,
    body: &Department,
    word: &str,
    from: Date,
) -> Result<Ruling, JobError> {
    let shown = [code("信用中国（河南）")?].into();
    Ok(Ruling {
        body: body.id.clone(),
        document: Some(document(script, course, word)?),
        from,
        shown,
    })
}

fn document(script: &Script<'_>, course: &Course<'_>, word: &str) -> Result<FreeText, JobError> {
    script.document(word, &course.id)
}
