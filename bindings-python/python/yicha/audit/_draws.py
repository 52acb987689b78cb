"""Tests of who was drawn: against drawing every recorded list again, with the same number of targets.

A list may depend on the draws before it: who has had all visits of the year no longer stands in it. So every draw is
held against its own list and what had happened before it, never against what a target was due over the whole history.
Given these, each draw is a simple random sample, whatever decided about the lists, if draws stand in the order of their
days. It also holds for classes of a few targets, where the draws of one target say much about those of the others.
"""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from . import _math
from ._found import NAMED, Carrier, Found, LeftOut
from .history import History

#: Expected visits of all targets below which a history says nothing.
LEAST = 10.0


@dataclass(frozen=True)
class _Draw:
    """A draw that took some of its list and not all of it. Targets are places in the list, from 0."""

    name: str
    size: int
    drawn: Sequence[int]
    #: How much more often than due each target had been drawn before.
    favour: Sequence[float]
    #: Earlier draws of the class: name, the places of those they drew, and how many of them to expect, with variance.
    earlier: Sequence[tuple[str, frozenset[int], float, float]]


def _draws(history: History) -> Iterator[_Draw]:
    ahead: dict[str, float] = {}
    variance: dict[str, float] = {}
    before: dict[str, list[tuple[str, frozenset[str]]]] = {}
    for name, record in zip(history.names(), history, strict=True):
        listed, n, m = record.listed, len(record.listed), len(record.drawn)
        if not 0 < m < n:
            continue
        p = m / n
        place = {target: i for i, target in enumerate(listed)}
        earlier: list[tuple[str, frozenset[int], float, float]] = []
        for other, drawn in before.get(record.stratum, ()):
            common = frozenset(place[target] for target in drawn if target in place)
            k = len(common)
            if 0 < k < n:
                earlier.append((other, common, k * p, k * p * (1 - p) * (n - k) / (n - 1)))
        yield _Draw(
            name, n, sorted(place[target] for target in record.drawn), _favour(listed, ahead, variance), earlier
        )
        before.setdefault(record.stratum, []).append((name, record.drawn))
        for target in listed:
            ahead[target] = ahead.get(target, 0.0) + (target in record.drawn) - p
            variance[target] = variance.get(target, 0.0) + p * (1 - p)


def _favour(listed: Sequence[str], ahead: dict[str, float], variance: dict[str, float]) -> Sequence[float]:
    """How far each target is ahead of the others, scaled to the length that chance gives this.

    Unscaled, the past would decide how much a draw weighs, and short histories would be told less well.
    """
    past = [ahead.get(target, 0.0) for target in listed]
    mean = math.fsum(past) / len(past)
    length = math.fsum((x - mean) ** 2 for x in past)
    if length < 1e-9:
        return ()
    scale = math.sqrt(math.fsum(variance.get(target, 0.0) for target in listed) / length)
    return [(x - mean) * scale for x in past]


def _trial(
    draws: Sequence[_Draw], measure: Callable[[_Draw, Sequence[int]], float], dice: random.Random
) -> Callable[[int], Sequence[float]]:
    """What is measured of all draws together: first as they were, then drawn anew from the same lists."""

    def trial(number: int) -> Sequence[float]:
        values = [sum(measure(draw, draw.drawn) for draw in draws)]
        for _ in range(number - 1):
            values.append(sum(measure(draw, dice.sample(range(draw.size), len(draw.drawn))) for draw in draws))
        return values

    return trial


def inclusion(history: History, level: float, dice: random.Random) -> Found | LeftOut:
    """Whether draws favour those who were drawn before more often than due, or avoid them.

    Summed over the draws, this is by how much the squares of (times drawn - times due) exceed their variances. With
    lists that depend on earlier draws the mean is still exactly zero; that of squares over variances is then not one.
    """
    name, all_draws = "inclusion", list(_draws(history))
    if not len(history):
        return LeftOut(name, "没有抽取", "there are no draws")
    if not all_draws:
        return LeftOut(name, "每次抽取都抽中名单中的全部对象或一个不抽", "every draw took all of its list or nothing")
    draws = [draw for draw in all_draws if draw.favour]
    if sum(len(draw.drawn) for draw in draws) < LEAST:
        return LeftOut(
            name,
            f"在以往抽中次数不同的对象之间抽取的，不足{LEAST:.0f}个",
            f"fewer than {LEAST:.0f} targets were drawn among targets that differ in how often they were drawn before",
        )

    def favour(draw: _Draw, places: Sequence[int]) -> float:
        return sum(map(draw.favour.__getitem__, places))

    p, values = _math.p_value(_trial(draws, favour, dice), level, tails=2)
    told = {target: row for target, row in history.inclusion().items() if row[2] > 0}
    squares = sum((times - e) ** 2 for times, e, _ in told.values())
    ratio = squares / sum(v for _, _, v in told.values())
    uneven = sorted(told.items(), key=lambda row: (-((row[1][0] - row[1][1]) ** 2) / row[1][2], row[0]))
    never, usual = sum(times == 0 for times, _, _ in history.inclusion().values()), history.never_drawn_usually()
    return Found(
        name,
        p,
        ratio,
        "各对象抽中次数离散程度的实际值与应有值之比",
        "observed over expected spread of how often targets were drawn",
        f"各对象抽中次数的离散程度为应有的{ratio:.2f}倍；从未抽中{never}个（通常约{usual:.0f}个）",
        f"targets differ in how often they were drawn {ratio:.2f} times as much as they should; {never} never drawn "
        f"(about {usual:.0f} would be usual)",
        # Nobody in particular makes a history too even.
        carriers=tuple(Carrier(t, times, e) for t, (times, e, _) in uneven[:NAMED]) if values[0] > 0 else (),
    )


