//! 信息使用, article 26: who was shown which data of targets and inspectors, for which purpose of the regulation.

use crate::actor::{Actor, Purpose, Role};
use crate::case::{CaseId, CaseKind, Context, Fact, Stamp};
use crate::citation::Basis;
use crate::code::{CaseCode, DepartmentId, InspectorId, SchemeId, TargetId};
use crate::date::Date;
use crate::hash::Digest;
use crate::refusal::{Common, List, Refusal, refusals};
use alloc::collections::BTreeSet;
use alloc::vec::Vec;
use serde::{Deserialize, Serialize};

const ART: Basis = Basis::Article(26);

/// Lists the kinds of data once: name, stable code, whether the public may see them, and for what they are used.
macro_rules! data {
    ($($(#[$doc:meta])* $kind:ident = $code:literal, $public:literal, [$($purpose:ident),*];)*) => {
        /// Kinds of data about targets and inspectors.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum DataKind {
            $($(#[$doc])* $kind,)*
        }

        impl DataKind {
            /// All of them.
            pub const ALL: [Self; [$($code),*].len()] = [$(Self::$kind),*];

            /// The stable code.
            pub const fn code(self) -> &'static str {
                match self {
                    $(Self::$kind => $code,)*
                }
            }

            /// The kind with that code.
            pub fn from_code(code: &str) -> Option<Self> {
                Self::ALL.into_iter().find(|kind| kind.code() == code)
            }

            /// Whether it may stand in a public view: no personal data does, and no risk class.
            pub const fn is_public(self) -> bool {
                match self {
                    $(Self::$kind => $public,)*
                }
            }

            /// The purposes it is used for (our decision `data-by-purpose`). None named: all of the regulation's.
            pub const fn purposes(self) -> &'static [Purpose] {
                match self {
                    $(Self::$kind => &[$(Purpose::$purpose),*],)*
                }
            }
        }
    };
}

data! {
    /// What a target is: code, name, industry, place of business.
    Targets = "targets", true, [];
    /// Results with their targets.
    Results = "results", true, [];
    /// People of a target, their telephone numbers and addresses.
    Contacts = "contacts", false, [Registers, Inspection, FollowUp, Publication, CreditRepair, Archive, Supervision];
    /// Risk classes (our decision `class-not-public`).
    Classes = "classes", false, [Planning, RiskMonitoring, Registers, Draw, Supervision];
    /// Inspectors by name and certificate.
    Inspectors = "inspectors", false, [Registers, Draw, Inspection, Archive, Supervision];
    /// Recusals with their reasons.
    Recusals = "recusals", false, [Draw, Inspection, Archive, Supervision];
    /// Records and recordings of inspections.
    Records = "records", false, [Inspection, Publication, FollowUp, CreditRepair, Archive, Sharing, Supervision];
}

impl core::fmt::Display for DataKind {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(self.code())
    }
}

/// What the data are about.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum About {
    /// A whole register of a department, or much of it.
    Register(DepartmentId),
    /// The targets or inspectors of a scheme.
    Scheme(SchemeId),
    /// One target.
    Target(TargetId),
    /// One inspector.
    Inspector(InspectorId),
}

/// Who is shown data.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Reader {
    /// Somebody of a department, the joint office, or an auditor.
    Person(Actor),
    /// Anybody.
    Public,
}

/// What can be done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub enum DisclosureCommand {
    /// The reader, or the platform that shows the data, records it. The purpose is that of the act.
    Show {
        /// Its number.
        disclosure: CaseCode,
        /// What is shown.
        shown: Shown,
    },
}

/// Data were shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Shown {
    /// What they are about.
    pub about: About,
    /// How many targets or inspectors.
    pub count: u64,
    /// The kinds of data, at least one.
    pub data: BTreeSet<DataKind>,
    /// Salted digest of what was shown.
    pub digest: Digest,
    /// To whom.
    pub reader: Reader,
}

/// What happened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum DisclosureEvent {
    /// Data were shown.
    Shown(Shown),
}

