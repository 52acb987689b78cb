//! The same inspection in steps on different days: announce; then draw and announce the matchings; then match.
//!
//! Each step goes on from what the folder holds and refuses to be done again. The registers are read anew for names and
//! people; what was announced is taken from the folder alone.

use super::ceremony::{self, Times};
use super::error::JobError;
use super::folder::{Folder, put};
use super::matching::{self, Call, Called};
use super::options::JobOptions;
use super::progress::Progress;
use super::secrets::Secrets;
use super::select::{Task, later};
use super::summary::{self, Summary};
use super::targets::{self, TargetDrawn, TargetsAnnounced};
use super::{HOUR, Outcome, open};
use std::fs;
use std::path::Path;
use yicha::citation::Basis;
use yicha::date::Instant;
use yicha::draw::announcement::Announcement;
use yicha::draw::ceremony::{Announced, DrawStage};
use yicha::draw::matching::{Problem, Shortage};
use yicha::draw::roster::{Roster, RosterKey};
use yicha::draw::seed::SeedFile;
use yicha::draw::text::FileError;
use yicha::explain::{Explain, Said};
use yicha::threads::Threads;

/// How far [`proceed`] has come.
pub enum Progressed {
    /// The targets are drawn and the matchings announced; the text says what to do next.
    Drawn(String),
    /// Everything is done.
    Finished(Box<Outcome>, Summary),
}

/// Announces the draw of targets and stops. `options.at` is now.
///
/// # Errors
/// As [`run`](super::run); also a folder in which a draw is announced already.
pub fn announce(
    options: &JobOptions,
    secrets: &mut Secrets,
    progress: &Progress,
) -> Result<String, JobError> {
    if options.out.join("public/announcement-targets.txt").exists() {
        return Err(JobError::Refused {
            said: Said::new(
                format!("{}中已有抽取公告，不得重新公告", options.out.display()),
                format!("{} has an announcement; it is not made again", options.out.display()),
            ),
            basis: Basis::DrawSpec(5),
        });
    }
    let times = times(options)?;
    let (import, task) = open(options, Some(times.announced), progress)?;
    let announced = targets::announce(&task, options, secrets, times, progress)?;
    let folder = Folder::at(&options.out)?;
    // Nothing is announced whose secrets could be lost.
    secrets.save()?;
    put(&folder.internal, "options.tsv", options.to_text())?;
    folder.write_faults(&import.faults)?;
    folder.write_announced(&announced)?;
    Ok(summary::announced(announced.announced.announcement(), &task, &import, options))
}

/// Does the next step that the folder waits for. `options` are those of [`announce`] (see [`JobOptions::resume`]), with
/// the instant, the values and, for the next announcements, the randomness of this step.
///
/// # Errors
/// As [`run`](super::run); also a folder without an announcement or without anything left to do, a nonce that was not
/// revealed, and a value before it was due.
pub fn proceed(
    options: &JobOptions,
    secrets: &mut Secrets,
    progress: &Progress,
) -> Result<Progressed, JobError> {
    let folder = Folder::at(&options.out)?;
    if folder.internal.join("report.html").exists() {
        return Err(JobError::Refused {
            said: Said::new("各步骤都已完成，不得重复", "all steps are done; none is repeated"),
            basis: Basis::DrawSpec(5),
        });
    }
    let announced = load_announced(&folder, options)?;
    let at = announced.announced.announcement().terms().announced;
    let (import, task) = open(options, Some(at), progress)?;
    if !folder.public.join("seed-targets.txt").exists() {
        let targets = draw(announced, options, secrets, progress)?;
        let times = times(options)?;
        let calls = matching::announce_all(&task, &targets, options, secrets, times, progress)?;
        secrets.save()?;
        folder.write_calls(&calls, options)?;
        folder.write_drawn(&targets)?;
        return Ok(Progressed::Drawn(summary::drawn(&targets, &calls, options)));
    }
    let targets = load_drawn(&folder, announced, options, progress)?;
    let calls = load_calls(&folder, &task, options)?;
    let seal = |announced: Announced<_>| {
        check_due(announced.announcement(), options)?;
        ceremony::seal(announced, secrets, &options.values)
    };
    let mut apart = ceremony::kept_apart(targets.drawn.announcement(), secrets)?;
    for call in &calls {
        if let Call::Announced(announced) = &call.call {
            apart &= ceremony::kept_apart(announced.announcement(), secrets)?;
        }
    }
    let departments = matching::match_all(calls, seal, progress)?;
    let outcome = Outcome { import, task, targets, departments, demonstration: !apart };
    folder.write_all(&outcome, options, progress)?;
    let summary = Summary::new(&outcome, options, None);
    Ok(Progressed::Finished(Box::new(outcome), summary))
}

