//! Shared pieces of the workspace tests.

pub mod min_cost_flow;
pub mod plain_matching;

use yicha::case::{Fact, Stamp};
use yicha::code::CommandId;
use yicha::explain::{Explain, Lang};
use yicha::hash::Digest;
use yicha::ledger::{Cited, CommandPart, Entry};
use yicha::version::V1;

/// Asserts that an error says in Chinese and in English what is wrong, each without the other's words, apart from what
/// it quotes.
///
/// # Panics
/// When it does not.
pub fn speaks_both_languages(error: &dyn Explain) {
    let [zh, en] = [Lang::Zh, Lang::En].map(|lang| error.message(lang));
    let own = |text: &str| text.split('"').step_by(2).collect::<String>();
    let chinese = |text: &str| own(text).contains(|c| ('\u{4e00}'..='\u{9fff}').contains(&c));
    let english = |text: &str| {
        let words = ["the", "is", "has", "of", "an", "should", "would"];
        own(text).split(|c: char| !c.is_ascii_alphabetic()).any(|word| words.contains(&word))
    };
    assert!(chinese(&zh) && !english(&zh), "{}: {zh}", error.code());
    assert!(!chinese(&en) && !en.is_empty(), "{}: {en}", error.code());
}

/// The known answers. Test targets that read them are called `vectors...`, so that `tests/run --vectors` finds them.
pub mod vectors {
    use serde_json::Value;
    use std::path::PathBuf;

    /// A file of the folder named by `YICHA_VECTORS`, else of `tests/vectors/`.
    pub fn path(file: &str) -> PathBuf {
        let own = || concat!(env!("CARGO_MANIFEST_DIR"), "/vectors").into();
        std::env::var_os("YICHA_VECTORS").map_or_else(own, PathBuf::from).join(file)
    }

    /// The text of such a file. A missing file fails the test and is named.
    ///
    /// # Panics
    /// When the file cannot be read.
    pub fn read(file: &str) -> String {
        let path = path(file);
        std::fs::read_to_string(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()))
    }

    /// Such a file as JSON.
    ///
    /// # Panics
    /// When the file cannot be read.
    pub fn json(file: &str) -> Value {
        serde_json::from_str(&read(file)).unwrap_or_else(|e| panic!("{file}: {e}"))
    }

    /// A list of cases. An empty one would prove nothing, so it fails the test.
    ///
    /// # Panics
    /// When the file cannot be read or holds no cases.
    pub fn cases(file: &str) -> Vec<Value> {
        match json(file) {
            Value::Array(cases) if !cases.is_empty() => cases,
            other => panic!("{file}: expected a list of cases, found {other}"),
        }
    }

    /// A text field of a case.
    ///
    /// # Panics
    /// When there is none.
    pub fn text<'a>(case: &'a Value, field: &str) -> &'a str {
        case[field].as_str().unwrap_or_else(|| panic!("{field} is not a text in {case}"))
    }

    /// A field of lower-case hexadecimal.
    ///
    /// # Panics
    /// When there is none.
    pub fn bytes(case: &Value, field: &str) -> Vec<u8> {
        hex::decode(text(case, field)).unwrap_or_else(|e| panic!("{field}: {e}"))
    }
}

/// The id of the first command.
const FIRST: &str = "1";

/// The entries of a command's facts, as those of the first command of a ledger.
pub fn entries(facts: &[Fact], stamp: &Stamp) -> Vec<Entry> {
    let count = facts.len() as u64;
    let id: CommandId = FIRST.parse().unwrap_or_else(|e| panic!("{e}"));
    let entry = |(index, fact): (u64, &Fact)| Entry {
        actor: stamp.actor.clone(),
        basis: fact.basis.iter().copied().map(Cited::from).collect(),
        case: fact.case.clone(),
        command: CommandPart { count, digest: Digest::ZERO, id: id.clone(), index },
        effective: stamp.effective,
        event: fact.event.clone(),
        purpose: stamp.purpose,
        recorded: stamp.recorded,
        sequence: index,
        v: V1,
    };
    (0..).zip(facts).map(entry).collect()
}

/// The JSON Schemas that are published in `core/docs/schemas/`.
#[cfg(feature = "schema")]
pub mod schemas {
    use super::FIRST;
    use jsonschema::Validator;
    use serde::Serialize;
    use serde_json::{Value, json};
    use std::collections::BTreeMap;
    use std::path::PathBuf;
    use std::sync::LazyLock;
    use yicha::case::Stamp;
    use yicha::event::Command;
    use yicha::hash::Suite;
    use yicha::ledger::Entry;
    use yicha::office::Request;
    use yicha::version::V1;

    /// Where a schema is published.
    pub fn path(name: &str) -> PathBuf {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../core/docs/schemas");
        PathBuf::from(folder).join(format!("{name}.schema.json"))
    }

    /// A schema as it is published.
    ///
    /// # Panics
    /// When there is none.
    pub fn published(name: &str) -> Value {
        let path = path(name);
        let text = std::fs::read_to_string(&path)
            .unwrap_or_else(|e| panic!("{}: {e}; YICHA_BLESS=1 writes it", path.display()));
        serde_json::from_str(&text).unwrap_or_else(|e| panic!("{}: {e}", path.display()))
    }

    /// Whether a value is what the published schema of that name says.
    ///
    /// # Panics
    /// When there is no such schema.
    pub fn holds(name: &str, value: &Value) -> bool {
        static PUBLISHED: LazyLock<BTreeMap<&str, Validator>> = LazyLock::new(|| {
            let validator = |name| jsonschema::draft202012::new(&published(name));
            let names = yicha::schema::documents().into_iter().map(|(name, _)| name);
            names
                .map(|name| (name, validator(name).unwrap_or_else(|e| panic!("{name}: {e}"))))
                .collect()
        });
        PUBLISHED[name].is_valid(value)
    }

    /// Asserts that the request for a command and the entries of its facts are as published, and that an office can digest
    /// what was asked.
    ///
    /// # Panics
    /// When one of them is not.
    #[track_caller]
    pub fn hold_what_was_taken(command: &Command, entries: &[Entry], stamp: &Stamp) {
        entries.iter().for_each(|entry| assert_holds("entry", entry));
        let Stamp { actor, effective, purpose, recorded } = stamp.clone();
        let id = FIRST.parse().unwrap_or_else(|e| panic!("{e}"));
        let command = command.clone();
        let request = Request { actor, command, effective, id, purpose, recorded, v: V1 };
        assert_holds("request", &request);
        let digest = request.digest(Suite::Sha256);
        assert!(
            digest.is_ok(),
            "no office takes {command:?}: {digest:?}",
            command = request.command
        );
    }

    /// Asserts that something is written as published.
    ///
    /// # Panics
    /// When it is not.
    #[track_caller]
    pub fn assert_holds(name: &str, written: &impl Serialize) {
        let value = json!(written);
        assert!(holds(name, &value), "not as the schema {name} says: {value:#}");
    }
}
