//! All cases of a district that are loaded, and the one way to change them.

use crate::archive::{self, Dossier};
use crate::by_id::ById;
use crate::calendar::Calendar;
use crate::case::{CaseId, CaseKind, Context, Fact, Stamp};
use crate::cases::Cases;
use crate::code::{CaseCode, SchemeId};
use crate::disclosure::{self, Disclosure};
use crate::drawing::{self, Drawing, Files};
use crate::edition::Edition;
use crate::event::{Command, Event};
use crate::follow_up::clue::{self, Clue};
use crate::follow_up::{
    closing::{self, Closing},
    listing::{self, Listing},
    penalty::{self, Penalty},
    rectification::{self, Rectification},
    sanction::{self, Sanction},
};
use crate::inspection::{self, Inspections};
use crate::ledger::Entry;
use crate::order::gather;
use crate::oversight::training::{self, Training};
use crate::oversight::warning::{self, Warning, Watch};
use crate::plan::annual::{self, AnnualPlan};
use crate::plan::call::{self, Call};
use crate::plan::conference::{self, Conference};
use crate::plan::joint_list::{self, JointList};
use crate::plan::scheme::{self, Scheme};
use crate::publication::{self, Publication};
use crate::refusal::{Common, Refusal};
use crate::register::{Registers, guide, inspector, item, target};
use crate::sharing::{self, Sharing};
use crate::withholding::{self, Withholding};
use alloc::collections::BTreeSet;
use alloc::vec::Vec;
use core::borrow::Borrow;
use serde::{Deserialize, Serialize};

/// The cases, by kind and number.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct World {
    /// Conferences: article 7.
    pub conferences: ById<CaseCode, Conference>,
    /// Items, targets, inspectors and guides: articles 13 to 16.
    pub registers: Registers,
    /// What is shared: article 8.
    pub sharing: Sharing,
    /// Who was shown which data: article 26.
    pub disclosures: Cases<Disclosure>,
    /// What is kept from publication: article 3.
    pub withholdings: ById<CaseCode, Withholding>,
    /// Guidance and training: article 27.
    pub trainings: ById<CaseCode, Training>,
    /// Dossiers: article 24.
    pub dossiers: Cases<Dossier>,
    /// The joint list, industry by industry: article 3.
    pub joint_lists: ById<CaseCode, JointList>,
    /// Annual plans by year: article 5.
    pub plans: ById<CaseCode, AnnualPlan>,
    /// Clues: article 11.
    pub clues: ById<CaseCode, Clue>,
    /// Indicators, by industry: article 9.
    pub indicators: ById<CaseCode, Watch>,
    /// Warnings: article 9.
    pub warnings: ById<CaseCode, Warning>,
    /// Schemes: article 17.
    pub schemes: ById<SchemeId, Scheme>,
    /// Calls: article 6.
    pub calls: ById<CaseCode, Call>,
    /// Draws and matchings: articles 18, 19.
    pub drawings: ById<SchemeId, Drawing>,
    /// Inspections: articles 19, 20.
    pub inspections: Inspections,
    /// Results and their publicity: articles 21, 25.
    pub publications: Cases<Publication>,
    /// Rectifications: article 22.
    pub rectifications: ById<CaseCode, Rectification>,
    /// Listings: article 23.
    pub listings: ById<CaseCode, Listing>,
    /// Penalties: article 12.
    pub penalties: ById<CaseCode, Penalty>,
    /// Joint sanctions: article 12.
    pub sanctions: ById<CaseCode, Sanction>,
    /// Closed inspections: article 22.
    pub closings: Cases<Closing>,
    /// The files of draws that the host has fed; no part of the state.
    #[serde(skip)]
    pub files: Files,
}

impl World {
    /// Decides a command: the facts that it makes, or why it is refused. Nothing is changed.
    ///
    /// # Errors
    /// A [`Refusal`]. Whatever the command, an act outside of the edition's days (article 28) and one by an
    /// actor whose role and department do not fit (article 4) are refused.
    pub fn decide(
        &self,
        command: &Command,
        stamp: &Stamp,
        edition: &Edition,
        calendar: &Calendar,
    ) -> Result<Vec<Fact>, Refusal> {
        edition.check(stamp.effective)?;
        let role = stamp.actor.role;
        if role.has_department() != stamp.actor.department.is_some() {
            return Err(Common::NoDepartment { role }.into());
        }
        let context = &Context { stamp, edition, calendar, world: self };
        match command {
            Command::Conference(command) => conference::decide(command, context),
            Command::JointList(command) => joint_list::decide(command, context),
            Command::AnnualPlan(command) => annual::decide(command, context),
            Command::Clue(command) => clue::decide(command, context),
            Command::Indicator(command) => warning::decide_indicator(command, context),
            Command::Warning(command) => warning::decide(command, context),
            Command::Item(command) => item::decide(command, context),
            Command::Target(command) => target::decide(command, context),
            Command::Inspector(command) => inspector::decide(command, context),
            Command::Guide(command) => guide::decide(command, context),
            Command::Scheme(command) => scheme::decide(command, context),
            Command::Call(command) => call::decide(command, context),
            Command::Drawing(command) => drawing::decide(command, context),
            Command::Inspection(command) => inspection::decide(command, context),
            Command::Sharing(command) => sharing::decide(command, context),
            Command::Disclosure(command) => disclosure::decide(command, context),
            Command::Withholding(command) => withholding::decide(command, context),
            Command::Training(command) => training::decide(command, context),
            Command::Dossier(command) => archive::decide(command, context),
            Command::Publication(command) => publication::decide(command, context),
            Command::Rectification(command) => rectification::decide(command, context),
            Command::Listing(command) => listing::decide(command, context),
            Command::Penalty(command) => penalty::decide(command, context),
            Command::Sanction(command) => sanction::decide(command, context),
            Command::Closing(command) => closing::decide(command, context),
        }
    }

