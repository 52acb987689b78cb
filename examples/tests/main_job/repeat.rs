//! The same options and secrets give the same files, other secrets another draw.

use super::office::{CATERING, entropy, options, run, secrets, texts, verify, work};
use std::fs;
use yicha::hash::Suite;
use yicha_examples::job::{JobError, Secrets};

#[test]
fn the_same_secrets_give_the_same_bytes_and_others_another_draw() {
    let folder = tempfile::tempdir().unwrap();
    let draw = |name: &str, seed| {
        let out = folder.path().join(name);
        work(&options(CATERING, &out), &mut secrets(seed)).unwrap();
        texts(&out)
    };
    let (first, again, other) = (draw("first", 1), draw("again", 1), draw("other", 2));
    assert_eq!(first.keys().collect::<Vec<_>>(), again.keys().collect::<Vec<_>>());
    for (name, text) in &first {
        assert!(again[name] == *text, "{name} differs");
    }
    // Who is on the roster and how many are drawn does not hang on secrets; who is drawn does.
    assert_eq!(first["internal/roster.tsv"], other["internal/roster.tsv"]);
    let drawn = |texts: &std::collections::BTreeMap<String, String>| {
        let lines = texts["public/list.txt"].lines().filter(|line| line.starts_with("target\t"));
        lines.map(str::to_owned).collect::<Vec<_>>()
    };
    let (first, other) = (drawn(&first), drawn(&other));
    assert_eq!(first.len(), other.len());
    assert!(first.iter().filter(|line| other.contains(line)).count() < first.len() / 2);
}

#[test]
fn a_file_of_secrets_repeats_a_run_and_takes_what_it_lacks_from_outside() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("secrets.tsv");
    let run = |name: &str, entropy| {
        let mut secrets = Secrets::in_file(file.clone(), entropy)?;
        work(&options(CATERING, &folder.path().join(name)), &mut secrets)?;
        Ok::<_, JobError>(texts(&folder.path().join(name)))
    };
    let dry = || Box::new(|_: &mut [u8]| Err(JobError::unusable("没有", "none")));
    let refused = run("none", dry()).unwrap_err();
    assert_eq!((refused.to_string(), refused.exit_code()), ("none".into(), 2));
    let first = run("first", entropy(1)).unwrap();
    assert_eq!(run("again", dry()).unwrap(), first);

    let kept = fs::read_to_string(&file).unwrap();
    fs::write(&file, kept.replacen('\t', " ", 1)).unwrap();
    let refused = run("spoilt", dry()).unwrap_err();
    assert!(refused.to_string().contains("secrets.tsv, line 1"), "{refused}");
    fs::write(&file, &kept[..kept.len() - 3]).unwrap();
    assert!(run("short", dry()).is_err(), "a secret that is a byte too short");
}

#[test]
fn the_suite_is_that_of_all_files() {
    let run = run(CATERING, |options| options.suite = Suite::Sm3);
    let texts = texts(&run.out);
    for (name, text) in &texts {
        if name.starts_with("public/announcement-") {
            assert!(text.contains("\nsuite\tsm3\n"), "{name}");
        }
    }
    assert!(texts["public/report.html"].contains("openssl dgst -sm3"));
    verify(&run.out);
}
