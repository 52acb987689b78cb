"""The canonical form of RFC 8785, within the bounds of core/docs/ledger-spec.md, section 1."""

import json

from .text import Refused, require

LARGEST = 2**53 - 1
DEEPEST = 64


def read(data):
    """The value of canonical JSON; whatever is written in another way is refused."""
    value = loads(data)
    require(write(value) == data, "not in the canonical form of RFC 8785")
    return value


def loads(data):
    """The value of JSON in any layout, whose numbers are integers and whose objects have each name once."""
    try:
        text = data.decode("utf-8")
        value = json.loads(text, object_pairs_hook=unique, parse_float=no_number, parse_constant=no_number)
    except (ValueError, RecursionError) as e:
        raise Refused(f"not JSON in UTF-8: {e}") from e
    bounded(value, 0)
    return value


def write(value):
    """The canonical bytes of a value."""
    return text(value).encode()


def text(value):
    if isinstance(value, dict):
        names = sorted(value, key=lambda name: name.encode("utf-16-be"))
        return "{" + ",".join(f"{text(name)}:{text(value[name])}" for name in names) + "}"
    if isinstance(value, list):
        return "[" + ",".join(map(text, value)) + "]"
    # A text, an integer, true, false or null, which Python writes as the RFC does.
    return json.dumps(value, ensure_ascii=False)


def unique(pairs):
    value = dict(pairs)
    require(len(value) == len(pairs), "an object has the same name twice")
    return value


def no_number(number):
    raise Refused(f"{number} is not an integer")


def bounded(value, depth):
    """Refuses numbers out of range, texts that are no Unicode, and what stands too deep."""
    if isinstance(value, (dict, list)):
        require(depth < DEEPEST, f"more than {DEEPEST} objects and lists within each other")
        for name in value:
            bounded(name, depth + 1)
        for part in value.values() if isinstance(value, dict) else ():
            bounded(part, depth + 1)
    elif isinstance(value, str):
        require(not any("\ud800" <= c <= "\udfff" for c in value), "half of a surrogate pair")
    elif type(value) is int:
        require(0 <= value <= LARGEST, f"{value} is not from 0 to {LARGEST}")
