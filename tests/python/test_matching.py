"""The known answers of the inspector matching, byte for byte."""

import pytest

from yicha_spec import announcement, matching, problem, seed
from yicha_spec.suite import suite
from test_target_draw import contributions

pytestmark = pytest.mark.vectors


def announce(case, p):
    H = suite(case["suite"])
    head = {"scheme": "411302-2026-0017", "stage": f"inspectors:{p.department}", "attempt": 1}
    return announcement.Announcement(
        suite=case["suite"],
        previous=bytes(32),
        drawn=bytes.fromhex(case["drawn"]),
        problem=H(case["problem"].encode()).digest(),
        contributions=[
            (d, announcement.commitment(H, *head.values(), d, nonce)) for d, nonce in contributions(case)
        ],
        randomness=[(r["source"], r["round"], r["bits"], r["due"]) for r in case["randomness"]],
        announced="2026-03-26T01:00:00Z",
        reveal_by="2026-03-26T02:00:00Z",
        **head,
    ).check()


def test_case(matching_case):
    expect = matching_case["expect"]
    H = suite(matching_case["suite"])
    p = problem.parse(matching_case["problem"].encode())
    assert p.text().decode() == matching_case["problem"]
    short = matching.shortage(p)
    if "shortage" in expect:
        places, inspectors = short
        matching.check_shortage(p, places, inspectors)
        file = problem.Shortage(H(p.text()).digest(), places, inspectors)
        assert file.text().decode() == expect["shortage"]
        assert problem.parse_shortage(file.text()) == file
        return
    assert short is None
    announced = announce(matching_case, p)
    values = [(r["source"], r["round"], bytes.fromhex(r["value"])) for r in matching_case["randomness"]]
    seed_file = seed.SeedFile(announced.digest(), contributions(matching_case), values)
    drawn = seed_file.check(announced)
    assert announced.text().decode() == expect["announcement"]
    assert announcement.parse(announced.text()) == announced
    assert seed_file.text().decode() == expect["seed_text"]
    assert drawn.hex() == expect["seed"]
    solved, counts = matching.solve(p, drawn)
    assert counts == (expect["open_places"], expect["repairs"], expect["moves"])
    matching.check_matching(p, solved.matches())
    text = problem.Matched(announced.digest(), drawn, solved.matches()).text()
    assert problem.parse_matched(text).text() == text
    if "matched" in expect:
        assert text.decode() == expect["matched"]
    else:
        assert H(text).hexdigest() == expect["matched_digest"]
