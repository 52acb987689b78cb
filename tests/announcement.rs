//! What an announcement may say, and what a seed file may say under it: each check with its nearest lawful neighbour.
#![allow(clippy::unwrap_used, missing_docs)]

use yicha::code::DepartmentId;
use yicha::draw::announcement::{Announcement, Assurance, FreeText, Nonce, Stage, Subject};
use yicha::draw::quota::{BasisPoints, Rule};
use yicha::draw::roster::StratumCount;
use yicha::draw::seed::{SeedError, SeedFile};
use yicha::explain::Explain;
use yicha::hash::{Digest, Suite};
use yicha_tests::speaks_both_languages;

fn nonce(department: &str) -> (DepartmentId, Nonce) {
    (department.parse().unwrap(), Nonce::new([department.as_bytes()[1]; 32]))
}

/// Two departments, and three public values of which no two are the same.
fn text() -> String {
    let commit = |id: &str| {
        let (department, nonce) = nonce(id);
        let scheme = "S-1".parse().unwrap();
        nonce.commit(Suite::Sha256, &scheme, &Stage::Targets, 1, &department)
    };
    let (zeros, root) = ("0".repeat(64), "1a".repeat(32));
    let (one, two) = (commit("D1"), commit("D2"));
    format!(
        "yicha-announcement/1\n\
         suite\tsha256\n\
         stage\ttargets\n\
         scheme\tS-1\n\
         attempt\t1\n\
         previous\t{zeros}\n\
         roster\t{root}\t5\n\
         stratum\tA\t3\t5000\t0\t-\t2\n\
         stratum\tB\t2\t0\t1\t1\t1\n\
         contribution\tD1\t{one}\n\
         contribution\tD2\t{two}\n\
         randomness\tdrand\t7\t8\t2026-04-02T00:00:00Z\n\
         randomness\tdrand\t8\t8\t2026-04-03T00:00:00Z\n\
         randomness\tlottery\t7\t3\t2026-04-02T12:00:00Z\n\
         announced\t2026-04-01T01:00:00Z\n\
         reveal-by\t2026-04-01T02:00:00Z\n"
    )
}

fn changed(from: &str, to: &str) -> String {
    let text = text();
    assert!(text.contains(from), "{from}");
    text.replacen(from, to, 1)
}

fn read(text: &str) -> Announcement {
    Announcement::parse(text.as_bytes()).unwrap_or_else(|e| panic!("{e}: {text}"))
}

#[test]
fn a_lawful_announcement_is_written_as_it_was_read() {
    let lawful = [
        ("sha256", "sm3"),
        ("attempt\t1\nprevious\t00", "attempt\t2\nprevious\t01"),
        ("attempt\t1\nprevious\t00", "attempt\t18446744073709551615\nprevious\t01"),
        ("\t5\nstratum\tA", "\t6\nstratum\tA"),
        ("stratum\tB\t2\t0\t1\t1\t1\n", ""),
        ("A\t3\t5000\t0\t-\t2", "A\t3\t10000\t0\t-\t3"),
        ("A\t3\t5000\t0\t-\t2", "A\t3\t0\t0\t-\t0"),
        ("drand\t8\t8", "drand \u{3000}一\t8\t8"),
        ("2026-04-01T02:00:00Z", "2026-04-01T23:59:59Z"),
        ("announced\t2026-04-01T01:00:00Z", "announced\t2026-04-01T01:59:59Z"),
    ];
    for (from, to) in lawful {
        assert_eq!(read(&changed(from, to)).to_text(), changed(from, to));
    }
}

#[test]
fn an_announcement_says_nothing_else() {
    for (from, to, line, code) in [
        ("sha256", "sha512", 2, "file-field"),
        ("targets", "target", 3, "file-field"),
        ("targets", "inspectors:", 3, "file-field"),
        ("S-1", "S 1", 4, "file-field"),
        ("attempt\t1", "attempt\t0", 5, "file-field"),
        // An earlier attempt is named by all but the first.
        ("attempt\t1", "attempt\t2", 6, "file-field"),
        ("previous\t0", "previous\t1", 6, "file-field"),
        ("\t5\nstratum\tA", "\t0\nstratum\tA", 7, "file-field"),
        ("\t5\nstratum\tA", "\t4\nstratum\tA", 9, "file-field"),
        ("A\t3\t5000", "B\t3\t5000", 9, "file-order"),
        ("A\t3\t5000\t0\t-\t2", "A\t3\t5000\t0\t-\t1", 8, "file-field"),
        ("A\t3\t5000\t0\t-\t2", "A\t3\t10001\t0\t-\t3", 8, "file-field"),
        ("B\t2\t0\t1\t1\t1", "B\t18446744073709551615\t0\t1\t1\t1", 9, "file-field"),
        ("contribution\tD1", "contribution\tD2", 11, "file-order"),
        ("drand\t8\t8", "drand\t7\t8", 13, "file-contradiction"),
        ("lottery\t7", "drand\t8", 14, "file-contradiction"),
        ("lottery", "", 14, "file-field"),
        ("announced\t2026-04-01T01", "announced\t2026-04-01T02", 16, "file-field"),
        ("reveal-by\t2026-04-01T02", "reveal-by\t2026-04-02T00", 16, "file-field"),
        ("2026-04-02T12:00:00Z", "2026-04-01T02:00:00Z", 16, "file-field"),
    ] {
        let refused = Announcement::parse(changed(from, to).as_bytes()).unwrap_err();
        assert_eq!((refused.line, refused.code()), (line, code), "{to}: {refused}");
        speaks_both_languages(&refused);
    }
}

