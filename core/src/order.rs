//! Putting in order where there is little to put, or where it mostly is in order: compiled once for all types.
//!
//! The standard library's sorts, and `collect` to a B-tree, which sorts in a list first, are made anew for every type, for
//! the sake of speed: each is five kilobytes of the C library, whatever it is needed for.

use alloc::vec::Vec;
use core::cmp::Ordering;

/// Sorts stably.
pub(crate) fn sort_by<T>(values: &mut Vec<T>, compare: impl Fn(&T, &T) -> Ordering) {
    let order = ordered(values.len(), &|a, b| compare(&values[a], &values[b]));
    let mut places: Vec<Option<T>> = values.drain(..).map(Some).collect();
    values.extend(order.into_iter().filter_map(|at| places[at].take()));
}

fn ordered(len: usize, compare: &dyn Fn(usize, usize) -> Ordering) -> Vec<usize> {
    let mut order: Vec<usize> = (0..len).collect();
    order.sort_by(|a, b| compare(*a, *b));
    order
}

/// Collects one after the other.
pub(crate) fn gather<C: Default + Extend<T>, T>(parts: impl IntoIterator<Item = T>) -> C {
    let mut gathered = C::default();
    gathered.extend(parts);
    gathered
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::collections::BTreeMap;
    use alloc::string::{String, ToString};

    #[test]
    fn it_sorts_as_the_standard_library_does() {
        for len in 0..40_u32 {
            let mut values: Vec<(u32, String)> =
                (0..len).map(|i| (i * 7919 % 13, i.to_string())).collect();
            let mut wanted = values.clone();
            wanted.sort_by_key(|(key, _)| *key);
            sort_by(&mut values, |a, b| a.0.cmp(&b.0));
            assert_eq!(values, wanted);
        }
    }

    #[test]
    fn of_one_key_the_last_value_stays() {
        let parts = [(2, 'a'), (1, 'b'), (2, 'c')];
        assert_eq!(gather::<BTreeMap<_, _>, _>(parts), BTreeMap::from([(1, 'b'), (2, 'c')]));
    }
}
