//! The native part of the Python package `yicha`: it converts, calls the core and maps what comes back. No rule of the
//! draw or of the regulation stands here.
//!
//! | Module | Gives |
//! |---|---|
//! | `arrow`, `table` | tables in and out |
//! | `codes`, `calendar` | texts and numbers |
//! | `roster`, `announcement`, `draw`, `matching`, `verify` | the draw, as in the core |
//! | `edition`, `office`, `case_office`, `ledger` | the rules' numbers, the office and what it leaves |
#![deny(unsafe_op_in_unsafe_fn)]

mod announcement;
mod answers;
mod arrow;
mod calendar;
mod case_office;
mod codes;
mod convert;
mod draw;
mod edition;
mod error;
mod json;
mod ledger;
mod matching;
mod office;
mod roster;
mod rows;
mod table;
mod text_file;
mod unreadable;
mod verify;
mod work;

/// Native part of `yicha`; import that.
#[pyo3::pymodule]
mod _yicha {
    #[pymodule_export]
    use crate::announcement::{Announcement, Randomness, Rule, SeedFile, VoidNotice, commit_nonce};
    #[pymodule_export]
    use crate::calendar::{Answer, Calendar, Deadline};
    #[pymodule_export]
    use crate::case_office::CaseOffice;
    #[pymodule_export]
    use crate::codes::{
        Uscc, article, check_code, code_faults, inspection_results, risk_classes, uscc_faults,
        uscc_valid,
    };
    #[pymodule_export]
    use crate::draw::{Announced, Drawn, DrawnFile, PublicList, Sealed, Slip, TargetDraw, Voided};
    #[pymodule_export]
    use crate::edition::Edition;
    #[pymodule_export]
    use crate::ledger::{
        Checkpoint, Head, Note, Proofs, Tip, log_table, verify_consistency, verify_entry,
        verify_log, verify_suffix,
    };
    #[pymodule_export]
    use crate::matching::{Matched, Problem, Shortage};
    #[pymodule_export]
    use crate::office::{Decision, Office, Receipt};
    #[pymodule_export]
    use crate::roster::{CommittedRoster, Roster, RosterRoot, Salts};
    #[pymodule_export]
    use crate::table::{Column, Table};
    #[pymodule_export]
    use crate::verify::{Statement, verify_files};
}
