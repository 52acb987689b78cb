//! The matching problem of a department: places, inspectors, recusals, and its text file.

use super::MatchError;
use super::bits::Bits;
use crate::citation::Basis;
use crate::code::{CodeError, DepartmentId, InspectorId, Qualification, TargetId};
use crate::draw::text::{FileError, FileFault, Reader, Writer, hex};
use crate::explain::{Explain, Lang, Said};
use crate::hash::{Digest, Suite};
use crate::order::{gather, sort_by};
use alloc::collections::{BTreeMap, BTreeSet};
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::fmt;

const TITLE: &str = "yicha-matching/1";

/// What the inspector in a place must have.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Slot(BTreeSet<Qualification>);

impl Slot {
    /// A place for any inspector of the department.
    pub const ANY: Self = Self(BTreeSet::new());

    /// A place for an inspector with all of these codes.
    pub fn requiring(codes: impl IntoIterator<Item = Qualification>) -> Self {
        Self(gather(codes))
    }

    /// The codes, sorted.
    pub fn codes(&self) -> impl Iterator<Item = &Qualification> {
        self.0.iter()
    }
}

/// `*`, or the codes joined by `+`.
impl fmt::Display for Slot {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0.is_empty() {
            return f.write_str("*");
        }
        for (i, code) in self.0.iter().enumerate() {
            write!(f, "{}{code}", if i > 0 { "+" } else { "" })?;
        }
        Ok(())
    }
}

/// A target with its places, in the order given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TargetPlaces {
    /// The target.
    pub target: TargetId,
    /// One place or more.
    pub slots: Vec<Slot>,
}

/// An inspector who may be assigned.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// The inspector.
    pub inspector: InspectorId,
    /// New assignments at most.
    pub capacity: u64,
    /// Qualifications and districts.
    pub codes: BTreeSet<Qualification>,
}

/// An inspector kept away from a target (回避).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Recusal {
    /// The inspector.
    pub inspector: InspectorId,
    /// The target.
    pub target: TargetId,
}

/// Why the parts do not make a problem.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ProblemError {
    /// A target that stands there twice.
    #[error("target {0} stands there twice")]
    TargetTwice(TargetId),
    /// A target without a place.
    #[error("target {0} has no place; a target has one place or more")]
    NoPlace(TargetId),
    /// An inspector who stands there twice.
    #[error("inspector {0} stands there twice")]
    InspectorTwice(InspectorId),
    /// A recusal that stands there twice.
    #[error("the recusal of {inspector} from {target} stands there twice", inspector = .0.inspector, target = .0.target)]
    RecusalTwice(Recusal),
    /// A recusal of an inspector or from a target that is not in the problem.
    #[error("the recusal of {inspector} from {target} has no effect: one of them is not in the problem", inspector = .0.inspector, target = .0.target)]
    RecusalUnknown(Recusal),
    /// More places or inspectors than numbers of 32 bits.
    #[error("a problem has fewer than 2^32 places and inspectors")]
    TooLarge,
}

impl Explain for ProblemError {
    fn code(&self) -> &'static str {
        match self {
            Self::TargetTwice(_) => "matching-target-twice",
            Self::NoPlace(_) => "matching-no-place",
            Self::InspectorTwice(_) => "matching-inspector-twice",
            Self::RecusalTwice(_) => "matching-recusal-twice",
            Self::RecusalUnknown(_) => "matching-recusal-unknown",
            Self::TooLarge => "matching-too-large",
        }
    }

    fn basis(&self) -> Basis {
        Basis::DrawSpec(7)
    }

    fn message(&self, lang: Lang) -> String {
        match self {
            _ if lang == Lang::En => self.to_string(),
            Self::TargetTwice(id) => format!("检查对象{id}重复出现"),
            Self::NoPlace(id) => format!("检查对象{id}没有岗位；至少应有一个"),
            Self::InspectorTwice(id) => format!("执法检查人员{id}重复出现"),
            Self::RecusalTwice(Recusal { inspector, target }) => {
                format!("{inspector}对{target}的回避重复出现")
            }
            Self::RecusalUnknown(Recusal { inspector, target }) => {
                format!("{inspector}对{target}的回避无从生效：人员或对象不在本次匹配之内")
            }
            Self::TooLarge => "岗位数和人员数均应小于2的32次方".into(),
        }
    }
}

