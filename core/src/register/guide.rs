//! 抽查工作指引, article 16: how an item is checked, in versions that follow the law.

use super::item::Method;
use super::law::LegalBasis;
use crate::code::{DepartmentId, ItemId};
use crate::date::Date;
use crate::hash::Digest;
use alloc::collections::BTreeSet;
use alloc::vec::Vec;
use serde::{Deserialize, Serialize};

/// A version of a guide.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Guide {
    /// The department that it guides.
    pub department: DepartmentId,
    /// The first day on which this version is in force.
    pub from: Date,
    /// The item.
    pub item: ItemId,
    /// The laws that it cites, at least one.
    pub laws: Vec<LegalBasis>,
    /// 方法, at least one.
    pub methods: BTreeSet<Method>,
    /// Digest of 项目, the points to check.
    pub points: Digest,
    /// Digest of 程序, the procedure.
    pub procedure: Digest,
}

/// The versions of an item's guide.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GuideBook {
    /// The versions, by first day.
    pub versions: Vec<Guide>,
}

impl GuideBook {
    /// The version in force on that day.
    pub fn on(&self, day: Date) -> Option<&Guide> {
        self.versions.iter().rev().find(|guide| guide.from <= day)
    }
}
