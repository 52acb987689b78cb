//! 第十九条 随机选派执法检查人员: each department matches its own inspectors to the targets drawn.

use crate::desk::{Desk, FIRE, HEALTH, MARKET, code, day, kept};
use crate::drawn::*;
use crate::inspected;
use crate::planned::{FOOD, SCHEME};
use crate::registered::{inspector, register_inspector};
use yicha::actor::Role;
use yicha::citation::Basis::{Article, Decision, DrawSpec, Other};
use yicha::code::{InspectorId, Qualification, TargetId};
use yicha::draw::announcement::Stage;
use yicha::draw::matching::{Candidate, Problem, Slot, TargetPlaces};
use yicha::draw::void::Progress;
use yicha::drawing::*;
use yicha::explain::Explain;
use yicha::hash::{Digest, Suite};
use yicha::inspection::{InspectionCommand, Opening, Replaced, Selection};
use yicha::register::inspector::{InspectorChange, InspectorCommand};
use yicha::register::{Certificate, Inspector, Level, Staff};

fn void(stage: Stage, notice: Digest) -> DrawingCommand {
    DrawingCommand::Void { notice, scheme: code(SCHEME), stage }
}

/// Feeds a problem and the announcement of its matching, which is handed in at the right time.
fn announcing(desk: &mut Desk, targets: &TargetFiles, problem: &Problem) -> DrawingCommand {
    let files = match_problem(matching(), FIRE, targets, problem);
    feed(desk, &files.problem);
    let announcement = feed(desk, &files.announcement);
    desk.on("2026-04-15").by(Role::Officer, FIRE);
    announce(announcement)
}

/// The fire department's problem with these targets, places and inspectors.
fn of_fire(targets: &[TargetId], places: usize, inspectors: &[&str]) -> Problem {
    problem(FIRE, targets, places, inspectors, &[])
}

#[test]
fn every_department_matches_its_own_inspectors() {
    let (mut desk, targets) = with_draw();
    let unmatched = |desk: &Desk| -> Vec<String> {
        let world = &desk.world;
        let unmatched = world.drawings[SCHEME].unmatched(&world.schemes[SCHEME]);
        unmatched.map(ToString::to_string).collect()
    };
    assert_eq!(unmatched(&desk), [MARKET, FIRE]);
    let files = match_inspectors(FIRE, &targets);
    feed(&mut desk, &files.problem);
    let announcement = feed(&mut desk, &files.announcement);
    desk.on("2026-04-15").by(Role::Officer, MARKET);
    desk.refuses("not-entitled-department", Article(19), announce(announcement));
    desk.by(Role::Officer, FIRE).takes(announce(announcement));
    let seed = feed(&mut desk, &files.seed);
    desk.refuses("seed-before-due", DrawSpec(5), seal(inspectors(FIRE), seed));
    desk.on("2026-04-16").by(Role::Officer, MARKET);
    desk.refuses("not-entitled-department", Article(19), seal(inspectors(FIRE), seed));
    let matched = feed(&mut desk, &files.matched);
    desk.by(Role::Officer, FIRE);
    desk.refuses("draw-not-sealed", DrawSpec(5), match_by(FIRE, matched));
    desk.takes(seal(inspectors(FIRE), seed));
    desk.by(Role::Officer, MARKET);
    desk.refuses("not-entitled-department", Article(19), match_by(FIRE, matched));
    desk.by(Role::Officer, FIRE).takes(match_by(FIRE, matched));
    desk.refuses("draw-already-drawn", DrawSpec(5), match_by(FIRE, matched));
    assert_eq!(unmatched(&desk), [MARKET]);
    conduct_matching(&mut desk, &match_inspectors(MARKET, &targets));
    assert!(unmatched(&desk).is_empty());
}

