//! What every entry does at the border.

use crate::error::{Error, Fault, YICHA_OK};
use std::mem::MaybeUninit;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// Where an error goes; NULL when the caller does not want it.
pub(crate) type ErrorOut<'a> = Option<&'a mut MaybeUninit<Box<Error>>>;

/// Runs the work of an entry and writes its result, or the error.
#[inline]
pub(crate) fn answer<T>(
    error: ErrorOut<'_>,
    out: Option<&mut MaybeUninit<T>>,
    work: impl FnOnce() -> Result<T, Fault>,
) -> i32 {
    let Some(out) = out else {
        return refuse(error, Fault::null("out"));
    };
    perform(error, || {
        out.write(work()?);
        Ok(())
    })
}

/// Runs the work of an entry that has no result.
#[inline]
pub(crate) fn perform(error: ErrorOut<'_>, work: impl FnOnce() -> Result<(), Fault>) -> i32 {
    match caught(work) {
        Ok(()) => YICHA_OK,
        Err(fault) => refuse(error, fault),
    }
}

/// The value of an entry that cannot be refused; `otherwise` when it panics.
#[inline]
pub(crate) fn value<T>(otherwise: T, work: impl FnOnce() -> T) -> T {
    catch_unwind(AssertUnwindSafe(work)).unwrap_or(otherwise)
}

/// Gives back what the caller's pointer owns, and sets the pointer to NULL, so that a second call does nothing.
pub(crate) fn free<T>(handle: Option<&mut Option<Box<T>>>) {
    value((), || drop(handle.and_then(Option::take)));
}

/// A handle that must be there.
#[inline]
pub(crate) fn need<'a, T>(handle: Option<&'a T>, name: &'static str) -> Result<&'a T, Fault> {
    handle.ok_or_else(|| Fault::null(name))
}

/// A handle that must be there, to be changed.
#[inline]
pub(crate) fn need_mut<'a, T>(
    handle: Option<&'a mut T>,
    name: &'static str,
) -> Result<&'a mut T, Fault> {
    handle.ok_or_else(|| Fault::null(name))
}

/// The caller's pointer to a handle that is to be taken. It is taken only once nothing
/// can be refused any more, or by [`step`].
#[inline]
pub(crate) fn owned<'a, T>(
    handle: Option<&'a mut Option<Box<T>>>,
    name: &'static str,
) -> Result<&'a mut Option<Box<T>>, Fault> {
    handle.filter(|handle| handle.is_some()).ok_or_else(|| Fault::null(name))
}

/// Takes what a handle owns for a step that gives it back when it is refused.
pub(crate) fn step<T, O>(
    handle: &mut Option<Box<T>>,
    name: &'static str,
    step: impl FnOnce(T) -> Result<O, Back<T>>,
) -> Result<O, Fault> {
    let taken = handle.take().ok_or_else(|| Fault::null(name))?;
    step(*taken).map_err(|(back, fault)| {
        *handle = Some(back);
        fault
    })
}

/// What a refused step gives back, and why it was refused.
pub(crate) type Back<T> = (Box<T>, Fault);

/// Runs the work. What crosses the catch is as large as a pointer: results are written within.
#[inline]
fn caught(work: impl FnOnce() -> Result<(), Fault>) -> Result<(), Fault> {
    // What was being changed when it panicked is documented as fit only to be freed.
    catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|_| Err(Fault::panic()))
}

#[cold]
fn refuse(out: ErrorOut<'_>, fault: Fault) -> i32 {
    let status = fault.status();
    if let Some(out) = out {
        // Sentences are made only for somebody who reads them.
        if let Ok(error) = catch_unwind(AssertUnwindSafe(|| Box::new(Error::of(fault)))) {
            out.write(error);
        } else {
            out.write(Box::new(Error::of(Fault::panic())));
        }
    }
    status
}