/// The announcement without its lines of randomness, or of contributions.
fn without(keys: &[&str]) -> String {
    let text = text();
    let kept = text.lines().filter(|line| !keys.iter().any(|key| line.starts_with(key)));
    kept.map(|line| format!("{line}\n")).collect()
}

#[test]
fn somebody_brings_randomness_and_every_roster_has_a_stratum() {
    read(&without(&["randomness"]));
    read(&without(&["contribution"]));
    for keys in [&["randomness", "contribution"][..], &["stratum"]] {
        let refused = Announcement::parse(without(keys).as_bytes()).unwrap_err();
        assert_eq!(refused.code(), "file-line-expected", "{refused}");
        speaks_both_languages(&refused);
    }
}

#[test]
fn a_stratum_that_occurs_has_a_rule() {
    let count = |stratum: &str, eligible, excluded| StratumCount {
        stratum: stratum.parse().unwrap(),
        eligible,
        excluded,
    };
    let rule = |stratum: &str| Rule {
        stratum: stratum.parse().unwrap(),
        rate: BasisPoints::new(1_000).unwrap(),
        floor: 0,
        cap: None,
    };
    // All of D are kept out of the draw.
    let counts = [count("A", 30, 0), count("D", 0, 2)];
    let targets = |rules| Subject::targets(Digest::ZERO, 32, &counts, rules);
    let refused = targets(vec![rule("A")]).unwrap_err();
    assert_eq!(refused.code(), "draw-stratum-without-rule");
    speaks_both_languages(&refused);
    let refused = targets(vec![rule("A"), rule("D"), rule("A")]).unwrap_err();
    assert_eq!(refused.code(), "draw-stratum-with-two-rules");
    speaks_both_languages(&refused);
    // B does not occur.
    let Ok(Subject::Targets { strata, .. }) = targets(vec![rule("D"), rule("B"), rule("A")]) else {
        panic!("every stratum has a rule");
    };
    let quotas: Vec<_> =
        strata.iter().map(|s| (s.stratum().as_str(), s.eligible(), s.quota())).collect();
    assert_eq!(quotas, [("A", 30, 3), ("B", 0, 0), ("D", 0, 0)]);
}

#[test]
fn twenty_unpredictable_bits_or_two_departments_decide_the_assurance() {
    let of = |text: &str| read(text).assurance();
    assert_eq!(of(&text()), Assurance::Shared, "8 + 8 + 3 bits");
    assert_eq!(of(&changed("lottery\t7\t3", "lottery\t7\t4")), Assurance::Public);
    let huge = changed("drand\t7\t8", "drand\t7\t18446744073709551615");
    assert_eq!(of(&huge), Assurance::Public, "bits do not overflow");
    let one = without(&["contribution\tD2"]);
    assert_eq!(of(&one), Assurance::Operator);
    assert_eq!(of(&without(&["contribution"])), Assurance::Operator);
    assert_eq!(of(&without(&["randomness"])), Assurance::Shared);
}

#[test]
fn a_free_text_has_1_to_128_bytes_and_no_control_character() {
    for lawful in ["x", " ", "双色球 2026034", &"x".repeat(128), &"名".repeat(42)] {
        assert_eq!(lawful.parse::<FreeText>().unwrap().as_str(), lawful);
    }
    for text in ["", "a\tb", "a\n", "\u{85}", &"x".repeat(129), &"名".repeat(43)] {
        let refused = text.parse::<FreeText>().unwrap_err();
        assert_eq!(refused.found, text);
        speaks_both_languages(&refused);
    }
}

fn values() -> Vec<Vec<u8>> {
    vec![vec![7], vec![8; 1024], b"030811192533-07".to_vec()]
}

fn reveal(values: &[Vec<u8>]) -> Result<SeedFile, SeedError> {
    SeedFile::reveal(&read(&text()), &[nonce("D2"), nonce("D1")], values)
}

fn with(at: usize, value: Vec<u8>) -> Vec<Vec<u8>> {
    let mut values = values();
    values[at] = value;
    values
}

#[test]
fn every_value_is_waited_for_and_none_is_added() {
    let file = reveal(&values()).unwrap();
    assert_eq!(SeedFile::parse(file.to_text().as_bytes()), Ok(file));
    for known in 0..3 {
        let refused = reveal(&values()[..known]).unwrap_err();
        let SeedError::NoValue { source_name, round } = &refused else { panic!("{refused}") };
        let wanted = [("drand", "7"), ("drand", "8"), ("lottery", "7")][known];
        assert_eq!((&**source_name, &**round), wanted);
        speaks_both_languages(&refused);
    }
    let refused = reveal(&[values(), vec![vec![1]]].concat()).unwrap_err();
    assert_eq!(refused.code(), "seed-other-value");
}

