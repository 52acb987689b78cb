"""The matching against an independent minimum-cost flow, on the vectors' problems and on random ones.

Cost k for an inspector's k-th place makes the cheapest flow the most balanced one: in the sets of loads that such
networks have, the least sum of convex costs is the smallest largest load, then the smallest second largest, and so on.
"""

import json
import random
from hashlib import sha256

import networkx as nx
import pytest

from yicha_spec import matching, problem


def network(p):
    """Source to units of an inspector's load, to the inspector, to inspector at target, to place, to sink."""
    graph = nx.DiGraph()
    places = p.places()
    graph.add_node("source", demand=-len(places))
    graph.add_node("sink", demand=len(places))
    for place in places:
        graph.add_edge(("place", place), "sink", capacity=1, weight=0)
    for i, (_, capacity, _) in enumerate(p.inspectors):
        possible = [place for place in places if p.may_fill(i, place)]
        targets = {t for t, _ in possible}
        for k in range(1, min(capacity, len(targets)) + 1):
            graph.add_edge("source", ("unit", i, k), capacity=1, weight=k)
            graph.add_edge(("unit", i, k), ("inspector", i), capacity=1, weight=0)
        for t in sorted(targets):
            graph.add_edge(("inspector", i), ("at", i, t), capacity=1, weight=0)
        for place in possible:
            graph.add_edge(("at", i, place[0]), ("place", place), capacity=1, weight=0)
    return graph


def best_loads(p):
    """The loads of the cheapest flow, largest first, or None when no flow fills every place."""
    try:
        flow = nx.min_cost_flow(network(p))
    except nx.NetworkXUnfeasible:
        return None
    loads = [sum(flow.get(("inspector", i), {}).values()) for i in range(len(p.inspectors))]
    return sorted(loads, reverse=True)


def agree(p, seed):
    """Whether there is a solution, after the solution or the shortage was compared with the flow."""
    wanted = best_loads(p)
    short = matching.shortage(p)
    if short is not None:
        assert wanted is None
        matching.check_shortage(p, *short)
        return False
    solved, _ = matching.solve(p, seed)
    matching.check_matching(p, solved.matches())
    assert sorted(solved.assigned, reverse=True) == wanted
    return True


@pytest.mark.vectors
def test_vectors(matching_case):
    p = problem.parse(matching_case["problem"].encode())
    solvable = "shortage" not in matching_case["expect"]
    seed = bytes.fromhex(matching_case["expect"].get("seed", "00" * 32))
    assert agree(p, seed) == solvable


def random_problem(dice):
    codes = ["a", "b", "c"][: dice.randint(0, 3)]
    some = lambda: [code for code in codes if dice.random() < 0.4]
    targets = [(f"t{t:02}", [some() for _ in range(dice.randint(1, 3))]) for t in range(dice.randint(1, 12))]
    inspectors = [(f"i{i:02}", dice.randint(0, 4), some()) for i in range(dice.randint(0, 12))]
    pairs = [(i, t) for i, _, _ in inspectors for t, _ in targets]
    recusals = sorted(pair for pair in pairs if dice.random() < 0.08)
    return problem.Problem("D", dice.randbytes(16), targets, inspectors, recusals)


def test_random_problems():
    dice = random.Random(20260320)
    solved = sum(agree(random_problem(dice), dice.randbytes(32)) for _ in range(400))
    assert 80 < solved < 320, f"{solved} of 400 had a solution: too few of one kind to say anything"


def result(p, seed):
    """The text that section 7 gives, of an announcement without any digest."""
    short = matching.shortage(p)
    if short is not None:
        return problem.Shortage(sha256(p.text()).digest(), *short).text().decode()
    solved, _ = matching.solve(p, seed)
    return problem.Matched(bytes(32), seed, solved.matches()).text().decode()


def test_rust_gives_the_same_bytes(answers):
    dice = random.Random(20261123)
    problems = [(random_problem(dice), dice.randbytes(32)) for _ in range(3000)]
    assert all(problem.parse(p.text()) == p for p, _ in problems)
    asked = [json.dumps({"seed": seed.hex(), "problem": p.text().decode()}) for p, seed in problems]
    for (p, seed), rust in zip(problems, answers("matching", asked), strict=True):
        assert json.loads(rust) == result(p, seed), p.text().decode()
