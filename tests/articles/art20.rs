//! 第二十条 实施联合检查: team, preparation, visit, records, confirmation or its substitute, completion.

use crate::desk::{FIRE, HEALTH, MARKET, code, day, kept};
use crate::inspected::*;
use crate::planned::{FIRE_SAFETY, FOOD};
use crate::registered::{item, set};
use yicha::actor::Role;
use yicha::citation::Basis::{Article, Decision, Other};
use yicha::inspection::team::{Support, SupportKind};
use yicha::inspection::*;
use yicha::register::Method;
use yicha::register::target::{TargetChange, TargetCommand, TargetDeregistered};
use yicha::result::InspectionResult::*;

const RECUSAL: yicha::citation::Basis = Other("行政处罚法第四十三条");

#[test]
fn the_initiator_opens_an_inspection_of_a_target_once_and_its_own_inspector_leads() {
    let mut field = matched();
    let open = field.open();
    field.desk.by(Role::Officer, FIRE);
    field.desk.refuses("not-entitled-department", Article(20), open.clone());
    field.desk.by(Role::Inspector, MARKET).refuses("not-entitled-role", Article(20), open.clone());
    let InspectionCommand::Open { opening, .. } = open.clone() else { unreachable!() };
    let led_by = |leader| InspectionCommand::Open {
        inspection: id(),
        opening: Opening { leader, ..opening.clone() },
    };
    field.desk.by(Role::Officer, MARKET);
    for leader in [field.fire[0].clone(), field.spare(MARKET)] {
        field.desk.refuses("inspection-leader-not-initiators", Article(20), led_by(leader));
    }
    field.desk.takes(open.clone());
    assert_eq!(field.inspection().assignment.leader().unwrap().inspector, field.market[0]);
    assert_eq!(field.inspection().assignment.team.len(), 4);
    field.desk.refuses("case-exists", Article(4), open);
    let again = InspectionCommand::Open { inspection: code("JC-2"), opening };
    field.desk.refuses("inspection-opened-already", Article(20), again);
}

#[test]
fn another_inspector_of_the_initiator_can_be_named_leader() {
    let mut field = opened();
    let name =
        |leader| InspectionCommand::NameLeader { inspection: id(), named: LeaderNamed { leader } };
    let (second, other) = (field.market[1].clone(), field.fire[0].clone());
    field.desk.refuses("inspection-leader-not-initiators", Article(20), name(other));
    field.desk.by(Role::Officer, FIRE);
    field.desk.refuses("not-entitled-department", Article(20), name(second.clone()));
    let before = field.desk.world.clone();
    field.desk.by(Role::DepartmentHead, MARKET).takes(name(second.clone()));
    assert_ne!(field.desk.world, before);
    let leaders: Vec<_> =
        field.inspection().assignment.team.iter().filter(|member| member.leader).collect();
    let [leader] = leaders[..] else { panic!("{leaders:?}") };
    assert_eq!(leader.inspector, second);
}

#[test]
fn departments_of_the_team_prepare_and_name_what_they_consulted() {
    let mut field = opened();
    let prepare = |department, consulted| InspectionCommand::Prepare {
        inspection: id(),
        prepared: Prepared { consulted, department: code(department) },
    };
    let permit = || vec![Consulted { digest: kept("许可"), kind: Background::Permit }];
    field.desk.by(Role::Officer, HEALTH);
    field.desk.refuses("inspection-department-not-coming", Article(20), prepare(HEALTH, permit()));
    field.desk.by(Role::Officer, FIRE);
    field.desk.refuses("inspection-nothing-prepared", Article(20), prepare(FIRE, vec![]));
    field.desk.refuses("not-entitled-department", Article(20), prepare(MARKET, permit()));
    field.desk.takes(prepare(FIRE, permit()));
    assert_eq!(field.inspection().prepared.len(), 1);
}

#[test]
fn a_notice_names_a_day_of_the_window_that_is_ahead() {
    let mut field = opened();
    let notify = |visit| InspectionCommand::Notify {
        inspection: id(),
        notice: Notice {
            form: NoticeForm::Telephone, text: kept("时间和要求"), visit: day(visit)
        },
    };
    for outside in ["2026-05-05", "2026-07-01"] {
        field.desk.refuses("inspection-notice-day", Article(20), notify(outside));
    }
    field.desk.on("2026-05-07").refuses("inspection-notice-day", Article(20), notify("2026-05-06"));
    field.desk.by(Role::Officer, FIRE);
    field.desk.refuses("not-entitled-department", Article(20), notify("2026-05-07"));
    field.desk.by(Role::Officer, MARKET).takes(notify("2026-05-07"));
    field.desk.takes(notify("2026-06-30"));
}

