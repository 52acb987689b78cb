//! Known answers for codes, credit codes, announcements, seeds and void notices.
#![allow(clippy::unwrap_used, missing_docs)]

use serde_json::Value;
use yicha::code::{DepartmentId, check};
use yicha::date::Instant;
use yicha::draw::announcement::{
    Announcement, Commitment, Nonce, Randomness, Stage, Subject, Terms,
};
use yicha::draw::ceremony::{Announced, Inspectors, Targets};
use yicha::draw::quota::{BasisPoints, Rule};
use yicha::draw::seed::SeedFile;
use yicha::draw::void::{Progress, VoidNotice};
use yicha::hash::{Digest, Suite};
use yicha::uscc::{Uscc, UsccError};
use yicha_tests::vectors::{bytes, cases, json, read, text};

#[test]
fn codes_are_legal_or_not() {
    let codes = &json("small.json")["codes"];
    for code in codes["legal"].as_array().unwrap() {
        assert_eq!(check(code.as_str().unwrap().as_bytes()), Ok(code.as_str().unwrap()));
    }
    for code in codes["illegal"].as_array().unwrap() {
        assert!(check(code.as_str().unwrap().as_bytes()).is_err(), "{code}");
    }
}

#[test]
fn credit_codes_are_valid_or_refused_for_the_reason_given() {
    let file = read("uscc_vectors.csv");
    let mut rows = 0;
    for row in file.lines().skip(1) {
        let fields: Vec<_> = row.split(',').collect();
        let [code, valid, reason] = [
            fields[..fields.len() - 2].join(","),
            fields[fields.len() - 2].into(),
            fields[fields.len() - 1].to_owned(),
        ];
        let code = code.trim_matches('"');
        let kind = match Uscc::parse(code) {
            Ok(_) => "ok",
            Err(UsccError::Length { .. }) => "InvalidLength",
            Err(UsccError::Character { .. }) => "InvalidFormat",
            Err(UsccError::Check { .. }) => "InvalidChecksum",
            Err(other) => panic!("{other}"),
        };
        assert_eq!(kind == "ok", valid == "1", "{row}");
        // A and other legal first letters are refused here for their check character only.
        if valid == "0" && !reason.starts_with("letter_in_first_two") {
            assert!(reason.ends_with(kind), "{row}: {kind}");
        }
        rows += 1;
    }
    assert!(rows > 1000, "{rows} rows");
}

fn suite(case: &Value) -> Suite {
    Suite::from_code(text(case, "suite")).unwrap()
}

fn nonces(case: &Value) -> Vec<(DepartmentId, Nonce)> {
    let nonces = case["contributions"].as_array().unwrap().iter();
    nonces
        .map(|c| {
            (
                text(c, "department").parse().unwrap(),
                Nonce::new(bytes(c, "nonce").try_into().unwrap()),
            )
        })
        .collect()
}

fn values(case: &Value) -> Vec<Vec<u8>> {
    case["randomness"].as_array().unwrap().iter().map(|r| bytes(r, "value")).collect()
}

/// The terms of a case; what `inspector_matching.json` does not say stands in its FORMAT.md.
fn terms(case: &Value, stage: &Stage) -> Terms {
    let say = |field: &str, default: &str| case[field].as_str().unwrap_or(default).to_owned();
    let suite = suite(case);
    let scheme = say("scheme", "411302-2026-0017").parse().unwrap();
    let attempt = case["attempt"].as_u64().unwrap_or(1);
    let commit = |(department, nonce): (DepartmentId, Nonce)| Commitment {
        digest: nonce.commit(suite, &scheme, stage, attempt, &department),
        department,
    };
    let mut contributions: Vec<_> = nonces(case).into_iter().map(commit).collect();
    contributions.sort_by(|a, b| a.department.cmp(&b.department));
    let randomness = case["randomness"].as_array().unwrap().iter().map(|r| Randomness {
        source: text(r, "source").parse().unwrap(),
        round: text(r, "round").parse().unwrap(),
        bits: r["bits"].as_u64().unwrap(),
        due: text(r, "due").parse().unwrap(),
    });
    Terms {
        suite,
        attempt,
        previous: say("previous", &Digest::ZERO.to_string()).parse().unwrap(),
        contributions,
        randomness: randomness.collect(),
        announced: say("announced", "2026-03-26T01:00:00Z").parse().unwrap(),
        reveal_by: say("reveal_by", "2026-03-26T02:00:00Z").parse().unwrap(),
        scheme,
    }
}

