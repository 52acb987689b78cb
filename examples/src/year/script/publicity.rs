//! Results are entered and published by their own departments, one is corrected by order, and what is negative stops being
//! public by one branch of article 25 or the other: articles 21 and 25.

use super::super::act::{Who, code};
use super::Script;
use super::course::{Course, Finding, Part, Story};
use super::follow_up::branch;
use super::plan::command_of;
use crate::job::JobError;
use std::num::NonZeroU16;
use yicha::actor::Purpose;
use yicha::date::Date;
use yicha::publication::*;
use yicha::register::LegalBasis;
use yicha::result::InspectionResult;

/// The period that this script's departments give, in months. It is the department's own rule that sets it.
const PERIOD: NonZeroU16 = NonZeroU16::new(3).unwrap();

/// How a negative result stops being public.
pub(super) enum Branch {
    /// When the period has run.
    Period,
    /// When what was listed or penalised ends, on that day; nothing: not in this year.
    Consequences(Option<Date>),
}

pub(super) fn publish<'a>(script: &mut Script<'a>, course: &Course<'a>) -> Result<(), JobError> {
    for part in &course.parts {
        for finding in &part.findings {
            enter(script, course, part, finding)?;
        }
        for finding in &part.findings {
            make_public(script, course, part, finding)?;
            if finding.negative() {
                stop(script, course, part, finding)?;
            }
        }
    }
    Ok(())
}

fn enter<'a>(
    script: &mut Script<'a>,
    course: &Course<'a>,
    part: &Part<'a>,
    finding: &Finding,
) -> Result<(), JobError> {
    let (inspection, item, result) = (course.id.clone(), finding.item.clone(), finding.result);
    let receipt = code(format!("省平台回执 {inspection} {item}"))?;
    let command = PublicationCommand::Enter { inspection, item, receipt, result };
    let (number, who) = (course.number(format!("enter-{}", finding.item)), officer(part));
    script.act(part.entered, number, who, Purpose::Publication, command_of(command))
}

fn make_public<'a>(
    script: &mut Script<'a>,
    course: &Course<'a>,
    part: &Part<'a>,
    finding: &Finding,
) -> Result<(), JobError> {
    let (inspection, item) = (course.id.clone(), finding.item.clone());
    let places = vec![code("国家企业信用信息公示系统（河南）")?];
    let command = PublicationCommand::Publish { inspection, item, places };
    let (number, who) = (course.number(format!("publish-{}", finding.item)), officer(part));
    script.act(part.published, number, who, Purpose::Publication, command_of(command))
}

fn officer<'a>(part: &Part<'a>) -> Who<'a> {
    Who::Officer(part.department)
}

/// How a published negative result goes on.
fn stop<'a>(
    script: &mut Script<'a>,
    course: &Course<'a>,
    part: &Part<'a>,
    finding: &Finding,
) -> Result<(), JobError> {
    if course.story == Story::Corrected {
        return correct(script, course, part, finding);
    }
    match branch(script, course, finding)? {
        Branch::Period => {
            let period = Period { months: PERIOD, source: source()?, start: part.published };
            let last_day = period.last_day();
            set_period(script, course, part, finding, period)?;
            let over = script.days(last_day, 1)?;
            cease(script, course, part, finding, over)
        }
        Branch::Consequences(Some(day)) => {
            // It stops with the consequence; that is recorded afterwards.
            let recorded = script.workdays(day.max(part.published), 1)?;
            cease(script, course, part, finding, recorded)
        }
        Branch::Consequences(None) => Ok(()),
    }
}

/// A review decision finds that there was no problem.
fn correct<'a>(
    script: &mut Script<'a>,
    course: &Course<'a>,
    part: &Part<'a>,
    finding: &Finding,
) -> Result<(), JobError> {
    let day = script.workdays(part.published, 20)?;
    let document = script.document("政复决", 1)?;
    let (inspection, item) = (course.id.clone(), finding.item.clone());
    let (number, who) = (course.number(format!("correct-{item}")), Who::Head(part.department));
    script.act(day, number, who, Purpose::Publication, move |scene| {
        let grounds = scene.keep("更正理由", "行政复议决定撤销原检查结论");
        let (document, reason) = (Some(document.clone()), CorrectionReason::ReviewDecision);
        let order = CorrectionOrder { document, grounds, reason };
        let (item, result) = (item.clone(), InspectionResult::NoProblemFound);
        let correction = Correction { item, negative: None, order, result, text: None };
        Ok(PublicationCommand::Correct { correction, inspection: inspection.clone() }.into())
    })
}

/// The rule is a made-up one: each department gives its own.
fn source() -> Result<LegalBasis, JobError> {
    Ok(LegalBasis { law: code("公示期限规定（示例，由部门给出）")?, place: None })
}

fn set_period<'a>(
    script: &mut Script<'a>,
    course: &Course<'a>,
    part: &Part<'a>,
    finding: &Finding,
    period: Period,
) -> Result<(), JobError> {
    let (inspection, item) = (course.id.clone(), finding.item.clone());
    let number = course.number(format!("period-{item}"));
    let command = PublicationCommand::SetPeriod { inspection, item, period };
    let purpose = Purpose::CreditRepair;
    script.act(part.published, number, officer(part), purpose, command_of(command))
}

fn cease<'a>(
    script: &mut Script<'a>,
    course: &Course<'a>,
    part: &Part<'a>,
    finding: &Finding,
    day: Date,
) -> Result<(), JobError> {
    let (inspection, item) = (course.id.clone(), finding.item.clone());
    let number = course.number(format!("cease-{item}"));
    let command = PublicationCommand::Cease { inspection, item };
    script.act(day, number, officer(part), Purpose::CreditRepair, command_of(command))
}
