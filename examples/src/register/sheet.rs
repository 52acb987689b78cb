//! A CSV file as rows of named cells, with the physical line of each and everything that is odd about the file itself.

use super::fault::{Fault, Level};
use std::borrow::Cow;
use std::collections::HashSet;
use std::path::Path;
use yicha::explain::Said;

/// How a file's text is encoded.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Encoding {
    /// UTF-8, with or without byte-order mark.
    #[default]
    Utf8,
    /// GB18030, with GBK and GB2312 in it. Taken only when the user names it.
    Gb18030,
}

impl Encoding {
    /// The name that users write.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Utf8 => "utf8",
            Self::Gb18030 => "gb18030",
        }
    }

    /// The encoding of that name.
    pub fn from_name(name: &str) -> Option<Self> {
        [Self::Utf8, Self::Gb18030].into_iter().find(|encoding| encoding.name() == name)
    }
}

/// A file that was read.
pub(super) struct Sheet {
    pub(super) file: &'static str,
    /// Column names as they stand in the file.
    pub(super) columns: Vec<String>,
    pub(super) rows: Vec<RawRow>,
    /// Whether the file could be read at all.
    pub(super) readable: bool,
}

/// A record whose number of fields is right and whose text is text.
pub(super) struct RawRow {
    pub(super) line: usize,
    pub(super) cells: Vec<String>,
}

/// A record that was not imported, with its text as it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SetAside {
    /// File name.
    pub file: String,
    /// Physical line where the record begins.
    pub line: usize,
    /// The fields; what is not UTF-8 is shown as escapes.
    pub fields: Vec<String>,
}

/// What reading a file has brought besides its rows.
#[derive(Default)]
pub(super) struct Reports {
    pub(super) faults: Vec<Fault>,
    pub(super) set_aside: Vec<SetAside>,
}

impl Sheet {
    /// Reads a file of a folder. `known` are the columns that it has to have. What cannot be read is a fault like others.
    pub(super) fn read(
        folder: &Path,
        file: &'static str,
        known: &[&str],
        encoding: Encoding,
        reports: &mut Reports,
    ) -> Self {
        let mut sheet = Self { file, columns: Vec::new(), rows: Vec::new(), readable: false };
        match std::fs::read(folder.join(file)) {
            Ok(bytes) => {
                if let Some(text) = sheet.decode(&bytes, encoding, reports) {
                    sheet.read_records(&text, known, reports);
                }
            }
            Err(e) => {
                let path = folder.join(file);
                let said = Said::new(
                    format!("无法读取{}：{e}", path.display()),
                    format!("{} cannot be read: {e}", path.display()),
                );
                reports.faults.push(sheet.fault(0, "*", "unreadable", "", Level::Refused, said));
            }
        }
        sheet
    }

