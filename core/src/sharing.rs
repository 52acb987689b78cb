//! 信息共享, article 8: permits, penalties and results go from one department to others, across levels and regions,
//! as versions with receipts.

use crate::actor::{Purpose, Role};
use crate::by_id::ById;
use crate::case::{CaseId, CaseKind, Context, Fact, Stamp};
use crate::citation::Basis;
use crate::code::{CaseCode, DepartmentId, Division, TargetId};
use crate::date::Date;
use crate::draw::announcement::FreeText;
use crate::few::FewByKey;
use crate::hash::Digest;
use crate::refusal::{Common, Refusal, refusals};
use crate::register::Level;
use crate::world::change;
use alloc::collections::BTreeSet;
use alloc::vec::Vec;
use serde::{Deserialize, Serialize};

const ART: Basis = Basis::Article(8);

/// What is shared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum SharedKind {
    /// 行政许可.
    Permit,
    /// 行政处罚.
    Penalty,
    /// 抽查检查结果.
    Result,
}

impl core::fmt::Display for SharedKind {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(match self {
            Self::Permit => "permit",
            Self::Penalty => "penalty",
            Self::Result => "result",
        })
    }
}

/// What can be done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub enum SharingCommand {
    /// A receiver says for what it uses what it is given. The joint office says so for one that is not of the
    /// district.
    StatePurpose {
        /// What happened.
        stated: PurposeStated,
    },
    /// A receiver needs something no more.
    EndPurpose {
        /// What happened.
        ended: PurposeEnded,
    },
    /// A department shares something with receivers.
    Share {
        /// What is given.
        given: Version,
        /// To whom.
        receivers: BTreeSet<DepartmentId>,
        /// Its number.
        record: CaseCode,
        /// The department that shares.
        sender: DepartmentId,
        /// About which target.
        target: TargetId,
    },
    /// The sender corrects what it gave, for all receivers.
    Revise {
        /// What is given now.
        given: Version,
        /// The record.
        record: CaseCode,
    },
    /// A receiver has got the last version; the joint office says so for one that is not of the district.
    Acknowledge {
        /// What happened.
        received: Received,
        /// The record.
        record: CaseCode,
    },
}

/// What a receiver uses something for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct PurposeStated {
    /// Where the receiver is.
    pub division: Division,
    /// What it is given.
    pub kind: SharedKind,
    /// Its level.
    pub level: Level,
    /// For what.
    pub purpose: Purpose,
    /// The receiver.
    pub receiver: DepartmentId,
}

/// A receiver needs something no more.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct PurposeEnded {
    /// What it was given.
    pub kind: SharedKind,
    /// The receiver.
    pub receiver: DepartmentId,
}

/// What is given.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Version {
    /// Salted digest of its content.
    pub content: Digest,
    /// The document that it reports: permit, decision, result.
    pub document: FreeText,
    /// What it is.
    pub kind: SharedKind,
}

/// Something was shared.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Shared {
    /// What was given.
    pub given: Version,
    /// To whom, and for what they use it.
    pub receivers: ById<DepartmentId, Purpose>,
    /// Who shared it.
    pub sender: DepartmentId,
    /// About which target.
    pub target: TargetId,
}

/// A receiver got a version.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Received {
    /// The receiver's receipt.
    pub receipt: FreeText,
    /// The receiver.
    pub receiver: DepartmentId,
    /// The version, counted from 1.
    pub version: u64,
}

/// What happened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum SharingEvent {
    /// A receiver said for what it uses something.
    PurposeStated(PurposeStated),
    /// A receiver needs something no more.
    PurposeEnded(PurposeEnded),
    /// Something was shared.
    Shared(Shared),
    /// The sender corrected it.
    Revised(Version),
    /// A receiver got a version.
    Received(Received),
}

