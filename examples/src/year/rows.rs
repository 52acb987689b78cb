//! The host's own rows: what a platform shows and searches, taken from each entry in the transaction that stores it.

use rusqlite::{Transaction, params};
use yicha::code::CaseCode;
use yicha::event::Event;
use yicha::hash::Digest;
use yicha::inspection::{InspectionEvent, Opened, Recorded, Replaced};
use yicha::ledger::Entry;
use yicha::publication::{Corrected, Entered, PublicationEvent, PublishedNow};

pub(super) const TABLES: &str = "
CREATE TABLE IF NOT EXISTS register_rows(register TEXT NOT NULL, department TEXT NOT NULL, rows TEXT NOT NULL, PRIMARY KEY(register, department)) STRICT;
CREATE TABLE IF NOT EXISTS document(digest TEXT PRIMARY KEY, name TEXT NOT NULL, text TEXT NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS inspection(id TEXT PRIMARY KEY, scheme TEXT NOT NULL, target TEXT NOT NULL, opened TEXT NOT NULL, completed TEXT) STRICT;
CREATE TABLE IF NOT EXISTS team(inspection TEXT NOT NULL REFERENCES inspection, inspector TEXT NOT NULL, department TEXT NOT NULL, PRIMARY KEY(inspection, inspector)) STRICT;
CREATE TABLE IF NOT EXISTS result(inspection TEXT NOT NULL REFERENCES inspection, item TEXT NOT NULL, result TEXT NOT NULL, entered TEXT, published TEXT, late INTEGER, ceased TEXT, PRIMARY KEY(inspection, item)) STRICT;
";

/// A document that the host keeps, by the digest that the ledger has of it.
pub(super) fn keep(
    all: &Transaction<'_>,
    digest: &Digest,
    name: &str,
    text: &str,
) -> rusqlite::Result<()> {
    let mut add = all.prepare_cached("INSERT OR IGNORE INTO document VALUES (?, ?, ?)")?;
    add.execute(params![digest.to_string(), name, text])?;
    Ok(())
}

/// Takes an entry over.
pub(super) fn take(all: &Transaction<'_>, entry: &[u8]) -> rusqlite::Result<()> {
    let entry = Entry::parse(entry)
        .map_err(|fault| rusqlite::Error::ToSqlConversionFailure(Box::new(fault)))?;
    let (id, day) = (&entry.case.id, entry.effective.to_string());
    match &entry.event {
        Event::Inspection(event) => inspection(all, id, &day, event),
        Event::Publication(event) => publication(all, id, &day, event),
        _ => Ok(()),
    }
}

fn inspection(
    all: &Transaction<'_>,
    id: &CaseCode,
    day: &str,
    event: &InspectionEvent,
) -> rusqlite::Result<()> {
    let id = id.as_str();
    match event {
        InspectionEvent::Opened(Opened { assignment, scheme, target }) => {
            let row = params![id, scheme.as_str(), target.as_str(), day];
            all.execute("INSERT INTO inspection VALUES (?, ?, ?, ?, NULL)", row)?;
            let mut add = all.prepare_cached("INSERT INTO team VALUES (?, ?, ?)")?;
            for member in &assignment.team {
                add.execute([id, member.inspector.as_str(), member.department.as_str()])?;
            }
        }
        InspectionEvent::Replaced(Replaced { inspector, successor, .. }) => {
            let change = "UPDATE team SET inspector = ? WHERE inspection = ? AND inspector = ?";
            all.execute(change, [successor.as_str(), id, inspector.as_str()])?;
        }
        InspectionEvent::Recorded(Recorded { item, result, .. }) => {
            let add = "INSERT INTO result VALUES (?, ?, ?, NULL, NULL, NULL, NULL)";
            all.prepare_cached(add)?.execute([id, item.as_str(), result.code()])?;
        }
        InspectionEvent::Completed => {
            all.execute("UPDATE inspection SET completed = ? WHERE id = ?", [day, id])?;
        }
        _ => {}
    }
    Ok(())
}

fn publication(
    all: &Transaction<'_>,
    id: &CaseCode,
    day: &str,
    event: &PublicationEvent,
) -> rusqlite::Result<()> {
    let id = id.as_str();
    let change = |what: &str, row: &[&dyn rusqlite::ToSql]| {
        let change = format!("UPDATE result SET {what} WHERE inspection = ? AND item = ?");
        all.prepare_cached(&change)?.execute(row).map(|_| ())
    };
    match event {
        PublicationEvent::Entered(Entered { item, .. }) => {
            change("entered = ?", params![day, id, item.as_str()])
        }
        PublicationEvent::Published(PublishedNow { item, timeliness, .. }) => {
            let row = params![day, timeliness.late, id, item.as_str()];
            change("published = ?, late = ?", row)
        }
        PublicationEvent::Corrected(Corrected { item, result, .. }) => {
            change("result = ?", params![result.code(), id, item.as_str()])
        }
        PublicationEvent::Ceased(ceased) => {
            change("ceased = ?", params![ceased.on.to_string(), id, ceased.item.as_str()])
        }
        PublicationEvent::PeriodSet(_) | PublicationEvent::Inherited(_) => Ok(()),
    }
}
