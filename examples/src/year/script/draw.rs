//! The draw of targets and each department's matching, as the files say, and their release: articles 18 and 19.

use super::super::act::{Who, code};
use super::Script;
use super::plan::command_of;
use crate::job::{DepartmentResult, JobError, Placement, day_of, store};
use yicha::actor::Purpose;
use yicha::date::Instant;
use yicha::draw::announcement::Stage;
use yicha::drawing::{Audience, DrawingCommand, Released};
use yicha::event::Command;
use yicha::explain::Lang;
use yicha::hash::Digest;

/// The initiator announces, seals and draws; then each department matches its own inspectors, or records that it has too
/// few.
pub(super) fn draw(script: &mut Script<'_>) -> Result<(), JobError> {
    targets(script)?;
    release(script)?;
    let departments = &script.outcome.departments;
    // All are announced before the first seed is known.
    departments.iter().try_for_each(|department| announce(script, department))?;
    departments.iter().try_for_each(|department| matching(script, department))
}

fn targets(script: &mut Script<'_>) -> Result<(), JobError> {
    let outcome = script.outcome;
    let (drawn, scheme) = (&outcome.targets.drawn, || outcome.task.scheme.clone());
    let (terms, who) = (drawn.announcement().terms(), Who::Officer(script.initiator()));
    let announcement = drawn.announcement().digest();
    let announce = DrawingCommand::Announce { announcement, scheme: scheme() };
    act(script, terms.announced, "draw-announce", &who, announce)?;
    let (seed, list) = (*drawn.seed().digest(), drawn.outcome().list().digest(script.suite));
    let seal = DrawingCommand::Seal { scheme: scheme(), seed, stage: Stage::Targets };
    act(script, terms.reveal_by, "draw-seal", &who, seal)?;
    let draw = Command::from(DrawingCommand::Draw { list, scheme: scheme() });
    let (day, at) = (day_of(terms.reveal_by)?, Some(terms.reveal_by));
    script.act_at(day, at, "draw-list", who, Purpose::Draw, move |scene| {
        scene.also(move |all| store::draw(all, outcome));
        Ok(draw.clone())
    })
}

/// What is public is published at once in this script, and the drawn file goes to the auditors. A host that inspects
/// unannounced waits with the list.
fn release(script: &mut Script<'_>) -> Result<(), JobError> {
    let (drawn, suite) = (&script.outcome.targets.drawn, script.suite);
    let (list, internal) = (drawn.outcome().list(), drawn.outcome().drawn());
    let at = drawn.announcement().terms().reveal_by;
    let files = [
        ("announcement", drawn.announcement().digest(), Audience::Public),
        ("seed", *drawn.seed().digest(), Audience::Public),
        ("list", list.digest(suite), Audience::Public),
        ("drawn", internal.digest(suite), Audience::Auditors),
    ];
    for (name, file, audience) in files {
        let place = match audience {
            Audience::Public => code("南阳市宛城区人民政府网站")?,
            Audience::Auditors => code("南阳市宛城区司法局")?,
        };
        let (released, scheme) =
            (Released { audience, file, place }, script.outcome.task.scheme.clone());
        let release = DrawingCommand::Release { released, scheme };
        act(script, at, &format!("release-{name}"), &Who::Platform, release)?;
    }
    Ok(())
}

fn announce<'a>(script: &mut Script<'a>, result: &'a DepartmentResult) -> Result<(), JobError> {
    let Placement::Matched { drawn, .. } = &result.placement else { return Ok(()) };
    let (department, announcement) = (&result.department, drawn.announcement());
    let (at, id) = (announcement.terms().announced, format!("match-announce-{}", department.id));
    let scheme = script.outcome.task.scheme.clone();
    let announce = DrawingCommand::Announce { announcement: announcement.digest(), scheme };
    act(script, at, &id, &Who::Officer(department), announce)
}

fn matching<'a>(script: &mut Script<'a>, result: &'a DepartmentResult) -> Result<(), JobError> {
    let (outcome, suite) = (script.outcome, script.suite);
    let (department, scheme) = (&result.department, || outcome.task.scheme.clone());
    let (id, who) = (&department.id, Who::Officer(department));
    let (at, command) = match &result.placement {
        Placement::Matched { drawn, matched } => {
            let at = drawn.announcement().terms().reveal_by;
            let (seed, stage) = (*drawn.seed().digest(), Stage::Inspectors(id.clone()));
            let seal = DrawingCommand::Seal { scheme: scheme(), seed, stage };
            act(script, at, &format!("match-seal-{id}"), &who, seal)?;
            let matched = digest(script, &matched.to_text());
            (at, DrawingCommand::Match { department: id.clone(), matched, scheme: scheme() })
        }
        Placement::Short { shortage, .. } => {
            let at = outcome.targets.drawn.announcement().terms().reveal_by;
            let shortage = digest(script, &shortage.to_text(suite, &result.problem));
            let (department, scheme) = (id.clone(), scheme());
            (at, DrawingCommand::FindShortage { department, scheme, shortage })
        }
    };
    let command = Command::from(command);
    let number = format!("match-{id}");
    script.act_at(day_of(at)?, Some(at), number, who, Purpose::Draw, move |scene| {
        scene.also(move |all| store::department(all, outcome, result, Lang::Zh));
        Ok(command.clone())
    })
}

fn digest(script: &Script<'_>, text: &str) -> Digest {
    script.suite.digest(&[text.as_bytes()])
}

fn act<'a>(
    script: &mut Script<'a>,
    at: Instant,
    id: &str,
    who: &Who<'a>,
    command: DrawingCommand,
) -> Result<(), JobError> {
    script.act_at(day_of(at)?, Some(at), id, who.clone(), Purpose::Draw, command_of(command))
}
