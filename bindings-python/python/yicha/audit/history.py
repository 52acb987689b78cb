"""Many draws together: does a history look like fair draws, and if not, in what way and by how much?

Each test compares what was drawn with what simple random draws of the same quotas from the same lists would do.

- `inclusion`: how often each target was drawn against how often it should have been. Too even is suspicious as well.
- `overlap`: how many targets any two draws share. A skip sample with few starts either repeats itself or shares nothing.
- `spacing`: whether drawn targets stand apart from each other or together in the list.
- `pairs`: how often the same two inspectors are sent together, against shuffling them among the visits.
- `load`: how unevenly inspectors are sent.

The p-values are adjusted together by Holm's rule: with level 0.01 a history of fair draws is called suspicious in at most
about one of a hundred cases, however many tests there are. A test that has too little to go on is left out and named.
Nothing that is found proves intent, and nothing found is no proof of fairness: only the files of a verifiable draw are.
"""

from __future__ import annotations

import math
import random
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from itertools import combinations
from os import PathLike

from .._yicha import Announcement, DrawnFile, Matched, Roster, Table
from ..errors import Language
from ..files import read_folder
from . import _math
from ._table import Tabular

#: Shuffles of the inspectors for the test `pairs`; its smallest p-value is 1 / (SHUFFLES + 1).
SHUFFLES = 1999
#: Expected visits of all targets below which a history says nothing.
LEAST = 10.0


@dataclass(frozen=True)
class DrawRecord:
    """One past draw of one class: the list in its order, who was drawn, and who was sent to whom."""

    listed: tuple[str, ...]
    drawn: frozenset[str]
    stratum: str = "-"
    teams: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    staff: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if len(set(self.listed)) != len(self.listed):
            raise ValueError("a target stands twice in the list of a draw")
        stray = self.drawn - set(self.listed)
        if stray:
            raise ValueError(f"drawn but not listed: {sorted(stray)[0]}")


@dataclass(frozen=True)
class Test:
    """One question put to a history."""

    name: str
    zh: str
    en: str
    p: float
    p_adjusted: float
    effect: float
    effect_en: str

    def suspicious(self, level: float) -> bool:
        """Whether fair draws would as good as never look like this."""
        return self.p_adjusted < level


@dataclass(frozen=True)
class HistoryReport(Tabular):
    """What a history looks like."""

    tests: tuple[Test, ...]
    left_out: tuple[tuple[str, str], ...]
    draws: int
    level: float

    @property
    def suspicious(self) -> bool:
        """Whether any test, adjusted for all of them, is below the level."""
        return any(test.suspicious(self.level) for test in self.tests)

    def __iter__(self) -> Iterator[Test]:
        return iter(self.tests)

    def __getitem__(self, name: str) -> Test:
        return next(test for test in self.tests if test.name == name)

    def to_table(self) -> Table:
        """The tests: name, p-value alone and adjusted for all of them, whether suspicious, effect, and the sentences."""
        columns = ("name", "p", "p_adjusted", "effect", "effect_en", "zh", "en")
        told: dict[str, list[object]] = {name: [getattr(test, name) for test in self.tests] for name in columns}
        told["suspicious"] = [test.suspicious(self.level) for test in self.tests]
        return Table(told)

    def in_words(self, language: Language = "zh") -> str:
        """The report as text."""
        zh = language == "zh"
        number, level = len(self.tests), self.level
        lines = [
            f"{self.draws}次抽取，{number}项检验，Holm法校正后水平{level}：{'可疑' if self.suspicious else '未见异常'}"
            if zh
            else f"{self.draws} draws, {number} tests, level {level} after Holm: "
            + ("suspicious" if self.suspicious else "nothing unusual seen")
        ]
        for test in self.tests:
            mark = "!" if test.suspicious(self.level) else " "
            said = test.zh if zh else test.en
            lines.append(f"{mark} {test.name}: {said} (p={_p(test.p)}, adjusted {_p(test.p_adjusted)})")
        lines += [f"- {name}: {why}" for name, why in self.left_out]
        lines.append(
            "未见异常不证明公正；可疑也不证明故意。" if zh else "Nothing seen is no proof of fairness; suspicious is no proof of intent."
        )
        return "\n".join(lines)

    def __str__(self) -> str:
        return self.in_words("en")

    def _repr_html_(self) -> str:
        return f"<pre>{escape(self.in_words('en'))}</pre>"


