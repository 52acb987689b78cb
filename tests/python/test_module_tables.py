"""Tables of every library go in as they are, and results come out."""

import datetime
import pickle
import sqlite3
from collections import UserDict, namedtuple
from types import MappingProxyType

import duckdb
import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
import yicha

ROWS = [(f"T{i:03}", "ABCD"[i % 4], "excluded:cap" if i % 7 == 0 else "eligible") for i in range(200)]
NAMES = ["id", "stratum", "standing"]
COLUMNS = {name: [row[i] for row in ROWS] for i, name in enumerate(NAMES)}
ROSTER = yicha.Roster(ROWS)


def typed(kind):
    return pa.table({name: pa.array(values, kind) for name, values in COLUMNS.items()})


def sliced():
    """A table whose columns begin in the middle of their buffers."""
    padding = {name: [values[0]] * 3 + values + [values[1]] * 2 for name, values in COLUMNS.items()}
    return pa.table(padding).slice(3, len(ROWS))


SHAPES = {
    "dicts": lambda: [dict(zip(NAMES, row)) for row in ROWS],
    "columns": lambda: COLUMNS,
    "columns of chunks": lambda: {
        name: pa.chunked_array([[], v[:3], v[3:]], pa.string()) for name, v in COLUMNS.items()
    },
    "columns of other chunks": lambda: {
        name: pl.concat([pl.Series(v[:cut]), pl.Series(v[cut:])], rechunk=False)
        for cut, (name, v) in zip([50, 120, 3], COLUMNS.items())
    },
    "a mapping of columns": lambda: UserDict(COLUMNS),
    "mappings": lambda: [UserDict(zip(NAMES, row)) for row in ROWS],
    "lists": lambda: [list(row) for row in ROWS],
    "columns of arrays": lambda: {name: pa.array(values) for name, values in COLUMNS.items()},
    "pyarrow": lambda: pa.table(COLUMNS),
    "record batch": lambda: pa.RecordBatch.from_pydict(COLUMNS),
    "reader": lambda: pa.RecordBatchReader.from_batches(pa.table(COLUMNS).schema, pa.table(COLUMNS).to_batches(17)),
    "large strings": lambda: typed(pa.large_string()),
    "views": lambda: typed(pa.string_view()),
    "binary": lambda: typed(pa.large_binary()),
    "dictionary": lambda: pa.table({name: pa.array(values).dictionary_encode() for name, values in COLUMNS.items()}),
    "slice": sliced,
    "slice of a batch": lambda: sliced().combine_chunks().to_batches()[0].slice(0, len(ROWS)),
    "chunks": lambda: pa.concat_tables([pa.table(COLUMNS).slice(0, 50), pa.table(COLUMNS).slice(50)]),
    "pandas": lambda: pd.DataFrame(COLUMNS),
    "pandas objects": lambda: pd.DataFrame(COLUMNS, dtype=object),
    "pandas categories": lambda: pd.DataFrame(COLUMNS).astype({"stratum": "category", "standing": "category"}),
    "polars": lambda: pl.DataFrame(COLUMNS),
    "polars categories": lambda: pl.DataFrame(COLUMNS).with_columns(pl.col("stratum").cast(pl.Categorical)),
    "polars chunks": lambda: pl.concat([pl.DataFrame(COLUMNS)[:50], pl.DataFrame(COLUMNS)[50:]], rechunk=False),
    "duckdb": lambda: duckdb.from_arrow(pa.table(COLUMNS)),
    "itself": lambda: ROSTER,
}


@pytest.mark.parametrize("shape", SHAPES)
def test_every_table_makes_the_same_roster(shape):
    assert yicha.Roster(SHAPES[shape]()) == ROSTER


LONG = [f"92411302MA{i:054}" for i in range(300)]


def in_buffers(ids, *lengths):
    """Views of ids, each so many in a buffer of their own."""
    chunks, start = [], 0
    for length in lengths:
        chunks.append(pa.array(ids[start : start + length], pa.string_view()))
        start += length
    return pa.concat_arrays(chunks)


