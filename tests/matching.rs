//! The fast matching against the plain one of the specification, and both against a min-cost flow.
#![allow(clippy::unwrap_used, missing_docs)]

use std::collections::BTreeSet;
use yicha::draw::matching::{Matched, MatchedError, Problem, Shortage, ShortageError};
use yicha::draw::seed::Seed;
use yicha::explain::Lang;
use yicha::hash::{Digest, Suite};
use yicha_tests::min_cost_flow::most_even_loads;
use yicha_tests::plain_matching::{PlainMatching, PlainProblem, PlainShortage};

/// Numbers for making problems (SplitMix64).
struct Dice(u64);

impl Dice {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let z = (self.0 ^ self.0 >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let z = (z ^ z >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ z >> 31
    }

    fn below(&mut self, n: u64) -> u64 {
        self.next() % n
    }

    fn within(&mut self, range: std::ops::RangeInclusive<u64>) -> u64 {
        range.start() + self.below(range.end() - range.start() + 1)
    }

    fn percent(&mut self, chance: u64) -> bool {
        self.below(100) < chance
    }

    fn seed(&mut self) -> [u8; 32] {
        std::array::from_fn(|_| self.next() as u8)
    }
}

/// What a random problem is like.
struct Likeness {
    targets: u64,
    inspectors: u64,
    /// Slots of a target at most.
    slots: u64,
    /// Different codes.
    codes: u64,
    /// Chance of each code at an inspector, and of a code being asked for in a slot, per cent.
    has: u64,
    asks: u64,
    recused: u64,
    /// Capacities come to about so many per cent of the places.
    capacity: u64,
}

impl Likeness {
    fn small(dice: &mut Dice) -> Self {
        Self {
            targets: dice.within(1..=14),
            inspectors: dice.within(2..=11),
            slots: dice.within(1..=3),
            codes: dice.within(1..=5),
            has: dice.within(35..=85),
            asks: dice.within(20..=90),
            recused: dice.within(0..=15),
            capacity: [105, 125, 160, 400][dice.below(4) as usize],
        }
    }

    /// More inspectors than bits in a word, and uneven districts.
    fn middle(dice: &mut Dice) -> Self {
        Self {
            targets: dice.within(60..=110),
            inspectors: dice.within(50..=135),
            slots: dice.within(2..=3),
            codes: dice.within(4..=9),
            has: dice.within(25..=50),
            asks: 80,
            recused: dice.within(0..=4),
            capacity: [108, 130, 900][dice.below(3) as usize],
        }
    }

