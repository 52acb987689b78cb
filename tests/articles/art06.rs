//! 第六条 吹哨响应: the initiator calls at each stage, the departments called answer by a date.

use crate::desk::{Desk, FIRE, HEALTH, MARKET, code, day, kept};
use crate::planned::{SCHEME, make, scheme, with_plan};
use yicha::actor::Role;
use yicha::citation::Basis::Article;
use yicha::event::Event;
use yicha::plan::call::*;

/// The market supervision department calls the fire department, which has until 2026-04-20.
fn made(stage: Stage) -> Made {
    Made {
        by: code(MARKET),
        called: [code(FIRE)].into(),
        due: day("2026-04-20"),
        stage,
        text: kept("请研提方案意见"),
    }
}

fn of_scheme() -> Stage {
    Stage::Scheme { entry: code("1"), year: code("2026") }
}

fn of_draw() -> Stage {
    Stage::Draw { scheme: code(SCHEME) }
}

fn call(id: &str, made: Made) -> CallCommand {
    CallCommand::Make { id: code(id), made }
}

fn answer(id: &str, department: &str) -> CallCommand {
    CallCommand::Answer { answer: kept("无意见"), department: code(department), id: code(id) }
}

fn withdraw(id: &str) -> CallCommand {
    CallCommand::Withdraw { id: code(id), withdrawn: Withdrawn { reason: kept("改期") } }
}

fn open(desk: &Desk) -> Vec<&str> {
    desk.world.open_calls().map(|(id, _)| id.as_str()).collect()
}

fn overdue<'a>(desk: &'a Desk, on: &str) -> Vec<&'a str> {
    desk.world.overdue_calls(day(on)).map(|(id, _)| id.as_str()).collect()
}

/// With a scheme, at the initiator.
fn with_scheme() -> Desk {
    let mut desk = with_plan();
    desk.takes(make(scheme()));
    desk
}

#[test]
fn the_initiator_calls_at_every_stage() {
    let mut desk = with_scheme();
    let scheme = || code(SCHEME);
    let stages = [
        of_scheme(),
        of_draw(),
        Stage::OnSite { scheme: scheme() },
        Stage::Publication { scheme: scheme() },
    ];
    for (id, stage) in ["1", "2", "3", "4"].into_iter().zip(stages) {
        let by_fire = Made { by: code(FIRE), called: [code(MARKET)].into(), ..made(stage.clone()) };
        desk.by(Role::Officer, FIRE).refuses("call-not-initiator", Article(6), call(id, by_fire));
        let for_market = made(stage.clone());
        desk.refuses("not-entitled-department", Article(6), call(id, for_market));
        desk.by(Role::Officer, MARKET).takes(call(id, made(stage)));
    }
    assert_eq!(open(&desk), ["1", "2", "3", "4"]);
    desk.refuses("case-exists", Article(4), call("1", made(of_draw())));
}

#[test]
fn a_call_is_about_an_entry_in_force_or_a_scheme() {
    let mut desk = with_plan();
    let unplanned = Stage::Scheme { entry: code("9"), year: code("2026") };
    desk.refuses("call-without-plan", Article(6), call("1", made(unplanned)));
    desk.refuses("case-unknown", Article(4), call("1", made(of_draw())));
    // There need not be a scheme yet when its making is called for.
    desk.takes(call("1", made(of_scheme())));
}

#[test]
fn other_departments_that_take_part_are_called() {
    let mut desk = with_scheme();
    let calling = |called: &[&str], stage| Made {
        called: called.iter().map(|id| code(id)).collect(),
        ..made(stage)
    };
    for stage in [of_scheme(), of_draw()] {
        desk.refuses("call-nobody", Article(6), call("1", calling(&[], stage.clone())));
        desk.refuses("call-nobody", Article(6), call("1", calling(&[MARKET], stage.clone())));
        let health = calling(&[FIRE, HEALTH], stage);
        desk.refuses("call-without-part", Article(6), call("1", health));
    }
    desk.takes(call("1", calling(&[FIRE, MARKET], of_draw())));
}

