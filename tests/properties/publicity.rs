//! Articles 21 and 25: a result is entered by its department after completion, published once, corrected by order only,
//! and stops being public by either branch.

use crate::completed::end;
use crate::desk::{FIRE, MARKET, code, day};
use crate::host::{Stored, stored};
use crate::inspected::{complete, confirm, id, recorded, signed};
use crate::planned::{FIRE_SAFETY, FOOD};
use crate::registered::law;
use crate::sequence::{By, Law, Step, config, days, holds, steps, text};
use proptest::prelude::*;
use std::collections::BTreeMap;
use std::sync::LazyLock;
use yicha::actor::Role;
use yicha::date::Date;
use yicha::event::Command;
use yicha::follow_up::consequence::{EndCause, Found, Ruling};
use yicha::follow_up::penalty::{Penalised, PenaltyCommand, Severity};
use yicha::hash::Suite;
use yicha::publication::{
    Correction, CorrectionOrder, CorrectionReason, Period, PublicationCommand, Publicity,
};
use yicha::result::InspectionResult::{self, *};
use yicha::world::World;

/// The day of completion, and days around which something begins or stops.
const COMPLETED: &str = "2026-05-06";
const DAYS: &[&str] = &[
    "2026-05-05",
    "2026-05-06",
    "2026-05-07",
    "2026-05-31",
    "2026-06-30",
    "2026-07-01",
    "2026-08-06",
    "2026-08-07",
    "2026-08-08",
    "2026-12-31",
    "2027-02-28",
    "2027-03-01",
];
const STARTS: &[&str] = &["2026-05-06", "2026-05-07", "2026-05-31", "2026-11-30"];
const ITEMS: [(&str, &str); 2] = [(FOOD, MARKET), (FIRE_SAFETY, FIRE)];

