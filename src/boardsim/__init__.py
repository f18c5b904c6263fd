"""Replay boards: an append-only log of dated facts, folded into who held which seat and office at any instant.

>>> import boardsim
>>> log = boardsim.load_case("openai-2023").log
>>> history = boardsim.replay(log)
>>> at = boardsim.instant("2023-11-17T13:00:00-08:00")
>>> history.state_at("openai", at).holders("ceo")
('mira-murati',)
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from boardsim.audits import audit
    from boardsim.bylaws import Bylaws, NamedSeat, Role, Threshold
    from boardsim.diffs import Diff, diff
    from boardsim.events import (
        Amend,
        Appoint,
        Cease,
        Death,
        Dissolve,
        Event,
        Fire,
        JoinCompany,
        Reinstate,
        Resign,
        Retract,
        Statement,
        Suspend,
        Vary,
        Vote,
        VoteCount,
        Withdraw,
    )
    from boardsim.formats.log.decode import Loaded
    from boardsim.formats.schema.times import instant
    from boardsim.history import History, Ruling, Tenure
    from boardsim.kernel import replay
    from boardsim.loading.cases import load_case
    from boardsim.loading.text import load, loads
    from boardsim.log import Assertion, Log, Org, Person, Waiver
    from boardsim.problems import BoardsimError, Place, Problem
    from boardsim.reducers import Reason, obstacle, reduce
    from boardsim.snapshots import Snapshot, snapshot
    from boardsim.state import OrgState
    from boardsim.views.page.notebook import show
    from boardsim.voting import Tally, tally

__all__ = [
    "Amend",
    "Appoint",
    "Assertion",
    "BoardsimError",
    "Bylaws",
    "Cease",
    "Death",
    "Diff",
    "Dissolve",
    "Event",
    "Fire",
    "History",
    "JoinCompany",
    "Loaded",
    "Log",
    "NamedSeat",
    "Org",
    "OrgState",
    "Person",
    "Place",
    "Problem",
    "Reason",
    "Reinstate",
    "Resign",
    "Retract",
    "Role",
    "Ruling",
    "Snapshot",
    "Statement",
    "Suspend",
    "Tally",
    "Tenure",
    "Threshold",
    "Vary",
    "Vote",
    "VoteCount",
    "Waiver",
    "Withdraw",
    "audit",
    "diff",
    "instant",
    "load",
    "load_case",
    "loads",
    "obstacle",
    "reduce",
    "replay",
    "show",
    "snapshot",
    "tally",
]

_NAMES = {
    "audits": ("audit",),
    "bylaws": ("Bylaws", "NamedSeat", "Role", "Threshold"),
    "diffs": ("Diff", "diff"),
    "events": (
        "Amend",
        "Appoint",
        "Cease",
        "Death",
        "Dissolve",
        "Event",
        "Fire",
        "JoinCompany",
        "Reinstate",
        "Resign",
        "Retract",
        "Statement",
        "Suspend",
        "Vary",
        "Vote",
        "VoteCount",
        "Withdraw",
    ),
    "formats.log.decode": ("Loaded",),
    "formats.schema.times": ("instant",),
    "history": ("History", "Ruling", "Tenure"),
    "kernel": ("replay",),
    "loading.cases": ("load_case",),
    "loading.text": ("load", "loads"),
    "log": ("Assertion", "Log", "Org", "Person", "Waiver"),
    "problems": ("BoardsimError", "Place", "Problem"),
    "reducers": ("Reason", "obstacle", "reduce"),
    "snapshots": ("Snapshot", "snapshot"),
    "state": ("OrgState",),
    "views.page.notebook": ("show",),
    "voting": ("Tally", "tally"),
}
"""What each module gives to this one; it is imported when it is asked for, so that to import boardsim costs nothing."""

_HOMES = {name: module for module, names in _NAMES.items() for name in names}


def __getattr__(name: str) -> Any:
    """Import what is asked for, once (PEP 562)."""
    if name not in _HOMES:
        message = f"module 'boardsim' has no attribute '{name}'"
        raise AttributeError(message)
    value = globals()[name] = getattr(import_module(f"boardsim.{_HOMES[name]}"), name)
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
