//! The files of a draw and of its matchings, as the departments would make them, and a scheme that is drawn for.

use crate::desk::{Desk, FIRE, MARKET, code, day_at};
use crate::planned::{SCHEME, make, scheme, with_plan};
use crate::registered::{inspector, register_inspector};
use yicha::actor::Role;
use yicha::code::{DepartmentId, SchemeId, TargetId};
use yicha::date::Instant;
use yicha::draw::announcement::*;
use yicha::draw::ceremony::{Announced, Inspectors, Targets};
use yicha::draw::columns::Row;
use yicha::draw::matching::{Candidate, Problem, Recusal, Slot, TargetPlaces};
use yicha::draw::quota::{BasisPoints, Rule};
use yicha::draw::roster::{Roster, RosterKey};
use yicha::draw::void::{Progress, VoidNotice};
use yicha::drawing::DrawingCommand;
use yicha::hash::{Digest, Suite};
use yicha::threads::Threads;

/// How an attempt is made.
#[derive(Clone)]
pub(crate) struct Round {
    pub(crate) suite: Suite,
    pub(crate) scheme: SchemeId,
    pub(crate) attempt: u64,
    pub(crate) previous: Digest,
    /// The day on which it is announced, from 01:00 to 03:00; the public value is due the day after.
    pub(crate) on: &'static str,
    pub(crate) due: &'static str,
    /// The rate of class A; that of class D is 30%.
    pub(crate) rate: u64,
}

/// The first attempt to draw targets.
pub(crate) fn first() -> Round {
    Round {
        suite: Suite::Sha256,
        scheme: code(SCHEME),
        attempt: 1,
        previous: Digest::ZERO,
        on: "2026-04-13",
        due: "2026-04-14",
        rate: 100,
    }
}

/// The first attempt to match inspectors.
pub(crate) fn matching() -> Round {
    Round { on: "2026-04-15", due: "2026-04-16", ..first() }
}

fn at(day: &str, hour: u8) -> Instant {
    format!("{day}T{hour:02}:00:00Z").parse().unwrap()
}

impl Round {
    fn nonces(&self) -> Vec<(DepartmentId, Nonce)> {
        [MARKET, FIRE].iter().zip(1..).map(|(id, i)| (code(id), Nonce::new([i; 32]))).collect()
    }

    fn terms(&self, stage: &Stage) -> Terms {
        let Self { suite, scheme, attempt, previous, .. } = self.clone();
        let commit = |(department, nonce): &(DepartmentId, Nonce)| Commitment {
            department: department.clone(),
            digest: nonce.commit(suite, &scheme, stage, attempt, department),
        };
        let randomness = Randomness {
            source: code("中国福利彩票双色球"),
            round: code(&format!("{}-{stage}", self.due)),
            bits: 24,
            due: at(self.due, 1),
        };
        Terms {
            suite,
            attempt,
            previous,
            contributions: self.nonces().iter().map(commit).collect(),
            randomness: vec![randomness],
            announced: at(self.on, 1),
            reveal_by: at(self.on, 3),
            scheme,
        }
    }

    pub(crate) fn digest(&self, text: &str) -> Digest {
        self.suite.digest(&[text.as_bytes()])
    }
}

/// What the public value of either draw turns out to be.
const VALUE: &[u8] = b"02 03 09 13 20 31 + 05";

/// A draw of targets.
pub(crate) struct TargetFiles {
    pub(crate) round: Round,
    pub(crate) announcement: String,
    pub(crate) seed: String,
    pub(crate) list: String,
    pub(crate) drawn: String,
    pub(crate) targets: Vec<TargetId>,
}

/// Draws three of twelve targets: one of eight in class A, two of four in class D.
pub(crate) fn draw_targets(round: Round) -> TargetFiles {
    let ids: Vec<String> = (1..=12).map(|i| format!("T{i:02}")).collect();
    let stratum = |i| if i < 8 { "A" } else { "D" };
    let rows = (0..).zip(&ids);
    let rows = rows.map(|(i, id)| Row { id, stratum: stratum(i), standing: "eligible" });
    let roster = Roster::from_rows(rows).unwrap();
    let roster = roster.commit(round.suite, RosterKey::new([9; 32]), Threads::ONE);
    let rule = |(stratum, rate, eligible)| {
        let rate = BasisPoints::new(rate).unwrap();
        Rule { stratum: code(stratum), rate, floor: 0, cap: None }.apply(eligible)
    };
    let strata = [("A", round.rate, 8), ("D", 3000, 4)].map(rule).into();
    let subject = Subject::Targets { root: roster.root(), lines: roster.lines(), strata };
    let announcement = Announcement::new(round.terms(&Stage::Targets), subject).unwrap();
    let announced = Announced::<Targets>::resume(announcement).unwrap();
    let sealed = announced.seal(&round.nonces(), &[VALUE.into()]).unwrap();
    let drawn = sealed.draw(&roster, Threads::ONE).unwrap();
    TargetFiles {
        announcement: drawn.announcement().to_text(),
        seed: drawn.seed_file().to_text(),
        list: drawn.outcome().list().to_text(),
        drawn: drawn.outcome().drawn().to_text(),
        targets: drawn.outcome().list().targets().to_vec(),
        round,
    }
}

/// A department's matching.
pub(crate) struct MatchingFiles {
    pub(crate) round: Round,
    pub(crate) department: &'static str,
    pub(crate) announcement: String,
    pub(crate) problem: String,
    pub(crate) seed: String,
    pub(crate) matched: String,
}

