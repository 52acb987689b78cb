//! 第十三条 随机抽查事项清单: items with basis, body, content and methods; versions with dates; published.

use crate::desk::{Desk, FIRE, HEALTH, MARKET, code, day, kept};
use crate::registered::{KEEPERS, item, set};
use yicha::actor::Role;
use yicha::citation::Basis::{Article, Decision};
use yicha::register::item::*;
use yicha::register::shelf::Imported;

const ID: &str = "411302-SX-0301";

fn withdraw(until: &str) -> ItemCommand {
    let until = day(until);
    let withdrawn = ItemWithdrawn { department: code(FIRE), item: code(ID), until };
    ItemCommand::Change(ItemChange::Withdrawn(withdrawn))
}

fn publish(platforms: &[&str]) -> ItemCommand {
    let platforms = platforms.iter().map(|name| code(name)).collect();
    ItemCommand::Publish(ListPublished {
        department: code(FIRE), digest: kept("清单"), platforms
    })
}

fn import(text: &str) -> ItemCommand {
    ItemCommand::Import(Imported { count: 1, department: code(FIRE), digest: kept(text) })
}

/// The first days of the versions in force on these days.
fn in_force<const N: usize>(desk: &Desk, days: [&str; N]) -> [Option<String>; N] {
    let found = |on| desk.world.registers.item(&code(ID), day(on)).unwrap();
    days.map(|on| found(on).map(|item| item.from.to_string()))
}

#[test]
fn an_item_names_its_legal_basis_and_its_methods() {
    let mut desk = Desk::new();
    desk.by(Role::Officer, FIRE);
    let without_basis = Item { basis: vec![], ..item(ID, FIRE) };
    desk.refuses("item-without-basis", Article(13), set(without_basis));
    let without_method = Item { methods: [].into(), ..item(ID, FIRE) };
    desk.refuses("item-without-method", Article(13), set(without_method));
    desk.takes(set(item(ID, FIRE)));
    let listed = desk.world.registers.item(&code(ID), day("2026-03-20")).unwrap().unwrap();
    assert_eq!(listed.basis[0].to_string(), "《中华人民共和国消防法》");
}

#[test]
fn a_department_keeps_its_own_list() {
    for role in Role::ALL {
        let mut desk = Desk::new();
        match KEEPERS.contains(&role) {
            true => _ = desk.by(role, FIRE).takes(set(item(ID, FIRE))),
            false => {
                _ = desk.by(role, FIRE).refuses(
                    "not-entitled-role",
                    Article(13),
                    set(item(ID, FIRE)),
                );
            }
        }
    }
    let mut desk = Desk::new();
    desk.by(Role::Officer, MARKET);
    desk.refuses("not-entitled-department", Article(13), set(item(ID, FIRE)));
    desk.refuses("not-entitled-department", Article(13), import("rows"));
    desk.refuses("not-entitled-department", Article(13), publish(&["信用中国"]));
}

#[test]
fn a_number_belongs_to_one_department() {
    let mut desk = Desk::new();
    desk.by(Role::Officer, FIRE).takes(set(item(ID, FIRE)));
    desk.by(Role::Officer, MARKET);
    desk.refuses("item-of-another-department", Article(13), set(item(ID, MARKET)));
    desk.takes(set(item("411302-SX-0105", MARKET)));
}

#[test]
fn a_version_is_in_force_from_its_first_day_to_the_next_ones() {
    let mut desk = Desk::new();
    desk.by(Role::Officer, FIRE);
    desk.on("2026-04-10").takes(set(item(ID, FIRE)));
    desk.takes(set(Item { from: day("2026-07-01"), kind: ItemKind::Key, ..item(ID, FIRE) }));
    let days = ["2024-04-30", "2024-05-01", "2026-06-30", "2026-07-01"];
    let [none, first, same, next] = in_force(&desk, days);
    assert_eq!((none, first), (None, Some("2024-05-01".into())));
    assert_eq!((same, next), (Some("2024-05-01".into()), Some("2026-07-01".into())));
}

