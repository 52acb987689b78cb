//! Articles 13 to 15: registers that come in by one import, whose rows the host keeps and feeds.

use crate::desk::{Desk, FIRE, HEALTH, MARKET, code, day, named};
use crate::host::{decided, requests, rules, stored};
use crate::registered::*;
use std::fmt::Debug;
use yicha::actor::Role;
use yicha::citation::Basis::{Article, Decision};
use yicha::event::Command;
use yicha::explain::Explain;
use yicha::hash::Suite;
use yicha::ledger::check_canonical;
use yicha::merkle::{Tree, leaf_hash};
use yicha::office::{Answer, CaseOffice};
use yicha::refusal::{Refusal, Refuse};
use yicha::register::inspector::{InspectorChange, InspectorCommand};
use yicha::register::item::{ItemCommand, ItemWithdrawn};
use yicha::register::shelf::Imported;
use yicha::register::target::TargetCommand;
use yicha::register::*;
use yicha::threads::Threads;
use yicha_tests::speaks_both_languages;

const SUITE: Suite = Suite::Sha256;

fn rows<R: shelf::Row + Debug>(department: &str, rows: impl IntoIterator<Item = R>) -> Rows<R> {
    Rows::new(code(department), rows).unwrap()
}

/// A desk at which the import of these inspectors of the fire department is recorded.
fn imported(rows: &Rows<Inspector>) -> Desk {
    let mut desk = Desk::new();
    desk.by(Role::Platform, FIRE).takes(InspectorCommand::Import(rows.import(SUITE)));
    desk
}

fn two() -> Rows<Inspector> {
    rows(FIRE, [inspector("F2", FIRE), inspector("F1", FIRE)])
}

#[track_caller]
fn refused(code: &str, refusal: impl Into<Refusal>) -> Refusal {
    let refusal = refusal.into();
    assert_eq!((refusal.code(), refusal.basis()), (code, Decision("rows-are-the-hosts")));
    assert!(!refusal.values().is_empty());
    speaks_both_languages(&refusal);
    refusal
}

#[test]
fn an_import_has_the_count_and_the_root_of_the_rows_in_the_order_of_their_keys() {
    let written =
        [inspector("F1", FIRE), inspector("F2", FIRE)].map(|row| serde_json::to_vec(&row).unwrap());
    written.iter().for_each(|row| check_canonical(row).unwrap());
    for suite in Suite::ALL {
        let leaves = written.iter().map(|row| leaf_hash(suite, row)).collect();
        let digest = Tree::new(suite, leaves, Threads::ONE).root();
        let wanted = Imported { count: 2, department: code(FIRE), digest };
        assert_eq!(two().import(suite), wanted);
        // As JSON, whichever way it is written.
        let lines = [&written[1][..], b"  \r\n ", &written[0]].concat();
        let of_json =
            |json: &[u8]| Imported::of_json(suite, RegisterKind::Inspectors, code(FIRE), json);
        assert_eq!(of_json(&lines), Ok(wanted));
        let other = [&written[1][..], b"\n"].concat();
        assert_ne!(of_json(&other).unwrap().digest, digest);
    }
}

#[test]
fn the_rows_of_an_import_are_fed_and_nothing_else() {
    let mut desk = imported(&two());
    let id = code("F1");
    assert!(desk.world.registers.inspector(&id).is_err());
    let before = desk.world.clone();
    let one_of_two = rows(FIRE, [inspector("F1", FIRE)]);
    let refusal =
        refused("register-rows-differ", desk.world.feed_rows(SUITE, one_of_two).unwrap_err());
    assert!(refusal.values().contains(&("count", "1".into())));
    assert!(refusal.values().contains(&("wanted_count", "2".into())));
    // The count alone does not do.
    let renamed = rows(FIRE, [inspector("F1", FIRE), inspector("F3", FIRE)]);
    refused("register-rows-differ", desk.world.feed_rows(SUITE, renamed).unwrap_err());
    let elsewhere = rows(HEALTH, [inspector("H1", HEALTH)]);
    refused("register-not-imported", desk.world.feed_rows(SUITE, elsewhere).unwrap_err());
    assert!(desk.world.registers.inspector(&id).is_err());

    desk.world.feed_rows(SUITE, two()).unwrap();
    assert_eq!(desk.world.registers.inspector(&id), Ok(Some(&inspector("F1", FIRE))));
    assert_eq!(desk.world, before, "what is fed is no part of the state");
    desk.world.feed_rows(SUITE, two()).unwrap();
}

