//! items.csv

use super::row::read_rows;
use super::sheet::{Reports, Sheet};
use super::{Level, References, Seen};
use yicha::citation::Basis;
use yicha::code::{DepartmentId, Qualification};
use yicha::date::Date;
use yicha::explain::Said;

pub(super) const COLUMNS: &[&str] = &[
    "事项编码",
    "部门代码",
    "抽查事项",
    "检查依据",
    "检查主体",
    "检查内容",
    "检查方式",
    "事项类别",
    "是否适用一业一查",
    "要求资质",
    "生效日期",
    "工作指引版本",
];

/// An item of a department's list (抽查事项, article 13).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// 事项编码
    pub id: String,
    /// 部门代码
    pub department: DepartmentId,
    /// 抽查事项
    pub name: String,
    /// 检查依据
    pub basis: String,
    /// 检查主体
    pub body: String,
    /// 检查内容
    pub content: String,
    /// 检查方式
    pub methods: Vec<&'static str>,
    /// 事项类别: 重点 rather than 一般.
    pub key: bool,
    /// 是否适用一业一查
    pub joint: bool,
    /// 要求资质
    pub qualifications: Vec<Qualification>,
    /// 生效日期
    pub in_force: Date,
    /// 工作指引版本 (article 16).
    pub guide: Option<String>,
}

/// The methods of article 20.
const METHODS: &[(&str, &str)] = &[
    ("实地核查", "实地核查"),
    ("书面检查", "书面检查"),
    ("网络监测", "网络监测"),
    ("抽样检测", "抽样检测"),
];

pub(super) fn read(sheet: &Sheet, references: &References, reports: &mut Reports) -> Vec<Item> {
    let mut seen = Seen::default();
    read_rows(sheet, "事项编码", reports, |row| {
        let id = row.code("事项编码");
        let department = row.uscc("部门代码");
        if let Some(department) = department {
            let known = references.department_codes.as_ref();
            row.refer("部门代码", &[department], known, "unknown-department", "departments.csv");
        }
        let name = row.line_of_text("抽查事项");
        let basis = match row.cell("检查依据") {
            "" => {
                let said = Said::new(
                    "事项没有检查依据，本行不导入",
                    "an item without a legal basis; the row is set aside",
                );
                row.report_for(
                    "检查依据",
                    "empty-cell",
                    Level::Refused,
                    Some(Basis::Article(13)),
                    said,
                );
                None
            }
            _ => row.line_of_text("检查依据"),
        };
        let body = row.line_of_text("检查主体");
        let content = row.text("检查内容");
        let methods = row.list_of("检查方式", METHODS);
        let key = row.one_of("事项类别", &[("一般", false), ("重点", true)]);
        let joint = row.yes_no("是否适用一业一查");
        let qualifications = row.list("要求资质");
        if let Some(codes) = &qualifications {
            let known = references.qualifications.as_ref();
            row.refer("要求资质", codes, known, "unknown-qualification", "codes.csv");
        }
        let in_force = row.date("生效日期");
        let guide = row.cell("工作指引版本");
        if let Some(id) = id {
            seen.refuse_twice(row, "事项编码", id);
        }
        Some(Item {
            id: id?.into(),
            department: department?.parse().ok()?,
            name: name?,
            basis: basis?,
            body: body?,
            content: content?,
            methods: methods?,
            key: key?,
            joint: joint?,
            qualifications: qualifications?.iter().filter_map(|code| code.parse().ok()).collect(),
            in_force: in_force?,
            guide: (!guide.is_empty()).then(|| guide.into()),
        })
    })
}
