//! Article 11: a clue is assigned, accepted, handed on, investigated and concluded by each department in its order, and
//! is closed by whoever leads it when every competent department has concluded.

use crate::desk::{Desk, FIRE, HEALTH, MARKET, code};
use crate::host::{Stored, stored};
use crate::sequence::{By, Law, config, days, holds, steps, text};
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;
use yicha::actor::Role;
use yicha::date::Date;
use yicha::event::Command;
use yicha::follow_up::clue::{
    Accepted, Assigned, Closed, ClueCommand, Concluded, Conclusion, CoordinatorNamed, Investigated,
    Raised, Transferred,
};
use yicha::hash::Suite;
use yicha::world::World;

const DAYS: &[&str] = &["2026-04-01", "2026-04-02", "2026-04-14", "2026-04-15", "2026-04-16"];
const ALL: [&str; 3] = [MARKET, FIRE, HEALTH];
const INSPECTS: [Role; 3] = [Role::Officer, Role::DepartmentHead, Role::Inspector];

type Department = &'static str;

#[derive(Clone, Debug)]
enum Act {
    Raise { clue: Department, concerned: Vec<Department>, coordinator: Option<Department> },
    Coordinate { clue: Department, coordinator: Department },
    Assign { clue: Department, to: Department, due: Date },
    Accept { clue: Department, department: Department },
    Transfer { clue: Department, from: Department, to: Department },
    Investigate { clue: Department, department: Department },
    Conclude { clue: Department, department: Department },
    Close { clue: Department },
}

/// How far a department has come with its part.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Part {
    Concerned,
    Assigned(Date),
    Accepted(Date),
    Investigated(Date),
    Concluded,
    HandedOn,
}

struct Clue {
    /// None: the joint office.
    raised_by: Option<Department>,
    coordinator: Option<Department>,
    parts: BTreeMap<Department, Part>,
    closed: bool,
}

/// The clues by number, which is the one of the department that mostly raises it.
#[derive(Default)]
struct Clues(BTreeMap<Department, Clue>);

impl Clue {
    /// Whoever coordinates leads, else who has raised it; the joint office may step in at any time.
    fn is_led(&self, by: By) -> bool {
        let leader = self.coordinator.or(self.raised_by);
        by.is_joint_office() || leader.is_some_and(|leader| by.keeps(leader))
    }

    /// The departments that have to do with it, without those that handed their part on.
    fn concerned(&self) -> BTreeSet<Department> {
        let has = |(id, part): (&Department, &Part)| (*part != Part::HandedOn).then_some(*id);
        self.parts.iter().filter_map(has).collect()
    }

    fn part(&self, department: Department) -> Option<Part> {
        self.parts.get(department).copied()
    }

    fn allows(&self, by: By, on: Date, act: &Act) -> bool {
        let own = |department| by.keeps(department) || by.is_platform();
        match *act {
            Act::Raise { .. } => false,
            Act::Coordinate { .. } => by.is_joint_office(),
            Act::Assign { to, due, .. } => {
                let mut concerned = self.concerned();
                concerned.insert(to);
                let coordinated = concerned.len() < 2 || self.coordinator.is_some();
                let again = self.part(to) == Some(Part::HandedOn);
                let entitled = if again { by.is_joint_office() } else { self.is_led(by) };
                entitled && coordinated && due >= on && self.part(to) != Some(Part::Concluded)
            }
            Act::Accept { department, .. } => {
                own(department) && matches!(self.part(department), Some(Part::Assigned(_)))
            }
            Act::Transfer { from, to, .. } => {
                let held = matches!(
                    self.part(from),
                    Some(Part::Assigned(_) | Part::Accepted(_) | Part::Investigated(_))
                );
                own(from) && held && from != to && self.part(to) != Some(Part::HandedOn)
            }
            Act::Investigate { department, .. } => {
                own(department) && matches!(self.part(department), Some(Part::Accepted(_)))
            }
            Act::Conclude { department, .. } => {
                own(department) && matches!(self.part(department), Some(Part::Investigated(_)))
            }
            Act::Close { .. } => {
                let done = self
                    .parts
                    .values()
                    .all(|part| matches!(part, Part::Concluded | Part::HandedOn));
                self.is_led(by) && done && self.parts.values().any(|part| *part == Part::Concluded)
            }
        }
    }

