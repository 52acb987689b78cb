//! 第八条 信息共享: permits, penalties and results between departments, across levels and regions.

use crate::desk::{Desk, FIRE, HEALTH, MARKET, code, day, kept};
use yicha::actor::{Purpose, Role};
use yicha::citation::Basis::Article;
use yicha::register::Level;
use yicha::sharing::*;

/// The city's market supervision department, which is not of the district.
const CITY: &str = "11411300MB0001";

fn state(receiver: &str, kind: SharedKind) -> SharingCommand {
    let level = if receiver == CITY { Level::City } else { Level::County };
    let (division, receiver) = (code("411300"), code(receiver));
    let purpose = Purpose::Inspection;
    SharingCommand::StatePurpose {
        stated: PurposeStated { division, kind, level, purpose, receiver },
    }
}

fn end(receiver: &str) -> SharingCommand {
    let ended = PurposeEnded { kind: SharedKind::Penalty, receiver: code(receiver) };
    SharingCommand::EndPurpose { ended }
}

fn penalty(text: &str) -> Version {
    let (content, document) = (kept(text), code("宛区消行罚决字〔2026〕第0007号"));
    Version { content, document, kind: SharedKind::Penalty }
}

fn share(receivers: &[&str]) -> SharingCommand {
    SharingCommand::Share {
        given: penalty("罚款"),
        record: code("GX-1"),
        receivers: receivers.iter().map(|receiver| code(receiver)).collect(),
        sender: code(FIRE),
        target: code("91411302XN42U3W14X"),
    }
}

fn revise(given: Version) -> SharingCommand {
    SharingCommand::Revise { given, record: code("GX-1") }
}

fn acknowledge(receiver: &str, version: u64) -> SharingCommand {
    let received = Received { receipt: code("HZ-0001"), receiver: code(receiver), version };
    SharingCommand::Acknowledge { received, record: code("GX-1") }
}

/// The market department and the city's have recorded what they use penalties for.
fn with_purposes() -> Desk {
    let mut desk = Desk::new();
    desk.by(Role::Officer, MARKET).takes(state(MARKET, SharedKind::Penalty));
    desk.by_joint_office().takes(state(CITY, SharedKind::Penalty));
    desk.by(Role::Officer, FIRE);
    desk
}

fn unacknowledged(desk: &Desk) -> Vec<(&str, String)> {
    let open = desk.world.sharing.records["GX-1"].unacknowledged();
    open.map(|(receiver, since)| (receiver.as_str(), since.to_string())).collect()
}

#[test]
fn a_receiver_has_a_recorded_purpose() {
    let mut desk = Desk::new();
    desk.by(Role::Officer, FIRE);
    desk.refuses("receiver-without-purpose", Article(8), share(&[MARKET]));
    desk.by(Role::Officer, MARKET).takes(state(MARKET, SharedKind::Permit));
    desk.by(Role::Officer, FIRE);
    // A purpose for permits is none for penalties.
    desk.refuses("receiver-without-purpose", Article(8), share(&[MARKET]));
    desk.by(Role::Officer, MARKET).takes(state(MARKET, SharedKind::Penalty));
    desk.by(Role::Officer, FIRE);
    desk.refuses("receiver-without-purpose", Article(8), share(&[HEALTH, MARKET]));
    desk.takes(share(&[MARKET]));
    let shared = &desk.world.sharing.records["GX-1"].shared;
    assert_eq!(shared.receivers[MARKET], Purpose::Inspection);
}

#[test]
fn a_purpose_that_ended_is_none() {
    let mut desk = with_purposes();
    desk.by(Role::Officer, MARKET).takes(end(MARKET));
    desk.refuses("receiver-without-purpose", Article(8), end(MARKET));
    desk.by(Role::Officer, FIRE);
    desk.refuses("receiver-without-purpose", Article(8), share(&[MARKET]));
    desk.takes(share(&[CITY]));
}

