"""The known answers of the target draw, byte for byte."""

import pytest

from yicha_spec import announcement, roster, seed, target
from yicha_spec.suite import suite

pytestmark = pytest.mark.vectors


def contributions(case):
    return sorted((line["department"], bytes.fromhex(line["nonce"])) for line in case["contributions"])


def build(case):
    """Everything that the case gives, made from its inputs alone."""
    H = suite(case["suite"])
    key = roster.Key(H, bytes.fromhex(case["roster_key"]))
    rows = sorted(tuple(row) for row in case["roster"])
    strata = []
    for stratum, rule in sorted(case["rules"].items()):
        terms = rule["rate_bp"], rule["floor"], rule["cap"]
        n = len(roster.eligible(rows, stratum))
        strata.append((stratum, n, *terms, roster.quota(n, *terms)))
    announced = announcement.Announcement(
        suite=case["suite"],
        stage="targets",
        scheme=case["scheme"],
        attempt=case["attempt"],
        previous=bytes.fromhex(case["previous"]),
        roster=(roster.root(key, rows), len(rows)),
        strata=strata,
        contributions=[
            (d, announcement.commitment(H, case["scheme"], "targets", case["attempt"], d, nonce))
            for d, nonce in contributions(case)
        ],
        randomness=[(r["source"], r["round"], r["bits"], r["due"]) for r in case["randomness"]],
        announced=case["announced"],
        reveal_by=case["reveal_by"],
    ).check()
    values = [(r["source"], r["round"], bytes.fromhex(r["value"])) for r in case["randomness"]]
    seed_file = seed.SeedFile(announced.digest(), contributions(case), values)
    drawn_seed = seed_file.check(announced)
    drawn = target.Drawn(announced.digest(), drawn_seed, target.draw(key, rows, strata, drawn_seed))
    return key, rows, announced, seed_file, drawn


def test_case(target_case):
    expect = target_case["expect"]
    key, rows, announced, seed_file, drawn = build(target_case)
    assert announced.roster[0].hex() == expect["roster_root"]
    assert {name: quota for name, *_, quota in announced.strata} == expect["quotas"]
    assert announced.assurance() == expect["assurance"]
    assert announced.text().decode() == expect["announcement"]
    assert seed_file.text().decode() == expect["seed_text"]
    assert drawn.seed.hex() == expect["seed"]
    assert drawn.text().decode() == expect["drawn"]
    public = target.publish(key, drawn, announced.strata)
    assert public.text().decode() == expect["list"]
    assert expect["slips"]
    for text in expect["slips"]:
        slip = target.parse_slip(text.encode())
        slip.check(announced, public)
        assert target.make_slip(key, rows, announced.strata, drawn, slip.target).text().decode() == text


def test_files_read_back(target_case):
    expect = target_case["expect"]
    rows = sorted(tuple(row) for row in target_case["roster"])
    assert roster.parse(roster.text(rows)) == rows
    readers = [
        ("announcement", announcement.parse),
        ("seed_text", seed.parse),
        ("drawn", target.parse_drawn),
        ("list", target.parse_list),
    ]
    for name, parse in readers:
        assert parse(expect[name].encode()).text().decode() == expect[name]
