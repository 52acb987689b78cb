//! 第四条 全程留痕: an office with single cases proves what it has, and never takes what it has not for what is not there.

use crate::desk::{Desk, FIRE, MARKET, code, kept};
use crate::host::*;
use crate::inspected::{self, VISIT};
use crate::planned::{FOOD, SCHEME, with_plan};
use crate::registered::law_changed;
use std::collections::BTreeSet;
use std::sync::LazyLock;
use yicha::actor::Role;
use yicha::archive::{DossierCommand, Opened};
use yicha::case::{CaseId, CaseKind};
use yicha::citation::Basis::Decision;
use yicha::code::CaseCode;
use yicha::disclosure::{About, DataKind, DisclosureCommand, Reader, Shown};
use yicha::event::Command;
use yicha::explain::Explain;
use yicha::follow_up::closing::ClosingCommand;
use yicha::hash::Suite;
use yicha::inspection::{InspectionCommand, Opening};
use yicha::ledger::{Entry, Fault, InclusionProof, LedgerError, Proofs};
use yicha::office::{Answer, CaseOffice, Office, Request};
use yicha::publication::PublicationCommand;
use yicha::refusal::Refusal;
use yicha::threads::Threads;
use yicha_tests::speaks_both_languages;

const SUITE: Suite = Suite::Sm3;
const OTHER: &str = "JC-2026-2";

/// The history of one inspection, with another one opened.
fn two_inspections() -> Desk {
    static MADE: LazyLock<Desk> = LazyLock::new(make_two);
    MADE.clone()
}

fn make_two() -> Desk {
    let mut desk = history();
    let first = desk.world.inspection(&inspected::id()).unwrap().target.clone();
    let targets: Vec<_> = desk.world.inspections.of_scheme(&code(SCHEME)).collect();
    assert_eq!(targets.len(), 1);
    let command = open_another(&desk, OTHER, |target| *target != first);
    desk.on("2026-05-12").by(Role::Officer, MARKET).takes(command);
    desk
}

/// What a host has of it.
fn both() -> (Office, Store) {
    static BOTH: LazyLock<(Office, Store)> = LazyLock::new(|| stored(&two_inspections(), SUITE));
    BOTH.clone()
}

fn open_another(
    desk: &Desk,
    number: &str,
    of: impl Fn(&yicha::code::TargetId) -> bool,
) -> InspectionCommand {
    let rows = desk.world.registers.targets[MARKET].fed(&code(MARKET)).unwrap();
    let assigned = |target: &yicha::code::TargetId| desk.world.assignment(&code(SCHEME), target);
    let target = rows.keys().find(|target| of(target) && assigned(target).is_ok()).unwrap().clone();
    let leader = assigned(&target).unwrap().team.into_iter().find(|member| member.leader);
    let opening = Opening { leader: leader.unwrap().inspector, scheme: code(SCHEME), target };
    InspectionCommand::Open { inspection: code(number), opening }
}

/// Everything about the inspection of that number.
fn about(inspection: &str) -> BTreeSet<CaseId> {
    CaseOffice::cases_of(&code(inspection)).into()
}

/// The entries that a host gives for these cases.
fn of_cases<'a>(store: &'a Store, named: &BTreeSet<CaseId>) -> Vec<&'a [u8]> {
    let concerned = |bytes: &&Vec<u8>| {
        let case = Entry::parse(bytes).unwrap().case;
        named.contains(&case) || !CaseOffice::KINDS.contains(&case.kind)
    };
    store.entries.iter().filter(concerned).map(Vec::as_slice).collect()
}

fn vouched(store: &Store, named: BTreeSet<CaseId>) -> CaseOffice {
    let entries = of_cases(store, &named);
    loaded(store, named, entries)
}

fn loaded(store: &Store, named: BTreeSet<CaseId>, entries: Vec<&[u8]>) -> CaseOffice {
    let (edition, calendar) = rules();
    let office = CaseOffice::vouched(edition, calendar, store.tip.clone(), named, entries);
    let mut office = office.unwrap();
    store.files.iter().for_each(|file| office.feed_file(file).unwrap());
    office
}

fn request(desk: &mut Desk, command: impl Into<Command>) -> Request {
    let mut request = requests(desk).remove(0);
    request.actor = desk.stamp.actor.clone();
    request.command = command.into();
    (request.effective, request.recorded) = (desk.stamp.effective, desk.stamp.recorded);
    request.purpose = desk.stamp.purpose;
    request.id = code("next");
    request
}

fn cease(inspection: &str) -> PublicationCommand {
    PublicationCommand::Cease { inspection: code(inspection), item: code(FOOD) }
}

