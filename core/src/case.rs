//! What all cases have in common: a case is decided by a pure function of its state, a command and a
//! context, and changed by events alone.
//!
//! `decide` says which facts a command makes, or why it is refused; `apply` takes a fact over and holds no
//! rule. So a case that is replayed from its facts is the case as it was.

use crate::actor::{Actor, Purpose, Role};
use crate::calendar::Calendar;
use crate::citation::Basis;
use crate::code::{CaseCode, DepartmentId};
use crate::date::{Date, Instant};
use crate::edition::Edition;
use crate::event::Event;
use crate::explain::Lang;
use crate::refusal::{List, NotEntitled};
use crate::world::World;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;
use serde::{Deserialize, Serialize};

/// Lists the kinds once: name, stable code and the word in Chinese.
macro_rules! kinds {
    ($($(#[$doc:meta])* $kind:ident = $code:literal, $zh:literal),* $(,)?) => {
        /// The kinds of cases.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum CaseKind {
            $($(#[$doc])* $kind,)*
        }

        impl CaseKind {
            /// All kinds.
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

            /// The word for it; in English, the code.
            pub const fn label(self, lang: Lang) -> &'static str {
                match self {
                    $(Self::$kind => lang.pick($zh, $code),)*
                }
            }
        }
    };
}

kinds! {
    /// 会商会议, article 7.
    Conference = "conference", "会议",
    /// 一业一查事项清单 of an industry, article 3.
    JointList = "joint-list", "联合抽查事项清单",
    /// 年度抽查计划, article 5.
    AnnualPlan = "annual-plan", "年度抽查计划",
    /// 问题线索, article 11.
    Clue = "clue", "线索",
    /// 风险监测指标 of an industry, article 9.
    Indicator = "indicator", "风险指标",
    /// 风险预警, article 9.
    Warning = "warning", "预警",
    /// A department's item list, article 13.
    ItemList = "item-list", "抽查事项清单",
    /// A department's target register, article 14.
    TargetRegister = "target-register", "检查对象名录库",
    /// A department's inspector register, article 15.
    InspectorRegister = "inspector-register", "执法检查人员名录库",
    /// The guide of an item, article 16.
    Guide = "guide", "抽查工作指引",
    /// 抽查工作方案, article 17.
    Scheme = "scheme", "方案",
    /// 吹哨, article 6.
    Call = "call", "吹哨",
    /// Draw and matchings of a scheme, articles 18 and 19.
    Drawing = "drawing", "抽取",
    /// The inspection of one target, article 20.
    Inspection = "inspection", "检查",
    /// The results of an inspection, articles 21 and 25.
    Publication = "publication", "检查结果",
    /// 责令改正, article 22.
    Rectification = "rectification", "责令改正",
    /// A listing, article 23.
    Listing = "listing", "列入",
    /// 行政处罚, article 12.
    Penalty = "penalty", "处罚",
    /// 联合惩戒, article 12.
    Sanction = "sanction", "联合惩戒",
    /// That an inspection is closed, article 22.
    Closing = "closing", "检查办结",
    /// What a department shares, article 8.
    Sharing = "sharing", "共享信息",
    /// For what a receiver uses what it is given, article 8.
    SharingReceiver = "sharing-receiver", "共享用途",
    /// Data that somebody was shown, article 26.
    Disclosure = "disclosure", "信息使用",
    /// What is kept from publication, article 3.
    Withholding = "withholding", "不予公开",
    /// 业务指导、教育培训和监督管理, article 27.
    Training = "training", "指导培训",
    /// 案卷, article 24.
    Dossier = "dossier", "案卷",
}

impl fmt::Display for CaseKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

/// A case: its kind and the host's number for it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct CaseId {
    /// The number.
    pub id: CaseCode,
    /// The kind.
    pub kind: CaseKind,
}

impl CaseId {
    /// The kind in words and the number, as a sentence names it.
    pub fn in_words(&self, lang: Lang) -> String {
        let space = lang.pick("", " ");
        format!("{}{space}{}", self.kind.label(lang), self.id)
    }
}

impl fmt::Display for CaseId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.kind.code(), self.id)
    }
}

/// Who acts, when and why. Every entry of the ledger carries it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stamp {
    /// Who.
    pub actor: Actor,
    /// The day on which the act takes effect; deadlines and views go by it.
    pub effective: Date,
    /// For what.
    pub purpose: Purpose,
    /// When the host records it.
    pub recorded: Instant,
}

/// What a decision may look at besides its command.
#[derive(Clone, Copy, Debug)]
pub struct Context<'a> {
    /// Who acts, when and why.
    pub stamp: &'a Stamp,
    /// The rules' numbers.
    pub edition: &'a Edition,
    /// The working days.
    pub calendar: &'a Calendar,
    /// All cases that are loaded.
    pub world: &'a World,
}

impl Context<'_> {
    /// The day of the act.
    pub const fn day(&self) -> Date {
        self.stamp.effective
    }

    /// Refuses an act by another role than these.
    ///
    /// # Errors
    /// [`NotEntitled::Role`] with the basis given.
    pub fn role(&self, wanted: &[Role], basis: Basis) -> Result<(), NotEntitled> {
        let found = self.stamp.actor.role;
        match wanted.contains(&found) {
            true => Ok(()),
            false => Err(NotEntitled::Role { found, wanted: List(wanted.to_vec()), basis }),
        }
    }

    /// Refuses an act for another department than one's own, or in another role than one of these.
    ///
    /// # Errors
    /// [`NotEntitled`] with the basis given.
    pub fn acts_for(
        &self,
        department: &DepartmentId,
        wanted: &[Role],
        basis: Basis,
    ) -> Result<(), NotEntitled> {
        self.role(wanted, basis)?;
        match &self.stamp.actor.department {
            Some(found) if found != department => Err(NotEntitled::Department {
                found: found.clone(),
                wanted: department.clone(),
                basis,
            }),
            _ => Ok(()),
        }
    }
}

/// What happened to a case, with the rule by which it did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fact {
    /// The rules.
    pub basis: Vec<Basis>,
    /// The case.
    pub case: CaseId,
    /// What happened.
    pub event: Event,
}

impl Fact {
    /// A fact.
    pub fn new(case: CaseId, basis: &[Basis], event: impl Into<Event>) -> Self {
        Self { basis: basis.to_vec(), case, event: event.into() }
    }
}