#[test]
fn what_was_in_force_is_not_rewritten() {
    let mut desk = Desk::new();
    desk.by(Role::Officer, FIRE).on("2026-04-10");
    // The first version may be older than its record.
    desk.takes(set(item(ID, FIRE)));
    let from = |text| Item { from: day(text), ..item(ID, FIRE) };
    desk.refuses("item-backdated", Article(13), set(from("2026-04-09")));
    desk.takes(set(from("2026-04-10")));
    // A slip of the pen is put right on the same day.
    desk.takes(set(Item { joint: false, ..from("2026-04-10") }));
    let listed = desk.world.registers.item(&code(ID), day("2026-04-10")).unwrap();
    assert_eq!(listed.map(|item| item.joint), Some(false));
}

#[test]
fn an_item_ends_on_a_day_ahead() {
    let mut desk = Desk::new();
    desk.by(Role::Officer, FIRE).on("2026-04-10");
    let until = |text| Item { until: Some(day(text)), ..item(ID, FIRE) };
    desk.refuses("item-ends-before-it-begins", Article(13), set(until("2024-04-30")));
    // For one day.
    Desk::new().by(Role::Officer, FIRE).takes(set(until("2024-05-01")));
    desk.refuses("item-not-on-list", Article(13), withdraw("2026-04-30"));
    desk.takes(set(until("2026-12-31")));
    desk.takes(set(Item { from: day("2026-07-01"), ..item(ID, FIRE) }));
    desk.refuses("item-withdrawn-backwards", Article(13), withdraw("2026-04-09"));
    desk.clone().takes(withdraw("2026-04-10"));
    // The version of July falls away with it.
    desk.takes(withdraw("2026-04-30"));
    let [last, gone, july] = in_force(&desk, ["2026-04-30", "2026-05-01", "2026-07-01"]);
    assert_eq!((last, gone, july), (Some("2024-05-01".into()), None, None));
    desk.refuses("item-not-on-list", Article(13), withdraw("2026-05-01"));
    // An item can come back.
    desk.takes(set(Item { from: day("2026-06-01"), ..item(ID, FIRE) }));
    assert_eq!(in_force(&desk, ["2026-05-31", "2026-06-01"])[0], None);
    assert!(in_force(&desk, ["2026-06-01"])[0].is_some());
}

#[test]
fn a_list_is_published_after_each_change() {
    let mut desk = Desk::new();
    desk.by(Role::Officer, FIRE);
    desk.refuses("item-list-empty", Article(13), publish(&["信用中国（河南）"]));
    desk.on("2026-04-10").takes(set(item(ID, FIRE)));
    desk.on("2026-04-12").takes(set(item("411302-SX-0302", FIRE)));
    let pending = |desk: &Desk| desk.world.registers.publicity[FIRE].pending_since;
    assert_eq!(pending(&desk), Some(day("2026-04-10")));
    desk.refuses("item-list-empty", Article(13), publish(&[]));
    desk.on("2026-04-15").takes(publish(&["信用中国（河南）"]));
    assert_eq!(pending(&desk), None);
    desk.on("2026-04-20").takes(withdraw("2026-04-30"));
    assert_eq!(pending(&desk), Some(day("2026-04-20")));
    let (on, _) = desk.world.registers.publicity[FIRE].last.as_ref().unwrap();
    assert_eq!(*on, day("2026-04-15"));
}

#[test]
fn an_import_is_recorded_once_and_needs_its_rows() {
    let mut desk = Desk::new();
    desk.by(Role::Platform, FIRE).takes(import("rows of March"));
    desk.refuses(
        "register-imported-already",
        Decision("rows-are-the-hosts"),
        import("rows of March"),
    );
    desk.refuses("register-not-fed", Decision("rows-are-the-hosts"), set(item(ID, FIRE)));
    assert!(desk.world.registers.item(&code(ID), day("2026-03-20")).is_err());
    // Another department's list does not wait for it.
    desk.takes(set(item("411302-SX-0401", HEALTH)));
    desk.takes(import("rows of April"));
}