def _p(p: float) -> str:
    return "< 1e-12" if p < 1e-12 else f"{p:.3g}"


class History(Tabular):
    """Past draws, one record for each class of each draw."""

    def __init__(self, records: Iterable[DrawRecord]) -> None:
        self.records: tuple[DrawRecord, ...] = tuple(records)

    def __len__(self) -> int:
        return len(self.records)

    def __iter__(self) -> Iterator[DrawRecord]:
        return iter(self.records)

    def __repr__(self) -> str:
        return f"<History of {len(self.records)} draws>"

    @classmethod
    def from_folders(cls, paths: Iterable[str | PathLike[str]]) -> History:
        """The history of folders with internal files: roster, drawn file and matchings. A class of a folder is a draw."""
        return cls(record for path in paths for record in _records(read_folder(path)))

    @classmethod
    def from_rows(cls, rows: Iterable[Mapping[str, object]]) -> History:
        """The history of rows with `draw`, `id`, `drawn` (true or false) and perhaps `stratum`, in the lists' order."""
        lists: dict[tuple[str, str], list[str]] = {}
        drawn: dict[tuple[str, str], set[str]] = {}
        for row in rows:
            key = str(row["draw"]), str(row.get("stratum", "-"))
            lists.setdefault(key, []).append(str(row["id"]))
            if row["drawn"]:
                drawn.setdefault(key, set()).add(str(row["id"]))
        return cls(DrawRecord(tuple(ids), frozenset(drawn.get(key, ())), key[1]) for key, ids in lists.items())

    def to_table(self) -> Table:
        """How often each target was drawn: id, times, expected, variance of what was expected."""
        told = [(target, *found) for target, found in sorted(self.inclusion().items())]
        names = ("id", "times", "expected", "variance")
        return Table({name: [row[i] for row in told] for i, name in enumerate(names)})

    def inclusion(self) -> dict[str, tuple[int, float, float]]:
        """For each target: how often it was drawn, how often it should have been, and the variance of that."""
        found: dict[str, tuple[int, float, float]] = {}
        for record in self.records:
            p = len(record.drawn) / len(record.listed) if record.listed else 0.0
            for target in record.listed:
                times, expected, variance = found.get(target, (0, 0.0, 0.0))
                found[target] = times + (target in record.drawn), expected + p, variance + p * (1 - p)
        return found

    def loads(self) -> Counter[str]:
        """How often each inspector was sent, those never sent included where the staff is known."""
        loads: Counter[str] = Counter()
        for record in self.records:
            loads.update({inspector: 0 for inspector in record.staff})
            loads.update(inspector for team in record.teams.values() for inspector in team)
        return loads

    def pairs(self) -> Counter[tuple[str, str]]:
        """How often two inspectors were sent together."""
        teams = (team for record in self.records for team in record.teams.values())
        return Counter(pair for team in teams for pair in combinations(sorted(team), 2))

    def repeat_visits(self) -> Counter[int]:
        """How many targets were drawn how often."""
        return Counter(times for times, _, _ in self.inclusion().values())


def _records(files: Mapping[str, bytes]) -> Iterator[DrawRecord]:
    roster = Roster.parse(files["roster.tsv"])
    drawn = set(DrawnFile.parse(files["drawn.txt"]).ids)
    Announcement.parse(files["announcement-targets.txt"])
    lists: dict[str, list[str]] = {}
    for target, stratum, standing in roster:
        if standing == "eligible":
            lists.setdefault(stratum, []).append(target)
    teams: dict[str, tuple[str, ...]] = {}
    for name, data in files.items():
        if name.startswith("matched-"):
            for target, _, inspector in Matched.parse(data):
                teams[target] = (*teams.get(target, ()), inspector)
    for stratum, ids in sorted(lists.items()):
        own = drawn.intersection(ids)
        yield DrawRecord(tuple(ids), frozenset(own), stratum, {t: teams[t] for t in sorted(own) if t in teams})


