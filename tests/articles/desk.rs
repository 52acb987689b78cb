//! A desk at which commands are handed in: the cases of a district with the day and the actor of the next act.

use yicha::actor::{Actor, Purpose, Role};
use yicha::calendar::Calendar;
use yicha::case::{Fact, Stamp};
use yicha::citation::Basis;
use yicha::date::{Date, Instant};
use yicha::edition::Edition;
use yicha::event::Command;
use yicha::explain::{Explain, Lang};
use yicha::hash::{Digest, Suite};
use yicha::ledger::Entry;
use yicha::refusal::{Refusal, Refuse};
use yicha::world::World;

/// The market supervision department, initiator in most tests.
pub(crate) const MARKET: &str = "11411302MB0001";
/// The fire department.
pub(crate) const FIRE: &str = "11411302MB0002";
/// The health department.
pub(crate) const HEALTH: &str = "11411302MB0003";

#[derive(Clone)]
pub(crate) struct Desk {
    pub(crate) world: World,
    pub(crate) edition: Edition,
    pub(crate) calendar: Calendar,
    pub(crate) stamp: Stamp,
    /// Everything that happened.
    pub(crate) history: Vec<(Fact, Stamp)>,
    /// What was taken, so that an office can be asked for the same.
    pub(crate) taken: Vec<(Command, Stamp)>,
    /// The files that were fed.
    pub(crate) files: Vec<String>,
}

impl Desk {
    /// A district with nothing in it, on the first working day of the regulation, at the joint office.
    pub(crate) fn new() -> Self {
        let actor = Actor { department: None, id: code("joint-office-1"), role: Role::JointOffice };
        let stamp = Stamp {
            actor,
            effective: day("2026-03-20"),
            purpose: Purpose::Supervision,
            recorded: day_at("2026-03-20"),
        };
        let (edition, calendar) = (Edition::wancheng_2026(), Calendar::china());
        let (world, taken, files, history) = (World::default(), vec![], vec![], vec![]);
        Self { world, edition, calendar, stamp, taken, files, history }
    }

    /// The next acts happen on this day.
    pub(crate) fn on(&mut self, text: &str) -> &mut Self {
        self.stamp.effective = day(text);
        self.stamp.recorded = day_at(text);
        self
    }

    /// The next acts are by somebody of this role and department.
    pub(crate) fn by(&mut self, role: Role, department: &str) -> &mut Self {
        let department = role.has_department().then(|| code(department));
        let id = code(&format!("{}-1", role.code()));
        self.stamp.actor = Actor { department, id, role };
        self
    }

    /// The next acts are by the joint office.
    pub(crate) fn by_joint_office(&mut self) -> &mut Self {
        self.by(Role::JointOffice, "")
    }

    fn decide(&self, command: &Command) -> Result<Vec<Fact>, Refusal> {
        self.world.decide(command, &self.stamp, &self.edition, &self.calendar)
    }

    /// The act is lawful, and happens. Gives what happened.
    #[track_caller]
    pub(crate) fn takes(&mut self, command: impl Into<Command>) -> Vec<Fact> {
        let command = command.into();
        // As a host would send it.
        let json = serde_json::to_string(&command).unwrap();
        assert_eq!(serde_json::from_str::<Command>(&json).unwrap(), command);
        let facts = self.decide(&command).unwrap_or_else(|refusal| {
            panic!("refused: {} ({}): {refusal}", refusal.code(), refusal.basis())
        });
        assert!(!facts.is_empty());
        for fact in &facts {
            assert!(!fact.basis.is_empty(), "{fact:?} has no basis");
            self.world.apply(fact, &self.stamp);
            self.history.push((fact.clone(), self.stamp.clone()));
        }
        let entries = yicha_tests::entries(&facts, &self.stamp);
        entries.iter().for_each(stands_in_the_ledger);
        yicha_tests::schemas::hold_what_was_taken(&command, &entries, &self.stamp);
        self.taken.push((command, self.stamp.clone()));
        facts
    }

    /// The act is refused with this code and basis; both sentences name the offending values.
    #[track_caller]
    pub(crate) fn refuses(
        &mut self,
        code: &str,
        basis: Basis,
        command: impl Into<Command>,
    ) -> Refusal {
        let before = self.world.clone();
        let refusal = match self.decide(&command.into()) {
            Ok(facts) => panic!("expected {code}, but it was taken: {facts:?}"),
            Err(refusal) => refusal,
        };
        assert_eq!((refusal.code(), refusal.basis()), (code, basis), "{refusal}");
        assert_eq!(self.world, before, "a refusal changes nothing");
        let (zh, en) = (refusal.message(Lang::Zh), refusal.message(Lang::En));
        assert!(zh.chars().any(|c| c > '\u{2e80}') && en != zh, "{zh} / {en}");
        assert!(!refusal.values().is_empty(), "{code} names no values");
        refusal
    }
}

/// What a refusal names so.
#[track_caller]
pub(crate) fn named(refusal: &Refusal, name: &str) -> String {
    let found = refusal.values().into_iter().find(|(found, _)| *found == name);
    found.unwrap_or_else(|| panic!("{} names no {name}", refusal.code())).1
}

/// The entry of a fact is canonical JSON (RFC 8785) as another program writes it, and is read as it was written.
#[track_caller]
fn stands_in_the_ledger(entry: &Entry) {
    let bytes = entry.to_bytes().unwrap();
    let value: serde_json::Value = serde_json::from_slice(&bytes).unwrap();
    let canonical = serde_json_canonicalizer::to_vec(&value).unwrap();
    assert_eq!(String::from_utf8(canonical), String::from_utf8(bytes.clone()));
    assert_eq!(Entry::parse(&bytes).as_ref(), Ok(entry));
}

/// A code of any type.
#[track_caller]
pub(crate) fn code<T: std::str::FromStr<Err: std::fmt::Debug>>(text: &str) -> T {
    text.parse().unwrap()
}

#[track_caller]
pub(crate) fn day(text: &str) -> Date {
    text.parse().unwrap()
}

/// Ten in the morning of that day in China.
#[track_caller]
pub(crate) fn day_at(text: &str) -> Instant {
    format!("{text}T02:00:00Z").parse().unwrap()
}

/// The digest of a text that the host keeps.
pub(crate) fn kept(text: &str) -> Digest {
    Suite::Sha256.digest(&[text.as_bytes()])
}
