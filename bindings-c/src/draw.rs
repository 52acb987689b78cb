//! The target draw, whole or in parts. Draw specification, section 6; article 18.

use crate::border::{answer, free, need, need_mut, owned, perform, step};
use crate::calendar::no_place;
use crate::columns::RosterColumns;
use crate::error::{Fault, in_file, in_rows, refused};
use crate::files::{DrawnFile, List, Slip};
use crate::hash::Secret;
use crate::roster::{Committed, key, threads};
use crate::sealed::{AnySealed, Sealed};
use crate::text::Text;
use crate::view::Bytes;
use std::mem::MaybeUninit;
use yicha::code::TargetId;
use yicha::draw::ceremony::{self, Refused, Targets};
use yicha::draw::target::{self, Salts, TargetDrawError, TargetOutcome, TargetTerms};
use yicha::threads::Threads;

/// A finished target draw. Immutable: threads may share it.
#[derive(Debug)]
pub struct Drawn(ceremony::Drawn<Targets, TargetOutcome>);

/// A part of a target draw: what was fed, and what can still be drawn of it. One thread at a time changes it.
#[derive(Debug)]
pub struct Part(target::TargetDraw);

type Outcome = Result<
    ceremony::Drawn<Targets, TargetOutcome>,
    Refused<ceremony::Sealed<Targets>, TargetDrawError>,
>;

/// Draws the targets from the roster announced. The sealed attempt is taken, and its pointer becomes NULL, unless it is
/// refused. The handle is the caller's. Refused: `draw-other-stage`, `draw-other-roster`, `draw-other-suite`, ...
#[unsafe(no_mangle)]
pub extern "C" fn yicha_sealed_draw(
    sealed: Option<&mut Option<Box<Sealed>>>,
    roster: Option<&Committed>,
    threads: u32,
    out: Option<&mut MaybeUninit<Box<Drawn>>>,
    error: Option<&mut MaybeUninit<Box<crate::error::Error>>>,
) -> i32 {
    answer(error, out, || {
        let roster = need(roster, "roster")?;
        end(owned(sealed, "sealed")?, |sealed| sealed.draw(&roster.0, self::threads(threads)))
    })
}

/// Ends a draw that was fed in batches. The sealed attempt is taken, and its pointer becomes NULL, unless it is refused; the
/// part stays. `key` is the roster's. The handle is the caller's. Refused: `draw-lines`, `draw-eligible`,
/// `draw-duplicate`, `draw-other-terms`; and `draw-needs-exact`, as good as never: feed all batches again to a part of
/// yicha_part_new_exact.
#[unsafe(no_mangle)]
pub extern "C" fn yicha_sealed_draw_part(
    sealed: Option<&mut Option<Box<Sealed>>>,
    part: Option<&Part>,
    key: Option<&Secret>,
    out: Option<&mut MaybeUninit<Box<Drawn>>>,
    error: Option<&mut MaybeUninit<Box<crate::error::Error>>>,
) -> i32 {
    answer(error, out, || {
        let (part, key) = (need(part, "part")?, self::key(key)?);
        end(owned(sealed, "sealed")?, |sealed| sealed.draw_fed(part.0.clone(), &key, Threads::ONE))
    })
}

fn end(
    sealed: &mut Option<Box<Sealed>>,
    draw: impl FnOnce(ceremony::Sealed<Targets>) -> Outcome,
) -> Result<Box<Drawn>, Fault> {
    step(sealed, "sealed", |sealed| match sealed.0 {
        AnySealed::Targets(sealed) => match draw(sealed) {
            Ok(drawn) => Ok(Box::new(Drawn(drawn))),
            Err(back) => Err((Box::new(Sealed(AnySealed::Targets(back.0))), draw_fault(back.1))),
        },
        AnySealed::Inspectors(sealed) => {
            let found = sealed.announcement().stage();
            let fault = refused(TargetDrawError::OtherStage { found });
            Err((Box::new(Sealed(AnySealed::Inspectors(sealed))), fault))
        }
    })
}

