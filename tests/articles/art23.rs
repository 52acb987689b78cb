//! 第二十三条 名录管理: listings are proposed from results and decided by people, never automatic.

use crate::completed::*;
use crate::desk::{Desk, FIRE, MARKET, code, day, kept, named};
use crate::planned::FOOD;
use crate::registered::law;
use yicha::actor::Role;
use yicha::citation::Basis::Article;
use yicha::follow_up::consequence::{EndCause::*, Ruling};
use yicha::follow_up::listing::{ListingGround::*, *};
use yicha::follow_up::penalty::Severity;
use yicha::follow_up::rectification::*;
use yicha::register::TargetKind;
use yicha::result::InspectionResult;
use yicha::result::InspectionResult as R;

fn proposed(ground: ListingGround) -> Proposed {
    let evidence = [kept("两次邮寄退回"), kept("现场照片")].into();
    Proposed { department: code(MARKET), evidence, found: found(FOOD), ground }
}

fn proposing(proposed: Proposed) -> ListingCommand {
    ListingCommand::Propose { listing: code("L1"), proposed }
}

pub(crate) fn propose(id: &str, ground: ListingGround) -> ListingCommand {
    ListingCommand::Propose { listing: code(id), proposed: proposed(ground) }
}

fn list(from: &str) -> ListingCommand {
    ListingCommand::List { listing: code("L1"), ruling: ruling(from) }
}

fn decline() -> ListingCommand {
    let declined = Declined { reason: kept("已恢复联系") };
    ListingCommand::Decline { declined, listing: code("L1") }
}

fn remove(on: &str) -> ListingCommand {
    ListingCommand::Remove { listing: code("L1"), removed: end(Removed, on) }
}

fn sector() -> ListingGround {
    SectorRule(law("食品安全信用档案管理规定"))
}

fn with(result: InspectionResult) -> Desk {
    completed(result, R::Passed, "2026-04-01")
}

#[test]
fn each_ground_asks_for_its_own_result() {
    // 检查结果 and the grounds that may be proposed from it, with what each asks for beside it fulfilled.
    for (result, allowed) in [
        (R::InformationNotPublished, vec![ReportNotPublished, OrderNotFollowed]),
        (R::Unreachable, vec![Unreachable]),
        (R::SeriouslyUncooperative, vec![HeavierPenalty]),
        (R::Failed, vec![sector()]),
        (R::ProblemToBeCorrected, vec![]),
        (R::ProblemUnderInvestigation, vec![]),
        (R::Other, vec![]),
    ] {
        for ground in [ReportNotPublished, OrderNotFollowed, Unreachable, HeavierPenalty, sector()]
        {
            let mut desk = with(result);
            desk.takes(order("2026-04-01"));
            desk.takes(penalise("P1", Severity::Heavier, "2026-04-01"));
            desk.on("2026-04-02");
            match allowed.contains(&ground) {
                true => drop(desk.takes(propose("L1", ground))),
                false => {
                    // It is named as on the wire.
                    let wire = serde_json::to_string(&ground).unwrap();
                    let refused = propose("L1", ground);
                    let refusal = desk.refuses("listing-other-ground", Article(23), refused);
                    assert!(wire.contains(&format!("{:?}", named(&refusal, "ground"))), "{wire}");
                }
            }
        }
    }
    with(R::Passed).refuses("follow-up-not-negative", Article(22), propose("L1", sector()));
}

fn order(due: &str) -> RectificationCommand {
    let ordered = Ordered {
        department: code(MARKET),
        found: found(FOOD),
        order: kept("责令限期公示"),
        term: Term::By(day(due)),
    };
    RectificationCommand::Order { ordered, rectification: code("Z1") }
}

#[test]
fn who_does_not_follow_an_order_may_be_listed_after_its_date() {
    let mut desk = with(R::InformationNotPublished);
    let ground = || propose("L1", OrderNotFollowed);
    desk.refuses("listing-without-order", Article(23), ground());
    desk.takes(order("2026-04-15"));
    desk.on("2026-04-15").refuses("listing-without-order", Article(23), ground());
    desk.on("2026-04-16").takes(ground());
    // A re-check that finds it undone does as well, and one that finds it done does not.
    for (corrected, stage) in [(true, false), (false, true)] {
        let mut desk = with(R::InformationNotPublished);
        desk.takes(order("2026-04-15"));
        let inspectors = [code("m1"), code("m2")].into();
        let rechecked = Rechecked { corrected, inspectors, record: kept("复查记录") };
        desk.takes(RectificationCommand::Recheck { rechecked, rectification: code("Z1") });
        match stage {
            true => drop(desk.takes(ground())),
            false => {
                desk.on("2026-05-01").refuses("listing-without-order", Article(23), ground());
            }
        }
    }
}

#[test]
fn who_cannot_be_reached_is_listed_on_evidence_of_the_attempts() {
    let mut desk = with(R::Unreachable);
    let bare = Proposed { evidence: [].into(), ..proposed(Unreachable) };
    desk.refuses("listing-without-evidence", Article(23), proposing(bare));
    desk.takes(proposing(proposed(Unreachable)));
    desk.refuses("case-exists", Article(4), proposing(proposed(Unreachable)));
}

#[test]
fn the_serious_list_follows_a_heavier_penalty_in_effect() {
    let ground = || propose("L1", HeavierPenalty);
    let refused = "listing-without-heavier-penalty";
    let mut desk = with(R::SeriouslyUncooperative);
    desk.refuses(refused, Article(23), ground());
    desk.takes(penalise("P1", Severity::Ordinary, "2026-04-10"));
    desk.on("2026-04-20").refuses(refused, Article(23), ground());
    desk.takes(penalise("P2", Severity::Heavier, "2026-04-21"));
    desk.refuses(refused, Article(23), ground());
    desk.takes(end_penalty("P2", Annulled, "2026-05-06"));
    desk.on("2026-05-06").refuses(refused, Article(23), ground());
    desk.on("2026-04-21").takes(ground());
}

