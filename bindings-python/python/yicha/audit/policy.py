"""What a policy costs and finds, before it is decided: rates, floors and caps tried out on a population."""

from __future__ import annotations

import random
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
    #: Targets with a problem that no draw came to, on average.
    missed: float
    #: Share of each class that is visited at least once, on average.
    covered: Mapping[str, float]
    #: Targets visited twice or more, on average.
    repeated: float
    #: Visits that the cap on visits of one target kept away, on average.
    capped: float

    def to_table(self) -> Table:
        """The classes: stratum, targets drawn in one draw, share that is visited at least once."""
        strata = list(self.quotas)
        return Table(
            {
                "stratum": strata,
                "quota": [self.quotas[stratum] for stratum in strata],
                "covered": [self.covered[stratum] for stratum in strata],
            }
        )

    def __str__(self) -> str:
        covered = ", ".join(f"{stratum} {share:.0%}" for stratum, share in self.covered.items())
        return (
            f"{self.visits} visits, {self.inspector_days:.0f} inspector days, {self.found:.1f} problems found, "
            f"{self.missed:.1f} missed; covered: {covered}; {self.repeated:.1f} targets visited again"
        )


def simulate(
    population: Mapping[str, int],
    rules: Sequence[Rule],
    problem_rates: Mapping[str, float],
    *,
    draws: int = 1,
    visits_per_year: int | None = None,
    inspectors: int = 2,
    days_per_visit: float = 0.5,
    runs: int = 50,
    seed: int = 1,
) -> PolicyReport:
    """Tries a policy on a population: eligible targets and share with a problem of each class.

    Problems stay until a visit finds them. A target at `visits_per_year` visits stands aside in the later draws, as an
    excluded one does. The numbers are for comparing policies; `problem_rates` are the user's own assumption.
    """
    by_stratum = {rule.stratum: rule for rule in rules}
    missing = sorted(set(population) - set(by_stratum))
    if missing:
        raise ValueError(f"class {missing[0]} has no rule")
    dice = random.Random(seed)
    visits = found = missed = repeated = capped = 0.0
    covered: dict[str, float] = dict.fromkeys(population, 0.0)
    for _ in range(runs):
        for stratum, number in population.items():
            bad = set(dice.sample(range(number), round(number * problem_rates.get(stratum, 0.0))))
            started, times = len(bad), [0] * number
            for _ in range(draws):
                eligible = [i for i in range(number) if visits_per_year is None or times[i] < visits_per_year]
                quota = by_stratum[stratum].quota(len(eligible))
                capped += by_stratum[stratum].quota(number) - quota
                for i in dice.sample(eligible, quota):
                    times[i] += 1
                    bad.discard(i)
                visits += quota
            found += started - len(bad)
            missed += len(bad)
            repeated += sum(t > 1 for t in times)
            covered[stratum] += sum(t > 0 for t in times) / number if number else 0.0
    return PolicyReport(
        {stratum: by_stratum[stratum].quota(number) for stratum, number in population.items()},
        round(visits / runs),
        visits / runs * inspectors * days_per_visit,
        found / runs,
        missed / runs,
        {stratum: share / runs for stratum, share in covered.items()},
        repeated / runs,
        capped / runs,
    )
