//! The same inspection in steps on different days.

use super::office::{CATERING, HOSPITALS, entropy, files, options, texts, verify, work};
use std::fs;
use std::path::{Path, PathBuf};
use tempfile::TempDir;
use yicha::code::DepartmentId;
use yicha::date::Instant;
use yicha::draw::announcement::{Nonce, Randomness, Stage};
use yicha::explain::Lang;
use yicha::hash::Suite;
use yicha_examples::job::{
    JobError, JobOptions, Outcome, Progress, Progressed, Secrets, SlipChoice, announce, proceed,
};

/// An office that keeps its secrets in a file and takes one step after the other.
struct Office {
    folder: TempDir,
    out: PathBuf,
}

impl Office {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let out = folder.path().join("out");
        Self { folder, out }
    }

    fn file(&self) -> PathBuf {
        self.folder.path().join("secrets.tsv")
    }

    /// Each step is a process of its own; `seed` is what the operating system would give to it.
    fn secrets(&self, seed: u8) -> Secrets {
        Secrets::in_file(self.file(), entropy(seed)).unwrap()
    }

    fn announce(&self, change: impl FnOnce(&mut JobOptions)) -> Result<String, JobError> {
        let mut options = at(options(CATERING, &self.out), "2026-04-01T01:00:00Z");
        change(&mut options);
        announce(&options, &mut self.secrets(1), &Progress::hidden())
    }

    /// The options come from the folder, as in the program.
    fn proceed(
        &self,
        instant: &str,
        change: impl FnOnce(&mut JobOptions),
    ) -> Result<Progressed, JobError> {
        let mut options = at(JobOptions::resume(&self.out, Lang::Zh)?, instant);
        change(&mut options);
        proceed(&options, &mut self.secrets(instant.len() as u8), &Progress::hidden())
    }

    /// A step that is refused changes nothing, whatever else it says.
    fn refused(&self, instant: &str, change: impl FnOnce(&mut JobOptions)) -> JobError {
        let before = files(&self.out);
        let error = self.proceed(instant, change).err().unwrap();
        assert!(files(&self.out) == before, "changed by a refusal: {error}");
        error
    }
}

fn at(options: JobOptions, instant: &str) -> JobOptions {
    JobOptions { at: Some(instant.parse().unwrap()), ..options }
}

fn by(instant: &str) -> Option<Instant> {
    Some(instant.parse().unwrap())
}

fn drawn(step: Progressed) -> String {
    match step {
        Progressed::Drawn(text) => text,
        Progressed::Finished(..) => panic!("finished where the matchings were to be announced"),
    }
}

fn finished(step: Progressed) -> (Box<Outcome>, String) {
    match step {
        Progressed::Drawn(text) => panic!("not finished: {text}"),
        Progressed::Finished(outcome, summary) => (outcome, summary.text().to_owned()),
    }
}

#[test]
fn steps_on_different_days_leave_what_a_single_run_would() {
    for industry in [CATERING, HOSPITALS] {
        let office = Office::new();
        let mut single =
            at(options(industry, &office.folder.path().join("single")), "2026-04-01T01:00:00Z");
        single.reveal_by = by("2026-04-03T01:00:00Z");
        single.annual_cap = 3;
        single.capacity = 11;
        single.slips = SlipChoice::All;
        work(&single, &mut office.secrets(1)).unwrap();

        // The file of secrets has everything now; the steps ask for nothing new.
        let options = |options: &mut JobOptions| {
            *options = JobOptions { out: options.out.clone(), ..single.clone() }
        };
        office.announce(options).unwrap();
        let step =
            office.proceed("2026-04-03T02:00:00Z", |o| o.reveal_by = by("2026-04-03T03:00:00Z"));
        drawn(step.unwrap());
        let step =
            office.proceed("2026-04-05T09:00:00Z", |options| options.slips = SlipChoice::All);
        let (outcome, _) = finished(step.unwrap());
        assert_eq!(outcome.can_start(), industry == CATERING);

        let (mut steps, single) = (texts(&office.out), texts(&single.out));
        assert!(steps.remove("internal/options.tsv").is_some());
        assert_eq!(steps.keys().collect::<Vec<_>>(), single.keys().collect::<Vec<_>>());
        for (name, text) in &single {
            assert!(steps[name] == *text, "{industry}: {name} differs");
        }
        verify(&office.out);
    }
}

