//! Something that somebody has to do, by when, and why.

use super::View;
use crate::actor::Role;
use crate::calendar::{Certainty, Deadline};
use crate::case::CaseId;
use crate::citation::Basis;
use crate::code::{CaseCode, DepartmentId, IndustryCode, ItemId};
use crate::date::Date;
use crate::explain::{Lang, Said};
use crate::ledger::Cited;
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::cmp::Ordering;
use serde::Serialize;

/// Lists what can be owed once: stable code, the article, and what it is in words.
macro_rules! acts {
    ($($(#[$doc:meta])* $act:ident = $article:literal, $zh:literal, $en:literal;)*) => {
        /// What somebody has to do.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
        #[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
        #[serde(rename_all = "kebab-case")]
        pub enum Act {
            $($(#[$doc])* $act,)*
        }

        impl Act {
            /// The article by which it is owed.
            pub const fn basis(self) -> Basis {
                match self {
                    $(Self::$act => Basis::Article($article),)*
                }
            }

            /// What it is.
            pub const fn label(self, lang: Lang) -> &'static str {
                match self {
                    $(Self::$act => lang.pick($zh, $en),)*
                }
            }
        }
    };
}

acts! {
    /// The lead department proposes the year's task of an industry.
    ProposeTask = 5, "报送年度抽查计划", "propose the year's task";
    /// A department called answers.
    AnswerCall = 6, "响应吹哨", "answer the call";
    /// The owner of a resolution carries it out.
    CarryOutResolution = 7, "办结会商决议", "carry out the resolution";
    /// Whoever leads a clue assigns it to a department.
    AssignClue = 11, "分办线索", "assign the clue";
    /// A department accepts a clue or hands it on.
    AcceptClue = 11, "接收或转办线索", "accept the clue or hand it on";
    /// A department investigates a clue.
    InvestigateClue = 11, "查处线索", "investigate the clue";
    /// A department concludes its part of a clue.
    ConcludeClue = 11, "办结线索", "conclude its part of the clue";
    /// Whoever leads a clue closes it.
    CloseClue = 11, "关闭各部门均已办结的线索", "close the clue, which all have concluded";
    /// The initiator has the inspections of targets drawn take place within the scheme's window.
    OpenInspections = 17, "对抽中的对象组织检查", "open the inspections of targets drawn";
    /// The team inspects within the scheme's window.
    Inspect = 17, "在方案时间内检查", "inspect within the scheme's window";
    /// A department enters and publishes a result.
    EnterResult = 21, "录入并公示结果", "enter and publish the result";
    /// A department publishes what it has entered.
    PublishResult = 21, "公示已录入的结果", "publish the result entered";
    /// A department checks what it has ordered to be corrected.
    Recheck = 22, "复查责令改正的问题", "check whether the problem is corrected";
    /// A department extends or refers what the re-check found uncorrected.
    DealWithUncorrected = 22, "对复查未改正的延期或移送", "extend or refer what was not corrected";
    /// An investigation is concluded before the publicity of the result ends, which does not wait for it.
    ConcludeInvestigation = 25, "在停止公示前办结调查处理", "conclude the investigation before the publicity ends";
}

/// What of a case is meant.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Part {
    /// The department to which a clue is to be assigned.
    Department(DepartmentId),
    /// An industry of the year's plan.
    Industry(IndustryCode),
    /// An item of an inspection.
    Item(ItemId),
    /// A resolution of a conference.
    Resolution(CaseCode),
    /// So many targets of a scheme.
    Targets(u64),
}

impl Part {
    fn in_words(&self, lang: Lang) -> String {
        match (self, lang) {
            (Self::Department(department), Lang::Zh) => format!("部门{department}"),
            (Self::Department(department), Lang::En) => format!("department {department}"),
            (Self::Industry(industry), Lang::Zh) => format!("行业{industry}"),
            (Self::Industry(industry), Lang::En) => format!("industry {industry}"),
            (Self::Item(item), Lang::Zh) => format!("事项{item}"),
            (Self::Item(item), Lang::En) => format!("item {item}"),
            (Self::Resolution(resolution), Lang::Zh) => format!("决议{resolution}"),
            (Self::Resolution(resolution), Lang::En) => format!("resolution {resolution}"),
            (Self::Targets(count), Lang::Zh) => format!("{count}个对象"),
            (Self::Targets(count), Lang::En) => format!("{count} targets"),
        }
    }
}

/// How a duty stands to its last day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Standing {
    /// There is time, or no last day.
    Open,
    /// It is the last day.
    DueToday,
    /// The last day is over.
    Overdue,
}

impl Standing {
    fn on(day: Date, due: Option<Date>) -> Self {
        match due {
            Some(due) if due < day => Self::Overdue,
            Some(due) if due == day => Self::DueToday,
            _ => Self::Open,
        }
    }
}

/// Something that somebody has to do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Duty {
    /// What.
    pub act: Act,
    /// By which article.
    pub basis: Cited,
    /// The case.
    pub case: CaseId,
    /// How sure the last day is. A date that somebody has set is firm.
    pub certainty: Option<Certainty>,
    /// How a period of working days is counted, where that was asked for.
    pub count: Option<Count>,
    /// Who has to act; none for the joint office.
    pub department: Option<DepartmentId>,
    /// The last day, where there is one.
    pub due: Option<Date>,
    /// The inspection that it is about, if it is about one.
    pub inspection: Option<CaseCode>,
    /// What of the case is meant.
    pub part: Option<Part>,
    /// All of it as a sentence.
    pub said: Said,
    /// How it stands to its last day.
    pub standing: Standing,
}

