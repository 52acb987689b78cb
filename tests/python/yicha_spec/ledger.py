"""Entries, logs and proofs: core/docs/ledger-spec.md, sections 1 to 3 and the appendix.

`python -m yicha_spec.ledger LOG CHECKPOINT [--tip TIP]`: exit 0 and what was checked, or 1 and what does not hold.
With a tip, LOG is what came behind it.
"""

import argparse
import re
import sys
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from . import canonical, checkpoint
from .checkpoint import Head
from .merkle import leaf_hash, node_hash, root_from_path, roots_from_path
from .suite import suite as hash_of
from .text import Refused, code, digest, free_text, instant, one_of, require

PURPOSES = (
    "planning coordination sharing risk-monitoring follow-up registers draw inspection publication archive "
    "credit-repair supervision"
).split()
WITH_DEPARTMENT = ["department-head", "officer", "inspector"]
WITHOUT_DEPARTMENT = ["joint-office", "platform"]


# Section 1: an entry.


def entry(data):
    """The entry in a line."""
    return fields(
        canonical.read(data),
        actor=actor,
        basis=basis,
        case=lambda value: fields(value, id=text(code), kind=text(one_of(*KINDS))),
        command=lambda value: fields(value, count=integer, digest=text(digest), id=text(code), index=integer),
        effective=text(day),
        event=event,
        purpose=text(one_of(*PURPOSES)),
        recorded=text(instant),
        sequence=integer,
        v=version,
    )


def actor(value):
    read = fields(value, department=optional(text(code)), id=text(code), role=text(str))
    roles = WITHOUT_DEPARTMENT if read["department"] is None else WITH_DEPARTMENT
    require(read["role"] in roles, f"{read['role']!r} with the department {read['department']!r}")
    return read


def basis(rules):
    require(isinstance(rules, list) and rules, "no basis")
    for rule in rules:
        kind, value = only_field(rule)
        require(kind in BASES, f"no basis is called {kind!r}")
        BASES[kind](value)
    return rules


def event(value):
    area, what = only_field(value)
    require(area in EVENTS, f"no area is called {area!r}")
    happened = what if isinstance(what, str) else only_field(what)[0]
    require(happened in EVENTS[area], f"no event of {area!r} is called {happened!r}")
    return value


def version(value):
    require(type(value) is int and value == 1, f"version {value!r} is not known, only 1 is")
    return value


def fields(value, **checks):
    """An object with exactly these fields."""
    require(isinstance(value, dict), f"an object expected: {value!r}")
    require(value.keys() == checks.keys(), f"the fields {sorted(checks)} expected, found {sorted(value)}")
    return {name: check(value[name]) for name, check in checks.items()}


def only_field(value):
    require(isinstance(value, dict) and len(value) == 1, f"an object with one field expected: {value!r}")
    return next(iter(value.items()))


def text(check):
    def checked(value):
        require(isinstance(value, str), f"a text expected: {value!r}")
        return check(value)

    return checked


def optional(check):
    return lambda value: None if value is None else check(value)


def integer(value):
    require(type(value) is int, f"a number expected: {value!r}")
    return value


def article(value):
    require(integer(value) in range(1, 29), f"no article {value}")


def section(value):
    require(integer(value) in range(1, 256), f"no section {value}")


def day(value):
    try:
        require(date.fromisoformat(value).isoformat() == value, f"not a day: {value!r}")
    except ValueError as e:
        raise Refused(f"not a day: {value!r}") from e
    return value


