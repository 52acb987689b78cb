//! tasks.xlsx: a sheet a department with its visits, items, team and the leader.

use super::matching::Placement;
use super::{DepartmentResult, Outcome};
use rust_xlsxwriter::{Format, Workbook, Worksheet, XlsxError};
use std::path::Path;
use yicha::explain::Lang;

const HEADINGS: [(&str, f64); 8] = [
    ("检查对象代码", 22.0),
    ("名称", 34.0),
    ("登记地址", 44.0),
    ("检查事项", 44.0),
    ("检查人员", 26.0),
    ("人员代码", 28.0),
    ("组长", 20.0),
    ("检查时间", 26.0),
];

pub(super) fn write(outcome: &Outcome, path: &Path) -> Result<(), XlsxError> {
    let mut workbook = Workbook::new();
    for department in &outcome.departments {
        let sheet = workbook.add_worksheet();
        // A name of a sheet has at most 31 characters, none of []:*?/\.
        let name: String = short_name(&department.department.name);
        sheet.set_name(name)?;
        write_sheet(sheet, outcome, department)?;
    }
    workbook.save(path)
}

fn write_sheet(
    sheet: &mut Worksheet,
    outcome: &Outcome,
    department: &DepartmentResult,
) -> Result<(), XlsxError> {
    let heading = Format::new().set_bold().set_background_color("DDE6EE");
    let wrapped = Format::new().set_text_wrap();
    for (column, (text, width)) in (0..).zip(HEADINGS) {
        sheet.write_with_format(0, column, text, &heading)?;
        sheet.set_column_width(column, width)?;
    }
    sheet.set_freeze_panes(1, 0)?;
    let items: Vec<String> =
        department.items.iter().map(|item| format!("{} {}", item.id, item.name)).collect();
    let items = items.join("\n");
    let window = format!("{}至{}", outcome.task.first_day, outcome.task.plan.to);
    for (row, target) in (1..).zip(outcome.targets.drawn.outcome().list().targets()) {
        let team = outcome.team(department, target.as_str());
        let column = |part: fn(&(String, String)) -> &String| {
            team.iter().map(part).cloned().collect::<Vec<_>>().join("\n")
        };
        let known = outcome.task.target(target.as_str());
        let cells = [
            target.to_string(),
            known.map_or(String::new(), |t| t.name.clone()),
            known.map_or(String::new(), |t| t.address.clone()),
            items.clone(),
            match department.placement {
                Placement::Matched { .. } => column(|(_, name)| name),
                Placement::Short { .. } => "人员不足，未匹配".into(),
            },
            column(|(id, _)| id),
            outcome.leader(target.as_str()).unwrap_or_else(|| "待定".into()),
            window.clone(),
        ];
        for (column, cell) in (0..).zip(cells) {
            sheet.write_with_format(row, column, cell, &wrapped)?;
        }
    }
    if let Placement::Short { shortfall, .. } = &department.placement {
        let below = outcome.targets.drawn.outcome().list().targets().len() as u32 + 2;
        let words = shortfall.in_words(Lang::Zh, |id| outcome.person(id));
        for (row, line) in (below..).zip(words) {
            sheet.write(row, 0, line)?;
        }
    }
    Ok(())
}

/// The last 31 characters at most, without what a sheet's name may not have.
fn short_name(name: &str) -> String {
    let legal = name.chars().filter(|c| !"[]:*?/\\".contains(*c));
    let legal: Vec<char> = legal.collect();
    legal[legal.len().saturating_sub(31)..].iter().collect()
}
