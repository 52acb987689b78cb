//! A completed inspection with the results that a test needs.

use crate::desk::{Desk, FIRE, MARKET, code, day, kept};
use crate::planned::{FIRE_SAFETY, FOOD, SCHEME, window};
use crate::registered::{inspector, register_inspector, register_target, target};
use yicha::actor::Role;
use yicha::by_id::ById;
use yicha::follow_up::clue::{ClueCommand, Raised};
use yicha::follow_up::consequence::{EndCause, Ended, Found, Ruling};
use yicha::follow_up::penalty::*;
use yicha::inspection::team::Assignment;
use yicha::inspection::{Inspection, ItemRecord};
use yicha::publication::PublicationCommand;
use yicha::register::{Method, Target, TargetKind};
use yicha::result::{InspectionResult, Polarity};

/// The number of the inspection.
pub(crate) const VISIT: &str = "JC-1";
/// Its target.
pub(crate) const TARGET: &str = "T1";

fn record(result: InspectionResult) -> ItemRecord {
    ItemRecord {
        confirmed: true,
        method: Method::OnSite,
        negative: result.polarity() != Polarity::NotNegative,
        on: day("2026-03-20"),
        record: kept("检查记录表"),
        result,
        text: result.needs_text().then(|| kept("具体情况")),
    }
}

fn inspection(food: InspectionResult, fire: InspectionResult, completed: &str) -> Inspection {
    let items: ById<_, _> = [(code(FOOD), code(MARKET)), (code(FIRE_SAFETY), code(FIRE))].into();
    let assignment = Assignment {
        initiator: code(MARKET),
        items: items.into(),
        recused: [].into(),
        team: vec![],
        window: window("2026-03-20", "2026-12-31"),
    };
    Inspection {
        abandoned: None,
        assignment,
        completed: Some(day(completed)),
        confirmations: [].into(),
        evidence: [].into(),
        notices: [].into(),
        opened: day("2026-03-20"),
        prepared: [].into(),
        records: [(code(FOOD), record(food)), (code(FIRE_SAFETY), record(fire))].into(),
        recusals: [].into(),
        replacements: [].into(),
        scheme: code(SCHEME),
        superseded: [].into(),
        support: [].into(),
        target: code(TARGET),
        visits: [].into(),
    }
}

/// With these results of the market supervision and the fire department, completed on that day.
pub(crate) fn completed(food: InspectionResult, fire: InspectionResult, on: &str) -> Desk {
    let mut desk = with_target(TargetKind::Enterprise);
    desk.world.inspections.extend([(code(VISIT), inspection(food, fire, on))]);
    desk.on(on).by(Role::Officer, MARKET);
    desk
}

/// With the target of that kind and the inspectors of both departments.
pub(crate) fn with_target(kind: TargetKind) -> Desk {
    let mut desk = Desk::new();
    for department in [MARKET, FIRE] {
        desk.by(Role::Officer, department);
        for id in crate::drawn::inspectors_of(department) {
            desk.takes(register_inspector(inspector(id, department)));
        }
    }
    let target = Target { kind, ..target(TARGET) };
    desk.by(Role::Officer, MARKET).takes(register_target(MARKET, target));
    desk
}

pub(crate) fn enter(item: &str, result: InspectionResult) -> PublicationCommand {
    let (inspection, item, receipt) = (code(VISIT), code(item), code("SJ-0001"));
    PublicationCommand::Enter { inspection, item, receipt, result }
}

pub(crate) fn publish(item: &str) -> PublicationCommand {
    let places = vec![code("国家企业信用信息公示系统（河南）")];
    PublicationCommand::Publish { inspection: code(VISIT), item: code(item), places }
}

/// The market supervision department's result, entered and published on that day.
pub(crate) fn published(result: InspectionResult, on: &str) -> Desk {
    let mut desk = completed(result, InspectionResult::NoProblemFound, on);
    desk.takes(enter(FOOD, result));
    desk.takes(publish(FOOD));
    desk
}

pub(crate) fn found(item: &str) -> Found {
    Found { inspection: code(VISIT), items: [code(item)].into() }
}

/// A ruling of the market supervision department.
pub(crate) fn ruling(from: &str) -> Ruling {
    Ruling {
        body: code(MARKET),
        document: Some(code("宛区市监罚〔2026〕1号")),
        from: day(from),
        shown: [code("信用中国（河南）")].into(),
    }
}

pub(crate) fn penalise(penalty: &str, severity: Severity, from: &str) -> PenaltyCommand {
    let penalised = Penalised { found: found(FOOD), ruling: ruling(from), severity };
    PenaltyCommand::Record { penalised, penalty: code(penalty) }
}

pub(crate) fn end(cause: EndCause, on: &str) -> Ended {
    Ended { cause, document: Some(code("宛区市监〔2026〕2号")), on: day(on) }
}

pub(crate) fn end_penalty(penalty: &str, cause: EndCause, on: &str) -> PenaltyCommand {
    PenaltyCommand::End { ended: end(cause, on), penalty: code(penalty) }
}

/// A clue about an item for the health department.
pub(crate) fn clue(id: &str, item: &str) -> ClueCommand {
    let raised = Raised {
        concerned: [code(crate::desk::HEALTH)].into(),
        coordinator: None,
        inspection: Some(code(VISIT)),
        item: Some(code(item)),
        target: Some(code(TARGET)),
        text: kept("无证经营"),
    };
    ClueCommand::Raise { clue: code(id), raised }
}
