"""The same board in the `eventsourcing` package, in the two styles of its examples.

Import it only where that package is installed.  Events go into the package's own in-memory recorder (POPO) and are
read back by its own repository, with its own JSON mapping, as an application's user would.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import singledispatch
from typing import Any
from uuid import UUID, uuid5

from eventsourcing.application import Application
from eventsourcing.domain import Aggregate, event

from benchmarks.boards import FIRST, Move
from boardsim import Appoint

Read = Callable[[int | None], tuple[str, ...]]
"""Who sits after that many moves; after all of them where it is None."""

_ID = uuid5(UUID(int=0), "board")
_CHUNK = 1000


class Board(Aggregate):  # type: ignore[misc] # the package is optional, so the type checker does not see it
    """The declarative style: methods whose calls are events."""

    @event("Founded")  # type: ignore[untyped-decorator,unused-ignore]
    def __init__(self) -> None:
        self.seats: dict[str, str] = {}

    @event("Appointed")  # type: ignore[untyped-decorator,unused-ignore]
    def appoint(self, person: str, role: str) -> None:
        """Somebody takes a seat."""
        self.seats[person] = role

    @event("Resigned")  # type: ignore[untyped-decorator,unused-ignore]
    def resign(self, person: str, role: str) -> None:  # noqa: ARG002 -- an event's field
        """Somebody gives it up."""
        del self.seats[person]


@dataclass(frozen=True)
class Changed:
    """The functional style: what every event of a board has."""

    originator_id: UUID
    originator_version: int
    timestamp: datetime


@dataclass(frozen=True)
class Founded(Changed):
    """There is a board."""


@dataclass(frozen=True)
class Appointed(Changed):
    """Somebody takes a seat."""

    person: str
    role: str


@dataclass(frozen=True)
class Resigned(Changed):
    """Somebody gives it up."""

    person: str
    role: str


@dataclass(frozen=True)
class FrozenBoard:
    """The board of the functional style."""

    id: UUID
    version: int
    seats: dict[str, str]


@singledispatch
def mutate(change: Any, board: FrozenBoard | None) -> FrozenBoard | None:  # noqa: ARG001 -- the generic case
    """The board after an event."""
    return board


@mutate.register
def _(change: Founded, _board: FrozenBoard | None) -> FrozenBoard:
    return FrozenBoard(change.originator_id, change.originator_version, {})


@mutate.register
def _(change: Appointed, board: FrozenBoard) -> FrozenBoard:
    return FrozenBoard(board.id, change.originator_version, {**board.seats, change.person: change.role})


@mutate.register
def _(change: Resigned, board: FrozenBoard) -> FrozenBoard:
    seats = {**board.seats}
    del seats[change.person]
    return FrozenBoard(board.id, change.originator_version, seats)


def project(board: FrozenBoard | None, changes: Iterable[Any]) -> FrozenBoard | None:
    """The board after all of the events."""
    for change in changes:
        board = mutate(change, board)
    return board


def declarative(moves: list[Move]) -> Read:
    """Record the moves in the declarative style; returns how to read them."""
    app = _recorded(moves, Board.Founded, Board.Appointed, Board.Resigned, originator_topic="benchmarks.peers:Board")

    def read(version: int | None) -> tuple[str, ...]:
        board = app.repository.get(_ID, version=None if version is None else version + 1)
        return tuple(board.seats)

    return read


def functional(moves: list[Move]) -> Read:
    """Record the moves in the functional style; returns how to read them."""
    app = _recorded(moves, Founded, Appointed, Resigned)

    def read(version: int | None) -> tuple[str, ...]:
        version = None if version is None else version + 1
        board = app.repository.get(_ID, version=version, projector_func=project)
        return tuple(board.seats)

    return read


def _recorded(moves: list[Move], founded: Any, appointed: Any, resigned: Any, **more: Any) -> Any:
    """An application whose recorder holds the founding of the board and the moves, each with its version."""
    app = Application()
    app.events.put([founded(originator_id=_ID, originator_version=1, timestamp=FIRST, **more)])
    for start in range(0, len(moves), _CHUNK):
        app.events.put(
            [
                (appointed if isinstance(move, Appoint) else resigned)(
                    originator_id=_ID, originator_version=version, timestamp=move.at, person=move.person, role=move.role
                )
                for version, move in enumerate(moves[start : start + _CHUNK], start + 2)
            ]
        )
    return app
