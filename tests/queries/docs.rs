//! Every question stands in the documentation with an example, which is what an office answers.
//!
//! With `YICHA_BLESS` in the environment the answers are written anew.

use crate::asked::office;
use crate::desk::{Desk, FIRE, MARKET, code, day, kept};
use crate::drawn::{draw_targets, first};
use crate::inspected::*;
use crate::planned::{CATERING, FIRE_SAFETY, FOOD, SCHEME, entry, window};
use crate::registered::law;
use serde_json::Value;
use std::collections::BTreeSet;
use std::fmt::Write;
use std::fs;
use yicha::actor::{Actor, Purpose, Role};
use yicha::disclosure::*;
use yicha::follow_up::clue::{Assigned, ClueCommand, Raised};
use yicha::follow_up::consequence::{Found, Ruling};
use yicha::follow_up::penalty::{Penalised, PenaltyCommand, Severity};
use yicha::office::Office;
use yicha::oversight::limit::Share;
use yicha::oversight::warning::*;
use yicha::plan::annual::{Amended, Entry, PlanCommand};
use yicha::plan::call::{CallCommand, Made, Stage};
use yicha::publication::{Period, PublicationCommand};
use yicha::query::Asked;
use yicha::query::{QueryRefusal, Question};
use yicha::register::target::*;
use yicha::result::InspectionResult::*;
use yicha::risk::RiskClass;

const PAGE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../core/docs/queries.md");

/// An inspection of 2026-05-06 and what belongs to it.
fn district() -> Office {
    let mut field = recorded(ProblemToBeCorrected, Passed);
    field.desk.takes(confirm(signed(), &[FOOD, FIRE_SAFETY]));
    field.desk.by(Role::Officer, MARKET).takes(complete());
    let target = field.target.clone();
    let desk = &mut field.desk;
    cap(desk, &target);
    consult(desk, "2026-05-08");
    publish(desk, "2026-05-15");
    follow(desk, &target, "2026-05-20");
    watch(desk, "2026-06-01");
    let mut office = office(desk);
    let files = draw_targets(first());
    for file in [&files.announcement, &files.drawn] {
        office.feed_file(file).unwrap();
    }
    office
}

fn cap(desk: &mut Desk, target: &yicha::code::TargetId) {
    let classed = TargetClassed {
        class: RiskClass::Low,
        department: code(MARKET),
        grounds: kept("评定"),
        reason: code("assessed"),
        target: target.clone(),
    };
    desk.takes(TargetCommand::Change(TargetChange::Classed(classed)));
    let entry = Entry { visits: [(RiskClass::Low, 1)].into(), ..entry("1", "2026") };
    let document = code("宛区双随机办〔2026〕9号");
    let amended = Amended { document, entry, reason: kept("明确频次") };
    desk.by_joint_office().takes(PlanCommand::Amend { amended, year: code("2026") });
}

fn consult(desk: &mut Desk, on: &str) {
    let actor = Actor { department: Some(code(FIRE)), id: code("u7"), role: Role::Officer };
    let shown = Shown {
        about: About::Scheme(code(SCHEME)),
        count: 4,
        data: [DataKind::Inspectors].into(),
        digest: kept("名单"),
        reader: Reader::Person(actor),
    };
    desk.on(on).by(Role::Officer, FIRE).stamp.purpose = Purpose::Inspection;
    desk.takes(DisclosureCommand::Show { disclosure: code("PL-1"), shown });
    let made = Made {
        by: code(MARKET),
        called: [code(FIRE)].into(),
        due: day("2026-05-20"),
        stage: Stage::Publication { scheme: code(SCHEME) },
        text: kept("请录入并公示结果"),
    };
    desk.by(Role::Officer, MARKET).takes(CallCommand::Make { id: code("CS-1"), made });
}

fn publish(desk: &mut Desk, on: &str) {
    desk.on(on).by(Role::Officer, MARKET);
    let (item, receipt) = (|| code(FOOD), code("SJ-0001"));
    let result = ProblemToBeCorrected;
    desk.takes(PublicationCommand::Enter { inspection: id(), item: item(), receipt, result });
    let places = vec![code("国家企业信用信息公示系统（河南）")];
    desk.takes(PublicationCommand::Publish { inspection: id(), item: item(), places });
    let source = law("市场监督管理信用修复管理办法");
    let period = Period { months: 3.try_into().unwrap(), source, start: day(on) };
    desk.takes(PublicationCommand::SetPeriod { inspection: id(), item: item(), period });
}