/// A department's problem: so many places at each target, and its inspectors.
pub(crate) fn problem(
    department: &str,
    targets: &[TargetId],
    places: usize,
    inspectors: &[&str],
    recused: &[(&str, &TargetId)],
) -> Problem {
    let target =
        |id: &TargetId| TargetPlaces { target: id.clone(), slots: vec![Slot::ANY; places] };
    let candidate = |id: &&str| Candidate { inspector: code(id), capacity: 10, codes: [].into() };
    let recusal = |(inspector, target): &(&str, &TargetId)| Recusal {
        inspector: code(inspector),
        target: (*target).clone(),
    };
    Problem::new(
        code(department),
        [7; 16],
        targets.iter().map(target).collect(),
        inspectors.iter().map(candidate).collect(),
        recused.iter().map(recusal).collect(),
    )
    .unwrap()
}

/// The inspectors of a department in the tests' registers.
pub(crate) fn inspectors_of(department: &str) -> [&'static str; 3] {
    if department == MARKET { ["m1", "m2", "m3"] } else { ["f1", "f2", "f3"] }
}

/// Matches two inspectors of a department to every target drawn.
pub(crate) fn match_inspectors(department: &'static str, targets: &TargetFiles) -> MatchingFiles {
    let inspectors = inspectors_of(department);
    let problem = problem(department, &targets.targets, 2, &inspectors, &[]);
    match_problem(matching(), department, targets, &problem)
}

/// Announces a matching, without its result where there is none.
pub(crate) fn match_problem(
    round: Round,
    department: &'static str,
    targets: &TargetFiles,
    problem: &Problem,
) -> MatchingFiles {
    let subject = Subject::Inspectors {
        department: code(department),
        drawn: targets.round.digest(&targets.drawn),
        problem: problem.digest(round.suite),
    };
    let stage = Stage::Inspectors(code(department));
    let announcement = Announcement::new(round.terms(&stage), subject).unwrap();
    let announced = Announced::<Inspectors>::resume(announcement).unwrap();
    let sealed = announced.seal(&round.nonces(), &[VALUE.into()]).unwrap();
    let (announcement, seed) = (sealed.announcement().to_text(), sealed.seed_file().to_text());
    let matched = sealed.match_inspectors(problem);
    let matched = matched.map_or(String::new(), |drawn| drawn.matched(problem).to_text());
    MatchingFiles { round, department, announcement, problem: problem.to_text(), seed, matched }
}

/// The void notice of an announcement, approved by that person.
pub(crate) fn void_notice(announcement: &str, after: Progress, approved_by: &str) -> VoidNotice {
    VoidNotice {
        announcement: Suite::Sha256.digest(&[announcement.as_bytes()]),
        after,
        reason: code("一个部门未按时揭示随机数"),
        approved_by: code(approved_by),
        at: day_at("2026-04-14"),
    }
}

/// Feeds a file and gives its digest.
pub(crate) fn feed(desk: &mut Desk, text: &str) -> Digest {
    desk.world.feed_file(text).unwrap();
    desk.files.push(text.into());
    Suite::Sha256.digest(&[text.as_bytes()])
}

/// With a scheme and the inspectors of both departments, before the draw.
pub(crate) fn with_scheme() -> Desk {
    let mut desk = with_plan();
    desk.takes(make(scheme()));
    for department in [MARKET, FIRE] {
        desk.by(Role::Officer, department);
        for id in inspectors_of(department) {
            desk.takes(register_inspector(inspector(id, department)));
        }
    }
    desk.by(Role::Officer, MARKET);
    desk
}

pub(crate) fn announce(announcement: Digest) -> DrawingCommand {
    DrawingCommand::Announce { announcement, scheme: code(SCHEME) }
}

pub(crate) fn seal(stage: Stage, seed: Digest) -> DrawingCommand {
    DrawingCommand::Seal { scheme: code(SCHEME), seed, stage }
}

pub(crate) fn draw(list: Digest) -> DrawingCommand {
    DrawingCommand::Draw { list, scheme: code(SCHEME) }
}

pub(crate) fn match_by(department: &str, matched: Digest) -> DrawingCommand {
    DrawingCommand::Match { department: code(department), matched, scheme: code(SCHEME) }
}

pub(crate) fn inspectors(department: &str) -> Stage {
    Stage::Inspectors(code(department))
}

/// The initiator announces, seals and draws, from 2026-04-13 to 14.
pub(crate) fn conduct_draw(desk: &mut Desk, files: &TargetFiles) {
    let announcement = feed(desk, &files.announcement);
    desk.on(files.round.on).by(Role::Officer, MARKET).takes(announce(announcement));
    let seed = feed(desk, &files.seed);
    desk.on(files.round.due).takes(seal(Stage::Targets, seed));
    feed(desk, &files.drawn);
    let list = feed(desk, &files.list);
    desk.takes(draw(list));
}

/// A department announces, seals and matches, from 2026-04-15 to 16.
pub(crate) fn conduct_matching(desk: &mut Desk, files: &MatchingFiles) {
    feed(desk, &files.problem);
    let announcement = feed(desk, &files.announcement);
    desk.on(files.round.on).by(Role::Officer, files.department).takes(announce(announcement));
    let seed = feed(desk, &files.seed);
    desk.on(files.round.due).takes(seal(inspectors(files.department), seed));
    let matched = feed(desk, &files.matched);
    desk.takes(match_by(files.department, matched));
}

/// With a scheme whose targets are drawn.
pub(crate) fn with_draw() -> (Desk, TargetFiles) {
    let mut desk = with_scheme();
    let files = draw_targets(first());
    conduct_draw(&mut desk, &files);
    (desk, files)
}

/// With a scheme whose targets are drawn and to which both departments have matched inspectors.
pub(crate) fn with_teams() -> (Desk, TargetFiles) {
    let (mut desk, targets) = with_draw();
    for department in [MARKET, FIRE] {
        conduct_matching(&mut desk, &match_inspectors(department, &targets));
    }
    (desk, targets)
}
