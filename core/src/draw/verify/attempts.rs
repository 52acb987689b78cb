//! Attempts: each follows from the void notice of the one before, and there is one of each.

use super::{Failure, Folder, Statement, same};
use crate::draw::announcement::Announcement;
use crate::draw::void::VoidNotice;
use alloc::format;
use alloc::string::ToString;

/// Whether `name` is `<department>-<attempt>`: the announcement of an earlier attempt.
pub(super) fn is_earlier(name: &str, department: &str) -> bool {
    let number = name.strip_prefix(department).and_then(|rest| rest.strip_prefix('-'));
    number.is_some_and(|n| n.parse::<u64>().is_ok())
}

/// Walks back from an announcement over the notices that the folder has. `stage` is as in file names.
pub(super) fn verify(
    folder: &Folder<'_>,
    announcement: &Announcement,
    stage: &str,
    statement: &mut Statement,
) -> Result<(), Failure> {
    let current = format!("announcement-{stage}.txt");
    let attempt = announcement.terms().attempt;
    refuse_rivals(folder, announcement, stage, &current)?;
    let own_notice = format!("void-{stage}-{attempt}.txt");
    if let Some(notice) = folder.read(&own_notice, VoidNotice::parse)? {
        let digest = announcement.digest();
        if notice.announcement == digest {
            return Err(Failure::differs(
                &own_notice,
                &format!("第{attempt}次抽取已经作废，不能作为结果"),
                &format!("attempt {attempt} is void and can have no result"),
            ));
        }
        same(&own_notice, "所指公告", "the announcement", &notice.announcement, &digest)?;
    }
    let mut previous = announcement.terms().previous;
    for earlier in (1..attempt).rev() {
        let file = format!("void-{stage}-{earlier}.txt");
        let Some(notice) = folder.read(&file, VoidNotice::parse)? else {
            statement.not_checked(
                format!("{stage}第{earlier}次抽取为何作废：缺少{file}"),
                format!("why attempt {earlier} of {stage} was void: {file} is not there"),
            );
            return Ok(());
        };
        let suite = announcement.terms().suite;
        same(
            &file,
            "作废通知的摘要",
            "the digest of the notice",
            &notice.digest(suite),
            &previous,
        )?;
        statement.checked(
            format!(
                "{stage}第{earlier}次抽取由{}批准作废（{}之后），原因：{}",
                notice.approved_by,
                notice.after.code(),
                notice.reason
            ),
            format!(
                "attempt {earlier} of {stage} was made void by {} (after {}): {}",
                notice.approved_by,
                notice.after.code(),
                notice.reason
            ),
        );
        let file = format!("announcement-{stage}-{earlier}.txt");
        let Some(before) = folder.read(&file, Announcement::parse)? else {
            statement.not_checked(
                format!("{stage}第{earlier}次抽取的公告：缺少{file}"),
                format!("the announcement of attempt {earlier} of {stage}: {file} is not there"),
            );
            return Ok(());
        };
        same(
            &file,
            "公告的摘要",
            "the digest of the announcement",
            &before.digest(),
            &notice.announcement,
        )?;
        same(&file, "方案", "the scheme", &before.terms().scheme, &announcement.terms().scheme)?;
        same(&file, "次数", "the attempt", &before.terms().attempt, &earlier)?;
        same(
            &file,
            "阶段",
            "the stage",
            &before.stage().to_string(),
            &announcement.stage().to_string(),
        )?;
        previous = before.terms().previous;
    }
    Ok(())
}

/// Refuses another announcement of the same attempt, and one of a later attempt.
fn refuse_rivals(
    folder: &Folder<'_>,
    announcement: &Announcement,
    stage: &str,
    current: &str,
) -> Result<(), Failure> {
    let attempt = announcement.terms().attempt;
    let prefix = format!("announcement-{stage}-");
    let others = folder.files.keys().filter(|name| {
        let number = name.strip_prefix(&prefix).and_then(|rest| rest.strip_suffix(".txt"));
        number.is_some_and(|n| n.parse::<u64>().is_ok())
    });
    for file in others {
        let other = folder.must_read(file, Announcement::parse)?;
        let same_draw = other.terms().scheme == announcement.terms().scheme
            && other.stage() == announcement.stage();
        let number = other.terms().attempt;
        if same_draw && number >= attempt && other != *announcement {
            return Err(Failure::differs(
                file,
                &format!(
                    "同一方案同一阶段第{number}次抽取另有公告，与{current}（第{attempt}次）冲突"
                ),
                &format!(
                    "another announcement of attempt {number} of the same draw, against {current} (attempt {attempt})"
                ),
            ));
        }
    }
    Ok(())
}
