"""What programs read of the smallest changes."""

from datetime import datetime
from zoneinfo import ZoneInfo

from boardsim.analysis.goals import Goal
from boardsim.analysis.reach.headcount import Counted
from boardsim.analysis.reach.reach import Reached
from boardsim.formats.notation.changes import short
from boardsim.views.json.blocks import (
    COUNT,
    DOUBTS_OF_ANSWER,
    TEXT,
    TEXTS,
    Json,
    document,
    many,
    maybe,
    moment,
    one_of,
    table,
)
from boardsim.views.json.times import moment_json


def reach_json(goal: Goal, at: datetime | None, found: Reached, zone: ZoneInfo) -> Json:
    """`boardsim/reach/2`: the solutions as `--change` takes them; `searched` is the cost up to which there is no other.

    Nothing cheaper than `cost` does it: `replayed` worlds are the proof.

    Args:
        zone: that of the log.
    """
    return {
        "schema": "boardsim/reach/2",
        "goal": goal.text,
        **moment_json("at", at, zone),
        "cost": found.cost,
        "solutions": [[short(change, zone) for change in changes] for changes in found.solutions],
        "replayed": found.replayed,
        "searched": found.searched,
        "stopped": "replays" if found.stopped == "worlds" else found.stopped,
        "refused": found.refused,
        "counted": _counted(found.counted, zone) if found.counted else None,
    }


def _counted(way: Counted, zone: ZoneInfo) -> Json:
    """The fewest ballots of one vote that do it: any so many of each of these choices."""
    choices = [{"number": number, "of": [short(change, zone) for change in changes]} for number, changes in way.choices]
    return {"vote": way.vote, "cost": way.cost, "choices": choices}


REACH = document(
    "reach",
    2,
    "The smallest changes that reach a goal, or break one.",
    {
        "goal": TEXT,
        **moment("at"),
        "cost": maybe(COUNT),
        "solutions": many(TEXTS),
        "replayed": COUNT,
        "searched": COUNT,
        "stopped": maybe(one_of(("cost", "replays"))),
        "refused": COUNT,
        "counted": maybe(table({"vote": TEXT, "cost": COUNT, "choices": many(table({"number": COUNT, "of": TEXTS}))})),
        **DOUBTS_OF_ANSWER,
    },
)
