"""Tests of who was sent with whom and how often, against matching again.

Where a department's problem is known, the library matches it again from random seeds: capacities, qualifications and
recusals are then part of what is expected. Where only the teams are known, they are made anew within one department and
draw, which assumes that everybody there could go everywhere. Where other files of a department show that this is not
so, its teams without a problem are not tested.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Sequence
from itertools import chain, combinations
from typing import TypeAlias

from .._yicha import Announced, Announcement, Problem, Randomness
from . import _math
from ._found import NAMED, Carrier, Found, LeftOut
from .history import History, MatchRecord

Team: TypeAlias = Sequence[str]


class _Matching:
    """One department's matching in one draw, and how it is made anew."""

    def __init__(
        self, record: MatchRecord, staff: Sequence[str], even: bool, person: Callable[[str, str], str]
    ) -> None:
        everybody = record.everybody()
        names = {code: person(record.department, code) for code in everybody.union(staff)}
        self.record, self.staff = record, [names[code] for code in staff]
        self.everybody = [names[code] for code in everybody]
        self.targets = [target for target, team in record.teams.items() if team]
        self.teams: list[Team] = [[names[code] for code in record.teams[target]] for target in self.targets]
        self._problem = record.problem
        # What the problem calls the places in `teams`, and the people.
        self._place = {target: i for i, target in enumerate(self.targets)}
        self._person = names
        if self._problem is None and even:
            # By number, as other people's names need not be codes.
            self._place = {str(i): i for i in range(len(self.teams))}
            self._person = {str(i): name for i, name in enumerate(self.staff)}
            self._problem = Problem(
                "audit",
                salt=bytes(16),
                targets={name: ["*"] * len(self.teams[i]) for name, i in self._place.items()},
                inspectors={name: (len(self.teams), ()) for name in self._person},
            )
        if self._problem is not None:
            # Made up but for the problem: all that matters of it is the seed.
            about = Announcement.inspectors(
                self._problem.department,
                drawn="00" * 32,
                problem=self._problem,
                suite="sha256",
                scheme="audit",
                randomness=[Randomness("audit", "1", 256, "2026-01-01T02:00:00Z")],
                announced="2026-01-01T00:00:00Z",
                reveal_by="2026-01-01T01:00:00Z",
            )
            self._announced = Announced.first(about)

    def _matched_again(self, problem: Problem, dice: random.Random) -> list[Team]:
        """The library's own matching of the problem from another seed."""
        teams: list[list[str]] = [[] for _ in self.teams]
        for target, _, inspector in self._announced.seal(values=[dice.randbytes(32)]).match_inspectors(problem):
            if target in self._place:
                teams[self._place[target]].append(self._person[inspector])
        return list[Team](teams)

    def drawn_again(self, dice: random.Random) -> list[Team]:
        """A matching again, or teams of the same sizes, each drawn from the whole staff."""
        if self._problem is not None:
            return self._matched_again(self._problem, dice)
        return [dice.sample(self.staff, len(team)) for team in self.teams]

    def dealt_again(self, teams: Sequence[Team], dice: random.Random) -> list[Team]:
        """A matching again, or these teams, any two of which have dealt anew those of their people who are in one only.

        Sizes of teams and visits of people stay. Done over and over, every arrangement comes equally often, and it does
        not matter in which order the people of a team are written.
        """
        if self._problem is not None:
            return self._matched_again(self._problem, dice)
        dealt = list(teams)
        # Sorting by chance is a shuffle that takes a fifth of the time.
        chance = dice.random
        order = sorted(range(len(teams)), key=lambda _: chance())
        for i, j in zip(order[::2], order[1::2]):
            first, second = dealt[i], dealt[j]
            both = [person for person in first if person in second]
            one = [person for person in chain(first, second) if person not in both]
            one.sort(key=lambda _: chance())
            cut = len(first) - len(both)
            dealt[i], dealt[j] = both + one[:cut], both + one[cut:]
        return dealt


def _matchings(history: History) -> tuple[list[_Matching], int]:
    """The matchings that can be made anew, and the number of those that cannot."""
    by_department: dict[str, list[MatchRecord]] = {}
    person = history.people()
    for record in history.matchings:
        if any(record.teams.values()):
            by_department.setdefault(record.department, []).append(record)
    matchings: list[_Matching] = []
    unusable = 0
    for records in by_department.values():
        bare = [record for record in records if record.problem is None]
        if any(_binds(record) for record in records):
            unusable += len(bare)
            bare = []
        seen = sorted(set[str]().union(*(record.everybody() for record in records)))
        staffs = [sorted(record.everybody()) if record.staff else seen for record in bare]
        # Teams drawn one by one are hardly ever so even in every draw: this was a matching that spreads its visits.
        even = all(map(_even, bare, staffs))
        matchings += [_Matching(record, staff, even, person) for record, staff in zip(bare, staffs, strict=True)]
        matchings += [_Matching(record, (), False, person) for record in records if record.problem is not None]
    return matchings, unusable


