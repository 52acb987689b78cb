//! inspectors.csv: who may inspect (article 15).

use super::row::read_rows;
use super::sheet::{Reports, Sheet};
use super::{Level, Options, References, Seen};
use std::collections::HashMap;
use yicha::citation::Basis;
use yicha::code::{DepartmentId, InspectorId, Qualification};
use yicha::date::Date;
use yicha::explain::Said;

pub(super) const COLUMNS: &[&str] = &[
    "人员代码",
    "姓名",
    "部门代码",
    "执法类别/资质",
    "执法证号",
    "执法证有效期至",
    "层级",
    "片区",
    "业务专长",
    "人员类别",
    "本年度已派次数",
    "在岗",
];

/// What a person of the register may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum StaffKind {
    /// 执法人员: has a certificate and may be matched.
    Enforcement,
    /// 辅助人员: daily supervision without certificate; never matched or counted.
    Support,
    /// 专家: assists (article 19, paragraph 2); never matched or counted.
    Expert,
}

/// A person of the inspector register (执法检查人员).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Inspector {
    /// 人员代码
    pub id: InspectorId,
    /// 姓名
    pub name: String,
    /// 部门代码
    pub department: DepartmentId,
    /// 执法类别/资质
    pub qualifications: Vec<Qualification>,
    /// 执法证号
    pub certificate: Option<String>,
    /// 执法证有效期至
    pub valid_until: Option<Date>,
    /// 层级
    pub level: String,
    /// 片区: the district (all of it) or streets.
    pub divisions: Vec<String>,
    /// 业务专长
    pub expertise: String,
    /// 人员类别
    pub kind: StaffKind,
    /// 本年度已派次数
    pub assigned: u64,
    /// 在岗
    pub on_duty: bool,
}

pub(super) fn read(
    sheet: &Sheet,
    references: &References,
    options: &Options,
    reports: &mut Reports,
) -> Vec<Inspector> {
    let mut seen = Seen::default();
    let mut certificates: HashMap<String, usize> = HashMap::new();
    read_rows(sheet, "人员代码", reports, |row| {
        let id = row.code("人员代码");
        let name = row.text("姓名");
        let department = row.uscc("部门代码");
        if let Some(code) = department {
            let known = references.department_codes.as_ref();
            row.refer("部门代码", &[code], known, "unknown-department", "departments.csv");
        }
        let qualifications = row.list("执法类别/资质");
        if let Some(codes) = &qualifications {
            let known = references.qualifications.as_ref();
            row.refer("执法类别/资质", codes, known, "unknown-qualification", "codes.csv");
        }
        let kind = row.one_of(
            "人员类别",
            &[
                ("执法人员", StaffKind::Enforcement),
                ("辅助人员", StaffKind::Support),
                ("专家", StaffKind::Expert),
            ],
        );
        let enforces = kind == Some(StaffKind::Enforcement);
        let certificate = row.cell("执法证号");
        if enforces && certificate.is_empty() {
            let said = Said::new(
                "人员类别为执法人员而执法证号为空，本行不导入",
                "enforcement staff without a certificate; the row is set aside",
            );
            row.report_for(
                "执法证号",
                "empty-cell",
                Level::Refused,
                Some(Basis::Article(15)),
                said,
            );
        }
        let valid_until = match enforces && !certificate.is_empty() {
            true => row.date("执法证有效期至").map(Some),
            false => row.optional_date("执法证有效期至"),
        };
        let exported = options.exported;
        if let Some(until) = valid_until.flatten().filter(|&until| until < exported) {
            row.report("执法证有效期至", "expired", Level::Warning, Said::new(
                format!("执法证于{until}到期，导出日{exported}已失效；可入库，不得匹配"),
                format!("the certificate ended on {until}, before the export on {exported}; kept, not to be matched"),
            ));
        }
        let level = row.text("层级");
        row.filled("片区");
        let divisions = row.list("片区");
        if let Some(codes) = &divisions {
            let known = references.divisions.as_ref();
            row.refer("片区", codes, known, "unknown-division", "codes.csv");
        }
        let assigned = row.number("本年度已派次数");
        let on_duty = row.yes_no("在岗");
        if let Some(id) = id {
            seen.refuse_twice(row, "人员代码", id);
        }
        if !certificate.is_empty() && row.faults.iter().all(|f| f.level != Level::Refused) {
            let line = *certificates.entry(certificate.into()).or_insert(row.line());
            if line != row.line() {
                row.report(
                    "执法证号",
                    "duplicate-certificate",
                    Level::Warning,
                    Said::new(
                        format!("执法证号与第{line}行相同，请核对"),
                        format!("the same certificate number as in line {line}; please check"),
                    ),
                );
            }
        }
        Some(Inspector {
            id: id?.parse().ok()?,
            name: name?,
            department: department?.parse().ok()?,
            qualifications: qualifications?.iter().filter_map(|code| code.parse().ok()).collect(),
            certificate: (!certificate.is_empty()).then(|| certificate.into()),
            valid_until: valid_until?,
            level: level?,
            divisions: divisions?.into_iter().map(str::to_owned).collect(),
            expertise: row.cell("业务专长").into(),
            kind: kind?,
            assigned: assigned?,
            on_duty: on_duty?,
        })
    })
}
