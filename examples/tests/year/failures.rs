//! What no failure may do: a process that is killed loses nothing and does nothing twice, and two of them at one database
//! make one ledger.

use super::small::{District, files};
use std::fs;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};
use yicha::draw::seed::Seed;
use yicha::draw::stream::Stream;
use yicha::hash::Suite;
use yicha::ledger::{Head, verify_log};
use yicha_examples::year::store::Store;

/// The program, with secrets that are there already, so that every run of them is the same.
fn start(district: &District, secrets: &Path, out: &str) -> Child {
    let kept = district.path(&format!("{out}.tsv"));
    fs::copy(secrets, &kept).unwrap();
    let mut program = Command::new(env!("CARGO_BIN_EXE_joint_inspection"));
    program.arg("--registers").arg(district.path("registers"));
    program.arg("--out").arg(district.path(out)).arg("--nonces").arg(kept);
    program.stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap()
}

fn finish(child: Child) {
    let done = child.wait_with_output().unwrap();
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
}

/// A year that nothing disturbs: its secrets and how long it takes.
fn undisturbed(district: &District) -> (std::path::PathBuf, Duration) {
    let (secrets, empty) = (district.path("secrets.tsv"), district.path("empty.tsv"));
    fs::write(&empty, "").unwrap();
    let began = Instant::now();
    finish(start(district, &empty, "whole"));
    fs::copy(district.path("whole.tsv"), &secrets).unwrap();
    (secrets, began.elapsed())
}

/// What is stored is a whole ledger at any moment, with a receipt for each command.
fn check(district: &District, out: &str) -> Option<Head> {
    let path = district.path(out).join("internal/joint_inspection.sqlite");
    if !path.exists() {
        return None;
    }
    let mut store = Store::open(&path, Suite::Sha256).unwrap();
    let (entries, head) = store.behind(0).unwrap();
    verify_log(Suite::Sha256, &entries, &head).unwrap();
    let database = rusqlite::Connection::open(&path).unwrap();
    let stored: u64 = database
        .query_row("SELECT coalesce(sum(count), 0) FROM receipt", [], |row| row.get(0))
        .unwrap();
    assert_eq!(stored, head.size);
    Some(head)
}

/// The folders agree in every file but the database and the workbook.
fn same(district: &District, out: &str) {
    let (whole, other) = (files(&district.path("whole")), files(&district.path(out)));
    let names = whole.keys().chain(other.keys());
    let differs: Vec<_> = names.filter(|name| whole.get(*name) != other.get(*name)).collect();
    assert!(
        differs.is_empty(),
        "{out}: {:?} ... of {}",
        &differs[..differs.len().min(5)],
        differs.len()
    );
    assert_eq!(check(district, "whole"), check(district, out));
}

#[test]
fn a_year_that_is_killed_again_and_again_ends_as_if_nothing_had_happened() {
    let district = District::new();
    let (secrets, whole) = undisturbed(&district);
    // Anywhere in a whole year, so that it falls on start and end as well as on every kind of act between.
    let mut chance = Stream::new(&Seed::new(Suite::Sha256.digest(&[b"when it is killed"])));
    let (mut sizes, mut kills) = (Vec::new(), 0);
    loop {
        let mut child = start(&district, &secrets, "killed");
        let most = u64::try_from(whole.as_millis()).unwrap();
        sleep(Duration::from_millis(chance.uniform(most * 3 / 4)));
        if kills == KILLS {
            finish(child);
            break;
        }
        if child.try_wait().unwrap().is_none() {
            kills += 1;
        }
        child.kill().unwrap();
        child.wait().unwrap();
        sizes.extend(check(&district, "killed").map(|head| head.size));
    }
    assert!(sizes.is_sorted(), "nothing is lost: {sizes:?}");
    same(&district, "killed");
}

/// So often it is killed.
const KILLS: usize = 24;

#[test]
fn two_processes_at_one_database_make_one_ledger() {
    let district = District::new();
    let (secrets, _) = undisturbed(&district);
    let both = [(); 2].map(|()| start(&district, &secrets, "shared"));
    both.into_iter().for_each(finish);
    same(&district, "shared");
}
