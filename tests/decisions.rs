//! Our own decisions: whoever reads that a rule rests on one finds it in deviations.md, and nothing stands there that
//! no code does.
#![allow(clippy::unwrap_used, missing_docs)]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// The rows of the table: key, decision, reason.
fn listed() -> Vec<[String; 3]> {
    let text = fs::read_to_string(root().join("core/docs/deviations.md")).unwrap();
    let rows = text.lines().filter_map(|line| line.strip_prefix("| `")?.strip_suffix(" |"));
    let cells = |row: &str| {
        let (key, rest) = row.split_once("` | ")?;
        let (decision, why) = rest.split_once(" | ")?;
        Some([key, decision, why].map(Into::into))
    };
    rows.map(|row| cells(row).unwrap_or_else(|| panic!("not three cells: {row}"))).collect()
}

/// The keys that the sources name, each with its files.
fn used() -> BTreeMap<String, BTreeSet<PathBuf>> {
    let mut used: BTreeMap<String, BTreeSet<PathBuf>> = BTreeMap::new();
    for file in ["core/src", "examples/src"].iter().flat_map(|dir| sources(&root().join(dir))) {
        let text = fs::read_to_string(&file).unwrap();
        let (text, _) = text.split_once("#[cfg(test)]\nmod tests {").unwrap_or((&text, ""));
        for key in keys(text) {
            used.entry(key.into()).or_default().insert(file.clone());
        }
    }
    used
}

/// The keys in a source: as a basis, in a table of refusals, or in a comment beside a rule that refuses nothing.
fn keys(source: &str) -> Vec<&str> {
    let bases = source.split("Basis::Decision(").skip(1).map(|rest| {
        let key = rest.strip_prefix('"').and_then(|rest| rest.split_once('"'));
        key.unwrap_or_else(|| panic!("the key is not a literal: {rest:.40}")).0
    });
    let tables = source.split(", Decision(\"").skip(1).filter_map(|rest| rest.split_once('"'));
    let comments = source.split("decision `").skip(1).filter_map(|rest| rest.split_once('`'));
    bases.chain(tables.chain(comments).map(|(key, _)| key)).collect()
}

/// Rust files below a folder, without those of tests.
fn sources(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files.extend(sources(&path));
        } else if path.extension().is_some_and(|e| e == "rs") && !path.ends_with("tests.rs") {
            files.push(path);
        }
    }
    files
}

#[test]
fn each_decision_is_listed_and_each_listed_one_is_made() {
    let listed: BTreeSet<String> = listed().into_iter().map(|[key, ..]| key).collect();
    let used = used();
    let unlisted: Vec<_> = used.iter().filter(|(key, _)| !listed.contains(*key)).collect();
    assert!(unlisted.is_empty(), "not in deviations.md: {unlisted:#?}");
    let unused: Vec<_> = listed.iter().filter(|key| !used.contains_key(*key)).collect();
    assert!(unused.is_empty(), "in deviations.md, but in no source: {unused:#?}");
}

#[test]
fn each_decision_stands_there_once_with_its_reason() {
    let listed = listed();
    let keys: BTreeSet<&String> = listed.iter().map(|[key, ..]| key).collect();
    assert_eq!(keys.len(), listed.len());
    for [key, decision, why] in &listed {
        let kebab = key.split('-').all(|word| {
            !word.is_empty() && word.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit())
        });
        assert!(kebab && !decision.is_empty() && !why.is_empty(), "{key}");
    }
}
