//! The matched file: who fills which place.

use super::Matching;
use super::board::{Board, OPEN};
use super::problem::Problem;
use crate::citation::Basis;
use crate::code::{InspectorId, TargetId};
use crate::draw::seed::Seed;
use crate::draw::text::{FileError, Reader, Writer};
use crate::explain::{Explain, Lang, Said};
use crate::hash::Digest;
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::fmt;

const TITLE: &str = "yicha-matched/1";

/// The result of a matching, for the office and auditors.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Matched {
    announcement: Digest,
    seed: Digest,
    matches: Vec<Match>,
}

/// An inspector in a place.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Match {
    /// The target.
    pub target: TargetId,
    /// Number of the slot at the target, from 0.
    pub slot: u64,
    /// The inspector who fills it.
    pub inspector: InspectorId,
}

/// Why a result is not one of the problem.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum MatchedError {
    /// The places of the result are not those of the problem.
    #[error("match {number} is for {found}, the problem has {wanted} there")]
    OtherPlace {
        /// Which match, counted from 1.
        number: usize,
        /// Target and slot found, or "nothing".
        found: String,
        /// Target and slot of the problem, or "nothing".
        wanted: String,
    },
    /// Somebody who is not in the problem.
    #[error("{inspector} is not an inspector of the problem")]
    Unknown {
        /// The inspector.
        inspector: InspectorId,
    },
    /// Somebody who may not fill the place.
    #[error(
        "{inspector} may not fill slot {slot} of {target}: a code is missing or there is a recusal"
    )]
    MayNot {
        /// The inspector.
        inspector: InspectorId,
        /// The target.
        target: TargetId,
        /// The slot.
        slot: u64,
    },
    /// Somebody in two places of one target.
    #[error("{inspector} fills two places of {target}")]
    Twice {
        /// The inspector.
        inspector: InspectorId,
        /// The target.
        target: TargetId,
    },
    /// Somebody with more places than the capacity.
    #[error("{inspector} fills {assigned} places, the capacity is {capacity}")]
    OverCapacity {
        /// The inspector.
        inspector: InspectorId,
        /// Places filled.
        assigned: u32,
        /// Places at most.
        capacity: u64,
    },
    /// Loads that could be more even.
    #[error(
        "the loads could be more even: one of {level} places could pass one on, in the end to {fewer} who has {fewer_assigned}"
    )]
    Uneven {
        /// Places of the inspector who could have one fewer.
        level: u32,
        /// The inspector who could have one more.
        fewer: InspectorId,
        /// Places of that inspector.
        fewer_assigned: u32,
    },
}

impl Explain for MatchedError {
    fn code(&self) -> &'static str {
        match self {
            Self::OtherPlace { .. } => "matched-other-place",
            Self::Unknown { .. } => "matched-unknown-inspector",
            Self::MayNot { .. } => "matched-may-not",
            Self::Twice { .. } => "matched-twice",
            Self::OverCapacity { .. } => "matched-over-capacity",
            Self::Uneven { .. } => "matched-uneven",
        }
    }

    fn basis(&self) -> Basis {
        Basis::DrawSpec(7)
    }

    fn message(&self, lang: Lang) -> String {
        match self {
            _ if lang == Lang::En => self.to_string(),
            Self::OtherPlace { number, found, wanted } => {
                format!("第{number}条匹配为{found}，匹配问题中此处为{wanted}")
            }
            Self::Unknown { inspector } => format!("{inspector}不在匹配问题之中"),
            Self::MayNot { inspector, target, slot } => {
                format!("{inspector}不能担任{target}的第{slot}号岗位：缺少资质或应当回避")
            }
            Self::Twice { inspector, target } => {
                format!("{inspector}在{target}担任了两个岗位")
            }
            Self::OverCapacity { inspector, assigned, capacity } => {
                format!("{inspector}担任{assigned}个岗位，超过上限{capacity}")
            }
            Self::Uneven { level, fewer, fewer_assigned } => format!(
                "任务量还可以更均衡：有{level}个岗位的人可以让出一个，最终转给只有{fewer_assigned}个岗位的{fewer}"
            ),
        }
    }
}

impl fmt::Display for Match {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.target, self.slot)
    }
}