VIEWS = {
    "one buffer": lambda: (in_buffers(LONG, 300), LONG),
    "three buffers": lambda: (in_buffers(LONG, 100, 150, 50), LONG),
    "a slice": lambda: (in_buffers(LONG, 300).slice(10, 200), LONG[10:210]),
    "the other way round": lambda: (
        pl.Series(LONG).reverse().to_arrow(compat_level=pl.CompatLevel.newest()),
        LONG[::-1],
    ),
    "every second": lambda: (pl.Series(LONG).gather_every(2).to_arrow(compat_level=pl.CompatLevel.newest()), LONG[::2]),
    "the same one again": lambda: (pa.concat_arrays([in_buffers(LONG, 300)] * 2).slice(299, 2), [LONG[299], LONG[0]]),
    "short ones between": lambda: (pa.array(["T1", *LONG, "T2"], pa.string_view()), ["T1", *LONG, "T2"]),
    "short ones only": lambda: (pa.array(["T1", "T2"], pa.string_view()), ["T1", "T2"]),
}


@pytest.mark.parametrize("views", VIEWS)
def test_long_ids_in_views_are_read_from_their_buffers(views):
    column, ids = VIEWS[views]()
    assert pa.types.is_string_view(column.type)
    roster = yicha.Roster(pa.table({"id": column, "stratum": ["A"] * len(ids)}), standing=None)
    assert [row[0] for row in roster] == sorted(ids)


def test_a_wrong_id_in_views_is_told_with_its_row():
    ids = LONG[:120] + ["9241 302MA"] + LONG[120:]
    for column in (in_buffers(ids, 301), in_buffers(LONG[:120] + [LONG[0] + "0"] + LONG[120:], 301)):
        with pytest.raises(yicha.errors.RosterError) as refused:
            yicha.Roster(pa.table({"id": column, "stratum": ["A"] * 301}), standing=None)
        assert [row["row"] for row in refused.value.values["rows"]] == [121]


def test_an_empty_chunk_is_passed_over():
    table = pa.table(COLUMNS)
    assert yicha.Roster(pa.concat_tables([table.slice(0, 0), table])) == ROSTER


def test_other_names_and_no_standing():
    table = pl.DataFrame({"代码": ["T1", "T2"], "风险": ["A", "B"]})
    roster = yicha.Roster(table, id="代码", stratum="风险", standing=None)
    assert list(roster) == [("T1", "A", "eligible"), ("T2", "B", "eligible")]


@pytest.mark.parametrize("row", [0, 57, 199])
def test_a_null_is_refused_with_its_row(row):
    for name in NAMES:
        values = {key: list(column) for key, column in COLUMNS.items()}
        values[name][row] = None
        chunks = pa.concat_tables([pa.table(values).slice(0, 50), pa.table(values).slice(50)])
        encoded = pa.table({key: pa.array(column).dictionary_encode() for key, column in values.items()})
        for table in (values, pa.table(values), chunks, encoded, pl.DataFrame(values)):
            with pytest.raises(yicha.errors.TableError) as refused:
                yicha.Roster(table)
            assert refused.value.code == "table-null"
            assert refused.value.values == {"column": name, "row": row + 1}


def test_a_null_value_of_a_dictionary_is_refused():
    stratum = pa.DictionaryArray.from_arrays(pa.array([0, 1, 0], pa.int8()), pa.array(["A", None]))
    table = pa.table({"id": ["T1", "T2", "T3"], "stratum": stratum})
    with pytest.raises(yicha.errors.TableError) as refused:
        yicha.Roster(table, standing=None)
    assert refused.value.values == {"column": "stratum", "row": 2}


def test_a_bad_row_is_told_with_the_number_of_the_table():
    values = {key: list(column) for key, column in COLUMNS.items()}
    values["stratum"][120] = "低 风险"
    table = pa.concat_tables([pa.table(values).slice(0, 50), pa.table(values).slice(50)])
    with pytest.raises(yicha.errors.RosterError) as refused:
        yicha.Roster(table)
    assert [row["row"] for row in refused.value.values["rows"]] == [121]
    root = yicha.RosterRoot(bytes(32))
    with pytest.raises(yicha.errors.RosterError) as refused:
        root.extend(table)
    assert [row["row"] for row in refused.value.values["rows"]] == [121]
    assert len(root) == 0, "what is refused leaves the roster as it was"