refusals! {
    /// What is refused of the use of data. Beside a purpose of the regulation, `data-by-purpose` is our decision.
    DisclosureRefusal {
        OtherPurpose { purpose: alloc::string::String } = "purpose-outside-regulation", Article(26),
            "“{purpose}”不是本规范规定的用途；检查对象和执法检查人员信息只能用于本规范规定的用途",
            "{purpose:?} is no purpose of the regulation; data of targets and inspectors are used for its purposes only";
        NotForThis { data: DataKind, purpose: &'static str, wanted: List<&'static str> } = "purpose-not-for-data", Decision("data-by-purpose"),
            "{data}数据不用于{purpose}；可用于{wanted}",
            "{data} are not used for {purpose}; they are for {wanted}";
        NotPublic { data: DataKind } = "data-not-public", Article(26),
            "{data}数据不得向社会公开；公开的内容不含个人信息和风险分类",
            "{data} are not for the public; what is public has no personal data and no risk class";
        Nothing { disclosure: CaseCode } = "disclosure-of-nothing", Article(26),
            "{disclosure}没有写明所使用的信息；应写明种类和数量",
            "{disclosure} names no data; it says which kinds and how many";
    }
}

impl Purpose {
    /// The purpose that somebody names.
    ///
    /// # Errors
    /// [`DisclosureRefusal::OtherPurpose`]: article 26 allows no other.
    ///
    /// ```
    /// use yicha::{actor::Purpose, explain::Explain};
    /// assert_eq!(Purpose::read("inspection").unwrap(), Purpose::Inspection);
    /// assert_eq!(Purpose::read("marketing").unwrap_err().code(), "purpose-outside-regulation");
    /// ```
    pub fn read(text: &str) -> Result<Self, DisclosureRefusal> {
        Self::from_code(text)
            .ok_or_else(|| DisclosureRefusal::OtherPurpose { purpose: text.into() })
    }
}

/// Data that were shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Disclosure {
    /// The day.
    pub on: Date,
    /// For what.
    pub purpose: Purpose,
    /// What was shown, and to whom.
    pub shown: Shown,
}

impl Disclosure {
    /// Takes over what happened to it. Gives it where it begins with that.
    pub(crate) fn apply(
        _: Option<&mut Self>,
        event: &DisclosureEvent,
        stamp: &Stamp,
    ) -> Option<Self> {
        let DisclosureEvent::Shown(shown) = event;
        let (on, purpose) = (stamp.effective, stamp.purpose);
        Some(Self { on, purpose, shown: shown.clone() })
    }
}

/// The case of a number.
pub fn case(id: &CaseCode) -> CaseId {
    CaseId { id: id.clone(), kind: CaseKind::Disclosure }
}

/// Decides a command.
pub(crate) fn decide(
    command: &DisclosureCommand,
    context: &Context<'_>,
) -> Result<Vec<Fact>, Refusal> {
    let DisclosureCommand::Show { disclosure, shown } = command;
    if context.world.disclosures.contains_key(disclosure) {
        return Err(Common::CaseExists { case: case(disclosure) }.into());
    }
    if shown.data.is_empty() || shown.count == 0 {
        return Err(DisclosureRefusal::Nothing { disclosure: disclosure.clone() }.into());
    }
    match &shown.reader {
        Reader::Person(Actor { department: Some(department), .. }) => {
            context.acts_for(department, &Role::ALL, ART)?;
        }
        Reader::Person(_) => {}
        Reader::Public => may_publish(&shown.data)?,
    }
    let purpose = context.stamp.purpose;
    shown.data.iter().try_for_each(|data| is_for(*data, purpose))?;
    let event = DisclosureEvent::Shown(shown.clone());
    Ok([Fact::new(case(disclosure), &[ART], event)].into())
}

fn may_publish(data: &BTreeSet<DataKind>) -> Result<(), Refusal> {
    match data.iter().find(|data| !data.is_public()) {
        Some(&data) => Err(DisclosureRefusal::NotPublic { data }.into()),
        None => Ok(()),
    }
}

fn is_for(data: DataKind, purpose: Purpose) -> Result<(), Refusal> {
    let wanted = data.purposes();
    if wanted.is_empty() || wanted.contains(&purpose) {
        return Ok(());
    }
    let wanted = List(wanted.iter().map(|purpose| purpose.code()).collect());
    Err(DisclosureRefusal::NotForThis { data, purpose: purpose.code(), wanted }.into())
}
