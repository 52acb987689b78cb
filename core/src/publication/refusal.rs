//! What is refused of results and their publicity.

use crate::case::CaseId;
use crate::code::{CaseCode, ItemId};
use crate::date::Date;
use crate::refusal::{List, refusals};
use crate::result::InspectionResult;

refusals! {
    /// What is refused of results and their publicity.
    PublicationRefusal {
        NoFinding { inspection: CaseCode, item: ItemId } = "result-unknown", Article(21),
            "检查{inspection}没有事项{item}的结果；先如实记录检查结果",
            "inspection {inspection} has no result for item {item}; what was found is recorded first";
        BeforeCompletion { inspection: CaseCode, day: Date } = "entry-before-completion", Article(21),
            "检查{inspection}在{day}尚未完成；检查任务完成后方可录入",
            "inspection {inspection} is not complete on {day}; results are entered after completion";
        OtherResult { item: ItemId, found: InspectionResult, entered: InspectionResult } = "entry-other-result", Article(21),
            "事项{item}检查记录为“{found}”，录入为“{entered}”；应录入所记录的结果",
            "item {item} was found to be \"{found}\", not \"{entered}\"; what was found is entered";
        EnteredAlready { item: ItemId, on: Date } = "result-entered-already", Article(21),
            "事项{item}的结果已于{on}录入；公示后的更正须有部门负责人的决定",
            "the result of item {item} was entered on {on}; once public it is corrected by order only";
        NotEntered { item: ItemId, day: Date } = "result-not-entered", Article(21),
            "事项{item}的结果在{day}尚未录入省级平台；应先录入再公示",
            "the result of item {item} is not entered on {day}; enter it first, then publish it";
        PublishedAlready { item: ItemId, on: Date } = "result-published-already", Article(21),
            "事项{item}的结果已于{on}公示，公开后不得擅自更改；确有错误的由部门负责人决定更正",
            "the result of item {item} is public since {on} and is not changed silently; a department head may order a correction";
        NowhereToBeSeen { item: ItemId } = "publication-without-place", Article(21),
            "公示事项{item}的结果没有写明平台；应通过国家企业信用信息公示系统或相关网站和平台公示",
            "the result of item {item} is published nowhere; name the system, site or platform";
        Withheld { item: ItemId, by: CaseCode } = "publication-withheld", Article(3),
            "事项{item}的结果依{by}不予公开；解除后方可公示",
            "the result of item {item} is withheld by {by}; it can be published after its release";
        NotPublished { item: ItemId, day: Date } = "result-not-published", Article(21),
            "事项{item}的结果在{day}尚未公示；没有可以更正或停止公示的内容",
            "the result of item {item} is not public on {day}; there is nothing to correct or to stop";
        NotByOrder { item: ItemId } = "correction-without-document", Decision("correction-by-order"),
            "更正事项{item}的结果没有法律文书编号；应写明复议决定、判决或更正文书的文号",
            "the correction of item {item} names no document; give the number of the review decision, judgment or order";
        NothingCorrected { item: ItemId, result: InspectionResult } = "correction-changes-nothing", Decision("correction-by-order"),
            "事项{item}已公示为“{result}”，更正没有改变任何内容；内容不同方为更正",
            "item {item} is public as \"{result}\" already; only what differs is a correction";
        CorrectedBefore { item: ItemId, day: Date, last: Date } = "correction-backdated", Article(21),
            "更正日{day}早于现有内容的公示日{last}；更正自当日或以后起生效",
            "the correction of item {item} on {day} lies before {last}, since when the present one is public; it takes effect then or later";
        PolarityOpen { item: ItemId, result: InspectionResult } = "result-polarity", Article(21),
            "事项{item}的结果“{result}”是否为负面信息的说明不当；其他情况应当说明，其余依清单而定",
            "for the result \"{result}\" of item {item} it is wrongly said whether it is negative; it is to be said of other circumstances, and the list decides the rest";
        NoText { item: ItemId, result: InspectionResult } = "result-without-text", Article(21),
            "事项{item}的结果“{result}”没有文字说明；应写明具体情况",
            "the result \"{result}\" of item {item} has no text; say what the circumstances are";
        NotNegative { item: ItemId, result: InspectionResult } = "cessation-not-negative", Article(25),
            "事项{item}的结果“{result}”不是负面信息；只有负面信息停止公示",
            "the result \"{result}\" of item {item} is not negative; only what is negative stops being public";
        PeriodNotOver { item: ItemId, day: Date, last_day: Date } = "cessation-before-period-end", Article(25),
            "事项{item}的结果公示至{last_day}，不得于{day}停止公示；公示满法定期限后停止",
            "the result of item {item} is public until {last_day} and does not stop on {day}; it stops when the statutory period has run";
        PeriodUnknown { item: ItemId, day: Date } = "cessation-without-period", Article(25),
            "事项{item}的法定公示期限尚未给出，不得于{day}停止公示；应先给出期限及其依据",
            "the statutory period of item {item} is not known, so its result does not stop on {day}; give the period and its source";
        StillInEffect { item: ItemId, day: Date, cases: List<CaseId> } = "cessation-while-in-effect", Article(25),
            "{cases}在{day}仍有效，事项{item}的结果不得停止公示；全部移出、停止公示、撤销或期满后同时停止",
            "{cases} are in effect on {day}, so the result of item {item} does not stop; it stops with the last of them";
        CeasedAlready { item: ItemId, on: Date } = "ceased-already", Article(25),
            "事项{item}的结果自{on}起停止公示，已有记录",
            "it is recorded already that the result of item {item} is public no more from {on}";
        NotEarlier { item: ItemId, published: Date, from: Date } = "inherited-not-earlier", Article(28),
            "事项{item}的结果于{published}公示，规范自{from}起施行；施行后的结果应录入和公示",
            "the result of item {item} was published on {published}, under the regulation, in force from {from}; such a one is entered and published";
    }
}
