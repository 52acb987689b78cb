//! How much memory an office holds for each inspection that is open: a district has thousands of them at a time.
//!
//! `cargo test -p yicha-tests --test memory -- --nocapture` says how much it is.
#![allow(clippy::unwrap_used, clippy::print_stdout, missing_docs, dead_code)]

#[path = "articles/desk.rs"]
mod desk;
#[path = "articles/drawn.rs"]
mod drawn;
#[path = "articles/host.rs"]
mod host;
#[path = "articles/inspected.rs"]
mod inspected;
#[path = "articles/planned.rs"]
mod planned;
#[path = "articles/registered.rs"]
mod registered;

use desk::{FIRE, MARKET, code, day, kept};
use host::{rules, stored};
use inspected::{Field, VISIT, found, id, opened, record, visit};
use planned::{FIRE_SAFETY, FOOD};
use std::alloc::{GlobalAlloc, Layout, System};
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
use yicha::actor::Role;
use yicha::case::CaseKind;
use yicha::hash::Suite;
use yicha::inspection::*;
use yicha::ledger::{Entry, Head};
use yicha::merkle::Frontier;
use yicha::office::Office;
use yicha::result::InspectionResult::NoProblemFound;

const SUITE: Suite = Suite::Sha256;
const INSPECTIONS: usize = 1024;
/// Bytes of an inspection, with all commands that were followed for it.
const ALLOWED: usize = 2048;

#[test]
fn an_open_inspection_takes_two_kilobytes() {
    let (_, store) = stored(&in_the_middle().desk, SUITE);
    let (one, many) = (log(&store.entries, 1), log(&store.entries, 1 + INSPECTIONS));
    let (with_one, with_many) = (held(&one, 1), held(&many, 1 + INSPECTIONS));
    let bytes = (with_many - with_one) / INSPECTIONS;
    println!("{bytes} bytes for each of {INSPECTIONS} open inspections, {ALLOWED} allowed");
    assert!(bytes <= ALLOWED, "{bytes} bytes");
}

/// Both departments have prepared, the target was told, the team was there, and both items are recorded but not
/// confirmed.
fn in_the_middle() -> Field {
    let mut field = opened();
    for department in [MARKET, FIRE] {
        let consulted = [("登记", Background::Registration), ("许可", Background::Permit)];
        let consulted = consulted.map(|(text, kind)| Consulted { digest: kept(text), kind }).into();
        let prepared = Prepared { consulted, department: code(department) };
        let prepare = InspectionCommand::Prepare { inspection: id(), prepared };
        field.desk.by(Role::Officer, department).takes(prepare);
    }
    let (form, text) = (NoticeForm::Written, kept("时间和要求"));
    let notice = Notice { form, text, visit: day("2026-05-06") };
    let notify = InspectionCommand::Notify { inspection: id(), notice };
    field.desk.by(Role::Officer, MARKET).takes(notify);
    let team = field.team();
    field.at("2026-05-06", MARKET, 0).takes(visit(team));
    for (department, item) in [(MARKET, FOOD), (FIRE, FIRE_SAFETY)] {
        field.at("2026-05-06", department, 0).takes(record(found(item, NoProblemFound)));
    }
    field
}

/// The log of a district in which so many targets are inspected as the one in these entries.
fn log(entries: &[Vec<u8>], inspections: usize) -> Vec<Vec<u8>> {
    let read = entries.iter().map(|bytes| Entry::parse(bytes).unwrap());
    let (of_inspection, others): (Vec<_>, Vec<_>) =
        read.partition(|entry| entry.case.kind == CaseKind::Inspection);
    assert!(of_inspection.len() > 5, "{of_inspection:?}");
    // Step by step, since no entry is recorded before the one in front of it.
    let all = of_inspection.iter().flat_map(|entry| (0..inspections).map(|i| numbered(entry, i)));
    let write = |(sequence, entry)| Entry { sequence, ..entry }.to_bytes().unwrap();
    (0..).zip(others.into_iter().chain(all)).map(write).collect()
}

/// The same of another inspection, with codes as long as those of a district are.
fn numbered(entry: &Entry, number: usize) -> Entry {
    let mut entry = entry.clone();
    let command = SUITE.digest(&[entry.command.id.as_str().as_bytes(), &number.to_be_bytes()]);
    entry.command.id = code(&command.to_string()[..36]);
    entry.case.id = code(&format!("{VISIT}-{number:06}"));
    if let yicha::event::Event::Inspection(InspectionEvent::Opened(opened)) = &mut entry.event {
        opened.target = code(&format!("91411302MA{number:08}"));
    }
    entry
}

/// The bytes that the office of a log holds.
fn held(log: &[Vec<u8>], inspections: usize) -> usize {
    let mut frontier = Frontier::new(SUITE);
    frontier.append(log);
    let head = Head { root: frontier.root(), size: frontier.size() };
    let (edition, calendar) = rules();
    let before = USED.load(Relaxed);
    let office = Office::replay(SUITE, edition, calendar, log, &head).unwrap();
    let held = USED.load(Relaxed) - before;
    let open = office.world().inspections.values().filter(|inspection| inspection.open());
    assert_eq!(open.count(), inspections);
    held
}

/// The system's allocator with a count of the bytes in use.
struct Counting;

static USED: AtomicUsize = AtomicUsize::new(0);

#[global_allocator]
static ALLOCATOR: Counting = Counting;

// SAFETY: every call goes to the system's allocator as it is. What is allocated with zeros or anew is left to the
// defaults of the trait, which go through these two.
#[allow(unsafe_code)]
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        USED.fetch_add(layout.size(), Relaxed);
        // SAFETY: the caller keeps the contract of `alloc`.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, place: *mut u8, layout: Layout) {
        USED.fetch_sub(layout.size(), Relaxed);
        // SAFETY: the caller keeps the contract of `dealloc`.
        unsafe { System.dealloc(place, layout) }
    }
}
