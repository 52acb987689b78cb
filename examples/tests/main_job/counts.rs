//! Database, workbook and text files say the same.

use super::office::{HOSPITALS, Run, run, texts};
use calamine::{Reader, Xlsx, open_workbook};
use rusqlite::Connection;
use std::collections::BTreeMap;
use yicha::draw::matching::Matched;
use yicha_examples::job::Placement;

/// Target, place, inspector.
type Assignments = Vec<(String, u64, String)>;

fn database(run: &Run) -> Connection {
    Connection::open(run.out.join("internal/joint_inspection.sqlite")).unwrap()
}

/// The rows of a query as their columns in text.
fn rows<const N: usize>(run: &Run, query: &str) -> Vec<[String; N]> {
    let database = database(run);
    let mut query = database.prepare(query).unwrap();
    let text = |row: &rusqlite::Row<'_>, i| {
        Ok(match row.get_ref(i)? {
            rusqlite::types::ValueRef::Integer(number) => number.to_string(),
            other => other.as_str()?.to_owned(),
        })
    };
    let rows = query.query_map([], |row| {
        let cells: rusqlite::Result<Vec<String>> = (0..N).map(|i| text(row, i)).collect();
        Ok(<[String; N]>::try_from(cells?).unwrap())
    });
    rows.unwrap().map(Result::unwrap).collect()
}

/// The lines of a text file as their fields.
fn lines<const N: usize>(text: &str, key: &str) -> Vec<[String; N]> {
    let lines = text.lines().filter_map(|line| line.strip_prefix(key));
    let fields = |line: &str| line.split('\t').map(str::to_owned).collect::<Vec<_>>();
    lines.map(|line| fields(line).try_into().unwrap()).collect()
}

fn sheets(run: &Run) -> Vec<(String, Vec<Vec<String>>)> {
    let mut workbook: Xlsx<_> = open_workbook(run.out.join("internal/tasks.xlsx")).unwrap();
    let sheet = |(name, cells): (String, calamine::Range<calamine::Data>)| {
        let rows = cells.rows().skip(1).map(|row| row.iter().map(ToString::to_string).collect());
        (name, rows.collect())
    };
    workbook.worksheets().into_iter().map(sheet).collect()
}

#[test]
fn assignments_are_the_same_in_database_workbook_and_text() {
    let run = run(HOSPITALS, |_| {});
    let texts = texts(&run.out);
    let drawn: Vec<String> = lines::<1>(&texts["public/list.txt"], "target\t").concat();
    let sheets = sheets(&run);
    assert_eq!(sheets.len(), run.outcome.departments.len());
    let names: BTreeMap<String, String> = rows(&run, "SELECT id, name FROM inspector")
        .into_iter()
        .map(|[id, name]| (id, name))
        .collect();
    let mut leaders = BTreeMap::new();
    let mut short = 0;
    for (department, (sheet, cells)) in run.outcome.departments.iter().zip(&sheets) {
        let id = &department.department.id;
        assert!(department.department.name.ends_with(&**sheet));
        let visits = &cells[..drawn.len()];
        assert_eq!(visits.iter().map(|row| row[0].clone()).collect::<Vec<_>>(), drawn);
        let query = format!(
            "SELECT target, slot, inspector FROM assignment WHERE department = '{id}' ORDER BY 1, 2"
        );
        let stored = rows(&run, &query).into_iter();
        let stored: Assignments = stored.map(|[t, s, i]| (t, s.parse().unwrap(), i)).collect();
        let Some(text) = texts.get(&format!("internal/matched-{id}.txt")) else {
            short += 1;
            assert!(stored.is_empty());
            assert!(visits.iter().all(|row| row[4] == "人员不足，未匹配" && row[5].is_empty()));
            continue;
        };
        let matched = Matched::parse(text.as_bytes()).unwrap();
        let written: Assignments = matched
            .matches()
            .iter()
            .map(|m| (m.target.to_string(), m.slot, m.inspector.to_string()))
            .collect();
        assert_eq!(written.len(), 2 * drawn.len());
        assert_eq!(stored, written);
        let shown = visits.iter().flat_map(|row| {
            (0..).zip(row[5].lines()).map(|(slot, i)| (row[0].clone(), slot, i.to_owned()))
        });
        assert_eq!(shown.collect::<Assignments>(), written);
        for row in visits {
            let people: Vec<&str> = row[5].lines().map(|id| &*names[id]).collect();
            assert_eq!(row[4], people.join("\n"));
            // The first sheet is the initiator's, whose first inspector leads every team.
            let leader = leaders.entry(row[0].clone()).or_insert_with(|| people[0].to_owned());
            assert_eq!(row[6], *leader);
        }
    }
    assert_eq!(short, 1);
}

#[test]
fn the_draw_is_the_same_in_database_and_text() {
    let run = run(HOSPITALS, |_| {});
    let texts = texts(&run.out);
    let roster = rows::<3>(&run, "SELECT target, stratum, standing FROM roster ORDER BY target");
    assert_eq!(roster, lines(&texts["internal/roster.tsv"], ""));
    let drawn =
        rows::<3>(&run, "SELECT stratum, ticket, target FROM drawn ORDER BY stratum, ticket");
    assert_eq!(drawn, lines(&texts["internal/drawn.txt"], "target\t"));
    let attempts = rows::<4>(&run, "SELECT stage, announcement, seed_file, seed FROM attempt");
    assert_eq!(attempts.len(), run.outcome.departments.len(), "targets, and all but the short one");
    for [stage, announcement, seed_file, seed] in attempts {
        let stage = stage.replace(':', "-");
        assert_eq!(announcement, texts[&format!("public/announcement-{stage}.txt")]);
        assert_eq!(seed_file, texts[&format!("public/seed-{stage}.txt")]);
        if stage == "targets" {
            assert!(texts["public/list.txt"].contains(&format!("seed\t{seed}\n")));
        }
    }
}

#[test]
fn the_database_has_all_registers_and_what_is_missing() {
    let run = run(HOSPITALS, |_| {});
    let count = |table: &str| {
        let [[n]] = &rows::<1>(&run, &format!("SELECT count(*) FROM {table}"))[..] else {
            panic!("one row")
        };
        n.parse::<usize>().unwrap()
    };
    let registers = &run.outcome.import.registers;
    assert_eq!(count("department"), registers.departments.len());
    assert_eq!(count("item"), registers.items.len());
    assert_eq!(count("target"), registers.targets.len());
    assert_eq!(count("inspector"), registers.inspectors.len());
    assert_eq!(count("recusal"), registers.recusals.len());
    let faults = texts(&run.out.join("internal"))["faults.csv"].lines().count() - 1;
    assert_eq!((count("fault"), count("set_aside")), (faults, 0));
    let shortages = rows::<3>(&run, "SELECT department, places, missing FROM shortage");
    let [[id, places, missing]] = &shortages[..] else { panic!("one department is short") };
    let department =
        run.outcome.departments.iter().find(|d| d.department.id.as_str() == id).unwrap();
    let Placement::Short { shortfall, .. } = &department.placement else { panic!("short") };
    assert_eq!((places, missing), (&shortfall.places.to_string(), &shortfall.missing.to_string()));
}
