//! Who is on the roster and who is in a matching, counted again from the rows of the registers as they stand; and what
//! the regulation refuses.

use super::office::{CATERING, PETROL, Run, copy_registers, data, options, run, secrets, work};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use yicha::citation::Basis;
use yicha_examples::job::{JobError, JobOptions};

type Row = BTreeMap<String, String>;

fn rows(file: &str) -> Vec<Row> {
    let mut reader = csv::Reader::from_path(data("district").join(file)).unwrap();
    reader.deserialize().map(Result::unwrap).collect()
}

fn list(cell: &str) -> Vec<&str> {
    cell.split('；').collect()
}

/// The row of the plan and that of the joint list.
fn of_industry(industry: &str) -> (Row, Row) {
    let row = |file| rows(file).into_iter().find(|row| row["行业"] == industry).unwrap();
    (row("plan_2026.csv"), row("industries.csv"))
}

#[test]
fn the_roster_is_the_industrys_targets_with_the_reason_of_each_exclusion() {
    for (industry, cap) in [(CATERING, 2), (PETROL, 1), ("农资经营", 3)] {
        let (plan, joint) = of_industry(industry);
        let mut wanted = BTreeMap::new();
        for target in rows("targets.csv") {
            let belongs =
                list(&joint["行业代码"]).iter().any(|c| target["行业代码"].starts_with(c));
            if !belongs || !list(&plan["联查对象"]).contains(&&*target["对象类型"]) {
                continue;
            }
            let standing = match &*target["登记状态"] {
                "注销" => "excluded:deregistered",
                "吊销" => "excluded:revoked",
                _ if target["是否立案调查中"] == "是" => "excluded:under-investigation",
                _ if target["本年度已检查次数"].parse::<u64>().unwrap() >= cap => {
                    "excluded:frequency-cap"
                }
                _ => "eligible",
            };
            let line = (target["信用风险分类"].clone(), standing.to_owned());
            wanted.insert(target["检查对象代码"].clone(), line);
        }
        let run = run(industry, |options| options.annual_cap = cap);
        let found =
            run.outcome.targets.roster.roster().iter().map(|row| {
                (row.id.to_owned(), (row.stratum.to_string(), row.standing.to_string()))
            });
        assert_eq!(found.collect::<BTreeMap<_, _>>(), wanted, "{industry}");
        let standings: BTreeSet<&str> = wanted.values().map(|(_, standing)| &**standing).collect();
        assert!(standings.len() >= 4, "nearly every reason occurs: {standings:?}");
    }
}

/// Who can be matched in a department, with the qualifications of each.
fn staff(department: &str, last_day: &str) -> BTreeMap<String, BTreeSet<String>> {
    let mut people = rows("inspectors.csv");
    people.retain(|person| {
        person["部门代码"] == department
            && person["人员类别"] == "执法人员"
            && person["在岗"] == "是"
            && *person["执法证有效期至"] >= *last_day
    });
    let codes =
        |person: &Row| list(&person["执法类别/资质"]).iter().map(ToString::to_string).collect();
    people.into_iter().map(|person| (person["人员代码"].clone(), codes(&person))).collect()
}

/// What a department's places at a target ask for: its items' qualifications, sorted, dealt onto two in turn.
fn places(run: &Run, department: &str) -> [String; 2] {
    let (plan, _) = of_industry(&run.outcome.task.plan.industry);
    let items = list(&plan["抽查事项"]);
    let mut codes = BTreeSet::new();
    for item in rows("items.csv") {
        if item["部门代码"] == department && items.contains(&&*item["事项编码"]) {
            codes.extend(list(&item["要求资质"]).iter().map(ToString::to_string));
        }
    }
    let codes: Vec<String> = codes.into_iter().collect();
    match &codes[..] {
        [only] => [only.clone(), only.clone()],
        codes => {
            [0, 1].map(|i| codes.iter().skip(i).step_by(2).cloned().collect::<Vec<_>>().join("+"))
        }
    }
}

#[test]
fn a_matching_has_the_departments_certified_people_its_places_and_its_recusals() {
    let mut left_out = [0; 3];
    let mut recused = 0;
    for entry in rows("plan_2026.csv") {
        let run = run(&entry["行业"], |options| options.capacity = 9);
        let drawn = run.outcome.targets.drawn.outcome().list().targets();
        let last_day = entry["时间安排"].split_once('至').unwrap().1;
        for result in &run.outcome.departments {
            let (problem, id) = (&result.problem, result.department.id.as_str());
            let wanted = staff(id, last_day);
            let found = problem.inspectors().iter().map(|candidate| {
                assert_eq!(candidate.capacity, 9);
                let codes = candidate.codes.iter().map(ToString::to_string).collect();
                (candidate.inspector.to_string(), codes)
            });
            assert_eq!(found.collect::<BTreeMap<_, BTreeSet<_>>>(), wanted, "{id}");
            assert_eq!(problem.targets(), drawn);
            for target in 0..drawn.len() {
                let slots: Vec<String> = problem.slots(target).map(ToString::to_string).collect();
                assert_eq!(slots, places(&run, id), "{id}");
            }
            let recusals: BTreeSet<(String, String)> = rows("recusals.csv")
                .iter()
                .map(|row| (row["人员代码"].clone(), row["检查对象代码"].clone()))
                .filter(|(person, target)| {
                    wanted.contains_key(person) && drawn.iter().any(|id| id.as_str() == target)
                })
                .collect();
            let found = problem.recusals().map(|r| (r.inspector.to_string(), r.target.to_string()));
            assert_eq!(found.collect::<BTreeSet<_>>(), recusals);
            recused += recusals.len();
            let out = result.left_out;
            for (sum, n) in left_out.iter_mut().zip([out.away, out.certificate, out.support]) {
                *sum += n;
            }
        }
    }
    assert!(left_out.iter().all(|n| *n > 0) && recused > 0, "{left_out:?} {recused}");
}

