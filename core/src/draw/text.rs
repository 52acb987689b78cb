//! The strict text file of the specification, section 1: lines of fields, and a reader that refuses
//! whatever a writer of the specification would not have written.

use crate::citation::Basis;
use crate::explain::{Explain, Lang, Said};
use crate::hash::{Digest, Hasher, Hex, Suite, from_hex};
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::fmt::{self, Write};

/// A file that is not as the specification writes it: the first place that is wrong.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {}", fault.message(Lang::En))]
pub struct FileError {
    /// Line, counted from 1. One past the last line when something is missing at the end.
    pub line: usize,
    /// What is wrong there.
    pub fault: FileFault,
}

/// What is wrong with a line.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum FileFault {
    /// The bytes are not UTF-8, from this byte of the line on (counted from 1).
    NotUtf8 {
        /// Byte of the line, counted from 1.
        byte: usize,
    },
    /// A control character other than TAB and the line's end.
    Control {
        /// The character.
        found: char,
    },
    /// The last line has no line feed.
    NoFinalNewline,
    /// An empty line.
    EmptyLine,
    /// Another line is expected here.
    Expected {
        /// How the line should begin, or what should stand there.
        wanted: Said,
        /// The line found, or nothing at the end of the file.
        found: Option<String>,
    },
    /// The line has too few or too many fields.
    FieldCount {
        /// Fields that the line should have.
        wanted: usize,
        /// Fields found.
        found: usize,
    },
    /// A field that does not have the form it should have.
    Field {
        /// Number of the field, counted from 1.
        field: usize,
        /// The text found.
        found: String,
        /// What would be right.
        wanted: Said,
    },
    /// A line that does not come after the one before it.
    Order {
        /// What it is sorted by.
        found: String,
        /// The same of the line before.
        before: String,
    },
    /// Lines that contradict each other or the specification.
    Contradiction(Said),
}

impl FileFault {
    /// What is wrong and what would be right.
    pub fn message(&self, lang: Lang) -> String {
        let zh = lang == Lang::Zh;
        let right = |wanted: &Said| wanted.text(lang).to_string();
        match self {
            Self::NotUtf8 { byte } if zh => format!("本行第{byte}个字节不是合法的UTF-8"),
            Self::NotUtf8 { byte } => format!("byte {byte} of the line is not UTF-8"),
            Self::Control { found } if zh => format!("含控制字符{found:?}"),
            Self::Control { found } => format!("control character {found:?}"),
            Self::NoFinalNewline if zh => "最后一行应以换行符(0x0A)结尾".into(),
            Self::NoFinalNewline => "the last line does not end with a line feed".into(),
            Self::EmptyLine if zh => "空行".into(),
            Self::EmptyLine => "empty line".into(),
            Self::Expected { wanted, found: None } if zh => {
                format!("文件在此结束，应为{}", right(wanted))
            }
            Self::Expected { wanted, found: None } => {
                format!("the file ends here, {} should follow", right(wanted))
            }
            Self::Expected { wanted, found: Some(found) } if zh => {
                format!("应为{}，读到{found:?}", right(wanted))
            }
            Self::Expected { wanted, found: Some(found) } => {
                format!("{} should stand here, found {found:?}", right(wanted))
            }
            Self::FieldCount { wanted, found } if zh => {
                format!("应有{wanted}个字段，读到{found}个")
            }
            Self::FieldCount { wanted, found } => {
                format!("the line should have {wanted} fields, it has {found}")
            }
            Self::Field { field, found, wanted } if zh => {
                format!("第{field}个字段应为{}，读到{found:?}", right(wanted))
            }
            Self::Field { field, found, wanted } => {
                format!("field {field} should be {}, found {found:?}", right(wanted))
            }
            Self::Order { found, before } if zh => {
                format!("{found:?}不在{before:?}之后；各行应按字节升序，不得重复")
            }
            Self::Order { found, before } => {
                format!(
                    "{found:?} does not come after {before:?}; lines ascend by bytes without repeats"
                )
            }
            Self::Contradiction(said) => said.text(lang).into(),
        }
    }
}

impl Explain for FileError {
    fn code(&self) -> &'static str {
        match self.fault {
            FileFault::NotUtf8 { .. } => "file-not-utf8",
            FileFault::Control { .. } => "file-control-character",
            FileFault::NoFinalNewline => "file-no-final-newline",
            FileFault::EmptyLine => "file-empty-line",
            FileFault::Expected { .. } => "file-line-expected",
            FileFault::FieldCount { .. } => "file-field-count",
            FileFault::Field { .. } => "file-field",
            FileFault::Order { .. } => "file-order",
            FileFault::Contradiction(_) => "file-contradiction",
        }
    }

    fn basis(&self) -> Basis {
        Basis::DrawSpec(1)
    }

    fn message(&self, lang: Lang) -> String {
        match lang {
            Lang::Zh => format!("第{}行：{}", self.line, self.fault.message(lang)),
            Lang::En => self.to_string(),
        }
    }
}