    fn problem(&self, dice: &mut Dice) -> PlainProblem {
        // The first codes are asked for more often than the last, so that loads become uneven.
        let code = |dice: &mut Dice| dice.below(self.codes).min(dice.below(self.codes));
        let codes = |set: BTreeSet<u64>| set.into_iter().map(|c| format!("code{c}")).collect();
        let targets: Vec<(String, Vec<Vec<String>>)> = (0..self.targets)
            .map(|t| {
                let slots = (0..dice.within(1..=self.slots)).map(|_| {
                    let asked = if dice.percent(self.asks) { 1 + dice.below(6) / 5 } else { 0 };
                    codes((0..asked).map(|_| code(dice)).collect())
                });
                (format!("t{t:03}"), slots.collect())
            })
            .collect();
        let places: u64 = targets.iter().map(|(_, slots)| slots.len() as u64).sum();
        let mean = (places * self.capacity).div_ceil(100 * self.inspectors);
        let inspectors: Vec<(String, u64, Vec<String>)> = (0..self.inspectors)
            .map(|i| {
                let has = (0..self.codes).filter(|_| dice.percent(self.has)).collect();
                let usual = dice.within(mean.saturating_sub(2)..=mean + 1);
                let capacity = if dice.percent(2) { u64::MAX } else { usual };
                (format!("i{i:03}"), capacity, codes(has))
            })
            .collect();
        let mut recusals = vec![];
        for (inspector, ..) in &inspectors {
            for (target, _) in &targets {
                if dice.percent(self.recused) {
                    recusals.push((inspector.clone(), target.clone()));
                }
            }
        }
        PlainProblem { department: "dept".into(), targets, inspectors, recusals }
    }
}

fn parsed(plain: &PlainProblem) -> Problem {
    let text = plain.to_text();
    let problem = Problem::parse(text.as_bytes()).unwrap();
    assert_eq!(problem.to_text(), text);
    problem
}

/// The matched file of an assignment, with zeros for announcement and seed.
fn matched_text(plain: &PlainProblem, fillers: &[usize]) -> String {
    let zeros = "0".repeat(64);
    let mut text = format!("yicha-matched/1\nannouncement\t{zeros}\nseed\t{zeros}\n");
    for ((t, s), &i) in plain.places().into_iter().zip(fillers) {
        text += &format!("match\t{}\t{s}\t{}\n", plain.targets[t].0, plain.inspectors[i].0);
    }
    text
}

fn matched(plain: &PlainProblem, fillers: &[usize]) -> Matched {
    Matched::parse(matched_text(plain, fillers).as_bytes()).unwrap()
}

fn loads(plain: &PlainProblem, fillers: &[usize]) -> Vec<u64> {
    let load = |i: usize| fillers.iter().filter(|&&filler| filler == i).count() as u64;
    (0..plain.inspectors.len()).map(load).collect()
}

fn sorted(mut loads: Vec<u64>) -> Vec<u64> {
    loads.sort_unstable();
    loads
}

fn assert_feasible(plain: &PlainProblem, fillers: &[usize]) {
    let places = plain.places();
    assert_eq!(places.len(), fillers.len());
    for (&place, &i) in places.iter().zip(fillers) {
        assert!(plain.may_fill(i, place));
    }
    for t in 0..plain.targets.len() {
        let there = places.iter().zip(fillers).filter(|(place, _)| place.0 == t).map(|(_, i)| i);
        let there: Vec<_> = there.collect();
        assert_eq!(there.iter().collect::<BTreeSet<_>>().len(), there.len());
    }
    for ((_, capacity, _), load) in plain.inspectors.iter().zip(loads(plain, fillers)) {
        assert!(load <= *capacity);
    }
}

/// How often something happened, so that a test cannot pass by trying only easy problems.
#[derive(Debug, Default)]
struct Seen {
    repaired: usize,
    balanced: usize,
    short: usize,
    /// Results one move away from the best.
    worse: usize,
    as_good: usize,
    several_missing: usize,
}

/// Holds the fast matching of one problem and seed to the plain one, and gives that.
fn agree(plain: &PlainProblem, seed: [u8; 32], seen: &mut Seen) -> Option<Vec<usize>> {
    let problem = parsed(plain);
    let fast = problem.solve(&Seed::new(Digest::new(seed)));
    match plain.solve(seed) {
        Ok(PlainMatching { matches, open_places, repairs, moves }) => {
            let fast = fast.unwrap();
            let fillers: Vec<usize> = matches.iter().map(|&(_, i)| i).collect();
            let found: Vec<usize> = fast.filled_by().iter().map(|&i| i as usize).collect();
            assert_eq!(found, fillers, "{}", plain.to_text());
            let steps = fast.steps();
            assert_eq!(
                (steps.open_places, steps.repairs, steps.moves),
                (open_places, repairs, moves),
                "{}",
                plain.to_text()
            );
            assert_eq!((problem.shortage(), problem.whole_shortage()), (None, None));
            assert_eq!(problem.check(&matched(plain, &fillers)), Ok(()));
            seen.repaired += usize::from(repairs > 0);
            seen.balanced += usize::from(moves > 0);
            Some(fillers)
        }
        Err(shortage) => {
            let wanted = shortage_text(plain, &problem, &shortage);
            let fast = fast.unwrap_err();
            assert_eq!(fast.to_text(Suite::Sha256, &problem), wanted);
            assert_eq!(problem.shortage().as_ref(), Some(&fast));
            assert!(plain.proves_shortage(&shortage));
            assert_eq!(fast.check(&problem), Ok(()));
            seen.short += 1;
            None
        }
    }
}

fn shortage_text(plain: &PlainProblem, problem: &Problem, shortage: &PlainShortage) -> String {
    let mut text = format!("yicha-shortage/1\nproblem\t{}\n", problem.digest(Suite::Sha256));
    for &(t, s) in &shortage.0 {
        text += &format!("place\t{}\t{s}\n", plain.targets[t].0);
    }
    for &i in &shortage.1 {
        text += &format!("inspector\t{}\n", plain.inspectors[i].0);
    }
    text
}

#[test]
fn small_problems_are_matched_as_the_plain_algorithm_does() {
    let (mut dice, mut seen) = (Dice(1), Seen::default());
    for _ in 0..10_000 {
        let plain = Likeness::small(&mut dice).problem(&mut dice);
        let seed = dice.seed();
        agree(&plain, seed, &mut seen);
    }
    assert!(seen.repaired > 500 && seen.balanced > 1000 && seen.short > 1000, "{seen:?}");
}

#[test]
fn middle_problems_are_matched_as_the_plain_algorithm_does() {
    let (mut dice, mut seen) = (Dice(2), Seen::default());
    for _ in 0..150 {
        let plain = Likeness::middle(&mut dice).problem(&mut dice);
        let seed = dice.seed();
        agree(&plain, seed, &mut seen);
    }
    assert!(seen.repaired > 15 && seen.balanced > 40 && seen.short > 5, "{seen:?}");
}

#[test]
fn a_matching_exists_whenever_a_flow_does_and_its_loads_are_as_even() {
    let (mut dice, mut seen) = (Dice(3), Seen::default());
    for _ in 0..1200 {
        let plain = Likeness::small(&mut dice).problem(&mut dice);
        let fillers = agree(&plain, dice.seed(), &mut seen);
        if let Some(fillers) = &fillers {
            assert_feasible(&plain, fillers);
        }
        let problem = parsed(&plain);
        match most_even_loads(&plain) {
            Ok(even) => assert_eq!(sorted(loads(&plain, &fillers.unwrap())), even),
            Err(open) => {
                let whole = problem.whole_shortage().unwrap();
                let missing = whole.summary(&problem).unwrap().missing;
                assert_eq!(missing, open as u64, "{}", plain.to_text());
                seen.several_missing += usize::from(open > 1);
            }
        }
    }
    assert!(seen.repaired > 50 && seen.balanced > 100 && seen.several_missing > 100, "{seen:?}");
}

#[test]
fn the_check_of_a_result_finds_every_one_that_is_less_even_and_no_other() {
    let (mut dice, mut seen) = (Dice(4), Seen::default());
    for _ in 0..1500 {
        let plain = Likeness::small(&mut dice).problem(&mut dice);
        let Some(best) = agree(&plain, dice.seed(), &mut seen) else { continue };
        // Some lawful changes, each of which may or may not make the loads less even.
        let places = plain.places();
        let mut changed = best.clone();
        for _ in 0..dice.within(1..=4) {
            let p = dice.below(places.len() as u64) as usize;
            let i = dice.below(plain.inspectors.len() as u64) as usize;
            let there = places.iter().zip(&changed).any(|(q, &j)| q.0 == places[p].0 && j == i);
            let room = loads(&plain, &changed)[i] < plain.inspectors[i].1;
            if plain.may_fill(i, places[p]) && !there && room {
                changed[p] = i;
            }
        }
        let check = parsed(&plain).check(&matched(&plain, &changed));
        if sorted(loads(&plain, &changed)) == sorted(loads(&plain, &best)) {
            assert_eq!(check, Ok(()), "{}", plain.to_text());
            seen.as_good += usize::from(changed != best);
        } else {
            assert!(matches!(check, Err(MatchedError::Uneven { .. })), "{check:?}");
            seen.worse += 1;
        }
    }
    assert!(seen.worse > 200 && seen.as_good > 50, "{seen:?}");
}

#[test]
fn a_shortage_is_proved_by_counting_and_by_nothing_less() {
    let (mut dice, mut seen, mut refused) = (Dice(5), Seen::default(), 0);
    for _ in 0..1500 {
        let plain = Likeness::small(&mut dice).problem(&mut dice);
        let problem = parsed(&plain);
        let Some((mut places, mut reached)) = plain.shortage() else {
            // Of a problem that has a matching no set of places is a proof.
            let proof = (plain.places(), vec![]);
            assert!(!plain.proves_shortage(&proof));
            let text = shortage_text(&plain, &problem, &proof);
            let (_, shortage) = Shortage::parse(text.as_bytes()).unwrap();
            assert!(matches!(shortage.check(&problem), Err(ShortageError::NotProved { .. })));
            continue;
        };
        if places.len() > 1 && dice.percent(50) {
            places.remove(dice.below(places.len() as u64) as usize);
        } else if !reached.is_empty() {
            reached.remove(dice.below(reached.len() as u64) as usize);
        }
        let changed = (places, reached);
        let text = shortage_text(&plain, &problem, &changed);
        let (_, shortage) = Shortage::parse(text.as_bytes()).unwrap();
        assert_eq!(shortage.check(&problem).is_ok(), plain.proves_shortage(&changed));
        seen.short += 1;
        refused += usize::from(shortage.check(&problem).is_err());
    }
    assert!(seen.short > 200 && refused > 100, "{seen:?} {refused}");
}

/// Two targets of two places each, and three inspectors of whom one has no qualification.
fn small() -> PlainProblem {
    let codes = |codes: &[&str]| codes.iter().map(|&code| code.to_owned()).collect::<Vec<_>>();
    let target = |id: &str| (id.to_owned(), vec![codes(&["food"]), codes(&[])]);
    PlainProblem {
        department: "dept".into(),
        targets: vec![target("t1"), target("t2")],
        inspectors: vec![
            ("a".into(), 2, codes(&["fire", "food"])),
            ("b".into(), 1, codes(&["food"])),
            ("c".into(), 2, codes(&[])),
        ],
        recusals: vec![("b".into(), "t1".into())],
    }
}

#[test]
fn a_result_with_a_fault_is_refused_and_the_fault_is_named() {
    let plain = small();
    let problem = parsed(&plain);
    let refusal = |fillers: &[usize]| problem.check(&matched(&plain, fillers)).unwrap_err();
    let inspector = |id: &str| id.parse().unwrap();
    let target = |id: &str| id.parse().unwrap();
    // a and c at t1, b and c at t2: the only loads that are as even as possible are 1, 1, 2 in some order.
    assert_eq!(problem.check(&matched(&plain, &[0, 2, 1, 2])), Ok(()));
    assert_eq!(
        refusal(&[2, 0, 1, 2]),
        MatchedError::MayNot { inspector: inspector("c"), target: target("t1"), slot: 0 }
    );
    assert_eq!(
        refusal(&[1, 2, 0, 2]),
        MatchedError::MayNot { inspector: inspector("b"), target: target("t1"), slot: 0 }
    );
    assert_eq!(
        refusal(&[0, 0, 1, 2]),
        MatchedError::Twice { inspector: inspector("a"), target: target("t1") }
    );
    assert_eq!(
        refusal(&[0, 2, 0, 2]),
        MatchedError::Uneven { level: 2, fewer: inspector("b"), fewer_assigned: 0 }
    );
    assert!(matches!(refusal(&[0, 2, 1]), MatchedError::OtherPlace { number: 4, .. }));
    let mut tight = small();
    tight.inspectors[2].1 = 1;
    assert_eq!(
        parsed(&tight).check(&matched(&tight, &[0, 2, 1, 2])).unwrap_err(),
        MatchedError::OverCapacity { inspector: inspector("c"), assigned: 2, capacity: 1 }
    );
    let other = matched_text(&plain, &[0, 2, 1, 2]).replace("\tc\n", "\td\n");
    let other = Matched::parse(other.as_bytes()).unwrap();
    let unknown = MatchedError::Unknown { inspector: inspector("d") };
    assert_eq!(problem.check(&other).unwrap_err(), unknown);
    let more = matched_text(&plain, &[0, 2, 1, 2]) + "match\tt3\t0\ta\n";
    let more = Matched::parse(more.as_bytes()).unwrap();
    assert!(matches!(problem.check(&more), Err(MatchedError::OtherPlace { number: 5, .. })));
}

#[test]
fn a_shortage_is_told_in_words() {
    let mut plain = small();
    plain.inspectors[0].1 = 1;
    plain.inspectors[1].1 = 0;
    let problem = parsed(&plain);
    let summary = problem.shortage().unwrap().summary(&problem).unwrap();
    let zh = summary.in_words(Lang::Zh);
    assert!(zh.contains("food") && zh.contains("t1") && zh.contains("t2"), "{zh}");
    let en = summary.in_words(Lang::En);
    assert!(en.contains("at least 1 ") && en.contains("food") && en.contains("t2"), "{en}");
    // Enough people: nothing is told.
    assert_eq!(parsed(&small()).shortage(), None);
}

/// Whatever byte is changed: the file is refused, or it is another file that says what its bytes say.
#[test]
fn files_with_a_changed_byte_are_refused_or_read_as_they_stand() {
    let mut short = small();
    short.inspectors[0].1 = 0;
    let problem = parsed(&short);
    let shortage = shortage_text(&short, &problem, &short.shortage().unwrap());
    let check = |text: &str, written: &dyn Fn(&[u8]) -> Option<String>| {
        assert_eq!(written(text.as_bytes()).as_deref(), Some(text));
        let mut refused = 0;
        for at in 0..text.len() {
            for byte in [b'\t', b'\n', b'\r', b' ', b'!', b'0', b'9', b'a', b'z', b'+', b',', 0xff]
            {
                let mut changed = text.as_bytes().to_vec();
                changed[at] = byte;
                match written(&changed) {
                    Some(again) => assert_eq!(again.as_bytes(), changed),
                    None => refused += 1,
                }
            }
        }
        assert!(refused > text.len());
    };
    check(&short.to_text(), &|bytes| Problem::parse(bytes).ok().map(|p| p.to_text()));
    let text = matched_text(&small(), &[0, 2, 1, 2]);
    check(&text, &|bytes| Matched::parse(bytes).ok().map(|m| m.to_text()));
    check(&shortage, &|bytes| Shortage::parse(bytes).ok().map(|(p, s)| s.text_for(&p)));
}
