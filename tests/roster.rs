//! Draw-spec section 2: what a roster takes and refuses, and what its root proves.
#![allow(clippy::unwrap_used, missing_docs)]

use proptest::prelude::*;
use yicha::code::{Stratum, TargetId};
use yicha::draw::columns::{Columns, Offsets, Row};
use yicha::draw::roster::{
    Absence, AbsenceError, CommittedRoster, MAX_FAULTS, Roster, RosterError, RosterKey, RosterRoot,
    RowProblem, Standing,
};
use yicha::explain::{Explain, Lang};
use yicha::hash::Suite;
use yicha::merkle::ProofError;
use yicha::threads::Threads;

const ROWS: [Row<'static>; 4] = [
    Row { id: "T3", stratum: "B", standing: "eligible" },
    Row { id: "T1", stratum: "A", standing: "excluded:frequency-cap" },
    Row { id: "T7", stratum: "A", standing: "eligible" },
    Row { id: "T5", stratum: "B", standing: "eligible" },
];

fn committed() -> CommittedRoster {
    let roster = Roster::from_rows(ROWS).unwrap();
    roster.commit(Suite::Sha256, RosterKey::new([7; 32]), Threads::ONE)
}

fn id(text: &str) -> TargetId {
    text.parse().unwrap()
}

#[test]
fn rows_are_sorted_and_counted() {
    let roster = Roster::from_rows(ROWS).unwrap();
    let text = "T1\tA\texcluded:frequency-cap\nT3\tB\teligible\nT5\tB\teligible\nT7\tA\teligible\n";
    assert_eq!(roster.to_text(), text);
    let counts: Vec<_> =
        roster.counts().iter().map(|c| (c.stratum.as_str(), c.eligible, c.excluded)).collect();
    assert_eq!(counts, [("A", 1, 1), ("B", 2, 0)]);
    assert_eq!(roster.find("T5"), Ok(2));
    assert_eq!(roster.find("T4"), Err(2));
    assert!(roster.row(1).unwrap().standing.is_eligible());
    assert!(!roster.row(0).unwrap().standing.is_eligible());
}

#[test]
fn all_faulty_rows_are_told_at_once_with_their_numbers() {
    let rows = [
        Row { id: "T1", stratum: "A", standing: "eligible" },
        Row { id: "T 2", stratum: "A", standing: "eligible" },
        Row { id: "T3", stratum: "", standing: "eligible" },
        Row { id: "T4", stratum: "A", standing: "Eligible" },
        Row { id: "T1", stratum: "B", standing: "eligible" },
        Row { id: "T5", stratum: "A", standing: "excluded:" },
        Row { id: "T1", stratum: "B", standing: "eligible" },
    ];
    let Err(RosterError::Rows { faults, more: 0 }) = Roster::from_rows(rows) else { panic!() };
    let found: Vec<_> = faults.iter().map(|fault| (fault.row, fault.code())).collect();
    let duplicate = "roster-duplicate";
    assert_eq!(
        found,
        [
            (2, "roster-id"),
            (3, "roster-stratum"),
            (4, "roster-standing"),
            (5, duplicate),
            (6, "roster-standing"),
            (7, duplicate)
        ]
    );
    assert_eq!(faults[3].problem, RowProblem::Duplicate { id: "T1".into(), first: 1 });
    assert!(faults.iter().all(|fault| fault.message(Lang::Zh).contains('第')));
    assert_eq!(Roster::from_rows([rows[0]]).unwrap().len(), 1);
}

#[test]
fn faults_beyond_the_limit_are_counted() {
    let bad = Row { id: "-", stratum: "A", standing: "eligible" };
    let rows = std::iter::repeat_n(bad, MAX_FAULTS + 5);
    let Err(RosterError::Rows { faults, more }) = Roster::from_rows(rows) else { panic!() };
    assert_eq!((faults.len(), more), (MAX_FAULTS, 5));
}

