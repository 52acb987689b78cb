//! Who saw which data for what purpose: disclosures (article 26), sharing (article 8), and the files of draws released.

use super::View;
use super::inspector::in_order;
use crate::actor::Purpose;
use crate::code::{CaseCode, DepartmentId, InspectorId, SchemeId, TargetId};
use crate::date::Date;
use crate::disclosure::{About, Disclosure, Reader, Shown};
use crate::drawing::{FileKind, Released};
use crate::plan::Window;
use crate::refusal::Refusal;
use crate::sharing::{Record, Version};
use alloc::vec::Vec;
use serde::{Deserialize, Serialize};

/// Asks who saw which data. Each field that is given leaves fewer of them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct AskDataUse {
    /// Seen by this department.
    pub department: Option<DepartmentId>,
    /// About this inspector, alone or among others.
    pub inspector: Option<InspectorId>,
    /// From when to when.
    pub period: Window,
    /// For this purpose.
    pub purpose: Option<Purpose>,
    /// About this target, alone or among others.
    pub target: Option<TargetId>,
}

/// Who saw which data.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct DataUse {
    /// What was shown, by number.
    pub disclosures: Vec<DisclosureOf>,
    /// The period.
    pub period: Window,
    /// Files of draws that were released. They have neither department nor purpose, and are told where none is asked for.
    pub released: Vec<ReleaseOf>,
    /// What was shared, by number.
    pub shared: Vec<SharedOf>,
}

/// Data that were shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct DisclosureOf {
    /// Its number.
    pub disclosure: CaseCode,
    /// The day.
    pub on: Date,
    /// For what.
    pub purpose: Purpose,
    /// What was shown, and to whom.
    pub shown: Shown,
}

/// A file that was released.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ReleaseOf {
    /// What it is.
    pub kind: Option<FileKind>,
    /// The day.
    pub on: Date,
    /// Which one, to whom and where.
    pub released: Released,
    /// The scheme.
    pub scheme: SchemeId,
}

/// Something that was shared.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SharedOf {
    /// The receivers.
    pub receivers: Vec<ReceiverOf>,
    /// Its number.
    pub record: CaseCode,
    /// Who shared it.
    pub sender: DepartmentId,
    /// About which target.
    pub target: TargetId,
    /// The versions of the period.
    pub versions: Vec<VersionOf>,
}

/// A version of something shared.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct VersionOf {
    /// What was given.
    pub given: Version,
    /// The day.
    pub on: Date,
}

/// A receiver of something shared.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ReceiverOf {
    /// For what it uses it.
    pub purpose: Purpose,
    /// The day of its last receipt.
    pub received: Option<Date>,
    /// The receiver.
    pub receiver: DepartmentId,
    /// The version of its last receipt.
    pub version: Option<u64>,
}

pub(super) fn ask(asked: &AskDataUse, view: &View<'_>) -> Result<DataUse, Refusal> {
    let period = in_order(asked.period)?;
    let mut disclosures = Vec::new();
    for (id, it) in view.world.disclosures.iter() {
        if period.contains(it.on) && by(asked, it) && about(asked, &it.shown.about, view)? {
            let (disclosure, on, purpose) = (id.clone(), it.on, it.purpose);
            disclosures.push(DisclosureOf { disclosure, on, purpose, shown: it.shown.clone() });
        }
    }
    let records = view.world.sharing.records.iter();
    let shared = records.filter_map(|(id, record)| shared(asked, id, record)).collect();
    Ok(DataUse { disclosures, period, released: released(asked, view), shared })
}

/// Whether the department and the purpose are those asked for.
fn by(asked: &AskDataUse, it: &Disclosure) -> bool {
    let reader = match &it.shown.reader {
        Reader::Person(actor) => actor.department.as_ref(),
        Reader::Public => None,
    };
    asked.department.as_ref().is_none_or(|department| reader == Some(department))
        && asked.purpose.is_none_or(|purpose| purpose == it.purpose)
}

/// Whether the target and the inspector asked for are among those that something is about.
fn about(asked: &AskDataUse, about: &About, view: &View<'_>) -> Result<bool, Refusal> {
    let target = asked.target.as_ref().map(|target| has_target(target, about, view));
    let inspector = asked.inspector.as_ref().map(|id| has_inspector(id, about, view));
    Ok(target.transpose()?.unwrap_or(true) && inspector.transpose()?.unwrap_or(true))
}

fn has_target(target: &TargetId, about: &About, view: &View<'_>) -> Result<bool, Refusal> {
    Ok(match about {
        About::Target(found) => found == target,
        About::Inspector(_) => false,
        About::Scheme(scheme) => view.world.inspections.of_target(scheme, target).is_some(),
        About::Register(department) => {
            view.world.registers.target_of(department, target)?.is_some()
        }
    })
}

fn has_inspector(inspector: &InspectorId, about: &About, view: &View<'_>) -> Result<bool, Refusal> {
    Ok(match about {
        About::Inspector(found) => found == inspector,
        About::Target(_) => false,
        About::Scheme(scheme) => {
            let mut inspections = view.world.inspections.of_scheme(scheme);
            inspections.any(|(_, id)| {
                let inspection = view.world.inspections.get(id);
                inspection.is_some_and(|it| it.department_of(inspector).is_some())
            })
        }
        About::Register(department) => match view.world.registers.inspectors.get(department) {
            Some(shelf) => shelf.fed(department)?.contains_key(inspector),
            None => false,
        },
    })
}

/// Nothing where no version of the period went to whom is asked for.
fn shared(asked: &AskDataUse, id: &CaseCode, record: &Record) -> Option<SharedOf> {
    let about = asked.target.as_ref().is_none_or(|target| record.shared.target == *target);
    let versions = record.versions.iter().filter(|(on, _)| asked.period.contains(*on));
    let receivers = record.shared.receivers.iter().filter(|(receiver, purpose)| {
        asked.department.as_ref().is_none_or(|department| *receiver == department)
            && asked.purpose.is_none_or(|asked| **purpose == asked)
    });
    let receivers = receivers.map(|(receiver, purpose)| {
        let receipt = record.receipts.get(receiver);
        ReceiverOf {
            purpose: *purpose,
            received: receipt.map(|(on, _)| *on),
            receiver: receiver.clone(),
            version: receipt.map(|(_, receipt)| receipt.version),
        }
    });
    let it = SharedOf {
        receivers: receivers.collect(),
        record: id.clone(),
        sender: record.shared.sender.clone(),
        target: record.shared.target.clone(),
        versions: versions.map(|(on, given)| VersionOf { given: given.clone(), on: *on }).collect(),
    };
    let wanted = about && asked.inspector.is_none();
    (wanted && !it.receivers.is_empty() && !it.versions.is_empty()).then_some(it)
}

fn released(asked: &AskDataUse, view: &View<'_>) -> Vec<ReleaseOf> {
    let AskDataUse { department, inspector, period, purpose, target } = asked;
    if department.is_some() || purpose.is_some() || inspector.is_some() || target.is_some() {
        return Vec::new();
    }
    let all = view.world.drawings.iter();
    let all = all.flat_map(|(id, it)| it.releases.iter().map(move |release| (id, it, release)));
    let within = all.filter(|(_, _, (on, _))| period.contains(*on));
    within
        .map(|(scheme, drawing, (on, released))| ReleaseOf {
            kind: drawing.files.get(&released.file).map(|(kind, _)| *kind),
            on: *on,
            released: released.clone(),
            scheme: scheme.clone(),
        })
        .collect()
}
