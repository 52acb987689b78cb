//! What the public sees on a day, in the shape of the national system: plan and task with number and name, type,
//! authority, date, then a line for each item with its result. No personal data stand in it.
//!
//! The national system's codes and names are the host's, in a table; a code that is missing is refused by its name, so
//! that no result is lost or guessed (our decision `national-codes`).

use super::View;
use super::refusal::QueryRefusal;
use crate::by_id::ById;
use crate::code::{CaseCode, DepartmentId, ItemId, SchemeId, TargetId};
use crate::date::Date;
use crate::draw::announcement::FreeText;
use crate::hash::Digest;
use crate::publication::PublicItem;
use crate::refusal::Refusal;
use crate::result::InspectionResult;
use alloc::collections::BTreeMap;
use alloc::string::ToString;
use alloc::vec::Vec;
use core::fmt::Display;
use serde::{Deserialize, Serialize};

/// Asks what the public sees.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct AskPublicRecord {
    /// The day.
    pub day: Date,
    /// What the national system calls things.
    pub table: CodeTable,
    /// Only what is about this target.
    pub target: Option<TargetId>,
}

/// What the national system calls what stands in the record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct CodeTable {
    /// The departments that publish (检查机关).
    pub departments: ById<DepartmentId, FreeText>,
    /// The tasks of results that were inherited, by the number of the inspection of that time.
    pub inherited: ById<CaseCode, NationalTask>,
    /// The items.
    pub items: ById<ItemId, FreeText>,
    /// The results.
    pub results: BTreeMap<InspectionResult, FreeText>,
    /// The tasks of schemes.
    pub schemes: ById<SchemeId, NationalTask>,
}

/// A task (抽查任务) with its plan (抽查计划).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct NationalTask {
    /// 抽查类型: 定向 or 不定向.
    pub kind: FreeText,
    /// 抽查计划编号.
    pub plan_id: FreeText,
    /// 抽查计划名称.
    pub plan_name: FreeText,
    /// 抽查任务编号.
    pub task_id: FreeText,
    /// 抽查任务名称.
    pub task_name: FreeText,
}

/// What the public sees.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PublicRecord {
    /// The day.
    pub day: Date,
    /// A sheet for each inspection and authority.
    pub sheets: Vec<Sheet>,
}

/// What an authority publishes of an inspection.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Sheet {
    /// 检查机关.
    pub authority: FreeText,
    /// 抽查日期: that of completion; of what was inherited, that of publication.
    pub date: Date,
    /// The inspection.
    pub inspection: CaseCode,
    /// The items with their results.
    pub lines: Vec<Line>,
    /// The target.
    pub target: TargetId,
    /// The task.
    pub task: NationalTask,
}

/// An item with its result.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Line {
    /// 抽查事项.
    pub item: FreeText,
    /// The day from which this is public; a corrected result has that of its correction.
    pub published: Date,
    /// 抽查结果.
    pub result: FreeText,
    /// Salted digest of the text, where the result has one; the host has the text.
    pub text: Option<Digest>,
}

pub(super) fn ask(asked: &AskPublicRecord, view: &View<'_>) -> Result<PublicRecord, Refusal> {
    let AskPublicRecord { day, table, target } = asked;
    let public = view.world.public_record(*day);
    let wanted = public.filter(|it| target.as_ref().is_none_or(|target| it.target == target));
    let mut sheets: BTreeMap<(&CaseCode, &DepartmentId), Sheet> = BTreeMap::new();
    for public in wanted {
        let key = (public.inspection, public.department);
        let line = table.line(&public)?;
        match sheets.get_mut(&key) {
            Some(sheet) => sheet.lines.push(line),
            None => {
                sheets.insert(key, table.sheet(&public, line, view)?);
            }
        }
    }
    Ok(PublicRecord { day: *day, sheets: sheets.into_values().collect() })
}

impl CodeTable {
    fn line(&self, public: &PublicItem<'_>) -> Result<Line, QueryRefusal> {
        let version = public.version;
        let result = self.results.get(&version.result);
        Ok(Line {
            item: found("items", self.items.get(public.item), public.item)?,
            published: version.published,
            result: found("results", result, &version.result.code())?,
            text: version.text,
        })
    }

    fn sheet(
        &self,
        public: &PublicItem<'_>,
        line: Line,
        view: &View<'_>,
    ) -> Result<Sheet, QueryRefusal> {
        let PublicItem { department, inspection, item, target, version } = *public;
        let (known, published) =
            (view.world.inspections.get(inspection), view.world.published(inspection, item));
        let first = published.and_then(|it| it.versions.first()).unwrap_or(version);
        let (task, date) = match known {
            Some(it) => {
                let task = found("schemes", self.schemes.get(&it.scheme), &it.scheme)?;
                (task, it.completed)
            }
            None => (found("inherited", self.inherited.get(inspection), inspection)?, None),
        };
        Ok(Sheet {
            authority: found("departments", self.departments.get(department), department)?,
            date: date.unwrap_or(first.published),
            inspection: inspection.clone(),
            lines: [line].into(),
            target: target.clone(),
            task,
        })
    }
}

fn found<T: Clone>(
    list: &'static str,
    code: Option<&T>,
    ours: &dyn Display,
) -> Result<T, QueryRefusal> {
    let missing = || QueryRefusal::NoNationalCode { list, code: ours.to_string() };
    code.cloned().ok_or_else(missing)
}
