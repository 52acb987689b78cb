"""Results go to every table library as they are: what was drawn, matched, audited, and what an office answers."""

import datetime

import duckdb
import office as folders
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
import yicha
from module import small_draw
from yicha import audit

ROWS = [(f"T{i:02}", "AD"[i % 2], "eligible") for i in range(40)]


def every(result):
    """The rows, once each library is seen to read the same."""
    rows = pl.DataFrame(result).to_dicts()
    held = pa.table(result)
    assert held.to_pylist() == rows
    assert [dict(zip(held.column_names, row)) for row in duckdb.from_arrow(held).fetchall()] == rows
    frame = pd.DataFrame.from_arrow(result)
    assert len(frame) == len(rows)
    assert frame.isna().sum().to_dict() == {name: held[name].null_count for name in held.column_names}
    return rows


def test_what_was_drawn():
    _, _, drawn = small_draw(ROWS, [yicha.Rule("A", 1000), yicha.Rule("D", 3000)])
    rows = every(drawn)
    assert [row["id"] for row in rows if row["stratum"] == "A"] and len(rows) == len(drawn) == 8
    assert every(drawn.file) == rows
    assert every(drawn.public_list) == [{"id": target} for target in drawn]


def test_who_was_matched(tmp_path):
    folders.work(tmp_path / "draw")
    matched = yicha.Matched.parse(yicha.read_folder(tmp_path / "draw")["matched-D1.txt"])
    assert [tuple(row.values()) for row in every(matched)] == list(matched)


def test_what_an_audit_found(tmp_path):
    folders.work(tmp_path / "draw")
    files = yicha.read_folder(tmp_path / "draw")
    files["matched-D1.txt"] = files["matched-D1.txt"].replace(b"I1", b"I2", 1)
    report = audit.audit_folder(files)
    rows = every(report)
    assert [row["status"] for row in rows] == [finding.status for finding in report]
    assert [row["file"] for row in rows if row["status"] == "fails"] == ["matched-D1.txt"]
    assert rows[-1]["file"] is None


def test_how_a_history_looks():
    targets = tuple(f"T{i:03}" for i in range(100))
    starts = [3, 1, 0, 2, 3, 2, 0, 1, 1, 3]
    history = audit.History(audit.DrawRecord(targets, frozenset(targets[start::5])) for start in starts)
    rows = every(history)
    assert sum(row["times"] for row in rows) == 200 and rows[0]["expected"] == pytest.approx(2)
    report = audit.audit_history(history)
    told = every(report)
    assert [row["name"] for row in told if row["suspicious"]] == ["overlap", "spacing"]
    assert [row["p"] for row in told] == [test.p for test in report]


def test_what_a_policy_comes_to():
    plan = audit.simulate({"A": 1000, "D": 50}, [yicha.Rule("A", 100), yicha.Rule("D", 3000)], {"A": 0.02, "D": 0.3})
    assert {row["stratum"]: row["quota"] for row in every(plan)} == {"A": 10, "D": 15}


def test_a_table_of_lists():
    columns = {
        "text": ["a", None, "中"],
        "number": [1, 2, 3],
        "day": [None, datetime.date(2026, 5, 6), None],
        "flag": [True, None, False],
        "share": [0.5, 1.0, None],
    }
    table = yicha.Table(columns)
    assert table.to_pydict() == columns == pa.table(table).to_pydict() == pl.DataFrame(table).to_dict(as_series=False)
    assert pa.table(table)["share"].null_count == 1 and not pa.table(table).schema.field("number").nullable
    assert table == yicha.Table(columns) != yicha.Table({"text": ["a"]})
    assert [row.split() for row in repr(table).splitlines()[1:3]] == [
        ["a", "1", "–", "true", "0.5"],
        ["–", "2", "2026-05-06", "–", "1"],
    ]
    with pytest.raises(yicha.errors.TableError) as refused:
        yicha.Table({"a": [1], "b": [1, 2]})
    assert refused.value.code == "table-lengths"
    with pytest.raises(TypeError):
        yicha.Table({"a": [1, "b"]})


def test_fractions_are_printed_without_the_digits_that_nobody_needs():
    shares = yicha.Table({"share": [0.30000000000000027, 2.0, 1.5e-13, 0.0, -12.25]})
    assert repr(shares).splitlines()[1:-1] == ["0.3", "2", "1.50e-13", "0", "-12.25"]
    assert shares["share"].to_pylist()[0] == 0.30000000000000027


def test_a_long_cell_is_cut_where_it_is_printed():
    text = "检查对象" * 20
    table = yicha.Table({"text": [text], "number": [1]})
    printed = repr(table).splitlines()[1]
    assert printed.endswith("…  1") and len(printed) < 40
    assert table.to_pylist()[0]["text"] == text and text in table._repr_html_()
