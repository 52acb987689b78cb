//! 第十八条 随机抽取检查对象: the initiator draws; a higher level may draw once and hand the list down.

use crate::desk::{Desk, FIRE, HEALTH, MARKET, code, kept, named};
use crate::drawn::*;
use crate::planned::{SCHEME, make, scheme, window, with_plan};
use yicha::actor::Role;
use yicha::citation::Basis::{Article, Decision, DrawSpec};
use yicha::draw::announcement::Stage;
use yicha::draw::void::Progress;
use yicha::drawing::*;
use yicha::explain::Explain;
use yicha::hash::{Digest, Suite};
use yicha::plan::scheme::*;
use yicha::register::Level;

fn void(stage: Stage, notice: Digest) -> DrawingCommand {
    DrawingCommand::Void { notice, scheme: code(SCHEME), stage }
}

fn revise(scheme: Scheme) -> SchemeCommand {
    SchemeCommand::Revise { id: code(SCHEME), scheme }
}

fn progress(desk: &Desk) -> Option<Progress> {
    desk.world.drawings[SCHEME].targets.as_ref().unwrap().progress()
}

#[test]
fn the_initiator_announces_seals_and_draws() {
    let mut desk = with_scheme();
    let files = draw_targets(first());
    let announcement = feed(&mut desk, &files.announcement);
    let (seed, list) = (feed(&mut desk, &files.seed), feed(&mut desk, &files.list));
    feed(&mut desk, &files.drawn);
    let refused = |desk: &mut Desk, command: DrawingCommand| {
        desk.by(Role::Officer, FIRE);
        desk.refuses("not-entitled-department", Article(18), command.clone());
        desk.by(Role::Inspector, MARKET).refuses("not-entitled-role", Article(18), command);
        desk.by(Role::Officer, MARKET);
    };
    desk.on("2026-04-13");
    refused(&mut desk, announce(announcement));
    desk.takes(announce(announcement));
    assert_eq!(progress(&desk), Some(Progress::Announced));
    desk.on("2026-04-14");
    refused(&mut desk, seal(Stage::Targets, seed));
    desk.takes(seal(Stage::Targets, seed));
    assert_eq!(progress(&desk), Some(Progress::Sealed));
    refused(&mut desk, draw(list));
    desk.takes(draw(list));
    assert_eq!(progress(&desk), Some(Progress::Drawn));
    let (_, drawn) = desk.world.drawings[SCHEME].drawn().unwrap();
    let wanted = Drawn { drawn: files.round.digest(&files.drawn), list, targets: 3 };
    assert_eq!(*drawn, wanted);
}

#[test]
fn the_order_of_a_draw_is_kept_and_nobody_draws_twice() {
    let mut desk = with_scheme();
    let files = draw_targets(first());
    let announcement = feed(&mut desk, &files.announcement);
    let (seed, list) = (feed(&mut desk, &files.seed), feed(&mut desk, &files.list));
    feed(&mut desk, &files.drawn);
    desk.on("2026-04-13");
    desk.refuses("draw-not-announced", DrawSpec(5), seal(Stage::Targets, seed));
    desk.refuses("draw-not-announced", DrawSpec(5), draw(list));
    desk.takes(announce(announcement));
    desk.refuses("draw-without-void", DrawSpec(5), announce(announcement));
    desk.refuses("draw-not-sealed", DrawSpec(5), draw(list));
    // The public value is due on 2026-04-14 at 01:00.
    desk.refuses("seed-before-due", DrawSpec(5), seal(Stage::Targets, seed));
    desk.on("2026-04-14").stamp.recorded = "2026-04-14T00:59:59Z".parse().unwrap();
    desk.refuses("seed-before-due", DrawSpec(5), seal(Stage::Targets, seed));
    desk.stamp.recorded = "2026-04-14T01:00:00Z".parse().unwrap();
    desk.takes(seal(Stage::Targets, seed));
    desk.refuses("draw-already-sealed", DrawSpec(5), seal(Stage::Targets, seed));
    desk.takes(draw(list));
    desk.refuses("draw-already-drawn", DrawSpec(5), draw(list));
    desk.on("2026-04-13").refuses("draw-without-void", DrawSpec(5), announce(announcement));
}

