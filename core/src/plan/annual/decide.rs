//! The rules of the annual plan.

use super::*;
use crate::actor::Role;
use crate::case::{Context, Fact};
use crate::citation::Basis;
use crate::edition::{Edition, OutsideEdition};
use crate::order::gather;
use crate::oversight::frequency;
use crate::refusal::{Common, Refusal};
use alloc::collections::BTreeSet;

const ART: Basis = Basis::Article(5);

/// A plan that nobody has proposed anything for.
static NOTHING: AnnualPlan =
    AnnualPlan { entries: ById::new(), documents: ById::new(), publicised: ById::new() };

pub(crate) fn decide(command: &PlanCommand, context: &Context<'_>) -> Result<Vec<Fact>, Refusal> {
    match command {
        PlanCommand::Propose { entry, year } => propose(entry, year, context),
        PlanCommand::Withdraw { entry, year } => withdraw(entry, year, context),
        PlanCommand::Review { reviewed, year } => review(reviewed, year, context),
        PlanCommand::Merge { merged, year } => merge(merged, year, context),
        PlanCommand::Issue { document, year } => issue(document, year, context),
        PlanCommand::Amend { amended, year } => amend(amended, year, context),
        PlanCommand::Publicise { publicised, year } => publicise(publicised, year, context),
        PlanCommand::ApproveAdHoc { approved, year } => approve_ad_hoc(approved, year, context),
    }
}

/// The last day on which a proposal for the year is in time; nothing when that day came before the regulation, so that
/// nobody could owe it (our decision `first-plan-year`).
///
/// # Errors
/// [`OutsideEdition`] when the edition has no rule on `day`, that of the act or question.
pub fn due(year: &PlanYear, edition: &Edition, day: Date) -> Result<Option<Date>, OutsideEdition> {
    let month = edition.value(|edition| &edition.plan_due_month, day)?.value;
    Ok(year.month_end(month).filter(|&due| due >= edition.from))
}

fn propose(entry: &Entry, year: &PlanYear, context: &Context<'_>) -> Result<Vec<Fact>, Refusal> {
    context.acts_for(&entry.department, &[Role::Officer, Role::DepartmentHead], ART)?;
    check_entry(entry, year, context)?;
    match plan(year, context).entries.get(&entry.id) {
        Some((earlier, Status::Returned | Status::Withdrawn))
            if earlier.department == entry.department => {}
        Some(_) => return Err(PlanRefusal::EntryExists { entry: entry.id.clone() }.into()),
        None => {}
    }
    let due = due(year, context.edition, context.day())?;
    let days_late = due.and_then(|due| u32::try_from(context.day().days() - due.days()).ok());
    let days_late = days_late.filter(|&days| days > 0);
    fact(year, PlanEvent::Proposed(Proposed { days_late, due, entry: entry.clone() }))
}

fn withdraw(id: &CaseCode, year: &PlanYear, context: &Context<'_>) -> Result<Vec<Fact>, Refusal> {
    let (entry, status) = entry(id, year, context)?;
    context.acts_for(&entry.department, &[Role::Officer, Role::DepartmentHead], ART)?;
    waits(id, status)?;
    fact(year, PlanEvent::Withdrawn(Withdrawn { entry: id.clone() }))
}

fn review(
    reviewed: &Reviewed,
    year: &PlanYear,
    context: &Context<'_>,
) -> Result<Vec<Fact>, Refusal> {
    context.role(&[Role::JointOffice], ART)?;
    let (_, status) = entry(&reviewed.entry, year, context)?;
    waits(&reviewed.entry, status)?;
    fact(year, PlanEvent::Reviewed(reviewed.clone()))
}

fn merge(merged: &Merged, year: &PlanYear, context: &Context<'_>) -> Result<Vec<Fact>, Refusal> {
    context.role(&[Role::JointOffice], ART)?;
    let Merged { entries, into } = merged;
    let different: BTreeSet<&CaseCode> = gather(entries);
    if different.len() < 2 || different.len() < entries.len() {
        return Err(PlanRefusal::MergeOfOne { entry: into.id.clone() }.into());
    }
    for id in entries {
        let (_, status) = entry(id, year, context)?;
        if *status != Status::Accepted {
            let status = status.code();
            return Err(PlanRefusal::NotAccepted { entry: id.clone(), status }.into());
        }
    }
    is_new(into, year, context)?;
    check_entry(into, year, context)?;
    fact(year, PlanEvent::Merged(merged.clone()))
}

fn issue(
    document: &FreeText,
    year: &PlanYear,
    context: &Context<'_>,
) -> Result<Vec<Fact>, Refusal> {
    context.role(&[Role::JointOffice], ART)?;
    let plan = existing(year, context)?;
    if let Some(entry) = plan.unreviewed().next() {
        return Err(PlanRefusal::Unreviewed { entry: entry.id.clone() }.into());
    }
    new_document(document, plan)?;
    let accepted = plan.entries.iter().filter(|(_, (_, status))| *status == Status::Accepted);
    let entries: Vec<CaseCode> = accepted.map(|(id, _)| id.clone()).collect();
    if entries.is_empty() {
        return Err(PlanRefusal::NothingToIssue { year: year.clone() }.into());
    }
    fact(year, PlanEvent::Issued(Issued { document: document.clone(), entries }))
}