def test_a_missing_column_and_another_type_are_told():
    with pytest.raises(yicha.errors.TableError, match="standing") as refused:
        yicha.Roster(pa.table({"id": ["T1"], "stratum": ["A"]}))
    assert refused.value.code == "table-no-column"
    assert refused.value.values["found"] == ["id", "stratum"]
    with pytest.raises(yicha.errors.TableError) as refused:
        yicha.Roster(pa.table({"id": [1, 2], "stratum": ["A", "B"]}), standing=None)
    assert refused.value.code == "table-layout"
    assert refused.value.message("en") == 'column "id" is int64, text would be right'
    with pytest.raises(yicha.errors.TableError) as refused:
        yicha.Roster({"id": ["T1", "T2"], "stratum": ["A"]}, standing=None)
    assert refused.value.code == "table-lengths"


def test_what_has_no_order_is_no_column():
    by_label = pd.DataFrame({"id": ["T1", "T2"], "stratum": ["A", "D"]}, index=["x", "y"]).to_dict()
    for table in (by_label, {"id": {"T1", "T2"}, "stratum": ["A", "D"]}, {"id": "T1", "stratum": ["A"]}):
        with pytest.raises(TypeError, match='column "id" is a (dict|set|str); a list would be right'):
            yicha.Roster(table, standing=None)


def test_rows_with_names_are_read_by_them():
    named = namedtuple("named", "stratum standing id")
    assert list(yicha.Roster([named("A", "eligible", "T1")])) == [("T1", "A", "eligible")]
    connection = sqlite3.connect(":memory:")
    connection.row_factory = sqlite3.Row
    rows = connection.execute("select 'A' as stratum, 'T1' as id, 1 as more").fetchall()
    assert list(yicha.Roster(rows, standing=None)) == [("T1", "A", "eligible")]
    with pytest.raises(yicha.errors.TableError) as refused:
        yicha.Roster([("T1", "Zhang", "eligible", "A")])
    assert refused.value.code == "table-fields"


def test_a_column_keeps_its_name_and_kind_in_errors():
    with pytest.raises(yicha.errors.TableError) as refused:
        yicha.Roster({"id": pd.Series(["T1", None]), "stratum": ["A", "A"]}, standing=None)
    assert refused.value.values == {"column": "id", "row": 2}
    with pytest.raises(yicha.errors.TableError) as refused:
        yicha.Calendar.china().add_workdays_column([None, datetime.date(2026, 1, 30)], 20)
    assert refused.value.values == {"column": "dates", "row": 1}
    with pytest.raises(yicha.errors.TableError, match="dates would be right"):
        yicha.Calendar.china().add_workdays_column(["2026-01-30"], 20)
    days = yicha.Calendar.china().add_workdays_column(np.array(["2026-01-30"], "datetime64[D]"), 1)
    assert days["value"].to_pylist() == [datetime.date(2026, 2, 2)]


def test_very_many_faults_are_counted():
    with pytest.raises(yicha.errors.TableError) as refused:
        yicha.Roster({"id": [None] * 5000, "stratum": ["A"] * 5000}, standing=None)
    assert len(refused.value.values["others"]) + 1 + refused.value.values["more"] == 5000
    assert len(refused.value.values["others"]) == 999


def test_every_bad_row_is_told_at_once():
    rows = [("T1", "A ", "eligible"), ("T2", "B", "excluded"), ("T 3", "A", "eligible"), ("T1", "A", "eligible")]
    for table in (rows, pa.table({name: [row[i] for row in rows] for i, name in enumerate(NAMES)})):
        with pytest.raises(yicha.errors.RosterError) as refused:
            yicha.Roster(table)
        told = [(row["row"], row["code"]) for row in refused.value.values["rows"]]
        assert told == [(1, "roster-stratum"), (2, "roster-standing"), (3, "roster-id")]
    with pytest.raises(yicha.errors.RosterError) as refused:
        yicha.Roster([("T1", "A", "eligible"), *rows[2:]])
    assert [row["row"] for row in refused.value.values["rows"]] == [2, 3], "the third is the first one's"


def test_plain_rows_that_are_something_else_are_told():
    wrong = [
        ([("T1", "A", "eligible"), ("T2", "A")], "table-fields", {"row": 2, "found": 2, "wanted": NAMES}),
        (
            [("T1", "A", "eligible"), (2, "A", "eligible")],
            "table-value",
            {"column": "id", "row": 2, "found": "2 (int)"},
        ),
        ([("T1", "A", "eligible"), ("T2", None, "eligible")], "table-null", {"column": "stratum", "row": 2}),
        (
            [{"id": "T1", "stratum": "A"}],
            "table-no-column",
            {"column": "standing", "row": 1, "found": ["id", "stratum"]},
        ),
    ]
    for rows, code, values in wrong:
        with pytest.raises(yicha.errors.TableError) as refused:
            yicha.Roster(rows)
        assert (refused.value.code, refused.value.values) == (code, values)
    with pytest.raises(yicha.errors.TableError) as refused:
        yicha.uscc_valid(["91110000600037341L", float("nan"), 3])
    assert refused.value.values["found"] == "nan (float)" and refused.value.values["others"][0].values["row"] == 3
    for text in ("roster.csv", b"roster.csv", ["T1", "T2"]):
        with pytest.raises(TypeError, match="would be right"):
            yicha.Roster(text)


