//! The ledger, article 4: every act leaves an entry that says who, when, under which rule and for what.
//!
//! An [`Entry`] is a line of canonical JSON; its bytes as stored are the bytes that are hashed. Over all entries
//! stands the one tree of [`merkle`](crate::merkle), so a [`Head`] of a few bytes fixes everything before it. To go
//! on, nothing is needed but the [`Tip`]; to check, `core/docs/ledger-spec.md` is enough.

mod canonical;
mod checkpoint;
mod entry;
mod fault;
mod head;
mod log;
mod note;
mod proof;
mod writer;

pub(crate) use canonical::behind_plain;
pub use canonical::{NotCanonical, Rule, check_canonical};
pub use checkpoint::Checkpoint;
pub(crate) use entry::canonical_bytes;
pub use entry::{Cited, CommandPart, Entry};
pub use fault::{Fault, LedgerError};
pub use head::{Head, Tip};
pub(crate) use log::Reader;
pub use log::{lines, verify_entry, verify_log, verify_suffix};
pub use note::{Note, NoteError, NoteSignature};
pub use proof::{ConsistencyProof, InclusionProof, Proofs};
pub(crate) use writer::write;
