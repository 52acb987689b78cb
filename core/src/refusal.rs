//! What the rules refuse. A refusal has a stable code, its basis, the offending values and a sentence in
//! Chinese and English that says what would be lawful; it changes nothing.
//!
//! Each area lists its refusals once, as a table, with `refusals!`: code, basis and both sentences stand
//! together, and nothing else has to be kept in step.

use crate::actor::Role;
use crate::calendar::OutOfRange;
use crate::case::CaseId;
use crate::citation::Basis;
use crate::code::DepartmentId;
use crate::edition::OutsideEdition;
use crate::explain::{Explain, Lang};
use crate::risk::RateError;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::fmt;

/// A refusal with its offending values.
pub trait Refuse: Explain {
    /// The offending values by the names that the sentences use.
    fn values(&self) -> Vec<(&'static str, String)>;
}

/// Several values in a sentence, one after the other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct List<T>(pub Vec<T>);

impl<T: fmt::Display> fmt::Display for List<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0
            .iter()
            .enumerate()
            .try_for_each(|(i, value)| write!(f, "{}{value}", if i == 0 { "" } else { ", " }))
    }
}

/// A refusal as its table has it.
pub(crate) struct Row {
    basis: Basis,
    code: &'static str,
    en: &'static str,
    zh: &'static str,
}

/// The values of a refusal by their names.
pub(crate) type Values<'a> = &'a [(&'static str, &'a dyn fmt::Display)];

impl Row {
    /// A row. One whose sentences name what is none of its values does not compile.
    pub(crate) const fn new(
        code: &'static str,
        basis: Basis,
        zh: &'static str,
        en: &'static str,
        values: &[&str],
    ) -> Self {
        assert!(names_values(zh.as_bytes(), values) && names_values(en.as_bytes(), values));
        Self { basis, code, en, zh }
    }

    /// The sentence with the values in the places of their names; `{name:?}` puts one in quotes.
    fn write(&self, lang: Lang, values: Values<'_>, to: &mut dyn fmt::Write) -> fmt::Result {
        let mut rest = lang.pick(self.zh, self.en);
        while let Some((before, place)) = rest.split_once('{') {
            let (place, behind) = place.split_once('}').unwrap_or((place, ""));
            to.write_str(before)?;
            let name = place.trim_end_matches(QUOTED);
            match values.iter().find(|(of, _)| *of == name) {
                Some((_, value)) if name == place => write!(to, "{value}")?,
                Some((_, value)) => write!(to, "{:?}", value.to_string())?,
                None => (), // no such row compiles
            }
            rest = behind;
        }
        to.write_str(rest)
    }
}

const QUOTED: &str = ":?";

/// Whether each `{name}` or `{name:?}` of a sentence is among the values.
const fn names_values(mut sentence: &[u8], values: &[&str]) -> bool {
    while let [first, rest @ ..] = sentence {
        sentence = rest;
        if *first == b'{' {
            let mut length = 0;
            while !matches!(sentence[length], b'}' | b':') {
                length += 1;
            }
            let (name, behind) = sentence.split_at(length);
            if !has(values, name) || !matches!(behind, [b'}', ..] | [b':', b'?', b'}', ..]) {
                return false;
            }
        }
    }
    true
}

const fn has(mut values: &[&str], name: &[u8]) -> bool {
    while let [value, rest @ ..] = values {
        if equal(value.as_bytes(), name) {
            return true;
        }
        values = rest;
    }
    false
}

const fn equal(mut a: &[u8], mut b: &[u8]) -> bool {
    while let ([x, a_rest @ ..], [y, b_rest @ ..]) = (a, b) {
        if *x != *y {
            return false;
        }
        (a, b) = (a_rest, b_rest);
    }
    a.is_empty() && b.is_empty()
}

/// A refusal that stands in a table. All that can be said of it is said from its row and its values, by the functions
/// below: code of its own for each refusal and sentence would be a large part of the library.
pub(crate) trait Tabled {
    /// Shows the row and the values to `look`.
    fn show(&self, look: &mut dyn FnMut(&'static Row, Values<'_>));
}

pub(crate) fn row(refusal: &dyn Tabled) -> (&'static str, Basis) {
    let mut seen = ("", Basis::Article(0));
    refusal.show(&mut |row, _| seen = (row.code, row.basis));
    seen
}

pub(crate) fn write(refusal: &dyn Tabled, lang: Lang, to: &mut dyn fmt::Write) -> fmt::Result {
    let mut written = Ok(());
    refusal.show(&mut |row, values| written = row.write(lang, values, to));
    written
}

