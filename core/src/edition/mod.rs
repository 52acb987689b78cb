//! The numbers of a regulation, each with the day from which it holds and its source.
//!
//! Sibling regulations in other counties say the same with other numbers, and numbers change. So none of them
//! stands in the code that uses it: it asks an [`Edition`] for the value on a day, and a day on which the edition
//! was not in force is a refusal, never a silent reuse. Another place's numbers come from a file: [`Edition::parse`].

#[cfg(feature = "office")]
mod file;

#[cfg(feature = "office")]
pub use file::{EditionFault, EditionProblem};

use crate::citation::Basis;
use crate::date::Date;
use crate::explain::{Explain, Lang};
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::fmt;

/// A value with the day from which it holds and where it comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dated<T> {
    /// The value.
    pub value: T,
    /// The first day on which it holds.
    pub from: Date,
    /// Where it comes from.
    pub source: Source,
}

/// Where a number comes from. Two are the same when they are written the same: a file has the basis in words.
#[derive(Clone, Debug, Eq)]
pub enum Source {
    /// The built-in edition's.
    Basis(Basis),
    /// As a host's own edition names it.
    Text(String),
}

impl fmt::Display for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Basis(basis) => write!(f, "{}", basis.cite(Lang::Zh)),
            Self::Text(text) => f.write_str(text),
        }
    }
}

impl PartialEq for Source {
    fn eq(&self, other: &Self) -> bool {
        self.to_string() == other.to_string()
    }
}

/// A parameter over time: values with ascending first days.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parameter<T>(Vec<Dated<T>>);

impl<T> Parameter<T> {
    /// A parameter with its first value.
    pub fn new(first: Dated<T>) -> Self {
        Self(alloc::vec![first])
    }

    /// The same parameter with another value from a later day on.
    ///
    /// # Errors
    /// Gives the value back when its day is not after the last one.
    pub fn then(mut self, next: Dated<T>) -> Result<Self, Dated<T>> {
        match self.0.last() {
            Some(last) if last.from >= next.from => Err(next),
            _ => {
                self.0.push(next);
                Ok(self)
            }
        }
    }

    /// The same with other values.
    #[cfg(feature = "office")]
    fn map<U>(self, value: impl Fn(T) -> U) -> Parameter<U> {
        let dated = |Dated { value: v, from, source }| Dated { value: value(v), from, source };
        Parameter(self.0.into_iter().map(dated).collect())
    }

    /// All values, each with a later first day than the one before.
    pub fn values(&self) -> &[Dated<T>] {
        &self.0
    }

    /// The value that holds on `day`, if one does yet.
    pub fn on(&self, day: Date) -> Option<&Dated<T>> {
        self.0.iter().rev().find(|dated| dated.from <= day)
    }
}

