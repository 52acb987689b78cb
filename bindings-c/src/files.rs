//! The files of a target draw: drawn file, public list, slips. Draw specification, section 6.

use crate::announcement::Announcement;
use crate::border::{answer, free, need};
use crate::columns::{Strings, gather};
use crate::error::{in_file, refused};
use crate::hash::{Digest, suite};
use crate::text::Text;
use crate::view::{Bytes, Str};
use std::mem::MaybeUninit;
use yicha::code::TargetId;
use yicha::draw::seed::SeedFile;
use yicha::draw::target::{self, TargetTerms};
use yicha::draw::{list, slip};

/// The drawn file, for the office and auditors. Immutable: threads may share it.
#[derive(Debug)]
pub struct DrawnFile {
    file: target::DrawnFile,
    columns: Drawings,
}

#[derive(Debug)]
struct Drawings {
    ids: (Vec<u8>, Vec<i64>),
    strata: (Vec<u8>, Vec<i64>),
    tickets: Vec<Digest>,
}

/// The targets drawn as columns: strata sorted, within a stratum by ticket and id. They live as long as the file.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct DrawnColumns {
    /// The targets' ids.
    pub ids: Strings,
    /// The stratum of each.
    pub strata: Strings,
    /// The ticket of each.
    pub tickets: *const Digest,
}

impl DrawnFile {
    pub(crate) fn new(file: target::DrawnFile) -> Box<Self> {
        let columns = Drawings {
            ids: gather(file.targets().map(|target| target.id)),
            strata: gather(file.targets().map(|target| target.stratum.as_str())),
            tickets: file.targets().map(|target| Digest::of(target.ticket)).collect(),
        };
        Box::new(Self { file, columns })
    }
}

/// Reads a drawn file. The handle is the caller's. Refused: the first line that is not as the specification writes it.
#[unsafe(no_mangle)]
pub extern "C" fn yicha_drawn_file_parse(
    file: Bytes,
    out: Option<&mut MaybeUninit<Box<DrawnFile>>>,
    error: Option<&mut MaybeUninit<Box<crate::error::Error>>>,
) -> i32 {
    answer(error, out, || {
        Ok(DrawnFile::new(target::DrawnFile::parse(file.get("file")?).map_err(in_file)?))
    })
}

/// The text file. The text is the caller's; it is for the office and auditors.
#[unsafe(no_mangle)]
pub extern "C" fn yicha_drawn_file_to_text(
    drawn: Option<&DrawnFile>,
    out: Option<&mut MaybeUninit<Box<Text>>>,
    error: Option<&mut MaybeUninit<Box<crate::error::Error>>>,
) -> i32 {
    answer(error, out, || Ok(Text::new(need(drawn, "drawn")?.file.to_text())))
}

/// The digest of the text file, which list and inspectors' announcements name.
#[unsafe(no_mangle)]
pub extern "C" fn yicha_drawn_file_digest(
    drawn: Option<&DrawnFile>,
    suite: i32,
    out: Option<&mut MaybeUninit<Digest>>,
    error: Option<&mut MaybeUninit<Box<crate::error::Error>>>,
) -> i32 {
    answer(error, out, || Ok(Digest::of(&need(drawn, "drawn")?.file.digest(self::suite(suite)?))))
}

/// The targets drawn as columns. They live as long as the file.
#[unsafe(no_mangle)]
pub extern "C" fn yicha_drawn_file_get_columns(
    drawn: Option<&DrawnFile>,
    out: Option<&mut MaybeUninit<DrawnColumns>>,
    error: Option<&mut MaybeUninit<Box<crate::error::Error>>>,
) -> i32 {
    answer(error, out, || {
        let columns = &need(drawn, "drawn")?.columns;
        Ok(DrawnColumns {
            ids: Strings::of(&columns.ids.0, &columns.ids.1),
            strata: Strings::of(&columns.strata.0, &columns.strata.1),
            tickets: columns.tickets.as_ptr(),
        })
    })
}

/// Frees a drawn file and sets the pointer to NULL. NULL, and a pointer to NULL, are let be.
#[unsafe(no_mangle)]
pub extern "C" fn yicha_drawn_file_free(drawn: Option<&mut Option<Box<DrawnFile>>>) {
    free(drawn);
}

/// The public list of a draw. Immutable: threads may share it.
#[derive(Debug)]
pub struct List {
    list: list::PublicList,
    ids: (Vec<u8>, Vec<i64>),
}

impl List {
    pub(crate) fn new(list: list::PublicList) -> Box<Self> {
        let ids = gather(list.targets().iter().map(TargetId::as_str));
        Box::new(Self { list, ids })
    }
}

/// Reads a public list. The handle is the caller's. Refused: the first line that is not as the specification writes it.
#[unsafe(no_mangle)]
pub extern "C" fn yicha_list_parse(
    file: Bytes,
    out: Option<&mut MaybeUninit<Box<List>>>,
    error: Option<&mut MaybeUninit<Box<crate::error::Error>>>,
) -> i32 {
    answer(error, out, || {
        Ok(List::new(list::PublicList::parse(file.get("file")?).map_err(in_file)?))
    })
}

/// The text file, which is public. The text is the caller's.
#[unsafe(no_mangle)]
pub extern "C" fn yicha_list_to_text(
    list: Option<&List>,
    out: Option<&mut MaybeUninit<Box<Text>>>,
    error: Option<&mut MaybeUninit<Box<crate::error::Error>>>,
) -> i32 {
    answer(error, out, || Ok(Text::new(need(list, "list")?.list.to_text())))
}

