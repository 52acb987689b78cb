"""Requests to an office, as a host would send them."""

import hashlib

MARKET = "11411302MB0001"
FIRE = "11411302MB0002"


def kept(text):
    """The digest of something that the host keeps."""
    return hashlib.sha256(text.encode()).hexdigest()


def by(role, department=None):
    return {"department": department, "id": f"{role}-1", "role": role}


def request(number, command, *, actor=None, day="2026-04-10", purpose="coordination", hour=1):
    return {
        "actor": actor or by("joint-office"),
        "command": command,
        "effective": day,
        "id": f"c-{number}",
        "purpose": purpose,
        "recorded": f"{day}T{hour:02}:00:00Z",
        "v": 1,
    }


def conference(number="2026-1", due="2026-06-30"):
    """A conference that gives the fire department something to do."""
    resolution = {"due": due, "id": "1", "owner": FIRE, "text": kept("a")}
    held = {
        "agenda": [kept("agenda")],
        "attended": [MARKET, FIRE],
        "occasion": "regular",
        "resolutions": [resolution],
    }
    return {"conference": {"hold": {"conference": number, "held": held}}}


def done(number="2026-1"):
    reported = {"report": kept("report"), "resolution": "1"}
    return {"conference": {"finish-resolution": {"conference": number, "done": reported}}}


def inspectors(number=4):
    return [
        {
            "categories": ["fire"],
            "certificate": {"number": kept(f"certificate {i}"), "until": "2027-12-31"},
            "department": FIRE,
            "divisions": ["411302"],
            "ended": None,
            "expertise": [],
            "id": f"I{i}",
            "level": "county",
            "staff": "enforcement",
        }
        for i in range(number)
    ]
