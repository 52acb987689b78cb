//! Who gets a slip.

use super::office::{HOSPITALS, Run, options, run, secrets, texts, verify, work};
use std::collections::BTreeSet;
use yicha::code::TargetId;
use yicha_examples::job::SlipChoice;

fn drawn(run: &Run) -> BTreeSet<TargetId> {
    run.outcome.targets.drawn.outcome().list().targets().iter().cloned().collect()
}

fn slips(run: &Run) -> BTreeSet<TargetId> {
    let names = texts(&run.out.join("slips")).into_keys();
    names.map(|name| name.strip_suffix(".txt").unwrap().parse().unwrap()).collect()
}

#[test]
fn slips_are_for_the_drawn_ones_and_for_whoever_asks() {
    let default = run(HOSPITALS, |_| {});
    assert_eq!(slips(&default), drawn(&default));

    let roster = default.outcome.task.roster.iter();
    let all: BTreeSet<TargetId> =
        roster.map(|(target, _)| target.id.to_string().parse().unwrap()).collect();
    let everybody = run(HOSPITALS, |options| options.slips = SlipChoice::All);
    assert_eq!(slips(&everybody), all);
    let said = verify(&everybody.out).in_words(yicha::explain::Lang::En);
    assert!(said.contains(&format!("all {} slips hold", all.len())), "{said}");

    let other = all.difference(&drawn(&default)).next().unwrap().clone();
    let asked = run(HOSPITALS, |options| options.slips = SlipChoice::Also(vec![other.clone()]));
    assert_eq!(slips(&asked), drawn(&default).into_iter().chain([other]).collect());
}

#[test]
fn nobody_off_the_roster_gets_a_slip_and_nothing_is_announced() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("out");
    let nobody = "91411302XN00000000".parse().unwrap();
    let options = {
        let mut o = options(HOSPITALS, &out);
        o.slips = SlipChoice::Also(vec![nobody]);
        o
    };
    let refused = work(&options, &mut secrets(1)).err().unwrap();
    assert_eq!(refused.exit_code(), 2);
    assert!(
        refused.to_string().starts_with("91411302XN00000000 is not on the roster"),
        "{refused}"
    );
    assert!(!out.exists());
}