def test_the_producers_own_words_come_through():
    def batches():
        yield pa.table(COLUMNS).to_batches()[0]
        raise OSError("the disk is gone")

    with pytest.raises(yicha.errors.TableError, match="the disk is gone"):
        yicha.Roster(pa.RecordBatchReader.from_batches(pa.table(COLUMNS).schema, batches()))


def test_results_are_read_by_every_library():
    wanted = {name: list(column) for name, column in zip(NAMES, zip(*sorted(ROWS)))}
    table = ROSTER.to_table()
    assert table.to_pydict() == wanted
    assert pa.table(table).to_pydict() == wanted
    assert pl.DataFrame(table).to_dict(as_series=False) == wanted
    assert pd.DataFrame.from_arrow(table).to_dict("list") == wanted
    held = pa.table(table)
    assert duckdb.sql("select count(*), min(id) from held").fetchall() == [(200, "T000")]
    assert pa.array(table["id"]).to_pylist() == wanted["id"]
    assert pl.Series(table["stratum"]).to_list() == wanted["stratum"]


def test_a_result_outlives_its_table():
    column = pa.chunked_array(ROSTER.to_table()["id"])
    assert column.to_pylist()[-1] == "T199"


def test_dates_in_and_out():
    days = [datetime.date(2026, 9, 18), datetime.date(2026, 11, 30)]
    china = yicha.Calendar.china()
    wanted = [datetime.date(2026, 10, 22), datetime.date(2026, 12, 28)]
    for column in (
        days,
        pa.array(days),
        pa.array(days, pa.date64()),
        pl.Series(days),
        pd.Series(pd.to_datetime(days)),
        pa.array(days).cast(pa.timestamp("ns")),
    ):
        table = china.add_workdays_column(column, 20)
        assert table["value"].to_pylist() == wanted
        assert table["provisional"].to_pylist() == [False, False]
        assert pl.DataFrame(table).schema == {"value": pl.Date, "provisional": pl.Boolean}
    assert len(china.add_workdays_column([], 20)) == 0
    chunks = {"day": pa.chunked_array([pa.array(days[:1]), pa.array(days[1:])])}
    assert china.add_workdays_column(pa.table(chunks), 20)["value"].to_pylist() == wanted
    for column in ([*days, None], [None, *days]):
        with pytest.raises(yicha.errors.TableError) as refused:
            china.add_workdays_column(column, 20)
        assert refused.value.values["row"] == column.index(None) + 1
    with pytest.raises(yicha.errors.TableError) as refused:
        china.is_workday_column(pl.Series([datetime.datetime(2026, 1, 1, 9)]))
    assert refused.value.code == "table-not-midnight"


@pytest.mark.parametrize(
    "none", [[], pd.Series([], dtype=object), pa.array([], pa.date32())], ids=lambda none: type(none).__module__
)
def test_of_no_dates_there_are_no_answers(none):
    china = yicha.Calendar.china()
    for table in (
        china.is_workday_column(none),
        china.add_workdays_column(none, 20),
        china.workdays_between_column(none, []),
    ):
        assert table.to_pydict() == {"value": [], "provisional": []}
    with pytest.raises(yicha.errors.TableError):
        china.is_workday_column(["2026-09-18"])


