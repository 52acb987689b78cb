"""A small office in Python that leaves a finished folder, from the vectors and from random registers."""

import random

from yicha_spec import announcement, matching, problem, roster, seed, target
from yicha_spec.suite import suite

SCHEME = "411302-2026-0017"


def ceremony(dice, name, stage, minute, **subject):
    """An announcement by two departments with the seed that follows: (announcement, seed file, seed)."""
    H = suite(name)
    nonces = [(department, dice.randbytes(32)) for department in ("D1", "D2")]
    announced = announcement.Announcement(
        suite=name,
        stage=stage,
        scheme=SCHEME,
        attempt=1,
        previous=bytes(32),
        contributions=[(d, announcement.commitment(H, SCHEME, stage, 1, d, nonce)) for d, nonce in nonces],
        randomness=[],
        announced=f"2026-11-23T01:{minute:02}:00Z",
        reveal_by=f"2026-11-23T01:{minute + 10:02}:00Z",
        **subject,
    ).check()
    seed_file = seed.SeedFile(announced.digest(), nonces, [])
    return announced, seed_file, seed_file.check(announced)


def write(path, text):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text)


def work(folder, name="sha256", number=60):
    """Draws, matches department D1, finds that D2 is short, and writes everything."""
    dice = random.Random(number)
    H = suite(name)
    key = roster.Key(H, dice.randbytes(32))
    standings = ["eligible"] * 9 + ["excluded:annual-cap"]
    rows = [(f"T{i:04}", dice.choice("ABC"), dice.choice(standings)) for i in range(number)]
    strata = []
    for stratum, rate in [("A", 500), ("B", 1000), ("C", 3000)]:
        n = len(roster.eligible(rows, stratum))
        strata.append((stratum, n, rate, 1, None, roster.quota(n, rate, 1, None)))
    fixed = (roster.root(key, rows), len(rows))
    announced, seed_file, drawn_seed = ceremony(dice, name, "targets", 0, roster=fixed, strata=strata)
    drawn = target.Drawn(announced.digest(), drawn_seed, target.draw(key, rows, strata, drawn_seed))
    public = target.publish(key, drawn, strata)
    write(folder / "public/announcement-targets.txt", announced.text())
    write(folder / "public/seed-targets.txt", seed_file.text())
    write(folder / "public/list.txt", public.text())
    for each in sorted({rows[0][0], rows[-1][0], *public.targets}):
        write(folder / f"slips/{each}.txt", target.make_slip(key, rows, strata, drawn, each).text())
    write(folder / "internal/roster.key", f"{key.key.hex()}\n".encode())
    write(folder / "internal/roster.tsv", roster.text(rows))
    write(folder / "internal/drawn.txt", drawn.text())

    for department, capacity in [("D1", 12), ("D2", 1)]:
        places = [(t, [["food"], []]) for t in public.targets]
        staff = [(f"I{i}", capacity, ["food"] if i % 2 else []) for i in range(4)]
        p = problem.Problem(department, dice.randbytes(16), places, staff, [("I1", places[0][0])])
        write(folder / f"internal/problem-{department}.txt", p.text())
        problem_digest = H(p.text()).digest()
        short = matching.shortage(p)
        if short is not None:
            write(folder / f"internal/shortage-{department}.txt", problem.Shortage(problem_digest, *short).text())
            continue
        subject = {"drawn": public.drawn, "problem": problem_digest}
        announced, seed_file, its_seed = ceremony(dice, name, f"inspectors:{department}", 20, **subject)
        solved, _ = matching.solve(p, its_seed)
        matched = problem.Matched(announced.digest(), its_seed, solved.matches())
        write(folder / f"public/announcement-inspectors-{department}.txt", announced.text())
        write(folder / f"public/seed-inspectors-{department}.txt", seed_file.text())
        write(folder / f"internal/matched-{department}.txt", matched.text())
