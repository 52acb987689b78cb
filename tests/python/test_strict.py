"""A reader refuses whatever a writer would not have written: one changed, missing or additional byte."""

import json

import pytest

from yicha_spec import announcement, matching, problem, roster, seed, target
from yicha_spec.text import Refused

pytestmark = pytest.mark.vectors


def files(vectors):
    """One file of each kind, with its reader and writer."""
    case = json.loads((vectors / "target_draw.json").read_text("utf-8"))[1]
    matchings = json.loads((vectors / "inspector_matching.json").read_text("utf-8"))
    by_name = {found["name"]: found for found in matchings}
    small = json.loads((vectors / "small.json").read_text("utf-8"))
    rows = roster.text(sorted(tuple(row) for row in case["roster"])[:9]).decode()
    own = lambda found: found.text()
    return [
        (rows, roster.parse, roster.text),
        (case["expect"]["announcement"], announcement.parse, own),
        (case["expect"]["seed_text"], seed.parse, own),
        (case["expect"]["drawn"], target.parse_drawn, own),
        (case["expect"]["list"], target.parse_list, own),
        (case["expect"]["slips"][0], target.parse_slip, own),
        (small["void"]["text"], seed.parse_void, own),
        (by_name["needs repair"]["expect"]["announcement"], announcement.parse, own),
        (by_name["needs repair"]["problem"], problem.parse, own),
        (by_name["needs repair"]["expect"]["matched"], problem.parse_matched, own),
        (by_name["shortage"]["expect"]["shortage"], problem.parse_shortage, own),
    ]


def test_any_changed_byte(vectors):
    refused = 0
    for text, parse, write in files(vectors):
        data = text.encode()
        for i in range(len(data)):
            for changed in (data[:i] + data[i + 1 :], data[:i] + b" " + data[i:], data[:i] + b"0" + data[i + 1 :]):
                try:
                    found = parse(changed)
                except Refused:
                    refused += 1
                else:
                    assert write(found) == changed, f"read {changed!r} and wrote something else"
    assert refused > 1000


def test_lines_out_of_order(vectors):
    for text, parse, _ in files(vectors):
        lines = text.splitlines(keepends=True)
        swapped = "".join([*lines[:-2], lines[-1], lines[-2]])
        if parse is not seed.parse:  # public values stand in the order announced, which need not be sorted
            with pytest.raises(Refused):
                parse(swapped.encode())
        with pytest.raises(Refused):
            parse((text + lines[-1]).encode())
        with pytest.raises(Refused):
            parse(text.replace("\n", "\r\n").encode())
        with pytest.raises(Refused):
            parse(b"\xef\xbb\xbf" + text.encode())


def test_worse_matchings_are_refused():
    balanced = problem.Problem("D", bytes(16), [("a", [[]]), ("b", [[]])], [("i", 2, []), ("j", 2, [])], [])
    matching.check_matching(balanced, [("a", 0, "i"), ("b", 0, "j")])
    for worse in ([("a", 0, "i"), ("b", 0, "i")], [("a", 0, "i")], [("a", 0, "i"), ("b", 0, "k")]):
        with pytest.raises(Refused):
            matching.check_matching(balanced, worse)


def test_shortages_that_prove_nothing_are_refused():
    short = problem.Problem("D", bytes(16), [("a", [[], []])], [("i", 1, [])], [])
    matching.check_shortage(short, [("a", 0), ("a", 1)], ["i"])
    for places, inspectors in ([("a", 0)], ["i"]), ([("a", 0), ("a", 2)], ["i"]):
        with pytest.raises(Refused):
            matching.check_shortage(short, places, inspectors)
