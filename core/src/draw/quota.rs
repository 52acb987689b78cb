//! How many are drawn of each stratum: draw-spec section 3.

use crate::code::Stratum;
use core::fmt;

/// A rate in basis points (万分比), 0 to 10000.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct BasisPoints(u16);

impl BasisPoints {
    /// All of them, 10000 basis points.
    pub const ALL: Self = Self(10_000);

    /// A rate of `points` ten-thousandths, or `None` above 10000.
    pub const fn new(points: u64) -> Option<Self> {
        if points <= 10_000 { Some(Self(points as u16)) } else { None }
    }

    /// The rate in ten-thousandths.
    pub const fn get(self) -> u64 {
        self.0 as u64
    }
}

impl fmt::Display for BasisPoints {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0)
    }
}

/// What is to be drawn of one stratum.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rule {
    /// The stratum.
    pub stratum: Stratum,
    /// Share of the eligible targets, rounded up (our decision `quota-rounded-up`).
    pub rate: BasisPoints,
    /// At least so many, as far as there are.
    pub floor: u64,
    /// At most so many.
    pub cap: Option<u64>,
}

impl Rule {
    /// min( max( ceil(N · rate / 10000), floor ), cap, N ) for `eligible` = N.
    ///
    /// ```
    /// use yicha::draw::quota::{BasisPoints, Rule};
    /// let rule = Rule {
    ///     stratum: "A".parse().unwrap(),
    ///     rate: BasisPoints::new(100).unwrap(),
    ///     floor: 0,
    ///     cap: None,
    /// };
    /// assert_eq!(rule.quota(3_001), 31); // rounded up, never down to nothing
    /// ```
    pub fn quota(&self, eligible: u64) -> u64 {
        let share = (u128::from(eligible) * u128::from(self.rate.get())).div_ceil(10_000);
        // A share of N is at most N.
        let share = share as u64;
        share.max(self.floor).min(self.cap.unwrap_or(u64::MAX)).min(eligible)
    }

    /// The rule applied to a stratum with so many eligible targets.
    pub fn apply(self, eligible: u64) -> StratumQuota {
        let quota = self.quota(eligible);
        StratumQuota { rule: self, eligible, quota }
    }
}

/// A rule with the numbers of one roster, as a `stratum` line of the announcement has them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StratumQuota {
    rule: Rule,
    eligible: u64,
    quota: u64,
}

impl StratumQuota {
    /// The rule.
    pub const fn rule(&self) -> &Rule {
        &self.rule
    }

    /// The stratum.
    pub const fn stratum(&self) -> &Stratum {
        &self.rule.stratum
    }

    /// Eligible targets of the stratum.
    pub const fn eligible(&self) -> u64 {
        self.eligible
    }

    /// Targets to be drawn.
    pub const fn quota(&self) -> u64 {
        self.quota
    }
}
