//! What follows from a problem, until the inspection is closed and filed: articles 11, 12, 22, 23 and 24.

use super::super::act::{Scene, Who, code, team};
use super::course::{Course, Finding, Part, Story};
use super::plan::command_of;
use super::publicity::Branch;
use super::{Script, out_of_range};
use crate::job::JobError;
use crate::register::Department;
use std::collections::BTreeSet;
use yicha::actor::Purpose;
use yicha::archive::{Closed, Document, DossierCommand, Filed, Medium, Opened, Retention};
use yicha::code::{CaseCode, DepartmentId, InspectorId, ItemId};
use yicha::date::Date;
use yicha::event::Command;
use yicha::follow_up::closing::ClosingCommand;
use yicha::follow_up::clue::{self, ClueCommand, Conclusion};
use yicha::follow_up::consequence::{EndCause, Ended, Found, Ruling};
use yicha::follow_up::listing::{ListingCommand, ListingGround, Proposed};
use yicha::follow_up::penalty::{Penalised, PenaltyCommand, Severity};
use yicha::follow_up::rectification::*;
use yicha::hash::Digest;
use yicha::result::InspectionResult;

/// Days after the completion on which a listing or penalty ends that ends in this year.
const ENDS_AFTER: i32 = 75;

pub(super) fn follow_up<'a>(script: &mut Script<'a>, course: &Course<'a>) -> Result<(), JobError> {
    match course.story {
        // One listing for all items, by the initiator.
        Story::Unreachable => {
            listing(script, course, &all_items(course), ListingGround::Unreachable)?
        }
        Story::Uncooperative => {
            penalty(script, course, &course.parts[0], &all_items(course), Severity::Heavier)?;
            listing(script, course, &all_items(course), ListingGround::HeavierPenalty)?;
        }
        _ => {
            for part in &course.parts {
                let problems = part.findings.iter().filter(|finding| finding.negative());
                problems.clone().try_for_each(|found| one(script, course, part, found))?;
            }
        }
    }
    close(script, course)
}

fn all_items(course: &Course<'_>) -> BTreeSet<ItemId> {
    let findings = course.parts.iter().flat_map(|part| &part.findings);
    findings.map(|finding| finding.item.clone()).collect()
}

/// What follows from one problem.
fn one<'a>(
    script: &mut Script<'a>,
    course: &Course<'a>,
    part: &Part<'a>,
    finding: &Finding,
) -> Result<(), JobError> {
    let items = BTreeSet::from([finding.item.clone()]);
    match finding.result {
        InspectionResult::InformationNotPublished => {
            listing(script, course, &items, ListingGround::ReportNotPublished)
        }
        InspectionResult::ProblemUnderInvestigation => clue(script, course, part, finding),
        InspectionResult::Failed => {
            let severity = severity(course.story);
            penalty(script, course, part, &items, severity)
        }
        _ => rectification(script, course, part, finding),
    }
}

/// A penalty for what fails by chance is a minor one.
fn severity(story: Story) -> Severity {
    if story == Story::Failed { Severity::Ordinary } else { Severity::Minor }
}

/// How a problem's result stops being public. Branch B prevails where something is listed or penalised.
pub(super) fn branch(
    script: &Script<'_>,
    course: &Course<'_>,
    finding: &Finding,
) -> Result<Branch, JobError> {
    let ends = || Ok(Branch::Consequences(Some(script.days(course.completed, ENDS_AFTER)?)));
    match finding.result {
        InspectionResult::Unreachable | InspectionResult::InformationNotPublished => ends(),
        InspectionResult::Failed if course.story == Story::Failed => ends(),
        InspectionResult::SeriouslyUncooperative => Ok(Branch::Consequences(None)),
        _ => Ok(Branch::Period),
    }
}

