//! Open calls (article 6), resolutions (article 7) and clues (article 11), each with who has to act and by when.

use super::View;
use super::duty::{Act, Duty, Part};
use crate::code::{CaseCode, DepartmentId};
use crate::date::Date;
use crate::follow_up::clue::{self, Clue, Stage};
use crate::order::sort_by;
use crate::plan::{call, conference};
use crate::refusal::Refusal;
use alloc::vec::Vec;
use serde::{Deserialize, Serialize};

/// Asks what is open.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct AskOpen {
    /// The day to which the last days are compared.
    pub day: Date,
    /// Only what this department has to do.
    pub department: Option<DepartmentId>,
}

/// What is open.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Open {
    /// The day.
    pub day: Date,
    /// Calls, resolutions and clues: the earliest last day first, those without one at the end.
    pub duties: Vec<Duty>,
}

pub(super) fn ask(asked: &AskOpen, view: &View<'_>) -> Result<Open, Refusal> {
    let AskOpen { day, department } = asked;
    let duties = duties(view).filter(|duty| duty.is_of(department.as_ref()));
    let mut duties: Vec<Duty> = duties.map(|duty| duty.on(*day)).collect();
    sort_by(&mut duties, Duty::order);
    Ok(Open { day: *day, duties })
}

/// Everything that is open of calls, resolutions and clues.
pub(super) fn duties<'a>(view: &View<'a>) -> impl Iterator<Item = Duty> + use<'a> {
    let world = view.world;
    let calls = world.open_calls().flat_map(|(id, open)| {
        let duty = |department| Duty::new(Act::AnswerCall, call::case(id), Some(department));
        open.open().map(move |department| duty(department).until(open.made.due))
    });
    let resolutions = world.conferences.iter().flat_map(|(id, held)| {
        held.open().map(|open| {
            let case = conference::case(id);
            let duty = Duty::new(Act::CarryOutResolution, case, Some(&open.owner));
            duty.part(Part::Resolution(open.id.clone())).until(open.due)
        })
    });
    let clues = world.clues.iter().flat_map(|(id, clue)| of_clue(id, clue));
    calls.chain(resolutions).chain(clues)
}

fn of_clue<'a>(id: &'a CaseCode, clue: &'a Clue) -> impl Iterator<Item = Duty> + use<'a> {
    let of_lead = |act| Duty::new(act, clue::case(id), clue.lead());
    let parts = clue.open().map(move |(department, part)| {
        let own = |act| Duty::new(act, clue::case(id), Some(department));
        let duty = match part.stage {
            Stage::Assigned => own(Act::AcceptClue),
            Stage::Accepted => own(Act::InvestigateClue),
            Stage::Investigated => own(Act::ConcludeClue),
            // The others are not open.
            Stage::Concerned | Stage::Concluded | Stage::HandedOn => {
                of_lead(Act::AssignClue).part(Part::Department(department.clone()))
            }
        };
        part.due.into_iter().fold(duty, Duty::until)
    });
    let lead = clue.closed.is_none() && clue.open().next().is_none();
    let act = if clue.parts.is_empty() { Act::AssignClue } else { Act::CloseClue };
    let lead = lead.then(|| of_lead(act));
    let duties = parts.chain(lead);
    duties.map(|duty| match &clue.raised.inspection {
        Some(inspection) => duty.inspection(inspection),
        None => duty,
    })
}
