//! 第三条 照单履职: what is inspected together is what the joint list in force says.

use crate::completed::*;
use crate::desk::{Desk, FIRE, HEALTH, MARKET, code, day, kept};
use crate::planned::*;
use crate::registered::{item, law, set};
use yicha::actor::Role;
use yicha::citation::Basis::Article;
use yicha::explain::Explain;
use yicha::inspection;
use yicha::plan::joint_list::*;
use yicha::plan::scheme::{ItemPart, Scheme};
use yicha::publication::{Period, PublicationCommand, Publicity};
use yicha::register::Item;
use yicha::result::InspectionResult::{Failed, NoProblemFound, Passed};
use yicha::withholding::*;

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

/// The scheme with another part for an item.
fn with_part(id: &str, body: &str, department: &str) -> Scheme {
    let mut scheme = scheme();
    let part = ItemPart { body: code(body), department: code(department), duties: None };
    scheme.items.insert(code(id), part);
    scheme
}

#[test]
fn only_listed_items_are_inspected_together() {
    let mut desk = with_plan();
    let other = with_part("411302-SX-0502", HEALTH, HEALTH);
    desk.refuses("scheme-item-not-listed", Article(3), make(other));
    // The list that counts is the one in force on the first day of the visits.
    let mut shorter = listed();
    shorter.items.insert(code("411302-SX-0502"), shorter.items[FOOD].clone());
    shorter.items.remove(FIRE_SAFETY);
    shorter.items.insert(code("411302-SX-0303"), listed().items[FIRE_SAFETY].clone());
    desk.on("2026-05-06").by_joint_office().takes(issue_list(shorter));
    desk.on("2026-04-10").by(Role::Officer, MARKET);
    desk.refuses("scheme-item-not-listed", Article(3), make(scheme()));
    let before = Scheme { window: window("2026-05-05", "2026-06-30"), ..scheme() };
    desk.takes(make(before));
}

#[test]
fn an_item_is_inspected_by_the_department_and_body_that_the_list_names() {
    let mut desk = with_plan();
    for (body, department) in [(FIRE, HEALTH), (HEALTH, FIRE)] {
        let other = with_part(FIRE_SAFETY, body, department);
        desk.refuses("scheme-item-other-part", Article(3), make(other));
    }
    desk.takes(make(with_part(FIRE_SAFETY, FIRE, FIRE)));
}

/// What is needed for a scheme, with this item in the place of the fire department's.
fn with_fire_safety(item: Item) -> Desk {
    let mut desk = with_plan();
    desk.world.registers.items.remove(FIRE);
    desk.by(Role::Officer, item.department.as_str()).takes(set(item));
    desk.by(Role::Officer, MARKET);
    desk
}

#[test]
fn a_listed_item_is_in_force_on_its_departments_own_list_and_marked_as_joint() {
    // The item as the registers have it, and the refusal.
    let as_it_was = || item(FIRE_SAFETY, FIRE);
    for (changed, refused) in [
        (Item { from: day("2026-05-07"), ..as_it_was() }, Some("scheme-item-not-in-force")),
        (Item { until: Some(day("2026-05-05")), ..as_it_was() }, Some("scheme-item-not-in-force")),
        (Item { joint: false, ..as_it_was() }, Some("scheme-item-not-joint")),
        (item(FIRE_SAFETY, HEALTH), Some("scheme-item-of-another")),
        // In force on the first day of the visits, though not when the scheme is made.
        (Item { from: day("2026-05-06"), ..as_it_was() }, None),
        (Item { until: Some(day("2026-05-06")), ..as_it_was() }, None),
    ] {
        let mut desk = with_fire_safety(changed);
        match refused {
            Some(refused) => {
                desk.refuses(refused, Article(3), make(scheme()));
            }
            None => {
                desk.takes(make(scheme()));
            }
        }
    }
}

#[test]
fn when_the_visits_have_begun_the_items_are_those_of_the_day() {
    let mut desk =
        with_fire_safety(Item { until: Some(day("2026-05-10")), ..item(FIRE_SAFETY, FIRE) });
    desk.on("2026-05-11").refuses("scheme-item-not-in-force", Article(3), make(scheme()));
    desk.on("2026-05-10").takes(make(scheme()));
}

fn withhold(number: &str, laws: &[&str], scope: &str) -> WithholdingCommand {
    let subject = yicha::register::item::case(&code(MARKET));
    let laws = laws.iter().map(|title| law(title)).collect();
    let withheld = Withheld { item: None, laws, scope: kept(scope), subject };
    WithholdingCommand::Withhold { withheld, withholding: code(number) }
}

fn release(number: &str) -> WithholdingCommand {
    let released = Released { reason: kept("解密") };
    WithholdingCommand::Release { released, withholding: code(number) }
}

#[test]
fn what_is_not_published_names_the_law_that_forbids_it() {
    let mut desk = Desk::new();
    desk.by(Role::Officer, MARKET).on("2026-04-01");
    desk.refuses("withholding-without-law", Article(3), withhold("1", &[], "a"));
    desk.takes(withhold("1", &["中华人民共和国保守国家秘密法"], "a"));
    let again = withhold("2", &["中华人民共和国数据安全法"], "a");
    desk.refuses("withheld-already", Article(3), again);
    desk.refuses("case-exists", Article(4), withhold("1", &["中华人民共和国数据安全法"], "b"));
    desk.takes(withhold("2", &["中华人民共和国数据安全法"], "b"));
}