#[test]
fn a_value_has_1_to_1024_bytes() {
    assert!(reveal(&with(2, vec![0; 1024])).is_ok() && reveal(&with(2, vec![0])).is_ok());
    for len in [0, 1025] {
        let refused = reveal(&with(2, vec![0; len])).unwrap_err();
        let SeedError::ValueLength { source_name, len: found, .. } = &refused else {
            panic!("{refused}")
        };
        assert_eq!((&**source_name, *found), ("lottery", len));
        speaks_both_languages(&refused);
    }
}

#[test]
fn every_department_reveals_its_own_nonce_once() {
    let announcement = read(&text());
    let reveal = |nonces: &[_]| SeedFile::reveal(&announcement, nonces, &values());
    assert!(reveal(&[nonce("D1"), nonce("D2")]).is_ok());
    let swapped = [("D1", "D2"), ("D2", "D1")].map(|(id, of)| (nonce(id).0, nonce(of).1));
    for (nonces, code) in [
        (&[nonce("D2")][..], "seed-not-revealed"),
        (&[nonce("D1"), nonce("D1")], "seed-not-revealed"),
        (&[nonce("D1"), nonce("D2"), nonce("D2")], "seed-not-announced"),
        (&[nonce("D1"), nonce("D2"), nonce("D3")], "seed-not-announced"),
        (&swapped, "seed-wrong-nonce"),
    ] {
        let refused = reveal(nonces).unwrap_err();
        assert_eq!(refused.code(), code, "{refused}");
    }
}

#[test]
fn a_seed_file_has_the_lines_announced_in_their_order() {
    let announcement = read(&text());
    let file = reveal(&values()).unwrap().to_text();
    let check = |text: &str| SeedFile::parse(text.as_bytes()).unwrap().check(&announcement);
    assert_eq!(check(&file), Ok(()));
    let line = |key: &str| {
        let line = file.lines().find(|line| line.starts_with(key)).unwrap();
        format!("{line}\n")
    };
    let (one, two) = (line("randomness\tdrand\t7"), line("randomness\tdrand\t8"));
    let (lottery, second) = (line("randomness\tlottery"), line("contribution\tD2"));
    for (text, code) in [
        (file.replace("randomness\tlottery\t7", "randomness\tlottery\t8"), "seed-other-value"),
        (file.replace("randomness\tlottery\t7", "randomness\tbeacon\t7"), "seed-other-value"),
        (file.replace(&format!("{one}{two}"), &format!("{two}{one}")), "seed-other-value"),
        (format!("{file}randomness\tlottery\t8\t00\n"), "seed-other-value"),
        (file.replace(&two, ""), "seed-other-value"),
        (file.replace(&lottery, ""), "seed-no-value"),
        (file.replace(&second, ""), "seed-not-revealed"),
        (file.replace("contribution\tD2", "contribution\tD3"), "seed-not-revealed"),
        (
            file.replace(&second, &format!("{second}{}", second.replace("D2", "D3"))),
            "seed-not-announced",
        ),
    ] {
        let refused = check(&text).unwrap_err();
        assert_eq!(refused.code(), code, "{refused}");
        speaks_both_languages(&refused);
    }
    // Who has the right nonce under another's name has not revealed it.
    let renamed = file.replace("contribution\tD1", "contribution\tD0");
    assert_eq!(check(&renamed).unwrap_err().code(), "seed-not-revealed");
}

#[test]
fn a_seed_file_that_no_announcement_could_have_is_not_read() {
    let file = reveal(&values()).unwrap().to_text();
    let long = format!("\t{}\n", "00".repeat(1025));
    for (from, to, line, code) in [
        ("randomness\tdrand\t8", "randomness\tdrand\t7", 6, "file-contradiction"),
        ("randomness\tlottery\t7", "randomness\tdrand\t8", 7, "file-contradiction"),
        ("randomness\tdrand\t7\t07\n", "randomness\tdrand\t7\t\n", 5, "file-field"),
        ("\t07\n", "\t0\n", 5, "file-field"),
        ("\t07\n", "\t0G\n", 5, "file-field"),
        ("\t07\n", &long, 5, "file-field"),
        ("contribution\tD1", "contribution\tD2", 4, "file-order"),
    ] {
        assert!(file.contains(from), "{from}");
        let refused = SeedFile::parse(file.replacen(from, to, 1).as_bytes()).unwrap_err();
        assert_eq!((refused.line, refused.code()), (line, code), "{to}: {refused}");
        speaks_both_languages(&refused);
    }
    let head: String = file.lines().take(2).map(|line| format!("{line}\n")).collect();
    assert_eq!(SeedFile::parse(head.as_bytes()).unwrap_err().code(), "file-line-expected");
    let shortest = format!("{head}randomness\ta\tb\t00\n");
    assert!(SeedFile::parse(shortest.as_bytes()).is_ok());
}
