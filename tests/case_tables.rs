//! The tables that an official can review, `tests/data/case_tables.md`, say what the core says.
#![allow(clippy::unwrap_used, missing_docs, dead_code)]

#[path = "articles/completed.rs"]
mod completed;
#[path = "articles/desk.rs"]
mod desk;
#[path = "articles/drawn.rs"]
mod drawn;
#[path = "articles/planned.rs"]
mod planned;
#[path = "articles/registered.rs"]
mod registered;

use completed::*;
use desk::{Desk, MARKET, code, day, kept};
use planned::FOOD;
use registered::law;
use yicha::actor::Role;
use yicha::calendar::{Calendar, Certainty};
use yicha::citation::Basis;
use yicha::edition::Edition;
use yicha::explain::{Explain, Lang};
use yicha::follow_up::consequence::EndCause;
use yicha::follow_up::listing::{ListingCommand, ListingGround, Proposed};
use yicha::follow_up::penalty::Severity;
use yicha::publication::publicity::StopGround;
use yicha::publication::{Period, PublicationCommand, Publicity, deadline};
use yicha::result::InspectionResult::{Failed, Passed};

/// The rows of the table under a heading, without the head of the table.
fn rows<const N: usize>(heading: &str) -> Vec<[&'static str; N]> {
    let page = include_str!("data/case_tables.md");
    let (_, section) = page.split_once(heading).unwrap();
    let section = section.split("\n## ").next().unwrap();
    let cells = |line: &'static str| -> Option<[&str; N]> {
        let inner = line.strip_prefix("| ")?.strip_suffix(" |")?;
        Some(inner.split(" | ").map(str::trim).collect::<Vec<_>>().try_into().unwrap())
    };
    let rows: Vec<_> = section.lines().filter_map(cells).skip(1).collect();
    assert!(rows.len() >= 8, "{heading} has only {} rows", rows.len());
    rows
}

#[test]
fn the_last_day_of_publication() {
    let (edition, calendar) = (Edition::wancheng_2026(), Calendar::china());
    for [completed, last, certain, why] in rows("## 一、") {
        let found = deadline(day(completed), &edition, &calendar).unwrap();
        let word = match found.certainty {
            Certainty::Firm => "确定",
            Certainty::Provisional { .. } => "暂定",
        };
        assert_eq!((found.last_day, word), (day(last), certain), "{completed} {why}");
    }
}

fn period(start: &str, months: u16) -> Period {
    let source = law("市场监督管理信用修复管理办法");
    Period { months: months.try_into().unwrap(), source, start: day(start) }
}

#[test]
fn the_end_of_a_statutory_period() {
    for [start, months, last, stops, why] in rows("## 二、") {
        let mut desk = published(Failed, "2026-03-31");
        let (inspection, item) = (code(VISIT), code(FOOD));
        let period = period(start, months.parse().unwrap());
        desk.takes(PublicationCommand::SetPeriod { inspection, item, period });
        let last_day = day(last);
        let (before, _) = answer(&desk, last_day);
        assert_eq!(before, Publicity::UntilPeriodEnds { last_day }, "{start} {why}");
        let (ground, on) = (StopGround::PeriodOver, day(stops));
        assert_eq!(answer(&desk, on).0, Publicity::Stopped { ground, on }, "{start} {why}");
    }
}

/// What the table calls a measure: what, from when, and how and when it ended.
fn take(desk: &mut Desk, number: usize, measure: &str) {
    let words: Vec<&str> = measure.split(' ').collect();
    let (id, from) = (format!("{}", number + 1), words[1]);
    let severity = match words[0] {
        "轻微处罚" => Some(Severity::Minor),
        "一般处罚" => Some(Severity::Ordinary),
        "较重处罚" => Some(Severity::Heavier),
        "列入" => None,
        other => panic!("no measure is called {other}"),
    };
    let ended = (words.len() == 4).then(|| {
        let cause = match words[2] {
            "停止公示" => EndCause::Stopped,
            "撤销" => EndCause::Annulled,
            "期满" => EndCause::RunOut,
            "移出" => EndCause::Removed,
            other => panic!("nothing ends as {other}"),
        };
        end(cause, words[3])
    });
    if let Some(severity) = severity {
        desk.takes(penalise(&id, severity, from));
        if let Some(ended) = ended {
            let penalty = code(&id);
            desk.takes(yicha::follow_up::penalty::PenaltyCommand::End { ended, penalty });
        }
        return;
    }
    let listing = || code(&id);
    let ground = ListingGround::SectorRule(law("食品安全信用档案管理规定"));
    let (department, evidence) = (code(MARKET), [kept("检验报告")].into());
    let proposed = Proposed { department, evidence, found: found(FOOD), ground };
    desk.takes(ListingCommand::Propose { listing: listing(), proposed });
    desk.takes(ListingCommand::List { listing: listing(), ruling: ruling(from) });
    if let Some(removed) = ended {
        desk.takes(ListingCommand::Remove { listing: listing(), removed });
    }
}

/// The answer on a day, in words.
fn answer(desk: &Desk, on: yicha::date::Date) -> (Publicity, String) {
    let found = desk.world.publicity(&code(VISIT), &code(FOOD), on).unwrap();
    let said = found.said().text(Lang::Zh).to_string();
    (found, said)
}

#[test]
fn the_branches_of_credit_repair() {
    let mut wrong = String::new();
    for row @ [what, published, measures, stops, basis, before, after] in rows("## 三、") {
        let mut desk = completed::completed(Failed, Passed, "2026-03-31");
        desk.on(published).takes(enter(FOOD, Failed));
        desk.takes(publish(FOOD));
        let (inspection, item) = (code(VISIT), code(FOOD));
        let period = period("2026-04-01", 3);
        desk.takes(PublicationCommand::SetPeriod { inspection, item, period });
        for (number, measure) in measures.split('；').filter(|it| *it != "无").enumerate() {
            take(&mut desk, number, measure);
        }
        let never = stops == "不停止";
        let on = day(if never { "2030-01-01" } else { stops });
        let (public, said_before) = answer(&desk, on.plus_days(-1).unwrap());
        assert_eq!(public.is_public(), !matches!(public, Publicity::NotYet), "{what}: {public:?}");
        let (found, said) = answer(&desk, on);
        match found {
            Publicity::Stopped { on, .. } => assert_eq!(on, day(stops), "{what}"),
            other => assert!(never && other.is_public(), "{what}: {other:?}"),
        }
        // What is recorded of it, or refused, rests on the same article.
        desk.on(&on.to_string()).by(Role::Officer, MARKET);
        let cease = PublicationCommand::Cease { inspection: code(VISIT), item: code(FOOD) }.into();
        let decided = desk.world.decide(&cease, &desk.stamp, &desk.edition, &desk.calendar);
        let rests_on: Basis = match &decided {
            Ok(facts) => facts[0].basis[0],
            Err(refusal) => refusal.basis(),
        };
        assert_eq!(decided.is_err(), never, "{what}");
        let cited = rests_on.cite(Lang::Zh).to_string();
        assert!(cited.ends_with("第25条") && basis == "第二十五条", "{what}: {cited}");
        if (before, after) != (said_before.as_str(), said.as_str()) {
            let [what, published, measures, stops, basis, ..] = row;
            wrong += &format!(
                "| {what} | {published} | {measures} | {stops} | {basis} | {said_before} | {said} |\n"
            );
        }
    }
    assert!(wrong.is_empty(), "the answers are:\n{wrong}");
}