#[test]
fn a_matching_is_for_the_list_drawn_and_comes_after_it() {
    let mut desk = with_scheme();
    let targets = draw_targets(first());
    let problem = of_fire(&targets.targets, 2, &inspectors_of(FIRE));
    let command = announcing(&mut desk, &targets, &problem);
    desk.refuses("drawing-before-draw", Article(18), command.clone());
    conduct_draw(&mut desk, &targets);
    // Announced for the day on which the list was still unknown, and for the instant at which it became known.
    for on in ["2026-04-13", "2026-04-14"] {
        let early = Round { on, due: "2026-04-16", ..first() };
        let early = match_problem(early, FIRE, &targets, &problem);
        let early = feed(&mut desk, &early.announcement);
        desk.on(on).by(Role::Officer, FIRE);
        desk.refuses("matching-before-list", Article(19), announce(early));
    }
    // For another draw.
    let mut other = draw_targets(first());
    other.drawn.push('x');
    let other = announcing(&mut desk, &other, &problem);
    desk.refuses("verify-differs", DrawSpec(6), other);
    // In another suite.
    let sm3 = Round { suite: Suite::Sm3, ..matching() };
    let sm3 = match_problem(sm3, FIRE, &targets, &problem);
    desk.world.feed_file(&sm3.announcement).unwrap();
    let digest = sm3.round.digest(&sm3.announcement);
    desk.refuses("verify-differs", DrawSpec(6), announce(digest));
    desk.takes(command);
}

#[test]
fn only_departments_with_a_part_match_and_only_for_drawn_targets() {
    let (mut desk, targets) = with_draw();
    let of_health = problem(HEALTH, &targets.targets, 2, &["h1", "h2"], &[]);
    let files = match_problem(matching(), HEALTH, &targets, &of_health);
    feed(&mut desk, &files.problem);
    let announcement = feed(&mut desk, &files.announcement);
    desk.on("2026-04-15").by(Role::Officer, HEALTH);
    desk.refuses("matching-without-part", Article(19), announce(announcement));
    let mut more = targets.targets.clone();
    more.push(code("T99"));
    let more = of_fire(&more, 2, &inspectors_of(FIRE));
    let more = announcing(&mut desk, &targets, &more);
    desk.refuses("matching-target-not-drawn", Article(19), more);
    // Another department's problem.
    let of_market = problem(MARKET, &targets.targets, 2, &inspectors_of(MARKET), &[]);
    let of_market = announcing(&mut desk, &targets, &of_market);
    desk.refuses("verify-differs", DrawSpec(6), of_market);
    // A department need not go to every target.
    let fewer = of_fire(&targets.targets[..2], 2, &inspectors_of(FIRE));
    let fewer = announcing(&mut desk, &targets, &fewer);
    desk.takes(fewer);
}

#[test]
fn a_department_has_two_places_at_each_target_or_as_many_as_the_edition_says() {
    let (mut desk, targets) = with_draw();
    let one = of_fire(&targets.targets, 1, &inspectors_of(FIRE));
    let one = announcing(&mut desk, &targets, &one);
    let minimum = Decision("minimum-inspectors");
    desk.refuses("matching-too-few-places", minimum, one);
    let two = of_fire(&targets.targets, 2, &inspectors_of(FIRE));
    let two = announcing(&mut desk, &targets, &two);
    let from = desk.edition.from;
    let source = yicha::edition::Source::Basis(minimum);
    let before = desk.edition.minimum_inspectors.clone();
    desk.edition.minimum_inspectors =
        yicha::edition::Parameter::new(yicha::edition::Dated { value: 3, from, source });
    desk.refuses("matching-too-few-places", minimum, two.clone());
    desk.edition.minimum_inspectors = before;
    desk.takes(two);
}

