"""Python values as the JSON of the office: days, instants, and the rows of any table."""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterable, Mapping
from typing import Any


def _plain(value: object) -> object:
    if isinstance(value, datetime.datetime):
        if value.tzinfo is None or value.microsecond:
            raise ValueError("an instant has a time zone and whole seconds")
        return value.astimezone(datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, (set, frozenset)):
        return sorted(value)
    raise TypeError(f"{type(value).__name__} has no form in JSON")


def dumps(value: object) -> str:
    """A value as JSON."""
    return json.dumps(value, ensure_ascii=False, default=_plain)


def _rows(table: Any) -> Iterable[Mapping[str, object]]:
    for convert in ("to_dicts", "to_pylist"):  # of Polars; of PyArrow and of this package
        if hasattr(table, convert):
            rows: Iterable[Mapping[str, object]] = getattr(table, convert)()
            return rows
    if hasattr(table, "__arrow_c_stream__"):
        import pyarrow

        return _rows(pyarrow.table(table))
    given: Iterable[Mapping[str, object]] = table
    return given


def lines(rows: object) -> bytes:
    """The rows of a register as JSON, one a line: of JSON itself, of dicts, or of a table."""
    if isinstance(rows, bytes):
        return rows
    if isinstance(rows, str):
        return rows.encode()
    return "".join(dumps(dict(row)) + "\n" for row in _rows(rows)).encode()
