//! Verification of whole folders: what holds, what does not, and what a forger can and cannot do.
#![allow(clippy::unwrap_used, missing_docs)]

use std::collections::{BTreeMap, BTreeSet};
use yicha::code::DepartmentId;
use yicha::draw::announcement::{Announcement, Commitment, Nonce, Stage, Subject, Terms};
use yicha::draw::ceremony::{Announced, Inspectors, Targets, Voided};
use yicha::draw::columns::Row;
use yicha::draw::matching::{Candidate, Problem, Slot, TargetPlaces};
use yicha::draw::quota::{BasisPoints, Rule};
use yicha::draw::roster::{Roster, RosterKey};
use yicha::draw::verify::{Failure, Folder, Statement};
use yicha::explain::{Explain, Lang};
use yicha::hash::{Digest, Suite};
use yicha::threads::Threads;
use yicha_tests::speaks_both_languages;

const SUITE: Suite = Suite::Sha256;
const DEPARTMENTS: [&str; 3] = ["D1", "D2", "D3"];

type Files = BTreeMap<String, Vec<u8>>;

/// How a folder is made.
#[derive(Clone)]
struct Office {
    /// Rate of class A.
    rate: u64,
    /// Rows of the roster.
    rows: usize,
    /// Goes into every nonce.
    luck: u8,
    /// The attempt, with the void attempt before it.
    void: Option<(Announcement, Voided<Targets>)>,
}

const HONEST: Office = Office { rate: 1500, rows: 30, luck: 1, void: None };

impl Office {
    fn terms(&self, stage: &Stage, at: &str, by: &str) -> (Terms, Vec<(DepartmentId, Nonce)>) {
        let void = self.void.as_ref().filter(|_| *stage == Stage::Targets).map(|v| &v.1);
        let attempt = void.map_or(1, Voided::next_attempt);
        let scheme = "411302-2026-0001".parse().unwrap();
        let nonces: Vec<(DepartmentId, Nonce)> = (0..)
            .zip(DEPARTMENTS)
            .map(|(i, id)| (id.parse().unwrap(), Nonce::new([self.luck + i; 32])))
            .collect();
        let commit = |(department, nonce): &(DepartmentId, Nonce)| Commitment {
            department: department.clone(),
            digest: nonce.commit(SUITE, &scheme, stage, attempt, department),
        };
        let terms = Terms {
            suite: SUITE,
            attempt,
            previous: void.map_or(Digest::ZERO, Voided::digest),
            contributions: nonces.iter().map(commit).collect(),
            randomness: Vec::new(),
            announced: at.parse().unwrap(),
            reveal_by: by.parse().unwrap(),
            scheme,
        };
        (terms, nonces)
    }

    fn announcement(&self, roster: &yicha::draw::roster::CommittedRoster) -> Announcement {
        let rule = |(stratum, rate): (&str, u64)| Rule {
            stratum: stratum.parse().unwrap(),
            rate: BasisPoints::new(rate).unwrap(),
            floor: 1,
            cap: None,
        };
        let rules = [("B", 3000), ("A", self.rate)].map(rule).into();
        let counts = roster.roster().counts();
        let subject = Subject::targets(roster.root(), roster.lines(), counts, rules).unwrap();
        let (terms, _) =
            self.terms(&Stage::Targets, "2026-04-13T01:00:00Z", "2026-04-13T02:00:00Z");
        Announcement::new(terms, subject).unwrap()
    }

    fn roster(&self) -> yicha::draw::roster::CommittedRoster {
        let ids: Vec<String> = (0..self.rows).map(|i| format!("T{i:02}")).collect();
        let rows = (0..).zip(&ids).map(|(i, id)| Row {
            id,
            stratum: if i % 3 == 0 { "B" } else { "A" },
            standing: if i % 11 == 5 { "excluded:frequency-cap" } else { "eligible" },
        });
        Roster::from_rows(rows).unwrap().commit(SUITE, RosterKey::new([9; 32]), Threads::ONE)
    }

