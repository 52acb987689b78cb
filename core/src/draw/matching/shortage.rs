//! A shortage and its proof: places that the inspectors who may fill them cannot fill all.

use super::bits::Bits;
use super::problem::{Problem, Slot};
use crate::citation::Basis;
use crate::code::{InspectorId, TargetId};
use crate::draw::text::{FileError, Reader, Writer};
use crate::explain::{Explain, Lang};
use crate::hash::{Digest, Suite};
use crate::order::sort_by;
use alloc::collections::BTreeMap;
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

const TITLE: &str = "yicha-shortage/1";

/// Places S and inspectors R such that those of R fill at most their capacities, everybody else at most one place for
/// each target of S where he may, and S has more places than that.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shortage {
    /// (target, slot), sorted.
    places: Vec<(TargetId, u64)>,
    inspectors: Vec<InspectorId>,
}

/// Why a shortage is not proved.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ShortageError {
    /// A place that the problem does not have.
    #[error("slot {slot} of {target} is not a place of the problem")]
    UnknownPlace {
        /// The target.
        target: TargetId,
        /// The slot.
        slot: u64,
    },
    /// An inspector whom the problem does not have.
    #[error("{0} is not an inspector of the problem")]
    UnknownInspector(InspectorId),
    /// The inspectors could fill all those places.
    #[error("the {places} places could be filled: the inspectors can fill up to {most} of them")]
    NotProved {
        /// Places of the proof.
        places: u64,
        /// Places that can be filled at most.
        most: u64,
    },
}

impl Explain for ShortageError {
    fn code(&self) -> &'static str {
        match self {
            Self::UnknownPlace { .. } => "shortage-unknown-place",
            Self::UnknownInspector(_) => "shortage-unknown-inspector",
            Self::NotProved { .. } => "shortage-not-proved",
        }
    }

    fn basis(&self) -> Basis {
        Basis::DrawSpec(7)
    }

    fn message(&self, lang: Lang) -> String {
        match self {
            _ if lang == Lang::En => self.to_string(),
            Self::UnknownPlace { target, slot } => {
                format!("{target}的第{slot}号岗位不在匹配问题之中")
            }
            Self::UnknownInspector(inspector) => format!("{inspector}不在匹配问题之中"),
            Self::NotProved { places, most } => {
                format!("不能证明人员不足：所列{places}个岗位至多可配{most}个")
            }
        }
    }
}

/// A shortage as an officer needs it told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShortageSummary {
    /// What the places of the shortage ask for, and at which targets.
    pub needs: Vec<Need>,
    /// Places of the shortage.
    pub places: u64,
    /// How many of them cannot be filled at least.
    pub missing: u64,
    /// The inspectors who are used up to their capacity.
    pub at_capacity: Vec<InspectorId>,
}

/// Places that ask for the same.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Need {
    /// What they ask for.
    pub slot: Slot,
    /// How many there are.
    pub places: u64,
    /// At which targets, sorted.
    pub targets: Vec<TargetId>,
}

impl Shortage {
    /// The shortage of these places and inspectors, both sorted by number.
    pub(super) fn new(problem: &Problem, places: &[u32], inspectors: &[u32]) -> Self {
        let place = |&place: &u32| {
            let target = problem.target_of(place);
            let slot = place - problem.places_of(target).start;
            (problem.targets()[target as usize].clone(), u64::from(slot))
        };
        let inspector = |&i: &u32| problem.inspectors()[i as usize].inspector.clone();
        Self {
            places: places.iter().map(place).collect(),
            inspectors: inspectors.iter().map(inspector).collect(),
        }
    }

    /// The places S, sorted by target, then slot number.
    pub fn places(&self) -> &[(TargetId, u64)] {
        &self.places
    }

    /// The inspectors R, sorted. There may be none.
    pub fn inspectors(&self) -> &[InspectorId] {
        &self.inspectors
    }

    /// Whether the proof holds for the problem.
    ///
    /// # Errors
    /// What does not belong to the problem, or how many of the places could be filled.
    pub fn check(&self, problem: &Problem) -> Result<(), ShortageError> {
        self.count(problem).map(|_| ())
    }

    /// How many of the places can be filled at most.
    fn count(&self, problem: &Problem) -> Result<u64, ShortageError> {
        let mut others = Bits::full(problem.inspectors().len());
        let mut most = 0u64;
        for inspector in &self.inspectors {
            let at = problem.inspectors().binary_search_by(|c| c.inspector.cmp(inspector));
            let i = at.map_err(|_| ShortageError::UnknownInspector(inspector.clone()))? as u32;
            others.remove(i);
            most = most.saturating_add(problem.inspectors()[i as usize].capacity);
        }
        for (target, kinds) in self.kinds_by_target(problem)? {
            let mut may = Bits::empty(problem.inspectors().len());
            kinds.iter().for_each(|&kind| may.extend(problem.holders(kind)));
            problem.recused(target).iter().for_each(|&(_, recused)| may.remove(recused));
            let both = others.words().iter().zip(may.words()).map(|(a, b)| a & b);
            let others: u64 = both.map(|word| u64::from(word.count_ones())).sum();
            most = most.saturating_add(others);
        }
        let places = self.places.len() as u64;
        if most < places { Ok(most) } else { Err(ShortageError::NotProved { places, most }) }
    }