fn draw(
    announced: TargetsAnnounced,
    options: &JobOptions,
    secrets: &Secrets,
    progress: &Progress,
) -> Result<TargetDrawn, JobError> {
    check_due(announced.announced.announcement(), options)?;
    let sealed = ceremony::seal(announced.announced, secrets, &options.values)?;
    targets::draw(announced.roster, sealed, &options.slips, progress)
}

/// Nothing is revealed before every public value could be known, and no step falls on the one before.
fn check_due(announcement: &Announcement, options: &JobOptions) -> Result<(), JobError> {
    let terms = announcement.terms();
    let known = terms.randomness.iter().map(|r| r.due).max().unwrap_or(terms.announced);
    if now(options)? > known {
        return Ok(());
    }
    Err(JobError::Refused {
        said: Said::new(
            format!("公告的时间、公开随机数公布的时间为{known}，请在此之后执行"),
            format!("announced, or the public value due, at {known}; proceed after that"),
        ),
        basis: Basis::DrawSpec(4),
    })
}

fn now(options: &JobOptions) -> Result<Instant, JobError> {
    options
        .at
        .ok_or_else(|| JobError::unusable("缺少本步骤的时间", "the time of this step is missing"))
}

fn times(options: &JobOptions) -> Result<Times, JobError> {
    let announced = now(options)?;
    let reveal_by = match options.reveal_by {
        Some(at) => at,
        None => later(announced, HOUR)?,
    };
    Ok(Times { announced, reveal_by })
}

fn load_announced(folder: &Folder, options: &JobOptions) -> Result<TargetsAnnounced, JobError> {
    let announced = load_attempt(&folder.public, "announcement-targets.txt")?;
    let roster = load(&folder.internal, "roster.tsv", Roster::parse)?;
    let path = folder.internal.join("roster.key");
    let text = fs::read_to_string(&path).map_err(JobError::file(&path))?;
    let key: RosterKey = text.trim_end().parse().map_err(JobError::file(&path))?;
    let roster = roster.commit(options.suite, key, Threads::available());
    Ok(TargetsAnnounced { roster, announced })
}

fn load_drawn(
    folder: &Folder,
    announced: TargetsAnnounced,
    options: &JobOptions,
    progress: &Progress,
) -> Result<TargetDrawn, JobError> {
    let seed_file = load(&folder.public, "seed-targets.txt", SeedFile::parse)?;
    let sealed = announced.announced.seal_with(seed_file);
    let sealed = sealed.map_err(|refused| JobError::refused(&refused.1))?;
    targets::draw(announced.roster, sealed, &options.slips, progress)
}

fn load_calls(folder: &Folder, task: &Task, options: &JobOptions) -> Result<Vec<Called>, JobError> {
    let load_call = |(department, items): &(crate::register::Department, Vec<_>)| {
        let id = &department.id;
        let problem = load(&folder.internal, &format!("problem-{id}.txt"), Problem::parse)?;
        let shortage = format!("shortage-{id}.txt");
        let call = if folder.internal.join(&shortage).exists() {
            let (_, shortage) = load(&folder.internal, &shortage, Shortage::parse)?;
            shortage.check(&problem).map_err(|e| JobError::refused(&e))?;
            Call::Short(shortage)
        } else {
            let name = format!("announcement-inspectors-{id}.txt");
            Call::Announced(Box::new(load_attempt(&folder.public, &name)?))
        };
        let (_, left_out) = matching::candidates(task, department, options.capacity);
        let (department, items) = (department.clone(), items.clone());
        Ok(Called { department, items, left_out, problem, call })
    };
    task.departments.iter().map(load_call).collect()
}

fn load_attempt<S: DrawStage>(folder: &Path, name: &str) -> Result<Announced<S>, JobError> {
    let announcement = load(folder, name, Announcement::parse)?;
    Announced::first(announcement).map_err(|e| JobError::refused(&e))
}

fn load<T>(
    folder: &Path,
    name: &str,
    parse: impl Fn(&[u8]) -> Result<T, FileError>,
) -> Result<T, JobError> {
    let path = folder.join(name);
    let bytes = fs::read(&path).map_err(JobError::file(&path))?;
    parse(&bytes).map_err(|e| {
        let path = path.display();
        JobError::unusable(
            format!("{path}：{}", e.message(yicha::explain::Lang::Zh)),
            format!("{path}: {e}"),
        )
    })
}
