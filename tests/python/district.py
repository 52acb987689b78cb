"""A small district's year, driven through the office in Python, and the folder that it leaves for auditors.

Catering in the market supervision department and the fire department: 60 targets, of which seven are drawn and inspected
together. Everything is fixed, so that a test knows what the year came to.
"""

import hashlib
import json
import sqlite3

import yicha
from asked import FIRE, MARKET, by, inspectors, kept, request

SCHEME, INDUSTRY = "2026-62", "62"
FOOD, FIRE_SAFETY = "411302-SX-0105", "411302-SX-0301"
ITEMS = {FOOD: MARKET, FIRE_SAFETY: FIRE}
SYSTEM = "国家企业信用信息公示系统（河南）"
NONCES = {MARKET: b"\1" * 32, FIRE: b"\2" * 32}
KEY = bytes([9] * 32)


class District:
    """An office with its host: the log, the files and the rows."""

    def __init__(self):
        self.office, self.store, self.files, self.rows = yicha.Office(), [], [], {}

    def take(self, command, actor, day, purpose):
        decision = self.office.decide(
            request(len(self.store), command, actor=actor, day=day, purpose=purpose, hour=2)
        )
        self.store += decision.entries
        return self.office.commit(decision)

    def feed(self, file):
        """Feeds a file of a draw and gives its digest."""
        self.files.append(file.text)
        self.office.feed_file(file.text)
        return hashlib.sha256(bytes(file)).hexdigest()

    def bring_in(self, register, department, rows, day="2026-03-20"):
        """Records an import and feeds its rows."""
        imported = self.office.imported(register, department, rows)
        command = {register.removesuffix("s"): {"import": imported}}
        self.take(command, by("platform"), day, "registers")
        self.office.feed_rows(register, department, rows)
        self.rows[register, department] = rows

    def plan(self):
        """Joint list, annual plan, items with their guides, and the scheme."""
        listed = {
            "document": "宛区双随机办〔2026〕4号",
            "items": {item: {"body": department, "department": department} for item, department in ITEMS.items()},
            "lead": MARKET,
        }
        joint, day = by("joint-office"), "2026-03-20"
        self.take({"joint-list": {"issue": {"industry": INDUSTRY, "listed": listed}}}, joint, day, "planning")
        window = {"from": "2026-05-06", "until": "2026-06-30"}
        entry = {
            "base": 60,
            "department": MARKET,
            "id": "1",
            "industry": INDUSTRY,
            "rates": {},
            "text": kept("2026年度餐饮服务联合抽查"),
            "visits": {},
            "window": {"from": "2026-04-20", "until": "2026-10-31"},
        }

        def planned(command, actor):
            [(name, fields)] = command.items()
            self.take({"annual-plan": {name: {**fields, "year": "2026"}}}, actor, day, "planning")

        planned({"propose": {"entry": entry}}, by("officer", MARKET))
        planned({"review": {"reviewed": {"entry": "1", "verdict": "accepted"}}}, joint)
        planned({"issue": {"document": "宛区双随机办〔2026〕5号"}}, joint)
        law = {"law": "中华人民共和国消防法", "place": None}
        for item, department in ITEMS.items():
            row = {
                "basis": [law],
                "body": department,
                "content": kept("检查内容"),
                "department": department,
                "from": "2024-05-01",
                "id": item,
                "joint": True,
                "kind": "general",
                "methods": ["on-site"],
                "qualifications": [],
                "until": None,
            }
            self.bring_in("items", department, [row])
            guide = {
                "department": department,
                "from": "2024-05-01",
                "item": item,
                "laws": [law],
                "methods": ["on-site"],
                "points": kept("项目"),
                "procedure": kept("程序"),
            }
            self.take({"guide": {"issue": guide}}, by("officer", department), day, "registers")
        part = {
            item: {"body": department, "department": department, "duties": None} for item, department in ITEMS.items()
        }
        scheme = {
            "entry": "1",
            "industry": INDUSTRY,
            "initiator": MARKET,
            "items": part,
            "level": "county",
            "lower": {},
            "requirements": kept("进一次门、查多项事"),
            "window": window,
            "year": "2026",
        }
        made = {"scheme": {"make": {"id": SCHEME, "scheme": scheme}}}
        self.take(made, by("officer", MARKET), "2026-04-10", "planning")

    def register(self):
        for department, initial in ((MARKET, "m"), (FIRE, "f")):
            rows = [{**row, "department": department, "id": f"{initial}{row['id'][1:]}"} for row in inspectors(4)]
            self.bring_in("inspectors", department, rows, "2026-04-10")
        target = {"division": "411302", "ended": None, "industry": "6210", "kind": "enterprise", "labels": []}
        rows = [{**target, "class": "A" if i < 40 else "D", "id": f"T{i:02}"} for i in range(60)]
        self.bring_in("targets", MARKET, rows, "2026-04-10")

    def _attempt(self, stage, announce, due):
        """Announces, and seals the day after; gives what is sealed."""
        department = stage.partition(":")[2] or MARKET
        contributions = {
            who: yicha.commit_nonce(nonce, scheme=SCHEME, stage=stage, department=who) for who, nonce in NONCES.items()
        }
        day = f"2026-04-{due - 1}"
        announcement = announce(
            scheme=SCHEME,
            contributions=contributions,
            randomness=[yicha.Randomness("中国福利彩票双色球", f"{due}-{stage}", 24, f"2026-04-{due}T01:00:00Z")],
            announced=f"{day}T01:00:00Z",
            reveal_by=f"{day}T03:00:00Z",
        )
        officer = by("officer", department)
        digest = self.feed(announcement)
        self.take({"drawing": {"announce": {"announcement": digest, "scheme": SCHEME}}}, officer, day, "draw")
        sealed = yicha.Announced.first(announcement).seal(NONCES, [b"02 03 09 13 20 31 + 05"])
        seed = {"scheme": SCHEME, "seed": self.feed(sealed.seed_file), "stage": stage}
        self.take({"drawing": {"seal": seed}}, officer, f"2026-04-{due}", "draw")
        return sealed

    def draw(self):
        """The initiator draws, and each department matches; gives the teams: target, department, inspectors."""
        roster = yicha.Roster([(f"T{i:02}", "A" if i < 40 else "D", "eligible") for i in range(60)]).commit(KEY)
        rules = [yicha.Rule("A", 100), yicha.Rule("D", 3000)]
        sealed = self._attempt("targets", lambda **about: yicha.Announcement.targets(roster, rules, **about), 14)
        drawn = sealed.draw(roster)
        self.feed(drawn.file)
        drew = {"list": self.feed(drawn.public_list), "scheme": SCHEME}
        self.take({"drawing": {"draw": drew}}, by("officer", MARKET), "2026-04-14", "draw")
        teams = {target: {} for target in sorted(drawn)}
        for department, initial, due in ((MARKET, "m", 16), (FIRE, "f", 17)):
            problem = yicha.Problem(
                department,
                salt=bytes([7] * 16),
                targets={target: ["*", "*"] for target in teams},
                inspectors={f"{initial}{i}": (10, []) for i in range(4)},
            )
            self.feed(problem)
            sealed = self._attempt(
                f"inspectors:{department}",
                lambda **about: yicha.Announcement.inspectors(department, drawn=drawn, problem=problem, **about),
                due,
            )
            matched = sealed.match_inspectors(problem)
            command = {"department": department, "matched": self.feed(matched), "scheme": SCHEME}
            self.take({"drawing": {"match": command}}, by("officer", department), f"2026-04-{due}", "draw")
            for target in teams:
                teams[target][department] = sorted(matched.at(target))
        return teams

    def act(self, case, name, actor, day, **fields):
        self.take({"inspection": {name: {"inspection": case, **fields}}}, actor, day, "inspection")

    def open(self, case, target, team):
        opening = {"leader": team[MARKET][0], "scheme": SCHEME, "target": target}
        self.act(case, "open", by("officer", MARKET), "2026-04-20", opening=opening)

    def inspect(self, case, team, results, day):
        """One visit for both items, confirmed by the target and completed on that day."""
        who = {department: {**by("inspector", department), "id": team[department][0]} for department in team}
        lead, present = who[MARKET], sorted(team[MARKET] + team[FIRE])
        self.act(case, "visit", lead, day, visited={"present": present, "reason": None})
        for item, department in ITEMS.items():
            recorded = {
                "item": item,
                "method": "on-site",
                "negative": None,
                "record": kept("检查记录表"),
                "result": results[item],
                "text": None,
            }
            self.act(case, "record", who[department], day, recorded=recorded)
        signed = {"target": {"document": kept("签字的记录"), "form": "signature"}}
        self.act(case, "confirm", lead, day, confirmed={"by": signed, "items": sorted(ITEMS)})
        self.act(case, "complete", by("officer", MARKET), day)

    def publish(self, case, item, result, day):
        """A department enters its result and publishes it."""
        officer, about = by("officer", ITEMS[item]), {"inspection": case, "item": item}
        entered = {**about, "receipt": "SJ-1", "result": result}
        self.take({"publication": {"enter": entered}}, officer, day, "publication")
        self.take({"publication": {"publish": {**about, "places": [SYSTEM]}}}, officer, day, "publication")


