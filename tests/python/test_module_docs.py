"""Stubs are those of the module, the package and the examples are typed strictly, and what documentation shows is true."""

import doctest
import importlib
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
import yicha

ROOT = Path(__file__).resolve().parents[2]
EXAMPLES = ROOT / "examples" / "python"
TYPED = Path(__file__).with_name("typed.py")


def checked(*arguments):
    done = subprocess.run([sys.executable, "-m", *arguments], capture_output=True, text=True, cwd=ROOT / "target")
    assert done.returncode == 0, done.stdout + done.stderr


def test_stubs_are_those_of_the_module():
    checked("mypy.stubtest", "yicha._yicha", "--ignore-disjoint-bases")


def test_package_and_examples_are_typed():
    strict = ("mypy", "--strict", "--python-version", "3.11", "--ignore-missing-imports")
    checked(*strict, "--package", "yicha")
    examples = sorted(map(str, EXAMPLES.glob("*.py")))
    assert examples
    checked(*strict, *examples)
    checked(*strict, str(TYPED))


def test_package_and_examples_are_typed_for_another_reader(tmp_path):
    """Strict as well, but for what comes from libraries that leave types out."""
    unknown = ["Argument", "Member", "Parameter", "Variable"]
    config = {
        "include": [os.path.relpath(path, tmp_path) for path in (ROOT / "bindings-python" / "python", EXAMPLES, TYPED)],
        "pythonVersion": "3.11",
        "reportMissingModuleSource": False,  # the native module stands beside the stubs only where it is installed
        "reportMissingTypeStubs": False,
        "reportPrivateUsage": False,
        "typeCheckingMode": "strict",
        **{f"reportUnknown{what}Type": False for what in unknown},
    }
    (tmp_path / "pyrightconfig.json").write_text(json.dumps(config))
    checked("pyright", "--project", str(tmp_path), "--pythonpath", sys.executable)


@pytest.mark.parametrize("name", ["yicha", "yicha.errors", "yicha.ledger", "yicha.taxonomy"])
def test_docstrings(name):
    tried = doctest.testmod(importlib.import_module(name))
    assert tried.attempted and not tried.failed


def test_the_examples_of_the_readme(tmp_path):
    here = os.getcwd()
    os.chdir(tmp_path)
    try:
        tried = doctest.testfile(str(ROOT / "bindings-python" / "README.md"), module_relative=False)
    finally:
        os.chdir(here)
    assert tried.attempted > 10 and not tried.failed
