"""Findings as tables."""

from __future__ import annotations

from .._yicha import Table


class Tabular:
    """Something that is a table as well, and so goes to every library with the Arrow interface as it is."""

    def to_table(self) -> Table:
        """The rows."""
        raise NotImplementedError

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        """That table as an Arrow stream."""
        return self.to_table().__arrow_c_stream__(requested_schema)