    /// Takes over an entry of the ledger.
    pub(crate) fn take_over(&mut self, entry: &Entry) {
        self.change(&entry.case.id, &entry.event, &entry.stamp());
    }

    /// Takes a fact over.
    pub fn apply(&mut self, fact: &Fact, stamp: &Stamp) {
        self.change(&fact.case.id, &fact.event, stamp);
    }

    fn change(&mut self, id: &CaseCode, event: &Event, stamp: &Stamp) {
        match event {
            Event::Conference(event) => {
                change(&mut self.conferences, id, |case| Conference::apply(case, event, stamp));
            }
            Event::JointList(event) => {
                self.joint_lists.get_or_default(id.clone()).apply(event, stamp);
            }
            Event::AnnualPlan(event) => {
                self.plans.get_or_default(id.clone()).apply(event, stamp);
            }
            Event::Clue(event) => {
                change(&mut self.clues, id, |case| Clue::apply(case, event, stamp));
            }
            Event::Indicator(event) => {
                self.indicators.get_or_default(id.clone()).apply(event, stamp);
            }
            Event::Warning(event) => {
                change(&mut self.warnings, id, |case| Warning::apply(case, event, stamp));
            }
            Event::Item(event) => item::apply(&mut self.registers, event, stamp),
            Event::Target(event) => target::apply(&mut self.registers, event, stamp),
            Event::Inspector(event) => inspector::apply(&mut self.registers, event, stamp),
            Event::Guide(event) => guide::apply(&mut self.registers, id, event, stamp),
            Event::Scheme(event) => {
                let id = &SchemeId::from(id);
                change(&mut self.schemes, id, |case| Scheme::apply(case, event, stamp));
            }
            Event::Call(event) => {
                change(&mut self.calls, id, |case| Call::apply(case, event, stamp));
            }
            Event::Drawing(event) => {
                self.drawings.get_or_default(id.into()).apply(event, stamp);
            }
            Event::Inspection(event) => self.inspections.apply(id, event, stamp),
            Event::Sharing(event) => self.sharing.apply(id, event, stamp),
            Event::Disclosure(event) => {
                self.disclosures.change(id, |case| Disclosure::apply(case, event, stamp));
            }
            Event::Withholding(event) => {
                change(&mut self.withholdings, id, |case| Withholding::apply(case, event, stamp));
            }
            Event::Dossier(event) => {
                self.dossiers.change(id, |case| Dossier::apply(case, event, stamp));
            }
            Event::Training(event) => {
                change(&mut self.trainings, id, |case| Training::apply(case, event, stamp));
            }
            Event::Publication(event) => {
                self.publications.change(id, |case| Publication::apply(case, event, stamp));
            }
            Event::Rectification(event) => {
                change(&mut self.rectifications, id, |case| {
                    Rectification::apply(case, event, stamp)
                });
            }
            Event::Listing(event) => {
                change(&mut self.listings, id, |case| Listing::apply(case, event, stamp));
            }
            Event::Penalty(event) => {
                change(&mut self.penalties, id, |case| Penalty::apply(case, event, stamp));
            }
            Event::Sanction(event) => {
                change(&mut self.sanctions, id, |case| Sanction::apply(case, event, stamp));
            }
            Event::Closing(event) => {
                self.closings.change(id, |case| Closing::apply(case, event, stamp));
            }
        }
    }
}

impl World {
    /// The kinds of cases of which single ones can be loaded.
    pub(crate) const IN_PART: [CaseKind; 5] = [
        CaseKind::Closing,
        CaseKind::Disclosure,
        CaseKind::Dossier,
        CaseKind::Inspection,
        CaseKind::Publication,
    ];

    /// From now on, of the kinds that can be loaded in part nothing is known but what is named.
    pub(crate) fn keep_only(&mut self, named: &BTreeSet<CaseId>) {
        let of = |kind| -> BTreeSet<CaseCode> {
            gather(named.iter().filter(|case| case.kind == kind).map(|case| case.id.clone()))
        };
        self.closings.keep_only(of(CaseKind::Closing));
        self.disclosures.keep_only(of(CaseKind::Disclosure));
        self.dossiers.keep_only(of(CaseKind::Dossier));
        self.inspections.keep_only(of(CaseKind::Inspection));
        self.publications.keep_only(of(CaseKind::Publication));
    }

    /// A kind of which somebody has looked at a case that is not loaded, since the last time that this was asked.
    pub(crate) fn missed(&mut self) -> Option<CaseKind> {
        let missed = [
            self.closings.was_missed(),
            self.disclosures.was_missed(),
            self.dossiers.was_missed(),
            self.inspections.was_missed(),
            self.publications.was_missed(),
        ];
        Self::IN_PART.into_iter().zip(missed).find(|(_, missed)| *missed).map(|(kind, _)| kind)
    }
}

/// Changes a case, if it is there. What `apply` gives is a case that begins.
pub(crate) fn change<K: Borrow<str> + Clone, T>(
    cases: &mut ById<K, T>,
    id: &K,
    apply: impl FnOnce(Option<&mut T>) -> Option<T>,
) {
    let found = cases.get_mut(id.borrow());
    if let Some(begun) = apply(found) {
        cases.insert(id.clone(), begun);
    }
}
