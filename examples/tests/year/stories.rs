//! What has to occur in every year, whatever its seed.

use super::small::{District, run, whole};
use std::collections::BTreeSet;
use yicha::actor::Role;
use yicha::calendar::{Calendar, Certainty};
use yicha::edition::Edition;
use yicha::event::Event;
use yicha::follow_up::clue::ClueEvent;
use yicha::follow_up::listing::{ListingEvent, ListingForm};
use yicha::inspection::{Confirmation, Ground, InspectionEvent};
use yicha::ledger::{Entry, verify_log};
use yicha::office::Office;
use yicha::publication::publicity::StopGround;
use yicha::publication::{PublicationEvent, Publicity, deadline};
use yicha::register::RegisterKind;
use yicha::result::InspectionResult;
use yicha::world::World;
use yicha_examples::job::JobOptions;
use yicha_examples::register::Registers;
use yicha_examples::year::Year;

fn entries(year: &mut Year) -> Vec<Entry> {
    let (lines, head) = year.host.entries().unwrap();
    verify_log(year.host.office().tip().suite(), &lines, &head).unwrap();
    lines.iter().map(|line| Entry::parse(line.as_bytes()).unwrap()).collect()
}

#[test]
fn every_year_has_every_result_and_both_ways_of_repair() {
    let district = District::new();
    let mut heads = BTreeSet::new();
    for seed in 1..=6 {
        let mut year = district.year(&format!("out-{seed}"), seed);
        let entries = entries(&mut year);
        results(seed, &entries);
        proceedings(seed, &entries);
        repaired(seed, &entries);
        left_open(seed, &year);
        heads.insert(year.host.office().tip().head().root.to_string());
    }
    assert_eq!(heads.len(), 6, "another seed is another year");
}

fn results(seed: u64, entries: &[Entry]) {
    let recorded = |entry: &Entry| match &entry.event {
        Event::Inspection(InspectionEvent::Recorded(recorded)) => Some(recorded.result),
        _ => None,
    };
    let published = |entry: &Entry| match &entry.event {
        Event::Publication(PublicationEvent::Published(published)) => Some(published.result),
        _ => None,
    };
    let all = BTreeSet::from(InspectionResult::ALL);
    assert_eq!(entries.iter().filter_map(recorded).collect::<BTreeSet<_>>(), all, "seed {seed}");
    assert_eq!(entries.iter().filter_map(published).collect::<BTreeSet<_>>(), all, "seed {seed}");
}

/// Everything that the year is to show, each with an event that could be missing.
fn proceedings(seed: u64, entries: &[Entry]) {
    let has = |what: &str, found: &dyn Fn(&Entry) -> bool| {
        assert!(entries.iter().any(found), "seed {seed}: {what}");
    };
    let inspection = |entry: &Entry, found: &dyn Fn(&InspectionEvent) -> bool| matches!(&entry.event, Event::Inspection(event) if found(event));
    has("a replacement by the head", &|entry| {
        entry.actor.role == Role::DepartmentHead
            && inspection(entry, &|event| matches!(event, InspectionEvent::Replaced(_)))
    });
    has("a refused signature with a recording", &|entry| {
        inspection(entry, &|event| match event {
            InspectionEvent::Confirmed(confirmed) => {
                matches!(&confirmed.by, Confirmation::Refused { recordings, .. } if !recordings.is_empty())
            }
            _ => false,
        })
    });
    has("evidence of an unreachable target", &|entry| {
        inspection(entry, &|event| match event {
            InspectionEvent::EvidenceCollected(evidence) => {
                evidence.ground == Ground::Unreachable && evidence.attempts.len() > 1
            }
            _ => false,
        })
    });
    has("a late publication", &|entry| {
        matches!(&entry.event, Event::Publication(PublicationEvent::Published(published))
            if published.timeliness.late.is_some())
    });
    has("a publication in time on days that are not known yet", &|entry| {
        matches!(&entry.event, Event::Publication(PublicationEvent::Published(published))
            if published.timeliness.provisional && published.timeliness.late.is_none())
    });
    has("a correction by order", &|entry| {
        matches!(&entry.event, Event::Publication(PublicationEvent::Corrected(_)))
    });
    has("a clue that is handed on", &|entry| {
        matches!(&entry.event, Event::Clue(ClueEvent::Transferred(_)))
    });
    has("a clue that is closed", &|entry| {
        matches!(&entry.event, Event::Clue(ClueEvent::Closed(_)))
    });
    has("a penalty", &|entry| matches!(entry.event, Event::Penalty(_)));
    has("a listing or mark", &|entry| {
        matches!(&entry.event, Event::Listing(ListingEvent::Listed(listed))
            if matches!(listed.form, ListingForm::Listed | ListingForm::Marked))
    });
    has("a removal", &|entry| matches!(&entry.event, Event::Listing(ListingEvent::Removed(_))));
    has("a closed dossier", &|entry| {
        matches!(&entry.event, Event::Dossier(yicha::archive::DossierEvent::Closed(_)))
    });
}

fn repaired(seed: u64, entries: &[Entry]) {
    let ground = |entry: &Entry| match &entry.event {
        Event::Publication(PublicationEvent::Ceased(ceased)) => Some(ceased.ground.clone()),
        _ => None,
    };
    let grounds: Vec<StopGround> = entries.iter().filter_map(ground).collect();
    let ended = |ground: &&StopGround| matches!(ground, StopGround::Ended(_));
    assert!(grounds.contains(&StopGround::PeriodOver), "seed {seed}: branch A");
    assert!(grounds.iter().filter(ended).count() > 1, "seed {seed}: branch B");
}

