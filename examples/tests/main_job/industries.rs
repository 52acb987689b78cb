//! Every industry of the plan; those with too few inspectors are told so and do not start.

use super::office::{CATERING, HOSPITALS, PETROL, Run, data, options, run, texts, verify};
use std::process::Command;
use yicha::draw::matching::{Problem, Shortage};
use yicha::explain::Lang;
use yicha_examples::job::{Placement, Shortfall};
use yicha_examples::register::Registers;

/// The departments that are short, with what is missing.
fn short(run: &Run) -> Vec<(&str, &Shortfall)> {
    let departments = run.outcome.departments.iter();
    let short = departments.filter_map(|d| match &d.placement {
        Placement::Short { shortfall, .. } => Some((&*d.department.name, shortfall)),
        Placement::Matched { .. } => None,
    });
    short.collect()
}

#[test]
fn every_industry_of_the_plan_runs_and_holds() {
    let plan = Registers::load(&data("district"), &options("", "".as_ref()).import).registers.plan;
    assert_eq!(plan.len(), 14);
    for entry in plan {
        let run = run(&entry.industry, |_| {});
        let short: Vec<_> = short(&run).iter().map(|(name, _)| *name).collect();
        match &*entry.industry {
            PETROL => assert_eq!(short, ["南阳市宛城区商务局"]),
            HOSPITALS => assert_eq!(short, ["南阳市宛城区医疗保障局"]),
            other => assert!(short.is_empty(), "{other}: {short:?}"),
        }
        assert_eq!(run.outcome.can_start(), short.is_empty());
        let matched = run.outcome.departments.len() - short.len();
        let said = verify(&run.out).in_words(Lang::En);
        let texts = texts(&run.out);
        let count = |prefix: &str| texts.keys().filter(|name| name.starts_with(prefix)).count();
        let counts =
            ["public/seed-inspectors-", "internal/matched-", "internal/shortage-"].map(count);
        assert_eq!(counts, [matched, matched, short.len()], "{}: {said}", entry.industry);
    }
}

#[test]
fn a_shortage_is_proved_and_told_everywhere() {
    let run = run(PETROL, |_| {});
    let texts = texts(&run.out);
    let drawn = run.outcome.targets.drawn.outcome().list().targets();
    let short = short(&run);
    let [(_, shortfall)] = short[..] else { panic!("one department is short") };
    assert_eq!((shortfall.places, shortfall.missing), (2 * drawn.len(), 2 * drawn.len()));
    assert!(shortfall.at_capacity.is_empty(), "nobody may, so nobody is at capacity");
    let (slot, targets) = shortfall.needs.first_key_value().unwrap();
    assert_eq!((slot.to_string(), targets.len()), ("refined-oil".into(), drawn.len()));

    let id = &run.outcome.departments[0].department.id;
    let problem = Problem::parse(texts[&format!("internal/problem-{id}.txt")].as_bytes()).unwrap();
    let file = texts[&format!("internal/shortage-{id}.txt")].as_bytes();
    let (of, shortage) = Shortage::parse(file).unwrap();
    assert_eq!(of, problem.digest(options(PETROL, "".as_ref()).suite));
    assert_eq!(shortage.check(&problem), Ok(()));
    assert!(!texts.contains_key(&format!("public/announcement-inspectors-{id}.txt")));

    let words = shortfall.in_words(Lang::Zh, |id| id.to_string());
    assert!(
        words[0].starts_with(&format!("共{0}个岗位，缺{0}个", shortfall.places)),
        "{}",
        words[0]
    );
    for line in &words {
        assert!(run.summary.contains(line), "{line}");
        assert!(texts["internal/report.html"].contains(line), "{line}");
    }
    assert!(run.summary.contains("联合检查不能开始"));
    assert!(texts["internal/report.html"].contains("联合检查不能开始"));
}

#[test]
fn enough_new_assignments_for_each_end_a_shortage() {
    for capacity in [12, 14] {
        let run = run(HOSPITALS, |options| options.capacity = capacity);
        let short = short(&run);
        let [(_, shortfall)] = short[..] else { panic!("one department is short") };
        // Four people have the qualification, and all of them are taken as often as they may.
        assert_eq!(shortfall.missing as u64, shortfall.places as u64 - 4 * capacity);
        assert_eq!(shortfall.at_capacity.len(), 4);
        for inspector in &shortfall.at_capacity {
            assert!(run.summary.contains(inspector.as_str()));
        }
    }
    let run = run(HOSPITALS, |options| options.capacity = 20);
    assert!(run.outcome.can_start());
    assert!(run.summary.contains("联合检查可以开始"));
    verify(&run.out);
}

#[test]
fn the_exit_status_tells_whether_the_inspection_can_start() {
    let folder = tempfile::tempdir().unwrap();
    for (industry, wanted) in [(CATERING, 0), (PETROL, 3)] {
        let mut program = Command::new(env!("CARGO_BIN_EXE_joint_inspection"));
        let program = program.args(["--industry", industry, "--lang", "en"]);
        let done = program.arg("--out").arg(folder.path().join(industry)).output().unwrap();
        assert_eq!(done.status.code(), Some(wanted), "{industry}");
        let said = String::from_utf8(done.stdout).unwrap();
        assert_eq!(said.contains("CANNOT START"), wanted == 3, "{said}");
        assert!(folder.path().join(industry).join("internal/tasks.xlsx").exists());
    }
}
