"""A reader refuses whatever a writer would not have written: one changed, missing or additional byte."""

import json

import pytest
from samples import samples
from yicha_spec import matching, problem
from yicha_spec.text import Refused


@pytest.mark.vectors
def test_what_is_read_is_written_the_same(vectors):
    for sample in samples(vectors):
        assert sample.reads(sample.text.encode()), sample.kind
        refused = [spoilt for spoilt in sample.spoilt() if not sample.reads(spoilt)]
        assert len(refused) > len(sample.text), sample.kind
        for spoilt in (b"\xef\xbb\xbf" + sample.text.encode(), sample.text.replace("\n", "\r\n").encode()):
            assert not sample.reads(spoilt), sample.kind


def test_rust_and_python_read_the_same(vectors, answers):
    """Two readers written apart refuse the same files."""
    for sample in samples(vectors):
        files = [sample.text.encode(), *sample.spoilt()]
        asked = [json.dumps({"kind": sample.kind, "file": file.hex()}) for file in files]
        for file, rust in zip(files, answers("read", asked), strict=True):
            assert (rust == "true") == sample.reads(file), f"{sample.kind}, Rust says {rust}: {file!r}"


def test_worse_matchings_are_refused():
    balanced = problem.Problem("D", bytes(16), [("a", [[]]), ("b", [[]])], [("i", 2, []), ("j", 2, [])], [])
    matching.check_matching(balanced, [("a", 0, "i"), ("b", 0, "j")])
    for worse in ([("a", 0, "i"), ("b", 0, "i")], [("a", 0, "i")], [("a", 0, "i"), ("b", 0, "k")]):
        with pytest.raises(Refused):
            matching.check_matching(balanced, worse)


def test_shortages_that_prove_nothing_are_refused():
    short = problem.Problem("D", bytes(16), [("a", [[], []])], [("i", 1, [])], [])
    matching.check_shortage(short, [("a", 0), ("a", 1)], ["i"])
    for places, inspectors in ([("a", 0)], ["i"]), ([("a", 0), ("a", 2)], ["i"]):
        with pytest.raises(Refused):
            matching.check_shortage(short, places, inspectors)