#[test]
fn an_announcement_is_recorded_before_the_randomness_can_be_known() {
    let mut desk = with_scheme();
    let announcement = feed(&mut desk, &draw_targets(first()).announcement);
    desk.on("2026-04-13");
    // Nonces are revealed until 03:00.
    for (at, lawful) in [
        ("2026-04-14T02:00:00Z", false),
        ("2026-04-13T03:00:00Z", false),
        ("2026-04-13T02:59:59Z", true),
    ] {
        desk.stamp.recorded = code(at);
        match lawful {
            true => drop(desk.takes(announce(announcement))),
            false => {
                drop(desk.refuses("draw-announced-too-late", DrawSpec(4), announce(announcement)));
            }
        }
    }
}

#[test]
fn a_draw_is_announced_for_its_own_scheme() {
    let mut desk = with_plan();
    let files = draw_targets(Round { scheme: code("2026-63"), ..first() });
    let announcement = feed(&mut desk, &files.announcement);
    desk.on("2026-04-13").refuses("case-unknown", Article(4), announce(announcement));
    desk.takes(make(scheme()));
    desk.refuses("draw-other-scheme", Article(18), announce(announcement));
    let own = feed(&mut desk, &draw_targets(first()).announcement);
    desk.takes(announce(own));
}

#[test]
fn each_class_is_drawn_at_the_rate_of_the_plan() {
    let mut desk = with_scheme();
    // The entry names no rates, so the province's hold: 1 % for class A.
    for rate in [99, 101] {
        let other = draw_targets(Round { rate, ..first() });
        let announcement = feed(&mut desk, &other.announcement);
        desk.on("2026-04-13");
        desk.refuses("draw-rate-not-plans", Article(18), announce(announcement));
    }
    let announcement = feed(&mut desk, &draw_targets(first()).announcement);
    desk.takes(announce(announcement));
}

#[test]
fn files_are_fed_and_named_in_the_suite_of_the_draw() {
    let mut desk = with_scheme();
    let files = draw_targets(first());
    let fed = Decision("files-are-the-hosts");
    let digest = |text: &str| files.round.digest(text);
    desk.on("2026-04-13");
    desk.refuses("file-not-fed", fed, announce(digest(&files.announcement)));
    let announcement = feed(&mut desk, &files.announcement);
    let in_sm3 = Suite::Sm3.digest(&[files.announcement.as_bytes()]);
    desk.refuses("file-other-suite", DrawSpec(1), announce(in_sm3));
    desk.takes(announce(announcement));
    // What was fed can be forgotten and is asked for again.
    desk.world.forget_files();
    desk.on("2026-04-14");
    let seed = feed(&mut desk, &files.seed);
    desk.refuses("file-not-fed", fed, seal(Stage::Targets, seed));
    feed(&mut desk, &files.announcement);
    desk.takes(seal(Stage::Targets, seed));
    let list = feed(&mut desk, &files.list);
    desk.refuses("file-not-fed", fed, draw(list));
    feed(&mut desk, &files.drawn);
    desk.refuses("file-not-fed", fed, draw(seed));
    let list_in_sm3 = Suite::Sm3.digest(&[files.list.as_bytes()]);
    desk.refuses("file-other-suite", DrawSpec(1), draw(list_in_sm3));
    desk.takes(draw(list));
    assert!(desk.world.feed_file("yicha-other/1\n").is_err());
    assert!(desk.world.feed_file(&files.list.replace("T", "t\t")).is_err());
}

#[test]
fn the_other_suite_serves_as_well() {
    let mut desk = with_scheme();
    let files = draw_targets(Round { suite: Suite::Sm3, ..first() });
    for text in [&files.announcement, &files.seed, &files.list, &files.drawn] {
        desk.world.feed_file(text).unwrap();
    }
    let digest = |text: &str| files.round.digest(text);
    desk.on("2026-04-13").takes(announce(digest(&files.announcement)));
    desk.on("2026-04-14").takes(seal(Stage::Targets, digest(&files.seed)));
    desk.takes(draw(digest(&files.list)));
}

