"""Folders of files, and their verification."""

from __future__ import annotations

import os

from ._yicha import Statement, verify_files

TYPE_CHECKING = False  # see errors.py
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from os import PathLike

_SLIP = b"yicha-slip/1\n"


def _walk(folder: str, depth: int) -> Iterator[str]:
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_file():
                yield entry.path
            elif depth > 1 and entry.is_dir():
                yield from _walk(entry.path, depth - 1)


def read_folder(path: str | PathLike[str]) -> dict[str, bytes]:
    """The files of a folder and of the folders in it (public, internal, slips), by name.

    A slip is named after its target; here it gets the name `slip-<target>.txt`.
    """
    files: dict[str, bytes] = {}
    for file in sorted(_walk(os.fspath(path), 2)):
        short = os.path.basename(file)
        if not short.endswith((".txt", ".tsv", ".key")):
            continue
        with open(file, "rb") as opened:
            data = opened.read()
        slip = data.startswith(_SLIP) and not short.startswith("slip-")
        name = f"slip-{short}" if slip else short
        if files.setdefault(name, data) != data:
            raise ValueError(f"there are two files {name} with different contents")
    return files


def verify(files: str | PathLike[str] | Mapping[str, bytes], *, evidence: str | None = None) -> Statement:
    """Verifies a folder, or files by name, and says what was checked, what that rests on and what was not checked.

    `evidence` says in words what outside evidence there is of when the announcements became public. Raises
    `VerificationError` with the first thing that does not hold.
    """
    named = read_folder(files) if isinstance(files, (str, os.PathLike)) else dict(files)
    statement, _ = verify_files(named, evidence)
    return statement
