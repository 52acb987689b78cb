"""The ledger in Python: one flipped byte is found, a proof holds for its entry alone, and a log is a table."""

import datetime
import pickle

import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
import yicha
from asked import FIRE, by, conference, done, request
from yicha import ledger
from yicha.errors import LedgerError, ProofError


@pytest.fixture(scope="module", params=["sha256", "sm3"])
def logged(request):
    """A log of nine entries, and its tip."""
    return log(request.param)


def log(suite):
    office, store = yicha.Office(suite), []

    def take(asked):
        decision = office.decide(asked)
        store.extend(decision.entries)
        office.commit(decision)

    for number in range(8):
        take(request(number, conference(f"2026-{number}"), hour=number))
    take(request(9, done(), actor=by("officer", FIRE), day="2026-04-20"))
    return store, office.tip


def test_the_whole_log_and_what_came_later(logged):
    store, tip = logged
    suite = tip.suite
    assert ledger.verify_log(store, tip.head, suite) == tip
    begun = ledger.verify_log(store[:5], ledger.Proofs(store[:5], suite).head, suite)
    assert begun.recorded == datetime.datetime(2026, 4, 10, 4, tzinfo=datetime.UTC)
    assert ledger.verify_suffix(begun, store[5:], tip.head) == tip
    with pytest.raises(LedgerError) as refused:
        ledger.verify_suffix(begun, store[6:], tip.head)
    assert refused.value.code == "entry-sequence"


def test_one_flipped_byte_is_found(logged):
    store, tip = logged
    for number in range(len(store)):
        for place in (0, len(store[number]) // 2, len(store[number]) - 1):
            spoilt = bytearray(store[number])
            spoilt[place] ^= 1
            changed = [*store[:number], bytes(spoilt), *store[number + 1 :]]
            with pytest.raises(LedgerError) as refused:
                ledger.verify_log(changed, tip.head, tip.suite)
            assert refused.value.values.get("line", number + 1) == number + 1


def test_a_file_has_one_entry_a_line(logged):
    store, tip = logged
    file = b"\n".join(store) + b"\n"
    assert ledger.verify_log(file, tip.head, tip.suite) == tip
    for wrong in (file[:-1], file + b"\n"):
        with pytest.raises(LedgerError) as refused:
            ledger.verify_log(wrong, tip.head, tip.suite)
        assert refused.value.code == "entry-newline"


def test_a_proof_holds_for_its_entry_alone(logged):
    store, tip = logged
    proofs = ledger.Proofs(store, tip.suite)
    assert proofs.head == tip.head and len(proofs) == 9
    for number, entry in enumerate(store):
        read = ledger.verify_entry(entry, proofs.inclusion(number), tip.head, tip.suite)
        assert read["sequence"] == number
        with pytest.raises(LedgerError):
            ledger.verify_entry(entry, proofs.inclusion((number + 1) % 9), tip.head, tip.suite)
    with pytest.raises(ProofError):
        proofs.inclusion(9)


def test_a_later_head_grew_out_of_an_earlier_one(logged):
    store, tip = logged
    proofs = ledger.Proofs(store, tip.suite)
    old = ledger.Proofs(store[:4], tip.suite).head
    ledger.verify_consistency(proofs.consistency(4), old, tip.head, tip.suite)
    other = ledger.Proofs(store[1:5], tip.suite).head
    with pytest.raises(ProofError):
        ledger.verify_consistency(proofs.consistency(4), other, tip.head, tip.suite)


def test_a_checkpoint_is_written_signed_and_read(logged):
    store, tip = logged
    checkpoint = ledger.Checkpoint("wancheng.example/yicha", tip.head, tip.suite)
    assert ledger.Checkpoint.parse(checkpoint.text) == checkpoint
    assert checkpoint.verify(store) == tip
    assert checkpoint.text.endswith("suite sm3\n") == (tip.suite == "sm3")
    note = ledger.Note(checkpoint.text, [("wancheng", b"\1\2\3\4", b"signature")])
    assert ledger.Note.parse(str(note)) == note and note.checkpoint == checkpoint
    assert ledger.read_checkpoint(bytes(note)) == (checkpoint, [("wancheng", b"\1\2\3\4", b"signature")])
    assert ledger.read_checkpoint(checkpoint.text) == (checkpoint, ())
    with pytest.raises(LedgerError) as refused:
        ledger.Checkpoint.parse(checkpoint.text.replace("\n9\n", "\n09\n"))
    assert (refused.value.code, refused.value.values["line"]) == ("note-form", 2)
    with pytest.raises(LedgerError):
        ledger.Note(checkpoint.text, [])
    with pytest.raises(LedgerError) as refused:
        checkpoint.verify(store[:-1])
    assert refused.value.values["wanted"] == (9, tip.head.root)


def test_heads_and_tips_are_read_back(logged):
    _, tip = logged
    assert ledger.Tip.parse(tip.json) == tip == pickle.loads(pickle.dumps(tip))
    assert hash(ledger.Tip.parse(tip.json)) == hash(tip)
    head = tip.head
    assert ledger.Head.parse(head.json) == head == eval(repr(head), {"Head": ledger.Head})
    assert hash(pickle.loads(pickle.dumps(head))) == hash(head)
    with pytest.raises(ValueError, match="root"):
        ledger.Head.parse({"size": 3})


def test_a_log_is_a_table(logged):
    store, _ = logged
    table = ledger.log_table(store)
    assert table["sequence"].to_pylist() == list(range(9))
    assert table.to_pylist()[8] == {
        "sequence": 8,
        "recorded": datetime.datetime(2026, 4, 20, 1, tzinfo=datetime.UTC),
        "effective": datetime.date(2026, 4, 20),
        "actor": "officer-1",
        "department": FIRE,
        "role": "officer",
        "purpose": "coordination",
        "case_kind": "conference",
        "case": "2026-1",
        "area": "conference",
        "event": "resolution-done",
        "basis": "article 7",
        "command": "c-9",
    }
    assert table["department"][0] == "", "the joint office is no department"
    for count in (
        pl.DataFrame(table).group_by("event").len().sort("event")["len"].to_list(),
        pd.DataFrame.from_arrow(table).groupby("event").size().tolist(),
    ):
        assert count == [8, 1]
    assert pa.table(table).schema.field("recorded").type == pa.timestamp("ms", "UTC")
    with pytest.raises(LedgerError) as refused:
        ledger.log_table([store[0], b"{}"])
    assert refused.value.values["line"] == 2
