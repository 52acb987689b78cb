//! Matchings and shortages: recomputed where the seed is known, and in any case checked from the result alone.

use super::public::{Matching, Public};
use super::{Failure, Folder, Statement, same, same_text};
use crate::draw::announcement::Subject;
use crate::draw::matching::{Matched, Problem, Shortage};
use crate::hash::Suite;
use alloc::format;
use alloc::string::{String, ToString};

/// Verifies each department's internal files and says how many departments there were.
pub(super) fn verify(
    folder: &Folder<'_>,
    public: Option<&Public>,
    statement: &mut Statement,
) -> Result<usize, Failure> {
    for name in ["matched-", "shortage-"].into_iter().flat_map(|kind| folder.names(kind)) {
        folder.need(&format!("problem-{name}.txt"))?;
    }
    let mut count = 0;
    for name in folder.names("problem-") {
        count += 1;
        verify_department(folder, public, name, statement)?;
    }
    for (department, matching) in public.iter().flat_map(|public| &public.departments) {
        if folder.get(&format!("problem-{department}.txt")).is_none() && matching.seed.is_some() {
            statement.not_checked(
                format!("{department}的匹配结果：需要problem-{department}.txt和matched-{department}.txt（仅供审计）"),
                format!("the matching of {department}: needs problem-{department}.txt and matched-{department}.txt (for auditors)"),
            );
        }
    }
    Ok(count)
}

fn verify_department(
    folder: &Folder<'_>,
    public: Option<&Public>,
    name: &str,
    statement: &mut Statement,
) -> Result<(), Failure> {
    let file = format!("problem-{name}.txt");
    let problem = folder.must_read(&file, Problem::parse)?;
    same(&file, "部门", "the department", &problem.department().as_str(), &name)?;
    let announced = public.and_then(|public| public.departments.get(problem.department()));
    if let Some(public) = public {
        verify_problem(public, announced, &problem, &file, statement)?;
    }
    let matched = format!("matched-{name}.txt");
    let shortage = format!("shortage-{name}.txt");
    match (folder.get(&matched), folder.get(&shortage)) {
        (Some(_), Some(_)) => Err(Failure::differs(
            &shortage,
            "同一部门既有匹配结果又有人员不足的证明",
            "a department has both a matching and a shortage",
        )),
        (Some(_), None) => verify_matched(folder, announced, &problem, &matched, statement),
        (None, Some(_)) => {
            verify_shortage(folder, public, announced, &problem, &shortage, statement)
        }
        (None, None) => {
            statement.not_checked(
                format!("{name}的匹配结果：缺少{matched}或{shortage}"),
                format!("the result of {name}: neither {matched} nor {shortage} is there"),
            );
            Ok(())
        }
    }
}

/// The problem is the one announced, and its targets are drawn ones.
fn verify_problem(
    public: &Public,
    announced: Option<&Matching>,
    problem: &Problem,
    file: &str,
    statement: &mut Statement,
) -> Result<(), Failure> {
    if let Some(Subject::Inspectors { problem: digest, .. }) =
        announced.map(|matching| matching.announcement.subject())
    {
        let found = problem.digest(public.terms.suite());
        same(file, "匹配问题的摘要", "the digest of the problem", &found, digest)?;
    }
    let drawn = public.list.targets();
    if let Some(other) = problem.targets().iter().find(|id| !public.list.contains(id)) {
        return Err(Failure::differs(
            file,
            &format!("{other}不在抽中的名单上"),
            &format!("{other} is not on the list of drawn targets"),
        ));
    }
    if problem.targets().len() < drawn.len() {
        let (department, some, all) = (problem.department(), problem.targets().len(), drawn.len());
        statement.not_checked(
            format!("{department}为何只到{all}个抽中对象中的{some}个：需要方案"),
            format!(
                "why {department} goes to {some} of the {all} drawn targets only: needs the scheme"
            ),
        );
    }
    Ok(())
}

fn verify_matched(
    folder: &Folder<'_>,
    announced: Option<&Matching>,
    problem: &Problem,
    file: &str,
    statement: &mut Statement,
) -> Result<(), Failure> {
    let matched = folder.must_read(file, Matched::parse)?;
    problem.check(&matched).map_err(|e| Failure::explained(file, &e))?;
    let department = problem.department();
    statement.checked(
        format!("{department}：每个岗位由合格且无需回避的人员担任，任务量不可能更均衡（只看结果即可知道）"),
        format!("{department}: every place is filled by somebody who may, and the loads cannot be more even (seen from the result alone)"),
    );
    match announced {
        Some(Matching { announcement, seed: Some(seed) }) => {
            same(file, "所指公告", "the announcement", matched.announcement(), &announcement.digest())?;
            same(file, "种子", "the seed", matched.seed(), seed.digest())?;
            let matching = problem.solve(seed).map_err(|_| {
                Failure::differs(file, "没有可行的匹配", "there is no assignment")
            })?;
            let wanted = Matched::new(announcement.digest(), *seed, problem, &matching).to_text();
            same_text(file, folder.need(file)?, &wanted)?;
            statement.checked(
                format!("{department}：按种子重算匹配，结果逐字一致"),
                format!("{department}: recomputed from the seed, the matching agrees byte for byte"),
            );
        }
        _ => statement.not_checked(
            format!("{department}：匹配是否由种子得出，需要公告和种子文件"),
            format!("{department}: that the matching follows from the seed needs announcement and seed file"),
        ),
    }
    Ok(())
}

fn verify_shortage(
    folder: &Folder<'_>,
    public: Option<&Public>,
    announced: Option<&Matching>,
    problem: &Problem,
    file: &str,
    statement: &mut Statement,
) -> Result<(), Failure> {
    if announced.is_some() {
        return Err(Failure::differs(
            file,
            "人员不足的匹配问题不得公告",
            "a problem with a shortage is not announced",
        ));
    }
    let (digest, shortage) = folder.must_read(file, Shortage::parse)?;
    let suites = match public {
        Some(public) => [public.terms.suite(); 2],
        None => [Suite::Sha256, Suite::Sm3],
    };
    if !suites.iter().any(|&suite| problem.digest(suite) == digest) {
        let wanted = problem.digest(suites[0]);
        same(file, "匹配问题的摘要", "the digest of the problem", &digest, &wanted)?;
    }
    let summary = shortage.summary(problem).map_err(|e| Failure::explained(file, &e))?;
    // Which proof is told is fixed by the specification, so that nobody chooses whom to name.
    let told: Option<String> = problem.shortage().map(|shortage| shortage.text_for(&digest));
    same_text(file, folder.need(file)?, &told.unwrap_or_default())?;
    let (department, places, missing) =
        (problem.department(), summary.places, summary.missing.to_string());
    statement.checked(
        format!("{department}：人员不足成立，{places}个岗位中至少缺{missing}个"),
        format!("{department}: the shortage is proved, at least {missing} of {places} places cannot be filled"),
    );
    Ok(())
}
