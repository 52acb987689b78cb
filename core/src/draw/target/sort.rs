//! Sorts what begins with evenly spread bits, as tickets do: each item is put where its bits say, and only neighbours
//! are compared.

use alloc::vec;
use alloc::vec::Vec;
use core::cmp::Ordering;
use core::mem::take;

/// About so many items are put in order at a time, few enough for the processor's nearest memory.
const PART: usize = 256;
/// More items in one place than this are no longer evenly spread.
const CROWD: usize = 16;

/// Sorts by `order`, for which the items' first bits decide where they differ. Items that are not evenly spread below the
/// largest take longer.
pub(super) fn sort<T: Copy>(
    items: &mut [T],
    bits: impl Fn(&T) -> u64,
    order: impl Fn(&T, &T) -> Ordering,
) {
    let unused = items.iter().fold(0, |all, item| all | bits(item)).leading_zeros();
    let parts = items.len().div_ceil(PART);
    // The upper half is the part, the lower half says where in it.
    let place = |item: &T| {
        let fraction = bits(item).checked_shl(unused).unwrap_or(0);
        u128::from(fraction) * parts as u128
    };
    let (mut before, mut ends) = (Vec::with_capacity(2 * PART), Vec::with_capacity(2 * PART));
    for part in deal(items, parts, |item| (place(item) >> 64) as usize) {
        let places = part.len() as u128;
        let place = |item: &T| ((u128::from(place(item) as u64) * places) >> 64) as usize;
        before.clear();
        before.extend_from_slice(part);
        ends.clear();
        ends.resize(part.len(), 0);
        let most = count(&before, place, &mut ends);
        for item in &before {
            let end = &mut ends[place(item)];
            *end -= 1;
            part[*end] = *item;
        }
        if most > CROWD { part.sort_unstable_by(&order) } else { insert_each(part, &order) }
    }
}

/// Swaps items into their parts, and gives the parts.
fn deal<T>(
    mut items: &mut [T],
    parts: usize,
    part: impl Fn(&T) -> usize,
) -> impl Iterator<Item = &mut [T]> {
    let mut ends = vec![0; parts];
    count(items, &part, &mut ends);
    let mut next: Vec<usize> = [0].into_iter().chain(ends.iter().copied()).take(parts).collect();
    for i in 0..parts {
        while next[i] < ends[i] {
            let to = part(&items[next[i]]);
            items.swap(next[i], next[to]);
            next[to] += 1;
        }
    }
    let mut start = 0;
    ends.into_iter().map(move |end| {
        let (part, others) = take(&mut items).split_at_mut(end - start);
        (start, items) = (end, others);
        part
    })
}

/// Counts the items of each place, and writes where those up to it end. Gives the most of a place.
fn count<T>(items: &[T], place: impl Fn(&T) -> usize, ends: &mut [usize]) -> usize {
    items.iter().for_each(|item| ends[place(item)] += 1);
    let (mut most, mut sum) = (0, 0);
    for end in ends {
        most = most.max(*end);
        sum += *end;
        *end = sum;
    }
    most
}

/// Sorts items that stand near to where they belong.
fn insert_each<T: Copy>(items: &mut [T], order: impl Fn(&T, &T) -> Ordering) {
    for i in 1..items.len() {
        let (item, mut to) = (items[i], i);
        while to > 0 && order(&item, &items[to - 1]).is_lt() {
            items[to] = items[to - 1];
            to -= 1;
        }
        items[to] = item;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Numbers as evenly spread as hashes, below `most`.
    fn spread(len: u64, most: u64) -> Vec<u64> {
        let bits = |i: u64| (i + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15).rotate_left(29) % most;
        (0..len).map(bits).collect()
    }

    #[test]
    fn items_are_sorted_however_they_are_spread() {
        let largest = u64::MAX;
        let edges = [0, 1, largest / 2, largest - 1, largest].repeat(99);
        for mut items in [
            Vec::new(),
            spread(1, largest),
            spread(2, largest),
            spread(10_000, largest),
            spread(10_000, largest / 1000),
            spread(10_000, 5_000),
            spread(10_000, 1),
            (0..10_000).map(|i: u64| i.pow(4)).rev().collect(),
            edges,
        ] {
            let mut sorted = items.clone();
            sorted.sort_unstable();
            sort(&mut items, |item| *item, Ord::cmp);
            assert_eq!(items, sorted);
        }
    }

    #[test]
    fn the_order_decides_where_the_bits_do_not() {
        let mut items: Vec<(u64, u64)> =
            spread(3_000, 9).into_iter().zip(spread(3_000, 99)).collect();
        let mut sorted = items.clone();
        sorted.sort_unstable();
        sort(&mut items, |item| item.0, Ord::cmp);
        assert_eq!(items, sorted);
    }
}
