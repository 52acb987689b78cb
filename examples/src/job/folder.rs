//! The out folder: public, internal, slips. What is public, what a target gets and what auditors get never mix.

use super::error::JobError;
use super::matching::{Call, Called, Placement};
use super::options::JobOptions;
use super::progress::Progress;
use super::targets::{TargetDrawn, TargetsAnnounced};
use super::{Outcome, page, store, workbook};
use crate::register::{Fault, write_csv};
use crate::year::{InternalYear, PublicYear};
use std::fs;
use std::path::{Path, PathBuf};

/// The out folder.
pub(crate) struct Folder {
    pub(crate) public: PathBuf,
    pub(crate) internal: PathBuf,
    pub(super) slips: PathBuf,
}

impl Folder {
    /// The parts of a folder, which are made where they are missing.
    pub(crate) fn at(out: &Path) -> Result<Self, JobError> {
        let [public, internal, slips] = ["public", "internal", "slips"].map(|f| out.join(f));
        for folder in [&public, &internal, &slips] {
            fs::create_dir_all(folder).map_err(JobError::file(folder))?;
        }
        Ok(Self { public, internal, slips })
    }

    /// A new folder. One that stood there before is moved aside, and its new place is told: nothing is lost.
    pub(super) fn anew(out: &Path) -> Result<(Self, Option<PathBuf>), JobError> {
        let moved = move_aside(out)?;
        Ok((Self::at(out)?, moved))
    }

    /// Everything of a finished draw.
    pub(super) fn write_all(
        &self,
        outcome: &Outcome,
        options: &JobOptions,
        progress: &Progress,
    ) -> Result<(), JobError> {
        self.write_files(outcome, options)?;
        progress.step("写入数据库", "writing the database", || {
            let path = self.database();
            store::write(outcome, options, &path).map_err(JobError::file(&path))
        })?;
        self.write_reports(outcome, options, None, progress)
    }

    /// The database.
    pub(crate) fn database(&self) -> PathBuf {
        self.internal.join("joint_inspection.sqlite")
    }

    /// The files of the draw.
    pub(crate) fn write_files(
        &self,
        outcome: &Outcome,
        options: &JobOptions,
    ) -> Result<(), JobError> {
        let targets = &outcome.targets;
        let announcement = targets.drawn.announcement().to_text();
        put(&self.public, "announcement-targets.txt", announcement)?;
        self.write_roster(&targets.roster)?;
        self.write_drawn(targets)?;
        for department in &outcome.departments {
            let id = &department.department.id;
            let problem = &department.problem;
            put(&self.internal, &format!("problem-{id}.txt"), problem.to_text())?;
            match &department.placement {
                Placement::Matched { drawn, matched } => {
                    let announcement = drawn.announcement().to_text();
                    put(&self.public, &format!("announcement-inspectors-{id}.txt"), announcement)?;
                    let seed = drawn.seed_file().to_text();
                    put(&self.public, &format!("seed-inspectors-{id}.txt"), seed)?;
                    put(&self.internal, &format!("matched-{id}.txt"), matched.to_text())?;
                }
                Placement::Short { shortage, .. } => {
                    let text = shortage.to_text(options.suite, problem);
                    put(&self.internal, &format!("shortage-{id}.txt"), text)?;
                }
            }
        }
        Ok(())
    }

    /// What is fixed by the announcement of the draw of targets.
    pub(super) fn write_announced(&self, announced: &TargetsAnnounced) -> Result<(), JobError> {
        self.write_roster(&announced.roster)?;
        let text = announced.announced.announcement().to_text();
        put(&self.public, "announcement-targets.txt", text)
    }

    fn write_roster(&self, roster: &yicha::draw::roster::CommittedRoster) -> Result<(), JobError> {
        put(&self.internal, "roster.tsv", roster.roster().to_text())?;
        put(&self.internal, "roster.key", hex::encode(roster.key().expose()) + "\n")
    }

    /// The result of the draw of targets. The seed file comes last: while it is missing, this step is not done.
    pub(super) fn write_drawn(&self, targets: &TargetDrawn) -> Result<(), JobError> {
        let result = targets.drawn.outcome();
        put(&self.internal, "drawn.txt", result.drawn().to_text())?;
        for (id, slip) in &targets.slips {
            put(&self.slips, &format!("{id}.txt"), slip.to_text())?;
        }
        put(&self.public, "list.txt", result.list().to_text())?;
        put(&self.public, "seed-targets.txt", targets.drawn.seed_file().to_text())
    }

