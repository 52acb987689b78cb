//! An inspection from its opening to its completion: articles 19 and 20.

use super::super::act::{Scene, Who, team};
use super::Script;
use super::course::{Course, Finding, Part, Replacement, Story};
use crate::job::JobError;
use yicha::actor::Purpose;
use yicha::code::{CaseCode, ItemId};
use yicha::date::Date;
use yicha::event::Command;
use yicha::inspection::*;
use yicha::register::Method;
use yicha::result::InspectionResult;

pub(super) fn inspect<'a>(script: &mut Script<'a>, course: &Course<'a>) -> Result<(), JobError> {
    open(script, course)?;
    course.parts.iter().try_for_each(|part| prepare(script, course, part))?;
    if course.notified && course.story != Story::Unreachable {
        notify(script, course)?;
    }
    if let Some(replaced) = &course.replaced {
        replace(script, course, replaced)?;
    }
    if course.story != Story::Unreachable {
        visit(script, course)?;
    }
    if matches!(course.story, Story::Unreachable | Story::Uncooperative) {
        collect_evidence(script, course)?;
    }
    for part in &course.parts {
        part.findings.iter().try_for_each(|finding| record(script, course, part, finding))?;
    }
    confirm(script, course)?;
    let command = InspectionCommand::Complete { inspection: course.id.clone() };
    let who = Who::Officer(script.initiator());
    act(script, course, course.completed, "complete", who, move |_| Ok(command.clone()))
}

fn open<'a>(script: &mut Script<'a>, course: &Course<'a>) -> Result<(), JobError> {
    let (inspection, target) = (course.id.clone(), course.target);
    let (scheme, who) = (&script.outcome.task.scheme, Who::Officer(script.initiator()));
    act(script, course, course.opened, "open", who, move |scene| {
        let assignment = scene.world.assignment(scheme, target);
        let assignment = assignment.map_err(|e| JobError::refused(&e))?;
        let leader = assignment.leader().map(|member| member.inspector.clone());
        let leader = leader.ok_or_else(|| {
            JobError::unusable("牵头部门没有匹配人员", "the initiator has matched nobody")
        })?;
        let (scheme, target) = (scheme.clone(), target.clone());
        let opening = Opening { leader, scheme, target };
        Ok(InspectionCommand::Open { inspection: inspection.clone(), opening })
    })
}

fn prepare<'a>(
    script: &mut Script<'a>,
    course: &Course<'a>,
    part: &Part<'a>,
) -> Result<(), JobError> {
    let (inspection, department) = (course.id.clone(), part.department);
    let what = format!("prepare-{}", department.id);
    act(script, course, course.opened, &what, Who::Officer(department), move |scene| {
        let digest = scene.keep("检查准备", "查阅登记、许可和处罚信息，备好检查表格");
        let consulted = vec![Consulted { digest, kind: Background::Registration }];
        let prepared = Prepared { consulted, department: department.id.clone() };
        Ok(InspectionCommand::Prepare { inspection: inspection.clone(), prepared })
    })
}

fn notify<'a>(script: &mut Script<'a>, course: &Course<'a>) -> Result<(), JobError> {
    let (inspection, visit) = (course.id.clone(), course.visit);
    let who = Who::Officer(script.initiator());
    act(script, course, course.opened, "notify", who, move |scene| {
        let text = scene.keep("检查告知", format!("拟于{visit}到场检查，请备好有关资料"));
        let notice = Notice { form: NoticeForm::Telephone, text, visit };
        Ok(InspectionCommand::Notify { inspection: inspection.clone(), notice })
    })
}

/// The member declares a recusal, and the department head grants it and names a successor.
fn replace<'a>(
    script: &mut Script<'a>,
    course: &Course<'a>,
    replacement: &Replacement<'a>,
) -> Result<(), JobError> {
    let day = script.workdays(course.visit, -1)?.max(course.opened);
    let who = Who::Head(replacement.department);
    let (id, about) = (course.id.clone(), replacement.clone());
    act(script, course, day, "recusal", who.clone(), move |scene| {
        let decided = RecusalDecided {
            granted: true,
            inspector: about.inspector.clone(),
            origin: RecusalOrigin::Declared,
            reason: scene.keep("回避理由", "本人申请回避，理由由部门保存，不公开"),
        };
        Ok(InspectionCommand::DecideRecusal { decided, inspection: id.clone() })
    })?;
    let (id, about) = (course.id.clone(), replacement.clone());
    act(script, course, day, "replace", who, move |scene| {
        let replaced = Replaced {
            inspector: about.inspector.clone(),
            reason: scene.keep("更换理由", "回避"),
            selection: Selection::Named,
            successor: about.successor.clone(),
        };
        Ok(InspectionCommand::Replace { inspection: id.clone(), replaced })
    })
}

fn visit<'a>(script: &mut Script<'a>, course: &Course<'a>) -> Result<(), JobError> {
    let (id, who) = (course.id.clone(), Who::Inspector(script.initiator(), course.id.clone()));
    act(script, course, course.visit, "visit", who, move |scene| {
        let team = &scene.inspection(&id)?.assignment.team;
        let present = team.iter().map(|member| member.inspector.clone()).collect();
        let visited = Visited { present, reason: None };
        Ok(InspectionCommand::Visit { inspection: id.clone(), visited })
    })
}

