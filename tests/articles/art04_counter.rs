//! 第四条 全程留痕: whatever happens between two servers and their store, one ledger comes of it, with each act once.

use crate::desk::Desk;
use crate::host::*;
use crate::planned::{issue_list, listed};
use proptest::prelude::*;
use std::sync::LazyLock;
use yicha::explain::Explain;
use yicha::hash::Suite;
use yicha::ledger::{Entry, Fault, LedgerError, Proofs, verify_log};
use yicha::office::{Answer, Office, Receipt, Request};
use yicha::threads::Threads;

const SUITE: Suite = Suite::Sha256;

/// What becomes of a request at a server.
#[derive(Clone, Copy, Debug)]
enum Fate {
    /// It is stored and taken over.
    Done,
    /// The host's transaction fails.
    NotStored,
    /// It is stored, and nobody tells the office.
    NotCommitted,
}

#[derive(Clone, Copy, Debug)]
enum Step {
    /// The next request, or one before it again.
    Send { server: usize, back: usize, fate: Fate },
    /// The next request comes to both servers, which decide before either has stored.
    Race,
    /// A server keeps a snapshot.
    Keep(usize),
    /// A server starts anew, from its snapshot if it has one.
    Restart(usize),
    /// A server starts anew, from the ledger.
    Replay(usize),
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let fate = prop_oneof![4 => Just(Fate::Done), 1 => Just(Fate::NotStored), 1 => Just(Fate::NotCommitted)];
    let back = prop_oneof![4 => Just(0_usize), 1 => 1..8_usize];
    let send =
        (0..2_usize, back, fate).prop_map(|(server, back, fate)| Step::Send { server, back, fate });
    let step = prop_oneof![
        12 => send,
        2 => Just(Step::Race),
        1 => (0..2_usize).prop_map(Step::Keep),
        1 => (0..2_usize).prop_map(Step::Restart),
        1 => (0..2_usize).prop_map(Step::Replay),
    ];
    prop::collection::vec(step, 1..120)
}

/// The requests, and the store that they lead to when nothing happens in between.
static COURSE: LazyLock<(Vec<Request>, Store)> = LazyLock::new(|| {
    let desk = history();
    (requests(&desk), stored(&desk, SUITE).1)
});

/// Two servers over one store.
struct Host {
    store: Store,
    servers: [Office; 2],
    snapshots: [Option<Vec<u8>>; 2],
    /// How many requests are stored.
    next: usize,
}

impl Host {
    fn new() -> Self {
        let store = Store { files: COURSE.1.files.clone(), ..Store::new(SUITE) };
        let servers = [store.replayed(), store.replayed()];
        Self { store, servers, snapshots: [None, None], next: 0 }
    }

    fn take(&mut self, step: Step) {
        match step {
            Step::Send { server, back, fate } => {
                self.send(server, self.next.saturating_sub(back), fate)
            }
            Step::Race => self.race(),
            Step::Keep(server) => {
                self.snapshots[server] = Some(self.servers[server].snapshot().unwrap());
            }
            Step::Restart(server) => {
                self.servers[server] = match &self.snapshots[server] {
                    Some(snapshot) => self.store.restored(snapshot),
                    None => self.store.replayed(),
                };
            }
            Step::Replay(server) => self.servers[server] = self.store.replayed(),
        }
    }

    fn send(&mut self, server: usize, number: usize, fate: Fate) {
        let Some(request) = COURSE.0.get(number) else { return };
        let (office, store) = (&mut self.servers[server], &mut self.store);
        match fate {
            Fate::Done => {
                let receipt = handle(office, store, request).unwrap();
                self.was_stored(number, &receipt);
            }
            Fate::NotStored => {
                let before = office.tip().clone();
                let _ = office.decide(request.clone());
                assert_eq!(office.tip(), &before);
            }
            Fate::NotCommitted => {
                if let Ok(Answer::Decided(decision)) = office.decide(request.clone())
                    && store.swap(&decision)
                {
                    self.was_stored(number, decision.receipt());
                }
            }
        }
    }

    fn race(&mut self) {
        let number = self.next;
        let Some(request) = COURSE.0.get(number) else { return };
        for office in &mut self.servers {
            self.store.catch_up(office);
        }
        let [first, second] =
            [0, 1].map(|server: usize| decided(self.servers[server].decide(request.clone())));
        assert!(self.store.swap(&first) && !self.store.swap(&second));
        let receipt = self.servers[0].commit(first).unwrap();
        // Whoever lost is told what came of it, and nothing is done twice.
        let again = handle(&mut self.servers[1], &mut self.store, request).unwrap();
        assert_eq!(again, receipt);
        assert_eq!(self.servers[1].commit(second).unwrap_err().code(), "head-moved");
        self.was_stored(number, &receipt);
    }

