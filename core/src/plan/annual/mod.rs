//! 计划统筹, article 5: the departments that lead industries propose the year's tasks; the joint office reviews,
//! merges and issues them as the annual plan, and publicises it.
//!
//! A proposal is one entry: one industry's task. An entry is in force once it was issued; one that is not planned is
//! in force once the joint office has approved its reason.

mod decide;
mod year;

pub(crate) use decide::decide;
pub use decide::due;
pub use year::{PlanYear, PlanYearError};

use super::Window;
use crate::by_id::ById;
use crate::case::{CaseId, CaseKind, Stamp};
use crate::code::{CaseCode, DepartmentId, IndustryCode};
use crate::date::Date;
use crate::draw::announcement::FreeText;
use crate::draw::quota::BasisPoints;
use crate::hash::Digest;
use crate::refusal::refusals;
use crate::risk::RiskClass;
use crate::world::World;
use alloc::collections::BTreeMap;
use alloc::vec::Vec;
use serde::{Deserialize, Serialize};

/// A task of the plan: one industry's joint inspections in the year.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Entry {
    /// 基数: how many targets there are about. Information only.
    pub base: Option<u64>,
    /// The department that leads the industry and will initiate the schemes.
    pub department: DepartmentId,
    /// Its number within the plan.
    pub id: CaseCode,
    /// The industry.
    pub industry: IndustryCode,
    /// The share of each class that is drawn; [`Entry::rate`] has what holds for a class that is not named.
    pub rates: BTreeMap<RiskClass, BasisPoints>,
    /// The salted digest of its full text.
    pub text: Digest,
    /// How many visits a target of each class has in the year at most, of all departments together. A class that is
    /// not named has no cap here.
    pub visits: BTreeMap<RiskClass, u16>,
    /// When it is carried out.
    pub window: Window,
}

impl Entry {
    /// The share of a class that is drawn: what the entry says, else the province's rate.
    pub fn rate(&self, class: RiskClass) -> BasisPoints {
        self.rates.get(&class).copied().unwrap_or_else(|| class.henan_2021_rate())
    }
}

/// What can be done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub enum PlanCommand {
    /// The department that leads an industry proposes an entry, or one again that was returned or withdrawn.
    Propose {
        /// The entry.
        entry: Entry,
        /// The year.
        year: PlanYear,
    },
    /// A department takes an entry back that is not reviewed yet.
    Withdraw {
        /// The entry.
        entry: CaseCode,
        /// The year.
        year: PlanYear,
    },
    /// The joint office reviews a proposal.
    Review {
        /// What happened.
        reviewed: Reviewed,
        /// The year.
        year: PlanYear,
    },
    /// The joint office merges accepted entries into a new one.
    Merge {
        /// What happened.
        merged: Merged,
        /// The year.
        year: PlanYear,
    },
    /// The joint office issues what it has accepted: the plan at first, a supplement later.
    Issue {
        /// The number of the document.
        document: FreeText,
        /// The year.
        year: PlanYear,
    },
    /// The joint office changes an entry that is in force.
    Amend {
        /// What happened.
        amended: Amended,
        /// The year.
        year: PlanYear,
    },
    /// The joint office publicises an issued document.
    Publicise {
        /// What happened.
        publicised: Publicised,
        /// The year.
        year: PlanYear,
    },
    /// The joint office approves the reason for a task that is not planned.
    ApproveAdHoc {
        /// What happened.
        approved: AdHocApproved,
        /// The year.
        year: PlanYear,
    },
}

/// What happened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum PlanEvent {
    /// A department proposed an entry.
    Proposed(Proposed),
    /// A department took an entry back.
    Withdrawn(Withdrawn),
    /// The joint office reviewed an entry.
    Reviewed(Reviewed),
    /// Entries were merged.
    Merged(Merged),
    /// Entries were issued.
    Issued(Issued),
    /// An entry in force was changed.
    Amended(Amended),
    /// A document was publicised.
    Publicised(Publicised),
    /// A task that is not planned was approved.
    AdHocApproved(AdHocApproved),
}

/// A department proposed an entry.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Proposed {
    /// Days after the due day; nothing when it was in time or nothing was due.
    pub days_late: Option<u32>,
    /// The last day on which it was in time; nothing for a year for which there was no duty yet.
    pub due: Option<Date>,
    /// The entry.
    pub entry: Entry,
}

/// A department took an entry back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Withdrawn {
    /// The entry.
    pub entry: CaseCode,
}

/// The joint office reviewed an entry.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Reviewed {
    /// The entry.
    pub entry: CaseCode,
    /// What came out.
    pub verdict: Verdict,
}

/// What comes out of a review.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub enum Verdict {
    /// It goes into the plan.
    Accepted,
    /// It goes back to the department.
    Returned {
        /// The salted digest of the reason.
        reason: Digest,
    },
}

