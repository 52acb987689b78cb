//! The embedded database: registers, draw and assignments, written in one transaction.

use super::Outcome;
use super::matching::{DepartmentResult, Placement};
use super::options::JobOptions;
use crate::register::{Import, Registers, StaffKind};
use rusqlite::{Connection, Transaction, params};
use std::path::Path;
use yicha::draw::announcement::Announcement;
use yicha::draw::seed::{Seed, SeedFile};
use yicha::explain::Lang;

pub(crate) const TABLES: &str = "
CREATE TABLE IF NOT EXISTS department(id TEXT PRIMARY KEY, name TEXT NOT NULL, division TEXT NOT NULL, head TEXT, inspects INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS item(id TEXT PRIMARY KEY, department TEXT NOT NULL REFERENCES department, name TEXT NOT NULL, basis TEXT NOT NULL, is_key INTEGER NOT NULL, joint INTEGER NOT NULL, in_force TEXT NOT NULL, guide TEXT);
CREATE TABLE IF NOT EXISTS target(id TEXT PRIMARY KEY, name TEXT NOT NULL, industry TEXT NOT NULL, division TEXT NOT NULL, address TEXT NOT NULL, risk TEXT NOT NULL, visits INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS inspector(id TEXT PRIMARY KEY, name TEXT NOT NULL, department TEXT NOT NULL, certificate TEXT, valid_until TEXT, enforcement INTEGER NOT NULL, on_duty INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS recusal(inspector TEXT NOT NULL, target TEXT NOT NULL, reason TEXT NOT NULL, PRIMARY KEY(inspector, target));
CREATE TABLE IF NOT EXISTS fault(file TEXT NOT NULL, line INTEGER NOT NULL, column_name TEXT NOT NULL, code TEXT NOT NULL, level TEXT NOT NULL, said TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS set_aside(file TEXT NOT NULL, line INTEGER NOT NULL, record TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS scheme(id TEXT PRIMARY KEY, task TEXT NOT NULL, initiator TEXT NOT NULL REFERENCES department, first_day TEXT NOT NULL, last_day TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS attempt(stage TEXT PRIMARY KEY, scheme TEXT NOT NULL REFERENCES scheme, announcement TEXT NOT NULL, seed_file TEXT NOT NULL, seed TEXT NOT NULL, assurance TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS roster(target TEXT PRIMARY KEY REFERENCES target, stratum TEXT NOT NULL, standing TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS drawn(target TEXT PRIMARY KEY REFERENCES roster, stratum TEXT NOT NULL, ticket TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS assignment(department TEXT NOT NULL REFERENCES department, target TEXT NOT NULL REFERENCES drawn, slot INTEGER NOT NULL, inspector TEXT NOT NULL REFERENCES inspector, PRIMARY KEY(department, target, slot));
CREATE TABLE IF NOT EXISTS shortage(department TEXT PRIMARY KEY REFERENCES department, places INTEGER NOT NULL, missing INTEGER NOT NULL, words TEXT NOT NULL);
";

pub(super) fn write(outcome: &Outcome, options: &JobOptions, path: &Path) -> rusqlite::Result<()> {
    let mut database = Connection::open(path)?;
    database.pragma_update(None, "foreign_keys", true)?;
    let all = database.transaction()?;
    all.execute_batch(TABLES)?;
    registers(&all, &outcome.import)?;
    draw(&all, outcome)?;
    let departments = outcome.departments.iter();
    departments.clone().try_for_each(|found| department(&all, outcome, found, options.lang))?;
    all.commit()
}

/// The registers as they were imported, and what is wrong with them.
pub(crate) fn registers(all: &Transaction<'_>, import: &Import) -> rusqlite::Result<()> {
    rows(all, &import.registers)?;
    faults(all, import)
}

fn rows(all: &Transaction<'_>, registers: &Registers) -> rusqlite::Result<()> {
    let mut add = all.prepare("INSERT INTO department VALUES (?,?,?,?,?)")?;
    for d in &registers.departments {
        let head = d.head.as_ref().map(|head| head.as_str());
        add.execute(params![d.id.as_str(), d.name, d.division, head, d.inspects])?;
    }
    let mut add = all.prepare("INSERT INTO item VALUES (?,?,?,?,?,?,?,?)")?;
    for i in &registers.items {
        let (department, from) = (i.department.as_str(), i.in_force.to_string());
        add.execute(params![i.id, department, i.name, i.basis, i.key, i.joint, from, i.guide])?;
    }
    let mut add = all.prepare("INSERT INTO target VALUES (?,?,?,?,?,?,?)")?;
    for t in &registers.targets {
        let (id, risk) = (t.id.as_str(), t.risk.code());
        add.execute(params![id, t.name, t.industry, t.division, t.address, risk, t.visits])?;
    }
    let mut add = all.prepare("INSERT INTO inspector VALUES (?,?,?,?,?,?,?)")?;
    for i in &registers.inspectors {
        let (id, department) = (i.id.as_str(), i.department.as_str());
        let until = i.valid_until.map(|day| day.to_string());
        let enforcement = i.kind == StaffKind::Enforcement;
        add.execute(params![id, i.name, department, i.certificate, until, enforcement, i.on_duty])?;
    }
    let mut add = all.prepare("INSERT INTO recusal VALUES (?,?,?)")?;
    for r in &registers.recusals {
        add.execute(params![r.inspector.as_str(), r.target.as_str(), r.reason])?;
    }
    Ok(())
}

fn faults(all: &Transaction<'_>, import: &Import) -> rusqlite::Result<()> {
    let mut add = all.prepare("INSERT INTO fault VALUES (?,?,?,?,?,?)")?;
    for f in &import.faults {
        let level = f.level.label(Lang::Zh);
        add.execute(params![f.file, f.line, f.column, f.code, level, f.said.zh])?;
    }
    let mut add = all.prepare("INSERT INTO set_aside VALUES (?,?,?)")?;
    for s in &import.set_aside {
        add.execute(params![s.file, s.line, s.fields.join("\u{1f}")])?;
    }
    Ok(())
}

/// The draw of targets, with the scheme that it is for.
pub(crate) fn draw(all: &Transaction<'_>, outcome: &Outcome) -> rusqlite::Result<()> {
    let task = &outcome.task;
    all.execute(
        "INSERT INTO scheme VALUES (?,?,?,?,?)",
        params![
            task.scheme.as_str(),
            task.plan.task,
            task.initiator().id.as_str(),
            task.first_day.to_string(),
            task.plan.to.to_string()
        ],
    )?;
    let drawn = &outcome.targets.drawn;
    attempt(all, outcome, drawn.announcement(), drawn.seed_file(), drawn.seed())?;
    let mut add = all.prepare("INSERT INTO roster VALUES (?,?,?)")?;
    for row in outcome.targets.roster.roster().iter() {
        add.execute(params![row.id, row.stratum.as_str(), row.standing.to_string()])?;
    }
    let mut add = all.prepare("INSERT INTO drawn VALUES (?,?,?)")?;
    for target in drawn.outcome().drawn().targets() {
        add.execute(params![target.id, target.stratum.as_str(), target.ticket.to_string()])?;
    }
    Ok(())
}

fn attempt(
    all: &Transaction<'_>,
    outcome: &Outcome,
    announcement: &Announcement,
    seed_file: &SeedFile,
    seed: &Seed,
) -> rusqlite::Result<()> {
    let row = params![
        announcement.stage().to_string(),
        outcome.task.scheme.as_str(),
        announcement.to_text(),
        seed_file.to_text(),
        seed.digest().to_string(),
        announcement.assurance().code()
    ];
    all.execute("INSERT INTO attempt VALUES (?,?,?,?,?,?)", row).map(|_| ())
}

/// What came of one department's matching.
pub(crate) fn department(
    all: &Transaction<'_>,
    outcome: &Outcome,
    department: &DepartmentResult,
    lang: Lang,
) -> rusqlite::Result<()> {
    let id = department.department.id.as_str();
    match &department.placement {
        Placement::Matched { drawn, matched } => {
            attempt(all, outcome, drawn.announcement(), drawn.seed_file(), drawn.seed())?;
            let mut add = all.prepare("INSERT INTO assignment VALUES (?,?,?,?)")?;
            for m in matched.matches() {
                add.execute(params![id, m.target.as_str(), m.slot, m.inspector.as_str()])?;
            }
        }
        Placement::Short { shortfall, .. } => {
            let words = shortfall.in_words(lang, |id| outcome.person(id)).join("\n");
            let row = params![id, shortfall.places, shortfall.missing, words];
            all.execute("INSERT INTO shortage VALUES (?,?,?,?)", row)?;
        }
    }
    Ok(())
}
