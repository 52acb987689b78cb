//! 第二十八条 施行: acts before 2026-03-20 do not fall under this edition.

use crate::desk::{Desk, MARKET, code, day, kept};
use yicha::citation::Basis::Article;
use yicha::plan::conference::*;

fn hold(number: &str) -> ConferenceCommand {
    let held = Held {
        agenda: vec![kept("agenda")],
        attended: vec![code(MARKET)],
        occasion: Occasion::Regular,
        resolutions: vec![],
    };
    ConferenceCommand::Hold { conference: code(number), held }
}

#[test]
fn an_act_outside_of_the_edition_is_refused() {
    let mut desk = Desk::new();
    desk.on("2026-03-19").refuses("outside-edition", Article(28), hold("1"));
    desk.on("2026-03-20").takes(hold("1"));
    desk.edition.until = Some(day("2026-12-31"));
    desk.on("2027-01-01").refuses("outside-edition", Article(28), hold("2"));
    desk.on("2026-12-31").takes(hold("2"));
}
