//! What can be done with an inspection, and what happened to it.

use super::team::{Assignment, Support};
use crate::code::{CaseCode, DepartmentId, InspectorId, ItemId, SchemeId, TargetId};
use crate::date::Date;
use crate::hash::Digest;
use crate::register::Method;
use crate::result::InspectionResult;
use alloc::collections::BTreeSet;
use alloc::vec::Vec;
use serde::{Deserialize, Serialize};

/// What can be done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub enum InspectionCommand {
    /// 成立联合检查小组: the initiator opens the inspection of a target drawn.
    Open {
        /// Its number.
        inspection: CaseCode,
        /// Of what.
        opening: Opening,
    },
    /// The initiator names another of its inspectors in the team as leader.
    NameLeader {
        /// The inspection.
        inspection: CaseCode,
        /// What happened.
        named: LeaderNamed,
    },
    /// 检查准备: a department of the team has consulted what is known of the target.
    Prepare {
        /// The inspection.
        inspection: CaseCode,
        /// What happened.
        prepared: Prepared,
    },
    /// 提前告知: the initiator tells the target of the visit. An unannounced one has no notice.
    Notify {
        /// The inspection.
        inspection: CaseCode,
        /// What happened.
        notice: Notice,
    },
    /// A department brings in somebody who assists.
    Assist {
        /// The inspection.
        inspection: CaseCode,
        /// Who.
        support: Support,
    },
    /// 回避: the department head decides whether one of the department's members is recused.
    DecideRecusal {
        /// The inspection.
        decided: RecusalDecided,
        /// What happened.
        inspection: CaseCode,
    },
    /// The department head has another inspector of the department take a member's place.
    Replace {
        /// The inspection.
        inspection: CaseCode,
        /// What happened.
        replaced: Replaced,
    },
    /// 实施检查: the team goes to the target on the day of effect.
    Visit {
        /// The inspection.
        inspection: CaseCode,
        /// What happened.
        visited: Visited,
    },
    /// 取得相关证据: the team has evidence that the target cannot be reached or does not cooperate.
    CollectEvidence {
        /// What happened.
        evidence: Evidence,
        /// The inspection.
        inspection: CaseCode,
    },
    /// 如实记录: a member of the item's department records what was found.
    Record {
        /// The inspection.
        inspection: CaseCode,
        /// What happened.
        recorded: Recorded,
    },
    /// The same corrects a record that is not confirmed yet. The earlier one is kept.
    Revise {
        /// The inspection.
        inspection: CaseCode,
        /// What happened.
        revised: Revised,
    },
    /// 现场确认: the target confirms what was recorded, or what the law has in place of that happened.
    Confirm {
        /// What happened.
        confirmed: Confirmed,
        /// The inspection.
        inspection: CaseCode,
    },
    /// The initiator completes the inspection on the day of effect.
    Complete {
        /// The inspection.
        inspection: CaseCode,
    },
    /// The head of the initiator ends an inspection that cannot or need not take place.
    Abandon {
        /// What happened.
        abandoned: Abandoned,
        /// The inspection.
        inspection: CaseCode,
    },
}

/// What happened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum InspectionEvent {
    /// It was opened.
    Opened(Opened),
    /// Another leader was named.
    LeaderNamed(LeaderNamed),
    /// A department prepared.
    Prepared(Prepared),
    /// The target was told.
    Notified(Notice),
    /// Somebody was brought in to assist.
    Assisted(Support),
    /// A recusal was decided.
    RecusalDecided(RecusalDecided),
    /// A member was replaced.
    Replaced(Replaced),
    /// A visit began.
    Visited(Visited),
    /// Evidence was obtained.
    EvidenceCollected(Evidence),
    /// An item was recorded.
    Recorded(Recorded),
    /// A record was corrected.
    Revised(Revised),
    /// Records were confirmed.
    Confirmed(Confirmed),
    /// It was completed.
    Completed,
    /// It was abandoned.
    Abandoned(Abandoned),
}

/// Which target is inspected, and who leads.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Opening {
    /// The leader, of the initiator.
    pub leader: InspectorId,
    /// The scheme.
    pub scheme: SchemeId,
    /// The target.
    pub target: TargetId,
}

/// An inspection was opened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Opened {
    /// Who inspects what.
    pub assignment: Assignment,
    /// The scheme.
    pub scheme: SchemeId,
    /// The target.
    pub target: TargetId,
}

/// A leader was named.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct LeaderNamed {
    /// The leader, of the initiator.
    pub leader: InspectorId,
}

/// A department prepared.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Prepared {
    /// What it consulted or made ready, at least one thing.
    pub consulted: Vec<Consulted>,
    /// The department.
    pub department: DepartmentId,
}

/// Something that was consulted or made ready.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Consulted {
    /// Salted digest of it.
    pub digest: Digest,
    /// What it is.
    pub kind: Background,
}

/// What is consulted or made ready before an inspection.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Background {
    /// 登记.
    Registration,
    /// 许可.
    Permit,
    /// 备案.
    Filing,
    /// 处罚.
    Penalty,
    /// 检查表格和文书.
    Form,
    /// Anything else.
    Other,
}

