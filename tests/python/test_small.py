"""The small known answers: keystream, bounded integers, shuffle, void notice, codes."""

import json

import pytest

from yicha_spec import seed
from yicha_spec.stream import Stream, block
from yicha_spec.suite import Sm3, suite
from yicha_spec.text import Refused, code

pytestmark = pytest.mark.vectors


@pytest.fixture(scope="module")
def small(vectors):
    return json.loads((vectors / "small.json").read_text("utf-8"))


def test_keystream(small):
    first = bytes.fromhex(small["keystream"]["first"])
    key = bytes.fromhex(small["keystream"]["key"])
    assert block(key, 0)[: len(first)] == first


def test_uniform(small):
    stream = Stream(bytes.fromhex(small["uniform"]["key"]))
    answers = [stream.uniform(int(n)) for n in small["uniform"]["n"]]
    assert answers == [int(answer) for answer in small["uniform"]["answers"]]


def test_shuffle(small):
    stream = Stream(bytes.fromhex(small["shuffle"]["key"]))
    assert stream.shuffle(small["shuffle"]["n"]) == small["shuffle"]["answer"]


def test_void(small):
    given = small["void"]
    announcement = bytes.fromhex(given["announcement"])
    void = seed.Void(announcement, given["after"], given["reason"], given["approved_by"], given["at"])
    assert void.text().decode() == given["text"]
    assert seed.parse_void(given["text"].encode()) == void
    for name in ("sha256", "sm3"):
        assert suite(name)(void.text()).hexdigest() == given[name]
    # The stand-in for an OpenSSL without SM3 gives the same.
    assert Sm3(void.text()).hexdigest() == given["sm3"]


def test_codes(small):
    for text in small["codes"]["legal"]:
        assert code(text) == text
    for text in small["codes"]["illegal"]:
        with pytest.raises(Refused):
            code(text)
