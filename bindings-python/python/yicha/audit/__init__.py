"""Other people's draws, looked at from outside.

- `audit_folder`: what the files of one draw show: what holds and on what, what fails, what cannot be known from them.
- `History` and `audit_history`: how many draws together look, with tests, effect sizes and one rule for all of them.
- `simulate`: what rates, floors and caps cost in visits and inspector days, and what they find.
"""

from ._found import Carrier, LeftOut
from .folder import Finding, FolderReport, audit_folder
from .history import DrawRecord, History, MatchRecord
from .policy import PolicyReport, simulate
from .report import HistoryReport, Test, audit_history

__all__ = [
    "Carrier",
    "DrawRecord",
    "Finding",
    "FolderReport",
    "History",
    "HistoryReport",
    "LeftOut",
    "MatchRecord",
    "PolicyReport",
    "Test",
    "audit_folder",
    "audit_history",
    "simulate",
]
