//! Roster, key and drawn file: the draw of targets recomputed.

use super::public::Public;
use super::{Failure, Folder, Statement, same, same_text};
use crate::draw::list::PublicList;
use crate::draw::roster::{Roster, RosterKey};
use crate::draw::target::DrawnFile;
use crate::draw::text::{FileError, Reader};
use crate::explain::Said;
use crate::threads::Threads;
use alloc::format;

pub(super) fn verify(
    folder: &Folder<'_>,
    public: &Public,
    statement: &mut Statement,
) -> Result<(), Failure> {
    let roster = folder.read("roster.tsv", Roster::parse)?;
    let key = folder.read("roster.key", parse_key)?;
    let drawn = folder.read("drawn.txt", DrawnFile::parse)?;
    if let Some(drawn) = &drawn {
        verify_drawn(public, drawn)?;
    }
    match (roster, key) {
        (Some(roster), Some(key)) => recompute(folder, public, roster, key, statement),
        (None, None) if drawn.is_none() => {
            statement.not_checked(
                "抽取本身：需要名录roster.tsv和密钥roster.key（仅供审计）；每个对象可以用告知单核对自己",
                "the draw itself: needs roster.tsv and roster.key (for auditors); each target can check its own slip",
            );
            Ok(())
        }
        (Some(_), None) => Err(Failure::Missing { file: "roster.key".into() }),
        (None, _) => Err(Failure::Missing { file: "roster.tsv".into() }),
    }
}

/// The key file: 64 hexadecimal digits on one line.
fn parse_key(bytes: &[u8]) -> Result<RosterKey, FileError> {
    let mut file = Reader::new(bytes, None)?;
    let key = match file.row()? {
        Some([key]) => RosterKey::new(file.hex(1, key)?),
        None => return Err(file.expected(Said::new("64位数字", "64 digits"), None)),
    };
    file.end()?;
    Ok(key)
}

fn verify_drawn(public: &Public, drawn: &DrawnFile) -> Result<(), Failure> {
    let file = "drawn.txt";
    same(
        file,
        "所指公告",
        "the announcement",
        &drawn.announcement(),
        &public.terms.announcement(),
    )?;
    same(file, "种子", "the seed", &drawn.seed(), public.terms.seed().digest())?;
    let digest = drawn.digest(public.terms.suite());
    same(
        "list.txt",
        "抽中文件的摘要",
        "the digest of the drawn file",
        &public.list.drawn(),
        &digest,
    )
}

fn recompute(
    folder: &Folder<'_>,
    public: &Public,
    roster: Roster,
    key: RosterKey,
    statement: &mut Statement,
) -> Result<(), Failure> {
    let terms = &public.terms;
    let suite = terms.suite();
    let threads = Threads::available();
    let roster = roster.commit(suite, key, threads);
    let file = "roster.tsv";
    same(file, "行数", "the number of lines", &roster.lines(), &terms.lines())?;
    same(
        file,
        "名录的根（名录或密钥有改动）",
        "the root (of roster and key)",
        &roster.root(),
        &terms.root(),
    )?;
    let drawn = terms.draw_roster(&roster, threads);
    let drawn = drawn.map_err(|e| Failure::explained(file, &e))?;
    if let Some(found) = folder.get("drawn.txt") {
        same_text("drawn.txt", found, &drawn.to_text())?;
    }
    let list = PublicList::new(terms, &drawn, roster.key(), threads);
    let list = list.map_err(|e| Failure::explained("drawn.txt", &e))?;
    same_text("list.txt", folder.need("list.txt")?, &list.to_text())?;
    let (lines, count) = (roster.lines(), drawn.len());
    statement.checked(
        format!("名录{lines}行与公告的根相符；重算抽签值，抽中的{count}个对象和公开名单逐字一致"),
        format!("the {lines} lines of the roster have the announced root; recomputed, the {count} drawn targets and the public list agree byte for byte"),
    );
    Ok(())
}
