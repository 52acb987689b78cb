//! An inspection is closed, and each department files what it has left: articles 22 and 24.

use super::super::act::{Scene, Who, code};
use super::course::{Course, Part};
use super::follow_up::act;
use super::plan::command_of;
use super::{Script, out_of_range};
use crate::job::JobError;
use yicha::actor::Purpose;
use yicha::archive::{Closed, Document, DossierCommand, Filed, Medium, Opened, Retention};
use yicha::code::CaseCode;
use yicha::date::Date;
use yicha::event::Command;
use yicha::follow_up::closing::ClosingCommand;
use yicha::hash::Digest;

/// The inspection is closed, and each department files what it has left.
pub(super) fn close<'a>(script: &mut Script<'a>, course: &Course<'a>) -> Result<(), JobError> {
    let (closed, filed) =
        (script.workdays(course.published(), 3)?, script.workdays(course.published(), 4)?);
    let command = ClosingCommand::Close { inspection: course.id.clone() };
    let who = Who::Officer(script.initiator());
    act(script, closed, &course.id, "close", who, command_of(command))?;
    course.parts.iter().try_for_each(|part| dossier(script, course, part, filed))
}

fn dossier<'a>(
    script: &mut Script<'a>,
    course: &Course<'a>,
    part: &Part<'a>,
    day: Date,
) -> Result<(), JobError> {
    let (department, inspection) = (part.department.id.clone(), course.id.clone());
    let case: CaseCode = code(format!("{}.{department}", course.id))?;
    let (opened, who) = (Opened { department, inspection }, Who::Officer(part.department));
    let command = DossierCommand::Open { dossier: case.clone(), opened };
    archive(script, day, &case, "open", who.clone(), command_of(command))?;
    let dossier = case.clone();
    archive(script, day, &case, "file", who.clone(), move |scene| {
        let filed = Filed { documents: documents(scene, &dossier)? };
        Ok(DossierCommand::File { dossier: dossier.clone(), filed }.into())
    })?;
    let until = Date::from_ymd(day.year() + 10, 12, 31).ok_or_else(out_of_range)?;
    let closed = Closed {
        place: code(format!("{}档案室", part.department.name))?,
        retention: Retention::Until(until),
    };
    let command = DossierCommand::Close { closed, dossier: case.clone() };
    archive(script, day, &case, "close", who, command_of(command))
}

/// What the inspection has left and is not filed yet, each looked at again as the host has it.
fn documents(scene: &Scene<'_, '_>, dossier: &CaseCode) -> Result<Vec<Document>, JobError> {
    let refused = |e| JobError::refused(&e);
    let missing =
        scene.world.dossier(dossier).and_then(|found| scene.world.missing_documents(found));
    let document = |recorded: Digest| {
        let kept = scene.store.document(&recorded)?;
        let (name, text) = kept.unwrap_or_default();
        let found = scene.suite.digest(&[text.as_bytes()]);
        let medium = if name.starts_with("录像") { Medium::Video } else { Medium::Text };
        Ok(Document { found, medium, recorded })
    };
    missing.map_err(refused)?.into_iter().map(document).collect()
}

fn archive<'a>(
    script: &mut Script<'a>,
    day: Date,
    case: &CaseCode,
    what: &str,
    who: Who<'a>,
    command: impl Fn(&mut Scene<'_, 'a>) -> Result<Command, JobError> + 'a,
) -> Result<(), JobError> {
    script.act(day, format!("dossier-{what}-{case}"), who, Purpose::Archive, command)
}
