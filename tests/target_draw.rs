//! Draw-spec section 6: the draw against a plain sort of all tickets, whatever the order, the parts and
//! the threads; what is refused; and files that were changed.
#![allow(clippy::unwrap_used, missing_docs)]

use proptest::prelude::*;
use yicha::code::{SchemeId, TargetId};
use yicha::draw::announcement::{Announcement, Commitment, Nonce, Stage, Subject, Terms};
use yicha::draw::columns::{Columns, Offsets, Row, RowBuffer};
use yicha::draw::list::PublicList;
use yicha::draw::quota::{BasisPoints, Rule};
use yicha::draw::roster::{CommittedRoster, Roster, RosterKey, RowFault, RowProblem};
use yicha::draw::seed::Seed;
use yicha::draw::slip::{Outcome, Slip, SlipError, ticket};
use yicha::draw::target::{DrawnFile, Salts, TargetDraw, TargetDrawError, TargetTerms};
use yicha::explain::{Explain, Lang};
use yicha::hash::{Digest, Suite};
use yicha::threads::Threads;
use yicha_tests::speaks_both_languages;

type Rows = Vec<(String, &'static str, &'static str)>;

/// Rows in three strata, some of them excluded.
fn rows(count: usize) -> Rows {
    let stratum = |i: usize| ["A", "A", "A", "B", "B", "C"][i * 7 % 6];
    let standing = |i: usize| if i % 11 == 5 { "excluded:annual-cap" } else { "eligible" };
    (0..count).map(|i| (format!("T{:06}", i * 7919 % 1_000_003), stratum(i), standing(i))).collect()
}

fn buffer(rows: &[(String, &'static str, &'static str)]) -> RowBuffer {
    let mut buffer = RowBuffer::new();
    for (id, stratum, standing) in rows {
        buffer.push(Row { id, stratum, standing }).unwrap();
    }
    buffer
}

fn key() -> RosterKey {
    RosterKey::new([5; 32])
}

fn committed(suite: Suite, rows: &Rows) -> CommittedRoster {
    Roster::from_columns(&buffer(rows).columns()).unwrap().commit(suite, key(), Threads::ONE)
}

fn terms(roster: &CommittedRoster, rates: [u64; 3], seed: u8) -> TargetTerms {
    let strata = ["A", "B", "C"].iter().zip(rates).map(|(stratum, rate)| {
        let rate = BasisPoints::new(rate).unwrap();
        let rule = Rule { stratum: stratum.parse().unwrap(), rate, floor: 0, cap: None };
        let counts = roster.roster().counts();
        let count = counts.iter().find(|count| count.stratum.as_str() == *stratum);
        rule.apply(count.map_or(0, |count| count.eligible))
    });
    let strata = strata.collect();
    let (root, lines) = (roster.root(), roster.lines());
    let subject = Subject::Targets { root, lines, strata };
    let scheme: SchemeId = "S1".parse().unwrap();
    let department = "D1".parse().unwrap();
    let nonce = Nonce::new([1; 32]);
    let digest = nonce.commit(roster.suite(), &scheme, &Stage::Targets, 1, &department);
    let terms = Terms {
        suite: roster.suite(),
        scheme,
        attempt: 1,
        previous: Digest::ZERO,
        contributions: vec![Commitment { department, digest }],
        randomness: vec![],
        announced: "2026-03-25T01:00:00Z".parse().unwrap(),
        reveal_by: "2026-03-25T02:00:00Z".parse().unwrap(),
    };
    let announcement = Announcement::new(terms, subject).unwrap();
    TargetTerms::new(&announcement, Seed::new(Digest::new([seed; 32]))).unwrap()
}

