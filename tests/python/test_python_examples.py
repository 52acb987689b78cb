"""The Python examples run: notebook and audit on the main job's output, Polars, and DuckDB over Parquet within its memory."""

import re
import sqlite3
from contextlib import closing
from pathlib import Path

import nbformat
from nbclient import NotebookClient

EXAMPLES = Path(__file__).resolve().parents[2] / "examples" / "python"


def test_the_notebook(main_job, monkeypatch):
    monkeypatch.setenv("YICHA_FOLDER", str(main_job))
    notebook = nbformat.read(EXAMPLES / "audit.ipynb", as_version=4)
    NotebookClient(notebook, timeout=300, kernel_name="python3").execute()
    outputs = [output for cell in notebook.cells for output in cell.get("outputs", ())]
    told = "".join(output.get("text", "") for output in outputs)
    assert "roster.tsv" in told
    verdicts = re.findall(r"^12 draws, .* after Holm: (.*)$", told, re.MULTILINE)
    assert verdicts == ["suspicious", "nothing unusual seen"]
    assert sum("image/png" in output.get("data", {}) for output in outputs) == 2


def test_the_audit_of_the_main_jobs_year(main_job, example, tmp_path):
    said = example("audit_year.py", str(main_job), str(tmp_path / "year.png"))
    with closing(sqlite3.connect(main_job / "internal" / "joint_inspection.sqlite")) as host:
        (entries,) = host.execute("SELECT count(*) FROM entry").fetchone()
        counted = "SELECT count(published) FILTER (WHERE late IS NULL), count(published) FROM result"
        in_time, published = host.execute(counted).fetchone()
    assert f": {entries} entries are those of the checkpoint (sha256)" in said
    assert 0 < in_time < published and f"published in time: {in_time} of {published} (0 are overdue)" in said
    shown = f"year.png: published in time ({in_time}), published late ({published - in_time}), open, not yet due ("
    assert shown in said, "results are per item, not per inspection"
    assert (tmp_path / "year.png").read_bytes().startswith(b"\x89PNG")


def test_polars(example):
    assert "assurance shared" in example("polars_draw.py")


def test_duckdb_in_batches_keeps_within_its_memory(example):
    said = example("duckdb_batches.py", "2000000")
    assert int(re.search(r"at most (\d+) MB", said)[1]) < 500
    assert " of 2000000 targets" in said
