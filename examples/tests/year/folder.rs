//! A year that is asked for again is not done again, another one keeps the folder of the first.

use super::small::{District, files, run};
use yicha_examples::job::{JobOptions, Progress};
use yicha_examples::year::Year;

fn written(mut year: Year, options: &JobOptions) -> Year {
    year.write(options, &Progress::hidden()).unwrap();
    year
}

#[test]
fn the_same_year_is_done_once() {
    let district = District::new();
    let options = district.options("out");
    let first = written(run(&options, 1).unwrap(), &options);
    let (head, before) = (first.host.office().tip().head(), files(&options.out));
    assert_eq!(first.acts.1, 0);
    let done = first.acts.0;
    drop(first);
    let again = written(run(&options, 1).unwrap(), &options);
    assert_eq!((again.acts, again.moved.clone()), ((0, done), None));
    assert_eq!(again.host.office().tip().head(), head);
    assert!(files(&options.out) == before);
    assert!(again.summary(&options).contains(&format!("此前已办、未重复：{done}\n")));
}

#[test]
fn another_year_keeps_the_folder_of_the_first() {
    let district = District::new();
    let options = district.options("out");
    drop(written(run(&options, 1).unwrap(), &options));
    let before = files(&options.out);
    let other = run(&options, 2).unwrap();
    assert_eq!(other.moved, Some(district.path("out.1")));
    assert!(files(&district.path("out.1")) == before);
    drop(other);
    let third = JobOptions { annual_cap: 3, ..options.clone() };
    assert_eq!(run(&third, 2).unwrap().moved, Some(district.path("out.2")));
}

#[test]
fn what_is_public_names_no_inspector_and_no_reason() {
    let district = District::new();
    let options = district.options("out");
    let year = written(run(&options, 5).unwrap(), &options);
    let registers = &year.outcome.import.registers;
    let people = registers.inspectors.iter().flat_map(|i| [i.id.to_string(), i.name.clone()]);
    let reasons = registers.recusals.iter().map(|recusal| recusal.reason.clone());
    let secrets: Vec<String> = people.chain(reasons).collect();
    for (name, bytes) in files(&options.out.join("public")) {
        let text = String::from_utf8(bytes).unwrap();
        let found: Vec<_> = secrets.iter().filter(|secret| text.contains(&***secret)).collect();
        assert!(found.is_empty(), "{name}: {found:?}");
    }
}
