//! The committed header is the one that the source makes, and it declares exactly what the library exports.
#![allow(clippy::unwrap_used)]

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Command;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn header() -> PathBuf {
    root().join("include/yicha.h")
}

#[test]
fn the_committed_header_is_that_of_the_source() {
    let config = cbindgen::Config::from_file(root().join("cbindgen.toml")).unwrap();
    let bindings = cbindgen::Builder::new().with_crate(root()).with_config(config).generate();
    let mut made = Vec::new();
    bindings.unwrap().write(&mut made);
    if std::env::var_os("YICHA_BLESS").is_some() {
        std::fs::write(header(), &made).unwrap();
    }
    let committed = std::fs::read(header()).unwrap();
    assert!(committed == made, "run YICHA_BLESS=1 cargo test -p yicha-c --test header");
}

/// The functions that the header declares: `yicha_` names before an opening bracket.
fn declared() -> BTreeSet<String> {
    let text = std::fs::read_to_string(header()).unwrap();
    let code = text.lines().filter(|line| !line.trim_start().starts_with("//"));
    let code: Vec<&str> = code.skip_while(|line| !line.contains("extern \"C\"")).collect();
    let code = code.join("\n");
    let names = code.match_indices("yicha_").map(|(at, _)| {
        let end = code[at..].find(|c: char| c != '_' && !c.is_ascii_alphanumeric());
        (code[at..].split_at(end.unwrap_or(0)).0, code[at + end.unwrap_or(0)..].starts_with('('))
    });
    let functions = names.filter(|&(name, call)| call && name != "yicha_str_of");
    functions.map(|(name, _)| name.to_string()).collect()
}

#[test]
fn the_library_exports_what_the_header_declares() {
    // The test stands in target/<profile>/deps, where its library is made too.
    let deps = std::env::current_exe().unwrap().parent().unwrap().to_path_buf();
    let library = deps.join("libyicha_c.so");
    if !cfg!(target_os = "linux") || !library.exists() {
        return; // other systems: tests/c/run looks at what it has built
    }
    let nm = Command::new("nm").args(["-D", "--defined-only"]).arg(library).output().unwrap();
    let text = String::from_utf8(nm.stdout).unwrap();
    let exported: BTreeSet<String> =
        text.lines().filter_map(|line| line.split(' ').nth(2)).map(String::from).collect();
    assert_eq!(exported, declared());
    assert!(exported.len() > 100);
}

/// `const` handles may be shared between threads, and every handle may be passed on to another one.
#[test]
fn handles_may_cross_threads() {
    fn shared<T: Send + Sync>() {}
    fn sent<T: Send>() {}
    shared::<yicha_c::announcement::Announcement>();
    shared::<yicha_c::calendar::Calendar>();
    shared::<yicha_c::draw::Drawn>();
    shared::<yicha_c::edition::Edition>();
    shared::<yicha_c::error::Error>();
    shared::<yicha_c::files::DrawnFile>();
    shared::<yicha_c::files::List>();
    shared::<yicha_c::files::Slip>();
    shared::<yicha_c::folder::Statement>();
    shared::<yicha_c::head::Tip>();
    shared::<yicha_c::ledger::Note>();
    shared::<yicha_c::ledger::Proofs>();
    shared::<yicha_c::matching::Matched>();
    shared::<yicha_c::matching::Shortage>();
    shared::<yicha_c::office::Decision>();
    shared::<yicha_c::office::Office>();
    shared::<yicha_c::problem::Problem>();
    shared::<yicha_c::proof::Absence>();
    shared::<yicha_c::proof::Inclusion>();
    shared::<yicha_c::roster::Committed>();
    shared::<yicha_c::roster::Roster>();
    shared::<yicha_c::sealed::Sealed>();
    sent::<yicha_c::case_office::CaseOffice>();
    sent::<yicha_c::draw::Part>();
    sent::<yicha_c::folder::Folder>();
    sent::<yicha_c::merkle::Frontier>();
    sent::<yicha_c::roster::Root>();
}
