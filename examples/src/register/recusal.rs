//! recusals.csv: who is kept away from whom (回避).

use super::row::read_rows;
use super::sheet::{Reports, Sheet};
use super::{Level, References};
use std::collections::HashMap;
use yicha::citation::Basis;
use yicha::code::{InspectorId, TargetId};
use yicha::explain::Said;

pub(super) const COLUMNS: &[&str] = &["人员代码", "检查对象代码", "原因"];

/// An inspector kept away from a target. The reason is kept by the host and never published.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recusal {
    /// 人员代码
    pub inspector: InspectorId,
    /// 检查对象代码
    pub target: TargetId,
    /// 原因
    pub reason: String,
}

pub(super) fn read(sheet: &Sheet, references: &References, reports: &mut Reports) -> Vec<Recusal> {
    let mut lines: HashMap<(String, String), usize> = HashMap::new();
    let rows = read_rows(sheet, "人员代码", reports, |row| {
        let inspector = row.code("人员代码");
        if let Some(code) = inspector {
            let known = references.inspectors.as_ref();
            row.refer("人员代码", &[code], known, "unknown-inspector", "inspectors.csv");
        }
        let target = row.code("检查对象代码");
        if let Some(code) = target {
            let known = references.targets.as_ref();
            row.refer("检查对象代码", &[code], known, "unknown-target", "targets.csv");
        }
        let reason = row.text("原因");
        let (inspector, target, reason) = (inspector?, target?, reason?);
        let line = *lines.entry((inspector.into(), target.into())).or_insert(row.line());
        if line != row.line() {
            let said = Said::new(
                format!("与第{line}行重复，只计一次"),
                format!("the same as line {line}; it counts once"),
            );
            let basis = Some(Basis::Other("《中华人民共和国行政处罚法》第四十三条"));
            row.report_for("检查对象代码", "duplicate", Level::Warning, basis, said);
        }
        Some(Recusal { inspector: inspector.parse().ok()?, target: target.parse().ok()?, reason })
    });
    let mut once = std::collections::HashSet::new();
    rows.into_iter().filter(|r| once.insert((r.inspector.clone(), r.target.clone()))).collect()
}
