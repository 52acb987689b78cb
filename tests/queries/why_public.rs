//! Article 25, as it is told: why a result is still public, when or on what it stops, and what can be done.

use crate::asked::{ask, named, refuses, said};
use crate::completed::*;
use crate::desk::{Desk, FIRE, MARKET, code, day, kept};
use crate::planned::{FIRE_SAFETY, FOOD};
use crate::registered::law;
use yicha::actor::Role;
use yicha::follow_up::consequence::EndCause::*;
use yicha::follow_up::listing::{ListingCommand, ListingGround, Proposed};
use yicha::follow_up::penalty::Severity;
use yicha::follow_up::rectification::{Ordered, Rechecked, RectificationCommand, Term};
use yicha::ledger::Cited;
use yicha::publication::publicity::StopGround;
use yicha::publication::*;
use yicha::query::{
    Answer, AskWhyPublic, ConsequenceKind, Explained, StepKind as Kind, Who, WhyPublic,
};
use yicha::register::TargetKind;
use yicha::result::InspectionResult::{self, *};
use yicha::withholding::{Withheld, WithholdingCommand};

fn about(on: &str) -> AskWhyPublic {
    AskWhyPublic { department: None, inspection: None, item: None, on: day(on), target: None }
}

fn about_food(on: &str) -> AskWhyPublic {
    AskWhyPublic { inspection: Some(code(VISIT)), item: Some(code(FOOD)), ..about(on) }
}

fn told(desk: &Desk, asked: AskWhyPublic) -> Vec<Explained> {
    let Answer::WhyPublic(WhyPublic { on, results }) = ask(desk, asked.clone()).unwrap() else {
        panic!()
    };
    assert_eq!(on, asked.on);
    for result in &results {
        said(&result.said);
        assert!(!result.basis.is_empty());
        result.steps.iter().for_each(|step| said(&step.said));
    }
    results
}

/// What is told of the market supervision department's result.
fn why(desk: &Desk, on: &str) -> Explained {
    let [result] = <[_; 1]>::try_from(told(desk, about_food(on))).unwrap();
    assert_eq!(result.public, desk.world.public_record(day(on)).any(|it| *it.item == result.item));
    result
}

fn kinds(result: &Explained) -> Vec<Kind> {
    result.steps.iter().map(|step| step.kind).collect()
}

/// Three months from 2026-04-01.
fn set_period(desk: &mut Desk) {
    let (source, start) = (law("市场监督管理信用修复管理办法"), day("2026-04-01"));
    let period = Period { months: 3.try_into().unwrap(), source, start };
    let (inspection, item) = (code(VISIT), code(FOOD));
    desk.takes(PublicationCommand::SetPeriod { inspection, item, period });
}

fn cease() -> PublicationCommand {
    PublicationCommand::Cease { inspection: code(VISIT), item: code(FOOD) }
}

#[test]
fn by_branch_a_the_department_gives_a_period_and_the_publicity_ends_by_itself() {
    let mut desk = published(ProblemToBeCorrected, "2026-04-01");
    let open = why(&desk, "2026-04-01");
    assert_eq!((&open.publicity, open.stops), (&Publicity::UntilPeriodIsSet, None));
    assert_eq!(kinds(&open), [Kind::GivePeriod, Kind::SeekReview]);
    assert_eq!(open.steps[0].who, Who::Department);

    set_period(&mut desk);
    let last = why(&desk, "2026-07-01");
    assert!(last.public && last.stops == Some(day("2026-07-02")) && !last.investigating);
    assert_eq!(kinds(&last), [Kind::Wait, Kind::SeekReview]);
    let by = [Cited::Article(25), Cited::Decision("repair-period-months".into())];
    assert_eq!(last.basis, by);

    let over = why(&desk, "2026-07-02");
    let (ground, on) = (StopGround::PeriodOver, day("2026-07-02"));
    assert_eq!((over.public, over.publicity), (false, Publicity::Stopped { ground, on }));
    assert_eq!((over.stops, over.stop_recorded), (Some(on), None));
    desk.on("2026-07-02").takes(cease());
    let recorded = why(&desk, "2026-07-02");
    assert_eq!((recorded.stop_recorded, kinds(&recorded)), (Some(on), vec![]));
}

#[test]
fn a_stop_that_nobody_recorded_is_for_the_department_to_record() {
    let mut desk = published(ProblemToBeCorrected, "2026-04-01");
    set_period(&mut desk);
    let over = why(&desk, "2026-07-02");
    assert_eq!(kinds(&over), [Kind::RecordStop]);
    assert_eq!((over.steps[0].who, &over.steps[0].basis), (Who::Department, &Cited::Article(25)));
}