/// Entries were merged.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Merged {
    /// The entries that were merged, two or more.
    pub entries: Vec<CaseCode>,
    /// What became of them.
    pub into: Entry,
}

/// Entries were issued.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Issued {
    /// The number of the document.
    pub document: FreeText,
    /// The entries, sorted by number.
    pub entries: Vec<CaseCode>,
}

/// An entry in force was changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Amended {
    /// The number of the document.
    pub document: FreeText,
    /// The entry as it is from now on, under its old number.
    pub entry: Entry,
    /// The salted digest of the reason.
    pub reason: Digest,
}

/// A document was publicised.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Publicised {
    /// The number of the document.
    pub document: FreeText,
    /// Where: a site or platform.
    pub place: FreeText,
}

/// A task that is not planned was approved.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct AdHocApproved {
    /// The task.
    pub entry: Entry,
    /// The salted digest of the reason.
    pub reason: Digest,
}

refusals! {
    /// What is refused of annual plans.
    PlanRefusal {
        YearOver { year: PlanYear, day: Date } = "plan-year-over", Article(5),
            "{year}年度已结束，{day}不能再改动该年度的计划；应列入以后年度的计划",
            "the year {year} is over on {day}; a task goes into the plan of a later year";
        NotLead { entry: CaseCode, industry: IndustryCode, department: DepartmentId, lead: DepartmentId }
            = "plan-not-lead", Article(5),
            "条目{entry}由{department}提出，而行业{industry}的牵头部门是{lead}；应由牵头部门提出",
            "entry {entry} names {department}, but {lead} leads industry {industry} and proposes its tasks";
        WindowOutsideYear { entry: CaseCode, window: Window, year: PlanYear } = "plan-window-outside-year", Article(5),
            "条目{entry}的时间安排{window}应起止有序，且都在{year}年内",
            "the window {window} of entry {entry} has to begin before it ends and to lie in {year}";
        EntryExists { entry: CaseCode } = "plan-entry-exists", Article(5),
            "条目编号{entry}已被使用；新条目应使用新编号，退回或撤回的条目由原部门以原编号重报",
            "entry {entry} exists; a new one needs a number of its own, and the department proposes a returned one again under its number";
        NoSuchEntry { entry: CaseCode } = "plan-entry-unknown", Article(5),
            "计划没有编号为{entry}的条目",
            "the plan has no entry {entry}";
        AlreadyReviewed { entry: CaseCode, status: &'static str } = "plan-already-reviewed", Article(5),
            "条目{entry}的状态为{status}；只有待审核的条目可以审核或撤回",
            "entry {entry} is {status}; only a proposal that is not reviewed yet can be reviewed or withdrawn";
        MergeOfOne { entry: CaseCode } = "plan-merge-of-one", Article(5),
            "合并为{entry}的条目应有两个以上，且不得重复",
            "what is merged into {entry} are two entries or more, each once";
        NotAccepted { entry: CaseCode, status: &'static str } = "plan-entry-not-accepted", Article(5),
            "条目{entry}的状态为{status}；只有审核通过而尚未印发的条目可以合并",
            "entry {entry} is {status}; only accepted entries that are not issued yet are merged";
        Unreviewed { entry: CaseCode } = "plan-unreviewed", Article(5),
            "条目{entry}尚未审核；审核完所有上报条目后方可印发",
            "entry {entry} is not reviewed; the plan is issued when all proposals are";
        NothingToIssue { year: PlanYear } = "plan-nothing-to-issue", Article(5),
            "{year}年度没有审核通过而尚未印发的条目",
            "{year} has no entry that is accepted and not issued yet";
        DocumentTwice { document: FreeText } = "plan-document-twice", Article(5),
            "文号{document}已用于本年度计划；每次印发应有自己的文号",
            "document {document} was issued already; each has a number of its own";
        NotInForce { entry: CaseCode, status: &'static str } = "plan-entry-not-in-force", Article(5),
            "条目{entry}的状态为{status}；只有已印发或已批准的条目可以调整",
            "entry {entry} is {status}; only what was issued or approved is amended";
        OtherIndustry { entry: CaseCode, industry: IndustryCode, found: IndustryCode } = "plan-other-industry", Article(5),
            "条目{entry}属于行业{industry}，不能改为{found}；其他行业的任务应另立条目",
            "entry {entry} is of industry {industry}, not {found}; another industry's task is another entry";
        NotIssued { document: FreeText } = "plan-not-issued", Article(5),
            "本年度没有印发文号为{document}的计划；印发后方可公开",
            "no document {document} was issued for the year; it is publicised after that";
        PublicisedTwice { document: FreeText, place: FreeText } = "plan-publicised-twice", Article(5),
            "{document}已在{place}公开",
            "{document} is publicised on {place} already";
    }
}

/// How far an entry has come.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Status {
    /// Waits for its review.
    Proposed,
    /// Taken back by the department.
    Withdrawn,
    /// Sent back by the joint office.
    Returned,
    /// Waits for the plan to be issued.
    Accepted,
    /// Part of another entry.
    Merged(CaseCode),
    /// Issued, or approved ad hoc, on this day.
    InForce(Date),
}

impl Status {
    /// The word for it.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Proposed => "proposed",
            Self::Withdrawn => "withdrawn",
            Self::Returned => "returned",
            Self::Accepted => "accepted",
            Self::Merged(_) => "merged",
            Self::InForce(_) => "in-force",
        }
    }
}

