//! The embedded database: registers, draw and assignments, written in one transaction.

use super::Outcome;
use super::matching::Placement;
use super::options::JobOptions;
use crate::register::{Registers, StaffKind};
use rusqlite::{Connection, Transaction, params};
use std::path::Path;
use yicha::explain::Lang;

const TABLES: &str = "
CREATE TABLE department(id TEXT PRIMARY KEY, name TEXT NOT NULL, division TEXT NOT NULL, head TEXT, inspects INTEGER NOT NULL);
CREATE TABLE item(id TEXT PRIMARY KEY, department TEXT NOT NULL REFERENCES department, name TEXT NOT NULL, basis TEXT NOT NULL, is_key INTEGER NOT NULL, joint INTEGER NOT NULL, in_force TEXT NOT NULL, guide TEXT);
CREATE TABLE target(id TEXT PRIMARY KEY, name TEXT NOT NULL, industry TEXT NOT NULL, division TEXT NOT NULL, address TEXT NOT NULL, risk TEXT NOT NULL, visits INTEGER NOT NULL);
CREATE TABLE inspector(id TEXT PRIMARY KEY, name TEXT NOT NULL, department TEXT NOT NULL, certificate TEXT, valid_until TEXT, enforcement INTEGER NOT NULL, on_duty INTEGER NOT NULL);
CREATE TABLE recusal(inspector TEXT NOT NULL, target TEXT NOT NULL, reason TEXT NOT NULL, PRIMARY KEY(inspector, target));
CREATE TABLE fault(file TEXT NOT NULL, line INTEGER NOT NULL, column_name TEXT NOT NULL, code TEXT NOT NULL, level TEXT NOT NULL, said TEXT NOT NULL);
CREATE TABLE set_aside(file TEXT NOT NULL, line INTEGER NOT NULL, record TEXT NOT NULL);
CREATE TABLE scheme(id TEXT PRIMARY KEY, task TEXT NOT NULL, initiator TEXT NOT NULL REFERENCES department, first_day TEXT NOT NULL, last_day TEXT NOT NULL);
CREATE TABLE attempt(stage TEXT PRIMARY KEY, scheme TEXT NOT NULL REFERENCES scheme, announcement TEXT NOT NULL, seed_file TEXT NOT NULL, seed TEXT NOT NULL, assurance TEXT NOT NULL);
CREATE TABLE roster(target TEXT PRIMARY KEY REFERENCES target, stratum TEXT NOT NULL, standing TEXT NOT NULL);
CREATE TABLE drawn(target TEXT PRIMARY KEY REFERENCES roster, stratum TEXT NOT NULL, ticket TEXT NOT NULL);
CREATE TABLE assignment(department TEXT NOT NULL REFERENCES department, target TEXT NOT NULL REFERENCES drawn, slot INTEGER NOT NULL, inspector TEXT NOT NULL REFERENCES inspector, PRIMARY KEY(department, target, slot));
CREATE TABLE shortage(department TEXT PRIMARY KEY REFERENCES department, places INTEGER NOT NULL, missing INTEGER NOT NULL, words TEXT NOT NULL);
";

pub(super) fn write(outcome: &Outcome, options: &JobOptions, path: &Path) -> rusqlite::Result<()> {
    let mut database = Connection::open(path)?;
    database.pragma_update(None, "foreign_keys", true)?;
    let all = database.transaction()?;
    all.execute_batch(TABLES)?;
    registers(&all, &outcome.import.registers)?;
    faults(&all, outcome)?;
    draw(&all, outcome)?;
    assignments(&all, outcome, options.lang)?;
    all.commit()
}

fn registers(all: &Transaction<'_>, registers: &Registers) -> rusqlite::Result<()> {
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

fn faults(all: &Transaction<'_>, outcome: &Outcome) -> rusqlite::Result<()> {
    let mut add = all.prepare("INSERT INTO fault VALUES (?,?,?,?,?,?)")?;
    for f in &outcome.import.faults {
        let level = f.level.label(Lang::Zh);
        add.execute(params![f.file, f.line, f.column, f.code, level, f.said.zh])?;
    }
    let mut add = all.prepare("INSERT INTO set_aside VALUES (?,?,?)")?;
    for s in &outcome.import.set_aside {
        add.execute(params![s.file, s.line, s.fields.join("\u{1f}")])?;
    }
    Ok(())
}

fn draw(all: &Transaction<'_>, outcome: &Outcome) -> rusqlite::Result<()> {
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
    let mut attempts = all.prepare("INSERT INTO attempt VALUES (?,?,?,?,?,?)")?;
    let drawn = &outcome.targets.drawn;
    let mut add =
        |announcement: &yicha::draw::announcement::Announcement, seed_file: String, seed| {
            attempts.execute(params![
                announcement.stage().to_string(),
                task.scheme.as_str(),
                announcement.to_text(),
                seed_file,
                seed,
                announcement.assurance().code()
            ])
        };
    add(drawn.announcement(), drawn.seed_file().to_text(), drawn.seed().digest().to_string())?;
    for department in &outcome.departments {
        if let Placement::Matched { drawn, .. } = &department.placement {
            let seed = drawn.seed().digest().to_string();
            add(drawn.announcement(), drawn.seed_file().to_text(), seed)?;
        }
    }
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

fn assignments(all: &Transaction<'_>, outcome: &Outcome, lang: Lang) -> rusqlite::Result<()> {
    let mut add = all.prepare("INSERT INTO assignment VALUES (?,?,?,?)")?;
    let mut add_shortage = all.prepare("INSERT INTO shortage VALUES (?,?,?,?)")?;
    for department in &outcome.departments {
        let id = department.department.id.as_str();
        match &department.placement {
            Placement::Matched { matched, .. } => {
                for m in matched.matches() {
                    add.execute(params![id, m.target.as_str(), m.slot, m.inspector.as_str()])?;
                }
            }
            Placement::Short { shortfall, .. } => {
                let words = shortfall.in_words(lang, |id| outcome.person(id)).join("\n");
                add_shortage.execute(params![id, shortfall.places, shortfall.missing, words])?;
            }
        }
    }
    Ok(())
}
