"""Section 1: codes, numbers, instants, and the strict reading of text files."""

import re
from datetime import datetime


class Refused(Exception):
    """What a writer of the specification would not have written, or what does not hold."""


def require(holds, why):
    if not holds:
        raise Refused(why)


def code(text):
    require(re.fullmatch(r"[0-9A-Za-z][0-9A-Za-z._#-]{0,63}", text), f"not a code: {text!r}")
    return text


def free_text(text):
    require(1 <= len(text.encode()) <= 128, f"free text of 1 to 128 bytes: {text!r}")
    require(not re.search(r"[\x00-\x1f\x7f-\x9f]", text), f"a control character in {text!r}")
    return text


def number(text):
    require(re.fullmatch(r"0|[1-9][0-9]{0,19}", text) and int(text) < 1 << 64, f"not a number: {text!r}")
    return int(text)


def digest(text):
    require(re.fullmatch(r"[0-9a-f]{64}", text), f"not the hexadecimal of 32 bytes: {text!r}")
    return bytes.fromhex(text)


def salt(text):
    require(re.fullmatch(r"[0-9a-f]{32}", text), f"not the hexadecimal of 16 bytes: {text!r}")
    return bytes.fromhex(text)


def value(text):
    require(re.fullmatch(r"([0-9a-f]{2}){1,1024}", text), f"not the hexadecimal of 1 to 1024 bytes: {text!r}")
    return bytes.fromhex(text)


def instant(text):
    require(re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", text, re.ASCII), f"not an instant: {text!r}")
    try:
        datetime.strptime(text, "%Y-%m-%dT%H:%M:%SZ")
    except ValueError as e:
        raise Refused(f"not an instant: {text!r}") from e
    return text  # four-digit years in UTC sort as texts


def one_of(*words):
    def check(text):
        require(text in words, f"{text!r} is none of {words}")
        return text

    return check


def optional(check):
    """`-` stands for nothing."""
    return lambda text: None if text == "-" else check(text)


def ascending(keys, what):
    require(all(a < b for a, b in zip(keys, keys[1:])), f"{what} not sorted, or one stands twice")


def different(keys, what):
    require(len(set(keys)) == len(keys), f"{what}: one stands twice")


def rows(data):
    """The fields of every line."""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as e:
        raise Refused("not UTF-8") from e
    require(text.endswith("\n"), "the last line does not end")
    require(not text.startswith("\ufeff"), "a byte-order mark")
    lines = text[:-1].split("\n")
    for line in lines:
        require(line != "", "an empty line")
        require(not re.search(r"[\x00-\x08\x0a-\x1f\x7f-\x9f]", line), f"a control character in {line!r}")
    return [line.split("\t") for line in lines]


class Reader:
    """Takes the lines of a text file in their order; each line begins with a key, then come checked fields."""

    def __init__(self, data, heading):
        self.rows = rows(data)
        require(self.rows.pop(0) == [heading], f"not a file of {heading}")

    def next_key(self):
        return self.rows[0][0] if self.rows else None

    def fields(self, key, *checks):
        require(self.next_key() == key, f"{key!r} expected, found {self.next_key()!r}")
        _, *fields = self.rows.pop(0)
        require(len(fields) == len(checks), f"{key!r} has {len(checks)} fields, found {len(fields)}")
        return tuple(check(field) for check, field in zip(checks, fields))

    def field(self, key, check):
        return self.fields(key, check)[0]

    def all(self, key, *checks):
        found = []
        while self.next_key() == key:
            found.append(self.fields(key, *checks))
        return found

    def end(self):
        require(not self.rows, f"no line expected, found {self.rows[:1]}")


def show(field):
    if field is None:
        return "-"
    return field.hex() if isinstance(field, bytes) else str(field)


def write(heading, *lines):
    """The text of a file from its heading and its lines, each a key with fields."""
    return "".join("\t".join(map(show, line)) + "\n" for line in [(heading,), *lines]).encode()