/// A department's matching problem. Targets and inspectors are numbered in the order of their ids, places in the
/// order of targets and slots.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    department: DepartmentId,
    salt: [u8; 16],
    targets: Vec<TargetId>,
    /// First place of each target, and one entry more.
    first_place: Vec<u32>,
    /// The kind of each place: a number in `kinds`.
    place_kind: Vec<u32>,
    /// The different slots, and who may fill them apart from recusals.
    kinds: Vec<Slot>,
    may_fill: Vec<Bits>,
    inspectors: Vec<Candidate>,
    /// (target, inspector), sorted.
    recusals: Vec<(u32, u32)>,
    /// First recusal of each target, and one entry more.
    first_recusal: Vec<u32>,
}

impl Problem {
    /// A problem of these parts, in any order. `salt` are 16 secret random bytes that keep the digest from being guessed.
    ///
    /// # Errors
    /// All faults.
    pub fn new(
        department: DepartmentId,
        salt: [u8; 16],
        mut targets: Vec<TargetPlaces>,
        mut inspectors: Vec<Candidate>,
        mut recusals: Vec<Recusal>,
    ) -> Result<Self, Vec<ProblemError>> {
        sort_by(&mut targets, |a, b| a.target.cmp(&b.target));
        sort_by(&mut inspectors, |a, b| a.inspector.cmp(&b.inspector));
        sort_by(&mut recusals, Recusal::cmp);
        let mut faults = Vec::new();
        let twice = targets.windows(2).filter(|pair| pair[0].target == pair[1].target);
        faults.extend(twice.map(|pair| ProblemError::TargetTwice(pair[0].target.clone())));
        let empty = targets.iter().filter(|t| t.slots.is_empty());
        faults.extend(empty.map(|t| ProblemError::NoPlace(t.target.clone())));
        let twice = inspectors.windows(2).filter(|pair| pair[0].inspector == pair[1].inspector);
        faults.extend(twice.map(|pair| ProblemError::InspectorTwice(pair[0].inspector.clone())));
        let twice = recusals.windows(2).filter(|pair| pair[0] == pair[1]);
        faults.extend(twice.map(|pair| ProblemError::RecusalTwice(pair[0].clone())));
        if too_large(&targets, inspectors.len(), recusals.len()) {
            faults.push(ProblemError::TooLarge);
        }
        let mut pairs = Vec::with_capacity(recusals.len());
        let mut finder = Finder::new(&targets, &inspectors);
        for recusal in recusals {
            match (finder.inspector(&recusal.inspector), finder.target(&recusal.target)) {
                (Some(inspector), Some(target)) => pairs.push((target, inspector)),
                _ => faults.push(ProblemError::RecusalUnknown(recusal)),
            }
        }
        if !faults.is_empty() {
            return Err(faults);
        }
        Ok(Self::number(department, salt, targets, inspectors, pairs))
    }

    /// Numbers sorted parts without faults.
    fn number(
        department: DepartmentId,
        salt: [u8; 16],
        targets: Vec<TargetPlaces>,
        inspectors: Vec<Candidate>,
        mut recusals: Vec<(u32, u32)>,
    ) -> Self {
        let mut ids = Vec::with_capacity(targets.len());
        let mut first_place = alloc::vec![0];
        let mut place_kind = Vec::new();
        let mut number_of: BTreeMap<Slot, u32> = BTreeMap::new();
        for TargetPlaces { target, slots } in targets {
            for slot in slots {
                let next = number_of.len() as u32;
                place_kind.push(*number_of.entry(slot).or_insert(next));
            }
            ids.push(target);
            first_place.push(place_kind.len() as u32);
        }
        let mut kinds = alloc::vec![Slot::ANY; number_of.len()];
        for (slot, number) in number_of {
            kinds[number as usize] = slot;
        }
        let may_fill = holders(&kinds, &inspectors);
        recusals.sort_unstable();
        let first_recusal = (0..=ids.len() as u32)
            .map(|t| recusals.partition_point(|&(target, _)| target < t) as u32)
            .collect();
        Self {
            department,
            salt,
            targets: ids,
            first_place,
            place_kind,
            kinds,
            may_fill,
            inspectors,
            recusals,
            first_recusal,
        }
    }

