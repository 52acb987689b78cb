"""Section 6: the target draw, the drawn file, the public list and the slips."""

from dataclasses import dataclass

from . import merkle
from .roster import eligible, leaf, standing
from .text import Reader, Refused, ascending, code, digest, number, one_of, optional, require, salt, write


def ticket(H, seed, salt, target):
    return H(f"{seed.hex()}{salt.hex()}{target}".encode()).digest()


def draw(key, roster, strata, seed):
    """[(stratum, ticket, id)] as in the drawn file. `strata` are the announcement's."""
    drawn = []
    for name, *_, quota in strata:
        tickets = sorted((ticket(key.H, seed, key.salt(t), t), t) for t in eligible(roster, name))
        drawn += [(name, *pair) for pair in tickets[:quota]]
    return drawn


def cutoffs(drawn, strata):
    """The largest drawn ticket of every stratum, or None."""
    return {name: max((t for s, t, _ in drawn if s == name), default=None) for name, *_ in strata}


def sealed_cutoff(H, seal, cutoff):
    return H(seal + (b"-" if cutoff is None else cutoff.hex().encode())).digest()


@dataclass
class Drawn:
    announcement: bytes
    seed: bytes
    targets: list  # (stratum, ticket, id)

    def text(self):
        lines = (("target", *line) for line in self.targets)
        return write("yicha-drawn/1", ("announcement", self.announcement), ("seed", self.seed), *lines)


def parse_drawn(data):
    reader = Reader(data, "yicha-drawn/1")
    found = Drawn(
        reader.field("announcement", digest),
        reader.field("seed", digest),
        reader.all("target", code, digest, code),
    )
    reader.end()
    ascending(found.targets, "drawn targets")
    ascending(sorted(target for *_, target in found.targets), "a target drawn twice: targets")
    return found


@dataclass
class PublicList:
    announcement: bytes
    seed: bytes
    drawn: bytes
    cutoffs: list  # (stratum, sealed cutoff)
    targets: list

    def text(self):
        return write(
            "yicha-list/1",
            ("announcement", self.announcement),
            ("seed", self.seed),
            ("drawn", self.drawn),
            *(("cutoff", *line) for line in self.cutoffs),
            *(("target", target) for target in self.targets),
        )


def parse_list(data):
    reader = Reader(data, "yicha-list/1")
    found = PublicList(
        reader.field("announcement", digest),
        reader.field("seed", digest),
        reader.field("drawn", digest),
        reader.all("cutoff", code, digest),
        [target for (target,) in reader.all("target", code)],
    )
    reader.end()
    ascending([stratum for stratum, _ in found.cutoffs], "cutoffs")
    require(found.cutoffs, "no stratum has a cutoff")
    ascending(found.targets, "targets")
    return found


def publish(key, drawn, strata):
    """The public list of a drawn file."""
    cut = cutoffs(drawn.targets, strata)
    return PublicList(
        drawn.announcement,
        drawn.seed,
        key.H(drawn.text()).digest(),
        [(name, sealed_cutoff(key.H, key.cutoff_salt(name), cut[name])) for name, *_ in strata],
        sorted(target for *_, target in drawn.targets),
    )


@dataclass
class Slip:
    announcement: bytes
    seed: bytes
    target: str
    salt: bytes
    stratum: str
    standing: str
    index: tuple  # (leaf number, number of lines)
    path: list
    cutoff: tuple  # (cutoff or None, what seals it)
    outcome: str

    def text(self):
        return write(
            "yicha-slip/1",
            ("announcement", self.announcement),
            ("seed", self.seed),
            ("target", self.target),
            ("salt", self.salt),
            ("stratum", self.stratum),
            ("standing", self.standing),
            ("index", *self.index),
            *(("path", node) for node in self.path),
            ("cutoff", *self.cutoff),
            ("outcome", self.outcome),
        )

    def check(self, announcement, public):
        """Refuses a slip that the announcement and the public list do not bear out."""
        H = announcement.H
        require(self.announcement == announcement.digest() == public.announcement, "another announcement")
        require(self.seed == public.seed, "another seed")
        row = (self.target, self.stratum, self.standing)
        root, size = announcement.roster
        require(self.index[1] == size, "a roster of another size")
        found = merkle.root_from_path(H, *self.index, leaf(H, row, self.salt), self.path)
        require(found == root, f"{self.target} with this class and standing is not in the announced root")
        cutoff, seal = self.cutoff
        require((self.stratum, sealed_cutoff(H, seal, cutoff)) in public.cutoffs, "the list has another cutoff")
        own = ticket(H, self.seed, self.salt, self.target)
        require(self.outcome == outcome(self.standing, own, cutoff), f"{self.target} was not treated by its ticket")
        require((self.outcome == "drawn") == (self.target in public.targets), "list and slip differ")


def outcome(standing, ticket, cutoff):
    if standing != "eligible":
        return "excluded"
    return "drawn" if cutoff is not None and ticket <= cutoff else "not-drawn"


def parse_slip(data):
    reader = Reader(data, "yicha-slip/1")
    found = Slip(
        reader.field("announcement", digest),
        reader.field("seed", digest),
        reader.field("target", code),
        reader.field("salt", salt),
        reader.field("stratum", code),
        reader.field("standing", standing),
        reader.fields("index", number, number),
        [node for (node,) in reader.all("path", digest)],
        reader.fields("cutoff", optional(digest), salt),
        reader.field("outcome", one_of("drawn", "not-drawn", "excluded")),
    )
    reader.end()
    require(found.index[0] < found.index[1], "no such leaf")
    return found


def make_slip(key, roster, strata, drawn, target):
    """The slip of one target of the roster."""
    index = next((i for i, row in enumerate(roster) if row[0] == target), None)
    if index is None:
        raise Refused(f"{target} is not on the roster")
    _, stratum, standing = roster[index]
    cutoff = cutoffs(drawn.targets, strata)[stratum]
    own = ticket(key.H, drawn.seed, key.salt(target), target)
    return Slip(
        drawn.announcement,
        drawn.seed,
        target,
        key.salt(target),
        stratum,
        standing,
        (index, len(roster)),
        merkle.inclusion_path(key.H, index, [key.leaf(row) for row in roster]),
        (cutoff, key.cutoff_salt(stratum)),
        outcome(standing, own, cutoff),
    )