#[test]
fn it_makes_no_difference_whether_rows_are_fed_before_or_after_the_changes() {
    let renewed = || {
        let certificate =
            Certificate { number: yicha::hash::Digest::ZERO, until: day("2029-12-31") };
        Inspector { certificate: Some(certificate), ..inspector("F1", FIRE) }
    };
    let revise = || InspectorCommand::Change(InspectorChange::Revised(renewed()));
    let mut desk = imported(&two());
    desk.refuses("register-not-fed", Decision("rows-are-the-hosts"), revise());
    desk.world.feed_rows(SUITE, two()).unwrap();
    let before = desk.world.clone();
    desk.takes(revise());
    assert_ne!(desk.world, before, "a change is");
    let found = |desk: &Desk| desk.world.registers.inspector(&code("F1")).unwrap().cloned();
    assert_eq!(found(&desk), Some(renewed()));
    // Loaded anew.
    desk.world.feed_rows(SUITE, two()).unwrap();
    assert_eq!(found(&desk), Some(renewed()));
    // What was there before an import is gone with it.
    let later = rows(FIRE, [inspector("F3", FIRE)]);
    desk.takes(InspectorCommand::Import(later.import(SUITE)));
    refused("register-rows-differ", desk.world.feed_rows(SUITE, two()).unwrap_err());
    desk.world.feed_rows(SUITE, later).unwrap();
    assert_eq!(found(&desk), None);
}

#[test]
fn a_row_that_could_not_come_in_by_itself_is_named() {
    let fault = |of: Result<Rows<Inspector>, RowFault>| of.unwrap_err();
    let department = || code(FIRE);
    let uncertified = Inspector { certificate: None, ..inspector("F2", FIRE) };
    let wrong = fault(Rows::new(department(), [inspector("F1", FIRE), uncertified.clone()]));
    assert_eq!((wrong.row, wrong.code()), (2, "enforcement-without-certificate"));
    assert_eq!(wrong.basis(), Article(15));
    speaks_both_languages(&wrong);
    assert!(wrong.values().contains(&("row", "2".into())));
    let support = Inspector { staff: Staff::Support, ..uncertified };
    rows(FIRE, [inspector("F1", FIRE), support]);

    let twice = fault(Rows::new(department(), ["F1", "F2", "F1"].map(|id| inspector(id, FIRE))));
    assert_eq!(twice.row, 3);
    refused("register-row-twice", twice);

    let another = fault(Rows::new(department(), [inspector("M1", MARKET)]));
    assert_eq!(another.row, 1);
    refused("register-row-of-another", another);

    let baseless = Item { basis: vec![], ..item("I1", FIRE) };
    let wrong = Rows::new(department(), [baseless]).unwrap_err();
    assert_eq!((wrong.code(), wrong.basis()), ("item-without-basis", Article(13)));
    let of_health = Rows::new(department(), [item("I1", HEALTH)]).unwrap_err();
    refused("register-row-of-another", of_health);
    // Two versions of an item are two rows.
    let later = Item { from: day("2026-01-01"), ..item("I1", FIRE) };
    let twice = Rows::new(department(), [item("I1", FIRE), later.clone(), later.clone()]);
    assert_eq!(twice.unwrap_err().row, 3);
    // The refusal names the row.
    let names = |twice: RowFault| named(&refused("register-row-twice", twice), "id");
    let row = || target("T1");
    assert_eq!(names(Rows::new(department(), [row(), row()]).unwrap_err()), "T1");
    let register =
        refused("register-row-twice", Rows::new(department(), [row(), row()]).unwrap_err());
    assert_eq!(named(&register, "register"), "targets");
    let row = || inspector("F1", FIRE);
    assert_eq!(names(Rows::new(department(), [row(), row()]).unwrap_err()), "F1");
    let row = || item("I1", FIRE);
    assert_eq!(names(Rows::new(department(), [row(), row()]).unwrap_err()), "I1 (2024-05-01)");
    assert_eq!(rows(FIRE, [item("I1", FIRE), later]).import(SUITE).count, 2);
}

#[test]
fn rows_as_json_have_all_of_their_fields_and_no_others() {
    let row = serde_json::to_string(&target("T1")).unwrap();
    for wrong in [
        row.replacen("\"id\"", "\"ID\"", 1),
        row.replacen("T1", "T 1", 1),
        row.replacen("{", "{\"name\":\"x\",", 1),
        row.replacen("enterprise", "firm", 1),
        format!("{row}{row}"),
        format!("[{row}]"),
        String::new(),
    ] {
        let json = format!("{row}\n{wrong}\n");
        let fault = Rows::<Target>::parse(code(MARKET), json.as_bytes()).unwrap_err();
        assert_eq!(fault.row, 2, "{wrong}");
        refused("register-row-unreadable", fault);
    }
    for (count, json) in [(0, String::new()), (1, row.clone()), (1, format!("{row}\n"))] {
        let read = Rows::<Target>::parse(code(MARKET), json.as_bytes()).unwrap();
        assert_eq!(read.import(SUITE).count, count);
    }
}

