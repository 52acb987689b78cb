//! A small district: the registers of the whole one with fewer targets, so that a year takes seconds.

use crate::office;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use tempfile::TempDir;
use yicha::hash::Suite;
use yicha_examples::job::{JobError, JobOptions, Progress, Secrets};
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
        office::copy_registers(&registers);
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
            ..office::options(office::CATERING, &self.path(out))
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
    office::data("district")
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
    let mut files = office::files(folder);
    files.retain(|name, _| !name.contains(".sqlite") && !name.ends_with(".xlsx"));
    files
}