    /// The whole folder: D1 and D2 are matched, D3 has a shortage.
    fn files(&self) -> Files {
        let mut files = Files::new();
        let mut put = |name: &str, text: String| files.insert(name.into(), text.into_bytes());
        let roster = self.roster();
        let announcement = self.announcement(&roster);
        let (_, nonces) =
            self.terms(&Stage::Targets, "2026-04-13T01:00:00Z", "2026-04-13T02:00:00Z");
        let announced = match &self.void {
            None => Announced::<Targets>::first(announcement).unwrap(),
            Some((_, voided)) => voided.announce(announcement).unwrap(),
        };
        let drawn = announced.seal(&nonces, &[]).unwrap().draw(&roster, Threads::ONE).unwrap();
        let outcome = drawn.outcome();
        put("announcement-targets.txt", drawn.announcement().to_text());
        put("seed-targets.txt", drawn.seed_file().to_text());
        put("list.txt", outcome.list().to_text());
        put("roster.tsv", roster.roster().to_text());
        put("roster.key", "09".repeat(32) + "\n");
        put("drawn.txt", outcome.drawn().to_text());
        for id in ["T00", "T05", "T07"] {
            let slip = outcome.slip(&roster, &id.parse().unwrap()).unwrap().unwrap();
            put(&format!("slip-{id}.txt"), slip.to_text());
        }
        for id in DEPARTMENTS {
            let problem = problem(id, outcome.list().targets());
            put(&format!("problem-{id}.txt"), problem.to_text());
            if let Some(shortage) = problem.shortage() {
                put(&format!("shortage-{id}.txt"), shortage.to_text(SUITE, &problem));
                continue;
            }
            let subject = Subject::Inspectors {
                department: id.parse().unwrap(),
                drawn: outcome.drawn().digest(SUITE),
                problem: problem.digest(SUITE),
            };
            let stage = Stage::Inspectors(id.parse().unwrap());
            let (terms, nonces) =
                self.terms(&stage, "2026-04-13T03:00:00Z", "2026-04-13T04:00:00Z");
            let announcement = Announcement::new(terms, subject).unwrap();
            let sealed = Announced::<Inspectors>::first(announcement).unwrap().seal(&nonces, &[]);
            let drawn = sealed.unwrap().match_inspectors(&problem).unwrap();
            put(&format!("announcement-inspectors-{id}.txt"), drawn.announcement().to_text());
            put(&format!("seed-inspectors-{id}.txt"), drawn.seed_file().to_text());
            put(&format!("matched-{id}.txt"), drawn.matched(&problem).to_text());
        }
        files
    }
}

/// Two places at each target; D3 has nobody for one of them.
fn problem(department: &str, targets: &[yicha::code::TargetId]) -> Problem {
    let food = || Slot::requiring(["food".parse().unwrap()]);
    let places = targets
        .iter()
        .map(|target| TargetPlaces { target: target.clone(), slots: vec![food(), Slot::ANY] });
    let people = (0..5).map(|i| Candidate {
        inspector: format!("{department}-{i}").parse().unwrap(),
        capacity: 9,
        codes: BTreeSet::from_iter((department != "D3" && i < 3).then(|| "food".parse().unwrap())),
    });
    let id = department.parse().unwrap();
    Problem::new(id, [4; 16], places.collect(), people.collect(), Vec::new()).unwrap()
}

fn verify(files: &Files) -> Result<Statement, Failure> {
    verify_with(files, None)
}

fn verify_with(files: &Files, evidence: Option<&str>) -> Result<Statement, Failure> {
    let mut folder = Folder::new();
    for (name, bytes) in files {
        assert!(folder.add(name, bytes)?, "{name} is not looked at");
    }
    folder.verify(evidence)
}

