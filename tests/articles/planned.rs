//! What inspections rest on: a joint list, a plan, a scheme.

use crate::desk::{Desk, FIRE, MARKET, code, day, kept};
use crate::registered::{guide, issue_guide, item, set};
use yicha::actor::Role;
use yicha::plan::Window;
use yicha::plan::annual::*;
use yicha::plan::joint_list::*;
use yicha::plan::scheme::*;
use yicha::register::Level;

/// 餐饮服务, led by the market supervision department.
pub(crate) const CATERING: &str = "62";
/// An item of the market supervision department.
pub(crate) const FOOD: &str = "411302-SX-0105";
/// An item of the fire department.
pub(crate) const FIRE_SAFETY: &str = "411302-SX-0301";

pub(crate) fn window(from: &str, until: &str) -> Window {
    Window { from: day(from), until: day(until) }
}

/// The joint list of catering: one item of the market supervision department and one of the fire department.
pub(crate) fn listed() -> Listed {
    let item = |id, department| {
        (code(id), ListedItem { body: code(department), department: code(department) })
    };
    Listed {
        document: code("宛区双随机办〔2026〕4号"),
        items: [item(FOOD, MARKET), item(FIRE_SAFETY, FIRE)].into(),
        lead: code(MARKET),
    }
}

pub(crate) fn issue_list(listed: Listed) -> JointListCommand {
    JointListCommand::Issue { industry: code(CATERING), listed }
}

/// An entry of the year's plan for catering, from April to October.
pub(crate) fn entry(id: &str, year: &str) -> Entry {
    Entry {
        base: Some(3097),
        department: code(MARKET),
        id: code(id),
        industry: code(CATERING),
        rates: [].into(),
        text: kept("2026年度餐饮服务联合抽查"),
        visits: [].into(),
        window: window(&format!("{year}-04-20"), &format!("{year}-10-31")),
    }
}

/// The joint office has issued the list, on the first day of the regulation.
pub(crate) fn with_list() -> Desk {
    let mut desk = Desk::new();
    desk.takes(issue_list(listed()));
    desk
}

/// What is needed for a scheme: the list, the entry 1 of the plan of 2026 issued, both items and their guides.
pub(crate) fn with_plan() -> Desk {
    let mut desk = with_list();
    let year = || code("2026");
    desk.by(Role::Officer, MARKET)
        .takes(PlanCommand::Propose { entry: entry("1", "2026"), year: year() });
    let reviewed = Reviewed { entry: code("1"), verdict: Verdict::Accepted };
    desk.by_joint_office().takes(PlanCommand::Review { reviewed, year: year() });
    desk.takes(PlanCommand::Issue {
        document: code("宛区双随机办〔2026〕5号"), year: year()
    });
    for (id, department) in [(FOOD, MARKET), (FIRE_SAFETY, FIRE)] {
        desk.by(Role::Officer, department).takes(set(item(id, department)));
        desk.takes(issue_guide(guide(id, department)));
    }
    desk.on("2026-04-10").by(Role::Officer, MARKET);
    desk
}

/// A scheme for the entry 1, of both items.
pub(crate) fn scheme() -> Scheme {
    let part = |id, department| {
        (code(id), ItemPart { body: code(department), department: code(department), duties: None })
    };
    Scheme {
        entry: code("1"),
        industry: code(CATERING),
        initiator: code(MARKET),
        items: [part(FOOD, MARKET), part(FIRE_SAFETY, FIRE)].into(),
        level: Level::County,
        lower: [].into(),
        requirements: kept("进一次门、查多项事"),
        window: window("2026-05-06", "2026-06-30"),
        year: code("2026"),
    }
}

/// The number of the scheme.
pub(crate) const SCHEME: &str = "2026-62";

pub(crate) fn make(scheme: Scheme) -> SchemeCommand {
    SchemeCommand::Make { id: code(SCHEME), scheme }
}
