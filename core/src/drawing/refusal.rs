//! What is refused of draws. What layer 2 finds wrong in a file is passed on as it is.

use super::FileKind;
use crate::code::{CaseCode, DepartmentId, InspectorId, PersonCode, SchemeId, Stratum, TargetId};
use crate::date::{Date, Instant};
use crate::draw::announcement::{FreeText, Stage};
use crate::draw::ceremony::CeremonyError;
use crate::draw::quota::BasisPoints;
use crate::draw::seed::SeedError;
use crate::draw::verify::Failure;
use crate::hash::Digest;
use crate::refusal::{Refuse, refusals};
use crate::register::Level;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

refusals! {
    /// What is refused of draws.
    DrawingRefusal {
        NotFed { kind: FileKind, digest: Digest } = "file-not-fed", Decision("files-are-the-hosts"),
            "摘要为{digest}的{kind}文件尚未载入；应先载入",
            "the {kind} file with the digest {digest} is not fed; feed it first";
        OtherSuite { digest: Digest, suite: &'static str } = "file-other-suite", DrawSpec(1),
            "{digest}不是该文件按{suite}算法的摘要；一次抽取只用公告所定的算法",
            "{digest} is not the file's digest in {suite}; the suite announced serves a whole draw";
        OtherScheme { scheme: SchemeId, announced: SchemeId } = "draw-other-scheme", Article(18),
            "公告所指方案为{announced}，不是{scheme}；应按照本方案抽取",
            "the announcement is for scheme {announced}, not {scheme}; each scheme has a draw of its own";
        TooLate { stage: Stage, recorded: Instant, reveal_by: Instant } = "draw-announced-too-late", DrawSpec(4),
            "{stage}的公告记录于{recorded}，不早于揭示截止{reveal_by}；公告应在任何随机数可知之前记录",
            "the announcement of {stage} is recorded at {recorded}, not before {reveal_by}; it is fixed before any of the randomness can be known";
        Stands { stage: Stage, attempt: u64 } = "draw-without-void", DrawSpec(5),
            "{stage}的第{attempt}次抽取仍然有效；只有经部门负责人批准作废后方可再次公告",
            "attempt {attempt} of {stage} stands; only its void notice, approved by the department head, opens another";
        NotAnnounced { stage: Stage } = "draw-not-announced", DrawSpec(5),
            "{stage}没有有效的公告；应先公告",
            "no attempt of {stage} is announced, or it is void; it is announced first";
        AlreadySealed { stage: Stage, seed: Digest } = "draw-already-sealed", DrawSpec(5),
            "{stage}的种子已定为{seed}；一次抽取只有一个种子",
            "the seed of {stage} is {seed}; an attempt has one seed";
        TooEarly { stage: Stage, recorded: Instant, known_from: Instant } = "seed-before-due", DrawSpec(5),
            "{stage}的公开随机数在{known_from}之前无人能知，而种子记录于{recorded}；应等待",
            "nobody can know the public values of {stage} before {known_from}, the seed is recorded at {recorded}; they are waited for";
        NotSealed { stage: Stage } = "draw-not-sealed", DrawSpec(5),
            "{stage}的种子尚未确定；应先揭示全部随机数",
            "the seed of {stage} is not known; everything is revealed first";
        AlreadyDrawn { stage: Stage } = "draw-already-drawn", DrawSpec(5),
            "{stage}已有结果；同一种子不得再次抽取",
            "{stage} has a result; nothing is drawn twice from a seed";
        VoidOtherProgress { stage: Stage, found: &'static str, progress: &'static str } = "void-other-progress", DrawSpec(5),
            "作废通知写明{stage}进行至{found}，记录为{progress}；应如实写明",
            "the notice says that {stage} had come to {found}, recorded is {progress}; it says what is so";
        VoidByAnother { approved_by: PersonCode, actor: PersonCode } = "void-approved-by-another", DrawSpec(5),
            "作废通知由{approved_by}批准，而行为人是{actor}；应由批准的部门负责人作出",
            "the notice is approved by {approved_by}, the actor is {actor}; the head who approves it gives it";
        VoidMatched { scheme: SchemeId, department: DepartmentId } = "draw-void-matched", Article(19),
            "{department}已按方案{scheme}的抽取名单公告匹配；应先将各部门的匹配作废",
            "the matching of {department} rests on the draw of scheme {scheme}; the matchings are voided first";
        VoidInspected { scheme: SchemeId, department: DepartmentId, inspection: CaseCode } = "draw-void-inspected", Article(19),
            "方案{scheme}的联合检查{inspection}已按{department}的匹配立案；已匹配的人员只能经批准逐个更换",
            "inspection {inspection} of scheme {scheme} rests on the matching of {department}; who was matched is replaced one by one";
        OtherRate { stratum: Stratum, announced: BasisPoints, planned: BasisPoints } = "draw-rate-not-plans", Article(18),
            "{stratum}类公告的比例为万分之{announced}，计划为万分之{planned}；应按计划和方案抽取",
            "class {stratum} is announced with {announced} basis points, the plan has {planned}; the draw follows plan and scheme";
        ReceivedFromAbove { scheme: SchemeId, from: DepartmentId } = "draw-received", Article(18),
            "方案{scheme}的名单由{from}抽取派发；其作废由抽取的部门决定",
            "the list of scheme {scheme} was drawn and handed down by {from}; who has drawn it voids it";
        OwnDraw { scheme: SchemeId } = "receive-own-draw", Article(18),
            "方案{scheme}已在本级公告抽取，或已接收名单且匹配仍有效；先作废方可接收上级名单",
            "scheme {scheme} has a draw of its own, or matchings on an earlier list; they are voided before a list is received";
        BeforeDraw { scheme: SchemeId } = "drawing-before-draw", Article(18),
            "方案{scheme}尚未抽取检查对象；应先抽取",
            "the targets of scheme {scheme} are not drawn; that comes first";
        Upwards { department: DepartmentId, level: Level, own: Level } = "dispatch-upwards", Article(18),
            "名单只能由上级派发；{department}的层级为{level}，发起部门为{own}",
            "a list is handed down only; {department} is of level {level}, the initiator here of {own}";
        WithoutPart { scheme: SchemeId, department: DepartmentId } = "dispatch-without-part", Article(18),
            "{department}不是方案{scheme}的下级发起部门或相关部门；名单只派发给它们",
            "{department} is neither a lower initiator nor a department with a part in scheme {scheme}; lists go to those";
        Count { department: DepartmentId, targets: u64, drawn: u64 } = "dispatch-count", Article(18),
            "派发给{department}的对象为{targets}个；应在1至抽中的{drawn}个之间",
            "{targets} targets are handed to {department}; 1 to the {drawn} drawn would be right";
        DispatchTwice { department: DepartmentId, list: Digest } = "dispatch-twice", Article(18),
            "名单{list}已派发给{department}",
            "list {list} was handed to {department} already";
        MatchingWithoutPart { scheme: SchemeId, department: DepartmentId } = "matching-without-part", Article(19),
            "{department}在方案{scheme}中没有事项；由参与部门匹配本部门人员",
            "{department} has no item in scheme {scheme}; those that have match their inspectors";
        MatchingTooEarly { department: DepartmentId, announced: Instant, known_from: Instant } = "matching-before-list", Article(19),
            "{department}的匹配公告于{announced}，不晚于检查对象可知之时{known_from}；应按照抽取的名单匹配",
            "the matching of {department} is announced for {announced}, not after {known_from}, when the list can be known; inspectors are matched to the list drawn";
        TargetNotDrawn { department: DepartmentId, target: TargetId } = "matching-target-not-drawn", Article(19),
            "{department}的匹配问题含{target}，该对象未被抽中；只为抽中的对象匹配",
            "the problem of {department} has {target}, which was not drawn; inspectors are matched to the drawn targets";
        TooFewPlaces { department: DepartmentId, target: TargetId, places: u64, minimum: u64 } = "matching-too-few-places", Decision("minimum-inspectors"),
            "{department}为{target}安排{places}人；应至少{minimum}人",
            "{department} has {places} places at {target}; at least {minimum} are needed";
        UnknownInspector { department: DepartmentId, inspector: InspectorId, day: Date } = "matching-inspector-unknown", Article(19),
            "{inspector}在{day}不在{department}的执法检查人员名录库内；应匹配本部门在库人员",
            "{inspector} does not stand in the register of {department} on {day}; a department matches its own inspectors";
        Support { inspector: InspectorId } = "matching-support-staff", Decision("support-staff"),
            "{inspector}是辅助人员；辅助人员记入记录，不参加匹配",
            "{inspector} is support staff, who are named in the record and not matched";
        Certificate { inspector: InspectorId, until: Date } = "matching-certificate", Decision("certificate-window"),
            "{inspector}的执法证件不能覆盖至{until}；应在检查期间每日有效",
            "the certificate of {inspector} is not valid until {until}; it is valid on every day of the window";
        Short { department: DepartmentId, places: u64 } = "matching-short", DrawSpec(7),
            "{department}人员不足，至少有{places}个岗位无法全部配齐；人员不足的匹配不公告，应记录人员不足",
            "{department} has too few inspectors for {places} of the places; such a problem is not announced, its shortage is recorded";
        NotShort { department: DepartmentId, problem: Digest } = "matching-not-short", DrawSpec(7),
            "{department}的匹配问题{problem}有可行的匹配；应公告匹配",
            "the problem {problem} of {department} can be solved; it is announced and matched";
        NoSuchFile { scheme: SchemeId, file: Digest } = "release-unknown-file", Article(4),
            "方案{scheme}的抽取没有记录摘要为{file}的文件；只能公开或提供有记录的文件",
            "the draw of scheme {scheme} has no record of the file {file}; what is released is recorded";
        Internal { kind: FileKind, file: Digest } = "release-internal-file", Decision("internal-files"),
            "{kind}文件{file}属于内部文件；只提供给审计方",
            "the {kind} file {file} is internal; it goes to auditors only";
        ReleasedTwice { file: Digest, place: FreeText } = "release-twice", Article(4),
            "文件{file}已在{place}提供",
            "the file {file} was released on {place} already";
        Unmatched { scheme: SchemeId, department: DepartmentId } = "assignment-unmatched", Article(19),
            "{department}尚未完成方案{scheme}的人员匹配；各参与部门匹配后方可组成检查小组",
            "{department} has not matched its inspectors for scheme {scheme}; a team is formed when every department has";
        NotAssigned { scheme: SchemeId, target: TargetId } = "assignment-not-drawn", Article(18),
            "{target}不在方案{scheme}为发起部门匹配的对象之中；检查的是抽中的对象",
            "{target} is not among the targets of scheme {scheme} that the initiator matched inspectors to; drawn targets are inspected";
    }
}

/// Errors of layer 2 as refusals: the sentence is the one value that all of them have.
macro_rules! said {
    ($($error:ty = $name:literal),* $(,)?) => {$(
        impl Refuse for $error {
            fn values(&self) -> Vec<(&'static str, String)> {
                alloc::vec![($name, self.to_string())]
            }
        }
    )*};
}

said!(CeremonyError = "announcement", SeedError = "seed", Failure = "file");