#[test]
fn only_those_matched_come_and_enough_of_each_department() {
    let mut field = opened();
    let (team, spare) = (field.team(), field.spare(FIRE));
    let with = |other| team.iter().cloned().chain([other]).collect::<Vec<_>>();
    let without = |gone: &yicha::code::InspectorId| {
        team.iter().filter(|id| *id != gone).cloned().collect::<Vec<_>>()
    };
    let (leader, last) = (field.market[0].clone(), field.fire[1].clone());
    let (more, fewer, lead) = (with(spare), without(&last), without(&leader));
    field.at("2026-05-06", MARKET, 0).refuses("visit-not-matched", Article(20), visit(more));
    let minimum = Decision("minimum-inspectors");
    field.desk.refuses("visit-too-few", minimum, visit(fewer));
    field.desk.refuses("visit-too-few", minimum, visit(lead.clone()));
    // With one as the least number the leader is asked for by itself.
    let edition = field.desk.edition.clone();
    field.desk.edition.minimum_inspectors = yicha::edition::Parameter::new(yicha::edition::Dated {
        value: 1,
        from: day("2026-03-20"),
        source: yicha::edition::Source::Text("another place".into()),
    });
    field.desk.refuses("visit-without-leader", Decision("leader-present"), visit(lead));
    field.desk.edition = edition;
    field.at("2026-05-06", FIRE, 0).refuses(
        "not-entitled-department",
        Article(20),
        visit(team.clone()),
    );
    field.at("2026-05-06", MARKET, 0).takes(visit(team));
}

#[test]
fn a_second_visit_has_a_reason_and_comes_after_the_first() {
    let mut field = visited();
    let team = field.team();
    field.at("2026-05-07", MARKET, 0).refuses(
        "visit-again-without-reason",
        Article(20),
        visit(team.clone()),
    );
    let visited = Visited { present: team.into_iter().collect(), reason: Some(kept("复杂")) };
    let again = InspectionCommand::Visit { inspection: id(), visited };
    field.at("2026-05-07", MARKET, 0).takes(again);
    assert_eq!(field.inspection().visits.len(), 2);
    let before = record(found(FOOD, NoProblemFound));
    field.at("2026-05-06", MARKET, 0).refuses(
        "inspection-before-last",
        Article(20),
        before.clone(),
    );
    field.at("2026-05-07", MARKET, 0).takes(before);
}

#[test]
fn each_item_is_recorded_once_by_a_member_of_its_own_department() {
    let mut field = visited();
    let food = record(found(FOOD, NoProblemFound));
    field.at("2026-05-06", FIRE, 0).refuses("not-entitled-department", Article(20), food.clone());
    field.desk.by(Role::Officer, MARKET).refuses("not-entitled-role", Article(20), food.clone());
    // An inspector of the department who is not in the team.
    field.desk.by(Role::Inspector, MARKET);
    field.desk.refuses("record-not-member", Article(20), food.clone());
    field.at("2026-05-06", MARKET, 1).takes(food.clone());
    field.desk.refuses("record-twice", Article(20), food);
    let other = record(found("411302-SX-0999", NoProblemFound));
    field.desk.refuses("record-other-item", Article(20), other);
}

#[test]
fn an_item_is_inspected_by_its_own_methods_and_on_site_after_a_visit() {
    let mut field = opened();
    let on_site = record(found(FOOD, NoProblemFound));
    let online =
        record(Recorded { method: Method::OnlineMonitoring, ..found(FOOD, NoProblemFound) });
    let desk = field.at("2026-05-06", MARKET, 0);
    desk.refuses("record-without-visit", Article(20), on_site);
    desk.refuses("record-other-method", Article(20), online.clone());
    let methods = [Method::OnSite, Method::OnlineMonitoring].into();
    let both = yicha::register::Item { methods, from: day("2026-05-01"), ..item(FOOD, MARKET) };
    desk.on("2026-04-30").by(Role::Officer, MARKET).takes(set(both));
    // From afar nobody has to go there.
    field.at("2026-05-06", MARKET, 0).takes(online);
    let team = field.team();
    field.at("2026-05-07", MARKET, 0).takes(visit(team));
    let fire = record(found(FIRE_SAFETY, Passed));
    field.at("2026-05-07", FIRE, 0).takes(fire);
}

