//! 公开透明, article 3 paragraph 5: items, plans and results are public unless a law forbids it. What is withheld
//! names that law.

use crate::actor::Role;
use crate::case::{CaseId, CaseKind, Context, Fact, Stamp};
use crate::citation::Basis;
use crate::code::{CaseCode, DepartmentId, ItemId};
use crate::date::Date;
use crate::hash::Digest;
use crate::refusal::{Common, Refusal, refusals};
use crate::register::LegalBasis;
use crate::world::World;
use alloc::vec::Vec;
use serde::{Deserialize, Serialize};

const ART: Basis = Basis::Article(3);

/// What can be done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub enum WithholdingCommand {
    /// A department, or the joint office, keeps something from publication.
    Withhold {
        /// What happened.
        withheld: Withheld,
        /// Its number.
        withholding: CaseCode,
    },
    /// Whoever withheld it does so no more.
    Release {
        /// What happened.
        released: Released,
        /// Its number.
        withholding: CaseCode,
    },
}

/// Something is kept from publication.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Withheld {
    /// The item of an inspection whose result it is, where not all of the subject is meant.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub item: Option<ItemId>,
    /// The laws that forbid it, at least one.
    pub laws: Vec<LegalBasis>,
    /// Salted digest of what of it is withheld.
    pub scope: Digest,
    /// What it is: an item list, a plan, an inspection.
    pub subject: CaseId,
}

/// It is kept no more.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Released {
    /// Salted digest of the reason.
    pub reason: Digest,
}

/// What happened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum WithholdingEvent {
    /// Something is kept from publication.
    Withheld(Withheld),
    /// It is kept no more.
    Released(Released),
}

refusals! {
    /// What is refused of withholding.
    WithholdingRefusal {
        NoLaw { subject: CaseId } = "withholding-without-law", Article(3),
            "不公开{subject}没有写明法律法规的规定；除法律法规明确规定外应当公开",
            "{subject} is withheld without naming a law; what no law forbids to publish is published";
        WithheldAlready { subject: CaseId, withholding: CaseCode } = "withheld-already", Article(3),
            "{subject}的同一内容已以{withholding}决定不公开",
            "the same of {subject} is withheld already by {withholding}";
        AnothersResult { subject: CaseId, department: DepartmentId } = "withholding-of-another", Article(3),
            "{department}不得决定不公开{subject}中其他部门的结果；各部门对各自的公示结果负责，应写明本部门的事项",
            "{department} withholds results of other departments in {subject}; each answers for its own, so name one of its items";
        ReleasedAlready { withholding: CaseCode, on: Date } = "withholding-released-already", Article(3),
            "{withholding}已于{on}解除",
            "{withholding} was released on {on}";
    }
}

/// Something that is kept from publication.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Withholding {
    /// Who withholds it; none for the joint office.
    pub by: Option<DepartmentId>,
    /// Since when.
    pub on: Date,
    /// The first day on which it is kept no more.
    pub released: Option<Date>,
    /// What is withheld, and by which law.
    pub withheld: Withheld,
}

impl Withholding {
    /// Whether it is kept on that day.
    pub fn holds(&self, day: Date) -> bool {
        self.on <= day && self.released.is_none_or(|released| day < released)
    }

    /// Takes over what happened to it. Gives it where it begins with that.
    pub(crate) fn apply(
        case: Option<&mut Self>,
        event: &WithholdingEvent,
        stamp: &Stamp,
    ) -> Option<Self> {
        match (event, case) {
            (WithholdingEvent::Withheld(withheld), _) => {
                let (by, on) = (stamp.actor.department.clone(), stamp.effective);
                return Some(Self { by, on, released: None, withheld: withheld.clone() });
            }
            (WithholdingEvent::Released(_), Some(case)) => case.released = Some(stamp.effective),
            (WithholdingEvent::Released(_), None) => {}
        }
        None
    }
}

impl World {
    /// What of a case is kept from publication on that day, by number.
    pub fn withheld<'a>(
        &'a self,
        subject: &'a CaseId,
        day: Date,
    ) -> impl Iterator<Item = (&'a CaseCode, &'a Withholding)> {
        let holds = move |w: &Withholding| w.withheld.subject == *subject && w.holds(day);
        self.withholdings.iter().filter(move |(_, withholding)| holds(withholding))
    }
}

/// The case of a number.
pub fn case(id: &CaseCode) -> CaseId {
    CaseId { id: id.clone(), kind: CaseKind::Withholding }
}

/// Decides a command.
pub(crate) fn decide(
    command: &WithholdingCommand,
    context: &Context<'_>,
) -> Result<Vec<Fact>, Refusal> {
    context.role(&[Role::Officer, Role::DepartmentHead, Role::JointOffice], ART)?;
    match command {
        WithholdingCommand::Withhold { withheld, withholding } => {
            withhold(withheld, withholding, context)
        }
        WithholdingCommand::Release { released, withholding } => {
            release(released, withholding, context)
        }
    }
}

fn withhold(
    withheld: &Withheld,
    id: &CaseCode,
    context: &Context<'_>,
) -> Result<Vec<Fact>, Refusal> {
    if context.world.withholdings.contains_key(id) {
        return Err(Common::CaseExists { case: case(id) }.into());
    }
    let subject = withheld.subject.clone();
    if withheld.laws.is_empty() {
        return Err(WithholdingRefusal::NoLaw { subject }.into());
    }
    own_result(withheld, context)?;
    let mut others = context.world.withheld(&subject, context.day());
    let same = |other: &Withheld| other.scope == withheld.scope && other.item == withheld.item;
    if let Some((other, _)) = others.find(|(_, other)| same(&other.withheld)) {
        let (withholding, subject) = (other.clone(), subject.clone());
        return Err(WithholdingRefusal::WithheldAlready { subject, withholding }.into());
    }
    Ok([Fact::new(case(id), &[ART], WithholdingEvent::Withheld(withheld.clone()))].into())
}

/// 权责明确: one department never keeps another's result from the public. The joint office may keep any.
fn own_result(withheld: &Withheld, context: &Context<'_>) -> Result<(), Refusal> {
    let Withheld { item, subject, .. } = withheld;
    let Some(department) = &context.stamp.actor.department else { return Ok(()) };
    if subject.kind != CaseKind::Inspection {
        return Ok(());
    }
    let of_item = |item| context.world.item_department(&subject.id, item);
    match item.as_ref().map(of_item).transpose()? {
        Some(Some(found)) if found == department => Ok(()),
        _ => {
            let (subject, department) = (subject.clone(), department.clone());
            Err(WithholdingRefusal::AnothersResult { subject, department }.into())
        }
    }
}

fn release(
    released: &Released,
    id: &CaseCode,
    context: &Context<'_>,
) -> Result<Vec<Fact>, Refusal> {
    let Some(withholding) = context.world.withholdings.get(id) else {
        return Err(Common::NoSuchCase { case: case(id) }.into());
    };
    match &withholding.by {
        Some(department) => {
            context.acts_for(department, &[Role::Officer, Role::DepartmentHead], ART)?;
        }
        None => context.role(&[Role::JointOffice], ART)?,
    }
    match withholding.released {
        Some(on) => Err(WithholdingRefusal::ReleasedAlready { withholding: id.clone(), on }.into()),
        None => {
            let event = WithholdingEvent::Released(released.clone());
            Ok([Fact::new(case(id), &[ART], event)].into())
        }
    }
}
