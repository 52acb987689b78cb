//! What is public shows neither the class of a named target, nor what only a target or an auditor may know, nor anybody
//! who inspects.

use super::office::{CATERING, HOSPITALS, Run, run, texts};
use std::collections::{BTreeMap, BTreeSet};
use yicha_examples::job::Placement;

/// Everything that stands in no public file.
fn secrets(run: &Run) -> BTreeSet<String> {
    let roster = &run.outcome.targets.roster;
    let drawn = run.outcome.targets.drawn.outcome();
    let registers = &run.outcome.import.registers;
    let mut secrets = BTreeSet::from([hex::encode(roster.key().expose())]);
    secrets.extend(roster.salts().iter().map(hex::encode));
    secrets.extend(drawn.drawn().targets().map(|target| target.ticket.to_string()));
    let suite = run.outcome.targets.drawn.announcement().terms().suite;
    let cutoff_salt = |stratum: &str| roster.key().cutoff_salt(suite, stratum);
    let strata = drawn.list().cutoffs().iter().map(|(stratum, _)| stratum.as_str());
    secrets.extend(strata.map(|stratum| hex::encode(cutoff_salt(stratum).expose())));
    for department in &run.outcome.departments {
        let problem = department.problem.to_text();
        let salt = problem.lines().find_map(|line| line.strip_prefix("salt\t"));
        secrets.insert(salt.unwrap().to_owned());
    }
    for inspector in &registers.inspectors {
        secrets.extend([inspector.id.to_string(), inspector.name.clone()]);
        secrets.extend(inspector.certificate.clone());
    }
    secrets.extend(registers.departments.iter().filter_map(|d| Some(d.head.as_ref()?.to_string())));
    secrets.extend(registers.recusals.iter().map(|recusal| recusal.reason.clone()));
    secrets
}

fn part(run: &Run, folder: &str) -> BTreeMap<String, String> {
    texts(&run.out.join(folder))
}

#[test]
fn no_public_file_has_a_secret_or_a_person() {
    for industry in [CATERING, HOSPITALS] {
        let run = run(industry, |_| {});
        let public = part(&run, "public");
        assert!(public.contains_key("report.html") && public.len() >= 8);
        let secrets = secrets(&run);
        assert!(secrets.len() > run.outcome.targets.roster.salts().len());
        for (name, text) in &public {
            let found: Vec<_> = secrets.iter().filter(|secret| text.contains(&***secret)).collect();
            assert!(found.is_empty(), "{industry}: {name} has {found:?}");
        }
    }
}

#[test]
fn the_same_things_are_found_where_they_belong() {
    let run = run(CATERING, |_| {});
    let internal = part(&run, "internal");
    let slips: String = part(&run, "slips").into_values().collect();
    let has = |file: &str, what: &str| assert!(internal[file].contains(what), "{file}: {what}");
    has("roster.key", &hex::encode(run.outcome.targets.roster.key().expose()));
    for target in run.outcome.targets.drawn.outcome().drawn().targets() {
        has("drawn.txt", &target.ticket.to_string());
        assert!(slips.contains(target.id));
    }
    for department in &run.outcome.departments {
        let Placement::Matched { matched, .. } = &department.placement else { panic!("matched") };
        for m in matched.matches() {
            has(&format!("matched-{}.txt", department.department.id), m.inspector.as_str());
            let people = &run.outcome.import.registers.inspectors;
            has("report.html", &people.iter().find(|i| i.id == m.inspector).unwrap().name);
        }
    }
}

#[test]
fn a_public_line_that_names_a_target_tells_its_name_and_nothing_else() {
    for industry in [CATERING, HOSPITALS] {
        let run = run(industry, |_| {});
        let list = run.outcome.targets.drawn.outcome().list().targets();
        for (file, text) in &part(&run, "public") {
            let mut named = Vec::new();
            for line in text.lines() {
                let roster = run.outcome.task.roster.iter().map(|(target, _)| target);
                let Some(target) = roster.clone().find(|t| line.contains(t.id.as_str())) else {
                    continue;
                };
                let (id, name) = (&target.id, &target.name);
                let row = format!("<tr><td><code>{id}</code></td><td>{name}</td></tr>");
                assert!(
                    [row, format!("target\t{id}")].contains(&line.to_owned()),
                    "{file}: {line}"
                );
                named.push(id.clone());
            }
            // Sorted by code, so that not even the order tells classes; and nobody who was not drawn.
            match &**file {
                "list.txt" | "report.html" => assert_eq!(named, list, "{file}"),
                _ => assert!(named.is_empty(), "{file}"),
            }
        }
    }
}

#[test]
fn a_slip_names_one_target_only() {
    let run = run(HOSPITALS, |options| options.slips = yicha_examples::job::SlipChoice::All);
    for (name, slip) in part(&run, "slips") {
        let roster = run.outcome.task.roster.iter();
        let named = roster.filter(|(target, _)| slip.contains(target.id.as_str()));
        let named: Vec<_> = named.map(|(target, _)| format!("{}.txt", target.id)).collect();
        assert_eq!(named, [name]);
    }
}
