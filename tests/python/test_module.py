"""The Python module as its users meet it: errors, dates, enums, equality, threads, interruption, memory, imports."""

import datetime
import gc
import io
import os
import pickle
import resource
import signal
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from fractions import Fraction
from pathlib import Path

import chinese_calendar
import pytest
import yicha
from hypothesis import given, settings
from hypothesis import strategies as st
from module import seal_small, small_draw
from stdnum.cn import uscc as stdnum_uscc
from tqdm import tqdm
from yicha_spec import roster as spec_roster
from yicha_spec import target as spec_target
from yicha_spec.suite import suite

CHINA = yicha.Calendar.china()
DATES = st.dates(datetime.date(2019, 1, 1), datetime.date(2026, 9, 1))


def test_errors_have_code_article_values_and_two_languages():
    with pytest.raises(yicha.Error) as refused:
        yicha.check_code("A B")
    error = refused.value
    assert isinstance(error, yicha.errors.CodeError)
    assert (error.code, error.article) == ("code-character", None)
    assert error.values == {"position": 2, "found": " "}
    assert str(error) == error.message("en") and "character 2" in str(error)
    assert error.basis("en") == "draw specification, section 1"
    assert pickle.loads(pickle.dumps(error)).code == error.code


def test_an_error_prints_itself_in_the_language_in_which_it_was_raised():
    with pytest.raises(yicha.Error) as refused, yicha.language("zh"):
        yicha.check_code("A B")
    error = refused.value
    assert str(error) == str(pickle.loads(pickle.dumps(error))) == error.message("zh")
    with pytest.raises(yicha.Error) as refused:
        yicha.check_code("A B")
    with yicha.language("zh"):
        assert str(refused.value) == error.message("en")


def test_words_are_in_the_language_that_is_set():
    with pytest.raises(yicha.Error) as refused:
        yicha.check_code("A B")
    error, other = refused.value, yicha.InspectionResult.OTHER
    _, sealed, drawn = small_draw([("T1", "A", "eligible")], [yicha.Rule("A", 10000)])
    files = {"announcement-targets": sealed.announcement, "seed-targets": sealed.seed_file, "list": drawn.public_list}
    statement = yicha.verify({f"{name}.txt": bytes(file) for name, file in files.items()})
    period = CHINA.deadline(datetime.date(2026, 9, 30), 1)
    said = {
        lambda *l: error.message(*l): ("第2个字符", "character 2"),
        lambda *l: error.basis(*l): ("抽取规范", "draw specification"),
        lambda *l: other.label(*l): ("其他", "other"),
        lambda *l: yicha.RiskClass.HIGH.label(*l): ("高", "high"),
        lambda *l: yicha.article(22, *l)[0]: ("问题由", "Problems are"),
        lambda *l: CHINA.explain(period, *l)[0][2]: ("国庆节放假", "day off"),
        lambda *l: statement.in_words(*l): ("已核对", "checked"),
    }
    printed = (str, lambda statement: statement._repr_html_().removeprefix("<pre>").removesuffix("</pre>"))
    for say, (zh, en) in said.items():
        assert say().startswith(zh) and say("zh") == say() and say("en").lower().startswith(en.lower()), say()
        with yicha.language("en"):
            assert say() == say("en")
        for unknown in ("fr", ""):
            with pytest.raises(ValueError, match="is not zh or en"):
                say(unknown)
    for show in printed:
        assert show(statement) == statement.in_words("en")
        with yicha.language("zh"):
            assert show(statement) == statement.in_words("zh")


def test_a_language_is_set_for_all_threads_or_for_a_block():
    def told():
        with pytest.raises(yicha.Error) as refused:
            yicha.Uscc("x")
        return str(refused.value)

    def elsewhere():
        with ThreadPoolExecutor(1) as pool:
            return pool.submit(told).result()

    english = told()
    try:
        yicha.set_language("zh")
        chinese = told()
        assert elsewhere() == chinese != english
        with yicha.language("en"):
            assert told() == english and elsewhere() == chinese
        with pytest.raises(ValueError, match="'fr' is not zh or en"):
            yicha.set_language("fr")
        assert told() == chinese
    finally:
        yicha.set_language(None)
    assert told() == elsewhere() == english
    with pytest.raises(ValueError, match="'fr' is not zh or en"):
        yicha.language("fr")
    # One block may be entered by many at once, and again within itself.
    block, together = yicha.language("zh"), threading.Barrier(4)

    def within(_):
        with block:
            together.wait(10)
            with block:
                pass
            return told()

    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(within, range(4))) == [chinese] * 4
    assert told() == english