#[test]
fn an_empty_roster_is_refused() {
    assert_eq!(Roster::from_rows([]), Err(RosterError::Empty));
    assert!(Roster::parse(b"").is_err());
    let root = RosterRoot::new(Suite::Sm3, RosterKey::new([1; 32]));
    assert_eq!(root.root(), Err(RosterError::Empty));
}

#[test]
fn columns_that_do_not_fit_are_refused() {
    let strata: [Stratum; 2] = ["B".parse().unwrap(), "A".parse().unwrap()];
    let standing_codes = [Standing::Eligible];
    let good = Columns {
        ids: b"-T2T1-",
        offsets: Offsets::I32(&[1, 3, 5]),
        strata: &[0, 1],
        stratum_codes: &strata,
        standings: &[0, 0],
        standing_codes: &standing_codes,
    };
    assert_eq!(
        Roster::from_columns(&good).unwrap().to_text(),
        "T1\tA\teligible\nT2\tB\teligible\n"
    );
    let code = |columns: Columns<'_>| match Roster::from_columns(&columns).unwrap_err() {
        RosterError::Rows { faults, .. } => faults[0].code(),
        error => error.code(),
    };
    assert_eq!(code(Columns { offsets: Offsets::I32(&[1, 3]), ..good }), "roster-columns");
    assert_eq!(code(Columns { standings: &[0], ..good }), "roster-columns");
    assert_eq!(code(Columns { offsets: Offsets::I64(&[1, 3, -5]), ..good }), "roster-offsets");
    assert_eq!(code(Columns { offsets: Offsets::U32(&[3, 1, 5]), ..good }), "roster-offsets");
    assert_eq!(
        code(Columns { offsets: Offsets::U64(&[1, 3, u64::MAX]), ..good }),
        "roster-offsets"
    );
    assert_eq!(code(Columns { offsets: Offsets::U32(&[0, 3, 5]), ..good }), "roster-id");
    assert_eq!(code(Columns { strata: &[0, 2], ..good }), "roster-number");
    assert_eq!(code(Columns { standings: &[0, 1], ..good }), "roster-number");
    assert!(good.slice(0..3).is_none());
    assert_eq!(
        Roster::from_columns(&good.slice(1..2).unwrap()).unwrap().to_text(),
        "T1\tA\teligible\n"
    );
}

#[test]
fn the_root_wants_sorted_batches() {
    let roster = Roster::from_rows(ROWS).unwrap();
    let (first, second) =
        (roster.columns().slice(0..2).unwrap(), roster.columns().slice(2..4).unwrap());
    let mut root = RosterRoot::new(Suite::Sha256, RosterKey::new([7; 32]));
    root.extend(&second, Threads::ONE).unwrap();
    let before = (root.root(), root.lines(), root.counts());
    let refused = root.extend(&first, Threads::ONE).unwrap_err();
    assert!(
        matches!(&refused, RosterError::Rows { faults, .. } if faults[0].code() == "roster-order")
    );
    // A refusal changes nothing.
    assert_eq!((root.root(), root.lines(), root.counts()), before);

    let mut root = RosterRoot::new(Suite::Sha256, RosterKey::new([7; 32]));
    let salts = [
        root.extend(&first, Threads::ONE).unwrap(),
        root.extend(&second, Threads::at_most(3)).unwrap(),
    ];
    assert_eq!(root.root().unwrap(), committed().root());
    assert_eq!(salts.concat(), committed().salts());
}

#[test]
fn large_rosters_have_the_same_root_in_any_batches() {
    let ids: Vec<String> = (0..20_000).map(|i| format!("T{i:05}")).collect();
    let rows = ids.iter().map(|id| Row { id, stratum: "A", standing: "eligible" });
    let roster = Roster::from_rows(rows).unwrap();
    let key = RosterKey::new([9; 32]);
    let wanted = roster.clone().commit(Suite::Sha256, key.clone(), Threads::at_most(2)).root();
    for size in [1_000, 4_096, 9_999, 20_000] {
        let mut root = RosterRoot::new(Suite::Sha256, key.clone());
        for start in (0..20_000).step_by(size) {
            let batch = roster.columns().slice(start..20_000.min(start + size)).unwrap();
            root.extend(&batch, Threads::at_most(3)).unwrap();
        }
        assert_eq!(root.root().unwrap(), wanted, "batches of {size}");
    }
}

