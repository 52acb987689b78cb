//! A joint inspection of one industry, from register files to a folder that anybody can check.
//!
//! Read [`run`] first: it is the order of the law. Each step has a file of its own.

mod chart;
mod error;
mod matching;
mod options;
mod outputs;
mod page;
mod progress;
mod select;
mod store;
mod summary;
mod targets;
mod team;
mod workbook;

pub use error::JobError;
pub use matching::{DepartmentResult, Placement};
pub use options::{JobOptions, PublicRandomness, SlipChoice};
pub use progress::Progress;
pub use select::Task;
pub use summary::Summary;
pub use targets::TargetDrawn;

use crate::register::{Import, Registers};

/// Secret random bytes, from the operating system in a real run.
pub type Entropy<'a> = &'a mut dyn FnMut(&mut [u8]) -> Result<(), JobError>;

/// Everything that one run has brought.
pub struct Outcome {
    /// Registers and faults.
    pub import: Import,
    /// What is inspected, by whom and when.
    pub task: Task,
    /// The draw of targets.
    pub targets: TargetDrawn,
    /// The matching of each department, or its shortage.
    pub departments: Vec<DepartmentResult>,
}

impl Outcome {
    /// Whether every department has its inspectors, so that the inspection can start.
    pub fn can_start(&self) -> bool {
        self.departments.iter().all(|d| matches!(d.placement, Placement::Matched { .. }))
    }
}

/// Runs a joint inspection up to the teams, and writes its folder.
///
/// # Errors
/// Input that cannot be used, what the regulation refuses (with its article), or a folder that cannot be written. A
/// shortage is no error: the other departments go on, and [`Outcome::can_start`] says that the inspection cannot.
pub fn run(
    options: &JobOptions,
    entropy: Entropy<'_>,
    progress: &Progress,
) -> Result<(Outcome, Summary), JobError> {
    let import = progress.step("读取名录", "reading registers", || {
        Registers::load(&options.data, &options.import).map_err(JobError::from)
    })?;
    let task = Task::select(&import.registers, options)?;
    let targets = targets::draw(&task, options, entropy, progress)?;
    let departments = matching::match_all(&task, &targets, options, entropy, progress)?;
    let outcome = Outcome { import, task, targets, departments };
    let moved = outputs::write(&outcome, options, progress)?;
    let summary = Summary::new(&outcome, options, moved);
    Ok((outcome, summary))
}
