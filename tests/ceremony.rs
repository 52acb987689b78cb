//! The order of a draw: whatever does not follow from the step before is refused, and the attempt stays as it was.
#![allow(clippy::unwrap_used, missing_docs)]

use yicha::code::DepartmentId;
use yicha::date::Instant;
use yicha::draw::announcement::{Announcement, Commitment, Nonce, Stage, Subject, Terms};
use yicha::draw::ceremony::{Announced, CeremonyError, Inspectors, Sealed, Targets, Voided};
use yicha::draw::matching::Problem;
use yicha::draw::quota::{BasisPoints, Rule};
use yicha::draw::seed::{SeedError, SeedFile};
use yicha::draw::void::{Progress, VoidNotice};
use yicha::explain::{Explain, Lang};
use yicha::hash::{Digest, Suite};

/// What makes an announcement another one.
#[derive(Clone)]
struct Plan {
    suite: Suite,
    scheme: &'static str,
    stage: Stage,
    attempt: u64,
    previous: Digest,
}

const FIRST: Plan = Plan {
    suite: Suite::Sha256,
    scheme: "S-1",
    stage: Stage::Targets,
    attempt: 1,
    previous: Digest::ZERO,
};

fn department() -> DepartmentId {
    "D1".parse().unwrap()
}

fn at(second: i64) -> Instant {
    Instant::from_unix(1_774_400_400 + second).unwrap()
}

fn matching(department: &str) -> Stage {
    Stage::Inspectors(department.parse().unwrap())
}

fn nonce(byte: u8) -> (DepartmentId, Nonce) {
    (department(), Nonce::new([byte; 32]))
}

/// An announcement in which one department commits to the nonce of sevens.
fn announce(plan: &Plan) -> Announcement {
    let Plan { suite, scheme, stage, attempt, previous } = plan.clone();
    let subject = match &stage {
        Stage::Targets => {
            let rate = BasisPoints::ALL;
            let rule = Rule { stratum: "A".parse().unwrap(), rate, floor: 0, cap: None };
            Subject::Targets { root: Digest::new([1; 32]), lines: 3, strata: vec![rule.apply(3)] }
        }
        Stage::Inspectors(department) => Subject::Inspectors {
            department: department.clone(),
            drawn: Digest::new([2; 32]),
            problem: Digest::new([3; 32]),
        },
    };
    let scheme = scheme.parse().unwrap();
    let digest = Nonce::new([7; 32]).commit(suite, &scheme, &stage, attempt, &department());
    let terms = Terms {
        suite,
        scheme,
        attempt,
        previous,
        contributions: vec![Commitment { department: department(), digest }],
        randomness: Vec::new(),
        announced: at(0),
        reveal_by: at(60),
    };
    Announcement::new(terms, subject).unwrap()
}

fn first() -> Announced<Targets> {
    Announced::first(announce(&FIRST)).unwrap()
}

fn void(attempt: Announced<Targets>) -> Voided<Targets> {
    attempt.void("D1 stayed away".parse().unwrap(), "P-9".parse().unwrap(), at(90))
}

#[test]
fn a_draw_begins_with_attempt_1() {
    assert_eq!(first().announcement(), &announce(&FIRST));
    let second = announce(&Plan { attempt: 2, previous: Digest::new([9; 32]), ..FIRST });
    let refused = Announced::<Targets>::first(second.clone()).unwrap_err();
    assert_eq!(refused, CeremonyError::NeedsVoid { found: 2 });
    assert_eq!(refused.message(Lang::Zh), "第2次抽取须附第1次的作废通知");
    assert_eq!(refused.to_string(), "attempt 2 needs the void notice of attempt 1");
    // A host that has stored a second attempt goes on with it.
    assert_eq!(Announced::<Targets>::resume(second.clone()).unwrap().announcement(), &second);
}

