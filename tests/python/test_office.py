"""The office in Python: decide, store, commit; a refusal says what would be lawful; nothing is ahead of the store."""

import copy
import datetime
import json
import pickle
import threading

import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
import yicha
from asked import FIRE, by, conference, done, inspectors, request


def taken(office, store, asked):
    """What a host does with a request: the entries go into its store before the office takes them over."""
    decision = office.decide(asked)
    assert decision.builds_on == office.head
    store += decision.entries
    return office.commit(decision)


@pytest.fixture
def worked():
    """An office and its store: one conference, whose resolution is done."""
    office, store = yicha.Office(), []
    taken(office, store, request(1, conference()))
    taken(office, store, request(2, done(), actor=by("officer", FIRE), day="2026-04-20"))
    return office, store


def test_a_decision_changes_nothing_until_it_is_committed():
    office = yicha.Office()
    decision = office.decide(request(1, conference()))
    assert isinstance(decision, yicha.Decision)
    assert office.head == decision.builds_on == yicha.Tip().head and len(office) == 0
    assert len(decision) == 1 and list(decision) == decision.entries
    assert json.loads(decision.entries[0])["case"] == {"id": "2026-1", "kind": "conference"}
    reply = json.loads(decision.json)["decided"]
    assert reply["entries"] == [entry.decode() for entry in decision.entries]
    assert yicha.Head.parse(reply["next"]) == decision.next
    receipt = office.commit(decision)
    assert (receipt.command, receipt.first, receipt.count) == ("c-1", 0, 1)
    assert receipt == decision.receipt
    assert office.head == decision.next and office.tip == decision.tip


def test_a_request_is_taken_as_dict_text_or_bytes_and_means_the_same():
    asked = request(1, conference())
    text = json.dumps(asked)
    day, instant = datetime.date(2026, 4, 10), datetime.datetime(2026, 4, 10, 1, tzinfo=datetime.UTC)
    typed = {**asked, "effective": day, "recorded": instant}
    entries = [yicha.Office().decide(form).entries for form in (asked, text, text.encode(), typed)]
    assert entries.count(entries[0]) == 4
    with pytest.raises(ValueError, match="^2026-04-10 01:00:00 .* time zone"):
        yicha.Office().decide({**asked, "recorded": datetime.datetime(2026, 4, 10, 1)})


def test_a_command_that_is_sent_again_happens_once(worked):
    office, _ = worked
    head = office.head
    again = office.decide({**request(1, conference()), "recorded": "2026-05-01T00:00:00Z"})
    assert isinstance(again, yicha.Receipt) and (again.first, again.count) == (0, 1)
    with pytest.raises(yicha.errors.Refusal) as refused:
        office.decide(request(1, conference("2026-2")))
    assert refused.value.code == "command-id-taken"
    assert office.head == head


def test_a_refusal_names_rule_values_and_what_would_be_lawful(worked):
    office, _ = worked
    asked = request(3, conference("2026-2"), actor=by("department-head", FIRE), day="2026-05-01")
    with pytest.raises(yicha.errors.Refusal, match="joint-office") as refused:
        office.decide(asked)
    refusal = refused.value
    assert (refusal.code, refusal.article) == ("not-entitled-role", 7)
    assert refusal.values == {"found": "department-head", "wanted": "joint-office"}
    assert "区联席办" in refusal.message("zh") and "第7条" in refusal.basis("zh")
    # By whom it is lawful.
    assert len(office.decide({**asked, "actor": by("joint-office")})) == 1
    for wrong in (b"", "{", {**asked, "w": 1}, {**asked, "v": 2}, []):
        with pytest.raises(yicha.errors.Refusal) as refused:
            office.decide(wrong)
        assert refused.value.code == "request-unreadable"


WITHOUT = object()


def changed(asked, path, value=WITHOUT):
    """The same request with another value somewhere, or without any."""
    asked = json.loads(json.dumps(asked))
    *within, last = path
    part = asked
    for step in within:
        part = part[step]
    if value is WITHOUT:
        del part[last]
    else:
        part[last] = value
    return asked


HELD = ("command", "conference", "hold", "held")