/// 责令限期改正, a report, and a re-check. Where the signature was refused, the first re-check finds it not corrected.
fn rectification<'a>(
    script: &mut Script<'a>,
    course: &Course<'a>,
    part: &Part<'a>,
    finding: &Finding,
) -> Result<(), JobError> {
    let (department, day) = (part.department, course.completed);
    let case: CaseCode = code(course.number(format!("ZG-{}", finding.item)))?;
    let due = script.days(day, 15)?;
    let (rectification, found) = (case.clone(), found(course, [finding.item.clone()].into()));
    act(script, day, &case, "order", Who::Officer(department), move |scene| {
        let (department, order) = (department.id.clone(), scene.keep("责令改正通知书", "限期改正"));
        let ordered = Ordered { department, found: found.clone(), order, term: Term::By(due) };
        let rectification = rectification.clone();
        Ok(RectificationCommand::Order { ordered, rectification }.into())
    })?;
    let again = course.story == Story::RefusedSignature;
    let mut day = script.workdays(due, -1)?;
    if again {
        report_and_recheck(script, course, part, &case, day, false)?;
        let extended = script.workdays(day, 2)?;
        let due = script.days(extended, 15)?;
        let rectification = case.clone();
        act(script, extended, &case, "extend", Who::Officer(department), move |scene| {
            let extended =
                Extended { due, reason: scene.keep("延期理由", "尚有一处未改") };
            let rectification = rectification.clone();
            Ok(RectificationCommand::Extend { extended, rectification }.into())
        })?;
        day = due;
    }
    report_and_recheck(script, course, part, &case, day, true)
}

fn report_and_recheck<'a>(
    script: &mut Script<'a>,
    course: &Course<'a>,
    part: &Part<'a>,
    case: &CaseCode,
    day: Date,
    corrected: bool,
) -> Result<(), JobError> {
    let (rectification, who) = (case.clone(), Who::Officer(part.department));
    let again = if corrected { "" } else { "-first" };
    act(script, day, case, &format!("report{again}"), who.clone(), move |scene| {
        let reported = Reported { report: scene.keep("整改报告", "已改正") };
        let rectification = rectification.clone();
        Ok(RectificationCommand::Report { rectification, reported }.into())
    })?;
    let (rectification, inspection) = (case.clone(), course.id.clone());
    let (day, id) = (script.workdays(day, 1)?, &part.department.id);
    let least = usize::from(script.outcome.task.minimum);
    act(script, day, case, &format!("recheck{again}"), who, move |scene| {
        let inspectors = certified(scene, &inspection, id, day, least)?;
        let record = scene.keep("复查记录", if corrected { "已改正" } else { "尚有一处未改" });
        let rechecked = Rechecked { corrected, inspectors, record };
        let rectification = rectification.clone();
        Ok(RectificationCommand::Recheck { rechecked, rectification }.into())
    })
}

/// As many inspectors of the department as it takes, each with a certificate on the day, those who were there before others.
fn certified(
    scene: &Scene<'_, '_>,
    inspection: &CaseCode,
    department: &DepartmentId,
    day: Date,
    least: usize,
) -> Result<BTreeSet<InspectorId>, JobError> {
    let team = team(scene.inspection(inspection)?, department);
    let shelf = scene.world.registers.inspectors.get(department);
    let rows = shelf.map(|shelf| shelf.fed(department)).transpose();
    let rows = rows.map_err(|e| JobError::refused(&e))?;
    let mut people: Vec<_> = rows.into_iter().flat_map(|rows| rows.values()).collect();
    people.retain(|person| person.may_inspect(day));
    people.sort_by_key(|person| !team.contains(&person.id));
    Ok(people.into_iter().take(least).map(|person| person.id.clone()).collect())
}

/// A clue that its department hands on to the competent one, which investigates and concludes it.
fn clue<'a>(
    script: &mut Script<'a>,
    course: &Course<'a>,
    part: &Part<'a>,
    finding: &Finding,
) -> Result<(), JobError> {
    let case: CaseCode = code(course.number(format!("XS-{}", finding.item)))?;
    let competent = competent(script);
    raise(script, course, part, finding, &case)?;
    hand_on(script, course, part, &case, competent)?;
    conclude(script, course, part, &case, competent)
}

fn raise<'a>(
    script: &mut Script<'a>,
    course: &Course<'a>,
    part: &Part<'a>,
    finding: &Finding,
    case: &CaseCode,
) -> Result<(), JobError> {
    let (own, day) = (part.department, course.completed);
    let (inspection, item, target) = (course.id.clone(), finding.item.clone(), course.target);
    let (clue, officer) = (case.clone(), Who::Officer(own));
    act(script, day, case, "raise", officer.clone(), move |scene| {
        let raised = clue::Raised {
            concerned: [own.id.clone()].into(),
            coordinator: None,
            inspection: Some(inspection.clone()),
            item: Some(item.clone()),
            target: Some(target.clone()),
            text: scene.keep("问题线索", "检查中发现的情况需要继续调查"),
        };
        Ok(ClueCommand::Raise { clue: clue.clone(), raised }.into())
    })?;
    let (assigned, due) = (script.workdays(day, 1)?, script.workdays(day, 40)?);
    let to = clue::Assigned { department: own.id.clone(), due };
    let command = ClueCommand::Assign { assigned: to, clue: case.clone() };
    act(script, assigned, case, "assign", officer, command_of(command))?;
    accept(script, assigned, case, own)
}

