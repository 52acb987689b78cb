//! The order of a draw: announced, sealed, drawn; or void, and announced again. Draw specification, section 5.

use crate::announcement::Announcement;
use crate::border::{answer, free, need, perform};
use crate::date::instant;
use crate::error::{Fault, in_file, refused};
use crate::hash::{Digest, Secret, suite};
use crate::text::Text;
use crate::view::{Bytes, Str, array};
use std::mem::MaybeUninit;
use yicha::code::{DepartmentId, PersonCode};
use yicha::draw::announcement::{Nonce, Stage};
use yicha::draw::ceremony::{self, Announced, DrawStage, Inspectors, Targets, Voided};
use yicha::draw::seed;
use yicha::draw::void::{Progress, VoidNotice};

/// An attempt whose seed is known. The draw takes it, so that there is no second one.
#[derive(Debug)]
pub struct Sealed(pub(crate) AnySealed);

#[derive(Debug)]
pub(crate) enum AnySealed {
    Targets(ceremony::Sealed<Targets>),
    Inspectors(ceremony::Sealed<Inspectors>),
}

/// A nonce that a department reveals.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct Reveal {
    /// The department.
    pub department: Str,
    /// Its nonce.
    pub nonce: Secret,
}

/// Makes the seed from every nonce announced, in any order, and every public value in the order announced, byte for byte as
/// published. The handle is the caller's. Refused: `seed-not-revealed`, `seed-wrong-nonce`, `seed-not-announced`,
/// `seed-no-value`, `seed-other-value`, `seed-value-length`.
#[unsafe(no_mangle)]
pub extern "C" fn yicha_sealed_new(
    announcement: Option<&Announcement>,
    reveals: *const Reveal,
    reveal_count: usize,
    values: *const Bytes,
    value_count: usize,
    out: Option<&mut MaybeUninit<Box<Sealed>>>,
    error: Option<&mut MaybeUninit<Box<crate::error::Error>>>,
) -> i32 {
    answer(error, out, || {
        let announcement = need(announcement, "announcement")?;
        let nonce = |reveal: &Reveal| {
            let department = DepartmentId::new(reveal.department.bytes("department")?);
            Ok((department.map_err(refused)?, Nonce::new(reveal.nonce.bytes)))
        };
        let nonces = array(reveals, reveal_count, "reveals")?.iter().map(nonce);
        let nonces = nonces.collect::<Result<Vec<_>, Fault>>()?;
        let values = array(values, value_count, "values")?.iter();
        let values = values.map(|value| value.get("values").map(Vec::from));
        let values = values.collect::<Result<Vec<_>, Fault>>()?;
        let file = seed::SeedFile::reveal(&announcement.0, &nonces, &values).map_err(refused)?;
        sealed(announcement, file)
    })
}

/// Takes a seed file that somebody has put together. The handle is the caller's. Refused: the first line that is not as the
/// specification writes it, or does not follow from the announcement.
#[unsafe(no_mangle)]
pub extern "C" fn yicha_sealed_parse(
    announcement: Option<&Announcement>,
    file: Bytes,
    out: Option<&mut MaybeUninit<Box<Sealed>>>,
    error: Option<&mut MaybeUninit<Box<crate::error::Error>>>,
) -> i32 {
    answer(error, out, || {
        let file = seed::SeedFile::parse(file.get("file")?).map_err(in_file)?;
        sealed(need(announcement, "announcement")?, file)
    })
}

fn sealed(announcement: &Announcement, file: seed::SeedFile) -> Result<Box<Sealed>, Fault> {
    fn step<S: DrawStage>(
        announcement: &Announcement,
        file: seed::SeedFile,
    ) -> Result<ceremony::Sealed<S>, Fault> {
        let announced = Announced::resume(announcement.0.clone()).map_err(refused)?;
        announced.seal_with(file).map_err(|back| refused(back.1))
    }
    Ok(Box::new(Sealed(match announcement.0.stage() {
        Stage::Targets => AnySealed::Targets(step(announcement, file)?),
        Stage::Inspectors(_) => AnySealed::Inspectors(step(announcement, file)?),
    })))
}

/// The seed, which is the digest of the seed file.
#[unsafe(no_mangle)]
pub extern "C" fn yicha_sealed_seed(
    sealed: Option<&Sealed>,
    out: Option<&mut MaybeUninit<Digest>>,
    error: Option<&mut MaybeUninit<Box<crate::error::Error>>>,
) -> i32 {
    answer(error, out, || {
        Ok(Digest::of(match &need(sealed, "sealed")?.0 {
            AnySealed::Targets(sealed) => sealed.seed().digest(),
            AnySealed::Inspectors(sealed) => sealed.seed().digest(),
        }))
    })
}

/// The seed file, which is public. The text is the caller's.
#[unsafe(no_mangle)]
pub extern "C" fn yicha_sealed_seed_text(
    sealed: Option<&Sealed>,
    out: Option<&mut MaybeUninit<Box<Text>>>,
    error: Option<&mut MaybeUninit<Box<crate::error::Error>>>,
) -> i32 {
    answer(error, out, || {
        Ok(Text::new(match &need(sealed, "sealed")?.0 {
            AnySealed::Targets(sealed) => sealed.seed_file().to_text(),
            AnySealed::Inspectors(sealed) => sealed.seed_file().to_text(),
        }))
    })
}

