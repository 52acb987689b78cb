"""The audit: a folder that was changed is seen through, a skip-sampled history is exposed, a fair one is not."""

import random

import office
import pytest
import yicha
from yicha import audit


@pytest.fixture
def folder(tmp_path):
    office.work(tmp_path / "draw")
    return tmp_path / "draw"


def test_a_true_folder_holds_and_says_what_it_cannot_show(folder):
    report = audit.audit_folder(folder)
    assert report.ok, report.in_words("en")
    holds = " ".join(finding.en for finding in report.of("holds"))
    assert "agree byte for byte" in holds
    unknown = " ".join(finding.en for finding in report.of("unknown"))
    assert "outside evidence" in unknown and "the register and the plan" in unknown
    assert "needs roster.tsv" not in unknown, "what one part could check is not unknown"
    told = audit.audit_folder(folder, evidence="Gazette 7")
    assert "Gazette 7" in told.in_words("en")
    assert "不成立" not in report.in_words("zh")


def test_without_the_internal_files_less_is_known(folder):
    files = yicha.read_folder(folder)
    public = {n: b for n, b in files.items() if n.startswith(("announcement", "seed", "list"))}
    report = audit.audit_folder(public)
    assert report.ok
    assert any("needs roster.tsv" in finding.en for finding in report.of("unknown"))


def spoilt(data):
    """Another last character, which in most files is still well-formed."""
    return data[:-2] + (b"1" if data[-2:-1] != b"1" else b"2") + b"\n"


def said(report, status):
    return " ".join(finding.en for finding in report.of(status))


def test_every_file_that_is_spoilt_fails_alone_and_the_rest_still_holds(folder):
    files = yicha.read_folder(folder)
    for name in files:
        wrong = {**files, name: spoilt(files[name])}
        report = audit.audit_folder(wrong)
        with pytest.raises(yicha.errors.VerificationError):
            yicha.verify(wrong)
        # The root is of roster and key together.
        named = {"roster.key": "roster.tsv"}.get(name, name)
        assert [finding.file for finding in report.of("fails")] == [named]
        assert not any(other in said(report, "unknown") for other in files), "what is there is not missing"
        assert "D2: the shortage is proved" in said(report, "holds") or name.endswith("-D2.txt"), name


def test_a_spoilt_matching_spoils_neither_the_draw_nor_the_slips(folder):
    files = yicha.read_folder(folder)
    files["seed-inspectors-D1.txt"] = spoilt(files["seed-inspectors-D1.txt"])
    report = audit.audit_folder(files)
    holds = said(report, "holds")
    assert "agree byte for byte" in holds and "slips hold" in holds and "D1: every place is filled" in holds
    assert "announcement and seed of D1 hold" not in holds and "D1: recomputed" not in holds
    assert "D1: that the matching follows from the seed" in said(report, "unknown")


def test_nothing_is_held_against_a_list_that_the_draw_does_not_give(folder):
    files = yicha.read_folder(folder)
    files["list.txt"] = spoilt(files["list.txt"])
    report = audit.audit_folder(files)
    assert "seed-targets.txt reveals what was announced" in said(report, "holds")
    assert "slips hold" not in said(report, "holds")
    assert {finding.part for finding in report.of("unknown")} >= {"matching D1", "matching D2", "slips"}


def test_a_missing_file_is_unknown_and_no_failure(folder):
    files = yicha.read_folder(folder)
    for name in files.keys() - {"drawn.txt", "problem-D2.txt"} | {"problem-D1.txt"}:
        if name.startswith("slip-"):
            continue  # not every target asks for its slip
        report = audit.audit_folder({other: data for other, data in files.items() if other != name})
        assert report.ok, report.in_words("en")
        assert name in said(report, "unknown"), f"{name}: {report.in_words('en')}"
    (missing,) = audit.audit_folder({})
    assert (missing.status, missing.file) == ("unknown", "announcement-targets.txt")