    fn happens(&mut self, act: &Act) {
        match *act {
            Act::Raise { .. } => (),
            Act::Coordinate { coordinator, .. } => self.coordinator = Some(coordinator),
            // Who is at it goes on where it was, by another date.
            Act::Assign { to, due, .. } => {
                let part = match self.part(to) {
                    Some(Part::Accepted(_)) => Part::Accepted(due),
                    Some(Part::Investigated(_)) => Part::Investigated(due),
                    _ => Part::Assigned(due),
                };
                self.parts.insert(to, part);
            }
            Act::Accept { department, .. } => self.move_on(department, Part::Accepted),
            Act::Investigate { department, .. } => self.move_on(department, Part::Investigated),
            Act::Conclude { department, .. } => {
                self.parts.insert(department, Part::Concluded);
            }
            Act::Transfer { from, to, .. } => {
                if matches!(self.part(to), None | Some(Part::Concerned)) {
                    self.parts.insert(to, Part::Assigned(self.due(from)));
                }
                self.parts.insert(from, Part::HandedOn);
            }
            Act::Close { .. } => self.closed = true,
        }
    }

    fn due(&self, department: Department) -> Date {
        match self.parts[department] {
            Part::Assigned(due) | Part::Accepted(due) | Part::Investigated(due) => due,
            other => panic!("{other:?} has no date"),
        }
    }

    fn move_on(&mut self, department: Department, to: fn(Date) -> Part) {
        self.parts.insert(department, to(self.due(department)));
    }
}

impl Clues {
    fn clue(act: &Act) -> Department {
        match *act {
            Act::Raise { clue, .. }
            | Act::Coordinate { clue, .. }
            | Act::Assign { clue, .. }
            | Act::Accept { clue, .. }
            | Act::Transfer { clue, .. }
            | Act::Investigate { clue, .. }
            | Act::Conclude { clue, .. }
            | Act::Close { clue } => clue,
        }
    }
}

impl Law for Clues {
    type Act = Act;

    fn command(&self, act: &Act) -> Command {
        let clue = code(Self::clue(act));
        let command = match act.clone() {
            Act::Raise { concerned, coordinator, .. } => {
                let raised = Raised {
                    concerned: concerned.into_iter().map(code).collect(),
                    coordinator: coordinator.map(code),
                    inspection: None,
                    item: None,
                    target: None,
                    text: text(),
                };
                ClueCommand::Raise { clue, raised }
            }
            Act::Coordinate { coordinator, .. } => {
                let named = CoordinatorNamed { coordinator: code(coordinator) };
                ClueCommand::Coordinate { clue, named }
            }
            Act::Assign { to, due, .. } => {
                ClueCommand::Assign { clue, assigned: Assigned { department: code(to), due } }
            }
            Act::Accept { department, .. } => {
                ClueCommand::Accept { clue, accepted: Accepted { department: code(department) } }
            }
            Act::Transfer { from, to, .. } => {
                let transferred =
                    Transferred { department: code(from), reason: text(), to: code(to) };
                ClueCommand::Transfer { clue, transferred }
            }
            Act::Investigate { department, .. } => {
                let investigated = Investigated { department: code(department), report: text() };
                ClueCommand::Investigate { clue, investigated }
            }
            Act::Conclude { department, .. } => {
                let (conclusion, department) = (Conclusion::NoViolation, code(department));
                let concluded = Concluded { conclusion, department, report: text() };
                ClueCommand::Conclude { clue, concluded }
            }
            Act::Close { .. } => ClueCommand::Close { clue, closed: Closed { report: text() } },
        };
        command.into()
    }

    fn allows(&self, by: By, on: Date, act: &Act) -> bool {
        match (self.0.get(Self::clue(act)), act) {
            (None, Act::Raise { concerned, coordinator, .. }) => {
                let raises = by.is_joint_office() || by.is(by.department, &INSPECTS);
                raises && (concerned.len() < 2 || coordinator.is_some())
            }
            (Some(clue), act) => !clue.closed && clue.allows(by, on, act),
            (None, _) => false,
        }
    }