/// Reads a text file line by line. The whole text is checked for UTF-8, control characters, empty
/// lines and the final line feed before the first line is given.
pub struct Reader<'a> {
    lines: core::iter::Peekable<core::str::Split<'a, char>>,
    line: usize,
}

impl<'a> Reader<'a> {
    /// Begins to read a file and takes its first line, which must be `title`
    /// (nothing is taken for a file without a title line).
    ///
    /// # Errors
    /// The first line that no text file of the specification has, or another first line.
    pub fn new(bytes: &'a [u8], title: Option<&str>) -> Result<Self, FileError> {
        let text = check_text(bytes)?;
        let mut reader = Self { lines: text.split('\n').peekable(), line: 0 };
        if let Some(title) = title {
            match reader.next_line() {
                Some(line) if line == title => {}
                found => return Err(reader.expected(Said::word(title), found)),
            }
        }
        Ok(reader)
    }

    /// The number of the line taken last.
    pub const fn line(&self) -> usize {
        self.line
    }

    fn next_line(&mut self) -> Option<&'a str> {
        self.line += 1;
        self.lines.next()
    }

    /// Whether the next line begins with the field `key`.
    pub fn at(&mut self, key: &str) -> bool {
        self.lines.peek().is_some_and(|line| line.split('\t').next() == Some(key))
    }

    /// Takes the next line, which must have the field `key` and `N` more.
    ///
    /// # Errors
    /// Another line, the end of the file, or another number of fields.
    pub fn fields<const N: usize>(&mut self, key: &str) -> Result<[&'a str; N], FileError> {
        match self.next_line() {
            Some(line) if line.split('\t').next() == Some(key) => self.split(line, 1),
            found => Err(self.expected(Said::word(key), found)),
        }
    }

    /// Takes the next line, if there is one, which must have `N` fields and no key.
    ///
    /// # Errors
    /// Another number of fields.
    pub fn row<const N: usize>(&mut self) -> Result<Option<[&'a str; N]>, FileError> {
        if self.lines.peek().is_none() {
            return Ok(None);
        }
        let line = self.next_line().unwrap_or_default();
        self.split(line, 0).map(Some)
    }

    /// The `N` fields of a line after its `keys`.
    fn split<const N: usize>(&self, line: &'a str, keys: usize) -> Result<[&'a str; N], FileError> {
        let (wanted, found) = (keys + N, line.split('\t').count());
        if found != wanted {
            return Err(self.fault(FileFault::FieldCount { wanted, found }));
        }
        let mut fields = [""; N];
        fields.iter_mut().zip(line.split('\t').skip(keys)).for_each(|(field, text)| *field = text);
        Ok(fields)
    }

    /// Ends the reading.
    ///
    /// # Errors
    /// A further line.
    pub fn end(mut self) -> Result<(), FileError> {
        match self.next_line() {
            None => Ok(()),
            found => Err(self.expected(Said::new("文件的结尾", "the end of the file"), found)),
        }
    }

    /// An error at the line taken last.
    pub fn fault(&self, fault: FileFault) -> FileError {
        FileError { line: self.line, fault }
    }

    /// "`wanted` should stand here" at the line taken last.
    pub fn expected(&self, wanted: Said, found: Option<&str>) -> FileError {
        self.fault(FileFault::Expected { wanted, found: found.map(Into::into) })
    }

    /// "Field `field` should be `wanted`" at the line taken last; fields count from 1, the key included.
    pub fn field_fault(&self, field: usize, found: &str, wanted: Said) -> FileError {
        self.fault(FileFault::Field { field, found: found.into(), wanted })
    }

    /// Parses a field with its own `FromStr`.
    ///
    /// # Errors
    /// The field's error, in words, at this line.
    pub fn parse<T: core::str::FromStr<Err: Explain>>(
        &self,
        field: usize,
        text: &str,
    ) -> Result<T, FileError> {
        text.parse().map_err(|e: T::Err| self.unlike(field, text, &e))
    }

    /// "Field `field` should be right", with what is wrong in the words of an error.
    pub fn unlike(&self, field: usize, found: &str, error: &dyn Explain) -> FileError {
        let Said { zh, en } = error.said();
        let wanted = Said::new(format!("正确的写法（{zh}）"), format!("right ({en})"));
        self.field_fault(field, found, wanted)
    }

    /// Parses a decimal number of at most 64 bits without sign or leading zeros.
    ///
    /// # Errors
    /// Anything else.
    pub fn number(&self, field: usize, text: &str) -> Result<u64, FileError> {
        decimal(text).ok_or_else(|| {
            let wanted = Said::new(
                "不带前导零、不超过64位的十进制数",
                "a decimal number of 64 bits without leading zeros",
            );
            self.field_fault(field, text, wanted)
        })
    }

    /// Parses exactly `N` bytes of lower-case hexadecimal.
    ///
    /// # Errors
    /// Anything else.
    pub fn hex<const N: usize>(&self, field: usize, text: &str) -> Result<[u8; N], FileError> {
        from_hex(text).map_err(|_| {
            let digits = 2 * N;
            let wanted = Said::new(
                format!("{digits}位小写十六进制数字"),
                format!("{digits} lower-case hexadecimal digits"),
            );
            self.field_fault(field, text, wanted)
        })
    }

    /// Refuses a line that does not come after the one before it.
    ///
    /// # Errors
    /// `found` is not greater than `before`.
    pub fn ascending<K: Ord + fmt::Display>(
        &self,
        before: Option<&K>,
        found: &K,
    ) -> Result<(), FileError> {
        match before {
            Some(before) if before >= found => Err(self
                .fault(FileFault::Order { found: found.to_string(), before: before.to_string() })),
            _ => Ok(()),
        }
    }
}

