//! Working days and deadlines, one by one and in columns.

use crate::arrow::{Batches, TableError, Values, Wanted};
use crate::convert::{Day, hash_of, lang, whole};
use crate::error::{Answered, Told, all};
use crate::table::Table;
use pyo3::exceptions::{PyTypeError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyType};
use yicha::calendar::{self as core, Certainty, DayKind, Notice, NoticeDay};
use yicha::citation::Basis;
use yicha::date::{Date, DateError};
use yicha::explain::{Explain, Lang, Said};

/// Working days of mainland China, as far as notices are known.
#[pyclass(frozen, eq, module = "yicha._yicha")]
#[derive(PartialEq, Eq)]
pub(crate) struct Calendar(pub(crate) core::Calendar);

/// An answer of a calendar, and whether it may still change.
#[pyclass(frozen, eq, hash, module = "yicha._yicha")]
#[derive(PartialEq, Eq, Hash)]
pub(crate) struct Answer {
    value: Answer_,
    certainty: Certainty,
}

#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Answer_ {
    Day(Date),
    Number(i32),
    Flag(bool),
}

/// A period in working days; the day of the event does not count.
#[pyclass(frozen, eq, hash, module = "yicha._yicha")]
#[derive(PartialEq, Eq, Hash)]
pub(crate) struct Deadline(core::Deadline);

const fn missing(certainty: Certainty) -> Option<Day> {
    match certainty {
        Certainty::Firm => None,
        Certainty::Provisional { missing, .. } => Some(Day(missing)),
    }
}

#[pymethods]
impl Answer {
    /// The answer.
    #[getter]
    fn value<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        match self.value {
            Answer_::Day(day) => Day(day).into_pyobject(py),
            Answer_::Number(number) => Ok(number.into_pyobject(py)?.into_any()),
            Answer_::Flag(flag) => Ok(flag.into_pyobject(py)?.to_owned().into_any()),
        }
    }

    /// Whether the answer assumes plain weekends in a year whose notice is not known.
    #[getter]
    fn provisional(&self) -> bool {
        self.certainty != Certainty::Firm
    }

    /// The first day that the answer rests on and that no notice speaks of.
    #[getter]
    fn missing(&self) -> Option<Day> {
        missing(self.certainty)
    }

    /// The value of a yes or no. A day is neither, and a number is not to be taken for one.
    fn __bool__(&self) -> PyResult<bool> {
        match self.value {
            Answer_::Flag(flag) => Ok(flag),
            _ => Err(PyTypeError::new_err(
                "this answer is no yes or no; its `.value` would be right",
            )),
        }
    }

    /// `Answer[bool]`, as annotations have it.
    #[classmethod]
    fn __class_getitem__<'py>(
        class: &Bound<'py, PyType>,
        item: &Bound<'py, PyAny>,
    ) -> PyResult<Bound<'py, PyAny>> {
        class.py().import("types")?.call_method1("GenericAlias", (class, item))
    }

    fn __repr__(&self, py: Python<'_>) -> PyResult<String> {
        let value = self.value(py)?.str()?;
        Ok(format!("<{value}{}>", if self.provisional() { ", provisional" } else { "" }))
    }
}

#[pymethods]
impl Deadline {
    /// The day of the event.
    #[getter]
    fn start(&self) -> Day {
        Day(self.0.start)
    }

    /// Length in working days.
    #[getter]
    fn workdays(&self) -> u16 {
        self.0.workdays
    }

    /// The last day on which one is in time.
    #[getter]
    fn last_day(&self) -> Day {
        Day(self.0.last_day)
    }

    /// Whether the last day may still change.
    #[getter]
    fn provisional(&self) -> bool {
        self.0.certainty != Certainty::Firm
    }

    /// The first day that the answer rests on and that no notice speaks of.
    #[getter]
    fn missing(&self) -> Option<Day> {
        missing(self.0.certainty)
    }

    fn __repr__(&self) -> String {
        let sure = if self.provisional() { ", provisional" } else { "" };
        format!(
            "<Deadline {} working days from {}: {}{sure}>",
            self.0.workdays, self.0.start, self.0.last_day
        )
    }
}

