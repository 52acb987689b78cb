"""A finished folder as `joint_inspection` leaves it: what is public, the slips, and what only the office has.

Run it with `python -m yicha_spec DIR` from tests/python.
"""

from dataclasses import dataclass
from pathlib import Path

from . import announcement, matching, problem, roster, seed, target
from .text import Refused, digest, require


@dataclass
class Stage:
    """An announcement with the seed that followed from it."""

    announcement: announcement.Announcement
    seed: bytes


@dataclass
class Public:
    targets: Stage
    list: target.PublicList
    departments: dict  # department -> Stage


def read(path, parse):
    """A file by its reader; what is refused names the file."""
    try:
        return parse(path.read_bytes())
    except FileNotFoundError as e:
        raise Refused(f"{path.name} is missing") from e
    except Refused as e:
        raise Refused(f"{path.name}: {e}") from e


def stage(folder, name):
    announced = read(folder / f"announcement-{name}.txt", announcement.parse)
    seed_file = read(folder / f"seed-{name}.txt", seed.parse)
    return Stage(announced, seed_file.check(announced))


def secret(data):
    """The roster key, one line of hexadecimal."""
    return digest(data.decode("ascii", "replace").removesuffix("\n"))


def departments(folder, kind):
    """The departments that have a file of this kind: announcement-inspectors, problem, ..."""
    return sorted(path.name[len(kind) + 1 : -4] for path in folder.glob(f"{kind}-*.txt"))


def check_public(folder):
    targets = stage(folder, "targets")
    a = targets.announcement
    require(a.stage == "targets", "announcement-targets.txt announces another stage")
    public = read(folder / "list.txt", target.parse_list)
    require(public.announcement == a.digest(), "the list belongs to another announcement")
    require(public.seed == targets.seed, "the list was drawn with another seed")
    require([s for s, _ in public.cutoffs] == [s[0] for s in a.strata], "the list has other strata than announced")
    quotas = sum(stratum[-1] for stratum in a.strata)
    require(len(public.targets) == quotas, f"{quotas} were to be drawn and {len(public.targets)} are listed")
    found = {d: stage(folder, f"inspectors-{d}") for d in departments(folder, "announcement-inspectors")}
    require(departments(folder, "seed-inspectors") == list(found), "seeds of other departments than announced")
    for department, each in found.items():
        b = each.announcement
        require(b.stage == f"inspectors:{department}", f"the announcement of {department} is of another stage")
        require((b.suite, b.scheme) == (a.suite, a.scheme), f"{department} has another suite or scheme")
        require(b.drawn == public.drawn, f"{department} announced a matching for another draw")
        known = [a.announced, *(due for *_, due in a.randomness)]
        require(max(known) < b.announced, f"{department} announced before the targets could be drawn")
    return Public(targets, public, found)


def check_slips(folder, public):
    """How many slips there are, each of which holds."""
    paths = sorted(folder.glob("*.txt"))
    for path in paths:
        slip = read(path, target.parse_slip)
        require(slip.target == path.stem, f"{path.name} is the slip of {slip.target}")
        try:
            slip.check(public.targets.announcement, public.list)
        except Refused as e:
            raise Refused(f"{path.name}: {e}") from e
    return len(paths)


def check_internal(folder, public):
    a = public.targets.announcement
    key = roster.Key(a.H, read(folder / "roster.key", secret))
    rows = read(folder / "roster.tsv", roster.parse)
    require((roster.root(key, rows), len(rows)) == a.roster, "the roster is not the one that was announced")
    require({row[1] for row in rows} <= {stratum[0] for stratum in a.strata}, "a stratum without a rule")
    for name, n, *_ in a.strata:
        require(len(roster.eligible(rows, name)) == n, f"another number of eligible targets in {name}")
    drawn = read(folder / "drawn.txt", target.parse_drawn)
    wanted = target.Drawn(a.digest(), public.targets.seed, target.draw(key, rows, a.strata, public.targets.seed))
    require(drawn == wanted, "drawn.txt is not what the roster and the seed give")
    require(target.publish(key, drawn, a.strata) == public.list, "list.txt does not follow from drawn.txt")
    short = departments(folder, "shortage")
    matched = departments(folder, "matched")
    require(matched == list(public.departments), "matchings of other departments than announced")
    require(departments(folder, "problem") == sorted(matched + short), "a problem without one result")
    for department in departments(folder, "problem"):
        p = read(folder / f"problem-{department}.txt", problem.parse)
        require(p.department == department, f"the problem of {department} is of another department")
        require({t for t, _ in p.targets} <= set(public.list.targets), f"{department} inspects who was not drawn")
        if department in short:
            check_shortage(a.H, p, read(folder / f"shortage-{department}.txt", problem.parse_shortage))
        else:
            found = read(folder / f"matched-{department}.txt", problem.parse_matched)
            check_matched(p, public.departments[department], found)
    return matched, short


def check_matched(p, stage, found):
    a = stage.announcement
    require(a.problem == a.H(p.text()).digest(), f"{p.department} announced another problem")
    matching.check_matching(p, found.matches)
    solved, _ = matching.solve(p, stage.seed)
    wanted = problem.Matched(a.digest(), stage.seed, solved.matches())
    require(found == wanted, f"the matching of {p.department} is not what problem and seed give")


def check_shortage(H, p, found):
    require(found.problem == H(p.text()).digest(), f"the shortage of {p.department} is of another problem")
    matching.check_shortage(p, found.places, found.inspectors)
    require((found.places, found.inspectors) == matching.shortage(p), f"{p.department} has another shortage")


def check(folder):
    """Refuses a folder in which something does not hold; otherwise what was checked, in words."""
    folder = Path(folder)
    public = check_public(folder / "public")
    a = public.targets.announcement
    said = [f"public: {len(public.list.targets)} targets from a roster of {a.roster[1]}, assurance {a.assurance()}"]
    said.append(f"slips: {check_slips(folder / 'slips', public)} hold")
    if (folder / "internal").exists():
        matched, short = check_internal(folder / "internal", public)
        said.append(f"internal: draw and {len(matched)} matchings repeated, {len(short)} shortages proved")
    return said