/// A year's plan.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AnnualPlan {
    /// The entries with how far each has come.
    pub entries: ById<CaseCode, (Entry, Status)>,
    /// The documents issued, with their days: the plan, supplements and amendments.
    pub documents: ById<FreeText, Date>,
    /// Where each document was publicised, with the day.
    pub publicised: ById<FreeText, ById<FreeText, Date>>,
}

impl AnnualPlan {
    /// The entry of a number, if a scheme can rest on it.
    pub fn in_force(&self, entry: &CaseCode) -> Option<&Entry> {
        match self.entries.get(entry) {
            Some((entry, Status::InForce(_))) => Some(entry),
            _ => None,
        }
    }

    /// The proposals that wait for their review.
    pub fn unreviewed(&self) -> impl Iterator<Item = &Entry> {
        let waiting = self.entries.values().filter(|(_, status)| *status == Status::Proposed);
        waiting.map(|(entry, _)| entry)
    }

    /// The documents issued that were not publicised anywhere yet.
    pub fn unpublicised(&self) -> impl Iterator<Item = &FreeText> {
        self.documents.keys().filter(|document| !self.publicised.contains_key(*document))
    }

    /// Takes over what happened to it.
    pub(crate) fn apply(&mut self, event: &PlanEvent, stamp: &Stamp) {
        let day = stamp.effective;
        match event {
            PlanEvent::Proposed(proposed) => self.put(&proposed.entry, Status::Proposed),
            PlanEvent::Withdrawn(withdrawn) => self.set(&withdrawn.entry, Status::Withdrawn),
            PlanEvent::Reviewed(Reviewed { entry, verdict: Verdict::Accepted }) => {
                self.set(entry, Status::Accepted);
            }
            PlanEvent::Reviewed(Reviewed { entry, .. }) => self.set(entry, Status::Returned),
            PlanEvent::Merged(Merged { entries, into }) => {
                for entry in entries {
                    self.set(entry, Status::Merged(into.id.clone()));
                }
                self.put(into, Status::Accepted);
            }
            PlanEvent::Issued(Issued { document, entries }) => {
                for entry in entries {
                    self.set(entry, Status::InForce(day));
                }
                self.documents.insert(document.clone(), day);
            }
            PlanEvent::Amended(Amended { document, entry, .. }) => {
                self.put(entry, Status::InForce(day));
                self.documents.insert(document.clone(), day);
            }
            PlanEvent::Publicised(Publicised { document, place }) => {
                let places = self.publicised.get_or_default(document.clone());
                places.insert(place.clone(), day);
            }
            PlanEvent::AdHocApproved(approved) => self.put(&approved.entry, Status::InForce(day)),
        }
    }

    fn put(&mut self, entry: &Entry, status: Status) {
        self.entries.insert(entry.id.clone(), (entry.clone(), status));
    }

    fn set(&mut self, entry: &CaseCode, status: Status) {
        if let Some((_, found)) = self.entries.get_mut(entry) {
            *found = status;
        }
    }
}

impl World {
    /// The industries of the joint list on a day, with the department that leads each, for which nothing stands in the
    /// year's plan yet.
    pub fn not_proposed<'a>(
        &'a self,
        year: &PlanYear,
        day: Date,
    ) -> impl Iterator<Item = (&'a CaseCode, &'a DepartmentId)> + use<'a> {
        let plan = self.plans.get(year.as_str());
        let planned = move |industry: &CaseCode| {
            plan.is_some_and(|plan| {
                plan.entries.values().any(|(entry, status)| {
                    entry.industry.as_str() == industry.as_str()
                        && !matches!(status, Status::Withdrawn | Status::Returned)
                })
            })
        };
        self.joint_lists.iter().filter_map(move |(industry, list)| {
            let lead = &list.on(day)?.lead;
            (!planned(industry)).then_some((industry, lead))
        })
    }
}

/// The case of a year.
pub fn case(year: &PlanYear) -> CaseId {
    CaseId { kind: CaseKind::AnnualPlan, id: year.as_code().clone() }
}
