"""P-values by drawing anew, and one rule for several of them."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

#: How many tests are adjusted together at most.
TESTS = 6
#: How often is drawn anew at most; no p-value is below one in so many.
MOST = 100_000


def enough(level: float, tails: int) -> int:
    """How many values let a p-value of so many tails, adjusted for all tests, come to a quarter of the level."""
    return min(MOST, math.ceil(4 * tails * TESTS / level))


def p_value(trial: Callable[[int], Sequence[float]], level: float, *, tails: int = 1) -> tuple[float, Sequence[float]]:
    """The p-value of the first of the values that `trial(number)` gives, among all of them: of one tail or of two.

    Few values do where they show nothing unusual; else more are taken, and all of them anew. That is valid, since a
    p-value as small as a later stage can give needs one as small of that stage alone.
    """
    number, most = 100, enough(level, tails)
    while True:
        values = trial(number)
        # Sums of the same numbers in another order differ in their last digits.
        near = 1e-9 * (1 + abs(values[0]))
        p = sum(value >= values[0] - near for value in values) / number
        if tails == 2:
            p = min(1.0, 2 * min(p, sum(value <= values[0] + near for value in values) / number))
        if p > 10 / number or number >= most:
            return p, values
        number = min(20 * number, most)


def holm(values: list[float]) -> list[float]:
    """Adjusted p-values: the chance of one false alarm among all of the tests stays below the level (Holm 1979)."""
    order = sorted(range(len(values)), key=values.__getitem__)
    adjusted, running = [0.0] * len(values), 0.0
    for rank, i in enumerate(order):
        running = max(running, min(1.0, values[i] * (len(values) - rank)))
        adjusted[i] = running
    return adjusted
