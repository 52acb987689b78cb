//! Answers of an office as tables: a row for each thing that an answer lists, with the same columns whatever is in it.

use crate::arrow::Values;
use crate::ledger::{cited, only_member};
use crate::table::Table;
use serde_json::{Map, Value};
use yicha::date::Date;

/// A table of the answers to a question.
struct Shape {
    question: &'static str,
    table: &'static str,
    /// The list, and the list in each of its rows whose members are the rows; without any the answer is the one row.
    /// Members of the outer row stand in the inner one as well.
    rows: &'static [&'static str],
    columns: &'static [(&'static str, &'static str, Kind)],
}

/// What a column has at its place in each row. Whatever is not there is null.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// The rules that something rests on, as the log has them.
    Basis,
    Day,
    Flag,
    /// The name of what is one of several, without what it tells more.
    Name,
    Number,
    /// Text; lists and objects as JSON.
    Text,
}
use Kind::{Basis, Day, Flag, Name, Number, Text};

const DUTY: &[(&str, &str, Kind)] = &[
    ("due", "/due", Day),
    ("standing", "/standing", Text),
    ("certainty", "/certainty", Name),
    ("act", "/act", Text),
    ("department", "/department", Text),
    ("case_kind", "/case/kind", Text),
    ("case", "/case/id", Text),
    ("inspection", "/inspection", Text),
    ("part", "/part", Text),
    ("basis", "/basis", Basis),
    ("zh", "/said/zh", Text),
    ("en", "/said/en", Text),
];
const RESULT: &[(&str, &str, Kind)] = &[
    ("inspection", "/inspection", Text),
    ("item", "/item", Text),
    ("department", "/department", Text),
    ("result", "/result", Text),
    ("negative", "/negative", Flag),
    ("public", "/public", Flag),
];
const REPLACEMENT: &[(&str, &str, Kind)] =
    &[("inspection", "/inspection", Text), ("on", "/on", Day), ("other", "/other", Text)];

