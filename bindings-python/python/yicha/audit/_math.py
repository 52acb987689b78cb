"""Tails of the few distributions that the tests need, from the standard library alone."""

from __future__ import annotations

import math


def normal_tail(z: float) -> float:
    """P(Z >= z)."""
    return 0.5 * math.erfc(z / math.sqrt(2))


def two_sided(z: float) -> float:
    """P(|Z| >= |z|)."""
    return math.erfc(abs(z) / math.sqrt(2))


def gamma_upper(shape: float, x: float) -> float:
    """The regularised upper incomplete gamma function Q(shape, x)."""
    if x <= 0:
        return 1.0
    scale = math.exp(-x + shape * math.log(x) - math.lgamma(shape))
    if x < shape + 1:
        term = total = 1 / shape
        n = shape
        while abs(term) > abs(total) * 1e-15:
            n += 1
            term *= x / n
            total += term
        return max(0.0, 1 - total * scale)
    tiny = 1e-300
    b = x + 1 - shape
    c, d = 1 / tiny, 1 / b
    h = d
    for i in range(1, 10_000):
        a = -i * (i - shape)
        b += 2
        d = 1 / (a * d + b or tiny)
        c = b + a / c or tiny
        step = d * c
        h *= step
        if abs(step - 1) < 1e-15:
            break
    return min(1.0, scale * h)


def matched_gamma(statistic: float, mean: float, variance: float) -> tuple[float, float]:
    """P(X <= statistic) and P(X >= statistic) for a gamma variable of that mean and variance."""
    if variance <= 0 or mean <= 0:
        return 1.0, 1.0
    upper = gamma_upper(mean * mean / variance, statistic * mean / variance)
    return 1 - upper, upper


def holm(values: list[float]) -> list[float]:
    """Adjusted p-values: the chance of one false alarm among all of the tests stays below the level (Holm 1979)."""
    order = sorted(range(len(values)), key=values.__getitem__)
    adjusted, running = [0.0] * len(values), 0.0
    for rank, i in enumerate(order):
        running = max(running, min(1.0, values[i] * (len(values) - rank)))
        adjusted[i] = running
    return adjusted
