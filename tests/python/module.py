"""What the tests of the Python module share: a case of the vectors put through it."""

import yicha


def announce(case, roster):
    """The announcement of a case of `target_draw.json` for a roster that is fixed."""
    commitments = {
        line["department"]: yicha.commit_nonce(
            bytes.fromhex(line["nonce"]),
            scheme=case["scheme"],
            stage="targets",
            department=line["department"],
            attempt=case["attempt"],
            suite=case["suite"],
        )
        for line in case["contributions"]
    }
    return yicha.Announcement.targets(
        roster,
        [yicha.Rule(s, rule["rate_bp"], rule["floor"], rule["cap"]) for s, rule in case["rules"].items()],
        scheme=case["scheme"],
        attempt=case["attempt"],
        previous=case["previous"],
        contributions=commitments,
        randomness=[yicha.Randomness(r["source"], r["round"], r["bits"], r["due"]) for r in case["randomness"]],
        announced=case["announced"],
        reveal_by=case["reveal_by"],
    )


def nonces(case):
    return {line["department"]: bytes.fromhex(line["nonce"]) for line in case["contributions"]}


def seal(case, announcement):
    values = [bytes.fromhex(line["value"]) for line in case["randomness"]]
    return yicha.Announced.resume(announcement).seal(nonces(case), values)


def fix(case, rows=None):
    roster = yicha.Roster([tuple(row) for row in case["roster"]] if rows is None else rows)
    return roster.commit(bytes.fromhex(case["roster_key"]), case["suite"])


#: What is said of a small draw with one public value in place of contributions.
LINES = {
    "scheme": "S-1",
    "randomness": [yicha.Randomness("drand-quicknet", "1", 256, "2026-03-25T03:00:00Z")],
    "announced": "2026-03-25T01:00:00Z",
    "reveal_by": "2026-03-25T02:00:00Z",
}


def seal_small(roster, rules, public):
    """The sealed attempt of a roster with one public value in place of contributions."""
    announcement = yicha.Announcement.targets(roster, rules, **LINES)
    return yicha.Announced.first(announcement).seal(values=[public])


def small_draw(rows, rules, *, key=bytes(range(32)), suite="sha256", public=b"\x07" * 32):
    """A draw with one public value in place of contributions: roster, sealed attempt, result."""
    roster = yicha.Roster(rows).commit(key, suite)
    sealed = seal_small(roster, rules, public)
    return roster, sealed, sealed.draw(roster)
