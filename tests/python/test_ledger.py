"""A ledger of the Rust library holds for a verifier that was written from the page alone, and every change is found."""

import json
import subprocess
import sys
from base64 import b64encode
from pathlib import Path

import pytest
from yicha_spec import canonical, checkpoint, ledger
from yicha_spec.checkpoint import Checkpoint
from yicha_spec.ledger import Tip, verify_consistency, verify_entry, verify_log, verify_suffix
from yicha_spec.merkle import leaf_hash
from yicha_spec.suite import suite as hash_of
from yicha_spec.text import Refused

SUITES = ["sha256", "sm3"]
ORIGIN = "wancheng.example/yicha"


class Stored:
    """What `ledgers` has written for one suite."""

    def __init__(self, folder):
        self.folder, self.suite = folder, folder.name
        self.log = self.file("log")
        self.entries = ledger.lines(self.log)
        self.head = self.at(len(self.entries))

    def file(self, *names):
        return self.folder.joinpath(*map(str, names)).read_bytes()

    def at(self, size):
        return checkpoint.read(self.file("checkpoint", size)).head

    def tip(self, size):
        return Tip.read(self.file("tip", size))


@pytest.fixture(scope="session")
def ledgers(program, tmp_path_factory):
    folder = tmp_path_factory.mktemp("ledgers")
    done = program("ledgers", str(folder))
    assert done.returncode == 0, done.stderr
    return {suite: Stored(folder / suite) for suite in SUITES}


@pytest.fixture(params=SUITES)
def stored(request, ledgers):
    return ledgers[request.param]


def joined(entries):
    return b"".join(entry + b"\n" for entry in entries)


def head_over(suite, entries):
    tip = Tip(suite)
    for entry in entries:
        tip = tip.push(leaf_hash(hash_of(suite), entry), None)
    return tip.head()


def holds(suite, log, head):
    try:
        verify_log(suite, ledger.lines(log), head)
    except Refused:
        return False
    return True


def test_a_whole_log_holds(stored):
    tip = verify_log(stored.suite, stored.entries, stored.head)
    assert tip == stored.tip(len(stored.entries)) and tip.size > 40
    assert checkpoint.read(stored.file("head")).head == stored.head
    read = [ledger.entry(entry) for entry in stored.entries]
    assert {entry["command"]["count"] for entry in read} == {1, 2}
    assert {entry["actor"]["role"] for entry in read} >= {"joint-office", "officer", "inspector"}


def test_what_came_behind_a_tip_holds(stored):
    sizes = sorted(int(path.name) for path in (stored.folder / "tip").iterdir())
    end = len(stored.entries)
    assert sizes[0] == 0 and len(sizes) == end, "a tip after every command, one of which has two entries"
    for size in sizes[:-1]:
        tip, rest = stored.tip(size), stored.entries[size:]
        assert tip.head() == stored.at(size)
        assert verify_suffix(tip, rest, stored.head) == stored.tip(end)
        for other in (rest[:-1], rest[1:], stored.entries):
            if other != rest:
                with pytest.raises(Refused):
                    verify_suffix(tip, other, stored.head)


def test_each_entry_is_proved(stored):
    for index, entry in enumerate(stored.entries):
        proof = stored.file("inclusion", index)
        assert verify_entry(stored.suite, entry, proof, stored.head)["sequence"] == index
        other = stored.entries[index - 1]
        for wrong in ((other, proof, stored.head), (entry, proof, stored.at(index))):
            with pytest.raises(Refused):
                verify_entry(stored.suite, *wrong)
        for name, value in [("index", index + 1), ("path", []), ("v", 2), ("w", 0)]:
            with pytest.raises(Refused):
                verify_entry(stored.suite, entry, json.dumps(json.loads(proof) | {name: value}).encode(), stored.head)