/// The refusal of a run for which the registers were changed in one place.
fn refused(industry: &str, file: &str, from: &str, to: &str) -> JobError {
    let folder = tempfile::tempdir().unwrap();
    copy_registers(folder.path());
    let path = folder.path().join(file);
    let text = fs::read_to_string(&path).unwrap();
    assert!(text.contains(from), "{from}");
    fs::write(&path, text.replacen(from, to, 1)).unwrap();
    let mut options = options(industry, &folder.path().join("out"));
    options.registers = folder.path().into();
    let error = work(&options, &mut secrets(1)).err();
    assert!(!options.out.exists());
    error.unwrap_or_else(|| panic!("{to} was taken"))
}

/// What a run with other options ends in.
fn verdict(change: impl FnOnce(&mut JobOptions)) -> Result<(), JobError> {
    let folder = tempfile::tempdir().unwrap();
    let mut options = options(CATERING, &folder.path().join("out"));
    change(&mut options);
    work(&options, &mut secrets(1)).map(|_| ())
}

fn basis(error: &JobError) -> Option<Basis> {
    match error {
        JobError::Refused { basis, .. } => Some(*basis),
        JobError::Registers { error, .. } => basis(error),
        JobError::Unusable(_) | JobError::File { .. } => None,
    }
}

#[test]
fn items_are_joint_in_force_and_have_a_guide() {
    let item = "实地核查；网络监测,一般,是,registration,2022-03-01,V2.1";
    for (article, to) in [
        (3, "实地核查；网络监测,一般,否,registration,2022-03-01,V2.1"),
        (3, "实地核查；网络监测,一般,是,registration,2026-04-21,V2.1"),
        (16, "实地核查；网络监测,一般,是,registration,2022-03-01,"),
    ] {
        let error = refused(CATERING, "items.csv", item, to);
        assert_eq!(basis(&error), Some(Basis::Article(article)), "{error}");
        assert!(error.to_string().contains("411302-SX-0101"), "{error}");
    }
    assert!(run(CATERING, |_| {}).outcome.can_start(), "as it stands it is lawful");
}

#[test]
fn two_departments_inspect_and_the_initiator_is_one_of_them() {
    let items = "411302-SX-0101；411302-SX-0103；411302-SX-0105；411302-SX-0116；411302-SX-0301；411302-SX-0502；411302-SX-0503,企业";
    for to in ["411302-SX-0101；411302-SX-0103,企业", "411302-SX-0301；411302-SX-0502,企业"] {
        let error = refused(CATERING, "plan_2026.csv", items, to);
        assert_eq!(basis(&error), Some(Basis::Article(2)), "{error}");
    }
}

#[test]
fn the_visits_lie_in_the_plans_window_and_the_draw_before_them() {
    let on = |day: &str| {
        let day = day.parse().unwrap();
        verdict(|options| options.date = Some(day))
    };
    let announced = |at: &str| {
        let at = at.parse().unwrap();
        verdict(|options| options.at = Some(at))
    };
    for lawful in [on("2026-04-20"), on("2026-10-31"), announced("2026-04-19T15:59:59Z")] {
        assert!(lawful.is_ok(), "{lawful:?}");
    }
    // 16:00 UTC is the next day in Beijing.
    for unlawful in [on("2026-04-19"), on("2026-11-01"), announced("2026-04-19T16:00:00Z")] {
        let error = unlawful.unwrap_err();
        assert_eq!(basis(&error), Some(Basis::Article(17)), "{error}");
    }
}

#[test]
fn the_edition_in_force_on_the_day_of_the_announcement_counts() {
    let announced = |at: &str| {
        let at = at.parse().unwrap();
        verdict(|options| options.at = Some(at))
    };
    // Midnight in Beijing.
    assert!(announced("2026-03-19T16:00:00Z").is_ok());
    let error = announced("2026-03-19T15:59:59Z").unwrap_err();
    assert_eq!(basis(&error), Some(Basis::Article(28)), "{error}");
}