fn draw_fault(error: TargetDrawError) -> Fault {
    match error {
        TargetDrawError::Roster(error) => in_rows(error),
        error => refused(error),
    }
}

/// The drawn file, for the office and auditors. The handle is the caller's.
#[unsafe(no_mangle)]
pub extern "C" fn yicha_drawn_get_file(
    drawn: Option<&Drawn>,
    out: Option<&mut MaybeUninit<Box<DrawnFile>>>,
    error: Option<&mut MaybeUninit<Box<crate::error::Error>>>,
) -> i32 {
    answer(error, out, || Ok(DrawnFile::new(need(drawn, "drawn")?.0.outcome().drawn().clone())))
}

/// The public list. The handle is the caller's.
#[unsafe(no_mangle)]
pub extern "C" fn yicha_drawn_get_list(
    drawn: Option<&Drawn>,
    out: Option<&mut MaybeUninit<Box<List>>>,
    error: Option<&mut MaybeUninit<Box<crate::error::Error>>>,
) -> i32 {
    answer(error, out, || Ok(List::new(need(drawn, "drawn")?.0.outcome().list().clone())))
}

/// The slip of a target, for the target alone. The handle is the caller's. Refused: another roster than that drawn from.
/// YICHA_NOT_FOUND when the target does not stand on the roster, of which yicha_committed_absence is the proof.
#[unsafe(no_mangle)]
pub extern "C" fn yicha_drawn_get_slip(
    drawn: Option<&Drawn>,
    roster: Option<&Committed>,
    id: crate::view::Str,
    out: Option<&mut MaybeUninit<Box<Slip>>>,
    error: Option<&mut MaybeUninit<Box<crate::error::Error>>>,
) -> i32 {
    answer(error, out, || {
        let (drawn, roster) = (need(drawn, "drawn")?, need(roster, "roster")?);
        let id = TargetId::new(id.bytes("id")?).map_err(refused)?;
        let slip = drawn.0.outcome().slip(&roster.0, &id).map_err(refused)?;
        let slip = slip.ok_or_else(no_place)?;
        Ok(Box::new(Slip(slip)))
    })
}

/// Number of targets drawn; 0 for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn yicha_drawn_count(drawn: Option<&Drawn>) -> u64 {
    drawn.map_or(0, |drawn| drawn.0.outcome().drawn().len() as u64)
}

/// Frees a draw and sets the pointer to NULL. NULL, and a pointer to NULL, are let be.
#[unsafe(no_mangle)]
pub extern "C" fn yicha_drawn_free(drawn: Option<&mut Option<Box<Drawn>>>) {
    free(drawn);
}

fn terms(sealed: Option<&Sealed>) -> Result<TargetTerms, Fault> {
    match &need(sealed, "sealed")?.0 {
        AnySealed::Targets(sealed) => sealed.terms().map_err(refused),
        AnySealed::Inspectors(sealed) => {
            let found = sealed.announcement().stage();
            Err(refused(TargetDrawError::OtherStage { found }))
        }
    }
}

/// A part to which nothing was fed yet. Parts may be made on any number of machines, from the same announcement and seed
/// file. The handle is the caller's. Refused: `draw-other-stage`.
#[unsafe(no_mangle)]
pub extern "C" fn yicha_part_new(
    sealed: Option<&Sealed>,
    out: Option<&mut MaybeUninit<Box<Part>>>,
    error: Option<&mut MaybeUninit<Box<crate::error::Error>>>,
) -> i32 {
    answer(error, out, || Ok(Box::new(Part(target::TargetDraw::new(terms(sealed)?)))))
}

