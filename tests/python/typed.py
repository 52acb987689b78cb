"""What a strict reader of types knows of the module. It is checked by them, and not run."""

import datetime
from typing import assert_type

import yicha


def is_workday(calendar: yicha.Calendar, day: datetime.date) -> bool:
    return calendar.is_workday(day).value


def answers(calendar: yicha.Calendar, day: datetime.date) -> None:
    assert_type(calendar.is_workday(day), yicha.Answer[bool])
    assert_type(calendar.is_workday(day).value, bool)
    assert_type(calendar.add_workdays(day, 20).value, datetime.date)
    assert_type(calendar.workdays_between(day, day).value, int)


def report(folder: dict[str, bytes]) -> yicha.audit.FolderReport:
    return yicha.audit.audit_folder(folder)


def words(error: yicha.Error, result: yicha.InspectionResult) -> list[str]:
    yicha.set_language("en")
    return [error.message(), error.message("zh"), result.label(), *yicha.article(21), *yicha.article(21, "zh")]
