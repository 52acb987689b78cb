"""One draw from its files: what holds, what fails, what cannot be known.

`yicha.verify` stops at the first thing that is wrong. An auditor wants to know what is left when something is wrong, so
each part of a folder is verified by itself: the public files of the draw of targets, and beside these the roster, each
department's matching, and the slips. A file that fails is told once and left out, and the rest is looked at without it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from html import escape
from os import PathLike
from typing import Any, Literal

from .._yicha import (
    Announced,
    Announcement,
    DrawnFile,
    Matched,
    Problem,
    PublicList,
    Roster,
    Sealed,
    SeedFile,
    Shortage,
    Slip,
    Statement,
    Table,
    VoidNotice,
    verify_files,
)
from ..errors import Error, Language, VerificationError, chosen
from ..files import OF_DEPARTMENT, numbered, scan_folder, strays
from ._table import Tabular

Status = Literal["fails", "holds", "rests-on", "unknown", "not-looked-at"]
_HEADS: dict[Status, dict[Language, str]] = {
    "fails": {"zh": "不成立", "en": "Fails"},
    "holds": {"zh": "成立", "en": "Holds"},
    "rests-on": {"zh": "依据", "en": "Rests on"},
    "unknown": {"zh": "无从得知", "en": "Cannot be known"},
    "not-looked-at": {"zh": "未查看", "en": "Not looked at"},
}
_PARTS = {"public": "公开文件", "draw": "抽取", "matching": "匹配", "slips": "告知单", "folder": "文件夹"}
#: How a file is read, by how its name begins.
_KINDS: dict[str, Any] = {
    "announcement-": Announcement,
    "seed-": SeedFile,
    "void-": VoidNotice,
    "list.txt": PublicList,
    "roster.tsv": Roster,
    "drawn.txt": DrawnFile,
    "problem-": Problem,
    "matched-": Matched,
    "shortage-": Shortage,
    "slip-": Slip,
}


@dataclass(frozen=True)
class Finding:
    """One thing that a folder shows, or does not show.

    `part` is `public` (the draw of targets as anybody sees it), `draw`, `matching <department>`, `slips` or `folder`;
    `file` the file that fails, is missing or was not looked at.
    """

    part: str
    status: Status
    zh: str
    en: str
    file: str | None = None

    def text(self, language: Language | None = None) -> str:
        """The finding in words, with its part before it."""
        language = chosen(language)
        kind, _, department = self.part.partition(" ")
        part = f"{_PARTS[kind]} {department}".strip() if language == "zh" else self.part
        return f"[{part}] {self.zh if language == 'zh' else self.en}"


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

    def in_words(self, language: Language | None = None) -> str:
        """The report as text."""
        language = chosen(language)
        lines: list[str] = []
        for status, head in _HEADS.items():
            found = self.of(status)
            if found:
                lines.append(head[language] + ("：" if language == "zh" else ":"))
                lines += [f"  - {finding.text(language)}" for finding in found]
        return "\n".join(lines)

    def __iter__(self) -> Iterator[Finding]:
        return iter(self.findings)

    def __len__(self) -> int:
        return len(self.findings)

    def __str__(self) -> str:
        return self.in_words(chosen(None, "en"))

    def _repr_html_(self) -> str:
        language = chosen(None, "en")
        rows = "".join(
            f"<tr><td>{_HEADS[f.status][language]}</td><td>{escape(f.text(language))}</td></tr>" for f in self
        )
        return f"<table><tbody>{rows}</tbody></table>"


class _Audit:
    """The findings so far on the files of a folder."""

    def __init__(self, files: Mapping[str, bytes], evidence: str | None) -> None:
        self.files = files
        self.evidence = evidence
        self.findings: dict[tuple[str, ...], Finding] = {}
        #: Files that were held against others.
        self.examined: set[str] = set()

    def tell(self, part: str, status: Status, zh: str, en: str, file: str | None = None) -> None:
        # What holds of one part holds of all, and a file is at fault or missing once; the first to say so is kept.
        key = (status, en if status in ("holds", "rests-on") else file or f"{part} {en}")
        self.findings.setdefault(key, Finding(part, status, zh, en, file))

    def fail(self, part: str, file: str, error: Error) -> None:
        self.tell(part, "fails", f"{file}，{error.message('zh')}", f"{file}, {error.message('en')}", file)

    def at_fault(self) -> set[str]:
        """The files that fail or are missing."""
        return {finding.file for finding in self.findings.values() if finding.file is not None}

    def named(self, names: Iterable[str]) -> dict[str, bytes]:
        return {name: self.files[name] for name in names if name in self.files}

    def together(self, files: Mapping[str, bytes]) -> Statement:
        """The statement on files that hold. Raises `VerificationError`."""
        statement = verify_files(dict(files), self.evidence)[0]
        self.examined |= files.keys()
        return statement

    def verify(
        self, part: str, base: Mapping[str, bytes], own: Mapping[str, bytes]
    ) -> tuple[Statement | None, dict[str, bytes]]:
        """Verifies what a part adds to files that hold; gives the statement, and what is left without what fails.

        There is no statement where what is left says nothing.
        """
        left = dict(own)
        while True:
            try:
                return self.together({**base, **left}), left
            except VerificationError as error:
                file, zh, en = str(error.values["file"]), error.message("zh"), error.message("en")
                if error.code == "verify-missing":
                    if file not in self.files:  # else it was left out, and it has been said why
                        self.tell(part, "unknown", zh, en, file)
                    return None, left
                if file not in left and len(left) == 1:
                    (file,) = left  # the others hold without it
                    zh, en = f"{file}与之不符；{zh}", f"{file} does not fit; {en}"
                self.tell(part, "fails", zh, en, file)
                if left.pop(file, None) is None:
                    return None, left

    def hold(self, part: str, statement: Statement | None) -> None:
        """What a statement says holds, and what that rests on."""
        if statement is None:
            return
        for zh, en in zip(statement.checked("zh"), statement.checked("en"), strict=True):
            self.tell(part, "holds", zh, en)
        for zh, en in zip(statement.rests_on("zh"), statement.rests_on("en"), strict=True):
            self.tell(part, "rests-on", zh, en)

    def leave_open(
        self, part: str, statement: Statement | None, but: Statement | None = None, *, matched: bool = False
    ) -> None:
        """What a statement leaves open, but for what another does, and what wants a file that is there or told of.

        With `matched`, that a matching follows from its seed is known.
        """
        if statement is None:
            return
        elsewhere = but.not_checked("en") if but else []
        told = self.at_fault() | self.files.keys()
        for zh, en in zip(statement.not_checked("zh"), statement.not_checked("en"), strict=True):
            known = matched and "that the matching follows from the seed" in en
            if en not in elsewhere and not known and not any(file in en for file in told):
                self.tell(part, "unknown", zh, en)

    def stand_alone(self, part: str, stage: str) -> Sealed | None:
        """An announcement and its seed, which hold or not without any other file; the sealed attempt if both do."""
        file, seed = f"announcement-{stage}.txt", f"seed-{stage}.txt"
        there = self.files.keys() - self.at_fault()
        try:
            if file in there:
                announcement = Announcement.parse(self.files[file])
                self.examined.add(file)
                self.tell(part, "holds", f"{file}符合规范", f"{file} is as the specification writes it")
                file = seed
                if file in there:
                    sealed = Announced.resume(announcement).seal_with(SeedFile.parse(self.files[file]))
                    self.examined.add(file)
                    self.tell(part, "holds", f"{file}所揭示的与公告相符", f"{file} reveals what was announced")
                    return sealed
        except Error as error:
            self.fail(part, file, error)
        return None

    def match_again(self, part: str, sealed: Sealed, department: str) -> bool:
        """Whether a matching was made again from its problem, and so holds or fails without the draw of targets."""
        problem, matched = f"problem-{department}.txt", f"matched-{department}.txt"
        if not {problem, matched} <= self.files.keys() - self.at_fault():
            return False
        try:
            again = sealed.match_inspectors(Problem.parse(self.files[problem]))
        except Error as error:
            self.fail(part, problem, error)
            return True
        self.examined |= {problem, matched}
        if bytes(again) == self.files[matched]:
            zh, en = (
                "匹配结果由其公告、种子和匹配问题得出",
                "the matching follows from its announcement, seed and problem",
            )
            self.tell(part, "holds", f"{department}：{zh}", f"{department}: {en}")
        else:
            zh, en = "不是由公告、种子和匹配问题得出的结果", "is not what announcement, seed and problem give"
            self.tell(part, "fails", f"{matched}{zh}", f"{matched} {en}", matched)
        return True

    def read_the_rest(self) -> None:
        """What nothing that holds could be held against is at least read."""
        for name in sorted(self.files.keys() - self.examined - self.at_fault()):
            kind = next((kind for start, kind in _KINDS.items() if name.startswith(start)), None)
            try:
                if kind is not None:
                    kind.parse(self.files[name])
            except Error as error:
                self.fail("folder", name, error)
            else:
                zh, en = "用以核对的文件缺失或不成立", "what it would be held against is missing or fails"
                self.tell("folder", "not-looked-at", f"{name}：{zh}", f"{name}: {en}", name)

    def cannot_compare(self, part: str) -> None:
        self.tell(
            part,
            "unknown",
            "是否与对象抽取相符：后者的公开文件缺失或不成立",
            "whether this agrees with the draw of targets: public files of that are missing or do not hold",
        )


def _departments(files: Iterable[str]) -> dict[str, tuple[list[str], list[str]]]:
    """The public and the internal files of each department.

    `announcement-inspectors-D1-2.txt` is of D1, unless a department D1-2 has other files.
    """
    found: dict[str, tuple[list[str], list[str]]] = {}
    earlier: list[tuple[str, str]] = []
    for name in sorted(files):
        kind, _, rest = name.removesuffix(".txt").partition("-")
        stage, _, department = rest.partition("-")
        if name.startswith(OF_DEPARTMENT):
            found.setdefault(rest, ([], []))[1].append(name)
        elif stage == "inspectors" and kind == "seed":
            found.setdefault(department, ([], []))[0].append(name)
        elif stage == "inspectors" and kind in ("announcement", "void"):
            earlier.append((department, name))
    for department, name in earlier:
        of, attempt = numbered(department)
        others = found.keys() | {other for other, _ in earlier}
        if department not in found and attempt is not None and of in others:
            department = of
        found.setdefault(department, ([], []))[0].append(name)
    return found


def audit_folder(path: str | PathLike[str] | Mapping[str, bytes], *, evidence: str | None = None) -> FolderReport:
    """Opens a folder of public, internal and slip files and says what holds, what fails and what cannot be known.

    A folder without internal files, or with slips alone beside the public ones, is looked at as far as it goes: what is
    missing is unknown and fails nothing. `evidence` is as for `yicha.verify`.
    """
    files, unread = (dict(path), []) if isinstance(path, Mapping) else scan_folder(path)
    passed_over = strays(files)
    files = {name: data for name, data in files.items() if name not in passed_over}
    audit = _Audit(files, evidence)

    of_targets = ("announcement-targets", "seed-targets.txt", "void-targets-", "list.txt")
    public, base = audit.verify("public", {}, audit.named(name for name in files if name.startswith(of_targets)))
    audit.hold("public", public)
    whole = public
    internal = audit.named(("roster.tsv", "roster.key", "drawn.txt"))
    if public and internal:
        fixed = {name: data for name, data in internal.items() if name != "drawn.txt"}
        drawn, left = audit.verify("draw", base, fixed)
        if "drawn.txt" in internal:
            audit.verify("draw", {**base, **left} if drawn else base, {"drawn.txt": internal["drawn.txt"]})
        audit.hold("draw", drawn)
        whole = drawn or public
    audit.leave_open("public", whole)
    # The draw may have shown that a public file is not what it gives: then nothing else is held against that.
    if not public or audit.at_fault() & base.keys():
        base = {}
        audit.stand_alone("public", "targets")
        if internal and not public:
            audit.cannot_compare("draw")

    for department, (announced, matched) in sorted(_departments(files).items()):
        part = f"matching {department}"
        own, again = audit.named(announced), False
        if base:
            statement, left = audit.verify(part, base, own)
        else:
            sealed = audit.stand_alone(part, f"inspectors-{department}")
            again = sealed is not None and audit.match_again(part, sealed, department)
            audit.cannot_compare(part)
            statement, left = None, {}
        if matched:
            with_result, _ = audit.verify(part, {**base, **left} if statement else base, audit.named(matched))
            statement = with_result or statement
        audit.hold(part, statement)
        audit.leave_open(part, statement, but=public, matched=again)

    slips = audit.named(name for name in files if name.startswith("slip-"))
    if slips and not base:
        audit.cannot_compare("slips")
    elif slips:
        try:
            statement = audit.together({**base, **slips})
        except VerificationError:  # each by itself, since leaving out one after the other takes long where many fail
            alone = {name: audit.verify("slips", base, {name: data}) for name, data in slips.items()}
            slips = {name: slips[name] for name, (_, left) in alone.items() if left}
            statement, _ = audit.verify("slips", base, slips)
        audit.hold("slips", statement)

    audit.read_the_rest()
    for name in sorted((*unread, *passed_over)):
        audit.tell("folder", "not-looked-at", name, name, name)
    return FolderReport(tuple(sorted(audit.findings.values(), key=lambda finding: list(_HEADS).index(finding.status))))