fn hand_on<'a>(
    script: &mut Script<'a>,
    course: &Course<'a>,
    part: &Part<'a>,
    case: &CaseCode,
    competent: &'a Department,
) -> Result<(), JobError> {
    let (day, own, clue) = (script.workdays(course.completed, 3)?, part.department, case.clone());
    act(script, day, case, "transfer", Who::Officer(own), move |scene| {
        let reason = scene.keep("移交理由", "属有权部门职责");
        let (department, to) = (own.id.clone(), competent.id.clone());
        let transferred = clue::Transferred { department, reason, to };
        Ok(ClueCommand::Transfer { clue: clue.clone(), transferred }.into())
    })?;
    accept(script, day, case, competent)
}

/// The competent department investigates and concludes, and who has raised the clue closes it.
fn conclude<'a>(
    script: &mut Script<'a>,
    course: &Course<'a>,
    part: &Part<'a>,
    case: &CaseCode,
    competent: &'a Department,
) -> Result<(), JobError> {
    let day = |days| script.workdays(course.completed, days);
    let (investigated, concluded, closed) = (day(15)?, day(25)?, day(26)?);
    let (clue, officer) = (case.clone(), Who::Officer(competent));
    act(script, investigated, case, "investigate", officer.clone(), move |scene| {
        let report = scene.keep("调查报告", "经调查，问题属实，已改正");
        let investigated = clue::Investigated { department: competent.id.clone(), report };
        Ok(ClueCommand::Investigate { clue: clue.clone(), investigated }.into())
    })?;
    let clue = case.clone();
    act(script, concluded, case, "conclude", officer, move |scene| {
        let (department, report) = (competent.id.clone(), scene.keep("办结报告", "已改正"));
        let conclusion = Conclusion::Corrected;
        let concluded = clue::Concluded { conclusion, department, report };
        Ok(ClueCommand::Conclude { clue: clue.clone(), concluded }.into())
    })?;
    let clue = case.clone();
    act(script, closed, case, "close", Who::Officer(part.department), move |scene| {
        let closed = clue::Closed { report: scene.keep("线索办结", "各部门均已办结") };
        Ok(ClueCommand::Close { clue: clue.clone(), closed }.into())
    })
}

fn accept<'a>(
    script: &mut Script<'a>,
    day: Date,
    case: &CaseCode,
    department: &'a Department,
) -> Result<(), JobError> {
    let accepted = clue::Accepted { department: department.id.clone() };
    let command = ClueCommand::Accept { clue: case.clone(), accepted };
    let what = format!("accept-{}", department.id);
    act(script, day, case, &what, Who::Officer(department), command_of(command))
}

/// A department that has no part in the inspection, or else another one.
fn competent<'a>(script: &Script<'a>) -> &'a Department {
    let takes_part: Vec<_> = script.inspecting().map(|department| &department.id).collect();
    let mut others = script.registers().departments.iter().filter(|found| found.inspects);
    let other = others.find(|found| !takes_part.contains(&&found.id));
    other.or_else(|| script.inspecting().nth(1)).unwrap_or(script.initiator())
}

/// A penalty by a department, which ends in this year where it is an ordinary one.
fn penalty<'a>(
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
fn listing<'a>(
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

fn found(course: &Course<'_>, items: BTreeSet<ItemId>) -> Found {
    Found { inspection: course.id.clone(), items }
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

fn document(
    script: &Script<'_>,
    course: &Course<'_>,
    word: &str,
) -> Result<yicha::draw::announcement::FreeText, JobError> {
    script.document(word, &course.id)
}

/// The inspection is closed, and each department files what it has left.
fn close<'a>(script: &mut Script<'a>, course: &Course<'a>) -> Result<(), JobError> {
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

fn act<'a>(
    script: &mut Script<'a>,
    day: Date,
    case: &CaseCode,
    what: &str,
    who: Who<'a>,
    command: impl Fn(&mut Scene<'_, 'a>) -> Result<Command, JobError> + 'a,
) -> Result<(), JobError> {
    script.act(day, format!("{case}-{what}"), who, Purpose::FollowUp, command)
}
