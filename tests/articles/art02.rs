//! 第二条: items of several departments for one industry are joined, led by the department in charge of it.

use crate::desk::{Desk, FIRE, MARKET, code};
use crate::planned::{FIRE_SAFETY, issue_list, listed};
use yicha::citation::Basis::Article;

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
