"""Replay boards: an append-only log of dated facts, folded into who held which seat and office at any instant.

>>> import boardsim
>>> log = boardsim.load_case("openai-2023").log
>>> history = boardsim.replay(log)
>>> at = boardsim.instant("2023-11-17T13:00:00-08:00")
>>> history.state_at("openai", at).holders("ceo")
('mira-murati',)
"""

from boardsim.audit import audit
from boardsim.bylaws import Bylaws, Role, Threshold
from boardsim.diff import Diff, diff
from boardsim.events import (
    Amend,
    Appoint,
    Cease,
    Event,
    Fire,
    JoinCompany,
    Resign,
    Retract,
    Statement,
    Vote,
    Withdraw,
)
from boardsim.formats.log.decode import Loaded
from boardsim.formats.schema.times import instant
from boardsim.history import History, Ruling, Tenure
from boardsim.loading.cases import load_case
from boardsim.loading.text import load, loads
from boardsim.log import Assertion, Log, Org, Person
from boardsim.problems import BoardsimError, Place, Problem
from boardsim.reducers import Reason, obstacle, reduce
from boardsim.replay import replay
from boardsim.snapshot import Snapshot, snapshot
from boardsim.state import OrgState
from boardsim.voting import Tally, tally

__all__ = [
    "Amend",
    "Appoint",
    "Assertion",
    "BoardsimError",
    "Bylaws",
    "Cease",
    "Diff",
    "Event",
    "Fire",
    "History",
    "JoinCompany",
    "Loaded",
    "Log",
    "Org",
    "OrgState",
    "Person",
    "Place",
    "Problem",
    "Reason",
    "Resign",
    "Retract",
    "Role",
    "Ruling",
    "Snapshot",
    "Statement",
    "Tally",
    "Tenure",
    "Threshold",
    "Vote",
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
    "snapshot",
    "tally",
]
