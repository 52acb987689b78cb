//! 立卷归档, article 24: each department files what an inspection has left, document by document, and closes its dossier
//! when nothing is missing. How and how long it is kept is the department's to set.

use crate::actor::KEEPERS;
use crate::case::{CaseId, CaseKind, Context, Fact, Stamp};
use crate::citation::Basis;
use crate::code::{CaseCode, DepartmentId};
use crate::date::Date;
use crate::draw::announcement::FreeText;
use crate::few::FewByKey;
use crate::hash::Digest;
use crate::inspection;
use crate::refusal::{Common, List, Refusal, refusals};
use crate::world::World;
use alloc::collections::BTreeSet;
use alloc::vec::Vec;
use serde::{Deserialize, Serialize};

const ART: Basis = Basis::Article(24);

/// What can be done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub enum DossierCommand {
    /// A department opens its dossier of an inspection. Each has one.
    Open {
        /// Its number.
        dossier: CaseCode,
        /// What happened.
        opened: Opened,
    },
    /// The department files documents and recordings. What comes in after the closing is filed behind.
    File {
        /// The dossier.
        dossier: CaseCode,
        /// What happened.
        filed: Filed,
    },
    /// The department closes its dossier.
    Close {
        /// What happened.
        closed: Closed,
        /// The dossier.
        dossier: CaseCode,
    },
}

/// A dossier was opened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Opened {
    /// The department.
    pub department: DepartmentId,
    /// The inspection.
    pub inspection: CaseCode,
}

/// Documents were filed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Filed {
    /// Which, at least one.
    pub documents: Vec<Document>,
}

/// A document or recording as it goes into a dossier.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Document {
    /// The digest of what is filed, taken now, with the salt of the recorded one.
    pub found: Digest,
    /// What it is.
    pub medium: Medium,
    /// The digest under which the inspection recorded it; that of a document of another origin is its own.
    pub recorded: Digest,
}

/// What a document is: 文字和音像资料.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Medium {
    /// 文字.
    Text,
    /// 录音.
    Audio,
    /// 录像.
    Video,
    /// 图片.
    Image,
    /// Data, such as of a monitoring system.
    Data,
}

/// A dossier was closed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Closed {
    /// Where it is kept.
    pub place: FreeText,
    /// How long, as the department has set it.
    pub retention: Retention,
}

/// How long a dossier is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Retention {
    /// 永久.
    Permanent,
    /// 定期: through this day.
    Until(Date),
}

/// What happened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum DossierEvent {
    /// It was opened.
    Opened(Opened),
    /// Documents were filed.
    Filed(Filed),
    /// It was closed.
    Closed(Closed),
}

refusals! {
    /// What is refused of dossiers.
    DossierRefusal {
        OpenedAlready { department: DepartmentId, inspection: CaseCode, dossier: CaseCode } = "dossier-opened-already", Article(24),
            "{department}对联合检查{inspection}的案卷是{dossier}；一个部门对一次检查立一卷",
            "the dossier of {department} on inspection {inspection} is {dossier}; a department has one for an inspection";
        NothingFiled { dossier: CaseCode } = "dossier-nothing-filed", Article(24),
            "没有写明归入案卷{dossier}的材料；至少应有一件",
            "nothing is named that is filed in {dossier}; it is one document or more";
        Twice { recorded: Digest } = "dossier-document-twice", Article(24),
            "材料{recorded}已在卷内；每件材料归档一次",
            "document {recorded} is in the dossier; each is filed once";
        Altered { recorded: Digest, found: Digest } = "dossier-document-altered", Article(24),
            "记录为{recorded}的材料现为{found}，已被改动；应归入原件",
            "what was recorded as {recorded} is {found} now and was altered; the original is filed";
        Missing { documents: List<Digest> } = "dossier-document-missing", Article(24),
            "案卷缺少材料{documents}；检查过程中形成的材料全部归入后方可归档",
            "{documents} are missing; a dossier is closed when everything that the inspection has left is in it";
        InspectionOpen { inspection: CaseCode } = "dossier-inspection-open", Article(24),
            "联合检查{inspection}尚未结束；结束后方可归档",
            "inspection {inspection} is not over; its dossiers are closed afterwards";
        AlreadyClosed { dossier: CaseCode, on: Date } = "dossier-already-closed", Article(24),
            "案卷{dossier}已于{on}归档",
            "dossier {dossier} was closed on {on}";
        RetentionOver { until: Date, day: Date } = "dossier-retention-over", Article(24),
            "保管期限{until}不晚于归档日{day}；应为以后的日期",
            "it would be kept until {until}, which is not after {day}, the day of closing; it is kept for some time";
    }
}

/// A dossier. What was filed stays in it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dossier {
    /// That it was closed, and on which day.
    pub closed: Option<(Date, Closed)>,
    /// The documents by the digests under which they were recorded, with the days on which they were filed.
    pub documents: FewByKey<Digest, (Date, Medium)>,
    /// Whose it is and of what.
    pub opened: Opened,
}

