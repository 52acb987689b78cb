"""A year through the office in Python, and its audit by somebody who was not there."""

import datetime

import pytest
import yicha
from asked import FIRE, MARKET, by, request
from district import FIRE_SAFETY, leave, year


@pytest.fixture(scope="module")
def district():
    return year()


@pytest.fixture(scope="module")
def folder(district, tmp_path_factory):
    return leave(district, tmp_path_factory.mktemp("year") / "out")


def evaluation(office, day):
    period = {"from": "2026-01-01", "until": "2026-12-31"}
    return office.ask({"question": {"evaluation": {"day": day, "period": period}}, "v": 1})["answer"]["evaluation"]


def test_what_the_year_came_to(district):
    told = evaluation(district.office, "2026-06-30")
    assert told["problems"] == {"count": 2, "of": 7}
    assert told["results"] == {"no-problem-found": 7, "passed": 5, "problem-to-be-corrected": 2}
    timing = told["publication"]
    assert timing["on_time"] == {"count": 11, "of": 14}
    assert (timing["late"], timing["overdue"], timing["open"]) == (2, 1, 0)
    assert told["visits"] == {"alone": 14, "joint": 7, "saved": 7}
    assert [(row["class"], row["eligible"], row["quota"], row["inspected"]) for row in told["coverage"]] == [
        ("A", 40, 1, 1),
        ("D", 20, 6, 6),
    ]
    assert set(told["load"]) == {MARKET, FIRE}
    assert all((load["least"], load["most"]) == (3, 4) for load in told["load"].values())


def test_whoever_replays_the_log_needs_the_rows_and_files_for_what_rests_on_them(district):
    office = yicha.Office.replay(district.store, district.office.head)
    with pytest.raises(yicha.errors.Refusal) as refused:
        evaluation(office, "2026-06-30")
    assert refused.value.code == "file-not-fed"
    for file in district.files:
        office.feed_file(file)
    with pytest.raises(yicha.errors.Refusal) as refused:
        evaluation(office, "2026-06-30")
    assert refused.value.code == "register-not-fed"
    for (register, department), rows in district.rows.items():
        office.feed_rows(register, department, rows)
    assert evaluation(office, "2026-06-30") == evaluation(district.office, "2026-06-30")


def test_single_inspections_of_the_year_are_decided_alone(district):
    """A server that has one inspection decides on it what the office with all of them decides."""
    part = yicha.CaseOffice.vouched(district.office.tip, ["JC-2026-7"], district.store)
    for file in district.files:
        part.feed_file(file)
    for (register, department), rows in district.rows.items():
        part.feed_rows(register, department, rows)

    def enter(case):
        entered = {"inspection": case, "item": FIRE_SAFETY, "receipt": "SJ-1", "result": "passed"}
        command = {"publication": {"enter": entered}}
        return request("late", command, actor=by("officer", FIRE), day="2026-06-08", purpose="publication")

    decision = part.decide(enter("JC-2026-7"))
    assert decision.entries == district.office.decide(enter("JC-2026-7")).entries
    with pytest.raises(yicha.errors.Refusal) as refused:
        part.decide(enter("JC-2026-6"))
    assert refused.value.code == "case-not-loaded"
    assert part.head == district.office.head


def test_the_log_as_a_table_tells_who_published_when(district):
    rows = [row for row in yicha.ledger.log_table(district.store) if row["event"] == "published"]
    assert len(rows) == 13
    assert {(row["department"], row["basis"]) for row in rows} >= {(MARKET, "article 21"), (FIRE, "article 21")}
    assert [row["effective"] for row in rows][-1] == datetime.date(2026, 6, 5)


def test_the_example_audits_the_folder(folder, example):
    said = example("audit_year.py", str(folder))
    assert "published in time: 11 of 14 (1 are overdue)" in said
    assert "visits: 7, where each department alone would have made 14" in said
    assert "year.png: published in time (11), published late (2), open and overdue (1)" in said
    assert (folder / "internal" / "year.png").read_bytes().startswith(b"\x89PNG")


def test_the_example_finds_a_changed_entry(folder, example, tmp_path):
    log = (folder / "internal" / "ledger.jsonl").read_text("utf-8")
    for name in ("internal", "public"):
        (tmp_path / name).mkdir()
    (tmp_path / "internal/ledger.jsonl").write_text(log.replace("problem-to-be-corrected", "passed", 1), "utf-8")
    (tmp_path / "public/checkpoint.txt").write_bytes((folder / "public/checkpoint.txt").read_bytes())
    assert "ledger-head" in example("audit_year.py", str(tmp_path), fails=True)
