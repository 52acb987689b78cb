//! What the border costs: a scalar call, a decision of the office and the target draw through the C functions against the
//! same in Rust, measured alternately in one run, with the ratio.
//!
//! `cargo bench -p yicha-c --bench border -- 1000000` takes fewer rows.
#![allow(clippy::print_stdout, clippy::unwrap_used)]

use std::hint::black_box;
use std::mem::MaybeUninit;
use std::time::Instant;
use yicha::calendar::Calendar;
use yicha::code::Stratum;
use yicha::date::Date;
use yicha::draw::announcement::{Announcement, Commitment, Nonce, Stage, Subject, Terms};
use yicha::draw::ceremony::{Announced, Sealed, Targets};
use yicha::draw::columns::{Columns, Offsets};
use yicha::draw::quota::{BasisPoints, Rule};
use yicha::draw::roster::{RosterKey, RosterRoot, Standing};
use yicha::draw::target::{Salts, TargetDraw};
use yicha::edition::Edition;
use yicha::hash::Suite;
use yicha::office::Office;
use yicha::threads::Threads;
use yicha::uscc::Uscc;
use yicha_c::columns::{RosterColumns, Strings};
use yicha_c::view::{Bytes, Str};

const ROWS: usize = 10_000_000;
const ID: usize = 18;
/// Short scalar rounds find quiet moments of the machine, long draws do not need them.
const SCALAR_ROUNDS: usize = 100;
const DRAW_ROUNDS: usize = 5;
const KEY: [u8; 32] = [7; 32];
/// Stratum, its share of the rows in per cent, its rate in basis points.
const STRATA: [(&str, usize, u64); 4] =
    [("A", 60, 100), ("B", 25, 300), ("C", 12, 1000), ("D", 3, 3000)];

fn main() {
    let rows = std::env::args().skip(1).find_map(|arg| arg.parse().ok()).unwrap_or(ROWS);
    scalars();
    decisions();
    draws(rows);
}

/// Best of some rounds that take turns, in nanoseconds.
fn race(rounds: usize, mut works: [&mut dyn FnMut(); 2]) -> [f64; 2] {
    let mut best = [f64::MAX; 2];
    for _ in 0..rounds {
        for (work, best) in works.iter_mut().zip(&mut best) {
            let start = Instant::now();
            work();
            *best = best.min(start.elapsed().as_nanos() as f64);
        }
    }
    best
}

fn scalars() {
    const CALLS: i32 = 50_000;
    println!("scalar calls, ns each: {:>9} {:>9} {:>9}", "Rust", "C", "C adds");
    let calendar = Calendar::china();
    let mut handle = MaybeUninit::uninit();
    yicha_c::calendar::yicha_calendar_china(Some(&mut handle), None);
    // SAFETY: the call above cannot be refused, and has written the handle.
    let handle = unsafe { handle.assume_init() };
    let days = move || (0..CALLS).map(|i| 14_000 + i % 6_000);
    let report = |name: &str, [rust, c]: [f64; 2]| {
        let [rust, c] = [rust, c].map(|ns| ns / f64::from(CALLS));
        println!("  {name:<20} {rust:>9.2} {c:>9.2} {:>9.2}", c - rust);
    };
    let add = yicha_c::calendar::yicha_calendar_add_workdays;
    report(
        "add_workdays",
        race(
            SCALAR_ROUNDS,
            [
                &mut || {
                    for day in days() {
                        let date = Date::from_days(black_box(day)).unwrap();
                        black_box(calendar.add_workdays(date, 20).unwrap());
                    }
                },
                &mut || {
                    for day in days() {
                        let mut out = MaybeUninit::uninit();
                        black_box(add)(Some(&handle), black_box(day), 20, Some(&mut out), None);
                        black_box(&out);
                    }
                },
            ],
        ),
    );
    let code = "91110000600037341L";
    let check = yicha_c::code::yicha_uscc_check;
    report(
        "uscc_check",
        race(
            SCALAR_ROUNDS,
            [
                &mut || (0..CALLS).for_each(|_| _ = black_box(Uscc::parse(black_box(code)))),
                &mut || {
                    for _ in 0..CALLS {
                        let code = black_box(code);
                        let text = Str { data: code.as_ptr().cast(), len: code.len() };
                        black_box(black_box(check)(text, None));
                    }
                },
            ],
        ),
    );
}

/// A conference that is held, as a host sends it.
const REQUEST: &str = r#"{"actor":{"department":null,"id":"o-1","role":"joint-office"},"command":{"conference":{"hold":
{"conference":"K1","held":{"agenda":["5feceb66ffc86f38d952786c6d696c79c2dbc239dd4e91b46729d73a27fb57e9"],"attended":
["market"],"occasion":"regular","resolutions":[]}}}},"effective":"2026-03-25","id":"c-1","purpose":"coordination",
"recorded":"2026-03-25T01:00:00Z","v":1}"#;