    /// For each target of S the kinds of its places in S.
    fn kinds_by_target(&self, problem: &Problem) -> Result<BTreeMap<u32, Vec<u32>>, ShortageError> {
        let mut kinds: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
        for (target, slot) in &self.places {
            let unknown = || ShortageError::UnknownPlace { target: target.clone(), slot: *slot };
            let t = problem.targets().binary_search(target).map_err(|_| unknown())? as u32;
            let slot = usize::try_from(*slot).map_err(|_| unknown())?;
            let place = problem.places_of(t).nth(slot).ok_or_else(unknown)?;
            kinds.entry(t).or_default().push(problem.place_kinds()[place as usize]);
        }
        Ok(kinds)
    }

    /// The shortage in the terms of an officer.
    ///
    /// # Errors
    /// As for [`Shortage::check`].
    pub fn summary(&self, problem: &Problem) -> Result<ShortageSummary, ShortageError> {
        let places = self.places.len() as u64;
        let missing = places - self.count(problem)?;
        let mut needs: BTreeMap<u32, Need> = BTreeMap::new();
        for (t, kinds) in self.kinds_by_target(problem)? {
            for kind in kinds {
                let slot = &problem.kinds()[kind as usize];
                let need = needs.entry(kind).or_insert_with(|| Need {
                    slot: slot.clone(),
                    places: 0,
                    targets: Vec::new(),
                });
                need.places += 1;
                let target = &problem.targets()[t as usize];
                if need.targets.last() != Some(target) {
                    need.targets.push(target.clone());
                }
            }
        }
        let mut needs: Vec<Need> = needs.into_values().collect();
        sort_by(&mut needs, |a, b| a.slot.cmp(&b.slot));
        Ok(ShortageSummary { needs, places, missing, at_capacity: self.inspectors.clone() })
    }

    /// The text file.
    pub fn to_text(&self, suite: Suite, problem: &Problem) -> String {
        self.text_for(&problem.digest(suite))
    }

    /// The text file for a problem of that digest.
    pub fn text_for(&self, problem: &Digest) -> String {
        let mut file = Writer::new();
        file.line(&[&TITLE]).line(&[&"problem", problem]);
        for (target, slot) in &self.places {
            file.line(&[&"place", target, slot]);
        }
        for inspector in &self.inspectors {
            file.line(&[&"inspector", inspector]);
        }
        file.finish()
    }

    /// Reads the text file, and the digest of the problem that it names.
    ///
    /// # Errors
    /// The first line that the specification would not have written, with the reason.
    pub fn parse(bytes: &[u8]) -> Result<(Digest, Self), FileError> {
        let mut file = Reader::new(bytes, Some(TITLE))?;
        let [problem] = file.fields("problem")?;
        let problem = file.parse(2, problem)?;
        let mut places: Vec<(TargetId, u64)> = Vec::new();
        while file.at("place") {
            let [target, slot] = file.fields("place")?;
            let place = (file.parse(2, target)?, file.number(3, slot)?);
            match places.last() {
                Some(last) if last.0 == place.0 => file.ascending(Some(&last.1), &place.1)?,
                last => file.ascending(last.map(|last| &last.0), &place.0)?,
            }
            places.push(place);
        }
        if places.is_empty() {
            file.fields::<2>("place")?;
        }
        let mut inspectors = Vec::new();
        while file.at("inspector") {
            let [inspector] = file.fields("inspector")?;
            let inspector = file.parse(2, inspector)?;
            file.ascending(inspectors.last(), &inspector)?;
            inspectors.push(inspector);
        }
        file.end()?;
        Ok((problem, Self { places, inspectors }))
    }
}

impl ShortageSummary {
    /// The shortage in words, a line for each need and one for the inspectors.
    pub fn in_words(&self, lang: Lang) -> String {
        let zh = lang == Lang::Zh;
        let mut lines = Vec::new();
        let (places, missing) = (self.places, self.missing);
        lines.push(if zh {
            format!("{places}个岗位中至少有{missing}个无法配备执法检查人员。")
        } else {
            format!("Of {places} places at least {missing} cannot be filled.")
        });
        for Need { slot, places, targets } in &self.needs {
            let targets: Vec<&str> = targets.iter().map(TargetId::as_str).collect();
            let targets = targets.join(if zh { "、" } else { ", " });
            lines.push(match (zh, slot == &Slot::ANY) {
                (true, true) => format!("不限资质的岗位{places}个：{targets}。"),
                (true, false) => format!("需要资质{slot}的岗位{places}个：{targets}。"),
                (false, true) => format!("{places} places for any inspector: {targets}."),
                (false, false) => format!("{places} places that ask for {slot}: {targets}."),
            });
        }
        let names: Vec<&str> = self.at_capacity.iter().map(InspectorId::as_str).collect();
        lines.push(match (zh, names.is_empty()) {
            (true, true) => "没有一名在册人员可以担任这些岗位。".into(),
            (false, true) => "No inspector may fill these places.".into(),
            (true, false) => format!("已达任务上限的人员：{}。", names.join("、")),
            (false, false) => format!("Inspectors at their capacity: {}.", names.join(", ")),
        });
        lines.join("\n")
    }
}
