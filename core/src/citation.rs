//! On what a rule rests: the articles of the regulation as data, other laws, and our own decisions.

use crate::explain::Lang;
use core::fmt;

/// The basis of a rule or refusal.
///
/// A refusal that rests on our own decision says so and never claims an article.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Basis {
    /// An article of 宛区双随机办〔2026〕3号, by number (1 to 28); [`article`] has its summary.
    Article(u8),
    /// Another law or standard, by its title and place.
    Other(&'static str),
    /// A section of the draw specification (`core/docs/draw-spec.md`).
    DrawSpec(u8),
    /// A section of the ledger specification (`core/docs/ledger-spec.md`).
    LedgerSpec(u8),
    /// Our own decision, by its key in `core/docs/deviations.md`.
    Decision(&'static str),
}

impl Basis {
    /// The basis as it is cited in a sentence.
    pub fn cite(self, lang: Lang) -> impl fmt::Display {
        fmt::from_fn(move |f| match (self, lang) {
            (Self::Article(n), Lang::Zh) => write!(f, "{DOCUMENT}第{n}条"),
            (Self::Article(n), Lang::En) => write!(f, "{DOCUMENT} art. {n}"),
            (Self::Other(law), _) => f.write_str(law),
            (Self::DrawSpec(section), Lang::Zh) => write!(f, "抽取规范第{section}节"),
            (Self::DrawSpec(section), Lang::En) => {
                write!(f, "draw specification, section {section}")
            }
            (Self::LedgerSpec(section), Lang::Zh) => write!(f, "账本规范第{section}节"),
            (Self::LedgerSpec(section), Lang::En) => {
                write!(f, "ledger specification, section {section}")
            }
            (Self::Decision(key), Lang::Zh) => write!(f, "本库的决定“{key}”（非条文规定）"),
            (Self::Decision(key), Lang::En) => write!(f, "our decision {key:?}, not an article"),
        })
    }
}

/// The citation in English.
impl fmt::Display for Basis {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.cite(Lang::En))
    }
}

/// The number under which the regulation was issued.
pub const DOCUMENT: &str = "宛区双随机办〔2026〕3号";

/// One article: its place and what it says, paragraph by paragraph, in our words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Article {
    /// Number, 1 to 28.
    pub number: u8,
    /// The heading of its chapter, as it stands in the regulation without spaces.
    pub chapter: &'static str,
    /// Its paragraphs (款), the first one first.
    pub paragraphs: &'static [Summary],
}

/// What a paragraph says, in our words; the text itself is the law.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Summary {
    /// In Chinese.
    pub zh: &'static str,
    /// In English.
    pub en: &'static str,
}

/// The article of that number, if there is one.
pub fn article(number: u8) -> Option<&'static Article> {
    ARTICLES.get(usize::from(number).checked_sub(1)?)
}

const fn art(number: u8, chapter: &'static str, paragraphs: &'static [Summary]) -> Article {
    Article { number, chapter, paragraphs }
}

const fn says(zh: &'static str, en: &'static str) -> Summary {
    Summary { zh, en }
}

const GENERAL: &str = "总则";
const MECHANISM: &str = "工作机制";
const SAFEGUARDS: &str = "工作保障";
const EXECUTION: &str = "监管实施";
const FOLLOW_UP: &str = "后续处理";
const OTHER: &str = "其他";