def test_a_day_that_cannot_be_counted_is_told_with_row_and_column():
    china, last = yicha.Calendar.china(), datetime.date(9999, 12, 31)
    good, wrong = pa.array([20000] * 2, pa.int32()), pa.array([20000, 10**8], pa.int32())
    far = pa.chunked_array([good.cast(pa.date32()), wrong.cast(pa.date32())])
    for column, row, code, ask in (
        ("dates", 4, "date-form", lambda: china.is_workday_column(far)),
        ("starts", 4, "date-form", lambda: china.workdays_between_column(far, far)),
        ("ends", 4, "date-form", lambda: china.workdays_between_column([last] * 4, far)),
        ("dates", 2, "calendar-out-of-range", lambda: china.add_workdays_column([datetime.date(2026, 1, 1), last], 1)),
    ):
        with pytest.raises(yicha.errors.CalendarError) as refused:
            ask()
        error = refused.value
        assert (error.code, error.values["column"], error.values["row"]) == (code, column, row)
        assert error.message("en").startswith(f'row {row} of "{column}": ')
        assert error.message("zh").startswith(f"{column}列第{row}行：")
    assert len(china.add_workdays_column([last], 0)) == len(china.is_workday_column(far.slice(0, 3))) + len(good) - 4


def test_a_query_for_one_column_is_that_column():
    codes = duckdb.sql("select * from (values ('91110000600037341L'), ('x')) t(code)")
    assert yicha.uscc_valid(codes).to_pylist() == [True, False]
    assert yicha.uscc_valid(pl.DataFrame({"code": ["x"]})).to_pylist() == [False]
    with pytest.raises(TypeError, match="one column"):
        yicha.uscc_valid(pl.DataFrame(COLUMNS))


def test_days_between_two_columns():
    china = yicha.Calendar.china()
    starts = pl.Series([datetime.date(2026, 9, 18), datetime.date(2026, 12, 28), datetime.date(2026, 5, 8)])
    ends = pa.chunked_array([[datetime.date(2026, 10, 22)], [datetime.date(2027, 1, 8), datetime.date(2026, 5, 7)]])
    table = china.workdays_between_column(starts, ends)
    assert table["value"].to_pylist() == [china.workdays_between(a, b).value for a, b in zip(starts, ends.to_pylist())]
    assert table["value"][0] == 20 and table["value"][2] < 0
    assert table["provisional"].to_pylist() == [False, True, False]
    with pytest.raises(yicha.errors.TableError) as refused:
        china.workdays_between_column(starts, ends.slice(1))
    assert refused.value.values == {"column": "ends", "found": 2, "wanted": 3}


def test_a_table_prints_itself():
    table = ROSTER.counts
    assert repr(table).splitlines()[0].split() == ["stratum", "eligible", "excluded"]
    assert repr(table).endswith("(4 rows)")
    assert "<th>stratum</th>" in table._repr_html_()
    assert "<script>" not in yicha.uscc_faults(["<script>"])._repr_html_()


def test_a_column_is_a_sequence():
    table = ROSTER.to_table()
    ids, wanted = table["id"], sorted(COLUMNS["id"])
    assert "id" in table and "code" not in table
    assert np.asarray(ids).tolist() == list(reversed(ids))[::-1] == wanted
    assert ids[-2:] == wanted[-2:] and ids[-1] == wanted[-1] and "T001" in ids
    with pytest.raises(IndexError):
        ids[len(wanted)]


TARGETS = {"T1": ["*", "food+fire"], "T2": ["*"]}
INSPECTORS = {"I1": (2, ["fire", "food"]), "I2": (3, [])}
PLACES = [("T1", "*"), ("T2", "*"), ("T1", "food+fire")]
PROBLEM = yicha.Problem("D1", salt=bytes(16), targets=TARGETS, inspectors=INSPECTORS, recusals=[("I2", "T2")])


def frames(library):
    """The same problem as tables; the places of a target stand in their order, those of others between them."""
    people = [(name, capacity, ",".join(codes)) for name, (capacity, codes) in INSPECTORS.items()]
    tables = {"targets": (PLACES, ["target", "slot"]), "inspectors": (people, ["inspector", "capacity", "codes"])}
    tables["recusals"] = ([("I2", "T2")], ["inspector", "target"])
    return {
        name: library({key: [row[i] for row in rows] for i, key in enumerate(keys)})
        for name, (rows, keys) in tables.items()
    }


def rows_of(columns):
    return [dict(zip(columns, row)) for row in zip(*columns.values())]


def in_chunks(columns):
    return {name: pa.chunked_array([[v] for v in values]) for name, values in columns.items()}


@pytest.mark.parametrize("library", [pa.table, pl.DataFrame, pd.DataFrame, dict, UserDict, rows_of, in_chunks])
def test_every_table_makes_the_same_problem(library):
    assert yicha.Problem("D1", salt=bytes(16), **frames(library)) == PROBLEM
    assert pickle.loads(pickle.dumps(PROBLEM)) == PROBLEM