/// The digest of the text file.
#[unsafe(no_mangle)]
pub extern "C" fn yicha_list_digest(
    list: Option<&List>,
    suite: i32,
    out: Option<&mut MaybeUninit<Digest>>,
    error: Option<&mut MaybeUninit<Box<crate::error::Error>>>,
) -> i32 {
    answer(error, out, || Ok(Digest::of(&need(list, "list")?.list.digest(self::suite(suite)?))))
}

/// The ids of the targets drawn, sorted. They live as long as the list.
#[unsafe(no_mangle)]
pub extern "C" fn yicha_list_ids(
    list: Option<&List>,
    out: Option<&mut MaybeUninit<Strings>>,
    error: Option<&mut MaybeUninit<Box<crate::error::Error>>>,
) -> i32 {
    answer(error, out, || {
        let ids = &need(list, "list")?.ids;
        Ok(Strings::of(&ids.0, &ids.1))
    })
}

/// Whether a target was drawn: 1 or 0.
#[unsafe(no_mangle)]
pub extern "C" fn yicha_list_contains(
    list: Option<&List>,
    id: Str,
    out: Option<&mut MaybeUninit<i32>>,
    error: Option<&mut MaybeUninit<Box<crate::error::Error>>>,
) -> i32 {
    answer(error, out, || {
        let id = TargetId::new(id.bytes("id")?).map_err(refused)?;
        Ok(need(list, "list")?.list.contains(&id).into())
    })
}

/// Frees a list and sets the pointer to NULL. NULL, and a pointer to NULL, are let be.
#[unsafe(no_mangle)]
pub extern "C" fn yicha_list_free(list: Option<&mut Option<Box<List>>>) {
    free(list);
}

/// The slip of one target, for the target alone. Immutable: threads may share it.
#[derive(Debug)]
pub struct Slip(pub(crate) slip::Slip);

/// Outcome: it took part and was not drawn.
pub const YICHA_NOT_DRAWN: i32 = 0;
/// Outcome: it was drawn.
pub const YICHA_DRAWN: i32 = 1;
/// Outcome: it was kept out of the draw.
pub const YICHA_EXCLUDED: i32 = 2;

/// What a slip that holds shows.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct SlipFacts {
    /// YICHA_NOT_DRAWN, YICHA_DRAWN or YICHA_EXCLUDED.
    pub outcome: i32,
    /// The target's ticket.
    pub ticket: Digest,
}

/// Reads a slip. The handle is the caller's. Refused: the first line that is not as the specification writes it.
#[unsafe(no_mangle)]
pub extern "C" fn yicha_slip_parse(
    file: Bytes,
    out: Option<&mut MaybeUninit<Box<Slip>>>,
    error: Option<&mut MaybeUninit<Box<crate::error::Error>>>,
) -> i32 {
    answer(error, out, || {
        Ok(Box::new(Slip(slip::Slip::parse(file.get("file")?).map_err(in_file)?)))
    })
}

/// The text file. The text is the caller's; it is for the target alone.
#[unsafe(no_mangle)]
pub extern "C" fn yicha_slip_to_text(
    slip: Option<&Slip>,
    out: Option<&mut MaybeUninit<Box<Text>>>,
    error: Option<&mut MaybeUninit<Box<crate::error::Error>>>,
) -> i32 {
    answer(error, out, || Ok(Text::new(need(slip, "slip")?.0.to_text())))
}

/// The target's id, which lives as long as the slip.
#[unsafe(no_mangle)]
pub extern "C" fn yicha_slip_target(
    slip: Option<&Slip>,
    out: Option<&mut MaybeUninit<Str>>,
    error: Option<&mut MaybeUninit<Box<crate::error::Error>>>,
) -> i32 {
    answer(error, out, || Ok(Str::of(need(slip, "slip")?.0.target().as_str())))
}

/// Checks a slip against announcement, seed file and public list: the target stood on the announced roster as the slip
/// says, the cutoff is the one sealed in the list, and the outcome follows. Refused: the first thing that does not hold.
#[unsafe(no_mangle)]
pub extern "C" fn yicha_slip_check(
    slip: Option<&Slip>,
    announcement: Option<&Announcement>,
    seed_file: Bytes,
    list: Option<&List>,
    out: Option<&mut MaybeUninit<SlipFacts>>,
    error: Option<&mut MaybeUninit<Box<crate::error::Error>>>,
) -> i32 {
    answer(error, out, || {
        let announcement = &need(announcement, "announcement")?.0;
        let seed_file = SeedFile::parse(seed_file.get("seed_file")?).map_err(in_file)?;
        seed_file.check(announcement).map_err(refused)?;
        let seed = seed_file.seed(announcement.terms().suite);
        let terms = TargetTerms::new(announcement, seed).map_err(refused)?;
        let facts = need(slip, "slip")?.0.check(&terms, &need(list, "list")?.list);
        let facts = facts.map_err(refused)?;
        let outcome = match facts.outcome {
            slip::Outcome::NotDrawn => YICHA_NOT_DRAWN,
            slip::Outcome::Drawn => YICHA_DRAWN,
            slip::Outcome::Excluded => YICHA_EXCLUDED,
        };
        Ok(SlipFacts { outcome, ticket: Digest::of(&facts.ticket) })
    })
}

/// Frees a slip and sets the pointer to NULL. NULL, and a pointer to NULL, are let be.
#[unsafe(no_mangle)]
pub extern "C" fn yicha_slip_free(slip: Option<&mut Option<Box<Slip>>>) {
    free(slip);
}
