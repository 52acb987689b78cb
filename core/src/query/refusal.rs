//! What is refused of questions.

use crate::code::{InspectorId, TargetId};
use crate::plan::Window;
use crate::refusal::refusals;
use alloc::string::String;

refusals! {
    /// What is refused of questions.
    QueryRefusal {
        Unreadable { found: String } = "question-unreadable", LedgerSpec(7),
            "不是第1版的提问：{found:?}；应按账本规范第7节书写",
            "not a question of version 1: {found}; section 7 of the ledger specification has its form";
        Reversed { period: Window } = "question-period-reversed", LedgerSpec(7),
            "期间{period}首尾颠倒；起日应不晚于止日",
            "the period {period} ends before it begins; it begins on its last day or before";
        NoTarget { target: TargetId } = "target-unknown", Article(14),
            "{target}不在任何检查对象名录库中，也没有检查或结果；应核对编号，或先载入有关案件",
            "{target} is in no register, and no inspection or result is about it; check its code, or load its cases";
        NoInspector { inspector: InspectorId } = "inspector-unknown", Article(15),
            "{inspector}不在任何执法检查人员名录库中，也未参加检查；应核对编号，或先载入有关案件",
            "{inspector} is in no register and in no team; check the code, or load the cases";
        NoNationalCode { list: &'static str, code: String } = "national-code-missing", Decision("national-codes"),
            "代码表的{list}中没有{code}；应补齐对应的国家系统代码",
            "the code table has no {code} among its {list}; add the national system's code for it";
    }
}
