"""Joint "double random" inspections (双随机、一公开): a draw that anybody can verify.

Tables come in from and go out to pandas, Polars, PyArrow and DuckDB as they are; importing this package needs none of
them. `yicha.Office` decides what the regulation allows and answers questions, `yicha.ledger` checks what it left.
`yicha.audit` looks at other people's draws, `yicha.plot` (with matplotlib) shows what it found; both are imported when
they are asked for. `yicha.set_language("zh")` makes errors, labels and statements Chinese.

>>> import yicha
>>> roster = yicha.Roster([("T1", "A", "eligible"), ("T2", "D", "eligible")])
>>> fixed = roster.commit(bytes(32))  # a key of 32 secret random bytes: yicha.new_key()
>>> fixed.lines
2
"""

from __future__ import annotations

import os as _os

from . import errors, ledger
from ._yicha import (
    Announced,
    Announcement,
    Answer,
    Calendar,
    CaseOffice,
    Column,
    CommittedRoster,
    Deadline,
    Decision,
    Drawn,
    DrawnFile,
    Edition,
    Head,
    Matched,
    Office,
    Problem,
    PublicList,
    Randomness,
    Receipt,
    Roster,
    RosterRoot,
    Rule,
    Salts,
    Sealed,
    SeedFile,
    Shortage,
    Slip,
    Table,
    TargetDraw,
    Tip,
    Uscc,
    VoidNotice,
    Voided,
    article,
    check_code,
    code_faults,
    commit_nonce,
    uscc_faults,
    uscc_valid,
)
from .errors import Error, language, set_language
from .files import Statement, read_folder, verify
from .taxonomy import Assurance, InspectionResult, Outcome, Polarity, RiskClass, Suite

TYPE_CHECKING = False  # see errors.py
if TYPE_CHECKING:
    from . import audit as audit
    from . import plot as plot
else:

    def __getattr__(name):
        """`yicha.audit` and `yicha.plot` are imported when they are asked for: few programs need them."""
        if name not in ("audit", "plot"):
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        import importlib

        return importlib.import_module(f"{__name__}.{name}")

    def __dir__():
        return sorted({*globals(), "audit", "plot"})


__version__ = "0.1.0"


def new_key() -> bytes:
    """32 secret random bytes, for one roster or one nonce."""
    return _os.urandom(32)


def new_salt() -> bytes:
    """16 secret random bytes, for one matching problem."""
    return _os.urandom(16)


__all__ = [
    "Announced",
    "Announcement",
    "Answer",
    "Assurance",
    "Calendar",
    "CaseOffice",
    "Column",
    "CommittedRoster",
    "Deadline",
    "Decision",
    "Drawn",
    "DrawnFile",
    "Edition",
    "Error",
    "Head",
    "InspectionResult",
    "Matched",
    "Office",
    "Outcome",
    "Polarity",
    "Problem",
    "PublicList",
    "Randomness",
    "Receipt",
    "RiskClass",
    "Roster",
    "RosterRoot",
    "Rule",
    "Salts",
    "Sealed",
    "SeedFile",
    "Shortage",
    "Slip",
    "Statement",
    "Suite",
    "Table",
    "TargetDraw",
    "Tip",
    "Uscc",
    "VoidNotice",
    "Voided",
    "article",
    "check_code",
    "code_faults",
    "commit_nonce",
    "errors",
    "language",
    "ledger",
    "new_key",
    "new_salt",
    "read_folder",
    "set_language",
    "uscc_faults",
    "uscc_valid",
    "verify",
]