/// The first table of a question is the one that most ask for.
const SHAPES: &[Shape] = &[
    Shape { question: "due", table: "duties", rows: &["duties"], columns: DUTY },
    Shape { question: "open", table: "duties", rows: &["duties"], columns: DUTY },
    Shape {
        question: "why-public",
        table: "results",
        rows: &["results"],
        columns: &[
            ("inspection", "/inspection", Text),
            ("item", "/item", Text),
            ("department", "/department", Text),
            ("target", "/target", Text),
            ("public", "/public", Flag),
            ("publicity", "/publicity", Name),
            ("stops", "/stops", Day),
            ("stop_recorded", "/stop_recorded", Day),
            ("investigating", "/investigating", Flag),
            ("origin", "/origin", Name),
            ("basis", "/basis", Basis),
            ("zh", "/said/zh", Text),
            ("en", "/said/en", Text),
        ],
    },
    Shape {
        question: "why-public",
        table: "consequences",
        rows: &["results", "consequences"],
        columns: &[
            ("inspection", "/inspection", Text),
            ("item", "/item", Text),
            ("kind", "/kind", Text),
            ("case_kind", "/case/kind", Text),
            ("case", "/case/id", Text),
            ("from", "/from", Day),
            ("until", "/until", Day),
            ("holds", "/holds", Flag),
        ],
    },
    Shape {
        question: "why-public",
        table: "steps",
        rows: &["results", "steps"],
        columns: &[
            ("inspection", "/inspection", Text),
            ("item", "/item", Text),
            ("kind", "/kind", Text),
            ("who", "/who", Text),
            ("case_kind", "/case/kind", Text),
            ("case", "/case/id", Text),
            ("basis", "/basis", Basis),
            ("zh", "/said/zh", Text),
            ("en", "/said/en", Text),
        ],
    },
    Shape {
        question: "why-public",
        table: "versions",
        rows: &["results", "versions"],
        columns: &[
            ("inspection", "/inspection", Text),
            ("item", "/item", Text),
            ("published", "/published", Day),
            ("result", "/result", Text),
            ("negative", "/negative", Flag),
            ("due", "/timeliness/due", Day),
            ("late", "/timeliness/late", Number),
            ("provisional", "/timeliness/provisional", Flag),
            ("order", "/order", Text),
            ("text", "/text", Text),
        ],
    },
    Shape {
        question: "target",
        table: "inspections",
        rows: &["inspections"],
        columns: &[
            ("inspection", "/inspection", Text),
            ("scheme", "/scheme", Text),
            ("opened", "/opened", Day),
            ("completed", "/completed", Day),
            ("abandoned", "/abandoned", Day),
        ],
    },
    Shape {
        question: "target",
        table: "results",
        rows: &["inspections", "results"],
        columns: RESULT,
    },
    Shape {
        question: "target",
        table: "visits",
        rows: &["inspections", "visits"],
        columns: &[
            ("inspection", "/inspection", Text),
            ("on", "/on", Day),
            ("departments", "/departments", Text),
            ("inspectors", "/inspectors", Text),
        ],
    },
    Shape { question: "target", table: "inherited", rows: &["inherited"], columns: RESULT },
    Shape {
        question: "target",
        table: "rechecks",
        rows: &["rechecks"],
        columns: &[
            ("rectification", "/rectification", Text),
            ("on", "/on", Day),
            ("department", "/department", Text),
            ("corrected", "/corrected", Flag),
        ],
    },
    Shape {
        question: "target",
        table: "cases",
        rows: &["cases"],
        columns: &[("case_kind", "/kind", Text), ("case", "/id", Text)],
    },
    Shape {
        question: "target",
        table: "registered",
        rows: &["registered"],
        columns: &[
            ("department", "/department", Text),
            ("kind", "/kind", Text),
            ("ended", "/ended", Day),
        ],
    },
    Shape {
        question: "target",
        table: "caps",
        rows: &["years", "caps"],
        columns: &[
            ("year", "/year", Text),
            ("visits", "/visits", Number),
            ("industry", "/industry", Text),
            ("entry", "/entry", Text),
            ("cap", "/cap", Number),
            ("reached", "/reached", Flag),
        ],
    },
    Shape {
        question: "inspector",
        table: "places",
        rows: &["places"],
        columns: &[
            ("inspection", "/inspection", Text),
            ("scheme", "/scheme", Text),
            ("target", "/target", Text),
            ("opened", "/opened", Day),
            ("leader", "/leader", Flag),
        ],
    },
    Shape {
        question: "inspector",
        table: "visits",
        rows: &["visits"],
        columns: &[("inspection", "/inspection", Text), ("on", "/on", Day)],
    },
    Shape {
        question: "inspector",
        table: "recusals",
        rows: &["recusals"],
        columns: &[
            ("inspection", "/inspection", Text),
            ("on", "/on", Day),
            ("origin", "/origin", Text),
            ("granted", "/granted", Flag),
        ],
    },
    Shape { question: "inspector", table: "replaced", rows: &["replaced"], columns: REPLACEMENT },
    Shape { question: "inspector", table: "succeeded", rows: &["succeeded"], columns: REPLACEMENT },
    Shape {
        question: "inspector",
        table: "rechecks",
        rows: &["rechecks"],
        columns: &[("rectification", "/rectification", Text), ("on", "/on", Day)],
    },
    Shape {
        question: "data-use",
        table: "disclosures",
        rows: &["disclosures"],
        columns: &[
            ("disclosure", "/disclosure", Text),
            ("on", "/on", Day),
            ("purpose", "/purpose", Text),
            ("about", "/shown/about", Text),
            ("data", "/shown/data", Text),
            ("count", "/shown/count", Number),
            ("digest", "/shown/digest", Text),
            ("reader", "/shown/reader", Text),
        ],
    },
    Shape {
        question: "data-use",
        table: "released",
        rows: &["released"],
        columns: &[
            ("scheme", "/scheme", Text),
            ("on", "/on", Day),
            ("kind", "/kind", Text),
            ("audience", "/released/audience", Text),
            ("file", "/released/file", Text),
            ("place", "/released/place", Text),
        ],
    },
    Shape {
        question: "data-use",
        table: "shared",
        rows: &["shared", "versions"],
        columns: &[
            ("record", "/record", Text),
            ("sender", "/sender", Text),
            ("target", "/target", Text),
            ("on", "/on", Day),
            ("kind", "/given/kind", Text),
            ("document", "/given/document", Text),
            ("content", "/given/content", Text),
            ("receivers", "/receivers", Text),
        ],
    },
    Shape {
        question: "evaluation",
        table: "coverage",
        rows: &["coverage"],
        columns: &[
            ("industry", "/industry", Text),
            ("class", "/class", Text),
            ("eligible", "/eligible", Number),
            ("quota", "/quota", Number),
            ("inspected", "/inspected", Number),
        ],
    },
    Shape {
        question: "evaluation",
        table: "load",
        rows: &["load"],
        columns: &[
            ("department", "/key", Text),
            ("inspectors", "/inspectors", Number),
            ("least", "/least", Number),
            ("most", "/most", Number),
            ("mean_numerator", "/mean/numerator", Number),
            ("mean_denominator", "/mean/denominator", Number),
            ("variance_numerator", "/variance/numerator", Number),
            ("variance_denominator", "/variance/denominator", Number),
        ],
    },
    Shape {
        question: "evaluation",
        table: "results",
        rows: &["results"],
        columns: &[("result", "/key", Text), ("count", "/value", Number)],
    },
    Shape {
        question: "evaluation",
        table: "industries",
        rows: &["industries"],
        columns: &[
            ("industry", "/key", Text),
            ("problems", "/count", Number),
            ("inspections", "/of", Number),
        ],
    },
    Shape {
        question: "evaluation",
        table: "summary",
        rows: &[],
        columns: &[
            ("from", "/period/from", Day),
            ("until", "/period/until", Day),
            ("day", "/day", Day),
            ("inspections", "/problems/of", Number),
            ("problems", "/problems/count", Number),
            ("on_time", "/publication/on_time/count", Number),
            ("on_time_of", "/publication/on_time/of", Number),
            ("late", "/publication/late", Number),
            ("overdue", "/publication/overdue", Number),
            ("open", "/publication/open", Number),
            ("provisional", "/publication/provisional", Number),
            ("withheld", "/publication/withheld", Number),
            ("visits_alone", "/visits/alone", Number),
            ("visits_joint", "/visits/joint", Number),
            ("visits_saved", "/visits/saved", Number),
        ],
    },
    Shape {
        question: "risk",
        table: "periods",
        rows: &["periods"],
        columns: &[
            ("industry", "/industry", Text),
            ("indicator", "/indicator", Text),
            ("from", "/period/from", Day),
            ("until", "/period/until", Day),
            ("count", "/share/count", Number),
            ("of", "/share/of", Number),
            ("limit", "/limit", Number),
            ("above", "/above", Flag),
            ("corrected", "/corrected", Flag),
        ],
    },
    Shape {
        question: "risk",
        table: "warnings",
        rows: &["warnings"],
        columns: &[
            ("warning", "/warning", Text),
            ("industry", "/industry", Text),
            ("on", "/on", Day),
            ("lead", "/lead", Text),
            ("concerned", "/concerned", Text),
            ("grade", "/grade", Text),
            ("assessed", "/assessed", Text),
            ("closed", "/closed", Day),
            ("indicator", "/breach/indicator", Text),
            ("waits", "/waits/code", Text),
            ("zh", "/waits/said/zh", Text),
            ("en", "/waits/said/en", Text),
        ],
    },
    Shape {
        question: "public-record",
        table: "lines",
        rows: &["sheets", "lines"],
        columns: &[
            ("inspection", "/inspection", Text),
            ("target", "/target", Text),
            ("authority", "/authority", Text),
            ("date", "/date", Day),
            ("item", "/item", Text),
            ("result", "/result", Text),
            ("published", "/published", Day),
            ("text", "/text", Text),
            ("kind", "/task/kind", Text),
            ("plan_id", "/task/plan_id", Text),
            ("plan_name", "/task/plan_name", Text),
            ("task_id", "/task/task_id", Text),
            ("task_name", "/task/task_name", Text),
        ],
    },
];

