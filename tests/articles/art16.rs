//! 第十六条 抽查工作指引: a guide for each item, in versions, reviewed when a law that it cites changes.

use crate::desk::{Desk, FIRE, MARKET, code, day, kept};
use crate::planned::{FIRE_SAFETY, make, scheme, with_plan};
use crate::registered::{guide, issue_guide, item, law, law_changed, set};
use yicha::actor::Role;
use yicha::citation::Basis::Article;
use yicha::register::guide::*;

const ID: &str = "411302-SX-0301";

/// The fire department has an item on its list.
fn with_item() -> Desk {
    let mut desk = Desk::new();
    desk.by(Role::Officer, FIRE).takes(set(item(ID, FIRE)));
    desk
}

fn keep() -> GuideCommand {
    GuideCommand::Keep(GuideKept { item: code(ID), reasons: kept("不涉及检查方法") })
}

#[test]
fn a_guide_is_made_for_an_item_of_the_departments_list() {
    let mut desk = Desk::new();
    desk.by(Role::Officer, FIRE);
    desk.refuses("guide-without-item", Article(16), issue_guide(guide(ID, FIRE)));
    let mut desk = with_item();
    desk.by(Role::Officer, MARKET);
    desk.refuses("guide-without-item", Article(16), issue_guide(guide(ID, MARKET)));
    desk.refuses("not-entitled-department", Article(16), issue_guide(guide(ID, FIRE)));
    desk.by(Role::Platform, "");
    desk.refuses("not-entitled-role", Article(16), issue_guide(guide(ID, FIRE)));
    desk.by(Role::DepartmentHead, FIRE).takes(issue_guide(guide(ID, FIRE)));
}

#[test]
fn a_guide_says_what_law_it_follows_and_by_which_methods() {
    let mut desk = with_item();
    let without_law = Guide { laws: vec![], ..guide(ID, FIRE) };
    desk.refuses("guide-without-law", Article(16), issue_guide(without_law));
    let without_method = Guide { methods: [].into(), ..guide(ID, FIRE) };
    desk.refuses("guide-without-method", Article(16), issue_guide(without_method));
    desk.takes(issue_guide(guide(ID, FIRE)));
}

#[test]
fn versions_are_in_force_from_their_days_and_not_rewritten() {
    let mut desk = with_item();
    let from = |text| Guide { from: day(text), ..guide(ID, FIRE) };
    desk.on("2026-04-10").takes(issue_guide(from("2026-04-01")));
    desk.refuses("guide-backdated", Article(16), issue_guide(from("2026-04-09")));
    desk.takes(issue_guide(from("2026-06-01")));
    // Brought forward: the version of June falls away.
    desk.takes(issue_guide(from("2026-05-01")));
    // And that one is made anew before it is in force.
    let anew = Guide { points: kept("要点"), ..from("2026-05-01") };
    desk.takes(issue_guide(anew.clone()));
    let registers = &desk.world.registers;
    assert_eq!(registers.guides[ID].versions, [from("2026-04-01"), anew]);
    let on = |text| registers.guides[ID].on(day(text)).map(|guide| guide.from.to_string());
    let cases = [
        ("2026-03-31", None),
        ("2026-04-01", Some("2026-04-01")),
        ("2026-04-30", Some("2026-04-01")),
        ("2026-05-01", Some("2026-05-01")),
        ("2026-06-01", Some("2026-05-01")),
    ];
    for (text, wanted) in cases {
        assert_eq!(on(text).as_deref(), wanted, "{text}");
        assert_eq!(registers.guide_in_force(&code(ID), day(text)), wanted.is_some(), "{text}");
    }
    assert!(!registers.guide_in_force(&code("411302-SX-1304"), day("2026-04-01")));
}

#[test]
fn a_change_of_a_cited_law_marks_the_guide_until_it_is_renewed_or_kept() {
    let marks = |desk: &Desk| desk.world.registers.guides[ID].marks.len();
    let changed = || law_changed("中华人民共和国消防法", "主席令第八十一号");
    let mut desk = with_item();
    desk.takes(issue_guide(guide(ID, FIRE)));
    desk.refuses("guide-not-under-review", Article(16), keep());
    desk.on("2026-05-06").by_joint_office();
    let other = law_changed("中华人民共和国食品安全法", "主席令第二十一号");
    desk.refuses("law-not-cited", Article(16), other);
    desk.takes(changed());
    desk.refuses("law-not-cited", Article(16), changed());
    desk.takes(law_changed("中华人民共和国消防法", "主席令第八十二号"));
    assert_eq!(marks(&desk), 2);
    // It stays in force until then.
    assert!(desk.world.registers.guide_in_force(&code(ID), day("2026-05-06")));
    desk.refuses("not-entitled-role", Article(16), keep());
    desk.by(Role::Officer, MARKET).refuses("not-entitled-department", Article(16), keep());
    desk.by(Role::Officer, FIRE).takes(keep());
    assert_eq!(marks(&desk), 0);
    desk.takes(law_changed("中华人民共和国消防法", "主席令第八十三号"));
    desk.takes(issue_guide(Guide { from: day("2026-05-06"), ..guide(ID, FIRE) }));
    assert_eq!(marks(&desk), 0);
}

#[test]
fn a_department_marks_its_own_guides_and_the_joint_office_all() {
    let mut desk = with_item();
    desk.takes(issue_guide(guide(ID, FIRE)));
    desk.by(Role::Officer, MARKET).takes(set(item("411302-SX-0105", MARKET)));
    let of_market = guide("411302-SX-0105", MARKET);
    desk.takes(issue_guide(Guide {
        laws: vec![law("中华人民共和国消防法")], ..of_market
    }));
    assert_eq!(desk.takes(law_changed("中华人民共和国消防法", "主席令第八十一号")).len(), 1);
    desk.by_joint_office();
    assert_eq!(desk.takes(law_changed("中华人民共和国消防法", "主席令第八十二号")).len(), 2);
    desk.by(Role::Inspector, FIRE);
    let third = law_changed("中华人民共和国消防法", "主席令第八十三号");
    desk.refuses("not-entitled-role", Article(16), third);
}

#[test]
fn every_item_of_a_scheme_has_a_guide_in_force() {
    let mut desk = with_plan();
    desk.world.registers.guides.remove(FIRE_SAFETY);
    desk.refuses("scheme-item-without-guide", Article(16), make(scheme()));
    let from = |text| issue_guide(Guide { from: day(text), ..guide(FIRE_SAFETY, FIRE) });
    // The visits begin on 2026-05-06.
    desk.by(Role::Officer, FIRE).takes(from("2026-05-07"));
    desk.by(Role::Officer, MARKET);
    desk.refuses("scheme-item-without-guide", Article(16), make(scheme()));
    desk.by(Role::Officer, FIRE).takes(from("2026-05-06"));
    desk.by(Role::Officer, MARKET).takes(make(scheme()));
}
