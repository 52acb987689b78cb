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
        #[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
        #[non_exhaustive]
        pub enum $name {
            $(#[doc = $en] #[error($en)] $variant { $($field: $type),* },)*
        }

        impl $name {
            /// Code and basis of each.
            pub const ALL: &[(&str, $crate::citation::Basis)] = {
                use $crate::citation::Basis::*;
                &[$(($code, $basis)),*]
            };
        }

        impl $crate::explain::Explain for $name {
            fn code(&self) -> &'static str {
                match self {
                    $(Self::$variant { .. } => $code,)*
                }
            }

            fn basis(&self) -> $crate::citation::Basis {
                use $crate::citation::Basis::*;
                match self {
                    $(Self::$variant { .. } => $basis,)*
                }
            }

            #[allow(unused_variables)] // not each sentence needs each value
            fn message(&self, lang: $crate::explain::Lang) -> alloc::string::String {
                match (lang, self) {
                    ($crate::explain::Lang::En, _) => alloc::string::ToString::to_string(self),
                    $((_, Self::$variant { $($field),* }) => alloc::format!($zh),)*
                }
            }
        }

        impl $crate::refusal::Refuse for $name {
            fn values(&self) -> alloc::vec::Vec<(&'static str, alloc::string::String)> {
                match self {
                    $(Self::$variant { $($field),* } => alloc::vec![
                        $((stringify!($field), alloc::string::ToString::to_string($field))),*
                    ],)*
                }
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