fn no_day(day: i32) -> DateError {
    let wanted = Said::new("公元1至9999年的日期", "a day of the years 1 to 9999");
    DateError { found: format!("{day} days from 1970-01-01"), wanted }
}

/// What is wrong with the day in a row of a column.
struct InRow<E> {
    column: &'static str,
    row: usize,
    error: E,
}

impl<E: Explain> std::fmt::Display for InRow<E> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "row {} of {:?}: {}", self.row, self.column, self.error)
    }
}

impl<E: Explain> Explain for InRow<E> {
    fn code(&self) -> &'static str {
        self.error.code()
    }

    fn basis(&self) -> Basis {
        self.error.basis()
    }

    fn message(&self, lang: Lang) -> String {
        match lang {
            Lang::En => self.to_string(),
            Lang::Zh => format!("{}列第{}行：{}", self.column, self.row, self.error.message(lang)),
        }
    }
}

impl<E: Told> Told for InRow<E> {
    const CLASS: &'static str = E::CLASS;

    fn values(&self, values: &Bound<'_, PyDict>) -> PyResult<()> {
        self.error.values(values)?;
        values.set_item("column", self.column)?;
        values.set_item("row", self.row)
    }
}

impl Calendar {
    /// Goes over a column of days and gives two columns: the answers, and whether each is provisional.
    fn column<T>(
        py: Python<'_>,
        dates: &Bound<'_, PyAny>,
        answer: impl Fn(Date) -> Result<(T, Certainty), core::OutOfRange> + Sync,
    ) -> Answered<(Vec<T>, Values)>
    where
        T: Send,
    {
        let (mut values, mut provisional) = (Vec::new(), Vec::new());
        each_day(py, "dates", dates, |date| {
            let (value, certainty) = answer(date)?;
            values.push(value);
            provisional.push(certainty != Certainty::Firm);
            Ok(())
        })?;
        Ok((values, Values::flags(provisional)))
    }
}

/// Goes over a column of days, the argument of that name.
fn each_day(
    py: Python<'_>,
    name: &'static str,
    dates: &Bound<'_, PyAny>,
    mut take: impl FnMut(Date) -> Result<(), core::OutOfRange> + Send,
) -> Answered<()> {
    let mut batches = Batches::of_column(name, dates, Wanted::Days)?;
    while let Some(part) = batches.next(py, &[])? {
        for column in &part.columns {
            let days = column.days(part.before)?;
            let take = |(place, &day)| match Date::from_days(day) {
                Some(date) => take(date).map_err(|error| (place, Some(error))),
                None => Err((place, None)),
            };
            if let Err((place, error)) = py.detach(|| days.iter().enumerate().try_for_each(take)) {
                let (column, row) = (name, part.before + place + 1);
                return Err(match error {
                    Some(error) => InRow { column, row, error }.into(),
                    None => InRow { column, row, error: no_day(days[place]) }.into(),
                });
            }
        }
    }
    Ok(())
}

/// A column of days as a whole.
fn all_days(py: Python<'_>, name: &'static str, dates: &Bound<'_, PyAny>) -> Answered<Vec<Date>> {
    let mut all = Vec::new();
    each_day(py, name, dates, |date| {
        all.push(date);
        Ok(())
    })?;
    Ok(all)
}

#[pymethods]
impl Calendar {
    /// 2007 to 2026, as the State Council's notices have them.
    #[staticmethod]
    fn china() -> Self {
        Self(core::Calendar::china())
    }

    /// Plain weekends, nothing known.
    #[staticmethod]
    fn plain() -> Self {
        Self(core::Calendar::plain())
    }

    /// The same calendar with a further notice: `days` are (date, "off" or "work", festival).
    fn with_notice(
        &self,
        #[pyo3(from_py_with = whole)] year: i32,
        source: String,
        days: Vec<(Day, String, String)>,
    ) -> Answered<Self> {
        let day = |(day, kind, festival): (Day, String, String)| {
            let kind = match kind.as_str() {
                "off" => DayKind::Off,
                "work" => DayKind::Work,
                _ => {
                    let said = format!("{} is {kind:?}; off or work would be right", day.0);
                    return Err(PyValueError::new_err(said));
                }
            };
            Ok(NoticeDay { date: day.0, kind, festival })
        };
        let days = days.into_iter().map(day).collect::<PyResult<_>>()?;
        self.0.with_notice(Notice { year, source, days }).map(Self).map_err(all)
    }