@dataclass
class _Found:
    """A test before the adjustment: p-value, effect, and the sentence; or why it is left out."""

    name: str
    p: float = 1.0
    effect: float = 0.0
    effect_en: str = ""
    zh: str = ""
    en: str = ""
    left_out: str = ""


def _inclusion(history: History) -> _Found:
    name, told = "inclusion", history.inclusion()
    expected = sum(e for _, e, _ in told.values())
    if len(history) < 5 or expected < LEAST:
        return _Found(name, left_out="fewer than 5 draws, or fewer than 10 visits expected")
    statistic = mean = variance = 0.0
    for times, e, v in told.values():
        if v <= 0:
            continue
        statistic += (times - e) ** 2 / v
        mean += 1
        # The fourth moment of a sum of independent choices that are alike.
        variance += 2 + max(0.0, 1 - 6 * v / len(history)) / v
    # A fixed quota takes one degree of freedom of each class.
    strata = len({record.stratum for record in history})
    statistic, mean = statistic, max(mean - strata, 1.0)
    lower, upper = _math.matched_gamma(statistic, mean, variance)
    ratio = statistic / mean
    never = sum(times == 0 for times, _, _ in told.values())
    should = sum(math.exp(-e) for _, e, _ in told.values())
    return _Found(
        name,
        min(1.0, 2 * min(lower, upper)),
        ratio,
        "observed over expected spread of how often targets were drawn",
        f"各对象抽中次数的离散程度为应有的{ratio:.2f}倍；从未抽中{never}个",
        f"targets differ in how often they were drawn {ratio:.2f} times as much as they should; {never} never drawn "
        f"(about {should:.0f} would be usual)",
    )


def _overlap(history: History) -> _Found:
    name = "overlap"
    by_stratum: dict[str, list[DrawRecord]] = {}
    for record in history:
        by_stratum.setdefault(record.stratum, []).append(record)
    statistic = variance = 0.0
    terms = 0
    for records in by_stratum.values():
        sets = [frozenset(record.listed) for record in records]
        for (a, first), (b, second) in combinations(enumerate(records), 2):
            common = sets[a] if sets[a] == sets[b] else sets[a] & sets[b]
            n = len(common)
            if n < 4:
                continue
            k, m = len(first.drawn & common), len(second.drawn & common)
            mean = k * m / n
            spread = mean * (n - k) / n * (n - m) / (n - 1)
            if spread <= 0:
                continue
            shared = len(first.drawn & second.drawn & common)
            statistic += (shared - mean) ** 2 / spread
            # Two draws that are independent: the kurtosis of the hypergeometric distribution, which tends to 1/spread.
            variance += 2 + _hypergeometric_excess(n, k, m)
            terms += 1
    if terms < 10:
        return _Found(name, left_out="fewer than 10 pairs of draws from lists with common targets")
    # Only the upper tail speaks: draws that repeat each other, or avoid each other, more than chance.
    _, upper = _math.matched_gamma(statistic, float(terms), max(variance, 1e-9))
    ratio = statistic / terms
    return _Found(
        name,
        upper,
        ratio,
        "observed over expected spread of what two draws share",
        f"任意两次抽取的重合程度，其离散为应有的{ratio:.2f}倍",
        f"what two draws share varies {ratio:.2f} times as much as it should",
    )


def _hypergeometric_excess(n: int, k: int, m: int) -> float:
    """Excess kurtosis of the number of marked ones among m of n of which k are marked."""
    below = m * k * (n - k) * (n - m) * (n - 2) * (n - 3)
    if below == 0:
        return 0.0
    first = (n - 1) * n * n * (n * (n + 1) - 6 * k * (n - k) - 6 * m * (n - m))
    return (first + 6 * m * k * (n - k) * (n - m) * (5 * n - 6)) / below


