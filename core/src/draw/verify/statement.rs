//! What a verification has shown, in words.

use crate::draw::announcement::{Announcement, Assurance};
use crate::explain::{Lang, Said};
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

/// What a verification has shown. Nothing was found wrong.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Statement {
    /// What was checked and holds.
    pub checked: Vec<Said>,
    /// What that rests on.
    pub rests_on: Vec<Said>,
    /// What could not be checked, and what would be needed for it.
    pub not_checked: Vec<Said>,
}

impl Statement {
    pub(super) fn checked(&mut self, zh: impl Into<String>, en: impl Into<String>) {
        self.checked.push(Said::new(zh, en));
    }

    pub(super) fn not_checked(&mut self, zh: impl Into<String>, en: impl Into<String>) {
        self.not_checked.push(Said::new(zh, en));
    }

    /// Who would have had to collude.
    pub(super) fn assurance(&mut self, announcement: &Announcement) {
        let assurance = announcement.assurance();
        let stage = announcement.stage();
        let (code, zh, en) =
            (assurance.code(), assurance.in_words(Lang::Zh), assurance.in_words(Lang::En));
        let zh = format!("{stage}的保证程度为{code}：{zh}");
        self.rests_on.push(Said::new(zh, format!("assurance of {stage} is {code}: {en}")));
        match assurance {
            Assurance::Shared => self.not_checked(
                format!("{stage}：各部门是否各自产生和保管随机数，文件本身证明不了，需要询问各部门"),
                format!("{stage}: that each department made and kept its own nonce is in no file; ask the departments"),
            ),
            Assurance::Public => self.not_checked(
                format!("{stage}：公开随机数的值是否与公布的一致，需要查对其来源"),
                format!("{stage}: that the public values are those published needs a look at their source"),
            ),
            Assurance::Operator => {}
        }
    }

    /// What is known of the time at which the announcements became public.
    pub(super) fn about_time(&mut self, evidence: Option<&str>) {
        match evidence {
            Some(evidence) => self.rests_on.push(Said::new(
                format!("公告公开时间的外部证据：{evidence}（由使用者提供，本程序没有核实）"),
                format!("outside evidence of when the announcements became public: {evidence} (as given, not examined here)"),
            )),
            None => self.not_checked(
                "公告是否在随机数产生之前公开：没有给出外部证据，需要政府公报、可信时间戳或见证人；没有它，事先试过许多种子再挑一个也看不出来",
                "that the announcements were public before the randomness existed: no outside evidence was given (a gazette, a time stamp, a witness); without it, trying many seeds and choosing one cannot be seen",
            ),
        }
    }

    /// The statement in words.
    pub fn in_words(&self, lang: Lang) -> String {
        let mut text = String::new();
        for (zh, en, said) in [
            ("已核对，成立：", "Checked, and holds:", &self.checked),
            ("依据：", "Rests on:", &self.rests_on),
            ("未能核对：", "Could not be checked:", &self.not_checked),
        ] {
            if said.is_empty() {
                continue;
            }
            text += lang.pick(zh, en);
            text.push('\n');
            for said in said {
                text += "  - ";
                text += said.text(lang);
                text.push('\n');
            }
        }
        text
    }
}
