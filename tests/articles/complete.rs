//! Nothing is left out: every article has its tests or a reason, and every refusal is provoked by one of them.

use std::collections::BTreeSet;
use std::fs;
use yicha::citation::{ARTICLES, Basis};
use yicha::query::QueryRefusal;
use yicha::refusal::Refusal;

/// Articles without a file of tests, and why.
const WITHOUT: &[(u8, &str)] =
    &[(1, "says why the regulation was made; nothing follows for the software")];

/// The articles' test files, one or several for each, with their texts.
fn files() -> Vec<(u8, String)> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/articles");
    let file = |entry: fs::DirEntry| {
        let name = entry.file_name().into_string().unwrap();
        let name = name.strip_prefix("art")?.strip_suffix(".rs")?;
        let number = name.split('_').next()?.parse().unwrap();
        Some((number, fs::read_to_string(entry.path()).unwrap()))
    };
    fs::read_dir(folder).unwrap().filter_map(|entry| file(entry.unwrap())).collect()
}

#[test]
fn every_article_has_tests_or_a_reason() {
    let tested: BTreeSet<u8> =
        files().into_iter().filter(|(_, text)| text.contains("#[test]")).map(|(n, _)| n).collect();
    for number in ARTICLES.iter().map(|article| article.number) {
        let excused = WITHOUT.iter().any(|(n, _)| *n == number);
        assert!(tested.contains(&number) != excused, "article {number}");
    }
}

#[test]
fn every_refusal_is_provoked_in_the_file_of_its_article() {
    let files = files();
    let queries: Vec<_> = QueryRefusal::ALL.iter().map(|(code, _)| *code).collect();
    for (code, basis) in Refusal::all().filter(|(code, _)| !queries.contains(code)) {
        let quoted = format!("\"{code}\"");
        let found = files.iter().any(|(number, text)| {
            text.contains(&quoted)
                && (!matches!(basis, Basis::Article(_)) || basis == Basis::Article(*number))
        });
        assert!(found, "no test in tests/articles/ provokes {code} ({basis})");
    }
}

#[test]
fn codes_are_never_used_twice() {
    let mut seen = BTreeSet::new();
    assert!(Refusal::all().next().is_some());
    for (code, _) in Refusal::all() {
        assert!(seen.insert(code), "{code} stands twice");
        assert!(
            code.bytes().all(|c| c.is_ascii_lowercase() || c == b'-'),
            "{code} is not kebab case"
        );
    }
}