@pytest.mark.parametrize(
    ("asked", "en", "zh"),
    [
        (changed(request(1, conference()), ["purpose"]), "missing field `purpose`", "缺少字段`purpose`"),
        (changed(request(1, conference()), ["actor", "role"]), "actor: missing field `role`", "actor：缺少字段`role`"),
        (changed(request(1, conference()), ["actor"], {"a[{:,": 1}), "actor: unknown field", "actor：没有字段`a[{:,`"),
        (changed(request(1, conference()), ["effective"], '"[{'), "effective: ", "effective：内容有误"),
        (changed(request(1, conference()), ["effective"], 5), "effective: invalid type", "effective：内容有误"),
        (
            changed(request(1, conference()), [*HELD, "agenda", 0], "省"),
            'command.conference.hold.held.agenda[0]: "省" is not',
            "command.conference.hold.held.agenda[0]：内容有误",
        ),
        (
            changed(request(1, conference()), [*HELD, "resolutions", 0, "due"]),
            "command.conference.hold.held.resolutions[0]: missing field `due`",
            "command.conference.hold.held.resolutions[0]：缺少字段`due`",
        ),
        (
            changed(request(1, conference()), ["command"], {"no": 1}),
            "command: unknown variant `no`",
            "command：没有`no`",
        ),
    ],
)
def test_what_is_wrong_with_a_request_is_told_by_its_field(asked, en, zh):
    with pytest.raises(yicha.errors.Refusal) as refused:
        yicha.Office().decide(asked)
    error = refused.value
    assert (error.code, error.values["found"].startswith(en)) == ("request-unreadable", True)
    assert error.message("en").startswith(f"not a request of version 1: {en}") and "column" not in error.message("en")
    assert zh in error.message("zh").replace("\\", "") and error.message("zh").endswith("应按账本规范第5节书写")


def test_what_is_wrong_with_a_text_is_told_by_line_and_column():
    text = json.dumps(changed(request(1, conference()), ["purpose"]), indent=1)
    with pytest.raises(yicha.errors.Refusal) as refused:
        yicha.Office().decide(text)
    line = text.count("\n") + 1
    assert refused.value.values["found"] == f"missing field `purpose` at line {line} column 1"
    assert f"缺少字段`purpose`，在第{line}行第1列" in refused.value.message("zh")
    with pytest.raises(yicha.errors.Refusal) as refused:
        yicha.Office().ask({"question": {"due": {}}, "v": 1})
    assert refused.value.values["found"] == "question.due: missing field `day`"
    with pytest.raises(ValueError, match="missing field `root`$"):
        yicha.Head.parse({"size": 1})


def test_a_decision_on_another_head_is_not_committed_and_decided_again(worked):
    office, store = worked
    slow = yicha.Office.replay(store, office.head)
    late = slow.decide(request(4, conference("2026-4"), day="2026-05-01"))
    taken(office, store, request(3, conference("2026-3"), day="2026-05-01"))
    slow.catch_up(store[2:], office.head)
    with pytest.raises(yicha.errors.Refusal) as refused:
        slow.commit(late)
    assert refused.value.code == "head-moved"
    assert slow.head == office.head
    taken(slow, store, request(4, conference("2026-4"), day="2026-05-01"))
    assert len(slow) == 4


def test_a_log_is_replayed_to_its_head_and_to_no_other(worked):
    office, store = worked
    log = b"".join(entry + b"\n" for entry in store)
    for form in (store, log, log.decode(), iter(store)):
        assert yicha.Office.replay(form, office.head).tip == office.tip
    with pytest.raises(yicha.errors.LedgerError) as refused:
        yicha.Office.replay(store[:1], office.head)
    assert refused.value.code == "ledger-head"
    with pytest.raises(yicha.errors.LedgerError) as refused:
        yicha.Office.replay(store[1:], office.head)
    assert (refused.value.code, refused.value.values["line"]) == ("entry-sequence", 1)
    assert len(office) == 2
    with pytest.raises(yicha.errors.LedgerError):
        office.catch_up(store[:1], office.head)
    assert len(office) == 2, "what is refused changes nothing"


def test_a_snapshot_stands_for_the_log_and_damage_is_found(worked):
    office, store = worked
    snapshot = office.snapshot()
    restored = yicha.Office.restore(snapshot)
    assert restored.tip == office.tip and restored.snapshot() == snapshot
    taken(restored, store, request(3, conference("2026-3"), day="2026-05-01"))
    assert yicha.Office.replay(store, restored.head).snapshot() == restored.snapshot()
    with pytest.raises(yicha.errors.Refusal) as refused:
        yicha.Office.restore(snapshot.replace(b"2026-1", b"2026-7"))
    assert refused.value.code == "snapshot-damaged"


def test_a_question_is_answered_as_of_the_head(worked):
    office, store = worked
    question = {"question": {"open": {"day": "2026-04-15"}}, "v": 1}
    answer = office.ask(question)
    assert answer["head"] == json.loads(office.head.json)
    assert answer["answer"]["open"]["duties"] == []
    before = yicha.Office.replay(store[:1], yicha.ledger.Proofs(store[:1]).head)
    [duty] = before.ask(question)["answer"]["open"]["duties"]
    assert (duty["department"], duty["due"]) == (FIRE, "2026-06-30")
    with pytest.raises(yicha.errors.Refusal) as refused:
        office.ask({"question": {"opened": {}}, "v": 1})
    assert refused.value.code == "question-unreadable"


