//! Who inspects a target, what and when: what a scheme, its draw and its matchings come to for one target.

use crate::code::{DepartmentId, InspectorId, ItemId, PersonCode};
use crate::plan::Window;
use alloc::collections::{BTreeMap, BTreeSet};
use alloc::vec::Vec;
use serde::{Deserialize, Serialize};

/// What a scheme comes to for one of its targets.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Assignment {
    /// 发起部门, which leads the team.
    pub initiator: DepartmentId,
    /// The items with the department that inspects each.
    pub items: BTreeMap<ItemId, DepartmentId>,
    /// Who is recused from this target (行政处罚法 43), so that nobody of them succeeds a member.
    pub recused: BTreeSet<InspectorId>,
    /// Everybody matched to the target, of all departments (article 20, paragraph 2).
    pub team: Vec<Member>,
    /// The days on which the visit may take place.
    pub window: Window,
}

/// Somebody matched to the target, or the named successor of such a person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Member {
    /// The department that matched the inspector.
    pub department: DepartmentId,
    /// The inspector.
    pub inspector: InspectorId,
    /// 组长, of the initiator. The matching names none; the initiator does when it opens the inspection.
    pub leader: bool,
}

/// 辅助人员 (article 19, paragraph 3): named in the record, neither matched nor counted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Support {
    /// The department that brings the person in.
    pub department: DepartmentId,
    /// In what capacity.
    pub kind: SupportKind,
    /// The person or body, as a code.
    pub person: PersonCode,
}

/// In what capacity somebody assists.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SupportKind {
    /// 从事日常监管工作的人员, without a certificate.
    DailySupervision,
    /// 检测机构.
    TestingBody,
    /// 科研院所.
    ResearchInstitute,
    /// 专家学者.
    Expert,
}
