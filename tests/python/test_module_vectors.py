"""The known answers, through the Python module."""

import csv
import pickle

import pytest
import yicha
from module import announce, fix, seal

pytestmark = pytest.mark.vectors


def test_target_case(target_case):
    expect = target_case["expect"]
    roster = fix(target_case)
    announcement = announce(target_case, roster)
    assert roster.root == expect["roster_root"]
    assert announcement.text == expect["announcement"]
    assert announcement.assurance == expect["assurance"]
    strata = announcement.strata
    assert dict(zip(strata["stratum"], strata["quota"])) == expect["quotas"]
    sealed = seal(target_case, announcement)
    assert sealed.seed_file.text == expect["seed_text"]
    assert sealed.seed == expect["seed"]
    drawn = sealed.draw(roster)
    assert drawn.file.text == expect["drawn"]
    assert drawn.public_list.text == expect["list"]
    for text in expect["slips"]:
        slip = yicha.Slip.parse(text)
        slip.check(announcement, sealed.seed_file, drawn.public_list)
        assert drawn.slip(roster, slip.target) == slip
        assert (slip.target in drawn.public_list) == (slip.outcome == "drawn")


def test_target_case_in_batches(target_case):
    """Fed in parts, in any order, merged over text: the same draw."""
    expect, key = target_case["expect"], bytes.fromhex(target_case["roster_key"])
    rows = sorted(tuple(row) for row in target_case["roster"])
    root = yicha.RosterRoot(key, target_case["suite"])
    half = len(rows) // 2
    salts = [root.extend(part) for part in (rows[:half], rows[half:]) if part]
    assert root.root == expect["roster_root"]
    assert sum(map(len, salts)) == len(rows)
    sealed = seal(target_case, announce(target_case, root))
    one, other = yicha.TargetDraw(sealed), yicha.TargetDraw(sealed)
    other.feed(rows[half:], key=key)
    if rows[:half]:
        one.feed(rows[:half], salts=salts[0])
    one.merge(yicha.TargetDraw.parse(sealed, other.text))
    drawn = sealed.draw_fed(one, key)
    assert drawn.file.text == expect["drawn"]
    assert drawn.public_list.text == expect["list"]


def test_files_read_back_and_pickle(target_case):
    expect = target_case["expect"]
    for kind, text in [
        (yicha.Announcement, expect["announcement"]),
        (yicha.SeedFile, expect["seed_text"]),
        (yicha.DrawnFile, expect["drawn"]),
        (yicha.PublicList, expect["list"]),
        *((yicha.Slip, slip) for slip in expect["slips"]),
    ]:
        file = kind.parse(text.encode())
        assert file.text == text and bytes(file) == text.encode()
        assert file == kind.parse(text) and hash(file) == hash(kind.parse(text))
        assert pickle.loads(pickle.dumps(file)) == file
        with pytest.raises(yicha.errors.FileError) as refused:
            kind.parse(text + "\n")
        assert refused.value.values["line"] == text.count("\n") + 1


def test_matching_case(matching_case):
    expect = matching_case["expect"]
    problem = yicha.Problem.parse(matching_case["problem"])
    assert problem.text == matching_case["problem"]
    short = problem.shortage(suite=matching_case["suite"])
    if "shortage" in expect:
        assert short.text == expect["shortage"]
        short.check(problem)
        return
    assert short is None
    nonces = {line["department"]: bytes.fromhex(line["nonce"]) for line in matching_case["contributions"]}
    scheme, stage = "411302-2026-0017", f"inspectors:{problem.department}"
    suite = matching_case["suite"]
    announcement = yicha.Announcement.inspectors(
        problem.department,
        drawn=matching_case["drawn"],
        problem=problem,
        scheme=scheme,
        contributions={
            d: yicha.commit_nonce(nonce, scheme=scheme, stage=stage, department=d, suite=suite)
            for d, nonce in nonces.items()
        },
        randomness=[yicha.Randomness(r["source"], r["round"], r["bits"], r["due"]) for r in matching_case["randomness"]],
        announced="2026-03-26T01:00:00Z",
        reveal_by="2026-03-26T02:00:00Z",
        suite=suite,
    )
    assert announcement.text == expect["announcement"]
    values = [bytes.fromhex(r["value"]) for r in matching_case["randomness"]]
    sealed = yicha.Announced.first(announcement).seal(nonces, values)
    assert sealed.seed == expect["seed"]
    matched = sealed.match_inspectors(problem)
    matched.check(problem)
    if "matched" in expect:
        assert matched.text == expect["matched"]
    else:
        import hashlib

        assert hashlib.new(suite, matched.text.encode()).hexdigest() == expect["matched_digest"]
    assert problem.steps(sealed.seed) == (expect["open_places"], expect["repairs"], expect["moves"])


def test_uscc(vectors):
    rows = list(csv.DictReader((vectors / "uscc_vectors.csv").open(encoding="utf-8")))
    assert len(rows) == 2000
    codes = [row["code"] for row in rows]
    wanted = [row["valid"] == "1" for row in rows]
    assert yicha.uscc_valid(codes).to_pylist() == wanted
    faults = yicha.uscc_faults(codes)
    assert faults["row"].to_pylist() == [i for i, good in enumerate(wanted, 1) if not good]
    for code, good in zip(codes, wanted):
        if good:
            assert str(yicha.Uscc(code)) == code
        else:
            with pytest.raises(yicha.errors.UsccError):
                yicha.Uscc(code)