/// The same without the bound on leading bits, after `draw-needs-exact`.
#[unsafe(no_mangle)]
pub extern "C" fn yicha_part_new_exact(
    sealed: Option<&Sealed>,
    out: Option<&mut MaybeUninit<Box<Part>>>,
    error: Option<&mut MaybeUninit<Box<crate::error::Error>>>,
) -> i32 {
    answer(error, out, || Ok(Box::new(Part(target::TargetDraw::exact(terms(sealed)?)))))
}

/// Feeds a batch of the roster's rows in any order, excluded ones included; each row is fed once in all. Either `salts` has
/// 16 bytes a row, kept from when the roster was fixed, and `key` is NULL, or the salts are made anew from `key` and
/// `salts.data` is NULL. Refused, and nothing taken: the first row, with its place.
#[unsafe(no_mangle)]
pub extern "C" fn yicha_part_feed(
    part: Option<&mut Part>,
    columns: Option<&RosterColumns>,
    salts: Bytes,
    key: Option<&Secret>,
    threads: u32,
    error: Option<&mut MaybeUninit<Box<crate::error::Error>>>,
) -> i32 {
    perform(error, || {
        let (part, rows) = (need_mut(part, "part")?, need(columns, "columns")?.get()?);
        let threads = self::threads(threads);
        let fed = if salts.data.is_null() {
            let key = self::key(key)?;
            part.0.feed(&rows.columns(), Salts::Key(&key), threads)
        } else {
            let (salts, rest) = salts.get("salts")?.as_chunks();
            if !rest.is_empty() || key.is_some() {
                let (zh, en) =
                    ("每行16字节；给出salts时key应为NULL", "16 bytes a row, and then key NULL");
                return Err(Fault::range("salts", zh, en));
            }
            part.0.feed(&rows.columns(), Salts::Given(salts), threads)
        };
        fed.map_err(draw_fault)
    })
}

/// Takes over what another part of the same draw was fed. The other part is taken and its pointer becomes NULL, unless it is
/// refused: `draw-other-terms`.
#[unsafe(no_mangle)]
pub extern "C" fn yicha_part_merge(
    part: Option<&mut Part>,
    other: Option<&mut Option<Box<Part>>>,
    error: Option<&mut MaybeUninit<Box<crate::error::Error>>>,
) -> i32 {
    perform(error, || {
        let (part, other) = (need_mut(part, "part")?, owned(other, "other")?);
        // A copy of what is at most the quotas, so that a refused part stays its owner's.
        let copy = other.as_ref().ok_or_else(|| Fault::null("other"))?.0.clone();
        part.0.merge(copy).map_err(draw_fault)?;
        *other = None;
        Ok(())
    })
}

/// Writes a part, to send it to another machine; internal, like the drawn file. The text is the caller's.
#[unsafe(no_mangle)]
pub extern "C" fn yicha_part_to_text(
    part: Option<&Part>,
    out: Option<&mut MaybeUninit<Box<Text>>>,
    error: Option<&mut MaybeUninit<Box<crate::error::Error>>>,
) -> i32 {
    answer(error, out, || Ok(Text::new(need(part, "part")?.0.to_text())))
}

/// Reads a part of the draw that follows from `sealed`. The handle is the caller's. Refused: the first line that
/// yicha_part_to_text would not have written.
#[unsafe(no_mangle)]
pub extern "C" fn yicha_part_parse(
    sealed: Option<&Sealed>,
    file: Bytes,
    out: Option<&mut MaybeUninit<Box<Part>>>,
    error: Option<&mut MaybeUninit<Box<crate::error::Error>>>,
) -> i32 {
    answer(error, out, || {
        let draw = target::TargetDraw::parse(terms(sealed)?, file.get("file")?);
        Ok(Box::new(Part(draw.map_err(in_file)?)))
    })
}

/// Frees a part and sets the pointer to NULL. NULL, and a pointer to NULL, are let be.
#[unsafe(no_mangle)]
pub extern "C" fn yicha_part_free(part: Option<&mut Option<Box<Part>>>) {
    free(part);
}