#[test]
fn a_person_of_the_department_proposes_and_decides() {
    let mut desk = with(R::Unreachable);
    desk.by(Role::Platform, "");
    desk.refuses("not-entitled-role", Article(23), propose("L1", Unreachable));
    desk.by(Role::Officer, FIRE);
    desk.refuses("not-entitled-department", Article(23), propose("L1", Unreachable));
    desk.by(Role::Officer, MARKET);
    desk.refuses("case-unknown", Article(4), list("2026-04-20"));
    desk.takes(propose("L1", Unreachable));
    // Nothing is listed by the proposal.
    assert!(!desk.world.listings["L1"].in_effect(day("2026-12-31")));
    assert!(desk.world.links(&code(VISIT), &code(FOOD)).is_empty());
    desk.by(Role::Platform, "").refuses("not-entitled-role", Article(23), list("2026-04-20"));
    desk.refuses("not-entitled-role", Article(23), decline());
    desk.by(Role::DepartmentHead, MARKET);
    let silent = Ruling { document: None, ..ruling("2026-04-20") };
    let silent = ListingCommand::List { listing: code("L1"), ruling: silent };
    desk.refuses("consequence-without-document", Article(12), silent);
    desk.refuses("listing-not-listed", Article(23), remove("2026-05-01"));
    desk.takes(list("2026-04-20"));
    desk.refuses("listing-decided-already", Article(23), list("2026-04-20"));
    desk.refuses("listing-decided-already", Article(23), decline());
    assert_eq!(desk.world.listings["L1"].listed().unwrap().form, ListingForm::Listed);
}

#[test]
fn what_is_declined_is_not_listed() {
    let mut desk = with(R::Unreachable);
    desk.takes(propose("L1", Unreachable));
    desk.takes(decline());
    desk.refuses("listing-decided-already", Article(23), list("2026-04-20"));
    desk.refuses("listing-not-listed", Article(23), remove("2026-05-01"));
    assert!(!desk.world.listings["L1"].in_effect(day("2026-12-31")));
}

#[test]
fn an_individual_business_is_marked_as_abnormal_and_products_are_not_listed() {
    use ListingForm::*;
    for (kind, wanted) in [
        (TargetKind::Enterprise, Ok(Listed)),
        (TargetKind::IndividualBusiness, Ok(Marked)),
        (TargetKind::OtherBody, Ok(Listed)),
        (TargetKind::Product, Err("listing-target-no-body")),
        (TargetKind::Project, Err("listing-target-no-body")),
        (TargetKind::Behaviour, Err("listing-target-no-body")),
    ] {
        let mut desk = with(R::Unreachable);
        desk.world.registers = with_target(kind).world.registers;
        match wanted {
            Ok(form) => {
                desk.takes(propose("L1", Unreachable));
                desk.takes(list("2026-04-20"));
                assert_eq!(desk.world.listings["L1"].listed().unwrap().form, form, "{kind:?}");
                // Either way the result stays public with it.
                assert_eq!(desk.world.links(&code(VISIT), &code(FOOD)).len(), 1);
            }
            Err(refused) => {
                desk.refuses(refused, Article(23), propose("L1", Unreachable));
            }
        }
    }
    // Other lists know no marks.
    let mut desk = with(R::Failed);
    desk.world.registers = with_target(TargetKind::IndividualBusiness).world.registers;
    desk.takes(propose("L1", sector()));
    desk.takes(list("2026-04-20"));
    assert_eq!(desk.world.listings["L1"].listed().unwrap().form, Listed);
}

#[test]
fn a_target_that_is_in_no_register_is_registered_first() {
    let mut desk = with(R::Unreachable);
    let registered = std::mem::take(&mut desk.world.registers);
    desk.refuses("listing-target-unknown", Article(23), propose("L1", Unreachable));
    desk.world.registers = registered;
    desk.takes(propose("L1", Unreachable));
}

#[test]
fn a_removal_has_its_decision_and_its_day_and_the_result_stops_on_it() {
    let mut desk = published(R::Unreachable, "2026-04-01");
    desk.takes(propose("L1", Unreachable));
    desk.takes(list("2026-04-20"));
    desk.refuses("consequence-end-before-begin", Article(12), remove("2026-04-19"));
    let other = ListingCommand::Remove { listing: code("L1"), removed: end(Stopped, "2026-06-15") };
    desk.refuses("consequence-other-end", Article(25), other);
    let mut silent = end(Removed, "2026-06-15");
    silent.document = None;
    let silent = ListingCommand::Remove { listing: code("L1"), removed: silent };
    desk.refuses("consequence-without-document", Article(12), silent);
    desk.by(Role::Officer, FIRE);
    desk.refuses("not-entitled-department", Article(12), remove("2026-06-15"));
    // Decided on the first of June, with a later day of effect.
    desk.on("2026-06-01").by(Role::Platform, "").takes(remove("2026-06-15"));
    desk.refuses("consequence-ended-already", Article(12), remove("2026-06-16"));
    let listing = &desk.world.listings["L1"];
    let days = ["2026-04-19", "2026-04-20", "2026-06-14", "2026-06-15"];
    assert_eq!(days.map(|on| listing.in_effect(day(on))), [false, true, true, false]);
    let public = |on| desk.world.publicity(&code(VISIT), &code(FOOD), day(on)).unwrap().is_public();
    assert!(public("2026-06-14") && !public("2026-06-15"));
}
