//! An office over its store: a lost race is decided again, a failed commit leaves both as they were, and nothing happens
//! twice.

use super::small::scratch;
use std::cell::RefCell;
use std::path::Path;
use yicha::actor::{Actor, Purpose, Role};
use yicha::code::{CommandId, DepartmentId};
use yicha::hash::Suite;
use yicha::office::Request;
use yicha::plan::joint_list::{JointListCommand, Listed, ListedItem};
use yicha::version::V1;
use yicha_examples::job::JobError;
use yicha_examples::year::host::{Asked, Host};
use yicha_examples::year::store::Store;

fn code<T: std::str::FromStr<Err: std::fmt::Debug>>(text: &str) -> T {
    text.parse().unwrap()
}

fn host(folder: &Path) -> Host {
    let store = Store::open(&folder.join("office.sqlite"), Suite::Sha256).unwrap();
    Host::load(store, Suite::Sha256, []).unwrap()
}

/// The joint office issues the list of an industry.
fn issue(industry: &str) -> Asked<'static> {
    let department = |id| code::<DepartmentId>(id);
    let item = |id| ListedItem { body: department(id), department: department(id) };
    let listed = Listed {
        document: code("宛区双随机办〔2026〕4号"),
        items: [(code("I-1"), item("D-1")), (code("I-2"), item("D-2"))].into(),
        lead: department("D-1"),
    };
    let actor = Actor { department: None, id: code("joint-office"), role: Role::JointOffice };
    let command = JointListCommand::Issue { industry: code(industry), listed }.into();
    let request = Request {
        actor,
        command,
        effective: code("2026-04-01"),
        id: code(industry),
        purpose: Purpose::Planning,
        recorded: code("2026-04-01T01:00:00Z"),
        v: V1,
    };
    Asked { request, own: Vec::new() }
}

fn follow(host: &mut Host, industry: &str) -> Result<bool, JobError> {
    let followed = host.follow(&code(industry), |_, _| Ok(issue(industry)))?;
    Ok(followed.is_some())
}

/// The head in the office and in the store, which are the same when nobody else writes.
fn sizes(host: &Host) -> (u64, u64) {
    (host.office().tip().head().size, host.store().head().unwrap().size)
}

#[test]
fn a_command_that_is_sent_again_happens_once() {
    let folder = scratch();
    let mut here = host(folder.path());
    assert!(follow(&mut here, "62").unwrap());
    assert!(!follow(&mut here, "62").unwrap());
    let mut after_a_restart = host(folder.path());
    assert_eq!(sizes(&after_a_restart), (1, 1));
    assert!(!follow(&mut after_a_restart, "62").unwrap());
    assert!(follow(&mut after_a_restart, "63").unwrap());
    assert_eq!(sizes(&after_a_restart), (2, 2));
}

#[test]
fn who_loses_a_race_decides_again() {
    let folder = scratch();
    let (mut here, there) = (host(folder.path()), RefCell::new(host(folder.path())));
    let asked = RefCell::new(0);
    let followed = here.follow(&code("62"), |office, _| {
        *asked.borrow_mut() += 1;
        // While this one decides, the other one is faster, once.
        if *asked.borrow() == 1 {
            assert!(follow(&mut there.borrow_mut(), "63").unwrap());
            assert_eq!(office.tip().head().size, 0);
        }
        Ok(issue("62"))
    });
    assert_eq!(followed.unwrap().unwrap().first, 1, "behind the entry of the other one");
    assert_eq!((*asked.borrow(), sizes(&here)), (2, (2, 2)));
    assert_eq!(here.office().world().joint_lists.len(), 2);
    let mut there = there.into_inner();
    assert_eq!(sizes(&there), (1, 2));
    there.catch_up().unwrap();
    assert!(there.office().world() == here.office().world());
}

#[test]
fn a_commit_that_fails_leaves_office_and_store_as_they_were() {
    let folder = scratch();
    let mut here = host(folder.path());
    follow(&mut here, "62").unwrap();
    let before = here.office().world().clone();
    let id: CommandId = code("63");
    let fails = here.follow(&id, |_, _| {
        let mut asked = issue("63");
        asked
            .own
            .push(Box::new(|all| all.execute("INSERT INTO nowhere VALUES (1)", []).map(|_| ())));
        Ok(asked)
    });
    assert!(matches!(fails, Err(JobError::File { .. })));
    assert_eq!(sizes(&here), (1, 1));
    assert!(*here.office().world() == before && !here.store().followed(&id).unwrap());
    // The same again, when whatever was wrong is right.
    assert!(follow(&mut here, "63").unwrap());
    assert_eq!(sizes(&here), (2, 2));
}

#[test]
fn a_refusal_leaves_office_and_store_as_they_were() {
    let folder = scratch();
    let mut here = host(folder.path());
    let refused = here.follow(&code("62"), |_, _| {
        let mut asked = issue("62");
        asked.request.actor.role = Role::Platform;
        Ok(asked)
    });
    assert_eq!(refused.unwrap_err().exit_code(), 1);
    assert_eq!(sizes(&here), (0, 0));
    assert!(follow(&mut here, "62").unwrap());
}

#[test]
fn a_store_that_was_changed_is_not_loaded() {
    let folder = scratch();
    let mut here = host(folder.path());
    follow(&mut here, "62").unwrap();
    follow(&mut here, "63").unwrap();
    drop(here);
    let path = folder.path().join("office.sqlite");
    let database = rusqlite::Connection::open(&path).unwrap();
    let change = "UPDATE entry SET bytes = replace(bytes, 'D-2', 'D-3') WHERE sequence = 0";
    assert_eq!(database.execute(change, []).unwrap(), 1);
    let store = Store::open(&path, Suite::Sha256).unwrap();
    let refused = Host::load(store, Suite::Sha256, []).err().unwrap();
    assert!(refused.to_string().contains("the entries lead to"), "{refused}");
}
