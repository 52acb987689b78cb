//! Articles 19 and 20: the inspection of one target by its joint team, from its opening to its completion.
//!
//! Case and life cycle: the initiator opens it for a target drawn, with everybody matched as its team ([`team`]) and
//! one of its own as leader. The departments prepare and may give notice. A visit takes place on a day of the scheme's
//! window, what can be done from afar needs none. Each item gets a record by its own department, the target confirms,
//! or what the law has in place of that happens, and the initiator completes the inspection.

mod cases;
mod command;
mod complete;
mod documents;
mod open;
mod record;
mod refusal;
mod replacement;
mod state;
pub mod team;
mod visit;

pub use cases::Inspections;
pub use command::*;
pub use refusal::InspectionRefusal;
pub use state::{Inspection, ItemRecord, Superseded, Visit};

use crate::actor::{Role, with_keepers};
use crate::case::{CaseId, CaseKind, Context, Fact};
use crate::citation::Basis;
use crate::code::{CaseCode, DepartmentId};
use crate::date::Date;
use crate::refusal::{Common, NotEntitled, Refusal};
use crate::world::World;
use alloc::vec::Vec;

const ART: Basis = Basis::Article(20);
/// 回避.
const RECUSAL: Basis = Basis::Other("行政处罚法第四十三条");

/// The case of a number.
pub fn case(id: &CaseCode) -> CaseId {
    CaseId { kind: CaseKind::Inspection, id: id.clone() }
}

impl World {
    /// The inspection of a number.
    ///
    /// # Errors
    /// [`Common::NoSuchCase`]
    pub fn inspection(&self, id: &CaseCode) -> Result<&Inspection, Common> {
        let found = self.inspections.get(id);
        found.ok_or_else(|| Common::NoSuchCase { case: case(id) })
    }
}

/// Decides a command.
pub(crate) fn decide(
    command: &InspectionCommand,
    context: &Context<'_>,
) -> Result<Vec<Fact>, Refusal> {
    use InspectionCommand as C;
    let (id, event) = match command {
        C::Open { inspection, opening } => (inspection, open::open(inspection, opening, context)?),
        C::NameLeader { inspection, named } => {
            (inspection, open::name_leader(inspection, named, context)?)
        }
        C::Prepare { inspection, prepared } => {
            (inspection, open::prepare(inspection, prepared, context)?)
        }
        C::Notify { inspection, notice } => {
            (inspection, open::notify(inspection, notice, context)?)
        }
        C::Assist { inspection, support } => {
            (inspection, open::assist(inspection, support, context)?)
        }
        C::DecideRecusal { decided, inspection } => {
            (inspection, replacement::decide_recusal(inspection, decided, context)?)
        }
        C::Replace { inspection, replaced } => {
            (inspection, replacement::replace(inspection, replaced, context)?)
        }
        C::Visit { inspection, visited } => {
            (inspection, visit::visit(inspection, visited, context)?)
        }
        C::CollectEvidence { evidence, inspection } => {
            (inspection, record::collect_evidence(inspection, evidence, context)?)
        }
        C::Record { inspection, recorded } => {
            (inspection, record::record(inspection, recorded, context)?)
        }
        C::Revise { inspection, revised } => {
            (inspection, record::revise(inspection, revised, context)?)
        }
        C::Confirm { confirmed, inspection } => {
            (inspection, complete::confirm(inspection, confirmed, context)?)
        }
        C::Complete { inspection } => (inspection, complete::complete(inspection, context)?),
        C::Abandon { abandoned, inspection } => {
            (inspection, complete::abandon(inspection, abandoned, context)?)
        }
    };
    Ok([Fact::new(case(id), &[basis(&event)], event)].into())
}

/// The rule by which something happens.
const fn basis(event: &InspectionEvent) -> Basis {
    match event {
        InspectionEvent::RecusalDecided(_) => RECUSAL,
        InspectionEvent::Replaced(_) | InspectionEvent::Assisted(_) => Basis::Article(19),
        _ => ART,
    }
}

/// The inspection, if something can happen in it yet.
fn still_open<'a>(id: &CaseCode, context: &Context<'a>) -> Result<&'a Inspection, Refusal> {
    let inspection = context.world.inspection(id)?;
    if inspection.open() {
        return Ok(inspection);
    }
    Err(InspectionRefusal::Over { inspection: id.clone() }.into())
}

/// What happens at the target is recorded in its order.
fn in_order(inspection: &Inspection, day: Date) -> Result<(), InspectionRefusal> {
    let last = inspection.latest();
    if day < last {
        return Err(InspectionRefusal::BeforeLast { day, last });
    }
    Ok(())
}

/// Whoever acts for the team, of the department that leads it.
fn acts_for_team(inspection: &Inspection, context: &Context<'_>) -> Result<(), NotEntitled> {
    context.acts_for(&inspection.assignment.initiator, &with_keepers([Role::Inspector]), ART)
}

/// Refuses an act by a department that has nobody in the team.
pub(crate) fn comes(
    id: &CaseCode,
    department: &DepartmentId,
    inspection: &Inspection,
) -> Result<(), InspectionRefusal> {
    if inspection.assignment.comes(department) {
        return Ok(());
    }
    Err(InspectionRefusal::NotComing { department: department.clone(), inspection: id.clone() })
}