#[test]
fn seed_and_list_are_those_of_the_announcement() {
    let mut desk = with_scheme();
    let files = draw_targets(first());
    // Another attempt has other commitments, another seed and another list.
    let void = Round { attempt: 2, previous: kept("void"), ..first() };
    let other = draw_targets(void);
    let announcement = feed(&mut desk, &files.announcement);
    desk.on("2026-04-13").takes(announce(announcement));
    desk.on("2026-04-14");
    let seed = feed(&mut desk, &other.seed);
    desk.refuses("seed-other-announcement", DrawSpec(5), seal(Stage::Targets, seed));
    let wrong = files.seed.replace(&"01".repeat(32), &"03".repeat(32));
    let seed = feed(&mut desk, &wrong);
    desk.refuses("seed-wrong-nonce", DrawSpec(5), seal(Stage::Targets, seed));
    let seed = feed(&mut desk, &files.seed);
    desk.takes(seal(Stage::Targets, seed));
    feed(&mut desk, &other.drawn);
    feed(&mut desk, &files.drawn);
    let list = feed(&mut desk, &other.list);
    desk.refuses("verify-differs", DrawSpec(6), draw(list));
    // A target in the place of another, and a target more.
    let swapped = files.list.replace(files.targets[2].as_str(), "T99");
    let list = feed(&mut desk, &swapped);
    desk.refuses("verify-differs", DrawSpec(6), draw(list));
    let longer = files.list.clone() + "target\tT99\n";
    let list = feed(&mut desk, &longer);
    desk.refuses("verify-differs", DrawSpec(6), draw(list));
    let list = feed(&mut desk, &files.list);
    desk.takes(draw(list));
}

#[test]
fn another_attempt_needs_the_void_notice_of_the_last_one() {
    let mut desk = with_scheme();
    let files = draw_targets(first());
    let second =
        |previous| Round { attempt: 2, previous, on: "2026-04-20", due: "2026-04-21", ..first() };
    let early = feed(&mut desk, &draw_targets(second(kept("void"))).announcement);
    desk.on("2026-04-13").refuses("ceremony-needs-void", DrawSpec(5), announce(early));
    let announcement = feed(&mut desk, &files.announcement);
    desk.takes(announce(announcement));
    let notice = void_notice(&files.announcement, Progress::Announced, "department-head-1");
    let notice = feed(&mut desk, &notice.to_text());
    desk.on("2026-04-14").by(Role::DepartmentHead, MARKET).takes(void(Stage::Targets, notice));
    assert_eq!(progress(&desk), None);
    desk.refuses("draw-not-announced", DrawSpec(5), void(Stage::Targets, notice));
    desk.on("2026-04-13");
    desk.refuses("ceremony-not-next", DrawSpec(5), announce(announcement));
    desk.on("2026-04-20").refuses("ceremony-not-next", DrawSpec(5), announce(early));
    let next = draw_targets(second(notice));
    conduct_draw(&mut desk, &next);
    assert_eq!(desk.world.drawings[SCHEME].targets.as_ref().unwrap().announced.attempt, 2);
}

#[test]
fn a_void_notice_says_how_far_the_attempt_had_come_and_is_given_by_the_head_who_approves_it() {
    let mut desk = with_scheme();
    let files = draw_targets(first());
    let announcement = feed(&mut desk, &files.announcement);
    desk.on("2026-04-13").takes(announce(announcement));
    let seed = feed(&mut desk, &files.seed);
    desk.on("2026-04-14").takes(seal(Stage::Targets, seed));
    let notice =
        |desk: &mut Desk, of: &str, after, by| feed(desk, &void_notice(of, after, by).to_text());
    let head = "department-head-1";
    let right = notice(&mut desk, &files.announcement, Progress::Sealed, head);
    desk.by(Role::Officer, MARKET);
    desk.refuses("not-entitled-role", Article(18), void(Stage::Targets, right));
    desk.by(Role::DepartmentHead, FIRE);
    desk.refuses("not-entitled-department", Article(18), void(Stage::Targets, right));
    desk.by(Role::DepartmentHead, MARKET);
    let other = notice(&mut desk, &files.seed, Progress::Sealed, head);
    desk.refuses("ceremony-other-notice", DrawSpec(5), void(Stage::Targets, other));
    for after in [Progress::Announced, Progress::Drawn] {
        let early = notice(&mut desk, &files.announcement, after, head);
        desk.refuses("void-other-progress", DrawSpec(5), void(Stage::Targets, early));
    }
    let another = notice(&mut desk, &files.announcement, Progress::Sealed, "somebody");
    desk.refuses("void-approved-by-another", DrawSpec(5), void(Stage::Targets, another));
    desk.takes(void(Stage::Targets, right));
}