pub(crate) fn values(refusal: &dyn Tabled) -> Vec<(&'static str, String)> {
    let mut seen = Vec::new();
    refusal.show(&mut |_, values| {
        seen = values.iter().map(|(name, value)| (*name, value.to_string())).collect();
    });
    seen
}

/// The refusals of an area: name of the variant and its values, then code, basis and the sentences.
macro_rules! refusals {
    (
        $(#[$doc:meta])* $name:ident {
            $($variant:ident { $($field:ident: $type:ty),* $(,)? }
                = $code:literal, $basis:expr, $zh:literal, $en:literal;)*
        }
    ) => {
        $(#[$doc])*
        // The sentence is the documentation: it names each value.
        #[allow(missing_docs)]
        #[derive(Clone, Debug, PartialEq, Eq)]
        #[non_exhaustive]
        pub enum $name {
            $(#[doc = $en] $variant { $($field: $type),* },)*
        }

        impl $name {
            /// Code and basis of each.
            pub const ALL: &[(&str, $crate::citation::Basis)] = {
                use $crate::citation::Basis::*;
                &[$(($code, $basis)),*]
            };
        }

        impl $crate::refusal::Tabled for $name {
            fn show(
                &self,
                look: &mut dyn FnMut(&'static $crate::refusal::Row, $crate::refusal::Values<'_>),
            ) {
                use $crate::citation::Basis::*;
                match self {
                    $(Self::$variant { $($field),* } => look(
                        const {
                            &$crate::refusal::Row::new($code, $basis, $zh, $en, &[$(stringify!($field)),*])
                        },
                        &[$((stringify!($field), $field)),*],
                    ),)*
                }
            }
        }

        impl core::fmt::Display for $name {
            fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                $crate::refusal::write(self, $crate::explain::Lang::En, f)
            }
        }

        impl core::error::Error for $name {}

        impl $crate::explain::Explain for $name {
            fn code(&self) -> &'static str {
                $crate::refusal::row(self).0
            }

            fn basis(&self) -> $crate::citation::Basis {
                $crate::refusal::row(self).1
            }

            fn message(&self, lang: $crate::explain::Lang) -> alloc::string::String {
                let mut message = alloc::string::String::new();
                // A string takes every text.
                let _ = $crate::refusal::write(self, lang, &mut message);
                message
            }
        }

        impl $crate::refusal::Refuse for $name {
            fn values(&self) -> alloc::vec::Vec<(&'static str, alloc::string::String)> {
                $crate::refusal::values(self)
            }
        }
    };
}
pub(crate) use refusals;

refusals! {
    /// What any act can be refused for.
    Common {
        NoSuchCase { case: CaseId } = "case-unknown", Article(4),
            "没有{case}的记录；应先有立案的记录，或先载入该案",
            "there is no record of {case}; it has to be opened, or loaded, first";
        CaseExists { case: CaseId } = "case-exists", Article(4),
            "{case}已有记录；新的一件应使用新的编号",
            "{case} is recorded already; a new one needs a number of its own";
        NoDepartment { role: Role } = "actor-without-department", Article(4),
            "以{role}身份行事应写明所代表的部门；联席办和平台则不写部门",
            "who acts as {role} names a department; the joint office and the platform name none";
    }
}

/// An act by somebody who is not entitled to it. The basis is that of the rule that names who is.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotEntitled {
    /// Another role.
    #[error("{found} may not do this; it is for {wanted}")]
    Role {
        /// The role acted in.
        found: Role,
        /// The roles that may.
        wanted: List<Role>,
        /// The rule.
        basis: Basis,
    },
    /// Another department.
    #[error("{found} may not do this for {wanted}; each department acts for itself")]
    Department {
        /// The department acted for.
        found: DepartmentId,
        /// The department whose act it is.
        wanted: DepartmentId,
        /// The rule.
        basis: Basis,
    },
}

impl Explain for NotEntitled {
    fn code(&self) -> &'static str {
        match self {
            Self::Role { .. } => "not-entitled-role",
            Self::Department { .. } => "not-entitled-department",
        }
    }

    fn basis(&self) -> Basis {
        match self {
            Self::Role { basis, .. } | Self::Department { basis, .. } => *basis,
        }
    }

    fn message(&self, lang: Lang) -> String {
        match self {
            _ if lang == Lang::En => self.to_string(),
            Self::Role { found, wanted, .. } => {
                let wanted = List(wanted.0.iter().map(|role| role.label(lang)).collect());
                alloc::format!("{}不得为此行为；应由{wanted}为之", found.label(lang))
            }
            Self::Department { found, wanted, .. } => {
                alloc::format!("{found}不得代{wanted}为此行为；各部门各负其责")
            }
        }
    }
}