#[test]
fn those_matched_are_certified_enforcement_staff_of_the_department() {
    // Somebody as the registers have them, and the refusal. The visits end on 2026-06-30.
    let valid = |until: &str| Some(Certificate { number: kept("x"), until: day(until) });
    let of_fire_dept = || inspector("x1", FIRE);
    let certificate = Some(("matching-certificate", Decision("certificate-window")));
    let unknown = Some(("matching-inspector-unknown", Article(19)));
    for (row, refused) in [
        (of_fire_dept(), None),
        (Inspector { certificate: valid("2026-06-30"), ..of_fire_dept() }, None),
        (Inspector { certificate: valid("2026-06-29"), ..of_fire_dept() }, certificate),
        (
            Inspector { staff: Staff::Support, ..of_fire_dept() },
            Some(("matching-support-staff", Decision("support-staff"))),
        ),
        (Inspector { ended: Some(day("2026-04-15")), ..of_fire_dept() }, unknown),
        (inspector("x1", MARKET), unknown),
        (inspector("x2", FIRE), unknown),
    ] {
        let (mut desk, targets) = with_draw();
        desk.by(Role::Officer, row.department.as_str());
        let problem = of_fire(&targets.targets, 2, &["f1", "f2", "x1"]);
        let said = format!("{row:?}");
        desk.takes(register_inspector(row));
        let command = announcing(&mut desk, &targets, &problem);
        match refused {
            None => drop(desk.takes(command)),
            Some((code, basis)) => {
                let refusal = desk.refuses(code, basis, command);
                assert!(refusal.to_string().contains("x1"), "{said}");
            }
        }
    }
}

#[test]
fn a_shortage_is_recorded_and_not_announced() {
    let (mut desk, targets) = with_draw();
    let short = of_fire(&targets.targets, 2, &["f1"]);
    let command = announcing(&mut desk, &targets, &short);
    desk.refuses("matching-short", DrawSpec(7), command);
    let find = |shortage| DrawingCommand::FindShortage {
        department: code(FIRE),
        scheme: code(SCHEME),
        shortage,
    };
    let proof = short.shortage().unwrap().to_text(Suite::Sha256, &short);
    let shortage = feed(&mut desk, &proof);
    desk.by(Role::Officer, MARKET);
    desk.refuses("not-entitled-department", Article(19), find(shortage));
    desk.by(Role::Officer, FIRE);
    // Another proof than the one that the specification has.
    assert!(!proof.contains("f1"));
    let other = feed(&mut desk, &(proof + "inspector\tf1\n"));
    desk.refuses("verify-differs", DrawSpec(6), find(other));
    let enough = of_fire(&targets.targets, 2, &inspectors_of(FIRE));
    feed(&mut desk, &enough.to_text());
    let untrue = short.shortage().unwrap().to_text(Suite::Sha256, &enough);
    let untrue = feed(&mut desk, &untrue);
    desk.refuses("matching-not-short", DrawSpec(7), find(untrue));
    // A problem that could not be announced does not fall short either.
    let narrow = of_fire(&targets.targets, 1, &[]);
    feed(&mut desk, &narrow.to_text());
    let narrow = narrow.shortage().unwrap().to_text(Suite::Sha256, &narrow);
    let narrow = feed(&mut desk, &narrow);
    desk.refuses("matching-too-few-places", Decision("minimum-inspectors"), find(narrow));
    desk.takes(find(shortage));
    let found = &desk.world.drawings[SCHEME].shortages[FIRE];
    assert_eq!((found.shortage, found.missing > 0), (shortage, true));
    // With more inspectors it is announced, and the shortage is over.
    let command = announcing(&mut desk, &targets, &enough);
    desk.takes(command);
    assert!(desk.world.drawings[SCHEME].shortages.is_empty());
    desk.refuses("draw-without-void", DrawSpec(5), find(shortage));
}

#[test]
fn the_matched_file_is_the_one_that_the_seed_makes() {
    let (mut desk, targets) = with_draw();
    let files = match_inspectors(FIRE, &targets);
    feed(&mut desk, &files.problem);
    let announcement = feed(&mut desk, &files.announcement);
    desk.on("2026-04-15").by(Role::Officer, FIRE).takes(announce(announcement));
    let seed = feed(&mut desk, &files.seed);
    desk.on("2026-04-16").takes(seal(inspectors(FIRE), seed));
    // The same people, dealt otherwise.
    let swapped = files.matched.replace("\tf1\n", "\tF\n").replace("\tf2\n", "\tf1\n");
    let swapped = swapped.replace("\tF\n", "\tf2\n");
    assert_ne!(swapped, files.matched);
    let swapped = feed(&mut desk, &swapped);
    desk.refuses("verify-differs", DrawSpec(6), match_by(FIRE, swapped));
    let matched = feed(&mut desk, &files.matched);
    desk.takes(match_by(FIRE, matched));
}

