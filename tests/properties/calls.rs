//! Article 6: the initiator calls departments that take part, and those that were called answer.

use crate::desk::{FIRE, HEALTH, MARKET, code};
use crate::host::{Stored, stored};
use crate::planned::{SCHEME, make, scheme, with_plan};
use crate::sequence::{By, Law, config, days, holds, steps, text};
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;
use yicha::date::Date;
use yicha::event::Command;
use yicha::hash::Suite;
use yicha::plan::call::{CallCommand, Made, Stage, Withdrawn};
use yicha::world::World;

const DAYS: &[&str] = &["2026-04-10", "2026-04-19", "2026-04-20", "2026-04-21", "2026-05-06"];
const ALL: [&str; 3] = [MARKET, FIRE, HEALTH];

#[derive(Clone, Debug)]
enum Act {
    Make { call: &'static str, by: &'static str, called: Vec<&'static str>, due: Date },
    Answer { call: &'static str, department: &'static str },
    Withdraw { call: &'static str },
}

struct Call {
    due: Date,
    /// Each with the day of its first answer.
    called: BTreeMap<&'static str, Option<Date>>,
    withdrawn: bool,
}

/// The calls of a scheme that the market supervision department has initiated and the fire department takes part in.
#[derive(Default)]
struct Calls(BTreeMap<&'static str, Call>);

impl Law for Calls {
    type Act = Act;

    fn command(&self, act: &Act) -> Command {
        match act.clone() {
            Act::Make { call, by, called, due } => {
                let called = called.into_iter().map(code).collect();
                let stage = Stage::OnSite { scheme: code(SCHEME) };
                let made = Made { by: code(by), called, due, stage, text: text() };
                CallCommand::Make { id: code(call), made }.into()
            }
            Act::Answer { call, department } => {
                let (answer, department, id) = (text(), code(department), code(call));
                CallCommand::Answer { answer, department, id }.into()
            }
            Act::Withdraw { call } => {
                let withdrawn = Withdrawn { reason: text() };
                CallCommand::Withdraw { id: code(call), withdrawn }.into()
            }
        }
    }

    fn allows(&self, by: By, on: Date, act: &Act) -> bool {
        match act {
            Act::Make { call, by: initiator, called, due } => {
                let others = called.contains(&FIRE) && !called.contains(&HEALTH);
                let initiates = *initiator == MARKET && by.keeps(MARKET);
                initiates && others && *due >= on && !self.0.contains_key(call)
            }
            Act::Answer { call, department } => self.0.get(call).is_some_and(|it| {
                by.keeps(department) && !it.withdrawn && it.called.contains_key(department)
            }),
            Act::Withdraw { call } => {
                self.0.get(call).is_some_and(|it| by.keeps(MARKET) && !it.withdrawn)
            }
        }
    }

    fn happens(&mut self, _by: By, on: Date, act: &Act) {
        match act {
            Act::Make { call, called, due, .. } => {
                let called = called.iter().map(|id| (*id, None)).collect();
                self.0.insert(call, Call { due: *due, called, withdrawn: false });
            }
            Act::Answer { call, department } => {
                self.0.get_mut(call).unwrap().called.get_mut(department).unwrap().get_or_insert(on);
            }
            Act::Withdraw { call } => self.0.get_mut(call).unwrap().withdrawn = true,
        }
    }

    fn agrees(&self, world: &World) {
        let waiting = |it: &Call| !it.withdrawn && it.called.values().any(Option::is_none);
        let open: BTreeSet<_> = world.open_calls().map(|(id, _)| id.to_string()).collect();
        let wanted = self.0.iter().filter(|(_, it)| waiting(it)).map(|(id, _)| (*id).into());
        assert_eq!(open, wanted.collect());
        for on in DAYS.iter().map(|text| crate::desk::day(text)) {
            let late: BTreeSet<_> = world.overdue_calls(on).map(|(id, _)| id.to_string()).collect();
            let wanted = self.0.iter().filter(|(_, it)| waiting(it) && it.due < on);
            assert_eq!(late, wanted.map(|(id, _)| (*id).into()).collect(), "{on}");
        }
    }
}

fn act() -> impl Strategy<Value = Act> {
    let call = || prop::sample::select(&["1", "2", "3"][..]);
    let mostly = prop::bool::weighted(0.9);
    let called = prop_oneof![
        3 => Just(vec![FIRE]),
        2 => Just(vec![FIRE, MARKET]),
        1 => prop::sample::subsequence(ALL.to_vec(), 0..=3),
    ];
    let make = (call(), mostly, called, days(DAYS)).prop_map(|(call, initiator, called, due)| {
        Act::Make { call, by: if initiator { MARKET } else { FIRE }, called, due }
    });
    let answer = (call(), prop::sample::select(&ALL[..]))
        .prop_map(|(call, department)| Act::Answer { call, department });
    let withdraw = call().prop_map(|call| Act::Withdraw { call });
    prop_oneof![3 => make, 4 => answer, 1 => withdraw]
}

fn turn(act: &Act) -> &'static str {
    match act {
        Act::Make { by, .. } => by,
        Act::Answer { department, .. } => department,
        Act::Withdraw { .. } => MARKET,
    }
}

static SCHEME_MADE: LazyLock<Stored> = LazyLock::new(|| {
    let mut desk = with_plan();
    desk.takes(make(scheme()));
    stored(&desk, Suite::Sha256)
});

proptest! {
    #![proptest_config(config())]

    #[test]
    fn who_was_called_answers_until_the_call_is_withdrawn(steps in steps(&ALL, DAYS, act(), turn)) {
        holds(&SCHEME_MADE, Calls::default(), &steps);
    }
}
