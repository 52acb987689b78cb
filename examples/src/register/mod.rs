//! A district's registers from CSV files with Chinese headers, as a provincial platform exports them.
//!
//! Nothing is trimmed, folded, converted or guessed. All faults of all files are reported at once; what is refused is
//! set aside with its text. References between files are held against the codes as they stand there, so that one
//! spoiled row does not make faults wherever it is referred to.

mod department;
mod fault;
mod industry;
mod inspector;
mod item;
mod plan;
mod recusal;
mod row;
mod sheet;
mod target;

pub use department::Department;
pub use fault::{Fault, Level, write_csv};
pub use industry::Industry;
pub use inspector::{Inspector, StaffKind};
pub use item::Item;
pub use plan::PlanEntry;
pub use recusal::Recusal;
pub use sheet::{Encoding, SetAside};
pub use target::{Target, TargetKind, TargetStatus};

use row::{Row, read_rows};
use sheet::{Reports, Sheet};
use std::collections::{BTreeMap, HashMap, HashSet};
use std::path::Path;
use yicha::date::Date;
use yicha::explain::Said;

/// How to read a folder of registers.
#[derive(Clone, Debug)]
pub struct Options {
    /// The day of the export: certificates are held against it, and no inspection lies after it.
    pub exported: Date,
    /// The district whose registers these are, a code of GB/T 2260.
    pub district: String,
    /// Encoding of files that are not named in `encodings`.
    pub encoding: Encoding,
    /// Encoding of single files, by file name.
    pub encodings: BTreeMap<String, Encoding>,
}

impl Options {
    /// Sets the encoding as users write it: `utf8` or `gb18030` for all files, `FILE=gb18030` for one.
    ///
    /// # Errors
    /// Another encoding, or a file that is not one of the registers.
    pub fn set_encoding(&mut self, text: &str) -> Result<(), UnknownEncoding> {
        let (file, name) = text.split_once('=').map_or((None, text), |(f, n)| (Some(f), n));
        let encoding = Encoding::from_name(name).ok_or_else(|| UnknownEncoding(text.into()))?;
        match file {
            None => self.encoding = encoding,
            Some(file) if FILES.contains(&file) => {
                self.encodings.insert(file.into(), encoding);
            }
            Some(_) => return Err(UnknownEncoding(text.into())),
        }
        Ok(())
    }
}

/// Not an encoding, or not of one of the registers.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is not utf8, gb18030 or one of these after the name of a register and `=`")]
pub struct UnknownEncoding(pub String);

/// All registers of a district.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Registers {
    /// departments.csv
    pub departments: Vec<Department>,
    /// items.csv
    pub items: Vec<Item>,
    /// industries.csv
    pub industries: Vec<Industry>,
    /// targets.csv
    pub targets: Vec<Target>,
    /// inspectors.csv
    pub inspectors: Vec<Inspector>,
    /// recusals.csv
    pub recusals: Vec<Recusal>,
    /// plan_2026.csv
    pub plan: Vec<PlanEntry>,
    /// codes.csv: name by category and code.
    pub codes: BTreeMap<(String, String), String>,
}

/// What an import has brought.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Import {
    /// The rows that were imported.
    pub registers: Registers,
    /// Everything that is wrong or worth a note, file by file, in the order of lines.
    pub faults: Vec<Fault>,
    /// The records that were not imported, as they stand.
    pub set_aside: Vec<SetAside>,
    /// The files of which nothing was imported.
    pub not_imported: Vec<&'static str>,
}

/// The values that other files may refer to, as they stand; nothing for a file that could not be read.
struct References {
    department_codes: Option<HashSet<String>>,
    department_names: Option<HashSet<String>>,
    items: Option<HashSet<String>>,
    industries: Option<HashSet<String>>,
    targets: Option<HashSet<String>>,
    inspectors: Option<HashSet<String>>,
    divisions: Option<HashSet<String>>,
    industry_codes: Option<HashSet<String>>,
    qualifications: Option<HashSet<String>>,
}

