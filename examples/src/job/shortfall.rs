//! All that a department is short of. The shortage file proves that there is no assignment; an officer also wants to
//! know how many people are missing in the end.

use super::error::JobError;
use std::collections::{BTreeMap, BTreeSet};
use yicha::code::{InspectorId, TargetId};
use yicha::draw::matching::{Problem, Recusal, Slot, TargetPlaces};
use yicha::explain::Lang;

/// All that a department is short of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shortfall {
    /// Places of the problem.
    pub places: usize,
    /// Places that stay open however the others are filled.
    pub missing: usize,
    /// The places concerned: what they ask for, and at which targets.
    pub needs: BTreeMap<Slot, BTreeSet<TargetId>>,
    /// Who stands in the way by being at capacity.
    pub at_capacity: BTreeSet<InspectorId>,
}

impl Shortfall {
    /// Takes one place after the other out of the problem until an assignment exists. Each place that a shortage names
    /// can be left out in exchange for any other of them, so that each one taken out is one that is missing.
    pub(super) fn of(problem: &Problem) -> Result<Self, JobError> {
        let mut left = problem.clone();
        let mut shortfall = Self {
            places: problem.places(),
            missing: 0,
            needs: BTreeMap::new(),
            at_capacity: BTreeSet::new(),
        };
        while let Some(shortage) = left.shortage() {
            for (target, slot) in shortage.places() {
                let slot = slot_of(&left, target, *slot).cloned().unwrap_or(Slot::ANY);
                shortfall.needs.entry(slot).or_default().insert(target.clone());
            }
            shortfall.at_capacity.extend(shortage.inspectors().iter().cloned());
            let Some((target, slot)) = shortage.places().last() else { break };
            left = without(&left, target, *slot)?;
            shortfall.missing += 1;
        }
        Ok(shortfall)
    }

    /// In words, a line each. `name` gives an inspector's name.
    pub fn in_words(&self, lang: Lang, name: impl Fn(&InspectorId) -> String) -> Vec<String> {
        let zh = lang == Lang::Zh;
        let Self { places, missing, .. } = self;
        let mut lines = vec![if zh {
            format!("共{places}个岗位，缺{missing}个：无论怎样安排，至少有{missing}个岗位无人可派")
        } else {
            format!("{missing} of {places} places stay open however the others are filled")
        }];
        for (slot, targets) in &self.needs {
            let count = targets.len();
            let targets: Vec<&str> = targets.iter().map(TargetId::as_str).collect();
            let wanted = match (slot == &Slot::ANY, zh) {
                (true, true) => "任何执法检查人员".into(),
                (true, false) => "any inspector".into(),
                (false, true) => format!("资质 {slot}"),
                (false, false) => format!("qualification {slot}"),
            };
            lines.push(if zh {
                format!("需要{wanted}的{count}户：{}", targets.join("、"))
            } else {
                format!("{count} targets need {wanted}: {}", targets.join(", "))
            });
        }
        let people: Vec<String> = self.at_capacity.iter().map(name).collect();
        lines.push(match (zh, people.is_empty()) {
            (true, true) => "在册人员中没有一人可以担任这些岗位".into(),
            (false, true) => "nobody on the register may fill these places".into(),
            (true, false) => format!("已达任务上限的人员：{}", people.join("、")),
            (false, false) => format!("inspectors at their capacity: {}", people.join(", ")),
        });
        lines
    }
}

fn slot_of<'a>(problem: &'a Problem, target: &TargetId, slot: u64) -> Option<&'a Slot> {
    let t = problem.targets().binary_search(target).ok()?;
    problem.slots(t).nth(usize::try_from(slot).ok()?)
}

/// The problem without one place, and without the target when it was its last.
fn without(problem: &Problem, target: &TargetId, slot: u64) -> Result<Problem, JobError> {
    let mut targets = Vec::new();
    for (t, id) in problem.targets().iter().enumerate() {
        let keep = |&(s, _): &(u64, &Slot)| id != target || s != slot;
        let slots: Vec<Slot> =
            (0..).zip(problem.slots(t)).filter(keep).map(|(_, slot)| slot.clone()).collect();
        if !slots.is_empty() {
            targets.push(TargetPlaces { target: id.clone(), slots });
        }
    }
    let kept: BTreeSet<TargetId> = targets.iter().map(|t| t.target.clone()).collect();
    let recusals: Vec<Recusal> =
        problem.recusals().filter(|recusal| kept.contains(&recusal.target)).collect();
    let (department, inspectors) = (problem.department().clone(), problem.inspectors().to_vec());
    Problem::new(department, [0; 16], targets, inspectors, recusals).map_err(|faults| match faults
        .first()
    {
        Some(fault) => JobError::refused(fault),
        None => JobError::unusable("匹配问题有误", "the matching problem is faulty"),
    })
}
