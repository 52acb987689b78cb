//! What inspections rest on: a joint list, a plan.

use crate::desk::{Desk, FIRE, MARKET, code, day, kept};
use yicha::plan::Window;
use yicha::plan::annual::*;
use yicha::plan::joint_list::*;

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
        window: window(&format!("{year}-04-20"), &format!("{year}-10-31")),
    }
}

/// The joint office has issued the list, on the first day of the regulation.
pub(crate) fn with_list() -> Desk {
    let mut desk = Desk::new();
    desk.takes(issue_list(listed()));
    desk
}