impl Registers {
    /// Reads the eight files of a folder. Whatever is wrong is told in the [`Import`].
    pub fn load(folder: &Path, options: &Options) -> Import {
        let mut reports = Reports::default();
        let mut not_imported = Vec::new();
        let mut read = |file: &'static str, columns: &[&str]| {
            let encoding = options.encodings.get(file).copied().unwrap_or(options.encoding);
            let sheet = Sheet::read(folder, file, columns, encoding, &mut reports);
            if !sheet.readable {
                not_imported.push(file);
            }
            sheet
        };
        let departments = read("departments.csv", department::COLUMNS);
        let items = read("items.csv", item::COLUMNS);
        let industries = read("industries.csv", industry::COLUMNS);
        let targets = read("targets.csv", target::COLUMNS);
        let inspectors = read("inspectors.csv", inspector::COLUMNS);
        let recusals = read("recusals.csv", recusal::COLUMNS);
        let plan = read("plan_2026.csv", plan::COLUMNS);
        let codes = read("codes.csv", &["类别", "代码", "名称"]);

        let reports = &mut reports;
        let codes_readable = codes.readable;
        let codes: BTreeMap<(String, String), String> =
            read_rows(&codes, "代码", reports, |row| {
                let category = row.text("类别");
                let code = row.filled("代码");
                let name = row.text("名称");
                Some(((category?, code?.to_owned()), name?))
            })
            .into_iter()
            .collect();
        let category = |wanted: &str| {
            let of = codes.keys().filter(|(category, _)| category == wanted);
            codes_readable.then(|| of.map(|(_, code)| code.clone()).collect())
        };
        let references = References {
            department_codes: departments.raw("部门代码"),
            department_names: departments.raw("部门名称"),
            items: items.raw("事项编码"),
            industries: industries.raw("行业"),
            targets: targets.raw("检查对象代码"),
            inspectors: inspectors.raw("人员代码"),
            divisions: category("行政区划"),
            industry_codes: category("行业"),
            qualifications: category("资质"),
        };
        let departments = department::read(&departments, reports);
        let items = item::read(&items, &references, reports);
        let industries = industry::read(&industries, &references, &departments, &items, reports);
        let registers = Self {
            targets: target::read(&targets, &references, options, reports),
            inspectors: inspector::read(&inspectors, &references, options, reports),
            recusals: recusal::read(&recusals, &references, reports),
            plan: plan::read(&plan, &references, &industries, reports),
            departments,
            items,
            industries,
            codes,
        };
        let mut faults = std::mem::take(&mut reports.faults);
        faults.sort_by_key(|fault| (file_order(&fault.file), fault.line));
        let mut set_aside = std::mem::take(&mut reports.set_aside);
        set_aside.sort_by_key(|record| (file_order(&record.file), record.line));
        Import { registers, faults, set_aside, not_imported }
    }
}

const FILES: [&str; 8] = [
    "departments.csv",
    "items.csv",
    "industries.csv",
    "targets.csv",
    "inspectors.csv",
    "recusals.csv",
    "plan_2026.csv",
    "codes.csv",
];

fn file_order(file: &str) -> usize {
    FILES.iter().position(|f| *f == file).unwrap_or(FILES.len())
}

/// The codes of a register seen so far, with the line and the cells of each.
#[derive(Default)]
struct Seen<'a>(HashMap<String, (usize, &'a [String])>);

impl<'a> Seen<'a> {
    /// Refuses a code that stood there before.
    fn refuse_twice(&mut self, row: &mut Row<'a>, column: &str, code: &str) {
        let Some((line, cells)) = self.0.get(code) else {
            self.0.insert(code.into(), (row.line(), row.cells()));
            return;
        };
        let said = if *cells == row.cells() {
            Said::new(
                format!("{code}已在第{line}行出现，本行不导入"),
                format!("{code} stands in line {line} already; the row is set aside"),
            )
        } else {
            Said::new(
                format!("与第{line}行代码相同而内容不同，两行都须人工核对，不得以后者覆盖前者"),
                format!(
                    "the same code as in line {line} with other contents; both need a person's check, neither replaces the other"
                ),
            )
        };
        row.report(column, "duplicate", Level::Refused, said);
    }
}
