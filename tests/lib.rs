//! Shared pieces of the workspace tests.

pub mod min_cost_flow;
pub mod plain_matching;

use yicha::explain::{Explain, Lang};

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
