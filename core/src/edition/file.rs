//! A host's own edition as a JSON file, read with all of its faults at once.

use super::{Dated, Edition, Parameter, Source};
use crate::citation::Basis;
use crate::date::Date;
use crate::explain::{Explain, Lang};
use crate::json::from_json;
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use serde_json::{Map, Value, json};

/// Something in the file that is not right.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{place}: found {found}, {problem}")]
pub struct EditionFault {
    /// Where it stands, such as `parameters.minimum_inspectors[0].value`; empty for the whole file.
    pub place: String,
    /// What was found there.
    pub found: String,
    /// What is wrong with it.
    pub problem: EditionProblem,
}

/// What is wrong, and what would be right.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum EditionProblem {
    /// The file is not a JSON object.
    #[error("an object in JSON would be right")]
    NotJson,
    /// Another version of the form.
    #[error("version 1 is the only one there is")]
    Version,
    /// A member that is needed is not there.
    #[error("it has to be there")]
    Missing,
    /// A member that no edition has.
    #[error("no edition has this")]
    Unknown,
    /// Not a text, or an empty one.
    #[error("a text would be right")]
    NotText,
    /// Not a day.
    #[error("a day as YYYY-MM-DD would be right")]
    NotDay,
    /// The last day lies before the first one.
    #[error("the last day is not before the first one, {from}")]
    Ends {
        /// The first day in force.
        from: Date,
    },
    /// A parameter without values.
    #[error("a list with at least one value would be right")]
    NoValues,
    /// A number outside of what can be.
    #[error("a whole number from {least} to {most} would be right")]
    OutOfBounds {
        /// The least number.
        least: u32,
        /// The greatest number.
        most: u32,
    },
    /// A value that does not hold from a later day than the one before.
    #[error("each value holds from a later day than the one before")]
    NotAscending,
}

impl Explain for EditionFault {
    fn code(&self) -> &'static str {
        match self.problem {
            EditionProblem::NotJson => "edition-not-json",
            EditionProblem::Version => "edition-version",
            EditionProblem::Missing => "edition-missing",
            EditionProblem::Unknown => "edition-unknown",
            EditionProblem::NotText => "edition-not-text",
            EditionProblem::NotDay => "edition-not-day",
            EditionProblem::Ends { .. } => "edition-ends",
            EditionProblem::NoValues => "edition-no-values",
            EditionProblem::OutOfBounds { .. } => "edition-out-of-bounds",
            EditionProblem::NotAscending => "edition-not-ascending",
        }
    }

    fn basis(&self) -> Basis {
        Basis::Decision("own-edition")
    }

    fn message(&self, lang: Lang) -> String {
        if lang == Lang::En {
            return self.to_string();
        }
        let right = match &self.problem {
            EditionProblem::NotJson => "应为JSON对象".into(),
            EditionProblem::Version => "应为版本1".into(),
            EditionProblem::Missing => "应写明".into(),
            EditionProblem::Unknown => "没有这一项".into(),
            EditionProblem::NotText => "应为非空文字".into(),
            EditionProblem::NotDay => "应为YYYY-MM-DD形式的日期".into(),
            EditionProblem::Ends { from } => format!("末日不得早于首日{from}"),
            EditionProblem::NoValues => "应列出至少一个值".into(),
            EditionProblem::OutOfBounds { least, most } => format!("应为{least}至{most}的整数"),
            EditionProblem::NotAscending => "各值的起始日应依次递增".into(),
        };
        format!("{}：读到{}，{right}", self.place, self.found)
    }
}

impl Edition {
    /// Reads an edition from a JSON file as [`Self::to_json`] writes it.
    ///
    /// # Errors
    /// Everything that is wrong with the file, in the order of the parameters.
    ///
    /// ```
    /// use yicha::edition::Edition;
    /// let file = Edition::wancheng_2026().to_json();
    /// let file = file.replace("宛区双随机办〔2026〕3号", "卧龙区〔2026〕1号").replace("\"value\": 20", "\"value\": 15");
    /// let edition = Edition::parse(&file).unwrap();
    /// let day = "2026-05-06".parse().unwrap();
    /// assert_eq!(edition.value(|e| &e.publication_workdays, day).unwrap().value, 15);
    /// ```
    pub fn parse(file: &str) -> Result<Self, Vec<EditionFault>> {
        let mut reader = Reader(Vec::new());
        let edition = reader.edition(file);
        if reader.0.is_empty() { Ok(edition) } else { Err(reader.0) }
    }

