"""The audit: a folder that was changed is seen through, a skip-sampled history is exposed, a fair one is not."""

import collections
import datetime
import random

import office
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
import yicha
from module import LINES
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


@pytest.mark.parametrize(
    "missing, garbage",
    [
        ("problem-D1.txt", "matched-D1.txt"),
        ("problem-D2.txt", "shortage-D2.txt"),
        ("announcement-inspectors-D1.txt", "seed-inspectors-D1.txt"),
        ("announcement-targets.txt", "list.txt"),
        ("announcement-targets.txt", "seed-targets.txt"),
        ("seed-targets.txt", "list.txt"),
        ("list.txt", "drawn.txt"),
        ("list.txt", "roster.tsv"),
    ],
)
def test_a_file_that_lacks_what_it_is_held_against_is_named(folder, missing, garbage):
    files = yicha.read_folder(folder)
    del files[missing]
    report = audit.audit_folder(files)
    assert report.ok and garbage in {finding.file for finding in report.of("not-looked-at")} | {
        finding.file for finding in report.of("unknown")
    }
    report = audit.audit_folder({**files, garbage: b"garbage"})
    assert [finding.file for finding in report.of("fails")] == [garbage]


def test_a_matching_is_made_again_without_the_draw_of_targets(folder):
    files = yicha.read_folder(folder)
    del files["list.txt"]
    report = audit.audit_folder(files)
    assert "D1: the matching follows from its announcement, seed and problem" in said(report, "holds")
    assert "that the matching follows" not in said(report, "unknown")
    other = files["matched-D1.txt"].replace(b"\tI0\n", b"\tI9\n", 1).replace(b"\tI1\n", b"\tI0\n", 1)
    report = audit.audit_folder({**files, "matched-D1.txt": other.replace(b"\tI9\n", b"\tI1\n", 1)})
    assert "matched-D1.txt" in {finding.file for finding in report.of("fails")}


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
    assert report["pairs"].suspicious(report.level) and report["pairs"].effect > 1.5


def drawn(dice, classes, draws, *, cap=None):
    """Fair draws: size and quota of each class; who was drawn `cap` times no longer stands in the lists."""
    times = collections.Counter()
    for number in range(draws):
        for stratum, (size, quota) in classes.items():
            listed = [t for t in (f"{stratum}{i}" for i in range(size)) if cap is None or times[t] < cap]
            chosen = dice.sample(listed, quota)
            times.update(chosen)
            yield audit.DrawRecord(tuple(listed), frozenset(chosen), stratum, draw=str(number))


def matched(dice, draw, department, problem, keep):
    """The library's matching of a problem, as a record with or without its problem."""
    announcement = yicha.Announcement.inspectors(
        department,
        drawn="00" * 32,
        problem=problem,
        suite="sha256",
        **LINES,
    )
    found = yicha.Announced.first(announcement).seal(values=[dice.randbytes(32)]).match_inspectors(problem)
    teams = {target: tuple(found.at(target)) for target in problem.targets}
    staff = problem.inspectors["inspector"].to_pylist()
    return audit.MatchRecord(draw, department, teams, tuple(staff), problem if keep else None)


def departments(dice, *, slots=("*", "*"), keep=True, draws=8, visits=6):
    """Two departments of 8 and 4 inspectors, of whom every third knows food."""
    for draw in range(draws):
        for department, number in (("D1", 8), ("D2", 4)):
            problem = yicha.Problem(
                department,
                salt=bytes(16),
                targets={f"T{i}": slots for i in range(visits)},
                inspectors={f"{department}-{i}": (visits, [] if i % 3 else ["food"]) for i in range(number)},
            )
            yield matched(dice, str(draw), department, problem, keep)


def with_teams(dice):
    return fair(dice, 0.1, 8)


def sorted_teams(dice):
    for record in fair(dice, 0.05, 10):
        teams = {target: tuple(sorted(team)) for target, team in record.teams.items()}
        yield audit.DrawRecord(record.listed, record.drawn, teams=teams, staff=record.staff)