fn decisions() {
    const CALLS: usize = 1_000;
    let office = Office::new(Suite::Sm3, Edition::wancheng_2026(), Calendar::china());
    let (mut edition, mut calendar) = (MaybeUninit::uninit(), MaybeUninit::uninit());
    let mut handle = MaybeUninit::uninit();
    yicha_c::edition::yicha_edition_wancheng_2026(Some(&mut edition), None);
    yicha_c::calendar::yicha_calendar_china(Some(&mut calendar), None);
    // SAFETY: these calls cannot be refused, and have written their handles.
    let (edition, calendar) = unsafe { (edition.assume_init(), calendar.assume_init()) };
    let new = yicha_c::office::yicha_office_new;
    let sm3 = yicha_c::hash::YICHA_SM3;
    assert_eq!(new(sm3, Some(&edition), Some(&calendar), Some(&mut handle), None), 0);
    // SAFETY: written, since the status is YICHA_OK.
    let handle = unsafe { handle.assume_init() };
    let decide = yicha_c::office::yicha_office_decide;
    let request = Bytes { data: REQUEST.as_ptr(), len: REQUEST.len() };
    let [rust, c] = race(
        SCALAR_ROUNDS,
        [
            &mut || {
                for _ in 0..CALLS {
                    black_box(office.decide_json(black_box(REQUEST.as_bytes())).unwrap());
                }
            },
            &mut || {
                for _ in 0..CALLS {
                    let mut out = MaybeUninit::uninit();
                    let status = black_box(decide)(Some(&handle), request, Some(&mut out), None);
                    assert_eq!(status, 0);
                    // SAFETY: written, since the status is YICHA_OK.
                    let mut decision = Some(unsafe { out.assume_init() });
                    yicha_c::office::yicha_decision_free(Some(&mut decision));
                }
            },
        ],
    );
    let [rust, c] = [rust, c].map(|ns| ns / CALLS as f64);
    println!("decide of a request of {} bytes, one entry, freed again, ns each:", REQUEST.len());
    println!("  Rust {rust:.0}, C {c:.0}, C adds {:.0}, ratio {:.3}", c - rust, c / rust);
}

/// A roster in memory.
struct Input {
    ids: Vec<u8>,
    offsets: Vec<i64>,
    strata: Vec<u16>,
    standings: Vec<u16>,
    stratum_codes: Vec<Stratum>,
    standing_codes: Vec<Standing>,
}

impl Input {
    fn new(rows: usize) -> Self {
        let mut ids = Vec::with_capacity(rows * ID);
        for i in 0..rows {
            ids.extend_from_slice(format!("{i:0>ID$}").as_bytes());
        }
        let stratum = |i: usize| {
            let (mut at, mut left) = (0, i * 37 % 100);
            while left >= STRATA[at].1 {
                left -= STRATA[at].1;
                at += 1;
            }
            at as u16
        };
        Self {
            ids,
            offsets: (0..=rows as i64).map(|i| i * ID as i64).collect(),
            strata: (0..rows).map(stratum).collect(),
            standings: vec![0; rows],
            stratum_codes: STRATA.iter().map(|s| s.0.parse().unwrap()).collect(),
            standing_codes: vec![Standing::Eligible],
        }
    }

    fn columns(&self) -> Columns<'_> {
        Columns {
            ids: &self.ids,
            offsets: Offsets::I64(&self.offsets),
            strata: &self.strata,
            stratum_codes: &self.stratum_codes,
            standings: &self.standings,
            standing_codes: &self.standing_codes,
        }
    }

    fn announcement(&self, root: &RosterRoot) -> Announcement {
        let nonce = Nonce::new([1; 32]);
        let (scheme, department) = ("s".parse().unwrap(), "d".parse().unwrap());
        let digest = nonce.commit(Suite::Sha256, &scheme, &Stage::Targets, 1, &department);
        let strata = root.counts().into_iter().zip(STRATA).map(|(count, (_, _, rate))| {
            let rate = BasisPoints::new(rate).unwrap();
            Rule { stratum: count.stratum, rate, floor: 0, cap: None }.apply(count.eligible)
        });
        let (lines, digest_of_root) = (root.lines(), root.root().unwrap());
        let subject = Subject::Targets { root: digest_of_root, lines, strata: strata.collect() };
        let terms = Terms {
            suite: Suite::Sha256,
            scheme,
            attempt: 1,
            previous: yicha::hash::Digest::ZERO,
            contributions: vec![Commitment { department, digest }],
            randomness: Vec::new(),
            announced: "2026-03-25T01:00:00Z".parse().unwrap(),
            reveal_by: "2026-03-25T02:00:00Z".parse().unwrap(),
        };
        Announcement::new(terms, subject).unwrap()
    }
}

