"""Answers of programs that know nothing of this project: sha256sum, OpenSSL, DuckDB, chinesecalendar, python-stdnum."""

import csv
import datetime
import random
import subprocess

import chinese_calendar
import duckdb
import pytest
from stdnum.cn import uscc as stdnum_uscc
from stdnum.exceptions import ValidationError

from database import draw_by_duckdb
from yicha_spec import target


def shell(script, *arguments):
    done = subprocess.run(["sh", "-c", script, "sh", *arguments], capture_output=True, check=True, text=True)
    return done.stdout.split()[-1]


def test_a_target_checks_its_ticket_in_the_shell(target_case):
    """The command of section 6, and the same with OpenSSL for SM3."""
    tool = "sha256sum | cut -d' ' -f1"
    if target_case["suite"] == "sm3":
        tool = "openssl dgst -sm3"
        listed = subprocess.run(["openssl", "list", "-digest-commands"], capture_output=True, text=True)
        if "sm3" not in listed.stdout:
            pytest.skip("this machine's openssl has no SM3")
    drawn = {line.split("\t")[3]: line.split("\t")[2] for line in target_case["expect"]["drawn"].splitlines()[3:]}
    seen = 0
    for text in target_case["expect"]["slips"]:
        slip = target.parse_slip(text.encode())
        ticket = shell('printf %s%s%s "$1" "$2" "$3" | ' + tool, slip.seed.hex(), slip.salt.hex(), slip.target)
        assert (slip.target in drawn) == (slip.outcome == "drawn")
        if slip.outcome == "drawn":
            assert ticket == drawn[slip.target]
            seen += 1
        cutoff = slip.cutoff[0]
        if cutoff is not None and slip.standing == "eligible":
            assert (ticket <= cutoff.hex()) == (slip.outcome == "drawn")
    assert seen or not drawn


def test_file_digests_in_the_shell(target_case, tmp_path):
    """Seed, and the digests by which one file names another."""
    tool = "sha256sum < $1 | cut -d' ' -f1" if target_case["suite"] == "sha256" else "openssl dgst -sm3 < $1"
    expect = target_case["expect"]
    digests = {}
    for name in ("announcement", "seed_text", "drawn"):
        file = tmp_path / name
        file.write_bytes(expect[name].encode())
        digests[name] = shell(tool, str(file))
    assert digests["seed_text"] == expect["seed"]
    for name in ("seed_text", "drawn", "list"):
        assert expect[name].splitlines()[1] == "announcement\t" + digests["announcement"]
    assert expect["list"].splitlines()[3] == "drawn\t" + digests["drawn"]


def test_duckdb_draws_the_same(target_case):
    if target_case["suite"] != "sha256":
        pytest.skip("DuckDB has no SM3")
    key, seed = target_case["roster_key"], target_case["expect"]["seed"]
    quotas = list(target_case["expect"]["quotas"].items())
    rows = draw_by_duckdb(duckdb.connect(), key, seed, target_case["roster"], quotas)
    lines = ["target\t" + "\t".join(row) for row in rows]
    assert lines == target_case["expect"]["drawn"].splitlines()[3:]


def days(first, last):
    return [first + datetime.timedelta(n) for n in range((last - first).days + 1)]


def test_chinesecalendar_has_the_same_working_days(answers):
    every = days(datetime.date(2007, 1, 1), datetime.date(2026, 12, 31))
    ours = answers("workday", map(str, every))
    assert ours == [str(chinese_calendar.is_workday(day)).lower() for day in every]


def test_chinesecalendar_has_the_same_deadlines(answers):
    every = days(datetime.date(2007, 1, 1), datetime.date(2026, 12, 31))
    workdays = [day for day in every if chinese_calendar.is_workday(day)]
    asked, wanted, after = [], [], 0
    for day in every:
        while after < len(workdays) and workdays[after] <= day:
            after += 1
        for n in (1, 5, 20, 250):
            if after + n <= len(workdays):
                asked.append(f"{day} {n}")
                wanted.append(str(workdays[after + n - 1]))
    assert len(asked) > 20_000
    assert answers("deadline", asked) == wanted


def stdnum_accepts(code):
    try:
        return bool(stdnum_uscc.validate(code))
    except ValidationError:
        return False


def with_check(code):
    """The code with the check character that follows from its first 17, by GB 32100 and not by stdnum."""
    alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY"
    total = sum(alphabet.index(c) * pow(3, i, 31) for i, c in enumerate(code[:17]))
    return code[:17] + alphabet[-total % 31]


@pytest.mark.vectors
def test_stdnum_gives_the_verdicts_of_the_vectors(vectors):
    rows = list(csv.DictReader((vectors / "uscc_vectors.csv").open(encoding="utf-8")))
    assert len(rows) == 2000
    for row in rows:
        verdict = "ok"
        try:
            stdnum_uscc.validate(row["code"])
        except ValidationError as e:
            verdict = type(e).__name__
        assert (verdict == "ok") == (row["valid"] == "1"), row
        assert verdict in row["reason"], row


def test_stdnum_agrees_but_for_two_known_differences(answers, vectors):
    """python-stdnum 2.2 knows no registering authority A, N or Y, and it drops spaces and hyphens and folds case."""
    random_choice = random.Random(32100)
    rows = list(csv.DictReader((vectors / "uscc_vectors.csv").open(encoding="utf-8")))
    valid = [row["code"] for row in rows if row["valid"] == "1"]
    codes = [row["code"] for row in rows]
    for code in valid:
        at = random_choice.randrange(18)
        codes.append(code[:at] + random_choice.choice("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ") + code[at + 1 :])
    assert all(ours == "ok" for ours in answers("uscc", valid))
    for code, ours in zip(codes, answers("uscc", codes)):
        # A code with a first letter that the standard has and stdnum lacks is judged by its check character alone.
        if code[:1] in ("A", "N", "Y") and ours in ("ok", "uscc-check"):
            assert not stdnum_accepts(code)
            assert (ours == "ok") == (code == with_check(code))
        else:
            assert (ours == "ok") == stdnum_accepts(code), code
    code = valid[0]
    folded = [code.lower(), f" {code}", f"{code[:2]}-{code[2:]}"]
    assert all(stdnum_accepts(text) for text in folded)
    assert "ok" not in answers("uscc", folded)
    letters = [with_check(letter + code[1:]) for letter in "ANY"]
    assert not any(stdnum_accepts(text) for text in letters)
    assert answers("uscc", letters) == ["ok"] * 3
