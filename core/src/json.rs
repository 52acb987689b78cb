//! Documents in JSON, written and read as the specifications have them: what is an object there is an object.
//!
//! `serde_json` by itself would also take the list of a struct's values for the struct, and `{"name":null}` for `"name"`, so
//! that two documents of different bytes would say the same. Everything of the crate that is read as JSON is read here.
//!
//! The syntax is read step by step by functions that are compiled once, where `serde_json` compiles it anew for every
//! type: reading some three hundred types was a quarter of the C library. What is rare, escapes and numbers that are no natural
//! ones, is left to `serde_json`. A struct is given its fields in its own order, and an enum the number of its variant, so
//! that no type looks for names; a field that may be missing is an option, whatever else `serde`'s `default` would allow.

mod fault;
mod members;
mod reader;
mod value;

use alloc::vec::Vec;
use reader::Reader;
use serde::Serialize;
use serde::de::{DeserializeOwned, Error};

/// Reads a document.
///
/// # Errors
/// What is wrong with it, and where: no JSON, an unknown field or value, something behind its end.
pub fn from_json<T: DeserializeOwned>(json: &[u8]) -> serde_json::Result<T> {
    // Checked here, once and for all texts within.
    let json = core::str::from_utf8(json).map_err(serde_json::Error::custom)?;
    let mut reader = Reader::new(json);
    let document = T::deserialize(&mut reader);
    match document.and_then(|document| reader.end().map(|()| document)) {
        Ok(document) => Ok(document),
        Err(fault) => {
            let first = reader.first(fault);
            Err(reader.place(&first))
        }
    }
}

/// Writes a document, the fields of each struct in the order in which it has them.
///
/// # Errors
/// For what no document of this crate has: fractions, keys that are no texts, more than 64 values within each other.
pub fn to_json(value: &impl Serialize) -> serde_json::Result<Vec<u8>> {
    crate::ledger::write(value).map_err(serde_json::Error::custom)
}

#[cfg(test)]
mod tests {
    use super::from_json;
    use crate::case::CaseId;
    use crate::inspection::InspectionEvent;
    use crate::publication::PublicationCommand;
    use crate::query::{AskDue, Question};
    use alloc::collections::{BTreeMap, BTreeSet};
    use alloc::format;
    use alloc::string::{String, ToString};
    use alloc::vec::Vec;
    use serde::Serialize;
    use serde::de::DeserializeOwned;
    use serde_json::Value;

    const OBJECT: &str = r#"{"id":"K1","kind":"conference"}"#;
    const LIST: &str = r#"["K1","conference"]"#;

    fn stays<T: Serialize + DeserializeOwned>(json: &str) -> bool {
        from_json::<T>(json.as_bytes())
            .is_ok_and(|read| serde_json::to_string(&read).unwrap() == json)
    }

    fn refused<T: DeserializeOwned>(json: &str) -> Option<String> {
        from_json::<T>(json.as_bytes()).err().map(|e| e.to_string())
    }

    #[test]
    fn a_struct_is_an_object_and_no_list_of_its_values() {
        assert!(stays::<CaseId>(OBJECT));
        assert!(serde_json::from_str::<CaseId>(LIST).is_ok(), "why it is read here");
        let wanted = "invalid type: sequence, expected struct CaseId at line 1 column 0";
        assert_eq!(refused::<CaseId>(LIST).as_deref(), Some(wanted));
    }