/// The draw as the specification says it, without any haste.
fn oracle(terms: &TargetTerms, rows: &Rows) -> String {
    let seed = *terms.seed().digest();
    let mut text = format!("yicha-drawn/1\nannouncement\t{}\nseed\t{seed}\n", terms.announcement());
    for rule in terms.strata() {
        let stratum = rule.stratum().as_str();
        let mut tickets: Vec<(Digest, &str)> = rows
            .iter()
            .filter(|row| row.1 == stratum && row.2 == "eligible")
            .map(|(id, ..)| {
                let salt = key().salt(terms.suite(), id);
                (ticket(terms.suite(), &seed, &salt, &id.parse().unwrap()), id.as_str())
            })
            .collect();
        tickets.sort();
        for (ticket, id) in tickets.iter().take(rule.quota() as usize) {
            text += &format!("target\t{stratum}\t{ticket}\t{id}\n");
        }
    }
    text
}

fn fed(terms: &TargetTerms, columns: &Columns<'_>) -> Result<DrawnFile, TargetDrawError> {
    let mut draw = TargetDraw::new(terms.clone());
    draw.feed(columns, Salts::Key(&key()), Threads::ONE)?;
    draw.finish(Threads::ONE)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    #[test]
    fn order_parts_threads_and_merging_do_not_matter(
        count in 1_usize..4_000,
        rates in [0_u64..=10_000, 0_u64..=300, 0_u64..=10_000],
        seed in any::<u8>(),
        size in 1_usize..1_500,
        threads in 1_usize..4,
        sm3 in any::<bool>(),
        exact in any::<bool>(),
    ) {
        let suite = if sm3 { Suite::Sm3 } else { Suite::Sha256 };
        let rows = rows(count);
        let roster = committed(suite, &rows);
        let terms = terms(&roster, rates, seed);
        let wanted = oracle(&terms, &rows);
        let threads = Threads::at_most(threads);
        prop_assert_eq!(terms.draw_roster(&roster, threads).unwrap().to_text(), wanted.clone());

        // Parts of the rows, the last ones first, each a draw of its own that travels as a text.
        let mut all: Option<TargetDraw> = None;
        for (i, part) in rows.chunks(size).enumerate().collect::<Vec<_>>().into_iter().rev() {
            let mut draw = match exact && i % 2 == 0 {
                true => TargetDraw::exact(terms.clone()),
                false => TargetDraw::new(terms.clone()),
            };
            let salts: Vec<[u8; 16]> =
                part.iter().map(|row| *key().salt(suite, &row.0).expose()).collect();
            let salts = if i % 3 == 0 { Salts::Given(&salts) } else { Salts::Key(roster.key()) };
            draw.feed(&buffer(part).columns(), salts, threads).unwrap();
            let text = draw.to_text();
            let part = TargetDraw::parse(terms.clone(), text.as_bytes()).unwrap();
            prop_assert_eq!(part.to_text(), text);
            match &mut all {
                None => all = Some(part),
                Some(all) => all.merge(part).unwrap(),
            }
        }
        prop_assert_eq!(all.unwrap().finish(threads).unwrap().to_text(), wanted);
    }
}

