//! A year of joint inspections over the office: from the registers and the plan to the last result that stops being public.
//!
//! Read [`host`] and [`store`] first: they are what a platform that embeds the library has. The rest plays the
//! people who use it: `script` is the year as a list of acts, each made by somebody of a department, and [`run`] does what is
//! not done yet. So a run that was killed goes on where it was, and two of them at one database do each act once.

mod act;
mod bag;
pub mod host;
mod output;
mod page;
mod registers;
mod rows;
mod script;
pub mod store;
mod timeline;

pub(crate) use page::{InternalYear, PublicYear};
pub use script::Story;

use crate::job::{
    Folder, JobError, JobOptions, Outcome, Placement, Progress, Secrets, move_aside, work_out,
};
use host::Host;
use script::Wanted;
use std::path::{Path, PathBuf};
use store::Store;
use yicha::date::Date;

/// What a year has brought.
pub struct Year {
    /// Registers, draw and matchings.
    pub outcome: Outcome,
    /// The office with its store.
    pub host: Host,
    /// How many acts were done now, and how many before.
    pub acts: (usize, usize),
    /// The last day.
    pub until: Date,
    /// Where an earlier folder was moved.
    pub moved: Option<PathBuf>,
}

/// Runs the year, or goes on with it. Options, seed and secrets of a year that has begun stay as they were; others begin a
/// new one, and what stood in the folder before is moved aside.
///
/// # Errors
/// As [`job::run`](crate::job::run), and a database that cannot be used.
pub fn run(
    options: &JobOptions,
    seed: u64,
    secrets: &mut Secrets,
    progress: &Progress,
) -> Result<Year, JobError> {
    let task = format!("{}seed\t{seed}\n", options.to_text());
    let given = secrets.to_text();
    if let Found::Same(kept) = look(options, &task, &given)? {
        secrets.take_over(&kept)?;
    }
    // Whatever is wrong with registers or options is told before anything is written.
    let mut outcome = work_out(options, secrets, progress)?;
    let _: [u8; 32] = secrets.take(KEY)?;
    secrets.save()?;
    let (store, moved) = begin(options, &task, &given, secrets)?;
    let kept = store::setting(&database(&options.out), "secrets")?;
    if let Some(kept) = kept.filter(|kept| *kept != secrets.to_text()) {
        // Another process has begun at the same time, and its secrets are the ones that count.
        secrets.take_over(&kept)?;
        outcome = work_out(options, secrets, progress)?;
        secrets.save()?;
    }
    let files = files(&outcome, options);
    let mut host = Host::load(store, options.suite, files.iter().map(String::as_str))?;
    let (acts, until) = follow(&outcome, options, seed, secrets, &mut host, progress)?;
    Ok(Year { outcome, host, acts, until, moved })
}

/// Does every act that is not done yet.
fn follow(
    outcome: &Outcome,
    options: &JobOptions,
    seed: u64,
    secrets: &mut Secrets,
    host: &mut Host,
    progress: &Progress,
) -> Result<((usize, usize), Date), JobError> {
    let (exported, annual_cap) = (options.import.exported, options.annual_cap);
    let wanted = Wanted { exported, annual_cap, suite: options.suite, seed };
    let (acts, until) = script::acts(outcome, wanted)?;
    let key: [u8; 32] = secrets.take(KEY)?;
    let mut done = (0, 0);
    progress.many(acts.len(), "全年各项工作", "the acts of the year", |step| {
        for act in &acts {
            match host.follow(&act.id, |office, store| act.ask(office, store, &key))? {
                Some(_) => done.0 += 1,
                None => done.1 += 1,
            }
            step();
        }
        Ok((done, until))
    })
}

/// The secret from which the salts of the documents follow.
const KEY: &str = "document-key";

/// What stands in the folder.
enum Found {
    /// Nothing.
    Nothing,
    /// The year that is asked for, with its secrets.
    Same(String),
    /// Something else.
    Another,
}

/// Looks whether the folder has the year that is asked for: with the same task, and with the secrets that are given, where
/// some are.
fn look(options: &JobOptions, task: &str, given: &str) -> Result<Found, JobError> {
    let path = database(&options.out);
    if !path.exists() {
        return Ok(if used(&options.out) { Found::Another } else { Found::Nothing });
    }
    let same = store::setting(&path, "task")?.is_some_and(|found| found == task);
    let kept = store::setting(&path, "secrets")?.filter(|_| same);
    let kept = kept.filter(|kept| given.lines().all(|line| kept.lines().any(|had| had == line)));
    Ok(kept.map_or(Found::Another, Found::Same))
}

fn database(out: &Path) -> PathBuf {
    out.join("internal/joint_inspection.sqlite")
}

/// The store of the year that is asked for; a folder of something else is moved aside.
fn begin(
    options: &JobOptions,
    task: &str,
    given: &str,
    secrets: &Secrets,
) -> Result<(Store, Option<PathBuf>), JobError> {
    let moved = match look(options, task, given)? {
        Found::Another => move_aside(&options.out)?,
        Found::Nothing | Found::Same(_) => None,
    };
    let database = Folder::at(&options.out)?.database();
    Store::create(&database, options.suite, &[("task", task), ("secrets", &secrets.to_text())])?;
    Ok((Store::open(&database, options.suite)?, moved))
}

/// Whether a folder has files, other than databases, which are looked at by themselves.
fn used(out: &Path) -> bool {
    let parts = ["public", "internal", "slips"].map(|part| out.join(part));
    let files = parts.iter().filter_map(|part| std::fs::read_dir(part).ok()).flatten().flatten();
    let mut names = files.map(|file| file.file_name().to_string_lossy().into_owned());
    names.any(|name| !name.starts_with("joint_inspection.") && name != LOCK)
}

/// The file that is locked while the folder is written.
const LOCK: &str = ".lock";

/// The files of the draw, which the office has to see before it is told of them.
fn files(outcome: &Outcome, options: &JobOptions) -> Vec<String> {
    let drawn = &outcome.targets.drawn;
    let mut files = vec![
        drawn.announcement().to_text(),
        drawn.seed_file().to_text(),
        drawn.outcome().list().to_text(),
        drawn.outcome().drawn().to_text(),
    ];
    for department in &outcome.departments {
        files.push(department.problem.to_text());
        match &department.placement {
            Placement::Matched { drawn, matched } => files.extend([
                drawn.announcement().to_text(),
                drawn.seed_file().to_text(),
                matched.to_text(),
            ]),
            Placement::Short { shortage, .. } => {
                files.push(shortage.to_text(options.suite, &department.problem));
            }
        }
    }
    files
}