    #[test]
    fn so_it_is_within_everything() {
        for (object, list) in [
            (r#"{"cease":{"inspection":"I1","item":"i-1"}}"#, r#"{"cease":["I1","i-1"]}"#),
            (
                r#"{"set-period":{"inspection":"I1","item":"i-1","period":{"months":3,"source":{"law":"L","place":"9"},"start":"2026-04-01"}}}"#,
                r#"{"set-period":{"inspection":"I1","item":"i-1","period":{"months":3,"source":["L","9"],"start":"2026-04-01"}}}"#,
            ),
        ] {
            assert!(
                stays::<PublicationCommand>(object),
                "{:?}",
                refused::<PublicationCommand>(object)
            );
            assert!(refused::<PublicationCommand>(list).is_some(), "{list}");
        }
        assert_eq!(refused::<Question>(r#"{"due":{"day":"2026-04-20"}}"#), None);
        assert!(refused::<Question>(r#"{"due":["2026-04-20"]}"#).is_some());
        type Containers = (Option<CaseId>, BTreeMap<String, Vec<CaseId>>);
        assert!(stays::<Containers>(&format!(r#"[{OBJECT},{{"K":[{OBJECT}]}}]"#)));
        assert!(stays::<Containers>(r#"[null,{}]"#));
        assert!(refused::<Containers>(&format!("[{LIST},{{}}]")).is_some());
        assert!(refused::<Containers>(&format!(r#"[null,{{"K":[{LIST}]}}]"#)).is_some());
    }

    #[test]
    fn white_space_and_order_are_free_and_the_end_is_the_end() {
        let read = from_json::<CaseId>(br#" { "kind" : "conference", "id" : "K1" } "#).unwrap();
        assert_eq!(read.id.as_str(), "K1");
        for json in [
            r#"{"id":"K1","kind":"conference"}1"#,
            r#"{"id":"K1","kind":"conference","other":1}"#,
            r#"{"id":"K1","id":"K1","kind":"conference"}"#,
            r#"{"id":"K1"}"#,
            "",
        ] {
            assert!(refused::<CaseId>(json).is_some(), "{json}");
        }
    }

    /// The fields of a question in every order, each once, left out and twice: as `serde_json` reads them.
    #[test]
    fn fields_stand_in_any_order_and_once_and_only_options_may_be_missing() {
        const FIELDS: [&str; 6] = [
            r#""case":{"id":"K1","kind":"conference"}"#,
            r#""count":true"#,
            r#""day":"2026-04-20""#,
            r#""department":null"#,
            r#""until":"2026-05-20""#,
            r#""x":[{"y":1},"}"]"#,
        ];
        let (mut taken, mut words) = (0, BTreeSet::new());
        let mut alike = |fields: &[&str]| {
            let json = format!("{{ {} }}", fields.join(" , "));
            let read = from_json::<AskDue>(json.as_bytes());
            match (read, serde_json::from_str::<AskDue>(&json)) {
                (Ok(read), Ok(wanted)) => {
                    assert_eq!(read, wanted, "{json}");
                    taken += 1;
                }
                (Err(fault), Err(_)) => {
                    words.insert(fault.to_string().split(" at ").next().unwrap().to_string());
                }
                (read, wanted) => panic!("{json}: {read:?} {wanted:?}"),
            }
        };
        for all in 0..6_usize.pow(5) {
            let digits = (0..5).map(|place| all / 6_usize.pow(place) % 6);
            let fields: Vec<&str> = digits.map(|digit| FIELDS[digit]).collect();
            (0..=5).for_each(|len| alike(&fields[..len]));
        }
        assert!(taken > 1000, "{taken}");
        let known = "expected one of `case`, `count`, `day`, `department`, `until`";
        let mut wanted: BTreeSet<String> = ["case", "count", "day", "department", "until"]
            .map(|field| format!("duplicate field `{field}`"))
            .into();
        wanted.extend(["missing field `day`".into(), format!("unknown field `x`, {known}")]);
        assert_eq!(words, wanted);
        for json in
            [r#"{"day":"2026-04-20""#, r#"{"until":null,"day":"2026-04-20"]"#, "{,}", "{\"day\"}"]
        {
            assert!(refused::<AskDue>(json).is_some(), "{json}");
        }
    }

    /// The syntax is that of `serde_json`: what it takes is taken for the same value, and nothing else is taken.
    #[test]
    fn the_syntax_is_that_of_all_readers_of_json() {
        const DOCUMENTS: [&str; 5] = [
            r#" {"a":[1,-2,0,-0,2.5,1e3,18446744073709551615,18446744073709551616],"b":{},"c":[[],null]} "#,
            r#"{"":"\"\\\/\b\f\n\r\t\u0000\u20ac\ud83d\ude00é😀","\u0061":true,"a":false}"#,
            "[\n\t1 ,\r\n{ \"k\" : \"v\" , \"k\" : 2 } ]",
            r#""\uD83D\uDE00 \\""#,
            "-9223372036854775808",
        ];
        let alike = |json: &[u8]| {
            let wanted = serde_json::from_slice::<Value>(json).ok();
            assert_eq!(from_json::<Value>(json).ok(), wanted, "{}", json.escape_ascii());
            wanted.is_some()
        };
        let (mut taken, mut refused) = (0, 0);
        for document in DOCUMENTS.map(str::as_bytes) {
            assert!(alike(document), "{}", document.escape_ascii());
            for at in 0..document.len() {
                let (before, rest) = document.split_at(at);
                alike(before);
                for new in *b"\0\x1f \n\"\\/{}[]:,+-.019eEuntfa\x7f\x80\xff" {
                    for rest in [rest, &rest[1..]] {
                        let changed = [before, &[new], rest].concat();
                        *if alike(&changed) { &mut taken } else { &mut refused } += 1;
                    }
                }
                alike(&[before, &rest[1..]].concat());
            }
        }
        assert!(taken > 1000 && refused > 5000, "{taken} {refused}");
        for deep in 120..135 {
            alike(&[b"[".repeat(deep), b"]".repeat(deep)].concat());
            alike(&[b"{\"a\":".repeat(deep), b"1".to_vec(), b"}".repeat(deep)].concat());
        }
    }

    #[test]
    fn a_variant_has_one_key_and_a_tuple_no_more_than_its_values() {
        for json in [
            r#"{"due":{"day":"2026-04-20"},"due":{"day":"2026-04-20"}}"#,
            r#"{"due":{"day":"2026-04-20"}"#,
            r#"{"due"}"#,
            r#"{"due":}"#,
            "{}",
            r#""due""#,
            r#"{"overdue":{}}"#,
        ] {
            assert!(refused::<Question>(json).is_some(), "{json}");
        }
        assert!(stays::<InspectionEvent>(r#""completed""#));
        assert!(serde_json::from_str::<InspectionEvent>(r#"{"completed":null}"#).is_ok());
        assert!(refused::<InspectionEvent>(r#"{"completed":null}"#).is_some());
        assert!(stays::<(u8, i8)>("[255,-128]"));
        for json in ["[1,2,3]", "[1,2,]", "[1]", "[256,1]", "[1,-129]", "[1,2.0]", "[-1,1]", "{}"] {
            assert!(refused::<(u8, i8)>(json).is_some(), "{json}");
        }
    }

    #[test]
    fn a_fault_is_told_with_its_place() {
        for (json, wanted) in [
            ("{\n \"id\": 7}", "invalid type: integer `7`, expected a text at line 2 column 8"),
            ("{\"id\":\"K1\"", "expected `,` or `}` at line 1 column 10"),
            ("{\"x\":1}", "unknown field `x`, expected `id` or `kind` at line 1 column 4"),
            ("{\"id\":\"K1\"}", "missing field `kind` at line 1 column 11"),
            (r#"{"kind":"conference"}"#, "missing field `id` at line 1 column 21"),
            (r#"{"kind":"x","id":"K1"}"#, "\"x\" is none of "),
            (r#"{"id":"K1","kind":"conference","x":1}"#, "unknown field `x`"),
            (r#"{"id":"K1","id":"K1"}"#, "duplicate field `id` at line 1 column 15"),
        ] {
            let found = refused::<CaseId>(json).unwrap();
            assert!(found.starts_with(wanted), "{found}");
            if !json.ends_with('}') {
                continue;
            }
            // Also within something that goes on where the fault is.
            let found = refused::<Vec<CaseId>>(&format!("[{json},{OBJECT}]")).unwrap();
            assert!(found.starts_with(wanted.split(" at ").next().unwrap()), "{found}");
        }
    }
}
