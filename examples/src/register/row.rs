//! A row whose cells are read by name. Each reader reports what is wrong with its cell and gives nothing then, so that
//! all faults of a row are reported and not only the first.

use super::fault::{Fault, Level};
use super::sheet::{RawRow, Reports, SetAside, Sheet};
use std::collections::HashSet;
use yicha::citation::Basis;
use yicha::date::Date;
use yicha::explain::{Explain, Lang, Said};
use yicha::uscc::{Uscc, UsccError};

/// A row that is being read.
pub(super) struct Row<'a> {
    sheet: &'a Sheet,
    raw: &'a RawRow,
    pub(super) faults: Vec<Fault>,
}

/// Reads all rows of a sheet. What `read` refuses is set aside; totals at the end are no records.
pub(super) fn read_rows<'a, T>(
    sheet: &'a Sheet,
    key: &str,
    reports: &mut Reports,
    mut read: impl FnMut(&mut Row<'a>) -> Option<T>,
) -> Vec<T> {
    let mut good = Vec::new();
    for raw in sheet.rows.iter().filter(|_| sheet.readable) {
        let mut row = Row { sheet, raw, faults: Vec::new() };
        let value = if row.is_total(key) { None } else { read(&mut row) };
        let refused = row.faults.iter().any(|fault| fault.level == Level::Refused);
        reports.faults.append(&mut row.faults);
        match value {
            Some(value) if !refused => good.push(value),
            _ => {
                let (file, line) = (sheet.file.into(), raw.line);
                reports.set_aside.push(SetAside { file, line, fields: raw.cells.clone() });
            }
        }
    }
    good
}

impl<'a> Row<'a> {
    /// Physical line where the record begins.
    pub(super) fn line(&self) -> usize {
        self.raw.line
    }