#[test]
fn answers_are_due_on_a_day_ahead_and_late_ones_are_recorded() {
    let mut desk = with_scheme();
    desk.on("2026-04-21").refuses("call-due-before-call", Article(6), call("1", made(of_draw())));
    desk.on("2026-04-20").takes(call("0", made(of_draw())));
    // The day of the answer, and how many days late it is; the answer is due on 2026-04-20.
    for (id, on, late) in
        [("1", "2026-04-10", None), ("2", "2026-04-20", None), ("3", "2026-04-21", Some(1))]
    {
        desk.on("2026-04-10").by(Role::Officer, MARKET).takes(call(id, made(of_draw())));
        let facts = desk.on(on).by(Role::Officer, FIRE).takes(answer(id, FIRE));
        let Event::Call(CallEvent::Answered(answered)) = &facts[0].event else {
            panic!("{facts:?}")
        };
        assert_eq!(answered.days_late, late, "{on}");
        // What is added to an answer does not make it late.
        let facts = desk.on("2026-04-25").takes(answer(id, FIRE));
        let Event::Call(CallEvent::Answered(added)) = &facts[0].event else { panic!("{facts:?}") };
        assert_eq!(added.days_late, None);
        assert_eq!(desk.world.calls[id].answers[FIRE].0, day(on));
    }
}

#[test]
fn only_a_department_that_was_called_answers_for_itself() {
    let mut desk = with_scheme();
    desk.refuses("case-unknown", Article(4), answer("1", MARKET));
    desk.takes(call("1", made(of_draw())));
    desk.refuses("call-not-called", Article(6), answer("1", MARKET));
    desk.refuses("not-entitled-department", Article(6), answer("1", FIRE));
    desk.by(Role::Officer, HEALTH).refuses("call-not-called", Article(6), answer("1", HEALTH));
    desk.by(Role::Inspector, FIRE).refuses("not-entitled-role", Article(6), answer("1", FIRE));
    desk.by(Role::DepartmentHead, FIRE).takes(answer("1", FIRE));
}

#[test]
fn open_and_overdue_calls_can_be_listed() {
    let mut desk = with_scheme();
    desk.takes(call("1", made(of_scheme())));
    desk.takes(call("2", Made { due: day("2026-05-31"), ..made(of_draw()) }));
    let both = Made { called: [code(FIRE), code(MARKET)].into(), ..made(of_draw()) };
    desk.takes(call("3", both));
    assert_eq!(open(&desk), ["1", "2", "3"]);
    assert!(overdue(&desk, "2026-04-20").is_empty());
    assert_eq!(overdue(&desk, "2026-04-21"), ["1", "3"]);
    desk.takes(answer("3", MARKET));
    assert_eq!(desk.world.calls["3"].open().collect::<Vec<_>>(), [&code(FIRE)]);
    desk.by(Role::Officer, FIRE).takes(answer("1", FIRE));
    desk.takes(answer("3", FIRE));
    assert_eq!(open(&desk), ["2"]);
    assert!(overdue(&desk, "2026-04-21").is_empty());
}

#[test]
fn a_call_that_was_withdrawn_is_closed() {
    let mut desk = with_scheme();
    desk.refuses("case-unknown", Article(4), withdraw("1"));
    desk.takes(call("1", made(of_draw())));
    desk.by(Role::Officer, FIRE).refuses("not-entitled-department", Article(6), withdraw("1"));
    desk.by(Role::Officer, MARKET).takes(withdraw("1"));
    assert!(open(&desk).is_empty());
    desk.refuses("call-withdrawn", Article(6), withdraw("1"));
    desk.by(Role::Officer, FIRE).refuses("call-withdrawn", Article(6), answer("1", FIRE));
}
