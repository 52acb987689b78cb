"""Answers of an office as tables: the rows of the answer in JSON, with the same columns whatever is in them."""

import datetime
import json
import sqlite3
from contextlib import closing

import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
import yicha
from asked import FIRE, MARKET, by, conference, kept, request
from district import FIRE_SAFETY, FOOD, INDUSTRY, year
from yicha import ledger

YEAR = {"from": "2026-01-01", "until": "2026-12-31"}


@pytest.fixture(scope="module")
def replayed(main_job):
    """The office of the main job's year."""
    checkpoint, _ = ledger.read_checkpoint((main_job / "public" / "checkpoint.txt").read_bytes())
    log = (main_job / "internal" / "ledger.jsonl").read_bytes()
    office = yicha.Office.replay(log, checkpoint.head, checkpoint.suite)
    with closing(sqlite3.connect(main_job / "internal" / "joint_inspection.sqlite")) as host:
        for row in host.execute("SELECT register, department, rows FROM register_rows"):
            office.feed_rows(*row)
    for name, file in yicha.read_folder(main_job).items():
        if file.startswith(b"yicha-") and not name.startswith("slip-"):
            office.feed_file(file)
    return office, log


@pytest.fixture(scope="module")
def watched():
    """A small district where something is shared, shown, seen as a risk, and left open."""
    small = year()

    def take(command, actor, purpose):
        small.take(command, actor, "2026-06-10", purpose)

    officer, other = by("officer", MARKET), by("officer", FIRE)
    stated = {"division": "411302", "kind": "permit", "level": "county", "purpose": "inspection", "receiver": FIRE}
    take({"sharing": {"state-purpose": {"stated": stated}}}, other, "sharing")
    given = {"content": kept("许可"), "document": "许可〔2026〕1号", "kind": "permit"}
    record = {"given": given, "receivers": [FIRE], "record": "GX-1", "sender": MARKET, "target": "T01"}
    take({"sharing": {"share": record}}, officer, "sharing")
    reader = {"person": other}
    shown = {"about": {"target": "T01"}, "count": 1, "data": ["targets"], "digest": kept("表"), "reader": reader}
    take({"disclosure": {"show": {"disclosure": "PL-1", "shown": shown}}}, other, "inspection")
    for month, last in (("02", 28), ("03", 31), ("04", 30), ("05", 31)):
        period = {"from": f"2026-{month}-01", "until": f"2026-{month}-{last}"}
        share = {"count": 20 if month == "05" else 10, "of": 100}
        seen = {"indicator": "problems", "period": period, "share": share}
        observed = {"correction": None, "industry": INDUSTRY, "observation": seen, "warning": f"YJ-{month}"}
        take({"indicator": {"observe": observed}}, officer, "risk-monitoring")
    joint = conference(due="2026-06-30")
    take(joint, by("joint-office"), "coordination")
    return small.office


def asked_of(office, name, **about):
    """An answer, and the tables of it."""
    question = {"question": {name: about}, "v": 1}
    return office.ask(question)["answer"][name], office.ask_tables(question)


def test_duties_are_rows(watched):
    answer, tables = asked_of(watched, "due", day="2026-06-10", count=True)
    rows = tables["duties"].to_pylist()
    assert len(rows) == len(answer["duties"]) > 1
    for row, duty in zip(rows, answer["duties"], strict=True):
        assert row["due"] == (duty["due"] and datetime.date.fromisoformat(duty["due"]))
        assert (row["case"], row["en"], row["act"]) == (duty["case"]["id"], duty["said"]["en"], duty["act"])
    late = next(row for row in rows if row["act"] == "enter-result")
    assert (late["standing"], late["certainty"], late["basis"]) == ("overdue", "firm", "article 21")


def test_an_answer_without_rows_has_the_same_columns():
    office = yicha.Office()
    question = {"question": {"open": {"day": "2026-05-01"}}, "v": 1}
    none = office.ask_tables(question)["duties"]
    assert len(none) == 0 and pl.DataFrame(none).schema["due"] == pl.Date
    office.commit(office.decide(request(1, conference())))
    some = office.ask_tables(question)["duties"]
    assert len(some) == 1 and pa.table(some).schema == pa.table(none).schema
    assert pd.DataFrame.from_arrow(some)["inspection"].isna().all(), "a resolution is about no inspection"


