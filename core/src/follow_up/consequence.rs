//! What rectifications, listings and penalties have in common: the results from which they follow, the ruling by which
//! they take effect, and their end.

use crate::actor::{Role, with_keepers};
use crate::case::{CaseId, Context};
use crate::citation::Basis;
use crate::code::{CaseCode, DepartmentId, ItemId};
use crate::date::Date;
use crate::draw::announcement::FreeText;
use crate::publication::Finding;
use crate::refusal::{Refusal, refusals};
use crate::result::InspectionResult;
use alloc::collections::BTreeSet;
use alloc::vec::Vec;
use core::fmt;
use serde::{Deserialize, Serialize};

/// The negative results of an inspection from which something follows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Found {
    /// The inspection.
    pub inspection: CaseCode,
    /// The items, at least one.
    pub items: BTreeSet<ItemId>,
}

/// What a body has decided about a target.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Ruling {
    /// The deciding body.
    pub body: DepartmentId,
    /// The number of its document.
    pub document: Option<FreeText>,
    /// The day on which it takes effect, whenever it is recorded.
    pub from: Date,
    /// The platforms where it is shown, such as 信用中国（河南）.
    pub shown: BTreeSet<FreeText>,
}

/// How something that was ruled ends.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Ended {
    /// How.
    pub cause: EndCause,
    /// The number of the document; what runs out by itself has none.
    pub document: Option<FreeText>,
    /// The day on which it ends: the first one without it, which may lie ahead.
    pub on: Date,
}

/// How something that was ruled ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum EndCause {
    /// 移出: off the list, or unmarked.
    Removed,
    /// 停止公示.
    Stopped,
    /// 撤销.
    Annulled,
    /// 期满.
    RunOut,
}

impl fmt::Display for EndCause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Removed => "removed",
            Self::Stopped => "stopped",
            Self::Annulled => "annulled",
            Self::RunOut => "run-out",
        })
    }
}

refusals! {
    /// What is refused of everything that follows from a result.
    ConsequenceRefusal {
        OfNothing { inspection: CaseCode } = "follow-up-of-nothing", Article(22),
            "没有写明检查{inspection}的任何事项；处理措施应针对有问题的事项",
            "no item of inspection {inspection} is named; what follows does so from an item with a problem";
        NotNegative { item: ItemId, result: InspectionResult } = "follow-up-not-negative", Article(22),
            "事项{item}的结果“{result}”没有问题；处理措施应针对有问题的事项",
            "item {item} has the result \"{result}\", which is no problem; what follows does so from an item with a problem";
        NoDocument { case: CaseId } = "consequence-without-document", Article(12),
            "{case}没有写明决定文书编号；失信信息依作出决定的机关的文书记录",
            "{case} names no document; a consequence is recorded with the number of the deciding body's document";
        EndsBeforeItBegins { case: CaseId, on: Date, from: Date } = "consequence-end-before-begin", Article(12),
            "{case}自{from}起生效，不得于{on}终止；终止日应为当日或以后",
            "{case} takes effect on {from} and cannot end on {on}; it ends then or later";
        EndedAlready { case: CaseId, on: Date } = "consequence-ended-already", Article(12),
            "{case}已于{on}终止；新的决定应另行记录",
            "{case} has ended on {on}; another ruling is a case of its own";
        OtherEnd { case: CaseId, cause: EndCause } = "consequence-other-end", Article(25),
            "{case}不以{cause}终止；名录移出或撤销，处罚信息停止公示、撤销或期满",
            "{case} does not end as {cause}; listings are removed or annulled, penalties are stopped, annulled or run out";
    }
}

impl Found {
    /// Whether an item's result is among them.
    pub fn covers(&self, inspection: &CaseCode, item: &ItemId) -> bool {
        self.inspection == *inspection && self.items.contains(item)
    }

    /// The findings, each negative.
    pub(super) fn findings<'a>(
        &self,
        context: &Context<'a>,
    ) -> Result<Vec<(&ItemId, Finding<'a>)>, Refusal> {
        if self.items.is_empty() {
            let inspection = self.inspection.clone();
            return Err(ConsequenceRefusal::OfNothing { inspection }.into());
        }
        let finding = |item| {
            let finding = context.world.finding(&self.inspection, item)?;
            match finding.negative {
                true => Ok((item, finding)),
                false => {
                    let (item, result) = (ItemId::clone(item), finding.result);
                    Err(ConsequenceRefusal::NotNegative { item, result }.into())
                }
            }
        };
        self.items.iter().map(finding).collect()
    }
}

impl Ruling {
    /// Each body records its own rulings, and the platform those of bodies that work elsewhere.
    pub(super) fn check(&self, case: CaseId, context: &Context<'_>) -> Result<(), Refusal> {
        let basis = Basis::Article(12);
        context.acts_for(&self.body, &with_keepers([Role::Platform]), basis)?;
        match self.document {
            Some(_) => Ok(()),
            None => Err(ConsequenceRefusal::NoDocument { case }.into()),
        }
    }

    /// Whether what was ruled can end in this way, which it has not yet.
    pub(super) fn check_end(
        &self,
        end: &Ended,
        before: Option<&Ended>,
        causes: &[EndCause],
        case: CaseId,
        context: &Context<'_>,
    ) -> Result<(), Refusal> {
        let basis = Basis::Article(12);
        context.acts_for(&self.body, &with_keepers([Role::Platform]), basis)?;
        let Ended { cause, document, on } = end;
        if let Some(before) = before {
            return Err(ConsequenceRefusal::EndedAlready { case, on: before.on }.into());
        }
        if !causes.contains(cause) {
            return Err(ConsequenceRefusal::OtherEnd { case, cause: *cause }.into());
        }
        if document.is_none() && *cause != EndCause::RunOut {
            return Err(ConsequenceRefusal::NoDocument { case }.into());
        }
        if *on < self.from {
            return Err(
                ConsequenceRefusal::EndsBeforeItBegins { case, on: *on, from: self.from }.into()
            );
        }
        Ok(())
    }

    /// Whether it is in effect on a day.
    pub fn in_effect(&self, ended: Option<&Ended>, day: Date) -> bool {
        self.from <= day && ended.is_none_or(|ended| day < ended.on)
    }
}
