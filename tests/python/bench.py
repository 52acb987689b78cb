"""How fast the module is beside what people would use instead, as ratios: `python tests/python/bench.py [rows]`.

Each figure is the best of five rounds in which all take turns. The samples of Polars, numpy's choice and DuckDB's order
by a hash draw from the same rows; only DuckDB's could be verified. The core's own time is that of a draw whose rows it
holds itself, so that nothing is converted; `cargo bench --package yicha --bench draw` measures the same without Python.
"""

from __future__ import annotations

import csv
import datetime
import sys
import time
import timeit
from pathlib import Path

import chinese_calendar
import duckdb
import numpy as np
import polars as pl
import pyarrow as pa
import yicha
from module import seal_small
from stdnum.cn import uscc as stdnum_uscc

ROOT = Path(__file__).resolve().parents[2]
# Basis points drawn of each class: of 10 million rows 345,000, as `cargo bench --bench draw` draws.
RATE = 345


def best(work, times=5):
    return race({"": work}, times)[""]


def race(works, times=5):
    """The best time of each of several works that take turns, so that what else the machine does hits all of them."""
    taken = {name: [] for name in works}
    for _ in range(times):
        for name, work in works.items():
            start = time.perf_counter()
            work()
            taken[name].append(time.perf_counter() - start)
    return {name: min(times) for name, times in taken.items()}


def calls(call, number, **names):
    """The time of so many calls whose answers nobody keeps."""
    return min(timeit.repeat(call, globals=names, number=number, repeat=5))


def told(name, ours, others):
    print(f"{name}: {ours * 1e3:.1f} ms")
    for other, seconds in others.items():
        print(f"  {other}: {seconds * 1e3:.1f} ms, ours takes {ours / seconds:.2f} of that")


def draws(rows):
    """A draw from frames whose classes are texts, as files are read, or Polars' Enum or Categorical."""
    frame = pl.DataFrame({"i": np.arange(rows)}).select(
        id=pl.format("91411302MA{}", pl.col("i").cast(pl.String).str.zfill(8)),
        stratum=pl.Series(np.array(list("ABCD"))[np.arange(rows) % 4]),
    )
    key = bytes(32)
    drawn = rows * RATE // 10_000
    roster = yicha.Roster(frame, standing=None).commit(key)
    sealed = seal_small(roster, [yicha.Rule(stratum, RATE) for stratum in "ABCD"], b"\x01")
    salts = yicha.RosterRoot(key).extend(frame, standing=None)

    def fed(table):
        draw = yicha.TargetDraw(sealed)
        draw.feed(table, salts=salts, standing=None)
        return sealed.draw_fed(draw, key)

    def handed_over(table):
        for _ in pa.RecordBatchReader.from_stream(table):
            pass

    # As Polars' documentation of `GroupBy.map_groups` advises, and by a frame for each class.
    def sample_of_classes(table):
        return table.filter(pl.int_range(pl.len()).shuffle().over("stratum") < drawn // 4)

    def sample_of_partitions(table):
        return pl.concat([part.sample(drawn // 4) for part in table.partition_by("stratum")])

    assert fed(frame) == sealed.draw(roster)
    kinds = {"String": pl.String, "Enum": pl.Enum(list("ABCD")), "Categorical": pl.Categorical}
    for name, kind in kinds.items():
        table = frame.with_columns(pl.col("stratum").cast(kind))
        others = race(
            {
                "ours": lambda table=table: fed(table),
                "the roster in the core's own memory": lambda: sealed.draw(roster),
                "Polars sample of each class": lambda table=table: sample_of_classes(table),
                "Polars sample of a frame for each class": lambda table=table: sample_of_partitions(table),
                "Polars alone, handing the frame over": lambda table=table: handed_over(table),
            }
        )
        told(f"draw of {drawn} of {rows} rows of a Polars frame, classes as {name}", others.pop("ours"), others)
    offsets = frame.to_arrow().cast(pa.schema([("id", pa.large_string()), ("stratum", pa.large_string())]))
    others = race(
        {
            "ours": lambda: fed(offsets),
            "the roster in the core's own memory": lambda: sealed.draw(roster),
            "Polars sample of all rows": lambda: frame.sample(drawn, shuffle=False),
            "numpy choice": lambda: np.random.default_rng(1).choice(rows, drawn, replace=False),
        }
    )
    connection = duckdb.connect()
    connection.register("held", frame.to_arrow())
    query = f"select id from held order by sha256('{sealed.seed}' || id) limit {drawn}"
    others["DuckDB order by sha256"] = best(lambda: connection.sql(query).fetchnumpy(), 1)
    told("the same of Arrow text with offsets, as PyArrow has it", others.pop("ours"), others)


def calendar():
    china, day, number = yicha.Calendar.china(), datetime.date(2026, 9, 18), 20_000
    one = calls("china.add_workdays(day, 20)", number, china=china, day=day)
    find = chinese_calendar.find_workday
    others = {
        "chinesecalendar": calls("find(20, day)", 200, find=find, day=day) * number / 200,
        "a bare call of date.toordinal()": calls("day.toordinal()", number, day=day),
        "date.fromordinal(n), which makes a date of CPython's own": calls(
            "date.fromordinal(739_877)", number, date=datetime.date
        ),
    }
    told(f"add_workdays, {number} calls ({one / number * 1e9:.0f} ns each)", one, others)
    days = np.random.default_rng(1).integers(17_000, 20_400, 2_000_000)
    column = pa.array(days.astype("int32")).cast(pa.date32())
    every = np.arange("2007-01-01", "2027-01-01", dtype="datetime64[D]")
    working = every[[chinese_calendar.is_workday(d.item()) for d in every]]
    as_days = days.astype("datetime64[D]")
    ours = best(lambda: china.add_workdays_column(column, 20))
    others = {
        "numpy searchsorted": best(lambda: working[np.searchsorted(working, as_days, side="right") + 19]),
        "numpy busday_offset (knows no make-up days)": best(lambda: np.busday_offset(as_days, 20, roll="backward")),
    }
    told(f"add_workdays of {len(days)} rows ({ours / len(days) * 1e9:.1f} ns each)", ours, others)


def uscc():
    rows = csv.DictReader((ROOT / "tests" / "vectors" / "uscc_vectors.csv").open(encoding="utf-8"))
    codes = [row["code"] for row in rows if row["valid"] == "1"]
    column = pa.array(codes * 1000)
    ours = best(lambda: yicha.uscc_valid(column))
    other = best(lambda: [stdnum_uscc.is_valid(code) for code in codes]) * 1000
    told(f"credit codes, {len(column)} rows ({ours / len(column) * 1e9:.1f} ns each)", ours, {"python-stdnum": other})


if __name__ == "__main__":
    draws(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000_000)
    calendar()
    uscc()
