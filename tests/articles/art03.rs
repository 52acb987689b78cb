//! 第三条 照单履职: what is inspected together is what the joint list in force says.

use crate::desk::{Desk, MARKET, code, day};
use crate::planned::{CATERING, FOOD, issue_list, listed, with_list};
use yicha::actor::Role;
use yicha::citation::Basis::Article;
use yicha::explain::Explain;
use yicha::plan::joint_list::*;

fn repeal() -> JointListCommand {
    let repealed = Repealed { document: code("宛区双随机办〔2026〕9号") };
    JointListCommand::Repeal { industry: code(CATERING), repealed }
}

/// The number of items on the list of that day, or why there is none.
fn items(desk: &Desk, on: &str) -> Result<usize, &'static str> {
    let listed = desk.world.joint_list(&code(CATERING), day(on));
    listed.map(|listed| listed.items.len()).map_err(|refusal| refusal.code())
}

#[test]
fn each_version_of_the_joint_list_holds_from_its_day() {
    let mut desk = Desk::new();
    let mut longer = listed();
    longer.items.insert(code("411302-SX-0502"), longer.items[FOOD].clone());
    desk.on("2026-03-20").takes(issue_list(listed()));
    desk.on("2026-06-01").takes(issue_list(longer));
    desk.on("2026-09-01").takes(repeal());
    for (on, wanted) in [
        ("2026-03-19", Err("joint-list-not-in-force")),
        ("2026-03-20", Ok(2)),
        ("2026-05-31", Ok(2)),
        ("2026-06-01", Ok(3)),
        ("2026-08-31", Ok(3)),
        ("2026-09-01", Err("joint-list-not-in-force")),
    ] {
        assert_eq!(items(&desk, on), wanted, "{on}");
    }
}

#[test]
fn versions_of_the_joint_list_follow_each_other() {
    let mut desk = Desk::new();
    desk.on("2026-06-01").takes(issue_list(listed()));
    desk.on("2026-05-31").refuses("joint-list-backdated", Article(3), issue_list(listed()));
    desk.refuses("joint-list-backdated", Article(3), repeal());
    // On the same day the second one corrects the first.
    let mut corrected = listed();
    corrected.items.insert(code("411302-SX-0502"), corrected.items[FOOD].clone());
    desk.on("2026-06-01").takes(issue_list(corrected));
    assert_eq!(items(&desk, "2026-06-01"), Ok(3));
}

#[test]
fn what_is_not_listed_cannot_be_taken_off() {
    let mut desk = Desk::new();
    desk.refuses("case-unknown", Article(4), repeal());
    desk.takes(issue_list(listed()));
    desk.on("2026-04-01").takes(repeal());
    desk.on("2026-04-02").refuses("joint-list-not-in-force", Article(3), repeal());
}

#[test]
fn only_the_joint_office_issues_the_joint_list() {
    let mut desk = with_list();
    desk.by(Role::DepartmentHead, MARKET);
    desk.refuses("not-entitled-role", Article(3), issue_list(listed()));
    desk.refuses("not-entitled-role", Article(3), repeal());
    desk.by_joint_office().takes(issue_list(listed()));
    desk.takes(repeal());
}