    /// The announcements of the matchings, or the shortages in their place.
    pub(super) fn write_calls(
        &self,
        calls: &[Called],
        options: &JobOptions,
    ) -> Result<(), JobError> {
        for Called { department, problem, call, .. } in calls {
            let id = &department.id;
            put(&self.internal, &format!("problem-{id}.txt"), problem.to_text())?;
            match call {
                Call::Announced(announced) => {
                    let text = announced.announcement().to_text();
                    put(&self.public, &format!("announcement-inspectors-{id}.txt"), text)?;
                }
                Call::Short(shortage) => {
                    let text = shortage.to_text(options.suite, problem);
                    put(&self.internal, &format!("shortage-{id}.txt"), text)?;
                }
            }
        }
        Ok(())
    }

    /// What is wrong with the registers, as they are now.
    pub(super) fn write_faults(&self, faults: &[Fault]) -> Result<(), JobError> {
        write_faults(faults, &self.internal.join("faults.csv"))
    }

    /// Workbook, faults and pages; with what the year came to, where it was run.
    pub(crate) fn write_reports(
        &self,
        outcome: &Outcome,
        options: &JobOptions,
        year: Option<(PublicYear, InternalYear)>,
        progress: &Progress,
    ) -> Result<(), JobError> {
        let Self { public, internal, .. } = self;
        let (open, inside) = year.unzip();
        progress.step("写入任务表和报告", "writing workbook and pages", || {
            let path = internal.join("tasks.xlsx");
            let part = beside(&path, "part");
            workbook::write(outcome, &part).map_err(JobError::file(&part))?;
            fs::rename(&part, &path).map_err(JobError::file(&path))?;
            self.write_faults(&outcome.import.faults)?;
            put(public, "report.html", page::public(outcome, options, open)?)?;
            put(internal, "report.html", page::internal(outcome, options, inside)?)
        })
    }
}

/// Writes what is wrong with the registers beside a folder that is not made because of it.
pub(super) fn write_faults_beside(out: &Path, faults: &[Fault]) -> Result<PathBuf, JobError> {
    let path = beside(out, "faults.csv");
    write_faults(faults, &path).map(|()| path)
}

fn write_faults(faults: &[Fault], path: &Path) -> Result<(), JobError> {
    let file = fs::File::create(path).map_err(JobError::file(path))?;
    write_csv(faults, file).map_err(JobError::file(path))
}

/// Writes a file once. What was published is never replaced by something else.
pub(crate) fn put(folder: &Path, name: &str, text: String) -> Result<(), JobError> {
    let path = folder.join(name);
    if path.exists() {
        let before = fs::read(&path).map_err(JobError::file(&path))?;
        if before == text.as_bytes() {
            return Ok(());
        }
        return Err(JobError::unusable(
            format!("{}已经存在，内容不同；不覆盖", path.display()),
            format!("{} is there already with other contents; it is not replaced", path.display()),
        ));
    }
    replace(&path, &text)
}

/// Writes a file whole, in place of what stands there. It has another name first, so that a process that is killed leaves
/// no part of it.
pub(crate) fn replace(path: &Path, text: &str) -> Result<(), JobError> {
    let part = beside(path, "part");
    fs::write(&part, text).map_err(JobError::file(&part))?;
    fs::rename(&part, path).map_err(JobError::file(path))
}

/// Moves a folder of an earlier run to the first free name with a number.
pub(crate) fn move_aside(out: &Path) -> Result<Option<PathBuf>, JobError> {
    if !out.exists() {
        return Ok(None);
    }
    let free = (1_u32..).map(|n| beside(out, &n.to_string())).find(|path| !path.exists());
    let free =
        free.ok_or_else(|| JobError::unusable("没有可用的文件夹名", "no free folder name"))?;
    fs::rename(out, &free).map_err(JobError::file(out))?;
    Ok(Some(free))
}

/// The path with the folder's name, a point and an ending.
fn beside(out: &Path, ending: &str) -> PathBuf {
    let mut name = out.file_name().unwrap_or_default().to_owned();
    name.push(".");
    name.push(ending);
    out.with_file_name(name)
}