def test_a_problem_takes_its_own_table_of_inspectors():
    again = yicha.Problem(
        "D1", salt=bytes(16), targets=TARGETS, inspectors=PROBLEM.inspectors, recusals=PROBLEM.recusals
    )
    assert again == PROBLEM and len(again) == 3


def test_a_capacity_that_is_none_is_refused():
    tables = frames(pl.DataFrame)
    for wrong in (pl.lit(-1), pl.lit("many"), pl.lit(None, pl.Int64)):
        with pytest.raises(yicha.errors.TableError) as refused:
            wrong_table = tables["inspectors"].with_columns(capacity=wrong)
            yicha.Problem("D1", salt=bytes(16), **{**tables, "inspectors": wrong_table})
        assert refused.value.values["column"] == "capacity"
    in_digits = tables["inspectors"].with_columns(pl.col("capacity").cast(pl.String))
    assert yicha.Problem("D1", salt=bytes(16), **{**tables, "inspectors": in_digits}) == PROBLEM


def test_whoever_has_a_column_of_a_table_is_one():
    by_name = {"targets": MappingProxyType(TARGETS), "inspectors": MappingProxyType(INSPECTORS)}
    assert yicha.Problem("D1", salt=bytes(16), **by_name, recusals=[("I2", "T2")]) == PROBLEM
    for wrong, column in [({"target": ["T1"], "slots": ["*"]}, "slot"), ({"slot": ["*"]}, "target")]:
        with pytest.raises(yicha.errors.TableError) as refused:
            yicha.Problem("D1", salt=bytes(16), targets=wrong, inspectors=INSPECTORS)
        assert (refused.value.code, refused.value.values["column"]) == ("table-no-column", column)


@pytest.mark.parametrize("library", [pa.table, in_chunks, dict])
def test_a_capacity_is_the_number_that_stands_there(library):
    def table(numbers):
        columns = {"inspector": ["I1", "I2"], "capacity": numbers, "codes": ["fire,food", ""]}
        return columns if library is dict else library({**columns, "capacity": pa.array(numbers, pa.uint64())})

    given = {"salt": bytes(16), "targets": {"T1": ["*"]}}
    largest = yicha.Problem("D1", **given, inspectors=table([2**63 - 1, np.int64(1)]))
    assert largest.inspectors["capacity"].to_pylist() == [2**63 - 1, 1]
    with pytest.raises(yicha.errors.TableError) as refused:
        yicha.Problem("D1", **given, inspectors=table([1, 2**63]))
    assert (refused.value.code, refused.value.values["row"]) == ("table-value", 2)


def test_the_row_of_a_wrong_inspector_or_place_is_that_of_the_table():
    people = pa.table(frames(dict)["inspectors"])
    table = pa.concat_tables([people, pa.table({"inspector": ["I 9"], "capacity": [-1], "codes": ["a,b c"]})])
    row, given = len(people) + 1, frames(pa.table)
    with pytest.raises(yicha.errors.TableError) as refused:
        yicha.Problem("D1", salt=bytes(16), **{**given, "inspectors": table})
    assert refused.value.code == "code-character"
    assert refused.value.values["row"] == row and refused.value.values["found"] == "I 9"
    wrong = pa.concat_tables([people.slice(0, 1), table.slice(len(people)).set_column(0, "inspector", [["I9"]])])
    with pytest.raises(yicha.errors.TableError) as refused:
        yicha.Problem("D1", salt=bytes(16), **{**given, "inspectors": wrong})
    assert (
        refused.value.message("en")
        == 'column "capacity" has -1 in row 2, whole numbers from 0 to 9223372036854775807 would be right'
    )
    places = {"target": ["T1", "T 2", "T3", "T 4"], "slot": ["*"] * 4}
    with pytest.raises(yicha.errors.TableError) as refused:
        yicha.Problem("D1", salt=bytes(16), **{**given, "targets": places})
    assert [refused.value.values["row"], refused.value.values["others"][0].values["row"]] == [2, 4]
    with pytest.raises(yicha.errors.TableError, match="float64, whole numbers"):
        floats = people.set_column(1, "capacity", people["capacity"].cast(pa.float64()))
        yicha.Problem("D1", salt=bytes(16), **{**given, "inspectors": floats})


def test_rosters_are_pickled():
    assert pickle.loads(pickle.dumps(ROSTER)) == ROSTER