def test_two_checkpoints_are_of_one_log(stored):
    for size in range(1, len(stored.entries) + 1):
        proof, old = stored.file("consistency", size), stored.at(size)
        verify_consistency(stored.suite, proof, old, stored.head)
        other = head_over(stored.suite, [*stored.entries[: size - 1], b"another"])
        path = json.loads(proof)["path"]
        longer = json.dumps({"path": [*path, "00" * 32], "v": 1}).encode()
        for wrong in ((proof, other, stored.head), (longer, old, stored.head)):
            with pytest.raises(Refused):
                verify_consistency(stored.suite, *wrong)
        if path:
            with pytest.raises(Refused):
                verify_consistency(stored.suite, json.dumps({"path": path[1:], "v": 1}).encode(), old, stored.head)


def test_every_flipped_bit_of_a_small_log_is_found(ledgers):
    stored = ledgers["sha256"]
    log, head = bytearray(joined(stored.entries[:3])), stored.at(3)
    assert holds("sha256", bytes(log), head)
    for at in range(len(log)):
        for bit in range(8):
            log[at] ^= 1 << bit
            assert not holds("sha256", bytes(log), head), f"bit {bit} of byte {at}"
            log[at] ^= 1 << bit
    assert holds("sha256", bytes(log), head)


def test_a_flipped_bit_in_each_line_of_a_log_is_found_by_both_readers(stored, answers):
    head, changed = stored.file("head").decode(), []
    at = 0
    for number, entry in enumerate(stored.entries):
        log = bytearray(stored.log)
        log[at + (number * 53) % (len(entry) + 1)] ^= 1 << number % 8
        changed.append(bytes(log))
        at += len(entry) + 1
    assert not any(holds(stored.suite, log, stored.head) for log in changed)
    asked = [json.dumps({"head": head, "log": log.hex()}) for log in [stored.log, *changed]]
    said = answers("ledger", asked)
    assert said[0] == "ok" and "ok" not in said[1:]


def test_removed_doubled_swapped_and_missing_lines_are_found_by_both_readers(stored, answers):
    entries, logs = stored.entries, []
    for at in range(0, len(entries) - 1, 5):
        logs.append(entries[:at] + entries[at + 1 :])
        logs.append(entries[:at] + [entries[at]] + entries[at:])
        logs.append(entries[:at] + [entries[at + 1], entries[at]] + entries[at + 2 :])
        logs.append(entries[:at])
    files = [joined(log) for log in logs]
    files += [stored.log[:-1], stored.log + b"\n", stored.log.replace(b"\n", b"\r\n"), b"\xef\xbb\xbf" + stored.log]
    assert not any(holds(stored.suite, log, stored.head) for log in files)
    head = stored.file("head").decode()
    said = answers("ledger", [json.dumps({"head": head, "log": log.hex()}) for log in files])
    assert len(said) == len(files) and "ok" not in said


