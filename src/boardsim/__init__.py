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
    from boardsim.diffs import Diff
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
    from boardsim.facts import TenureIndex
    from boardsim.formats.log.loaded import Loaded
    from boardsim.formats.schema.times import instant
    from boardsim.history import History, Ruling, Tenure
    from boardsim.library.answer import Answer
    from boardsim.library.boards import boards
    from boardsim.library.bring import import_register
    from boardsim.library.bulk import bulk_build, bulk_query
    from boardsim.library.case import Case
    from boardsim.library.cause import cause
    from boardsim.library.check import check, list_checks
    from boardsim.library.correct import correct, retract
    from boardsim.library.diff import diff
    from boardsim.library.ensemble import ensemble
    from boardsim.library.explore import explore
    from boardsim.library.export import export
    from boardsim.library.init import init
    from boardsim.library.interlocks import interlocks
    from boardsim.library.list import cases
    from boardsim.library.load import load
    from boardsim.library.opening import open_case
    from boardsim.library.power import power
    from boardsim.library.reach import reach
    from boardsim.library.record import record
    from boardsim.library.register import register
    from boardsim.library.replay import replay
    from boardsim.library.schema import schema
    from boardsim.library.seal import seal
    from boardsim.library.show import show
    from boardsim.library.snapshot import snapshot
    from boardsim.library.table import Frame
    from boardsim.library.verify import verify
    from boardsim.library.whatif import whatif, whatifs
    from boardsim.library.why import why
    from boardsim.loading.cases import load_case
    from boardsim.loading.text import loads
    from boardsim.log import Assertion, Log, Org, Person, Waiver
    from boardsim.problems import BoardsimError, Place, Problem
    from boardsim.reducers import Reason, obstacle, reduce
    from boardsim.snapshots import Snapshot
    from boardsim.state import OrgState
    from boardsim.voting import Tally, tally

__all__ = [
    "Amend",
    "Answer",
    "Appoint",
    "Assertion",
    "BoardsimError",
    "Bylaws",
    "Case",
    "Cease",
    "Death",
    "Diff",
    "Dissolve",
    "Event",
    "Fire",
    "Frame",
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
    "TenureIndex",
    "Threshold",
    "Vary",
    "Vote",
    "VoteCount",
    "Waiver",
    "Withdraw",
    "audit",
    "boards",
    "bulk_build",
    "bulk_query",
    "cases",
    "cause",
    "check",
    "correct",
    "diff",
    "ensemble",
    "explore",
    "export",
    "import_register",
    "init",
    "instant",
    "interlocks",
    "list_checks",
    "load",
    "load_case",
    "loads",
    "obstacle",
    "open_case",
    "power",
    "reach",
    "record",
    "reduce",
    "register",
    "replay",
    "retract",
    "schema",
    "seal",
    "show",
    "snapshot",
    "tally",
    "verify",
    "whatif",
    "whatifs",
    "why",
]

_NAMES = {
    "audits": "audit",
    "facts": "TenureIndex",
    "bylaws": "Bylaws NamedSeat Role Threshold",
    "diffs": "Diff",
    "events": "Amend Appoint Cease Death Dissolve Event Fire JoinCompany "
    "Reinstate Resign Retract Statement Suspend Vary Vote VoteCount Withdraw",
    "formats.log.loaded": "Loaded",
    "formats.schema.times": "instant",
    "history": "History Ruling Tenure",
    "library.answer": "Answer",
    "library.boards": "boards",
    "library.bring": "import_register",
    "library.bulk": "bulk_build bulk_query",
    "library.case": "Case",
    "library.cause": "cause",
    "library.check": "check list_checks",
    "library.correct": "correct retract",
    "library.diff": "diff",
    "library.ensemble": "ensemble",
    "library.explore": "explore",
    "library.export": "export",
    "library.init": "init",
    "library.interlocks": "interlocks",
    "library.list": "cases",
    "library.load": "load",
    "library.opening": "open_case",
    "library.power": "power",
    "library.reach": "reach",
    "library.record": "record",
    "library.register": "register",
    "library.replay": "replay",
    "library.schema": "schema",
    "library.seal": "seal",
    "library.show": "show",
    "library.snapshot": "snapshot",
    "library.table": "Frame",
    "library.verify": "verify",
    "library.whatif": "whatif whatifs",
    "library.why": "why",
    "loading.cases": "load_case",
    "loading.text": "loads",
    "log": "Assertion Log Org Person Waiver",
    "problems": "BoardsimError Place Problem",
    "reducers": "Reason obstacle reduce",
    "snapshots": "Snapshot",
    "state": "OrgState",
    "voting": "Tally tally",
}
"""What each module gives to this one; it is imported when it is asked for, so that to import boardsim costs nothing."""

_HOMES = {name: module for module, names in _NAMES.items() for name in names.split()}


def __getattr__(name: str) -> Any:
    """Import what is asked for, once (PEP 562)."""
    if name not in _HOMES:
        message = f"module 'boardsim' has no attribute '{name}'"
        raise AttributeError(message)
    value = globals()[name] = getattr(import_module(f"boardsim.{_HOMES[name]}"), name)
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