FAIR = {
    "many": lambda dice: drawn(dice, {"A": (200, 20)}, 12),
    "few of many": lambda dice: drawn(dice, {"A": (500, 5)}, 12),
    "one visit a year": lambda dice: drawn(dice, {"A": (200, 20)}, 6, cap=1),
    "two visits a year": lambda dice: drawn(dice, {"A": (60, 20), "D": (20, 6)}, 5, cap=2),
    "classes of one": lambda dice: drawn(dice, {"A": (200, 20), **{f"C{i}-": (1, 1) for i in range(150)}}, 6),
    "classes of three": lambda dice: drawn(dice, {f"C{i}-": (3, 1) for i in range(12)}, 8),
    "tiny": lambda dice: drawn(dice, {"A": (8, 2)}, 12),
    "teams": with_teams,
    "sorted teams": sorted_teams,
}


@pytest.mark.parametrize("name", FAIR)
def test_fair_histories_are_not_suspicious(name):
    """12 fair histories at level 0.05: more than 3 alarms have a chance of 2 in 1000."""
    reports = [audit.audit_history(FAIR[name](random.Random(seed)), level=0.05) for seed in range(12)]
    assert sum(report.suspicious for report in reports) <= 3
    assert all(report.tests for report in reports)


@pytest.mark.parametrize(
    "about", [{}, {"slots": ("food", "*")}, {"keep": False}], ids=["free", "qualifications", "teams alone"]
)
def test_fair_matchings_are_not_suspicious(about):
    """5 histories at level 0.05: more than 1 alarm has a chance of 2 in 100."""
    histories = [audit.History([], departments(random.Random(seed), **about)) for seed in range(5)]
    reports = [audit.audit_history(history, level=0.05) for history in histories]
    assert sum(report.suspicious for report in reports) <= 1
    for report in reports:
        assert {test.name for test in report} == {"pairs", "returns", "load"}
        assert all(test.assumed == ("assumes" in test.against_en) == ("keep" in about) for test in report)


def test_teams_of_a_department_with_qualifications_need_their_problem():
    known, bare = (
        list(departments(random.Random(1), slots=("food", "*"), keep=keep, draws=4)) for keep in (True, False)
    )
    # Nothing is known against the teams of D2 until it shows a problem.
    report = audit.audit_history(audit.History([], known[:1] + bare[1:]), level=0.1)
    assert all("3 matchings without their problem" in test.against_en for test in report) and report.tests
    report = audit.audit_history(audit.History([], known[:2] + bare[2:]))
    assert not report.tests and "6 more matchings lack their problem" in str(report)


def test_the_library_is_asked_who_could_be_sent():
    """Food takes the same few people again and again, which only the problem tells."""
    dice = random.Random(2)
    records = list(departments(dice, slots=("food", "food"), draws=6, visits=8))
    known = audit.audit_history(audit.History([], records))
    assert not known.suspicious
    bare = [audit.MatchRecord(r.draw, r.department, r.teams, r.staff) for r in records]
    report = audit.audit_history(audit.History([], bare))
    assert report.suspicious and report.verdict("en") == "suspicious, if what is assumed holds"


def test_inclusion_is_as_often_small_as_its_p_value_says():
    """Lists that depend on the draws before, in tiny classes: of 150 p-values 30 should be below 0.2, more or less."""
    classes, level = {"A": (8, 2), "B": (3, 1)}, 0.4
    reports = [audit.audit_history(drawn(random.Random(s), classes, 7, cap=4), level=level) for s in range(150)]
    assert 15 <= sum(report["inclusion"].p < 0.2 for report in reports) <= 45


def test_our_own_draws_are_not_suspicious():
    rows = [(target, "A", "eligible") for target in IDS]
    records = []
    for number in range(12):
        from module import small_draw

        _, _, drawn = small_draw(rows, [yicha.Rule("A", 1000)], public=bytes([number + 1]) * 32)
        records.append(audit.DrawRecord(IDS, frozenset(drawn)))
    assert not audit.audit_history(records).suspicious


@pytest.mark.parametrize("cap", [None, 3])
def test_targets_that_are_spared_are_exposed(cap):
    dice, records, times = random.Random(3), [], collections.Counter()
    for _ in range(15):
        listed = [t for t in IDS if cap is None or times[t] < cap]
        chosen = dice.sample([t for t in listed if t < IDS[150]], 20)
        times.update(chosen)
        records.append(audit.DrawRecord(tuple(listed), frozenset(chosen)))
    report = audit.audit_history(records)
    assert report["inclusion"].suspicious(0.01)
    if cap is None:
        assert report["inclusion"].effect > 1.2
        assert all(carrier.observed > 2 * carrier.expected for carrier in report["inclusion"].carriers)
        assert report["inclusion"].carriers[0].who in report.in_words("zh")


