//! The public files: what anybody can see.

use super::{Failure, Folder, Statement, attempts, same};
use crate::code::DepartmentId;
use crate::draw::announcement::{Announcement, Stage, Subject};
use crate::draw::list::PublicList;
use crate::draw::seed::{Seed, SeedFile};
use crate::draw::target::TargetTerms;
use alloc::collections::BTreeMap;
use alloc::format;
use alloc::string::ToString;

/// What the public files have said, for the levels above.
pub(super) struct Public {
    pub(super) terms: TargetTerms,
    pub(super) list: PublicList,
    pub(super) departments: BTreeMap<DepartmentId, Matching>,
}

/// What is public of a department's matching.
pub(super) struct Matching {
    pub(super) announcement: Announcement,
    /// Nothing while the department's seed is not complete.
    pub(super) seed: Option<Seed>,
}

const ANNOUNCEMENT: &str = "announcement-targets.txt";

pub(super) fn verify(folder: &Folder<'_>, statement: &mut Statement) -> Result<Public, Failure> {
    let announcement = folder.must_read(ANNOUNCEMENT, Announcement::parse)?;
    same(
        ANNOUNCEMENT,
        "阶段",
        "the stage",
        &announcement.stage().to_string(),
        &Stage::Targets.to_string(),
    )?;
    statement.checked(
        format!(
            "公告{}（方案{}，第{}次）符合规范，名额与比例相符",
            announcement.digest(),
            announcement.terms().scheme,
            announcement.terms().attempt
        ),
        format!(
            "announcement {} (scheme {}, attempt {}) is as the specification writes it, the quotas follow from the rates",
            announcement.digest(),
            announcement.terms().scheme,
            announcement.terms().attempt
        ),
    );
    attempts::verify(folder, &announcement, "targets", statement)?;
    let seed = verify_seed(folder, &announcement, "seed-targets.txt")?
        .ok_or_else(|| Failure::Missing { file: "seed-targets.txt".into() })?;
    let terms = TargetTerms::new(&announcement, seed);
    let terms = terms.map_err(|e| Failure::explained(ANNOUNCEMENT, &e))?;
    statement.checked(
        "每个部门揭示的随机数与其承诺相符，公开随机数与公告所指一致，种子由它们得出",
        "every revealed nonce matches its commitment, the public values are those announced, and the seed follows from them",
    );
    let list = folder.must_read("list.txt", PublicList::parse)?;
    verify_list(&announcement, &terms, &list)?;
    statement.checked(
        format!("名单属于这次抽取，共{}个对象，等于各类名额之和", list.targets().len()),
        format!(
            "the list belongs to this draw and has {} targets, the sum of the quotas",
            list.targets().len()
        ),
    );
    statement.assurance(&announcement);
    statement.not_checked(
        "名录是否等于登记的全部对象、比例是否等于年度计划：需要名录库和计划",
        "that the roster is all of the register and the rates are those of the plan: needs the register and the plan",
    );
    let departments = verify_departments(folder, &announcement, &list, statement)?;
    Ok(Public { terms, list, departments })
}

/// The seed of an announcement, if its file is there.
fn verify_seed(
    folder: &Folder<'_>,
    announcement: &Announcement,
    file: &str,
) -> Result<Option<Seed>, Failure> {
    let Some(seed_file) = folder.read(file, SeedFile::parse)? else { return Ok(None) };
    seed_file.check(announcement).map_err(|e| Failure::explained(file, &e))?;
    Ok(Some(seed_file.seed(announcement.terms().suite)))
}

/// The list is that of an announcement and its seed.
pub(crate) fn verify_list(
    announcement: &Announcement,
    terms: &TargetTerms,
    list: &PublicList,
) -> Result<(), Failure> {
    let file = "list.txt";
    same(file, "所指公告", "the announcement", &list.announcement(), &announcement.digest())?;
    same(file, "种子", "the seed", &list.seed(), terms.seed().digest())?;
    let join =
        |codes: &mut dyn Iterator<Item = &str>| codes.collect::<alloc::vec::Vec<_>>().join(" ");
    let found = join(&mut list.cutoffs().iter().map(|(stratum, _)| stratum.as_str()));
    let wanted = join(&mut terms.strata().iter().map(|line| line.stratum().as_str()));
    same(file, "各类", "the strata", &found, &wanted)?;
    let quotas: u64 = terms.strata().iter().map(|line| line.quota()).sum();
    same(file, "对象数", "the number of targets", &(list.targets().len() as u64), &quotas)
}

/// The announcements and seeds of the departments' matchings.
fn verify_departments(
    folder: &Folder<'_>,
    targets: &Announcement,
    list: &PublicList,
    statement: &mut Statement,
) -> Result<BTreeMap<DepartmentId, Matching>, Failure> {
    let mut departments = BTreeMap::new();
    for name in folder.names("announcement-inspectors-") {
        // A code has no way to end in `-<number>` that is told from an attempt, so the text decides.
        let file = format!("announcement-inspectors-{name}.txt");
        let announcement = folder.must_read(&file, Announcement::parse)?;
        let Subject::Inspectors { department, drawn, .. } = announcement.subject() else {
            return Err(Failure::differs(
                &file,
                "不是匹配执法检查人员的公告",
                "this is no announcement of a matching",
            ));
        };
        if attempts::is_earlier(name, department.as_str()) {
            continue;
        }
        same(&file, "部门", "the department", &department.as_str(), &name)?;
        let (terms, of_targets) = (announcement.terms(), targets.terms());
        same(&file, "方案", "the scheme", &terms.scheme, &of_targets.scheme)?;
        same(&file, "算法", "the suite", &terms.suite.code(), &of_targets.suite.code())?;
        same(&file, "抽中文件的摘要", "the digest of the drawn file", drawn, &list.drawn())?;
        let known = of_targets.randomness.iter().map(|r| r.due).max();
        let known = known.unwrap_or(of_targets.announced);
        if terms.announced <= known {
            return Err(Failure::differs(
                &file,
                &format!("公告时间{}不在检查对象抽取（{known}）之后", terms.announced),
                &format!(
                    "announced at {}, not after the draw of targets ({known})",
                    terms.announced
                ),
            ));
        }
        attempts::verify(folder, &announcement, &format!("inspectors-{department}"), statement)?;
        let seed =
            verify_seed(folder, &announcement, &format!("seed-inspectors-{department}.txt"))?;
        match seed {
            Some(_) => statement.checked(
                format!("{department}的匹配公告和种子成立，针对同一份抽中结果"),
                format!(
                    "announcement and seed of {department} hold and are for the same drawn targets"
                ),
            ),
            None => statement.not_checked(
                format!("{department}的匹配种子：缺少seed-inspectors-{department}.txt"),
                format!("the seed of {department}: seed-inspectors-{department}.txt is not there"),
            ),
        }
        statement.assurance(&announcement);
        departments.insert(department.clone(), Matching { announcement, seed });
    }
    for name in folder.names("seed-inspectors-") {
        if !departments.keys().any(|department| department.as_str() == name) {
            return Err(Failure::Missing { file: format!("announcement-inspectors-{name}.txt") });
        }
    }
    Ok(departments)
}
