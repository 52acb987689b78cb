//! `yicha` for C and everything that calls C. There is no rule in this crate: it takes arguments over the border, calls
//! the core, and brings the answer or the refusal back.
//!
//! - `border` has what every function needs: NULL checked, panics caught, results written only on success.
//! - [`error`] and [`text`] are what functions hand out.
//! - The other modules follow the core, one for each part of it.
//!
//! How to read a signature: `Option<&T>` is a handle that the function reads, and which any number of threads may
//! share; `Option<&mut T>` one that it changes; `Option<&mut Option<Box<T>>>` the caller's pointer to one, which the
//! function takes and sets to NULL; `Option<&mut MaybeUninit<T>>` where a result goes. So NULL is a value that Rust
//! sees, and `unsafe` is left to the views of [`view`].

#[cfg(not(panic = "unwind"))]
compile_error!("no panic may cross into C: build this crate with panic = \"unwind\"");

pub mod announcement;
mod border;
pub mod calendar;
pub mod case_office;
pub mod code;
pub mod columns;
pub mod date;
pub mod draw;
pub mod edition;
pub mod error;
pub mod files;
pub mod folder;
pub mod hash;
pub mod head;
mod json;
pub mod ledger;
pub mod matching;
pub mod merkle;
pub mod office;
pub mod problem;
pub mod proof;
pub mod roster;
pub mod sealed;
pub mod taxonomy;
pub mod text;
pub mod view;

use std::ffi::c_char;

/// The version of this interface. It grows when a function or struct is changed or taken away, and never when something
/// is added. Compare it with `yicha_abi_version()` when you start.
pub const YICHA_ABI_VERSION: u32 = 1;

/// The version of the interface that the library was built with; it should equal `YICHA_ABI_VERSION`.
#[unsafe(no_mangle)]
pub extern "C" fn yicha_abi_version() -> u32 {
    YICHA_ABI_VERSION
}

/// The version of the library, such as `0.1.0`, as a text that ends with NUL and lives as long as the program.
#[unsafe(no_mangle)]
pub extern "C" fn yicha_version() -> *const c_char {
    const { concat!(env!("CARGO_PKG_VERSION"), "\0") }.as_ptr().cast()
}
