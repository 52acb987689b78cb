//! What is kept for long, has few parts and hardly ever grows: it takes no more room than it has parts.
//!
//! A district has many inspections open at once, and a list that grows as lists usually do is mostly room.

use crate::order::gather;
use alloc::boxed::Box;
use alloc::vec::Vec;
use core::borrow::Borrow;
use core::fmt;
use core::marker::PhantomData;
use core::ops::Deref;
use serde::de::{MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A list of few. It is read as a slice.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(bound(deserialize = "T: Deserialize<'de>"))]
pub struct Few<T>(Box<[T]>);

impl<T> Few<T> {
    pub(crate) fn push(&mut self, part: T) {
        self.insert(self.0.len(), part);
    }

    fn insert(&mut self, at: usize, part: T) {
        let mut parts = core::mem::take(&mut self.0).into_vec();
        parts.reserve_exact(1);
        parts.insert(at, part);
        self.0 = parts.into_boxed_slice();
    }

    fn remove(&mut self, at: usize) {
        let mut parts = core::mem::take(&mut self.0).into_vec();
        parts.remove(at);
        self.0 = parts.into_boxed_slice();
    }
}

impl<T> Default for Few<T> {
    fn default() -> Self {
        Self(Box::default())
    }
}

impl<T> Deref for Few<T> {
    type Target = [T];

    fn deref(&self) -> &[T] {
        &self.0
    }
}

impl<T> From<Vec<T>> for Few<T> {
    fn from(parts: Vec<T>) -> Self {
        Self(parts.into_boxed_slice())
    }
}

impl<T, const N: usize> From<[T; N]> for Few<T> {
    fn from(parts: [T; N]) -> Self {
        Self(Box::new(parts))
    }
}

impl<'a, T> IntoIterator for &'a Few<T> {
    type Item = &'a T;
    type IntoIter = core::slice::Iter<'a, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

/// A map of few. It is read as a map, in the order of its keys.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FewByKey<K, V>(Few<(K, V)>);

impl<K: Ord, V> FewByKey<K, V> {
    /// A value, if it is there.
    pub fn get<Q: Ord + ?Sized>(&self, key: &Q) -> Option<&V>
    where
        K: Borrow<Q>,
    {
        self.find(key).ok().map(|at| &self.0[at].1)
    }

    /// Whether there is a value.
    pub fn contains_key<Q: Ord + ?Sized>(&self, key: &Q) -> bool
    where
        K: Borrow<Q>,
    {
        self.find(key).is_ok()
    }

    pub(crate) fn get_mut<Q: Ord + ?Sized>(&mut self, key: &Q) -> Option<&mut V>
    where
        K: Borrow<Q>,
    {
        let at = self.find(key).ok()?;
        self.0.0.get_mut(at).map(|(_, value)| value)
    }

    /// Puts a value in, and gives the one that was there.
    pub(crate) fn insert(&mut self, key: K, value: V) -> Option<V> {
        match self.find(&key) {
            Ok(at) => Some(core::mem::replace(&mut self.0.0[at].1, value)),
            Err(at) => {
                self.0.insert(at, (key, value));
                None
            }
        }
    }

    pub(crate) fn remove(&mut self, key: &K) {
        if let Ok(at) = self.find(key) {
            self.0.remove(at);
        }
    }

    /// A value, which begins now if it was not there.
    pub(crate) fn get_or_default(&mut self, key: K) -> &mut V
    where
        V: Default,
    {
        let at = self.find(&key).unwrap_or_else(|at| {
            self.0.insert(at, (key, V::default()));
            at
        });
        &mut self.0.0[at].1
    }

    fn find<Q: Ord + ?Sized>(&self, key: &Q) -> Result<usize, usize>
    where
        K: Borrow<Q>,
    {
        self.0.binary_search_by(|(other, _)| other.borrow().cmp(key))
    }
}

impl<K, V> FewByKey<K, V> {
    /// All values with their keys.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = (&K, &V)> + ExactSizeIterator + Clone {
        self.0.iter().map(|(key, value)| (key, value))
    }

