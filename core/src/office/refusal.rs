//! What the office refuses, whatever the command.

use crate::case::CaseKind;
use crate::code::CommandId;
use crate::date::Instant;
use crate::hash::Digest;
use crate::ledger::Head;
use crate::refusal::refusals;
use alloc::string::String;

refusals! {
    /// What the office refuses before the rules are asked, and when the host stored something else.
    OfficeRefusal {
        Unreadable { found: String } = "request-unreadable", LedgerSpec(5),
            "不是第1版的请求：{found:?}；应按账本规范第5节书写",
            "not a request of version 1: {found}; section 5 of the ledger specification has its form";
        SameId { id: CommandId } = "command-id-taken", LedgerSpec(5),
            "编号{id}已用于另一命令；新的命令应使用新的编号",
            "the id {id} belongs to another command; a new command needs an id of its own";
        Backwards { found: Instant, last: Instant } = "recorded-backwards", LedgerSpec(2),
            "记录时间{found}早于上一条的{last}；应不早于上一条",
            "recorded at {found}, before the last entry at {last}; it has to be then or later";
        Moved { builds_on: Head, head: Head } = "head-moved", LedgerSpec(5),
            "决定以{builds_on}为前提，账本已为{head}；应补读后重新决定",
            "the decision builds on {builds_on}, the ledger has {head}; catch up and decide again";
        NotLoaded { kind: CaseKind } = "case-not-loaded", Decision("single-cases"),
            "所涉{kind}未载入，不能视为没有；应载入该案，或由载入全部案件的一方办理",
            "this has to do with a case ({kind}) that is not loaded, which is not to say that there is none; load it, or ask where everything is loaded";
        SnapshotUnreadable { found: String } = "snapshot-unreadable", Decision("snapshot-is-a-cache"),
            "不是第1版的快照：{found:?}；应由账本重放",
            "not a snapshot of version 1: {found}; replay the ledger instead";
        SnapshotDamaged { found: Digest, wanted: Digest } = "snapshot-damaged", Decision("snapshot-is-a-cache"),
            "快照内容的摘要为{found}，应为{wanted}；快照已损坏，应由账本重放",
            "the snapshot's content has the digest {found}, not {wanted}; it is damaged, replay the ledger instead";
    }
}
