//! 第二十六条 信息使用: data of targets and inspectors are used for the regulation's purposes, and each use is recorded.

use crate::desk::{Desk, FIRE, MARKET, code, kept};
use yicha::actor::{Actor, Purpose, Role};
use yicha::citation::Basis::{Article, Decision};
use yicha::disclosure::*;
use yicha::explain::Explain;

fn show(data: &[DataKind], reader: Reader) -> DisclosureCommand {
    let shown = Shown {
        about: About::Scheme(code("2026-1")),
        count: 12,
        data: data.iter().copied().collect(),
        digest: kept("名单"),
        reader,
    };
    DisclosureCommand::Show { disclosure: code("PL-1"), shown }
}

fn person(department: &str) -> Reader {
    let (department, id) = (Some(code(department)), code("u1"));
    Reader::Person(Actor { department, id, role: Role::Officer })
}

#[test]
fn another_purpose_is_none_of_the_regulations() {
    for purpose in Purpose::ALL {
        assert_eq!(Purpose::read(purpose.code()), Ok(purpose));
        let json = serde_json::to_string(&purpose).unwrap();
        assert_eq!(serde_json::from_str::<Purpose>(&json).unwrap(), purpose);
    }
    for purpose in ["marketing", "", "Inspection", "检查"] {
        let refusal = Purpose::read(purpose).unwrap_err();
        assert_eq!((refusal.code(), refusal.basis()), ("purpose-outside-regulation", Article(26)));
        let json = serde_json::to_string(purpose).unwrap();
        assert!(serde_json::from_str::<Purpose>(&json).is_err(), "{purpose}");
    }
}

#[test]
fn a_use_of_data_is_recorded_with_reader_kinds_and_purpose() {
    let mut desk = Desk::new();
    desk.by(Role::Officer, MARKET).stamp.purpose = Purpose::Inspection;
    let command = || show(&[DataKind::Contacts, DataKind::Inspectors], person(MARKET));
    desk.takes(command());
    desk.refuses("case-exists", Article(4), command());
    let disclosure = &desk.world.disclosures["PL-1"];
    assert_eq!(disclosure.purpose, Purpose::Inspection);
    assert_eq!((disclosure.shown.count, &disclosure.shown.reader), (12, &person(MARKET)));
}

#[test]
fn a_record_says_what_was_shown() {
    let mut desk = Desk::new();
    desk.by(Role::Officer, MARKET);
    desk.refuses("disclosure-of-nothing", Article(26), show(&[], person(MARKET)));
    let DisclosureCommand::Show { disclosure, shown } = show(&[DataKind::Targets], person(MARKET));
    let none = Shown { count: 0, ..shown.clone() };
    let command = DisclosureCommand::Show { disclosure: disclosure.clone(), shown: none };
    desk.refuses("disclosure-of-nothing", Article(26), command);
    desk.takes(DisclosureCommand::Show { disclosure, shown });
}

#[test]
fn a_reader_is_recorded_by_its_department_or_by_the_platform() {
    let mut desk = Desk::new();
    let command = || show(&[DataKind::Targets], person(MARKET));
    desk.by(Role::Officer, FIRE).refuses("not-entitled-department", Article(26), command());
    desk.by(Role::Platform, "").takes(command());
    // The joint office has no department.
    let actor = Actor { department: None, id: code("u2"), role: Role::JointOffice };
    let mut desk = Desk::new();
    desk.takes(show(&[DataKind::Targets], Reader::Person(actor)));
}

#[test]
fn data_that_are_not_public_are_shown_for_what_needs_them() {
    // Kinds by purposes: what is marked is shown.
    let table = [
        // Contacts, Classes, Inspectors, Recusals, Records
        (Purpose::Planning, [false, true, false, false, false]),
        (Purpose::Coordination, [false, false, false, false, false]),
        (Purpose::Sharing, [false, false, false, false, true]),
        (Purpose::RiskMonitoring, [false, true, false, false, false]),
        (Purpose::FollowUp, [true, false, false, false, true]),
        (Purpose::Registers, [true, true, true, false, false]),
        (Purpose::Draw, [false, true, true, true, false]),
        (Purpose::Inspection, [true, false, true, true, true]),
        (Purpose::Publication, [true, false, false, false, true]),
        (Purpose::Archive, [true, false, true, true, true]),
        (Purpose::CreditRepair, [true, false, false, false, true]),
        (Purpose::Supervision, [true, true, true, true, true]),
    ];
    assert_eq!(table.map(|(purpose, _)| purpose), Purpose::ALL);
    use DataKind::*;
    let kinds = [Contacts, Classes, Inspectors, Recusals, Records];
    for (purpose, row) in table {
        for (kind, lawful) in kinds.into_iter().zip(row).chain([(Targets, true), (Results, true)]) {
            let mut desk = Desk::new();
            desk.stamp.purpose = purpose;
            let command = show(&[Targets, kind], person(MARKET));
            let basis = Decision("data-by-purpose");
            match lawful {
                true => _ = desk.takes(command),
                false => _ = desk.refuses("purpose-not-for-data", basis, command),
            }
        }
    }
}

#[test]
fn public_views_carry_no_personal_data_and_no_risk_class() {
    for kind in DataKind::ALL {
        let mut desk = Desk::new();
        desk.by(Role::Platform, "").stamp.purpose = Purpose::Supervision;
        let command = show(&[DataKind::Results, kind], Reader::Public);
        match kind {
            DataKind::Targets | DataKind::Results => _ = desk.takes(command),
            _ => _ = desk.refuses("data-not-public", Article(26), command),
        }
    }
}