#[test]
fn whoever_withholds_something_releases_it() {
    let mut desk = Desk::new();
    desk.by(Role::Officer, MARKET).on("2026-04-01");
    desk.refuses("case-unknown", Article(4), release("1"));
    desk.takes(withhold("1", &["中华人民共和国保守国家秘密法"], "a"));
    desk.on("2026-05-01").by(Role::Inspector, MARKET);
    desk.refuses("not-entitled-role", Article(3), release("1"));
    desk.by(Role::Officer, FIRE).refuses("not-entitled-department", Article(3), release("1"));
    desk.by_joint_office().refuses("not-entitled-role", Article(3), release("1"));
    desk.by(Role::DepartmentHead, MARKET).takes(release("1"));
    desk.refuses("withholding-released-already", Article(3), release("1"));
    let subject = yicha::register::item::case(&code(MARKET));
    let count = |on| desk.world.withheld(&subject, day(on)).count();
    let days = ["2026-03-31", "2026-04-01", "2026-04-30", "2026-05-01"];
    assert_eq!(days.map(count), [0, 1, 1, 0]);
    // The same can be withheld again, and by the joint office, which releases its own.
    desk.by_joint_office().takes(withhold("2", &["中华人民共和国保守国家秘密法"], "a"));
    desk.by(Role::Officer, MARKET).refuses("not-entitled-role", Article(3), release("2"));
    desk.by_joint_office().takes(release("2"));
}

fn withhold_result(number: &str, item: Option<&str>) -> WithholdingCommand {
    let withheld = Withheld {
        item: item.map(code),
        laws: vec![law("中华人民共和国保守国家秘密法")],
        scope: kept("涉密"),
        subject: inspection::case(&code(VISIT)),
    };
    WithholdingCommand::Withhold { withheld, withholding: code(number) }
}

#[test]
fn what_a_law_forbids_to_publish_is_neither_published_nor_seen() {
    let mut desk = completed(NoProblemFound, Passed, "2026-09-18");
    desk.takes(enter(FOOD, NoProblemFound));
    desk.takes(withhold_result("W1", Some(FOOD)));
    desk.refuses("publication-withheld", Article(3), publish(FOOD));
    let why = |desk: &Desk, on| desk.world.publicity(&code(VISIT), &code(FOOD), day(on)).unwrap();
    assert_eq!(why(&desk, "2026-09-18"), Publicity::Withheld { by: code("W1") });
    assert_eq!(desk.world.unpublished(desk.stamp.effective).count(), 1);
    desk.by(Role::Officer, FIRE).takes(enter(FIRE_SAFETY, Passed));
    desk.takes(publish(FIRE_SAFETY));
    desk.on("2026-09-21").by(Role::Officer, MARKET).takes(release("W1"));
    desk.takes(publish(FOOD));
    // What is public already disappears for as long as it is withheld.
    desk.on("2026-09-25").by_joint_office().takes(withhold_result("W2", None));
    desk.on("2026-09-28").takes(release("W2"));
    let count = |on| desk.world.public_record(day(on)).count();
    let days = ["2026-09-18", "2026-09-21", "2026-09-24", "2026-09-25", "2026-09-27", "2026-09-28"];
    assert_eq!(days.map(count), [1, 2, 2, 0, 0, 2]);
    assert_eq!(why(&desk, "2026-09-25"), Publicity::Withheld { by: code("W2") });
}

#[test]
fn what_has_stopped_has_done_so_whether_or_not_it_is_withheld() {
    let mut desk = published(Failed, "2026-04-01");
    let source = law("市场监督管理信用修复管理办法");
    let period = Period { months: 1.try_into().unwrap(), source, start: day("2026-04-01") };
    desk.takes(PublicationCommand::SetPeriod { inspection: code(VISIT), item: code(FOOD), period });
    desk.takes(withhold_result("W1", Some(FOOD)));
    let why = |on| desk.world.publicity(&code(VISIT), &code(FOOD), day(on)).unwrap();
    assert_eq!(why("2026-05-01"), Publicity::Withheld { by: code("W1") });
    assert!(matches!(why("2026-05-02"), Publicity::Stopped { .. }));
}

#[test]
fn a_department_withholds_its_own_results_only_and_the_joint_office_any() {
    let mut desk = completed(NoProblemFound, Passed, "2026-09-18");
    desk.refuses("withholding-of-another", Article(3), withhold_result("W1", Some(FIRE_SAFETY)));
    desk.refuses("withholding-of-another", Article(3), withhold_result("W1", None));
    desk.by(Role::Inspector, MARKET);
    desk.refuses("not-entitled-role", Article(3), withhold_result("W1", Some(FOOD)));
    desk.by(Role::Officer, MARKET).takes(withhold_result("W1", Some(FOOD)));
    // What is withheld of one item can be withheld of another.
    desk.by(Role::Officer, FIRE).takes(withhold_result("W2", Some(FIRE_SAFETY)));
    desk.refuses("withheld-already", Article(3), withhold_result("W3", Some(FIRE_SAFETY)));
    desk.by_joint_office().takes(withhold_result("W3", None));
    let mut unknown = withhold_result("W4", Some(FOOD));
    if let WithholdingCommand::Withhold { withheld, .. } = &mut unknown {
        withheld.subject = inspection::case(&code("JC-9"));
    }
    desk.by(Role::Officer, MARKET).refuses("case-unknown", Article(4), unknown);
}
