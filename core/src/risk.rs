//! Credit-risk classes (信用风险分类): the strata of a draw. Article 10.
//!
//! A class is internal: it decides how likely a target is drawn and is never published (our
//! decision `class-not-public`).

use crate::citation::Basis;
use crate::draw::quota::BasisPoints;
use crate::explain::Lang;

/// The four classes, ascending by risk.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RiskClass {
    /// 低, class A.
    Low,
    /// 中, class B.
    Medium,
    /// 中高, class C.
    MediumHigh,
    /// 高, class D.
    High,
}

impl RiskClass {
    /// All classes, ascending by risk.
    pub const ALL: [Self; 4] = [Self::Low, Self::Medium, Self::MediumHigh, Self::High];

    /// The code that registers use, `A` (low) to `D` (high).
    pub const fn code(self) -> &'static str {
        match self {
            Self::Low => "A",
            Self::Medium => "B",
            Self::MediumHigh => "C",
            Self::High => "D",
        }
    }

    /// The class with that code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|class| class.code() == code)
    }

    /// The label that plans use.
    pub const fn label(self, lang: Lang) -> &'static str {
        match self {
            Self::Low => lang.pick("低", "low"),
            Self::Medium => lang.pick("中", "medium"),
            Self::MediumHigh => lang.pick("中高", "medium-high"),
            Self::High => lang.pick("高", "high"),
        }
    }

    /// The rate that Henan set in 2021, for plans that name none: 1 %, 2 %, 10 %, 30 %.
    pub const fn henan_2021_rate(self) -> BasisPoints {
        let points = match self {
            Self::Low => 100,
            Self::Medium => 200,
            Self::MediumHigh => 1_000,
            Self::High => 3_000,
        };
        match BasisPoints::new(points) {
            Some(rate) => rate,
            None => BasisPoints::ALL,
        }
    }
}

/// The code.
impl core::fmt::Display for RiskClass {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(self.code())
    }
}

/// Rates per class that cannot be used: zero, or falling as the risk rises.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum RateError {
    /// A class that occurs has no chance to be drawn.
    #[error("the rate of class {} is 0; no class is exempt", class.code())]
    Zero {
        /// The class.
        class: RiskClass,
    },
    /// A class has a lower rate than one with less risk.
    #[error("class {} has {rate} basis points, less than class {} with {below}; rates do not fall as the risk rises", class.code(), lower.code())]
    Falling {
        /// The class.
        class: RiskClass,
        /// Its rate.
        rate: BasisPoints,
        /// The class with less risk.
        lower: RiskClass,
        /// Its rate.
        below: BasisPoints,
    },
}

impl crate::explain::Explain for RateError {
    fn code(&self) -> &'static str {
        match self {
            Self::Zero { .. } => "rate-zero",
            Self::Falling { .. } => "rate-falling",
        }
    }

    fn basis(&self) -> Basis {
        Basis::Decision("rates-lawful")
    }

    fn message(&self, lang: Lang) -> alloc::string::String {
        match self {
            _ if lang == Lang::En => alloc::format!("{self}"),
            Self::Zero { class } => {
                alloc::format!("{}类比例为0；任何一类都不免抽", class.label(lang))
            }
            Self::Falling { class, rate, lower, below } => alloc::format!(
                "{}类比例为万分之{rate}，低于{}类的万分之{below}；比例不得随风险升高而降低",
                class.label(lang),
                lower.label(lang),
            ),
        }
    }
}

/// Checks rates of classes given in ascending order of risk.
///
/// # Errors
/// The first class whose rate is zero or lower than that of the class before.
///
/// ```
/// use yicha::risk::{RiskClass, check_rates};
/// assert!(check_rates(&RiskClass::ALL.map(|class| (class, class.henan_2021_rate()))).is_ok());
/// ```
pub fn check_rates(rates: &[(RiskClass, BasisPoints)]) -> Result<(), RateError> {
    if let Some(&(class, _)) = rates.iter().find(|(_, rate)| rate.get() == 0) {
        return Err(RateError::Zero { class });
    }
    match rates.windows(2).find(|pair| pair[1].1 < pair[0].1) {
        Some(pair) => {
            let [(lower, below), (class, rate)] = [pair[0], pair[1]];
            Err(RateError::Falling { class, rate, lower, below })
        }
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::explain::Explain;

    fn rates(points: [u64; 4]) -> [(RiskClass, BasisPoints); 4] {
        core::array::from_fn(|i| (RiskClass::ALL[i], BasisPoints::new(points[i]).unwrap()))
    }

    #[test]
    fn codes_and_labels_are_those_of_the_registers() {
        let told = RiskClass::ALL.map(|c| (c.code(), c.label(Lang::Zh), c.henan_2021_rate().get()));
        assert_eq!(
            told,
            [("A", "低", 100), ("B", "中", 200), ("C", "中高", 1000), ("D", "高", 3000)]
        );
        assert!(RiskClass::ALL.iter().all(|&c| RiskClass::from_code(c.code()) == Some(c)));
        assert_eq!(RiskClass::from_code("E"), None);
        assert!(RiskClass::ALL.is_sorted());
    }

    #[test]
    fn no_class_is_exempt_and_rates_do_not_fall() {
        assert_eq!(check_rates(&rates([100, 100, 1000, 10_000])), Ok(()));
        let zero = check_rates(&rates([0, 100, 1000, 3000])).unwrap_err();
        assert_eq!(zero.message(Lang::Zh), "低类比例为0；任何一类都不免抽");
        let falling = check_rates(&rates([100, 99, 1000, 3000])).unwrap_err();
        assert_eq!(
            (falling.code(), falling.basis()),
            ("rate-falling", Basis::Decision("rates-lawful"))
        );
        assert!(
            falling
                .to_string()
                .starts_with("class B has 99 basis points, less than class A with 100")
        );
    }

    use alloc::string::ToString;
}