#[test]
fn only_the_announced_roster_is_drawn_from() {
    let rows = rows(300);
    let roster = committed(Suite::Sha256, &rows);
    let terms = terms(&roster, [1_000, 2_000, 3_000], 1);
    assert_eq!(fed(&terms, &buffer(&rows).columns()).unwrap().to_text(), oracle(&terms, &rows));

    // A stratum that no row has needs no rule.
    let buffer_of_all = buffer(&rows);
    let columns = buffer_of_all.columns();
    let stratum_codes = [columns.stratum_codes, &["Z".parse().unwrap()]].concat();
    let drawn = fed(&terms, &Columns { stratum_codes: &stratum_codes, ..columns }).unwrap();
    assert_eq!(drawn.to_text(), oracle(&terms, &rows));

    let code = |rows: &Rows| fed(&terms, &buffer(rows).columns()).unwrap_err().code();
    let with = |i: usize, row: (&str, &'static str, &'static str)| {
        let mut rows = rows.clone();
        rows[i] = (row.0.into(), row.1, row.2);
        rows
    };
    assert_eq!(code(&rows[1..].to_vec()), "draw-lines");
    assert_eq!(code(&[&rows[..], &rows[..1]].concat()), "draw-lines");
    assert_eq!(code(&with(0, (&rows[0].0, "B", "eligible"))), "draw-eligible");
    assert_eq!(code(&with(0, (&rows[0].0, "A", "excluded:x"))), "draw-eligible");
    assert_eq!(code(&with(9, (&rows[9].0, "Z", "eligible"))), "draw-no-rule");
    assert_eq!(code(&with(9, (&rows[9].0, "Z", "excluded:x"))), "draw-no-rule");

    let other = committed(Suite::Sha256, &with(0, ("X1", "A", "eligible")));
    let refused = terms.draw_roster(&other, Threads::ONE).unwrap_err();
    assert_eq!(refused.code(), "draw-other-roster");
    assert!(refused.message(Lang::Zh).contains("名录的根"));
    let refused = terms.draw_roster(&committed(Suite::Sm3, &rows), Threads::ONE).unwrap_err();
    assert_eq!(refused.code(), "draw-other-suite");
}

#[test]
fn a_drawn_line_that_is_fed_twice_is_refused() {
    let rows = rows(300);
    let roster = committed(Suite::Sha256, &rows);
    let terms = terms(&roster, [1_000, 2_000, 3_000], 1);
    let drawn = fed(&terms, &buffer(&rows).columns()).unwrap();
    let drawn: Vec<String> = drawn.targets().map(|target| target.id.into()).collect();
    // In place of another eligible target of the same stratum, so that all numbers are right.
    for id in &drawn {
        let mut rows = rows.clone();
        let twice = rows.iter().find(|row| row.0 == *id).unwrap().clone();
        let other = rows
            .iter_mut()
            .find(|row| row.1 == twice.1 && row.2 == "eligible" && !drawn.contains(&row.0))
            .unwrap();
        *other = twice;
        let refused = fed(&terms, &buffer(&rows).columns()).unwrap_err();
        assert_eq!(refused, TargetDrawError::Duplicate { id: id.clone() });
    }
}

#[test]
fn a_refused_batch_leaves_the_draw_as_it_was() {
    let rows = rows(300);
    let roster = committed(Suite::Sha256, &rows);
    let terms = terms(&roster, [1_000, 2_000, 3_000], 1);
    let batch = buffer(&rows);
    let mut draw = TargetDraw::new(terms.clone());
    let before = draw.to_text();
    let few = [[0; 16]; 299];
    let refused = draw.feed(&batch.columns(), Salts::Given(&few), Threads::ONE).unwrap_err();
    assert_eq!(refused.code(), "roster-columns");
    let bad = rows.iter().map(|row| row.0.replace("T0000", "T 000")).collect::<String>();
    let columns = Columns { ids: bad.as_bytes(), ..batch.columns() };
    // Only ids that can be drawn are looked at, so an exact draw finds it for certain.
    let mut exact = TargetDraw::exact(terms);
    assert!(exact.feed(&columns, Salts::Key(&key()), Threads::ONE).is_err());
    let columns = Columns { standings: &[7; 300], ..batch.columns() };
    assert!(draw.feed(&columns, Salts::Key(&key()), Threads::ONE).is_err());
    let columns = Columns { ids: b"T", ..batch.columns() };
    assert!(draw.feed(&columns, Salts::Key(&key()), Threads::ONE).is_err());
    assert_eq!(draw.to_text(), before);
    draw.feed(&batch.columns(), Salts::Key(&key()), Threads::ONE).unwrap();
    assert_ne!(draw.to_text(), before);
}

