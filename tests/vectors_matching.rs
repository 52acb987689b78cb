//! Known answers for the keystream, the bounded integer, the shuffle and the matching of inspectors.
#![allow(clippy::unwrap_used, missing_docs)]

use serde_json::Value;
use yicha::draw::announcement::{Announcement, Subject};
use yicha::draw::ceremony::{Announced, Inspectors};
use yicha::draw::matching::{Matched, Problem, Shortage};
use yicha::draw::seed::{Seed, SeedFile};
use yicha::draw::stream::Stream;
use yicha::hash::Suite;
use yicha_tests::plain_matching::PlainProblem;
use yicha_tests::vectors::{bytes, cases, json, text};

fn stream(case: &Value) -> Stream {
    Stream::new(&Seed::new(text(case, "key").parse().unwrap()))
}

#[test]
fn the_keystream_is_chacha20() {
    let case = &json("small.json")["keystream"];
    let mut stream = stream(case);
    let (words, rest) = bytes(case, "first").as_chunks::<8>().into_owned();
    assert!(rest.is_empty() && !words.is_empty());
    for word in words {
        assert_eq!(stream.next_u64().to_le_bytes(), word);
    }
}

/// Owned chunks, so that the bytes need not outlive the call.
trait Owned {
    fn into_owned(self) -> (Vec<[u8; 8]>, Vec<u8>);
}

impl Owned for (&[[u8; 8]], &[u8]) {
    fn into_owned(self) -> (Vec<[u8; 8]>, Vec<u8>) {
        (self.0.to_vec(), self.1.to_vec())
    }
}

#[test]
fn bounded_integers_are_those_of_the_specification() {
    let case = &json("small.json")["uniform"];
    let mut stream = stream(case);
    let bounds = case["n"].as_array().unwrap();
    for (n, answer) in bounds.iter().zip(case["answers"].as_array().unwrap()) {
        let n: u64 = n.as_str().unwrap().parse().unwrap();
        assert_eq!(stream.uniform(n).to_string(), answer.as_str().unwrap(), "{n}");
    }
    assert!(!bounds.is_empty());
}

#[test]
fn the_shuffle_is_that_of_the_specification() {
    let case = &json("small.json")["shuffle"];
    let order = stream(case).shuffle(case["n"].as_u64().unwrap() as u32);
    let answer: Vec<u32> = serde_json::from_value(case["answer"].clone()).unwrap();
    assert_eq!(order, answer);
}

/// The oracle of the property tests is itself held to the known answers.
#[test]
fn the_plain_algorithm_gives_the_same() {
    for case in cases("inspector_matching.json") {
        let name = text(&case, "name");
        let suite = Suite::from_code(text(&case, "suite")).unwrap();
        let plain = PlainProblem::of_text(text(&case, "problem"));
        let expect = &case["expect"];
        let target = |t: usize| &plain.targets[t].0;
        let inspector = |i: usize| &plain.inspectors[i].0;
        if let Some(wanted) = expect["shortage"].as_str() {
            let shortage = plain.shortage().unwrap();
            assert!(plain.proves_shortage(&shortage), "{name}");
            let places = shortage.0.iter().map(|&(t, s)| format!("place\t{}\t{s}\n", target(t)));
            let reached = shortage.1.iter().map(|&i| format!("inspector\t{}\n", inspector(i)));
            let lines: String = places.chain(reached).collect();
            assert!(
                wanted.ends_with(&lines) && wanted.lines().count() == lines.lines().count() + 2
            );
            continue;
        }
        let seed = bytes(expect, "seed").try_into().unwrap();
        let matching = plain.solve(seed).unwrap();
        for (count, field) in [
            (matching.open_places, "open_places"),
            (matching.repairs, "repairs"),
            (matching.moves, "moves"),
        ] {
            assert_eq!(Some(count as u64), expect[field].as_u64(), "{name}: {field}");
        }
        let announcement = suite.digest(&[text(expect, "announcement").as_bytes()]);
        let seed = text(expect, "seed");
        let mut file = format!("yicha-matched/1\nannouncement\t{announcement}\nseed\t{seed}\n");
        for ((t, s), i) in matching.matches {
            file += &format!("match\t{}\t{s}\t{}\n", target(t), inspector(i));
        }
        match expect["matched"].as_str() {
            Some(wanted) => assert_eq!(file, wanted, "{name}"),
            None => {
                let digest = suite.digest(&[file.as_bytes()]).to_string();
                assert_eq!(digest, text(expect, "matched_digest"), "{name}");
            }
        }
    }
}

#[test]
fn inspectors_are_matched_as_expected() {
    let mut shortages = 0;
    for case in cases("inspector_matching.json") {
        let name = text(&case, "name");
        let suite = Suite::from_code(text(&case, "suite")).unwrap();
        let problem = Problem::parse(text(&case, "problem").as_bytes()).unwrap();
        assert_eq!(problem.to_text(), text(&case, "problem"), "{name}");
        let expect = &case["expect"];
        if let Some(wanted) = expect["shortage"].as_str() {
            let shortage = problem.shortage().unwrap();
            assert_eq!(shortage.to_text(suite, &problem), wanted, "{name}");
            assert_eq!(shortage.check(&problem), Ok(()), "{name}");
            let parsed = Shortage::parse(wanted.as_bytes()).unwrap();
            assert_eq!(parsed, (problem.digest(suite), shortage), "{name}");
            shortages += 1;
            continue;
        }
        assert_eq!(problem.shortage(), None, "{name}");
        let announcement = Announcement::parse(text(expect, "announcement").as_bytes()).unwrap();
        assert!(matches!(announcement.subject(), Subject::Inspectors { .. }), "{name}");
        let seed_file = SeedFile::parse(text(expect, "seed_text").as_bytes()).unwrap();
        let sealed = Announced::<Inspectors>::first(announcement).unwrap().seal_with(seed_file);
        let drawn = sealed.unwrap().match_inspectors(&problem).unwrap();
        let steps = drawn.outcome().steps();
        for (count, field) in
            [(steps.open_places, "open_places"), (steps.repairs, "repairs"), (steps.moves, "moves")]
        {
            assert_eq!(Some(count as u64), expect[field].as_u64(), "{name}: {field}");
        }
        let matched = drawn.matched(&problem);
        let written = matched.to_text();
        match expect["matched"].as_str() {
            Some(wanted) => assert_eq!(written, wanted, "{name}"),
            None => {
                let digest = suite.digest(&[written.as_bytes()]).to_string();
                assert_eq!(digest, text(expect, "matched_digest"), "{name}");
            }
        }
        assert_eq!(Matched::parse(written.as_bytes()).unwrap(), matched, "{name}");
        assert_eq!(problem.check(&matched), Ok(()), "{name}");
    }
    assert!(shortages > 0, "no case of a shortage");
}
