//! What the cases know of a result, and what the public sees of it on a day.

use super::publicity::Link;
use super::{PublicationRefusal, Publicity, Published, Version, case};
use crate::code::{CaseCode, DepartmentId, ItemId, TargetId};
use crate::date::Date;
use crate::hash::Digest;
use crate::inspection;
use crate::refusal::{Common, Refusal};
use crate::result::InspectionResult;
use crate::world::World;
use alloc::collections::BTreeMap;
use alloc::vec::Vec;

/// What an item's inspection has come to: as it is public, or else as the team has recorded it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Finding<'a> {
    /// The department whose item it is.
    pub department: &'a DepartmentId,
    /// Whether it speaks against the target.
    pub negative: bool,
    /// The result.
    pub result: InspectionResult,
    /// The target.
    pub target: &'a TargetId,
    /// Salted digest of its text, where it has one.
    pub text: Option<Digest>,
}

/// A result that the public sees.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PublicItem<'a> {
    /// The department whose item it is.
    pub department: &'a DepartmentId,
    /// The inspection.
    pub inspection: &'a CaseCode,
    /// The item.
    pub item: &'a ItemId,
    /// The target.
    pub target: &'a TargetId,
    /// The version that is public.
    pub version: &'a Version,
}

/// A result that its department has to enter or to publish.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unpublished<'a> {
    /// The day on which the inspection was completed.
    pub completed: Date,
    /// The department whose item it is.
    pub department: &'a DepartmentId,
    /// Whether it is entered.
    pub entered: bool,
    /// The inspection.
    pub inspection: &'a CaseCode,
    /// The item.
    pub item: &'a ItemId,
}

type Index<'a> = BTreeMap<(&'a CaseCode, &'a ItemId), Vec<Link>>;

