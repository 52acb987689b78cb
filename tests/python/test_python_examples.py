"""The Python examples run: the notebook on the main job's output, Polars, and DuckDB over Parquet within its memory."""

import re
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

EXAMPLES = Path(__file__).resolve().parents[2] / "examples" / "python"


@pytest.fixture(scope="module")
def folder(program, tmp_path_factory):
    out = tmp_path_factory.mktemp("job") / "out"
    assert program("joint_inspection", "--out", str(out)).returncode == 0
    return out


def test_the_notebook(folder, monkeypatch):
    monkeypatch.setenv("YICHA_FOLDER", str(folder))
    notebook = nbformat.read(EXAMPLES / "audit.ipynb", as_version=4)
    NotebookClient(notebook, timeout=300, kernel_name="python3").execute()
    outputs = [output for cell in notebook.cells for output in cell.get("outputs", ())]
    told = "".join(output.get("text", "") for output in outputs)
    assert "roster.tsv" in told and "suspicious" in told
    assert sum("image/png" in output.get("data", {}) for output in outputs) == 2


def test_polars(example):
    assert "assurance shared" in example("polars_draw.py")


def test_duckdb_in_batches_keeps_within_its_memory(example):
    said = example("duckdb_batches.py", "2000000")
    assert int(re.search(r"at most (\d+) MB", said)[1]) < 500
    assert " of 2000000 targets" in said
