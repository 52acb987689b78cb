//! 抽查比例和频次, article 10: how likely and how often a class is inspected, within the edition's bounds.

use crate::code::{CaseCode, TargetId};
use crate::date::Date;
use crate::draw::quota::BasisPoints;
use crate::edition::Edition;
use crate::inspection::Visit;
use crate::plan::Window;
use crate::refusal::{Refusal, refusals};
use crate::risk::{RiskClass, check_rates};
use crate::world::World;
use alloc::collections::BTreeMap;

refusals! {
    /// What is refused of rates and frequencies. Beside our decision `rates-lawful` stands the edition's number.
    FrequencyRefusal {
        RateOutside { class: RiskClass, rate: BasisPoints, lowest: u16, highest: u16 } = "rate-outside-bounds", Decision("rates-lawful"),
            "{class}类比例为万分之{rate}；应为万分之{lowest}至{highest}",
            "class {class} has {rate} basis points; {lowest} to {highest} are lawful";
        VisitsOutside { class: RiskClass, visits: u16, highest: u16 } = "visits-outside-bounds", Decision("frequency-cap"),
            "{class}类全年至多{visits}次；应为1至{highest}次",
            "class {class} is inspected {visits} times a year at most; 1 to {highest} are lawful";
        VisitsFalling { class: RiskClass, visits: u16, lower: RiskClass, below: u16 } = "visits-falling", Decision("frequency-cap"),
            "{class}类全年至多{visits}次，少于{lower}类的{below}次；频次上限不得随风险升高而降低",
            "class {class} is inspected {visits} times a year at most, less than class {lower} with {below}; caps do not fall as the risk rises";
    }
}

/// Checks the rates of all classes.
///
/// # Errors
/// A rate of zero, one that falls as the risk rises, or one outside of the edition's bounds.
pub fn rates(
    rates: &[(RiskClass, BasisPoints)],
    edition: &Edition,
    day: Date,
) -> Result<(), Refusal> {
    check_rates(rates)?;
    let lowest = edition.value(|e| &e.rate_least, day)?.value;
    let highest = edition.value(|e| &e.rate_most, day)?.value;
    let lawful = u64::from(lowest)..=u64::from(highest);
    match rates.iter().find(|(_, rate)| !lawful.contains(&rate.get())) {
        Some(&(class, rate)) => {
            Err(FrequencyRefusal::RateOutside { class, rate, lowest, highest }.into())
        }
        None => Ok(()),
    }
}

/// Checks how many visits a target of each class has in a year at most.
///
/// # Errors
/// No visit at all, more than the edition's bound, or a cap that falls as the risk rises.
pub fn visits(
    caps: &BTreeMap<RiskClass, u16>,
    edition: &Edition,
    day: Date,
) -> Result<(), Refusal> {
    let highest = edition.value(|e| &e.visits_most, day)?.value;
    let mut before: Option<(RiskClass, u16)> = None;
    for (&class, &visits) in caps {
        if !(1..=highest).contains(&visits) {
            return Err(FrequencyRefusal::VisitsOutside { class, visits, highest }.into());
        }
        if let Some((lower, below)) = before.filter(|&(_, below)| visits < below) {
            return Err(FrequencyRefusal::VisitsFalling { class, visits, lower, below }.into());
        }
        before = Some((class, visits));
    }
    Ok(())
}

impl World {
    /// The visits of a target that count for its cap, with their inspections: each once, however many departments came.
    /// What was inspected from afar, and a re-check, is none (our decision `visits-counted`).
    pub fn visits<'a>(
        &'a self,
        target: &'a TargetId,
        days: Window,
    ) -> impl Iterator<Item = (&'a CaseCode, &'a Visit)> {
        let inspections = self.inspections.iter().filter(move |(_, it)| it.target == *target);
        let visits =
            inspections.flat_map(|(id, it)| it.visits.iter().map(move |visit| (id, visit)));
        visits.filter(move |(_, visit)| days.contains(visit.on))
    }
}
