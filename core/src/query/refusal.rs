//! What is refused of questions.

use crate::refusal::refusals;
use alloc::string::String;

refusals! {
    /// What is refused of questions.
    QueryRefusal {
        Unreadable { found: String } = "question-unreadable", LedgerSpec(6),
            "不是第1版的提问：{found:?}；应按账本规范第6节书写",
            "not a question of version 1: {found}; section 6 of the ledger specification has its form";
    }
}