impl Dossier {
    /// Takes over what happened to it. Gives it where it begins with that.
    pub(crate) fn apply(
        case: Option<&mut Self>,
        event: &DossierEvent,
        stamp: &Stamp,
    ) -> Option<Self> {
        let on = stamp.effective;
        match (event, case) {
            (DossierEvent::Opened(opened), _) => {
                let (closed, documents) = (None, FewByKey::default());
                return Some(Self { closed, documents, opened: opened.clone() });
            }
            (DossierEvent::Filed(filed), Some(case)) => {
                let filed = filed.documents.iter();
                case.documents.extend(filed.map(|one| (one.recorded, (on, one.medium))));
            }
            (DossierEvent::Closed(closed), Some(case)) => case.closed = Some((on, closed.clone())),
            (_, None) => {}
        }
        None
    }
}

/// The case of a number.
pub fn case(id: &CaseCode) -> CaseId {
    CaseId { id: id.clone(), kind: CaseKind::Dossier }
}

impl World {
    /// The dossier of a number.
    ///
    /// # Errors
    /// [`Common::NoSuchCase`]
    pub fn dossier(&self, id: &CaseCode) -> Result<&Dossier, Common> {
        self.dossiers.get(id).ok_or_else(|| Common::NoSuchCase { case: case(id) })
    }

    /// What is not in a dossier yet of that which its inspection has left.
    ///
    /// # Errors
    /// The inspection is not loaded.
    pub fn missing_documents(&self, dossier: &Dossier) -> Result<Vec<Digest>, Common> {
        let Opened { department, inspection } = &dossier.opened;
        let wanted = self.inspection(inspection)?.documents_of(department);
        Ok(wanted.into_iter().filter(|digest| !dossier.documents.contains_key(digest)).collect())
    }
}

/// Decides a command.
pub(crate) fn decide(
    command: &DossierCommand,
    context: &Context<'_>,
) -> Result<Vec<Fact>, Refusal> {
    let (id, event) = match command {
        DossierCommand::Open { dossier, opened } => (dossier, open(dossier, opened, context)?),
        DossierCommand::File { dossier, filed } => (dossier, file(dossier, filed, context)?),
        DossierCommand::Close { closed, dossier } => (dossier, close(dossier, closed, context)?),
    };
    Ok([Fact::new(case(id), &[ART], event)].into())
}

fn open(id: &CaseCode, opened: &Opened, context: &Context<'_>) -> Result<DossierEvent, Refusal> {
    let Opened { department, inspection } = opened.clone();
    context.acts_for(&department, &KEEPERS, ART)?;
    let world = context.world;
    if world.dossiers.contains_key(id) {
        return Err(Common::CaseExists { case: case(id) }.into());
    }
    inspection::comes(&inspection, &department, world.inspection(&inspection)?)?;
    if let Some((dossier, _)) = world.dossiers.iter().find(|(_, other)| other.opened == *opened) {
        let dossier = dossier.clone();
        return Err(DossierRefusal::OpenedAlready { department, inspection, dossier }.into());
    }
    Ok(DossierEvent::Opened(opened.clone()))
}

fn file(id: &CaseCode, filed: &Filed, context: &Context<'_>) -> Result<DossierEvent, Refusal> {
    let dossier = context.world.dossier(id)?;
    context.acts_for(&dossier.opened.department, &KEEPERS, ART)?;
    if filed.documents.is_empty() {
        return Err(DossierRefusal::NothingFiled { dossier: id.clone() }.into());
    }
    let mut seen = BTreeSet::new();
    for &Document { found, recorded, .. } in &filed.documents {
        if found != recorded {
            return Err(DossierRefusal::Altered { recorded, found }.into());
        }
        if dossier.documents.contains_key(&recorded) || !seen.insert(recorded) {
            return Err(DossierRefusal::Twice { recorded }.into());
        }
    }
    Ok(DossierEvent::Filed(filed.clone()))
}

fn close(id: &CaseCode, closed: &Closed, context: &Context<'_>) -> Result<DossierEvent, Refusal> {
    let (world, day) = (context.world, context.day());
    let dossier = world.dossier(id)?;
    context.acts_for(&dossier.opened.department, &KEEPERS, ART)?;
    if let Some((on, _)) = dossier.closed {
        return Err(DossierRefusal::AlreadyClosed { dossier: id.clone(), on }.into());
    }
    let inspection = dossier.opened.inspection.clone();
    if world.inspection(&inspection)?.open() {
        return Err(DossierRefusal::InspectionOpen { inspection }.into());
    }
    let missing = world.missing_documents(dossier)?;
    if !missing.is_empty() {
        return Err(DossierRefusal::Missing { documents: List(missing) }.into());
    }
    match closed.retention {
        Retention::Until(until) if until <= day => {
            Err(DossierRefusal::RetentionOver { until, day }.into())
        }
        _ => Ok(DossierEvent::Closed(closed.clone())),
    }
}
