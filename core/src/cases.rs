//! Cases of one kind, all of a district or single ones.
//!
//! Where single ones are loaded, nobody can tell one that is not there from one that is not loaded. So every look at
//! what is not loaded is noted: whoever asked learns afterwards that the answer rests on nothing.

use crate::by_id::{ById, Iter};
use crate::code::CaseCode;
use alloc::collections::BTreeSet;
use core::borrow::Borrow;
use core::ops::Index;
use core::sync::atomic::{AtomicBool, Ordering};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// The cases of a kind by their numbers. It is read as a map.
#[derive(Clone, Debug)]
pub struct Cases<T> {
    cases: ById<CaseCode, T>,
    /// Nothing when all are loaded.
    part: Option<Part>,
}

/// What is known of a part of the cases.
#[derive(Debug)]
struct Part {
    /// The numbers of which everything is loaded, whether or not there is a case.
    loaded: BTreeSet<CaseCode>,
    /// Whether somebody has looked at another one.
    missed: AtomicBool,
}

impl<T> Cases<T> {
    /// A case, if it is there.
    pub fn get<Q: Borrow<str> + ?Sized>(&self, id: &Q) -> Option<&T> {
        self.get_key_value(id).map(|(_, case)| case)
    }

    /// A case with its number, if it is there.
    pub fn get_key_value<Q: Borrow<str> + ?Sized>(&self, id: &Q) -> Option<(&CaseCode, &T)> {
        self.note(|loaded| loaded.contains(id.borrow()));
        self.cases.get_key_value(id)
    }

    /// Whether there is a case of that number.
    pub fn contains_key<Q: Borrow<str> + ?Sized>(&self, id: &Q) -> bool {
        self.get(id).is_some()
    }

    /// All cases with their numbers.
    pub fn iter(&self) -> Iter<'_, CaseCode, T> {
        self.looked_at_all();
        self.cases.iter()
    }

    /// The numbers of all cases.
    pub fn keys(&self) -> impl ExactSizeIterator<Item = &CaseCode> + Clone {
        self.looked_at_all();
        self.cases.keys()
    }

    /// All cases.
    pub fn values(&self) -> impl ExactSizeIterator<Item = &T> + Clone {
        self.looked_at_all();
        self.cases.values()
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.looked_at_all();
        self.cases.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Notes a look at all of them.
    pub(crate) fn looked_at_all(&self) {
        self.note(|_| false);
    }

    fn note(&self, loaded: impl FnOnce(&BTreeSet<CaseCode>) -> bool) {
        if let Some(part) = &self.part
            && !loaded(&part.loaded)
        {
            part.missed.store(true, Ordering::Relaxed);
        }
    }

    /// From now on, nothing is known but what these numbers stand for.
    pub(crate) fn keep_only(&mut self, loaded: BTreeSet<CaseCode>) {
        self.cases.retain(|id| loaded.contains(id));
        self.part = Some(Part { loaded, missed: AtomicBool::new(false) });
    }

    /// Whether somebody has looked at what is not loaded since the last time that this was asked.
    pub(crate) fn was_missed(&mut self) -> bool {
        self.part.as_mut().is_some_and(|part| core::mem::take(part.missed.get_mut()))
    }

    pub(crate) fn insert(&mut self, id: CaseCode, case: T) {
        self.cases.insert(id, case);
    }

    pub(crate) fn get_mut(&mut self, id: &CaseCode) -> Option<&mut T> {
        self.cases.get_mut(id)
    }

    /// See [`crate::world::change`].
    pub(crate) fn change(
        &mut self,
        id: &CaseCode,
        apply: impl FnOnce(Option<&mut T>) -> Option<T>,
    ) {
        crate::world::change(&mut self.cases, id, apply);
    }
}

impl Clone for Part {
    fn clone(&self) -> Self {
        let missed = AtomicBool::new(self.missed.load(Ordering::Relaxed));
        Self { loaded: self.loaded.clone(), missed }
    }
}

impl<T> Default for Cases<T> {
    fn default() -> Self {
        ById::default().into()
    }
}

impl<T> From<ById<CaseCode, T>> for Cases<T> {
    fn from(cases: ById<CaseCode, T>) -> Self {
        Self { cases, part: None }
    }
}

impl<'a, T> IntoIterator for &'a Cases<T> {
    type Item = (&'a CaseCode, &'a T);
    type IntoIter = Iter<'a, CaseCode, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl<T> Index<&str> for Cases<T> {
    type Output = T;

    fn index(&self, id: &str) -> &T {
        self.note(|loaded| loaded.contains(id));
        &self.cases[id]
    }
}

impl<T: PartialEq> PartialEq for Cases<T> {
    fn eq(&self, other: &Self) -> bool {
        self.cases == other.cases
    }
}

impl<T: Eq> Eq for Cases<T> {}

impl<T: Serialize> Serialize for Cases<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.cases.serialize(serializer)
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Cases<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        ById::deserialize(deserializer).map(Into::into)
    }
}