/// The tables of an answer in its form in JSON, by name.
pub(crate) fn tables(answer: &[u8]) -> Vec<(&'static str, Table)> {
    // An office writes what can be read.
    let answer: Value = serde_json::from_slice(answer).unwrap_or_default();
    let (question, answer) = only_member(&answer["answer"]);
    let shapes = SHAPES.iter().filter(|shape| shape.question == question);
    shapes.map(|shape| (shape.table, shape.of(answer))).collect()
}

impl Shape {
    fn of(&self, answer: &Value) -> Table {
        let rows = match self.rows {
            [] => vec![answer.clone()],
            [list, rest @ ..] => rows(&answer[*list], rest),
        };
        Table::new(self.columns.iter().map(|(name, path, kind)| {
            let cells = rows.iter().map(|row| row.pointer(path).filter(|cell| !cell.is_null()));
            (*name, kind.values(cells))
        }))
    }
}

/// The members of a list, or of a list in each of its members.
fn rows(list: &Value, inner: &[&str]) -> Vec<Value> {
    let members: Vec<Map<String, Value>> = match list {
        Value::Array(items) => items.iter().filter_map(Value::as_object).cloned().collect(),
        Value::Object(map) => map.iter().map(keyed).collect(),
        _ => Vec::new(),
    };
    let [list, rest @ ..] = inner else {
        return members.into_iter().map(Value::Object).collect();
    };
    let inside = |mut outer: Map<String, Value>| {
        let list = outer.remove(*list).unwrap_or_default();
        rows(&list, rest).into_iter().map(move |row| joined(&outer, row))
    };
    members.into_iter().flat_map(inside).collect()
}

