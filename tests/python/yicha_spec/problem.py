"""Section 7: the files of a matching."""

from dataclasses import dataclass, field

from .text import Reader, ascending, code, digest, number, require, salt, write


@dataclass
class Problem:
    department: str
    salt: bytes
    targets: list  # (id, [slot, ...]), a slot is the list of its codes
    inspectors: list  # (id, capacity, [code, ...])
    recusals: list  # (inspector id, target id)
    barred: set = field(init=False)

    def __post_init__(self):
        self.barred = set(self.recusals)

    def may_fill(self, i, place):
        """Whether inspector number i may fill the place (target number, slot number)."""
        name, _, codes = self.inspectors[i]
        target, slots = self.targets[place[0]]
        return set(slots[place[1]]) <= set(codes) and (name, target) not in self.barred

    def places(self):
        return [(t, s) for t, (_, slots) in enumerate(self.targets) for s in range(len(slots))]

    def text(self):
        targets = (("target", t, ",".join("+".join(slot) or "*" for slot in slots)) for t, slots in self.targets)
        inspectors = (("inspector", i, capacity, ",".join(codes) or "-") for i, capacity, codes in self.inspectors)
        return write(
            "yicha-matching/1",
            ("department", self.department),
            ("salt", self.salt),
            *targets,
            *inspectors,
            *(("recusal", *pair) for pair in self.recusals),
        )


def sorted_codes(text, separator):
    codes = [code(part) for part in text.split(separator)]
    ascending(codes, "codes")
    return codes


def slots(text):
    return [[] if slot == "*" else sorted_codes(slot, "+") for slot in text.split(",")]


def held(text):
    return [] if text == "-" else sorted_codes(text, ",")


def parse(data):
    reader = Reader(data, "yicha-matching/1")
    found = Problem(
        reader.field("department", code),
        reader.field("salt", salt),
        reader.all("target", code, slots),
        reader.all("inspector", code, number, held),
        reader.all("recusal", code, code),
    )
    reader.end()
    for lines, what in [(found.targets, "targets"), (found.inspectors, "inspectors")]:
        ascending([line[0] for line in lines], what)
    ascending(found.recusals, "recusals")
    known = {line[0] for line in found.inspectors}, {line[0] for line in found.targets}
    require(all(i in known[0] and t in known[1] for i, t in found.recusals), "a recusal of somebody unknown")
    return found


@dataclass
class Matched:
    announcement: bytes
    seed: bytes
    matches: list  # (target id, slot number, inspector id)

    def text(self):
        lines = (("match", *line) for line in self.matches)
        return write("yicha-matched/1", ("announcement", self.announcement), ("seed", self.seed), *lines)


def parse_matched(data):
    reader = Reader(data, "yicha-matched/1")
    found = Matched(
        reader.field("announcement", digest),
        reader.field("seed", digest),
        reader.all("match", code, number, code),
    )
    reader.end()
    ascending([line[:2] for line in found.matches], "matches")
    filled = {line[:2] for line in found.matches}
    require(all(s == 0 or (t, s - 1) in filled for t, s in filled), "a slot without the one before")
    return found


@dataclass
class Shortage:
    problem: bytes
    places: list  # (target id, slot number)
    inspectors: list

    def text(self):
        return write(
            "yicha-shortage/1",
            ("problem", self.problem),
            *(("place", *place) for place in self.places),
            *(("inspector", name) for name in self.inspectors),
        )


def parse_shortage(data):
    reader = Reader(data, "yicha-shortage/1")
    found = Shortage(
        reader.field("problem", digest),
        reader.all("place", code, number),
        [name for (name,) in reader.all("inspector", code)],
    )
    reader.end()
    require(found.places, "a shortage of no place")
    ascending(found.places, "places")
    ascending(found.inspectors, "inspectors")
    return found
