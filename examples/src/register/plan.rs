//! plan_2026.csv: the year's plan (article 5).

use super::industry::Industry;
use super::row::{Row, read_rows};
use super::sheet::{Reports, Sheet};
use super::target::TargetKind;
use super::{Level, References};
use std::collections::HashMap;
use yicha::citation::Basis;
use yicha::date::Date;
use yicha::draw::quota::BasisPoints;
use yicha::explain::{Explain, Lang, Said};
use yicha::risk::{RiskClass, check_rates};

pub(super) const COLUMNS: &[&str] = &[
    "序号",
    "行业",
    "任务名称",
    "联查部门",
    "抽查事项",
    "联查对象",
    "检查主体",
    "责任分工",
    "抽查比例",
    "时间安排",
    "备注",
    "基数",
];

/// A task of the plan (检查任务).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlanEntry {
    /// 序号
    pub number: u64,
    /// 行业
    pub industry: String,
    /// 任务名称
    pub task: String,
    /// 联查部门, by name.
    pub departments: Vec<String>,
    /// 抽查事项, by code.
    pub items: Vec<String>,
    /// 联查对象
    pub kinds: Vec<TargetKind>,
    /// 责任分工
    pub duties: String,
    /// 抽查比例, ascending by risk.
    pub rates: [(RiskClass, BasisPoints); 4],
    /// 时间安排, first day.
    pub from: Date,
    /// 时间安排, last day.
    pub to: Date,
    /// 备注
    pub remark: String,
    /// 基数, for information.
    pub base: u64,
}

pub(super) fn read(
    sheet: &Sheet,
    references: &References,
    industries: &[Industry],
    reports: &mut Reports,
) -> Vec<PlanEntry> {
    let by_name: HashMap<&str, &Industry> = industries.iter().map(|i| (&*i.name, i)).collect();
    read_rows(sheet, "序号", reports, |row| {
        let number = row.number("序号");
        let industry = row.name("行业");
        if let Some(name) = industry {
            let known = references.industries.as_ref();
            row.refer("行业", &[name], known, "unknown-industry", "industries.csv");
        }
        let task = row.line_of_text("任务名称");
        row.filled("联查部门");
        let departments = row.list("联查部门");
        if let Some(names) = &departments {
            let known = references.department_names.as_ref();
            row.refer("联查部门", names, known, "unknown-department", "departments.csv");
        }
        row.filled("抽查事项");
        let items = row.list("抽查事项");
        if let (Some(items), Some(industry)) = (&items, industry.and_then(|n| by_name.get(n))) {
            for item in items.iter().filter(|item| !industry.items.iter().any(|i| i == *item)) {
                let said = Said::new(
                    format!("{item}不在{}的联查事项清单之内", industry.name),
                    format!("{item} is not on the joint list of {}", industry.name),
                );
                row.report_for(
                    "抽查事项",
                    "foreign-item",
                    Level::Refused,
                    Some(Basis::Article(3)),
                    said,
                );
            }
        }
        let kinds = row.list_of("联查对象", TargetKind::LABELS);
        row.filled("检查主体");
        let duties = row.text("责任分工");
        let rates = read_rates(row);
        let window = read_window(row);
        let base = row.number("基数");
        let owned = |list: Vec<&str>| list.into_iter().map(str::to_owned).collect();
        let (from, to) = window?;
        Some(PlanEntry {
            number: number?,
            industry: industry?.into(),
            task: task?,
            departments: owned(departments?),
            items: owned(items?),
            kinds: kinds?,
            duties: duties?,
            rates: rates?,
            from,
            to,
            remark: row.cell("备注").into(),
            base: base?,
        })
    })
}

/// `低1%/中2%/中高10%/高30%`, each with at most two decimals.
fn read_rates(row: &mut Row<'_>) -> Option<[(RiskClass, BasisPoints); 4]> {
    const COLUMN: &str = "抽查比例";
    let text = row.filled(COLUMN)?;
    if text.contains('％') {
        let said = Said::new(
            "百分号应为半角，读到“％”，不作转换",
            "the percent sign is half-width; nothing is converted",
        );
        row.report(COLUMN, "full-width", Level::Refused, said);
        return None;
    }
    let mut refuse = |zh: String, en: String, basis| {
        row.report_for(COLUMN, "bad-rate", Level::Refused, basis, Said::new(zh, en));
    };
    let parts: Vec<&str> = text.split('/').collect();
    let mut rates = [(RiskClass::Low, BasisPoints::ALL); 4];
    for (class, slot) in RiskClass::ALL.into_iter().zip(&mut rates) {
        let (zh, en) = (class.label(Lang::Zh), class.label(Lang::En));
        let rate = parts.iter().find_map(|part| part.strip_prefix(zh)?.strip_suffix('%'));
        let rate = rate.filter(|rate| rate.starts_with(|c: char| c.is_ascii_digit()));
        let Some(rate) = rate else {
            refuse(
                format!("缺少“{zh}”类的比例，不得按其他类推算"),
                format!("no rate for class {en}; none is derived from another class"),
                Some(Basis::Article(10)),
            );
            return None;
        };
        let Some(points) = basis_points(rate) else {
            refuse(
                format!("{zh}{rate}%不是至多两位小数的百分比"),
                format!("{rate}% is not a percentage with at most two decimals"),
                None,
            );
            return None;
        };
        let Some(points) = BasisPoints::new(points) else {
            refuse(format!("{zh}{rate}%超过100%"), format!("{rate}% is more than 100%"), None);
            return None;
        };
        *slot = (class, points);
    }
    if parts.len() != rates.len() {
        refuse(
            format!("应为四类的比例，读到{}项", parts.len()),
            format!("rates of four classes are expected, found {}", parts.len()),
            None,
        );
        return None;
    }
    if let Err(e) = check_rates(&rates) {
        refuse(e.message(Lang::Zh), e.message(Lang::En), Some(e.basis()));
        return None;
    }
    Some(rates)
}

/// Hundredths of a percent of a decimal number with at most two decimals.
fn basis_points(text: &str) -> Option<u64> {
    let (whole, decimals) = text.split_once('.').unwrap_or((text, "0"));
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    if !digits(whole) || !digits(decimals) || decimals.len() > 2 {
        return None;
    }
    let decimals: u64 = format!("{decimals:0<2}").parse().ok()?;
    whole.parse::<u64>().ok()?.checked_mul(100)?.checked_add(decimals)
}

/// `YYYY-MM-DD至YYYY-MM-DD`, the end not before the beginning.
fn read_window(row: &mut Row<'_>) -> Option<(Date, Date)> {
    let text = row.filled("时间安排")?;
    let days = text.split_once('至').and_then(|(a, b)| Some((a.parse().ok()?, b.parse().ok()?)));
    let said = match days {
        Some((from, to)) if from <= to => return Some((from, to)),
        Some((from, to)) => Said::new(
            format!("时间安排的结束日{to}早于开始日{from}"),
            format!("the window ends on {to}, before it begins on {from}"),
        ),
        None => Said::new(
            format!("时间安排应为YYYY-MM-DD至YYYY-MM-DD，读到{text}，不作猜测"),
            format!("a window is YYYY-MM-DD至YYYY-MM-DD, found {text}; nothing is guessed"),
        ),
    };
    row.report("时间安排", "bad-window", Level::Refused, said);
    None
}