#[test]
fn an_announcement_is_of_its_stage() {
    let (targets, matching) =
        (announce(&FIRST), announce(&Plan { stage: matching("D2"), ..FIRST }));
    assert!(Announced::<Targets>::first(targets.clone()).is_ok());
    assert!(Announced::<Inspectors>::first(matching.clone()).is_ok());
    let refused = Announced::<Targets>::first(matching.clone()).unwrap_err();
    let wanted = "targets";
    assert_eq!(refused, CeremonyError::OtherStage { found: "inspectors:D2".into(), wanted });
    let wanted = "inspectors";
    let refused = Announced::<Inspectors>::resume(targets).unwrap_err();
    assert_eq!(refused, CeremonyError::OtherStage { found: "targets".into(), wanted });
    assert_eq!(refused.message(Lang::Zh), "这是targets阶段的公告，此处应为inspectors阶段");
    let notice = void(first()).notice().clone();
    let refused = Voided::<Targets>::resume(matching, notice).unwrap_err();
    assert_eq!(refused.code(), "ceremony-other-stage");
}

#[test]
fn a_seed_that_does_not_follow_gives_the_attempt_back() {
    let (attempt, error) = *first().seal(&[], &[]).unwrap_err();
    assert!(matches!(error, SeedError::NotRevealed { .. }), "{error}");
    let (attempt, error) = *attempt.seal(&[nonce(8)], &[]).unwrap_err();
    assert!(matches!(error, SeedError::WrongNonce { .. }), "{error}");
    assert_eq!(attempt, first());
    let sealed = attempt.seal(&[nonce(7)], &[]).unwrap();
    assert_eq!(sealed.announcement(), &announce(&FIRST));
    // The seed is the digest of the file, in the suite announced.
    let text = sealed.seed_file().to_text();
    assert_eq!(*sealed.seed().digest(), Suite::Sha256.digest(&[text.as_bytes()]));
}

#[test]
fn a_seed_file_is_held_against_its_announcement() {
    let file = first().seal(&[nonce(7)], &[]).unwrap().seed_file().clone();
    let other = Announced::first(announce(&Plan { scheme: "S-2", ..FIRST })).unwrap();
    let (other, error) = *Announced::<Targets>::seal_with(other, file.clone()).unwrap_err();
    assert!(matches!(error, SeedError::OtherAnnouncement { .. }), "{error}");
    assert_eq!(other.announcement().terms().scheme.as_str(), "S-2");
    let forged = file.to_text().replace(&"07".repeat(32), &"08".repeat(32));
    let forged = SeedFile::parse(forged.as_bytes()).unwrap();
    let (attempt, error) = *first().seal_with(forged).unwrap_err();
    assert!(matches!(error, SeedError::WrongNonce { .. }), "{error}");
    let sealed = attempt.seal_with(file.clone()).unwrap();
    assert_eq!(sealed, first().seal(&[nonce(7)], &[]).unwrap());
    let sm3 = Announced::first(announce(&Plan { suite: Suite::Sm3, ..FIRST })).unwrap();
    let sm3: Sealed<Targets> = sm3.seal(&[nonce(7)], &[]).unwrap();
    assert_ne!(sm3.seed(), sealed.seed());
    assert_eq!(*sm3.seed().digest(), Suite::Sm3.digest(&[sm3.seed_file().to_text().as_bytes()]));
}

#[test]
fn a_void_notice_says_of_what_how_far_why_by_whom_and_when() {
    let announced = void(first());
    let notice = VoidNotice {
        announcement: announce(&FIRST).digest(),
        after: Progress::Announced,
        reason: "D1 stayed away".parse().unwrap(),
        approved_by: "P-9".parse().unwrap(),
        at: at(90),
    };
    assert_eq!(announced.notice(), &notice);
    assert_eq!(announced.digest(), notice.digest(Suite::Sha256));
    let sealed = first().seal(&[nonce(7)], &[]).unwrap();
    let sealed = sealed.void(notice.reason.clone(), notice.approved_by.clone(), notice.at);
    assert_eq!(sealed.notice(), &VoidNotice { after: Progress::Sealed, ..notice });
    assert_ne!(sealed.digest(), announced.digest());
}

#[test]
fn a_notice_belongs_to_its_announcement() {
    let voided = void(first());
    let again = Voided::<Targets>::resume(announce(&FIRST), voided.notice().clone());
    assert_eq!(again.unwrap(), voided);
    let other = announce(&Plan { scheme: "S-2", ..FIRST });
    let refused = Voided::<Targets>::resume(other.clone(), voided.notice().clone()).unwrap_err();
    let (found, announced) = (announce(&FIRST).digest(), other.digest());
    assert_eq!(refused, CeremonyError::OtherNotice { found, announced });
    let zh = format!("作废通知所指的公告为{found}，而本公告的摘要为{announced}");
    assert_eq!(refused.message(Lang::Zh), zh);
}

