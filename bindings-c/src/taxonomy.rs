//! The closed lists: languages, results of article 21, risk classes of article 10, assurance of a draw.

use crate::border::{answer, perform};
use crate::calendar::no_place;
use crate::error::{Fault, refused};
use crate::view::{Str, array};
use std::mem::MaybeUninit;
use yicha::draw::announcement::Assurance;
use yicha::draw::quota::BasisPoints;
use yicha::explain::Lang;
use yicha::result::{InspectionResult, Polarity};
use yicha::risk::{RiskClass, check_rates};

/// Language: Chinese.
pub const YICHA_ZH: i32 = 0;
/// Language: English.
pub const YICHA_EN: i32 = 1;

/// The results of article 21 are numbered from 0 in the order of the article; there are so many.
pub const YICHA_RESULTS: i32 = 10;
/// The risk classes are numbered from 0 (低) to 3 (高); there are so many.
pub const YICHA_RISK_CLASSES: i32 = 4;

/// Polarity: the result does not speak against the target.
pub const YICHA_NOT_NEGATIVE: i32 = 0;
/// Polarity: it does.
pub const YICHA_NEGATIVE: i32 = 1;
/// Polarity: the person who enters the result says whether it does.
pub const YICHA_POLARITY_TO_BE_SAID: i32 = 2;

/// Assurance: it rests on the word of the one who ran the draw.
pub const YICHA_OPERATOR: i32 = 0;
/// Assurance: steering needs all contributing departments together.
pub const YICHA_SHARED: i32 = 1;
/// Assurance: nobody can steer it.
pub const YICHA_PUBLIC: i32 = 2;

pub(crate) fn lang(language: i32) -> Result<Lang, Fault> {
    match language {
        YICHA_ZH => Ok(Lang::Zh),
        YICHA_EN => Ok(Lang::En),
        _ => {
            let en = "YICHA_ZH or YICHA_EN";
            Err(Fault::range("language", "YICHA_ZH或YICHA_EN", en))
        }
    }
}

pub(crate) const fn assurance_number(assurance: Assurance) -> i32 {
    match assurance {
        Assurance::Operator => YICHA_OPERATOR,
        Assurance::Shared => YICHA_SHARED,
        Assurance::Public => YICHA_PUBLIC,
    }
}

fn entry<T: Copy>(list: &[T], number: i32, name: &'static str) -> Result<T, Fault> {
    let found = usize::try_from(number).ok().and_then(|number| list.get(number));
    let en = "a number of the list";
    found.copied().ok_or_else(|| Fault::range(name, "列表中的编号", en))
}

/// The stable code of a result, such as `no-problem-found`. It lives as long as the program. Article 21.
#[unsafe(no_mangle)]
pub extern "C" fn yicha_result_code(
    result: i32,
    out: Option<&mut MaybeUninit<Str>>,
    error: Option<&mut MaybeUninit<Box<crate::error::Error>>>,
) -> i32 {
    answer(error, out, || Ok(Str::of(entry(&InspectionResult::ALL, result, "result")?.code())))
}

/// The number of the result with that code; YICHA_NOT_FOUND when there is none. Article 21.
#[unsafe(no_mangle)]
pub extern "C" fn yicha_result_from_code(
    code: Str,
    out: Option<&mut MaybeUninit<i32>>,
    error: Option<&mut MaybeUninit<Box<crate::error::Error>>>,
) -> i32 {
    answer(error, out, || {
        let found = InspectionResult::from_code(code.text("code")?).ok_or_else(no_place)?;
        Ok(place(&InspectionResult::ALL, found))
    })
}

/// The official label of a result in Chinese, or an English one. It lives as long as the program. Article 21.
#[unsafe(no_mangle)]
pub extern "C" fn yicha_result_label(
    result: i32,
    language: i32,
    out: Option<&mut MaybeUninit<Str>>,
    error: Option<&mut MaybeUninit<Box<crate::error::Error>>>,
) -> i32 {
    answer(error, out, || {
        Ok(Str::of(entry(&InspectionResult::ALL, result, "result")?.label(lang(language)?)))
    })
}

/// Whether a result speaks against the target: YICHA_NOT_NEGATIVE, YICHA_NEGATIVE or YICHA_POLARITY_TO_BE_SAID.
/// Article 25.
#[unsafe(no_mangle)]
pub extern "C" fn yicha_result_polarity(
    result: i32,
    out: Option<&mut MaybeUninit<i32>>,
    error: Option<&mut MaybeUninit<Box<crate::error::Error>>>,
) -> i32 {
    answer(error, out, || {
        Ok(match entry(&InspectionResult::ALL, result, "result")?.polarity() {
            Polarity::NotNegative => YICHA_NOT_NEGATIVE,
            Polarity::Negative => YICHA_NEGATIVE,
            Polarity::ToBeSaid => YICHA_POLARITY_TO_BE_SAID,
        })
    })
}