    /// A receipt is the same whenever it is given.
    fn was_stored(&mut self, number: usize, receipt: &Receipt) {
        let entry = &self.store.entries[usize::try_from(receipt.first).unwrap()];
        assert_eq!(entry, &COURSE.1.entries[usize::try_from(receipt.first).unwrap()]);
        assert_eq!(Entry::parse(entry).unwrap().command.id, COURSE.0[number].id);
        self.next = self.next.max(number + 1);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(48) })]

    #[test]
    fn any_course_of_events_ends_in_the_same_ledger(steps in steps()) {
        let mut host = Host::new();
        steps.into_iter().for_each(|step| host.take(step));
        while host.next < COURSE.0.len() {
            host.send(host.next % 2, host.next, Fate::Done);
        }
        prop_assert_eq!(&host.store.entries, &COURSE.1.entries);
        prop_assert_eq!(&host.store.tip, &COURSE.1.tip);
        let replayed = host.store.replayed().snapshot();
        for office in &mut host.servers {
            host.store.catch_up(office);
            prop_assert_eq!(&office.snapshot(), &replayed);
        }
    }
}

#[test]
fn a_refusal_holds_for_the_head_on_which_it_rests() {
    let mut store = Store { files: COURSE.1.files.clone(), ..Store::new(SUITE) };
    let (mut fast, mut slow) = (store.replayed(), store.replayed());
    let [first, second] = [0, 1].map(|number: usize| COURSE.0[number].clone());
    handle(&mut fast, &mut store, &first).unwrap();
    // What the second rests on is stored, and the slow one does not know.
    assert_ne!(slow.tip().head(), store.head());
    assert_eq!(slow.decide(second.clone()).unwrap_err().code(), "joint-list-not-in-force");
    assert_eq!(handle(&mut slow, &mut store, &second).unwrap().first, 1);
    // What is refused at the head of the store is refused.
    let again = Request { id: crate::desk::code("again"), ..second };
    assert_eq!(handle(&mut slow, &mut store, &again).unwrap_err().code(), "plan-entry-exists");
    assert_eq!(slow.tip().head(), store.head());
}

/// A log in which the second command has the id of the first.
fn with_an_id_twice() -> [Vec<u8>; 2] {
    let mut desk = Desk::new();
    desk.takes(issue_list(listed()));
    let first = stored(&desk, SUITE).1.entries.remove(0);
    let entry = Entry::parse(&first).unwrap();
    [first, Entry { sequence: 1, ..entry }.to_bytes().unwrap()]
}

#[test]
fn a_command_that_stands_twice_in_a_log_is_not_taken() {
    let entries = with_an_id_twice();
    let head = |entries: &[Vec<u8>]| Proofs::new(SUITE, entries, Threads::ONE).head();
    let (edition, calendar) = rules();
    let replay = |entries: &[Vec<u8>]| {
        Office::replay(SUITE, edition.clone(), calendar.clone(), entries, &head(entries))
    };
    let twice = |line| {
        let id = Entry::parse(&entries[0]).unwrap().command.id;
        LedgerError::Line { line, fault: Fault::Twice { id } }
    };
    assert_eq!(replay(&entries).unwrap_err(), twice(2));
    assert_eq!(twice(2).code(), "entry-command-twice");
    yicha_tests::speaks_both_languages(&twice(2));
    // Behind the tip of an office as well, which is as before.
    let mut office = replay(&entries[..1]).unwrap();
    let before = office.clone();
    assert_eq!(office.catch_up(&entries[1..], &head(&entries)).unwrap_err(), twice(1));
    assert_eq!((office.tip(), office.world()), (before.tip(), before.world()));
    // Another digest makes no difference, another id does.
    let second = Entry::parse(&entries[1]).unwrap();
    let with = |change: fn(&mut Entry)| {
        let mut entry = second.clone();
        change(&mut entry);
        [entries[0].clone(), entry.to_bytes().unwrap()]
    };
    let other_digest = with(|entry| entry.command.digest = yicha::hash::Digest::ZERO);
    assert_eq!(replay(&other_digest).unwrap_err(), twice(2));
    let other_id = with(|entry| entry.command.id = crate::desk::code("other"));
    assert_eq!(replay(&other_id).unwrap().tip().head().size, 2);
    assert!(verify_log(SUITE, &other_id, &head(&other_id)).is_ok());
}

#[test]
fn what_was_asked_is_digested_in_its_canonical_form() {
    for request in &COURSE.0 {
        let mut asked = serde_json::to_value(request).unwrap();
        let fields = asked.as_object_mut().unwrap();
        for field in ["id", "recorded", "v"] {
            fields.remove(field).unwrap();
        }
        // Keys of this map are sorted, and all of them are ASCII: its JSON is canonical.
        let canonical = serde_json::to_vec(&asked).unwrap();
        yicha::ledger::check_canonical(&canonical).unwrap();
        assert_eq!(request.digest(SUITE), Ok(SUITE.digest(&[&canonical])));
    }
    let too_large = |count| {
        let mut request = COURSE.0[0].clone();
        let import = yicha::register::shelf::Imported {
            count,
            department: crate::desk::code(crate::desk::FIRE),
            digest: yicha::hash::Digest::ZERO,
        };
        request.command = yicha::register::target::TargetCommand::Import(import).into();
        request.digest(SUITE)
    };
    assert!(too_large((1 << 53) - 1).is_ok());
    assert_eq!(too_large(1 << 53).unwrap_err().code(), "request-unreadable");
}
