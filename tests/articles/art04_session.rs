//! 第四条 全程留痕: a session as every language repeats it, from the plan to the publication of the results. The files of
//! tests/data/session are what the core makes of it; another language is held to their bytes.
//!
//! `YICHA_BLESS=1` writes them anew.

use crate::host::{Store, history, requests, stored};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use yicha::actor::Role;
use yicha::citation::Basis;
use yicha::explain::Explain;
use yicha::hash::Suite;
use yicha::office::{Office, Reply, Request};

/// What is still public and why, what is due, what is open, and who saw which data.
const QUESTIONS: [&str; 4] = [
    r#"{"question":{"why-public":{"day":"2026-05-12"}},"v":1}"#,
    r#"{"question":{"due":{"day":"2026-05-12"}},"v":1}"#,
    r#"{"question":{"open":{"day":"2026-05-12"}},"v":1}"#,
    r#"{"question":{"data-use":{"period":{"from":"2026-01-01","until":"2026-12-31"}}},"v":1}"#,
];

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("data/session")
}

fn lines<T: AsRef<[u8]>>(lines: impl IntoIterator<Item = T>) -> Vec<u8> {
    lines.into_iter().flat_map(|line| [line.as_ref(), b"\n"].concat()).collect()
}

/// A request that the rules refuse: the first one again, under another id and at another day of effect.
fn refused() -> Request {
    let mut request = requests(&history()).remove(0);
    request.id = "before-the-regulation".parse().unwrap();
    request.effective = "2026-03-19".parse().unwrap();
    request.recorded = "2026-12-31T00:00:00Z".parse().unwrap();
    request
}

fn session(office: &Office, store: &Store) -> BTreeMap<String, Vec<u8>> {
    let json = |request: &Request| serde_json::to_vec(request).unwrap();
    let refused = json(&refused());
    let refusal = Reply::from(&office.decide_json(&refused)).to_json();
    let answers = QUESTIONS.map(|question| office.ask_json(question.as_bytes()).unwrap());
    let files = store.files.iter().enumerate();
    let files = files.map(|(at, file)| (format!("file-{at}.txt"), file.clone().into_bytes()));
    let others = [
        ("answers.jsonl", lines(answers)),
        ("entries.jsonl", lines(&store.entries)),
        ("questions.jsonl", lines(QUESTIONS)),
        ("refused.jsonl", lines([refused, refusal])),
        ("requests.jsonl", lines(requests(&history()).iter().map(json))),
        ("tip.json", lines([serde_json::to_vec(&store.tip).unwrap()])),
    ];
    files.chain(others.map(|(name, bytes)| (name.into(), bytes))).collect()
}

#[test]
fn the_session_is_what_the_other_languages_repeat() {
    let (office, store) = stored(&history(), Suite::Sm3);
    let made = session(&office, &store);
    if std::env::var_os("YICHA_BLESS").is_some() {
        std::fs::create_dir_all(folder()).unwrap();
        made.iter().for_each(|(name, bytes)| std::fs::write(folder().join(name), bytes).unwrap());
    }
    let read = std::fs::read_dir(folder()).unwrap().map(|file| file.unwrap());
    let name = |file: &std::fs::DirEntry| file.file_name().into_string().unwrap();
    let found = read.map(|file| (name(&file), std::fs::read(file.path()).unwrap())).collect();
    assert!(made == found, "run YICHA_BLESS=1 cargo test -p yicha-tests --test articles session");
}

#[test]
fn it_has_what_a_session_is_to_show() {
    let (office, store) = stored(&history(), Suite::Sm3);
    let refusal = office.decide(refused()).unwrap_err();
    assert_eq!((refusal.code(), refusal.basis()), ("outside-edition", Basis::Article(28)));
    // The lawful counterpart is a day later.
    let mut lawful = refused();
    lawful.effective = "2026-03-20".parse().unwrap();
    assert!(office.decide(lawful).is_ok());
    assert!(store.files.len() > 1 && store.entries.len() > 30);
    let roles: std::collections::BTreeSet<Role> =
        requests(&history()).into_iter().map(|request| request.actor.role).collect();
    assert!(roles.len() > 2, "{roles:?}");
    let answers = QUESTIONS.map(|question| office.ask_json(question.as_bytes()).unwrap());
    // Of something the first two tell; nothing is open, and nothing was shown to anybody.
    assert!(answers[..2].iter().all(|answer| answer.len() > 500));
}
