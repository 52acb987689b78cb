"""What cannot end well is refused before anything of a draw is published, and what belongs elsewhere is not taken."""

import pyarrow as pa
import pytest
import yicha
from module import LINES, seal_small, small_draw

ROWS = [(f"T{i:03}", "AD"[i % 2], "eligible") for i in range(100)]
RULES = [yicha.Rule("A", 2000), yicha.Rule("D", 5000)]
KEY = bytes(range(32))


def test_each_stratum_of_the_roster_needs_a_rule():
    roster = yicha.Roster(ROWS).commit(KEY)
    with pytest.raises(yicha.errors.DrawError) as refused:
        yicha.Announcement.targets(roster, RULES[:1], **LINES)
    assert (refused.value.code, refused.value.values) == ("draw-stratum-without-rule", {"stratum": "D"})
    with pytest.raises(yicha.errors.DrawError) as refused:
        yicha.Announcement.targets(roster, [*RULES, RULES[1]], **LINES)
    assert (refused.value.code, refused.value.values) == ("draw-stratum-with-two-rules", {"stratum": "D"})
    # A rule may stand for a stratum that does not occur.
    more = yicha.Announcement.targets(roster, [*RULES, yicha.Rule("B", 100)], **LINES)
    assert more.strata["eligible"].to_pylist() == [50, 0, 50]


def test_numbers_of_a_rule_have_bounds():
    assert yicha.Rule("A", 10_000, cap=2**64 - 1).quota(7) == 7
    for wrong in (dict(rate=-1), dict(rate=10_001), dict(rate=2**70), dict(rate=1, floor=-1), dict(rate=1, cap=2**64)):
        with pytest.raises(ValueError, match="to 10000|would be right"):
            yicha.Rule("A", **wrong)


def test_salts_of_other_rows_are_refused():
    table = pa.table({name: [row[i] for row in ROWS] for i, name in enumerate(["id", "stratum", "standing"])})
    roster, root = yicha.Roster(ROWS).commit(KEY), yicha.RosterRoot(KEY)
    sealed = seal_small(roster, RULES, b"\x01")
    first, second = table.slice(0, 60), table.slice(60)
    of_first, of_second = root.extend(first), root.extend(second)
    draw = yicha.TargetDraw(sealed)
    for rows, salts in [(second, of_first), (first, of_second), (pa.concat_tables([first, second]), of_first)]:
        with pytest.raises(yicha.errors.RosterError) as refused:
            draw.feed(rows, salts=salts)
        assert refused.value.values == {"column": "salts", "found": len(salts), "wanted": len(rows)}
    draw.feed(first, salts=of_first)
    draw.feed(second, salts=of_second)
    assert sealed.draw_fed(draw, KEY) == sealed.draw(roster)


def test_a_slip_is_made_of_the_roster_drawn_from():
    roster, _, drawn = small_draw(ROWS, RULES, key=KEY)
    slip = drawn.slip(roster, "T000")
    slip.check(drawn.announcement, drawn.seed_file, drawn.public_list)
    with pytest.raises(yicha.errors.DrawError) as refused:
        drawn.slip(yicha.Roster(ROWS).commit(b"2" * 32), "T000")
    assert refused.value.code == "draw-other-roster"


@pytest.mark.parametrize("suite", ["sha256", "sm3"])
def test_the_suite_of_a_draw_is_told_or_asked_for(suite):
    _, sealed, drawn = small_draw(ROWS, RULES, suite=suite)
    problem = yicha.Problem("D1", salt=bytes(16), targets={"T000": ["*"]}, inspectors={"I1": (1, [])})
    announced = yicha.Announcement.inspectors("D1", drawn=drawn, problem=problem, **LINES)
    assert announced.suite == suite
    for of_draw in (drawn.file, drawn.file.digest(suite)):
        again = yicha.Announcement.inspectors("D1", drawn=of_draw, problem=problem, suite=suite, **LINES)
        assert again == announced
        with pytest.raises(ValueError, match="give the suite"):
            yicha.Announcement.inspectors("D1", drawn=of_draw, problem=problem, **LINES)
    with pytest.raises(ValueError, match=f"{suite} would be right"):
        other = {"sha256": "sm3", "sm3": "sha256"}[suite]
        yicha.Announcement.inspectors("D1", drawn=drawn, problem=problem, suite=other, **LINES)
    assert drawn.seed_file.seed(suite) == sealed.seed
    assert f"drawn\t{drawn.file.digest(suite)}\n" in drawn.public_list.text
    for asked in (drawn.seed_file.seed, drawn.file.digest, drawn.public_list.digest, problem.digest, problem.shortage):
        with pytest.raises(TypeError, match="suite"):
            asked()


def test_a_department_announces_its_own_problem():
    _, _, drawn = small_draw(ROWS, RULES)
    problem = yicha.Problem("D1", salt=bytes(16), targets={"T000": ["*"]}, inspectors={"I1": (1, [])})
    with pytest.raises(yicha.errors.MatchingError) as refused:
        yicha.Announcement.inspectors("D2", drawn=drawn, problem=problem, **LINES)
    assert refused.value.code == "matching-other-department"
    assert refused.value.message("zh") == "匹配问题属于部门D1，公告的部门为D2"
    by_digest = yicha.Announcement.inspectors("D2", drawn=drawn, problem=problem.digest("sha256"), **LINES)
    sealed = yicha.Announced.first(by_digest).seal(values=[b"\x01"])
    with pytest.raises(yicha.errors.MatchingError) as refused:
        sealed.match_inspectors(problem)
    assert refused.value.code == "matching-other-department"