#[test]
fn parts_of_other_draws_are_refused() {
    let roster = committed(Suite::Sha256, &rows(30));
    let (one, other) = (terms(&roster, [1, 2, 3], 1), terms(&roster, [1, 2, 3], 2));
    let refused = TargetDraw::new(one.clone()).merge(TargetDraw::new(other.clone())).unwrap_err();
    assert_eq!(refused.code(), "draw-other-terms");
    TargetDraw::new(one.clone()).merge(TargetDraw::new(one.clone())).unwrap();
    let text = TargetDraw::new(one.clone()).to_text();
    let refused = TargetDraw::parse(other, text.as_bytes()).unwrap_err();
    assert!(refused.to_string().ends_with("a part of another draw"), "{refused}");
    speaks_both_languages(&refused);
    TargetDraw::parse(one, text.as_bytes()).unwrap();
}

struct Draw {
    terms: TargetTerms,
    drawn: DrawnFile,
    list: PublicList,
    slips: Vec<Slip>,
}

impl Draw {
    fn new() -> Self {
        let rows = rows(60);
        let roster = committed(Suite::Sha256, &rows);
        let terms = terms(&roster, [1_000, 2_000, 0], 1);
        let drawn = terms.draw_roster(&roster, Threads::ONE).unwrap();
        let list = PublicList::new(&terms, &drawn, &key(), Threads::ONE).unwrap();
        let slip = |row: &(String, _, _)| {
            Slip::new(&terms, &roster, &drawn, &row.0.parse().unwrap()).unwrap()
        };
        let slips = rows.iter().map(slip).collect();
        Self { terms, drawn, list, slips }
    }

    fn slip(&self, outcome: Outcome) -> &Slip {
        self.slips.iter().find(|slip| slip.outcome() == outcome).unwrap()
    }

    /// What the check says of a slip in which a text was replaced.
    fn changed(&self, slip: &Slip, from: &str, to: &str) -> SlipError {
        let text = slip.to_text();
        assert!(text.contains(from), "{from} in {text}");
        let slip = Slip::parse(text.replace(from, to).as_bytes()).unwrap();
        slip.check(&self.terms, &self.list).unwrap_err()
    }
}

#[test]
fn every_slip_holds_and_says_what_became_of_its_target() {
    let draw = Draw::new();
    for slip in &draw.slips {
        let facts = slip.check(&draw.terms, &draw.list).unwrap();
        assert_eq!(facts.outcome == Outcome::Drawn, draw.list.contains(slip.target()));
        assert_eq!(Slip::parse(slip.to_text().as_bytes()).unwrap(), *slip);
    }
    for outcome in [Outcome::Drawn, Outcome::NotDrawn, Outcome::Excluded] {
        draw.slip(outcome);
    }
}

#[test]
fn a_changed_slip_does_not_hold() {
    let draw = Draw::new();
    let slip = draw.slip(Outcome::NotDrawn);
    let other = "1".repeat(64);
    let code = |from: &str, to: &str| draw.changed(slip, from, to).code();
    assert_eq!(code(&slip.announcement().to_string(), &other), "slip-announcement");
    assert_eq!(code(&slip.seed().to_string(), &other), "slip-seed");
    assert_eq!(code(&format!("stratum\t{}", slip.stratum()), "stratum\tB9"), "slip-not-on-roster");
    let path = slip.inclusion().path[0].to_string();
    assert_eq!(code(&path, &other), "slip-not-on-roster");
    assert_eq!(code(&format!("path\t{path}\n"), ""), "slip-not-on-roster");
    assert_eq!(code("\t60\n", "\t61\n"), "slip-lines");
    assert_eq!(code("not-drawn", "drawn"), "slip-outcome");
    let cutoff = slip.cutoff().unwrap().to_string();
    assert_eq!(code(&cutoff, &"0".repeat(64)), "slip-cutoff");
    assert_eq!(code(&cutoff, "-"), "slip-quota");
}

#[test]
fn a_list_that_leaves_somebody_out_is_found_by_that_slip() {
    let draw = Draw::new();
    let slip = draw.slip(Outcome::Drawn);
    let line = format!("target\t{}\n", slip.target());
    let list = PublicList::parse(draw.list.to_text().replace(&line, "").as_bytes()).unwrap();
    let refused = slip.check(&draw.terms, &list).unwrap_err();
    assert_eq!(refused.code(), "slip-listed");
    assert!(refused.message(Lang::Zh).contains("不在名单中"));
}

