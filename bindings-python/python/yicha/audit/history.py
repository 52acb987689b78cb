"""Past draws and matchings, from the files that they left or from somebody's tables."""

from __future__ import annotations

import datetime
import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import combinations
from os import PathLike
from typing import Any

from .. import _json
from .._yicha import Announcement, DrawnFile, Matched, Problem, Roster, Table
from ..errors import FileError, TableError
from ..files import read_folder
from ._table import Tabular


@dataclass(frozen=True)
class DrawRecord:
    """One past draw of one class: the list in its order, and who was drawn.

    `draw` names the draw, of which other classes are other records. `teams` and `staff` serve where one department
    matched and nothing more is known of it; a `MatchRecord` says more.
    """

    listed: tuple[str, ...]
    drawn: frozenset[str]
    stratum: str = "-"
    teams: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    staff: tuple[str, ...] = ()
    draw: str = ""

    def __post_init__(self) -> None:
        if len(set(self.listed)) != len(self.listed):
            raise ValueError("a target stands twice in the list of a draw")
        stray = self.drawn - set(self.listed)
        if stray:
            raise ValueError(f"drawn but not listed: {sorted(stray)[0]}")
        _check_teams(self.teams)


@dataclass(frozen=True)
class MatchRecord:
    """One department's past matching: the inspectors sent to each target of a draw, and who could have been sent.

    `problem` says exactly who could go where. Without it `staff` are the people among whom was chosen; where that is
    empty too, these are all whom the department ever sent.
    """

    draw: str
    department: str
    teams: Mapping[str, tuple[str, ...]]
    staff: tuple[str, ...] = ()
    problem: Problem | None = None

    def __post_init__(self) -> None:
        _check_teams(self.teams)

    def everybody(self) -> set[str]:
        """Who is known to have been there, sent or not."""
        known = set[str](self.staff).union(*self.teams.values())
        return known if self.problem is None else known.union(self.problem.inspectors["inspector"].to_pylist())


def _check_teams(teams: Mapping[str, tuple[str, ...]]) -> None:
    for target, team in teams.items():
        if len(set(team)) != len(team):
            raise ValueError(f"an inspector stands twice in the team for {target}")