def test_draws_that_go_round_are_exposed():
    """Nobody twice before everybody once: more even than chance, and nobody in particular is named."""
    records = [audit.DrawRecord(IDS, frozenset(IDS[20 * i : 20 * i + 20])) for i in range(10)]
    report = audit.audit_history(records)
    assert report["inclusion"].suspicious(0.01) and report["inclusion"].effect < 0.1
    assert not report["inclusion"].carriers


def test_inspectors_who_are_always_sent_are_exposed():
    dice = random.Random(4)
    records = []
    for record in fair(dice, 0.1, 12):
        teams = {t: (dice.choice(STAFF[:5]), dice.choice(STAFF[5:])) for t in record.drawn}
        records.append(audit.DrawRecord(record.listed, record.drawn, teams=teams, staff=record.staff))
    report = audit.audit_history(records)
    assert report["load"].suspicious(0.01) and not report["inclusion"].suspicious(0.01)
    assert {carrier.who for carrier in report["load"].carriers} <= set(STAFF[:5])


def test_who_always_has_the_odd_visit_is_exposed():
    """Four people share five visits as evenly as can be, eight times: the fifth should not always be the same one's."""

    def matchings(odd):
        for draw in range(8):
            sent = random.Random(draw).sample(["a", "b", "c", "d", odd(draw)], 5)
            yield audit.MatchRecord(str(draw), "D1", {f"T{i}": (who,) for i, who in enumerate(sent)})

    report = audit.audit_history(audit.History([], matchings(lambda draw: "a")))
    assert report["load"].suspicious(0.01) and report["load"].carriers[0].who == "a"
    report = audit.audit_history(audit.History([], matchings(lambda draw: "abcd"[draw % 4])))
    assert not report.suspicious


def inseparable(dice, classes):
    """One visit in each class of 12 draws, half of them by the same two."""
    for draw in range(12):
        for stratum in range(classes):
            team = ("I00", "I01") if dice.random() < 0.5 else tuple(dice.sample(STAFF, 2))
            yield audit.DrawRecord(("T",), frozenset("T"), str(stratum), {f"T{stratum}": team}, draw=str(draw))


def test_a_pair_that_is_inseparable_is_exposed():
    history = audit.History(inseparable(random.Random(5), 8))
    assert [len(matching.teams) for matching in history.matchings] == [8] * 12, "the classes of a draw together"
    report = audit.audit_history(history)
    assert report["pairs"].suspicious(0.01) and report["pairs"].carriers[0].who == "I00 + I01"
    assert "I00 + I01: " in report.in_words("en") and "I00 + I01：" in report.in_words("zh")


def test_an_inspector_who_returns_to_the_same_target_is_exposed():
    def matchings(dice, favour):
        for draw in range(12):
            targets = ["T0", *dice.sample([f"T{i}" for i in range(1, 20)], 5)]
            sent = dice.sample(STAFF, 6)
            if favour:
                sent = ["I00", *dice.sample(STAFF[1:], 5)]
            yield audit.MatchRecord(str(draw), "D1", {t: (who,) for t, who in zip(targets, sent)}, tuple(STAFF))

    report = audit.audit_history(audit.History([], matchings(random.Random(3), True)))
    assert report["returns"].suspicious(0.01)
    assert report["returns"].carriers[0] == audit.Carrier("I00 + T0", 12, report["returns"].carriers[0].expected)
    assert not audit.audit_history(audit.History([], matchings(random.Random(3), False)))["returns"].suspicious(0.05)


def test_the_same_code_in_two_departments_is_two_people():
    teams = {"T0": ("I0", "I1")}
    history = audit.History(
        [], [audit.MatchRecord("1", "D1", teams), audit.MatchRecord("1", "D2", {"T0": ("I0", "I2")})]
    )
    assert history.loads() == {"D1/I0": 1, "D2/I0": 1, "I1": 1, "I2": 1}
    assert len(history.pairs()) == 6 and history.pairs()["D1/I0", "D2/I0"] == 1
    assert history.returns()["D2/I0", "T0"] == 1 == history.returns()["I1", "T0"]
    # Each favours one of its own, so that the loads of both together would look even.
    records = [
        audit.MatchRecord(str(draw), department, {f"T{i}": (who,) for i in range(4)}, ("I0", "I1", "I2"))
        for draw in range(10)
        for department, who in (("D1", "I0"), ("D2", "I1"))
    ]
    report = audit.audit_history(audit.History([], records))
    assert report["load"].suspicious(0.01) and {c.who for c in report["load"].carriers[:2]} == {"D1/I0", "D2/I1"}


