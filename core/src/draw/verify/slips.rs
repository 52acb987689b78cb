//! Slips: what a target can see of itself.

use super::public::Public;
use super::{Failure, Folder, Statement, same};
use crate::draw::roster::Standing;
use crate::draw::slip::{Outcome, Slip};
use crate::explain::Lang;
use crate::risk::RiskClass;
use alloc::format;
use alloc::string::{String, ToString};

/// More slips than this are counted and not told one by one.
const TOLD: usize = 5;

pub(super) fn verify(
    folder: &Folder<'_>,
    public: &Public,
    statement: &mut Statement,
) -> Result<(), Failure> {
    let count = folder.names("slip-").count();
    for name in folder.names("slip-") {
        let file = format!("slip-{name}.txt");
        let slip = folder.must_read(&file, Slip::parse)?;
        same(&file, "对象", "the target", &slip.target().as_str(), &name)?;
        let facts = slip.check(&public.terms, &public.list);
        let facts = facts.map_err(|e| Failure::explained(&file, &e))?;
        if count <= TOLD {
            let (zh, en) = tell(&slip, &facts.ticket.to_string(), facts.outcome);
            statement.checked(zh, en);
        }
    }
    if count > TOLD {
        statement.checked(format!("{count}份告知单全部成立"), format!("all {count} slips hold"));
    }
    Ok(())
}

/// Was I on the roster, in which class, what was my ticket, why was I drawn or not.
fn tell(slip: &Slip, ticket: &str, outcome: Outcome) -> (String, String) {
    let stratum = slip.stratum().as_str();
    let class = |lang| {
        let label = RiskClass::from_code(stratum).map_or("", |class| class.label(lang));
        format!("{stratum} {label}")
    };
    let (target, line, lines) = (slip.target(), slip.inclusion().index + 1, slip.inclusion().lines);
    let cutoff = slip.cutoff().map_or_else(|| "-".to_string(), |cutoff| cutoff.to_string());
    let reason = match slip.standing() {
        Standing::Excluded(reason) => reason.as_str(),
        Standing::Eligible => "",
    };
    let (why_zh, why_en) = match outcome {
        Outcome::Drawn => (
            format!("抽签值{ticket}不大于截止值{cutoff}，所以抽中"),
            format!("its ticket {ticket} is not above the cutoff {cutoff}, so it was drawn"),
        ),
        Outcome::NotDrawn => (
            format!("抽签值{ticket}大于截止值{cutoff}，所以未抽中"),
            format!("its ticket {ticket} is above the cutoff {cutoff}, so it was not drawn"),
        ),
        Outcome::Excluded => {
            (format!("因{reason}不参加本次抽取"), format!("it was kept out of this draw: {reason}"))
        }
    };
    (
        format!(
            "{target}在公告的名录上（第{line}行，共{lines}行），分类{}；{why_zh}",
            class(Lang::Zh)
        ),
        format!(
            "{target} stood on the announced roster (line {line} of {lines}) in class {}; {why_en}",
            class(Lang::En)
        ),
    )
}