#[test]
fn no_step_is_done_early_twice_or_without_what_it_waits_for() {
    let office = Office::new();
    assert!(
        office
            .proceed("2026-04-02T00:00:00Z", |_| {})
            .err()
            .unwrap()
            .to_string()
            .contains("nothing is announced")
    );
    let lottery = Randomness {
        source: "中国福利彩票双色球".parse().unwrap(),
        round: "2026034".parse().unwrap(),
        bits: 24,
        due: "2026-04-02T14:00:00Z".parse().unwrap(),
    };
    let said = office.announce(|options| options.randomness = vec![lottery]).unwrap();
    assert!(said.contains("中国福利彩票双色球 2026034 2026-04-02T14:00:00Z"), "{said}");
    assert!(said.contains("警告4处") && office.out.join("internal/faults.csv").exists());
    let before = files(&office.out);
    let again = office.announce(|_| {}).unwrap_err();
    assert_eq!(again.exit_code(), 1);
    assert!(again.to_string().contains("it is not made again"), "{again}");
    assert!(files(&office.out) == before);

    let value = |options: &mut JobOptions| options.values = vec![b"030811192533-07".to_vec()];
    let early = office.refused("2026-04-02T14:00:00Z", value);
    assert!(early.to_string().contains("at 2026-04-02T14:00:00Z; proceed after that"), "{early}");
    let without = office.refused("2026-04-02T14:00:01Z", |_| {});
    assert_eq!(without.exit_code(), 1, "{without}");
    let said = drawn(office.proceed("2026-04-02T14:00:01Z", value).unwrap());
    assert!(said.starts_with("已抽取检查对象97户。"), "{said}");
    let same_time = office.refused("2026-04-02T14:00:01Z", |_| {});
    assert_eq!(same_time.exit_code(), 1, "{same_time}");
    let superfluous = office.refused("2026-04-03T00:00:00Z", value);
    assert_eq!(superfluous.exit_code(), 1, "{superfluous}");
    let (outcome, summary) = finished(office.proceed("2026-04-03T00:00:00Z", |_| {}).unwrap());
    assert!(
        outcome.demonstration && summary.contains("注意：这是演示"),
        "one program held the nonces"
    );
    let done = office.refused("2026-04-04T00:00:00Z", |_| {});
    assert!(done.to_string().contains("all steps are done"), "{done}");
    let said = verify(&office.out).in_words(Lang::En);
    assert!(said.contains("assurance of targets is public"), "{said}");
}

/// What a department does for itself: it gives its commitments away and keeps the nonces.
struct Department {
    id: DepartmentId,
    nonce: Nonce,
}

impl Department {
    fn commitment(&self, stage: &Stage) -> String {
        let scheme = "411302-2026-0001".parse().unwrap();
        let digest = self.nonce.commit(Suite::Sha256, &scheme, stage, 1, &self.id);
        format!("commitment {stage} {}\t{digest}\n", self.id)
    }

    fn reveal(&self, stage: &Stage) -> String {
        format!("nonce {stage} {}\t{}\n", self.id, hex::encode(self.nonce.as_bytes()))
    }
}

fn append(file: &Path, lines: impl Iterator<Item = String>) {
    let before = fs::read_to_string(file).unwrap_or_default();
    fs::write(file, before + &lines.collect::<String>()).unwrap();
}

#[test]
fn departments_that_keep_all_their_nonces_until_the_reveal_make_it_no_demonstration() {
    let ids = ["11411302XNBM00012U", "11411302XNBM00039K", "11411302XNBM000559"];
    let department = |(i, id): (u8, &str)| {
        let nonce = Nonce::new([i; 32]);
        Department { id: id.parse().unwrap(), nonce }
    };
    let departments: Vec<Department> = (1..).zip(ids).map(department).collect();
    let stages: Vec<Stage> = departments.iter().map(|d| Stage::Inspectors(d.id.clone())).collect();
    // Where the program holds the nonces of but one matching, it is a demonstration still.
    for matchings in [&stages[..], &stages[1..]] {
        let office = Office::new();
        append(&office.file(), departments.iter().map(|d| d.commitment(&Stage::Targets)));
        office.announce(|_| {}).unwrap();
        assert!(!fs::read_to_string(office.file()).unwrap().contains("nonce "), "one was made up");

        append(&office.file(), departments[1..].iter().map(|d| d.reveal(&Stage::Targets)));
        let missing = office.refused("2026-04-02T00:00:00Z", |_| {});
        assert!(missing.to_string().contains(ids[0]), "{missing}");
        append(&office.file(), departments[..1].iter().map(|d| d.reveal(&Stage::Targets)));
        for stage in matchings {
            append(&office.file(), departments.iter().map(|d| d.commitment(stage)));
        }
        drawn(office.proceed("2026-04-02T00:00:00Z", |_| {}).unwrap());

        for stage in matchings {
            append(&office.file(), departments.iter().map(|d| d.reveal(stage)));
        }
        let (outcome, summary) = finished(office.proceed("2026-04-03T00:00:00Z", |_| {}).unwrap());
        let apart = matchings.len() == stages.len();
        assert_eq!(outcome.demonstration, !apart);
        assert_eq!(summary.contains("演示"), !apart, "{summary}");
        let texts = texts(&office.out);
        assert_eq!(texts["public/report.html"].contains("演示"), !apart);
        let revealed = format!("contribution\t{}\t{}\n", ids[0], "01".repeat(32));
        assert!(texts["public/seed-targets.txt"].contains(&revealed));
        verify(&office.out);
    }
}