/// The entries that are decided, or the code of the refusal.
fn outcome(answer: Result<Answer, Refusal>) -> Result<Vec<Vec<u8>>, &'static str> {
    match answer {
        Ok(Answer::Decided(decision)) => Ok(decision.entries().to_vec()),
        Ok(Answer::Repeated(_)) => Ok(vec![]),
        Err(refusal) => Err(refusal.code()),
    }
}

#[track_caller]
fn not_loaded(answer: Result<Answer, Refusal>) {
    let refusal = answer.map(|answer| outcome(Ok(answer))).unwrap_err();
    let wanted = ("case-not-loaded", Decision("single-cases"));
    assert_eq!((refusal.code(), refusal.basis()), wanted, "{refusal}");
    speaks_both_languages(&refusal);
}

#[test]
fn a_loaded_case_is_decided_as_where_everything_is_loaded() {
    let mut desk = two_inspections();
    let (mut whole, mut store) = both();
    let mut single = vouched(&store, about(VISIT));
    assert_eq!(single.tip(), whole.tip());
    desk.on("2026-05-13").by(Role::Officer, MARKET);
    let early = request(&mut desk, cease(VISIT));
    assert_eq!(single.decide(early).unwrap_err().code(), "cessation-before-period-end");
    desk.on("2026-08-09");
    let lawful = request(&mut desk, cease(VISIT));
    let decision = decided(single.decide(lawful.clone()));
    assert_eq!(decision.entries(), decided(whole.decide(lawful.clone())).entries());
    assert!(store.swap(&decision));
    let receipt = single.commit(decision).unwrap();
    store.catch_up(&mut whole);
    assert_eq!(single.tip(), whole.tip());
    // It is followed, here as there.
    for answer in [single.decide(lawful.clone()), whole.decide(lawful)] {
        assert!(matches!(answer, Ok(Answer::Repeated(again)) if again == receipt));
    }
}

#[test]
fn what_is_not_loaded_is_not_taken_for_what_is_not_there() {
    let mut desk = two_inspections();
    let (whole, store) = both();
    let mut single = vouched(&store, about(VISIT));
    desk.on("2026-08-09").by(Role::Officer, MARKET);
    // Neither one that is there nor one that is not.
    for (inspection, known) in [(OTHER, "result-not-published"), ("JC-2026-9", "case-unknown")] {
        let command = request(&mut desk, cease(inspection));
        assert_eq!(outcome(whole.decide(command.clone())), Err(known));
        not_loaded(single.decide(command));
    }
    // The target of the one that is loaded has one, whatever others there are.
    let target = desk.world.inspection(&code(VISIT)).unwrap().target.clone();
    let again = open_another(&desk, "JC-2026-3", |found| *found == target);
    let again = request(&mut desk, again);
    let mut named = about(VISIT);
    named.extend(about("JC-2026-3"));
    let opened_already = Err("inspection-opened-already");
    assert_eq!(outcome(vouched(&store, named).decide(again)), opened_already);
    // What is handed in beside it is not loaded.
    let target = desk.world.inspection(&code(OTHER)).unwrap().target.clone();
    let command = open_another(&desk, "JC-2026-3", |found| *found == target);
    let command = request(&mut desk, command);
    let mut named = about(VISIT);
    named.extend(about("JC-2026-3"));
    let all = store.entries.iter().map(Vec::as_slice).collect();
    not_loaded(loaded(&store, named, all).decide(command));
    // A target that has no inspection here may have one elsewhere.
    let opened = [VISIT, OTHER].map(|id| desk.world.inspection(&code(id)).unwrap().target.clone());
    desk.on("2026-05-13");
    let command = open_another(&desk, "JC-2026-3", |target| !opened.contains(target));
    let open = request(&mut desk, command);
    decided(whole.decide(open.clone()));
    not_loaded(single.decide(open.clone()));
    let mut named = about(VISIT);
    named.extend(about("JC-2026-3"));
    not_loaded(vouched(&store, named).decide(open));
    // Nor is a dossier opened without a look at the others.
    let opened = Opened { department: code(FIRE), inspection: code(VISIT) };
    desk.by(Role::Officer, FIRE);
    let dossier = request(&mut desk, DossierCommand::Open { dossier: code("A-1"), opened });
    decided(whole.decide(dossier.clone()));
    let named = about(VISIT).into_iter().chain([yicha::archive::case(&code("A-1"))]).collect();
    not_loaded(vouched(&store, named).decide(dossier));
}