/// At the end of the year one result has a last day in the next one, and one is public as long as a listing lasts.
fn left_open(seed: u64, year: &Year) {
    let (world, until) = (year.host.office().world(), year.until);
    let due = |world: &World| -> Vec<_> {
        let completed = world.unpublished(until).map(|open| open.completed);
        completed
            .map(|day| deadline(day, &Edition::wancheng_2026(), &Calendar::china()).unwrap())
            .collect()
    };
    let due = due(world);
    assert!(!due.is_empty(), "seed {seed}");
    for deadline in due {
        assert!(deadline.last_day > until && deadline.last_day.year() == 2027, "{deadline:?}");
        assert!(matches!(deadline.certainty, Certainty::Provisional { .. }), "{deadline:?}");
    }
    let lasting = world.public_record(until).filter(|public| {
        let publicity = world.publicity(public.inspection, public.item, until).unwrap();
        matches!(publicity, Publicity::UntilConsequencesEnd { stops: None, .. })
    });
    assert!(lasting.count() > 0, "seed {seed}");
}

/// Everything in the office follows from the entries and the host's rows, in any other process as well.
#[test]
fn a_replay_is_what_was_and_the_hosts_rows_say_the_same() {
    let district = District::new();
    let mut year = district.year("out", 7);
    let (lines, head) = year.host.entries().unwrap();
    let office = year.host.office();
    let (edition, calendar) = (Edition::wancheng_2026(), Calendar::china());
    let replayed = Office::replay(office.tip().suite(), edition, calendar, &lines, &head).unwrap();
    assert!(replayed.world() == office.world());

    let path = district.path("out/internal/joint_inspection.sqlite");
    let database = rusqlite::Connection::open(path).unwrap();
    let count = |query: &str| database.query_row(query, [], |row| row.get::<_, usize>(0)).unwrap();
    let world = office.world();
    let completed = world.inspections.values().filter(|case| case.completed.is_some()).count();
    assert_eq!(count("SELECT count(*) FROM inspection"), world.inspections.len());
    assert_eq!(count("SELECT count(completed) FROM inspection"), completed);
    let results = |filter: fn(&yicha::publication::Published) -> bool| {
        let items = world.publications.values().flat_map(|publication| publication.items.values());
        items.filter(|published| filter(published)).count()
    };
    assert_eq!(count("SELECT count(entered) FROM result"), results(|_| true));
    let published = results(|published| !published.versions.is_empty());
    assert_eq!(count("SELECT count(published) FROM result"), published);
    assert_eq!(count("SELECT count(ceased) FROM result"), results(|p| p.ceased.is_some()));
    assert_eq!(count("SELECT count(*) FROM entry"), lines.len());
    assert_eq!(count("SELECT sum(count) FROM receipt"), lines.len());
    assert_eq!(count("SELECT count(*) FROM assignment"), count("SELECT count(*) FROM drawn") * 6);
    let replaced = "SELECT count(*) FROM team WHERE inspector NOT IN (SELECT inspector FROM assignment a JOIN inspection i ON a.target = i.target WHERE i.id = team.inspection)";
    assert_eq!(count(replaced), 1, "the successor");
}

/// Personal data and classes stand in no entry.
#[test]
fn the_ledger_names_nobody() {
    let district = District::new();
    let mut year = district.year("out", 8);
    let (lines, _) = year.host.entries().unwrap();
    let registers = &year.outcome.import.registers;
    let names = registers.inspectors.iter().flat_map(|person| {
        [Some(person.name.clone()), person.certificate.clone()].into_iter().flatten()
    });
    let targets =
        registers.targets.iter().flat_map(|target| [target.name.clone(), target.address.clone()]);
    let reasons = registers.recusals.iter().map(|recusal| recusal.reason.clone());
    let all = lines.concat();
    for text in names.chain(targets).chain(reasons) {
        assert!(!all.contains(&text), "{text}");
    }
}

#[test]
fn every_industry_of_the_plan_has_its_year_or_a_shortage() {
    let district = District::new();
    let options = |industry: &str| JobOptions {
        registers: whole(),
        industry: industry.into(),
        ..district.options(&format!("out-{industry}"))
    };
    let plan = Registers::load(&whole(), &options("").import).registers.plan;
    for planned in plan.iter().filter(|planned| planned.industry != "餐饮服务") {
        let mut year = run(&options(&planned.industry), 3).unwrap();
        let entries = entries(&mut year);
        let imports = |entry: &&Entry| {
            matches!(&entry.event, Event::Item(_) | Event::Target(_) | Event::Inspector(_))
        };
        assert!(entries.iter().filter(imports).count() > RegisterKind::ALL.len());
        let world = year.host.office().world();
        let drawn = year.outcome.targets.drawn.outcome().list().targets().len();
        let inspected = if year.outcome.can_start() { drawn } else { 0 };
        assert_eq!(world.inspections.len(), inspected, "{}", planned.industry);
        assert!(
            world.inspections.values().all(|case| case.completed.is_some()),
            "{}",
            planned.industry
        );
    }
}