/// Evidence comes before a result that is formed directly.
fn collect_evidence<'a>(script: &mut Script<'a>, course: &Course<'a>) -> Result<(), JobError> {
    let (id, visit, reachable) =
        (course.id.clone(), course.visit, course.story != Story::Unreachable);
    let day = course.parts.first().and_then(|part| part.findings.first()).map_or(visit, |f| f.on);
    let who = Who::Inspector(script.initiator(), course.id.clone());
    act(script, course, day, "evidence", who, move |scene| {
        let mut tried =
            |name, text, kind| Attempt { digest: scene.keep(name, text), kind, on: visit };
        let evidence = match reachable {
            true => {
                let text = "拒绝人员进入并拒绝提供资料，经说明后果仍不配合";
                let attempts = vec![tried("录像：拒绝检查", text, AttemptKind::Other)];
                Evidence { attempts, ground: Ground::SeriouslyUncooperative }
            }
            false => {
                let there =
                    tried("录像：登记地址", "登记的住所无此经营者", AttemptKind::RegisteredAddress);
                let letter = tried("专用信函", "寄往登记的住所，被退回", AttemptKind::Letter);
                Evidence { attempts: vec![there, letter], ground: Ground::Unreachable }
            }
        };
        Ok(InspectionCommand::CollectEvidence { evidence, inspection: id.clone() })
    })
}

fn record<'a>(
    script: &mut Script<'a>,
    course: &Course<'a>,
    part: &Part<'a>,
    finding: &Finding,
) -> Result<(), JobError> {
    let (id, found) = (course.id.clone(), finding.clone());
    let who = Who::Inspector(part.department, course.id.clone());
    let what = format!("record-{}", found.item);
    act(script, course, found.on, &what, who, move |scene| {
        let Finding { item, name, method, result, .. } = found.clone();
        let label = result.label(yicha::explain::Lang::Zh);
        let record = scene.keep("检查记录表", format!("事项\t{item} {name}\n结果\t{label}"));
        let other = result == InspectionResult::Other;
        let text = other.then(|| scene.keep("结果说明", "停业装修，未能检查"));
        let negative = other.then_some(false);
        let recorded = Recorded { item, method, negative, record, result, text };
        Ok(InspectionCommand::Record { inspection: id.clone(), recorded })
    })
}

/// What was seen on site is signed, what was seen from afar confirmed electronically; a refusal to sign is noted and
/// recorded. What was formed directly needs no confirmation.
fn confirm<'a>(script: &mut Script<'a>, course: &Course<'a>) -> Result<(), JobError> {
    if matches!(course.story, Story::Unreachable | Story::Uncooperative) {
        return Ok(());
    }
    let findings = || course.parts.iter().flat_map(|part| &part.findings);
    let on_site =
        |finding: &&Finding| matches!(finding.method, Method::OnSite | Method::SamplingTest);
    let here: Vec<ItemId> = findings().filter(on_site).map(|f| f.item.clone()).collect();
    let afar: Vec<ItemId> = findings().filter(|f| !on_site(f)).map(|f| f.item.clone()).collect();
    let refused = course.story == Story::RefusedSignature;
    let kinds = [
        ("confirm", here, ConfirmationForm::Signature),
        ("confirm-afar", afar, ConfirmationForm::Electronic),
    ];
    for (what, items, form) in kinds.into_iter().filter(|(_, items, _)| !items.is_empty()) {
        let id = course.id.clone();
        let who = Who::Inspector(script.initiator(), course.id.clone());
        act(script, course, course.completed, what, who, move |scene| {
            let by = match refused {
                true => refusal(scene, &id)?,
                false => Confirmation::Target { document: scene.keep("确认书", "属实"), form },
            };
            let confirmed = Confirmed { by, items: items.iter().cloned().collect() };
            Ok(InspectionCommand::Confirm { confirmed, inspection: id.clone() })
        })?;
    }
    Ok(())
}

fn refusal(scene: &mut Scene<'_, '_>, id: &CaseCode) -> Result<Confirmation, JobError> {
    let witnesses = team(scene.inspection(id)?, &scene.inspection(id)?.assignment.initiator).len();
    let note = scene.keep("记录（注明拒签）", format!("对象拒绝签字，检查人员{witnesses}人在场"));
    let digest = scene.keep("录像：拒绝签字", "（演示：此处为录像文件）");
    let attestation = Some(scene.keep("见证说明", "社区工作人员见证"));
    let recordings = vec![Recording { digest, media: RecordingMedia::Video }];
    Ok(Confirmation::Refused { attestation, note, recordings })
}

/// An act of an inspection.
fn act<'a>(
    script: &mut Script<'a>,
    course: &Course<'_>,
    day: Date,
    what: &str,
    who: Who<'a>,
    command: impl Fn(&mut Scene<'_, 'a>) -> Result<InspectionCommand, JobError> + 'a,
) -> Result<(), JobError> {
    let number = course.number(what);
    script
        .act(day, number, who, Purpose::Inspection, move |scene| command(scene).map(Command::from))
}