def test_a_matching_that_is_withheld_is_told(folder):
    files = yicha.read_folder(folder)
    del files["matched-D1.txt"]
    assert "the result of D1: neither matched-D1.txt nor shortage-D1.txt" in said(audit.audit_folder(files), "unknown")


def test_what_it_rests_on_is_not_what_holds(folder):
    report = audit.audit_folder(folder)
    assert "unless all contributing departments collude" in said(report, "rests-on")
    assert "collude" not in said(report, "holds")
    words = report.in_words("zh")
    assert "依据：\n  - [公开文件] targets的保证程度" in words and "[匹配 D1]" in words
    with yicha.language("zh"):
        assert str(report) == words != report.in_words("en")


def test_files_that_nobody_looked_at_are_named(folder):
    """By the audit, and by the verification."""
    names = ["LIST.TXT", "announcement-D1.txt", "list (1).txt", "void-1.txt", "void-targets-2.txt"]
    for name in names:
        (folder / "public" / name).write_text("x")
    (folder / "internal" / "scans").mkdir()
    expected = sorted(["internal/scans/", "public/LIST.TXT", *names[1:]])
    report = audit.audit_folder(folder)
    assert report.ok and [finding.file for finding in report.of("not-looked-at")] == expected
    statement = yicha.verify(folder)
    assert list(statement.not_looked_at) == expected and "未查看：\n  - announcement-D1.txt" in statement.in_words("zh")
    files = yicha.read_folder(folder)
    for name in names[1:]:
        del files[name]
    assert yicha.verify(files).not_looked_at == () and "Not looked at" not in yicha.verify(files).in_words("en")
    assert not audit.audit_folder(files).of("not-looked-at")
    del files["announcement-targets.txt"]
    alone = {name: files[name] for name in files if "D1" in name or "D2" in name}
    assert yicha.verify(alone).not_looked_at == ("announcement-inspectors-D1.txt", "seed-inspectors-D1.txt")


def test_a_spoilt_slip_is_named(folder):
    files = yicha.read_folder(folder)
    names = [name for name in files if name.startswith("slip-")]
    files[names[1]] = files[names[1]].replace(b"stratum\t", b"stratum\tX")
    report = audit.audit_folder(files)
    assert [finding.file for finding in report.of("fails")] == [names[1]]
    assert f"all {len(names) - 1} slips hold" in said(report, "holds")


N, STAFF = 200, [f"I{i:02}" for i in range(20)]
IDS = tuple(f"T{i:04}" for i in range(N))


def fair(dice, rate, draws):
    for _ in range(draws):
        drawn = dice.sample(IDS, round(N * rate))
        teams = {target: tuple(dice.sample(STAFF, 2)) for target in drawn}
        yield audit.DrawRecord(IDS, frozenset(drawn), teams=teams, staff=tuple(STAFF))


def skipping(dice, rate, draws):
    """As a published system did it: every k-th from a random start, inspectors dealt in the order of their list."""
    number = round(N * rate)
    step = N // number
    for _ in range(draws):
        start, first = dice.randrange(step), dice.randrange(len(STAFF))
        drawn = [IDS[start + i * step] for i in range(number)]
        teams = {
            target: (STAFF[(first + 2 * i) % 20], STAFF[(first + 2 * i + 1) % 20]) for i, target in enumerate(drawn)
        }
        yield audit.DrawRecord(IDS, frozenset(drawn), teams=teams, staff=tuple(STAFF))


@pytest.mark.parametrize("rate", [0.05, 0.1, 0.3])
def test_a_skip_sampled_history_is_exposed(rate):
    report = audit.audit_history(skipping(random.Random(5), rate, 12))
    assert report.suspicious, report
    assert report["overlap"].suspicious(report.level), report
    assert report["pairs"].effect > 1.5