impl Matched {
    /// The file of a matching.
    pub fn new(announcement: Digest, seed: Seed, problem: &Problem, matching: &Matching) -> Self {
        let mut matches = Vec::with_capacity(problem.places());
        for (t, target) in (0..).zip(problem.targets()) {
            for (slot, place) in (0..).zip(problem.places_of(t)) {
                let inspector = matching.filled_by()[place as usize];
                let inspector = problem.inspectors()[inspector as usize].inspector.clone();
                matches.push(Match { target: target.clone(), slot, inspector });
            }
        }
        Self { announcement, seed: *seed.digest(), matches }
    }

    /// Digest of the announcement.
    pub const fn announcement(&self) -> &Digest {
        &self.announcement
    }

    /// The seed.
    pub const fn seed(&self) -> &Digest {
        &self.seed
    }

    /// The matches, sorted by target, then slot.
    pub fn matches(&self) -> &[Match] {
        &self.matches
    }

    /// The matches at a target, by slot; none when the target is not in the problem.
    pub fn at(&self, target: &TargetId) -> &[Match] {
        let first = self.matches.partition_point(|place| place.target < *target);
        let rest = &self.matches[first..];
        &rest[..rest.partition_point(|place| place.target == *target)]
    }

    /// Puts the result on a board of the problem.
    pub(super) fn lay_out(
        &self,
        problem: &Problem,
        board: &mut Board<'_>,
    ) -> Result<(), MatchedError> {
        let mut number = 0;
        for (t, target) in (0..).zip(problem.targets()) {
            for (slot, place) in (0..).zip(problem.places_of(t)) {
                number += 1;
                let found = self.matches.get(number - 1);
                let Some(found) = found.filter(|m| m.target == *target && m.slot == slot) else {
                    let found = found.map_or("nothing".into(), Match::to_string);
                    let wanted = format!("{target} {slot}");
                    return Err(MatchedError::OtherPlace { number, found, wanted });
                };
                let inspector = found.inspector.clone();
                let known = problem.inspectors();
                let Ok(i) = known.binary_search_by(|c| c.inspector.cmp(&inspector)) else {
                    return Err(MatchedError::Unknown { inspector });
                };
                let i = i as u32;
                let target = target.clone();
                if !problem.may(i, place, t) {
                    return Err(MatchedError::MayNot { inspector, target, slot });
                }
                if board.is_at(i, t) {
                    return Err(MatchedError::Twice { inspector, target });
                }
                debug_assert_eq!(board.filled_by[place as usize], OPEN);
                board.filled_by[place as usize] = i;
                board.assigned[i as usize] += 1;
                let assigned = board.assigned[i as usize];
                if assigned > problem.capacity(i) {
                    let capacity = known[i as usize].capacity;
                    return Err(MatchedError::OverCapacity { inspector, assigned, capacity });
                }
            }
        }
        if let Some(extra) = self.matches.get(number) {
            let (found, wanted) = (extra.to_string(), "nothing".into());
            return Err(MatchedError::OtherPlace { number: number + 1, found, wanted });
        }
        board.list_places();
        Ok(())
    }

    /// The text file.
    pub fn to_text(&self) -> String {
        let mut file = Writer::new();
        file.line(&[&TITLE]);
        file.line(&[&"announcement", &self.announcement]).line(&[&"seed", &self.seed]);
        for Match { target, slot, inspector } in &self.matches {
            file.line(&[&"match", target, slot, inspector]);
        }
        file.finish()
    }

    /// Reads the text file.
    ///
    /// # Errors
    /// The first line that the specification would not have written, with the reason.
    pub fn parse(bytes: &[u8]) -> Result<Self, FileError> {
        let mut file = Reader::new(bytes, Some(TITLE))?;
        let [announcement] = file.fields("announcement")?;
        let announcement = file.parse(2, announcement)?;
        let [seed] = file.fields("seed")?;
        let seed = file.parse(2, seed)?;
        let mut matches: Vec<Match> = Vec::new();
        while file.at("match") {
            let [target, text, inspector] = file.fields("match")?;
            let (target, inspector) =
                (file.parse::<TargetId>(2, target)?, file.parse(4, inspector)?);
            let slot = file.number(3, text)?;
            // Every place of a target is filled, so its slots count up from 0.
            let wanted = match matches.last() {
                Some(last) if last.target == target => last.slot + 1,
                last => {
                    file.ascending(last.map(|last| &last.target), &target)?;
                    0
                }
            };
            if slot != wanted {
                let wanted =
                    Said::new(format!("岗位序号{wanted}"), format!("slot number {wanted}"));
                return Err(file.field_fault(3, text, wanted));
            }
            matches.push(Match { target, slot, inspector });
        }
        file.end()?;
        Ok(Self { announcement, seed, matches })
    }
}