#[test]
fn a_matching_is_made_again_only_after_its_void_notice() {
    let (mut desk, targets) = with_draw();
    let files = match_inspectors(FIRE, &targets);
    conduct_matching(&mut desk, &files);
    let announcement = feed(&mut desk, &files.announcement);
    desk.on("2026-04-15").refuses("draw-without-void", DrawSpec(5), announce(announcement));
    let notice = void_notice(&files.announcement, Progress::Drawn, "department-head-1");
    let notice = feed(&mut desk, &notice.to_text());
    desk.on("2026-04-17").by(Role::DepartmentHead, MARKET);
    desk.refuses("not-entitled-department", Article(19), void(inspectors(FIRE), notice));
    desk.by(Role::DepartmentHead, FIRE).takes(void(inspectors(FIRE), notice));
    let problem = of_fire(&targets.targets, 2, &inspectors_of(FIRE));
    let second =
        Round { attempt: 2, previous: notice, on: "2026-04-20", due: "2026-04-21", ..matching() };
    conduct_matching(&mut desk, &match_problem(second, FIRE, &targets, &problem));
    assert!(desk.world.drawings[SCHEME].matched(&code(FIRE)).is_some());
}

#[test]
fn a_draw_on_which_matchings_rest_is_voided_after_them() {
    let (mut desk, targets) = with_draw();
    let files = match_inspectors(FIRE, &targets);
    conduct_matching(&mut desk, &files);
    let head = "department-head-1";
    let of_draw = void_notice(&targets.announcement, Progress::Drawn, head).to_text();
    let of_draw = feed(&mut desk, &of_draw);
    desk.by(Role::DepartmentHead, MARKET);
    desk.refuses("draw-void-matched", Article(19), void(Stage::Targets, of_draw));
    let of_matching = void_notice(&files.announcement, Progress::Drawn, head).to_text();
    let of_matching = feed(&mut desk, &of_matching);
    desk.by(Role::DepartmentHead, FIRE).takes(void(inspectors(FIRE), of_matching));
    desk.by(Role::DepartmentHead, MARKET).takes(void(Stage::Targets, of_draw));
}

#[test]
fn a_team_is_everybody_who_was_matched_led_by_the_initiator() {
    let (desk, targets) = with_teams();
    for target in &targets.targets {
        let assignment = desk.world.assignment(&code(SCHEME), target).unwrap();
        assert_eq!(assignment.initiator, code(MARKET));
        assert_eq!(assignment.window, desk.world.schemes[SCHEME].window);
        assert_eq!(assignment.items.len(), 2);
        let of = |department: &str| {
            let department = code(department);
            assignment.team.iter().filter(|m| m.department == department).count()
        };
        assert_eq!((of(MARKET), of(FIRE), assignment.team.len()), (2, 2, 4));
        let leaders: Vec<_> = assignment.team.iter().filter(|m| m.leader).collect();
        let [leader] = leaders[..] else { panic!("{leaders:?}") };
        assert_eq!(leader.department, code(MARKET));
        // Whom the initiator has matched to its first place.
        let first = assignment.team.iter().find(|m| m.department == code(MARKET));
        assert_eq!(first, Some(leader));
    }
}