/// Lists the parameters once: name, type, what a file may set, and the built-in value with its source.
macro_rules! parameters {
    ($($(#[$doc:meta])* $name:ident: $type:ty, $least:literal..=$most:literal = $value:literal, $source:expr;)*) => {
        /// One place's regulation with its numbers.
        #[derive(Clone, Debug, PartialEq, Eq)]
        pub struct Edition {
            /// Number under which it was issued.
            pub document: String,
            /// First day in force.
            pub from: Date,
            /// Last day in force, if it has one.
            pub until: Option<Date>,
            $($(#[$doc])* pub $name: Parameter<$type>,)*
        }

        impl Edition {
            /// 宛区双随机办〔2026〕3号, in force from 2026-03-20.
            pub fn wancheng_2026() -> Self {
                Self {
                    document: crate::citation::DOCUMENT.into(),
                    from: ISSUED,
                    until: None,
                    $($name: Parameter::new(Dated {
                        value: $value,
                        from: ISSUED,
                        source: Source::Basis($source),
                    }),)*
                }
            }

            /// An edition with the parameters that `read` gives for each name and its least and greatest value.
            #[cfg(feature = "office")]
            fn read(
                document: String,
                (from, until): (Date, Option<Date>),
                mut read: impl FnMut(&'static str, u32, u32) -> Parameter<u32>,
            ) -> Self {
                // Each value lies within bounds that its type holds.
                Self {
                    document,
                    from,
                    until,
                    $($name: read(stringify!($name), $least, $most).map(|value| value as $type),)*
                }
            }

            /// All parameters by name.
            #[cfg(feature = "office")]
            pub fn parameters(&self) -> impl Iterator<Item = (&'static str, Parameter<u32>)> {
                [$((stringify!($name), self.$name.clone().map(u32::from))),*].into_iter()
            }
        }
    };
}

parameters! {
    /// Working days from completion to publication (article 21).
    publication_workdays: u16, 1..=250 = 20, Basis::Article(21);
    /// Enforcement inspectors that a department sends to a target at least.
    minimum_inspectors: u8, 1..=20 = 2, Basis::Decision("minimum-inspectors");
    /// Month on whose last day proposals for the year's plan are due (article 5).
    plan_due_month: u8, 1..=12 = 2, Basis::Article(5);
    /// The lowest rate of a class, in basis points (article 10).
    rate_least: u16, 1..=10_000 = 1, Basis::Decision("rates-lawful");
    /// The highest rate of a class, in basis points.
    rate_most: u16, 1..=10_000 = 10_000, Basis::Decision("rates-lawful");
    /// The most visits in a year that a plan may set as a target's cap. Every day: no smaller number is known here.
    visits_most: u16, 1..=366 = 366, Basis::Decision("frequency-cap");
    /// Standard deviations above the share of the periods before, beyond which an indicator warns (article 9).
    warning_sigmas: u8, 1..=9 = 3, Basis::Decision("warning-limit");
    /// Periods before that count for it, at most.
    warning_periods: u8, 1..=250 = 12, Basis::Decision("warning-limit");
    /// Periods before without which there is no limit yet.
    warning_periods_least: u8, 1..=250 = 3, Basis::Decision("warning-limit");
}

/// The day on which the built-in edition was issued, 2026-03-20.
const ISSUED: Date = match Date::from_days(20_532) {
    Some(day) => day,
    None => Date::MIN,
};

/// A day on which an edition has no rules.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{document} has no rule for {day}: it is in force from {from}{}", until.map(|d| format!(" until {d}")).unwrap_or_default())]
pub struct OutsideEdition {
    /// The edition asked.
    pub document: String,
    /// The day asked for.
    pub day: Date,
    /// First day in force.
    pub from: Date,
    /// Last day in force, if it has one.
    pub until: Option<Date>,
}

impl Explain for OutsideEdition {
    fn code(&self) -> &'static str {
        "outside-edition"
    }

    fn basis(&self) -> Basis {
        Basis::Article(28)
    }

    fn message(&self, lang: Lang) -> String {
        match lang {
            Lang::En => self.to_string(),
            Lang::Zh => {
                let until = self.until.map(|day| format!("，至{day}止")).unwrap_or_default();
                format!("{}自{}起施行{until}，不适用于{}的行为", self.document, self.from, self.day)
            }
        }
    }
}

impl Edition {
    /// Whether the edition is in force on `day`.
    ///
    /// # Errors
    /// [`OutsideEdition`] on a day before the first or after the last.
    pub fn check(&self, day: Date) -> Result<(), OutsideEdition> {
        if day >= self.from && self.until.is_none_or(|until| day <= until) {
            return Ok(());
        }
        Err(OutsideEdition {
            document: self.document.clone(),
            day,
            from: self.from,
            until: self.until,
        })
    }

    /// The value of one of the edition's parameters on `day`.
    ///
    /// # Errors
    /// [`OutsideEdition`] when the edition is not in force on that day, or the parameter not yet.
    ///
    /// ```
    /// use yicha::{date::Date, edition::Edition};
    /// let edition = Edition::wancheng_2026();
    /// let day = |text: &str| text.parse::<Date>().unwrap();
    /// let days = |day| edition.value(|e| &e.publication_workdays, day).map(|dated| dated.value);
    /// assert_eq!(days(day("2026-03-20")), Ok(20));
    /// assert!(days(day("2026-03-19")).is_err());
    /// ```
    pub fn value<T>(
        &self,
        parameter: impl Fn(&Self) -> &Parameter<T>,
        day: Date,
    ) -> Result<&Dated<T>, OutsideEdition> {
        self.check(day)?;
        self.held(parameter(self), day)
    }

    /// The same by the parameter's name, for whoever has it as a text; nothing when no edition has such a parameter.
    ///
    /// # Errors
    /// As [`value`](Self::value).
    #[cfg(feature = "office")]
    pub fn value_of(&self, name: &str, day: Date) -> Option<Result<Dated<u32>, OutsideEdition>> {
        let (_, parameter) = self.parameters().find(|(found, _)| *found == name)?;
        Some(self.check(day).and_then(|()| self.held(&parameter, day).cloned()))
    }

    fn held<'a, T>(
        &self,
        parameter: &'a Parameter<T>,
        day: Date,
    ) -> Result<&'a Dated<T>, OutsideEdition> {
        parameter.on(day).ok_or_else(|| OutsideEdition {
            document: self.document.clone(),
            day,
            from: parameter.0.first().map_or(self.from, |first| first.from),
            until: self.until,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Date {
        text.parse().expect("a day")
    }

    #[test]
    fn an_edition_says_its_numbers_from_its_first_day_on() {
        let edition = Edition::wancheng_2026();
        assert_eq!(edition.from, day("2026-03-20"));
        assert_eq!(
            edition.value(|e| &e.minimum_inspectors, day("2026-03-20")).map(|d| d.value),
            Ok(2)
        );
        let refused = edition.value(|e| &e.plan_due_month, day("2026-03-19")).unwrap_err();
        assert_eq!(refused.code(), "outside-edition");
        assert_eq!(refused.basis(), Basis::Article(28));
        assert_eq!(
            refused.message(Lang::Zh),
            "宛区双随机办〔2026〕3号自2026-03-20起施行，不适用于2026-03-19的行为"
        );
    }

    #[test]
    fn the_last_day_is_in_force_and_the_next_is_not() {
        let mut edition = Edition::wancheng_2026();
        edition.until = Some(day("2027-12-31"));
        assert_eq!(edition.check(day("2027-12-31")), Ok(()));
        let refused = edition.check(day("2028-01-01")).unwrap_err();
        assert!(refused.to_string().ends_with("from 2026-03-20 until 2027-12-31"), "{refused}");
        assert!(refused.message(Lang::Zh).contains("至2027-12-31止"));
    }

    #[test]
    fn a_changed_number_holds_from_its_day() {
        let dated = |value, from| Dated {
            value,
            from: day(from),
            source: Source::Basis(Basis::Article(21)),
        };
        let days = Parameter::new(dated(20, "2026-03-20")).then(dated(15, "2027-01-01"));
        let mut edition = Edition::wancheng_2026();
        edition.publication_workdays = days.expect("a later day");
        let on = |text| edition.value(|e| &e.publication_workdays, day(text)).map(|d| d.value);
        assert_eq!(on("2026-12-31"), Ok(20));
        assert_eq!(on("2027-01-01"), Ok(15));
        let same_day = edition.publication_workdays.clone().then(dated(10, "2027-01-01"));
        assert_eq!(same_day, Err(dated(10, "2027-01-01")));
    }

    #[test]
    #[cfg(feature = "office")]
    fn a_number_is_found_by_its_name() {
        let edition = Edition::wancheng_2026();
        let on = |name, text| edition.value_of(name, day(text)).map(|found| found.map(|d| d.value));
        assert_eq!(on("publication_workdays", "2026-03-20"), Some(Ok(20)));
        assert_eq!(on("publication_days", "2026-03-20"), None);
        let refused = on("publication_workdays", "2026-03-19").and_then(Result::err);
        assert_eq!(refused.map(|refused| refused.from), Some(day("2026-03-20")));
    }

    #[test]
    #[cfg(feature = "office")]
    fn an_edition_equals_what_is_read_of_its_file() {
        let edition = Edition::wancheng_2026();
        let read = |text: &str| Edition::parse(text).expect("an edition");
        assert_eq!(read(&edition.to_json()), edition);
        assert_ne!(read(&edition.to_json().replace("第21条", "第22条")), edition);
    }

    #[test]
    fn a_parameter_that_begins_later_is_not_reused_backwards() {
        let mut edition = Edition::wancheng_2026();
        edition.minimum_inspectors = Parameter::new(Dated {
            value: 3,
            from: day("2026-06-01"),
            source: Source::Text("another county".into()),
        });
        assert_eq!(
            edition.value(|e| &e.minimum_inspectors, day("2026-06-01")).map(|d| d.value),
            Ok(3)
        );
        let refused = edition.value(|e| &e.minimum_inspectors, day("2026-05-31")).unwrap_err();
        assert_eq!(refused.from, day("2026-06-01"));
    }
}
