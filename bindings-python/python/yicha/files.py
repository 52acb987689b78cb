"""Folders of files, and their verification."""

from __future__ import annotations

import os

from . import _yicha
from ._yicha import Announcement, verify_files
from .errors import Error, Language, chosen

TYPE_CHECKING = False  # see errors.py
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from os import PathLike

_SLIP = b"yicha-slip/1\n"
_TARGETS = "announcement-targets.txt"
_NAMES = (_TARGETS, "seed-targets.txt", "list.txt", "roster.tsv", "roster.key", "drawn.txt")
OF_DEPARTMENT = ("problem-", "matched-", "shortage-")
_KINDS = ("announcement-inspectors-", "seed-inspectors-", *OF_DEPARTMENT, "slip-")


class Statement:
    """What a verification has shown: what holds, what that rests on, what could not be checked or was not looked at."""

    def __init__(self, shown: _yicha.Statement, not_looked_at: tuple[str, ...] = ()) -> None:
        self._shown = shown
        self._not_looked_at = not_looked_at

    @property
    def not_looked_at(self) -> tuple[str, ...]:
        """Names of files that are none of a draw's, sorted. A folder that was not opened has a slash behind it."""
        return self._not_looked_at

    def checked(self, language: Language | None = None) -> list[str]:
        """What was checked and holds."""
        return self._shown.checked(language)

    def rests_on(self, language: Language | None = None) -> list[str]:
        """What that rests on."""
        return self._shown.rests_on(language)

    def not_checked(self, language: Language | None = None) -> list[str]:
        """What could not be checked, and what would be needed for it."""
        return self._shown.not_checked(language)

    def in_words(self, language: Language | None = None) -> str:
        """The statement in words."""
        text = self._shown.in_words(language)
        if self._not_looked_at:
            text += "未查看：\n" if chosen(language) == "zh" else "Not looked at:\n"
            text += "".join(f"  - {name}\n" for name in self._not_looked_at)
        return text

    def __str__(self) -> str:
        return self.in_words(chosen(None, "en"))

    def __repr__(self) -> str:
        shown = repr(self._shown)
        passed = len(self._not_looked_at)
        return f"{shown[:-1]}, {passed} not looked at>" if passed else shown

    def __eq__(self, other: object, /) -> bool:
        if not isinstance(other, Statement):
            return NotImplemented
        return self._shown == other._shown and self._not_looked_at == other._not_looked_at

    def __hash__(self) -> int:
        return hash((self._shown, self._not_looked_at))

    def _repr_html_(self) -> str:
        from html import escape

        return f"<pre>{escape(str(self))}</pre>"


def _walk(folder: str, depth: int) -> Iterator[tuple[str, bool]]:
    """Paths of what is in a folder, each with whether it is a file; the folders at the last depth are not opened."""
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir() and depth > 1:
                yield from _walk(entry.path, depth - 1)
            else:
                yield entry.path + "/" * entry.is_dir(), entry.is_file()


def scan_folder(path: str | PathLike[str]) -> tuple[dict[str, bytes], list[str]]:
    """What `read_folder` reads, and the paths within the folder of what it does not."""
    files: dict[str, bytes] = {}
    unread: list[str] = []
    root = os.fspath(path)
    for file, readable in sorted(_walk(root, 2)):
        short = os.path.basename(file)
        if not readable or not short.endswith((".txt", ".tsv", ".key")):
            unread.append(file[len(root) :].lstrip(os.sep))
            continue
        with open(file, "rb") as opened:
            data = opened.read()
        slip = data.startswith(_SLIP) and not short.startswith("slip-")
        name = f"slip-{short}" if slip else short
        if files.setdefault(name, data) != data:
            raise ValueError(f"there are two files {name} with different contents")
    return files, unread


def read_folder(path: str | PathLike[str]) -> dict[str, bytes]:
    """The files of a folder and of the folders in it (public, internal, slips), by name.

    A slip is named after its target; here it gets the name `slip-<target>.txt`. Only files in `.txt`, `.tsv` and `.key`
    are read.
    """
    return scan_folder(path)[0]


def numbered(stem: str) -> tuple[str, int | None]:
    """`targets` and 1 of `targets-1`."""
    stage, _, number = stem.rpartition("-")
    return (stage, int(number)) if stage and number.isascii() and number.isdigit() else (stem, None)


def _looked_at(name: str, files: Mapping[str, bytes]) -> bool:
    if name in _NAMES:
        return True
    kind, _, rest = name.partition("-")
    if not rest.endswith(".txt"):
        return False
    stage, attempt = numbered(rest.removesuffix(".txt"))
    if kind != "void":
        return name.startswith(_KINDS) or (kind == "announcement" and stage == "targets" and attempt is not None)
    if attempt is None:
        return False
    try:
        return attempt <= Announcement.parse(files[f"announcement-{stage}.txt"]).attempt
    except (KeyError, Error):
        return False


def strays(files: Mapping[str, bytes]) -> list[str]:
    """The names of files that no verification looks at: none of a draw's, or a void notice without its attempt."""
    return sorted(name for name in files if not _looked_at(name, files))


def verify(files: str | PathLike[str] | Mapping[str, bytes], *, evidence: str | None = None) -> Statement:
    """Verifies a folder, or files by name, and says what was checked, what that rests on and what was not checked.

    `evidence` says in words what outside evidence there is of when the announcements became public. Raises
    `VerificationError` with the first thing that does not hold. Names that are none of a draw's, such as `LIST.TXT`,
    stand in `Statement.not_looked_at`.
    """
    named, unread = scan_folder(files) if isinstance(files, (str, os.PathLike)) else (dict(files), [])
    shown, passed_over = verify_files(named, evidence)
    others = {*unread, *passed_over, *strays(named)}
    if _TARGETS not in named:  # then there is nothing to hold anything but the departments' results against
        others.update(name for name in named if not name.startswith(OF_DEPARTMENT))
    return Statement(shown, tuple(sorted(others)))
