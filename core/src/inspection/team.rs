//! Who inspects a target, what and when: what a scheme, its draw and its matchings come to for one target.

use crate::by_id::ById;
use crate::code::{DepartmentId, InspectorId, ItemId, PersonCode};
use crate::plan::Window;
use alloc::collections::BTreeSet;
use alloc::sync::Arc;
use alloc::vec::Vec;
use serde::{Deserialize, Serialize};

/// What a scheme comes to for one of its targets.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Assignment {
    /// 发起部门, which leads the team.
    pub initiator: DepartmentId,
    /// The items with the department that inspects each. The inspections of a scheme share them.
    #[serde(with = "shared")]
    #[cfg_attr(feature = "schema", schemars(with = "ById<ItemId, DepartmentId>"))]
    pub items: Arc<ById<ItemId, DepartmentId>>,
    /// Who is recused from this target (行政处罚法 43), so that nobody of them succeeds a member.
    pub recused: BTreeSet<InspectorId>,
    /// Everybody matched to the target, of all departments (article 20, paragraph 2).
    pub team: Vec<Member>,
    /// The days on which the visit may take place, as the scheme had them when the team was formed.
    pub window: Window,
}

impl Assignment {
    /// Somebody of the team.
    pub fn member(&self, inspector: &InspectorId) -> Option<&Member> {
        self.team.iter().find(|member| member.inspector == *inspector)
    }

    /// The leader.
    pub fn leader(&self) -> Option<&Member> {
        self.team.iter().find(|member| member.leader)
    }

    /// Whether somebody of a department is in the team.
    pub fn comes(&self, department: &DepartmentId) -> bool {
        self.team.iter().any(|member| member.department == *department)
    }
}

/// Somebody matched to the target, or the named successor of such a person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Member {
    /// The department that matched the inspector.
    pub department: DepartmentId,
    /// The inspector.
    pub inspector: InspectorId,
    /// 组长, of the initiator. The matching names none; the initiator does when it opens the inspection.
    pub leader: bool,
}

/// 辅助人员 (article 19, paragraph 2): named in the record, neither matched nor counted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
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
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
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

/// What is shared stands in JSON as if it were not.
mod shared {
    use alloc::sync::Arc;
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    pub(super) fn serialize<T: Serialize, S: Serializer>(
        shared: &Arc<T>,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        shared.as_ref().serialize(serializer)
    }

    pub(super) fn deserialize<'de, T: Deserialize<'de>, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Arc<T>, D::Error> {
        T::deserialize(deserializer).map(Arc::new)
    }
}
