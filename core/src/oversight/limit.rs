//! The statistical limit of an indicator, article 9: the upper control limit of a p-chart, in integers.

use serde::{Deserialize, Serialize};

/// So many of so many.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Share {
    /// How many had it: inspections with a problem, targets with a complaint.
    pub count: u32,
    /// Of how many.
    pub of: u32,
}

/// The highest count of `of` that chance still explains at `sigmas` standard deviations, when earlier periods
/// together had `base`: ⌊of·p + sigmas·√(of·p·(1−p))⌋ with p = `base.count / base.of`, exactly.
///
/// `None` when the earlier periods saw nothing.
///
/// ```
/// use yicha::oversight::limit::{Share, upper_limit};
/// // 5 % before; of 100 inspections 5 + 3·√4.75 = 11.5 are within the limit.
/// assert_eq!(upper_limit(Share { count: 60, of: 1200 }, 100, 3), Some(11));
/// ```
pub fn upper_limit(base: Share, of: u32, sigmas: u8) -> Option<u32> {
    if base.of == 0 {
        return None;
    }
    let [hits, all, of, sigmas] =
        [base.count.min(base.of), base.of, of, sigmas.into()].map(u128::from);
    // Over the common denominator `all`: the count c is within when all·c − of·hits, an integer, is at most
    // the root, and so at most its integer part. At most (2^8·2^32)²·2^32 < 2^128.
    let spread = (sigmas * sigmas * of * hits * (all - hits)).isqrt();
    u32::try_from(((of * hits + spread) / all).min(of)).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_limit_is_the_highest_count_that_the_formula_admits() {
        // (c·N − n·K)² ≤ s²·n·K·(N−K), or c·N ≤ n·K: the definition without a root.
        let within = |base: Share, of: u32, sigmas: u8, count: u32| {
            let [k, big_n, n, s, c] =
                [base.count.into(), base.of.into(), of.into(), sigmas.into(), count.into()]
                    .map(|x: i128| x);
            let above = c * big_n - n * k;
            above <= 0 || above * above <= s * s * n * k * (big_n - k)
        };
        for (hits, all) in [(0, 10), (1, 7), (3, 9), (10, 10), (60, 1200), (999, 1000)] {
            let base = Share { count: hits, of: all };
            for of in [0, 1, 2, 30, 100, 101] {
                for sigmas in [1, 2, 3] {
                    let limit = upper_limit(base, of, sigmas).unwrap();
                    let highest = (0..=of).rev().find(|&c| within(base, of, sigmas, c)).unwrap();
                    assert_eq!(limit, highest, "{base:?} {of} {sigmas}");
                }
            }
        }
    }

    #[test]
    fn the_largest_numbers_fit() {
        let half = Share { count: u32::MAX / 2, of: u32::MAX };
        assert_eq!(upper_limit(half, u32::MAX, u8::MAX), Some(2_147_483_647 + 8_355_840 - 1));
        assert_eq!(upper_limit(Share { count: 0, of: 0 }, 5, 3), None);
    }
}
