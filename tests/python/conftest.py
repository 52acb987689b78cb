"""Where the vectors are, and the marker of the suites that `tests/run --vectors` runs."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def pytest_addoption(parser):
    parser.addoption("--vectors", default=str(ROOT / "tests" / "vectors"), help="another folder with the same files")


def pytest_generate_tests(metafunc):
    """`target_case` and `matching_case` run once for each case of their file."""
    folder = Path(metafunc.config.getoption("--vectors"))
    for argument, file in [("target_case", "target_draw.json"), ("matching_case", "inspector_matching.json")]:
        if argument in metafunc.fixturenames:
            cases = json.loads((folder / file).read_text("utf-8"))
            assert cases, f"{file} has no case"
            metafunc.parametrize(argument, cases, ids=[case["name"] for case in cases])


@pytest.fixture(scope="session")
def vectors(request):
    """The folder with the vectors."""
    return Path(request.config.getoption("--vectors"))


@pytest.fixture(scope="session")
def program():
    """Runs a program of the workspace."""

    def run(name, *arguments, given=None):
        # With the features of the Rust tests, so that what these have built serves.
        cargo = ["cargo", "run", "--quiet", "--all-features", "--bin", name, "--"]
        return subprocess.run([*cargo, *arguments], input=given, capture_output=True, text=True, cwd=ROOT)

    return run


@pytest.fixture(scope="session")
def main_job(program, tmp_path_factory):
    """The folder that the main job leaves."""
    out = tmp_path_factory.mktemp("main") / "out"
    done = program("joint_inspection", "--out", str(out))
    assert done.returncode == 0, done.stderr
    return out


@pytest.fixture(scope="session")
def example():
    """Runs a Python example, and gives what it says."""

    def run(name, *arguments, fails=False):
        script = ROOT / "examples" / "python" / name
        done = subprocess.run([sys.executable, script, *arguments], capture_output=True, text=True)
        assert (done.returncode != 0) == fails, done.stdout + done.stderr
        return done.stdout + done.stderr

    return run


@pytest.fixture(scope="session")
def answers(program):
    """Asks the Rust library: a question of tests/answers.rs and the lines for it; the lines of the answer."""

    def ask(question, lines):
        done = program("answers", question, given="".join(line + "\n" for line in lines))
        assert done.returncode == 0, done.stderr
        return done.stdout.splitlines()

    return ask
