"""What is shipped: a small wheel for every CPython still supported, and a source distribution that builds."""

import os
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
MANIFEST = ("--manifest-path", "bindings-python/Cargo.toml")


def test_the_wheel():
    (wheel,) = (ROOT / "target" / "wheels").glob("yicha-*.whl")
    assert "-cp311-abi3-" in wheel.name, "3.10 ended in October 2026"
    assert wheel.stat().st_size <= 4_000_000
    names = set(zipfile.ZipFile(wheel).namelist())
    assert {"yicha/py.typed", "yicha/_yicha.pyi", "yicha/_yicha.abi3.so", "yicha/audit/__init__.py"} <= names


def test_the_source_distribution_builds(tmp_path):
    """Everything that the build reads is in it: another target folder would only compile the same dependencies again."""
    made = [sys.executable, "-m", "maturin", "sdist", *MANIFEST, "--out", str(tmp_path)]
    subprocess.run(made, cwd=ROOT, check=True, capture_output=True)
    (packed,) = tmp_path.glob("*.tar.gz")
    with tarfile.open(packed) as tar:
        tar.extractall(tmp_path, filter="data")
    (unpacked,) = [path for path in tmp_path.iterdir() if path.is_dir()]
    for source in unpacked.rglob("*.rs"):
        source.touch()  # else older than what an earlier run compiled, and taken for that
    environment = os.environ | {"CARGO_TARGET_DIR": str(ROOT / "target")}
    done = subprocess.run(
        ["cargo", "check", "--quiet", "--offline", *MANIFEST], cwd=unpacked, env=environment, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
