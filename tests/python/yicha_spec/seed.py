"""Section 5: the seed file and the void notice."""

from dataclasses import dataclass

from .announcement import commitment
from .text import Reader, ascending, code, different, digest, free_text, instant, one_of, require, value, write


@dataclass
class SeedFile:
    announcement: bytes
    contributions: list  # (department, nonce)
    randomness: list  # (source, round, value)

    def text(self):
        return write(
            "yicha-seed/1",
            ("announcement", self.announcement),
            *(("contribution", *line) for line in self.contributions),
            *(("randomness", *line) for line in self.randomness),
        )

    def check(self, announcement):
        """Refuses what was not announced; the answer is the seed."""
        require(self.announcement == announcement.digest(), "the seed belongs to another announcement")
        a = announcement
        found = [(d, commitment(a.H, a.scheme, a.stage, a.attempt, d, nonce)) for d, nonce in self.contributions]
        require(found == a.contributions, "the nonces are not those that were committed to")
        sources = [line[:2] for line in self.randomness]
        require(sources == [line[:2] for line in a.randomness], "other public values than announced")
        return a.H(self.text()).digest()


def parse(data):
    reader = Reader(data, "yicha-seed/1")
    found = SeedFile(
        reader.field("announcement", digest),
        reader.all("contribution", code, digest),
        reader.all("randomness", free_text, free_text, value),
    )
    reader.end()
    require(found.contributions or found.randomness, "neither a contribution nor a public value")
    ascending([department for department, _ in found.contributions], "contributions")
    different([line[:2] for line in found.randomness], "sources and rounds")
    return found


@dataclass
class Void:
    announcement: bytes
    after: str
    reason: str
    approved_by: str
    at: str

    def text(self):
        return write(
            "yicha-void/1",
            ("announcement", self.announcement),
            ("after", self.after),
            ("reason", self.reason),
            ("approved-by", self.approved_by),
            ("at", self.at),
        )


def parse_void(data):
    reader = Reader(data, "yicha-void/1")
    found = Void(
        reader.field("announcement", digest),
        reader.field("after", one_of("announced", "sealed", "drawn")),
        reader.field("reason", free_text),
        reader.field("approved-by", code),
        reader.field("at", instant),
    )
    reader.end()
    return found
