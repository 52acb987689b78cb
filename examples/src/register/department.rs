//! departments.csv

use super::Seen;
use super::fault::Level;
use super::row::read_rows;
use super::sheet::{Reports, Sheet};
use yicha::citation::Basis;
use yicha::code::{DepartmentId, PersonCode};
use yicha::explain::Said;

pub(super) const COLUMNS: &[&str] =
    &["部门代码", "部门名称", "层级", "行政区划代码", "负责人代码", "是否承担检查"];

/// A department (部门).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Department {
    /// 部门代码
    pub id: DepartmentId,
    /// 部门名称
    pub name: String,
    /// 层级
    pub level: String,
    /// 行政区划代码
    pub division: String,
    /// 负责人代码: who approves replacements.
    pub head: Option<PersonCode>,
    /// 是否承担检查; the joint office (联席办) does not inspect.
    pub inspects: bool,
}

pub(super) fn read(sheet: &Sheet, reports: &mut Reports) -> Vec<Department> {
    let mut seen = Seen::default();
    read_rows(sheet, "部门代码", reports, |row| {
        let id = row.uscc("部门代码");
        let name = row.text("部门名称");
        let level = row.text("层级");
        let division = row.code("行政区划代码");
        let inspects = row.yes_no("是否承担检查");
        let head = match row.cell("负责人代码") {
            "" => {
                let said = Said::new(
                    "部门缺少负责人代码；更换执法检查人员无人可批准，请补录",
                    "no head is named; nobody could approve a replacement of an inspector",
                );
                let basis = Some(Basis::Article(19));
                row.report_for("负责人代码", "empty-cell", Level::Warning, basis, said);
                Some(None)
            }
            _ => row.id("负责人代码").map(Some),
        };
        if let Some(id) = id {
            seen.refuse_twice(row, "部门代码", id);
        }
        Some(Department {
            id: id?.parse().ok()?,
            name: name?,
            level: level?,
            division: division?.into(),
            head: head?,
            inspects: inspects?,
        })
    })
}