def test_all_faults_of_a_problem_are_told():
    with pytest.raises(yicha.errors.MatchingError) as refused:
        yicha.Problem("D1", salt=bytes(16), targets={"T1": []}, inspectors={"I1": (1, [])}, recusals=[("I1", "T9")])
    assert refused.value.code == "matching-no-place"
    assert [other.code for other in refused.value.values["others"]] == ["matching-recusal-unknown"]


@given(DATES, st.integers(0, 60))
def test_chinesecalendar_has_the_same_deadlines(start, number):
    day, left = start, number
    while left:
        day += datetime.timedelta(1)
        left -= chinese_calendar.is_workday(day)
    assert CHINA.add_workdays(start, number).value == day
    assert CHINA.deadline(start, number).last_day == day
    assert CHINA.workdays_between(start, day).value == number


def test_what_rests_on_an_unknown_year_says_so():
    late = CHINA.deadline(datetime.date(2026, 12, 20))
    assert late.provisional and late.missing == datetime.date(2027, 1, 1)
    off = [(datetime.date(2027, 1, 1), "off", "元旦")]
    known = CHINA.with_notice(2027, "a notice", off)
    assert not known.deadline(datetime.date(2026, 12, 20)).provisional
    assert [day for day, number, _ in known.explain(known.deadline(datetime.date(2026, 12, 30), 1)) if number] == [
        datetime.date(2026, 12, 31)
    ]
    with pytest.raises(yicha.errors.CalendarError):
        CHINA.add_workdays(datetime.date(9999, 12, 31), 1)
    with pytest.raises(TypeError):
        CHINA.is_workday(datetime.datetime(2026, 1, 1))


def test_only_a_yes_or_no_is_true_or_false():
    friday, saturday = datetime.date(2026, 9, 18), datetime.date(2026, 9, 19)
    assert CHINA.is_workday(friday) and not CHINA.is_workday(saturday)
    for answer in (CHINA.add_workdays(friday, 1), CHINA.workdays_between(friday, saturday)):
        with pytest.raises(TypeError, match=r"\.value"):
            bool(answer)
    assert yicha.Answer[bool] == yicha.Answer[bool] != yicha.Answer[int]


def test_a_number_that_is_none_of_a_period_is_told_with_what_would_be_right():
    day = datetime.date(2026, 9, 18)
    assert CHINA.deadline(day, 65535).workdays == 65535
    for number in (65536, -1, 10**30):
        with pytest.raises(ValueError, match=f"^{number} .*; 0 to 65535 would be right"):
            CHINA.deadline(day, number)
    with pytest.raises(ValueError, match=f"^{2**31} .* to {2**31 - 1} would be right"):
        CHINA.add_workdays(day, 2**31)
    for number in (0, 29, 300):
        with pytest.raises(ValueError, match=f"^{number} is no article; 1 to 28"):
            yicha.article(number)
    with pytest.raises(ValueError, match='2027-01-01 is "free"; off or work'):
        CHINA.with_notice(2027, "a notice", [(datetime.date(2027, 1, 1), "free", "元旦")])
    with pytest.raises(ValueError, match="^2026-03-25 03:00:00 has no time zone"):
        yicha.Randomness("drand-quicknet", "1", 256, datetime.datetime(2026, 3, 25, 3))
    with pytest.raises(ValueError, match="^31 bytes .*; 32 would be right"):
        yicha.RosterRoot(bytes(31))


def test_a_kind_of_date_is_asked_for_its_day():
    class Shifted(datetime.date):
        def toordinal(self):
            return super().toordinal() + 1

    assert CHINA.is_workday(Shifted(2026, 9, 18)) == CHINA.is_workday(datetime.date(2026, 9, 19))
    assert CHINA.add_workdays(Shifted(2026, 9, 18), 0).value == datetime.date(2026, 9, 19)


def test_known_differences_of_python_stdnum():
    """It knows no registering authority A, N or Y, and it drops spaces and folds case."""
    code = "91110000600037341L"
    assert stdnum_uscc.validate(code.lower()) == code
    assert yicha.uscc_valid([code, code.lower(), f" {code}"]).to_pylist() == [True, False, False]
    with pytest.raises(yicha.errors.UsccError) as refused:
        yicha.Uscc(code[:-1] + "M")
    assert refused.value.values == {"found": "M", "wanted": "L"}