fn only(files: &Files, keep: impl Fn(&str) -> bool) -> Files {
    files.iter().filter(|(name, _)| keep(name)).map(|(n, b)| (n.clone(), b.clone())).collect()
}

fn public(files: &Files) -> Files {
    only(files, |name| {
        name.starts_with("announcement-") || name.starts_with("seed-") || name == "list.txt"
    })
}

fn said(said: &[yicha::explain::Said], what: &str) -> bool {
    said.iter().any(|said| said.en.contains(what))
}

#[test]
fn an_honest_folder_holds_on_every_level() {
    let files = HONEST.files();
    let all = verify(&files).unwrap();
    for what in [
        "the quotas follow from the rates",
        "30 lines of the roster have the announced root",
        "T05 stood on the announced roster (line 6 of 30) in class A low; it was kept out of this draw: frequency-cap",
        "D1: recomputed from the seed",
        "D2: every place is filled by somebody who may",
        "D3: the shortage is proved",
    ] {
        assert!(said(&all.checked, what), "{what}: {:#?}", all.checked);
    }
    assert!(said(&all.rests_on, "assurance of targets is shared"));
    assert!(!said(&all.not_checked, "needs roster.tsv"));

    let open = verify(&public(&files)).unwrap();
    assert!(said(&open.not_checked, "needs roster.tsv"));
    assert!(said(&open.not_checked, "the matching of D1: needs problem-D1.txt"));
    assert!(!said(&open.checked, "recomputed"));
    let zh = open.in_words(Lang::Zh);
    assert!(zh.contains("已核对") && zh.contains("未能核对"), "{zh}");
}

#[test]
fn a_slip_tells_why_its_target_was_drawn_or_not() {
    let files = HONEST.files();
    let mut told = Vec::new();
    for id in ["T00", "T07"] {
        let one = only(&files, |name| {
            public(&files).contains_key(name) || name == format!("slip-{id}.txt")
        });
        let statement = verify(&one).unwrap();
        let about = statement.checked.iter().find(|s| s.en.starts_with(id)).unwrap();
        let drawn = String::from_utf8(files["list.txt"].clone()).unwrap().contains(id);
        let why = if drawn { "so it was drawn" } else { "so it was not drawn" };
        assert!(about.en.ends_with(why), "{}", about.en);
        told.push(drawn);
    }
    assert_eq!(
        told.iter().collect::<BTreeSet<_>>().len(),
        2,
        "one drawn and one not: change the ids"
    );
}

#[test]
fn any_changed_byte_is_found() {
    let files = HONEST.files();
    for (name, bytes) in &files {
        let mut changed = files.clone();
        for at in 0..bytes.len() {
            for bit in [0, 5] {
                let mut bytes = bytes.clone();
                bytes[at] ^= 1 << bit;
                changed.insert(name.clone(), bytes);
                match verify(&changed) {
                    Ok(found) => panic!("{name}, byte {at}, bit {bit}: {found:#?}"),
                    Err(failure) => speaks_both_languages(&failure),
                }
            }
        }
        for cut in [0, bytes.len() / 2, bytes.len() - 1] {
            changed.insert(name.clone(), bytes[..cut].to_vec());
            assert!(verify(&changed).is_err(), "{name} cut at {cut}");
        }
    }
}

#[test]
fn the_first_difference_is_told_with_its_file_and_line() {
    let mut files = HONEST.files();
    let text = String::from_utf8(files["drawn.txt"].clone()).unwrap();
    let without_last = text.trim_end().rsplit_once('\n').unwrap().0.to_owned() + "\n";
    files.insert("drawn.txt".into(), without_last.into());
    let failure = verify(&files).unwrap_err();
    assert!(
        failure.to_string().starts_with("list.txt: the digest of the drawn file is "),
        "{failure}"
    );
    assert_eq!(failure.code(), "verify-differs");
    assert!(!failure.is_unusable());

    let mut files = HONEST.files();
    let text = String::from_utf8(files["list.txt"].clone()).unwrap();
    files.insert("list.txt".into(), text.replace("target\tT", "target\tU").into());
    let failure = verify(&files).unwrap_err().message(Lang::Zh);
    assert!(failure.starts_with("list.txt：第"), "{failure}");
}

