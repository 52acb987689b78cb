//! Answers of the Rust library as plain lines, for oracles in other languages: questions on standard input, one a
//! line, one answer a line.
//!
//! - `answers uscc`: a code; `ok` or the code of the refusal.
//! - `answers workday`: a date; `true` or `false`.
//! - `answers deadline`: a date, a space and a number of working days; the last day.
//! - `answers matching`: `{"seed": hex, "problem": text}`; the text of the matched file (of an announcement without
//!   any digest) or of the shortage file, as JSON.
//! - `answers read`: `{"kind": ..., "file": hex}`; whether a file of this kind is read, and is then written the same.
//! - `answers ledger`: `{"head": text, "log": hex}`, a checkpoint and a log; `ok` or the code of what is wrong.
#![allow(clippy::print_stdout)]

use serde_json::Value;
use std::error::Error;
use std::io::{BufRead, stdin};
use yicha::calendar::Calendar;
use yicha::draw::announcement::Announcement;
use yicha::draw::list::PublicList;
use yicha::draw::matching::{Matched, Problem, Shortage};
use yicha::draw::roster::Roster;
use yicha::draw::seed::{Seed, SeedFile};
use yicha::draw::slip::Slip;
use yicha::draw::target::DrawnFile;
use yicha::draw::void::VoidNotice;
use yicha::explain::Explain;
use yicha::hash::{Digest, Suite};
use yicha::ledger::{Checkpoint, LedgerError, Tip, lines, verify_log};
use yicha::uscc::Uscc;

fn main() -> Result<(), Box<dyn Error>> {
    let calendar = Calendar::china();
    let question = std::env::args().nth(1).unwrap_or_default();
    for line in stdin().lock().lines() {
        println!("{}", answer(&question, &line?, &calendar)?);
    }
    Ok(())
}

fn answer(question: &str, line: &str, calendar: &Calendar) -> Result<String, Box<dyn Error>> {
    Ok(match question {
        "uscc" => match Uscc::parse(line) {
            Ok(_) => "ok".into(),
            Err(error) => error.code().into(),
        },
        "workday" => calendar.is_workday(line.parse()?).value.to_string(),
        "deadline" => {
            let (date, workdays) = line.split_once(' ').ok_or("a date and a number")?;
            calendar.deadline(date.parse()?, workdays.parse()?)?.last_day.to_string()
        }
        "matching" => {
            let asked: Value = serde_json::from_str(line)?;
            let seed = Seed::new(text(&asked, "seed")?.parse()?);
            let problem = Problem::parse(text(&asked, "problem")?.as_bytes())?;
            let file = match problem.solve(&seed) {
                Ok(solved) => Matched::new(Digest::ZERO, seed, &problem, &solved).to_text(),
                Err(shortage) => shortage.to_text(Suite::Sha256, &problem),
            };
            Value::String(file).to_string()
        }
        "read" => {
            let asked: Value = serde_json::from_str(line)?;
            let file = hex::decode(text(&asked, "file")?)?;
            let written = rewrite(text(&asked, "kind")?, &file)?;
            (written.as_deref().map(str::as_bytes) == Some(&file)).to_string()
        }
        "ledger" => {
            let asked: Value = serde_json::from_str(line)?;
            let log = hex::decode(text(&asked, "log")?)?;
            match Checkpoint::parse(text(&asked, "head")?) {
                Ok(head) => check(&log, &head).map_or_else(|error| error.code(), |_| "ok"),
                Err(error) => error.code(),
            }
            .into()
        }
        _ => return Err(format!("no such question: {question:?}").into()),
    })
}

fn text<'a>(asked: &'a Value, name: &str) -> Result<&'a str, String> {
    asked[name].as_str().ok_or_else(|| format!("no {name:?} in {asked}"))
}

fn check(log: &[u8], checkpoint: &Checkpoint) -> Result<Tip, LedgerError> {
    verify_log(checkpoint.suite, &lines(log)?, &checkpoint.head)
}

/// The file written again, or nothing when it is refused.
fn rewrite(kind: &str, file: &[u8]) -> Result<Option<String>, String> {
    let written = match kind {
        "roster" => Roster::parse(file).map(|read| read.to_text()),
        "announcement" => Announcement::parse(file).map(|read| read.to_text()),
        "seed" => SeedFile::parse(file).map(|read| read.to_text()),
        "void" => VoidNotice::parse(file).map(|read| read.to_text()),
        "drawn" => DrawnFile::parse(file).map(|read| read.to_text()),
        "list" => PublicList::parse(file).map(|read| read.to_text()),
        "slip" => Slip::parse(file).map(|read| read.to_text()),
        "problem" => Problem::parse(file).map(|read| read.to_text()),
        "matched" => Matched::parse(file).map(|read| read.to_text()),
        "shortage" => Shortage::parse(file).map(|(problem, read)| read.text_for(&problem)),
        _ => return Err(format!("no such kind: {kind:?}")),
    };
    Ok(written.ok())
}