#[test]
fn once_the_draw_is_announced_only_window_requirements_and_duties_change() {
    let mut desk = with_scheme();
    let files = draw_targets(first());
    let announcement = feed(&mut desk, &files.announcement);
    desk.on("2026-04-13").takes(announce(announcement));
    let city = Scheme { level: Level::City, ..scheme() };
    desk.refuses("scheme-fixed-by-draw", Article(18), revise(city.clone()));
    let mut later = Scheme { window: window("2026-05-06", "2026-08-31"), ..scheme() };
    later.items.values_mut().for_each(|part| part.duties = Some(kept("分工")));
    desk.takes(revise(later));
    // A void attempt fixes nothing.
    let notice = void_notice(&files.announcement, Progress::Announced, "department-head-1");
    let notice = feed(&mut desk, &notice.to_text());
    desk.by(Role::DepartmentHead, MARKET).takes(void(Stage::Targets, notice));
    desk.takes(revise(city));
}

#[test]
fn the_lower_initiators_of_a_scheme_are_of_a_lower_level() {
    let mut desk = with_plan();
    let of = |level, lower| Scheme { level, lower: [(code("x"), lower)].into(), ..scheme() };
    for (level, lower) in [(Level::County, Level::County), (Level::City, Level::Province)] {
        desk.refuses("scheme-lower-is-not-lower", Article(18), make(of(level, lower)));
    }
    desk.takes(make(of(Level::City, Level::County)));
}

fn dispatch(to: &str, level: Level, list: &str, targets: u64) -> DrawingCommand {
    let dispatched = Dispatched { level, list: kept(list), targets, to: code(to) };
    DrawingCommand::Dispatch { dispatched, scheme: code(SCHEME) }
}

/// A department of a lower level.
const LOWER: &str = "11411302MB0009";

/// A scheme of the city, drawn, with a lower initiator in a county.
fn drawn_by_city() -> Desk {
    let mut desk = with_scheme();
    let city =
        Scheme { level: Level::City, lower: [(code(LOWER), Level::County)].into(), ..scheme() };
    desk.takes(revise(city));
    let files = draw_targets(first());
    conduct_draw(&mut desk, &files);
    desk
}

#[test]
fn a_list_is_handed_down_to_lower_initiators_and_to_departments_with_a_part() {
    let mut desk = drawn_by_city();
    let own = Level::City;
    let upwards = dispatch(LOWER, Level::Province, "1", 2);
    let upwards = desk.refuses("dispatch-upwards", Article(18), upwards);
    assert_eq!(["level", "own"].map(|name| named(&upwards, name)), ["province", "city"]);
    desk.refuses("dispatch-without-part", Article(18), dispatch(HEALTH, own, "1", 2));
    desk.refuses("dispatch-without-part", Article(18), dispatch(HEALTH, Level::County, "1", 2));
    for targets in [0, 4] {
        desk.refuses("dispatch-count", Article(18), dispatch(LOWER, Level::County, "1", targets));
    }
    desk.by(Role::Officer, FIRE);
    desk.refuses("not-entitled-department", Article(18), dispatch(LOWER, Level::County, "1", 2));
    desk.by(Role::Officer, MARKET).takes(dispatch(LOWER, Level::County, "1", 3));
    desk.refuses("dispatch-twice", Article(18), dispatch(LOWER, Level::County, "1", 3));
    // Another list corrects the first.
    desk.takes(dispatch(LOWER, Level::County, "2", 1));
    assert_eq!(desk.world.drawings[SCHEME].dispatched[LOWER].targets, 1);
    desk.takes(dispatch(FIRE, own, "1", 3));
}

#[test]
fn nothing_is_handed_down_before_it_is_drawn() {
    let mut desk = with_scheme();
    desk.refuses("drawing-before-draw", Article(18), dispatch(FIRE, Level::County, "1", 1));
    let files = draw_targets(first());
    conduct_draw(&mut desk, &files);
    desk.takes(dispatch(FIRE, Level::County, "1", 1));
}

/// What the city hands down of its own scheme 2026-63.
fn handed(desk: &mut Desk, round: Round) -> (Handed, TargetFiles) {
    let files = draw_targets(Round { scheme: code("2026-63"), ..round });
    for text in [&files.announcement, &files.drawn] {
        feed(desk, text);
    }
    let handed = Handed {
        from: code("11411300MB0001"),
        level: Level::City,
        list: feed(desk, &files.list),
        part: kept("part"),
        seed: feed(desk, &files.seed),
        targets: 2,
    };
    (handed, files)
}

