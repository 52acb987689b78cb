"""One draw from its files: what holds, what fails, what cannot be known.

`yicha.verify` stops at the first thing that is wrong. An auditor wants to know what is left when something is wrong, so
each part of a folder is verified by itself: the public files, the draw, each department's matching, each slip.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html import escape
from os import PathLike
from typing import Literal

from .._yicha import Statement, Table
from ..errors import Language, VerificationError
from ..files import read_folder, verify
from ._table import Tabular

Status = Literal["holds", "fails", "unknown"]
_HEADS: dict[Status, dict[Language, str]] = {
    "fails": {"zh": "不成立", "en": "Fails"},
    "holds": {"zh": "成立", "en": "Holds"},
    "unknown": {"zh": "无从得知", "en": "Cannot be known"},
}
_INTERNAL = ("roster.tsv", "roster.key", "drawn.txt")
_OF_DEPARTMENT = ("problem-", "matched-", "shortage-")


@dataclass(frozen=True)
class Finding:
    """One thing that a folder shows, or does not show."""

    part: str
    status: Status
    zh: str
    en: str
    file: str | None = None

    def text(self, language: Language = "zh") -> str:
        """The finding in words."""
        return self.zh if language == "zh" else self.en


@dataclass(frozen=True)
class FolderReport(Tabular):
    """What the files of one draw show."""

    findings: tuple[Finding, ...]

    def of(self, status: Status) -> list[Finding]:
        """The findings of one kind."""
        return [finding for finding in self.findings if finding.status == status]

    @property
    def ok(self) -> bool:
        """Whether nothing fails. What cannot be known stays unknown."""
        return not self.of("fails")

    def to_table(self) -> Table:
        """The findings: part, status, file, and the sentence in Chinese and English."""
        columns = ("part", "status", "file", "zh", "en")
        return Table({name: [getattr(finding, name) for finding in self.findings] for name in columns})

    def in_words(self, language: Language = "zh") -> str:
        """The report as text."""
        lines: list[str] = []
        for status, head in _HEADS.items():
            found = self.of(status)
            if found:
                lines.append(head[language] + ("：" if language == "zh" else ":"))
                lines += [f"  - [{finding.part}] {finding.text(language)}" for finding in found]
        return "\n".join(lines)

    def __iter__(self) -> Iterator[Finding]:
        return iter(self.findings)

    def __len__(self) -> int:
        return len(self.findings)

    def __str__(self) -> str:
        return self.in_words("en")

    def _repr_html_(self) -> str:
        rows = "".join(
            f"<tr><td>{escape(f.part)}</td><td>{_HEADS[f.status]['en']}</td><td>{escape(f.en)}</td></tr>"
            for f in self.findings
        )
        return f"<table><thead><tr><th>part</th><th></th><th></th></tr></thead><tbody>{rows}</tbody></table>"


def _parts(files: Mapping[str, bytes]) -> Iterator[tuple[str, dict[str, bytes]]]:
    """The folder cut into what can be verified by itself; the public files go with every part."""
    public = {n: b for n, b in files.items() if n not in _INTERNAL and not n.startswith((*_OF_DEPARTMENT, "slip-"))}
    yield "public", public
    internal = {n: files[n] for n in _INTERNAL if n in files}
    if internal:
        yield "draw", public | internal
    departments = {n.split("-", 1)[1].removesuffix(".txt") for n in files if n.startswith(_OF_DEPARTMENT)}
    for department in sorted(departments):
        own = {f"{kind}{department}.txt" for kind in _OF_DEPARTMENT}
        yield f"matching {department}", public | {n: files[n] for n in own if n in files}
    slips = {n: b for n, b in files.items() if n.startswith("slip-")}
    if slips:
        yield "slips", public | slips


def _attempt(part: str, files: Mapping[str, bytes], evidence: str | None) -> Statement | Finding:
    try:
        return verify(files, evidence=evidence)
    except VerificationError as error:
        file = error.values.get("file")
        return Finding(part, "fails", error.message("zh"), error.message("en"), file if isinstance(file, str) else None)


def audit_folder(path: str | PathLike[str] | Mapping[str, bytes], *, evidence: str | None = None) -> FolderReport:
    """Opens a folder of public, internal and slip files and says what holds, what fails and what cannot be known.

    A folder without internal files, or with slips alone beside the public ones, is looked at as far as it goes.
    """
    files = dict(path) if isinstance(path, Mapping) else read_folder(path)
    findings: dict[tuple[Status, str], Finding] = {}
    fails: list[Finding] = []
    unknown: dict[str, Finding] = {}
    told: list[set[str]] = []
    for part, some in _parts(files):
        outcome = _attempt(part, some, evidence)
        if isinstance(outcome, Finding):
            if part == "slips":
                public = {n: b for n, b in some.items() if not n.startswith("slip-")}
                each = [_attempt(n, public | {n: b}, evidence) for n, b in some.items() if n.startswith("slip-")]
                wrong = [finding for finding in each if isinstance(finding, Finding)]
                fails += wrong or [outcome]
            elif all(outcome.en != other.en for other in fails):
                fails.append(outcome)
            continue
        for zh, en in zip(outcome.checked("zh"), outcome.checked("en"), strict=True):
            findings.setdefault(("holds", en), Finding(part, "holds", zh, en))
        for zh, en in zip(outcome.rests_on("zh"), outcome.rests_on("en"), strict=True):
            findings.setdefault(("holds", en), Finding(part, "holds", zh, en))
        missing = outcome.not_checked("en")
        told.append(set(missing))
        for zh, en in zip(outcome.not_checked("zh"), missing, strict=True):
            unknown.setdefault(en, Finding(part, "unknown", zh, en))
    # What some part with more files could check is known; only what no part could is not.
    still = [finding for en, finding in unknown.items() if all(en in missing for missing in told)]
    return FolderReport((*fails, *findings.values(), *still))
