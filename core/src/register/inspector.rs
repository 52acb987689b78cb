//! 执法检查人员名录库, article 15: who may inspect, by level, division, category and expertise.

use super::RegisterKind;
use super::shelf::{Changed, Row};
use crate::code::{DepartmentId, Division, InspectorId, Label, Qualification};
use crate::date::Date;
use crate::hash::Digest;
use alloc::collections::{BTreeMap, BTreeSet};
use serde::{Deserialize, Serialize};

/// 执法层级, from the lowest to the highest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Level {
    /// 乡镇、街道.
    Township,
    /// 县级.
    County,
    /// 市级.
    City,
    /// 省级.
    Province,
}

/// What somebody of the register may do (our decision `support-staff`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Staff {
    /// 执法人员: has a certificate, is matched and counts.
    Enforcement,
    /// 辅助人员 without certificate, institutes, experts: named in the record, neither matched nor counted.
    Support,
}

/// 行政执法证.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Certificate {
    /// Salted digest of its number.
    pub number: Digest,
    /// The last day on which it is valid.
    pub until: Date,
}

/// Somebody of the register. The name is the host's.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Inspector {
    /// 执法类别: what the inspector is qualified for.
    pub categories: BTreeSet<Qualification>,
    /// The certificate; support staff may have none.
    pub certificate: Option<Certificate>,
    /// The department.
    pub department: DepartmentId,
    /// 行政区域: where the inspector may inspect.
    pub divisions: BTreeSet<Division>,
    /// The day from which the inspector is in the register no more.
    pub ended: Option<Date>,
    /// 业务专长.
    pub expertise: BTreeSet<Label>,
    /// The code.
    pub id: InspectorId,
    /// 执法层级.
    pub level: Level,
    /// Enforcement or support.
    pub staff: Staff,
}

impl Inspector {
    /// Whether the inspector stands in the register on that day.
    pub fn registered(&self, day: Date) -> bool {
        self.ended.is_none_or(|ended| day < ended)
    }

    /// The last day on which the certificate is valid.
    pub fn certificate_until(&self) -> Option<Date> {
        self.certificate.as_ref().map(|certificate| certificate.until)
    }

    /// Whether the inspector may be matched for days up to `until`: enforcement staff of the register, with a
    /// certificate that is valid on every one of them (our decision `certificate-window`).
    pub fn may_inspect(&self, until: Date) -> bool {
        self.staff == Staff::Enforcement
            && self.registered(until)
            && self.certificate_until().is_some_and(|valid| until <= valid)
    }
}

/// A change of a register.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum InspectorChange {
    /// Somebody came in.
    Registered(Inspector),
}

impl Row for Inspector {
    const REGISTER: RegisterKind = RegisterKind::Inspectors;
    type Key = InspectorId;
    type Change = InspectorChange;

    fn key(&self) -> InspectorId {
        self.id.clone()
    }

    fn change(rows: &mut BTreeMap<InspectorId, Self>, change: &Changed<InspectorChange>) {
        match &change.what {
            InspectorChange::Registered(inspector) => {
                rows.insert(inspector.id.clone(), inspector.clone());
            }
        }
    }
}
