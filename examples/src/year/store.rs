//! The database: the ledger's entries with their head, and the host's own rows, changed together or not at all.

use super::rows;
use crate::job::JobError;
use rusqlite::{
    Connection, OpenFlags, OptionalExtension, Transaction, TransactionBehavior, params,
};
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;
use yicha::code::{CommandId, DepartmentId};
use yicha::hash::{Digest, Suite};
use yicha::ledger::{Head, Tip};
use yicha::office::Decision;
use yicha::register::RegisterKind;

/// What the office needs, the host's settings, and what the host keeps for itself (see [`rows`]).
const TABLES: &str = "
CREATE TABLE IF NOT EXISTS head(one INTEGER PRIMARY KEY CHECK(one = 1), size INTEGER NOT NULL, root TEXT NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS entry(sequence INTEGER PRIMARY KEY, bytes TEXT NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS receipt(command TEXT PRIMARY KEY, first INTEGER NOT NULL, count INTEGER NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS setting(name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
";

/// How a file of SQLite begins.
pub const SQLITE: &[u8] = b"SQLite format 3\0";

/// The entries of a database that nothing is changed in.
///
/// # Errors
/// A file that is not a database with a ledger.
pub fn entries(path: &Path) -> Result<Vec<Vec<u8>>, JobError> {
    let read = || {
        let connection = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
        let mut read = connection.prepare("SELECT bytes FROM entry ORDER BY sequence")?;
        let entries = read.query_map([], |row| Ok(row.get_ref(0)?.as_bytes()?.to_vec()))?;
        entries.collect::<rusqlite::Result<_>>()
    };
    read().map_err(JobError::file(path))
}

/// A setting of a database that nothing is changed in; nothing where it is not one of a year.
///
/// # Errors
/// A file that cannot be read.
pub fn setting(path: &Path, name: &str) -> Result<Option<String>, JobError> {
    let read = || {
        let connection = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
        connection.busy_timeout(PATIENCE)?;
        let table = "SELECT 1 FROM sqlite_schema WHERE name = 'setting'";
        if !connection.prepare(table)?.exists([])? {
            return Ok(None);
        }
        let query = "SELECT value FROM setting WHERE name = ?";
        connection.query_row(query, [name], |row| row.get(0)).optional()
    };
    read().map_err(JobError::file::<rusqlite::Error>(path))
}

/// What stands in the name of a database that is being made.
const NEW: &str = "new";

/// Removes what processes that were killed have left of a database that they were making.
///
/// # Errors
/// A folder that cannot be read or written.
pub(super) fn tidy(database: &Path) -> Result<(), JobError> {
    let (Some(folder), Some(stem)) = (database.parent(), database.file_stem()) else {
        return Ok(());
    };
    for file in fs::read_dir(folder).map_err(JobError::file(folder))?.flatten() {
        let (name, stem) = (file.file_name(), stem.to_string_lossy());
        let name = name.to_string_lossy();
        if name.starts_with(&*stem) && name.contains(&format!(".{NEW}")) {
            fs::remove_file(file.path()).map_err(JobError::file(&file.path()))?;
        }
    }
    Ok(())
}

/// How long a process waits for another one that is writing.
const PATIENCE: Duration = Duration::from_secs(60);

/// The host's database.
pub struct Store {
    connection: Connection,
    path: PathBuf,
}

/// A row of the host's own, written in the transaction that stores the entries.
pub type Own<'a> = Box<dyn Fn(&Transaction<'_>) -> rusqlite::Result<()> + 'a>;

impl Store {
    /// Opens a database, and makes what it lacks. Its ledger is of that suite.
    ///
    /// # Errors
    /// A file that cannot be used.
    pub fn open(path: &Path, suite: Suite) -> Result<Self, JobError> {
        let open = || {
            let mut connection = Connection::open(path)?;
            connection.busy_timeout(PATIENCE)?;
            connection.pragma_update(None, "journal_mode", "wal")?;
            // What was answered has to be there after a power failure.
            connection.pragma_update(None, "synchronous", "full")?;
            make(&mut connection, suite, &[])?;
            Ok(connection)
        };
        let connection = open().map_err(JobError::file::<rusqlite::Error>(path))?;
        Ok(Self { connection, path: path.into() })
    }

    /// Makes a database with settings, if none is there. It is made under another name first: no process ever sees one
    /// without its settings, and of two that make one at the same time one is the first.
    ///
    /// # Errors
    /// A file that cannot be used.
    pub fn create(path: &Path, suite: Suite, settings: &[(&str, &str)]) -> Result<(), JobError> {
        if path.exists() {
            return Ok(());
        }
        let new = path.with_extension(format!("{}.{NEW}", std::process::id()));
        let made = Connection::open(&new).and_then(|mut new| make(&mut new, suite, settings));
        made.map_err(JobError::file(&new))?;
        let linked = fs::hard_link(&new, path);
        fs::remove_file(&new).ok();
        match linked {
            Err(error) if !path.exists() => Err(JobError::file(path)(error)),
            _ => Ok(()),
        }
    }

    /// The head.
    ///
    /// # Errors
    /// A database that cannot be read.
    pub fn head(&self) -> Result<Head, JobError> {
        head(&self.connection).map_err(self.fault())
    }

    /// The entries from a number on, and the head that they lead to.
    ///
    /// # Errors
    /// A database that cannot be read.
    pub fn behind(&mut self, size: u64) -> Result<(Vec<String>, Head), JobError> {
        let path = self.path.clone();
        let mut read = || {
            // One transaction, so that nothing is stored between the two.
            let all = self.connection.transaction()?;
            let mut entries =
                all.prepare("SELECT bytes FROM entry WHERE sequence >= ? ORDER BY sequence")?;
            let entries = entries.query_map([size], |row| row.get(0))?;
            Ok((entries.collect::<rusqlite::Result<_>>()?, head(&all)?))
        };
        read().map_err(JobError::file::<rusqlite::Error>(&path))
    }

    /// Stores what was decided with the host's own rows, if the ledger still has the head that it builds on; else nothing,
    /// and somebody else was faster.
    ///
    /// # Errors
    /// A database that cannot be written; nothing is stored then.
    pub fn append(&mut self, decision: &Decision, own: &[Own<'_>]) -> Result<bool, JobError> {
        let path = self.path.clone();
        let mut write = || {
            let all = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
            if !swap(&all, decision.builds_on(), decision.next().head())? {
                return Ok(false);
            }
            let receipt = decision.receipt();
            let mut add = all.prepare_cached("INSERT INTO entry VALUES (?, ?)")?;
            for (sequence, entry) in (receipt.first..).zip(decision.entries()) {
                let text = std::str::from_utf8(entry)?;
                add.execute(params![sequence, text])?;
                rows::take(&all, entry)?;
            }
            drop(add);
            let row = params![receipt.command.as_str(), receipt.first, receipt.count];
            all.prepare_cached("INSERT INTO receipt VALUES (?, ?, ?)")?.execute(row)?;
            own.iter().try_for_each(|own| own(&all))?;
            all.commit()?;
            Ok(true)
        };
        write().map_err(JobError::file::<rusqlite::Error>(&path))
    }

    /// Whether a command was followed.
    ///
    /// # Errors
    /// A database that cannot be read.
    pub fn followed(&self, command: &CommandId) -> Result<bool, JobError> {
        let look = || {
            let mut look =
                self.connection.prepare_cached("SELECT 1 FROM receipt WHERE command = ?")?;
            look.exists([command.as_str()])
        };
        look().map_err(self.fault())
    }

    /// The rows of a department's register that the host keeps, as JSON.
    ///
    /// # Errors
    /// A database that cannot be read.
    pub fn register(
        &self,
        register: RegisterKind,
        department: &DepartmentId,
    ) -> Result<Option<String>, JobError> {
        let query = "SELECT rows FROM register_rows WHERE register = ? AND department = ?";
        let key = [register.code(), department.as_str()];
        self.connection.query_row(query, key, |row| row.get(0)).optional().map_err(self.fault())
    }

    /// A document that the host keeps, by the digest that the ledger has of it: its name and bytes.
    ///
    /// # Errors
    /// A database that cannot be read.
    pub fn document(&self, digest: &Digest) -> Result<Option<(String, String)>, JobError> {
        let look = || {
            let mut look = self
                .connection
                .prepare_cached("SELECT name, text FROM document WHERE digest = ?")?;
            look.query_row([digest.to_string()], |row| Ok((row.get(0)?, row.get(1)?))).optional()
        };
        look().map_err(self.fault())
    }

    fn fault(&self) -> impl Fn(rusqlite::Error) -> JobError {
        JobError::file(&self.path)
    }
}

/// Makes the tables that are missing.
fn make(
    connection: &mut Connection,
    suite: Suite,
    settings: &[(&str, &str)],
) -> rusqlite::Result<()> {
    let all = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    for tables in [TABLES, rows::TABLES, crate::job::store::TABLES] {
        all.execute_batch(tables)?;
    }
    let Head { root, size } = Tip::new(suite).head();
    all.execute("INSERT OR IGNORE INTO head VALUES (1, ?, ?)", params![size, root.to_string()])?;
    for (name, value) in settings {
        all.execute("INSERT INTO setting VALUES (?, ?)", params![name, value])?;
    }
    all.commit()
}

/// Moves the head from one to the next, if it is there.
fn swap(all: &Transaction<'_>, from: Head, to: Head) -> rusqlite::Result<bool> {
    let swap = "UPDATE head SET size = ?, root = ? WHERE size = ? AND root = ?";
    let row = params![to.size, to.root.to_string(), from.size, from.root.to_string()];
    Ok(all.prepare_cached(swap)?.execute(row)? == 1)
}

fn head(connection: &Connection) -> rusqlite::Result<Head> {
    let mut look = connection.prepare_cached("SELECT size, root FROM head")?;
    look.query_row([], |row| {
        let root: String = row.get(1)?;
        let root = root.parse().map_err(|e| {
            let kind = rusqlite::types::Type::Text;
            rusqlite::Error::FromSqlConversionFailure(1, kind, Box::new(e))
        })?;
        Ok(Head { root, size: row.get(0)? })
    })
}