def overlap(history: History, level: float, dice: random.Random) -> Found | LeftOut:
    """Whether any two draws of a class share more, or fewer, targets than chance lets them."""
    name = "overlap"
    draws = [draw for draw in _draws(history) if draw.earlier]
    terms = sum(len(draw.earlier) for draw in draws)
    if terms < 10:
        return LeftOut(
            name,
            "名单有共同对象、可能重合的抽取不足10对",
            "fewer than 10 pairs of draws from lists with common targets, of which they could share some",
        )

    def apart(draw: _Draw, places: Sequence[int]) -> float:
        return sum((len(drawn.intersection(places)) - mean) ** 2 / v for _, drawn, mean, v in draw.earlier)

    # Only the upper tail speaks: draws that repeat each other, or avoid each other, more than chance.
    p, values = _math.p_value(_trial(draws, apart, dice), level)
    ratio = values[0] / terms
    pairs = [
        ((len(drawn.intersection(draw.drawn)) - mean) ** 2 / v, other, draw, len(drawn.intersection(draw.drawn)), mean)
        for draw in draws
        for other, drawn, mean, v in draw.earlier
    ]
    pairs.sort(key=lambda pair: -pair[0])
    return Found(
        name,
        p,
        ratio,
        "两次抽取重合数离散程度的实际值与应有值之比",
        "observed over expected spread of what two draws share",
        f"任意两次抽取的重合程度，其离散为应有的{ratio:.2f}倍",
        f"what two draws share varies {ratio:.2f} times as much as it should",
        carriers=tuple(Carrier(f"{other} + {draw.name}", n, mean) for _, other, draw, n, mean in pairs[:NAMED]),
    )


def _runs(draw: _Draw, places: Sequence[int]) -> float:
    ordered = sorted(places)
    blocks = 1 + sum(b - a > 1 for a, b in zip(ordered, ordered[1:]))
    return 2 * blocks + 1 - (ordered[0] == 0) - (ordered[-1] == draw.size - 1)


def spacing(history: History, level: float, dice: random.Random) -> Found | LeftOut:
    """Whether drawn targets stand apart or together in their lists: by runs (Wald and Wolfowitz)."""
    name, rows = "spacing", list[tuple[_Draw, float, float]]()
    for draw in _draws(history):
        size, twice = draw.size, 2 * len(draw.drawn) * (draw.size - len(draw.drawn))
        rows.append((draw, twice / size + 1, twice * (twice - size) / (size * size * (size - 1))))
    if sum(v for _, _, v in rows) < 5:
        return LeftOut(
            name,
            "抽中对象太少，看不出其在名单中的位置有无规律",
            "too few drawn targets to tell how they stand in their lists",
        )
    p, values = _math.p_value(_trial([draw for draw, _, _ in rows], _runs, dice), level, tails=2)
    mean = sum(mean for _, mean, _ in rows)
    ratio = values[0] / mean
    side = 1 if ratio > 1 else -1
    far = sorted(rows, key=lambda row: -side * (_runs(row[0], row[0].drawn) - row[1]) / math.sqrt(row[2] or 1))
    return Found(
        name,
        p,
        ratio,
        "名单中游程数的实际值与应有值之比",
        "observed over expected number of runs in the list",
        f"名单中的游程数为应有的{ratio:.2f}倍（大于1：抽中对象过于分散；小于1：过于集中）",
        f"the lists have {ratio:.2f} times the runs that chance gives them (above 1 drawn targets stand apart, below 1 "
        "together)",
        carriers=tuple(Carrier(draw.name, _runs(draw, draw.drawn), mean) for draw, mean, _ in far[:NAMED]),
    )