def test_fair_histories_are_not_suspicious():
    """100 fair histories at level 0.05: false alarms stay near or below 5. Above 12 has a chance below 1 in 1000."""
    alarms = 0
    for seed in range(100):
        records = list(fair(random.Random(seed), [0.05, 0.1, 0.3][seed % 3], 12))
        if seed % 10:  # the shuffles are slow; every tenth history has its teams
            records = [audit.DrawRecord(r.listed, r.drawn) for r in records]
        alarms += audit.audit_history(records, level=0.05).suspicious
    assert alarms <= 12


def test_our_own_draws_are_not_suspicious():
    rows = [(target, "A", "eligible") for target in IDS]
    records = []
    for number in range(12):
        from module import small_draw

        _, _, drawn = small_draw(rows, [yicha.Rule("A", 1000)], public=bytes([number + 1]) * 32)
        records.append(audit.DrawRecord(IDS, frozenset(drawn)))
    assert not audit.audit_history(records).suspicious


def test_targets_that_are_spared_are_exposed():
    dice = random.Random(3)
    records = [audit.DrawRecord(IDS, frozenset(dice.sample(IDS[:150], 20))) for _ in range(20)]
    report = audit.audit_history(records)
    assert report["inclusion"].suspicious(0.01) and report["inclusion"].effect > 1.2


def test_inspectors_who_are_always_sent_are_exposed():
    dice = random.Random(4)
    records = []
    for record in fair(dice, 0.1, 12):
        teams = {t: (dice.choice(STAFF[:5]), dice.choice(STAFF[5:])) for t in record.drawn}
        records.append(audit.DrawRecord(record.listed, record.drawn, teams=teams, staff=record.staff))
    report = audit.audit_history(records)
    assert report["load"].suspicious(0.01) and not report["inclusion"].suspicious(0.01)


def test_a_short_history_says_that_it_says_nothing():
    report = audit.audit_history(fair(random.Random(1), 0.01, 2))
    assert dict(report.left_out).keys() >= {"inclusion", "overlap", "pairs"}
    assert not report.suspicious


def test_history_from_folders_and_rows(folder):
    history = audit.History.from_folders([folder])
    assert sorted(record.stratum for record in history) == ["A", "B", "C"]
    assert sum(history.loads().values()) > 0 and sum(history.repeat_visits().values()) > 0
    rows = [{"draw": 1, "id": "T1", "drawn": True}, {"draw": 1, "id": "T2", "drawn": False}]
    (record,) = audit.History.from_rows(rows)
    assert record.drawn == {"T1"} and record.listed == ("T1", "T2")
    with pytest.raises(ValueError):
        audit.DrawRecord(("T1",), frozenset({"T2"}))


def test_tails_against_known_values():
    from yicha.audit import _math

    # Chi-square tables: 3.841 at one degree of freedom, 124.342 at a hundred, both 5 %.
    assert _math.gamma_upper(0.5, 3.841 / 2) == pytest.approx(0.05, abs=1e-4)
    assert _math.gamma_upper(50, 124.342 / 2) == pytest.approx(0.05, abs=1e-4)
    assert _math.two_sided(1.96) == pytest.approx(0.05, abs=1e-4)
    assert _math.holm([0.01, 0.04, 0.03]) == pytest.approx([0.03, 0.06, 0.06])


def test_policies_are_compared():
    population = {"A": 1000, "D": 100}
    rates = {"A": 0.02, "D": 0.3}
    even = audit.simulate(population, [yicha.Rule("A", 500), yicha.Rule("D", 500)], rates, draws=4)
    risk = audit.simulate(population, [yicha.Rule("A", 300), yicha.Rule("D", 2500)], rates, draws=4)
    assert even.visits == risk.visits == 220 and even.inspector_days == 220
    assert risk.found > 2 * even.found, "visits where the problems are find more of them"
    assert 0 < risk.covered["A"] < risk.covered["D"] < 1
    capped = audit.simulate(population, [yicha.Rule("A", 9000), yicha.Rule("D", 9000)], rates, draws=4, visits_per_year=2)
    assert capped.capped > 0
    with pytest.raises(ValueError, match="D"):
        audit.simulate(population, [yicha.Rule("A", 1)], rates)
