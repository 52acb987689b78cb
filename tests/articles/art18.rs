//! 第十八条 随机抽取检查对象: the initiator draws; a higher level may draw once and hand the list down.

use crate::desk::code;
use crate::planned::{make, scheme, with_plan};
use yicha::citation::Basis::Article;
use yicha::plan::scheme::Scheme;
use yicha::register::Level;

#[test]
fn the_lower_initiators_of_a_scheme_are_of_a_lower_level() {
    let mut desk = with_plan();
    let of = |level, lower| Scheme { level, lower: [(code("x"), lower)].into(), ..scheme() };
    for (level, lower) in [(Level::County, Level::County), (Level::City, Level::Province)] {
        desk.refuses("scheme-lower-is-not-lower", Article(18), make(of(level, lower)));
    }
    desk.takes(make(of(Level::City, Level::County)));
}