def spoilt(entries):
    """Logs that nobody writes, although each is hashed as it is: what is wrong with it, and the entries."""
    first, second, third = map(json.loads, entries[:3])

    def change(*path, to):
        value = json.loads(entries[1])
        inner = value
        for name in path[:-1]:
            inner = inner[name]
        inner[path[-1]] = to
        return [canonical.write(entry) for entry in (first, value, third)]

    yield "another version", change("v", to=2)
    yield "a version that is a text", change("v", to="1")
    yield "an unknown field", change("w", to=0)
    yield "an unknown field of the actor", change("actor", "name", to="x")
    yield "a role with a department that it has not", change("actor", "role", to="platform")
    yield "a role without its department", change("actor", "department", to=None)
    yield "an unknown role", change("actor", "role", to="mayor")
    yield "no code", change("actor", "id", to="王五")
    yield "no basis", change("basis", to=[])
    yield "an article that does not exist", change("basis", to=[{"article": 29}])
    yield "the article 0", change("basis", to=[{"article": 0}])
    yield "an unknown basis", change("basis", to=[{"custom": "always"}])
    yield "a basis of two", change("basis", to=[{"article": 4, "other": "x"}])
    yield "an unknown kind of case", change("case", "kind", to="rumour")
    yield "a short digest", change("command", "digest", to="00")
    yield "a digest in capitals", change("command", "digest", to="AB" * 32)
    yield "an index behind the count", change("command", "index", to=1)
    yield "a count of none", change("command", "count", to=0)
    yield "a count of two that are not there", change("command", "count", to=2)
    yield "the id of another command", change("command", "id", to=first["command"]["id"])
    yield "a day that does not exist", change("effective", to="2026-02-30")
    yield "a day in another form", change("effective", to="20260320")
    yield "an unknown area", change("event", to={"rumour": {"raised": {}}})
    yield "an unknown event", change("event", to={"conference": {"cancelled": {}}})
    yield "two events", change("event", to={"closing": "closed", "conference": "closed"})
    yield "an unknown purpose", change("purpose", to="curiosity")
    yield "an instant with a fraction", change("recorded", to="2026-03-20T02:00:00.5Z")
    yield "an instant in another zone", change("recorded", to="2026-03-20T10:00:00+08:00")
    yield "an instant before the one before", change("recorded", to="2026-03-20T01:59:59Z")
    yield "a number that is missing", change("sequence", to=2)
    yield "a number that stands twice", change("sequence", to=0)
    true = entries[1].decode()
    for what, text in [
        ("a space", true.replace(",", ", ", 1)),
        ("an escape that need not be", true.replace('"id"', '"i\\u0064"', 1)),
        ("fields in another order", true[:-7].replace("{", '{"v":1,', 1) + "}"),
        ("a field twice", true[:-1] + ',"v":1}'),
        ("a float", true[:-2] + "1.0}"),
        ("a large number", true[:-2] + "9007199254740992}"),
        ("a minus", true.replace('"sequence":1', '"sequence":-1')),
    ]:
        assert text != true, what
        yield what, [entries[0], text.encode(), entries[2]]


def test_what_nobody_writes_is_refused_by_both_readers(stored, answers):
    """The head is that of the spoilt log, so it is not by its hash that it is found."""
    logs = [("nothing", stored.entries[:3]), *spoilt(stored.entries)]
    heads = [head_over(stored.suite, entries) for _, entries in logs]
    texts = [Checkpoint(ORIGIN, head, stored.suite).write().decode() for head in heads]
    asked = [{"head": text, "log": joined(entries).hex()} for text, (_, entries) in zip(texts, logs)]
    rust = answers("ledger", map(json.dumps, asked))
    for (what, entries), head, said in zip(logs, heads, rust, strict=True):
        assert holds(stored.suite, joined(entries), head) == (what == "nothing"), what
    taken = [what for (what, _), said in zip(logs, rust) if said == "ok"]
    assert taken == ["nothing"]


def test_a_command_is_whole_and_of_one_piece(stored):
    entries = [json.loads(entry) for entry in stored.entries]
    at = next(i for i, entry in enumerate(entries) if entry["command"]["count"] == 2)
    pair = entries[at : at + 2]
    tip = stored.tip(at)

    def check(pair):
        behind = [canonical.write(entry) for entry in pair]
        last = tip
        for entry in behind:
            last = last.push(leaf_hash(hash_of(stored.suite), entry), None)
        verify_suffix(tip, behind, last.head())

    check(pair)
    with pytest.raises(Refused, match="within a command"):
        check(pair[:1])
    later = {"actor": pair[0]["actor"] | {"id": "x"}, "effective": "2026-08-04", "purpose": "risk-monitoring"}
    for name, value in (later | {"recorded": "2026-08-03T02:00:01Z"}).items():
        with pytest.raises(Refused, match=f"another '{name}'"):
            check([pair[0], pair[1] | {name: value}])
    for name, value in {"id": "x", "digest": "00" * 32, "count": 3, "index": 0}.items():
        with pytest.raises(Refused, match="expected, found"):
            check([pair[0], pair[1] | {"command": pair[1]["command"] | {name: value}}])