def test_a_capacity_that_binds_says_who_could_not_be_sent():
    def records(capacities):
        for draw in range(8):
            problem = yicha.Problem(
                "D1",
                salt=bytes(16),
                targets={f"T{i}": ["*"] for i in range(12)},
                inspectors={f"I{i}": (capacity, []) for i, capacity in enumerate(capacities)},
            )
            yield matched(random.Random(draw), str(draw), "D1", problem, keep=draw % 2)

    bound = audit.audit_history(audit.History([], records((1, 1, 9, 9))))
    assert "4 matchings without their problem" in bound["returns"].against_en
    free = audit.audit_history(audit.History([], records((9, 9, 9, 9))))
    assert "without their problem" not in free["returns"].against_en


def test_one_visit_in_each_draw_tells_nothing_of_pairs():
    records = [audit.DrawRecord(("T",), frozenset("T"), teams={"T": ("I00", "I01")}) for _ in range(96)]
    report = audit.audit_history(records)
    with pytest.raises(KeyError, match="pairs was left out: .* changes nothing"):
        report["pairs"]
    with pytest.raises(KeyError, match="none of the tests"):
        report["pears"]


def test_what_cannot_be_told_is_not_said_to_look_well():
    report = audit.audit_history(drawn(random.Random(1), {"A": (20, 20)}, 12))
    assert not report.suspicious and not report.tests
    assert "cannot be told" in str(report) and "nothing unusual" not in str(report)
    assert "无从判断" in report.in_words("zh") and "未见异常，" not in report.in_words("zh").splitlines()[0]
    reasons = {test.name: test.en for test in report.left_out}
    assert reasons["inclusion"] == "every draw took all of its list or nothing"
    assert reasons.keys() == {"inclusion", "overlap", "spacing", "pairs", "returns", "load"}
    nothing = audit.audit_history([])
    assert nothing.left_out[0].en == "there are no draws" and "0 draws, 0 tests" in str(nothing)


def test_a_report_in_chinese_has_no_english_in_it():
    told = audit.audit_history(skipping(random.Random(5), 0.05, 10), level=0.1).in_words("zh").splitlines()
    told += audit.audit_history([audit.DrawRecord(IDS, frozenset(IDS[:3]))]).in_words("zh").splitlines()
    assert any("校正后" in line for line in told) and any(line.startswith("- ") for line in told)
    words = ("adjusted", "fewer", "draw ", "expected", "assumes", *audit.report.NAMES)
    for line in told:
        assert not any(word in line for word in words), line


def test_how_many_are_usually_never_drawn():
    history = audit.History(drawn(random.Random(1), {"A": (200, 20)}, 12))
    assert history.never_drawn_usually() == pytest.approx(200 * 0.9**12, abs=10)
    capped = audit.History(drawn(random.Random(1), {"A": (200, 20)}, 6, cap=1))
    assert capped.never_drawn_usually() == pytest.approx(80), "what a cap of one leaves is no matter of chance"
    # With a population of which a tenth changes before each draw, 200 times: the mean is that of those never drawn.
    excess = [never - usual for never, usual in (never_drawn(random.Random(seed)) for seed in range(200))]
    assert abs(sum(excess) / 200) < 1


def never_drawn(dice):
    listed, records = list(range(60)), []
    for draw in range(12):
        listed = dice.sample(listed, 54) + list(range(60 + 6 * draw, 66 + 6 * draw))
        names = tuple(map(str, listed))
        records.append(audit.DrawRecord(names, frozenset(dice.sample(names, 6))))
    history = audit.History(records)
    return history.repeat_visits()[0], history.never_drawn_usually()


def test_the_level_is_a_chance_and_may_be_too_small_for_drawing_anew():
    records = list(drawn(random.Random(1), {"A": (20, 4)}, 12))
    for level in (0, 1, -0.1, float("nan")):
        with pytest.raises(ValueError, match="between 0 and 1"):
            audit.audit_history(records, level=level)
    assert "can show" not in str(audit.audit_history(records, level=0.001))
    assert "can show" in str(audit.audit_history(records, level=1e-6))


