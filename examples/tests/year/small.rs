//! A small district: the registers of the whole one with fewer targets, so that a year takes seconds.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use tempfile::TempDir;
use yicha::explain::Lang;
use yicha::hash::Suite;
use yicha_examples::job::{JobError, JobOptions, Progress, Secrets, SlipChoice};
use yicha_examples::register::{Encoding, Options};
use yicha_examples::year::{self, Year};

/// The default industry, 餐饮服务, as the registers number it.
const INDUSTRY: &str = "62";
/// Targets of it that stay: enough for every story to be told.
const TARGETS: usize = 420;

pub(crate) struct District {
    folder: TempDir,
}

impl District {
    pub(crate) fn new() -> Self {
        let folder = scratch();
        let registers = folder.path().join("registers");
        fs::create_dir(&registers).unwrap();
        for file in fs::read_dir(whole()).unwrap() {
            let path = file.unwrap().path();
            fs::copy(&path, registers.join(path.file_name().unwrap())).unwrap();
        }
        let kept =
            keep(&registers.join("targets.csv"), |row| row[3].starts_with(INDUSTRY), TARGETS);
        let kept: BTreeSet<String> = kept.into_iter().map(|row| row[0].clone()).collect();
        keep(&registers.join("recusals.csv"), |row| kept.contains(&row[1]), usize::MAX);
        Self { folder }
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// The options of the program, where nothing else is given.
    pub(crate) fn options(&self, out: &str) -> JobOptions {
        JobOptions {
            registers: self.path("registers"),
            import: Options {
                exported: "2026-04-01".parse().unwrap(),
                district: "411302".into(),
                encoding: Encoding::Utf8,
                encodings: BTreeMap::new(),
            },
            out: self.path(out),
            industry: "餐饮服务".into(),
            capacity: 12,
            annual_cap: 2,
            date: None,
            suite: Suite::Sha256,
            at: None,
            reveal_by: None,
            randomness: Vec::new(),
            values: Vec::new(),
            slips: SlipChoice::Drawn,
            lang: Lang::Zh,
        }
    }

    /// A year with that seed in a folder.
    pub(crate) fn year(&self, out: &str, seed: u64) -> Year {
        run(&self.options(out), seed).unwrap()
    }
}

/// Runs a year with secrets that follow from the seed.
pub(crate) fn run(options: &JobOptions, seed: u64) -> Result<Year, JobError> {
    let mut count = 0_u64;
    let entropy = move |bytes: &mut [u8]| {
        count += 1;
        let digest = Suite::Sha256.digest(&[&seed.to_be_bytes(), &count.to_be_bytes()]);
        bytes.copy_from_slice(&digest.as_bytes()[..bytes.len()]);
        Ok(())
    };
    let mut secrets = Secrets::fresh(Box::new(entropy));
    year::run(options, seed, &mut secrets, &Progress::hidden())
}

/// The registers of the whole district.
pub(crate) fn whole() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("data/district")
}

/// A folder in memory, where there is one: each act is written through to the disk, and there are thousands.
pub(crate) fn scratch() -> TempDir {
    match Path::new("/dev/shm") {
        memory if memory.is_dir() => tempfile::tempdir_in(memory).unwrap(),
        _ => tempfile::tempdir().unwrap(),
    }
}

/// Keeps so many rows of a file that are wanted, and gives them.
fn keep(path: &Path, wanted: impl Fn(&csv::StringRecord) -> bool, most: usize) -> Vec<Vec<String>> {
    let mut reader = csv::Reader::from_path(path).unwrap();
    let header = reader.headers().unwrap().clone();
    let rows: Vec<_> =
        reader.records().map(Result::unwrap).filter(|row| wanted(row)).take(most).collect();
    let mut writer = csv::Writer::from_path(path).unwrap();
    writer.write_record(&header).unwrap();
    rows.iter().for_each(|row| writer.write_record(row).unwrap());
    writer.flush().unwrap();
    rows.iter().map(|row| row.iter().map(str::to_owned).collect()).collect()
}

/// All files below a folder but the database and the workbook, by their path in it.
pub(crate) fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap();
        if path.is_dir() {
            found.extend(files(&path).into_iter().map(|(file, b)| (format!("{name}/{file}"), b)));
        } else if !name.contains(".sqlite") && !name.ends_with(".xlsx") {
            found.insert(name.to_owned(), fs::read(&path).unwrap());
        }
    }
    found
}