#[test]
fn a_ground_seed_needs_outside_evidence_to_be_seen_and_the_statement_says_so() {
    // All departments together try nonces and publish the luckiest: every file is consistent.
    let forged = Office { luck: 77, ..HONEST }.files();
    let statement = verify(&forged).unwrap();
    assert!(said(&statement.not_checked, "trying many seeds and choosing one cannot be seen"));
    assert!(said(&statement.not_checked, "that each department made and kept its own nonce"));
    let evidence = verify_with(&forged, Some("gazette 2026-17")).unwrap();
    assert!(said(&evidence.rests_on, "gazette 2026-17"));
    assert!(!said(&evidence.not_checked, "trying many seeds"));
    // Without colluding, the announced commitments hold everybody: another nonce is refused.
    let mut mixed = HONEST.files();
    mixed.insert("seed-targets.txt".into(), forged["seed-targets.txt"].clone());
    assert!(verify(&mixed).is_err());
}

#[test]
fn a_second_announcement_of_an_attempt_is_refused() {
    let mut files = HONEST.files();
    let other = Office { luck: 5, ..HONEST }.files();
    files.insert("announcement-targets-1.txt".into(), other["announcement-targets.txt"].clone());
    let failure = verify(&files).unwrap_err();
    assert!(failure.to_string().contains("another announcement of attempt 1"), "{failure}");
    // The same one under its full name is no other.
    files.insert("announcement-targets-1.txt".into(), files["announcement-targets.txt"].clone());
    assert!(verify(&files).is_ok());
}

#[test]
fn an_altered_rate_is_seen_in_the_files_or_needs_the_plan() {
    let mut files = HONEST.files();
    let text = String::from_utf8(files["announcement-targets.txt"].clone()).unwrap();
    let altered = text.replace("\t1500\t", "\t1600\t");
    assert_ne!(altered, text);
    files.insert("announcement-targets.txt".into(), altered.into());
    assert!(verify(&files).is_err(), "the seed file names the digest of the other text");
    let statement = verify(&Office { rate: 900, ..HONEST }.files()).unwrap();
    assert!(said(
        &statement.not_checked,
        "the rates are those of the plan: needs the register and the plan"
    ));
}

#[test]
fn a_dropped_row_is_seen_by_whoever_was_dropped() {
    let honest = HONEST.files();
    let forged = Office { rows: 29, ..HONEST }.files();
    assert!(verify(&forged).is_ok(), "a folder made without the row is consistent");
    let mut with_slip = forged.clone();
    with_slip.insert("slip-T07.txt".into(), honest["slip-T07.txt"].clone());
    assert!(verify(&with_slip).is_err(), "an earlier slip does not fit");
    let mut dropped = honest.clone();
    dropped.insert("roster.tsv".into(), forged["roster.tsv"].clone());
    let failure = verify(&dropped).unwrap_err();
    assert!(
        failure.to_string().contains("the number of lines is 29, 30 would be right"),
        "{failure}"
    );
}

