"""What is refused: one base class, a class for each area, and on each error a stable code and its basis.

>>> import yicha
>>> try:
...     yicha.check_code("A B")
... except yicha.errors.CodeError as error:
...     print(error.code, error.values["position"], error.message("zh"))
code-character 2 第2个字符为' '；代码只能含 0-9 A-Z a-z . _ # -
"""

from __future__ import annotations

from contextvars import ContextVar, Token

# The module `typing` would take longer to import than all of this package.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Literal, TypeAlias

    Language: TypeAlias = Literal["zh", "en"]
else:
    Language = str

_language: ContextVar[Language] = ContextVar("yicha_language", default="en")


class language:
    """The language in which errors and reports on folders print themselves in a `with` block; English outside."""

    def __init__(self, wanted: Language) -> None:
        if wanted not in ("zh", "en"):
            raise ValueError(f"{wanted!r} is not zh or en")
        self._wanted: Language = wanted
        self._tokens: list[Token[Language]] = []

    def __enter__(self) -> None:
        self._tokens.append(_language.set(self._wanted))

    def __exit__(self, *_: object) -> None:
        _language.reset(self._tokens.pop())


class Error(Exception):
    """Anything that yicha refuses.

    `code` is a stable kebab-case code, `article` the number of the article of 宛区双随机办〔2026〕3号 that the refusal
    rests on (None where it rests on something else), `values` the offending values by name.
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

    def message(self, language: Language = "zh") -> str:
        """What is wrong and what would be right."""
        return self._said[language]

    def basis(self, language: Language = "zh") -> str:
        """What the refusal rests on."""
        return self._basis[language]

    def __str__(self) -> str:
        return self._said[_language.get()]


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
