"""What is refused: one base class, a class for each area, and on each error a stable code and its basis.

>>> import yicha
>>> try:
...     yicha.check_code("A B")
... except yicha.errors.CodeError as error:
...     print(error.code, error.values["position"], error.message("zh"))
code-character 2 第2个字符为' '；代码只能含 0-9 A-Z a-z . _ # -
"""

from __future__ import annotations

from contextvars import ContextVar

# The module `typing` would take longer to import than all of this package.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Literal, TypeAlias

    Language: TypeAlias = Literal["zh", "en"]
else:
    Language = str

# The blocks one is in. Every thread and task has a context of its own; what holds for all of them stands beside it.
_here: ContextVar[tuple[Language, ...]] = ContextVar("yicha_language", default=())
_everywhere: Language | None = None


def set_language(wanted: Language | None) -> None:
    """Sets the language for the whole process, in a notebook say.

    Until it is set (and after `None`), errors and statements print themselves in English, and whoever asks for words,
    with `message()`, `label()` or `in_words()`, is given Chinese ones.
    """
    global _everywhere
    _everywhere = wanted if wanted is None else chosen(wanted)


class language:
    """The language inside a `with` block, whatever it is outside (`set_language`)."""

    def __init__(self, wanted: Language) -> None:
        self._wanted: Language = chosen(wanted)

    def __enter__(self) -> None:
        _here.set((*_here.get(), self._wanted))

    def __exit__(self, *_: object) -> None:
        _here.set(_here.get()[:-1])


def chosen(asked: Language | None = None, otherwise: Language = "zh") -> Language:
    """The language that is asked for, else the one of the block, else that of the process, else `otherwise`."""
    for wanted in (asked, *_here.get()[-1:], _everywhere):
        if wanted is not None:
            if wanted not in ("zh", "en"):
                raise ValueError(f"{wanted!r} is not zh or en")
            return wanted
    return otherwise


class Error(Exception):
    """Anything that yicha refuses.

    `code` is a stable kebab-case code, `article` the number of the article of 宛区双随机办〔2026〕3号 that the refusal
    rests on (None where it rests on something else), `values` the offending values by name. It prints itself in the
    language that was set when it was raised.
    """

    code: str
    article: int | None
    values: dict[str, Any]

    def __init__(
        self, code: str, zh: str, en: str, article: int | None, basis_zh: str, basis_en: str, values: dict[str, Any]
    ) -> None:
        super().__init__(code, zh, en, article, basis_zh, basis_en, values)
        self.code = code
        self.article = article
        self.values = values
        self._said: dict[Language, str] = {"zh": zh, "en": en}
        self._basis: dict[Language, str] = {"zh": basis_zh, "en": basis_en}
        # A traceback is printed after the block has been left.
        self._printed: Language = chosen(None, "en")

    def message(self, language: Language | None = None) -> str:
        """What is wrong and what would be right."""
        return self._said[chosen(language)]

    def basis(self, language: Language | None = None) -> str:
        """What the refusal rests on."""
        return self._basis[chosen(language)]

    def __str__(self) -> str:
        return self._said[self._printed]


class TableError(Error):
    """A table or column that cannot be read."""


class CodeError(Error):
    """A text that is no code of the draw specification."""


class UsccError(Error):
    """A text that is no unified social credit code."""


class CalendarError(Error):
    """A date, notice or period that cannot be."""


class FileError(Error):
    """A text file that the specification would not have written."""


class EditionError(Error):
    """An edition's file that is not right (all faults: this one and `values["others"]`), or a day outside of it."""


class Refusal(Error):
    """An act or a question that the rules do not allow, with what would be lawful. Nothing is changed."""


class LedgerError(Error):
    """Entries that make no ledger, or another one; a note or checkpoint that is none."""


class RosterError(Error):
    """Rows that make no roster."""


class ProofError(Error):
    """A proof of a roster or a ledger that does not hold."""


class SeedError(Error):
    """What was revealed does not make the seed."""


class CeremonyError(Error):
    """A step of a draw out of its order."""


class DrawError(Error):
    """A draw of targets that is refused."""


class MatchingError(Error):
    """A matching, or its problem, that is refused."""


class SlipError(Error):
    """A slip that does not hold."""


class VerificationError(Error):
    """Something in the files of a draw that does not hold."""
