//! Answers of the Rust library as plain lines, for oracles in other languages: questions on standard input, one a
//! line, one answer a line.
//!
//! - `answers uscc`: a code; `ok` or the code of the refusal.
//! - `answers workday`: a date; `true` or `false`.
//! - `answers deadline`: a date, a space and a number of working days; the last day.
#![allow(clippy::print_stdout)]

use std::error::Error;
use std::io::{BufRead, stdin};
use yicha::calendar::Calendar;
use yicha::explain::Explain;
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
        _ => return Err(format!("no such question: {question:?}").into()),
    })
}