fn amend(amended: &Amended, year: &PlanYear, context: &Context<'_>) -> Result<Vec<Fact>, Refusal> {
    context.role(&[Role::JointOffice], ART)?;
    let new = &amended.entry;
    let (old, status) = entry(&new.id, year, context)?;
    if !matches!(status, Status::InForce(_)) {
        let status = status.code();
        return Err(PlanRefusal::NotInForce { entry: new.id.clone(), status }.into());
    }
    if old.industry != new.industry {
        let (entry, found) = (new.id.clone(), new.industry.clone());
        return Err(
            PlanRefusal::OtherIndustry { entry, industry: old.industry.clone(), found }.into()
        );
    }
    new_document(&amended.document, plan(year, context))?;
    check_entry(new, year, context)?;
    fact(year, PlanEvent::Amended(amended.clone()))
}

fn publicise(
    publicised: &Publicised,
    year: &PlanYear,
    context: &Context<'_>,
) -> Result<Vec<Fact>, Refusal> {
    context.role(&[Role::JointOffice, Role::Platform], ART)?;
    let plan = existing(year, context)?;
    let Publicised { document, place } = publicised.clone();
    if !plan.documents.contains_key(&document) {
        return Err(PlanRefusal::NotIssued { document }.into());
    }
    if plan.publicised.get(&document).is_some_and(|places| places.contains_key(&place)) {
        return Err(PlanRefusal::PublicisedTwice { document, place }.into());
    }
    fact(year, PlanEvent::Publicised(publicised.clone()))
}

/// That the joint office approves is our decision `ad-hoc-approval`.
fn approve_ad_hoc(
    approved: &AdHocApproved,
    year: &PlanYear,
    context: &Context<'_>,
) -> Result<Vec<Fact>, Refusal> {
    context.role(&[Role::JointOffice], Basis::Decision("ad-hoc-approval"))?;
    is_new(&approved.entry, year, context)?;
    check_entry(&approved.entry, year, context)?;
    let event = PlanEvent::AdHocApproved(approved.clone());
    let basis = [ART, Basis::Decision("ad-hoc-approval")];
    Ok([Fact::new(case(year), &basis, event)].into())
}

/// What holds of every entry: its department leads the industry, its window lies in the year, which is not over, and
/// its rates and frequencies are lawful (article 10).
fn check_entry(entry: &Entry, year: &PlanYear, context: &Context<'_>) -> Result<(), Refusal> {
    let day = context.day();
    if day > year.days().until {
        return Err(PlanRefusal::YearOver { year: year.clone(), day }.into());
    }
    let lead = &context.world.joint_list(&entry.industry, day)?.lead;
    let Entry { department, id, industry, window, .. } = entry.clone();
    if *lead != department {
        let lead = lead.clone();
        return Err(PlanRefusal::NotLead { entry: id, industry, department, lead }.into());
    }
    if !window.lies_in(&year.days()) {
        return Err(PlanRefusal::WindowOutsideYear { entry: id, window, year: year.clone() }.into());
    }
    let rates: Vec<_> = RiskClass::ALL.iter().map(|&class| (class, entry.rate(class))).collect();
    frequency::rates(&rates, context.edition, day)?;
    frequency::visits(&entry.visits, context.edition, day)
}

fn plan<'a>(year: &PlanYear, context: &Context<'a>) -> &'a AnnualPlan {
    context.world.plans.get(year.as_str()).unwrap_or(&NOTHING)
}

fn existing<'a>(year: &PlanYear, context: &Context<'a>) -> Result<&'a AnnualPlan, Common> {
    let plan = context.world.plans.get(year.as_str());
    plan.ok_or_else(|| Common::NoSuchCase { case: case(year) })
}

fn entry<'a>(
    id: &CaseCode,
    year: &PlanYear,
    context: &Context<'a>,
) -> Result<&'a (Entry, Status), Refusal> {
    let found = existing(year, context)?.entries.get(id);
    found.ok_or_else(|| PlanRefusal::NoSuchEntry { entry: id.clone() }.into())
}

fn is_new(entry: &Entry, year: &PlanYear, context: &Context<'_>) -> Result<(), PlanRefusal> {
    match plan(year, context).entries.contains_key(&entry.id) {
        true => Err(PlanRefusal::EntryExists { entry: entry.id.clone() }),
        false => Ok(()),
    }
}

fn waits(id: &CaseCode, status: &Status) -> Result<(), PlanRefusal> {
    match status {
        Status::Proposed => Ok(()),
        other => Err(PlanRefusal::AlreadyReviewed { entry: id.clone(), status: other.code() }),
    }
}

fn new_document(document: &FreeText, plan: &AnnualPlan) -> Result<(), PlanRefusal> {
    match plan.documents.contains_key(document) {
        true => Err(PlanRefusal::DocumentTwice { document: document.clone() }),
        false => Ok(()),
    }
}

fn fact(year: &PlanYear, event: PlanEvent) -> Result<Vec<Fact>, Refusal> {
    Ok([Fact::new(case(year), &[ART], event)].into())
}