impl World {
    /// What an item's inspection has come to.
    ///
    /// # Errors
    /// The inspection is not known, or has no result for the item.
    pub fn finding(&self, id: &CaseCode, item: &ItemId) -> Result<Finding<'_>, Refusal> {
        if let Some((publication, published, version)) = self.last_version(id, item) {
            return Ok(Finding {
                department: &published.department,
                negative: version.negative,
                result: version.result,
                target: &publication.target,
                text: version.text,
            });
        }
        let inspection = self.inspection(id)?;
        match (inspection.assignment.items.get(item), inspection.records.get(item)) {
            (Some(department), Some(record)) => Ok(Finding {
                department,
                negative: record.negative,
                result: record.result,
                target: &inspection.target,
                text: record.text,
            }),
            _ => {
                let (inspection, item) = (id.clone(), item.clone());
                Err(PublicationRefusal::NoFinding { inspection, item }.into())
            }
        }
    }

    fn last_version(
        &self,
        id: &CaseCode,
        item: &ItemId,
    ) -> Option<(&super::Publication, &Published, &Version)> {
        let publication = self.publications.get(id)?;
        let published = publication.items.get(item)?;
        Some((publication, published, published.versions.last()?))
    }

    /// The department whose item it is, whether or not there is a result yet.
    pub(crate) fn item_department(
        &self,
        id: &CaseCode,
        item: &ItemId,
    ) -> Result<Option<&DepartmentId>, Common> {
        match self.published(id, item) {
            Some(published) => Ok(Some(&published.department)),
            None => Ok(self.inspection(id)?.assignment.items.get(item)),
        }
    }

    /// What is recorded of an item's result, once it is entered or brought in.
    pub fn published(&self, id: &CaseCode, item: &ItemId) -> Option<&Published> {
        self.publications.get(id)?.items.get(item)
    }

    /// The same where it is public, or was, on that day.
    pub(super) fn published_before(
        &self,
        id: &CaseCode,
        item: &ItemId,
        day: Date,
    ) -> Result<&Published, Refusal> {
        if !self.publications.contains_key(id) && !self.inspections.contains_key(id) {
            return Err(Common::NoSuchCase { case: case(id) }.into());
        }
        let published = self.published(id, item).filter(|p| p.version(day).is_some());
        let missing = || PublicationRefusal::NotPublished { item: item.clone(), day };
        Ok(published.ok_or_else(missing)?)
    }

    /// What keeps an item's result from publication on a day.
    pub fn item_withheld(&self, id: &CaseCode, item: &ItemId, day: Date) -> Option<&CaseCode> {
        let subject = inspection::case(id);
        let concerned = |of: &Option<ItemId>| of.as_ref().is_none_or(|of| of == item);
        let holds = self.withholdings.iter().find(|(_, withholding)| {
            withholding.holds(day)
                && withholding.withheld.subject == subject
                && concerned(&withholding.withheld.item)
        });
        holds.map(|(by, _)| by)
    }

    /// The listings and penalties linked to an item's result, other than minor ones.
    pub fn links(&self, id: &CaseCode, item: &ItemId) -> Vec<Link> {
        let linked =
            self.all_links().filter(|(inspection, of, _)| (*inspection, *of) == (id, item));
        linked.map(|(_, _, link)| link).collect()
    }

    fn all_links(&self) -> impl Iterator<Item = (&CaseCode, &ItemId, Link)> {
        let listings = self.listings.iter().filter_map(|(id, listing)| listing.link(id));
        let penalties = self.penalties.iter().filter_map(|(id, penalty)| penalty.link(id));
        listings.chain(penalties).flat_map(|(found, link)| {
            found.items.iter().map(move |item| (&found.inspection, item, link.clone()))
        })
    }

    /// Why an item's result is public on a day, or is not, and when or on what it stops.
    ///
    /// # Errors
    /// Neither the inspection nor a result of it is known.
    pub fn publicity(&self, id: &CaseCode, item: &ItemId, day: Date) -> Result<Publicity, Refusal> {
        let Some(published) = self.published(id, item) else {
            self.finding(id, item)?;
            return Ok(self.unless_withheld(id, item, Publicity::NotYet, day));
        };
        Ok(self.publicity_of(id, item, published, &self.links(id, item), day))
    }

    fn publicity_of(
        &self,
        id: &CaseCode,
        item: &ItemId,
        published: &Published,
        links: &[Link],
        day: Date,
    ) -> Publicity {
        self.unless_withheld(id, item, published.publicity(links, day), day)
    }

    /// What has stopped has done so, whether or not a law forbids it as well.
    fn unless_withheld(
        &self,
        id: &CaseCode,
        item: &ItemId,
        publicity: Publicity,
        day: Date,
    ) -> Publicity {
        let open = publicity.is_public() || publicity == Publicity::NotYet;
        match self.item_withheld(id, item, day).filter(|_| open) {
            Some(by) => Publicity::Withheld { by: by.clone() },
            None => publicity,
        }
    }

    /// Everything that the public sees on a day, whether or not anybody has recorded what stopped by then.
    pub fn public_record(&self, day: Date) -> impl Iterator<Item = PublicItem<'_>> {
        let mut index = Index::new();
        for (inspection, item, link) in self.all_links() {
            index.entry((inspection, item)).or_default().push(link);
        }
        let items = self.publications.iter().flat_map(|(inspection, publication)| {
            publication
                .items
                .iter()
                .map(move |(item, published)| (inspection, item, &publication.target, published))
        });
        items.filter_map(move |(inspection, item, target, published)| {
            let version = published.version(day)?;
            let links = index.get(&(inspection, item)).map_or(&[][..], Vec::as_slice);
            let publicity = self.publicity_of(inspection, item, published, links, day);
            let department = &published.department;
            publicity.is_public().then_some(PublicItem {
                department,
                inspection,
                item,
                target,
                version,
            })
        })
    }

    /// The results of completed inspections that are neither public nor withheld on a day.
    pub fn unpublished(&self, day: Date) -> impl Iterator<Item = Unpublished<'_>> {
        self.inspections.keys().flat_map(move |id| self.unpublished_of(id, day))
    }

    /// Those of one inspection.
    pub fn unpublished_of(
        &self,
        id: &CaseCode,
        day: Date,
    ) -> impl Iterator<Item = Unpublished<'_>> + use<'_> {
        let completed = self.inspections.get_key_value(id).and_then(|(inspection, case)| {
            let completed = case.completed.filter(|completed| *completed <= day)?;
            Some((inspection, case, completed))
        });
        completed.into_iter().flat_map(move |(inspection, case, completed)| {
            case.records.keys().filter_map(move |item| {
                let published = self.published(inspection, item);
                let public = published.is_some_and(|published| published.version(day).is_some());
                let withheld = self.item_withheld(inspection, item, day).is_some();
                let department = case.assignment.items.get(item)?;
                let entered = published.is_some();
                (!public && !withheld).then_some(Unpublished {
                    completed,
                    department,
                    entered,
                    inspection,
                    item,
                })
            })
        })
    }

    /// The results whose statutory period ends from `day` to `until` while their investigation is still open, with the
    /// last day of each. Article 25 lets the publicity stop all the same, so somebody has to know before.
    pub fn investigations_ending(
        &self,
        day: Date,
        until: Date,
    ) -> impl Iterator<Item = (PublicItem<'_>, Date)> {
        self.public_record(day).filter_map(move |public| {
            let published = self.published(public.inspection, public.item)?;
            let links = self.links(public.inspection, public.item);
            match published.publicity(&links, day) {
                Publicity::UntilPeriodEnds { last_day }
                    if last_day <= until
                        && self.investigating(public.inspection, public.item, day) =>
                {
                    Some((public, last_day))
                }
                _ => None,
            }
        })
    }
}