def _spacing(history: History) -> _Found:
    name = "spacing"
    total = mean = variance = 0.0
    for record in history:
        flags = [target in record.drawn for target in record.listed]
        n, m = sum(flags), len(flags) - sum(flags)
        if n == 0 or m == 0 or n + m < 4:
            continue
        total += 1 + sum(a != b for a, b in zip(flags, flags[1:]))
        mean += 2 * n * m / (n + m) + 1
        variance += 2 * n * m * (2 * n * m - n - m) / ((n + m) ** 2 * (n + m - 1))
    if variance < 5:
        return _Found(name, left_out="too few drawn targets to tell how they stand in their lists")
    z = (total - mean) / math.sqrt(variance)
    ratio = total / mean
    apart_zh, apart_en = ("分散", "apart") if z > 0 else ("集中", "together")
    return _Found(
        name,
        _math.two_sided(z),
        ratio,
        "observed over expected number of runs in the list",
        f"抽中对象在名单中比随机更{apart_zh}：游程数为应有的{ratio:.2f}倍",
        f"drawn targets stand more {apart_en} in their lists than chance has it: {ratio:.2f} times the runs",
    )


def _pairs(history: History, seed: int) -> _Found:
    name = "pairs"
    records = [[list(team) for team in record.teams.values() if len(team) > 1] for record in history]
    teams = sum(map(len, records))
    if teams < 20:
        return _Found(name, left_out="fewer than 20 visits of two or more inspectors are known")

    def repeated(all_teams: Sequence[Sequence[Sequence[str]]]) -> int:
        counts = Counter(pair for rs in all_teams for team in rs for pair in combinations(sorted(team), 2))
        return sum(n * n for n in counts.values())

    dice = random.Random(seed)
    found = repeated(records)
    at_least, total = 0, 0
    for _ in range(SHUFFLES):
        shuffled = []
        for rs in records:
            # The same visits of each inspector in each place of a team, dealt anew.
            places = [[team[i] for team in rs if len(team) > i] for i in range(max(map(len, rs), default=0))]
            for place in places:
                dice.shuffle(place)
            dealt: list[list[str]] = []
            for team in rs:
                drawn: list[str] = []
                for i in range(len(team)):
                    place = places[i]
                    at = next((j for j in range(len(place) - 1, -1, -1) if place[j] not in drawn), len(place) - 1)
                    drawn.append(place.pop(at))
                dealt.append(drawn)
            shuffled.append(dealt)
        value = repeated(shuffled)
        total += value
        at_least += value >= found
    ratio = found / (total / SHUFFLES)
    return _Found(
        name,
        (at_least + 1) / (SHUFFLES + 1),
        ratio,
        "observed over expected sum of squared pair counts",
        f"同两名人员搭档的重复程度为随机的{ratio:.2f}倍",
        f"the same two inspectors go together {ratio:.2f} times as repeatedly as dealt at random",
    )


def _load(history: History) -> _Found:
    name, loads = "load", history.loads()
    total, number = sum(loads.values()), len(loads)
    if number < 3 or total < 5 * number:
        return _Found(name, left_out="fewer than 3 inspectors, or fewer than 5 visits of each")
    mean = total / number
    statistic = sum((load - mean) ** 2 / mean for load in loads.values())
    # More even than chance is what a good matching does; only the upper tail speaks.
    upper = _math.gamma_upper((number - 1) / 2, statistic / 2)
    most, least = max(loads.values()), min(loads.values())
    return _Found(
        name,
        upper,
        most / mean,
        "largest load over the mean",
        f"人员任务数{least}至{most}，平均{mean:.1f}",
        f"inspectors were sent {least} to {most} times, {mean:.1f} on average",
    )


def audit_history(history: History | Iterable[DrawRecord], *, level: float = 0.01, seed: int = 1) -> HistoryReport:
    """Tests a history. `seed` is of the shuffles of `pairs` only; the same seed gives the same report.

    `load` supposes that everybody could be sent everywhere; where qualifications differ widely it says that as well.
    """
    if not isinstance(history, History):
        history = History(history)
    found = [_inclusion(history), _overlap(history), _spacing(history), _pairs(history, seed), _load(history)]
    used = [test for test in found if not test.left_out]
    adjusted = _math.holm([test.p for test in used])
    tests = tuple(
        Test(t.name, t.zh, t.en, t.p, p, t.effect, t.effect_en) for t, p in zip(used, adjusted, strict=True)
    )
    return HistoryReport(tests, tuple((t.name, t.left_out) for t in found if t.left_out), len(history), level)