#[test]
fn attempts_hang_together_by_their_void_notices() {
    let first = HONEST.announcement(&HONEST.roster());
    let voided = Announced::<Targets>::first(first.clone()).unwrap().void(
        "D2 did not reveal".parse().unwrap(),
        "P1".parse().unwrap(),
        "2026-04-13T02:30:00Z".parse().unwrap(),
    );
    let second = Office { luck: 40, void: Some((first.clone(), voided.clone())), ..HONEST };
    let mut files = second.files();
    let notice = voided.notice().to_text().into_bytes();

    let alone = verify(&files).unwrap();
    assert!(said(&alone.not_checked, "void-targets-1.txt is not there"));
    files.insert("void-targets-1.txt".into(), notice.clone());
    let with_notice = verify(&files).unwrap();
    assert!(said(&with_notice.checked, "made void by P1 (after announced): D2 did not reveal"));
    assert!(said(&with_notice.not_checked, "announcement-targets-1.txt is not there"));
    files.insert("announcement-targets-1.txt".into(), first.to_text().into_bytes());
    let whole = verify(&files).unwrap();
    assert!(!said(&whole.not_checked, "is not there"));

    let other = String::from_utf8(notice.clone()).unwrap().replace("P1", "P2");
    files.insert("void-targets-1.txt".into(), other.into());
    assert!(verify(&files).unwrap_err().to_string().contains("the digest of the notice"));

    let mut void = HONEST.files();
    void.insert("void-targets-1.txt".into(), notice);
    let failure = verify(&void).unwrap_err();
    assert!(failure.to_string().contains("attempt 1 is void"), "{failure}");
}

#[test]
fn what_is_missing_is_named_and_unusable() {
    let files = HONEST.files();
    for (without, missing) in [
        ("announcement-targets.txt", "announcement-targets.txt"),
        ("seed-targets.txt", "seed-targets.txt"),
        ("list.txt", "list.txt"),
        ("roster.key", "roster.key"),
        ("roster.tsv", "roster.tsv"),
        ("problem-D1.txt", "problem-D1.txt"),
        ("announcement-inspectors-D1.txt", "announcement-inspectors-D1.txt"),
    ] {
        let failure = verify(&only(&files, |name| name != without)).unwrap_err();
        assert_eq!(failure, Failure::Missing { file: missing.into() }, "without {without}");
        assert!(failure.is_unusable());
    }
    assert!(verify(&Files::new()).unwrap_err().is_unusable());
    let later = verify(&only(&files, |name| name != "seed-inspectors-D1.txt")).unwrap();
    assert!(said(&later.not_checked, "the seed of D1"), "not every seed need be there yet");
}

#[test]
fn a_matching_and_a_shortage_are_checked_from_their_result_alone() {
    let files = HONEST.files();
    let alone = only(&files, |name| {
        name.starts_with("problem-")
            || name.starts_with("matched-")
            || name.starts_with("shortage-")
    });
    let statement = verify(&alone).unwrap();
    assert!(said(&statement.checked, "D1: every place is filled by somebody who may"));
    assert!(said(&statement.checked, "D3: the shortage is proved"));
    assert!(said(&statement.not_checked, "D1: that the matching follows from the seed"));

    // D1-3 and D1-4 stand only in places for anybody: giving all of D1-4 to D1-3 is lawful and uneven.
    let mut uneven = alone.clone();
    let text = String::from_utf8(files["matched-D1.txt"].clone()).unwrap();
    let forged = text.replace("\tD1-4\n", "\tD1-3\n");
    uneven.insert("matched-D1.txt".into(), forged.into());
    let failure = verify(&uneven).unwrap_err();
    assert!(failure.to_string().contains("the loads could be more even"), "{failure}");
}

#[test]
fn nothing_panics_on_any_bytes() {
    let files = HONEST.files();
    let mut state = 1u64;
    let mut next = move || {
        state =
            state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        state >> 33
    };
    let names: Vec<&String> = files.keys().collect();
    for _ in 0..3_000 {
        let mut changed = files.clone();
        let name = names[next() as usize % names.len()];
        let bytes = changed.get_mut(name).unwrap();
        for _ in 0..1 + next() % 4 {
            let at = next() as usize % bytes.len();
            match next() % 3 {
                0 => bytes[at] = next() as u8,
                1 => drop(bytes.remove(at)),
                _ => bytes.insert(at, b"\t\n\0-*+,:0A\xff"[next() as usize % 11]),
            }
        }
        // A changed folder may hold only where the changes undid each other.
        if *bytes != files[name] {
            assert!(verify(&changed).is_err(), "{name}");
        }
    }
}