fn follow(desk: &mut Desk, target: &yicha::code::TargetId, on: &str) {
    let ruling = Ruling {
        body: code(MARKET),
        document: Some(code("宛区市监罚〔2026〕7号")),
        from: day(on),
        shown: [code("信用中国（河南）")].into(),
    };
    let found = Found { inspection: id(), items: [code(FOOD)].into() };
    let penalised = Penalised { found, ruling, severity: Severity::Ordinary };
    desk.on(on).takes(PenaltyCommand::Record { penalised, penalty: code("CF-7") });
    let raised = Raised {
        concerned: [].into(),
        coordinator: None,
        inspection: Some(id()),
        item: None,
        target: Some(target.clone()),
        text: kept("疑似无证经营"),
    };
    desk.takes(ClueCommand::Raise { clue: code("XS-1"), raised });
    let assigned = Assigned { department: code(FIRE), due: day("2026-06-19") };
    desk.takes(ClueCommand::Assign { assigned, clue: code("XS-1") });
}

fn watch(desk: &mut Desk, on: &str) {
    desk.on(on);
    for (from, until, count) in [
        ("2026-02-01", "2026-02-28", 10),
        ("2026-03-01", "2026-03-31", 10),
        ("2026-04-01", "2026-04-30", 10),
        ("2026-05-01", "2026-05-31", 20),
    ] {
        let share = Share { count, of: 100 };
        let observation =
            Observation { indicator: Indicator::Problems, period: window(from, until), share };
        let (industry, warning) = (code(CATERING), code("YJ-1"));
        desk.takes(IndicatorCommand::Observe { industry, observation, correction: None, warning });
    }
}

/// The JSON blocks of the page in their order.
fn blocks(page: &str) -> Vec<&str> {
    let blocks = page.split("```json\n").skip(1);
    blocks.map(|block| block.split_once("```").unwrap().0).collect()
}

/// The name of a question. A new one has to be added here, and then to the page.
fn name(question: &Question) -> &'static str {
    match question {
        Question::Due(_) => "due",
        Question::Open(_) => "open",
        Question::WhyPublic(_) => "why-public",
        Question::Target(_) => "target",
        Question::Inspector(_) => "inspector",
        Question::DataUse(_) => "data-use",
        Question::Evaluation(_) => "evaluation",
        Question::Risk(_) => "risk",
        Question::PublicRecord(_) => "public-record",
    }
}

#[test]
fn every_question_is_documented_by_what_is_answered() {
    let office = district();
    let mut page = fs::read_to_string(PAGE).unwrap();
    let written = page.clone();
    let mut names = BTreeSet::new();
    for pair in blocks(&written).chunks(2) {
        let [question, answer] = pair else { panic!("no answer to {pair:?}") };
        let asked: Asked = serde_json::from_str(question).unwrap();
        names.insert(name(&asked.question));
        let bytes = office.ask_json(question.as_bytes());
        let bytes = bytes.unwrap_or_else(|refusal| panic!("{question}: {refusal}"));
        let mut answered: Value = serde_json::from_slice(&bytes).unwrap();
        // The head changes with whatever is recorded.
        answered.as_object_mut().unwrap().remove("head");
        if std::env::var_os("YICHA_BLESS").is_some() {
            page = page.replacen(
                &format!("{question}```\n\n```json\n{answer}```"),
                &format!("{question}```\n\n```json\n{}\n```", laid_out(&answered, 0)),
                1,
            );
        } else {
            let documented: Value = serde_json::from_str(answer).unwrap();
            assert_eq!(documented, answered, "{question}");
        }
    }
    let table = written.lines().filter_map(|line| line.strip_prefix("| `")?.split_once('`'));
    assert_eq!(table.map(|(name, _)| name).collect::<BTreeSet<_>>(), names);
    assert_eq!(names.len(), 9);
    if page != written {
        fs::write(PAGE, page).unwrap();
    }
}

/// What fits stands in one line.
fn laid_out(value: &Value, indent: usize) -> String {
    let line = value.to_string();
    if line.chars().count() + indent <= 110 {
        return line;
    }
    let pad = " ".repeat(indent + 2);
    let mut text = String::new();
    let (open, close) = match value {
        Value::Array(values) => {
            for (i, value) in values.iter().enumerate() {
                let comma = if i == 0 { "" } else { "," };
                write!(text, "{comma}\n{pad}{}", laid_out(value, indent + 2)).unwrap();
            }
            ('[', ']')
        }
        Value::Object(members) => {
            for (i, (name, value)) in members.iter().enumerate() {
                let comma = if i == 0 { "" } else { "," };
                let value = laid_out(value, indent + 2);
                write!(text, "{comma}\n{pad}\"{name}\": {value}").unwrap();
            }
            ('{', '}')
        }
        _ => return line,
    };
    format!("{open}{text}\n{}{close}", " ".repeat(indent))
}

#[test]
fn every_refusal_of_a_question_is_provoked() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/queries");
    let files = fs::read_dir(folder).unwrap().map(|file| file.unwrap().path());
    let tests: String = files.map(|file| fs::read_to_string(file).unwrap()).collect();
    for (code, _) in QueryRefusal::ALL {
        assert!(tests.contains(&format!("\"{code}\"")), "no test provokes {code}");
    }
}