#[test]
fn by_branch_b_it_waits_for_each_penalty_and_stops_with_the_last_one() {
    let mut desk = published(ProblemToBeCorrected, "2026-04-01");
    set_period(&mut desk);
    desk.takes(penalise("P1", Severity::Ordinary, "2026-04-10"));
    desk.takes(penalise("P2", Severity::Minor, "2026-04-10"));
    desk.takes(penalise("P3", Severity::Heavier, "2026-04-20"));
    let held = why(&desk, "2027-01-01");
    assert!(held.public && held.stops.is_none());
    assert_eq!(kinds(&held), [Kind::ApplyForStop, Kind::ApplyForStop, Kind::SeekReview]);
    let cases: Vec<_> = held.steps.iter().flat_map(|step| &step.case).map(named).collect();
    assert_eq!(cases, ["penalty P1", "penalty P3"]);
    let told: Vec<_> = held.consequences.iter().map(|it| (it.kind, it.holds, it.until)).collect();
    use ConsequenceKind::*;
    assert_eq!(
        told,
        [(Penalty, true, None), (MinorPenalty, false, None), (HeavierPenalty, true, None)]
    );

    desk.takes(end_penalty("P1", Stopped, "2026-10-20"));
    desk.takes(end_penalty("P3", RunOut, "2026-09-20"));
    // Nothing is to be applied for any more; the last one decides.
    let known = why(&desk, "2026-10-19");
    assert_eq!((known.public, known.stops), (true, Some(day("2026-10-20"))));
    assert_eq!(kinds(&known), [Kind::Wait, Kind::SeekReview]);
    let holding = known.consequences.iter().filter(|it| it.holds);
    assert_eq!(holding.map(|it| named(&it.case)).collect::<Vec<_>>(), ["penalty P1"]);
    let over = why(&desk, "2026-10-20");
    assert!(!over.public && over.stops == Some(day("2026-10-20")));
    assert!(over.consequences.iter().all(|it| !it.holds));
}

fn propose() -> ListingCommand {
    let proposed = Proposed {
        department: code(MARKET),
        evidence: [kept("两次邮寄退回")].into(),
        found: found(FOOD),
        ground: ListingGround::Unreachable,
    };
    ListingCommand::Propose { listing: code("L1"), proposed }
}

#[test]
fn a_proposal_holds_nothing_up_and_a_mark_does() {
    for (kind, wanted) in [
        (TargetKind::Enterprise, ConsequenceKind::Listed),
        (TargetKind::IndividualBusiness, ConsequenceKind::Marked),
    ] {
        let mut desk = published(Unreachable, "2026-04-01");
        let mut other = with_target(kind);
        std::mem::swap(&mut desk.world.registers, &mut other.world.registers);
        set_period(&mut desk);
        desk.takes(propose());
        let proposed = why(&desk, "2026-07-01");
        assert_eq!(proposed.stops, Some(day("2026-07-02")));
        let [it] = &proposed.consequences[..] else { panic!("{proposed:?}") };
        assert_eq!((it.kind, it.holds, it.from), (ConsequenceKind::Proposed, false, None));

        desk.takes(ListingCommand::List { listing: code("L1"), ruling: ruling("2026-06-30") });
        let listed = why(&desk, "2026-07-02");
        assert!(listed.public && listed.stops.is_none());
        let [it] = &listed.consequences[..] else { panic!("{listed:?}") };
        assert_eq!((it.kind, it.holds, it.from), (wanted, true, Some(day("2026-06-30"))));
        assert_eq!(kinds(&listed), [Kind::ApplyForRemoval, Kind::SeekReview]);
        desk.takes(ListingCommand::Remove {
            listing: code("L1"),
            removed: end(Removed, "2026-08-03"),
        });
        assert!(why(&desk, "2026-08-02").public && !why(&desk, "2026-08-03").public);
    }
}

#[test]
fn what_is_not_corrected_yet_is_named_with_its_day() {
    let mut desk = published(ProblemToBeCorrected, "2026-04-01");
    set_period(&mut desk);
    let ordered = Ordered {
        department: code(MARKET),
        found: found(FOOD),
        order: kept("责令改正通知书"),
        term: Term::By(day("2026-04-15")),
    };
    desk.takes(RectificationCommand::Order { ordered, rectification: code("Z1") });
    let open = why(&desk, "2026-04-02");
    assert_eq!(kinds(&open), [Kind::Correct, Kind::Wait, Kind::SeekReview]);
    assert!(open.steps[0].said.zh.contains("2026-04-15") && open.steps[0].who == Who::Target);
    let inspectors = [code("m1"), code("m2")].into();
    let rechecked = Rechecked { corrected: true, inspectors, record: kept("复查记录") };
    desk.takes(RectificationCommand::Recheck { rechecked, rectification: code("Z1") });
    assert_eq!(kinds(&why(&desk, "2026-04-02")), [Kind::Wait, Kind::SeekReview]);
}

#[test]
fn an_open_investigation_is_told_and_holds_nothing_up() {
    let mut desk = published(ProblemUnderInvestigation, "2026-04-01");
    set_period(&mut desk);
    desk.takes(penalise("P1", Severity::Minor, "2026-06-21"));
    let before = why(&desk, "2026-06-20");
    assert!(before.investigating && before.stops == Some(day("2026-07-02")));
    assert!(!why(&desk, "2026-06-21").investigating);
}

