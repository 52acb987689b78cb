"""What a test of a history gives before the adjustment."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class LeftOut:
    """A test that a history has too little for, and why."""

    name: str
    zh: str
    en: str


@dataclass(frozen=True)
class Carrier:
    """A target, a draw, an inspector or a pair of them, with what was seen of it and what chance lets expect."""

    who: str
    observed: float
    expected: float


@dataclass(frozen=True)
class Found:
    """A test that was made: p-value, effect, the sentences, and who carries it.

    `against` says what teams were held against; `assumed` is whether that rests on what nobody has checked.
    """

    name: str
    p: float
    effect: float
    effect_zh: str
    effect_en: str
    zh: str
    en: str
    against_zh: str = ""
    against_en: str = ""
    assumed: bool = False
    carriers: tuple[Carrier, ...] = ()


#: How many carriers of a test are named.
NAMED = 3
