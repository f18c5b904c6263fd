"""For how long something is wrong: from what is said after every event to the longest intervals.

What holds at an instant is what holds after all of its events.  So a rule that is broken and kept again within one
instant never was broken, and one that is kept and broken again within one instant was broken all the time.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime

from attrs import Factory, define, evolve

from boardsim.checks.check import Breach
from boardsim.events import Event
from boardsim.history import History, Tenure


@define
class Interval:
    """One thing that can be wrong.

    Attributes:
        open: since when it is, and until when where an event has remedied it.
        later: what else was said of it since.
    """

    open: Breach | None = None
    later: list[tuple[datetime, str]] = Factory(list)

    def observe(self, at: datetime, event: Event | None, message: str | None) -> Breach | None:
        """Take what is wrong after this event, or None; return the breach that is over by now, if one is."""
        if message is None:
            self._mend(at, event)
            return None
        if self.open is not None and self.open.until in (None, at):
            self._last(at, message)
            return None
        over, self.open = self.end(), Breach(message=message, since=at, until=None, event=event)
        return over

    def _last(self, at: datetime, message: str) -> None:
        """It goes on, or goes on after all; of what is said at one instant the last holds."""
        assert self.open is not None
        if self.open.until is not None:
            self.open = evolve(self.open, until=None, remedied_by=None)
        if self.open.since == at:
            self.open = evolve(self.open, message=message)
            return
        if self.later and self.later[-1][0] == at:
            self.later.pop()
        if message != (self.later[-1][1] if self.later else self.open.message):
            self.later.append((at, message))

    def _mend(self, at: datetime, event: Event | None) -> None:
        if self.open is not None and self.open.until is None:
            self.open = None if self.open.since == at else evolve(self.open, until=at, remedied_by=event)

    def end(self) -> Breach | None:
        """The last breach, when nothing more is to be told."""
        over, later = self.open, tuple(self.later)
        self.open, self.later = None, []
        return evolve(over, later=later) if over else None


def over_tenures(
    history: History,
    tenures: Iterable[Tenure],
    wrong: Callable[[datetime, Sequence[Tenure]], str | None],
    days: Iterable[datetime] = (),
) -> Iterator[Breach]:
    """When something is wrong with those tenures that are live, asked whenever one of them opens or closes.

    Args:
        wrong: what is wrong with the live ones at an instant.
        days: instants at which it is asked although nothing happens, such as birthdays.
    """
    moves = _moves(history, tenures)
    asked: Moves = {(day, -1): [] for day in days}
    spell, live = Interval(), dict[int, Tenure]()
    for (at, index), moved in sorted({**asked, **moves}.items(), key=lambda item: item[0]):
        for tenure, opens in moved:
            if opens:
                live[id(tenure)] = tenure
            else:
                live.pop(id(tenure))
        event = history.events[index] if index >= 0 else None
        if (over := spell.observe(at, event, wrong(at, [*live.values()]))) is not None:
            yield over
    if (last := spell.end()) is not None:
        yield last


Moves = Mapping[tuple[datetime, int], list[tuple[Tenure, bool]]]


def _moves(history: History, tenures: Iterable[Tenure]) -> Moves:
    """Which tenures each event opens and closes, by its instant and index; a tenure is closed before one is opened."""
    moves: dict[tuple[datetime, int], list[tuple[Tenure, bool]]] = {}
    for tenure in tenures:
        for index, opens in ((history.index(tenure.opened.id), True), (tenure.closed_index, False)):
            if index is not None:
                moves.setdefault((history.events[index].at, index), []).append((tenure, opens))
    return moves