/// A period of working days, day by day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Count {
    /// Every day from the one after the start to the last.
    pub days: Vec<CountedDay>,
    /// The day of the event, which does not count.
    pub start: Date,
    /// How many working days.
    pub workdays: u16,
}

/// A day of a period.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct CountedDay {
    /// The day.
    pub date: Date,
    /// Its number among the working days, from 1; none when it is skipped.
    pub number: Option<u16>,
    /// Why it counts or not.
    pub reason: Said,
}

impl Duty {
    /// A duty without a last day.
    pub(super) fn new(act: Act, case: CaseId, department: Option<&DepartmentId>) -> Self {
        Self {
            act,
            basis: act.basis().into(),
            case,
            certainty: None,
            count: None,
            department: department.cloned(),
            due: None,
            inspection: None,
            part: None,
            said: Said::word(""),
            standing: Standing::Open,
        }
    }

    /// The same until a day that somebody has set.
    pub(super) fn until(self, due: Date) -> Self {
        Self { due: Some(due), certainty: Some(Certainty::Firm), ..self }
    }

    /// The same until the end of a period of working days.
    pub(super) fn within(self, deadline: &Deadline, counted: bool, view: &View<'_>) -> Self {
        let count = counted.then(|| Count::new(deadline, view));
        let (due, certainty) = (Some(deadline.last_day), Some(deadline.certainty));
        Self { due, certainty, count, ..self }
    }

    /// The same about a part of the case.
    pub(super) fn part(self, part: Part) -> Self {
        Self { part: Some(part), ..self }
    }

    /// The same about an inspection.
    pub(super) fn inspection(self, inspection: &CaseCode) -> Self {
        Self { inspection: Some(inspection.clone()), ..self }
    }

    /// The same as it stands on a day, with its sentence.
    pub(super) fn on(mut self, day: Date) -> Self {
        self.standing = Standing::on(day, self.due);
        self.said = Said::new(self.sentence(Lang::Zh), self.sentence(Lang::En));
        self
    }

    /// Whether it is a department's, where one is named.
    pub(super) fn is_of(&self, department: Option<&DepartmentId>) -> bool {
        department.is_none_or(|department| self.department.as_ref() == Some(department))
    }

    /// Whether it belongs to a case, or is about it, where one is named.
    pub(super) fn is_about(&self, case: Option<&CaseId>) -> bool {
        let about = |case: &CaseId| {
            self.case == *case
                || self.inspection.as_ref().is_some_and(|id| crate::inspection::case(id) == *case)
        };
        case.is_none_or(about)
    }

    /// By what duties are sorted: the last day first, those without one at the end.
    pub(super) fn order(&self, other: &Self) -> Ordering {
        self.place().cmp(&other.place())
    }

    fn place(&self) -> impl Ord {
        (self.due.unwrap_or(Date::MAX), &self.case, &self.part, &self.department)
    }

    fn sentence(&self, lang: Lang) -> String {
        let joint_office = Role::JointOffice.label(lang);
        let who = self.department.as_ref().map_or(joint_office, |department| department.as_str());
        let (what, case) = (self.act.label(lang), self.case.in_words(lang));
        let part =
            self.part.iter().map(|part| lang.pick("，", ", ").to_string() + &part.in_words(lang));
        let part: String = part.collect();
        let until = self.due.map(|due| self.last_day(due, lang)).unwrap_or_default();
        let late = self.standing == Standing::Overdue;
        let late = if late { lang.pick("，已逾期", ", and is late") } else { "" };
        match lang {
            Lang::Zh => format!("{who}应{until}{what}（{case}{part}）{late}"),
            Lang::En => format!("{who} has to {what}{until} ({case}{part}){late}"),
        }
    }

    fn last_day(&self, due: Date, lang: Lang) -> String {
        let provisional = matches!(self.certainty, Some(Certainty::Provisional { .. }));
        match (lang, provisional) {
            (Lang::Zh, false) => format!("在{due}前（含当日）"),
            (Lang::Zh, true) => format!("在{due}前（含当日，放假通知尚不掌握，暂定）"),
            (Lang::En, false) => format!(" by {due}"),
            (Lang::En, true) => {
                format!(" by {due}, a provisional day before the year's notice is known")
            }
        }
    }
}

impl Count {
    fn new(deadline: &Deadline, view: &View<'_>) -> Self {
        let days = view.calendar.explain(deadline).map(|day| CountedDay {
            date: day.date,
            number: day.number,
            reason: Said::new(day.reason.in_words(Lang::Zh), day.reason.in_words(Lang::En)),
        });
        Self { days: days.collect(), start: deadline.start, workdays: deadline.workdays }
    }
}
