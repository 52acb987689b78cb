//! The out folder: public, internal, slips. What is public, what a target gets and what auditors get never mix.

use super::error::JobError;
use super::matching::Placement;
use super::options::JobOptions;
use super::progress::Progress;
use super::{Outcome, page, store, workbook};
use crate::register::write_csv;
use std::fs;
use std::path::{Path, PathBuf};

/// Writes the folder. A folder that stood there before is moved aside, and its new place is told: nothing is lost.
pub(super) fn write(
    outcome: &Outcome,
    options: &JobOptions,
    progress: &Progress,
) -> Result<Option<PathBuf>, JobError> {
    let moved = move_aside(&options.out)?;
    let [public, internal, slips] = ["public", "internal", "slips"].map(|f| options.out.join(f));
    for folder in [&public, &internal, &slips] {
        fs::create_dir_all(folder).map_err(JobError::file(folder))?;
    }
    write_draw(outcome, options, &public, &internal)?;
    for (id, slip) in &outcome.targets.slips {
        put(&slips, &format!("{id}.txt"), slip.to_text())?;
    }
    progress.step("写入数据库", "writing the database", || {
        let path = internal.join("joint_inspection.sqlite");
        store::write(outcome, options, &path).map_err(JobError::file(&path))
    })?;
    progress.step("写入任务表和报告", "writing workbook and pages", || {
        let path = internal.join("tasks.xlsx");
        workbook::write(outcome, &path).map_err(JobError::file(&path))?;
        let path = internal.join("faults.csv");
        let file = fs::File::create(&path).map_err(JobError::file(&path))?;
        write_csv(&outcome.import.faults, file).map_err(JobError::file(&path))?;
        put(&public, "report.html", page::public(outcome, options)?)?;
        put(&internal, "report.html", page::internal(outcome, options)?)
    })?;
    Ok(moved)
}

/// The text files of the specification.
fn write_draw(
    outcome: &Outcome,
    options: &JobOptions,
    public: &Path,
    internal: &Path,
) -> Result<(), JobError> {
    let targets = &outcome.targets;
    let result = targets.drawn.outcome();
    put(public, "announcement-targets.txt", targets.drawn.announcement().to_text())?;
    put(public, "seed-targets.txt", targets.drawn.seed_file().to_text())?;
    put(public, "list.txt", result.list().to_text())?;
    put(internal, "roster.tsv", targets.roster.roster().to_text())?;
    let key = targets.roster.key().expose().iter().map(|byte| format!("{byte:02x}"));
    put(internal, "roster.key", key.collect::<String>() + "\n")?;
    put(internal, "drawn.txt", result.drawn().to_text())?;
    for department in &outcome.departments {
        let id = &department.department.id;
        let problem = &department.problem;
        put(internal, &format!("problem-{id}.txt"), problem.to_text())?;
        match &department.placement {
            Placement::Matched { drawn, matched } => {
                let announcement = drawn.announcement().to_text();
                put(public, &format!("announcement-inspectors-{id}.txt"), announcement)?;
                let seed = drawn.seed_file().to_text();
                put(public, &format!("seed-inspectors-{id}.txt"), seed)?;
                put(internal, &format!("matched-{id}.txt"), matched.to_text())?;
            }
            Placement::Short { shortage, .. } => {
                let text = shortage.to_text(options.suite, problem);
                put(internal, &format!("shortage-{id}.txt"), text)?;
            }
        }
    }
    Ok(())
}

fn put(folder: &Path, name: &str, text: String) -> Result<(), JobError> {
    let path = folder.join(name);
    fs::write(&path, text).map_err(JobError::file(&path))
}

/// Moves a folder of an earlier run to the first free name with a number.
fn move_aside(out: &Path) -> Result<Option<PathBuf>, JobError> {
    if !out.exists() {
        return Ok(None);
    }
    let name = |n: u32| {
        let mut name = out.file_name().unwrap_or_default().to_owned();
        name.push(format!(".{n}"));
        out.with_file_name(name)
    };
    let free = (1..).map(name).find(|path| !path.exists());
    let free =
        free.ok_or_else(|| JobError::unusable("没有可用的文件夹名", "no free folder name"))?;
    fs::rename(out, &free).map_err(JobError::file(out))?;
    Ok(Some(free))
}