def test_enums_are_the_cores_lists():
    from yicha import _yicha

    assert [r.value for r in yicha.InspectionResult] == [code for code, *_ in _yicha.inspection_results()]
    assert [c.value for c in yicha.RiskClass] == [code for code, *_ in _yicha.risk_classes()]
    negative = [r for r in yicha.InspectionResult if r.polarity is yicha.Polarity.NEGATIVE]
    assert len(negative) == 6 and yicha.InspectionResult.OTHER.needs_text
    assert yicha.RiskClass.HIGH.label() == "高" and yicha.RiskClass("D").henan_2021_rate == 3000
    assert len(yicha.article(21, "en")) == 3


def test_objects_are_frozen_equal_hashable_and_printed():
    rule = yicha.Rule("A", 100, 1, 5)
    assert rule == yicha.Rule("A", 100, 1, 5) and hash(rule) == hash(yicha.Rule("A", 100, 1, 5))
    assert rule != yicha.Rule("A", 100, 1, 6)
    assert rule.quota(3001) == 5 and yicha.Rule("A", 100).quota(3001) == 31
    assert repr(rule) == "Rule('A', 100, floor=1, cap=5)"
    with pytest.raises(AttributeError):
        rule.rate = 5
    roster, sealed, drawn = small_draw([("T1", "A", "eligible"), ("T2", "A", "excluded:cap")], [yicha.Rule("A", 10000)])
    assert "T1" in drawn.public_list and "T2" not in drawn.public_list
    assert list(drawn) == ["T1"] and drawn == sealed.draw(roster)
    again = yicha.Announced.first(sealed.announcement).seal(values=[b"\x07" * 32])
    assert {sealed: 1, drawn: 2}[again] == 1 and hash(again.draw(roster)) == hash(drawn)
    assert "secret" in repr(yicha.RosterRoot(bytes(32)).extend([("T1", "A", "eligible")]))
    assert sealed.announcement.assurance_in_words("zh").startswith("采用事先指定的公开随机数")
    assert sealed.announcement.announced == datetime.datetime(2026, 3, 25, 1, tzinfo=datetime.UTC)


def test_an_attempt_follows_from_the_void_one():
    roster, sealed, drawn = small_draw([("T1", "A", "eligible")], [yicha.Rule("A", 10000)])
    void = drawn.void("a roster of last year", "HEAD-1", "2026-03-25T04:00:00Z")
    assert (void.next_attempt, void.notice.after, void.digest) == (2, "drawn", void.notice.digest("sha256"))

    def attempt(number, previous):
        return yicha.Announcement.targets(
            roster,
            [yicha.Rule("A", 10000)],
            scheme="S-1",
            attempt=number,
            previous=previous,
            randomness=[yicha.Randomness("drand-quicknet", "2", 256, "2026-03-26T03:00:00Z")],
            announced="2026-03-26T01:00:00Z",
            reveal_by="2026-03-26T02:00:00Z",
        )

    assert void.announce(attempt(2, void.digest)).announcement.attempt == 2
    with pytest.raises(yicha.errors.CeremonyError):
        yicha.Announced.first(attempt(2, void.digest))
    with pytest.raises(yicha.errors.CeremonyError):
        void.announce(attempt(2, "1" * 64))
    with pytest.raises(yicha.errors.SeedError):
        void.announce(attempt(2, void.digest)).seal()


ids = st.from_regex(r"[0-9A-Za-z][0-9A-Za-z._#-]{0,10}", fullmatch=True)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(ids, st.sampled_from("ABC"), st.sampled_from(["eligible"] * 4 + ["excluded:cap"])),
        min_size=1,
        max_size=60,
        unique_by=lambda row: row[0],
    ),
    st.integers(0, 10000),
    st.sampled_from(["sha256", "sm3"]),
    st.binary(min_size=32, max_size=32),
)
def test_any_draw_is_that_of_the_independent_program(rows, rate, name, key):
    rules = [yicha.Rule(stratum, rate) for stratum in "ABC"]
    roster, sealed, drawn = small_draw(rows, rules, key=key, suite=name)
    H = suite(name)
    secret, rows = spec_roster.Key(H, key), sorted(rows)
    assert roster.root == spec_roster.root(secret, rows).hex()
    strata = []
    for stratum in "ABC":
        n = len(spec_roster.eligible(rows, stratum))
        strata.append((stratum, n, rate, 0, None, spec_roster.quota(n, rate, 0, None)))
    wanted = spec_target.draw(secret, rows, strata, bytes.fromhex(sealed.seed))
    found = drawn.to_table()
    assert [(s, t.hex(), i) for s, t, i in wanted] == list(zip(found["stratum"], found["ticket"], found["id"]))
    for target in (rows[0][0], rows[-1][0]):
        slip = drawn.slip(roster, target)
        slip.check(sealed.announcement, sealed.seed_file, drawn.public_list)
        place, lines, path = roster.inclusion(target)
        assert rows[place][0] == target and lines == len(rows)
    assert roster.proves_absence("zzzzzzzzzzzz") and not roster.proves_absence(rows[0][0])