    /// Whether a day is a working day.
    fn is_workday(&self, date: Day) -> Answer {
        let answer = self.0.is_workday(date.0);
        Answer { value: Answer_::Flag(answer.value), certainty: answer.certainty }
    }

    /// The `workdays`-th working day after a day, before it when negative; the day itself does not count.
    fn add_workdays(
        &self,
        date: Day,
        #[pyo3(from_py_with = whole)] workdays: i32,
    ) -> Answered<Answer> {
        let answer = self.0.add_workdays(date.0, workdays)?;
        Ok(Answer { value: Answer_::Day(answer.value), certainty: answer.certainty })
    }

    /// Working days after `start` up to and including `end`.
    fn workdays_between(&self, start: Day, end: Day) -> Answer {
        let answer = self.0.workdays_between(start.0, end.0);
        Answer { value: Answer_::Number(answer.value), certainty: answer.certainty }
    }

    /// The last day of a period of working days that begins on the day after `start`.
    #[pyo3(signature = (start, workdays=20))]
    fn deadline(
        &self,
        start: Day,
        #[pyo3(from_py_with = whole)] workdays: u16,
    ) -> Answered<Deadline> {
        Ok(Deadline(self.0.deadline(start.0, workdays)?))
    }

    /// Every day of a period with its number or the reason why it does not count: (date, number or None, reason).
    #[pyo3(signature = (deadline, language=None))]
    fn explain(
        &self,
        deadline: &Deadline,
        language: Option<&str>,
    ) -> PyResult<Vec<(Day, Option<u16>, String)>> {
        let lang = lang(language)?;
        let told =
            |day: core::ExplainedDay<'_>| (Day(day.date), day.number, day.reason.in_words(lang));
        Ok(self.0.explain(&deadline.0).map(told).collect())
    }

    /// `add_workdays` for a column of dates: a table of `value` and `provisional`.
    fn add_workdays_column(
        &self,
        py: Python<'_>,
        dates: &Bound<'_, PyAny>,
        #[pyo3(from_py_with = whole)] workdays: i32,
    ) -> Answered<Table> {
        let (values, provisional) = Self::column(py, dates, |date| {
            let answer = self.0.add_workdays(date, workdays)?;
            Ok((answer.value.days(), answer.certainty))
        })?;
        Ok(Table::new([("value", Values::Days(values)), ("provisional", provisional)]))
    }

    /// `is_workday` for a column of dates: a table of `value` and `provisional`.
    fn is_workday_column(&self, py: Python<'_>, dates: &Bound<'_, PyAny>) -> Answered<Table> {
        let (values, provisional) = Self::column(py, dates, |date| {
            let answer = self.0.is_workday(date);
            Ok((answer.value, answer.certainty))
        })?;
        Ok(Table::new([("value", Values::flags(values)), ("provisional", provisional)]))
    }

    /// `workdays_between` for two columns of dates, as long as each other: a table of `value` and `provisional`.
    fn workdays_between_column(
        &self,
        py: Python<'_>,
        starts: &Bound<'_, PyAny>,
        ends: &Bound<'_, PyAny>,
    ) -> Answered<Table> {
        let (starts, ends) = (all_days(py, "starts", starts)?, all_days(py, "ends", ends)?);
        if starts.len() != ends.len() {
            let (found, wanted) = (ends.len(), starts.len());
            return Err(TableError::Lengths { column: "ends".into(), found, wanted }.into());
        }
        let between = |(&start, &end)| self.0.workdays_between(start, end);
        let answers: Vec<_> = py.detach(|| starts.iter().zip(&ends).map(between).collect());
        let values = answers.iter().map(|answer| answer.value.into()).collect();
        let provisional = answers.iter().map(|answer| answer.certainty != Certainty::Firm);
        Ok(Table::new([
            ("value", Values::Numbers(values)),
            ("provisional", Values::flags(provisional)),
        ]))
    }

    fn __hash__(&self) -> u64 {
        hash_of(&self.0.notices().len())
    }

    fn __repr__(&self) -> String {
        format!("<Calendar with {} notices>", self.0.notices().len())
    }
}
