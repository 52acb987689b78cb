//! What is refused of inspections.

use super::command::{AttemptKind, ConfirmationForm, Ground};
use crate::code::{CaseCode, DepartmentId, InspectorId, ItemId, Qualification, SchemeId, TargetId};
use crate::date::Date;
use crate::plan::Window;
use crate::refusal::{List, refusals};
use crate::register::Method;
use core::fmt;

refusals! {
    /// What is refused of inspections.
    InspectionRefusal {
        OpenedAlready { scheme: SchemeId, target: TargetId, inspection: CaseCode } = "inspection-opened-already", Article(20),
            "方案{scheme}对{target}的联合检查已以{inspection}立案；同一方案对同一对象只检查一次",
            "the inspection of {target} for scheme {scheme} is {inspection}; a scheme inspects a target once";
        LeaderNotInitiators { leader: InspectorId, initiator: DepartmentId } = "inspection-leader-not-initiators", Article(20),
            "{leader}不是{initiator}匹配到本组的人员；组长由发起部门的执法检查人员担任",
            "{leader} is not one of the team from {initiator}; an inspector of the initiator leads";
        Over { inspection: CaseCode } = "inspection-over", Article(20),
            "联合检查{inspection}已完成或已终止；不再变更",
            "inspection {inspection} is completed or abandoned; nothing changes in it any more";
        NotComing { department: DepartmentId, inspection: CaseCode } = "inspection-department-not-coming", Article(20),
            "{department}没有人员在联合检查{inspection}的小组中；应由小组中的部门为之",
            "nobody of {department} is in the team of {inspection}; this is for the departments of the team";
        NothingConsulted { department: DepartmentId } = "inspection-nothing-prepared", Article(20),
            "{department}的检查准备没有写明查阅或准备了什么；至少应有一项",
            "the preparation of {department} names nothing that was consulted or made ready; it names one thing or more";
        NoticeDay { visit: Date, day: Date, window: Window } = "inspection-notice-day", Article(20),
            "{day}告知的检查日{visit}应不早于告知之日，并在方案时间{window}之内",
            "the notice of {day} is of a visit on {visit}; it is on that day or later, within {window}";
        OutsideWindow { day: Date, window: Window } = "visit-outside-window", Article(17),
            "{day}不在方案的检查时间{window}之内；应在该时间内检查，或先修订方案",
            "{day} is not within the scheme's window {window}; visit within it, or revise the scheme first";
        NotMatched { inspector: InspectorId } = "visit-not-matched", Article(20),
            "{inspector}未经随机匹配，也不是经批准的替换人员；检查小组只由匹配的人员组成",
            "{inspector} was neither matched nor named as a successor; the team is made of those who were";
        Recused { inspector: InspectorId, target: TargetId } = "visit-recused", super::RECUSAL,
            "{inspector}对{target}应当回避；应先由部门负责人另派人员",
            "{inspector} is recused from {target}; the head of the department names a successor first";
        NotCertified { inspector: InspectorId, day: Date } = "visit-not-certified", Article(15),
            "{inspector}在{day}不是持有有效执法证的在册执法人员；应更换为持证人员",
            "{inspector} is not a registered enforcement inspector with a valid certificate on {day}; one who is comes instead";
        TooFew { department: DepartmentId, found: usize, least: usize } = "visit-too-few", Decision("minimum-inspectors"),
            "{department}到场的执法人员只有{found}人；每个部门至少{least}人",
            "{found} inspectors of {department} are present; a department has {least} or more";
        LeaderAbsent { leader: InspectorId } = "visit-without-leader", Decision("leader-present"),
            "组长{leader}未到场；应先由发起部门另定组长",
            "the leader {leader} is not present; the initiator names another one first";
        SecondVisit { first: Date } = "visit-again-without-reason", Article(20),
            "{first}已到场检查；能一次完成的要一次完成，再次到场应写明理由",
            "the team was there on {first}; what can be done in one visit is, another one has a reason";
        BeforeLast { day: Date, last: Date } = "inspection-before-last", Article(20),
            "{day}早于本次检查已记录的{last}；应按发生的先后记录",
            "{day} is before {last}, which is recorded already; what happens is recorded in its order";
        OtherItem { item: ItemId, inspection: CaseCode } = "record-other-item", Article(20),
            "事项{item}不在联合检查{inspection}之内；只检查方案确定的事项",
            "item {item} is not one of inspection {inspection}; only those of the scheme are inspected";
        NotMember { inspector: InspectorId, department: DepartmentId } = "record-not-member", Article(20),
            "{inspector}不是{department}在本组的人员；应由该部门的组员记录",
            "{inspector} is not one of {department} in the team; a member of that department records";
        OtherMethod { item: ItemId, method: Method, methods: List<Method> } = "record-other-method", Article(20),
            "事项{item}的检查方式不含{method}；应为{methods}",
            "item {item} is not inspected by {method}; by {methods} it is";
        WithoutVisit { item: ItemId, method: Method } = "record-without-visit", Article(20),
            "事项{item}以{method}检查，而{item}的部门尚未按规定人数到场；应先到场检查",
            "item {item} is inspected by {method}, and its department was not there with enough people yet; it goes there first";
        RecordedAlready { item: ItemId, on: Date } = "record-twice", Article(20),
            "事项{item}已于{on}记录；更正应作为更正记录并说明理由",
            "item {item} was recorded on {on}; a correction is recorded as one, with its reason";
        NotRecorded { item: ItemId } = "record-not-there", Article(20),
            "事项{item}尚无记录；应先如实记录",
            "item {item} has no record yet; it is recorded first";
        ConfirmedAlready { item: ItemId } = "record-confirmed", Article(20),
            "事项{item}的记录已经确认；确认后的记录不得更正",
            "the record of item {item} is confirmed; a confirmed record is not corrected";
        OtherUntold { item: ItemId, result: &'static str } = "record-other-untold", Article(21),
            "事项{item}的结果为{result}；应附文字，并说明是否为负面信息",
            "the result of item {item} is {result}; it has a text and says whether it speaks against the target";
        OtherwiseTold { item: ItemId, result: &'static str } = "record-polarity-told", Article(21),
            "事项{item}的结果{result}是否为负面信息已由规范确定；不应另行说明",
            "whether {result} of item {item} speaks against the target follows from the list; it is not said again";
        WithoutEvidence { item: ItemId, ground: Ground } = "direct-result-without-evidence", Article(20),
            "事项{item}直接形成{ground}的结果，而尚无相关证据；应先取得证据",
            "item {item} has the direct result {ground} without evidence; the evidence comes first";
        NoAttempt { ground: Ground } = "evidence-without-attempt", Article(20),
            "{ground}的证据没有写明任何一次尝试；至少应有一次",
            "the evidence of {ground} names no attempt; it has one or more";
        AttemptLater { kind: AttemptKind, on: Date, day: Date } = "evidence-attempt-later", Article(20),
            "{kind}的尝试日{on}晚于记录之日{day}；应先尝试后记录",
            "the attempt {kind} of {on} is after {day}; it is recorded when it was made";
        NotTriedThere { kinds: List<AttemptKind> } = "evidence-not-at-address", Article(20),
            "无法联系的证据只有{kinds}；应通过登记的住所（经营场所）实地核查或寄信联系",
            "the evidence of not being reachable has {kinds} only; the registered address is visited or written to";
        NothingConfirmed { inspection: CaseCode } = "confirmation-empty", Article(20),
            "联合检查{inspection}的确认没有写明事项；应写明所确认的事项",
            "the confirmation for {inspection} names no item; it names those confirmed";
        OtherForm { item: ItemId, form: ConfirmationForm } = "confirmation-other-form", Decision("confirmation-form"),
            "事项{item}是到场检查的，不能以{form}确认；应由对象在记录上签字或盖章",
            "item {item} was inspected on site and is not confirmed by {form}; the target signs or seals the record";
        RefusalNotRecorded { inspection: CaseCode } = "refused-signature-not-recorded", Article(20),
            "联合检查{inspection}的对象拒绝签字或盖章，而没有录音或录像；除注明外应有录音、录像",
            "the refusal to sign in {inspection} is not recorded; besides the note there is an audio or video recording";
        UnavailableUnproved { inspection: CaseCode } = "confirmation-unavailable-unproved", Article(20),
            "联合检查{inspection}没有证据表明无法联系或不配合；应先取得证据，或请对象确认",
            "no evidence shows in {inspection} that nobody was to be asked; it comes first, or the target confirms";
        Unrecorded { items: List<ItemId> } = "completion-unrecorded", Article(20),
            "事项{items}尚无记录；全部事项记录后方可完成",
            "items {items} have no record; an inspection is complete when each has";
        Unconfirmed { items: List<ItemId> } = "completion-unconfirmed", Article(20),
            "事项{items}的记录尚未由对象确认；应由对象确认，或依法代之",
            "the records of {items} are not confirmed; the target confirms them, or what the article has in place of that happens";
        Begun { inspection: CaseCode } = "abandon-begun", Decision("abandoned-inspection"),
            "联合检查{inspection}已有记录；应完成检查",
            "inspection {inspection} has records; it is completed instead";
        TargetThere { target: TargetId } = "abandon-target-there", Decision("abandoned-inspection"),
            "{target}在名录库中未注销；只有已注销的对象可以以此终止",
            "{target} is in the register; only one that has ended ends an inspection this way";
        DrawnSuccessor { inspector: InspectorId, successor: InspectorId } = "replacement-drawn", Article(19),
            "{inspector}的替换人员{successor}是随机匹配的；更换应由部门负责人批准后指定，不再随机匹配",
            "{successor}, who comes for {inspector}, was drawn; a successor is named by the department head and not drawn again";
        SuccessorInTeam { successor: InspectorId } = "replacement-in-team", Article(19),
            "{successor}已在检查小组中；应选派组外的人员",
            "{successor} is in the team already; somebody else of the department is named";
        SuccessorElsewhere { successor: InspectorId, department: DepartmentId } = "replacement-other-department", Article(19),
            "{successor}不是{department}在册的人员；应选派本部门的人员",
            "{successor} is not in the register of {department}; one of its own is named";
        SuccessorNotCertified { successor: InspectorId, until: Date } = "replacement-not-certified", Article(19),
            "{successor}不是在{until}之前一直持有有效执法证的执法人员；应选派持证人员",
            "{successor} is not an enforcement inspector with a certificate valid until {until}; one who is can be named";
        SuccessorUnqualified { successor: InspectorId, missing: List<Qualification> } = "replacement-unqualified", Article(19),
            "{successor}没有该岗位所需的{missing}；应选派符合岗位要求的人员",
            "{successor} lacks {missing}, which the place asks for; somebody who has it is named";
        SuccessorRecused { successor: InspectorId, target: TargetId } = "replacement-recused", super::RECUSAL,
            "{successor}对{target}应当回避；应选派无需回避的人员",
            "{successor} is recused from {target}; somebody who is not is named";
    }
}

/// The codes that stand in the sentences.
macro_rules! words {
    ($($type:ident { $($variant:ident = $word:literal),* $(,)? })*) => {$(
        impl fmt::Display for $type {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(match self { $(Self::$variant => $word,)* })
            }
        }
    )*};
}

words! {
    AttemptKind {
        RegisteredAddress = "registered-address",
        Letter = "letter",
        Telephone = "telephone",
        Other = "other",
    }
    ConfirmationForm {
        Signature = "signature",
        Seal = "seal",
        Written = "written",
        Electronic = "electronic",
    }
    Ground {
        Unreachable = "unreachable",
        SeriouslyUncooperative = "seriously-uncooperative",
    }
    Method {
        OnSite = "on-site",
        Written = "written",
        OnlineMonitoring = "online-monitoring",
        SamplingTest = "sampling-test",
        OffSite = "off-site",
    }
}
