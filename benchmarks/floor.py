"""The floor: the least that a fold over frozen events into frozen states can cost in plain Python.

It asks no question: nobody is checked for a seat, no vote is counted, nothing is ruled on, nothing is indexed.
"""

from collections.abc import Iterable

from attrs import frozen

from benchmarks.boards import ORG, Move
from boardsim import Appoint


@frozen
class Board:
    """A board and who sits on it."""

    org: str
    seats: dict[str, Move]


def fold(events: Iterable[Move]) -> tuple[str, ...]:
    """One state an event, each dropped when the next one is there."""
    state = Board(ORG, {})
    for event in events:
        seats = {**state.seats}
        if type(event) is Appoint:
            seats[event.person] = event
        else:
            del seats[event.person]
        state = Board(state.org, seats)
    return tuple(state.seats)


def keep(events: Iterable[Move]) -> list[Board]:
    """One state an event, all of them kept, as a history must that can be asked about every instant."""
    state, states = Board(ORG, {}), []
    for event in events:
        seats = {**state.seats}
        if type(event) is Appoint:
            seats[event.person] = event
        else:
            del seats[event.person]
        state = Board(state.org, seats)
        states.append(state)
    return states