    /// All cells, for comparing records.
    pub(super) fn cells(&self) -> &'a [String] {
        &self.raw.cells
    }

    /// A cell as it stands.
    pub(super) fn cell(&self, column: &str) -> &'a str {
        let at = self.sheet.columns.iter().position(|c| c == column);
        at.and_then(|i| self.raw.cells.get(i)).map_or("", |cell| cell)
    }

    pub(super) fn report(&mut self, column: &str, code: &'static str, level: Level, said: Said) {
        self.report_for(column, code, level, None, said);
    }

    pub(super) fn report_for(
        &mut self,
        column: &str,
        code: &'static str,
        level: Level,
        basis: Option<Basis>,
        said: Said,
    ) {
        let value = self.cell(column).to_owned();
        let fault = self.sheet.fault(self.raw.line, column, code, &value, level, said);
        self.faults.push(Fault { basis, ..fault });
    }

    fn refuse(&mut self, column: &str, code: &'static str, zh: String, en: String) {
        self.report(column, code, Level::Refused, Said::new(zh, en));
    }

    fn is_total(&mut self, key: &str) -> bool {
        let total = matches!(self.cell(key), "合计" | "总计" | "小计");
        if total {
            let (zh, en) =
                ("合计行不是记录，不导入", "a total is not a record and is not imported");
            self.refuse(key, "not-a-record", zh.into(), en.into());
        }
        total
    }

    /// A cell that may not be empty.
    pub(super) fn filled(&mut self, column: &str) -> Option<&'a str> {
        let text = self.cell(column);
        if text.is_empty() {
            self.refuse(
                column,
                "empty-cell",
                format!("{column}为空，本行不导入"),
                format!("{column} is empty; the row is set aside"),
            );
            return None;
        }
        Some(text)
    }

    /// Free text that may not be empty. White space at its ends is kept and reported.
    pub(super) fn text(&mut self, column: &str) -> Option<String> {
        let text = self.filled(column)?;
        let ends =
            [(text.chars().next(), "leading-space"), (text.chars().last(), "trailing-space")];
        for (c, code) in ends {
            if let Some(c) = c.filter(|c| c.is_whitespace()) {
                let u = u32::from(c);
                self.report(
                    column,
                    code,
                    Level::Warning,
                    Said::new(
                        format!("{column}首尾有空白U+{u:04X}，原样保留并提示"),
                        format!(
                            "{column} begins or ends with white space U+{u:04X}; kept as it is"
                        ),
                    ),
                );
            }
        }
        Some(text.into())
    }

    /// Free text on one line.
    pub(super) fn line_of_text(&mut self, column: &str) -> Option<String> {
        let text = self.text(column)?;
        if text.contains(['\n', '\r']) {
            self.report(column, "newline-in-field", Level::Warning, Said::new(
                "字段内有换行，原样读入；本记录跨多行",
                "a line break inside the field, read as it stands; the record spans several lines",
            ));
        }
        Some(text)
    }

    /// A value without white space.
    fn unspaced(&mut self, column: &str, text: &'a str) -> Option<&'a str> {
        let Some(i) = text.chars().position(char::is_whitespace) else { return Some(text) };
        let code = match i {
            0 => "leading-space",
            i if text.chars().skip(i).all(char::is_whitespace) => "trailing-space",
            _ => "inner-space",
        };
        self.refuse(
            column,
            code,
            format!("含空格（第{}个字符），不作裁剪，本行不导入", i + 1),
            format!("white space at character {}; nothing is trimmed, the row is set aside", i + 1),
        );
        None
    }

    /// A value without white space and full-width characters, which no code, number or date has.
    fn plain(&mut self, column: &str, text: &'a str) -> Option<&'a str> {
        let text = self.unspaced(column, text)?;
        let full_width = |c: char| ('\u{ff01}'..='\u{ff5e}').contains(&c);
        if let Some(i) = text.chars().position(full_width) {
            let half: String = text
                .chars()
                .map(|c| {
                    let shifted = u32::from(c) - if full_width(c) { 0xfee0 } else { 0 };
                    char::from_u32(shifted).unwrap_or(c)
                })
                .collect();
            self.refuse(
                column,
                "full-width",
                format!("含全角字符（从第{}个字符起），不作转换；半角形式为{half}", i + 1),
                format!("full-width from character {} on; nothing is converted, {half} would be half-width", i + 1),
            );
            return None;
        }
        Some(text)
    }

    /// A name that other files refer to: filled, and without white space.
    pub(super) fn name(&mut self, column: &str) -> Option<&'a str> {
        let text = self.filled(column)?;
        self.unspaced(column, text)
    }

    /// A code of the platform.
    pub(super) fn code(&mut self, column: &str) -> Option<&'a str> {
        let text = self.filled(column)?;
        let text = self.plain(column, text)?;
        match yicha::code::check(text.as_bytes()) {
            Ok(code) => Some(code),
            Err(e) => {
                self.report(column, "illegal-character", Level::Refused, e.said());
                None
            }
        }
    }

    /// A code of one of the core's types.
    pub(super) fn id<T: std::str::FromStr>(&mut self, column: &str) -> Option<T> {
        self.code(column)?.parse().ok()
    }

    /// A unified social credit code. A wrong check character is a warning (our decision `uscc-check-warning`).
    pub(super) fn uscc(&mut self, column: &str) -> Option<&'a str> {
        let text = self.filled(column)?;
        let text = self.plain(column, text)?;
        let fault = match Uscc::parse(text) {
            Ok(_) => return Some(text),
            Err(e) => e,
        };
        let (zh, en, basis) =
            (fault.message(Lang::Zh), fault.message(Lang::En), Some(fault.basis()));
        if let UsccError::Check { .. } = fault {
            let said = Said::new(
                format!("{zh}；按GB 32100校验未通过，仅作警告，宿主可要求拒绝"),
                format!("{en}; a warning only, a host may refuse it"),
            );
            self.report_for(column, "check-digit", Level::Warning, basis, said);
            return Some(text);
        }
        let in_alphabet = |c: char| c.is_ascii_alphanumeric() && !"IOSVZ".contains(c);
        let foreign = text.chars().position(|c| !in_alphabet(c));
        let (code, zh, en) = match (foreign, fault) {
            (Some(i), _) => (
                "illegal-character",
                format!(
                    "第{}个字符不在统一社会信用代码字符集内（无I、O、S、V、Z），本行不导入",
                    i + 1
                ),
                format!(
                    "character {} is not one of a credit code (no I, O, S, V, Z); the row is set aside",
                    i + 1
                ),
            ),
            (None, _) if text.contains(|c: char| c.is_ascii_lowercase()) => (
                "lower-case",
                "代码含小写字母，不折叠大小写，本行不导入".into(),
                "lower-case letters; case is not folded, the row is set aside".into(),
            ),
            (None, UsccError::Length { .. }) => ("length", zh, en),
            (None, _) => ("illegal-character", zh, en),
        };
        self.report_for(column, code, Level::Refused, basis, Said::new(zh, en));
        None
    }

    /// A day, `YYYY-MM-DD`.
    pub(super) fn date(&mut self, column: &str) -> Option<Date> {
        let text = self.filled(column)?;
        self.parse_date(column, text)
    }

    /// A day, or nothing in an empty cell.
    pub(super) fn optional_date(&mut self, column: &str) -> Option<Option<Date>> {
        match self.cell(column) {
            "" => Some(None),
            text => self.parse_date(column, text).map(Some),
        }
    }

    fn parse_date(&mut self, column: &str, text: &'a str) -> Option<Date> {
        let text = self.plain(column, text)?;
        let date = text.parse().ok();
        if date.is_none() {
            let shape = text.len() == 10
                && text.bytes().enumerate().all(|(i, b)| match i {
                    4 | 7 => b == b'-',
                    _ => b.is_ascii_digit(),
                });
            let (zh, en) = if shape {
                (
                    format!("{text}不是日期，不顺延"),
                    format!("{text} is not a day of the calendar; nothing is moved"),
                )
            } else {
                (
                    format!("日期应为YYYY-MM-DD，读到{text}，不作猜测"),
                    format!("a day is YYYY-MM-DD, found {text}; nothing is guessed"),
                )
            };
            self.refuse(column, "bad-date", zh, en);
        }
        date
    }

    /// A whole number without sign.
    pub(super) fn number(&mut self, column: &str) -> Option<u64> {
        let text = self.filled(column)?;
        let text = self.plain(column, text)?;
        let plain = text.bytes().all(|b| b.is_ascii_digit());
        let number = text.parse().ok().filter(|_| plain);
        if number.is_none() {
            self.refuse(
                column,
                "bad-number",
                format!("应为不带符号的整数，读到“{text}”"),
                format!("a whole number without sign is expected, found {text:?}"),
            );
        }
        number
    }

    /// One of the values agreed upon.
    pub(super) fn one_of<T: Copy>(&mut self, column: &str, values: &[(&str, T)]) -> Option<T> {
        let text = self.filled(column)?;
        self.known(column, text, values)
    }

    fn known<T: Copy>(&mut self, column: &str, text: &str, values: &[(&str, T)]) -> Option<T> {
        let found = values.iter().find(|(label, _)| *label == text).map(|&(_, value)| value);
        if found.is_none() {
            let labels: Vec<&str> = values.iter().map(|&(label, _)| label).collect();
            self.refuse(
                column,
                "unknown-value",
                format!("应为{}之一，读到“{text}”", labels.join("、")),
                format!("one of {} is expected, found {text:?}", labels.join(", ")),
            );
        }
        found
    }

    /// 是 or 否.
    pub(super) fn yes_no(&mut self, column: &str) -> Option<bool> {
        self.one_of(column, &[("是", true), ("否", false)])
    }

    /// Several values separated by `；`; none in an empty cell.
    pub(super) fn list(&mut self, column: &str) -> Option<Vec<&'a str>> {
        let text = self.cell(column);
        if text.contains(';') {
            self.refuse(
                column,
                "bad-separator",
                "多值分隔符应为全角“；”，读到半角“;”，不作猜测".into(),
                "values are separated by the full-width ；, found ;; nothing is guessed".into(),
            );
            return None;
        }
        if text.is_empty() {
            return Some(Vec::new());
        }
        let parts: Vec<&str> = text.split('；').collect();
        if parts.iter().any(|part| part.is_empty()) {
            self.refuse(
                column,
                "empty-value",
                "多值中有空值".into(),
                "an empty value in the list".into(),
            );
            return None;
        }
        if let Some(part) = parts.iter().find(|part| part.contains(char::is_whitespace)) {
            self.refuse(
                column,
                "inner-space",
                format!("“{part}”含空格，不作裁剪"),
                format!("{part:?} has white space; nothing is trimmed"),
            );
            return None;
        }
        Some(parts)
    }

    /// Several of the values agreed upon.
    pub(super) fn list_of<T: Copy>(
        &mut self,
        column: &str,
        values: &[(&str, T)],
    ) -> Option<Vec<T>> {
        self.filled(column)?;
        let parts = self.list(column)?;
        let found: Vec<Option<T>> =
            parts.iter().map(|part| self.known(column, part, values)).collect();
        found.into_iter().collect()
    }

    /// Refuses values that another register does not have. `raw` is nothing when that register could not be read.
    pub(super) fn refer(
        &mut self,
        column: &str,
        values: &[&str],
        raw: Option<&HashSet<String>>,
        code: &'static str,
        whose: &str,
    ) {
        let Some(raw) = raw else { return };
        for value in values.iter().filter(|value| !raw.contains(**value)) {
            self.refuse(
                column,
                code,
                format!("“{value}”不在{whose}中，不按相近者猜测"),
                format!("{value:?} is not in {whose}; nothing similar is taken instead"),
            );
        }
    }
}
