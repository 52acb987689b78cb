"""One file of each kind, out of the vectors."""

import json
from dataclasses import dataclass

from yicha_spec import announcement, problem, roster, seed, target
from yicha_spec.text import Refused


@dataclass
class Sample:
    kind: str
    text: str
    parse: object

    def write(self, found):
        return roster.text(found) if self.kind == "roster" else found.text()

    def reads(self, data):
        """Whether these bytes are read as a file of this kind; what was read must be written the same."""
        try:
            found = self.parse(data)
        except Refused:
            return False
        assert self.write(found) == data, f"read {data!r} and wrote something else"
        return True

    def spoilt(self):
        """The file with a byte removed, inserted or replaced, and cut short, and with lines dropped, doubled or swapped."""
        data, lines = self.text.encode(), self.text.splitlines(keepends=True)
        for i in range(len(data)):
            yield data[:i] + data[i + 1 :]
            for byte in (b" ", b"0", b"\t", b"\n", b",", b"+", b"-", b"\xff"):
                yield data[:i] + byte + data[i + 1 :]
                yield data[:i] + byte + data[i:]
        for i in range(len(lines)):
            yield "".join(lines[:i]).encode()
            yield "".join(lines[:i] + lines[i + 1 :]).encode()
            yield "".join(lines[:i] + lines[i : i + 1] + lines[i:]).encode()
            yield "".join(lines[:i] + lines[i + 1 : i + 2] + lines[i : i + 1] + lines[i + 2 :]).encode()


def samples(vectors):
    targets = json.loads((vectors / "target_draw.json").read_text("utf-8"))
    case = next(case for case in targets if len(case["contributions"]) > 1 and len(case["randomness"]) > 1)
    matchings = json.loads((vectors / "inspector_matching.json").read_text("utf-8"))
    repaired = next(case for case in matchings if case["expect"].get("repairs"))
    short = next(case for case in matchings if "shortage" in case["expect"])
    void = json.loads((vectors / "small.json").read_text("utf-8"))["void"]["text"]
    rows = sorted(tuple(row) for row in case["roster"])[:9]
    expect = case["expect"]
    return [
        Sample("roster", roster.text(rows).decode(), roster.parse),
        Sample("announcement", expect["announcement"], announcement.parse),
        Sample("announcement", repaired["expect"]["announcement"], announcement.parse),
        Sample("seed", expect["seed_text"], seed.parse),
        Sample("void", void, seed.parse_void),
        Sample("drawn", expect["drawn"], target.parse_drawn),
        Sample("list", expect["list"], target.parse_list),
        Sample("slip", expect["slips"][0], target.parse_slip),
        Sample("problem", repaired["problem"], problem.parse),
        Sample("matched", repaired["expect"]["matched"], problem.parse_matched),
        Sample("shortage", short["expect"]["shortage"], problem.parse_shortage),
    ]
