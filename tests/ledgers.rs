//! `ledgers DIR`: the ledger of one inspection from its plan to the end of its publicity, kept by an office, for
//! readers in other languages. Below `DIR/<suite>/`:
//!
//! - `log`: the entries, and `head`: the checkpoint over them;
//! - `inclusion/<i>`: the proof of entry `i`;
//! - `checkpoint/<n>`, `consistency/<n>`: the head of the first `n` entries, and the proof that the log begins so;
//! - `tip/<n>`: the tip after the first `n` entries, where a command ends there.
#![allow(clippy::unwrap_used, dead_code)]

#[path = "articles/completed.rs"]
mod completed;
#[path = "articles/desk.rs"]
mod desk;
#[path = "articles/drawn.rs"]
mod drawn;
#[path = "articles/host.rs"]
mod host;
#[path = "articles/inspected.rs"]
mod inspected;
#[path = "articles/planned.rs"]
mod planned;
#[path = "articles/registered.rs"]
mod registered;

use desk::{Desk, MARKET, code};
use inspected::id;
use planned::FOOD;
use std::error::Error;
use std::fs;
use std::path::Path;
use yicha::actor::Role;
use yicha::hash::Suite;
use yicha::ledger::{Checkpoint, Proofs, verify_log};
use yicha::oversight::limit::Share;
use yicha::oversight::warning::{Indicator, IndicatorCommand, Observation};
use yicha::publication::PublicationCommand;
use yicha::threads::Threads;

const ORIGIN: &str = "wancheng.example/yicha";

fn main() -> Result<(), Box<dyn Error>> {
    let folder = std::env::args().nth(1).ok_or("ledgers DIR")?;
    let desk = history();
    for suite in Suite::ALL {
        let (_, store) = host::stored(&desk, suite);
        write(&Path::new(&folder).join(suite.code()), suite, &store.entries)?;
    }
    Ok(())
}

/// What happened in the case of one target.
fn history() -> Desk {
    let mut desk = host::history();
    observe(&mut desk);
    desk.on("2026-08-09")
        .by(Role::Officer, MARKET)
        .takes(PublicationCommand::Cease { inspection: id(), item: code(FOOD) });
    desk
}

/// What the industry's share of problems was, month by month; the last one raises a warning, a second fact.
fn observe(desk: &mut Desk) {
    desk.on("2026-08-03");
    for (from, until, count) in [
        ("2026-04-01", "2026-04-30", 5),
        ("2026-05-01", "2026-05-31", 5),
        ("2026-06-01", "2026-06-30", 5),
        ("2026-07-01", "2026-07-31", 40),
    ] {
        let observation = Observation {
            indicator: Indicator::Problems,
            period: planned::window(from, until),
            share: Share { count, of: 100 },
        };
        let (industry, warning) = (code(planned::CATERING), code(&format!("W-{from}")));
        desk.takes(IndicatorCommand::Observe { industry, observation, correction: None, warning });
    }
}

fn write(folder: &Path, suite: Suite, entries: &[Vec<u8>]) -> Result<(), Box<dyn Error>> {
    for part in ["checkpoint", "consistency", "inclusion", "tip"] {
        fs::create_dir_all(folder.join(part))?;
    }
    let proofs = Proofs::new(suite, entries, Threads::ONE);
    let checkpoint = |head| Checkpoint::new(ORIGIN, head, suite).map(|it| it.to_string());
    let log: Vec<u8> = entries.iter().flat_map(|entry| [entry, &b"\n"[..]].concat()).collect();
    fs::write(folder.join("log"), log)?;
    fs::write(folder.join("head"), checkpoint(proofs.head())?)?;
    for i in 0..entries.len() {
        let proof = serde_json::to_string(&proofs.inclusion(i as u64)?)?;
        fs::write(folder.join(format!("inclusion/{i}")), proof)?;
    }
    for n in 0..=entries.len() {
        let begun = &entries[..n];
        let head = Proofs::new(suite, begun, Threads::ONE).head();
        fs::write(folder.join(format!("checkpoint/{n}")), checkpoint(head)?)?;
        if n > 0 {
            let proof = serde_json::to_string(&proofs.consistency(n as u64)?)?;
            fs::write(folder.join(format!("consistency/{n}")), proof)?;
        }
        if let Ok(tip) = verify_log(suite, begun, &head) {
            fs::write(folder.join(format!("tip/{n}")), serde_json::to_string(&tip)?)?;
        }
    }
    Ok(())
}