#[test]
fn target_draws_are_announced_and_sealed() {
    for case in cases("target_draw.json") {
        let expect = &case["expect"];
        let roster = case["roster"].as_array().unwrap();
        let eligible = |stratum: &str| {
            let rows = roster.iter().filter(|r| r[1] == stratum && r[2] == "eligible");
            rows.count() as u64
        };
        let rules = case["rules"].as_object().unwrap();
        let mut strata: Vec<_> = rules
            .iter()
            .map(|(stratum, rule)| {
                Rule {
                    stratum: stratum.parse().unwrap(),
                    rate: BasisPoints::new(rule["rate_bp"].as_u64().unwrap()).unwrap(),
                    floor: rule["floor"].as_u64().unwrap(),
                    cap: rule["cap"].as_u64(),
                }
                .apply(eligible(stratum))
            })
            .collect();
        strata.sort_by(|a, b| a.stratum().cmp(b.stratum()));
        for line in &strata {
            assert_eq!(line.quota(), expect["quotas"][line.stratum().as_str()].as_u64().unwrap());
        }
        let subject = Subject::Targets {
            root: text(expect, "roster_root").parse().unwrap(),
            lines: roster.len() as u64,
            strata,
        };
        let announcement = Announcement::new(terms(&case, &Stage::Targets), subject).unwrap();
        assert_eq!(announcement.to_text(), text(expect, "announcement"));
        assert_eq!(announcement.assurance().code(), text(expect, "assurance"));

        let announced = Announced::<Targets>::resume(announcement).unwrap();
        let sealed = announced.seal(&nonces(&case), &values(&case)).unwrap();
        assert_eq!(sealed.seed_file().to_text(), text(expect, "seed_text"));
        assert_eq!(sealed.seed().digest().to_string(), text(expect, "seed"));
        assert_eq!(
            &SeedFile::parse(text(expect, "seed_text").as_bytes()).unwrap(),
            sealed.seed_file()
        );
    }
}

#[test]
fn inspector_matchings_are_announced_and_sealed() {
    for case in cases("inspector_matching.json") {
        let expect = &case["expect"];
        if expect["announcement"].is_null() {
            assert!(expect["shortage"].is_string(), "only a shortage is not announced");
            continue;
        }
        let problem = text(&case, "problem");
        let (_, rest) = problem.split_once("department\t").unwrap();
        let department: DepartmentId = rest.split('\n').next().unwrap().parse().unwrap();
        let subject = Subject::Inspectors {
            department: department.clone(),
            drawn: text(&case, "drawn").parse().unwrap(),
            problem: suite(&case).digest(&[problem.as_bytes()]),
        };
        let terms = terms(&case, &Stage::Inspectors(department));
        let announcement = Announcement::new(terms, subject).unwrap();
        assert_eq!(announcement.to_text(), text(expect, "announcement"));
        let announced = Announced::<Inspectors>::first(announcement).unwrap();
        let sealed = announced.seal(&nonces(&case), &values(&case)).unwrap();
        assert_eq!(sealed.seed_file().to_text(), text(expect, "seed_text"));
        assert_eq!(sealed.seed().digest().to_string(), text(expect, "seed"));
    }
}

#[test]
fn a_void_notice_is_written_and_read() {
    let case = &json("small.json")["void"];
    let notice = VoidNotice {
        announcement: text(case, "announcement").parse().unwrap(),
        after: Progress::Announced,
        reason: text(case, "reason").parse().unwrap(),
        approved_by: text(case, "approved_by").parse().unwrap(),
        at: text(case, "at").parse::<Instant>().unwrap(),
    };
    assert_eq!(notice.to_text(), text(case, "text"));
    assert_eq!(VoidNotice::parse(text(case, "text").as_bytes()).unwrap(), notice);
    for suite in [Suite::Sha256, Suite::Sm3] {
        assert_eq!(notice.digest(suite).to_string(), text(case, suite.code()));
    }
}
