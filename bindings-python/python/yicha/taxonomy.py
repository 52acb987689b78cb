"""The closed lists of the regulation and of the draw, as enums whose values are the stable codes.

>>> from yicha import InspectionResult
>>> InspectionResult.UNREACHABLE.label()
'通过登记的住所（经营场所）无法联系'
>>> InspectionResult("other").polarity
<Polarity.TO_BE_SAID: 'to-be-said'>
"""

from __future__ import annotations

from enum import StrEnum

from . import _yicha
from .errors import Language, chosen

_RESULTS = {told[0]: told for told in _yicha.inspection_results()}
_CLASSES = {told[0]: told for told in _yicha.risk_classes()}


class Polarity(StrEnum):
    """Whether a result speaks against the target."""

    NOT_NEGATIVE = "not-negative"
    NEGATIVE = "negative"
    TO_BE_SAID = "to-be-said"


class InspectionResult(StrEnum):
    """The results of article 21, one for each item of an inspection. The list is the law's."""

    NO_PROBLEM_FOUND = "no-problem-found"
    INFORMATION_NOT_PUBLISHED = "information-not-published"
    UNREACHABLE = "unreachable"
    SERIOUSLY_UNCOOPERATIVE = "seriously-uncooperative"
    NO_SUCH_BUSINESS = "no-such-business"
    PROBLEM_TO_BE_CORRECTED = "problem-to-be-corrected"
    PROBLEM_UNDER_INVESTIGATION = "problem-under-investigation"
    PASSED = "passed"
    FAILED = "failed"
    OTHER = "other"

    def label(self, language: Language | None = None) -> str:
        """The official label, or an English one."""
        _, zh, en, _, _ = _RESULTS[self.value]
        return en if chosen(language) == "en" else zh

    @property
    def polarity(self) -> Polarity:
        """Whether it speaks against the target."""
        return Polarity(_RESULTS[self.value][3])

    @property
    def needs_text(self) -> bool:
        """Whether it needs a text of its own."""
        return _RESULTS[self.value][4]


class RiskClass(StrEnum):
    """Credit-risk classes, ascending. A class is internal and never published."""

    LOW = "A"
    MEDIUM = "B"
    MEDIUM_HIGH = "C"
    HIGH = "D"

    def label(self, language: Language | None = None) -> str:
        """The label that plans use."""
        _, zh, en, _ = _CLASSES[self.value]
        return en if chosen(language) == "en" else zh

    @property
    def henan_2021_rate(self) -> int:
        """The rate in basis points that Henan set in 2021, for plans that name none."""
        return _CLASSES[self.value][3]


class Assurance(StrEnum):
    """Who would have had to collude to steer a draw."""

    OPERATOR = "operator"
    SHARED = "shared"
    PUBLIC = "public"


class Outcome(StrEnum):
    """What a draw did with a target."""

    DRAWN = "drawn"
    NOT_DRAWN = "not-drawn"
    EXCLUDED = "excluded"


class Suite(StrEnum):
    """The hash function of a draw."""

    SHA256 = "sha256"
    SM3 = "sm3"
