//! Draw-spec sections 2 to 6: every case of `target_draw.json`, byte for byte, through the ceremony.
#![allow(clippy::unwrap_used, missing_docs)]

use serde_json::Value;
use yicha::draw::announcement::{
    Announcement, Commitment, Nonce, Randomness, Stage, Subject, Terms,
};
use yicha::draw::ceremony::{Announced, Sealed, Targets};
use yicha::draw::columns::{Row, RowBuffer};
use yicha::draw::list::PublicList;
use yicha::draw::quota::{BasisPoints, Rule, StratumQuota};
use yicha::draw::roster::{CommittedRoster, Roster, RosterKey, RosterRoot};
use yicha::draw::slip::Slip;
use yicha::draw::target::{DrawnFile, Salts, TargetDraw};
use yicha::explain::Explain;
use yicha::hash::Suite;
use yicha::threads::Threads;

struct Case {
    json: Value,
    suite: Suite,
    key: RosterKey,
}

impl Case {
    fn all() -> Vec<Self> {
        let cases: Vec<Value> =
            serde_json::from_str(&yicha_tests::vectors::read("target_draw.json")).unwrap();
        assert!(!cases.is_empty());
        cases
            .into_iter()
            .map(|json| Self {
                suite: Suite::from_code(text(&json["suite"])).unwrap(),
                key: text(&json["roster_key"]).parse().unwrap(),
                json,
            })
            .collect()
    }

    fn name(&self) -> &str {
        text(&self.json["name"])
    }

    fn expect(&self, what: &str) -> &str {
        text(&self.json["expect"][what])
    }

    fn rows(&self) -> impl Iterator<Item = Row<'_>> {
        list(&self.json["roster"]).iter().map(|row| Row {
            id: text(&row[0]),
            stratum: text(&row[1]),
            standing: text(&row[2]),
        })
    }

    fn committed(&self) -> CommittedRoster {
        let roster = Roster::from_rows(self.rows()).unwrap();
        roster.commit(self.suite, self.key.clone(), Threads::at_most(2))
    }

    fn strata(&self, roster: &Roster) -> Vec<StratumQuota> {
        let rules = self.json["rules"].as_object().unwrap();
        let mut strata: Vec<StratumQuota> = rules
            .iter()
            .map(|(stratum, rule)| {
                let count = roster.counts().iter().find(|c| c.stratum.as_str() == stratum);
                let rule = Rule {
                    stratum: stratum.parse().unwrap(),
                    rate: BasisPoints::new(rule["rate_bp"].as_u64().unwrap()).unwrap(),
                    floor: rule["floor"].as_u64().unwrap(),
                    cap: rule["cap"].as_u64(),
                };
                rule.apply(count.map_or(0, |count| count.eligible))
            })
            .collect();
        strata.sort_by(|a, b| a.stratum().cmp(b.stratum()));
        strata
    }

    fn announcement(&self, roster: &CommittedRoster) -> Announcement {
        let strata = self.strata(roster.roster());
        let mut contributions: Vec<_> =
            list(&self.json["contributions"]).iter().map(|line| self.commitment(line)).collect();
        contributions.sort_by(|a, b| a.department.cmp(&b.department));
        let terms = Terms {
            suite: self.suite,
            scheme: text(&self.json["scheme"]).parse().unwrap(),
            attempt: self.json["attempt"].as_u64().unwrap(),
            previous: text(&self.json["previous"]).parse().unwrap(),
            contributions,
            randomness: list(&self.json["randomness"])
                .iter()
                .map(|line| Randomness {
                    source: text(&line["source"]).parse().unwrap(),
                    round: text(&line["round"]).parse().unwrap(),
                    bits: line["bits"].as_u64().unwrap(),
                    due: text(&line["due"]).parse().unwrap(),
                })
                .collect(),
            announced: text(&self.json["announced"]).parse().unwrap(),
            reveal_by: text(&self.json["reveal_by"]).parse().unwrap(),
        };
        let (root, lines) = (roster.root(), roster.lines());
        Announcement::new(terms, Subject::Targets { root, lines, strata }).unwrap()
    }

    fn commitment(&self, line: &Value) -> Commitment {
        let department = text(&line["department"]).parse().unwrap();
        let scheme = text(&self.json["scheme"]).parse().unwrap();
        let attempt = self.json["attempt"].as_u64().unwrap();
        let digest = nonce(line).commit(self.suite, &scheme, &Stage::Targets, attempt, &department);
        Commitment { department, digest }
    }

    fn sealed(&self, announcement: Announcement) -> Sealed<Targets> {
        let nonces: Vec<_> = list(&self.json["contributions"])
            .iter()
            .map(|line| (text(&line["department"]).parse().unwrap(), nonce(line)))
            .collect();
        let values: Vec<Vec<u8>> =
            list(&self.json["randomness"]).iter().map(|line| bytes(text(&line["value"]))).collect();
        Announced::resume(announcement).unwrap().seal(&nonces, &values).unwrap()
    }
}