def test_a_short_history_says_that_it_says_nothing():
    report = audit.audit_history(fair(random.Random(1), 0.01, 2))
    assert {test.name for test in report.left_out} >= {"inclusion", "overlap", "pairs"}
    assert not report.suspicious


def test_history_from_folders(folder, tmp_path):
    for number in (61, 62, 63):
        office.work(tmp_path / str(number), number=number)
    history = audit.History.from_folders([tmp_path / "63", tmp_path / "61", tmp_path / "62", folder])
    assert sorted({record.stratum for record in history}) == ["A", "B", "C"]
    assert sum(history.repeat_visits().values()) > 0
    assert {(m.department, m.problem.department) for m in history.matchings} == {("D1", "D1")}
    # All four inspectors of the problem are known, whoever was sent.
    assert history.loads().keys() == {"I0", "I1", "I2", "I3"}
    report = audit.audit_history(history)
    assert not report.suspicious and "problem matched again" in report["load"].against_en


def test_a_folder_that_lacks_a_file_or_comes_twice_is_named(folder):
    with pytest.raises(yicha.errors.FileError) as refused:
        audit.History.from_folders([folder, folder])
    assert refused.value.code == "history-draw-twice"
    (folder / "internal" / "roster.tsv").unlink()
    with pytest.raises(yicha.errors.FileError, match="no roster.tsv in .*who could be drawn") as refused:
        audit.History.from_folders([folder])
    assert refused.value.values == {"folder": str(folder), "file": "roster.tsv"}
    assert "roster.tsv" in refused.value.message("zh")


ROWS = [{"draw": 1, "id": "T1", "drawn": True}, {"draw": 1, "id": "T2", "drawn": False}]
VISITS = [{"draw": 1, "id": "T1", "department": "D1", "inspector": f"I{i}"} for i in (1, 2)]


@pytest.mark.parametrize("table", [list, pd.DataFrame, pl.DataFrame, pa.Table.from_pylist, iter])
def test_history_from_rows_and_tables(table):
    history = audit.History.from_rows(table(ROWS), table(VISITS))
    (record,) = history
    assert record == audit.DrawRecord(("T1", "T2"), frozenset({"T1"}), draw="1")
    assert history.matchings == (audit.MatchRecord("1", "D1", {"T1": ("I1", "I2")}),)
    assert history.pairs() == {("I1", "I2"): 1}


def test_draws_are_put_in_the_order_of_their_days():
    def rows(order, day):
        for number in order:
            for record in list(drawn(random.Random(1), {"A": (60, 20)}, 3, cap=1))[number : number + 1]:
                about = {"draw": f"draw {number}", **({"day": datetime.date(2026, 1, 1 + number)} if day else {})}
                yield from ({**about, "id": t, "drawn": t in record.drawn} for t in record.listed)

    assert audit.History.from_rows(rows([2, 0, 1], True)).names() == ["draw 0", "draw 1", "draw 2"]
    assert audit.History.from_rows(rows([2, 0, 1], False)).names() == ["draw 2", "draw 0", "draw 1"]
    assert "order of the draws: from draw 0 to draw 2" in str(
        audit.audit_history(audit.History.from_rows(rows([2, 0, 1], True)))
    )
    for days in (("2026-01-01", "2026-01-02"), ("soon", "soon")):
        with pytest.raises(yicha.errors.TableError, match="'day'"):
            audit.History.from_rows({**row, "day": day} for row, day in zip(ROWS, days))


@pytest.mark.parametrize(
    "column, value",
    [("drawn", v) for v in ("False", "0", float("nan"), None, 2, b"1")]
    + [("id", v) for v in (None, "", 1.5, True)]
    + [("id", "T1"), ("draw", None)],
)
def test_a_wrong_value_is_named_with_its_row_and_column(column, value):
    with pytest.raises(yicha.errors.TableError) as refused:
        audit.History.from_rows([ROWS[0], {**ROWS[1], column: value}])
    assert refused.value.values == {"column": column, "row": 2, "found": repr(value)}
    assert f"column {column!r} has {value!r} in row 2; " in str(refused.value)
    for lawful in (1, 0, True, False):
        assert len(audit.History.from_rows([ROWS[0], {**ROWS[1], "drawn": lawful}])) == 1