def test_the_canonical_form_is_that_of_rfc_8785():
    # The names of RFC 8785, section 3.2.3, in the order of their UTF-16 code units, and its escapes.
    names = ["\r", "1", "\x80", "\xf6", "\u20ac", "\U0001f600", "\ufb33"]
    written = canonical.write({name: "\b\t\n\f\r\"\\/\x01\x7f" for name in reversed(names)})
    value = '"\\b\\t\\n\\f\\r\\"\\\\/\\u0001\x7f"'
    assert written.decode() == "{" + ",".join(f'{json.dumps(n, ensure_ascii=False)}:{value}' for n in names) + "}"
    assert canonical.read(written) == json.loads(written)
    deep = b"[" * canonical.DEEPEST + b"]" * canonical.DEEPEST
    assert canonical.read(deep)
    no_text = (b'"\\ud800"', b'"\xff"', b"\xef\xbb\xbf1", b"")
    for wrong in (b"[" + deep + b"]", b"[" * 10**6, b"-0", b"1e1", b"NaN", *no_text):
        with pytest.raises(Refused):
            canonical.read(wrong)


@pytest.fixture
def text(stored):
    return stored.file("head").decode()


def test_a_checkpoint_is_written_as_it_was_read(stored, text):
    assert checkpoint.read(text.encode()).write() == text.encode()
    assert checkpoint.read(text.encode()).origin == ORIGIN
    key = b64encode(bytes(4) + b"signature").decode()
    signed = f"{text}\n\u2014 wancheng.example {key}\n\u2014 witness.example {key}\n"
    assert checkpoint.read(signed.encode()) == checkpoint.read(text.encode())


def test_a_checkpoint_has_one_form(text, answers):
    """The Rust reader refuses the same; what is signed it reads as a note, and is left out."""
    origin, size, root, *_ = text.split("\n")
    lines = [
        text.replace(origin, "", 1),
        text.replace(origin, "a b", 1),
        text.replace(origin, "a+b", 1),
        text.replace(origin, "a\u3000b", 1),
        text.replace(origin, "a\u0085b", 1),
        text.replace(f"\n{size}\n", f"\n0{size}\n"),
        text.replace(f"\n{size}\n", f"\n+{size}\n"),
        text.replace(f"\n{size}\n", f"\n{1 << 64}\n"),
        text.replace(root, root[:-1]),
        text.replace(root, root[:-2] + "F="),
        text.replace(root, root[:-4]),
        text.replace("=\n", "=\nsuite md5\n"),
        text.replace("=\n", "=\nsuite sha256\n"),
        text + "more\n",
        text + "\n",
        text[:-1],
        text.replace("\n", "\r\n"),
    ]
    for wrong in lines:
        assert wrong != text
        with pytest.raises(Refused):
            checkpoint.read(wrong.encode())
    asked = [json.dumps({"head": wrong, "log": ""}) for wrong in lines]
    assert set(answers("ledger", asked)) == {"note-form"}
    good = b64encode(bytes(5)).decode()
    dash = "\u2014"
    for line in (f"- key {good}", f"{dash} {good}", f"{dash} a+b {good}", f"{dash} key AAAAAA==", f"{dash} key AAAAAAA", ""):
        with pytest.raises(Refused):
            checkpoint.read(f"{text}\n{line}\n".encode())


def run(*arguments):
    command = [sys.executable, "-m", "yicha_spec.ledger", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, cwd=Path(__file__).parent)


def test_the_command_line_says_what_holds(stored, tmp_path):
    folder, size = stored.folder, len(stored.entries)
    said = run(folder / "log", folder / "head")
    assert said.returncode == 0 and f"{size} entries lead to the head of {size}, {stored.suite}" in said.stdout
    rest = tmp_path / "rest"
    rest.write_bytes(joined(stored.entries[9:]))
    said = run(rest, folder / "head", "--tip", folder / "tip" / "9")
    assert said.returncode == 0 and f"{size - 9} entries lead" in said.stdout
    said = run(rest, folder / "head")
    assert said.returncode == 1 and "does not hold: line 1: number 9 where 0 follows" in said.stderr
