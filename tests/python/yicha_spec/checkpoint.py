"""Heads and their checkpoints: core/docs/ledger-spec.md, sections 3 and 4."""

import re
from base64 import b64decode, b64encode
from dataclasses import dataclass

from .text import Refused, number, require


@dataclass(frozen=True)
class Head:
    """How many entries a log has, and the root over them."""

    size: int
    root: bytes


@dataclass(frozen=True)
class Checkpoint:
    origin: str
    head: Head
    suite: str

    def write(self):
        """Its text, without signatures."""
        suite = "suite sm3\n" if self.suite == "sm3" else ""
        return f"{self.origin}\n{self.head.size}\n{b64encode(self.head.root).decode()}\n{suite}".encode()


def read(data):
    """A checkpoint with or without signatures. They are read and not verified: the keys are the host's."""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as e:
        raise Refused("not UTF-8") from e
    body, empty, signatures = text.partition("\n\n")
    if empty:
        require(signatures.endswith("\n"), "the last signature does not end")
        for line in signatures[:-1].split("\n"):
            signature(line)
        text = body + "\n"
    return unsigned(text)


def unsigned(text):
    require(text.endswith("\n"), "the last line does not end")
    lines = text[:-1].split("\n")
    require(lines[3:] in ([], ["suite sm3"]) and len(lines) >= 3, f"not the lines of a checkpoint: {lines}")
    origin, size, root, *suite = lines
    root = base64(root)
    require(len(root) == 32, "the root has not 32 bytes")
    require(not re.search(r"[\x00-\x1f\x7f-\x9f]", origin), f"a control character in {origin!r}")
    return Checkpoint(name(origin), Head(number(size), root), "sm3" if suite else "sha256")


def signature(line):
    dash, space, rest = line.partition(" ")
    require((dash, space) == ("\u2014", " "), f"not a signature: {line!r}")
    key, _, value = rest.partition(" ")
    name(key)
    require(len(base64(value)) > 4, f"no signature behind the key's hash: {line!r}")


def name(text):
    """An origin, or the name of a key."""
    require(text, "a name is empty")
    require(not any(c.isspace() or c == "+" for c in text), f"white space or a plus sign in {text!r}")
    return text


def base64(text):
    """Base64 in its one form, with its padding."""
    try:
        data = b64decode(text.encode("ascii"), validate=True)
    except ValueError as e:
        raise Refused(f"not base64: {text!r}") from e
    require(b64encode(data).decode() == text, f"not the base64 of anything: {text!r}")
    return data