    /// The department.
    pub const fn department(&self) -> &DepartmentId {
        &self.department
    }

    /// Refuses another department's announcement.
    ///
    /// # Errors
    /// Another department.
    pub fn check_department(&self, announced: &DepartmentId) -> Result<(), MatchError> {
        if *announced == self.department {
            return Ok(());
        }
        let (found, announced) = (self.department.clone(), announced.clone());
        Err(MatchError::OtherDepartment { found, announced })
    }

    /// The targets, sorted.
    pub fn targets(&self) -> &[TargetId] {
        &self.targets
    }

    /// The slots of a target, by its number.
    ///
    /// # Panics
    /// When there is no target of that number.
    pub fn slots(&self, target: usize) -> impl ExactSizeIterator<Item = &Slot> {
        let places = self.first_place[target] as usize..self.first_place[target + 1] as usize;
        self.place_kind[places].iter().map(|&kind| &self.kinds[kind as usize])
    }

    /// Number of places.
    pub fn places(&self) -> usize {
        self.place_kind.len()
    }

    /// The inspectors, sorted by id.
    pub fn inspectors(&self) -> &[Candidate] {
        &self.inspectors
    }

    /// Who is kept away from which target.
    pub fn recusals(&self) -> impl Iterator<Item = Recusal> {
        self.recusals.iter().map(|&(target, inspector)| Recusal {
            inspector: self.inspectors[inspector as usize].inspector.clone(),
            target: self.targets[target as usize].clone(),
        })
    }

    /// Who is kept away from a target.
    pub fn recused_from(&self, target: &TargetId) -> impl Iterator<Item = &InspectorId> {
        let found = self.targets.binary_search(target).ok();
        let recused = found.map_or(&[][..], |target| self.recused(target as u32));
        recused.iter().map(|&(_, inspector)| &self.inspectors[inspector as usize].inspector)
    }

    /// Digest of the text file.
    pub fn digest(&self, suite: Suite) -> Digest {
        suite.digest(&[self.to_text().as_bytes()])
    }

    /// The different slots.
    pub(super) fn kinds(&self) -> &[Slot] {
        &self.kinds
    }

    /// The kind of each place.
    pub(super) fn place_kinds(&self) -> &[u32] {
        &self.place_kind
    }

    /// Who may fill places of a kind, apart from recusals.
    pub(super) fn holders(&self, kind: u32) -> &Bits {
        &self.may_fill[kind as usize]
    }

    /// The places of a target.
    pub(super) fn places_of(&self, target: u32) -> core::ops::Range<u32> {
        self.first_place[target as usize]..self.first_place[target as usize + 1]
    }

    /// The target of a place.
    pub(super) fn target_of(&self, place: u32) -> u32 {
        self.first_place.partition_point(|&first| first <= place) as u32 - 1
    }

    /// (target, inspector) pairs of a target's recusals.
    pub(super) fn recused(&self, target: u32) -> &[(u32, u32)] {
        let at = |t: u32| self.first_recusal[t as usize] as usize;
        &self.recusals[at(target)..at(target + 1)]
    }

    /// Whether the rules let an inspector fill a place of a target, whoever is there now.
    pub(super) fn may(&self, inspector: u32, place: u32, target: u32) -> bool {
        self.holders(self.place_kind[place as usize]).contains(inspector)
            && self.recused(target).iter().all(|&(_, recused)| recused != inspector)
    }