/// The target was told of a visit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Notice {
    /// How.
    pub form: NoticeForm,
    /// Salted digest of what it was told: when, what it has to do, what to have ready.
    pub text: Digest,
    /// The day of the visit.
    pub visit: Date,
}

/// How a target is told: a closed list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum NoticeForm {
    /// 书面.
    Written,
    /// 电话.
    Telephone,
    /// 传真.
    Fax,
    /// 电子方式, one of the other forms that the article allows.
    Electronic,
}

/// A recusal was decided.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct RecusalDecided {
    /// Whether the inspector is recused.
    pub granted: bool,
    /// The inspector.
    pub inspector: InspectorId,
    /// Who asked for it.
    pub origin: RecusalOrigin,
    /// Salted digest of the reasons, which are never published.
    pub reason: Digest,
}

/// Who asks for a recusal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum RecusalOrigin {
    /// The inspector declares it.
    Declared,
    /// The target requests it.
    Requested,
}

/// A member was replaced.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Replaced {
    /// Who leaves the team.
    pub inspector: InspectorId,
    /// Salted digest of the reason.
    pub reason: Digest,
    /// How the successor was found.
    pub selection: Selection,
    /// Who comes instead.
    pub successor: InspectorId,
}

/// How a successor is found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Selection {
    /// 选派: named by the head, the only lawful way.
    Named,
    /// 随机匹配: drawn.
    Drawn,
}

/// The team went to the target.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Visited {
    /// The inspectors present.
    pub present: BTreeSet<InspectorId>,
    /// Salted digest of why it could not be done in one visit; a second one needs it.
    pub reason: Option<Digest>,
}

/// Evidence was obtained.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Evidence {
    /// What was tried, at least one thing.
    pub attempts: Vec<Attempt>,
    /// Of what it is evidence.
    pub ground: Ground,
}

/// An attempt to reach or inspect a target, with its evidence.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Attempt {
    /// Salted digest of the evidence.
    pub digest: Digest,
    /// How it was tried.
    pub kind: AttemptKind,
    /// The day.
    pub on: Date,
}

/// How a target is tried to be reached or inspected.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum AttemptKind {
    /// Going to the registered domicile or place of business.
    RegisteredAddress,
    /// 专用信函: a letter to it.
    Letter,
    /// A call.
    Telephone,
    /// Any other way.
    Other,
}

/// Why an item cannot be inspected.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Ground {
    /// 通过登记的住所（经营场所）无法联系.
    Unreachable,
    /// 不予配合检查情节严重.
    SeriouslyUncooperative,
}

impl Ground {
    /// The ground of a result that is formed directly, without an inspection in substance.
    pub const fn of(result: InspectionResult) -> Option<Self> {
        match result {
            InspectionResult::Unreachable => Some(Self::Unreachable),
            InspectionResult::SeriouslyUncooperative => Some(Self::SeriouslyUncooperative),
            _ => None,
        }
    }
}

/// What was found of an item.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Recorded {
    /// The item.
    pub item: ItemId,
    /// How it was inspected, or was to be where the result is formed directly.
    pub method: Method,
    /// Whether the result speaks against the target; said of 其他情况 only.
    pub negative: Option<bool>,
    /// Salted digest of the record (检查记录表).
    pub record: Digest,
    /// The result.
    pub result: InspectionResult,
    /// Salted digest of the text of the result; 其他情况 needs one.
    pub text: Option<Digest>,
}

/// A record was corrected.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Revised {
    /// Salted digest of the reason.
    pub reason: Digest,
    /// What is so.
    pub recorded: Recorded,
}

/// Records were confirmed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Confirmed {
    /// By the target, or by what.
    pub by: Confirmation,
    /// Which items.
    pub items: BTreeSet<ItemId>,
}

/// By what records are confirmed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub enum Confirmation {
    /// By the target.
    Target {
        /// Salted digest of what it confirmed.
        document: Digest,
        /// How.
        form: ConfirmationForm,
    },
    /// 拒绝签字或盖章: the refusal is noted and recorded.
    Refused {
        /// Salted digest of what a witness attests, where one was invited.
        attestation: Option<Digest>,
        /// Salted digest of the record with the note of the refusal.
        note: Digest,
        /// The recordings of it, at least one.
        recordings: Vec<Recording>,
    },
    /// Nobody was there to be asked, as the evidence shows.
    Unavailable {
        /// Salted digest of the record with the note of it.
        note: Digest,
    },
}

/// How a target confirms.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum ConfirmationForm {
    /// 签字, on the record.
    Signature,
    /// 盖章, on the record.
    Seal,
    /// In writing, for what was inspected from afar.
    Written,
    /// Electronically, for what was inspected from afar.
    Electronic,
}

/// A recording.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Recording {
    /// Its digest.
    pub digest: Digest,
    /// Sound or picture.
    pub media: RecordingMedia,
}

/// What a recording is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum RecordingMedia {
    /// 录音.
    Audio,
    /// 录像.
    Video,
}

/// An inspection was abandoned.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Abandoned {
    /// Why it can be.
    pub ground: AbandonGround,
    /// Salted digest of the reason.
    pub reason: Digest,
}

/// Why an inspection can be abandoned.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum AbandonGround {
    /// The target was deregistered in between.
    TargetEnded,
    /// It was opened by mistake; the target remains to be inspected.
    OpenedByMistake,
}
