//! 第二十七条 指导监督: the department in charge of an industry guides, trains and supervises.

use crate::desk::{Desk, FIRE, MARKET, code, kept};
use crate::planned::{CATERING, with_list};
use yicha::actor::Role;
use yicha::citation::Basis::Article;
use yicha::oversight::training::*;

fn given(kind: TrainingKind) -> Given {
    Given {
        departments: [code(FIRE)].into(),
        industry: code(CATERING),
        kind,
        participants: [code("41130200001")].into(),
        text: kept("餐饮服务检查要点"),
    }
}

fn record(given: Given) -> TrainingCommand {
    TrainingCommand::Record { given, training: code("PX-1") }
}

#[test]
fn the_department_in_charge_of_the_industry_guides_and_so_may_the_joint_office() {
    let guidance = || record(given(TrainingKind::Guidance));
    let mut desk = Desk::new();
    // Nobody is in charge of an industry that is not on the joint list.
    desk.refuses("joint-list-not-in-force", Article(3), guidance());
    let mut desk = with_list();
    desk.by(Role::Officer, FIRE).refuses("guidance-not-by-lead", Article(27), guidance());
    desk.by(Role::Inspector, MARKET).refuses("not-entitled-role", Article(27), guidance());
    desk.by(Role::Officer, MARKET).takes(guidance());
    desk.refuses("case-exists", Article(4), guidance());
    assert_eq!(desk.world.trainings["PX-1"].by, Some(code(MARKET)));
    let mut desk = with_list();
    desk.by_joint_office().takes(guidance());
    assert_eq!(desk.world.trainings["PX-1"].by, None);
}

#[test]
fn it_is_for_departments_and_a_training_is_for_people() {
    use TrainingKind::*;
    for (kind, needs_people) in [(Guidance, false), (Training, true), (Supervision, false)] {
        let mut desk = with_list();
        desk.by(Role::DepartmentHead, MARKET);
        let for_none = Given { departments: [].into(), ..given(kind) };
        desk.refuses("training-for-nobody", Article(27), record(for_none));
        let without_people = record(Given { participants: [].into(), ..given(kind) });
        match needs_people {
            true => _ = desk.refuses("training-for-nobody", Article(27), without_people),
            false => _ = desk.takes(without_people),
        }
    }
    let mut desk = with_list();
    desk.by(Role::Officer, MARKET).takes(record(given(Training)));
}
