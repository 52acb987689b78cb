//! One act of the year: who does what, when and for what. It is made from what the office knows, so a run that was
//! killed goes on with the same acts.

use super::host::Asked;
use super::rows;
use super::store::{Own, Store};
use crate::job::JobError;
use crate::register::Department;
use std::str::FromStr;
use yicha::actor::{Actor, Purpose, Role};
use yicha::code::{CaseCode, CommandId, DepartmentId, InspectorId, PersonCode};
use yicha::date::{Date, Instant};
use yicha::event::Command;
use yicha::explain::Explain;
use yicha::hash::{Digest, Suite};
use yicha::inspection::Inspection;
use yicha::office::{Office, Request};
use yicha::version::V1;
use yicha::world::World;

/// An act.
pub(super) struct Act<'a> {
    /// Its number. A command that is sent again has the same.
    pub(super) id: CommandId,
    /// The day on which it takes effect, and is recorded.
    pub(super) day: Date,
    /// Not recorded before this instant; nothing: nine in the morning in Beijing.
    pub(super) at: Option<Instant>,
    /// Who acts.
    pub(super) who: Who<'a>,
    /// For what.
    pub(super) purpose: Purpose,
    /// What is asked for.
    pub(super) what: What<'a>,
}

/// Makes the command from what the office knows.
pub(super) type What<'a> = Box<dyn Fn(&mut Scene<'_, 'a>) -> Result<Command, JobError> + 'a>;

/// Who acts.
#[derive(Clone)]
pub(super) enum Who<'a> {
    JointOffice,
    Platform,
    Officer(&'a Department),
    Head(&'a Department),
    /// The first member of the department in an inspection's team; of the initiator that is its leader.
    Inspector(&'a Department, CaseCode),
}

/// What a command is made from.
pub(super) struct Scene<'s, 'a> {
    pub(super) world: &'s World,
    pub(super) store: &'s Store,
    pub(super) suite: Suite,
    act: &'s CommandId,
    key: &'s [u8; 32],
    own: Vec<Own<'a>>,
}

impl<'a> Act<'a> {
    /// The request with the host's own rows.
    pub(super) fn ask(
        &self,
        office: &Office,
        store: &Store,
        key: &[u8; 32],
    ) -> Result<Asked<'a>, JobError> {
        let (world, suite) = (office.world(), office.tip().suite());
        let actor = self.who.actor(world)?;
        let mut scene = Scene { world, store, suite, act: &self.id, key, own: Vec::new() };
        let command = (self.what)(&mut scene)?;
        let own = scene.own;
        let (effective, id, purpose) = (self.day, self.id.clone(), self.purpose);
        let recorded = self.recorded(office)?;
        Ok(Asked {
            request: Request { actor, command, effective, id, purpose, recorded, v: V1 },
            own,
        })
    }

    /// A second after the act before, or when its own day begins.
    fn recorded(&self, office: &Office) -> Result<Instant, JobError> {
        let begins = match self.at {
            Some(at) => at,
            None => crate::job::nine_in_the_morning(self.day)?,
        };
        match office.tip().recorded() {
            Some(last) if last >= begins => crate::job::later(last, 1),
            _ => Ok(begins),
        }
    }
}

impl Who<'_> {
    /// Who that is; a person as the host's code, never by name.
    fn actor(&self, world: &World) -> Result<Actor, JobError> {
        let (department, id, role) = match self {
            Self::JointOffice => (None, code("joint-office")?, Role::JointOffice),
            Self::Platform => (None, code("platform")?, Role::Platform),
            Self::Officer(department) => {
                (Some(*department), code(format!("{}-officer", department.id))?, Role::Officer)
            }
            Self::Head(department) => (Some(*department), head(department)?, Role::DepartmentHead),
            Self::Inspector(department, inspection) => {
                let team = team(
                    world.inspection(inspection).map_err(|e| JobError::refused(&e))?,
                    &department.id,
                );
                let first = team.first().map_or("nobody", |id| id.as_str());
                (Some(*department), code(first)?, Role::Inspector)
            }
        };
        Ok(Actor { department: department.map(|department| department.id.clone()), id, role })
    }
}

fn head(department: &Department) -> Result<PersonCode, JobError> {
    match &department.head {
        Some(head) => Ok(head.clone()),
        None => code(format!("{}-head", department.id)),
    }
}

/// The members of a department in a team, the leader first.
pub(super) fn team(inspection: &Inspection, department: &DepartmentId) -> Vec<InspectorId> {
    let own = inspection.assignment.team.iter().filter(|member| member.department == *department);
    let mut own: Vec<_> = own.map(|member| (!member.leader, member.inspector.clone())).collect();
    own.sort_by_key(|(other, _)| *other);
    own.into_iter().map(|(_, inspector)| inspector).collect()
}

impl<'a> Scene<'_, 'a> {
    /// Keeps a document: the host has its text, the ledger only the digest of it with a salt, so that nobody can try out what
    /// it may say, and that it can be erased.
    pub(super) fn keep(&mut self, name: &str, text: impl AsRef<str>) -> Digest {
        let (act, name) = (self.act.as_str(), name.to_owned());
        let salt = self.suite.digest(&[self.key, act.as_bytes(), b"\n", name.as_bytes()]);
        let text = format!("salt\t{}\n{}\n", hex::encode(&salt.as_bytes()[..16]), text.as_ref());
        let digest = self.suite.digest(&[text.as_bytes()]);
        self.also(move |all| rows::keep(all, &digest, &name, &text));
        digest
    }

    /// Writes a row of the host's own with the entries.
    pub(super) fn also(
        &mut self,
        own: impl Fn(&rusqlite::Transaction<'_>) -> rusqlite::Result<()> + 'a,
    ) {
        self.own.push(Box::new(own));
    }

    /// An inspection.
    pub(super) fn inspection(&self, id: &CaseCode) -> Result<&Inspection, JobError> {
        self.world.inspection(id).map_err(|e| JobError::refused(&e))
    }
}

/// A code or text of the core.
pub(super) fn code<T: FromStr<Err: Explain>>(text: impl AsRef<str>) -> Result<T, JobError> {
    text.as_ref().parse().map_err(|e: T::Err| JobError::refused(&e))
}