fn draws(rows: usize) {
    let input = Input::new(rows);
    let mut root = RosterRoot::new(Suite::Sha256, RosterKey::new(KEY));
    let salts = root.extend(&input.columns(), Threads::available()).unwrap();
    let announcement = input.announcement(&root);
    let sealed: Sealed<Targets> = Announced::first(announcement.clone())
        .unwrap()
        .seal(&[("d".parse().unwrap(), Nonce::new([1; 32]))], &[])
        .unwrap();

    // The same attempt over the border.
    let (text, seed) = (announcement.to_text(), sealed.seed_file().to_text());
    let bytes = |text: &str| Bytes { data: text.as_ptr(), len: text.len() };
    let mut made = MaybeUninit::uninit();
    let parse = yicha_c::announcement::yicha_announcement_parse;
    assert_eq!(parse(bytes(&text), Some(&mut made), None), 0);
    // SAFETY: written, since the status is YICHA_OK.
    let c_announcement = unsafe { made.assume_init() };
    let mut made = MaybeUninit::uninit();
    let seal = yicha_c::sealed::yicha_sealed_parse;
    assert_eq!(seal(Some(&c_announcement), bytes(&seed), Some(&mut made), None), 0);
    // SAFETY: as above.
    let c_sealed = unsafe { made.assume_init() };
    let strata = STRATA.map(|s| Str { data: s.0.as_ptr().cast(), len: 1 });
    let standing = [Str { data: c"eligible".as_ptr(), len: 8 }];
    let columns = RosterColumns {
        struct_size: size_of::<RosterColumns>(),
        ids: Strings {
            struct_size: size_of::<Strings>(),
            data: input.ids.as_ptr(),
            data_len: input.ids.len(),
            offsets32: std::ptr::null(),
            offsets64: input.offsets.as_ptr(),
            rows,
        },
        strata: input.strata.as_ptr(),
        standings: input.standings.as_ptr(),
        stratum_codes: strata.as_ptr(),
        stratum_count: strata.len(),
        standing_codes: standing.as_ptr(),
        standing_count: standing.len(),
    };
    let given = Bytes { data: salts.as_ptr().cast(), len: salts.len() * 16 };

    let [rust, c] = race(
        DRAW_ROUNDS,
        [
            &mut || {
                let mut draw = TargetDraw::new(sealed.terms().unwrap());
                draw.feed(&input.columns(), Salts::Given(&salts), Threads::ONE).unwrap();
                let key = RosterKey::new(KEY);
                black_box(sealed.clone().draw_fed(draw, &key, Threads::ONE).unwrap());
            },
            &mut || draw_in_c(&c_announcement, &seed, &c_sealed, &columns, given),
        ],
    );
    let per_row = |ns: f64| ns / rows as f64;
    println!(
        "target draw of {rows} rows, one core, salts at hand, with its public list, ns a row:"
    );
    println!("  Rust {:.2}, C {:.2}, ratio {:.3}", per_row(rust), per_row(c), c / rust);
}

fn draw_in_c(
    announcement: &yicha_c::announcement::Announcement,
    seed: &str,
    sealed: &yicha_c::sealed::Sealed,
    columns: &RosterColumns,
    salts: Bytes,
) {
    let mut part = MaybeUninit::uninit();
    assert_eq!(yicha_c::draw::yicha_part_new(Some(sealed), Some(&mut part), None), 0);
    // SAFETY: written, since the status is YICHA_OK.
    let mut part = unsafe { part.assume_init() };
    let feed = yicha_c::draw::yicha_part_feed;
    assert_eq!(feed(Some(&mut part), Some(columns), salts, None, 1, None), 0);
    let mut own = MaybeUninit::uninit();
    let seed = Bytes { data: seed.as_ptr(), len: seed.len() };
    let seal = yicha_c::sealed::yicha_sealed_parse;
    assert_eq!(seal(Some(announcement), seed, Some(&mut own), None), 0);
    // SAFETY: as above.
    let mut own = Some(unsafe { own.assume_init() });
    let mut drawn = MaybeUninit::uninit();
    let key = yicha_c::hash::Secret { bytes: KEY };
    let end = yicha_c::draw::yicha_sealed_draw_part;
    assert_eq!(end(Some(&mut own), Some(&part), Some(&key), Some(&mut drawn), None), 0);
    // SAFETY: as above.
    black_box(unsafe { drawn.assume_init() });
}