#[test]
fn there_is_a_team_once_every_department_has_matched_and_the_files_are_fed() {
    let refused = |desk: &Desk, target: &TargetId| {
        desk.world.assignment(&code(SCHEME), target).map_err(|r| (r.code(), r.basis())).unwrap_err()
    };
    let mut desk = with_scheme();
    let targets = draw_targets(first());
    let target = &targets.targets[0];
    assert_eq!(refused(&desk, target), ("drawing-before-draw", Article(18)));
    conduct_draw(&mut desk, &targets);
    assert_eq!(refused(&desk, target), ("assignment-unmatched", Article(19)));
    conduct_matching(&mut desk, &match_inspectors(MARKET, &targets));
    assert_eq!(refused(&desk, target), ("assignment-unmatched", Article(19)));
    // The fire department goes to the first two targets only, and one of its people is recused from the first.
    let third = &targets.targets[2];
    let problem = problem(FIRE, &targets.targets[..2], 2, &inspectors_of(FIRE), &[("f1", target)]);
    let files = match_problem(matching(), FIRE, &targets, &problem);
    conduct_matching(&mut desk, &files);
    let assignment = |target| desk.world.assignment(&code(SCHEME), target).unwrap();
    assert_eq!(assignment(target).recused, [code("f1")].into());
    assert!(assignment(target).team.iter().all(|member| member.inspector != code("f1")));
    assert!(assignment(&targets.targets[1]).recused.is_empty());
    assert_eq!(assignment(third).team.len(), 2);
    assert_eq!(assignment(third).items.keys().collect::<Vec<_>>(), [&code(FOOD)]);
    let stranger = code("T99");
    assert_eq!(refused(&desk, &stranger), ("assignment-not-drawn", Article(18)));
    desk.world.forget_files();
    assert_eq!(refused(&desk, target), ("file-not-fed", Decision("files-are-the-hosts")));
}

#[test]
fn inspectors_are_matched_to_a_list_that_came_from_above() {
    let mut desk = with_scheme();
    let above = draw_targets(Round { scheme: code("2026-63"), ..first() });
    for text in [&above.announcement, &above.drawn] {
        feed(&mut desk, text);
    }
    let handed = Handed {
        from: code("11411300MB0001"),
        level: Level::City,
        list: feed(&mut desk, &above.list),
        part: kept("part"),
        seed: feed(&mut desk, &above.seed),
        targets: 2,
    };
    let receive = || DrawingCommand::Receive { handed: handed.clone(), scheme: code(SCHEME) };
    desk.on("2026-04-14").takes(receive());
    // Two of the three targets were handed to this district.
    let (first, rest) = above.targets.split_first().unwrap();
    for department in [MARKET, FIRE] {
        let problem = problem(department, rest, 2, &inspectors_of(department), &[]);
        let files = match_problem(matching(), department, &above, &problem);
        conduct_matching(&mut desk, &files);
    }
    assert_eq!(desk.world.assignment(&code(SCHEME), &rest[0]).unwrap().team.len(), 4);
    assert!(desk.world.assignment(&code(SCHEME), first).is_err());
    desk.by(Role::Officer, MARKET).refuses("receive-own-draw", Article(18), receive());
}

#[test]
fn each_file_is_named_in_the_suite_of_the_draw() {
    let (mut desk, targets) = with_draw();
    let sm3 = |text: &str| Suite::Sm3.digest(&[text.as_bytes()]);
    let other = ("file-other-suite", DrawSpec(1));
    let files = match_inspectors(FIRE, &targets);
    feed(&mut desk, &files.problem);
    // The announcement itself names the problem.
    let problem = files.round.digest(&files.problem).to_string();
    let wrong = files.announcement.replace(&problem, &sm3(&files.problem).to_string());
    let wrong = feed(&mut desk, &wrong);
    desk.on("2026-04-15").by(Role::Officer, FIRE).refuses(other.0, other.1, announce(wrong));

    let short = of_fire(&targets.targets, 2, &["f1"]);
    feed(&mut desk, &short.to_text());
    let proof = short.shortage().unwrap();
    let (of_sha256, of_sm3) =
        (proof.to_text(Suite::Sha256, &short), proof.to_text(Suite::Sm3, &short));
    for shortage in [sm3(&of_sha256), feed(&mut desk, &of_sm3)] {
        feed(&mut desk, &of_sha256);
        let (department, scheme) = (code(FIRE), code(SCHEME));
        let find = DrawingCommand::FindShortage { department, scheme, shortage };
        desk.refuses(other.0, other.1, find);
    }

    let announcement = feed(&mut desk, &files.announcement);
    desk.takes(announce(announcement));
    let seed = feed(&mut desk, &files.seed);
    desk.on("2026-04-16");
    desk.refuses(other.0, other.1, seal(inspectors(FIRE), sm3(&files.seed)));
    desk.takes(seal(inspectors(FIRE), seed));
    let matched = feed(&mut desk, &files.matched);
    desk.refuses(other.0, other.1, match_by(FIRE, sm3(&files.matched)));
    desk.takes(match_by(FIRE, matched));
    let notice = void_notice(&files.announcement, Progress::Drawn, "department-head-1").to_text();
    let right = feed(&mut desk, &notice);
    desk.by(Role::DepartmentHead, FIRE);
    desk.refuses(other.0, other.1, void(inspectors(FIRE), sm3(&notice)));
    desk.takes(void(inspectors(FIRE), right));
}

