//! A run of the main job in a folder of its own, with secrets that can be had again.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use tempfile::TempDir;
use yicha::draw::verify::{Folder, Statement};
use yicha::explain::Lang;
use yicha::hash::Suite;
use yicha_examples::job::{Entropy, JobError, JobOptions, Outcome, Progress, Secrets, SlipChoice};
use yicha_examples::register::{Encoding, Options};

pub(crate) const CATERING: &str = "餐饮服务";
pub(crate) const PETROL: &str = "加油站";
pub(crate) const HOSPITALS: &str = "医疗机构";

/// What one run has left.
pub(crate) struct Run {
    pub(crate) outcome: Outcome,
    pub(crate) summary: String,
    pub(crate) out: PathBuf,
    _folder: TempDir,
}

/// A run of an industry as the program would by default, but for what `change` does.
pub(crate) fn run(industry: &str, change: impl FnOnce(&mut JobOptions)) -> Run {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("out");
    let mut options = options(industry, &out);
    change(&mut options);
    let (outcome, summary) = work(&options, &mut secrets(1)).unwrap();
    Run { outcome, summary, out, _folder: folder }
}

pub(crate) fn work(
    options: &JobOptions,
    secrets: &mut Secrets,
) -> Result<(Outcome, String), JobError> {
    let done = yicha_examples::job::run(options, secrets, &Progress::hidden());
    done.map(|(outcome, summary)| (outcome, summary.text().to_owned()))
}

/// The options of the program, where nothing else is given.
pub(crate) fn options(industry: &str, out: &Path) -> JobOptions {
    JobOptions {
        registers: data("district"),
        import: Options {
            exported: "2026-04-01".parse().unwrap(),
            district: "411302".into(),
            encoding: Encoding::Utf8,
            encodings: BTreeMap::new(),
        },
        out: out.into(),
        industry: industry.into(),
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

pub(crate) fn data(folder: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("data").join(folder)
}

/// The district's registers, to be changed.
pub(crate) fn copy_registers(to: &Path) {
    for entry in fs::read_dir(data("district")).unwrap() {
        let path = entry.unwrap().path();
        fs::copy(&path, to.join(path.file_name().unwrap())).unwrap();
    }
}

/// Secrets that are others for another seed.
pub(crate) fn secrets(seed: u8) -> Secrets {
    Secrets::fresh(entropy(seed))
}

pub(crate) fn entropy(seed: u8) -> Entropy {
    let mut count = 0_u64;
    Box::new(move |bytes| {
        count += 1;
        let digest = Suite::Sha256.digest(&[&[seed], &count.to_be_bytes()]);
        bytes.copy_from_slice(&digest.as_bytes()[..bytes.len()]);
        Ok(())
    })
}

/// All files below a folder, by their path in it.
pub(crate) fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap();
        if path.is_dir() {
            found.extend(files(&path).into_iter().map(|(file, b)| (format!("{name}/{file}"), b)));
        } else {
            found.insert(name.to_owned(), fs::read(&path).unwrap());
        }
    }
    found
}

/// All but the database and the workbook, which carry the time at which they were written.
pub(crate) fn texts(folder: &Path) -> BTreeMap<String, String> {
    let mut files = files(folder);
    files.retain(|name, _| !name.ends_with(".sqlite") && !name.ends_with(".xlsx"));
    files.into_iter().map(|(name, bytes)| (name, String::from_utf8(bytes).unwrap())).collect()
}

/// The verdict on everything in a folder.
pub(crate) fn verify(out: &Path) -> Statement {
    let texts = texts(out);
    let mut folder = Folder::new();
    for (path, text) in &texts {
        let name = path.replace("slips/", "slip-");
        folder.add(name.rsplit('/').next().unwrap(), text.as_bytes()).unwrap();
    }
    folder.verify(None).unwrap_or_else(|failure| panic!("{}: {failure}", out.display()))
}