    /// All keys.
    pub fn keys(&self) -> impl ExactSizeIterator<Item = &K> + Clone {
        self.iter().map(|(key, _)| key)
    }

    /// All values.
    pub fn values(&self) -> impl DoubleEndedIterator<Item = &V> + ExactSizeIterator + Clone {
        self.iter().map(|(_, value)| value)
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl<K, V> Default for FewByKey<K, V> {
    fn default() -> Self {
        Self(Few::default())
    }
}

impl<K: Ord, V> Extend<(K, V)> for FewByKey<K, V> {
    fn extend<I: IntoIterator<Item = (K, V)>>(&mut self, values: I) {
        values.into_iter().for_each(|(key, value)| drop(self.insert(key, value)));
    }
}

impl<K: Ord, V, const N: usize> From<[(K, V); N]> for FewByKey<K, V> {
    fn from(values: [(K, V); N]) -> Self {
        gather(values)
    }
}

impl<K: Serialize, V: Serialize> Serialize for FewByKey<K, V> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.iter())
    }
}

impl<'de, K: Deserialize<'de> + Ord, V: Deserialize<'de>> Deserialize<'de> for FewByKey<K, V> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        read_map(deserializer)
    }
}

/// Reads a map of the crate's own, value by value.
pub(crate) fn read_map<'de, M, K, V, D>(deserializer: D) -> Result<M, D::Error>
where
    M: Default + Extend<(K, V)>,
    K: Deserialize<'de>,
    V: Deserialize<'de>,
    D: Deserializer<'de>,
{
    deserializer.deserialize_map(Entries(PhantomData))
}

struct Entries<M, K, V>(PhantomData<(M, K, V)>);

impl<'de, M, K, V> Visitor<'de> for Entries<M, K, V>
where
    M: Default + Extend<(K, V)>,
    K: Deserialize<'de>,
    V: Deserialize<'de>,
{
    type Value = M;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a map")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<M, A::Error> {
        let mut read = M::default();
        while let Some(entry) = entries.next_entry()? {
            read.extend([entry]);
        }
        Ok(read)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::collections::BTreeMap;

    /// Whatever the order in which they come, and with no more room than before.
    #[test]
    fn a_map_of_few_is_a_map() {
        let mut few = FewByKey::default();
        let mut map = BTreeMap::new();
        for (number, key) in [5, 1, 9, 5, 3, 1, 7].into_iter().enumerate() {
            assert_eq!(few.insert(key, number), map.insert(key, number), "{key}");
            assert!(
                few.iter().eq(&map) && few.keys().eq(map.keys()) && few.values().eq(map.values())
            );
            assert_eq!((few.len(), few.is_empty()), (map.len(), map.is_empty()));
        }
        for key in 0..=10 {
            assert_eq!(few.get(&key), map.get(&key));
            assert_eq!(few.get_mut(&key), map.get_mut(&key));
            assert_eq!(few.contains_key(&key), map.contains_key(&key));
        }
        for key in [5, 6, 0] {
            few.remove(&key);
            map.remove(&key);
            *few.get_or_default(key + 1) += 1;
            *map.entry(key + 1).or_default() += 1;
            assert!(few.iter().eq(&map), "{few:?}");
        }
        assert!(FewByKey::from([(9, 1), (7, 2), (9, 3)]).iter().eq([(&7, &2), (&9, &3)]));
        let json = serde_json::to_string(&few).unwrap();
        assert_eq!(json, serde_json::to_string(&map).unwrap());
        assert_eq!(serde_json::from_str::<FewByKey<i32, usize>>(&json).unwrap(), few);
    }

    #[test]
    fn a_list_of_few_keeps_its_order() {
        let mut few = Few::from([2]);
        few.push(1);
        few.push(3);
        assert_eq!(few[..], [2, 1, 3]);
    }
}
