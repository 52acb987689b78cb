//! Article 10: how often a target was visited, against the cap of its class. A visit of the joint team counts once,
//! whoever came of it, and a second one again; what becomes of the inspection changes nothing. Reaching the cap keeps a
//! target out of the next draw, and stops no visit of an inspection that was drawn.

use crate::desk::{FIRE, MARKET, code, day};
use crate::host::{Stored, rules, stored};
use crate::inspected::{Field, id, opened};
use crate::planned::{CATERING, entry, window};
use crate::sequence::{By, Law, config, holds, steps, text};
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;
use yicha::actor::Role;
use yicha::code::{InspectorId, TargetId};
use yicha::date::Date;
use yicha::event::Command;
use yicha::hash::Suite;
use yicha::inspection::{AbandonGround, Abandoned, InspectionCommand, Visited};
use yicha::plan::annual::{Amended, Entry, PlanCommand};
use yicha::query::{Answer, AskTarget, Cap, View};
use yicha::register::target::{TargetChange, TargetClassed, TargetCommand};
use yicha::risk::RiskClass;
use yicha::world::World;

/// From the day before the scheme's window to the day after it.
const DAYS: &[&str] = &["2026-05-05", "2026-05-06", "2026-05-07", "2026-06-30", "2026-07-01"];
/// The most that any class may be visited in a year.
const MOST: u16 = 366;

#[derive(Clone, Debug)]
enum Act {
    /// The team goes there, for the first time or once more.
    Visit { reason: bool },
    /// Somebody found that the inspection was opened by mistake.
    Abandon,
    /// The target has another class.
    Class(RiskClass),
    /// The joint office amends the plan's caps, under a document of that number.
    Cap { document: u8, caps: BTreeMap<RiskClass, u16> },
}

#[derive(Clone)]
struct Visits {
    target: TargetId,
    team: Vec<InspectorId>,
    on: Vec<Date>,
    abandoned: bool,
    class: Option<RiskClass>,
    caps: BTreeMap<RiskClass, u16>,
    documents: BTreeSet<u8>,
}

impl Law for Visits {
    type Act = Act;

    fn command(&self, act: &Act) -> Command {
        match act.clone() {
            Act::Visit { reason } => {
                let present = self.team.iter().cloned().collect();
                let visited = Visited { present, reason: reason.then(text) };
                InspectionCommand::Visit { inspection: id(), visited }.into()
            }
            Act::Abandon => {
                let abandoned =
                    Abandoned { ground: AbandonGround::OpenedByMistake, reason: text() };
                InspectionCommand::Abandon { abandoned, inspection: id() }.into()
            }
            Act::Class(class) => {
                let (grounds, reason, target) = (text(), code("complaints"), self.target.clone());
                let department = code(MARKET);
                let classed = TargetClassed { class, department, grounds, reason, target };
                TargetCommand::Change(TargetChange::Classed(classed)).into()
            }
            Act::Cap { document, caps } => {
                let entry = Entry { visits: caps, ..entry("1", "2026") };
                let document = code(&format!("频次调整〔2026〕{document}号"));
                let amended = Amended { document, entry, reason: text() };
                PlanCommand::Amend { amended, year: code("2026") }.into()
            }
        }
    }

    fn allows(&self, by: By, on: Date, act: &Act) -> bool {
        match act {
            Act::Visit { reason } => {
                let team = by.keeps(MARKET) || by.is(MARKET, &[Role::Inspector]);
                let in_window = window("2026-05-06", "2026-06-30").contains(on);
                let in_order = self.on.last().is_none_or(|last| *last <= on);
                let said = *reason || self.on.is_empty();
                team && in_window && in_order && said && !self.abandoned
            }
            Act::Abandon => by.is(MARKET, &[Role::DepartmentHead]) && !self.abandoned,
            Act::Class(class) => {
                (by.keeps(MARKET) || by.is_platform()) && self.class != Some(*class)
            }
            Act::Cap { document, caps } => {
                let lawful = caps.values().all(|cap| (1..=MOST).contains(cap));
                let rising = caps.values().is_sorted();
                by.is_joint_office() && lawful && rising && !self.documents.contains(document)
            }
        }
    }

    fn happens(&mut self, _by: By, on: Date, act: &Act) {
        match act.clone() {
            Act::Visit { .. } => self.on.push(on),
            Act::Abandon => self.abandoned = true,
            Act::Class(class) => self.class = Some(class),
            Act::Cap { document, caps } => {
                self.documents.insert(document);
                self.caps = caps;
            }
        }
    }

    fn agrees(&self, world: &World) {
        let (edition, calendar) = rules();
        let view = View { calendar: &calendar, edition: &edition, world };
        for last in DAYS.iter().map(|text| day(text)) {
            let visits = self.on.iter().filter(|on| **on <= last).count() as u64;
            let asked = AskTarget { day: last, target: self.target.clone() };
            let Ok(Answer::Target(told)) = view.ask(&asked.into()) else { panic!("no answer") };
            let [year] = &told.years[..] else { panic!("{:?}", told.years) };
            let cap = self.class.and_then(|class| self.caps.get(&class).copied());
            let cap = cap.map(|cap| Cap {
                cap,
                entry: code("1"),
                industry: code(CATERING),
                reached: visits >= cap.into(),
            });
            assert_eq!((year.visits, &year.caps), (visits, &Vec::from_iter(cap)), "on {last}");
        }
    }
}

fn act() -> impl Strategy<Value = Act> {
    let class = || prop::sample::select(&RiskClass::ALL[..]);
    let cap = prop_oneof![8 => 1..4_u16, 1 => Just(0), 1 => Just(MOST), 1 => Just(MOST + 1)];
    let caps = prop::collection::btree_map(class(), cap, 0..=4);
    prop_oneof![
        24 => prop::bool::weighted(0.8).prop_map(|reason| Act::Visit { reason }),
        1 => Just(Act::Abandon),
        8 => class().prop_map(Act::Class),
        12 => (0..40_u8, caps).prop_map(|(document, caps)| Act::Cap { document, caps }),
    ]
}

fn turn(act: &Act) -> &'static str {
    match act {
        Act::Cap { .. } => "",
        _ => MARKET,
    }
}

/// The inspection is open, and nobody was at the target yet.
static OPEN: LazyLock<(Stored, Visits)> = LazyLock::new(|| {
    let field: Field = opened();
    let visits = Visits {
        target: field.target.clone(),
        team: field.team(),
        on: vec![],
        abandoned: false,
        class: None,
        caps: BTreeMap::new(),
        documents: BTreeSet::new(),
    };
    (stored(&field.desk, Suite::Sha256), visits)
});

proptest! {
    #![proptest_config(config())]

    #[test]
    fn visits_count_against_the_cap_of_the_class(
        steps in steps(&[MARKET, FIRE], DAYS, act(), turn)
    ) {
        let (start, visits) = &*OPEN;
        holds(start, visits.clone(), &steps);
    }
}