fn nonce(line: &Value) -> Nonce {
    Nonce::new(bytes(text(&line["nonce"])).try_into().unwrap())
}

fn bytes(hex: &str) -> Vec<u8> {
    hex.as_bytes()
        .chunks(2)
        .map(|pair| u8::from_str_radix(std::str::from_utf8(pair).unwrap(), 16).unwrap())
        .collect()
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap()
}

fn list(value: &Value) -> &[Value] {
    value.as_array().unwrap()
}

#[test]
fn the_whole_draw_agrees() {
    for case in Case::all() {
        let roster = case.committed();
        assert_eq!(roster.root().to_string(), case.expect("roster_root"), "{}", case.name());
        let announcement = case.announcement(&roster);
        assert_eq!(announcement.to_text(), case.expect("announcement"), "{}", case.name());
        assert_eq!(announcement.assurance().code(), case.expect("assurance"), "{}", case.name());
        for stratum in case.strata(roster.roster()) {
            let quota = case.json["expect"]["quotas"][stratum.stratum().as_str()].as_u64();
            assert_eq!(Some(stratum.quota()), quota, "{}", case.name());
        }
        let sealed = case.sealed(announcement);
        assert_eq!(sealed.seed_file().to_text(), case.expect("seed_text"), "{}", case.name());
        assert_eq!(sealed.seed().digest().to_string(), case.expect("seed"), "{}", case.name());

        let drawn = sealed.draw(&roster, Threads::ONE).unwrap();
        let outcome = drawn.outcome();
        assert_eq!(outcome.drawn().to_text(), case.expect("drawn"), "{}", case.name());
        assert_eq!(outcome.list().to_text(), case.expect("list"), "{}", case.name());
        for expected in list(&case.json["expect"]["slips"]) {
            let id = Slip::parse(text(expected).as_bytes()).unwrap().target().clone();
            let slip = outcome.slip(&roster, &id).unwrap().unwrap();
            assert_eq!(slip.to_text(), text(expected), "{}", case.name());
            let facts = slip.check(outcome.terms(), outcome.list()).unwrap();
            assert_eq!(facts.outcome, slip.outcome());
            let other = roster.roster().clone();
            let other = other.commit(roster.suite(), RosterKey::new([0xee; 32]), Threads::ONE);
            assert_eq!(outcome.slip(&other, &id).unwrap_err().code(), "draw-other-roster");
        }
    }
}

#[test]
fn batches_from_the_key_alone_agree() {
    for case in Case::all() {
        let roster = case.committed();
        let sealed = case.sealed(case.announcement(&roster));
        let mut draw = TargetDraw::new(sealed.terms().unwrap());
        let mut batch = RowBuffer::new();
        let rows: Vec<Row<'_>> = case.rows().collect();
        for rows in rows.chunks(7) {
            batch.clear();
            rows.iter().for_each(|row| batch.push(*row).unwrap());
            draw.feed(&batch.columns(), Salts::Key(&case.key), Threads::ONE).unwrap();
        }
        let drawn = sealed.draw_fed(draw, &case.key, Threads::at_most(2)).unwrap();
        assert_eq!(drawn.outcome().drawn().to_text(), case.expect("drawn"), "{}", case.name());
        assert_eq!(drawn.outcome().list().to_text(), case.expect("list"), "{}", case.name());
    }
}

#[test]
fn the_root_of_sorted_batches_agrees() {
    for case in Case::all() {
        let roster = Roster::from_rows(case.rows()).unwrap();
        for size in [1, 3, 64, roster.len()] {
            let mut root = RosterRoot::new(case.suite, case.key.clone());
            for start in (0..roster.len()).step_by(size) {
                let range = start..roster.len().min(start + size);
                let batch = roster.columns().slice(range).unwrap();
                root.extend(&batch, Threads::at_most(2)).unwrap();
            }
            assert_eq!(root.root().unwrap().to_string(), case.expect("roster_root"));
            assert_eq!(root.counts(), roster.counts());
        }
    }
}

#[test]
fn files_are_read_and_written_alike() {
    for case in Case::all() {
        let drawn = case.expect("drawn");
        assert_eq!(DrawnFile::parse(drawn.as_bytes()).unwrap().to_text(), drawn);
        let public = case.expect("list");
        assert_eq!(PublicList::parse(public.as_bytes()).unwrap().to_text(), public);
        for slip in list(&case.json["expect"]["slips"]) {
            assert_eq!(Slip::parse(text(slip).as_bytes()).unwrap().to_text(), text(slip));
        }
        let roster = Roster::from_rows(case.rows()).unwrap();
        assert_eq!(Roster::parse(roster.to_text().as_bytes()).unwrap(), roster);
    }
}