/// A member of an object as a row: its name, and what stands there.
fn keyed((key, value): (&String, &Value)) -> Map<String, Value> {
    let mut row = match value {
        Value::Object(members) => members.clone(),
        value => Map::from_iter([("value".into(), value.clone())]),
    };
    row.insert("key".into(), key.as_str().into());
    row
}

fn joined(outer: &Map<String, Value>, row: Value) -> Value {
    let mut all = outer.clone();
    if let Value::Object(members) = row {
        all.extend(members);
    }
    Value::Object(all)
}

impl Kind {
    fn values<'a>(self, cells: impl Iterator<Item = Option<&'a Value>>) -> Values {
        match self {
            Day => {
                let day = |cell: &Value| Some(cell.as_str()?.parse::<Date>().ok()?.days());
                Values::optional(cells.map(|cell| day(cell?)), Values::Days)
            }
            Flag => Values::optional(cells.map(|cell| cell?.as_bool()), Values::flags),
            Number => Values::optional(cells.map(|cell| cell?.as_i64()), Values::Numbers),
            Basis => Values::optional(cells.map(|cell| Some(cited(cell?))), Values::texts),
            Name => {
                let name = |cell: &Value| only_member(cell).0.to_string();
                Values::optional(cells.map(|cell| cell.map(name)), Values::texts)
            }
            Text => Values::optional(cells.map(|cell| cell.map(text)), Values::texts),
        }
    }
}

fn text(cell: &Value) -> String {
    match cell {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}