/// Whether a result needs a text of its own: 1 or 0. Article 21.
#[unsafe(no_mangle)]
pub extern "C" fn yicha_result_needs_text(
    result: i32,
    out: Option<&mut MaybeUninit<i32>>,
    error: Option<&mut MaybeUninit<Box<crate::error::Error>>>,
) -> i32 {
    answer(error, out, || Ok(entry(&InspectionResult::ALL, result, "result")?.needs_text().into()))
}

/// The code of a risk class, `A` to `D`. It lives as long as the program. Article 10.
#[unsafe(no_mangle)]
pub extern "C" fn yicha_risk_code(
    class: i32,
    out: Option<&mut MaybeUninit<Str>>,
    error: Option<&mut MaybeUninit<Box<crate::error::Error>>>,
) -> i32 {
    answer(error, out, || Ok(Str::of(entry(&RiskClass::ALL, class, "class")?.code())))
}

/// The number of the risk class with that code; YICHA_NOT_FOUND when there is none. Article 10.
#[unsafe(no_mangle)]
pub extern "C" fn yicha_risk_from_code(
    code: Str,
    out: Option<&mut MaybeUninit<i32>>,
    error: Option<&mut MaybeUninit<Box<crate::error::Error>>>,
) -> i32 {
    answer(error, out, || {
        let found = RiskClass::from_code(code.text("code")?).ok_or_else(no_place)?;
        Ok(place(&RiskClass::ALL, found))
    })
}

/// The label of a risk class. It lives as long as the program. Article 10.
#[unsafe(no_mangle)]
pub extern "C" fn yicha_risk_label(
    class: i32,
    language: i32,
    out: Option<&mut MaybeUninit<Str>>,
    error: Option<&mut MaybeUninit<Box<crate::error::Error>>>,
) -> i32 {
    answer(error, out, || {
        Ok(Str::of(entry(&RiskClass::ALL, class, "class")?.label(lang(language)?)))
    })
}

/// The rate in basis points that Henan set in 2021 for a class, for plans that name none. Article 10.
#[unsafe(no_mangle)]
pub extern "C" fn yicha_risk_henan_2021_rate(
    class: i32,
    out: Option<&mut MaybeUninit<u64>>,
    error: Option<&mut MaybeUninit<Box<crate::error::Error>>>,
) -> i32 {
    answer(error, out, || Ok(entry(&RiskClass::ALL, class, "class")?.henan_2021_rate().get()))
}

/// Checks `count` rates in basis points of classes in ascending order of risk. Refused: `rate-zero`, `rate-falling`.
#[unsafe(no_mangle)]
pub extern "C" fn yicha_risk_check_rates(
    classes: *const i32,
    rates: *const u32,
    count: usize,
    error: Option<&mut MaybeUninit<Box<crate::error::Error>>>,
) -> i32 {
    perform(error, || {
        let classes = array(classes, count, "classes")?;
        let pair = |(&class, &rate): (&i32, &u32)| {
            Ok((entry(&RiskClass::ALL, class, "classes")?, basis_points(rate.into())?))
        };
        let pairs = classes.iter().zip(array(rates, count, "rates")?).map(pair);
        check_rates(&pairs.collect::<Result<Vec<_>, Fault>>()?).map_err(refused)
    })
}

pub(crate) fn basis_points(rate: u64) -> Result<BasisPoints, Fault> {
    let en = "0 to 10000 basis points";
    BasisPoints::new(rate).ok_or_else(|| Fault::range("rate", "万分之0至10000", en))
}

const ASSURANCES: [Assurance; 3] = [Assurance::Operator, Assurance::Shared, Assurance::Public];

/// The stable code of an assurance: `operator`, `shared` or `public`. It lives as long as the program.
#[unsafe(no_mangle)]
pub extern "C" fn yicha_assurance_code(
    assurance: i32,
    out: Option<&mut MaybeUninit<Str>>,
    error: Option<&mut MaybeUninit<Box<crate::error::Error>>>,
) -> i32 {
    answer(error, out, || Ok(Str::of(entry(&ASSURANCES, assurance, "assurance")?.code())))
}

/// What an assurance means, in a sentence that lives as long as the program.
#[unsafe(no_mangle)]
pub extern "C" fn yicha_assurance_words(
    assurance: i32,
    language: i32,
    out: Option<&mut MaybeUninit<Str>>,
    error: Option<&mut MaybeUninit<Box<crate::error::Error>>>,
) -> i32 {
    answer(error, out, || {
        Ok(Str::of(entry(&ASSURANCES, assurance, "assurance")?.in_words(lang(language)?)))
    })
}

fn place<T: PartialEq>(list: &[T], wanted: T) -> i32 {
    list.iter().position(|entry| *entry == wanted).unwrap_or_default() as i32
}