#[test]
fn the_next_attempt_is_of_the_same_draw_and_names_the_notice() {
    let voided = void(first());
    let lawful = Plan { attempt: 2, previous: voided.digest(), ..FIRST };
    assert_eq!(voided.next_attempt(), 2);
    let next = voided.announce(announce(&lawful)).unwrap();
    assert_eq!(next.announcement(), &announce(&lawful));

    let other = Digest::new([9; 32]);
    for (plan, what, found, wanted) in [
        (Plan { scheme: "S-2", ..lawful.clone() }, "scheme", "S-2".into(), "S-1".into()),
        (
            Plan { stage: matching("D2"), ..lawful.clone() },
            "stage",
            "inspectors:D2".into(),
            "targets".into(),
        ),
        (Plan { attempt: 3, ..lawful.clone() }, "attempt", "3".into(), "2".into()),
        (
            Plan { previous: other, ..lawful.clone() },
            "previous",
            other.to_string(),
            lawful.previous.to_string(),
        ),
        (FIRST, "attempt", "1".into(), "2".into()),
    ] {
        let refused = voided.announce(announce(&plan)).unwrap_err();
        assert_eq!(refused, CeremonyError::NotNext { what, found, wanted });
        assert!(refused.message(Lang::Zh).starts_with(&format!("公告的{what}为")));
        assert!(refused.to_string().contains("after the void attempt"));
    }

    // A matching follows the same department's.
    let stage = matching("D2");
    let attempt =
        Announced::<Inspectors>::first(announce(&Plan { stage: stage.clone(), ..FIRST })).unwrap();
    let voided = attempt.void("late".parse().unwrap(), "P-9".parse().unwrap(), at(90));
    let next = |stage| Plan { stage, attempt: 2, previous: voided.digest(), ..FIRST };
    assert!(voided.announce(announce(&next(stage))).is_ok());
    let refused = voided.announce(announce(&next(matching("D3")))).unwrap_err();
    assert!(matches!(refused, CeremonyError::NotNext { what: "stage", .. }), "{refused}");
}

#[test]
fn a_problem_is_matched_by_its_own_department() {
    let problem = Problem::new(department(), [1; 16], Vec::new(), Vec::new(), Vec::new()).unwrap();
    let seal = |of: &str| {
        let plan = announce(&Plan { stage: matching(of), ..FIRST });
        let subject = Subject::Inspectors {
            department: of.parse().unwrap(),
            drawn: Digest::new([2; 32]),
            problem: problem.digest(Suite::Sha256),
        };
        let announcement = Announcement::new(plan.terms().clone(), subject).unwrap();
        Announced::<Inspectors>::first(announcement).unwrap().seal(&[nonce(7)], &[]).unwrap()
    };
    let (sealed, error) = *seal("D2").match_inspectors(&problem).unwrap_err();
    assert_eq!(error.code(), "matching-other-department");
    assert_eq!(error.to_string(), "the problem is of department D1, announced was D2");
    assert_eq!(error.message(Lang::Zh), "匹配问题属于部门D1，公告的部门为D2");
    assert_eq!(sealed, seal("D2"));
    seal("D1").match_inspectors(&problem).unwrap();
}

#[test]
fn attempts_do_not_overflow() {
    let plan = Plan { attempt: u64::MAX, previous: Digest::new([9; 32]), ..FIRST };
    let voided = void(Announced::resume(announce(&plan)).unwrap());
    assert_eq!(voided.next_attempt(), u64::MAX);
}

#[test]
fn every_error_has_its_code() {
    let stage = CeremonyError::OtherStage { found: String::new(), wanted: "" };
    let needs = CeremonyError::NeedsVoid { found: 2 };
    let next = CeremonyError::NotNext { what: "", found: String::new(), wanted: String::new() };
    let notice = CeremonyError::OtherNotice { found: Digest::ZERO, announced: Digest::ZERO };
    assert_eq!(
        [stage, needs, next, notice].map(|error| error.code()),
        [
            "ceremony-other-stage",
            "ceremony-needs-void",
            "ceremony-not-next",
            "ceremony-other-notice"
        ]
    );
}