def test_records_that_cannot_be_are_refused():
    with pytest.raises(TypeError, match="row 1 is a tuple"):
        audit.History.from_rows([(1, "T1", True)])
    with pytest.raises(ValueError, match="T2"):
        audit.DrawRecord(("T1",), frozenset({"T2"}))
    with pytest.raises(ValueError, match="twice in the list"):
        audit.DrawRecord(("T1", "T1"), frozenset({"T1"}))
    with pytest.raises(ValueError, match="twice in the team for T1"):
        audit.MatchRecord("1", "D1", {"T1": ("I1", "I1")})


def test_holm_adjusts_and_p_values_come_from_ranks():
    from yicha.audit import _math

    assert _math.holm([0.01, 0.04, 0.03]) == pytest.approx([0.03, 0.06, 0.06])

    def first(place):
        return lambda number: [place * number, *range(1, number)]

    assert _math.p_value(first(0.5), 0.01)[0] == pytest.approx(0.51)
    assert _math.p_value(first(2), 0.01)[0] == 1 / 2400, "six tests at level 0.01 need so many"
    assert _math.p_value(first(-1), 0.01)[0] == 1
    assert _math.p_value(first(-1), 0.01, tails=2)[0] == 2 / 4800


def test_policies_are_compared():
    population = {"A": 1000, "D": 100}
    rates = {"A": 0.02, "D": 0.3}
    even = audit.simulate(population, [yicha.Rule("A", 500), yicha.Rule("D", 500)], rates, draws=4)
    risk = audit.simulate(population, [yicha.Rule("A", 300), yicha.Rule("D", 2500)], rates, draws=4)
    # Two departments send two each, for half a day.
    assert even.visits == risk.visits == 220 and even.inspector_days == 440
    assert risk.found > 2 * even.found, "visits where the problems are find more of them"
    assert 0 < risk.covered["A"] < risk.covered["D"] < 1
    for report in (even, risk):
        assert report.found_range[0] < report.found < report.found_range[1]
        assert report.missed_range[0] < report.missed < report.missed_range[1]
        assert report.covered_range["D"][0] < report.covered["D"] < report.covered_range["D"][1]
    capped = audit.simulate(
        population, [yicha.Rule("A", 9000), yicha.Rule("D", 9000)], rates, draws=4, visits_per_year=2
    )
    assert capped.capped > 0
    three = audit.simulate(population, [yicha.Rule("A", 500), yicha.Rule("D", 500)], rates, draws=4, departments=3)
    assert three.inspector_days == 660


def test_problems_of_small_classes_count():
    """100 classes of 20 with 2 %: 40 problems on average, of which half are found."""
    classes = [f"C{i}" for i in range(100)]
    rules = [yicha.Rule(stratum, 5000) for stratum in classes]
    plan = audit.simulate(dict.fromkeys(classes, 20), rules, dict.fromkeys(classes, 0.02))
    assert plan.found == pytest.approx(20, abs=3) and plan.missed == pytest.approx(20, abs=3)


@pytest.mark.parametrize(
    "rules, rates, more, told",
    [
        (["A"], {}, {}, "class D has no rule"),
        (["A", "D", "D"], {}, {}, "class D has 2 rules"),
        (["A", "D"], {"B": 0.1}, {}, "class B has a problem rate"),
        (["A", "D"], {"A": 1.1}, {}, "class A has a problem rate of 1.1"),
        (["A", "D"], {"A": float("nan")}, {}, "class A has a problem rate of nan"),
        (["A", "D"], {}, {"runs": 0}, "runs is 0"),
        (["A", "D"], {}, {"draws": 0}, "draws is 0"),
        (["A", "D"], {}, {"departments": 0}, "departments is 0"),
        (["A", "D"], {}, {"visits_per_year": -1}, "visits_per_year is -1"),
        (["A", "D"], {}, {"days_per_visit": -1.0}, "days_per_visit is -1.0"),
    ],
)
def test_policies_that_cannot_be_are_refused(rules, rates, more, told):
    population = {"A": 10, "D": 10}
    assert (
        audit.simulate(population, [yicha.Rule("A", 100), yicha.Rule("D", 100)], {"A": 1, "D": 0}, runs=1).visits == 2
    )
    with pytest.raises(ValueError, match=told):
        audit.simulate(population, [yicha.Rule(stratum, 100) for stratum in rules], rates, **more)