def _even(record: MatchRecord, staff: Sequence[str]) -> bool:
    """Whether everybody was sent as often as everybody else, give or take one visit."""
    sent = Counter(chain.from_iterable(record.teams.values()))
    loads = [sent[person] for person in staff]
    return max(loads) - min(loads) <= 1


def _binds(record: MatchRecord) -> bool:
    """Whether not everybody of the department could go everywhere, and as often as everybody else."""
    problem = record.problem
    if problem is None:
        return False
    capacities = problem.inspectors["capacity"].to_pylist()
    even = -(-len(problem) // max(len(capacities), 1))
    asked = any(slot != "*" for slots in problem.targets.values() for slot in slots)
    return asked or bool(problem.recusals) or min(capacities, default=even) < even


def _against(matchings: Sequence[_Matching], unusable: int) -> tuple[str, str, bool]:
    """What the teams were held against, with the assumption that this needs where not every problem is known."""
    assumed = any(matching.record.problem is None for matching in matchings)
    zh, en = (
        "与按各部门自己的匹配问题（人数上限、资质、回避）重新匹配相比",
        "against each department's own problem matched again",
    )
    if assumed:
        zh = "假定部门的每名人员都可以去该部门的任何一次检查"
        en = "assumes that everybody of a department could be sent to any of its visits"
    if unusable:
        zh += f"；{unusable}次匹配缺problem文件而部门另有资质或回避要求，未计入"
        en += (
            f"; {unusable} matchings without their problem, of departments that have qualifications or recusals, "
            "are not in it"
        )
    return zh, en, assumed


def _left_out(name: str, unusable: int, zh: str, en: str) -> LeftOut:
    if unusable:
        zh += f"（另有{unusable}次匹配缺problem文件，而部门有资质或回避要求）"
        en += f" ({unusable} more matchings lack their problem, and their department has qualifications or recusals)"
    return LeftOut(name, zh, en)


def _together(matchings: Sequence[_Matching], state: Sequence[Sequence[Team]]) -> Counter[tuple[str, str]]:
    """How often two inspectors are sent together, those of different departments included."""
    joint: dict[tuple[str, str], list[str]] = {}
    for matching, teams in zip(matchings, state, strict=True):
        for target, team in zip(matching.targets, teams, strict=True):
            joint.setdefault((matching.record.draw, target), []).extend(team)
    return Counter(chain.from_iterable(combinations(sorted(team), 2) for team in joint.values()))


def _at_targets(matchings: Sequence[_Matching], state: Sequence[Sequence[Team]]) -> Counter[tuple[str, str]]:
    """How often each inspector is sent to each target."""
    return Counter(
        (person, target)
        for matching, teams in zip(matchings, state, strict=True)
        for target, team in zip(matching.targets, teams, strict=True)
        for person in team
    )


def pairs(history: History, level: float, dice: random.Random) -> Found | LeftOut:
    """Whether the same two inspectors go together again and again."""
    matchings, unusable = _matchings(history)
    visits = Counter[tuple[str, str]]()
    for m in matchings:
        for target, team in zip(m.targets, m.teams, strict=True):
            visits[m.record.draw, target] += len(team)
    if sum(people > 1 for people in visits.values()) < 20:
        zh, en = "两人以上的检查不足20次", "fewer than 20 visits of two or more inspectors are known"
        return _left_out("pairs", unusable, zh, en)
    return _repeated(
        "pairs",
        matchings,
        unusable,
        _together,
        level,
        dice,
        "同两人搭档次数平方和的实际值与应有值之比",
        "observed over expected sum of squared pair counts",
        "同两名人员搭档的重复程度为应有的{:.2f}倍",
        "the same two inspectors go together {:.2f} times as repeatedly as they should",
    )


def returns(history: History, level: float, dice: random.Random) -> Found | LeftOut:
    """Whether the same inspector is sent to the same target again and again."""
    matchings, unusable = _matchings(history)
    visits = Counter[tuple[str, str]]()
    for m in matchings:
        visits.update((m.record.department, target) for target in m.targets)
    if sum(times for times in visits.values() if times > 1) < 20:
        zh = "同一部门再次检查同一对象的不足20次"
        en = "fewer than 20 visits are to targets to which a department came more than once"
        return _left_out("returns", unusable, zh, en)
    return _repeated(
        "returns",
        matchings,
        unusable,
        _at_targets,
        level,
        dice,
        "同一人员检查同一对象次数平方和的实际值与应有值之比",
        "observed over expected sum of squared visits of an inspector to a target",
        "同一人员再次检查同一对象的重复程度为应有的{:.2f}倍",
        "the same inspectors come to the same targets {:.2f} times as repeatedly as they should",
    )


def _repeated(
    name: str,
    matchings: Sequence[_Matching],
    unusable: int,
    count: Callable[[Sequence[_Matching], Sequence[Sequence[Team]]], Counter[tuple[str, str]]],
    level: float,
    dice: random.Random,
    effect_zh: str,
    effect_en: str,
    zh: str,
    en: str,
) -> Found | LeftOut:
    """Whether what is counted comes together more than in matchings made anew."""
    observed = [matching.teams for matching in matchings]
    found, anew = count(matchings, observed), Counter[tuple[str, str]]()

    def trial(number: int) -> Sequence[float]:
        anew.clear()
        values = [sum(n * n for n in found.values())]
        # What was observed stands at a random place of a walk that is the same forwards and backwards, so under chance
        # no place of the walk is special, however slowly it mixes (Besag and Clifford 1989).
        back = dice.randrange(number)
        for steps in (back, number - 1 - back):
            state: Sequence[Sequence[Team]] = observed
            for _ in range(steps):
                state = [m.dealt_again(teams, dice) for m, teams in zip(matchings, state, strict=True)]
                counts = count(matchings, state)
                anew.update(counts)
                values.append(sum(n * n for n in counts.values()))
        return values

    p, values = _math.p_value(trial, level)
    if min(values) == max(values):
        return _left_out(
            name,
            unusable,
            "重新分派人员也不改变什么（例如一个部门每次抽取只有一次检查），无从检验",
            "dealing people anew within their draws changes nothing (as with one visit in each draw)",
        )
    chance = len(values) - 1
    ratio = values[0] / (sum(values[1:]) / chance)
    most = sorted(found, key=lambda who: (anew[who] / chance - found[who], who))
    return Found(
        name,
        p,
        ratio,
        effect_zh,
        effect_en,
        zh.format(ratio),
        en.format(ratio),
        *_against(matchings, unusable),
        tuple(Carrier(" + ".join(who), found[who], anew[who] / chance) for who in most[:NAMED]),
    )


def load(history: History, level: float, dice: random.Random) -> Found | LeftOut:
    """Whether some inspectors are sent more often, or less, than chance lets them."""
    name = "load"
    matchings, unusable = _matchings(history)
    loads = Counter[str]()
    for matching in matchings:
        loads.update({inspector: 0 for inspector in matching.everybody})
        loads.update(chain.from_iterable(matching.teams))
    people, total = sorted(loads), sum(loads.values())
    if len(people) < 3 or total < 5 * len(people):
        return _left_out(
            name,
            unusable,
            "人员不足3名，或人均任务不足5次",
            "fewer than 3 inspectors, or fewer than 5 visits of each",
        )
    means: list[float] = []

    def trial(number: int) -> Sequence[float]:
        table = [[loads[person] for person in people]]
        for _ in range(number - 1):
            counts = Counter(chain.from_iterable(chain.from_iterable(m.drawn_again(dice) for m in matchings)))
            table.append([counts[person] for person in people])
        # Mean and variance of what was observed and of what is chance together, so that neither is special.
        means[:] = [sum(column) / number for column in zip(*table)]
        spreads = [
            sum((n - mean) ** 2 for n in column) / number for column, mean in zip(zip(*table), means, strict=True)
        ]
        return [
            sum((n - mean) ** 2 / v for n, mean, v in zip(row, means, spreads, strict=True) if v > 0) for row in table
        ]

    p, values = _math.p_value(trial, level)
    if min(values) == max(values):
        return _left_out(name, unusable, "任务数没有变化的余地", "there is no freedom in how often anybody is sent")
    number = len(values)
    due = {person: (mean * number - loads[person]) / (number - 1) for person, mean in zip(people, means, strict=True)}
    ratio = values[0] * (number - 1) / sum(values[1:])
    most, least = max(loads.values()), min(loads.values())
    far = sorted(people, key=lambda person: (-abs(loads[person] - due[person]), person))
    return Found(
        name,
        p,
        ratio,
        "各人任务数离散程度的实际值与应有值之比",
        "observed over expected spread of how often inspectors were sent",
        f"人员任务数{least}至{most}，平均{total / len(people):.1f}；离散程度为应有的{ratio:.2f}倍",
        f"inspectors were sent {least} to {most} times, {total / len(people):.1f} on average, "
        f"and differ {ratio:.2f} times as much as they should",
        *_against(matchings, unusable),
        tuple(Carrier(person, loads[person], due[person]) for person in far[:NAMED]),
    )
