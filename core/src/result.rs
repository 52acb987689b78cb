//! The closed list of results of article 21, paragraph 2. A result belongs to one item of one inspection.

use crate::explain::Lang;
use core::fmt;

/// What an item's inspection found. 合格/不合格, one entry of the article, are two values.
///
/// The list is the law's: it is exhaustive on purpose, so that a change of it breaks whoever matches on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum InspectionResult {
    /// 未发现问题.
    NoProblemFound,
    /// 未按规定公示应当公示的信息.
    InformationNotPublished,
    /// 通过登记的住所（经营场所）无法联系.
    Unreachable,
    /// 不配合检查情节严重.
    SeriouslyUncooperative,
    /// 未发现开展本次抽查涉及的经营活动.
    NoSuchBusiness,
    /// 发现问题，依法责令立即改正或者限期改正.
    ProblemToBeCorrected,
    /// 发现问题，待后续调查处理.
    ProblemUnderInvestigation,
    /// 合格.
    Passed,
    /// 不合格.
    Failed,
    /// 其他情况: needs a text, and the person who enters it says whether it is negative.
    Other,
}

/// Whether a result speaks against the target, and so can be repaired (article 25).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Polarity {
    /// It does not.
    NotNegative,
    /// It does.
    Negative,
    /// The person who enters the result decides.
    ToBeSaid,
}

impl InspectionResult {
    /// All values, in the order of the article.
    pub const ALL: [Self; 10] = [
        Self::NoProblemFound,
        Self::InformationNotPublished,
        Self::Unreachable,
        Self::SeriouslyUncooperative,
        Self::NoSuchBusiness,
        Self::ProblemToBeCorrected,
        Self::ProblemUnderInvestigation,
        Self::Passed,
        Self::Failed,
        Self::Other,
    ];

    /// The stable code. It is ours, not a province's.
    pub const fn code(self) -> &'static str {
        match self {
            Self::NoProblemFound => "no-problem-found",
            Self::InformationNotPublished => "information-not-published",
            Self::Unreachable => "unreachable",
            Self::SeriouslyUncooperative => "seriously-uncooperative",
            Self::NoSuchBusiness => "no-such-business",
            Self::ProblemToBeCorrected => "problem-to-be-corrected",
            Self::ProblemUnderInvestigation => "problem-under-investigation",
            Self::Passed => "passed",
            Self::Failed => "failed",
            Self::Other => "other",
        }
    }

    /// The value with that code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|result| result.code() == code)
    }

    /// The official label (Chinese), or an English one.
    pub const fn label(self, lang: Lang) -> &'static str {
        let (zh, en) = match self {
            Self::NoProblemFound => ("未发现问题", "no problem found"),
            Self::InformationNotPublished => {
                ("未按规定公示应当公示的信息", "required information not published")
            }
            Self::Unreachable => {
                ("通过登记的住所（经营场所）无法联系", "unreachable at the registered address")
            }
            Self::SeriouslyUncooperative => ("不配合检查情节严重", "seriously uncooperative"),
            Self::NoSuchBusiness => {
                ("未发现开展本次抽查涉及的经营活动", "does not carry on the business inspected")
            }
            Self::ProblemToBeCorrected => (
                "发现问题，依法责令立即改正或者限期改正",
                "problem found, correction ordered at once or by a date",
            ),
            Self::ProblemUnderInvestigation => {
                ("发现问题，待后续调查处理", "problem found, to be investigated")
            }
            Self::Passed => ("合格", "passed"),
            Self::Failed => ("不合格", "failed"),
            Self::Other => ("其他情况", "other circumstances"),
        };
        lang.pick(zh, en)
    }

    /// Whether the result speaks against the target.
    pub const fn polarity(self) -> Polarity {
        match self {
            Self::NoProblemFound | Self::NoSuchBusiness | Self::Passed => Polarity::NotNegative,
            Self::InformationNotPublished
            | Self::Unreachable
            | Self::SeriouslyUncooperative
            | Self::ProblemToBeCorrected
            | Self::ProblemUnderInvestigation
            | Self::Failed => Polarity::Negative,
            Self::Other => Polarity::ToBeSaid,
        }
    }

    /// Whether the result speaks against the target, where somebody has said so or not: the list decides, and only what it
    /// leaves open is theirs to say. `None` where it has to be said and is not, or is said otherwise than the list has it.
    pub fn negative(self, said: Option<bool>) -> Option<bool> {
        match self.polarity() {
            Polarity::ToBeSaid => said,
            polarity => {
                let negative = polarity == Polarity::Negative;
                said.is_none_or(|said| said == negative).then_some(negative)
            }
        }
    }

    /// Whether the result needs a text of its own.
    pub const fn needs_text(self) -> bool {
        matches!(self, Self::Other)
    }
}

/// The stable code.
impl fmt::Display for InspectionResult {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::string::String;
    use alloc::vec::Vec;

    #[test]
    fn the_labels_are_the_articles_own_list() {
        let regulation: String = include_str!("../../tests/data/regulation.zh.txt")
            .chars()
            .filter(|c| !c.is_whitespace())
            .collect();
        let (_, list) = regulation.split_once("抽查检查结果包括：").unwrap();
        let (list, _) = list.split_once('。').unwrap();
        let labels: Vec<_> = list.split(['；', '/']).collect();
        assert_eq!(labels, InspectionResult::ALL.map(|r| r.label(Lang::Zh)));
    }

    #[test]
    fn codes_are_distinct_and_lead_back() {
        for result in InspectionResult::ALL {
            assert_eq!(InspectionResult::from_code(result.code()), Some(result));
        }
        assert_eq!(InspectionResult::from_code("合格"), None);
    }

    #[test]
    fn six_results_are_negative_and_one_is_to_be_said() {
        use InspectionResult::*;
        let with = |polarity| {
            InspectionResult::ALL
                .into_iter()
                .filter(|r| r.polarity() == polarity)
                .collect::<Vec<_>>()
        };
        assert_eq!(
            with(Polarity::Negative),
            [
                InformationNotPublished,
                Unreachable,
                SeriouslyUncooperative,
                ProblemToBeCorrected,
                ProblemUnderInvestigation,
                Failed
            ]
        );
        assert_eq!(with(Polarity::ToBeSaid), [Other]);
        assert!(InspectionResult::ALL.iter().all(|r| r.needs_text() == (*r == Other)));
    }
}