refusals! {
    /// What is refused of sharing.
    SharingRefusal {
        NoReceiver { record: CaseCode } = "sharing-without-receiver", Article(8),
            "{record}没有写明接收部门，或以提供部门为接收部门；应写明其他部门",
            "{record} names no receiver, or the sender itself; it goes to other departments";
        NoPurpose { receiver: DepartmentId, kind: SharedKind } = "receiver-without-purpose", Article(8),
            "{receiver}没有登记使用{kind}信息的用途；应先登记用途",
            "{receiver} has no recorded purpose for a {kind}; record it first";
        Unchanged { record: CaseCode, version: u64 } = "shared-unchanged", Article(8),
            "{record}的内容与第{version}版相同；内容有变方为新版",
            "{record} says what its version {version} says; a new version says something else";
        OtherKind { record: CaseCode, kind: SharedKind } = "shared-kind-changed", Article(8),
            "{record}是{kind}信息；更正应为同类信息，其他信息另行提供",
            "{record} is a {kind}; a correction is one too, anything else is shared by itself";
        NotReceiver { record: CaseCode, receiver: DepartmentId } = "not-a-receiver", Article(8),
            "{record}未提供给{receiver}；只有接收部门回执",
            "{record} was not shared with {receiver}; receivers acknowledge";
        NotLast { record: CaseCode, version: u64, last: u64 } = "shared-version-not-last", Article(8),
            "{record}现为第{last}版，回执写的是第{version}版；应对最新版本回执",
            "{record} is at version {last}, the receipt is for {version}; the last version is acknowledged";
        ReceivedAlready { record: CaseCode, receiver: DepartmentId, on: Date } = "sharing-received-already", Article(8),
            "{receiver}已于{on}对{record}回执",
            "{receiver} acknowledged {record} on {on}";
    }
}

/// What was shared, with all its versions.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Record {
    /// What was shared at first.
    pub shared: Shared,
    /// Each version with its day.
    pub versions: Vec<(Date, Version)>,
    /// The last receipt of each receiver, with its day.
    pub receipts: ById<DepartmentId, (Date, Received)>,
}

impl Record {
    /// The number of the last version.
    pub const fn version(&self) -> u64 {
        self.versions.len() as u64
    }

    /// The receivers that have not acknowledged the last version, and since when it is there.
    pub fn unacknowledged(&self) -> impl Iterator<Item = (&DepartmentId, Date)> {
        let since = self.versions.last().map_or(Date::MIN, |(on, _)| *on);
        let got = |receiver| {
            let receipt = self.receipts.get(receiver);
            receipt.is_some_and(|(_, receipt)| receipt.version == self.version())
        };
        let receivers = self.shared.receivers.keys().filter(move |receiver| !got(*receiver));
        receivers.map(move |receiver| (receiver, since))
    }

    /// Takes over what happened to it. Gives it where it begins with that.
    fn apply(case: Option<&mut Self>, event: &SharingEvent, stamp: &Stamp) -> Option<Self> {
        let on = stamp.effective;
        match (event, case) {
            (SharingEvent::Shared(shared), _) => {
                let versions = [(on, shared.given.clone())].into();
                return Some(Self { shared: shared.clone(), versions, receipts: ById::new() });
            }
            (SharingEvent::Revised(version), Some(case)) => {
                case.versions.push((on, version.clone()));
            }
            (SharingEvent::Received(received), Some(case)) => {
                case.receipts.insert(received.receiver.clone(), (on, received.clone()));
            }
            _ => {}
        }
        None
    }
}

/// All that is shared, and for what.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sharing {
    /// The purposes in force of each receiver, with their first days.
    pub purposes: ById<DepartmentId, FewByKey<SharedKind, (Date, PurposeStated)>>,
    /// What was shared.
    pub records: ById<CaseCode, Record>,
}

impl Sharing {
    /// For what a receiver uses something.
    pub fn purpose(&self, receiver: &DepartmentId, kind: SharedKind) -> Option<Purpose> {
        let (_, stated) = self.purposes.get(receiver)?.get(&kind)?;
        Some(stated.purpose)
    }

    /// Takes over what happened.
    pub(crate) fn apply(&mut self, id: &CaseCode, event: &SharingEvent, stamp: &Stamp) {
        match event {
            SharingEvent::PurposeStated(stated) => {
                let purposes = self.purposes.get_or_default(stated.receiver.clone());
                purposes.insert(stated.kind, (stamp.effective, stated.clone()));
            }
            SharingEvent::PurposeEnded(ended) => {
                if let Some(purposes) = self.purposes.get_mut(&ended.receiver) {
                    purposes.remove(&ended.kind);
                }
            }
            _ => change(&mut self.records, id, |case| Record::apply(case, event, stamp)),
        }
    }
}

/// The case of a record.
pub fn case(record: &CaseCode) -> CaseId {
    CaseId { id: record.clone(), kind: CaseKind::Sharing }
}

/// The case of a receiver's purposes.
pub fn receiver_case(receiver: &DepartmentId) -> CaseId {
    CaseId { id: receiver.into(), kind: CaseKind::SharingReceiver }
}

