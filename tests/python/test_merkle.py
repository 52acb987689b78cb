"""The known answers of RFC 6962, which RFC 9162 keeps."""

import json
from hashlib import sha256

import pytest

from yicha_spec.merkle import leaf_hash, node_hash, root

pytestmark = pytest.mark.vectors


def test_roots(vectors):
    known = json.loads((vectors / "merkle" / "rfc6962_known_answers.json").read_text())
    leaves = [leaf_hash(sha256, bytes.fromhex(text)) for text in known["leaf_inputs_hex"]]
    roots = [root(sha256, leaves[:size]).hex() for size in range(1, 9)]
    assert roots == known["root_hashes_hex_size_0_to_8"][1:]


def test_nodes(vectors):
    known = json.loads((vectors / "merkle" / "rfc6962_known_answers.json").read_text())
    level = [leaf_hash(sha256, bytes.fromhex(text)) for text in known["leaf_inputs_hex"]]
    for answers in known["node_hashes_hex_by_level"]:
        assert [node.hex() for node in level] == answers
        level = [node_hash(sha256, *level[i : i + 2]) for i in range(0, len(level) - 1, 2)]
    assert level == []
