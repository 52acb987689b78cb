"""Other people's draws, looked at from outside.

- `audit_folder`: what the files of one draw show: what holds and on what, what fails, what cannot be known from them.
- `History` and `audit_history`: how many draws together look, with tests, effect sizes and one rule for all of them.
- `simulate`: what rates, floors and caps cost in visits and inspector days, and what they find.
"""

from .folder import Finding, FolderReport, audit_folder
from .history import DrawRecord, History, HistoryReport, Test, audit_history
from .policy import PolicyReport, simulate

__all__ = [
    "DrawRecord",
    "Finding",
    "FolderReport",
    "History",
    "HistoryReport",
    "PolicyReport",
    "Test",
    "audit_folder",
    "audit_history",
    "simulate",
]