class History(Tabular):
    """Past draws, one record for each class of each draw, in the order of their days; and the matchings that followed.

    The order matters: a list is held against the draws before it.
    """

    def __init__(self, records: Iterable[DrawRecord], matchings: Iterable[MatchRecord] = ()) -> None:
        self.records: tuple[DrawRecord, ...] = tuple(records)
        self.matchings: tuple[MatchRecord, ...] = (*self._of_records(), *matchings)

    def _of_records(self) -> Iterator[MatchRecord]:
        """The teams that stand in the records, those of all classes of a draw together."""
        teams: dict[str, dict[str, tuple[str, ...]]] = {}
        staff: dict[str, dict[str, None]] = {}
        for name, record in zip(self.draw_names(), self.records, strict=True):
            if record.teams or record.staff:
                teams.setdefault(name, {}).update(record.teams)
                staff.setdefault(name, {}).update(dict.fromkeys(record.staff))
        for name, sent in teams.items():
            yield MatchRecord(name, "-", sent, tuple(staff[name]))

    def __len__(self) -> int:
        return len(self.records)

    def __iter__(self) -> Iterator[DrawRecord]:
        return iter(self.records)

    def __repr__(self) -> str:
        return f"<History of {len(self.records)} draws>"

    @classmethod
    def from_folders(cls, paths: Iterable[str | PathLike[str]]) -> History:
        """The history of folders with internal files. A class of a folder is a draw, and a `matched-` file a matching.

        They are put in the order of their announcements. Raises `FileError` for a file that is needed and not there,
        and for two folders of the same draw.
        """
        draws: dict[str, tuple[datetime.datetime, str, Mapping[str, bytes]]] = {}
        for path in paths:
            name = os.fspath(path)
            files = read_folder(path)
            for needed in _NEEDED:
                if needed not in files:
                    raise _missing(name, needed)
            announcement = Announcement.parse(files["announcement-targets.txt"])
            if announcement.digest in draws:
                raise _twice(draws[announcement.digest][1], name)
            draws[announcement.digest] = announcement.announced, name, files
        ordered = sorted(draws.values(), key=lambda draw: draw[:2])
        return cls(
            [record for _, name, files in ordered for record in _draws(name, files)],
            [record for _, name, files in ordered for record in _matchings(name, files)],
        )

    @classmethod
    def from_rows(cls, rows: Any, visits: Any = ()) -> History:
        """The history of rows with `draw`, `id`, `drawn` and perhaps `stratum` and `day`.

        Draws are put in the order of their days; without `day`, the order in which they first appear is taken for that.

        `drawn` is true or false, or 1 or 0, and ids stand in the order of the list. `visits` are rows with `draw`,
        `id`, `inspector` and perhaps `department`. Both are tables (of Polars, PyArrow and this package; others with
        the Arrow interface if PyArrow is installed) or iterables of mappings. Raises `TableError` with row, column and
        value.
        """
        lists: dict[tuple[str, str], dict[str, int]] = {}
        drawn: dict[tuple[str, str], set[str]] = {}
        days: dict[str, str] = {}
        for number, row in _numbered(rows):
            key = _text(number, row, "draw"), _text(number, row, "stratum", "-")
            day = _day(number, row)
            if days.setdefault(key[0], day) != day:
                zh, en = (
                    f"同一次抽取的日期此前为{days[key[0]]}",
                    f"the draw has the day {days[key[0]]} in an earlier row",
                )
                raise _wrong(number, "day", day, zh, en)
            target = _text(number, row, "id")
            earlier = lists.setdefault(key, {}).setdefault(target, number)
            if earlier != number:
                raise _wrong(
                    number,
                    "id",
                    target,
                    f"该对象在同一次抽取的名单中已见于第{earlier}行；每个对象只列一行",
                    f"the list of this draw has the target in row {earlier} already, and once would be right",
                )
            if _flag(number, row, "drawn"):
                drawn.setdefault(key, set()).add(target)
        teams: dict[tuple[str, str], dict[str, dict[str, None]]] = {}
        for number, row in _numbered(visits):
            key = _text(number, row, "draw"), _text(number, row, "department", "-")
            team = teams.setdefault(key, {}).setdefault(_text(number, row, "id"), {})
            team[_text(number, row, "inspector")] = None
        return cls(
            (
                DrawRecord(tuple(ids), frozenset(drawn.get(key, ())), stratum=key[1], draw=key[0])
                for key, ids in sorted(lists.items(), key=lambda item: days[item[0][0]])
            ),
            (MatchRecord(*key, {target: tuple(team) for target, team in sent.items()}) for key, sent in teams.items()),
        )

    def to_table(self) -> Table:
        """How often each target was drawn: id, times, expected, variance of what was expected."""
        told = [(target, *found) for target, found in sorted(self.inclusion().items())]
        names = ("id", "times", "expected", "variance")
        return Table({name: [row[i] for row in told] for i, name in enumerate(names)})

    def draw_names(self) -> list[str]:
        """What the draw of each record is called: as it says, or by the record's number, from 1."""
        return [record.draw or str(number) for number, record in enumerate(self.records, 1)]

    def names(self) -> list[str]:
        """What the records are called: by draw and class."""
        return [
            name if record.stratum == "-" else f"{name}/{record.stratum}"
            for name, record in zip(self.draw_names(), self.records, strict=True)
        ]

    def inclusion(self) -> dict[str, tuple[int, float, float]]:
        """For each target: how often it was drawn, how often it should have been, and the variance of that."""
        found: dict[str, tuple[int, float, float]] = {}
        for record in self.records:
            p = len(record.drawn) / len(record.listed) if record.listed else 0.0
            for target in record.listed:
                times, expected, variance = found.get(target, (0, 0.0, 0.0))
                found[target] = times + (target in record.drawn), expected + p, variance + p * (1 - p)
        return found

    def never_drawn_usually(self) -> float:
        """How many targets chance would leave undrawn.

        Each draw takes, of the targets that were not drawn before, its share of those on its list. That is exact in the
        mean, whatever decides who stands on the lists.
        """
        seen, drawn, taken = set[str](), set[str](), 0.0
        for record in self.records:
            seen.update(record.listed)
            if record.listed:
                taken += len(record.drawn) / len(record.listed) * sum(t not in drawn for t in record.listed)
            drawn |= record.drawn
        return len(seen) - taken

    def people(self) -> Callable[[str, str], str]:
        """What to call an inspector of a department: by the code, and by both where two departments have that code."""
        departments: dict[str, set[str]] = {}
        for matching in self.matchings:
            for code in matching.everybody():
                departments.setdefault(code, set()).add(matching.department)
        return lambda department, code: code if len(departments.get(code, ())) < 2 else f"{department}/{code}"

    def loads(self) -> Counter[str]:
        """How often each inspector was sent, those never sent included where they are known."""
        loads, person = Counter[str](), self.people()
        for matching in self.matchings:
            loads.update({person(matching.department, code): 0 for code in matching.everybody()})
            loads.update(person(matching.department, code) for team in matching.teams.values() for code in team)
        return loads

    def pairs(self) -> Counter[tuple[str, str]]:
        """How often two inspectors were sent together, of whatever departments."""
        person = self.people()
        joint: dict[tuple[str, str], set[str]] = {}
        for matching in self.matchings:
            for target, team in matching.teams.items():
                joint.setdefault((matching.draw, target), set()).update(
                    person(matching.department, code) for code in team
                )
        return Counter(pair for team in joint.values() for pair in combinations(sorted(team), 2))

    def returns(self) -> Counter[tuple[str, str]]:
        """How often each inspector was sent to each target."""
        person = self.people()
        return Counter(
            (person(matching.department, code), target)
            for matching in self.matchings
            for target, team in matching.teams.items()
            for code in team
        )

    def repeat_visits(self) -> Counter[int]:
        """How many targets were drawn how often."""
        return Counter(times for times, _, _ in self.inclusion().values())


