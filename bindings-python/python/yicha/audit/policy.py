"""What a policy costs and finds, before it is decided: rates, floors and caps tried out on a population."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from .._yicha import Rule, Table
from ._table import Tabular


@dataclass(frozen=True)
class PolicyReport(Tabular):
    """What a policy comes to over its draws."""

    #: Targets drawn of each class in one draw.
    quotas: Mapping[str, int]
    #: Visits of all draws together.
    visits: int
    #: Inspector days of all draws together.
    inspector_days: float
    #: Problems found, on average over the runs.
    found: float
    #: The 5th and 95th percentile of that over the runs.
    found_range: tuple[float, float]
    #: Targets with a problem that no draw came to, on average.
    missed: float
    #: The 5th and 95th percentile of that.
    missed_range: tuple[float, float]
    #: Share of each class that is visited at least once, on average.
    covered: Mapping[str, float]
    #: The 5th and 95th percentile of that share.
    covered_range: Mapping[str, tuple[float, float]]
    #: Targets visited twice or more, on average.
    repeated: float
    #: Visits that the cap on visits of one target kept away, on average.
    capped: float

    def to_table(self) -> Table:
        """The classes: stratum, targets drawn in one draw, share that is visited at least once (mean, low, high)."""
        strata = list(self.quotas)
        return Table(
            {
                "stratum": strata,
                "quota": [self.quotas[stratum] for stratum in strata],
                "covered": [self.covered[stratum] for stratum in strata],
                "covered_low": [self.covered_range[stratum][0] for stratum in strata],
                "covered_high": [self.covered_range[stratum][1] for stratum in strata],
            }
        )

    def __str__(self) -> str:
        covered = ", ".join(f"{stratum} {share:.0%}" for stratum, share in self.covered.items())
        (low, high), (least, most) = self.found_range, self.missed_range
        return (
            f"{self.visits} visits, {self.inspector_days:.0f} inspector days, {self.found:.1f} problems found "
            f"({low:g} to {high:g}), {self.missed:.1f} missed ({least:g} to {most:g}); covered: {covered}; "
            f"{self.repeated:.1f} targets visited again"
        )


def _range(values: Sequence[float]) -> tuple[float, float]:
    """The 5th and 95th percentile: of the values themselves, the nearest ranks."""
    ordered, last = sorted(values), len(values) - 1
    return ordered[round(0.05 * last)], ordered[round(0.95 * last)]


def simulate(
    population: Mapping[str, int],
    rules: Sequence[Rule],
    problem_rates: Mapping[str, float],
    *,
    draws: int = 1,
    visits_per_year: int | None = None,
    departments: int = 2,
    inspectors: int = 2,
    days_per_visit: float = 0.5,
    runs: int = 50,
    seed: int = 1,
) -> PolicyReport:
    """Tries a policy on a population: eligible targets and share with a problem of each class.

    Each eligible target has a problem with the chance of its class, and keeps it until a visit finds it. A target at
    `visits_per_year` visits stands aside in the later draws, as an excluded one does. Each of the `departments` sends
    `inspectors` to a visit. The numbers are for comparing policies; `problem_rates` are the user's own assumption, and
    a class without one has no problems. Raises `ValueError` for what cannot be.
    """
    by_stratum = {rule.stratum: rule for rule in rules}
    _check(population, rules, problem_rates)
    for name, value in {"draws": draws, "runs": runs, "departments": departments, "inspectors": inspectors}.items():
        if value < 1:
            raise ValueError(f"{name} is {value}; 1 or more would be right")
    if days_per_visit < 0:
        raise ValueError(f"days_per_visit is {days_per_visit}; 0 or more would be right")
    if visits_per_year is not None and visits_per_year < 0:
        raise ValueError(f"visits_per_year is {visits_per_year}; 0 or more would be right")
    dice = random.Random(seed)
    visits = repeated = capped = 0
    found: list[float] = []
    missed: list[float] = []
    covered: dict[str, list[float]] = {stratum: [] for stratum in population}
    for _ in range(runs):
        at_first = left = 0
        for stratum, number in population.items():
            rate = problem_rates.get(stratum, 0.0)
            bad = {i for i in range(number) if dice.random() < rate}
            at_first += len(bad)
            times = [0] * number
            for _ in range(draws):
                eligible = [i for i in range(number) if visits_per_year is None or times[i] < visits_per_year]
                quota = by_stratum[stratum].quota(len(eligible))
                capped += by_stratum[stratum].quota(number) - quota
                for i in dice.sample(eligible, quota):
                    times[i] += 1
                    bad.discard(i)
                visits += quota
            left += len(bad)
            repeated += sum(t > 1 for t in times)
            covered[stratum].append(sum(t > 0 for t in times) / number if number else 0.0)
        found.append(at_first - left)
        missed.append(left)
    return PolicyReport(
        {stratum: by_stratum[stratum].quota(number) for stratum, number in population.items()},
        round(visits / runs),
        visits / runs * departments * inspectors * days_per_visit,
        sum(found) / runs,
        _range(found),
        sum(missed) / runs,
        _range(missed),
        {stratum: sum(shares) / runs for stratum, shares in covered.items()},
        {stratum: _range(shares) for stratum, shares in covered.items()},
        repeated / runs,
        capped / runs,
    )


def _check(population: Mapping[str, int], rules: Sequence[Rule], problem_rates: Mapping[str, float]) -> None:
    ruled = Counter(rule.stratum for rule in rules)
    for stratum, number in population.items():
        if stratum not in ruled:
            raise ValueError(f"class {stratum} has no rule")
        if number < 0:
            raise ValueError(f"class {stratum} has {number} targets; 0 or more would be right")
    for stratum, number in ruled.items():
        if number > 1:
            raise ValueError(f"class {stratum} has {number} rules; each class has one")
    for stratum, rate in problem_rates.items():
        if stratum not in population:
            raise ValueError(f"class {stratum} has a problem rate, but no targets in the population")
        if not 0 <= rate <= 1:
            raise ValueError(f"class {stratum} has a problem rate of {rate}; a share between 0 and 1 would be right")
