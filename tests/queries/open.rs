//! Articles 6, 7 and 11: what is open of calls, resolutions and clues, and who has to act.

use crate::asked::{ask, named, said};
use crate::desk::{Desk, FIRE, HEALTH, MARKET, code, day, kept};
use crate::planned::{SCHEME, make, scheme, with_plan};
use yicha::actor::Role;
use yicha::follow_up::clue::{
    Accepted, Assigned, Closed, ClueCommand, Concluded, Conclusion, Investigated, Raised,
};
use yicha::plan::call::{CallCommand, Made, Stage, Withdrawn};
use yicha::plan::conference::*;
use yicha::query::{Act, Answer, AskOpen, Duty, Standing};

fn open(desk: &Desk, on: &str, department: Option<&str>) -> Vec<Duty> {
    let asked = AskOpen { day: day(on), department: department.map(code) };
    let Answer::Open(open) = ask(desk, asked).unwrap() else { panic!() };
    open.duties.iter().for_each(|duty| said(&duty.said));
    open.duties
}

/// Act, case, department and last day of each.
fn told(duties: &[Duty]) -> Vec<(Act, String, &str, String)> {
    let told = |duty: &Duty| -> (Act, String, String) {
        let due = duty.due.map(|due| due.to_string()).unwrap_or_default();
        (duty.act, named(&duty.case), due)
    };
    let department = |duty: &'_ Duty| duty.department.clone();
    let who = |duty| match department(duty).as_ref().map(|it| it.as_str()) {
        Some(MARKET) => "market",
        Some(FIRE) => "fire",
        Some(HEALTH) => "health",
        Some(other) => panic!("{other}"),
        None => "joint office",
    };
    duties.iter().map(|duty| (told(duty), who(duty))).map(|((a, c, d), w)| (a, c, w, d)).collect()
}

/// The market supervision department calls the fire and the health department, who have until 2026-04-20.
fn call(called: &[&str]) -> CallCommand {
    let made = Made {
        by: code(MARKET),
        called: called.iter().map(|id| code(id)).collect(),
        due: day("2026-04-20"),
        stage: Stage::Draw { scheme: code(SCHEME) },
        text: kept("请研提方案意见"),
    };
    CallCommand::Make { id: code("C1"), made }
}

#[test]
fn a_call_waits_for_each_department_that_has_not_answered() {
    let mut desk = with_plan();
    desk.takes(make(scheme()));
    assert!(open(&desk, "2026-04-20", None).is_empty());
    desk.takes(call(&[FIRE, MARKET]));
    let case = || "call C1".to_string();
    let due = || "2026-04-20".to_string();
    let both =
        [(Act::AnswerCall, case(), "market", due()), (Act::AnswerCall, case(), "fire", due())];
    assert_eq!(told(&open(&desk, "2026-04-20", None)), both);
    for (on, standing) in [
        ("2026-04-19", Standing::Open),
        ("2026-04-20", Standing::DueToday),
        ("2026-04-21", Standing::Overdue),
    ] {
        assert!(open(&desk, on, None).iter().all(|duty| duty.standing == standing), "{on}");
    }
    assert_eq!(told(&open(&desk, "2026-04-20", Some(FIRE))), both[1..]);
    let answer =
        CallCommand::Answer { answer: kept("无意见"), department: code(FIRE), id: code("C1") };
    desk.by(Role::Officer, FIRE).takes(answer);
    assert_eq!(told(&open(&desk, "2026-04-20", None)), both[..1]);
    let withdrawn = Withdrawn { reason: kept("改期") };
    desk.by(Role::Officer, MARKET).takes(CallCommand::Withdraw { id: code("C1"), withdrawn });
    assert!(open(&desk, "2026-04-20", None).is_empty());
}