def big(rows):
    width = len(str(rows))
    return {"id": [f"T{i:0{width}}" for i in range(rows)], "stratum": ["ABCD"[i % 4] for i in range(rows)]}


@pytest.fixture(scope="module")
def million():
    import pyarrow as pa

    return pa.table(big(1_000_000))


RULES = [yicha.Rule(stratum, 500) for stratum in "ABCD"]


WORK = {
    "commit": lambda table, roster, file: roster.commit(bytes(32)),
    "parse": lambda table, roster, file: yicha.Roster.parse(file),
    "text": lambda table, roster, file: roster.text,
    "bytes": lambda table, roster, file: bytes(roster),
    "faults": lambda table, roster, file: yicha.uscc_faults(table["id"]),
}


@pytest.mark.parametrize("work", WORK)
def test_other_threads_run_during_long_work(million, work):
    roster = yicha.Roster(million, standing=None)
    file = bytes(roster)
    ticks, done = [], threading.Event()

    def count():
        while not done.is_set():
            ticks.append(time.perf_counter())
            time.sleep(0.001)

    thread = threading.Thread(target=count)
    thread.start()
    start = time.perf_counter()
    for _ in range(3):
        WORK[work](million, roster, file)
    end = time.perf_counter()
    done.set()
    thread.join()
    inside = [tick for tick in ticks if start < tick < end]
    assert len(inside) > (end - start) * 100, "a thread that sleeps 1 ms should have run far more often"


def test_a_progress_bar_is_told(million):
    with tqdm(total=len(million), file=io.StringIO()) as bar:
        yicha.RosterRoot(bytes(32)).extend(million, standing=None, progress=bar.update)
        assert bar.n == bar.total


def test_progress_is_told_and_what_is_broken_off_changes_nothing(million):
    key, told = bytes(32), []
    root = yicha.RosterRoot(key)
    root.extend(million, standing=None, progress=told.append)
    assert sum(told) == len(million) == len(root)
    sealed = seal_small(root, RULES, b"\x01")
    draw = yicha.TargetDraw(sealed)
    before = draw.text

    def stop(rows):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        draw.feed(million, key=key, standing=None, progress=stop)
    assert draw.text == before
    told.clear()
    draw.feed(million, key=key, standing=None, progress=told.append)
    assert sum(told) == len(million)
    roster = yicha.Roster(million, standing=None).commit(key)
    assert sealed.draw_fed(draw, key) == sealed.draw(roster)


def test_a_table_with_a_wrong_row_is_not_fed_to_its_end(million):
    import pyarrow as pa

    sealed = seal_small(yicha.Roster(million, standing=None).commit(bytes(32)), RULES, b"\x01")
    rows = 4_000_000
    strata = pa.concat_arrays([pa.array(["Z"]), pa.repeat("A", rows - 1)])
    table = pa.table({"id": pa.repeat("91411302MA00000001", rows), "stratum": strata})
    told = []
    with pytest.raises(yicha.Error) as refused:
        yicha.TargetDraw(sealed).feed(table, key=bytes(32), standing=None, progress=told.append)
    assert (refused.value.code, refused.value.values["row"]) == ("draw-no-rule", 1)
    assert sum(told) < rows // 2


SLOW = """
import signal, sys, time, yicha, pyarrow as pa, threading, os
n, key = 2_000_000, bytes(32)
table = pa.table({"id": pa.array(f"T{i:07}" for i in range(n)), "stratum": pa.array(["A"]).take(pa.array([0] * n))})
roster = yicha.Roster(table, standing=None)
file, fixed = bytes(roster), roster.commit(key)
announcement = yicha.Announcement.targets(
    fixed,
    [yicha.Rule("A", 500)],
    scheme="S-1",
    randomness=[yicha.Randomness("drand-quicknet", "1", 256, "2026-03-25T03:00:00Z")],
    announced="2026-03-25T01:00:00Z",
    reveal_by="2026-03-25T02:00:00Z",
)
sealed = yicha.Announced.first(announcement).seal(values=[b"1"])
threading.Timer(0.1, lambda: os.kill(os.getpid(), signal.SIGINT)).start()
start = time.perf_counter()
try:
    while True:
        WORK
except KeyboardInterrupt:
    print(time.perf_counter() - start)
    sys.stdout.flush()
    os._exit(0)
"""