fn receive(handed: Handed) -> DrawingCommand {
    DrawingCommand::Receive { handed, scheme: code(SCHEME) }
}

#[test]
fn a_list_comes_from_above_and_is_not_drawn_again() {
    let mut desk = with_scheme();
    let (handed, files) = handed(&mut desk, first());
    desk.on("2026-04-15");
    for level in [Level::County, Level::Township] {
        let wrong = Handed { level, ..handed.clone() };
        desk.refuses("dispatch-upwards", Article(18), receive(wrong));
    }
    for targets in [0, 4] {
        let wrong = Handed { targets, ..handed.clone() };
        desk.refuses("dispatch-count", Article(18), receive(wrong));
    }
    desk.by(Role::Officer, FIRE);
    desk.refuses("not-entitled-department", Article(18), receive(handed.clone()));
    desk.by(Role::Officer, MARKET).takes(receive(handed.clone()));
    let (attempt, drawn) = desk.world.drawings[SCHEME].drawn().unwrap();
    assert_eq!((attempt.seed, drawn.list, drawn.targets), (Some(handed.seed), handed.list, 3));
    // Neither drawn nor voided here.
    let own = feed(&mut desk, &draw_targets(first()).announcement);
    desk.on("2026-04-13").refuses("draw-without-void", DrawSpec(5), announce(own));
    let notice = void_notice(&files.announcement, Progress::Drawn, "department-head-1");
    let notice = feed(&mut desk, &notice.to_text());
    desk.by(Role::DepartmentHead, MARKET);
    desk.refuses("draw-received", Article(18), void(Stage::Targets, notice));
}

#[test]
fn a_list_from_above_holds_to_its_announcement() {
    let mut desk = with_scheme();
    let (wanted, _) = handed(&mut desk, first());
    let (other, _) = handed(&mut desk, Round { attempt: 2, previous: kept("void"), ..first() });
    desk.on("2026-04-15");
    let wrong = Handed { seed: other.seed, ..wanted.clone() };
    desk.refuses("seed-other-announcement", DrawSpec(5), receive(wrong));
    let unknown = Handed { list: kept("list"), ..wanted.clone() };
    desk.refuses("file-not-fed", Decision("files-are-the-hosts"), receive(unknown));
    desk.takes(receive(wanted));
    // A later attempt above takes its place, as long as nobody has matched inspectors to it.
    desk.takes(receive(other));
}

#[test]
fn a_scheme_with_a_draw_of_its_own_takes_no_list() {
    let mut desk = with_scheme();
    let files = draw_targets(first());
    let announcement = feed(&mut desk, &files.announcement);
    desk.on("2026-04-13").takes(announce(announcement));
    let (handed, _) = handed(&mut desk, first());
    desk.refuses("receive-own-draw", Article(18), receive(handed.clone()));
    let notice = void_notice(&files.announcement, Progress::Announced, "department-head-1");
    let notice = feed(&mut desk, &notice.to_text());
    desk.by(Role::DepartmentHead, MARKET).takes(void(Stage::Targets, notice));
    desk.takes(receive(handed));
}

#[test]
fn internal_files_are_shown_to_auditors_only() {
    let (mut desk, files) = with_draw();
    let release = |text: &str, audience| {
        let file = files.round.digest(text);
        let released = Released { audience, file, place: code("区政府网站") };
        DrawingCommand::Release { released, scheme: code(SCHEME) }
    };
    let internal = Decision("internal-files");
    desk.refuses("release-internal-file", internal, release(&files.drawn, Audience::Public));
    desk.takes(release(&files.drawn, Audience::Auditors));
    for text in [&files.announcement, &files.seed, &files.list] {
        desk.takes(release(text, Audience::Public));
    }
    assert_eq!(desk.world.drawings[SCHEME].releases.len(), 4);
    desk.by(Role::Officer, FIRE);
    let by_another = release(&files.list, Audience::Auditors);
    desk.refuses("not-entitled-department", Article(18), by_another.clone());
    desk.by(Role::Platform, "").takes(by_another);
}

#[test]
fn only_drawn_targets_are_inspected() {
    let (desk, targets) = with_teams();
    let assignment = |target: &str| desk.world.assignment(&code(SCHEME), &code(target));
    let refusal = assignment("T99").unwrap_err();
    assert_eq!((refusal.code(), refusal.basis()), ("assignment-not-drawn", Article(18)));
    assert!(assignment(targets.targets[0].as_str()).is_ok());
}
