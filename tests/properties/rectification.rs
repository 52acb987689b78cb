//! Article 22: a problem is ordered to be corrected, reported, and checked again by two certified inspectors; what is
//! not corrected gets another date or goes on as another case about the same problem.

use crate::desk::{FIRE, MARKET, code};
use crate::drawn::inspectors_of;
use crate::host::Stored;
use crate::inspected::id;
use crate::planned::{FIRE_SAFETY, FOOD};
use crate::publicity::completed_with;
use crate::sequence::{By, Law, config, days, holds, steps, text};
use proptest::prelude::*;
use std::collections::BTreeMap;
use std::sync::LazyLock;
use yicha::actor::Role;
use yicha::date::Date;
use yicha::event::Command;
use yicha::follow_up::consequence::{Found, Ruling};
use yicha::follow_up::penalty::{self, Penalised, PenaltyCommand, Severity};
use yicha::follow_up::rectification::{
    Extended, Ordered, Rechecked, RectificationCommand, Referred, Reported, Term,
};
use yicha::result::InspectionResult::{Passed, ProblemToBeCorrected};
use yicha::world::World;

const DAYS: &[&str] = &["2026-05-06", "2026-05-20", "2026-05-21", "2026-05-22", "2026-12-31"];
const INSPECTS: [Role; 3] = [Role::Officer, Role::DepartmentHead, Role::Inspector];

