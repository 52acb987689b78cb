"""A province's register in a Parquet file, drawn through DuckDB in batches: ten million rows in less than 500 MB.

python examples/python/duckdb_batches.py [rows] [file]
"""

from __future__ import annotations

import re
import sys
import tempfile
import time
from pathlib import Path

import duckdb
import yicha

#: As in Henan's rules of 2021.
RULES = [yicha.Rule(risk.value, risk.henan_2021_rate) for risk in yicha.RiskClass]
BATCH = 500_000


def register(file: Path, rows: int) -> None:
    """A register for trying it out, sorted by id as a roster is."""
    connection = duckdb.connect(config={"memory_limit": "200MB", "threads": 1})
    connection.execute(
        f"""copy (
            select printf('91411302MA%08d', i) as id,
                   substr('ABCD', 1 + (hash(i) % 4)::int, 1) as stratum,
                   case when hash(i, 7) % 20 = 0 then 'excluded:annual-cap' else 'eligible' end as standing
            from range({rows}) t(i)
        ) to '{file}' (format parquet, row_group_size 122880)"""
    )


def batches(connection: duckdb.DuckDBPyConnection, file: Path) -> duckdb.DuckDBPyRelation:
    """The rows in their order; each pass reads the file anew."""
    return connection.sql(f"select id, stratum, standing from read_parquet('{file}')")


def draw(file: Path) -> yicha.Drawn:
    """Two passes: the root for the announcement, and the draw when the seed is known."""
    connection = duckdb.connect(config={"memory_limit": "200MB", "threads": 2})
    key = yicha.new_key()
    root = yicha.RosterRoot(key)
    for batch in batches(connection, file).to_arrow_reader(BATCH):
        root.extend(batch)  # the salts that come back are not kept: the key makes them anew
    announcement = yicha.Announcement.targets(
        root,
        RULES,
        scheme="410000-2026-0001",
        randomness=[yicha.Randomness("drand-quicknet", "14233000", 256, "2026-03-25T03:00:00Z")],
        announced="2026-03-25T01:00:00Z",
        reveal_by="2026-03-25T02:00:00Z",
    )
    # The value of a real draw is the beacon's, published after the announcement.
    sealed = yicha.Announced.first(announcement).seal(values=[bytes(range(32))])
    part = yicha.TargetDraw(sealed)
    part.feed(batches(connection, file).to_arrow_reader(BATCH), key=key)
    return sealed.draw_fed(part, key)


def peak() -> int:
    """Megabytes of memory at most; the usage of a process would count those of the one that started it."""
    held = re.search(r"VmHWM:\s+(\d+) kB", Path("/proc/self/status").read_text("utf-8"))
    assert held, "only Linux tells it so"
    return int(held[1]) // 1024


def main() -> None:
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000_000
    with tempfile.TemporaryDirectory() as folder:
        file = Path(sys.argv[2]) if len(sys.argv) > 2 else Path(folder) / "register.parquet"
        if not file.exists():
            register(file, rows)
        start = time.perf_counter()
        drawn = draw(file)
        seconds = time.perf_counter() - start
    lines = (drawn.announcement.roster or ("", 0))[1]
    print(f"{len(drawn)} of {lines} targets drawn in {seconds:.1f} s, at most {peak()} MB of memory")


if __name__ == "__main__":
    main()
