//! What is wrong with a register, place by place.

use yicha::citation::Basis;
use yicha::explain::{Lang, Said};

/// What becomes of the row or file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// 提示: accepted, worth a note.
    Notice,
    /// 警告: imported and reported.
    Warning,
    /// 拒绝: the row, or the file, is set aside.
    Refused,
}

impl Level {
    /// The word for it.
    pub fn label(self, lang: Lang) -> &'static str {
        match self {
            Self::Notice => lang.pick("提示", "notice"),
            Self::Warning => lang.pick("警告", "warning"),
            Self::Refused => lang.pick("拒绝", "refused"),
        }
    }
}

/// One fault, at its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// File name.
    pub file: String,
    /// Physical line where the record begins, the header being 1; 0 for the whole file.
    pub line: usize,
    /// Column name; `*` when it is no single column.
    pub column: String,
    /// A stable name of the kind of fault.
    pub code: &'static str,
    /// The value found.
    pub value: String,
    /// What becomes of the row.
    pub level: Level,
    /// What is wrong and what would be right.
    pub said: Said,
    /// The article or standard on which it rests, where one does.
    pub basis: Option<Basis>,
}

impl Fault {
    /// The fault in one line: where, what, and what becomes of the row.
    pub fn in_words(&self, lang: Lang) -> String {
        let mut text = self.file.clone();
        if self.line > 0 {
            text += &match lang {
                Lang::Zh => format!("第{}行", self.line),
                Lang::En => format!(" line {}", self.line),
            };
        }
        if self.column != "*" {
            text += &format!(" {}", self.column);
        }
        if !self.value.is_empty() {
            text += &format!(" {:?}", self.value);
        }
        let (level, said) = (self.level.label(lang), self.said.text(lang));
        match (lang, self.basis.map(|basis| basis.cite(lang))) {
            (Lang::Zh, None) => format!("{text} {level}：{said}"),
            (Lang::Zh, Some(basis)) => format!("{text} {level}：{said}（{basis}）"),
            (Lang::En, None) => format!("{text} {level}: {said}"),
            (Lang::En, Some(basis)) => format!("{text} {level}: {said} ({basis})"),
        }
    }
}

/// Writes faults as a CSV file that spreadsheets open (UTF-8 with byte-order mark).
///
/// # Errors
/// When `to` cannot be written.
pub fn write_csv(faults: &[Fault], mut to: impl std::io::Write) -> Result<(), csv::Error> {
    to.write_all("\u{feff}".as_bytes())?;
    let mut file = csv::Writer::from_writer(to);
    file.write_record(["文件", "行号", "列", "缺陷代码", "值", "级别", "应有提示", "依据"])?;
    for fault in faults {
        let basis = fault.basis.map_or(String::new(), |b| b.cite(Lang::Zh).to_string());
        file.write_record([
            &fault.file,
            &fault.line.to_string(),
            &fault.column,
            fault.code,
            &fault.value,
            fault.level.label(Lang::Zh),
            &fault.said.zh,
            &basis,
        ])?;
    }
    file.flush()?;
    Ok(())
}