fn replace(
    inspector: &InspectorId,
    successor: &InspectorId,
    selection: Selection,
) -> InspectionCommand {
    let (inspector, successor) = (inspector.clone(), successor.clone());
    let replaced = Replaced { inspector, reason: kept("因病"), selection, successor };
    InspectionCommand::Replace { inspection: inspected::id(), replaced }
}

#[test]
fn the_head_names_a_successor_who_is_not_drawn_again() {
    let mut field = inspected::opened();
    let (gone, successor) = (field.fire[1].clone(), field.spare(FIRE));
    let named = replace(&gone, &successor, Selection::Named);
    field.desk.by(Role::Officer, FIRE).refuses("not-entitled-role", Article(19), named.clone());
    let desk = field.desk.by(Role::DepartmentHead, MARKET);
    desk.refuses("not-entitled-department", Article(19), named.clone());
    let drawn = replace(&gone, &successor, Selection::Drawn);
    field.desk.by(Role::DepartmentHead, FIRE).refuses("replacement-drawn", Article(19), drawn);
    let twice = replace(&gone, &field.fire[0], Selection::Named);
    field.desk.refuses("replacement-in-team", Article(19), twice);
    let of_market = replace(&gone, &field.spare(MARKET), Selection::Named);
    field.desk.refuses("replacement-other-department", Article(19), of_market);
    let stranger = replace(&successor, &gone, Selection::Named);
    field.desk.refuses("visit-not-matched", Article(20), stranger);
    assert_eq!(field.desk.takes(named)[0].basis, [Article(19)]);
    let team: Vec<_> =
        field.inspection().assignment.team.iter().map(|member| member.inspector.clone()).collect();
    assert!(team.contains(&successor) && !team.contains(&gone));
    field.at("2026-05-06", MARKET, 0).takes(inspected::visit(team));
}

#[test]
fn a_successor_could_have_been_matched() {
    let mut field = inspected::opened();
    let (gone, successor) = (field.fire[1].clone(), field.spare(FIRE));
    let named = replace(&gone, &successor, Selection::Named);
    let row = field.desk.world.registers.inspector(&successor).unwrap().unwrap().clone();
    let revised = |until| {
        let mut row = row.clone();
        row.certificate.as_mut().unwrap().until = day(until);
        InspectorCommand::Change(InspectorChange::Revised(row))
    };
    field.desk.by(Role::Officer, FIRE).takes(revised("2026-06-29"));
    let desk = field.desk.by(Role::DepartmentHead, FIRE);
    desk.refuses("replacement-not-certified", Article(19), named.clone());
    // The window ends on 2026-06-30.
    desk.by(Role::Officer, FIRE).takes(revised("2026-06-30"));
    desk.by(Role::DepartmentHead, FIRE).takes(named);
}