/// Decides a command.
pub(crate) fn decide(
    command: &SharingCommand,
    context: &Context<'_>,
) -> Result<Vec<Fact>, Refusal> {
    let (case, event) = match command {
        SharingCommand::StatePurpose { stated } => {
            context.acts_for(&stated.receiver, &RECEIVERS, ART)?;
            (receiver_case(&stated.receiver), SharingEvent::PurposeStated(stated.clone()))
        }
        SharingCommand::EndPurpose { ended } => {
            context.acts_for(&ended.receiver, &RECEIVERS, ART)?;
            purpose(&ended.receiver, ended.kind, context)?;
            (receiver_case(&ended.receiver), SharingEvent::PurposeEnded(ended.clone()))
        }
        SharingCommand::Share { given, record, receivers, sender, target } => {
            let receivers = may_share(given.kind, record, receivers, sender, context)?;
            let (given, sender, target) = (given.clone(), sender.clone(), target.clone());
            (case(record), SharingEvent::Shared(Shared { given, receivers, sender, target }))
        }
        SharingCommand::Revise { given, record } => {
            may_revise(given, record, context)?;
            (case(record), SharingEvent::Revised(given.clone()))
        }
        SharingCommand::Acknowledge { received, record } => {
            may_acknowledge(received, record, context)?;
            (case(record), SharingEvent::Received(received.clone()))
        }
    };
    Ok([Fact::new(case, &[ART], event)].into())
}

/// Who shares for a department.
const SENDERS: [Role; 3] = [Role::Officer, Role::DepartmentHead, Role::Platform];
/// Who speaks for a receiver.
const RECEIVERS: [Role; 4] =
    [Role::Officer, Role::DepartmentHead, Role::JointOffice, Role::Platform];

fn may_share(
    kind: SharedKind,
    record: &CaseCode,
    receivers: &BTreeSet<DepartmentId>,
    sender: &DepartmentId,
    context: &Context<'_>,
) -> Result<ById<DepartmentId, Purpose>, Refusal> {
    context.acts_for(sender, &SENDERS, ART)?;
    if context.world.sharing.records.contains_key(record) {
        return Err(Common::CaseExists { case: case(record) }.into());
    }
    if receivers.is_empty() || receivers.contains(sender) {
        return Err(SharingRefusal::NoReceiver { record: record.clone() }.into());
    }
    let with_purpose =
        |receiver: &DepartmentId| Ok((receiver.clone(), purpose(receiver, kind, context)?));
    receivers.iter().map(with_purpose).collect()
}

fn may_revise(given: &Version, id: &CaseCode, context: &Context<'_>) -> Result<(), Refusal> {
    let record = existing(id, context)?;
    context.acts_for(&record.shared.sender, &SENDERS, ART)?;
    if record.shared.given.kind != given.kind {
        let (record, kind) = (id.clone(), record.shared.given.kind);
        return Err(SharingRefusal::OtherKind { record, kind }.into());
    }
    if record.versions.last().is_some_and(|(_, last)| last == given) {
        let (record, version) = (id.clone(), record.version());
        return Err(SharingRefusal::Unchanged { record, version }.into());
    }
    Ok(())
}

fn may_acknowledge(
    received: &Received,
    id: &CaseCode,
    context: &Context<'_>,
) -> Result<(), Refusal> {
    let found = existing(id, context)?;
    let (record, receiver, version) = (id.clone(), received.receiver.clone(), received.version);
    context.acts_for(&receiver, &RECEIVERS, ART)?;
    if !found.shared.receivers.contains_key(&receiver) {
        return Err(SharingRefusal::NotReceiver { record, receiver }.into());
    }
    if version != found.version() {
        let last = found.version();
        return Err(SharingRefusal::NotLast { record, version, last }.into());
    }
    match found.receipts.get(&receiver) {
        Some(&(on, ref before)) if before.version == version => {
            Err(SharingRefusal::ReceivedAlready { record, receiver, on }.into())
        }
        _ => Ok(()),
    }
}

fn purpose(
    receiver: &DepartmentId,
    kind: SharedKind,
    context: &Context<'_>,
) -> Result<Purpose, Refusal> {
    let purpose = context.world.sharing.purpose(receiver, kind);
    purpose.ok_or_else(|| SharingRefusal::NoPurpose { receiver: receiver.clone(), kind }.into())
}

fn existing<'a>(record: &CaseCode, context: &Context<'a>) -> Result<&'a Record, Refusal> {
    let found = context.world.sharing.records.get(record);
    found.ok_or_else(|| Common::NoSuchCase { case: case(record) }.into())
}
