//! What holds of every sequence of acts.

use crate::desk::{code, day, kept};
use crate::host::Stored;
use proptest::prelude::*;
use std::fmt::Debug;
use yicha::actor::{Actor, Purpose, Role};
use yicha::date::{Date, Instant};
use yicha::event::Command;
use yicha::ledger::{Cited, Entry};
use yicha::office::{Answer, Receipt, Request};
use yicha::version::V1;
use yicha::world::World;

/// What fails is shrunk and shown, and no file is left behind.
pub(crate) fn config() -> ProptestConfig {
    ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(128) }
}

/// Who acts.
#[derive(Clone, Copy, Debug)]
pub(crate) struct By {
    pub(crate) role: Role,
    /// The one acted for, if the role acts for one.
    pub(crate) department: &'static str,
}

impl By {
    /// Whether somebody of this department acts in one of these roles.
    pub(crate) fn is(self, department: &str, roles: &[Role]) -> bool {
        self.department == department && roles.contains(&self.role)
    }

    /// Whether somebody acts who keeps this department's part of a case.
    pub(crate) fn keeps(self, department: &str) -> bool {
        self.is(department, &[Role::Officer, Role::DepartmentHead])
    }

    pub(crate) fn is_joint_office(self) -> bool {
        self.role == Role::JointOffice
    }

    pub(crate) fn is_platform(self) -> bool {
        self.role == Role::Platform
    }

    fn actor(self) -> Actor {
        let department = self.role.has_department().then(|| code(self.department));
        Actor { department, id: code("somebody"), role: self.role }
    }
}

/// Anybody of these departments, more often an officer than anybody else.
pub(crate) fn anybody(departments: &'static [&'static str]) -> impl Strategy<Value = By> {
    let role = prop_oneof![
        4 => Just(Role::Officer),
        2 => Just(Role::DepartmentHead),
        1 => Just(Role::Inspector),
        1 => Just(Role::JointOffice),
        1 => Just(Role::Platform),
    ];
    (role, prop::sample::select(departments)).prop_map(|(role, department)| By {
        role,
        department: if role.has_department() { department } else { "" },
    })
}

/// One of these days.
pub(crate) fn days(texts: &'static [&'static str]) -> impl Strategy<Value = Date> {
    prop::sample::select(texts).prop_map(day)
}

/// An act: who, on which day, what.
pub(crate) type Step<A> = (By, Date, A);

/// Sequences of acts that go far: mostly by somebody of the department whose turn it is (none: the joint
/// office), and mostly in the order of days.
pub(crate) fn steps<A: Clone + Debug + 'static>(
    departments: &'static [&'static str],
    days_of: &'static [&'static str],
    act: impl Strategy<Value = A> + 'static,
    turn: fn(&A) -> &'static str,
) -> impl Strategy<Value = Vec<Step<A>>> {
    let mostly = || prop::bool::weighted(0.8);
    let step = (anybody(departments), mostly(), any::<bool>(), days(days_of), act).prop_map(
        move |(by, its_turn, head, on, act)| {
            let department = turn(&act);
            let role = match (department, head) {
                ("", _) => Role::JointOffice,
                (_, true) => Role::DepartmentHead,
                (_, false) => Role::Officer,
            };
            (if its_turn { By { role, department } } else { by }, on, act)
        },
    );
    (prop::collection::vec(step, 0..96), mostly()).prop_map(|(mut steps, in_order)| {
        if in_order {
            let mut days: Vec<Date> = steps.iter().map(|(_, on, _)| *on).collect();
            days.sort();
            steps.iter_mut().zip(days).for_each(|(step, on)| step.1 = on);
        }
        steps
    })
}

/// What a part of the law allows, and what it makes of what was done.
pub(crate) trait Law {
    type Act: Clone + Debug;

    /// How a host would ask for it.
    fn command(&self, act: &Self::Act) -> Command;

    /// Whether it is lawful.
    fn allows(&self, by: By, on: Date, act: &Self::Act) -> bool;

    /// It was done.
    fn happens(&mut self, by: By, on: Date, act: &Self::Act);

    /// Says the same of the cases as the office.
    fn agrees(&self, world: &World);
}

/// Whatever is asked in whatever order: the office allows what the law allows, a refusal changes nothing, a replay is
/// what was, and what is sent again is answered as before.
pub(crate) fn holds<L: Law>(start: &Stored, mut law: L, steps: &[Step<L::Act>]) {
    let (mut office, mut store) = start.clone();
    // Another server, which is never asked and only told.
    let mut told = office.clone();
    let mut answered: Vec<(Request, Receipt)> = vec![];
    for (number, (by, on, act)) in steps.iter().enumerate() {
        let request = request(number, *by, *on, law.command(act));
        let answer = office.decide(request.clone());
        let allowed = law.allows(*by, *on, act);
        let said = answer.as_ref().map(|_| ()).map_err(ToString::to_string);
        assert_eq!(said.is_ok(), allowed, "step {number}: {by:?} on {on}: {act:?}: {said:?}");
        if let Ok(Answer::Decided(decision)) = answer {
            check_entries(decision.entries(), &request);
            assert!(store.swap(&decision));
            store.catch_up(&mut told);
            answered.push((request, office.commit(decision).unwrap()));
            law.happens(*by, *on, act);
        } else {
            // The same again, and for the same reason.
            assert_eq!(office.decide(request).map(|_| ()).map_err(|e| e.to_string()), said);
        }
        assert_eq!((office.tip(), office.world()), (told.tip(), told.world()));
        law.agrees(office.world());
    }
    let replayed = store.replayed();
    for (request, receipt) in answered {
        let later = Request { recorded: at(steps.len()), ..request };
        for office in [&office, &replayed] {
            let answer = office.decide(later.clone()).unwrap();
            assert!(matches!(answer, Answer::Repeated(first) if first == receipt), "{later:?}");
        }
    }
    assert_eq!(replayed.world(), office.world());
}

fn request(number: usize, by: By, effective: Date, command: Command) -> Request {
    let id = code(&format!("r-{number}"));
    let (actor, purpose, recorded) = (by.actor(), Purpose::Supervision, at(number));
    Request { actor, command, effective, id, purpose, recorded, v: V1 }
}

/// What is asked is recorded minute by minute, after all that had happened before.
fn at(number: usize) -> Instant {
    let begin: Instant = "2028-01-01T00:00:00Z".parse().unwrap();
    Instant::from_unix(begin.unix() + 60 * number as i64).unwrap()
}

/// No entry without who, when, and an article or another law: our decisions never stand alone.
fn check_entries(entries: &[Vec<u8>], request: &Request) {
    assert!(!entries.is_empty());
    for bytes in entries {
        let entry = Entry::parse(bytes).unwrap();
        assert_eq!((&entry.actor, entry.recorded), (&request.actor, request.recorded));
        assert_eq!((entry.effective, entry.purpose), (request.effective, request.purpose));
        let law = |rule: &Cited| matches!(rule, Cited::Article(_) | Cited::Other(_));
        assert!(entry.basis.iter().any(law), "{entry:?}");
    }
}

/// The digest of something that the host keeps.
pub(crate) fn text() -> yicha::hash::Digest {
    kept("text")
}
