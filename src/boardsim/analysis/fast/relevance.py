"""Which events of a log a goal can depend on: its backward cone.

From the goal backwards: an event matters if it is named, if it is a reason of one that matters, or if it can change a
seat, an office or a bylaw at which the goal looks, or the rules for an event that matters.  The cone may hold more than
it must; it never lacks anything.
"""

from collections.abc import Iterator

from boardsim import aspects
from boardsim.analysis.goals import Goal, Holder, Verdict
from boardsim.aspects import Aspect
from boardsim.history import History
from boardsim.outline import LogOutline
from boardsim.traits import dependences, touched


def cone(history: History, goal: Goal, position: int) -> list[int]:
    """The indexes of the events that the goal can depend on, in order.

    Args:
        position: how many events had taken place when the goal is asked of the state.
    """
    outline = LogOutline(history)
    asked = set(_looked_at(goal, outline))
    wanted: set[Aspect] = {aspects.ruling(event) for event in goal.events}
    found = []
    for index in range(len(history.events) - 1, -1, -1):  # what an event depends on was touched before it
        event = history.events[index]
        if index < position and asked:
            wanted |= asked
            asked = set()
        org = history.org_of(event) or ""
        if aspects.ruling(event.id) in wanted or not wanted.isdisjoint(touched(event, org, outline)):
            found.append(index)
            wanted.update(dependences(event, org, outline))
    return found[::-1]


def _looked_at(goal: Goal, outline: LogOutline) -> Iterator[Aspect]:
    """The seats at which a goal looks."""
    for term in goal.terms:
        if not isinstance(term, Verdict):
            yield aspects.seats(outline, term.org, term.role, term.person if isinstance(term, Holder) else None)