#[test]
fn a_record_is_corrected_with_its_reason_until_it_is_confirmed() {
    let mut field = recorded(Passed, NoProblemFound);
    let revise = |item, result| InspectionCommand::Revise {
        inspection: id(),
        revised: Revised { reason: kept("笔误"), recorded: found(item, result) },
    };
    field.desk.takes(revise(FOOD, Failed));
    let inspection = field.inspection();
    assert_eq!(inspection.records.get(FOOD).unwrap().result, Failed);
    assert_eq!(inspection.superseded[0].record.result, Passed);
    field.desk.takes(confirm(signed(), &[FOOD]));
    field.desk.refuses("record-confirmed", Article(20), revise(FOOD, Passed));
    // The other item is not confirmed yet.
    field.at("2026-05-06", FIRE, 1).takes(revise(FIRE_SAFETY, Failed));
    let mut fresh = visited();
    fresh.desk.refuses("record-not-there", Article(20), revise(FOOD, Passed));
}

#[test]
fn evidence_comes_before_a_direct_result() {
    let mut field = opened();
    let direct = record(found(FOOD, Unreachable));
    field.at("2026-05-06", MARKET, 0);
    let desk = &mut field.desk;
    desk.refuses("direct-result-without-evidence", Article(20), direct.clone());
    let mut nothing = evidence(Ground::Unreachable, AttemptKind::Letter, "2026-05-06");
    nothing.attempts.clear();
    desk.refuses("evidence-without-attempt", Article(20), collect(nothing));
    let later = evidence(Ground::Unreachable, AttemptKind::Letter, "2026-05-07");
    desk.refuses("evidence-attempt-later", Article(20), collect(later));
    let called = evidence(Ground::Unreachable, AttemptKind::Telephone, "2026-05-06");
    desk.refuses("evidence-not-at-address", Article(20), collect(called));
    let refused = evidence(Ground::SeriouslyUncooperative, AttemptKind::Other, "2026-05-06");
    desk.takes(collect(refused));
    // Evidence of one ground is none of the other.
    desk.refuses("direct-result-without-evidence", Article(20), direct.clone());
    desk.takes(collect(evidence(
        Ground::Unreachable,
        AttemptKind::RegisteredAddress,
        "2026-05-06",
    )));
    desk.takes(direct);
    field.at("2026-05-06", FIRE, 0).takes(record(found(FIRE_SAFETY, SeriouslyUncooperative)));
    // Direct results need no confirmation.
    field.at("2026-05-06", MARKET, 0).takes(complete());
    assert_eq!(field.inspection().completed, Some(day("2026-05-06")));
}

#[test]
fn evidence_is_collected_by_the_departments_of_the_team() {
    let mut field = opened();
    let tried = || collect(evidence(Ground::Unreachable, AttemptKind::Letter, "2026-05-06"));
    field.desk.on("2026-05-06").by(Role::Officer, HEALTH);
    field.desk.refuses("inspection-department-not-coming", Article(20), tried());
    field.desk.by_joint_office().refuses("not-entitled-role", Article(20), tried());
    field.desk.by(Role::Officer, FIRE).takes(tried());
}

#[test]
fn the_target_signs_or_seals_what_was_seen_on_site() {
    let mut field = recorded(Passed, NoProblemFound);
    let afar =
        Confirmation::Target { document: kept("回执"), form: ConfirmationForm::Electronic };
    let desk = &mut field.desk;
    desk.refuses("confirmation-empty", Article(20), confirm(signed(), &[]));
    let form = Decision("confirmation-form");
    desk.refuses("confirmation-other-form", form, confirm(afar, &[FOOD]));
    desk.refuses("completion-unconfirmed", Article(20), complete());
    desk.takes(confirm(signed(), &[FOOD]));
    desk.refuses("record-confirmed", Article(20), confirm(signed(), &[FOOD]));
    desk.refuses("completion-unconfirmed", Article(20), complete());
    let sealed = Confirmation::Target { document: kept("盖章"), form: ConfirmationForm::Seal };
    desk.takes(confirm(sealed, &[FIRE_SAFETY]));
    desk.takes(complete());
}

