//! What is kept under codes: a map whose tree is that of all such maps.
//!
//! A B-tree is compiled anew for each type of value. Trees for all kinds of cases were a tenth of the C library.

use crate::few::read_map;
use crate::order::gather;
use alloc::boxed::Box;
use alloc::collections::{BTreeMap, btree_map};
use alloc::vec::Vec;
use core::borrow::Borrow;
use core::cmp::Ordering;
use core::fmt;
use core::ops::Index;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use smol_str::SmolStr;

/// A map, sorted by its codes. It is read as a map.
#[derive(Clone)]
pub struct ById<K, T> {
    places: BTreeMap<SmolStr, usize>,
    values: Vec<(K, Box<T>)>,
}

impl<K, T> ById<K, T> {
    /// A map without values.
    pub const fn new() -> Self {
        Self { places: BTreeMap::new(), values: Vec::new() }
    }
}

impl<K: Borrow<str>, T> ById<K, T> {
    /// A value, if it is there.
    pub fn get<Q: Borrow<str> + ?Sized>(&self, id: &Q) -> Option<&T> {
        self.get_key_value(id).map(|(_, value)| value)
    }

    /// A value with its code, if it is there.
    pub fn get_key_value<Q: Borrow<str> + ?Sized>(&self, id: &Q) -> Option<(&K, &T)> {
        let (id, value) = &self.values[*self.places.get(id.borrow())?];
        Some((id, value))
    }

    /// Whether there is a value.
    pub fn contains_key<Q: Borrow<str> + ?Sized>(&self, id: &Q) -> bool {
        self.places.contains_key(id.borrow())
    }

    /// A value to be changed, if it is there.
    pub fn get_mut<Q: Borrow<str> + ?Sized>(&mut self, id: &Q) -> Option<&mut T> {
        let place = *self.places.get(id.borrow())?;
        Some(&mut self.values[place].1)
    }

    /// Puts a value in, in the place of one that was there.
    pub fn insert(&mut self, id: K, value: T) {
        let place = self.place(&id);
        match self.values.get_mut(place) {
            Some((_, old)) => **old = value,
            None => self.values.push((id, Box::new(value))),
        }
    }

    /// Where the value of a code stands, or is to be pushed now.
    fn place(&mut self, id: &K) -> usize {
        *self.places.entry(id.borrow().into()).or_insert(self.values.len())
    }

    /// A value, which begins now if it was not there.
    pub(crate) fn get_or_default(&mut self, id: K) -> &mut T
    where
        T: Default,
    {
        let place = self.place(&id);
        if place == self.values.len() {
            self.values.push((id, Box::default()));
        }
        &mut self.values[place].1
    }

    /// Takes a value out, if it is there.
    pub fn remove<Q: Borrow<str> + ?Sized>(&mut self, id: &Q) -> Option<T> {
        let place = self.places.remove(id.borrow())?;
        let (_, value) = self.values.swap_remove(place);
        if let Some((moved, _)) = self.values.get(place)
            && let Some(of_moved) = self.places.get_mut(moved.borrow())
        {
            *of_moved = place;
        }
        Some(*value)
    }

    pub(crate) fn retain(&mut self, keep: impl Fn(&K) -> bool) {
        self.places.clear();
        for (id, value) in core::mem::take(&mut self.values) {
            if keep(&id) {
                self.place(&id);
                self.values.push((id, value));
            }
        }
    }
}

impl<K, T> ById<K, T> {
    /// All values with their codes.
    pub fn iter(&self) -> Iter<'_, K, T> {
        Iter { places: self.places.values(), values: &self.values }
    }

    /// All codes.
    pub fn keys(&self) -> impl ExactSizeIterator<Item = &K> + Clone {
        self.iter().map(|(id, _)| id)
    }

    /// All values.
    pub fn values(&self) -> impl ExactSizeIterator<Item = &T> + Clone {
        self.iter().map(|(_, value)| value)
    }

    /// All values to be changed, in no order.
    pub fn values_mut(&mut self) -> impl Iterator<Item = &mut T> {
        self.values.iter_mut().map(|(_, value)| value.as_mut())
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.values.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.values.is_empty()
    }
}

/// The values with their codes, in the order of these.
#[derive(Debug)]
pub struct Iter<'a, K, T> {
    places: btree_map::Values<'a, SmolStr, usize>,
    values: &'a [(K, Box<T>)],
}

impl<'a, K, T> Iterator for Iter<'a, K, T> {
    type Item = (&'a K, &'a T);

    fn next(&mut self) -> Option<Self::Item> {
        let (id, value) = &self.values[*self.places.next()?];
        Some((id, value))
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.places.size_hint()
    }
}

