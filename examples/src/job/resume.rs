//! What a folder keeps of its options, so that the next step needs none of them again.

use super::error::JobError;
use super::options::{JobOptions, SlipChoice};
use crate::register::{self, Encoding};
use std::collections::BTreeMap;
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};
use std::str::FromStr;
use yicha::explain::Lang;
use yicha::hash::Suite;

impl JobOptions {
    /// A line for each option that later steps need: name, TAB, value.
    pub(crate) fn to_text(&self) -> String {
        let mut text = String::new();
        let mut line = |name: &str, value: &dyn std::fmt::Display| {
            // Writing to a String cannot fail.
            let _ = writeln!(text, "{name}\t{value}");
        };
        line("registers", &self.registers.display());
        line("exported", &self.import.exported);
        line("district", &self.import.district);
        line("encoding", &self.import.encoding.name());
        for (file, encoding) in &self.import.encodings {
            line("encoding", &format_args!("{file}={}", encoding.name()));
        }
        line("industry", &self.industry);
        line("capacity", &self.capacity);
        line("annual-cap", &self.annual_cap);
        line("suite", &self.suite.code());
        if let Some(date) = &self.date {
            line("date", date);
        }
        text
    }

    /// The options with which a folder was announced.
    ///
    /// # Errors
    /// A folder in which nothing was announced, or a file of another form.
    pub fn resume(out: &Path, lang: Lang) -> Result<Self, JobError> {
        let path = out.join("internal/options.tsv");
        if !path.exists() {
            return Err(JobError::unusable(
                format!("{}中没有抽取公告，请先执行 announce", out.display()),
                format!("nothing is announced in {}; run `announce` first", out.display()),
            ));
        }
        let text = fs::read_to_string(&path).map_err(JobError::file(&path))?;
        let kept =
            Kept { lines: text.lines().filter_map(|line| line.split_once('\t')).collect(), path };
        let mut import = register::Options {
            exported: kept.one("exported")?,
            district: kept.one("district")?,
            encoding: Encoding::Utf8,
            encodings: BTreeMap::new(),
        };
        for text in kept.all("encoding") {
            import.set_encoding(text).map_err(|_| kept.fault("encoding"))?;
        }
        let suite = Suite::from_code(&kept.one::<String>("suite")?);
        Ok(Self {
            registers: kept.one::<PathBuf>("registers")?,
            import,
            out: out.into(),
            industry: kept.one("industry")?,
            capacity: kept.one("capacity")?,
            annual_cap: kept.one("annual-cap")?,
            date: kept.all("date").next().map(|_| kept.one("date")).transpose()?,
            suite: suite.ok_or_else(|| kept.fault("suite"))?,
            at: None,
            reveal_by: None,
            randomness: Vec::new(),
            values: Vec::new(),
            slips: SlipChoice::Drawn,
            lang,
        })
    }
}

struct Kept<'a> {
    lines: Vec<(&'a str, &'a str)>,
    path: PathBuf,
}

impl Kept<'_> {
    fn all(&self, name: &'static str) -> impl Iterator<Item = &str> {
        self.lines.iter().filter(move |line| line.0 == name).map(|line| line.1)
    }

    fn one<T: FromStr>(&self, name: &'static str) -> Result<T, JobError> {
        let value = self.all(name).next().and_then(|value| value.parse().ok());
        value.ok_or_else(|| self.fault(name))
    }

    fn fault(&self, name: &str) -> JobError {
        let path = self.path.display();
        JobError::unusable(
            format!("{path}中的“{name}”缺失或有误"),
            format!("{path}: {name:?} is missing or wrong"),
        )
    }
}