impl Refuse for NotEntitled {
    fn values(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::Role { found, wanted, .. } => {
                alloc::vec![("found", found.to_string()), ("wanted", wanted.to_string())]
            }
            Self::Department { found, wanted, .. } => {
                alloc::vec![("found", found.to_string()), ("wanted", wanted.to_string())]
            }
        }
    }
}

impl Refuse for OutsideEdition {
    fn values(&self) -> Vec<(&'static str, String)> {
        alloc::vec![("document", self.document.clone()), ("day", self.day.to_string())]
    }
}

impl Refuse for OutOfRange {
    fn values(&self) -> Vec<(&'static str, String)> {
        alloc::vec![("date", self.date.to_string()), ("workdays", self.workdays.to_string())]
    }
}

impl Refuse for RateError {
    fn values(&self) -> Vec<(&'static str, String)> {
        let value = |name, value: &dyn fmt::Display| (name, value.to_string());
        match self {
            Self::Zero { class } => alloc::vec![value("class", &class.code())],
            Self::Falling { class, rate, lower, below } => alloc::vec![
                value("class", &class.code()),
                value("rate", rate),
                value("lower", &lower.code()),
                value("below", below),
            ],
        }
    }
}

impl fmt::Display for Role {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

/// One refusal out of any area.
macro_rules! areas {
    ($($(#[$doc:meta])* $area:ident($refusal:ty)),* $(,)?) => {
        /// Why an act is refused. State and ledger are as before.
        #[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
        #[non_exhaustive]
        pub enum Refusal {
            $($(#[$doc])* #[error(transparent)] $area(#[from] $refusal),)*
        }

        impl Refusal {
            fn inner(&self) -> &dyn Refuse {
                match self {
                    $(Self::$area(refusal) => refusal,)*
                }
            }
        }
    };
}

areas! {
    /// Of any act.
    Common(Common),
    /// By somebody who is not entitled to it.
    NotEntitled(NotEntitled),
    /// On a day outside of the edition: article 28.
    Edition(OutsideEdition),
    /// Conferences: article 7.
    Conference(crate::plan::conference::ConferenceRefusal),
    /// Rows of the registers: articles 13 to 15.
    Rows(crate::register::RowsRefusal),
    /// One row of a register: articles 13 to 15.
    Row(crate::register::RowFault),
    /// The joint list: article 3.
    JointList(crate::plan::joint_list::JointListRefusal),
    /// Annual plans: article 5.
    AnnualPlan(crate::plan::annual::PlanRefusal),
    /// Schemes: articles 2, 3, 16, 17.
    Scheme(crate::plan::scheme::SchemeRefusal),
    /// Calls and answers: article 6.
    Call(crate::plan::call::CallRefusal),
    /// Draws and matchings: articles 18, 19.
    Drawing(crate::drawing::DrawingRefusal),
    /// Inspections: articles 19, 20.
    Inspection(crate::inspection::InspectionRefusal),
    /// The order of attempts: draw-spec section 5.
    Ceremony(crate::draw::ceremony::CeremonyError),
    /// Seed files: draw-spec section 5.
    Seed(crate::draw::seed::SeedError),
    /// Files of a draw that do not fit together: draw-spec section 6.
    Verify(crate::draw::verify::Failure),
    /// Rates of a plan: article 10.
    Rate(crate::risk::RateError),
    /// Clues: article 11.
    Clue(crate::follow_up::clue::ClueRefusal),
    /// Indicators and warnings: article 9.
    Warning(crate::oversight::warning::WarningRefusal),
    /// Item lists: article 13.
    Item(crate::register::item::ItemRefusal),
    /// Target registers: article 14.
    Target(crate::register::target::TargetRefusal),
    /// Inspector registers: article 15.
    Inspector(crate::register::inspector::InspectorRefusal),
    /// Guides: article 16.
    Guide(crate::register::guide::GuideRefusal),
    /// Rates and frequencies: article 10.
    Frequency(crate::oversight::frequency::FrequencyRefusal),
    /// Sharing: article 8.
    Sharing(crate::sharing::SharingRefusal),
    /// The use of data: article 26.
    Disclosure(crate::disclosure::DisclosureRefusal),
    /// What is not published: article 3.
    Withholding(crate::withholding::WithholdingRefusal),
    /// Guidance and training: article 27.
    Training(crate::oversight::training::TrainingRefusal),
    /// Dossiers: article 24.
    Dossier(crate::archive::DossierRefusal),
    /// Results and their publicity: articles 21, 25.
    Publication(crate::publication::PublicationRefusal),
    /// Whatever follows from a result: articles 12, 22.
    Consequence(crate::follow_up::consequence::ConsequenceRefusal),
    /// Rectifications: article 22.
    Rectification(crate::follow_up::rectification::RectificationRefusal),
    /// Listings: article 23.
    Listing(crate::follow_up::listing::ListingRefusal),
    /// Joint sanctions: article 12.
    Sanction(crate::follow_up::sanction::SanctionRefusal),
    /// Closing an inspection: article 22.
    Closing(crate::follow_up::closing::ClosingRefusal),
    /// Days outside of the years 1 to 9999.
    Calendar(crate::calendar::OutOfRange),
    /// By the office itself: ledger-spec sections 2, 5.
    Office(crate::office::OfficeRefusal),
    /// Questions.
    Query(crate::query::QueryRefusal),
}

impl Refusal {
    /// The code of every refusal with its basis, area by area. [`NotEntitled`] has the basis of the rule.
    pub fn all() -> impl Iterator<Item = (&'static str, Basis)> {
        [
            Common::ALL,
            crate::plan::conference::ConferenceRefusal::ALL,
            crate::plan::joint_list::JointListRefusal::ALL,
            crate::plan::annual::PlanRefusal::ALL,
            crate::follow_up::clue::ClueRefusal::ALL,
            crate::oversight::warning::WarningRefusal::ALL,
            crate::register::RowsRefusal::ALL,
            crate::register::item::ItemRefusal::ALL,
            crate::register::target::TargetRefusal::ALL,
            crate::register::inspector::InspectorRefusal::ALL,
            crate::register::guide::GuideRefusal::ALL,
            crate::plan::scheme::SchemeRefusal::ALL,
            crate::plan::call::CallRefusal::ALL,
            crate::drawing::DrawingRefusal::ALL,
            crate::inspection::InspectionRefusal::ALL,
            crate::oversight::frequency::FrequencyRefusal::ALL,
            crate::sharing::SharingRefusal::ALL,
            crate::disclosure::DisclosureRefusal::ALL,
            crate::withholding::WithholdingRefusal::ALL,
            crate::oversight::training::TrainingRefusal::ALL,
            crate::archive::DossierRefusal::ALL,
            crate::publication::PublicationRefusal::ALL,
            crate::follow_up::consequence::ConsequenceRefusal::ALL,
            crate::follow_up::rectification::RectificationRefusal::ALL,
            crate::follow_up::listing::ListingRefusal::ALL,
            crate::follow_up::sanction::SanctionRefusal::ALL,
            crate::follow_up::closing::ClosingRefusal::ALL,
            crate::office::OfficeRefusal::ALL,
            crate::query::QueryRefusal::ALL,
        ]
        .into_iter()
        .flatten()
        .copied()
    }
}

impl Explain for Refusal {
    fn code(&self) -> &'static str {
        self.inner().code()
    }

    fn basis(&self) -> Basis {
        self.inner().basis()
    }

    fn message(&self, lang: Lang) -> String {
        self.inner().message(lang)
    }
}

impl Refuse for Refusal {
    fn values(&self) -> Vec<(&'static str, String)> {
        self.inner().values()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query::QueryRefusal;

    #[test]
    fn a_sentence_has_the_values_where_its_row_names_them() {
        let case = CaseId { id: "K1".parse().unwrap(), kind: crate::case::CaseKind::Conference };
        let refused = Common::NoSuchCase { case };
        assert_eq!(
            refused.to_string(),
            "there is no record of conference K1; it has to be opened, or loaded, first"
        );
        assert_eq!(refused.message(Lang::En), refused.to_string());
        let zh = "没有conference K1的记录；应先有立案的记录，或先载入该案";
        assert_eq!(refused.message(Lang::Zh), zh);
        assert_eq!((refused.code(), refused.basis()), ("case-unknown", Basis::Article(4)));
        assert_eq!(refused.values(), [("case", "conference K1".to_string())]);
    }

    #[test]
    fn quotes_are_where_the_row_has_them() {
        let refused = QueryRefusal::Unreadable { found: "a \"{b}\"".into() };
        assert!(
            refused.message(Lang::Zh).starts_with(r#"不是第1版的提问："a \"{b}\""；"#),
            "{}",
            refused.message(Lang::Zh)
        );
        assert!(refused.to_string().starts_with(r#"not a question of version 1: a "{b}"; "#));
        assert_eq!(refused.values(), [("found", "a \"{b}\"".to_string())]);
    }

    #[test]
    fn a_row_that_names_no_value_would_not_compile() {
        let names = |sentence: &str| names_values(sentence.as_bytes(), &["day", "days"]);
        assert!(names("on {day} and {days}, {days:?}") && names("never"));
        assert!(
            !names("on {da}") && !names("on {date}") && !names("on {day:>4}") && !names("on {}")
        );
    }
}
