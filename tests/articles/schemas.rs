//! The published JSON Schemas: they are those of the types, and take and refuse what is read and is not.

use crate::desk::FIRE;
use crate::host::*;
use crate::registered::{inspector, item, target};
use serde_json::{Map, Value, json};
use std::fs;
use yicha::hash::Suite;
use yicha::ledger::Entry;
use yicha::office::{Reply, Request};
use yicha_tests::schemas::{assert_holds, holds, path, published};

#[test]
fn what_is_published_are_the_schemas_of_the_types() {
    let documents = yicha::schema::documents();
    if std::env::var_os("YICHA_BLESS").is_some() {
        fs::create_dir_all(path("").parent().unwrap()).unwrap();
        for (name, schema) in &documents {
            fs::write(path(name), serde_json::to_string_pretty(schema).unwrap() + "\n").unwrap();
        }
    }
    for (name, schema) in &documents {
        assert!(published(name) == *schema, "{name} is not as published; YICHA_BLESS=1 writes it");
    }
    let files = fs::read_dir(path("").parent().unwrap()).unwrap().count();
    assert_eq!(files, documents.len(), "nothing else is published");
}

/// What is written in the order of its fields is canonical only if they stand in the order of their names.
#[test]
fn fields_stand_in_the_order_of_their_names() {
    fn unordered(schema: &Value) -> Option<&Value> {
        let below = match schema {
            Value::Object(fields) => fields.values().find_map(unordered),
            Value::Array(values) => values.iter().find_map(unordered),
            _ => None,
        };
        let required = schema.get("required").filter(|names| {
            names.as_array().is_some_and(|names| !names.is_sorted_by_key(|name| name.as_str()))
        });
        below.or(required)
    }
    for (name, schema) in yicha::schema::documents() {
        assert_eq!(unordered(&schema), None, "{name}");
    }
    assert!(unordered(&json!([{ "required": ["b", "a"] }])).is_some());
}

/// Every way in which one thing of a value is wrong: a field too many, one too few, a text that no code or date is.
fn spoilt(value: &Value) -> Vec<Value> {
    match value {
        Value::Object(fields) => of_object(fields),
        Value::Array(values) => {
            let with = |at: usize, other: Value| {
                let mut values = values.clone();
                values[at] = other;
                Value::Array(values)
            };
            let of = |(at, value)| spoilt(value).into_iter().map(move |other| with(at, other));
            values.iter().enumerate().flat_map(of).collect()
        }
        Value::String(_) => vec![json!("\n"), json!(1)],
        Value::Number(_) => vec![json!(-1), json!(1.5), json!("1")],
        Value::Bool(_) => vec![json!("true")],
        Value::Null => vec![json!(false)],
    }
}

fn of_object(fields: &Map<String, Value>) -> Vec<Value> {
    let mut all = Vec::new();
    let mut add = |change: &dyn Fn(&mut Map<String, Value>)| {
        let mut fields = fields.clone();
        change(&mut fields);
        all.push(Value::Object(fields));
    };
    add(&|fields| drop(fields.insert("no such field".into(), json!(1))));
    for (name, value) in fields {
        add(&|fields| drop(fields.remove(name)));
        for other in spoilt(value) {
            add(&|fields| drop(fields.insert(name.clone(), other.clone())));
        }
    }
    all
}

/// Whether a schema and the reader agree on a value.
#[track_caller]
fn agrees(name: &str, value: &Value, read: bool) {
    assert_eq!(holds(name, value), read, "the schema {name} and the reader differ: {value:#}");
}

#[test]
fn a_request_is_as_published_where_it_is_read_and_nowhere_else() {
    for request in requests(&history()) {
        assert_holds("request", &request);
        let mut refused = 0;
        for value in spoilt(&json!(request)) {
            let read = serde_json::from_value::<Request>(value.clone()).is_ok();
            agrees("request", &value, read);
            refused += usize::from(!read);
        }
        assert!(refused > 20, "{request:?}");
    }
}

#[test]
fn an_entry_is_as_published_and_what_is_not_read_is_not() {
    let (office, store) = stored(&history(), Suite::Sha256);
    assert_holds("head", &store.head());
    assert_holds("tip", office.tip());
    for bytes in &store.entries {
        let entry: Value = serde_json::from_slice(bytes).unwrap();
        assert!(holds("entry", &entry), "{entry:#}");
        for value in spoilt(&entry) {
            let read = Entry::parse(&serde_json::to_vec(&value).unwrap()).is_ok();
            assert!(read || !holds("entry", &value), "published, but not read: {value:#}");
        }
        // Whatever is written has all of its fields.
        let object = entry.as_object().unwrap();
        for field in object.keys() {
            let mut without = object.clone();
            without.remove(field);
            assert!(!holds("entry", &without.into()), "{field}");
        }
    }
}

#[test]
fn answers_are_as_published() {
    let desk = history();
    let request = requests(&desk).remove(0);
    let office = office(Suite::Sha256);
    let decided = decided(office.decide(request.clone()));
    let refused = office.decide_json(b"{}").unwrap_err();
    let repeated = stored(&desk, Suite::Sha256).0.decide(request);
    for answer in [Ok(yicha::office::Answer::Decided(decided)), Err(refused), repeated] {
        let reply = Reply::from(&answer);
        assert_holds("reply", &reply);
        match &reply {
            Reply::Decided(decided) => assert_holds("decided", decided),
            Reply::Refused(refused) => assert_holds("refused", refused),
            Reply::Repeated(receipt) => assert_holds("receipt", receipt),
        }
        for value in spoilt(&json!(reply)) {
            let read = serde_json::from_value::<Reply>(value.clone()).is_ok();
            assert!(read || !holds("reply", &value), "published, but not read: {value:#}");
        }
    }
}

#[test]
fn rows_are_as_published() {
    let rows = [
        ("inspector-row", json!(inspector("F1", FIRE))),
        ("item-row", json!(item("I1", FIRE))),
        ("target-row", json!(target("T1"))),
    ];
    for (name, row) in rows {
        assert!(holds(name, &row), "{row:#}");
        for value in spoilt(&row) {
            let json = serde_json::to_vec(&value).unwrap();
            let read = match name {
                "inspector-row" => {
                    serde_json::from_slice::<yicha::register::Inspector>(&json).is_ok()
                }
                "item-row" => serde_json::from_slice::<yicha::register::Item>(&json).is_ok(),
                _ => serde_json::from_slice::<yicha::register::Target>(&json).is_ok(),
            };
            agrees(name, &value, read);
        }
    }
}
