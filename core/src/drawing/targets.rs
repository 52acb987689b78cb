//! The initiator's draw of targets, article 18.

use super::attempt::{Desk, same_digest};
use super::*;
use crate::actor::KEEPERS;
use crate::draw::announcement::{Announcement, Subject as Announces};
use crate::draw::ceremony::CeremonyError;
use crate::draw::list::PublicList;
use crate::draw::quota::StratumQuota;
use crate::draw::seed::Seed;
use crate::draw::target::TargetTerms;
use crate::draw::verify::{Failure, verify_list};
use crate::explain::Said;
use crate::plan::annual;
use crate::refusal::Common;
use crate::risk::RiskClass;
use alloc::string::ToString;

/// What is announced of a draw of targets. The rates are those of the plan.
pub(super) fn subject(
    announcement: &Announcement,
    desk: &Desk<'_>,
    context: &Context<'_>,
) -> Result<Subject, Refusal> {
    let (lines, root, strata) = roster(announcement)?;
    check_rates(strata, desk, context)?;
    Ok(Subject::Roster { lines, quota: quota(strata), root })
}

/// The roster's lines and root, and the rules.
pub(super) fn roster(
    announcement: &Announcement,
) -> Result<(u64, Digest, &[StratumQuota]), Refusal> {
    match announcement.subject() {
        Announces::Targets { root, lines, strata } => Ok((*lines, *root, strata)),
        Announces::Inspectors { .. } => {
            let found = announcement.stage().to_string();
            Err(CeremonyError::OtherStage { found, wanted: "targets" }.into())
        }
    }
}

/// How many are drawn.
pub(super) fn quota(strata: &[StratumQuota]) -> u64 {
    strata.iter().fold(0, |sum, line| sum.saturating_add(line.quota()))
}

/// Each risk class is drawn at the rate that the plan has for it.
fn check_rates(
    strata: &[StratumQuota],
    desk: &Desk<'_>,
    context: &Context<'_>,
) -> Result<(), Refusal> {
    let year = &desk.scheme.year;
    let plan = context.world.plans.get(year.as_str());
    let Some(entry) = plan.and_then(|plan| plan.in_force(&desk.scheme.entry)) else {
        return Err(Common::NoSuchCase { case: annual::case(year) }.into());
    };
    for line in strata {
        let Some(class) = RiskClass::from_code(line.stratum().as_str()) else { continue };
        let (announced, planned) = (line.rule().rate, entry.rate(class));
        if announced != planned {
            let stratum = line.stratum().clone();
            return Err(DrawingRefusal::OtherRate { stratum, announced, planned }.into());
        }
    }
    Ok(())
}

pub(super) fn draw(id: &SchemeId, list: &Digest, context: &Context<'_>) -> Decided {
    let desk = Desk::new(id, context)?;
    desk.acts(&Stage::Targets, &KEEPERS, context)?;
    let (attempt, seed) = desk.sealed(&Stage::Targets)?;
    let announcement = desk.files.announcement(&attempt.announced.announcement)?;
    let file = check_list(list, announcement, seed, desk.files)?;
    let drawn = desk.files.drawn(&file.drawn())?;
    if !drawn.ids().into_iter().eq(file.targets().iter().map(|id| id.as_str())) {
        let said =
            Said::new("所列对象与抽中文件不一致", "its targets are not those of the drawn file");
        return Err(Failure::Differs { file: "list.txt".into(), said }.into());
    }
    let drawn = summary(list, file);
    Ok((DrawingEvent::Drawn(drawn), rule(&Stage::Targets)))
}

/// The public list is that of an announcement and its seed.
pub(super) fn check_list<'a>(
    list: &Digest,
    announcement: &Announcement,
    seed: Digest,
    files: &'a Files,
) -> Result<&'a PublicList, Refusal> {
    let file = files.list(list)?;
    let terms = TargetTerms::new(announcement, Seed::new(seed));
    let terms = terms.map_err(|e| Failure::explained("announcement-targets.txt", &e))?;
    verify_list(announcement, &terms, file)?;
    same_digest(list, &file.digest(terms.suite()), terms.suite())?;
    Ok(file)
}

/// What the ledger says of a list.
pub(super) fn summary(list: &Digest, file: &PublicList) -> Drawn {
    Drawn { drawn: file.drawn(), list: *list, targets: file.targets().len() as u64 }
}
