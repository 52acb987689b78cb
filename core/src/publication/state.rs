//! What is recorded of the results of an inspection.

use super::{
    Ceased, CorrectionOrder, Entered, Inherited, Period, PublicationEvent, PublishedNow, Timeliness,
};
use crate::by_id::ById;
use crate::case::Stamp;
use crate::code::{DepartmentId, ItemId, TargetId};
use crate::date::Date;
use crate::draw::announcement::FreeText;
use crate::hash::Digest;
use crate::result::InspectionResult;
use alloc::vec::Vec;
use serde::{Deserialize, Serialize};

/// The results of an inspection, item by item.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Publication {
    /// What was entered or brought in.
    pub items: ById<ItemId, Published>,
    /// The target.
    pub target: TargetId,
}

/// The result of an item, from its entry on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Published {
    /// That its stop is recorded. What the public sees does not depend on it.
    pub ceased: Option<Ceased>,
    /// The department whose item it is.
    pub department: DepartmentId,
    /// How it came in.
    pub origin: Origin,
    /// The statutory period of branch A, once the department has given it.
    pub period: Option<Period>,
    /// What is or was public, the first version first; none before it is published.
    pub versions: Vec<Version>,
}

/// How a result came in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Origin {
    /// It was entered into the provincial platform.
    Entered {
        /// On that day.
        on: Date,
        /// The platform's receipt.
        receipt: FreeText,
        /// In time or late.
        timeliness: Timeliness,
    },
    /// It is from before the regulation.
    Inherited {
        /// Where it was found.
        source: FreeText,
    },
}

/// A version of a published result.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Version {
    /// Whether it speaks against the target.
    pub negative: bool,
    /// The order of the correction; none for the first version.
    pub order: Option<CorrectionOrder>,
    /// The day from which it is public.
    pub published: Date,
    /// The result.
    pub result: InspectionResult,
    /// Salted digest of its text, where it has one.
    pub text: Option<Digest>,
    /// In time or late; none for corrections and for what was inherited.
    pub timeliness: Option<Timeliness>,
}

impl Published {
    /// The version that holds on a day.
    pub fn version(&self, day: Date) -> Option<&Version> {
        self.until(day).last()
    }

    /// The day since which the result speaks against the target without a break, as it was on that day.
    pub(super) fn negative_since(&self, day: Date) -> Option<Date> {
        let negative = self.until(day).iter().rev().take_while(|version| version.negative);
        negative.last().map(|version| version.published)
    }

    /// The versions up to a day; each one begins on the day of the one before or later.
    fn until(&self, day: Date) -> &[Version] {
        let count = self.versions.partition_point(|version| version.published <= day);
        self.versions.get(..count).unwrap_or_default()
    }

    fn entered(event: &Entered, stamp: &Stamp) -> Self {
        let Entered { department, receipt, timeliness, .. } = event;
        let on = stamp.effective;
        let origin = Origin::Entered { on, receipt: receipt.clone(), timeliness: *timeliness };
        Self {
            ceased: None,
            department: department.clone(),
            origin,
            period: None,
            versions: [].into(),
        }
    }

    fn inherited(event: &Inherited) -> Self {
        let Inherited { department, negative, published, result, source, text, .. } = event;
        let version = Version {
            negative: result.negative(*negative).unwrap_or_default(),
            order: None,
            published: *published,
            result: *result,
            text: *text,
            timeliness: None,
        };
        Self {
            ceased: None,
            department: department.clone(),
            origin: Origin::Inherited { source: source.clone() },
            period: None,
            versions: [version].into(),
        }
    }
}

impl Version {
    fn first(event: &PublishedNow, stamp: &Stamp) -> Self {
        Self {
            negative: event.negative,
            order: None,
            published: stamp.effective,
            result: event.result,
            text: event.text,
            timeliness: Some(event.timeliness),
        }
    }
}

impl Publication {
    /// Takes over what happened to it. Gives it where it begins with that.
    pub(crate) fn apply(
        case: Option<&mut Self>,
        event: &PublicationEvent,
        stamp: &Stamp,
    ) -> Option<Self> {
        let (item, published, target) = match event {
            PublicationEvent::Entered(event) => {
                (&event.item, Published::entered(event, stamp), &event.target)
            }
            PublicationEvent::Inherited(event) => {
                (&event.item, Published::inherited(event), &event.target)
            }
            event => {
                if let Some(case) = case {
                    case.change(event, stamp);
                }
                return None;
            }
        };
        let Some(case) = case else {
            let items = [(item.clone(), published)].into();
            return Some(Self { items, target: target.clone() });
        };
        case.items.insert(item.clone(), published);
        None
    }

    fn change(&mut self, event: &PublicationEvent, stamp: &Stamp) {
        use PublicationEvent as E;
        let item = match event {
            E::Published(PublishedNow { item, .. }) | E::Ceased(Ceased { item, .. }) => item,
            E::Corrected(corrected) => &corrected.item,
            E::PeriodSet(set) => &set.item,
            E::Entered(_) | E::Inherited(_) => return,
        };
        let Some(published) = self.items.get_mut(item) else { return };
        match event {
            E::Published(event) => published.versions.push(Version::first(event, stamp)),
            E::Corrected(event) => published.versions.push(Version {
                negative: event.negative,
                order: Some(event.order.clone()),
                published: stamp.effective,
                result: event.result,
                text: event.text,
                timeliness: None,
            }),
            E::PeriodSet(event) => published.period = Some(event.period.clone()),
            E::Ceased(event) => published.ceased = Some(event.clone()),
            E::Entered(_) | E::Inherited(_) => {}
        }
    }
}
