"""Python values as the JSON of the office: days, instants, and the rows of any table."""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterable, Mapping, Set
from typing import Any

from . import _yicha
from .errors import TableError


def _plain(value: object) -> object:
    if isinstance(value, datetime.datetime):
        if value.tzinfo is None or value.microsecond:
            raise ValueError(f"{value} is no instant, which has a time zone and whole seconds; a day is a date")
        return value.astimezone(datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, (set, frozenset)):
        return sorted(value)
    raise TypeError(f"{type(value).__name__} has no form in JSON")


def dumps(value: object) -> str:
    """A value as JSON."""
    return json.dumps(value, ensure_ascii=False, default=_plain)


def _cell(value: object) -> object:
    """The same in a table, where days may be midnights without a zone, as pandas has them."""
    if isinstance(value, datetime.datetime) and value.tzinfo is None and value.time() == datetime.time.min:
        return value.date().isoformat()
    return _plain(value)


def _written(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False, default=_cell)


def _line(number: int, row: Mapping[str, object]) -> str:
    if not hasattr(row, "keys"):
        raise TypeError(f"row {number} is {row!r}; a dict would be right")
    try:
        return _written(dict(row)) + "\n"
    except (TypeError, ValueError):
        for column, value in dict(row).items():
            try:
                _written(value)
            except (TypeError, ValueError) as fault:
                raise _no_value(number, column, value) from fault
        raise


def wrong_value(row: int, column: str, value: object, zh: str, en: str, basis: tuple[str, str]) -> TableError:
    """What is wrong with a cell, in both languages, and what says so."""
    return TableError(
        "table-value",
        f"{column}列第{row}行为{value!r}；{zh}",
        f"column {column!r} has {value!r} in row {row}; {en}",
        None,
        *basis,
        {"column": column, "row": row, "found": repr(value)},
    )


def _no_value(row: int, column: str, value: object) -> TableError:
    zh = "应为文字、整数、日期、带时区的整秒时刻，或者由这些组成的列表或字典"
    right = "a text, a whole number, a day, an instant with a time zone and whole seconds, or a list or dict of these"
    return wrong_value(row, column, value, zh, f"{right} would be right", ("RFC 8259", "RFC 8259"))


def _cells(name: str, column: Any) -> list[object]:
    if hasattr(column, "__arrow_c_stream__") and not hasattr(column, "to_pylist"):
        try:
            import pyarrow

            column = pyarrow.chunked_array(column)  # which knows what is missing to Pandas
        except ImportError:
            pass
    for convert in ("to_pylist", "to_list", "tolist"):  # of PyArrow and this package; of Polars and Pandas; of NumPy
        if hasattr(column, convert):
            cells: list[object] = getattr(column, convert)()
            return cells
    # What has no order would say something of other rows.
    if isinstance(column, (str, bytes, Mapping, Set)) or not isinstance(column, Iterable):
        raise TypeError(f"column {name!r} is {column!r}; a list with a value for each row would be right")
    return list(column)


def _rows(table: Any) -> Iterable[Mapping[str, object]]:
    for convert in ("to_dicts", "to_pylist"):  # of Polars; of PyArrow and of this package
        if hasattr(table, convert):
            rows: Iterable[Mapping[str, object]] = getattr(table, convert)()
            return rows
    if hasattr(table, "__arrow_c_stream__"):
        import pyarrow

        return _rows(pyarrow.table(table))
    if isinstance(table, Mapping):
        columns = {name: _cells(name, column) for name, column in table.items()}
        _yicha.Table({name: range(len(cells)) for name, cells in columns.items()})  # refuses other lengths
        return (dict(zip(columns, row)) for row in zip(*columns.values()))
    given: Iterable[Mapping[str, object]] = table
    return given


def lines(rows: object) -> bytes:
    """The rows of a register as JSON, one a line: of JSON itself, of dicts, or of a table."""
    if isinstance(rows, bytes):
        return rows
    if isinstance(rows, str):
        return rows.encode()
    return "".join(_line(number, row) for number, row in enumerate(_rows(rows), 1)).encode()