def test_an_evaluation_is_a_row_and_its_parts_are_tables(watched):
    answer, tables = asked_of(watched, "evaluation", day="2026-06-30", period=YEAR)
    assert tables["coverage"].to_pylist() == answer["coverage"]
    (summary,) = tables["summary"].to_pylist()
    assert (summary["problems"], summary["inspections"]) == (2, 7)
    assert (summary["on_time"], summary["on_time_of"], summary["late"], summary["overdue"]) == (11, 14, 2, 1)
    assert (summary["visits_alone"], summary["visits_joint"], summary["visits_saved"]) == (14, 7, 7)
    assert {row["result"]: row["count"] for row in tables["results"]} == answer["results"]
    assert tables["industries"].to_pylist() == [{"industry": INDUSTRY, "problems": 2, "inspections": 7}]
    load = {row["department"]: (row["least"], row["most"], row["inspectors"]) for row in tables["load"]}
    assert load == {MARKET: (3, 4, 4), FIRE: (3, 4, 4)}


def test_the_public_record_has_a_row_for_each_item(watched):
    task = {"kind": "定向", "plan_id": "1", "plan_name": "计划", "task_id": "2", "task_name": "餐饮"}
    table = {
        "departments": {MARKET: "市场监管局", FIRE: "消防"},
        "inherited": {},
        "items": {FOOD: "食品", FIRE_SAFETY: "消防安全"},
        "results": {code: str(code) for code in ("no-problem-found", "passed", "problem-to-be-corrected")},
        "schemes": {"2026-62": task},
    }
    answer, tables = asked_of(watched, "public-record", day="2026-06-10", table=table)
    rows = tables["lines"].to_pylist()
    lines = [(sheet["inspection"], line["item"]) for sheet in answer["sheets"] for line in sheet["lines"]]
    assert [(row["inspection"], row["item"]) for row in rows] == lines and len(lines) == 13
    assert {row["task_name"] for row in rows} == {"餐饮"} and rows[0]["published"] == datetime.date(2026, 5, 20)


def everything(office, day, targets, inspectors):
    """All tables of all questions: (question, table) and the rows."""
    questions = [("due", {"day": day, "until": "2027-12-31"}), ("open", {"day": day}), ("risk", {"day": day})]
    questions += [("why-public", {"day": day}), ("data-use", {"period": YEAR})]
    questions += [("evaluation", {"day": day, "period": YEAR})]
    questions += [("target", {"day": day, "target": target}) for target in targets]
    questions += [("inspector", {"inspector": who, "period": YEAR}) for who in inspectors]
    for name, about in questions:
        for table, rows in asked_of(office, name, **about)[1].items():
            yield (name, table), rows


#: What neither year has: nothing is inherited (its columns are those of results), abandoned, closed or withdrawn from a
#: register, and what is open is about no inspection (the columns are those of what is due).
UNSEEN = {
    ("open", "duties", "inspection"),
    ("risk", "warnings", "assessed"),
    ("risk", "warnings", "closed"),
    ("risk", "warnings", "grade"),
    *(("target", "inherited", name) for name in ("department", "inspection", "item", "negative", "public", "result")),
    ("target", "inspections", "abandoned"),
    ("target", "registered", "ended"),
}


def test_every_column_is_found_where_the_answer_has_it(watched, replayed):
    """A column that is looked for in the wrong place would be empty in every row of both years."""
    office, log = replayed
    events = [json.loads(line)["event"] for line in log.splitlines()]
    (replaced,) = [event["inspection"]["replaced"] for event in events if "replaced" in event.get("inspection", ())]
    (first, *_) = [event["rectification"]["rechecked"] for event in events if "rechecked" in event.get("rectification", ())]
    people = [replaced["inspector"], replaced["successor"], *first["inspectors"]]
    targets = {event["inspection"]["opened"]["target"] for event in events if "opened" in event.get("inspection", ())}
    seen, found = set(), set()
    for asked in [(office, "2026-08-25", sorted(targets), people), (watched, "2026-06-10", ["T01"], ["m1"])]:
        for place, table in everything(*asked):
            seen |= {(*place, name) for name in table.column_names}
            found |= {(*place, name) for name, values in table.to_pydict().items() if any(v is not None for v in values)}
    assert seen - found == UNSEEN