impl<K, T> ExactSizeIterator for Iter<'_, K, T> {}

impl<K, T> Clone for Iter<'_, K, T> {
    fn clone(&self) -> Self {
        Self { places: self.places.clone(), values: self.values }
    }
}

impl<K: Borrow<str>, T> FromIterator<(K, T)> for ById<K, T> {
    fn from_iter<I: IntoIterator<Item = (K, T)>>(values: I) -> Self {
        gather(values)
    }
}

impl<K: Borrow<str>, T, const N: usize> From<[(K, T); N]> for ById<K, T> {
    fn from(values: [(K, T); N]) -> Self {
        gather(values)
    }
}

impl<'a, K, T> IntoIterator for &'a ById<K, T> {
    type Item = (&'a K, &'a T);
    type IntoIter = Iter<'a, K, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl<K, T> Default for ById<K, T> {
    fn default() -> Self {
        Self::new()
    }
}

impl<K: Borrow<str>, T> Extend<(K, T)> for ById<K, T> {
    fn extend<I: IntoIterator<Item = (K, T)>>(&mut self, values: I) {
        values.into_iter().for_each(|(id, value)| self.insert(id, value));
    }
}

impl<K: Borrow<str>, T, Q: Borrow<str> + ?Sized> Index<&Q> for ById<K, T> {
    type Output = T;

    fn index(&self, id: &Q) -> &T {
        &self.values[self.places[id.borrow()]].1
    }
}

impl<K: PartialEq, T: PartialEq> PartialEq for ById<K, T> {
    fn eq(&self, other: &Self) -> bool {
        self.iter().eq(other.iter())
    }
}

impl<K: Eq, T: Eq> Eq for ById<K, T> {}

impl<K: Ord, T: Ord> PartialOrd for ById<K, T> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl<K: Ord, T: Ord> Ord for ById<K, T> {
    fn cmp(&self, other: &Self) -> Ordering {
        self.iter().cmp(other.iter())
    }
}

impl<K: fmt::Debug, T: fmt::Debug> fmt::Debug for ById<K, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_map().entries(self).finish()
    }
}

impl<K: Serialize, T: Serialize> Serialize for ById<K, T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self)
    }
}

impl<'de, K: Deserialize<'de> + Borrow<str>, T: Deserialize<'de>> Deserialize<'de> for ById<K, T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        read_map(deserializer)
    }
}

#[cfg(feature = "schema")]
impl<K: schemars::JsonSchema, T: schemars::JsonSchema> schemars::JsonSchema for ById<K, T> {
    fn inline_schema() -> bool {
        BTreeMap::<K, T>::inline_schema()
    }

    fn schema_name() -> alloc::borrow::Cow<'static, str> {
        BTreeMap::<K, T>::schema_name()
    }

    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        BTreeMap::<K, T>::json_schema(generator)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::code::CaseCode;
    use crate::json::{from_json, to_json};
    use alloc::format;

    /// Whatever is put in and taken out, in whatever order.
    #[test]
    fn it_is_a_map() {
        let (mut own, mut map) = (ById::default(), BTreeMap::new());
        for step in 0..400_u32 {
            let id = CaseCode::new(format!("K{}", step * 7919 % 53)).unwrap();
            match step * 31 % 7 {
                0 | 1 => assert_eq!(own.remove(&id), map.remove(&id)),
                2 => {
                    *own.get_or_default(id.clone()) += step;
                    *map.entry(id.clone()).or_default() += step;
                }
                _ => {
                    own.insert(id.clone(), step);
                    map.insert(id.clone(), step);
                }
            }
            assert!(own.iter().eq(&map) && own.keys().eq(map.keys()));
            assert!(own.values().eq(map.values()) && own.len() == map.len());
            assert_eq!(own.get(&id), map.get(&id));
            assert_eq!(own.contains_key(&id), map.contains_key(&id));
        }
        assert!(own.len() > 9 && !own.is_empty(), "{own:?}");
        assert_eq!(to_json(&own).unwrap(), to_json(&map).unwrap());
        let read: ById<CaseCode, u32> = from_json(&to_json(&own).unwrap()).unwrap();
        assert_eq!(read, own, "in another order of coming");
        own.retain(|id| id.as_str() < "K3");
        map.retain(|id, _| id.as_str() < "K3");
        assert!(own.iter().eq(&map) && own != read && own.len() > 3);
        own.values_mut().for_each(|value| *value += 1);
        assert!(own.iter().all(|(id, value)| own[id] == *value && *value == map[id] + 1));
    }
}
