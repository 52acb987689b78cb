//! The crate's reader of JSON beside `serde_json`, on requests, questions and entries of which one object was changed: its
//! members in another order, one left out, one doubled, one renamed. Both refuse the same, and take the same for the same.

use serde::de::DeserializeOwned;
use serde_json::Value;
use std::fmt::Debug;
use yicha::json::from_json;
use yicha::ledger::Entry;
use yicha::office::Request;
use yicha::query::Asked;

#[derive(Clone, Copy, Debug)]
enum Change {
    Reverse,
    Drop(usize),
    Double(usize),
    Rename(usize),
}

/// A document of which the object of that number, counted from the outside, is changed. Says how many members it has.
struct Changed {
    json: String,
    objects: usize,
    wanted: usize,
    change: Change,
    members: usize,
}

impl Changed {
    fn of(document: &Value, wanted: usize, change: Change) -> Self {
        let mut changed = Self { json: String::new(), objects: 0, wanted, change, members: 0 };
        changed.write(document);
        changed
    }

    fn write(&mut self, value: &Value) {
        match value {
            Value::Object(object) => {
                let own = self.objects == self.wanted;
                self.objects += 1;
                let mut members: Vec<(String, &Value)> =
                    object.iter().map(|(key, value)| (key.clone(), value)).collect();
                if own {
                    self.members = members.len();
                    match self.change {
                        Change::Reverse => members.reverse(),
                        Change::Drop(at) => drop(members.remove(at)),
                        Change::Double(at) => members.push(members[at].clone()),
                        Change::Rename(at) => members[at].0.push('x'),
                    }
                }
                let members = members.iter().map(|(key, value)| (Some(key.as_str()), *value));
                self.parts(['{', '}'], members.collect());
            }
            Value::Array(list) => {
                self.parts(['[', ']'], list.iter().map(|value| (None, value)).collect());
            }
            other => self.json += &other.to_string(),
        }
    }

    fn parts(&mut self, [open, close]: [char; 2], parts: Vec<(Option<&str>, &Value)>) {
        self.json.push(open);
        for (i, (key, value)) in parts.into_iter().enumerate() {
            self.json += if i > 0 { "," } else { "" };
            if let Some(key) = key {
                self.json += &format!("{}:", Value::from(key));
            }
            self.write(value);
        }
        self.json.push(close);
    }
}

/// How many of the changed documents are taken, and how many are refused.
fn alike<T: DeserializeOwned + PartialEq + Debug>(lines: &str) -> [usize; 2] {
    let mut counts = [0; 2];
    let mut read = |json: &str| {
        let (own, other) = (from_json::<T>(json.as_bytes()), serde_json::from_str::<T>(json));
        counts[usize::from(own.is_err())] += 1;
        match (own, other) {
            (Ok(own), Ok(other)) => assert_eq!(own, other, "{json}"),
            (Err(_), Err(_)) => {}
            (own, other) => panic!("{json}: {own:?}, {other:?}"),
        }
    };
    for line in lines.lines() {
        let document: Value = serde_json::from_str(line).expect("a line of the session");
        let objects = Changed::of(&document, usize::MAX, Change::Reverse).objects;
        for wanted in 0..objects {
            let reversed = Changed::of(&document, wanted, Change::Reverse);
            read(&reversed.json);
            for at in 0..reversed.members {
                for change in [Change::Drop(at), Change::Double(at), Change::Rename(at)] {
                    read(&Changed::of(&document, wanted, change).json);
                }
            }
        }
    }
    counts
}

#[test]
fn requests_are_read_as_serde_json_reads_them() {
    let [taken, refused] = alike::<Request>(include_str!("data/session/requests.jsonl"));
    assert!(taken > 300 && refused > 2000, "{taken} {refused}");
}

#[test]
fn questions_are_read_as_serde_json_reads_them() {
    let [taken, refused] = alike::<Asked>(include_str!("data/session/questions.jsonl"));
    assert!(taken > 10 && refused > 50, "{taken} {refused}");
}

#[test]
fn entries_are_read_as_serde_json_reads_them() {
    let [taken, refused] = alike::<Entry>(include_str!("data/session/entries.jsonl"));
    assert!(taken > 300 && refused > 2000, "{taken} {refused}");
}