fn check_text(bytes: &[u8]) -> Result<&str, FileError> {
    let text = core::str::from_utf8(bytes).map_err(|e| {
        let before = &bytes[..e.valid_up_to()];
        let line_start = before.iter().rposition(|&b| b == b'\n').map_or(0, |at| at + 1);
        FileError {
            line: 1 + before.iter().filter(|&&b| b == b'\n').count(),
            fault: FileFault::NotUtf8 { byte: before.len() - line_start + 1 },
        }
    })?;
    let mut lines = 0;
    for (i, line) in text.split_inclusive('\n').enumerate() {
        lines = i + 1;
        let fault = match line.strip_suffix('\n') {
            None => Some(FileFault::NoFinalNewline),
            Some("") => Some(FileFault::EmptyLine),
            Some(line) => line
                .chars()
                .find(|&c| (c.is_control() && c != '\t') || c == '\u{feff}' && i == 0)
                .map(|found| FileFault::Control { found }),
        };
        if let Some(fault) = fault {
            return Err(FileError { line: lines, fault });
        }
    }
    match text.strip_suffix('\n') {
        Some(text) => Ok(text),
        None => Err(FileError { line: lines + 1, fault: FileFault::NoFinalNewline }),
    }
}

/// A decimal number without sign or leading zeros that fits 64 bits.
pub(crate) fn decimal(text: &str) -> Option<u64> {
    let plain = text.bytes().all(|b| b.is_ascii_digit()) && (text == "0" || !text.starts_with('0'));
    if plain { text.parse().ok() } else { None }
}

/// So many bytes are gathered before they are hashed.
const PIECE: usize = 1 << 14;

/// Writes a text file line by line, or makes its digest and keeps none of it.
#[derive(Debug, Default)]
pub struct Writer<'a> {
    text: Vec<u8>,
    hasher: Option<&'a mut Hasher>,
}

impl Writer<'_> {
    /// An empty file.
    pub const fn new() -> Self {
        Self { text: Vec::new(), hasher: None }
    }

    /// The digest of the file that `write` writes.
    pub(crate) fn digest(suite: Suite, write: impl FnOnce(&mut Writer<'_>)) -> Digest {
        let mut hasher = Hasher::new(suite);
        let mut writer = Writer { text: Vec::new(), hasher: Some(&mut hasher) };
        write(&mut writer);
        let rest = writer.text;
        hasher.update(&rest);
        hasher.digest()
    }

    /// Appends a line of fields.
    pub fn line(&mut self, fields: &[&dyn fmt::Display]) -> &mut Self {
        for (i, field) in fields.iter().enumerate() {
            if i > 0 {
                self.text.push(b'\t');
            }
            // Writing to memory cannot fail.
            let _ = write!(Text(&mut self.text), "{field}");
        }
        self.end_line()
    }

    /// Appends a line that consists of pieces of text, with the TABs between its fields.
    pub(crate) fn pieces(&mut self, pieces: &[&[u8]]) -> &mut Self {
        pieces.iter().for_each(|piece| self.text.extend_from_slice(piece));
        self.end_line()
    }

    fn end_line(&mut self) -> &mut Self {
        self.text.push(b'\n');
        if let Some(hasher) = &mut self.hasher
            && self.text.len() >= PIECE
        {
            hasher.update(&self.text);
            self.text.clear();
        }
        self
    }

    /// The file.
    pub fn finish(self) -> String {
        // Whatever was appended is text.
        String::from_utf8(self.text).unwrap_or_default()
    }
}

struct Text<'a>(&'a mut Vec<u8>);

impl Write for Text<'_> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        self.0.extend_from_slice(text.as_bytes());
        Ok(())
    }
}

/// Bytes as lower-case hexadecimal, for [`Writer::line`].
pub fn hex(bytes: &[u8]) -> impl fmt::Display + '_ {
    Hex(bytes)
}
