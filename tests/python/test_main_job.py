"""The folder of the main job, checked by what shares nothing with it: this folder's verifier, sha256sum and DuckDB."""

import shutil
import subprocess

import bagit
import duckdb
import pytest
from database import draw_by_duckdb
from yicha_spec import roster, target
from yicha_spec.folder import check
from yicha_spec.text import Refused


@pytest.fixture(scope="module")
def job(program, tmp_path_factory):
    """Runs the main job; the folder that it leaves and its exit status."""

    def run(*options):
        out = tmp_path_factory.mktemp("job") / "out"
        return out, program("joint_inspection", *options, "--out", str(out)).returncode

    return run


@pytest.fixture(scope="module")
def folder(main_job):
    return main_job


@pytest.fixture
def copy(folder, tmp_path):
    """A copy to spoil, of the text files of the draw and a handful of slips."""
    others = ["*.html", "*.xlsx", "*.sqlite*", "*.csv", "*.jsonl", "checkpoint.txt", "dossiers", ".lock"]
    shutil.copytree(folder, tmp_path / "copy", ignore=shutil.ignore_patterns(*others))
    for slip in sorted((tmp_path / "copy" / "slips").iterdir())[3:]:
        slip.unlink()
    return tmp_path / "copy"


def spoil(path):
    """Another last character, which in most files is still well-formed."""
    true = path.read_bytes()
    path.write_bytes(true[:-2] + (b"1" if true[-2:-1] != b"1" else b"2") + b"\n")
    return true


def test_it_holds(folder):
    said = check(folder)
    assert "assurance shared" in said[0]
    assert said[2].startswith("internal: draw and 3 matchings repeated, 0 shortages")


def test_a_spoilt_file_is_found(copy):
    for path in sorted(path for path in copy.rglob("*") if path.is_file()):
        true = spoil(path)
        with pytest.raises(Refused):
            check(copy)
        path.write_bytes(true)
    check(copy)


def test_sm3_and_a_shortage(job):
    out, status = job("--industry", "加油站", "--suite", "sm3")
    assert status not in (0, 101), "an inspection that cannot start ended as if it could"
    assert check(out)[2].endswith("1 shortages proved")


def test_sha256sum_follows_the_chain(folder):
    """From the announcements to the list, with nothing but sha256sum."""
    run = subprocess.run(["sha256sum", *folder.rglob("*.txt")], capture_output=True, text=True, check=True)
    digests = {name.rpartition("/")[2]: found for found, name in map(str.split, run.stdout.splitlines())}
    lines = (folder / "public" / "list.txt").read_text().splitlines()
    assert lines[1:4] == [
        "announcement\t" + digests["announcement-targets.txt"],
        "seed\t" + digests["seed-targets.txt"],
        "drawn\t" + digests["drawn.txt"],
    ]
    problems = list((folder / "internal").glob("problem-*.txt"))
    assert problems
    for problem in problems:
        announced = folder / "public" / f"announcement-inspectors-{problem.stem.removeprefix('problem-')}.txt"
        assert "problem\t" + digests[problem.name] in announced.read_text().splitlines()


def test_duckdb_draws_the_same(folder):
    """One query over the office's roster; classes with their quotas come from the announcement."""
    announced = (folder / "public" / "announcement-targets.txt").read_text().splitlines()
    quotas = [(line.split("\t")[1], int(line.split("\t")[-1])) for line in announced if line.startswith("stratum\t")]
    seed = (folder / "public" / "list.txt").read_text().splitlines()[2].split("\t")[1]
    key = (folder / "internal" / "roster.key").read_text().strip()
    rows = roster.parse((folder / "internal" / "roster.tsv").read_bytes())
    drawn = target.parse_drawn((folder / "internal" / "drawn.txt").read_bytes())
    found = draw_by_duckdb(duckdb.connect(), key, seed, rows, quotas)
    assert found == [(stratum, ticket.hex(), name) for stratum, ticket, name in drawn.targets]


def test_dossiers_are_bags(folder, tmp_path):
    """Every dossier is a bag for the Library of Congress's tool, which finds what is altered, missing or added."""
    bags = sorted((folder / "internal" / "dossiers").iterdir())
    assert len(bags) > 100
    for bag in bags:
        bagit.Bag(str(bag)).validate()
    for number, spoil_bag in enumerate([alter, drop, add]):
        spoilt = tmp_path / f"bag-{number}"
        shutil.copytree(bags[0], spoilt)
        spoil_bag(spoilt)
        with pytest.raises(bagit.BagValidationError):
            bagit.Bag(str(spoilt)).validate()


def alter(bag):
    spoil(sorted((bag / "data").iterdir())[0])


def drop(bag):
    sorted((bag / "data").iterdir())[0].unlink()


def add(bag):
    (bag / "data" / "another.txt").write_text("filed by nobody\n")