#[test]
fn what_is_not_published_withheld_or_not_negative_is_told_as_such() {
    let mut desk = completed(Passed, NoProblemFound, "2026-04-01");
    let recorded = why(&desk, "2026-04-01");
    assert_eq!((recorded.origin, recorded.public), (None, false));
    assert_eq!(recorded.steps[0].kind, Kind::Publish);
    desk.takes(enter(FOOD, Passed));
    let entered = why(&desk, "2026-04-01");
    assert_eq!(entered.publicity, Publicity::NotYet);
    assert!(matches!(entered.origin, Some(Origin::Entered { on, .. }) if on == day("2026-04-01")));
    desk.takes(publish(FOOD));
    assert_eq!(why(&desk, "2026-03-31").publicity, Publicity::NotYet);
    let public = why(&desk, "2026-04-01");
    assert_eq!((public.publicity, public.stops), (Publicity::NeverStops, None));
    assert!(public.steps.is_empty() && public.versions.len() == 1);

    let withheld = Withheld {
        item: Some(code(FOOD)),
        laws: vec![law("中华人民共和国保守国家秘密法")],
        scope: kept("结果"),
        subject: yicha::inspection::case(&code(VISIT)),
    };
    desk.on("2026-05-06");
    desk.takes(WithholdingCommand::Withhold { withheld, withholding: code("B1") });
    assert!(why(&desk, "2026-05-05").public);
    let kept_back = why(&desk, "2026-05-06");
    assert_eq!(kept_back.publicity, Publicity::Withheld { by: code("B1") });
    assert_eq!((kept_back.basis, kept_back.steps), (vec![Cited::Article(3)], vec![]));
}

#[test]
fn a_correction_and_what_is_inherited_are_told_with_their_source() {
    let mut desk = published(Failed, "2026-04-01");
    let order = CorrectionOrder {
        document: Some(code("宛区市监更〔2026〕1号")),
        grounds: kept("判决"),
        reason: CorrectionReason::Judgment,
    };
    let correction = Correction {
        item: code(FOOD),
        negative: None,
        order: order.clone(),
        result: Passed,
        text: None,
    };
    desk.on("2026-05-06").by(Role::DepartmentHead, MARKET);
    desk.takes(PublicationCommand::Correct { correction, inspection: code(VISIT) });
    let before = why(&desk, "2026-05-05");
    assert_eq!((before.versions.len(), before.publicity), (1, Publicity::UntilPeriodIsSet));
    let after = why(&desk, "2026-05-06");
    assert_eq!(after.publicity, Publicity::NeverStops);
    let told: Vec<_> = after.versions.iter().map(|it| (it.result, it.order.as_ref())).collect();
    assert_eq!(told, [(Failed, None), (Passed, Some(&order))]);

    let mut desk = Desk::new();
    let source = code("省级平台2025年度抽查结果");
    let inherited = Inherited {
        department: code(MARKET),
        item: code(FOOD),
        negative: None,
        published: day("2025-11-30"),
        result: Failed,
        source,
        target: code(TARGET),
        text: None,
    };
    desk.by(Role::Officer, MARKET);
    desk.takes(PublicationCommand::Inherit { inherited, inspection: code(VISIT) });
    assert!(!why(&desk, "2025-11-29").public);
    let inherited = why(&desk, "2025-11-30");
    assert!(inherited.public && matches!(inherited.origin, Some(Origin::Inherited { .. })));
}

#[test]
fn each_field_that_is_given_leaves_fewer_results() {
    let desk = published(Failed, "2026-04-01");
    let items = |asked| -> Vec<String> {
        told(&desk, asked).iter().map(|it| it.item.to_string()).collect()
    };
    let all = || about("2026-04-01");
    assert_eq!(items(all()), [FOOD, FIRE_SAFETY]);
    assert_eq!(items(AskWhyPublic { inspection: Some(code(VISIT)), ..all() }), [FOOD, FIRE_SAFETY]);
    assert_eq!(items(AskWhyPublic { department: Some(code(FIRE)), ..all() }), [FIRE_SAFETY]);
    assert_eq!(items(AskWhyPublic { item: Some(code(FOOD)), ..all() }), [FOOD]);
    assert_eq!(items(AskWhyPublic { target: Some(code(TARGET)), ..all() }), [FOOD, FIRE_SAFETY]);
    assert!(items(AskWhyPublic { target: Some(code("T2")), ..all() }).is_empty());
}

#[test]
fn what_is_not_known_is_refused() {
    let desk = published(InspectionResult::Failed, "2026-04-01");
    let of = |inspection, item: Option<&str>| AskWhyPublic {
        inspection: Some(code(inspection)),
        item: item.map(code),
        ..about("2026-04-01")
    };
    refuses(&desk, "case-unknown", of("JC-9", None));
    refuses(&desk, "case-unknown", of("JC-9", Some(FOOD)));
    refuses(&desk, "result-unknown", of(VISIT, Some("411302-SX-9999")));
}
