"""Sections 2 and 3: the roster, its root, and the quotas."""

from dataclasses import dataclass

from . import merkle
from .text import Refused, ascending, code, require, rows


def parse(data):
    """[(id, stratum, standing)] of a roster file."""
    found = []
    for fields in rows(data):
        require(len(fields) == 3, f"a roster line has three fields: {fields}")
        found.append((code(fields[0]), code(fields[1]), standing(fields[2])))
    ascending([row[0] for row in found], "targets")
    return found


def text(roster):
    return "".join("\t".join(row) + "\n" for row in roster).encode()


def standing(field):
    if field != "eligible":
        kind, _, reason = field.partition(":")
        require(kind == "excluded", f"not a standing: {field!r}")
        code(reason)
    return field


@dataclass
class Key:
    """The roster key with the suite that uses it."""

    H: object
    key: bytes

    def salt(self, target):
        return self.H(self.key + target.encode()).digest()[:16]

    def cutoff_salt(self, stratum):
        return self.H(self.key + b"\t" + stratum.encode()).digest()[:16]

    def leaf(self, row):
        return leaf(self.H, row, self.salt(row[0]))


def leaf(H, row, salt):
    target, stratum, standing = row
    seal = H(salt + f"{stratum}\t{standing}".encode()).digest()
    return merkle.leaf_hash(H, f"{target}\t".encode() + seal)


def root(key, roster):
    if not roster:
        raise Refused("an empty roster")
    return merkle.root(key.H, [key.leaf(row) for row in roster])


def eligible(roster, stratum):
    return [row[0] for row in roster if row[1:] == (stratum, "eligible")]


def quota(n, rate, floor, cap):
    wanted = max(-(-n * rate // 10000), floor)
    return min(wanted, n) if cap is None else min(wanted, cap, n)