#[test]
fn an_office_is_fed_with_the_rows_that_its_ledger_names() {
    let mut desk = imported(&two());
    let (whole, store) = stored(&desk, SUITE);
    let single = || {
        let (edition, calendar) = rules();
        let entries = store.entries.iter().map(Vec::as_slice);
        CaseOffice::vouched(edition, calendar, store.tip.clone(), [].into(), entries).unwrap()
    };
    desk.world.feed_rows(SUITE, two()).unwrap();
    desk.by(Role::Officer, FIRE).takes(InspectorCommand::Change(InspectorChange::Revised(
        Inspector { level: Level::City, ..inspector("F1", FIRE) },
    )));
    // It needs the rows.
    let revise = || requests(&desk).pop().unwrap();
    let waits = |answer: Result<Answer, Refusal>| {
        refused("register-not-fed", answer.unwrap_err());
    };
    let [f1, f2] = ["F1", "F2"].map(|id| serde_json::to_string(&inspector(id, FIRE)).unwrap());
    let json = format!("{f1}\n{f2}\n").into_bytes();
    let (kind, fire) = (RegisterKind::Inspectors, || code(FIRE));

    // The whole office and that of single cases have the same methods, and no trait for them.
    macro_rules! is_fed {
        ($office:expr) => {
            let (mut office, mut read) = ($office, $office);
            waits(office.decide(revise()));
            refused("register-rows-differ", office.feed_rows_json(kind, fire(), b"").unwrap_err());
            office.feed_rows(two()).unwrap();
            read.feed_rows_json(kind, fire(), &json).unwrap();
            decided(office.decide(revise()));
            decided(read.decide(revise()));
        };
    }
    is_fed!(whole.clone());
    is_fed!(single());
}

#[test]
fn every_register_is_fed_as_json() {
    fn command(kind: RegisterKind, import: Imported) -> Command {
        match kind {
            RegisterKind::Items => ItemCommand::Import(import).into(),
            RegisterKind::Targets => TargetCommand::Import(import).into(),
            RegisterKind::Inspectors => InspectorCommand::Import(import).into(),
        }
    }
    let mut desk = Desk::new();
    desk.by(Role::Platform, FIRE);
    let texts = [
        serde_json::to_vec(&item("I1", FIRE)).unwrap(),
        serde_json::to_vec(&target("T1")).unwrap(),
        serde_json::to_vec(&inspector("F1", FIRE)).unwrap(),
    ];
    assert_eq!(RegisterKind::ALL.map(RegisterKind::code), ["items", "targets", "inspectors"]);
    assert_eq!(RegisterKind::from_code("guides"), None);
    for (kind, json) in RegisterKind::ALL.into_iter().zip(&texts) {
        assert_eq!(RegisterKind::from_code(kind.code()), Some(kind));
        let import = Imported::of_json(SUITE, kind, code(FIRE), json).unwrap();
        let import = || command(kind, import.clone());
        desk.by(Role::Officer, MARKET);
        desk.refuses("not-entitled-department", kind.basis(), import());
        desk.by(Role::Platform, FIRE).takes(import());
        desk.refuses("register-imported-already", Decision("rows-are-the-hosts"), import());
        let feed = |world: &mut yicha::world::World, json: &[u8]| {
            world.feed_rows_json(SUITE, kind, code(FIRE), json)
        };
        refused("register-row-unreadable", feed(&mut desk.world, b"{}").unwrap_err());
        refused("register-rows-differ", feed(&mut desk.world, b"").unwrap_err());
        feed(&mut desk.world, json).unwrap();
    }
    let registers = &desk.world.registers;
    assert!(registers.item(&code("I1"), day("2026-03-20")).unwrap().is_some());
    assert!(registers.target(&code("T1")).unwrap().is_some());
    assert!(registers.inspector(&code("F1")).unwrap().is_some());
    // What needs the rows can be decided now.
    let until = day("2026-12-31");
    let withdrawn = ItemWithdrawn { department: code(FIRE), item: code("I1"), until };
    desk.takes(ItemCommand::Change(item::ItemChange::Withdrawn(withdrawn)));
}