#[test]
fn a_receiver_speaks_for_itself_and_the_joint_office_for_those_outside() {
    let mut desk = Desk::new();
    desk.by(Role::Officer, FIRE);
    let of_market = || state(MARKET, SharedKind::Penalty);
    desk.refuses("not-entitled-department", Article(8), of_market());
    desk.by(Role::Inspector, MARKET).refuses("not-entitled-role", Article(8), of_market());
    desk.by(Role::DepartmentHead, MARKET).takes(of_market());
    desk.by(Role::Officer, FIRE).refuses("not-entitled-department", Article(8), end(MARKET));
    desk.by_joint_office().takes(state(CITY, SharedKind::Penalty));
}

#[test]
fn a_record_goes_from_its_department_to_others_once() {
    let mut desk = with_purposes();
    desk.refuses("sharing-without-receiver", Article(8), share(&[]));
    desk.refuses("sharing-without-receiver", Article(8), share(&[FIRE, MARKET]));
    desk.by(Role::Officer, MARKET).refuses("not-entitled-department", Article(8), share(&[CITY]));
    desk.by(Role::Inspector, FIRE).refuses("not-entitled-role", Article(8), share(&[CITY]));
    desk.by(Role::Platform, "").takes(share(&[MARKET, CITY]));
    desk.refuses("case-exists", Article(4), share(&[MARKET]));
}

#[test]
fn a_correction_is_a_version_that_goes_to_all_receivers() {
    let mut desk = with_purposes();
    desk.refuses("case-unknown", Article(4), revise(penalty("撤销")));
    desk.on("2026-04-01").takes(share(&[MARKET, CITY]));
    desk.by(Role::Officer, MARKET).takes(acknowledge(MARKET, 1));
    assert_eq!(unacknowledged(&desk), [(CITY, "2026-04-01".into())]);
    desk.on("2026-05-01");
    desk.refuses("not-entitled-department", Article(8), revise(penalty("撤销")));
    desk.by(Role::Officer, FIRE);
    desk.refuses("shared-unchanged", Article(8), revise(penalty("罚款")));
    let permit = Version { kind: SharedKind::Permit, ..penalty("撤销") };
    desk.refuses("shared-kind-changed", Article(8), revise(permit));
    desk.takes(revise(penalty("撤销")));
    let since = || "2026-05-01".to_string();
    assert_eq!(unacknowledged(&desk), [(CITY, since()), (MARKET, since())]);
    // Back to what it said at first: another version, too.
    desk.takes(revise(penalty("罚款")));
    assert_eq!(desk.world.sharing.records["GX-1"].version(), 3);
}

#[test]
fn receivers_acknowledge_the_last_version_once() {
    let mut desk = with_purposes();
    desk.on("2026-04-01").refuses("case-unknown", Article(4), acknowledge(FIRE, 1));
    desk.takes(share(&[MARKET, CITY]));
    desk.refuses("not-entitled-department", Article(8), acknowledge(MARKET, 1));
    desk.refuses("not-a-receiver", Article(8), acknowledge(FIRE, 1));
    desk.by(Role::Officer, MARKET);
    desk.refuses("shared-version-not-last", Article(8), acknowledge(MARKET, 2));
    desk.takes(acknowledge(MARKET, 1));
    desk.refuses("sharing-received-already", Article(8), acknowledge(MARKET, 1));
    desk.by(Role::Officer, FIRE).takes(revise(penalty("撤销")));
    desk.by(Role::Officer, MARKET);
    desk.refuses("shared-version-not-last", Article(8), acknowledge(MARKET, 1));
    desk.on("2026-04-02").takes(acknowledge(MARKET, 2));
    desk.by_joint_office().takes(acknowledge(CITY, 2));
    assert_eq!(unacknowledged(&desk), []);
    let (on, _) = &desk.world.sharing.records["GX-1"].receipts[MARKET];
    assert_eq!(*on, day("2026-04-02"));
}
