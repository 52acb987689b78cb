//! 第二条: items of several departments for one industry are joined, led by the department in charge of it.

use crate::desk::{Desk, FIRE, HEALTH, MARKET, code};
use crate::planned::{FIRE_SAFETY, SCHEME, issue_list, listed, make, scheme, with_plan};
use yicha::actor::Role;
use yicha::citation::Basis::Article;
use yicha::plan::scheme::Scheme;

#[test]
fn a_joint_list_has_items_of_two_departments() {
    let mut desk = Desk::new();
    let mut alone = listed();
    alone.items.remove(FIRE_SAFETY);
    desk.refuses("joint-list-one-department", Article(2), issue_list(alone));
    let mut both_of_one = listed();
    both_of_one.items.values_mut().for_each(|item| item.department = code(MARKET));
    desk.refuses("joint-list-one-department", Article(2), issue_list(both_of_one));
    // Who leads the industry need not have an item on the list.
    let mut led_by_another = listed();
    led_by_another.lead = code(FIRE);
    desk.takes(issue_list(led_by_another));
}

#[test]
fn a_scheme_joins_two_departments() {
    let mut desk = with_plan();
    let mut alone = scheme();
    alone.items.remove(FIRE_SAFETY);
    desk.refuses("scheme-one-department", Article(2), make(alone));
    desk.takes(make(scheme()));
    let made = &desk.world.schemes[SCHEME];
    assert_eq!(made.departments(), [&code(MARKET), &code(FIRE)].into());
    assert_eq!(made.items_of(&code(FIRE)).collect::<Vec<_>>(), [&code(FIRE_SAFETY)]);
    assert!(made.has_part(&code(FIRE)) && !made.has_part(&code(HEALTH)));
}

#[test]
fn the_department_in_charge_of_the_industry_initiates_a_scheme_and_takes_part() {
    let mut desk = with_plan();
    let of_fire = Scheme { initiator: code(FIRE), ..scheme() };
    desk.by(Role::Officer, FIRE).refuses("scheme-not-lead", Article(2), make(of_fire));
    desk.by(Role::Officer, MARKET).takes(make(scheme()));

    let mut desk = with_plan();
    let mut list = listed();
    list.lead = code(HEALTH);
    desk.by_joint_office().takes(issue_list(list));
    let of_health = Scheme { initiator: code(HEALTH), ..scheme() };
    desk.by(Role::Officer, HEALTH);
    desk.refuses("scheme-initiator-without-item", Article(2), make(of_health));
}