ROWS = {
    "dicts": lambda rows: rows,
    "lines": lambda rows: "".join(json.dumps(row) + "\n" for row in rows),
    "bytes": lambda rows: b"".join(json.dumps(row).encode() + b"\n" for row in rows),
    "dates": lambda rows: [
        {**row, "certificate": {**row["certificate"], "until": datetime.date(2027, 12, 31)}} for row in rows
    ],
    "columns": lambda rows: {name: [row[name] for row in rows] for name in rows[0]},
    "series": lambda rows: {name: pd.Series([row[name] for row in rows], dtype=object) for name in rows[0]},
    "pyarrow": lambda rows: pa.Table.from_pylist(rows),
    "polars": lambda rows: pl.DataFrame(rows),
    "pandas": lambda rows: pd.DataFrame(rows),
}


@pytest.mark.parametrize("form", ROWS)
def test_rows_of_an_import_are_fed_from_any_table(form):
    rows = ROWS[form](inspectors())
    office = yicha.Office()
    imported = office.imported("inspectors", FIRE, rows)
    assert (imported["count"], imported["department"]) == (4, FIRE)
    taken(office, [], request(1, {"inspector": {"import": imported}}, actor=by("platform"), purpose="registers"))
    about = {"question": {"inspector": {"inspector": "I2", "period": {"from": "2026-01-01", "until": "2026-12-31"}}}}
    with pytest.raises(yicha.errors.Refusal) as refused:
        office.feed_rows("inspectors", FIRE, inspectors(3))
    assert (refused.value.code, refused.value.article) == ("register-rows-differ", None)
    office.feed_rows("inspectors", FIRE, rows)
    assert office.ask({**about, "v": 1})["answer"]["inspector"]["inspector"] == "I2"


def test_a_row_that_cannot_stand_in_a_register_is_told_with_its_place():
    rows = inspectors()
    rows[2] = {**rows[2], "id": "I1"}
    with pytest.raises(yicha.errors.Refusal) as refused:
        yicha.Office().imported("inspectors", FIRE, rows)
    assert (refused.value.code, refused.value.values["row"]) == ("register-row-twice", 3)
    del rows[1]["certificate"]["until"]
    with pytest.raises(yicha.errors.Refusal) as refused:
        yicha.Office().imported("inspectors", FIRE, rows)
    assert refused.value.values == {"found": "certificate: missing field `until`", "row": 2}
    assert refused.value.message("zh").startswith('第2行：不是该名录的一行："certificate：缺少字段`until`"')
    with pytest.raises(ValueError, match="inspectors"):
        yicha.Office().imported("people", FIRE, [])


def imported(rows):
    return yicha.Office().imported("inspectors", FIRE, rows)


def test_a_midnight_of_a_table_is_a_day_and_another_time_needs_a_zone():
    day, rows = datetime.date(2026, 4, 1), inspectors()
    rows[1]["ended"] = day
    noon = datetime.datetime(2026, 4, 1, 12)
    midnights = {**ROWS["columns"](rows), "ended": pd.Series([None, pd.Timestamp(day), None, None])}
    assert imported(midnights) == imported(pd.DataFrame(midnights)) == imported(rows)
    for wrong in ([*rows[:2], {**rows[2], "ended": noon}], pd.DataFrame({**midnights, "ended": [noon] * 4}).iloc[:1]):
        with pytest.raises(yicha.errors.TableError) as refused:
            imported(wrong)
        error = refused.value
        assert (error.code, error.values["column"], error.values["row"]) == ("table-value", "ended", len(wrong))
        assert "in row" in error.message("en") and f"ended列第{len(wrong)}行" in error.message("zh")


def test_rows_of_a_register_are_dicts_and_their_columns_have_an_order():
    for rows in ([1], [None], ["ab"], [("id", "I1")]):
        with pytest.raises(TypeError, match="row 1 is .*; a dict would be right"):
            imported(rows)
    columns = ROWS["columns"](inspectors())
    for column in (set(columns["id"]), dict.fromkeys(columns["id"], 1)):
        with pytest.raises(TypeError, match="column 'id' is .*; a list with a value for each row"):
            imported({**columns, "id": column})


