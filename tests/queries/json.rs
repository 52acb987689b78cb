//! Questions and answers in JSON, at an office that replayed the same history.

use crate::asked::office;
use crate::desk::{FIRE, MARKET};
use crate::inspected::*;
use crate::planned::{FIRE_SAFETY, FOOD};
use serde_json::{Value, json};
use yicha::actor::Role;
use yicha::explain::Explain;
use yicha::office::Office;
use yicha::result::InspectionResult::*;
use yicha_tests::schemas::holds;

/// An inspection that was completed on 2026-05-06.
fn inspected() -> Office {
    let mut field = recorded(ProblemToBeCorrected, Passed);
    field.desk.takes(confirm(signed(), &[FOOD, FIRE_SAFETY]));
    field.desk.by(Role::Officer, MARKET).takes(complete());
    office(&field.desk)
}

fn ask(office: &Office, question: &Value) -> Value {
    let question = json!({ "question": question, "v": 1 }).to_string();
    serde_json::from_slice(&office.ask_json(question.as_bytes()).unwrap()).unwrap()
}

#[test]
fn an_answer_names_its_question_version_and_head() {
    let office = inspected();
    let asked = json!({ "due": { "day": "2026-06-03", "department": FIRE } });
    let answer = ask(&office, &asked);
    assert_eq!(answer["v"], 1);
    assert_eq!(answer["head"]["size"], office.tip().head().size);
    assert_eq!(answer["head"]["root"], office.tip().head().root.to_string());
    let [duty] = &answer["answer"]["due"]["duties"].as_array().unwrap()[..] else {
        panic!("{answer}")
    };
    assert_eq!(duty["act"], "enter-result");
    assert_eq!(duty["basis"], json!({ "article": 21 }));
    assert_eq!(duty["case"], json!({ "id": "JC-2026-1", "kind": "inspection" }));
    assert_eq!((&duty["due"], &duty["standing"]), (&json!("2026-06-02"), &json!("overdue")));
    assert_eq!(duty["certainty"], "firm");
    assert_eq!(duty["part"], json!({ "item": FIRE_SAFETY }));
}

#[test]
fn a_question_is_read_strictly() {
    let office = inspected();
    let good = r#"{"v":1,"question":{"due":{"day":"2026-05-06","department":null}}}"#;
    office.ask_json(good.as_bytes()).unwrap();
    for (from, to) in [
        (r#""v":1"#, r#""v":2"#),
        (r#""v":1,"#, ""),
        (r#""due""#, r#""done""#),
        (r#""day":"2026-05-06","#, ""),
        ("2026-05-06", "2026-5-6"),
        (r#""department""#, r#""ministry""#),
        (r#""v":1,"#, r#""v":1,"w":1,"#),
    ] {
        let wrong = good.replacen(from, to, 1);
        assert_ne!(wrong, good);
        let as_published = |json| holds("question", &serde_json::from_str(json).unwrap());
        assert!(as_published(good) && !as_published(&wrong), "{wrong}");
        let refusal = office.ask_json(wrong.as_bytes()).unwrap_err();
        assert_eq!(refusal.code(), "question-unreadable", "{wrong}");
    }
    for wrong in ["", "{", "null", "[]"] {
        let refusal = office.ask_json(wrong.as_bytes()).unwrap_err();
        assert_eq!(refusal.code(), "question-unreadable", "{wrong}");
    }
}

#[test]
fn a_refusal_reaches_the_host_as_that_of_a_command_does() {
    let refusal = inspected()
        .ask_json(br#"{"v":1,"question":{"why-public":{"day":"2026-05-06","inspection":"JC-9"}}}"#)
        .unwrap_err();
    let refused = serde_json::to_value(yicha::office::Refused::from(&refusal)).unwrap();
    assert_eq!(refused["code"], "case-unknown");
    assert_eq!(refused["values"], json!({ "case": "inspection JC-9" }));
}