/// Frees a sealed attempt and sets the pointer to NULL. NULL, and a pointer to NULL, are let be.
#[unsafe(no_mangle)]
pub extern "C" fn yicha_sealed_free(sealed: Option<&mut Option<Box<Sealed>>>) {
    free(sealed);
}

/// Void after: the seed was not known yet.
pub const YICHA_AFTER_ANNOUNCED: i32 = 0;
/// Void after: the seed was known.
pub const YICHA_AFTER_SEALED: i32 = 1;
/// Void after: the result was known.
pub const YICHA_AFTER_DRAWN: i32 = 2;

/// The notice of a void attempt (作废通知), which alone opens another one. Immutable: threads may share it.
#[derive(Debug)]
pub struct VoidAttempt(VoidNotice);

/// Gives an attempt up. `after` says how far it had come, a `YICHA_AFTER_` value; `reason` names a department that did not
/// reveal its nonce; `at` in seconds since 1970. The handle is the caller's. Refused: `free-text`, `code-...`.
#[unsafe(no_mangle)]
pub extern "C" fn yicha_void_new(
    announcement: Option<&Digest>,
    after: i32,
    reason: Str,
    approved_by: Str,
    at: i64,
    out: Option<&mut MaybeUninit<Box<VoidAttempt>>>,
    error: Option<&mut MaybeUninit<Box<crate::error::Error>>>,
) -> i32 {
    answer(error, out, || {
        let after = match after {
            YICHA_AFTER_ANNOUNCED => Progress::Announced,
            YICHA_AFTER_SEALED => Progress::Sealed,
            YICHA_AFTER_DRAWN => Progress::Drawn,
            _ => {
                let (zh, en) = ("YICHA_AFTER_之一", "a YICHA_AFTER_ value");
                return Err(Fault::range("after", zh, en));
            }
        };
        Ok(Box::new(VoidAttempt(VoidNotice {
            announcement: need(announcement, "announcement")?.core(),
            after,
            reason: reason.text("reason")?.parse().map_err(refused)?,
            approved_by: PersonCode::new(approved_by.bytes("approved_by")?).map_err(refused)?,
            at: instant(at, "at")?,
        })))
    })
}

/// Reads a void notice. The handle is the caller's. Refused: the first line that is not as the specification writes it.
#[unsafe(no_mangle)]
pub extern "C" fn yicha_void_parse(
    file: Bytes,
    out: Option<&mut MaybeUninit<Box<VoidAttempt>>>,
    error: Option<&mut MaybeUninit<Box<crate::error::Error>>>,
) -> i32 {
    answer(error, out, || {
        let notice = VoidNotice::parse(file.get("file")?).map_err(in_file)?;
        Ok(Box::new(VoidAttempt(notice)))
    })
}

/// The text file, which is public. The text is the caller's.
#[unsafe(no_mangle)]
pub extern "C" fn yicha_void_to_text(
    notice: Option<&VoidAttempt>,
    out: Option<&mut MaybeUninit<Box<Text>>>,
    error: Option<&mut MaybeUninit<Box<crate::error::Error>>>,
) -> i32 {
    answer(error, out, || Ok(Text::new(need(notice, "notice")?.0.to_text())))
}

/// The digest of the text file: the `previous` of the next attempt.
#[unsafe(no_mangle)]
pub extern "C" fn yicha_void_digest(
    notice: Option<&VoidAttempt>,
    suite: i32,
    out: Option<&mut MaybeUninit<Digest>>,
    error: Option<&mut MaybeUninit<Box<crate::error::Error>>>,
) -> i32 {
    answer(error, out, || Ok(Digest::of(&need(notice, "notice")?.0.digest(self::suite(suite)?))))
}

/// Frees a void notice and sets the pointer to NULL. NULL, and a pointer to NULL, are let be.
#[unsafe(no_mangle)]
pub extern "C" fn yicha_void_free(notice: Option<&mut Option<Box<VoidAttempt>>>) {
    free(notice);
}

/// Checks that an announcement may be made: `previous` and `notice` are NULL for a first attempt, else the announcement of
/// the attempt before and its void notice. Refused: `ceremony-needs-void`, `ceremony-not-next`, `ceremony-other-notice`,
/// `ceremony-other-stage`.
#[unsafe(no_mangle)]
pub extern "C" fn yicha_announcement_follows(
    next: Option<&Announcement>,
    previous: Option<&Announcement>,
    notice: Option<&VoidAttempt>,
    error: Option<&mut MaybeUninit<Box<crate::error::Error>>>,
) -> i32 {
    fn step<S: DrawStage>(
        next: &Announcement,
        before: Option<(&Announcement, &VoidAttempt)>,
    ) -> Result<(), Fault> {
        let next = next.0.clone();
        let announced: Result<Announced<S>, _> = match before {
            None => Announced::first(next),
            Some((previous, notice)) => Voided::resume(previous.0.clone(), notice.0.clone())
                .and_then(|voided| voided.announce(next)),
        };
        announced.map(|_| ()).map_err(refused)
    }
    perform(error, || {
        let next = need(next, "next")?;
        let before = match (previous, notice) {
            (None, None) => None,
            (previous, notice) => Some((need(previous, "previous")?, need(notice, "notice")?)),
        };
        match next.0.stage() {
            Stage::Targets => step::<Targets>(next, before),
            Stage::Inspectors(_) => step::<Inspectors>(next, before),
        }
    })
}