    /// The edition as a JSON file.
    pub fn to_json(&self) -> String {
        let values = |parameter: Parameter<u32>| -> Value {
            let dated = |d: Dated<u32>| json!({"from": d.from, "source": d.source.to_string(), "value": d.value});
            parameter.0.into_iter().map(dated).collect()
        };
        let mut parameters = Map::new();
        for (name, dated) in self.parameters() {
            parameters.insert(name.into(), values(dated));
        }
        let file = json!({
            "document": self.document,
            "from": self.from,
            "parameters": parameters,
            "until": self.until,
            "v": 1,
        });
        format!("{file:#}\n")
    }
}

/// Reads on after a fault, with a value that does not matter.
struct Reader(Vec<EditionFault>);

impl Reader {
    fn fault(&mut self, place: &str, found: impl ToString, problem: EditionProblem) {
        self.0.push(EditionFault { place: place.into(), found: found.to_string(), problem });
    }

    fn edition(&mut self, file: &str) -> Edition {
        let value = from_json(file.as_bytes()).unwrap_or_else(|e| {
            self.fault("", e, EditionProblem::NotJson);
            Value::Object(Map::new())
        });
        let mut file = self.object("", value);
        if !self.0.is_empty() {
            return Edition::wancheng_2026();
        }
        let version = self.take(&mut file, "", "v");
        if version.as_ref().is_some_and(|v| *v != json!(1)) {
            self.fault("v", version.unwrap_or_default(), EditionProblem::Version);
        }
        let document = self.text(&mut file, "", "document");
        let from = self.day(&mut file, "", "from");
        let until = match file.remove("until") {
            None | Some(Value::Null) => None,
            Some(value) => Some(self.as_day("until", value)),
        };
        if let Some(until) = until.filter(|until| *until < from) {
            self.fault("until", until, EditionProblem::Ends { from });
        }
        let parameters = self.take(&mut file, "", "parameters").unwrap_or_default();
        let mut parameters = self.object("parameters", parameters);
        let edition = Edition::read(document, (from, until), |name, least, most| {
            let values = self.take(&mut parameters, "parameters", name);
            self.parameter(&format!("parameters.{name}"), values, least, most)
        });
        self.rest("parameters", parameters);
        self.rest("", file);
        edition
    }

    fn parameter(
        &mut self,
        place: &str,
        values: Option<Value>,
        least: u32,
        most: u32,
    ) -> Parameter<u32> {
        let dated = match values {
            // Said already.
            None => Vec::new(),
            Some(Value::Array(values)) if !values.is_empty() => {
                let place = |i| format!("{place}[{i}]");
                let values = values.into_iter().enumerate();
                values.map(|(i, value)| self.dated(&place(i), value, least, most)).collect()
            }
            Some(other) => {
                self.fault(place, other, EditionProblem::NoValues);
                Vec::new()
            }
        };
        for (i, pair) in dated.windows(2).enumerate() {
            if pair[0].from >= pair[1].from {
                let place = format!("{place}[{}].from", i + 1);
                self.fault(&place, pair[1].from, EditionProblem::NotAscending);
            }
        }
        Parameter(dated)
    }

    fn dated(&mut self, place: &str, value: Value, least: u32, most: u32) -> Dated<u32> {
        let mut members = self.object(place, value);
        let from = self.day(&mut members, place, "from");
        let source = Source::Text(self.text(&mut members, place, "source"));
        let value = self.take(&mut members, place, "value").unwrap_or(json!(least));
        let number = value.as_u64().and_then(|number| u32::try_from(number).ok());
        let number = number.filter(|number| (least..=most).contains(number));
        if number.is_none() {
            self.fault(&join(place, "value"), value, EditionProblem::OutOfBounds { least, most });
        }
        self.rest(place, members);
        Dated { value: number.unwrap_or(least), from, source }
    }

    fn object(&mut self, place: &str, value: Value) -> Map<String, Value> {
        match value {
            Value::Object(members) => members,
            other => {
                self.fault(place, other, EditionProblem::NotJson);
                Map::new()
            }
        }
    }