@pytest.mark.parametrize(
    "work",
    [
        "roster.commit(key)",
        "sealed.draw(fixed)",
        "yicha.TargetDraw(sealed).feed(table, key=key, standing=None)",
        "yicha.Roster.parse(file)",
    ],
)
def test_ctrl_c_stops_long_work_promptly(work):
    program = SLOW.replace("WORK", work)
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=120)
    assert float(done.stdout) < 0.6, done.stderr


def resident():
    """Bytes of memory that the process has now; its peak would hide what was freed before."""
    return int(Path("/proc/self/statm").read_text("ascii").split()[1]) * resource.getpagesize()


@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="where memory is told otherwise")
def test_memory_of_repeated_draws_does_not_grow(million):
    table, key, slots, kept = million.slice(0, 100_000), bytes(32), ["*", "*"], []
    dated = {
        "suite": "sha256",
        "scheme": "S-1",
        "announced": "2026-03-26T01:00:00Z",
        "reveal_by": "2026-03-26T02:00:00Z",
    }
    public = [yicha.Randomness("drand-quicknet", "2", 256, "2026-03-26T03:00:00Z")]
    staff = {f"I{i:03}": (500, []) for i in range(200)}

    def once():
        """Draws from a roster and from a table that is fed, matches, and verifies what this leaves."""
        roster = yicha.Roster(table, standing=None).commit(key)
        sealed = seal_small(roster, RULES, b"\x01")
        drawn, draw = sealed.draw(roster), yicha.TargetDraw(sealed)
        draw.feed(table, key=key, standing=None)
        assert sealed.draw_fed(draw, key) == drawn
        problem = yicha.Problem("D1", salt=bytes(16), targets=dict.fromkeys(drawn, slots), inspectors=staff)
        about = yicha.Announcement.inspectors("D1", drawn=drawn.file, problem=problem, randomness=public, **dated)
        matching = yicha.Announced.first(about).seal(values=[b"\x02"])
        files = {
            "announcement-targets.txt": sealed.announcement,
            "seed-targets.txt": sealed.seed_file,
            "list.txt": drawn.public_list,
            "roster.tsv": roster.roster,
            "drawn.txt": drawn.file,
            "announcement-inspectors-D1.txt": about,
            "seed-inspectors-D1.txt": matching.seed_file,
            "problem-D1.txt": problem,
            "matched-D1.txt": matching.match_inspectors(problem),
        }
        yicha.verify({"roster.key": f"{key.hex()}\n".encode(), **{n: bytes(file) for n, file in files.items()}})
        yicha.uscc_valid(table["id"])
        return roster

    def grown(times, keep=lambda made: None):
        gc.collect()
        before = resident()
        for _ in range(times):
            keep(once())
        gc.collect()
        return resident() - before

    grown(4)
    # The allocator keeps some and gives some back; a roster takes four million bytes or more.
    assert grown(24) < 60_000_000
    assert grown(24, kept.append) > 60_000_000, "what is kept is seen"


def test_import_is_quick_and_needs_no_table_library():
    others = ("numpy", "pandas", "polars", "pyarrow", "duckdb", "matplotlib", "yicha.audit")
    program = (
        "import sys, time; t = time.perf_counter(); import yicha; t = time.perf_counter() - t; "
        f"print(t, [m for m in {others} if m in sys.modules])"
    )
    runs = [subprocess.run([sys.executable, "-c", program], capture_output=True, text=True).stdout for _ in range(5)]
    assert all(run.split(" ", 1)[1].strip() == "[]" for run in runs)
    assert min(float(run.split()[0]) for run in runs) < 0.030


def test_audit_and_plot_are_there_when_they_are_asked_for():
    program = (
        "import sys, yicha; assert {'audit', 'plot'} <= set(dir(yicha)) and 'yicha.audit' not in sys.modules; "
        "yicha.audit.audit_folder, yicha.plot.load; assert 'matplotlib' not in sys.modules; yicha.audits"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert "AttributeError: module 'yicha' has no attribute 'audits'" in done.stderr, done.stderr