#[test]
fn the_department_that_leads_has_it_confirmed_and_completes_it_behind_the_records() {
    let mut field = recorded(Passed, NoProblemFound);
    let both = || confirm(signed(), &[FOOD, FIRE_SAFETY]);
    for next in [both(), complete()] {
        let desk = field.at("2026-05-06", FIRE, 0);
        desk.refuses("not-entitled-department", Article(20), next.clone());
        let desk = field.at("2026-05-05", MARKET, 0);
        desk.refuses("inspection-before-last", Article(20), next.clone());
        field.at("2026-05-06", MARKET, 1).takes(next);
    }
}

#[test]
fn what_was_inspected_from_afar_may_be_confirmed_in_writing_or_electronically() {
    for form in [ConfirmationForm::Written, ConfirmationForm::Electronic] {
        let mut field = opened();
        let methods = [Method::OnlineMonitoring].into();
        let online =
            yicha::register::Item { methods, from: day("2026-05-01"), ..item(FOOD, MARKET) };
        field.desk.on("2026-04-30").by(Role::Officer, MARKET).takes(set(online));
        let monitored =
            Recorded { method: Method::OnlineMonitoring, ..found(FOOD, NoProblemFound) };
        field.at("2026-05-06", MARKET, 0).takes(record(monitored));
        field.desk.takes(confirm(Confirmation::Target { document: kept("回执"), form }, &[FOOD]));
    }
}

#[test]
fn a_refused_signature_is_noted_and_recorded() {
    let mut field = recorded(Failed, NoProblemFound);
    let refused = |recordings| Confirmation::Refused {
        attestation: None,
        note: kept("拒绝签字"),
        recordings,
    };
    let both = [FOOD, FIRE_SAFETY];
    field.desk.refuses(
        "refused-signature-not-recorded",
        Article(20),
        confirm(refused(vec![]), &both),
    );
    let recording = Recording { digest: kept("录像"), media: RecordingMedia::Video };
    field.desk.takes(confirm(refused(vec![recording]), &both));
    field.desk.takes(complete());
}

#[test]
fn nobody_to_be_asked_is_shown_by_evidence() {
    let mut field = recorded(NoSuchBusiness, NoProblemFound);
    let gone = || Confirmation::Unavailable { note: kept("无人") };
    let both = [FOOD, FIRE_SAFETY];
    field.desk.refuses("confirmation-unavailable-unproved", Article(20), confirm(gone(), &both));
    field.desk.takes(collect(evidence(Ground::Unreachable, AttemptKind::Letter, "2026-05-06")));
    field.desk.takes(confirm(gone(), &both));
    field.desk.takes(complete());
}

#[test]
fn an_inspection_is_complete_when_each_item_in_force_has_a_record() {
    let mut field = visited();
    field.desk.refuses("completion-unrecorded", Article(20), complete());
    field.desk.takes(record(found(FOOD, NoProblemFound)));
    field.desk.refuses("record-not-there", Article(20), confirm(signed(), &[FIRE_SAFETY]));
    field.desk.takes(confirm(signed(), &[FOOD]));
    field.desk.refuses("completion-unrecorded", Article(20), complete());
    // An item whose time has passed cannot be inspected, and does not hold up the others.
    let passed = yicha::register::Item {
        until: Some(day("2026-05-31")),
        from: day("2026-05-07"),
        ..item(FIRE_SAFETY, FIRE)
    };
    field.desk.by(Role::Officer, FIRE).takes(set(passed));
    field.at("2026-05-31", MARKET, 0).refuses("completion-unrecorded", Article(20), complete());
    let late = record(found(FIRE_SAFETY, Passed));
    field.at("2026-06-01", FIRE, 0).refuses("scheme-item-not-in-force", Article(3), late);
    field.at("2026-06-01", FIRE, 0).refuses("not-entitled-department", Article(20), complete());
    field.at("2026-06-01", MARKET, 0).takes(complete());
    field.desk.refuses("inspection-over", Article(20), complete());
    let more = record(found(FIRE_SAFETY, Passed));
    field.at("2026-06-01", FIRE, 0).refuses("inspection-over", Article(20), more);
}