    /// A member, which has to be there.
    fn take(&mut self, members: &mut Map<String, Value>, place: &str, name: &str) -> Option<Value> {
        let value = members.remove(name);
        if value.is_none() {
            self.fault(&join(place, name), "-", EditionProblem::Missing);
        }
        value
    }

    fn text(&mut self, members: &mut Map<String, Value>, place: &str, name: &str) -> String {
        match self.take(members, place, name) {
            Some(Value::String(text)) if !text.trim().is_empty() => return text,
            Some(other) => self.fault(&join(place, name), other, EditionProblem::NotText),
            None => {}
        }
        String::new()
    }

    fn day(&mut self, members: &mut Map<String, Value>, place: &str, name: &str) -> Date {
        match self.take(members, place, name) {
            Some(value) => self.as_day(&join(place, name), value),
            None => Date::MIN,
        }
    }

    fn as_day(&mut self, place: &str, value: Value) -> Date {
        value.as_str().and_then(|text| text.parse().ok()).unwrap_or_else(|| {
            self.fault(place, value, EditionProblem::NotDay);
            Date::MIN
        })
    }

    /// What was not taken is unknown.
    fn rest(&mut self, place: &str, members: Map<String, Value>) {
        for (name, value) in members {
            self.fault(&join(place, &name), value, EditionProblem::Unknown);
        }
    }
}

fn join(place: &str, name: &str) -> String {
    if place.is_empty() { name.into() } else { format!("{place}.{name}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn faults(file: &str) -> Vec<(String, &'static str)> {
        let faults = Edition::parse(file).unwrap_err();
        assert!(faults.iter().all(|fault| fault.message(Lang::Zh) != fault.to_string()));
        faults.iter().map(|fault| (fault.place.clone(), fault.code())).collect()
    }

    #[test]
    fn an_edition_that_is_written_is_read_back() {
        let built_in = Edition::wancheng_2026();
        let read = Edition::parse(&built_in.to_json()).unwrap();
        assert_eq!(read.to_json(), built_in.to_json());
        let day = "2026-03-20".parse().unwrap();
        let source = &read.value(|e| &e.publication_workdays, day).unwrap().source;
        assert_eq!(source.to_string(), "宛区双随机办〔2026〕3号第21条");
    }

    #[test]
    fn all_faults_are_told_at_once() {
        let mut file: Value = serde_json::from_str(&Edition::wancheng_2026().to_json()).unwrap();
        file["document"] = json!(" ");
        file["until"] = json!("2026-03-19");
        file["v"] = json!(2);
        file["colour"] = json!("red");
        file["parameters"]["minimum_inspectors"] = json!([]);
        file["parameters"]["plan_due_month"][0]["value"] = json!(13);
        file["parameters"]["plan_due_month"][0]["from"] = json!("2026-02-30");
        file["parameters"]["publication_workdays"] = json!([{"from": "2026-05-01", "source": "x", "value": 20}, {"from": "2026-05-01", "source": "x", "value": 1.5}]);
        let found = faults(&file.to_string());
        for wanted in [
            ("document", "edition-not-text"),
            ("until", "edition-ends"),
            ("v", "edition-version"),
            ("colour", "edition-unknown"),
            ("parameters.minimum_inspectors", "edition-no-values"),
            ("parameters.plan_due_month[0].value", "edition-out-of-bounds"),
            ("parameters.plan_due_month[0].from", "edition-not-day"),
            ("parameters.publication_workdays[1].from", "edition-not-ascending"),
            ("parameters.publication_workdays[1].value", "edition-out-of-bounds"),
        ] {
            assert!(found.contains(&(wanted.0.into(), wanted.1)), "{wanted:?} in {found:?}");
        }
        assert_eq!(found.len(), 9);
    }

    #[test]
    fn what_is_missing_is_named_and_the_end_may_be_open() {
        let found = faults("{}");
        assert!(found.contains(&("document".into(), "edition-missing")));
        assert!(found.iter().all(|(place, _)| place != "until"));
        assert_eq!(faults("[]"), [(String::new(), "edition-not-json")]);
        assert_eq!(faults("{"), [(String::new(), "edition-not-json")]);
    }
}
