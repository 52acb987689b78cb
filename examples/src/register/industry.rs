//! industries.csv: the joint item list of each industry (一业一查事项清单, article 3).

use super::department::Department;
use super::item::Item;
use super::row::read_rows;
use super::sheet::{Reports, Sheet};
use super::{Level, References, Seen};
use std::collections::HashMap;
use yicha::citation::Basis;
use yicha::explain::Said;

pub(super) const COLUMNS: &[&str] =
    &["行业代码", "行业", "牵头发起部门", "配合部门", "抽查事项编码"];

/// An industry with its joint list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Industry {
    /// 行业代码: a target belongs when its own code begins with one of them.
    pub codes: Vec<String>,
    /// 行业
    pub name: String,
    /// 牵头发起部门, by name.
    pub initiator: String,
    /// 配合部门, by name.
    pub participants: Vec<String>,
    /// 抽查事项编码
    pub items: Vec<String>,
}

pub(super) fn read(
    sheet: &Sheet,
    references: &References,
    departments: &[Department],
    items: &[Item],
    reports: &mut Reports,
) -> Vec<Industry> {
    let by_name: HashMap<&str, &Department> =
        departments.iter().map(|d| (d.name.as_str(), d)).collect();
    let item_by_id: HashMap<&str, &Item> = items.iter().map(|i| (i.id.as_str(), i)).collect();
    let mut seen = Seen::default();
    read_rows(sheet, "行业代码", reports, |row| {
        row.filled("行业代码");
        let codes = row.list("行业代码");
        if let Some(codes) = &codes {
            let known = references.industry_codes.as_ref();
            row.refer("行业代码", codes, known, "unknown-industry", "GB/T 4754-2017");
        }
        let name = row.name("行业");
        let initiator = row.line_of_text("牵头发起部门");
        let participants = row.list("配合部门");
        let mut joined: Vec<&str> = initiator.iter().map(String::as_str).collect();
        for (column, names) in
            [("牵头发起部门", Some(joined.clone())), ("配合部门", participants.clone())]
        {
            let names = names.unwrap_or_default();
            let known = references.department_names.as_ref();
            row.refer(column, &names, known, "unknown-department", "departments.csv");
            if let Some(idle) = names.iter().find(|n| by_name.get(*n).is_some_and(|d| !d.inspects))
            {
                let said = Said::new(
                    format!("{idle}统筹协调，不承担检查，不能发起或参与"),
                    format!(
                        "{idle} coordinates and does not inspect; it can neither lead nor take part"
                    ),
                );
                row.report_for(
                    column,
                    "not-inspecting",
                    Level::Refused,
                    Some(Basis::Article(5)),
                    said,
                );
            }
        }
        joined.extend(participants.iter().flatten());
        joined.sort_unstable();
        joined.dedup();
        if participants.is_some() && joined.len() < 2 {
            let said = Said::new(
                "一业一查至少两个部门",
                "a joint inspection has at least two departments",
            );
            row.report_for(
                "配合部门",
                "single-department",
                Level::Refused,
                Some(Basis::Article(2)),
                said,
            );
        }
        row.filled("抽查事项编码");
        let listed = row.list("抽查事项编码");
        if let Some(listed) = &listed {
            let known = references.items.as_ref();
            row.refer("抽查事项编码", listed, known, "unknown-item", "items.csv");
            // With an unknown department nobody can say whose items are foreign.
            let all_known = joined.iter().all(|name| by_name.contains_key(name));
            let owned = listed.iter().filter_map(|id| item_by_id.get(id)).filter(|_| all_known);
            for item in owned {
                let owner = departments.iter().find(|d| d.id == item.department);
                if let Some(owner) = owner.filter(|d| d.inspects && !joined.contains(&&*d.name)) {
                    let said = Said::new(
                        format!("{}属{}，该局既非牵头也非配合部门", item.id, owner.name),
                        format!(
                            "{} is an item of {}, which neither leads nor takes part",
                            item.id, owner.name
                        ),
                    );
                    row.report_for(
                        "抽查事项编码",
                        "foreign-item",
                        Level::Refused,
                        Some(Basis::Article(3)),
                        said,
                    );
                }
            }
        }
        if let Some(name) = name {
            seen.refuse_twice(row, "行业", name);
        }
        let owned = |list: Vec<&str>| list.into_iter().map(str::to_owned).collect();
        Some(Industry {
            codes: owned(codes?),
            name: name?.into(),
            initiator: initiator?,
            participants: owned(participants?),
            items: owned(listed?),
        })
    })
}