def test_columns_of_a_register_are_as_long_as_each_other():
    columns = ROWS["columns"](inspectors())
    with pytest.raises(yicha.errors.TableError) as refused:
        imported({**columns, "staff": ["enforcement"]})
    assert refused.value.values == {"column": "staff", "found": 1, "wanted": 4}
    for single in (inspectors(1)[0], {"staff": None}):
        with pytest.raises(TypeError, match="a list with a value for each row would be right"):
            imported(single)


def test_single_cases_never_pass_for_all(worked):
    office, store = worked
    proofs = yicha.ledger.Proofs(store)
    proved = [(entry, proofs.inclusion(i)) for i, entry in enumerate(store)]
    for part in (
        yicha.CaseOffice.proved(office.tip, ["JC-2026-1"], proved),
        yicha.CaseOffice.vouched(office.tip, ["JC-2026-1"], store),
    ):
        assert part.head == office.head
        # A conference is loaded whatever is named.
        decision = part.decide(request(3, conference("2026-3"), day="2026-05-01"))
        assert decision.entries == office.decide(request(3, conference("2026-3"), day="2026-05-01")).entries
        part.commit(decision)
        assert len(part) == 3
        with pytest.raises(yicha.errors.Refusal) as refused:
            part.ask({"question": {"due": {"day": "2026-05-01"}}, "v": 1})
        assert refused.value.code == "case-not-loaded"
    proved[1] = (store[1], proofs.inclusion(0))
    with pytest.raises(yicha.errors.LedgerError):
        yicha.CaseOffice.proved(office.tip, ["JC-2026-1"], proved)


def test_many_threads_ask_while_one_decides(worked):
    office, store = worked
    wrong, stop = [], threading.Event()

    def ask():
        while not stop.is_set():
            answer = office.ask({"question": {"open": {"day": "2026-06-01"}}, "v": 1})
            # Every conference after the first two entries has its resolution open.
            if len(answer["answer"]["open"]["duties"]) != answer["head"]["size"] - 2:
                wrong.append(answer)

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for number in range(3, 60):
        taken(office, store, request(number, conference(f"2026-{number}"), day="2026-05-01"))
    stop.set()
    for thread in threads:
        thread.join()
    assert not wrong and len(office) == 59


def test_another_suite_another_edition_another_calendar():
    edition = yicha.Edition.parse(yicha.Edition.wancheng_2026().text.replace("2026-03-20", "2026-04-15"))
    office = yicha.Office("sm3", edition=edition, calendar=yicha.Calendar.plain())
    assert office.tip.suite == "sm3"
    with pytest.raises(yicha.errors.Refusal) as refused:
        office.decide(request(1, conference(), day="2026-04-14"))
    assert (refused.value.code, refused.value.article) == ("outside-edition", 28)
    assert len(office.decide(request(1, conference(), day="2026-04-15"))) == 1
    with pytest.raises(ValueError, match="sha256"):
        yicha.Office("md5")


def test_an_edition_tells_its_numbers_and_their_days():
    edition = yicha.Edition.wancheng_2026()
    day = datetime.date(2026, 3, 20)
    assert edition.first_day == day and edition.last_day is None
    assert edition.value("publication_workdays", day) == 20
    with pytest.raises(yicha.errors.EditionError) as refused:
        edition.value("publication_workdays", day - datetime.timedelta(1))
    assert (refused.value.code, refused.value.article) == ("outside-edition", 28)
    with pytest.raises(KeyError):
        edition.value("publication_days", day)
    rows = {row["name"]: row for row in edition.parameters}
    assert rows["minimum_inspectors"]["value"] == 2 and rows["publication_workdays"]["from"] == day
    copies = yicha.Edition.parse(edition.text), pickle.loads(pickle.dumps(edition)), copy.copy(edition)
    assert all(same == edition and hash(same) == hash(edition) for same in copies)
    assert yicha.Edition.parse(edition.text.replace("2026-03-20", "2026-03-21")) != edition
    assert yicha.Edition.parse(edition.text.replace("第21条", "第22条")) != edition


def test_all_faults_of_an_edition_are_told_at_once():
    text = yicha.Edition.wancheng_2026().text
    wrong = json.loads(text)
    wrong["parameters"]["minimum_inspectors"][0]["value"] = 0
    wrong["parameters"]["plan_due_month"][0]["from"] = "soon"
    with pytest.raises(yicha.errors.EditionError) as refused:
        yicha.Edition.parse(json.dumps(wrong))
    told = [refused.value, *refused.value.values["others"]]
    assert [(fault.code, fault.values["place"]) for fault in told] == [
        ("edition-out-of-bounds", "parameters.minimum_inspectors[0].value"),
        ("edition-not-day", "parameters.plan_due_month[0].from"),
    ]
    assert yicha.Edition.parse(text).document == "宛区双随机办〔2026〕3号"
