"""Folders of files, and their verification."""

from __future__ import annotations

from collections.abc import Mapping
from os import PathLike
from pathlib import Path

from ._yicha import Statement, verify_files

_SLIP = b"yicha-slip/1\n"


def read_folder(path: str | PathLike[str]) -> dict[str, bytes]:
    """The files of a folder and of the folders in it (public, internal, slips), by name.

    A slip is named after its target; here it gets the name `slip-<target>.txt`.
    """
    root = Path(path)
    if not root.is_dir():
        raise NotADirectoryError(root)
    files: dict[str, bytes] = {}
    for file in sorted(file for pattern in ("*", "*/*") for file in root.glob(pattern) if file.is_file()):
        if file.suffix not in (".txt", ".tsv", ".key"):
            continue
        data = file.read_bytes()
        slip = data.startswith(_SLIP) and not file.name.startswith("slip-")
        name = f"slip-{file.name}" if slip else file.name
        if files.setdefault(name, data) != data:
            raise ValueError(f"there are two files {name} with different contents")
    return files


def verify(files: str | PathLike[str] | Mapping[str, bytes], *, evidence: str | None = None) -> Statement:
    """Verifies a folder, or files by name, and says what was checked, what that rests on and what was not checked.

    `evidence` says in words what outside evidence there is of when the announcements became public. Raises
    `VerificationError` with the first thing that does not hold.
    """
    named = dict(files) if isinstance(files, Mapping) else read_folder(files)
    statement, _ = verify_files(named, evidence)
    return statement
