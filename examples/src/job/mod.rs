//! A joint inspection of one industry, from register files to a folder that anybody can check.
//!
//! Read [`run`] first: it is the order of the law, in one go. [`announce`] and [`proceed`] do the same in steps on
//! different days, as an office would. Each part has a file of its own.

mod ceremony;
pub(crate) mod chart;
mod error;
mod folder;
mod matching;
mod options;
mod page;
mod progress;
mod resume;
mod secrets;
mod select;
mod shortfall;
mod steps;
pub(crate) mod store;
mod summary;
mod targets;
mod team;
mod workbook;

pub use error::JobError;
pub use matching::{DepartmentResult, LeftOut, Placement};
pub use options::{JobOptions, SlipChoice};
pub use progress::Progress;
pub use secrets::{Entropy, Secrets};
pub use select::Task;
pub use shortfall::Shortfall;
pub use steps::{Progressed, announce, proceed};
pub use summary::Summary;
pub use targets::TargetDrawn;

use crate::register::{Import, Level, Registers};
use ceremony::Times;
pub(crate) use folder::{Folder, move_aside, replace};
pub(crate) use select::{day_of, later, nine_in_the_morning};
use yicha::date::Instant;

/// Everything that one inspection has brought.
pub struct Outcome {
    /// Registers and faults.
    pub import: Import,
    /// What is inspected, by whom and when.
    pub task: Task,
    /// The draw of targets.
    pub targets: TargetDrawn,
    /// The matching of each department, or its shortage.
    pub departments: Vec<DepartmentResult>,
    /// Whether this program held a nonce before the reveal; then the result shows nothing about who knew it.
    pub demonstration: bool,
}

impl Outcome {
    /// Whether every department has its inspectors, so that the inspection can start.
    pub fn can_start(&self) -> bool {
        self.departments.iter().all(|d| matches!(d.placement, Placement::Matched { .. }))
    }
}

/// Goes through all steps in one run and writes the folder. The instants are simulated: the draw of targets is announced
/// a working week after the registers, and one hour passes between two steps. What stood in the folder before is moved aside.
///
/// # Errors
/// Input that cannot be used, what the regulation refuses (with its article), or a folder that cannot be written. A
/// shortage is no error: the other departments go on, and [`Outcome::can_start`] says that the inspection cannot.
pub fn run(
    options: &JobOptions,
    secrets: &mut Secrets,
    progress: &Progress,
) -> Result<(Outcome, Summary), JobError> {
    let outcome = work_out(options, secrets, progress)?;
    let (folder, moved) = Folder::anew(&options.out)?;
    secrets.save()?;
    folder.write_all(&outcome, options, progress)?;
    let summary = Summary::new(&outcome, options, moved);
    Ok((outcome, summary))
}

/// All steps of the draw and the matchings, as they follow from the registers and the secrets. Nothing is written.
pub(crate) fn work_out(
    options: &JobOptions,
    secrets: &mut Secrets,
    progress: &Progress,
) -> Result<Outcome, JobError> {
    let (import, task) = open(options, options.at, progress)?;
    let announced = task.announced;
    let reveal_by = match options.reveal_by {
        Some(at) => at,
        None => later(announced, HOUR)?,
    };
    let times = Times { announced, reveal_by };
    let announced = targets::announce(&task, options, secrets, times, progress)?;
    let sealed = ceremony::seal(announced.announced, secrets, &[])?;
    let targets = targets::draw(announced.roster, sealed, &options.slips, progress)?;
    let times = Times {
        announced: later(times.reveal_by, HOUR)?,
        reveal_by: later(times.reveal_by, 2 * HOUR)?,
    };
    let calls = matching::announce_all(&task, &targets, options, secrets, times, progress)?;
    let seal = |announced| ceremony::seal(announced, secrets, &[]);
    let departments = matching::match_all(calls, seal, progress)?;
    Ok(Outcome { import, task, targets, departments, demonstration: true })
}

const HOUR: i64 = 3_600;

/// Reads the registers and chooses the task. Where that fails, all that is wrong with the registers is told with it.
fn open(
    options: &JobOptions,
    announced: Option<Instant>,
    progress: &Progress,
) -> Result<(Import, Task), JobError> {
    let import = progress.step("读取名录", "reading registers", || {
        Registers::load(&options.registers, &options.import)
    });
    let task = match import.not_imported.as_slice() {
        [] => Task::select(&import.registers, options, announced),
        // Nobody would be recused, say, if a file were taken for an empty one.
        files => Err(JobError::unusable(
            format!("以下名录文件不能导入：{}", files.join("、")),
            format!("these registers cannot be imported: {}", files.join(", ")),
        )),
    };
    match task {
        Ok(task) => Ok((import, task)),
        Err(error) if import.faults.iter().all(|fault| fault.level < Level::Refused) => Err(error),
        Err(error) => {
            let written = folder::write_faults_beside(&options.out, &import.faults).ok();
            Err(JobError::Registers { error: Box::new(error), faults: import.faults, written })
        }
    }
}
