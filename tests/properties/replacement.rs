//! Article 19: who cannot come is replaced by somebody whom the head of the department names and who could have been
//! matched, and who is recused neither comes nor replaces anybody.

use crate::desk::{FIRE, MARKET, code, day};
use crate::drawn::inspectors_of;
use crate::host::{Stored, stored};
use crate::inspected::{id, opened};
use crate::registered::inspector;
use crate::sequence::{By, Law, config, days, holds, steps, text};
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;
use yicha::actor::Role;
use yicha::date::Date;
use yicha::event::Command;
use yicha::hash::Suite;
use yicha::inspection::{InspectionCommand, RecusalDecided, RecusalOrigin, Replaced, Selection};
use yicha::register::inspector::{InspectorChange, InspectorCommand};
use yicha::world::World;

/// Nothing here depends on the day of the act.
const DAYS: &[&str] = &["2026-04-20"];
/// The last day of the visits.
const END: &str = "2026-06-30";
/// Days on which a certificate may end.
const UNTIL: &[&str] = &["2026-06-29", "2026-06-30", "2026-07-01"];
const ALL: [&str; 6] = ["m1", "m2", "m3", "f1", "f2", "f3"];

type Person = &'static str;

#[derive(Clone, Debug)]
enum Act {
    Replace {
        gone: Person,
        successor: Person,
        drawn: bool,
    },
    DecideRecusal {
        inspector: Person,
        granted: bool,
    },
    /// The register has another last day of somebody's certificate.
    Certify {
        inspector: Person,
        until: Date,
    },
}

#[derive(Clone)]
struct Team {
    members: BTreeSet<Person>,
    recused: BTreeSet<Person>,
    /// Last days of certificates.
    certified: BTreeMap<Person, Date>,
}

fn department(person: Person) -> &'static str {
    [MARKET, FIRE].into_iter().find(|it| inspectors_of(it).contains(&person)).unwrap()
}

impl Law for Team {
    type Act = Act;

    fn command(&self, act: &Act) -> Command {
        match *act {
            Act::Replace { gone, successor, drawn } => {
                let selection = if drawn { Selection::Drawn } else { Selection::Named };
                let (inspector, successor) = (code(gone), code(successor));
                let replaced = Replaced { inspector, reason: text(), selection, successor };
                InspectionCommand::Replace { inspection: id(), replaced }.into()
            }
            Act::DecideRecusal { inspector, granted } => {
                let (inspector, origin) = (code(inspector), RecusalOrigin::Declared);
                let decided = RecusalDecided { granted, inspector, origin, reason: text() };
                InspectionCommand::DecideRecusal { decided, inspection: id() }.into()
            }
            Act::Certify { inspector: person, until } => {
                let mut row = inspector(person, department(person));
                row.certificate.as_mut().unwrap().until = until;
                InspectorCommand::Change(InspectorChange::Revised(row)).into()
            }
        }
    }

    fn allows(&self, by: By, _on: Date, act: &Act) -> bool {
        match *act {
            Act::Replace { gone, successor, drawn } => {
                let approved = by.is(department(gone), &[Role::DepartmentHead]) && !drawn;
                let own = department(successor) == department(gone);
                let free = !self.members.contains(successor) && !self.recused.contains(successor);
                let certified = self.certified[successor] >= day(END);
                approved && self.members.contains(gone) && own && free && certified
            }
            Act::DecideRecusal { inspector, .. } => {
                by.is(department(inspector), &[Role::DepartmentHead])
                    && self.members.contains(inspector)
            }
            Act::Certify { inspector, .. } => by.keeps(department(inspector)) || by.is_platform(),
        }
    }

    fn happens(&mut self, _by: By, _on: Date, act: &Act) {
        match *act {
            Act::Replace { gone, successor, .. } => {
                self.members.remove(gone);
                self.members.insert(successor);
            }
            Act::DecideRecusal { inspector, granted: true } => drop(self.recused.insert(inspector)),
            // What was granted stands, whatever becomes of a later request.
            Act::DecideRecusal { .. } => {}
            Act::Certify { inspector, until } => drop(self.certified.insert(inspector, until)),
        }
    }

    fn agrees(&self, world: &World) {
        let team = &world.inspection(&id()).unwrap().assignment.team;
        let found: BTreeSet<_> = team.iter().map(|member| member.inspector.as_str()).collect();
        assert_eq!(found, self.members);
        for member in team {
            let own = inspectors_of(member.department.as_str());
            assert!(own.contains(&member.inspector.as_str()), "{member:?}");
        }
        // Two for each department, one leader, and that one the initiator's.
        let of = |id: &str| team.iter().filter(|member| member.department == code(id)).count();
        assert_eq!((of(MARKET), of(FIRE)), (2, 2));
        let leads: Vec<_> = team.iter().filter(|member| member.leader).collect();
        assert!(leads.len() == 1 && leads[0].department == code(MARKET), "{leads:?}");
    }
}

fn act() -> impl Strategy<Value = Act> {
    let one = || prop::sample::select(&ALL[..]);
    let replace = (one(), one(), prop::bool::weighted(0.1))
        .prop_map(|(gone, successor, drawn)| Act::Replace { gone, successor, drawn });
    let recuse = (one(), any::<bool>())
        .prop_map(|(inspector, granted)| Act::DecideRecusal { inspector, granted });
    let certify =
        (one(), days(UNTIL)).prop_map(|(inspector, until)| Act::Certify { inspector, until });
    prop_oneof![6 => replace, 1 => recuse, 1 => certify]
}

fn turn(act: &Act) -> &'static str {
    match *act {
        Act::Replace { gone: inspector, .. }
        | Act::DecideRecusal { inspector, .. }
        | Act::Certify { inspector, .. } => department(inspector),
    }
}

/// The inspection is open, and the team is as it was matched.
static OPEN: LazyLock<(Stored, Team)> = LazyLock::new(|| {
    let field = opened();
    let matched = field.team();
    let members = ALL.into_iter().filter(|person| matched.contains(&code(person))).collect();
    let certified = ALL.map(|person| (person, day("2027-12-31"))).into();
    let team = Team { members, recused: BTreeSet::new(), certified };
    (stored(&field.desk, Suite::Sha256), team)
});

proptest! {
    #![proptest_config(config())]

    #[test]
    fn the_head_names_a_successor_who_could_have_been_matched(
        steps in steps(&[MARKET, FIRE], DAYS, act(), turn)
    ) {
        let (start, team) = &*OPEN;
        holds(start, team.clone(), &steps);
    }
}