    fn happens(&mut self, by: By, _on: Date, act: &Act) {
        let number = Self::clue(act);
        if let Act::Raise { concerned, coordinator, .. } = act {
            let raised_by = (!by.is_joint_office()).then_some(by.department);
            let parts = concerned.iter().map(|id| (*id, Part::Concerned)).collect();
            let clue = Clue { raised_by, coordinator: *coordinator, parts, closed: false };
            self.0.insert(number, clue);
        } else if let Some(clue) = self.0.get_mut(number) {
            clue.happens(act);
        }
    }

    fn agrees(&self, world: &World) {
        for (number, clue) in &self.0 {
            let found: BTreeMap<_, _> = world.clues[*number]
                .parts
                .iter()
                .map(|(id, part)| (id.to_string(), part.due))
                .collect();
            for (id, part) in &clue.parts {
                if let Part::Assigned(due) | Part::Accepted(due) | Part::Investigated(due) = part {
                    assert_eq!(found[*id], Some(*due), "{number}: {id}");
                }
            }
            let open = |part: &Part| !matches!(part, Part::Concluded | Part::HandedOn);
            let open: Vec<_> = clue.parts.iter().filter(|(_, part)| open(part)).collect();
            let wanted: Vec<_> = open.into_iter().map(|(id, _)| (*id).to_string()).collect();
            let found: Vec<_> = world.clues[*number].open().map(|(id, _)| id.to_string()).collect();
            assert_eq!(found, wanted, "{number}");
        }
    }
}

fn act() -> impl Strategy<Value = Act> {
    // One department and one clue more often than the others, so that some come to their end.
    let one = || prop_oneof![3 => Just(MARKET), 1 => Just(FIRE), 1 => Just(HEALTH)];
    let clue = || prop_oneof![3 => Just(MARKET), 1 => Just(FIRE)];
    let concerned = prop_oneof![
        3 => Just(vec![]),
        1 => prop::sample::subsequence(ALL.to_vec(), 1..=2),
    ];
    let coordinator = prop::option::weighted(0.2, one());
    let raise = (clue(), concerned, coordinator)
        .prop_map(|(clue, concerned, coordinator)| Act::Raise { clue, concerned, coordinator });
    let coordinate =
        (clue(), one()).prop_map(|(clue, coordinator)| Act::Coordinate { clue, coordinator });
    let assign =
        (clue(), one(), days(DAYS)).prop_map(|(clue, to, due)| Act::Assign { clue, to, due });
    let accept = (clue(), one()).prop_map(|(clue, department)| Act::Accept { clue, department });
    let transfer =
        (clue(), one(), one()).prop_map(|(clue, from, to)| Act::Transfer { clue, from, to });
    let investigate =
        (clue(), one()).prop_map(|(clue, department)| Act::Investigate { clue, department });
    let conclude =
        (clue(), one()).prop_map(|(clue, department)| Act::Conclude { clue, department });
    let close = clue().prop_map(|clue| Act::Close { clue });
    prop_oneof![
        2 => raise, 1 => coordinate, 5 => assign, 5 => accept,
        2 => transfer, 5 => investigate, 5 => conclude, 3 => close,
    ]
}

fn turn(act: &Act) -> Department {
    match *act {
        Act::Accept { department, .. }
        | Act::Investigate { department, .. }
        | Act::Conclude { department, .. }
        | Act::Transfer { from: department, .. } => department,
        Act::Coordinate { .. } => "",
        _ => Clues::clue(act),
    }
}

static EMPTY: LazyLock<Stored> = LazyLock::new(|| stored(&Desk::new(), Suite::Sm3));

proptest! {
    #![proptest_config(config())]

    #[test]
    fn clues_go_their_way_and_are_closed_when_all_have_concluded(steps in steps(&ALL, DAYS, act(), turn)) {
        holds(&EMPTY, Clues::default(), &steps);
    }
}
