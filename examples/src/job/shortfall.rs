//! All that a department is short of. The shortage file proves that there is no assignment; an officer also wants to
//! know how many people are missing in the end.

use super::error::JobError;
use std::collections::{BTreeMap, BTreeSet};
use yicha::code::{InspectorId, TargetId};
use yicha::draw::matching::{Problem, Slot};
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
    pub(super) fn of(problem: &Problem) -> Result<Self, JobError> {
        let whole = problem.whole_shortage().map(|whole| whole.summary(problem)).transpose();
        let whole = whole.map_err(|e| JobError::refused(&e))?;
        let (missing, needs, at_capacity) =
            whole.map(|whole| (whole.missing, whole.needs, whole.at_capacity)).unwrap_or_default();
        Ok(Self {
            places: problem.places(),
            missing: missing as usize,
            needs: needs.into_iter().map(|n| (n.slot, n.targets.into_iter().collect())).collect(),
            at_capacity: at_capacity.into_iter().collect(),
        })
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
