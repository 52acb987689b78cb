//! Long work: without the interpreter's lock, and given up promptly when the user asks for it.

use pyo3::exceptions::PyRuntimeError;
use pyo3::prelude::*;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering::Relaxed};
use std::sync::mpsc::{RecvTimeoutError, sync_channel};
use std::thread;
use std::time::Duration;

/// How often a long call looks whether the user pressed Ctrl-C.
const LOOK: Duration = Duration::from_millis(50);

/// Does the work on another thread while this one waits for it or for Ctrl-C. Work that is given up ends by itself,
/// and what it comes to is dropped.
pub(crate) fn interruptible<T: Send + 'static>(
    py: Python<'_>,
    work: impl FnOnce() -> T + Send + 'static,
) -> PyResult<T> {
    let (sender, mut receiver) = sync_channel(1);
    let task = move || drop(sender.send(catch_unwind(AssertUnwindSafe(work))));
    thread::Builder::new()
        .name("yicha".into())
        .spawn(task)
        .map_err(|e| PyRuntimeError::new_err(e.to_string()))?;
    loop {
        let (answer, back) = py.detach(move || (receiver.recv_timeout(LOOK), receiver));
        receiver = back;
        match answer {
            Ok(Ok(value)) => return Ok(value),
            Ok(Err(panic)) => resume_unwind(panic),
            Err(RecvTimeoutError::Timeout) => py.check_signals()?,
            Err(RecvTimeoutError::Disconnected) => {
                return Err(PyRuntimeError::new_err("the work was lost"));
            }
        }
    }
}

/// What a long work says of itself while it goes on, and is told.
#[derive(Default)]
pub(crate) struct Watch {
    done: AtomicUsize,
    given_up: AtomicBool,
}

impl Watch {
    /// Says how many more rows are done.
    pub(crate) fn advance(&self, rows: usize) {
        self.done.fetch_add(rows, Relaxed);
    }

    /// Says that the rest need not be done.
    pub(crate) fn give_up(&self) {
        self.given_up.store(true, Relaxed);
    }

    /// Whether the rest need not be done.
    pub(crate) fn is_given_up(&self) -> bool {
        self.given_up.load(Relaxed)
    }
}

/// Does the work on another thread while this one tells `told` what is done, and looks at signals. Where one of them raises,
/// the work is told to end and what it comes to is dropped.
pub(crate) fn watched<T: Send>(
    py: Python<'_>,
    told: Option<&Bound<'_, PyAny>>,
    work: impl FnOnce(&Watch) -> T + Send,
) -> PyResult<T> {
    let watch = Watch::default();
    thread::scope(|scope| {
        let (sender, mut receiver) = sync_channel::<()>(0);
        let watch = &watch;
        let work = move || {
            // Dropped when the work has ended, whichever way it does.
            let _sender = sender;
            work(watch)
        };
        let working = thread::Builder::new().name("yicha".into()).spawn_scoped(scope, work)?;
        let mut before = 0;
        let seen = loop {
            let (end, back) = py.detach(move || (receiver.recv_timeout(LOOK), receiver));
            receiver = back;
            let done = watch.done.load(Relaxed);
            if let Err(raised) = progress(py, told, done - before) {
                watch.give_up();
                break Err(raised);
            }
            before = done;
            if end == Err(RecvTimeoutError::Disconnected) {
                break Ok(());
            }
        };
        let worked = py.detach(|| working.join());
        seen.map(|()| worked.unwrap_or_else(|panic| resume_unwind(panic)))
    })
}

/// Tells the caller's function how many more rows are done, if any, and looks at signals.
pub(crate) fn progress(
    py: Python<'_>,
    told: Option<&Bound<'_, PyAny>>,
    rows: usize,
) -> PyResult<()> {
    if let Some(told) = told.filter(|_| rows > 0) {
        told.call1((rows,))?;
    }
    py.check_signals()
}