#[test]
fn impossible_files_are_refused() {
    let draw = Draw::new();
    let refused = |slip: &Slip, from: &str, to: &str| {
        Slip::parse(slip.to_text().replace(from, to).as_bytes()).unwrap_err().code()
    };
    let excluded = draw.slip(Outcome::Excluded);
    assert_eq!(refused(excluded, "outcome\texcluded", "outcome\tdrawn"), "file-contradiction");
    assert_eq!(refused(excluded, "outcome\texcluded", "outcome\tlucky"), "file-field");
    let index = format!("index\t{}\t", excluded.inclusion().index);
    assert_eq!(refused(excluded, &index, "index\t60\t"), "file-field");

    let text = draw.drawn.to_text();
    let last = text.lines().last().unwrap();
    assert!(DrawnFile::parse(text.as_bytes()).is_ok());
    assert_eq!(
        DrawnFile::parse(format!("{text}{last}\n").as_bytes()).unwrap_err().code(),
        "file-order"
    );
    let again = last.replace("target\tB", "target\tC");
    let refused = DrawnFile::parse(format!("{text}{again}\n").as_bytes()).unwrap_err();
    assert_eq!(refused.code(), "file-contradiction");
}

proptest! {
    #[test]
    fn any_bytes_are_read_or_refused(bytes in any::<Vec<u8>>(), title in 0_usize..5) {
        let titles = ["", "yicha-drawn/1\n", "yicha-list/1\n", "yicha-slip/1\n", "yicha-partial/1\n"];
        let file = [titles[title].as_bytes(), &bytes].concat();
        let draw = Draw::new();
        prop_assert!(DrawnFile::parse(&file).is_err());
        prop_assert!(PublicList::parse(&file).is_err());
        prop_assert!(Slip::parse(&file).is_err());
        prop_assert!(TargetDraw::parse(draw.terms, &file).is_err());
    }

    #[test]
    fn a_changed_byte_makes_another_file_or_none(at in any::<usize>(), byte in any::<u8>()) {
        let draw = Draw::new();
        let change = |text: String| {
            let mut file = text.into_bytes();
            let at = at % file.len();
            file[at] = if file[at] == byte { byte ^ 1 } else { byte };
            file
        };
        let file = change(draw.drawn.to_text());
        match DrawnFile::parse(&file) {
            Ok(drawn) => prop_assert!(drawn.to_text().as_bytes() == file),
            Err(refused) => speaks_both_languages(&refused),
        }
        let file = change(draw.list.to_text());
        if let Ok(list) = PublicList::parse(&file) {
            prop_assert!(list.to_text().as_bytes() == file);
        }
        let file = change(draw.slip(Outcome::Drawn).to_text());
        if let Ok(slip) = Slip::parse(&file) {
            prop_assert!(slip.to_text().as_bytes() == file);
            prop_assert!(slip.check(&draw.terms, &draw.list).is_err());
        }
        let whole = TargetDraw::exact(draw.terms.clone()).to_text();
        let file = change(whole);
        match TargetDraw::parse(draw.terms.clone(), &file) {
            Ok(part) => prop_assert!(part.to_text().as_bytes() == file),
            Err(refused) => speaks_both_languages(&refused),
        }
    }
}

#[test]
fn a_target_not_on_the_roster_has_no_slip() {
    let rows = rows(10);
    let roster = committed(Suite::Sha256, &rows);
    let terms = terms(&roster, [5_000, 0, 0], 1);
    let drawn = terms.draw_roster(&roster, Threads::ONE).unwrap();
    let nobody: TargetId = "nobody".parse().unwrap();
    assert!(Slip::new(&terms, &roster, &drawn, &nobody).is_none());
    let absence = roster.absence(&nobody).unwrap();
    absence.check(Suite::Sha256, &nobody, &terms.root(), terms.lines()).unwrap();
}

