//! A joint inspection of one industry, from register files to a folder that anybody can check.
//!
//! Read [`run`] first: it is the order of the law, in one go. [`announce`] and [`proceed`] do the same in steps on
//! different days, as an office would. Each part has a file of its own.

mod ceremony;
mod chart;
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
mod store;
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
use folder::Folder;
use select::{later, nine_in_the_morning};
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
/// on the day of the registers, and one hour passes between two steps. What stood in the folder before is moved aside.
///
/// # Errors
/// Input that cannot be used, what the regulation refuses (with its article), or a folder that cannot be written. A
/// shortage is no error: the other departments go on, and [`Outcome::can_start`] says that the inspection cannot.
pub fn run(
    options: &JobOptions,
    secrets: &mut Secrets,
    progress: &Progress,
) -> Result<(Outcome, Summary), JobError> {
    let times = single_run_times(options)?;
    let (import, task) = open(options, times.announced, progress)?;
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
    let outcome = Outcome { import, task, targets, departments, demonstration: true };
    let (folder, moved) = Folder::anew(&options.out)?;
    secrets.save()?;
    folder.write_all(&outcome, options, progress)?;
    let summary = Summary::new(&outcome, options, moved);
    Ok((outcome, summary))
}

const HOUR: i64 = 3_600;

fn single_run_times(options: &JobOptions) -> Result<Times, JobError> {
    let announced = match options.at {
        Some(at) => at,
        None => nine_in_the_morning(options.import.exported)?,
    };
    let reveal_by = match options.reveal_by {
        Some(at) => at,
        None => later(announced, HOUR)?,
    };
    Ok(Times { announced, reveal_by })
}

/// Reads the registers and chooses the task. Where that fails, all that is wrong with the registers is told with it.
fn open(
    options: &JobOptions,
    announced: Instant,
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