    /// New assignments that an inspector can take at most: one for each target, whatever the capacity says.
    pub(super) fn capacity(&self, inspector: u32) -> u32 {
        let targets = self.targets.len() as u32;
        let capacity = self.inspectors[inspector as usize].capacity;
        u32::try_from(capacity).map_or(targets, |capacity| capacity.min(targets))
    }

    /// The text file.
    pub fn to_text(&self) -> String {
        let mut file = Writer::new();
        file.line(&[&TITLE]);
        file.line(&[&"department", &self.department]).line(&[&"salt", &hex(&self.salt)]);
        let kinds: Vec<String> = self.kinds.iter().map(Slot::to_string).collect();
        for (t, target) in (0..).zip(&self.targets) {
            let places = self.places_of(t);
            let slots = self.place_kind[places.start as usize..places.end as usize].iter();
            let slots: Vec<&str> = slots.map(|&kind| &*kinds[kind as usize]).collect();
            file.line(&[&"target", target, &slots.join(",")]);
        }
        for Candidate { inspector, capacity, codes } in &self.inspectors {
            let codes: Vec<&str> = codes.iter().map(Qualification::as_str).collect();
            let codes = if codes.is_empty() { "-".into() } else { codes.join(",") };
            file.line(&[&"inspector", inspector, capacity, &codes]);
        }
        let mut recusals: Vec<_> = self.recusals.iter().map(|&(t, i)| (i, t)).collect();
        recusals.sort_unstable();
        for (i, t) in recusals {
            let inspector = &self.inspectors[i as usize].inspector;
            file.line(&[&"recusal", inspector, &self.targets[t as usize]]);
        }
        file.finish()
    }

    /// Reads the text file.
    ///
    /// # Errors
    /// The first line that the specification would not have written, with the reason.
    pub fn parse(bytes: &[u8]) -> Result<Self, FileError> {
        let mut file = Reader::new(bytes, Some(TITLE))?;
        let [department] = file.fields("department")?;
        let department = file.parse(2, department)?;
        let [salt] = file.fields("salt")?;
        let salt = file.hex(2, salt)?;
        let mut targets: Vec<TargetPlaces> = Vec::new();
        while file.at("target") {
            let [target, text] = file.fields("target")?;
            let target = file.parse(2, target)?;
            file.ascending(targets.last().map(|t| &t.target), &target)?;
            let slots: Result<Vec<Slot>, _> = text.split(',').map(parse_slot).collect();
            let slots = slots.map_err(|e| file.field_fault(3, text, e))?;
            targets.push(TargetPlaces { target, slots });
        }
        let mut inspectors: Vec<Candidate> = Vec::new();
        while file.at("inspector") {
            let [inspector, capacity, text] = file.fields("inspector")?;
            let inspector = file.parse(2, inspector)?;
            file.ascending(inspectors.last().map(|i| &i.inspector), &inspector)?;
            let capacity = file.number(3, capacity)?;
            let codes = if text == "-" { Ok(BTreeSet::new()) } else { parse_codes(text, ',') };
            let codes = codes.map_err(|e| file.field_fault(4, text, e))?;
            inspectors.push(Candidate { inspector, capacity, codes });
        }
        let mut pairs = Vec::new();
        let mut finder = Finder::new(&targets, &inspectors);
        let mut last = None;
        while file.at("recusal") {
            let [inspector, target] = file.fields("recusal")?;
            let recusal =
                Recusal { inspector: file.parse(2, inspector)?, target: file.parse(3, target)? };
            let here = |zh: &str, en: &str| {
                Said::new(format!("本文件所列的{zh}"), format!("{en} of this file"))
            };
            let i = finder.inspector(&recusal.inspector).ok_or_else(|| {
                file.field_fault(2, inspector, here("执法检查人员", "an inspector"))
            })?;
            let t = finder
                .target(&recusal.target)
                .ok_or_else(|| file.field_fault(3, target, here("检查对象", "a target")))?;
            file.ascending(last.as_ref(), &recusal)?;
            pairs.push((t, i));
            last = Some(recusal);
        }
        if too_large(&targets, inspectors.len(), pairs.len()) {
            return Err(file.fault(FileFault::Contradiction(ProblemError::TooLarge.said())));
        }
        file.end()?;
        Ok(Self::number(department, salt, targets, inspectors, pairs))
    }
}

