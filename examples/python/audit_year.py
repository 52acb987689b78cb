"""The audit of a year: a stored log against its checkpoint, what the year came to, and pictures of it.

    python audit_year.py FOLDER [PICTURE]

FOLDER is what the main job (`cargo run --release --bin joint_inspection`) leaves: `internal/ledger.jsonl`,
`public/checkpoint.txt`, the files of the draw, and the host's database, of which only the rows of the registers are used.
Nothing here asks the program that kept the log.
"""

from __future__ import annotations

import datetime
import json
import sqlite3
import sys
from collections import Counter
from contextlib import closing
from pathlib import Path
from typing import Any

import yicha
from yicha import ledger, plot


def verified(folder: Path) -> tuple[bytes, ledger.Checkpoint]:
    """The log, once it is seen to be the one of the checkpoint."""
    log = (folder / "internal" / "ledger.jsonl").read_bytes()
    checkpoint, signatures = ledger.read_checkpoint((folder / "public" / "checkpoint.txt").read_bytes())
    checkpoint.verify(log)
    print(f"{checkpoint.origin}: {checkpoint.head.size} entries are those of the checkpoint ({checkpoint.suite})")
    print(f"{len(signatures)} signatures, which are to be verified with their keys; nothing else vouches for the checkpoint")
    return log, checkpoint


def replayed(folder: Path, log: bytes, checkpoint: ledger.Checkpoint) -> yicha.Office:
    """The office of the log, with what the host keeps; each row and file is held to its digest in the log."""
    office = yicha.Office.replay(log, checkpoint.head, checkpoint.suite)
    database = folder / "internal" / "joint_inspection.sqlite"
    with closing(sqlite3.connect(f"{database.resolve().as_uri()}?mode=ro", uri=True)) as host:
        for register, department, rows in host.execute("SELECT register, department, rows FROM register_rows"):
            office.feed_rows(register, department, rows)
    for name, file in yicha.read_folder(folder).items():
        if file.startswith(b"yicha-") and not name.startswith("slip-"):  # slips have no digest in the log
            office.feed_file(file)
    return office


def evaluation(office: yicha.Office, day: datetime.date) -> dict[str, Any]:
    """What the year came to by that day."""
    period = {"from": f"{day.year}-01-01", "until": f"{day.year}-12-31"}
    asked = {"question": {"evaluation": {"day": day.isoformat(), "period": period}}, "v": 1}
    answer: dict[str, Any] = office.ask(asked)["answer"]["evaluation"]
    return answer


def tell(entries: yicha.Table, year: dict[str, Any]) -> None:
    """The figures in words."""
    kinds = Counter(zip(entries["case_kind"].to_pylist(), entries["event"].to_pylist(), strict=True))
    for (kind, event), number in kinds.most_common(8):
        print(f"  {number:6} {kind} {event}")
    timing, visits = year["publication"], year["visits"]
    print("inspections with problems: {count} of {of}".format(**year["problems"]))
    print("published in time: {count} of {of}".format(**timing["on_time"]), f"({timing['overdue']} are overdue)")
    print(f"visits: {visits['joint']}, where each department alone would have made {visits['alone']}")
    for department, load in year["load"].items():
        if load["most"]:
            print(f"load in {department}: {load['least']} to {load['most']} visits, {load['inspectors']} inspectors")


def results(log: bytes) -> dict[tuple[str, str], tuple[datetime.date, datetime.date | None]]:
    """Each result of a completed inspection, by inspection and item: when it is due, and when it was published if it was.

    One that is withheld stands as one that was not published.
    """
    completed: dict[str, datetime.date] = {}
    recorded: set[tuple[str, str]] = set()
    published: dict[tuple[str, str], datetime.date] = {}
    for line in log.splitlines():
        entry = json.loads(line)
        case, day = entry["case"]["id"], datetime.date.fromisoformat(entry["effective"])
        match entry["event"]:
            case {"inspection": "completed"}:
                completed[case] = day
            case {"inspection": {"recorded": {"item": item}}}:
                recorded.add((case, item))
            case {"publication": {"published": {"item": item}}}:
                published[case, item] = day
            case _:
                pass
    china = yicha.Calendar.china()
    due = {case: china.deadline(day).last_day for case, day in completed.items()}
    return {result: (due[result[0]], published.get(result)) for result in sorted(recorded) if result[0] in due}


def pictures(log: bytes, entries: yicha.Table, until: datetime.date, picture: Path) -> None:
    """Deadlines and the days of publication of all results, and the first act of each kind."""
    from matplotlib import pyplot

    days = results(log).values()
    first: dict[str, datetime.date] = {}
    for row in entries:
        first.setdefault(row["case_kind"], row["effective"])
    figure, (left, right) = pyplot.subplots(1, 2, figsize=(12, 5), layout="constrained")
    plot.lateness([due for due, _ in days], [day for _, day in days], on=until, language="en", ax=left)
    plot.timeline(list(first.items()), language="en", ax=right)
    figure.savefig(picture)
    told = [text.get_text() for text in left.get_legend().get_texts()]
    print(f"wrote {picture}:", ", ".join(text for text in told if text.endswith(")")))


def main(folder: Path, picture: Path) -> None:
    log, checkpoint = verified(folder)
    entries = ledger.log_table(log)
    office = replayed(folder, log, checkpoint)
    until = max(row["effective"] for row in entries)
    tell(entries, evaluation(office, until))
    pictures(log, entries, until, picture)


if __name__ == "__main__":
    if len(sys.argv) not in (2, 3):
        sys.exit(__doc__)
    folder = Path(sys.argv[1])
    try:
        main(folder, Path(sys.argv[2]) if len(sys.argv) == 3 else folder / "internal" / "year.png")
    except yicha.Error as error:
        sys.exit(f"{error.code}: {error}")
