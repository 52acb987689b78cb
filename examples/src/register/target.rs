//! targets.csv: whom the departments may inspect (article 14).

use super::row::{Row, read_rows};
use super::sheet::{Reports, Sheet};
use super::{Level, Options, References, Seen};
use yicha::citation::Basis;
use yicha::code::TargetId;
use yicha::date::Date;
use yicha::explain::Said;
use yicha::risk::RiskClass;

pub(super) const COLUMNS: &[&str] = &[
    "检查对象代码",
    "名称",
    "对象类型",
    "行业代码",
    "行政区划代码",
    "登记地址",
    "信用风险分类",
    "登记状态",
    "本年度已检查次数",
    "上次检查日期",
    "是否立案调查中",
];

/// What kind of thing is inspected.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TargetKind {
    /// 企业
    Enterprise,
    /// 个体工商户
    IndividualBusiness,
    /// 其他主体
    OtherBody,
    /// 项目
    Project,
    /// 产品
    Product,
    /// 行为
    Behaviour,
}

impl TargetKind {
    /// All kinds with the words of the registers.
    pub const LABELS: &'static [(&'static str, Self)] = &[
        ("企业", Self::Enterprise),
        ("个体工商户", Self::IndividualBusiness),
        ("其他主体", Self::OtherBody),
        ("项目", Self::Project),
        ("产品", Self::Product),
        ("行为", Self::Behaviour),
    ];

    /// Whether such targets have a unified social credit code.
    pub const fn has_credit_code(self) -> bool {
        matches!(self, Self::Enterprise | Self::IndividualBusiness | Self::OtherBody)
    }
}

/// Where a target stands in the business register.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TargetStatus {
    /// 存续
    Active,
    /// 注销; of products, projects and behaviours: closed.
    Deregistered,
    /// 吊销
    Revoked,
}

/// An inspection target (检查对象).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Target {
    /// 检查对象代码
    pub id: TargetId,
    /// 名称
    pub name: String,
    /// 对象类型
    pub kind: TargetKind,
    /// 行业代码, four digits.
    pub industry: String,
    /// 行政区划代码
    pub division: String,
    /// 登记地址
    pub address: String,
    /// 信用风险分类
    pub risk: RiskClass,
    /// 登记状态
    pub status: TargetStatus,
    /// 本年度已检查次数
    pub visits: u64,
    /// 上次检查日期
    pub last_visit: Option<Date>,
    /// 是否立案调查中
    pub under_investigation: bool,
}

pub(super) fn read(
    sheet: &Sheet,
    references: &References,
    options: &Options,
    reports: &mut Reports,
) -> Vec<Target> {
    let mut seen = Seen::default();
    let classes = RiskClass::ALL.map(|class| (class.code(), class));
    read_rows(sheet, "检查对象代码", reports, |row| {
        let kind = row.one_of("对象类型", TargetKind::LABELS);
        let id = match kind.is_none_or(TargetKind::has_credit_code) {
            true => row.uscc("检查对象代码"),
            false => row.code("检查对象代码"),
        };
        if let (Some(id), Some(kind)) = (id, kind) {
            check_kind(row, id, kind);
        }
        let name = row.text("名称");
        let industry = row.code("行业代码");
        if let Some(code) = industry {
            let known = references.industry_codes.as_ref();
            row.refer("行业代码", &[code], known, "unknown-industry", "GB/T 4754-2017");
        }
        let division = row.code("行政区划代码");
        if let Some(code) = division {
            check_division(row, code, references, options);
        }
        let address = row.line_of_text("登记地址");
        let risk = row.one_of("信用风险分类", &classes);
        let status = row.one_of(
            "登记状态",
            &[
                ("存续", TargetStatus::Active),
                ("注销", TargetStatus::Deregistered),
                ("吊销", TargetStatus::Revoked),
            ],
        );
        let visits = row.number("本年度已检查次数");
        let last_visit = row.optional_date("上次检查日期");
        check_visits(row, visits, last_visit.flatten(), options.exported);
        let under_investigation = row.yes_no("是否立案调查中");
        if let Some(id) = id {
            seen.refuse_twice(row, "检查对象代码", id);
        }
        Some(Target {
            id: id?.parse().ok()?,
            name: name?,
            kind: kind?,
            industry: industry?.into(),
            division: division?.into(),
            address: address?,
            risk: risk?,
            status: status?,
            visits: visits?,
            last_visit: last_visit?,
            under_investigation: under_investigation?,
        })
    })
}

/// 91 is an enterprise and 92 an individual business, in both directions.
fn check_kind(row: &mut Row<'_>, id: &str, kind: TargetKind) {
    let by_prefix = match id.get(..2) {
        Some("91") => TargetKind::Enterprise,
        Some("92") => TargetKind::IndividualBusiness,
        _ => TargetKind::OtherBody,
    };
    if kind.has_credit_code() && by_prefix != kind {
        let label = |kind| TargetKind::LABELS.iter().find(|l| l.1 == kind).map_or("", |l| l.0);
        let (by_prefix, kind) = (label(by_prefix), label(kind));
        let prefix = &id[..2];
        row.report(
            "对象类型",
            "kind-mismatch",
            Level::Warning,
            Said::new(
                format!("代码前缀{prefix}为{by_prefix}，与对象类型“{kind}”不符"),
                format!("the code begins with {prefix} ({by_prefix}), the kind is {kind}"),
            ),
        );
    }
}

fn check_division(row: &mut Row<'_>, code: &str, references: &References, options: &Options) {
    let district = &options.district;
    if code.starts_with(district.as_str()) {
        let known = references.divisions.as_ref();
        row.refer("行政区划代码", &[code], known, "unknown-division", "codes.csv");
    } else {
        row.report(
            "行政区划代码",
            "other-division",
            Level::Warning,
            Said::new(
                format!("{code}不属于{district}，请核对管辖"),
                format!("{code} is not a part of {district}; check who is competent"),
            ),
        );
    }
}

fn check_visits(row: &mut Row<'_>, visits: Option<u64>, last: Option<Date>, exported: Date) {
    if last.is_some_and(|last| last > exported) {
        row.report(
            "上次检查日期",
            "future-date",
            Level::Warning,
            Said::new(
                format!("上次检查日期晚于导出日{exported}"),
                format!("the last inspection lies after the day of the export, {exported}"),
            ),
        );
    }
    if let Some(visits) = visits.filter(|&visits| visits > 0) {
        let year = last.map(Date::year);
        if year != Some(exported.year()) {
            let when = year.map_or("空白".into(), |year| format!("在{year}年"));
            let said = Said::new(
                format!("本年度已检查{visits}次而上次检查日期{when}"),
                format!("{visits} inspections this year, but the last one is not of this year"),
            );
            let basis = Some(Basis::Article(14));
            row.report_for("本年度已检查次数", "inconsistent", Level::Warning, basis, said);
        }
    }
}