    /// The file as bytes of UTF-8, apart from single records that are not.
    fn decode<'b>(
        &self,
        bytes: &'b [u8],
        encoding: Encoding,
        reports: &mut Reports,
    ) -> Option<Cow<'b, [u8]>> {
        let header = bytes.split(|&b| b == b'\n').next().unwrap_or_default();
        match encoding {
            Encoding::Utf8 => match std::str::from_utf8(header) {
                Ok(_) => Some(Cow::Borrowed(bytes)),
                Err(e) => {
                    let at = e.valid_up_to() + 1;
                    let gb = encoding_rs::GB18030
                        .decode_without_bom_handling_and_without_replacement(bytes)
                        .is_some();
                    let (code, zh, en) = if gb {
                        (
                            "encoding-gb18030",
                            "，像是GB18030；请指明编码后再导入（--encoding gb18030），不作猜测",
                            ", it looks like GB18030; name the encoding (--encoding gb18030), nothing is guessed",
                        )
                    } else {
                        ("encoding-unknown", "；请另存为UTF-8后再导入", "; save it as UTF-8")
                    };
                    let said = Said::new(
                        format!("不是合法的UTF-8（首个错误字节在第1行第{at}字节）{zh}"),
                        format!("not UTF-8 (first wrong byte: line 1, byte {at}){en}"),
                    );
                    reports.faults.push(self.fault(0, "*", code, "", Level::Refused, said));
                    None
                }
            },
            Encoding::Gb18030 => {
                let decode =
                    |b| encoding_rs::GB18030.decode_without_bom_handling_and_without_replacement(b);
                if let Some(text) = decode(bytes) {
                    return Some(Cow::Owned(text.into_owned().into_bytes()));
                }
                // No line feed is part of a character of GB18030.
                let wrong = bytes.split(|&b| b == b'\n').position(|line| decode(line).is_none());
                let line = wrong.map_or(1, |i| i + 1);
                let said = Said::new(
                    format!("不是合法的GB18030（首个错误在第{line}行）；请核对编码"),
                    format!("not GB18030 (first wrong line: {line}); name the right encoding"),
                );
                reports.faults.push(self.fault(0, "*", "encoding-wrong", "", Level::Refused, said));
                None
            }
        }
    }

    fn read_records(&mut self, text: &[u8], known: &[&str], reports: &mut Reports) {
        let body = text.strip_prefix(b"\xef\xbb\xbf").unwrap_or(text);
        let mut reader =
            csv::ReaderBuilder::new().flexible(true).has_headers(false).from_reader(body);
        let mut record = csv::ByteRecord::new();
        let mut lines = Lines { text: body, at: 0, line: 1 };
        let mut ends = LineEnds::default();
        loop {
            let blank_from = lines.line;
            let blanks = lines.skip_blank();
            for line in blank_from..blank_from + blanks {
                let said = Said::new(
                    "空行，已跳过；其后行号不变",
                    "blank line, passed over; lines after it keep their numbers",
                );
                reports.faults.push(self.fault(line, "*", "blank-line", "", Level::Warning, said));
            }
            // Reading from memory cannot fail, and flexible records of bytes have no other error.
            if !reader.read_byte_record(&mut record).unwrap_or(false) {
                break;
            }
            let line = lines.line;
            let crlf = lines.advance_to(reader.position().byte() as usize);
            ends.note(line, crlf);
            if self.columns.is_empty() {
                if !self.read_header(&record, known, text.len() > body.len(), reports) {
                    return;
                }
            } else {
                self.take_record(line, &record, reports);
            }
        }
        let empty = self.columns.is_empty();
        if empty && !self.read_header(&csv::ByteRecord::new(), known, false, reports) {
            return;
        }
        self.readable = true;
        if let Some((line, code, said)) = ends.odd() {
            reports.faults.push(self.fault(line, "*", code, "", Level::Notice, said));
        }
    }

    /// Takes the header. `false` when a column is missing or stands there twice.
    fn read_header(
        &mut self,
        record: &csv::ByteRecord,
        known: &[&str],
        bom: bool,
        reports: &mut Reports,
    ) -> bool {
        self.columns = record.iter().map(|c| String::from_utf8_lossy(c).into_owned()).collect();
        let before = reports.faults.len();
        if bom {
            let first = self.columns.first().cloned().unwrap_or_default();
            let said =
                Said::new("已识别并跳过字节顺序标记", "byte-order mark recognised and passed over");
            reports.faults.push(self.fault(1, &first, "bom", "U+FEFF", Level::Notice, said));
        }
        let mut seen = HashSet::new();
        for column in &self.columns {
            if !seen.insert(column) {
                let said = Said::new(
                    format!("列“{column}”重复"),
                    format!("column {column:?} stands there twice"),
                );
                reports.faults.push(self.fault(
                    1,
                    column,
                    "duplicate-column",
                    column,
                    Level::Refused,
                    said,
                ));
            } else if !known.contains(&&**column) {
                let said = Said::new(
                    format!("表头有未约定的列“{column}”，已忽略；其余列按列名而不是按位置读取"),
                    format!(
                        "unknown column {column:?} ignored; columns are read by name, not by place"
                    ),
                );
                reports.faults.push(self.fault(
                    1,
                    column,
                    "extra-column",
                    column,
                    Level::Warning,
                    said,
                ));
            }
        }
        for column in known.iter().filter(|c| !self.columns.iter().any(|have| have == *c)) {
            let said = Said::new(
                format!("缺少列“{column}”，文件不导入"),
                format!("column {column:?} is missing; the file is not imported"),
            );
            reports.faults.push(self.fault(1, column, "missing-column", "", Level::Refused, said));
        }
        reports.faults[before..].iter().all(|fault| fault.level != Level::Refused)
    }

    fn take_record(&mut self, line: usize, record: &csv::ByteRecord, reports: &mut Reports) {
        let (found, wanted) = (record.len(), self.columns.len());
        let wrong = record.iter().enumerate().find(|(_, cell)| std::str::from_utf8(cell).is_err());
        if found != wanted {
            let code = if found > wanted { "extra-field" } else { "missing-field" };
            let said = Said::new(
                format!("本行{found}个字段，表头{wanted}个，不猜测对应关系，本行不导入"),
                format!(
                    "the row has {found} fields, the header {wanted}; nothing is guessed, the row is set aside"
                ),
            );
            reports.faults.push(self.fault(
                line,
                "*",
                code,
                &found.to_string(),
                Level::Refused,
                said,
            ));
        } else if let Some((i, cell)) = wrong {
            let byte = std::str::from_utf8(cell).map_or_else(|e| e.valid_up_to() + 1, |_| 1);
            let value = cell.escape_ascii().to_string();
            let said = Said::new(
                format!(
                    "不是合法的UTF-8（本单元格第{byte}个字节起）；不得替换为U+FFFD，本行不导入"
                ),
                format!(
                    "not UTF-8 (from byte {byte} of the cell on); nothing is replaced, the row is set aside"
                ),
            );
            let column = self.columns[i].clone();
            reports.faults.push(self.fault(
                line,
                &column,
                "invalid-utf8",
                &value,
                Level::Refused,
                said,
            ));
        } else {
            let cells = record.iter().map(|c| String::from_utf8_lossy(c).into_owned()).collect();
            self.rows.push(RawRow { line, cells });
            return;
        }
        let fields = record.iter().map(|cell| match std::str::from_utf8(cell) {
            Ok(text) => text.to_owned(),
            Err(_) => cell.escape_ascii().to_string(),
        });
        let fields = fields.collect();
        reports.set_aside.push(SetAside { file: self.file.into(), line, fields });
    }

    /// All values of a column as they stand, also of rows that are set aside later. Nothing when the file could not
    /// be read, so that one unreadable file does not make faults in every other.
    pub(super) fn raw(&self, column: &str) -> Option<HashSet<String>> {
        let at = self.columns.iter().position(|c| c == column).filter(|_| self.readable)?;
        Some(self.rows.iter().map(|row| row.cells[at].clone()).collect())
    }

    pub(super) fn fault(
        &self,
        line: usize,
        column: &str,
        code: &'static str,
        value: &str,
        level: Level,
        said: Said,
    ) -> Fault {
        let (file, column) = (self.file.into(), column.into());
        Fault { file, line, column, code, value: value.into(), level, said, basis: None }
    }
}