#[derive(Clone, Debug)]
enum Act {
    Order { number: &'static str, item: &'static str, due: Option<Date> },
    Report { number: &'static str },
    Recheck { number: &'static str, corrected: bool, inspectors: Vec<&'static str> },
    Extend { number: &'static str, due: Date },
    Refer { number: &'static str, penalty: &'static str },
    Penalise { penalty: &'static str },
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Stage {
    Ordered,
    Reported,
    Corrected,
    NotCorrected,
    GoneOn,
}

/// Rectifications of the one problem that was found, by the market supervision department; with their last day.
#[derive(Default)]
struct Rectifications {
    cases: BTreeMap<&'static str, (Stage, Date)>,
    penalties: Vec<&'static str>,
}

impl Rectifications {
    fn stage(&self, number: &str) -> Option<Stage> {
        self.cases.get(number).map(|(stage, _)| *stage)
    }
}

fn found(item: &str) -> Found {
    Found { inspection: id(), items: [code(item)].into() }
}

impl Law for Rectifications {
    type Act = Act;

    fn command(&self, act: &Act) -> Command {
        use RectificationCommand as C;
        let rectification = |number| code(number);
        match act.clone() {
            Act::Order { number, item, due } => {
                let term = due.map_or(Term::AtOnce, Term::By);
                let department = code(if item == FOOD { MARKET } else { FIRE });
                let ordered = Ordered { department, found: found(item), order: text(), term };
                C::Order { ordered, rectification: rectification(number) }.into()
            }
            Act::Report { number } => {
                let reported = Reported { report: text() };
                C::Report { rectification: rectification(number), reported }.into()
            }
            Act::Recheck { number, corrected, inspectors } => {
                let inspectors = inspectors.into_iter().map(code).collect();
                let rechecked = Rechecked { corrected, inspectors, record: text() };
                C::Recheck { rechecked, rectification: rectification(number) }.into()
            }
            Act::Extend { number, due } => {
                let extended = Extended { due, reason: text() };
                C::Extend { extended, rectification: rectification(number) }.into()
            }
            Act::Refer { number, penalty } => {
                let referred = Referred { to: penalty::case(&code(penalty)) };
                C::Refer { rectification: rectification(number), referred }.into()
            }
            Act::Penalise { penalty } => {
                let ruling = Ruling {
                    body: code(MARKET),
                    document: Some(code("罚1号")),
                    from: crate::desk::day("2026-05-06"),
                    shown: [code("信用中国")].into(),
                };
                let severity = Severity::Minor;
                let penalised = Penalised { found: found(FOOD), ruling, severity };
                PenaltyCommand::Record { penalised, penalty: code(penalty) }.into()
            }
        }
    }

    fn allows(&self, by: By, on: Date, act: &Act) -> bool {
        match act {
            Act::Order { number, item, due } => {
                let ordered = by.is(MARKET, &INSPECTS) && *item == FOOD;
                let ahead = due.is_none_or(|due| due >= on);
                ordered && ahead && self.stage(number).is_none()
            }
            Act::Report { number } => {
                let takes = by.keeps(MARKET) || by.is_platform();
                takes && self.stage(number) == Some(Stage::Ordered)
            }
            Act::Recheck { number, inspectors, .. } => {
                let open = matches!(self.stage(number), Some(Stage::Ordered | Stage::Reported));
                let own = inspectors_of(MARKET);
                let certified = inspectors.iter().filter(|id| own.contains(id)).count();
                by.is(MARKET, &INSPECTS) && open && certified >= 2
            }
            Act::Extend { number, due } => {
                by.keeps(MARKET) && self.stage(number) == Some(Stage::NotCorrected) && *due >= on
            }
            Act::Refer { number, penalty } => {
                let there = self.penalties.contains(penalty);
                by.keeps(MARKET) && there && self.stage(number) == Some(Stage::NotCorrected)
            }
            Act::Penalise { penalty } => {
                (by.keeps(MARKET) || by.is_platform()) && !self.penalties.contains(penalty)
            }
        }
    }

    fn happens(&mut self, _by: By, on: Date, act: &Act) {
        match *act {
            Act::Order { number, due, .. } => {
                self.cases.insert(number, (Stage::Ordered, due.unwrap_or(on)));
            }
            Act::Report { number } => self.cases.get_mut(number).unwrap().0 = Stage::Reported,
            Act::Recheck { number, corrected, .. } => {
                let stage = if corrected { Stage::Corrected } else { Stage::NotCorrected };
                self.cases.get_mut(number).unwrap().0 = stage;
            }
            Act::Extend { number, due } => drop(self.cases.insert(number, (Stage::Ordered, due))),
            Act::Refer { number, .. } => self.cases.get_mut(number).unwrap().0 = Stage::GoneOn,
            Act::Penalise { penalty } => self.penalties.push(penalty),
        }
    }

    fn agrees(&self, world: &World) {
        assert_eq!(world.rectifications.len(), self.cases.len());
        for (number, (stage, due)) in &self.cases {
            let found = &world.rectifications[*number];
            assert_eq!(found.due, *due);
            let open = matches!(stage, Stage::Ordered | Stage::Reported | Stage::NotCorrected);
            for on in DAYS.iter().map(|text| crate::desk::day(text)) {
                assert_eq!(found.overdue(on), open && *due < on, "{number} {stage:?} on {on}");
            }
            assert_eq!(found.corrected().is_some(), *stage == Stage::Corrected);
        }
    }
}

fn act() -> impl Strategy<Value = Act> {
    let number = || prop::sample::select(&["Z1", "Z2"][..]);
    let penalty = || prop::sample::select(&["P1", "P2"][..]);
    let item = prop_oneof![4 => Just(FOOD), 1 => Just(FIRE_SAFETY)];
    let order = (number(), item, prop::option::of(days(DAYS)))
        .prop_map(|(number, item, due)| Act::Order { number, item, due });
    let report = number().prop_map(|number| Act::Report { number });
    let inspectors = prop_oneof![
        3 => Just(vec!["m1", "m2"]),
        1 => prop::sample::subsequence(vec!["m1", "m2", "m3", "f1", "f2"], 0..=4),
    ];
    let recheck = (number(), prop::bool::weighted(0.3), inspectors)
        .prop_map(|(number, corrected, inspectors)| Act::Recheck { number, corrected, inspectors });
    let extend = (number(), days(DAYS)).prop_map(|(number, due)| Act::Extend { number, due });
    let refer = (number(), penalty()).prop_map(|(number, penalty)| Act::Refer { number, penalty });
    let penalise = penalty().prop_map(|penalty| Act::Penalise { penalty });
    prop_oneof![3 => order, 3 => report, 4 => recheck, 3 => extend, 1 => refer, 1 => penalise]
}

fn turn(act: &Act) -> &'static str {
    match act {
        Act::Order { item: FIRE_SAFETY, .. } => FIRE,
        _ => MARKET,
    }
}

static COMPLETE: LazyLock<Stored> = LazyLock::new(|| completed_with(ProblemToBeCorrected, Passed));

proptest! {
    #![proptest_config(config())]

    #[test]
    fn a_problem_is_checked_again_until_it_is_corrected_or_goes_on(
        steps in steps(&[MARKET, FIRE], DAYS, act(), turn)
    ) {
        holds(&COMPLETE, Rectifications::default(), &steps);
    }
}