#[test]
fn offsets_of_every_kind_are_read_and_what_is_wrong_with_them_is_told() {
    let rows = rows(300);
    let roster = committed(Suite::Sha256, &rows);
    let terms = terms(&roster, [1_000, 2_000, 3_000], 1);
    let buffer = buffer(&rows);
    // As if other ids stood in front.
    let ids = [b"other ids", buffer.columns().ids].concat();
    let numbers: Vec<i64> = (0..=300).map(|i| 9 + 7 * i).collect();
    let draw = |numbers: &[i64]| {
        let to_i32: Vec<i32> = numbers.iter().map(|n| *n as i32).collect();
        let to_u32: Vec<u32> = numbers.iter().map(|n| *n as u32).collect();
        let to_u64: Vec<u64> = numbers.iter().map(|n| *n as u64).collect();
        let all = [
            Offsets::I32(&to_i32),
            Offsets::I64(numbers),
            Offsets::U32(&to_u32),
            Offsets::U64(&to_u64),
        ];
        let columns = |offsets| Columns { ids: &ids, offsets, ..buffer.columns() };
        all.map(|offsets| {
            let mut draw = TargetDraw::exact(terms.clone());
            draw.feed(&columns(offsets), Salts::Key(&key()), Threads::ONE)?;
            draw.finish(Threads::ONE).map(|drawn| drawn.to_text())
        })
    };
    for drawn in draw(&numbers) {
        assert_eq!(drawn.unwrap(), oracle(&terms, &rows));
    }
    let kept = rows.iter().position(|row| row.2 == "eligible").unwrap();
    for wrong in [-1, 1 << 31, 9 + 7 * 300 + 1, i64::MIN] {
        let mut numbers = numbers.clone();
        numbers[kept + 1] = wrong;
        for refused in draw(&numbers) {
            let fault = RowFault { row: kept as u64 + 1, problem: RowProblem::Offsets };
            let wanted = TargetDrawError::Roster(fault.into());
            assert_eq!(refused.unwrap_err(), wanted, "{wrong}");
        }
    }
}

#[test]
fn the_ids_of_a_drawn_file_are_sorted_and_its_digest_is_that_of_its_text() {
    // One the beginning of another, alike for longer than a number is long, and more than is hashed at once.
    let id = |i: usize| "91411302MA0000000000"[..10 + i % 11].to_owned() + &i.to_string();
    let alike: Rows = (0..2_000).map(|i| (id(i), "A", "eligible")).collect();
    // What they begin with is the whole of one id more, or nothing.
    let with = |id: &str| [&alike[..], &[(id.to_owned(), "A", "eligible")]].concat();
    let rosters = [alike.clone(), with("91411302MA"), with("Z")];
    for (suite, mut rows) in
        Suite::ALL.iter().flat_map(|suite| rosters.iter().map(|rows| (*suite, rows.clone())))
    {
        rows.sort();
        let roster = committed(suite, &rows);
        let terms = terms(&roster, [10_000, 0, 0], 1);
        let drawn = terms.draw_roster(&roster, Threads::ONE).unwrap();
        let text = drawn.to_text();
        assert!(text.len() > 100_000);
        let mut ids: Vec<&str> = drawn.targets().map(|target| target.id).collect();
        ids.sort_unstable();
        assert_eq!(drawn.ids(), ids);
        for other in Suite::ALL {
            assert_eq!(drawn.digest(other), other.digest(&[text.as_bytes()]));
        }
        let list = PublicList::new(&terms, &drawn, &key(), Threads::at_most(2)).unwrap();
        assert_eq!(list.digest(suite), suite.digest(&[list.to_text().as_bytes()]));
        assert_eq!(list.drawn(), drawn.digest(suite));
        assert!(list.targets().iter().map(|id| id.as_str()).eq(ids));
    }
}