#[test]
fn a_case_that_is_named_and_has_no_entry_can_be_opened() {
    let mut desk = two_inspections();
    let (whole, store) = both();
    desk.on("2026-05-13").by(Role::Officer, MARKET);
    let shown = Shown {
        about: About::Scheme(code(SCHEME)),
        count: 1,
        data: [DataKind::Targets].into(),
        digest: kept("名单"),
        reader: Reader::Public,
    };
    let disclosure: CaseCode = code("PL-1");
    let show = DisclosureCommand::Show { disclosure: disclosure.clone(), shown };
    desk.by(Role::Platform, "");
    let show = request(&mut desk, show);
    not_loaded(vouched(&store, about(VISIT)).decide(show.clone()));
    let case = CaseId { id: disclosure, kind: CaseKind::Disclosure };
    let mut single = vouched(&store, about(VISIT).into_iter().chain([case]).collect());
    let decision = decided(single.decide(show.clone()));
    assert_eq!(decision.entries(), decided(whole.decide(show)).entries());

    // A closing is a case of its own beside its inspection.
    desk.by(Role::Officer, MARKET);
    let close = request(&mut desk, ClosingCommand::Close { inspection: code(VISIT) });
    let wanted = Err("problem-without-follow-up");
    assert_eq!(outcome(whole.decide(close.clone())), wanted);
    assert_eq!(outcome(vouched(&store, about(VISIT)).decide(close.clone())), wanted);
    let without = about(VISIT).into_iter().filter(|case| case.kind != CaseKind::Closing).collect();
    not_loaded(vouched(&store, without).decide(close));
}

#[test]
fn at_every_point_it_decides_the_same_or_says_that_something_is_not_loaded() {
    let desk = two_inspections();
    let mut store = Store { files: desk.files.clone(), ..Store::new(SUITE) };
    let mut whole = store.replayed();
    let (mut same, mut elsewhere) = (0, 0);
    for next in requests(&desk) {
        let mut single = vouched(&store, about(VISIT));
        let wanted = outcome(whole.decide(next.clone()));
        match outcome(single.decide(next.clone())) {
            Err("case-not-loaded") => elsewhere += 1,
            found => {
                assert_eq!(found, wanted, "{next:?}");
                same += 1;
            }
        }
        handle(&mut whole, &mut store, &next).unwrap();
    }
    // Both inspections are opened where everything is loaded.
    assert_eq!(elsewhere, 2);
    assert!(same > 20, "{same}");
}

#[test]
fn others_entries_are_checked_and_passed_over() {
    let mut desk = two_inspections();
    let (mut whole, mut store) = both();
    let mut single = vouched(&store, about(VISIT));
    let behind = single.tip().clone();
    desk.on("2026-08-10").by(Role::DepartmentHead, MARKET);
    let abandoned = yicha::inspection::Abandoned {
        ground: yicha::inspection::AbandonGround::OpenedByMistake,
        reason: kept("误立案"),
    };
    let abandon = InspectionCommand::Abandon { abandoned, inspection: code(OTHER) };
    let other = request(&mut desk, abandon);
    handle(&mut whole, &mut store, &other).unwrap();
    let later = store.behind(behind.head()).to_vec();
    let mut wrong = later.clone();
    *wrong[0].last_mut().unwrap() = b']';
    assert!(single.catch_up(&wrong, &store.head()).is_err());
    assert!(single.catch_up::<Vec<u8>>(&[], &store.head()).is_err());
    assert_eq!(single.tip(), &behind);
    single.catch_up(&later, &store.head()).unwrap();
    assert_eq!(single.tip(), whole.tip());
    // Its id is known now, the case is not.
    assert!(matches!(single.decide(other.clone()), Ok(Answer::Repeated(_))));
    not_loaded(single.decide(Request { id: code("again"), ..other }));
    let cease = Request { id: code("cease"), ..request(&mut desk, cease(VISIT)) };
    let cease = Request { actor: { desk.by(Role::Officer, MARKET).stamp.actor.clone() }, ..cease };
    decided(single.decide(cease));
}

#[test]
fn whoever_looks_at_everything_is_refused_and_at_what_is_loaded_is_answered() {
    let (_, store) = both();
    let mut single = vouched(&store, about(VISIT));
    let target = |office: &Office, id: &str| -> Result<_, Refusal> {
        Ok(office.world().inspection(&code(id))?.target.clone())
    };
    assert!(single.look(|office| target(office, VISIT)).is_ok());
    for _ in 0..2 {
        let refusal = single.look(|office| target(office, OTHER)).unwrap_err();
        assert_eq!(refusal.code(), "case-not-loaded");
        // One look does not spoil the next.
        assert!(single.look(|office| target(office, VISIT)).is_ok());
    }
    let count = single.look(|office| Ok(office.world().inspections.len()));
    assert_eq!(count.unwrap_err().code(), "case-not-loaded");
    let lists = single.look(|office| Ok(office.world().joint_lists.len()));
    assert_eq!(lists, Ok(1), "of this kind everything is loaded");
}