#[test]
fn a_resolution_waits_for_its_owner() {
    let mut desk = Desk::new();
    let resolution = |id, owner, due| Resolution {
        due: day(due),
        id: code(id),
        owner: code(owner),
        text: kept(id),
    };
    let held = Held {
        agenda: vec![kept("agenda")],
        attended: vec![code(MARKET), code(FIRE)],
        occasion: Occasion::Regular,
        resolutions: vec![
            resolution("1", FIRE, "2026-04-30"),
            resolution("2", MARKET, "2026-04-10"),
        ],
    };
    desk.takes(ConferenceCommand::Hold { conference: code("K1"), held });
    let line = |who, due: &str| (Act::CarryOutResolution, "conference K1".into(), who, due.into());
    let both = [line("market", "2026-04-10"), line("fire", "2026-04-30")];
    assert_eq!(told(&open(&desk, "2026-04-01", None)), both);
    assert!(open(&desk, "2026-04-11", None)[0].said.zh.ends_with("已逾期"));
    assert!(open(&desk, "2026-04-10", None)[0].said.en.contains("resolution 2"));
    let done = ResolutionDone { report: kept("report"), resolution: code("2") };
    desk.by(Role::Officer, MARKET);
    desk.takes(ConferenceCommand::FinishResolution { conference: code("K1"), done });
    assert_eq!(told(&open(&desk, "2026-04-11", None)), both[1..]);
}

#[test]
fn a_clue_waits_for_whoever_has_the_next_step() {
    let mut desk = Desk::new();
    desk.by(Role::Officer, MARKET);
    let raised = Raised {
        concerned: [code(HEALTH)].into(),
        coordinator: None,
        inspection: None,
        item: None,
        target: None,
        text: kept("无证经营"),
    };
    let id = || code("X1");
    desk.takes(ClueCommand::Raise { clue: id(), raised });
    let line = |act, who, due: &str| [(act, "clue X1".to_string(), who, due.to_string())];
    assert_eq!(told(&open(&desk, "2026-04-01", None)), line(Act::AssignClue, "market", ""));
    let assigned = Assigned { department: code(HEALTH), due: day("2026-04-15") };
    desk.takes(ClueCommand::Assign { clue: id(), assigned });
    let own = |act| line(act, "health", "2026-04-15");
    assert_eq!(told(&open(&desk, "2026-04-01", None)), own(Act::AcceptClue));
    desk.by(Role::Officer, HEALTH);
    let accepted = Accepted { department: code(HEALTH) };
    desk.takes(ClueCommand::Accept { accepted, clue: id() });
    assert_eq!(told(&open(&desk, "2026-04-01", None)), own(Act::InvestigateClue));
    let investigated = Investigated { department: code(HEALTH), report: kept("调查报告") };
    desk.takes(ClueCommand::Investigate { clue: id(), investigated });
    assert_eq!(told(&open(&desk, "2026-04-01", None)), own(Act::ConcludeClue));
    let concluded = Concluded {
        conclusion: Conclusion::Corrected,
        department: code(HEALTH),
        report: kept("报告"),
    };
    desk.takes(ClueCommand::Conclude { clue: id(), concluded });
    assert_eq!(told(&open(&desk, "2026-04-16", None)), line(Act::CloseClue, "market", ""));
    assert!(open(&desk, "2026-04-16", Some(HEALTH)).is_empty());
    desk.by(Role::Officer, MARKET);
    let closed = Closed { report: kept("报告") };
    desk.takes(ClueCommand::Close { clue: id(), closed });
    assert!(open(&desk, "2026-04-16", None).is_empty());
}

#[test]
fn a_clue_that_concerns_nobody_yet_is_assigned_by_who_raised_it() {
    let mut desk = Desk::new();
    let raised = Raised {
        concerned: [].into(),
        coordinator: None,
        inspection: None,
        item: None,
        target: None,
        text: kept("群众反映"),
    };
    desk.takes(ClueCommand::Raise { clue: code("X1"), raised });
    let [duty] = <[_; 1]>::try_from(open(&desk, "2026-04-01", None)).unwrap();
    assert_eq!((duty.act, duty.department), (Act::AssignClue, None));
    assert!(duty.said.zh.starts_with("区联席办应"));
}