def year():
    """Plans, draws, inspects seven targets on 6 May and publishes all but one of the results, two of them late."""
    district = District()
    district.plan()
    district.register()
    teams = {f"JC-2026-{number}": team for number, team in enumerate(district.draw().items(), 1)}
    for case, (target, team) in teams.items():
        district.open(case, target, team)
    results = []
    for case, (_, team) in teams.items():
        problem = case in ("JC-2026-1", "JC-2026-2")
        found = {FOOD: "no-problem-found", FIRE_SAFETY: "problem-to-be-corrected" if problem else "passed"}
        district.inspect(case, team, found, "2026-05-06")
        results += [(case, item, result) for item, result in found.items()]
    for number, (case, item, result) in enumerate(results[:-1]):
        # 20 working days from 2026-05-06 end on 2026-06-02.
        district.publish(case, item, result, "2026-05-20" if number < 11 else "2026-06-05")
    return district


def leave(district, folder):
    """Writes what auditors get: the log, a checkpoint of it, the files of the draw, and the host's rows."""
    internal, public = folder / "internal", folder / "public"
    internal.mkdir(parents=True)
    public.mkdir()
    (internal / "ledger.jsonl").write_bytes(b"".join(entry + b"\n" for entry in district.store))
    checkpoint = yicha.ledger.Checkpoint("wancheng.example/yicha", district.office.head)
    (public / "checkpoint.txt").write_text(checkpoint.text, "utf-8")
    for number, file in enumerate(district.files):
        (internal / f"draw-{number}.txt").write_text(file, "utf-8")
    with sqlite3.connect(internal / "joint_inspection.sqlite") as host:
        host.execute("CREATE TABLE register_rows(register TEXT, department TEXT, rows TEXT)")
        for (register, department), rows in district.rows.items():
            lines = "".join(json.dumps(row) + "\n" for row in rows)
            host.execute("INSERT INTO register_rows VALUES (?, ?, ?)", (register, department, lines))
    host.close()
    return folder