#[test]
fn the_head_of_the_initiator_ends_an_inspection_of_nothing() {
    let mut field = opened();
    let abandon = |ground| InspectionCommand::Abandon {
        abandoned: Abandoned { ground, reason: kept("注销") },
        inspection: id(),
    };
    let key = Decision("abandoned-inspection");
    field.desk.refuses("not-entitled-role", Article(20), abandon(AbandonGround::TargetEnded));
    field.desk.by(Role::DepartmentHead, MARKET);
    field.desk.refuses("abandon-target-there", key, abandon(AbandonGround::TargetEnded));
    let deregistered = TargetDeregistered {
        department: code(MARKET),
        reason: code("deregistered"),
        target: field.target.clone(),
    };
    let ended = TargetCommand::Change(TargetChange::Deregistered(deregistered));
    field.desk.on("2026-04-21").by(Role::Officer, MARKET).takes(ended);
    field.desk.by(Role::DepartmentHead, MARKET);
    field.desk.on("2026-04-20").refuses(
        "abandon-target-there",
        key,
        abandon(AbandonGround::TargetEnded),
    );
    field.desk.on("2026-04-21").takes(abandon(AbandonGround::TargetEnded));
    let mut begun = recorded(Passed, Passed);
    begun.desk.by(Role::DepartmentHead, MARKET);
    begun.desk.refuses("abandon-begun", key, abandon(AbandonGround::OpenedByMistake));
    // What was opened by mistake is opened again, under another number.
    let mut mistaken = opened();
    mistaken.desk.by(Role::DepartmentHead, MARKET).takes(abandon(AbandonGround::OpenedByMistake));
    let InspectionCommand::Open { opening, .. } = mistaken.open() else { unreachable!() };
    let again = InspectionCommand::Open { inspection: code("JC-2"), opening };
    // The same from cases that were written and read again.
    let mut read = mistaken.desk.world.clone();
    let json = serde_json::to_string(&read.inspections).unwrap();
    read.inspections = serde_json::from_str(&json).unwrap();
    mistaken.desk.takes(again.clone());
    mistaken.desk.world = read;
    mistaken.desk.takes(again);
}

#[test]
fn whoever_assists_is_named_and_does_not_count() {
    let mut field = opened();
    let assist = |department| InspectionCommand::Assist {
        inspection: id(),
        support: Support {
            department: code(department),
            kind: SupportKind::TestingBody,
            person: code("institute-1"),
        },
    };
    field.desk.by(Role::Officer, HEALTH);
    field.desk.refuses("inspection-department-not-coming", Article(20), assist(HEALTH));
    field.desk.by(Role::Officer, FIRE);
    field.desk.refuses("not-entitled-department", Article(19), assist(MARKET));
    let facts = field.desk.takes(assist(FIRE));
    assert_eq!(facts[0].basis, [Article(19)]);
    assert_eq!(field.inspection().support.len(), 1);
    let mut fewer = field.team();
    fewer.pop();
    field.at("2026-05-06", MARKET, 0).refuses(
        "visit-too-few",
        Decision("minimum-inspectors"),
        visit(fewer),
    );
}

#[test]
fn who_is_recused_does_not_come_and_records_nothing() {
    let mut field = opened();
    let (team, last) = (field.team(), field.fire[1].clone());
    let decide = |granted| InspectionCommand::DecideRecusal {
        decided: RecusalDecided {
            granted,
            inspector: last.clone(),
            origin: RecusalOrigin::Declared,
            reason: kept("亲属"),
        },
        inspection: id(),
    };
    field.desk.by(Role::DepartmentHead, MARKET).refuses(
        "not-entitled-department",
        RECUSAL,
        decide(true),
    );
    let facts = field.desk.by(Role::DepartmentHead, FIRE).takes(decide(false));
    assert_eq!(facts[0].basis, [RECUSAL]);
    field.at("2026-05-06", MARKET, 0).takes(visit(team.clone()));
    field.desk.by(Role::DepartmentHead, FIRE).takes(decide(true));
    let fire = record(found(FIRE_SAFETY, Passed));
    field.at("2026-05-06", FIRE, 1).refuses("record-not-member", Article(20), fire.clone());
    field.at("2026-05-06", FIRE, 0).takes(fire);
    let mut fresh = opened();
    let team = fresh.team();
    let last = fresh.fire[1].clone();
    let decide = |granted| {
        let (origin, reason) = (RecusalOrigin::Requested, kept("亲属"));
        let decided = RecusalDecided { granted, inspector: last.clone(), origin, reason };
        InspectionCommand::DecideRecusal { decided, inspection: id() }
    };
    // What was granted stands, whatever becomes of a later request.
    for granted in [true, false] {
        fresh.desk.by(Role::DepartmentHead, FIRE).takes(decide(granted));
        fresh.at("2026-05-06", MARKET, 0).refuses("visit-recused", RECUSAL, visit(team.clone()));
    }
}