def key(value):
    require(re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", value), f"not a key: {value!r}")


BASES = {
    "article": article,
    "decision": text(key),
    "draw-spec": section,
    "ledger-spec": section,
    "other": text(free_text),
}


# Section 2: a log.


def lines(data):
    """The entries' bytes."""
    if not data:
        return []
    found = data.split(b"\n")
    require(found.pop() == b"", f"line {len(found) + 1} does not end")
    for number, line in enumerate(found, 1):
        require(line, f"line {number} is empty")
    return found


class Chain:
    """Holds each entry to the ones before it."""

    def __init__(self, size, recorded):
        self.sequence = size
        self.recorded = recorded
        self.command = None  # the entry before, as long as its command is not whole
        self.ids = set()

    def take(self, read):
        require(read["sequence"] == self.sequence, f"number {read['sequence']} where {self.sequence} follows")
        require(self.recorded is None or self.recorded <= read["recorded"], "recorded before the entry before")
        self.part(read)
        self.sequence += 1
        self.recorded = read["recorded"]

    def part(self, read):
        command = read["command"]
        if self.command is None:
            require(command["index"] == 0, "a command begins with the index 0")
            require(command["id"] not in self.ids, f"the command {command['id']!r} stands twice")
            self.ids.add(command["id"])
        else:
            expected = self.command["command"] | {"index": self.command["command"]["index"] + 1}
            require(command == expected, f"{expected} expected, found {command}")
            for name in ("actor", "effective", "purpose", "recorded"):
                require(read[name] == self.command[name], f"another {name!r} within a command")
        require(command["index"] < command["count"], "more entries than the command has")
        self.command = None if command["index"] + 1 == command["count"] else read

    def end(self):
        require(self.command is None, "ends within a command")


# Section 3: head, tip and proofs.


@dataclass(frozen=True)
class Tip:
    """What is needed to go on behind a log."""

    suite: str
    nodes: tuple = ()
    recorded: str | None = None
    size: int = 0

    @staticmethod
    def read(data):
        read = fields(
            canonical.loads(data),
            nodes=digests,
            recorded=optional(text(instant)),
            size=integer,
            suite=text(one_of("sha256", "sm3")),
            v=version,
        )
        del read["v"]
        tip = Tip(**read | {"nodes": tuple(read["nodes"])})
        require(len(tip.nodes) == tip.size.bit_count(), "not a node for each bit of the size")
        require((tip.recorded is None) == (tip.size == 0), "the last instant does not fit the size")
        return tip

    def push(self, leaf, recorded):
        nodes, size = [*self.nodes, leaf], self.size
        while size & 1:
            right, left = nodes.pop(), nodes.pop()
            nodes.append(node_hash(hash_of(self.suite), left, right))
            size >>= 1
        return Tip(self.suite, tuple(nodes), recorded, self.size + 1)

    def head(self):
        H = hash_of(self.suite)
        if not self.nodes:
            return Head(0, H(b"").digest())
        *lefts, root = self.nodes
        for left in reversed(lefts):
            root = node_hash(H, left, root)
        return Head(self.size, root)


def verify_log(suite, entries, head):
    """Checks a whole log against its head. Gives its tip."""
    return verify_suffix(Tip(suite), entries, head)


def verify_suffix(tip, entries, head):
    """Checks what came behind a tip against a later head. Gives the tip there."""
    chain = Chain(tip.size, tip.recorded)
    for number, data in enumerate(entries, 1):
        try:
            chain.take(entry(data))
        except Refused as e:
            raise Refused(f"line {number}: {e}") from e
        tip = tip.push(leaf_hash(hash_of(tip.suite), data), chain.recorded)
    chain.end()
    require(tip.head() == head, f"leads to {tip.head()}, not to {head}")
    return tip


def verify_entry(suite, data, proof, head):
    """Checks one entry by its inclusion proof. Gives the entry."""
    read = entry(data)
    proof = fields(canonical.loads(proof), index=integer, path=digests, v=version)
    require(read["sequence"] == proof["index"], "the proof is of another entry")
    H = hash_of(suite)
    root = root_from_path(H, proof["index"], head.size, leaf_hash(H, data), proof["path"])
    require(root == head.root, "the entry is not under this head")
    return read


def verify_consistency(suite, proof, old, new):
    """Checks that the later log begins with the earlier one."""
    proof = fields(canonical.loads(proof), path=digests, v=version)
    require(0 < old.size <= new.size, "the earlier log is empty or larger")
    roots = roots_from_path(hash_of(suite), old.size, new.size, old.root, proof["path"])
    require(roots == (old.root, new.root), "the later log does not begin with the earlier one")


def digests(value):
    require(isinstance(value, list), f"a list expected: {value!r}")
    return [text(digest)(item) for item in value]


# Appendix: kinds of cases, areas and their events.

KINDS = (
    "annual-plan call closing clue conference disclosure dossier drawing guide indicator inspection "
    "inspector-register item-list joint-list listing penalty publication rectification sanction scheme sharing "
    "sharing-receiver target-register training warning withholding"
).split()

EVENTS = {
    "annual-plan": "ad-hoc-approved amended issued merged proposed publicised reviewed withdrawn".split(),
    "call": "answered made withdrawn".split(),
    "closing": "closed".split(),
    "clue": "accepted assigned closed concluded coordinator-named investigated raised transferred".split(),
    "conference": "held resolution-done".split(),
    "disclosure": "shown".split(),
    "dossier": "closed filed opened".split(),
    "drawing": "announced dispatched drawn matched received released sealed shortage-found voided".split(),
    "guide": "issued kept marked".split(),
    "indicator": "observed".split(),
    "inspection": ("abandoned assisted completed confirmed evidence-collected leader-named notified "
        "opened prepared recorded recusal-decided replaced revised visited").split(),
    "inspector": "changed imported".split(),
    "item": "changed imported published".split(),
    "joint-list": "issued repealed".split(),
    "listing": "declined listed proposed removed".split(),
    "penalty": "ended penalised".split(),
    "publication": "ceased corrected entered inherited period-set published".split(),
    "rectification": "extended ordered rechecked referred reported".split(),
    "sanction": "applied ended".split(),
    "scheme": "made revised".split(),
    "sharing": "purpose-ended purpose-stated received revised shared".split(),
    "target": "changed imported".split(),
    "training": "given".split(),
    "warning": "assessed closed graded raised".split(),
    "withholding": "released withheld".split(),
}


def main(arguments=None):
    parser = argparse.ArgumentParser(prog="yicha_spec.ledger", description="Checks a stored ledger.")
    parser.add_argument("log", type=Path, help="an entry a line")
    parser.add_argument("checkpoint", type=Path, help="the head that the log has to have")
    parser.add_argument("--tip", type=Path, help="the log is what came behind this")
    given = parser.parse_args(arguments)
    try:
        claimed = checkpoint.read(given.checkpoint.read_bytes())
        tip = Tip.read(given.tip.read_bytes()) if given.tip else Tip(claimed.suite)
        require(tip.suite == claimed.suite, f"the tip has the suite {tip.suite}, the checkpoint {claimed.suite}")
        entries = lines(given.log.read_bytes())
        verify_suffix(tip, entries, claimed.head)
    except (OSError, Refused) as e:
        sys.exit(f"does not hold: {e}")
    print(f"{claimed.origin}: {len(entries)} entries lead to the head of {claimed.head.size}, {claimed.suite}")
    print("not checked: signatures, and whether the host has shown others the same head")


if __name__ == "__main__":
    main()
