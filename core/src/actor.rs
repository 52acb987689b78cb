//! Who acts, in which role, and for which purpose. The host says so; nobody is authenticated here.

use crate::citation::Basis;
use crate::code::{DepartmentId, PersonCode};
use crate::explain::Lang;
use alloc::vec::Vec;
use serde::{Deserialize, Serialize};

/// What somebody acts as. What a role may do is said by the rules of each case.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// 区联席办: coordinates, reviews and issues, and does not inspect.
    JointOffice,
    /// 部门负责人: approves replacements, recusals, corrections.
    DepartmentHead,
    /// 部门经办人: whoever of a department keeps its part of a case.
    Officer,
    /// 执法检查人员: inspects as a member of a team.
    Inspector,
    /// 平台: the host itself, for receipts and other facts that it observes.
    Platform,
}

impl Role {
    /// All roles.
    pub const ALL: [Self; 5] =
        [Self::JointOffice, Self::DepartmentHead, Self::Officer, Self::Inspector, Self::Platform];

    /// The stable code.
    pub const fn code(self) -> &'static str {
        match self {
            Self::JointOffice => "joint-office",
            Self::DepartmentHead => "department-head",
            Self::Officer => "officer",
            Self::Inspector => "inspector",
            Self::Platform => "platform",
        }
    }

    /// The role with that code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.code() == code)
    }

    /// The word for it.
    pub const fn label(self, lang: Lang) -> &'static str {
        match self {
            Self::JointOffice => lang.pick("区联席办", "joint office"),
            Self::DepartmentHead => lang.pick("部门负责人", "department head"),
            Self::Officer => lang.pick("部门经办人", "officer"),
            Self::Inspector => lang.pick("执法检查人员", "inspector"),
            Self::Platform => lang.pick("平台", "platform"),
        }
    }

    /// Whether somebody of this role acts for a department.
    pub const fn has_department(self) -> bool {
        !matches!(self, Self::JointOffice | Self::Platform)
    }
}

/// Who keeps a department's part of a case.
pub(crate) const KEEPERS: [Role; 2] = [Role::Officer, Role::DepartmentHead];

/// The same with others.
pub(crate) fn with_keepers<const N: usize>(others: [Role; N]) -> Vec<Role> {
    KEEPERS.into_iter().chain(others).collect()
}

/// Somebody who acts: a code of the host, never a name.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Actor {
    /// The department acted for; none for the joint office and the platform.
    pub department: Option<DepartmentId>,
    /// The person or system, as a code.
    pub id: PersonCode,
    /// The role acted in.
    pub role: Role,
}

/// For what an act or a read of data is done. Article 26 allows no purpose outside of the regulation, so
/// the list is closed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Purpose {
    /// Annual plan and schemes: articles 5, 17.
    Planning,
    /// Calls and conferences: articles 6, 7.
    Coordination,
    /// Exchange between departments: article 8.
    Sharing,
    /// Risk monitoring and classes: articles 9, 10.
    RiskMonitoring,
    /// Clues, rectification, listing and penalties: articles 11, 12, 22, 23.
    FollowUp,
    /// Item list, registers and guides: articles 13 to 16.
    Registers,
    /// Drawing and matching: articles 18, 19.
    Draw,
    /// Inspecting: article 20.
    Inspection,
    /// Entering and publishing results: article 21.
    Publication,
    /// Archiving: article 24.
    Archive,
    /// Credit repair: article 25.
    CreditRepair,
    /// Guidance, training and supervision: articles 4, 27.
    Supervision,
}

impl Purpose {
    /// All purposes.
    pub const ALL: [Self; 12] = [
        Self::Planning,
        Self::Coordination,
        Self::Sharing,
        Self::RiskMonitoring,
        Self::FollowUp,
        Self::Registers,
        Self::Draw,
        Self::Inspection,
        Self::Publication,
        Self::Archive,
        Self::CreditRepair,
        Self::Supervision,
    ];

    /// The stable code.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Planning => "planning",
            Self::Coordination => "coordination",
            Self::Sharing => "sharing",
            Self::RiskMonitoring => "risk-monitoring",
            Self::FollowUp => "follow-up",
            Self::Registers => "registers",
            Self::Draw => "draw",
            Self::Inspection => "inspection",
            Self::Publication => "publication",
            Self::Archive => "archive",
            Self::CreditRepair => "credit-repair",
            Self::Supervision => "supervision",
        }
    }

    /// The purpose with that code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|purpose| purpose.code() == code)
    }

    /// The articles that it serves.
    pub const fn articles(self) -> &'static [Basis] {
        use Basis::Article as A;
        match self {
            Self::Planning => &[A(5), A(17)],
            Self::Coordination => &[A(6), A(7)],
            Self::Sharing => &[A(8)],
            Self::RiskMonitoring => &[A(9), A(10)],
            Self::FollowUp => &[A(11), A(12), A(22), A(23)],
            Self::Registers => &[A(13), A(14), A(15), A(16)],
            Self::Draw => &[A(18), A(19)],
            Self::Inspection => &[A(20)],
            Self::Publication => &[A(21)],
            Self::Archive => &[A(24)],
            Self::CreditRepair => &[A(25)],
            Self::Supervision => &[A(4), A(27)],
        }
    }
}
