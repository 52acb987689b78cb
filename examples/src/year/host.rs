//! An office over its store. Whoever embeds the library has something like this, and little more.

use super::store::{Own, Store};
use crate::job::JobError;
use yicha::calendar::Calendar;
use yicha::code::{CommandId, DepartmentId};
use yicha::edition::Edition;
use yicha::hash::Suite;
use yicha::ledger::Head;
use yicha::office::{Answer, Office, Receipt, Request};
use yicha::register::{RegisterKind, Registers};

/// An office that is never ahead of its store.
pub struct Host {
    office: Office,
    store: Store,
}

/// A request, with the host's own rows that belong to it.
pub struct Asked<'a> {
    /// What is asked.
    pub request: Request,
    /// The rows, in the order in which they are written.
    pub own: Vec<Own<'a>>,
}

impl Host {
    /// Loads an office from its store. `files` are the files of draws, as far as they are there.
    ///
    /// # Errors
    /// A store that cannot be read, or whose entries do not lead to its head.
    pub fn load<'a>(
        store: Store,
        suite: Suite,
        files: impl IntoIterator<Item = &'a str>,
    ) -> Result<Self, JobError> {
        let office = Office::new(suite, Edition::wancheng_2026(), Calendar::china());
        let mut host = Self { office, store };
        for text in files {
            host.office.feed_file(text).map_err(|e| JobError::refused(&e))?;
        }
        host.catch_up()?;
        Ok(host)
    }

    /// The office.
    pub const fn office(&self) -> &Office {
        &self.office
    }

    /// The store.
    pub const fn store(&self) -> &Store {
        &self.store
    }

    /// All entries as they are stored, and the head that they lead to.
    ///
    /// # Errors
    /// A store that cannot be read.
    pub fn entries(&mut self) -> Result<(Vec<String>, Head), JobError> {
        self.store.behind(0)
    }

    /// Follows a command once: decides it, stores the entries with the host's own rows, and takes them over. `ask` makes
    /// the request from what the office knows, again whenever another process was faster. A command that was followed
    /// before, by whomever, is not asked again.
    ///
    /// # Errors
    /// A refusal, or a store that cannot be written. The office is then as it was, and so is the store.
    pub fn follow<'a>(
        &mut self,
        id: &CommandId,
        ask: impl Fn(&Office, &Store) -> Result<Asked<'a>, JobError>,
    ) -> Result<Option<Receipt>, JobError> {
        loop {
            self.catch_up()?;
            if self.store.followed(id)? {
                return Ok(None);
            }
            let Asked { request, own } = ask(&self.office, &self.store)?;
            let decision = match self.office.decide(request).map_err(|e| JobError::refused(&e))? {
                Answer::Repeated(receipt) => return Ok(Some(receipt)),
                Answer::Decided(decision) => decision,
            };
            if self.store.append(&decision, &own)? {
                let receipt = self.office.commit(decision).map_err(|e| JobError::refused(&e))?;
                self.feed()?;
                return Ok(Some(receipt));
            }
        }
    }

    /// Takes over what other processes have stored.
    ///
    /// # Errors
    /// A store that cannot be read, or whose entries do not lead to its head.
    pub fn catch_up(&mut self) -> Result<(), JobError> {
        if self.store.head()? == self.office.tip().head() {
            return Ok(());
        }
        let (entries, head) = self.store.behind(self.office.tip().head().size)?;
        self.office.catch_up(&entries, &head).map_err(|e| JobError::refused(&e))?;
        self.feed()
    }

    /// Feeds the rows of registers whose import is recorded and whose rows the office does not have yet.
    fn feed(&mut self) -> Result<(), JobError> {
        for (register, department) in unfed(&self.office.world().registers) {
            let rows = self.store.register(register, &department)?;
            let rows = rows.ok_or_else(|| missing(register, &department))?;
            let fed = self.office.feed_rows_json(register, department, rows.as_bytes());
            fed.map_err(|e| JobError::refused(&e))?;
        }
        Ok(())
    }
}

fn unfed(registers: &Registers) -> Vec<(RegisterKind, DepartmentId)> {
    let Registers { items, targets, inspectors, .. } = registers;
    let items = items.iter().filter(|(id, shelf)| shelf.fed(id).is_err()).map(|(id, _)| id);
    let targets = targets.iter().filter(|(id, shelf)| shelf.fed(id).is_err()).map(|(id, _)| id);
    let inspectors = inspectors.iter().filter(|(id, shelf)| shelf.fed(id).is_err());
    let items = items.map(|id| (RegisterKind::Items, id.clone()));
    let targets = targets.map(|id| (RegisterKind::Targets, id.clone()));
    let inspectors = inspectors.map(|(id, _)| (RegisterKind::Inspectors, id.clone()));
    items.chain(targets).chain(inspectors).collect()
}

fn missing(register: RegisterKind, department: &DepartmentId) -> JobError {
    JobError::unusable(
        format!("数据库中没有{department}的{register}名录各行"),
        format!("the database lacks the rows of {department}'s register of {register}"),
    )
}
