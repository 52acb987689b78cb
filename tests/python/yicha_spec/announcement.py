"""Section 4: the announcement."""

from dataclasses import dataclass, field

from .roster import quota
from .suite import suite
from .text import Reader, ascending, code, different, digest, free_text, instant, number, one_of, optional, require, write

ZERO = bytes(32)


@dataclass
class Announcement:
    suite: str
    stage: str
    scheme: str
    attempt: int
    previous: bytes
    contributions: list  # (department, commitment)
    randomness: list  # (source, round, bits, due)
    announced: str
    reveal_by: str
    roster: tuple = None  # (root, lines), with the stage targets
    strata: list = field(default_factory=list)  # (code, N, rate, floor, cap, quota)
    drawn: bytes = None  # with the stage inspectors
    problem: bytes = None

    @property
    def H(self):
        return suite(self.suite)

    def check(self):
        require(self.attempt >= 1, "attempts are numbered from 1")
        require((self.attempt == 1) == (self.previous == ZERO), "the first attempt, and no other, follows nothing")
        if self.stage == "targets":
            lines = self.roster[1]
            require(lines >= 1, "an empty roster")
            require(self.strata, "no stratum has a rule")
            ascending([stratum[0] for stratum in self.strata], "strata")
            for name, n, rate, floor, cap, drawn in self.strata:
                require(rate <= 10000, f"a rate above 10000: {rate}")
                require(drawn == quota(n, rate, floor, cap), f"the quota of {name} does not follow from its rule")
            require(sum(stratum[1] for stratum in self.strata) <= lines, "more eligible targets than lines")
        ascending([department for department, _ in self.contributions], "contributions")
        different([line[:2] for line in self.randomness], "sources and rounds")
        require(self.contributions or self.randomness, "neither a contribution nor a public value")
        require(self.announced < self.reveal_by, "revealed before it was announced")
        require(all(self.reveal_by < due for *_, due in self.randomness), "a public value is due before the reveal")
        return self

    def text(self):
        if self.stage == "targets":
            subject = [("roster", *self.roster), *(("stratum", *stratum) for stratum in self.strata)]
        else:
            subject = [("drawn", self.drawn), ("problem", self.problem)]
        return write(
            "yicha-announcement/1",
            ("suite", self.suite),
            ("stage", self.stage),
            ("scheme", self.scheme),
            ("attempt", self.attempt),
            ("previous", self.previous),
            *subject,
            *(("contribution", *line) for line in self.contributions),
            *(("randomness", *line) for line in self.randomness),
            ("announced", self.announced),
            ("reveal-by", self.reveal_by),
        )

    def digest(self):
        return self.H(self.text()).digest()

    def assurance(self):
        if sum(bits for _, _, bits, _ in self.randomness) >= 20:
            return "public"
        return "shared" if len(self.contributions) >= 2 else "operator"


def stage(text):
    kind, colon, department = text.partition(":")
    if text != "targets":
        require(kind == "inspectors" and colon, f"not a stage: {text!r}")
        code(department)
    return text


def parse(data):
    reader = Reader(data, "yicha-announcement/1")
    given = {
        "suite": reader.field("suite", one_of("sha256", "sm3")),
        "stage": reader.field("stage", stage),
        "scheme": reader.field("scheme", code),
        "attempt": reader.field("attempt", number),
        "previous": reader.field("previous", digest),
    }
    if given["stage"] == "targets":
        given["roster"] = reader.fields("roster", digest, number)
        given["strata"] = reader.all("stratum", code, number, number, number, optional(number), number)
    else:
        given["drawn"] = reader.field("drawn", digest)
        given["problem"] = reader.field("problem", digest)
    given["contributions"] = reader.all("contribution", code, digest)
    given["randomness"] = reader.all("randomness", free_text, free_text, number, instant)
    given["announced"] = reader.field("announced", instant)
    given["reveal_by"] = reader.field("reveal-by", instant)
    reader.end()
    return Announcement(**given).check()


def commitment(H, scheme, stage, attempt, department, nonce):
    return H(f"yicha-nonce/1\n{scheme}\t{stage}\t{attempt}\t{department}\n".encode() + nonce).digest()
