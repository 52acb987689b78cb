//! Deciding and committing against the bare cost of serialising, hashing and appending the same entries, and a replay
//! against parsing the same bytes, in the same run and on one core.
#![allow(clippy::print_stdout, clippy::unwrap_used)]

use std::hint::black_box;
use std::time::Instant;
use yicha::actor::{Actor, Purpose, Role};
use yicha::calendar::Calendar;
use yicha::edition::Edition;
use yicha::hash::Suite;
use yicha::ledger::{Entry, Head, lines};
use yicha::merkle::{Frontier, leaf_hash};
use yicha::office::{Answer, Office, Request};
use yicha::plan::conference::{ConferenceCommand, Held, Occasion, Resolution, ResolutionDone};
use yicha::version::V1;

/// Conferences, each with two resolutions that are reported done: three commands each.
const CONFERENCES: usize = 20_000;
const COMMANDS: usize = 3 * CONFERENCES;
/// Rounds of each kind, one after the other; the best one counts.
const ROUNDS: usize = 9;

fn main() {
    let requests: Vec<Request> = (0..CONFERENCES).flat_map(conference).collect();
    println!("{COMMANDS} commands of one entry, one core, ns/entry");
    println!(
        "{:<8}{:>10}{:>18}{:>8}{:>10}{:>10}{:>8}{:>14}",
        "suite", "bare", "decide, commit", "ratio", "parse", "replay", "ratio", "bytes/entry"
    );
    for suite in Suite::ALL {
        let (office, log) = act(suite, requests.clone());
        let (entries, head) = (lines(&log).unwrap(), office.tip().head());
        let read: Vec<Entry> = entries.iter().map(|bytes| Entry::parse(bytes).unwrap()).collect();
        let (mut bare, mut acted) = (f64::MAX, f64::MAX);
        let (mut parsed, mut replayed) = (f64::MAX, f64::MAX);
        for _ in 0..ROUNDS {
            bare = bare.min(per_entry(|| append(suite, &read)));
            // A request is the caller's to hand over, so it is not copied at the office's cost.
            let asked = requests.clone();
            acted = acted.min(per_entry(|| act(suite, asked)));
            parsed = parsed.min(per_entry(|| parse(&entries)));
            replayed = replayed.min(per_entry(|| replay(suite, &entries, &head)));
        }
        let bytes = log.len() / COMMANDS - 1;
        println!(
            "{:<8}{bare:>10.0}{acted:>18.0}{:>8.2}{parsed:>10.0}{replayed:>10.0}{:>8.2}{bytes:>14}",
            suite.code(),
            acted / bare,
            replayed / parsed
        );
    }
}

/// A host's log, one entry a line.
type Log = Vec<u8>;

/// What no ledger can do without: each entry as JSON, its hash, the tree with it, and the root to be stored.
fn append(suite: Suite, entries: &[Entry]) -> (Frontier, Log) {
    let (mut frontier, mut log) = (Frontier::new(suite), Log::new());
    for entry in entries {
        let bytes = serde_json::to_vec(entry).unwrap();
        frontier.push(leaf_hash(suite, &bytes));
        black_box(frontier.root());
        store(&mut log, &bytes);
    }
    (frontier, log)
}

fn act(suite: Suite, requests: Vec<Request>) -> (Office, Log) {
    let office = Office::new(suite, Edition::wancheng_2026(), Calendar::china());
    requests.into_iter().fold((office, Log::new()), |(mut office, mut log), request| {
        let Answer::Decided(decision) = office.decide(request).unwrap() else { unreachable!() };
        decision.entries().iter().for_each(|entry| store(&mut log, entry));
        office.commit(decision).unwrap();
        (office, log)
    })
}

fn store(log: &mut Log, entry: &[u8]) {
    log.extend_from_slice(entry);
    log.push(b'\n');
}

fn parse(entries: &[&[u8]]) {
    let read = |bytes: &&[u8]| serde_json::from_slice::<Entry>(bytes).unwrap();
    entries.iter().map(read).for_each(|entry| drop(black_box(entry)));
}

fn replay(suite: Suite, entries: &[&[u8]], head: &Head) -> Office {
    let (edition, calendar) = (Edition::wancheng_2026(), Calendar::china());
    Office::replay(suite, edition, calendar, entries, head).unwrap()
}

fn conference(number: usize) -> [Request; 3] {
    let id = format!("2026-{number}");
    let resolution = |id: &str| Resolution {
        due: "2026-04-30".parse().unwrap(),
        id: id.parse().unwrap(),
        owner: "11411302MB0002".parse().unwrap(),
        text: Suite::Sha256.digest(&[id.as_bytes()]),
    };
    let held = Held {
        agenda: vec![Suite::Sha256.digest(&[b"agenda"])],
        attended: vec!["11411302MB0001".parse().unwrap(), "11411302MB0002".parse().unwrap()],
        occasion: Occasion::Regular,
        resolutions: vec![resolution("1"), resolution("2")],
    };
    let done = |resolution: &str| ConferenceCommand::FinishResolution {
        conference: id.parse().unwrap(),
        done: ResolutionDone {
            report: Suite::Sha256.digest(&[id.as_bytes()]),
            resolution: resolution.parse().unwrap(),
        },
    };
    let hold = ConferenceCommand::Hold { conference: id.parse().unwrap(), held };
    let office =
        Actor { department: None, id: "office-1".parse().unwrap(), role: Role::JointOffice };
    let owner = Actor {
        department: Some("11411302MB0002".parse().unwrap()),
        id: "officer-1".parse().unwrap(),
        role: Role::Officer,
    };
    [(hold, &office), (done("1"), &owner), (done("2"), &owner)].map(|(command, actor)| Request {
        actor: actor.clone(),
        effective: "2026-04-01".parse().unwrap(),
        // As hosts like to have them: 36 characters in no order.
        id: command_id(&command),
        command: command.into(),
        purpose: Purpose::Coordination,
        recorded: "2026-04-01T02:00:00Z".parse().unwrap(),
        v: V1,
    })
}

fn command_id(command: &ConferenceCommand) -> yicha::code::CommandId {
    let digest = Suite::Sha256.digest(&[&serde_json::to_vec(command).unwrap()]).to_string();
    digest[..36].parse().unwrap()
}

/// What was made is dropped when the time is taken.
fn per_entry<T>(work: impl FnOnce() -> T) -> f64 {
    let start = Instant::now();
    let made = work();
    let time = start.elapsed();
    drop(black_box(made));
    time.as_nanos() as f64 / COMMANDS as f64
}