#[test]
fn absence_is_shown_before_between_and_behind() {
    let roster = committed();
    let (root, lines) = (roster.root(), roster.lines());
    for absent in ["T0", "T2", "T4", "T6", "T8"] {
        let proof = roster.absence(&id(absent)).unwrap();
        proof.check(Suite::Sha256, &id(absent), &root, lines).unwrap();
    }
    assert!(roster.absence(&id("T3")).is_none());
}

#[test]
fn absence_of_somebody_present_cannot_be_shown() {
    let roster = committed();
    let (root, lines) = (roster.root(), roster.lines());
    let check = |proof: &Absence, of: &str| proof.check(Suite::Sha256, &id(of), &root, lines);
    let between = |before: &str, after: &str| Absence {
        before: roster.absence(&id(before)).unwrap().before,
        after: roster.absence(&id(after)).unwrap().after,
    };
    // T1 and T5 do not stand next to each other: T3 could stand between them, and does.
    let gap = between("T2", "T4");
    assert_eq!(check(&gap, "T3"), Err(AbsenceError::Gap { found: 2, wanted: 1, lines }));
    assert!(matches!(check(&between("T2", "T2"), "T3"), Err(AbsenceError::Side { .. })));
    let only = |proof: Absence| Absence { after: None, ..proof };
    assert!(matches!(check(&only(between("T2", "T2")), "T9"), Err(AbsenceError::Gap { .. })));
    let none = Absence { before: None, after: None };
    assert!(matches!(check(&none, "T9"), Err(AbsenceError::NoNeighbour { .. })));
    let mut forged = between("T2", "T2");
    forged.after.as_mut().unwrap().id = id("T4");
    assert!(matches!(
        check(&forged, "T2"),
        Err(AbsenceError::NotIncluded { fault: ProofError::Root { .. }, .. })
    ));
    let longer = between("T2", "T2").check(Suite::Sha256, &id("T2"), &root, lines + 1);
    assert!(matches!(longer, Err(AbsenceError::Lines { .. })));
    check(&between("T2", "T2"), "T2").unwrap();
}

#[test]
fn secrets_are_not_shown() {
    let key = RosterKey::new([0xab; 32]);
    let salt = key.salt(Suite::Sha256, "T1");
    assert_eq!(format!("{key:?} {salt:?}"), "RosterKey(secret) Salt(secret)");
    let roster = committed();
    let shown = format!("CommittedRoster(4 targets, root {})", roster.root());
    assert_eq!(format!("{roster:?}"), shown);
    assert_eq!("ab".repeat(32).parse::<RosterKey>().unwrap(), key);
}

proptest! {
    #[test]
    fn any_bytes_are_read_or_refused_and_written_alike(bytes in any::<Vec<u8>>()) {
        if let Ok(roster) = Roster::parse(&bytes) {
            prop_assert_eq!(roster.to_text().into_bytes(), bytes);
        }
    }

    #[test]
    fn a_changed_roster_is_refused_or_another_one(at in 0_usize..80, byte in any::<u8>()) {
        let mut file = Roster::from_rows(ROWS).unwrap().to_text().into_bytes();
        let at = at % file.len();
        prop_assume!(file[at] != byte);
        file[at] = byte;
        if let Ok(roster) = Roster::parse(&file) {
            prop_assert!(roster.to_text().as_bytes() == file);
            let other = roster.commit(Suite::Sha256, RosterKey::new([7; 32]), Threads::ONE);
            prop_assert_ne!(other.root(), committed().root());
        }
    }

    #[test]
    fn the_order_of_rows_does_not_matter(order in Just(ROWS.to_vec()).prop_shuffle()) {
        prop_assert_eq!(Roster::from_rows(order).unwrap(), Roster::from_rows(ROWS).unwrap());
    }
}