/// All 28 articles, in order.
pub static ARTICLES: [Article; 28] = [
    art(
        1,
        GENERAL,
        &[says(
            "目的和上位依据",
            "Purpose, and the documents of province and city that it carries out",
        )],
    ),
    art(
        2,
        GENERAL,
        &[says(
            "同一行业涉及多个部门的检查事项合并，由行业主管部门牵头，按双随机、一公开方式联合检查一次",
            "Items of several departments for one industry are joined, led by the department in charge of it, into one double-random inspection",
        )],
    ),
    art(
        3,
        GENERAL,
        &[
            says("四项原则", "Four principles"),
            says(
                "只按联合抽查事项清单载明的部门、事项、主体和分工检查",
                "Only what the joint list names is inspected, by whom it names",
            ),
            says(
                "主管部门组织实施，配合部门主动参与",
                "The lead department organises, the others take an active part",
            ),
            says(
                "各部门对各自的检查过程、结果和公示分别负责，问题由有权部门后续监管",
                "Each department answers for its own inspection, result and publication; problems go to the competent one",
            ),
            says(
                "事项、计划和结果都公开，法律法规另有规定的除外",
                "Items, plans and results are public unless a law says otherwise",
            ),
        ],
    ),
    art(
        4,
        GENERAL,
        &[says(
            "全过程在省级平台上操作，留下痕迹，可查可评可追责",
            "Everything is done on the provincial platform and leaves a trace that can be checked",
        )],
    ),
    art(
        5,
        MECHANISM,
        &[says(
            "牵头部门在二月底前报年度计划，联席办审核汇总后印发并公开",
            "Lead departments propose the year's plan by the end of February; the joint office reviews, merges, issues and publishes it",
        )],
    ),
    art(
        6,
        MECHANISM,
        &[says(
            "方案、抽取、检查、公示各环节由发起部门召集，参与部门及时响应",
            "At scheme, draw, visit and publication the initiator calls and the participants answer",
        )],
    ),
    art(
        7,
        MECHANISM,
        &[says(
            "联席办定期召集会商，必要时召开临时会议",
            "Regular conferences of the joint office, others when needed",
        )],
    ),
    art(
        8,
        MECHANISM,
        &[says(
            "许可、处罚和抽查结果在部门、地区、层级之间共享",
            "Permits, penalties and results are shared between departments, regions and levels",
        )],
    ),
    art(
        9,
        MECHANISM,
        &[says(
            "监测高风险行业，重大预警综合研判、协同处置",
            "High-risk industries are watched; major warnings are assessed and handled jointly",
        )],
    ),
    art(
        10,
        MECHANISM,
        &[says(
            "按信用风险分类，合理确定并动态调整抽查比例和频次",
            "Rates and frequency follow the credit risk of the target and are adjusted with it",
        )],
    ),
    art(
        11,
        MECHANISM,
        &[says(
            "问题线索分办、转办、查处；涉及多部门的由发起部门组织协同核查",
            "Clues are assigned, transferred and investigated; the initiator coordinates where several departments are concerned",
        )],
    ),
    art(
        12,
        MECHANISM,
        &[says(
            "检查结果与列入名录、处罚等失信信息衔接，依法公示和联合惩戒",
            "Results connect to listings, penalties and joint sanctions, published according to law",
        )],
    ),
    art(
        13,
        SAFEGUARDS,
        &[says(
            "各部门建立事项清单，标明适用联合抽查的事项及其依据、主体、内容、方式，动态调整并公开",
            "Each department keeps a public list of items with basis, body, content and methods, marking those fit for joint inspection",
        )],
    ),
    art(
        14,
        SAFEGUARDS,
        &[
            says(
                "各部门建立检查对象名录库并动态管理",
                "Each department keeps a register of targets up to date",
            ),
            says(
                "对象既有各类主体，也有产品、项目、行为",
                "Targets are bodies of all kinds, and also products, projects and behaviours",
            ),
        ],
    ),
    art(
        15,
        SAFEGUARDS,
        &[says(
            "各部门按层级、区划、执法类别建立执法检查人员名录库，标注资质和专长",
            "Each department keeps a register of inspectors by level, division and category, with qualification and expertise",
        )],
    ),
    art(
        16,
        SAFEGUARDS,
        &[says(
            "逐项制定抽查工作指引，随法律变动更新",
            "A guide for each item, renewed when the law changes",
        )],
    ),
    art(
        17,
        EXECUTION,
        &[says(
            "发起部门按计划制定方案：事项、分工、时间、要求，一次上门查多项",
            "The initiator writes the scheme after the plan: items, duties, time, requirements; one visit for many items",
        )],
    ),
    art(
        18,
        EXECUTION,
        &[says(
            "发起部门随机抽取检查对象，同级实施，或由上级一次抽取后派发",
            "The initiator draws the targets at random; carried out at the same level, or drawn once above and dispatched",
        )],
    ),
    art(
        19,
        EXECUTION,
        &[
            says(
                "各部门各自随机匹配人员；更换须经部门负责人批准，另行选派，不再随机匹配",
                "Each department matches its own inspectors at random; a replacement needs the head's approval and is named, not drawn",
            ),
            says(
                "特定领域可请机构和专家辅助",
                "Institutes and experts may assist in special fields",
            ),
        ],
    ),
    art(
        20,
        EXECUTION,
        &[
            says("联合检查的四个过程", "The four parts of a joint inspection"),
            says(
                "小组由匹配的全部人员组成，组长出自发起部门",
                "The team is everybody who was matched, led by one of the initiator",
            ),
            says(
                "提前查阅信息、准备文书，必要时提前告知",
                "Preparation, and notice beforehand where needed",
            ),
            says(
                "按指引检查并如实记录，能一次完成的一次完成，也可非现场检查",
                "Inspection by the guide, recorded truly, in one visit where possible, also off-site",
            ),
            says(
                "与对象确认情况；拒签的注明并录音录像；无法联系或严重不配合的取证后直接形成结果",
                "The target confirms; a refused signature is noted and recorded; out of reach or gravely uncooperative leads to a result on evidence",
            ),
        ],
    ),
    art(
        21,
        EXECUTION,
        &[
            says(
                "谁检查谁录入，完成后20个工作日内录入并公示",
                "Who inspected enters the result, within 20 working days of completion, and it is published",
            ),
            says("结果的种类是封闭的", "The kinds of result are a closed list"),
            says("公开后不得擅自更改", "What is published is not changed without authority"),
        ],
    ),
    art(
        22,
        FOLLOW_UP,
        &[says(
            "问题由监管部门后续处理，属于其他部门的及时移交",
            "Problems are followed up by the responsible department or handed to the competent one",
        )],
    ),
    art(
        23,
        FOLLOW_UP,
        &[says(
            "符合情形的依法列入经营异常名录或严重违法失信名单",
            "Where the conditions are met, listing as abnormal or as seriously in violation",
        )],
    ),
    art(
        24,
        FOLLOW_UP,
        &[says(
            "文字和音像资料立卷归档，保存方式由各部门确定",
            "Documents and recordings are filed; each department decides how they are kept",
        )],
    ),
    art(
        25,
        FOLLOW_UP,
        &[says(
            "负面信息信用修复：未处罚或轻微处罚的期满停止公示，列入名录或受其他处罚的随其停止同时停止",
            "Credit repair: without or with a minor penalty publicity stops after the period; otherwise together with the listing or penalty",
        )],
    ),
    art(
        26,
        OTHER,
        &[says(
            "检查对象和人员的信息只能用于本规范的用途",
            "Data of targets and inspectors serve the purposes of this regulation only",
        )],
    ),
    art(
        27,
        OTHER,
        &[says("主管部门指导、培训、监督", "Lead departments guide, train and supervise")],
    ),
    art(28, OTHER, &[says("自发布之日起施行", "In force from the day of issue")]),
];

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::format;
    use alloc::string::String;

    /// The regulation itself, without the spaces and line breaks of its layout.
    fn regulation() -> String {
        include_str!("../../tests/data/regulation.zh.txt")
            .chars()
            .filter(|c| !c.is_whitespace() && *c != '*')
            .collect()
    }

    #[test]
    fn every_article_stands_in_its_chapter_of_the_regulation() {
        let text = regulation();
        let mut from = 0;
        let mut chapter = "";
        for (i, article) in ARTICLES.iter().enumerate() {
            assert_eq!(usize::from(article.number), i + 1);
            if article.chapter != chapter {
                chapter = article.chapter;
                let heading = format!("章{chapter}");
                from += text[from..].find(&heading).expect(&heading);
            }
            let heading = format!("第{}条", chinese(article.number));
            from += text[from..].find(&heading).expect(&heading);
        }
        assert_eq!(text[from..].matches("条").count(), 1, "no article after the last");
    }

    fn chinese(n: u8) -> String {
        const DIGITS: [&str; 10] = ["", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
        let ten = match n / 10 {
            0 => "",
            1 => "十",
            _ => "二十",
        };
        format!("{ten}{}", DIGITS[usize::from(n % 10)])
    }

    #[test]
    fn articles_are_found_by_number_from_1_to_28() {
        assert_eq!(article(0), None);
        assert_eq!(article(1).map(|a| a.number), Some(1));
        assert_eq!(article(28).map(|a| a.number), Some(28));
        assert_eq!(article(29), None);
    }

    #[test]
    fn a_decision_never_claims_an_article() {
        let decision = Basis::Decision("frequency-cap");
        assert_eq!(
            format!("{}", decision.cite(Lang::Zh)),
            "本库的决定“frequency-cap”（非条文规定）"
        );
        assert_eq!(format!("{decision}"), "our decision \"frequency-cap\", not an article");
        assert_eq!(
            format!("{}", Basis::Article(19).cite(Lang::Zh)),
            "宛区双随机办〔2026〕3号第19条"
        );
        assert_eq!(format!("{}", Basis::Article(19)), "宛区双随机办〔2026〕3号 art. 19");
    }
}
