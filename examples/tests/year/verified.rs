//! The program that checks a ledger says what holds, what does not, and what it cannot use.

use super::small::{District, run};
use std::fs;
use std::path::Path;
use std::process::Command;
use yicha::hash::Suite;
use yicha_examples::job::{JobOptions, Progress};

/// Exit status and what is said.
fn verify(log: &Path, checkpoint: &Path, more: &[&str]) -> (Option<i32>, String) {
    let mut program = Command::new(env!("CARGO_BIN_EXE_verify_ledger"));
    let done = program.arg(log).arg(checkpoint).args(more).output().unwrap();
    (done.status.code(), String::from_utf8([done.stdout, done.stderr].concat()).unwrap())
}

#[test]
fn a_ledger_holds_as_lines_and_as_database_and_a_changed_one_does_not() {
    let district = District::new();
    let options = JobOptions { suite: Suite::Sm3, ..district.options("out") };
    let mut year = run(&options, 4).unwrap();
    year.write(&options, &Progress::hidden()).unwrap();
    let size = year.host.office().tip().head().size;
    drop(year);
    let (lines, checkpoint) =
        (options.out.join("internal/ledger.jsonl"), options.out.join("public/checkpoint.txt"));
    let database = options.out.join("internal/joint_inspection.sqlite");
    for log in [&lines, &database] {
        let (status, said) = verify(log, &checkpoint, &["--lang", "en"]);
        assert_eq!(status, Some(0), "{said}");
        assert!(
            said.starts_with(&format!("holds: the {size} entries of yicha.example/")),
            "{said}"
        );
    }
    // A signature is carried along and not looked at.
    let signed = district.path("signed.txt");
    let body = fs::read_to_string(&checkpoint).unwrap();
    fs::write(&signed, format!("{body}\n— key.example AAAAAAAA\n")).unwrap();
    let (status, said) = verify(&lines, &signed, &[]);
    assert_eq!(status, Some(0), "{said}");
    assert!(said.contains("1个签名"), "{said}");

    let text = fs::read_to_string(&lines).unwrap();
    let spoilt = district.path("spoilt.jsonl");
    let without_the_last = text.trim_end().rsplit_once('\n').unwrap().0.to_owned() + "\n";
    let of_another_day = text.replacen("2026-05", "2026-06", 1);
    for (wrong, what) in [
        (without_the_last, "应为"),
        (of_another_day, "应为"),
        (text.replacen("{", " {", 1), "第1行"),
    ] {
        fs::write(&spoilt, wrong).unwrap();
        let (status, said) = verify(&spoilt, &checkpoint, &[]);
        assert_eq!(status, Some(1), "{said}");
        assert!(said.starts_with("不成立：") && said.contains(what), "{said}");
    }
    fs::copy(&database, &spoilt).unwrap();
    let changed = rusqlite::Connection::open(&spoilt).unwrap();
    changed
        .execute(
            "UPDATE entry SET bytes = replace(bytes, '2026-05', '2026-06') WHERE sequence = 200",
            [],
        )
        .unwrap();
    changed
        .execute(
            "UPDATE entry SET bytes = replace(bytes, 'officer', 'inspector') WHERE sequence = 300",
            [],
        )
        .unwrap();
    drop(changed);
    assert_eq!(verify(&spoilt, &checkpoint, &[]).0, Some(1));

    assert_eq!(verify(&district.path("nothing"), &checkpoint, &[]).0, Some(2));
    assert_eq!(verify(&lines, &district.path("nothing"), &[]).0, Some(2));
    assert_eq!(verify(&lines, &lines, &[]).0, Some(2), "a ledger is no checkpoint");
}
