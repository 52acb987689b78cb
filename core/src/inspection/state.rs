//! An inspection as it stands.

use super::command::*;
use super::team::{Assignment, Support};
use crate::case::Stamp;
use crate::code::{DepartmentId, InspectorId, ItemId, SchemeId, TargetId};
use crate::date::Date;
use crate::few::{Few, FewByKey};
use crate::hash::Digest;
use crate::order::gather;
use crate::register::Method;
use crate::result::InspectionResult;
use alloc::boxed::Box;
use alloc::collections::BTreeSet;
use serde::{Deserialize, Serialize};

/// The inspection of one target for one scheme. Days are days of effect.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Inspection {
    /// That it was abandoned.
    pub abandoned: Option<Box<(Date, Abandoned)>>,
    /// Who inspects what: the team as it is now.
    pub assignment: Assignment,
    /// The day of completion; article 21's working days begin with the next one.
    pub completed: Option<Date>,
    /// By what records were confirmed. Each record says whether it is.
    pub confirmations: Few<(Date, Confirmation)>,
    /// Evidence that the target cannot be reached or does not cooperate.
    pub evidence: Few<(Date, Evidence)>,
    /// What the target was told.
    pub notices: Few<(Date, Notice)>,
    /// The day it was opened.
    pub opened: Date,
    /// How the departments prepared.
    pub prepared: Few<(Date, Prepared)>,
    /// What was found of each item.
    pub records: FewByKey<ItemId, ItemRecord>,
    /// The recusals decided after the matching.
    pub recusals: Few<(Date, RecusalDecided)>,
    /// The replacements, in their order.
    pub replacements: Few<(Date, Replaced)>,
    /// The scheme.
    pub scheme: SchemeId,
    /// Records that were corrected.
    pub superseded: Few<Superseded>,
    /// Who assists.
    pub support: Few<Support>,
    /// The target.
    pub target: TargetId,
    /// The visits, in their order.
    pub visits: Few<Visit>,
}

/// What was found of an item.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ItemRecord {
    /// Whether the target, or what the law has in its place, has confirmed it.
    pub confirmed: bool,
    /// How it was inspected, or was to be where the result was formed directly.
    pub method: Method,
    /// Whether the result speaks against the target.
    pub negative: bool,
    /// The day.
    pub on: Date,
    /// Salted digest of the record.
    pub record: Digest,
    /// The result.
    pub result: InspectionResult,
    /// Salted digest of the text of the result.
    pub text: Option<Digest>,
}

/// A record that was corrected.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Superseded {
    /// The item.
    pub item: ItemId,
    /// The day of the correction.
    pub on: Date,
    /// Salted digest of the reason.
    pub reason: Digest,
    /// What it said.
    pub record: ItemRecord,
}

/// A visit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Visit {
    /// The day.
    pub on: Date,
    /// The inspectors present.
    pub present: Box<[InspectorId]>,
    /// Salted digest of why there was another one.
    pub reason: Option<Digest>,
}

impl ItemRecord {
    /// Whether it was formed directly, without an inspection in substance. Such a record needs no confirmation.
    pub const fn direct(&self) -> bool {
        Ground::of(self.result).is_some()
    }

    fn new(recorded: &Recorded, on: Date) -> Self {
        let Recorded { method, negative, record, result, text, .. } = *recorded;
        let negative = result.negative(negative).unwrap_or_default();
        Self { confirmed: false, method, negative, on, record, result, text }
    }
}

impl Inspection {
    /// Whether it is neither completed nor abandoned.
    pub const fn open(&self) -> bool {
        self.completed.is_none() && self.abandoned.is_none()
    }

    /// The last day on which a visit, a record or a confirmation was made, or that of its opening.
    pub fn latest(&self) -> Date {
        let visits = self.visits.iter().map(|visit| visit.on);
        let records = self.records.values().map(|record| record.on);
        let confirmations = self.confirmations.iter().map(|(on, _)| *on);
        visits.chain(records).chain(confirmations).fold(self.opened, Date::max)
    }

    /// The department of somebody who is in the team, or was until the replacement.
    pub fn department_of(&self, inspector: &InspectorId) -> Option<&DepartmentId> {
        let replacements = self.replacements.iter();
        let last = replacements.fold(inspector, |now, (_, replaced)| {
            if replaced.inspector == *now { &replaced.successor } else { now }
        });
        self.assignment.member(last).map(|member| &member.department)
    }