impl fmt::Display for Recusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}\t{}", self.inspector, self.target)
    }
}

/// Finds the numbers of inspectors and targets. Recusals are sorted by both, and a problem may have many, so each search
/// for a target begins where the last one ended.
struct Finder<'a> {
    targets: &'a [TargetPlaces],
    inspectors: &'a [Candidate],
    inspector: usize,
    target: usize,
}

impl<'a> Finder<'a> {
    const fn new(targets: &'a [TargetPlaces], inspectors: &'a [Candidate]) -> Self {
        Self { targets, inspectors, inspector: usize::MAX, target: 0 }
    }

    fn inspector(&mut self, id: &InspectorId) -> Option<u32> {
        let known = self.inspectors.get(self.inspector).is_some_and(|last| last.inspector == *id);
        if !known {
            let found = self.inspectors.binary_search_by(|i| i.inspector.cmp(id));
            (self.inspector, self.target) = (found.ok()?, 0);
        }
        Some(self.inspector as u32)
    }

    fn target(&mut self, id: &TargetId) -> Option<u32> {
        // Out of order: the whole list again.
        if self.targets.get(self.target).is_none_or(|t| t.target > *id) {
            self.target = 0;
        }
        let rest = &self.targets[self.target..];
        let mut reach = 1;
        while rest.get(reach).is_some_and(|t| t.target < *id) {
            reach *= 2;
        }
        let near = &rest[reach / 2..rest.len().min(reach + 1)];
        let found = near.binary_search_by(|t| t.target.cmp(id)).ok()?;
        self.target += reach / 2 + found;
        Some(self.target as u32)
    }
}

/// Whether there are more places, inspectors or recusals than numbers of 32 bits, the last of which means nobody.
fn too_large(targets: &[TargetPlaces], inspectors: usize, recusals: usize) -> bool {
    let places: usize = targets.iter().map(|t| t.slots.len()).sum();
    places.max(inspectors).max(recusals) >= u32::MAX as usize
}

/// For each kind of place the inspectors who have all of its codes.
fn holders(kinds: &[Slot], inspectors: &[Candidate]) -> Vec<Bits> {
    let mut holders_of: BTreeMap<&Qualification, Bits> = BTreeMap::new();
    for (i, candidate) in (0..).zip(inspectors) {
        for code in &candidate.codes {
            holders_of.entry(code).or_insert_with(|| Bits::empty(inspectors.len())).insert(i);
        }
    }
    let nobody = Bits::empty(inspectors.len());
    let all_of = |slot: &Slot| {
        let mut bits = Bits::full(inspectors.len());
        slot.codes().for_each(|code| bits.retain(holders_of.get(code).unwrap_or(&nobody)));
        bits
    };
    kinds.iter().map(all_of).collect()
}

fn parse_slot(text: &str) -> Result<Slot, Said> {
    if text == "*" { Ok(Slot::ANY) } else { parse_codes(text, '+').map(Slot) }
}

fn parse_codes(text: &str, separator: char) -> Result<BTreeSet<Qualification>, Said> {
    let codes = text.split(separator).map(Qualification::new);
    let codes = codes.collect::<Result<Vec<_>, CodeError>>();
    let codes = codes.map_err(|e| {
        let zh = format!("以{separator:?}连接的代码（{}）", e.message(Lang::Zh));
        Said::new(zh, format!("codes joined by {separator:?} ({e})"))
    })?;
    if codes.is_sorted_by(|a, b| a < b) {
        Ok(gather(codes))
    } else {
        Err(Said::new(
            format!("以{separator:?}连接的代码，按字节升序，不得重复"),
            format!("sorted codes joined by {separator:?}, each once"),
        ))
    }
}
