//! Articles 19 and 20: the inspection of one target by its joint team, from its opening to its completion.
//!
//! Case and life cycle: the initiator opens it for a target drawn, with everybody matched as its team ([`team`]) and
//! one of its own as leader. The departments prepare and may give notice. A visit takes place on a day of the scheme's
//! window, what can be done from afar needs none. Each item gets a record by its own department, the target confirms,
//! or what the law has in place of that happens, and the initiator completes the inspection.

mod cases;
mod command;
mod state;
pub mod team;

pub use cases::Inspections;
pub use command::*;
pub use state::{Inspection, ItemRecord, Superseded, Visit};

use crate::case::{CaseId, CaseKind};
use crate::code::CaseCode;
use crate::refusal::Common;
use crate::world::World;

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
        let found = self.inspections.get(id).map(AsRef::as_ref);
        found.ok_or_else(|| Common::NoSuchCase { case: case(id) })
    }
}