#[test]
fn each_entry_is_proved_to_stand_under_the_head() {
    let (whole, store) = both();
    let proofs = Proofs::new(SUITE, &store.entries, Threads::ONE);
    let named = about(VISIT);
    let entries = of_cases(&store, &named);
    let proved: Vec<(&[u8], InclusionProof)> = entries
        .iter()
        .map(|bytes| (*bytes, proofs.inclusion(Entry::parse(bytes).unwrap().sequence).unwrap()))
        .collect();
    let load = |entries: &[(&[u8], InclusionProof)]| {
        let (edition, calendar) = rules();
        let entries = entries.iter().map(|(bytes, proof)| (*bytes, proof));
        CaseOffice::proved(edition, calendar, store.tip.clone(), named.clone(), entries)
    };
    let mut single = load(&proved).unwrap();
    assert_eq!(single.tip(), whole.tip());
    let case = inspected::id();
    let mut same = |look: fn(&yicha::world::World, &CaseCode) -> String| {
        single.look(|office| Ok(look(office.world(), &case))) == Ok(look(whole.world(), &case))
    };
    assert!(same(|world, id| format!("{:?}", world.inspections.get(id))));
    assert!(same(|world, id| format!("{:?}", world.publications.get(id))));

    let line = |entries: &[(&[u8], InclusionProof)], wanted: u64| match load(entries) {
        Err(LedgerError::Line { line, fault }) => {
            assert_eq!(line, wanted);
            fault
        }
        other => panic!("{:?}", other.map(|office| office.tip().clone())),
    };
    // An entry that was altered, the proof of another one, one that is proved and stands behind a later one.
    let text = String::from_utf8(proved[3].0.to_vec()).unwrap();
    let altered = text.replacen("officer-1", "officer-2", 1).replacen("joint-office-1", "x", 1);
    assert_ne!(altered, text);
    let mut wrong = proved.clone();
    wrong[3].0 = altered.as_bytes();
    assert!(matches!(line(&wrong, 4), Fault::Proof(_)));
    let mut wrong = proved.clone();
    wrong[3].1 = proved[4].1.clone();
    assert!(matches!(line(&wrong, 4), Fault::Sequence { .. }));
    let mut wrong = proved.clone();
    wrong.swap(3, 4);
    assert!(matches!(line(&wrong, 5), Fault::Sequence { .. }));
    let mut wrong = proved.clone();
    wrong.insert(4, proved[3].clone());
    assert!(matches!(line(&wrong, 5), Fault::Sequence { .. }));
}

#[test]
fn an_id_is_of_one_command_whatever_number_of_entries_that_has() {
    let mut desk = with_plan();
    let changed = law_changed("中华人民共和国消防法", "主席令第八十一号");
    assert_eq!(desk.by_joint_office().takes(changed).len(), 2);
    let (_, store) = stored(&desk, SUITE);
    let load = |entries: &[Vec<u8>]| {
        let (edition, calendar) = rules();
        let entries = entries.iter().map(Vec::as_slice);
        CaseOffice::vouched(edition, calendar, store.tip.clone(), [].into(), entries)
    };
    load(&store.entries).unwrap();
    let mut entries = store.entries.clone();
    let text = String::from_utf8(entries[1].clone()).unwrap();
    entries[1] = text.replacen("\"c-1\"", "\"c-0\"", 1).into_bytes();
    let twice = |error: &LedgerError| {
        matches!(error, LedgerError::Line { line: 2, fault: Fault::Twice { .. } })
    };
    assert!(load(&entries).is_err_and(|error| twice(&error)));
}

#[test]
fn entries_behind_the_tip_are_not_loaded() {
    let (_, store) = both();
    let early = yicha::ledger::verify_log(
        SUITE,
        &store.entries[..4],
        &Proofs::new(SUITE, &store.entries[..4], Threads::ONE).head(),
    );
    let load = |count: usize| {
        let (edition, calendar) = rules();
        let entries = store.entries[..count].iter().map(Vec::as_slice);
        CaseOffice::vouched(edition, calendar, early.clone().unwrap(), about(VISIT), entries)
    };
    assert!(load(4).is_ok());
    assert!(matches!(load(5), Err(LedgerError::Line { line: 5, fault: Fault::Proof(_) })));
}