/// The physical line of a place in the text. The CSV reader counts records, people count lines.
struct Lines<'a> {
    text: &'a [u8],
    at: usize,
    line: usize,
}

impl Lines<'_> {
    /// Passes over empty lines before a record and says how many there were.
    fn skip_blank(&mut self) -> usize {
        let start = self.line;
        loop {
            let rest = &self.text[self.at..];
            let len =
                if rest.starts_with(b"\r\n") { 2 } else { usize::from(rest.starts_with(b"\n")) };
            if len == 0 {
                return self.line - start;
            }
            self.at += len;
            self.line += 1;
        }
    }

    /// Goes on to the line after the record that ends at `end`, and says whether that was a CRLF. The reader may
    /// stop between the two bytes.
    fn advance_to(&mut self, end: usize) -> Option<bool> {
        let end = match (self.text.get(end.wrapping_sub(1)), self.text.get(end)) {
            (Some(b'\r'), Some(b'\n')) => end + 1,
            _ => end,
        };
        let record = &self.text[self.at..end];
        self.line += record.iter().filter(|&&b| b == b'\n').count();
        self.at = end;
        record.ends_with(b"\n").then(|| record.ends_with(b"\r\n"))
    }
}

/// How the lines of a file end.
#[derive(Default)]
struct LineEnds {
    crlf: Vec<usize>,
    lf: Vec<usize>,
}

impl LineEnds {
    fn note(&mut self, line: usize, crlf: Option<bool>) {
        match crlf {
            Some(true) => self.crlf.push(line),
            Some(false) => self.lf.push(line),
            None => {} // the last line without an end
        }
    }

    /// What is worth a note: line, code and text.
    fn odd(&self) -> Option<(usize, &'static str, Said)> {
        let few = if self.crlf.len() <= self.lf.len() { &self.crlf } else { &self.lf };
        match (few.first(), self.crlf.is_empty()) {
            (Some(&line), _) => {
                let lines = few.len();
                Some((
                    line,
                    "mixed-line-ends",
                    Said::new(
                        format!(
                            "有{lines}行的行尾与其余不同（首见于本行）；接受，单元格不带回车符"
                        ),
                        format!(
                            "{lines} line(s) end differently from the others (first here); accepted, no cell keeps a carriage return"
                        ),
                    ),
                ))
            }
            (None, false) => Some((
                0,
                "crlf",
                Said::new("行尾为CRLF，按RFC 4180接受", "lines end with CRLF, accepted (RFC 4180)"),
            )),
            (None, true) => None,
        }
    }
}