    /// The departments of which somebody was at a visit.
    pub fn departments_at(&self, visit: &Visit) -> BTreeSet<&DepartmentId> {
        gather(visit.present.iter().filter_map(|inspector| self.department_of(inspector)))
    }

    /// The items without a record.
    pub fn unrecorded(&self) -> impl Iterator<Item = &ItemId> {
        self.assignment.items.keys().filter(|item| !self.records.contains_key(*item))
    }

    /// The items whose record the target has to confirm yet.
    pub fn unconfirmed(&self) -> impl Iterator<Item = &ItemId> {
        let open = |record: &ItemRecord| !record.confirmed && !record.direct();
        self.records.iter().filter(move |(_, record)| open(record)).map(|(item, _)| item)
    }

    pub(super) fn new(opened: &Opened, stamp: &Stamp) -> Self {
        let Opened { assignment, scheme, target } = opened.clone();
        Self {
            abandoned: None,
            assignment,
            completed: None,
            confirmations: Few::default(),
            evidence: Few::default(),
            notices: Few::default(),
            opened: stamp.effective,
            prepared: Few::default(),
            records: FewByKey::default(),
            recusals: Few::default(),
            replacements: Few::default(),
            scheme,
            superseded: Few::default(),
            support: Few::default(),
            target,
            visits: Few::default(),
        }
    }

    /// Takes over what happened to it.
    pub(super) fn change(&mut self, event: &InspectionEvent, stamp: &Stamp) {
        use InspectionEvent as E;
        let on = stamp.effective;
        match event {
            E::Opened(_) => {}
            E::LeaderNamed(named) => self.name_leader(&named.leader),
            E::Prepared(prepared) => self.prepared.push((on, prepared.clone())),
            E::Notified(notice) => self.notices.push((on, notice.clone())),
            E::Assisted(support) => self.support.push(support.clone()),
            E::RecusalDecided(decided) => self.decide_recusal(decided, on),
            E::Replaced(replaced) => self.replace(replaced, on),
            E::Visited(Visited { present, reason }) => {
                let present = present.iter().cloned().collect();
                self.visits.push(Visit { on, present, reason: *reason });
            }
            E::EvidenceCollected(evidence) => self.evidence.push((on, evidence.clone())),
            E::Recorded(recorded) => {
                self.records.insert(recorded.item.clone(), ItemRecord::new(recorded, on));
            }
            E::Revised(revised) => self.revise(revised, on),
            E::Confirmed(confirmed) => self.confirm(confirmed, on),
            E::Completed => self.completed = Some(on),
            E::Abandoned(abandoned) => self.abandoned = Some(Box::new((on, abandoned.clone()))),
        }
    }

    fn name_leader(&mut self, leader: &InspectorId) {
        for member in &mut self.assignment.team {
            member.leader = member.inspector == *leader;
        }
    }

    /// Once granted, a recusal stands for this inspection: that a later request was refused takes nothing of it back.
    fn decide_recusal(&mut self, decided: &RecusalDecided, on: Date) {
        if decided.granted {
            self.assignment.recused.insert(decided.inspector.clone());
        }
        self.recusals.push((on, decided.clone()));
    }

    /// The successor takes the whole place, the leader's too.
    fn replace(&mut self, replaced: &Replaced, on: Date) {
        let Replaced { inspector, successor, .. } = replaced;
        let team = &mut self.assignment.team;
        if let Some(member) = team.iter_mut().find(|member| member.inspector == *inspector) {
            member.inspector = successor.clone();
        }
        self.replacements.push((on, replaced.clone()));
    }

    fn revise(&mut self, revised: &Revised, on: Date) {
        let Revised { reason, recorded } = revised;
        let item = recorded.item.clone();
        if let Some(record) = self.records.insert(item.clone(), ItemRecord::new(recorded, on)) {
            self.superseded.push(Superseded { item, on, reason: *reason, record });
        }
    }

    fn confirm(&mut self, confirmed: &Confirmed, on: Date) {
        for item in &confirmed.items {
            if let Some(record) = self.records.get_mut(item) {
                record.confirmed = true;
            }
        }
        self.confirmations.push((on, confirmed.by.clone()));
    }
}
