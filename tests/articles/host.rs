//! A host: a store that compares and swaps heads, servers with an office each, and the requests of a case.

use crate::desk::{Desk, FIRE, MARKET, code, day};
use crate::inspected::{complete, confirm, id, recorded, signed};
use crate::planned::{FIRE_SAFETY, FOOD};
use crate::registered::law;
use std::sync::LazyLock;
use yicha::actor::Role;
use yicha::calendar::Calendar;
use yicha::case::Stamp;
use yicha::edition::Edition;
use yicha::event::Command;
use yicha::hash::Suite;
use yicha::ledger::{Head, Tip};
use yicha::office::{Answer, Decision, Office, Receipt, Request};
use yicha::publication::{Period, PublicationCommand};
use yicha::refusal::Refusal;
use yicha::result::InspectionResult::{self, Failed, Passed};
use yicha::version::V1;

/// What a host keeps: the entries and the tip, moved together.
#[derive(Clone, Debug)]
pub(crate) struct Store {
    pub(crate) entries: Vec<Vec<u8>>,
    pub(crate) tip: Tip,
    /// Files of draws, which are no part of the ledger.
    pub(crate) files: Vec<String>,
}

impl Store {
    pub(crate) fn new(suite: Suite) -> Self {
        Self { entries: vec![], tip: Tip::new(suite), files: vec![] }
    }

    pub(crate) fn head(&self) -> Head {
        self.tip.head()
    }

    /// Stores a decision if it builds on the head; a transaction of a real host.
    pub(crate) fn swap(&mut self, decision: &Decision) -> bool {
        let stands = decision.builds_on() == self.head();
        if stands {
            self.entries.extend_from_slice(decision.entries());
            self.tip = decision.next().clone();
        }
        stands
    }

    /// The entries behind an earlier head.
    pub(crate) fn behind(&self, head: Head) -> &[Vec<u8>] {
        &self.entries[usize::try_from(head.size).unwrap()..]
    }

    /// The office that the store leads to, with its files.
    pub(crate) fn replayed(&self) -> Office {
        let (edition, calendar) = rules();
        let suite = self.tip.suite();
        self.fed(Office::replay(suite, edition, calendar, &self.entries, &self.head()).unwrap())
    }

    /// The office of a snapshot, taken to the head of the store, with its files.
    pub(crate) fn restored(&self, snapshot: &[u8]) -> Office {
        let (edition, calendar) = rules();
        let mut office = Office::restore(snapshot, edition, calendar).unwrap();
        self.catch_up(&mut office);
        self.fed(office)
    }

    fn fed(&self, mut office: Office) -> Office {
        self.files.iter().for_each(|file| office.feed_file(file).unwrap());
        office
    }

    pub(crate) fn catch_up(&self, office: &mut Office) {
        office.catch_up(self.behind(office.tip().head()), &self.head()).unwrap();
    }
}

pub(crate) fn rules() -> (Edition, Calendar) {
    (Edition::wancheng_2026(), Calendar::china())
}

pub(crate) fn office(suite: Suite) -> Office {
    let (edition, calendar) = rules();
    Office::new(suite, edition, calendar)
}

/// What a server does with a request: decides, stores and commits, catching up as often as it takes. A refusal counts
/// only if it rests on the head of the store.
pub(crate) fn handle(
    office: &mut Office,
    store: &mut Store,
    request: &Request,
) -> Result<Receipt, Refusal> {
    loop {
        match office.decide(request.clone()) {
            Ok(Answer::Repeated(receipt)) => return Ok(receipt),
            Ok(Answer::Decided(decision)) if store.swap(&decision) => {
                return office.commit(decision);
            }
            Err(refusal) if office.tip().head() == store.head() => return Err(refusal),
            Ok(Answer::Decided(_)) | Err(_) => store.catch_up(office),
        }
    }
}

/// The decision for a request that is lawful and new.
#[track_caller]
pub(crate) fn decided(answer: Result<Answer, Refusal>) -> Decision {
    match answer.unwrap() {
        Answer::Decided(decision) => decision,
        Answer::Repeated(receipt) => panic!("followed before: {receipt:?}"),
    }
}

/// The case of one target from the plan to the publication of its results, one of which is bad. It is made once.
pub(crate) fn history() -> Desk {
    static HISTORY: LazyLock<Desk> = LazyLock::new(make_history);
    HISTORY.clone()
}

fn make_history() -> Desk {
    let mut field = recorded(Failed, Passed);
    field.at("2026-05-06", MARKET, 0).takes(confirm(signed(), &[FOOD, FIRE_SAFETY]));
    field.desk.takes(complete());
    let mut desk = field.desk;
    publish(&mut desk, FOOD, MARKET, Failed);
    publish(&mut desk, FIRE_SAFETY, FIRE, Passed);
    let source = law("市场监督管理信用修复管理办法");
    let period = Period { months: 3.try_into().unwrap(), source, start: day("2026-05-08") };
    desk.on("2026-05-11").by(Role::Officer, MARKET);
    desk.takes(PublicationCommand::SetPeriod { inspection: id(), item: code(FOOD), period });
    desk
}

fn publish(desk: &mut Desk, item: &str, department: &str, result: InspectionResult) {
    desk.on("2026-05-08").by(Role::Officer, department);
    let receipt = code("SJ-0001");
    desk.takes(PublicationCommand::Enter { inspection: id(), item: code(item), receipt, result });
    let places = vec![code("国家企业信用信息公示系统（河南）")];
    desk.takes(PublicationCommand::Publish { inspection: id(), item: code(item), places });
}

/// What was taken at a desk, as requests: numbered in the order in which they were recorded.
pub(crate) fn requests(desk: &Desk) -> Vec<Request> {
    let mut taken = desk.taken.clone();
    taken.sort_by_key(|(_, stamp)| stamp.recorded);
    let request = |(number, (command, stamp)): (usize, (Command, Stamp))| Request {
        actor: stamp.actor,
        command,
        effective: stamp.effective,
        id: code(&format!("c-{number}")),
        purpose: stamp.purpose,
        recorded: stamp.recorded,
        v: V1,
    };
    taken.into_iter().enumerate().map(request).collect()
}

/// An office and what its host has stored.
pub(crate) type Stored = (Office, Store);

/// All of that stored, with the office that did it.
pub(crate) fn stored(desk: &Desk, suite: Suite) -> Stored {
    let mut store = Store { files: desk.files.clone(), ..Store::new(suite) };
    let mut office = store.fed(office(suite));
    for request in requests(desk) {
        handle(&mut office, &mut store, &request).unwrap();
    }
    (office, store)
}
