//! Long work: without the interpreter's lock, and given up promptly when the user asks for it.

use pyo3::exceptions::PyRuntimeError;
use pyo3::prelude::*;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::mpsc::{RecvTimeoutError, sync_channel};
use std::thread;
use std::time::Duration;

/// How often a long call looks whether the user pressed Ctrl-C.
const LOOK: Duration = Duration::from_millis(50);

/// Rows fed between two looks at signals, and two calls of a progress function: few enough for the caches.
pub(crate) const SLICE: usize = 1 << 18;

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

/// Tells the caller's function how many more rows are done, and looks at signals.
pub(crate) fn progress(
    py: Python<'_>,
    told: Option<&Bound<'_, PyAny>>,
    rows: usize,
) -> PyResult<()> {
    if let Some(told) = told {
        told.call1((rows,))?;
    }
    py.check_signals()
}