/// The fire department's places at the targets, the first of which asks for a qualification that f3 and f6 lack. f2 is recused.
fn with_asking_places(second: Slot) -> inspected::Field {
    let (mut desk, targets) = with_draw();
    conduct_matching(&mut desk, &match_inspectors(MARKET, &targets));
    let fire: Qualification = code("fire");
    let slots = vec![Slot::requiring([fire.clone()]), second];
    let places =
        targets.targets.iter().map(|id| TargetPlaces { target: id.clone(), slots: slots.clone() });
    let candidate = |id, has: bool| {
        let codes = if has { [fire.clone()].into() } else { [].into() };
        Candidate { inspector: code(id), capacity: 10, codes }
    };
    let inspectors = vec![
        candidate("f1", true),
        candidate("f2", true),
        candidate("f3", false),
        candidate("f4", true),
        candidate("f5", true),
        candidate("f6", false),
    ];
    for id in ["f4", "f5", "f6"] {
        let row = inspector(id, FIRE);
        desk.by(Role::Officer, FIRE).takes(register_inspector(row));
    }
    let first = targets.targets[0].clone();
    let recusals = ["f2"]
        .map(|id| yicha::draw::matching::Recusal { inspector: code(id), target: first.clone() });
    let problem =
        Problem::new(code(FIRE), [7; 16], places.collect(), inspectors, recusals.into()).unwrap();
    conduct_matching(&mut desk, &match_problem(matching(), FIRE, &targets, &problem));
    let team = desk.world.assignment(&code(SCHEME), &first).unwrap().team;
    let of = |department: &str| {
        let own = team.iter().filter(|member| member.department == code(department));
        own.map(|member| member.inspector.clone()).collect::<Vec<_>>()
    };
    let (market, fire) = (of(MARKET), of(FIRE));
    let mut field = inspected::Field { desk, target: first, market, fire };
    let open = field.open();
    field.desk.on("2026-04-20").by(Role::Officer, MARKET).takes(open);
    field
}

#[test]
fn a_successor_has_what_the_place_asks_for_and_is_not_recused() {
    let mut field = with_asking_places(Slot::requiring([code("fire")]));
    let gone = field.fire[0].clone();
    field.desk.by(Role::DepartmentHead, FIRE);
    let to = |id: &str| replace(&gone, &code(id), Selection::Named);
    field.desk.refuses("replacement-unqualified", Article(19), to("f3"));
    field.desk.refuses("replacement-recused", Other("行政处罚法第四十三条"), to("f2"));
    let left = ["f1", "f4", "f5"].into_iter().find(|id| !field.fire.contains(&code(id))).unwrap();
    field.desk.takes(to(left));
    // What the place asks for is asked of the successor's successor too.
    let again = replace(&code(left), &code("f3"), Selection::Named);
    field.desk.refuses("replacement-unqualified", Article(19), again);
    field.desk.takes(replace(&code(left), &gone, Selection::Named));
}

#[test]
fn a_successor_is_asked_for_what_the_place_of_whoever_goes_asks_for() {
    let mut field = with_asking_places(Slot::ANY);
    let [asking, open] = [0, 1].map(|place| field.fire[place].clone());
    let lacks = ["f3", "f6"].map(code).into_iter().find(|id| *id != open).unwrap();
    let to = |gone: &InspectorId| replace(gone, &lacks, Selection::Named);
    field.desk.by(Role::DepartmentHead, FIRE);
    field.desk.refuses("replacement-unqualified", Article(19), to(&asking));
    // Whatever became of the other place.
    let left = ["f1", "f4", "f5"].map(code).into_iter().find(|id| !field.fire.contains(id));
    field.desk.takes(replace(&asking, &left.unwrap(), Selection::Named));
    field.desk.takes(to(&open));
}

#[test]
fn a_matching_on_which_an_inspection_rests_is_not_voided() {
    for open in [false, true] {
        let (mut desk, targets) = with_draw();
        let files = match_inspectors(MARKET, &targets);
        conduct_matching(&mut desk, &files);
        conduct_matching(&mut desk, &match_inspectors(FIRE, &targets));
        let notice = void_notice(&files.announcement, Progress::Drawn, "department-head-1");
        let notice = feed(&mut desk, &notice.to_text());
        if open {
            let target = &targets.targets[0];
            let team = desk.world.assignment(&code(SCHEME), target).unwrap().team;
            let leader = team.iter().find(|member| member.leader).unwrap().inspector.clone();
            let (scheme, target) = (code(SCHEME), target.clone());
            let opening = Opening { leader, scheme, target };
            desk.by(Role::Officer, MARKET);
            desk.takes(InspectionCommand::Open { inspection: inspected::id(), opening });
        }
        desk.by(Role::DepartmentHead, MARKET);
        let command = void(inspectors(MARKET), notice);
        if open {
            desk.refuses("draw-void-inspected", Article(19), command);
        } else {
            desk.takes(command);
        }
    }
}
