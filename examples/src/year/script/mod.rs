//! The year as a list of acts in the order of their days. It follows from the registers, the draw and the seed alone, so
//! that every process makes the same one; what an act says follows from what the office knows when it is done.

mod clue;
mod consequence;
mod course;
mod dossier;
mod draw;
mod follow_up;
mod plan;
mod publicity;
mod visit;

use super::act::{Act, Scene, Who, code};
use crate::job::{JobError, Outcome, day_of};
use crate::register::{Department, Registers};
use yicha::actor::Purpose;
use yicha::calendar::Calendar;
use yicha::date::{Date, Instant};
use yicha::draw::announcement::FreeText;
use yicha::draw::seed::Seed;
use yicha::draw::stream::Stream;
use yicha::event::Command;
use yicha::hash::Suite;
use yicha::plan::annual::PlanYear;

pub use course::Story;

/// What the script follows from, and what it is so far.
pub(super) struct Script<'a> {
    outcome: &'a Outcome,
    calendar: Calendar,
    exported: Date,
    annual_cap: u64,
    suite: Suite,
    seed: u64,
    /// The last day; what would come later does not happen.
    until: Date,
    acts: Vec<Act<'a>>,
}

/// What a script is asked for.
pub(super) struct Wanted {
    /// The day of the registers.
    pub(super) exported: Date,
    /// Visits of a target in a year at most.
    pub(super) annual_cap: u64,
    /// The suite of all digests.
    pub(super) suite: Suite,
    /// What the outcomes are drawn from.
    pub(super) seed: u64,
}

/// The acts of the year, in their order, and the last day.
pub(super) fn acts(outcome: &Outcome, wanted: Wanted) -> Result<(Vec<Act<'_>>, Date), JobError> {
    let Wanted { exported, annual_cap, suite, seed } = wanted;
    let until = year_end(outcome)?;
    let calendar = Calendar::china();
    let mut script =
        Script { outcome, calendar, exported, annual_cap, suite, seed, until, acts: Vec::new() };
    plan::registers(&mut script)?;
    plan::plan(&mut script)?;
    plan::scheme(&mut script)?;
    draw::draw(&mut script)?;
    if outcome.can_start() {
        for course in course::courses(&script)? {
            visit::inspect(&mut script, &course)?;
            publicity::publish(&mut script, &course)?;
            follow_up::follow_up(&mut script, &course)?;
        }
    }
    let Script { mut acts, .. } = script;
    acts.retain(|act| act.day <= until);
    // Acts of one day stay in the order in which they were thought of.
    acts.sort_by_key(|act| act.day);
    Ok((acts, until))
}

/// The last day of the plan's year.
fn year_end(outcome: &Outcome) -> Result<Date, JobError> {
    Date::from_ymd(outcome.task.plan.from.year(), 12, 31).ok_or_else(out_of_range)
}

fn out_of_range() -> JobError {
    JobError::unusable("日期超出公元1至9999年", "a day outside of the years 1 to 9999")
}

impl<'a> Script<'a> {
    fn registers(&self) -> &'a Registers {
        &self.outcome.import.registers
    }

    fn initiator(&self) -> &'a Department {
        self.outcome.task.initiator()
    }

    /// The departments that inspect, the initiator first.
    fn inspecting(&self) -> impl Iterator<Item = &'a Department> + use<'a> {
        self.outcome.task.departments.iter().map(|(department, _)| department)
    }

    /// Adds an act.
    fn act(
        &mut self,
        day: Date,
        id: impl AsRef<str>,
        who: Who<'a>,
        purpose: Purpose,
        what: impl Fn(&mut Scene<'_, 'a>) -> Result<Command, JobError> + 'a,
    ) -> Result<(), JobError> {
        self.act_at(day, None, id, who, purpose, what)
    }

    /// Adds an act that is not recorded before an instant.
    fn act_at(
        &mut self,
        day: Date,
        at: Option<Instant>,
        id: impl AsRef<str>,
        who: Who<'a>,
        purpose: Purpose,
        what: impl Fn(&mut Scene<'_, 'a>) -> Result<Command, JobError> + 'a,
    ) -> Result<(), JobError> {
        let (id, what) = (code(id)?, Box::new(what));
        self.acts.push(Act { id, day, at, who, purpose, what });
        Ok(())
    }

    /// The year of the plan.
    fn year(&self) -> Result<PlanYear, JobError> {
        let year = self.until.year();
        format!("{year:04}").parse().map_err(|e| {
            JobError::unusable(format!("{year}不是年份：{e}"), format!("{year} is no year: {e}"))
        })
    }

    /// The day on which the draw is announced.
    fn draw_day(&self) -> Result<Date, JobError> {
        day_of(self.outcome.targets.drawn.announcement().terms().announced)
    }

    /// So many working days after the registers, on the day of the draw at the latest.
    fn early(&self, days: i32) -> Result<Date, JobError> {
        Ok(self.workdays(self.exported, days)?.min(self.draw_day()?))
    }

    /// So many working days after a day, or before it.
    fn workdays(&self, day: Date, days: i32) -> Result<Date, JobError> {
        let answer = self.calendar.add_workdays(day, days).map_err(|e| JobError::refused(&e))?;
        Ok(answer.value)
    }

    /// So many days after a day; that one or the next working day.
    fn days(&self, day: Date, days: i32) -> Result<Date, JobError> {
        let later = day.plus_days(days).ok_or_else(out_of_range)?;
        match self.calendar.is_workday(later).value {
            true => Ok(later),
            false => self.workdays(later, 1),
        }
    }

    /// Random numbers that follow from the seed and a name.
    fn stream(&self, name: &str) -> Stream {
        let parts: [&[u8]; 3] = [b"yicha year\n", &self.seed.to_be_bytes(), name.as_bytes()];
        Stream::new(&Seed::new(Suite::Sha256.digest(&parts)))
    }

    /// The number of a document of a department in the year.
    fn document(&self, word: &str, number: impl std::fmt::Display) -> Result<FreeText, JobError> {
        code(format!("宛区{word}〔{}〕{number}号", self.until.year()))
    }
}