#: The files without which a folder says nothing about a draw, and what for.
_NEEDED = {
    "announcement-targets.txt": ("其中有抽取的时间", "it says when the draw was"),
    "roster.tsv": ("其中有可抽取的对象（内部文件）", "it says who could be drawn (an internal file)"),
    "drawn.txt": ("其中有抽中的对象（内部文件）", "it says who was drawn (an internal file)"),
}
_BASIS = "审计的需要", "what an audit of a history needs"


def _missing(folder: str, file: str) -> FileError:
    zh, en = _NEEDED[file]
    return FileError(
        "history-file-missing",
        f"{folder}中没有{file}：{zh}；只凭公开文件可用 audit_folder",
        f"there is no {file} in {folder}: {en}; audit_folder does with public files alone",
        None,
        *_BASIS,
        {"folder": folder, "file": file},
    )


def _twice(first: str, second: str) -> FileError:
    return FileError(
        "history-draw-twice",
        f"{first}与{second}是同一次抽取；每次抽取只给一个文件夹",
        f"{first} and {second} are the same draw; give one folder of each",
        None,
        *_BASIS,
        {"folders": [first, second]},
    )


def _wrong(row: int, column: str, value: object, zh: str, en: str) -> TableError:
    return _json.wrong_value(row, column, value, zh, en, _BASIS)


def _numbered(table: Any) -> Iterator[tuple[int, Mapping[str, object]]]:
    for number, row in enumerate(_json._rows(table), 1):
        if not hasattr(row, "get"):
            raise TypeError(f"row {number} is a {type(row).__name__}; a mapping from column names would be right")
        yield number, row


def _text(number: int, row: Mapping[str, object], column: str, default: str | None = None) -> str:
    value = row.get(column, default)
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, bool) or not isinstance(value, (str, int)) or value == "":
        raise _wrong(number, column, value, "应为文字、整数或日期", "a text, a whole number or a date would be right")
    return str(value)


def _day(number: int, row: Mapping[str, object]) -> str:
    """The day of a row as a text that sorts like it; nothing where there is no such column."""
    day = _text(number, row, "day", "-")
    try:
        return day if day == "-" else datetime.date.fromisoformat(day[:10]).isoformat()
    except ValueError:
        raise _wrong(number, "day", day, "应为日期，如 2026-03-25", "a day such as 2026-03-25 would be right") from None


def _flag(number: int, row: Mapping[str, object], column: str) -> bool:
    value = row.get(column)
    # Equal to 0 or 1 are also the flags of NumPy and the 1.0 of a column of Pandas, but no text and no missing value.
    if not isinstance(value, (str, bytes)) and value in (0, 1):
        return bool(value)
    raise _wrong(number, column, value, "应为 True、False、1 或 0", "True, False, 1 or 0 would be right")


def _draws(name: str, files: Mapping[str, bytes]) -> Iterator[DrawRecord]:
    drawn = set(DrawnFile.parse(files["drawn.txt"]).ids)
    lists: dict[str, list[str]] = {}
    for target, stratum, standing in Roster.parse(files["roster.tsv"]):
        if standing == "eligible":
            lists.setdefault(stratum, []).append(target)
    for stratum, ids in sorted(lists.items()):
        yield DrawRecord(tuple(ids), frozenset(drawn.intersection(ids)), stratum, draw=name)


def _matchings(name: str, files: Mapping[str, bytes]) -> Iterator[MatchRecord]:
    for file, data in files.items():
        if not file.startswith("matched-"):
            continue
        teams: dict[str, tuple[str, ...]] = {}
        for target, _, inspector in Matched.parse(data):
            teams[target] = (*teams.get(target, ()), inspector)
        found = files.get(file.replace("matched-", "problem-", 1))
        problem = Problem.parse(found) if found is not None else None
        department = problem.department if problem else file.removeprefix("matched-").removesuffix(".txt")
        yield MatchRecord(name, department, teams, problem=problem)
