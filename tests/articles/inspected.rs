//! An inspection that is opened for the first target drawn.

use crate::desk::{Desk, FIRE, MARKET, code, day, kept};
use crate::drawn::{inspectors_of, with_teams};
use crate::planned::{FIRE_SAFETY, FOOD, SCHEME};
use crate::registered::{register_target, target};
use yicha::actor::Role;
use yicha::code::{CaseCode, InspectorId, TargetId};
use yicha::inspection::*;
use yicha::register::Method;
use yicha::result::InspectionResult;

/// The number of the inspection.
pub(crate) const VISIT: &str = "JC-2026-1";

pub(crate) fn id() -> CaseCode {
    code(VISIT)
}

/// A desk and who was matched.
pub(crate) struct Field {
    pub(crate) desk: Desk,
    pub(crate) target: TargetId,
    /// The two of each department in the team.
    pub(crate) market: Vec<InspectorId>,
    pub(crate) fire: Vec<InspectorId>,
}

/// Both departments have matched their inspectors, and nothing is opened yet.
pub(crate) fn matched() -> Field {
    let (mut desk, targets) = with_teams();
    for id in &targets.targets {
        desk.by(Role::Officer, MARKET).takes(register_target(MARKET, target(id.as_str())));
    }
    let target = targets.targets[0].clone();
    let team = desk.world.assignment(&code(SCHEME), &target).unwrap().team;
    let of = |department: &str| {
        let own = team.iter().filter(|member| member.department == code(department));
        own.map(|member| member.inspector.clone()).collect::<Vec<_>>()
    };
    let (market, fire) = (of(MARKET), of(FIRE));
    desk.on("2026-04-20").by(Role::Officer, MARKET);
    Field { desk, target, market, fire }
}

/// The inspection is opened, led by the first inspector of the market supervision.
pub(crate) fn opened() -> Field {
    let mut field = matched();
    let open = field.open();
    field.desk.takes(open);
    field
}

/// The team was at the target on 2026-05-06, and its leader is at the desk.
pub(crate) fn visited() -> Field {
    let mut field = opened();
    let present = field.team();
    field.at("2026-05-06", MARKET, 0).takes(visit(present));
    field
}

/// Both items are recorded with these results on 2026-05-06.
pub(crate) fn recorded(food: InspectionResult, fire: InspectionResult) -> Field {
    let mut field = visited();
    field.at("2026-05-06", MARKET, 0).takes(record(found(FOOD, food)));
    field.at("2026-05-06", FIRE, 0).takes(record(found(FIRE_SAFETY, fire)));
    field.at("2026-05-06", MARKET, 0);
    field
}

impl Field {
    pub(crate) fn open(&self) -> InspectionCommand {
        let (leader, scheme) = (self.market[0].clone(), code(SCHEME));
        let opening = Opening { leader, scheme, target: self.target.clone() };
        InspectionCommand::Open { inspection: id(), opening }
    }

    /// The next acts are by that member of a department.
    pub(crate) fn at(&mut self, on: &str, department: &str, member: usize) -> &mut Desk {
        let id = if department == MARKET { &self.market[member] } else { &self.fire[member] };
        let id = code(id.as_str());
        self.desk.on(on).by(Role::Inspector, department).stamp.actor.id = id;
        &mut self.desk
    }

    pub(crate) fn team(&self) -> Vec<InspectorId> {
        self.market.iter().chain(&self.fire).cloned().collect()
    }

    /// The inspector of a department whom it did not match to the target.
    pub(crate) fn spare(&self, department: &str) -> InspectorId {
        let all = inspectors_of(department).map(code::<InspectorId>);
        all.into_iter().find(|id| !self.team().contains(id)).unwrap()
    }

    pub(crate) fn inspection(&self) -> &Inspection {
        self.desk.world.inspection(&id()).unwrap()
    }
}

pub(crate) fn visit(present: Vec<InspectorId>) -> InspectionCommand {
    let visited = Visited { present: present.into_iter().collect(), reason: None };
    InspectionCommand::Visit { inspection: id(), visited }
}

pub(crate) fn found(item: &str, result: InspectionResult) -> Recorded {
    Recorded {
        item: code(item),
        method: Method::OnSite,
        negative: None,
        record: kept("检查记录表"),
        result,
        text: None,
    }
}

pub(crate) fn record(recorded: Recorded) -> InspectionCommand {
    InspectionCommand::Record { inspection: id(), recorded }
}

pub(crate) fn evidence(ground: Ground, kind: AttemptKind, on: &str) -> Evidence {
    let attempt = Attempt { digest: kept("照片"), kind, on: day(on) };
    Evidence { attempts: vec![attempt], ground }
}

pub(crate) fn collect(evidence: Evidence) -> InspectionCommand {
    InspectionCommand::CollectEvidence { evidence, inspection: id() }
}

pub(crate) fn signed() -> Confirmation {
    Confirmation::Target { document: kept("签字的记录"), form: ConfirmationForm::Signature }
}

pub(crate) fn confirm(by: Confirmation, items: &[&str]) -> InspectionCommand {
    let items = items.iter().map(|item| code(item)).collect();
    InspectionCommand::Confirm { confirmed: Confirmed { by, items }, inspection: id() }
}

pub(crate) fn complete() -> InspectionCommand {
    InspectionCommand::Complete { inspection: id() }
}
