"""Many draws together: does a history look like fair draws, and if not, in what way and by how much?

Each test compares what was drawn with what simple random draws of the same quotas from the same lists would do.

- `inclusion`: whether those who were drawn before more often than due are drawn again. Too even is suspicious as well.
- `overlap`: how many targets any two draws share. A skip sample with few starts repeats itself or shares nothing.
- `spacing`: whether drawn targets stand apart from each other or together in the list.
- `pairs`: how often the same two inspectors are sent together.
- `returns`: how often the same inspector is sent to the same target.
- `load`: how unevenly inspectors are sent.

Every p-value comes from drawing or matching anew, more often where the first hundred times show something. They are
adjusted together by Holm's rule: with level 0.01 a history of fair draws is called suspicious in at most about one of a
hundred cases, however many tests there are. A test that has too little to go on is left out, with its reason.
Nothing that is found proves intent, and nothing found is no proof of fairness: only the files of a verifiable draw are.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields
from html import escape

from .._yicha import Table
from ..errors import Language, chosen
from . import _draws, _math, _teams
from ._found import Found, LeftOut
from ._table import Tabular
from .history import DrawRecord, History


#: What the tests are called in Chinese.
NAMES = {
    "inclusion": "抽中均衡",
    "overlap": "抽取重合",
    "spacing": "名单位置",
    "pairs": "固定搭档",
    "returns": "重复到访",
    "load": "任务量",
}


@dataclass(frozen=True, kw_only=True)
class Test(Found):
    """One question put to a history, and its answer."""

    p_adjusted: float

    def suspicious(self, level: float) -> bool:
        """Whether fair draws would as good as never look like this."""
        return self.p_adjusted < level

    def carried_by(self, language: Language | None = None) -> str:
        """Who carries it most: what was seen of each and, in brackets, what chance lets expect."""
        if chosen(language) == "zh":
            return "；".join(f"{c.who}：{c.observed:g}（应约{c.expected:.1f}）" for c in self.carriers)
        return "; ".join(f"{c.who}: {c.observed:g} ({c.expected:.1f} expected)" for c in self.carriers)


@dataclass(frozen=True)
class HistoryReport(Tabular):
    """What a history looks like."""

    tests: tuple[Test, ...]
    left_out: tuple[LeftOut, ...]
    draws: int
    level: float
    #: The first and the last draw, in the order that was taken for that of their days.
    order: tuple[str, str] = ("", "")

    @property
    def suspicious(self) -> bool:
        """Whether any test, adjusted for all of them, is below the level."""
        return any(test.suspicious(self.level) for test in self.tests)

    def verdict(self, language: Language | None = None) -> str:
        """The report in a word or two. A history in which nothing could be tested is not one that looks well."""
        language = chosen(language)
        if not self.tests:
            return "无从判断，没有一项检验可做" if language == "zh" else "cannot be told, nothing could be tested"
        unusual = [test for test in self.tests if test.suspicious(self.level)]
        if not unusual:
            return "未见异常" if language == "zh" else "nothing unusual seen"
        if all(test.assumed for test in unusual):
            return "可疑（如所作假定成立）" if language == "zh" else "suspicious, if what is assumed holds"
        return "可疑" if language == "zh" else "suspicious"

    def __iter__(self) -> Iterator[Test]:
        return iter(self.tests)

    def __getitem__(self, name: str) -> Test:
        for test in self.tests:
            if test.name == name:
                return test
        reasons = [f"{name} was left out: {test.en}" for test in self.left_out if test.name == name]
        raise KeyError(reasons[0] if reasons else f"{name} is none of the tests")

    def to_table(self) -> Table:
        """The tests: their fields, whether they are suspicious, and who carries them as a text in either language."""
        columns = [f.name for f in fields(Test) if f.name != "carriers"]
        told: dict[str, list[object]] = {name: [getattr(test, name) for test in self.tests] for name in columns}
        told["suspicious"] = [test.suspicious(self.level) for test in self.tests]
        told["carriers_zh"] = [test.carried_by("zh") for test in self.tests]
        told["carriers_en"] = [test.carried_by("en") for test in self.tests]
        return Table(told)

    def in_words(self, language: Language | None = None) -> str:
        """The report as text."""
        zh = chosen(language) == "zh"
        number, level = len(self.tests), self.level
        lines = [
            f"{self.draws}次抽取，{number}项检验，Holm法校正后水平{level}：{self.verdict('zh')}"
            if zh
            else f"{self.draws} draws, {number} tests, level {level} after Holm: {self.verdict('en')}"
        ]
        first, last = self.order
        if first != last:
            lines.append(f"抽取的先后：从{first}到{last}" if zh else f"order of the draws: from {first} to {last}")
        for test in self.tests:
            unusual = test.suspicious(level)
            mark, said, adjusted = "!" if unusual else " ", test.zh if zh else test.en, "校正后" if zh else "adjusted "
            name = NAMES[test.name] if zh else test.name
            lines.append(f"{mark} {name}: {said} (p={test.p:.2g}, {adjusted}{test.p_adjusted:.2g})")
            if unusual and test.carriers:
                lines.append(f"    主要来自：{test.carried_by('zh')}" if zh else f"    most: {test.carried_by('en')}")
            if test.against_en:
                lines.append(f"    {test.against_zh if zh else test.against_en}")
        lines += [f"- {NAMES[t.name]}: {t.zh}" if zh else f"- {t.name}: {t.en}" for t in self.left_out]
        least = number / _math.MOST
        if self.tests and level <= 2 * least:
            lines.append(
                f"水平{level}低于{_math.MOST}次重抽所能显示的：校正后的p值至少约为{least:.2g}"
                if zh
                else f"level {level} is below what drawing anew {_math.MOST} times can show: adjusted p-values are "
                f"at least about {least:.2g}"
            )
        lines.append(
            "未见异常不证明公正；可疑也不证明故意。"
            if zh
            else "Nothing seen is no proof of fairness; suspicious is no proof of intent."
        )
        return "\n".join(lines)

    def __str__(self) -> str:
        return self.in_words(chosen(None, "en"))

    def _repr_html_(self) -> str:
        return f"<pre>{escape(str(self))}</pre>"


def audit_history(history: History | Iterable[DrawRecord], *, level: float = 0.01, seed: int = 1) -> HistoryReport:
    """Tests a history. `seed` is that of all drawing anew: the same seed gives the same report.

    `pairs` and `load` need no assumption where the departments' problems are known, and say what they assume elsewhere.
    Raises `ValueError` for a level that is not between 0 and 1.
    """
    if not 0 < level < 1:
        raise ValueError(f"level is {level}; a chance between 0 and 1 would be right, such as 0.01")
    if not isinstance(history, History):
        history = History(history)
    questions = (_draws.inclusion, _draws.overlap, _draws.spacing, _teams.pairs, _teams.returns, _teams.load)
    # Each test of each history has dice of its own: the same ones would make borderline verdicts alike.
    told = repr([sorted(record.drawn) for record in history] + [sorted(m.teams.items()) for m in history.matchings])
    found = [question(history, level, random.Random(f"{seed} {question.__name__} {told}")) for question in questions]
    used = [test for test in found if isinstance(test, Found)]
    adjusted = _math.holm([test.p for test in used])
    tests = tuple(
        Test(**{f.name: getattr(test, f.name) for f in fields(test)}, p_adjusted=p)
        for test, p in zip(used, adjusted, strict=True)
    )
    left_out = tuple(test for test in found if isinstance(test, LeftOut))
    names = history.draw_names()
    draws = {*names, *(matching.draw for matching in history.matchings)}
    order = (names[0], names[-1]) if names else ("", "")
    return HistoryReport(tests, left_out, len(draws), level, order)
