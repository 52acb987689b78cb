//! JSON that cannot be read, told by its fields: whoever gave dicts has never seen the text that was made of them.

use crate::error::Refused;
use crate::json::Json;
use yicha::citation::Basis;
use yicha::explain::{Explain, Lang, Said};
use yicha::office::OfficeRefusal;
use yicha::query::QueryRefusal;
use yicha::refusal::Refusal;
use yicha::register::RowsRefusal;

/// A refusal that says in each language what is wrong with the JSON.
pub(crate) struct Unreadable {
    zh: Refusal,
    pub(crate) en: Refusal,
}

impl std::fmt::Display for Unreadable {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.en.fmt(f)
    }
}

impl Explain for Unreadable {
    fn code(&self) -> &'static str {
        self.en.code()
    }

    fn basis(&self) -> Basis {
        self.en.basis()
    }

    fn message(&self, lang: Lang) -> String {
        match lang {
            Lang::Zh => self.zh.message(lang),
            Lang::En => self.en.message(lang),
        }
    }
}

/// What an office, or the reader of a register, refuses of that JSON.
pub(crate) fn refused(mut refusal: Refusal, json: &Json) -> Refused {
    let row = match &refusal {
        Refusal::Row(fault) => usize::try_from(fault.row - 1).unwrap_or(usize::MAX),
        _ => 0,
    };
    let line = json.bytes.split(|&byte| byte == b'\n').nth(row).unwrap_or_default();
    let Some(fault) = found(&mut refusal).map(|found| said(found, json.made.then_some(line)))
    else {
        return refusal.into();
    };
    let with = |text| {
        let mut refusal = refusal.clone();
        if let Some(found) = found(&mut refusal) {
            *found = text;
        }
        refusal
    };
    Unreadable { zh: with(fault.zh), en: with(fault.en) }.into()
}

/// The fault of a document that could not be read.
fn found(refusal: &mut Refusal) -> Option<&mut String> {
    match refusal {
        Refusal::Office(OfficeRefusal::Unreadable { found })
        | Refusal::Query(QueryRefusal::Unreadable { found })
        | Refusal::Rows(RowsRefusal::Unreadable { found }) => Some(found),
        Refusal::Row(fault) => found(&mut fault.refusal),
        _ => None,
    }
}

/// A fault with its place, which is a field where the text was `made` of the user's values.
pub(crate) fn said(found: &str, made: Option<&[u8]>) -> Said {
    let placed = found.rsplit_once(" at line ").and_then(|(fault, place)| {
        let (line, column) = place.split_once(" column ")?;
        Some((fault, line, column))
    });
    let Some((fault, line, column)) = placed else {
        return Said::new(in_chinese(found), found);
    };
    let Some(made) = made else {
        return Said::new(format!("{}，在第{line}行第{column}列", in_chinese(fault)), found);
    };
    let read = column.parse().ok().and_then(|column| made.get(..column));
    match path(read.unwrap_or(made)) {
        path if path.is_empty() => Said::new(in_chinese(fault), fault),
        path => Said::new(format!("{path}：{}", in_chinese(fault)), format!("{path}: {fault}")),
    }
}

/// The words of the core's reader; its names stay as they are.
fn in_chinese(fault: &str) -> String {
    let (found, wanted) = fault.split_once(", expected ").unwrap_or((fault, ""));
    let wanted = wanted.trim_start_matches("one of ").replace(" or ", "、").replace(", ", "、");
    let after = |words| found.strip_prefix(words);
    if let Some(field) = after("missing field ") {
        format!("缺少字段{field}")
    } else if let Some(field) = after("duplicate field ") {
        format!("字段{field}重复")
    } else if let Some(field) = after("unknown field ") {
        format!("没有字段{field}，应为{wanted}")
    } else if let Some(name) = after("unknown variant ") {
        format!("没有{name}这一项，应为{wanted}")
    } else {
        format!("内容有误（{fault}）")
    }
}

/// Where one is in a document of which so much was read: `command.conference.hold.held.agenda[0]`.
fn path(read: &[u8]) -> String {
    enum Step {
        Member(String),
        Place(usize),
    }
    let (mut steps, mut text, mut at) = (Vec::new(), 0..0, 0);
    while let Some(&byte) = read.get(at) {
        at += 1;
        match (byte, steps.last_mut()) {
            (b'"', _) => {
                let start = at;
                while read.get(at).is_some_and(|&byte| byte != b'"') {
                    at += if read[at] == b'\\' { 2 } else { 1 };
                }
                text = start..at.min(read.len());
                at += 1;
            }
            (b'{', _) => steps.push(Step::Member(String::new())),
            (b'[', _) => steps.push(Step::Place(0)),
            (b'}' | b']', _) => drop(steps.pop()),
            (b':', Some(Step::Member(name))) => {
                *name = String::from_utf8_lossy(&read[text.clone()]).into();
            }
            (b',', Some(Step::Member(name))) => name.clear(),
            (b',', Some(Step::Place(place))) => *place += 1,
            _ => {}
        }
    }
    let mut path = String::new();
    for step in steps {
        match step {
            Step::Member(name) if path.is_empty() || name.is_empty() => path += &name,
            Step::Member(name) => path += &format!(".{name}"),
            Step::Place(place) => path += &format!("[{place}]"),
        }
    }
    path
}
