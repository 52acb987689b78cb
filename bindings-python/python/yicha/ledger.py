"""The ledger of an office, for whoever stores, checks or reads it.

A log is bytes with one entry a line, or a sequence of entries. Whoever trusts a head (of a signed and published
checkpoint, say) needs nothing else to find every change in what stands before it.

>>> from yicha import Tip, ledger
>>> empty = Tip()
>>> ledger.verify_log(b"", empty.head) == empty
True
>>> print(ledger.Checkpoint("wancheng.example/yicha", empty.head))
wancheng.example/yicha
0
47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=
<BLANKLINE>
"""

from __future__ import annotations

from ._yicha import (
    Checkpoint,
    Head,
    Note,
    Proofs,
    Tip,
    log_table,
    verify_consistency,
    verify_entry,
    verify_log,
    verify_suffix,
)

TYPE_CHECKING = False  # see errors.py
if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = [
    "Checkpoint",
    "Head",
    "Note",
    "Proofs",
    "Tip",
    "log_table",
    "read_checkpoint",
    "verify_consistency",
    "verify_entry",
    "verify_log",
    "verify_suffix",
]


def read_checkpoint(file: bytes | str) -> tuple[Checkpoint, Sequence[tuple[str, bytes, bytes]]]:
    """A checkpoint with or without signatures, and those signatures: name of the key, 4 bytes of its hash, signature.

    None of them is verified. Raises `LedgerError` with the line.
    """
    text = file.decode() if isinstance(file, bytes) else file
    if "\n\n" not in text:
        return Checkpoint.parse(text), ()
    note = Note.parse(text)
    return note.checkpoint, note.signatures