#[derive(Clone, Debug)]
enum Act {
    Enter { item: usize, result: InspectionResult },
    Publish { item: usize, somewhere: bool },
    Correct { item: usize, result: InspectionResult, document: bool },
    SetPeriod { item: usize, months: u16, start: Date },
    Cease { item: usize },
    Penalise { penalty: &'static str, item: usize, severity: Severity, from: Date, document: bool },
    EndPenalty { penalty: &'static str, cause: EndCause, on: Date },
}

/// What the law knows of a result.
struct Item {
    owner: &'static str,
    found: InspectionResult,
    entered: Option<Date>,
    /// Each with the day from which it holds.
    versions: Vec<(Date, InspectionResult)>,
    period: Option<(u16, Date)>,
    /// The day of the stop that was recorded last.
    ceased: Option<Date>,
}

struct Penalty {
    body: &'static str,
    item: usize,
    severity: Severity,
    from: Date,
    until: Option<Date>,
}

struct Results {
    items: [Item; 2],
    penalties: BTreeMap<&'static str, Penalty>,
}

fn negative(result: InspectionResult) -> bool {
    matches!(
        result,
        InformationNotPublished
            | Unreachable
            | SeriouslyUncooperative
            | ProblemToBeCorrected
            | ProblemUnderInvestigation
            | Failed
    )
}

impl Item {
    fn new(owner: &'static str, found: InspectionResult) -> Self {
        Self { owner, found, entered: None, versions: vec![], period: None, ceased: None }
    }

    /// What the public is told on a day, where anything is.
    fn result(&self, on: Date) -> Option<InspectionResult> {
        self.versions.iter().rev().find(|(from, _)| *from <= on).map(|(_, result)| *result)
    }

    /// The day on which it began to be negative without a break until then.
    fn negative_since(&self, on: Date) -> Option<Date> {
        let told = self.versions.iter().rev().skip_while(|(from, _)| *from > on);
        told.take_while(|(_, result)| negative(*result)).last().map(|(from, _)| *from)
    }
}

impl Results {
    fn new(food: InspectionResult, fire: InspectionResult) -> Self {
        let items = [Item::new(MARKET, food), Item::new(FIRE, fire)];
        Self { items, penalties: BTreeMap::new() }
    }

    /// 第二十五条, day by day: while something other than a minor penalty that began before is in effect it goes on;
    /// when nothing of that is any more it stops, and when there was nothing, after the statutory period. What has
    /// stopped does not begin again (our decision `repair-by-effect`).
    fn stop(&self, item: usize, on: Date) -> Option<Date> {
        let since = self.items[item].negative_since(on)?;
        let counts = |it: &&Penalty| {
            let ended_before = it.until.is_some_and(|until| until <= since.max(it.from));
            it.item == item && it.severity != Severity::Minor && !ended_before
        };
        let linked: Vec<&Penalty> = self.penalties.values().filter(counts).collect();
        let over = self.items[item].period.map(|(months, start)| last_day(start, months));
        let mut day = since;
        while day <= on {
            let begun: Vec<_> = linked.iter().filter(|it| it.from < day).collect();
            let lasts = begun.iter().any(|it| it.until.is_none_or(|until| day < until));
            let branch_b = !begun.is_empty();
            if (branch_b && !lasts) || (!branch_b && over.is_some_and(|last| last < day)) {
                return Some(day);
            }
            day = day.plus_days(1).unwrap();
        }
        None
    }
}

/// The day of that number so many months later, or the last one of that month.
fn last_day(start: Date, months: u16) -> Date {
    let (year, month, day) = start.ymd();
    let months = year * 12 + month as i32 - 1 + i32::from(months);
    let (year, month) = (months / 12, months as u32 % 12 + 1);
    (1..=day).rev().find_map(|day| Date::from_ymd(year, month, day)).unwrap()
}

impl Law for Results {
    type Act = Act;

    fn command(&self, act: &Act) -> Command {
        let named = |item: usize| (id(), code(ITEMS[item].0));
        match act.clone() {
            Act::Enter { item, result } => {
                let ((inspection, item), receipt) = (named(item), code("SJ-1"));
                PublicationCommand::Enter { inspection, item, receipt, result }.into()
            }
            Act::Publish { item, somewhere } => {
                let (inspection, item) = named(item);
                let places = if somewhere { vec![code("省级平台")] } else { vec![] };
                PublicationCommand::Publish { inspection, item, places }.into()
            }
            Act::Correct { item, result, document } => {
                let (inspection, item) = named(item);
                let order = CorrectionOrder {
                    document: document.then(|| code("判决书1号")),
                    grounds: text(),
                    reason: CorrectionReason::Judgment,
                };
                let correction = Correction { item, negative: None, order, result, text: None };
                PublicationCommand::Correct { correction, inspection }.into()
            }
            Act::SetPeriod { item, months, start } => {
                let (inspection, item) = named(item);
                let (months, source) = (months.try_into().unwrap(), law("办法"));
                let period = Period { months, source, start };
                PublicationCommand::SetPeriod { inspection, item, period }.into()
            }
            Act::Cease { item } => {
                let (inspection, item) = named(item);
                PublicationCommand::Cease { inspection, item }.into()
            }
            Act::Penalise { penalty, item, severity, from, document } => {
                let (inspection, item_id) = named(item);
                let ruling = Ruling {
                    body: code(ITEMS[item].1),
                    document: document.then(|| code("罚1号")),
                    from,
                    shown: [code("信用中国")].into(),
                };
                let found = Found { inspection, items: [item_id].into() };
                let penalised = Penalised { found, ruling, severity };
                PenaltyCommand::Record { penalised, penalty: code(penalty) }.into()
            }
            Act::EndPenalty { penalty, cause, on } => {
                let ended = end(cause, &on.to_string());
                PenaltyCommand::End { ended, penalty: code(penalty) }.into()
            }
        }
    }

    fn allows(&self, by: By, on: Date, act: &Act) -> bool {
        match *act {
            Act::Enter { item, result } => {
                let Item { owner, found, entered, .. } = &self.items[item];
                let inspects = by.keeps(owner) || by.is(owner, &[Role::Inspector]);
                inspects && on >= day(COMPLETED) && entered.is_none() && result == *found
            }
            Act::Publish { item, somewhere } => {
                let Item { owner, entered, versions, .. } = &self.items[item];
                let is_entered = entered.is_some_and(|since| since <= on);
                by.keeps(owner) && somewhere && is_entered && versions.is_empty()
            }
            Act::Correct { item, result, document } => {
                let it = &self.items[item];
                let ordered = document && by.is(it.owner, &[Role::DepartmentHead]);
                let differs =
                    it.versions.last().is_some_and(|(from, last)| *from <= on && *last != result);
                ordered && differs
            }
            Act::SetPeriod { item, .. } => {
                // The number is the department's; that the host keeps it makes no difference.
                let says = by.keeps(self.items[item].owner) || by.is_platform();
                says && self.items[item].result(on).is_some_and(negative)
            }
            Act::Cease { item } => {
                let it = &self.items[item];
                let stop = self.stop(item, on);
                (by.keeps(it.owner) || by.is_platform()) && stop.is_some() && stop != it.ceased
            }
            Act::Penalise { penalty, item, document, .. } => {
                let it = &self.items[item];
                // As the result stands now, whichever day the ruling is of.
                let problem = negative(it.versions.last().map_or(it.found, |(_, last)| *last));
                let decides = by.keeps(it.owner) || by.is_platform();
                decides && document && problem && !self.penalties.contains_key(penalty)
            }
            Act::EndPenalty { penalty, cause, on } => {
                self.penalties.get(penalty).is_some_and(|it| {
                    let decides = by.keeps(it.body) || by.is_platform();
                    decides && cause != EndCause::Removed && it.until.is_none() && it.from <= on
                })
            }
        }
    }

    fn happens(&mut self, _by: By, on: Date, act: &Act) {
        match *act {
            Act::Enter { item, .. } => self.items[item].entered = Some(on),
            Act::Publish { item, .. } => {
                self.items[item].versions = vec![(on, self.items[item].found)]
            }
            Act::Correct { item, result, .. } => self.items[item].versions.push((on, result)),
            Act::SetPeriod { item, months, start } => {
                self.items[item].period = Some((months, start))
            }
            Act::Cease { item } => self.items[item].ceased = self.stop(item, on),
            Act::Penalise { penalty, item, severity, from, .. } => {
                let body = self.items[item].owner;
                let until = None;
                self.penalties.insert(penalty, Penalty { body, item, severity, from, until });
            }
            Act::EndPenalty { penalty, on, .. } => {
                self.penalties.get_mut(penalty).unwrap().until = Some(on);
            }
        }
    }

    fn agrees(&self, world: &World) {
        for on in DAYS.iter().map(|text| day(text)) {
            let public: Vec<_> = world
                .public_record(on)
                .map(|it| (it.item.to_string(), it.version.result))
                .collect();
            for (number, (item, _)) in ITEMS.iter().enumerate() {
                let said = world.publicity(&id(), &code(item), on).unwrap();
                let stop = self.stop(number, on);
                let told = self.items[number].result(on);
                let wanted = told.filter(|_| stop.is_none());
                let found = public.iter().find(|(id, _)| id == item).map(|(_, result)| *result);
                assert_eq!(found, wanted, "{item} on {on}: {said:?}");
                assert_eq!(said.is_public(), wanted.is_some(), "{item} on {on}: {said:?}");
                let stopped = match said {
                    Publicity::Stopped { on, .. } => Some(on),
                    _ => None,
                };
                assert_eq!(stopped, stop, "{item} on {on}");
            }
        }
    }
}

/// An inspection that was completed with these results, in an office.
pub(crate) fn completed_with(food: InspectionResult, fire: InspectionResult) -> Stored {
    let mut field = recorded(food, fire);
    field.at(COMPLETED, MARKET, 0).takes(confirm(signed(), &[FOOD, FIRE_SAFETY]));
    field.desk.takes(complete());
    stored(&field.desk, Suite::Sha256)
}

const FOUND: [[InspectionResult; 2]; 3] =
    [[Failed, Passed], [ProblemToBeCorrected, Failed], [Passed, ProblemUnderInvestigation]];

static COMPLETE: LazyLock<Vec<Stored>> =
    LazyLock::new(|| FOUND.iter().map(|[food, fire]| completed_with(*food, *fire)).collect());

fn act(found: [InspectionResult; 2]) -> impl Strategy<Value = Act> {
    let item = 0..2_usize;
    let mostly = prop::bool::weighted(0.9);
    let result = prop::sample::select(&[Failed, Passed, ProblemToBeCorrected][..]);
    let penalty = prop::sample::select(&["P1", "P2", "P3"][..]);
    let severity =
        prop::sample::select(&[Severity::Minor, Severity::Ordinary, Severity::Heavier][..]);
    let cause = prop::sample::select(&[EndCause::Removed, EndCause::Stopped, EndCause::RunOut][..]);
    let enter = (item.clone(), mostly, result.clone()).prop_map(move |(item, right, other)| {
        Act::Enter { item, result: if right { found[item] } else { other } }
    });
    let publish =
        (item.clone(), mostly).prop_map(|(item, somewhere)| Act::Publish { item, somewhere });
    let correct = (item.clone(), result, mostly)
        .prop_map(|(item, result, document)| Act::Correct { item, result, document });
    let set_period = (item.clone(), 1..4_u16, days(STARTS))
        .prop_map(|(item, months, start)| Act::SetPeriod { item, months, start });
    let cease = item.clone().prop_map(|item| Act::Cease { item });
    let penalise = (penalty.clone(), item, severity, days(DAYS), mostly).prop_map(
        |(penalty, item, severity, from, document)| Act::Penalise {
            penalty,
            item,
            severity,
            from,
            document,
        },
    );
    let end = (penalty, cause, days(DAYS)).prop_map(|(penalty, cause, on)| Act::EndPenalty {
        penalty,
        cause,
        on,
    });
    prop_oneof![4 => enter, 4 => publish, 2 => correct, 2 => set_period, 3 => cease, 2 => penalise, 2 => end]
}

/// Whose turn it is: P1 and P2 are mostly about the first item.
fn turn(act: &Act) -> &'static str {
    match *act {
        Act::Enter { item, .. }
        | Act::Publish { item, .. }
        | Act::Correct { item, .. }
        | Act::SetPeriod { item, .. }
        | Act::Cease { item }
        | Act::Penalise { item, .. } => ITEMS[item].1,
        Act::EndPenalty { penalty, .. } => {
            if penalty == "P3" {
                FIRE
            } else {
                MARKET
            }
        }
    }
}

fn case() -> impl Strategy<Value = (usize, Vec<Step<Act>>)> {
    (0..FOUND.len())
        .prop_flat_map(|found| (Just(found), steps(&[MARKET, FIRE], DAYS, act(FOUND[found]), turn)))
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn results_are_published_once_corrected_by_order_and_stop_in_time((found, steps) in case()) {
        let [food, fire] = FOUND[found];
        holds(&COMPLETE[found], Results::new(food, fire), &steps);
    }
}
